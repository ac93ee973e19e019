"""Dates and quantities over cases that others wrote: the Chinese specs of Microsoft Recognizers-Text, where they are at hand.

Only the cases that matter for documents are selected, each set by a rule; their number is asserted, so that no rule
empties a set unseen.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.annotate.dates import find_dates
from pipeline.annotate.numerals import integer
from tests.extracting import annotate, made

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


def number_with_unit(unit: str) -> Callable[[dict[str, Any]], bool]:
    """One figure before a unit, or after 百分之."""
    form = re.compile(rf"{_NUMBER}(?:{unit})|百分之{_NUMBER}")

    def selects(case: dict[str, Any]) -> bool:
        text = case["Results"][0]["Text"]
        return text in case["Input"] and bool(form.fullmatch(text))

    return selects


def quantity_found(case: dict[str, Any]) -> bool:
    text = case["Input"]
    return case["Results"][0]["Text"] in {text[q.start : q.end] for q in annotate(text).quantities}


# File, which of its cases, how many these are, how each is judged, and the share found that must not sink.
SETS = [
    ("PercentModel", number_with_unit("%|％|个百分点"), 24, quantity_found, 0.95),
    ("CurrencyModel", number_with_unit("[万亿]{0,2}(?:元|美元|欧元|日元|英镑|人民币|港元|角|分)"), 11, quantity_found, 1.0),
    ("DimensionModel", number_with_unit("[万亿]{0,2}[\u4e00-\u9fff]{1,4}"), 28, quantity_found, 0.46),
]


@pytest.mark.parametrize(("name", "selects", "count", "is_found", "floor"), SETS)
def test_share_found(
    name: str, selects: Callable[[dict[str, Any]], bool], count: int, is_found: Callable[[dict[str, Any]], bool], floor: float
) -> None:
    cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8-sig"))
    selected = [case for case in cases if len(case["Results"]) == 1 and selects(case)]
    assert len(selected) == count
    missed = [case["Input"] for case in selected if not is_found(case)]
    assert 1 - len(missed) / len(selected) >= floor, missed


def worth(value: str, unit: str) -> Decimal:
    """The number that a quantity comes to: 三十 万吨 → 300000."""
    whole, _, part = value.lstrip("-").partition("点")
    number = Decimal(whole) if whole.replace(".", "").isdecimal() else Decimal(integer(whole))
    number += Decimal(f"0.{''.join(str(integer(numeral)) for numeral in part) or 0}")
    scale = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "千": 1000}
    times = re.match("万亿|[万亿]|千(?=元)", unit)
    return number * (scale[times[0]] if times else 1) * (-1 if value[0] == "-" else 1)


@pytest.mark.parametrize(("name", "selects", "count", "is_found", "floor"), SETS)
def test_no_value_is_wrong(
    name: str, selects: Callable[[dict[str, Any]], bool], count: int, is_found: Callable[[dict[str, Any]], bool], floor: float
) -> None:
    cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8-sig"))
    seen = 0
    for case in cases:
        [result] = case["Results"] if len(case["Results"]) == 1 and selects(case) else [None]
        if result is None or (result["Resolution"].get("unit") or "").startswith("Kilob"):  # 三千比特 as 3 kilobit
            continue
        for quantity in annotate(case["Input"]).quantities:
            if case["Input"][quantity.start : quantity.end] == result["Text"]:
                seen += 1
                assert worth(quantity.value, quantity.unit) == Decimal(result["Resolution"]["value"].rstrip("%")), case["Input"]
    assert seen >= floor * count - 4


@pytest.mark.parametrize(("name", "count", "right", "wrong"), [("DateParser", 33, 30, 0), ("DatePeriodParser", 53, 51, 0)])
def test_dates_right_or_undated(name: str, count: int, right: int, wrong: int) -> None:
    cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8-sig"))
    selected = [case for case in cases if len(case["Results"]) == 1 and dated(case)]
    verdicts = {case["Input"]: judged(case) for case in selected}
    shares = Counter(verdicts.values())
    assert len(selected) == count
    assert shares["wrong"] == wrong, verdicts
    assert shares["right"] >= right, verdicts
