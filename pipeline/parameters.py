"""The parameters of a named question: read as what its header says they are, so that nothing is compared with what it is not.

The type stands in brackets behind the name: text (where none stands), name, number, confidence, precision, year, yes or no,
first day, last day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import get_args

from pipeline import terms as t
from pipeline.errors import QueryError
from pipeline.model import Precision
from pipeline.patterns import lazy
from pipeline.periods import date_bounds

_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TENS = lazy(r"([1-9])?十([1-9])?")
_DATE = lazy(
    r"(?P<year>\d{4})(?:年|[-/.]|$)?(?:"
    r"(?P<month>\d{1,2})(?:月份?)?(?:[-/.]?(?P<day>\d{1,2})[日号]?)?"
    r"|第?(?P<quarter>\d)季度?|[Qq](?P<q>\d)|(?P<half>[上下])半年)?"
)


def _text(value: str) -> str:
    return t.literal(value)


def _name(value: str) -> str:
    """A label as the graph has it."""
    return t.literal(value.strip(), language="zh")


def _number(value: str) -> str:
    text = unicodedata.normalize("NFKC", value).strip()
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        raise ValueError("is no number; write it as 0.9")
    return t.literal(text, t.XSD + "decimal")


def _confidence(value: str) -> str:
    number = _number(value)
    if not 0 <= float(unicodedata.normalize("NFKC", value)) <= 1:
        raise ValueError("is no confidence; write it as a number from 0 to 1")
    return number


def _precision(value: str) -> str:
    known: tuple[str, ...] = get_args(Precision)
    text = value.strip().lower()
    if text not in known:
        raise ValueError(f"is none of {', '.join(known)}")
    return t.literal(text)


def _year(value: str) -> str:
    found = re.fullmatch(r"(\d{4})年?", _plain(value))
    if not found:
        raise ValueError("is no year; write it as 2024")
    return t.literal(found[1])


def _yes_or_no(value: str) -> str:
    known = {"yes": "true", "true": "true", "是": "true", "no": "false", "false": "false", "否": "false"}
    if value.strip().lower() not in known:
        raise ValueError("is neither yes nor no")
    return t.literal(known[value.strip().lower()], t.XSD + "boolean")


def days(value: str) -> tuple[str, str]:
    """First and last day of a date as people write it: 2024, 2024-1, 2024年1月31日, 二〇二四年一月, 2024/1, 2024Q1, 2024年下半年.

    Raises ValueError that says what is wrong with it.
    """
    match = _DATE.fullmatch(_plain(value))
    if not match:
        raise ValueError("is no date; write it as 2024, 2024-01 or 2024-01-31")
    quarter = match["quarter"] or match["q"]
    if quarter or match["half"]:
        if quarter and not 1 <= int(quarter) <= 4:
            raise ValueError(f"has no such quarter: {quarter}; a year has 4")
        first, last = (3 * int(quarter) - 2, 3 * int(quarter)) if quarter else (1, 6) if match["half"] == "上" else (7, 12)
        date = f"{match['year']}-{first:02}/{match['year']}-{last:02}"
    else:
        if match["month"] and not 1 <= int(match["month"]) <= 12:
            raise ValueError(f"has no such month: {match['month']}; a year has 12")
        date = "-".join([match["year"], *(f"{int(part):02}" for part in match.group("month", "day") if part)])
    bounds = date_bounds(date)
    if bounds is None:
        raise ValueError("is no day of the calendar")
    return bounds


def _plain(value: str) -> str:
    """A date in ASCII figures, without spaces."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", value)).translate(_FIGURES)
    return _TENS.sub(lambda ten: f"{ten[1] or 1}{ten[2] or 0}", text)


READERS: dict[str, Callable[[str], str]] = {
    "text": _text,
    "name": _name,
    "number": _number,
    "confidence": _confidence,
    "precision": _precision,
    "year": _year,
    "yes or no": _yes_or_no,
    "first day": lambda value: t.literal(days(value)[0]),
    "last day": lambda value: t.literal(days(value)[1]),
}


def read_parameter(name: str, kind: str, value: str) -> str:
    """A value of type `kind`, a key of READERS, as a SPARQL term. Raises QueryError where it is no such thing."""
    if not value.strip():
        raise QueryError(f"{name}=: has no value. Give it one, or leave {name} out.")
    try:
        return READERS[kind](value)
    except ValueError as error:
        raise QueryError(f"{name}={value}: {error}.") from error
