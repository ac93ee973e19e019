"""Saved web pages → elements in reading order; what belongs to the site is left out with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.errors import ReadError
from pipeline.read import patterns as p
from pipeline.read.html_parts import HEADINGS, Found, Node, divide, mark_reasons, page_names, squash, text_below
from pipeline.read.layout import Element, ElementKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MAX_DEPTH = 5_000
_MAX_TAGS = 1_200_000
_MAX_GROWN = 5_000_000
_MAX_ATTRIBUTES = 5_000
_MAX_CELLS = 2_000_000

_CHARSET = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_ABSENT = frozenset("head script style template noscript svg iframe noframes title meta link base rt rp rtc".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_OPTIONAL_END = frozenset("p li dd dt td th tr thead tbody tfoot colgroup option optgroup rt rp".split())
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)")

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_SOFT_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_SPACES = re.compile("[ \t\r\n\f\xa0]+")
_STRIPPED = " \t\r\n\f\xa0\u3000\u2002\u2003\u200b\ufeff"
_UNIT = re.compile("(?:(?<![A-Za-z])[A-Za-zμ]{1,3}|米|(?<![0-9.])10)$")
_EXPONENT = re.compile(r"[-−]?\d+")
_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_LABEL = re.compile("[\u4e00-\u9fff]{2,6}[:：]")
_BAR = re.compile(r"[\s|]+(?=[【\[（(]?\s*(?:字体|字号|打印|分享|收藏|扫一扫|纠错))")

_MARK = re.compile(
    r"[\[［【〔(（]?(?:注|note)?(?:\d{1,3}|[a-z]|[*†‡§]{1,3}|[①-⑳⑴-⒇]|[一二三四五六七八九十]{1,3})[\]］】〕)）]?", re.I
)
_BACK = re.compile(r"[\s↩↑⤴⏎^\ufe0e\ufe0f]*|返回|跳转至?[:：]?")
_PUNCTUATION = re.compile(r"[\s,，、;；\[\]［］【】〔〕()（）–-]+")


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a <meta> in the first 4096 bytes names."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def elements(text: str, name: str) -> list[Element]:
    """Everything a reader of the page sees, in reading order. ReadError, one line, where that is nothing or too much."""
    if text.lstrip("\ufeff \r\n\t")[:13].lower() == "mime-version:":
        raise ReadError(f"{name}: is a web archive (mhtml): save the page as plain html")
    _check(text, name)
    nodes, title, metas = _parse(text)
    if not any(node.text.strip(_STRIPPED) for node in nodes):
        raise ReadError(f"{name}: holds no text: save the page again after it has loaded in the browser")
    notes = _find_notes(nodes)
    names = page_names(title, metas)
    mark_reasons(nodes, set(notes.blocks), names)
    found = _Walk(nodes, notes).run(0, len(nodes))
    read = divide(found, nodes, names)
    if not any(not element.left_out for _, element in found):
        raise ReadError(f"{name}: holds no text that a reader of the page sees: save the page again after it has loaded")
    return read


# ---- html → nodes ----
def _check(text: str, name: str) -> None:
    """ReadError for what the parser would need minutes or all memory for."""
    if text.count("<") > _MAX_TAGS:
        raise ReadError(f"{name}: holds more than {_MAX_TAGS:,} tags: split the page")
    depth = 0
    opened: Counter[str] = Counter()
    unclosed = _Unclosed()
    for match in _TAG.finditer(text):
        closing, tag, attributes = bool(match[1]), match[2].lower(), match[3]
        if len(attributes) > 10_000 and attributes.count("=") + len(attributes.split()) > _MAX_ATTRIBUTES:
            raise ReadError(f"{name}: a <{tag}> has more than {_MAX_ATTRIBUTES:,} attributes: save the page again")
        unclosed.count(tag, attributes, closing=closing)
        if tag in _VOID or tag in _OPTIONAL_END:
            continue
        if not closing:
            opened[tag] += 1
            depth += 1
        elif opened[tag]:
            opened[tag] -= 1
            depth -= 1
        if depth > _MAX_DEPTH:
            raise ReadError(f"{name}: is nested more than {_MAX_DEPTH:,} elements deep: save the page again, or as plain text")
    if unclosed.grown > _MAX_GROWN:
        raise ReadError(f"{name}: leaves too many tags such as <font> or <b> open: save the page again, or as plain text")


class _Unclosed:
    """How many nodes a parser adds for <b>, <font> … left open: it opens them again in each block, at most three alike."""

    def __init__(self) -> None:
        self.grown = 0
        self._open = 0
        self._keys: dict[str, list[str]] = {}
        self._alike: Counter[str] = Counter()

    def count(self, tag: str, attributes: str, *, closing: bool) -> None:
        """Takes in the next tag of the page."""
        if tag not in _FORMATTING:
            self.grown += 0 if closing else self._open
        elif not closing:
            key = tag + attributes
            self._keys.setdefault(tag, []).append(key)
            self._open += self._alike[key] < 3
            self._alike[key] += 1
        elif self._keys.get(tag):
            key = self._keys[tag].pop()
            self._alike[key] -= 1
            self._open -= self._alike[key] < 3


def _parse(text: str) -> tuple[list[Node], str, dict[str, str]]:
    """All nodes in document order without what is no text, the title of the page, and its meta fields."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    head = tree.css_first("title")
    metas: dict[str, str] = {}
    for meta in tree.css("meta"):
        key = meta.attributes.get("name") or meta.attributes.get("property")
        if key and meta.attributes.get("content"):
            metas.setdefault(key.lower(), meta.attributes["content"] or "")
    return (_nodes(tree.root) if tree.root is not None else []), head.text() if head else "", metas


