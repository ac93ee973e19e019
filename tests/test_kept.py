"""What is kept of documents: only what changed is read again, and the bytes are those of a build from nothing."""

from __future__ import annotations

import json
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline import build as module
from pipeline import kept
from pipeline.annotate.annotator import Annotator
from pipeline.build import build
from pipeline.builds import CACHE, FILES, hold
from pipeline.extract import extract
from pipeline.kept import LIBRARIES, Outcome, Shelf
from pipeline.ontology import load_ontology
from pipeline.read import read
from pipeline.read.find import find_documents
from pipeline.renew import Report
from pipeline.workers import Limits, Lost
from tests.samples import ROOT, ontology

TEXTS = {
    "一.txt": "绿色工厂建设情况\n\n绿色工厂以循环利用为特征。绿色工厂由节能设备、清洁能源和智能系统构成。\n",
    "二.md": "# 储能产业行动方案\n\n第一条 支持储能产业、氢能产业发展。\n\n2024年3月5日，储能产业推进会在苏州市召开。\n",
    "下/三.txt": "低空经济观察\n\n低空经济包括无人机物流、低空旅游。低空经济的本质是综合性经济形态。\n",
    "空.txt": " ",
}


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that builds read, in their order; read in this process, with the ontology loaded once."""
    asked: list[str] = []

    def run(setup: str, context: Any, tasks: Sequence[Any], **_: Any) -> Iterator[Any]:
        asked.extend(task.below for task in tasks)
        return map(pkgutil.resolve_name(setup)(context), tasks)

    monkeypatch.setattr(module, "run", run)
    monkeypatch.setattr(module, "load_ontology", lambda folder, shelf: ontology())
    return asked


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    return tmp_path / "in"


def run(corpus: Path, out: str = "out", **options: Any) -> Report:
    return build(corpus, corpus.parent / out, ontology=ROOT / "ontology", **options)


def content(out: Path) -> dict[str, bytes]:
    return {name: (hold(out).folder / name).read_bytes() for name in FILES}


def _changed(corpus: Path) -> None:
    (corpus / "一.txt").write_text(TEXTS["一.txt"] + "绿色工厂以节能为目标。\n", encoding="utf-8")


def _added(corpus: Path) -> None:
    (corpus / "四.txt").write_text("港口经济由码头和物流构成。\n", encoding="utf-8")


def _removed(corpus: Path) -> None:
    (corpus / "二.md").unlink()


def _renamed(corpus: Path) -> None:
    (corpus / "下" / "三.txt").rename(corpus / "下" / "五.txt")


def _clashing(corpus: Path) -> None:
    (corpus / "上").mkdir()
    (corpus / "上" / "三.txt").write_text(TEXTS["一.txt"], encoding="utf-8")


def _mended(corpus: Path) -> None:
    (corpus / "空.txt").write_text("港口经济由码头和物流构成。\n", encoding="utf-8")


def _touched(corpus: Path) -> None:
    (corpus / "一.txt").touch()


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (_changed, ["一.txt"]),
        (_added, ["四.txt"]),
        (_removed, []),
        (_renamed, ["下/五.txt"]),
        (_clashing, ["上/三.txt", "下/三.txt"]),  # both get other names
        (_mended, ["空.txt"]),
    ],
)
def test_only_what_changed_is_read_and_the_bytes_are_those_of_a_clean_build(
    corpus: Path, read_again: list[str], change: Callable[[Path], None], again: list[str]
) -> None:
    run(corpus)
    assert sorted(read_again) == sorted(TEXTS)
    read_again.clear()
    change(corpus)
    report = run(corpus)
    assert (report.changed, sorted(read_again)) == (True, sorted(again))
    assert report == run(corpus, "clean")
    assert content(corpus.parent / "out") == content(corpus.parent / "clean")
    entries = [path.name for path in (corpus.parent / "out" / CACHE).iterdir()]
    assert len(entries) == 2 * report.documents + len(report.failures)  # what was read, and what it gave the graph
    assert sorted(entries) == sorted(path.name for path in (corpus.parent / "clean" / CACHE).iterdir())


@pytest.mark.parametrize("change", [lambda corpus: None, _touched])
def test_where_nothing_has_changed_nothing_is_built(corpus: Path, read_again: list[str], change: Callable[[Path], None]) -> None:
    first = run(corpus)
    before, folder = content(corpus.parent / "out"), hold(corpus.parent / "out").folder
    change(corpus)
    second = run(corpus)
    assert (first.changed, second.changed) == (True, False)
    assert second == first
    assert second.failures == {"空.txt": "holds only white space: remove it or put text into it"}
    assert (content(corpus.parent / "out"), hold(corpus.parent / "out").folder) == (before, folder)
    newest = max(path.stat().st_mtime_ns for path in corpus.rglob("*"))
    assert (corpus.parent / "out" / "graph.ttl").stat().st_mtime_ns >= newest  # make has nothing to do either


@pytest.mark.parametrize(
    "options",
    [
        {"least": 0.9},
        {"base": "https://example.org/kg/"},
        {"with_ontology": True},
        {"limits": Limits(30)},
        {"names": "绿色工厂 = 绿厂\n"},
    ],
)
def test_other_options_are_another_build_of_what_is_kept(corpus: Path, read_again: list[str], options: dict[str, Any]) -> None:
    if "names" in options:
        options = {"names": corpus.parent / "names.txt"}
        options["names"].write_text("绿色工厂 = 绿厂\n", encoding="utf-8")
    run(corpus)
    read_again.clear()
    assert run(corpus, **options).changed
    assert read_again == []
    assert not run(corpus, **options).changed
    if "names" in options:
        options["names"].write_text("绿色工厂 = 绿色制造工厂\n", encoding="utf-8")
        assert run(corpus, **options).changed


def test_clean_reads_everything_again(corpus: Path, read_again: list[str]) -> None:
    run(corpus)
    read_again.clear()
    assert run(corpus, clean=True).changed
    assert sorted(read_again) == sorted(TEXTS)


@pytest.mark.parametrize("broken", [b"", b"x", b"\x78\x01", None])
def test_a_broken_entry_is_read_again(corpus: Path, read_again: list[str], broken: bytes | None) -> None:
    run(corpus)
    before = content(corpus.parent / "out")
    for entry in (corpus.parent / "out" / CACHE).iterdir():
        data = entry.read_bytes()
        entry.write_bytes(data[: len(data) // 2] if broken is None else broken)
    read_again.clear()
    assert run(corpus, least=0.4).changed
    assert sorted(read_again) == sorted(TEXTS)
    run(corpus)
    assert content(corpus.parent / "out") == before


def test_an_entry_of_other_types_is_none(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "tools")
    shelf.put(Outcome("a.txt", failure="is empty", fingerprint="0"), "a")
    assert shelf.get("0", "a.txt", "a") == Outcome("a.txt", failure="is empty", fingerprint="0")
    assert (
        shelf.get("0", "a.txt", "b") is shelf.get("1", "a.txt", "a") is Shelf(tmp_path, "others").get("0", "a.txt", "a") is None
    )
    shelf.put(Outcome("a.txt", failure=7, fingerprint="0"), "a")  # type: ignore[arg-type]
    assert shelf.get("0", "a.txt", "a") is None


def test_what_cannot_be_kept_costs_nothing_else(corpus: Path, read_again: list[str]) -> None:
    (corpus.parent / "out").mkdir()
    (corpus.parent / "out" / CACHE).write_text("in the way", encoding="utf-8")
    report = run(corpus)
    assert report == run(corpus, "clean")
    assert content(corpus.parent / "out") == content(corpus.parent / "clean")


def test_a_document_whose_worker_was_lost_is_tried_again(
    corpus: Path, read_again: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sound: Any = vars(module)["run"]

    def losing(setup: str, context: Any, tasks: Sequence[Any], **limits: Any) -> Iterator[Any]:
        for task in tasks:
            yield Lost("took longer") if task.below == "一.txt" else next(iter(sound(setup, context, [task], **limits)))

    with monkeypatch.context() as busy:
        busy.setattr(module, "run", losing)
        assert run(corpus).failures["一.txt"] == "took longer"
    read_again.clear()
    assert "一.txt" not in run(corpus).failures
    assert read_again == ["一.txt"]
    assert not run(corpus).changed


@pytest.mark.parametrize("changed", ["code", "ontology"])
def test_another_code_or_ontology_reads_everything_again(
    corpus: Path, read_again: list[str], monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    run(corpus)
    read_again.clear()
    sound: Any = vars(kept)["folder_sha256"]
    if changed == "code":
        monkeypatch.setattr(kept, "folder_sha256", lambda folder, suffixes: sound(folder, suffixes)[::-1])
    else:
        monkeypatch.setattr("pipeline.renew.folder_sha256", lambda folder, suffixes: "other")
        monkeypatch.setattr(module, "load_ontology", lambda folder, shelf: _other_ontology())
    assert run(corpus).changed
    assert sorted(read_again) == sorted(TEXTS)


def _other_ontology() -> Any:
    from dataclasses import replace

    return replace(ontology(), sha256="other")


def test_every_document_of_the_sample_comes_back_as_it_was(tmp_path: Path) -> None:
    annotator, shelf = Annotator(ontology()), Shelf(tmp_path, "tools")
    for path in find_documents(ROOT / "corpus"):
        document = read(path, ROOT / "corpus")
        claims = tuple(extract(annotator.annotate(document), ontology()))
        outcome = Outcome(document.path, document, claims, fingerprint=document.sha256)
        shelf.put(outcome, document.name)
        assert repr(shelf.get(document.sha256, document.path, document.name)) == repr(outcome)


NOTHING = """
import sys
from pipeline.cli import main
try:
    main()
