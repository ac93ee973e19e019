"""The masked text as lines, and the lines of page and site taken out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import BlockKind, LeftOut
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.repair import HOLE, Repairs

_RUNS = lazy(f"[^{HOLE}]+")
_BULLET = lazy(rf"{HOLE}*([-*+•●▪◆■][ \t{HOLE}]+|[•●▪◆■])")
_HASHES = lazy(rf"{HOLE}*(#{{1,6}})(?:[ \t{HOLE}]+|(?=[^#\s]))")
_LABEL = lazy(rf"{HOLE}*【[^】]*】{HOLE}*")
_SYNTAX = frozenset("#【-*+_•●▪◆■")  # first characters of what Markdown sets, and of field names
_RULES = frozenset({"-", "*", "+", "---", "***", "___", "- - -", "* * *"})
_INDENT = lazy("[ \xa0\u3000\t]{2,}|\u3000")


class Cell(NamedTuple):
    """Where a line stands in a table: the table and the row count from 1, the column from 0."""

    table: int
    row: int
    column: int
    columns: int
    header: bool


@dataclass(slots=True)
class Line:
    """One line of text: where it starts in the source, as masked, and as read."""

    start: int
    raw: str
    text: str
    gap: bool = False  # a blank line stands before it
    indent: bool = False
    tab: bool = False
    depth: int = 0  # number of # in Markdown
    bullet: bool = False
    cut: bool = False  # something was taken out between it and the line before
    width: float = 0.0  # in Chinese characters: a Latin letter or digit is half of one, a dropped space a quarter
    whole: bool = False  # a paragraph of its own, as the format tells; so it does in what follows
    kind: BlockKind | None = None
    key: str = ""  # of a footnote
    cell: Cell | None = None

    def runs(self) -> list[tuple[int, int]]:
        """(offset in `text`, offset in the source) where each stretch without holes begins."""
        if len(self.raw) == len(self.text):
            return [(0, self.start)]
        found, at = [], 0
        for match in _RUNS.finditer(self.raw):
            found.append((at, self.start + match.start()))
            at += match.end() - match.start()
        return found


_PRINTED_AT = lazy(r"20\d\d/\d{1,2}/\d{1,2} \d{1,2}:\d{2}")
_PAGE_OF = lazy(r"\d{1,3}/\d{1,3}")
_PAGES = 2  # of a printed page at least
_DOUBLED = 3  # different lines that are doubled from which on a text layer is
_LETTERS = lazy("[\u4e00-\u9fff]{2}")
_UNIT = lazy("[年月日%％]")  # what goes on behind a number that was cut off as a line of its own


def split_lines(masked: str, source: str, *, markdown: bool) -> list[Line]:
    """Lines that hold text; blank ones are kept as `gap` of the next."""
    lines: list[Line] = []
    start, gap = 0, False
    for raw in masked.split("\n"):
        text = raw.replace(HOLE, "") if HOLE in raw else raw
        if text:
            line = Line(start, raw, text, gap)
            measure(line, source)
            gap = text[0] in _SYNTAX and not _strip_syntax(line, markdown)
            if not gap:
                lines.append(line)
        else:
            gap = True
        start += len(raw) + 1
    return lines


def measure(line: Line, source: str) -> None:
    """Width, and how the line is set in by what it begins with in the source."""
    raw, text, start = line.raw, line.text, line.start
    width = len(text.encode("utf-8", "replace")) + len(text)
    line.width = (width + raw.strip(HOLE).count(HOLE) if len(raw) != len(text) else width) / 4
    if source[start] in " \t\u3000\xa0":
        line.indent, line.tab = bool(_INDENT.match(source[start : start + 4])), source[start] == "\t"


def _strip_syntax(line: Line, markdown: bool) -> bool:
    """Takes #, bullets and field names off the line's beginning; False where nothing is left."""
    first = line.text[0]
    match = None
    if first == "#" and (match := _HASHES.match(line.raw)):
        line.depth = len(match[1])
    elif line.text in _RULES:
        return False
    elif first in "-*+•●▪◆■" and (match := _BULLET.match(line.raw)):
        line.bullet = markdown or first not in "-*+"
        match = match if line.bullet else None
    elif first == "【" and p.PREFIX.match(line.text):
        match = _LABEL.match(line.raw)
    if match is not None:
        line.raw = HOLE * match.end() + line.raw[match.end() :]
        line.text = line.raw.replace(HOLE, "")
    return bool(line.text)


def drop_furniture(lines: list[Line], done: Repairs) -> list[Line]:
    """Lines without page numbers, running heads, menus, and what a site sets before and after the document."""
    first, last = _site_head(lines), _site_tail(lines)
    if any(_is_defined(lines, at) for at in range(first)):
        first = 0  # its words are taken out one by one
    _leave_out(lines[:first], "site_head", done)
    heads = _running_heads(lines[first:last])
    printed, doubled = _printed(lines[first:last]), _doubled(lines[first:last])
    kept: list[Line] = []
    cut = first > 0
    for at, line in enumerate(lines[first:last]):
        name = "doubled_line" if at in doubled else "page_edge" if at in printed else None
        if name is None and (len(line.text) <= 40 or line.text[0] in "当您首"):
            name = _furniture(line, heads if at >= 10 else frozenset())
        if name == "page_number" and at + 1 < last - first and _UNIT.match(lines[first + at + 1].text):
            name = None
        if name:
            _leave_out([line], name, done)
            cut = True
            continue
        line.cut = cut
        kept.append(line)
        cut = False
    _leave_out(lines[last:], "site_tail", done)
    return kept


