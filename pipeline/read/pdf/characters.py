"""pdfium → the pages of a file: runs of characters with their places, sizes and weights; and the errors of files without text."""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.read.pdf import ocr
from pipeline.read.pdf.page import Page, Rule, Run, left_out
from pipeline.read.pdf.strokes import Drawings

PAGES, CHARACTERS = 5_000, 20_000_000  # the most that is read of a document
UPRIGHT = 0.05  # radians that a line of text may lean
GAP, OVERLAP = 0.8, -0.7  # sizes of type between two characters: from here on they are no neighbours
WORD_GAP, WIDE_GAP = 0.25, 0.4  # sizes of type: between words in Latin letters; between Chinese characters that were set apart
PICTURE = 0.4  # share of a page that its largest picture takes if the page was scanned
STRAY = 15  # a scanned page may have so many characters (a number, a stamp)
BOLD = re.compile(rb"bold|heavy|black|xbs|dbs", re.I)  # in a font's name
SANS = re.compile(rb"hei|\xba\xda\xcc\xe5|\xe9\xbb\x91", re.I)  # in a font's name; 黑体 in GBK, 黑 in UTF-8
FORCE_BOLD = 1 << 18  # a font descriptor's flag
HYPHENS = {"\x02": "-", "\xad": "-", "\ufffe": "-"}  # what pdfium and fonts put for a hyphen at the end of a line
SPACES = frozenset(
    map(chr, (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF))
)
NOTHING = "\u200b\ufeff"
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
APART = re.compile("(?<=[\u2e80-\uffff]) (?=[\u2e80-\uffff])")
NAMELESS = re.compile("[\x00\x01\ufffd\ue000-\uf8ff]")


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
        pages = _Reader(pypdfium2.raw).read(document, name)
    _check(pages, name)
    return pages


def _check(pages: list[Page], name: str) -> None:
    """ReadError where the pages hold no text that can be read."""
    text = "".join(run.text for page in pages for run in page.runs)
    unnamed = len(NAMELESS.findall(text))
    if pages and all(page.failed for page in pages):
        raise ReadError(f"{name}: is no PDF that can be opened: save it again as PDF")
    if all(page.failed or page.scanned or not page.runs for page in pages):
        remedy = "OCR found none in them either" if ocr.available() else ocr.INSTALL
        raise ReadError(f"{name}: is scanned, its pages hold pictures and no text: {remedy}")
    if 2 * unnamed > len(text):
        raise ReadError(f"{name}: its fonts give no readable text: run OCR on it first")


