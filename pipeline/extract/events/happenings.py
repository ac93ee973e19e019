"""What the productions of events read, with the date, the place and the agent in force where the clause has none.

Where two rules read the same words, the one that stands first in event.toml is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.events.naming import Called, Read, called
from pipeline.extract.events.slots import agent_of, event, place_name, region_in_name, session_in_name, venue_in_name
from pipeline.extract.events.when import When
from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.grammar.doers import anyone, doer
from pipeline.grammar.fill import readings_of, spans_of
from pipeline.grammar.match import Reading
from pipeline.grammar.sites import site, sites_in
from pipeline.grammar.stretches import behind_dateline
from pipeline.model import Claim, Name, Span

_NOTES = ("title", "metadata", "heading")  # blocks in which a document says when and where it was delivered
_NOTE = 8  # blocks from the top in which it does
_NEAR = 3  # characters in which a verb begins behind the words before it
_OF_NOTES = ("event.delivered",)  # the rules that are read there
_BARE = "event.met_at"  # of meetings with no name of their own, and no one who meets


class _Told(NamedTuple):
    """A claim with the words that it was read from, as offsets of the source."""

    core: Span
    order: int  # of its rule among those of events
    claim: Claim


def happenings(reader: Reader, enacted: Sequence[Claim]) -> Iterator[Claim]:
    """What happened, in the order of the text, but for what the steps of issue in `enacted` tell in the same words."""
    when, agents = When(reader), _Agents()
    acted = [(read, _agent_in_force(reader, agents, read)) for read in sorted(_reads(reader), key=_place_of)]
    told = [one for read, agent in acted for one in _told(reader, when, read, agent)]
    steps = [_Told(Span(claim.evidence.start, claim.evidence.end), -1, claim) for claim in enacted]
    kept = list(_first_of_each(told, steps))
    kept += _first_of_each(list(_at_meetings(reader, acted, [*steps, *kept])), [*steps, *kept])
    yield from (one.claim for one in sorted(_but_for_bare(reader, kept), key=lambda one: (one.core, one.order)))


def _but_for_bare(reader: Reader, kept: Sequence[_Told]) -> Iterator[_Told]:
    """What is told; a meeting that has no name only on its day, where the text names no other of that day: 会议在临澜市举行."""
    named = {one.claim.slots["date"] for one in kept if one.claim.rule != _BARE and _is_meeting(reader, one.claim, "")}
    for one in kept:
        slots = one.claim.slots
        if one.claim.rule != _BARE or (slots["date"] not in named and slots["precision"] not in ("ten days", "month", "year")):
            yield one


def _place_of(read: Read) -> tuple[int, int]:
    return read.reading.start, -read.reading.end


def _first_of_each(told: Sequence[_Told], others: Sequence[_Told] = ()) -> Iterator[_Told]:
    """Of claims that were read from the same words, those of the first rule."""
    kept = list(others)
    for one in sorted(told, key=lambda one: (one.order, one.core)):
        if all((other.order == one.order and other.core == one.core) or not _meet(one.core, other.core) for other in kept):
            kept.append(one)
            yield one


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _reads(reader: Reader) -> Iterator[Read]:
    """The productions that stand in the running text, and, of those that tell of the document itself, in the notes at its top."""
    running = [span for span in reader.annotated.sentences if reader.block(span.start).kind not in ("title", "heading")]
    found = [reading for reading in readings_of(reader, "event", running) if reading.rule.name not in _OF_NOTES]
    for reading in [*found, *_noted(reader)]:
        spans = spans_of(reader, reading)
        if spans is not None:
            yield Read(reading, spans)


def _noted(reader: Reader) -> Iterator[Reading]:
    """What the notes at the top say; one may go over two lines."""
    rules = reader.wording.rules
    blocks = reader.document.blocks[: _NOTE + 1]
    for block, following in zip(blocks, [*blocks[1:], blocks[-1]], strict=True):
        if block.kind not in _NOTES:
            continue
        for reading in rules.readings(reader.joined(Span(block.start, following.end)), "event", _OF_NOTES):
            if reading.start < block.end:
                yield reading


# Who acts.


class _Agents:
    """Who acted last: the person that 他 stands for, and the agent of the sentence."""

    def __init__(self) -> None:
        self.person: Name | None = None
        self.last: tuple[Span, Name] | None = None

    def of(self, reader: Reader, span: Span | None, sentence: Span, verb: int) -> Name | None:
        """The agent that a stretch names, or that the sentence had before where there is none; it is kept."""
        if span is None and self.last and self.last[0] == sentence:
            return self.last[1]
        start = behind_dateline(reader, Span(sentence.start, verb)) if verb > sentence.start else verb
        span = span or _who_acts(reader, start, verb)
        if span is None:
            return None
        pronoun = reader.is_word(clean(reader.text[slice(*span)]), "person_pronouns")
        agent = self.person if pronoun else agent_of(reader, span)
        if agent:
            self.last = (sentence, agent)
            self.person = agent if agent.kind == "Person" else self.person
        return agent


def _who_acts(reader: Reader, start: int, verb: int) -> Span | None:
    """Who acts, from where the sentence begins, or behind the comma of what it tells before: 会谈前，|周立举行宴会."""
    if verb <= start:
        return None
    clause = reader.clause(verb).start
    opens = start < clause < verb and not reader.word_at(clause, "manner")  # not of 联合|甲局举办
    found = anyone(reader, Span(start, verb)) or (doer(reader, Span(clause, verb)) if opens else ())
    return next(iter(found), None)


def _agent_in_force(reader: Reader, agents: _Agents, read: Read) -> Name | None:
    slot = read.reading.slots.get("event")
    by_itself = read.kind in _OF_THEMSELVES or (slot and slot.start == read.reading.start)  # X建成, X召开
    if read.rule in _OF_NOTES or (by_itself and read.doer is None):
        return None
    return agents.of(reader, read.doer, reader.sentence(read.reading.start), read.verb)


_OF_THEMSELVES = (
    "achieved",
    "works",
    "opened",
    "calamity",
    "calamities",
    "incidents",
    "quoted_occasion",
    "opening_occasion",
)  # no one does them


# What is told of each.


def _told(reader: Reader, when: When, read: Read, agent: Name | None) -> Iterator[_Told]:
    """The claims of one reading: each thing or occasion that it names, at each date that it has."""
    if (_needs_agent(read) and agent is None) or when.is_undone(read) or _is_step_of_issue(reader, read):
        return
    for date in when.dates(read, agent):
        shared: tuple[Name, ...] = ()
        for one in called(reader, read, agent):
            if _meeting_meant(reader, read, one.name.label) is not None:
                continue  # of what, the meeting tells
            venues = _venues(reader, read, one, shared)
            shared = venues
            if (date is None and not venues) or (
                isinstance(date, str) and "/" in date and read.kind == "calamities" and not venues
            ):
                continue
            planned = when.is_planned(read, date)
            claim = event(reader, one.name, date, venues, agent, when.quote(read, date), read.rule, planned=planned)
            yield _Told(_in_source(reader, read.core), _order(reader, read), claim)


def _is_step_of_issue(reader: Reader, read: Read) -> bool:
    """Whether a reading is a step that enactment tells, or has found none: 印发《某方案》."""
    titles = (m for m in reader.mentions(*read.reading.slots.get("event", read.core)) if m.kind == "title")
    verb = any(reader.word_places(read.verb, read.verb + _NEAR, "issues"))
    return verb and any(title.start == span.start for title in titles for span in read.spans.get("event", ()))


def _in_source(reader: Reader, span: Span) -> Span:
    return Span(*reader.document.offsets.span_to_source(*span))


def _order(reader: Reader, read: Read) -> int:
    return next(at for at, rule in enumerate(reader.ontology.rules) if rule.name == read.reading.rule.name)


def _needs_agent(read: Read) -> bool:
    """Whether a deed is none without someone who does it."""
    return "agent" in read.reading.types or read.rule in _IN_A_CHAIN


def _venues(reader: Reader, read: Read, one: Called, shared: tuple[Name, ...]) -> tuple[Name, ...]:
    """Where: the places of the rule, else those that the clause says it was in, else that in the name."""
    if read.rule in _WHEREVER:
        return venue_in_name(reader, one.span)
    if read.kind in ("calamity", "calamities"):
        scene = read.spans.get("venue", (one.span,))[0]
        return region_in_name(reader, scene) or tuple(place_name(reader, place) for place in site(reader, scene))
    if _needs_agent(read) and "venue" not in read.spans:
        clause = Span(reader.sentence(read.reading.start).start, reader.clause(read.verb).end)
        return tuple(place_name(reader, place) for place in [*_acting_site(reader, read), *sites_in(reader, clause)][-1:])
    if read.kind in ("doing", "session"):
        seen = site(reader, read.reading.slots["event"]) if read.kind == "doing" else ()
        return session_in_name(reader, one.span) or tuple(place_name(reader, place) for place in seen)
    around = (place for place in sites_in(reader, reader.clause(read.reading.start)) if not _meet(place, one.span))
    places = read.spans.get("venue", ()) or tuple(around)
    found = tuple(place_name(reader, place) for place in places) or _in_name(reader, read, one)
    return found or (shared if reader.text[one.span.start - 1] in "和与及" else ())  # 杭州亚运会和亚残运会


def _acting_site(reader: Reader, read: Read) -> tuple[Span, ...]:
    """Where it happened, where the place is said to act: 文昌发射场|成功发射."""
    if read.doer is None or reader.ends_in(reader.text[slice(*read.doer)], "bodies"):
        return ()
    facility = reader.word_before(read.doer.end, "sites", read.doer.start) > 1  # no town or county: those act
    return tuple(place for place in site(reader, read.doer) if facility and place == read.doer)


_IN_A_CHAIN = ("event.then", "event.met_then", "event.and_then")  # clauses whose agent stands in the one before
_WHEREVER = ("event.delivered", "event.moved")  # the words around tell no place


def _in_name(reader: Reader, read: Read, one: Called) -> tuple[Name, ...]:
    """The place with which the name of what was built begins, or that of a meeting for all has."""
    opens = next((m for m in reader.mentions(*one.span) if m.kind == "Place" and m.start == one.span.start), None)
    wide = opens and reader.is_word(reader.text[opens.start : opens.end], "wide_places")
    if (
        read.kind not in ("achieved", "works")
        or read.rule == "event.awarded"
        or opens is None
        or opens.end == one.span.end
        or wide
    ):
        return venue_in_name(reader, one.span) if read.kind else ()
    return (place_name(reader, Span(opens.start, opens.end)),)


# 出席会议并讲话, 向大会报告工作: the meeting that the text told of last.


class _Meant(NamedTuple):
    """label[start:end] stands for a meeting that the text names elsewhere; nothing at all in 出席并致辞."""

    start: int
    end: int


def _meeting_meant(reader: Reader, read: Read, label: str) -> _Meant | None:
    """Where a deed speaks of the meeting at which it was done, without its name; None where it does not."""
    if read.rule == "event.reported":
        return _Meant(1, 1 + reader.word_at(read.reading.start + 1, "unnamed_occasions"))
    verb = next((size for size in (4, 3, 2) if reader.is_word(label[:size], "attends")), 0)
    meeting = label[verb:].partition("并")[0]
    meant = verb and (not meeting or reader.is_word(meeting, "unnamed_occasions"))
    return _Meant(verb, verb + len(meeting)) if meant else None


def _at_meetings(reader: Reader, acted: Sequence[tuple[Read, Name | None]], kept: Sequence[_Told]) -> Iterator[_Told]:
    """What someone did at a meeting that the text names elsewhere: when and where the meeting was."""
    reported = False
    for read, agent in acted:
        if read.rule == "event.reported" and reported:
            continue  # said again of the same report
        for one in called(reader, read, agent):
            meant = _meeting_meant(reader, read, one.name.label)
            if meant is None or (_needs_agent(read) and agent is None):
                continue
            meeting = _last_meeting(reader, read, one.name.label[slice(*meant)], kept)
            if meeting:
                reported = reported or read.rule == "event.reported"
                claim = _at_meeting(reader, read, one.name, agent, meant, meeting)
                yield _Told(_in_source(reader, read.core), _order(reader, read), claim)


def _last_meeting(reader: Reader, read: Read, word: str, told: Sequence[_Told]) -> Claim | None:
    """The meeting of that word told of last before, or the first of all; a report is given to the one in the note at the top."""
    meetings = [one for one in told if _is_meeting(reader, one.claim, word)]
    if read.rule == "event.reported":
        meetings = [one for one in meetings if one.claim.rule in _OF_NOTES]
    at = _in_source(reader, Span(read.reading.start, read.reading.end)).start
    before = [one for one in meetings if one.core.start < at]
    nearest = max(before, key=lambda one: one.core, default=meetings[0] if meetings else None)
    return nearest.claim if nearest else None


def _is_meeting(reader: Reader, claim: Claim, word: str) -> bool:
    name = claim.slots["event"]
    if not isinstance(name, Name) or "并" in name.label:
        return False
    by_word = name.label.endswith((word, word[:1])) if word else False
    return by_word or ((not word or claim.rule in _OF_NOTES) and reader.ends_in(name.label, "occasion_heads"))


def _at_meeting(reader: Reader, read: Read, name: Name, agent: Name | None, meant: _Meant, meeting: Claim) -> Claim:
    held = meeting.slots["event"]
    assert isinstance(held, Name)
    full = name.label[: meant.start] + held.label + name.label[meant.end :]
    aliases = (name.label, *(f"{agent.label}{form}" for form in (full, name.label) if agent))
    slots = {**meeting.slots, "event": Name(full, "Event", name.text, aliases), "agent": agent}
    if read.rule == "event.reported":
        slots["venue"] = (Name(held.label, "Body", held.text),)
    quote = Span(read.doer.start if read.doer else read.verb, read.reading.end)
    return reader.claim("event", slots, *quote, read.rule, planned=meeting.planned)
