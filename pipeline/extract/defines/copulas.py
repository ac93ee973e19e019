"""Definitions and copulas: 本条例所称X，是指Y; X是Y; and lists of nouns with adjectives, which say the same without a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotate.words import names_one, reads_as_noun
from pipeline.extract.defines.predicates import is_adjectival
from pipeline.extract.defines.topic import AND, VERB_LEAD, VERBAL, Frames, Topic, without_remark, without_support
from pipeline.extract.includes import CLASS_NOUN
from pipeline.extract.phrases import clean, is_name, split_list, trim
from pipeline.extract.reader import CONCEPTS, Reader
from pipeline.model import Claim, Name, Span

# Predicate nominals that judge or call for something and say nothing of the make-up of a concept.
_EVALUATION = re.compile(
    r"(?:要求|举措|选择|之路|途径|路径|任务|意义|抓手|环节|问题|体现|原因|课题|话题|时代命题|号召|做法|经验|方式|手段|"
    r"机遇|时刻|里程碑|部署|成果|结果|证明|例证|缩影|典范|热点|焦点|共识|难题|事情|大事|工作|职责|使命|责任|义务|权利|时期|"
    r"阶段|一年|之年|年份|所在|范例|代表|之举|关头|本领|先例|支柱|组成部分|有机整体|前沿领域|发展领域|理念|论断|思想|口号|所急|"
    r"财富|对象之一|[要提]条件|事件|关键|出路)$"
)
_NOT_ESSENCE = (
    r"(?:不|否|因为|由于|为了|要|如何|怎样|什么|谁|哪|多少|通过|对|在|从|由|以|把|将|我国|我们|一项|当前|今年|最|极|非常|十分|"
    r"很|有|没有|否则|非|需要|应|可|能|与|和|同|按|指|必然|必须|建立|源于|基于|\d)"
)
# Tried at every 是, most of which are no copula between a concept and its class.
COPULA = re.compile(rf"是(?!不是|[指否由因为]|在(?![^，。；是]{{2,30}}[下中上内里]，))(?:一种|一个|一项|一类)?+(?!(?![在以对]){_NOT_ESSENCE})")
_STARTS_NO_CLASS = re.compile(_NOT_ESSENCE)
# Found first; the definition is then read from the start of its clause.
DEFINES = re.compile(r"所称|所指|所谓|是指|指的是|意指|(?<=[：:])指|(?:视|看)[为作]|属于|作为(?=一[种类]|新型)|即(?![使将便可时日刻兴位席])|定义为|界定为|理解为|概括为")
_DEFINITION = re.compile(
    r"(?:本(?:条例|办法|规定|法|措施|方案|意见|规划|计划|细则|指南)(?:中)?(?:所称|所指)(?:的)?|"
    r"所谓(?:的)?)(?P<s>[^，。；：、\n]{2,30}?)[，,]?(?:主要)?(?:是指|指的是|就是指|就是|包括|指|"
    r"是(?!以))(?=(?P<o>[^。；\n]{4,200}))"
    r"|(?P<s2>[^，。；：、！？\n]{2,24}?)(?:主要|通常|一般|[在从]?字面(?:意思)?上)?(?:是指|指的是|意指)(?=(?P<o2>[^。；\n]{4,200}))"
    r"|(?P<s3>[^，。；：、！？\n是]{2,16}?)，?即(?=(?P<o3>[^，。；：！？\n将使可便]{3,30})[，。；])"
    r"|[^，。；]{0,24}?[把将](?P<s4>[^，。；：\n]{2,16}?)(?:定义|界定|理解|概括)为(?=(?P<o4>[^，。；：\n]{3,40}))"
)
# 1.开源软件：是指…, as a glossary has it.
_GLOSSED = re.compile(r"(?:\d+[.．、]|[（(][一二三四五六七八九十]+[）)])?(?P<s2>[^，。；：、！？\n]{2,24}?)[：:](?:是指|指的是|指)(?P<o2>[^。；\n]{4,300})")
# X可以视为Y, X属于Y, X作为一种Y: the class said otherwise.
_CLASSED = re.compile(
    r"(?P<s>[^，。；：、！？\n]{2,16}?)(?:仍然?|都|也|均|同样|则|可以?|应当?|常常?|往往|一般)*(?P<how>被?(?:视|看)[为作]是?|属于|作为)(?P<o>[^，。；：！？\n]{3,40})$"
)
_ATTRIBUTED = re.compile(r"的[^的，]{2,14}$")


def definition(frames: Frames, clause: Span) -> Iterator[Claim]:
    """本条例所称X，是指Y; X是指Y; 所谓X，就是Y; X即Y."""
    reader, text = frames.reader, frames.reader.text
    match = _definition_from(reader, clause)
    if match is None:
        yield from _classed(frames, clause)
        return
    group = next(key for key, found in match.groupdict().items() if found and key.startswith("s"))
    body = "o" + group[1:]
    s_span = trim(text, match.start(group), match.end(group))
    phrase = clean(text[s_span.start : s_span.end])
    if not is_name(phrase) or VERBAL.search(phrase) or reader.block(match.start()).kind == "title":
        return
    s = frames.subject(*s_span)
    if s is None or (group == "s3" and not s.term and not re.search("的.{2,}$", match["o3"])):
        return
    if "包括" in text[s_span.end : match.start(body)]:
        if not CLASS_NOUN.search(s.label):
            yield from frames.claims(
                "element",
                s,
                Span(match.start(body), reader.clause(match.start(body)).end),
                Span(match.start(), reader.clause(match.start(body)).end),
                "defines.law_includes",
                0.9,
            )
        return
    yield from genus(frames, s, Span(match.start(body), match.end(body)), Span(match.start(), match.end(body)), 0.9)


def _definition_from(reader: Reader, clause: Span) -> re.Match[str] | None:
    """The definition that a clause opens, or closes where its subject is the clause before (X，即Y)."""
    start = clause.start + (1 if reader.text[clause.start : clause.start + 1] in "“" else 0)
    match = _DEFINITION.match(reader.text, start)
    if match is None and reader.text[clause.start - 1 : clause.start] in ("：", ":"):
        return _GLOSSED.match(reader.text, reader.clause(max(0, clause.start - 2)).start)
    if match is None and reader.text[clause.start : clause.start + 1] == "即":
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
    if s and s.term and plain and not _EVALUATION.search(phrase) and not {o.end, found.end()} & reader.facet_nouns[1]:
        yield from genus(frames, s, o, Span(*found.span()), 0.6)


def genus(frames: Frames, s: Name, body: Span, quote: Span, confidence: float) -> Iterator[Claim]:
    """The class that a definition puts its concept in: the last clause's head, or the body where it is one clause."""
    reader, text = frames.reader, frames.reader.text
    frames.topic = Topic(s, None, reader.sentence(quote.start), reader.block_index(quote.start))
    body = Span(body.start, _end_of_class(text, body))
    last = body.start + text[body.start : body.end].rfind("，") + 1
    start, end = trim(text, last, body.end)
    phrase = clean(text[start:end])
    if not 2 <= len(phrase) <= 60:
        return
    purpose = _PURPOSE.match(text, start, end)
    o = reader.name(purpose.start("o") if purpose else start, end, "Concept")
    head = re.search(r"的(?P<head>[^的]{2,24})$", text[start:end])
    if head and AND.search(head["head"]):
        classes, _ = split_list(reader, start + head.start("head"), end)
    else:
        classes = []
    if len(classes) > 1 and head:
        of = text[start : start + head.start("head")]
        for subject in frames.each(s):
            for begin, stop in classes:
                one = Name(text[begin:stop], "Concept", text[begin:stop], (of + text[begin:stop],))
                quoted = min(quote.end, quote.start + 200)
                yield reader.claim("defines", {"s": subject, "o": one}, quote.start, quoted, "defines.classes", confidence, "essence")
        return
    if head and head["head"] not in o.aliases:
        o = Name(o.label, o.kind, o.text, (*o.aliases, head["head"]), o.term)
    if "，" not in text[body.start : body.end] or head:
        for subject in frames.each(s):
            yield reader.claim(
                "defines",
                {"s": subject, "o": o},
                quote.start,
                min(quote.end, quote.start + 200),
                "defines.definition",
                confidence,
                "essence",
            )
        yield from _attributes(frames, s, Span(start, start + head.start()) if head else Span(start, start), quote)


