"""Where the works of a file begin: below a notice or an announcement, at an annex, at the next policy, item or interpretation.

Each rule looks at one place and says what begins there, or nothing; a line begins a work only where the body of one follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.model import Role
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.naming import cleaned, is_notice, plain
from pipeline.read.structure import Draft
from pipeline.read.votes import Titles


class Start(NamedTuple):
    """A work that begins at drafts[first], whose title ends before drafts[body]; `title` None where it has none of its own."""

    first: int
    body: int
    role: Role
    title: str | None
    promised: bool = False  # a notice names it among what it transmits


PROSE = 24  # characters of a paragraph of a body
REACH = 8  # drafts below a title in which its body begins
HEAD = 40  # drafts from the top in which a notice stands above what it transmits
_LINES = 3  # over which a title may be broken
_LEAST, _LONGEST = 6, 90  # characters of a title
_WHOLE = 8  # characters of a title that is told from other words
_BACK = 2000  # drafts in which a numbering is looked for
_MAIN = 8  # titles that are looked for in other lines
_LISTED = 6  # drafts that an annex without prose has at least
_TITLED = lazy(
    rf"(?:{p.GENRE}|[记请报总息案荐分计览]表|样表|模板|样式|承诺书|细则|制度|规程|预案|议案|提案|说明|导则|范本|名单|协议|职责|任务书|路线图|时间表|分工|解释|须知|倡议书|共识)"
    r"(?:[（(][^（）()]{2,30}[）)])?$"
)
_TITLED_ENDS = p.last_characters(_TITLED) | {")"}
_OWN_LINE = lazy(r"[。；：，;:,、！？!?]$|。|^(?:附[件录表]|来源|责任编辑|https?:|www\.)")
_LABELLED = lazy(r"(?:附\s*[件录])\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s*[：:]\s*(?P<title>[^。；;]{4,80})")
_STATES = lazy(  # the grounds of a policy, which open it
    r"(?:为|根据|依据|按照|依照|结合|围绕|遵照)[^。]{4,400}?(?:(?:制定|制订|提出|编制|拟定|出台)(?:了?本|如下|以下)|特制[定订]|现(?:就|将|提出|制定))"
)
_OPENS = lazy(r"第[一1]\s*[章条编节部]|一、|[（(]一[）)]|[1１][.．、](?!\d)|引\s*言|前\s*言|序\s*言|总\s*则|目\s*[录次]$")
_GREETS = lazy(
    r"(?:各|有关|本市|市属|省属|你)[^。！？]{1,220}[：:]$|[^。！？]{2,120}(?:人民政府|[局委办厅院会部]|单位|部门|企业|机构|同志们|股东|代表)[：:]$"
)
_BRINGS = lazy(
    r"印发给你们|现(?:予以?)?(?:印发|公布|发布|公告|颁布)|现将[^。]{2,200}?(?:印发|公布|发布|转发)|予以(?:印发|公布|发布)|全文(?:如下|发布如下|公布如下)"
    r"|批转|转发给你们"
)
_ANNOUNCES = lazy(r"全文(?:发布|公布|刊发)?如下[。：:]?$|(?:如下|见下)[：:]$")
_TITLE_MARKS = lazy(r"《((?:[^《》]|《[^《》]*》)+)》")
_INTERPRETS = lazy(
    r"(?:.{0,60}(?:的)?(?:政策)?(?:解读|答记者问|问答|解读稿)|(?:《.+》|.{4,50})(?:的)?(?:起草|编制|制定|修订|有关情况|政策)说明|政策(?:解读|问答))"
    r"(?:[（(].{1,10}[）)])?"
)
_DATELINE = lazy(r"(?:新华社|中新社|人民网|本报|本台|[\u4e00-\u9fff]{2,8}(?:网|报|社|新闻))[^。，\n]{0,24}(?:电|讯|消息)")
_STAMP = lazy(r"(?:来源|稿源|发布时间|发布日期|时间|日期|作者|记者)\s*[：:]|\s*(?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}")
_SKIPPED = ("table_row", "footnote", "reference", "caption", "formula", "foreign")
_NO_TITLE = (*_SKIPPED, "metadata")


@dataclass
class _Reading:
    """What was passed so far: the drafts, the titles that works have, and those that a notice promises."""

    drafts: Sequence[Draft]
    starts: list[Start]
    known: set[str] = field(default_factory=set)  # titles of works, plain
    promised: set[str] = field(default_factory=set)  # titles that a notice names, plain
    _main: list[str] = field(default_factory=list)  # the first titles, which a page repeats among other words
    _could_title: dict[int, bool] = field(default_factory=dict)
    _lines: tuple[int, list[tuple[str, int]]] = (-1, [])  # those last asked for, and where

    def begin(self, start: Start) -> None:
        self.starts.append(start)
        if start.title:
            name = plain(start.title)
            self.known.add(name)
            if len(name) >= _WHOLE and len(self._main) < _MAIN:
                self._main.append(name)
            self.promised |= {plain(name) for name in _TITLE_MARKS.findall(start.title)} - self.known

    def is_known(self, title: str) -> bool:
        """Whether a line says the title of a work once more, alone or among other words of a page."""
        name = plain(title)
        return name in self.known or any(main in name for main in self._main)

    def lines(self, at: int) -> list[tuple[str, int]]:
        """What could be a title at `at`, over one line or more, as it stands, with the index after it."""
        if self._lines[0] != at:  # every rule asks for them
            self._lines = at, list(self._lines_at(at))
        return self._lines[1]

    def _lines_at(self, at: int) -> Iterator[tuple[str, int]]:
        whole = ""
        for end in range(at, min(at + _LINES, len(self.drafts))):
            if not self.could_title(end) or len(whole) + len(self.drafts[end].text) > _LONGEST:
                return
            whole += self.drafts[end].text
            yield whole, end + 1

    def could_title(self, at: int) -> bool:
        """Whether a line could be a title or a part of one by its form."""
        known = self._could_title.get(at)
        if known is None:
            draft = self.drafts[at]
            short = len(draft.text) <= _LONGEST and not draft.marker and draft.kind not in _NO_TITLE
            known = self._could_title[at] = short and _OWN_LINE.search(draft.text) is None
        return known

    def prose(self, start: int, end: int) -> int:
        """Paragraphs of a body between two places."""
        return bisect_left(self._prose, end) - bisect_left(self._prose, start)

    @cached_property
    def _prose(self) -> list[int]:
        return [at for at, draft in enumerate(self.drafts) if _is_prose(draft)]

    @cached_property
    def times(self) -> Counter[str]:
        """How often each short line stands in the document, plain."""
        return Counter(plain(draft.text) for draft in self.drafts if len(draft.text) <= _LONGEST)

    def has_body(self, at: int) -> bool:
        """Whether a body begins below: prose, a table, or two numbered lines or more."""
        below = self.drafts[at : at + REACH]
        return (
            any(_is_prose(draft) or draft.kind == "table_row" for draft in below)
            or sum(bool(draft.marker) for draft in below) >= 2
        )


def _is_prose(draft: Draft) -> bool:
    long = len(draft.text) >= PROSE and draft.kind in ("paragraph", "list_item")
    return long and draft.text.rstrip("”’）)】〕")[-1:] in tuple("。；：！？")


Rule = Callable[[_Reading, int], Start | None]


def starts_of(drafts: Sequence[Draft], titles: Titles) -> list[Start]:
    """The works of a file in their order; the first begins at the first draft."""
    articles = [at for at, draft in enumerate(drafts) if draft.article]
    if len(articles) > 1:
        return [Start(at if order else 0, at + 1, "work", cleaned(drafts[at].text)) for order, at in enumerate(articles)]
    reading = _Reading(drafts, [])
    at = 0
    for main in _main(drafts, titles):
        reading.begin(main)
        at = main.body
    border = reading.starts[-1].first
    reading.promised |= {
        plain(name) for draft in drafts[:border] if _BRINGS.search(draft.text) for name in _TITLE_MARKS.findall(draft.text)
    } - reading.known
    while at < len(drafts):
        found = next((start for rule in RULES if (start := rule(reading, at))), None) if _may_begin(reading, at) else None
        if found:
            reading.begin(found)
        at = found.body if found else at + 1
    return reading.starts


def _may_begin(reading: _Reading, at: int) -> bool:
    """Whether a work could begin here: at a line that could be a title, or at an annex."""
    draft = reading.drafts[at]
    return draft.kind not in _SKIPPED and (draft.text[0] == "附" or reading.could_title(at))


def _main(drafts: Sequence[Draft], titles: Titles) -> Iterator[Start]:
    """The notice or announcement, if the file begins with one, and the main work."""
    heads = [at for at, draft in enumerate(drafts) if draft.kind == "title"]
    border = _below_notice(drafts, titles)
    if border:
        below = drafts[border].kind == "title"
        own = titles.name if below else _announced(drafts[border - 1].text) or titles.name
        title = titles.notice.name if titles.notice else _other_title(drafts[:border], own)
        yield Start(0, border, "notice", title)
        yield Start(border, border + below, "work", own)
    else:
        yield Start(0, heads[0] + 1 if heads else 0, "work", titles.name)


def _below_notice(drafts: Sequence[Draft], titles: Titles) -> int:
    """Where a transmitted work begins: at the last of the lines that say its title, below the notice or a sentence that brings it
    in, or right below “全文如下”; 0 where nothing is transmitted.
    """
    name = plain(titles.own.name) if titles.own else plain(titles.name or "")
    said = [(at, plain(cleaned(draft.text))) for at, draft in enumerate(drafts) if draft.kind == "title"]
    if titles.notice and titles.own:
        notice = plain(titles.notice.name)
        first = next((at for at, text in said if text == notice), -1)
        return max((at for at, text in said if text == name and at > first), default=0)
    for at, draft in enumerate(drafts[:HEAD]):
        if draft.kind not in ("paragraph", "metadata") or not _BRINGS.search(draft.text):
            continue
        below = [place for place, text in said if text == name and at < place <= at + HEAD]
        if below and _has_prose(drafts, below[0]):
            return below[0]
        if _ANNOUNCES.search(draft.text) and _has_prose(drafts, at + 1):
            return at + 1
    return 0


def _has_prose(drafts: Sequence[Draft], at: int) -> bool:
    return any(_is_prose(draft) for draft in drafts[at : at + REACH])


def _announced(text: str) -> str | None:
    """The one title in the sentence that ends in 全文如下."""
    found = set(_TITLE_MARKS.findall(text))
    return found.pop() if len(found) == 1 else None


def _other_title(drafts: Sequence[Draft], name: str | None) -> str | None:
    """The title above a transmitted work that is not the work's own: a line that was elected, or lines that spell a notice."""
    found = (cleaned(draft.text) for draft in drafts if draft.kind == "title")
    elected = next((title for title in found if plain(title) != plain(name or "")), None)
    spelled = (_spelled_notice(drafts[at : at + _LINES]) for at in reversed(range(len(drafts))))  # the nearest, without a menu
    return elected or next(filter(None, spelled), None)


