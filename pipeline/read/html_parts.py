"""What of a saved web page is the document and what belongs to the site: by tags, class names, links and running text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Place
from pipeline.read import patterns as p
from pipeline.read.layout import Element

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = HEADINGS.keys() | set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " header hgroup hr html legend li main menu nav ol optgroup p pre search section summary table tbody td tfoot th thead tr"
    " ul".split()
)
_CONTROLS = frozenset("button input select option textarea".split())
_FALLBACKS = frozenset("object video audio canvas embed".split())  # their text shows only where they do not work
_CONTAINERS = frozenset("html body main article section div form center table tbody tr td".split())
_MAX_PATH = 200

_INVISIBLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_AS_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|table|list-item)", re.I)
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
_SUBWORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[\u4e00-\u9fff]+")
_NEIGHBOUR = re.compile(r"(?:上|下|前|后)一(?:篇|页|条)[:：]?.{0,80}")
_SIZES = re.compile(r"(?:A\s*[+＋-]?\s*)?大\s*(?:A\s*[+＋-]?\s*)?中\s*(?:A\s*[+＋-]?\s*)?小")
_SHARED = re.compile(r"分享|扫一扫|纠错")
_MORE = re.compile(r"(?:相关(?:阅读|新闻|文章)|延伸阅读|推荐阅读|(?:热点|热门|精彩)(?:推荐|文章|新闻)|猜你喜欢|友情链接)[:：]?")
_IMPRINT = re.compile(r"版权|备案|ICP|免责|本站|主办|承办|网站标识码", re.I)
_ATTACHMENT = re.compile(r"附件|附[:：]|责任编辑|编辑[:：]")
_SITE = re.compile(r"(?:网|网站|网站群|门户|首页|平台|频道|栏目|新闻|报|人民政府|公报|百科)$|^(?:无标题|untitled|document)", re.I)
_SUFFIX = re.compile(r"\s*[_|｜].*|\s+[-–—]+\s+.*|\s*[-–—]+\s*[^-–—]{2,30}$", re.S)


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
        return self.tag in BLOCKS or bool(_AS_BLOCK.search(self.attributes.get("style") or ""))


def squash(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def text_below(nodes: Sequence[Node], node: Node) -> str:
    """All text inside the node, as it stands in the file."""
    return "".join(below.text for below in nodes[node.at : node.end])


def mark_reasons(nodes: Sequence[Node], notes: set[int], names: Iterable[str]) -> None:
    """Sets `reason` of every node, and what `Node` counts; `notes` are footnotes, which stay wherever they stand."""
    for node in nodes:
        inherited = node.parent.reason if node.parent else ""
        node.reason = inherited or (_hidden(node) if node.tag else "")
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


def _hidden(node: Node) -> str:
    """Why no reader sees the element; "" where it is visible."""
    attributes = node.attributes
    if node.tag in _CONTROLS:
        return "control"
    if node.tag in _FALLBACKS or (node.tag == "dialog" and "open" not in attributes):
        return "hidden"
    if not attributes or "mwe-math" in (attributes.get("class") or ""):  # a formula shown as an image
        return ""
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true" or _INVISIBLE.search(attributes.get("style") or "")
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
        if node.tag in ("h1", "h2", "h3") and node.size <= 200 and squash(text_below(nodes, node)) in names:
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
    return node.tag in _CONTAINERS and any(re.sub(r"[-_\d]", "", name).lower() in _ARTICLE_NAMES for name in _names(node))


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
        words = [word.lower() for word in _SUBWORDS.findall(name)]
        reason = next((_STRONG_WORDS[word] for word in [*words, "".join(words)] if word in _STRONG_WORDS), "")
        if not reason and node.at not in titles and _ARTICLE_WORDS.isdisjoint(words):
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


def furniture(text: str) -> str:
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


def page_names(title: str, metas: Mapping[str, str]) -> list[str]:
    """What the page may call its document, the surest first, without the name of the site."""
    names = [metas.get("articletitle", ""), metas.get("og:title", ""), _without_site(title), title]
    site = squash(metas.get("sitename", "") or metas.get("og:site_name", ""))
    stripped = [" ".join(name.split()).rstrip("….") for name in names]
    return [name for name in dict.fromkeys(stripped) if len(name) > 1 and squash(name) != site and not _SITE.search(name)]


def _without_site(title: str) -> str:
    """The title up to what names the site: "…_某某网", "… - 某某网"."""
    for match in _SUFFIX.finditer(title):
        cut = match[0].strip(" \t\n-–—_|｜")
        if match.start() and (match[0].lstrip()[0] in "_|｜" or match[0][0].isspace() or _SITE.search(cut)):
            return title[: match.start()]
    return title


Found = tuple[int, Element]  # the index of the node it was made of


def divide(found: list[Found], nodes: Sequence[Node], names: Sequence[str]) -> list[Element]:
    """The elements of a page with the reason of each that is no part of the document, and its title."""
    body = find_body(nodes)
    found = [
        (at, e if e.left_out else _leave(e, "" if e.cells or e.kind == "footnote" else furniture(e.text))) for at, e in found
    ]
    found, title = _title(found, names, nodes, body)
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
        elements.insert(0, Element(names[0], kind="title", places=((0, Place(path="/html/head/title")),)))
    return _number_tables(elements)


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


def _title(found: list[Found], names: Sequence[str], nodes: Sequence[Node], body: Node) -> tuple[list[Found], int | None]:
    """The elements with the title of the page as one element, and the index of its node; None where it shows nowhere."""
    best: tuple[int, int, int, int] | None = None  # rank, distance from the body, first, last
    wanted = [squash(name) for name in names]
    longest = 2 * max(map(len, wanted), default=0) + 10
    for first, (at, element) in enumerate(found):
        if at >= body.end:
            break
        if element.left_out or element.cells or element.kind == "footnote" or (len(element.text) > longest and not element.level):
            continue
        for last in range(first + 1, min(first + 4, len(found) + 1)):
            parts = found[first:last]
            if last > first + 1 and (parts[-1][1].left_out or nodes[parts[-1][0]].parent is not nodes[at].parent):
                break
            rank = _likeness(squash("".join(part.text for _, part in parts)), wanted, whole=last > first + 1)
            if last == first + 2 and parts[1][0] == at and p.ORGAN.fullmatch(element.text) and squash(parts[1][1].text) in wanted:
                rank = 1  # who issues it stands above its name in the same block
            rank -= 1 if rank < 9 and element.kind == "heading" else 0
            if rank == 9 and element.level == 1 and last == first + 1 and nodes[at].linked < nodes[at].size:
                rank = 6
            if rank < 9 and (best is None or (rank, abs(at - body.at)) < best[:2]):
                best = rank, abs(at - body.at), first, last
    if best is None:
        return found, None
    first, last = best[2:]
    at = found[first][0]
    return [*found[:first], (at, _merged([element for _, element in found[first:last]])), *found[last:]], at


def _likeness(text: str, names: Sequence[str], *, whole: bool) -> int:
    """1 where the text is a name of the page, 3 where it is part of one, 5 where one is part of it, else 9."""
    if text in names:
        return 1
    if whole or _SITE.search(text):
        return 9
    if any(text in name and len(text) >= max(5, 0.5 * len(name)) for name in names):
        return 3
    return 5 if any(len(name) >= 5 and name in text and len(text) <= 1.6 * len(name) + 4 for name in names) else 9


def _merged(elements: Sequence[Element]) -> Element:
    """The lines of a title as one element."""
    ends = [0]
    for element in elements:
        ends.append(ends[-1] + len(element.text))
    parts = list(zip(ends, elements, strict=False))
    return replace(
        elements[0],
        text="".join(element.text for element in elements),
        kind="title",
        level=0,
        notes=tuple((start + offset, key) for start, element in parts for offset, key in element.notes),
        places=tuple((start + offset, place) for start, element in parts for offset, place in element.places),
    )


def _number_tables(elements: list[Element]) -> list[Element]:
    """The tables that are kept, counted from 1."""
    numbers: dict[int, int] = {}
    for element in elements:
        if element.table:
            numbers.setdefault(element.table, len(numbers) + 1)
    return [replace(e, table=numbers[e.table]) if e.table else e for e in elements]
