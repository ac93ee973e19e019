"""What the graph says of an IRI, as RDF or as a page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from http import HTTPStatus
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from pipeline.patterns import lazy
from pipeline.serve.asking import Asking, RefusedError
from pipeline.serve.media import FORMS, GRAPHS, HTML, ranked
from pipeline.store import SCHEMA_GRAPH, write
from pipeline.terms import DEFAULT_BASE, NAMESPACES

PLACES = {"/id/": DEFAULT_BASE, "/vocab/": NAMESPACES["vocab"]}  # paths of the server, and what IRIs begin with there
ONTOLOGY = SCHEMA_GRAPH.value
Show = Callable[[Request, str, str], Awaitable[Response]]  # the page of an IRI, of which N-Triples are what the graph says
_LONGEST = 4_000  # characters of an IRI
_MOST_FROM = 100  # triples that name what is nowhere a subject
_IRI = lazy(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\x7f-\x9f\ud800-\udfff]*')
_ASCII_ESCAPE = lazy(r"%(?=[0-7])")

# A triple of any graph, and the labels of what it leads to.
_ABOUT = """CONSTRUCT {{ <{iri}> ?p ?o . ?o ?label ?name }} WHERE {{
  {{ <{iri}> ?p ?o }} UNION {{ GRAPH ?g {{ <{iri}> ?p ?o }} }}
  OPTIONAL {{ VALUES ?label {{ <http://www.w3.org/2004/02/skos/core#prefLabel> <http://www.w3.org/2000/01/rdf-schema#label> }}
    {{ ?o ?label ?name }} UNION {{ GRAPH ?h {{ ?o ?label ?name }} }} }} }}"""
_FROM = """CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ SELECT DISTINCT ?s ?p ?o {{ VALUES ?x {{ <{iri}> }}
  {{ ?s ?p ?x BIND(?x AS ?o) }} UNION {{ ?s ?x ?o BIND(?x AS ?p) }}
  UNION {{ GRAPH ?g {{ ?s ?p ?x }} BIND(?x AS ?o) }} }} LIMIT {most} }} }}"""
_SCHEMA = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }} }}"


async def at_path(request: Request, asking: Asking, show: Show) -> Response:
    """The answer for an IRI whose path on the server is that of the request, below one of PLACES. Raises RefusedError."""
    return await _first(request, asking, show, list(dict.fromkeys(_iris(request))))


async def of_parameter(request: Request, asking: Asking, show: Show) -> Response:
    """The answer for the IRI that the parameter `iri` gives. Raises RefusedError."""
    given = request.query_params.getlist("iri")
    if len(given) != 1:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "Give one IRI, as the parameter iri.")
    return await _first(request, asking, show, given)


async def of_ontology(request: Request, asking: Asking, show: Show) -> Response:
    """The schema: all of it as RDF, the ontology itself as a page."""
    if ranked(request.headers.get("accept"), (*GRAPHS, HTML))[0] == HTML:
        return await _first(request, asking, show, [ONTOLOGY])
    return _written(request, await _triples(asking, _SCHEMA))


def is_iri(text: str) -> bool:
    """Whether a text may stand in a query as an IRI."""
    return len(text) <= _LONGEST and _IRI.fullmatch(text) is not None


def path_of(iri: str) -> str:
    """Where the server shows an IRI: a path and query, escaped."""
    if iri == ONTOLOGY:
        return "/ontology"
    for path, base in PLACES.items():
        if iri.startswith(base) and iri != base:
            return path + quote(iri.removeprefix(base), safe="/:@!$&'()*+,;=")
    return f"/resource?iri={quote(iri, safe='/:')}"


def _iris(request: Request) -> Iterator[str]:
    """What a path may mean: escapes of what IRIs may not hold stand in them as they are, or were written for this request."""
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0]
    for path in (request.scope["path"], unquote(_ASCII_ESCAPE.sub("%25", raw), errors="replace")):
        for place, base in PLACES.items():
            if path.startswith(place):
                yield base + path.removeprefix(place)
        if path == "/vocab":
            yield NAMESPACES["vocab"].rstrip("/")


async def _first(request: Request, asking: Asking, show: Show, iris: list[str]) -> Response:
    """The answer for the first of some IRIs that the graph knows."""
    kind = ranked(request.headers.get("accept"), (*GRAPHS, HTML))[0]
    valid = [iri for iri in iris if is_iri(iri)]
    if not valid:
        told = "That is no IRI. Give one as the graph has it, such as https://w3id.org/zhimai#Claim."
        raise RefusedError(HTTPStatus.BAD_REQUEST, told)
    for query in (_ABOUT, _FROM):
        for iri in valid:
            triples = await _triples(asking, query.format(iri=iri, most=_MOST_FROM))
            if triples:
                return await show(request, iri, triples) if kind == HTML else _written(request, triples)
    raise RefusedError(HTTPStatus.NOT_FOUND, f"The graph says nothing of {valid[0]}. Look whether it is written so.")


async def _triples(asking: Asking, query: str) -> str:
    """What a CONSTRUCT of ours gives, as N-Triples, sorted; none where Oxigraph does not take the IRI in it for one."""
    given = await asking.ask(query, "application/n-triples")
    if given.status == HTTPStatus.BAD_REQUEST:
        return ""
    if given.status != HTTPStatus.OK:
        raise RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, f"The graph does not answer: {given.body.decode(errors='replace')}")
    return "".join(line + "\n" for line in sorted(set(given.body.decode().split("\n")) - {""}))


def _written(request: Request, triples: str) -> Response:
    kind = ranked(request.headers.get("accept"), GRAPHS)[0]
    return Response(write(triples, FORMS[kind], NAMESPACES), media_type=kind, headers={"vary": "Accept"})
