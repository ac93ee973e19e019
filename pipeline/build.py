"""From a folder of documents to a graph: the stages in order. Read this first.

    find → read → annotate → extract → resolve → check → graph → store → claims.jsonl, graph.ttl, report.json

The output is whole or not at all: everything is made in a folder aside and moved in at the end.
"""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from pipeline import __version__
from pipeline.annotate import Annotator
from pipeline.check import Rejection, check
from pipeline.errors import DataError, UsageError
from pipeline.extract import extract
from pipeline.graph import NAMESPACES, data_namespaces, graph_lines
from pipeline.model import Claim, Document
from pipeline.ontology import Ontology, load_ontology
from pipeline.read import find_documents, read
from pipeline.resolve import DEFAULT_BASE, resolve
from pipeline.rows import CLAIMS_FILE, Row, claim_rows, fact_row
from pipeline.store import FOLDER, build_store, is_store, open_store, recover, swap_in, write

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
    of the ontology was of no use."""

    documents: int
    failures: Mapping[str, str]
    claims: Mapping[str, int]
    rejected: Mapping[str, int]
    triples: int
    unused: tuple[str, ...] = ()


def build(
    corpus: Path,
    out: Path,
    *,
    ontology: Path,
    jobs: int = 1,
    base: str = DEFAULT_BASE,
    least: float = 0.0,
    with_ontology: bool = False,
    progress: Progress = lambda done, total, name: None,
) -> Report:
    """Read every document of `corpus` and write the graph to `out`, in `jobs` processes; the bytes do not depend on `jobs`.

    Facts whose best claim has a confidence below `least` are not in the graph, but among the rejected. The ontology is in the
    store, and `with_ontology` in graph.ttl too.
    A document that fails is in the report, and the others go on. Raises UsageError where nothing could be run, DataError
    where every document failed; `out` is then as it was before.
    """
    if not re.fullmatch(r'https?://[^<>"{}|^`\\\s]+[/#]', base):
        raise UsageError(f"{base}: the data cannot begin with this. Give --base an http IRI that ends in / or #.")
    paths = _documents(corpus, out)
    known = load_ontology(ontology)
    outcomes = list(_outcomes(paths, corpus, known, jobs, progress))
    documents = {outcome.document.name: outcome.document for outcome in outcomes if outcome.document}
    failures = {outcome.path: outcome.failure for outcome in outcomes if outcome.failure}
    if not documents:
        raise DataError(f"{corpus}: no document could be read; {_some(failures)}")

    facts = resolve((claim for outcome in outcomes for claim in outcome.claims), base, known.terms)
    accepted, rejected = check(facts, known, {document.name: document.source for document in documents.values()}, least)
    lines = graph_lines(accepted, documents, known, base, __version__)
    rules = sorted((ontology / "rules").glob("*.rq"))
    read_ones = len(documents)
    del outcomes, documents, facts, accepted  # the store needs the room
    return _write(
        out,
        lines,
        rules,
        rejected,
        failures=failures,
        documents=read_ones,
        base=base,
        unused=known.unused,
        ontology=ontology,
        with_ontology=with_ontology,
    )


def _documents(corpus: Path, out: Path) -> list[Path]:
    """The documents to read, once it is sure that `out` can take the result."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: is a file. Name a folder with --out.")
    if out.resolve() == corpus.resolve():
        raise UsageError(f"{out}: is the folder of documents. Name another folder with --out.")
    foreign = [name for name in (*FILES, FOLDER) if (out / name).exists()]
    if foreign and not _is_ours(out):
        raise UsageError(f"{out / foreign[0]}: was not made by zhimai. Move it away, or name another folder with --out.")
    paths = [path for path in find_documents(corpus) if out.resolve() not in path.resolve().parents]
    if not paths:
        raise UsageError(f"{corpus}: holds no document. Put .txt or .md files there, or name another folder.")
    return paths


