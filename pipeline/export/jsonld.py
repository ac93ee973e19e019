"""The graph as JSON-LD to be read: each thing with its facts, in it the claims about it, in a claim its evidence.

The context gives each class and property a short name, and says of what type its values are where they all are of one, so that
they are bare strings, numbers and truth values. The triples are those of the other formats.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pipeline import terms as t
from pipeline.export.edges import local_name
from pipeline.patterns import lazy
from pipeline.rows import prefixes
from pipeline.schema import shortened
from pipeline.store import Store, Value

Node = dict[str, Any]
Told = Mapping[str, Mapping[str, list[Value]]]

_STRING = t.XSD + "string"
_NATIVE = {t.XSD + "integer": lazy("0|-?[1-9][0-9]{0,14}"), t.XSD + "boolean": lazy("true|false")}  # as JSON has them
_AROUND = {"claims": (t.CLAIM, t.SUBJECT), "sections": (t.SECTION, t.IS_PART_OF)}  # what stands in the thing that it leads to
_WITHIN = (t.QUOTED_FROM, t.HAS_SELECTOR)  # properties whose object stands in its subject


def jsonld(store: Store, *, with_ontology: bool = False) -> bytes:
    """Everything, or that with the ontology, with its context."""
    told = _told(store, with_ontology)
    context = _Context(told, prefixes(store.select))
    return _json({"@context": context.written(), "@graph": list(_Tree(told, context).roots())})


def context(store: Store) -> bytes:
    """The context alone: a file that other JSON-LD of the same terms may refer to."""
    return _json({"@context": _Context(_told(store, with_ontology=False), prefixes(store.select)).written()})


def _told(store: Store, with_ontology: bool) -> Told:
    """What the graph tells of each thing, by property."""
    told: dict[str, dict[str, list[Value]]] = defaultdict(dict)
    for subject, predicate, value in store.triples(with_ontology=with_ontology):
        told[subject].setdefault(predicate, []).append(value)
    return told


def _json(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


class _Context:
    """The prefixes of a graph, a short name for each of its classes and properties, and the one type of a property's values."""

    def __init__(self, told: Told, names: Mapping[str, str]) -> None:
        self._prefixes = names
        self.compact = cache(lambda iri: shortened(iri, names))
        types: dict[str, set[str]] = defaultdict(set)
        classes: set[str] = set()
        for properties in told.values():
            classes.update(value.text for value in properties.get(t.TYPE, ()))
            for predicate, values in properties.items():
                types[predicate].update(map(_type, values))
        self.types = {predicate: found.pop() for predicate, found in types.items() if len(found) == 1 and predicate != t.TYPE}
        self.names = _short_names(self.types.keys() | classes, {*names, *_AROUND})

    def written(self) -> Node:
        """The value of @context."""
        terms = {name: self._definition(iri) for iri, name in sorted(self.names.items(), key=lambda term: term[1])}
        around = {name: {"@reverse": self.compact(predicate)} for name, (_, predicate) in _AROUND.items()}
        return {"@version": 1.1} | dict(sorted(self._prefixes.items())) | terms | around

    def name(self, iri: str) -> str:
        """The short name of a term, or its prefixed name where it has none."""
        return self.names.get(iri) or self.compact(iri)

    def _definition(self, iri: str) -> str | Node:
        kind, compact = self.types.get(iri, _STRING), self.compact(iri)
        if kind == _STRING:
            return compact
        if kind == "@language":
            return {"@id": compact, "@container": kind}
        return {"@id": compact, "@type": kind if kind == "@id" else self.compact(kind)}


def _short_names(terms: Iterable[str], taken: set[str]) -> dict[str, str]:
    """A name for each term: what its IRI ends in. A name of several is that of our own, else of the first."""
    names: dict[str, str] = {}
    for iri in sorted(terms, key=lambda iri: (not iri.startswith(t.ZM), iri)):
        name = local_name(iri)
        if name.isidentifier() and name not in taken:
            taken.add(name)
            names[iri] = name
    return names


def _type(value: Value) -> str:
    """How a context types values such as this; a number or truth value not written as JSON does has no type that fits."""
    if not value.datatype:
        return "@id"
    native = _NATIVE.get(value.datatype)
    return "@language" if value.language else value.datatype if not native or native.fullmatch(value.text) else "@none"


class _Place(NamedTuple):
    """The thing in which another stands, the property between the two, and whether it leads out or in."""

    outer: str
    predicate: str
    outward: bool


class _Tree:
    """The nodes of a graph, each told once: in another where it has a place there, or else on its own."""

    def __init__(self, told: Told, context: _Context) -> None:
        self._told, self._context = told, context
        self._places: dict[str, _Place] = {}
        self._inside: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for node, properties in told.items():
            for name, (kind, predicate) in _AROUND.items():
                outer = next((value.text for value in properties.get(predicate, ()) if value.text in told), None)
                if outer and Value(kind) in properties.get(t.TYPE, ()):
                    self._places[node] = _Place(outer, predicate, outward=True)
                    self._inside[outer][name].append(node)
            for predicate in _WITHIN:
                for value in properties.get(predicate, ()):
                    self._places.setdefault(value.text, _Place(node, predicate, outward=False))

    def roots(self) -> Iterator[Node]:
        return (self._node(iri) for iri in self._told if iri not in self._places)

    def _node(self, iri: str) -> Node:
        told = self._told[iri]
        node: Node = {"@id": self._context.compact(iri)}
        if t.TYPE in told:
            node["@type"] = _one_or_many([self._context.name(value.text) for value in told[t.TYPE]])
        for predicate, values in told.items():
            kept = [value for value in values if self._places.get(iri) != _Place(value.text, predicate, outward=True)]
            if kept and predicate != t.TYPE:
                node[self._context.name(predicate)] = self._values(iri, predicate, kept)
        return node | {name: [self._node(one) for one in inner] for name, inner in self._inside.get(iri, {}).items()}

    def _values(self, iri: str, predicate: str, values: list[Value]) -> object:
        kind = self._context.types.get(predicate) if predicate in self._context.names else None
        if kind == "@language":
            by_language: dict[str, list[object]] = defaultdict(list)
            for value in values:
                by_language[value.language].append(value.text)
            return {language: _one_or_many(texts) for language, texts in sorted(by_language.items())}
        return _one_or_many([self._value(_Place(iri, predicate, outward=False), value, typed=bool(kind)) for value in values])

    def _value(self, place: _Place, value: Value, *, typed: bool) -> object:
        if not value.datatype:
            if self._places.get(value.text) == place and value.text in self._told:
                return self._node(value.text)
            return self._context.compact(value.text) if typed else {"@id": self._context.compact(value.text)}
        if value.language:
            return {"@value": value.text, "@language": value.language}
        if value.datatype == _STRING:
            return value.text
        if typed:
            return json.loads(value.text) if value.datatype in _NATIVE else value.text
        return {"@value": value.text, "@type": self._context.compact(value.datatype)}


def _one_or_many(values: list[Any]) -> object:
    return values[0] if len(values) == 1 else values
