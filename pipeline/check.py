"""The gate of the ontology: facts → accepted and rejected, each rejection with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.graph import property_of
from pipeline.ledger.things import LONGEST_NAME
from pipeline.model import Entity, Fact
from pipeline.patterns import lazy
from pipeline.periods import date_bounds
from pipeline.relations import SHAPES, shape_of

if TYPE_CHECKING:
    from pipeline.ontology import Ontology

LEAST = 0.5  # confidence of a fact of the graph, where nothing else is wanted: it is right more often than wrong
_NO_NAME = lazy(r"[\W\d_]*")  # punctuation and figures only
_YEAR = lazy(r"[12]\d{3}[a-z]?")  # with the letter that tells two works of a year apart
_LEVELS = lazy("[两二三四五六七]级")
_QUOTED = "“{}”", "「{}」", "《{}》", '"{}"', "‘{}’"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A fact that the ontology does not allow, and why."""

    fact: Fact
    reason: str


def check(
    facts: Iterable[Fact], ontology: Ontology, sources: Mapping[str, str] | None = None, least: float = 0.0
) -> tuple[list[Fact], list[Rejection]]:
    """Part `facts` into those that may enter the graph and those that may not, in their order.

    `sources` are the decoded files by document name; where they are given, every quote must stand where it says. A fact
    whose best claim has a confidence below `least` may not enter either, unless a person says that it is right.
    """
    accepted: list[Fact] = []
    rejected: list[Rejection] = []
    for fact in facts:
        reason = fault(fact, ontology, sources or {})
        if reason is None and fact.claims[0].confidence < least and not fact.reviewed_by:
            reason = f"confidence below {least:g}"
        if reason is None:
            accepted.append(fact)
        else:
            rejected.append(Rejection(fact, reason))
    return accepted, rejected


def fault(fact: Fact, ontology: Ontology, sources: Mapping[str, str]) -> str | None:
    """The first thing that is wrong with `fact`, None where nothing is."""
    return (
        _evidence_fault(fact, sources.get(fact.document))
        or _names_fault(fact, ontology)
        or (_shape_fault(fact, ontology) if fact.relation in SHAPES else _pair_fault(fact, ontology))
    )


def _evidence_fault(fact: Fact, source: str | None) -> str | None:
    for evidence in (claim.evidence for claim in fact.claims):
        if not evidence.quote or evidence.end <= evidence.start:
            return "no evidence"
        if source is not None and source[evidence.start : evidence.end] != evidence.quote:
            return f"the quote does not stand at {evidence.start}–{evidence.end} of the source"
    return None


def _names_fault(fact: Fact, ontology: Ontology) -> str | None:
    for slot, entities in fact.entities.items():
        for entity in entities:
            unknown = [kind for kind in entity.kinds if kind not in ontology.classes]
            if unknown:
                return f"{slot}: {unknown[0]} is no class of the ontology"
            if not entity.label.strip():
                return f"{slot}: no name"
            if len(entity.label) > LONGEST_NAME:
                return f"{slot}: longer than any name"
            if _NO_NAME.fullmatch(entity.label):
                return f"{slot}: “{entity.label}” is no name, only figures or punctuation"
            bare = len(entity.label) == 1 and entity.term is None and "Concept" in entity.kinds
            if bare and not (_is_quoted(fact, entity) or _is_level(fact, entity)):
                return f"{slot}: “{entity.label}” is a single character"
    return None


def _is_level(fact: Fact, entity: Entity) -> bool:
    """Whether a name of one character is one of several levels that are counted: 省、市、县、乡四级."""
    listed = re.compile(rf"(?<![^、和与及括含为]){re.escape(entity.label)}(?=[、和与及]|[两二三四五六七]级)")
    return any(_LEVELS.search(claim.evidence.quote) and listed.search(claim.evidence.quote) for claim in fact.claims)


def _is_quoted(fact: Fact, entity: Entity) -> bool:
    return any(form.format(entity.label) in claim.evidence.quote for form in _QUOTED for claim in fact.claims)


def _pair_fault(fact: Fact, ontology: Ontology) -> str | None:
    prop = property_of(fact, ontology)
    if prop is None:
        return f"{fact.facet or fact.relation} is no property of the ontology"
    missing = [slot for slot in ("s", "o") if not fact.entities.get(slot)]
    if missing:
        return f"{missing[0]}: nothing fills it"
    subject, obj = fact.entities["s"][0], fact.entities["o"][0]
    if subject.iri == obj.iri:
        return f"“{subject.label}” {prop.name} itself"
    return _kind_fault("s", subject, prop.domain, prop.name, ontology) or _kind_fault("o", obj, prop.range, prop.name, ontology)


def _shape_fault(fact: Fact, ontology: Ontology) -> str | None:
    """What is wrong with a fact that is told around a thing: a slot that is empty, a time that is none, what fills a slot."""
    shape = shape_of(fact.relation)
    for slot in shape.needed:
        if not fact.entities.get(slot) and not fact.values.get(slot):
            return f"{slot}: nothing fills it"
    for slot in ("date", "period"):
        bounds = date_bounds(fact.values.get(slot) or "")
        if bounds is None and fact.values.get(slot):
            return f"{slot}: {fact.values[slot]} is not in the calendar"
        if bounds and bounds[0] > bounds[1]:
            return f"{slot}: {fact.values[slot]} ends before it starts"
    year = fact.values.get("year")
    if year and not _YEAR.fullmatch(year):
        return f"year: {year} is no year"
    if fact.relation == "contrast" and fact.entities["a"][0].iri == fact.entities["b"][0].iri:
        return f"“{fact.entities['a'][0].label}” is set against itself"
    if fact.relation == "event" and not fact.values.get("date") and not fact.entities.get("venue"):
        return "neither date nor venue"
    for slot, filler in shape.slots.items():
        prop = next((p for p in ontology.properties.values() if p.iri == filler.link), None) if filler.link else None
        for entity in fact.entities.get(slot, ()) if prop else ():
            if reason := _kind_fault(slot, entity, prop.range if prop else (), slot, ontology):
                return reason
    return None


def _kind_fault(slot: str, entity: Entity, allowed: Iterable[tuple[str, ...]], name: str, ontology: Ontology) -> str | None:
    """What is wrong where an entity is none of the classes of one of the groups `allowed`: it must be one of each."""
    for group in allowed:
        if not any(ontology.is_a(kind, wanted) for kind in entity.kinds for wanted in group):
            return f"{slot}: {name} takes {' or '.join(group)}, and “{entity.label}” is {', '.join(entity.kinds)}"
    return None
