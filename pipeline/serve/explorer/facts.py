"""Facts in a list: filtered, sorted, by pages, as CSV, and the query behind it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlencode

from pipeline import terms as t
from pipeline.serve.asking import RefusedError
from pipeline.serve.explorer.graph import Graph
from pipeline.serve.explorer.lines import Line, line_of
from pipeline.serve.explorer.names import LONGEST, NAMING
from pipeline.shown import as_read, csv_cell

PAGE = 50  # lines
_CHUNK = 500  # lines of a CSV that are made at once
_SLOTS = " | ".join(f"zm:{term.removeprefix(t.ZM)}" if term.startswith(t.ZM) else "prov:wasAttributedTo" for term in NAMING)
_ROLES = {"s": "zm:claimSubject", "o": "zm:claimObject", "holder": "prov:wasAttributedTo"}
SORTS = {  # what a list is sorted by: the order of a query, and the patterns that bind its variables
    "document": ("?document ?start", ""),
    "confidence": ("DESC(?confidence) ?document ?start", ""),
    "relation": ("?relation ?facet ?document ?start", ""),
    "date": ("DESC(?said_of) ?document ?start", "  OPTIONAL { ?claim zm:dateValue|zm:period ?said_of }"),
    "subject": ("?of ?document ?start", ""),
}
_KEYS = {  # the same as the claims alone are sorted here: a variable, its pattern, whether the greatest comes first
    "confidence": ("?confidence", "  ?claim zm:confidence ?confidence .", True),
    "relation": ("?name", '  OPTIONAL { ?claim zm:facet ?facet } BIND(CONCAT(?relation, COALESCE(?facet, "")) AS ?name)', False),
    "date": ("?said_of", "  OPTIONAL { ?claim zm:dateValue|zm:period ?said_of }", True),
    "subject": ("?of", "  OPTIONAL { ?claim zm:claimSubject ?s . ?s skos:prefLabel ?of }", False),
}
_PREFIXES = "".join(f"PREFIX {name}: <{t.NAMESPACES[name]}>\n" for name in ("zm", "oa", "skos", "dcterms", "prov", "schema"))
_SHOWN = """  OPTIONAL { ?claim zm:facet ?facet }
  OPTIONAL { ?claim zm:claimSubject ?s . ?s skos:prefLabel ?of }
  OPTIONAL { ?claim zm:claimObject ?o . ?o skos:prefLabel ?says }"""
COLUMNS = (
    *("document", "relation", "facet", "subject", "object", "details", "quote", "sentence", "start", "end", "page"),
    *("confidence", "planned", "holder", "claim"),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of facts is narrowed to; "" is anything. `thing` and `place` are IRIs, `kind` is the IRI of a class."""

    document: str = ""
    relation: str = ""
    facet: str = ""
    kind: str = ""
    year: str = ""
    when: str = ""
    issuer: str = ""
    least: str = ""
    place: str = ""
    thing: str = ""
    role: str = ""
    planned: str = ""
    sort: str = "document"

    def given(self) -> dict[str, str]:
        """What differs from a list of everything, as parameters."""
        return {
            name: value for name in self.__slots__ if (value := getattr(self, name)) and (name, value) != ("sort", "document")
        }

    def href(self, **other: str) -> str:
        """The list with some of it otherwise, as a path and query."""
        query = urlencode(replace(self, **other).given())
        return f"/facts?{query}" if query else "/facts"


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter as it was asked for: names that nothing is called so are in `unknown`, by their parameter."""

    filter: Filter
    texts: Mapping[str, str]  # parameter → what was written
    unknown: Mapping[str, str]


def asked(graph: Graph, parameters: Mapping[str, str]) -> Asked:
    """The filter that parameters ask for. Raises RefusedError for what can be none."""
    given = {name: parameters.get(name, "").strip() for name in Filter.__slots__}
    _check(graph, given)
    unknown: dict[str, str] = {}
    texts = dict(given)
    for name in ("thing", "place"):
        if given[name]:
            found = graph.names.called(given[name])
            if found is None:
                unknown[name] = given[name]
            given[name], texts[name] = (found.iri, found.label) if found else ("", given[name])
    return Asked(Filter(**{name: value for name, value in given.items() if value or name != "sort"}), texts, unknown)


def _check(graph: Graph, given: Mapping[str, str]) -> None:
    choices = {
        "relation": graph.relations,
        "facet": {facet for facets in graph.facets.values() for facet in facets},
        "document": graph.documents,
        "role": _ROLES,
        "planned": ("yes", "no"),
        "sort": SORTS,
        "kind": {kind for document in graph.documents.values() for kind in document.kinds},
    }
    for name, known in choices.items():
        if given[name] and given[name] not in known:
            raise _refused(name, given[name])
    for name, form in (("year", r"\d{4}"), ("when", r"\d{4}"), ("least", r"0(\.\d{1,4})?|1(\.0{1,4})?")):
        if given[name] and not re.fullmatch(form, given[name], re.ASCII):
            raise _refused(name, given[name])
    for name, value in given.items():
        if len(value) > max(LONGEST, 10 * LONGEST * (name in ("thing", "place", "document"))) or "\x00" in value:
            raise RefusedError(HTTPStatus.BAD_REQUEST, f"The parameter {name} is too long or holds what no text does.")


def _refused(name: str, value: str) -> RefusedError:
    return RefusedError(HTTPStatus.BAD_REQUEST, f"{name}={value[:60]}: there is no such value. Choose one that the list offers.")


def query(wanted: Filter) -> str:
    """The SPARQL behind a list, with what is worth seeing of each fact."""
    order, bound = SORTS[wanted.sort]
    body = "\n".join(filter(None, (*_patterns(wanted, whole=True), bound, _SHOWN)))
    columns = "?document ?relation ?facet ?of ?says ?quote ?confidence ?claim"
    return f"{_PREFIXES}\nSELECT DISTINCT {columns} WHERE {{\n{body}\n}}\nORDER BY {order} ?claim\n"


def claims(graph: Graph, wanted: Filter) -> Sequence[str]:
    """The IRIs of all claims of a list, in order."""
    key, bound, descending = _KEYS.get(wanted.sort, ("", "", False))
    if not key and not wanted.given():
        return list(graph.order)
    body = "\n".join(filter(None, (*_patterns(wanted), bound)))
    keys = graph.pairs(f"{_PREFIXES}SELECT DISTINCT ?claim {key} WHERE {{\n{body}\n}}")
    found = sorted(keys, key=graph.order.__getitem__)
    return sorted(found, key=keys.__getitem__, reverse=descending) if key else found


def _patterns(wanted: Filter, *, whole: bool = False) -> Iterator[str]:
    """The patterns of a list: only those that narrow it, or also those that bind what is shown."""
    sources = list(_sources(wanted))
    if sources:
        yield "\n    ".join(["  { SELECT DISTINCT ?source WHERE {", *sources]) + " } }"
    if wanted.relation:
        yield f"  VALUES ?relation {{ {t.literal(wanted.relation)} }}"
    if wanted.thing:
        yield f"  ?claim {_ROLES.get(wanted.role, _SLOTS)} <{wanted.thing}> ."
    if wanted.place:
        yield (
            f"  {{ SELECT DISTINCT ?claim WHERE {{ ?inside schema:containedInPlace* <{wanted.place}> .\n"
            f"      {{ ?claim {_SLOTS} ?inside }} UNION {{ ?body schema:areaServed ?inside . ?claim {_SLOTS} ?body }} }} }}"
        )
    yield "  ?claim zm:relation ?relation ."
    if whole or wanted.least:
        yield "  ?claim zm:confidence ?confidence ."
    if wanted.facet:
        yield f"  ?claim zm:facet {t.literal(wanted.facet)} ."
    if whole or sources:
        yield "  ?evidence oa:hasSource ?source . ?claim zm:bestEvidence ?evidence ."
    if whole:
        yield "  ?source zm:documentName ?document . ?evidence oa:hasSelector ?place, ?words ."
        yield "  ?place oa:start ?start . ?words oa:exact ?quote ."
    yield from _narrowing(wanted)


def _sources(wanted: Filter) -> Iterator[str]:
    """The patterns of the documents that a list is of."""
    if wanted.document:
        yield f"?source zm:documentName {t.literal(wanted.document)} ."
    if wanted.kind:
        yield f"?source a <{wanted.kind}> ."
    if wanted.year:
        yield f"?source a zm:Document ; dcterms:issued ?issued FILTER(STRSTARTS(STR(?issued), {t.literal(wanted.year)}))"
    if wanted.issuer:
        signed = "zm:issuerText|dcterms:publisher/(skos:prefLabel|skos:altLabel)"
        yield f"?source a zm:Document ; {signed} ?issuer FILTER(CONTAINS(?issuer, {t.literal(wanted.issuer)}))"


def _narrowing(wanted: Filter) -> Iterator[str]:
    if wanted.least:
        yield f"  FILTER(?confidence >= {wanted.least})"
    if wanted.when:
        yield f"  ?claim zm:dateValue|zm:period ?time FILTER(CONTAINS(?time, {t.literal(wanted.when)}))"
    if wanted.planned == "yes":
        yield "  ?claim zm:planned ?planned ."
    elif wanted.planned == "no":
        yield "  FILTER NOT EXISTS { ?claim zm:planned ?planned }"


def lines(graph: Graph, chosen: Sequence[str]) -> list[Line]:
    """The lines of claims, in order."""
    return [line_of(row) for row in graph.rows(chosen)]


def as_csv(graph: Graph, chosen: Sequence[str]) -> Iterator[str]:
    """The lines of claims as CSV, in pieces; it begins with a byte order mark, without which spreadsheets take it for another
    encoding."""
    yield "\ufeff" + _written([COLUMNS])
    for at in range(0, len(chosen), _CHUNK):
        yield _written([_cells(line) for line in lines(graph, chosen[at : at + _CHUNK])])


def _cells(line: Line) -> Sequence[str | int | float | bool | None]:
    said = "；".join(" ".join([detail.key.removeprefix("slot_"), *(ref.label for ref in detail.refs)]) for detail in line.details)
    subject, object_ = (ref.label if ref else None for ref in (line.subject, line.object))
    sentence = as_read(line.before) + as_read(line.quote) + as_read(line.after)
    holders = "、".join(ref.label for ref in line.holders)
    head = (line.document, line.relation, line.facet, subject, object_, said, as_read(line.quote), sentence)
    return (*head, line.start, line.end, line.page, line.confidence, line.planned, holders, line.claim)


def _written(rows: Sequence[Sequence[str | int | float | bool | None]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue()
