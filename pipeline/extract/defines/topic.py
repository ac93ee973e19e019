"""What a definition speaks of: the concept named in the clause, carried over from before it, or given by the heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.annotate.words import names_a_thing, names_one, reads_as_noun
from pipeline.extract.defines.definable import is_here, may_be_defined
from pipeline.extract.defines.objects import may_be_object, with_owner, without_determiner
from pipeline.extract.defines.spans import after_opening, without_remark
from pipeline.extract.phrases import clean, is_name, split_list, trim, without_count
from pipeline.extract.reader import CONCEPTS, Reader
from pipeline.model import Block, Claim, Name, Span
from pipeline.patterns import lazy

_VERB_LEAD = "(?:%leading_verbs%(?:和|与|、|并)?)+(?=[\u4e00-\u9fffA-Za-z“]{2})"
_ASPECT = lazy(
    r"的?(?:发展|形成|建设|培育|进阶|概念|理论|内涵|提出|实现)|的(?:形态|增长|运行|演进|演变|成长|生成|兴起|本身)"
)
_ADJECTIVE = lazy("^(?:完整|成熟|真正|完善|健全|良好|理想|典型)的")
_OF_ASPECT = lazy(r"(?P<x>[^的]{3,16})的(?:形态|增长|运行|演进|演变|成长|生成|兴起|本身|发展)")
PRONOUN = r"^(?:%pronouns%|这种[\u4e00-\u9fff]{2,4}|这一[\u4e00-\u9fff]{2,6})?(?:的)?$"
_ADDRESSES = "%addresses%"  # 满足群众需要 names no thing
_STUDY = lazy(r"[（(](?:19|20)\d{2}")
SOME = "%indefinites%"
_ITS_COURSE = lazy("(?:其|它们?的)(?:发展|形成|建设|培育|实现|成长|运行|推广|应用)(?:本身|都|也|均)?")
_POINTS_BACK = lazy("这些|这几|这[两三四五]|该(?!项)|此(?!类)")
_VAGUE = 2  # characters of a name that 该 alone makes one
# 新质生产力区别于传统生产力的特征: the comparison is no part of the name.
_APART = lazy(r"(?:区别于|不同于|相比于?|较之|相对于|有别于)")
_EXHORTS = (
    r"^(?:[“\"]|第[一二三四五六七八九十百\d]+条\s*|[（(][一二三四五六七八九十\d]+[）)]|%called_on%)*"
    r"(?:要(?!素)|应(?!急|用|对|变|力|收|试|届)|%exhorts%|发展(?=[、和]))"
)
_VERBAL = "[了着过]|%in_no_name%"


def verb_lead(reader: Reader, phrase: str) -> re.Match[str] | None:
    """The verbs with which a phrase opens, before the name of a concept: 推动发展|新质生产力."""
    return reader.pattern(_VERB_LEAD).match(phrase)


def exhorts(reader: Reader, phrase: str) -> bool:
    """Whether a phrase opens a call to do something."""
    return reader.pattern(_EXHORTS).match(phrase) is not None


def is_verbal(reader: Reader, phrase: str) -> bool:
    """Whether a phrase holds what stands in no name of a concept."""
    return reader.pattern(_VERBAL).search(phrase) is not None


@dataclass(slots=True)
class Topic:
    """What the text is speaking of: the concept last defined, and where."""

    name: Name | None = None
    o: Name | None = None
    sentence: Span = field(default_factory=lambda: Span(-1, -1))
    block: int = -1


class Subject(NamedTuple):
    """What a clause speaks of, and where it is named."""

    name: Name
    span: Span


@dataclass(slots=True)
class Frames:
    """One pass over a document; `topic` moves along with it."""

    reader: Reader
    topic: Topic = field(default_factory=Topic)
    subject_until: tuple[Subject | None, int] = (None, -1)  # of the clause last read as saying what it is, and its end
    owner: tuple[Name | None, Span] = (None, Span(-1, -1))  # what the last role was of, and the sentence that says so
    defined: int = -1  # where the clause begins that was last read as a definition

    def clause(self, position: int) -> Span:
        """The clause around `position`, without a remark that closes it."""
        clause = self.reader.clause(position)
        return without_remark(self.reader.text, clause) if self.reader.text[clause.end - 1] == "）" else clause

    def subject(self, start: int, end: int) -> Name | None:
        """The concept in text[start:end], or the one it refers to."""
        text = self.reader.text
        known = self.reader.concept_at.get(start)
        if known and known.end == end:
            return self.reader.name(start, end, "Concept")
        if _STUDY.search(text, start, end):
            return None  # 张三（2023）
        start = after_opening(text, start, end)
        if _ITS_COURSE.fullmatch(text, start, end):
            return self.carried(start)
        points_back = _POINTS_BACK.match(text, start, end)
        start, end = _bare(self.reader, *trim(text, start, end))
        phrase = clean(text[start:end])
        if self.reader.pattern(PRONOUN).match(phrase):
            return self.carried(start)
        if is_here(self.reader, phrase) or _is_relational(self.reader, phrase) or self.reader.pattern(SOME).match(phrase):
            return None
        if phrase.startswith("其") and not phrase.startswith(("其他", "其余")):
            return self.carried(start)
        if not is_name(phrase) or is_verbal(self.reader, phrase) or len(phrase) > 24:
            return self.mentioned(start, end)
        name = self.concept(start, end)
        if points_back and not name.term and (points_back[0] not in ("该", "此") or len(name.label) <= _VAGUE):
            return None  # 这些目标: of several things before it; 该|计划
        return name if name.term or self.is_concept(name) else None

    def concept(self, start: int, end: int) -> Name:
        """发展新质生产力 names 新质生产力: a leading verb is set aside, and kept in the name's text."""
        text = self.reader.text
        phrase = text[start:end]
        lead = verb_lead(self.reader, phrase)
        if lead and "、" in phrase and all(verb_lead(self.reader, part) for part in phrase.split("、")):
            lead = None  # 激活乡村、支撑县域: parted by `each`
        label = clean(phrase[lead.end() :]) if lead else clean(phrase)
        label = _ADJECTIVE.sub("", label) if "的" in label else label
        own = lead and label not in self.reader.wording.terms and _keeps_verb(self.reader, lead[0], label)
        if lead and (own or len(label) < 2 or label[0] in "性型化"):
            label = clean(phrase)
        of_aspect = _OF_ASPECT.fullmatch(label) if "的" in label else None
        if of_aspect:
            label = of_aspect["x"]
        known = self.reader.concept_at.get(start)
        if known and known.end < end and _ASPECT.fullmatch(text, known.end, end):
            label = text[known.start : known.end]
        return self.reader.name(start, end, "Concept", label=label)

    def mentioned(self, start: int, end: int) -> Name | None:
        """The last known concept in a stretch that is no name as a whole, if it closes the stretch."""
        known = [m for m in self.reader.mentions(start, end) if m.term and m.kind in CONCEPTS]
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
        start = after_opening(self.reader.text, start, min(position, sentence.end))
        for mention in self.reader.mentions(start, position):
            verb = verb_lead(self.reader, self.reader.text[start : mention.start] + "之后")
            if (
                mention.term
                and mention.kind in CONCEPTS
                and (mention.start == start or verb or self.reader.text[start : mention.start] in '“"')
            ):
                return self.reader.name(mention.start, mention.end, "Concept")
            break
        opened = _OPENS.match(self.reader.text, start, min(position, sentence.end))
        told = opened and self.reader.tokens(*opened.span("s"))[-1].tag == "i"  # 成绩来之不易，是…
        told = told or (opened and (is_verbal(self.reader, opened["s"]) or exhorts(self.reader, opened["s"])))
        if opened and not told and is_name(opened["s"]):
            name = self.concept(*opened.span("s"))
            return name if self.is_concept(name) else None
        return None

    def heading_topic(self, position: int) -> Name | None:
        """The concept that the nearest heading names: a known one, or the X of 一、X的内涵."""
        for heading in self.reader.headings(position):
            owner = heading_owner(self.reader, heading)
            if owner:
                return self.concept(*owner)
            for mention in self.reader.mentions(heading.start, heading.end):
                if mention.term and mention.kind in CONCEPTS:
                    return self.reader.name(mention.start, mention.end, "Concept")
        return None

    def before(self, clause: Span) -> Name | None:
        """培育壮大新兴产业，核心在于…: the clause before names what is spoken of."""
        return self.subject(*self.reader.clause(clause.start - 1)) if clause.start >= 2 else None

    def is_concept(self, s: Name) -> bool:
        """Whether a name that no vocabulary holds reads as a noun phrase."""
        return not self.reader.pattern(_ADDRESSES).match(s.label) and all(
            reads_as_noun(part) for part in re.split(r"、|和|与|的|[“”\"]", s.label) if part
        )

    def each(self, s: Name) -> list[Name]:
        """战略性新兴产业和未来产业 are two concepts, where each is known or reads as a noun by itself."""
        if s.term or not AND.search(s.label):
            return [s]
        parts = AND.split(s.label)
        if len(parts[-1]) <= 2 and len(parts[0]) >= 4:
            return [s]  # 海洋牧场的规划和建设, 航海产品和服务: the first owns the second
        leads = [verb_lead(self.reader, part) for part in parts]
        if all(leads):  # 激活乡村、支撑县域
            names = [part[lead.end() :] for part, lead in zip(parts, leads, strict=True) if lead]
            return [Name(name, "Concept", s.text, (part,)) for name, part in zip(names, parts, strict=True)]
        known = [self.reader.wording.terms.get(part) for part in parts]
        if not all(m or _stands_alone(self.reader, part) for part, m in zip(parts, known, strict=True)):
            return [s]
        return [Name(part, "Concept", s.text, (), m.iri if m else None) for part, m in zip(parts, known, strict=True)]

    def claims(
        self,
        facet: str,
        s: Name | None,
        objects: Span,
        quote: Span,
        rule: str,
        parts: Sequence[Span] | None = None,
    ) -> Iterator[Claim]:
        """One claim for each concept in `s` and each of `parts`, or each member of the list in `objects`."""
        reader, text = self.reader, self.reader.text
        if s is None or not may_have(reader, s, facet, rule):
            return
        subjects = self.each(s)
        self.topic = Topic(s, None, reader.sentence(quote.start), reader.block_index(quote.start))
        members = parts or self._acts(facet, objects) or split_list(reader, objects.start, without_count(text, *objects))[0]
        phrases = [clean(text[start:end]) for start, end in members]
        if len(members) == 1 and phrases[0] in reader.wording.noun_facets:
            return  # 特色是关键 gives no mark
        for phrase in filter(may_be_object, with_owner(phrases)):
            if phrase == s.label:
                continue
            o = reader.named(without_determiner(phrase), "Concept", phrase)
            self.topic.o = o
            for subject in subjects:
                yield reader.claim("defines", {"s": subject, "o": o}, quote.start, quote.end, rule, facet)

    def _acts(self, facet: str, objects: Span) -> list[Span]:
        """适应国民经济和社会发展的需要: one act, or several, each with a verb of its own; none where no verb opens them."""
        text = self.reader.text
        if facet not in _ACTS or text.find("、", *objects) >= 0 or not self._opens_act(objects):
            return []
        found = [objects]
        for mark in AND.finditer(text, *objects):
            rest = Span(mark.end(), objects.end)
            if self._opens_act(rest):
                found[-1:] = [Span(found[-1].start, mark.start()), rest]
        return found

    def _opens_act(self, span: Span) -> bool:
        """Whether a verb that governs what follows it opens a stretch."""
        first = self.reader.tokens(*span)[:1]
        governs = (
            bool(first) and first[0].tag == "v" and self.reader.is_word(self.reader.text[slice(*first[0][:2])], "governing_verbs")
        )
        return governs or _opens_two_acts(self.reader, span)


