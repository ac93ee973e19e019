"""Reads .ofd (GB/T 33190-2016), the fixed layout of official documents: what stands where on its pages, laid out as a pdf's is.

Lengths in the file are in millimetres from the upper left corner of the page; here they become points from the lower left one. An
object has a box on the page, and a matrix (CTM) from its own coordinates to those of the box.
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element as Node

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.patterns import lazy
from pipeline.read import pdf
from pipeline.read.layout import Element
from pipeline.read.package import Package, within
from pipeline.read.pdf.page import Page, Rule, Run, View, left_out

_POINTS = 72 / 25.4  # in a millimetre
_A4 = (0.0, 0.0, 210.0, 297.0)
_PAGES = 5_000
_THIN = 1.5  # points that a stroke is wide at most
_BOLD = 600  # of Weight, from 0 to 1000
_WIDE = "\u2e7f"  # characters above it are as wide as they are high; others half as wide
_PATH = lazy(r"[MLSBQAC]|[+-]?\d*\.?\d+(?:[eE][+-]?\d+)?")
_ARGUMENTS = {"M": 2, "L": 2, "S": 2, "B": 6, "Q": 4, "A": 7, "C": 0}


class Matrix(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def height(self) -> float:
        """How much higher things come out."""
        return math.hypot(self.c, self.d)


def elements(data: bytes, name: str) -> list[Element]:
    """The elements of a document in reading order, and what is no part of its text.

    ReadError where it cannot be opened, is encrypted or holds no text.
    """
    package = Package(data, name, "OFD document", ".ofd or .pdf")
    pages: list[Page] = []
    for root in _documents(package):
        pages += _Document(package, root, len(pages)).pages()
    if not any(page.runs for page in pages):
        raise ReadError(f"{name}: holds no text, only pictures: recognise its text (OCR) and save that as .txt or .pdf")
    return pdf.laid_out(pages)


def _documents(package: Package) -> list[str]:
    """The root parts of the documents in the file."""
    if package.parts(r"(?:.*/)?Encryptions?\.xml"):
        raise ReadError(f"{package.name}: is encrypted: save it without a password")
    entry = package.tree("OFD.xml")
    roots = [] if entry is None else [within("", (root.text or "").strip()) for root in entry.iterfind("DocBody/DocRoot")]
    if not roots:
        raise package.damaged("its OFD.xml names no document")
    return roots


def _numbers(text: str | None) -> list[float]:
    try:
        found = [float(each) for each in (text or "").split()]
    except ValueError:
        return []
    return found if all(map(math.isfinite, found)) else []


def _box(node: Node | None, path: str) -> tuple[float, ...] | None:
    """Left, top, width and height in millimetres; None where there is no such box with a size."""
    found = _numbers(None if node is None else node.findtext(path))
    return tuple(found) if len(found) == 4 and found[2] > 0 and found[3] > 0 else None


@dataclass(slots=True)
class _Document:
    """One document of the file; its pages are counted from `before` on."""

    package: Package
    root: str
    before: int
    templates: dict[str, Node] = field(default_factory=dict)

    def pages(self) -> Iterator[Page]:
        """The pages in order; one that is missing is named as not read."""
        tree = self.package.tree(self.root)
        if tree is None:
            raise self.package.damaged(f"it has no {self.root}")
        folder = posixpath.dirname(self.root)
        usual = _box(tree, "CommonData/PageArea/PhysicalBox") or _A4
        for template in tree.iterfind("CommonData/TemplatePage"):
            content = self.package.tree(within(folder, template.get("BaseLoc", "")))
            if content is not None:
                self.templates[template.get("ID", "")] = content
        notes = self._annotations(folder, (tree.findtext("Annotations") or "").strip())
        for at, entry in enumerate(tree.findall("Pages/Page")[:_PAGES], start=self.before + 1):
            content = self.package.tree(within(folder, entry.get("BaseLoc", "")))
            box = _box(content, "Area/PhysicalBox") or usual
            sheet = _Sheet(at, box)
            if content is None:
                sheet.page.failed = "its part is missing"
            else:
                for used in content.iterfind("Template"):
                    sheet.draw(self.templates.get(used.get("TemplateID", "")))
                sheet.draw(content)
            sheet.note(notes.get(entry.get("ID", ""), []))
            yield sheet.page

    def _annotations(self, folder: str, part: str) -> dict[str, list[Node]]:
        """The annotations of each page by its id: stamps, watermarks, remarks."""
        listed = self.package.tree(within(folder, part)) if part else None
        found: dict[str, list[Node]] = {}
        for page in () if listed is None else listed.iterfind("Page"):
            where = within(posixpath.dirname(within(folder, part)), (page.findtext("FileLoc") or "").strip())
            tree = self.package.tree(where)
            found[page.get("PageID", "")] = [] if tree is None else tree.findall("Annot")
        return found


class _Sheet:
    """A page in the making."""

    def __init__(self, number: int, box: tuple[float, ...]) -> None:
        self._left, self._top, width, height = box
        self._height = height * _POINTS
        view = View(number, width * _POINTS, self._height)
        self.page = Page(number, width * _POINTS, self._height, view)

    def draw(self, content: Node | None) -> None:
        """Puts the objects of all layers on the page."""
        for node in () if content is None else content.iter():
            if node.tag == "TextObject" and node.get("Visible", "true") != "false":
                self.page.runs += self._texts(node)
            elif node.tag == "PathObject" and node.get("Visible", "true") != "false":
                self.page.rules += self._rules(node)
            elif node.tag == "ImageObject":
                self.page.scanned = True
        self.page.scanned &= not self.page.runs

    def note(self, annotations: list[Node]) -> None:
        """Names the text of annotations among what is no part of the document's."""
        for each in annotations:
            text = " ".join("".join(code.itertext()).strip() for code in each.iter("TextCode"))
            if text:
                reason = "watermark" if each.get("Type") == "Watermark" else "annotation"
                self.page.asides.append(left_out(text, reason, Place(self.page.number)))

    def _matrix(self, node: Node) -> Matrix:
        """From the coordinates of an object to points on the page."""
        found = _numbers(node.get("CTM"))
        own = Matrix(*found) if len(found) == 6 else Matrix()
        corner = _numbers(node.get("Boundary"))[:2]
        x, y = corner if len(corner) == 2 else (0.0, 0.0)
        left, top = x - self._left, y - self._top
        return Matrix(
            own.a * _POINTS, -own.b * _POINTS, own.c * _POINTS, -own.d * _POINTS,
            (own.e + left) * _POINTS, self._height - (own.f + top) * _POINTS,
        )  # fmt: skip

    def _texts(self, node: Node) -> Iterator[Run]:
        """The runs of a text object; a line that does not run to the right is one character a run."""
        matrix = self._matrix(node)
        size = (_numbers(node.get("Size")) or [10.5 / _POINTS])[0]
        bold = (_numbers(node.get("Weight")) or [400.0])[0] >= _BOLD
        scale = (_numbers(node.get("HScale")) or [1.0])[0] or 1.0
        x = y = 0.0
        for code in node.iterfind("TextCode"):
            text = "".join(code.itertext()).strip("\r\n\t")
            x, y = (_numbers(code.get("X")) or [x])[0], (_numbers(code.get("Y")) or [y])[0]
            advances = [size * scale * (1 if char > _WIDE else 0.5) for char in text]
            rights, downs = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
            points, across, down = [], x, y
            for at in range(len(text)):
                points.append(matrix.at(across, down))
                across += rights[at] if at < len(rights) else 0.0 if downs else advances[at]
                down += downs[at] if at < len(downs) else 0.0
            ends = [matrix.at(advance, 0.0)[0] - matrix.e for advance in advances]
            yield from _runs(text, points, ends, abs(size * matrix.height), 2 if bold else 0)

    def _rules(self, node: Node) -> Iterator[Rule]:
        """The straight strokes of a path along the axes; a long thin area is one."""
        if node.get("Stroke", "true") == "false" and node.get("Fill", "false") != "true":
            return
        matrix = self._matrix(node)
        for points in _outlines(node.findtext("AbbreviatedData") or ""):
            corners = [matrix.at(*point) for point in points]
            for (x0, y0), (x1, y1) in pairwise(corners):
                if min(abs(x1 - x0), abs(y1 - y0)) < _THIN < max(abs(x1 - x0), abs(y1 - y0)):
                    yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _deltas(text: str | None, most: int) -> list[float]:
    """Distances between characters; "g 3 5" stands for three times 5 (11.3)."""
    words, found, at = (text or "").split(), list[float](), 0
    while at < len(words) and len(found) < most:
        if words[at] == "g":
            numbers = _numbers(" ".join(words[at + 1 : at + 3]))
            found += numbers[1:] * min(max(int(numbers[0]), 0), most) if numbers else []
            at += 3
        else:
            found += _numbers(words[at])
            at += 1
    return found


