"""When a document was issued, passed, published and comes into force, and its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.read import patterns as p

Lines = Sequence[tuple[str, str]]  # of the head and the foot: as read, and with the spaces of the source

_SIGNED_FIELDS = ("成文日期", "发文日期", "签署日期", "印发日期", "公布日期", "颁布时间", "报告日期")
_ONLINE_FIELDS = ("生成日期", "网络首发日期", "信息提供日期", "提供日期", "更新日期", "更新时间")
_SHOWN_FIELDS = (
    "发布日期",
    "发布时间",
    "时间",
    "发表时间",
    *_ONLINE_FIELDS,
    "登记日期",
    "日期",
    "收稿日期",
    "年份",
    "编制时间",
    "编制日期",
)
_WRITTEN_FIELDS = ("成文日期", "签署日期")
_EFFECTIVE_FIELDS = ("实施日期", "生效日期", "实施时间")
_NUMBER_FIELDS = ("文号", "发文字号", "发文号", "文件编号")
_IN_FORCE = re.compile(
    r"(?:本[\u4e00-\u9fff]{1,6}|^第[^条]{1,6}条\s*|。|，|^)"
    r"自(?:(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)|(?:公布|发布|印发|颁布)之日)起"
    r"(?:正式)?(?:施行|实施|执行|生效)"
)
_NEWS = re.compile(
    "新华社[^\n。]{0,12}电|本报[^\n。]{0,12}[电讯]|中新(?:社|网)[^\n。]{0,14}电|[（(]记者[^）)]{2,20}[）)]|本报记者"
)
# 2024年3月5日经……会议通过　2024年5月1日公布: each date with what was done on it.
_STEP = re.compile(r"(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[^日；;]{2,60}?(?P<step>通过|批准|修订|修正|公布|发布|修改)")
_STAMP = re.compile(r"(?P<date>(?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)\s*\d{1,2}:\d{2}")
_COVER = re.compile(r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|(?:19|20)\d{2}\s*年")
_DAY = r"(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)"
_SPOKEN = re.compile(
    rf"{_DAY}在[^。\n]{{2,60}}?(?:讲话|致辞|演讲|发言|报告)|(?:讲话|致辞|演讲)\s*[（(]{_DAY.replace('date', 'day')}"
)
_BY_PERSON = re.compile(r"(?:[省市州县区旗局部厅署行]长|主席|主任|总理|总书记)\s*[\u4e00-\u9fff\s]{2,6}")
# A signature in a text that has lost its lines.
_SIGNED_IN = re.compile(rf"(?:政府|国务院|中央|办公厅|办公室|部|局|厅|委员会|委)\s*{_DAY}\s*(?:[（(](?:此件|本文|联系)|\n|$)")
# The issue of a journal: in a DOI (….2018.07.007), or as it is cited (2017,25(7)).
_ISSUE = re.compile(r"(?<=\.)((?:19|20)\d{2})\.(\d{2})\.\d{3}|(?<=[，,])((?:19|20)\d{2})[，,]\s*\d{1,3}\s*[(（]\d{1,2}[)）]")
_DECREE = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,24}?)?(?P<kind>令|公告)\s*[（(]?\s*(?P<number>(?:(?:19|20)\d{2}\s*年\s*)?第\s*\d{1,4}\s*号)[）)]?"
    r"|(?P<session>〔[十一二三四五六七八九]{1,3}届〕第\s*\d{1,4}\s*号)|^(?P<bare>第\s*\d{1,4}\s*号)$"
)
_CASE = re.compile(r"[（(](?:19|20)\d{2}[）)][\u4e00-\u9fff\d]{2,10}字?第?\d{1,6}号")
_NUMBER_ANYWHERE = re.compile(rf"(?<![\u4e00-\u9fff]){p.NUMBER.pattern}")
_DIGITS = str.maketrans("〇○零OＯo一二三四五六七八九", "000000123456789")
_HAN_DATE = re.compile(
    "(?P<year>[〇○零OＯo一二三四五六七八九]{4})年(?:(?P<month>[一二三四五六七八九十]{1,2})月(?:(?P<day>[一二三四五六七八九十廿卅]{1,3})日)?)?"
)
HEAD = 2000  # characters from the top in which a document says when it was made


def iso(text: str) -> str | None:
    """The date in a text, to the day, the month or the year; None where there is none that the calendar has."""
    text = _in_digits(text)
    match = p.DATE.search(text) or re.fullmatch(r"\s*((?:19|20)\d{2})(\d{2})(\d{2})\s*", text)
    if match:
        return (
            f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31 else None
        )
    month = re.fullmatch(r"[\s（(]*((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*月?[\s）)]*", text)
    if month and 1 <= int(month[2]) <= 12:
        return f"{month[1]}-{int(month[2]):02}"
    year = re.fullmatch(r"\s*((?:19|20)\d{2})\s*年?\s*", text)
    if year:
        return year[1]
    return None


def _in_digits(text: str) -> str:
    """二〇二四年二月三日 as 2024年2月3日; a text that holds no such date as it stands."""
    match = _HAN_DATE.search(text)
    if match is None:
        return text
    parts = ((match["month"], "月"), (match["day"], "日"))
    return match["year"].translate(_DIGITS) + "年" + "".join(f"{_below_hundred(part)}{unit}" for part, unit in parts if part)


def _below_hundred(text: str) -> int:
    """二十三, 廿三, 十 as a number."""
    tens, ten, ones = text.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    return (10 * int(tens.translate(_DIGITS) or 1) if ten else 0) + int(ones.translate(_DIGITS) or 0)


def date_of(lines: Lines, fields: Mapping[str, str], head: Sequence[str]) -> str | None:
    """Date of issue: of a field for it, or signed below a body; of the last step of passing; of publication; of a cover; of
    speaking; of a news line that gives its year.
    """
    top = "\n".join(head)[:HEAD]
    return next((date for date in _dates(lines, fields, head, top) if date), None)


def _dates(lines: Lines, fields: Mapping[str, str], head: Sequence[str], top: str) -> Iterator[str | None]:
    yield from (iso(fields.get(key, "")) for key in _SIGNED_FIELDS)
    yield signed(lines)
    passed = [text for text, _ in lines if p.PASSED.fullmatch(text)]
    yield max((iso(match["date"]) or "" for text in passed for match in _STEP.finditer(text)), default=None)
    yield from map(iso, passed)
    inside = _SIGNED_IN.search(top)
    yield iso(inside["date"]) if inside else None
    yield max((iso(match["date"]) or "" for match in _STEP.finditer(top[:300])), default=None)
    yield from (iso(fields.get(key, "")) for key in _SHOWN_FIELDS)
    yield from (iso(text) for pattern in (p.BARE_DATE, p.BARE_MONTH) for text, _ in lines if pattern.fullmatch(text))
    yield from (iso(text) for text in head[:12] if len(text) <= 24 and (_COVER.fullmatch(text) or _HAN_DATE.fullmatch(text)))
    imprint = next((found for line in top.split("\n") if (found := p.IMPRINT.fullmatch(line))), None)
    yield iso(imprint[0]) if imprint else None
    stamp, spoken, news = _STAMP.search(top[:300]), _SPOKEN.search(top), _NEWS.search(top)
    yield iso(stamp["date"]) if stamp else None
    yield iso(spoken["date"] or spoken["day"]) if spoken else None
    yield iso(news[0]) if news else None
    issue = _ISSUE.search(top)
    yield (f"{issue[1]}-{issue[2]}" if issue[1] else issue[3]) if issue else None


def signed(lines: Lines) -> str | None:
    """The date below the name of the body, or of the person in office, that signs."""
    for (above, _), (text, _) in pairwise(lines):
        by_whom = p.ORGAN.fullmatch(above) or above.endswith("代章）") or _BY_PERSON.fullmatch(above)
        if p.is_date(text) and by_whom and (date := iso(text)):
            return date
    return None


def written_of(lines: Lines, fields: Mapping[str, str]) -> str | None:
    """成文日期."""
    return next((date for key in _WRITTEN_FIELDS if (date := iso(fields.get(key, "")))), signed(lines))


def effective_of(fields: Mapping[str, str], texts: Iterable[str], date: str | None) -> str | None:
    """施行日期: of a field, or 本条例自2024年1月1日起施行; 自公布之日起 is the date of issue. `texts` asked in their order."""
    stated = next((found for key in _EFFECTIVE_FIELDS if (found := iso(fields.get(key, "")))), None)
    if stated:
        return stated
    for text in texts:
        match = _IN_FORCE.search(text)
        if match:
            return iso(match["date"]) if match["date"] else date
    return None


def number_of(lines: Lines, fields: Mapping[str, str], head: Sequence[str]) -> str | None:
    """文号: of a field, on a line of its own, as that of a decree or a notice, or anywhere at the top."""
    for text in (*(fields[key] for key in _NUMBER_FIELDS if fields.get(key)), *(line for line, _ in lines)):
        bare = text.strip("（()） ")
        match = p.NUMBER.match(bare)
        if match and (match.end() == len(bare) or text in fields.values()):
            number = re.sub(r"\s|〔〕", "", match[0])
            return number if number.endswith("号") else number + "号"
    top = [*(line for line, _ in lines), *head[:12]]
    for text in (*top, *(above + below for above, below in pairwise(top) if above.endswith(("令", "公告")))):
        match = _DECREE.search(text[:120])
        if match:
            return _decree(match, text)
    match = _NUMBER_ANYWHERE.search("\n".join(head)[:400]) or _CASE.search("\n".join(head))
    return re.sub(r"\s", "", match[0]) if match and match[0].endswith("号") else None


def _decree(match: re.Match[str], text: str) -> str:
    if match["session"] or match["bare"]:
        return re.sub(r"\s", "", match["session"] or match["bare"])
    body = re.sub(r"^.*?(?:日|经|由)", "", match["body"] or "").removeprefix("中华人民共和国")
    return re.sub(r"\s", "", f"{body}{match['kind']}{match['number']}")
