"""On which occasion something was said: 在甲省考察时强调, 座谈会要求, and what follows under it.

A reporter is who says (a leader, a meeting) with a verb of saying. It governs up to the next reporter or the end of its
paragraph; where it names no occasion, that is the one last told of the same speaker, or the meeting last told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from pipeline.annotate.words import names_one
from pipeline.extract.phrases import clean, last_match
from pipeline.extract.reader import Reader
from pipeline.model import Name, Span
from pipeline.patterns import lazy


class Saying(NamedTuple):
    """text[start:end] is what was said on an occasion; the sentence of the reporter ends at `told`."""

    start: int
    told: int
    end: int
    occasion: Name


_OFFICE = r"(?:总书记|国家主席|军委主席|副总理|总理|书记|省长|市长|州长|县长|区长|部长)"
_AN_OFFICE = lazy(_OFFICE)
_SPEAKER = lazy(rf"{_OFFICE}(?P<name>[\u4e00-\u9fff]{{2,4}})")
_ADDRESSED = lazy(rf"(?P<name>[\u4e00-\u9fff]{{2,3}}){_OFFICE}")
_ADVERBS = r"(?:还|也|又|就|则|并|首先|最后|特别|再次|明确|反复|深刻|进一步|一再|郑重|明确地|在讲话中|在会上|对此)*"
_SAYS = r"(?:强调|指出|要求|提出|表示)"
_SAID = lazy(rf"{_SAYS}(?=[，：:“\u4e00-\u9fff])(?![了过的权])")
_ADVERBS_BEFORE = lazy(rf"{_ADVERBS}\Z")
_MEETING = r"(?:集体学习|座谈会|会议|全会|大会|论坛|代表团审议|全体会议)"
_ENDS_IN_MEETING = lazy(rf"{_MEETING}$")
_OF_MEETING = rf"[\u4e00-\u9fff、“”\d（）]{{2,28}}?{_MEETING}"
_OCCASION = lazy(
    rf"(?:在|出席|参加|主持召开|主持)(?P<name>[\u4e00-\u9fff、“”\d]{{2,28}}?(?:考察调研|考察|调研|视察|{_MEETING}))"
    r"(?:并(?:发表|作)[^，。]{0,8}(?:讲话|致辞|演讲))?(?:时|期间|上|中|(?=强调|指出|要求))"
)
_MET = lazy(
    rf"(?:召开|举行|主持|出席|参加)了?(?P<name>(?!全体|本次|这次|此次){_OF_MEETING})(?![精室场员])"
    rf"|(?:^|[，。；：\s]|日|今天)(?P<held>{_OF_MEETING})(?=(?:在[^，。]{{2,16}})?(?:召开|举行))"
)
_TALKS = lazy(
    r"(?:近日|\d{1,2}日)?(?:上午|下午|晚)?(?:在[^，。]{2,20}?)?(?P<name>(?:同|与|和|会见)"
    r"(?:来华|到访|正在|访华|进行|国事访问|的)*[\u4e00-\u9fff·]{2,20}?(?:举行)?"
    r"(?P<form>(?:小范围|大范围|视频)?(?:会谈|会晤|会见|通电话|通话)))"
)
_VISITING = lazy("(?:来华|到访|访华)?(?:进行)?(?:正式|国事|工作)?(?:访问)?的")
_IT = lazy(r"(?:^|[，。；：\s])(?P<who>会议|全会|座谈会|大会|论坛|他|她)$")
# What is told of the past, or of someone who does something there, is not said on the occasion.
_TELLS = lazy("来到|听取|参观|察看|走进|考察了|看望|陪同|出席|参加了|近年来|年以来|已经|据(?:悉|了解|介绍)|记者|了解到")


def sayings(reader: Reader) -> Iterator[Saying]:
    """What was said on occasions that the document tells, in order."""
    text = reader.text
    reports = [report for report in _reports(text) if not reader.is_aside(report.start)]
    speakers = tuple(_speakers(text)) if reports else ()
    last: dict[str, Name | None] = {who: _talks(text, who) for who in speakers}
    for at, report in enumerate(reports):
        sentence, block = reader.sentence(report.start), reader.block(report.start)
        before = text[max(sentence.start, block.start) : report.start]
        who = _who(before, speakers)
        if who is None:
            continue
        met = _met(text, sentence.start) if who == _THE_MEETING else None
        occasion = last[who] = _occasion(before, who) or met or last.get(who)
        if occasion:
            until = _sentence_after(reader, sentence, reports[at + 1 :])
            yield Saying(report.end, sentence.end, max(report.end, min(block.end, until)), occasion)


def _reports(text: str) -> Iterator[Span]:
    """Verbs of saying with the adverbs before them: 还进一步强调."""
    end = 0
    for said in _SAID.finditer(text):
        adverbs = _ADVERBS_BEFORE.search(text, max(end, said.start() - _LONGEST), said.start())
        end = said.end()
        yield Span(adverbs.start() if adverbs else said.start(), end)


_LONGEST = 40  # characters of adverbs before a verb


def _sentence_after(reader: Reader, sentence: Span, following: Sequence[Span]) -> int:
    """Where the sentence begins of the report that follows, or where that verb stands in the same sentence."""
    if not following:
        return len(reader.text)
    start = reader.sentence(following[0].start).start
    return following[0].start if start == sentence.start else start


_THE_MEETING = "会议"


def _speakers(text: str) -> Iterator[str]:
    """Persons that the text names with a high office, before it or behind it; once each."""
    names: dict[str, None] = {}
    for found in _SPEAKER.finditer(text):
        names.update(dict.fromkeys([found["name"][:length] for length in (3, 2) if names_one(found["name"][:length])][:1]))
    names.update(dict.fromkeys(name for name in _addressed(text) if names_one(name)))
    yield from names


def _addressed(text: str) -> Iterator[str]:
    """What stands right before an office, two characters or three: 李某|书记, 王某某|副总理."""
    offices = [found.start() for found in re.finditer(_OFFICE, text)]
    for start in sorted({max(0, office - back) for office in offices for back in (1, 2, 3)}):
        found = _ADDRESSED.match(text, start)
        if found:
            yield found["name"]


def _who(before: str, speakers: Sequence[str]) -> str | None:
    """Who says it, in the words of the sentence before the verb: the speaker named last, or the meeting."""
    named = max(speakers, key=lambda name: (before.rfind(name), name), default=None)
    if named and before.rfind(named) >= 0:
        return named
    it = _IT.search(before)
    if it or _ENDS_IN_MEETING.search(before):
        return _THE_MEETING if not it or it["who"] not in "他她" else None
    return None


def _with_office(before: str, who: str) -> str:
    office = _behind(before, who, _AN_OFFICE)
    return who + office[0] if office else who


def _behind(text: str, who: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """What `pattern` finds right behind a name, where it is first found there."""
    at = text.find(who)
    while at >= 0:
        if found := pattern.match(text, at + len(who)):
            return found
        at = text.find(who, at + 1)
    return None


def _occasion(before: str, who: str) -> Name | None:
    """The occasion that the words before the verb name."""
    found = last_match(_OCCASION, before, 0, len(before))
    return _name(found["name"], found[0], _with_office(before, who)) if found else None


def _met(text: str, position: int) -> Name | None:
    """The meeting last told of before `position`."""
    found = last_match(_MET, text, max(0, position - 600), position)
    name = found["name"] or found["held"] if found else None
    return _name(name, name, _THE_MEETING) if name else None


def _talks(text: str, who: str) -> Name | None:
    """The talks first told of in which the speaker took part: 李某同某国总理举行会谈."""
    found = _behind(text, who, _TALKS)
    if found is None:
        return None
    other = _VISITING.sub("", found["name"])
    return Name(f"{who}{other}", "Event", who + found[0], (f"{who}{other}".replace("举行", ""), found["form"], who))


def _name(occasion: str, text: str, who: str) -> Name:
    label = clean(occasion)
    aliases = () if who == _THE_MEETING else (f"{who}在{label}时的讲话", f"{who}在{label}", who)
    return Name(label, "Event", text, aliases)


def said_at(told: Sequence[Saying], reader: Reader, position: int) -> Name | None:
    """The occasion on which what stands at `position` was said."""
    index = bisect_right(told, position, key=attrgetter("start")) - 1
    if index < 0 or position >= told[index].end:
        return None
    saying = told[index]
    carried = position >= saying.told
    if carried and tells(reader.text[slice(*Span(*reader.sentence(position)))]):
        return None
    return saying.occasion


def tells(sentence: str) -> bool:
    """Whether a sentence tells what happened, and gives the words of nobody."""
    return bool(_TELLS.search(sentence))
