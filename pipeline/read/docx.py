"""Reads .docx: the paragraphs, tables and notes of a Word document as elements, as Word shows them with all changes accepted.

Section numbers are those of ECMA-376, part 1. The tags of its text and math are used without their namespace ("p", "m.oMath").
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BytesIO
from itertools import chain
from typing import NamedTuple
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import ParseError, iterparse

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.read.layout import Element, ElementKind
from pipeline.read.numbering import NoteMarks, Number, Numbering, W, integer, switched, value

_PART_LIMIT = 64 << 20  # bytes of one part, uncompressed
_TOTAL_LIMIT = 200 << 20  # bytes of all parts that are read
_NODE_LIMIT = 2_000_000  # XML elements of one part
_DEPTH_LIMIT = 250  # of XML elements; reading takes at most two frames of the stack for each
_COLUMN_LIMIT = 63  # columns of a table, which is Word's limit
_LAYOUT_CELL = 3  # paragraphs in a cell; one that holds more lays out a page

_PREFIXES = {
    W[1:-1]: "",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m.",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc.",
}
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_UNREADABLE = (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, struct.error)
_DROPPED = frozenset("del moveFrom delText instrText pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr sectPr rt".split())
_BREAKS = str.maketrans(dict.fromkeys("\t\n\r\x0b\x0c\x85\u2028\u2029", " "))
_SYMBOLS = {"F052": "☑", "F0FE": "☑", "F0A8": "□", "F06F": "□", "F0A3": "□", "F0E0": "→", "F0B7": "·"}  # Wingdings, Symbol
_STYLE_NAME = re.compile(
    r"(?P<title>title|标题)|(?P<subtitle>subtitle|副标题)|(?:heading|标题) ?(?P<heading>[1-9])|(?P<caption>caption|题注)"
    r"|(?P<contents>(?:toc|目录) ?(?:[1-9]|heading|标题)?|table of figures|图表目录)",
    re.I,
)
_BESIDE_FORMULA = re.compile(r"\s*(?:[（(][\d\-.—–A-Z]+[）)])?\s*[,.;，。；]?\s*")
_CONTENTS = "table of contents"
_PAST_LATIN = "\u0250"  # the first character after the Latin letters


def elements(data: bytes, name: str) -> list[Element]:
    """The elements of a .docx in reading order, what is left out among them; `name` is the file's, for messages.

    ReadError, one line, where it cannot be opened, is encrypted, refused (entities, nesting, size), or holds no text.
    """
    found = list(_Reader(_Package(data, name)).document())
    if all(element.left_out for element in found):
        raise ReadError(f"{name}: holds no text: put text into it or remove it")
    return found


class _Package:
    """The parts of the file, each read once and within the limits."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._left = _TOTAL_LIMIT
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise ReadError(f"{name}: is encrypted: save it without a password")
            raise ReadError(f"{name}: is an old .doc or encrypted: save it as .docx without a password")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _UNREADABLE as error:
            raise self._damaged(error) from None

    def _damaged(self, reason: object) -> ReadError:
        text = " ".join(str(reason).split())
        return ReadError(f"{self.name}: is no Word document that can be opened ({text}): save it again as .docx")

    def parts(self, pattern: str) -> list[str]:
        """Names of the parts that match, header2 before header10."""
        return sorted((part for part in self._zip.namelist() if re.fullmatch(pattern, part)), key=lambda part: (len(part), part))

    def body(self) -> Node:
        """The body of the main document."""
        document = self.tree("word/document.xml")
        body = None if document is None else document.find("body")
        if body is None:
            raise self._damaged("it has no word/document.xml with a body")
        return body

    def tree(self, part: str) -> Node | None:
        """The root of a part; None where the file has no such part."""
        try:
            data = self._bytes(self._zip.getinfo(part))
        except KeyError:
            return None
        if b"<!DOCTYPE" in (plain := data.replace(b"\0", b"")) or b"<!ENTITY" in plain:
            raise ReadError(f"{self.name}: is refused, as {part} declares entities: save it again as .docx")
        for strict, common in _STRICT.items():
            data = data.replace(strict, common)
        try:
            return self._parsed(data, part)
        except (ParseError, ValueError, LookupError) as error:
            raise self._damaged(f"{part}: {error}") from None

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise ReadError(f"{self.name}: is encrypted: save it without a password")
        limit = min(_PART_LIMIT, self._left)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except _UNREADABLE as error:
            raise self._damaged(error) from None
        if len(data) > limit:
            raise ReadError(f"{self.name}: is refused, as {info.filename} is too large uncompressed: split it into documents")
        self._left -= len(data)
        return data

    def _parsed(self, data: bytes, part: str) -> Node:
        """The tree, its tags shortened."""
        depth = nodes = 0
        root: Node | None = None
        for event, node in iterparse(BytesIO(data), events=("start", "end")):
            if event == "end":
                depth -= 1
                continue
            root = node if root is None else root
            node.tag = _short(node.tag)
            depth, nodes = depth + 1, nodes + 1
            if depth > _DEPTH_LIMIT or nodes > _NODE_LIMIT:
                raise ReadError(f"{self.name}: is refused, as {part} is nested too deep or too large: split it into documents")
        assert root is not None  # iterparse raises where there is no root
        return root


