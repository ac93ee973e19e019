"""Of which time the figures of a table are: what a head, a label, the caption, a heading or the title says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.extract.tables.grid import Cell, Grid, squeeze
from pipeline.model import Span
from pipeline.patterns import lazy

_YEAR = lazy(r"(?<!\d)(?:19|20)\d{2}(?!\d|[-—–]\d{1,2}[-—–])")
_YEARS = lazy(r"(?<!\d)((?:19|20)\d{2})年?\s?[-—–~～至]\s?((?:19|20)\d{2})(?!\d)")
_HALF_YEAR = lazy(r"((?:19|20)\d{2})年?(?:半年度|中期报告)")
_PART = (
    r"(?:第?[一二三四1-4]季度|[上下]半年|前[一二三]季度|\d{1,2}\s?[-—–~～至]\s?\d{1,2}月份?"
    r"|(?<!\d)\d{1,2}月份?(?:\d{1,2}日)?|半年度)"
)
_WITHOUT = lazy(
    rf"(?:截[至止])?(?:(?:19|20)\d{{2}}年?\s?[-—–~～至]\s?)?(?:19|20)\d{{2}}(?:年度?)?(?:{_PART})?(?:年?[末底初])?(?=$|[^\d])|^{_PART}[末底]?"
)


def period_of(reader: Reader, cell: Cell, base: str | None) -> tuple[str | None, bool]:
    """The period that a head or a label names, ISO 8601, and whether it is one of aims."""
    planned = _holds(reader, cell.text, "planned_amounts")
    return stated(reader, Span(cell.start, cell.end)) or _counted(reader, cell, base), planned


def stated(reader: Reader, span: Span) -> str | None:
    """The period that a stretch states with its year: 2031, 2031-01/2031-06, 2030/2031; the end of a year is the year."""
    text = squeeze(reader.text[span.start : span.end])
    half = _HALF_YEAR.search(text)
    if half:
        return f"{half[1]}-01/{half[1]}-06"
    for date in reader.dates(*span):
        if date.value and _YEAR.search(reader.text, date.start, date.end):
            return date.value[:4] if date.value[4:] in ("-12", "-12-31") and date.precision != "range" else date.value
    years = _YEARS.search(text)
    if years:
        return f"{years[1]}/{years[2]}" if years[1] < years[2] else None
    year = _YEAR.search(text)
    return year[0] if year else None


def _counted(reader: Reader, cell: Cell, base: str | None) -> str | None:
    """The period of a head that counts from that of the table: 上年同期; 1—6月 of its year."""
    if base is None:
        return None
    if any(reader.is_word(cell.text[:length], "year_before") for length in range(2, min(7, len(cell.text)) + 1)):
        rest = cell.text[next(n for n in range(min(7, len(cell.text)), 1, -1) if reader.is_word(cell.text[:n], "year_before")) :]
        if not re.match("[增减±]", rest):
            return re.sub(r"\d{4}", lambda year: str(int(year[0]) - 1), base)
    for date in reader.dates(cell.start, cell.end):
        if date.value and date.precision not in ("day", "year") and re.search(r"[月季半]", reader.text[date.start : date.end]):
            return re.sub(r"\d{4}", base[:4], date.value)
    return None


def _holds(reader: Reader, text: str, name: str) -> bool:
    return any(reader.is_word(text[at:end], name) for at in range(len(text)) for end in (at + 2, at + 3, at + 4))


def without_period(text: str) -> str:
    """A label without its period: 2031年年末人口 → 人口."""
    return _WITHOUT.sub("", text, count=1)


def period_of_table(reader: Reader, grid: Grid) -> str | None:
    """The period that the lines above a table, else the headings over it, else the title of the document name; never guessed."""
    for span in _lines(reader, grid):
        period = stated(reader, span)
        if period:
            return period
    return None


def _lines(reader: Reader, grid: Grid) -> Iterator[Span]:
    if grid.caption:
        yield grid.caption
    yield from reversed(grid.above)
    start = grid.rows[0][0].start
    for heading in reader.headings(start):
        yield Span(heading.start, heading.end)
    for block in reader.document.blocks:
        if block.kind == "title" and block.start < start:
            yield Span(block.start, block.end)
            return
