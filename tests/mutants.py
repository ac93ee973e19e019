"""Slips put into the code at random, and whether the tests notice: `make mutants`.

    python -m tests.mutants [--number 50] [--seed N] [--jobs 2] [--within pipeline/extract]

A slip changes one place of one module: a comparison, a condition, a number, a word, `and` or `or`, a statement that is left
out. The golden files run first, then the tests that are named after the module, then others, until one fails. A slip that no
test notices is printed with its line, and the share of those caught at the end. Left alone are reading (pipeline/read has its
own corpora), messages of errors, annotations and docstrings.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
COPIED = ("pipeline", "ontology", "tests", "corpus", "pyproject.toml")
LEFT_ALONE = ("pipeline/read/", "pipeline/bench.py", "pipeline/__main__.py")
NOT_RUN = (
    "test_read",
    "test_docs",
    "test_bench",
    "test_install",
    "test_growth",
    "test_patterns",
)  # of what is left alone, or slow
ONLY_OWN = (  # tests that run only for the modules that they are named after: slow, or of one layer
    *("test_annotate", "test_extract", "test_recognizers", "test_workers", "test_limited", "test_streams", "test_questions"),
    *("test_audit", "test_shapes", "test_contract", "test_api", "test_gold", "test_build"),
)
HANGS = 60  # seconds after which a test that a slip makes hang has noticed it
SECONDS = 600  # after which a slip is taken to live
_OPPOSITE: dict[type[ast.AST], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is", ast.Add: "-", ast.Sub: "+",
}  # fmt: skip

Span = Callable[[ast.expr | ast.stmt], tuple[int, int]]  # first and last byte of a node


class Slip(NamedTuple):
    """source[start:end] of a module becomes `new`; `line` counts from 1."""

    module: str  # its path below the root
    line: int
    start: int
    end: int
    new: str


class Verdict(NamedTuple):
    """What became of a slip: the test that noticed, or none."""

    slip: Slip
    caught_by: str


def slips(module: str, source: str) -> Iterator[Slip]:
    """Every slip that could be made in a module."""
    tree = ast.parse(source)
    starts = [0]  # of each line, in bytes: the columns of ast count bytes of UTF-8
    for line in source.encode().split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)

    def span(node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    code = source.encode()
    for node in _live(tree):
        if not isinstance(node, ast.expr | ast.stmt):
            continue
        for begin, end, new in _changes(node, code, span):
            yield Slip(module, node.lineno, begin, end, new)


def _live(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that decide something: no annotation, docstring, message or string that is formatted."""
    if isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr | ast.AnnAssign | ast.Import | ast.ImportFrom):
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            yield from _live(node.value)
        return
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _live(child)


def _changes(node: ast.expr | ast.stmt, code: bytes, span: Span) -> Iterator[tuple[int, int, str]]:
    begin, end = span(node)
    if isinstance(node, ast.Compare | ast.BinOp):
        left, right, operator = (
            (node.left, node.comparators[0], node.ops[0]) if isinstance(node, ast.Compare) else (node.left, node.right, node.op)
        )
        if type(operator) in _OPPOSITE:
            yield span(left)[1], span(right)[0], f" {_OPPOSITE[type(operator)]} "
    elif isinstance(node, ast.BoolOp):
        word = " or " if isinstance(node.op, ast.And) else " and "
        yield span(node.values[0])[1], span(node.values[1])[0], word
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield begin, end, code[slice(*span(node.operand))].decode()
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        first, last = span(node.test)
        yield first, last, f"not ({code[first:last].decode()})"
    elif isinstance(node, ast.Constant):
        new = _other(node.value)
        if new:
            yield begin, end, new
    elif isinstance(node, ast.Continue):
        yield begin, end, "break"
    elif isinstance(node, ast.AugAssign) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield begin, end, "pass"


def _other(value: object) -> str:
    if isinstance(value, bool):
        return repr(not value)
    if isinstance(value, int):
        return repr(value + 1)
    if isinstance(value, float):
        return repr(round(value / 2, 3))
    if isinstance(value, str) and value:
        return repr(value[:-1]) if _compiles(value[:-1]) or not _compiles(value) else ""
    return ""


