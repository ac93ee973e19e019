"""event – date – venue – agent: what happened, or is planned, at a time or a place that the document gives."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.events.enactment import enactment
from pipeline.extract.events.happenings import happenings
from pipeline.extract.reader import Reader
from pipeline.model import Claim


def claims(reader: Reader) -> Iterator[Claim]:
    """Every happening of the document: the steps of issue of texts, then what the productions read."""
    enacted = list(enactment(reader))
    yield from enacted
    yield from happenings(reader, enacted)
