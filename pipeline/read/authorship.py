"""Who speaks in a document: the bodies that issue it, the authors, the agency or paper that publishes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.read import patterns as p
from pipeline.read.title import SURNAMES, by_line, names_in
from pipeline.read.votes import Titles, plain

Lines = Sequence[tuple[str, str]]  # of the head and the foot: as read, and with the spaces of the source

_FIELDS = (
    "发文机关 发文机构 制发单位 发文单位 颁布单位 发布机构 发布单位 制定机关 发布部门 所属机构 公开责任部门 编制单位 发布机关"
).split()
_RELATIVE = re.compile("[省市县区州旗](?!场)|自治区")  # of the place where the document is from
_NONE = frozenset(("暂无", "无", "-", "—", "/", "其他"))
_BODY = (
    r"[\u4e00-\u9fff、 （）()\u3000]{1,40}?"
    r"(?:人民政府|政府|国务院|中央|党委|办公厅|办公室|委员会|管理局|总局|局|厅|部|委|办|署|院|行|会|公司|集团|中心|领导小组)"
    r"(?:等(?:[\d一二三四五六七八九十]+个?)?(?:部门|单位))?"
)
_BY_TITLE = re.compile(rf"(?P<issuer>{_BODY})(?:关于|印发|发布|公布|转发|有关(?:部门)?负责人)")
_REPORTING = re.compile(rf"(?P<issuer>{_BODY})\s*(?:19|20)\d{{2}}\s*年")  # 某公司2022年年度报告
_PROMULGATED = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,24}(?:国务院|委员会|办公室|总局|局|部|署|政府|银行|院))(?:令|公告)\s*[（(]?(?:第|(?:19|20)\d\d)"
)
_PRINTED = re.compile(rf"(?:^|[，。\s日])(?P<issuer>{_BODY}(?:[、 ]{_BODY}){{0,3}})(?:近日|日前|联合)?印发了?[《]")
_REPRESENTS = re.compile(r"我(?:谨)?代表(?P<issuer>[\u4e00-\u9fff]{1,20}(?:人民政府|政府|委员会))[，,]?向大会")
_OFFICE = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{2,20}(?:人民政府|政府))(?:代理?)?(?:省长|市长|主席|州长|县长|区长|旗长|盟长)")
_PASSED_BY = re.compile(
    r"日\s*(?P<issuer>\S*?(?:人民代表大会常务委员会|第[^第]{1,8}届\S+?常务委员会|人民代表大会|国务院|人民政府))"
    r"(?P<session>第[^第（(]{1,6}次会议)?\S*(?:会议|大会)?(?:通过|公布)"
)
_AGENCY = re.compile(
    r"(?P<agency>新华社|中新社|中新网|央视网|央广网|人民网|新华网|光明网|[\u4e00-\u9fff]{2,6}(?:日报|晚报|早报|时报))"
    r"[^\n。，：:]{0,14}?(?:电|讯|消息|记者)"
)
_SIGNS = re.compile(r"[\d¹²³⁴-⁹₀-₉\s,，.;；、·*＊'’‘`^{}$\\」」\]\[(（]+")
_INSTITUTE = re.compile(
    r"[\u4e00-\u9fff（）]{2,24}?(?:大学|学院|研究[院所]|科学院|实验室|中心|公司|局|图书馆|博物馆|医院|党校|集团)"
)
_COMPOUND = frozenset("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 端木".split())
_AUTHOR = re.compile(r"[（(]作者[:：]\s*(?P<names>[\u4e00-\u9fff、 ，,]{2,40}?)(?:[，,；;系为单）)])")
HEAD = 20  # lines near the top in which authors stand


def issuer_of(lines: Lines, fields: Mapping[str, str], titles: Titles, head: Sequence[str], source: str) -> str | None:
    """Who signed above the date; else a field, what the title begins with, what a decree, a report or a note on its passing says,
    or a body named on the cover. `head` are the first paragraphs. 市人民政府 is called in full where the head does so.
    """
    found = _issuer(lines, fields, titles, head, source)
    if found and _RELATIVE.match(found):
        whole = re.search(rf"[\u4e00-\u9fff]{{2,6}}?{re.escape(found)}", "\n".join([*(text for text, _ in lines), *head]))
        return whole[0] if whole else found
    return found


def _issuer(lines: Lines, fields: Mapping[str, str], titles: Titles, head: Sequence[str], source: str) -> str | None:
    titled, signed = _by_title(titles, head), _signature(lines)
    if titled and ("等" in titled or not signed or _RELATIVE.match(signed)) and not _RELATIVE.match(titled):
        return _spaced(titled, source)
    if signed:
        return signed
    for key in _FIELDS:
        value = fields.get(key, "").strip()
        if value and value not in _NONE:
            return value
    if titled:
        return _spaced(titled, source)
    top = "\n".join(head)[:2000]
    passed = next((match for text, _ in lines if p.PASSED.fullmatch(text) and (match := _PASSED_BY.search(text))), None)
    passed = passed or _PASSED_BY.search(top[:400])
    if passed:
        return passed["issuer"] if "常务" in passed["issuer"] else passed["issuer"] + (passed["session"] or "")
    for pattern in (_PROMULGATED, _PRINTED, _OFFICE, _REPRESENTS):
        match = pattern.search(top)
        if match:
            return match["issuer"].strip(" 、")
    return _on_cover([*(text for text, _ in lines[:HEAD]), *head[:HEAD]], titles)


def _by_title(titles: Titles, head: Sequence[str]) -> str:
    """The body with which the title of the notice or of the work begins."""
    run_on = "" if titles.own or titles.notice else head[0][:80] if head else ""
    for name in (titles.notice.name if titles.notice else "", titles.name or "", run_on):
        match = _BY_TITLE.match(name) or _REPORTING.match(name)
        if match:
            return match["issuer"].strip(" 、")
    return ""


def _signature(lines: Lines) -> str:
    """The bodies named on the lines above a date that stands alone; one that signs for another is left out."""
    signed: list[str] = []
    for at, (text, _) in enumerate(lines):
        if p.is_date(text) and signed:
            return "、".join(signed)
        if p.ORGAN.fullmatch(text) and not p.FIELD.match(text) and (at == 0 or not empty_field(lines[at - 1][0])):
            signed += [text] if text not in signed else []
        elif not (signed and re.match("[（(]|.{2,40}代章[）)]", text)):
            signed = []
    return ""


def _on_cover(head: Iterable[str], titles: Titles) -> str | None:
    """A body on a line of its own below the title."""
    named = plain(titles.name or "")
    return next((text for text in head if len(text) <= 30 and p.ORGAN.fullmatch(text) and plain(text) != named), None)


def empty_field(text: str) -> bool:
    """Whether a line is the name of a field, whose value stands below."""
    match = p.FIELD.match(text)
    return bool(p.BRACKET_KEY.fullmatch(text) or (match and not match["value"]))


def _spaced(name: str, source: str) -> str:
    """The name with the space between two bodies that the repair took out."""
    match = re.search("[ \u3000]?".join(map(re.escape, name)), source) if name else None
    return re.sub(r"[ \u3000]+", " ", match[0]) if match else name


def authors_of(lines: Lines, fields: Mapping[str, str], head: Iterable[str], foot: str) -> tuple[str, ...]:
    """Names on a line near the top, of the field for them, or in a remark at the end: （作者：甲乙丙 丁戊）.

    `head` are the first paragraphs of a paper, which may run names, marks and institutes together.
    """
    for _, spaced in lines[:HEAD]:
        names = names_in(spaced) or by_line(spaced)
        if names:
            return names
        speaker = p.SPEAKER.fullmatch(spaced.strip())
        if speaker:
            return (re.sub(r"\s", "", speaker["name"]),)
    names = names_in(fields.get("作者", "")) or tuple(run_together(fields.get("作者", "")))
    if names:
        return names
    for text in head:
        names = tuple(run_together(text))
        if names:
            return names
    remark = _AUTHOR.search(foot)
    return tuple(re.split("[、 ，,]+", remark["names"].strip())) if remark else ()


def run_together(text: str) -> Iterator[str]:
    """The names with which a line begins, whatever stands between them (夏某某1，王某2); none where it begins otherwise."""
    at = 0
    text = re.sub(r"^作者[:：]\s*", "", text)[:120]
    found: list[str] = []
    while at < len(text):
        name = _name_at(text, at)
        if not name:
            break
        found.append(name)
        at += len(name)
        marks = _SIGNS.match(text, at)
        at = marks.end() if marks else at
    if len(found) > 1 or at == len(text) or _INSTITUTE.match(text, at):
        yield from found


def _name_at(text: str, at: int) -> str:
    """The name of a person at `at`: two or three characters, of which what follows is a name, a mark or an institute."""
    surname = 2 if text[at : at + 2] in _COMPOUND else 1 if text[at] in SURNAMES else 0
    if not surname:
        return ""
    for length in (surname + 2, surname + 1):
        name, after = text[at : at + length], text[at + length : at + length + 1]
        if len(name) == length and re.fullmatch(r"[\u4e00-\u9fff]+", name) and _parts(text, at + length, after):
            return name
    return ""


def _parts(text: str, at: int, after: str) -> bool:
    return not after or bool(_SIGNS.match(after)) or after in SURNAMES or bool(_INSTITUTE.match(text, at))


def agency_of(opening: str) -> str | None:
    """The agency or paper that a news line names."""
    match = _AGENCY.search(opening[:600])
    return match["agency"] if match else None
