"""Lines of N-Triples → the quads of a store: the data with what the rules add, that again in its own graph, and the ontology."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812

from pipeline.spark.tables import Tables
from pipeline.store import DERIVED_GRAPH, ontology_lines, schema_lines

_TRIPLE = r"^(\S+) (\S+) (.*) \.$"


class Quads(NamedTuple):
    """Lines of N-Quads, and how many triples the data is with what the rules add."""

    lines: DataFrame
    triples: int


def quads(data: DataFrame, ontology: Path, rules: Sequence[Path], tables: Tables) -> Quads:
    """The quads of `data`, a table of different lines; the rules see the schema, as in a store (store.py)."""
    from pipeline.spark.rules import derive

    schema = tables.spark.createDataFrame([(line,) for line in schema_lines(ontology)], "line string")
    parts = (F.regexp_extract("line", _TRIPLE, part).alias(name) for part, name in enumerate(("s", "p", "o"), 1))
    triples = tables.put("triples", data.union(schema).distinct().select(*parts))
    triple = F.concat_ws(" ", "s", "p", "o")
    derived = tables.put("derived", derive(triples, rules).select(triple.alias("triple")))
    lines = data.union(tables.spark.createDataFrame([(line,) for line in ontology_lines(ontology)], "line string"))
    for graph in (" .", f" {DERIVED_GRAPH} ."):
        lines = lines.union(derived.select(F.concat("triple", F.lit(graph))))
    return Quads(lines, data.count() + derived.count())
