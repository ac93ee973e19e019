"""The slots of a claim of an event: what it is called, when, where and by whom."""

from __future__ import annotations

from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.grammar.sites import place_of
from pipeline.model import Claim, DateMention, Mention, Name, Slot, Span
from pipeline.patterns import lazy
from pipeline.periods import precision_of

_NUMBER = lazy(r"\d+[.．、]\s*")  # of an item: 1.审计委员会
_YEAR = lazy(r"20\d{2}$")
_JOINED = ("、", "和", "与", "及")
_SURNAME_AND_NAME = (2, 3)  # characters of a person's name


def event(
    reader: Reader,
    name: Name,
    date: DateMention | str | None,
    venues: tuple[Name, ...],
    agent: Name | None,
    quote: Span,
    rule: str,
    *,
    planned: bool = False,
) -> Claim:
    """A claim of an event; `date` is a mention, or the years of the section that tells it, in ISO 8601."""
    told = isinstance(date, DateMention)
    slots: dict[str, Slot] = {
        "event": name,
        "date": date.value if isinstance(date, DateMention) else date,
        "dateText": reader.text[date.start : date.end] if isinstance(date, DateMention) else None,
        "precision": _precision(reader, date),
        "venue": venues,
        "agent": agent,
    }
    assert told == bool(slots["dateText"])
    return reader.claim("event", slots, quote.start, quote.end, rule, planned=planned)


def _precision(reader: Reader, date: DateMention | str | None) -> str | None:
    """How fine a date is: of one that is known by its value, but for a third of a month, which has that of the month."""
    value = date.value if isinstance(date, DateMention) else date
    if value is None or (isinstance(date, DateMention) and date.precision == "ten days"):
        return date.precision if isinstance(date, DateMention) else None
    return precision_of(value, reader.wording.plans)


# Who acts.


def agent_of(reader: Reader, span: Span) -> Name:
    """The person, the body or the place that a stretch names: a person by the name alone, with the office as another form."""
    span = _in_own_name(reader, span)
    word = _NUMBER.sub("", clean(reader.text[slice(*span)]))
    named = [token for token in reader.tokens(*span) if token.tag.startswith("nr")]
    if named and named[-1].end == span.end:
        first = named[-1]
        for token in reversed(named[:-1]):
            first = token if token.end == first.start else first
        return _person(reader.text[first.start : span.end], word)
    known = next((m for m in reader.mentions(*span) if m.end == span.end and m.kind in ("Body", "Person", "Place")), None)
    if known and known.start == span.start:
        return Name(known.label, known.kind, word, (word,) if word != known.label else (), known.term)
    behind = _behind_office(reader, span)
    if behind:
        return _person(behind, word)
    parts = tuple(word.split("、")) if "、" in word else ()
    return Name(word, "Person" if reader.ends_in(word, "offices") else "Body", word, parts)


def _in_own_name(reader: Reader, span: Span) -> Span:
    """Who acts in the name of another, or in whose name 我 does: 周立|代表省政府, 我代表|省政府."""
    for at in range(span.start + 1, span.end - 1):
        length = reader.word_at(at, "behalf")
        if length:
            named = len(clean(reader.text[span.start : at])) > 1
            return Span(span.start, at) if named else Span(at + length, span.end)
    return span


def _person(name: str, word: str) -> Name:
    return Name(name, "Person", word, (word,) if word != name else ())


def _behind_office(reader: Reader, span: Span) -> str:
    """The name of a person that the segmenter does not know, behind an office: 副市长|秦望."""
    for size in _SURNAME_AND_NAME:
        if span.end - size > span.start and reader.word_before(span.end - size, "offices", span.start):
            name = reader.text[span.end - size : span.end]
            return "" if reader.ends_in(name, "sites") else name  # 市长|泾镇
    return ""


# Where.


def place_name(reader: Reader, span: Span) -> Name:
    """A place as the text has it, with the vocabulary's as another form."""
    label = clean(reader.text[slice(*span)])
    short = reader.wording.short_places.get(label)
    if short:
        term = reader.wording.terms.get(short)
        return Name(short, "Place", label, (), term.iri if term else None)
    known = place_of(reader, span)
    if known and (known.start, known.end) == tuple(span):
        return Name(label, "Place", label, (known.label,) if known.label != label else (), known.term)
    return Name(label, "Place", label, (reader.text[known.start : known.end],) if known else ())


def venue_in_name(reader: Reader, span: Span) -> tuple[Name, ...]:
    """成都大运会: the place in the name of an occasion for all is where it took place; in that of a body's meeting it is not."""
    name = clean(reader.text[slice(*span)])
    hosted = reader.ends_in(name, "hosted") or (_YEAR.search(name) and any(reader.word_places(*span, "hosted")))
    if not hosted or any(reader.word_places(*span, "body_meetings")):
        return ()
    places = (m for m in reader.mentions(*span) if m.kind == "Place")
    near = (m for m in places if not reader.is_word(reader.text[m.start : m.end], "wide_places"))
    return tuple(place_name(reader, Span(m.start, m.end)) for m in list(near)[:1])


def session_in_name(reader: Reader, span: Span) -> tuple[Name, ...]:
    """参加青海代表团审议: the body in whose session it took place."""
    start = span.start + max((reader.word_at(span.start, words) for words in ("attending", "attends")), default=0)
    ends = (at + length for at, length in reader.word_places(start, span.end, "sessions"))
    found = next((end for end in ends if reader.word_at(end, "deliberates") or reader.word_at(end + 1, "deliberates")), None)
    body = clean(reader.text[start:found]) if found else ""
    return (Name(body, "Body", body),) if body else ()


def region_in_name(reader: Reader, span: Span) -> tuple[Name, ...]:
    """松江等流域特大洪涝灾害: the places with which the name of a calamity begins, or a region by its form."""
    runs = _runs_of_places(reader, span)
    if runs:
        return tuple(_of_run(reader, run) for run in runs)
    for at in range(span.start + 2, span.end):
        length = reader.word_at(at, "regions")
        if length:
            whole, bare = reader.text[span.start : at + length], reader.text[span.start : at].removesuffix("等")
            label = bare + reader.text[at : at + length]
            return (Name(label, "Place", whole, tuple(sorted({bare, whole} - {label}))),)
    return ()


def _runs_of_places(reader: Reader, span: Span) -> list[list[Mention]]:
    """The places at the head of a stretch, those that touch together: 青海|玉树、四川."""
    runs: list[list[Mention]] = []
    for place in (m for m in reader.mentions(*span) if m.kind == "Place"):
        at = runs[-1][-1].end if runs else span.start
        if place.start == at and runs:
            runs[-1].append(place)
        elif place.start == at or (runs and reader.text[at : place.start] in _JOINED):
            runs.append([place])
        else:
            break
    return runs


def _of_run(reader: Reader, run: list[Mention]) -> Name:
    """The last of places that touch, called by all of them: 青海玉树."""
    label = reader.text[run[0].start : run[-1].end]
    parts = (reader.text[m.start : m.end] for m in run)
    return Name(label, "Place", label, tuple(dict.fromkeys(part for part in parts if part != label)), run[-1].term)