@lru_cache(maxsize=1024)
def _short(tag: str) -> str:
    space, _, local = tag[1:].rpartition("}")
    prefix = _PREFIXES.get(space)
    return tag if prefix is None else prefix + local


def _children(node: Node) -> Iterable[Node]:
    """What counts of the children: one reading of alternatives, nothing of what was deleted."""
    if node.tag in _DROPPED or (node.tag == "tr" and node.find("trPr/del") is not None):
        return ()
    if node.tag == "mc.AlternateContent":
        return node.findall("mc.Choice")[:1] or node.findall("mc.Fallback")
    return node


def _inside(node: Node, tag: str) -> Iterator[Node]:
    """The outermost nodes of a tag below, through content controls and the like."""
    for child in _children(node):
        if child.tag == tag:
            yield child
        else:
            yield from _inside(child, tag)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style, or a paragraph with its own properties, comes to. `num` and `depth` (from 0) place it in a list."""

    kind: ElementKind | None = None
    level: int = 0
    left_out: str = ""
    num: str = ""
    depth: int = 0
    hidden: bool = False


class _Styles:
    """The looks of styles (17.7), by id."""

    def __init__(self, styles: Node | None, numbering: Numbering) -> None:
        self._numbering = numbering
        self._looks: dict[str, _Look] = {}
        self._nodes = {} if styles is None else {value(style, name="styleId") or "": style for style in styles.iterfind("style")}
        paragraph = (key for key, style in self._nodes.items() if value(style, name="type") == "paragraph")
        self._default = next((key for key in paragraph if value(self._nodes[key], name="default") in {"1", "true", "on"}), "")

    def look(self, properties: Node | None) -> _Look:
        """The look of a paragraph: its style, and what it says itself."""
        look = self.of(value(properties, "pStyle") or self._default)
        if properties is None:
            return look
        outline = integer(value(properties, "outlineLvl"))
        if outline is not None and look.kind in {None, "heading"}:
            look = _outlined(look, outline)
        num, depth = value(properties, "numPr/numId"), integer(value(properties, "numPr/ilvl"))
        if num is not None or depth is not None:
            look = replace(look, num=num or look.num, depth=depth if depth is not None else 0 if num else look.depth)
        return look

    def of(self, style: str) -> _Look:
        """The look of a style with those that it is based on."""
        if style not in self._looks:
            self._looks[style] = self._resolved(style)
        return self._looks[style]

    def _resolved(self, style: str) -> _Look:
        look = None
        num, num_style, depth, hidden = "", style, None, None
        for key in self._ancestry(style):
            node = self._nodes.get(key)
            look = look or _named(value(node, "name") or key)
            outline = integer(value(node, "pPr/outlineLvl"))
            if look is None and outline is not None:
                look = _outlined(_Look(), outline)
            depth = integer(value(node, "pPr/numPr/ilvl")) if depth is None else depth
            if not num and (num := value(node, "pPr/numPr/numId") or ""):
                num_style = key
            hidden = switched(node, "rPr/vanish") if hidden is None else hidden
        depth = self._numbering.depth(num, num_style) if depth is None else depth
        return replace(look or _Look(), num=num, depth=depth, hidden=bool(hidden))

    def _ancestry(self, style: str) -> list[str]:
        """The style and those that it is based on, nearest first."""
        found: dict[str, None] = {}
        key: str | None = style
        while key and key not in found:
            found[key] = None
            key = value(self._nodes.get(key), "basedOn")
        return list(found)


def _named(name: str) -> _Look | None:
    """The look of a built-in style; None for any other."""
    match = _STYLE_NAME.fullmatch(name.strip())
    if match is None:
        return None
    looks = {
        "title": _Look("title", 1),
        "subtitle": _Look("title", 2),
        "heading": _Look("heading", int(match["heading"] or 0)),
        "caption": _Look("caption"),
        "contents": _Look(left_out=_CONTENTS),
    }
    return looks[match.lastgroup or ""]


def _outlined(look: _Look, outline: int) -> _Look:
    """An outline level 0 … 8 makes a heading, 9 makes none (17.3.1.20)."""
    heading = 0 <= outline <= 8
    return replace(look, kind="heading" if heading else None, level=outline + 1 if heading else 0)


@dataclass(slots=True)
class _Line:
    """A text in the making, with the notes that hang in it and the places that it comes from."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)
    places: list[tuple[int, Place]] = field(default_factory=list)

    def add(self, text: str, place: Place) -> None:
        if not text:
            return
        if not self.places or self.places[-1][1] is not place:
            self.places.append((self.length, place))
        self.parts.append(text)
        self.length += len(text)

    def blank(self) -> bool:
        return all(part.isspace() for part in self.parts)

    def join(self, other: Element) -> None:
        """Adds another text, with a space between Latin words."""
        if not other.text:
            return
        if self.parts and self.parts[-1][-1] < _PAST_LATIN and other.text[0] < _PAST_LATIN:
            self.parts.append(" ")
            self.length += 1
        self.notes += [(self.length + at, key) for at, key in other.notes]
        self.places += [(self.length + at, place) for at, place in other.places]
        self.parts.append(other.text)
        self.length += len(other.text)

    def element(self, number: str = "") -> Element:
        """The text behind its number, without the white space around it."""
        whole = "".join(self.parts)
        text = number + whole.strip()
        shift = len(number) - (len(whole) - len(whole.lstrip()))
        notes = tuple((min(max(at + shift, len(number)), len(text)), key) for at, key in self.notes)
        starts = {max(at + shift, len(number)): place for at, place in self.places}
        places = tuple((at if at > len(number) else 0, place) for at, place in starts.items() if at < len(text))
        return Element(text, notes=notes, places=places)


