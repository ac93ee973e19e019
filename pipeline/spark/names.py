"""What the names of all documents are the names of: tables of uses, of what they are of, and of things.

A name meets another only through keys that both have (Ledger.keys). So the names of one component of names and keys are resolved
by a ledger of their own as by one of all names, and so are those of several components that share a partition. A component that
is too large for one task only makes that task long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812

from pipeline.kept import Outcome
from pipeline.ledger.things import Found
from pipeline.ledger.uses import Use
from pipeline.memory import Known
from pipeline.merge import Touched
from pipeline.model import Evidence, Name
from pipeline.resolve import within_of, work_found
from pipeline.spark.components import components
from pipeline.spark.given import Given
from pipeline.spark.tables import Row, Tables, mapped, packed, unpacked

FIND, TOLD, WORK, EVENT = "find", "told", "work", "event"  # what a row of names is found by; told: with an event
_KNOWN = "document string, key string, path string, failure string, tells boolean, uses binary, scope string, touched binary"
_NAMED = (
    "document string, at int, how string, name binary, place string, within string, scope string, "
    "times bigint, evidence binary, found binary"
)
_FOUND = "name binary, place string, within string, found binary"
_ASKED = ["name", "place", "within", "scope"]
_WITH_IRI = (
    "document string, at int, name binary, place string, times bigint, evidence binary, found binary, iri string"
)
_NOTED = ["document", "at", "name", "place", "times", "evidence", "found"]


def known_documents(outcomes: DataFrame, given: Broadcast[Given]) -> DataFrame:
    """Of each document what the names need: its uses of them, whether it tells of events, whose a name is that many things have;
    and what people say that it has to do with (`touched`, a merge.Touched; null for nothing)."""

    def step(rows: Iterator[Row]) -> Iterator[Row]:
        merger = given.value.merger
        for key, outcome in rows:
            known, uses = merger.learner.known(unpacked(outcome, Outcome), key)
            tells = any(use.told is not None for use in uses)
            touched = Touched() if known.failure else merger.touched(known, uses)
            said = packed(touched) if touched != Touched() else None
            yield known.name, key, known.path, known.failure, tells, packed(uses), known.scope, said

    return mapped(outcomes.select("key", "outcome"), step, _KNOWN)


def failing(known: DataFrame, given: Broadcast[Given]) -> DataFrame:
    """The documents whose names cannot be resolved even alone, with why: columns document, failure."""

    def step(rows: Iterator[Row]) -> Iterator[Row]:
        for document, uses in rows:
            tried = given.value.merger.alone(Known("", "", document), unpacked(uses, tuple[Use, ...]))
            if tried.failure:
                yield document, tried.failure

    return mapped(known.select("document", "uses"), step, "document string, failure string")


def named(known: DataFrame, given: Broadcast[Given]) -> DataFrame:
    """Every use of a name: in which document, where among its uses, the name, how it is found, how often and where first.

    `place` is the document where that matters to what the name is of, else "", and so are `within` and `scope`. The names that an
    event is told with have rows of their own. What needs no other name is found already.
    """

    def step(rows: Iterator[Row]) -> Iterator[Row]:
        for document, uses, scope in rows:
            for at, use in enumerate(unpacked(uses, tuple[Use, ...])):
                yield from _named(document, at, use, scope, given.value)

    return mapped(known.select("document", "uses", "scope"), step, _NAMED)


def _named(document: str, at: int, use: Use, scope: str | None, given: Given) -> Iterator[Row]:
    how = EVENT if use.told is not None else WORK if use.is_work else FIND
    found = packed(work_found(use, given.base)) if use.is_work else None
    said = [(how, use.name, within_of(use) if how == FIND else "", use.times, packed(use.evidence), found)]
    if use.told is not None:
        told = (*use.told.venues, *([use.told.agent] if use.told.agent else ()))
        said += [(TOLD, bare(name), "", 0, packed(Evidence(0, 0, "")), None) for name in told]
    for how, name, within, *rest in said:
        bound = given.is_bound(name)
        place = document if bound else ""
        yield document, at, how, packed(name), place, within if bound else "", scope if bound else None, *rest


def bare(name: Name) -> Name:
    """A name without how it stood."""
    return Name(name.label, name.kind, "", name.aliases, name.term)


def found_names(names: DataFrame, tables: Tables, given: Broadcast[Given]) -> DataFrame:
    """What each name is of that is found by its keys: columns name, place, within, found."""
    every = names.select("name").distinct()
    keys = mapped(every, lambda rows: _keys(rows, given.value), "name binary, key string")
    parts = components(keys.select(F.xxhash64("name").alias("a"), F.xxhash64("key").alias("b")), tables)
    asked = names.where(F.col("how").isin(FIND, TOLD)).select(_ASKED).distinct()
    unasked = every.select("name", *(F.lit(None).cast("string").alias(column) for column in _ASKED[1:]))
    met = asked.union(unasked).withColumn("node", F.xxhash64("name")).join(parts, "node")
    return mapped(met.repartition("component").select(_ASKED), lambda rows: _found(rows, given.value), _FOUND)


def _keys(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    for (name,) in rows:
        yield from ((name, key) for key in sorted(given.known.keys(unpacked(name, Name))))


def _found(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    """What the names of whole components are of."""
    read = list(rows)
    if not read:
        return  # a ledger of the vocabularies takes its time
    names = {name: unpacked(name, Name) for name, *_ in read}
    scopes = {place: scope for _, place, _, scope in read if place and scope is not None}
    ledger = given.ledger(frozenset(names.values()), scopes)
    for name, place, within, _ in read:
        if place is not None:
            yield name, place, within, packed(ledger.find(names[name], place, within))


def noted(names: DataFrame, found: DataFrame, events: DataFrame) -> DataFrame:
    """Every use of a name with what it is of, and the IRI of that."""
    finds = names.where(F.col("how") == FIND).drop("found").join(found, ["name", "place", "within"])
    happened = names.where(F.col("how") == EVENT).drop("found").join(events, ["document", "at"])
    works = names.where(F.col("how") == WORK)
    every = finds.select(_NOTED).union(happened.select(_NOTED)).union(works.select(_NOTED))
    return mapped(every, _with_iri, _WITH_IRI)


def _with_iri(rows: Iterable[Row]) -> Iterator[Row]:
    return ((*row, unpacked(row[-1], Found).iri) for row in rows)


def things(noted: DataFrame, given: Broadcast[Given]) -> DataFrame:
    """Every thing that is named: columns iri, thing."""
    first = F.min(F.struct("document", "at", "evidence")).alias("first")
    counted = noted.groupBy("iri", "found", "name", "place").agg(F.sum("times").alias("times"), first)
    rows = counted.select("first.document", "first.at", "found", "name", "times", "first.evidence", "iri")
    return mapped(rows.repartition("iri"), lambda rows: _things(rows, given.value), "iri string, thing binary")


def _things(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    read = sorted(rows, key=lambda row: row[:2])
    ledger = given.ledger()
    for document, _, found, name, times, evidence, _ in read:
        use = Use(unpacked(name, Name), times=times, evidence=unpacked(evidence, Evidence))
        ledger.note(unpacked(found, Found), use, document)
    yield from ((iri, packed(ledger.entity(iri))) for iri in sorted({row[-1] for row in read}))