def _nodes(root: LexborNode) -> list[Node]:
    """The tree below the root as a list, each with its parent and where its subtree ends."""
    nodes: list[Node] = []
    stack: list[tuple[int, Node | None, dict[str, int]]] = []  # identity, node (None: no text stands in it), its children by tag
    nothing: Mapping[str, str | None] = MappingProxyType({})
    for each in root.traverse(include_text=True):
        above = each.parent
        while stack and (above is None or stack[-1][0] != above.mem_id):
            closed = stack.pop()[1]
            if closed is not None:
                closed.end = len(nodes)
        parent, ranks = (stack[-1][1], stack[-1][2]) if stack else (None, {})
        if each.is_text_node:
            if parent is None:
                continue
            content = each.text_content
            if content:
                nodes.append(Node("", len(nodes), parent, nothing, text=content, end=len(nodes) + 1))
            continue
        tag = each.tag
        if not each.is_element_node or tag is None:
            continue
        if tag in _ABSENT or (stack and parent is None):
            stack.append((each.mem_id, None, ranks))
            continue
        ranks[tag] = ranks.get(tag, 0) + 1
        node = Node(tag, len(nodes), parent, each.attributes or nothing, rank=ranks[tag], depth=parent.depth + 1 if parent else 0)
        nodes.append(node)
        stack.append((each.mem_id, node, {}))
    for _, node_, _ in stack:
        if node_ is not None:
            node_.end = len(nodes)
    return nodes


# ---- footnotes ----
@dataclass(slots=True)
class _Notes:
    """Marks in the text and the footnotes they point to, by the indices of their nodes."""

    marks: dict[int, tuple[str, ...]] = field(default_factory=dict)  # keys; none for back-links and brackets, which are dropped
    blocks: dict[int, tuple[str, str]] = field(default_factory=dict)  # key and visible mark


def _find_notes(nodes: Sequence[Node]) -> _Notes:
    """Links with a short mark that point to a block further down the page; links in that block that point back."""
    notes = _Notes()
    targets: dict[str, Node] = {}
    for node in nodes:
        key = node.attributes.get("id") or (node.attributes.get("name") if node.tag == "a" else None)
        if key:
            targets.setdefault(key, node)
    links = [node for node in nodes if node.tag == "a" and (node.attributes.get("href") or "").startswith("#")]
    pointed: dict[int, set[str]] = {}
    forward: list[tuple[Node, str, Node]] = []
    for link in links:
        key = unquote((link.attributes["href"] or "")[1:])
        target = targets.get(key)
        if target is None or target.at <= link.at or link.end - link.at > 20 or not _MARK.fullmatch(_squashed(nodes, link)):
            continue
        block = _block(target)
        if block is not None and block.at > link.at and block.tag not in HEADINGS and block.end - block.at < 500:
            pointed.setdefault(block.at, set()).add(key)
            forward.append((link, key, block))
    for link, key, block in forward:
        if len(pointed[block.at]) == 1:
            label = _hush_brackets(nodes, link, notes)
            notes.marks[link.at] = (key,)
            notes.blocks.setdefault(block.at, (key, label))
    _find_back_links(nodes, notes)
    return notes


