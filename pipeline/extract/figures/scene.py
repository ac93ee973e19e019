"""What is in force where a figure stands: what the figures before it in the sentence were of, and whom the text speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extract.figures.clauses import Piece
from pipeline.extract.figures.distribution import distributed, members
from pipeline.extract.figures.grants import Grants
from pipeline.extract.figures.nouns import Nouns
from pipeline.extract.figures.patterns import Patterns
from pipeline.extract.figures.quantities import Quantities
from pipeline.extract.figures.speaker import Speaker
from pipeline.extract.figures.subjects import Subjects
from pipeline.extract.reader import Reader
from pipeline.model import Name, Span

Pair = tuple[Name | None, Name]  # of what, and the quantity; None where nothing says of what
_AMONG = "其中"
_KNOWN = ("Place", "Body", "Person")
_TOPIC_HOLDS = 3  # sentences for which a topic holds on
_FIELDS = ("Industry", "Technology")


class Figure(NamedTuple):
    """A figure as it was read: text[start:end] states it, `at` is where its number stands."""

    s: Name
    indicator: Name
    value: str
    unit: str
    bound: str
    change: bool
    start: int
    end: int
    at: int
    rule: str


@dataclass(slots=True)
class Told:
    """What the figures before in the sentence were of.

    `owner` is of whom the text goes on to speak. `pairs` are the quantities told last, whose first words begin at `start`,
    and `earlier` those before them; `shares` are the shares told last, of which what follows in the clause goes on. The name
    of what was counted last ends at `consumed`, and `verb` is what was done to it; `deed` opens the list of what was told
    last, and `over` is the quantity of whose parts the sentence goes on to tell. The last figure ends at `until`, and the
    last rank at `ranked`.
    """

    owner: Name | None = None
    pairs: tuple[Pair, ...] = ()
    earlier: tuple[Pair, ...] = ()
    start: int = 0
    shares: tuple[Pair, ...] = ()
    consumed: int = 0
    verb: str = ""
    deed: str = ""
    over: str = ""
    until: int = 0
    ranked: int = 0


@dataclass(slots=True)
class Scene:
    """One document as its figures are read, sentence by sentence; `topic` is of whom the paragraph told before."""

    reader: Reader
    patterns: Patterns
    speaker: Speaker
    nouns: Nouns
    subjects: Subjects
    quantities: Quantities
    grants: Grants
    sentence: Span = field(default=Span(0, 0))
    told: Told = field(default_factory=Told)
    whole: tuple[Pair, ...] = ()  # what the sentence before told last, of whose parts one that opens with 其中 tells
    topic: Name | None = None
    age: int = 0  # sentences since the topic was told of
    block: int = -1

    def enter(self, sentence: Span) -> None:
        """Go on to a sentence: what was told of before holds on in its paragraph."""
        known = self.told.owner if self.told.owner is not None and self.told.owner.kind in _KNOWN else None
        block = self.reader.block_index(sentence.start)
        self.age = 0 if known else self.age + 1
        self.topic = (known or self.topic) if block == self.block and self.age <= _TOPIC_HOLDS else None
        among = block == self.block and self.reader.text.startswith(_AMONG, sentence.start)
        self.whole = self.told.pairs[-1:] if among else ()
        self.block, self.sentence, self.told = block, sentence, Told()

    def owner(self, position: int, *, bare: bool = False, elided: bool = False) -> Name | None:
        """Of what a figure in the clause that begins at `position` is, whose own words do not say so; `bare` where it is of a
        quantity that must be that of something told before, `elided` where it is a deed whose doer a clause before may name.
        """
        told, speaker = self.told, self.speaker.who
        if speaker is not None:
            if bare and told.owner:
                return told.owner
            if bare and (doer := self._before(position)) and self.speaker.is_field(doer):
                return self.speaker.with_place(doer)  # 服务业支撑作用增强，增加值达到3亿元
            if self.topic and self.reader.text.startswith(_AMONG, self.sentence.start):
                return self.topic
            if self.speaker.for_place and self._is_elsewhere(position):
                return None
            return (self._doer_before(position) or speaker) if elided else speaker
        # A thing holds on for what is of it alone: for a deed whose doer is not named, or where it is one who does something.
        if told.owner is not None and (bare or elided or told.owner.kind in _KNOWN or self.subjects.is_doer(told.owner)):
            return told.owner
        whole = self.whole[-1][0] if self.whole and bare else None
        return self._subject_before(position) or self.topic or whole

    def _is_elsewhere(self, position: int) -> bool:
        """Whether the clauses before tell what another place does that is helped in it: 支持乙市建设枢纽，旅客吞吐量…"""
        reader, text = self.reader, self.reader.text
        at = max(self.sentence.start, text.rfind("；", self.sentence.start, position) + 1)
        while at < position:
            clause = reader.clause(at)
            begin = self.nouns.opening(Span(max(at, clause.start), max(at, clause.end)))
            length = reader.word_at(begin, "calls_on")
            within = reader.mentions(begin + length, clause.end) if length else ()
            places = (m for m in within if m.start == begin + length and m.kind == "Place" and m.end < clause.end)
            if any(self.speaker.who is None or place.label != self.speaker.who.label for place in places):
                return True
            at = max(clause.end, at) + 1
        return False

    def _doer_before(self, position: int) -> Name | None:
        """Who or what does what is told at a position, where the clause before names it: 乙镇奶站进展顺利，完成投资3万元."""
        subject = self._before(position) if self.speaker.for_place else None
        return subject if subject and self.subjects.is_work(subject) else None

    def _before(self, position: int) -> Name | None:
        """The subject of the clause right before one that begins at a position, where it tells no figure."""
        text, end = self.reader.text, position - 1
        if end <= self.sentence.start or text[end] not in "，,":
            return None
        clause = self.reader.clause(end - 1)
        start = max(clause.start, self.sentence.start)
        if start >= end or any(character.isdecimal() for character in text[start:end]):
            return None
        return self.subjects.of_clause(Span(start, end))

    def _subject_before(self, position: int) -> Name | None:
        """The subject of the clause that opened last with one, back to a semicolon."""
        reader, end = self.reader, position
        while end > self.sentence.start and reader.text[end - 1] not in "；。":
            if reader.text[end - 1] in "，、：,（）— ":
                end -= 1
                continue
            clause = reader.clause(end - 1)
            if clause.start >= end:
                return None
            subject = self.subjects.of_clause(Span(max(clause.start, self.sentence.start), min(clause.end, end)))
            if subject:
                return subject
            end = clause.start
        return None

    def _placed(self, owner: Name, position: int) -> Name:
        """A field of work as that of the place whose own words stand before it in the sentence: 全省投资增长…，其中制造业增长…"""
        who = self.speaker.who
        if owner.kind not in _FIELDS or (who is not None and who.kind == "Place"):
            return owner
        body = next((each for each in (who, self.told.owner, self.topic) if each and each.kind == "Body"), None)
        if body is not None:
            return self.speaker.placed(owner, body)
        at = self.sentence.start
        while at < position:
            clause = self.reader.clause(at)
            begin = self.nouns.opening(Span(max(at, clause.start), max(at, min(clause.end, position))))
            length = self.speaker.owns(begin, position)
            place = self.speaker.own(self.reader.text[begin : begin + length]) if length else None
            world = place is not None and self.reader.is_word(place.label, "whole_world")
            if place and place.kind == "Place" and (not world or position - begin in (0, length)):
                return self.speaker.placed(owner, place)
            at = max(clause.end, at) + 1
        return owner

    def stated(self, piece: Piece, pairs: Sequence[Pair], rule: str, start: int, end: int, *, change: bool) -> Iterator[Figure]:
        """A figure for each amount of a piece, of the quantity at its place in the list, or of the one that there is."""
        amounts = piece.amounts
        if len(amounts) == 1:
            each = [(amounts[0], *pair) for pair in pairs]
        elif len(pairs) == len(amounts):
            each = [(amount, *pair) for amount, pair in zip(amounts, pairs, strict=True)]
        elif len(pairs) == 1:
            each = [(amount, *pair) for amount, pair in zip(amounts, _apart(pairs[0], len(amounts)), strict=True)]
        else:
            return
        for amount, owner, name in each:
            if owner is not None and name.label:
                changed, whose = change or amount.unit == "番", self._placed(owner, start)
                yield Figure(whose, name, amount.value, amount.unit, amount.bound, changed, start, end, amount.number, rule)


def _apart(pair: Pair, count: int) -> list[Pair]:
    """A thing or a quantity that names several as so many, else itself as often: 甲国、乙国|份额, 收入与支出."""
    owner, name = pair
    owners = distributed(owner, count) if owner else ()
    return [(one, name) for one in owners] or [(owner, one) for one in members(name, count)] or [pair] * count
