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


def test_what_was_counted_of_a_model_stays_where_none_is_counted(tmp_path: Path) -> None:
    (tmp_path / "grammar").mkdir()
    file = tmp_path / "grammar" / "confidence.toml"
    write_confidence(file, {"includes.b": Score(1, 1), "model.m": Score(8, 2)})
    write_confidence(file, SCORES)
    known = read_confidence(tmp_path)
    assert (known["model.m"], known["model"], "includes.b" in known) == (0.79, 0.75, True)
    write_confidence(file, {"model.m": Score(2, 8)})
    assert read_confidence(tmp_path)["model.m"] < 0.3


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be written"):
        write_confidence(tmp_path / "no" / "file.toml", SCORES)
