"""What a graph is made of: the classes and properties of its ontology, with how often each occurs and an example."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline import terms as t
from pipeline.rows import Table, prefixes
from pipeline.store import SCHEMA_GRAPH, Store

_OWL = "http://www.w3.org/2002/07/owl#"
_MORE = {"owl": _OWL, "org": "http://www.w3.org/ns/org#", "qudt": "http://qudt.org/schema/qudt/"}
# The schema is in the default graph too: what it says of itself is no data.
_DATA = f"FILTER NOT EXISTS {{ GRAPH <{SCHEMA_GRAPH.value}> {{ ?s ?p ?o }} }}"
# A term of a vocabulary is a better example than what a text names once.
_KNOWN_FIRST = f"""BIND(CONCAT(IF(STRSTARTS(STR(?s), "{t.NAMESPACES["vocab"]}"), "0", "1"), STR(?s)) AS ?shown)"""
_CLASSES = f"""SELECT ?term (COUNT(*) AS ?count) (MIN(?shown) AS ?first) WHERE {{
  BIND(<{t.TYPE}> AS ?p) ?s ?p ?o . BIND(?o AS ?term) {_DATA} {_KNOWN_FIRST} }} GROUP BY ?term"""
_PROPERTIES = f"""SELECT ?term (COUNT(*) AS ?count) (MIN(?shown) AS ?first) WHERE {{
  ?s ?p ?o . BIND(?p AS ?term) {_DATA} {_KNOWN_FIRST} }} GROUP BY ?term"""
_DECLARED = f"""SELECT ?term ?type WHERE {{ GRAPH <{SCHEMA_GRAPH.value}> {{ ?term a ?type FILTER(isIRI(?term)) }}
  VALUES ?type {{ owl:Class rdfs:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty rdf:Property }} }}"""
_TOLD = f"""SELECT ?term ?what ?value WHERE {{
  {{ ?term rdfs:label ?value BIND(LANG(?value) AS ?what) }}
  UNION {{ VALUES ?p {{ rdfs:domain rdfs:range }} ?term ?p ?named . ?named (owl:unionOf/rdf:rest*/rdf:first)? ?value
    FILTER NOT EXISTS {{ ?value owl:unionOf ?union }} BIND(STRAFTER(STR(?p), "#") AS ?what) }}
  FILTER EXISTS {{ GRAPH <{SCHEMA_GRAPH.value}> {{ ?term ?any ?thing }} }} }}"""
_NAME = f"""SELECT (COALESCE(?label, ?title, ?file) AS ?name) WHERE {{{{ OPTIONAL {{{{ <{{0}}> <{t.PREF_LABEL}> ?label }}}}
  OPTIONAL {{{{ <{{0}}> <{t.TITLE}> ?title }}}} OPTIONAL {{{{ <{{0}}> <{t.DOCUMENT_NAME}> ?file }}}} }}}}"""
_VALUE = "SELECT (MIN(STR(?o)) AS ?value) WHERE {{ <{0}> <{1}> ?o }}"
_SHOWN = 40  # characters of a name or value in an example
_COLUMNS = ("what", "term", "zh", "en", "domain", "range", "count", "example")


def schema(store: Store) -> Table:
    """Classes, then properties, the most frequent first; those of the graph that no schema declares too, without labels.

    Domain and range are as declared; an example is a thing of the class, or what the property leads from and to.
    """
    declared = {str(term): str(kind).endswith("Class") for term, kind in store.select(_prefixed(_DECLARED))}
    names = names_of(store)
    told = _told(store, names)
    rows = []
    for what, query in (("class", _CLASSES), ("property", _PROPERTIES)):
        used = {str(term): (int(count or 0), str(first)[1:]) for term, count, first in store.select(query) if term}
        terms = used.keys() | {term for term, is_class in declared.items() if is_class == (what == "class")}
        for term in sorted(terms, key=lambda term: (-used.get(term, (0, ""))[0], term)):
            count, first = used.get(term, (0, ""))
            labels = [told.get((term, name), "") for name in ("zh", "en", "domain", "range")]
            rows.append(
                (
                    what,
                    shortened(term, names),
                    *labels,
                    str(count),
                    _example(store, names, first, term if what == "property" else None) if count else "",
                )
            )
    return Table(_COLUMNS, tuple(rows))


def names_of(store: Store) -> dict[str, str]:
    """The prefixes by which terms are listed."""
    return _MORE | prefixes(store.select)


def _told(store: Store, names: Mapping[str, str]) -> Mapping[tuple[str, str], str]:
    """Labels, domain and range of each term, by term and “zh”, “en”, “domain” or “range”."""
    found: dict[tuple[str, str], set[str]] = {}
    for term, what, value in store.select(_prefixed(_TOLD)):
        said = str(value) if what in ("zh", "en") else shortened(str(value), names)
        found.setdefault((str(term), str(what)), set()).add(said)
    return {key: "、".join(sorted(values)) for key, values in found.items()}


def _example(store: Store, names: Mapping[str, str], first: str, prop: str | None) -> str:
    """What the thing `first` is called, and what `prop` leads to from there."""
    subject = _called(store, names, first)
    if prop is None:
        return subject
    value = next(iter(store.select(_VALUE.format(first, prop))))[0] or ""
    return f"{subject} → {_called(store, names, value) if ':' in value else _cut(value)}"


def _called(store: Store, names: Mapping[str, str], iri: str) -> str:
    """The name of a thing, or its IRI where it has none; a text that merely looks like an IRI stays as it is."""
    if any(mark in iri for mark in '<>"{}|^`\\ \n'):
        return _cut(iri)
    called = sorted(name for (name,) in store.select(_NAME.format(iri)) if name)
    return _cut(called[0]) if called else shortened(iri, names)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def shortened(iri: str, names: Mapping[str, str]) -> str:
    """An IRI by the longest prefix of `names` that it begins with, as zm:hasElement; in full where none does."""
    found = max((name for name, space in names.items() if iri.startswith(space)), key=lambda name: len(names[name]), default=None)
    return iri if found is None else f"{found}:{iri[len(names[found]) :]}"


def _prefixed(query: str) -> str:
    return f"PREFIX owl: <{_OWL}>\n{query}"
