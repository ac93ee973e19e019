"""From a folder of documents to a graph: the stages in order. Read this first.

    find → read → annotate → extract → resolve → check → share → store → claims.jsonl, graph.ttl, report.json

A language model that is asked too (language_model/) adds its claims between extract and resolve.
The output is whole or not at all: everything is made in a folder of its own, which then takes the place of the last (renew.py,
builds.py). What is read of a document is kept (kept.py), and read again only where it or what reads it has changed; what it gave
the last graph is taken from there where it would be the same (memory.py, merge.py, files.py).

Documents stream: of each only the names of its things stay in memory, and the rest goes to the disk as it comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from pipeline.check import LEAST
from pipeline.errors import DataError, UsageError
from pipeline.files import Files, Last, last_build
from pipeline.kept import Outcome, Shelf
from pipeline.language_model.order import ModelOrder
from pipeline.learn import Learned
from pipeline.ledger.decisions import decided, read_name_lines
from pipeline.memory import Known, Record, Unread, digest_of
from pipeline.merge import ForgottenError, Merger
from pipeline.ontology import load_ontology
from pipeline.progress import Progress
from pipeline.renew import INPUTS, Made, Order, Report, Source, inputs_sha256, renew, some_of
from pipeline.review.lines import read_review
from pipeline.shares import Sharing
from pipeline.terms import DEFAULT_BASE
from pipeline.workers import Limits, Lost, run

if TYPE_CHECKING:
    from pipeline.language_model.stage import Plan, Stage

LEARNER = "pipeline.extraction:learner"  # which only workers load


def build(
    corpus: Path,
    out: Path,
    *,
    ontology: Path,
    jobs: int = 1,
    limits: Limits = Limits(),  # noqa: B008  # immutable
    names: Path | None = None,
    review: Path | None = None,
    base: str = DEFAULT_BASE,
    least: float = LEAST,
    with_ontology: bool = False,
    clean: bool = False,
    wait: bool = False,
    model: ModelOrder | None = None,
    progress: Progress = lambda done, total, name: None,
) -> Report:
    """Read every document of `corpus`, a folder or a file, and write the graph to `out`, with `jobs` worker processes.

    The bytes do not depend on `jobs`, nor on what an earlier build has kept; `clean` has all read again. `limits` are what one
    document may take, `names` is a file of decisions on names, `review` one of what people say of claims and names (without it
    the review.tsv beside the documents, where there is one), and `wait` waits for another build into the same folder.

    Facts whose best claim has a confidence below `least` are not in the graph, but among the rejected. The ontology is in the
    store, and `with_ontology` in graph.ttl too.
    A document that fails, at whatever stage, is in the report, and the others go on. Raises UsageError where nothing could be
    run, DataError where every document failed; `out` is then as it was before.
    `model` is a language model that is asked of every document too: what it does not answer is in the report as well.
    """
    order = Order(
        corpus,
        out,
        ontology,
        least,
        base,
        jobs=jobs,
        limits=limits,
        names=names,
        review=review,
        with_ontology=with_ontology,
        clean=clean,
        wait=wait,
        model=model,
    )
    return renew(order, progress)


def make(
    order: Order, shelf: Shelf, sources: Sequence[Source], left_out: Mapping[str, str], folder: Path, progress: Progress
) -> Made:
    """Make every file of a build in `folder`. Raises DataError where every document failed."""
    review = read_review(order.review)
    decisions = decided([*read_name_lines(order.names), *review.name_lines()])
    known = load_ontology(order.ontology, shelf)
    merger = Merger(Sharing(known, order.base), decisions, order.least, shelf, review=review)
    files = Files(folder, order, merger, digest_of(shelf.made_with, order.base, order.least), left_out)
    last = None if order.clean else last_build(order.out, files.made_with)
    try:
        with closing(last) if last else nullcontext():
            return _made(sources, files, last, progress)
    except ForgottenError:
        return _anew(sources, files, progress)


def _anew(sources: Sequence[Source], files: Files, progress: Progress) -> Made:
    """Make it of nothing that the last build remembers."""
    try:
        return _made(sources, files, None, progress)
    except ForgottenError as error:
        told = "what was read of documents has gone from there during the build"
        raise UsageError(f"{files.merger.shelf.folder}: {told}. Leave the folder alone, and build again.") from error


def _made(sources: Sequence[Source], files: Files, last: Last | None, progress: Progress) -> Made:
    """Make it, of what the last build remembers where it can be."""
    merger, order = files.merger, files.order
    with closing(Record(files.folder)) as record:
        merger.begin(record)
        read = list(_read(sources, merger, None if order.model else last, order, progress))
        stage = _stage(order, merger, progress)
        if stage:
            read = _with_model(read, stage, merger, last, clean=order.clean)
            files = replace(files, unanswered=stage.unanswered)
        if all(each.fingerprint for each in read) and not files.unanswered:  # what was lost may be read another time
            seen = [replace(source, fingerprint=each.fingerprint) for source, each in zip(sources, read, strict=True)]
            inputs = inputs_sha256(order, merger.shelf.made_with, seen, files.left_out)
            (files.folder / INPUTS).write_text(inputs, encoding="ascii")
        documents = [each.known for each in read]
        merged = merger.merge(documents)
        if not merged.sound:
            raise DataError(f"{order.corpus}: no document could be read; {some_of(merged.failures)}")
        report = files.write(merged, last)
        kept = stage.keys if stage else set()
        return Made(report, frozenset(kept) | {each.key for each in documents}, frozenset(map(merger.lines_key, merged.sound)))


class _Read(NamedTuple):
    """A document that was read, and the fingerprint of its bytes."""

    known: Known
    fingerprint: str


def _stage(order: Order, merger: Merger, progress: Progress) -> Stage | None:
    """The model that reads too; None where none does, and then nothing is loaded for it."""
    if order.model is None:
        return None
    from pipeline.language_model.stage import Stage

    return Stage(order.model, merger.sharing.ontology, merger.shelf, order.jobs, order.limits, progress)


def _with_model(read: Sequence[_Read], stage: Stage, merger: Merger, last: Last | None, *, clean: bool) -> list[_Read]:
    """The documents with what a model has read of them too: what the last build remembers, an earlier one has kept, or comes of
    its answers."""
    outcomes = Unread({each.known.key: each.known for each in read if not each.known.failure}, merger.outcome)
    keys = stage.ask(outcomes)
    remembered = {known.key: known for known in last.memory.documents} if last else {}
    found: dict[str, Known | Outcome] = {}
    for before, key in keys.items():
        known = remembered.get(key) if merger.shelf.has(key) else None
        if last and known and known.reviewed == merger.review.digest(known.name):
            found[before] = merger.record.take_over(known, last.values)
        elif not clean and (kept := merger.shelf.at(key)):
            found[before] = kept
    found |= stage.judge({key: outcomes[key] for key in keys if key not in found})
    return [_of_model(each, found.get(each.known.key), keys, merger) for each in read]


def _of_model(each: _Read, found: Known | Outcome | None, keys: Mapping[str, str], merger: Merger) -> _Read:
    """A document with what a model has read of it; as it is where nothing came of that."""
    if isinstance(found, Outcome):
        learned = merger.learner.learned(found, each.known.name, keys[each.known.key])
        return each._replace(known=merger.known_of(learned))
    return each._replace(known=found) if found else each


def plan(order: Order, shelf: Shelf, sources: Sequence[Source], progress: Progress) -> Plan:
    """What a model would be asked; nothing is sent, and nothing is written but to the shelf."""
    known = load_ontology(order.ontology, shelf)
    merger = Merger(Sharing(known, order.base), decided([]), order.least, shelf)
    with TemporaryDirectory() as aside, closing(Record(Path(aside))) as record:
        merger.begin(record)
        read = list(_read(sources, merger, None, order, progress))
        stage = _stage(order, merger, progress)
        assert stage is not None
        return stage.plan(Unread({each.known.key: each.known for each in read if not each.known.failure}, merger.outcome))


def _read(sources: Sequence[Source], merger: Merger, last: Last | None, order: Order, progress: Progress) -> Iterator[_Read]:
    """Every document, in the order of `sources`: what the last build remembers, an earlier one has kept, or a worker says."""
    remembered = {known.key: known for known in last.memory.documents} if last else {}
    before = [None if order.clean else _before(source, merger, last, remembered) for source in sources]
    changed = [source for source, found in zip(sources, before, strict=True) if found is None]
    given = (merger.sharing.ontology, merger.shelf, merger.review)
    learned = run(LEARNER, given, changed, jobs=order.jobs, limits=order.limits) if changed else iter(())
    for done, (source, found) in enumerate(zip(sources, before, strict=True), 1):
        read = found or _learned(next(learned), source, merger)
        progress(done, len(sources), source.below)
        yield read
    for _ in learned:  # nothing: the workers end
        pass


def _before(source: Source, merger: Merger, last: Last | None, remembered: Mapping[str, Known]) -> _Read | None:
    """A document as the last build remembers it, or as an earlier one has kept it; None where it is to be read."""
    shelf = merger.shelf
    key = shelf.key(source.fingerprint, source.below, source.name)
    known = remembered.get(key) if shelf.has(key) else None
    if last and known and known.reviewed == merger.review.digest(source.name):
        return _Read(merger.record.take_over(known, last.values), source.fingerprint)
    outcome = shelf.at(key)
    return _learned(merger.learner.learned(outcome, source.name), source, merger) if outcome else None


def _learned(said: Learned | Lost, source: Source, merger: Merger) -> _Read:
    if isinstance(said, Lost):
        said = merger.learner.learned(Outcome(source.below, failure=said.reason), source.name)
    return _Read(merger.known_of(said), said.fingerprint)
