"""Dates and quantities over cases that others wrote: the Chinese specs of Microsoft Recognizers-Text, where they are at hand.

Only the cases that matter for documents are selected, each set by a rule; their number is asserted, so that no rule
empties a set unseen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.annotate.dates import find_dates
from tests.extracting import annotate, made

CASES = Path(__file__).parent.parent.parent / "shared" / "cases" / "recognizers-text-zh"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases of Recognizers-Text are not beside the project")

_FULL_YEAR = re.compile(r"(?<!\d)[12]\d{3}年|[一二][〇零○一二三四五六七八九]{3}年|(?<!\d)[12]\d{3}[-/.]\d")
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)"


def timex(case: dict[str, Any]) -> str:
    return str(case["Results"][0]["Value"].get("Timex", ""))


def absolute_day(case: dict[str, Any]) -> bool:
    """One day of the solar calendar, with its year in four digits."""
    text = case["Input"]
    return bool("农历" not in text and _FULL_YEAR.search(text) and re.fullmatch(r"\d{4}-\d\d-\d\d", timex(case)))


def absolute_period(case: dict[str, Any]) -> bool:
    """One year, month, or stretch of days or months, with its year in four digits."""
    days = re.fullmatch(r"\((\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d),P\d+D\)", timex(case))
    return bool(_FULL_YEAR.search(case["Input"]) and (days or re.fullmatch(r"\d{4}(?:-\d\d)?", timex(case))))


def number_with_unit(unit: str) -> Callable[[dict[str, Any]], bool]:
    """One figure before a unit, or after 百分之."""
    form = re.compile(rf"{_NUMBER}(?:{unit})|百分之{_NUMBER}")

    def selects(case: dict[str, Any]) -> bool:
        text = case["Results"][0]["Text"]
        return text in case["Input"] and bool(form.fullmatch(text))

    return selects


def date_found(case: dict[str, Any]) -> bool:
    days = re.match(r"\((\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d),", timex(case))
    wanted = f"{days[1]}/{days[2]}" if days else timex(case)
    return wanted in {date.value for date in find_dates(made(case["Input"]))}


def quantity_found(case: dict[str, Any]) -> bool:
    text = case["Input"]
    return case["Results"][0]["Text"] in {text[q.start : q.end] for q in annotate(text).quantities}


# File, which of its cases, how many these are, how each is judged, and the share found that must not sink.
SETS = [
    ("DateParser", absolute_day, 12, date_found, 0.83),
    ("DatePeriodParser", absolute_period, 12, date_found, 0.75),
    ("PercentModel", number_with_unit("%|％|个百分点"), 24, quantity_found, 0.70),
    ("CurrencyModel", number_with_unit("[万亿]{0,2}(?:元|美元|欧元|日元|英镑|人民币|港元|角|分)"), 11, quantity_found, 0.54),
    ("DimensionModel", number_with_unit("[万亿]{0,2}[\u4e00-\u9fff]{1,4}"), 28, quantity_found, 0.25),
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
