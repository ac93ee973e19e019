"""study – uses – method: what a cited study, or the document itself, works with.

张某（2021）运用双重差分法…; 本文基于甲理论…; 有学者用全要素生产率来衡量…（李某，2022）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.methods.objects import methods, named
from pipeline.extract.methods.studies import Studies, Whose
from pipeline.extract.reader import Reader
from pipeline.lexicon import any_of
from pipeline.model import Claim, Name, Slot, Span
from pipeline.patterns import lazy

_OUGHT = lazy(r"(?<![主重首必])[要应须需拟](?![素点求用变对当急])")
_BY = lazy(r"(?:(?<![利应使采运适作引选费信])用|以(?=.+(?:来|作为)\Z))(?P<o>[^，。；：！？\n用以]{3,20}?)(?:来|作为|去)?\Z")
_ON = lazy(r"对(?P<o>[^，。；：！？\n]{4,24}?)进行(?=(?P<verb>[\u4e00-\u9fff]{2}))")
_INTO = lazy(r"[将把](?P<o>[^，。；：！？\n]{3,24}?)(?:[同与和][^，。；\n]{2,20}?)?(?:进行)?\Z")
_IS = lazy(r"的[^，。；：\n]{0,12}(?:方法|模型|理论)(?:主要)?[为是]")
_SOURCE = lazy(r"\s*(?:[（(][^（）()\d]{1,60}[）)])?\s*[（(][^（）()]{2,80}(?:19|20)\d\d")
_KINDS = (
    ("method_verbs", "method_heads", "uses.verb"),
    ("theory_verbs", "theory_heads", "uses.theory"),
    ("model_verbs", "made_heads", "uses.made"),
)


def claims(reader: Reader) -> Iterator[Claim]:
    """Every method that a study of the document is said to use, in the order of its text."""
    studies = Studies(reader)
    if not studies.any:
        return
    found = [*_by_verbs(reader, studies), *_by_patterns(reader, studies)]
    yield from _in_title(reader, studies, [claim.slots["o"] for claim in found])
    yield from sorted(found, key=lambda claim: claim.evidence.start)


def _by_verbs(reader: Reader, studies: Studies) -> Iterator[Claim]:
    """运用熵权法; 构建了投入产出模型: what the verbs of using and making govern."""
    reached = 0
    for start, end, heads, rule in sorted(_verbs(reader)):
        if start < reached or _is_called_for(reader, start):
            continue
        whose = studies.of(start)
        clause = reader.clause(start)
        if whose is None or (rule == "uses.theory" and start - max(whose.end, clause.start) > _ADVERBS):
            continue
        for o, o_end in methods(reader, end, clause.end, heads):
            reached = o_end
            if whose.start == whose.end and _SOURCE.match(reader.text, o_end):
                continue  # who is cited for a method made it
            yield from _claims(reader, whose, o, clause, rule)


_NEAR = 40  # characters before a verb in which its modal or its instrument stands
_ADVERBS = 10  # characters between a study and a verb that is also a noun or a part of one: 综合, 参考


def _claims(reader: Reader, whose: Whose, o: Name, clause: Span, rule: str) -> Iterator[Claim]:
    start = whose.start if clause.start <= whose.start < clause.end else clause.start
    for s in whose.names:
        if s.label != o.label:
            yield reader.claim("uses", {"s": s, "o": o}, start, clause.end, rule)


def _is_called_for(reader: Reader, position: int) -> bool:
    """Whether a clause says that something ought to be done: 要充分借鉴, 应当运用."""
    clause = reader.clause(position)
    start = max(clause.start, position - _NEAR)
    return _OUGHT.search(reader.text, start, position) is not None or reader.holds(reader.text[start:position], "must")


def _verbs(reader: Reader) -> Iterator[tuple[int, int, str, str]]:
    """Where each verb of using or making begins and ends, with the class of what its object ends in, and its rule."""
    text, lexicon = reader.text, reader.wording.lexicon
    every = _pattern(frozenset().union(*(lexicon.get(name, ()) for name, _, _ in _KINDS)))
    for name, heads, rule in _KINDS:
        for found in _pattern(lexicon.get(name, frozenset())).finditer(text):
            end = found.end()
            if text.startswith("的", end):  # 采用的方法为
                copula = _IS.match(text, end) if name != "model_verbs" else None
                if copula is None:
                    continue
                end = copula.end()
            if text[end : end + 1] in "”》）" or (not text.startswith("基于", end) and every.match(text, end)):
                continue  # “流通—应用”四环节, 综合|运用, 通过|构造
            if not reader.is_aside(found.start()):
                yield found.start(), end, heads, rule


def _by_patterns(reader: Reader, studies: Studies) -> Iterator[Claim]:
    """用全要素生产率来衡量; 对传统熵权法进行改进; 将甲理论同乙背景结合."""
    measured = _pattern(reader.wording.lexicon.get("measures_by", frozenset()))
    for verb in measured.finditer(reader.text):
        clause = reader.clause(verb.start())
        found = _BY.search(reader.text, max(clause.start, verb.start() - _NEAR), verb.start())
        if found is None or reader.is_aside(verb.start()) or not reader.is_noun_phrase(*found.span("o")):
            continue
        whose = studies.of(found.start())
        if whose and studies.own not in whose.names:
            o = named(reader, found["o"], found["o"])
            yield from _claims(reader, whose, o, clause, "uses.measured_by")
    for found in _ON.finditer(reader.text):
        if reader.is_word(found["verb"], "improves"):
            yield from _of_stretch(reader, studies, Span(*found.span("o")), "uses.improved")
    for verb in _pattern(reader.wording.lexicon.get("works_into", frozenset())).finditer(reader.text):
        clause = reader.clause(verb.start())
        found_before = _INTO.search(reader.text, max(clause.start, verb.start() - _NEAR), verb.start())
        if found_before:
            yield from _of_stretch(reader, studies, Span(*found_before.span("o")), "uses.joined")


def _of_stretch(reader: Reader, studies: Studies, span: Span, rule: str) -> Iterator[Claim]:
    """The methods that a stretch lists, as used by the studies that its clause tells of."""
    whose = None if reader.is_aside(span.start) or _is_called_for(reader, span.start) else studies.of(span.start)
    for o, _ in methods(reader, *span, "method_heads") if whose else ():
        if whose:
            yield from _claims(reader, whose, o, reader.clause(span.start), rule)


def _in_title(reader: Reader, studies: Studies, others: Sequence[Slot]) -> Iterator[Claim]:
    """——基于投入产出模型: a study names its method in its title; where its text has a longer name for it, that is the method."""
    own = studies.own
    longer = [other.label for other in others if isinstance(other, Name)]
    for block in reader.document.blocks if own else ():
        if block.kind != "title":
            continue
        for found in re.finditer("基于", reader.text[block.start : block.end]):
            for o, _ in methods(reader, block.start + found.end(), block.end, "made_heads"):
                if own and not any(label.endswith(o.label) for label in longer):
                    yield reader.claim("uses", {"s": own, "o": o}, block.start, block.end, "uses.title")


@cache
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(any_of(words))
