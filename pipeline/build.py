"""From a folder of documents to a graph: the stages in order. Read this first.

    find → read → annotate → extract → resolve → check → graph → store → claims.jsonl, graph.ttl, report.json

The output is whole or not at all: everything is made in a folder aside and moved in at the end.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import __version__
from pipeline.annotate import Annotator
from pipeline.check import LEAST, Rejection, check
from pipeline.errors import DataError, UsageError, fault_of_ours
from pipeline.extract import extract
from pipeline.graph import graph_lines
from pipeline.ledger.decisions import Decisions, read_decisions
from pipeline.model import Claim, Document
from pipeline.ontology import Ontology, load_ontology
from pipeline.read import read
from pipeline.read.find import Found, document_names, path_below, root_of, survey
from pipeline.resolve import DEFAULT_BASE, issuers, resolve
from pipeline.rows import CLAIMS_FILE, Row, claim_rows, fact_row
from pipeline.store import FOLDER, build_store, check_lines, is_store, open_store, recover, swap_in, write
from pipeline.terms import NAMESPACES, data_namespaces
from pipeline.workers import Limits, Lost, run
from pipeline.works import work_lines

REJECTED, GRAPH, REPORT = "rejected.jsonl", "graph.ttl", "report.json"
FILES = (CLAIMS_FILE, REJECTED, GRAPH, REPORT)

Progress = Callable[[int, int, str], None]  # documents done, documents in all, name of the last


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its claims, or the reason why there are none."""

    path: str
    document: Document | None = None
    claims: tuple[Claim, ...] = ()
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `failures` is path → reason, `claims` relation → number, `rejected` reason → number; `unused` says what
    of the ontology was of no use, `left_out` which files are no documents, path → why."""

    documents: int
    failures: Mapping[str, str]
    claims: Mapping[str, int]
    rejected: Mapping[str, int]
    triples: int
    unused: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)


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
    progress: Progress = lambda done, total, name: None,
) -> Report:
    """Read every document of `corpus`, a folder or a file, and write the graph to `out`, with `jobs` worker processes.

    The bytes do not depend on `jobs`. `limits` are what one document may take; `names` is a file of decisions on names.

    Facts whose best claim has a confidence below `least` are not in the graph, but among the rejected. The ontology is in the
    store, and `with_ontology` in graph.ttl too.
    A document that fails, at whatever stage, is in the report, and the others go on. Raises UsageError where nothing could be
    run, DataError where every document failed; `out` is then as it was before.
    """
    if not re.fullmatch(r'https?://[^<>"{}|^`\\\s]+[/#]', base):
        raise UsageError(f"{base}: the data cannot begin with this. Give --base an http IRI that ends in / or #.")
    found = _documents(corpus, out)
    decisions = read_decisions(names)
    known = load_ontology(ontology)
    rules = sorted((ontology / "rules").glob("*.rq"))
    try:
        outcomes = list(_outcomes(found.documents, root_of(corpus), known, jobs, limits, progress))
        graph = _graph(outcomes, known, base, least, decisions)
        del outcomes  # the store needs the room
        if not graph.documents:
            raise DataError(f"{corpus}: no document could be read; {_some(graph.failures)}")
        return _write(
            out, graph, rules, left_out=found.left_out, base=base, known=known, ontology=ontology, with_ontology=with_ontology
        )
    except MemoryError as error:
        needs = f"the graph of {len(found.documents)} documents needs more memory than there is"
        raise UsageError(f"{corpus}: {needs}. Close other programs, or build it in parts.") from error
    except OSError as error:  # the disk is full, or something took the folder away
        raise UsageError(f"{out}: cannot be written ({_reason(error)}). Make room, or name another folder with --out.") from error


def _documents(corpus: Path, out: Path) -> Found:
    """What there is to read, once it is sure that `out` can take the result."""
    try:
        within, folder = out.resolve(), corpus.resolve()
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out}: is a file. Name a folder with --out.")
        if within == folder:
            raise UsageError(f"{out}: is the folder of documents. Name another folder with --out.")
        foreign = [name for name in (*FILES, FOLDER) if (out / name).exists()]
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"{out}: cannot be used ({_reason(error)}). Name another folder with --out.") from error
    if foreign and not _is_ours(out):
        raise UsageError(f"{out / foreign[0]}: was not made by zhimai. Move it away, or name another folder with --out.")
    documents, left_out = survey(corpus)
    if within.is_relative_to(folder):
        own = corpus / within.relative_to(folder)
        documents = [path for path in documents if not path.is_relative_to(own)]
        left_out = {path: why for path, why in left_out.items() if not (corpus / path).is_relative_to(own)}
    if not documents:
        raise UsageError(f"{corpus}: holds no document. Put .txt or .md files there, or name another folder.")
    return Found(documents, left_out)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _is_ours(out: Path) -> bool:
    try:
        made = "zhimai" in json.loads((out / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return made and (is_store(out / FOLDER) or not (out / FOLDER).exists())


def _some(failures: Mapping[str, str]) -> str:
    first = "; ".join(f"{path}: {reason}" for path, reason in sorted(failures.items())[:3])
    return first if len(failures) <= 3 else f"{first}; and {len(failures) - 3} more."


def _outcomes(
    paths: Sequence[Path], root: Path, known: Ontology, jobs: int, limits: Limits, progress: Progress
) -> Iterator[Outcome]:
    """One outcome a document, in the order of `paths`."""
    names = document_names(paths, root)
    tasks = [(path, root, names[path]) for path in paths]
    for done, (path, outcome) in enumerate(zip(paths, run(_extractor, known, tasks, jobs=jobs, limits=limits), strict=True), 1):
        below = path_below(path, root)
        progress(done, len(tasks), below)
        yield Outcome(below, failure=outcome.reason) if isinstance(outcome, Lost) else outcome


_Task = tuple[Path, Path, str]  # a document, the folder that its path is told from, and what it is called


def _extractor(known: Ontology) -> Callable[[_Task], Outcome]:
    """Of a worker: read, annotate and extract one document, a pure function of the file and the ontology."""
    annotator = Annotator(known)

    def claims_of(task: _Task) -> Outcome:
        path, root, name = task
        below = path_below(path, root)
        try:
            document = read(path, root, name)
            claims = tuple(extract(annotator.annotate(document), known))
        except DataError as error:
            return Outcome(below, failure=str(error).removeprefix(f"{below}: ").removeprefix(f"{path}: "))
        except MemoryError:
            raise  # the worker says what the limit is
        except Exception as error:
            return Outcome(below, failure=fault_of_ours(error))
        return Outcome(below, document, claims)

    return claims_of


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


def _write(
    out: Path,
    graph: _Graph,
    rules: Sequence[Path],
    *,
    left_out: Mapping[str, str],
    base: str,
    known: Ontology,
    ontology: Path,
    with_ontology: bool,
) -> Report:
    """Make every output in a folder aside, all from the store, then move all of it in."""
    new = _make_room(out)
    try:
        build_store(new / FOLDER, "".join(line + "\n" for line in graph.lines), rules, ontology)
        store = open_store(new)
        rows, lines = claim_rows(store.select), store.lines()
        triples = "".join(line + "\n" for line in (store.lines(with_ontology=True) if with_ontology else lines))
        del store  # an open store cannot be moved everywhere
        (new / GRAPH).write_bytes(write(triples, "ttl", NAMESPACES | data_namespaces(base)))
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
        _write_rows(new / CLAIMS_FILE, rows)
        _write_rows(new / REJECTED, refused)
        (new / REPORT).write_text(_as_json(report), encoding="utf-8")
        swap_in(new / FOLDER, out)
        for name in FILES:
            os.replace(new / name, out / name)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        with suppress(OSError):
            out.rmdir()  # where nothing came of it and nothing was there
    return report


def _make_room(out: Path) -> Path:
    """A new folder inside `out`; those of builds that died are removed."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        recover(out)
        for left in out.glob(".new-*"):
            if not _is_alive(left.name.removeprefix(".new-")):
                shutil.rmtree(left, ignore_errors=True)
        new = out / f".new-{os.getpid()}"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}). Name another folder with --out.") from error
    return new


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (OSError, ValueError, OverflowError):
        return False
    return True


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


def _as_json(report: Report) -> str:
    fields = {"zhimai": __version__} | {name: getattr(report, name) for name in Report.__slots__}
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"