@dataclass(slots=True)
class _Reader:
    """What is left to read, and one of pdfium's functions in a form that takes addresses, which spares an object a character."""

    raw: Any
    drawings: Drawings = field(init=False)
    loose_box: Callable[..., int] = field(init=False)
    left: int = CHARACTERS

    def __post_init__(self) -> None:
        self.drawings = Drawings(self.raw)
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
        self.loose_box = kind(ctypes.cast(self.raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0)

    def read(self, document: Any, name: str) -> list[Page]:
        """Every page; one that fails is `failed`."""
        count = len(document)
        if count > PAGES:
            raise ReadError(f"{name}: has {count} pages, more than {PAGES} are not read: split it")
        pages = []
        for number in range(1, count + 1):
            pages.append(self._page(document, number))
            if self.left < 0:
                raise ReadError(f"{name}: has more than {CHARACTERS} characters: split it")
        return pages

    def _page(self, document: Any, number: int) -> Page:
        import pypdfium2

        try:
            with ExitStack() as stack:
                page = document[number - 1]
                stack.callback(page.close)
                text = page.get_textpage()
                stack.callback(text.close)
                return self._content(page, text, number)
        except (pypdfium2.PdfiumError, OSError, ValueError) as error:
            return Page(number, 0, 0, failed=str(error) or "it is broken")

    def _content(self, page: Any, text: Any, number: int) -> Page:
        box = self.raw.FS_RECTF()
        self.raw.FPDF_GetPageBoundingBox(page, box)
        turn = _Turn(self.raw.FPDFPage_GetRotation(page), box.left, box.bottom, box.right, box.top)
        content = Page(number, *turn.size())
        glyphs = _Glyphs(self.raw, text.raw, turn)
        count = self.raw.FPDFText_CountChars(text)
        self.left -= count
        if count > 0 and self.left >= 0:
            characters = glyphs.characters(count)
            boxes = glyphs.boxes(count, self.loose_box)
            turned: list[str] = []
            content.runs = _filled(_once(_runs(characters, boxes, glyphs, turned)))
            if turned:
                content.asides.append(left_out("".join(turned), "rotated text", Place(number)))
        drawing = self.drawings.of(page)
        content.rules = [turn.rule(rule) for rule in drawing.rules]
        area = max(1.0, content.width * content.height)
        content.scanned = drawing.picture > PICTURE * area and sum(len(run.text) for run in content.runs) < STRAY
        if content.scanned and ocr.available() and (recognised := ocr.recognise(page, content.height)):
            content.runs, content.scanned, content.ocr = recognised, False, True
        return content


@dataclass(frozen=True, slots=True)
class _Turn:
    """From pdfium's coordinates to the page as it is seen: `quarter` turns clockwise, corner at 0, 0."""

    quarter: int
    left: float
    bottom: float
    right: float
    top: float

    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        size = (self.right - self.left, self.top - self.bottom)
        return size if self.quarter % 2 == 0 else (size[1], size[0])

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as seen."""
        corner = (
            (x - self.left, y - self.bottom),
            (y - self.bottom, self.right - x),
            (self.right - x, self.top - y),
            (self.top - y, x - self.left),
        )
        return corner[self.quarter % 4]

    def boxes(self, values: list[float]) -> list[float]:
        """Boxes (left, top, right, bottom) as seen."""
        seen = []
        for left, top, right, bottom in zip(*(values[side::4] for side in range(4)), strict=True):
            (x, y), (x2, y2) = self.point(left, bottom), self.point(right, top)
            seen += [min(x, x2), max(y, y2), max(x, x2), min(y, y2)]
        return seen

    def rule(self, rule: Rule) -> Rule:
        """A rule as seen."""
        (x, y), (x2, y2) = self.point(rule.left, rule.bottom), self.point(rule.right, rule.top)
        return Rule(min(x, x2), min(y, y2), max(x, x2), max(y, y2))


@dataclass(slots=True)
class _Glyphs:
    """What pdfium knows of the characters of a page."""

    raw: Any
    text: Any
    turn: _Turn
    x: ctypes.c_double = field(default_factory=ctypes.c_double)
    y: ctypes.c_double = field(default_factory=ctypes.c_double)
    fonts: dict[bytes, int] = field(default_factory=dict)

    def characters(self, count: int) -> str:
        """One for each index; in one call where none is left out of it or takes two units."""
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        self.raw.FPDFText_GetText(self.text, 0, count, buffer)
        text = bytes(buffer).decode("utf-16-le", "replace").split("\0", 1)[0]
        if len(text) == count:
            return text
        codes = map(self.raw.FPDFText_GetUnicode, repeat(self.text), range(count))
        return PAIR.sub(_joined, "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes))

    def boxes(self, count: int, loose_box: Callable[..., int]) -> list[float]:
        """Left, top, right, bottom of each, by the measures of the font: all of a line are as high."""
        buffer = (ctypes.c_float * (4 * count))()
        start = ctypes.addressof(buffer)
        address = ctypes.cast(self.text, ctypes.c_void_p).value
        deque(map(loose_box, repeat(address), range(count), range(start, start + 16 * count, 16)), 0)
        values = buffer[:]
        return self.turn.boxes(values) if self.turn.quarter or self.turn.left else values

    def stance(self, index: int) -> tuple[float, float, bool]:
        """Baseline and size of a character, and whether it stands upright on the page as seen."""
        matrix = self.raw.FS_MATRIX()
        self.raw.FPDFText_GetMatrix(self.text, index, matrix)
        self.raw.FPDFText_GetCharOrigin(self.text, index, self.x, self.y)
        lean = math.atan2(matrix.b, matrix.a) - self.turn.quarter * math.pi / 2
        size = self.raw.FPDFText_GetFontSize(self.text, index) * math.hypot(matrix.c, matrix.d)
        base = self.turn.point(self.x.value, self.y.value)[1]
        return base, max(size, 1.0), abs(math.remainder(lean, math.tau)) < UPRIGHT

    def weight(self, index: int) -> int:
        """By the name or the flags of its font, or because its outline is drawn, too: as `Run` has it."""
        name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
        self.raw.FPDFText_GetFontInfo(self.text, index, name, 80, flags)
        if name.value not in self.fonts:
            self.fonts[name.value] = 2 if BOLD.search(name.value) else 1 if SANS.search(name.value) else 0
        if flags.value & FORCE_BOLD:
            return 2
        thing = self.raw.FPDFText_GetTextObject(self.text, index)
        drawn = thing and self.raw.FPDFTextObj_GetTextRenderMode(thing) == self.raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        return 2 if drawn else self.fonts[name.value]


def _joined(pair: re.Match[str]) -> str:
    """Two halves of a character as it and nothing; half a one is none."""
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16") + NOTHING[0] if len(pair[0]) == 2 else "\ufffd"


def _runs(characters: str, boxes: list[float], glyphs: _Glyphs, turned: list[str]) -> Iterator[Run]:
    """Neighbours of one size on one baseline; what does not stand upright goes to `turned`."""
    text: list[str] = []
    lefts: list[float] = []
    first = last = -1
    high = low = edge = math.nan
    base = size = 0.0
    stance = (base, size)
    upright, spaced = True, False
    for index, (char, left, top, right, bottom) in enumerate(
        zip(characters, boxes[::4], boxes[1::4], boxes[2::4], boxes[3::4], strict=True)
    ):
        if char in SPACES:
            spaced = spaced or char not in NOTHING
            continue
        gap = left - edge
        near = OVERLAP * size < gap < GAP * size
        if bottom != low or top != high or (not near and not upright):
            high, low = top, bottom
            base_before, size_before = base, size
            base, size, upright = glyphs.stance(index)
            near = near and upright and abs(base - base_before) < 0.1 * size and abs(size - size_before) < 0.1 * size
        if not near and text:
            yield _run(text, lefts, edge, stance, min(glyphs.weight(first), glyphs.weight(last)))
            text, lefts = [], []
        if not upright:
            turned.append(char)
        else:
            if not text:
                first, stance = index, (base, size)
            elif spaced or gap > WORD_GAP * size:
                western = char < "\u2e80" and text[-1] < "\u2e80"
                if western or (spaced and gap > WIDE_GAP * size):
                    text.append(" ")
                    lefts.append(edge)
            text.append(HYPHENS.get(char, char))
            lefts.append(left)
            last = index
        edge, spaced = right, False
    if text:
        yield _run(text, lefts, edge, stance, min(glyphs.weight(first), glyphs.weight(last)))


def _run(text: list[str], lefts: list[float], right: float, stance: tuple[float, float], weight: int) -> Run:
    """A run; where most characters stand apart, the spaces are no part of it."""
    if 3 * text.count(" ") > len(text):
        kept = [
            index for index, _ in enumerate(text) if not APART.match("".join(text[max(0, index - 1) : index + 2]), min(1, index))
        ]
        text, lefts = [text[index] for index in kept], [lefts[index] for index in kept]
    return Run("".join(text), lefts, right, *stance, weight)


def _filled(runs: list[Run]) -> list[Run]:
    """Runs, parted at spaces where others stand: what a font lacks, quotation marks above all, is drawn later from another."""
    starts = {(round(run.base), round(run.left + shift)) for run in runs for shift in (-0.5, 0.5)}
    out = []
    for run in runs:
        start = 0
        for at in [space.start() for space in re.finditer(" ", run.text)]:
            left = run.lefts[at]
            if at > start and {(round(run.base), round(left + shift)) for shift in (-0.5, 0.5)} & starts:
                out.append(run._replace(text=run.text[start:at], lefts=run.lefts[start:at], right=left))
                start = at + 1
        out.append(run._replace(text=run.text[start:], lefts=run.lefts[start:]) if start else run)
    return out


def _once(runs: Iterator[Run]) -> list[Run]:
    """Without those that are printed again over themselves, to look bold."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for run in runs:
        cell = 0.2 * run.size
        x, y = round(run.left / cell), round(run.base / cell)
        if not any((run.text, x + dx, y + dy) in seen for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            kept.append(run)
        seen.add((run.text, x, y))
    return kept
