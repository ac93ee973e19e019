"""A .pdf with a text layer → its elements in reading order: a pdf knows only where each character stands.

Read the modules in the order of the work; each imports only from those before it:

    page.py        what stands on a page: runs of characters, rules
    strokes.py     pdfium → the rules and pictures that are drawn on a page
    ocr.py         a scanned page → runs, where the extra `ocr` is installed
    turn.py        a page that is turned
    glyphs.py      pdfium → runs of characters
    readable.py    whether a page's characters are text
    forms.py       what was written into the fields of a form
    vertical.py    text in columns from right to left
    characters.py  pdfium → pages; the errors of files that hold no text
    lines.py       runs → fragments → lines, and their text
    tables.py      lines and rules → tables
    sheet.py       a page while it is taken apart
    notes.py       footnotes and the marks that point to them
    furniture.py   running heads and page numbers, which are left out
    columns.py     bands, columns, reading order
    paragraphs.py  lines → paragraphs, across columns and pages
    titles.py      title and headings; paragraphs and tables → elements
    cover.py       the cover of a paper that is published online first

From lines.py on it is pure geometry, in points from the lower left corner of the page as it is seen; an *em* is the size of
the type in question.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from pipeline.model import Place
from pipeline.read.layout import Element
from pipeline.read.pdf.characters import read_pages
from pipeline.read.pdf.columns import set_columns
from pipeline.read.pdf.cover import take_cover
from pipeline.read.pdf.furniture import take_furniture
from pipeline.read.pdf.notes import with_notes
from pipeline.read.pdf.page import Page
from pipeline.read.pdf.paragraphs import join_paragraphs
from pipeline.read.pdf.sheet import open_sheets
from pipeline.read.pdf.titles import name_headings, to_elements

__all__ = ["elements", "laid_out"]

PLAIN = 10.5  # points: the size of type where there is none


def elements(data: bytes, name: str) -> list[Element]:
    """Title, headings, paragraphs, rows of tables, footnotes of a pdf in reading order, and what is no part of its text.

    ReadError where it cannot be opened or holds no text.
    """
    return laid_out(read_pages(data, name))


def laid_out(pages: list[Page]) -> list[Element]:
    """The elements of pages of any fixed layout; page n of the list has number n."""
    body, weight = _body(pages)
    sheets = open_sheets(pages, body)
    take_furniture(sheets)
    set_columns(sheets)
    drafts = take_cover(join_paragraphs([item for sheet in sheets for item in with_notes(sheet)], body))
    name_headings(drafts, body, weight)
    return [_seen(element, pages) for element in to_elements(drafts)]


def _seen(element: Element, pages: list[Page]) -> Element:
    """The element with its places on the pages as they are seen."""
    places = tuple((offset, _as_seen(place, pages)) for offset, place in element.places)
    rest = tuple((column, offset, _as_seen(place, pages)) for column, offset, place in element.rest)
    return replace(element, places=places, rest=rest)


def _as_seen(place: Place, pages: list[Page]) -> Place:
    """A place on its page as it is seen; with the mark of OCR where that read the page."""
    page = pages[place.page - 1]
    return page.view.seen(place)._replace(ocr=page.ocr)


def _body(pages: list[Page]) -> tuple[float, int]:
    """Size in points and weight of the type of most characters."""
    sizes: Counter[float] = Counter()
    weights: Counter[int] = Counter()
    for page in pages:
        for run in page.runs:
            sizes[round(2 * run.size) / 2] += len(run.text)
            weights[run.weight] += len(run.text)
    return (sizes.most_common(1)[0][0] if sizes else PLAIN), max(sorted(weights), key=lambda weight: weights[weight], default=0)
