"""Running heads and page numbers, which are no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.pdf.lines import Line, rows_of
from pipeline.read.pdf.notes import NOTE_START
from pipeline.read.pdf.sheet import Sheet

MARGIN = 0.12  # share of the page's height where running heads and page numbers stand
MOST = 0.6  # share of the pages that have a running head at its height
_COUNT = r"\s*[\d〇零一二三四五六七八九十百]{1,4}\s*"
VOLUME = lazy(
    rf"第{_COUNT}卷\s*[，,·]?\s*第{_COUNT}期|(?:19|20)\d\d\s*年\s*第{_COUNT}期|总第{_COUNT}期|\bVol\.?\s*\d+|\bISSN\b"
)
ISSUED = lazy(  # on the line below: 2024年6月　Journal of Island Studies　June, 2024
    r"(?:^|\s)(?:19|20)\d\d年\d{1,2}月(?:\s|$)|\b(?:Journal|Studies|Review|Bulletin|Acta)\b|\b[A-Z][a-z]{2,8}\.?,?\s*(?:19|20)\d\d\b|\bDOI\b"
)
NUMBER = lazy(rf"第{_COUNT}[卷期]")
FURNITURE_GAP = 1.25  # usual distances of rows: a running head is farther from the text


def take_furniture(sheets: Sequence[Sheet]) -> None:
    """Leaves out running heads, which repeat at their place, and page numbers."""
    for sheet in sheets:
        _take_band(sheet)
    for top in (True, False):
        edges = [(sheet, _edge_rows(sheet, top=top)) for sheet in sheets]
        steady = _steady(edges)
        same: Counter[str] = Counter()
        alike: Counter[tuple[str, int]] = Counter()
        for _, edge in edges:
            same.update({row.text for row, _ in edge})
            alike.update({(_pattern(row.text), step) for row, apart in edge if apart for step in _heights(row)})
        least = max(2, min(5, 0.3 * len(sheets)))
        repeated = {step for (_, step), count in alike.items() if count >= least}
        for sheet, edge in edges:
            for row, apart in edge:
                note = (not top and NOTE_START.match(row.text) is not None) or row.text.endswith("。")
                short = len(row.text) < 50
                placed = apart and short and (repeated.intersection(_heights(row)) or row.text in steady)
                if p.PAGE_NUMBER.fullmatch(row.text):
                    sheet.take(row, "page number")
                elif not note and row.size < 1.3 * sheet.body and (placed or same[row.text] >= least):
                    sheet.take(row, "running head")
                else:
                    break


def _take_band(sheet: Sheet) -> None:
    """Leaves out the band that a journal sets above its pages: its name, volume and number, also in English."""
    rows = [row for row, _ in _edge_rows(sheet, top=True)]
    last = max((at for at, row in enumerate(rows) if _is_band(row.text)), default=-1)
    while 0 <= last < len(rows) - 1 and ISSUED.search(rows[last + 1].text) and len(rows[last + 1].text) < 100:
        last += 1
    below = [line.size for line in sheet.lines if line.runs and last >= 0 and line.base < rows[last].base - 0.3 * rows[last].size]
    for row in rows[: last + 1]:
        if _is_band(row.text) or row.size < max(below, default=0.0):
            sheet.take(row, "running head")


def _is_band(text: str) -> bool:
    """Whether a row names the volume or the number of a journal."""
    if len(text) > 100 or text[-1] in "。；，" or p.FIELD.match(text) or p.IMPRINT.fullmatch(text):
        return False
    return bool(VOLUME.search(text)) or any(NUMBER.fullmatch(part) for part in text.split())


def _steady(edges: Sequence[tuple[Sheet, list[tuple[Line, bool]]]]) -> set[str]:
    """Rows set apart in small type at a height where most pages have one: heads that name their chapters. Some come twice."""
    rows: dict[int, list[str]] = {}
    for sheet, edge in edges:
        for row, apart in edge:
            if apart and row.size <= sheet.body and len(row.text) < 40:
                for step in _heights(row):
                    rows.setdefault(step, []).append(row.text)
    least = max(3, MOST * len(edges))
    return {text for texts in rows.values() if len(texts) >= least and len(set(texts)) < len(texts) for text in texts}


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
