"""SPARQL 1.1 Protocol, its queries: https://www.w3.org/TR/sparql11-protocol/."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from pipeline.errors import QueryError
from pipeline.patterns import lazy
from pipeline.serve.asking import Answer, Asking, RefusedError
from pipeline.serve.media import FORMS, GRAPHS, OF_QUERIES, ROWS, accepted, ranked
from pipeline.sparql import MAX_LENGTH, check_query, parse_fault
from pipeline.store import DERIVED_GRAPH, SCHEMA_GRAPH, VOCABULARY_GRAPH, write
from pipeline.terms import NAMESPACES, TYPE, iri, triple

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_METHODS = "GET, HEAD, POST"
MOST_BYTES = 4 * MAX_LENGTH * 3  # of a request: characters of up to four bytes, each as %XX
_DATASET = ("default-graph-uri", "named-graph-uri")
_HEAD = " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in NAMESPACES.items()) + "\n"
_LINE = lazy(r"(?<=error at )\d+(?=:)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs that it is asked of."""

    query: str
    dataset: tuple[tuple[str, str], ...] = ()


async def answer(request: Request, asking: Asking) -> Response:
    """What the endpoint says to a request. Raises RefusedError."""
    asked = await _asked(request)
    if asked is None:
        return _description(request)
    given = await asked_of(asking, asked.query, request.headers.get("accept"), asked.dataset)
    return Response(given.body, media_type=given.media_type, headers={"vary": "Accept"})


async def asked_of(asking: Asking, query: str, accept: str | None, dataset: Sequence[tuple[str, str]] = ()) -> Answer:
    """The answer to what someone wrote, with our prefixes, in a media type that an Accept header takes. Raises RefusedError."""
    try:
        check_query(query)
    except QueryError as error:
        raise RefusedError(
            HTTPStatus.FORBIDDEN if "would change" in str(error) else HTTPStatus.BAD_REQUEST, str(error)
        ) from error
    given = await asking.ask(_HEAD + query, accepted(accept, OF_QUERIES), dataset)
    if given.status != HTTPStatus.OK:
        raise _fault(query, given)
    return given


async def _asked(request: Request) -> Asked | None:
    """What a request asks; None where it asks nothing, which is for the description of the service."""
    if request.method not in ("GET", "HEAD", "POST"):
        raise RefusedError(
            HTTPStatus.METHOD_NOT_ALLOWED, f"{request.method} is not allowed. Ask with GET or POST.", Allow=_METHODS
        )
    in_url = _parameters(request.url.query)
    if request.method != "POST":
        return _read(in_url) if in_url else None
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == UPDATE:
        raise _no_update()
    if media_type not in (FORM, DIRECT):
        told = f"A POST is of {FORM} or {DIRECT}. Say so in its Content-Type."
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, told)
    body = await _body(request)
    if media_type == FORM:
        return _read([*in_url, *_parameters(body)])
    if any(name == "query" for name, _ in in_url):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "The query is given twice, in the URL and in the body. Give it once.")
    return _read([*in_url, ("query", body)])


async def _body(request: Request) -> str:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise RefusedError(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The query is longer than {MAX_LENGTH:,} characters. Shorten it."
            )
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise _no_utf8() from error


def _parameters(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except UnicodeDecodeError as error:
        raise _no_utf8() from error
    except ValueError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "Too many parameters. Give a query and its graphs.") from error


def _no_utf8() -> RefusedError:
    return RefusedError(HTTPStatus.BAD_REQUEST, "The query is no UTF-8. Write it in UTF-8.")


def _no_update() -> RefusedError:
    return RefusedError(HTTPStatus.FORBIDDEN, "The graph is only read: no updates. Ask a query, with the parameter query.")


def _read(parameters: list[tuple[str, str]]) -> Asked:
    names = [name for name, _ in parameters]
    if "update" in names:
        raise _no_update()
    if names.count("query") != 1:
        fault = "There is no query" if "query" not in names else "There is more than one query"
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"{fault}. Give one, as the parameter query.")
    dataset = tuple((name, value) for name, value in parameters if name in _DATASET)
    return Asked(next(value for name, value in parameters if name == "query"), dataset)


def _fault(query: str, given: Answer) -> RefusedError:
    """What Oxigraph says against a query, of whose text the first line is ours."""
    said = given.body.decode(errors="replace").strip()
    if given.status == HTTPStatus.NOT_ACCEPTABLE:
        told = f"The answer cannot be had in that form: rows as {', '.join(ROWS)}; graphs as {', '.join(GRAPHS)}."
        return RefusedError(HTTPStatus.NOT_ACCEPTABLE, told)
    if given.status == HTTPStatus.BAD_REQUEST:
        return RefusedError(HTTPStatus.BAD_REQUEST, parse_fault(query, _LINE.sub(lambda line: str(int(line[0]) - 1), said)))
    return RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, f"The query cannot be answered: {said}. Correct it and ask again.")


_SD, _FORMATS = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/ns/formats/"
_OFFERED = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)


def _description(request: Request) -> Response:
    """What the service is, in https://www.w3.org/TR/sparql11-service-description/."""
    media_type = ranked(request.headers.get("accept"), GRAPHS)[0]
    lines = "".join(line + "\n" for line in _described(str(request.url.replace(query="", fragment=""))))
    body = write(lines, FORMS[media_type], {"sd": _SD, "format": _FORMATS})
    return Response(body, media_type=media_type, headers={"vary": "Accept"})


def _described(endpoint: str) -> list[str]:
    dataset, default = f"{endpoint}#dataset", f"{endpoint}#default"
    named = {f"{endpoint}#graph{number}": name for number, name in enumerate((SCHEMA_GRAPH, VOCABULARY_GRAPH, DERIVED_GRAPH), 1)}
    lines = [
        triple(endpoint, TYPE, iri(_SD + "Service")),
        triple(endpoint, _SD + "endpoint", iri(endpoint)),
        triple(endpoint, _SD + "supportedLanguage", iri(_SD + "SPARQL11Query")),
        *(triple(endpoint, _SD + "resultFormat", iri(_FORMATS + name)) for name in _OFFERED),
        triple(endpoint, _SD + "defaultDataset", iri(dataset)),
        triple(dataset, TYPE, iri(_SD + "Dataset")),
        triple(dataset, _SD + "defaultGraph", iri(default)),
        *(triple(dataset, _SD + "namedGraph", iri(graph)) for graph in named),
        triple(default, TYPE, iri(_SD + "Graph")),
    ]
    for graph, name in named.items():
        lines += [triple(graph, TYPE, iri(_SD + "NamedGraph")), triple(graph, _SD + "name", iri(name.value))]
    return lines
