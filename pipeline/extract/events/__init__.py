"""event – date – venue – agent: what happened, or is planned, at a time or a place that the document gives."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.events.dated import dated, delivered, incidents, undated_occasions
from pipeline.extract.events.enactment import enactment
from pipeline.extract.events.reviews import reviewed
from pipeline.extract.reader import Reader
from pipeline.model import Claim


def claims(reader: Reader) -> Iterator[Claim]:
    """Every happening of the document, reading by reading."""
    yield from enactment(reader)
    yield from delivered(reader)
    yield from dated(reader)
    yield from undated_occasions(reader)
    yield from incidents(reader)
    yield from reviewed(reader)