def _spelled_notice(lines: Sequence[Draft]) -> str | None:
    """关于印发…的通知 over one line or more."""
    whole = ""
    for line in lines:
        whole += line.text
        if len(line.text) > _LONGEST or _OWN_LINE.search(line.text) or p.FIELD.match(line.text):
            return None
        if is_notice(whole):
            return cleaned(whole)
    return None


def _annex(reading: _Reading, at: int) -> Start | None:
    """附件1 on a line of its own with its title below; or 附件1：… above a body, where no list of annexes stands."""
    draft = reading.drafts[at]
    if p.ANNEX.fullmatch(draft.text):
        below = next(iter(reading.drafts[at + 1 : at + 2]), None)
        if below is None or (draft.text[-1] in "：:" and (below.marker or below.kind == "metadata")):  # a list: 附件：1.…
            return None
        lines = [(cleaned(whole), end) for whole, end in reading.lines(at + 1)]
        title, end = next((line for line in lines if _is_titled(line[0])), lines[0] if lines else (None, at + 1))
        listed = draft.text[-1] not in "：:" and title is not None and len(reading.drafts) >= end + _LISTED
        return Start(at, end, "annex", title) if listed or reading.has_body(end) else None
    match = _LABELLED.fullmatch(draft.text)
    if match is None or not _opens_body(reading.drafts, at + 1) or reading.times[plain(match["title"])]:
        return None
    return Start(at, at + 1, "annex", cleaned(match["title"]))


