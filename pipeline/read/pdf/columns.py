"""A page taken apart: bands from top to bottom, in each the columns from left to right, in the order of reading."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from pipeline.patterns import lazy
from pipeline.read.pdf.lines import Column, Line, beside, rows_of
from pipeline.read.pdf.sheet import Sheet
from pipeline.read.pdf.tables import loose_tables
from pipeline.read.pieces import unfinished

CLOSE = 2.0  # em: the distance of two lines of a paragraph at most
PUNCTUATION = lazy("[，。；：、！？,.;:!?︐-︙]")
ALIGNED = 0.6  # em that two edges differ that are one
COLUMN_LEAST = 8.0  # em: the narrowest column of running text


def set_columns(sheets: Sequence[Sheet]) -> None:
    """Finds the regions of each page in reading order, and the column of each line."""
    for sheet in sheets:
        sheet.gutters = _gutters([line for line in sheet.lines if not line.table], sheet.body)
    if 2 * sum(bool(sheet.gutters) for sheet in sheets) >= len(sheets):
        known = sorted({round(x) for sheet in sheets for x in sheet.gutters})
        for sheet in sheets:
            sheet.gutters = sheet.gutters or _known_gutters([line for line in sheet.lines if not line.table], known)
    for sheet in sheets:
        sheet.regions = [_region(group, sheet.body) for group in _groups(sheet)]
    _snap_columns([region[0].column for sheet in sheets for region in sheet.regions])


def _gutters(lines: list[Line], body: float) -> list[float]:
    """Middles of the upright gaps that part columns of running text."""
    if len(lines) < 6:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    fifth = 0.2 * (right - left)
    steps = range(int(left + fifth), int(right - fifth), max(2, int(fifth / 60)))
    if not steps:
        return []
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    crossing = {x: bisect_left(lefts, x) - bisect_right(rights, x) for x in steps}
    found: list[float] = []
    for x in sorted(steps, key=lambda x: (crossing[x], abs(x - (left + right) / 2))):
        beside = min(bisect_right(rights, x), len(lines) - bisect_left(lefts, x))
        if beside < 3 or crossing[x] > 0.6 * len(lines) or any(abs(x - other) < 4 * body for other in found):
            continue
        ends = [line for line in lines if line.right <= x and x - line.right < 3 * body]
        starts = [line for line in lines if line.left >= x and line.left - x < 5 * body]
        if min(len(ends), len(starts)) >= 3 and all(_is_text(group, body) for group in (ends, starts)):
            middle = (max(line.right for line in ends) + min(line.left for line in starts)) / 2
            if all(abs(middle - other) >= COLUMN_LEAST * body for other in found):
                found.append(middle)
    return sorted(found)[:3]


def _known_gutters(lines: list[Line], known: list[int]) -> list[float]:
    """The gutters of other pages that few lines cross: they need less proof."""
    found: list[float] = []
    for gutter in known:
        crossing = sum(line.left < gutter - 2 and line.right > gutter + 2 for line in lines)
        beside = any(line.right <= gutter for line in lines) and any(line.left >= gutter for line in lines)
        if beside and crossing < 0.3 * len(lines) and all(abs(gutter - x) > 50 for x in found):
            found.append(gutter)
    return found


def _is_text(lines: list[Line], body: float) -> bool:
    """Whether lines are as long as those of a column are, most of them about the same."""
    widths = sorted(line.right - line.left for line in lines)
    usual = widths[int(0.7 * len(widths))]
    return usual >= COLUMN_LEAST * body and sum(width > 0.8 * usual for width in widths) >= 0.4 * len(widths)


def _groups(sheet: Sheet) -> Iterator[list[Line]]:
    """The fragments of each region: bands from top to bottom, in each the columns from left to right."""
    band: list[Line] = []
    wide: list[Line] = []
    lines = sorted(sheet.lines, key=lambda line: (-line.top, line.left))
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        if any(line.left < gutter - 1 and line.right > gutter + 1 for gutter in sheet.gutters):
            while band and not (line.table or band[-1].table) and beside(band[-1], line):
                wide.append(band.pop())  # what stands on its line, as the number of a note
            yield from _parted(band, sheet.gutters)
            band = []
            wide.append(line)
        elif wide and not wide[-1].table and (beside(wide[-1], line) or _ends(wide[-1], line, after)):
            wide.append(line)
        else:
            if wide:
                yield wide
            wide = []
            band.append(line)
    yield from _parted(band, sheet.gutters)
    if wide:
        yield wide


def _ends(last: Line, line: Line, after: Line | None) -> bool:
    """Whether a short line is the end of a paragraph that is set over the columns: nothing stands beside it."""
    alike = not line.table and abs(line.size - last.size) < 0.05 * line.size and abs(line.left - last.left) < 3 * line.size
    return alike and last.base - line.base < CLOSE * line.size and not (after and beside(line, after))


def _parted(band: list[Line], gutters: list[float]) -> Iterator[list[Line]]:
    """A band, parted at the gutters."""
    parts: dict[int, list[Line]] = defaultdict(list)
    for line in band:
        parts[sum(line.left >= gutter - 1 for gutter in gutters)].append(line)
    for _, lines in sorted(parts.items()):
        yield lines


def _region(group: list[Line], size: float) -> list[Line]:
    """Fragments as lines and tables of one column, whose edges are those of its text in the body's size."""
    lines = loose_tables(rows_of(group))
    body = [line for line in lines if not line.table and abs(line.size - size) < 0.1 * size] or lines
    lefts, rights = sorted(line.left for line in body), sorted(line.right for line in body)
    steps = [one.base - two.base for one, two in pairwise(body) if one.base - two.base < 4 * size]
    column = Column(lefts[len(lefts) // 20], rights[-1 - len(rights) // 20], median(steps) if steps else 0, len(body))
    column.ragged = _ragged(body, column.right)
    for line in lines:
        line.column = column
    for block in _blocks(lines, column):
        inner = Column(min(line.left for line in block), max(line.right for line in block), column.pitch, len(block))
        for line in block:
            line.column = inner
    return lines


def _blocks(lines: list[Line], column: Column) -> Iterator[list[Line]]:
    """Stretches of lines that are set in on both sides, as an abstract is: two lines or more end at its edge and go on."""
    for inside, group in groupby(lines, key=lambda line: (_set_in(line, column), round(2 * line.size))):
        block = list(group)
        if not inside[0] or len(block) < 3:
            continue
        left, right, size = min(line.left for line in block), max(line.right for line in block), block[0].size
        full = [line for line in block[:-1] if right - line.right < ALIGNED * size and unfinished(line.text)]
        flush = sum(line.left - left < ALIGNED * size for line in block)
        if len(full) >= 2 and flush >= 2 and block[0].left - left > size:
            yield block


def _set_in(line: Line, column: Column) -> bool:
    """Whether a line is set in on both sides."""
    return not line.table and line.left > column.left + line.size and line.right < column.right - line.size


def _ragged(lines: list[Line], right: float) -> bool:
    """Whether each line is a whole: none of three or more has any punctuation, and none but the longest comes near the edge."""
    if len(lines) < 3 or any(PUNCTUATION.search(line.text) for line in lines):
        return False
    return sum(right - line.right < ALIGNED * line.size for line in lines) < 2


def _snap_columns(columns: list[Column]) -> None:
    """Gives columns of few lines the edges and the distances that columns of many lines have."""
    sure = [column for column in columns if column.lines >= 8]
    pitches = [column.pitch for column in sure if column.pitch]
    for column in columns:
        if not column.pitch or column.lines < 4:
            column.pitch = median(pitches) if pitches else column.pitch or 1.5 * 10.5
        if column.lines < 8:
            around = [c for c in sure if c.left - 3 <= column.left <= c.left + 60 and column.right <= c.right + 3]
            if around:
                best = min(around, key=lambda c: (c.right - c.left, abs(c.left - column.left)))
                column.left, column.right = min(column.left, best.left), max(column.right, best.right)
