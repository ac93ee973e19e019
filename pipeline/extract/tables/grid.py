"""The tables of a document as grids: rows of cells, one for each column, with what stands above each.

Formats give rows in different ways: a text repeated in the rows that it spans (HTML), left blank there (pdf), or left out, so
that the row is shorter than the others (Markdown of a recognised page). Here all rows of a table have the same length; a cell
left out is put back by what kinds of cells its column has. A table that goes on behind a page or under 续表 is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.tables.values import is_figure
from pipeline.model import Block, Span
from pipeline.read.cells import BREAK

_ABOVE = 3  # blocks above a table that may be its caption and its unit
_LONGEST_LINE = 80  # characters of a line above a table that says something of it
_CONTINUED = "续"


class Cell(NamedTuple):
    """A cell: what stands in it, without spaces between Chinese characters, and where."""

    text: str
    start: int
    end: int


Row = tuple[Cell, ...]


class Grid(NamedTuple):
    """A table: its rows, all of one length, whether the format says that a row is of heads, the lines above it, nearest last."""

    rows: tuple[Row, ...]
    headed: tuple[bool, ...]
    above: tuple[Span, ...]
    caption: Span | None

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0])


def grids(reader: Reader) -> Iterator[Grid]:
    """Every table of the document with two rows and two columns or more, in order."""
    blocks = reader.document.blocks
    captions = {tie.block: Span(tie.start, tie.end) for tie in reader.document.ties if tie.kind == "caption"}
    parts: list[tuple[int, list[Block]]] = []
    for index, block in enumerate(blocks):
        if block.kind != "table_row" or not block.cells:
            continue
        if parts and blocks[index - 1].kind == "table_row" and blocks[index - 1].table == block.table:
            parts[-1][1].append(block)
        elif parts and _goes_on(reader, parts[-1], index):
            parts[-1][1].extend([] if _texts(reader, block) == _texts(reader, parts[-1][1][0]) else [block])
        else:
            parts.append((index, [block]))
    for first, rows in parts:
        grid = _grid(reader, first, rows, captions.get(first))
        if len(grid.rows) > 1 and grid.width > 1:
            yield from _beside(grid)


def _texts(reader: Reader, block: Block) -> tuple[str, ...]:
    return tuple(squeeze(reader.text[cell.start : cell.end]) for cell in block.cells)


def squeeze(text: str) -> str:
    """A text without the spaces and line ends in it, but for those between Latin words and numbers."""
    out = ""
    for word in text.split():
        parted = out and out[-1].isascii() and word[0].isascii() and out[-1].isalnum() and word[0].isalnum()
        out += " " + word if parted else word
    return out


def _goes_on(reader: Reader, before: tuple[int, list[Block]], index: int) -> bool:
    """Whether the table that begins at block `index` goes on with the one before: nothing but 续表 between them, as many
    columns, and the same heads or none of its own.
    """
    blocks, last = reader.document.blocks, before[1][-1]
    between = [block for block in blocks[max(0, index - _ABOVE) : index] if block.start > last.start]
    if any(not _continues(reader, block) for block in between) or len(blocks[index].cells) != len(last.cells):
        return False
    if blocks[index - 1 - len(between)] is not last:
        return False
    first = _texts(reader, blocks[index])
    return first == _texts(reader, before[1][0]) or any(map(is_figure, first[1:])) or bool(between)


def _continues(reader: Reader, block: Block) -> bool:
    """Whether a line says that a table goes on: 续表3, （续表）."""
    return (
        block.kind != "table_row"
        and block.end - block.start < _LONGEST_LINE
        and _CONTINUED in reader.text[block.start : block.start + 3]
    )


def _grid(reader: Reader, first: int, blocks: Sequence[Block], caption: Span | None) -> Grid:
    rows, headed = [], []
    for block in blocks:
        unfolded = _unfolded(reader.text, block.cells)
        rows += unfolded
        headed += [block.header] * len(unfolded)
    width = Counter(len(row) for row in rows if len(row) > 1).most_common(1)[0][0] if any(len(row) > 1 for row in rows) else 1
    width = max([width, *map(len, rows[:3])])
    above = tuple(_above(reader, first))
    rows = _spread(rows, width)
    return Grid(tuple(_aligned(rows, width)), tuple(headed), above, _caption(reader, above, caption))


def _unfolded(text: str, cells: Sequence[Span]) -> list[Row]:
    """The row of some cells; as many rows as a cell has figures, one below the other, where the label has as many lines."""
    whole = tuple(Cell(squeeze(text[start:end]), start, end) for start, end in cells)
    parts = [_parts(text, cell) for cell in cells]
    folded = {len(lines) for lines in parts if len(lines) > 1 and all(is_figure(line.text) for line in lines)}
    label = next((lines for cell, lines in zip(whole, parts, strict=True) if cell.text), [])
    if len(folded) != 1 or len(label) not in folded or any(is_figure(line.text) for line in label):
        return [whole]
    return [
        tuple(lines[at] if len(lines) == len(label) else cell for cell, lines in zip(whole, parts, strict=True))
        for at in range(len(label))
    ]


def _parts(text: str, cell: Span) -> list[Cell]:
    """The lines of a cell."""
    lines, at = [], cell.start
    for line in text[cell.start : cell.end].split(BREAK):
        lines.append(Cell(squeeze(line), at, at + len(line)))
        at += len(line) + 1
    return lines


def _above(reader: Reader, first: int) -> Iterator[Span]:
    """The short lines right above a table, as they follow each other."""
    blocks = reader.document.blocks
    found: list[Span] = []
    for block in reversed(blocks[max(0, first - _ABOVE) : first]):
        if block.kind in ("table_row", "metadata") or block.end - block.start > _LONGEST_LINE:
            break
        found.append(Span(block.start, block.end))
        if block.kind in ("caption", "heading", "title"):
            break
    yield from reversed(found)


def _caption(reader: Reader, above: Sequence[Span], tied: Span | None) -> Span | None:
    """The line above a table that is its caption by its form; else the one that is tied to it, below it; else the nearest line
    above that is no sentence and more than a unit.
    """
    lines = [line for line in reversed(above) if reader.text[line.end - 1] not in "。；"]
    formed = next((line for line in lines if reader.text[line.start] in "表附专续"), None)
    return formed or tied or next((line for line in lines if not _is_unit(reader, line)), None)


def _is_unit(reader: Reader, line: Span) -> bool:
    return bool(reader.word_at(line.start, "unit_columns") or reader.word_at(line.start + 1, "unit_columns"))


# Rows of one length.


def _spread(rows: list[Row], width: int) -> list[Row]:
    """The rows with the heads of the first set over the columns that they span, where it and the second leave out cells:
    品种|上年|本年 over 产量|产值|产量|产值.
    """
    if len(rows) < 3 or len(rows[1]) >= width or len(rows[0]) >= len(rows[1]) or any(is_figure(cell.text) for cell in rows[1]):
        return rows
    left = width - len(rows[1])  # columns whose heads take both rows
    span, rest = divmod(len(rows[1]), max(1, len(rows[0]) - left))
    if rest or span < 2 or left >= len(rows[0]):
        return rows
    heads = list(rows[0][:left])
    for cell in rows[0][left:]:
        heads += [cell, *_blanks(cell.end, span - 1)]
    return [tuple(heads), (*_blanks(rows[1][0].start, left), *rows[1]), *rows[2:]]


def _aligned(rows: Sequence[Row], width: int) -> Iterator[Row]:
    """The rows with the cells put back that a short row leaves out; longer rows are cut."""
    full = [row for row in rows if len(row) == width]
    kinds = [Counter(_kind(row[column]) for row in full if row[column].text) for column in range(width)]
    for row in rows:
        if len(row) >= width:
            yield row[:width]
        elif len(row) == 1:
            yield (*row, *_blanks(row[0].end, width - 1))
        else:
            at = max(range(width - len(row) + 1), key=lambda at: (_fit(row, kinds[at:]), -at))
            yield (*_blanks(row[0].start, at), *row, *_blanks(row[-1].end, width - len(row) - at))


def _blanks(at: int, count: int) -> list[Cell]:
    return [Cell("", at, at)] * count


def _kind(cell: Cell) -> str:
    return "figure" if is_figure(cell.text) else "text"


def _fit(row: Row, kinds: Sequence[Counter[str]]) -> float:
    """How many of the cells are of the kind that their column mostly has, each counted by how often it has."""
    shares = (
        kind[_kind(cell)] / kind.total() if kind.total() else 0.5 for cell, kind in zip(row, kinds, strict=False) if cell.text
    )
    return round(sum(shares), 6)


def _beside(grid: Grid) -> Iterator[Grid]:
    """A table whose heads repeat, so that it stands in two or three columns on the page, as one below the other."""
    heads = [cell.text for cell in grid.rows[0]]
    for parts in (2, 3):
        width, rest = divmod(grid.width, parts)
        repeats = not rest and width > 1 and all(heads[:width]) and heads == heads[:width] * parts
        if repeats and len(set(heads[:width])) == width:
            rows = [grid.rows[0][:width]]
            rows += [row[at * width : (at + 1) * width] for at in range(parts) for row in grid.rows[1:]]
            kept = [row for row in rows if any(cell.text for cell in row)]
            yield grid._replace(rows=tuple(kept), headed=(grid.headed[0], *(False,) * (len(kept) - 1)))
            return
    yield grid
