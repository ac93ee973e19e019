"""为A，B，根据《C》，制定本办法: what the policy that says so is for, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.defines.spans import after_lead
from pipeline.extract.phrases import clean, trim
from pipeline.extract.reader import Reader
from pipeline.model import Claim, Name, Span
from pipeline.parse.scope import PolicyScope
from pipeline.patterns import lazy

_FOR = lazy("为了|为(?!主|期|止|准|此|民|人(?!民))")
_BY = lazy("根据|依据|依照|按照|遵照")
_CLOSES = lazy("经|现[就将结]|结合|我[省市县区国]|特|并")  # what opens a clause that tells no aim
_CARRIES_OUT = lazy("(?:深入|全面|认真|切实|进一步|坚决|学习)*(?:贯彻|落实|学习|响应|执行)")  # what is no aim of its own
_ITSELF = lazy("本(?![地市省县区级国人村校院]|单位|部门|行业)|以下|如下")
_LONGEST = 45  # characters of an aim
_SHORTEST = 4
_ACTS = ("v", "vd", "d", "ad")  # the tags of what opens an act; 旅游 in 旅游经营者 opens a name


def purposes(reader: Reader) -> Iterator[Claim]:
    """The aims and the bases of each policy, from the sentence that enacts it."""
    verbs = reader.wording.lexicon.get("enacts", frozenset())
    enacts = [word for word in reader.annotated.words if word[2] in verbs and _ITSELF.match(reader.text, word.end)]
    policies = PolicyScope(reader) if enacts else None
    told: set[str] = set()
    for word in enacts:
        own = policies.own(word.start) if policies else None
        if own is None or own.label in told or reader.is_aside(word.start):
            continue
        told.add(own.label)
        yield from _of_sentence(reader, own, Span(reader.sentence(word.start).start, word.start))


def _of_sentence(reader: Reader, own: Name, before: Span) -> Iterator[Claim]:
    """The clauses before the one that enacts: aims from 为 on, titles behind 根据."""
    aims = bases = False
    for clause in _clauses(reader, before):
        opens_aim, opens_basis = _FOR.match(reader.text, *clause), _BY.match(reader.text, *clause)
        aims = bool(opens_aim) or (aims and not opens_basis and not _CLOSES.match(reader.text, *clause))
        bases = bool(opens_basis) or (bases and not aims)
        if aims:
            yield from _aims(reader, own, Span(opens_aim.end() if opens_aim else clause.start, clause.end))
        elif bases:
            yield from _bases(reader, own, clause)


def _clauses(reader: Reader, span: Span) -> Iterator[Span]:
    """The clauses of a stretch, the first without what leads to it: 第一条|为加强管理."""
    lead = after_lead(reader, span)
    clause = reader.clause(lead.start)
    while clause.start < span.end:
        yield Span(max(clause.start, lead.start), min(clause.end, span.end))
        clause = reader.next_clause(clause.end)


def _aims(reader: Reader, own: Name, span: Span) -> Iterator[Claim]:
    parts = [] if _CARRIES_OUT.match(reader.text, *span) else _parted(reader, span)
    for part in parts if all(_SHORTEST <= end - start <= _LONGEST for start, end in parts) else ():
        slots = {"s": own, "o": reader.name(*part, "Concept")}
        yield reader.claim("defines", slots, *span, "defines.purpose", "goal")


def _parted(reader: Reader, span: Span) -> list[Span]:
    """An aim, or the aims of a list where each is an act of its own: 保障安全、改善环境; 鼓励、引导发展 is one."""
    cuts = [at for at in range(*span) if reader.text[at] == "、"]
    edges = zip([span.start, *(at + 1 for at in cuts)], [*cuts, span.end], strict=True)
    parts = [trim(reader.text, *edge) for edge in edges]
    acts = all(end - start >= _SHORTEST and reader.tokens(start, end)[0].tag in _ACTS for start, end in parts)
    return parts if acts else [trim(reader.text, *span)]


def _bases(reader: Reader, own: Name, clause: Span) -> Iterator[Claim]:
    titles = [mention for mention in reader.mentions(*clause) if mention.kind == "title"]
    for title in titles:
        name = Name(clean(title.label), "Policy", reader.text[title.start : title.end])
        if name.label != own.label:
            yield reader.claim("defines", {"s": own, "o": name}, clause.start, clause.end, "defines.purpose", "basis")