def _squashed(nodes: Sequence[Node], node: Node) -> str:
    return squash(text_below(nodes, node))


def _block(node: Node) -> Node | None:
    """The node or the nearest block around it."""
    above: Node | None = node
    while above is not None and not above.is_block():
        above = above.parent
    return above


def _hush_brackets(nodes: Sequence[Node], link: Node, notes: _Notes) -> str:
    """Drops brackets and commas that stand beside the mark in its <sup>; the mark as the reader sees it."""
    sup, label = link.parent, _squashed(nodes, link)
    if sup is None or sup.tag != "sup" or sup.end - sup.at > 40:
        return label
    for below in nodes[sup.at : sup.end]:
        if below.text and below.parent is sup and _PUNCTUATION.fullmatch(below.text):
            notes.marks[below.at] = ()
    whole = _squashed(nodes, sup)
    return whole if _MARK.fullmatch(whole) else label


def _find_back_links(nodes: Sequence[Node], notes: _Notes) -> None:
    """Links inside a footnote that lead back to its mark, and the arrows and brackets beside them, are no text of it."""
    for at in notes.blocks:
        for below in nodes[at : nodes[at].end]:
            if below.tag == "a" and (below.attributes.get("href") or "").startswith("#"):
                label = _squashed(nodes, below)
                if _MARK.fullmatch(label) or _BACK.fullmatch(label):
                    notes.marks[below.at] = ()
            elif below.text and below.text.strip() and _BACK.fullmatch(below.text):
                notes.marks[below.at] = ()


# ---- nodes → elements ----
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
        text = _SPACES.sub(" ", _SOFT_BREAK.sub("", text))
        if not self.length:
            text = text.lstrip(_STRIPPED)
        elif self.parts[-1][-1] == " ":
            text = text.lstrip(" ")
        if text:
            self.parts.append(text)
            self.length += len(text)


