"""Claims read one by one on the terminal: right or wrong, into the review file; and what share of them was right."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.relations import shape_of
from pipeline.review.lines import RIGHT, WRONG, Decision, read_lines
from pipeline.review.record import record
from pipeline.rows import Row

ASKED = "r right, w [reason] wrong, s skip, q quit: "
_Z = 1.959964  # of the normal distribution: 95 % lies within so many standard deviations


@dataclass(slots=True)
class Marked:
    """How many claims were called right and wrong."""

    right: int = 0
    wrong: int = 0

    def __str__(self) -> str:
        """The precision with its interval."""
        number = self.right + self.wrong
        if not number:
            return "none was called right or wrong"
        low, high = wilson(self.right, number)
        return f"right: {self.right} of {number}, precision {self.right / number:.3f}, 95 % interval {low:.3f}–{high:.3f}"


def mark(rows: Iterable[Row], file: Path, by: str, show: Callable[[Row], None], ask: Callable[[], str]) -> Marked:
    """Show each claim, ask what it is, and record the answer, until all are read, `q` is said or there is no more answer ("").

    Raises UsageError, before it asks, where the file is malformed or cannot be made.
    """
    if file.exists():
        read_lines(file)
    elif not file.parent.is_dir():
        raise UsageError(f"{file.parent}: is no folder. Name the file of the corpus with --review.")
    marked = Marked()
    for row in rows:
        show(row)
        verdict, reason = _answer(ask)
        if verdict == "q":
            break
        if verdict == "s":
            continue
        record(file, decision_on(row, RIGHT if verdict == "r" else WRONG, by, reason))
        marked.right += verdict == "r"
        marked.wrong += verdict == "w"
    return marked


def _answer(ask: Callable[[], str]) -> tuple[str, str]:
    """One of r, w, s and q, and the reason behind it; asked again until it is one."""
    while True:
        said = ask()
        verdict, _, reason = said.strip().partition(" ")
        if verdict.lower() in ("r", "w", "s", "q"):
            return verdict.lower(), reason.strip()
        if not said:
            return "q", ""


def decision_on(row: Row, verdict: str, by: str, reason: str = "", instead: str = "") -> Decision:
    """A decision on a row of claims.jsonl."""
    relation = f"{row['rel']}/{row['facet']}" if row.get("facet") else row["rel"]
    names = tuple(_text(row.get(slot)) for slot in shape_of(row["rel"]).needed)
    return Decision(verdict, names, by, reason, row["doc"], relation, row["quote"], instead, row["start"]).normal()


def _text(filled: object) -> str:
    return str(filled["text"] if isinstance(filled, dict) else filled or "")


def wilson(right: int, number: int) -> tuple[float, float]:
    """The 95 % score interval of Wilson (1927) for a share of `right` among `number` > 0."""
    share, z2 = right / number, _Z * _Z
    middle = (share + z2 / (2 * number)) / (1 + z2 / number)
    half = _Z / (1 + z2 / number) * math.sqrt(share * (1 - share) / number + z2 / (4 * number * number))
    return max(0.0, middle - half), min(1.0, middle + half)
