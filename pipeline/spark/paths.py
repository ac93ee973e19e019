"""Property paths over a table of triples: which terms each path leads from and to."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812
from rdflib import URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

from pipeline import terms as t

Steps = Callable[[DataFrame], DataFrame]
"""Of triples (s, p, o) the pairs (s, o) of terms that a path leads from and to, each once."""


class UnsupportedError(Exception):
    """An operator of SPARQL that is not run on tables, by its name."""


def steps(path: object, start: str | None = None, end: str | None = None) -> Steps:
    """The pairs of a path, from `start` and to `end` alone where these are given. Raises UnsupportedError.

    A path of no step leads from every subject and object of the triples to itself; as in the store, from nothing else.
    """
    if isinstance(path, URIRef):
        return _ended(_predicate(path), start, end)
    if isinstance(path, InvPath):
        inner = steps(path.arg, end, start)
        return lambda triples: _turned(inner(triples))
    if isinstance(path, SequencePath):
        first, last = 0, len(path.args) - 1
        parts = [steps(part, start if at == first else None, end if at == last else None) for at, part in enumerate(path.args)]
        return lambda triples: reduce(_followed, (part(triples) for part in parts))
    if isinstance(path, AlternativePath):
        ways = [steps(way, start, end) for way in path.args]
        return lambda triples: reduce(DataFrame.union, (way(triples) for way in ways)).distinct()
    if isinstance(path, MulPath):
        return _repeated(path, start, end)
    raise UnsupportedError(f"path {type(path).__name__}")


def kept(frame: DataFrame) -> DataFrame:
    """A table that is computed now, once, and whose plan is forgotten. It is kept in the checkpoint folder of the session, which
    outlives the loss of an executor, or with the executors where the session has none."""
    folder = frame.sparkSession.sparkContext.getCheckpointDir()
    return frame.checkpoint() if folder else frame.localCheckpoint()


def _predicate(path: URIRef) -> Steps:
    return lambda triples: triples.where(F.col("p") == t.iri(path)).select("s", "o").distinct()


def _repeated(path: MulPath, start: str | None, end: str | None) -> Steps:
    """`+`, `*` and `?`. From one end alone where there is one, so that not every pair is made."""
    if start is None and end is not None:
        backward = _repeated(MulPath(InvPath(path.path), path.mod), end, None)
        return lambda triples: _turned(backward(triples))
    step, first = steps(path.path), steps(path.path, start)

    def pairs(triples: DataFrame) -> DataFrame:
        if path.mod == "?":
            found = first(triples)
        else:
            begun = kept(first(triples))
            found = _closure(begun, begun if start is None else kept(step(triples)))
        if path.mod != "+":
            found = found.union(_ended(_nodes, start, None)(triples)).distinct()
        return found

    return _ended(pairs, None, end)


def _closure(found: DataFrame, step: DataFrame) -> DataFrame:
    """The pairs of one `step` or more that begin with those found, semi-naive: only what is new is followed further.

    It takes as many rounds as the longest way has steps, whatever circles there are.
    """
    fresh = found
    onward = step.select(F.col("s").alias("o"), F.col("o").alias("next"))
    while not fresh.isEmpty():
        further = fresh.join(onward, "o").select("s", F.col("next").alias("o")).distinct()
        fresh = kept(further.join(found, ["s", "o"], "left_anti"))
        found = found.union(fresh)
    return found


def _nodes(triples: DataFrame) -> DataFrame:
    """Every term that a triple begins or ends with, as a pair with itself."""
    terms = triples.select("s").union(triples.select("o")).distinct()
    return terms.select("s", F.col("s").alias("o"))


def _ended(pairs: Steps, start: str | None, end: str | None) -> Steps:
    def chosen(triples: DataFrame) -> DataFrame:
        found = pairs(triples)
        for place, term in (("s", start), ("o", end)):
            found = found if term is None else found.where(F.col(place) == term)
        return found

    return chosen


def _turned(pairs: DataFrame) -> DataFrame:
    return pairs.select(F.col("o").alias("s"), F.col("s").alias("o"))


def _followed(first: DataFrame, second: DataFrame) -> DataFrame:
    """The pairs of two steps, one after the other."""
    onward = second.select(F.col("s").alias("o"), F.col("o").alias("next"))
    return first.join(onward, "o").select("s", F.col("next").alias("o")).distinct()
