"""Reads OpenDocument (.odt, .ods, .odp): paragraphs, headings, lists, tables and notes of content.xml (ODF 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element as Node

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.read.cells import row_of
from pipeline.read.layout import Element, ElementKind
from pipeline.read.package import Package

_SKIPPED = frozenset(  # deleted text, comments, what a drawing is called, what is shown elsewhere
    "tracked-changes annotation annotation-end forms title desc ruby-text sequence-decls automatic-styles settings"
    " event-listeners hidden-text hidden-paragraph shapes".split()
)
_CONTENTS = ("table-of-content", "alphabetical-index", "illustration-index", "table-index")
_COLUMNS = 256  # cells of a row that are read; a repeated empty cell may stand for sixteen thousand


def elements(data: bytes, name: str) -> list[Element]:
    """The elements of a text, spreadsheet or presentation. ReadError where it cannot be opened, is encrypted or holds no text."""
    package = Package(data, name, "OpenDocument file", ".odt or .docx")
    manifest = package.content("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise ReadError(f"{name}: is encrypted: save it without a password")
    root = package.tree("content.xml")
    body = None if root is None else root.find("body")
    if root is None or body is None:
        raise package.damaged("it has no content.xml with a body")
    found = list(_Walk(_parents(root)).blocks(body))
    found += _running_heads(package.tree("styles.xml"))
    if all(element.left_out for element in found):
        raise ReadError(f"{name}: holds no text: put text into it or remove it")
    return found


def _parents(root: Node) -> dict[str, str]:
    """Automatic styles and the named ones that they are made from."""
    return {_get(style, "name"): _get(style, "parent-style-name") for style in root.iterfind("automatic-styles/style")}


def _running_heads(styles: Node | None) -> Iterator[Element]:
    for page in () if styles is None else styles.iter("master-page"):
        for part in page:
            if part.tag.startswith(("header", "footer")):
                for element in _Walk({}).blocks(part):
                    yield Element(_whole(element), places=element.places, left_out="running head")


def _whole(element: Element) -> str:
    return " ".join(filter(None, element.cells)) or element.text


def _get(node: Node, name: str) -> str:
    """An attribute of any namespace."""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


class _Walk:
    """One pass over a body, counting its paragraphs, tables and notes; `parents` are those of styles."""

    def __init__(self, parents: dict[str, str]) -> None:
        self._parents = parents
        self._paragraphs = self._tables = self._notes = 0
        self._hung: list[Node] = []  # notes and text boxes of the paragraph that is read

    def blocks(self, node: Node, *, item: bool = False) -> Iterator[Element]:
        """The elements below a node; `item` says that its first paragraph opens an item of a list."""
        for child in node:
            if child.tag in ("p", "h"):
                yield from self._paragraph(child, item=item)
                item = False
            elif child.tag == "table":
                yield from self._table(child)
            elif child.tag in _CONTENTS:
                for each in self.blocks(child):
                    yield Element(_whole(each), places=each.places, left_out="table of contents")
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child, item=child.tag == "list-item")

    def _paragraph(self, node: Node, *, item: bool) -> Iterator[Element]:
        self._paragraphs += 1
        place = ((0, Place(path=f"paragraph {self._paragraphs}")),)
        marks: list[tuple[int, str]] = []
        text = self._text(node, marks)
        hung, self._hung = self._hung, []
        kind, level = self._look(node)
        for index, line in enumerate(text.split("\n")):
            if line.strip():
                shift = len(line) - len(line.lstrip())
                notes = tuple((max(0, at - shift), key) for at, key in marks) if index == 0 else ()
                element = Element(line.strip(), kind=kind or ("list_item" if item else None), level=level, places=place)
                yield replace(element, notes=tuple((min(at, len(element.text)), key) for at, key in notes))
                item = False
        for each in hung:
            if each.tag == "note":
                yield from self._note(each)
            else:
                yield from self.blocks(each)

    def _look(self, node: Node) -> tuple[ElementKind | None, int]:
        """Kind and level: a heading by its outline, a title by its style."""
        if node.tag == "h":
            level = _get(node, "outline-level")
            return "heading", int(level) if level.isdigit() and len(level) < 3 else 1
        style = _get(node, "style-name")
        named = self._parents.get(style, "") or style
        return {"Title": ("title", 1), "Subtitle": ("title", 2), "Caption": ("caption", 0)}.get(named, (None, 0))  # type: ignore[return-value]

    def _text(self, node: Node, marks: list[tuple[int, str]], length: int = 0) -> str:
        """The text of a paragraph on lines, the marks of its notes, and its notes and boxes set aside."""
        text = node.text or "" if node.tag not in ("tab", "line-break", "s") else ""
        for child in node:
            if child.tag == "note":
                marks.append((length + len(text), _get(child, "id")))
                self._hung.append(child)
            elif child.tag in ("text-box", "table"):
                self._hung.append(child)
            elif child.tag == "s":
                count = _get(child, "c")
                text += " " * (min(int(count), 100) if count.isdigit() and len(count) < 6 else 1)
            elif child.tag in ("tab", "line-break"):
                text += "\t" if child.tag == "tab" else "\n"
            elif child.tag not in _SKIPPED:
                text += self._text(child, marks, length + len(text))
            text += (child.tail or "").replace("\n", " ") if child.tail else ""
        return text

    def _note(self, note: Node) -> Iterator[Element]:
        self._notes += 1
        mark = (note.findtext("note-citation") or "").strip() or str(self._notes)
        body = note.find("note-body")
        text = " ".join(_whole(each) for each in (() if body is None else self.blocks(body)))
        if text:
            shown = f"[{mark}]" if mark.isalnum() else mark
            place = ((0, Place(path=f"note {self._notes}")),)
            yield Element(text, kind="footnote", key=_get(note, "id"), mark=shown, places=place)

    def _table(self, table: Node) -> Iterator[Element]:
        """The rows of a table, then the tables within its cells; a heading for a sheet that has a name of its own."""
        self._tables += 1
        number, inner, above = self._tables, list[Node](), dict[int, tuple[str, int]]()
        rows = [(row, header) for row, header in _rows(table) if row.find("table-cell") is not None]
        headed = any(header for _, header in rows)
        for index, (row, header) in enumerate(rows):
            cells = self._cells(row, inner, above)
            if any(cells):
                place = ((0, Place(path=f"table {number}, row {index + 1}")),)
                yield Element("", cells=cells, table=number, header=header or (not headed and index == 0), places=place)
        for each in inner:
            yield from self._table(each)

    def _cells(self, row: Node, inner: list[Node], above: dict[int, tuple[str, int]]) -> tuple[str, ...]:
        """The text of each cell; one that spans rows is repeated below itself, from `above` (text, rows to go)."""
        cells: list[str] = []
        nodes = [cell for cell in row if cell.tag in ("table-cell", "covered-table-cell")]
        for cell, read in zip(nodes, row_of([self._lines(cell, inner) for cell in nodes]), strict=True):
            text, repeated, spanned = read, _get(cell, "number-columns-repeated"), _get(cell, "number-rows-spanned")
            for _ in range(min(int(repeated), _COLUMNS) if repeated.isdigit() and len(repeated) < 6 else 1):
                column = len(cells)
                if cell.tag == "covered-table-cell" and not text and above.get(column, ("", 0))[1]:
                    text, left = above[column]
                    above[column] = (text, left - 1)
                elif spanned.isdigit():
                    above[column] = (text, min(int(spanned[:6]), 10_000) - 1)
                cells.append(text)
        while cells and not cells[-1]:
            cells.pop()
        return tuple(cells[:_COLUMNS])

    def _lines(self, cell: Node, inner: list[Node]) -> list[str]:
        """The text of each paragraph of a cell; the tables in it go to `inner`."""
        inner += cell.iterfind("table")
        return [_whole(each) for child in cell if child.tag in ("p", "h", "list") for each in self._inside(child)]

    def _inside(self, node: Node) -> Iterator[Element]:
        if node.tag == "list":
            yield from self.blocks(node)
        else:
            yield from self._paragraph(node, item=False)


def _rows(table: Node, *, header: bool = False) -> Iterator[tuple[Node, bool]]:
    """The rows of a table, and whether they are marked as naming the columns."""
    for child in table:
        if child.tag == "table-row":
            yield child, header
        elif child.tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child, header=header or child.tag == "table-header-rows")
