"""Contrasts of grades: 实行分级监管。一级企业每年检查一次；二级企业每两年检查一次; …划为第一档，适用P；…纳入第二档，适用Q."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from pipeline.extract.contrasts.sides import Contrast, Side, clauses_of, past_leads, side_at
from pipeline.extract.reader import Reader
from pipeline.model import Span
from pipeline.patterns import lazy

_ORDERS = ("一二三四五", "ABCDE", "甲乙丙丁戊", "ⅠⅡⅢⅣⅤ")
_GRADE = lazy(r"第?(?P<grade>[一二三四五A-E甲乙丙丁戊ⅠⅡⅢⅣⅤ])(?P<kind>[档类级等层])")
_DIMENSION = lazy(r"的?(?P<d>[\u4e00-\u9fff]{2,8}?)(?:体系|制度|机制|方案|办法|政策|措施|标准|要求|模式)?(?=[，,。；;：:])")
_IS = lazy("(?:主要)?(?:是|为|指|包括)")
_SHORTEST_VALUE = 4  # characters


class _Graded(NamedTuple):
    """A grade with its order, the stretch that names it and what is said of it."""

    order: int
    kind: str
    side: Side
    value: Span


def graded(reader: Reader) -> Iterator[Contrast]:
    """Each two neighbours among the grades of a paragraph that opens with what is done otherwise to each."""
    words = reader.wording.words.get("grades_by")
    for block in reader.document.blocks if words else ():
        for at, length in reader.word_places(block.start, block.end, "grades_by"):
            dimension = _DIMENSION.match(reader.text, at + length, block.end)
            found = (
                list(_grades(reader, Span(dimension.end(), block.end))) if dimension and _is_whole(reader, at, dimension) else []
            )
            if dimension and len(found) > 1 and not reader.is_aside(at):
                for first, second in pairwise(found):
                    yield Contrast(
                        Span(*dimension.span("d")), first.side, second.side, first.value, second.value, "contrast.graded"
                    )
                break


def _is_whole(reader: Reader, at: int, dimension: re.Match[str]) -> bool:
    """Whether a dimension begins with a word: 分级|监管; not 分层|次编码."""
    return any(token.start == dimension.start("d") for token in reader.tokens(at, dimension.end("d")))


def _grades(reader: Reader, span: Span) -> Iterator[_Graded]:
    """The grades of one kind in a stretch, from the first on without a gap."""
    before = None
    for found in _named(reader, span):
        follows = found.order == 0 if before is None else (found.kind == before.kind and found.order == before.order + 1)
        if follows:
            yield found
            before = found


def _named(reader: Reader, span: Span) -> Iterator[_Graded]:
    clauses = list(clauses_of(reader, *span))
    for at, clause in enumerate(clauses):
        start = past_leads(reader, clause)
        grade = _GRADE.match(reader.text, start, clause.end)
        side = _side(reader, clause, grade) if grade else None
        if grade and side and not _IS.match(reader.text, side.value) and clause.end - side.value >= _SHORTEST_VALUE:
            yield _Graded(_order(grade), grade["kind"], side, Span(side.value, clause.end))
            continue
        if grade is None or side is None:  # else the clause tells what is in the grade: 第三档主要是小型企业，…
            grade = _placed(reader, clause)
            side = Side(grade.start(), grade.end(), grade.end()) if grade else None
        if grade and side and at + 1 < len(clauses) and reader.text[clause.end] in "，,":
            yield _Graded(_order(grade), grade["kind"], side, Span(past_leads(reader, clauses[at + 1]), clauses[at + 1].end))


def _side(reader: Reader, clause: Span, grade: re.Match[str]) -> Side:
    """The noun phrase that a grade opens; the word that holds it with the nouns behind it, where no verb bounds one."""
    side = side_at(reader, clause)
    if side and side.end >= grade.end() and not _IS.search(reader.text, *side[:2]):
        return side
    tokens = [token for token in reader.tokens(grade.start(), clause.end) if token.end >= grade.end()]
    nouns = takewhile(lambda token: token.tag[0] == "n", tokens[1:])
    end = max((token.end for token in (*tokens[:1], *nouns)), default=grade.end())
    return Side(grade.start(), end, end)


def _placed(reader: Reader, clause: Span) -> re.Match[str] | None:
    """The grade at the end of a clause, behind a verb that puts a thing into it."""
    for grade in _GRADE.finditer(reader.text, *clause):
        if grade.end() == clause.end and reader.word_before(grade.start(), "graded_as", clause.start):
            return grade
    return None


def _order(grade: re.Match[str]) -> int:
    return next(order.index(grade["grade"]) for order in _ORDERS if grade["grade"] in order)
