"""How the time of a run grows with its input: a ratio within one run, in CPU time, so that a busy machine tells no lies."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

LINEAR = 9.0  # between 4, where time grows with the length of what is four times as long, and 16, where with its square


def growth(small: Callable[[], object], large: Callable[[], object]) -> float:
    """How many times the CPU time of `small` `large` takes, the best of three runs each.

    The collector rests: what it takes goes with all that the tests before have left, not with the input.
    """
    gc.collect()
    gc.disable()
    try:
        return _seconds(large) / _seconds(small)
    finally:
        gc.enable()


def _seconds(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return max(best, 1e-4)
