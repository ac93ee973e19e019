"""The lines within the cells of a row of a table: each a value of its own, or one text that the page has broken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.patterns import lazy

BREAK = "；"  # stands for a line break between values
_FIGURE = lazy(r"[-−－–+＋<>≥≤~≈约]?\d[\d,，.．]*\s?(?:[%％‰]|[\u4e00-\u9fffA-Za-z²³]{0,4})")
_BROKEN = lazy(r"[ ]*<br\s*/?>[ ]*", re.IGNORECASE)


def in_lines(cells: Sequence[Sequence[str]]) -> list[str | None]:
    """The lines of each cell of a row parted by BREAK; None for a cell whose lines are one text.

    The lines of a cell are values of their own where all of them are figures, and so are those of the cells of that row that have
    as many: 黄鱼, 带鱼 beside 12.3, 45.6.
    """
    counts = {len(lines) for lines in cells if len(lines) > 1 and all(map(_FIGURE.fullmatch, lines))}
    return [BREAK.join(lines) if len(lines) in counts else None for lines in cells]


def row_of(cells: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The text of each cell of a row, on one line."""
    return tuple(" ".join(lines) if kept is None else kept for lines, kept in zip(cells, in_lines(cells), strict=True))


def kept_breaks(row: re.Match[str]) -> str:
    """A row of Markdown with BREAK and blanks, of the same length, for each <br> between values of their own."""
    cells = row[0].split("|")
    kept = in_lines([[line.strip() for line in _BROKEN.split(cell)] for cell in cells])
    return "|".join(
        cell if lines is None else _BROKEN.sub(lambda mark: BREAK + " " * (len(mark[0]) - 1), cell)
        for cell, lines in zip(cells, kept, strict=True)
    )
