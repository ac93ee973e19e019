"""From a folder of documents to a graph: the stages in order. Read this first.

    find → read → annotate → extract → resolve → check → graph → store → claims.jsonl, graph.ttl, report.json

The output is whole or not at all: everything is made in a folder of its own, which then takes the place of the last (renew.py,
builds.py). What is read of a document is kept (kept.py), and read again only where it or what reads it has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import __version__
from pipeline.annotate import Annotator
from pipeline.builds import CACHE, CLAIMS_FILE, GRAPH, REJECTED, REPORT, STORE
from pipeline.check import LEAST, Rejection, check
from pipeline.errors import DataError, ReadError, fault_of_ours
from pipeline.extract import extract
from pipeline.graph import graph_lines
from pipeline.kept import Outcome, Shelf, made_with
from pipeline.ledger.decisions import Decisions, read_decisions
from pipeline.ontology import Ontology, load_ontology
from pipeline.progress import Progress
from pipeline.read import parse
from pipeline.read.decode import load
from pipeline.read.document import File
from pipeline.renew import INPUTS, Order, Report, Source, inputs_sha256, renew, report_text
from pipeline.resolve import issuers, resolve
from pipeline.rows import Row, claim_rows, fact_row
from pipeline.store import build_store, check_lines, open_store, write
from pipeline.terms import DEFAULT_BASE, NAMESPACES, data_namespaces
from pipeline.workers import Limits, Lost, run
from pipeline.works import work_lines


def build(
    corpus: Path,
    out: Path,
    *,
    ontology: Path,
    jobs: int = 1,
    limits: Limits = Limits(),  # noqa: B008  # immutable
    names: Path | None = None,
    base: str = DEFAULT_BASE,
    least: float = LEAST,
    with_ontology: bool = False,
    clean: bool = False,
    wait: bool = False,
    progress: Progress = lambda done, total, name: None,
) -> Report:
    """Read every document of `corpus`, a folder or a file, and write the graph to `out`, with `jobs` worker processes.

    The bytes do not depend on `jobs`, nor on what an earlier build has kept; `clean` has all read again. `limits` are what one
    document may take, `names` is a file of decisions on names, and `wait` waits for another build into the same folder.

    Facts whose best claim has a confidence below `least` are not in the graph, but among the rejected. The ontology is in the
    store, and `with_ontology` in graph.ttl too.
    A document that fails, at whatever stage, is in the report, and the others go on. Raises UsageError where nothing could be
    run, DataError where every document failed; `out` is then as it was before.
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
        with_ontology=with_ontology,
        clean=clean,
        wait=wait,
    )
    return renew(order, progress)


def make(order: Order, sources: Sequence[Source], left_out: Mapping[str, str], folder: Path, progress: Progress) -> Report:
    """Make every file of a build in `folder`. Raises DataError where every document failed."""
    decisions = read_decisions(order.names)
    known = load_ontology(order.ontology)
    tools = made_with(known.sha256)
    outcomes = list(_outcomes(sources, known, Shelf(order.out / CACHE, tools), order, progress))
    if all(outcome.fingerprint for outcome in outcomes):  # one that was lost may be read another time
        read = [replace(source, fingerprint=outcome.fingerprint) for source, outcome in zip(sources, outcomes, strict=True)]
        (folder / INPUTS).write_text(inputs_sha256(order, tools, read, left_out), encoding="ascii")
    graph = _graph(outcomes, known, order.base, order.least, decisions)
    del outcomes  # the store needs the room
    if not graph.documents:
        raise DataError(f"{order.corpus}: no document could be read; {_some(graph.failures)}")
    return _write(folder, graph, known, order, left_out)


def _some(failures: Mapping[str, str]) -> str:
    first = "; ".join(f"{path}: {reason}" for path, reason in sorted(failures.items())[:3])
    return first if len(failures) <= 3 else f"{first}; and {len(failures) - 3} more."


def _outcomes(sources: Sequence[Source], known: Ontology, shelf: Shelf, order: Order, progress: Progress) -> Iterator[Outcome]:
    """One outcome a document, in the order of `sources`: what an earlier build has kept, or else what a worker says."""
    kept = [None if order.clean else shelf.get(source.fingerprint, source.below, source.name) for source in sources]
    changed = [source for source, outcome in zip(sources, kept, strict=True) if outcome is None]
    read = iter(run(_extractor, (known, shelf), changed, jobs=order.jobs, limits=order.limits))
    for done, (source, outcome) in enumerate(zip(sources, kept, strict=True), 1):
        found = outcome or next(read)
        progress(done, len(sources), source.below)
        yield Outcome(source.below, failure=found.reason) if isinstance(found, Lost) else found
    for _ in read:  # nothing: the workers end
        pass


