"""How sure a rule is: its precision, shrunk to that of its relation."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.confidence import confidences, write_confidence
from pipeline.errors import UsageError
from pipeline.evaluate import Score
from pipeline.grammar.rules import read_confidence

SCORES = {"includes.a": Score(90, 10), "includes.b": Score(0, 0), "defines.a": Score(1, 9)}


def test_confidences() -> None:
    found = confidences(SCORES)
    assert found == {"includes.a": 0.9, "includes.b": 0.89, "defines.a": 0.12}


def test_a_rule_with_few_cases_is_near_its_relation() -> None:
    assert confidences({"includes.a": Score(30, 70), "includes.b": Score(2, 0)})["includes.b"] < 0.6


def test_the_file_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "grammar").mkdir()
    file = tmp_path / "grammar" / "confidence.toml"
    write_confidence(file, SCORES)
    assert read_confidence(tmp_path).items() >= confidences(SCORES).items()
    assert tomllib.loads(file.read_text(encoding="utf-8"))["defines.a"]["wrong"] == 9
    assert not list(file.parent.glob("*.new"))


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be written"):
        write_confidence(tmp_path / "no" / "file.toml", SCORES)