_RESUMES = re.compile(
    "，(?:它|其|这|该|并|据|是|从而|因此|所以|以便|例如|比如|目的|旨在|主要|具有|具体|可以?(?!持)|能够?|也|既|不|强调|包括|包含|分为|通常|一般|如|即|而|但|与|又)"
)
_PURPOSE = re.compile("(?:以(?!.{1,30}为)|用以|用来|从而|来|用于).{2,40}的(?:一[种类个])?(?P<o>[^的]{2,16}$)")
_CLASS_CLOSES = re.compile("的[^的，]{2,16}$")


def _end_of_class(text: str, body: Span) -> int:
    """Where the definition proper ends: 是指A，B的N，它… goes on to speak of the concept after N."""
    for resumed in _RESUMES.finditer(text, *body):
        if _CLASS_CLOSES.search(text, body.start, resumed.start()):
            return resumed.start()
    joined = text.rfind("，以及", *body)
    return joined if joined > 0 and _CLASS_CLOSES.search(text, body.start, joined) else body.end


def _attributes(frames: Frames, s: Name, span: Span, quote: Span) -> Iterator[Claim]:
    """X是A、B的Y: what stands before the class in a list marks X."""
    text = frames.reader.text
    if _SERVES.search(text[span.end : quote.end]):
        return
    able = re.match("能够?(?:充分|有效|更好)?", text[span.start : span.end])
    span = Span(span.start + (able.end() if able else 0), span.end)
    phrase = text[span.start : span.end]
    if "、" not in phrase or _NO_ATTRIBUTE.search(phrase) or (not able and (_USES.search(phrase) or VERB_LEAD.match(phrase + "之后"))):
        return
    has = re.match(r"(?:一种|具有|具备|拥有|兼具|富有)+", text[span.start : span.end])
    span = Span(span.start + (has.end() if has else 0), span.end)
    yield from frames.claims("feature", s, span, Span(quote.start, min(quote.end, quote.start + 200)), "defines.attributes", 0.6)


