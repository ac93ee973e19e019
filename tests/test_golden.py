"""All that comes of the sample, to the byte: claims, what was rejected, the graph, and the answer to each named question; and
all that is found in the texts of the rows of other tests, wanted there or not, and in those of tests/texts.

A file of tests/texts has a text a line; {甲|乙} stands for each of its words in turn, with the first word of every other list of
the line; \\n breaks a line, <5> is a phrase of five characters. A line with = gives the fields of the documents after it
(kind=plan title=… date=…), one with # says what the texts after it are for.

`pytest tests/test_golden.py --update-golden` writes the files anew; their diff shows what a change does.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from pipeline.annotate.polarity import marks
from pipeline.ask import answer, bind, questions
from pipeline.evaluate import evaluate, read_rows
from pipeline.model import Claim, Name
from pipeline.show import scores, show, show_fault
from pipeline.store import open_store
from tests.extracting import annotate, claims_of
from tests.samples import ROOT

GOLDEN = ROOT / "tests" / "golden"
FILES = "claims.jsonl", "rejected.jsonl", "graph.ttl"
ROWS = "rows.jsonl"
ASKED: dict[str, dict[str, str]] = {
    "documents": {},
    "elements": {"concept": "海洋经济"},
    "evidence": {"section": "总体要求"},
    "facets": {},
    "industries": {},
    "members": {},
    "places": {"place": "临澜市"},
    "restricts": {},
    "sections": {"document": "01_向海图强"},
    "supporters": {"industry": "冷链物流", "place": "临澜市"},
    "supports": {"least": "0.8"},
    "timeline": {"from": "2024-01", "to": "2025-12"},
}


TEXTS = sorted((ROOT / "tests" / "texts").iterdir())
WRITTEN = {
    *FILES,
    ROWS,
    "scores.txt",
    *(f"texts/{file.stem}.jsonl" for file in TEXTS),
    *(f"answers/{name}.csv" for name in ASKED),
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


def row_texts() -> list[str]:
    """The texts of the rows of all tests of annotation and extraction, each once."""
    texts: set[str] = set()
    for file in sorted((ROOT / "tests").glob("test_*.py")):
        if file.stem.startswith(("test_annotate", "test_extract")):
            module = import_module(f"tests.{file.stem}")
            marks = [mark for value in vars(module).values() for mark in getattr(value, "pytestmark", ())]
            lists = [value for value in vars(module).values() if isinstance(value, list)]
            lists += [list(mark.args[1]) for mark in marks if mark.name == "parametrize"]
            rows = [getattr(row, "values", row) for rows in lists for row in rows]
            texts |= {row[0] for row in rows if isinstance(row, tuple) and row and isinstance(row[0], str)}
    return sorted(text for text in texts if len(text) > 6)


ENDLESS = (
    "深海智能生态循环立体混合养殖网箱配套浮架锚链补给运维保障服务网络体系平台装置管护巡检监测预警救援调度信息共享交换枢纽"
    "节点集散分拣仓储冷藏转运配送终端门店展示体验培训交流合作示范推广应用研究试验检验认证标识追溯评价"
)  # a phrase as long as one likes


def written_out(line: str) -> Iterator[str]:
    """The texts that a line of tests/texts stands for."""
    pieces = re.split(r"[{}]", line)  # every other one is a list
    lists = {at: pieces[at].split("|") for at in range(1, len(pieces), 2)}
    first = {at: words[0] for at, words in lists.items()}
    for at, words in lists.items() or [(0, [pieces[0]])]:
        for word in words:
            text = "".join((first | {at: word}).get(index, piece) for index, piece in enumerate(pieces))
            yield re.sub("<([0-9]+)>", lambda length: (10 * ENDLESS)[: int(length[1])], text)


def texts_of(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each text of a file of tests/texts once, with the fields of its document."""
    fields: dict[str, Any] = {}
    seen: set[tuple[str, str]] = set()
    for line in file.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        if line.startswith("= "):
            fields = dict(field.split("=") for field in line[2:].split())
        elif not line.startswith("# "):
            for text in written_out(line):
                if (text, str(fields)) not in seen:
                    seen.add((text, str(fields)))
                    yield text.replace("\\n", "\n"), fields


def told(text: str, **fields: Any) -> dict[str, object]:
    """All that is found in a text: its dates, quantities, names, cues and views, what takes back what its sentences say, and
    every claim with its rule and evidence.
    """
    annotated = annotate(text, **fields)
    return {
        "text": text,
        "dates": [(text[d.start : d.end], d.value, d.precision) for d in annotated.dates],
        "quantities": [(text[q.start : q.end], q.value, q.unit) for q in annotated.quantities],
        "names": [(m.start, m.kind, m.label) for m in annotated.mentions],
        "cues": [f"{cue.start} {cue.text}" for cue in annotated.cues],
        "marks": [mark for start, end in annotated.sentences for mark in marks(text[start:end])],
        "views": [(a.start, a.end, a.holder) for a in annotated.attributions],
        "claims": [_claim(claim) for claim in claims_of(annotated.document)],
    }


def _claim(claim: Claim) -> list[object]:
    slots = [f"{slot}={_slot(value)}" for slot, value in claim.slots.items() if value]
    holder = claim.attributed_to.label if claim.attributed_to else None
    said = [claim.relation, claim.facet, claim.rule, claim.confidence, claim.planned, holder, claim.definition]
    return [*said, claim.evidence.start, claim.evidence.end, *slots]


def _slot(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(_slot, value))
    return f"{value.label} ({value.kind}; {'|'.join(value.aliases)})" if isinstance(value, Name) else str(value)


def test_what_comes_of_every_row(request: pytest.FixtureRequest) -> None:
    texts = row_texts()
    assert len(texts) > 800
    agrees(ROWS, "".join(json.dumps(told(text), ensure_ascii=False) + "\n" for text in texts), request)


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_what_comes_of_every_text(file: Path, request: pytest.FixtureRequest) -> None:
    lines = []
    for text, fields in texts_of(file):
        found = {key: value for key, value in told(text, **fields).items() if value}
        lines.append(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")
    assert len(lines) > 100
    agrees(f"texts/{file.stem}.jsonl", "".join(lines), request)


def test_every_question_is_asked() -> None:
    assert sorted(ASKED) == sorted(questions(ROOT / "ontology"))


@pytest.mark.parametrize("name", sorted(ASKED))
def test_answers(name: str, sample_out: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    question = questions(ROOT / "ontology")[name]
    table = answer(open_store(sample_out), question, bind(question, ASKED[name]))
    show(table, "csv")
    assert table.rows
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
