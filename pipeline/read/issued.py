"""When a document was written, passed, issued, published, and when it comes into force."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.signature import signatures

Lines = Sequence[tuple[str, str]]  # of the head and the foot: as read, and with the spaces of the source

_SIGNED_FIELDS = (
    "成文日期",
    "成文时间",
    "发文日期",
    "发文时间",
    "签署日期",
    "签订日期",
    "印发日期",
    "印发时间",
    "公布日期",
    "公布时间",
    "颁布时间",
    "报告日期",
)
_ONLINE_FIELDS = ("生成日期", "网络首发日期", "信息提供日期", "提供日期", "更新日期", "更新时间")
_SHOWN_FIELDS = (
    "发布日期",
    "发布时间",
    "时间",
    "发表时间",
    *_ONLINE_FIELDS,
    "登记日期",
    "日期",
    "出版日期",
    "论文提交日期",
    "收稿日期",
    "年份",
    "编制时间",
    "编制日期",
)
_WRITTEN_FIELDS = ("成文日期", "成文时间", "签署日期")
_EFFECTIVE_FIELDS = ("实施日期", "生效日期", "实施时间")
_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○◯零OＯo0一二三四五六七八九]{3})"
_DAY = rf"(?P<date>{_YEAR}年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}})日)"
_IN_FORCE = lazy(
    r"(?:本[\u4e00-\u9fff]{1,6}|^第[^条]{1,6}条\s*|。|，|^)"
    rf"[自从](?:{_DAY}|(?:公布|发布|印发|颁布)之日)起(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_NEWS = lazy(
    "新华社[^\n。]{0,12}电|本报[^\n。]{0,12}[电讯]|中新(?:社|网)[^\n。]{0,14}电|[（(]记者[^）)]{2,20}[）)]|本报记者"
)
# 2024年3月5日经……会议通过　2024年5月1日公布: each date with what was done on it.
_STEP = lazy(r"(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[^日；;]{0,60}?(?P<step>通过|批准|修订|修正|公布|发布|修改)")
STAMP = lazy(r"(?P<date>(?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)\s*\d{1,2}:\d{2}")
_SHOWN = lazy(r"(?P<date>(?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)\s*(?:来源|稿源|作者|发布)")
_COVER = lazy(r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|(?:19|20)\d{2}\s*年")
_SPOKEN = lazy(
    rf"{_DAY}在[^。\n]{{2,60}}?(?:讲话|致辞|演讲|发言|报告)|(?:讲话|致辞|演讲)\s*[（(]{_DAY.replace('<date>', '<day>')}"
)
_SPOKEN_WORDS = ("日在", "讲话", "致辞", "演讲")  # one of which it has
_DELIVERED = lazy(rf"[—-]{{1,2}}\s*{_DAY}在")  # below the title of what was said
_SPEECH = lazy("(?:讲话|致辞|演讲|贺信|发言)(?:[（(][^（）()]*[）)])?$")
_DATELINE = lazy(r"(\d{1,2})月(\d{1,2})日[电讯]")
# A signature in a text that has lost its lines: at the top, and anywhere with what stands behind a signature.
_BODY = "(?:政府|国务院|中央|办公厅|办公室|部|局|厅|委员会|委)"
_SIGNED_IN = lazy(rf"{_BODY}\s*{_DAY}\s*(?:[（(](?:此件|本文|联系)|\n|$)")
_SIGNED_BELOW = lazy(rf"{_BODY}\s*{_DAY}\s*(?:[（(](?:此件|联系人)|附件)")
# The date in brackets behind a title, or with who issued it: 意见（2020年3月30日）, （2021年2月7日某委员会印发）.
_BEHIND_TITLE = lazy(rf"(?:{p.GENRE}|讲话|致辞|演讲)\s*[（(]{_DAY}(?:[，,、\s][^（）()]{{0,12}})?[）)]")
_BRACKETED_YEAR = lazy(rf"[（(]{_YEAR}年")
_ISSUED_IN = lazy(rf"[（(]{_DAY}[^（）()]{{2,40}}?(?:印发|发布|公布|制定|通过|批准|修订|修正)[）)]")
_STANDARD = lazy(r"(?P<date>(?:19|20)\d{2}-\d{2}-\d{2})\s*发\s?布\s*(?:(?P<force>(?:19|20)\d{2}-\d{2}-\d{2})\s*实\s?施)?")
_DONE_AT = lazy(rf"(?:^|\n){_DAY}[于在][\u4e00-\u9fff]{{2,10}}(?:\n|$)")  # 二〇二四年五月九日于某地, below a treaty
# The issue of a journal: in a DOI (….2018.07.007), or as it is cited (2017,25(7)).
_ISSUE = lazy(
    r"[.，,](?:(?<=\.)((?:19|20)\d{2})\.(\d{2})\.\d{3}|(?<=[，,])((?:19|20)\d{2})[，,]\s*\d{1,3}\s*[(（]\d{1,2}[)）])"
)
_DIGITS = str.maketrans("〇○◯零OＯo0一二三四五六七八九", "00000000123456789")
_HAN_DATE = lazy(
    "(?P<year>[〇○◯零OＯo0一二三四五六七八九]{4})年(?:(?P<month>[一二三四五六七八九十]{1,2})月(?:(?P<day>[一二三四五六七八九十廿卅]{1,3})日)?)?"
)
_PASSES, _REVISES, _PUBLISHES = frozenset(("通过", "批准")), frozenset(("修订", "修正", "修改")), frozenset(("公布", "发布"))
_PUBLISHED_FIELDS = ("发布日期", "发布时间", "公布日期", "公布时间", "颁布时间")
NOTE = 300  # characters from the top in which running text notes when it was passed
HEAD = 2000  # characters from the top in which a document says when it was made


_EIGHT_DIGITS = lazy(r"\s*((?:19|20)\d{2})(\d{2})(\d{2})\s*")
_MONTH = lazy(r"[\s（(]*((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*月?[\s）)]*")
_YEAR_ALONE = lazy(r"\s*((?:19|20)\d{2})\s*年?\s*")


def iso(text: str) -> str | None:
    """The date in a text, to the day, the month or the year; None where there is none that the calendar has."""
    text = _in_digits(text)
    match = p.DATE.search(text) or _EIGHT_DIGITS.fullmatch(text)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        return f"{month[1]}-{int(month[2]):02}"
    year = _YEAR_ALONE.fullmatch(text)
    return year[1] if year else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
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


def date_of(
    lines: Lines, fields: Mapping[str, str], head: Sequence[str], signed: str | None = None, foot: str = ""
) -> str | None:
    """Date of issue: of a field for it, or signed below a body; of the last step of passing; of publication; of a cover; of
    speaking; of a news line that gives its year.

    `signed` is the date of a signature outside `lines`, `foot` the last lines.
    """
    top = "\n".join(head)[:HEAD]
    return next((date for date in _dates(lines, fields, head, top, signed, foot) if date), None)


def _dates(
    lines: Lines, fields: Mapping[str, str], head: Sequence[str], top: str, signed: str | None, foot: str
) -> Iterator[str | None]:
    yield from (iso(fields[key]) for key in _SIGNED_FIELDS if key in fields)
    yield signed or signed_of(lines)
    passed = [text for text, _ in lines if p.PASSED.fullmatch(text)]
    yield max((iso(match["date"]) or "" for text in passed for match in _STEP.finditer(text)), default=None)
    yield from map(iso, passed)
    yield from (iso(match["date"]) for match in (_SIGNED_IN.search(top), _behind_title(top[:600])) if match)
    steps = (match for pattern in (_ISSUED_IN, _STEP) for match in pattern.finditer(top[:300]))
    yield max((iso(match["date"]) or "" for match in steps), default=None)
    yield from (iso(match["date"]) for match in (_STANDARD.search(top), _DELIVERED.search(top[:400])) if match)
    yield _spoken_on(head, top)
    yield from (iso(fields[key]) for key in _SHOWN_FIELDS if key in fields)
    yield from (iso(text) for pattern in (p.BARE_DATE, p.BARE_MONTH) for text, _ in lines if pattern.fullmatch(text))
    yield from (iso(text) for text in head[:12] if len(text) <= 24 and (_COVER.fullmatch(text) or _HAN_DATE.fullmatch(text)))
    imprint = next((found for line in top.split("\n") if (found := p.IMPRINT.fullmatch(line))), None)
    yield iso(imprint[0]) if imprint else None
    stamp, news = STAMP.search(top[:300]), _NEWS.search(top)
    shown = _SHOWN.search(top[:300])
    yield iso(shown["date"]) if shown else None
    spoken = _spoken(top) or _spoken(foot)
    yield iso(stamp["date"]) if stamp else None
    yield iso(spoken["date"] or spoken["day"]) if spoken else None
    yield iso(news[0]) if news else None
    judged = p.JUDGED.finditer(top + foot) if "人民法院于" in top or "人民法院于" in foot else ()
    yield max((iso(match["date"]) or "" for match in judged), default=None)
    done = _DONE_AT.search(foot)
    yield iso(done["date"]) if done else None
    issue = _ISSUE.search(top)
    yield (f"{issue[1]}-{issue[2]}" if issue[1] else issue[3]) if issue else None


def _behind_title(top: str) -> re.Match[str] | None:
    return _BEHIND_TITLE.search(top) if _BRACKETED_YEAR.search(top) else None


def _spoken(text: str) -> re.Match[str] | None:
    return _SPOKEN.search(text) if any(word in text for word in _SPOKEN_WORDS) else None


def _spoken_on(head: Sequence[str], top: str) -> str | None:
    """The day of the dateline of a speech, in the year of the page or the year before it."""
    line = _DATELINE.search(top) if "日电" in top or "日讯" in top else None
    stamp = STAMP.search(top[:300])
    page = iso(stamp["date"]) if stamp else None
    if not (line and page and any(_SPEECH.search(text) for text in head[:3])):
        return None
    day = _day(int(page[:4]), int(line[1]), int(line[2]))
    return _day(int(page[:4]) - 1, int(line[1]), int(line[2])) if day and day > page else day


def signed_of(lines: Lines) -> str | None:
    """The date below the name of the body, or of the person in office, that signs."""
    return next((date for signature in signatures(lines) if (date := iso(signature.date))), None)


def signed_below(texts: Iterable[str]) -> str | None:
    """The date of a signature in running text: 云渡市人民政府2024年3月8日（此件公开发布）."""
    return next((iso(match["date"]) for text in texts if (match := _signed_below(text))), None)


def _signed_below(text: str) -> re.Match[str] | None:
    return _SIGNED_BELOW.search(text) if "件" in text or "联系人" in text else None


def written_of(lines: Lines, fields: Mapping[str, str], signed: str | None = None) -> str | None:
    """成文日期: of a field, or of the signature."""
    return next((date for key in _WRITTEN_FIELDS if key in fields and (date := iso(fields[key]))), signed or signed_of(lines))


def passed_of(notes: Iterable[str]) -> str | None:
    """通过日期: the first that a note on the passing says."""
    return min(_steps(notes, _PASSES), default=None)


def revised_of(notes: Iterable[str]) -> str | None:
    """The latest of 修订 and 修正."""
    return max(_steps(notes, _REVISES), default=None)


def published_of(fields: Mapping[str, str], notes: Sequence[str]) -> str | None:
    """发布日期: of a field of the page, 公布 in a note on the passing, or the time that a page is stamped with."""
    field = next((date for key in _PUBLISHED_FIELDS if key in fields and (date := iso(fields[key]))), None)
    stamp = next((match for note in notes if (match := STAMP.search(note) or _SHOWN.search(note))), None)
    return field or max(_steps(notes, _PUBLISHES), default=None) or (iso(stamp["date"]) if stamp else None)


def _steps(notes: Iterable[str], steps: frozenset[str]) -> Iterator[str]:
    found = (match for note in notes for match in _STEP.finditer(note) if match["step"] in steps)
    yield from (date for match in found if (date := iso(match["date"])))


def effective_of(fields: Mapping[str, str], texts: Iterable[str], date: str | None) -> str | None:
    """施行日期: of a field, or 本条例自2024年1月1日起施行; 自公布之日起 is the date of issue. `texts` asked in their order."""
    stated = next((found for key in _EFFECTIVE_FIELDS if key in fields and (found := iso(fields[key]))), None)
    if stated:
        return stated
    for text in texts:
        standard = _STANDARD.fullmatch(text)
        if standard and standard["force"]:
            return iso(standard["force"])
        match = _IN_FORCE.search(text) if "起" in text else None
        if match:
            return iso(match["date"]) if match["date"] else date
    return None
