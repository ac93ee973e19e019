"""Tasks in processes of their own: one that hangs, dies or takes too much is lost, and no other."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import workers
from pipeline.errors import UsageError
from pipeline.workers import Limits, Lost, ahead, more_time, run
from tests.samples import ROOT

Task = tuple[str, int]


def setup(context: str) -> Callable[[Task], str]:
    return lambda task: f"{context} {do(*task, context)}"


def do(what: str, number: int, context: str) -> int:
    if what == "sleep":
        time.sleep(number)
    elif what == "hang":  # in C, holding the interpreter
        ctypes.pythonapi.sleep(number)
    elif what == "fill":
        bytearray(number << 20)
    elif what == "die":
        os.kill(os.getpid(), number)
    elif what == "work":
        for _ in range(number):
            time.sleep(0.6)
            more_time()
    elif what == "note":
        (Path(context) / str(number)).touch()
    elif what == "wait for 12":
        while len(os.listdir(context)) < 12:
            time.sleep(0.01)
    elif what == "exit":
        os._exit(number)
    elif what == "speak":
        os.write(1, b"a library prints\n")
    elif what == "fill for good":
        globals().setdefault("held", []).append(bytes(number << 20))
    return number


def broken_setup(context: str) -> Callable[[Task], str]:
    raise ImportError("no such module")


def answers(*tasks: Task, jobs: int = 1, seconds: float = 30.0) -> list[str]:
    found = run(f"{__name__}:setup", "done", tasks, jobs=jobs, limits=Limits(seconds, 400))
    return [answer.reason if isinstance(answer, Lost) else answer for answer in found]


@pytest.mark.parametrize("jobs", [1, 3])
def test_answers_come_in_the_order_of_the_tasks(jobs: int) -> None:
    tasks = [("sleep", 1), *(("say", number) for number in range(20)), ("speak", 20)]
    assert answers(*tasks, jobs=jobs) == ["done 1", *(f"done {number}" for number in range(21))]


class Asked(list[Task]):
    """Tasks that count how many of them were asked for."""

    number = 0

    def __iter__(self) -> Iterator[Task]:
        for task in super().__iter__():
            self.number += 1
            yield task


def test_a_slow_task_holds_up_the_next_only_where_too_many_answers_wait(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workers, "_WAITING", 10)
    tasks = Asked([("wait for 12", 0), *(("note", number) for number in range(1, 100))])
    found = run(f"{__name__}:setup", str(tmp_path), tasks, jobs=2, limits=Limits(30.0, 400))
    assert next(found) == f"{tmp_path} 0"  # which waits until twelve of the next have been answered
    assert tasks.number == 21  # twenty answers may wait, and the next task is at hand
    assert [*found] == [f"{tmp_path} {number}" for number in range(1, 100)]


@pytest.mark.skipif(sys.platform != "linux", reason="signals, and memory that the kernel bounds")
@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (("sleep", 600), "took longer than 1 seconds: split it, or give a higher --timeout"),
        (("hang", 600), "took longer than 1 seconds"),
        (("fill", 4000), "needs more than 400 MB of memory: split it, or give a higher --memory"),
        (("die", signal.SIGSEGV), "ended the process that read it (SIGSEGV), perhaps for want of memory"),
        (("die", signal.SIGKILL), "ended the process that read it (SIGKILL), perhaps for want of memory"),
        (("exit", 3), "ended the process that read it (exit code 3)"),
    ],
)
def test_only_the_bad_task_is_lost(bad: Task, reason: str) -> None:
    found = answers(("say", 1), bad, ("say", 2), seconds=1.0 if "took" in reason else 30.0)
    assert reason in found[1]
    assert [found[0], found[2]] == ["done 1", "done 2"]


@pytest.mark.skipif(sys.platform != "linux", reason="memory that the kernel bounds")
def test_what_earlier_tasks_left_in_memory_costs_no_later_one() -> None:
    assert answers(*[("fill for good", 150)] * 6) == ["done 150"] * 6


def test_time_begins_anew_for_work_that_gets_on() -> None:
    assert answers(("work", 4), seconds=1.5) == ["done 4"]


def test_a_worker_that_does_not_start_says_why() -> None:
    with pytest.raises(UsageError, match=r"does not start \(exit code 1: ImportError: no such module\)"):
        list(run(f"{__name__}:broken_setup", "", [("say", 1)]))


def prepare() -> None:
    globals()["prepared"] = os.getpid()


def which(context: str) -> Callable[[Task], tuple[int | None, int]]:
    return lambda task: (globals().get("prepared"), os.getpid())


def test_workers_that_were_started_ahead_are_taken_and_no_others_are_left() -> None:
    with ahead(f"{__name__}:prepare", 2):
        ((prepared, own),) = run(f"{__name__}:which", "", [("say", 1)])
        assert prepared == own
        left = [worker._process for worker in workers._ahead]
        assert len(left) == 1
    assert [process.poll() for process in left] != [None]
    ((prepared, _),) = run(f"{__name__}:which", "", [("say", 1)])
    assert prepared is None


def broken_prepare() -> None:
    raise ImportError("no such library")


def test_a_worker_that_cannot_prepare_says_why() -> None:
    told = r"does not start \(exit code 1: ImportError: no such library\)"
    with ahead(f"{__name__}:broken_prepare", 1), pytest.raises(UsageError, match=told):
        list(run(f"{__name__}:setup", "x" * 1_000_000, [("say", 1)]))


def test_breaking_off_ends_the_workers() -> None:
    start = time.monotonic()
    found = run(f"{__name__}:setup", "", [("say", 1), ("sleep", 600), ("sleep", 600)], jobs=2)
    next(found)
    del found  # as an exception does
    assert time.monotonic() - start < 30


SCRIPT = """
from pathlib import Path
from pipeline.build import build
print(build(Path("in"), Path("out"), ontology=Path({ontology!r})).documents)
"""


def test_a_script_without_a_guard_may_build(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "甲.txt").write_text("绿色工厂以循环利用为特征。", encoding="utf-8")
    (tmp_path / "run.py").write_text(SCRIPT.format(ontology=str(ROOT / "ontology")), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "run.py"], cwd=tmp_path, env=environment, capture_output=True, check=False, encoding="utf-8", timeout=120
    )
    assert (done.stdout, done.stderr) == ("1\n", "")
