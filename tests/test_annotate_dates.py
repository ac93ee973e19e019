"""Dates as they stand in a text, and their values."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from pipeline.annotate.dates import find_dates
from tests.extracting import made

Row = Any  # a text beside its dates: as they stand, their value, their precision


def weak(text: str, expected: list[tuple[str, str | None, str]], reason: str) -> Row:
    """A row that the product does not meet yet, and why."""
    return pytest.param(text, expected, marks=pytest.mark.xfail(reason=reason, strict=True))


ABSOLUTE: list[Row] = [
    ("大桥于2018年10月24日通车。", [("2018年10月24日", "2018-10-24", "day")]),
    ("2018年1月3号开馆", [("2018年1月3号", "2018-01-03", "day")]),
    ("二〇二一年七月一日", [("二〇二一年七月一日", "2021-07-01", "day")]),
    ("二○一九年十二月三十一日", [("二○一九年十二月三十一日", "2019-12-31", "day")]),
    ("一九七八年冬", [("一九七八年", "1978", "year")]),
    ("2017年6月", [("2017年6月", "2017-06", "month")]),
    ("2017年6月份", [("2017年6月份", "2017-06", "month")]),
    ("2017年，远洋船队扩编。", [("2017年", "2017", "year")]),
    ("2017年度预算", [("2017年度", "2017", "year")]),
    ("2017年全年", [("2017年全年", "2017", "year")]),
    ("更新于2020-03-05。", [("2020-03-05", "2020-03-05", "day")]),
    ("2020/3/5", [("2020/3/5", "2020-03-05", "day")]),
    ("2020.03.05", [("2020.03.05", "2020-03-05", "day")]),
    ("编号20200305", [("20200305", "2020-03-05", "day")]),
    ("公元1911年", [("1911年", "1911", "year")]),
]
PARTIAL: list[Row] = [
    ("2022年第三季度", [("2022年第三季度", "2022-07/2022-09", "quarter")]),
    ("2022年一季度", [("2022年一季度", "2022-01/2022-03", "quarter")]),
    ("2022年上半年", [("2022年上半年", "2022-01/2022-06", "range")]),
    ("2022年下半年", [("2022年下半年", "2022-07/2022-12", "range")]),
    ("2022年底", [("2022年底", "2022-12", "month")]),
    ("2022年年末", [("2022年年末", "2022-12", "month")]),
    ("2022年初", [("2022年初", "2022-01", "month")]),
    ("去年三季度", [("去年三季度", "2029-07/2029-09", "quarter")]),
]
RANGES: list[Row] = [
    ("2021—2025年", [("2021—2025年", "2021/2025", "range")]),
    ("2021年至2025年", [("2021年至2025年", "2021/2025", "range")]),
    ("2021-2025年", [("2021-2025年", "2021/2025", "range")]),
    ("2019年4月2日至5日", [("2019年4月2日至5日", "2019-04-02/2019-04-05", "range")]),
    ("2019年4月28日至5月3日", [("2019年4月28日至5月3日", "2019-04-28/2019-05-03", "range")]),
    ("2019年4月—6月", [("2019年4月—6月", "2019-04/2019-06", "range")]),
    weak(
        "2019年12月28日至2020年1月3日",
        [("2019年12月28日至2020年1月3日", "2019-12-28/2020-01-03", "range")],
        "a range over two years is read as two dates",
    ),
    weak(
        "2019年4月至2020年2月",
        [("2019年4月至2020年2月", "2019-04/2020-02", "range")],
        "a range over two years is read as two dates",
    ),
    ("4月2日至5日", [("4月2日至5日", "2030-04-02/2030-04-05", "range")]),
]
RELATIVE: list[Row] = [
    ("今年9月", [("今年9月", "2030-09", "month")]),
    ("去年12月5日", [("去年12月5日", "2029-12-05", "day")]),
    ("前年", [("前年", "2028", "year")]),
    ("明年3月", [("明年3月", "2031-03", "month")]),
    ("5月6日", [("5月6日", "2030-05-06", "day")]),
    ("2019年5月动工，同年12月完工。", [("2019年5月", "2019-05", "month"), ("同年12月", "2019-12", "month")]),
    ("2019年动工，次年完工。", [("2019年", "2019", "year"), ("次年", "2020", "year")]),
    ("2019年5月动工，翌年3月完工。", [("2019年5月", "2019-05", "month"), ("翌年3月", "2020-03", "month")]),
    ("2019年5月6日开幕，当日闭幕。", [("2019年5月6日", "2019-05-06", "day"), ("当日", "2019-05-06", "day")]),
    weak(
        "2019年5月6日开幕，次日闭幕。",
        [("2019年5月6日", "2019-05-06", "day"), ("次日", "2019-05-07", "day")],
        "次日 is found and has no value",
    ),
    weak(
        "2019年12月31日开幕，次日闭幕。",
        [("2019年12月31日", "2019-12-31", "day"), ("次日", "2020-01-01", "day")],
        "次日 is found and has no value",
    ),
    ("2019年5月6日开幕。8日上午闭幕。", [("2019年5月6日", "2019-05-06", "day"), ("8日", "2019-05-08", "day")]),
    ("2019年5月6日开幕，6月1日闭幕。", [("2019年5月6日", "2019-05-06", "day"), ("6月1日", "2019-06-01", "day")]),
    ("2018年，渔港动工，10月竣工。", [("2018年", "2018", "year"), ("10月", "2018-10", "month")]),
    ("#2016年工作回顾\n3月，医共体成立。", [("2016年", "2016", "year"), ("3月", "2016-03", "month")]),
    (
        "#2016年\n3月5日\n#2017年\n3月5日",
        [
            ("2016年", "2016", "year"),
            ("3月5日", "2016-03-05", "day"),
            ("2017年", "2017", "year"),
            ("3月5日", "2017-03-05", "day"),
        ],
    ),
]
IMPOSSIBLE: list[Row] = [
    ("2019年2月30日", [("2019年2月30日", None, "day")]),
    ("2019年13月", [("2019年13月", None, "month")]),
    ("2019年2月29日", [("2019年2月29日", None, "day")]),
    ("2020年2月29日", [("2020年2月29日", "2020-02-29", "day")]),
    ("2019-02-30", [("2019-02-30", None, "day")]),
    ("2019年4月31日至5月2日", [("2019年4月31日至5月2日", None, "range")]),
]
NO_DATES: list[Row] = [
    ("三个月后，幼苗长成。", []),
    ("每月检修一次，为期5个月。", []),
    ("电话13800138000", []),
    ("版本2.10.3", []),
    ("共2018台设备", []),
    ("日前，航线恢复。", []),
    ("亩产12345678公斤", []),
]


@pytest.mark.parametrize(("text", "expected"), [*ABSOLUTE, *PARTIAL, *RANGES, *RELATIVE, *IMPOSSIBLE, *NO_DATES])
def test_dates(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    document = made(text, date="2030-02-10")
    found = [(document.text[date.start : date.end], date.value, date.precision) for date in find_dates(document)]
    assert found == expected


@pytest.mark.parametrize(
    "text", ["今年9月，渔港开工。", "5月6日，渔港开工。", "去年，渔港开工。", "当日，渔港开工。", "3日下午，渔港开工。"]
)
def test_no_year_to_count_from(text: str) -> None:
    assert [date.value for date in find_dates(made(text))] == [None]


def test_in_order_and_apart() -> None:
    document = made("2019年5月6日至8日，2020-01-02，同年3月，二〇二一年，4月2日至5日。" * 3)
    dates = list(find_dates(document))
    assert len(dates) == 15
    assert all(one.end <= other.start for one, other in pairwise(dates))
