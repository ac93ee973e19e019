"""concept – defines – element: what belongs to the make-up or the nature of a concept, in ten facets.

Each frame is anchored at a cue of the ontology (a noun such as 特征, a verb such as 源于) or at a copula, and reads the clause around
it. The concept is named in the clause, carried from the clause or sentence before, or taken from the heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.annotate.words import reads_as_noun
from pipeline.extract.phrases import Reader, clean, is_name, split_list, trim
from pipeline.model import Claim, Cue, Name, Span

# --- the wording of the frames; the cues themselves are in the ontology -----------------------------------------------

_MOD = r"(?:最?(?:主要|核心|基本|根本|重要|关键|直接|鲜明|基础|总|最终|首要|内在|本质|显著|突出|典型|独特|主体|战略|强大|坚实|有力|有效|强劲|持久|不竭|新|大|现实|物质|技术|理论|制度|思想|实践|呈现|中心|全新|共同|必要|充足|原)(?:性|的|、)*)*"
_YI = re.compile(r"(?:^|(?<=[^可足得难所加予赖]))以(?![上下内外前后及来致便免至])(?P<o>[^以]{1,70}?)(?:作为|为)(?P<mod>[^为，]{0,8})$")
_IS_AFTER = re.compile(r"^(?:所在)?(?:主要|就|也|正|既|不仅|集中|重点|都|则|更|还)*(?:是在于|在于|是|为|即|体现在|体现为|表现为|表现在|有(?![力效序利助限机关所望待])|包括|涵盖|包含|：|:)(?![不没])")
_INVERTED = re.compile(
    r"^(?P<o>.{0,60}?)(?:不仅|既|也|又|还|正|就|都|更|则|仍然?|始终|已经?|已然|越来越|日益|逐步|共同|将|必将|无疑|(?<!人)才|便|恰恰|乃)*(?P<verb>不是|并非|(?<!特别)(?<!尤其)是|成为|构成|作为|乃)(?!否)(?:了|其|我国|一个|一种|由)*(?P<s>.{1,50}?)(?P<link>的|之)(?P<mod>[^的]{0,12})$"
)
_PROVIDES = re.compile(r"^(?P<o>.{0,60}?)(?:能够?|可以?|将|也|正|从而|进而|从|并)*为(?P<s>[^为]{2,40}?)(?:提供|奠定|注入|夯实|筑牢|打下|构筑|创造|增添)(?:了)?(?P<mod>.{0,12})$")
_BUILT_ON = re.compile(r"(?P<s>.{2,40}?)(?:必须|需要|都|要|是|应当?|须|总是|无一不是)*(?:建立|构筑|植根|扎根|立足|奠基)(?:在|于)(?P<o>.{2,40}?)(?:的|这一|之)?(?P<mod>[^的之]{0,6})$")
_COUNTED = re.compile(r"^(?:以下|如下|了|这|的)*(?:[两二三四五六七八九十\d]|几|多)(?:个|大|种|条|项|方面|重|点|类|层)*(?:显著|鲜明|基本|主要|重要|突出|核心|方面|层面|维度)*(?:的)?")
_ENUMERATION = re.compile(
    r"(?:(?P<yi>[一二三四五六七八九]是)|(?P<qi>其[一二三四五六])[，：、]|(?P<di>第[一二三四五六七八九])[，：、]|(?P<num>(?:首先|其次|再次|最后))[，：])\**(?:(?:在于|是|要)(?=[\u4e00-\u9fff]))?(?P<item>[^，。；：！？\n]{2,40})"
)
_SUBJECT_LEAD = re.compile(
    r"^(?:[^“”]*?(?:指出|强调|认为|提出|表明|意味着|说明|可见|来看|来讲|来说|而言|上看)(?!了)[，：“\"]*)?(?:[\s“”\"*]|[（(][一二三四五六七八九十\d]+[）)]|【[^】]*】|[一二三四五六七八九十]+、|\d+[.．、]|本(?:条例|办法|规定|法|措施|方案|意见|规划|计划|细则)所称(?:的)?"
    r"|因此|所以|可见|事实上|实际上|总之|显然|当然|其中|例如|比如|如果说|所谓|作为|而言|同时|此外|由此|从而|也就是说|即|而(?!是)|但是?|并且|且|首先|其次|一方面|另一方面|首要的是|实践证明|当前|如今|目前|在此|这里的|说到底|归根结底|究其|我们说)*"
)
_VERB_LEAD = re.compile(
    r"^(?:(?:不断|加快|着力|大力|积极|持续|深入|全面|进一步|更好|有效|真正|推进|推动|实现|促进|引领|加快|驱动|支撑|保障|助推|赋能|释放|催生|提高|提升|增强|建设|构建|发展|形成|培育|壮大|打造|完善|塑造|催生|迈向|走向|夺取|赢得|全面建成|全面建设)(?:和|与|、|并)?)+(?=[\u4e00-\u9fffA-Za-z“]{2})"
)
_PLAIN_VERB = re.compile(r"(?:引领|推动|促进|实现|驱动|支撑|保障)")
_PRONOUN = re.compile(r"^(?:其|它|它们|这|该|此|二者|两者|前者|后者|三者|这一概念|这一理论|这一定义|这个概念|这些|其中|这种[\u4e00-\u9fff]{2,4}|这一[\u4e00-\u9fff]{2,6})?(?:的)?$")
_ADVERBS = re.compile(r"(?:同样|通常|往往|一般|必然|必将|始终|总是|日益|逐步|均|都|在根本上|从根本上|根本上|归根结底|需要|必须|应当|主要|也|又|更|则|还|只能|只|要|是指|就是|是)+$")
# 新质生产力区别于传统生产力的特征: the comparison is no part of the name.
_APART = re.compile(r"(?:区别于|不同于|相比于?|较之|相对于|有别于)")
_EXHORTS = re.compile(r"^(?:[“\"]|我们|各地|各级|各部门|全党|全国|全省|全市|一定|务必|始终)*(?:要|应|应当|应该|必须|需要|需|须|坚持|努力|着力|加快|推动|推进|深化|强化|加强|聚焦|围绕|充分|切实|不断|进一步|积极|大力|全面|注重|突出|紧紧|牢牢|促进|提升|完善|健全|优化|支持|鼓励|实施|打造|构建|建设|开展|探索|引导|培育|发展(?=[、和]))")
# Predicate nominals that judge or call for something and say nothing of the make-up of a concept.
_EVALUATION = re.compile(
    r"(?:要求|举措|选择|之路|途径|路径|任务|意义|抓手|环节|问题|过程|体现|原因|课题|话题|时代命题|号召|做法|经验|方式|手段|机遇|时刻|里程碑|部署|成果|结果|证明|例证|缩影|典范|热点|焦点|共识|难题|事情|大事|工作|职责|使命|责任|义务|权利|时期|阶段|一年|之年|年份|所在|范例|代表|之举|关头|本领|先例|支柱|组成部分|有机整体|前沿领域|发展领域|理念|论断|思想|口号|所急|财富|对象之一)$"
)
_NOT_ESSENCE = re.compile(r"^(?:不|否|因为|由于|为了|要|如何|怎样|什么|谁|哪|多少|通过|对|在|从|由|以|把|将|我国|我们|一项|当前|今年|最|极|非常|十分|很|有|没有|否则|非|需要|应|可|能|与|和|同|按|指|必然|必须|建立|源于|基于|\d)")
_VERBAL = re.compile(r"(?:[了着过]|是|们|应当|必须|能够|可以|已经|不断|并且|而且|因为|由于|如果|有着|进行|使得|促使|导致|关于|对于|通过|为了)")
_FEATURE_WORTH = re.compile(r"(?:意义|作用|价值|影响|地位|潜力|必要|可能|机遇|挑战|风险|差距|困难|问题|资格|条件|权利|义务|责任|企业|人才|能力的)")
_CLASS_SUBJECT = re.compile(r"(?:产业|行业|业|技术|领域|基础设施|装备|产品|工程|学科|专业|设备|项目|服务|门类|赛道|集群)$")


@dataclass(slots=True)
class _Topic:
    """What the text is speaking of: the concept last defined, and where."""

    name: Name | None = None
    sentence: Span = field(default_factory=lambda: Span(-1, -1))
    block: int = -1


@dataclass(slots=True)
class _Frames:
    """One pass over a document; `topic` moves along with it."""

    reader: Reader
    topic: _Topic = field(default_factory=_Topic)

    def subject(self, start: int, end: int) -> Name | None:
        """The concept in text[start:end], or the one it refers to."""
        text = self.reader.text
        lead = _SUBJECT_LEAD.match(text[start:end])
        if lead:
            start += lead.end()
        start, end = trim(text, start, end)
        adverbs = _ADVERBS.search(text[start:end])
        end = start + adverbs.start() if adverbs else end
        apart = _APART.search(text[start:end])
        end = start + apart.start() if apart else end
        phrase = clean(text[start:end])
        if _PRONOUN.match(phrase):
            return self.carried(start)
        if phrase.startswith("其") and not phrase.startswith(("其他", "其余")):
            return self.carried(start)
        if not is_name(phrase) or _VERBAL.search(phrase) or len(phrase) > 24:
            return self.mentioned(start, end)
        name = self.concept(start, end)
        return name if name.term or self.is_concept(name) else None

    def concept(self, start: int, end: int) -> Name:
        """发展新质生产力 names 新质生产力: a leading verb is set aside, and kept in the name's text."""
        text = self.reader.text
        phrase = text[start:end]
        lead = _VERB_LEAD.match(phrase)
        label = clean(phrase[lead.end() :]) if lead else clean(phrase)
        if len(label) < 2 or label not in self.reader.known_names and lead and len(label) < 4 and not _PLAIN_VERB.fullmatch(lead[0]):
            label = clean(phrase)
        known = next((m for m in reversed(self.reader.mentions(start, end)) if m.term and m.kind in ("Concept", "Industry", "Technology")), None)
        if known and known.start == start and re.fullmatch(r"的?(?:发展|形成|建设|培育|进阶|概念|理论|内涵|提出|实现)", text[known.end : end]):
            label = text[known.start : known.end]
        return self.reader.name(start, end, "Concept", label=label)

    def mentioned(self, start: int, end: int) -> Name | None:
        """The last known concept in a stretch that is no name as a whole, if it closes the stretch."""
        known = [m for m in self.reader.mentions(start, end) if m.term and m.kind in ("Concept", "Industry", "Technology")]
        if known and known[-1].end >= end - 1:
            return self.reader.name(known[-1].start, known[-1].end, "Concept")
        return None

    def carried(self, position: int, *, within_sentence: bool = False) -> Name | None:
        """The topic of this sentence, of the one before in the same paragraph, or of the heading."""
        sentence = self.reader.sentence(position)
        if self.topic.name and self.topic.sentence == sentence:
            return self.topic.name
        opening = self.opening(sentence, position)
        if opening:
            return opening
        if within_sentence:
            return None
        if self.topic.name and self.topic.block == self.reader.block_index(position) and position - self.topic.sentence.end < 120:
            return self.topic.name
        return self.heading_topic(position)

    def opening(self, sentence: Span, position: int) -> Name | None:
        """The known concept that opens the sentence, before `position`."""
        start = sentence.start
        lead = _SUBJECT_LEAD.match(self.reader.text[start : min(position, sentence.end)])
        start = start + lead.end() if lead else start
        for mention in self.reader.mentions(start, position):
            verb = _VERB_LEAD.match(self.reader.text[start : mention.start] + "之后")
            if mention.term and mention.kind in ("Concept", "Industry", "Technology") and (mention.start == start or verb or self.reader.text[start : mention.start] in "“\""):
                return self.reader.name(mention.start, mention.end, "Concept")
            break
        return None

    def heading_topic(self, position: int) -> Name | None:
        """The known concept that the nearest heading names."""
        for heading in self.reader.headings(position):
            for mention in self.reader.mentions(heading.start, heading.end):
                if mention.term and mention.kind in ("Concept", "Industry", "Technology"):
                    return self.reader.name(mention.start, mention.end, "Concept")
        return None

    def is_concept(self, s: Name) -> bool:
        """Whether a name that no vocabulary holds reads as a noun phrase."""
        return all(reads_as_noun(part) for part in re.split(r"、|和|与|的|[“”\"]", s.label) if part)

    def each(self, s: Name) -> list[Name]:
        """战略性新兴产业和未来产业 are two concepts, where both are known."""
        parts = re.split(r"、|和|与|及", s.label)
        known = [self.reader.known_names.get(part) for part in parts]
        if len(parts) < 2 or not all(known):
            return [s]
        return [Name(part, "Concept", s.text, (), m.term) for part, m in zip(parts, known, strict=True) if m]

    def yield_claims(self, facet: str, s: Name | None, objects: Span, quote: Span, rule: str, confidence: float) -> Iterator[Claim]:
        """One claim for each concept in `s` and each member of the list in `objects`."""
        if s is None:
            return
        subjects = self.each(s)
        self.topic = _Topic(s, self.reader.sentence(quote.start), self.reader.block_index(quote.start))
        counted = _COUNT_TAIL.search(self.reader.text[objects.start : objects.end])
        members, _ = split_list(self.reader, objects.start, objects.start + counted.start() if counted else objects.end)
        for start, end in members:
            phrase = clean(self.reader.text[start:end])
            if not 1 < len(phrase) <= 45 or _BAD_OBJECT.match(phrase) or phrase == s.label:
                continue
            o = self.reader.name(start, end, "Concept")
            for subject in subjects:
                yield self.reader.claim("defines", {"s": subject, "o": o}, quote.start, quote.end, rule, confidence, facet)


