"""What a build takes, stage by stage, and how that grows with its documents: `python -m pipeline.bench_growth FOLDER OUT`.

A build of the documents in a folder runs in a process of its own, in which this module is run: it counts the time of processors,
which is much the same on a busy machine, and the most memory. Growth is an exponent: 1 is as the documents grow, 0 not at all.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from pipeline import build as builds
from pipeline import files, merge
from pipeline.annotate.annotator import Annotator
from pipeline.bench_documents import generate
from pipeline.extract import extract
from pipeline.ontology import load_ontology
from pipeline.read import read
from pipeline.read.find import find_documents

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = (100, 1000)  # of documents, between which growth is measured
JOBS = 2
STAGES = ("read", "extract", "resolve", "share", "store", "files", "the rest")
PEAKS = ("main process", "worker")
_PARTED = 50  # documents on which reading is told from extraction
_STEPS: Sequence[tuple[str, object, str]] = (  # of the main process: the stage of each function
    ("resolve", merge.Merger, "_resolution"),
    ("share", merge.Merger, "merge"),
    ("store", files, "build_store"),
    ("store", files, "compact_store"),
    ("store", files, "update_store"),
    ("files", files.Files, "write"),
)


def time_growth(folder: Path, aside: Path, numbers: Sequence[int] = NUMBERS, jobs: int = JOBS) -> dict[str, dict[str, float]]:
    """For builds of so many documents like those of a folder: the share of each stage in the largest ("share"), the exponents of
    growth between the first and the last ("exponent"), and the most memory of each process in MB ("peak MB").

    Of both processes and all stages together there is the growth of "time" and "memory" (of the main process).
    """
    taken = [_taken(folder, aside / f"{number}", number, jobs) for number in numbers]
    first, last = taken[0], taken[-1]

    def exponent(name: str) -> float:
        return math.log(max(last[name], 1e-3) / max(first[name], 1e-3)) / math.log(numbers[-1] / numbers[0])

    peaks = ((f"{name}, {number:,} documents", each[name]) for number, each in zip(numbers, taken, strict=True) for name in PEAKS)
    return {
        "share": {stage: last[stage] / last["time"] for stage in STAGES},
        "exponent": {name: exponent(name) for name in (*STAGES, "time")} | {"memory": exponent(PEAKS[0])},
        "peak MB": dict(peaks),
        "seconds": {f"{number:,} documents": each["time"] for number, each in zip(numbers, taken, strict=True)},
    }


def as_text(growth: Mapping[str, Mapping[str, float]]) -> str:
    """The same for people."""
    exponents = growth["exponent"]
    rows = [f"{stage:<12}{share:>14.1%}{exponents[stage]:>8.2f}" for stage, share in growth["share"].items()]
    seconds = ", ".join(f"{number} {taken:,.1f} s" for number, taken in growth["seconds"].items())
    peaks = (f"peak memory of the {name}: {peak:,.0f} MB" for name, peak in growth["peak MB"].items())
    return "\n".join(
        [
            f"{'stage':<12}{'of a build':>14}{'growth':>8}  (time of processors; growth is an exponent)",
            *rows,
            f"a build: {seconds}; growth of time {exponents['time']:.2f}, of memory {exponents['memory']:.2f}",
            *peaks,
        ]
    )


def _taken(folder: Path, aside: Path, number: int, jobs: int) -> dict[str, float]:
    """What a build of so many documents takes: seconds of each stage and of all ("time"), MB of each process."""
    generate(folder, ROOT / "ontology", aside / "in", number)
    command = [sys.executable, "-m", "pipeline.bench_growth", str(aside / "in"), str(aside / "out"), "--jobs", str(jobs)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd=ROOT)
    taken: dict[str, float] = json.loads(done.stdout)
    return taken


class _Stopwatch:
    """Counts the seconds of the processor that each stage takes, without those of the stages within it."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self._stage, self._since = "the rest", 0.0  # the start of Python is in it

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A stage lasts."""
        before = self._go_on(name)
        try:
            yield
        finally:
            self._go_on(before)

    def _go_on(self, stage: str) -> str:
        now = time.process_time()
        before, self._stage = self._stage, stage
        self.seconds[before] += now - self._since
        self._since = now
        return before

    def taken(self) -> dict[str, float]:
        """Seconds by stage, up to now."""
        self._go_on(self._stage)
        return dict(self.seconds)

    def watch(self, stage: str, owner: Any, name: str) -> None:
        """Count the time of a function, wherever it is called, to a stage."""
        function: Callable[..., Any] = getattr(owner, name)

        @wraps(function)
        def watched(*given: Any, **named: Any) -> Any:
            with self.stage(stage):
                return function(*given, **named)

        setattr(owner, name, watched)


def measured(folder: Path, out: Path, jobs: int) -> dict[str, float]:
    """What a build of a folder takes in this process and its workers. Only in a process of its own: peaks are those since its
    start, and functions are watched from then on."""
    watch = _Stopwatch()
    for stage, owner, name in _STEPS:
        watch.watch(stage, owner, name)
    builds.build(folder, out, ontology=ROOT / "ontology", jobs=jobs, clean=True)
    taken = watch.taken()
    own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    of_workers, reading = workers.ru_utime + workers.ru_stime, _reading(folder)
    taken |= {"read": of_workers * reading, "extract": of_workers * (1 - reading)}
    unit = 2**20 if sys.platform == "darwin" else 2**10  # bytes there, kilobytes elsewhere
    peaks = dict(zip(PEAKS, (own.ru_maxrss / unit, workers.ru_maxrss / unit), strict=True))
    return taken | {"time": sum(taken[stage] for stage in STAGES)} | peaks


def _reading(folder: Path) -> float:
    """The share of reading in what workers do, their start with it."""
    ontology = load_ontology(ROOT / "ontology")
    annotator = Annotator(ontology)
    paths = find_documents(folder)[:_PARTED]
    start = time.process_time()
    documents = [read(path, folder) for path in paths]
    middle = time.process_time()
    for document in documents:
        list(extract(annotator.annotate(document), ontology))
    return (middle - start) / (time.process_time() - start)


def main() -> None:
    """Print what a build takes, as JSON."""
    cli = argparse.ArgumentParser(prog="python -m pipeline.bench_growth", description="What a build takes, as JSON.")
    cli.add_argument("folder", type=Path, help="documents")
    cli.add_argument("out", type=Path, help="folder for the build")
    cli.add_argument("--jobs", type=int, default=JOBS, help=f"workers (default: {JOBS})")
    given = cli.parse_args()
    print(json.dumps(measured(given.folder, given.out, given.jobs)))


if __name__ == "__main__":
    main()
