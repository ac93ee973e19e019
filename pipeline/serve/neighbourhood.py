"""What lies around a thing: its neighbours by the claims that join them, as JSON for static/neighbourhood.js and as a page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline import terms as t
from pipeline.serve.asking import Asking, RefusedError
from pipeline.serve.explorer.view import page, short
from pipeline.serve.resources import is_iri, path_of

MOST = 500  # neighbours
_USUAL = 200
_MOST_PAIRS = 5_000  # of the thing and its neighbours, and of its neighbours with each other

# Which two slots of a claim it joins, and what that is called: a property or, of a contrast, its class. A pair says it itself.
_LINKS = (
    (t.SUBJECT, t.OBJECT, ""),
    (t.SUBJECT, t.VENUE, t.LOCATION),
    (t.SUBJECT, t.CLAIM_AGENT, t.AGENT),
    (t.CLAIM_ABOUT, t.CLAIM_INDICATOR, t.INDICATOR),
    (t.CLAIM_FIRST, t.CLAIM_SECOND, t.CONTRAST),
    (t.OBJECT, t.CLAIM_AUTHOR, t.AUTHOR),
)
_CALLED = {
    t.LOCATION: {"zh": "地点", "en": "place"},
    t.AUTHOR: {"zh": "作者", "en": "author"},
}  # borrowed: no label in the schema
_PAIRS = f"""SELECT ?from ?to ?how (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?plan) AS ?planned) {{{{ {{links}}
  OPTIONAL {{{{ ?claim <{t.PLANNED}> true BIND(?claim AS ?plan) }}}} }}}}
  GROUP BY ?from ?to ?how ORDER BY DESC(?claims) ?how ?from ?to LIMIT {_MOST_PAIRS}"""
_NAMING = (t.PREF_LABEL, t.LABEL, t.TITLE, t.DOCUMENT_NAME)  # the first of these that a thing has is its name
_NAMED = """SELECT ?x ?p ?name ?class {{ {{ {said} }} UNION {{ GRAPH ?g {{ {said} }} }} }}"""
_SAID = f"""VALUES ?x {{{{ {{values}} }}}} ?x ?p ?name FILTER(?p IN ({", ".join(f"<{term}>" for term in _NAMING)}))
  OPTIONAL {{{{ ?x a ?class }}}}"""
_LABELS = f"SELECT ?x ?name {{{{ VALUES ?x {{{{ {{values}} }}}} GRAPH ?g {{{{ ?x <{t.LABEL}> ?name }}}} }}}}"


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: what it is called, its class, where its page is."""

    id: str
    label: str
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What joins two things: a property (or class), how many claims say so, and how many of these tell a plan."""

    source: str
    target: str
    relation: str
    claims: int
    planned: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing, the first of `nodes`, with its nearest neighbours, those of most claims first, and all that joins them.

    `names` are those of relations and classes by language; `left_out` counts the neighbours beyond the limit.
    """

    nodes: list[Node]
    edges: list[Edge]
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    left_out: int = 0

    def called(self, term: str, language: str) -> str:
        """The name of a relation or class."""
        found = self.names.get(term, {})
        return found.get(language) or next(iter(found.values()), short(term))


async def answer(request: Request, asking: Asking) -> Response:
    """The neighbourhood of the parameter `iri`, of at most `limit` neighbours, as JSON. Raises RefusedError."""
    found = await neighbourhood(asking, _iri(request), _limit(request))
    return JSONResponse(asdict(found))


async def graph_page(request: Request, asking: Asking) -> Response:
    """The same as a page: the graph where there is script, and the list of neighbours. Raises RefusedError."""
    limit = _limit(request)
    found = await neighbourhood(asking, _iri(request), limit)
    center, *others = found.nodes
    joined = {node.id: [edge for edge in found.edges if {edge.source, edge.target} == {center.id, node.id}] for node in others}
    return page(request, "graph.html", found=found, center=center, others=others, joined=joined, limit=limit)


