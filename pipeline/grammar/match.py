"""Where a production stands in a sentence: its words in their order, and the stretches that its slots take.

Every word of a form is one bit: a form is tried only in a sentence that has all its bits, at each place of its key. From there
it is read to the right and to the left, by one procedure: the left is read as the right of the mirrored sentence, in which
offsets are negative.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from pipeline.grammar.form import DATE, Edge, Part, Slot, Word
from pipeline.grammar.rules import HOLDS, HOLDS_A, SIGNALS, Form, Rule
from pipeline.model import Cue, Span

_TOLD = SIGNALS | {DATE}  # the classes of the words that are slots of their own
_tuple = tuple.__new__  # for what is made by the thousand: the call of a class takes twice as long
LONGEST = 500  # characters that a slot may take, as many as a clause of prose may have


class Reading(NamedTuple):
    """A production that stands at text[start:end]; `slots` are the stretches of its slots, not yet read, and the
    words that signal a facet ("noun", "verb"), and the date of its form ("date"); `types` say how each slot is read.
    """

    rule: Rule
    start: int
    end: int
    slots: Mapping[str, Span]
    types: Mapping[str, str]


class _Side(NamedTuple):
    """The words of a sentence in the order in which they are read: where each begins and ends, and its bits; `marks` are the
    ends of the clauses, the last that of the sentence.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    bits: Sequence[int]
    marks: Sequence[int]

    def clause_end(self, position: int) -> int:
        """Where the clause ends that `position` is in."""
        marks = self.marks
        at = bisect_left(marks, position)
        end = marks[at] if at < len(marks) else marks[-1]
        return end if end - position < LONGEST else position + LONGEST


class Sentence:
    """The words of a sentence that productions look for, in order, none within another, with the bits of each.

    `forms` are those of each relation that may stand in it, by their order; `marks` are the ends of the clauses of the text.
    """

    def __init__(
        self, span: Span, words: Sequence[Cue], bits: Sequence[int], forms: Mapping[str, Sequence[int]], marks: Sequence[int]
    ) -> None:
        self.words = words
        self.bits = bits
        self.forms = forms
        self._span = span
        self._marks = marks
        self._sides: tuple[_Side, _Side] | None = None
        self._places: dict[int, list[int]] = {}

    def sides(self) -> tuple[_Side, _Side]:
        """The sentence as it reads, and in the mirror."""
        if self._sides is None:
            start, end = self._span
            starts, ends = [word[0] for word in self.words], [word[1] for word in self.words]
            marks = self._marks[bisect_left(self._marks, start) : bisect_left(self._marks, end)]
            right = _Side(starts, ends, self.bits, [*marks, end])
            starts, ends = [-end for end in reversed(ends)], [-start for start in reversed(starts)]
            left = _Side(starts, ends, self.bits[::-1], [*(-1 - mark for mark in reversed(marks)), -start])
            self._sides = right, left
        return self._sides

    def places(self, key: int) -> Sequence[int]:
        """Which of the words have a bit; many forms ask for the same."""
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = [at for at, bits in enumerate(self.bits) if bits & key]
        return found


# How the rest of a form stands on a side from a position on, where words[at] is the next: where it ends, None where it does not
# stand. What fills its slots is put into the list, the farthest first.
_Slots = list[tuple[str, int, int]]
_Follows = Callable[[_Side, int, int, _Slots], int | None]


def _compiled(parts: Sequence[Part], bits: Mapping[frozenset[str], int]) -> _Follows:
    """What stands to the right of a word of a form; or to the left, from the word outwards."""
    rest: _Follows = _nothing
    following: Part | None = None
    for part in reversed(parts):
        if isinstance(part, Word):
            rest = _word(bits[part.classes], _told(part), _to(following, rest))
        elif isinstance(part, Slot) and isinstance(following, Word):
            rest = _slot_to_word(part.name, bits[following.classes], rest)
        elif isinstance(part, Slot):
            rest = _slot_to_edge(part.name, rest)
        following = part
    return _to(following, rest)


def _to(part: Part | None, rest: _Follows) -> _Follows:
    """What stands behind a word, whose next part may be an edge; a slot takes all up to the edge."""
    return _edge(rest) if isinstance(part, Edge) else rest


def _told(word: Word) -> Sequence[str]:
    """The slots that a word fills: of the facet that it signals, or of the date."""
    return tuple(name.lstrip("@") for name in _TOLD & word.classes)


