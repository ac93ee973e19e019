"""What of a document can be read as prose: clauses of a length that prose has.

The frames look back and forth within a clause and a sentence, so that their work grows with its length; a table run together, a
foreign abstract or noise must not make it grow with the length of the document. This is the one place that sees to it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from pipeline.extract.phrases import BOUNDARY
from pipeline.model import AnnotatedDocument, Cue, DateMention, Mention, Span

LONGEST = 500  # characters of a clause: in 300 documents no longer one was Chinese prose
_Found = TypeVar("_Found", Mention, DateMention, Cue)


def prose_of(annotated: AnnotatedDocument) -> tuple[AnnotatedDocument, Sequence[int]]:
    """`annotated` with line feeds for every stretch between two marks that is longer than LONGEST, and nothing found there; and
    where the marks stand that bound its clauses.
    """
    text = annotated.document.text
    marks = _clause_marks(text)
    long = [Span(before + 1, after) for before, after in pairwise((-1, *marks, len(text))) if after - before > LONGEST + 1]
    if not long:
        return annotated, marks
    parts, at = [], 0
    for start, end in long:
        parts += [text[at:start], "\n" * (end - start)]
        at = end
    text = "".join((*parts, text[at:]))
    prose = replace(
        annotated,
        document=replace(annotated.document, text=text),
        mentions=_outside(annotated.mentions, long),
        dates=_outside(annotated.dates, long),
        cues=_outside(annotated.cues, long),
        words=_outside(annotated.words, long),
    )
    return prose, _clause_marks(text)


def _clause_marks(text: str) -> list[int]:
    return [match.start() for match in BOUNDARY.finditer(text) if match.lastgroup is None]


def _outside(found: Sequence[_Found], stretches: Sequence[Span]) -> tuple[_Found, ...]:
    """Those that begin in none of the stretches."""
    starts = [stretch.start for stretch in stretches]
    return tuple(one for one in found if not (at := bisect_right(starts, one.start)) or one.start >= stretches[at - 1].end)
