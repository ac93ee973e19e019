"""Text in columns: characters that stand upright one below the other, columns from right to left.

Such a page is read as one that is turned against the clock: its columns are lines then, the first one on top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.read.pdf.lines import DESCENT, HAN
from pipeline.read.pdf.page import Run

ASIDE = 0.35  # em that the middle of a character may stand beside that of the one above
PITCH, WIDE_PITCH = 0.7, 2.5  # em between the baselines of two characters of a column
ABREAST = 4  # digits or letters that stand side by side in a column, at most
TOGETHER = 1.6  # em that these are wide, at most


def part_columns(runs: Sequence[Run], height: float) -> tuple[list[Run], list[Run]]:
    """Runs of a page that is `height` points high: those that are read across; those of columns, as runs of the turned page.

    There are no columns where more Chinese characters stand side by side than one below the other.
    """
    stacked = [run for stack in _stacks(runs) for run in stack]
    if not stacked:
        return list(runs), []
    down = sum(bool(HAN.match(run.text)) for run in stacked)
    columns = set(map(id, stacked))
    across = [run for run in runs if id(run) not in columns]
    if down <= sum(len(HAN.findall(run.text)) for run in across if len(run.text) > 1):
        return list(runs), []
    lone = {id(run) for run in across if len(run.text) == 1 and HAN.match(run.text) and not _beside(run, across)}
    stacked += [run for run in across if id(run) in lone]
    return [run for run in across if id(run) not in lone], [_turned(run, height) for run in stacked]


def _stacks(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Stretches of a column, as they follow in the file: each character below the one before."""
    stack: list[Run] = []
    for run in runs:
        if stack and _single(run) and _below(stack[-1], run):
            stack.append(run)
            continue
        if len(stack) > 1:
            yield stack
        stack = [run] if _single(run) else []
    if len(stack) > 1:
        yield stack


def _single(run: Run) -> bool:
    """Whether a run takes the place of one Chinese character."""
    if len(run.text) == 1:
        return True
    return len(run.text) <= ABREAST and run.text.isascii() and run.right - run.left < TOGETHER * run.size


def _below(above: Run, run: Run) -> bool:
    size = max(above.size, run.size)
    shift = abs(above.left + above.right - run.left - run.right) / 2
    return shift < ASIDE * size and PITCH * min(above.size, run.size) < above.base - run.base < WIDE_PITCH * size


def _beside(run: Run, others: Sequence[Run]) -> bool:
    """Whether another stands close beside it on its line."""
    for other in others:
        gap = max(other.left - run.right, run.left - other.right)
        if other is not run and abs(other.base - run.base) < 0.3 * run.size and gap < 3 * run.size:
            return True
    return False


def _turned(run: Run, height: float) -> Run:
    """A character of a column on the page turned against the clock: its top is its left edge."""
    top, bottom = height - run.base - (1 - DESCENT) * run.size, height - run.base + DESCENT * run.size
    step = (bottom - top) / len(run.text)
    lefts = [top + step * at for at, _ in enumerate(run.text)]
    middle = (run.left + run.right) / 2
    return run._replace(lefts=lefts, right=bottom, base=middle - (0.5 - DESCENT) * run.size)
