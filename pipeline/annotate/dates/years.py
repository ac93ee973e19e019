"""The year of a date: 2024年, 二〇二四年, 两千零八年, '08年, 98年6月, 今年, 2021—2025年."""

from __future__ import annotations

import re

from pipeline.annotate.dates.point import DASH, HAS_DASH, NUMERIC, SEPARATOR, SPLIT, YEAR_NUMBER, Point
from pipeline.numerals import ONES, ZEROS, integer
from pipeline.patterns import lazy

_FULL_YEAR = lazy(
    rf"(?<![{NUMERIC}.])(?P<years>{YEAR_NUMBER}(?:{SEPARATOR}{YEAR_NUMBER}|{DASH}[0-9]{{2}})?)[ \u3000]?年"
    r"(?!代|[前来]|[的之]?(?:历史|岁月|前|后的今天))"
)
_ANCIENT = lazy("公元(?P<years>[0-9]{1,3})年")
_THREE_DIGITS = lazy(rf"(?<![{NUMERIC}第])(?P<years>[{ONES}][{ONES}{ZEROS}]{{2}})年(?=[{ONES}十0-9]{{1,2}}月)")
# 2018年前 is before a year; 1500年前 and 2000年前 are lengths of time.
_YEAR_BEFORE = lazy(rf"(?<![{NUMERIC}.])(?P<years>(?:1[89]|20)(?!00)[0-9]{{2}})[ \u3000]?年(?=[前来])")
# 2018上半年, 2018Q3: before a part of it a year may lack its 年.
_BEFORE_PART = lazy(rf"(?<![{NUMERIC}.])(?P<years>(?:19|20)[0-9]{{2}})(?=[上下]半年|[Qq][1-4](?![0-9])|第?[一二三四]季度)")
_LENGTH = lazy("(?:距今|大?约|近|有|逾|历经|长达|超过?|达|历时|存续|过去)$")
_LONG_YEAR = lazy(
    rf"(?<![{NUMERIC}])(?P<years>[一两二]千(?:零[{ONES}]|零?[{ONES}]?十[{ONES}]?|[{ONES}]百[{ONES}]?十?[{ONES}]?"
    rf"|(?=年[{ONES}十0-9]{{1,2}}月)))年"
    r"(?![前来间]|的?历史)"
)
_SHORT_YEAR = lazy(
    rf"(?<![{NUMERIC}.第])(?:['’‘](?P<marked>[0-9]{{2}})|(?P<zero>[0零〇][0-9{ONES}])"
    rf"|(?P<bare>[1-9][0-9]|[七八九][{ONES}])(?=[ \u3000]?年[0-9{ONES}十]{{1,2}}月))[ \u3000]?年"
    r"(?!代|[前来间]|[的之]?(?:历史|前))"
)
_NINETIES = lazy(r"(?<![0-9.])(?P<bare>[5-9][1-46-9])年(?!代|[前后来间余多]|以[上内后]|[的之]?(?:历史|前|后)|[里左])")
_AT_TIME = lazy("(?:^|[。！？\n，；]|早在|[在于自从])$")
_YEAR_WORD = lazy(
    "(?:(?<![如迄至])今年(?![轻幼纪])|(?<![过])去年|(?<![0-9年月日天以之目当])前年(?!均)"
    "|(?<![说表证声标阐发])明年(?!确)|(?<![今前以此之])后年(?!均)"
    "|(?<![相适恰])当年|(?<![不相])同年(?![级龄代纪份])|(?<![成资基根版书日])本年(?!级|龄|代)|翌年|(?<![首初多一二三两再每历届])次年|(?<![以网])上年(?!纪|货)|"
    "(?<![以近未向从历年])来年)"
)


def read_year(text: str, position: int) -> Point | None:
    """The year, or the years, at `position`."""
    word = _YEAR_WORD.match(text, position)
    if word:
        return Point(position, word.end(), year_word=word[0])
    full = _ANCIENT.match(text, position) or _FULL_YEAR.match(text, position) or _YEAR_BEFORE.match(text, position)
    full = full or _THREE_DIGITS.match(text, position) or _BEFORE_PART.match(text, position)
    if full:
        if _LENGTH.search(text, max(0, position - 2), position):
            return None
        return _of_years(position, full)
    long = _LONG_YEAR.match(text, position)
    if long:
        year = integer(long["years"])
        known = 1800 < year < 2100 and not _LENGTH.search(text, max(0, position - 2), position)
        return Point(position, long.end(), (year,)) if known else None
    short = _SHORT_YEAR.match(text, position)
    if short is None:
        short = _NINETIES.match(text, position) if _AT_TIME.search(text, max(0, position - 2), position) else None
        return Point(position, short.end(), (1900 + int(short["bare"]),)) if short else None
    if short["zero"]:
        return Point(position, short.end(), (2000 + integer(short["zero"]),))
    return Point(position, short.end(), (integer(short["marked"] or short["bare"]),), short_year=True)


def _of_years(position: int, match: re.Match[str]) -> Point | None:
    """2024, 2021—2025, 2021—25, 2023、2024."""
    written = match["years"]
    numbers = [integer(number) for number in SPLIT.split(written)]
    if len(numbers) == 2 and numbers[1] < 100:
        numbers[1] += numbers[0] // 100 * 100
    if max(numbers) > 2100:
        return None
    apart = len(numbers) == 2 and not HAS_DASH.search(written) and numbers[1] != numbers[0] + 1
    return Point(position, match.end(), tuple(numbers), untold=apart)
