"""The frames of a verb such as 包括, 具有, 源于, 离不开, 关键在于; the table of them at the foot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.extract.defines.definitions import definition
from pipeline.extract.defines.heads import head_concept
from pipeline.extract.defines.parts import consists
from pipeline.extract.defines.predicates import without
from pipeline.extract.defines.spans import evidence, group_span, without_support
from pipeline.extract.defines.topic import Frames, exhorts, is_verbal, verb_lead
from pipeline.extract.phrases import clean, split_list, trim, without_count
from pipeline.extract.reader import Reader
from pipeline.grammar.concept_slots import concept
from pipeline.grammar.list_slots import is_headed
from pipeline.grammar.names import is_clause, is_thing
from pipeline.model import Claim, Cue, Name, Span
from pipeline.patterns import lazy

_MARKS_END = "等?的?%of_marks%*(?:%mark_nouns%|优势|态势|趋势)$"
_HAVING = "(?P<o>.{2,60}?)等?的?(?:鲜明|显著|突出|主要)*+(?:%mark_nouns%|优势)的(?P<s>.{2,16})$"
_FEATURE_NOUN = "%mark_nouns%|优势"
_FEATURE_END = "(?:%mark_nouns%|优势|特色)[、和与及]"
_IN_FIELDS = lazy("在.+(?:领域|方面)$")  # A在B等领域具有C: said of A
_MADE_TO = lazy("[让使令]|帮助|支持|鼓励|推动|促进")  # 让更多人拥有A says what is wished
_QUALITIES = lazy("(?:[^，、和与及]{1,6}[性化度]、)+[^，、和与及]{1,6}[性化度](?:[和与及][^，、和与及]{1,6}[性化度])?")
# 具有A、B的X, where nothing stands before: X is what has them.
_WHO_HAS = lazy("(?P<o>[^，“”、]*、[^，“”]*)的(?P<s>[^，的]{2,16})$")
_GAINS = lazy("(?:[^，]{0,8}(?:培养|培育|造就|引进|打造|形成|构建|建设|发展|成为))?(?:一批|一支|大批|更多)?")
_SHOWN = lazy("(?:表现|体现|凸显|彰显)(?:为|在|出)$")
_ASPECTS = lazy("等(?:方面|因素|环节|层面|领域|之中|内容)?(?:之中|上|中)?$|(?:方面|之中|层面|上)$")


def _shown(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X表现为A、B; 体现在A、B等方面: at least two, else it is as often how something shows."""
    reader = frames.reader
    if "、" not in after or exhorts(reader, before):
        return
    before = reader.without(before, "before_showing")
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start)
    tail = _ASPECTS.search(after)
    objects = Span(cue.end, clause.end - (len(tail[0]) if tail else 0))
    if s and (s.term or before) and len(split_list(reader, *objects)[0]) > 1:
        yield from frames.claims(facet, s, objects, evidence(reader, *clause), "defines.shown")


_BROUGHT_ABOUT_BY = lazy(r"(?:是|总是|往往|通常|主要|正|都|均)*由(?P<o>[^由]{2,60}?)(?:等|所|而|共同|不断|要素)*$")
_THROUGH = lazy("(?P<o>[^，]{2,20}?)所(?:引发|释放|带来|产生|形成|催生|推动|孕育|导致|激发)的")
_DRIVEN_BY = lazy(r"(?:是|主要|都|均)*(?:由|受|靠)(?P<o>[^由受靠]{2,60}?)(?:等|所|来|共同|不断)*$")


def of_verb_cue(frames: Frames, cue: Cue, facet: str, clause: Span) -> Iterator[Claim]:
    """The frames of a verb such as 包括, 具有, 源于, 离不开, 构成."""
    reader = frames.reader
    frame = _VERB_FRAMES.get(facet, _states)
    if cue.end <= clause.end:
        yield from frame(frames, cue, facet, clause, reader.text[clause.start : cue.start], reader.text[cue.end : clause.end])


