"""The benchmark runs and says what it should; how fast anything is, is not tested here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline import bench

TEXT = "循环经济由回收、再制造和梯级利用构成。2024年5月，循环经济推进会在苏州市召开。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "循环 经济.txt").write_text(TEXT * 4, encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def result(folder: Path) -> Mapping[str, Mapping[str, float]]:
    return bench.measure(folder, folder, characters=400, rounds=2)


def test_every_stage_has_a_ratio(result: Mapping[str, Mapping[str, float]]) -> None:
    assert set(result["ratio"]) == {"reading", "extraction", "build"}
    assert all(value > 0 for part in result.values() for value in part.values())


def test_documents_are_repeated(result: Mapping[str, Mapping[str, float]]) -> None:
    assert 400 <= result["text"]["characters"] < 400 + 4 * len(TEXT)


@pytest.mark.parametrize(
    ("options", "extraction", "code"),
    [([], 0.1, 0), (["--floor", "3"], 3.0, 0), (["--floor", "3"], 2.9, 1), (["--json"], 1.0, 0)],
)
def test_the_floor_decides_the_exit_code(
    options: list[str],
    extraction: float,
    code: int,
    result: Mapping[str, Mapping[str, float]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = {**result, "ratio": {**result["ratio"], "extraction": extraction}}
    monkeypatch.setattr(bench, "measure", lambda *_: told)
    assert bench.main(options) == code
    printed = capsys.readouterr().out
    assert json.loads(printed) == told if "--json" in options else f"{extraction:.2f}" in printed


def test_a_missing_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(bench.UsageError, match="nowhere: no such folder"):
        bench.measure(tmp_path / "nowhere", tmp_path / "nowhere", characters=1, rounds=1)
