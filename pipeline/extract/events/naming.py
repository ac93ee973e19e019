"""What a happening is called that a production reads: by its own name, or by the words that tell it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.grammar.match import Reading
from pipeline.grammar.sites import sites_in
from pipeline.model import Name, Span
from pipeline.patterns import lazy

_LONGEST_NAME = 40  # characters
_SHORT_FORM = lazy("[（(][^（）()“”]*[“][^（）()]*[）)]?$")  # （以下简称“黑河局”）
_MARKS = lazy('[“”"《》]')


class Read(NamedTuple):
    """A production that stands in a document with what fills its slots."""

    reading: Reading
    spans: dict[str, tuple[Span, ...]]

    @property
    def rule(self) -> str:
        return self.reading.rule.name

    @property
    def kind(self) -> str:
        """The type of the slot that says what happened; "" where the words of the rule do."""
        return self.reading.types.get("event", "")

    @property
    def doer(self) -> Span | None:
        return next(iter(self.spans.get("agent", ())), None)

    @property
    def verb(self) -> int:
        """Where the rule's own words begin: behind the one who acts, and what stands between; else at its beginning."""
        agent = self.reading.slots.get("agent")
        return agent.end if agent and agent.start == self.reading.start else self.reading.start

    @property
    def core(self) -> Span:
        """The words that say what happened, of which no other rule may read another happening."""
        named = self.spans.get("event", ())
        if self.kind in NAMES:
            return Span(named[0].start, named[-1].end)
        return Span(self.verb, self.reading.end)


class Called(NamedTuple):
    """A happening with its name; `span` is the thing or the occasion that is named, or all the words that tell it."""

    name: Name
    span: Span


