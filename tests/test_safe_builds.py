"""Whatever happens to a build, there is the old graph or the new one: kills, readers, two builders, a full disk, no links."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import builds
from pipeline.build import build
from pipeline.builds import BUILDS, CACHE, FILES, Builder, hold, pointer
from pipeline.errors import UsageError
from pipeline.limited import run as run_apart
from pipeline.renew import renew
from pipeline.store import Store, open_store
from tests import faults
from tests.samples import ROOT

ON_LINUX = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of itself")
QUICK = pytest.mark.usefixtures("_quick")
TEXT = "绿色工厂以循环利用为特征。绿色工厂由节能设备、清洁能源和智能系统构成。\n"


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is built is one triple."""
    monkeypatch.setattr("pipeline.build.make", faults.write_build)


def whole(out: Path) -> str:
    """What a build says; its files and its store must say the same, and so must the files that users name."""
    (told,) = faults.found(out) | {faults._told(out / file) for file in FILES}
    return told


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "moment" in metafunc.fixturenames:
        chance = random.Random(13)
        number = metafunc.config.getoption("faults")
        metafunc.parametrize("moment", [round(chance.random(), 3) for _ in range(number)])


@ON_LINUX
@pytest.mark.parametrize("scenario", faults.SCENARIOS)
def test_killed_before_any_step_the_old_or_the_new_is_there_and_the_next_build_clears_up(tmp_path: Path, scenario: str) -> None:
    command = [sys.executable, "-m", "tests.faults", scenario, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout.splitlines()
    steps = [json.loads(line) for line in told]
    assert len(steps) > 30
    assert [step["ended"] for step in steps] == [None] * (len(steps) - 1) + [1]
    moved = next(number for number, step in enumerate(steps) if step["seen"] == ["new"])
    before: Any = ["old"] if scenario != "first" else f"UsageError: {tmp_path / 'out'}: holds no store."
    for number, step in enumerate(steps):
        seen = step["seen"] if isinstance(before, list) else step["seen"][: len(before)]
        assert seen == (["new"] if number >= moved else before), number
        if scenario != "linkless":  # the files are one with the build; else copies, which the reader before has put right
            assert step["beside"] == ([] if step["seen"] != ["new"] and scenario == "first" else step["seen"]), number
        assert (step["again"], step["after"][0]) == (1, ["new"]), number
    links = ["current", *FILES] + ([f"{BUILDS}/copied"] if scenario == "linkless" else [])
    folders = [BUILDS, CACHE, f"{BUILDS}/N", f"{BUILDS}/N.lock", f"{BUILDS}/lock", f"{CACHE}/E"]
    assert {tuple(step["after"][1]) for step in steps} == {tuple(sorted(links + folders))}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Documents, of which one changes for each build, and the graph of them."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "in").mkdir()
    for number in range(3):
        (folder / "in" / f"{number}.txt").write_text(TEXT, encoding="utf-8")
    began = time.monotonic()
    _zhimai(folder).communicate()
    _lasts.append(time.monotonic() - began)
    yield folder / "in", folder / "out"
    _zhimai(folder, "--clean", out="clean").communicate()
    assert _files(folder / "out") == _files(folder / "clean")


_lasts: list[float] = []  # seconds of a build


def _zhimai(folder: Path, *options: str, out: str = "out") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline", "build", str(folder / "in"), "--out", str(folder / out), *options]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")


def _files(out: Path) -> dict[str, bytes]:
    return {name: (hold(out).folder / name).read_bytes() for name in FILES}


