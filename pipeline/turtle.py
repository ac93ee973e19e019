"""A Turtle file with its lines: no parser keeps them, so they are found again in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from pipeline.errors import OntologyError
from pipeline.patterns import lazy

_Value = ox.NamedNode | ox.BlankNode | ox.Literal
_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
_PREFIX = lazy(r"^[ \t]*@?prefix\s+([\w.-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)


class Entry:
    """What a file says of one subject."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: dict[str, list[_Value]] = {}

    def add(self, predicate: str, value: _Value) -> None:
        """Note a triple, which may have been said before."""
        values = self._values.setdefault(predicate, [])
        if value not in values:
            values.append(value)

    def texts(self, predicate: str) -> list[str]:
        """The values of a predicate, whatever they are."""
        return [value.value for value in self._values.get(predicate, ())]

    def iris(self, predicate: str) -> list[str]:
        """Those that are IRIs."""
        return [value.value for value in self._values.get(predicate, ()) if isinstance(value, ox.NamedNode)]

    def labels(self, predicate: str, language: str) -> list[str]:
        """Those that are literals in a language, or with "" in none."""
        literals = [value for value in self._values.get(predicate, ()) if isinstance(value, ox.Literal)]
        return [value.value for value in literals if (value.language or "") == language]


class TurtleFile:
    """A Turtle file with its text.

    Raises OntologyError, naming the line, where it is no valid Turtle.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise OntologyError(f"{path}: cannot be read ({error}). Save it as UTF-8 text.") from error
        try:
            self._parsed = tuple(ox.parse(self.text.encode(), ox.RdfFormat.TURTLE))  # in a quarter of rdflib's time
        except SyntaxError as error:
            raise OntologyError(f"{path}:{error.lineno}: no valid Turtle near here. Correct it and run again.") from error

    @cached_property
    def graph(self) -> Graph:
        """Its triples, to be asked."""
        graph = Graph(store="SimpleMemory")  # half the indexing work of the default store
        node = cache(_node)
        for triple in self._parsed:
            graph.add((node(triple.subject), node(triple.predicate), node(triple.object)))
        return graph

    @cached_property
    def subjects(self) -> tuple[Node, ...]:
        """Its subjects, in their order."""
        return tuple(dict.fromkeys(_node(triple.subject) for triple in self._parsed))

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """What is said of each subject; for thousands of terms in a fifth of the time that a graph takes."""
        entries: dict[str, Entry] = {}
        for triple in self._parsed:
            assert not isinstance(triple.subject, ox.Triple)
            assert not isinstance(triple.object, ox.Triple)
            name = triple.subject.value
            if name not in entries:
                entries[name] = Entry()
            entries[name].add(triple.predicate.value, triple.object)
        return entries

    def at(self, subject: object, *path: object) -> str:
        """“file:line” of the description of `subject`, or of the last of `path` (IRIs and literals, one after the other) in it.

        As near as can be found: what is not written out as usual is passed over.
        """
        place = max(0, self._find(str(subject), 0))
        for value in path:
            place = max(place, self._find(str(value), place))
        return f"{self.path}:{self.text.count(chr(10), 0, place) + 1}"

    def _find(self, value: str, start: int) -> int:
        """Where `value` is written from `start` on: as a literal, else as an IRI, at the start of a line if it stands at one."""
        literals = [at for mark in ('"', "'") if (at := self.text.find(f"{mark}{value}{mark}", start)) >= 0]
        if literals and start > 0:
            return min(literals)
        written = "|".join(re.escape(form) for form in self._forms(value))
        token = rf"(?<![\w:<])(?:{written})(?=[\s;,.)\]]|$)"
        places = (re.compile(pattern, re.MULTILINE).search(self.text, start) for pattern in (rf"^{token}", token))
        return next((found.start() for found in places if found), -1)

    def _forms(self, iri: str) -> list[str]:
        """The ways to write an IRI: in full, or by each prefix that it begins with."""
        return [f"<{iri}>", *(f"{name}:{iri[len(space) :]}" for name, space in self.prefixes if iri.startswith(space))]

    @cached_property
    def prefixes(self) -> list[tuple[str, str]]:
        """The prefixes that it declares, with their namespaces."""
        return _PREFIX.findall(self.text)


def _node(node: object) -> Node:
    """A node of pyoxigraph as rdflib has it, which gives a plain literal no datatype."""
    if isinstance(node, ox.Literal):
        plain = node.language or node.datatype == _STRING
        return Literal(node.value, lang=node.language, datatype=None if plain else URIRef(node.datatype.value))
    assert isinstance(node, ox.BlankNode | ox.NamedNode)
    return BNode(node.value) if isinstance(node, ox.BlankNode) else URIRef(node.value)
