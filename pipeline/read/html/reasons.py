"""Which nodes belong to the site or are hidden, by tag, role and name; and which of them holds the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.patterns import lazy
from pipeline.read.html.styles import hidden_by, names_in, own_ways, rules_of, ways_hiding
from pipeline.read.html.tree import BLOCKS, Node, squash, squashed

_CONTROLS = frozenset("button input select option textarea".split())
_FALLBACKS = frozenset("object video audio canvas embed".split())  # their text shows only where they do not work
_CONTAINERS = frozenset("html body main article section div form center table tbody tr td".split())
_OF_TABLES = frozenset("thead tbody tfoot tr th td".split())  # whose "header" names columns
_TAGS = {"nav": "navigation", "header": "navigation", "footer": "footer", "aside": "related links", "search": "navigation"}
_ROLES = {
    "navigation": "navigation",
    "banner": "navigation",
    "search": "navigation",
    "contentinfo": "footer",
    "complementary": "related links",
}
_STRONG = {
    "navigation": "sitesub nav navs navi navbar navigation subnav topnav mainnav leftnav sidenav daohang menu menus submenu"
    " sidebar toolbar search login toc editsection catalog mulu pagination pager",
    "breadcrumb": "breadcrumb breadcrumbs crumb crumbs mianbaoxie mbx dqwz weizhi 面包屑",
    "share": "share shares sharebar sharebox bdshare bdsharebuttonbox fenxiang social jiathis qrcode ewm erweima",
    "footer": "footer foot copyright copyrights dibu beian banquan",
    "related links": "related relate recommend recommends recommended comment comments catlinks friendlink friendlinks"
    " yqlj xgyd xgwj xgjd xglj prevnext",
    "control": "setfont fontsize",
}
_WEAK = {"navigation": "header head print dayin", "breadcrumb": "position location", "related links": "prev next"}
_STRONG_WORDS = {word: reason for reason, words in _STRONG.items() for word in words.split()}
_WEAK_WORDS = {word: reason for reason, words in _WEAK.items() for word in words.split()}
_ARTICLE_WORDS = frozenset("article content text txt editor zoom body detail main title entry post news doc meta".split())
_ARTICLE_NAMES = frozenset(
    "trseditor trsueditor article articlecontent articlebody articlecon artibody content zoom zoomcon ucapcontent pagescontent"
    " maincontent maintext newscontent newstext newsbody entrycontent postcontent mwparseroutput bodytext detailcontent"
    " contenttext contentbody textcontent pagecontent infocontent xxgkcontent zhengwen vsbcontent vnewscontent jscontent"
    " richmediacontent fulltext".split()
)
_SUBWORDS = lazy(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[\u4e00-\u9fff]+")


def mark_reasons(nodes: Sequence[Node], notes: set[int], names: Iterable[str], sheets: Sequence[str]) -> None:
    """Sets `reason` of every node, and what `Node` counts; `notes` are footnotes, which stay wherever they stand, `sheets` the
    style sheets of the page.
    """
    hidden = _hidden_by_style(nodes, sheets)
    for node in nodes:
        inherited = node.parent.reason if node.parent else ""
        node.reason = inherited or (_hidden(node, hidden) if node.tag else "")
    _measure(nodes)
    titles = _titled(nodes, {squash(name) for name in names})
    most = nodes[0].size - nodes[0].linked
    for node in nodes:
        parent = node.parent
        if not node.reason and parent:
            node.reason = parent.reason
        if not node.tag or node.reason in ("hidden", "control"):
            continue
        if node.at in notes:
            node.reason = ""
        elif not node.reason and not (_holds_article(node, most)):
            node.reason = _named(node, titles)
    for node in reversed(nodes):
        if node.text and not node.reason:
            node.prose = node.size
        elif node.tag == "a" and node.links:
            node.prose = 0
        if node.parent:
            node.parent.prose += node.prose


def _hidden_by_style(nodes: Sequence[Node], sheets: Sequence[str]) -> set[int]:
    """What style hides; sheets that hide most of the page wait for a script to show it, and count for nothing."""
    ways = own_ways(nodes)
    own = hidden_by((), nodes, ways)
    rules = rules_of(sheets, names_in(nodes), {name for way in ways.values() for name in ways_hiding(way)})
    if not rules:
        return own
    hidden = hidden_by(rules, nodes, ways)
    gone = end = 0
    for at in sorted(hidden - own):
        if at >= end:
            end = nodes[at].end
            gone += sum(len(node.text.strip()) for node in nodes[at:end])
    return hidden if 2 * gone < sum(len(node.text.strip()) for node in nodes) else own


def _hidden(node: Node, by_style: set[int]) -> str:
    """Why no reader sees the element; "" where it is visible."""
    attributes = node.attributes
    if node.tag in _CONTROLS:
        return "control"
    if node.tag in _FALLBACKS or (node.tag == "dialog" and "open" not in attributes):
        return "hidden"
    if "mwe-math" in (attributes.get("class") or ""):  # a formula shown as an image
        return ""
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true" or node.at in by_style
    return "hidden" if hidden and node.tag not in ("html", "body") else ""


def _measure(nodes: Sequence[Node]) -> None:
    """Sizes, links and tables of all nodes, from the leaves up."""
    for node in reversed(nodes):
        if node.text:
            node.size = 0 if node.reason else len(node.text.strip())
        elif node.tag == "a" and "href" in node.attributes:
            node.linked, node.links = node.size, 1
        elif node.tag == "h1" or _is_article(node):
            node.core = True
        parent = node.parent
        if parent:
            parent.size += node.size
            parent.linked += node.linked
            parent.links += node.links
            parent.tables += node.tables + (node.tag == "table")
            parent.core |= node.core


def _titled(nodes: Sequence[Node], names: set[str]) -> set[int]:
    """Elements that hold a heading with the page's title."""
    found: set[int] = set()
    for node in nodes:
        if node.tag in ("h1", "h2", "h3") and node.size <= 200 and squashed(nodes, node) in names:
            above: Node | None = node
            while above is not None and above.at not in found:
                found.add(above.at)
                above = above.parent
    return found


