"""event – date – venue – agent: what happened, or is planned, at a time or a place that the document gives."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.events.dated import dated, delivered, incidents, undated_occasions
from pipeline.extract.events.enactment import enactment
from pipeline.extract.events.happenings import happenings, overlap
from pipeline.extract.events.reviews import reviewed
from pipeline.extract.reader import Reader
from pipeline.model import Claim


def claims(reader: Reader) -> Iterator[Claim]:
    """Every happening of the document, reading by reading."""
    told = [
        *enactment(reader),
        *delivered(reader),
        *dated(reader),
        *undated_occasions(reader),
        *incidents(reader),
        *reviewed(reader),
    ]
    read = list(happenings(reader, told, giving_way=_GIVES_WAY))
    deeds = [claim for claim in read if claim.slots["agent"]]
    yield from (claim for claim in told if claim.rule not in _GIVES_WAY or not any(overlap(claim, deed) for deed in deeds))
    yield from read


# Rules that take whatever verb they find: where a production reads who did what in the same words, it knows better.
_GIVES_WAY = ("event.verbal", "event.date_after", "event.first")
