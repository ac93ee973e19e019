"""Which tellings are of one event: in a document by name, across documents by name, date, place and agent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from pipeline.ledger.decisions import Decisions
from pipeline.ledger.forms import Forms
from pipeline.ledger.keys import digest, name_key, slug
from pipeline.ledger.things import Found
from pipeline.ledger.uses import Told, Use
from pipeline.model import Name
from pipeline.patterns import lazy

SAME_TIME, SAME_VISIT = "same time", "same visit"  # why two names are of one event, beside the forms
_LEAST = 4  # characters of a name that another may end in
_NUMBERED = lazy("第[一二三四五六七八九十百0-9]+[届次]|[0-9]{4}")

EventKey = tuple[str, str, str | None, frozenset[str]]  # document, name, date and venues as told


class Finder(Protocol):
    """What finds the things of names, once all names are known: a Ledger, or what one has found."""

    @property
    def base(self) -> str:
        """What the IRIs of the data begin with."""

    @property
    def forms(self) -> Forms:
        """Which names are one."""

    @property
    def decisions(self) -> Decisions:
        """What people decided of names."""

    def find(self, name: Name, document: str, within: str = "") -> Found:
        """What `name` names in a document."""

    def plain(self, kind: str, label: str) -> tuple[str, tuple[str, ...]]:
        """The plain name behind a label of a class, and the forms that led to it."""


@dataclass(slots=True)
class Telling:
    """One mention of an event: a claim of its own, or a reference from another claim (no date, no venue)."""

    key: EventKey
    by: tuple[str, ...]
    agent: str
    start: int

    @property
    def date(self) -> str | None:
        return self.key[2]

    @property
    def venues(self) -> frozenset[str]:
        return self.key[3]


@dataclass(slots=True)
class Occasion:
    """One event of one document, with all that is told of it."""

    document: str
    called: str
    date: str | None
    venues: set[str] = field(default_factory=set)
    tellings: list[Telling] = field(default_factory=list)
    by: str = ""  # why it is one with another

    @property
    def agents(self) -> set[str]:
        return {telling.agent for telling in self.tellings if telling.agent}

    @property
    def is_visit(self) -> bool:
        return self.called.endswith("考察")

    def found(self, iri: str) -> Iterator[tuple[Telling, Found]]:
        """What each of its tellings is of, where `iri` is that of its event."""
        return ((telling, Found(iri, (*telling.by, *filter(None, (self.by,))))) for telling in self.tellings)


def find_events(documents: Iterable[tuple[str, Iterable[Use]]], finder: Finder) -> Mapping[EventKey, Found]:
    """What every event is, by how a document tells of it; `documents` are the uses of names by document."""
    occasions = [occasion for document, uses in documents for occasion in occasions_of(document, uses, finder)]
    return {telling.key: found for occasion, iri in identified(occasions, finder) for telling, found in occasion.found(iri)}


def occasions_of(document: str, uses: Iterable[Use], finder: Finder) -> list[Occasion]:
    """The events that a document tells of."""
    told: dict[str, dict[EventKey, Telling]] = defaultdict(dict)
    for use in uses:
        if use.told is not None:
            key = event_key(document, use.name, use.told, finder)
            by = finder.plain("Event", use.name.label)[1]
            actor = finder.find(use.told.agent, document).iri if use.told.agent else ""
            told[key[1]].setdefault(key, Telling(key, by, actor, use.evidence.start))
    return [found for called, said in told.items() for found in _occasions(document, called, said.values())]


def event_key(document: str, name: Name, told: Told, finder: Finder) -> EventKey:
    """How a document tells of the event `name`."""
    decided = finder.decisions.name_of(name_key(name.label), document)
    called = name_key(finder.plain("Event", decided or name.label)[0])
    return document, called, told.date, frozenset(finder.find(place, document).iri for place in told.venues)


def _occasions(document: str, called: str, tellings: Iterable[Telling]) -> list[Occasion]:
    """Group the tellings of one name in one document, finest dates first, so that coarser and undated ones find theirs."""
    occasions: list[Occasion] = []
    by_date: dict[str, int] = {}  # the first occasion that a date can be that of
    by_venue: dict[str, int] = {}
    for telling in sorted(tellings, key=lambda t: (-len(t.date or ""), t.date or "", -len(t.venues), t.start, sorted(t.venues))):
        if telling.date:
            home = by_date.get(telling.date)
        elif by_date or not telling.venues:
            home = 0 if occasions else None
        else:
            home = min((by_venue[venue] for venue in telling.venues if venue in by_venue), default=None)
        if home is None:
            home = len(occasions)
            occasions.append(Occasion(document, called, telling.date))
            for date in refined(telling.date) if telling.date else ():
                by_date.setdefault(date, home)
        for venue in telling.venues:
            by_venue[venue] = min(home, by_venue.get(venue, home))
        occasions[home].venues |= telling.venues
        occasions[home].tellings.append(telling)
    return occasions


def refined(fine: str) -> list[str]:
    """The ISO dates that a date or range is or lies within: 2024-01-31, 2024-01 and 2024."""
    first, *rest = fine.split("/")
    steps = first.split("-")
    within = ["-".join(steps[:count]) for count in range(len(steps), 0, -1)]
    return list(dict.fromkeys([fine, *(date for date in within if all(f"{other}-".startswith(f"{date}-") for other in rest))]))


@dataclass(slots=True)
class _Group:
    """The occasions of one event, the first told best, with the documents that tell of it and who has a part in it."""

    occasions: list[Occasion] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)

    def add(self, occasion: Occasion) -> None:
        """Put an occasion with the others."""
        self.occasions.append(occasion)
        self.documents.add(occasion.document)
        self.agents |= occasion.agents

    def agrees(self, occasion: Occasion) -> bool:
        """Whether those who have a part in an occasion may have one in these."""
        agents = occasion.agents
        return not self.agents or not agents or bool(self.agents & agents)


class _Groups:
    """The events that occasions of several documents are, in the making: they come finest dates first, short names first."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.groups: list[_Group] = []
        self._exact: dict[tuple[str, str], _Group] = {}  # by name and time, or what tells undated ones apart
        self._within: dict[tuple[str, str], list[_Group]] = defaultdict(
            list
        )  # by name and a date that theirs lies in; two at most
        self._visits: dict[str, list[_Group]] = defaultdict(list)  # by date

    def add(self, occasion: Occasion) -> None:
        """Put an occasion with the others of its event, or let it begin a new one."""
        exact = occasion.called, occasion.date or _told_apart_by(occasion)
        group = self._exact.get(exact) or self._finer(occasion) or self._near(occasion)
        if group is None:
            group = self._exact[exact] = _Group()
            self.groups.append(group)
            for date in (*refined(occasion.date), "") if occasion.date else ():
                if len(self._within[occasion.called, date]) < 2:
                    self._within[occasion.called, date].append(group)
            if occasion.is_visit and occasion.date:
                self._visits[occasion.date].append(group)
        group.add(occasion)

    def _finer(self, occasion: Occasion) -> _Group | None:
        """The one event of other documents that has the name, and a date within the occasion's."""
        unnamed = self._finder.forms.is_namesake("Event", occasion.called)
        if unnamed or not (occasion.date or _NUMBERED.search(occasion.called)):
            return None
        found = self._within[occasion.called, occasion.date or ""]
        own = any(occasion.document in group.documents for group in found)
        return found[0] if len(found) == 1 and not own else None

    def _near(self, occasion: Occasion) -> _Group | None:
        """The event of the same day or month whose name the occasion's ends in, or the same visit told with fewer places."""
        date, called = occasion.date or "", occasion.called
        if len(date) < len("2024-01"):
            return None
        for start in range(1, len(called) - _LEAST + 1):
            group = self._exact.get((called[start:], date))
            if group and self._may_be(group, occasion) and not self._finder.forms.is_namesake("Event", called[start:]):
                occasion.by = SAME_TIME
                return group
        for group in self._visits[date] if occasion.is_visit else ():
            if self._may_be(group, occasion) and _nested(group.occasions[0].venues, occasion.venues):
                occasion.by = SAME_VISIT
                return group
        return None

    def _may_be(self, group: _Group, occasion: Occasion) -> bool:
        first = group.occasions[0]
        return group.agrees(occasion) and not self._finder.decisions.forbid(first.called, occasion.called)


