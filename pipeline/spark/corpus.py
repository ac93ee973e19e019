"""Where documents come from: a folder that every executor sees, files of any Hadoop file system, or a Parquet table of documents.

A table has the columns path (text, below the corpus, with "/") and content (bytes); its name ends in .parquet.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812

from pipeline.errors import UsageError
from pipeline.kept import fingerprint
from pipeline.patterns import lazy
from pipeline.read.decode import LIMIT
from pipeline.read.find import CORRECTIONS, HIDDEN, REVIEW, Found, documents_in, path_below, root_of, why_left_out
from pipeline.spark.places import Place
from pipeline.spark.tables import Row, mapped

_LISTED = "file binary, path string, fingerprint string, left_out string"
TABLE = ".parquet"
_IGNORED = "spark.sql.files.ignoredPathSegmentRegex"
Step = Callable[[Iterator[tuple[Row, Path]]], Iterable[Row]]


class Corpus(Protocol):
    """The documents of a corpus as tables."""

    def listed(self) -> DataFrame:
        """Every file that is a document, and every one that was left out, with why: columns file (what opens it, in bytes), path
        below the corpus, fingerprint, left_out."""

    def left_out(self, listed: DataFrame) -> dict[str, str]:
        """What is no document, path below the corpus → why."""

    def opened(self, documents: DataFrame, tasks: int, step: Step, schema: str) -> DataFrame:
        """What `step` makes of the rows of documents, whose first column is `file`, each with a path that can be opened."""


class Local:
    """The documents of a folder, or a file, that every executor sees at the same path."""

    def __init__(self, found: Found, corpus: Path, spark: SparkSession) -> None:
        self._found, self._root, self._spark = found, root_of(corpus), spark

    def listed(self) -> DataFrame:
        """As of every corpus."""
        rows = [(os.fsencode(path), path_below(path, self._root)) for path in self._found.documents]
        return mapped(self._spark.createDataFrame(rows, "file binary, path string"), _printed, _LISTED)

    def left_out(self, listed: DataFrame) -> dict[str, str]:
        """As of every corpus; it is known already."""
        return self._found.left_out

    def opened(self, documents: DataFrame, tasks: int, step: Step, schema: str) -> DataFrame:
        """As of every corpus."""
        return mapped(documents.repartition(tasks), lambda rows: step((row, _path(row[0])) for row in rows), schema)


def _path(file: bytes) -> Path:
    return Path(os.fsdecode(file))


def _printed(rows: Iterable[Row]) -> Iterator[Row]:
    return ((file, path, fingerprint(_path(file)), "") for file, path in rows)


class Remote:
    """The documents in a table of files: columns path, content (null where it is too long to be read), length."""

    def __init__(self, files: DataFrame, root: str) -> None:
        self._files, self._root = files, root

    @classmethod
    def of_files(cls, place: Place, out: Place, spark: SparkSession) -> Remote:
        """The files below a folder, or one, but for those of the output. What a name begins with is no reason to ignore it:
        _甲.txt is a document."""
        before = spark.conf.get(_IGNORED) or ""
        spark.conf.set(_IGNORED, "$.")  # fits nothing
        try:
            found = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(place.uri)
        finally:
            spark.conf.set(_IGNORED, before)
        whole = found.where(F.col("length") <= LIMIT).select("path", "content", "length")
        long = found.where(F.col("length") > LIMIT).select("path", F.lit(None).cast("binary").alias("content"), "length")
        files = whole.union(long).union(_empty(found)).where(~F.startswith("path", F.lit(f"{out.uri}/")))
        return cls(files, (place if place.is_folder() else place.parent).uri)

    @classmethod
    def of_table(cls, place: Place, spark: SparkSession) -> Remote:
        """The rows of a Parquet table. Raises UsageError where it lacks a column."""
        table = spark.read.parquet(place.uri)
        if not {"path", "content"} <= {*table.columns}:
            raise UsageError(f"{place.uri}: is no table of documents. Give it the columns path (text) and content (bytes).")
        return cls(table.select("path", "content", F.lit(0).cast("bigint").alias("length")), "")

    def left_out(self, listed: DataFrame) -> dict[str, str]:
        """As of every corpus."""
        gone = listed.where("left_out != ''").select("path", "left_out").distinct().orderBy("path")
        return {row["path"]: row["left_out"] for row in gone.collect()}

    def listed(self) -> DataFrame:
        """As of every corpus."""
        return mapped(self._files, partial(_listed, root=self._root), _LISTED)

    def opened(self, documents: DataFrame, tasks: int, step: Step, schema: str) -> DataFrame:
        """As of every corpus: the content is joined to the documents, and put into a file for as long as they are read."""
        files = self._files.select(F.col("path").alias("held"), "content", "length")
        holder = F.split_part(F.decode("file", "utf-8"), F.lit(_WITHIN), F.lit(1))
        rows = documents.join(files, holder == F.col("held")).repartition(tasks)
        return mapped(rows, lambda rows: step(_unpacked(rows)), schema)


def _empty(found: DataFrame) -> DataFrame:
    """The files without a byte, of which Spark has the names but no rows."""
    names = [(_NO_HOST.sub(r"\1:/", unquote(uri)),) for uri in found.inputFiles()]
    empty = found.sparkSession.createDataFrame(names, "path string").join(found.select("path"), "path", "left_anti")
    return empty.select("path", F.lit(b"").alias("content"), F.lit(0).cast("bigint").alias("length"))


_NO_HOST = lazy("^([A-Za-z0-9+.-]+):///")  # file:///a, which elsewhere is file:/a
_WITHIN = "\0"  # parts the path of an archive from that of the file in it


def _listed(rows: Iterable[Row], root: str) -> Iterator[Row]:
    for path, content, length in rows:
        below = path.removeprefix(root).lstrip("/")
        left_out, why = _why_left_out(below)
        if why:
            yield b"", left_out, "", why
            continue
        with _as_file(below, content, length) as file:
            for document in documents_in(file):
                within = path_below(document, file) if document != file else ""
                why = why_left_out(document.name) if within else ""
                opens = f"{path}{_WITHIN}{within}" if within else path
                yield opens.encode(), f"{below}/{within}" if within else below, "" if why else fingerprint(document), why


def _why_left_out(below: str) -> tuple[str, str]:
    """What of a path below the corpus is no document, and why: the file, or a hidden folder around it."""
    if below == REVIEW:
        return below, CORRECTIONS
    *folders, name = below.split("/")
    for depth, folder in enumerate(folders, 1):
        if (why := why_left_out(folder)) == HIDDEN:
            return "/".join(folders[:depth]), why
    return below, why_left_out(name)


def _unpacked(rows: Iterable[Row]) -> Iterator[tuple[Row, Path]]:
    """Rows of documents without what was joined to them, each with a file of its content that stays until the next."""
    for *row, held, content, length in rows:
        within = row[0].decode().partition(_WITHIN)[2]
        with _as_file(held, content, length) as file:
            yield tuple(row), file / within if within else file


@contextmanager
def _as_file(path: str, content: bytes | None, length: int) -> Iterator[Path]:
    """A file of the name that `path` ends in. Of one that is too long to be read there is only the length."""
    with tempfile.TemporaryDirectory(prefix="zhimai-") as folder:
        file = Path(folder, path.rpartition("/")[2] or "document")
        file.write_bytes(content or b"")
        if content is None:
            os.truncate(file, length)
        yield file
