"""Which lines are titles: independent signs vote, and the first short line is only one of them.

A *name* is what a document or a file is called, a *candidate* one or several neighbouring paragraphs that could spell one. A
sign speaks for a name (the value of the field 名称, 《…》 in 现将《…》印发给你们, the name of the file) or for a candidate (it
ends in a word for a kind of document, comes twice, is marked as a title by the format, is the first line that is no field).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Vote
from pipeline.read import patterns as p
from pipeline.read.joining import Paragraph

REACH = 160  # paragraphs from the top of a file in which its first title stands
PROSE = 80  # characters of a paragraph of the body
TOP = 40  # paragraphs from the top in which a line that comes again may be a title for that alone
WINDOW = 5  # paragraphs over which a title may be broken
LINE, NAME = 70, 140  # characters that one of several lines, and a whole title, may have
MENU = 4  # lines that make a menu
WORD, LONG_WORD = 6, 8  # characters of a word of a menu: below others, and at the head of some
BODY = 3000  # characters from the top in which a document names what it transmits

_NUMBERING = re.compile(rf"(?:\d{{1,3}}\s*[.．、]\s*|[（(]\d{{1,3}}[）)]\s*|[{p.NUMERAL}]{{1,3}}、\s*)")
_DATED = re.compile(r"[（(]\s*(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\s*[）)]$")
# The name of a site or of an issuer, or a date, behind a title.
_TAIL = re.compile(r"(?:[_|｜]{1,2}|\s[-–—]\s).*$|，[^，。》]{2,30}$|(?:19|20)\d{2}-\d{1,2}-\d{1,2}.*$")
# A number or an office with a year behind a title; the dateline before that of a news item.
_REMARK = re.compile(r"[（(](?:[^（）()]*[〔\[]\d{4}[〕\]][^（）()]*|[\u4e00-\u9fff]{2,12}\d{4}年)[）)]$")
# What belongs to a title on a line of its own: （2023年）, （试行）, （2024—2027年）.
_EDITION = re.compile(r"[（(](?:(?:19|20)\d{2}[^月日]{0,14}|试行|暂行|草案|征求意见稿|修订[稿版草案]{0,3}|第.{1,6}[版号期])[）)]")
_DATELINE = re.compile(
    r"^(?:新华社|中新社|新华网|本报)[^，。电]{2,20}电\s*(?:题[：:]\s*)?(?:(?:记者手记|通讯|述评|综述|特写)\s*[｜|丨:：])?\s*"
)
_LABEL = re.compile(
    r"^(?:【[^】]{2,12}】|\[[^\]]{2,12}\])\s*|^[\u4e00-\u9fff]{2,24}令[（(].{0,10}第\d+号[）)]|^(?:附件?|附录)\s*\d{0,2}\s*[：:.．]?\s*|^(?:[（(]\d[）)])"
)
_TITLE = r"《(?:[^《》]|《[^《》]*》)+》"
_TITLES = rf"({_TITLE}(?:[、和及与]?{_TITLE})*)"
# 现将《…》印发给你们；《…》已经…审议通过，现予公布；印发了《…》，全文如下.
_TRANSMITTED = re.compile(
    rf"(?:现将|(?:印发|发布|公布|颁布|制定|出台)了?|现印发|审议通过了?)[^《》。\n]{{0,20}}{_TITLES}"
    rf"|{_TITLES}[^《》。\n]{{0,80}}(?:印发给你们|现印发|予以印发|现予(?:以)?(?:公布|发布|印发)|请(?:认真|遵照)|全文如下|全文发布如下)"
)
_RUN_ON = re.compile(
    rf"(?P<title>[^。；！？\n]{{6,90}}?(?:{p.GENRE})(?:》的通知|的通知|》)?)"
    r"(?=\s*(?:(?:19|20)\d{2}[-年]|[\u4e00-\u9fff]{1,8}[〔\[(（](?:19|20)\d{2}|来源|各省|各市|[（(](?:19|20)\d{2}年))"
)
_NAMED = re.compile(r"(?:信息|文件|政策|公文|法规)?(?:名称|标题)|题\s*名|题目")
_NOTICE = re.compile(r".{0,60}(?:印发|发布|公布|转发|批转|颁布|下达).+(?:通知|公告|通告|函|令|决定)")
_GENRE = re.compile(
    rf"(?:{p.GENRE}|答记者问|通报|规程|制度|预案|规范|条款|宪章|协议|纪要|公约|说明|解读|工作方案|行动|措施|举措|研究|分析|综述|述评"
    r"|探讨|思考|启示|判决书|裁定书|纠纷案)"
    r"(?:》|的通知)?(?:[（(][^（）()]{2,30}[）)])?"
)
_KIND_ENDS = re.compile(rf".*?{_GENRE.pattern}$")
_PUBLISHED = re.compile(r"(?:信息)?来源\s*[：:]|稿源\s*[：:]|发布(?:时间|日期)\s*[：:]")  # below the title of a page
# A line of a body that opens it: 为了…，制定本办法; 一、总体要求; 第一条.
_OPENING = re.compile(r"(?:为|根据|依据|按照).{4,400}(?:制定|提出|编制|出台)(?:本|如下|以下)|[一1]\s*[、.．]|第[一1]\s*[章条编]")
_SPEAKS = re.compile(r"[。；！？!?;：:，,、]$")
_NO_TITLE = re.compile(
    r"(?:https?:|www\.|Page\s*\d|第?\s*\d+\s*页|\d+$|(?:19|20)\d{2}(?:[-/.]|年\d{1,2}月)|附件[:：]?|目\s*录$|正文$|摘\s*要)"
    r"|.*版权所有|.*法宝引证码"
)


@dataclass(slots=True)
class Candidate:
    """entries[start:end] spell `name`; `signs` are the reasons that speak for it, with their weight."""

    start: int
    end: int
    name: str
    signs: dict[str, int] = field(default_factory=dict)

    @property
    def votes(self) -> int:
        """All signs together."""
        return sum(self.signs.values())


def plain(text: str) -> str:
    """A name without what differs from one place to the next: blanks, brackets, quotation marks, dashes."""
    return re.sub(r"[\s《》〈〉“”\"'‘’「」（）()〔〕\[\]【】—–\-－_·•*#、，,.．:：]+", "", text)


_TWICE = re.compile(r"(?P<title>.{6,70})\s?(?P=title)(?P<rest>.*)", re.DOTALL)


def undoubled(text: str) -> str:
    """A title that is printed twice in a line, once; also where the number of the document stands behind it."""
    twice = _TWICE.fullmatch(text[: 2 * NAME])
    if twice and len(text) <= 2 * NAME and (not twice["rest"] or p.NUMBER.fullmatch(twice["rest"].strip(" （()）"))):
        return twice["title"].strip()
    for half in (len(text) // 2, (len(text) + 1) // 2):
        first, second = text[:half].strip(), text[half:].strip()
        if len(first) >= 4 and plain(first) == plain(second):
            return first
    return text


def cleaned(text: str) -> str:
    """A title without numbering before it, a date or a site's name behind it, stars and labels."""
    name = undoubled(text.strip(" *＊\u3000"))
    name = _DATELINE.sub("", _LABEL.sub("", name))
    opening = _NUMBERING.match(name)
    if opening and _KIND_ENDS.match(_DATED.sub("", name[opening.end() :])):
        name = name[opening.end() :]
    name = _REMARK.sub("", _DATED.sub("", name)).strip(" *＊\u3000") or name
    shorter = _TAIL.sub("", name)
    if shorter != name and _KIND_ENDS.match(shorter):
        name = undoubled(shorter)
    if name.startswith("《") and name.find("》") == len(name) - 1:
        name = name[1:-1]
    return name


