"""The page for SPARQL: an editor where there is script, a form and a table where there is none, and the named questions."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline.ask import Question, bind, questions
from pipeline.errors import QueryError
from pipeline.patterns import lazy
from pipeline.serve.asking import Answer, Asking, RefusedError
from pipeline.serve.explorer.view import language_of, page, short
from pipeline.serve.headers import POLICY
from pipeline.serve.protocol import asked_of
from pipeline.serve.resources import path_of
from pipeline.shipped import shipped_ontology
from pipeline.sparql import TOKEN
from pipeline.store import write
from pipeline.terms import DEFAULT_BASE, NAMESPACES, data_namespaces

_MOST_ROWS = 1_000  # shown without script
_FORMS = "application/sparql-results+json, application/n-triples;q=0.5"
_FIRST = """SELECT ?policy ?industry WHERE {
  ?p zm:supports ?i .
  ?p skos:prefLabel ?policy .
  ?i skos:prefLabel ?industry .
}
LIMIT 100"""
_HEADER = lazy(r"^# (?:question|zh|param|columns)\b.*\n", re.MULTILINE)
# The two texts that column-resizer 1.4.0, which is in yasgui.min.js, puts into <style>: for its tables, and for the pointer while
# it drags. Chromium says the hash of a text that it refuses.
_STYLES = ("sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk=", "sha256-c0O6TmFAkgpNbHxKAa1BrveWHHopjEtC47i0PzMudxg=")


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    """The first rows of a result, and how many there are."""

    columns: list[str]
    rows: list[list[_Cell]]
    count: int


async def query_page(request: Request, asking: Asking) -> Response:
    """The page: with the query of the parameter `query`, with a named `question` and its parameters, or with a first example.

    With the parameter `run` the answer too. Raises RefusedError for an unknown question.
    """
    known = questions(shipped_ontology())
    asked = _question(request, known)
    values = {name: request.query_params.get(name, "") for name in asked.parameters} if asked else {}
    query, fault = request.query_params.get("query") or "", ""
    table, turtle, status = None, "", HTTPStatus.OK
    try:
        if asked and not query:
            query = _bound(asked, {name: value for name, value in values.items() if value.strip()}, language_of(request))
        if query and request.query_params.get("run"):
            table, turtle = _shown(await asked_of(asking, query, _FORMS))
    except (QueryError, RefusedError) as error:
        fault, status = str(error), error.status if isinstance(error, RefusedError) else HTTPStatus.BAD_REQUEST
    told = {
        "questions": list(known.values()),
        "asked": asked,
        "name": asked.name if asked else "",
        "values": values,
        "query": _declared(query or _FIRST),
        "opened": bool(query),
        "fault": fault,
        "table": table,
        "turtle": turtle,
        "prefixes": json.dumps(NAMESPACES | data_namespaces(DEFAULT_BASE)),
        "prefix_names": " ".join(f"{prefix}:" for prefix in NAMESPACES),
    }
    return page(request, "query.html", status, {"content-security-policy": _policy()}, **told)


async def prefixes(request: Request, asking: Asking) -> Response:
    """The prefixes that a query may use, in the form of prefix.cc."""
    return JSONResponse(NAMESPACES)


def _policy() -> str:
    """The policy of all pages, and the styles of the editor's tables."""
    return POLICY.replace("style-src 'self'", " ".join(["style-src 'self'", *(f"'{known}'" for known in _STYLES)]))


def _question(request: Request, known: dict[str, Question]) -> Question | None:
    name = request.query_params.get("question")
    if name and name not in known:
        raise RefusedError(HTTPStatus.NOT_FOUND, f"{name}: no such question. There are {', '.join(known)}.")
    return known[name] if name else None


def _bound(question: Question, values: dict[str, str], language: str) -> str:
    """The query of a question under what it asks, or "" while it lacks what it must be given. Raises QueryError."""
    if not question.needed <= values.keys():
        return ""
    return f"# {question.asks(language)}\n{_HEADER.sub('', bind(question, values)).lstrip()}"


def _declared(query: str) -> str:
    """A query with those of our prefixes that it uses and does not declare: an editor marks them as faults, the endpoint not."""
    bare = TOKEN.sub(" ", query)
    declared = set(re.findall(r"\bPREFIX\s+(\w*)\s*:", bare, re.IGNORECASE))
    used = sorted(set(re.findall(r"(?<![\w:-])(\w+):", bare)) & NAMESPACES.keys() - declared)
    return "".join(f"PREFIX {prefix}: <{NAMESPACES[prefix]}>\n" for prefix in used) + query


def _shown(answer: Answer) -> tuple[_Table | None, str]:
    """An answer as a table, or a graph as Turtle."""
    if "json" not in answer.media_type:
        lines = "".join(line + "\n" for line in sorted(set(answer.body.decode().split("\n")) - {""}))
        return None, write(lines, "ttl", NAMESPACES).decode()
    told = json.loads(answer.body)
    if "boolean" in told:
        return _Table(["ASK"], [[_Cell(str(told["boolean"]).lower())]], 1), ""
    columns, rows = told["head"]["vars"], told["results"]["bindings"]
    return _Table(columns, [[_cell(row.get(name)) for name in columns] for row in rows[:_MOST_ROWS]], len(rows)), ""


def _cell(term: dict[str, Any] | None) -> _Cell:
    if term is None:
        return _Cell("")
    return _Cell(short(term["value"]), path_of(term["value"])) if term["type"] == "uri" else _Cell(str(term.get("value", "")))
