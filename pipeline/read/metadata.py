"""What a document says of itself: title, authors, issuer, number, date, kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import DocumentKind
from pipeline.read import patterns as p
from pipeline.read.structure import Draft
from pipeline.read.title import by_line, carried, names_in, stamps

_DATE_FIELDS = (
    "发文日期",
    "成文日期",
    "签署日期",
    "印发日期",
    "公布日期",
    "颁布时间",
    "发布日期",
    "发布时间",
    "时间",
    "发表时间",
    "登记日期",
    "收稿日期",
    "年份",
)
_ISSUER_FIELDS = ("发文机关", "制发单位", "发文单位", "颁布单位", "发布机构", "所属机构", "公开责任部门")
_NUMBER_FIELDS = ("文号", "发文字号", "发文号")
_REPORT = re.compile("向大会(?:作)?(?:政府工作)?报告(?:政府)?工作|作政府工作报告|向大会作政府工作报告")
_NAMED_REPORT = re.compile("报告政府工作|作政府工作报告")
_NEWS = re.compile(
    "新华社[^\n。]{0,12}电|本报[^\n。]{0,12}[电讯]|中新(?:社|网)[^\n。]{0,14}电|[（(]记者[^）)]{2,20}[）)]|本报记者"
)
_KINDS: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    ("report", re.compile("工作报告$")),
    ("regulation", re.compile(rf"(?:条例|办法|规定|细则|规则|章程|{p.LAW})$")),
    ("plan", re.compile("(?:规划|计划|方案|纲要|行动|要点)(?:的通知)?$")),
    ("measures", re.compile("(?:措施|意见|若干政策|支持政策|扶持政策|优惠政策|决定)(?:的通知)?$")),
)
_STUDY = re.compile("基于|一种|浅[谈析议]|试论|略论")  # 基于X的路径规划 plans nothing


@dataclass(frozen=True, slots=True)
class About:
    """Fields of model.Document that are read from its text."""

    kind: DocumentKind
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    affiliations: tuple[str, ...]
    abstract: str | None
    keywords: tuple[str, ...]
    issuer: str | None
    published_in: str | None
    number: str | None
    date: str | None
    written: str | None
    effective: str | None


def describe(drafts: Sequence[Draft], source: str) -> About:
    """Reads titles, fields, the signature and the first lines."""
    titles = [draft.text for draft in drafts if draft.kind == "title" and not draft.text.startswith("—")]
    lines = [line for draft in drafts if draft.kind == "metadata" for line in _lines(draft, source)]
    fields = _fields([text for text, _ in lines])
    opening = "\n".join(draft.text for draft in drafts[:30])[:3000]
    heading = _unwrapped(titles[0]) if titles else None
    title = (carried(heading) or heading) if heading else None
    kind = _kind(title or heading, opening, drafts)
    if title is None and kind == "report" and _NAMED_REPORT.search(opening):
        title = "政府工作报告"
    date = _date(lines, fields, opening)
    return About(
        kind=kind,
        title=title,
        subtitle=next(
            (draft.text.lstrip("—-– ") for draft in drafts[:12] if draft.kind == "title" and draft.text[0] in "—-–"), None
        ),
        authors=_authors(lines, fields),
        affiliations=_affiliations(lines, fields),
        abstract=_abstract(drafts),
        keywords=_keywords(fields),
        issuer=_issuer(lines, fields, heading, source),
        published_in=next((fields[key].split()[0] for key in _SOURCE_FIELDS if fields.get(key, "").strip()), None),
        number=_number(lines, fields),
        date=date,
        written=next((iso for key in _WRITTEN_FIELDS if (iso := _iso(fields.get(key, "")))), _signed(lines)),
        effective=_effective(fields, drafts, date) if kind in _IN_FORCE_KINDS else None,
    )


def _lines(draft: Draft, source: str) -> list[tuple[str, str]]:
    """The text of a field and its source, with the spaces; each part of a line that holds several fields."""
    spaced = _source(draft, source)
    parts = stamps(spaced)
    return [(part, part) for part in parts] if len(parts) > 1 else [(draft.text, spaced)]


def _source(draft: Draft, source: str) -> str:
    """Source from the first to the last run of a short block, with the spaces that the text has lost."""
    offset, origin = draft.runs[-1]
    return source[draft.runs[0][1] : origin + len(draft.text) - offset]


def _unwrapped(title: str) -> str:
    """Without a database's label before it, footnote stars, and book marks around the whole."""
    title = re.sub(r"^(?:【[^】]{2,12}】|\[[^\]]{2,12}\])\s*", "", title).strip(" *＊")
    return title[1:-1] if title.startswith("《") and title.find("》") == len(title) - 1 else title


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """Name → value; a value below its name is taken up to the next name."""
    fields: dict[str, str] = {}
    key = ""
    for line in lines:
        match = p.FIELD.match(line)
        if match:
            key = match["key"]
            fields.setdefault(key, "")
            fields[key] = fields[key] or match["value"]
        elif p.BRACKET_KEY.fullmatch(line):
            key = line[1:-1]
            fields.setdefault(key, "")
        elif key and len(fields[key]) < 12 and (not fields[key] or len(line) <= 3):
            fields[key] += line
        else:
            key = ""
    return fields


