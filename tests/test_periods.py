"""The first and last day of a date, how fine it is, and the years of plans."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.ask import answer, bind, questions
from pipeline.graph import document_lines
from pipeline.model import Claim, Name
from pipeline.periods import date_bounds, plan_periods, precision_of, ten_days
from pipeline.resolve import resolve
from pipeline.shares import graph_lines
from pipeline.store import Store, in_memory
from pipeline.terms import DEFAULT_BASE, ISSUED
from tests.extracting import claims_of, made
from tests.samples import ROOT, claim, document, event, ontology
from tests.test_read_repair import make as read_text

PLANS = plan_periods(ontology().terms)


@pytest.mark.parametrize(
    ("date", "bounds"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023-02", ("2023-02-01", "2023-02-28")),
        ("2024-03-05", ("2024-03-05", "2024-03-05")),
        ("2018/2019", ("2018-01-01", "2019-12-31")),
        ("2024-01/2024-03", ("2024-01-01", "2024-03-31")),
        ("2024-02-30", None),
        ("2024-13", None),
        ("0000", None),
        ("去年", None),
        ("", None),
    ],
)
def test_first_and_last_day(date: str, bounds: tuple[str, str] | None) -> None:
    assert date_bounds(date) == bounds


@pytest.mark.parametrize(
    ("date", "precision"),
    [
        ("2024-03-05", "day"),
        ("2024-03", "month"),
        ("2024", "year"),
        ("2024-04/2024-06", "quarter"),
        ("2024-05/2024-07", "range"),
        ("2024-07/2024-12", "half-year"),
        ("2024-04/2024-09", "range"),
        ("2024-01/2024-09", "range"),
        ("2024-01/2024-12", "year"),
        ("2024-03/2024-02", "range"),
        ("2024-01/2025-06", "range"),
        ("2024-03-05/2024-03-07", "range"),
        ("2021/2025", "plan period"),
        ("2021/2024", "range"),
    ],
)
def test_how_fine_a_date_is(date: str, precision: str) -> None:
    assert precision_of(date, PLANS) == precision


@pytest.mark.parametrize(
    ("date", "text", "days"),
    [
        ("2024-02", "2月上旬", ("2024-02-01", "2024-02-10")),
        ("2024-02", "2024年2月中旬", ("2024-02-11", "2024-02-20")),
        ("2024-02", "2月下旬", ("2024-02-21", "2024-02-29")),
        ("2024-02", "2月", None),
        ("2024", "下旬", None),
        ("2024-13", "13月下旬", None),
    ],
)
def test_the_third_of_a_month(date: str, text: str, days: tuple[str, str] | None) -> None:
    assert ten_days(date, text) == days


def test_the_years_of_the_plans_follow_one_another() -> None:
    years = sorted(set(PLANS.values()))
    assert len(years) == 15
    assert years[0] == (1953, 1957)
    assert [later[0] - earlier[1] for earlier, later in pairwise(years)] == [1, 4, *[1] * 12]
    assert PLANS["七五"] == (1986, 1990)
    assert PLANS["十五五"] == PLANS["第十五个五年"] == (2026, 2030)


# ---- in the graph


def store_of(*claims: Claim) -> Store:
    facts = resolve(claims, DEFAULT_BASE, ontology().terms)
    lines = graph_lines(facts, {"a": document(date=None)}, ontology(), DEFAULT_BASE, "0")
    return in_memory("".join(line + "\n" for line in lines))


def figure(**fields: str) -> Claim:
    of, quantity = Name("苏州市", "Place"), Name("就业", "Indicator")
    return claim("indicator", s=of, indicator=quantity, value="2", unit="万人", bound="=", **fields)


TIME = "SELECT ?start ?end ?precision { ?x a %s ; schema:startDate ?start ; schema:endDate ?end ; zm:datePrecision ?precision }"


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2030-01/2030-06", ("2030-01-01", "2030-06-30", "half-year")),
        ("2021/2025", ("2021-01-01", "2025-12-31", "plan period")),
        ("2030", ("2030-01-01", "2030-12-31", "year")),
        ("2030-04/2030-06", ("2030-04-01", "2030-06-30", "quarter")),
    ],
)
def test_a_figure_has_first_and_last_day_and_precision(period: str, told: tuple[str, str, str]) -> None:
    assert list(store_of(figure(period=period)).select(TIME % "zm:Observation")) == [told]


def test_a_figure_without_a_time_has_no_days() -> None:
    assert list(store_of(figure()).select("SELECT ?p { ?x a zm:Observation ; zm:datePrecision ?p }")) == []


@pytest.mark.parametrize(
    ("date", "fields", "told"),
    [
        ("2030-03", {"dateText": "3月上旬", "precision": "ten days"}, ("2030-03-01", "2030-03-10", "ten days")),
        ("2030-03", {"dateText": "3月", "precision": "month"}, ("2030-03-01", "2030-03-31", "month")),
        ("2030-07/2030-12", {"dateText": "下半年", "precision": "half-year"}, ("2030-07-01", "2030-12-31", "half-year")),
        ("2026/2030", {"dateText": "“十五五”时期"}, ("2026-01-01", "2030-12-31", "plan period")),
    ],
)
def test_an_event_has_first_and_last_day_and_precision(date: str, fields: dict[str, str], told: tuple[str, str, str]) -> None:
    assert list(store_of(event("大会", date, **fields)).select(TIME % "zm:Event")) == [told]


def test_of_two_documents_that_one_dates_an_event_that_names_the_third_of_the_month() -> None:
    claims = [event("大会", "2030-03", doc=doc, precision=how, dateText=text) for doc, how, text in (
        ("a", "month", "3月"), ("b", "ten days", "3月中旬"))]  # fmt: skip
    facts = resolve(claims, DEFAULT_BASE, ontology().terms)
    for ordered in (facts, facts[::-1]):
        lines = graph_lines(
            ordered, {"a": document("a", date=None), "b": document("b", date=None)}, ontology(), DEFAULT_BASE, "0"
        )
        found = in_memory("".join(line + "\n" for line in lines)).select(TIME % "zm:Event")
        assert list(found) == [("2030-03-11", "2030-03-20", "ten days")]


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2030-03-05", ("2030-03-05", "2030-03-05", "day")),
        ("2030-03", ("2030-03-01", "2030-03-31", "month")),
        ("2030", ("2030-01-01", "2030-12-31", "year")),
    ],
)
def test_a_document_has_first_and_last_day_of_its_issue(date: str, told: tuple[str, str, str]) -> None:
    lines = list(document_lines(document(date=date), DEFAULT_BASE))
    assert sum(f"<{ISSUED}>" in line for line in lines) == 1
    assert list(in_memory("".join(line + "\n" for line in lines)).select(TIME % "zm:Document")) == [told]


def test_a_document_that_no_calendar_dates_has_no_days() -> None:
    assert not [line for line in document_lines(document(date="2030-02-30"), DEFAULT_BASE) if "startDate" in line]


def test_a_cited_work_has_the_days_of_its_year() -> None:
    work = claim("cites", work=Name("渔港经济", "CitedWork"), title="渔港经济", year="2024a")
    assert list(store_of(work).select(TIME % "zm:CitedWork")) == [("2024-01-01", "2024-12-31", "year")]


def test_a_section_has_first_and_last_day_of_what_it_speaks_of(tmp_path: Path) -> None:
    prose = "港口吞吐量稳步增长，航线网络持续拓展，集疏运体系更加完善，服务水平明显提升。"
    text = f"云渡市政府工作报告\n\n{prose}\n\n一、“十四五”时期工作回顾\n\n{prose}\n\n二、2026年上半年的港口\n\n{prose}\n"
    read = replace(read_text(tmp_path, text), date="2026-01-20")
    lines = graph_lines([], {read.name: read}, ontology(), DEFAULT_BASE, "0")
    found = in_memory("".join(line + "\n" for line in lines)).select(TIME % "doco:Section")
    assert sorted(found) == [("2021-01-01", "2025-12-31", "plan period"), ("2026-01-01", "2026-06-30", "half-year")]


# ---- asked for a time

TOLD = (
    ("日会", "2030-06-10"),
    ("旬会", "2030-06"),
    ("月会", "2030-06"),
    ("季会", "2030-04/2030-06"),
    ("半年会", "2030-01/2030-06"),
    ("年会", "2030"),
    ("规划会", "2026/2030"),
    ("跨日会", "2030-06-13/2030-06-20"),
)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2030-06-01", "2030-06-14", {"日会", "旬会", "跨日会"}),  # two weeks: not flooded by what has no day
        ("2030-06", "2030-06", {"日会", "旬会", "月会", "跨日会"}),
        ("2030Q2", "2030Q2", {"日会", "旬会", "月会", "季会", "跨日会"}),
        ("2030年上半年", "2030年上半年", {"日会", "旬会", "月会", "季会", "半年会", "跨日会"}),
        ("2030", "2030", {"日会", "旬会", "月会", "季会", "半年会", "年会", "跨日会"}),
        ("2026", "2030", {name for name, _ in TOLD}),
        ("2029", "2030-06-15", {"日会", "旬会", "跨日会"}),
    ],
)
def test_what_happened_in_a_time(first: str, last: str, found: set[str]) -> None:
    third = {"dateText": "6月上旬", "precision": "ten days"}
    store = store_of(*(event(name, date, **(third if name == "旬会" else {})) for name, date in TOLD))
    question = questions(ROOT / "ontology")["timeline"]
    asked = answer(store, question, bind(question, {"from": first, "to": last}))
    assert {row[asked.columns.index("event")] for row in asked.rows} == found


@pytest.mark.parametrize(("precision", "name"), [("half-year", "半年会"), ("plan period", "规划会"), ("ten days", "旬会")])
def test_what_is_dated_so_finely(precision: str, name: str) -> None:
    known = {"2030-01/2030-06": "half-year", "2026/2030": "plan period", "2030-06": "ten days"}
    store = store_of(*(event(called, date, precision=known.get(date, "year")) for called, date in TOLD if called != "月会"))
    question = questions(ROOT / "ontology")["timeline"]
    asked = answer(store, question, bind(question, {"precision": precision}))
    assert [row[asked.columns.index("event")] for row in asked.rows] == [name]


# ---- from a text


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2030年上半年，临澜市举办渔港博览会。", "2030-01/2030-06", "half-year"),
        ("2030年1—6月，临澜市举办渔港博览会。", "2030-01/2030-06", "half-year"),
        ("2030年第二季度，临澜市举办渔港博览会。", "2030-04/2030-06", "quarter"),
        ("2030年3月上旬，临澜市举办渔港博览会。", "2030-03", "ten days"),
        ("2030年3月5日，临澜市举办渔港博览会。", "2030-03-05", "day"),
    ],
)
def test_an_event_of_a_text(text: str, date: str, precision: str) -> None:
    found = [each for each in claims_of(made(text)) if each.relation == "event"]
    assert [(each.slots["date"], each.slots["precision"]) for each in found] == [(date, precision)]


@pytest.mark.parametrize(
    ("opening", "period"),
    [
        ("“十四五”期间", "2021/2025"),
        ("“十三五”末", "2020"),
        ("“十一五”至“十三五”期间", "2006/2020"),
        ("“十四五”前三年", "2021/2023"),
        ("2030年前三季度", "2030-01/2030-09"),
        ("2030年1—9月", "2030-01/2030-09"),
        ("2030年上半年", "2030-01/2030-06"),
        ("到“十四五”末", "2025"),
    ],
)
def test_a_figure_of_a_text(opening: str, period: str) -> None:
    found = [each for each in claims_of(made(f"{opening}，临澜市新增就业20万人。")) if each.relation == "indicator"]
    assert [each.slots["period"] for each in found] == [period]
