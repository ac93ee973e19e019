"""Folders and files of any file system that Hadoop knows: file:, hdfs:, s3a: …"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from pipeline.patterns import lazy

_URI = lazy(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # a drive of Windows has one letter


def is_uri(place: str) -> bool:
    """Whether a place is named by a URI, as Hadoop has it, and not by a path of this machine."""
    return _URI.match(place) is not None


def uri_of(path: Path) -> str:
    """A path of this machine as Hadoop has it; not percent-encoded."""
    return f"file://{path.resolve().as_posix()}"


class Place:
    """A file or folder, which need not exist."""

    def __init__(self, spark: SparkSession, uri: str) -> None:
        self._spark = spark
        jvm, context = spark._jvm, spark.sparkContext._jsc
        assert jvm is not None  # not over Spark Connect
        self._new: Any = jvm.org.apache.hadoop.fs.Path
        self._text: Any = jvm.java.lang.String
        path = self._new(uri)
        self._system: Any = path.getFileSystem(context.hadoopConfiguration())
        self._path: Any = self._system.makeQualified(path)
        self.uri = str(self._path.toString())

    @property
    def parent(self) -> Place:
        """The folder that it is in."""
        return Place(self._spark, self.uri.rpartition("/")[0])

    def __truediv__(self, name: str) -> Place:
        return Place(self._spark, f"{self.uri}/{name}")

    def exists(self) -> bool:
        """Whether there is anything."""
        return bool(self._system.exists(self._path))

    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.exists() and bool(self._system.getFileStatus(self._path).isDirectory())

    def names(self) -> list[str]:
        """What stands in it, sorted; nothing where there is none."""
        return sorted(each.getPath().getName() for each in self._system.listStatus(self._path)) if self.exists() else []

    def remove(self) -> None:
        """Remove it with all that it holds, where there is any."""
        self._system.delete(self._path, True)

    def move(self, other: Place) -> None:
        """Give it the name of a place where there is nothing. Raises OSError."""
        if not self._system.rename(self._path, other._path):
            raise OSError(None, f"{self.uri} could not be moved")

    def write(self, text: str) -> None:
        """Make it a file with a text."""
        stream = self._system.create(self._path, True)
        try:
            stream.write(bytearray(text, "utf-8"))
        finally:
            stream.close()

    def fetch(self, path: Path) -> None:
        """Copy it to a path of this machine."""
        self._system.copyToLocalFile(False, self._path, self._new(uri_of(path)), True)
