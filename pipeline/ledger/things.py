"""The ledger: every thing that is named, by IRI, with its names and why each is its name.

An IRI is a function of the names and their classes, never of the order in which things were read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.contract import NO_NAMES
from pipeline.ledger.decisions import Decisions
from pipeline.ledger.forms import Forms
from pipeline.ledger.joins import find_joins, is_short, short_names
from pipeline.ledger.keys import digest, name_key, slug
from pipeline.ledger.uses import Use
from pipeline.model import Entity, Name, Naming

if TYPE_CHECKING:
    from pipeline.ontology import Term

LONGEST_NAME = 200  # characters; what is longer is none
VOCABULARY, DECIDED, FURTHER = "vocabulary", "decided", "further name"  # why a name is a thing's, beside the forms and joins
# Classes that a thing has one of at most; the first where it was seen as two equally often.
_DISJOINT = ("Place", "Body", "Person", "Policy", "Study", "Event", "CitedWork", "View")

_CALLED_PLAINLY = ("Body", "Person")  # not by one of their sessions, or with an office


class Found(NamedTuple):
    """The IRI of what a name names, and why it is not simply that of its spelling; where a name is told apart, from what."""

    iri: str
    by: tuple[str, ...] = ()
    scope: str = ""


@dataclass(slots=True)
class _Entry:
    """What is noted of a thing. Most things have one label, one class and no other names: empty sets would take most room."""

    labels: dict[str, int] = field(default_factory=dict)  # → how often
    kinds: dict[str, int] = field(default_factory=dict)
    names: set[str] | None = None
    found_by: set[str] | None = None
    namings: dict[str, Naming] = field(default_factory=dict)  # by the key of the name
    term: str | None = None
    scope: str = ""


class Ledger:
    """Every thing that is named, by IRI, with the names and classes that it was given.

    `scopes` says, by document, whose a name is that many things have: an issuer and a year.
    """

    def __init__(
        self,
        base: str,
        terms: Iterable[Term],
        names: Iterable[Name],
        forms: Forms = Forms(),  # noqa: B008  # immutable
        decisions: Decisions = Decisions(),  # noqa: B008  # immutable
        scopes: Mapping[str, str] | None = None,
    ) -> None:
        self.base, self.forms, self.decisions, self.scopes = base, forms, decisions, scopes or {}
        self._terms = {term.iri: term for term in terms}
        self._by_key: dict[str, list[tuple[str, str]]] = defaultdict(list)  # name → class and IRI of the terms so called
        self._entries: dict[str, _Entry] = defaultdict(_Entry)
        self._entities: dict[str, Entity] = {}
        self._found: dict[tuple[str, str, tuple[str, ...], str], tuple[Found, bool]] = {}
        self._are_names: dict[tuple[str, str, str], bool] = {}
        self._plain: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
        for term in self._terms.values():
            for called in term.names if term.kind not in NO_NAMES else ():
                self._by_key[name_key(called)].append((term.kind, term.iri))
        said = set(names)
        for name in said:
            if name.term and name.term not in self._terms:
                self._by_key[name_key(name.label)].append((name.kind, name.term))
        named: dict[str, set[str]] = defaultdict(set)
        for key, owners in self._by_key.items():
            for kind, _ in owners:
                named[kind].add(key)
        for name in said:
            named[name.kind].add(name_key(self.plain(name.kind, name.label)[0]))
        self._joins = find_joins(said, named, lambda name: self.plain(name.kind, name.label)[0], forms, decisions)

    def plain(self, kind: str, label: str) -> tuple[str, tuple[str, ...]]:
        """The plain name behind a label of a class, and the forms that led to it; as it stands where a decision forbids it."""
        if (kind, label) not in self._plain:
            plain, led = self.forms.plain(kind, label)
            forbidden = self.decisions.forbid(name_key(label), name_key(plain))
            self._plain[kind, label] = (label, ()) if forbidden else (plain, led)
        return self._plain[kind, label]

    def find(self, name: Name, document: str, within: str = "") -> Found:
        """What `name` names in a document, unless that is an event; `within` is what a name of many things is told apart by."""
        decided = None
        if self.decisions:
            key = name_key(name.label)
            if self.decisions.is_limited(key, document):
                return Found(f"{self._folder(name)}{slug(key)}-{digest(document)}", (DECIDED,), document)
            decided = self.decisions.name_of(key, document)
        if name.term and not decided:
            return Found(name.term, self._by_vocabulary(name.label, name.term))
        asked = (name.kind, name.label, name.aliases, decided or name.label)
        if asked not in self._found:
            self._found[asked] = self._find(name, asked[-1])
        found, is_namesake = self._found[asked]
        if decided:
            found = found._replace(by=(DECIDED, *(why for why in found.by if why != VOCABULARY)))
        if is_namesake:
            scope = within or self.scopes.get(document, document)
            found = found._replace(iri=f"{found.iri}-{digest(scope)}", scope=scope)
        return found

    def _find(self, name: Name, label: str) -> tuple[Found, bool]:
        """What a name names that is decided to be `label`, and whether that is one of many things of the name."""
        plain, by = self.plain(name.kind, label)
        for key in dict.fromkeys((name_key(label), name_key(plain))):
            term = self._term(key, name.kind)
            if term:
                return Found(term, by or self._by_vocabulary(label, term)), False
        join = self._joins.get((name.kind, name_key(plain)))
        if join and (term := self._term(join.key, name.kind)) and _numbers(label) == _numbers(self._terms_label(term)):
            return Found(term, (*by, join.by)), False
        if join and not term:
            return Found(self._folder(name) + slug(join.key), (*by, join.by)), False
        further = self._further(name)
        if further:
            return Found(further, (*by, FURTHER)), False
        return Found(self._folder(name) + slug(name_key(plain)), by), self.forms.is_namesake(name.kind, plain)

    def _by_vocabulary(self, label: str, term: str) -> tuple[str, ...]:
        """Why a label is that of a term, where the term is called otherwise."""
        return (VOCABULARY,) if label != self._terms_label(term) and term in self._terms else ()

    def _folder(self, name: Name) -> str:
        return f"{self.base}{'indicator' if name.kind == 'Indicator' else 'entity'}/"

    def _terms_label(self, iri: str) -> str:
        return self._terms[iri].label if iri in self._terms else ""

    def _term(self, key: str, kind: str) -> str | None:
        """The term that is called so: of the class, else of another; the quantity 龙头企业 is none of those that are a class."""
        own = sorted(self._by_key.get(key, ()))
        alike = [iri for other, iri in own if other == kind]
        return (alike or [own[0][1]])[0] if own and (alike or kind != "Indicator") else None

    def _further(self, name: Name) -> str | None:
        """The term that a further name is of. It counts only between things of one class (a speech may be known by its speaker's
        name), and only where it is no mere shortening: the work report of one city is not the work report of another, nor are
        the railways of a province what railways are."""
        aliases = (name_key(alias) for alias in name.aliases)
        own = name_key(name.label)
        further = sorted(found for alias in aliases if alias not in own for found in self._by_key.get(alias, ()))
        terms = (iri for kind, iri in further if kind == name.kind)
        return next((iri for iri in terms if not own.endswith(name_key(self._terms_label(iri)) or "\n")), None)

    def keys(self, name: Name) -> set[str]:
        """All that can make `name` one with another name: two that share none of these, nor others of a chain between them, are
        resolved the same with and without each other."""
        key = name_key(name.label)
        decided = (other for said, other in self.decisions.same.items() if said.key == key)
        plain = [self.plain(name.kind, label)[0] for label in (name.label, *decided)]
        keys = {key, *map(name_key, plain)}
        keys |= {name_key(said) for each in plain for _, said in self.forms.further(name.kind, each)}
        keys |= {name_key(alias) for alias in short_names(name, self.forms)}
        terms = {iri for each in keys for _, iri in self._by_key.get(each, ())}
        return keys | terms | {*filter(None, (name.term, self._further(name)))}

    def note(self, found: Found, use: Use, document: str) -> None:
        """Record how a document calls the thing at `found`."""
        entry, name = self._entries[found.iri], use.name
        called = self._called(name, document)
        entry.labels[called] = entry.labels.get(called, 0) + use.times
        entry.kinds[name.kind] = entry.kinds.get(name.kind, 0) + use.times
        key = name_key(name.label)
        if key not in entry.namings:  # of a name that needs no reason, the words are never shown
            evidence = use.evidence if found.by else use.evidence._replace(quote="")
            entry.namings[key] = Naming(name.label, found.by, document, evidence)
        for alias in name.aliases:
            asked = (alias, name.kind, name.label)
            if asked not in self._are_names:
                self._are_names[asked] = self._is_name(alias, name)
            if self._are_names[asked]:
                entry.names = _with(alias, entry.names)
            else:
                entry.found_by = _with(alias, entry.found_by)
        entry.term = entry.term or (found.iri if found.iri == name.term or found.iri in self._terms else None)
        entry.scope = found.scope

    def _called(self, name: Name, document: str) -> str:
        """What a thing is called for the name that a document gives it."""
        decided = self.decisions.name_of(name_key(name.label), document) if self.decisions else None
        return decided or (self.plain(name.kind, name.label)[0] if name.kind in _CALLED_PLAINLY else name.label)

    def _is_name(self, alias: str, name: Name) -> bool:
        """Whether a further form of a name is a name, too, and not its head or how a clause has it."""
        if self.forms.is_namesake(name.kind, alias):
            return False
        plain = name_key(self.plain(name.kind, name.label)[0])
        same = name_key(self.plain(name.kind, alias)[0]) in (plain, name_key(name.label))
        return same or (name.kind == "Body" and is_short(alias, name.label))

    def entity(self, iri: str) -> Entity:
        """The thing at `iri`; only to be asked once everything has been noted."""
        if iri not in self._entities:
            self._entities[iri] = self._make(iri, self._entries[iri])
        return self._entities[iri]

    def _make(self, iri: str, entry: _Entry) -> Entity:
        term = self._terms.get(iri)
        commonest = min(entry.labels, key=lambda label: (-entry.labels[label], len(label), label))
        label = self._decided_label(entry, term) or (term.label if term else commonest)
        names = {*entry.labels, *(entry.names or ()), *(term.names if term else ())} - {label, ""}
        found_by = (entry.found_by or set()) - names - {label, ""}
        kinds = (term.kind,) if term else _voted(entry.kinds)
        namings = tuple(sorted(entry.namings.values()))
        return Entity(iri, label, kinds, _short(names), entry.term, _short(found_by), namings, entry.scope)

    def _decided_label(self, entry: _Entry, term: Term | None) -> str | None:
        """What a thing is decided to be called, by whichever of its names; of several the first in order counts."""
        labels = self.decisions.labels
        if not labels:
            return None
        keys = {*entry.namings, *map(name_key, entry.names or ()), *map(name_key, term.names if term else ())}
        return next((labels[key] for key in sorted(keys) if key in labels), None)


def _with(name: str, names: set[str] | None) -> set[str]:
    if names is None:
        return {name}
    names.add(name)
    return names


def _numbers(name: str) -> list[str]:
    return re.findall("[0-9]+", name)


def _short(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if len(name) <= LONGEST_NAME))


def _voted(kinds: Mapping[str, int]) -> tuple[str, ...]:
    """The classes that a thing was seen as; of those that exclude each other the commonest."""
    rivals = [kind for kind in _DISJOINT if kind in kinds]
    chosen = max(rivals, key=lambda kind: (kinds[kind], -_DISJOINT.index(kind)), default=None)
    return tuple(sorted(kind for kind in kinds if kind not in rivals or kind == chosen))
