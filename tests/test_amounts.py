"""Figures as exact numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.amounts import amount, plain

CASES = [
    ("12.5", "万辆", "125000", "125000", "辆"),
    ("0.1", "亿元", "10000000", "10000000", "元"),
    ("3", "万亿元", "3000000000000", "3000000000000", "元"),
    ("2", "百万元", "2000000", "2000000", "元"),
    ("8", "千米", "8", "8", "千米"),
    ("4.5", "个百分点", "4.5", "4.5", "个百分点"),
    ("三", "成", "30", "30", "%"),
    ("两点五", "万亩", "25000", "25000", "亩"),
    ("四分之一", "", "0.25", "0.25", ""),
    ("-5", "%", "-5", "-5", "%"),
    ("3/5", "亿元", "300000000", "500000000", "元"),
    ("5/3", "元", "3", "5", "元"),
    ("2×10^6", "吨", "2000000", "2000000", "吨"),
    ("10^3", "吨", "1000", "1000", "吨"),
    ("0.10", "%", "0.1", "0.1", "%"),
    ("1亿2000万", "元", "120000000", "120000000", "元"),
    ("十三万八千", "元", "138000", "138000", "元"),
    ("九万四", "元", "94000", "94000", "元"),
    ("壹佰贰拾", "万元", "1200000", "1200000", "元"),
    ("5", "千人", "5000", "5000", "人"),
    ("5", "千帕", "5", "5", "千帕"),
    ("3.5", "成", "35", "35", "%"),
    ("九", "折", "90", "90", "%"),
    ("75", "折", "75", "75", "%"),
    ("-3/-5", "℃", "-5", "-3", "℃"),
]


@pytest.mark.parametrize(("value", "unit", "low", "high", "bare"), CASES)
def test_an_amount(value: str, unit: str, low: str, high: str, bare: str) -> None:
    found = amount(value, unit)
    assert found is not None
    assert (plain(found.low), plain(found.high), found.unit) == (low, high, bare)


@pytest.mark.parametrize("value", ["", "几十", "三分之一", "1/2/3", "一/", "约5", "十几", "数百", "三万五万", "1万2万"])
def test_what_is_no_number_that_can_be_told(value: str) -> None:
    assert amount(value, "元") is None


def test_a_number_is_written_without_exponent() -> None:
    assert [plain(Decimal(text)) for text in ("1E+6", "0", "0.50", "100")] == ["1000000", "0", "0.5", "100"]
