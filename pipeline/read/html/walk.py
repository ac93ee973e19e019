"""Nodes → elements: the blocks of a page, and the text that flows in them as a browser shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.cells import row_of
from pipeline.read.html.notes import Notes
from pipeline.read.html.tables import arranges, field_lines, grid, is_header, is_key, rows_of
from pipeline.read.html.tree import HEADINGS, STRIPPED, Found, Node, squashed
from pipeline.read.layout import Element, ElementKind

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_SOFT_BREAK = lazy(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_SPACES = lazy("[ \t\r\n\f\xa0][ \t\r\n\f\xa0]*")  # the first one character: `re` scans for it fast
_UNIT = lazy("(?:(?<![A-Za-z])[A-Za-zμ]{1,3}|米|(?<![0-9.])10)$")
_EXPONENT = lazy(r"[-−]?\d+")
_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_LABEL = lazy("[\u4e00-\u9fff]{2,6}[:：]")
_BAR = lazy(r"[\s|]+(?=[【\[（(]?\s*(?:字体|字号|打印|分享|收藏|扫一扫|纠错))")


@dataclass(slots=True)
class _Flow:
    """Text that is being collected, until a block begins or ends."""

    reason: str = ""
    node: Node | None = None  # the block in which it began
    parts: list[str] = field(default_factory=list)
    length: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)
    only_math: bool = True
    asides: list[Found] = field(default_factory=list)  # left out inside the text

    def add(self, text: str) -> None:
        """Adds text with its white space collapsed as browsers do."""
        if "\n" in text or "\r" in text:
            text = _SOFT_BREAK.sub("", text)
        text = _SPACES.sub(" ", text)
        if not self.length:
            text = text.lstrip(STRIPPED)
        elif self.parts[-1][-1] == " ":
            text = text.lstrip(" ")
        if text:
            self.parts.append(text)
            self.length += len(text)


class Walk:
    """One pass over a stretch of nodes; `plain` inside headings, cells and footnotes, where blocks are only pieces of text."""

    def __init__(self, nodes: Sequence[Node], notes: Notes, *, plain: bool = False) -> None:
        self._nodes, self._notes, self._plain = nodes, notes, plain
        self._found: list[Found] = []
        self._flows = [_Flow()]
        self._around: list[Node] = []  # open blocks, and inline elements that are left out
        self._item = False  # the next text opens an item of a list
        self._joins = False  # the next <dd> goes on in the line of its <dt>
        self._tables = 0

    def run(self, start: int, end: int) -> list[Found]:
        """The elements of nodes[start:end], each with the index of its node."""
        at = start
        while at < end:
            if self._around and self._around[-1].end <= at:
                self._close(at)
            node = self._nodes[at]
            if node.tag:
                at = self._enter(node)
            else:
                if at not in self._notes.marks:
                    self._add(node.text, node)
                at += 1
        self._close(end)
        self._flush()
        return self._found

    def _add(self, text: str, node: Node, *, math: bool = False) -> None:
        flow = self._flows[-1]
        if not flow.length:
            flow.node = self._around[-1] if self._around else node.block()
            flow.reason = node.reason
        flow.add(text)
        flow.only_math = flow.only_math and (math or not text.strip(STRIPPED))

    def _enter(self, node: Node) -> int:
        """Handles the beginning of an element; the index of the node to go on with."""
        flow = self._flows[-1]
        if node.at in self._notes.marks:
            flow.notes += [(flow.length, key) for key in self._notes.marks[node.at]]
            return node.end
        if node.tag == "math":
            self._add(node.attributes.get("alttext") or _formula(self._nodes, node), node, math=True)
            return node.end
        if node.tag == "sup" and (raised := self._raised(node)):
            self._add(raised, node)
            return node.end
        if node.is_block():
            if not (node.tag == "dd" and self._joins):
                self._flush()
            self._joins = False
            if not self._plain and self._special(node):
                return node.end
            self._item |= node.tag == "li"
            self._around.append(node)
        elif node.tag == "br":
            self._flush()
        elif node.parent is not None and node.reason != node.parent.reason:
            self._around.append(node)
            self._flows.append(_Flow())
        elif 0 < flow.length < 120 and self._opens_field(node):
            self._flush()
        return node.at + 1

    def _close(self, at: int) -> None:
        """Ends what ends before the node."""
        while self._around and self._around[-1].end <= at:
            node = self._around.pop()
            if node.tag == "dt" and is_key(text := "".join(self._flows[-1].parts)):
                self._flows[-1].add("" if text[-1] in ":：" else "：")
                self._joins = True
            else:
                self._flush()
            if node.is_block():
                self._item &= node.tag != "li"
            else:
                self._flows.pop()

    def _flush(self) -> None:
        """Ends an element, where there is text for one."""
        flow = self._flows[-1]
        if not (flow.parts or flow.notes or flow.asides):
            return
        text = "".join(flow.parts).rstrip(STRIPPED)
        if text and flow.node is not None:
            kind: ElementKind | None = "formula" if flow.only_math else "list_item" if self._item and not self._plain else None
            self._item = False
            self._emit(flow.node, text, None if flow.reason else kind, flow)
        self._found += flow.asides
        self._flows[-1] = _Flow()

    def _emit(self, node: Node, text: str, kind: ElementKind | None, flow: _Flow) -> None:
        places, notes = node.place(), tuple((min(at, len(text)), key) for at, key in flow.notes)
        rest = ""
        if len(text) < 200 and (p.FIELD.match(text) or p.BARE_DATE.match(text)) and (bar := _BAR.search(text)):
            text, rest = text[: bar.start()], text[bar.end() :]
        element = Element(text, kind=kind, notes=notes, places=places, left_out=flow.reason)
        if len(self._flows) > 1 and self._flows[-2].length:
            self._flows[-2].asides.append((node.at, element))
        else:
            self._found.append((node.at, element))
        if rest:
            self._found.append((node.at, Element(rest, places=places, left_out=flow.reason)))

    def _opens_field(self, node: Node) -> bool:
        """An inline element begins with the name of a field, after another field or a date."""
        text = "".join(self._flows[-1].parts)
        field = p.FIELD.match(text)
        if not (field["value"] if field else p.BARE_DATE.match(text)):
            return False
        head = "".join(below.text for below in self._nodes[node.at : min(node.end, node.at + 4)]).strip(STRIPPED)
        return bool(_LABEL.match(head) or p.FIELD.match(head) or p.BARE_DATE.fullmatch(head) or p.FONT_SIZE.match(head))

    def _raised(self, sup: Node) -> str:
        """The exponent of a unit in Unicode; "" where it is none."""
        if sup.end - sup.at > 4 or not _UNIT.search("".join(self._flows[-1].parts[-2:])):
            return ""
        text = squashed(self._nodes, sup)
        return text.translate(_RAISED) if _EXPONENT.fullmatch(text) else ""

    # ---- elements that are read as a whole ----
    def _special(self, node: Node) -> bool:
        """Reads headings, captions, footnotes, preformatted lines and tables of data as a whole; False for other blocks."""
        if node.at in self._notes.blocks and node.reason == "":
            self._footnote(node)
        elif node.tag == "pre":
            self._lines(node)
        elif node.reason:
            return False
        elif node.tag in HEADINGS and node.size <= 200:
            self._whole(node, "heading", HEADINGS[node.tag])
        elif node.tag in ("caption", "figcaption") and node.size <= 400:
            self._whole(node, "caption")
        elif node.tag == "table":
            return self._table(node)
        else:
            return False
        return True

    def _inside(self, node: Node, gap: str = " ") -> tuple[Element, list[Found]]:
        """The text inside the node as one element, and what is left out of it."""
        found = Walk(self._nodes, self._notes, plain=True).run(node.at + 1, node.end)
        text, notes = "", []
        for _, element in found:
            if not element.left_out:
                text += gap if text else ""
                notes += [(len(text) + at, key) for at, key in element.notes]
                text += element.text
        return Element(text, notes=tuple(notes), places=node.place()), [each for each in found if each[1].left_out]

    def _whole(self, node: Node, kind: ElementKind, level: int = 0) -> None:
        element, rest = self._inside(node, "")
        if element.text:
            self._found.append((node.at, replace(element, kind=kind, level=level)))
        self._found += rest

    def _footnote(self, node: Node) -> None:
        key, mark = self._notes.blocks[node.at]
        element, rest = self._inside(node)
        text = element.text.removeprefix(mark).lstrip(STRIPPED)
        self._found.append((node.at, replace(element, text=text, kind="footnote", key=key, mark=mark)))
        self._found += rest

    def _lines(self, node: Node) -> None:
        """Each line of preformatted text."""
        text = "".join("\n" if below.tag == "br" else below.text for below in self._nodes[node.at : node.end])
        for line in text.splitlines():
            if line := line.replace("\xa0", " ").strip(STRIPPED):
                self._found.append((node.at, Element(line, places=node.place(), left_out=node.reason)))

    def _table(self, table: Node) -> bool:
        """A table of data row by row, a table of fields as lines; False where it only arranges the page."""
        rows = rows_of(self._nodes, table)
        if arranges(table, rows):
            return False
        for below in self._nodes[table.at + 1 : table.end]:
            if below.tag == "caption":
                self._whole(below, "caption")
        cells = [[self._cell(cell) for cell in row] for row in rows]
        read = [row_of([cell.text.split("\n") for cell in row]) for row in cells]
        if pairs := field_lines(read):
            for row, lines in zip(rows, pairs, strict=True):
                self._found += [(row[0].at, Element(line, places=row[0].place())) for line in lines]
            return True
        self._tables += 1
        headers = [is_header(row) for row in rows]
        if not any(headers):
            headers[0] = True
        for row, texts, whole, header in zip(rows, grid(rows, read), cells, headers, strict=True):
            if any(texts) and row[0].parent is not None:
                notes = tuple((0, key) for cell in whole for _, key in cell.notes)  # a row has no text to hang them in
                places = row[0].parent.place()
                element = Element("", cells=texts, table=self._tables, header=header, notes=notes, places=places)
                self._found.append((row[0].at, element))
        return True

    def _cell(self, cell: Node) -> Element:
        """A cell, a line feed between its lines; the name of a column is one line."""
        element, rest = self._inside(cell, "" if cell.tag == "th" else "\n")
        self._found += rest
        return element


def _formula(nodes: Sequence[Node], math: Node) -> str:
    """The text of a formula without its annotations."""
    text, at = "", math.at
    while at < math.end:
        if nodes[at].tag in ("annotation", "annotation-xml"):
            at = nodes[at].end
        else:
            text, at = text + nodes[at].text.strip(), at + 1
    return text
