"""The tables of a graph → its files: parts for any bulk loader on any file system, or a build of an output folder.

    OUT/graph/quads/part-*.nq          N-Quads: data, what the rules add (also in its graph), ontology; each once, sorted in parts
    OUT/graph/claims/part-*.jsonl      one after the other, what the plain engine writes into one file
    OUT/graph/rejected/part-*.jsonl
    OUT/graph/report.json, _SUCCESS    last: without it the folder is not whole

An output folder of this machine is built into as the plain engine does (builds.py), with the parts of N-Quads beside the store.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from pyspark.sql import DataFrame

from pipeline.builds import CLAIMS_FILE, GRAPH, REJECTED, REPORT, STORE
from pipeline.renew import Report, report_text
from pipeline.spark.places import Place
from pipeline.store import load_store, open_store
from pipeline.terms import NAMESPACES, data_namespaces
from pipeline.turtle_writer import turtle

WHOLE, QUADS, CLAIMS, REJECTED_PARTS = "graph", "quads", "claims", "rejected"
_DONE = "_SUCCESS"


class Written(NamedTuple):
    """Tables of lines, column line: N-Quads, in any order; rows of claims and of what was rejected, in theirs."""

    quads: DataFrame
    claims: DataFrame
    rejected: DataFrame


def write_parts(tables: Written, folder: Place) -> None:
    """Write tables as parts into a folder."""
    _write(tables.quads.distinct().sortWithinPartitions("line"), folder / QUADS, "nq")
    _write(tables.claims, folder / CLAIMS, "jsonl")
    _write(tables.rejected, folder / REJECTED_PARTS, "jsonl")


def _write(lines: DataFrame, folder: Place, suffix: str) -> None:
    lines.write.option("lineSep", "\n").text(folder.uri)
    parts = [name for name in folder.names() if name.startswith("part-")]
    for number, name in enumerate(parts):
        (folder / name).move(folder / f"part-{number:05}.{suffix}")
    (folder / _DONE).remove()


def publish(made: Place, folder: Place, report: Report) -> None:
    """Let what was made aside take the place of the last graph; it is whole once the mark of success stands in it."""
    (made / REPORT).write(report_text(report))
    folder.remove()
    made.move(folder)
    (folder / _DONE).write("")


def complete(folder: Path, report: Report, base: str, *, with_ontology: bool) -> None:
    """Make of the parts in the folder of a build all files that the plain engine makes."""
    for sums in folder.rglob(".*.crc"):  # Hadoop's own
        sums.unlink()
    for parts, name in ((CLAIMS, CLAIMS_FILE), (REJECTED_PARTS, REJECTED)):
        with (folder / name).open("wb") as whole:
            for part in sorted((folder / parts).iterdir()):
                with part.open("rb") as file:
                    shutil.copyfileobj(file, whole)
        shutil.rmtree(folder / parts)
    load_store(folder / STORE, sorted((folder / QUADS).iterdir()))
    lines = open_store(folder).lines(with_ontology=with_ontology)
    (folder / GRAPH).write_text(turtle(lines, NAMESPACES | data_namespaces(base)), encoding="utf-8", newline="\n")
    (folder / REPORT).write_text(report_text(report), encoding="utf-8")
