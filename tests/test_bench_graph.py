"""The large graph of the benchmark: the same every time, and with things that much is told of and things that little is."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from pipeline.bench_graph import grown
from pipeline.bench_questions import MOST, TYPICAL, as_text, time_questions
from pipeline.store import in_memory
from tests.samples import ROOT

ONTOLOGY = ROOT / "ontology"
COPIES = 6


@cache
def graph() -> str:
    return "".join(line + "\n" for line in grown(ROOT / "corpus", ONTOLOGY, COPIES))


def told(query: str) -> list[tuple[str | None, ...]]:
    return list(in_memory(graph()).select(query))


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    shutil.copy(ROOT / "corpus" / "01_向海图强.txt", tmp_path)
    assert grown(tmp_path, ONTOLOGY, 3) == grown(tmp_path, ONTOLOGY, 3)


def test_each_copy_has_every_document() -> None:
    names = [str(name) for (name,) in told("SELECT ?name { ?document zm:documentName ?name }")]
    copies = Counter(name.split("-")[0] for name in names)
    assert set(copies.values()) == {COPIES}
    assert len(copies) > 10
    assert len(names) == len(set(names))


def test_the_first_copy_is_the_sample() -> None:
    alone = {line for line in grown(ROOT / "corpus", ONTOLOGY, 1) if "/claim/" in line or "/evidence/" in line}
    assert len(alone) > 10_000
    kept = alone & set(graph().split("\n"))
    assert len(kept) > 0.99 * len(alone)  # names of things that copies share may be others


def test_some_things_have_many_facts_and_most_have_few() -> None:
    counted = told("SELECT (COUNT(?claim) AS ?n) { ?claim zm:claimObject|zm:claimSubject ?x } GROUP BY ?x")
    facts = sorted(int(str(number)) for (number,) in counted)
    assert facts[len(facts) // 2] <= 2
    concepts = told("SELECT (COUNT(?c) AS ?n) { ?c zm:facet ?facet ; zm:claimSubject ?x } GROUP BY ?x ORDER BY DESC(?n) LIMIT 1")
    assert int(str(concepts[0][0])) > 30 * COPIES


def test_names_years_and_amounts_vary() -> None:
    texts = re.findall(r'valueText> "([^"]+)"', graph())
    assert len(set(texts)) > 100
    assert len(set(re.findall(r'startDate> "(\d{4})', graph()))) > 8
    places = told("SELECT DISTINCT ?label { ?x a zm:Place ; skos:prefLabel ?label }")
    assert len(places) > 30


def test_no_day_is_out_of_the_calendar() -> None:
    days = re.findall(r'"(\d{4})-02-29"\^\^<http://www.w3.org/2001/XMLSchema#date>', graph())
    assert all(int(year) % 4 == 0 for year in days)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    return time_questions(ROOT / "corpus", ONTOLOGY, tmp_path_factory.mktemp("timed") / "large", 2)


def test_every_question_is_timed(result: dict[str, dict[str, float]]) -> None:
    assert result["question ms"].keys() == TYPICAL.keys()
    assert all(ms > 0 for ms in result["question ms"].values())
    assert [name for name, rows in result["question rows"].items() if not rows] == ["conflicts", "dates"]
    assert result["whole ms"].keys() == TYPICAL.keys() - {"comparison", "dates", "industries"}


def test_what_takes_too_long_is_marked(result: dict[str, dict[str, float]]) -> None:
    slow = {**result, "question ms": {**result["question ms"], "views": MOST + 1, "methods": MOST - 1}}
    table = as_text(slow)
    assert [line.split()[0] for line in table if "!" in line and line.split()[0] in ("views", "methods")] == ["views"]
