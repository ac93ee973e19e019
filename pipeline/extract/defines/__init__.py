"""concept – defines – element: what belongs to the make-up or the nature of a concept, in ten facets.

Each frame is anchored at a cue of the ontology (a noun such as 特征, a verb such as 源于) or at a copula, and reads the clause
around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any

from pipeline.extract.defines.definitions import DEFINES
from pipeline.extract.defines.definitions import found as definition
from pipeline.extract.defines.grammar import of_reading
from pipeline.extract.defines.headed import of_heading
from pipeline.extract.defines.nouns import may_be_framed, of_noun_cue
from pipeline.extract.defines.predicates import (
    ADJECTIVE_CLAUSE,
    LEANS,
    MARKS,
    ROLE,
    adjectival,
    adjectival_clauses,
    leans,
    marks,
    of_old,
    role,
    spelled_out,
)
from pipeline.extract.defines.purpose import purposes
from pipeline.extract.defines.topic import Frames, Topic
from pipeline.extract.defines.verbs import of_verb_cue
from pipeline.extract.defines.with_as import BECOMING, becoming
from pipeline.extract.reader import Reader
from pipeline.grammar.fill import readings_of
from pipeline.model import Claim, Cue


def claims(reader: Reader) -> Iterator[Claim]:
    """Every claim of the kind that the document makes, in the order of its text."""
    frames = Frames(reader)
    yield from adjectival(frames)
    yield from of_old(frames)
    yield from spelled_out(frames)
    yield from purposes(reader)
    frames.topic = Topic()
    anchors: list[tuple[int, _Reads, Any]] = [(cue[0], _of_cue, cue) for cue in reader.facet_cues if may_be_framed(reader, cue)]
    headings = enumerate(reader.document.blocks)
    anchors += [(block.start, of_heading, index) for index, block in headings if block.kind == "heading"]
    anchors += [(match.start(), reads, match) for found, reads in _FOUND for match in found.finditer(reader.text)]
    anchors += [(reading.start, of_reading, reading) for reading in readings_of(reader, "defines")]
    for position, reads, anchor in sorted(anchors, key=itemgetter(0)):
        if not reader.is_aside(position):
            yield from reads(frames, anchor)


_Reads = Callable[[Frames, Any], Iterator[Claim]]  # the frame at an anchor: a clause, a cue, or a match of one of these
_FOUND: tuple[tuple[re.Pattern[str], _Reads], ...] = (
    (ROLE, role),
    (ADJECTIVE_CLAUSE, adjectival_clauses),
    (LEANS, leans),
    (BECOMING, becoming),
    *((found, marks) for found in MARKS),
    *((found, definition) for found in DEFINES),
)


def _of_cue(frames: Frames, cue: Cue) -> Iterator[Claim]:
    as_noun, as_verb = frames.reader.wording.facets[cue.text]
    clause = frames.clause(cue.start)
    for facet in as_noun:
        yield from of_noun_cue(frames, cue, facet, clause)
    for facet in as_verb:
        yield from of_verb_cue(frames, cue, facet, clause)
