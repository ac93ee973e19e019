"""Any number of documents like those of a small folder, on which the growth of a build is measured.

Each is some of the documents one after another, with other names, dates and figures. The name of a thing is one that a document
before has given it, drawn at random, or else a new one, the more seldom the more there are: of N documents about N ** VOCABULARY
(H. S. Heaps, “Information Retrieval”, 1978, 7.5), so that a few names stand in many documents and most in few, as in texts of
people. Terms of the vocabularies keep their names. The same folder gives the same documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import NamedTuple

from pipeline.annotate.annotator import Annotator
from pipeline.bench_graph import FIRST, SECOND, names_of
from pipeline.errors import ReadError
from pipeline.extract import extract
from pipeline.ledger.keys import name_key
from pipeline.model import Document
from pipeline.ontology import Ontology, load_ontology
from pipeline.patterns import lazy
from pipeline.read import read
from pipeline.read.find import find_documents

LENGTH = 4000  # characters of a document
VOCABULARY = 0.7  # exponent of the growth of names
_YEARS = 16  # that documents reach back
_YEAR = lazy(r"(?:19|20)\d\d")
_FIGURES = r"(?<![\d.])[1-9]\d*(?:\.\d+)?"


class _Sample(NamedTuple):
    """A document to vary: its paragraphs, and the class of each name in them that is no term."""

    paragraphs: tuple[str, ...]
    kinds: dict[str, str]
    varied: re.Pattern[str]


def generate(folder: Path, ontology: Path, target: Path, count: int) -> None:
    """Write `count` documents, varied from those of `folder`, into `target`: 000000.txt and so on, each at least LENGTH
    characters and little more."""
    samples = _samples(folder, load_ontology(ontology))
    target.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (target / f"{number:06}.txt").write_text(_text(samples, number), encoding="utf-8")


def _samples(folder: Path, ontology: Ontology) -> list[_Sample]:
    annotator = Annotator(ontology)
    terms = {name_key(name) for term in ontology.terms for name in term.names}
    return [_sample(document, annotator, ontology, terms) for document in _readable(folder)]


def _readable(folder: Path) -> Iterator[Document]:
    for path in find_documents(folder):
        with suppress(ReadError):
            yield read(path, folder)


def _sample(document: Document, annotator: Annotator, ontology: Ontology, terms: set[str]) -> _Sample:
    told = (name for claim in extract(annotator.annotate(document), ontology) for name in names_of(claim))
    kinds = {name.text or name.label: name.kind for name in told if name_key(name.label) not in terms}
    names = sorted((name for name in kinds if name in document.text), key=len, reverse=True)
    varied = re.compile("|".join((*map(re.escape, names), _FIGURES)))
    return _Sample(tuple(document.text.split("\n")), kinds, varied)


def _text(samples: Sequence[_Sample], number: int) -> str:
    """The text of a document by its number."""
    paragraphs: list[str] = []
    length = 0
    for paragraph in _paragraphs(samples, number):
        paragraphs.append(paragraph)
        length += len(paragraph) + 1
        if length >= LENGTH:
            break
    return "\n\n".join(paragraphs) + "\n"


def _paragraphs(samples: Sequence[_Sample], number: int) -> Iterator[str]:
    """Paragraphs without end: of the sample that has the number, varied, and of those behind it."""
    draw = Random(number)
    years = draw.randrange(_YEARS)
    for at in range(number, number + len(samples) * LENGTH):
        sample = samples[at % len(samples)]

        def other(found: re.Match[str], sample: _Sample = sample) -> str:
            kind = sample.kinds.get(found[0])
            return _figure(found, draw, years) if kind is None else _name(found[0], kind, number)

        yield from (sample.varied.sub(other, paragraph) for paragraph in sample.paragraphs)


def _figure(found: re.Match[str], draw: Random, years: int) -> str:
    """Another number of its kind: a year, a month, a day, or an amount of the same number of digits."""
    figure, after = found[0], found.string[found.end() : found.end() + 1]
    if _YEAR.fullmatch(figure):
        return str(int(figure) - years)
    if after in ("月", "日"):
        return str(draw.randint(1, 12 if after == "月" else 28))
    return figure[0] + "".join(str(draw.randrange(10)) if sign.isdigit() else sign for sign in figure[1:])


def _name(name: str, kind: str, number: int) -> str:
    """What a document calls the thing that the sample calls `name`."""
    number = _namer(name, number)
    if not number:
        return name
    stem = _stem(name, number)
    if kind == "Place" and len(name) == 3:
        return stem + name[-1]
    if kind == "Person" and len(name) in (2, 3):
        return name[0] + stem
    return name[0] + stem + name[1:] if name[0] in "《“" else stem + name


def _namer(name: str, number: int) -> int:
    """The document that has given a thing the name that it has in a document: itself, or one before it."""
    while number:
        draw = int.from_bytes(blake2b(f"{name} {number}".encode(), digest_size=8).digest())
        if draw / 2**64 < VOCABULARY * number ** (VOCABULARY - 1):
            return number
        number = draw % number
    return 0


def _stem(name: str, number: int) -> str:
    """Characters such as a place is called by, others for each number: two, or more where these do not suffice."""
    at = len(name) + number
    stem = ""
    while at:
        at, first = divmod(at, len(FIRST))
        at, second = divmod(at, len(SECOND))
        stem += FIRST[first] + SECOND[second]
    return stem
