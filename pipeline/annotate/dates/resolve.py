"""Dates as Chinese documents write them, resolved where their own text allows it.

What stands there is read by the grammar; here it gets its value: from the date that the text gave before, the year of the
section heading, or the document's own date. What cannot be resolved keeps its raw text and has no value: none is guessed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.annotate.dates.grammar import START, Expression, read_expression
from pipeline.annotate.dates.point import Point
from pipeline.model import DateMention, Document, Precision
from pipeline.numerals import ONES, ZEROS, integer
from pipeline.patterns import lazy
from pipeline.periods import NO_PLANS, Plans, precision_of

_RELATIVE_YEAR = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1, "后年": 2}
_RELATIVE_DAY = {"大前": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3, "後": 2, "大後": 3}
_YEAR_IN_HEADING = lazy(rf"([12]\d{{3}}|[一二][{ONES}{ZEROS}]{{3}})年")
_AHEAD = lazy(r"(?:将|拟|定|计划|预计|预定|争取|力争|确保)[^，。；]{0,6}$")
_EVERY = lazy("(?:每年|历年|每逢)的?$")
_BEFORE = lazy("[底末]?(?:之?前)")
_FAR = 8  # months: a month that lies so far from the document's own may be of the year before or after


class Moment(NamedTuple):
    """A day, a month or a year: as far as it is known."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str | None:
        """ISO 8601 to the precision known; None for an unknown year or a day that no calendar has."""
        if self.year is None or (self.month is not None and not 1 <= self.month <= 12):
            return None
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}" if 1 <= self.day <= monthrange(self.year, self.month)[1] else None


UNKNOWN = Moment(None)


class Stretch(NamedTuple):
    """From a moment to a moment; the same one for a date that is no range."""

    first: Moment
    last: Moment
    precision: Precision

    @property
    def value(self) -> str | None:
        """ISO 8601, "a/b" for a range; None where an end is not known or the end lies before the beginning."""
        first, last = self.first.iso, self.last.iso
        if first is None or last is None:
            return None
        if self.first == self.last:
            return first
        return f"{first}/{last}" if first < last else None


@dataclass(slots=True)
class _Account:
    """What a later partial date refers back to.

    `year`, `month` and `day` are those of the running account: the last date with a month, or the section's heading; the year
    is `assumed` while it is only that of the document. A year that is only `mentioned` (2018年，…) is what 同年 refers to, and a
    month in the same sentence, but the account goes on in its own. `block` is where the account last named a month.
    """

    written: Moment  # the document's own date
    year: int | None
    assumed: bool = True
    month: int | None = None
    day: int | None = None
    mentioned: int | None = None
    mentioned_here: bool = False  # in this sentence
    mentioned_in: int = -1  # its block
    headed: bool = False  # the year is that of the section's heading
    block: int = -1
    by_day: bool = False  # the month is that of the document, taken for a bare day
    ahead: bool = False  # the year is that of what is to come: 将于2026年1月28日起实施

    def mention(self, year: int | None, block: int) -> None:
        """A year is named."""
        self.mentioned, self.mentioned_here, self.mentioned_in = year, True, block


def find_dates(document: Document, plans: Plans = NO_PLANS) -> Iterator[DateMention]:
    """Every date in the document's text, in order; `plans` are the names of five-year plans with their years."""
    text = document.text
    written = Moment(*map(int, document.date.split("-"))) if document.date else UNKNOWN
    account = _Account(written, written.year)
    blocks = document.blocks
    index, end, entered = 0, 0, -1
    bare_days = document.kind not in ("regulation", "measures")  # where 15日 is a length of time, 上年 the year before any
    for candidate in START.finditer(text):
        start = candidate.start()
        expression = read_expression(text, start, plans) if start >= end else None
        if expression is None or not (bare_days or _dates_something(expression)):
            continue
        if account.mentioned_here and "。" in text[end:start]:
            account.mentioned_here = False
        while index < len(blocks) - 1 and blocks[index + 1].start <= start:
            index += 1
        end = expression.end
        if index != entered:
            for block in blocks[entered + 1 : index + 1]:
                if block.kind in ("heading", "title"):
                    _enter_section(account, text[block.start : block.end])
            entered = index
        of_any_year = not bare_days and expression.first.year_word in ("上年", "本年")
        if of_any_year or _EVERY.search(text, max(0, start - 3), start):
            point = expression.first
            stretch = _known(UNKNOWN, "day" if point.days else "month" if point.months else "year")
        else:
            stretch = _resolve(expression, account, text, index)
        yield DateMention(expression.first.start, end, stretch.value, _precision(stretch, expression, plans))


def _precision(stretch: Stretch, expression: Expression, plans: Plans) -> Precision:
    """How fine a date is: a third of a month and the years of a plan are told so by their words alone."""
    if stretch.precision == "month" and expression.first.third and expression.last is None:
        return "ten days"
    of_plan = stretch.value is not None and expression.first.named and precision_of(stretch.value, plans) == "plan period"
    return "plan period" if of_plan and expression.last is None else stretch.precision


