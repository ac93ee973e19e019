"""Stretches of time: the first and last day of a date, how fine it is, and the years of the five-year plans.

    date_bounds("2024-02")                    ("2024-02-01", "2024-02-29")
    precision_of("2030-01/2030-06", plans)    "half-year", however the text puts it: 上半年, 1—6月
    precision_of("2021/2025", plans)          "plan period", for these are the years of a plan

The years of the plans are facts of the vocabulary (ontology/vocab/periods.ttl).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.model import Precision
from pipeline.patterns import lazy

if TYPE_CHECKING:
    from pipeline.ontology import Term

Plans = Mapping[str, tuple[int, int]]  # name of the period of a plan → its first and last year
NO_PLANS: Plans = {}
_ISO = lazy(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_PRECISIONS: Mapping[int, Precision] = {4: "year", 7: "month", 10: "day"}  # by the length of an ISO date
_OF_MONTHS: Mapping[int, Precision] = {3: "quarter", 6: "half-year", 12: "year"}  # that begin with one of their kind
_TEN_DAYS = lazy("([上中下])旬")
_FIRST_DAYS = {"上": 1, "中": 11, "下": 21}


def plan_periods(terms: Iterable[Term]) -> Plans:
    """The years of the plans among the terms of an ontology, by each of their names."""
    plans = (term for term in terms if term.kind == "PlanPeriod" and term.start and term.end)
    return {name: (int(term.start[:4]), int(term.end[:4])) for term in plans for name in term.names}


def date_bounds(date: str) -> tuple[str, str] | None:
    """First and last day of an ISO date or range: 2024-02 → 2024-02-01, 2024-02-29. None for no date of the calendar."""
    first, _, last = date.partition("/")
    bounds = _days(first), _days(last or first)
    return (bounds[0][0], bounds[1][1]) if bounds[0] and bounds[1] else None


def _days(date: str) -> tuple[str, str] | None:
    match = _ISO.fullmatch(date)
    if not match or match[1] == "0000":
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[2] is None:
        return f"{date}-01-01", f"{date}-12-31"
    if not 1 <= month <= 12 or (match[3] is not None and not 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return (date, date) if day else (f"{date}-01", f"{date}-{calendar.monthrange(year, month)[1]}")


def ten_days(date: str, text: str) -> tuple[str, str] | None:
    """First and last day of the third of a month that the words of a date name: 2024-02, 2月下旬 → 2024-02-21, 2024-02-29."""
    named, month = _TEN_DAYS.search(text), _days(date)
    if named is None or month is None or len(date) != len("2024-02"):
        return None
    first = _FIRST_DAYS[named[1]]
    return f"{date}-{first:02}", month[1] if named[1] == "下" else f"{date}-{first + 9:02}"


def precision_of(date: str, plans: Plans) -> Precision:
    """How fine an ISO date or range is; `plans` tells the years of a plan from other years."""
    first, _, last = date.partition("/")
    if not last:
        return _PRECISIONS.get(len(first), "range")
    if len(first) == len(last) == len("2024"):
        return "plan period" if (int(first), int(last)) in plans.values() else "range"
    if len(first) != len("2024-01") or len(last) != len(first) or first[:4] != last[:4]:
        return "range"
    opens, months = int(first[5:]) - 1, int(last[5:]) - int(first[5:]) + 1
    return _OF_MONTHS[months] if months in _OF_MONTHS and opens % months == 0 else "range"
