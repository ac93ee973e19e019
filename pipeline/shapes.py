"""SHACL → SPARQL: the shapes of an ontology as queries over a whole graph, where a validator in memory would take hours.

A constraint becomes a graph pattern that matches where it is broken. What a shapes file holds beyond the constraints named in
`_COMPONENTS`, `_LOGIC` and `_PATHS` is said to be not checked, with its line, never passed over.
https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, count
from pathlib import Path

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from pipeline.turtle import TurtleFile

_LEVELS = {str(SH.Violation): "ERROR", str(SH.Warning): "WARN", str(SH.Info): "INFO"}
_MOST = 8  # sh:minCount and sh:maxCount beyond this are not checked
_CASTS = (XSD.date, XSD.dateTime, XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.boolean)
_KINDS = {
    SH.IRI: "isIRI({0})",
    SH.Literal: "isLiteral({0})",
    SH.BlankNode: "isBlank({0})",
    SH.BlankNodeOrIRI: "!isLiteral({0})",
    SH.BlankNodeOrLiteral: "!isIRI({0})",
    SH.IRIOrLiteral: "!isBlank({0})",
}
# What a shape may say that forbids nothing, or is read along with something else.
_ASIDE = {
    RDF.type, RDFS.label, RDFS.comment, SH.message, SH.severity, SH.name, SH.description, SH.order, SH.group, SH.defaultValue,
    SH.path, SH.flags, SH.deactivated, SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Constraint:
    """One demand of a shape. `query` selects ?this and ?value where it is broken; `path` is as SPARQL has it, "" for none."""

    level: str
    shape: str
    path: str
    message: str
    query: str


def constraints(file: Path, subclasses: Callable[[str], Iterable[str]]) -> tuple[list[Constraint], list[str]]:
    """Every constraint of a shapes file, and a line for each thing in it that is not checked.

    `subclasses` gives the IRIs of a class (by IRI) and of all below it. Raises OntologyError where the file is no Turtle.
    """
    compiler = _Compiler(TurtleFile(file), subclasses)
    return list(compiler.constraints()), sorted(set(compiler.unchecked))


class _Compiler:
    def __init__(self, source: TurtleFile, subclasses: Callable[[str], Iterable[str]]) -> None:
        self.source = source
        self.graph: Graph = source.graph
        self.subclasses = subclasses
        self.unchecked: list[str] = []
        self._numbers = count()

    def constraints(self) -> Iterator[Constraint]:
        for shape in sorted({*self.graph.subjects(RDF.type, SH.NodeShape), *self.graph.subjects(SH.property)}, key=str):
            target = self._target(shape)
            if target:
                yield from self._of_shape(shape, shape, target)

    def _of_shape(self, root: Node, shape: Node, target: str) -> Iterator[Constraint]:
        """The constraints of a shape, each of its property shapes apart."""
        if self.graph.value(shape, SH.deactivated) == Literal(True):
            return
        level = _LEVELS.get(str(self._one(shape, SH.severity) or self._one(root, SH.severity)), "ERROR")
        path = self.graph.value(shape, SH.path)
        message = self._message(shape) or self._message(root)
        name = str(root).replace("#", "/").rpartition("/")[2]
        for predicate, pattern in self._broken(shape, "?this", own_only=True):
            said = message or f"sh:{str(predicate).removeprefix(str(SH))} is broken"
            query = f"SELECT DISTINCT ?this ?value WHERE {{ {target} {pattern} }} ORDER BY ?this ?value"
            yield Constraint(level, name, self._path(path) if path is not None else "", said, query)
        if path is not None:  # what its property shapes speak of are the values
            above = f"?above{next(self._numbers)}"
            target = f"{{ SELECT DISTINCT ?this WHERE {{ {target.replace('?this', above)} {above} {self._path(path)} ?this }} }}"
        for below in sorted(self.graph.objects(shape, SH.property), key=lambda node: str(self.graph.value(node, SH.path))):
            yield from self._of_shape(root, below, target)

    def _target(self, shape: Node) -> str:
        """A pattern that binds ?this to the nodes that a shape is about; "" for a shape that others refer to."""
        targets = [f"?this a ?kind FILTER(?kind IN ({self._kinds(kind)}))" for kind in self.graph.objects(shape, SH.targetClass)]
        targets += [f"VALUES ?this {{ {_n3(node)} }}" for node in self.graph.objects(shape, SH.targetNode)]
        targets += [f"?this {_n3(p)} ?any" for p in self.graph.objects(shape, SH.targetSubjectsOf)]
        targets += [f"?any {_n3(p)} ?this" for p in self.graph.objects(shape, SH.targetObjectsOf)]
        united = " UNION ".join(f"{{ {target} }}" for target in sorted(targets))
        return f"{{ SELECT DISTINCT ?this WHERE {{ {united} }} }}" if targets else ""

    def _broken(self, shape: Node, focus: str, *, own_only: bool = False) -> Iterator[tuple[Node, str]]:
        """For each constraint of a shape: its predicate, and a pattern that matches where `focus` breaks it.

        `own_only` leaves the property shapes of the shape to the caller.
        """
        path = self.graph.value(shape, SH.path)
        value = "?value" if focus == "?this" else f"?v{next(self._numbers)}"
        reach = f"{focus} {self._path(path)} {value} ." if path is not None else f"BIND({focus} AS {value})"
        for predicate in sorted(set(self.graph.predicates(shape)), key=str):
            for wanted in sorted(self.graph.objects(shape, predicate), key=str):
                if predicate == SH.property:
                    if not own_only:
                        yield from self._broken(wanted, focus if path is None else value)
                elif predicate in _COUNTS and path is not None:
                    pattern = self._counted(predicate, int(str(wanted)), f"{focus} {self._path(path)}")
                    if pattern:
                        yield predicate, pattern
                elif predicate in _LOGIC:
                    yield predicate, f"{reach} FILTER({self._logic(predicate, wanted, value)})"
                elif predicate in _COMPONENTS:
                    yield predicate, f"{reach} {_COMPONENTS[predicate](self, wanted, value, focus, shape)}"
                elif predicate == SH.hasValue:
                    yield predicate, f"FILTER NOT EXISTS {{ {reach} FILTER(sameTerm({value}, {_n3(wanted)})) }}"
                elif predicate not in _ASIDE:
                    self._say_unchecked(shape, predicate)

    def _counted(self, predicate: Node, number: int, reach: str) -> str:
        """Fewer than `number` values, or more; a value counts once."""
        least = number if predicate == SH.minCount else number + 1
        if least > _MOST or least < 1:
            if least > _MOST:
                self.unchecked.append(f"{self.source.path}: {_n3(predicate)} {number} is not checked; up to {_MOST} is")
            return ""
        names = [f"?v{next(self._numbers)}" for _ in range(least)]
        differ = " && ".join(f"!sameTerm({a}, {b})" for a, b in combinations(names, 2))
        several = " ".join(f"{reach} {name} ." for name in names) + (f" FILTER({differ})" if differ else "")
        return f"FILTER NOT EXISTS {{ {several} }}" if predicate == SH.minCount else f"FILTER EXISTS {{ {several} }}"

    def _logic(self, predicate: Node, wanted: Node, value: str) -> str:
        """A condition under which `value` breaks sh:or, sh:and, sh:xone, sh:not or sh:node."""
        if predicate in (SH["not"], SH.node):
            holds = self._conforms(wanted, value)
            return holds if predicate == SH["not"] else f"!({holds})"
        each = [f"({self._conforms(shape, value)})" for shape in Collection(self.graph, wanted)]
        if predicate == SH.xone:
            return f"({' + '.join(f'IF({holds}, 1, 0)' for holds in each)}) != 1"
        return f"!({(' || ' if predicate == SH['or'] else ' && ').join(each)})"

    def _conforms(self, shape: Node, focus: str) -> str:
        """A condition under which `focus` breaks nothing of a shape."""
        broken = [f"NOT EXISTS {{ {pattern} }}" for _, pattern in self._broken(shape, focus)]
        return " && ".join(broken) or "true"

    def _kinds(self, kind: Node) -> str:
        return ", ".join(sorted(f"<{iri}>" for iri in {str(kind), *self.subclasses(str(kind))}))

    def _path(self, path: Node) -> str:
        if isinstance(path, URIRef):
            return _n3(path)
        for predicate, form in _PATHS.items():
            inner = self.graph.value(path, predicate)
            if inner is not None:
                parts = Collection(self.graph, inner) if predicate == SH.alternativePath else (inner,)
                return form.format("|".join(self._path(part) for part in parts))
        return "(" + "/".join(self._path(part) for part in Collection(self.graph, path)) + ")"

    def _one(self, shape: Node, predicate: URIRef) -> Node | None:
        return self.graph.value(shape, predicate)

    def _message(self, shape: Node) -> str:
        messages = [message for message in self.graph.objects(shape, SH.message) if isinstance(message, Literal)]
        return min(((message.language != "en", str(message)) for message in messages), default=(False, ""))[1]

    def _say_unchecked(self, shape: Node, predicate: Node) -> None:
        while isinstance(shape, BNode) and (above := next(iter(self.graph.subjects(None, shape)), None)) is not None:
            shape = above
        name = f"sh:{str(predicate).removeprefix(str(SH))}" if str(predicate).startswith(str(SH)) else _n3(predicate)
        self.unchecked.append(f"{self.source.at(shape, predicate)}: {name} is not checked; see the constraints in shapes.py")


def _n3(node: Node) -> str:
    return node.n3()


def _filtered(holds: str) -> str:
    """A filter that lets through what does not fulfil the condition, or cannot be asked for it."""
    return f"FILTER(!COALESCE({holds}, false))"


def _datatype(wanted: Node, value: str) -> str:
    legal = f" && COALESCE({_n3(wanted)}(STR({value})) = {_n3(wanted)}(STR({value})), false)" if wanted in _CASTS else ""
    return _filtered(f"DATATYPE({value}) = {_n3(wanted)}{legal}")


def _other(shape_value: str, focus: str, predicate: Node, condition: str, other: str) -> str:
    """Where some value of another property of the focus does not stand to `shape_value` as it must."""
    return f"{focus} {_n3(predicate)} {other} . FILTER({condition.format(shape_value, other)})"


_Component = Callable[[_Compiler, Node, str, str, Node], str]  # what is wanted, its variable, the focus, the shape → a pattern
_COUNTS = (SH.minCount, SH.maxCount)
_LOGIC = (SH["or"], SH["and"], SH["not"], SH.xone, SH.node)
_PATHS = {
    SH.alternativePath: "({0})",
    SH.inversePath: "(^{0})",
    SH.zeroOrMorePath: "({0})*",
    SH.oneOrMorePath: "({0})+",
    SH.zeroOrOnePath: "({0})?",
}
_COMPONENTS: dict[Node, _Component] = {
    SH.nodeKind: lambda c, wanted, v, focus, shape: _filtered(_KINDS[wanted].format(v)),  # type: ignore[index]
    SH.datatype: lambda c, wanted, v, focus, shape: _datatype(wanted, v),
    SH["class"]: lambda c, wanted, v, focus, shape: (
        f"FILTER NOT EXISTS {{ {v} a {v}kind . FILTER({v}kind IN ({c._kinds(wanted)})) }}"
    ),
    SH["in"]: lambda c, wanted, v, focus, shape: _filtered(f"{v} IN ({', '.join(map(_n3, Collection(c.graph, wanted)))})"),
    SH.minLength: lambda c, wanted, v, focus, shape: _filtered(f"STRLEN(STR({v})) >= {wanted}"),
    SH.maxLength: lambda c, wanted, v, focus, shape: _filtered(f"STRLEN(STR({v})) <= {wanted}"),
    SH.pattern: lambda c, wanted, v, focus, shape: _filtered(
        f"REGEX(STR({v}), {_n3(wanted)}, {_n3(c.graph.value(shape, SH.flags) or Literal(''))})"
    ),
    SH.minInclusive: lambda c, wanted, v, focus, shape: _filtered(f"{v} >= {_n3(wanted)}"),
    SH.maxInclusive: lambda c, wanted, v, focus, shape: _filtered(f"{v} <= {_n3(wanted)}"),
    SH.minExclusive: lambda c, wanted, v, focus, shape: _filtered(f"{v} > {_n3(wanted)}"),
    SH.maxExclusive: lambda c, wanted, v, focus, shape: _filtered(f"{v} < {_n3(wanted)}"),
    SH.languageIn: lambda c, wanted, v, focus, shape: _filtered(
        " || ".join(f"LANGMATCHES(LANG({v}), {_n3(language)})" for language in Collection(c.graph, wanted))
    ),
    SH.uniqueLang: lambda c, wanted, v, focus, shape: (
        f"{focus} {c._path(c.graph.value(shape, SH.path) or BNode())} {v}too . "
        f'FILTER({wanted} && LANG({v}) != "" && LANG({v}) = LANG({v}too) && !sameTerm({v}, {v}too))'
    ),
    SH.lessThan: lambda c, wanted, v, focus, shape: _other(v, focus, wanted, "!COALESCE({0} < {1}, false)", f"{v}other"),
    SH.lessThanOrEquals: lambda c, wanted, v, focus, shape: _other(v, focus, wanted, "!COALESCE({0} <= {1}, false)", f"{v}other"),
    SH.disjoint: lambda c, wanted, v, focus, shape: _other(v, focus, wanted, "sameTerm({0}, {1})", f"{v}other"),
}