def _has(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """具有A、B特征的X; X拥有A; X具有A性、B性."""
    reader = frames.reader
    if reader.pattern(_MARKS_END).search(after):
        return  # X具有A的特征, a production
    attribute = reader.pattern(_HAVING).match(after) if "的" in after else None
    if attribute:
        s = head_concept(frames, trim(reader.text, cue.end + attribute.start("s"), clause.end))
        noun = reader.pattern(_FEATURE_NOUN).match(after, attribute.end("o"))
        mark_of = reader.pattern(_FEATURE_END).search(attribute["o"])  # 比较优势, 时代特征、校园特色 are names
        named = noun and (noun[0] == "优势" or mark_of)
        objects = Span(cue.end, cue.end + (noun.end() if noun and named else attribute.end("o")))
        yield from frames.claims(facet, s, objects, Span(cue.start, clause.end), "defines.has_attribute")
        return
    who = _WHO_HAS.match(after) if "、" in after and _GAINS.fullmatch(before) else None
    if who:
        s = head_concept(frames, trim(reader.text, cue.end + who.start("s"), clause.end))
        objects = Span(cue.end, cue.end + who.end("o"))
        yield from frames.claims(facet, s if s and s.term else None, objects, Span(cue.start, clause.end), "defines.having")
    elif _SHOWN.search(cue.text):
        yield from _shown(frames, cue, facet, clause, before, after)
    elif _tells_a_quality(reader, before, after) and not _IN_FIELDS.search(before):
        before = reader.without(before, "before_verbs")
        s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start)
        objects = Span(cue.end, clause.end)
        told = s and (s.term or (not before and "的" in after))  # X属于Y，具有较高的Z
        if told or _QUALITIES.fullmatch(reader.text, *objects):
            yield from frames.claims(facet, s, objects, evidence(reader, *clause), "defines.has")


def _tells_a_quality(reader: Reader, before: str, after: str) -> bool:
    """Whether what follows 具有 is a quality, and no one is called to have it: 较高的稳定性."""
    asked = exhorts(reader, before) or _MADE_TO.search(before) or reader.holds(after[-6:], "no_marks")
    quality = "的" not in after or after.rsplit("的", 1)[-1].endswith(("性", "度", "力"))
    return not asked and quality and len(after) <= _LONGEST_QUALITY


_LONGEST_QUALITY = 16  # characters


