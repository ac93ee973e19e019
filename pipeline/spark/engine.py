"""From a corpus to a graph with Spark: the steps in order. Read this first.

What a build is given and gives is that of the plain engine (build.py). Below its output, spark/kept has from run to run what
became of each document (documents.py), and spark/work the tables of this run.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from py4j.protocol import Py4JError, Py4JJavaError
from pyspark import Broadcast
from pyspark.errors import PySparkException, PythonException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812

from pipeline.builds import Builder
from pipeline.digest import ONTOLOGY_SUFFIXES, folder_sha256
from pipeline.errors import DataError, UsageError, one_line
from pipeline.kept import Shelf, made_with
from pipeline.ledger.decisions import decided, read_name_lines
from pipeline.merge import Touched
from pipeline.ontology import load_ontology
from pipeline.read.find import REVIEW
from pipeline.renew import Order, Report, check_base, check_out, documents_below, review_beside, some_of
from pipeline.review.lines import Review, read_review
from pipeline.spark.claims import claims
from pipeline.spark.corpus import TABLE, Corpus, Local, Remote
from pipeline.spark.documents import keyed, outcomes
from pipeline.spark.events import events
from pipeline.spark.given import Given
from pipeline.spark.joint import joint_lines
from pipeline.spark.names import failing, found_names, known_documents, named, noted, things
from pipeline.spark.output import WHOLE, Written, complete, publish, write_parts
from pipeline.spark.places import Place, is_uri, uri_of
from pipeline.spark.quads import quads
from pipeline.spark.session import session
from pipeline.spark.shares import shares
from pipeline.spark.tables import Tables, unpacked

OWN, KEPT, WORK, NEXT = "spark", "kept", "work", "next"  # below the output; the rest in the first


class _Work(NamedTuple):
    """What is to be built, and where: `corpus` and `out` as they were named; of `order` the rest."""

    order: Order
    corpus: str
    out: str
    spark: SparkSession

    @property
    def is_local(self) -> bool:
        """Whether the documents are those of a path of this machine."""
        return not is_uri(self.corpus) and not self.corpus.endswith(TABLE)


def build_on_spark(order: Order, corpus: str, out: str, master: str | None = None) -> Report:
    """Build what is ordered, of `corpus` into `out`: each a path or a URI of any Hadoop file system; `corpus` may be a Parquet
    table of documents. `master` is the URL of a cluster; None leaves it to Spark's own configuration.

    Raises UsageError where nothing could be run, DataError where every document failed; the output is then as it was before.
    """
    check_base(order.base)
    with session(master) as spark:
        work = _Work(order, corpus, out, spark)
        try:
            return _into_place(work) if is_uri(out) else _into_folder(work)
        except (PySparkException, Py4JError) as error:
            raise UsageError(f"{corpus}: Spark could not build the graph ({_fault(error)}). Look into its log.") from error
        except OSError as error:
            told = f"{out}: cannot be written ({error.strerror or error}). Make room, or name another place with --out."
            raise UsageError(told) from error


def _fault(error: Exception) -> str:
    """What Spark says of an error, in one line: the first of Java's, the last of Python's."""
    told = error.java_exception.toString() if isinstance(error, Py4JJavaError) else str(error)
    lines = [line for line in told.split("\n") if line.strip()]
    return one_line(lines[-1 if isinstance(error, PythonException) else 0].strip())


def _into_place(work: _Work) -> Report:
    """Build parts below a URI, where nobody else builds meanwhile."""
    out = Place(work.spark, work.out)
    own = out / OWN
    aside = own / NEXT
    aside.remove()
    report = _made(work, aside, own)
    publish(aside, out / WHOLE, report)
    return report


def _into_folder(work: _Work) -> Report:
    """Build a folder of this machine anew."""
    out = Path(work.out)
    check_out(Path(work.corpus), out)
    with Builder(out, wait=work.order.wait) as builder:
        folder = builder.new()
        report = _made(work, Place(work.spark, uri_of(folder)), Place(work.spark, uri_of(out / OWN)))
        complete(folder, report, work.order.base, with_ontology=work.order.with_ontology)
        builder.publish(folder)
        return report


def _made(work: _Work, folder: Place, own: Place) -> Report:
    """Write the parts of a graph into `folder`, and keep in `own` what the next run need not read again."""
    kept, tables = own / KEPT, Tables(work.spark, own / WORK)
    tables.folder.remove()
    if work.order.clean:
        kept.remove()
    context = work.spark.sparkContext
    if not (str(context.master).startswith("local") or context.getCheckpointDir()):  # an executor may be lost with its tables
        context.setCheckpointDir((tables.folder / "rounds").uri)
    try:
        with tempfile.TemporaryDirectory(prefix="zhimai-") as temporary:
            corpus, review = _corpus(work, Path(temporary))
            given = _given(work.order, review, Path(temporary))
        version = given.made_with[:16]
        report = _written(work, corpus, given, folder, kept / version, tables)
        for name in {*kept.names()} - {version}:  # of another program or ontology
            (kept / name).remove()
        return report
    finally:
        tables.folder.remove()


def _given(order: Order, review: Review, temporary: Path) -> Given:
    tools = made_with(folder_sha256(order.ontology, ONTOLOGY_SUFFIXES))
    decisions = decided([*read_name_lines(order.names), *review.name_lines()])
    ontology = load_ontology(order.ontology, Shelf(temporary, tools))
    return Given(ontology, decisions, review, order.base, order.least, order.limits, tools)


def _corpus(work: _Work, temporary: Path) -> tuple[Corpus, Review]:
    """The documents, and what people say of them: in a file that was named, or in one beside them."""
    spark, order, named_ = work.spark, work.order, work.corpus
    if work.is_local:
        corpus = order.corpus
        review = order.review or review_beside(corpus)
        ours = Path(Place(spark, work.out).uri.removeprefix("file:")) if is_uri(work.out) else order.out
        return Local(documents_below(corpus, review, (ours,)), corpus, spark), read_review(review)
    place, out = (Place(spark, each if is_uri(each) else uri_of(Path(each))) for each in (named_, work.out))
    if not place.exists():
        raise UsageError(f"{named_}: cannot be opened (no such file): give the folder that holds the documents, or a document")
    if named_.endswith(TABLE):
        return Remote.of_table(place, spark), read_review(order.review)
    beside, review = (place if place.is_folder() else place.parent) / REVIEW, order.review
    if review is None and beside.exists():
        review = temporary / REVIEW
        beside.fetch(review)
    return Remote.of_files(place, out, spark), read_review(review)


class _Shared(NamedTuple):
    """The documents that are in the graph or failed, what each gives, and every thing that they name."""

    known: DataFrame
    shares: DataFrame
    things: DataFrame


def _written(work: _Work, corpus: Corpus, given: Given, folder: Place, kept: Place, tables: Tables) -> Report:
    """Write the parts of a graph, and say what it is."""
    shared = work.spark.sparkContext.broadcast(given)
    listed = tables.put("listed", corpus.listed())
    documents = tables.put("documents", keyed(listed, tables, shared))
    read = outcomes(documents, corpus, kept, tables, shared)
    met = _shared(tables.put("known", known_documents(read, shared)), read, tables, shared)
    failures = _failures(met.known, work.corpus)
    joint = tables.put("joint", joint_lines(met.shares, met.things, tables, shared))
    data = tables.put("data", met.shares.select(F.explode("lines").alias("line")).union(joint).distinct())
    ontology = work.order.ontology
    graph = quads(data, ontology, sorted((ontology / "rules").glob("*.rq")), tables)
    rows = tables.put("claims", claims(met.shares, joint))
    write_parts(Written(graph.lines, _in_order(rows), _rejected(met.shares)), folder)
    touched = met.known.where("failure = '' AND touched IS NOT NULL").select("touched").collect()
    return Report(
        met.shares.count(),
        failures,
        _counted(rows, "counts"),
        _counted(met.shares, "reasons"),
        graph.triples,
        given.ontology.unused,
        corpus.left_out(listed),
        given.merger.idle_of(unpacked(row["touched"], Touched) for row in touched),
    )


def _failures(known: DataFrame, corpus: str) -> dict[str, str]:
    """The documents that failed, path → why. Raises DataError where all did, UsageError where there is none."""
    failed = known.where("failure != ''").select("path", "failure").orderBy("path").collect()
    failures = {row["path"]: row["failure"] for row in failed}
    if known.where("failure = ''").isEmpty():
        if failures:
            raise DataError(f"{corpus}: no document could be read; {some_of(failures)}")
        raise UsageError(f"{corpus}: holds no document. Put .txt or .md files there, or name another folder.")
    return failures


def _shared(known: DataFrame, read: DataFrame, tables: Tables, given: Broadcast[Given]) -> _Shared:
    """What each document gives. One that the graph cannot be made with has failed, and it is made of the others."""
    round_ = 0
    while True:
        sound = known.where("failure = ''")
        try:
            shares_, things_ = _resolved(sound, read, tables, given)
            failed = shares_.where("failure != ''").select("document", "failure")
        except Exception:
            failed = tables.put("tried", failing(sound, given))
            if failed.isEmpty():  # it is the fault of no one document
                raise
        if failed.isEmpty():
            return _Shared(known, shares_, things_)
        round_ += 1
        why = failed.withColumnRenamed("failure", "why")
        known = known.join(why, "document", "left").withColumn("failure", F.coalesce("why", "failure")).drop("why")
        known = tables.put(f"known-{round_}", known)


def _resolved(sound: DataFrame, read: DataFrame, tables: Tables, given: Broadcast[Given]) -> tuple[DataFrame, DataFrame]:
    """What each document gives, and every thing that they name."""
    names = tables.put("names", named(sound, given))
    found = tables.put("found", found_names(names, tables, given))
    happened = events(sound, names, found, tables, given)
    noted_ = tables.put("noted", noted(names, found, happened))
    things_ = tables.put("things", things(noted_, given))
    return tables.put("shares", shares(sound, read, noted_, things_, given)), things_


def _in_order(rows: DataFrame) -> DataFrame:
    """The rows of claims.jsonl, in the order of the documents."""
    return rows.select("document", F.posexplode("rows").alias("nth", "line")).orderBy("document", "nth").select("line")


def _rejected(shares_: DataFrame) -> DataFrame:
    told = shares_.where("rejected != ''").orderBy("document")
    return told.select(F.rtrim("rejected", F.lit("\n")).alias("line"))


def _counted(table: DataFrame, column: str) -> dict[str, int]:
    """The sums of the counts in a column, by what is counted."""
    each = table.select(F.explode(column).alias("what", "times")).groupBy("what").agg(F.sum("times").alias("times"))
    return {row["what"]: row["times"] for row in each.orderBy("what").collect()}
