"""A merged graph → the files of a build: the store, and every file from the store. All anew, or those of the last build with
what has changed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from pipeline.builds import BUILDS, CLAIMS_FILE, GRAPH, REJECTED, REPORT, STORE, is_store, pointer
from pipeline.memory import Index, Known, Record, Values, read_memory, write_memory
from pipeline.merge import Merged, Merger
from pipeline.renew import Order, Report, report_text
from pipeline.rows import RowMaker
from pipeline.runs import Block, Sorter, blocks, joined, merge_runs, parted
from pipeline.store import Store, build_store, compact_store, open_store, update_store
from pipeline.terms import NAMESPACES, data_namespaces
from pipeline.turtle_writer import spliced, turtle_pieces

_FEW = 8  # of so many documents one may have changed for the rest to be taken as it is


@dataclass(frozen=True, slots=True)
class Last:
    """The last build: its folder and what it remembers, in a file that is to be closed."""

    folder: Path
    memory: Index
    values: Values

    def close(self) -> None:
        """Let go of what it remembers."""
        self.values.close()


def last_build(out: Path, made_with: str) -> Last | None:
    """The current build of an output folder, where it remembers itself and was made with the same."""
    folder = out / BUILDS / (pointer(out) or "")
    memory = read_memory(folder, made_with) if is_store(folder / STORE) else None
    return Last(folder, memory, Values(folder)) if memory else None


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
        with (self.folder / REJECTED).open("wb") as rejected:
            rejected.writelines(self._record.said(known).rejected for known in sound)
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
        failed = [known for known in merged.documents if known.failure]
        write_memory(self._record, Index(self.made_with, self.order.with_ontology, (*sound, *failed), merged.joint, triples))
        return report

    @property
    def _record(self) -> Record:
        return self.merger.record

    def _whole(self, merged: Merged) -> tuple[list[Known], int]:
        """The documents with what the files hold of each, and how many triples there are."""
        with TemporaryFile(dir=self.folder) as text:
            with Sorter(self.folder) as sorter:
                for known in merged.sound:
                    sorter.add(self._lines(known, self._record))
                every = merge_runs((*sorter.runs(), self._record.blocks(merged.joint)))
                build_store(self.folder / STORE, _copied(every, text), self._rules(), self.order.ontology)
            compact_store(self.folder / STORE)
            store = open_store(self.folder)
            triples = self._write_graph(text, store)
        maker = RowMaker(store.select)
        with (self.folder / CLAIMS_FILE).open("wb") as claims:
            return [self._with_claims(known, maker, claims) for known in merged.sound], triples

    def _write_graph(self, text: IO[bytes], store: Store) -> int:
        """Write the lines of a file, which are sorted, and what the rules of a store have added; gives how many they are."""
        triples = 0

        def counted(blocks: Iterable[Block]) -> Iterator[Block]:
            nonlocal triples
            for block in blocks:
                triples += len(block)
                yield block

        with Sorter(self.folder) as derived, Sorter(self.folder) as known:
            derived.add(line.encode() for line in store.derived_lines())
            data = counted(merge_runs((blocks(text, 0, text.tell()), iter(derived))))
            if self.order.with_ontology:
                known.add(line.encode() for line in store.ontology_lines())
            lines = (line for block in merge_runs((data, iter(known))) for line in joined(block).decode().split("\n")[:-1])
            self._write_text(turtle_pieces(lines, self._names()))
        return triples

    def _with_claims(self, known: Known, maker: RowMaker, file: IO[bytes]) -> Known:
        """A document whose rows have been written."""
        rows = maker.rows(self.merger.own_lines(known).decode().split("\n"))
        length = file.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
        return known._replace(told=known.told._replace(length=length, claims=Counter(row["rel"] for row in rows)))

    def _from(self, merged: Merged, last: Last) -> tuple[list[Known], int]:
        """The same, from the files of the last build and what is not as it was."""
        before = {known.name: known for known in last.memory.documents if not known.failure}
        after = {known.name: known for known in merged.sound}
        changed = _changed(before, after)
        removed, added = self._changes(changed, before, after, merged, last)
        change = update_store(last.folder / STORE, self.folder / STORE, removed, added, self._rules())
        store = open_store(self.folder)
        subjects = store.lines_of(change.subjects, with_ontology=self.order.with_ontology)
        with (last.folder / GRAPH).open(encoding="utf-8", newline="\n") as graph:
            self._write_text(spliced(graph, subjects, self._names()))
        maker = RowMaker(store.select)
        starts = dict(_starts(last.memory))
        sound = []
        with (last.folder / CLAIMS_FILE).open("rb") as rows, (self.folder / CLAIMS_FILE).open("wb") as claims:
            for known in merged.sound:
                if known.name in changed:
                    sound.append(self._with_claims(known, maker, claims))
                else:
                    rows.seek(starts[known.name])
                    claims.write(rows.read(known.told.length))
                    sound.append(known)
        return sound, last.memory.triples + change.more

    def _changes(
        self, changed: Iterable[str], before: Mapping[str, Known], after: Mapping[str, Known], merged: Merged, last: Last
    ) -> tuple[list[str], list[str]]:
        """The lines that are no longer in the graph where some documents have changed, and those that are new."""
        old = {line for name in changed if name in before for line in self._lines(before[name], last.values)}
        new = {line for name in changed if name in after for line in self._lines(after[name], self._record)}
        gone, come = old - new, new - old
        lost, found = parted(last.values.blocks(last.memory.joint), self._record.blocks(merged.joint))
        for block in self._record.blocks(merged.joint):
            gone.difference_update(block)
        for block in last.values.blocks(last.memory.joint):
            come.difference_update(block)
        gone |= lost - new
        come |= found - old
        for known in (known for name, known in after.items() if name not in changed):
            gone.difference_update(self._record.said(known).common.split(b"\n"))
        return _decoded(gone), _decoded(come)

    def _lines(self, known: Known, values: Values) -> Iterator[bytes]:
        """All lines that a document gives, as a memory has it."""
        texts = (self.merger.own_lines(known), values.said(known).common, values.get(known.further))
        return (line for text in texts if text for line in text.split(b"\n"))

    def _write_text(self, pieces: Iterable[str]) -> None:
        with (self.folder / GRAPH).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)

    def _rules(self) -> list[Path]:
        return sorted((self.order.ontology / "rules").glob("*.rq"))

    def _names(self) -> dict[str, str]:
        return NAMESPACES | data_namespaces(self.order.base)


def _few(merged: Merged, memory: Index) -> bool:
    before = {known.name: known for known in memory.documents if not known.failure}
    changed = _changed(before, {known.name: known for known in merged.sound})
    return len(changed) * _FEW <= len(before) or len(changed) == 1


def _changed(before: Mapping[str, Known], after: Mapping[str, Known]) -> list[str]:
    """The names of the documents that do not give what they gave."""

    def of(known: Known | None) -> object:
        return known and (known.key, known.view, known.named)

    return sorted(name for name in {**before, **after} if of(before.get(name)) != of(after.get(name)))


def _copied(lines: Iterable[Block], file: IO[bytes]) -> Iterator[str]:
    """Lines as they stand in a file, in pieces, each of which is also written to one."""
    for block in lines:
        text = joined(block)
        file.write(text)
        yield text.decode()


def _decoded(lines: Iterable[bytes]) -> list[str]:
    return [line.decode() for line in lines]


def _starts(memory: Index) -> Iterator[tuple[str, int]]:
    """Where the rows of each document begin in claims.jsonl, in bytes."""
    start = 0
    for known in memory.documents:
        yield known.name, start
        start += known.told.length


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(sorted(total.items()))
