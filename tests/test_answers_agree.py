"""rdflib gives the same answers to the named questions as the store does: they are SPARQL, and lean on no engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import Graph

from pipeline.ask import bind, questions
from pipeline.bench_questions import TYPICAL
from pipeline.store import open_store
from tests.samples import ROOT
from tests.test_golden import ASKED

SHIPPED = questions(ROOT / "ontology")
CASES = [
    (name, values) for asked in (ASKED, TYPICAL) for name, values in asked.items() if asked is ASKED or values != ASKED[name]
]
EMPTY = [("conflicts", {}), ("conflicts", TYPICAL["conflicts"]), ("dates", {})]  # the documents of the sample agree


@pytest.fixture(scope="module")
def graph(sample_out: Path) -> Graph:
    return Graph().parse(data="".join(line + "\n" for line in open_store(sample_out).lines()), format="nt")


@pytest.mark.parametrize(("name", "values"), CASES, ids=lambda part: part if isinstance(part, str) else " ".join(part.values()))
def test_rdflib_gives_the_same_answer(name: str, values: dict[str, str], graph: Graph, sample_out: Path) -> None:
    query = bind(SHIPPED[name], values)
    rows: Iterable[Iterable[object]] = graph.query(query)  # type: ignore[assignment]
    found = Counter(tuple(None if cell is None else str(cell) for cell in row) for row in rows)
    assert found == Counter(open_store(sample_out).select(query))
    assert found or (name, values) in EMPTY
