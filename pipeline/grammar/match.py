"""Where a production stands in a sentence: its words in their order, and the stretches that its slots take.

Every word of a form is one bit: a form is tried only in a sentence that has all its bits, at each place of its rarest word. From
there it is read to the right and to the left, by one procedure: the left is read as the right of the mirrored sentence, in which
offsets are negative.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from pipeline.grammar.form import Edge, Part, Word
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
        at = bisect_left(self.marks, position)
        end = self.marks[at] if at < len(self.marks) else self.marks[-1]
        return end if end - position < LONGEST else position + LONGEST


class Sentence:
    """The words of a sentence that productions look for, in order, none within another; `bits` are those of each."""

    def __init__(self, span: Span, words: Sequence[Cue], bits: Sequence[int], marks: Sequence[int]) -> None:
        self.words = words
        self.bits = bits
        self.missing = ~reduce(or_, bits, 0)  # the bits that no word has
        self._span = span
        self._marks = marks

    @cached_property
    def right(self) -> _Side:
        """The sentence as it reads."""
        words, marks, (start, end) = self.words, self._marks, self._span
        ends = marks[bisect_left(marks, start) : bisect_left(marks, end)]
        return _Side([word[0] for word in words], [word[1] for word in words], self.bits, [*ends, end])

    @cached_property
    def left(self) -> _Side:
        """The sentence in the mirror."""
        starts, ends, bits, marks = self.right
        mirrored = [-1 - mark for mark in marks[-2::-1]]
        return _Side(
            [-end for end in reversed(ends)], [-start for start in reversed(starts)], bits[::-1], [*mirrored, -self._span.start]
        )


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
            rest = _word(bits[part.classes], tuple(SIGNALS & part.classes), rest)
        elif isinstance(part, Edge):
            rest = _edge(rest)
        elif isinstance(following, Word):
            rest = _slot_to_word(part.name, bits[following.classes], rest)
        else:
            rest = _slot_to_edge(part.name, rest)
        following = part
    return rest


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
    """A form of a rule as it is tried at a word that has the bit `key`, in a sentence that has all of `needs`."""

    rule: Rule
    key: int
    told: Sequence[str]
    needs: int
    right: _Follows
    left: _Follows

    def at(self, index: int, sentence: Sentence) -> Reading | None:
        """Its reading with the key at words[index]."""
        start, end = sentence.words[index][:2]
        right: _Slots = []
        last = self.right(sentence.right, end, index + 1, right)
        if last is None:
            return None
        left: _Slots = []
        first = self.left(sentence.left, -start, len(sentence.words) - index, left)
        if first is None:
            return None
        slots = {name: Span(-to, -begin) for name, begin, to in reversed(left)}
        for name in self.told:
            slots[name] = Span(start, end)
        for name, begin, to in reversed(right):
            slots[name] = Span(begin, to)
        return Reading(self.rule, -first, last, slots)


class Rules:
    """The productions of an ontology by the words that they are tried at: few of them can stand in a sentence."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        forms = [(rule, form) for rule in rules for form in rule.forms]
        classes = dict.fromkeys(part.classes for _, form in forms for part in form.parts if isinstance(part, Word))
        self._bits = {names: 1 << at for at, names in enumerate(classes)}
        self._forms = [_form(rule, form, self._bits) for rule, form in forms]
        self._of_classes: dict[tuple[str, ...], int] = {}
        self._tried = {name: _Tried(self._forms, name) for name in {"", *(rule.relation for rule in rules)}}

    def bits(self, words: Sequence[Cue]) -> list[int]:
        """The bits of each word."""
        for classes in {word[3] for word in words} - self._of_classes.keys():
            self._of_classes[classes] = sum(bit for names, bit in self._bits.items() if not names.isdisjoint(classes))
        return [self._of_classes[word[3]] for word in words]

    def readings(self, sentence: Sentence, relation: str = "") -> Iterator[Reading]:
        """Every place in a sentence at which a rule stands, of one relation or any, in the order of the rules, one for each place
        of its key, in order; of the forms of a rule the first that stands.
        """
        missing, tried = sentence.missing, self._tried.get(relation)
        if tried is None:
            return
        places = [(order, at) for at, bits in enumerate(sentence.bits) for order, needs in tried[bits] if not needs & missing]
        stood, before = None, -1
        for order, at in sorted(places):
            form = self._forms[order]
            reading = form.at(at, sentence) if form.rule is not stood or order == before else None
            if reading:
                stood, before = form.rule, order
                yield reading


class _Tried(dict[int, Sequence[tuple[int, int]]]):
    """The forms of a relation, or of any, that are tried at a word, by its bits: the index of each, and what it needs."""

    def __init__(self, forms: Sequence[_Form], relation: str) -> None:
        self._forms = [(at, form) for at, form in enumerate(forms) if relation in ("", form.rule.relation)]

    def __missing__(self, bits: int) -> Sequence[tuple[int, int]]:
        self[bits] = [(at, form.needs) for at, form in self._forms if form.key & bits]
        return self[bits]


def _form(rule: Rule, form: Form, bits: Mapping[frozenset[str], int]) -> _Form:
    words = [part for part in form.parts if isinstance(part, Word)]
    key = form.parts[form.key]
    assert isinstance(key, Word)
    needs = reduce(or_, (bits[word.classes] for word in words))
    right, left = _compiled(form.parts[form.key + 1 :], bits), _compiled(form.parts[: form.key][::-1], bits)
    return _Form(rule, bits[key.classes], tuple(SIGNALS & key.classes), needs, right, left)


def slots_of(rule: Rule) -> Mapping[str, str]:
    """The slots of a rule with their types."""
    return rule.slots
