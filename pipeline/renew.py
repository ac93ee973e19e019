"""A graph brought up to date: what is to be built, whether anything has changed, and the new build in the place of the old one.

Loads nothing that reads documents or graphs until there is something to do.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from pipeline import __version__
from pipeline.builds import BUILDS, CACHE, FILES, REPORT, STORE, Builder, foreign, is_store, pointer
from pipeline.digest import ONTOLOGY_SUFFIXES, folder_sha256
from pipeline.errors import UsageError
from pipeline.kept import Shelf, fingerprint, made_with
from pipeline.language_model.order import ModelOrder
from pipeline.progress import Progress
from pipeline.read.find import CORRECTIONS, REVIEW, Found, document_names, path_below, root_of, survey
from pipeline.workers import Limits, ahead, paused_collector

if TYPE_CHECKING:
    from pipeline.language_model.stage import Plan

INPUTS = "inputs.sha256"  # of a build: what it was made of


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: of what, into which folder, and how.

    `limits` are what one document may take, facts whose best claim has a confidence below `least` are left out, the IRIs of the
    data begin with `base`, `names` is a file of decisions on names, `review` one of what people say of claims (None: the one
    beside the documents). `clean` has every document read again; `wait` waits for another build to end. `model` is a language
    model that reads too.
    """

    corpus: Path
    out: Path
    ontology: Path
    least: float
    base: str
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    names: Path | None = None
    review: Path | None = None
    with_ontology: bool = False
    clean: bool = False
    wait: bool = False
    model: ModelOrder | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `failures` is path → reason, `claims` relation → number, `rejected` reason → number; `unused` says what
    of the ontology was of no use, `left_out` which files are no documents, path → why, `idle` which lines of the review have no
    effect, `unanswered` what a language model did not answer, path → why. `changed` is False where nothing was to be done."""

    documents: int
    failures: Mapping[str, str]
    claims: Mapping[str, int]
    rejected: Mapping[str, int]
    triples: int
    unused: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    idle: tuple[str, ...] = ()
    unanswered: Mapping[str, str] = field(default_factory=dict)
    changed: bool = field(default=True, compare=False)


class Made(NamedTuple):
    """What a build did, and what is to stay on the shelf: the keys of documents, and those of the lines that they gave."""

    report: Report
    documents: frozenset[str]
    lines: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be read: where it is, its path below the corpus, what it is called, and the fingerprint of its bytes."""

    path: Path
    below: str
    name: str
    fingerprint: str


def renew(order: Order, progress: Progress = lambda done, total, name: None) -> Report:
    """Build what is ordered, or say what the last build did where the same would come of it.

    Raises UsageError where nothing could be run, DataError where every document failed; the folder is then as it was before.
    """
    check_base(order.base)
    order = replace(order, review=order.review or review_beside(order.corpus))
    found = documents_of(order)
    try:
        with Builder(order.out, wait=order.wait) as builder:
            if order.wait:  # what was there before may be so no longer
                found = documents_of(order)
            return _renewed(order, found, builder, progress)
    except MemoryError as error:
        needs = f"the graph of {len(found.documents)} documents needs more memory than there is"
        raise UsageError(f"{order.corpus}: {needs}. Close other programs, or build it in parts.") from error
    except OSError as error:  # the disk is full, or something took the folder away
        told = f"{order.out}: cannot be written ({_reason(error)}). Make room, or name another folder with --out."
        raise UsageError(told) from error


def check_base(base: str) -> None:
    """Raises UsageError where the IRIs of the data cannot begin so."""
    if not re.fullmatch(r'https?://[^<>"{}|^`\\\s]+[/#]', base):
        raise UsageError(f"{base}: the data cannot begin with this. Give --base an http IRI that ends in / or #.")


def _renewed(order: Order, found: Found, builder: Builder, progress: Progress) -> Report:
    shelf = Shelf(order.out / CACHE, made_with(folder_sha256(order.ontology, ONTOLOGY_SUFFIXES)))
    sources = _sources(found.documents, root_of(order.corpus))
    inputs = inputs_sha256(order, shelf.made_with, sources, found.left_out)
    report = None if order.clean else _unchanged(order, inputs)
    if report is None:
        try:
            folder = builder.new()
            with paused_collector(), ahead("pipeline.extraction:prepare", _unread(order, sources, shelf)):
                from pipeline.build import make  # while the workers load what reads documents

                made = make(order, shelf, sources, found.left_out, folder, progress)
            builder.publish(folder)
        except Exception:
            if pointer(order.out) is None:
                shelf.keep(())
            raise
        shelf.keep({*made.documents, shelf.ontology_key(order.ontology)}, made.lines)
        return made.report
    if order.model is None:  # else there are the entries of the model too, under keys that follow from answers
        documents = {shelf.key(source.fingerprint, source.below, source.name) for source in sources}
        shelf.keep({*documents, shelf.ontology_key(order.ontology)})
    return report


