"""The floors of extraction on gold rows: those of the sample, and those of ../shared where it is present.

A floor is raised with every gain; lowering one shows in this file's diff.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.evaluate import evaluate, read_rows
from tests.samples import ROOT

SHARED = ROOT.parent / "shared"
SAMPLE_FLOORS = {"defines": 0.9, "event": 0.82, "supports": 0.84}
SHARED_FLOORS = {"defines": 0.67, "event": 0.92, "supports": 0.79, "includes": 0.5, "restricts": 0.8}


def scores(corpus: Path, gold: list[Path], out: Path) -> dict[str, float]:
    """F1 a relation of a build of `corpus`; every claim of it is checked against its source on the way."""
    build(corpus, out, ontology=ROOT / "ontology")
    claims = [json.loads(line) for line in (out / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    result = evaluate(claims, [row for file in gold for row in read_rows(file)])
    return {relation: score.f1 for relation, score in result.relations.items()}


def test_sample(tmp_path: Path) -> None:
    gold = sorted((ROOT / "tests" / "gold").glob("*.jsonl"))
    assert len(gold) == 2
    found = scores(ROOT / "corpus", gold, tmp_path / "out")
    assert {relation: round(found[relation], 3) for relation, floor in SAMPLE_FLOORS.items() if found[relation] < floor} == {}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_shared(tmp_path: Path) -> None:
    gold = sorted((SHARED / "gold" / "dev").glob("*.jsonl"))
    assert len(gold) >= 9
    documents = tmp_path / "documents"
    documents.mkdir()
    for file in gold:
        (document,) = (SHARED / "corpus").glob(f"*/{file.stem}.*")
        shutil.copy(document, documents)
    found = scores(documents, gold, tmp_path / "out")
    assert {relation: round(found[relation], 3) for relation, floor in SHARED_FLOORS.items() if found[relation] < floor} == {}
