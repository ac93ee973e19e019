"""A figure as a text has it → an exact number in its bare unit: 12.5 万辆 → 125000 辆, 3/5 万元 → 30000 to 50000 元."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pipeline.annotate.numerals import integer

_SCALES = {"十": 10, "百": 100, "千": 10**3, "万": 10**4, "亿": 10**8}
_SCALE = re.compile("[十百千]?[万亿]+|[百千](?=[元吨美])")  # 千米 and 百分点 are units of their own
_FIGURES = re.compile(r"-?\d+(?:\.\d+)?")
_POWER = re.compile(r"(?:(-?\d+(?:\.\d+)?)[×xX*])?10\^(-?\d{1,2})")
_SHARE = re.compile(r"(.+)分之(.+)")
_PLACES = 10  # of a share after the point
_POINTED = re.compile(r"([^点]+)点([^点]+)")


class Amount(NamedTuple):
    """From `low` to `high`, the same for a single number, in `unit`."""

    low: Decimal
    high: Decimal
    unit: str


def amount(value: str, unit: str) -> Amount | None:
    """What a value and a unit of claims.jsonl come to; None where the value is no number that can be told."""
    numbers = [_number(part) for part in value.split("/")]
    if not 1 <= len(numbers) <= 2 or None in numbers:
        return None
    scale, bare = _scaled(unit)
    low, high = ((number or Decimal(0)) * scale for number in (numbers[0], numbers[-1]))
    return Amount(min(low, high), max(low, high), bare)


def plain(number: Decimal) -> str:
    """A number as xsd:decimal has it in its shortest form: without exponent or trailing zeros."""
    digits = f"{number:f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) or "0"


def _scaled(unit: str) -> tuple[Decimal, str]:
    """The factor in front of a unit, and the unit without it: 万亿元 → 10¹², 元."""
    if unit == "成":
        return Decimal(10), "%"
    scale = _SCALE.match(unit)
    if scale is None:
        return Decimal(1), unit
    factor = Decimal(1)
    for character in scale[0]:
        factor *= _SCALES[character]
    return factor, unit[scale.end() :]


def _number(text: str) -> Decimal | None:
    """The value of a number in figures or in Chinese numerals: 34.4, 三十, 两点五, 三分之一, 2×10^6."""
    if _FIGURES.fullmatch(text):
        return Decimal(text)
    power = _POWER.fullmatch(text)
    if power:
        return Decimal(power[1] or 1).scaleb(int(power[2]))
    share = _SHARE.fullmatch(text)
    try:
        if share:
            return _share(integer(share[2]), integer(share[1]))
        pointed = _POINTED.fullmatch(text)
        if pointed:
            return Decimal(f"{integer(pointed[1])}.{''.join(str(integer(digit)) for digit in pointed[2])}")
        return Decimal(integer(text)) if text else None
    except (ValueError, KeyError):
        return None


def _share(part: int, whole: int) -> Decimal | None:
    """A share as a number where that is exact: a quarter is .25, a third has no last place."""
    places = next((places for places in range(_PLACES) if whole and part * 10**places % whole == 0), None)
    return None if places is None else Decimal(part * 10**places // whole).scaleb(-places)