def _opens_two_acts(reader: Reader, span: Span) -> bool:
    """Whether two verbs with one object open a stretch: 收集并整理海图."""
    words = reader.tokens(*span)[:3]
    joins = len(words) > 2 and reader.text[slice(*words[1][:2])] in ("并", "和")
    return joins and all(words[at].tag in ("v", "vn") for at in (0, 2))


def may_have(reader: Reader, s: Name, facet: str, rule: str) -> bool:
    """Whether a concept may have a facet: it reads as a thing, and it is none of those who act."""
    person = reader.ends_in(s.label, "persons") and not reader.ends_in(s.label, "scenes")
    acts = s.kind in _WHO or reader.ends_in(s.text, "those_who_act") or names_one(s.label) or person
    return not (facet in _ACTED and acts) and may_be_defined(reader, s, may_be_act=rule in PREDICATION)


_ACTS = ("goal", "key", "basis", "driver", "carrier", "origin", "hallmark")
AND = lazy("、|以及|(?<![共总饱缓温平调])和(?![平谐睦])|(?<![参给授赋付])与|(?<![普涉以惠波触顾危遍])及")
PREDICATION = ("defines.is", "defines.is_too", "defines.hinges_on")  # the rules that speak of acts as well: 发展X是Y
_WHO = ("Body", "Person")
_ACTED = ("basis", "goal", "carrier", "driver", "key")