def _authors(lines: Sequence[tuple[str, str]], fields: dict[str, str]) -> tuple[str, ...]:
    for _, spaced in lines[:20]:
        names = names_in(spaced) or by_line(spaced)
        if names:
            return names
        speaker = p.SPEAKER.fullmatch(spaced.strip())
        if speaker:
            return (re.sub(r"\s", "", speaker["name"]),)
    return names_in(fields.get("作者", ""))


def _affiliations(lines: Sequence[tuple[str, str]], fields: dict[str, str]) -> tuple[str, ...]:
    """Where the authors work: （某大学经济学院，临澜 300000） below their names, or the field for it."""
    below = [text.strip("（()） ") for text, _ in lines[:20] if p.AFFILIATION.fullmatch(text)]
    return tuple(below) or tuple(filter(None, [fields.get("作者单位", "").strip()]))


def _abstract(drafts: Sequence[Draft]) -> str | None:
    """What follows 摘要：, or stands under the heading 摘要."""
    for at, draft in enumerate(drafts[:60]):
        match = p.ABSTRACT.match(draft.text)
        if match is None or draft.kind == "foreign":
            continue
        body = draft.text[match.end() :].lstrip("：: 】]")
        if len(body) > 20:
            return body
        below = [next_.text for next_ in drafts[at + 1 : at + 6] if next_.kind == "paragraph"]
        if draft.kind == "heading" and below:
            return below[0]
    return None


def _keywords(fields: dict[str, str]) -> tuple[str, ...]:
    found = next((fields[key] for key in ("关键词", "关键字", "主题词") if fields.get(key, "").strip()), "")
    return tuple(word for word in re.split(r"[;；,，、\s]+", found.split("【")[0]) if 1 < len(word) <= 30)


def _effective(fields: dict[str, str], drafts: Sequence[Draft], date: str | None) -> str | None:
    """施行日期: of a field, or 本条例自2024年1月1日起施行; 自公布之日起 is the date of issue."""
    stated = next((iso for key in _EFFECTIVE_FIELDS if (iso := _iso(fields.get(key, "")))), None)
    if stated:
        return stated
    for draft in reversed(drafts):
        match = _IN_FORCE.search(draft.text) if draft.kind in ("paragraph", "list_item") else None
        if match:
            return _iso(match["date"]) if match["date"] else date
    return None


_SOURCE_FIELDS = ("来源", "信息来源")
_WRITTEN_FIELDS = ("成文日期", "签署日期")
_EFFECTIVE_FIELDS = ("实施日期", "生效日期", "实施时间")
_IN_FORCE_KINDS = ("regulation", "measures", "plan")
_IN_FORCE = re.compile(
    r"(?:本[\u4e00-\u9fff]{1,6}|^第[^条]{1,6}条\s*|。|，|^)自(?:(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)|(?:公布|发布|印发|颁布)之日)起"
    r"(?:正式)?(?:施行|实施|执行|生效)"
)


def _issuer(lines: Sequence[tuple[str, str]], fields: dict[str, str], title: str | None, source: str) -> str | None:
    """Signature above the date, else a field, else the body that the title begins with."""
    signed: list[str] = []
    for at, (text, _) in enumerate(lines):
        if p.is_date(text) and signed:
            return "、".join(signed)
        signed = (
            [*signed, text]
            if p.ORGAN.fullmatch(text) and not p.FIELD.match(text) and (at == 0 or not _empty_field(lines[at - 1][0]))
            else []
        )
    for key in _ISSUER_FIELDS:
        if fields.get(key):
            return fields[key]
    for text, _ in lines:
        passed = re.search(
            r"日\s*(\S+?(?:人民代表大会常务委员会|第[^第]{1,8}届\S+?常务委员会|人民代表大会|国务院|人民政府))\S*(?:会议|大会)?(?:通过|公布)",
            text,
        )
        if passed and p.PASSED.fullmatch(text):
            return re.sub("第[^第]{1,8}届", "", passed[1], count=1)
    if title is None:
        return None
    match = p.CARRIES.fullmatch(title) or p.ABOUT.fullmatch(title)
    return _spaced(match["issuer"].strip(), source) or None if match else None


def _empty_field(text: str) -> bool:
    match = p.FIELD.match(text)
    return bool(p.BRACKET_KEY.fullmatch(text) or (match and not match["value"]))