async def neighbourhood(asking: Asking, iri: str, most: int) -> Neighbourhood:
    """What lies around an IRI. Raises RefusedError where the graph has no such thing."""
    around = await _pairs(asking, _around(iri))
    weight: dict[str, int] = defaultdict(int)
    for edge in around:
        weight[edge.target if edge.source == iri else edge.source] += edge.claims
    near = sorted(weight, key=lambda other: (-weight[other], other))
    chosen = [iri, *near[:most]]
    among = await _pairs(asking, _among(chosen[1:])) if len(chosen) > 2 else []
    kept = set(chosen)
    edges = [edge for edge in (*around, *among) if {edge.source, edge.target} <= kept]
    nodes = await _nodes(asking, chosen)
    if not around and not nodes[0].kind and nodes[0].label == short(iri):
        raise RefusedError(HTTPStatus.NOT_FOUND, f"The graph says nothing of {iri}. Look whether it is written so.")
    terms = sorted({edge.relation for edge in edges} | {node.kind for node in nodes} - {""})
    return Neighbourhood(nodes, edges, await _names(asking, terms), max(0, len(near) - most))


def _iri(request: Request) -> str:
    given = request.query_params.getlist("iri")
    if len(given) != 1 or not is_iri(given[0]):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "Give one IRI, as the parameter iri.")
    return given[0]


def _limit(request: Request) -> int:
    given = request.query_params.get("limit", str(_USUAL))
    if not (given.isascii() and given.isdigit() and 0 < int(given[:9]) <= MOST):
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"The limit is a number from 1 to {MOST}.")
    return int(given)


def _around(iri: str) -> str:
    """The links of one thing, with the thing at either end."""
    return " UNION ".join(f"{{ VALUES ?{end} {{ <{iri}> }} {_link(*link)} }}" for link in _LINKS for end in ("from", "to"))


def _among(iris: Iterable[str]) -> str:
    """The links of some things with each other."""
    listed = [f"<{iri}>" for iri in iris]
    values, others = " ".join(listed), ", ".join(listed)
    return " UNION ".join(f"{{ VALUES ?from {{ {values} }} {_link(*link)} FILTER(?to IN ({others})) }}" for link in _LINKS)


def _link(one: str, other: str, how: str) -> str:
    said = f"BIND(<{how}> AS ?how)" if how else f"?claim <{t.PREDICATE}> ?how FILTER(?how != <{t.TYPE}>)"
    return f"?claim <{one}> ?from ; <{other}> ?to . {said}"


async def _rows(asking: Asking, query: str) -> list[Mapping[str, Mapping[str, str]]]:
    given = await asking.ask(query, "application/sparql-results+json")
    if given.status != HTTPStatus.OK:
        raise RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, f"The graph does not answer: {given.body.decode(errors='replace')}")
    bindings: list[Mapping[str, Mapping[str, str]]] = json.loads(given.body)["results"]["bindings"]
    return bindings


async def _pairs(asking: Asking, links: str) -> list[Edge]:
    """The edges that a pattern finds, those of most claims first; one that leads nowhere is left out."""
    rows = await _rows(asking, _PAIRS.format(links=links))
    edges = [
        Edge(
            row["from"]["value"],
            row["to"]["value"],
            row["how"]["value"],
            int(row["claims"]["value"]),
            int(row["planned"]["value"]),
        )
        for row in rows
        if "from" in row
    ]
    return [edge for edge in edges if edge.source != edge.target]


async def _nodes(asking: Asking, iris: list[str]) -> list[Node]:
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    said = _SAID.format(values=" ".join(f"<{iri}>" for iri in iris))
    for row in await _rows(asking, _NAMED.format(said=said)):
        kind = row["class"]["value"] if "class" in row else ""
        found[row["x"]["value"]].append((_NAMING.index(row["p"]["value"]), row["name"]["value"], kind))
    best = {iri: min(names) for iri, names in found.items()}
    return [Node(iri, *best[iri][1:], path_of(iri)) if iri in best else Node(iri, short(iri), "", path_of(iri)) for iri in iris]


async def _names(asking: Asking, terms: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in await _rows(asking, _LABELS.format(values=" ".join(f"<{term}>" for term in terms))):
        found[row["x"]["value"]][row["name"].get("xml:lang", "")] = row["name"]["value"]
    return dict(found) | {term: _CALLED[term] for term in terms if term in _CALLED}
