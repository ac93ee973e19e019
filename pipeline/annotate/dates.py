"""Dates as Chinese documents write them, resolved where their own text allows it.

Absolute dates (2024年1月31日, 2024-01-31, 二〇二四年一月), partial ones (2024年, 2024年底, 第三季度), ranges (4月2日至3日,
2021—2025年), and relative ones (同年12月, 今年9月, 当日, 3日下午) against the date that the text gave before them, the year of
the section heading, or the document's own date. What cannot be resolved keeps its raw text and has no value.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.model import DateMention, Document, Precision

_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_YEAR = r"(?:[12]\d{3}|[一二][〇零○一二三四五六七八九]{3})"
_NUMBER = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DASH = r"(?:至|到|[-—－–~～]{1,2})"

# One pattern for every form, so that the text is scanned once; the order of alternatives prefers the longer reading.
_DATE = re.compile(
    rf"""
    (?P<iso>(?<!\d)[12]\d{{3}}[-./][01]?\d[-./][0-3]?\d(?!\d))
  | (?P<compact>(?<![\d.])(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))
  | (?P<span_from>(?<!\d){_YEAR})年?{_DASH}(?P<span_to>{_YEAR})年
  | (?:(?P<year>(?<![\d.]){_YEAR})年|(?P<relative>今年|去年|前年|明年|当年|同年|本年|翌年|次年|上年))
    (?:
        的?(?P<month>{_NUMBER})月(?:份)?
        (?:(?P<day>{_NUMBER})[日号])?
        (?:{_DASH}(?:(?P<year2>{_YEAR})年)?(?:(?P<month2>{_NUMBER})月(?:(?P<day2>{_NUMBER})[日号])?|(?P<day3>{_NUMBER})[日号]))?
      | 第?(?P<quarter>[一二三四])季度
      | (?P<half>上半年|下半年)
      | 年?(?P<edge>初|底|末|中(?=[，、。的]))前?
      | (?P<whole>全年|度(?!过))
    )?
  | (?P<only_month>(?<![\d.]){_NUMBER})月(?:份)?(?:(?P<only_day>{_NUMBER})[日号])
    (?:{_DASH}(?:(?P<only_month2>{_NUMBER})月)?(?P<only_day2>{_NUMBER})[日号])?
  | (?P<bare_month>(?<![\d.第个]){_NUMBER})月(?:份)?(?![后内前间余多来第\d])
  | (?P<bare_day>(?<![\d.])\d{{1,2}})日(?=上午|下午|晚|凌晨|中午|清晨|电|，|在|，|至\d)(?:至(?P<bare_day2>\d{{1,2}})日)?
  | (?P<same_day>当天|当日|同日|次日|翌日)
    """,
    re.VERBOSE,
)
# Where a date may begin. It opens with one set of characters: that is what `re` scans for fast, and \d would slow down.
_CANDIDATE = re.compile(
    r"[0-9０-９一二三四五六七八九十今去前明当同本翌次上](?:(?<=[今去前明当同本翌次上])[年天日]|"
    r"(?<=\d)(?:\d{0,3}[年月日./至到—–-]|[09]\d{6})|"
    r"(?<=[一二三四五六七八九十])(?:[十一二三四五六七八九]?[一二三四五六七八九]?月|[〇零○一二三四五六七八九]{3}[年至到]))"
)
_RELATIVE_YEAR = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_YEAR_IN_HEADING = re.compile(rf"({_YEAR})年")


@dataclass(slots=True)
class _Context:
    """What a later partial date refers back to.

    `year` and `month` are those of the running account: the last date with a month, or the section's heading. A year that is
    only `mentioned` (2018年，…) is what 同年 refers to, and a month in the same sentence, but the account goes on in its own.
    """

    document_year: int | None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    mentioned: int | None = None
    mentioned_at: int = -1


def find_dates(document: Document) -> Iterator[DateMention]:
    """Every date in the document's text, in order."""
    text = document.text
    context = _Context(_year_of(document.date))
    context.year = context.document_year
    headings = [block for block in document.blocks if block.kind in ("heading", "title")]
    position = 0
    end = 0
    for candidate in _CANDIDATE.finditer(text):
        match = _DATE.match(text, candidate.start()) if candidate.start() >= end else None
        if match is None:
            continue
        end = match.end()
        while position < len(headings) and headings[position].start <= match.start():
            _enter_section(context, text[headings[position].start : headings[position].end])
            position += 1
        if (
            context.mentioned is not None
            and (match["only_month"] or match["bare_month"])
            and "。" not in text[context.mentioned_at : match.start()]
        ):
            context.year = context.mentioned
        value, precision = _resolve(match, context)
        yield DateMention(match.start(), match.end(), value, precision)


def _year_of(iso: str | None) -> int | None:
    return int(iso[:4]) if iso else None


