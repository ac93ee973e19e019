"""How far a build is, on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

from pipeline.errors import one_line

Progress = Callable[[int, int, str], None]  # documents done, documents in all, name of the last


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on a terminal, from the first document on; elsewhere a line for every tenth part."""
    with ExitStack() as opened:
        yield _bar(opened) if sys.stderr.isatty() else _tenths


def _bar(opened: ExitStack) -> Progress:
    @cache
    def bar() -> Progress:  # a build with nothing to do loads no library for it
        from rich.console import Console
        from rich.markup import escape
        from rich.progress import Progress as Bar

        shown = opened.enter_context(Bar(console=Console(stderr=True), transient=True))
        task = shown.add_task("", total=None)
        return lambda done, total, name: shown.update(task, completed=done, total=total, description=escape(one_line(name)))

    def update(done: int, total: int, name: str) -> None:
        bar()(done, total, name)

    return update


def _tenths(done: int, total: int, name: str) -> None:
    if done * 10 // total > (done - 1) * 10 // total:
        print(f"{done}/{total} {one_line(name)}", file=sys.stderr)
