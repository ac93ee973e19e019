"""Which tellings of all documents are of one event: first in a document, then of those that share a key (occasions.keys_of)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812

from pipeline.ledger.decisions import Decisions
from pipeline.ledger.forms import Forms
from pipeline.ledger.occasions import EventKey, Occasion, event_key, identified, keys_of, occasions_of
from pipeline.ledger.things import Found, Ledger
from pipeline.ledger.uses import Use
from pipeline.model import Name
from pipeline.spark.components import components
from pipeline.spark.given import Given
from pipeline.spark.names import TOLD, bare
from pipeline.spark.tables import Row, Tables, mapped, packed, unpacked

_OCCASIONS = "document string, nth int, occasion binary, exact string, shared array<string>, ends array<string>"
_EVENTS = "document string, at int, found binary"


class _Told(NamedTuple):
    """An occasion, and where among the uses of its document stand those that tell of it, for each of its tellings."""

    occasion: Occasion
    uses: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Finds the things of the names that the events of a document are told with."""

    ledger: Ledger
    found: Mapping[Name, Found]

    @property
    def base(self) -> str:
        return self.ledger.base

    @property
    def forms(self) -> Forms:
        return self.ledger.forms

    @property
    def decisions(self) -> Decisions:
        return self.ledger.decisions

    def find(self, name: Name, document: str, within: str = "") -> Found:
        """What was found for a name of the document."""
        return self.found[bare(name)]

    def plain(self, kind: str, label: str) -> tuple[str, tuple[str, ...]]:
        """As the ledger has it."""
        return self.ledger.plain(kind, label)


def events(known: DataFrame, names: DataFrame, found: DataFrame, tables: Tables, given: Broadcast[Given]) -> DataFrame:
    """What every use of the name of an event is of: columns document, at, found."""
    told = names.where(F.col("how") == TOLD).drop("found").join(found, ["name", "place", "within"])
    told = told.groupBy("document").agg(F.collect_set(F.struct("name", "found")).alias("told"))
    telling = known.where("tells").select("document", "uses").join(told, "document", "left")
    occasions = tables.put("occasions", mapped(telling, lambda rows: _occasions(rows, given.value), _OCCASIONS))
    node = F.xxhash64("document", "nth").alias("a")
    own = occasions.select(node, F.explode(F.array_append("shared", F.col("exact"))).alias("key"))
    ends = occasions.select(node, F.explode("ends").alias("key"))
    met = ends.join(occasions.select(F.col("exact").alias("key")).distinct(), "key", "left_semi").select("a", "key")
    parts = components(own.union(met).select("a", F.xxhash64("key").alias("b")), tables)
    rows = occasions.join(parts, F.xxhash64("document", "nth") == F.col("node")).repartition("component")
    return mapped(rows.select("document", "nth", "occasion"), lambda rows: _events(rows, given.value), _EVENTS)


def _occasions(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    for document, uses, told in rows:
        found = {unpacked(each["name"], Name): unpacked(each["found"], Found) for each in told or ()}
        finder = _Found(given.known, found)
        read = unpacked(uses, tuple[Use, ...])
        at: dict[EventKey, list[int]] = defaultdict(list)
        for index, use in enumerate(read):
            if use.told is not None:
                at[event_key(document, use.name, use.told, finder)].append(index)
        for nth, occasion in enumerate(occasions_of(document, read, finder)):
            where = tuple(tuple(at[telling.key]) for telling in occasion.tellings)
            yield document, nth, packed(_Told(occasion, where)), *keys_of(occasion, finder)


def _events(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    """What whole components of occasions are."""
    told = [unpacked(packed_, _Told) for _, _, packed_ in sorted(rows)]
    uses = {id(each.occasion): each.uses for each in told}
    for occasion, iri in identified((each.occasion for each in told), given.known):
        for (_, found), where in zip(occasion.found(iri), uses[id(occasion)], strict=True):
            yield from ((occasion.document, at, packed(found)) for at in where)
