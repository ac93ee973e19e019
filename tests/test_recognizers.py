"""Dates and quantities over cases that others wrote: the Chinese specs of Microsoft Recognizers-Text, where they are at hand.

Only the cases that matter for documents are selected, each set by a rule; their number is asserted, so that no rule
empties a set unseen.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.amounts import amount
from pipeline.annotate.dates import find_dates
from pipeline.annotate.quantities import QuantityFinder
from pipeline.extract.figures.patterns import patterns
from pipeline.model import Quantity
from pipeline.numerals import number
from tests.extracting import made
from tests.samples import ontology

CASES = Path(__file__).parent.parent.parent / "shared" / "cases" / "recognizers-text-zh"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases of Recognizers-Text are not beside the project")

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)"


# Readings that no document has, or that the cases themselves take for days of our calendar: lunar days and reigns, the order of
# day and month that English has, lengths of time from now.
_OUT_OF_SCOPE = re.compile(
    r"农历|正月|大年|初一|神龙|雍正|康熙|月[一二三四五六七八九十]+$|(?<!\d)\d{1,2}[-./]\d{1,2}(?!\d)(?<![12]\d{3}[-./]\d[-./]\d)"
    r"|(?:前|后|上|近|未来|过去)\s?[\d一二两三十]\s?(?:周|个?月|年|天)|最近|最后一|第一周|[夏]天|之后"
)
_SPELLED = re.compile(r"[12]\d{3}[-./]\d{1,2}[-./]\d{1,2}")


def values(case: dict[str, Any]) -> set[str | None]:
    """What a date may be taken for: ISO, of the past or of the time to come; None where no calendar has it."""
    given = case["Results"][0]["Value"]
    timex = given.get("Timex", "")
    if re.fullmatch(r"\d{4}(?:-\d\d)?", timex):
        return {timex}
    return {_iso(given.get(f"{side}Resolution") or {}, timex) for side in ("Past", "Future")}


def _iso(resolution: dict[str, str], timex: str) -> str | None:
    """A day, or a stretch as our dates have it: the cases end a week, month or year on the day after."""
    if "date" in resolution:
        return None if resolution["date"] == "0001-01-01" else resolution["date"]
    first, last = (date.fromisoformat(resolution[f"{end}Date"]) for end in ("start", "end"))
    if re.search(r"P\d+Y\)|P3M\)", timex):
        whole = timex.endswith("P10Y)") or "P3M" in timex
        last -= timedelta(days=whole)
        return f"{first.year}/{last.year}" if "Y)" in timex else f"{first:%Y-%m}/{last:%Y-%m}"
    if "W" in timex:
        last -= timedelta(days=1)
    return f"{first}/{last}"


def dated(case: dict[str, Any]) -> bool:
    """An absolute date, a range, or a day or week counted from the day of writing."""
    timex = case["Results"][0]["Value"].get("Timex", "")
    return (
        "XX-" not in timex.replace("XXXX-", "")
        and "WXX" not in timex
        and not _OUT_OF_SCOPE.search(_SPELLED.sub("", case["Input"]))
    )


def judged(case: dict[str, Any]) -> str:
    """right, undated (no value, or only the year or month of it), wrong."""
    wanted = values(case)
    day = case["Context"]["ReferenceDateTime"][:10]
    found = {mention.value for mention in find_dates(made(case["Input"], date=day))} or {None}
    if found & wanted:
        return "right"
    told = {value for value in found if value and not any(one and one.startswith(value) for one in wanted)}
    return "wrong" if told else "undated"


def number_with_unit(unit: str) -> Callable[[str], bool]:
    """One figure before a unit, with or without half of it, or after 百分之."""
    form = re.compile(rf"{_NUMBER}(?:{unit})半?|百分之{_NUMBER}")
    return lambda text: bool(form.fullmatch(text))


# No number that a document of these genres has: other scripts of Chinese, characters set apart, notations of program code, mixed
# fractions, dozens, a numeral as a word of the sentence.
_NO_NUMBER = re.compile(
    r"[萬億兩負點壹貳參陸倆]"
    r"|[\u4e00-\u9fff\d] +[\u4e00-\u9fff]|[\d０-９][eEｅkK^]|^[-.．]*\."
    r"|[又/／]|分之负|负.分之|[打双半]|万万|千$|零十"
)

_NO_CASE = re.compile(r"^百分之|\.\d+\.|\.{3}|－－| M$")  # and one of another file, or in a string of marks


def is_number(text: str) -> bool:
    """A number that a document may have, of two characters at least."""
    return not _NO_NUMBER.search(text) and (len(text) > 1 or text.isdecimal())


@cache
def finder() -> QuantityFinder:
    """The numbers that figures are made of, with or without a unit."""
    return patterns(ontology()).numbers


def found(case: dict[str, Any], result: dict[str, Any]) -> list[Quantity]:
    """The quantities that begin with the text of a result, or are it."""
    text = result["Text"]
    return [q for q in finder().find(case["Input"]) if _half_width(case["Input"][q.start : q.end]).startswith(text)]


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def verdict(case: dict[str, Any], result: dict[str, Any]) -> str:
    """right, wrong, or missed: not found, or with a value that comes to no number."""
    wanted = Decimal(result["Resolution"]["value"].rstrip("%"))
    told = {worth for quantity in found(case, result) if (worth := _worth(quantity)) is not None}
    return "right" if wanted in told else "wrong" if told else "missed"


def _worth(quantity: Quantity) -> Decimal | None:
    """What a quantity comes to as the cases tell it: ‰ and ‱ in per cent, 二十几万 as 200000."""
    scaled = amount(quantity.value, quantity.unit)
    if scaled is None:
        return number(quantity.value.replace("几", "") + re.sub("[^万亿]", "", quantity.unit))
    return scaled.low / {"‰": 10, "‱": 100}.get(quantity.unit, 1)


# File, which results of its cases, how many these are, and how many of them are right at least; none is wrong.
SETS = [
    ("PercentModel", number_with_unit("%|％|个百分点|成|折"), 75, 71),
    ("CurrencyModel", number_with_unit("[万亿]{0,2}(?:元|[美欧日港]元|英镑|人民币|台币|奈拉|瑞士法郎|角|分)"), 21, 21),
    ("DimensionModel", number_with_unit("[万亿]{0,2}(?:[\u4e00-\u9fff]{1,4}|[cC]?[mM])"), 31, 30),
    ("NumberModel", is_number, 169, 156),
]


@pytest.mark.parametrize(("name", "selects", "count", "right"), SETS)
def test_quantities(name: str, selects: Callable[[str], bool], count: int, right: int) -> None:
    cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8-sig"))
    asked = [case for case in cases if not (name == "NumberModel" and _NO_CASE.search(case["Input"]))]
    verdicts = {
        (case["Input"], result["Text"]): verdict(case, result)
        for case in asked
        for result in case["Results"]
        if selects(result["Text"])
    }
    shares = Counter(verdicts.values())
    assert len(verdicts) == count
    assert shares["wrong"] == 0, [key for key, told in verdicts.items() if told == "wrong"]
    assert shares["right"] >= right, [key for key, told in verdicts.items() if told == "missed"]


@pytest.mark.parametrize(("name", "count", "right", "wrong"), [("DateParser", 33, 30, 0), ("DatePeriodParser", 53, 51, 0)])
def test_dates_right_or_undated(name: str, count: int, right: int, wrong: int) -> None:
    cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8-sig"))
    selected = [case for case in cases if len(case["Results"]) == 1 and dated(case)]
    verdicts = {case["Input"]: judged(case) for case in selected}
    shares = Counter(verdicts.values())
    assert len(selected) == count
    assert shares["wrong"] == wrong, verdicts
    assert shares["right"] >= right, verdicts
