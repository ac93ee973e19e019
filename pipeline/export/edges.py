"""The graph as nodes and edges: things and the direct facts between them, for Gephi, yEd, networkx, igraph, Neo4j."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.sax import saxutils

from pipeline import terms as t
from pipeline.export.claimed import Evidence, surest
from pipeline.shown import as_read, xml_text
from pipeline.store import Store

_NODES = f"""SELECT ?x ?label ?date (GROUP_CONCAT(STR(?type); separator=" ") AS ?types) WHERE {{
  {{ SELECT ?x ?label ?date ?type WHERE {{
    {{ ?x <{t.PREF_LABEL}> ?label FILTER(LANG(?label) != "en") }} UNION {{ ?x <{t.CITES}> ?work ; <{t.DOCUMENT_NAME}> ?label }}
    ?x a ?type . OPTIONAL {{ ?x <{t.START_DATE}> ?date }} }} ORDER BY ?x ?type }}
}} GROUP BY ?x ?label ?date"""


class Node(NamedTuple):
    """A thing: its IRI, its Chinese label, the names of its classes, the first day of what has a date."""

    iri: str
    label: str
    kinds: tuple[str, ...]
    date: str


class Edge(NamedTuple):
    """A fact between two things: their IRIs, the property with its short name, and where the fact was read."""

    source: str
    target: str
    label: str
    property: str
    evidence: Evidence


def nodes(store: Store) -> list[Node]:
    """The things that have a label, and documents that cite one, by IRI."""
    return sorted(
        Node(str(iri), as_read(str(label)), tuple(dict.fromkeys(map(local_name, str(types).split(" ")))), date or "")
        for iri, label, date, types in store.select(_NODES)
    )


def edges(store: Store) -> list[Edge]:
    """The direct facts, by subject, property and object."""
    return [
        Edge(subject, obj, local_name(predicate), predicate, evidence._replace(quote=as_read(evidence.quote)))
        for (subject, predicate, obj), evidence in sorted(surest(store).items())
        if predicate != t.TYPE
    ]


def local_name(iri: str) -> str:
    """What an IRI ends in, behind its last “#” or “/”."""
    return iri.replace("#", "/").rpartition("/")[2]


def graphml(store: Store) -> bytes:
    return "".join(_graphml(store)).encode()


def _graphml(store: Store) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for owner, keys in (("node", ("label", "kinds", "date")), ("edge", ("label", "property", "document", "quote", "confidence"))):
        for key in keys:
            kind = "double" if key == "confidence" else "string"
            yield f'<key id="{owner}-{key}" for="{owner}" attr.name="{key}" attr.type="{kind}"/>\n'
    yield '<graph id="zhimai" edgedefault="directed">\n'
    for node in nodes(store):
        fields = {"label": node.label, "kinds": " ".join(node.kinds), "date": node.date}
        yield f"<node id={quoteattr(node.iri)}>{_data('node', fields)}</node>\n"
    for edge in edges(store):
        fields = {"label": edge.label, "property": edge.property, **edge.evidence._asdict()}
        yield f"<edge source={quoteattr(edge.source)} target={quoteattr(edge.target)}>{_data('edge', fields)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(owner: str, fields: dict[str, str]) -> str:
    return "".join(f'<data key="{owner}-{key}">{escape(value)}</data>' for key, value in fields.items() if value)


def gexf(store: Store) -> bytes:
    return "".join(_gexf(store)).encode()


def _gexf(store: Store) -> Iterator[str]:
    """GEXF 1.3; the weight of an edge is its confidence."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n'
    for owner, titles in (("node", ("kinds", "date")), ("edge", ("property", "document", "quote"))):
        declared = "".join(f'<attribute id="{title}" title="{title}" type="string"/>' for title in titles)
        yield f'<attributes class="{owner}">{declared}</attributes>\n'
    yield "<nodes>\n"
    for node in nodes(store):
        values = _values({"kinds": " ".join(node.kinds), "date": node.date})
        yield f"<node id={quoteattr(node.iri)} label={quoteattr(node.label)}>{values}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, edge in enumerate(edges(store)):
        values = _values({"property": edge.property, "document": edge.evidence.document, "quote": edge.evidence.quote})
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        told = f'label="{edge.label}" weight="{edge.evidence.confidence}"'
        yield f'<edge id="{number}" {ends} {told}>{values}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _values(fields: dict[str, str]) -> str:
    told = "".join(f'<attvalue for="{key}" value={quoteattr(value)}/>' for key, value in fields.items() if value)
    return f"<attvalues>{told}</attvalues>"


def escape(text: str) -> str:
    return saxutils.escape(xml_text(text), {"\r": "&#xD;"})


def quoteattr(text: str) -> str:
    return saxutils.quoteattr(xml_text(text))
