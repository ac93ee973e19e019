"""What a concept consists of: X由A、B构成; A、B构成X; X包括A、B; X分为A、B; 包括A、B在内的X."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.defines.enumerated import COUNTED, enumerated
from pipeline.extract.defines.heads import head_concept
from pipeline.extract.defines.spans import after_lead, evidence, group_span
from pipeline.extract.defines.topic import Frames, exhorts
from pipeline.extract.phrases import CLASS_NOUN, is_name, split_list, trim
from pipeline.extract.reader import Reader
from pipeline.grammar.names import is_clause, is_thing
from pipeline.model import Claim, Cue, Name, Span
from pipeline.patterns import lazy

_MADE_OF = lazy(r"(?:主要|共同|是|都|均|则)*由(?P<o>[^由]{2,60}?)(?:等|所|而|共同|联合|要素)*$")
_PART_OF = lazy(r"的(?:基本|主要|核心|重要)?(?:内容|内涵|要素|部分|框架|主体)?$")


def consists(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X由A、B和C构成; A、B和C构成X; X包括A、B."""
    reader, text = frames.reader, frames.reader.text
    passive = _MADE_OF.search(before) if "由" in before else None
    if cue.text.endswith(("构成", "组成")):
        if passive or _MAY.search(before) or _WHO.match(after) or after.endswith("的"):
            return  # a production; 可能构成A; 组成|部门; 构成A的，应当…
        found = re.match(r"^(?P<o>.{2,80}?)(?:等|都|也|均|才|就|有机|一起)*(?:共同)?$", before)
        s_span = trim(text, cue.end, clause.end)
        part = _PART_OF.search(text, *s_span)
        s_span = Span(s_span.start, part.start()) if part else s_span
        listed = group_span(clause, found, "o") if found else clause
        if found and (set_up := re.search("(?:是指|指的是|建立|成立|设立|组建|构建|形成|聘请|邀请|选聘)", found["o"])):
            listed = Span(listed.start + set_up.end(), listed.end)
        named = found and "、" in found["o"] and is_name(text[s_span.start : s_span.end])
        if named and _is_of_things(reader, listed):
            yield from frames.claims(
                facet,
                _defined_whole(frames, clause, s_span) or frames.subject(*s_span),
                after_lead(reader, listed),
                evidence(reader, *clause),
                "defines.makes_up",
            )
    else:
        yield from _includes(frames, cue, facet, clause, before, after)


_MAY = lazy("(?:可能|涉嫌|不)$")
_WHO = lazy("部门|人员|单位|成员")


def _is_of_things(reader: Reader, listed: Span) -> bool:
    """Whether each member of a list that makes up a whole is a thing: no statement, and nothing cut off."""
    members, _ = split_list(reader, *listed)
    joins = reader.text.startswith(("与", "和", "这", "该", "其"), listed.start)
    return not joins and not any(is_clause(reader, each) or not is_thing(reader, each) for each in members)


def _defined_whole(frames: Frames, clause: Span, whole: Span) -> Name | None:
    """X系统，是指A和B组成的系统: the whole is X, which the sentence defines."""
    topic = frames.topic
    head = frames.reader.text[whole.start : whole.end]
    same = topic.name and topic.sentence == frames.reader.sentence(clause.start) and topic.name.label.endswith(head)
    return topic.name if same else None


_WITHIN_IT = lazy("[之]?中(?:既|不仅|也|还|都)*$")  # X中不仅含有A
_DESCRIBES = lazy(
    "(?:[高低多新强][\u4e00-\u9fff]{1,3}、|[\u4e00-\u9fff]{2,4}[化性型]、)++[^、的]{2,6}的"
)  # 涵盖高效、高质的X
_NO_CONCEPT = lazy(r"(?:材料|人员|者|证件|证明|费用|嘉宾|成员|单位|名单|工具|对象|地区|范围|方式|职责)$")


