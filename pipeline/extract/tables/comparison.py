"""Comparisons in tables: two things or more side by side, one dimension a row; or one thing a row, one dimension a column.

    比较维度 | 传统渔业 | 现代渔业        the heads are the sides
    类型     | 动力来源 | 组织方式        the rows are, where the caption says that the table compares

A table compares where its caption says so, or where its sides are two of one kind (传统渔业, 现代渔业). Of three or four
sides each pair is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.extract.reader import Reader
from pipeline.extract.tables.grid import Cell, squeeze
from pipeline.extract.tables.model import DASHES, Table
from pipeline.model import Claim, Name, Slot

RULE = "contrast.table"
_MOST = 4  # sides
_LONGEST_SIDE, _LONGEST_VALUE = 16, 150  # characters


def comparisons(reader: Reader, table: Table) -> Iterator[Claim]:
    """Every pair of values that a table of words sets side by side."""
    texts = [at for at, column in enumerate(table.columns) if column.role == "text" and column.labels]
    if len(texts) < 2 or not table.lines or any(column.role == "unit" for column in table.columns):
        return
    first, sides = texts[0], texts[1:]
    heads = [table.columns[at].labels[-1].cell for at in sides]
    rows = [[line.cells[first], *(line.cells[at] for at in sides)] for line in table.lines]
    said = _says(reader, table)
    corner = table.columns[first].head
    if _are_sides(reader, heads, said) and (not corner or reader.ends_in(corner, "dimension_columns") or not said):
        yield from _pairs(reader, heads, rows)
    elif said and corner and len(heads) > 1:
        turned = [[head, *(row[at] for row in rows)] for at, head in enumerate(heads, 1)]
        labels = [row[0] for row in rows]
        if _are_sides(reader, labels, said):
            yield from _pairs(reader, labels, turned)


def _says(reader: Reader, table: Table) -> bool:
    """Whether the caption, or the head of the first column, says that the table compares."""
    caption = table.grid.caption
    lines = [squeeze(reader.text[caption.start : caption.end])] if caption else []
    first = next((column for column in table.columns if column.labels), None)
    return any(reader.holds(line, "compare_words") for line in [*lines, first.head if first else ""])


def _are_sides(reader: Reader, cells: Sequence[Cell], said: bool) -> bool:
    """Whether names are those of two to four things of a kind."""
    names = [cell.text for cell in cells]
    if not 2 <= len(names) <= _MOST or len(set(names)) < len(names) or not all(0 < len(name) <= _LONGEST_SIDE for name in names):
        return False
    if any(reader.ends_in(name, kind) for name in names for kind in ("remark_columns", "serial_columns")):
        return False
    return said or (len(names) == 2 and _are_opposed(reader, names[0], names[1]))


def _are_opposed(reader: Reader, one: str, other: str) -> bool:
    """传统渔业, 现代渔业; 修订前, 修订后: an old side and a new one."""
    old, new = (reader.wording.words[name] for name in ("old_sides", "new_sides"))
    ways = ((one, other), (other, one))
    return any((length := old.at(a, 0)) and (size := new.at(b, 0)) and a[length:] == b[size:] for a, b in ways)


def _pairs(reader: Reader, sides: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Iterator[Claim]:
    """The values of each two sides in each row, whose first cell is the dimension."""
    for row in rows:
        dimension = row[0]
        for (at, a), (after, b) in combinations(enumerate(sides, 1), 2):
            one, other = row[at], row[after]
            if not dimension.text or not (_is_value(one.text) and _is_value(other.text)):
                continue
            cells = [dimension, one, other]
            slots: dict[str, Slot] = {
                "a": _side(reader, a),
                "b": _side(reader, b),
                "dimension": Name(dimension.text, "Concept", dimension.text),
                "value_a": one.text.rstrip("。；"),
                "value_b": other.text.rstrip("。；"),
            }
            start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
            if len({reader.block_index(cell.start) for cell in cells}) > 1:
                start, end = one.start, one.end  # one row a side: its own cell is the evidence
            yield reader.claim("contrast", slots, start, end, RULE)


def _side(reader: Reader, cell: Cell) -> Name:
    return reader.named(cell.text, "Concept", cell.text)


def _is_value(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_VALUE and not set(text) <= DASHES
