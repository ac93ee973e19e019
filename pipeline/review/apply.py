"""Decisions on the claims of a document → what is claimed now, what is wrong, and which decisions changed nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.ledger.keys import name_key
from pipeline.ledger.uses import slots_of
from pipeline.model import Claim, Name, Slot, Span
from pipeline.periods import plan_periods, precision_of
from pipeline.relations import shape_of
from pipeline.review.lines import BETWEEN, FACET, RIGHT, WRONG, Decision
from pipeline.review.names import Kinds, Names
from pipeline.shown import as_read

WRONG_BY = "wrong by review"  # how the reason begins for which a claim is rejected
KIND_OF = {"venue": "Place", "agent": "Body", "authors": "Person"}  # of what fills a slot that was empty


class Wrong(NamedTuple):
    """A claim that a person calls wrong, and why."""

    claim: Claim
    reason: str


class Applied(NamedTuple):
    """The claims that are left, corrected and marked; those that are wrong; the lines without effect, each with the reason."""

    claims: tuple[Claim, ...]
    wrong: tuple[Wrong, ...] = ()
    idle: tuple[tuple[str, str], ...] = ()


def apply(claims: Sequence[Claim], source: str, decisions: Iterable[Decision], names: Names) -> Applied:
    """Apply decisions to the claims of the document whose text is `source`; of two that exclude each other the later counts."""
    idle: list[tuple[str, str]] = []
    said: dict[int, list[Decision]] = defaultdict(list)  # by place among the claims: what counts of it
    overruled: dict[Decision, Decision] = {}
    for decision in decisions:
        found = _found(decision, claims, source, names)
        if not found:
            idle.append((decision.line(), _why_not(decision, claims, source)))
        for at in found:
            kept = [other for other in said[at] if other.agrees(decision)]
            overruled |= {other: decision for other in said[at] if other not in kept}
            said[at] = [*kept, decision]
    counts = {decision for those in said.values() for decision in those}
    lost = ((one, other) for one, other in overruled.items() if one not in counts and one.by != other.by)
    idle += [(one.line(), f"overruled by {other.by}") for one, other in lost]
    wrong = {at: Wrong(claims[at], _reason(those[-1])) for at, those in sorted(said.items()) if those[-1].verdict == WRONG}
    kinds = _kinds(claims)
    left = [_corrected(claim, said.get(at, ()), names, kinds) for at, claim in enumerate(claims) if at not in wrong]
    return Applied(tuple(left), tuple(wrong.values()), tuple(idle))


def _reason(decision: Decision) -> str:
    return f"{WRONG_BY} ({decision.by})" + (f": {decision.reason}" if decision.reason else "")


def _found(decision: Decision, claims: Sequence[Claim], source: str, names: Names) -> list[int]:
    """The claims, by their places among all, that a decision is on: those that it names, read in the words that it quotes."""
    named = {at: how for at, claim in enumerate(claims) if (how := _fits(decision, claim, names))}
    stretches = _stretches(decision, claims, source) if named else []
    read = {stretch: [at for at in named if _meet(claims[at], stretch)] for stretch in stretches}
    best = max((named[at] for those in read.values() for at in those), default=0)
    read = {stretch: those for stretch, all_ in read.items() if (those := [at for at in all_ if named[at] == best])}
    if decision.at is not None and len(read) > 1:
        nearest = min(read, key=lambda stretch: abs(stretch.start - (decision.at or 0)))
        read = {nearest: read[nearest]}
    return sorted({at for those in read.values() for at in those})


def _meet(claim: Claim, stretch: Span) -> bool:
    return claim.evidence.start < stretch.end and stretch.start < claim.evidence.end


def _stretches(decision: Decision, claims: Iterable[Claim], source: str) -> list[Span]:
    """Where the quoted words stand in the source, however they are spaced; or are read without their markup."""
    quote = "".join(decision.quote.split())
    spaced = re.compile(r"\s*+".join(map(re.escape, quote)))
    found = {Span(*match.span()) for match in spaced.finditer(source)}
    for claim in claims:
        if "".join(as_read(claim.evidence.quote).split()) == quote:
            found.add(Span(claim.evidence.start, claim.evidence.end))
    return sorted(found)


def _fits(decision: Decision, claim: Claim, names: Names) -> int:
    """How well a claim has the relation, facet and names of a decision: 2 by the names themselves, 1 by others of them, or 0."""
    relation, _, facet = decision.relation.partition("/")
    if claim.relation != relation or (claim.facet or "") != facet:
        return 0
    pairs = zip(shape_of(relation).needed, decision.names, strict=True)
    wanted = [(claim.slots.get(slot), name_key(name)) for slot, name in pairs]
    if all(key in names.keys(value) for value, key in wanted):
        return 2
    return int(all(key in names.further_keys(value) for value, key in wanted))


def _why_not(decision: Decision, claims: Iterable[Claim], source: str) -> str:
    """Why a decision is on no claim: its words are gone, or other things are read in them."""
    stretches = _stretches(decision, claims, source)
    if not stretches:
        return "the quote no longer stands in the document"
    read = [claim for claim in claims if any(_meet(claim, stretch) for stretch in stretches)]
    told = dict.fromkeys(f"{relation_of(claim)} {BETWEEN.join(names_of(claim))}" for claim in read)
    return f"no such claim is read there, but {' | '.join(told)}" if told else "no claim is read there"


def relation_of(claim: Claim) -> str:
    """The relation of a claim as a line has it."""
    return f"{claim.relation}/{claim.facet}" if claim.facet else claim.relation


def names_of(claim: Claim) -> Iterator[str]:
    """The names of a claim as a line has them."""
    for slot in shape_of(claim.relation).needed:
        value = claim.slots.get(slot)
        yield (value.text or value.label if isinstance(value, Name) else str(value or "")).replace(BETWEEN, "，")


def _kinds(claims: Iterable[Claim]) -> Kinds:
    """The classes that a document has each of its names as."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for name in (name for claim in claims for _, filled in slots_of(claim) for name in filled):
        kinds[name_key(name.label)][name.kind] += 1
    return kinds


def _corrected(claim: Claim, decisions: Sequence[Decision], names: Names, kinds: Kinds) -> Claim:
    """A claim as people say that it is right, marked with who says so; as it is where nobody says anything."""
    slots, facet, definition = dict(claim.slots), claim.facet, claim.definition
    for decision in decisions:
        slot = decision.slot
        if decision.verdict == RIGHT or slot is None:
            continue
        if slot == FACET:
            facet = decision.instead
        else:
            slots |= _filled(claim, slot, decision.instead, names, kinds)
        definition = None if slot in (FACET, "o") else definition
    by = tuple(sorted({decision.by for decision in decisions}))
    return claim._replace(slots=slots, facet=facet, definition=definition, reviewed_by=by) if decisions else claim


def _filled(claim: Claim, slot: str, instead: str, names: Names, kinds: Kinds) -> Mapping[str, Slot]:
    """What a slot holds in place of what was read, and what follows from it."""
    filler = shape_of(claim.relation).slots.get(slot)
    if filler is None:
        dated = claim.relation == "event" and slot == "date"
        return {slot: instead} | ({"precision": precision_of(instead, plan_periods(names.ontology.terms))} if dated else {})
    before = claim.slots.get(slot)
    first = before[0] if isinstance(before, tuple) and before else before
    kind = first.kind if isinstance(first, Name) else KIND_OF.get(slot, "Concept")
    if filler.many:
        return {slot: tuple(names.given(one.strip(), kind, kinds) for one in instead.split(BETWEEN) if one.strip())}
    return {slot: names.given(instead, kind, kinds)}
