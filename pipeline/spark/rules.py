"""What the rules of an ontology add to a graph, as joins of tables: what the plain engine asks its store (pipeline/store.py).

A rule is a CONSTRUCT. Of SPARQL there are basic graph patterns; paths of `/`, `|`, `^`, `+`, `*`, `?`; UNION, OPTIONAL, MINUS,
VALUES, subqueries (SELECT, DISTINCT), BIND of a variable or a constant; FILTER with `=`, `!=`, IN, NOT IN, `&&`, `||`, `!`,
bound, and EXISTS and NOT EXISTS where they are not under `||` or `!`. Variables may be unbound, as in SPARQL, wherever
one branch of a UNION or an OPTIONAL leaves them so; to join by such a variable alone, each row is compared with each. A number in
a pattern is looked for as it is written: 1.5, not 1.50.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812
from rdflib import BNode, Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier

from pipeline.errors import OntologyError, QueryError, one_line
from pipeline.spark.conditions import text_of
from pipeline.spark.paths import UnsupportedError, kept
from pipeline.spark.patterns import Pattern, column, pattern
from pipeline.sparql import check_query


class Rule(NamedTuple):
    """A compiled rule: what makes triples of triples (s, p, o), some of which may be there, and the predicates that these have;
    none are given where it may be any."""

    make: Callable[[DataFrame], DataFrame]
    predicates: tuple[str, ...]

    def there(self, known: DataFrame) -> DataFrame:
        """Those triples that it may make again."""
        return known.where(F.col("p").isin(*self.predicates)) if self.predicates else known


def derive(triples: DataFrame, rules: Iterable[Path]) -> DataFrame:
    """What rules add to `triples`, each triple once, none that is there; columns s, p, o are terms as N-Triples has them.

    `triples` is the default graph of the store: the data and the schema, each triple once, its terms spelt as the store writes
    them. The rules run in the order given, and each sees what those before it added. `triples` is read once for each pattern of
    a triple: persist it. Nothing comes to the driver but whether a round of a path found anything. Raises OntologyError as
    `read_rules` does.
    """
    known, added = triples.select("s", "p", "o"), triples.select("s", "p", "o").limit(0)
    for rule in read_rules(rules):
        new = kept(rule.make(known).join(rule.there(known), ["s", "p", "o"], "left_anti"))
        known, added = known.union(new), added.union(new)
    return added


def read_rules(rules: Iterable[Path]) -> list[Rule]:
    """Rules, compiled; no session is needed, so that a build can ask before it begins.

    Raises OntologyError where a file is no CONSTRUCT, or has an operator that is not run on tables, which it names.
    """
    return [_read(path) for path in rules]


def _read(path: Path) -> Rule:
    query = _query(path)
    if query.name != "ConstructQuery":
        raise OntologyError(f"{path}: the rule is no CONSTRUCT. Write it as one and build again.")
    try:
        return _rule(query)
    except UnsupportedError as error:
        told = f"{path}: rules are not run on Spark with this: {error}"
        raise OntologyError(f"{told}. Say it otherwise, or build with the plain engine.") from error


def _query(path: Path) -> CompValue:
    """The algebra of a query."""
    text = path.read_text(encoding="utf-8")
    try:
        check_query(text)
        return translateQuery(parseQuery(text)).algebra
    except QueryError as error:
        raise OntologyError(f"{path}: {error}") from error
    except Exception as error:  # what rdflib raises for a prefix that is not declared is of no other class
        raise OntologyError(f"{path}: the rule does not parse: {one_line(str(error))}. Correct it and build again.") from error


def _rule(query: CompValue) -> Rule:
    if query.datasetClause:
        raise UnsupportedError("FROM")
    where = pattern(query.p)
    if not query.template:  # CONSTRUCT WHERE { … }, which makes what is there
        return Rule(lambda triples: triples.limit(0), ())
    made = [[_part(term, where) for term in triple] for triple in query.template]

    def make(triples: DataFrame) -> DataFrame:
        rows = [F.struct(*(part().alias(place) for part, place in zip(parts, "spo", strict=True))) for parts in made]
        every = where.solve(triples).select(F.inline(F.array(*rows)))
        sound = F.col("s").substr(1, 1).isin("<", "_") & F.col("p").startswith("<") & F.col("o").isNotNull()
        return every.where(sound).distinct()

    predicates = [predicate for _, predicate, _ in query.template]
    is_any = any(isinstance(predicate, Variable) for predicate in predicates)
    return Rule(make, () if is_any else tuple(sorted(map(text_of, predicates))))


def _part(term: Identifier, where: Pattern) -> Callable[[], Column]:
    """A term of a triple of the template; null for a variable that is never bound, which makes no triple."""
    if isinstance(term, BNode):
        raise UnsupportedError("blank node in the template")
    if isinstance(term, Variable):
        name = column(str(term)) if str(term) in where.variables else None
        return lambda: F.col(name) if name else F.lit(None).cast("string")
    text = text_of(term)
    return lambda: F.lit(text)
