"""Who speaks in a document: the bodies that issue it, the authors, the agency or paper that publishes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, takewhile

from pipeline.model import DocumentKind
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.naming import cleaned, plain
from pipeline.read.signature import Signature, person_in
from pipeline.read.title import by_line, names_in
from pipeline.read.votes import Titles
from pipeline.surnames import COMPOUND_SURNAMES, SURNAMES

Lines = Sequence[tuple[str, str]]  # of the head and the foot: as read, and with the spaces of the source

_FIELDS = (
    "发文机关 发文机构 制发单位 发文单位 颁布单位 发布机构 发布单位 制定机关 发布部门 采购人 招标人 所属机构 "
    "公开责任部门 编制单位 发布机关"
).split()
_RELATIVE = lazy("[省市县区州旗](?!场)|自治区")  # of the place where the document is from
_VERB = lazy("我|[经由报请以将受对向在为按据]|根据|代表")  # what stands before a body and is no part of its name
_NONE = frozenset(("暂无", "无", "-", "—", "/", "其他"))
_BODY = (
    r"[\u4e00-\u9fff、 （）()\u3000]{1,40}?"
    r"(?:人民政府|政府|国务院|中央|党委|办公厅|办公室|委员会|管理局|总局|局|厅|部|委|办|署|院|行|会|公司|集团|中心|领导小组)"
    r"(?:等(?:[\d一二三四五六七八九十]+个?)?(?:部门|单位))?"
)
_BY_TITLE = lazy(
    rf"(?P<issuer>{_BODY})(?:关于|印发|发布|公布|转发|有关(?:部门)?负责人|对.{{2,30}}的答复"
    r"|(?:(?:民事|刑事|行政|执行|赔偿)(?:[附带事\u4e00-\u9fff]{0,4}))?(?:判决|裁定|调解|决定)书|行政处罚|研究报告)"
)
_HEADED = lazy(rf"(?P<issuer>{_BODY})(?:令|公\s?告|文件|(?:联合)?\s*发\s?布)")  # a line of its own: 云渡市人民政府令
_BEHIND = lazy(rf"[，,_|｜]\s*(?P<issuer>{_BODY})$")  # who issued it, behind a title
_REPORTING = lazy(  # 某公司2022年年度报告
    rf"(?P<issuer>{_BODY})\s*(?:(?:19|20)\d{{2}}|二[〇○零][〇○零一二三四五六七八九]{{2}})\s*年"
)
_PROMULGATED = lazy(
    r"(?P<issuer>[\u4e00-\u9fff]{2,24}(?:国务院|委员会|办公室|总局|局|部|署|政府|银行|院))(?:令|公告)\s*[（(]?(?:第|(?:19|20)\d\d)"
)
_PRINTED = lazy(rf"(?:^|[，。\s日])(?P<issuer>{_BODY}(?:[、 ]{_BODY}){{0,3}})(?:近日|日前|联合)?印发了?[《]")
_REPRESENTS = lazy(r"我(?:谨)?代表(?P<issuer>[\u4e00-\u9fff]{1,20}(?:人民政府|政府|委员会))[，,]?向大会")
_DELIVERED_BY = lazy(rf"(?:会议|大会)上\s*(?P<issuer>{_BODY})(?:\n|$)")  # ——2024年1月10日在某会议上　某财政局
_OFFICE = lazy(r"(?P<issuer>[\u4e00-\u9fff]{2,20}(?:人民政府|政府))(?:代理?)?(?:省长|市长|主席|州长|县长|区长|旗长|盟长)")
_NAMED_BY = (  # each with the words of which a text has one where it can stand: most have none
    (_PROMULGATED, ("令", "公告")),
    (_PRINTED, ("印发《", "印发了《")),
    (_OFFICE, ("省长", "市长", "主席", "州长", "县长", "区长", "旗长", "盟长")),
    (_REPRESENTS, ("代表",)),
    (_DELIVERED_BY, ("会议上", "大会上")),
    (p.JUDGED, ("人民法院于",)),
)
_PASSED_BY = lazy(
    r"日\s*(?P<issuer>[^日；;\s]*?(?:中国共产党[\u4e00-\u9fff]{2,16}委员会|最高人民(?:法院|检察院)|人民代表大会常务委员会|第[^第]{1,8}届\S+?常务委员会|人民代表大会|国务院|人民政府))"
    r"(?P<session>第[^第（(]{1,6}次会议)?[^日；;\s]*?(?:通过|公布|修正|修订|批准)"
)
_AGENCY = lazy(
    r"(?P<agency>新华社|中新社|中新网|央视网|央广网|人民网|新华网|光明网|[\u4e00-\u9fff]{2,6}(?:日报|晚报|早报|时报))"
    r"[^\n。，：:]{0,14}?(?:电|讯|消息|记者(?!\s*[：:]))"
)
_AGENCIES = ("新华社", "中新社", "中新网", "央视网", "央广网", "人民网", "新华网", "光明网", "日报", "晚报", "早报", "时报")
_SIGNS = lazy(r"[\d¹²³⁴-⁹₀-₉\s,，.;；、·*＊'’‘`^{}$\\」」\]\[(（]+")
_INSTITUTE = lazy(
    r"[\u4e00-\u9fff（）]{2,24}?(?:大学|学院|研究[院所]|科学院|实验室|中心|公司|局|图书馆|博物馆|医院|党校|集团)"
)
_AUTHOR = lazy(r"[（(]作者[:：]\s*(?P<names>[\u4e00-\u9fff、 ，,]{2,40}?)(?:[，,；;系为单）)])")
_AUTHOR_FIELDS = ("作者", "作者姓名", "撰稿", "撰稿人", "执笔", "课题组组长")
_MENU = lazy("[\u4e00-\u9fff]{2}中心")  # 新闻中心, 服务中心: of a page
_ROLES = lazy(r"(?:特约|见习|实习)?(?:通讯员|记者|实习生|摄影报道|摄影)(?![:：])")
_REPORTERS = lazy(
    r"(?:[（(][^（）()\n]{0,6}(?:记者|通讯员)[\s:：]*|电\s*[（(])"
    r"(?P<names>[\u4e00-\u9fff、，, \u3000]{2,30}?)(?:文/图|图/文)?[）)]"
)
DATELINE = 80  # characters in which a dateline names the reporters
_NO_NAME = lazy(rf"(?:{p.GENRE})$")  # 白皮书 begins as a name does
_ROLE_NAMES = frozenset(("通讯员", "记者", "实习生", "摄影", "编辑"))
# 骆某某：把实体经济做强; 骆某某在某会议上的讲话; 某刊刊发骆某某署名文章.
_BY_NAME = lazy(
    r"(?:.{0,12}(?:刊发|发表))?(?P<name>[\u4e00-\u9fff]{2,3}?)(?:同志)?"
    "(?:[：:](?!.*记者)|在.{4,50}(?:讲话|致辞|演讲|发言)|署名文章|发表.{0,12}署名文章)"
)
_ORIGINAL = lazy(r"原创[ \u3000]+(?P<name>[\u4e00-\u9fff]{2,4})[ \u3000]")  # of an account that publishes
_SPOKE = lazy(
    r"这是(?P<name>[\u4e00-\u9fff]{2,3}?)(?:同志|总书记|主席|总理|书记|部长|省长|市长)?于?(?:19|20)\d{2}年[^。\n]{2,40}"
    "(?:讲话|致辞|演讲|发言|报告)"
)
# What OCR glues to the names, a subtitle or a title in English: 以某地为例甲某，乙某某（某大学）.
_GLUED = lazy(
    "^[—-]{0,2}(?:[A-Za-z][A-Za-z ,:;'’()-]{10,}|以[^，。]{2,30}为例|基于[^，。]{2,40}的(?:分析|研究|实证|考察|证据|检验))"
)
_KNOWN = 0.6  # share of a list of names that begin with a common surname
HEAD = 20  # lines near the top in which authors stand


def issuer_of(
    lines: Lines, fields: Mapping[str, str], titles: Titles, head: Sequence[str], source: str, signature: Signature | None = None
) -> str | None:
    """Who signed above the date; else a field, what the title begins with, what a decree, a report or a note on its passing says,
    or a body named on the cover. `head` are the first paragraphs. 市人民政府 is called in full where the head does so.
    """
    found = _issuer(lines, fields, titles, head, source, signature)
    if found and _RELATIVE.match(found):
        return _in_full(found, "\n".join([*(text for text, _ in lines), *head]))
    return found


def _in_full(name: str, text: str) -> str:
    """市人民政府 with the name of its place where a text has it: 云渡市人民政府, else 云渡市市长, 云渡市第七届人民代表大会."""
    for whole in re.finditer(rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,6}}?{re.escape(name)}", text):
        if not _VERB.match(whole[0]):
            return whole[0]
    kind = name[0]
    session = rf"{kind}(?=第.{{1,4}}届|{kind}长|人大|人民代表)"
    place = re.search(rf"(?:^|(?<=在)|(?<![\u4e00-\u9fff]))(?![年月日在])([\u4e00-\u9fff]{{2,6}}?){session}", text)
    return f"{place[1]}{name}" if place else name


def _issuer(
    lines: Lines, fields: Mapping[str, str], titles: Titles, head: Sequence[str], source: str, signature: Signature | None
) -> str | None:
    titled, signed = _spaced(_by_title(titles, head), source), signature.bodies if signature else ()
    if titled and _titled_first(titled, signed):
        return titled
    headed = _headed(head[:HEAD])
    if headed and re.sub("第.{1,4}届", "", "、".join(signed)) == headed:
        return headed
    told = (fields.get(key, "").strip() for key in _FIELDS)
    field = next((value for value in told if value and value not in _NONE), "")
    return next(filter(None, chain(("、".join(signed), field, titled, headed), _in_text(lines, titles, head))), None)


def _headed(head: Sequence[str]) -> str:
    """The body that a line such as 云渡市人民政府令 names, with those on the lines above: 甲局 / 乙委员会 发布."""
    found = (
        (at, match)
        for at, text in enumerate(head)
        if text.endswith(("令", "告", "件", "布")) and (match := _HEADED.fullmatch(text))
    )
    at, match = next(found, (0, None))
    if match is None:
        return ""
    above = list(takewhile(p.is_organ, reversed(head[:at]))) if head[at].endswith("布") else []
    return "、".join([*reversed(above), match["issuer"].strip(" 、")])


def _in_text(lines: Lines, titles: Titles, head: Sequence[str]) -> Iterator[str]:
    """Bodies that the first lines name, those that more surely issued the document first."""
    top = "\n".join(head)[:2000]
    passed = next((match for text, _ in lines if p.PASSED.fullmatch(text) and (match := _last(_PASSED_BY, text))), None)
    passed = passed or _last(_PASSED_BY, top[:400])
    if passed:
        yield passed["issuer"] if "常务" in passed["issuer"] else passed["issuer"] + (passed["session"] or "")
    for pattern, words in _NAMED_BY:
        match = pattern.search(top) if any(word in top for word in words) else None
        if match:
            yield match["issuer"].strip(" 、")
    yield from (person.body for text in head[:6] if (person := person_in(text)))
    yield from (match["issuer"] for text in head[:3] if (match := _BEHIND.search(text)))
    yield _on_cover([*(text for text, _ in lines[:HEAD]), *head[:HEAD]], titles) or ""


def _titled_first(titled: str, signed: Sequence[str]) -> bool:
    """Whether the bodies of a title are more or are named more fully than those that signed."""
    if _RELATIVE.match(titled):
        return False
    more = len(signed) > 0 and len(titled) > sum(map(len, signed)) + 3 and all(name in titled for name in signed)
    return "等" in titled or not signed or more or bool(_RELATIVE.match(signed[0]))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.start(), default=None)


def _by_title(titles: Titles, head: Sequence[str]) -> str:
    """The body with which the title of the notice or of the work begins."""
    no_title = not (titles.own or titles.notice)
    run_on = [cleaned(text[:80]) for text in head[:2] if no_title or "关于印发" in text[:40]]
    for name in (titles.notice.name if titles.notice else "", titles.name or "", *run_on):
        match = _BY_TITLE.match(name) or _REPORTING.match(name)
        if match:
            return match["issuer"].strip(" 、")
    return ""


def _on_cover(head: Iterable[str], titles: Titles) -> str | None:
    """A body on a line of its own below the title."""
    named = plain(titles.name or "")
    lines = (text for text in head if len(text) <= 30 and not _MENU.fullmatch(text))
    return next((text for text in lines if p.is_organ(text) and plain(text) != named), None)


def _spaced(name: str, source: str) -> str:
    """The name with the space between two bodies that the repair took out."""
    exact = source.find(name)
    before = source[: exact + len(name) - 1] if exact >= 0 else source
    if not name or name not in before.replace(" ", "").replace("\u3000", ""):
        return name
    match = re.search("[ \u3000]?".join(map(re.escape, name)), source)
    return re.sub(r"[ \u3000]+", " ", match[0]) if match else name


def authors_of(
    lines: Lines, fields: Mapping[str, str], kind: DocumentKind, head: Lines, foot: str, title: str = ""
) -> tuple[str, ...]:
    """Names on a line near the top, of the field for them, in the title of a speech, or in a remark at the end:
    （作者：甲乙丙 丁戊）, 这是某某某2024年2月3日在……上的讲话.

    `head` are the first paragraphs: those of a paper may run names, marks and institutes together, those of a speech or an
    article name an office and a person on a line, those of news open with （记者某某）.
    """
    for _, spaced in lines[:HEAD] if kind != "other" else ():  # a judgment, a standard, an entry of an encyclopedia
        bare = _ROLES.sub(" ", spaced)
        names = names_in(spaced) or by_line(spaced) or (by_line(bare) if bare != spaced else ())
        names = tuple(name for name in names if name not in _ROLE_NAMES and name not in title and not _NO_NAME.search(name))
        if names:
            return names
        speaker = p.SPEAKER.fullmatch(spaced.strip())
        if speaker:
            return (re.sub(r"\s", "", speaker["name"]),)
    for key in _AUTHOR_FIELDS:
        names = names_in(fields.get(key, "")) or tuple(run_together(fields.get(key, "")))
        if names:
            return names
    return next(filter(None, (_authors_in(kind, head), _author_named(kind, head, title), _author_below(foot))), ())


def _authors_in(kind: DocumentKind, head: Lines) -> tuple[str, ...]:
    """The authors of a paper, the reporters of news, in its first paragraphs."""
    found: Iterable[tuple[str, ...]] = ()
    if kind == "paper":
        found = (tuple(run_together(text)) for text, _ in head)
    elif kind == "news":
        datelines = (match for _, spaced in head if (match := _REPORTERS.search(spaced[:DATELINE])))
        found = (names_in(_ROLES.sub(" ", match["names"])) for match in datelines)
    return next(filter(None, found), ())


def _author_named(kind: DocumentKind, head: Lines, title: str) -> tuple[str, ...]:
    """Whom the title of a speech or a signed article names, or a line below it, with the office."""
    original = next((match for _, spaced in head[:3] if (match := _ORIGINAL.match(spaced))), None)
    if original:
        return (original["name"],)
    named = _BY_NAME.match(title)
    if named and named["name"][0] in SURNAMES:
        return (named["name"],)
    speaks = kind in ("article", "report")
    person = next((found for text, spaced in head if speaks and (found := person_in(spaced) or person_in(text))), None)
    return (person.name,) if person else ()


def _author_below(foot: str) -> tuple[str, ...]:
    remark, spoke = _AUTHOR.search(foot), _SPOKE.search(foot)
    if spoke:
        return (spoke["name"],)
    return tuple(re.split("[、 ，,]+", remark["names"].strip())) if remark else ()


def run_together(text: str) -> Iterator[str]:
    """The names with which a line begins, whatever stands between them (夏某某1，王某2); none where it begins otherwise."""
    text = _GLUED.sub("", re.sub(r"^作者[:：]\s*", "", text)[:160])
    listed = _listed(text)
    if listed:
        yield from listed
        return
    at = 0
    text = text[:120]
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


def _listed(text: str) -> list[str]:
    """The names of a list before an institute or the end of the line, most with a common surname: 练某，金某，张某（某大学）."""
    opening = re.split(r"[（(]\s*(?=[\d\u4e00-\u9fff])", text, maxsplit=1)
    parts = [_SIGNS.sub("", part) for part in re.split("[，,、；;]", opening[0]) if _SIGNS.sub("", part)]
    closed = len(opening) == 1 or _INSTITUTE.search(opening[1])
    names = all(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", part) for part in parts)
    known = sum(part[0] in SURNAMES for part in parts)
    return parts if len(parts) > 2 and names and closed and known >= _KNOWN * len(parts) else []


def _name_at(text: str, at: int) -> str:
    """The name of a person at `at`: two or three characters, of which what follows is a name, a mark or an institute."""
    surname = 2 if text[at : at + 2] in COMPOUND_SURNAMES else 1 if text[at] in SURNAMES else 0
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
    head = opening[:600]
    match = _AGENCY.search(head) if any(name in head for name in _AGENCIES) else None
    return match["agency"] if match else None