def _dates_something(expression: Expression) -> bool:
    """More than 15日 or 当日, which in a regulation are lengths of time and days of a rule."""
    point = expression.first
    return bool((point.finest != "day" and point.day_word[:1] not in tuple("当同次翌隔第")) or point.months or point.month_word)


def _enter_section(account: _Account, heading: str) -> None:
    found = _YEAR_IN_HEADING.search(heading)
    if found:
        account.year, account.month, account.day, account.assumed = integer(found[1]), None, None, False
        account.mentioned, account.mentioned_here, account.headed = None, False, True


def _resolve(expression: Expression, account: _Account, text: str, block: int) -> Stretch:
    point, last = expression.first, expression.last
    ahead = bool(_AHEAD.search(text, max(0, point.start - 10), point.start) or _BEFORE.match(text, expression.end))
    first = _point(point, account, block, ahead=ahead)
    if last is None:
        return first
    second = _point(last, account, block, ahead=ahead, left=first.last)
    return Stretch(first.first, second.last, "range")


def _point(point: Point, account: _Account, block: int, *, ahead: bool, left: Moment | None = None) -> Stretch:
    """The value of one date; `left`: of the one before 至, whose year and month it may share."""
    if point.day_word or point.week_word:
        return _of_word(point, account, block, left)
    year = _year(point, account, block, left)
    if point.lunar:
        return _known(Moment(None if point.untold else year), "year")
    if point.untold:
        return Stretch(UNKNOWN, UNKNOWN, "day" if point.days else "month" if point.months else "year")
    if len(point.years) == 2:
        ends = (UNKNOWN, UNKNOWN) if point.months or point.part else (Moment(point.years[0]), Moment(point.years[1]))
        return Stretch(*ends, "range")
    if point.part:
        return _part(point, year, account, block, left)
    if point.month_word:
        return _in_month_of_word(point, account, block, left)
    if point.months:
        return _in_month(point, year, account, block, ahead=ahead, left=left)
    if point.days:
        return _bare_days(point, account, block, ahead=ahead, left=left)
    if point.years and not point.short_year:
        account.mention(year, block)
    return _known(Moment(year), "year")


def _known(moment: Moment, precision: Precision) -> Stretch:
    return Stretch(moment, moment, precision)


def _year(point: Point, account: _Account, block: int, left: Moment | None) -> int | None:
    if point.short_year:
        return _century(point.years[0], account)
    if len(point.years) == 1:
        return point.years[0]
    if point.year_word in _RELATIVE_YEAR:
        return account.written.year + _RELATIVE_YEAR[point.year_word] if account.written.year else None
    if point.year_word:  # 同年 and 当年 name the year spoken of last, 翌年 and 次年 the one after
        here = account.mentioned if account.mentioned_in == block else account.year if account.headed else None
        spoken = left.year if left else here
        return spoken + (point.year_word in ("翌年", "次年")) if spoken else None
    if left:
        return left.year
    if account.mentioned_here and account.mentioned and point.months:
        account.year, account.assumed = account.mentioned, False
    return account.year


def _century(year: int, account: _Account) -> int | None:
    """98年6月 is of 1998; 15年6月 is of 2015 where the document or its account is of that time."""
    if year >= 50:
        return 1900 + year
    around = account.written.year or account.year
    if around is None or around < 2000:
        return None
    return 2000 + year if 2000 + year <= around + 10 else None


def _part(point: Point, year: int | None, account: _Account, block: int, left: Moment | None) -> Stretch:
    """A quarter, half or feast of a year; one without a year is of the account's own, unless that has not come to it yet."""
    part = point.part
    assert part is not None
    if point.years:
        account.mention(year, block)
    elif not point.year_word and not left:
        year = account.mentioned if account.mentioned_here else year
        not_come = account.assumed and account.written.month is not None and part.first > account.written.month
        if not account.mentioned_here and not account.headed and (not_come or not account.assumed):
            year = None
    if year is None or not part.first:
        return Stretch(UNKNOWN, UNKNOWN, part.precision)
    if part.precision == "year":
        return _known(Moment(year), "year")
    return Stretch(Moment(year, part.first), Moment(year, part.last), part.precision)


def _in_month(point: Point, year: int | None, account: _Account, block: int, *, ahead: bool, left: Moment | None) -> Stretch:
    """3月, 3—5月, 3月5日, 3月5—7日, with a year or without."""
    first, last = point.months[0], point.months[-1]
    given = bool(point.years or point.year_word)
    if left and not given and year and left.month and first < left.month:
        year += 1  # 12月28日至1月3日
    told = not (given or left or ahead or account.mentioned_here)
    if told and account.ahead and first != account.month:
        year = account.year = account.written.year
        account.assumed, account.ahead = True, False
    if not given and not left and account.assumed and _doubtful(first, account.written, ahead=ahead):
        year = None
    if given:
        account.mention(year, block)
    # A month alone with its year is background where the account has days.
    if point.days or account.day is None or not given:
        account.month, account.day, account.block = last, point.days[-1] if point.days else None, block
        account.by_day = False
        if given:
            account.year, account.assumed, account.headed, account.ahead = year, False, False, ahead
    if point.days:
        return _from_to(Moment(year, first, point.days[0]), Moment(year, first, point.days[-1]), "day")
    return _from_to(Moment(year, first), Moment(year, last), "month")


