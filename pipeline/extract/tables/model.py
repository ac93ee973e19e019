"""A table as it is read: columns with their heads, rows with their labels, and what the caption and the lines above say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.tables.grid import Cell, Grid, Row
from pipeline.extract.tables.labels import Label, label_of
from pipeline.extract.tables.periods import period_of_table
from pipeline.extract.tables.units import is_unit, unit_above
from pipeline.extract.tables.values import YEAR, figure, is_figure
from pipeline.patterns import lazy

Role = Literal["figure", "unit", "period", "serial", "text", "empty"]
DASHES = frozenset("—-–－…/／*.．·～~")
_UNIT = lazy(r"[（(]?(?:计量)?单位[:：]")
_MOSTLY = 0.6


class Column(NamedTuple):
    """A column: the labels of its heads, the uppermost first, and what its cells are."""

    labels: tuple[Label, ...]
    role: Role

    @property
    def head(self) -> str:
        """The name of its lowest head."""
        return self.labels[-1].key if self.labels else ""


class Line(NamedTuple):
    """A row of the body: its own label and those that it stands under (columns to the left, lines that open a section)."""

    cells: Row
    label: Label | None
    over: tuple[Label, ...]
    section: Label | None
    heads: tuple[str, ...] = ()  # of the columns that `over` stands in


class Table(NamedTuple):
    """A table, or the part of one that stands under heads of its own. `key` is the column of its rows' labels, -1 for none."""

    grid: Grid
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    key: int
    unit: str | None
    period: str | None

    @property
    def figures(self) -> list[int]:
        """The columns of figures."""
        return [at for at, column in enumerate(self.columns) if column.role == "figure"]


def tables_in(reader: Reader, grid: Grid) -> Iterator[Table]:
    """The tables that a grid holds: one, or one for each row of heads within it."""
    period = period_of_table(reader, grid)
    unit = next((found for line in reversed(_told(grid)) if (found := unit_above(reader, reader.text[line[0] : line[1]]))), None)
    for heads, body in _parted(reader, grid):
        within = [row for row in (*heads, *body[:1]) if _only(row)]
        texts = [cell.text for row in within for cell in row if cell.text]
        unit_here = next((found for text in texts if (found := unit_above(reader, text))), unit)
        corner = next((found for row in heads if row[0].text and (found := unit_above(reader, row[0].text))), None)
        table = _table(reader, grid, [row for row in heads if not _only(row)], body, corner or unit_here, period)
        if table.lines:
            yield table


def _told(grid: Grid) -> list[tuple[int, int]]:
    lines = [tuple(line) for line in grid.above]
    return [*([tuple(grid.caption)] if grid.caption and tuple(grid.caption) not in lines else []), *lines]  # type: ignore[list-item]


# Which rows are heads?


def _parted(reader: Reader, grid: Grid) -> Iterator[tuple[list[Row], list[Row]]]:
    """Rows of heads with the rows below them."""
    heads: list[Row] = []
    body: list[Row] = []
    kinds = [_kind(row) for row in grid.rows]
    for at, row in enumerate(grid.rows):
        if kinds[at] == "blank":
            continue
        opens = not body and _opens(grid, kinds, at, heads)
        if body and _opens_anew(grid, kinds, at):
            yield heads, body
            heads, body = [], []
            if kinds[at - 1] == "title":
                heads.append(grid.rows[at - 1])
            opens = True
        (heads if opens else body).append(row)
    yield heads, body


def _kind(row: Row) -> Literal["blank", "title", "figures", "text"]:
    filled = [cell for cell in row if cell.text]
    if not filled:
        return "blank"
    if _only(row):
        return "title"
    return "figures" if any(is_figure(cell.text) for cell in row[1:]) else "text"


def _only(row: Row) -> bool:
    """Whether one text is all that a row has: the name of the table or of a section of it, or the unit of all."""
    texts = {cell.text for cell in row if cell.text}
    return len(texts) == 1 and (bool(row[0].text) or _UNIT.match(next(iter(texts))) is not None)


def _opens(grid: Grid, kinds: Sequence[str], at: int, heads: Sequence[Row]) -> bool:
    """Whether a row at the top is one of heads."""
    if not heads or all(map(_only, heads)):
        return kinds[at] != "figures"
    if kinds[at] != "text":
        return False
    row, above = grid.rows[at], next(head for head in reversed(heads) if not _only(head))
    spanned = row[0].text in ("", above[0].text)
    return (grid.headed[at] or spanned) and (spanned or "figures" in kinds[at:]) and at < 4


