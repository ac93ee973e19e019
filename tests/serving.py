"""A real `zhimai serve`, for the tests of it and for measuring it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.samples import ROOT

SECONDS = 2  # a query may take
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"  # a product of three copies of the graph
_LONGEST = 20.0  # seconds that a thing may take to come about


def command(out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "pipeline", "serve", "--out", str(out), "--port", "0", "--timeout", str(SECONDS), *options]


class Served:
    """A running server, and a client of it."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process, self.url = process, url
        self.client = httpx.Client(base_url=url, trust_env=False, timeout=60)

    def ask(self, query: str, accept: str = "*/*") -> httpx.Response:
        return self.client.get("/sparql", params={"query": query}, headers={"accept": accept})

    def children(self) -> list[int]:
        """The process ids of its children (Linux)."""
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(number) for number in told.split()]


@contextmanager
def served(out: Path, *options: str) -> Iterator[Served]:
    """Serve an output folder on a free port; what the server says is in its stderr."""
    process = subprocess.Popen(command(out, *options), cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8", env=os.environ)
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"http://\S+?(?=;)", line)
    assert found, line + process.stderr.read()
    running = Served(process, found[0])
    try:
        yield running
    finally:
        running.client.close()
        process.terminate()
        process.communicate(timeout=_LONGEST)


def comes_about(holds: Callable[[], bool]) -> bool:
    """Whether something is so before long."""
    until = time.monotonic() + _LONGEST
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def runs(pid: int) -> bool:
    """Whether there is such a process, and it has not ended (Linux)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def busy(pid: int) -> bool:
    """Whether a process works (Linux)."""

    def used() -> int:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    try:
        before = used()
        time.sleep(0.2)
        return used() - before > 5
    except OSError:
        return True
