"""Two things set against each other on one dimension, in prose: the family `contrast`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from pipeline.extract.contrasts.comparatives import compared, exceeding
from pipeline.extract.contrasts.frames import framed, leaning, within
from pipeline.extract.contrasts.grades import graded
from pipeline.extract.contrasts.parallels import copulas, degrees, figures, taken_as
from pipeline.extract.contrasts.sides import Contrast, value_of
from pipeline.extract.reader import Reader
from pipeline.model import Claim, Slot

_QUOTED = 160  # characters of the evidence at most
_CONSTRUCTIONS = (framed, within, leaning, copulas, degrees, figures, taken_as, exceeding, compared, graded)


def claims(reader: Reader) -> Iterator[Claim]:
    """Every contrast that the running text states, construction by construction."""
    for found in chain.from_iterable(read(reader) for read in _CONSTRUCTIONS):
        claim = _claim(reader, found)
        if claim:
            yield claim


def _claim(reader: Reader, found: Contrast) -> Claim | None:
    values = found.said or (value_of(reader, *found.value_a), value_of(reader, *found.value_b))
    if not all(values) or values[0] == values[1]:
        return None
    a, b = (reader.name(side.start, side.end, "Concept") for side in (found.a, found.b))
    label = re.sub(r"\s+", "", reader.text[slice(*found.dimension)])
    start = min(found.value_a.start, found.a.start, found.b.start)
    end = max(found.value_a.end, found.value_b.end, found.b.end)
    if end - start > _QUOTED:
        start, end = min(found.b.start, found.value_b.start), found.value_b.end
    slots: dict[str, Slot] = {
        "a": a,
        "b": b,
        "dimension": reader.name(*found.dimension, "Concept", label=label),
        "value_a": values[0],
        "value_b": values[1],
    }
    return reader.claim("contrast", slots, start, end, found.rule)