def _leave_out(lines: list[Line], reason: str, done: Repairs) -> None:
    done.counts[reason] += len(lines)
    done.left_out += [LeftOut(line.start, line.start + len(line.raw), reason.replace("_", " ")) for line in lines]


# First characters of page numbers, page marks, paths, sizes of letters and bars of buttons.
_OPENS_FURNITURE = frozenset("-—–―－·. \t\xa0\u3000第0123456789ivxIVX=*_#<[（(Pp页【您当现的所位首字打收留关分下纠全")


_UNIT_LINE = lazy(r"[（(]?(?:计量)?单位\s?[:：]")


def _furniture(line: Line, heads: frozenset[str]) -> str | None:
    """Name of the repair that takes the line out; None where it stays."""
    text = line.text
    if len(text) > 40 and not text.startswith(("当前", "您", "首页")):
        return None
    if line.tab:
        return None
    if text in p.MENU:
        return "menu"
    marks = text[0] in _OPENS_FURNITURE
    if marks and (p.PAGE_NUMBER.fullmatch(text) or p.PAGE_MARK.fullmatch(text)):
        return "page_number"
    if text in heads:
        return "running_head"
    if marks and (p.BREADCRUMB.fullmatch(text) or p.FONT_SIZE.fullmatch(text) or p.PRINT_BAR.fullmatch(text)):
        return "menu"
    return None


def _running_heads(lines: list[Line]) -> frozenset[str]:
    """Short lines that come three times or more, far apart, and are no numbering."""
    seen: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if 4 <= len(line.text) <= 40 and not line.tab and not line.depth:
            seen.setdefault(line.text, []).append(at)
    return frozenset(
        text
        for text, places in seen.items()
        if len(places) >= 3
        and min(after - before for before, after in pairwise(places)) >= 8
        and text[-1] not in p.TERMINAL
        and text[0] != "|"
        and not p.MARKER.match(text)
        and not p.is_organ(text)  # who signs
        and not _UNIT_LINE.match(text)  # above each of several tables
    )


def _printed(lines: list[Line]) -> frozenset[int]:
    """Where a browser printed the edge of a page: the time of printing, the title of the page but where it stands first, its
    address, 3/11.
    """
    if sum(line.text[0] == "2" and _PRINTED_AT.fullmatch(line.text) is not None for line in lines) < _PAGES:
        return frozenset()
    edges = [at for at, line in enumerate(lines) if p.PRINTED.fullmatch(line.text) and not line.tab]
    titles = [at for at in edges if p.PAGE_TITLE.fullmatch(lines[at].text)]
    times = Counter(lines[at].text for at in edges)
    kept = {titles[0]} if titles else set()
    return frozenset(at for at in edges if times[lines[at].text] >= _PAGES or _PAGE_OF.fullmatch(lines[at].text)) - kept


def _doubled(lines: list[Line]) -> frozenset[int]:
    """Lines that say once more what the line above says, as bold print does in the text layer of a page: where three or more
    different ones do so. Rows and cells of tables and figures may be alike by chance.
    """
    again = frozenset(
        at
        for at, (above, line) in enumerate(pairwise(lines), 1)
        if line.text == above.text and len(line.text) >= 3 and not line.tab and line.text[0] != "|" and _LETTERS.search(line.text)
    )
    return again if len({lines[at].text for at in again}) >= _DOUBLED else frozenset()


def _is_defined(lines: list[Line], at: int) -> bool:
    """Whether a line below opens with the words of this one, as an encyclopedia does: 潮间带, then 潮间带是指…."""
    word = lines[at].text
    return word not in p.MENU and any(p.defines(each.text, word) for each in lines[at + 1 : at + 60])


def _site_head(lines: list[Line]) -> int:
    """Number of lines of a site's menu at the top: short ones, some of which are known words of menus."""
    last = known = 0
    for at, line in enumerate(lines[:80]):
        menu = line.text in p.MENU or bool(p.BREADCRUMB.fullmatch(line.text) or p.FONT_SIZE.fullmatch(line.text))
        if not menu and (len(line.text) > 14 or line.depth or p.BRACKET_KEY.match(line.text) or p.FIELD.match(line.text)):
            break
        if menu:
            known, last = known + 1, at + 1
    if known < 3:
        return 0
    at = last  # the last word of a path (首页 > 政务 > 文件库) is no known word
    return at + 1 if at + 1 < len(lines) and lines[at - 1].text in ">/»" and len(lines[at].text) <= 12 else at


def _site_tail(lines: list[Line]) -> int:
    """Index where a site's links and imprint begin: after it no line is a sentence of the document."""
    end = len(lines)
    for at in range(len(lines) - 1, max(-1, len(lines) - 120), -1):
        line = lines[at]
        if len(line.text) > 80 or (len(line.text) > 30 and line.text[-1] in "。；" and not p.TAIL.fullmatch(line.text)):
            break
        if p.TAIL.fullmatch(line.text):
            end = at
    return end
