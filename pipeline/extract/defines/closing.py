"""The frames of a noun that closes its clause: A是关键; …，为X提供支撑; X需要A作为支撑."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.defines.spans import MOD, after_lead, evidence, group_span
from pipeline.extract.defines.topic import Frames, exhorts
from pipeline.extract.phrases import clean, is_name
from pipeline.model import Claim, Cue, Name, Span
from pipeline.patterns import lazy


def closing(frames: Frames, cue: Cue, facet: str, clause: Span, before: str) -> Iterator[Claim]:
    """The frames of a noun that closes its clause; each takes what the one before it leaves."""
    if "作为" in before and (needs := _NEEDS.match(before)) and not exhorts(frames.reader, before):
        s = frames.subject(*group_span(clause, needs, "s"))
        objects = group_span(clause, needs, "o")
        yield from frames.claims(facet, s, objects, evidence(frames.reader, *clause), "defines.needs_as")
    elif "是" in before and (bare := _BARE.match(before)):
        yield from _bare(frames, cue, facet, clause, bare)


def _bare(frames: Frames, cue: Cue, facet: str, clause: Span, bare: re.Match[str]) -> Iterator[Claim]:
    """乡村振兴，人才是关键."""
    reader = frames.reader
    s = _spoken_of(frames, clause)
    o = after_lead(reader, group_span(clause, bare, "o"))
    if s and is_name(clean(reader.text[o.start : o.end])) and reader.is_noun_phrase(*o):
        yield from frames.claims(facet, s, o, Span(o.start, cue.end), "defines.is_the")


_NEEDS = lazy(
    r"^(?P<s>.{2,24}?)(?:的实现|的发展)?(?:都|也|更|必须|始终|同样|迫切)*(?:需要|离不开|必须有|须有|要有|亟需)(?P<o>.{2,30}?)作为"
    + MOD
    + "$"
)
_BARE = lazy(r"^(?P<o>[^，是为]{2,12}?)(?:则|也|正|就|都|又|更)*是" + MOD + "$")


def _spoken_of(frames: Frames, clause: Span) -> Name | None:
    """What A是关键 is said of: the topic of the sentence, or the clause that opens it and is a name as a whole."""
    reader = frames.reader
    sentence = reader.sentence(clause.start)
    if frames.topic.name and frames.topic.sentence == sentence:
        return frames.topic.name
    first = reader.clause(after_lead(reader, sentence).start)
    if first.end + 1 != clause.start or reader.text[first.end] != "，":
        return None
    return frames.subject(*first)