def _nothing(side: _Side, position: int, at: int, slots: _Slots) -> int | None:
    """Nothing more has to stand."""
    return position


def _word(bit: int, told: Sequence[str], rest: _Follows) -> _Follows:
    """A word must stand at once; it fills the slots of what it signals."""

    def follows(side: _Side, position: int, at: int, slots: _Slots) -> int | None:
        starts, ends, bits, _ = side
        if at == len(starts) or starts[at] != position or not bits[at] & bit:
            return None
        end = rest(side, ends[at], at + 1, slots)
        if end is not None:
            for name in told:
                slots.append((name, position, ends[at]))
        return end

    return follows


def _edge(rest: _Follows) -> _Follows:
    """The clause must end."""

    def follows(side: _Side, position: int, at: int, slots: _Slots) -> int | None:
        return rest(side, position, at, slots) if side.clause_end(position) == position else None

    return follows


def _slot_to_edge(name: str, rest: _Follows) -> _Follows:
    """All that stands up to the end of the clause fills a slot."""

    def follows(side: _Side, position: int, at: int, slots: _Slots) -> int | None:
        edge = side.clause_end(position)
        end = rest(side, edge, at, slots) if edge > position else None
        if end is not None:
            slots.append((name, position, edge))
        return end

    return follows


def _slot_to_word(name: str, bit: int, rest: _Follows) -> _Follows:
    """What stands up to a word fills a slot: to the nearest with which the rest stands."""

    def follows(side: _Side, position: int, at: int, slots: _Slots) -> int | None:
        starts, ends, bits, _ = side
        limit = side.clause_end(position) + 1  # the mark that ends the clause may be the word
        for index in range(at, len(starts)):
            if ends[index] > limit:
                return None
            if bits[index] & bit and starts[index] > position:
                end = rest(side, starts[index], index, slots)
                if end is not None:
                    slots.append((name, position, starts[index]))
                    return end
        return None

    return follows


class _Form(NamedTuple):
    """A form of a rule as it is tried at a word that has the bit `key`, in a sentence that has all of `needs`, of which `rarest`
    comes most seldom.
    """

    rule: Rule
    relation: str
    key: int
    rarest: int
    told: Sequence[str]
    needs: int
    types: Mapping[str, str]
    right: _Follows
    left: _Follows

    def at(self, index: int, ahead: _Side, behind: _Side) -> Reading | None:
        """Its reading with the key at words[index] of a sentence, which `ahead` has as it reads and `behind` in the mirror."""
        start, end = ahead.starts[index], ahead.ends[index]
        right: _Slots = []
        last = self.right(ahead, end, index + 1, right)
        if last is None:
            return None
        left: _Slots = []
        first = self.left(behind, -start, len(ahead.starts) - index, left)
        if first is None:
            return None
        slots = {name: _tuple(Span, (-to, -begin)) for name, begin, to in reversed(left)}
        for name in self.told:
            slots[name] = _tuple(Span, (start, end))
        for name, begin, to in reversed(right):
            slots[name] = _tuple(Span, (begin, to))
        return _tuple(Reading, (self.rule, -first, last, slots, self.types))


class _Held(NamedTuple):
    """What a sentence must hold for some type of slot: so many marks or words that `pattern` finds; one bit, as for a word."""

    bit: int
    pattern: re.Pattern[str]
    least: int

    def stands(self, hits: Sequence[int], span: Span) -> bool:
        """Whether enough of the places at which it is found in a text are in a sentence."""
        first = bisect_left(hits, span.start) + self.least - 1
        return first < len(hits) and hits[first] < span.end


def _held(lexicon: Mapping[str, Iterable[str]], first: int) -> Iterator[_Held]:
    marks = [(re.compile(f"[{marks}]"), least) for marks, least in HOLDS.values()]
    words = [(re.compile("|".join(map(re.escape, sorted(lexicon.get(name, ())))) or "(?!)"), 1) for name in HOLDS_A.values()]
    for bit, (pattern, least) in enumerate((*marks, *words), first):
        yield _Held(1 << bit, pattern, least)


