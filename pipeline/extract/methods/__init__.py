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
from pipeline.model import Claim, Name, Slot, Span

_OUGHT = re.compile(r"(?<![主重首必])[要应须需](?![素点求用变对当急])|应当|[必无]须|可以|拟")
_BY = re.compile(r"(?:(?<![利应使采运适作引选费信])用|以(?=.+(?:来|作为)\Z))(?P<o>[^，。；：！？\n用以]{3,20}?)(?:来|作为|去)?\Z")
_IMPROVED = re.compile(r"对(?P<o>[^，。；：！？\n]{4,24}?)进行(?=改进|修正|拓展|扩展|优化)")
_JOINED = re.compile(r"[将把](?P<o>[^，。；：！？\n]{3,24}?(?:理论|模型|方法|法|框架))(?=[同与和][^，。；]{2,20}(?:融合|结合)|引入|应用于|运用于|应用到)")


_IS = re.compile(r"的[^，。；：\n]{0,12}(?:方法|模型|理论)(?:主要)?[为是]")
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
        for o, reached in methods(reader, end, clause.end, heads):
            yield from _claims(reader, whose, o, clause, rule)


_NEAR = 40  # characters before a verb in which its modal or its instrument stands
_ADVERBS = 10  # characters between a study and a verb that is also a noun or a part of one: 综合, 参考


def _claims(reader: Reader, whose: Whose, o: Name, clause: Span, rule: str) -> Iterator[Claim]:
    start = whose.start if clause.start <= whose.start < clause.end else clause.start
    for s in whose.names:
        if s.label != o.label:
            claim = reader.claim("uses", {"s": s, "o": o}, start, clause.end, rule)
            yield claim._replace(attributed_to=None)


def _is_called_for(reader: Reader, position: int) -> bool:
    """Whether a clause says that something ought to be done: 要充分借鉴, 应当运用."""
    clause = reader.clause(position)
    return _OUGHT.search(reader.text, max(clause.start, position - _NEAR), position) is not None


def _verbs(reader: Reader) -> Iterator[tuple[int, int, str, str]]:
    """Where each verb of using or making begins and ends, with the class of what its object ends in, and its rule."""
    text, lexicon = reader.text, reader.wording.lexicon
    every = _pattern(frozenset().union(*(lexicon.get(name, ()) for name, _, _ in _KINDS)))
    for name, heads, rule in _KINDS:
        for found in _pattern(lexicon.get(name, frozenset())).finditer(text):
            end = found.end()
            if text.startswith("的", end):  # 采用的方法为
                copula = _IS.match(text, end) if name != "model_verbs" else None
                end = copula.end() if copula else 0
            if not text.startswith("基于", end) and every.match(text, end):
                continue  # 综合|运用, 通过|构造
            if end and not reader.is_aside(found.start()):
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
    for pattern, rule in ((_IMPROVED, "uses.improved"), (_JOINED, "uses.joined")):
        for found in pattern.finditer(reader.text):
            whose = studies.of(found.start()) if not reader.is_aside(found.start()) else None
            for o, _ in methods(reader, found.start("o"), found.end("o"), "method_heads") if whose else ():
                if whose:
                    yield from _claims(reader, whose, o, reader.clause(found.start()), rule)


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
    """Any of some words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)")