def test_killed_at_a_random_moment(documents: tuple[Path, Path], moment: float) -> None:
    folder, out = documents
    before = _files(out)
    (folder / "0.txt").write_text(f"{TEXT}绿色工厂以指标{moment}为目标。\n", encoding="utf-8")
    running = _zhimai(folder.parent)
    time.sleep(moment * _lasts[0])
    running.send_signal(signal.SIGKILL)
    running.communicate()
    found, rows = _files(out), [json.loads(row) for row in (out / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(list(open_store(out).select("SELECT ?c { ?c a zm:Claim }"))) >= len(rows) > 0
    ended = _zhimai(folder.parent)
    assert "error" not in ended.communicate()[1]
    assert ended.returncode == 0
    after = _files(out)
    assert found in (before, after)
    assert str(moment) in after["claims.jsonl"].decode()
    assert faults.left(out).count(f"{CACHE}/E") == 7  # of each document what was read and gave the graph; of the ontology
    assert faults.left(out)[:4] == [BUILDS, f"{BUILDS}/N", f"{BUILDS}/N.lock", f"{BUILDS}/lock"]


WRITER = """
import sys
from pathlib import Path
from pipeline import build
from tests import faults
build.make = faults.write_build
for number in range(40):
    faults.renew(faults.ordered(Path(sys.argv[1]), str(number)))
"""


@QUICK
def test_readers_see_one_build_each_while_forty_follow_each_other(tmp_path: Path) -> None:
    renew(faults.ordered(tmp_path, "first"))
    out = tmp_path / "out"
    first = open_store(out)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT)
    seen = []
    while writer.poll() is None:
        seen.append(faults.found(out))
        if len(seen) % 50 == 0:
            seen.append({row[0] or "" for row in run_apart(None, _said, out)})
    assert writer.returncode == 0
    assert [told for told in seen if len(told) != 1] == []
    assert len({next(iter(told)) for told in seen}) > 5
    assert whole(out) == "39"
    assert _said(first) == [("first",)]
    assert (out / BUILDS / "1").is_dir()
    del first
    renew(faults.ordered(tmp_path, "last"))
    assert [path.name for path in (out / BUILDS).iterdir() if path.is_dir()] == ["42"]


def _said(store: Store) -> list[tuple[str | None, ...]]:
    return list(store.select("SELECT ?o { ?s ?p ?o }"))


@QUICK
def test_a_reader_of_a_build_that_is_being_removed_takes_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renew(faults.ordered(tmp_path, "old"))
    sound = builds.pointer
    seen: list[str | None] = []

    def overtaken(out: Path) -> str | None:
        name = sound(out)
        if not seen:  # between the look at the pointer and the lock, another build replaces the one that it names
            seen.append(name)
            renew(faults.ordered(tmp_path, "new"))
        return name

    monkeypatch.setattr(builds, "pointer", overtaken)
    assert faults.found(tmp_path / "out") == {"new"}
    assert seen == ["1"]


HOLDER = """
import sys
from pathlib import Path
from pipeline.builds import Builder
with Builder(Path(sys.argv[1])):
    print("here", flush=True)
    sys.stdin.read()
"""


@QUICK
def test_of_two_builders_the_second_says_so_or_waits(tmp_path: Path) -> None:
    order = faults.ordered(tmp_path, "old")
    command = [sys.executable, "-c", HOLDER, str(order.out)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as other:
        assert other.stdout
        assert other.stdout.readline() == "here\n"
        with pytest.raises(UsageError, match=rf"another build is running there \(process {other.pid}\)\. Let it end, .* --wait"):
            renew(order)
        waiting = _zhimai(tmp_path, "--wait")
        time.sleep(0.5)
        assert waiting.poll() is None
        other.communicate("")
    assert waiting.communicate()[1].splitlines()[-1].startswith("written to")
    assert waiting.returncode == 0
    assert {path.name for path in order.out.iterdir()} == {BUILDS, CACHE, "current", *FILES}


@QUICK
def test_the_older_layout_is_read_and_taken_over(tmp_path: Path) -> None:
    renew(faults.ordered(tmp_path, "old"))
    out = tmp_path / "out"
    faults.flatten(out)
    assert whole(out) == "old"
    assert sorted(path.name for path in out.iterdir()) == sorted([*FILES, "store"])
    renew(faults.ordered(tmp_path, "new"))
    assert whole(out) == "new"
    assert faults.left(out)[:4] == [BUILDS, f"{BUILDS}/N", f"{BUILDS}/N.lock", f"{BUILDS}/lock"]
    assert not (out / "store").exists()


@QUICK
def test_where_there_are_no_links_the_files_are_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "symlink", faults._no_link)
    out = tmp_path / "out"
    for told in ("old", "new"):
        renew(faults.ordered(tmp_path, told))
        assert whole(out) == told
    assert (out / "current").read_text(encoding="utf-8") == "builds/2\n"
    assert not any((out / name).is_symlink() for name in (*FILES, "current"))
    (out / "graph.ttl").write_text("old", encoding="utf-8")  # as if killed before all were copied
    (out / BUILDS / "copied").write_text("1\n", encoding="utf-8")
    assert faults.found(out) == {"new"}
    assert whole(out) == "new"


@QUICK
@pytest.mark.parametrize("step", ["_sync", "_lock_of", "_show", "_replace", "_link_files"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_or_one_that_is_only_read_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: int
) -> None:
    renew(faults.ordered(tmp_path, "old"))
    with monkeypatch.context() as broken:
        broken.setattr(builds, step, _failing(fault))
        with pytest.raises(UsageError, match=rf"out: cannot be written \({os.strerror(fault)}\)"):
            renew(faults.ordered(tmp_path, "new"))
    assert whole(tmp_path / "out") in ({"old"} if step != "_link_files" else {"old", "new"})
    renew(faults.ordered(tmp_path, "newest"))
    assert whole(tmp_path / "out") == "newest"


def _failing(fault: int) -> Any:
    def fail(*_: object) -> None:
        raise OSError(fault, os.strerror(fault))

    return fail


LITTLE = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from pipeline.cli import main
main()
"""


@QUICK
@pytest.mark.skipif(sys.platform != "linux", reason="the size of files is bounded by a limit of Linux")
def test_a_file_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    order = faults.ordered(tmp_path, TEXT.strip())
    renew(order)
    command = [sys.executable, "-c", LITTLE, "build", str(order.corpus), "--out", str(order.out), "--clean"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    said = [line for line in ran.stderr.splitlines() if not line.startswith("1/1")]
    assert (ran.returncode, len(said)) == (2, 1), ran.stderr
    assert said[0].startswith(f"error: {order.out}: cannot be written (")
    assert whole(order.out) == TEXT.strip()


def test_what_was_never_built_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(" ", encoding="utf-8")
    with pytest.raises(Exception, match="no document could be read"):
        build(tmp_path / "in", tmp_path / "out", ontology=ROOT / "ontology")
    assert not (tmp_path / "out").exists()


@QUICK
@pytest.mark.parametrize("name", ["current", "builds"])
def test_folders_of_others_are_not_touched(tmp_path: Path, name: str) -> None:
    foreign = tmp_path / "out" / name / "mine.txt"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=rf"{name}: was not made by zhimai"):
        renew(faults.ordered(tmp_path, "new"))
    assert [path.name for path in foreign.parent.iterdir()] == ["mine.txt"]


def test_a_pointer_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to("../elsewhere/7")
    assert pointer(tmp_path) is None


@QUICK
def test_nothing_is_removed_but_entries_of_ours(tmp_path: Path) -> None:
    order = faults.ordered(tmp_path, "old")
    (order.out / CACHE).mkdir(parents=True)
    mine, stale = order.out / CACHE / "mine.bin", order.out / CACHE / f".{'0' * 64}.77"
    for file in (mine, stale):
        file.write_text("x", encoding="utf-8")
    renew(order)
    assert (mine.exists(), stale.exists()) == (True, False)


def test_a_builder_that_fails_lets_the_next_one_build(tmp_path: Path) -> None:
    def fail() -> None:
        with Builder(tmp_path / "out") as builder:
            (builder.new() / "half").touch()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not (tmp_path / "out").exists()
    with Builder(tmp_path / "out") as builder:
        assert builder.new().name == "1"
