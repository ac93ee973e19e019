"""Claims → facts: which names are one thing, which claims say one fact, and what each is called in the graph.

An IRI is a function of the name (and, for an event, of its date), never of the order in which things were read.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.contract import NO_NAMES
from pipeline.model import Claim, Entity, Fact, Name

if TYPE_CHECKING:
    from pipeline.ontology import Term

DEFAULT_BASE = "https://w3id.org/zhimai/id/"
READABLE = 30  # longest name, in characters, that is written out in an IRI
LONGEST_NAME = 200  # characters; what is longer is none
HOLDER = "attributed_to"  # the slot of a fact for the one who holds it
TOLD_IN_PIECES = ("event", "work")  # slots that alone say which fact it is: the rest is told here and there
UNITED = ("venue", "authors", HOLDER)  # slots that take several things

_QUOTES = re.compile(r"[\s“”‘’\"'「」『』《》〈〉]+")
_OF = re.compile(r"(?<=\w\w)(?<!目)的(?=\w\w)")  # 要素的创新性配置, 要素创新性配置
_IRI_SAFE = re.compile(r"[\-.、，（）()—·]*\w[\w\-.、，（）()—·]*")


def name_key(name: str) -> str:
    """What two spellings of one name have in common: NFKC, no spaces, no quotation or book-title marks, no 的, lower case."""
    return _OF.sub("", _QUOTES.sub("", unicodedata.normalize("NFKC", name))).lower()


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of `parts`."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def slug(name: str) -> str:
    """`name` as a segment of an IRI: as it stands where it is short and safe, else its digest."""
    return name if len(name) <= READABLE and _IRI_SAFE.fullmatch(name) else digest(name)


def resolve(claims: Iterable[Claim], base: str = DEFAULT_BASE, terms: Iterable[Term] = ()) -> list[Fact]:
    """The facts that `claims` state, by document and position of the best evidence; the order of `claims` does not matter.

    `terms` are the ontology's: a name that is a term's is that term, whether or not the extractor said so.
    """
    ordered = sorted(claims, key=_position)
    ledger = Ledger(base, terms, ordered)
    events = _events(ordered, ledger)
    groups: dict[tuple[object, ...], list[tuple[Claim, _Filled]]] = defaultdict(list)
    for claim in ordered:
        filled = _fill(claim, ledger, events)
        groups[_identity(claim, filled)].append((claim, filled))
    facts = [_fact(group, ledger) for group in groups.values()]
    return sorted(facts, key=lambda fact: (fact.document, fact.claims[0].evidence.start, fact.claims[0].evidence.end, fact.iri))


def _position(claim: Claim) -> tuple[object, ...]:
    said = tuple((slot, repr(value)) for slot, value in sorted(claim.slots.items()))
    return (claim.document, claim.evidence.start, claim.evidence.end, claim.relation, claim.facet or "", claim.rule, said)


def _names(claim: Claim) -> Iterator[Name]:
    for value in (*claim.slots.values(), claim.attributed_to):
        if isinstance(value, Name):
            yield value
        elif isinstance(value, tuple):
            yield from value


@dataclass(slots=True)
class _Entry:
    labels: Counter[str] = field(default_factory=Counter)
    kinds: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    term: str | None = None


class Ledger:
    """Every thing that is named, by IRI, with the names and kinds that it was given."""

    def __init__(self, base: str, terms: Iterable[Term], claims: Iterable[Claim]) -> None:
        self.base = base
        self._terms = {term.iri: term for term in terms}
        self._by_key: dict[str, list[tuple[str, str]]] = defaultdict(list)  # name → kind and IRI of the terms so called
        self._entries: dict[str, _Entry] = defaultdict(_Entry)
        self._entities: dict[str, Entity] = {}
        for term in self._terms.values():
            for name in term.names if term.kind not in NO_NAMES else ():
                self._by_key[name_key(name)].append((term.kind, term.iri))
        for said in (name for claim in claims for name in _names(claim)):
            if said.term and said.term not in self._terms:
                self._by_key[name_key(said.label)].append((said.kind, said.term))

    def iri(self, name: Name) -> str:
        """IRI of the thing that `name` names, unless that is an event."""
        return name.term or self._term_of(name) or f"{self.base}entity/{slug(name_key(name.label))}"

    def _term_of(self, name: Name) -> str | None:
        own = sorted(self._by_key.get(name_key(name.label), ()))
        alike = [iri for kind, iri in own if kind == name.kind]
        if own and (alike or name.kind != "Indicator"):  # the number of 龙头企业 is none
            return (alike or [own[0][1]])[0]
        # A further name counts only between things of one kind (a speech may be known by its speaker's name), and only where it
        # is no mere shortening: the work report of one city is not the work report of another.
        aliases = (name_key(alias) for alias in name.aliases)
        further = sorted(found for alias in aliases if alias not in name_key(name.label) for found in self._by_key.get(alias, ()))
        return next((iri for kind, iri in further if kind == name.kind), None)

    def note(self, iri: str, name: Name) -> str:
        """Record that the thing at `iri` was called `name`; gives `iri` back."""
        entry = self._entries[iri]
        entry.labels[name.label] += 1
        entry.kinds.add(name.kind)
        entry.aliases.update(name.aliases)
        entry.term = entry.term or name.term or (iri if iri in self._terms else None)
        return iri

    def entity(self, iri: str) -> Entity:
        """The thing at `iri`; only to be asked once everything has been noted."""
        if iri not in self._entities:
            self._entities[iri] = self._make(iri, self._entries[iri])
        return self._entities[iri]

    def _make(self, iri: str, entry: _Entry) -> Entity:
        term = self._terms.get(iri)
        commonest = min(entry.labels, key=lambda label: (-entry.labels[label], len(label), label))
        label = term.label if term else commonest
        names = {*entry.labels, *entry.aliases, *(term.names if term else ())} - {label, ""}
        kinds = (term.kind,) if term else tuple(sorted(entry.kinds))
        return Entity(iri, label, kinds, tuple(sorted(name for name in names if len(name) <= LONGEST_NAME)), entry.term)


@dataclass(slots=True)
class _Telling:
    """One mention of an event: a claim of its own, or a reference from another claim (no date, no venue)."""

    name: Name
    date: str | None
    venues: frozenset[str]
    start: int


@dataclass(slots=True)
class _Occasion:
    """One event of one document, with all that is told of it."""

    date: str | None
    venues: set[str] = field(default_factory=set)
    tellings: list[_Telling] = field(default_factory=list)


_EventKey = tuple[str, str, str | None, frozenset[str]]  # document, name, date and venues as told


def _events(claims: Iterable[Claim], ledger: Ledger) -> Mapping[_EventKey, str]:
    """IRI of every event by how a claim tells of it."""
    told: dict[tuple[str, str], dict[_EventKey, _Telling]] = defaultdict(dict)
    for claim in claims:
        for name in _names(claim):
            if name.kind == "Event":
                key = _event_key(claim, name, ledger)
                telling = _Telling(name, key[2], key[3], claim.evidence.start)
                told[key[0], key[1]].setdefault(key, telling)
    found: dict[_EventKey, str] = {}
    for (document, called), tellings in told.items():
        for occasion in _occasions(tellings.values()):
            iri = ledger.base + "event/" + _event_slug(called, occasion)
            found |= {(document, called, telling.date, telling.venues): iri for telling in occasion.tellings}
    return found


def _event_key(claim: Claim, name: Name, ledger: Ledger) -> _EventKey:
    called = name_key(name.label)
    if claim.slots.get("event") is not name:
        return claim.document, called, None, frozenset()
    date, venue = claim.slots.get("date"), claim.slots.get("venue")
    venues = frozenset(ledger.iri(place) for place in venue) if isinstance(venue, tuple) else frozenset()
    return claim.document, called, date if isinstance(date, str) else None, venues


def _occasions(tellings: Iterable[_Telling]) -> list[_Occasion]:
    """Group the tellings of one name in one document, finest dates first, so that coarser and undated ones find theirs."""
    occasions: list[_Occasion] = []
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
            occasions.append(_Occasion(telling.date))
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


def _event_slug(called: str, occasion: _Occasion) -> str:
    if occasion.date:
        return f"{slug(called)}-{slug(occasion.date.replace('/', '--'))}"
    return f"{slug(called)}-{digest(*sorted(occasion.venues))}" if occasion.venues else slug(called)


_Filled = dict[str, tuple[str, ...]]  # slot → IRIs of what fills it


def _fill(claim: Claim, ledger: Ledger, events: Mapping[_EventKey, str]) -> _Filled:
    def iri(name: Name) -> str:
        if name.kind == "Event":
            found = events[_event_key(claim, name, ledger)]
        else:
            found = _work_iri(claim, ledger) if claim.slots.get("work") is name else ledger.iri(name)
        return ledger.note(found, name)

    filled: _Filled = {}
    for slot, value in sorted((*claim.slots.items(), (HOLDER, claim.attributed_to))):
        if isinstance(value, Name):
            filled[slot] = (iri(value),)
        elif isinstance(value, tuple) and value:
            filled[slot] = tuple(dict.fromkeys(iri(name) for name in value))
    return filled


def _work_iri(claim: Claim, ledger: Ledger) -> str:
    """A cited work by title, first author and year: many works have one title."""
    work, authors, year = (claim.slots.get(slot) for slot in ("work", "authors", "year"))
    assert isinstance(work, Name)
    first = authors[0].label if isinstance(authors, tuple) and authors else ""
    said = "-".join(part for part in (name_key(work.label), name_key(first), year) if isinstance(part, str) and part)
    return work.term or f"{ledger.base}work/{slug(said)}"


def _identity(claim: Claim, filled: _Filled) -> tuple[object, ...]:
    """What two claims must share to be one fact. Of what is told in pieces only the IRI counts."""
    for slot in TOLD_IN_PIECES:
        if slot in filled:
            return claim.document, claim.relation, claim.facet, filled[slot]
    things = tuple((slot, iris) for slot, iris in filled.items() if slot != HOLDER)
    return claim.document, claim.relation, claim.facet, things, tuple(_values(claim).items())


def _fact(group: list[tuple[Claim, _Filled]], ledger: Ledger) -> Fact:
    group = sorted(group, key=lambda pair: -pair[0].confidence)  # stable: among equals the first in the text is best
    claims = tuple(claim for claim, _ in group)
    best = claims[0]
    slots: dict[str, tuple[str, ...]] = {}
    for slot in sorted({slot for _, filled in group for slot in filled}):
        united = tuple(dict.fromkeys(iri for _, filled in group for iri in filled.get(slot, ())))
        slots[slot] = united if slot in UNITED else united[:1]
    fullest = min(claims, key=lambda claim: (-len(str(claim.slots.get("date") or "")), -len(_values(claim))))
    values = _values(fullest)
    identity = [best.document, best.relation, best.facet or ""]
    pieces = [slot for slot in TOLD_IN_PIECES if slot in slots]
    if pieces:
        identity += slots[pieces[0]]
    else:
        identity += [f"{slot} {' '.join(iris)}" for slot, iris in slots.items() if slot != HOLDER]
        identity += [f"{slot} {value}" for slot, value in values.items()]
    entities = {slot: tuple(ledger.entity(iri) for iri in iris) for slot, iris in slots.items()}
    iri, key = f"{ledger.base}claim/{digest(*identity)}", digest(*identity[1:])
    return Fact(iri, best.document, best.relation, best.facet, entities, values, claims, key)


def _values(claim: Claim) -> dict[str, str | None]:
    return {slot: value for slot, value in sorted(claim.slots.items()) if isinstance(value, str)}
