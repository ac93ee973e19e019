"""How Chinese texts write a date: from a position in the text to the numbers and words that stand there, no value yet.

    expression = point ((至 | 、) point)?
    point      = calendar? year? (month edge? day? | part of the year) weekday? clock?

Each part is one pattern that is matched where the part before it ended, so that the time goes with the length of the text.
A number before a shared unit is a part too: 5—7日, 3、4月, 2024—2026年.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.annotate.dates.calendars import read_era, read_lunar, read_stretch
from pipeline.annotate.dates.days import read_months_and_days, read_without_year, read_word, with_clock
from pipeline.annotate.dates.parts import read_part, read_part_alone
from pipeline.annotate.dates.point import DASH, NUMERIC, Point
from pipeline.annotate.dates.years import read_year
from pipeline.numerals import ONES
from pipeline.patterns import lazy
from pipeline.periods import NO_PLANS, Plans

# Where a date may begin: at a number that a unit of time follows, or at a word. It opens with one set of characters: that is
# what `re` scans for fast.
_OPENS_NUMBER = f"[0-9{ONES}零〇十两廿卅元]"
START = lazy(
    rf"[0-9{ONES}零〇十两廿卅元今昨明前后後去当同本翌次上下这来大隔第首从自公民农阴旧夏正腊冬闰甲乙丙丁戊己庚辛壬癸"
    r"康雍乾嘉道咸光宣洪永崇贞昭平令'’‘\"“](?:"
    rf"(?<={_OPENS_NUMBER})(?<![{NUMERIC}][{NUMERIC}])(?:(?=[{NUMERIC}、和与及至到 \u3000—\-－–―~～−]{{0,16}}[年月日世季])"
    rf"|(?=[0-9]{{3}}(?:[-./][0-9]|[上下]半年|[Qq][1-4]|第?[一二三四]季度)|[0-9]{{7}})|(?=[{ONES}]?五[”\"]?(?:时期|期间|规划|计划|末|初|以来|[前头后])))"
    rf"|(?<![0-9{ONES}零〇十两廿卅])(?=[年天日晨早晚夜月周週个個星礼禮半季前后上下世历{ONES}十两1-4]|[12][0-9]{{3}})"
    r"|(?<=['’‘])(?=[0-9]{2}年)|(?<=[公民康雍乾嘉道咸同光宣洪永崇贞昭明平令大])[元国熙正隆庆光丰治绪统武乐祯观和成]"
    r"|(?<=[甲乙丙丁戊己庚辛壬癸])[子丑寅卯辰巳午未申酉戌亥]年)"
)


class Expression(NamedTuple):
    """One date, or the two ends of a range or of a list of neighbours."""

    first: Point
    last: Point | None
    listed: bool
    end: int


def read_expression(text: str, position: int, plans: Plans = NO_PLANS) -> Expression | None:
    """The date that begins at `position`, or None; `plans` are the names of five-year plans with their years."""
    spelled = _ISO_RANGE.match(text, position)
    if spelled:
        return _iso_range(spelled)
    first = read_point(text, position, plans)
    if first is None:
        return None
    if first.lunar or first.untold:
        return Expression(first, None, False, first.end)
    join = _JOIN.match(text, first.end)
    if join is None:
        return Expression(first, None, False, first.end)
    last = read_point(text, join.end(), plans, joined=True)
    if last is None or last.lunar or (last.part and not last.part.first):
        return Expression(first, None, False, first.end)
    if join["listed"] and not _between(text, join, last) and not (last.finest == first.finest and _neighbours(first, last)):
        return Expression(first, None, False, first.end)
    return Expression(first, last, bool(join["listed"]), last.end)


_JOIN = lazy(rf"(?:{DASH}|(?P<listed>[ \u3000]?[、和与及][ \u3000]?))")
_BETWEEN = lazy("之?间")


def _between(text: str, join: re.Match[str], last: Point) -> bool:
    """2007年与2009年之间."""
    return "、" not in join[0] and _BETWEEN.match(text, last.end) is not None


def _neighbours(first: Point, last: Point) -> bool:
    """Whether one follows the other at once, so that both together are one stretch."""
    if first.finest == "part":
        return bool(first.part and last.part and not last.years and first.part.last + 1 == last.part.first)
    ends = {"day": (first.days, last.days), "month": (first.months, last.months), "year": (first.years, last.years)}
    if first.finest not in ends or (last.years and first.finest != "year") or (last.months and first.finest == "day"):
        return False
    before, after = ends[first.finest]
    return before[-1] + 1 == after[0]


def read_point(text: str, position: int, plans: Plans = NO_PLANS, *, joined: bool = False) -> Point | None:
    """One date at `position`; `joined`: after 至 or 、, where a bare 7日 needs no more to be a date."""
    return (
        _iso(text, position)
        or read_lunar(text, position)
        or read_stretch(text, position, plans)
        or read_word(text, position)
        or _with_year(text, position)
        or read_without_year(text, position, joined=joined)
        or _part_alone(text, position)
    )


# 2024-05-06, 20240506

_ISO = lazy(
    r"(?<![0-9A-Za-z.\-/第版本])(?<![A-Z] )"
    r"(?P<year>[12][0-9]{3})(?P<mark>[-./])(?P<month>[01]?[0-9])(?P=mark)(?P<day>[0-3]?[0-9])"
    r"(?![0-9号]|[-./][0-9])(?:[日T]?(?=[ \u3000]?[0-9]{1,2}:))?"
)
_ISO_RANGE = lazy(  # 2018/1/10-2018/7/10, 2024.5.6—8, 2024.5.6-5.8; 2024-05-06-08 may be a number
    r"(?<![0-9A-Za-z.\-/第版本])(?P<first>[12][0-9]{3}(?P<mark>[-./])[01]?[0-9](?P=mark)[0-3]?[0-9])[ \u3000]?"
    r"(?:(?:至|到|[-—－–~～]{1,2})[ \u3000]?(?P<last>[12][0-9]{3}(?P=mark)[01]?[0-9](?P=mark)[0-3]?[0-9])"
    r"|(?:至|到|[—－–~～]{1,2}|(?<![0-9]{4}-[0-9]{2}-[0-9]{2})(?<!-[0-9]-[0-9])-)[ \u3000]?"
    r"(?:(?P<month>[01]?[0-9])(?P=mark))?(?P<day>[0-3]?[0-9])日?)"
    r"(?![0-9号:年月]|[-./][0-9])"
)
_COMPACT = lazy(
    r"(?<![0-9A-Za-z.\-/])(?<!号)(?<!码)(?<!编号[：:])(?<!No[.:：])"
    r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z号]|[-./][0-9]|[万亿元吨人个])"
)


def _iso(text: str, position: int) -> Point | None:
    match = _ISO.match(text, position) or _COMPACT.match(text, position)
    if match is None:
        return None
    point = Point(position, match.end(), (int(match["year"]),), months=(int(match["month"]),), days=(int(match["day"]),))
    return with_clock(text, point)


def _iso_range(match: re.Match[str]) -> Expression:
    first = Point(match.start(), match.end("first"))
    last = Point(match.end("first"), match.end())
    for point, written in ((first, match["first"]), (last, match["last"])):
        if written:
            year, month, day = map(int, written.split(match["mark"]))
            point.years, point.months, point.days = (year,), (month,), (day,)
    if not match["last"]:
        last.years = first.years
        last.months = (int(match["month"]),) if match["month"] else first.months
        last.days = (int(match["day"]),)
    return Expression(first, last, False, match.end())


def _with_year(text: str, position: int) -> Point | None:
    """A year, with the month and day or the part of the year after it."""
    point = read_era(text, position) or read_year(text, position)
    if point is None or (point.untold and not point.years):
        return point
    lunar = read_lunar(text, point.end, point.years)
    if lunar:
        lunar.start, lunar.year_word, lunar.short_year = point.start, point.year_word, point.short_year
        return lunar
    part = read_part(text, point.end)
    if part:
        point.part, point.end = part
        return point
    return read_months_and_days(text, point)


def _part_alone(text: str, position: int) -> Point | None:
    part = read_part_alone(text, position)
    return Point(position, part[1], part=part[0]) if part else None
