"""The floors of extraction on gold rows: those of the sample, and those of ../shared where it is present.

A floor is raised with every gain; lowering one shows in this file's diff.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.evaluate import Evaluation, evaluate, read_rows
from tests.samples import ROOT

SHARED = ROOT.parent / "shared"
SAMPLE_FLOORS = {"defines": 0.9, "event": 0.82, "supports": 0.8}
SHARED_FLOORS = {"defines": 0.71, "event": 0.97, "supports": 0.83, "includes": 0.52, "restricts": 0.88}
SHARED_SHARES = {"defines": {"facet": 0.95}, "event": {"date_exact": 0.98, "venue_right": 0.94}}
SURE = 0.9  # of the claims with at least this confidence, at least this share is right


def scores(corpus: Path, gold: list[Path], out: Path) -> Evaluation:
    """A build of `corpus` against gold rows; every claim of it is checked against its source on the way."""
    build(corpus, out, ontology=ROOT / "ontology")
    claims = [json.loads(line) for line in (out / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    return evaluate(claims, [row for file in gold for row in read_rows(file)])


def below(result: Evaluation, floors: dict[str, float]) -> dict[str, float]:
    f1 = {relation: round(result.relations[relation].f1, 3) for relation in floors}
    return {relation: f1[relation] for relation, floor in floors.items() if f1[relation] < floor}


def test_sample(tmp_path: Path) -> None:
    gold = sorted((ROOT / "tests" / "gold").glob("*.jsonl"))
    assert len(gold) == 2
    found = scores(ROOT / "corpus", gold, tmp_path / "out")
    assert below(found, SAMPLE_FLOORS) == {}
    assert found.bands[SURE].precision >= SURE


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
    assert below(found, SHARED_FLOORS) == {}
    for relation, floors in SHARED_SHARES.items():
        assert {
            name: found.shares[relation][name] for name, floor in floors.items() if found.shares[relation][name] < floor
        } == {}
    assert found.bands[SURE].right + found.bands[SURE].false > 150
    assert found.bands[SURE].precision >= SURE
