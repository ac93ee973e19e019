"""Contrasts of degree, the second value the opposite of the first: 甲的成本高于乙; 与乙相比，甲的成本更高、风险更低."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.extract.contrasts.frames import frame_before
from pipeline.extract.contrasts.sides import Contrast, Side, clauses_of, is_nominal, past_leads
from pipeline.extract.reader import Reader
from pipeline.model import Span
from pipeline.patterns import lazy

_NAME = r"[^，,。；;、！？\s“”]{2,16}?"
_COMPARED = lazy(
    rf"(?:[与和同跟](?P<with>{_NAME})相[比较]|相[比较]于?(?P<than>{_NAME})|较之(?P<to>{_NAME})|比起(?P<up>{_NAME}))(?:而言|来说)?[，,]"
)
_MORE = lazy(
    r"(?:明显|显著|普遍|总体|往往|通常|一般|都|也|均)*(?:相对)?(?:更为?|更加|较为?)(?P<x>[\u4e00-\u9fff])(?=[，,。；;、]|$)"
)
_THAN = lazy(rf"比(?P<b>{_NAME})(?:[更要还也都均明显著]|相对|普遍|总体)*(?P<x>[\u4e00-\u9fff])(?=[，,。；;])")
_END = lazy(r"[，,。；;\n]")
_AVERAGED = lazy(r"加权|人均|年均|户均|平均")
_DEGREE = lazy(r"(?:[远明显著大略均也都要仍]|普遍|总体|往往|通常|一般|平均|整体)*\Z")
_CLAUSES = 3  # behind 与乙相比 that may say how the other is
_LONGEST = 16  # characters of a side or a dimension


def exceeding(reader: Reader) -> Iterator[Contrast]:
    """甲的D高于乙; 甲的D比乙更高; 就D而言，甲高于乙: a word of more or less beside the other."""
    opposites = opposed(reader)
    for at, other, x, end in sorted((*_verbs(reader), *_than(reader))):
        clause = next((c for c in clauses_of(reader, *reader.sentence(at)) if c.start <= at < c.end), None)
        if x not in opposites or clause is None or clause.end != end or reader.is_aside(at):
            continue
        found = _around(reader, Span(past_leads(reader, clause), at), other, clause)
        if found:
            dimension, a, b = found
            said = f"更{x}", f"更{opposites[x]}"
            yield Contrast(dimension, Side(*a, at), Side(*b, b.end), Span(at, at), Span(end, end), "contrast.exceeding", said)


def _verbs(reader: Reader) -> Iterator[tuple[int, Span, str, int]]:
    """高于|乙: where the verb begins, the other, the word of degree, and where the clause ends."""
    words = reader.wording.lexicon.get("exceeding", frozenset())
    for verb in re.finditer("|".join(sorted(words, key=len, reverse=True)), reader.text) if words else ():
        end = _END.search(reader.text, verb.end())
        if end and reader.text[verb.start() - 1] not in "不并":
            yield verb.start(), Span(verb.end(), end.start()), verb[0][0], end.start()


def _than(reader: Reader) -> Iterator[tuple[int, Span, str, int]]:
    """比|乙|更高, as `_verbs`."""
    for match in _THAN.finditer(reader.text):
        yield match.start(), Span(*match.span("b")), match["x"], match.end()


def _around(reader: Reader, left: Span, b: Span, clause: Span) -> tuple[Span, Span, Span] | None:
    """The dimension, the side that it is of, and the other, which may repeat the dimension."""
    text = reader.text
    degree = _DEGREE.search(text, *left)
    left = Span(_past_times(reader, left), degree.start() if degree else left.end)
    parted = _parted(reader, left) or _of_frame(reader, clause, left)
    if parted is None:
        return None
    a, dimension = parted
    measure = text[slice(*dimension)]
    end = next((quantity.start for quantity in reader.quantities(*b) if quantity.end == b.end), b.end)  # 高于全国|2.1个百分点
    if text.endswith(measure, b.start, end):
        end -= len(measure)
        end -= text[end - 1] == "的"
    else:
        end -= reader.word_before(end, "side_measures", b.start)  # 全国|平均水平
    if not _is_side(reader, Span(b.start, end)) or text[end - 1] == measure[-1]:
        return None  # 压力大于支撑力
    return dimension, a, Span(b.start, end)


def _past_times(reader: Reader, span: Span) -> int:
    """Where a stretch begins, past the times that it opens with: 去年|, 2031年|."""
    start = max((date.end for date in reader.dates(span.start, span.start + 1)), default=span.start)
    return next((token.start for token in reader.tokens(start, span.end) if token.tag != "t"), start)


def _of_frame(reader: Reader, clause: Span, left: Span) -> tuple[Span, Span] | None:
    """就D而言，甲|高于乙."""
    dimension = frame_before(reader, clause.start)
    return (left, dimension) if dimension and _is_side(reader, left) else None


def compared(reader: Reader) -> Iterator[Contrast]:
    """与乙相比，甲的D更高、E更低: the sides around the comparison, the dimensions before each degree behind it."""
    text, opposites = reader.text, opposed(reader)
    for lead in _COMPARED.finditer(text):
        name = next(group for group, found in lead.groupdict().items() if found)
        b = Side(*lead.span(name), lead.end(name))
        if reader.is_aside(lead.start()) or not _is_side(reader, Span(b.start, b.end)):
            continue
        sentence = reader.sentence(lead.start())
        before = list(clauses_of(reader, sentence.start, lead.start()))
        a = Span(past_leads(reader, before[-1]), before[-1].end) if before and before[-1].end == lead.start() else None
        if a is not None and not _is_side(reader, a):
            continue
        for clause in list(clauses_of(reader, lead.end(), sentence.end))[:_CLAUSES]:
            found = list(_degrees(reader, clause, a, opposites))
            if not found:
                break
            a = found[0][0]
            for _, dimension, degree in found:
                said = f"更{degree['x']}", f"更{opposites[degree['x']]}"
                value = Span(degree.start(), degree.end())
                yield Contrast(dimension, Side(a.start, a.end, a.end), b, value, Span(b.start, b.end), "contrast.compared", said)


def _degrees(
    reader: Reader, clause: Span, known: Span | None, opposites: Mapping[str, str]
) -> Iterator[tuple[Span, Span, re.Match[str]]]:
    """The side, the dimension and the degree of each member of a clause: 甲的D更高、E更低; of `known` where that is told."""
    start, a = past_leads(reader, clause), known
    for degree in _MORE.finditer(reader.text, start, clause.end):
        if degree["x"] not in opposites:
            return
        parted = _parted(reader, Span(start, degree.start()))
        if a is None and parted:
            a, dimension = parted
        elif a is not None and is_nominal(reader, Span(start, degree.start())):
            dimension = Span(start, degree.start())
        else:
            return
        yield a, dimension, degree
        start = degree.end() + 1


def _parted(reader: Reader, left: Span) -> tuple[Span, Span] | None:
    """甲的D, or 甲D where D is the name of a quantity: the side and the dimension."""
    text = reader.text
    if not is_nominal(reader, left):
        return None
    tokens = reader.tokens(*left)
    of = max((token.start for token in tokens if text[token.start : token.end] == "的"), default=-1)
    last = text[tokens[-1].start : left.end]
    if of < 0 and len(tokens) > 1 and any(reader.ends_in(last, name) for name in ("quantity_tails", "side_measures")):
        averaged = _AVERAGED.search(text, left.start + 2, left.end)
        start = averaged.start() if averaged else tokens[-1].start
        a, dimension = Span(left.start, start), Span(start, left.end)
    else:
        a, dimension = Span(left.start, of), Span(of + 1, left.end)
    fits = of != left.start and 2 <= dimension.end - dimension.start <= _LONGEST
    return (a, dimension) if fits and _is_side(reader, a) else None


def _is_side(reader: Reader, span: Span) -> bool:
    """Whether a stretch may name one of the two: a noun phrase, no time and no number."""
    text = reader.text[slice(*span)]
    named = 2 <= len(text) <= _LONGEST and not any(char.isdecimal() for char in text) and is_nominal(reader, span)
    timed = any(token.tag == "t" for token in reader.tokens(*span)) if named else True
    return named and not timed and not reader.word_at(span.start, "no_sides")


def opposed(reader: Reader) -> Mapping[str, str]:
    """Each word of degree with its opposite."""
    words = iter(reader.ontology.lexicon.get("opposites", ()))
    pairs = dict(zip(words, words, strict=True))
    return pairs | {second: first for first, second in pairs.items()}
