"""Runs of characters at positions on pages → elements in reading order: lines, columns, tables, footnotes, paragraphs.

Pure geometry, in points from the lower left corner of a page; an *em* is the size of the type in question.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from pipeline.model import Place
from pipeline.read import patterns as p
from pipeline.read.joining import unfinished
from pipeline.read.layout import Element, ElementKind

ASCENT, DESCENT = 0.88, 0.15  # em that a line's box reaches above and below the baseline
NEAR, SPREAD = 0.8, 3.0  # em between neighbours on a line; between the spread characters of a title
CELL_TEXT = 16  # characters that half of the cells without rules have at most, else they are columns of running text
WORD_GAP = 0.12  # em between Latin words of different type
CELL_GAP = 1.2  # em between cells of a table without rules
MARGIN = 0.12  # share of the page's height where running heads and page numbers stand
FURNITURE_GAP = 1.25  # usual distances of rows: a running head is farther from the text
SHORT = 1.5  # em that a full line may lack on the right
RAGGED = 0.25  # of the width of the column that a line of Latin words may lack in the middle of a sentence
DEEP = 8.0  # em: no paragraph is set in as a whole so far; a signature is
INDENT = 1.2  # em that a paragraph's first line is set in
GAP = 1.45  # usual distances of lines: a larger one parts paragraphs
TITLE, LARGER, SMALLER = 1.15, 1.07, 0.93  # times the body's size: a title at least; a heading at least; a footnote at most
RAISED_SIZE, RAISED = 0.8, 0.12  # a mark that hangs: at most so large, at least so many em above the baseline
COLUMN_LEAST = 8.0  # em: the narrowest column of running text
DRAWING, CELLS = 300, 10_000  # so many strokes that do not meet are a drawing, so many cells its paper
TOUCH = 3.0  # points within which rules meet

MARK = re.compile(r"[①-⑳⑴-⒇]|\*{1,3}|[†‡]|\d{1,3}")
CIRCLED = re.compile("[①-⑳]")
HUNG = re.compile(r"(?:[①-⑳⑴-⒇*†‡]|[\[(（〔]?\d{1,3}(?:[-–,，、]\d{1,3})*[\])）〕]?)+")
NOTE_START = re.compile(rf"(?:{p.MARKS.pattern}|[（〔]\d{{1,2}}[）〕]|[†‡]|\d{{1,2}}(?= ))")
SENTENCE_END = tuple("。；，：、！？;,:!?…")
WHOLE = re.compile(
    r"[（《“【]*[^\x00-\x7f（《“【][，。、；：？！”》）】]*"
)  # a character that no line parts from its punctuation
NO_TITLE = re.compile(r"目\s*[录次]|前\s*言|引\s*言|摘\s*要|[\W\d]*")
BULLETS = frozenset("•●■◆▪○◦◇□★※▲➢\uf06c\uf06e\uf075\uf0b7\uf0d8")
HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60、。〈-】〔-〟]")


class Run(NamedTuple):
    """Neighbouring characters of one size on one baseline, and the left edge of each."""

    text: str
    lefts: list[float]
    right: float
    base: float
    size: float
    bold: bool = False

    @property
    def left(self) -> float:
        """Left edge."""
        return self.lefts[0]


class Rule(NamedTuple):
    """A straight stroke along an axis."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def level(self) -> bool:
        """Whether it is horizontal."""
        return self.right - self.left >= self.top - self.bottom