def _springs(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X源于A; X由A催生."""
    reader = frames.reader
    passive = _BROUGHT_ABOUT_BY.search(before) if "由" in before and cue.end >= clause.end - 2 else None
    if passive:
        s = frames.subject(clause.start, clause.start + passive.start()) if passive.start() else frames.carried(clause.start)
        yield from frames.claims(
            facet, s, group_span(clause, passive, "o"), evidence(reader, *clause), "defines.brought_about_by"
        )
    elif reader.is_word(cue.text, "bears"):
        yield from _bears(frames, facet, clause, before, Span(cue.end, clause.end))
    elif reader.is_word(cue.text, "springs"):  # the others say it in the passive only: X是由A引起的
        before = reader.without(before, "before_verbs")
        follow = reader.next_clause(clause.end)
        if not before and not is_thing(reader, trim(reader.text, cue.end, clause.end)):
            return  # 得益于A持续优化
        if not before and (opened := frames.opening(Span(follow.start, follow.end), follow.end)):
            yield from frames.claims(
                facet, opened, Span(cue.end, clause.end), Span(clause.start, follow.end), "defines.springs_from"
            )
            return
        s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start)
        sourced = reader.ends_in(s.label, "kept_records") or is_clause(reader, Span(cue.end, clause.end)) if s else None
        if s and not sourced and (s.term or cue.text not in ("来自", "得益于", "来自于")):
            through = _THROUGH.match(after)  # 源于A所引发的变化: A is the origin
            objects = Span(cue.end, cue.end + through.end("o") if through else clause.end)
            yield from frames.claims(facet, s, objects, evidence(reader, *clause), "defines.springs_from")


_SO_MANY = lazy("出?了?(?:一批|一系列|许多|大量|众多)?")
_FURTHERS = lazy("促进|推动|推进|经由|通过|以便")


def _bears(frames: Frames, facet: str, clause: Span, before: str, born: Span) -> Iterator[Claim]:
    """A催生B、C: A is the origin of each."""
    reader, text = frames.reader, frames.reader.text
    if exhorts(reader, before) or _FURTHERS.search(before) or text.startswith(("品", "物", "工具"), born.start):
        return  # 衍生|品
    before = reader.without(before, "before_verbs")
    giver = (
        frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start, within_sentence=True)
    )
    if giver is None:
        return
    lead = _SO_MANY.match(text, *born)
    members, _ = split_list(reader, lead.end() if lead else born.start, without_count(text, *born))
    for start, end in [trim(text, *member) for member in members]:
        phrase = clean(text[start:end])
        if len(phrase) <= 16 and reader.is_noun_phrase(start, end) and phrase != giver.label:
            s = frames.subject(start, end)
            if s:
                slots = {"s": s, "o": giver}
                yield reader.claim("defines", slots, clause.start, clause.end, "defines.bears", facet)


def _driven(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X由A驱动; A起主导作用."""
    reader = frames.reader
    passive = _DRIVEN_BY.search(before) if cue.end >= clause.end - 1 else None
    if passive:
        s = frames.subject(clause.start, clause.start + passive.start())
        yield from frames.claims(facet, s, group_span(clause, passive, "o"), evidence(reader, *clause), "defines.driven_by")
    elif "主导作用" in cue.text:
        found = re.match(r"^(?P<s>.{2,20}?)(?:是|指)(?:一种|以)?(?P<o>.{2,20}?)(?:在其中)?$", before)
        if found:
            s = frames.subject(*group_span(clause, found, "s"))
            yield from frames.claims(
                facet, s, group_span(clause, found, "o"), Span(clause.start, cue.end), "defines.leading_role"
            )


def _rests_on(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X离不开A; X必须依靠A; 没有A，就没有X."""
    reader = frames.reader
    if any(reader.is_word(cue.text, name) for name in ("lacks", "goes_without")):
        yield from without(frames, clause)
        return
    if cue.text == "依靠" and not before.strip("而并且也"):
        return  # 依靠A做B: what is done so is not said
    before = reader.without(before, "before_needing")
    if after.startswith(("方式", "性", "度", "关系", "程度", "的")):
        return
    if (exhorts(reader, before) and not verb_lead(reader, before)) or (
        cue.text in ("依托", "立足于", "植根于", "立足") and ("的" in after or not before)
    ):
        return
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.before(clause)
    if s and (s.term or frames.is_concept(s)):
        objects = Span(
            cue.end, clause.end - (len(prop[0]) if (prop := re.search(r"(?:才能?|作为|来|而|以|为)[^、]{2,12}$", after)) else 0)
        )
        objects = without_support(reader.text, objects)
        told = is_clause(reader, objects) or is_verbal(reader, reader.text[slice(*objects)])
        if objects.end > objects.start and is_headed(reader, objects) and not told:
            yield from frames.claims(facet, s, objects, evidence(reader, *clause), "defines.rests_on")


def _aims(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X旨在A; X服务于A."""
    reader = frames.reader
    before = before.rstrip("都也均则")
    if before and not is_thing(reader, trim(reader.text, clause.start, clause.start + len(before))):
        return
    if reader.is_word(cue.text, "means_to"):
        yield from _means_to(frames, cue, clause, before)
        return
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start, within_sentence=True)
    intends = reader.is_word(cue.text, "intends")
    s = s or (_ends_before(frames, clause) if not before and intends else None)
    by = _BY_WHICH.match(after)
    if s and s.kind != "Place" and (s.term or before or intends):
        start = cue.end + (by.start("o") if by else 0)
        aim = Span(start, clause.end)
        whole = [aim] if reader.text.find("在", *aim) >= 0 else None  # 保障A在B、C中可用: one aim
        yield from frames.claims(facet, s, aim, evidence(reader, *clause), "defines.aims_at", parts=whole)
        for part in _acts_behind(reader, clause):
            yield from frames.claims(facet, s, part, part, "defines.aims_at")


def _acts_behind(reader: Reader, clause: Span) -> Iterator[Span]:
    """The clauses behind one, as long as each opens with a verb of its own: 旨在降低成本，|提高效率，|培育产业."""
    while reader.text.startswith("，", clause.end):
        clause = reader.next_clause(clause.end)
        if not verb_lead(reader, reader.text[slice(*clause)]):
            return
        yield clause


def _ends_before(frames: Frames, clause: Span) -> Name | None:
    """正在实施X，旨在A: the thing with which the clause before ends."""
    reader = frames.reader
    found = concept(reader, reader.clause(clause.start - 1)) if reader.text[clause.start - 1 : clause.start] == "，" else ()
    return reader.name(*found[0], "Concept") if found and is_thing(reader, found[0]) else None


# 追求以更少的A、更低的B实现C: C is the aim.
_BY_WHICH = lazy("(?:的是)?以[^，。]*、[^，。]*?(?:实现|达到|取得|获得|创造|换取)(?P<o>.{2,})$")
_NO_AIM = lazy("(?:通过|以|在|从|把|将|对|而|但|这|不|也|既|更|使|让|就)|.*是")


def _means_to(frames: Frames, cue: Cue, clause: Span, before: str) -> Iterator[Claim]:
    """发展X，就是要A，B，C: every clause to the end of the sentence that says what to do."""
    reader = frames.reader
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.before(clause)
    if s is None:
        return
    end, part = reader.sentence(cue.start).end, Span(cue.end, clause.end)
    while part.start < end and part.end > part.start:
        if not _NO_AIM.match(reader.text, *part):
            one = reader.text.find("的", *part) < 0  # 打好A、B攻坚战
            yield from frames.claims("goal", s, part, part, "defines.means_to", parts=[part] if one else None)
        if reader.text[part.end : part.end + 1] != "，":
            return
        part = reader.next_clause(part.end)


def _amounts(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X本质上是A; 实质是A. The other verbs define: X是指A, X可以视为A."""
    if not cue.text.startswith(("本质", "实质")):
        yield from definition(frames, frames.reader.clause(cue.start))
    else:
        yield from _hinges(frames, cue, facet, clause, before, after)


def _hinges(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X关键在于A; 关键在A."""
    reader = frames.reader
    s = (
        frames.subject(clause.start, cue.start)
        if before
        else frames.carried(clause.start, within_sentence=True) or frames.before(clause)
    )
    if s and cue.text == "在于" and not s.term and not re.search('的(?:成功|优势|实质|生命力|“|"|‘)|之', s.text):
        return
    yield from frames.claims(facet, s, Span(cue.end, clause.end), evidence(reader, *clause), "defines.hinges_on")


def _states(frames: Frames, cue: Cue, facet: str, clause: Span, before: str, after: str) -> Iterator[Claim]:
    """X承载A、B: the frame of a facet that has none of its own, as those of another domain have not."""
    before = frames.reader.without(before, "before_needing")
    s = frames.subject(clause.start, clause.start + len(before)) if before else frames.carried(clause.start, within_sentence=True)
    if s:
        yield from frames.claims(facet, s, Span(cue.end, clause.end), evidence(frames.reader, *clause), "defines.verb")


_Frame = Callable[[Frames, Cue, str, Span, str, str], Iterator[Claim]]
_VERB_FRAMES: dict[str, _Frame] = {
    "element": consists,
    "feature": _has,
    "origin": _springs,
    "driver": _driven,
    "basis": _rests_on,
    "goal": _aims,
    "key": _hinges,
    "essence": _amounts,
}