def told_names(entries: Sequence[Paragraph], stem: str) -> dict[str, tuple[str, str, int]]:
    """Names that the document tells: plain form → (name, sign, weight)."""
    told: dict[str, tuple[str, str, int]] = {}

    def tell(name: str, sign: str, weight: int) -> None:
        name = cleaned(name)
        key = plain(name)
        if 4 <= len(key) <= NAME and (key not in told or told[key][2] < weight):
            told[key] = (name, sign, weight)

    tell(stem, "file name", 2)
    for at, paragraph in enumerate(entries[:REACH]):
        label, _, value = paragraph.text.replace("：", ":", 1).partition(":")
        if _NAMED.fullmatch(label.strip(" 【[】]*")):
            below = entries[at + 1].text if not value.strip() and at + 1 < len(entries) else ""
            tell(value.strip(" 】]*") or below, "field", 5)
    head = "\n".join(paragraph.text for paragraph in entries[:REACH])[:BODY].replace("\n", "")
    for match in _TRANSMITTED.finditer(head):
        for title in re.findall(_TITLE, match[1] or match[2]):
            tell(title, "transmitted", 4)
    opening = _opening_title(entries[0].text) if entries else ""
    if opening:
        tell(opening, "opening", 3)
    return told


def _opening_title(text: str) -> str:
    """The title at the head of a text that has lost its lines; one whose first lines were printed twice begins anew."""
    if len(text) <= NAME:
        return ""
    again = text.find(text[:10], 10, NAME)
    match = _RUN_ON.match(text, max(again, 0))
    return match["title"] if match else ""