_COUNT_TAIL = re.compile(r"(?:等)?[两二三四五六七八九十\d]+(?:个|大|类|种|项|方面|重)(?:主要|基本|核心)?(?:部分|方面|环节|维度|层面|要素|领域|板块|内容)?$")
_BAD_OBJECT = re.compile(r"^(?:习近平同志|鲜明|显著|强大|坚实|明显|什么|如何|怎样|以下|如下|哪些|这样|这些|这里|那些|此|其|它|不是|是|没有|[两二三四五六七八九十\d]+(?:个|大|种|条|项|方面)|[\d.%]+)")


def _quote(reader: Reader, start: int, end: int) -> Span:
    """The evidence: the frame without marks at its ends."""
    return trim(reader.text, start, end) if end - start > 2 else Span(start, end)


def _of_noun_cue(frames: _Frames, cue: Cue, facet: str) -> Iterator[Claim]:
    """The frames around a noun such as 特征: 以…为特征, 特征是…, …是X的特征, 为X提供支撑."""
    reader = frames.reader
    clause = reader.clause(cue.start)
    before, after = reader.text[clause.start : cue.start], reader.text[cue.end : clause.end]
    if after.startswith(frames.reader.wording.facet_nouns) or reader.inside_name(cue):
        return  # 关键驱动力: the longer cue is the head
    found = _YI.search(before)
    if found and "的" not in found["mod"]:
        yield from _with_as(frames, cue, facet, clause, found)
        return
    if re.match(r"(?:所在|之一|、|和|与|及|$|[”’\"」]|[（(])", after):
        yield from _closing(frames, cue, facet, clause, before)
    elif _IS_AFTER.match(after):
        yield from _opening(frames, cue, facet, clause, before, after)
    elif re.match(r"的?(?:基础)?(?:之)?(?:上|之上)", after):
        built = _BUILT_ON.match(before)
        if built:
            s = frames.subject(clause.start + built.start("s"), clause.start + built.end("s"))
            yield from frames.yield_claims(facet, s, _span(clause, built, "o"), _quote(reader, *clause), "defines.built_on", 0.8)