def _includes(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X包括A、B: parts of a concept; members of a class of industries are left to `includes`."""
    if before.endswith(("（", "(")):
        return  # a production
    before = _WITHIN_IT.sub("", before)
    within = _WITHIN.match(after)
    if within is None and cue.text in ("包括", "包含") and _MAKES.search(before):
        within = _RELATIVE.match(after)
    if within:
        yield from _within(frames, cue, clause, within)
    elif not exhorts(frames.reader, before) and not after.endswith("的") and not _NOT_ALL.match(after):
        yield from _of_whole(frames, cue, facet, clause, before, after)


_NOT_ALL = lazy("的|但不限于|[^，]{0,30}在内")


def _of_whole(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """What the clause says the whole to include, or what it announces."""
    bare = frames.reader.without(before, "before_including")
    divided = _DIVIDED.match(bare) if cue.text.endswith(("分为", "分成", "解构为")) else None
    if divided:
        clause = Span(clause.start + divided.start("s"), clause.end)
    s = _whole(frames, cue, clause, before, divided["s"] if divided else bare)
    of_content = before.endswith("内容") and not before.endswith("的主要内容")
    if s is None or not _has_parts(frames.reader, s, of_content=of_content):
        return
    counted = COUNTED.match(after)
    if counted and not counted[0].rstrip("的").endswith(("类", "种")):
        yield from enumerated(frames, facet, s, clause)
    elif not counted and not _DESCRIBES.match(after):
        dealt = _DEALT_WITH.search(after)
        objects = Span(cue.end + after.startswith("了"), cue.end + dealt.start() if dealt else clause.end)
        members, _ = split_list(frames.reader, *objects)
        if not any(each.end - each.start > _LONG and is_clause(frames.reader, each) for each in members):
            yield from frames.claims(facet, s, objects, evidence(frames.reader, *clause), "defines.includes")


_LONG = 16  # characters of a part that may be a clause
# 分为A、B、C|三个级别进行管理
_DEALT_WITH = lazy(
    "等?\\s*(?:[两二三四五六七八九十]|\\d{1,2})\\s*(?:个|种|类|级|大类)[^、，。]{0,6}(?:进行|实行|实施|开展)[^、，。]*$"
)
_DIVIDED = lazy("(?:可|通常|一般)?[把将](?P<s>.+)")


def _whole(frames: Frames, cue: Cue, clause: Span, whole: str, before: str) -> Name | None:
    """What includes its parts: what stands before the verb, with (`whole`) and without adverbs (`before`), or is spoken of."""
    reader = frames.reader
    if before:
        span = trim(reader.text, *after_lead(reader, Span(clause.start, clause.start + len(before))))
        s = frames.subject(*span)
        return s if s and (s.term or is_thing(reader, span)) else None
    goes_on = whole.endswith(("还", "也", "而且还", "不仅"))
    if not goes_on and not _DEFINED.search(reader.text, reader.sentence(cue.start).start, cue.start):
        return None
    return frames.before(clause) if whole in ("不仅", "主要", "既") else frames.carried(clause.start, within_sentence=True)


def _has_parts(reader: Reader, s: Name, *, of_content: bool) -> bool:
    """Whether what a thing includes are its parts; `of_content`: what is told are its contents, whatever it is."""
    vague = reader.is_word(s.label, "vague") or reader.is_word(s.label, "persons") or _NO_CONCEPT.search(s.label)
    return not vague and (of_content or not _is_class(s))


_DEFINED = lazy("是指|所称")  # 本条例所称X，是指A，包括B
_WITHIN = lazy("(?P<o>[^，。；]{2,60}?)等?在内的(?P<s>[^，。；、]{2,24})")
_RELATIVE = lazy(
    r"(?P<o>[^，。；]{2,60}、[^，。；的]{2,30}?)(?:等|[两二三四五六七八九十\d](?:个|大|种|项|方面|维|重)[^，。；的]{0,6}){0,2}的(?P<s>[^，。；、的]{2,24})$"
)
_MAKES = lazy("(?:形成|构建|建立|搭建|打造|建成|提出|设计|构筑)(?:起|出|了)*$")


def _within(frames: Frames, cue: Cue, clause: Span, within: re.Match[str]) -> Iterator[Claim]:
    """包括A和B在内的X."""
    s = head_concept(frames, trim(frames.reader.text, cue.end + within.start("s"), cue.end + within.end("s")))
    if s and not _is_class(s) and (s.term or frames.is_concept(s)):
        objects = Span(cue.end, cue.end + within.end("o"))
        yield from frames.claims("element", s, objects, Span(cue.start, cue.end + within.end()), "defines.within")


def _is_class(s: Name) -> bool:
    """Whether what a thing includes are members of a class of its kind, which are no elements."""
    return s.kind == "Technology" or (bool(CLASS_NOUN.search(s.label)) and not s.label.endswith("就业"))
