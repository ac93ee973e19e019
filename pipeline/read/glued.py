"""Chapters and articles whose line breaks stand in the wrong place: 第一章 总|则第一条为了…。第二条…."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.numerals import integer
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.lines import Line
from pipeline.read.repair import HOLE

_BLANK = rf"[\s{HOLE}]*"
_CUT = lazy(rf"第[{p.NUMERAL}\d]{{1,5}}章{_BLANK}[总附罚分]{_BLANK}")  # 总则, 附则, 罚则, 分则
_REST = lazy(rf"则{_BLANK}(?=第[{p.NUMERAL}\d]{{1,7}}条)")
_ARTICLE = lazy(rf"(?:^|(?<=[。；])){_BLANK}第(?P<number>[{p.NUMERAL}\d]{{1,7}})条(?![{p.NUMERAL}、和至（(款第例])")


def parted(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with each chapter's heading in one, and each article in its own."""
    cut = False  # the line above ends within 总则
    for at, line in enumerate(lines):
        rest = _REST.match(line.raw) if cut else None
        cut = "章" in line.raw and _CUT.fullmatch(line.raw) is not None
        after = lines[at + 1] if cut and at + 1 < len(lines) else None
        goes_on = _REST.match(after.raw) if after else None
        if goes_on and after:
            gap = HOLE * (after.start - line.start - len(line.raw))
            yield _made(line, line.start, line.raw + gap + after.raw[: goes_on.end()])
        elif rest or line.raw.count("条") > 1:
            yield from _articles(_made(line, line.start + rest.end(), line.raw[rest.end() :]) if rest else line)
        else:
            yield line


def _articles(line: Line) -> Iterator[Line]:
    """The articles of a line that begins with one, where their numbers go up by one."""
    found = list(_ARTICLE.finditer(line.raw))
    starts = [match.start() for match in found]
    numbers = [integer(match["number"]) for match in found]
    if len(starts) < 2 or starts[0] or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        yield line
        return
    for start, end in zip(starts, [*starts[1:], len(line.raw)], strict=True):
        yield _made(line, line.start + start, line.raw[start:end])


def _made(line: Line, start: int, raw: str) -> Line:
    """A line of its own with other words: no blank stands before what was within another."""
    text = raw.replace(HOLE, "")
    width = (len(text.encode("utf-8", "replace")) + len(text)) / 4
    return Line(start, raw, text, line.gap and start == line.start, line.indent, line.tab, width=width, cut=line.cut)
