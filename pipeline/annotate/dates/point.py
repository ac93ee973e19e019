"""What a date consists of, as it stands in the text: numbers and words, no value yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.numerals import ONES, ZEROS, integer
from pipeline.patterns import lazy

DASH = r"[ \u3000]?(?:至|到|[-—－–―~～−]{1,2})[ \u3000]?"
LISTED = r"[ \u3000]?[、和与及][ \u3000]?"
SEPARATOR = f"(?:{DASH}|{LISTED})"
NUMERIC = f"0-9０-９{ZEROS}{ONES}十百千两廿卅"
MONTH_NUMBER = f"(?:[0-9]{{1,2}}|十[{ONES}]?|[{ONES}元])"
DAY_NUMBER = f"(?:[0-9]{{1,2}}|[一二三]?十[{ONES}]?|廿[{ONES}]?|卅一?|[{ONES}])"
YEAR_NUMBER = f"(?:[12][0-9]{{3}}|[一二][{ONES}{ZEROS}]{{3}})"
SPLIT, HAS_DASH = lazy(SEPARATOR), lazy(DASH)


class Field(NamedTuple):
    """The numbers of one part: (5,), or the first and the last of a stretch (5, 7); `apart` where they only list 5、9."""

    numbers: tuple[int, ...]
    end: int
    apart: bool = False


class Part(NamedTuple):
    """A part of a year: its first and last month, and how fine it is; no months where they differ from year to year."""

    first: int
    last: int
    precision: Literal["month", "quarter", "half-year", "year", "range"]


@dataclass(slots=True)
class Point:
    """One date as it stands. What is not written is empty."""

    start: int
    end: int
    years: tuple[int, ...] = ()  # one, or the first and the last of a stretch
    year_word: str = ""  # 今年, 同年
    short_year: bool = False  # two digits, the century to be told from what the text is about
    months: tuple[int, ...] = ()
    month_word: str = ""  # 本月, 下月
    days: tuple[int, ...] = ()
    third: str = ""  # 上旬, 中旬, 下旬 of the month
    day_word: str = ""  # 今天, 次日
    week_word: str = ""  # 上周, 本周三
    part: Part | None = None
    named: bool = False  # years by the name that they have together: “十四五”时期
    lunar: bool = False  # months and days of the lunar calendar
    untold: bool = False  # an era, a season without bounds, numbers that are only listed: never a value

    @property
    def finest(self) -> str:
        """The last unit that is written: what a list or a range goes by."""
        for unit, written in (("day", self.days), ("month", self.months), ("part", self.part), ("year", self.years)):
            if written:
                return unit
        return "word"


def numbers_of(match: re.Match[str], group: str) -> Field:
    """5—7, 6、7, 6、7、8, 6、9 → numbers and whether they are only listed."""
    written = match[group]
    numbers = tuple(map(integer, SPLIT.split(written)))
    if len(numbers) == 1 or HAS_DASH.search(written):
        return Field(numbers if len(numbers) < 3 else (), match.end(), apart=len(numbers) > 2)
    runs_on = all(later == earlier + 1 for earlier, later in pairwise(numbers))
    return Field((numbers[0], numbers[-1]), match.end(), apart=not runs_on)