def _span(clause: Span, match: re.Match[str], group: str) -> Span:
    return Span(clause.start + match.start(group), clause.start + match.end(group))


def _with_as(frames: _Frames, cue: Cue, facet: str, clause: Span, found: re.Match[str]) -> Iterator[Claim]:
    """X以A、B为特征; 以A为特征的X."""
    reader, text = frames.reader, frames.reader.text
    before = text[clause.start : clause.start + found.start()]
    after = text[cue.end : clause.end]
    quote = Span(clause.start + found.start(), cue.end)
    if after.startswith("的") and len(after) > 2:
        head = trim(text, cue.end + 1, clause.end)
        pre = re.sub(r".*(?:是|支持|发展|培育|建设|打造|形成|构建|推进)$", "", before)
        s = _head_concept(frames, head) if not frames_has_copula(before) else frames.subject(clause.start, clause.start + len(before.rstrip("是一种个")))
        if s and len(pre) <= 20 and not (facet == "goal" and _EXHORTS.match(before)):
            yield from frames.yield_claims(facet, s, _span(clause, found, "o"), Span(quote.start, head.end), "defines.with_as_attribute", 0.75)
        return
    if _EXHORTS.match(before):
        return
    before = re.sub(r"(?:并|且|都|均|也|必须|应当|主要|始终|是|则|将|要|需要|需|更加?|同时|而)+$", "", before)
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start, within_sentence=True)
    objects = _span(clause, found, "o")
    elided = re.match(r".*为[^、]{1,6}、", found["o"])  # 以A为主导、B为基础
    if elided:
        objects = Span(objects.start + elided.end(), objects.end)
    yield from frames.yield_claims(facet, s, objects, quote, "defines.with_as", 0.92)


