"""What a parameter of a question may be, and what is said where it is something else."""

from __future__ import annotations

import pytest

from pipeline.errors import QueryError
from pipeline.parameters import days, read_parameter


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024年", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2024年1月", "2024-01-01", "2024-01-31"),
        ("2024 年 1 月 9 日", "2024-01-09", "2024-01-09"),
        ("2024/1/9", "2024-01-09", "2024-01-09"),
        ("2024.10", "2024-10-01", "2024-10-31"),
        ("二〇二四年一月", "2024-01-01", "2024-01-31"),
        ("二零二四年十一月二十三日", "2024-11-23", "2024-11-23"),
        ("二○二四年十月二十号", "2024-10-20", "2024-10-20"),
        ("２０２４－０３", "2024-03-01", "2024-03-31"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
        ("2024年第四季度", "2024-10-01", "2024-12-31"),
        ("2024年下半年", "2024-07-01", "2024-12-31"),
    ],
)
def test_days(value: str, first: str, last: str) -> None:
    assert days(value) == (first, last)


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        ("first day", "2024-13", "no such month: 13"),
        ("first day", "2024年0月", "no such month: 0"),
        ("last day", "2024Q5", "no such quarter: 5"),
        ("last day", "2023-02-29", "no day of the calendar"),
        ("first day", "0000", "no day of the calendar"),
        ("first day", "abc", "no date"),
        ("first day", "", "has no value"),
        ("name", " ", "has no value"),
        ("confidence", "2", "no confidence"),
        ("confidence", "-0.1", "no confidence"),
        ("confidence", "high", "no number"),
        ("precision", "dya", "none of day, ten days, month, quarter, half-year, year, plan period, range"),
        ("last day", "2024-02-30", "no day of the calendar"),
        ("first day", "2024年13月", "no such month: 13"),
        ("first day", "二〇二四年二月三十日", "no day of the calendar"),
        ("first day", "24年", "no date"),
        ("year", "2024-01", "no year"),
        ("number", "abc", "no number"),
        ("number", "1e9", "no number"),
        ("number", "nan", "no number"),
        ("yes or no", "perhaps", "neither yes nor no"),
    ],
)
def test_what_is_none(kind: str, value: str, fault: str) -> None:
    with pytest.raises(QueryError, match=f"x={value.strip()}: .*{fault}"):
        read_parameter("x", kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("text", 'a"b', '"a\\"b"'),
        ("name", " 青禾 ", '"青禾"@zh'),
        ("number", "０.9", '"0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("year", "二〇二四年", '"2024"'),
        ("yes or no", "是", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("first day", "2024Q2", '"2024-04-01"'),
        ("last day", "2024Q2", '"2024-06-30"'),
    ],
)
def test_terms(kind: str, value: str, term: str) -> None:
    assert read_parameter("x", kind, value) == term
