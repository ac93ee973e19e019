"""Slips put into the code at random, and whether the tests notice: `make mutants`.

    python -m tests.mutants [--number 50] [--seed N] [--jobs 2] [--within pipeline/extract]

First each file of tests, all those of a layer, or each file of texts runs by itself on a copy of the code whose functions note
that they were called; what fails there is left out, and said so. Then each slip is put into a copy, and the files that called its
function run, the quickest first, until a test fails. A line outside of functions is called by the tests that call anything of its
folder, or of a module that imports it. A slip lives where no test fails, also where the tests that are left would take more than
SECONDS. Every run is a fork of one process that has imported what the tests need from elsewhere, but nothing of ours. Tests of
what is left alone do not run (NOT_RUN), nor those of time; SLOW ones do only for a slip in the module that they are about.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.slips import ROOT, Slip, changed, chosen, modules

COPIED = ("pipeline", "ontology", "tests", "corpus", "pyproject.toml")
NOT_RUN = ("test_read", "test_docs", "test_bench", "test_install", "test_growth", "test_patterns", "test_mutants")
# Only for a slip in the module that they are about; "" for no module.
SLOW = {
    "test_workers": "workers",
    "test_limited": "limited",
    "test_streams": "cli",
    "test_sparql": "sparql",
    "test_questions": "",
    "test_gold": "",
}
LAYERS = ("test_annotate", "test_extract")
TEXTS = "test_golden_texts.py"
WARM = ("jieba", "numpy", "opencc", "pyoxigraph", "pypdfium2", "rdflib", "rich", "rjieba", "selectolax", "typer", "pygments")
HANGS = 120  # seconds after which a test that waits for something that does not come has failed
SECONDS = 90  # of the processor that a slip is worth
ENDLESS = 600  # of the processor: more than any file of tests takes
RAN = '''"""Notes each function that is called, once a process."""
from pathlib import Path
_seen = set()
def ran(function):
    if function not in _seen:
        _seen.add(function)
        with Path(__file__).with_name("ran").open("a") as notes:
            notes.write(function + "\\n")
'''


class Outcome(NamedTuple):
    """What came of running tests: the first that failed ("" where none did), seconds of the processor, the functions called."""

    failed: str
    seconds: float
    called: frozenset[str] = frozenset()


class Verdict(NamedTuple):
    """What became of a slip: the test that noticed, or none; and whether any test ran it."""

    slip: Slip
    caught_by: str
    was_run: bool


def marked(module: str, source: str) -> str:
    """The source of a module with a note at the head of each function."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            note = ast.parse(f"__import__('pipeline.ran').ran.ran({_key(module, node)!r})").body
            at = int(ast.get_docstring(node, clean=False) is not None)
            node.body[at:at] = note
    return ast.unparse(tree)


def _key(module: str, node: ast.stmt) -> str:
    return f"{module}:{node.lineno}"


def files_for(found: Sequence[Slip]) -> list[str]:
    """The files of tests that may notice one of the slips; those of one LAYER together, which share what is slow to make, and the
    TEXTS each apart, which are many.
    """
    about = {Path(slip.module).stem for slip in found}
    slow = {test for test, module in SLOW.items() if module not in about}
    paths = sorted((ROOT / "tests").glob("test_*.py"))
    names = [path.name for path in paths if path.stem not in slow and not path.stem.startswith(NOT_RUN)]
    layers = [" ".join(name for name in names if name.startswith(layer)) for layer in LAYERS]
    texts = [f"{TEXTS}::test_what_comes_of_every_text[{path.stem}]" for path in sorted((ROOT / "tests" / "texts").iterdir())]
    others = [name for name in names if not name.startswith((*LAYERS, TEXTS))]
    return [*layers, f"{TEXTS}::test_what_comes_of_every_row", *texts, *others]


def callers(slip: Slip, source: str, outcomes: dict[str, Outcome]) -> list[str]:
    """The files of tests that a slip is tried on, the quickest first."""
    functions = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.body[0].lineno <= slip.line <= (node.end_lineno or 0)
    ]
    if functions:
        beginnings: tuple[str, ...] = (_key(slip.module, functions[-1]) + "\n",)  # the innermost comes last
    else:
        beginnings = tuple(_users(slip.module))
    files = [file for file, outcome in outcomes.items() if any(f"{key}\n".startswith(beginnings) for key in outcome.called)]
    files.sort(key=lambda file: outcomes[file].seconds)
    spent = accumulate(outcomes[file].seconds for file in files)
    return [file for file, seconds in zip(files, spent, strict=True) if seconds <= SECONDS]


def _users(module: str) -> list[str]:
    """Beginnings of the functions that may use what a module names: its folder, or itself and what imports it."""
    folder = module.rsplit("/", 1)[0]
    if folder != "pipeline":
        return ["/".join(module.split("/")[:2]) + "/"]
    name = module.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    return [module, *(path for path in modules() if f"from {name} import" in (ROOT / path).read_text(encoding="utf-8"))]


class _FirstFailure:
    """A plugin of pytest that remembers the first test that failed."""

    def __init__(self) -> None:
        self.name = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.name:
            self.name = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.name:
            self.name = report.nodeid


