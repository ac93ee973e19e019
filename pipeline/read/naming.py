"""What the name of a document is: without what stands around it, whether it is whole, and what other work it tells of."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.surnames import SURNAMES

NAME = 140  # characters that a title may have

_NUMBERING = lazy(rf"(?:\d{{1,3}}\s*[.．、]\s*|[（(]\d{{1,3}}[）)]\s*|[{p.NUMERAL}]{{1,3}}、\s*)")
CHAPTER = lazy(rf"第[{p.NUMERAL}\d]{{1,4}}[编篇章节讲课]\s*(?![、和至的])")
_DATED = lazy(r"[（(]\s*(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\s*[）)]$")
# The name of a site or of an issuer, or a date, behind a title.
_MAY_HAVE_TAIL = lazy("[_|｜，–—-](?:(?<!，)|[^，。》]{2,30}$)")
_TAIL = lazy(r"(?:[_|｜]{1,2}|\s[-–—]\s).*$|，[^，。》]{2,30}$|(?:19|20)\d{2}-\d{1,2}-\d{1,2}.*$")
# A number or an office with a year behind a title; the dateline before that of a news item.
_REMARK = lazy(r"[（(](?:[^（）()]*[〔\[]\d{4}[〕\]][^（）()]*|[\u4e00-\u9fff]{2,12}\d{4}年)[）)]$")
_DATELINE = lazy(
    r"^(?:新华社|中新社|新华网|本报)[^，。电]{2,20}电\s*(?:题[：:]\s*)?(?:(?:记者手记|通讯|述评|综述|特写)\s*[｜|丨:：])?\s*"
)
_LABEL = lazy(
    r"^(?:【[^】]{2,12}】|\[[^\]]{2,12}\])\s*|^[\u4e00-\u9fff]{2,24}令[（(].{0,10}第\d+号[）)]|^(?:附件?|附录)\s*\d{0,2}\s*[：:.．]?\s*|^(?:[（(]\d[）)])"
)
_TWICE = lazy(r"(?P<title>.{6,70})\s?(?P=title)(?P<rest>.*)", re.DOTALL)
_AGAIN = lazy(r"(.{6,60}?)\s?\1(?!\1)", re.DOTALL)  # a line of a broken title that was printed twice
_MARK = lazy(r"\[\d{1,2}\]$|(?<![①-⑳*＊])[①-⑳*＊]+$")  # of a footnote, behind a title
_CLOSED = frozenset("）)]*＊①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")  # the last of a date, a remark or a mark behind a title
_NOTICE = lazy(r".{0,60}(?:印发|发布|公布|转发|批转|颁布|下达).+(?:通知|公告|通告|函|令|决定)")
_NOTICE_ENDS = p.last_characters(_NOTICE)
GENRE = lazy(
    rf"(?:{p.GENRE}|答记者问|通报|规程|制度|预案|规范|条款|宪章|协议|合同|纪要|公约|说明|解读|解答|问答|工作方案|行动|措施|举措|研究|分析|综述"
    r"|述评|探讨|思考|启示|答复|复函|建议|请示|声明|简报|汇编|手册|蓝皮书|绿皮书|导引|简章|报告摘要|资料|实录|纪实|讲话|致辞|演讲"
    r"|判决书|裁定书|决定书|裁决书|承诺书|责任书|通知书|纠纷案)"
    r"(?:》|的通知)?(?:[（(][^（）()]{2,30}[）)]){0,2}"
)
_KIND_AT_END = lazy(rf"{GENRE.pattern}$")
_KIND_ENDS = p.last_characters(GENRE) | {")"}
# 关于…的报告: what begins so has not ended before its 的.
_ABOUT = lazy(r"(?:^|.{2,60}?[^对就])关于(?!.*(?:印发|发布|转发|公布|批转|《))")
_ABOUT_ENDS = lazy(r"的[\u4e00-\u9fff\d]{0,10}$")
SPEECH = lazy(r"[\u4e00-\u9fff·]{2,6}(?P<speech>在.{4,60}(?:讲话|致辞|演讲|发言))(?:[（(](?:全文|摘要|实录)[）)])?")
SAID = lazy(r"[\u4e00-\u9fff·]{2,4}[:：](?P<said>.{6,80})")
ARTICLE = lazy(r".{0,30}(?:刊发|发表|刊登|刊载).{0,20}(?:文章|社论)[:：]?《(?P<article>[^《》]{4,80})》.{0,6}")


_DROPPED = lazy(r"[\s《》〈〉“”\"'‘’「」（）()〔〕\[\]【】—–\-－_·•*#、，,.．:：]")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A name without what differs from one place to the next: blanks, brackets, quotation marks, dashes."""
    return _DROPPED.sub("", text)


