"""What can be claimed, from the ontology: each relation with its slots, the classes of what fills them, and its literals.

The JSON schema of an answer is made of it, so is the description in the prompt, and the gate holds an answer against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.contract import KINDS
from pipeline.ontology import Ontology, Property
from pipeline.relations import SHAPES, Shape, shape_of
from pipeline.review.apply import KIND_OF
from pipeline.terms import ZM

WORKED_OUT = ("date", "precision", "bound", "period", "change")  # literals that are never asked for: our own code finds them
_ACTS = "agent"
CLASS = "_class"  # behind the name of a slot: which class fills it


@dataclass(frozen=True)
class Kind:
    """A relation. `classes` are those that may fill each slot, `facets` those of zm:defines."""

    relation: str
    iri: str  # of its property, or of the class of the thing that it is told around
    classes: Mapping[str, tuple[str, ...]]
    facets: tuple[str, ...] = ()

    @cached_property
    def shape(self) -> Shape:
        """Its slots and literals."""
        return shape_of(self.relation)

    @property
    def literals(self) -> tuple[str, ...]:
        """The literals that an answer has: words as they stand in the text."""
        return tuple(name for name in self.shape.values if name not in WORKED_OUT)

    @property
    def elided(self) -> tuple[str, ...]:
        """The slots whose names a sentence may leave to those before it: of whom something is said, and who acts."""
        first, *others = (slot for slot in self.shape.slots if slot in self.shape.needed)
        return (first, _ACTS) if others else (_ACTS,)


def kinds_of(ontology: Ontology) -> dict[str, Kind]:
    """What can be claimed in terms of an ontology, by relation."""
    return {kind.relation: kind for kind in (*_pairs(ontology), *_around_things(ontology))}


def _pairs(ontology: Ontology) -> Iterator[Kind]:
    facets = {prop.name for prop in ontology.facets().values()}
    read_by_rules = ontology.plain_relations()
    for name, prop in ontology.properties.items():
        if ("relatesTo" in prop.parents or name in read_by_rules) and name not in facets:
            classes = {"s": _classes(prop.domain, ontology), "o": _classes(prop.range, ontology)}
            yield Kind(name, prop.iri, classes, tuple(ontology.facets()) if name == "defines" else ())


def _around_things(ontology: Ontology) -> Iterator[Kind]:
    by_iri = {prop.iri: prop for prop in ontology.properties.values()}
    for relation in ontology.families():
        shape = SHAPES.get(relation)
        if shape:
            classes = {slot: _of_slot(slot, shape, by_iri.get(shape.slots[slot].link), ontology) for slot in shape.slots}
            yield Kind(relation, shape.thing, classes)


def _of_slot(slot: str, shape: Shape, link: Property | None, ontology: Ontology) -> tuple[str, ...]:
    if link:
        return _classes(link.range, ontology)
    return (KIND_OF[slot],) if slot in KIND_OF else (shape.thing.removeprefix(ZM),)


def _classes(groups: tuple[tuple[str, ...], ...], ontology: Ontology) -> tuple[str, ...]:
    """The classes that are one of each group: of those that rules tell apart, or else those that are named."""
    wanted = [name for name in KINDS if name in ontology.classes and ontology.is_a(name, "Topic")]
    found = [name for name in wanted if all(any(ontology.is_a(name, each) for each in group) for group in groups)]
    return tuple(sorted(found)) or tuple(sorted({name for group in groups for name in group}))


def answer_schema(kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """The JSON schema of an answer: claims, each of one relation, in the form that servers can hold a model to."""
    claims = {"type": "array", "items": {"anyOf": [_claim_schema(kind) for kind in kinds.values()]}}
    return _object({"claims": claims})


def _claim_schema(kind: Kind) -> dict[str, Any]:
    # A model writes in this order: first the evidence, then what it says.
    fields: dict[str, Any] = {"relation": {"type": "string", "enum": [kind.relation]}, "quote": _text(needed=True)}
    if kind.facets:
        fields["facet"] = {"type": "string", "enum": list(kind.facets)}
    for slot, filler in kind.shape.slots.items():
        needed = slot in kind.shape.needed
        fields[slot] = {"type": "array", "items": {"type": "string"}} if filler.many else _text(needed=needed)
        if len(kind.classes[slot]) > 1:
            allowed = list(kind.classes[slot])
            fields[slot + CLASS] = {"type": "string", "enum": allowed} if needed else {"enum": [*allowed, None]}
    fields |= {name: _text(needed=name in kind.shape.needed) for name in kind.literals}
    return _object(fields)


def _text(*, needed: bool) -> dict[str, Any]:
    return {"type": "string" if needed else ["string", "null"]}


def _object(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(fields), "required": list(fields), "additionalProperties": False}
