"""Decisions on the claims of a document → what is claimed now, what is wrong, and which decisions changed nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from pipeline.contract import NO_NAMES
from pipeline.ledger.keys import name_key
from pipeline.ledger.uses import slots_of
from pipeline.model import Claim, Name, Slot, Span
from pipeline.periods import plan_periods, precision_of
from pipeline.relations import shape_of
from pipeline.review.lines import BETWEEN, FACET, RIGHT, WRONG, Decision
from pipeline.shown import as_read

if TYPE_CHECKING:
    from pipeline.ontology import Ontology

WRONG_BY = "wrong by review"  # how the reason begins for which a claim is rejected
_KINDS = {"venue": "Place", "agent": "Body", "authors": "Person"}  # of what fills a slot that was empty
_WITH_CLASS = re.compile(r"(.+?)\s*+[(（]([A-Za-z]++)[)）]")


class Wrong(NamedTuple):
    """A claim that a person calls wrong, and why."""

    claim: Claim
    reason: str


class Applied(NamedTuple):
    """The claims that are left, corrected and marked; those that are wrong; the lines without effect, each with the reason."""

    claims: tuple[Claim, ...]
    wrong: tuple[Wrong, ...] = ()
    idle: tuple[tuple[str, str], ...] = ()


def apply(claims: Sequence[Claim], source: str, decisions: Iterable[Decision], ontology: Ontology) -> Applied:
    """Apply decisions to the claims of the document whose text is `source`; of two that exclude each other the later counts."""
    idle: list[tuple[str, str]] = []
    said: dict[int, list[Decision]] = defaultdict(list)  # by place among the claims: what counts of it
    overruled: dict[Decision, Decision] = {}
    for decision in decisions:
        found = _found(decision, claims, source, ontology)
        if not found:
            idle.append((decision.line(), _why_not(decision, claims, source)))
        for at in found:
            kept = [other for other in said[at] if other.agrees(decision)]
            overruled |= {other: decision for other in said[at] if other not in kept}
            said[at] = [*kept, decision]
    counts = {decision for those in said.values() for decision in those}
    idle += [
        (one.line(), f"overruled by {other.by}") for one, other in overruled.items() if one not in counts and one.by != other.by
    ]
    wrong = [Wrong(claims[at], _reason(those[-1])) for at, those in sorted(said.items()) if those[-1].verdict == WRONG]
    dropped = {at for at, those in said.items() if those[-1].verdict == WRONG}
    speaker = _Speaker(claims, ontology)
    left = [speaker.corrected(claim, said[at]) if at in said else claim for at, claim in enumerate(claims) if at not in dropped]
    return Applied(tuple(left), tuple(wrong), tuple(idle))


def _reason(decision: Decision) -> str:
    return f"{WRONG_BY} ({decision.by})" + (f": {decision.reason}" if decision.reason else "")


def _found(decision: Decision, claims: Sequence[Claim], source: str, ontology: Ontology) -> list[int]:
    """The claims, by their places among all, that a decision is on: those that it names, read in the words that it quotes."""
    named = {at: how for at, claim in enumerate(claims) if (how := _names(decision, claim, ontology))}
    named = {at: how for at, how in named.items() if how == max(named.values())}
    stretches = _stretches(decision, claims, source) if named else []
    read = {stretch: [at for at in named if _meet(claims[at], stretch)] for stretch in stretches}
    read = {stretch: those for stretch, those in read.items() if those}
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


def _names(decision: Decision, claim: Claim, ontology: Ontology) -> int:
    """How well a claim has the relation, facet and names of a decision: 2 by the names themselves, 1 by others of them, or 0."""
    relation, _, facet = decision.relation.partition("/")
    if claim.relation != relation or (claim.facet or "") != facet:
        return 0
    needed = shape_of(relation).needed
    wanted = [name_key(name) for name in decision.names]
    if all(key in _keys(claim.slots.get(slot)) for slot, key in zip_longest(needed, wanted)):
        return 2
    return int(all(key in _more_keys(claim.slots.get(slot), ontology) for slot, key in zip_longest(needed, wanted)))


def _keys(value: Slot) -> set[str]:
    said = (value.text, value.label) if isinstance(value, Name) else (value,) if isinstance(value, str) else ()
    return {name_key(name.replace(BETWEEN, "，")) for name in said}


def _more_keys(value: Slot, ontology: Ontology) -> set[str]:
    if not isinstance(value, Name):
        return _keys(value)
    plain = ontology.forms.plain(value.kind, value.label)[0]
    return _keys(value) | {name_key(name) for name in (*value.aliases, plain)}


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


class _Speaker:
    """Says claims as people have them; names are those of the document or of a vocabulary where these have them."""

    def __init__(self, claims: Iterable[Claim], ontology: Ontology) -> None:
        self._ontology = ontology
        self._kinds: dict[str, Counter[str]] = defaultdict(Counter)  # of each name of the document, by its key
        for name in (name for claim in claims for _, names in slots_of(claim) for name in names):
            self._kinds[name_key(name.label)][name.kind] += 1

    def corrected(self, claim: Claim, decisions: Sequence[Decision]) -> Claim:
        """A claim as people say that it is right, marked with who says so."""
        slots, facet, definition = dict(claim.slots), claim.facet, claim.definition
        for decision in decisions:
            slot = decision.slot
            if decision.verdict == RIGHT or slot is None:
                continue
            if slot == FACET:
                facet = decision.instead
            else:
                slots |= self._filled(claim, slot, decision.instead)
            definition = None if slot in (FACET, "o") else definition
        by = tuple(sorted({decision.by for decision in decisions}))
        return claim._replace(slots=slots, facet=facet, definition=definition, reviewed_by=by)

    def _filled(self, claim: Claim, slot: str, instead: str) -> Mapping[str, Slot]:
        """What a slot holds in place of what was read, and what follows from it."""
        filler = shape_of(claim.relation).slots.get(slot)
        if filler is None:
            dated = claim.relation == "event" and slot == "date"
            return {slot: instead} | ({"precision": precision_of(instead, plan_periods(self._ontology.terms))} if dated else {})
        before = claim.slots.get(slot)
        first = before[0] if isinstance(before, tuple) and before else before
        kind = first.kind if isinstance(first, Name) else _KINDS.get(slot, "Concept")
        if filler.many:
            return {slot: tuple(self._name(one.strip(), kind) for one in instead.split(BETWEEN) if one.strip())}
        return {slot: self._name(instead, kind)}

    def _name(self, said: str, kind: str) -> Name:
        """A name that a person gives: of the class behind it, else of that of a vocabulary, of the document, else of `kind`."""
        match = _WITH_CLASS.fullmatch(said)
        given = match[2] if match and match[2] in self._ontology.classes else None
        text = match[1] if match and given else said
        label = text[1:-1] if text.startswith("《") and text.find("》") == len(text) - 1 else text
        key = name_key(label)
        terms = sorted(
            (term.kind != (given or kind), term.kind, term.iri)
            for term in self._ontology.terms
            if term.kind not in NO_NAMES and key in map(name_key, term.names)
        )
        if terms and (given is None or not terms[0][0]):
            return Name(label, terms[0][1], text, term=terms[0][2])
        seen = self._kinds.get(key)
        commonest = min(seen, key=lambda each: (each != kind, -seen[each], each)) if seen else kind
        return Name(label, given or commonest, text)