def _doubtful(month: int, written: Moment, *, ahead: bool) -> bool:
    """Whether a month without a year may be of the year before the document's own, or after: 12月 in one of January."""
    if written.month is None:
        return False
    distance = month - written.month
    return (distance >= _FAR and not ahead) or (distance <= -_FAR and ahead)


def _from_to(first: Moment, last: Moment, precision: Precision) -> Stretch:
    return Stretch(first, last, precision if first == last else "range")


def _bare_days(point: Point, account: _Account, block: int, *, ahead: bool, left: Moment | None) -> Stretch:
    """9日: of the month that the text spoke of in this paragraph; else of the document's own, if that has come to it."""
    of = left or _month_spoken_of(point.days[-1], account, block, ahead=ahead)
    if of.year is None or of.month is None:
        account.day = None
        return Stretch(UNKNOWN, UNKNOWN, "day" if point.days[0] == point.days[-1] else "range")
    account.by_day = left is None and (account.by_day or account.month is None)
    account.year, account.month, account.day, account.block = of.year, of.month, point.days[-1], block
    return _from_to(Moment(of.year, of.month, point.days[0]), Moment(of.year, of.month, point.days[-1]), "day")


def _month_spoken_of(day: int, account: _Account, block: int, *, ahead: bool) -> Moment:
    spoken = Moment(account.year, account.month)
    written = account.written
    if written.day is None or (account.month is not None and account.block == block and not account.by_day):
        return spoken
    own = Moment(written.year, written.month) if day <= written.day or ahead else UNKNOWN
    if account.month is None or account.by_day:
        return own
    return UNKNOWN if own.year and own != spoken else spoken


def _in_month_of_word(point: Point, account: _Account, block: int, left: Moment | None) -> Stretch:
    """本月, 上月: counted from the document's date; 当月, 次月: from the month spoken of."""
    written, word = account.written, point.month_word
    spoken = left or (Moment(account.year, account.month) if account.block == block else UNKNOWN)
    base = spoken if word[0] in "当同次翌" else written
    if base.year is None or base.month is None:
        return Stretch(UNKNOWN, UNKNOWN, "day" if point.days else "month")
    months = base.year * 12 + base.month - 1 + {"上": -1, "下": 1, "次": 1, "翌": 1}.get(word[0], 0)
    of = Moment(_RELATIVE_YEAR.get(point.year_word, 0) + months // 12, months % 12 + 1)
    if point.days:
        account.year, account.month, account.day, account.block = of.year, of.month, point.days[-1], block
        return _from_to(of._replace(day=point.days[0]), of._replace(day=point.days[-1]), "day")
    return _known(of, "month")


def _of_word(point: Point, account: _Account, block: int, left: Moment | None) -> Stretch:
    """今天, 昨日, 上周三: counted from the document's day; 当日, 次日: from the day spoken of."""
    word = point.day_word or point.week_word
    if point.day_word and word[0] in "当同次翌隔第":
        spoken = Moment(account.year, account.month, account.day)
        near = block - account.block <= 2 or spoken == account.written  # 当日 may open the paragraph after the one that names it
        day = _day(left or (spoken if near else UNKNOWN))
        shift = 0 if word[0] in "当同" else 2 if word[0] == "隔" else 1
        return _known(_moment(day + timedelta(days=shift)) if day else UNKNOWN, "day")
    written = _day(account.written)
    if point.week_word:
        return _week(word, written)
    if written is None:
        return _known(UNKNOWN, "day")
    shift = next(days for opens, days in _RELATIVE_DAY.items() if word.startswith(opens))
    of = _moment(written + timedelta(days=shift))
    account.year, account.month, account.day, account.block = *of, block
    return _known(of, "day")


def _week(word: str, written: date | None) -> Stretch:
    """本周, 上周末, 下下周三; a week from Monday to Sunday."""
    days = {day: at for at, day in enumerate("一二三四五六日")} | {"天": 6}
    named = days.get(word[-1])
    if written is None:
        return Stretch(UNKNOWN, UNKNOWN, "day" if named is not None else "range")
    monday = written - timedelta(days=written.weekday()) + 7 * timedelta(days=word.count("下") - word.count("上"))
    if named is not None:
        return _known(_moment(monday + timedelta(days=named)), "day")
    opens = 5 if word[-1] == "末" else 0
    return Stretch(_moment(monday + timedelta(days=opens)), _moment(monday + timedelta(days=6)), "range")


def _day(moment: Moment) -> date | None:
    return date.fromisoformat(moment.iso) if moment.day and moment.iso else None


def _moment(day: date) -> Moment:
    return Moment(day.year, day.month, day.day)
