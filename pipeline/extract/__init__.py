"""AnnotatedDocument → Claims. One function a relation family; the table at the foot is all there is to register."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.extract.defines import defines
from pipeline.extract.events import events
from pipeline.extract.reader import Reader
from pipeline.extract.supports import supports
from pipeline.model import AnnotatedDocument, Claim
from pipeline.ontology import Ontology

Extractor = Callable[[Reader], Iterator[Claim]]


def extract(document: AnnotatedDocument, ontology: Ontology) -> Iterator[Claim]:
    """Every claim that the document makes, family by family."""
    reader = Reader(document, ontology)
    for extractor in EXTRACTORS.values():
        yield from extractor(reader)


EXTRACTORS: dict[str, Extractor] = {
    "defines": defines,
    "event": events,
    "supports": supports,
}