class Keys(NamedTuple):
    """What can make an occasion one with others: `exact`, under which it stands, what else it may share with others, and under
    what others would stand that its name ends in."""

    exact: str
    shared: list[str]
    ends: list[str]


def keys_of(occasion: Occasion, finder: Finder) -> Keys:
    """Two occasions that share no key, nor others of a chain between them, are identified the same with and without each other.
    This is what _Groups looks them up by."""
    date, called = occasion.date or "", occasion.called

    def key(*parts: str) -> str:
        return "\x1f".join(parts)

    is_numbered, shared = _NUMBERED.search(called) is not None, list[str]()
    if not finder.forms.is_namesake("Event", called):
        dates = (*(refined(date) if date else ()), *([""] if is_numbered else ()))
        shared += [key("within", called, each) for each in dates]
    if occasion.is_visit and date:
        shared += [key("visit", date, venue) for venue in sorted(occasion.venues)]
    ends = [called[start:] for start in range(1, len(called) - _LEAST + 1)] if len(date) >= len("2024-01") else []
    exact = key("exact", called, date or _told_apart_by(occasion))
    return Keys(exact, shared, [key("exact", end, date) for end in ends if not finder.forms.is_namesake("Event", end)])


def _told_apart_by(occasion: Occasion) -> str:
    """What tells an undated event from others of its name: its places, or its document where it has neither place nor number."""
    if occasion.venues:
        return digest(*sorted(occasion.venues))
    return "" if _NUMBERED.search(occasion.called) else digest(occasion.document)


def _nested(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)


def identified(occasions: Iterable[Occasion], finder: Finder) -> Iterator[tuple[Occasion, str]]:
    """Each occasion with the IRI of its event."""
    groups = _Groups(finder)
    for occasion in sorted(occasions, key=_finest_first):
        groups.add(occasion)
    for group in groups.groups:
        iri = f"{finder.base}event/{_event_slug(group.occasions[0])}"
        yield from ((occasion, iri) for occasion in group.occasions)


def _finest_first(occasion: Occasion) -> tuple[object, ...]:
    venues = sorted(occasion.venues)
    return (-len(occasion.date or ""), occasion.date or "", len(occasion.called), occasion.called, occasion.document, venues)


def _event_slug(occasion: Occasion) -> str:
    said = slug(occasion.date.replace("/", "--")) if occasion.date else _told_apart_by(occasion)
    return "-".join(filter(None, (slug(occasion.called), said)))
