"""AnnotatedDocument → Claims. One function a relation family; the table at the foot is all there is to register."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.extract import defines, events, includes, supports
from pipeline.extract.reader import Reader
from pipeline.model import AnnotatedDocument, Claim
from pipeline.ontology import Ontology

Extractor = Callable[[Reader], Iterator[Claim]]


def extract(document: AnnotatedDocument, ontology: Ontology) -> Iterator[Claim]:
    """Every claim that the document makes, family by family, of those that the ontology has the terms for.

    What the document denies, supposes or asks is none.
    """
    reader = Reader(document, ontology)
    for family in ontology.families():
        for claim in EXTRACTORS[family](reader):
            if claim.polarity == "stated":
                yield claim


# The terms that turn a family on are in contract.FAMILIES, in this order.
EXTRACTORS: dict[str, Extractor] = {
    "defines": defines.claims,
    "includes": includes.claims,
    "event": events.claims,
    "supports": supports.claims,
}