_SERVES = re.compile("的(?:重要|主要|关键|有效|基本|核心)?(?:渠道|阵地|平台|力量|手段|工具|纽带|桥梁|窗口|场所|机构|组织|单位|部门)")
_NO_ATTRIBUTE = re.compile("[“”《》]|(?<!相)对|在|由|从|把|将|以|使|通过|可|等|最")
_USES = re.compile("利用|能够")
_ADVERBS = re.compile(r"(?:不仅|既|也|又|还|正|就|则|本质上|实质上|应当?|必然|必定|而|都|更|仍|首先|同样|已经?|当然|并不|从来)+$")
_NO_SUBJECT = ("不", "而", "只", "于", "但", "特别", "尤其", "或", "要", "总", "可", "还", "才", "凡", "若", "如")
_NO_NOUN = ("的", "时", "后", "了", *(f"之{how}" for how in "基本源要魂母"))
_WITH_AS = re.compile("以.{2,40}?为.{2,6}的.{2,}$")
# 是在…下，A的N; 是对A的N: a phrase of place or object that only opens the class.
_NOMINAL = re.compile("在.{2,40}，|对[^，]{2,40}的[^的，]{4,10}$")
_METAPHOR = re.compile("的[“\"][^“”\"]{1,6}[”\"]$")
_OF_KIND = re.compile("(?:[^，。、的而着]{2,8}的、)+[^，。、的而着]{2,8}的")
_ROLE = re.compile("起.{0,4}作用$")


def copula(frames: Frames, link: re.Match[str]) -> Iterator[Claim]:
    """X是Y, where X is a concept and Y a class with its mark: 新质生产力是…的先进生产力质态."""
    reader, text = frames.reader, frames.reader.text
    position, start = link.span()
    clause = without_remark(text, reader.clause(position))
    if text.startswith("以", start) and not _WITH_AS.match(text, start, clause.end):
        return
    before = text[clause.start : position]
    start, end = trim(text, start, _end_of_predicate(reader, start, clause))
    opened, closed = before.rfind("“"), text[start:end].find("”")
    if closed > 0 and "“" not in text[start : start + closed]:
        end = start + closed
    if opened > before.rfind("”"):
        clause, before = Span(clause.start + opened + 1, clause.end), before[opened + 1 :]
    phrase = clean(text[start:end])
    if (
        not 3 <= len(phrase) <= 80
        or (_STARTS_NO_CLASS.match(phrase) and not _NOMINAL.match(phrase) and not _WITH_AS.match(phrase))
        or text[end - 1] == "”"
        or _METAPHOR.search(text, start, clause.end)
        or (_EVALUATION.search(phrase[-6:]) and not _WITH_AS.match(phrase))
        or _ROLE.search(phrase[-7:])
        or phrase.endswith(_NO_NOUN)
    ):
        return
    adverbs = _ADVERBS.search(before, max(0, len(before) - 12))
    before = before[: adverbs.start()] if adverbs else before
    if before.endswith(_NO_SUBJECT) or not reader.facet_nouns[1].isdisjoint((end, clause.start + len(before))):
        return  # 是X的动力, 其特征是…: the frame of that noun reads it
    if any(cue.end > position for cue in reader.cues(position - 4, position + 2)):
        return  # 本质是, 关键是: cues of their own
    if not before and adverbs and adverbs[0] == "而":
        s = _denied(frames, clause)
    else:
        s = (
            frames.subject(clause.start, clause.start + len(before))
            if before
            else frames.carried(clause.start, within_sentence=True)
        )
    if s is None or not (s.term or _is_subject(frames, clause.start, clause.start + len(before))):
        return
    body = Span(start, end)
    if _is_one(frames, s, clause.start) or not (s.term or _OF_CLASS.search(text, position, end)):
        return
    if _OF_KIND.fullmatch(text, start, clause.end):  # 是世界性的、时代性的
        yield from frames.claims("feature", s, body, Span(clause.start, clause.end), "defines.of_kind", 0.7)
        return
    if is_adjectival(phrase) or not all(map(_reads_as_class, AND.split(text[start:end].split("的")[-1]))):
        return
    yield from genus(frames, s, body, Span(clause.start, end), 0.7 if s.term else 0.55)