class _Note(NamedTuple):
    key: str
    mark: str
    node: Node


@dataclass(slots=True)
class _Flow:
    """A paragraph in the making: its lines, what is hidden in it, and what follows it."""

    where: str
    look: _Look
    lines: list[_Line] = field(default_factory=lambda: [_Line()])
    hidden: _Line = field(default_factory=_Line)
    custom: list[str] | None = None  # the mark of a note that its author wrote, while it is read
    notes: list[_Note] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)
    codes: list[bool] = field(default_factory=list)  # of the open fields, whether their code is being read
    runs: int = 0
    place: Place | None = None
    hiding: bool = False
    formula: bool = False
    beside: list[str] = field(default_factory=list)  # the text that is no formula

    def begin_run(self, hiding: bool) -> None:
        self.runs += 1
        self.place = Place(path=f"{self.where}, run {self.runs}")
        self.hiding = hiding

    def add(self, text: str) -> None:
        """Adds text to where it belongs: the mark of a note, the hidden text, or the line."""
        if any(self.codes):
            return
        text = text.translate(_BREAKS)
        if self.custom is not None:
            self.custom.append(text)
        else:
            (self.hidden if self.hiding else self.lines[-1]).add(text, self.place or Place(path=self.where))

    def kind(self) -> ElementKind | None:
        alone = self.formula and _BESIDE_FORMULA.fullmatch("".join(self.beside))
        return "formula" if alone and self.look.kind is None else self.look.kind


