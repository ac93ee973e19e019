"""When a happening was that a production reads, and whether it was at all, or is to be."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.events.naming import Read
from pipeline.extract.reader import Reader
from pipeline.grammar.sites import sites_in
from pipeline.model import STRETCHES, DateMention, Name, Span
from pipeline.parse.setting import Setting
from pipeline.patterns import lazy

# Types of slots of what may be dated by the section that reviews it, and rules of the same kind.
_BROUGHT_ABOUT = (
    "achieved",
    "made_public",
    "opened",
    "occasions",
    "named_occasions",
    "nth_occasions",
    "quoted_occasion",
    "occasion",
    "works",
    "calamities",
    "launched",
    "honour",
    "session",
)
_AT_A_PLACE = ("event.took_place", "event.quoted")  # rules of what a place alone may tell, where no date stands
_YEAR = lazy(r"20\d\d(?![年\d])")
_AHEAD = ("event.will_hold", "event.will_open")  # what the section of a report sets out for its year
_DISPOSES = ("event.declared", "event.sent")  # rules of what is done with a thing behind 将 or 把
_NEAR = 60  # characters from a date to what it dates, for the quotation to hold both


class When:
    """The dates of what productions read in one document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._setting = Setting(reader)

    def dates(self, read: Read, agent: Name | None) -> Sequence[DateMention | str | None]:
        """The dates of a happening: in its words or its sentence, of the section that reviews it, or carried from before; one
        that is None for what has a place alone; none where nothing tells.
        """
        at = self._position(read)
        if read.rule in _AHEAD:
            return tuple(filter(None, (self._setting.year_ahead(at),))) if self._has_no_date(at) else ()
        in_form = "date" in read.reading.slots
        own = self._in_form(read) if in_form else self._setting.own(at)
        period = self._setting.period(at) if _may_be_reviewed(read) and not in_form else None
        if own and (own[-1].value or not period):
            return own if not self._is_stretch(read, own[-1]) else ()
        if period:
            return (period,) if self._has_no_date(at) and not self.is_planned(read, period) else ()
        return () if in_form else self._carried(read, agent)

    def _carried(self, read: Read, agent: Name | None) -> Sequence[DateMention | str | None]:
        """The day that news told before, of what a person does; one that is None where a place is enough."""
        at = self._position(read)
        date = self._setting.date(at)
        told = date is not None and self._reader.document.kind == "news" and agent is not None and agent.kind == "Person"
        if date and told and not self._is_stretch(read, date):
            return (date,)
        if in_name := self._in_name(read):
            return (in_name,)
        since = self._setting.since(at)
        began = since and (_began(read) or ("agent" in read.reading.types and self._setting.runs_from(since)))
        return (since,) if self._is_of_some_time(read) or began else ()

    def _in_name(self, read: Read) -> str | None:
        """The year with which the name of an occasion begins: 2031渔业大会."""
        occasion = read.spans["event"][0] if "occasion" in read.kind else None
        year = occasion and _YEAR.match(self._reader.text, *occasion)
        return year[0] if year else None

    def _is_of_some_time(self, read: Read) -> bool:
        """Whether a place is enough: of an incident, of an occasion of which its place is told, of a visit in the course of
        which something was said, and of what news tells to have happened of late: 近日，渔业交易所在大连市揭牌.
        """
        visits = any(mention.kind == "Place" for mention in self._reader.mentions(read.reading.start, read.reading.end))
        said = read.rule == "event.visited" and visits and self._reader.word_at(read.reading.end, "during")
        undated = not self._reader.dates(*self._reader.sentence(read.reading.start))
        at_place = undated and (read.rule in _AT_A_PLACE or self._is_of_late(read))
        return read.rule == "event.incident" or at_place or bool(said)

    def _is_of_late(self, read: Read) -> bool:
        """Whether the clause opens with a word for a day not long ago, and says in what place something was."""
        clause = self._reader.clause(read.reading.start)
        start = self._reader.sentence(read.reading.start).start
        late = self._reader.word_at(start, "vague_times") or self._reader.word_at(clause.start, "vague_times")
        places = (self._reader.text[slice(*place)] for place in sites_in(self._reader, clause)) if late else ()
        return any(not self._reader.is_word(place, "wide_places") for place in places)

    def _has_no_date(self, position: int) -> bool:
        """Whether the clause around a position has no date."""
        return not self._reader.dates(*self._reader.clause(position))

    def is_planned(self, read: Read, date: DateMention | str | None) -> bool:
        """Whether a happening is meant to be: by a word before it, or as a task of the year that it has."""
        at = self._position(read)
        value = date.value if isinstance(date, DateMention) else date
        task = value is not None and self._setting.year_ahead(at) == value[:4]
        if read.rule == "event.moved":
            return self._is_ahead(read, value)
        start = read.doer.end if read.doer and read.doer.end < at else self._reader.clause(read.reading.start).start
        at = at if read.rule not in _DISPOSES else read.reading.slots["event"].start - 1  # 将 before what is disposed of
        return read.rule in _AHEAD or task or self._has(Span(start, max(start, at)), "planned")

    def _is_ahead(self, read: Read, value: str | None) -> bool:
        """Whether what was put off is still ahead: it is announced, or later than the document."""
        before = Span(self._reader.sentence(read.reading.start).start, read.reading.slots["date"].start)
        given = self._reader.document.date
        later = bool(given and value and value[: len(given)] > given[: len(value)])
        return later or self._has(before, "planned") or self._has(before, "announces")

    def is_undone(self, read: Read) -> bool:
        """Whether the word before the verb, or one between who acts and what is done, says that it is only wanted."""
        reader, start = self._reader, self._reader.clause(read.reading.start).start
        before = reader.tokens(start, read.verb) if read.verb > start else ()
        last = reader.text[before[-1].start : before[-1].end] if before else ""
        between = Span(read.doer.end, read.verb) if read.doer and read.doer.end < read.verb else Span(start, start)
        must = self._has(between, "must") or (between.end > start and reader.word_at(between.start, "must") > 0)
        return must or reader.is_word(last, "undone")

    def quote(self, read: Read, date: DateMention | str | None) -> Span:
        """The evidence: what fills the slots with the words between, and the date where it is near."""
        reading = read.reading
        starts = [
            span.start for name, spans in read.spans.items() for span in spans if reading.slots[name].start == reading.start
        ]
        start = min(starts, default=reading.start)
        near = isinstance(date, DateMention) and start - _NEAR < date.start < start and self._setting.is_own(date, start)
        return Span(date.start if near and isinstance(date, DateMention) else start, reading.end)

    def _position(self, read: Read) -> int:
        """Where the verb stands: what dates it stands before."""
        reading = read.reading
        return max([reading.start, *(slot.end for slot in reading.slots.values() if slot.end < reading.end)])

    def _in_form(self, read: Read) -> Sequence[DateMention]:
        slot = read.reading.slots["date"]
        date = self._reader.dates(*slot)[0]
        opens = slot.start == read.reading.start and read.rule != "event.from_on"  # 3月5日起, …
        until = self._reader.word_before(date.start, "not_since") if read.rule == "event.of_date" else 0
        inside = until and self._reader.clause(date.start).start < date.start - until  # A事件到|2019年的B事件
        return self._setting.listed(date) if not opens or inside or self._setting.is_moment(date) else ()

    def _is_stretch(self, read: Read, date: DateMention) -> bool:
        """Whether a date is months or years, over which someone does things rather than one thing."""
        named = read.kind in _BROUGHT_ABOUT or "occasion" in read.kind or read.kind == "calamity"
        return not named and date.precision in STRETCHES and "日" not in self._reader.text[date.start : date.end]

    def _has(self, span: Span, words: str) -> bool:
        tokens = self._reader.tokens(*span) if span.end > span.start else ()
        return any(self._reader.is_word(self._reader.text[token.start : token.end], words) for token in tokens)


def _began(read: Read) -> bool:
    """Whether a happening was on the day since which it went on: what befell a place, or spread to one."""
    return read.kind == "calamity" or read.rule == "event.spread"


def _may_be_reviewed(read: Read) -> bool:
    """Whether a review that tells of a happening dates it: not of what is only carried out, which goes on."""
    return read.rule in ("event.visited", "event.first") or (read.kind in _BROUGHT_ABOUT and read.rule != "event.conducted")