def is_notice(name: str) -> bool:
    """Whether a title is that of what transmits another work: 关于印发…的通知."""
    return bool(_NOTICE.fullmatch(name))


def carried(title: str) -> str | None:
    """Name of the work that a notice carries; None for any other title."""
    match = p.CARRIES.fullmatch(title) if len(title) <= 2 * NAME else None
    if match is None:
        return None
    name: str = match["quoted"] or match["plain"]
    return name if match["quoted"] or _GENRE.search(name) else None


def candidates(entries: Sequence[Paragraph], told: Mapping[str, tuple[str, str, int]]) -> list[Candidate]:
    """All that could be a title near the top, with its signs, in order of place; of equal names the longest window is last."""
    found = list(_windows(entries, told))
    times = Counter(plain(candidate.name) for candidate in found)
    opening = next((at for at, each in enumerate(entries[:REACH]) if _OPENING.match(each.text)), None)
    body = next((at for at, each in enumerate(entries[:REACH]) if len(each.text) > PROSE and each.text[-1] in "。；"), REACH)
    for candidate in found:
        key = plain(candidate.name)
        if key in told:
            _, sign, weight = told[key]
            candidate.signs[sign] = weight
        if candidate.start > body and not candidate.signs and not is_notice(candidate.name):
            continue  # a heading of the body
        if times[key] > 1 and len(key) >= 6 and candidate.start < TOP and not p.ORGAN.fullmatch(candidate.name):
            candidate.signs["repeated"] = 2
        if _KIND_ENDS.match(candidate.name):
            candidate.signs["kind"] = 2
        if is_notice(candidate.name):
            candidate.signs["notice"] = 2
        if candidate.end < len(entries) and _PUBLISHED.match(entries[candidate.end].text):
            candidate.signs["above its source"] = 2
        if opening is not None and candidate.start < opening <= candidate.end + 1:
            candidate.signs["above the body"] = 1
    return found


def _windows(entries: Sequence[Paragraph], told: Mapping[str, tuple[str, str, int]]) -> Iterator[Candidate]:
    marked = next((at for at, each in enumerate(entries[:REACH]) if each.lines[0].depth == 1), -1)
    for start in range(min(REACH, len(entries))):
        whole = ""
        for end in range(start + 1, min(start + WINDOW, len(entries)) + 1):
            paragraph = entries[end - 1]
            line = paragraph.text
            if paragraph.note or paragraph.lines[0].cell or len(line) > (NAME if end == start + 1 else LINE):
                break
            whole += line
            name = cleaned(whole)
            if len(name) > NAME:
                break
            known = plain(name) in told
            if known or (len(name) >= 4 and _could_be(name, whole) and not _is_menu(entries, start)):
                candidate = Candidate(start, end, name)
                if (start, end) == (marked, marked + 1):
                    candidate.signs["marked"] = 4
                if end > start + 1 and _EDITION.fullmatch(line):
                    candidate.signs["edition"] = 1
                yield candidate
            if p.FIELD.match(line) or p.BARE_DATE.fullmatch(line) or p.NUMBER.fullmatch(line) or _SPEAKS.search(line):
                break


