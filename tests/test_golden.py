"""All that comes of the sample, to the byte: claims, what was rejected, the graph, the answer to each named question, and
its scores.

`pytest tests/test_golden.py --update-golden` writes the files anew; their diff shows what a change does.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from pipeline.ask import answer, bind, questions
from pipeline.evaluate import evaluate, read_rows
from pipeline.show import scores, show, show_fault
from pipeline.store import open_store
from tests.samples import ROOT

GOLDEN = ROOT / "tests" / "golden"
FILES = "claims.jsonl", "rejected.jsonl", "graph.ttl"
ROWS = "rows.jsonl"
ASKED: dict[str, dict[str, str]] = {
    "citations": {},
    "comparison": {"concept": "未来产业", "document": "07_wangxi_work_report_gb", "other": "10_未来产业行动计划"},
    "conflicts": {},
    "contrasts": {},
    "dates": {},
    "definitions": {},
    "documents": {},
    "elements": {"concept": "海洋经济"},
    "evidence": {"section": "总体要求"},
    "facets": {},
    "figures": {},
    "industries": {},
    "meetings": {"from": "2024-01", "to": "2025-12"},
    "members": {},
    "methods": {},
    "places": {"place": "临澜市"},
    "policy": {},
    "restricts": {},
    "sections": {"document": "01_向海图强"},
    "series": {},
    "supporters": {"industry": "冷链物流", "place": "临澜市"},
    "supports": {"least": "0.8"},
    "timeline": {"from": "2024-01", "to": "2025-12"},
    "views": {},
}
WITHOUT_ANSWER = ("conflicts", "dates")  # the documents of the sample agree


TEXTS = sorted((ROOT / "tests" / "texts").iterdir())
WRITTEN = {
    *FILES,
    ROWS,
    "scores.txt",
    *(f"texts/{file.stem}.jsonl" for file in TEXTS),
    *(f"answers/{name}.csv" for name in ASKED),
}
SAID = {  # written by test_golden_said
    *("parameters", "queries", "parsers", "crashes", "limits", "names", "texts", "headings", "questions_asked", "facts_told"),
    *("gate", "folders", "scores", "cells", "reasons"),
}
DOCUMENTS = {  # written by test_golden_documents
    "graph.nt",
    "json.txt",
    "export.csv",
    "export.graphml",
    *(f"{what}{columns}.txt" for what in ("tree", "text", "claims") for columns in ("", 40, 140)),
}


def agrees(name: str, text: str, request: pytest.FixtureRequest) -> None:
    file = GOLDEN / name
    if request.config.getoption("--update-golden"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        return
    known = file.read_text(encoding="utf-8")
    if text != known:
        diff = difflib.unified_diff(known.split("\n"), text.split("\n"), "golden", "now", lineterm="", n=0)
        pytest.fail(f"{file}: comes out otherwise; run pytest --update-golden if it should\n" + "\n".join([*diff][:40]))


def without_version(graph: str) -> str:
    """The graph without the digest of the ontology, which each comment in it changes."""
    return re.sub(r"\b[0-9a-f]{64}\b|(?<=extraction:)[\w.-]+", "…", graph)


@pytest.mark.parametrize("name", FILES)
def test_what_a_build_writes(name: str, sample_out: Path, request: pytest.FixtureRequest) -> None:
    text = (sample_out / name).read_text(encoding="utf-8")
    assert text.count("\n") > 20
    agrees(name, without_version(text) if name == "graph.ttl" else text, request)


def test_every_question_is_asked() -> None:
    assert sorted(ASKED) == sorted(questions(ROOT / "ontology"))


@pytest.mark.parametrize("name", sorted(ASKED))
def test_answers(name: str, sample_out: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    question = questions(ROOT / "ontology")[name]
    table = answer(open_store(sample_out), question, bind(question, ASKED[name]))
    show(table, "csv")
    assert table.rows or name in WITHOUT_ANSWER
    agrees(f"answers/{name}.csv", capsys.readouterr().out, request)


def test_scores(sample_out: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    """Against the gold of the sample, with the first faults of each relation."""
    gold = [row for file in sorted((ROOT / "tests" / "gold").glob("*.jsonl")) for row in read_rows(file)]
    result = evaluate(read_rows(sample_out / "claims.jsonl"), gold)
    show(scores(result), "csv")
    for fault in result.first_faults(3):
        show_fault(fault)
    agrees("scores.txt", capsys.readouterr().out, request)


def test_golden_files_are_not_being_written(request: pytest.FixtureRequest) -> None:
    assert not request.config.getoption("--update-golden"), (
        "golden files were written; look at their diff and run without the flag"
    )
