"""Builds that are killed before each of their steps, one after the other: python -m tests.faults SCENARIO FOLDER.

A step is whatever changes the file system. The store is a real one, what is read is not: the text of the one document is the
text of everything that comes of it, so that a mix shows. A line of JSON a step tells what was found after the kill, and what the
next build left. Everything happens in forks of one process, which has loaded what it needs and opened no store.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import build as stages
from pipeline.builds import BUILDS, CACHE, FILES, STORE, hold
from pipeline.kept import Outcome, Shelf
from pipeline.progress import Progress
from pipeline.renew import INPUTS, Made, Order, Report, Source, inputs_sha256, renew, report_text
from pipeline.store import build_store, open_store

STEPS = {"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate"}
SCENARIOS = ("first", "next", "older", "linkless")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
ONTOLOGY = Path(__file__).parent.parent / "ontology" / "rules"  # small: it is hashed only


def write_build(
    order: Order, shelf: Shelf, sources: Sequence[Source], left_out: Mapping[str, str], folder: Path, progress: Progress
) -> Made:
    """In the place of build.make: a build whose files and store hold the text of the document."""
    told = sources[0].path.read_text(encoding="utf-8")
    shelf.put(Outcome(sources[0].below, failure=told, fingerprint=sources[0].fingerprint), "a")
    build_store(folder / STORE, f'<https://x.org/s> <https://x.org/p> "{told}" .\n')
    report = Report(1, {}, {told: 1}, {}, 1)
    for file in FILES:
        (folder / file).write_text(report_text(report) if file == "report.json" else told, encoding="utf-8")
    (folder / INPUTS).write_text(inputs_sha256(order, shelf.made_with, sources, left_out), encoding="ascii")
    return Made(report, frozenset({shelf.key(sources[0].fingerprint, sources[0].below, "a")}), frozenset())


def ordered(folder: Path, told: str) -> Order:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "a.txt").write_text(told, encoding="utf-8")
    return Order(folder / "in", folder / "out", ONTOLOGY, 0.5, "https://x.org/")


def found(out: Path) -> set[str]:
    """What the build that a reader gets says, by its files and by its store; one text where it is whole."""
    store = open_store(out)
    said = {row[0] or "" for row in store.select("SELECT ?o { ?s ?p ?o }")}
    return said | {_told(store.folder / file) for file in FILES}


def _told(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    return next(iter(json.loads(text)["claims"])) if file.name == "report.json" else text


def left(out: Path) -> list[str]:
    """Everything in an output folder but what is within a build, numbers of builds as N, entries of the cache as E."""
    names = [path.relative_to(out).as_posix() for path in (*out.iterdir(), *(out / BUILDS).iterdir(), *(out / CACHE).iterdir())]
    current = hold(out).folder.name
    return sorted(name.replace(f"{BUILDS}/{current}", f"{BUILDS}/N") if len(name) < 64 else f"{CACHE}/E" for name in names)


def flatten(out: Path) -> None:
    """Give a folder the older layout, in which the one build lay in it."""
    folder = hold(out).folder
    for name in (*FILES, STORE):
        (out / name).unlink(missing_ok=True)
        (folder / name).rename(out / name)
    shutil.rmtree(out / BUILDS)
    shutil.rmtree(out / CACHE, ignore_errors=True)
    (out / "current").unlink()


def _die_before(step: int, order: Order) -> int:
    """Build, and be killed before so many steps are done."""
    count = 0

    def watch(event: str, given: tuple[Any, ...]) -> None:
        nonlocal count
        if event in STEPS and (event != "open" or (isinstance(given[2], int) and given[2] & _WRITING)):
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    return renew(order).documents


def in_a_fork(work: Callable[[], object]) -> Any:
    """What a function gives in a child; None where that is killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            said = json.dumps(work())
        except BaseException as error:
            said = json.dumps(f"{type(error).__name__}: {error}")
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said_by = answer.read()
    return json.loads(said_by) if os.waitpid(child, 0)[1] == 0 else None


def _no_link(*_: object, **__: object) -> None:
    raise OSError("A required privilege is not held by the client")


def main(scenario: str, folder: Path) -> None:
    stages.make = write_build
    if scenario == "linkless":
        os.symlink = _no_link
    out, kept = folder / "out", folder / "kept"
    if scenario != "first":
        in_a_fork(lambda: renew(ordered(folder, "old")).documents)
        if scenario == "older":
            in_a_fork(lambda: flatten(out))
        shutil.copytree(out, kept, symlinks=True)
    order, step, ended = ordered(folder, "new"), 0, None
    while ended is None:
        step += 1
        shutil.rmtree(out, ignore_errors=True)
        if kept.exists():
            shutil.copytree(kept, out, symlinks=True)
        ended = in_a_fork(partial(_die_before, step, order))
        seen = in_a_fork(lambda: sorted(found(out)))
        beside = in_a_fork(lambda: sorted({_told(out / file) for file in FILES if (out / file).exists()}))
        again = in_a_fork(lambda: renew(order).documents)
        after = in_a_fork(lambda: [sorted(found(out) | {_told(out / file) for file in FILES}), left(out)])
        print(json.dumps({"ended": ended, "seen": seen, "beside": beside, "again": again, "after": after}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