def _opens_body(drafts: Sequence[Draft], at: int) -> bool:
    """Whether the first line of a body stands here: 第一条, 一、, 为…，制定本办法; past what tells of passing it."""
    passed = next((draft for draft in drafts[at : at + 3] if draft.kind != "metadata"), None)
    return passed is not None and bool(_OPENS.match(passed.text) or _STATES.match(passed.text))


def _promised(reading: _Reading, at: int) -> Start | None:
    """The next of the works that a notice transmits."""
    wanted = reading.promised - reading.known
    for whole, end in reading.lines(at) if wanted else ():
        title = cleaned(whole)
        if plain(title) in wanted and reading.has_body(end):
            return Start(at, end, "work", title, promised=True)
    return None


def _policy(reading: _Reading, at: int) -> Start | None:
    """A title of a policy above its number, those whom it addresses, its grounds, or numbering that begins anew."""
    last = reading.starts[-1]
    for whole, end in reading.lines(at):
        if len(whole) < _LEAST or whole[0] == "《" or not _is_titled(whole) or not reading.has_body(end):
            continue
        title = cleaned(whole)
        if len(title) < _LEAST or reading.is_known(title):
            continue
        if not reading.prose(last.body, at):
            return None
        below = [draft for draft in reading.drafts[end : end + 3] if not _STAMP.match(draft.text)]
        addressed = any(p.NUMBER.fullmatch(draft.text) or _GREETS.match(draft.text) for draft in below[:2])
        grounded = bool(below) and _STATES.match(below[0].text) is not None
        anew = bool(below) and _begins_anew(reading, below[0], at)
        if addressed or grounded or anew:
            return Start(at, end, "notice" if is_notice(title) else "work", title)
    return None