def _runs(text: str, points: list[tuple[float, float]], ends: list[float], size: float, weight: int) -> Iterator[Run]:
    """Neighbouring characters on a line as runs, parted at white space and where they stand apart or go back."""
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and not text[at].isspace() and not text[at - 1].isspace():
            (x0, y0), (x1, y1) = points[at - 1], points[at]
            if abs(y1 - y0) < 0.1 * size and 0 < x1 - x0 < 1.5 * size:
                continue
        piece = text[start:at]
        if piece.strip() and size > 0:
            lefts = [x for x, _ in points[start:at]]
            yield Run(piece, lefts, lefts[-1] + max(ends[at - 1], 0.1), points[start][1], size, weight)
        start = at


def _outlines(data: str) -> Iterator[list[tuple[float, float]]]:
    """The polygons of a path, curves as their ends (9.3)."""
    words, points, at = _PATH.findall(data), list[tuple[float, float]](), 0
    while at < len(words):
        letter = words[at]
        count = _ARGUMENTS.get(letter, 0)
        numbers = _numbers(" ".join(words[at + 1 : at + 1 + count]))
        at += 1 + count
        if letter in ("M", "S") and points:
            yield points
            points = []
        if letter == "C" and points:
            points.append(points[0])
        elif count and len(numbers) == count:
            points.append((numbers[-2], numbers[-1]))
    if points:
        yield points