class Rules:
    """The productions of an ontology by the words that they are tried at: few of them can stand in a sentence."""

    def __init__(self, rules: Sequence[Rule], lexicon: Mapping[str, Iterable[str]]) -> None:
        forms = [(rule, form) for rule in rules for form in rule.forms]
        classes = dict.fromkeys(part.classes for _, form in forms for part in form.parts if isinstance(part, Word))
        self._bits = {names: 1 << at for at, names in enumerate(classes)}
        self._held = dict(zip((*HOLDS, *HOLDS_A), _held(lexicon, len(classes)), strict=True))
        self._forms = [_form(rule, form, self._bits, self._needed(rule)) for rule, form in forms]
        self._tried = _Tried(self._forms)
        self._of_classes = _OfClasses(self._bits)

    def sentences(self, text: str, spans: Sequence[Span], words: Sequence[Cue], marks: Sequence[int]) -> dict[int, Sentence]:
        """Sentences of a text by where they begin; `words` are those of the whole text, `marks` the ends of its clauses."""
        found, first, bits = {}, 0, [self._of_classes[word[3]] for word in words]
        starts = [word[0] for word in words]
        held = (
            [
                (held, [hit.start() for hit in held.pattern.finditer(text, spans[0].start, spans[-1].end)])
                for held in self._held.values()
            ]
            if spans
            else []
        )
        for span in spans:
            first = bisect_left(starts, span.start, first)
            last = bisect_left(starts, span.end, first)
            own = bits[first:last]
            missing = ~reduce(or_, own, sum(each.bit for each, hits in held if each.stands(hits, span)))
            found[span.start] = Sentence(span, words[first:last], own, self._standing(own, missing), marks)
        return found

    def readings(self, sentence: Sentence, relation: str, only: Sequence[str] = ()) -> Iterator[Reading]:
        """Every place in a sentence at which a rule of a relation stands, in the order of the rules, one for each place of its
        key, in order; of the forms of a rule the first that stands. `only` names the rules to try, where not all are.
        """
        orders = sentence.forms.get(relation)
        if orders is None:
            return
        stood, (ahead, behind) = None, sentence.sides()
        for order in orders:
            form = self._forms[order]
            if form.rule is stood or (only and form.rule.name not in only):
                continue
            for at in sentence.places(form.key):
                reading = form.at(at, ahead, behind)
                if reading:
                    stood = form.rule
                    yield reading

    def _needed(self, rule: Rule) -> int:
        """The bits of what a sentence must hold for a rule to be filled, whichever of its forms stands."""
        slots = [{part.type for part in form.parts if isinstance(part, Slot)} for form in rule.forms]
        return reduce(or_, (held.bit for kind, held in self._held.items() if all(kind in types for types in slots)), 0)

    def _standing(self, words: Sequence[int], missing: int) -> dict[str, list[int]]:
        """The forms of each relation that may stand where there are words with such bits, and others are missing."""
        tried = self._tried
        found: dict[str, list[int]] = {}
        for order in sorted({order for bits in {*words} for order, needs in tried[bits] if not needs & missing}):
            found.setdefault(self._forms[order].relation, []).append(order)
        return found


class _OfClasses(dict[tuple[str, ...], int]):
    """The bits of a word by its classes."""

    def __init__(self, bits: Mapping[frozenset[str], int]) -> None:
        self._bits = bits

    def __missing__(self, classes: tuple[str, ...]) -> int:
        self[classes] = sum(bit for names, bit in self._bits.items() if not names.isdisjoint(classes))
        return self[classes]


class _Tried(dict[int, Sequence[tuple[int, int]]]):
    """The forms of which a word is the rarest, by its bits: the order of each, and what it needs."""

    def __init__(self, forms: Sequence[_Form]) -> None:
        self._forms = forms

    def __missing__(self, bits: int) -> Sequence[tuple[int, int]]:
        self[bits] = [(order, form.needs) for order, form in enumerate(self._forms) if form.rarest & bits]
        return self[bits]


def _form(rule: Rule, form: Form, bits: Mapping[frozenset[str], int], held: int) -> _Form:
    words = {at: part.classes for at, part in enumerate(form.parts) if isinstance(part, Word)}
    key, rarest = bits[words[form.key]], bits[words[form.rarest]]
    needs = reduce(or_, (bits[classes] for classes in words.values()), held)
    right, left = _compiled(form.parts[form.key + 1 :], bits), _compiled(form.parts[: form.key][::-1], bits)
    return _Form(rule, rule.relation, key, rarest, _told(Word(words[form.key])), needs, form.slots, right, left)
