"""Whose method a clause tells: the document's own, or that of the studies named in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.references import studies as cited_studies
from pipeline.extract.references.marks import marks
from pipeline.extract.references.work import Study
from pipeline.model import Name, Span
from pipeline.patterns import lazy

_STUDIES = ("paper",)  # kinds of documents that are studies themselves
_MAY_BE = ("article", "report", "other", "unknown")  # those that are where they call themselves so: 本文, 本研究


_BROKEN_MARK = lazy(r"[\[［]\s*\d")  # 李某[4: as recognised pages have it


class Whose(NamedTuple):
    """The studies that a clause tells of, and the stretch in which they are named; an empty one where that is not before it."""

    names: tuple[Name, ...]
    start: int
    end: int


class Studies:
    """The studies of a document: those that it cites, and itself."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._cited: Sequence[Study] = sorted(cited_studies(reader), key=attrgetter("start", "end"))
        self._starts = [study.start for study in self._cited]
        self._marks = [mark.at for mark in marks(reader)]
        kind = reader.document.kind
        self._is_study = kind in _STUDIES
        self._names = "own_studies" if self._is_study else "this_study"
        self.own = _own_name(reader) if kind in (*_STUDIES, *_MAY_BE) else None

    @property
    def any(self) -> bool:
        """Whether a method can be anyone's here."""
        return bool(self._cited or self.own)

    def of(self, position: int) -> Whose | None:
        """The studies of which the clause at `position` tells; None where it tells of none.

        Those named last before it in its sentence, side by side; else those in the brackets behind it, where the sentence names
        no doer or one that is not named (有学者); else the document, where it names itself or tells of its methods.
        """
        sentence = self._reader.sentence(position)
        cited = self._within(sentence)
        before = [study for study in cited if study.end <= position and not study.bracketed]
        own = self._says_own(Span(max(before[-1].end if before else sentence.start, position - _REACH), position))
        some = self._some(position, own if own is not None else sentence.start)
        if own is not None and self.own and not some:
            return Whose((self.own,), own, own)
        if before:
            first = _side_by_side(self._reader.text, before)
            return Whose(tuple(study.name for study in first), first[0].start, first[-1].end)
        behind = [study for study in cited if study.start > position and study.bracketed]
        if behind and self._is_of_others(Span(sentence.start, position), behind[0]):
            group = [study for study in behind if study.bracket == behind[0].bracket]
            return Whose(tuple(study.name for study in group), position, position)
        if some:
            return None
        if self.own and self._is_study and not cited and self._tells_of_methods(position, sentence):
            return Whose((self.own,), position, position)
        return None

    def _some(self, position: int, floor: int) -> Span | None:
        """The studies without a name (一些文献) that the clause of `position` tells of."""
        reader = self._reader
        clause = reader.clause(position)
        for at in range(max(clause.start, floor, position - _REACH), position):
            if size := reader.word_at(at, "some_studies"):
                return Span(at, at + size)
        return None

    def _within(self, sentence: Span) -> list[Study]:
        first = bisect_left(self._starts, sentence.start)
        return list(self._cited[first : bisect_left(self._starts, sentence.end, first)])

    def _says_own(self, span: Span) -> int | None:
        """Where the document names itself in a stretch."""
        reader = self._reader
        found = [at for at in range(span.start, span.end) if reader.word_at(at, self._names)]
        return found[0] if found else None

    def _is_of_others(self, before: Span, study: Study) -> bool:
        """Whether a sentence whose work stands in brackets tells of its method: it names no other doer before."""
        reader = self._reader
        words = reader.text[before.start : before.end]
        some = any(word in words for word in reader.wording.lexicon.get("some_studies", ()))
        return some or (len(words) <= _OPENING and study.start - before.end < _NEAR)

    def _tells_of_methods(self, position: int, sentence: Span) -> bool:
        """Whether a sentence without a doer tells of the document's own methods: in its abstract, or under such a heading."""
        reader = self._reader
        clause = reader.clause(position)
        marked = bisect_left(self._marks, sentence.start)
        if position - clause.start > _LEAD or marked < bisect_left(self._marks, sentence.end + 1):
            return False  # what a mark hangs on is told of others
        if _BROKEN_MARK.search(reader.text, sentence.start, sentence.end):
            return False
        if reader.word_at(position, "borrows"):
            return True
        block = reader.block(position)
        abstract = reader.document.abstract or ""
        if abstract and reader.text[sentence.start : sentence.start + 12] in abstract:
            return True
        return any(
            reader.holds(reader.text[heading.start : heading.end], "method_sections") for heading in reader.headings(block.start)
        )


_REACH = 160  # characters from the name of a study to its verb
_OPENING = 8  # characters before the verb in a sentence that opens with its method
_NEAR = 120  # characters from the verb to the work in brackets
_LEAD = 6  # characters before the verb in a clause without a doer: 首先, 具体而言


def _side_by_side(text: str, cited: Sequence[Study]) -> list[Study]:
    """The last of some studies, and those that stand in a list with it: 甲（2020）、乙和丙（2021）."""
    group = [cited[-1]]
    for study in reversed(cited[:-1]):
        if re.fullmatch(r"\s*(?:[、，和与及以]|以及)\s*", text[study.end : group[0].start]) is None:
            break
        group.insert(0, study)
    return group


def _own_name(reader: Reader) -> Name:
    title = reader.document.title or "本文"
    return Name(title, "Study", "本文", ("本文",) if title != "本文" else ())
