"""The graph in the formats of other tools; the same store gives the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from pipeline import graph as g
from pipeline.errors import UsageError
from pipeline.resolve import HOLDER
from pipeline.rows import Row, claim_rows, prefixes
from pipeline.store import FORMATS as RDF_FORMATS
from pipeline.store import Store, write

_COLUMNS = (
    "doc", "rel", "facet", "subject", "object", "date", "dateText", "precision", "venue", "agent",
    "quote", "start", "end", "rule", "confidence", "planned", HOLDER, "subject_iri", "object_iri",
)  # fmt: skip
_FACTS = f"""SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ ?claim <{g.SUBJECT}> ?s ; <{g.PREDICATE}> ?p ; <{g.OBJECT}> ?o FILTER(?p != <{g.TYPE}>) }}
  UNION {{ VALUES ?p {{ <{g.LOCATION}> <{g.AGENT}> }} ?s ?p ?o }} }}"""
_NODES = f"""SELECT ?x ?label ?date (GROUP_CONCAT(STR(?type); separator=" ") AS ?types) WHERE {{
  {{ SELECT ?x ?label ?date ?type WHERE {{
    ?x <{g.PREF_LABEL}> ?label ; a ?type . OPTIONAL {{ ?x <{g.START_DATE}> ?date }} }} ORDER BY ?x ?type }}
}} GROUP BY ?x ?label ?date"""


def export(store: Store, form: str, *, with_ontology: bool = False) -> bytes:
    """Everything in `store` as `form`, a key of FORMATS; in RDF, also the ontology on request.

    Raises UsageError for an unknown format, and for an ontology in one that is not RDF.
    """
    if form not in FORMATS:
        raise UsageError(f"{form}: no such format. Choose one of {', '.join(FORMATS)}.")
    if with_ontology and form not in RDF_FORMATS:
        raise UsageError(f"{form}: holds facts only. Choose one of {', '.join(RDF_FORMATS)} for the ontology.")
    return _rdf(store, form, with_ontology=True) if with_ontology else FORMATS[form](store)


def _rdf(store: Store, form: str, *, with_ontology: bool = False) -> bytes:
    lines = store.lines(with_ontology=with_ontology)
    return write("".join(line + "\n" for line in lines), form, prefixes(store.select))


def _csv(store: Store) -> bytes:
    """One line a claim; an event is its subject."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_flat(row) for row in claim_rows(store.select))
    return text.getvalue().encode()


def _flat(row: Row) -> dict[str, object]:
    subject, obj = row.get("s") or row.get("event") or {}, row.get("o") or {}
    flat = {column: row.get(column) for column in _COLUMNS}
    flat |= {"subject": subject.get("label"), "subject_iri": subject.get("iri")}
    flat |= {"object": obj.get("label"), "object_iri": obj.get("iri"), "planned": row.get("planned", False)}
    for slot in ("venue", "agent", HOLDER):
        things = row.get(slot) or []
        flat[slot] = "；".join(thing["label"] for thing in (things if isinstance(things, list) else [things]))
    return flat


def _graphml(store: Store) -> bytes:
    """Entities as nodes, direct facts as edges."""
    nodes = sorted(store.select(_NODES), key=lambda row: (str(row[0]), str(row[2])))
    edges = sorted((str(s), str(p), str(o)) for s, p, o in store.select(_FACTS))
    return "".join(_graphml_lines(nodes, edges)).encode()


def _graphml_lines(nodes: Iterable[tuple[str | None, ...]], edges: Iterable[tuple[str, str, str]]) -> Iterable[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for owner, key in (("node", "label"), ("node", "kinds"), ("node", "date"), ("edge", "label"), ("edge", "property")):
        yield f'<key id="{owner}-{key}" for="{owner}" attr.name="{key}" attr.type="string"/>\n'
    yield '<graph id="zhimai" edgedefault="directed">\n'
    for iri, label, date, types in nodes:
        kinds = " ".join(kind.rpartition("#")[2] for kind in str(types).split(" "))
        fields = (("label", label), ("kinds", kinds), ("date", date))
        data = "".join(f'<data key="node-{key}">{escape(value)}</data>' for key, value in fields if value)
        yield f"<node id={quoteattr(str(iri))}>{data}</node>\n"
    for subject, predicate, obj in edges:
        name = predicate.replace("#", "/").rpartition("/")[2]
        data = f'<data key="edge-label">{escape(name)}</data><data key="edge-property">{escape(predicate)}</data>'
        yield f"<edge source={quoteattr(subject)} target={quoteattr(obj)}>{data}</edge>\n"
    yield "</graph>\n</graphml>\n"


FORMATS = {form: lambda store, form=form: _rdf(store, form) for form in RDF_FORMATS} | {"graphml": _graphml, "csv": _csv}
