"""AnnotatedDocument → Claims. One function a relation family; the table at the foot is all there is to register.

A relation that rules of ontology/grammar/ alone read needs no row: its property and its file are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from pipeline.extract import contrasts, defines, events, figures, methods, plain, references, supports, tables, views
from pipeline.extract.reader import Reader
from pipeline.model import AnnotatedDocument, Claim
from pipeline.ontology import Ontology
from pipeline.parse.speech import attributed

Extractor = Callable[[Reader], Iterator[Claim]]


def extract(document: AnnotatedDocument, ontology: Ontology) -> Iterator[Claim]:
    """Every claim that the document makes, family by family, of those that the ontology has the terms for.

    What the document denies, supposes or asks is none.
    """
    for claim in claims_of(Reader(document, ontology), ontology):
        if claim.polarity == "stated":
            yield claim


def claims_of(reader: Reader, ontology: Ontology) -> Iterator[Claim]:
    """The same with what is denied, supposed and asked, each with its polarity and the one whose words it is."""
    of_families = (EXTRACTORS[family](reader) for family in ontology.families())
    of_rules = (plain.claims(reader, relation) for relation in ontology.plain_relations())
    return attributed(reader, chain.from_iterable((*of_families, *of_rules)))


def _and_tables(relation: str, extractor: Extractor) -> Extractor:
    """What is read in running text, and what the tables say."""

    def read(reader: Reader) -> Iterator[Claim]:
        yield from extractor(reader)
        yield from tables.claims(reader, relation)

    return read


# The terms that turn a family on are in contract.FAMILIES, in this order.
EXTRACTORS: dict[str, Extractor] = {
    "defines": _and_tables("defines", defines.claims),
    "includes": _and_tables("includes", partial(plain.claims, relation="includes")),
    "event": events.claims,
    "supports": supports.claims,
    "indicator": _and_tables("indicator", figures.claims),
    "contrast": _and_tables("contrast", contrasts.claims),
    "cites": references.claims,
    "uses": methods.claims,
    "holds": views.claims,
}