finally:
    print(sorted({"rdflib", "pyoxigraph", "spacy", "jieba", "rjieba", "rich", "msgspec", "pipeline.ontology"} & set(sys.modules)))
"""


def test_a_build_with_nothing_to_do_loads_nothing_that_reads(corpus: Path) -> None:
    command = [sys.executable, "-c", NOTHING, "build", str(corpus), "--out", str(corpus.parent / "out")]
    said = [subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8") for _ in range(2)]
    assert said[0].stdout.splitlines()[:-1] == said[1].stdout.splitlines()[:-1]
    assert said[1].stdout.splitlines()[-1] == "[]"
    assert "rdflib" in said[0].stdout.splitlines()[-1]
    assert said[1].stderr.splitlines()[-1].startswith("nothing has changed in")
    told = json.loads((corpus.parent / "out" / "report.json").read_text(encoding="utf-8"))
    assert "changed" not in told


def test_libraries_that_read_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[<>=]", need)[0] for need in [*project["dependencies"], *project["optional-dependencies"]["ocr"]]}
    shown_or_stored = {"msgspec", "portalocker", "pyoxigraph", "rich", "typer"}
    assert set(LIBRARIES) == declared - shown_or_stored


def test_the_ontology_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path, "a")
    first = load_ontology(ROOT / "ontology", shelf)
    assert first == ontology()
    monkeypatch.setattr("pipeline.declared.TurtleFile", None)
    assert load_ontology(ROOT / "ontology", shelf) == first
    with pytest.raises(TypeError):
        load_ontology(ROOT / "ontology", Shelf(tmp_path, "b"))


def test_a_broken_entry_of_the_ontology_is_parsed_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "a")
    shelf.put_value(shelf.ontology_key(ROOT / "ontology"), ["what", "is", "this"])
    assert load_ontology(ROOT / "ontology", shelf) == ontology()
