"""Where a production stands in a sentence: its words in their order, and the stretches that its slots take."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pipeline.grammar.form import Edge, Part, Slot, Word
from pipeline.grammar.rules import SIGNALS, Form, Rule
from pipeline.model import Cue, Span

LONGEST = 500  # characters that a slot may take, as many as a clause of prose may have


class Reading(NamedTuple):
    """A production that stands at text[start:end]; `slots` are the stretches of its slots, not yet read, and the
    words that signal a facet ("noun", "verb").
    """

    rule: Rule
    start: int
    end: int
    slots: Mapping[str, Span]


class Sentence:
    """The words of a sentence that productions look for, in order, and the marks that bound its clauses."""

    def __init__(self, text: str, span: Span, words: Sequence[Cue], marks: Sequence[int]) -> None:
        self.text = text
        self.span = span
        self.words = words
        self._starts = [word.start for word in words]
        self._marks = marks[bisect_left(marks, span.start) : bisect_left(marks, span.end)]
        self.by_class: dict[str, list[Cue]] = {}
        for word in words:
            for name in word.signals:
                self.by_class.setdefault(name, []).append(word)

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        return sorted((word.end, at) for at, word in enumerate(self.words))

    def lacks(self, classes: frozenset[str]) -> bool:
        """Whether no word is of any of the classes."""
        return classes.isdisjoint(self.by_class)

    def of(self, classes: frozenset[str]) -> Sequence[Cue]:
        """The words of any of the classes, in order."""
        found = [self.by_class[name] for name in classes if name in self.by_class]
        return found[0] if len(found) == 1 else sorted({word for words in found for word in words})

    def starting(self, position: int) -> Iterator[Cue]:
        """The words that begin at `position`."""
        at = bisect_left(self._starts, position)
        while at < len(self.words) and self.words[at].start == position:
            yield self.words[at]
            at += 1

    def ending(self, position: int) -> Iterator[Cue]:
        """The words that end at `position`."""
        at = bisect_left(self._ends, (position, -1))
        while at < len(self._ends) and self._ends[at][0] == position:
            yield self.words[self._ends[at][1]]
            at += 1

    def after(self, position: int, limit: int) -> Iterator[Cue]:
        """The words that begin after `position`, up to `limit`, the nearest first."""
        at = bisect_right(self._starts, position)
        while at < len(self.words) and self.words[at].end <= limit:
            yield self.words[at]
            at += 1

    def before(self, position: int, limit: int) -> Iterator[Cue]:
        """The words that end before `position`, down to `limit`, the nearest first."""
        at = bisect_left(self._ends, (position, -1)) - 1
        while at >= 0 and self.words[self._ends[at][1]].start >= limit:
            yield self.words[self._ends[at][1]]
            at -= 1

    def clause_start(self, position: int) -> int:
        """Where the clause begins that `position` is in, or ends."""
        at = bisect_left(self._marks, position) - 1
        return max(self._marks[at] + 1 if at >= 0 else self.span.start, position - LONGEST)

    def clause_end(self, position: int) -> int:
        """Where the clause ends that `position` is in."""
        at = bisect_left(self._marks, position)
        return min(self._marks[at] if at < len(self._marks) else self.span.end, position + LONGEST)


class Rules:
    """Rules by the classes of the words that they are tried at: few of them can stand in a sentence."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._by_key: dict[str, list[int]] = {}
        for order, rule in enumerate(rules):
            for name in {name for form in rule.forms for name in form.wants[0]}:
                self._by_key.setdefault(name, []).append(order)

    def readings(self, sentence: Sentence) -> Iterator[Reading]:
        """Every place in a sentence at which a rule stands, in the order of the rules."""
        for order in sorted({order for name in sentence.by_class for order in self._by_key.get(name, ())}):
            yield from readings(self._rules[order], sentence)


def readings(rule: Rule, sentence: Sentence) -> Iterator[Reading]:
    """Every place in a sentence at which a rule stands, one for each place of its key, in order."""
    for form in rule.forms:
        if any(map(sentence.lacks, form.wants)):
            continue
        found = False
        for word in sentence.of(form.wants[0]):
            reading = _at(rule, form, word, sentence)
            if reading:
                found = True
                yield reading
        if found:
            return


def _at(rule: Rule, form: Form, word: Cue, sentence: Sentence) -> Reading | None:
    """The form with its key at `word`."""
    parts, key = form.parts, form.key
    right = next(_right(parts, key + 1, word.end, sentence), None)
    left = next(_left(parts, key - 1, word.start, sentence), None) if right else None
    if not left or not right:
        return None
    return Reading(rule, left[0], right[0], {**left[1], **_told(parts[key], word), **right[1]})


_Rest = tuple[int, dict[str, Span]]  # where it ends, and its slots


def _right(parts: Sequence[Part], at: int, position: int, sentence: Sentence) -> Iterator[_Rest]:
    """The ways in which parts[at:] stand from `position` on, the shortest slots first."""
    if at == len(parts):
        yield position, {}
        return
    part, limit = parts[at], sentence.clause_end(position)
    if isinstance(part, Edge):
        if part.end and limit == position:
            yield from _right(parts, at + 1, position, sentence)
    elif isinstance(part, Word):
        for word in sentence.starting(position):
            if _stands(part, word):
                for last, slots in _right(parts, at + 1, word.end, sentence):
                    yield last, {**_told(part, word), **slots}
    else:
        following = parts[at + 1] if at + 1 < len(parts) else None
        if isinstance(following, Word):
            ends = [word.start for word in sentence.after(position, limit + 1) if _stands(following, word)]
        else:
            ends = [limit] if limit > position else []
        for end in ends:
            for last, slots in _right(parts, at + 1, end, sentence):
                yield last, {part.name: Span(position, end), **slots}


def _left(parts: Sequence[Part], at: int, position: int, sentence: Sentence) -> Iterator[_Rest]:
    """The ways in which parts[: at + 1] stand up to `position`, the shortest slots first."""
    if at < 0:
        yield position, {}
        return
    part, limit = parts[at], sentence.clause_start(position)
    if isinstance(part, Edge):
        if not part.end and limit == position:
            yield from _left(parts, at - 1, position, sentence)
    elif isinstance(part, Word):
        for word in sentence.ending(position):
            if _stands(part, word):
                for first, slots in _left(parts, at - 1, word.start, sentence):
                    yield first, {**_told(part, word), **slots}
    else:
        preceding = parts[at - 1] if at else None
        if isinstance(preceding, Word):
            starts = [word.end for word in sentence.before(position, limit - 1) if _stands(preceding, word)]
        else:
            starts = [limit] if limit < position else []
        for start in starts:
            for first, slots in _left(parts, at - 1, start, sentence):
                yield first, {part.name: Span(start, position), **slots}


def _told(part: Part, word: Cue) -> dict[str, Span]:
    """The word that signals a facet, as a slot of its own."""
    names = SIGNALS & part.classes if isinstance(part, Word) else ()
    return {name: Span(word.start, word.end) for name in names}


def _stands(part: Part, word: Cue) -> bool:
    return isinstance(part, Word) and not part.classes.isdisjoint(word.signals)


def slots_of(rule: Rule) -> dict[str, str]:
    """The slots of a rule with their types."""
    return {part.name: part.type for part in rule.forms[0].parts if isinstance(part, Slot)}
