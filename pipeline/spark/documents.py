"""Which documents there are, what each is called, and what was read of it: a table of what became of each, kept from run to run.

The table of outcomes is Parquet, partitioned by `bucket`, the first two digits of a document's key (kept.py): a run adds those of
the keys that are not yet there, and reads no other document.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812

from pipeline.kept import is_read
from pipeline.read.find import clash_key, name_choices
from pipeline.renew import Source
from pipeline.spark.corpus import Corpus
from pipeline.spark.given import Given
from pipeline.spark.places import Place
from pipeline.spark.tables import Row, Tables, mapped, packed

_NAMED = "file binary, path string, fingerprint string, choices array<string>, clash array<string>, at int"
_KEYED = "file binary, path string, name string, key string, fingerprint string"
_OUTCOMES = "key string, lost boolean, outcome binary, bucket string"
_A_TASK = 100  # documents of a task that reads them, at most


def keyed(listed: DataFrame, tables: Tables, given: Broadcast[Given]) -> DataFrame:
    """The documents of a corpus, each with its name and its key: what find.document_names calls them."""
    def choices(rows: Iterator[Row]) -> Iterator[Row]:
        for file, path, print_ in rows:
            may = name_choices(path, file)
            yield file, path, print_, may, list(map(clash_key, may)), 0

    def keys(rows: Iterator[Row]) -> Iterator[Row]:
        for file, path, print_, name in rows:
            yield file, path, name, given.value.shelf.key(print_, path, name), print_

    listed = listed.where("left_out = ''").select("file", "path", "fingerprint")
    documents = tables.put("choices-0", mapped(listed, choices, _NAMED))
    round_ = 0
    chosen = F.get("clash", F.col("at"))
    while (clashes := documents.groupBy(chosen.alias("clash_")).count().where("count > 1")).take(1):
        round_ += 1
        unclear = documents.join(clashes, chosen == clashes["clash_"], "left")
        further = F.when(F.col("clash_").isNotNull(), F.least(F.col("at") + 1, F.size("choices") - 1)).otherwise(F.col("at"))
        documents = tables.put(f"choices-{round_}", unclear.withColumn("at", further.cast("int")).select(documents.columns))
    named = documents.select("file", "path", "fingerprint", F.get("choices", F.col("at")).alias("name"))
    return mapped(named, keys, _KEYED)


def outcomes(documents: DataFrame, corpus: Corpus, folder: Place, tables: Tables, given: Broadcast[Given]) -> DataFrame:
    """What became of each document, by key: what earlier runs have kept in `folder`, and what is read now and added to it."""
    known = _kept(folder, tables)
    changed = documents.join(known.where("not lost").select("key"), "key", "left_anti").select(documents.columns)
    number = changed.count()
    if number:
        tasks = max(tables.spark.sparkContext.defaultParallelism, -(-number // _A_TASK))
        read = corpus.opened(changed, tasks, lambda rows: _read(rows, given.value), _OUTCOMES)
        read.write.mode("append").partitionBy("bucket").parquet(folder.uri)
        known = _kept(folder, tables)
    wanted = known.join(documents.select("key"), "key", "left_semi")
    return wanted.groupBy("key").agg(F.min_by("outcome", "lost").alias("outcome"))


def _kept(folder: Place, tables: Tables) -> DataFrame:
    """The outcomes of a folder; none where nothing was put there."""
    if folder.exists():
        return tables.spark.read.schema(_OUTCOMES).parquet(folder.uri)
    return tables.spark.createDataFrame([], _OUTCOMES)


def _read(rows: Iterator[tuple[Row, Path]], given: Given) -> Iterator[Row]:
    """Outcomes of documents; one of which nothing would find again is lost: it is read another time."""
    for (_, path, name, key, print_), file in rows:
        outcome = given.read(Source(file, path, name, print_))
        lost = not is_read(outcome) or given.shelf.key(outcome.fingerprint, path, name) != key
        yield key, lost, packed(outcome), key[:2]
