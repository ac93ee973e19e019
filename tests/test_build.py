"""The whole way from a folder to the output: same bytes each time, whole or not at all, one bad file costs only itself."""

from __future__ import annotations

import errno
import json
import os
import pkgutil
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from pipeline import build as module
from pipeline.build import build
from pipeline.builds import BUILDS, CACHE, CURRENT, FILES
from pipeline.errors import DataError, UsageError
from pipeline.read.find import document_names
from pipeline.renew import Report
from pipeline.terms import DEFAULT_BASE
from tests.samples import ROOT, ontology

TEXTS = {
    "一.txt": "绿色工厂建设情况\n\n绿色工厂以循环利用为特征。绿色工厂由节能设备、清洁能源和智能系统构成。\n",
    "二.md": "# 储能产业行动方案\n\n第一条 支持储能产业、氢能产业发展。\n\n2024年3月5日，储能产业推进会在苏州市召开。\n",
    "下/三.txt": "低空经济观察\n\n低空经济包括无人机物流、低空旅游。低空经济的本质是综合性经济形态。\n",
}


def in_this_process(setup: str, context: Any, tasks: Sequence[Any], **limits: Any) -> Iterator[Any]:
    """In the place of `workers.run`: starting a process takes a second."""
    return map(pkgutil.resolve_name(setup)(context), tasks)


@pytest.fixture
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "run", in_this_process)


@pytest.fixture(autouse=True)
def _load_the_ontology_once(monkeypatch: pytest.MonkeyPatch, _in_this_process: None) -> None:
    monkeypatch.setattr(module, "load_ontology", lambda folder, shelf: ontology())


def corpus(folder: Path, texts: dict[str, str] | None = None) -> Path:
    for name, text in (TEXTS if texts is None else texts).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    folder.mkdir(exist_ok=True)
    return folder


def run(folder: Path, out: Path, *, clean: bool = False) -> Report:
    return build(folder, out, ontology=ROOT / "ontology", clean=clean)


MADE = sorted([*FILES, BUILDS, CACHE, CURRENT])