def plan(order: Order, progress: Progress = lambda done, total, name: None) -> Plan:
    """What a build would ask its model; nothing is sent, and the folder of the graph stays as it is. Raises UsageError as
    `renew` does."""
    from pipeline.build import plan as run

    found = documents_of(order)
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder), made_with(folder_sha256(order.ontology, ONTOLOGY_SUFFIXES)))
        return run(order, shelf, _sources(found.documents, root_of(order.corpus)), progress)


def _unread(order: Order, sources: Sequence[Source], shelf: Shelf) -> int:
    """How many workers have something to read."""
    keys = (shelf.key(source.fingerprint, source.below, source.name) for source in sources)
    return len(list(islice((key for key in keys if order.clean or not shelf.has(key)), order.jobs)))


def _sources(documents: Sequence[Path], root: Path) -> list[Source]:
    names = document_names(documents, root)
    return [Source(path, path_below(path, root), names[path], fingerprint(path)) for path in documents]


def inputs_sha256(order: Order, tools: str, sources: Iterable[Source], left_out: Mapping[str, str]) -> str:
    """A digest (hex) of all that a build follows from: documents, what reads them (`tools`), and how it is ordered."""
    documents = sorted((source.below, source.name, source.fingerprint) for source in sources)
    how = [str(order.ontology), order.base, order.least, order.with_ontology, order.limits.seconds, order.limits.megabytes]
    how += [fingerprint(order.names)] if order.names else []
    how += ["review", fingerprint(order.review)] if order.review else []
    how += ["model", order.model.sha256] if order.model else []
    return hashlib.sha256(json.dumps([tools, how, documents, sorted(left_out.items())]).encode()).hexdigest()


def _unchanged(order: Order, inputs: str) -> Report | None:
    """The report of the current build, where it was made of the same; None where it was not, or is not whole."""
    folder = order.out / BUILDS / (pointer(order.out) or "")
    try:
        if (folder / INPUTS).read_text(encoding="ascii") != inputs or not is_store(folder / STORE):
            return None
        for name in FILES:
            os.utime(folder / name)  # newer than the documents, as make wants it
        told = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        del told["zhimai"]
        return Report(**told | {"unused": tuple(told["unused"]), "idle": tuple(told["idle"])}, changed=False)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def some_of(failures: Mapping[str, str]) -> str:
    """What to say of documents that failed, path → reason: of the first few."""
    first = "; ".join(f"{path}: {reason}" for path, reason in sorted(failures.items())[:3])
    return first if len(failures) <= 3 else f"{first}; and {len(failures) - 3} more."


def report_text(report: Report) -> str:
    """What report.json holds."""
    fields = {"zhimai": __version__} | {name: getattr(report, name) for name in Report.__slots__ if name != "changed"}
    if not report.unanswered:
        del fields["unanswered"]
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


def review_beside(corpus: Path) -> Path | None:
    """The file of what people say of the claims of a corpus; None where it has none."""
    file = root_of(corpus) / REVIEW
    return file if file.is_file() and file != corpus else None


def documents_of(order: Order) -> Found:
    """What there is to read, once it is sure that the output folder can take the result."""
    check_out(order.corpus, order.out)
    return documents_below(order.corpus, order.review, (order.out, *((order.model.cache,) if order.model else ())))


def check_out(corpus: Path, out: Path) -> None:
    """Raises UsageError where an output folder cannot take the result."""
    try:
        within, folder = out.resolve(), corpus.resolve()
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out}: is a file. Name a folder with --out.")
        if within == folder:
            raise UsageError(f"{out}: is the folder of documents. Name another folder with --out.")
        strange = _foreign(out)
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"{out}: cannot be used ({_reason(error)}). Name another folder with --out.") from error
    if strange:
        raise UsageError(f"{out / strange}: was not made by zhimai. Move it away, or name another folder with --out.")


def documents_below(corpus: Path, review: Path | None, ours: Iterable[Path]) -> Found:
    """What there is to read in a corpus, but for a review and what stands in folders of ours. Raises UsageError where nothing
    is."""
    documents, left_out = survey(corpus)
    if review in documents:
        documents = [path for path in documents if path != review]
        left_out |= {path_below(review, root_of(corpus)): CORRECTIONS}
    folder = corpus.resolve()
    for within in (each.resolve() for each in ours):
        if within.is_relative_to(folder):
            own = corpus / within.relative_to(folder)
            documents = [path for path in documents if not path.is_relative_to(own)]
            left_out = {path: why for path, why in left_out.items() if not (corpus / path).is_relative_to(own)}
    if not documents:
        raise UsageError(f"{corpus}: holds no document. Put .txt or .md files there, or name another folder.")
    return Found(documents, left_out)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _foreign(out: Path) -> str | None:
    """The name of something that would be replaced and that no build has made."""
    older = next((name for name in (*FILES, STORE) if (out / name).exists()), None)
    return foreign(out) or (None if pointer(out) or not older or _is_ours(out) else older)


def _is_ours(out: Path) -> bool:
    try:
        made = "zhimai" in json.loads((out / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return made and (is_store(out / STORE) or not (out / STORE).exists())