def frames_has_copula(before: str) -> bool:
    """Whether a clause says X是以…为…的Y, so that the subject is X."""
    return bool(re.search(r"(?:是|就是|一种|一个)$", before))


def _head_concept(frames: _Frames, head: Span) -> Name | None:
    """The head after 以…为特征的: without a trailing 发展 or 建设."""
    text = frames.reader.text
    known = next((m for m in frames.reader.mentions(head.start, head.end) if m.start == head.start and m.kind in ("Concept", "Industry", "Technology")), None)
    if known and known.end < head.end:
        return frames.reader.name(known.start, known.end, "Concept")
    phrase = text[head.start : head.end].split("的")[0]
    tail = re.search(r"(?:发展|建设|培育|培养)$", phrase)
    end = head.start + len(phrase) - (len(tail[0]) if tail and len(phrase) > 4 else 0)
    if not is_name(phrase) or _VERBAL.search(phrase) or phrase.endswith(("下", "中", "上", "领导")):
        return None
    return frames.reader.name(head.start, end, "Concept")


def _closing(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str) -> Iterator[Claim]:
    """A是X的特征; A为X提供支撑."""
    reader = frames.reader
    provides = _PROVIDES.match(before)
    if provides:
        s = frames.subject(*_span(clause, provides, "s"))
        holder = _span(clause, provides, "o")
        o = Span(holder.start, holder.end) if clean(provides["o"]) else None
        if s and o and is_name(clean(provides["o"])) and not _VERBAL.search(provides["o"]):
            yield from frames.yield_claims(facet, s, o, _quote(reader, *clause), "defines.provides", 0.7)
        return
    found = _INVERTED.match(before)
    if not found or found["verb"] in ("不是", "并非"):
        return
    o = _span(clause, found, "o")
    o = _after_lead(reader, o)
    phrase = clean(reader.text[o.start : o.end])
    s_span = _span(clause, found, "s")
    if found["mod"] and not re.fullmatch(_MOD + r"[\u4e00-\u9fff]{0,6}", found["mod"]):
        return
    s = frames.subject(*s_span)
    if cue.text in ("结果", "产物", "结晶"):
        if is_name(phrase):
            yield from frames.yield_claims("origin", frames.subject(*o), s_span, _quote(reader, *clause), "defines.result_of", 0.75)
        return
    if s is None or _EXHORTS.match(phrase) and found["verb"] == "作为":
        return
    if not s.term and re.search("最|诸|中$|之中", s.label):
        topic = frames.subject(*o) if phrase else frames.carried(clause.start, within_sentence=True)
        if topic and (topic.term or frames.is_concept(topic)):
            yield from _genus(frames, topic, Span(s_span.start, cue.end), Span(clause.start, cue.end), 0.65)
        return
    if not phrase or _PRONOUN.match(phrase):
        topic = None if phrase.startswith("这") else frames.carried(clause.start, within_sentence=not phrase)
        if topic and topic.label != s.label:
            slots = {"s": s, "o": topic}
            yield reader.claim("defines", slots, clause.start, cue.end, "defines.is_of_carried", 0.7, facet)
        return
    if is_name(phrase) and len(phrase) <= 30:
        yield from frames.yield_claims(facet, s, o, Span(o.start, cue.end), "defines.is_of", 0.85)


def _after_lead(reader: Reader, span: Span) -> Span:
    lead = _SUBJECT_LEAD.match(reader.text[span.start : span.end])
    return trim(reader.text, span.start + (lead.end() if lead else 0), span.end)


