"""What the productions of ontology/grammar/defines.toml read: the concept resolved, each object a claim."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.defines.definable import may_be_defined
from pipeline.extract.defines.definitions import genus
from pipeline.extract.defines.enumerated import enumerated
from pipeline.extract.defines.predication import predication
from pipeline.extract.defines.spans import after_lead
from pipeline.extract.defines.subjects import subject_of
from pipeline.extract.defines.topic import Frames, Subject, exhorts
from pipeline.extract.reader import Reader
from pipeline.grammar.match import Reading
from pipeline.grammar.names import is_thing
from pipeline.grammar.rules import SELDOM
from pipeline.grammar.slots import SLOTS
from pipeline.model import Claim, Name, Span
from pipeline.patterns import lazy


def of_reading(frames: Frames, reading: Reading) -> Iterator[Claim]:
    """The claims of a reading; none where a slot holds nothing, or the concept is none."""
    types = reading.types
    if types.get("o") == "predicates":
        yield from predication(frames, reading)
    elif "o" in types:
        yield from _held(frames, reading)
    elif len(reading.rule.facets) > 1:
        yield from _given(frames, reading)
    else:
        yield from _announced(frames, reading)


def _held(frames: Frames, reading: Reading) -> Iterator[Claim]:
    """What a reading holds itself, the slot that is filled more seldom being read first."""
    reader, types, o = frames.reader, reading.types, reading.slots["o"]
    facet = _facet(frames, reading) if reader.text[o.start] != "的" else None  # 存在的A: said of A
    seldom = types.get("s") in SELDOM
    s = _concept(frames, reading, types["s"]) if seldom else None
    if facet is None or (seldom and s is None) or _lacks(reader, reading):
        return
    objects = SLOTS[types["o"]](reader, after_lead(reader, o) if o.start == reading.start else o)
    s = s or (_concept(frames, reading, types.get("s")) if objects else None)
    if (
        s is None or not objects or (facet == "feature" and s.label.endswith("性"))
    ):  # A性、B性、来源的C性: the last is a mark itself
        return
    body = Span(objects[0].start, objects[-1].end)
    if reader.text.count("（", *Span(reading.start, body.end)) != reader.text.count("）", reading.start, reading.end):
        return  # within a remark
    said = reading.slots.get("s", body)
    quote = Span(max(reading.start, min(body.start, said.start)), reading.end)
    if types["o"] in ("definiens", "one_definiens"):
        body = body if said.start > body.start else _to_close(reader, body)  # Y的N即X
        yield from genus(frames, s, body, quote, reading.rule.name)
    else:
        topic = frames.topic
        yield from frames.claims(facet, s, body, quote, reading.rule.name, parts=objects)
        if types.get("s") in _BOUNDED:
            frames.topic = topic  # said in passing: not what the text speaks of


def _lacks(reader: Reader, reading: Reading) -> bool:
    """Whether the text says that there is no such thing: 缺乏|专业化、标准化、集约化的港口服务."""
    if reading.types.get("s") not in _BOUNDED:
        return False
    start = reader.clause(min(slot.start for slot in reading.slots.values())).start
    if not reader.has_word(Span(start, reading.end), "lacks"):
        return False  # most need not be cut into words
    words = [reader.text[slice(*token[:2])] for token in reader.tokens(start, reading.end)[:_LEADING]]
    return any(reader.is_word(word, "lacks") for word in words)


_LEADING = 6  # words among which the verb stands


def _to_close(reader: Reader, body: Span) -> Span:
    """A definiens up to where the sentence, or a part of it that a semicolon closes, ends."""
    closes = _CLOSES.search(reader.text, body.end, reader.sentence(body.start).end)
    return Span(body.start, closes.start() if closes else body.end)


def _announced(frames: Frames, reading: Reading) -> Iterator[Claim]:
    """What a clause announces and the text enumerates: X有三个特点。一是A。二是B."""
    facet = _facet(frames, reading)
    s = _concept(frames, reading, reading.types["s"])
    if s and facet and not (facet == "element" and frames.reader.ends_in(s.label, "feature_nouns")):  # X的特征表现为：一是…
        yield from enumerated(frames, facet, s, Span(reading.start, reading.end), reading.rule.name)


def _given(frames: Frames, reading: Reading) -> Iterator[Claim]:
    """…，为X提供支撑: what the clause before speaks of, or names, gives it."""
    facet = _facet(frames, reading)
    s = _concept(frames, reading, reading.types["s"]) if facet else None
    giver = (subject_of(frames, reading) or _made_before(frames, reading)) if s else None
    near = giver and giver.span.start >= frames.reader.clause(max(0, reading.start - 1)).start
    near = near and giver is not None and not _is_numbered(frames.reader, giver.span)
    if s and facet and giver and near and giver.name.label != s.label and may_be_defined(frames.reader, s, may_be_act=True):
        slots = {"s": s, "o": giver.name}
        quote = Span(min(giver.span.start, reading.start), reading.end)
        yield frames.reader.claim("defines", slots, quote.start, quote.end, reading.rule.name, facet=facet)


def _is_numbered(reader: Reader, span: Span) -> bool:
    """Whether a number that numbers a paragraph stands before a verb: 1|构建长期监测网."""
    number, *rest = reader.tokens(*span) or (None,)
    return number is not None and reader.text[number.start : number.end].isdecimal() and bool(rest) and rest[0].tag == "v"


def _made_before(frames: Frames, reading: Reading) -> Subject | None:
    """建立A，为X提供支撑: what the clause before says is made."""
    reader = frames.reader
    clause = reader.clause(reading.start - 1)
    tokens = reader.tokens(*clause)
    builds = len(tokens) > 1 and reader.is_word(reader.text[slice(*tokens[0][:2])], "build")
    made = Span(tokens[1].start, clause.end) if builds else Span(clause.start, clause.start)
    return Subject(reader.name(*made, "Concept"), made) if builds and is_thing(reader, made) else None


_DATE = lazy("\\d[年月日]")
_CLOSES = lazy("[。；！？\n]")
_BOUNDED = ("concept_after", "head_after", "counted", "structure")  # the types of slots that take nothing but a noun phrase
_SAID = ("concept", "definiendum", "field", "whole")  # the types of slots that may hold a pronoun, or a verb before a concept


def _concept(frames: Frames, reading: Reading, kind: str | None) -> Name | None:
    """What a reading speaks of: what fills s, or what the text was speaking of."""
    if kind is None:
        return frames.carried(reading.start, within_sentence=True)
    span = after_lead(frames.reader, reading.slots["s"]) if kind in _SAID else reading.slots["s"]
    found = SLOTS[kind](frames.reader, span)
    if not found or (kind in ("concept", "definiendum") and exhorts(frames.reader, frames.reader.text[slice(*found[0])])):
        return None
    said = frames.subject(*found[0]) if kind in _SAID else None
    name = said or frames.reader.name(*found[0], "Concept")
    if (
        (frames.reader.ends_in(name.label, "persons") and not frames.reader.ends_in(name.label, "bodies"))
        or frames.reader.is_word(name.label, "relational")
        or _DATE.search(name.label)
    ):
        return None
    return name if said or name.term or kind in _BOUNDED or is_thing(frames.reader, found[0]) else None


def _facet(frames: Frames, reading: Reading) -> str | None:
    """The one facet of the rule, or the first of its facets that its noun or verb signals."""
    allowed = reading.rule.facets
    for name, at in (("noun", 0), ("verb", 1)):
        if name in reading.slots:
            known = frames.reader.wording.facets.get(frames.reader.text[slice(*reading.slots[name])])
            return next((facet for facet in known[at] if facet in allowed), None) if known else allowed[0]
    return allowed[0]
