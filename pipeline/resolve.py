"""Claims → facts: which names are one thing, which claims say one fact, and what each is called in the graph."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.ledger.decisions import Decisions
from pipeline.ledger.forms import Forms
from pipeline.ledger.keys import digest, name_key, slug
from pipeline.ledger.occasions import event_key, find_events
from pipeline.ledger.things import Found, Ledger
from pipeline.ledger.uses import HOLDER, Use, slots_of, use_of, uses_of
from pipeline.model import Claim, Document, Entity, Fact
from pipeline.terms import DEFAULT_BASE

if TYPE_CHECKING:
    from pipeline.ontology import Term

TOLD_IN_PIECES = ("event", "work")  # slots that alone say which fact it is: the rest is told here and there
UNITED = ("venue", "authors", HOLDER)  # slots that take several things
_Filled = dict[str, tuple[str, ...]]  # slot → IRIs of what fills it


def resolve(
    claims: Iterable[Claim],
    base: str = DEFAULT_BASE,
    terms: Iterable[Term] = (),
    *,
    forms: Forms = Forms(),  # noqa: B008  # immutable
    decisions: Decisions = Decisions(),  # noqa: B008  # immutable
    scopes: Mapping[str, str] | None = None,
) -> list[Fact]:
    """The facts that `claims` state, by document and position of the best evidence; the order of `claims` does not matter.

    What else is given is as in Resolution.
    """
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=position):
        by_document[claim.document].append(claim)
    uses = {document: uses_of(said) for document, said in by_document.items()}
    resolution = Resolution(uses, base, terms, forms=forms, decisions=decisions, scopes=scopes)
    return [fact for document, said in by_document.items() for fact in resolution.facts(document, said)]


def issuer_of(document: Document) -> str | None:
    """Whose a name is that many things have, in a document: its issuer's of its year; None where it speaks for itself."""
    date = document.date or document.written or document.published
    return f"{document.issuer}，{date[:4]}" if document.issuer and date else None


def position(claim: Claim) -> tuple[object, ...]:
    """The place of a claim among all others, whoever finds them in which order."""
    said = tuple((slot, repr(value)) for slot, value in sorted(claim.slots.items()))
    return (claim.document, claim.evidence.start, claim.evidence.end, claim.relation, claim.facet or "", claim.rule, said)


class Resolution:
    """What every name of every document is the name of.

    `uses` are the uses of names by document; `terms` are the ontology's: a name that is a term's is that term, whether or not
    the extractor said so. `forms` say which names are one, `decisions` what a user decided of them, `scopes` by document whose a
    name is that many things have.
    """

    def __init__(
        self,
        uses: Mapping[str, Iterable[Use]],
        base: str = DEFAULT_BASE,
        terms: Iterable[Term] = (),
        *,
        forms: Forms = Forms(),  # noqa: B008  # immutable
        decisions: Decisions = Decisions(),  # noqa: B008  # immutable
        scopes: Mapping[str, str] | None = None,
    ) -> None:
        names = (use.name for said in uses.values() for use in said)
        self._ledger = Ledger(base, terms, names, forms, decisions, scopes)
        self._events = find_events(uses.items(), self._ledger)
        self._found: dict[str, dict[Use, str]] = {}  # by document
        self._seen: dict[str, bytes] = {}  # by IRI
        for document, said in sorted(uses.items()):
            found = self._found[document] = {}
            for use in said:
                thing = self._thing(use, document)
                found[use.bare()] = thing.iri
                self._ledger.note(thing, use, document)

    def thing(self, iri: str) -> Entity:
        """The thing at an IRI."""
        return self._ledger.entity(iri)

    def view(self, document: str) -> str:
        """A digest (hex) of what the names of a document are the names of: all that its facts follow from beside its claims."""
        told = hashlib.sha256()
        for iri in self._found[document].values():
            if iri not in self._seen:
                self._seen[iri] = _seen(self.thing(iri))
            told.update(self._seen[iri])
        return told.hexdigest()

    def facts(self, document: str, claims: Iterable[Claim]) -> list[Fact]:
        """The facts that the claims of a document state, by position of the best evidence."""
        return facts_of(claims, self._found[document], self.thing, self._ledger.base)

    def _thing(self, use: Use, document: str) -> Found:
        if use.told is not None:
            return self._events[event_key(document, use.name, use.told, self._ledger)]
        if use.is_work:
            return work_found(use, self._ledger.base)
        return self._ledger.find(use.name, document, within_of(use))


def facts_of(claims: Iterable[Claim], found: Mapping[Use, str], thing: Callable[[str], Entity], base: str) -> list[Fact]:
    """The facts that the claims of one document state, by position of the best evidence; `found` is the IRI of what each use of a
    name is of, `thing` gives the thing at an IRI."""
    groups: dict[tuple[object, ...], list[tuple[Claim, _Filled]]] = defaultdict(list)
    for claim in sorted(claims, key=position):
        filled = {slot: tuple(dict.fromkeys(found[use_of(claim, slot, n)] for n in names)) for slot, names in slots_of(claim)}
        groups[_identity(claim, filled)].append((claim, filled))
    facts = [_fact(group, thing, base) for group in groups.values()]
    return sorted(facts, key=lambda fact: (fact.claims[0].evidence.start, fact.claims[0].evidence.end, fact.iri))


def within_of(use: Use) -> str:
    """What a name that many things have is told apart by in a use: one surname among the authors of a work is one person."""
    return use.cited.title if use.cited else ""


def _seen(thing: Entity) -> bytes:
    parts = (thing.iri,), (thing.label,), thing.kinds, thing.aliases, (thing.term or "",), thing.found_by
    return hashlib.sha256("\x1e".join("\x1f".join(part) for part in parts).encode()).digest()


def work_found(use: Use, base: str) -> Found:
    """A cited work by title, first author and year: many works have one title."""
    assert use.cited is not None
    said = "-".join(filter(None, (name_key(use.name.label), name_key(use.cited.author), use.cited.year)))
    return Found(use.name.term or f"{base}work/{slug(said)}")


def _identity(claim: Claim, filled: _Filled) -> tuple[object, ...]:
    """What two claims must share to be one fact. Of what is told in pieces only the IRI counts."""
    for slot in TOLD_IN_PIECES:
        if slot in filled:
            return claim.document, claim.relation, claim.facet, filled[slot]
    things = tuple((slot, iris) for slot, iris in filled.items() if slot != HOLDER)
    return claim.document, claim.relation, claim.facet, things, tuple(_values(claim).items())


def _fact(group: list[tuple[Claim, _Filled]], thing: Callable[[str], Entity], base: str) -> Fact:
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
    entities = {slot: tuple(map(thing, iris)) for slot, iris in slots.items()}
    iri, key = f"{base}claim/{digest(*identity)}", digest(*identity[1:])
    return Fact(iri, best.document, best.relation, best.facet, entities, values, claims, key)


def _values(claim: Claim) -> dict[str, str | None]:
    return {slot: value for slot, value in sorted(claim.slots.items()) if isinstance(value, str)}