class _Walk:
    """One pass over a stretch of nodes; `plain` inside headings, cells and footnotes, where blocks are only pieces of text."""

    def __init__(self, nodes: Sequence[Node], notes: _Notes, *, plain: bool = False) -> None:
        self.nodes, self.notes, self.plain = nodes, notes, plain
        self.found: list[Found] = []
        self.flows = [_Flow()]
        self.around: list[Node] = []  # open blocks, and inline elements that are left out
        self.item = False  # the next text opens an item of a list
        self.joins = False  # the next <dd> goes on in the line of its <dt>
        self.tables = 0

    def run(self, start: int, end: int) -> list[Found]:
        """The elements of nodes[start:end], each with the index of its node."""
        at = start
        while at < end:
            self._close(at)
            node = self.nodes[at]
            if node.tag:
                at = self._enter(node)
            else:
                if at not in self.notes.marks:
                    self._add(node.text, node)
                at += 1
        self._close(end)
        self._flush()
        return self.found

    def _add(self, text: str, node: Node, *, math: bool = False) -> None:
        flow = self.flows[-1]
        if not flow.length:
            flow.node = self.around[-1] if self.around else _block(node)
            flow.reason = node.reason
        flow.add(text)
        flow.only_math &= math or not text.strip(_STRIPPED)

    def _enter(self, node: Node) -> int:
        """Handles the beginning of an element; the index of the node to go on with."""
        flow = self.flows[-1]
        if node.at in self.notes.marks:
            flow.notes += [(flow.length, key) for key in self.notes.marks[node.at]]
            return node.end
        if node.tag == "math":
            self._add(node.attributes.get("alttext") or _formula(self.nodes, node), node, math=True)
            return node.end
        if node.tag == "sup" and (raised := self._raised(node)):
            self._add(raised, node)
            return node.end
        if node.is_block():
            if not (node.tag == "dd" and self.joins):
                self._flush()
            self.joins = False
            if not self.plain and self._special(node):
                return node.end
            self.item |= node.tag == "li"
            self.around.append(node)
        elif node.tag == "br":
            self._flush()
        elif node.parent is not None and node.reason != node.parent.reason:
            self.around.append(node)
            self.flows.append(_Flow())
        elif flow.length < 120 and self._opens_field(node):
            self._flush()
        return node.at + 1

    def _close(self, at: int) -> None:
        """Ends what ends before the node."""
        while self.around and self.around[-1].end <= at:
            node = self.around[-1]
            if node.is_block():
                if node.tag == "dt" and _is_key(text := "".join(self.flows[-1].parts)):
                    self.flows[-1].add("" if text[-1] in ":：" else "：")
                    self.joins = True
                else:
                    self._flush()
                self.item &= node.tag != "li"
                self.around.pop()
            else:
                self._flush()
                self.around.pop()
                self.flows.pop()

    def _flush(self) -> None:
        """Ends an element, where there is text for one."""
        flow = self.flows[-1]
        text = "".join(flow.parts).rstrip(_STRIPPED)
        if text and flow.node is not None:
            kind: ElementKind | None = "formula" if flow.only_math else "list_item" if self.item and not self.plain else None
            self.item = False
            self._emit(flow.node, text, None if flow.reason else kind, flow)
        self.found += flow.asides
        self.flows[-1] = _Flow()

    def _emit(self, node: Node, text: str, kind: ElementKind | None, flow: _Flow) -> None:
        places, notes = node.place(), tuple((min(at, len(text)), key) for at, key in flow.notes)
        rest = ""
        if len(text) < 200 and (p.FIELD.match(text) or p.BARE_DATE.match(text)) and (bar := _BAR.search(text)):
            text, rest = text[: bar.start()], text[bar.end() :]
        element = Element(text, kind=kind, notes=notes, places=places, left_out=flow.reason)
        if len(self.flows) > 1 and self.flows[-2].length:
            self.flows[-2].asides.append((node.at, element))
        else:
            self.found.append((node.at, element))
        if rest:
            self.found.append((node.at, Element(rest, places=places, left_out=flow.reason)))

    def _opens_field(self, node: Node) -> bool:
        """An inline element begins with the name of a field, after another field or a date."""
        text = "".join(self.flows[-1].parts)
        field = p.FIELD.match(text)
        if not (field["value"] if field else p.BARE_DATE.match(text)):
            return False
        head = "".join(below.text for below in self.nodes[node.at : min(node.end, node.at + 4)]).strip(_STRIPPED)
        return bool(_LABEL.match(head) or p.FIELD.match(head) or p.BARE_DATE.fullmatch(head) or p.FONT_SIZE.match(head))

    def _raised(self, sup: Node) -> str:
        """The exponent of a unit in Unicode; "" where it is none."""
        if sup.end - sup.at > 4 or not _UNIT.search("".join(self.flows[-1].parts[-2:])):
            return ""
        text = _squashed(self.nodes, sup)
        return text.translate(_RAISED) if _EXPONENT.fullmatch(text) else ""

    # ---- elements that are read as a whole ----
    def _special(self, node: Node) -> bool:
        """Reads headings, captions, footnotes, preformatted lines and tables of data as a whole; False for other blocks."""
        if node.at in self.notes.blocks and node.reason == "":
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
        found = _Walk(self.nodes, self.notes, plain=True).run(node.at + 1, node.end)
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
            whole = Element(element.text, kind=kind, level=level, notes=element.notes, places=element.places)
            self.found.append((node.at, whole))
        self.found += rest

    def _footnote(self, node: Node) -> None:
        key, mark = self.notes.blocks[node.at]
        element, rest = self._inside(node)
        text = element.text.removeprefix(mark).lstrip(_STRIPPED)
        self.found.append(
            (node.at, Element(text, kind="footnote", notes=element.notes, key=key, mark=mark, places=element.places))
        )
        self.found += rest

    def _lines(self, node: Node) -> None:
        """Each line of preformatted text."""
        text = "".join("\n" if below.tag == "br" else below.text for below in self.nodes[node.at : node.end])
        for line in text.splitlines():
            if line := line.replace("\xa0", " ").strip(_STRIPPED):
                self.found.append((node.at, Element(line, places=node.place(), left_out=node.reason)))

    def _table(self, table: Node) -> bool:
        """A table of data row by row, a table of fields as lines; False where it only arranges the page."""
        rows = _rows(self.nodes, table)
        if _arranges(table, rows):
            return False
        for below in self.nodes[table.at + 1 : table.end]:
            if below.tag == "caption":
                self._whole(below, "caption")
        cells = [[self._cell(cell) for cell in row] for row in rows]
        read = [[cell.text for cell in row] for row in cells]
        if pairs := _pairs(read):
            for row, lines in zip(rows, pairs, strict=True):
                self.found += [(row[0].at, Element(line, places=row[0].place())) for line in lines]
            return True
        self.tables += 1
        headers = [_is_header(row) for row in rows]
        if not any(headers):
            headers[0] = True
        for row, texts, whole, header in zip(rows, _grid(rows, read), cells, headers, strict=True):
            if any(texts) and row[0].parent is not None:
                notes = tuple((0, key) for cell in whole for _, key in cell.notes)  # a row has no text to hang them in
                places = row[0].parent.place()
                element = Element("", cells=texts, table=self.tables, header=header, notes=notes, places=places)
                self.found.append((row[0].at, element))
        return True

    def _cell(self, cell: Node) -> Element:
        element, rest = self._inside(cell, "" if cell.tag == "th" else " ")
        self.found += rest
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