def _could_be(name: str, whole: str) -> bool:
    """Whether lines have the form of a title: no sentence, no field, no mark of a page."""
    if len(name) < 2 or _SPEAKS.search(whole) or _NO_TITLE.match(whole):
        return False
    if whole.endswith("摄") or p.FIELD.match(whole) or p.NUMBER.fullmatch(whole) or whole in p.MENU or p.ABSTRACT.match(whole):
        return False
    if name.count("《") != name.count("》"):
        return False
    return "。" not in name


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of a file: of what transmits, where there is such a thing, and of the work itself; `name` is the work's, also
    where it stands on no line of its own.
    """

    name: str | None = None
    own: Candidate | None = None
    notice: Candidate | None = None
    votes: tuple[Vote, ...] = ()


SHOWN = 5  # names whose votes are kept
LEAST = 2  # votes of a title


def elect(entries: Sequence[Paragraph], stem: str, first: tuple[int, int] | None) -> Titles:
    """The titles that most signs speak for; `first` is the range of the first lines that look like one."""
    told = told_names(entries, stem)
    found = candidates(entries, told)
    if first:
        _vote_for_first(found, entries, first)
    notice = _best(each for each in found if "notice" in each.signs and each.votes >= 2 * LEAST)
    name = carried(notice.name) if notice else None
    for each in found:
        if name and plain(each.name) == plain(name):
            each.signs["carried"] = 4
    votes = _ranked(found)
    own = _best(each for each in found if each.votes >= LEAST and "notice" not in each.signs and _follows(each, notice))
    if own and own.signs.keys() <= {"repeated", "above the body"} and any(sign == "transmitted" for _, sign, _ in told.values()):
        own = None
    if notice and (own is None or not own.signs.keys() & {"carried", "transmitted"}):
        return Titles(name or notice.name, None, notice, votes)
    if own is None and not notice:
        return _run_on(told)
    return Titles(own.name if own else name, own, notice, votes)


def _ranked(found: Iterable[Candidate]) -> tuple[Vote, ...]:
    """The names with most votes, each once."""
    by_name: dict[str, Candidate] = {}
    for each in sorted(found, key=lambda each: (-each.votes, each.start, each.end)):
        if each.votes:
            by_name.setdefault(plain(each.name), each)
    return tuple(Vote(each.name, each.votes, tuple(each.signs)) for each in list(by_name.values())[:SHOWN])


def _run_on(told: Mapping[str, tuple[str, str, int]]) -> Titles:
    """The titles of a text in which they stand on no line of their own."""
    by_sign = {sign: name for name, sign, _ in reversed(list(told.values()))}
    opening, transmitted = by_sign.get("opening"), by_sign.get("transmitted")
    notice = Candidate(0, 0, opening) if opening and is_notice(opening) else None
    return Titles(transmitted or (carried(opening) if opening else None) or opening, None, notice)


def _vote_for_first(found: list[Candidate], entries: Sequence[Paragraph], first: tuple[int, int]) -> None:
    start, end = first
    whole = "".join(each.text for each in entries[start:end])
    name = cleaned(whole)
    if not _could_be(name, whole) or _is_menu(entries, start):
        return
    same = [each for each in found if (each.start, each.end) == first]
    if not same:
        same = [Candidate(start, end, name)]
        found += same
    same[0].signs["first line"] = 3
    for each in found:  # a title that is broken over lines, or has its edition on the next
        broken = "kind" in each.signs and "kind" not in same[0].signs
        if each.start == start and each.end > end and (broken or "edition" in each.signs):
            each.signs["first line"] = 3


def _is_menu(entries: Sequence[Paragraph], at: int) -> bool:
    """Whether a short line stands among others, as the words of a menu do."""
    if len(entries) > at + MENU and all(_is_word(each, LONG_WORD) for each in entries[at : at + MENU]):
        return True
    above = entries[max(0, at - MENU) : at + 1]
    if not all(_is_word(each, WORD) for each in above):
        return False
    if at >= MENU:
        return True
    below = next((each.text for each in entries[at + 1 : at + MENU] if not _is_word(each, WORD)), "")
    return above[0].lines[0].cut and bool(_KIND_ENDS.match(below))  # the rest of a menu that was left out


def _is_word(entry: Paragraph, longest: int) -> bool:
    """Whether a paragraph could be a word of a menu: short, and no cell, heading or item of a list."""
    line = entry.lines[0]
    return len(entry.text) <= longest and not (line.cell or line.depth or line.tab or p.MARKER.match(entry.text))


def _follows(own: Candidate, notice: Candidate | None) -> bool:
    """Whether the work could be what the notice transmits, or there is no notice."""
    return notice is None or (own.start >= notice.end and bool(own.signs.keys() & {"carried", "transmitted"}))


def _best(found: Iterable[Candidate]) -> Candidate | None:
    """The candidate with most votes; the first of equals, and of those that begin in one place the shortest."""
    return max(found, key=lambda each: (each.votes, -each.start, -each.end), default=None)
