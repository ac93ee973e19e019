"""Tasks answered one by one in processes of their own, so that none can take the others with it.

A worker is a fresh Python that is given tasks on its stdin and answers on its stdout, both pickled. One that runs out of time is
ended, one that dies is replaced, and in both cases the task is lost and no other.

What holds where: time is kept everywhere. Memory is kept by the kernel: on Linux the data of a worker (RLIMIT_DATA), on other
systems with setrlimit its address space, which macOS counts but does not enforce; on Windows only the readers' own limits hold.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import pkgutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any, TypeVar

from pipeline.errors import UsageError

Task = TypeVar("Task")
_DIED = (OSError, ValueError, EOFError, pickle.UnpicklingError)  # what reading from a process that has ended raises
_PATIENCE = 5.0  # seconds from the last that a process says to its end
_GRACE = 30  # seconds after which a worker whose parent has died ends itself, beyond the limit of its task


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take: seconds of the clock, and megabytes of memory."""

    seconds: float = 60.0
    megabytes: int = 2000


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without an answer, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Working:
    """In place of an answer: the time begins anew."""


def run(setup: str, context: Any, tasks: Sequence[Task], *, jobs: int = 1, limits: Limits = Limits()) -> Iterator[Any]:
    """What the function that `setup` gives for `context`, called once in each of `jobs` workers, answers to each of the tasks,
    in their order; Lost where it does not.

    `setup` is “module:function”, so that only the workers import the module. All that is passed must pickle. Raises UsageError
    where no worker can be started.
    """
    crew = Crew(setup, context, limits)
    pool = ThreadPoolExecutor(max(1, min(jobs, len(tasks))))
    try:
        yield from pool.map(crew.answer, tasks)
    finally:
        crew.close()
        pool.shutdown(cancel_futures=True)


_ahead: list[_Worker] = []  # those that nobody has hired yet


@contextlib.contextmanager
def ahead(prepare: str, jobs: int) -> Iterator[None]:
    """Start workers for the next `run` that already call “module:function”, while this process does something else; those that
    none has taken end with the block. Raises UsageError as `run` does."""
    own: list[_Worker] = []
    try:
        for _ in range(jobs):
            own.append(_Worker(prepare))
            _ahead.append(own[-1])
        yield
    finally:
        for worker in own:
            with contextlib.suppress(ValueError):  # somebody has taken it
                _ahead.remove(worker)
                worker.end()


def _another() -> _Worker:
    with contextlib.suppress(IndexError):
        return _ahead.pop()
    return _Worker()


