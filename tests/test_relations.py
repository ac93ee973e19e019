"""Figures, contrasts, cited works, methods and views in the graph, and back as rows."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.ask import answer, bind, questions
from pipeline.audit import audit
from pipeline.check import check
from pipeline.export import export
from pipeline.model import Claim, Name, Work
from pipeline.resolve import resolve
from pipeline.rows import claim_rows
from pipeline.shares import graph_lines
from pipeline.store import Store, in_memory
from pipeline.terms import DEFAULT_BASE
from tests.samples import claim, document, ontology

PLANT, OUTPUT = Name("青禾工厂", "Body"), Name("产量", "Indicator")


def figure(value: str = "12.5", unit: str = "万辆", doc: str = "a", s: Name = PLANT, **fields: Any) -> Claim:
    given: dict[str, Any] = {"bound": "=", "period": "2023"}
    return claim("indicator", doc, s=s, indicator=OUTPUT, value=value, unit=unit, **(given | fields))


def contrast(a: str = "旧厂", b: str = "新厂", **fields: Any) -> Claim:
    sides = {"a": Name(a, "Concept"), "b": Name(b, "Concept"), "dimension": Name("能耗", "Concept")}
    return claim("contrast", **(sides | {"value_a": "较高", "value_b": "较低"} | fields))


def citation(
    title: str | None = "余料回用研究", *authors: str, year: str | None = "2021", doc: str = "a", **fields: Any
) -> Claim:
    work = Name(title or f"{authors[0]}（{year}）", "CitedWork")
    people = tuple(Name(author, "Person") for author in authors)
    return claim(
        "cites", doc, work=work, title=title, authors=people, year=year, container=fields.pop("container", None), **fields
    )


def graph(*claims: Claim) -> Store:
    accepted, rejected = check(resolve(claims, DEFAULT_BASE, ontology().terms), ontology())
    assert [(rejection.fact.relation, rejection.reason) for rejection in rejected] == []
    documents = {name: document(name) for name in {claim.document for claim in claims}}
    return in_memory("".join(line + "\n" for line in graph_lines(accepted, documents, ontology(), DEFAULT_BASE, "0")))


def count(store: Store, pattern: str, variable: str) -> int:
    return len({row[0] for row in store.select(f"SELECT {variable} {{ {pattern} }}")})


EXPECTED = [
    (figure(), "?x a zm:Observation ; zm:observationOf/skos:prefLabel '青禾工厂'@zh ; zm:indicator/skos:prefLabel '产量'@zh"),
    (figure(), "?x zm:valueText '12.5' ; zm:unitText '万辆' ; schema:value 125000.0 ; zm:bound '=' ; zm:period '2023'"),
    (figure(), "?x schema:startDate '2023-01-01'^^xsd:date ; schema:endDate '2023-12-31'^^xsd:date"),
    (figure("3", "亿元"), "?x schema:value 300000000.0 ; qudt:unit/skos:prefLabel '元'@zh"),
    (figure("3/5", "亿元"), "?x schema:minValue 300000000.0 ; schema:maxValue 500000000.0"),
    (figure("三", "成"), "?x schema:value 30.0 ; zm:valueText '三' ; zm:unitText '成'"),
    (figure("5", "%", change="true"), "?x zm:change true ; qudt:unit/skos:exactMatch <http://qudt.org/vocab/unit/PERCENT>"),
    (figure(planned=True), "?c zm:claimSubject ?x ; zm:planned true . ?x a zm:Observation"),
    (figure(period=None), "?x a zm:Observation FILTER NOT EXISTS { ?x schema:startDate ?day }"),
    (contrast(), "?x a zm:Contrast ; zm:contrastFirst/skos:prefLabel '旧厂'@zh ; zm:contrastSecond/skos:prefLabel '新厂'@zh"),
    (contrast(), "?x zm:contrastDimension/skos:prefLabel '能耗'@zh ; zm:firstValue '较高' ; zm:secondValue '较低'"),
    (citation("余料回用研究", "李青"), "?d cito:cites ?w . ?w a zm:CitedWork ; dcterms:title '余料回用研究'"),
    (citation("回用", "李青", "王禾"), "?w schema:author/skos:prefLabel '李青'@zh, '王禾'@zh ; dcterms:issued '2021'^^xsd:gYear"),
    (citation("回用", container="工厂学刊"), "?w zm:publishedIn '工厂学刊'"),
    (citation(None, "李青"), "?w skos:prefLabel '李青（2021）'@zh FILTER NOT EXISTS { ?w dcterms:title ?title }"),
    (claim("uses", s=Name("李青（2021）", "Study"), o=Name("双重差分法", "Method")), "?s zm:uses <https://w3id.org/zhimai/vocab/method/双重差分法>"),
    (claim("holds", s=Name("李青", "Person"), o=Name("余料可以回用", "View")), "?s zm:holds/skos:prefLabel '余料可以回用'@zh"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "pattern"), EXPECTED, ids=[f"{at} {row[0].relation}" for at, row in enumerate(EXPECTED)])
def test_what_the_graph_holds(told: Claim, pattern: str) -> None:
    assert graph(told).answer(f"ASK {{ {pattern} }}") is True


def test_rows_have_the_slots_of_claims_jsonl() -> None:
    told = [figure("5", "%", change="true"), contrast(), citation("余料回用研究", "李青", "乙禾", "丁苗", container="工厂学刊")]
    rows = {row["rel"]: row for row in claim_rows(graph(*told).select)}
    one = rows["indicator"]
    assert (one["s"]["label"], one["indicator"]["label"], one["value"], one["unit"]) == ("青禾工厂", "产量", "5", "%")
    assert (one["bound"], one["period"], one["change"]) == ("=", "2023", True)
    two = rows["contrast"]
    assert [two[slot]["label"] for slot in ("a", "b", "dimension", "value_a", "value_b")] == [
        "旧厂",
        "新厂",
        "能耗",
        "较高",
        "较低",
    ]
    three = rows["cites"]
    assert (three["title"], three["authors"], three["year"], three["container"]) == (
        "余料回用研究", ["李青", "乙禾", "丁苗"], "2021", "工厂学刊",
    )  # fmt: skip


def test_one_figure_of_two_documents_is_one_observation_with_two_claims() -> None:
    store = graph(figure(), figure(doc="b"))
    assert (count(store, "?x a zm:Observation", "?x"), count(store, "?c zm:claimSubject ?x", "?c")) == (1, 2)


def test_other_values_periods_and_things_are_other_observations() -> None:
    told = (figure(), figure("13"), figure(period="2022"), figure(change="true"), figure(s=Name("红苗工厂", "Body")))
    assert count(graph(*told), "?x a zm:Observation", "?x") == 5


def test_a_work_cited_twice_is_one_with_all_that_is_told_of_it() -> None:
    store = graph(
        citation("回用", "李青", container="工厂学刊"),
        citation("回用", "李青", quote="青禾工厂"),
        citation("回用", "李青", doc="b"),
    )
    assert count(store, "?d cito:cites ?w", "?w") == 1
    assert store.answer("ASK { ?w zm:publishedIn '工厂学刊' }") is True


def test_letters_tell_works_of_one_year_apart() -> None:
    """2021a and 2021b are two works of one year; the rows keep the letters."""
    store = graph(citation(None, "李青", year="2021a"), citation(None, "李青", year="2021b"))
    assert count(store, "?w dcterms:issued '2021'^^xsd:gYear", "?w") == 2
    assert sorted(row["year"] for row in claim_rows(store.select)) == ["2021a", "2021b"]


def test_works_of_one_title_stay_apart() -> None:
    told = (
        citation("工作报告", "李青", year="2020"),
        citation("工作报告", "李青", year="2021"),
        citation("工作报告", "王禾", year="2021"),
    )
    assert count(graph(*told), "?d cito:cites ?w", "?w") == 3


REFUSED = [
    (figure(period="2023/2021"), "ends before it starts"),
    (figure(period="2023-13"), "not in the calendar"),
    (figure(""), "value: nothing fills it"),
    (contrast(value_b=""), "value_b: nothing fills it"),
    (contrast(b="旧厂"), "旧厂"),
    (citation("回用", year="二一"), "year: 二一 is no year"),
    (claim("uses", s=Name("研究", "Study"), o=Name("钢铁", "Industry")), "takes Method"),
]


@pytest.mark.parametrize(("told", "reason"), REFUSED)
def test_the_gate_refuses(told: Claim, reason: str) -> None:
    accepted, (rejected,) = check(resolve([told], DEFAULT_BASE, ontology().terms), ontology())
    assert accepted == []
    assert reason in rejected.reason


def test_checks_and_shapes_find_nothing_wrong() -> None:
    store = graph(*(told for told, _ in EXPECTED))
    assert [row for row in audit(store, ontology().folder).findings.rows if row[0] == "ERROR"] == []


def test_exports_have_what_is_told() -> None:
    store = graph(*(told for told, _ in EXPECTED))
    header, *lines = export(store, "csv").decode().splitlines()
    cells = [dict(zip(header.split(","), line.split(","), strict=False)) for line in lines]
    assert {"青禾工厂", "旧厂"} <= {cell["subject"] for cell in cells}
    assert {("12.5", "万辆", "2023"), ("3/5", "亿元", "2023")} <= {
        (cell["value"], cell["unit"], cell["period"]) for cell in cells
    }
    nodes = {part.split("<")[0] for part in export(store, "graphml").decode().split('key="node-label">')}
    assert {"青禾工厂 产量 12.5万辆", "回用", "旧厂 新厂 能耗"} <= nodes


def asked(store: Store, question: str, **given: str) -> list[tuple[object, ...]]:
    known = questions(ontology().folder)[question]
    return list(answer(store, known, bind(known, given)).rows)


def test_a_series_is_in_exact_numbers_by_time() -> None:
    store = graph(figure("13", period="2024"), figure("120000", "辆"), figure("14", period="2025", planned=True))
    rows = asked(store, "series", name="青禾工厂", indicator="产量")
    assert [(str(row[2])[:4], row[4], row[9]) for row in rows] == [
        ("2023", 120000, None),
        ("2024", 130000, None),
        ("2025", 140000, True),
    ]


def test_conflicts_are_other_values_of_one_thing_quantity_time_and_unit() -> None:
    store = graph(
        figure("13"), figure("130000", "辆", doc="b"), figure("14", doc="c"),  # 13 and 14
        figure("15", doc="d", planned=True), figure("16", doc="d", bound=">"), figure("5", "%", doc="d"),
        figure("2", doc="d", change="true"), figure("17", doc="d", period="2022"),
    )  # fmt: skip
    assert [(row[3], row[5], row[6], row[8]) for row in asked(store, "conflicts")] == [
        ("13", "a", "14", "c"), ("130000", "b", "14", "c"),
    ]  # fmt: skip


def test_an_industry_of_two_places_is_in_no_conflict() -> None:
    industry, place = Name("储能产业", "Industry"), Name("苏州市", "Place")
    told = [figure(s=s, value=value, doc=doc) for s in (industry, place) for value, doc in (("1", "a"), ("2", "b"), ("3", "c"))]
    issuers = {"a": "苏州市人民政府", "b": "苏州市人民政府", "c": "青岛市人民政府"}
    documents = {
        name: document(name, works=(Work("work", "行动方案", "plan", 0, 1, issuer=issuer),)) for name, issuer in issuers.items()
    }
    facts = resolve(told, DEFAULT_BASE, ontology().terms)
    lines = graph_lines(facts, documents, ontology(), DEFAULT_BASE, "0")
    rows = asked(in_memory("".join(line + "\n" for line in lines)), "conflicts")
    assert [(row[0], row[5], row[8]) for row in rows] == [
        ("储能产业", "a", "b"), ("苏州市", "a", "b"), ("苏州市", "a", "c"), ("苏州市", "b", "c"),
    ]  # fmt: skip


def test_the_most_cited_works_come_first() -> None:
    store = graph(citation("甲研究", "李青"), citation("乙研究", "王禾", "李青"), citation("乙研究", "王禾", doc="b"))
    assert [row[0] for row in asked(store, "citations")] == ["乙研究", "甲研究"]
    assert [(row[1], row[4]) for row in asked(store, "citations", author="王禾")] == [("王禾、李青", 2)]


def test_figures_of_a_document_with_what_is_planned_apart() -> None:
    store = graph(figure(), figure("20", period="2030", planned=True), figure("7", doc="b"))
    assert [row[4] for row in asked(store, "figures", document="a", planned="no")] == ["12.5"]
    assert [row[4] for row in asked(store, "figures", document="a", planned="yes")] == ["20"]


def test_contrasts_and_views_by_what_they_are_of() -> None:
    view = claim("holds", s=Name("李青", "Person"), o=Name("余料可以回用", "View"))
    store = graph(contrast(), contrast(a="甲线", b="乙线"), view)
    assert [row[1:5] for row in asked(store, "contrasts", name="新厂", other="旧厂")] == [("旧厂", "较高", "新厂", "较低")]
    assert [row[0] for row in asked(store, "views", about="余料")] == ["李青"]
    assert asked(store, "views", about="储能") == []