_ORDINAL = re.compile("第[一二三四五六七八九十]|[前后上下]者|.{0,4}(?:阶段|时期|方面)$")
# A class that is described, or said to be one: 是A的N, 是一种N.
_OF_CLASS = re.compile("的|一[种类个项门]|是第一")
_ONES = ("Place", "Body", "Person")


def _is_one(frames: Frames, s: Name, position: int) -> bool:
    """Whether a subject is one person, place or body, or a stage counted: what it is said to be is no concept's nature."""
    if s.kind in _ONES or _ORDINAL.match(s.label) or names_one(s.label):
        return True
    known = frames.reader.known_names.get(s.label)
    return known is not None and known.kind in _ONES


def _reads_as_class(part: str) -> bool:
    part = clean(part)[-8:]
    return not part or reads_as_noun(part) or (len(part) == 4 and reads_as_noun(part[2:]))  # 守正传承


def _denied(frames: Frames, clause: Span) -> Name | None:
    """X不是A，而是B: X is named in the clause that denies."""
    before = frames.reader.clause(max(0, clause.start - 1))
    denial = re.match(r"(?P<s>.{2,20}?)(?:并)?不(?:只|仅仅?)?是", frames.reader.text[before.start : before.end])
    return frames.subject(before.start, before.start + denial.end("s")) if denial else None


def _end_of_predicate(reader: Reader, start: int, clause: Span) -> int:
    """是A，B的N: the attributes of one noun over two clauses."""
    text = reader.text
    if text[clause.end : clause.end + 1] != "，" or _ATTRIBUTED.search(text[start : clause.end]):
        return clause.end
    follow = reader.next_clause(clause.end)
    if (
        _ATTRIBUTED.search(text[follow.start : follow.end])
        and not re.search("是", text[follow.start : follow.end])
        and text[follow.end : follow.end + 1] in '。；”"'
    ):
        return follow.end
    return clause.end


def _is_subject(frames: Frames, start: int, end: int) -> bool:
    start, end = trim(frames.reader.text, start, end)
    phrase = frames.reader.text[start:end]
    return end - start <= 14 and (frames.reader.is_noun_phrase(start, end) or all(map(reads_as_noun, phrase.split("的"))))


_OF_OLD = {"基": "basis", "本": "basis", "源": "origin", "要": "key", "魂": "key", "母": "origin"}
_OF_OLD_END = re.compile(rf"之[{''.join(_OF_OLD)}](?=[，。；”])")
_OF_OLD_FORM = re.compile(rf"(?P<o>[^是]{{2,20}})(?:是|乃|为)(?P<s>.{{2,20}})之(?P<how>[{''.join(_OF_OLD)}])”?$")
_WITHOUT = re.compile("没有|离开|缺少|缺乏|失去")
_WITHOUT_FORM = re.compile(
    r"(?:如果|假如|倘若|若)?(?:没有|离开|缺少|缺乏|失去)(?:了)?(?P<o>[^，。；没]{2,30}?)，(?P<who>[^，。；就便]{0,16}?)(?:就|便|也|将|都)+"
    r"(?:不可能|不会|没有|难以|无法|不能|谈不上|无从谈起|失去|会失去|成了|成为)?(?:在[^，。；]{2,12}、)?(?:有|实现|形成|推进|推动|取得|获得|持续|真正)*(?P<s>[^，。；]{0,20})$"
)


def without(frames: Frames) -> Iterator[Claim]:
    """没有A，就没有X; 没有A，X就难以实现: X rests on A."""
    reader, text = frames.reader, frames.reader.text
    for clause in reader.clauses_with(_WITHOUT):
        follow = reader.next_clause(clause.end)
        found = _WITHOUT_FORM.match(text, clause.start, follow.end)
        if found is None:
            continue
        group = "s" if len(found["s"]) >= 3 else "who"
        s = frames.subject(*found.span(group)) if found[group] else None
        yield from frames.claims("basis", s, without_support(text, Span(*found.span("o"))), Span(*found.span()), "defines.without", 0.7)


def of_old(frames: Frames) -> Iterator[Claim]:
    """A是X之基: the literary form of A是X的基础."""
    reader = frames.reader
    for clause in reader.clauses_with(_OF_OLD_END):
        match = _OF_OLD_FORM.match(reader.text, clause.start, clause.end)
        if match is None:
            continue
        s = frames.subject(*match.span("s"))
        yield from frames.claims(_OF_OLD[match["how"]], s, Span(*match.span("o")), Span(*match.span()), "defines.of_old", 0.8)
