"""Slips that could be made in the code: one place of one module changed, as a tired hand would.

A comparison, a condition, a number, a word, `and` or `or`, a statement that is left out, a word that a list or a pattern loses.
Left alone are reading (pipeline/read has its own corpora), messages of errors, annotations, types that are not asked for at run
time, and docstrings.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
LEFT_ALONE = ("pipeline/read/", "pipeline/bench.py", "pipeline/__main__.py")
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
    if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("Literal["):
        if ast.unparse(node.targets[0]) in _asked():
            yield from _live(node.value)
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return  # of zip: an assertion
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _live(child)


@cache
def _asked() -> frozenset[str]:
    """The types whose values the code asks for at run time."""
    sources = [(ROOT / module).read_text(encoding="utf-8") for module in modules()]
    return frozenset(name for source in sources for name in re.findall(r"get_args\((\w+)\)", source))


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
        for new in _others(node.value):
            yield begin, end, new
    elif isinstance(node, ast.Continue):
        yield begin, end, "break"
    elif isinstance(node, ast.AugAssign) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield begin, end, "pass"


def _others(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield repr(not value)
    elif isinstance(value, int):
        yield repr(value + 1)
    elif isinstance(value, float):
        yield repr(round(value / 2, 3))
    elif isinstance(value, str) and value and value != "utf-8":  # Python takes utf- for the same
        words, middle = re.split(r"([| ])", value), value.count("|") + value.count(" ")
        without = "".join(words[: middle // 2 * 2] + words[middle // 2 * 2 + 2 :])
        for other in (value[:-1], without) if middle else (value[:-1],):
            if _compiles(other) or not _compiles(value):
                yield repr(other)


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


def modules() -> list[str]:
    """The paths of the modules that slips are made in, below the root."""
    names = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("pipeline/**/*.py"))]
    return [name for name in names if not name.startswith(LEFT_ALONE)]


def chosen(number: int, seed: int, within: str) -> list[Slip]:
    """`number` slips drawn with `seed`, each place of the code as likely as the others."""
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in modules() if name.startswith(within)}
    every = [slip for name, text in texts.items() for slip in slips(name, text)]
    random.Random(seed).shuffle(every)
    return [slip for slip in every[: 2 * number] if valid(slip, texts[slip.module])][:number]
