"""X是Y, where X is a concept and Y a class with its mark: 数据要素是参与生产经营的数据资源."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotate.words import names_one, reads_as_noun
from pipeline.extract.defines.definitions import EVALUATION, genus
from pipeline.extract.defines.predicates import is_adjectival
from pipeline.extract.defines.topic import AND, Frames
from pipeline.extract.phrases import clean, trim
from pipeline.extract.reader import Reader
from pipeline.model import Claim, Name, Span

_NOT_ESSENCE = (
    r"(?:不|否|因为|由于|为了|要|如何|怎样|什么|谁|哪|多少|通过|对|在|从|由|以|把|将|我国|我们|一项|当前|今年|最|极|非常|十分|"
    r"很|有|没有|否则|非|需要|应|可|能|与|和|同|按|指|必然|必须|建立|源于|基于|\d)"
)
# Tried at every 是, most of which are no copula between a concept and its class.
COPULA = re.compile(
    rf"是(?!不是|[指否由因为]|在(?![^，。；是]{{2,30}}[下中上内里]，))(?:一种|一个|一项|一类)?+(?!(?![在以对]|我国){_NOT_ESSENCE})"
)
_STARTS_NO_CLASS = re.compile(_NOT_ESSENCE)
_ATTRIBUTED = re.compile(r"的[^的，]{2,14}$")
_ADVERBS = re.compile(
    r"(?:不仅|既|也|又|还|正|就|则|本质上|实质上|(?<![效响反供适感对相])应当?|必然|必定|而|都|更|仍|首先|同样|已经?|当然|并不|从来)+$"
)
_NO_SUBJECT = ("不", "而", "只", "于", "但", "特别", "尤其", "或", "要", "总", "可", "还", "才", "凡", "若", "如")
_NO_NOUN = ("的", "时", "后", "了", *(f"之{how}" for how in "基本源要魂母"))
_WITH_AS = re.compile("以.{2,40}?为.{2,6}的.{2,}$")
# 是在…下，A的N; 是对A的N: a phrase of place or object that only opens the class.
_NOMINAL = re.compile("在.{2,40}，|(?:对|我国)[^，]{2,40}的[^的，]{4,10}$")
_METAPHOR = re.compile('的[“"][^“”"]{1,6}[”"]$')
_OF_KIND = re.compile("(?:[^，。、的而着]{2,8}的、)+[^，。、的而着]{2,8}的")
_ROLE = re.compile("起.{0,4}作用$")


def copula(frames: Frames, link: re.Match[str]) -> Iterator[Claim]:
    """X是Y, where X is a concept and Y a class with its mark: 新质生产力是…的先进生产力质态."""
    reader, text = frames.reader, frames.reader.text
    position, start = link.span()
    clause = frames.clause(position)
    if text.startswith("以", start) and not _WITH_AS.match(text, start, clause.end):
        return
    before = text[clause.start : position]
    opened = before.rfind("“")
    if opened > before.rfind("”"):
        clause, before = Span(clause.start + opened + 1, clause.end), before[opened + 1 :]
    adverbs = _ADVERBS.search(before, max(0, len(before) - 12))
    before = before[: adverbs.start()] if adverbs else before
    ends = reader.facet_nouns[1]
    if before.endswith(_NO_SUBJECT) or position in ends or clause.start + len(before) in ends:
        return  # 其特征是…, 其特征就是…: the frame of that noun reads it
    start, end = trim(text, start, _end_of_predicate(reader, start, clause))
    closed = text.find("”", start, end)
    if closed > start and text.find("“", start, closed) < 0:
        end = closed
    phrase = clean(text[start:end])
    if (
        not 3 <= len(phrase) <= 80
        or end in ends  # 是X的动力
        or (_STARTS_NO_CLASS.match(phrase) and not _NOMINAL.match(phrase) and not _WITH_AS.match(phrase))
        or text[end - 1] == "”"
        or (text[clause.end - 1] in '”"' and _METAPHOR.search(text, start, clause.end))
        or (any(map(EVALUATION.end, (phrase, *AND.split(phrase.rsplit("的", 1)[-1])))) and not _WITH_AS.match(phrase))
        or _ROLE.search(phrase[-7:])
        or phrase.endswith(_NO_NOUN)
    ):
        return
    if any(cue.end > position for cue in reader.facet_cues_in(position - 4, position)):
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
    if text[clause.end - 1] == "的" and _OF_KIND.fullmatch(text, start, clause.end):  # 是世界性的、时代性的
        yield from frames.claims("feature", s, body, Span(clause.start, clause.end), "defines.of_kind", 0.7)
        return
    if is_adjectival(phrase) or not all(map(_reads_as_class, AND.split(text[start:end].split("的")[-1]))):
        return
    yield from genus(frames, s, body, Span(clause.start, end), 0.9 if s.term else 0.7)


_ORDINAL = re.compile("第[一二三四五六七八九十]|[前后上下]者|.{0,4}(?:阶段|时期|方面)$")
# A class that is described, or said to be one: 是A的N, 是一种N.
_OF_CLASS = re.compile("的|一[种类个项门]|是第一")
_BODY = re.compile("(?:[局厅委]|部门|政府|公司|集团|大学|法院|办公室)$")
_ONES = ("Place", "Body", "Person")


def _is_one(frames: Frames, s: Name, position: int) -> bool:
    """Whether a subject is one person, place or body, or a stage counted: what it is said to be is no concept's nature."""
    if s.kind in _ONES or _BODY.search(s.text) or _ORDINAL.match(s.label) or names_one(s.label):
        return True
    known = frames.reader.wording.terms.get(s.label)
    return known is not None and known.kind in _ONES


_PARTS = re.compile(f"的|{AND.pattern}")


def _reads_as_class(part: str) -> bool:
    part = clean(part)[-8:]
    return not part or reads_as_noun(part) or part.endswith("者") or (len(part) == 4 and reads_as_noun(part[2:]))  # 守正传承


def _denied(frames: Frames, clause: Span) -> Name | None:
    """X不是A，而是B: X is named in the clause that denies."""
    before = frames.reader.clause(max(0, clause.start - 1))
    denial = re.match(r"(?P<s>.{2,20}?)(?:并)?不(?:只|仅仅?)?是", frames.reader.text[before.start : before.end])
    return frames.subject(before.start, before.start + denial.end("s")) if denial else None


_SPEAKS_ON = re.compile("它|其|这|该|可以|能够?|也|并")


def _end_of_predicate(reader: Reader, start: int, clause: Span) -> int:
    """是A，B的N: the attributes of one noun over two clauses."""
    text = reader.text
    if text[clause.end : clause.end + 1] != "，" or _ATTRIBUTED.search(text[start : clause.end]):
        return clause.end
    follow = reader.next_clause(clause.end)
    if (
        _ATTRIBUTED.search(text[follow.start : follow.end])
        and not _SPEAKS_ON.match(text, *follow)
        and text.find("是", *follow) < 0
        and text[follow.end : follow.end + 1] in '。；”"'
    ):
        return follow.end
    return clause.end


def _is_subject(frames: Frames, start: int, end: int) -> bool:
    start, end = trim(frames.reader.text, start, end)
    phrase = frames.reader.text[start:end]
    return end - start <= 14 and (frames.reader.is_noun_phrase(start, end) or all(map(reads_as_noun, _PARTS.split(phrase))))