def _is_ours(out: Path) -> bool:
    try:
        made = "zhimai" in json.loads((out / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return made and (is_store(out / FOLDER) or not (out / FOLDER).exists())


def _some(failures: Mapping[str, str]) -> str:
    first = "; ".join(f"{path}: {reason}" for path, reason in sorted(failures.items())[:3])
    return first if len(failures) <= 3 else f"{first}; and {len(failures) - 3} more."


def document_names(paths: Sequence[Path], corpus: Path) -> dict[Path, str]:
    """What each document is called: its stem, or its path below `corpus` where two have the same stem."""
    stems = Counter(path.stem for path in paths)
    below = {path: path.relative_to(corpus).as_posix().replace("/", "__") for path in paths}
    shorter = {path: name.removesuffix(path.suffix) for path, name in below.items()}
    clashes = Counter(path.stem if stems[path.stem] == 1 else shorter[path] for path in paths)
    names = {path: path.stem if stems[path.stem] == 1 else shorter[path] for path in paths}
    return {path: below[path] if clashes[name] > 1 else name for path, name in names.items()}


def _outcomes(paths: Sequence[Path], corpus: Path, known: Ontology, jobs: int, progress: Progress) -> Iterator[Outcome]:
    """One outcome a document, in the order of `paths`."""
    names = document_names(paths, corpus)
    tasks = [(path, corpus, names[path]) for path in paths]
    for done, outcome in enumerate(_run(tasks, known, jobs), 1):
        progress(done, len(tasks), outcome.path)
        yield outcome


_Task = tuple[Path, Path, str]


def _run(tasks: Sequence[_Task], known: Ontology, jobs: int) -> Iterator[Outcome]:
    if jobs <= 1 or len(tasks) == 1:
        before = gc.get_threshold()
        _start(known)
        try:
            yield from map(_claims_of, tasks)
        finally:
            gc.set_threshold(*before)
            gc.unfreeze()
        return
    # spawn: a fork would copy the locks of the threads that draw the progress bar
    with ProcessPoolExecutor(min(jobs, len(tasks)), get_context("spawn"), _start, (known,)) as pool:
        try:
            yield from pool.map(_claims_of, tasks, chunksize=max(1, min(16, len(tasks) // (4 * jobs))))
        except BrokenProcessPool as error:
            raise DataError("A worker process died, perhaps for want of memory. Run again with --jobs 1.") from error


_worker: list[tuple[Ontology, Annotator]] = []  # of this process; filled once, by _start


def _start(known: Ontology) -> None:
    _worker[:] = [(known, Annotator(known))]
    quiet_collector()


def quiet_collector() -> None:
    """Let the collector look seldom, and not at what is there now: extraction makes many small tuples and no cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


def _claims_of(task: _Task) -> Outcome:
    """Read, annotate and extract one document: a pure function of the file and the ontology."""
    path, corpus, name = task
    known, annotator = _worker[0]
    relative = path.relative_to(corpus).as_posix()
    if relative.encode(errors="replace").decode() != relative:  # bytes that are no UTF-8 can be written nowhere
        return Outcome(ascii(relative), failure="its name is no valid UTF-8; rename it")
    try:
        document = read(path, corpus, name)
        claims = tuple(extract(annotator.annotate(document), known))
    except DataError as error:
        return Outcome(relative, failure=str(error).removeprefix(f"{relative}: ").removeprefix(f"{path}: "))
    except Exception as error:  # a fault of ours in one document must not cost the user the others
        return Outcome(relative, failure=f"fault in zhimai, please report it: {type(error).__name__}: {error}")
    return Outcome(relative, document, claims)


def _write(
    out: Path,
    stated: Sequence[str],
    rules: Sequence[Path],
    rejected: Sequence[Rejection],
    *,
    failures: Mapping[str, str],
    documents: int,
    base: str,
    unused: tuple[str, ...],
    ontology: Path,
    with_ontology: bool,
) -> Report:
    """Make every output in a folder aside, all from the store, then move all of it in."""
    new = _make_room(out)
    try:
        build_store(new / FOLDER, "".join(line + "\n" for line in stated), rules, ontology)
        store = open_store(new)
        rows, lines = claim_rows(store.select), store.lines()
        triples = "".join(line + "\n" for line in (store.lines(with_ontology=True) if with_ontology else lines))
        del store  # an open store cannot be moved everywhere
        (new / GRAPH).write_bytes(write(triples, "ttl", NAMESPACES | data_namespaces(base)))
        refused = [fact_row(rejection.fact) | {"reason": rejection.reason} for rejection in rejected]
        counts = Counter(row["rel"] for row in rows), Counter(_kind_of(rejection.reason) for rejection in rejected)
        report = Report(documents, dict(sorted(failures.items())), _sorted(counts[0]), _sorted(counts[1]), len(lines), unused)
        _write_rows(new / CLAIMS_FILE, rows)
        _write_rows(new / REJECTED, refused)
        (new / REPORT).write_text(_as_json(report), encoding="utf-8")
        swap_in(new / FOLDER, out)
        for name in FILES:
            os.replace(new / name, out / name)
    finally:
        shutil.rmtree(new, ignore_errors=True)
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
