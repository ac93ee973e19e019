"""The paragraphs, tables, notes and running heads of a document as elements, in reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from xml.etree.ElementTree import Element as Node

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.read.cells import in_lines
from pipeline.read.docx.nodes import CHUNK, children, inside, integer, switched, value
from pipeline.read.docx.numbering import NoteMarks, Number, Numbering
from pipeline.read.docx.package import WordPackage
from pipeline.read.docx.paragraph import Flow, Note
from pipeline.read.docx.runs import Runs
from pipeline.read.docx.styles import CONTENTS, Look, Styles
from pipeline.read.layout import Element

_COLUMN_LIMIT = 63  # columns of a table, which is Word's limit
_LAYOUT_CELL = 3  # paragraphs in a cell; one that holds more lays out a page
_KEYED = 2  # columns of a table within a cell that has names and values, and no row that names the columns

Chunk = Callable[[bytes, str], list[Element]]  # reads a document that stands within another: its bytes, its name → its elements


class Body:
    """Walks the parts of a document in order and counts its paragraphs, tables, numbers and marks."""

    def __init__(self, package: WordPackage, chunk: Chunk) -> None:
        self._package = package
        self._chunk = chunk
        self._body = package.body()
        self._numbering = Numbering(package.role("numbering"))
        self._styles = Styles(package.role("styles"), self._numbering)
        self._marks = NoteMarks(package.role("settings"), self._body)
        self._runs = Runs(self._styles, self._marks, {**_notes(package, "footnote"), **_notes(package, "endnote")})
        self._story = ""  # name of a part that is no body
        self._paragraphs = 0
        self._tables = 0
        self._open: Flow | None = None  # a paragraph whose mark was deleted: the next one goes on with it

    def document(self) -> Iterator[Element]:
        """The elements of the body, then those of headers and footers."""
        yield from self._blocks(self._body)
        yield from self._close()
        for part in sorted(self._package.roles("header") + self._package.roles("footer"), key=lambda part: (len(part), part)):
            self._story = posixpath.basename(part).removesuffix(".xml")
            root = self._package.tree(part)
            for element in chain(() if root is None else self._blocks(root), self._close()):
                yield _left_out(element, "running head")

    def _blocks(self, node: Node) -> Iterator[Element]:
        for child in children(node):
            if child.tag == "p":
                yield from self._paragraph(child)
            elif child.tag == "tbl":
                yield from self._close()
                yield from self._table(child)
            elif child.tag == "altChunk":
                yield from self._close()
                yield from self._embedded(child)
            elif child.tag == "sdt" and value(child, "sdtPr/docPartObj/docPartGallery") == "Table of Contents":
                yield from (_left_out(element, CONTENTS) for element in self._blocks(child))
            else:
                yield from self._blocks(child)

    def _embedded(self, node: Node) -> Iterator[Element]:
        """A document that Word puts in here when it opens the file (17.17.2.1); one that cannot be read is named as left out."""
        relation = self._package.related.get(node.get(CHUNK) or "")
        part = relation.target if relation else ""
        data = self._package.content(part) if part else None
        where = Place(path=f"embedded {posixpath.basename(part)}")
        try:
            found = self._chunk(data, part) if data else []
        except ReadError as error:
            yield Element("", left_out=f"embedded document that is not read: {error}", places=((0, where),))
            return
        tables = 0
        for element in found:
            tables = max(tables, element.table)
            table = element.table and self._tables + element.table
            yield replace(element, table=table, places=tuple((at, _below(where, place)) for at, place in element.places))
        self._tables += tables

    def _paragraph(self, p: Node) -> Iterator[Element]:
        flow = self._read(p, self._open)
        self._open = None
        if p.find("pPr/rPr/del") is not None or p.find("pPr/rPr/moveFrom") is not None:
            self._open = flow
            return
        yield from self._told(flow)
        if p.find("pPr/sectPr") is not None:
            self._marks.new_section()

    def _close(self) -> Iterator[Element]:
        """A paragraph that no other goes on with."""
        flow, self._open = self._open, None
        return iter(()) if flow is None else self._told(flow)

    def _read(self, p: Node, flow: Flow | None = None, where: str = "") -> Flow:
        """The content of a paragraph, behind that of an open one."""
        properties = p.find("pPr")
        look = self._styles.look(properties)
        if not self._story and not where:
            self._paragraphs += 1
        if flow is None:
            flow = Flow(where or self._story or f"paragraph {self._paragraphs}", look)
        flow.look = look
        self._runs.read(p, flow)
        flow.codes.clear()
        return flow

    def _number(self, flow: Flow) -> Number:
        """The number of a paragraph, counted; a paragraph of hidden text is not."""
        empty = not any(line.parts for line in flow.lines)
        if flow.look.num in {"", "0"} or (empty and (flow.hidden.parts or flow.look.hidden)):
            return Number("")
        return self._numbering.next(flow.look.num, flow.look.depth) or Number("")

    def _told(self, flow: Flow) -> Iterator[Element]:
        """The elements of a paragraph, one a line, and what follows it."""
        number = self._number(flow)
        kind, prefix = flow.kind(), number.text
        if kind is None and number.bullet:
            kind = "list_item"
        for line in flow.lines:
            if not line.blank():
                element = replace(line.element(prefix), kind=kind, level=flow.look.level)
                yield _left_out(element, flow.look.left_out) if flow.look.left_out else element
                prefix = ""
        yield from self._after(flow)

    def _after(self, flow: Flow) -> Iterator[Element]:
        """What hangs on a paragraph: hidden text, notes, text boxes."""
        hidden = flow.hidden.element()
        if hidden.text:
            yield replace(hidden, left_out="hidden text")
        for note in flow.notes:
            yield from self._footnote(note)
        for box in flow.boxes:
            yield from self._blocks(box)
            yield from self._close()

    def _footnote(self, note: Note) -> Iterator[Element]:
        flow, _ = self._gathered(note.node, note.key.replace("-", " "))
        element = flow.lines[0].element()
        if element.text.startswith(note.mark):  # a mark of the author's own stands in the note as text
            element = _cut(element, len(note.mark))
        if element.text:
            yield replace(element, kind="footnote", key=note.key, mark=note.mark)
        yield from self._after(flow)

    def _gathered(self, node: Node, where: str = "") -> tuple[Flow, list[str]]:
        """All paragraphs below as one, its text on one line, and the text of each line; the tables among them stand by
        themselves.
        """
        whole, texts = Flow(where, Look()), list[str]()
        for p in inside(node, "p", past="tbl"):
            flow = self._read(p, where=where)
            number = self._number(flow).text
            for line in flow.lines:
                element = line.element(number)
                whole.lines[0].join(element)
                texts += [element.text] if element.text else []
                number = ""
            whole.hidden.join(flow.hidden.element())
            whole.notes += flow.notes
            whole.boxes += flow.boxes
        return whole, texts

    def _table(self, tbl: Node, *, inner: bool = False) -> Iterator[Element]:
        """The rows of a table, then those of the tables within its cells."""
        rows = [(row, list(inside(row, "tc"))) for row in inside(tbl, "tr")]
        if _is_layout([cells for _, cells in rows]):
            for cell in chain.from_iterable(cells for _, cells in rows):
                yield from self._blocks(cell)
                yield from self._close()
            return
        self._tables += 1
        table, above = self._tables, dict[int, str]()
        headers = {index for index, (row, _) in enumerate(rows) if switched(row, "trPr/tblHeader")}
        if not headers and not (inner and max((len(cells) for _, cells in rows), default=0) <= _KEYED):
            headers = {0}
        for index, (row, nodes) in enumerate(rows):
            cells, flows = self._row(row, nodes, above)
            if any(cells):
                place = Place(path=f"table {table}, row {index + 1}")
                yield Element("", cells=cells, table=table, header=index in headers, places=((0, place),))
            for flow in flows:
                yield from self._after(flow)
        for within in (table for _, cells in rows for cell in cells for table in inside(cell, "tbl")):
            yield from self._table(within, inner=True)

    def _row(self, row: Node, nodes: list[Node], above: dict[int, str]) -> tuple[tuple[str, ...], list[Flow]]:
        """The cells of a row, one for each column, and what they were made of; `above` holds the cells over them."""
        cells = [""] * _columns(value(row, "trPr/gridBefore"), 0)
        gathered = [self._gathered(node) for node in nodes]
        flows = [flow for flow, _ in gathered]
        for node, flow, kept in zip(nodes, flows, in_lines([lines for _, lines in gathered]), strict=True):
            text, column = flow.lines[0].element().text if kept is None else kept, len(cells)
            merged = node.find("tcPr/vMerge")
            if merged is not None and value(merged) != "restart":
                text = above.get(column, text)
            if value(node, "tcPr/hMerge") == "continue":
                text = ""
            above[column] = text
            cells += [text] + [""] * (_columns(value(node, "tcPr/gridSpan"), 1) - 1)
        return tuple(cells[:_COLUMN_LIMIT]), flows


def _below(where: Place, place: Place) -> Place:
    """A place within a document that is itself a part of the file."""
    return Place(path=f"{where.path}, {place}")


def _notes(package: WordPackage, kind: str) -> dict[str, Node]:
    """The notes of a kind that hold text, by key; those of other types are the lines above notes."""
    part = package.role(f"{kind}s")
    return {
        f"{kind}-{value(node, name='id') or ''}": node
        for node in (() if part is None else part.iterfind(kind))
        if value(node, name="type") in {None, "normal"} and next(node.iter("t"), None) is not None
    }


def _left_out(element: Element, reason: str) -> Element:
    """An element, or the cells of a row, as text that is no part of the document."""
    text = element.text or " ".join(cell for cell in element.cells if cell)
    return Element(text, places=element.places, left_out=reason)


def _cut(element: Element, length: int) -> Element:
    """An element without the beginning of its text and the white space after it."""
    text = element.text[length:].lstrip()
    length = len(element.text) - len(text)
    starts = {max(at - length, 0): place for at, place in element.places}
    return replace(element, text=text, places=tuple((at, place) for at, place in starts.items() if at < len(text)))


def _is_layout(rows: list[list[Node]]) -> bool:
    """Whether a table only places paragraphs on the page: it is one cell, or a cell holds many paragraphs."""
    if len(rows) == 1 and len(rows[0]) == 1:
        return True
    return any(
        sum(next(p.iter("t"), None) is not None for p in cell.iterfind("p")) > _LAYOUT_CELL
        for row in rows
        for cell in row
        if len(cell) > _LAYOUT_CELL
    )


def _columns(text: str | None, default: int) -> int:
    number = integer(text)
    return default if number is None else min(max(number, default), _COLUMN_LIMIT)
