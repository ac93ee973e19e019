"""The benchmark runs and says what it should; how fast anything is, is not tested here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline import bench
from pipeline.bench_growth import STAGES
from pipeline.errors import UsageError

Result = Mapping[str, Mapping[str, float]]

POLICY = (
    "云渡市循环经济促进办法\n第一条 为发展循环经济，制定本办法。\n第二条 本市支持再制造产业。\n第三条 本办法自公布之日起施行。\n"
)
TEXT = "循环经济由回收、再制造和梯级利用构成。2024年5月，循环经济推进会在苏州市召开。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "循环 经济.txt").write_text(TEXT * 4, encoding="utf-8")
    (folder / "办法.txt").write_text(POLICY, encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    return bench.measure(folder, folder, characters=400, rounds=1, documents=1, copies=1, most=2)


def test_every_stage_has_a_ratio(result: Result) -> None:
    assert set(result["ratio"]) == {"reading", "extraction", "build"}
    signed = ("exponent", *(name for name in result if name.endswith("rows")))
    assert all(value > 0 for name, part in result.items() if name not in signed for value in part.values())


def test_every_stage_of_a_build_has_its_share_and_its_growth(result: Result) -> None:
    assert tuple(result["share"]) == STAGES
    assert sum(result["share"].values()) == pytest.approx(1)
    assert result["exponent"].keys() == {*STAGES, "time", "memory"}
    assert list(result["seconds"]) == ["1 documents", "2 documents"]
    assert len(result["peak MB"]) == 4


def test_a_start_is_told_as_a_ratio_to_others_of_the_same_round(result: Result) -> None:
    start = result["start"]
    assert max(start["version_s"], start["nothing_s"]) < start["page_s"]
    assert start["page_to_version"] == pytest.approx(start["page_s"] / start["version_s"])  # in a single round


def test_documents_are_repeated(result: Result) -> None:
    assert 400 <= result["text"]["characters"] < 400 + 4 * len(TEXT) + len(POLICY)


def test_policies_and_papers_are_timed_apart(result: Result) -> None:
    assert result.keys() >= {"policies", "papers"}


@pytest.mark.parametrize(
    ("options", "extraction", "code"), [([], 0.1, 0), (["--floor", "3"], 3.0, 0), (["--floor", "3"], 2.9, 1)]
)
def test_the_floor_decides_the_exit_code(
    options: list[str], extraction: float, code: int, result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "measure", lambda *_, **__: {**result, "ratio": {**result["ratio"], "extraction": extraction}})
    assert bench.main(options) == code


def test_the_table_and_the_json_tell_the_same(
    result: Result, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "measure", lambda *_, **__: result)
    bench.main([])
    table = capsys.readouterr().out
    assert all(f"{ratio:.2f}" in table for ratio in result["ratio"].values())
    assert all(f"{name} " in table for name in result["question ms"])
    assert all(f"\n{stage:<12}" in table for stage in STAGES)
    bench.main(["--json"])
    assert json.loads(capsys.readouterr().out) == result


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: no such folder"):
        bench.measure(tmp_path / "nowhere", tmp_path / "nowhere", characters=1, rounds=1)