def first_failure(copy: Path, files: Sequence[str], seconds: float = ENDLESS) -> Outcome:
    """Run files of tests in a copy of the project, in a fork of this process, until one fails or takes more of the processor."""
    ran, said = copy / "pipeline" / "ran", copy / "said"
    for path in (ran, said):
        path.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (ceil(seconds), ceil(seconds)))
            _test(copy, files, said)
        finally:
            os._exit(1)
    _, status, used = os.wait4(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what the tests left behind
    failed = said.read_text(encoding="utf-8") if said.exists() else f"ended with status {status}"
    called = frozenset(ran.read_text(encoding="utf-8").split()) if ran.exists() else frozenset()
    return Outcome(failed, used.ru_utime + used.ru_stime, called)


def _test(copy: Path, files: Sequence[str], said: Path) -> None:
    os.setsid()
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(silence, stream)
    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy)
    sys.path[:] = [str(copy), *(path for path in sys.path if Path(path) != ROOT)]
    for name in [name for name in sys.modules if name.split(".")[0] in ("tests", "pipeline")]:
        del sys.modules[name]
    first = _FirstFailure()
    options = ["-x", "-q", "-k", "not time_grows", "-p", "no:cacheprovider", f"--timeout={HANGS}", f"--basetemp={copy / 'tmp'}"]
    code = pytest.main([*options, *(f"tests/{name}" for name in " ".join(files).split())], plugins=[first])
    said.write_text(first.name or ("" if code == 0 else f"exit {code}"), encoding="utf-8")


class _Worker:
    """What a worker process has: a copy of the project to put slips into, and one whose functions note their calls."""

    plain: Path
    noting: Path


def _begin(folder: str) -> None:
    _Worker.plain, _Worker.noting = Path(folder, f"{os.getpid()}"), Path(folder, f"{os.getpid()}-noting")
    for copy in (_Worker.plain, _Worker.noting):
        copy.mkdir()
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, copy)
    for module in modules():
        file = _Worker.noting / module
        file.write_text(marked(module, file.read_text(encoding="utf-8")), encoding="utf-8")
    (_Worker.noting / "pipeline" / "ran.py").write_text(RAN, encoding="utf-8")


def _unchanged(file: str) -> Outcome:
    return first_failure(_Worker.noting, [file])


def _try_out(task: tuple[Slip, list[str], float]) -> Verdict:
    """Make a slip in the copy of the project, run its tests, and put the module right again.

    A slip with which they take three times as long has made one of them hang.
    """
    slip, files, seconds = task
    if not files:
        return Verdict(slip, "", was_run=False)
    module = _Worker.plain / slip.module
    source = module.read_text(encoding="utf-8")
    module.write_text(changed(slip, source), encoding="utf-8")
    try:
        return Verdict(slip, first_failure(_Worker.plain, files, 3 * seconds + 10).failed, was_run=True)
    finally:
        module.write_text(source, encoding="utf-8")


def report(number: int, of: int, verdict: Verdict, source: str) -> None:
    """Say that a slip lives, and where."""
    slip = verdict.slip
    before = source.encode()[slip.start : slip.end].decode()
    why = "" if verdict.was_run else " (no test runs it)"
    print(f"{number}/{of} lives{why}: {slip.module}:{slip.line}: {before!r} → {slip.new!r}", flush=True)


def main() -> int:
    """Print each slip that lives and the share of those caught; 1 where it is below `--least`."""
    parser = argparse.ArgumentParser(description="Put slips into the code and see whether the tests notice.")
    parser.add_argument("--number", type=int, default=50, help="how many slips")
    parser.add_argument("--seed", type=int, default=None, help="of the draw; another one each time unless given")
    parser.add_argument("--jobs", type=int, default=2, help="how many are tried at once")
    parser.add_argument("--within", default="pipeline/", help="only modules whose path begins with this")
    parser.add_argument("--least", type=float, default=0.8, help="share that must be caught")
    given = parser.parse_args()
    seed = random.randrange(10**6) if given.seed is None else given.seed
    found = chosen(given.number, seed, given.within)
    sources = {slip.module: (ROOT / slip.module).read_text(encoding="utf-8") for slip in found}
    for name in WARM:
        importlib.import_module(name)
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, multiprocessing.get_context("fork").Pool(given.jobs, _begin, (folder,)) as pool:
        files = files_for(found)
        outcomes = dict(zip(files, pool.imap(_unchanged, files), strict=True))
        for name, outcome in [*outcomes.items()]:
            if outcome.failed:  # which could notice nothing
                print(f"left out, since it fails without any slip: {outcome.failed}", file=sys.stderr)
                del outcomes[name]
        print(f"{len(found)} slips, seed {seed}; tests alone took {time.monotonic() - start:.0f} s", flush=True)
        tasks = []
        for slip in found:
            tried_on = callers(slip, sources[slip.module], outcomes)
            tasks.append((slip, tried_on, sum(outcomes[file].seconds for file in tried_on)))
        caught = 0
        for number, verdict in enumerate(pool.imap(_try_out, tasks), 1):
            caught += bool(verdict.caught_by)
            if not verdict.caught_by:
                report(number, len(found), verdict, sources[verdict.slip.module])
    print(f"caught: {caught} of {len(found)}, {caught / len(found):.0%}, in {time.monotonic() - start:.0f} s")
    return int(caught / len(found) < given.least)


if __name__ == "__main__":
    sys.exit(main())
