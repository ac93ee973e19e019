"""A server from its start to its end: new builds, signals, what keeps it from starting."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.builds import BUILDS, hold
from pipeline.renew import renew
from tests import faults
from tests.samples import ROOT
from tests.serving import SLOW, Served, busy, comes_about, command, runs, served

ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
ASK = "SELECT ?o { <https://x.org/s> ?p ?o }"


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An output folder whose builds are one triple each; the first says 0."""
    monkeypatch.setattr("pipeline.build.make", faults.write_build)
    renew(faults.ordered(tmp_path, "0"))
    return tmp_path / "out"


@pytest.fixture
def server(out: Path) -> Iterator[Served]:
    with served(out) as running:
        yield running


def told(server: Served) -> str:
    answer = server.ask(ASK, "text/csv")
    assert answer.status_code == 200, answer.text
    return answer.text.split("\r\n")[1]


def says(server: Served, text: str) -> bool:
    return told(server) == text


def has_another(server: Served, child: int) -> bool:
    return server.children() not in ([], [child])


class _Stream:
    """Asks again and again until it is ended; what went wrong is kept."""

    def __init__(self, server: Served) -> None:
        self.seen: list[str] = []
        self.faults: list[str] = []
        self._server, self._ended = server, threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(8)]

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self.seen.append(told(self._server))
            except Exception as error:
                self.faults.append(repr(error))

    def __enter__(self) -> _Stream:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()


def test_new_builds_are_served_without_a_lost_request(server: Served, out: Path) -> None:
    with _Stream(server) as stream:
        for number in map(str, range(1, 5)):
            renew(faults.ordered(out.parent, number))
            assert comes_about(partial(says, server, number)), number
    assert stream.faults == []
    assert len(stream.seen) > 50
    assert set(stream.seen) == set("01234")
    assert comes_about(lambda: len(server.children()) == 1)
    time.sleep(1.5)  # pages follow the endpoint in a moment
    renew(faults.ordered(out.parent, "5"))  # removes what nobody holds
    names = {path.name for path in (out / BUILDS).iterdir() if path.is_dir()}
    assert names == {"5", "6"}


@ON_LINUX
def test_a_slow_query_keeps_no_new_build_from_being_served(server: Served, out: Path) -> None:
    numbers = " ".join(map(str, range(100)))
    slow = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?{name} {{ {numbers} }}' for name in 'abcde')} }}"
    answers: list[int] = []
    thread = threading.Thread(target=lambda: answers.append(server.ask(slow).status_code))
    thread.start()
    assert comes_about(partial(busy, server.children()[0]))
    renew(faults.ordered(out.parent, "1"))
    assert comes_about(partial(says, server, "1"))
    assert answers == []
    assert len(server.children()) == 2
    thread.join()
    assert answers == [504]
    assert comes_about(lambda: len(server.children()) == 1)
    assert says(server, "1")


def test_a_build_that_cannot_be_served_leaves_the_old_one(server: Served, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> object:
        made = faults.write_build(*given)
        folder = next(each for each in given if isinstance(each, Path))
        (folder / "store" / "CURRENT").write_text("MANIFEST-999999\n", encoding="ascii")
        return made

    monkeypatch.setattr("pipeline.build.make", broken)
    renew(faults.ordered(out.parent, "1"))
    assert server.process.stderr is not None
    assert "cannot be served" in server.process.stderr.readline()
    assert told(server) == "0"
    monkeypatch.setattr("pipeline.build.make", faults.write_build)
    renew(faults.ordered(out.parent, "2"))
    assert comes_about(lambda: told(server) == "2")


@ON_LINUX
def test_a_child_that_dies_is_replaced_without_a_lost_request(server: Served) -> None:
    with _Stream(server) as stream:
        for _ in range(3):
            (child,) = server.children()
            os.kill(child, signal.SIGKILL)
            assert comes_about(partial(has_another, server, child))
            assert told(server) == "0"
    assert stream.faults == []


@ON_LINUX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(out: Path, number: signal.Signals) -> None:
    with served(out) as server:
        (child,) = server.children()
        told(server)
        server.process.send_signal(number)
        said = server.process.communicate(timeout=20)[1]
    assert (server.process.returncode, said) == (0, "ended\n")
    assert not runs(child)


@ON_LINUX
def test_a_signal_ends_it_while_it_works(sample_out: Path) -> None:
    with served(sample_out, "--timeout", "60") as server:
        (child,) = server.children()
        answers: list[int] = []
        slow = threading.Thread(target=lambda: answers.append(server.ask(SLOW).status_code))
        slow.start()
        assert comes_about(partial(busy, child))
        server.process.terminate()
        said = server.process.communicate(timeout=20)[1]
        slow.join()
    assert (server.process.returncode, said) == (0, "ended\n")
    assert answers == [503]
    assert not runs(child)


@ON_LINUX
def test_killed_outright_it_takes_its_child_along(out: Path) -> None:
    with served(out) as server:
        (child,) = server.children()
        server.process.kill()
        assert comes_about(lambda: not runs(child))


def failing(out: Path, *options: str) -> str:
    """What is said, which must be one line, where it cannot be begun."""
    done = subprocess.run(command(out, *options), cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    return done.stderr


def test_what_keeps_it_from_starting_is_told_in_one_line(out: Path, tmp_path: Path) -> None:
    assert "Run `zhimai build` first" in failing(tmp_path / "none")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert failing(out, "--port", port) == f"error: 127.0.0.1:{port}: is in use. Give another --port or --host.\n"
    assert "Give another --port or --host" in failing(out, "--host", "no.such.host.invalid")
    broken = tmp_path / "broken"
    shutil.copytree(hold(out).folder, broken)
    (broken / "store" / "CURRENT").write_text("MANIFEST-999999\n", encoding="ascii")
    assert "cannot be served" in failing(broken)


def test_without_the_extra_it_says_what_to_install(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "starlette.py").write_text("raise ModuleNotFoundError(name='starlette')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    assert failing(out) == "error: zhimai serve: starlette is not installed. Run pip install 'zhimai[serve]'.\n"


@ON_LINUX
def test_a_query_that_needs_too_much_memory_is_refused_and_the_next_one_answered(sample_out: Path) -> None:
    with served(sample_out, "--memory", "1000", "--timeout", "60") as server:
        answer = server.ask(f"{SLOW.replace('(COUNT(*) AS ?n)', '*')} ORDER BY ?c ?f ?i")
        assert (answer.status_code, "1000 MB of memory" in answer.text) == (500, True), answer.text
        assert server.ask("ASK {}").json()["boolean"]