@dataclass(slots=True)
class Page:
    """What stands on a page. `asides` are no part of the text, `failed` says why it could not be read."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    asides: list[Element] = field(default_factory=list)
    scanned: bool = False
    failed: str = ""


@dataclass(slots=True)
class Column:
    """Edges of a stretch of lines that are read one below the other, and the usual distance of their baselines."""

    left: float
    right: float
    pitch: float = 0.0
    lines: int = 0


@dataclass(slots=True)
class Table:
    """Rows of cells, and the box of each row."""

    rows: list[list[str]]
    boxes: list[tuple[float, float, float, float]]


@dataclass(slots=True)
class Line:
    """Runs on a baseline. `parts` are its stretches of text, and whether they hang above the line."""

    page: int
    runs: list[Run]
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    table: Table | None = None
    column: Column = field(default_factory=lambda: Column(0, 0))
    bottom: float = 0.0
    text: str = ""
    parts: list[tuple[str, bool]] = field(default_factory=list)
    hung: list[tuple[int, str]] = field(default_factory=list)  # (offset, key) of footnotes

    def measure(self) -> Line:
        """Sets what follows from the runs."""
        self.runs.sort(key=lambda run: run.lefts[0])
        main = self.runs[0]
        if len(self.runs) > 1:
            lengths: Counter[float] = Counter()
            for run in self.runs:
                lengths[round(run.size)] += len(run.text)
            main = max(self.runs, key=lambda run: (lengths[round(run.size)], run.size, len(run.text)))
        self.left, self.right = self.runs[0].left, max(run.right for run in self.runs)
        self.base, self.size = main.base, main.size
        self.bottom = self.base - DESCENT * self.size
        self.bold = all(run.bold for run in self.runs)
        self.parts = list(_parts(self.runs, self.base, self.size))
        self.text = "".join(text for text, _ in self.parts)
        return self

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.table.boxes[0][3] if self.table else self.base + ASCENT * self.size

    @property
    def place(self) -> Place:
        """Page and box."""
        box = (self.left, self.bottom, self.right, self.top)
        return Place(self.page, (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)))

    @property
    def centred(self) -> bool:
        """Whether it is set in about as much on either side."""
        before, after = self.left - self.column.left, self.column.right - self.right
        return before > 2.5 * self.size and abs(before - after) < 1.5 * self.size

    @property
    def indent(self) -> float:
        """Em that it is set in on the left."""
        return (self.left - self.column.left) / self.size


@dataclass(slots=True)
class Draft:
    """Lines of an element to be."""

    lines: list[Line]
    kind: ElementKind | None = None
    mark: str = ""
    key: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        """The lines as one."""
        return join_texts([line.text for line in self.lines])[0]


def left_out(text: str, reason: str, page: int, line: Line | None = None) -> Element:
    """What is no part of the text, on its page."""
    return Element(text, left_out=reason, places=((0, line.place if line else Place(page)),))


def lay_out(pages: Sequence[Page]) -> list[Element]:
    """The elements of a document."""
    body, bold = _body(pages)
    sheets = [_Sheet(page, body) for page in pages]
    _take_furniture(sheets)
    own = [sheet.find_gutters(()) for sheet in sheets]
    known = [x for gutters in own for x in gutters] if 2 * sum(map(bool, own)) >= len(own) else []
    for sheet in sheets:
        sheet.find_gutters(known)
        sheet.set_columns()
    _snap_columns([column for sheet in sheets for column in sheet.columns])
    flow: list[Line | Draft | Element] = []
    for sheet in sheets:
        flow += sheet.flow()
    drafts = _Writer(body, _indented(flow)).write(flow)
    _name_kinds(drafts, body, bold)
    return list(_finish(drafts))


def _body(pages: Sequence[Page]) -> tuple[float, bool]:
    """Size of the type of most characters, and whether it is bold."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for page in pages:
        for run in page.runs:
            sizes[round(2 * run.size) / 2] += len(run.text)
            bold[run.bold] += len(run.text)
    return (sizes.most_common(1)[0][0] if sizes else 10.5), bold[True] > bold[False]


# ---- text of lines ----


def _parts(runs: list[Run], base: float, size: float) -> Iterator[tuple[str, bool]]:
    """The text of each run, with spaces where it is set apart, and whether it hangs above the line."""
    before: Run | None = None
    spread = len(runs) > 3 and all(len(run.text) == 1 for run in runs)
    for run in runs:
        hangs = run.size <= RAISED_SIZE * size and run.base >= base + RAISED * size and HUNG.fullmatch(run.text) is not None
        last = before.text[-1] if before else ""
        if hangs and run.text.isdigit() and last.isascii() and last.isalnum():
            hangs = False  # a power: m², 10³
        if before and not hangs and not spread:
            gap = (run.left - before.right) / size
            western = not HAN.match(last) and not HAN.match(run.text)
            if gap > (WORD_GAP if western else NEAR):
                yield " ", False
        yield run.text, hangs
        before = run


