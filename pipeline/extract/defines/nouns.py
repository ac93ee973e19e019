"""The frames around a noun such as 特征: 以…为特征, 特征是…, X建立在A的基础之上, and the lists and headings that it opens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.defines.closing import closing
from pipeline.extract.defines.enumerated import COUNTED, enumerated
from pipeline.extract.defines.spans import MOD, evidence, group_span
from pipeline.extract.defines.topic import Frames, exhorts, verb_lead
from pipeline.extract.defines.with_as import with_as
from pipeline.extract.reader import Reader
from pipeline.model import Claim, Cue, Span
from pipeline.patterns import lazy

_MOD_BEFORE = lazy(MOD + r"$")
_IS_AFTER = lazy(
    r"^(?:所在|之一)?(?:主要|就|也|正|既|不仅|集中|突出|具体|充分|应当?|应该|可以|重点|都|则|更|还)*(?:是在于|在于|是|为|即|体现在|体现为|表现为|表现在|"
    r"有(?![力效序利助限机关所望待])|包括|涵盖|包含|：|:)(?![不没])"
)
_BUILT_ON = lazy(
    r"(?P<s>.{2,40}?)(?:必须|需要|都|要|是|应当?|须|总是|无一不是)*+(?:建立|构筑|植根|扎根|立足|奠基)(?:在|"
    r"于)(?P<o>.{2,40}?)(?:的|这一|之)?(?P<mod>[^的之]{0,6})$"
)


_COUNTED_BEFORE = lazy(
    r"^(?P<s>.{2,30}?)(?:都|均|也|共)?(?:有|存在|呈现)(?:以下|如下)?[两二三四五六七八九十\d](?:个|大|种|项|方面|重)?" + MOD + "$"
)
_COUNTS = lazy("有|存在|呈现")
_LISTED_BEFORE = lazy(
    r"^(?P<s>.{2,20}?)(?:都|均|也|共)?(?:有|存在)(?P<o>[^，]{4,60}?)等?[两二三四五六七八九十\d](?:个|大|种|项|方面|重)"
    + MOD
    + "$"
)
_ANNOUNCED = lazy(
    r"^(?P<s>(?:(?!包括|包含|具有|呈现|体现|表现|[有是为]).){2,24}?)的?[两二三四五六七八九十\d](?:个|大|种|项|方面|重)?"
    + MOD
    + "$"
)


def _announced(reader: Reader, clause: Span, before: str) -> re.Match[str] | None:
    """X的两个特点：一是…: a colon stands for the verb."""
    return (
        _ANNOUNCED.match(before)
        if reader.text[clause.end : clause.end + 1] in ("：", ":") and not exhorts(reader, before)
        else None
    )


# What the frames below can have after their noun; "" at the end of the text.
_MAY_FOLLOW = frozenset('所之、和与及是在为即主就也正既不集重都则更还有包涵体表的上基”’"」（(：:，。；！？\n【】—') | {""}
_ENDS = lazy(r"(?:所在|之一(?![是在为])|、|和|与|及|$|[”’\"」]|[（(])")
_UPON = lazy(r"的?(?:基础)?(?:之)?(?:上|之上)")


def may_be_framed(reader: Reader, cue: Cue) -> bool:
    """Whether a frame could be around a cue that is a noun alone: 基础 in 基础设施 has none, and most are so."""
    start, end, text, _ = cue
    source = reader.text
    return bool(
        source[end : end + 1] in _MAY_FOLLOW
        or reader.wording.facets[text][1]
        or source.rfind("以", max(0, start - 80), start) >= 0
    )


def of_noun_cue(frames: Frames, cue: Cue, facet: str, clause: Span) -> Iterator[Claim]:
    """The frames around a noun such as 特征: 以…为特征, 特征是…, …是X的特征, 为X提供支撑."""
    reader = frames.reader
    if cue.end in reader.facet_nouns[0] or reader.inside_name(cue):
        return  # 关键驱动力: the longer cue is the head
    before, after = reader.text[clause.start : cue.start], reader.text[cue.end : clause.end]
    paired = with_as(frames, cue, facet, clause)
    if paired is not None:
        yield from paired
        return
    has = not after and _COUNTS.search(before)
    if has and (listed := _LISTED_BEFORE.match(before)) and "、" in listed["o"]:
        s = frames.subject(*group_span(clause, listed, "s"))
        yield from frames.claims(facet, s, group_span(clause, listed, "o"), evidence(reader, *clause), "defines.counted_list")
    elif counted := (_COUNTED_BEFORE.match(before) if has else None if after else _announced(reader, clause, before)):
        s = frames.subject(*group_span(clause, counted, "s"))
        if s:
            yield from enumerated(frames, facet, s, clause)
    elif _ENDS.match(after):
        yield from closing(frames, cue, facet, clause, before)
    elif _IS_AFTER.match(after) or (facet in ("carrier", "key") and after.startswith("在")):
        yield from _opening(frames, cue, facet, clause, before, after)
    elif _UPON.match(after):
        built = _BUILT_ON.match(before)
        if built:
            s = frames.subject(clause.start + built.start("s"), clause.start + built.end("s"))
            yield from frames.claims(facet, s, group_span(clause, built, "o"), evidence(reader, *clause), "defines.built_on")


def _opening(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X的特征是A、B; 其特征在于A; 特征：A."""
    reader = frames.reader
    mod = _MOD_BEFORE.search(before)
    cut = mod.start() if mod else len(before)
    if before and cut == len(before) and not before.endswith(("的", "之", "其")):
        return  # 信息平台是…: the cue is the head of a name
    before = before[:cut].rstrip("的之")
    if exhorts(reader, before) and not verb_lead(reader, before):
        return
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start)
    link = _IS_AFTER.match(after) or re.match("在", after)
    if s is None or link is None:
        return
    start = cue.end + link.end()
    start += 2 * reader.text.startswith("为了", start)
    counted = COUNTED.match(reader.text[start : clause.end])
    quote = Span(clause.start, clause.end)
    if counted:
        yield from enumerated(frames, facet, s, quote)
        return
    if facet == "key" and (link[0] == "有" or (not before and reader.is_word(cue.text, "work_points"))):
        return
    yield from frames.claims(facet, s, Span(start, clause.end), evidence(reader, *quote), "defines.cue_is")