class Crew:
    """The workers, one for each thread that asks; what is passed is as in `run`."""

    def __init__(self, setup: str, context: Any, limits: Limits) -> None:
        self._order = pickle.dumps((setup, context, limits))
        self._limits = limits
        self._own = threading.local()
        self._lock = threading.Lock()
        self._alive: set[_Worker] = set()
        self._closed = False

    def answer(self, task: object) -> Any:
        """What the worker of this thread says. One that others have worn out is replaced, and the task gets a second chance:
        whether a document is read must not depend on what was read before it."""
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is not None:
            said = self._ask(worker, task)
            if not isinstance(said, Lost) or worker.is_late or self._closed:
                return said
        return self._ask(self._hire(), task)

    def _ask(self, worker: _Worker, task: object) -> Any:
        said = worker.ask(task, self._limits.seconds)
        if isinstance(said, Lost):
            self._dismiss(worker)
        return said

    def _hire(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise UsageError("The build was ended.")
            worker = self._own.worker = _another()
            self._alive.add(worker)
        worker.start(self._order)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        self._own.worker = None
        worker.end()
        with self._lock:
            self._alive.discard(worker)

    def close(self) -> None:
        """End every worker, whatever it is at; threads that wait for one see it end."""
        with self._lock:
            self._closed = True
            for worker in self._alive:
                worker.end()
            self._alive.clear()


class _Worker:
    """A process that answers tasks, and before it is told what they are may prepare for them."""

    def __init__(self, prepare: str = "") -> None:
        self.is_late = False
        self._last_words = ""
        self._lock = threading.Lock()
        # not multiprocessing, which imports the user's script again in each process
        serve = f"import sys; sys.path[:] = {sys.path!r}; from pipeline.workers import serve; serve({prepare!r})"
        try:
            with contextlib.ExitStack() as opened:
                self._stderr = opened.enter_context(tempfile.TemporaryFile())  # closed by `end`
                self._process = subprocess.Popen(
                    [sys.executable, "-c", serve], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr
                )
                opened.pop_all()
        except OSError as error:
            raise UsageError(f"No process can be started ({error.strerror}). Close other programs, or lower --jobs.") from error

    def start(self, order: bytes) -> None:
        """Set it up. UsageError where it does not come up."""
        try:
            self._exchange(order)
        except _DIED as error:
            raise UsageError(f"A worker process does not start ({self.end(_PATIENCE)}). Install zhimai again.") from error

    def ask(self, task: object, seconds: float) -> Any:
        """Its answer to a task; Lost where there is none within the time, or the process dies."""
        message, said = pickle.dumps(task), None
        while said is None or isinstance(said, _Working):
            over = threading.Event()
            timer = threading.Timer(seconds, self._overrun, (over,))
            timer.start()
            try:
                said = self._exchange(message)
            except _DIED:
                self.is_late = over.is_set()
                if self.is_late:
                    return Lost(f"took longer than {seconds:g} seconds: split it, or give a higher --timeout")
                how = self.end(_PATIENCE)
                return Lost(f"ended the process that read it ({how}), perhaps for want of memory: split it, or report it")
            finally:
                timer.cancel()
            message = b""
        return said

    def _exchange(self, message: bytes) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(message)
        self._process.stdin.flush()
        return pickle.load(self._process.stdout)

    def _overrun(self, over: threading.Event) -> None:
        over.set()
        self._process.kill()

    def end(self, patience: float = 0) -> str:
        """End the process, after so many seconds for one that is ending; how it ended, with the last line that it said."""
        with self._lock:
            if not self._stderr.closed:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(patience)
                self._process.kill()  # does nothing to one that has ended
                self._last_words = _ending(self._process.wait(), self._stderr)
                for stream in (self._process.stdin, self._process.stdout):
                    if stream is not None:
                        with contextlib.suppress(OSError):  # what it no longer takes
                            stream.close()
            return self._last_words


def _ending(code: int, stderr: IO[bytes]) -> str:
    try:
        how = signal.Signals(-code).name
    except ValueError:
        how = f"exit code {code}"
    stderr.seek(0)
    last = stderr.read().decode(errors="replace").strip().split("\n")[-1].strip()
    stderr.close()
    return f"{how}: {last}" if last else how


def serve(prepare: str) -> None:
    """The life of a worker: prepare, and answer what comes on stdin until it ends."""
    gc.disable()  # nothing that is loaded is garbage
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the parent ends this one
    answers, tasks = os.fdopen(os.dup(1), "wb"), sys.stdin.buffer
    os.dup2(2, 1)  # what a library prints must not get among the answers
    if prepare:
        pkgutil.resolve_name(prepare)()
    setup, context, limits = pickle.load(tasks)
    work = pkgutil.resolve_name(setup)(context)
    quiet_collector()
    _bound_memory(limits.megabytes)
    answer = pickle.dumps("ready")
    while True:
        answers.write(answer)
        answers.flush()
        try:
            task = pickle.load(tasks)
        except EOFError:
            return
        alarm = int(limits.seconds) + _GRACE
        _set_alarm(alarm)
        _asked[:] = [(answers, alarm)]
        try:
            answer = pickle.dumps(work(task))
        except MemoryError:
            answer = pickle.dumps(Lost(f"needs more than {limits.megabytes:,} MB of memory: split it, or give a higher --memory"))
        _set_alarm(0)


_asked: list[tuple[IO[bytes], int]] = []  # in a worker: where answers go, and its alarm


def more_time() -> None:
    """Let the time of a task begin anew: for work that is long by its nature and gets on, page after page. Nothing elsewhere."""
    for answers, alarm in _asked:
        answers.write(pickle.dumps(_Working()))
        answers.flush()
        _set_alarm(alarm)


def _bound_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    with contextlib.suppress(OSError, ValueError):  # a lower limit is set already
        resource.setrlimit(kind, (megabytes << 20, resource.getrlimit(kind)[1]))


def _set_alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def quiet_collector() -> None:
    """Let the collector look seldom, and not at what is there now: extraction makes many small tuples and no cycles."""
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    gc.enable()


@contextlib.contextmanager
def paused_collector() -> Iterator[None]:
    """Look for no cycles of garbage meanwhile: what is read of many documents holds none, and to look at all of it takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
