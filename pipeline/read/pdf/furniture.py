"""Running heads and page numbers, which are no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.read import patterns as p
from pipeline.read.pdf.lines import Line, rows_of
from pipeline.read.pdf.notes import NOTE_START
from pipeline.read.pdf.sheet import Sheet

MARGIN = 0.12  # share of the page's height where running heads and page numbers stand
FURNITURE_GAP = 1.25  # usual distances of rows: a running head is farther from the text


def take_furniture(sheets: Sequence[Sheet]) -> None:
    """Leaves out running heads, which repeat at their place, and page numbers."""
    for top in (True, False):
        edges = [(sheet, _edge_rows(sheet, top=top)) for sheet in sheets]
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


def _edge_rows(sheet: Sheet, *, top: bool) -> list[tuple[Line, bool]]:
    """The rows in the upper or lower margin, from the edge inwards, and whether each is set apart from what follows."""
    height = sheet.page.height
    bases = sorted({round(line.base) for line in sheet.lines if line.runs})
    steps = [two - one for one, two in pairwise(bases) if 0.9 * sheet.body < two - one < 4 * sheet.body]
    zone = [line for line in sheet.lines if line.runs and (height - line.base if top else line.base) < 2 * MARGIN * height]
    rows = rows_of(Line(line.page, list(line.runs)).measure() for line in zone)
    usual = FURNITURE_GAP * max(median(steps) if steps else 0.0, sheet.body)
    rows = rows if top else rows[::-1]
    gaps = [abs(one.base - two.base) > usual for one, two in pairwise(rows)] + [len(rows) == 1]
    apart = [gap or (index + 1 < len(gaps) and gaps[index + 1]) for index, gap in enumerate(gaps)]
    near = [row.base > (1 - MARGIN) * height if top else row.base < MARGIN * height for row in rows]
    return [(row, far) for row, far, edge in zip(rows[:4], apart, near, strict=False) if edge]


def _pattern(text: str) -> str:
    """The text with its numbers made alike."""
    return re.sub(r"\d+", "#", text)


def _heights(row: Line) -> tuple[int, int]:
    """Two steps of four points that a baseline lies near."""
    return int(row.base // 4), int((row.base + 2) // 4) + 100_000
