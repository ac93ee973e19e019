"""Rules run as joins of tables give what the store gives: those of the ontology, and one for each operator, on random graphs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from pipeline import terms as t
from pipeline.errors import OntologyError
from pipeline.store import build_store, open_store, schema_in_memory
from tests.samples import ROOT

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytest.importorskip("pyspark", reason="the extra spark is not installed")
from pipeline.spark.rules import derive, read_rules

RULES = sorted((ROOT / "ontology" / "rules").glob("*.rq"))
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="Spark runs on java, which is not installed")


def derived(spark: SparkSession, lines: list[str], rules: list[Path]) -> list[str]:
    rows = [tuple(line.removesuffix(" .").split(" ", 2)) for line in lines]
    added = derive(spark.createDataFrame(rows, "s string, p string, o string").coalesce(2).persist(), rules)
    return sorted(f"{row.s} {row.p} {row.o} ." for row in added.collect())


def stored(folder: Path, lines: list[str], rules: list[Path]) -> list[str]:
    folder.mkdir(exist_ok=True)
    build_store(folder / "store", (line + "\n" for line in lines), rules)
    added = open_store(folder).derived_lines()
    return sorted(re.sub(r"_:\w+", "_:b", line) for line in added)  # the store names blank nodes anew, of which there is one


def told(folder: Path, rule: Path, graph_of: Callable[[int], list[str]]) -> tuple[list[str], list[str]]:
    """A graph that a rule adds something to, and that: else both sides could be wrong and agree."""
    graphs = (graph_of(seed) for seed in range(20))
    return next((lines, added) for at, lines in enumerate(graphs) if (added := stored(folder / str(at), lines, [rule])))


# ---- the rules of the ontology

PLACES, TERMS, BODIES, THINGS, CLAIMS = (
    tuple(f"urn:{name}{at}" for at in range(number))
    for name, number in (("place", 6), ("term", 6), ("body", 6), ("thing", 4), ("claim", 48))
)
SOURCES, CLASSES = ("urn:source0", "urn:source1"), ("Industry", "Technology", "JointBody", "Concept")
FACETS = ("hasElement", "hasFeature", "hasGoal", "includes")
MEMBER = "http://www.w3.org/ns/org#hasMember"
SHAPE: tuple[tuple[tuple[str, ...], str, tuple[str, ...], int], ...] = (
    (PLACES, t.CONTAINED_IN, PLACES, 9),
    (TERMS, t.BROADER, TERMS, 8),
    (BODIES, MEMBER, BODIES, 8),
    (THINGS, t.ZM + "agent", BODIES, 6),
    *((BODIES, t.ZM + relation, THINGS, 4) for relation in ("holds", "supports", "restricts", "wants")),
    *((THINGS, t.ZM + facet, THINGS, 6) for facet in FACETS),
    (BODIES, t.ZM + "supports", THINGS, 4),
    *(((claim,), t.SUBJECT, (*THINGS, *BODIES), 1) for claim in CLAIMS),
    *(((claim,), t.OBJECT, THINGS, 1) for claim in CLAIMS),
    *(((claim,), t.BEST_EVIDENCE, SOURCES, 1) for claim in CLAIMS),
    (SOURCES, t.HAS_SOURCE, ("urn:document0", "urn:document1"), 4),
)


def knowledge(seed: int) -> list[str]:
    """A graph with circles, of what the rules of the ontology are about, and the schema."""
    random = Random(seed)
    lines = {
        t.triple(random.choice(subjects), predicate, t.iri(random.choice(objects)))
        for subjects, predicate, objects, number in SHAPE
        for _ in range(number)
    }
    typed = (*BODIES, *THINGS, *THINGS)
    lines |= {t.triple(random.choice(typed), t.TYPE, t.iri(t.ZM + random.choice(CLASSES))) for _ in range(60)}
    lines |= {t.triple(claim, t.RELATION, t.literal(random.choice(("includes", "supports")))) for claim in CLAIMS}
    return sorted(lines | {*schema()})


@cache
def schema() -> tuple[str, ...]:
    return tuple(schema_in_memory(ROOT / "ontology").lines())


@needs_java
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_a_rule_of_the_ontology_adds_the_same(spark: SparkSession, tmp_path: Path, rule: Path) -> None:
    lines, added = told(tmp_path, rule, knowledge)
    assert derived(spark, lines, [rule]) == added


@needs_java
def test_rules_see_what_those_before_them_added(spark: SparkSession, tmp_path: Path) -> None:
    rules, lines = [*RULES, tmp_path / "last.rq"], knowledge(3)
    rules[-1].write_text(f"CONSTRUCT {{ ?x <urn:made> ?z }} WHERE {{ ?x <{t.ZM}supports> ?y, ?z }}", encoding="utf-8")
    alone = {line for rule in rules for line in stored(tmp_path / rule.stem, lines, [rule])}
    added = stored(tmp_path, lines, rules)
    assert {*added} > alone
    assert derived(spark, lines, rules) == added


# ---- each operator

NODES = tuple(t.iri(f"urn:{at}") for at in range(7))
VALUES = (
    *(t.literal(text) for text in ("甲", '"引"\\', "1")),
    *(t.literal("甲", language=language) for language in ("zh", "en")),
    *(t.literal(text, t.XSD + name) for text, name in (("1", "integer"), ("1.5", "decimal"), ("true", "boolean"))),
    *(t.literal(text, kind) for text, kind in (("2025", t.XSD + "gYear"), ("1", "urn:type"), ("2", "urn:type"))),
)


def graph(seed: int) -> list[str]:
    """Nodes that :p, :q and :r tie, with circles, and that have values by :v."""
    random = Random(seed)
    tied = [f"{random.choice(NODES)} <urn:{random.choice('pqr')}> {random.choice((*NODES, '_:b'))} ." for _ in range(20)]
    return sorted({*tied, *(f"{random.choice(NODES)} <urn:v> {value} ." for value in (*VALUES, *VALUES))})


OPERATORS = {
    "constants": "{ ?x :made :here } WHERE { ?x :p :1 . :1 ?how ?y }",
    "one variable twice": "{ ?x :made ?how } WHERE { ?x ?how ?x }",
    "one variable twice by a path": "{ ?x :made ?x } WHERE { ?x (:p|:q)+ ?x }",
    "no shared variable": "{ ?x :made ?b } WHERE { ?x :p ?y . ?a :q ?b }",
    "names in capitals": "{ ?X :made ?x } WHERE { ?X :p ?x . ?x :q ?中 . ?中 :r ?É . OPTIONAL { ?X :v ?é } }",
    "no triple of a literal": "{ ?o :made ?x . ?x ?o ?x . ?x :made ?o } WHERE { ?x ?p ?o }",
    "a blank node in a pattern": "{ ?x :made ?y } WHERE { ?x :p [ :q ?y ] }",
    "a variable that is never bound": "{ ?x :made ?no . ?x :made ?y } WHERE { ?x :p ?y }",
    "/": "{ ?x :made ?y } WHERE { ?x :p/:q/:r ?y }",
    "^ and |": "{ ?x :made ?y } WHERE { ?x ^:p|(:q/^:r)|^(:p/:q) ?y }",
    "+": "{ ?x :made ?y } WHERE { ?x (:p|:q)+ ?y }",
    "+ from": "{ :0 :made ?y } WHERE { :0 (:p|^:q)+ ?y }",
    "+ to": "{ ?x :made :1 } WHERE { ?x (:p|:q)+ :1 }",
    "+ from and to": "{ :0 :made :1 } WHERE { :0 (:p|:q|:r)+ :1 }",
    "+ of +": "{ ?x :made ?y } WHERE { ?x (:p+/:q)+ ?y }",
    "*": "{ ?x :made ?y } WHERE { ?x :p* ?y }",
    "* from": "{ :x :made ?y } WHERE { :1 (:p|^:q)* ?y }",
    "* to": "{ :x :made ?y . ?z :made :x } WHERE { ?y (:p/:q)* :1 . ?z :r? '甲' }",
    "?": "{ ?x :made ?y } WHERE { ?x :p?/:q ?y }",
    "UNION that leaves variables unbound": "{ ?x :made ?y . ?z :other ?y } WHERE "
    "{ { ?x :p ?y } UNION { ?z :q ?y } UNION { ?x :r ?z } }",
    "join of unbound variables": "{ ?x :made ?z } WHERE { { ?x :p ?y } UNION { ?x :q ?w } { ?y :r ?z } UNION { ?w :p ?z } }",
    "join of unbound variables with a key": "{ ?x :made ?w } WHERE "
    "{ { ?x :p ?y } UNION { ?x :q ?w } { ?x :r ?w } UNION { ?x :v ?y } }",
    "nothing in a branch": "{ ?x :made ?y . :x :made :y } WHERE { { ?x :p ?y } UNION { } }",
    "VALUES": "{ ?x :made ?y } WHERE { VALUES (?x ?y) { (:1 UNDEF) (UNDEF :2) (:3 :4) } ?x :p|:q ?y }",
    "VALUES behind": "{ ?x :made ?y } WHERE { ?x :v ?y } VALUES ?y { '甲'@zh '\"引\"\\\\' 1 1.5 true }",
    "OPTIONAL": "{ ?x :made ?z . ?x :other ?y } WHERE "
    "{ ?x :p ?y OPTIONAL { ?y :q ?z OPTIONAL { ?z :r ?w } } OPTIONAL { ?w :p ?z } }",
    "OPTIONAL with FILTER": "{ ?x :made ?z . ?x :other ?y } WHERE "
    "{ ?x :p ?y OPTIONAL { ?y :q ?z FILTER(?z != ?x) } FILTER(!bound(?z)) }",
    "OPTIONAL alone": "{ ?x :made ?y . :x :made :y } WHERE { OPTIONAL { ?x :p/:q/:r/:p ?y } }",
    "MINUS": "{ ?x :made ?y } WHERE { ?x :p ?y MINUS { ?x :q ?z } MINUS { ?a :p ?b } }",
    "MINUS of unbound variables": "{ ?x :made ?y } WHERE "
    "{ { ?x :p ?y } UNION { ?x :q ?z } MINUS { { ?y :q ?z } UNION { ?z :r ?y } } }",
    "FILTER =": "{ ?x :made ?y } WHERE { ?x :v ?a . ?y :v ?b FILTER(?a = ?b) }",
    "FILTER !=": "{ ?a :made ?b } WHERE { ?x ?p ?a . ?x ?q ?b FILTER(?a != ?b) }",
    "FILTER of errors": "{ ?x :made ?a . :x :made ?a } WHERE { ?x :v ?a FILTER(!(?a = '2'^^:type && ?x = :1) || ?x = :2) }",
    "FILTER IN": "{ ?x :made ?y } WHERE { ?x :v ?y FILTER(?y IN ('甲', 1.0, true, '甲'@en, :1)) }",
    "FILTER NOT IN": "{ ?x :made ?y } WHERE { ?x ?p ?y FILTER(?y NOT IN ('甲', 1, :1, :2) || ?y IN ()) }",
    "FILTER of unbound variables": "{ ?x :made ?y } WHERE "
    "{ ?x :p ?y OPTIONAL { ?y :q ?z } FILTER(?z = :1 || !bound(?z) || ?x != :2 && ?z != ?x) }",
    "EXISTS": "{ ?x :made ?y } WHERE { ?x :p ?y FILTER EXISTS { ?y :q ?z FILTER(?z != ?x && bound(?y)) } }",
    "NOT EXISTS": "{ ?x :made ?y } WHERE { ?x :p|:q ?y FILTER NOT EXISTS { ?y :q ?z . ?z :r|:p ?w } FILTER(?x != ?y) }",
    "NOT EXISTS in NOT EXISTS": "{ ?x :made ?y } WHERE "
    "{ ?x :p ?y FILTER NOT EXISTS { ?y :q ?z FILTER NOT EXISTS { ?z :r ?w } } }",
    "NOT EXISTS at all": "{ ?x :made ?y } WHERE { ?x :p ?y FILTER NOT EXISTS { ?a :none ?b } FILTER EXISTS { ?a :q ?b } }",
    "EXISTS of unbound variables": "{ ?x :made ?y } WHERE { { ?x :p ?y } UNION { ?x :q ?z } FILTER EXISTS { ?y :q ?z } }",
    "BIND": "{ ?x :made ?a . ?b :made ?x } WHERE { ?x :p ?y BIND('甲'@zh AS ?a) BIND(?y AS ?b) ?b :q ?z }",
    "SELECT DISTINCT": "{ ?x :made ?z } WHERE "
    "{ { SELECT DISTINCT ?x (?y AS ?z) WHERE { ?x :p ?y . ?y :q ?hidden } } ?hidden :r ?z }",
    "nothing": "{ :x :made :y } WHERE { }",
}  # fmt: skip


@needs_java
@pytest.mark.parametrize("name", OPERATORS)
def test_a_rule_adds_the_same(spark: SparkSession, tmp_path: Path, name: str) -> None:
    rule = tmp_path / "rule.rq"
    rule.write_text(f"PREFIX : <urn:>\nCONSTRUCT {OPERATORS[name]}", encoding="utf-8")
    lines, added = told(tmp_path, rule, graph)
    assert derived(spark, lines, [rule]) == added


@needs_java
@pytest.mark.parametrize(
    "text",
    [
        "WHERE { ?x :p ?y . ?y :q ?z }",  # what it makes is there
        "{ } WHERE { ?x :p ?y }",
        "{ ?x :made :x } WHERE { { :99 :p* ?x } UNION { ?x (:q?)+ :99 } UNION { VALUES ?x { :99 } ?x :r* ?x } }",
    ],
)
def test_a_rule_adds_nothing(spark: SparkSession, tmp_path: Path, text: str) -> None:
    rule = tmp_path / "rule.rq"
    rule.write_text(f"PREFIX : <urn:>\nCONSTRUCT {text}", encoding="utf-8")
    assert derived(spark, graph(0), [rule]) == stored(tmp_path, graph(0), [rule]) == []


UNSUPPORTED = {
    "Graph": "{ ?x :p ?y } WHERE { GRAPH ?g { ?x :p ?y } }",
    "FROM": "{ ?x :p ?y } FROM :g WHERE { ?x :p ?y }",
    "Slice": "{ ?x :p ?y } WHERE { ?x :q ?y } LIMIT 2",
    "OrderBy": "{ ?x :p ?y } WHERE { SELECT ?x ?y WHERE { ?x :q ?y } ORDER BY ?x }",
    "AggregateJoin": "{ ?x :p ?n } WHERE { SELECT ?x (COUNT(?y) AS ?n) WHERE { ?x :q ?y } GROUP BY ?x }",
    "path NegatedPath": "{ ?x :p ?y } WHERE { ?x !:q ?y }",
    "blank node in the template": "{ ?x :p [] } WHERE { ?x :q ?y }",
    "condition <": "{ ?x :p ?y } WHERE { ?x :q ?y FILTER(?y < 2) }",
    "condition Builtin_STRSTARTS": "{ ?x :p ?y } WHERE { ?x :q ?y FILTER(STRSTARTS(?y, 'a')) }",
    "condition Variable": "{ ?x :p ?y } WHERE { ?x :q ?y FILTER(?y) }",
    "condition Builtin_EXISTS": "{ ?x :p ?y } WHERE { ?x :q ?y FILTER(?x = ?y || EXISTS { ?y :q ?z }) }",
    "condition on ?x, which its group does not bind": "{ ?x :p ?y } WHERE { ?x :q ?y { ?y :q ?z FILTER(?z != ?x) } }",
    "EXISTS of a pattern that may leave ?x unbound": "{ ?x :p ?y } WHERE "
    "{ ?x :q ?y FILTER EXISTS { ?y :q ?z OPTIONAL { ?z :r ?x } } }",
    "term Builtin_STR": "{ ?x :p ?z } WHERE { ?x :q ?y BIND(STR(?y) AS ?z) }",
    "VALUES of nothing": "{ ?x :p ?y } WHERE { ?x :q ?y VALUES ?x { } }",
}  # fmt: skip


@pytest.mark.parametrize("operator", UNSUPPORTED)
def test_what_is_not_run_is_named(tmp_path: Path, operator: str) -> None:
    rule = tmp_path / "rule.rq"
    rule.write_text(f"PREFIX : <urn:>\nCONSTRUCT {UNSUPPORTED[operator]}", encoding="utf-8")
    with pytest.raises(OntologyError) as told:
        read_rules([*RULES, rule])
    assert str(told.value).startswith(f"{rule}: rules are not run on Spark with this: {operator}. ")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ASK { ?x ?y ?z }", "the rule is no CONSTRUCT"),
        ("CONSTRUCT { ?x ?y ?z } WHERE { ?x ?y ", "the rule does not parse"),
        ("CONSTRUCT { ?x no:no ?z } WHERE { ?x no:no ?z }", "the rule does not parse"),
        ("CONSTRUCT { ?x ?y ?z } WHERE { SERVICE <urn:x> { ?x ?y ?z } }", "The query asks another endpoint"),
        ("", "The query is empty"),
    ],
)
def test_what_is_no_rule_is_named(tmp_path: Path, text: str, fault: str) -> None:
    rule = tmp_path / "rule.rq"
    rule.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError) as told:
        read_rules([rule])
    assert str(told.value).startswith(f"{rule}: {fault}")
    assert "\n" not in str(told.value)
