"""The page as a list of nodes in document order, refused where the parser would need minutes or all memory for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.patterns import lazy
from pipeline.read.layout import Element

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MAX_DEPTH = 5_000
_MAX_TAGS = 1_200_000
_MAX_GROWN = 5_000_000
_MAX_ATTRIBUTES = 5_000
_MAX_PATH = 200  # steps of a path

STRIPPED = " \t\r\n\f\xa0\u3000\u2002\u2003\u200b\ufeff"  # what is no text at the ends of a line
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = HEADINGS.keys() | set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " header hgroup hr html legend li main menu nav ol optgroup p pre search section summary table tbody td tfoot th thead tr"
    " ul".split()
)
_ABSENT = frozenset("head script style template noscript svg iframe noframes title meta link base rt rp rtc".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_OPTIONAL_END = frozenset("p li dd dt td th tr thead tbody tfoot colgroup option optgroup rt rp".split())
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_TAG = lazy(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)")
_LONG = 10_000  # characters of attributes that are counted
_LONG_TAG = lazy(rf"<[^>]{{{_LONG}}}")
_AS_BLOCK = lazy(r"(?:^|;)\s*display\s*:\s*(?:block|table|list-item)", re.I)


@dataclass(slots=True, eq=False)
class Node:
    """An element of the page, or a stretch of text (`tag` ""); `at` and `end` bound its subtree in the list of all nodes."""

    tag: str
    at: int
    parent: Node | None
    attributes: Mapping[str, str | None]
    rank: int = 1  # among the siblings of its tag
    depth: int = 0
    text: str = ""
    end: int = 0
    size: int = 0  # visible characters
    linked: int = 0  # those inside links
    links: int = 0
    tables: int = 0  # tables inside it
    prose: int = 0  # visible characters outside links and navigation
    core: bool = False  # holds what the page calls its article, or an h1
    dense: bool = False  # stands in a list of links
    reason: str = ""  # why it is no part of the document
    known_path: str = ""

    def path(self) -> str:
        """As in "/html/body/div[2]/p[3]"; that of a very deep node ends at an ancestor."""
        chain: list[Node] = []
        node: Node | None = self
        while node is not None and not node.known_path:
            chain.append(node)
            node = node.parent
        for node in reversed(chain):
            above = node.parent.known_path if node.parent else ""
            step = f"/{node.tag}" if node.tag in ("html", "body") else f"/{node.tag}[{node.rank}]"
            node.known_path = above + step if node.depth < _MAX_PATH else above
        return self.known_path

    def place(self) -> tuple[tuple[int, Place], ...]:
        """Where an element made of this node stands, for `Element.places`."""
        return ((0, Place(path=self.path())),)

    def is_block(self) -> bool:
        """Stands on lines of its own."""
        if self.tag in BLOCKS:
            return True
        style = self.attributes.get("style")
        return bool(style) and _AS_BLOCK.search(style or "") is not None

    def block(self) -> Node | None:
        """The node itself or the nearest block around it."""
        above: Node | None = self
        while above is not None and not above.is_block():
            above = above.parent
        return above


Found = tuple[int, Element]  # the index of the node it was made of


def squash(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def squashed(nodes: Sequence[Node], node: Node) -> str:
    """All text inside the node, without any white space."""
    return squash("".join(below.text for below in nodes[node.at : node.end]))


class Page(NamedTuple):
    """All nodes in document order without what is no text, the title of the page, its meta fields and style sheets."""

    nodes: list[Node]
    title: str
    metas: dict[str, str]
    sheets: list[str]


def parse(text: str, name: str) -> Page:
    """The page of a text.

    ReadError, one line, where the page is too much for the parser or holds no text; `name` is the file's, for messages.
    """
    from selectolax.lexbor import LexborHTMLParser

    _check(text, name)
    tree = LexborHTMLParser(text)
    head = tree.css_first("title")
    metas: dict[str, str] = {}
    for meta in tree.css("meta"):
        key = meta.attributes.get("name") or meta.attributes.get("property")
        if key and meta.attributes.get("content"):
            metas.setdefault(key.lower(), meta.attributes["content"] or "")
    nodes = _nodes(tree.root) if tree.root is not None else []
    if not any(node.text.strip(STRIPPED) for node in nodes):
        if tree.css_first("frameset") is not None:
            raise ReadError(f"{name}: only arranges frames: open the frame that holds the text and save that")
        raise ReadError(f"{name}: holds no text: save the page again after it has loaded in the browser")
    sheets = [sheet.text() for sheet in tree.css("style") if sheet.attributes.get("media") in (None, "", "all", "screen")]
    return Page(nodes, head.text() if head else "", metas, sheets)


def _check(text: str, name: str) -> None:
    """ReadError for what the parser would need minutes or all memory for."""
    tags = text.count("<")
    if tags > _MAX_TAGS:
        raise ReadError(f"{name}: holds more than {_MAX_TAGS:,} tags: split the page")
    if tags < _MAX_DEPTH and tags * tags < _MAX_GROWN and not _LONG_TAG.search(text):
        return  # too few for any of it
    depth = 0
    opened: Counter[str] = Counter()
    unclosed = _Unclosed()
    for match in _TAG.finditer(text):
        closing, tag, attributes = bool(match[1]), match[2].lower(), match[3]
        if len(attributes) > _LONG and attributes.count("=") + len(attributes.split()) > _MAX_ATTRIBUTES:
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
    for _, open_, _ in stack:
        if open_ is not None:
            open_.end = len(nodes)
    return nodes
