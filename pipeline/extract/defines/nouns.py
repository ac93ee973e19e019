"""The frames around a noun such as 特征: 以…为特征, 特征是…, X建立在A的基础之上, and the lists and headings that it opens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotate.tokens import NAME, Token
from pipeline.extract.defines.closing import closing
from pipeline.extract.defines.spans import MOD, evidence, group_span
from pipeline.extract.defines.topic import EXHORTS, VERB_LEAD, Frames
from pipeline.extract.phrases import Trailing, is_name, trim
from pipeline.extract.reader import CONCEPTS, Reader
from pipeline.grammar.concept_slots import concept_after, whole
from pipeline.grammar.names import is_thing
from pipeline.model import Claim, Cue, Name, Span

_MOD_BEFORE = re.compile(MOD + r"$")
_YI = re.compile(
    r"(?:^|(?<=[^可足得难所加予赖不非]))以(?![上下内外前后及来致便免至])(?P<o>[^以]{1,70}?)(?:(?<![合工协创操])作为|为)(?P<mod>[^为，]{0,8})$"
)
_IS_AFTER = re.compile(
    r"^(?:所在|之一)?(?:主要|就|也|正|既|不仅|集中|突出|具体|充分|应当?|应该|可以|重点|都|则|更|还)*(?:是在于|在于|是|为|即|体现在|体现为|表现为|表现在|"
    r"有(?![力效序利助限机关所望待])|包括|涵盖|包含|：|:)(?![不没])"
)
_BUILT_ON = re.compile(
    r"(?P<s>.{2,40}?)(?:必须|需要|都|要|是|应当?|须|总是|无一不是)*+(?:建立|构筑|植根|扎根|立足|奠基)(?:在|"
    r"于)(?P<o>.{2,40}?)(?:的|这一|之)?(?P<mod>[^的之]{0,6})$"
)
COUNTED = re.compile(
    r"^(?:以下|如下|了|这|的)*(?:[两二三四五六七八九十\d]|几|多)(?:个|大|种|条|项|方面|重|点|类|层)*(?:显著|鲜明|基本|主要|"
    r"重要|突出|核心|方面|层面|维度)*(?:的)?"
)
_ENUMERATION = re.compile(
    r"(?:(?P<yi>[一二三四五六七八九]是)|(?P<qi>其[一二三四五六])[，：、]|(?P<di>第[一二三四五六七八九])[，：、]|"
    r"(?P<num>(?:首先|其次|再次|最后))[，：]|(?P<par>[（(][一二三四五六七八九1-9][）)]|[①-⑨]))\**(?:(?:在于|是|要)(?=[\u4e00-\u9fff]))?(?P<item>[^，。；：！？\n]{2,40})"
)


_NO_MODIFIER = re.compile("的|以|、以")
_COUNTED_BEFORE = re.compile(
    r"^(?P<s>.{2,30}?)(?:都|均|也|共)?(?:有|存在|呈现)(?:以下|如下)?[两二三四五六七八九十\d](?:个|大|种|项|方面|重)?" + MOD + "$"
)
_COUNTS = re.compile("有|存在|呈现")
_LISTED_BEFORE = re.compile(
    r"^(?P<s>.{2,20}?)(?:都|均|也|共)?(?:有|存在)(?P<o>[^，]{4,60}?)等?[两二三四五六七八九十\d](?:个|大|种|项|方面|重)"
    + MOD
    + "$"
)
_ANNOUNCED = re.compile(
    r"^(?P<s>(?:(?!包括|包含|具有|呈现|体现|表现|[有是为]).){2,24}?)的?[两二三四五六七八九十\d](?:个|大|种|项|方面|重)?"
    + MOD
    + "$"
)


def _announced(reader: Reader, clause: Span, before: str) -> re.Match[str] | None:
    """X的两个特点：一是…: a colon stands for the verb."""
    return (
        _ANNOUNCED.match(before)
        if reader.text[clause.end : clause.end + 1] in ("：", ":") and not EXHORTS.match(before)
        else None
    )


# What the frames below can have after their noun; "" at the end of the text.
_MAY_FOLLOW = frozenset('所之、和与及是在为即主就也正既不集重都则更还有包涵体表的上基”’"」（(：:，。；！？\n【】—') | {""}
_ENDS = re.compile(r"(?:所在|之一(?![是在为])|、|和|与|及|$|[”’\"」]|[（(])")
_UPON = re.compile(r"的?(?:基础)?(?:之)?(?:上|之上)")


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
    found = _YI.search(before) if "以" in before else None
    if found and not _NO_MODIFIER.search(found["mod"]):
        yield from _with_as(frames, cue, facet, clause, found)
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


def _with_as(frames: Frames, cue: Cue, facet: str, clause: Span, found: re.Match[str]) -> Iterator[Claim]:
    """X以A、B为特征; 以A为特征的X."""
    facet = _LED_BY.get(cue.text, facet)
    text = frames.reader.text
    before = text[clause.start : clause.start + found.start()]
    after = text[cue.end : clause.end]
    quote = Span(clause.start + found.start(), cue.end)
    objects = group_span(clause, found, "o")
    elided = re.match(r".*为[^、]{1,6}、", found["o"])  # 以A为主导、B为基础
    if elided:
        objects = Span(objects.start + elided.end(), objects.end)
    if (goes_on := _GOES_ON.match(after)) and goes_on["noun"] in frames.reader.wording.noun_facets:
        return  # 以A为龙头、B为基础的X: read at its last noun, where X is
    if after.startswith("的") and len(after) > 2:
        head = trim(text, cue.end + 1, clause.end)
        ends = text.find("、以", *head)
        head = Span(head.start, ends) if ends > 0 else head
        linked = _LINKED.search(before)
        before = before[: linked.start()] if linked else before
        pre = "" if before.endswith(_LEADS_TO_HEAD) else before
        s = (
            head_concept(frames, head)
            if not frames_has_copula(before)
            else frames.subject(clause.start, clause.start + len(before.rstrip("是一种个")))
        )
        if s and len(pre) <= 20 and not (facet == "goal" and EXHORTS.match(before)):
            framed = Span(clause.start + linked.start() if linked else quote.start, head.end)
            yield from _links(frames, s, linked, clause, framed)
            start = clause.start + found.start("o")
            for named in _LISTED.finditer(found["o"]) if elided else ():
                part = Span(start + named.start("o"), start + named.end("o"))
                for own in frames.reader.wording.noun_facets.get(named["noun"], ()):
                    yield from frames.claims(own, s, part, framed, _ATTRIBUTE)
            yield from frames.claims(facet, s, objects, framed, _ATTRIBUTE)
        return
    made = _made(frames, before, Span(cue.end, clause.end))
    if made:
        yield from frames.claims(facet, head_concept(frames, made), objects, Span(quote.start, made.end), _ATTRIBUTE)
        return
    done = None if before or EXHORTS.match(before) else _done(frames, facet, Span(cue.end, clause.end))
    if done:
        yield from frames.claims(facet, done, objects, quote, "defines.with_as")
        return
    if EXHORTS.match(before) or (not before and _GOES_ON_TO_DO.match(after)):
        return  # 以A为重点提质建设B: how to do it
    listed = re.search(r"以[^，][^，为]*为[^，]+、$", before)  # 以A为核心、以B为支撑
    before = before[: listed.start()] if listed else before
    before = _LEADS_ON.off(before)
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start, within_sentence=True)
    if s is None and not before and not after:
        s = opening_noun(frames, clause.end)
    yield from frames.claims(facet, s, objects, quote, "defines.with_as")


_DONE = re.compile(
    "(?:加快|推动|全面|大力|积极|着力|不断|共同|协同|深入|持续|加速)*"
    "(?:发展|建设|构建|打造|培育|形成|建立|实现|推进|制定|编制|研发|开发|搭建|组建|探索)(?=[^了的在])"
)
_SHAPES = ("driver", "carrier", "basis")  # how a thing is made says these of it; what is stressed in doing it is none of it


def _done(frames: Frames, facet: str, rest: Span) -> Name | None:
    """以A为载体，建设X; 以A为核心制定X: what is made so."""
    reader = frames.reader
    follow = rest if rest.end > rest.start else reader.next_clause(rest.end)
    does = _DONE.match(reader.text, *follow) if facet in _SHAPES else None
    if does is None or (follow != rest and not reader.text.startswith("，", rest.end)):
        return None
    of = reader.text.rfind("的", *follow)
    made = Span(max(does.end(), of + 1), follow.end)
    found = concept_after(reader, made) if made.end > made.start else ()
    if found and found[0].end == follow.end:
        return reader.name(*found[0], "Concept")
    one = made.end - made.start > _SHORT and reader.text.find("、", *made) < 0
    return reader.name(*made, "Concept") if one and whole(reader, made) else None


_SHORT = 4  # characters of what may be a noun that is always of something


def opening_noun(frames: Frames, mark: int) -> Name | None:
    """作为Y，X…; 以A为引领，X…: the thing with which the clause behind a comma opens."""
    reader, text = frames.reader, frames.reader.text
    if not text.startswith("，", mark):
        return None
    tokens = reader.tokens(*reader.next_clause(mark))
    end = next((at for at, token in enumerate(tokens) if at and not _is_nominal(token)), 0)
    span = trim(text, mark + 1, tokens[end].start) if end else Span(mark, mark)
    good = span.end > span.start + 1 and tokens[end - 1].tag[0] in "nNjlv" and not EXHORTS.match(text[slice(*span)])
    return frames.subject(*span) if good and is_thing(reader, span) else None


def _is_nominal(token: Token) -> bool:
    return token.tag != "ad" and (token.tag[0] in "njabqs" or token.tag in ("vn", "l", "x", "uj", NAME))


_LED_BY = {"核心": "driver"}  # 以A为核心: A leads X; X的核心是A: X hinges on A
_ATTRIBUTE = "defines.with_as_attribute"
_BUILDS = re.compile("(?:构建|建立|建成|打造|形成|搭建|设计|组建|培育|塑造|提出)(?:起|出|了|一个|一种|一批|成)*$")
_MADE = re.compile(
    "(?:[、，](?!是|将|要|不|也|以)[^，。；：！？为\n]{2,40}){1,2}的(?P<s>[^的，。；：！？、\n]{2,20})(?=[，。；：！？\n])"
)


def _made(frames: Frames, before: str, rest: Span) -> Span | None:
    """建成以A为基础，融合B的X: what is so made, behind another of its attributes."""
    text = frames.reader.text
    found = _MADE.match(text, rest.start) if _BUILDS.search(before) else None
    return trim(text, *found.span("s")) if found else None


_GOES_ON_TO_DO = re.compile(
    "(?:[，]?(?:提质|加快|推进|推动|全面|大力|积极|深入|统筹|着力|持续|扎实|协同|分类|有序)|建设|打造|构建|开展|实施|发展|培育)"
)
_LEADS_ON = Trailing(
    "不仅 不但 不只 不光 不单 无不 莫不 既 又 还 而且 是指 是 并 且 都 均 也 必须 应当 主要 始终 则 将 要 需要 需 更 更加 同时 而"
)


def _links(frames: Frames, s: Name, linked: re.Match[str] | None, clause: Span, whole: Span) -> Iterator[Claim]:
    """以A为基础、以B为载体、 before the last of such pairs: each is of the same concept."""
    for pair in _PAIR.finditer(linked.string, *linked.span()) if linked else ():
        objects = group_span(clause, pair, "o")
        for facet in _facets_of(frames.reader, pair["noun"]):
            yield from frames.claims(facet, s, objects, whole, _ATTRIBUTE)


def _facets_of(reader: Reader, phrase: str) -> tuple[str, ...]:
    """The facets of the noun that ends a phrase: 重要基础 is a basis."""
    return next((facets for at in range(len(phrase)) if (facets := reader.wording.noun_facets.get(phrase[at:]))), ())


_PAIR = re.compile(r"以(?P<o>[^以，]{1,60}?)(?:作为|为)(?P<noun>[^，、为]{1,8})、")
# Each pair is read in one way: of 作为 there are two, and of n of them 2^n.
_LINKED = re.compile(rf"(?:(?>{_PAIR.pattern.replace('?P<o>', '?:').replace('?P<noun>', '?:')}(?=以|$)))++$")
_LEADS_TO_HEAD = ("是", "支持", "发展", "培育", "建设", "打造", "形成", "构建", "推进")
_GOES_ON = re.compile("(?:、(?>[^，]{1,40}?为(?P<noun>[^、，的]{1,6})(?=[、的])))+的")
_LISTED = re.compile(r"(?P<o>[^为]{1,40}?)为(?P<noun>[^、为]{1,6})、")


def frames_has_copula(before: str) -> bool:
    """Whether a clause says X是以…为…的Y, so that the subject is X."""
    return bool(re.search(r"(?:是|就是|一种|一个)$", before))


# 人工智能|人才评定机制: the known concept only opens a longer name.
_COMPOUND = re.compile(
    r"(?![需要必将应可是能已正不])[\u4e00-\u9fff]{0,10}(?:机制|制度|体系|平台|方案|模式|政策|工程|中心|人才|队伍|企业|系统)$"
)


# 以A为特征的X在各地推广: what happens to X is no part of its name.
_ADJECTIVES = re.compile("(?:[^、的，]{1,6}[化性型]、)+")
_DESCRIBED = re.compile("(?:更|最|较|具有|富有|充满)[^，的]{1,8}的")
_GOES_ON_TO = re.compile("在(?![线岗校职研])|已经?|正在|将(?![来领军])|基本(?=建)|不断|逐步|加快")


_SAYING = re.compile(
    "说法|观点|看法|消息|传言|传闻|言论|报道|结论|论断|判断|认识|误解|误区|假设|设想|主张|现象|情况|情形|过程|结果"
)


def head_concept(frames: Frames, head: Span) -> Name | None:
    """The head after 以…为特征的: without a trailing 发展 or 建设."""
    text = frames.reader.text
    if _SAYING.match(text, *head):
        return None
    known = next((m for m in frames.reader.mentions(head.start, head.end) if m.start == head.start and m.kind in CONCEPTS), None)
    if known and known.end < head.end and not _COMPOUND.match(text, known.end, head.end):
        return frames.reader.name(known.start, known.end, "Concept")
    listed = _ADJECTIVES.match(text, *head)  # 专业化、规模化、数字化生产体系
    if listed and listed.end() + 1 < head.end:
        head = Span(listed.end(), head.end)
    described = _DESCRIBED.match(text, *head)  # 更具韧性的供应网络
    if described and described.end() + 1 < head.end:
        head = Span(described.end(), head.end)
    phrase = _GOES_ON_TO.split(text[head.start : head.end].split("的")[0])[0]
    tail = re.search(r"(?:发展|建设|培育|培养|(?:逐步|初步|基本|正在|加快)(?:形成|建立|完善|构建|确立))$", phrase)
    end = head.start + len(phrase) - (len(tail[0]) if tail and len(phrase) > 4 else 0)
    if not is_name(phrase) or phrase.endswith(("下", "中", "上", "领导")):
        return None
    if phrase[0] in '“"' and not is_thing(frames.reader, Span(head.start + 1, end)):
        return None  # “资本”对社会的支配
    return frames.reader.name(head.start, end, "Concept")


_WORK = frozenset(("重点", "着力点", "发力点", "切入点", "突破口"))  # 重点是推进…: what to do next


def _opening(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X的特征是A、B; 其特征在于A; 特征：A."""
    reader = frames.reader
    mod = _MOD_BEFORE.search(before)
    cut = mod.start() if mod else len(before)
    if before and cut == len(before) and not before.endswith(("的", "之", "其")):
        return  # 信息平台是…: the cue is the head of a name
    before = before[:cut].rstrip("的之")
    if EXHORTS.match(before) and not VERB_LEAD.match(before):
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
    if facet == "key" and (link[0] == "有" or (not before and cue.text in _WORK)):
        return
    yield from frames.claims(facet, s, Span(start, clause.end), evidence(reader, *quote), "defines.cue_is")
    acts = facet in ("goal", "key") and VERB_LEAD.match(reader.text, start, clause.end)
    part = clause
    while acts and reader.text.startswith("，", part.end) and VERB_LEAD.match(reader.text[slice(*reader.next_clause(part.end))]):
        part = reader.next_clause(part.end)
        yield from frames.claims(facet, s, part, part, "defines.cue_is")


