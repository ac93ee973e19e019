"""What a format that knows its own layout (html, docx, pdf) hands over: elements in reading order; and the document of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pipeline.model import BlockKind, Document, LeftOut, Place
from pipeline.read.document import File, make_document
from pipeline.read.lines import Cell, Line, measure
from pipeline.read.repair import HOLE, mask
from pipeline.read.traditional import simplified

ElementKind = Literal["title", "heading", "paragraph", "list_item", "footnote", "caption", "formula"]


@dataclass(frozen=True, slots=True)
class Element:
    """A paragraph, a heading, a row of a table, a footnote …, whole and without line breaks, or something left out.

    `kind` is None where only the text can tell (an ordinary paragraph that may be a heading by its numbering); `level` is the
    depth of a heading, from 1. A row of a table has `cells` and no `text`; `table` numbers the tables of the document from 1,
    `header` says that its cells name what stands below them. `notes` are the marks that hang in the text and are no part of it:
    (offset in `text`, `key` of the footnote). `mark` is what the reader sees before a footnote (①). `places` say where the text
    from an offset on stands in the file, first at offset 0; `rest` says it of cells that a page parts: (column, offset in the
    cell, place). `left_out` is the reason why the element is no part of the document ("navigation", "running head"), else "".
    """

    text: str
    kind: ElementKind | None = None
    level: int = 0
    cells: tuple[str, ...] = ()
    table: int = 0
    header: bool = False
    notes: tuple[tuple[int, str], ...] = ()
    key: str = ""
    mark: str = ""
    places: tuple[tuple[int, Place], ...] = ()
    rest: tuple[tuple[int, int, Place], ...] = ()
    left_out: str = ""


def read_elements(
    file: File, media_type: str, elements: Iterable[Element], *, encoding: str = "utf-8", joined: bool = False
) -> Document:
    """The document that elements make; its source is their text, one a line, with what was left out.

    `joined` says that paragraphs are whole for certain; else those that were plainly cut into lines are joined.
    """
    sheet = _Sheet(joined)
    for element in elements:
        sheet.add(element)
    source = "\n".join(sheet.parts)
    plain, changed = simplified(source)
    masked, done = mask(plain, markdown=False)
    done.counts["traditional"] = changed
    done.left_out += sheet.left_out
    for left in sheet.left_out:
        done.counts[left.reason.replace(" ", "_")] += 1
    lines = list(_lines(sheet.lines, masked, plain))
    return make_document(
        file, media_type, source, lines, done, plain=plain, notes=sheet.notes, places=tuple(sheet.places), encoding=encoding
    )


def _lines(lines: list[Line], masked: str, source: str) -> Iterator[Line]:
    """The lines with their repaired text, where any is left."""
    for line in lines:
        line.raw = masked[line.start : line.start + len(line.raw)].replace("\n", HOLE)
        line.text = line.raw.replace(HOLE, "")
        if line.text:
            measure(line, source)
            yield line


@dataclass(slots=True)
class _Sheet:
    """The source while it is put together, and what is known of its stretches."""

    joined: bool
    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    places: list[tuple[int, Place]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    length: int = 0
    rows: int = 0

    def add(self, element: Element) -> None:
        """The element on a line of its own; a row of a table as one line a cell."""
        if element.left_out:
            self.left_out.append(LeftOut(self.length, self.length + len(element.text), element.left_out))
            self._part(element.text, 0, element.places)
        elif element.cells:
            self.rows += 1
            for column, text in enumerate(element.cells):
                if text.strip():
                    rest = tuple((offset, place) for at, offset, place in element.rest if at == column)
                    cell = Cell(element.table, self.rows, column, len(element.cells), element.header)
                    self._line(element, text.strip(), cell, rest)
        elif element.text.strip():
            self.notes += [(self.length + len(element.mark) + offset, key) for offset, key in element.notes]
            self._line(element, element.mark + element.text)

    def _line(self, element: Element, text: str, cell: Cell | None = None, rest: tuple[tuple[int, Place], ...] = ()) -> None:
        line = Line(self.length, text, text, gap=True, tab=cell is not None, depth=_depth(element), cell=cell)
        line.bullet, line.whole, line.kind, line.key = element.kind == "list_item", self.joined, _kind(element), element.key
        self.lines.append(line)
        self._part(text, len(element.mark), element.places + rest)

    def _part(self, text: str, lead: int, places: tuple[tuple[int, Place], ...]) -> None:
        self.places += [(self.length + (lead + offset if offset else 0), place) for offset, place in places]
        self.parts.append(text)
        self.length += len(text) + 1


def _depth(element: Element) -> int:
    """Depth of a title or heading as in Markdown, where # is the title."""
    if element.kind == "title":
        return 1 if element.level <= 1 else 0
    return max(1, element.level) + 1 if element.kind == "heading" else 0


def _kind(element: Element) -> BlockKind | None:
    """The kind of block, where the format tells it; of the rest the text decides."""
    if element.kind == "title" and element.level > 1:
        return "title"
    return element.kind if element.kind in ("footnote", "caption", "formula") else None
