"""One document, from its file to its claims: what a worker does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from pipeline.annotate.annotator import Annotator
from pipeline.annotate.words import tagger
from pipeline.errors import DataError, ReadError, fault_of_ours
from pipeline.extract import extract
from pipeline.kept import Outcome, Shelf, is_read
from pipeline.ontology import Ontology
from pipeline.read import parse
from pipeline.read.decode import load
from pipeline.read.document import File
from pipeline.renew import Source


def prepare() -> None:
    """Load what the first document needs whatever the ontology is, a worker while that is being loaded: the segmenter, and the
    patterns that a text is read with."""
    tagger()
    parse(File("绿色工厂\n\n一、概述\n绿色工厂以循环利用为特征。\n".encode(), "a.txt", "a"))


def extractor(given: tuple[Ontology, Shelf]) -> Callable[[Source], Outcome]:
    """Reads one document, and keeps what comes of it."""
    known, shelf = given
    read = reader(known)

    def claims_of(source: Source) -> Outcome:
        outcome = read(source)
        if is_read(outcome):
            shelf.put(outcome, source.name)
        return outcome

    return claims_of


def reader(known: Ontology) -> Callable[[Source], Outcome]:
    """Reads, annotates and extracts one document, a pure function of file and ontology."""
    annotator = Annotator(known)

    def claims_of(source: Source) -> Outcome:
        try:
            data = load(source.path)
        except ReadError as error:
            return Outcome(source.below, failure=_fault(error, source), fingerprint=str(error))
        return _outcome(data, source, annotator, known)

    return claims_of


def _outcome(data: bytes, source: Source, annotator: Annotator, known: Ontology) -> Outcome:
    fingerprint = hashlib.sha256(data).hexdigest()
    try:
        document = parse(File(data, source.below, source.name))
        claims = tuple(extract(annotator.annotate(document), known))
    except DataError as error:
        return Outcome(source.below, failure=_fault(error, source), fingerprint=fingerprint)
    except MemoryError:
        raise  # the worker says what the limit is
    except Exception as error:
        return Outcome(source.below, failure=fault_of_ours(error), fingerprint=fingerprint)
    return Outcome(source.below, document, claims, fingerprint=fingerprint)


def _fault(error: DataError, source: Source) -> str:
    return str(error).removeprefix(f"{source.below}: ").removeprefix(f"{source.path}: ")