class _Reader:
    """Walks the parts of a document in order and counts its paragraphs, tables, numbers and marks."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        self._body = package.body()
        self._numbering = Numbering(package.tree("word/numbering.xml"))
        self._styles = _Styles(package.tree("word/styles.xml"), self._numbering)
        self._marks = NoteMarks(package.tree("word/settings.xml"), self._body)
        self._notes = {f"{kind}-{key}": node for kind in ("footnote", "endnote") for key, node in self._note_nodes(kind)}
        self._story = ""  # name of a part that is no body
        self._paragraphs = 0
        self._tables = 0
        self._open: _Flow | None = None  # a paragraph whose mark was deleted: the next one goes on with it

    def _note_nodes(self, kind: str) -> Iterator[tuple[str, Node]]:
        part = self._package.tree(f"word/{kind}s.xml")
        for node in () if part is None else part.iterfind(kind):
            if value(node, name="type") in {None, "normal"} and next(node.iter("t"), None) is not None:
                yield value(node, name="id") or "", node

    def document(self) -> Iterator[Element]:
        """The elements of the body, then those of headers and footers."""
        yield from self._blocks(self._body)
        yield from self._close()
        for part in self._package.parts(r"word/(?:header|footer)\d*\.xml"):
            self._story = part[len("word/") : -len(".xml")]
            root = self._package.tree(part)
            for element in chain(() if root is None else self._blocks(root), self._close()):
                yield _left_out(element, "running head")

    def _blocks(self, node: Node) -> Iterator[Element]:
        for child in _children(node):
            if child.tag == "p":
                yield from self._paragraph(child)
            elif child.tag == "tbl":
                yield from self._close()
                yield from self._table(child)
            elif child.tag == "sdt" and value(child, "sdtPr/docPartObj/docPartGallery") == "Table of Contents":
                yield from (_left_out(element, _CONTENTS) for element in self._blocks(child))
            else:
                yield from self._blocks(child)

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

    def _read(self, p: Node, flow: _Flow | None = None, where: str = "") -> _Flow:
        """The content of a paragraph, behind that of an open one."""
        properties = p.find("pPr")
        look = self._styles.look(properties)
        if not self._story and not where:
            self._paragraphs += 1
        if flow is None:
            flow = _Flow(where or self._story or f"paragraph {self._paragraphs}", look)
        flow.look = look
        self._inline(p, flow)
        flow.codes.clear()
        return flow

    def _number(self, flow: _Flow) -> Number:
        """The number of a paragraph, counted; a paragraph of hidden text is not."""
        empty = not any(line.parts for line in flow.lines)
        if flow.look.num in {"", "0"} or (empty and (flow.hidden.parts or flow.look.hidden)):
            return Number("")
        return self._numbering.next(flow.look.num, flow.look.depth) or Number("")

    def _told(self, flow: _Flow) -> Iterator[Element]:
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

    def _after(self, flow: _Flow) -> Iterator[Element]:
        """What hangs on a paragraph: hidden text, notes, text boxes."""
        hidden = flow.hidden.element()
        if hidden.text:
            yield replace(hidden, left_out="hidden text")
        for note in flow.notes:
            yield from self._footnote(note)
        for box in flow.boxes:
            yield from self._blocks(box)
            yield from self._close()

    def _footnote(self, note: _Note) -> Iterator[Element]:
        flow = self._gathered(note.node, note.key.replace("-", " "))
        element = flow.lines[0].element()
        if element.text.startswith(note.mark):  # a mark of the author's own stands in the note as text
            element = _cut(element, len(note.mark))
        if element.text:
            yield replace(element, kind="footnote", key=note.key, mark=note.mark)
        yield from self._after(flow)

    def _gathered(self, node: Node, where: str = "") -> _Flow:
        """All paragraphs below as one, its text on one line."""
        whole = _Flow(where, _Look())
        for p in _inside(node, "p"):
            flow = self._read(p, where=where)
            number = self._number(flow).text
            for line in flow.lines:
                whole.lines[0].join(line.element(number))
                number = ""
            whole.hidden.join(flow.hidden.element())
            whole.notes += flow.notes
            whole.boxes += flow.boxes
        return whole

    def _table(self, tbl: Node) -> Iterator[Element]:
        rows = [(row, list(_inside(row, "tc"))) for row in _inside(tbl, "tr")]
        if _is_layout([cells for _, cells in rows]):
            for cell in chain.from_iterable(cells for _, cells in rows):
                yield from self._blocks(cell)
                yield from self._close()
            return
        self._tables += 1
        table, above = self._tables, dict[int, str]()
        headers = {index for index, (row, _) in enumerate(rows) if switched(row, "trPr/tblHeader")} or {0}
        for index, (row, nodes) in enumerate(rows):
            cells, flows = self._row(row, nodes, above)
            if any(cells):
                place = Place(path=f"table {table}, row {index + 1}")
                yield Element("", cells=cells, table=table, header=index in headers, places=((0, place),))
            for flow in flows:
                yield from self._after(flow)

    def _row(self, row: Node, nodes: list[Node], above: dict[int, str]) -> tuple[tuple[str, ...], list[_Flow]]:
        """The cells of a row, one for each column, and what they were made of; `above` holds the cells over them."""
        cells = [""] * _columns(value(row, "trPr/gridBefore"), 0)
        flows = [self._gathered(node) for node in nodes]
        for node, flow in zip(nodes, flows, strict=True):
            text, column = flow.lines[0].element().text, len(cells)
            merged = node.find("tcPr/vMerge")
            if merged is not None and value(merged) != "restart":
                text = above.get(column, text)
            if value(node, "tcPr/hMerge") == "continue":
                text = ""
            above[column] = text
            cells += [text] + [""] * (_columns(value(node, "tcPr/gridSpan"), 1) - 1)
        return tuple(cells[:_COLUMN_LIMIT]), flows

    def _inline(self, node: Node, flow: _Flow) -> None:
        for child in _children(node):
            handler = _INLINE.get(child.tag)
            if handler is None:
                self._inline(child, flow)
            else:
                handler(self, child, flow)

    def _run(self, r: Node, flow: _Flow) -> None:
        flow.begin_run(self._is_hidden(r.find("rPr"), flow))
        self._inline(r, flow)
        if flow.custom is not None:
            flow.notes[-1] = flow.notes[-1]._replace(mark="".join(flow.custom).strip())
            flow.custom = None

    def _is_hidden(self, properties: Node | None, flow: _Flow) -> bool:
        """Whether a run is hidden: by itself, by its style, or by that of its paragraph (17.3.2.41)."""
        own = switched(properties, "vanish")
        style = None if own is not None else value(properties, "rStyle")
        return own if own is not None else flow.look.hidden or bool(style and self._styles.of(style).hidden)

    def _text(self, t: Node, flow: _Flow) -> None:
        text = t.text or ""
        flow.add(text if t.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" else text.strip(" \t\r\n"))
        flow.beside.append(text)

    def _break(self, br: Node, flow: _Flow) -> None:
        if value(br, name="type") == "page":
            self._marks.new_page()
        elif value(br, name="type") != "column":
            flow.lines.append(_Line())

    def _page(self, _: Node, __: _Flow) -> None:
        self._marks.new_page()

    def _space(self, _: Node, flow: _Flow) -> None:
        flow.add(" ")

    def _hyphen(self, _: Node, flow: _Flow) -> None:
        flow.add("-")

    def _symbol(self, sym: Node, flow: _Flow) -> None:
        flow.add(_SYMBOLS.get((value(sym, name="char") or "").upper(), ""))

    def _field(self, char: Node, flow: _Flow) -> None:
        """Keeps the result of a field and drops its code, which may hold other fields with their results."""
        step = value(char, name="fldCharType")
        if step == "begin":
            flow.codes.append(True)
        elif flow.codes and step == "separate":
            flow.codes[-1] = False
        elif flow.codes and step == "end":
            flow.codes.pop()

    def _reference(self, reference: Node, flow: _Flow) -> None:
        kind = reference.tag.removesuffix("Reference")
        key = f"{kind}-{value(reference, name='id')}"
        node = None if flow.hiding else self._notes.pop(key, None)
        if node is None:
            return
        flow.lines[-1].notes.append((flow.lines[-1].length, key))
        custom = value(reference, name="customMarkFollows") in {"1", "true", "on"}
        flow.custom = [] if custom else None
        flow.notes.append(_Note(key, "" if custom else self._marks.next(kind), node))

    def _box(self, content: Node, flow: _Flow) -> None:
        flow.boxes.append(content)

    def _math(self, math: Node, flow: _Flow) -> None:
        flow.begin_run(hiding=False)
        flow.add(_linear(math))
        flow.formula = True


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


# Each kind of formula as its parts, with the sign before each; a part of several characters is put in brackets.
_FORMULAS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "m.f": (("", "m.num"), ("/", "m.den")),
    "m.sSup": (("", "m.e"), ("^", "m.sup")),
    "m.sSub": (("", "m.e"), ("_", "m.sub")),
    "m.sSubSup": (("", "m.e"), ("_", "m.sub"), ("^", "m.sup")),
    "m.sPre": (("_", "m.sub"), ("^", "m.sup"), ("", "m.e")),
    "m.rad": (("", "m.deg"), ("√", "m.e")),
    "m.limLow": (("", "m.e"), ("_", "m.lim")),
    "m.limUpp": (("", "m.e"), ("^", "m.lim")),
    "m.func": ((" ", "m.fName"), (" ", "m.e")),
    "m.nary": (("_", "m.sub"), ("^", "m.sup"), (" ", "m.e")),
}


def _linear(node: Node) -> str:
    """A formula on one line: (a+b)/2, x^2, √(n), ∑_(i=1)^n x."""
    if node.tag == "m.t":
        return node.text or ""
    if node.tag == "m.d":
        begin, end = (_math_sign(node, f"m.dPr/m.{name}", sign) for name, sign in (("begChr", "("), ("endChr", ")")))
        return begin + ",".join(map(_linear, node.iterfind("m.e"))) + end
    if node.tag not in _FORMULAS:
        return "".join(map(_linear, _children(node)))
    text = _math_sign(node, "m.naryPr/m.chr", "∫") if node.tag == "m.nary" else ""
    for sign, tag in _FORMULAS[node.tag]:
        child = node.find(tag)
        part = "" if child is None else _linear(child)
        text += (sign + (part if sign == " " else _bracketed(part))) if part else ""
    return text.strip()


def _bracketed(part: str) -> str:
    return part if part.isalnum() or len(part) == 1 or re.fullmatch(r"\([^()]*\)", part) else f"({part})"


def _math_sign(node: Node, path: str, default: str) -> str:
    sign = node.find(path)
    if sign is None:
        return default
    return sign.get("{http://schemas.openxmlformats.org/officeDocument/2006/math}val", "")


_INLINE: Mapping[str, Callable[[_Reader, Node, _Flow], None]] = {
    "r": _Reader._run,
    "t": _Reader._text,
    "tab": _Reader._space,
    "ptab": _Reader._space,
    "br": _Reader._break,
    "cr": _Reader._break,
    "lastRenderedPageBreak": _Reader._page,
    "noBreakHyphen": _Reader._hyphen,
    "sym": _Reader._symbol,
    "fldChar": _Reader._field,
    "footnoteReference": _Reader._reference,
    "endnoteReference": _Reader._reference,
    "txbxContent": _Reader._box,
    "m.oMath": _Reader._math,
}
