"""Conditions of SPARQL (FILTER, OPTIONAL) as columns: true, false, or null for an error, which `&&`, `||` and `!` treat alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

from pyspark.sql import Column
from pyspark.sql import functions as F  # noqa: N812
from rdflib import Literal, URIRef, Variable
from rdflib.plugins.sparql.parserutils import CompValue

from pipeline import terms as t
from pipeline.spark.paths import UnsupportedError

Scope = Callable[[str], Column]
"""The term that a variable is bound to, by the name of the variable; null where it is not bound."""

_NUMBERS = (
    "integer decimal double float long int short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger "
    "unsignedLong unsignedInt unsignedShort unsignedByte"
)
_COMPARED = "boolean date dateTime time gYear gYearMonth gMonth gMonthDay gDay duration yearMonthDuration dayTimeDuration"
_NUMBER = rf'^"([^"]*)"\^\^<{t.XSD}(?:{"|".join(_NUMBERS.split())})>$'
_PLAIN = rf'^".*"(?:\^\^<{t.XSD}(?:{"|".join(_COMPARED.split())})>)?$'
_TAGGED = r'^".*"@[A-Za-z0-9-]+$'
EXISTS = {"Builtin_EXISTS": True, "Builtin_NOTEXISTS": False}


class Condition(NamedTuple):
    """A condition, the variables that it is about, and the column that says whether it holds."""

    variables: frozenset[str]
    holds: Callable[[Scope], Column]


def conjuncts(node: object) -> Iterator[object]:
    """The conditions that `&&` puts side by side."""
    if isinstance(node, CompValue) and node.name == "ConditionalAndExpression":
        for part in (node.expr, *node.other):
            yield from conjuncts(part)
    elif not (isinstance(node, CompValue) and node.name == "TrueFilter"):
        yield node


def condition(node: object) -> Condition:
    """A condition of the algebra. Raises UnsupportedError."""
    if isinstance(node, CompValue) and node.name in _CONDITIONS:
        return _CONDITIONS[node.name](node)
    raise UnsupportedError(f"condition {getattr(node, 'name', None) or type(node).__name__}")


def text_of(term: object) -> str:
    """An IRI or a literal as N-Triples has it. Raises UnsupportedError for another term."""
    if isinstance(term, Literal):
        return t.literal(str(term), term.datatype or "", term.language or "")
    if isinstance(term, URIRef):
        return t.iri(term)
    raise UnsupportedError(f"term {getattr(term, 'name', None) or type(term).__name__}")


def _compared(node: CompValue) -> Condition:
    if node.op in ("IN", "NOT IN"):
        listed = node.other if isinstance(node.other, list) else []  # the empty list is its own IRI
        found = _together([_equal(node.expr, other) for other in listed], or_, F.lit(False))
        return found if node.op == "IN" else _negated(found)
    if node.op not in ("=", "!="):
        raise UnsupportedError(f"condition {node.op}")
    equal = _equal(node.expr, node.other)
    return equal if node.op == "=" else _negated(equal)


def _equal(one: object, other: object) -> Condition:
    """Whether two terms are equal: as terms, numbers by their value as doubles. An error for literals of other types that differ.

    Of dates and truth values each is taken to be written in one way.
    """
    terms = [(term, None if isinstance(term, Variable) else text_of(term)) for term in (one, other)]
    by_term = any(text is not None and (text[0] == "<" or "@" in text[text.rindex('"') :]) for _, text in terms)

    def holds(scope: Scope) -> Column:
        a, b = (scope(str(term)) if text is None else F.lit(text) for term, text in terms)
        return a == b if by_term else _as_values(a, b)

    return Condition(frozenset(str(term) for term, text in terms if text is None), holds)


def _as_values(a: Column, b: Column) -> Column:
    apart = reduce(or_, (~term.startswith('"') | term.rlike(_TAGGED) for term in (a, b)))
    numbers = [F.regexp_extract(term, _NUMBER, 1).try_cast("double") for term in (a, b)]
    known = [term.rlike(_PLAIN) | number.isNotNull() for term, number in zip((a, b), numbers, strict=True)]
    by_value = F.when(reduce(and_, known), F.coalesce(numbers[0] == numbers[1], F.lit(False)))
    return F.when(a.isNull() | b.isNull(), F.lit(None)).when(a == b, F.lit(True)).when(apart, F.lit(False)).otherwise(by_value)


def _together(conditions: Iterable[Condition], joined: Callable[[Column, Column], Column], empty: Column) -> Condition:
    parts = list(conditions)
    variables = frozenset[str]().union(*(part.variables for part in parts))
    return Condition(variables, lambda scope: reduce(joined, (part.holds(scope) for part in parts), empty))


def _negated(of: Condition) -> Condition:
    return Condition(of.variables, lambda scope: ~of.holds(scope))


def _all(node: CompValue) -> Condition:
    return _together(map(condition, (node.expr, *node.other)), and_, F.lit(True))


def _any(node: CompValue) -> Condition:
    return _together(map(condition, (node.expr, *node.other)), or_, F.lit(False))


def _bound(node: CompValue) -> Condition:
    return Condition(frozenset({str(node.arg)}), lambda scope: scope(str(node.arg)).isNotNull())


_CONDITIONS: dict[str, Callable[[CompValue], Condition]] = {
    "RelationalExpression": _compared,
    "ConditionalAndExpression": _all,
    "ConditionalOrExpression": _any,
    "UnaryNot": lambda node: _negated(condition(node.expr)),
    "Builtin_BOUND": _bound,
}
