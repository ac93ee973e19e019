"""Lists of facts: filters agree with claims.jsonl, a CSV with its list, and the query that is shown with both."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from pipeline.rows import Table
from pipeline.store import Store, open_store
from tests.exploring import Visitor, texts

Row = dict[str, Any]
OCEAN = "https://w3id.org/zhimai/vocab/industry/海洋经济"


@pytest.fixture(scope="module")
def visitor(sample_out: Path) -> Iterator[Visitor]:
    with Visitor(sample_out) as opened:
        yield opened


@pytest.fixture(scope="module")
def store(sample_out: Path) -> Store:
    return open_store(sample_out)


@pytest.fixture(scope="module")
def rows(sample_out: Path) -> list[Row]:
    return [json.loads(line) for line in (sample_out / "claims.jsonl").read_text(encoding="utf-8").splitlines()]


def things(row: Row) -> set[str]:
    filled = (slot if isinstance(slot, list) else [slot] for slot in row.values())
    return {thing["label"] for slot in filled for thing in slot if isinstance(thing, dict)}


def table(visitor: Visitor, parameters: dict[str, str]) -> list[dict[str, str]]:
    text = visitor.get(f"/facts.csv?{urlencode(parameters)}").text
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def said(row: Row) -> tuple[str, int, int, str, str]:
    return row["doc"], row["start"], row["end"], row["rel"], row["facet"] or ""


FILTERS: list[tuple[dict[str, str], Callable[[Row], bool]]] = [
    ({}, lambda row: True),
    ({"document": "01_向海图强"}, lambda row: row["doc"] == "01_向海图强"),
    ({"relation": "supports"}, lambda row: row["rel"] == "supports"),
    ({"relation": "defines", "facet": "element"}, lambda row: row["facet"] == "element"),
    ({"least": "0.9"}, lambda row: row["confidence"] >= 0.9),
    ({"planned": "yes"}, lambda row: bool(row.get("planned"))),
    ({"planned": "no", "relation": "indicator"}, lambda row: row["rel"] == "indicator" and not row.get("planned")),
    ({"when": "2024"}, lambda row: "2024" in (row.get("date") or row.get("period") or "")),
    ({"thing": "海洋经济"}, lambda row: "海洋经济" in things(row)),
    ({"thing": OCEAN, "role": "s", "relation": "defines"}, lambda row: row["rel"] == "defines" and row["s"]["iri"] == OCEAN),
]


@pytest.mark.parametrize(("parameters", "holds"), FILTERS, ids=lambda value: "-".join(value) if isinstance(value, dict) else "")
def test_a_filter_keeps_what_the_rows_of_the_build_say(
    visitor: Visitor, store: Store, rows: list[Row], parameters: dict[str, str], holds: Callable[[Row], bool]
) -> None:
    expected = [said(row) for row in rows if holds(row)]
    assert len(expected) > 0
    assert len(expected) < len(rows) or not parameters
    listed = table(visitor, parameters)
    found = [(row["document"], int(row["start"]), int(row["end"]), row["relation"], row["facet"]) for row in listed]
    assert sorted(found) == sorted(expected)
    assert [each[:3] for each in found] == [each[:3] for each in expected]
    page = visitor.page(f"/facts?{urlencode(parameters)}")
    assert texts(page, ".bar strong") == [f"共 {len(expected)} 条事实"]
    shown = [line.attributes["data-claim"] for line in page.css("table.facts tbody tr")]
    assert shown == [row["claim"].rpartition("/")[2] for row in listed[:50]]
    asked = store.answer_here(page.css(".query code")[0].text())
    assert isinstance(asked, Table)
    at = asked.columns.index("claim")
    assert sorted(str(row[at]) for row in asked.rows) == sorted(row["claim"] for row in listed)


def test_year_issuer_and_kind_are_those_of_the_document(visitor: Visitor) -> None:
    page = visitor.page("/documents")
    documents = [
        (line.css("th .key")[0].text(), texts(line, "td.date")[0], texts(line, "td bdi")[0])
        for line in page.css(".documents tbody tr")
    ]
    year = next(date[:4] for _, date, _ in documents if date)
    issuer = next(issuer for name, _, issuer in documents if name.startswith("08_"))
    assert {row["document"] for row in table(visitor, {"year": year})} == {
        name for name, date, _ in documents if date[:4] == year
    }
    assert {row["document"][:2] for row in table(visitor, {"issuer": issuer})} == {"08"}
    kinds = {row["document"] for row in table(visitor, {"kind": "https://w3id.org/zhimai#PlanText"})}
    assert kinds == {"08_科技金融行动计划", "10_未来产业行动计划"} & kinds | kinds
    assert kinds


def test_a_place_holds_what_lies_in_it(visitor: Visitor, store: Store, rows: list[Row]) -> None:
    lies = store.select("SELECT ?in ?label { ?x schema:containedInPlace ?in ; skos:prefLabel ?label . ?c zm:claimVenue ?x }")
    place, inner = min((str(place), str(label)) for place, label in lies)
    found = table(visitor, {"place": place})
    direct = {said(row) for row in rows if inner in things(row)}
    assert direct
    assert direct <= {(row["document"], int(row["start"]), int(row["end"]), row["relation"], row["facet"]) for row in found}
    assert len(found) < len(rows)


@pytest.mark.parametrize("sort", ["confidence", "relation", "date", "subject"])
def test_a_list_is_sorted(visitor: Visitor, rows: list[Row], sort: str) -> None:
    listed = table(visitor, {"sort": sort})
    assert len(listed) == len(rows)
    keys: dict[str, Callable[[dict[str, str]], Any]] = {
        "confidence": lambda row: -float(row["confidence"]),
        "relation": lambda row: (row["relation"], row["facet"]),
        "date": lambda row: not re.search(r"\b(date|period) ", row["details"]),
    }
    if sort in keys:
        assert [keys[sort](row) for row in listed] == sorted(map(keys[sort], listed))
    else:
        subjects = [row["subject"] for row in listed if row["relation"] == "supports"]
        assert subjects == sorted(subjects)


def test_pages_of_a_list_follow_one_another(visitor: Visitor, rows: list[Row]) -> None:
    every = [row["claim"].rpartition("/")[2] for row in table(visitor, {})]
    found: list[str | None] = []
    path: str | None = "/facts"
    while path:
        page = visitor.page(path)
        found += [line.attributes["data-claim"] for line in page.css("table.facts tbody tr")]
        path = next((str(link.attributes["href"]) for link in page.css("a[rel=next]")), None)
    assert found == every
    assert len(found) == len(rows)


def test_what_a_spreadsheet_would_run_is_text(visitor: Visitor) -> None:
    cells = [cell for row in table(visitor, {}) for cell in row.values()]
    assert [cell for cell in cells if cell[:1] in "=+@" and cell] == []


def test_a_section_leads_to_all_of_its_facts(visitor: Visitor, rows: list[Row]) -> None:
    page = visitor.page("/vocab/industry/" + quote("海洋经济"))
    own = [row for row in rows if row["rel"] == "defines" and row["s"]["iri"] == OCEAN]
    link = str(page.css("#defines_s .rest a")[0].attributes["href"])
    assert texts(visitor.page(link), ".bar strong") == [f"共 {len(own)} 条事实"]