def _extractor(given: tuple[Ontology, Shelf]) -> Callable[[Source], Outcome]:
    """Of a worker: read, annotate and extract one document, a pure function of file and ontology, and keep what comes of it."""
    known, shelf = given
    annotator = Annotator(known)

    def claims_of(source: Source) -> Outcome:
        try:
            data = load(source.path)
        except ReadError as error:  # nothing to keep: there are no bytes to find it by
            return Outcome(source.below, failure=_fault(error, source), fingerprint=str(error))
        outcome = _outcome(data, source, annotator, known)
        shelf.put(outcome, source.name)
        return outcome

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


@dataclass(frozen=True, slots=True)
class _Graph:
    """The facts of all documents as lines of N-Triples, what was rejected, how many documents they are from, and which failed."""

    lines: Sequence[str]
    rejected: Sequence[Rejection]
    documents: int
    failures: Mapping[str, str]


def _graph(outcomes: Sequence[Outcome], known: Ontology, base: str, least: float, decisions: Decisions) -> _Graph:
    """The graph of all documents but those that it cannot be made with, which are found by making the graph of each alone."""
    try:
        return _joined(outcomes, known, base, least, decisions)
    except MemoryError:
        raise  # it is that of no one document
    except Exception:
        sound = [_tried(outcome, known, base, least, decisions) for outcome in outcomes]
        if sound == list(outcomes):
            raise
        return _joined(sound, known, base, least, decisions)


def _tried(outcome: Outcome, known: Ontology, base: str, least: float, decisions: Decisions) -> Outcome:
    try:
        _joined([outcome], known, base, least, decisions)
    except MemoryError:
        raise
    except Exception as error:
        return Outcome(outcome.path, failure=fault_of_ours(error))
    return outcome


def _joined(outcomes: Sequence[Outcome], known: Ontology, base: str, least: float, decisions: Decisions) -> _Graph:
    documents = {outcome.document.name: outcome.document for outcome in outcomes if outcome.document}
    claims = (claim for outcome in outcomes for claim in outcome.claims)
    facts = resolve(claims, base, known.terms, forms=known.forms, decisions=decisions, scopes=issuers(documents.values()))
    accepted, rejected = check(facts, known, {document.name: document.source for document in documents.values()}, least)
    lines = graph_lines(accepted, documents, known, base, __version__)
    lines = sorted({*lines, *work_lines(documents, accepted, known, base)})
    check_lines(lines)
    failures = {outcome.path: outcome.failure for outcome in outcomes if outcome.failure}
    return _Graph(lines, rejected, len(documents), dict(sorted(failures.items())))


def _write(folder: Path, graph: _Graph, known: Ontology, order: Order, left_out: Mapping[str, str]) -> Report:
    """Make the store in a folder, and every file from the store."""
    rules = sorted((order.ontology / "rules").glob("*.rq"))
    build_store(folder / STORE, "".join(line + "\n" for line in graph.lines), rules, order.ontology)
    store = open_store(folder)
    rows, lines = claim_rows(store.select), store.lines()
    triples = "".join(line + "\n" for line in (store.lines(with_ontology=True) if order.with_ontology else lines))
    (folder / GRAPH).write_bytes(write(triples, "ttl", NAMESPACES | data_namespaces(order.base)))
    refused = [fact_row(rejection.fact) | {"reason": rejection.reason} for rejection in graph.rejected]
    report = Report(
        graph.documents,
        graph.failures,
        _sorted(Counter(row["rel"] for row in rows)),
        _sorted(Counter(_kind_of(rejection.reason) for rejection in graph.rejected)),
        len(lines),
        known.unused,
        left_out,
    )
    _write_rows(folder / CLAIMS_FILE, rows)
    _write_rows(folder / REJECTED, refused)
    (folder / REPORT).write_text(report_text(report), encoding="utf-8")
    return report


def _kind_of(reason: str) -> str:
    """A reason without the names in it, to count by."""
    slot, colon, rest = reason.partition(": ")
    if " takes " in rest:
        return f"{slot}{colon}{rest.split(',', maxsplit=1)[0]}"
    return f"{slot}{colon}{rest.rpartition('”')[2].strip() or rest}" if colon else reason.rpartition("”")[2].strip()


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _write_rows(file: Path, rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
