"""pdfium → the pages of a file: runs of characters with their places, sizes and weights; and the errors of files without text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.read.pdf import ocr
from pipeline.read.pdf.forms import Forms, Written, beside_names, open_form
from pipeline.read.pdf.glyphs import GlyphReader, Glyphs
from pipeline.read.pdf.page import Page, View, left_out
from pipeline.read.pdf.readable import is_readable
from pipeline.read.pdf.strokes import Drawing, Drawings
from pipeline.read.pdf.turn import Turn
from pipeline.read.pdf.vertical import part_columns

PAGES, CHARACTERS = 5_000, 20_000_000  # the most that is read of a document
PICTURE = 0.4  # share of a page that its largest picture takes if the page was scanned
STRAY = 15  # a scanned page may have so many characters (a number, a stamp)
ASIDE_LINES = 3  # so many lines that run another way than the rest of the page are no stamp or label, but text


def read_pages(data: bytes, name: str) -> list[Page]:
    """What stands on each page. ReadError where the file cannot be opened, is too large or holds no text."""
    import pypdfium2

    if b"%PDF" not in data[:4096]:
        raise ReadError(f"{name}: is no PDF that can be opened: save it again as PDF")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ReadError(f"{name}: is encrypted: save it without a password") from error
        raise ReadError(f"{name}: is no PDF that can be opened: save it again as PDF") from error
    with document:
        pages = _Reader(pypdfium2.raw, Forms(pypdfium2.raw, open_form(document))).read(document, name)
    _check(pages, name)
    return pages


def _check(pages: list[Page], name: str) -> None:
    """ReadError where the pages hold no text that can be read."""
    if all(page.failed for page in pages):
        raise ReadError(f"{name}: is no PDF that can be opened: save it again as PDF")
    if any(page.runs and not page.textless for page in pages):
        return
    if any(page.unreadable for page in pages):
        remedy = "; what is installed found none" if ocr.available() else f": {ocr.INSTALL}"
        raise ReadError(f"{name}: its fonts give no readable text: run OCR on it first{remedy}")
    remedy = "OCR found none in them either" if ocr.available() else ocr.INSTALL
    raise ReadError(f"{name}: is scanned, its pages hold pictures and no text: {remedy}")


@dataclass(slots=True)
class _Reader:
    """What is left to read."""

    raw: Any
    forms: Forms
    drawings: Drawings = field(init=False)
    glyphs: GlyphReader = field(init=False)
    left: int = CHARACTERS

    def __post_init__(self) -> None:
        self.drawings = Drawings(self.raw)
        self.glyphs = GlyphReader(self.raw)

    def read(self, document: Any, name: str) -> list[Page]:
        """Every page; one that fails is `failed`."""
        count = len(document)
        if count > PAGES:
            raise ReadError(f"{name}: has {count} pages, more than {PAGES} are not read: split it")
        pages: list[Page] = []
        for number in range(1, count + 1):
            pages += [replace(page, number=len(pages) + at) for at, page in enumerate(self._page(document, number), 1)]
            if self.left < 0:
                raise ReadError(f"{name}: has more than {CHARACTERS} characters: split it")
        return pages

    def _page(self, document: Any, number: int) -> list[Page]:
        """A page in each way that it is held to be read."""
        import pypdfium2

        try:
            with ExitStack() as stack:
                page = document[number - 1]
                stack.callback(page.close)
                text = page.get_textpage()
                stack.callback(text.close)
                return self._content(page, text, number)
        except (pypdfium2.PdfiumError, OSError, ValueError) as error:
            return [Page(number, 0, 0, View(number, 0, 0), failed=str(error) or "it is broken")]

    def _content(self, page: Any, text: Any, number: int) -> list[Page]:
        box = self.raw.FS_RECTF()
        self.raw.FPDF_GetPageBoundingBox(page, box)
        turn = Turn(self.raw.FPDFPage_GetRotation(page), box.left, box.bottom, box.right, box.top)
        drawing = self.drawings.of(page)
        content = _held(number, 0, turn, drawing)
        count = self.raw.FPDFText_CountChars(text)
        self.left -= count
        written = self.forms.of(page, number, turn)
        content.asides = written.comments
        held: list[Page] = []
        if count > 0 and self.left >= 0:
            glyphs = self.glyphs.read(text, count, turn)
            content.unreadable = not is_readable(glyphs.characters, glyphs.mapless)
            held = [] if content.unreadable else list(_views(glyphs, content, written, drawing))
        elif written.runs:
            content.runs = written.runs
            held = [content]
        area = max(1.0, content.width * content.height)
        characters = sum(len(run.text) for each in held for run in each.runs)
        content.scanned = drawing.picture > PICTURE * area and characters < STRAY
        if content.textless and ocr.available() and (recognised := ocr.recognise(page, content.height)):
            content.runs, content.scanned, content.unreadable, content.ocr = recognised, False, False, True
            return [content]
        return held or [content]


def _held(number: int, quarter: int, turn: Turn, drawing: Drawing) -> Page:
    """A page without its text, turned on from how it is seen."""
    way = turn.further(quarter)
    view = View(number, *turn.size(), quarter)
    return Page(number, *way.size(), view, rules=[way.rule(rule) for rule in drawing.rules])


def _views(glyphs: Glyphs, content: Page, written: Written, drawing: Drawing) -> Iterator[Page]:
    """The page in each way that it is held to be read: as it is seen, and turned for text that runs another way.

    Stamps, labels and watermarks that do are left out.
    """
    upright, turned = glyphs.runs()
    content.runs, columns = part_columns(upright, content.height)
    content.runs += beside_names(written.runs, content.runs, content.rules)
    most = sum(len(run.text) for run in upright)
    leans = Counter(lean for _, lean in turned)
    aside: set[int | None] = {None}
    pages = [content]
    for quarter in (1, 2, 3):
        runs = columns if quarter == 3 else []
        if leans[quarter]:
            lines, _ = glyphs.held(quarter).runs()
            if leans[quarter] > most or runs or len({round(run.base / run.size) for run in lines}) >= ASIDE_LINES:
                runs = runs + lines
            else:
                aside.add(quarter)
        if runs:
            page = _held(content.number, quarter, glyphs.turn, drawing)
            page.runs = runs
            pages.append(page)
    if rest := "".join(char for char, lean in turned if lean in aside):
        content.asides.append(left_out(rest, "rotated text", Place(content.number)))
    first, *others = [page for page in pages if page.runs] or [content]
    first.asides = content.asides
    yield from (first, *others)
