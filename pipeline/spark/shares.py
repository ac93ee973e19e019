"""What each document gives the graph, once it is known what its names are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812

from pipeline import graph as g
from pipeline.errors import fault_of_ours
from pipeline.kept import Outcome
from pipeline.ledger.uses import Use
from pipeline.memory import Told
from pipeline.model import Document, Entity
from pipeline.resolve import facts_of
from pipeline.shares import Share
from pipeline.spark.given import Given
from pipeline.spark.tables import Row, mapped, packed, unpacked

_SHARES = """document string, path string, key string, failure string, lines array<string>,
offers array<struct<of: string, thing: string, rank: binary, lines: array<string>>>,
issued array<struct<node: string, predicate: string, name: string, kind: string>>, things array<string>,
namings array<struct<thing: string, lines: array<string>>>, rejected string, reasons map<string, int>"""


def shares(known: DataFrame, outcomes: DataFrame, noted: DataFrame, things: DataFrame, given: Broadcast[Given]) -> DataFrame:
    """What each of the `known` documents gives the graph, or why it gives nothing (`failure`).

    `namings` are the lines that say where the names of things stand in it, beside the evidence of its facts: for those things
    that the graph has.
    """
    met = noted.join(things, "iri").groupBy("document").agg(F.collect_list(F.struct("at", "iri", "thing")).alias("met"))
    rows = known.join(outcomes, "key").join(met, "document", "left")
    return mapped(rows.select("path", "key", "outcome", "uses", "met"), lambda rows: _shares(rows, given.value), _SHARES)


def _shares(rows: Iterable[Row], given: Given) -> Iterator[Row]:
    for path, key, outcome, uses, met in rows:
        read = unpacked(outcome, Outcome)
        document = read.document
        assert document is not None
        said = unpacked(uses, tuple[Use, ...])
        found = {said[each["at"]].bare(): each["iri"] for each in met or ()}
        things = {each["iri"]: unpacked(each["thing"], Entity) for each in met or ()}
        try:
            facts = partial(facts_of, found=found, thing=things.__getitem__, base=given.base)
            share, told = given.merger.given(read, facts)
            yield document.name, path, key, "", *_cells(document, share, told, things, given)
        except MemoryError:
            raise
        except Exception as error:
            yield document.name, path, key, fault_of_ours(error), (), (), (), (), (), "", ()


def _cells(document: Document, share: Share, told: Told, things: Mapping[str, Entity], given: Given) -> Row:
    offers = [(*offer[:2], packed(offer.rank), offer.lines) for offer in share.offers]
    namings = list(_namings(document, share, things, given))
    sharing = given.sharing
    extraction = g.extraction_lines(sharing.activity, [document.name], given.ontology, given.base, sharing.version)
    lines = [*share.own, *share.common, *extraction]
    return lines, offers, share.issued, share.things, namings, told.rejected, list(told.reasons.items())


def _namings(document: Document, share: Share, things: Mapping[str, Entity], given: Given) -> Iterator[Row]:
    parts, stood = g.Parts(document, given.base), {*share.stood}
    for iri, thing in things.items():
        first = [naming.evidence for naming in g.told_names(thing) if naming.document == document.name]
        lines = [*given.sharing.evidence(parts, (evidence for evidence in first if evidence[:2] not in stood))]
        if lines:
            yield iri, lines
