"""Contrasts whose dimension is named: 就成本而言，甲…；乙…; 甲在规模方面…，而乙…; 甲侧重P，乙侧重Q."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.extract.contrasts.sides import Contrast, Side, alike, clauses_of, side_at
from pipeline.extract.reader import Reader
from pipeline.model import Span
from pipeline.patterns import lazy

_FRAME = lazy(
    r"[就在从](?P<d>[\u4e00-\u9fffA-Za-z、]{2,14}?)(?:上|的角度|方面|层面)?(?:而言|来看|来说|来讲|方面|层面|上|看)[，,]"
)
_WITHIN = lazy(r"[在就](?P<d>[\u4e00-\u9fff、]{2,16}?)等?(?:方面|层面)")
_TURNS = lazy("[，,；;][而但](?=[\u4e00-\u9fff])")


def framed(reader: Reader) -> Iterator[Contrast]:
    """就D而言，A…；B…: one frame up to the next, or to the end of its sentence. Where one frame of a sentence does not begin with
    its sides, they are those of the others."""
    text = reader.text
    frames = [f for f in _FRAME.finditer(text) if not reader.is_aside(f.start()) and _is_dimension(reader, f)]
    named: dict[Span, tuple[str, str]] = {}
    nameless: list[tuple[re.Match[str], int, Span]] = []
    for at, frame in enumerate(frames):
        sentence = reader.sentence(frame.start())
        end = min(sentence.end, frames[at + 1].start()) if at + 1 < len(frames) else sentence.end
        pair = _two_sides(reader, frame.end(), end, apart=text[frame.start()] == "在")
        if pair:
            a, b, between = pair
            named[sentence] = text[a.start : a.end], text[b.start : b.end]
            yield Contrast(Span(*frame.span("d")), a, b, Span(a.value, between), Span(b.value, end), "contrast.framed")
        else:
            nameless.append((frame, end, sentence))
    for frame, end, sentence in nameless:
        found = _of_names(reader, frame, end, named[sentence]) if sentence in named else None
        if found:
            yield found


def _is_dimension(reader: Reader, frame: re.Match[str]) -> bool:
    return not reader.word_at(frame.start("d"), "no_dimensions")


def frame_before(reader: Reader, position: int) -> Span | None:
    """The dimension of a frame that ends at `position`."""
    frame = next((f for f in _FRAME.finditer(reader.text, max(0, position - 24), position) if f.end() == position), None)
    return Span(*frame.span("d")) if frame and _is_dimension(reader, frame) else None


def _two_sides(reader: Reader, start: int, end: int, *, apart: bool) -> tuple[Side, Side, int] | None:
    """The side that text[start:end] begins with, a later one that is of its kind, and where the clauses of the first end. The
    later one stands behind a semicolon or 而, or in the next clause; not so where they must stand `apart`, since 在…方面 names a
    field more often than a dimension."""
    text, clauses = reader.text, list(clauses_of(reader, start, end))
    first = side_at(reader, clauses[0]) if clauses else None
    if first is None:
        return None
    for at, clause in enumerate(clauses[1:], 1):
        turns = [other.start for other in clauses[1 : at + 1] if text[other.start - 1] in "；;" or text[other.start] in "而但"]
        second = side_at(reader, clause) if turns or (at == 1 and not apart) else None
        if second and alike(reader, first, second):
            return first, second, turns[-1] if turns else clause.start
    return None


def _of_names(reader: Reader, frame: re.Match[str], end: int, names: tuple[str, str]) -> Contrast | None:
    """就D而言，支撑A的D稳固，带动B的X尚未成形: the sides stand within their clauses."""
    text, clauses = reader.text, list(clauses_of(reader, frame.end(), end))
    sides, values = [], []
    for name in names:
        clause = next((one for one in clauses if text.find(name, *one) >= 0), None)
        if clause is None:
            return None
        at = text.find(name, *clause)
        of = text.find(frame["d"], at, clause.end)
        start = of + len(frame["d"]) if of >= 0 else at + len(name)
        sides.append(Side(at, at + len(name), start))
        values.append(Span(start + (text[start : start + 1] == "的"), clause.end))
    if values[0].end >= sides[1].start:
        return None
    return Contrast(Span(*frame.span("d")), sides[0], sides[1], values[0], values[1], "contrast.framed")


def within(reader: Reader) -> Iterator[Contrast]:
    """甲在D方面…，而乙在E方面…: the dimension is named within a clause; where both name one, that of the second is taken."""
    for turn in _TURNS.finditer(reader.text):
        if reader.is_aside(turn.start()):
            continue
        sentence = reader.sentence(turn.start())
        before = list(clauses_of(reader, sentence.start, turn.start()))
        after = next(clauses_of(reader, turn.end(), sentence.end), None)
        found = _named_within(reader, before[-1], after) if before and after else None
        if found:
            yield found


def _named_within(reader: Reader, first: Span, second: Span) -> Contrast | None:
    named = [_WITHIN.search(reader.text, *clause) for clause in (first, second)]
    frame = named[1] or named[0]
    if frame is None or not _is_dimension(reader, frame):
        return None
    a, b = side_at(reader, first), side_at(reader, second)
    if a is None or b is None or not alike(reader, a, b):
        return None
    value_a = Span(named[0].end() if named[0] else a.value, first.end)
    value_b = Span(named[1].end() if named[1] else b.value, second.end)
    return Contrast(Span(*frame.span("d")), a, b, value_a, value_b, "contrast.within")


def leaning(reader: Reader) -> Iterator[Contrast]:
    """甲侧重P，乙侧重Q: the verb names the dimension."""
    words = reader.wording.lexicon.get("leaning_verbs", frozenset())
    hits = re.finditer("|".join(sorted(words)), reader.text) if words else ()
    for sentence in sorted({reader.sentence(hit.start()) for hit in hits if not reader.is_aside(hit.start())}):
        for first, second in pairwise(clauses_of(reader, *sentence)):
            a, b = side_at(reader, first), side_at(reader, second)
            if a and b and alike(reader, a, b):
                verbs = [_leaning_verb(reader, side) for side in (a, b)]
                if verbs[0] and verbs[0] == verbs[1]:
                    dimension = Span(b.value, b.value + reader.word_at(b.value, "leaning_verbs"))
                    yield Contrast(dimension, a, b, Span(a.value, first.end), Span(b.value, second.end), "contrast.leaning")


def _leaning_verb(reader: Reader, side: Side) -> str:
    verb = reader.text[side.value : side.value + reader.word_at(side.value, "leaning_verbs")]
    return verb.lstrip("更加").removesuffix("于")