def _opening(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X的特征是A、B; 其特征在于A; 特征：A."""
    reader = frames.reader
    mod = re.search(_MOD + r"$", before)
    cut = mod.start() if mod else len(before)
    if before and cut == len(before) and not before.endswith(("的", "之", "其")):
        return  # 信息平台是…: the cue is the head of a name
    before = before[:cut].rstrip("的之")
    if _EXHORTS.match(before) and not _VERB_LEAD.match(before):
        return
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start)
    link = _IS_AFTER.match(after)
    if s is None or link is None:
        return
    start = cue.end + link.end()
    counted = _COUNTED.match(reader.text[start : clause.end])
    quote = Span(clause.start, clause.end)
    if counted:
        yield from _enumerated(frames, facet, s, quote)
        return
    if facet in ("key",) and link[0] == "有":
        return
    yield from frames.yield_claims(facet, s, Span(start, clause.end), _quote(reader, *quote), "defines.cue_is", 0.88)


def _enumerated(frames: _Frames, facet: str, s: Name, opening: Span) -> Iterator[Claim]:
    """…有三个特征，即A、B和C; …包括四个维度：一是A；…二是B."""
    reader = frames.reader
    follow = reader.next_clause(opening.end)
    named = re.match(r"(?:即|分别是|分别为|一般是|包括|就是)", reader.text[follow.start : follow.end])
    if named:
        span = Span(follow.start + named.end(), follow.end)
        yield from frames.yield_claims(facet, s, span, Span(opening.start, follow.end), "defines.counted_list", 0.9)
        return
    if reader.text[opening.end : opening.end + 1] == "：" and "、" in reader.text[follow.start : follow.end] and not _ENUMERATION.match(reader.text[follow.start : follow.end]):
        yield from frames.yield_claims(facet, s, follow, Span(opening.start, follow.end), "defines.counted_list", 0.85)
        return
    block = reader.block(opening.start)
    limit = min(len(reader.text), block.end + 1200)
    seen: str | None = None
    for item in _ENUMERATION.finditer(reader.text, opening.end, limit):
        style = item.lastgroup and next(k for k in ("yi", "qi", "di", "num") if item[k])
        if seen is None:
            if item.start() - opening.end > 60 or not re.match(r"[一第其首]", item[0]) or (item["yi"] or item["di"] or "一")[-2:].find("一") < 0 and item["num"] != "首先" and item["qi"] != "其一":
                return
            seen = style
        elif style != seen:
            continue
        elif re.match(r"(?:一是|第一|其一|首先)", item[0]):
            return
        span = Span(item.start("item"), item.end("item"))
        yield from frames.yield_claims(facet, s, span, Span(item.start(), item.end()), "defines.enumerated", 0.85)


# --- verbs ------------------------------------------------------------------------------------------------------------


def _of_verb_cue(frames: _Frames, cue: Cue, facet: str) -> Iterator[Claim]:
    """The frames of a verb such as 包括, 具有, 源于, 离不开, 构成."""
    reader = frames.reader
    clause = reader.clause(cue.start)
    frame = _VERB_FRAMES.get(facet)
    if frame:
        yield from frame(frames, cue, facet, clause, reader.text[clause.start : cue.start], reader.text[cue.end : clause.end])


def _has(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X具有A、B等特征; X拥有A."""
    reader = frames.reader
    tail = re.search(r"(?:等)?(?:的)?(?:鲜明|显著|突出|基本|主要|典型|重要|明显)*(?:特征|特点|特性|属性|特质|优势|态势|趋势)$", after)
    attribute = re.match(r"(?P<o>.{2,60}?)(?:等)?(?:的)?(?:鲜明|显著|突出|主要)*(?:特征|特点|特性|属性|特质|优势)的(?P<s>.{2,16})$", after)
    if attribute:
        s = _head_concept(frames, trim(reader.text, cue.end + attribute.start("s"), clause.end))
        yield from frames.yield_claims(facet, s, Span(cue.end, cue.end + attribute.end("o")), Span(cue.start, clause.end), "defines.has_attribute", 0.75)
        return
    if _EXHORTS.match(before) or _FEATURE_WORTH.search(after[-6:]) and not tail:
        return
    if not tail and (len(after) > 16 or "的" in after and not after.split("的")[-1].endswith(("性", "度", "力"))):
        return
    before = re.sub(r"(?:都|均|也|普遍|同样|往往|日益|逐渐|明显|不仅|既|还|则|更|总体|充分|将|能够|必然)+$", "", before)
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start)
    objects = Span(cue.end, clause.end - (len(tail[0]) if tail else 0))
    if tail and _COUNTED.match(after):
        if s:
            yield from _enumerated(frames, facet, s, clause)
        return
    confidence = 0.85 if tail else 0.65
    if s and (tail or s.term):
        yield from frames.yield_claims(facet, s, objects, _quote(reader, *clause), "defines.has", confidence)


