"""Graph patterns of SPARQL, as rdflib's algebra has them, compiled to joins of tables.

A table of solutions has a column of terms for each variable, null where it is not bound. How often a solution comes makes no
difference to a rule, so that a row may be there more than once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial, reduce
from operator import and_, or_
from typing import NamedTuple

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812
from rdflib import BNode, Variable
from rdflib.paths import Path
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier

from pipeline.spark.conditions import EXISTS, Condition, condition, conjuncts, text_of
from pipeline.spark.paths import Steps, UnsupportedError, steps

_RIGHT = "r"  # before the name of a column of the right table that the left one has too


class Pattern(NamedTuple):
    """A compiled pattern: its variables, those of them that every solution binds, and what solves it in triples (s, p, o)."""

    variables: frozenset[str]
    bound: frozenset[str]
    solve: Callable[[DataFrame], DataFrame]


def pattern(node: CompValue) -> Pattern:
    """A pattern of the algebra. Raises UnsupportedError."""
    if node.name not in _PATTERNS:
        raise UnsupportedError(node.name)
    return _PATTERNS[node.name](node)


def column(variable: str) -> str:
    """The column of a variable. Names of columns are the same in capitals; those of variables are not."""
    return f"v{variable.encode().hex()}"


def _triples(node: CompValue) -> Pattern:
    """A basic graph pattern: each triple is joined with those before it, as far as can be with one that shares a variable."""
    waiting = [_triple(*triple) for triple in node.triples]
    if not waiting:
        return Pattern(frozenset(), frozenset(), lambda triples: triples.sparkSession.range(1).select())
    found = waiting.pop(0)
    while waiting:
        at = next((at for at, each in enumerate(waiting) if each.bound & found.bound), 0)
        found = _joined(found, waiting.pop(at))
    return found


def _triple(subject: Identifier, predicate: Identifier | Path, obj: Identifier) -> Pattern:
    if isinstance(predicate, Path):
        ends = [None if _is_variable(term) else text_of(term) for term in (subject, obj)]
        return _matched(steps(predicate, *ends), {"s": subject, "o": obj})
    return _matched(lambda triples: triples, {"s": subject, "p": predicate, "o": obj})


def _is_variable(term: object) -> bool:
    return isinstance(term, Variable | BNode)  # a blank node of a pattern is a variable without a name


def _matched(rows: Steps, places: Mapping[str, Identifier]) -> Pattern:
    """The rows that have the constants of `places`, by column, where these are, and one term wherever one variable is."""
    texts = {place: text_of(term) for place, term in places.items() if not _is_variable(term)}
    named: dict[str, list[str]] = {}
    for place in places.keys() - texts.keys():
        named.setdefault(str(places[place]), []).append(place)
    alike = [(first, other) for first, *others in named.values() for other in others]

    def solve(triples: DataFrame) -> DataFrame:
        tests = [F.col(place) == text for place, text in texts.items()] + [F.col(one) == F.col(other) for one, other in alike]
        found = reduce(DataFrame.where, tests, rows(triples))
        return found.select(*(F.col(first).alias(column(name)) for name, (first, *_) in named.items()))

    return Pattern(frozenset(named), frozenset(named), solve)


def _joined(left: Pattern, right: Pattern) -> Pattern:
    solve = _solver(left, right, "inner", _compatible(left, right))
    return Pattern(left.variables | right.variables, left.bound | right.bound, solve)


def _optional(node: CompValue) -> Pattern:
    left, right = pattern(node.p1), pattern(node.p2)
    tests = _tests(conjuncts(node.expr), left.variables | right.variables, left, right)
    solve = _solver(left, right, "left", _compatible(left, right) + tests)
    return Pattern(left.variables | right.variables, left.bound, solve)


def _minus(node: CompValue) -> Pattern:
    """What no solution of the right agrees with; one that shares no bound variable takes nothing away."""
    left, right = pattern(node.p1), pattern(node.p2)
    shared = left.variables & right.variables
    if not shared:
        return left
    tests = _compatible(left, right)
    if not left.bound & right.bound:
        tests.append(lambda: reduce(or_, (_left(name).isNotNull() & _right(name).isNotNull() for name in sorted(shared))))
    return left._replace(solve=_solver(left, right, "left_anti", tests))


def _union(node: CompValue) -> Pattern:
    one, other = pattern(node.p1), pattern(node.p2)

    def solve(triples: DataFrame) -> DataFrame:
        return one.solve(triples).unionByName(other.solve(triples), allowMissingColumns=True)

    return Pattern(one.variables | other.variables, one.bound & other.bound, solve)


def _filter(node: CompValue) -> Pattern:
    found = pattern(node.p)
    for part in conjuncts(node.expr):
        found = _exists(found, part) if _is_exists(part) else _filtered(found, _seen(condition(part), found.variables))
    return found


def _filtered(inner: Pattern, test: Condition) -> Pattern:
    return inner._replace(solve=lambda triples: inner.solve(triples).where(test.holds(_left)))


def _is_exists(node: object) -> bool:
    return isinstance(node, CompValue) and node.name in EXISTS


def _exists(left: Pattern, node: object) -> Pattern:
    """Solutions of `left` with one of the pattern that agrees, or with none. The conditions of that pattern see both.

    Else a variable of both must be bound wherever the pattern has a solution: only so it is all the same whether it is put into
    the pattern first, as SPARQL has it, or compared with its solutions, as is done here.
    """
    assert isinstance(node, CompValue)
    inner = node.graph
    parts = list(conjuncts(inner.expr)) if inner.name == "Filter" else []
    within = [part for part in parts if _is_exists(part)]
    right = reduce(_exists, within, pattern(inner.p if parts else inner))
    own = [part for part in parts if not _is_exists(part)]
    hidden = left.variables & {*_mentioned([inner.p if parts else inner, *within])} - right.bound
    if hidden:
        raise UnsupportedError(f"EXISTS of a pattern that may leave ?{min(hidden)} unbound")
    tests = _compatible(left, right) + _tests(own, left.variables | right.variables, left, right)
    how = "left_semi" if EXISTS[node.name] else "left_anti"
    return left._replace(solve=_solver(left, right, how, tests))


def _mentioned(node: object) -> Iterator[str]:
    """Every variable in a part of the algebra."""
    if isinstance(node, Variable):
        yield str(node)
    elif isinstance(node, CompValue):
        own = [value for key, value in node.items() if key not in ("_vars", "graph")]
        yield from _mentioned([*own, node.graph])  # rdflib puts what it makes of EXISTS there, beside what was parsed
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _mentioned(each)
    elif isinstance(node, dict):
        yield from _mentioned([*node.keys(), *node.values()])


def _seen(test: Condition, variables: frozenset[str]) -> Condition:
    """A condition, all of whose variables are among those of its group."""
    unseen = test.variables - variables
    if unseen:
        raise UnsupportedError(f"condition on ?{min(unseen)}, which its group does not bind")
    return test


Test = Callable[[], Column]  # made when the tables are joined: a column needs a session


def _tests(nodes: Iterable[object], variables: frozenset[str], left: Pattern, right: Pattern) -> list[Test]:
    """Conditions on solutions of two patterns together."""

    def scope(name: str) -> Column:
        return _either(name, left, right)

    tests = [_seen(condition(node), variables) for node in nodes]
    return [partial(test.holds, scope) for test in tests]


def _compatible(left: Pattern, right: Pattern) -> list[Test]:
    """That solutions of two patterns bind no variable to two terms."""

    def agrees(name: str) -> Column:
        same = _left(name) == _right(name)
        return same if name in left.bound & right.bound else same | _left(name).isNull() | _right(name).isNull()

    return [partial(agrees, name) for name in sorted(left.variables & right.variables)]


def _solver(left: Pattern, right: Pattern, how: str, tests: list[Test]) -> Callable[[DataFrame], DataFrame]:
    """Solutions of two patterns joined where all tests hold. Shared variables that may be unbound make no key to join by."""
    shared = left.variables & right.variables

    def solve(triples: DataFrame) -> DataFrame:
        names = {column(name): (_RIGHT if name in shared else "") + column(name) for name in right.variables}
        others = right.solve(triples).withColumnsRenamed(names)
        on = reduce(and_, (test() for test in tests), F.lit(True))
        found = left.solve(triples).join(others, on, how)
        if how in ("left_semi", "left_anti"):
            return found
        every = sorted(left.variables | right.variables)
        return found.select(*(_either(name, left, right).alias(column(name)) for name in every))

    return solve


def _left(name: str) -> Column:
    return F.col(column(name))


def _right(name: str) -> Column:
    return F.col(_RIGHT + column(name))


def _either(name: str, left: Pattern, right: Pattern) -> Column:
    """The term of a variable, of the left or the right table."""
    if name in left.bound or name not in left.variables & right.variables:
        return _left(name)
    return F.coalesce(_left(name), _right(name))


def _values(node: CompValue) -> Pattern:
    """VALUES: rows of terms, UNDEF where a variable is not bound."""
    rows = [{str(name): text_of(term) for name, term in row.items() if isinstance(term, Identifier)} for row in node.res]
    names = sorted({str(name) for row in node.res for name in row})
    if not names:
        raise UnsupportedError("VALUES of nothing")
    bound = frozenset(name for name in names if all(name in row for row in rows))

    def solve(triples: DataFrame) -> DataFrame:
        made = [[F.lit(row.get(name)).cast("string").alias(column(name)) for name in names] for row in rows]
        return triples.sparkSession.range(1).select(F.inline(F.array(*(F.struct(*terms) for terms in made))))

    return Pattern(frozenset(names), bound, solve)


def _table(node: CompValue) -> Pattern:
    """A subquery, or VALUES: without a row, rdflib gives an empty list."""
    if not isinstance(node.p, CompValue):
        raise UnsupportedError("VALUES of nothing")
    return pattern(node.p)


def _bind(node: CompValue) -> Pattern:
    """BIND of a variable or a constant."""
    inner, name = pattern(node.p), str(node.var)
    source = str(node.expr) if isinstance(node.expr, Variable) else None
    text = None if source else text_of(node.expr)
    if source and source not in inner.variables:
        raise UnsupportedError(f"BIND of ?{source}, which its group does not bind")

    def solve(triples: DataFrame) -> DataFrame:
        return inner.solve(triples).withColumn(column(name), _left(source) if source else F.lit(text))

    bound = inner.bound | {name} if text or source in inner.bound else inner.bound
    return Pattern(inner.variables | {name}, bound, solve)


def _project(node: CompValue) -> Pattern:
    """SELECT: with fewer columns many rows are the same; without any there is one row or none."""
    inner = pattern(node.p)
    names = inner.variables & {str(name) for name in node.PV}
    if names == inner.variables:
        return inner

    def solve(triples: DataFrame) -> DataFrame:
        found = inner.solve(triples).select(*(column(name) for name in sorted(names)))
        return found.distinct() if names else found.limit(1)

    return Pattern(names, inner.bound & names, solve)


_PATTERNS: dict[str, Callable[[CompValue], Pattern]] = {
    "BGP": _triples,
    "Join": lambda node: _joined(pattern(node.p1), pattern(node.p2)),
    "LeftJoin": _optional,
    "Minus": _minus,
    "Union": _union,
    "Filter": _filter,
    "Extend": _bind,
    "ToMultiSet": _table,
    "values": _values,
    "Project": _project,
    "Distinct": lambda node: pattern(node.p),
}