def _bare(reader: Reader, start: int, end: int) -> Span:
    """What a clause speaks of, without adverbs, comparison and description: X|同样; X|区别于Y; 数字藏品|作为一种新型文化产品."""
    text = reader.text
    end = start + len(reader.without(text[start:end], "before_predicates"))
    apart = _APART.search(text, start, end)
    end = apart.start() if apart else end
    phrase = clean(text[start:end])
    described = _DESCRIBED.match(phrase) if "作为" in phrase or "属于" in phrase else None
    return Span(start, start + described.end("s") if described else end)


def _is_relational(reader: Reader, phrase: str) -> bool:
    """特质, 特质和创新: a word that is always of something, or short ones, one of which is."""
    parts = AND.split(phrase)
    short = all(len(part) <= 2 for part in parts)
    return reader.is_word(phrase, "of_others") or (short and any(reader.is_word(part, "of_others") for part in parts))


def _stands_alone(reader: Reader, part: str) -> bool:
    return 2 <= len(part) <= 8 and "的" not in part and not reader.is_word(part, "of_others") and names_a_thing(part)


def _keeps_verb(reader: Reader, verb: str, label: str) -> bool:
    """发展方式 is a name of its own, not a verb and its object."""
    return not reader.is_word(verb, "plain_verbs") and (len(label) < 4 or verb in ("发展", "建设"))


def heading_owner(reader: Reader, heading: Block) -> Span | None:
    """The X of a heading such as （二）X的主要特征, which is itself no cue."""
    owned = _OWNED_HEADING.match(reader.text, heading.start + len(heading.marker), heading.end)
    if owned is None or not is_name(owned["s"]) or is_verbal(reader, owned["s"]) or exhorts(reader, owned["s"]):
        return None
    return Span(*owned.span("s"))


_OWNED_HEADING = lazy(
    r"[\s、.．]*(?:深刻)?(?:把握|认识|理解|准确把握)?(?P<s>[^，。：；、]{2,16}?)的[^，。：；]{0,8}?"
    r"(?:内涵|特征|特点|定义|概念|本质|要素|构成|界定|属性|实质|核心要义|意蕴)$"
)
# What opens a sentence and goes on to be spoken of.
_OPENS = lazy(r"(?P<s>[\u4e00-\u9fffA-Za-z]{2,12}?)(?:，|作为一|不仅|既|是(?!否)|由|以|具有|包括|并?不是|，是)")
_DESCRIBED = lazy(r"(?P<s>.{2,16}?)(?:作为|属于)(?:一种|一个|一项|一类|我国|国家)?.{2,30}$")