def _consists(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X由A、B和C构成; A、B和C构成X; X包括A、B."""
    reader, text = frames.reader, frames.reader.text
    passive = re.search(r"(?:主要|共同|是|都|均|则)*由(?P<o>[^由]{2,60}?)(?:等|所|而|共同|联合|要素)*$", before)
    if cue.text.endswith(("构成", "组成")) and passive and not after.strip("的"):
        s = frames.subject(clause.start, clause.start + passive.start())
        yield from frames.yield_claims(facet, s, _span(clause, passive, "o"), _quote(reader, *clause), "defines.made_of", 0.9)
    elif cue.text.endswith(("构成", "组成")):
        found = re.match(r"^(?P<o>.{2,80}?)(?:等|都|也|均|才|就|有机|一起)*(?:共同)?$", before)
        s_span = trim(text, cue.end, clause.end)
        if found and "、" in found["o"] and not passive and is_name(text[s_span.start : s_span.end]):
            yield from frames.yield_claims(facet, frames.subject(*s_span), _after_lead(reader, _span(clause, found, "o")), _quote(reader, *clause), "defines.makes_up", 0.8)
    else:
        yield from _includes(frames, cue, facet, clause, before, after)


def _includes(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X包括A、B: parts of a concept; members of a class of industries are left to `includes`."""
    reader = frames.reader
    before = before.removesuffix("（")
    if _EXHORTS.match(before) or re.match(r"^(?:但不限于|了|在内|[^，]{0,30}在内)", after):
        return
    before = re.sub(r"(?:主要|应|应当|不仅|既|也|都|还|一般|具体|至少|通常|同时|的内容|内容)+$", "", before)
    if not before:
        return
    s = frames.subject(clause.start, clause.start + len(before))
    if s is None or _CLASS_SUBJECT.search(s.label) or s.kind in ("Industry", "Technology"):
        return
    if _COUNTED.match(after):
        yield from _enumerated(frames, facet, s, clause)
        return
    yield from frames.yield_claims(facet, s, Span(cue.end, clause.end), _quote(reader, *clause), "defines.includes", 0.75)


def _springs(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X源于A; X由A催生."""
    reader = frames.reader
    passive = re.search(r"(?:是|主要|都|均)*由(?P<o>[^由]{2,60}?)(?:等|所|而|共同|不断|要素)*$", before)
    if passive and cue.end >= clause.end - 2:
        s = frames.subject(clause.start, clause.start + passive.start()) if passive.start() else frames.carried(clause.start)
        yield from frames.yield_claims(facet, s, _span(clause, passive, "o"), _quote(reader, *clause), "defines.brought_about_by", 0.9)
    elif cue.text in ("源于", "源自", "来源于", "脱胎于", "发端于", "根源于", "得益于", "来自", "来自于", "起源于"):
        before = re.sub(r"(?:主要|正|都|均|并|而是|则|也|就|恰恰|是)+$", "", before)
        follow = reader.next_clause(clause.end)
        if not before and (opened := frames.opening(Span(follow.start, follow.end), follow.end)):
            yield from frames.yield_claims(facet, opened, Span(cue.end, clause.end), Span(clause.start, follow.end), "defines.springs_from", 0.75)
            return
        s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start)
        if s and (s.term or cue.text not in ("来自", "得益于", "来自于")):
            yield from frames.yield_claims(facet, s, Span(cue.end, clause.end), _quote(reader, *clause), "defines.springs_from", 0.8)


def _driven(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X由A驱动; A起主导作用."""
    reader = frames.reader
    passive = re.search(r"(?:是|主要|都|均)*(?:由|受|靠)(?P<o>[^由受靠]{2,60}?)(?:等|所|来|共同|不断)*$", before)
    if passive and cue.end >= clause.end - 1:
        s = frames.subject(clause.start, clause.start + passive.start())
        yield from frames.yield_claims(facet, s, _span(clause, passive, "o"), _quote(reader, *clause), "defines.driven_by", 0.85)
    elif "主导作用" in cue.text:
        found = re.match(r"^(?P<s>.{2,20}?)(?:是|指)(?:一种|以)?(?P<o>.{2,20}?)(?:在其中)?$", before)
        if found:
            s = frames.subject(*_span(clause, found, "s"))
            yield from frames.yield_claims(facet, s, _span(clause, found, "o"), Span(clause.start, cue.end), "defines.leading_role", 0.9)


_RESTING = frozenset("离不开 依靠 依托 依托于 依赖 依赖于 有赖于 取决于 立足于 立足 植根于 根植于 扎根于 奠基于 仰赖 仰仗".split())


def _rests_on(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X离不开A; X必须依靠A."""
    reader = frames.reader
    before = re.sub(r"(?:都|也|必须|只能|主要|归根结底|要|始终|同样|既|更|就|需要|根本上|从根本上|绝|须|仍|还|又)+$", "", before)
    if _EXHORTS.match(before) and not _VERB_LEAD.match(before) or cue.text in ("依托", "立足于", "植根于", "立足") and ("的" in after or not before) or cue.text not in _RESTING:
        return
    s = frames.subject(clause.start, clause.start + len(before)) if before else _previous_subject(frames, clause)
    if s and (s.term or frames.is_concept(s)):
        objects = Span(cue.end, clause.end - (len(prop[0]) if (prop := re.search(r"(?:作为|来|而|以|为)[^、]{2,12}$", after)) else 0))
        yield from frames.yield_claims(facet, s, objects, _quote(reader, *clause), "defines.rests_on", 0.7)


def _aims(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X旨在A; X服务于A."""
    reader = frames.reader
    before = before.rstrip("都也均则")
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start)
    if s and (s.term or before):
        yield from frames.yield_claims(facet, s, Span(cue.end, clause.end), _quote(reader, *clause), "defines.aims_at", 0.7)


def _amounts(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X本质上是A; 实质是A. The other verbs of definition are read as wholes, see `_definitions`."""
    if cue.text.startswith(("本质", "实质")):
        yield from _hinges(frames, cue, facet, clause, before, after)


def _hinges(frames: _Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X关键在于A; 关键在A."""
    reader = frames.reader
    s = frames.subject(clause.start, cue.start) if before else frames.carried(clause.start, within_sentence=True) or _previous_subject(frames, clause)
    if s and cue.text == "在于" and not s.term and not re.search("的(?:成功|优势|实质|生命力|“|\"|‘)|之", s.text):
        return
    yield from frames.yield_claims(facet, s, Span(cue.end, clause.end), _quote(reader, *clause), "defines.hinges_on", 0.85)


def _previous_subject(frames: _Frames, clause: Span) -> Name | None:
    """培育壮大新兴产业，核心在于…: the clause before names what is spoken of."""
    if clause.start < 2:
        return None
    before = frames.reader.clause(clause.start - 1)
    return frames.subject(*before)


_Frame = Callable[[_Frames, Cue, str, Span, str, str], Iterator[Claim]]
_VERB_FRAMES: dict[str, _Frame] = {
    "element": _consists,
    "feature": _has,
    "origin": _springs,
    "driver": _driven,
    "basis": _rests_on,
    "goal": _aims,
    "key": _hinges,
    "essence": _amounts,
}

# --- definitions and copulas ------------------------------------------------------------------------------------------

_DEFINITION = re.compile(
    r"(?:本(?:条例|办法|规定|法|措施|方案|意见|规划|计划|细则|指南)(?:中)?(?:所称|所指)(?:的)?|所谓(?:的)?)(?P<s>[^，。；：、\n]{2,30}?)[，,]?(?:主要)?(?:是指|指的是|就是指|就是|包括|指|是(?!以))(?=(?P<o>[^。；\n]{4,200}))"
    r"|(?:^|(?<=[，。；：！？\n“]))(?P<s2>[^，。；：、！？\n]{2,24}?)(?:主要|通常|一般|字面上)?(?:是指|指的是|意指)(?=(?P<o2>[^。；\n]{4,200}))"
    r"|(?:^|(?<=[，。；：！？\n“]))(?P<s3>[^，。；：、！？\n是]{2,16}?)，?即(?=(?P<o3>[^，。；：！？\n将使可便]{3,30})[，。；])"
    r"|把(?P<s4>[^，。；：\n]{2,16}?)(?:定义|界定|理解|概括)为(?=(?P<o4>[^，。；：\n]{3,40}))",
    re.MULTILINE,
)
_ATTRIBUTED = re.compile(r"的[^的，]{2,14}$")
_COPULA = re.compile(r"(?:不仅|既|也|又|还|正|就|则|本质上|实质上|应当?|必然|必定|应|，)*是(?!否|不是|因为|由于|为了|指|在|如何|什么)(?:一种|一个|一项|一类|指)?")


def _definitions(frames: _Frames) -> Iterator[Claim]:
    """本条例所称X，是指Y; X是指Y; 所谓X，就是Y; X即Y."""
    reader, text = frames.reader, frames.reader.text
    for match in _DEFINITION.finditer(text):
        group = next(key for key in ("s", "s2", "s3", "s4") if match[key])
        body = "o" + group[1:]
        s_span = trim(text, match.start(group), match.end(group))
        phrase = clean(text[s_span.start : s_span.end])
        if not is_name(phrase) or _VERBAL.search(phrase) or reader.block(match.start()).kind in ("title", "footnote", "reference"):
            continue
        s = frames.subject(*s_span)
        if s is None or group == "s3" and not s.term and not re.search("的.{2,}$", match["o3"]):
            continue
        if "包括" in text[s_span.end : match.start(body)]:
            if not _CLASS_SUBJECT.search(s.label):
                yield from frames.yield_claims("element", s, Span(match.start(body), reader.clause(match.start(body)).end), Span(match.start(), reader.clause(match.start(body)).end), "defines.law_includes", 0.9)
            continue
        yield from _genus(frames, s, Span(match.start(body), match.end(body)), Span(match.start(), match.end(body)), 0.9)


def _genus(frames: _Frames, s: Name, body: Span, quote: Span, confidence: float) -> Iterator[Claim]:
    """The class that a definition puts its concept in: the last clause's head, or the body where it is one clause."""
    reader, text = frames.reader, frames.reader.text
    frames.topic = _Topic(s, reader.sentence(quote.start), reader.block_index(quote.start))
    last = body.start + max(text[body.start : body.end].rfind(mark) for mark in "，,") + 1
    start, end = trim(text, last, body.end)
    phrase = clean(text[start:end])
    if not 2 <= len(phrase) <= 60:
        return
    o = reader.name(start, end, "Concept")
    head = re.search(r"的(?P<head>[^的]{2,16})$", text[start:end])
    if head and head["head"] not in o.aliases:
        o = Name(o.label, o.kind, o.text, (*o.aliases, head["head"]), o.term)
    if "，" not in text[body.start : body.end] or head:
        for subject in frames.each(s):
            yield reader.claim("defines", {"s": subject, "o": o}, quote.start, min(quote.end, quote.start + 200), "defines.definition", confidence, "essence")
        yield from _attributes(frames, s, Span(start, start + head.start()) if head else Span(start, start), quote)


def _attributes(frames: _Frames, s: Name, span: Span, quote: Span) -> Iterator[Claim]:
    """X是A、B的Y: what stands before the class in a list marks X."""
    text = frames.reader.text
    if "、" not in text[span.start : span.end] or re.search(r"[“”《》]|对|在|由|从|把|将|以|使|利用|通过|可|等|能够", text[span.start : span.end]):
        return
    has = re.match(r"(?:一种|具有|具备|拥有|兼具|富有)+", text[span.start : span.end])
    span = Span(span.start + (has.end() if has else 0), span.end)
    yield from frames.yield_claims("feature", s, span, Span(quote.start, min(quote.end, quote.start + 200)), "defines.attributes", 0.6)


def _copulas(frames: _Frames, position: int) -> Iterator[Claim]:
    """X是Y, where X is a concept and Y a class with its mark: 新质生产力是…的先进生产力质态."""
    reader, text = frames.reader, frames.reader.text
    clause = reader.clause(position)
    link = _COPULA.match(text[position : clause.end])
    if link is None:
        return
    before, start = text[clause.start : position], position + link.end()
    start, end = trim(text, start, _end_of_predicate(reader, start, clause))
    opened, closed = before.rfind("“"), text[start:end].find("”")
    if closed > 0 and "“" not in text[start : start + closed]:
        end = start + closed
    if opened > before.rfind("”"):
        clause, before = Span(clause.start + opened + 1, clause.end), before[opened + 1 :]
    phrase = clean(text[start:end])
    if not 3 <= len(phrase) <= 80 or _NOT_ESSENCE.match(phrase) and not ("，" in phrase and phrase.startswith("在")) or _EVALUATION.search(phrase) or re.search("起.{0,4}作用$", phrase) or phrase.endswith(("的", "时", "后", "了", *(f"之{how}" for how in _OF_OLD))):
        return
    adverbs = re.search(r"(?:不仅|既|也|又|还|正|就|则|本质上|实质上|应当?|必然|必定|而|都|更|仍|首先|同样|已经?|当然|并不|从来)+$", before)
    before = before[: adverbs.start()] if adverbs else before
    if before.endswith(("不", "而", "只", "于", "但", "特别", "尤其", "或", "要", "总", "可", "还", "才", "凡", "若", "如")):
        return
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start, within_sentence=True)
    if s is None or not (s.term or _is_subject(frames, clause.start, clause.start + len(before))):
        return
    if s.label.endswith(frames.reader.wording.facet_nouns):
        return  # 其本质是…: likewise
    if phrase.endswith(frames.reader.wording.facet_nouns):
        return  # 是X的动力: the frame of that noun reads it
    body = Span(start, end)
    if not reads_as_noun(clean(text[start:end].split("的")[-1])[-8:]):
        return
    yield from _genus(frames, s, body, Span(clause.start, end), 0.7 if s.term else 0.55)


def _end_of_predicate(reader: Reader, start: int, clause: Span) -> int:
    """是A，B的N: the attributes of one noun over two clauses."""
    text = reader.text
    if _ATTRIBUTED.search(text[start : clause.end]) or text[clause.end : clause.end + 1] != "，":
        return clause.end
    follow = reader.next_clause(clause.end)
    if _ATTRIBUTED.search(text[follow.start : follow.end]) and not re.search("是|为", text[follow.start : follow.end]) and text[follow.end : follow.end + 1] in "。；”\"":
        return follow.end
    return clause.end


def _is_subject(frames: _Frames, start: int, end: int) -> bool:
    start, end = trim(frames.reader.text, start, end)
    return end - start <= 12 and frames.reader.is_noun_phrase(start, end)


_ADJECTIVE = re.compile(r"^[\u4e00-\u9fff]{2,10}(?:大|小|高|低|强|弱|好|快|慢|多|少|广|长|短|足|深|密集|活跃|完备|突出|明显|显著|充足|丰富|旺盛|稳定|集中|频繁|不足|薄弱)$")
_OF_OLD = {"基": "basis", "本": "basis", "源": "origin", "要": "key", "魂": "key", "母": "origin"}
_RESTATES = re.compile(r"^(?:也就是说?|即|就是)")


def _of_old(frames: _Frames) -> Iterator[Claim]:
    """A是X之基: the literary form of A是X的基础."""
    reader = frames.reader
    for match in re.finditer(rf"(?:^|(?<=[，。；：！？\n]))(?P<o>[^，。；：！？\n是]{{2,20}})是(?P<s>[^，。；：！？\n]{{2,20}})之(?P<how>[{''.join(_OF_OLD)}])(?=[，。；”])", reader.text):
        s = frames.subject(*match.span("s"))
        yield from frames.yield_claims(_OF_OLD[match["how"]], s, Span(*match.span("o")), Span(*match.span()), "defines.of_old", 0.8)


def _adjectival(frames: _Frames) -> Iterator[Claim]:
    """战略性新兴产业成长潜力大、综合效益好: a list of nouns with their adjectives says what marks the concept before it."""
    reader, text = frames.reader, frames.reader.text
    for match in re.finditer(r"[^，。；：！？\n、]{4,40}(?:、[^，。；：！？\n、]{3,12}){1,7}(?=[，。；])", text):
        start, end = match.span()
        parts = match[0].split("、")
        if not all(_ADJECTIVE.match(part) for part in parts[1:]):
            continue
        restated = _RESTATES.match(parts[0])
        known = next((m for m in reader.mentions(start, start + len(parts[0])) if m.start == start and m.kind in ("Concept", "Industry", "Technology")), None)
        if known and _ADJECTIVE.match(text[known.end : start + len(parts[0])]):
            s, objects = reader.name(known.start, known.end, "Concept"), Span(known.end, end)
        elif restated and _ADJECTIVE.match(parts[0][restated.end() :]):
            topic = frames.carried(start, within_sentence=True)
            if topic is None:
                continue
            s, objects = topic, Span(start + restated.end(), end)
        else:
            continue
        yield from frames.yield_claims("feature", s, objects, Span(start, end), "defines.adjectival", 0.8)


# --- the family -------------------------------------------------------------------------------------------------------

_SKIPPED = ("footnote", "reference", "metadata", "table_row")


def defines(reader: Reader) -> Iterator[Claim]:
    """Every claim of the kind that the document makes, in the order of its text."""
    frames = _Frames(reader)
    yield from _definitions(frames)
    frames.topic = _Topic()
    yield from _adjectival(frames)
    yield from _of_old(frames)
    frames.topic = _Topic()
    properties = {p.name: (facet, p) for facet, p in reader.ontology.facets().items()}
    anchors: list[tuple[int, Cue | None]] = [(cue.start, cue) for cue in reader.annotated.cues if any(s in properties for s in cue.signals)]
    anchors += [(match.start(), None) for match in re.finditer("是", reader.text)]
    for position, cue in sorted(anchors, key=lambda anchor: anchor[0]):
        if reader.block(position).kind in _SKIPPED:
            continue
        if cue is None:
            yield from _copulas(frames, position)
            continue
        for signal in cue.signals:
            if signal in properties:
                facet, property_ = properties[signal]
                if cue.text in property_.noun_cues:
                    yield from _of_noun_cue(frames, cue, facet)
                if cue.text in property_.verb_cues:
                    yield from _of_verb_cue(frames, cue, facet)