def enumerated(
    frames: Frames, facet: str, s: Name, opening: Span, rule: str = "defines.enumerated", *, near: int = 60
) -> Iterator[Claim]:
    """…有三个特征，即A、B和C; …包括四个维度：一是A；…二是B. `rule` is what announces them.

    The first of them begins at most `near` characters behind what announces it.
    """
    reader = frames.reader
    follow = reader.next_clause(opening.end)
    named = re.match(r"(?:即|分别是|分别为|一般是|包括|就是)", reader.text[follow.start : follow.end])
    if named:
        span = Span(follow.start + named.end(), follow.end)
        yield from frames.claims(facet, s, span, Span(opening.start, follow.end), rule)
        return
    if (
        reader.text[opening.end : opening.end + 1] == "："
        and "、" in reader.text[follow.start : follow.end]
        and not _ENUMERATION.match(reader.text[follow.start : follow.end])
    ):
        yield from frames.claims(facet, s, follow, Span(opening.start, follow.end), rule)
        return
    block = reader.block(opening.start)
    limit = min(len(reader.text), block.end + 1200)
    seen: str | None = None
    for item in _ENUMERATION.finditer(reader.text, opening.end, limit):
        style = item.lastgroup and next(k for k in ("yi", "qi", "di", "num", "par") if item[k])
        if seen is None:
            if (
                item.start() - opening.end > near
                or not re.match(r"[一第其首（(①]", item[0])
                or not re.search("[一1①]|首先", item[0][:3])
            ):
                return
            seen = style
        elif style != seen:
            continue
        elif re.match(r"(?:一是|第一|其一|首先|[（(][一1][）)]|①)", item[0]):
            return
        span = trim(reader.text, *item.span("item"))
        if any(reader.is_word(reader.text[slice(*token[:2])], "modals") for token in reader.tokens(*span)):
            continue  # 一是能促进…; 二是竞争会降低价格: what it does
        if reader.text.find("是", *span) < 0:  # 第一，数据是关键要素: a statement of its own, no part
            yield from frames.claims(facet, s, span, Span(*item.span()), rule, parts=[span])
