"""What pdfium knows of the characters of a page → runs of those that stand upright."""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

from pipeline.patterns import lazy
from pipeline.read.pdf.page import Run
from pipeline.read.pdf.turn import Turn

UPRIGHT = 0.05  # radians that a line of text may lean
GAP, OVERLAP = 0.8, -0.7  # sizes of type between two characters: from here on they are no neighbours
WORD_GAP, WIDE_GAP = 0.25, 0.4  # sizes of type: between words in Latin letters; between Chinese characters that were set apart
BOLD = lazy(rb"bold|heavy|black|xbs|dbs", re.I)  # in a font's name
SANS = lazy(rb"hei|\xba\xda\xcc\xe5|\xe9\xbb\x91", re.I)  # in a font's name; 黑体 in GBK, 黑 in UTF-8
FORCE_BOLD = 1 << 18  # a font descriptor's flag
HYPHENS = {"\x02": "-", "\xad": "-", "\ufffe": "-"}  # what pdfium and fonts put for a hyphen at the end of a line
SPACES = frozenset(
    map(chr, (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF))
)
NOTHING = "\u200b\ufeff"
PAIR = lazy("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
APART = lazy("(?<=[\u2e80-\uffff]) (?=[\u2e80-\uffff])")


class Stance(NamedTuple):
    """How a character stands on the page: its baseline and size, how often it leans by 90° against the clock (0 is upright, None
    askew), and its left edge where pdfium's box of it is wrong.
    """

    base: float
    size: float
    lean: int | None
    left: float | None = None


@dataclass(slots=True)
class Glyphs:
    """What pdfium knows of the characters of a page that is held as `turn` says."""

    raw: Any
    text: Any
    turn: Turn
    characters: str
    values: list[float]  # left, top, right, bottom of each, in pdfium's coordinates
    mapless: frozenset[int]  # those whose font does not say what they mean
    x: ctypes.c_double = field(default_factory=ctypes.c_double)
    y: ctypes.c_double = field(default_factory=ctypes.c_double)
    fonts: dict[bytes, int] = field(default_factory=dict)

    def held(self, quarter: int) -> Glyphs:
        """The same with the page turned on."""
        turn = self.turn.further(quarter)
        return Glyphs(self.raw, self.text, turn, self.characters, self.values, self.mapless, fonts=self.fonts)

    def runs(self) -> tuple[list[Run], list[tuple[str, int | None]]]:
        """The runs that stand upright, and each other character with its lean."""
        turned: list[tuple[str, int | None]] = []
        return _filled(_once(_runs(self, turned))), turned

    def stance(self, index: int) -> Stance:
        """How a character stands."""
        matrix = self.raw.FS_MATRIX()
        self.raw.FPDFText_GetMatrix(self.text, index, matrix)
        self.raw.FPDFText_GetCharOrigin(self.text, index, self.x, self.y)
        x, y, left = self.x.value, self.y.value, None
        if max(abs(matrix.e - x), abs(matrix.f - y)) > 0.5 and self._unplaced(index, matrix):
            x, y = matrix.e, matrix.f
            left = self.turn.point(x, y)[0]
        lean = (math.atan2(matrix.b, matrix.a) - self.turn.quarter * math.pi / 2) / (math.pi / 2)
        size = self.raw.FPDFText_GetFontSize(self.text, index) * math.hypot(matrix.c, matrix.d)
        quarter = round(lean) % 4 if abs(lean - round(lean)) * math.pi / 2 < UPRIGHT else None
        return Stance(self.turn.point(x, y)[1], max(size, 1.0), quarter, left)

    def _unplaced(self, index: int, matrix: Any) -> bool:
        """Whether pdfium gives a character's place in the coordinates of its own form, not of the page: it forgets the form's
        matrix where marked content says what a glyph means (ActualText), as in pages that Chrome prints.
        """
        thing, own = self.raw.FPDFText_GetTextObject(self.text, index), self.raw.FS_MATRIX()
        if not thing or not self.raw.FPDFPageObj_GetMatrix(thing, own):
            return False
        in_form = max(abs(own.e - self.x.value), abs(own.f - self.y.value)) < 0.1
        elsewhere = abs(own.a - matrix.a) > 0.01 or abs(own.e - matrix.e) > 0.5 or abs(own.f - matrix.f) > 0.5
        return bool(in_form and elsewhere)

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


@dataclass(slots=True)
class GlyphReader:
    """Two of pdfium's functions in a form that takes addresses, which spares an object a character."""

    raw: Any
    loose_box: Callable[..., int] = field(init=False)
    no_map: Callable[..., int] = field(init=False)

    def __post_init__(self) -> None:
        box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
        self.loose_box = box(ctypes.cast(self.raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0)
        ask = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
        self.no_map = ask(ctypes.cast(self.raw.FPDFText_HasUnicodeMapError, ctypes.c_void_p).value or 0)

    def read(self, text: Any, count: int, turn: Turn) -> Glyphs:
        """The characters of a page of text."""
        address = ctypes.cast(text.raw, ctypes.c_void_p).value
        mapless = frozenset(at for at, wrong in enumerate(map(self.no_map, repeat(address), range(count))) if wrong)
        return Glyphs(self.raw, text.raw, turn, self._characters(text.raw, count), self._boxes(address, count), mapless)

    def _characters(self, text: Any, count: int) -> str:
        """One for each index; in one call where none is left out of it or takes two units."""
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        self.raw.FPDFText_GetText(text, 0, count, buffer)
        whole = bytes(buffer).decode("utf-16-le", "replace").split("\0", 1)[0]
        if len(whole) == count:
            return whole
        codes = map(self.raw.FPDFText_GetUnicode, repeat(text), range(count))
        return PAIR.sub(_joined, "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes))

    def _boxes(self, address: int | None, count: int) -> list[float]:
        """Left, top, right, bottom of each, by the measures of the font: all of a line are as high."""
        buffer = (ctypes.c_float * (4 * count))()
        start = ctypes.addressof(buffer)
        deque(map(self.loose_box, repeat(address), range(count), range(start, start + 16 * count, 16)), 0)
        return buffer[:]


def _joined(pair: re.Match[str]) -> str:
    """Two halves of a character as it and nothing; half a one is none."""
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16") + NOTHING[0] if len(pair[0]) == 2 else "\ufffd"


def _runs(glyphs: Glyphs, turned: list[tuple[str, int | None]]) -> Iterator[Run]:
    """Neighbours of one size on one baseline; what does not stand upright goes to `turned`."""
    text: list[str] = []
    lefts: list[float] = []
    first = last = -1
    high = low = edge = math.nan
    base = size = 0.0
    stance = (base, size)
    lean: int | None = 0
    spaced = False
    boxes = glyphs.turn.boxes(glyphs.values)
    for index, (char, start, top, end, bottom) in enumerate(
        zip(glyphs.characters, boxes[::4], boxes[1::4], boxes[2::4], boxes[3::4], strict=True)
    ):
        if char in SPACES and index not in glyphs.mapless:
            spaced = spaced or char not in NOTHING
            continue
        left, right = start, end
        near = OVERLAP * size < left - edge < GAP * size
        if bottom != low or top != high or (not near and lean != 0):
            high, low = top, bottom
            base_before, size_before = base, size
            base, size, lean, placed = glyphs.stance(index)
            if placed is not None:
                left, right = placed, placed + (size if char >= "\u2e80" else 0.5 * size)
                near, high = OVERLAP * size < left - edge < GAP * size, math.nan
            near = near and lean == 0 and abs(base - base_before) < 0.1 * size and abs(size - size_before) < 0.1 * size
        if not near and text:
            yield _run(text, lefts, edge, stance, min(glyphs.weight(first), glyphs.weight(last)))
            text, lefts = [], []
        if lean != 0:
            turned.append((char, lean))
        else:
            if not text:
                first, stance = index, (base, size)
            elif spaced or left - edge > WORD_GAP * size:
                western = char < "\u2e80" and text[-1] < "\u2e80"
                if western or (spaced and left - edge > WIDE_GAP * size):
                    text.append(" ")
                    lefts.append(edge)
            text.append("\ufffd" if char < " " and index in glyphs.mapless else HYPHENS.get(char, char))
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
