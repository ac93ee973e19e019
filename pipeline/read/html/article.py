"""Which elements of a page are the document: by where they stand to its title and article, their links and their words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Place
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.html.reasons import find_body
from pipeline.read.html.title import find_title
from pipeline.read.html.tree import BLOCKS, Found, Node
from pipeline.read.layout import Element

UNSHOWN = "/html/head/title"  # place of a title that the page itself does not show
_NEIGHBOUR = lazy(r"(?:上|下|前|后)一(?:篇|页|条)[:：]?.{0,80}")
_SIZES = lazy(r"(?:A\s*[+＋-]?\s*)?大\s*(?:A\s*[+＋-]?\s*)?中\s*(?:A\s*[+＋-]?\s*)?小")
_SHARED = lazy(r"分享|扫一扫|纠错")
_MORE = lazy(r"(?:相关(?:阅读|新闻|文章)|延伸阅读|推荐阅读|(?:热点|热门|精彩)(?:推荐|文章|新闻)|猜你喜欢|友情链接)[:：]?")
_IMPRINT = lazy(r"版权|备案|ICP|免责|本站|主办|承办|网站标识码", re.I)
_ATTACHMENT = lazy(r"附件|附[:：]|责任编辑|编辑[:：]")


def divide(found: list[Found], nodes: Sequence[Node], names: Sequence[str]) -> list[Element]:
    """The elements of a page with the reason of each that is no part of the document, and its title."""
    body = find_body(nodes)
    found = [
        (at, e if e.left_out else _leave(e, "" if e.cells or e.kind == "footnote" else _furniture(e.text))) for at, e in found
    ]
    found, title = find_title(found, names, nodes, body)
    frame = _common(nodes, body, title)
    _mark_dense(nodes, body, title)
    start = body.at if title is None or (body.at <= title < body.end and body.tag not in ("html", "body")) else title
    after = bisect_right([at for at, _ in found], body.end - 1)
    stop = _tail(found, nodes)
    elements, stopped = [], False
    for index, (at, element) in enumerate(found):
        reason, linked = element.left_out, nodes[at].dense
        stopped |= index >= after and reason in ("footer", "related links")
        if reason or element.kind in ("footnote", "title"):
            pass
        elif at < start:
            reason = "" if _of_head(element) or _runs(element, nodes[at]) else "navigation"
        elif index >= stop:
            reason = "" if p.FIELD.match(element.text) else _reason_after(element, linked)
        elif index >= after and (stopped or at >= frame.end):
            kept = _runs(element, nodes[at]) or _ATTACHMENT.match(element.text)
            reason = "" if kept and not linked else _reason_after(element, linked)
        elif linked:
            reason = "related links" if index >= after else "navigation"
        elements.append(_leave(element, reason))
    if title is None and names:
        elements.insert(0, Element(names[0], kind="title", places=((0, Place(path=UNSHOWN)),)))
    return _number_tables(elements)


def _furniture(text: str) -> str:
    """Reason why a line belongs to the site, by the words known of menus and bars; "" for a line of the document."""
    if p.BREADCRUMB.fullmatch(text) and len(text) < 200:
        return "breadcrumb"
    if len(text) > 60:
        return ""
    if _NEIGHBOUR.fullmatch(text):
        return "related links"
    if p.FONT_SIZE.fullmatch(text) or _SIZES.fullmatch(text):
        return "control"
    if p.PRINT_BAR.fullmatch(text) or (p.TAIL.fullmatch(text) and _SHARED.search(text)):
        return "share"
    return "navigation" if text in p.MENU else ""


def _leave(element: Element, reason: str) -> Element:
    """The element with its reason; a row that is left out becomes plain text."""
    if not reason:
        return element
    text = " ".join(cell for cell in element.cells if cell) or element.text
    return Element(text, notes=element.notes, key=element.key, mark=element.mark, places=element.places, left_out=reason)


def _of_head(element: Element) -> bool:
    """Says something of the document: a field, a number, a date."""
    text = element.text
    field = p.FIELD.match(text)
    return bool((field and field["value"]) or p.NUMBER.fullmatch(text) or p.BARE_DATE.fullmatch(text))


def _runs(element: Element, node: Node) -> bool:
    """A paragraph of sentences, neither links nor the imprint of a site."""
    text = element.text
    return len(text) >= 40 and "。" in text and 2 * node.linked < node.size and not _IMPRINT.search(text)


def _reason_after(element: Element, linked: bool) -> str:
    named = _MORE.fullmatch(element.text) or (p.TAIL.fullmatch(element.text) and "相关" in element.text)
    return "related links" if linked or named else "footer"


def _tail(found: Sequence[Found], nodes: Sequence[Node]) -> int:
    """Index of the first line (相关链接, 主办单位：…) after which nothing is a sentence of the document."""
    stop = len(found)
    for index in range(len(found) - 1, -1, -1):
        at, element = found[index]
        if element.left_out:
            continue
        if element.kind in ("footnote", "title") or element.cells or _runs(element, nodes[at]):
            break
        if p.TAIL.fullmatch(element.text) or _MORE.fullmatch(element.text):
            stop = index
        elif nodes[at].linked < nodes[at].size and element.text[-1] in p.TERMINAL and not _IMPRINT.search(element.text):
            break
    return stop


def _common(nodes: Sequence[Node], body: Node, title: int | None) -> Node:
    """The smallest element that holds body and title."""
    at = body.at if title is None else title
    node = body if title is not None or body.parent is None else body.parent
    while not node.at <= at < node.end and node.parent is not None:
        node = node.parent
    return node


def _mark_dense(nodes: Sequence[Node], body: Node, title: int | None) -> None:
    """Sets `dense` of what stands in a block of links that holds neither title nor body nor stands in the body."""
    for node in nodes:
        if node.parent is None or body.at <= node.at < body.end:
            continue
        around = node.at <= body.at < node.end or (title is not None and node.at <= title < node.end)
        own = node.links >= 3 and node.linked > 0.6 * node.size and node.tag in BLOCKS
        node.dense = not around and (own or node.parent.dense)


def _number_tables(elements: list[Element]) -> list[Element]:
    """The tables that are kept, counted from 1."""
    numbers: dict[int, int] = {}
    for element in elements:
        if element.table:
            numbers.setdefault(element.table, len(numbers) + 1)
    return [replace(e, table=numbers[e.table]) if e.table else e for e in elements]
