"""The marks of notes in the running text: [3], [2,5-7], ①. Reading takes them out of the text; the source has them.

A mark tells where a work of the list is cited, and, where a document has lost its list, that the name before it is an author's:
2010年，Katz等[12]测算了….
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.references.in_text import names_before
from pipeline.extract.references.work import Reference, Work
from pipeline.model import Span
from pipeline.patterns import lazy
from pipeline.read.document import labels

_MARK = lazy(r"[\[［〔]\s*(?P<numbers>\d{1,3}(?:\s*[-–—,，、]\s*\d{1,3})*)\s*[\]］〕]")
_YEAR_FIRST = lazy(r"(?P<year>(?:19|20)\d\d)年[，,]?\s*\Z")
_NUMBER = 8  # characters of the number before an entry
_LONGEST = 120  # characters of a clause that is quoted


class Mark(NamedTuple):
    """Where a mark hung in the text, and its numbers."""

    at: int
    numbers: tuple[str, ...]


def marks(reader: Reader) -> Iterator[Mark]:
    """The bracketed numbers of the running text, in order: those that were taken out, and those that were left in."""
    document = reader.document
    if not any(sign in document.source for sign in "[［〔"):
        return
    found = [
        Mark(start, _numbers(mark["numbers"]))
        for start, mark in _taken_out(document.source, document.offsets.text_starts, document.offsets.source_starts)
    ]
    found += [Mark(mark.start(), _numbers(mark["numbers"])) for mark in _MARK.finditer(reader.text)]
    yield from (mark for mark in sorted(found) if mark.at > 0 and not reader.is_aside(mark.at - 1))


def _taken_out(source: str, texts: Sequence[int], sources: Sequence[int]) -> Iterator[tuple[int, re.Match[str]]]:
    """Each mark in the source between two runs of the text, and where in the text it stood."""
    for run in range(1, len(texts)):
        begin = sources[run - 1] + texts[run] - texts[run - 1]
        if sources[run] - begin > 2 and (mark := _MARK.search(source, begin, sources[run])):
            yield texts[run], mark


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(labels(f"[{re.sub('[—–]', '-', text).replace(' ', '')}]"))


def places(reader: Reader, listed: Mapping[str, Work], spans: Sequence[Span]) -> Iterator[Reference]:
    """Where the running text cites the works of a numbered list; `listed` are the works by their numbers, `spans` the entries."""
    within = {at for span in spans for at in range(span.start - _NUMBER, span.end + 1)}
    for mark in marks(reader):
        if mark.at in within:
            continue
        clause = reader.clause(mark.at - 1)
        end = clause.end if clause.end > mark.at or reader.text[mark.at : mark.at + 1] in ("", "\n") else mark.at + 1
        works = [listed[number] for number in mark.numbers if number in listed]
        if 3 < end - clause.start <= _LONGEST:
            yield from (Reference(work, clause.start, end, "cites.marked") for work in works)


def years_first(reader: Reader) -> Iterator[Reference]:
    """2010年，Katz等[12]: an author with a mark behind the name and the year before it."""
    for mark in marks(reader):
        people = names_before(reader, mark.at)
        year = _YEAR_FIRST.search(reader.text, max(0, people.start - 8), people.start) if people else None
        if people and year:
            yield Reference(
                Work(None, people.names, year["year"], others=people.others), year.start(), mark.at, "cites.year_first"
            )
