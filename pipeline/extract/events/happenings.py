"""What the productions of events read, with the date, the place and the agent in force where the clause has none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.events.slots import PLANNED, WIDE_PLACE, event, venue_in_name
from pipeline.extract.events.visits import agent_of_visit
from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.grammar.event_slots import doer, place_of, sites_in
from pipeline.grammar.fill import readings_of, spans_of
from pipeline.grammar.match import Reading
from pipeline.model import Claim, DateMention, Name, Span
from pipeline.parse.setting import Setting

_MARKS = re.compile('[“”"《》]')
_BROUGHT_ABOUT = (
    "achieved",
    "occasions",
    "quoted_occasion",
)  # types of slots: they may be dated by the section that reviews them
_UNTRIED = 0.8  # confidence of a production that no document with gold rows tried; those that were tried have more
_PRONOUNS = ("他", "她")
_LONGEST_NAME = 40  # characters


class _Read(NamedTuple):
    """A production that stands in a document with what fills its slots."""

    reading: Reading
    spans: dict[str, tuple[Span, ...]]


def happenings(reader: Reader, told: Sequence[Claim], *, giving_way: Sequence[str]) -> Iterator[Claim]:
    """What the productions read, but for what `told` has from the same words; its rules `giving_way` yield to who did what."""
    setting = Setting(reader)
    agents = _Agents()
    own: list[Claim] = []
    for read in sorted(_all(reader), key=lambda read: (read.reading.start, -read.reading.end)):
        kinds = read.reading.types.values()
        if any(kind in _BROUGHT_ABOUT for kind in kinds):
            found = _brought_about(reader, setting, read)
        else:
            found = _deed(reader, setting, read, agents, (*told, *(one for one in own if not one.slots["agent"])))
        for claim in found:
            stands = [other for other in told if not (claim.slots["agent"] and other.rule in giving_way)]
            if not any(overlap(claim, other) for other in (*stands, *own)) or _are_listed(claim, own):
                own.append(claim)
                yield claim


def _are_listed(claim: Claim, own: Sequence[Claim]) -> bool:
    """Whether a claim is of the same list as the last one: A、B建成通车."""
    return bool(own) and (own[-1].rule, own[-1].evidence) == (claim.rule, claim.evidence)


def overlap(one: Claim, other: Claim) -> bool:
    """Whether two claims were read from the same words."""
    return one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end


def _all(reader: Reader) -> Iterator[_Read]:
    running = [span for span in reader.annotated.sentences if reader.block(span.start).kind not in ("title", "heading")]
    for reading in readings_of(reader, "event", running):
        spans = spans_of(reader, reading)
        if spans is not None:
            yield _Read(reading, spans)


# What was brought about: each member of a list is an event, named with what came about.

_HOW = re.compile("基本|实现|正式|全面|全线|成功|顺利|圆满|胜利|如期|提前|陆续|相继|加快|了")


def _brought_about(reader: Reader, setting: Setting, read: _Read) -> Iterator[Claim]:
    reading, text = read.reading, reader.text
    clause = reader.clause(reading.start)
    if reader.dates(*clause) or _NOT_DONE.search(text, max(clause.start, _verb(read) - 6), _verb(read)):
        return
    date, period = _own(reader, setting, reading.start), setting.period(reading.start)
    if date is None and period is None:
        return
    slot = reading.slots["event"]
    before, after = text[_verb(read) : slot.start], text[slot.end : reading.end]
    agent = next((_agent(reader, span) for span in read.spans.get("agent", ())), None)
    how = _HOW.sub("", before or after)
    venues: tuple[Name, ...] = ()
    for span in read.spans["event"]:
        label = _MARKS.sub("", clean(text[slice(*span)]))
        forms = dict.fromkeys((label, before + label, label + after))
        whole = label + how if reading.types["event"] == "achieved" else label
        if "venue" in read.spans or "as" in read.spans:
            whole = label + _MARKS.sub("", after)
        name = Name(whole, "Event", text[slice(*span)], tuple(form for form in forms if form != whole))
        shared = venues if text[span.start - 1] in "和与及" else ()  # 杭州亚运会和亚残运会
        sites = read.spans.get("venue", ()) or tuple(sites_in(reader, clause))
        venues = tuple(_place(reader, site) for site in sites) or _in_name(reader, span, named=whole == label) or shared
        yield event(
            reader,
            name,
            date,
            venues,
            agent,
            Span(reading.start, reading.end),
            reading.rule.name,
            _UNTRIED,
            value=None if date else period,
        )


def _in_name(reader: Reader, span: Span, *, named: bool) -> tuple[Name, ...]:
    """The place with which the name of what was built begins, or that of a meeting has."""
    opens = next((m for m in reader.mentions(*span) if m.kind == "Place" and m.start == span.start), None)
    label = reader.text[opens.start : opens.end] if opens else ""
    if named or opens is None or opens.end == span.end or WIDE_PLACE.match(label):
        return venue_in_name(reader, *span)
    return (Name(label, "Place", label, (opens.label,) if opens.label != label else (), opens.term),)


# Deeds: who did what.


class _Agents:
    """Who acted last: the person that 他 stands for, and the agent of the sentence."""

    def __init__(self) -> None:
        self.person: Name | None = None
        self.last: tuple[Span, Name] | None = None

    def of(self, reader: Reader, span: Span | None, sentence: Span, verb: int) -> Name | None:
        """The agent that a stretch names, or that the sentence had before where there is none; it is kept."""
        if span is None and self.last and self.last[0] == sentence:
            return self.last[1]
        span = span or next(iter(doer(reader, Span(sentence.start, verb))), None) if verb > sentence.start else span
        if span is None:
            return None
        word = clean(reader.text[slice(*span)])
        agent = self.person if word in _PRONOUNS else _agent(reader, span)
        if agent:
            self.last = (sentence, agent)
            self.person = agent if agent.kind == "Person" else self.person
        return agent


def _agent(reader: Reader, span: Span) -> Name | None:
    word = clean(reader.text[slice(*span)])
    named = [token for token in reader.tokens(*span) if token.tag.startswith("nr")]
    if named and named[-1].end == span.end:
        first = named[-1]
        for token in reversed(named[:-1]):
            first = token if token.end == first.start else first
        label = reader.text[first.start : span.end]
        return Name(label, "Person", word, (word,) if word != label else ())
    known = next((m for m in reader.mentions(*span) if m.end == span.end and m.kind in ("Body", "Person", "Place")), None)
    if known and known.start == span.start:
        return Name(known.label, known.kind, word, (word,) if word != known.label else (), known.term)
    return agent_of_visit(word) if reader.ends_in(word, "offices") else Name(word, "Body", word)


def _deed(reader: Reader, setting: Setting, read: _Read, agents: _Agents, told: Sequence[Claim]) -> Iterator[Claim]:
    reading, at = read.reading, _verb(read)
    sentence = reader.sentence(reading.start)
    doer = read.spans.get("agent", (None,))[0]
    agent = agents.of(reader, doer, sentence, at)
    if agent is None or _NOT_DONE.search(reader.text, max(0, at - 6), at) or (doer and _MUST.search(reader.text, doer.end, at)):
        return
    name = _name(reader, read, agent)
    meeting = _meeting_meant(reader, name.label, reading.start, told)
    date = setting.date(at)
    own = date is not None and setting.is_own(date, at)
    carried = agent.kind == "Person" and reader.document.kind == "news"
    sites = read.spans.get("venue", ()) or tuple(sites_in(reader, Span(sentence.start, reader.clause(at).end)))
    venues = tuple(_place(reader, site) for site in sites[-1:])
    bare = name.label.startswith("出席并")  # of what, the meeting tells
    if meeting and (bare or not own):
        yield _at_meeting(reader, read, name, agent, meeting)
    elif date and not bare and (own or carried) and (date.value or venues) and not _is_period(reader, date):
        planned = bool(PLANNED.search(reader.text, doer.end if doer and doer.end < at else at, at))
        yield event(reader, name, date, venues, agent, _quote(read), reading.rule.name, _UNTRIED, planned=planned)


def _is_period(reader: Reader, date: DateMention) -> bool:
    """Whether a date is months or years, in which figures are counted, rather than days."""
    return date.precision == "range" and "日" not in reader.text[date.start : date.end]


def _verb(read: _Read) -> int:
    """Where the verb of a deed begins: behind the one who acts, and what stands between."""
    agent = read.reading.slots.get("agent")
    return agent.end if agent else read.reading.start


def _quote(read: _Read) -> Span:
    reading = read.reading
    starts = [span.start for name, spans in read.spans.items() if reading.slots[name].start == reading.start for span in spans]
    return Span(min(starts, default=reading.start), reading.end)


def _name(reader: Reader, read: _Read, agent: Name) -> Name:
    """What was done, as the clause has it: the verb with its object, or all that stands behind the one who acts."""
    reading, text = read.reading, reader.text
    doer, what = read.spans.get("agent", (None,))[0], read.spans.get("event", (None,))[0]
    if what and doer and what.end <= doer.start:  # X由A提出
        verb = text[reading.slots["agent"].end : reading.end].removesuffix("的")
        whole = clean(text[what.start : what.end])
        return Name(verb + whole, "Event", whole, (agent.label + verb + whole,))
    start = _verb(read)
    if doer and not what and "venue" not in read.spans:  # 在渔港|同渔民交流
        start = max((site.end for site in sites_in(reader, Span(doer.end, start))), default=doer.end)
    end = reader.clause(start).end if "declared" in reading.rule.name else reading.end
    end = end if end - start <= _LONGEST_NAME else reading.end
    label = re.sub(r"[“”\"《》]|^(?:[，于在]|先后|分别)", "", clean(_undated(reader, Span(start, end))))
    return Name(label, "Event", text[start:end], (f"{agent.label}{label}",))


def _undated(reader: Reader, span: Span) -> str:
    """A stretch without the dates in it: 发现该车曾|于2031年1月17日|进行过维修."""
    text = reader.text[slice(*span)]
    for date in reader.dates(*span):
        when = reader.text[date.start : date.end]
        text = re.sub(f"[于在]?{re.escape(when)}", "", text)
    return text


# 出席会议并讲话: the meeting that the text told of last.

_THE_MEETING = re.compile("(?P<verb>出席|参加|主持)(?P<meeting>会议|大会|座谈会|论坛|活动|仪式|开幕式)?(?=并|$)")


# What a word may stand for that says no more; none at all stands for any.
_MEETINGS = {"会议": ("会", "会议"), "": ("会", "会议", "论坛", "活动", "仪式", "式", "节")}


def _meeting_meant(reader: Reader, label: str, position: int, told: Sequence[Claim]) -> Claim | None:
    meant = _THE_MEETING.match(label)
    if meant is None:
        return None
    at = reader.document.offsets.span_to_source(position, position + 1).start
    kind = meant["meeting"] or ""
    meetings = [claim for claim in told if _is_meeting(claim, kind)]
    before = [claim for claim in meetings if claim.evidence.start < at]
    return max(before, key=lambda claim: claim.evidence.start, default=meetings[0] if meetings else None)


def _is_meeting(claim: Claim, kind: str) -> bool:
    name = claim.slots["event"]
    return isinstance(name, Name) and name.label.endswith(_MEETINGS.get(kind, (kind,)))


def _at_meeting(reader: Reader, read: _Read, name: Name, agent: Name, meeting: Claim) -> Claim:
    """What someone did at a meeting: when and where the meeting was."""
    held = meeting.slots["event"]
    assert isinstance(held, Name)
    full = _THE_MEETING.sub(lambda found: found["verb"] + held.label, name.label)
    aliases = (name.label, *(f"{agent.label}{form}" for form in (full, name.label)))
    slots = {**meeting.slots, "event": Name(full, "Event", name.text, aliases), "agent": agent}
    quote = _quote(read)
    return reader.claim("event", slots, quote.start, quote.end, read.reading.rule.name, _UNTRIED, planned=meeting.planned)


def _place(reader: Reader, span: Span) -> Name:
    label = clean(reader.text[slice(*span)])
    known = place_of(reader, span)
    whole = known and (known.start, known.end) == tuple(span)
    if known and whole:
        return Name(label, "Place", label, (known.label,) if known.label != label else (), known.term)
    return Name(label, "Place", label, (reader.text[known.start : known.end],) if known else ())


def _own(reader: Reader, setting: Setting, position: int) -> DateMention | None:
    date = setting.date(position)
    return date if date and setting.is_own(date, position) else None


_MUST = re.compile("须|应当|应(?=[于在向将])|拟|可以")
_NOT_DONE = re.compile(
    "(?:应当?|须|需要?|能够|希望|如果|积极|不断|持续|继续|支持|推动|申办|争取|筹备|推进|鼓励|计划|拟|将|[不未没]有?|力争|确保|力促|加快)$"
    "|(?:^|[，。；：、])(?:要|会|可|能|若|为了)$"
)
