"""What all documents give together, by keys: the best of offers, what things are, who issued works and what bodies are part of.

The steps are those of shares.Sharing.joint_lines, graph.Describer and works.issued_lines, whose docstrings say by which keys they
look at other things.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812

from pipeline import graph as g
from pipeline import terms as t
from pipeline.ledger.keys import name_key
from pipeline.model import Entity
from pipeline.shares import Offer, best_offers
from pipeline.spark.given import Given
from pipeline.spark.tables import Row, Tables, mapped, packed, unpacked
from pipeline.works import Issued, part_of, settled, told

_LINE = "line string"
_THING = "iri string, thing binary"
_OFFER = "of string, thing string, rank binary, lines array<string>"
_ISSUED = "node string, predicate string, name string, kind string"
_GROUPED = f"phase int, whose string, nth int, {_ISSUED}, iri string"
_DOCUMENTS, _MEMBERS = 0, 1  # phases: what documents say comes first


def joint_lines(shares: DataFrame, things: DataFrame, tables: Tables, given: Broadcast[Given]) -> DataFrame:
    """The lines that all documents give together: column line, each as often as it is said."""
    spoken = shares.select(F.explode("things").alias("iri")).distinct()
    known = tables.put("spoken", things.join(spoken, "iri"))
    names = mapped(known, lambda rows: _name_lines(rows, given.value), _LINE)
    stood = shares.select(F.inline("namings").alias("iri", "lines")).join(spoken, "iri").select(F.explode("lines").alias("line"))
    issued, issuers = _issued(shares, known, tables, given)
    sides = tables.put("sides", known.withColumn("side", F.lit(0)).unionByName(issuers.withColumn("side", F.lit(1))))
    return _offered(shares).union(names).union(stood).union(issued).union(_described(sides, tables, given))


def _name_lines(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    for _, thing in rows:
        yield from ((line,) for line in g.name_lines(unpacked(thing, Entity), given.ontology, given.base))


def _offered(shares: DataFrame) -> DataFrame:
    """The best offers: of each partition first, then of what is left."""
    best = mapped(shares.select(F.inline("offers")), _best, _OFFER)
    return mapped(best.repartition("of", "thing"), _best, _OFFER).select(F.explode("lines").alias("line"))


def _best(rows: Iterator[Row]) -> Iterator[Row]:
    offers = (Offer(of, thing, tuple(msgspec.msgpack.decode(rank)), tuple(lines)) for of, thing, rank, lines in rows)
    return ((best.of, best.thing, packed(best.rank), best.lines) for best in best_offers(offers))


def _described(groups: DataFrame, tables: Tables, given: Broadcast[Given]) -> DataFrame:
    """What the things of groups are, with what they lie in; columns of groups, in which things do not look at each other: side,
    iri, thing."""
    grouped = "side int, iri string, thing binary"
    above = mapped(groups.select("side", "thing"), lambda rows: _above(rows, given.value), grouped)
    above = above.join(groups, ["side", "iri"], "left_anti").dropDuplicates(["side", "iri"])
    every = tables.put("described", groups.select("side", "iri", "thing").union(above.select("side", "iri", "thing")))
    owners = mapped(every.select("side", "thing"), _labels, "side int, key string, owner string")
    wanted = mapped(every.select("side", "thing"), lambda rows: _wants(rows, given.value), "side int, key string, iri string")
    each = wanted.join(owners, ["side", "key"]).groupBy("side", "iri")
    met = each.agg(F.collect_list(F.struct("key", "owner")).alias("owners"))
    rows = every.join(met, ["side", "iri"], "left").select("thing", "owners")
    return mapped(rows, lambda rows: _thing_lines(rows, given.value), _LINE)


def _above(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    for side, thing in rows:
        for term in given.sharing.describer.terms_above(unpacked(thing, Entity)):
            yield side, term.iri, packed(g.entity_of(term))


def _labels(rows: Iterable[Row]) -> Iterator[Row]:
    for *side, thing in rows:
        entity = unpacked(thing, Entity)
        yield *side, name_key(entity.label), entity.iri


def _wants(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    for side, thing in rows:
        entity = unpacked(thing, Entity)
        yield from ((side, key, entity.iri) for key in sorted(given.sharing.describer.wants(entity)))


def _thing_lines(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    for thing, met in rows:
        owners: dict[str, set[str]] = defaultdict(set)
        for each in met or ():
            owners[each["key"]].add(each["owner"])
        yield from ((line,) for line in given.sharing.describer.lines(unpacked(thing, Entity), owners))


def _issued(shares: DataFrame, known: DataFrame, tables: Tables, given: Broadcast[Given]) -> tuple[DataFrame, DataFrame]:
    """Who issued works and where, which bodies act together, and what others are part of, in lines; and the things that only so
    come into the graph."""
    of_documents = shares.select("document", F.posexplode("issued").alias("nth", "issued"))
    of_documents = of_documents.select(F.lit(_DOCUMENTS), "document", "nth", "issued.*")
    said = tables.put("issued", mapped(of_documents, lambda rows: _keyed(rows, given.value), _GROUPED))
    first = known.union(_settled(said, known, given))
    members = mapped(_bodies(first), lambda rows: _members(rows, given.value), _GROUPED)
    said = tables.put("issued-members", said.union(members))
    used = tables.put("issuers", _settled(said, known, given))
    every = known.union(used)
    lines = mapped(said.select("node", "predicate", "name", "kind", "iri").join(every, "iri"), _told, _LINE)
    joint = said.where(F.col("phase") == _MEMBERS).select(F.col("whose").alias("iri")).distinct()
    single = tables.put("bodies", _bodies(every).join(joint, "iri", "left_anti"))
    parts, added = _parts(single, tables, given)
    return lines.union(parts), used.union(added)


def _keyed(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    """What documents or bodies say of issuers and members, with the IRI of the thing of the name."""
    for phase, whose, nth, *issued in rows:
        yield phase, whose, nth, *issued, given.sharing.issuers.thing(Issued(*issued), given.base).iri


def _settled(said: DataFrame, known: DataFrame, given: Broadcast[Given]) -> DataFrame:
    """What those things are that no fact is about: a thing follows from the first that is said of it and from all its names."""
    first = F.min(F.struct("phase", "whose", "nth", "node", "predicate", "name", "kind")).alias("first")
    names = said.groupBy("iri", "name", "kind").agg(first).select("iri", "first.*").join(known, "iri", "left_anti")
    return mapped(names.repartition("iri"), lambda rows: _things(rows, given.value), _THING)


def _things(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    for iri, group in groupby(sorted(rows), key=lambda row: row[0]):
        yield iri, packed(settled([Issued(*issued) for _, _, _, _, *issued in group], given.sharing.issuers, given.base))


def _bodies(things: DataFrame) -> DataFrame:
    def step(rows: Iterator[Row]) -> Iterator[Row]:
        return (row for row in rows if "Body" in unpacked(row[1], Entity).kinds)

    return mapped(things.select("iri", "thing"), step, _THING)


def _members(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    for iri, thing in rows:
        said = enumerate(given.sharing.issuers.members(unpacked(thing, Entity)))
        yield from _keyed(((_MEMBERS, iri, nth, *each) for nth, each in said), given)


def _told(rows: Iterable[Row]) -> Iterator[Row]:
    """What leads to issuers and members; of a table that begins with the key of the join."""
    for _, *issued, thing in rows:
        yield from ((line,) for line in told([Issued(*issued)], unpacked(thing, Entity)))


def _parts(single: DataFrame, tables: Tables, given: Broadcast[Given]) -> tuple[DataFrame, DataFrame]:
    """What bodies are part of, and the things that only so come into the graph.

    These are terms of the vocabularies. What they are part of in turn is found here and now: there are no more of them than the
    vocabularies have, however large the corpus is.
    """
    labels = mapped(single.select("thing"), _labels, "key string, owner string")
    labels = tables.put("labels", labels.groupBy("key").agg(F.max("owner").alias("owner")))
    wanted = mapped(single.select("iri", "thing"), lambda rows: _wholes(rows, given.value), "iri string, key string")
    met = wanted.join(labels, "key").groupBy("iri").agg(F.collect_list(F.struct("key", "owner")).alias("owners"))
    rows = single.join(met, "iri", "left").select("thing", "owners")
    parts = tables.put("parts", mapped(rows, lambda rows: _part_of(rows, given.value), "iri string, whole string"))
    issuers = given.value.sharing.issuers
    terms = {iri: issuers.body(iri) for iri in issuers.named.values()}
    here = {row["iri"] for row in single.where(F.col("iri").isin(*terms)).select("iri").collect()}
    keys = sorted({key for term in terms.values() for key in issuers.bodies.wants(term.label)})
    named = ChainMap({row["key"]: row["owner"] for row in labels.where(F.col("key").isin(*keys)).collect()}, issuers.named)
    waiting = [row["whole"] for row in parts.select("whole").distinct().where(F.col("whole").isin(*terms)).collect()]
    lines, added = list[Row](), dict[str, Entity]()
    while waiting:
        iri = waiting.pop()
        if iri in here or iri in added:
            continue
        added[iri] = terms[iri]
        whole = part_of(terms[iri], named, issuers)
        if whole:
            lines.append((iri, whole))
            waiting += [whole] if whole in terms else []
    every = parts.union(tables.spark.createDataFrame(lines, "iri string, whole string"))
    things = tables.spark.createDataFrame([(iri, packed(thing)) for iri, thing in added.items()], _THING)
    told_ = mapped(every, _part_lines, _LINE)
    return told_, things


def _wholes(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    for iri, thing in rows:
        keys = given.sharing.issuers.bodies.wants(unpacked(thing, Entity).label)
        yield from ((iri, key) for key in sorted({*keys}))


def _part_of(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    issuers = given.sharing.issuers
    for thing, met in rows:
        body, owners = unpacked(thing, Entity), {each["key"]: each["owner"] for each in met or ()}
        whole = part_of(body, ChainMap(owners, issuers.named), issuers)
        if whole:
            yield body.iri, whole


def _part_lines(rows: Iterable[Row]) -> Iterator[Row]:
    return ((t.triple(iri, t.SUB_ORGANIZATION_OF, t.iri(whole)),) for iri, whole in rows)