def _compiles(pattern: str) -> bool:
    """Whether a string could be a regular expression: one that no longer is would be caught by the import alone."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def valid(slip: Slip, source: str) -> bool:
    """Whether the module still compiles, and to something else."""
    try:
        return ast.dump(ast.parse(changed(slip, source))) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False


def changed(slip: Slip, source: str) -> str:
    """The source of the module with the slip in it."""
    code = source.encode()
    return (code[: slip.start] + slip.new.encode() + code[slip.end :]).decode()


def chosen(number: int, seed: int, within: str) -> list[Slip]:
    """`number` slips drawn with `seed`, each place of the code as likely as the others."""
    names = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("pipeline/**/*.py"))]
    names = [name for name in names if name.startswith(within) and not name.startswith(LEFT_ALONE)]
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in names}
    every = [slip for name, text in texts.items() for slip in slips(name, text)]
    random.Random(seed).shuffle(every)
    return [slip for slip in every[: 2 * number] if valid(slip, texts[slip.module])][:number]


def test_files(module: str) -> list[str]:
    """The tests to run for a slip in `module`: the golden files, those named after it, then the quick ones of others."""
    words = set(Path(module).with_suffix("").parts[1:]) - {"__init__"}
    files = [path for path in sorted((ROOT / "tests").glob("test_*.py")) if not path.stem.startswith(NOT_RUN)]
    own = [path for path in files if words & set(path.stem.split("_"))]
    own.sort(key=lambda path: -len(words & set(path.stem.split("_"))))
    others = [path for path in files if path not in own and not path.stem.startswith(ONLY_OWN)]
    return [path.name for path in dict.fromkeys([ROOT / "tests" / "test_golden.py", *own, *others])]


def try_out(slip: Slip, copy: Path) -> Verdict:
    """Make the slip in a copy of the project, run its tests, and put the module right again."""
    module = copy / slip.module
    source = module.read_text(encoding="utf-8")
    module.write_text(changed(slip, source), encoding="utf-8")
    try:
        return Verdict(slip, first_failure(copy, test_files(slip.module)))
    finally:
        module.write_text(source, encoding="utf-8")


def first_failure(copy: Path, files: Sequence[str]) -> str:
    """The first test that fails in a copy of the project; "" where none does."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-rfE", "-p", "no:cacheprovider", f"--timeout={HANGS}"]
    env = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [*command, *(f"tests/{name}" for name in files)],
            cwd=copy, env=env, timeout=SECONDS, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return ""
    failed = [line for line in done.stdout.split("\n") if line.startswith(("FAILED", "ERROR"))]
    return "" if done.returncode == 0 else failed[0] if failed else f"exit {done.returncode}"


def run(found: Sequence[Slip], jobs: int) -> Iterator[Verdict]:
    """The verdict on each slip, in order, with `jobs` copies of the project."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            copies.put(_copy(Path(folder, str(number))))

        def one(slip: Slip) -> Verdict:
            copy = copies.get()
            try:
                return try_out(slip, copy)
            finally:
                copies.put(copy)

        yield from pool.map(one, found)


def _copy(target: Path) -> Path:
    target.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return target


def main() -> int:
    """Print each slip that lives and the share of those caught; 1 where it is below `--least`, 2 where tests fail without one."""
    parser = argparse.ArgumentParser(description="Put slips into the code and see whether the tests notice.")
    parser.add_argument("--number", type=int, default=50, help="how many slips")
    parser.add_argument("--seed", type=int, default=None, help="of the draw; another one each time unless given")
    parser.add_argument("--jobs", type=int, default=2, help="how many are tried at once")
    parser.add_argument("--within", default="pipeline/", help="only modules whose path begins with this")
    parser.add_argument("--least", type=float, default=0.8, help="share that must be caught")
    given = parser.parse_args()
    seed = random.randrange(10**6) if given.seed is None else given.seed
    found = chosen(given.number, seed, given.within)
    start, caught = time.monotonic(), 0
    files = sorted({name for slip in found for name in test_files(slip.module)})
    with tempfile.TemporaryDirectory() as folder:
        broken = first_failure(_copy(Path(folder, "unchanged")), files)
    if broken:
        print(f"the tests fail without any slip: {broken}. Mend them first.", file=sys.stderr)
        return 2
    print(f"{len(found)} slips, seed {seed}", flush=True)
    for number, verdict in enumerate(run(found, given.jobs), 1):
        caught += bool(verdict.caught_by)
        if not verdict.caught_by:
            slip = verdict.slip
            before = (ROOT / slip.module).read_bytes()[slip.start : slip.end].decode()
            print(f"{number}/{len(found)} lives: {slip.module}:{slip.line}: {before!r} → {slip.new!r}", flush=True)
    print(f"caught: {caught} of {len(found)}, {caught / len(found):.0%}, in {time.monotonic() - start:.0f} s")
    return int(caught / len(found) < given.least)


if __name__ == "__main__":
    sys.exit(main())