def _holds_article(node: Node, most: int) -> bool:
    """Most of the page's text stands in it: no navigation, whatever its name."""
    return 2 * (node.size - node.linked) > most and (node.core or node.size - node.linked > 500)


def _names(node: Node) -> list[str]:
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".split() if node.attributes else []


def _is_article(node: Node) -> bool:
    """By its tag, itemprop, class or id, the element is the body of the article."""
    if node.tag == "article" or node.attributes.get("itemprop") == "articleBody":
        return True
    return node.tag in _CONTAINERS and any(map(_names_article, _names(node)))


@lru_cache(maxsize=1024)
def _names_article(name: str) -> bool:
    return re.sub(r"[-_\d]", "", name).lower() in _ARTICLE_NAMES


@lru_cache(maxsize=1024)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _SUBWORDS.findall(name))


def _named(node: Node, titles: set[int]) -> str:
    """The reason that an element's tag, role or names give."""
    if node.tag in ("html", "body", "main", "article"):
        return ""
    reason = _TAGS.get(node.tag) or _ROLES.get(node.attributes.get("role") or "", "")
    if reason:
        return "" if node.tag == "header" and (node.at in titles or _inside_article(node)) else reason
    if node.tag not in BLOCKS and (node.tag not in ("span", "a", "em", "i") or not _beside_text(node)):
        return ""
    for name in _names(node):
        words = _words_of(name)
        reason = next((_STRONG_WORDS[word] for word in [*words, "".join(words)] if word in _STRONG_WORDS), "")
        if not reason and node.tag not in _OF_TABLES and node.at not in titles and _ARTICLE_WORDS.isdisjoint(words):
            reason = next((_WEAK_WORDS[word] for word in words if word in _WEAK_WORDS), "")
        if reason and (node.at not in titles or reason != "navigation"):
            return reason
    return ""


def _inside_article(node: Node) -> bool:
    above = node.parent
    while above is not None and above.tag not in ("article", "main"):
        above = above.parent
    return above is not None


def _beside_text(node: Node) -> bool:
    """An inline element that is no part of a paragraph: a button of a bar."""
    return node.parent is not None and node.parent.tag in BLOCKS - {"p", "blockquote", "pre"}


def find_body(nodes: Sequence[Node]) -> Node:
    """The smallest element that holds the article: one that the page calls so, else the one with most of the running text."""
    total = nodes[0].prose
    called = [node for node in nodes if node.prose >= 0.6 * total and not node.reason and _is_article(node)] if total else []
    if called:
        return called[-1]  # all hold more than half of the text, so each stands in the one before
    held = [node for node in nodes if node.tag in _CONTAINERS and node.prose >= 0.8 * total]
    return held[-1] if held else nodes[0]
