"""concept – defines – element: what belongs to the make-up or the nature of a concept, in ten facets.

Each frame is anchored at a cue of the ontology (a noun such as 特征, a verb such as 源于) or at a copula, and reads the clause
around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.defines.copulas import COPULA, DEFINES, adjectival, copula, definition, of_old
from pipeline.extract.defines.nouns import of_noun_cue
from pipeline.extract.defines.topic import Frames, Topic
from pipeline.extract.defines.verbs import of_verb_cue
from pipeline.extract.reader import Reader
from pipeline.model import Claim, Cue, Span


def claims(reader: Reader) -> Iterator[Claim]:
    """Every claim of the kind that the document makes, in the order of its text."""
    frames = Frames(reader)
    yield from adjectival(frames)
    yield from of_old(frames)
    frames.topic = Topic()
    nouns, verbs = reader.wording.noun_facets, reader.wording.verb_facets
    anchors: list[tuple[int, Cue | Span | re.Match[str]]] = [(clause.start, clause) for clause in reader.clauses_with(DEFINES)]
    anchors += [(cue.start, cue) for cue in reader.annotated.cues if cue.text in nouns or cue.text in verbs]
    anchors += [(match.start(), match) for match in COPULA.finditer(reader.text)]
    for position, anchor in sorted(anchors, key=lambda anchor: anchor[0]):
        if reader.is_aside(position):
            continue
        if isinstance(anchor, re.Match):
            yield from copula(frames, anchor)
        elif isinstance(anchor, Span):
            yield from definition(frames, anchor)
        else:
            for facet in nouns.get(anchor.text, ()):
                yield from of_noun_cue(frames, anchor, facet)
            for facet in verbs.get(anchor.text, ()):
                yield from of_verb_cue(frames, anchor, facet)
