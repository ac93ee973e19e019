"""class – includes – member: 战略性新兴产业包括…; 以…为代表的信息技术; 人工智能、大数据等新一代信息技术.

The class is an industry, a field of technology, a kind of infrastructure or of policy instrument; the parts of a concept are
`defines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.phrases import clean, is_name, split_list, trim, without_count
from pipeline.extract.reader import Reader
from pipeline.extract.supports.fields import field_name
from pipeline.model import Claim, Name, Span

# What ends the name of a class whose members are things of their own, not parts.
CLASS_NOUN = re.compile(
    r"(?:产业|行业|业|技术|领域|基础设施|设施|装备|产品|工具|工程|学科|专业|设备|服务|门类|赛道|集群|业态|能源|材料|金融|模式)$"
)
_INCLUDES = re.compile(r"(?:主要|具体|一般|通常)?(?:包括|包含|涵盖|囊括)(?:了)?(?!在内)")
_INCLUDING = frozenset(("包括", "包含", "涵盖", "囊括"))
_REPRESENTED_FOUND = re.compile("为(?:主要|典型)?代表的")
_WHOLE = re.compile(".{2,16}$")
_CUT = re.compile(rf".{{2,14}}?{CLASS_NOUN.pattern[:-1]}")
_REPRESENTED = re.compile(r"以(?P<o>.{2,80}?)(?:等)?为(?:主要|典型)?(?:代表|主体)的(?P<s>.{2,20})")
_AND_SO_ON = re.compile(r"、[^、，。；：！？\n]{2,20}等(?!待|级|同)")
# 技术、数据等4大要素交易服务: what is traded there, not members.
_COUNTED_CLASS = re.compile(r"[两二三四五六七八九十\d]+大")
_CLASS = re.compile(r"等(?:一批|一系列|众多|多个|多种|各类|多项)?(?P<s>[^，。；：、！？\n的和与]{2,16})")
_PREPOSITION = re.compile(
    r"^(?:支持|鼓励|推广|探索|推动|加快|积极|充分|综合|广泛|大力|深入)*(?:一是|二是|三是)?(?:我国)?(?:为(?:积极|大力|加快)*(?:孵化|培育|发展|壮大)|在|对|以|将|把|从|由|向|通过|利用|围绕|聚焦|针对|依托|采用|运用|使用|借助|引入|包括|无论是|例如|比如|如|其中)"
)


def claims(reader: Reader) -> Iterator[Claim]:
    """Every member of a class that the document names, in the order of its text."""
    yield from _included(reader)
    yield from _represented(reader)
    yield from _and_so_on(reader)


def _included(reader: Reader) -> Iterator[Claim]:
    """X包括A、B、C, where X is a class."""
    last = -1
    for cue in reader.facet_cues:
        clause = reader.clause(cue.start) if cue.text in _INCLUDING else None
        if clause is None or clause.start == last or reader.is_aside(clause.start):
            continue
        last = clause.start
        verb = _INCLUDES.search(reader.text, clause.start, clause.end)
        if verb is None:
            continue
        before = reader.clause(max(0, clause.start - 1)) if verb.start() == clause.start else Span(clause.start, verb.start())
        s = _class_name(reader, before, whole=True)
        if s:
            yield from _members(reader, s, Span(verb.end(), clause.end), Span(before.start, clause.end), "includes.verb", 0.5)


def _represented(reader: Reader) -> Iterator[Claim]:
    """以A、B为代表的X."""
    for clause in reader.clauses_with(_REPRESENTED_FOUND):
        found = _REPRESENTED.search(reader.text, clause.start, clause.end)
        s = _class_name(reader, Span(*found.span("s"))) if found else None
        if found and s:
            yield from _members(reader, s, Span(*found.span("o")), Span(*found.span()), "includes.represented", 0.8)


def _and_so_on(reader: Reader) -> Iterator[Claim]:
    """A、B等X: the list goes back to the verb or preposition before it."""
    for clause in reader.clauses_with(_AND_SO_ON):
        found = _CLASS.search(reader.text, reader.text.index("、", clause.start), clause.end)
        s = _class_name(reader, Span(*found.span("s"))) if found else None
        if found and s and not _COUNTED_CLASS.match(s.label):
            start = _list_start(reader, clause.start, found.start())
            yield from _members(reader, s, Span(start, found.start()), Span(start, found.end()), "includes.and_so_on", 0.7)


def _list_start(reader: Reader, start: int, end: int) -> int:
    """Where the list before 等 begins: after the last quotation mark that opens before its first 、."""
    first = reader.text.find("、", start, end)
    quoted = max(reader.text.rfind(mark, start, first) for mark in '“"')
    return quoted + 1 if quoted >= start else start


def _class_name(reader: Reader, span: Span, *, whole: bool = False) -> Name | None:
    """The class in a span; unless the span is to be the `whole` of it, without what is done with it (加速发展)."""
    start, end = trim(reader.text, *span)
    phrase = clean(reader.text[start:end])
    known = [m for m in reader.mentions(start, end) if m.kind in ("Industry", "Technology", "Concept")]
    first = known[0] if known and known[0].start == start else None
    if whole and not CLASS_NOUN.search(phrase):
        return None
    if first and (not whole or first.end == end) and CLASS_NOUN.search(reader.text[start : first.end]):
        return reader.name(first.start, first.end, "Concept")
    cut = (_WHOLE if whole else _CUT).match(phrase)
    if cut is None or not is_name(cut[0]):
        return None
    at = reader.text.find(cut[0], start, end)
    return reader.name(at, at + len(cut[0]), "Concept") if at >= 0 else None


def _members(reader: Reader, s: Name, span: Span, quote: Span, rule: str, confidence: float) -> Iterator[Claim]:
    members, group = split_list(reader, span.start, without_count(reader.text, *span))
    if group and not CLASS_NOUN.search(reader.text[group.start : group.end]):
        members = members if rule == "includes.verb" else []
    technical = s.label.endswith(("技术", "算法", "方法", "工艺")) and s.label[:2] not in ("关键", "核心", "领域", "方面")
    for index, member in enumerate(members):
        opening = _PREPOSITION.match(reader.text[member.start : member.end]) if index == 0 else None
        name = field_name(
            reader, Span(member.start + (opening.end() if opening else 0), member.end), strong=True, short=technical
        )
        if name and name.label != s.label:
            o = Name(
                name.label,
                "Concept" if name.kind == "Industry" and not name.term else name.kind,
                name.text,
                name.aliases,
                name.term,
            )
            yield reader.claim("includes", {"s": s, "o": o}, quote.start, quote.end, rule, confidence)