def _is_titled(line: str) -> bool:
    """Whether a line ends in a word for a kind of document or of annex."""
    return line[-1:] in _TITLED_ENDS and _TITLED.search(line) is not None


def _begins_anew(reading: _Reading, below: Draft, at: int) -> bool:
    """Whether 第一章, 第一条 or 一、 stands here, and stood in the work before."""
    match = re.match(r"第[一1][章条编]|一、", below.text)
    if match is None:
        return False
    first = max(reading.starts[-1].body, at - _BACK)
    return any(draft.text.startswith(match[0]) for draft in reading.drafts[first:at])


def _interpretation(reading: _Reading, at: int) -> Start | None:
    """…政策解读, …答记者问, with several paragraphs below."""
    for whole, end in reading.lines(at):
        interprets = whole[-1] in "读问答稿明）)" and _INTERPRETS.fullmatch(whole)
        if interprets and reading.prose(reading.starts[-1].body, at) and reading.prose(end, end + REACH) >= 2:
            return Start(at, end, "interpretation", cleaned(whole))
    return None


def _item(reading: _Reading, at: int) -> Start | None:
    """The next item of news: a title above its source and date, or above a dateline, where the item before had a body."""
    draft = reading.drafts[at]
    if draft.kind == "metadata" or len(draft.text) < _LEAST:
        return None
    for whole, end in reading.lines(at):
        below = reading.drafts[end : end + 3]
        if not below:
            return None
        stamped = below[0].kind == "metadata" and _STAMP.search(below[0].text)
        lined = next((each for each in below if each.kind != "metadata"), below[0])
        if (stamped or _DATELINE.match(lined.text)) and reading.prose(end, end + 4) and _is_item(reading, at):
            title = cleaned(whole)
            return None if reading.is_known(title) else Start(at, end, "work", title)
    return None


def _is_item(reading: _Reading, at: int) -> bool:
    """Whether the work before is an item of its own: a stamp or a dateline opens it, and it has a body."""
    last = reading.starts[-1]
    opening = reading.drafts[last.body : last.body + 3]
    told = any((each.kind == "metadata" and _STAMP.search(each.text)) or _DATELINE.match(each.text) for each in opening)
    return told and reading.prose(last.body, at) > 0


RULES: tuple[Rule, ...] = (_annex, _promised, _policy, _interpretation, _item)
