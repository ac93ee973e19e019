"""Other predicates of a concept: adjectives, roles (起基础性作用), 靠A, 没有A就没有X, A是X之基, a word spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.defines.spans import after_lead, without_remark, without_support
from pipeline.extract.defines.topic import Frames, exhorts, is_verbal
from pipeline.extract.phrases import clean, is_name
from pipeline.extract.reader import CONCEPTS
from pipeline.grammar.names import is_thing
from pipeline.model import Claim, Name, Span
from pipeline.patterns import lazy

_ADJECTIVES_1 = "大小高低强弱好快慢多少广长短足深"
_NO_ADJECTIVE = "(?<!增长|成长|延长|加大|扩大|壮大|放大|减少|提高|加快|增强|加强|增多|加深|推广|缩短|降低|减弱|缩小|不足|良好)"
_ADJECTIVES_2 = (
    "密集|活跃|完备|突出|明显|显著|充足|丰富|旺盛|稳定|集中|频繁|薄弱|缓慢|迅速|激烈|广泛|复杂|多样|多元|强劲|便捷|灵活|巨大|庞大"
)
_ADJECTIVES = f"(?:[{_ADJECTIVES_1}]{_NO_ADJECTIVE}|{_ADJECTIVES_2})"
_ADJECTIVE = lazy(rf"^[\u4e00-\u9fff]{{2,10}}{_ADJECTIVES}$")
_ADJECTIVE_LISTED = lazy(f"、(?:(?<=[{_ADJECTIVES_1}]、)|(?<=(?:{_ADJECTIVES_2})、))")
_RESTATES = lazy(r"^(?:也就是说?|即|就是)")


def adjectival(frames: Frames) -> Iterator[Claim]:
    """战略性新兴产业成长潜力大、综合效益好: a list of nouns with their adjectives says what marks the concept before it."""
    reader, text = frames.reader, frames.reader.text
    for start, end in [without_remark(text, clause) for clause in reader.clauses_with(_ADJECTIVE_LISTED)]:
        parts = text[start:end].split("、")
        if end - start > 120 or not all(_ADJECTIVE.match(part) for part in parts[1:]):
            continue
        restated = _RESTATES.match(parts[0])
        known = next((m for m in reader.mentions(start, start + len(parts[0])) if m.start == start and m.kind in CONCEPTS), None)
        of = known.end + text.startswith("的", known.end) if known else 0
        if known and _ADJECTIVE.match(text[of : start + len(parts[0])]):
            s, objects = reader.name(known.start, known.end, "Concept"), Span(of, end)
        elif restated and _ADJECTIVE.match(parts[0][restated.end() :]):
            topic = frames.carried(start, within_sentence=True)
            if topic is None:
                continue
            s, objects = topic, Span(start + restated.end(), end)
        else:
            continue
        yield from frames.claims("feature", s, objects, Span(start, end), "defines.adjectival")


ADJECTIVE_CLAUSE = lazy(f"，(?:(?<=[{_ADJECTIVES_1}]，)|(?<=(?:{_ADJECTIVES_2})，))")
_NOUN_AND_ADJECTIVE = lazy(
    rf"(?:还|也|且|而且|同时|通常|往往|普遍)*(?P<o>(?!不|没|更|越|最|非常|十分|我们|人们|这)[\u4e00-\u9fff]{{2,7}}?(?:较|更|极|不|很|非常|十分)?{_ADJECTIVES})"
)


def adjectival_clauses(frames: Frames, at: re.Match[str]) -> Iterator[Claim]:
    """商业航天技术门槛高，研发周期长: the same over clauses, at least two of them."""
    reader, text = frames.reader, frames.reader.text
    first = reader.clause(at.start() - 1)
    if reader.document.kind == "report" or not _NOUN_AND_ADJECTIVE.fullmatch(text, *reader.next_clause(first.end)):
        return  # what a report says so is the course of a year
    if _NOUN_AND_ADJECTIVE.fullmatch(text, *reader.clause(max(0, first.start - 1))):
        return  # the chain was read at its first clause
    known = reader.concept_at.get(after_lead(reader, first).start)
    begin = known.end if known and known.end < first.end else first.start
    found = []
    clause = Span(begin, first.end)
    while (one := _NOUN_AND_ADJECTIVE.fullmatch(text, *clause)) and "、" not in one["o"]:
        found.append(Span(*one.span("o")))
        if text[clause.end : clause.end + 1] != "，":
            break
        clause = reader.next_clause(clause.end)
    if len(found) < 2:
        return
    s = (
        reader.name(known.start, known.end, "Concept")
        if known and begin != first.start
        else frames.carried(first.start, within_sentence=True)
    )
    for objects in found if s and s.term else ():
        yield from frames.claims("feature", s, objects, objects, "defines.adjectival_clauses")


# What a list of marks, or of parts, closes with; a literal first, which `re` looks for fast.
MARKS = (
    lazy("特[征点质性]"),
    lazy("属性"),
    lazy("要素(?<=[个大重项]要素)"),
    lazy("维度(?<=[个大重项]维度)"),
)
_LIST_OF_MARKS = (
    r"(?P<o>(?:[^\W的]{2,12}、)+[^\W的]{2,12})等?的?(?:[“”][^“”]{1,4}[“”])?(?:[两二三四五六七八九十](?:个|大|种|项|方面|重))?"
    r"%of_marks%*(?:%mark_nouns%|(?<=[个大重项])(?:构成)?(?:要素|维度))$"
)
# 以A、B为特征 and 区别于A的特征 are other frames; in 内涵、外延和特征 the marks are one of the things listed.
_NO_MARK = "以|为|区别|呈现|体现|具有|具备|表现|彰显|凸显|拥有|不同于|[和与及]%of_marks%*%mark_nouns%"
_LEADS_TO = lazy("(?:依据|从|围绕|按照|根据|基于|凭借|结合|体现|突出|发挥)?了?")


def marks(frames: Frames, at: re.Match[str]) -> Iterator[Claim]:
    """凭借其A、B等特质; 依据X智能化、绿色化的特征; 从X之A、B两个要素出发: what is said on the way to saying something else."""
    reader, text = frames.reader, frames.reader.text
    begin = max(reader.clause(at.start()).start, at.start() - 80)
    listed = reader.pattern(_LIST_OF_MARKS).search(text, begin, at.end()) if text.find("、", begin, at.start()) >= 0 else None
    if listed is None:
        return
    start, end = listed.span("o")
    known = next(
        (m for m in reader.mentions(start, end) if m.term and m.kind == "Concept" and text[m.end : m.end + 1] not in "、和与及"),
        None,
    )
    owner = text.rfind("其", max(0, start - 1), end)
    if owner >= 0 and "、" not in text[start:owner]:
        s = frames.opening(reader.sentence(owner), owner) or frames.carried(owner)
        start = owner + 1
    elif known and _LEADS_TO.fullmatch(text, start, known.start):
        s = reader.name(known.start, known.end, "Concept")
        start = known.end + text.startswith(("的", "之"), known.end)
    else:
        return
    if s and "、" in text[start:end] and not reader.pattern(_NO_MARK).search(text, start, at.end()):
        facet = "element" if at[0] in ("要素", "维度") else "feature"
        yield from frames.claims(facet, s, Span(start, end), Span(start, at.end()), "defines.marks")


ROLE = lazy("作用(?=[，。；！？])")
_ROLE_FORM = lazy(
    r"(?P<o>[^，。]{2,30}?)(?:(?:对|对于)(?P<s1>[^，。]{2,24}?)|在(?P<s2>[^，。]{2,24}?)(?:过程)?(?:中|上|里))?"
    r"(?:都|也|均|正|则|能够|能|可以|可|始终|日益|越来越|一直)*+(?:起着|起到了?|起了?|发挥着?|发挥了|具有|承担着?)"
    r"(?:不可替代的?|至关重要的?|重要的?|十分重要的?|关键的|越来越大的)*(?P<s3>[^，。的]{0,24}的)?(?P<how>[^，。的]{2,4}?)性?的?作用$"
)


def role(frames: Frames, at: re.Match[str]) -> Iterator[Claim]:
    """A在X中发挥基础性作用; A起着孕育X的策源地作用: what the role is called says the facet."""
    reader, text = frames.reader, frames.reader.text
    clause = reader.clause(at.start())
    found = _ROLE_FORM.match(text, clause.start, at.end())
    as_noun, as_verb = reader.wording.facets.get(found["how"], ((), ())) if found else ((), ())
    facet = next(iter((*as_noun, *as_verb)), None)
    if found is None or facet is None or exhorts(reader, found["o"]):
        return
    group = next((name for name in ("s1", "s2", "s3") if found[name]), None)
    s = frames.subject(*found.span(group)) if group else _within(frames, clause)
    o = after_lead(reader, Span(*found.span("o")))
    if s and is_name(clean(text[o.start : o.end])) and is_thing(reader, o) and not is_verbal(reader, text[slice(*o)]):
        yield from frames.claims(facet, s, o, Span(o.start, at.end()), "defines.role")


_WITHIN = lazy("在(?P<s>[^，。]{2,24}?)(?:过程)?(?:中|上|里)$")


def _within(frames: Frames, clause: Span) -> Name | None:
    """在X中，A起主导作用: the clause before names it."""
    before = frames.reader.clause(max(0, clause.start - 1))
    found = _WITHIN.match(frames.reader.text, *before)
    return frames.subject(*found.span("s")) if found else None


_SPELLED = lazy("的“")
_SPELLED_FORM = lazy(r"“(?P<s>[^“”]{1,4})”(?:就|便|主要|，)?是(?:指)?(?P<o>[^“”。；：]{4,60})的“(?P=s)”")


def spelled_out(frames: Frames) -> Iterator[Claim]:
    """“韧”是抗压强、恢复快的“韧”: each word of the list marks what the quoted word stands for."""
    reader = frames.reader
    for clause in reader.clauses_with(_SPELLED):
        found = _SPELLED_FORM.search(reader.text, *clause)
        if found is None:
            continue
        word, whole = found["s"], frames.carried(clause.start) or frames.heading_topic(clause.start)
        label = f"{whole.label}的{word}" if whole and word in whole.label and word != whole.label else word
        s = Name(label, "Concept", word, (word,) if word != label else ())
        yield from frames.claims("feature", s, Span(*found.span("o")), Span(*found.span()), "defines.spelled_out")


LEANS = lazy(
    r"靠(?:(?<=[要得是须需还也]靠)|(?<=主要靠)|(?<=归根结底靠)|(?<=根本上靠)|(?<=最终靠)|(?<=关键靠))"
    r"(?![近拢前右左岸背泊垫山谱得])(?=[\u4e00-\u9fff“])"
)


def leans(frames: Frames, at: re.Match[str]) -> Iterator[Claim]:
    """发展X，既要靠A，也要靠B: what a thing is said to lean on is its basis."""
    reader, text = frames.reader, frames.reader.text
    clause = reader.clause(at.start())
    said = reader.without(text[clause.start : at.start()], "before_leaning")
    before = Span(clause.start, clause.start + len(said))
    if before.end > before.start:
        s = frames.subject(*before)
    elif text[clause.start : clause.start + 1] in "也还更又":
        s = frames.carried(clause.start, within_sentence=True)
    else:
        s = frames.subject(*reader.clause(max(0, clause.start - 1)))
    if s:
        yield from frames.claims("basis", s, without_support(text, Span(at.end(), clause.end)), clause, "defines.leans")


_OF_OLD = {"基": "basis", "本": "basis", "源": "origin", "要": "key", "魂": "key", "母": "origin"}
_OF_OLD_END = lazy(rf"之[{''.join(_OF_OLD)}](?=[，。；”])")
_OF_OLD_FORM = lazy(rf"(?P<o>[^是]{{2,20}})(?:是|乃|为)(?P<s>.{{2,20}})之(?P<how>[{''.join(_OF_OLD)}])”?$")
_LACK = "(?:如果|假如|倘若|若)?(?:%lacks%|%goes_without%)了?"
_FAILS = (
    r"(?:就|便|也|将|都)+(?:不可能|不会|没有|难以|无法|不能|谈不上|无从谈起|失去|会失去|成了|成为)?(?:在[^，。；]{2,12}、)?"
    r"(?:有|实现|形成|推进|推动|取得|获得|持续|真正)*(?P<s>[^，。；]{0,20})$"
)
# 没有A，(X)就没有X; 没有A就没有X.
_WITHOUT_FORMS = (
    _LACK + "(?P<o>[^，。；没]{2,30}?)，(?P<who>[^，。；就便]{0,16}?)" + _FAILS,
    _LACK + "(?P<o>[^，。；没就便]{2,30})(?P<who>)" + _FAILS,
)


def without(frames: Frames, clause: Span) -> Iterator[Claim]:
    """没有A，就没有X; 没有A，X就难以实现: X rests on A."""
    reader, text = frames.reader, frames.reader.text
    over_two, in_one = map(reader.pattern, _WITHOUT_FORMS)
    found = over_two.match(text, clause.start, reader.next_clause(clause.end).end) or in_one.match(text, *clause)
    if found:
        group = "s" if len(found["s"]) >= 3 else "who"
        s = frames.subject(*found.span(group)) if found[group] else None
        objects = without_support(text, Span(*found.span("o")))
        yield from frames.claims("basis", s, objects, Span(*found.span()), "defines.without")


def of_old(frames: Frames) -> Iterator[Claim]:
    """A是X之基: the literary form of A是X的基础."""
    reader = frames.reader
    for clause in reader.clauses_with(_OF_OLD_END):
        match = _OF_OLD_FORM.match(reader.text, clause.start, clause.end)
        if match is None:
            continue
        s = frames.subject(*match.span("s"))
        yield from frames.claims(_OF_OLD[match["how"]], s, Span(*match.span("o")), Span(*match.span()), "defines.of_old")
