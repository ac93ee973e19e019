"""The rows of claims.jsonl of each document, read back from its own lines and from what its things are called."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812

from pipeline import terms as t
from pipeline.rows import claim_rows
from pipeline.spark.tables import Row, mapped
from pipeline.store import in_memory

_CLAIMS = "document string, rows array<string>, counts map<string, int>"
_NAMES = (t.PREF_LABEL, t.ALT_LABEL, t.HIDDEN_LABEL)


def claims(shares: DataFrame, joint: DataFrame) -> DataFrame:
    """Of each document its rows, in order, and how many there are of each relation."""
    is_name = F.split_part("line", F.lit(" "), F.lit(2)).isin(*(f"<{name}>" for name in _NAMES))
    names = joint.where(is_name).distinct().withColumn("node", F.split_part("line", F.lit(" "), F.lit(1)))
    wanted = shares.select("document", F.explode("things").alias("thing"))
    called = wanted.join(names, F.concat(F.lit("<"), "thing", F.lit(">")) == F.col("node"))
    called = called.groupBy("document").agg(F.collect_list("line").alias("names"))
    return mapped(shares.select("document", "lines").join(called, "document", "left"), _rows, _CLAIMS)


def _rows(rows: Iterable[Row]) -> Iterator[Row]:
    for document, lines, names in rows:
        store = in_memory("".join(f"{line}\n" for line in (*lines, *(names or ()))))
        of_one = claim_rows(store.select)
        told = [json.dumps(row, ensure_ascii=False) for row in of_one]
        yield document, told, list(Counter(str(row["rel"]) for row in of_one).items())
