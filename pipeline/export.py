"""The graph in the formats of other tools; the same store gives the same bytes."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax import saxutils

from pipeline import terms as t
from pipeline.errors import UsageError
from pipeline.relations import SHAPES
from pipeline.resolve import HOLDER
from pipeline.rows import Row, claim_rows, labels, object_of, prefixes, subject_of
from pipeline.shown import as_read, csv_cell, xml_text
from pipeline.store import FORMATS as RDF_FORMATS
from pipeline.store import Store, write

_COLUMNS = (
    "doc", "rel", "facet", "subject", "object", "date", "dateText", "precision", "venue", "agent",
    "indicator", "value", "unit", "bound", "period", "change", "dimension", "value_a", "value_b", "authors", "year", "container",
    "quote", "start", "end", "rule", "confidence", "planned", HOLDER, "subject_iri", "object_iri", "place", "page", "sentence",
)  # fmt: skip
_LINKED = [filler for shape in SHAPES.values() if not shape.of_document for filler in shape.slots.values() if filler.link]
_LINKS = " ".join(f"<{filler.link}>" for filler in _LINKED)
_FILLED = " ".join(f"(<{filler.claim}> <{filler.link}>)" for filler in _LINKED)
_FACTS = f"""SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ ?claim <{t.SUBJECT}> ?s ; <{t.PREDICATE}> ?p ; <{t.OBJECT}> ?o FILTER(?p != <{t.TYPE}>) }}
  UNION {{ VALUES ?p {{ {_LINKS} }} ?s ?p ?o }} }}"""
_NODES = f"""SELECT ?x ?label ?date (GROUP_CONCAT(STR(?type); separator=" ") AS ?types) WHERE {{
  {{ SELECT ?x ?label ?date ?type WHERE {{
    {{ ?x <{t.PREF_LABEL}> ?label }} UNION {{ ?x <{t.CITES}> ?work ; <{t.DOCUMENT_NAME}> ?label }}
    ?x a ?type . OPTIONAL {{ ?x <{t.START_DATE}> ?date }} }} ORDER BY ?x ?type }}
}} GROUP BY ?x ?label ?date"""

_EVIDENCE = f"""SELECT ?s ?p ?o ?name ?quote ?sure WHERE {{
  ?claim <{t.SUBJECT}> ?s ; <{t.CONFIDENCE}> ?sure ; <{t.BEST_EVIDENCE}> ?e .
  {{ ?claim <{t.PREDICATE}> ?p ; <{t.OBJECT}> ?o }} UNION {{ VALUES (?filled ?p) {{ {_FILLED} }} ?claim ?filled ?o }}
  ?e <{t.HAS_SOURCE}>/<{t.DOCUMENT_NAME}> ?name ; <{t.HAS_SELECTOR}>/<{t.EXACT}> ?quote }}
ORDER BY ?sure DESC(?name) DESC(?quote)"""
_EVIDENCE_KEYS = {"document": "string", "quote": "string", "confidence": "double"}
Edge = tuple[str, str, str]


def export(store: Store, form: str, *, with_ontology: bool = False, bom: bool = False) -> bytes:
    """Everything in `store` as `form`, a key of FORMATS; in RDF, also the ontology on request; in CSV, a byte order mark.

    Raises UsageError for an unknown format, for an ontology in one that is not RDF, and for a mark in one that is not CSV.
    """
    if form not in FORMATS:
        raise UsageError(f"{form}: no such format. Choose one of {', '.join(FORMATS)}.")
    if with_ontology and form not in RDF_FORMATS:
        raise UsageError(f"{form}: holds facts only. Choose one of {', '.join(RDF_FORMATS)} for the ontology.")
    if bom and form != "csv":
        raise UsageError(f"{form}: has no byte order mark. Leave --bom out, or choose csv.")
    written = _rdf(store, form, with_ontology=True) if with_ontology else FORMATS[form](store)
    return codecs.BOM_UTF8 + written if bom else written


def format_of(file: Path | None) -> str:
    """The format that the suffix of a file names; Turtle where there is no file. Raises UsageError for an unknown suffix."""
    if file is None:
        return "ttl"
    suffix = file.suffix.lower().lstrip(".")
    form = {"rdf": "rdfxml", "xml": "rdfxml", "json": "jsonld"}.get(suffix, suffix)
    if form not in FORMATS:
        raise UsageError(f"{file}: the suffix names no format. Give one with --format: {', '.join(FORMATS)}.")
    return form


def write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises UsageError where that cannot be done."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        try:
            aside.write_bytes(content)
            aside.replace(file)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror}). Name a file in a folder that exists.") from error


def _rdf(store: Store, form: str, *, with_ontology: bool = False) -> bytes:
    lines = store.lines(with_ontology=with_ontology)
    written = write("".join(line + "\n" for line in lines), form, prefixes(store.select))
    # A reader of XML takes a bare carriage return for a line feed.
    return xml_text(written.decode()).replace("\r", "&#xD;").encode() if form == "rdfxml" else written


def _csv(store: Store) -> bytes:
    """One line a claim; an event is its subject."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {column: csv_cell(cell) for column, cell in _flat(row).items()} for row in claim_rows(store.select, context=True)
    )
    return text.getvalue().encode()