def undoubled(text: str) -> str:
    """A title that is printed twice in a line, once; also where the number of the document stands behind it."""
    if text[:1].isalnum() and text.find(text[0], 1) < 0:  # most of them
        return text
    twice = _TWICE.fullmatch(text[: 2 * NAME]) if text.find(text[:6], 6) > 0 else None
    if twice and len(text) <= 2 * NAME and (not twice["rest"] or p.NUMBER.fullmatch(twice["rest"].strip(" （()）"))):
        return twice["title"].strip()
    for half in (len(text) // 2, (len(text) + 1) // 2):
        first, second = text[:half].strip(), text[half:].strip()
        if len(first) >= 4 and plain(first) == plain(second):
            return first
    return text


def once(text: str) -> str:
    """A title each line of which is printed twice, once: AABB → AB."""
    return _AGAIN.sub(r"\1", text[: 2 * NAME]) if len(text) <= 2 * NAME else text


@lru_cache(maxsize=4096)
def cleaned(text: str) -> str:
    """A title without numbering before it, a date or a site's name behind it, stars and labels."""
    name = undoubled(text.strip(" *＊\u3000"))
    name = _DATELINE.sub("", _LABEL.sub("", name))
    opening = _NUMBERING.match(name)
    if opening and ends_as_kind(_DATED.sub("", name[opening.end() :])):
        name = name[opening.end() :]
    name = CHAPTER.sub("", name) or name
    bare = _REMARK.sub("", _MARK.sub("", _DATED.sub("", name))) if name[-1:] in _CLOSED else name
    name = bare.strip(" *＊\u3000") or name
    shorter = _TAIL.sub("", name) if _MAY_HAVE_TAIL.search(name) else name
    if shorter != name and ends_as_kind(shorter):
        name = undoubled(shorter)
    if name.startswith("《") and name.find("》") == len(name) - 1:
        name = name[1:-1]
    return name


def unclosed(text: str) -> bool:
    """Whether a bracket of a title is still open."""
    count = text.count
    return count("《") > count("》") or count("“") > count("”") or count("（") + count("(") > count("）") + count(")")


def ends_as_kind(name: str) -> bool:
    """Whether a name ends in a word for a kind of document."""
    return name[-1:] in _KIND_ENDS and _KIND_AT_END.search(name) is not None


def finished(name: str) -> bool:
    """Whether a title ends as the name of some kind of document: 关于…计划 has not, 关于…计划的报告 has."""
    if not ends_as_kind(name) or unclosed(name):
        return False
    return (
        "关于" not in name or not _ABOUT.match(name) or _ABOUT_ENDS.search(re.sub(r"[（(][^（）()]*[）)]$", "", name)) is not None
    )


def is_notice(name: str) -> bool:
    """Whether a title is that of what transmits another work: 关于印发…的通知."""
    return name[-1:] in _NOTICE_ENDS and _NOTICE.fullmatch(name) is not None


def carried(title: str) -> str | None:
    """Name of the work that a notice or a headline carries; None for any other title."""
    if len(title) > 2 * NAME:
        return None
    if match := ARTICLE.fullmatch(title):
        return match["article"]
    if match := SPEECH.fullmatch(title):
        return match["speech"]
    if title[:1] in SURNAMES and (match := SAID.fullmatch(title)):
        return match["said"]
    match = p.CARRIES.fullmatch(title)
    if match is None:
        return None
    name: str = match["quoted"] or match["plain"]
    return name if match["quoted"] or GENRE.search(name) else None
