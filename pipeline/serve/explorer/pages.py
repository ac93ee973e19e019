"""Which page a request is for, and what it shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import anyio
import anyio.to_thread
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from pipeline import terms as t
from pipeline.serve.asking import RefusedError
from pipeline.serve.explorer import compare, correcting, facts, reading, things
from pipeline.serve.explorer.graph import Builds, Graph, Listed
from pipeline.serve.explorer.lines import document_path, line_of
from pipeline.serve.explorer.names import LONGEST, Thing
from pipeline.serve.explorer.view import Words, language_of, page, short
from pipeline.store import Value, read_triples

PathOf = Callable[[str], str]
_Make = Callable[[Request, Graph], Response]
_AT_ONCE = 4  # pages that are made at once: more would only share the processors
_COMPLETIONS, _FOUND, _LISTED = 12, 100, 100
_TRIPLES = 300  # of a thing that are shown; its RDF has all
_BY, _YEAR = "by", 365 * 24 * 3600  # the cookie of who corrects, and its seconds
_TITLE = 40  # characters of a document's title beside a sentence
_KINDS = (
    "Concept",
    "Industry",
    "Technology",
    "Policy",
    "Event",
    "Body",
    "Person",
    "Place",
    "Study",
    "Method",
    "Indicator",
    "CitedWork",
)
_SORTS: Mapping[str, Callable[[Listed], Any]] = {
    "name": lambda document: document.name,
    "title": lambda document: document.title,
    "date": lambda document: document.date,
    "issuer": lambda document: document.issuer,
    "facts": lambda document: -document.total,
}


class Pages:
    """The pages of the current build; `path_of` says where the page of an IRI is, `review` is the file that corrections go to,
    None where nobody may correct."""

    def __init__(self, builds: Builds, path_of: PathOf, review: Path | None = None) -> None:
        self._builds, self._path_of, self._review = builds, path_of, review
        self._limiter: anyio.CapacityLimiter | None = None

    def routes(self) -> list[Route]:
        """Where the pages are, but for those of IRIs."""
        made: Mapping[str, _Make] = {
            "/": self._home,
            "/complete": self._complete,
            "/things": self._things,
            "/documents": self._documents,
            "/document/{name:path}": self._document,
            "/facts": self._facts,
            "/facts.csv": self._facts_csv,
            "/compare": self._compare,
        }
        routes = [Route(path, self._handler(make)) for path, make in made.items()]
        if self._review is not None:
            routes += [Route("/correct", self._handler(self._correct)), Route("/correct", self._keep, methods=["POST"])]
        return routes

    async def thing(self, request: Request, iri: str, triples: str) -> Response:
        """The page of an IRI, of which `triples` are what the graph says."""
        return await self._in_thread(request, lambda request, graph: self._thing(request, graph, iri, triples))

    def _handler(self, make: _Make) -> Callable[[Request], Any]:
        async def handle(request: Request) -> Response:
            return await self._in_thread(request, make)

        return handle

    async def _keep(self, request: Request) -> Response:
        form = await correcting.form_of(request)

        def kept(_: Request, graph: Graph) -> Response:
            response = RedirectResponse(correcting.keep(graph, self._file, form), HTTPStatus.SEE_OTHER)
            response.set_cookie(_BY, quote(form["by"]), max_age=_YEAR, samesite="lax", httponly=True)
            return response

        return await self._in_thread(request, kept)

    @property
    def _file(self) -> Path:
        assert self._review is not None
        return self._review

    async def _in_thread(self, request: Request, make: _Make) -> Response:
        graph = await self._builds.graph()
        self._limiter = self._limiter or anyio.CapacityLimiter(_AT_ONCE)
        return await anyio.to_thread.run_sync(make, request, graph, limiter=self._limiter)

    def _page(self, request: Request, graph: Graph, template: str, status: int = 200, **shown: Any) -> Response:
        language = language_of(request)
        known = graph.labels[language]
        words = Words(language)

        def called(name: str) -> str:
            """A class, property, relation or facet in words."""
            return known.get(name) or known.get(name.removeprefix(t.ZM)) or short(name)

        def heading(key: str, relation: str) -> str:
            """That of a section."""
            other = words("section_of_others", relation=called(relation)) if key.endswith("_o") else called(relation)
            return words.get(f"section_{key}", other)

        def title_of(name: str) -> str:
            """The title of a document, cut where it is long."""
            listed = graph.documents.get(name)
            title = listed.title if listed else name
            return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"

        def sort_word(name: str) -> str:
            return words(f"sort_{name}")

        def verdict_word(name: str) -> str:
            return words(f"verdict_{name}")

        given: dict[str, Any] = {
            "verdict_word": verdict_word,
            "called": called,
            "heading": heading,
            "sort_word": sort_word,
            "same": str,
            "foreign": "" if language == "zh" else Markup(' lang="zh-Hans"'),  # names are Chinese
            "path_of": self._path_of,
        }
        given |= {"document_path": document_path, "title_of": title_of, "corrects": self._review is not None}
        return page(request, template, status, **given, **shown)

    def _home(self, request: Request, graph: Graph) -> Response:
        text = _text(request, "q")
        found = graph.names.find(text, _FOUND) if text else []
        kinds = Counter(kind for thing in graph.names.things.values() if thing.facts for kind in thing.kinds)
        counts = [(kind, kinds[t.ZM + kind]) for kind in _KINDS if kinds[t.ZM + kind]]
        top = {
            kind: _most(graph, kind, 8) for kind, _ in counts if kind in ("Industry", "Technology", "Policy", "Event", "Concept")
        }
        recent = sorted(graph.documents.values(), key=lambda document: document.date, reverse=True)[:8]
        shown: dict[str, Any] = {"q": text, "found": found, "counts": counts, "top": top, "recent": recent}
        return self._page(request, graph, "home.html", documents=len(graph.documents), relations=graph.relations, **shown)

    def _complete(self, request: Request, graph: Graph) -> Response:
        known = graph.labels[language_of(request)]
        found = [
            {
                "label": each.thing.label,
                "name": each.name,
                "href": self._path_of(each.thing.iri),
                "iri": each.thing.iri,
                "kind": "、".join(known[kind] for kind in each.thing.kinds if kind in known),
                "facts": each.thing.facts,
            }
            for each in graph.names.find(_text(request, "q"), _COMPLETIONS)
        ]
        return JSONResponse(found, headers={"vary": "Accept-Language, Cookie"})

    def _things(self, request: Request, graph: Graph) -> Response:
        kind = request.query_params.get("kind", "Concept")
        if not re.fullmatch(r"[A-Za-z]{1,40}", kind):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "That is no class. Choose one of those on the first page.")
        every = _most(graph, kind, None)
        if not every:
            raise RefusedError(HTTPStatus.NOT_FOUND, f"The graph holds nothing of the class {kind}.")
        number, pages = _paged(request, len(every), _LISTED)
        shown = every[(number - 1) * _LISTED : number * _LISTED]
        return self._page(request, graph, "things.html", kind=kind, total=len(every), things=shown, number=number, pages=pages)

    def _thing(self, request: Request, graph: Graph, iri: str, triples: str) -> Response:
        listed = next((document for document in graph.documents.values() if document.iri == iri), None)
        if listed is not None and "triples" not in request.query_params:
            return RedirectResponse(document_path(listed.name), HTTPStatus.SEE_OTHER)
        card = things.card(graph, iri, language_of(request))
        said = list(read_triples(triples))
        names = {subject: value.text for subject, predicate, value in said if predicate in (t.LABEL, t.PREF_LABEL)}
        own = [(predicate, value) for subject, predicate, value in said if subject == iri]
        title = card.label if card.label != iri else names.get(iri, short(iri))
        shown: dict[str, Any] = {
            "card": card,
            "title": title,
            "sections": things.sections(graph, iri),
            "names": names,
            "own": own[:_TRIPLES],
            "cut": max(len(own) - _TRIPLES, 0),
            "other": [(subject, predicate, value) for subject, predicate, value in said if subject != iri] if not own else [],
            "short": short,
            "is_iri": _is_iri,
            "is_place": t.ZM + "Place" in card.kinds,
        }
        return self._page(request, graph, "thing.html", **shown)

    def _documents(self, request: Request, graph: Graph) -> Response:
        sort, kind = request.query_params.get("sort", "name"), request.query_params.get("kind", "")
        every = list(graph.documents.values())
        kinds = sorted({kind for document in every for kind in document.kinds})
        if sort not in _SORTS or (kind and kind not in kinds):
            raise RefusedError(
                HTTPStatus.BAD_REQUEST, "There is no such kind or order of documents. Choose one that the page offers."
            )
        kept = [document for document in every if not kind or kind in document.kinds]
        kept.sort(key=_SORTS[sort], reverse=sort == "date")
        number, pages = _paged(request, len(kept), _LISTED)
        shown = kept[(number - 1) * _LISTED : number * _LISTED]
        given: dict[str, Any] = {
            "kinds": kinds,
            "kind": kind,
            "sort": sort,
            "sorts": list(_SORTS),
            "number": number,
            "pages": pages,
        }
        relations = [name for name in graph.relations if any(document.counts.get(name) for document in shown)]
        return self._page(
            request, graph, "documents.html", documents=shown, total=len(kept), relations=relations, report=graph.report, **given
        )

    def _document(self, request: Request, graph: Graph) -> Response:
        listed = graph.documents.get(request.path_params["name"])
        if listed is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "The graph has no such document. Look for it in the list of documents.")
        fact = request.query_params.get("fact", "")
        part = _number(request, "part") if "part" in request.query_params else None
        if fact and not re.fullmatch(r"[\w.-]{1,64}", fact, re.ASCII):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "That is no fact. Follow a link of the document.")
        read = reading.read(graph, listed, part, fact)
        if read is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "The document has no such part.")
        return self._page(request, graph, "document.html", reading=read, listed=listed, said=_said_of(listed))

    def _facts(self, request: Request, graph: Graph) -> Response:
        asked = facts.asked(graph, request.query_params)
        chosen = [] if asked.unknown else facts.claims(graph, asked.filter)
        number, pages = _paged(request, len(chosen), facts.PAGE)
        lines = facts.lines(graph, chosen[(number - 1) * facts.PAGE : number * facts.PAGE])
        every = graph.documents.values()
        choices = {
            "document": [(document.name, document.title) for document in every],
            "relation": list(graph.relations),
            "facet": sorted(graph.facets.get(asked.filter.relation or "defines", {})),
            "kind": sorted({kind for document in every for kind in document.kinds}),
            "year": sorted({document.first(t.ISSUED)[:4] for document in every} - {""}, reverse=True),
            "sort": list(facts.SORTS),
        }
        status = HTTPStatus.NOT_FOUND if asked.unknown else HTTPStatus.OK
        shown: dict[str, Any] = {
            "asked": asked,
            "lines": lines,
            "total": len(chosen),
            "number": number,
            "pages": pages,
            "choices": choices,
        }
        return self._page(request, graph, "facts.html", status, query=facts.query(asked.filter), **shown)

    def _facts_csv(self, request: Request, graph: Graph) -> Response:
        asked = facts.asked(graph, request.query_params)
        if asked.unknown:
            raise RefusedError(HTTPStatus.NOT_FOUND, "Nothing in the graph is called so. Choose a name that the search finds.")
        chosen = facts.claims(graph, asked.filter)
        headers = {"content-disposition": 'attachment; filename="facts.csv"'}
        return StreamingResponse(facts.as_csv(graph, chosen), media_type="text/csv; charset=utf-8", headers=headers)

    def _compare(self, request: Request, graph: Graph) -> Response:
        texts = [_text(request, name) for name in ("a", "b")]
        documents = [graph.documents.get(text) for text in texts]
        shown: dict[str, Any] = {
            "texts": texts,
            "things": None,
            "sides": None,
            "documents": None,
            "unknown": [],
            "first_label": "",
        }
        if all(documents):
            first, second = (document for document in documents if document)
            shown["documents"] = compare.compare_documents(graph, first, second)
        elif any(texts):
            found = [graph.names.called(text) if text else None for text in texts]
            shown["first_label"] = found[0].label if found[0] else texts[0]
            shown["unknown"] = [
                text for text, thing in zip(texts, found, strict=True) if text and thing is None and text not in graph.documents
            ]
            if found[0] and found[1]:
                shown["things"] = [things.card(graph, thing.iri, language_of(request)) for thing in found if thing]
                shown["sides"] = compare.compare_things(graph, found[0].iri, found[1].iri)
        status = HTTPStatus.NOT_FOUND if shown["unknown"] else HTTPStatus.OK
        shown["titles"] = [(document.name, document.title) for document in graph.documents.values()]
        return self._page(request, graph, "compare.html", status, **shown)

    def _correct(self, request: Request, graph: Graph) -> Response:
        about = correcting.about(graph, self._file, request.query_params)
        shown: dict[str, Any] = {
            "about": about,
            "line": line_of(about.row) if about.row else None,
            "kept": "kept" in request.query_params,
            "file": self._file.name,
            "by": unquote(request.cookies.get(_BY, "")),
        }
        headers = {"referrer-policy": "same-origin"}  # else a browser does not say whose form it sends
        return self._page(request, graph, "correct.html", headers=headers, **shown)


def fault(request: Request, status: HTTPStatus, message: str, headers: Mapping[str, str]) -> Response:
    """What went wrong, in words."""
    words = Words(language_of(request))
    title = words.get(f"fault_{status.value}", f"{status.value} {status.phrase}")
    return page(
        request, "fault.html", status.value, headers, title=title, status=f"{status.value} {status.phrase}", message=message
    )


def _most(graph: Graph, kind: str, most: int | None) -> list[Thing]:
    """The things of a class that most is said of."""
    own = [thing for thing in graph.names.things.values() if t.ZM + kind in thing.kinds]
    return sorted(own, key=lambda thing: (-thing.facts, thing.label, thing.iri))[:most]


def _said_of(listed: Listed) -> list[tuple[str, Sequence[str]]]:
    """What a document says of itself, by keys of words.toml."""
    keys = {
        t.SUBTITLE: "subtitle",
        t.ISSUER_TEXT: "issuer",
        t.CREATOR: "authors",
        t.IDENTIFIER: "number_of",
        t.ISSUED: "issued",
        t.WRITTEN: "written",
        t.PUBLISHED: "published",
        t.EFFECTIVE: "effective",
        t.PUBLISHED_IN: "published_in",
        t.SOURCE_PATH: "file",
    }
    return [(key, listed.said[name]) for name, key in keys.items() if listed.said.get(name)]


def _is_iri(value: Value) -> bool:
    return not value.datatype


def _text(request: Request, name: str) -> str:
    """A parameter that is text. Raises RefusedError for one that cannot be a name."""
    text = request.query_params.get(name, "").strip()
    if len(text) > 10 * LONGEST or "\x00" in text:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"The parameter {name} is too long, or holds what no name does.")
    return text


def _number(request: Request, name: str) -> int:
    text = request.query_params.get(name, "1")
    if not re.fullmatch(r"[1-9]\d{0,6}", text, re.ASCII):
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"The parameter {name} is a number from 1.")
    return int(text)


def _paged(request: Request, total: int, most: int) -> tuple[int, int]:
    """The page asked for, and how many there are, one at least. Raises RefusedError for one that is not there."""
    number, pages = _number(request, "page"), max(-(-total // most), 1)
    if number > pages:
        raise RefusedError(HTTPStatus.NOT_FOUND, f"There are {pages} pages of it only.")
    return number, pages
