"""Tables of data and tables of fields as rows of text; and which tables only arrange the page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read import patterns as p
from pipeline.read.html.tree import Node, squash

_MAX_CELLS = 2_000_000


def rows_of(nodes: Sequence[Node], table: Node) -> list[list[Node]]:
    """The cells of each row that has any; none for a table with tables inside."""
    rows: dict[int, list[Node]] = {}
    if not table.tables:
        for node in nodes[table.at : table.end]:
            if node.tag in ("td", "th") and node.parent is not None:
                rows.setdefault(node.parent.at, []).append(node)
    return list(rows.values())


def arranges(table: Node, rows: Sequence[Sequence[Node]]) -> bool:
    """The table is a means of layout: one row or column, or long running text in cells that are no list of tasks."""
    role, cells = table.attributes.get("role"), [cell for row in rows for cell in row]
    if role in ("presentation", "none") or len(rows) < 2 or max(map(len, rows)) < 2:
        return True
    area = sum(_span(cell, "colspan") * min(_span(cell, "rowspan"), len(rows)) for cell in cells)
    if area > _MAX_CELLS:
        return True
    if any(cell.tag == "th" for cell in cells) or sum(len(row) >= 3 for row in rows) >= 3:
        return False
    long = [cell for cell in cells if cell.size > 120]
    return len(long) > 1 or any(cell.size > 0.6 * table.size and cell.end - cell.at > 4 for cell in long)


def _span(cell: Node, name: str) -> int:
    """The number of rows or columns that a cell takes; at most 1000, as browsers do."""
    value = (cell.attributes.get(name) or "").strip()
    return min(max(int(value), 1), 1000) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def is_header(row: Sequence[Node]) -> bool:
    """All cells of the row are <th>, or it stands in a <thead>."""
    section = row[0].parent.parent if row[0].parent else None
    return (section is not None and section.tag == "thead") or all(cell.tag == "th" for cell in row)


def is_key(text: str) -> bool:
    """The text is the name of a field, with or without its colon."""
    match = p.FIELD.fullmatch(squash(text).rstrip(":：") + "：")
    return bool(match and not match["value"])


def field_lines(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines "key：value" of each row of a table of fields; none where it is no such table."""
    keys = [key for row in rows for key in row[::2] if key]
    even = all(len(row) % 2 == 0 for row in rows)
    if not even or len(keys) < 2 or sum(map(is_key, keys)) < max(2, 0.6 * len(keys)):
        return []
    return [
        [squash(key).rstrip(":：") + "：" + value if key else value for key, value in zip(row[::2], row[1::2], strict=True)]
        for row in rows
    ]


def grid(rows: Sequence[Sequence[Node]], texts: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The cells of each row: a text is repeated in the rows it spans, and stands in the first of the columns it spans."""
    filled: list[dict[int, str]] = [{} for _ in rows]
    for at, (row, read) in enumerate(zip(rows, texts, strict=True)):
        column = 0
        for cell, text in zip(row, read, strict=True):
            while column in filled[at]:
                column += 1
            width = _span(cell, "colspan")
            for below in filled[at : at + _span(cell, "rowspan")]:
                below.update((column + offset, "" if offset else text) for offset in range(width))
            column += width
    columns = max(max(row, default=0) for row in filled) + 1
    return [tuple(row.get(column, "") for column in range(columns)) for row in filled]
