"""The Oxigraph server as a child process: read-only, on a free port of the loopback interface.

On Linux the kernel ends the child when this process ends, however it ends, and keeps it within its memory. Elsewhere it is ended
by `end`, and by nobody where this process is killed outright; its memory has no bound.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx

from pipeline.errors import UsageError

LOOPBACK = "127.0.0.1"
_TRIES = 3  # another program may take the port before the child does
_START = 60.0  # seconds a child has to answer first
_PAUSE = 0.02
_KEPT = 2_000  # characters of what it said last
_PDEATHSIG = 1  # of prctl


class Oxigraph:
    """A running child; `client` asks it. It is `stuck` where it works on what nobody waits for."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process = process
        limits = httpx.Limits(max_connections=None, keepalive_expiry=5.0)
        self.client = httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{port}", trust_env=False, timeout=None, limits=limits)
        self.said, self.stuck = "", False
        self._reading = asyncio.create_task(self._read())

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self.process.returncode is None

    async def _read(self) -> None:
        assert self.process.stderr is not None
        while read := await self.process.stderr.read(_KEPT):
            self.said = (self.said + read.decode(errors="replace"))[-_KEPT:]

    async def answers(self) -> bool:
        """Wait until it answers; False where it ends or takes too long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_START):
                while self.alive:
                    with suppress(httpx.TransportError):
                        told = await self.client.get("/query", params={"query": "ASK {}"})
                        return told.headers.get("server", "").startswith("Oxigraph") and self.alive
                    await asyncio.sleep(_PAUSE)
        return False

    async def end(self) -> None:
        """End the process, which has nothing to save, and whatever it still works on."""
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()
        await self._reading
        await self.client.aclose()


async def start(store: Path, megabytes: int) -> Oxigraph:
    """A child that serves a store, answers, and keeps to so much memory. It knows no time-out: see asking.py.

    Raises UsageError where it does not start, most likely for a broken store. To be called from the main thread, with whose end
    Linux ends the child.
    """
    said = ""
    for _ in range(_TRIES):
        child = await _started(store, megabytes)
        if await child.answers():
            return child
        await child.end()
        said = child.said.strip()
        if "in use" not in said:
            break
    told = (said.splitlines() or ["no message"])[0].removeprefix("Error: ")
    raise UsageError(f"{store}: cannot be served ({told}). Run `zhimai build --clean` again.")


async def _started(store: Path, megabytes: int) -> Oxigraph:
    port = _free_port()
    options = ["--location", str(store), "--bind", f"{LOOPBACK}:{port}"]
    process = await asyncio.create_subprocess_exec(
        program(),
        "serve-read-only",
        *options,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C on the terminal is ours to answer
        preexec_fn=_bounds(os.getpid(), megabytes),
    )
    return Oxigraph(process, port)


def program() -> str:
    """The program of the wheel, of the same environment before any other. Raises UsageError where there is none."""
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = shutil.which("oxigraph", path=places)
    if found is None:
        raise UsageError("zhimai serve: the program oxigraph is not installed. Run pip install 'zhimai[serve]'.")
    return found


def _free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _bounds(parent: int, megabytes: int) -> Callable[[], None] | None:
    """What the child does before it becomes Oxigraph; None where the system is not Linux."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes
    import resource
    import signal

    prctl = ctypes.CDLL(None).prctl

    def bound() -> None:
        prctl(_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was killed before
            os._exit(1)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    return bound
