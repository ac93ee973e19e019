"""A page while it is taken apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.model import Place
from pipeline.read.layout import Element
from pipeline.read.pdf.lines import Line, Table, fragments
from pipeline.read.pdf.page import Page, left_out
from pipeline.read.pdf.tables import take_tables


@dataclass(slots=True)
class Sheet:
    """A page's lines and tables; then, as they are found, its upright gutters and its regions in reading order.

    A region is a stretch of lines that are read one below the other; they have one column. `body` is the size of the
    document's type in points, `asides` are what is no part of the text.
    """

    page: Page
    body: float
    lines: list[Line]
    asides: list[Element]
    gutters: list[float] = field(default_factory=list)
    regions: list[list[Line]] = field(default_factory=list)

    def take(self, row: Line, reason: str) -> None:
        """Leaves a row out."""
        runs = set(map(id, row.runs))
        self.lines = [line for line in self.lines if not (line.runs and id(line.runs[0]) in runs)]
        self.asides.append(left_out(row.text, reason, row.place))


def open_sheets(pages: Iterable[Page], body: float) -> list[Sheet]:
    """The sheets of pages; a table may go on from one to the next."""
    sheets: list[Sheet] = []
    for page in pages:
        tables = [line for line in sheets[-1].lines if line.table] if sheets else []
        sheets.append(_open(page, body, min(tables, key=lambda line: line.bottom).table if tables else None))
    return sheets


def _open(page: Page, body: float, before: Table | None) -> Sheet:
    """The fragments of lines and the ruled tables of a page; one that could not be read is named among what is left out."""
    asides = list(page.asides)
    if reason := _unread(page):
        asides.append(left_out("", f"page {page.view.page} {reason}", Place(page.number)))
    tables = take_tables(page, before)
    return Sheet(page, body, fragments(page.number, page.runs) + tables, asides)


def _unread(page: Page) -> str:
    """Why nothing is read of a page, else ""."""
    if page.failed:
        return f"cannot be read: {page.failed}"
    return "is a picture" if page.scanned else "has fonts that give no readable text" if page.unreadable else ""
