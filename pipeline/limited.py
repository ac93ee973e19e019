"""Work on a store in a process of its own, so that its time and memory have bounds and Ctrl-C ends it.

pyoxigraph has no way to stop a query that runs, and a crash in it takes the process along; a child can be stopped and can crash.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from pipeline.builds import hold
from pipeline.errors import QueryError, UsageError, ZhimaiError

if TYPE_CHECKING:
    from pipeline.store import Store

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

TIMEOUT_SETTING, MEMORY_SETTING = "ZHIMAI_QUERY_TIMEOUT", "ZHIMAI_QUERY_MEMORY"
_CHILD = "import sys; sys.path[:] = {path!r}; from pipeline.limited import serve_one; serve_one()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query or other work may use: seconds of time and megabytes of memory (kept on Linux; other systems may not)."""

    seconds: float = 60
    megabytes: int = 2048


def limits_from_settings(seconds: float | None = None) -> Limits:
    """The limits that the environment sets, with `seconds` in place of its own. Raises UsageError for what is no number."""
    return Limits(
        seconds if seconds is not None else _setting(TIMEOUT_SETTING, Limits().seconds),
        int(_setting(MEMORY_SETTING, Limits().megabytes)),
    )


def _setting(name: str, default: float) -> float:
    value = os.environ.get(name, "")
    try:
        number = float(value or default)
    except ValueError:
        number = 0
    if not 0 < number < 1e9:
        raise UsageError(f"{name}={value}: is no number above 0. Set it to one, or unset it for {default:g}.")
    return number


def run(
    limits: Limits | None,
    function: Callable[Concatenate[Store, _Given], _Result],
    folder: Path,
    /,
    *args: _Given.args,
    **kwargs: _Given.kwargs,
) -> _Result:
    """What a function of a module gives for the store of `folder`, and for what else it takes, in a child within `limits`.

    The build is held meanwhile, so that the child reads the one that is current now. None sets no limit: Ctrl-C still ends the
    work at once. Raises what the function raises of ours, and QueryError where a limit is met or the child crashes.
    """
    command = [sys.executable, "-P", "-X", "utf8", "-c", _CHILD.format(path=sys.path)]
    held = hold(folder)
    given = pickle.dumps((str(held.folder), limits, function, args, kwargs))
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=limits.seconds if limits else None, check=False)
    except subprocess.TimeoutExpired as error:
        told = f"The query took longer than {error.timeout:g} s and was stopped"
        raise QueryError(f"{told}. Narrow it, or give it more with --timeout or {TIMEOUT_SETTING}.") from error
    if done.returncode:
        raise QueryError(_crash(done.returncode, done.stderr.decode(errors="replace"), limits))
    result: _Result | ZhimaiError = pickle.loads(done.stdout)
    if isinstance(result, ZhimaiError):
        raise result
    return result


def _crash(code: int, said: str, limits: Limits | None) -> str:
    if code == -signal.SIGSEGV or "overflowed its stack" in said:
        return "The query is too long or too deeply nested to be run. Write it with fewer parts."
    if "memory" in said.lower():
        most = f"{limits.megabytes} MB of memory" if limits else "the memory that there is"
        return f"The query needs more than {most}. Narrow it, or set {MEMORY_SETTING} (in MB)."
    last = (said.strip().splitlines() or ["no message"])[-1]
    return f"The query ended its process (exit code {code}: {last}). Simplify it and ask again."


def serve_one() -> None:
    """The child: a store and what to do with it from stdin, what comes of it or the error to stdout."""
    from pipeline.store import open_store

    folder, limits, function, args, kwargs = pickle.load(sys.stdin.buffer)
    result: object
    try:
        store = open_store(Path(folder))
        if limits:
            _bound(limits)
        result = function(store, *args, **kwargs)
    except ZhimaiError as error:
        result = error
    pickle.dump(result, sys.stdout.buffer)
    sys.stdout.flush()
    os._exit(0)  # the store is only read: nothing to close


def _bound(limits: Limits) -> None:
    """Bound memory, and processor time too, so that a child whose parent was killed does not run on."""
    if sys.platform == "win32":
        return
    import resource

    seconds = int(limits.seconds) * (os.cpu_count() or 1) + 1
    bounds = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)]
    with contextlib.suppress(OSError):  # only Linux tells, and keeps, the size of an address space
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        bounds.append((resource.RLIMIT_AS, mapped + (limits.megabytes << 20)))  # beside what the open store has mapped
    for what, most in bounds:
        with contextlib.suppress(ValueError, OSError):  # a lower limit is set already
            resource.setrlimit(what, (most, most))
