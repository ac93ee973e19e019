"""Relations, facets and classes in Chinese, where that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ask import answer, bind, questions, stats
from pipeline.labels import translated, words
from pipeline.store import Store, build_store, open_store
from tests.samples import ROOT, sample_text


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("out")
    build_store(folder / "store", sample_text(), ontology=ROOT / "ontology")
    return open_store(folder)


def test_stats_in_chinese(store: Store) -> None:
    rows = translated(stats(store), words(store, "zh")).rows
    assert {("claims", "事件"), ("facets", "要素"), ("entities", "政策"), ("rules", "event.test")} <= {row[:2] for row in rows}


def test_answers_in_chinese(store: Store) -> None:
    question = questions(ROOT / "ontology")["elements"]
    table = translated(answer(store, question, bind(question, {"facet": "feature"})), words(store, "zh"))
    assert [row[1] for row in table.rows] == [words(store, "zh")["feature"]]
    assert words(store, "zh")["feature"] != "feature"


def test_elsewhere_the_short_names_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert not words(store)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert words(store)["element"] == "要素"
    assert not words(store, "en")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert not words(store)
