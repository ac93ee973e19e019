"""A figure as a text has it → an exact number in its bare unit: 12.5 万辆 → 125000 辆, 3/5 万元 → 30000 to 50000 元."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pipeline.numerals import number
from pipeline.patterns import lazy

_SCALES = {"十": 10, "百": 100, "千": 10**3, "万": 10**4, "亿": 10**8}
_SCALE = lazy(
    "[十百千]?[万亿]+|(?!千[米瓦克伏卡焦赫帕安比牛字]|百[帕分])[百千](?=.)"
)  # 千米 and 百分点 are units of their own
_POWER = lazy(r"(?:(-?\d+(?:\.\d+)?)[×xX*])?10\^(-?\d{1,2})")
_SHARE = lazy(r"(.+)分之(.+)")
_PLACES = 10  # of a share after the point


class Amount(NamedTuple):
    """From `low` to `high`, the same for a single number, in `unit`."""

    low: Decimal
    high: Decimal
    unit: str


def amount(value: str, unit: str) -> Amount | None:
    """What a value and a unit of claims.jsonl come to; None where the value is no number that can be told."""
    parts = [_number(part) for part in value.split("/")]
    if not 1 <= len(parts) <= 2 or None in parts:
        return None
    scale, bare = _scaled(unit)
    if unit == "折" and (parts[-1] or 0) > 10:
        scale = Decimal(1)  # 75折 is 7.5折
    low, high = ((one or Decimal(0)) * scale for one in (parts[0], parts[-1]))
    return Amount(min(low, high), max(low, high), bare)


def plain(number: Decimal) -> str:
    """A number as xsd:decimal has it in its shortest form: without exponent or trailing zeros."""
    digits = f"{number:f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) or "0"


def _scaled(unit: str) -> tuple[Decimal, str]:
    """The factor in front of a unit, and the unit without it: 万亿元 → 10¹², 元."""
    if unit in ("成", "折"):
        return Decimal(10), "%"
    scale = _SCALE.match(unit)
    if scale is None:
        return Decimal(1), unit
    factor = Decimal(1)
    for character in scale[0]:
        factor *= _SCALES[character]
    return factor, unit[scale.end() :]


def _number(text: str) -> Decimal | None:
    """The value of a number in figures or in Chinese numerals: 34.4, 三十, 1亿2000万, 两点五, 三分之一, 2×10^6."""
    power = _POWER.fullmatch(text)
    if power:
        return Decimal(power[1] or 1).scaleb(int(power[2]))
    share = _SHARE.fullmatch(text)
    if share:
        part, whole = number(share[2]), number(share[1])
        return _share(int(part), int(whole)) if part is not None and whole is not None else None
    value = number(text.removeprefix("-"))
    return -value if value is not None and text.startswith("-") else value


def _share(part: int, whole: int) -> Decimal | None:
    """A share as a number where that is exact: a quarter is .25, a third has no last place."""
    places = next((places for places in range(_PLACES) if whole and part * 10**places % whole == 0), None)
    return None if places is None else Decimal(part * 10**places // whole).scaleb(-places)
