"""The pages of a build, asked in this process: the application without the child that answers SPARQL."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import httpx
import pyoxigraph as ox
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.builds import hold
from pipeline.serve.app import Where, make_app
from pipeline.serve.asking import Answer, Asking
from pipeline.serve.explorer.graph import Builds
from pipeline.store import Store, open_store

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "zh-CN,zh;q=0.9"}


class _Here:
    """Asks the store where Asking asks a child."""

    def __init__(self, out: Path) -> None:
        self.current = SimpleNamespace(held=None)
        self.look(out)

    def look(self, out: Path) -> None:
        self._out, self.current.held = out, hold(out)

    async def ask(self, query: str, accept: str, dataset: object = ()) -> Answer:
        store: Store = open_store(self._out)
        found = store._query(query)
        if isinstance(found, ox.QuerySolutions):
            return Answer(200, accept, found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        lines = b"".join(f"{triple} .\n".encode() for triple in found)  # type: ignore[union-attr]
        return Answer(200, accept, lines)


class Visitor:
    """A browser at the pages of an output folder."""

    def __init__(self, out: Path, review: Path | None = None) -> None:
        self._here = _Here(out)
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(
            make_app(cast(Asking, self._here), Where(), Builds(lambda: self._here.current.held), review)
        )
        self._client = httpx.AsyncClient(transport=transport, base_url="http://localhost", follow_redirects=True)

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def look(self, out: Path) -> None:
        """See that there is another build, as the server does."""
        self._here.look(out)

    def get(self, path: str, status: int = 200, **headers: str) -> httpx.Response:
        """An answer, of the status that is expected."""
        self._client.cookies.clear()
        answer = self._runner.run(self._client.get(path, headers=BROWSER | headers))
        assert answer.status_code == status, answer.text[:2000]
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        return answer

    def post(self, path: str, form: Mapping[str, str], origin: str = "http://localhost") -> httpx.Response:
        """What a form gives, without going where it leads."""
        headers = BROWSER | {"origin": origin}
        return self._runner.run(self._client.post(path, data=form, headers=headers, follow_redirects=False))

    def page(self, path: str, status: int = 200, **headers: str) -> LexborHTMLParser:
        """A page, read."""
        return LexborHTMLParser(self.get(path, status, **headers).text)


def texts(page: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    """The text of what a selector finds."""
    return [node.text().strip() for node in page.css(selector)]