def join_texts(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Texts of lines as one, and where each begins in it; Latin words keep a space, a word that was cut is whole again."""
    whole, starts = "", []
    for text in texts:
        if whole and text:
            last, first = whole[-1], text[0]
            if last == "-" and whole[-2:-1].isalpha() and whole[-2:-1].isascii() and first.islower():
                whole = whole[:-1]
            elif not (HAN.match(last) or HAN.match(first) or last in "-/“‘" or first in "”’") and (last + first).strip():
                whole += " " if not (last.isdigit() and first.isdigit()) else ""
        starts.append(len(whole))
        whole += text
    return whole, starts


def _fragments(page: int, runs: list[Run]) -> list[Line]:
    """Runs that touch on a line: first as they follow in the file, then wherever they stand."""
    groups: list[list[Run]] = []
    for run in runs:
        last = groups[-1][-1] if groups else None
        if last and _beside(last, run) and -0.7 * run.size < run.left - last.right < NEAR * max(last.size, run.size):
            groups[-1].append(run)
        else:
            groups.append([run])
    lines = sorted((Line(page, group).measure() for group in groups), key=lambda line: (-line.base, line.left))
    out: list[Line] = []
    for line in lines:
        other = next((other for other in _above(out, line) if _adjoins(other, line)), None)
        if other:
            other.runs += line.runs
            other.measure()
        else:
            out.append(line)
    return out


def _above(lines: list[Line], line: Line) -> Iterator[Line]:
    """The last of the lines, as far as they can stand beside the next."""
    for other in reversed(lines[-60:]):
        if other.base - line.base > 2 * max(other.size, line.size):
            return
        yield other


def _adjoins(other: Line, line: Line) -> bool:
    """Whether two fragments are one, on either side."""
    single = len(line.text) == 1 and len(other.runs[-1].text) == 1 and HAN.match(line.text)
    gap = line.left - other.right if other.left <= line.left else other.left - line.right
    size = max(line.size, other.size)
    return _beside(other, line) and -0.7 * size < gap < (SPREAD if single else NEAR) * size


def _beside(one: Run | Line, two: Run | Line) -> bool:
    """Whether about half of the smaller of the two stands beside the other."""
    overlap = min(one.base + ASCENT * one.size, two.base + ASCENT * two.size) - max(one.base, two.base)
    return overlap > 0.45 * min(one.size, two.size)


def _rows(lines: Iterable[Line]) -> list[Line]:
    """Fragments of one column → its lines from top to bottom."""
    out: list[Line] = []
    for line in sorted(lines, key=lambda line: (-line.base, line.left)):
        last = out[-1] if out else None
        if last and not (line.table or last.table) and _beside(last, line):
            last.runs += line.runs
            last.measure()
        else:
            out.append(line)
    return out


# ---- tables ----


def _tables(page: Page) -> Iterator[Line]:
    """The ruled tables of a page; their runs are taken from it."""
    for group in _meeting(page.rules):
        levels = [rule for rule in group if rule.level]
        uprights = [rule for rule in group if not rule.level]
        xs = _steps([min(rule.left for rule in group), *(rule.left for rule in uprights), max(rule.right for rule in group)])
        ys = _steps([rule.bottom for rule in group] + [rule.top for rule in uprights])[::-1]
        if not levels or len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > CELLS:
            continue
        inside = [run for run in page.runs if xs[0] - 2 < run.left < xs[-1] and ys[-1] - 2 < run.base < ys[0]]
        table = _grid(page.number, inside, xs, ys, uprights, levels)
        if sum(sum(map(bool, row)) > 1 for row in table.rows) > 1:
            yield _place_table(page, table, inside)


def _place_table(page: Page, table: Table, runs: list[Run]) -> Line:
    """A table as a line of its column; its runs are taken from the page."""
    taken = set(map(id, runs))
    page.runs = [run for run in page.runs if id(run) not in taken]
    return _table_line(page.number, table)


def _meeting(rules: list[Rule]) -> list[list[Rule]]:
    """Rules in groups that touch each other."""
    groups: list[tuple[list[float], list[Rule]]] = []
    for rule in rules:
        box = [rule.left - TOUCH, rule.bottom - TOUCH, rule.right + TOUCH, rule.top + TOUCH]
        members = [rule]
        apart = []
        for other, others in groups:
            if box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3]:
                box = [min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])]
                members = others + members
            else:
                apart.append((other, others))
        groups = [*apart, (box, members)]
        if len(groups) > DRAWING:
            return []
    return [members for _, members in groups]


def _steps(values: list[float]) -> list[float]:
    """Values that are about the same as one, from small to large."""
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > TOUCH:
            steps.append(value)
    return steps


def _grid(page: int, runs: list[Run], xs: list[float], ys: list[float], uprights: list[Rule], levels: list[Rule]) -> Table:
    """Text in the cells between rules; where a rule between two is missing, it belongs to the first."""
    cells: dict[tuple[int, int], list[Run]] = defaultdict(list)
    for run in runs:
        row = max(0, sum(y > run.base + 0.3 * run.size for y in ys) - 1)
        for piece in _cut(run, [x for x in xs if _crossed(uprights, x, run.base + 0.3 * run.size, upright=True)]):
            column = min(len(xs) - 2, max(0, bisect_right(xs, (piece.left + piece.right) / 2) - 1))
            middle = (ys[row] + ys[min(row + 1, len(ys) - 1)]) / 2
            while column and not _crossed(uprights, xs[column], middle, upright=True):
                column -= 1
            first = row
            centre = (xs[column] + xs[column + 1]) / 2
            while first and not _crossed(levels, ys[first], centre, upright=False):
                first -= 1
            cells[first, column].append(piece)
    rows = [[_cell(page, cells.get((row, column), [])) for column in range(len(xs) - 1)] for row in range(len(ys) - 1)]
    boxes = [(xs[0], low, xs[-1], high) for high, low in pairwise(ys)]
    kept = [index for index, row in enumerate(rows) if any(row)]
    return Table([rows[index] for index in kept], [boxes[index] for index in kept])


def _crossed(rules: list[Rule], where: float, at: float, *, upright: bool) -> bool:
    """Whether a rule stands at `where` and reaches past `at`."""
    side, low, high = (0, 1, 3) if upright else (1, 0, 2)
    return any(abs(rule[side] - where) <= TOUCH and rule[low] - TOUCH <= at <= rule[high] + TOUCH for rule in rules)


def _cut(run: Run, xs: list[float]) -> list[Run]:
    """The run, cut where it crosses a rule."""
    cuts = [bisect_right(run.lefts, x - 0.3 * run.size) for x in xs if run.left + 0.3 * run.size < x < run.right - 0.3 * run.size]
    edges = [0, *cuts, len(run.text)]
    pieces = []
    for start, end in pairwise(edges):
        text = run.text[start:end]
        lead = len(text) - len(text.lstrip())
        if text.strip():
            right = run.lefts[end] if end < len(run.lefts) else run.right
            pieces.append(
                run._replace(text=text.strip(), lefts=run.lefts[start + lead : start + len(text.rstrip())], right=right)
            )
    return pieces


def _cell(page: int, runs: list[Run]) -> str:
    """The text of a cell, its lines joined."""
    return join_texts([line.text for line in _rows(_fragments(page, runs))])[0] if runs else ""


def _table_line(page: int, table: Table) -> Line:
    """A table as a line of its column."""
    left, bottom, right, top = table.boxes[-1][0], table.boxes[-1][1], table.boxes[-1][2], table.boxes[0][3]
    return Line(page, [], left, right, top - 1, 10.0, table=table, bottom=bottom)


def _open_tables(page: Page) -> Iterator[Line]:
    """Tables of level rules alone, which are as long: cells are parted by gaps."""
    levels = sorted((rule for rule in page.rules if rule.level and rule.right - rule.left > 100), key=lambda rule: -rule.top)
    while levels and len(levels) < DRAWING:
        first = levels[0]
        same = {rule for rule in levels if abs(rule.left - first.left) < TOUCH and abs(rule.right - first.right) < TOUCH}
        levels = [rule for rule in levels if rule not in same]
        ys = _steps([rule.bottom for rule in same])[::-1]
        start = 0
        while start < len(ys) - 2:
            ends = dict.fromkeys((len(ys) - 1, *range(min(len(ys) - 1, start + 4), start + 1, -1)))
            tables = ((end, _open_table(page, first.left, first.right, ys[start : end + 1])) for end in ends)
            end, line = next(((end, line) for end, line in tables if line), (start + 1, None))
            if line:
                yield line
            start = end


def _open_table(page: Page, left: float, right: float, ys: list[float]) -> Line | None:
    """The table between level rules, if what stands there lies in columns; the first two enclose its head."""
    inside = [run for run in page.runs if left - 2 < run.left and run.right < right + 8 and ys[-1] - 2 < run.base < ys[0]]
    rows = _rows(_fragments(page.number, inside))
    table = _by_gaps(rows)
    if table is None or not rows[0].base > ys[1] > rows[-1].base:
        return None
    bands = [sum(y > line.base for y in ys) for line in rows]
    starts = [0]
    for at, ((before, band), row) in enumerate(zip(pairwise(bands), table.rows[1:], strict=True), 1):
        wrapped = band == 1 or len(ys) > 4 or not (row[0] or sum(map(bool, row)) > 1)
        if band != before or not wrapped:
            starts.append(at)
    parts = [slice(start, end) for start, end in pairwise([*starts, len(rows)])]
    table.rows = [[join_texts(list(filter(None, column)))[0] for column in zip(*table.rows[part], strict=True)] for part in parts]
    table.boxes = [(left, table.boxes[part][-1][1], right, table.boxes[part][0][3]) for part in parts]
    return _place_table(page, table, inside)


def _by_gaps(rows: list[Line]) -> Table | None:
    """Lines as rows of a table, if upright gaps part them all into columns of short text."""
    cells = [_cells(line) for line in rows]
    spans: list[list[float]] = []
    for left, right in sorted((part[0].left, part[-1].right) for row in cells for part in row):
        if spans and left < spans[-1][1] + 2:
            spans[-1][1] = max(spans[-1][1], right)
        else:
            spans.append([left, right])
    if len(spans) < 2 or len(rows) < 2 or sum(len(row) > 1 for row in cells) < max(2, 0.5 * len(rows)):
        return None
    texts: list[list[str]] = []
    boxes = []
    for line, row in zip(rows, cells, strict=True):
        filled = [""] * len(spans)
        for part in row:
            at = sum(span[0] <= part[0].left for span in spans) - 1
            filled[at] = (filled[at] + " " + Line(line.page, part).measure().text).strip()
        texts.append(filled)
        boxes.append((line.left, line.bottom, line.right, line.top))
    if median(len(text) for row in texts for text in row if text) > CELL_TEXT:
        return None
    return Table(texts, boxes)


def _cells(line: Line) -> list[list[Run]]:
    """The runs of a line, parted at wide gaps."""
    groups: list[list[Run]] = []
    for run in line.runs:
        if groups and run.left - groups[-1][-1].right < CELL_GAP * line.size:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _loose_tables(lines: list[Line]) -> list[Line]:
    """Lines of a column; three or more that lie in columns are a table."""
    out: list[Line] = []
    for gapped, group in groupby(lines, key=lambda line: not line.table and len(_cells(line)) > 1):
        rows = list(group)
        table = _by_gaps(rows) if gapped and len(rows) >= 3 else None
        contents = sum(bool(p.MARKER.match(line.text)) and line.text[-1].isdigit() for line in rows)
        if table and (len(table.rows[0]) > 2 or (len(rows) > 3 and 2 * contents < len(rows))):
            out.append(_table_line(rows[0].page, table))
        else:
            out += rows
    return out


# ---- pages ----


class _Sheet:
    """A page while it is taken apart."""

    def __init__(self, page: Page, body: float) -> None:
        self.page = page
        self.body = body
        tables = [*_tables(page), *_open_tables(page)]
        self.lines = _fragments(page.number, page.runs) + tables
        self.gutters: list[float] = []
        self.columns: list[Column] = []
        self.regions: list[list[Line]] = []
        self.asides = list(page.asides)
        if page.failed or page.scanned:
            reason = f"page {page.number} " + (f"cannot be read: {page.failed}" if page.failed else "is a picture")
            self.asides.append(left_out("", reason, page.number))

    def edge_rows(self, *, top: bool) -> list[tuple[Line, bool]]:
        """The rows in the upper or lower margin, from the edge inwards, and whether each is set apart from what follows."""
        height = self.page.height
        bases = sorted({round(line.base) for line in self.lines if line.runs})
        steps = [two - one for one, two in pairwise(bases) if 0.9 * self.body < two - one < 4 * self.body]
        zone = [line for line in self.lines if line.runs and (height - line.base if top else line.base) < 2 * MARGIN * height]
        rows = _rows(Line(line.page, list(line.runs)).measure() for line in zone)
        usual = FURNITURE_GAP * max(median(steps) if steps else 0.0, self.body)
        rows = rows if top else rows[::-1]
        gaps = [abs(one.base - two.base) > usual for one, two in pairwise(rows)] + [len(rows) == 1]
        apart = [gap or (index + 1 < len(gaps) and gaps[index + 1]) for index, gap in enumerate(gaps)]
        near = [row.base > (1 - MARGIN) * height if top else row.base < MARGIN * height for row in rows]
        return [(row, far) for row, far, edge in zip(rows[:4], apart, near, strict=False) if edge]

    def take(self, row: Line, reason: str) -> None:
        """Leaves a row out."""
        runs = set(map(id, row.runs))
        self.lines = [line for line in self.lines if not (line.runs and id(line.runs[0]) in runs)]
        self.asides.append(left_out(row.text, reason, row.page, row))

    def find_gutters(self, known: Sequence[float]) -> list[float]:
        """Where upright gutters part columns; `known` are those of other pages, which need less proof."""
        if not known and not self.gutters:
            self.gutters = _gutters([line for line in self.lines if not line.table], self.body)
        elif not self.gutters:
            lines = [line for line in self.lines if not line.table]
            for gutter in sorted({round(x) for x in known}):
                crossing = sum(line.left < gutter - 2 and line.right > gutter + 2 for line in lines)
                left, right = (sum(line.right <= gutter for line in lines), sum(line.left >= gutter for line in lines))
                if left and right and crossing < 0.3 * len(lines) and all(abs(gutter - x) > 50 for x in self.gutters):
                    self.gutters.append(gutter)
        return self.gutters

    def set_columns(self) -> None:
        """Bands from top to bottom, in each the columns from left to right."""
        band: list[Line] = []
        wide: list[Line] = []
        lines = sorted(self.lines, key=lambda line: (-line.top, line.left))
        for line in lines:
            if any(line.left < gutter - 1 and line.right > gutter + 1 for gutter in self.gutters):
                self._close(band)
                band = []
                wide.append(line)
            elif wide and _beside(wide[-1], line) and not wide[-1].table:
                wide.append(line)
            else:
                if wide:
                    self._region(wide)
                wide = []
                band.append(line)
        self._close(band)
        if wide:
            self._region(wide)

    def _close(self, band: list[Line]) -> None:
        parted: dict[int, list[Line]] = defaultdict(list)
        for line in band:
            parted[sum(line.left >= gutter - 1 for gutter in self.gutters)].append(line)
        for _, lines in sorted(parted.items()):
            self._region(lines)

    def _region(self, fragments: list[Line]) -> None:
        lines = _loose_tables(_rows(fragments))
        body = [line for line in lines if not line.table and abs(line.size - self.body) < 0.1 * self.body] or lines
        lefts, rights = sorted(line.left for line in body), sorted(line.right for line in body)
        steps = [one.base - two.base for one, two in pairwise(body) if one.base - two.base < 4 * self.body]
        column = Column(lefts[len(lefts) // 20], rights[-1 - len(rights) // 20], median(steps) if steps else 0, len(body))
        for line in lines:
            line.column = column
        self.columns.append(column)
        self.regions.append(lines)

    def flow(self) -> Iterator[Line | Draft | Element]:
        """What stands on the page in reading order, the footnotes of a column after it."""
        yield from self.asides
        cuts = self._note_starts()
        notes = [_notes(region[cut:]) for region, cut in zip(self.regions, cuts, strict=True)]
        _part_keys(notes)
        keys = {_value(note.mark): note.key for group in reversed(notes) for note in reversed(group) if note.mark}
        for region, cut, group in zip(self.regions, cuts, notes, strict=True):
            own = {_value(note.mark): note.key for note in reversed(group) if note.mark}
            for line in region[:cut]:
                _hang(line, keys | own)
                yield line
            yield from group

    def _note_starts(self) -> list[int]:
        """For each region, where its footnotes begin: they have nothing below them but footnotes."""
        cuts = [len(region) for region in self.regions]
        for index in range(len(self.regions) - 1, -1, -1):
            column = self.columns[index]
            below = [
                other
                for other in range(index + 1, len(self.regions))
                if self.columns[other].left < column.right
                and column.left < self.columns[other].right
                and self.regions[other][0].top <= self.regions[index][-1].bottom + 2
            ]
            if all(cuts[other] == 0 for other in below):
                cuts[index] = self._note_start(self.regions[index])
        return cuts

    def _note_start(self, lines: list[Line]) -> int:
        cut = len(lines)
        while cut and not lines[cut - 1].table and lines[cut - 1].size <= SMALLER * self.body:
            cut -= 1
        ruled = self._below_rule(lines)
        if ruled < len(lines) and (ruled >= cut or _starts_note(lines[ruled])):
            return ruled
        while cut < len(lines) and not _starts_note(lines[cut]):
            cut += 1
        return cut

    def _below_rule(self, lines: list[Line]) -> int:
        """The first line below the last short rule at the left edge of the column."""
        column = lines[0].column
        width = max(column.right - column.left, 100)
        for rule in sorted(self.page.rules, key=lambda rule: rule.bottom):
            if not rule.level or abs(rule.left - column.left) > self.body or not 30 < rule.right - rule.left < 0.67 * width:
                continue
            at = sum(line.base > rule.bottom for line in lines)
            if at < len(lines) and rule.bottom < 0.75 * self.page.height:
                return at if all(line.size <= self.body for line in lines[at:]) else len(lines)
        return len(lines)


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
            edge, edge2 = max(line.right for line in ends), min(line.left for line in starts)
            found.append((edge + edge2) / 2)
    return sorted(found)[:3]


def _is_text(lines: list[Line], body: float) -> bool:
    """Whether lines are as long as those of a column are, most of them about the same."""
    widths = sorted(line.right - line.left for line in lines)
    usual = widths[int(0.7 * len(widths))]
    return usual >= COLUMN_LEAST * body and sum(width > 0.8 * usual for width in widths) >= 0.4 * len(widths)


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


def _take_furniture(sheets: list[_Sheet]) -> None:
    """Leaves out running heads, which repeat at their place, and page numbers."""
    for top in (True, False):
        edges = [(sheet, sheet.edge_rows(top=top)) for sheet in sheets]
        same: Counter[str] = Counter()
        alike: Counter[tuple[str, int]] = Counter()
        for _, edge in edges:
            same.update({row.text for row, _ in edge})
            alike.update({(_pattern(row.text), step) for row, apart in edge if apart for step in _heights(row)})
        least = max(2, min(5, 0.3 * len(sheets)))
        repeated = {step for (_, step), count in alike.items() if count >= least}
        for sheet, edge in edges:
            for row, apart in edge:
                note = NOTE_START.match(row.text) is not None or row.text.endswith("。")
                placed = apart and repeated.intersection(_heights(row)) and len(row.text) < 50
                if p.PAGE_NUMBER.fullmatch(row.text):
                    sheet.take(row, "page number")
                elif not note and row.size < 1.3 * sheet.body and (placed or same[row.text] >= least):
                    sheet.take(row, "running head")
                else:
                    break


def _pattern(text: str) -> str:
    """The text with its numbers made alike."""
    return re.sub(r"\d+", "#", text)


def _heights(row: Line) -> tuple[int, int]:
    """Two steps of four points that a baseline lies near."""
    return int(row.base // 4), int((row.base + 2) // 4) + 100_000


# ---- footnotes ----


def _starts_note(line: Line) -> bool:
    return bool(line.parts and line.parts[0][1]) or (not line.table and NOTE_START.match(line.text) is not None)


def _value(mark: str) -> str:
    """The number of a mark, however it is dressed."""
    inner = mark.strip("[]()（）〔〕")
    return str(int(unicodedata.numeric(inner))) if len(inner) == 1 and unicodedata.numeric(inner, None) is not None else inner


def _notes(lines: list[Line]) -> list[Draft]:
    """Lines at the foot as footnotes; the first has no mark where it carries on one of the page before."""
    notes: list[Draft] = []
    for line in lines:
        if not _starts_note(line):
            if notes:
                notes[-1].lines.append(line)
            else:
                notes.append(Draft([line], "footnote"))
            continue
        match = NOTE_START.match(line.text)
        mark = line.parts[0][0] if line.parts[0][1] else match[0] if match else ""
        line.text = line.text[len(mark) :].lstrip()
        notes.append(Draft([line], "footnote", mark, f"page-{line.page}-{mark}"))
    return notes


def _part_keys(notes: list[list[Draft]]) -> None:
    """Numbers the keys of notes on a page that have the same mark, as where each column counts its own."""
    seen: Counter[str] = Counter()
    for note in (note for group in notes for note in group if note.mark):
        seen[note.key] += 1
        if seen[note.key] > 1:
            note.key += f"-{seen[note.key]}"


def _hang(line: Line, keys: dict[str, str]) -> None:
    """Takes the marks of footnotes out of a line: those that are raised, and circled ones that a note on the page has."""
    if line.table or not (any(raised for _, raised in line.parts) or CIRCLED.search(line.text)):
        return
    text = ""
    for part, raised in line.parts:
        marks = MARK.findall(part)
        known = [keys[_value(mark)] for mark in marks if _value(mark) in keys]
        if raised and (known or part[0] not in "[(（〔"):
            line.hung += [(len(text), keys.get(_value(mark), f"page-{line.page}-{mark}")) for mark in marks]
        elif known and not raised:
            text = _hang_circled(line, text, part, keys)
        else:
            text += part
    line.text = text


def _hang_circled(line: Line, text: str, part: str, keys: dict[str, str]) -> str:
    """The text with a part whose circled numbers hang, but for one that numbers a paragraph."""
    for char in part:
        ends = text[-1:] not in ("", " ", "：", "；", "、") and (text[-1:] != "。" or part.rstrip().endswith(char))
        if "①" <= char <= "⑳" and ends and _value(char) in keys:
            line.hung.append((len(text), keys[_value(char)]))
        else:
            text += char
    return text


# ---- paragraphs ----


def _indented(flow: list[Line | Draft | Element]) -> bool:
    """Whether paragraphs of the document begin with an indent."""
    lines = [item for item in flow if isinstance(item, Line) and not item.table]
    return sum(1.4 <= line.indent <= 2.6 for line in lines) >= max(2, 0.03 * len(lines))


class _Writer:
    """Joins lines to paragraphs. What stands between the lines of one (notes, tables, heads of pages) follows it."""

    def __init__(self, body: float, indented: bool) -> None:
        self.body = body
        self.indented = indented
        self.out: list[Draft | Element] = []
        self.open: Draft | None = None
        self.waiting: list[Draft | Element] = []
        self.note: Draft | None = None

    def write(self, flow: list[Line | Draft | Element]) -> list[Draft | Element]:
        """Drafts and what is left out, in reading order."""
        texts = [index for index, item in enumerate(flow) if isinstance(item, Line) and not _floats(item)]
        for index, item in enumerate(flow):
            if isinstance(item, Element):
                self._aside(item)
            elif isinstance(item, Draft):
                self._footnote(item)
            elif _floats(item):
                later = bisect_right(texts, index)
                following = flow[texts[later]] if later < len(texts) else None
                carried = self.open and isinstance(following, Line) and self._goes_on(self.open.lines, following, across=True)
                if not carried:
                    self._close()
                self._aside(Draft([item], None if item.table else "caption"))
            elif self.open and self._goes_on(self.open.lines, item, across=bool(self.waiting)):
                self.open.lines.append(item)
            else:
                self._close()
                self.open = Draft([item])
        self._close()
        return self.out

    def _aside(self, item: Draft | Element) -> None:
        (self.waiting if self.open else self.out).append(item)

    def _footnote(self, note: Draft) -> None:
        if not note.mark and self.note:
            self.note.lines += note.lines
            return
        self.note = note
        self._aside(note)

    def _close(self) -> None:
        self.out += [self.open] if self.open else []
        self.out += self.waiting
        self.open, self.waiting = None, []

    def _goes_on(self, lines: list[Line], line: Line, *, across: bool) -> bool:
        """Whether a line carries on the paragraph."""
        last = lines[-1]
        size = max(last.size, line.size)
        if not _alike(last, line):
            return False
        full = _full(last, line)
        if line.size >= TITLE * self.body or line.centred or last.centred:
            return (last.centred or full) and (line.centred or line.size > self.body) and self._titles(last, line)
        goes_on = unfinished(last.text) if last.text else True
        if last.bold != line.bold and (len(lines) == 1 or line.bold) and not (full and goes_on and line.indent < INDENT):
            return False
        if last.column is not line.column or across:
            begins = line.indent >= INDENT if self.indented else not goes_on
            return full and not begins and (goes_on or not _numbered(line.text))
        if last.base - line.base > GAP * max(line.column.pitch, 1.15 * size) or not full:
            return False
        if line.indent >= INDENT:
            hanging = len(lines) == 1 and last.indent < line.indent and _numbered(last.text) and goes_on
            level = abs(last.left - line.left) < 0.5 * size and line.indent < DEEP
            return (hanging or level) and goes_on and not _numbered(line.text)
        return goes_on or not (_numbered(line.text) or (self.indented and len(lines) == 1 and last.indent < INDENT))

    @staticmethod
    def _titles(last: Line, line: Line) -> bool:
        """Whether two lines in the middle are one title."""
        close = last.column is line.column and last.base - line.base < 2 * line.size
        return close and not p.MARKER.match(line.text) and len(last.text) > 6 and last.text[-1] not in SENTENCE_END


def _alike(last: Line, line: Line) -> bool:
    """Whether two lines have words of one size in common."""
    if abs(last.size - line.size) < 0.06 * line.size:
        return True
    sizes = [run.size for run in last.runs if len(run.text) > 1]
    return any(abs(run.size - size) < 0.06 * size for run in line.runs if len(run.text) > 1 for size in sizes)


def _numbered(text: str) -> bool:
    return bool(p.MARKER.match(text) or p.REFERENCE_START.match(text) or text[:1] in BULLETS)


def _full(last: Line, line: Line) -> bool:
    """Whether a line ends where it had to, as the next word would not have fitted."""
    room = last.column.right - last.right
    token = WHOLE.match(line.text)
    if room <= (SHORT + (min(len(token[0]), 3) - 1 if token else 0)) * last.size:
        return True
    if not (line.text[:1].isascii() and last.text[-1:].isascii()):
        return False
    width = last.column.right - last.column.left
    word = len(line.text.split(" ", 1)[0]) * 0.45 * last.size
    return room < word or (unfinished(last.text) and room < RAGGED * width)


def _floats(line: Line) -> bool:
    """Whether it is a table or a caption, which text may flow around."""
    if line.table:
        return True
    return bool(p.CAPTION.match(line.text)) and len(line.text) < 60 and line.text[-1] not in "。；，" and line.indent > 0.8


# ---- elements ----


def _name_kinds(drafts: list[Draft | Element], body: float, bold: bool) -> None:
    """Finds the title, and headings by the size and weight of their type."""
    texts = [draft for draft in drafts if isinstance(draft, Draft) and not draft.kind and not draft.lines[0].table]
    front = _name_title(texts, body)
    ranked: dict[tuple[float, bool], list[Draft]] = defaultdict(list)
    for draft in texts:
        line = draft.lines[0]
        stands_out = line.size >= LARGER * body or (
            not bold and all(each.bold for each in draft.lines) and line.size > SMALLER * body
        )
        text = draft.text
        plain = draft.kind or draft in front or text.endswith(SENTENCE_END) or p.PAGE_NUMBER.fullmatch(text)
        if not plain and stands_out and len(draft.lines) < 4 and 1 < len(text) < 60:
            ranked[round(2 * line.size) / 2, not line.bold].append(draft)
    for level, (_, group) in enumerate(sorted(ranked.items(), key=lambda item: (-item[0][0], item[0][1])), 1):
        for draft in group:
            draft.kind, draft.level = "heading", min(level, 6)


def _name_title(texts: list[Draft], body: float) -> list[Draft]:
    """Names the largest lines of the first page the title; gives what else stands above the text: authors, a red head."""
    first = [draft for draft in texts if draft.lines[0].page == texts[0].lines[0].page]
    large = [
        draft
        for draft in first
        if draft.lines[0].size >= TITLE * body
        and not (draft.text.endswith(SENTENCE_END) or p.MARKER.match(draft.text) or NO_TITLE.fullmatch(draft.text))
    ]
    plain = [draft for draft in large if not draft.text.endswith("文件")] or large
    if not plain:
        return []
    title = max(plain, key=lambda draft: draft.lines[0].size)
    title.kind, title.level = "title", 1
    at = first.index(title)
    front = first[:at]
    for draft in first[at + 1 :]:
        if draft.text.startswith("——") and draft.lines[0].size > body and draft is first[at + 1]:
            draft.kind, draft.level = "title", 2
        elif draft.lines[0].centred and not p.MARKER.match(draft.text) and len(draft.lines) < 3:
            front.append(draft)
        else:
            break
    return front


def _finish(drafts: list[Draft | Element]) -> Iterator[Element]:
    """Elements of drafts, the tables numbered."""
    number = 0
    before: Table | None = None
    for draft in drafts:
        if isinstance(draft, Element):
            yield draft
            continue
        table = draft.lines[0].table
        if table:
            carried = before is not None and _carries_on(before, table)
            number += not carried
            yield from _table_elements(table, number, draft.lines[0].page, before if carried else None)
            if carried and before:
                table.rows = [before.rows[0], *table.rows]
        else:
            yield _element(draft)
        if draft.kind != "footnote":
            before = table


def _carries_on(before: Table, table: Table) -> bool:
    """Whether a table at the top of a page goes on with the last one of the page before."""
    edges = [abs(before.boxes[0][side] - table.boxes[0][side]) for side in (0, 2)]
    return len(before.rows[0]) == len(table.rows[0]) and max(edges) < 2 * TOUCH and table.boxes[0][3] > before.boxes[-1][1]


def _table_elements(table: Table, number: int, page: int, before: Table | None) -> Iterator[Element]:
    """One a row; a head that is repeated on the next page is left out."""
    for index, (row, box) in enumerate(zip(table.rows, table.boxes, strict=True)):
        left, bottom, right, top = box
        places = ((0, Place(page, (round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)))),)
        if before and index == 0 and row == before.rows[0]:
            yield Element(" ".join(row), places=places, left_out="repeated head")
        else:
            yield Element("", cells=tuple(row), table=number, header=index == 0 and before is None, places=places)


def _element(draft: Draft) -> Element:
    """A paragraph with its notes and the place of each line."""
    text, starts = join_texts([line.text for line in draft.lines])
    placed = list(zip(starts, draft.lines, strict=True))
    notes = tuple((start + offset, key) for start, line in placed for offset, key in line.hung)
    places = tuple((start, line.place) for start, line in placed)
    return Element(text, draft.kind, draft.level, notes=notes, key=draft.key, mark=draft.mark, places=places)