def content(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def test_every_claim_stands_where_it_says(tmp_path: Path) -> None:
    report = run(corpus(tmp_path / "in"), tmp_path / "out")
    rows = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {Path(name).stem: text for name, text in TEXTS.items()}
    assert [texts[row["doc"]][row["start"] : row["end"]] for row in rows] == [row["quote"] for row in rows]
    assert sum(report.claims.values()) == len(rows) > 0
    assert [(row["doc"], row["start"]) for row in rows] == sorted((row["doc"], row["start"]) for row in rows)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == MADE


def test_facts_below_a_confidence_are_not_in_the_graph_but_told(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in")
    every = build(folder, tmp_path / "all", ontology=ROOT / "ontology")
    some = build(folder, tmp_path / "some", ontology=ROOT / "ontology", least=0.9)
    rows = [json.loads(line) for line in (tmp_path / "some" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows
    assert min(row["confidence"] for row in rows) >= 0.9
    left = sum(some.rejected.values()) - sum(every.rejected.values())
    assert left == sum(every.claims.values()) - len(rows) > 0


SCRIPT = """
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from pipeline.build import build
if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]), ontology=Path(sys.argv[3]), jobs=int(sys.argv[4]))
"""


def test_same_bytes_whatever_the_seed_the_order_and_the_number_of_processes(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(SCRIPT, encoding="utf-8")
    runs = []
    for seed, jobs, names in (("1", "1", list(TEXTS)), ("2", "2", list(reversed(TEXTS)))):
        folder, out = corpus(tmp_path / f"in{seed}", {name: TEXTS[name] for name in names}), tmp_path / f"out{seed}"
        command: list[str | Path] = [sys.executable, tmp_path / "run.py", folder, out, ROOT / "ontology", jobs]
        runs.append((out, subprocess.Popen(command, env=os.environ | {"PYTHONHASHSEED": seed})))
    assert [process.wait(timeout=60) for _, process in runs] == [0, 0]
    assert content(runs[0][0]) == content(runs[1][0])


def test_a_bad_document_costs_only_itself(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", TEXTS | {"空.txt": ""})
    report = run(folder, tmp_path / "out")
    assert (report.documents, list(report.failures)) == (3, ["空.txt"])
    told = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert told["failures"] == report.failures


def test_names_in_any_bytes(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", {})
    for name in (
        "余料".encode("gb18030"),
        b"\xff\xfe",
        b"a\nb",
        "甲\u2028乙".encode(),
        b"\x1b[31m",
        "長".encode() * 60,
        b"%20<>",
    ):
        (folder / os.fsdecode(name + b".txt")).write_text("绿色工厂以循环利用为特征。", encoding="utf-8")
    report = run(folder, tmp_path / "out")
    assert (report.documents, report.failures) == (7, {})
    rows = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert {row["doc"] for row in rows} >= {"余料", "a\nb", "甲\u2028乙", "\\xff\\xfe"}


def test_a_fault_of_ours_costs_only_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: object, known: object) -> None:
        raise ZeroDivisionError("oops")

    run(corpus(tmp_path / "in"), tmp_path / "out")
    before = content(tmp_path / "out")
    monkeypatch.setattr("pipeline.extraction.extract", broken)
    with pytest.raises(
        DataError, match=r"no document could be read; .*fault in zhimai, please report it: ZeroDivisionError: oops"
    ):
        run(tmp_path / "in", tmp_path / "out", clean=True)
    assert content(tmp_path / "out") == before


@pytest.mark.parametrize("stage", ["merge.Resolution", "merge.check", "shares.work_share", "merge.check_lines"])
def test_a_fault_at_a_later_stage_costs_the_document_that_it_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    place, _, name = stage.partition(".")
    sound = getattr(import_module(f"pipeline.{place}"), name)

    def faulty(first: Any, *others: Any, **named: Any) -> Any:
        if "储能产业" in repr(dict(first) if isinstance(first, Mapping) else first):
            raise IndexError("oops")
        return sound(first, *others, **named)

    monkeypatch.setattr(f"pipeline.{stage}", faulty)
    report = run(corpus(tmp_path / "in"), tmp_path / "out")
    assert (report.documents, report.failures) == (2, {"二.md": "fault in zhimai, please report it: IndexError: oops"})
    assert report.claims["defines"] >= 3


def test_a_full_disk_is_said_in_one_line_and_leaves_the_earlier_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    run(corpus(tmp_path / "in"), tmp_path / "out")
    before = content(tmp_path / "out")
    for step in ("build_store", "turtle_pieces", "write_memory"):
        monkeypatch.setattr(f"pipeline.files.{step}", full)
        with pytest.raises(UsageError, match=r"cannot be written \(No space left on device\). Make room"):
            run(tmp_path / "in", tmp_path / "out", clean=True)
        assert content(tmp_path / "out") == before
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == MADE


def test_a_cache_that_goes_while_it_is_needed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.kept.Shelf.at", lambda self, key: None)
    with pytest.raises(UsageError, match=r"cache: what was read of documents has gone from there .*build again\.$"):
        run(corpus(tmp_path / "in"), tmp_path / "out")


def test_one_document_may_be_built(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in")
    report = run(folder / "一.txt", tmp_path / "out")
    assert (report.documents, report.failures, report.left_out) == (1, {}, {})


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers with ps of Linux")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_build_in_one_line_with_its_workers(tmp_path: Path, number: int) -> None:
    folder = corpus(tmp_path / "in", {f"{n}.txt": "绿色工厂以循环利用为特征。\n\n" * 20_000 for n in range(2)})
    command: list[str | Path] = [sys.executable, "-m", "pipeline", "build", folder, "--out", tmp_path / "out"]
    build_ = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT, encoding="utf-8")
    while not (workers := _children(build_.pid)):
        assert build_.poll() is None
        time.sleep(0.05)
    build_.send_signal(number)
    assert build_.communicate(timeout=60)[1] == "stopped; what was built before is as it was\n"
    assert build_.returncode == 128 + number
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def _children(process: int) -> list[str]:
    listing = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, check=False, encoding="utf-8")
    return listing.stdout.split()


@pytest.mark.parametrize("step", ["files.RowMaker", "files.update_store", "files.spliced", "builds._sync", "builds._show"])
def test_a_build_that_breaks_off_leaves_the_earlier_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    run(corpus(tmp_path / "in"), tmp_path / "out")
    before = content(tmp_path / "out")

    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"pipeline.{step}", killed)
    with pytest.raises(KeyboardInterrupt):
        run(corpus(tmp_path / "in", {"四.txt": "绿色工厂以节能为目标。"}), tmp_path / "out")
    assert content(tmp_path / "out") == before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == MADE


def test_what_a_killed_build_left_is_cleared_away_and_foreign_files_stay(tmp_path: Path) -> None:
    for name in (".new-999999999", ".new-odd"):
        (tmp_path / "out" / name / "store").mkdir(parents=True)
    (tmp_path / "out" / "README.md").write_text("mine", encoding="utf-8")
    run(corpus(tmp_path / "in"), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(["README.md", *MADE])


@pytest.mark.parametrize("name", ["claims.jsonl", "graph.ttl", "store"])
def test_files_of_others_are_not_overwritten(tmp_path: Path, name: str) -> None:
    foreign = tmp_path / "out" / name
    foreign.mkdir(parents=True)
    with pytest.raises(UsageError, match="was not made by zhimai"):
        run(corpus(tmp_path / "in"), tmp_path / "out")
    assert foreign.is_dir()


def test_an_output_folder_inside_the_corpus_is_not_read(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in")
    reports = [run(folder, folder / "out") for _ in range(2)]
    assert reports[0] == reports[1]
    assert reports[0].failures == {}


@pytest.mark.parametrize(
    ("source", "out", "fault"),
    [
        ("nowhere", "out", "nowhere: cannot be opened"),
        ("in", "n" * 300, "cannot be"),
        ("empty", "out", "holds no document"),
        ("in", "in", "is the folder of documents"),
        ("in", "in/一.txt", "is a file"),
    ],
)
def test_what_cannot_be_run(tmp_path: Path, source: str, out: str, fault: str) -> None:
    corpus(tmp_path / "in")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=fault):
        run(tmp_path / source, tmp_path / out)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a.txt", "b.md"], ["a", "b"]),
        (["x/a.txt", "y/a.txt", "b.txt"], ["x__a", "y__a", "b"]),
        (["a.txt", "a.md"], ["a.txt", "a.md"]),
        (["x/a.txt", "a.txt", "x__a.md"], ["x__a.txt", "a", "x__a"]),
        (["a/b.txt", "a/b.md", "a__b.txt"], ["a__b.txt", "a__b.md", "a__b"]),
        (["x/A.txt", "y/a.txt"], ["x__A", "y__a"]),
        (["\u00e9.txt", "e\u0301.md"], ["\u00e9.txt", "e\u0301.md"]),
    ],
)
def test_documents_are_called_by_their_stem_where_that_is_clear(paths: list[str], names: list[str]) -> None:
    files = [Path("in", path) for path in paths]
    assert list(document_names(files, Path("in")).values()) == names


def test_the_base_of_the_iris_can_be_chosen(tmp_path: Path) -> None:
    build(corpus(tmp_path / "in"), tmp_path / "out", ontology=ROOT / "ontology", base="https://example.org/kg/")
    assert DEFAULT_BASE.encode() not in content(tmp_path / "out")["claims.jsonl"]
    assert b"@prefix entity: <https://example.org/kg/entity/> ." in content(tmp_path / "out")["graph.ttl"]


@pytest.mark.parametrize("base", ["kg", "https://example.org/a b/", "https://example.org/kg", "https://example.org/<>/"])
def test_a_base_that_is_no_iri(tmp_path: Path, base: str) -> None:
    with pytest.raises(UsageError, match="--base"):
        build(corpus(tmp_path / "in"), tmp_path / "out", ontology=ROOT / "ontology", base=base)


ODD = '\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e\x00\x1b\x7f\ufffe\uffff\ufdd0\ufeff\u202e\u200b\U0010ffff"\\\r\n\t<>^{}|；|_'


def test_odd_characters_anywhere_cost_no_document(tmp_path: Path) -> None:
    chance = random.Random(9)
    texts = {}
    for number in range(60):
        text = list("\n".join(TEXTS.values()))
        for _ in range(chance.randint(1, 30)):
            text.insert(chance.randrange(len(text)), chance.choice(ODD))
        cut = chance.randrange(len(text) // 2, len(text))
        texts[f"{number}.{chance.choice(('txt', 'md', 'html'))}"] = "".join(text[:cut])
    report = run(corpus(tmp_path / "in", texts), tmp_path / "out")
    assert not any("fault in zhimai" in reason for reason in report.failures.values())
    assert report.documents >= 50
    rows = (tmp_path / "out" / "claims.jsonl").read_bytes().decode().split("\n")[:-1]
    assert len([json.loads(row) for row in rows]) == sum(report.claims.values()) > 60


@pytest.mark.parametrize("stage", ["merge.Resolution", "merge.check", "shares.work_share", "files.build_store"])
def test_too_little_memory_for_the_merge_leaves_the_old_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("港口经济由码头和物流构成。", encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out", ontology=ROOT / "ontology")
    before = (tmp_path / "out" / "claims.jsonl").read_bytes()
    monkeypatch.setattr(f"pipeline.{stage}", fail)
    with pytest.raises(UsageError, match="the graph of 1 documents needs more memory than there is"):
        build(tmp_path / "in", tmp_path / "out", ontology=ROOT / "ontology", clean=True)
    assert (tmp_path / "out" / "claims.jsonl").read_bytes() == before
    assert len([path for path in (tmp_path / "out" / BUILDS).iterdir() if path.is_dir()]) == 1