def _opens_anew(grid: Grid, kinds: Sequence[str], at: int) -> bool:
    """Whether a row within a table of figures names its columns anew: its first cell is empty or stands below the name of a
    section, and figures follow.
    """
    if kinds[at] != "text" or at + 1 == len(kinds) or "figures" not in kinds[:at] or kinds[at + 1] != "figures":
        return False
    row = grid.rows[at]
    if any(cell.text and set(cell.text) <= DASHES for cell in row) or sum(bool(cell.text) for cell in row) < 2:
        return False
    return not row[0].text or kinds[at - 1] == "title"


# Columns.


def _table(reader: Reader, grid: Grid, heads: list[Row], body: list[Row], unit: str | None, period: str | None) -> Table:
    width = range(grid.width)
    paths = [_path(heads, column) for column in width]
    lines = [row for row in body if not _only(row)]
    columns = tuple(
        Column(
            tuple(label_of(reader, cell, period) for cell in paths[column]),
            _role(reader, paths[column], [row[column] for row in lines], column),
        )
        for column in width
    )
    key = _key(reader, columns, lines)
    return Table(grid, columns, tuple(_lines(reader, columns, body, key, period)), key, unit, period)


def _path(heads: Sequence[Row], column: int) -> list[Cell]:
    """The heads over a column, the uppermost first, none twice; a head that spans several columns stands over each of them."""
    path: list[Cell] = []
    for level, row in enumerate(heads):
        at = column
        if not row[at].text and level + 1 < len(heads) and any(below[column].text for below in heads[level + 1 :]):
            while at > 0 and not row[at].text:
                at -= 1
        if row[at].text and (not path or path[-1].text != row[at].text):
            path.append(row[at])
    return path


def _role(reader: Reader, path: Sequence[Cell], cells: Sequence[Cell], column: int) -> Role:
    filled = [cell.text for cell in cells if cell.text and not set(cell.text) <= DASHES]
    head = path[-1].text if path else ""
    if not filled:
        return "empty"
    if reader.is_word(head, "unit_columns") or (len(filled) > 1 and all(is_unit(reader, text) for text in filled)):
        return "unit"
    if reader.ends_in(head, "serial_columns") or _counts(filled, column):
        return "serial"
    if column < 2 and sum(bool(YEAR.fullmatch(text)) for text in filled) > _MOSTLY * len(filled):
        return "period"
    numbers = sum(figure(reader, text) is not None for text in filled)
    return "figure" if numbers > _MOSTLY * len(filled) else "text"


def _counts(texts: Sequence[str], column: int) -> bool:
    """Whether the first column numbers the rows."""
    numbers = [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 4]
    return column == 0 and len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] < 2


def _key(reader: Reader, columns: Sequence[Column], lines: Sequence[Row]) -> int:
    """The column of the labels: left of the figures, the first that with those before it tells the rows apart; -1 for none."""
    first = next((at for at, column in enumerate(columns) if column.role == "figure"), len(columns))
    texts = [at for at in range(first) if columns[at].role in ("text", "period")]
    listed = [at for at in texts if any(reader.ends_in(columns[at].head, name) for name in ("quantity_columns", "thing_columns"))]
    if listed and len(texts) > 1 and reader.is_word(columns[texts[0]].head, "group_columns"):
        return listed[-1]
    for count in range(1, len(texts) + 1):
        keys = [tuple(row[at].text for at in texts[:count]) for row in lines]
        if len(set(keys)) == len(keys) and (all(key[-1] for key in keys) or count == len(texts)):
            return texts[count - 1]
    return texts[-1] if texts else -1


# Rows.


def _lines(reader: Reader, columns: Sequence[Column], body: Sequence[Row], key: int, period: str | None) -> Iterator[Line]:
    left = [at for at in range(key + 1) if columns[at].role in ("text", "period")]
    last: dict[int, Cell] = {}
    section: Label | None = None
    for row in body:
        if _only(row):
            section = label_of(reader, row[0], period)
            continue
        for at in left:
            if row[at].text:
                last = {other: cell for other, cell in last.items() if other < at} | {at: row[at]}
        named = [at for at in range(key + 1) if row[at].text and columns[at].role != "unit" and not is_figure(row[at].text)]
        own = key if key in named or not named else named[-1]
        label = label_of(reader, row[own], period) if own in named else None
        over = [at for at in left if at in last and at < own]
        labels = tuple(label_of(reader, last[at], period) for at in over)
        yield Line(row, label, labels, section, tuple(columns[at].head for at in over))