def _flat(row: Row) -> dict[str, Any]:
    subject, obj = subject_of(row) or {}, object_of(row) or {}
    flat = {column: row.get(column) for column in _COLUMNS}
    flat |= {"subject": subject.get("label"), "subject_iri": subject.get("iri")}
    flat |= {"object": obj.get("label"), "object_iri": obj.get("iri"), "planned": row.get("planned", False)}
    flat |= {"quote": as_read(row["quote"]), "sentence": as_read(row["before"] + row["quote"] + row["after"])}
    for slot in ("venue", "agent", HOLDER, "indicator", "dimension", "value_a", "value_b", "authors"):
        flat[slot] = "；".join(labels(row.get(slot)))
    return flat


def _graphml(store: Store) -> bytes:
    """Entities as nodes, direct facts as edges."""
    nodes = sorted(store.select(_NODES), key=lambda row: (str(row[0]), str(row[2])))
    edges = sorted((str(s), str(p), str(o)) for s, p, o in store.select(_FACTS))
    evidence: dict[Edge, tuple[str, ...]] = {}
    for s, p, o, *told in store.select(_EVIDENCE):  # the surest last
        evidence[str(s), str(p), str(o)] = tuple(map(str, told))
    return "".join(_graphml_lines(nodes, edges, evidence)).encode()


def _graphml_lines(
    nodes: Iterable[tuple[str | None, ...]], edges: Iterable[Edge], evidence: Mapping[Edge, tuple[str, ...]]
) -> Iterable[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for owner, key in (("node", "label"), ("node", "kinds"), ("node", "date"), ("edge", "label"), ("edge", "property")):
        yield f'<key id="{owner}-{key}" for="{owner}" attr.name="{key}" attr.type="string"/>\n'
    for key, kind in _EVIDENCE_KEYS.items():
        yield f'<key id="edge-{key}" for="edge" attr.name="{key}" attr.type="{kind}"/>\n'
    yield '<graph id="zhimai" edgedefault="directed">\n'
    for iri, label, date, types in nodes:
        kinds = " ".join(kind.rpartition("#")[2] for kind in str(types).split(" "))
        fields = (("label", label), ("kinds", kinds), ("date", date))
        data = "".join(f'<data key="node-{key}">{escape(value)}</data>' for key, value in fields if value)
        yield f"<node id={quoteattr(str(iri))}>{data}</node>\n"
    for subject, predicate, obj in edges:
        name = predicate.replace("#", "/").rpartition("/")[2]
        data = f'<data key="edge-label">{escape(name)}</data><data key="edge-property">{escape(predicate)}</data>'
        told = zip(_EVIDENCE_KEYS, evidence.get((subject, predicate, obj), ()), strict=False)
        data += "".join(f'<data key="edge-{key}">{escape(as_read(value))}</data>' for key, value in told)
        yield f"<edge source={quoteattr(subject)} target={quoteattr(obj)}>{data}</edge>\n"
    yield "</graph>\n</graphml>\n"


def escape(text: str) -> str:
    return saxutils.escape(xml_text(text), {"\r": "&#xD;"})


def quoteattr(text: str) -> str:
    return saxutils.quoteattr(xml_text(text))


FORMATS = {form: lambda store, form=form: _rdf(store, form) for form in RDF_FORMATS} | {"graphml": _graphml, "csv": _csv}
