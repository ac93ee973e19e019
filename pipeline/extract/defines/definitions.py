"""Definitions: 本条例所称X，是指Y; 把X定义为Y; 开源软件：是指Y; X可以视为Y; and the class and marks that they give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotate.words import is_predicate
from pipeline.extract.defines.definable import may_be_defined
from pipeline.extract.defines.topic import AND, PREDICATION, Frames, Topic, is_verbal, verb_lead
from pipeline.extract.phrases import CLASS_NOUN, clean, is_name, split_list, trim
from pipeline.extract.reader import Reader
from pipeline.grammar.list_slots import is_headed
from pipeline.grammar.names import is_mark
from pipeline.model import Claim, Name, Span
from pipeline.patterns import lazy

DEFINES = (lazy("[：:]指"),)  # what no cue finds: 开源软件：指Y
_DEFINITION = lazy(
    r"(?:本(?:条例|办法|规定|法|措施|方案|意见|规划|计划|细则|指南)(?:中)?(?:所称|所指)(?:的)?|"
    r"所谓(?:的)?)(?P<s>[^，。；：、\n]{2,30}?)[，,]?(?:主要)?(?:是指(?![导引挥])|指的是|就是指|就是|包括|指|"
    r"是(?!以))(?=(?P<o>[^。；\n]{4,200}))"
    r"|(?P<s2>[^，。；：、！？\n]{2,24}?)，?(?:主要|通常|一般|[在从]?字面(?:意思)?上)?(?:是指(?![导引挥])|指的是|意指)(?=(?P<o2>[^。；\n]{4,200}))"
    r"|[^，。；]{0,24}?[把将](?P<s4>[^，。；：\n]{2,16}?)(?:定义|界定|理解|概括)为(?=(?P<o4>[^，。；：\n]{3,40}))"
)
# 1.开源软件：是指…, as a glossary has it.
_GLOSSED = lazy(
    r"(?:\d+[.．、]|[（(][一二三四五六七八九十]+[）)])?(?P<s2>[^，。；：、！？\n]{2,24}?)[：:](?:是指|指的是|指)(?P<o2>[^。；\n]{4,300})"
)
# X可以视为Y, X属于Y, X作为一种Y: the class said otherwise.
_CLASSED = lazy(
    r"(?P<s>[^，。；：、！？\n]{2,16}?)(?:仍然?|都|也|均|同样|则|可以?|应当?|常|往往|一般)*(?P<how>被?(?:视|看)[为作]是?|属于|作为)(?P<o>[^，。；：！？\n]{3,40})$"
)


def found(frames: Frames, at: re.Match[str]) -> Iterator[Claim]:
    """The definition at one of `DEFINES`."""
    yield from definition(frames, frames.reader.clause(at.end() - 1))


def definition(frames: Frames, clause: Span) -> Iterator[Claim]:
    """本条例所称X，是指Y; X是指Y; 所谓X，就是Y. A clause is read once, whatever its cues."""
    reader, text = frames.reader, frames.reader.text
    if clause.start == frames.defined:
        return
    frames.defined = clause.start
    match = _definition_from(reader, clause)
    if match is None:
        yield from _classed(frames, clause)
        return
    group = next(key for key, found in match.groupdict().items() if found and key.startswith("s"))
    defined, body = trim(text, *match.span(group)), Span(*match.span("o" + group[1:]))
    s = _defined(frames, defined, body)
    if s is None:
        return
    if "包括" not in text[defined.end : body.start]:
        yield from genus(frames, s, body, Span(match.start(), body.end))
    elif not CLASS_NOUN.search(s.label):
        end = reader.clause(body.start).end
        yield from frames.claims("element", s, Span(body.start, end), Span(match.start(), end), "defines.law_includes")


def _defined(frames: Frames, span: Span, body: Span) -> Name | None:
    """The concept that a definition is of; none where it only says how one speaks (总的来说，是指…), or leads to a list."""
    reader, text = frames.reader, frames.reader.text
    phrase = clean(text[slice(*span)])
    named = is_name(phrase) and not is_verbal(reader, phrase) and reader.block(span.start).kind != "title"
    lists = reader.ends_in(phrase, "way_of_speaking") or _LISTS.search(text, *body)  # 是指下列组织：
    return frames.subject(*span) if named and not lists else None


_LISTS = lazy("(?:下列|以下|如下)[^，。；]{0,40}[：:]")


def _definition_from(reader: Reader, clause: Span) -> re.Match[str] | None:
    """The definition that a clause opens, or closes where its subject is the clause before (X，是指Y)."""
    start = clause.start + (1 if reader.text[clause.start : clause.start + 1] in "“" else 0)
    match = _DEFINITION.match(reader.text, start)
    if match is None and reader.text[clause.start - 1 : clause.start] in ("：", ":"):
        return _GLOSSED.match(reader.text, reader.clause(max(0, clause.start - 2)).start)
    if match is None and reader.text.startswith(("是指", "指的是"), clause.start):
        match = _DEFINITION.match(reader.text, reader.clause(max(0, clause.start - 1)).start)
    return match


def _classed(frames: Frames, clause: Span) -> Iterator[Claim]:
    """X可以视为Y; X属于Y; X作为一种新型Y, where X is known and Y is a described class."""
    reader, text = frames.reader, frames.reader.text
    found = _CLASSED.match(text, *clause)
    if found is None:
        return
    s = frames.subject(*found.span("s"))
    o = Span(*found.span("o"))
    if found["how"] == "属于" and text[o.start : o.end].endswith("范畴"):
        o = Span(o.start, o.end - 2)
    phrase = clean(text[o.start : o.end])
    plain = found["how"] == "属于" or re.search("的|一[种类]|新型", phrase)
    if s and s.term and plain and not {o.end, found.end()} & reader.facet_nouns[1]:
        yield from genus(frames, s, o, Span(*found.span()))


def genus(frames: Frames, s: Name, body: Span, quote: Span, rule: str = "defines.definition") -> Iterator[Claim]:
    """The class that a definition puts its concept in: the last clause's head, or the body where it is one clause; or the
    classes, where they are listed. The words of the definition go with the claim, where they define.
    """
    reader, text = frames.reader, frames.reader.text
    if not may_be_defined(reader, s, may_be_act=rule in PREDICATION, is_term=rule not in PREDICATION):
        return
    frames.topic = Topic(s, None, reader.sentence(quote.start), reader.block_index(quote.start))
    body = Span(body.start, _end_of_class(text, body))
    last = _last_clause(reader, body)
    span = trim(text, last, body.end)
    head = _HEAD.search(text, *span)
    classes = _classes(reader, span, head, rule) if head or last == body.start else []
    if text.endswith("除外", *body) or not classes or any(_CUT_OFF.match(o.label) for o in classes):
        return
    said = clean(text[slice(*body)])[:300] if rule not in PREDICATION or _defines(reader, s, span, head) else None
    quoted = min(quote.end, quote.start + _LONGEST_QUOTE)
    rule = "defines.classes" if len(classes) > 1 else rule
    subjects = frames.each(s)
    if len(subjects) > 1 and len(classes) > 1:
        return  # 利息、股息是指A的利息、股息: which is which
    for subject in subjects:
        for o in classes:
            yield reader.claim("defines", {"s": subject, "o": o}, quote.start, quoted, rule, "essence", definition=said)
    if len(classes) == 1 and head:
        yield from _attributes(frames, s, Span(span.start, head.start()), quote)


_CUT_OFF = lazy("以下|下列|而(?!成)|但|或|.*(?:体现|反映|表现)了")  # what opens no class, and what states something
_LONGEST_QUOTE = 200  # characters


def _defines(reader: Reader, s: Name, span: Span, head: re.Match[str] | None) -> bool:
    """Whether what a clause says its subject is defines it, by genus and difference: X是做A的系统, 新X是做A的X.

    X是B的底线 and X是重要的资源 say what it is worth.
    """
    if head is None or head.start() - span.start < _LEAST_DIFFERENCE:
        return False
    noun = head["head"].rstrip("”")
    same = noun.endswith(s.label[-_SAME_KIND:]) and len(s.label) > _SAME_KIND
    praised = any(reader.is_word(noun[:length], "praises") for length in _PRAISES)
    return same or (reader.ends_in(noun, "genus_nouns") and not praised)


_PRAISES = (2, 3, 4)  # characters of a word of praise
_LEAST_DIFFERENCE = 5  # characters before the 的 of the genus
_SAME_KIND = 2  # characters: 新质生产力是…的生产力


def _last_clause(reader: Reader, body: Span) -> int:
    """Where the clause begins that holds the class; all of 是指做A，并B says what it is."""
    last = reader.text.rfind("，", *body) + 1 or body.start
    return body.start if reader.word_at(last, "goes_on_to_do") else last


def _classes(reader: Reader, span: Span, head: re.Match[str] | None, rule: str) -> list[Name]:
    """The classes that a definiens names: one, or each of a list; none where it is too short or too long, or has no head."""
    text = reader.text
    if not 2 <= len(clean(text[slice(*span)])) <= 60 or (head and not is_headed(reader, Span(*head.span("head")))):
        return []
    listed, group = split_list(reader, *head.span("head")) if head and AND.search(head["head"]) else ([], None)
    one = rule in PREDICATION and len({text[each.end - 1] for each in listed}) > 1  # 是A的方法与过程; 是A的巡查者、守护者: two
    if head and len(listed) > 1 and not (group or one or _share_head(listed)):  # 器官、组织等遗传材料: the class is named
        return [_one_of(text[span.start : head.start("head")], text[slice(*each)]) for each in listed]
    return [_class(reader, *span, head)]


def _share_head(classes: list[Span]) -> bool:
    """医疗和医药流通中心: what stands before the last class modifies its head, too, where it is so much shorter."""
    *first, last = [end - start for start, end in classes]
    return last - max(first) >= _LONGER


_LONGER = 3  # characters


def _one_of(of: str, head: str) -> Name:
    """One of several classes, with the modifiers that all of them have, where that makes a name."""
    return Name(of + head, "Concept", head, (head,)) if len(of) + len(head) <= _LONGEST_CLASS else Name(head, "Concept", head)


_LONGEST_CLASS = 24  # characters


def _class(reader: Reader, start: int, end: int, head: re.Match[str] | None) -> Name:
    """The class in text[start:end], known by its head alone too: 参与经营的数据资源, 数据资源."""
    purpose = _PURPOSE.match(reader.text, start, end)
    o = reader.name(purpose.start("o") if purpose else start, end, "Concept")
    if head is None:
        return o
    return Name(o.label, o.kind, o.text, (*o.aliases, head["head"]), o.term)


_HEAD = lazy("的(?P<head>[^的]{2,24})$")
_RESUMES = lazy(
    "，(?:它|其|这|该|并|据|是|从而|因此|所以|以便|例如|比如|目的|旨在|主要|具有|具体|可以?(?!持)|能够?|也|既|不|强调|包括|包含|分为|通常|一般|如|即|而|但|与|又|通过|实现)"
)
_DOES = ("，通过", "，实现")  # 是指A的系统，通过B…; in 是指在A的基础上，实现B的过程 the class comes behind
_PURPOSE = lazy(
    "(?:以(?!.{1,30}为|[^，的]{1,8}(?:方式|形式|手段|途径|名义))|用以|用来|从而|来|用于).{2,40}的(?:一[种类个])?(?P<o>[^的]{2,16}$)"
)
_CLASS_CLOSES = lazy("的[^的，]{2,16}$")


def _end_of_class(text: str, body: Span) -> int:
    """Where the definition proper ends: 是指A，B的N，它… goes on to speak of the concept after N."""
    for resumed in _RESUMES.finditer(text, *body):
        if resumed[0] in _DOES and text[resumed.start() - 1] in "上中下后时前内里":
            continue
        if _CLASS_CLOSES.search(text, body.start, resumed.start()):
            return resumed.start()
    anew = _DEFINED_ANEW.search(text, *body)
    if anew:
        return anew.start()
    joined = text.rfind("，以及", *body)
    return joined if joined > 0 and _CLASS_CLOSES.search(text, body.start, joined) else body.end


_DEFINED_ANEW = lazy("，[^，]{2,16}?(?:是指|指的是|(?<![所意泛专特])指)")


def _attributes(frames: Frames, s: Name, span: Span, quote: Span) -> Iterator[Claim]:
    """X是A、B的Y: what stands before the class in a list marks X."""
    text = frames.reader.text
    if "、" not in text[span.start : span.end] or _SERVES.search(text, span.end, quote.end):
        return
    able = _ABLE.match(text, *span)
    phrase = text[able.end() if able else span.start : span.end]
    if _NO_ATTRIBUTE.search(phrase) or (not able and (_USES.search(phrase) or verb_lead(frames.reader, phrase + "之后"))):
        return
    members, _ = split_list(frames.reader, *span)
    if not all(is_mark(frames.reader, one) or (able and is_predicate(text[slice(*one)])) for one in members):
        return  # 发挥园区经济、社会效益的区域: one predicate, with two objects
    start = able.end() if able else span.start
    has = _HAVING.match(text, start, span.end)
    objects = Span(has.end() if has else start, span.end)
    yield from frames.claims(
        "feature", s, objects, Span(quote.start, min(quote.end, quote.start + _LONGEST_QUOTE)), "defines.attributes"
    )


_ABLE = lazy("能够?(?:充分|有效|更好)?")
_HAVING = lazy("(?:一种|具有|具备|拥有|兼具|富有)+")
_SERVES = lazy(
    "的(?:重要|主要|关键|有效|基本|核心)?(?:渠道|阵地|平台|力量|手段|工具|纽带|桥梁|窗口|场所|机构|组织|单位|部门)"
)
_NO_ATTRIBUTE = lazy("[“”《》的]|(?<!相)对|在|由|从|把|将|以|使|通过|可|等|最")
_USES = lazy("利用|能够")
