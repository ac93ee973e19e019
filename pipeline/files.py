"""A merged graph → the files of a build: the store, and every file from the store. All anew, or those of the last build with
what has changed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from pipeline import terms as t
from pipeline.builds import BUILDS, CLAIMS_FILE, GRAPH, REJECTED, REPORT, STORE, is_store, pointer
from pipeline.graph import document_iri
from pipeline.memory import Known, Memory, read_memory, write_memory
from pipeline.merge import Merged, Merger
from pipeline.renew import Order, Report, report_text
from pipeline.rows import Row, claim_rows
from pipeline.store import build_store, compact_store, open_store, update_store
from pipeline.terms import NAMESPACES, data_namespaces
from pipeline.turtle_writer import spliced, turtle

_NOTHING: tuple[bytes, Mapping[str, int]] = (b"", {})  # of a document without rows
_FEW = 8  # of so many documents one may have changed for the rest to be taken as it is


@dataclass(frozen=True, slots=True)
class Last:
    """The last build: its folder and what it remembers."""

    folder: Path
    memory: Memory


def last_build(out: Path, made_with: str) -> Last | None:
    """The current build of an output folder, where it remembers itself and was made with the same."""
    folder = out / BUILDS / (pointer(out) or "")
    memory = read_memory(folder, made_with)
    return Last(folder, memory) if memory and is_store(folder / STORE) else None


@dataclass(frozen=True, slots=True)
class Files:
    """Writes the files of a build into `folder`."""

    folder: Path
    order: Order
    merger: Merger
    made_with: str  # of its memory
    left_out: Mapping[str, str]
    unanswered: Mapping[str, str] = field(default_factory=dict)  # of a language model, by path

    def write(self, merged: Merged, last: Last | None) -> Report:
        """Write every file: from those of the last build where few documents have changed since.

        Raises ForgottenError where what the last build has kept is gone.
        """
        if last and last.memory.with_ontology == self.order.with_ontology and _few(merged, last.memory):
            sound, triples = self._from(merged, last)
        else:
            sound, triples = self._whole(merged)
        failed = [known for known in merged.documents if known.failure]
        memory = Memory(self.made_with, self.order.with_ontology, (*sound, *failed), tuple(sorted(merged.joint)), triples)
        write_memory(self.folder, memory)
        (self.folder / REJECTED).write_text("".join(known.told.rejected for known in sound), encoding="utf-8", newline="\n")
        report = Report(
            len(sound),
            merged.failures,
            _summed(known.told.claims for known in sound),
            _summed(known.told.reasons for known in sound),
            triples,
            self.merger.sharing.ontology.unused,
            self.left_out,
            self.merger.idle(merged.documents),
            self.unanswered,
        )
        (self.folder / REPORT).write_text(report_text(report), encoding="utf-8")
        return report

    def _whole(self, merged: Merged) -> tuple[list[Known], int]:
        """The documents with what the files hold of each, and how many triples there are."""
        lines = {*merged.joint}
        for known in merged.sound:
            lines.update(self._lines(known, merged))
        read = sorted(lines)
        del lines
        derived = build_store(self.folder / STORE, (f"{line}\n" for line in read), self._rules(), self.order.ontology)
        compact_store(self.folder / STORE)
        store = open_store(self.folder)
        texts = dict(_by_document(claim_rows(store.select)))
        data = sorted((*read, *derived))
        written = store.lines(with_ontology=True) if self.order.with_ontology else data
        self._write_graph(turtle(written, self._names()))
        with (self.folder / CLAIMS_FILE).open("wb") as claims:
            claims.writelines(texts[known.name][0] for known in merged.sound if known.name in texts)
        return [_told(known, *texts.get(known.name, _NOTHING)) for known in merged.sound], len(data)

    def _from(self, merged: Merged, last: Last) -> tuple[list[Known], int]:
        """The same, from the files of the last build and what is not as it was."""
        before = {known.name: known for known in last.memory.documents if not known.failure}
        after = {known.name: known for known in merged.sound}
        changed = _changed(before, after)
        old = {*last.memory.joint}.union(*(self._lines(before[name]) for name in changed if name in before))
        new = merged.joint.union(*(self._lines(after[name], merged) for name in changed if name in after))
        others = {line for name, known in after.items() if name not in changed for line in known.share.common}
        change = update_store(last.folder / STORE, self.folder / STORE, old - new - others, new - old, self._rules())
        store = open_store(self.folder)
        subjects = store.lines_of(change.subjects, with_ontology=self.order.with_ontology)
        text = (last.folder / GRAPH).read_text(encoding="utf-8")
        self._write_graph(spliced(text, subjects, self._names()))
        del text
        nodes = " ".join(f"<{document_iri(name, self.order.base)}>" for name in changed)
        where = f"VALUES ?node {{ {nodes} }} ?stands <{t.HAS_SOURCE}> ?node . ?claim <{t.BEST_EVIDENCE}> ?stands ."
        texts = dict(_by_document(claim_rows(store.select, where)))
        rows = (last.folder / CLAIMS_FILE).read_bytes()
        ends = dict(_ends(last.memory))
        sound = []
        with (self.folder / CLAIMS_FILE).open("wb") as claims:
            for known in merged.sound:
                if known.name in changed:
                    text_, counts = texts.get(known.name, _NOTHING)
                    sound.append(_told(known, text_, counts))
                else:
                    text_ = rows[ends[known.name] - known.told.length : ends[known.name]]
                    sound.append(known)
                claims.write(text_)
        return sound, last.memory.triples + change.more

    def _lines(self, known: Known, merged: Merged | None = None) -> Iterator[str]:
        """All lines that a document gives, in this build or in the last."""
        own = merged.own.get(known.name) if merged else None
        yield from self.merger.own_lines(known) if own is None else own
        yield from known.share.common
        yield from known.further

    def _write_graph(self, text: str) -> None:
        (self.folder / GRAPH).write_text(text, encoding="utf-8", newline="\n")

    def _rules(self) -> list[Path]:
        return sorted((self.order.ontology / "rules").glob("*.rq"))

    def _names(self) -> dict[str, str]:
        return NAMESPACES | data_namespaces(self.order.base)


def _few(merged: Merged, memory: Memory) -> bool:
    before = {known.name: known for known in memory.documents if not known.failure}
    changed = _changed(before, {known.name: known for known in merged.sound})
    return len(changed) * _FEW <= len(before) or len(changed) == 1


def _changed(before: Mapping[str, Known], after: Mapping[str, Known]) -> list[str]:
    """The names of the documents that do not give what they gave."""

    def of(known: Known | None) -> object:
        return known and (known.key, known.view, known.named)

    return sorted(name for name in {**before, **after} if of(before.get(name)) != of(after.get(name)))


def _by_document(rows: Iterable[Row]) -> Iterator[tuple[str, tuple[bytes, Mapping[str, int]]]]:
    """The text of the rows of each document, which follow one another, and how many it has of each relation."""
    for name, group in groupby(rows, key=lambda row: str(row["doc"])):
        of_one = list(group)
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in of_one)
        yield name, (text.encode(), Counter(row["rel"] for row in of_one))


def _told(known: Known, text: bytes, claims: Mapping[str, int]) -> Known:
    return known._replace(told=known.told._replace(length=len(text), claims=claims))


def _ends(memory: Memory) -> Iterator[tuple[str, int]]:
    """Where the rows of each document end in claims.jsonl, in bytes."""
    end = 0
    for known in memory.documents:
        end += known.told.length
        yield known.name, end


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(sorted(total.items()))