def _spaced(name: str, source: str) -> str:
    """The name with the space between two bodies that the repair took out."""
    match = re.search("[ \u3000]?".join(map(re.escape, name)), source) if name else None
    return re.sub(r"[ \u3000]+", " ", match[0]) if match else name


def _number(lines: Sequence[tuple[str, str]], fields: dict[str, str]) -> str | None:
    for text in (*(fields[key] for key in _NUMBER_FIELDS if fields.get(key)), *(line for line, _ in lines)):
        match = p.NUMBER.match(text)
        if match and (match.end() == len(text) or text in fields.values()):
            number = re.sub(r"\s|〔〕", "", match[0])
            return number if number.endswith("号") else number + "号"
    return None


_DIGITS = str.maketrans("〇○零OＯo一二三四五六七八九", "000000123456789")
_HAN_DATE = re.compile(
    r"(?P<year>[〇○零OＯo一二三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<day>[一二三四五六七八九十廿卅]{1,3})日)?"
)


def _below_hundred(text: str) -> int:
    """二十三, 廿三, 十 as a number."""
    tens, ten, ones = text.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    return (10 * int(tens.translate(_DIGITS) or 1) if ten else 0) + int(ones.translate(_DIGITS) or 0)


def _in_digits(text: str) -> str:
    """二〇二四年二月三日 as 2024年2月3日; any other text as it stands."""
    match = _HAN_DATE.fullmatch(text.strip("（() ）"))
    if match is None:
        return text
    day = f"{_below_hundred(match['day'])}日" if match["day"] else ""
    return f"{match['year'].translate(_DIGITS)}年{_below_hundred(match['month'])}月{day}"


def _iso(text: str) -> str | None:
    text = _in_digits(text)
    match = p.DATE.search(text) or re.fullmatch(r"\s*((?:19|20)\d{2})(\d{2})(\d{2})\s*", text)
    if match:
        return (
            f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31 else None
        )
    month = re.fullmatch(r"[\s（(]*((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*月?[\s）)]*", text)
    if month and 1 <= int(month[2]) <= 12:
        return f"{month[1]}-{int(month[2]):02}"
    year = re.fullmatch(r"\s*((?:19|20)\d{2})年?\s*", text)
    return year[1] if year else None


def _signed(lines: Sequence[tuple[str, str]]) -> str | None:
    """The date below the name of the body that signs."""
    for at, (text, _) in enumerate(lines):
        if at and p.is_date(text) and p.ORGAN.fullmatch(lines[at - 1][0]) and (date := _iso(text)):
            return date
    return None


def _date(lines: Sequence[tuple[str, str]], fields: dict[str, str], opening: str) -> str | None:
    """Date of issue; of passing or speaking; of publication; of a news line that gives its year."""
    for key in _DATE_FIELDS[:6]:
        if date := _iso(fields.get(key, "")):
            return date
    spoken = [text for text, _ in lines if p.PASSED.fullmatch(text)]
    alone = [text for pattern in (p.BARE_DATE, p.BARE_MONTH) for text, _ in lines if pattern.fullmatch(text)]
    if date := _signed(lines):
        return date
    for text in (*spoken, *(fields.get(key, "") for key in _DATE_FIELDS[6:]), *alone):
        if date := _iso(text):
            return date
    imprint = next((found for line in opening.split("\n") if (found := p.IMPRINT.fullmatch(line))), None)
    if imprint and (date := _iso(imprint[0])):
        return date
    news = _NEWS.search(opening)
    return _iso(news[0]) if news else None


def _kind(title: str | None, opening: str, drafts: Sequence[Draft]) -> DocumentKind:
    plain = re.sub(r"（[^（）]*）$", "", title).strip("《》") if title else ""
    if _REPORT.search(opening) or plain.endswith("政府工作报告"):
        return "report"
    said = {name for draft in drafts if draft.kind in {"metadata", "heading", "reference"} for name in _paper_signs(draft)}
    if re.search(r"(?m)^[【\[]?(?:摘\s*要|内容提要)", opening):
        said.add("abstract")
    if sum(draft.kind == "footnote" for draft in drafts) >= 3:
        said.add("notes")
    if len(said) >= 2 or "references" in said:
        return "paper"
    for kind, pattern in () if _STUDY.match(plain) else _KINDS:
        if pattern.search(plain):
            return kind
    if _NEWS.search(opening):
        return "news"
    if sum(draft.marker.endswith("条") for draft in drafts) >= 3:
        return "regulation"
    return "article" if title or any(draft.kind == "heading" for draft in drafts) else "unknown"


def _paper_signs(draft: Draft) -> list[str]:
    if draft.kind == "reference":
        return ["references"]
    signs = {
        "关键词": "keywords",
        "关键字": "keywords",
        "基金项目": "fund",
        "中图分类号": "class",
        "文献标识码": "class",
        "作者简介": "author",
    }
    return [sign for name, sign in signs.items() if name in draft.text[:20]]
