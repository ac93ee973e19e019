"""Makes pdfs for tests, with a font that needs no file (STSong-Light) and every position under control.

Drawing at positions, in points from the lower left corner:

    sheet = Sheet()                          # A4; Sheet(width=…, height=…, rotation=90, password="…")
    sheet.text(72, 700, "正文", size=12)      # at its baseline; bold=True, angle=45, raised=True
    sheet.rule(72, 100, 200, 100)            # a line; sheet.picture(0, 0, 595, 842) a grey picture
    sheet.grid(72, 600, [100, 200], [["甲", "乙"], ["1", "2"]])  # a ruled table, its left upper corner first
    sheet.columns(500, 700, ["青禾志", "余料归园"])  # text that runs down, columns from right to left
    sheet.page()                             # the next page
    data = sheet.data()

A whole document that flows, with footnotes at the foot of each column:

    flow = Flow(columns=2, head="青禾研究", numbers=True)   # size=, leading= of the body
    flow.title("青禾市余料回用研究", "——以节电机组为例")
    flow.heading("一、引言", level=1)         # 14, 12 points, bold; level 3 as large as the body and bold
    flow.paragraph("链长协调各厂。①", {"①": "作者调查。"})  # marks stand in the text, their notes beside it
    flow.caption("表1 各区产值")
    flow.table([["区", "产值"], ["东", "12"]])  # open=True: three rules and no more
    flow.wide("摘要：……")                     # over the full width above columns, before any other text
    flow.column()                            # goes on in the next column or page; flow.gap(20) leaves space
    data = flow.data()

As the font is not embedded, pdfium knows no ink of Chinese characters, and drops a string of one character or one that repeats
one of the five before it at the same left edge: `text` adds spaces behind, more or fewer, to escape that.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
A4 = (595.0, 842.0)
MARK = re.compile("[①-⑳]")
_TOKEN = re.compile(r"[A-Za-z0-9.%-]+|.[，。、；：？！”》）]?|\s", re.S)
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def width_of(text: str, size: float) -> float:
    """Width in points; a mark of a note is small."""
    marks = len(MARK.findall(text))
    return float(pdfmetrics.stringWidth(MARK.sub("", text), FONT, size)) + marks * 0.6 * size


class Sheet:
    """Pages on which strings and lines are drawn at positions."""

    def __init__(self, width: float = A4[0], height: float = A4[1], rotation: int = 0, password: str = "") -> None:
        self._buffer = io.BytesIO()
        encrypt = StandardEncryption(password) if password else None
        self.canvas = Canvas(self._buffer, pagesize=(width, height), encrypt=encrypt)
        self.canvas.setPageRotation(rotation)
        self._drawn = 0

    def text(
        self, x: float, y: float, text: str, size: float = 10.5, *, bold: bool = False, angle: float = 0, raised: bool = False
    ) -> float:
        """Draws a string at its baseline; its right edge."""
        canvas = self.canvas
        small = 0.6 * size if raised else size
        self._drawn += 1
        canvas.saveState()
        canvas.translate(x, y + (0.38 * size if raised else 0))
        canvas.rotate(angle)
        pen = canvas.beginText(0, 0)
        pen.setFont(FONT, small)
        pen.setTextRenderMode(2 if bold else 0)
        pen.textOut(text + " " * (1 + self._drawn % 6))
        canvas.drawText(pen)
        canvas.restoreState()
        return x + float(pdfmetrics.stringWidth(text, FONT, small))

    def columns(self, right: float, top: float, texts: Sequence[str], size: float = 14, pitch: float = 1.25) -> None:
        """Draws columns from right to left, each character upright below the one before, the first at a baseline."""
        for index, text in enumerate(texts):
            for at, char in enumerate(text):
                self.text(right - 2 * size * index, top - pitch * size * at, char, size)

    def codes(self, x: float, y: float, codes: bytes, size: float = 10.5) -> None:
        """Draws codes of a font with letters, whatever they mean there."""
        self.text(x, y + 40, "")
        self.canvas.setFont("Helvetica", size)
        self.canvas._code.append(f"BT 1 0 0 1 {x} {y} Tm <{codes.hex()}> Tj ET")

    def meant(self, x: float, y: float, text: str, meant: str, size: float = 10.5, scale: float = 1.0) -> None:
        """Draws a string, each character on its own, in a scaled form; those of `meant` say by ActualText what they are."""
        self._drawn += 1
        form = f"part{self._drawn}"
        self.canvas.beginForm(form)
        for index, char in enumerate(text):
            if char in meant:
                self.canvas._code.append(f"/Span <</ActualText <FEFF{ord(char):04X}>>> BDC")
            pen = self.canvas.beginText((x + index * size) / scale, y / scale)
            pen.setFont(FONT, size / scale)
            pen.textOut(char)
            self.canvas.drawText(pen)
            if char in meant:
                self.canvas._code.append("EMC")
        self.canvas.endForm()
        self.canvas.saveState()
        self.canvas.scale(scale, scale)
        self.canvas.doForm(form)
        self.canvas.restoreState()

    def rule(self, x: float, y: float, x2: float, y2: float) -> None:
        """Draws a line half a point thick."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x, y, x2, y2)

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """Draws a grey picture."""
        from PIL import Image

        self.canvas.drawImage(ImageReader(Image.new("L", (8, 8), 200)), x, y, width, height)

    def grid(self, x: float, top: float, widths: Sequence[float], rows: Sequence[Sequence[str]], size: float = 10.5) -> float:
        """Draws a ruled table; a line feed in a cell begins a line. Its lower edge."""
        y = top
        xs = [x + sum(widths[:index]) for index in range(len(widths) + 1)]
        self.rule(x, y, xs[-1], y)
        for row in rows:
            height = 1.5 * size * max(cell.count("\n") + 1 for cell in row) + 4
            for left, cell in zip(xs, row, strict=False):
                for index, line in enumerate(cell.split("\n")):
                    self.text(left + 4, y - 1.5 * size * (index + 1) + 2, line, size)
            for edge in xs:
                self.rule(edge, y, edge, y - height)
            y -= height
            self.rule(x, y, xs[-1], y)
        return y

    def page(self) -> None:
        """Begins the next page."""
        self.canvas.showPage()

    def data(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._buffer.getvalue()


def break_lines(text: str, size: float, width: float, indent: float = 0) -> list[str]:
    """Lines of at most a width, the first set in; words stay whole, no line begins with a comma."""
    lines = [""]
    room = width - indent
    for token in _TOKEN.findall(text):
        if width_of(lines[-1] + token, size) > room + 0.01 and not MARK.fullmatch(token):
            lines.append("")
            room = width
        if not (token == " " and not lines[-1]):
            lines[-1] += token
    return [line.rstrip() for line in lines]


@dataclass
class Flow:
    """A document that is set in columns from top to bottom."""

    columns: int = 1
    head: str = ""
    numbers: bool = False
    size: float = 10.5
    leading: float = 16.0
    margin: float = 72.0
    gutter: float = 22.0
    sheet: Sheet = field(default_factory=Sheet)

    def __post_init__(self) -> None:
        self.width = (A4[0] - 2 * self.margin - (self.columns - 1) * self.gutter) / self.columns
        self.top = self.y = A4[1] - self.margin
        self.at, self.number, self.notes = 0, 1, list[str]()
        self._furniture()

    @property
    def left(self) -> float:
        """Left edge of the column."""
        return self.margin + self.at * (self.width + self.gutter)

    def title(self, *lines: str) -> None:
        """Lines in 20 points, centred over the page; one that begins with —— in 15."""
        for line in lines:
            size = 15 if line.startswith("——") else 20
            self.y -= 1.6 * size
            self.sheet.text((A4[0] - width_of(line, size)) / 2, self.y, line, size)
        self.top = self.y = self.y - 12

    def wide(self, text: str) -> None:
        """A paragraph over the full width, above the columns."""
        full = A4[0] - 2 * self.margin
        lines = break_lines(text, self.size, full, 2 * self.size)
        for index, line in enumerate(lines):
            self.y -= self.leading
            shift = 0 if index else 2 * self.size
            self._draw(self.margin + shift, line, full - shift if index < len(lines) - 1 else 0)
        self.top = self.y = self.y - 8

    def heading(self, text: str, level: int = 1) -> None:
        """A bold line, larger than the body but for level 3."""
        size = {1: 14.0, 2: 12.0}.get(level, self.size)
        self._room(2 * self.leading + size)
        self.y -= 0.6 * self.leading + size
        self.sheet.text(self.left, self.y, text, size, bold=True)

    def paragraph(self, text: str, notes: Mapping[str, str] | None = None, indent: float = 2) -> None:
        """Lines of the full width but the last; its notes go to the foot of the columns where their marks stand."""
        lines = break_lines(text, self.size, self.width, indent * self.size)
        for index, line in enumerate(lines):
            own = [mark + " " + (notes or {})[mark] for mark in MARK.findall(line) if mark in (notes or {})]
            added = [part for note in own for part in break_lines(note, 0.8 * self.size, self.width)]
            self._room(self.leading * (1 + 0.8 * len(added)))
            self.notes += added
            self.y -= self.leading
            shift = 0 if index else indent * self.size
            self._draw(self.left + shift, line, self.width - shift if index < len(lines) - 1 else 0)

    def caption(self, text: str) -> None:
        """A small line in the middle of the column."""
        self._room(4 * self.leading)
        self.y -= self.leading + 4
        size = 0.9 * self.size
        self.sheet.text(self.left + (self.width - width_of(text, size)) / 2, self.y, text, size)

    def table(self, rows: Sequence[Sequence[str]], *, open: bool = False) -> None:
        """A table as wide as the column: a grid, or three rules where it is open."""
        height = 1.5 * 0.9 * self.size + 4
        self._room(height * len(rows) + 12)
        width = self.width / len(rows[0])
        if not open:
            self.y = self.sheet.grid(self.left, self.y - 6, [width] * len(rows[0]), rows, 0.9 * self.size) - 6
            return
        self.y -= 6
        self.sheet.rule(self.left, self.y, self.left + self.width, self.y)
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                self.sheet.text(self.left + column * width + 4, self.y - 1.3 * self.size, cell, 0.9 * self.size)
            self.y -= height
            if index in (0, len(rows) - 1):
                self.sheet.rule(self.left, self.y, self.left + self.width, self.y)
        self.y -= 6

    def gap(self, points: float) -> None:
        """Leaves space."""
        self.y -= points

    def column(self) -> None:
        """Goes on in the next column, or on the next page."""
        self._foot()
        self.at += 1
        self.y = self.top
        if self.at == self.columns:
            self.sheet.page()
            self.at, self.number = 0, self.number + 1
            self.top = self.y = A4[1] - self.margin
            self._furniture()

    def data(self) -> bytes:
        """The file."""
        self._foot()
        return self.sheet.data()

    def _room(self, height: float) -> None:
        if self.y - height < self.margin + 0.8 * self.leading * len(self.notes) + (12 if self.notes else 0):
            self.column()

    def _foot(self) -> None:
        size, leading = 0.8 * self.size, 0.8 * self.leading
        y = self.margin + leading * len(self.notes)
        if self.notes:
            self.sheet.rule(self.left, y, self.left + min(100, 0.5 * self.width), y)
        for line in self.notes:
            y -= leading
            self.sheet.text(self.left, y, line, size)
        self.notes = []

    def _furniture(self) -> None:
        if self.head:
            self.sheet.text((A4[0] - width_of(self.head, 9)) / 2, A4[1] - 45, self.head, 9)
        if self.numbers:
            text = f"— {self.number} —"
            self.sheet.text((A4[0] - width_of(text, 9)) / 2, 40, text, 9)

    def _draw(self, x: float, line: str, width: float) -> None:
        """A line of the body; where a width is given, its characters are spread over it."""
        parts = re.findall(r"[①-⑳]|[^①-⑳]+", line)
        pieces = sum(1 if MARK.fullmatch(part) else len(part) for part in parts)
        extra = (width - width_of(line, self.size)) / max(1, pieces - 1) if width else 0.0
        for part in parts:
            if MARK.fullmatch(part):
                x = self.sheet.text(x, self.y, part, self.size, raised=True) + extra
                continue
            self.sheet.canvas.setFont(FONT, self.size)
            self.sheet.canvas.drawString(x, self.y, part + " " * (1 + round(self.y) % 7), charSpace=extra)
            x += width_of(part, self.size) + extra * len(part)
