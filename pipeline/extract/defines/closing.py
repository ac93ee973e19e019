"""The frames of a noun that closes its clause: A是X的特征, A是关键, A是其基础, A为X提供支撑, X需要A作为支撑."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.defines.definitions import genus
from pipeline.extract.defines.spans import MOD, after_lead, evidence, group_span
from pipeline.extract.defines.topic import EXHORTS, PRONOUN, VERBAL, Frames
from pipeline.extract.phrases import clean, is_name
from pipeline.model import Claim, Cue, Name, Span

_MOD_WHOLE = re.compile(MOD + r"[\u4e00-\u9fff]{0,6}")
_INVERTED = re.compile(
    r"^(?P<o>.{0,60}?)(?:不仅|既|也|又|还|正|(?<![资成基版样文日根书标剧课])本就|就|本身|都|更|则|仍然?|始终|已经?|已然|越来越|日益|逐步|共同|将|必将|无疑|(?<!人)才|便|"
    r"恰恰|乃(?=是))*+(?P<verb>不是|并非|(?<!特别)(?<!尤其)是|成为|构成|作为|乃)(?!否)(?:了|其|我国|一个|一种|"
    r"由)*(?P<s>.{1,50}?)(?P<link>的|之)(?P<mod>[^的]{0,12})$"
)
_PROVIDES = re.compile(
    r"^(?P<o>.{0,60}?)(?:能够?|可以?|将|也|正|从而|进而|从|并)*为(?P<s>[^为]{2,40}?)(?:提供|奠定|注入|夯实|筑牢|打下|构筑|创造|"
    r"增添)(?:了)?(?P<mod>.{0,12})$"
)
_OWNED = re.compile(r"^(?P<o>.{0,24}?)(?:则|也|正|就|都|又|更)*(?:是|为|构成|成为)(?:其|它|它们)的?" + MOD + "$")
_MADE_TO = re.compile("促使|推动(?=.{4})|使得?|让|令")
_FAILS = re.compile(r"^(?:迫切|亟待|亟需|需要|应)|(?:无法|不能|难以|未能)$")
_LINKS = re.compile("是|成为|构成|作为|乃")
_SUPERLATIVE = re.compile("最|诸|中$|之中")


def closing(frames: Frames, cue: Cue, facet: str, clause: Span, before: str) -> Iterator[Claim]:
    """The frames of a noun that closes its clause; each takes what the one before it leaves."""
    if "作为" in before and (needs := _NEEDS.match(before)) and not EXHORTS.match(before):
        s = frames.subject(*group_span(clause, needs, "s"))
        objects = group_span(clause, needs, "o")
        yield from frames.claims(facet, s, objects, evidence(frames.reader, *clause), "defines.needs_as", 0.75)
    elif "为" in before and (provides := _PROVIDES.match(before)):
        yield from _provided(frames, cue, facet, clause, provides)
    elif _LINKS.search(before) and (found := _INVERTED.match(before)):
        yield from _inverted(frames, cue, facet, clause, found)
    elif "是" in before and (bare := _BARE.match(before)):
        yield from _bare(frames, cue, facet, clause, bare)
    elif ("其" in before or "它" in before) and (owned := _OWNED.match(before)):
        yield from _owned(frames, cue, facet, clause, owned)


def _provided(frames: Frames, cue: Cue, facet: str, clause: Span, provides: re.Match[str]) -> Iterator[Claim]:
    """A为X提供支撑; …，为X提供支撑."""
    reader = frames.reader
    s = frames.subject(*group_span(clause, provides, "s"))
    giver = clean(provides["o"])
    if s and not giver:
        opened = frames.opening(reader.sentence(clause.start), clause.start)
        if s.term and opened and opened.label != s.label:
            slots = {"s": s, "o": opened}
            yield reader.claim("defines", slots, clause.start, cue.end, "defines.provides_carried", 0.6, facet)
    elif s and is_name(giver) and not VERBAL.search(provides["o"]) and not _FAILS.search(provides["o"]):
        objects = group_span(clause, provides, "o")
        yield from frames.claims(facet, s, objects, evidence(reader, *clause), "defines.provides", 0.75)


def _bare(frames: Frames, cue: Cue, facet: str, clause: Span, bare: re.Match[str]) -> Iterator[Claim]:
    """乡村振兴，人才是关键."""
    reader = frames.reader
    s = _spoken_of(frames, clause)
    o = after_lead(reader, group_span(clause, bare, "o"))
    if s and is_name(clean(reader.text[o.start : o.end])) and reader.is_noun_phrase(*o):
        yield from frames.claims(facet, s, o, Span(o.start, cue.end), "defines.is_the", 0.75)


def _owned(frames: Frames, cue: Cue, facet: str, clause: Span, owned: re.Match[str]) -> Iterator[Claim]:
    """A是其基础; 也是其基础."""
    reader = frames.reader
    s = frames.carried(clause.start)
    if s and not owned["o"] and frames.topic.o:
        yield reader.claim("defines", {"s": s, "o": frames.topic.o}, clause.start, cue.end, "defines.is_its", 0.7, facet)
        return
    o = after_lead(reader, group_span(clause, owned, "o"))
    if s and is_name(clean(reader.text[o.start : o.end])):
        yield from frames.claims(facet, s, o, Span(o.start, cue.end), "defines.is_its", 0.75)


def _inverted(frames: Frames, cue: Cue, facet: str, clause: Span, found: re.Match[str]) -> Iterator[Claim]:
    """A是X的特征."""
    reader = frames.reader
    if found["verb"] in ("不是", "并非") or (found["mod"] and not _MOD_WHOLE.fullmatch(found["mod"])):
        return
    o = after_lead(reader, group_span(clause, found, "o"))
    as_noun = found["verb"] == "作为"
    if as_noun and not EXHORTS.match(found.string) and (taken := re.search("[把将]", reader.text[o.start : o.end])):
        o = Span(o.start + taken.end(), o.end)
    if made := _MADE_TO.match(reader.text, *o):  # 促使A成为X的支撑
        o = Span(made.end(), o.end)
    phrase = clean(reader.text[o.start : o.end])
    s_span = group_span(clause, found, "s")
    s = frames.subject(*s_span)
    if cue.text in ("结果", "产物", "结晶"):
        if is_name(phrase):
            yield from frames.claims("origin", frames.subject(*o), s_span, evidence(reader, *clause), "defines.result_of", 0.85)
    elif s is None or (EXHORTS.match(phrase) and as_noun):
        return
    elif not s.term and _SUPERLATIVE.search(s.label):
        topic = frames.subject(*o) if phrase else frames.carried(clause.start, within_sentence=True)
        if topic and (topic.term or frames.is_concept(topic)):
            yield from genus(frames, topic, Span(s_span.start, cue.end), Span(clause.start, cue.end), 0.65)
    elif not phrase or PRONOUN.match(phrase):
        topic = None if phrase.startswith("这") else frames.carried(clause.start, within_sentence=not phrase)
        if topic and topic.label != s.label:
            slots = {"s": s, "o": topic}
            yield reader.claim("defines", slots, clause.start, cue.end, "defines.is_of_carried", 0.8, facet)
    elif is_name(phrase) and len(phrase) <= 30 and not _PROFESSION.search(phrase):
        yield from frames.claims(facet, s, o, Span(o.start, cue.end), "defines.is_of", 0.87)


# 茶艺师是…的主体: people of a calling are no part or ground of a concept.
_PROFESSION = re.compile(
    "(?:[艺技教律医工厨]|工程|设计|经纪)师$|(?:教|职|演|船|店|服务|管理|驾驶|售货)员$|(?:专|企业|科学|艺术)家$"
)
_NEEDS = re.compile(
    r"^(?P<s>.{2,24}?)(?:的实现|的发展)?(?:都|也|更|必须|始终|同样|迫切)*(?:需要|离不开|必须有|须有|要有|亟需)(?P<o>.{2,30}?)作为"
    + MOD
    + "$"
)
_BARE = re.compile(r"^(?P<o>[^，是为]{2,12}?)(?:则|也|正|就|都|又|更)*是" + MOD + "$")


def _spoken_of(frames: Frames, clause: Span) -> Name | None:
    """What A是关键 is said of: the topic of the sentence, or the clause that opens it and is a name as a whole."""
    reader = frames.reader
    sentence = reader.sentence(clause.start)
    if frames.topic.name and frames.topic.sentence == sentence:
        return frames.topic.name
    first = reader.clause(after_lead(reader, sentence).start)
    if first.end + 1 != clause.start or reader.text[first.end] != "，":
        return None
    s = frames.subject(*first)
    return s if s and (s.term or frames.is_concept(s)) else None
