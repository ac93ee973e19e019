"""The shapes of an ontology as rows to be read: of what, by which path, what they demand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from pipeline.reference.described import Reference, Words
from pipeline.turtle import TurtleFile

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_COUNTS = (SH.minCount, SH.maxCount)
_ASIDE = {*_COUNTS, RDF.type, SH.path, SH.message, SH.severity, SH.property, SH.deactivated, *_TARGETS}
_PATHS = {SH.inversePath: "^{}", SH.zeroOrMorePath: "{}*", SH.oneOrMorePath: "{}+", SH.zeroOrOnePath: "{}?"}


class ShapeRow(NamedTuple):
    """One demand of a shape, on a property or, where `path` is "", on the thing itself."""

    shape: str
    target: str
    path: str
    demands: str
    message: Words


def shape_rows(file: Path, reference: Reference) -> Iterator[ShapeRow]:
    """The rows of a shapes file, shape by shape, by path. Raises OntologyError where it is no Turtle."""
    source = TurtleFile(file)
    writer = _Writer(source.graph, reference)
    for shape in source.subjects:
        targets = [(p, o) for p in _TARGETS for o in sorted(source.graph.objects(shape, p), key=str)]
        if targets:
            yield from writer.rows(shape, targets)


class _Writer:
    def __init__(self, graph: Graph, reference: Reference) -> None:
        self._graph, self._reference = graph, reference

    def rows(self, shape: Node, targets: list[tuple[URIRef, Node]]) -> Iterator[ShapeRow]:
        """What a shape demands of its targets: of the thing itself, then by path."""
        name = str(shape).replace("#", "/").rpartition("/")[2]
        of = ", ".join(f"{self._form(node)}{'' if p == SH.targetClass else f' ({self._short(p)})'}" for p, node in targets)
        nodes = [shape, *self._graph.objects(shape, SH.property)]
        found = [ShapeRow(name, of, self._path(node), self._demands(node), self._message(node)) for node in nodes]
        yield from sorted(row for row in found if row.demands)

    def _demands(self, node: Node) -> str:
        """What a shape demands: how many, “1..*”, then the rest by name."""
        least, most = (self._graph.value(node, count) for count in _COUNTS)
        many = [f"{0 if least is None else least}..{'*' if most is None else most}"] if (least, most) != (None, None) else []
        said = [(self._short(p), self._form(o)) for p, o in self._graph.predicate_objects(node) if p not in _ASIDE]
        return " · ".join(many + [f"{name} {value}" for name, value in sorted(said)])

    def _message(self, node: Node) -> Words:
        said = {m.language: str(m) for m in self._graph.objects(node, SH.message) if isinstance(m, Literal)}
        return Words(said.get("zh", ""), said.get("en", said.get(None, "")))

    def _path(self, node: Node) -> str:
        path = self._graph.value(node, SH.path)
        return "" if path is None else self._way(path)

    def _way(self, path: Node) -> str:
        """A property path as SPARQL has it."""
        if isinstance(path, URIRef):
            return self._form(path)
        either = self._graph.value(path, SH.alternativePath)
        if either is not None:
            return "(" + "|".join(map(self._way, Collection(self._graph, either))) + ")"
        for predicate, form in _PATHS.items():
            inner = self._graph.value(path, predicate)
            if inner is not None:
                return form.format(self._way(inner))
        return "/".join(map(self._way, Collection(self._graph, path)))

    def _form(self, node: Node) -> str:
        """A value to be read: a name, a text, a list, a shape within a shape."""
        if (node, RDF.first, None) in self._graph:
            return "( " + " ".join(map(self._form, Collection(self._graph, node))) + " )"
        if isinstance(node, BNode):
            inner = [f"{self._path(node)} {self._demands(node)}".strip()]
            inner += sorted(self._form(below) for below in self._graph.objects(node, SH.property))
            return "[ " + " ; ".join(filter(None, inner)) + " ]"
        if isinstance(node, URIRef):
            return self._short(node) if str(node).startswith(str(SH)) else self._reference.short(str(node))
        return str(node)

    def _short(self, predicate: Node) -> str:
        return str(predicate).removeprefix(str(SH))
