"""Tables: with rules around their cells, with level rules alone, without rules; and their rows as elements."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from statistics import median

from pipeline.model import Place
from pipeline.read import patterns as p
from pipeline.read.layout import Element
from pipeline.read.pdf.lines import Line, Table, fragments, join_texts, rows_of
from pipeline.read.pdf.page import Page, Rule, Run
from pipeline.read.pieces import unfinished

CELL_TEXT = 16  # characters that half of the cells without rules have at most, else they are columns of running text
CARRIED = 8  # characters of a cell that a page parts, at least
CELL_GAP = 1.2  # em between cells of a table without rules
LEAST = 100.0  # points: the narrowest table without upright rules
DRAWING, CELLS = 300, 10_000  # so many strokes that do not meet are a drawing, so many cells its paper
TOUCH = 3.0  # points within which rules meet


def take_tables(page: Page, before: Table | None) -> list[Line]:
    """The tables of a page that have rules, each as a line; their runs are taken from the page.

    `before` is the last one of the page before, which may go on with a row or two.
    """
    return [*_ruled_tables(page, before), *_open_tables(page)]


def _ruled_tables(page: Page, before: Table | None) -> Iterator[Line]:
    """Tables with rules around their cells."""
    for group in _meeting(page.rules):
        levels = [rule for rule in group if rule.level]
        uprights = [rule for rule in group if not rule.level]
        xs = _steps([min(rule.left for rule in group), *(rule.left for rule in uprights), max(rule.right for rule in group)])
        ys = _steps([rule.bottom for rule in group] + [rule.top for rule in uprights])[::-1]
        if not levels or len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > CELLS:
            continue
        inside = [run for run in page.runs if xs[0] - 2 < run.left < xs[-1] and ys[-1] - 2 < run.base < ys[0]]
        table = _grid(page.number, inside, xs, ys, uprights, levels)
        table.xs = xs
        if sum(sum(map(bool, row)) > 1 for row in table.rows) > 1 or (table.rows and before and _same_columns(before, table)):
            yield _place_table(page, table, inside)


def _same_columns(before: Table, table: Table) -> bool:
    """Whether upright rules of two tables stand at the same places."""
    return len(before.xs) == len(table.xs) and all(abs(x - y) < 2 * TOUCH for x, y in zip(before.xs, table.xs, strict=True))


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
    return join_texts([line.text for line in rows_of(fragments(page, runs))])[0] if runs else ""


def _table_line(page: int, table: Table) -> Line:
    """A table as a line of its column."""
    left, bottom, right, top = table.boxes[-1][0], table.boxes[-1][1], table.boxes[-1][2], table.boxes[0][3]
    return Line(page, [], left, right, top - 1, 10.0, table=table, bottom=bottom)


def _open_tables(page: Page) -> Iterator[Line]:
    """Tables of level rules alone, which are as long: cells are parted by gaps."""
    levels = [rule for rule in _joined(page.rules) if rule.right - rule.left > LEAST]
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


def _joined(rules: list[Rule]) -> list[Rule]:
    """The level rules from top to bottom; those that carry on each other, as where each cell has its own, are one."""
    joined: list[Rule] = []
    for rule in sorted((rule for rule in rules if rule.level), key=lambda rule: (-round(rule.top), rule.left)):
        last = joined[-1] if joined else None
        if last and abs(last.top - rule.top) <= 1 and last.left <= rule.left <= last.right + 1:
            joined[-1] = last._replace(right=max(last.right, rule.right))
        else:
            joined.append(rule)
    return joined


def _open_table(page: Page, left: float, right: float, ys: list[float]) -> Line | None:
    """The table between level rules, if what stands there lies in columns; the first two enclose its head."""
    inside = [run for run in page.runs if left - 2 < run.left and run.right < right + 8 and ys[-1] - 2 < run.base < ys[0]]
    rows = rows_of(fragments(page.number, inside))
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


def loose_tables(lines: list[Line]) -> list[Line]:
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


def carry_on(before: Table, table: Table, page: int) -> bool:
    """Whether a table at the top of a page goes on with the last one of the page before; a row that the page parts goes there."""
    edges = [abs(before.boxes[0][side] - table.boxes[0][side]) for side in (0, 2)]
    if len(before.rows[0]) != len(table.rows[0]) or max(edges) >= 2 * TOUCH or table.boxes[0][3] <= before.boxes[-1][1]:
        return False
    if before.xs and table.xs and not _same_columns(before, table):
        return False
    table.head = before.head or before.rows[0]
    at = int(table.rows[0] == table.head)
    if at < len(table.rows) and not before.rest and _parted(before.rows[-1], table.rows[at]):
        box, row = table.boxes.pop(at), table.rows.pop(at)
        for column, text in enumerate(row):
            if text:
                whole, starts = join_texts([before.rows[-1][column], text])
                before.rows[-1][column] = whole
                before.rest[column] = (starts[1], _place(page, box))
    return True


def _parted(row: list[str], rest: list[str]) -> bool:
    """Whether a row at the top of a page is the rest of the last row of the page before: where it has text, that breaks off."""
    pairs = [(text, more) for text, more in zip(row, rest, strict=True) if more]
    some = len(pairs) < sum(map(bool, row)) and any(len(text) >= CARRIED for text, _ in pairs)
    return some and all(text and unfinished(text) for text, _ in pairs)


def table_elements(table: Table, number: int, page: int) -> Iterator[Element]:
    """One a row; a head that is repeated on the next page is left out."""
    for index, (row, box) in enumerate(zip(table.rows, table.boxes, strict=True)):
        places = ((0, _place(page, box)),)
        last = index == len(table.rows) - 1
        rest = tuple((column, offset, place) for column, (offset, place) in table.rest.items()) if last else ()
        if table.head and index == 0 and row == table.head:
            yield Element(" ".join(row), places=places, left_out="repeated head")
        else:
            header = index == 0 and table.head is None
            yield Element("", cells=tuple(row), table=number, header=header, places=places, rest=rest)


def _place(page: int, box: tuple[float, float, float, float]) -> Place:
    left, bottom, right, top = box
    return Place(page, (round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)))