def _enter_section(context: _Context, heading: str) -> None:
    found = _YEAR_IN_HEADING.search(heading)
    if found:
        context.year, context.month, context.day = _integer(found.group(1)), None, None
        context.mentioned, context.mentioned_at = None, -1


def _integer(text: str) -> int:
    """28, 二十八, 二〇二四 → int."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return int((tens or "一").translate(_CHINESE_DIGITS)) * 10 + int((ones or "零").translate(_CHINESE_DIGITS))
    return int(text.translate(_CHINESE_DIGITS))


def _resolve(part: re.Match[str], context: _Context) -> tuple[str | None, Precision]:
    if part["iso"] or part["compact"]:
        return _plain(part["iso"] or part["compact"], context)
    if part["span_from"]:
        return f"{_integer(part['span_from'])}/{_integer(part['span_to'])}", "range"
    if part["year"] or part["relative"]:
        return _with_year(part, context)
    if part["only_month"]:
        return _month_and_day(part, context)
    if part["bare_month"]:
        context.month, context.day = _integer(part["bare_month"]), None
        return _format(context.year, context.month, None), "month"
    if part["bare_day"]:
        context.day = int(part["bare_day"])
        if context.month is None:
            return None, "day"
        return _days(context, context.month, context.day, context.month, part["bare_day2"])
    value = _format(context.year, context.month, context.day) if context.day else None
    if value and part["same_day"] in ("次日", "翌日"):
        value = (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    return value, "day"


def _plain(text: str, context: _Context) -> tuple[str | None, Precision]:
    numbers = re.split(r"[-./]", text) if not text.isdigit() else [text[:4], text[4:6], text[6:]]
    context.year, context.month, context.day = (int(n) for n in numbers)
    return _format(context.year, context.month, context.day), "day"


def _with_year(part: re.Match[str], context: _Context) -> tuple[str | None, Precision]:
    year = _integer(part["year"]) if part["year"] else _relative_year(part["relative"] or "", context)
    if part["month"] is None:
        if part["year"]:
            context.mentioned, context.mentioned_at = year, part.end()
            if context.year is None:
                context.year = year
        return _part_of_year(part, year)
    context.mentioned, context.mentioned_at = year, part.end()
    month, day = _integer(part["month"]), _integer(part["day"]) if part["day"] else None
    if day or context.day is None:  # a month alone is background where the account has days
        context.year, context.month, context.day = year, month, day
    if part["day3"]:
        return _days(context, month, day, month, part["day3"])
    if part["month2"]:
        last, last_year = _integer(part["month2"]), _integer(part["year2"]) if part["year2"] else year
        last_day = _integer(part["day2"]) if part["day2"] else None
        start, end = _format(year, month, day), _format(last_year, last, last_day)
        return (f"{start}/{end}" if start and end else None), "range"
    return _format(year, month, day), "day" if day else "month"


def _relative_year(word: str, context: _Context) -> int | None:
    """今年 and 去年 count from the document's date; 同年 and 当年 name the year spoken of last."""
    if word in _RELATIVE_YEAR:
        return context.document_year + _RELATIVE_YEAR[word] if context.document_year else None
    spoken = context.mentioned or context.year
    if word in ("翌年", "次年"):
        return spoken + 1 if spoken else None
    return spoken


def _part_of_year(part: re.Match[str], year: int | None) -> tuple[str | None, Precision]:
    if year is None:
        return None, "year"
    if part["quarter"]:
        first = "一二三四".index(part["quarter"]) * 3 + 1
        return f"{year}-{first:02}/{year}-{first + 2:02}", "quarter"
    if part["half"]:
        return (f"{year}-01/{year}-06" if part["half"] == "上半年" else f"{year}-07/{year}-12"), "range"
    if part["edge"] in ("底", "末"):
        return f"{year}-12", "month"
    if part["edge"] == "初":
        return f"{year}-01", "month"
    return str(year), "year"


def _month_and_day(part: re.Match[str], context: _Context) -> tuple[str | None, Precision]:
    month, day = _integer(part["only_month"] or ""), _integer(part["only_day"] or "")
    context.month, context.day = month, day
    last = _integer(part["only_month2"]) if part["only_month2"] else month
    return _days(context, month, day, last, part["only_day2"])


def _days(
    context: _Context, month: int | None, day: int | None, last_month: int | None, last: str | None
) -> tuple[str | None, Precision]:
    start = _format(context.year, month, day)
    if not last:
        return start, "day"
    end = _format(context.year, last_month, _integer(last))
    return (f"{start}/{end}" if start and end else None), "range"


def _format(year: int | None, month: int | None, day: int | None) -> str | None:
    """ISO 8601 to the precision known; None for an unknown year or a day that no calendar has."""
    if year is None or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return str(year)
    if day is None:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else None
