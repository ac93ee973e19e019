"""Templates, in the language of the reader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline.shown import as_read, harmless
from pipeline.terms import NAMESPACES

TEMPLATES = Path(__file__).parent.parent / "templates"
LANGUAGES = {"zh": "zh-Hans", "en": "en"}  # as HTML has them
_COOKIE, _YEAR = "lang", 365 * 24 * 3600  # seconds
_LONGEST = 2_000  # characters shown of a text that is no passage of a document


@cache
def catalogue() -> Mapping[str, tuple[str, str]]:
    """Every text of the pages by its key, Chinese and English."""
    read = tomllib.loads((TEMPLATES / "words.toml").read_text(encoding="utf-8"))
    return {key: (chinese, english) for key, (chinese, english) in read.items()}


class Words:
    """The texts of one language; those that hold {n} and the like are filled with what is given."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._at = list(LANGUAGES).index(language)

    def __call__(self, key: str, **filled: object) -> str:
        return catalogue()[key][self._at].format(**filled)

    def get(self, key: str, default: str) -> str:
        """The text of a key, or another where there is none."""
        return catalogue()[key][self._at] if key in catalogue() else default


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "shown": _shown,
        "as_read": as_read,
        "quoted": _quoted,
        "harmless": harmless,
        "pair": lambda value, word: (value, word(value)),
    }
    return environment


def _shown(text: object) -> str:
    """A name or a title as it may be shown."""
    said = harmless(str(text))
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"


def _quoted(text: str) -> str:
    """Evidence as a reader sees it; of a passage that is long beyond reading, its beginning and end."""
    said = as_read(text)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST // 2]} … {said[-_LONGEST // 2 :]}"


def language_of(request: Request) -> str:
    """The language of a request: that of its parameter, its cookie, or the first that its browser asks for; else Chinese."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(_COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return _asked_for(request.headers.get("accept-language", ""))


def _asked_for(header: str) -> str:
    """That of an Accept-Language header with the highest quality."""
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")):
        tag, _, parameters = part.strip().lower().partition(";")
        language = tag.partition("-")[0]
        quality = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", parameters)
        if language in LANGUAGES:
            ranked.append((-float(quality[1]) if quality else -1.0, place, language))
    return min(ranked)[2] if ranked else "zh"


def page(
    request: Request, template: str, code: int = 200, headers: Mapping[str, str] | None = None, **shown: Any
) -> HTMLResponse:
    """A page of a template, to which `shown` is given, and the words of the reader."""
    language = language_of(request)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    given: dict[str, Any] = {
        "w": Words(language),
        "html_lang": LANGUAGES[language],
        "switch": {name: str(URL(here).include_query_params(lang=name)) for name in LANGUAGES},
        "has_query": any(getattr(route, "path", None) == "/query" for route in request.app.routes),
        "path": request.url.path,
    }
    text = _environment().get_template(template).render(given | shown)
    response = HTMLResponse(text, code, {"vary": "Accept, Accept-Language, Cookie", **(headers or {})})
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(_COOKIE, language, max_age=_YEAR, samesite="lax", httponly=True)
    return response


def short(iri: str) -> str:
    """An IRI with a prefix where there is one."""
    found = [(namespace, prefix) for prefix, namespace in NAMESPACES.items() if iri.startswith(namespace)]
    if not found:
        return iri
    namespace, prefix = max(found)
    return f"{prefix}:{iri.removeprefix(namespace)}"
