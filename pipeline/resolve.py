"""Claims → facts: which names are one thing, which claims say one fact, and what each is called in the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.ledger.decisions import Decisions
from pipeline.ledger.forms import Forms
from pipeline.ledger.keys import digest, name_key, slug
from pipeline.ledger.occasions import EventKey, event_key, find_events, names_of
from pipeline.ledger.things import Found, Ledger
from pipeline.model import Claim, Document, Fact, Name
from pipeline.terms import DEFAULT_BASE

if TYPE_CHECKING:
    from pipeline.ontology import Term

HOLDER = "attributed_to"  # the slot of a fact for the one who holds it
TOLD_IN_PIECES = ("event", "work")  # slots that alone say which fact it is: the rest is told here and there
UNITED = ("venue", "authors", HOLDER)  # slots that take several things


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

    `terms` are the ontology's: a name that is a term's is that term, whether or not the extractor said so. `forms` say which
    names are one, `decisions` what a user decided of them, `scopes` by document whose a name is that many things have.
    """
    ordered = sorted(claims, key=_position)
    ledger = Ledger(base, terms, (name for claim in ordered for name in names_of(claim)), forms, decisions, scopes)
    events = find_events(ordered, ledger)
    groups: dict[tuple[object, ...], list[tuple[Claim, _Filled]]] = defaultdict(list)
    for claim in ordered:
        filled = _fill(claim, ledger, events)
        groups[_identity(claim, filled)].append((claim, filled))
    facts = [_fact(group, ledger) for group in groups.values()]
    return sorted(facts, key=lambda fact: (fact.document, fact.claims[0].evidence.start, fact.claims[0].evidence.end, fact.iri))


def issuers(documents: Iterable[Document]) -> Mapping[str, str]:
    """Whose a name is that many things have, by document: its issuer and year; without either, a document speaks for itself."""
    dated = ((document, document.date or document.written or document.published) for document in documents)
    return {document.name: f"{document.issuer}，{date[:4]}" for document, date in dated if document.issuer and date}


def _position(claim: Claim) -> tuple[object, ...]:
    said = tuple((slot, repr(value)) for slot, value in sorted(claim.slots.items()))
    return (claim.document, claim.evidence.start, claim.evidence.end, claim.relation, claim.facet or "", claim.rule, said)


_Filled = dict[str, tuple[str, ...]]  # slot → IRIs of what fills it


def _fill(claim: Claim, ledger: Ledger, events: Mapping[EventKey, Found]) -> _Filled:
    def iri(slot: str, name: Name) -> str:
        if name.kind == "Event":
            found = events[event_key(claim, name, ledger)]
        elif slot == "work":
            found = Found(_work_iri(claim, ledger))
        else:  # one surname among the authors of a work is one person
            found = ledger.find(name, claim.document, _work_called(claim) if slot == "authors" else "")
        return ledger.note(found, name, claim)

    filled: _Filled = {}
    for slot, value in sorted((*claim.slots.items(), (HOLDER, claim.attributed_to))):
        if isinstance(value, Name):
            filled[slot] = (iri(slot, value),)
        elif isinstance(value, tuple) and value:
            filled[slot] = tuple(dict.fromkeys(iri(slot, name) for name in value))
    return filled


def _work_iri(claim: Claim, ledger: Ledger) -> str:
    """A cited work by title, first author and year: many works have one title."""
    work, authors, year = (claim.slots.get(slot) for slot in ("work", "authors", "year"))
    assert isinstance(work, Name)
    first = authors[0].label if isinstance(authors, tuple) and authors else ""
    said = "-".join(part for part in (name_key(work.label), name_key(first), year) if isinstance(part, str) and part)
    return work.term or f"{ledger.base}work/{slug(said)}"


def _work_called(claim: Claim) -> str:
    work = claim.slots.get("work")
    return work.label if isinstance(work, Name) else ""


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
