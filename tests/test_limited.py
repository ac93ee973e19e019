"""Queries have bounds: of time, of memory; and Ctrl-C ends them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import QueryError, UsageError
from pipeline.limited import Limits, limits_from_settings, run
from pipeline.store import Store, build_store, open_store
from tests.samples import sample_text

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    build_store(folder / "store", sample_text())
    return folder


def test_a_query_is_stopped_in_time(out: Path) -> None:
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"took longer than 0\.5 s .* --timeout or ZHIMAI_QUERY_TIMEOUT"):
        open_store(out).answer(ENDLESS, Limits(0.5))
    assert time.monotonic() - began < 5


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a limit of memory")
def test_a_query_is_stopped_when_it_takes_too_much_memory(out: Path) -> None:
    with pytest.raises(QueryError, match=r"more than 500 MB of memory.*ZHIMAI_QUERY_MEMORY"):
        open_store(out).answer(HUNGRY, Limits(60, 500))


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is no signal there")
def test_ctrl_c_ends_a_query(out: Path) -> None:
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "query", ENDLESS, "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment()) as ran:
        time.sleep(2)
        began = time.monotonic()
        ran.send_signal(signal.SIGINT)
        stdout, stderr = ran.communicate(timeout=20)
    assert (ran.returncode, stdout) == (130, b"")
    assert b"Traceback" not in stderr
    assert time.monotonic() - began < 5


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def test_limits_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIMAI_QUERY_TIMEOUT", "1.5")
    monkeypatch.setenv("ZHIMAI_QUERY_MEMORY", "300")
    assert limits_from_settings() == Limits(1.5, 300)
    assert limits_from_settings(9) == Limits(9, 300)
    monkeypatch.setenv("ZHIMAI_QUERY_TIMEOUT", "soon")
    with pytest.raises(UsageError, match="ZHIMAI_QUERY_TIMEOUT=soon: is no number"):
        limits_from_settings()
    monkeypatch.delenv("ZHIMAI_QUERY_TIMEOUT")
    assert limits_from_settings().seconds == Limits().seconds


def _sleep(store: Store, seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def test_other_work_on_a_store_has_the_limits_too(out: Path) -> None:
    assert run(None, _sleep, out, 0.01) == 0.01
    with pytest.raises(QueryError, match=r"took longer than 0\.5 s"):
        run(Limits(0.5), _sleep, out, 60)
    with pytest.raises(UsageError, match="holds no store"):
        run(None, _sleep, out / "nowhere", 1)


@pytest.mark.parametrize("command", ["why 青禾工厂", "stats", "schema"])
def test_what_a_command_asks_is_stopped_in_time(
    out: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No start of an interpreter takes so little time."""
    monkeypatch.setenv("ZHIMAI_QUERY_TIMEOUT", "0.001")
    monkeypatch.setattr(sys, "argv", ["zhimai", *command.split(), "--out", str(out)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "took longer than 0.001 s" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is no signal there")
@pytest.mark.parametrize("command", ["export --format csv", "schema", "stats", "why 青禾工厂"])
def test_ctrl_c_ends_a_command_and_its_child(out: Path, tmp_path: Path, command: str) -> None:
    """The child's interpreter is made to wait before it does anything, as a query over a great graph would."""
    (tmp_path / "sitecustomize.py").write_text("import sys, time\nif '-P' in sys.orig_argv: time.sleep(60)\n")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    line = [sys.executable, "-c", "from pipeline.cli import main; main()", *command.split(), "--out", str(out)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}) as ran:
        time.sleep(2)
        assert ran.poll() is None
        ran.send_signal(signal.SIGINT)
        began = time.monotonic()
        stdout, stderr = ran.communicate(timeout=20)
    assert (ran.returncode, stdout) == (130, b"")
    assert b"Traceback" not in stderr
    assert time.monotonic() - began < 5