def _is_key(text: str) -> bool:
    """The text is the name of a field, with or without its colon."""
    match = p.FIELD.fullmatch(squash(text).rstrip(":：") + "：")
    return bool(match and not match["value"])


# ---- tables ----
def _rows(nodes: Sequence[Node], table: Node) -> list[list[Node]]:
    """The cells of each row that has any; none for a table with tables inside."""
    rows: dict[int, list[Node]] = {}
    if not table.tables:
        for node in nodes[table.at : table.end]:
            if node.tag in ("td", "th") and node.parent is not None:
                rows.setdefault(node.parent.at, []).append(node)
    return list(rows.values())


def _arranges(table: Node, rows: Sequence[Sequence[Node]]) -> bool:
    """The table is a means of layout: one row or column, or long running text in cells that are no list of tasks."""
    role, cells = table.attributes.get("role"), [cell for row in rows for cell in row]
    if role in ("presentation", "none") or len(rows) < 2 or max(map(len, rows)) < 2:
        return True
    area = sum(_span(cell, "colspan") * min(_span(cell, "rowspan"), len(rows)) for cell in cells)
    if area > _MAX_CELLS:
        return True
    if any(cell.tag == "th" for cell in cells) or sum(len(row) >= 3 for row in rows) >= 3:
        return False
    long = [cell for cell in cells if cell.size > 120]
    return len(long) > 1 or any(cell.size > 0.6 * table.size and cell.end - cell.at > 4 for cell in long)


def _span(cell: Node, name: str) -> int:
    """The number of rows or columns that a cell takes; at most 1000, as browsers do."""
    value = (cell.attributes.get(name) or "").strip()
    return min(max(int(value), 1), 1000) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _is_header(row: Sequence[Node]) -> bool:
    section = row[0].parent.parent if row[0].parent else None
    return (section is not None and section.tag == "thead") or all(cell.tag == "th" for cell in row)


def _pairs(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines "key：value" of each row of a table of fields; none where it is no such table."""
    keys = [key for row in rows for key in row[::2] if key]
    even = all(len(row) % 2 == 0 for row in rows)
    if not even or len(keys) < 2 or sum(map(_is_key, keys)) < max(2, 0.6 * len(keys)):
        return []
    return [
        [squash(key).rstrip(":：") + "：" + value if key else value for key, value in zip(row[::2], row[1::2], strict=True)]
        for row in rows
    ]


def _grid(rows: Sequence[Sequence[Node]], texts: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The cells of each row: a text is repeated in the rows it spans, and stands in the first of the columns it spans."""
    filled: list[dict[int, str]] = [{} for _ in rows]
    for at, (row, read) in enumerate(zip(rows, texts, strict=True)):
        column = 0
        for cell, text in zip(row, read, strict=True):
            while column in filled[at]:
                column += 1
            width = _span(cell, "colspan")
            for below in filled[at : at + _span(cell, "rowspan")]:
                below.update((column + offset, "" if offset else text) for offset in range(width))
            column += width
    columns = max(max(row, default=0) for row in filled) + 1
    return [tuple(row.get(column, "") for column in range(columns)) for row in filled]
