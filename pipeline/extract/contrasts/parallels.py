"""Contrasts in parallel words: 甲以P为基础，…乙以Q为基础; “东部高、西部低”; 占比为6%，低于乙国的9%; 甲是…的P；乙是…的Q."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from pipeline.extract.contrasts.comparatives import opposed
from pipeline.extract.contrasts.sides import Contrast, Side, alike, clauses_of, past_leads, side_at
from pipeline.extract.reader import Reader
from pipeline.model import Span
from pipeline.patterns import lazy

_TAKEN_AS = lazy(
    r"以(?P<v>[^，。；！？\n]{2,60}?(?:（[^（）]{1,60}）[^，。；！？\n]{0,30})?)为(?P<d>(?:主要)?[\u4e00-\u9fff]{2,4})(?=[，。；、]|$)"
)
_HAN = "[\u4e00-\u9fff]"
_OPPOSED = lazy(rf"(?<!{_HAN})(?P<a>{_HAN}{{2,6}})(?P<x>{_HAN})、(?P<b>{_HAN}{{2,6}}?)(?P<y>{_HAN})(?=[”\"，。；等的])")
_FIGURE = rf"(?:约|近|超过?)?\d[\d.,]*\s*(?:%|％|万|亿|元|个百分点)?{_HAN}{{0,4}}?(?:以上|以下|左右)?"
_BEFORE_IT = lazy(
    rf"(?P<d>[\u4e00-\u9fffA-Za-z&\s]{{2,20}}?)(?:仅?为|达到?|是|仅)\s*(?P<v>{_FIGURE})[，,]\s*[①-⑳]?[远明显著大略均也都]*$"
)
_BEHIND_IT = lazy(
    rf"(?P<b>{_HAN}{{2,10}}?)(?:普遍|平均|的|约|同期)*\s*(?P<w>{_FIGURE})的?(?:水平|平均水平)?(?=[，。；①-⑳])"
)
_WINDOW = 60  # characters before a verb that sets two figures beside each other
_OF_IT = r"[^，。；！？\n是]{4,40}"
_COPULAS = lazy(
    rf"是(?P<p>{_OF_IT})的{_HAN}{{2,10}}[，；]而?(?P<b>{_HAN}{{2,10}})是(?P<q>{_OF_IT})的{_HAN}{{2,10}}(?=[，。；])"
)
_NAME_BEFORE = lazy(rf"{_HAN}{{2,10}}$")


def copulas(reader: Reader) -> Iterator[Contrast]:
    """甲是竞争激烈、空间狭小的P；乙是竞争缓和、前景广阔的Q: what both say of the same noun."""
    for found in _COPULAS.finditer(reader.text):
        name = _NAME_BEFORE.search(reader.text, max(0, found.start() - 10), found.start())
        if name is None or reader.is_aside(found.start()):
            continue
        a, b = Side(*name.span(), name.end()), Side(*found.span("b"), found.end("b"))
        if alike(reader, a, b):
            second = {reader.text[slice(*noun)]: (noun, value) for noun, value in _of_nouns(reader, *found.span("q"))}
            for noun, value in _of_nouns(reader, *found.span("p")):
                same = second.get(reader.text[slice(*noun)])
                if same:
                    yield Contrast(same[0], a, b, value, same[1], "contrast.copulas")


def _of_nouns(reader: Reader, start: int, end: int) -> Iterator[tuple[Span, Span]]:
    """The members of a list with the noun that each begins with, and what it says of it."""
    at = start
    for stop in [*(at for at in range(start, end) if reader.text[at] == "、"), end]:
        tokens = reader.tokens(at, stop)
        if len(tokens) > 1 and tokens[0].tag[0] in "nv" and tokens[0].end - tokens[0].start > 1:
            yield Span(tokens[0].start, tokens[0].end), Span(tokens[0].end, stop)
        at = stop + 1


def degrees(reader: Reader) -> Iterator[Contrast]:
    """D存在“甲高、乙低”…: two opposite words, and what they are said of."""
    text, opposites = reader.text, opposed(reader)
    for found in _OPPOSED.finditer(text):
        if opposites.get(found["x"]) != found["y"] or reader.is_aside(found.start()):
            continue
        clause = reader.clause(found.start())
        had = next((at for at in range(clause.start + 2, found.start()) if reader.word_at(at, "states_of")), None)
        if had is not None:
            dimension = Span(clause.start, had - (text[had - 1] in "还也仍均都"))
            a, b = (Side(*found.span(side), found.end(side)) for side in "ab")
            yield Contrast(dimension, a, b, Span(*found.span("x")), Span(*found.span("y")), "contrast.degrees")


def figures(reader: Reader) -> Iterator[Contrast]:
    """某国的D为6%，低于乙国的9%."""
    text = reader.text
    words = reader.wording.lexicon.get("exceeding", frozenset())
    for verb in re.finditer("|".join(sorted(words)), text) if words else ():
        first = _BEFORE_IT.search(text, max(0, verb.start() - _WINDOW), verb.start())
        second = _BEHIND_IT.match(text, verb.end()) if first else None
        if first is None or second is None or reader.is_aside(verb.start()):
            continue
        a = _measured(reader, first.start("d"), first.start("v"))
        b = Side(*second.span("b"), second.end("b"))
        dimension = Span(_past(reader, first.start("d"), first.end("d")), first.end("d"))
        if a and dimension.end > dimension.start + 1:
            yield Contrast(dimension, a, b, Span(*first.span("v")), Span(*second.span("w")), "contrast.figures")


def _measured(reader: Reader, start: int, value: int) -> Side | None:
    """What is measured: the place last named before the value in its sentence, 我国 too."""
    sentence = reader.sentence(start)
    places = [mention for mention in reader.mentions(sentence.start, value) if mention.kind == "Place"]
    at = reader.text.rfind("我国", sentence.start, value)
    if places and places[-1].start > at:
        return Side(places[-1].start, places[-1].end, value)
    return Side(at, at + 2, value) if at >= 0 else None


def _past(reader: Reader, start: int, end: int) -> int:
    """Where the name of a quantity begins, past a date and a place before it."""
    unit = max(reader.text.rfind(unit, start, end) for unit in ("年", "月"))
    start = unit + 1 if unit >= 0 else start
    place = next(
        (mention.end for mention in reader.mentions(start, end) if mention.kind == "Place" and mention.start == start), 0
    )
    start = place or (start + 2 if reader.text.startswith("我国", start) else start)
    return start + reader.text.startswith("的", start)


class _Taken(NamedTuple):
    """What a thing has as a noun: 以〔value〕为〔noun〕."""

    side: Side
    value: Span
    noun: Span


def taken_as(reader: Reader) -> Iterator[Contrast]:
    """甲以P为基础、以Q为特征; 乙以R为基础、以S为特征: what two things of one kind have as the same two nouns."""
    things: dict[str, dict[str, _Taken]] = defaultdict(dict)
    for found in _TAKEN_AS.finditer(reader.text):
        side = _subject(reader, found.start()) if not reader.is_aside(found.start()) else None
        if side:
            name = reader.text[side.start : side.end]
            things[name].setdefault(found["d"], _Taken(side, Span(*found.span("v")), Span(*found.span("d"))))
    several = [taken for taken in things.values() if len(taken) > 1]
    for first, second in combinations(several, 2):
        shared = [noun for noun in first if noun in second]
        if len(shared) > 1 and alike(reader, first[shared[0]].side, second[shared[0]].side):
            for noun in shared:
                a, b = first[noun], second[noun]
                yield Contrast(b.noun, a.side, b.side, a.value, b.value, "contrast.taken_as")


def _subject(reader: Reader, position: int) -> Side | None:
    """The thing that the sentence of `position` begins with: a noun phrase before a verb, or a known name before a comma."""
    sentence = reader.sentence(position)
    clause = next(clauses_of(reader, sentence.start, position + 1), None)
    side = side_at(reader, clause) if clause else None
    if side or clause is None:
        return side
    start = past_leads(reader, clause)
    name = next((mention for mention in reader.mentions(start, clause.end) if mention.start == start), None)
    return Side(name.start, name.end, name.end) if name else None