def called(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """What a production reads, each with its name."""
    yield from _CALLS.get(read.kind or read.rule, _by_its_words)(reader, read, agent)


def bare_name(reader: Reader, span: Span) -> str:
    """The words of a stretch as a name: without marks of quotation, a short form in brackets, and the line breaks of print."""
    text = _SHORT_FORM.sub("", reader.text[slice(*span)])
    return re.sub(r"\s*\n\s*", "", _MARKS.sub("", clean(text)))


def _name(label: str, text: str, *forms: str) -> Name:
    return Name(label, "Event", text, tuple(dict.fromkeys(form for form in forms if form != label and len(form) > 1)))


def _by_its_name(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """Occasions: as the text calls them."""
    for span in read.spans["event"]:
        label = bare_name(reader, span)
        before = bare_name(reader, Span(read.verb, span.start)) if span.start > read.verb else ""
        who = (f"{agent.label}{label}", f"{agent.label}在{label}") if agent else ()
        yield Called(_name(label, reader.text[slice(*span)], before + label, *who), span)


def _by_who_meets(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """A meeting without a name of its own: that of the body that meets; 座谈会 alone where it says what it is."""
    (span,) = read.spans["event"]
    what = bare_name(reader, span)
    counted = span.start > read.reading.slots["event"].start  # 三场|座谈会
    whole = f"{agent.label}{what}" if agent and not counted else what
    yield Called(_name(whole, reader.text[slice(*span)], what), span)


def _by_thing(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """What was brought about: each thing with what came about, 临澜大桥建成通车."""
    reading, text = read.reading, reader.text
    slot = reading.slots["event"]
    end = reading.end - reader.word_before(reading.end, "since", slot.end)
    before, after = text[read.verb : slot.start], text[slot.end : end]
    if "date" in reading.slots:
        before, after = (clean(_without(reader, words, reading)) for words in (before, after))
    if "how" in reading.slots:
        before = text[reading.slots["how"].end : slot.start]
    if read.rule == "event.approved":
        after = after.replace(text[slice(*reading.slots["by"])], "")
    how = _without_manner(reader, (after or before).removeprefix("并"))
    for span in read.spans["event"]:
        label = bare_name(reader, span)
        tail = _MARKS.sub("", after) if "venue" in read.spans or "as" in read.spans else how
        yield Called(_name(label + tail, text[slice(*span)], label, before + label, label + after), span)


def _by_opening(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """What is to come about: each thing with the verb behind the last."""
    spans = read.spans["event"]
    after = reader.text[max(span.end for span in spans) : read.reading.end]
    size = next((n for n in range(len(after), 0, -1) if reader.is_word(after[-n:], "completes")), len(after))
    for span in spans:
        label = bare_name(reader, span)
        yield Called(_name(label + _without_manner(reader, after[-size:]), reader.text[slice(*span)], label), span)


def _without(reader: Reader, words: str, reading: Reading) -> str:
    """The rule's words behind its date: 自3月5日起|施行."""
    date = reader.text[slice(*reading.slots["date"])]
    return re.sub(f"[于自从]?{re.escape(date)}起?", "", words)


def _without_manner(reader: Reader, words: str) -> str:
    """The verb alone: 顺利建成了 → 建成."""
    found, at = "", 0
    while at < len(words):
        length = next((size for size in (4, 3, 2, 1) if reader.is_word(words[at : at + size], "manner")), 0)
        if not length:
            found += words[at]
        at += length or 1
    return found.replace("了", "") or words


def _by_place(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """A visit: 东岬高新区调研."""
    reading, spans = read.reading, read.spans["venue"]
    where = "、".join(bare_name(reader, span) for span in spans)
    verb = reader.text[reading.slots["venue"].end : reading.end]
    whole = bare_name(reader, Span(reading.start, reading.end))
    who = (f"{agent.label}在{where}{verb}",) if agent else ()
    name = _name(f"{where}{verb}", whole, f"在{where}{verb}", f"到{where}{verb}", whole, *who)
    yield Called(name, Span(reading.start, reading.end))


def _as_it_stands(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """在此考察: the rule's own words."""
    span = Span(read.verb, read.reading.end)
    label = bare_name(reader, span)
    yield Called(_name(label, label, f"{agent.label}{label}" if agent else ""), span)


def _by_calamity(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """What befell a place: with the place before it, where that stands before the verb, 青海玉树|地震."""
    scene = next((bare_name(reader, span) for span in read.spans.get("venue", ())), "")
    for span in read.spans["event"]:
        label = bare_name(reader, span)
        told = bare_name(reader, Span(read.reading.start, span.end))
        yield Called(_name(scene + label, reader.text[slice(*span)], label, told), span)


def _by_doing(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """What someone does meanwhile: 看望支教老师."""
    slot = read.reading.slots["event"]
    verb = max((word for word in reader.words_in(Span(read.verb, slot.start)) if word.end == slot.start), default=None)
    span = Span(verb.start if verb else read.verb, read.spans["event"][0].end)
    yield Called(_name(bare_name(reader, span), reader.text[slice(*span)]), span)


def _by_treatment(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """What was done with a thing, whose name stands before what is done: 对|补贴政策|进行了|修订完善."""
    (what,), (deed,) = read.spans["what"], read.spans["event"]
    label = bare_name(reader, deed) + bare_name(reader, what)
    told = bare_name(reader, Span(read.verb, read.reading.end))
    yield Called(_name(label, reader.text[slice(*deed)], told, f"{agent.label}{label}" if agent else ""), deed)


def _by_named_thing(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """What was done with a thing that is told of: 3月5日|签订|的|《买卖合同》."""
    (thing,), slot = read.spans["event"], read.reading.slots["event"]
    behind = read.reading.slots.get("agent", read.reading.slots["date"]).end
    verb = reader.text[behind : slot.start].removesuffix("的")
    label = _without_manner(reader, verb) + bare_name(reader, thing)
    yield Called(_name(label, reader.text[slice(*thing)], bare_name(reader, thing) + _without_manner(reader, verb)), thing)


def _by_its_words(reader: Reader, read: Read, agent: Name | None) -> Iterator[Called]:
    """What was done, as the clause has it: the verb with its object, or all that stands behind the one who acts."""
    reading, text, doer = read.reading, reader.text, read.doer
    what = next(iter(read.spans.get("event", ())), None)
    if what and doer and what.end <= doer.start:  # X由A提出
        yield _brought_up(reader, read, what, agent)
        return
    start = read.verb
    if "venue" in reading.slots and "date" in reading.slots:  # 3月5日在乙县|建立…
        start = reading.slots["venue"].end
    if doer and not what and "venue" not in read.spans:  # 在渔港|同渔民交流
        start = max((site.end for site in sites_in(reader, Span(doer.end, start))), default=doer.end)
    whole = reader.clause(reading.start).end if read.rule == "event.declared" else reading.end
    span = Span(start, whole if whole - start <= _LONGEST_NAME else reading.end)
    label = _MARKS.sub("", clean(_undated(reader, span)))
    label = label.removeprefix("并") if read.rule == "event.and_then" else label
    if doer or "date" in reading.slots:
        label = _without_manner_before(reader, label)
    yield Called(_name(label, text[slice(*span)], *((f"{agent.label}{label}",) if agent else ())), span)


def _without_manner_before(reader: Reader, label: str) -> str:
    """A verb with its object without the adverb before it; 更 of 更名 is none."""
    act = any(reader.is_word(label[:size], words) for size in (4, 3, 2) for words in ("acts", "does"))
    size = 0 if act else next((n for n in (3, 2, 1) if reader.is_word(label[:n], "manner")), 0)
    return label[size:].lstrip("，于在了")


def _brought_up(reader: Reader, read: Read, what: Span, agent: Name | None) -> Called:
    verb = reader.text[read.reading.slots["agent"].end : read.reading.end].removesuffix("的")
    label = verb + clean(reader.text[slice(*what)])
    return Called(_name(label, label, *((f"{agent.label}{label}",) if agent else ())), what)


def _undated(reader: Reader, span: Span) -> str:
    """A stretch without the dates in it: 发现该车曾|于2031年1月17日|进行过维修."""
    text = reader.text[slice(*span)]
    for date in reader.dates(*span):
        when = reader.text[date.start : date.end]
        text = re.sub(f"[（(]{re.escape(when)}[）)]|[于在]?{re.escape(when)}[，,]?", "", text)
    return text


# By the type of the slot that says what happened, or by the rule where none does.
NAMES = (
    *("occasions", "named_occasions", "nth_occasions", "quoted_occasion", "occasion", "opening_occasion"),
    *("round", "calamities", "incidents"),
)
_CALLS: dict[str, Callable[[Reader, Read, Name | None], Iterator[Called]]] = {
    **dict.fromkeys(NAMES, _by_its_name),
    "bare_meeting": _by_who_meets,
    "achieved": _by_thing,
    "undergoer": _by_thing,
    "works": _by_thing,
    "made_public": _by_thing,
    "opened": _by_opening,
    "calamity": _by_calamity,
    "doing": _by_doing,
    "session": _by_doing,
    "named_thing": _by_named_thing,
    "treated": _by_treatment,
    "event.visited": _by_place,
    "event.visited_here": _as_it_stands,
}
