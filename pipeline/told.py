"""What a row of claims.jsonl tells, in a form in which two rows can be compared."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.ledger.uses import HOLDER
from pipeline.relations import shape_of
from pipeline.rows import Row, labels

CONFIDENCE, PLANNED, DEFINITION = "confidence", "planned", "definition"
OF_ANY_FACT = (CONFIDENCE, PLANNED, DEFINITION)  # fields that are none of a relation's own
_BOUNDS = {">": ">", "<": "<", "~": "≈"}


class Thing(NamedTuple):
    """What fills a slot; `iri` is "" for one that has only a name, `text` how the document words it."""

    iri: str
    label: str
    text: str = ""

    @property
    def identity(self) -> str:
        return self.iri or self.label


class Told:
    """A row with what it tells of things, by slot, and beside them, by field; `about` are the things that it is a fact of."""

    __slots__ = ("about", "row", "slots", "values")

    def __init__(self, row: Row) -> None:
        shape = shape_of(row["rel"])
        self.row = row
        self.slots = {slot: _things_in(row.get(slot)) for slot in (*shape.slots, HOLDER)}
        self.values = _values(row)
        self.about = [self.slots[slot] for slot in shape.needed if slot in shape.slots]


def _things_in(slot: object) -> tuple[Thing, ...]:
    if not slot:
        return ()
    return tuple([_thing(filler) for filler in slot] if isinstance(slot, list) else [_thing(slot)])


def _thing(filler: object) -> Thing:
    if isinstance(filler, dict):
        return Thing(filler.get("iri") or "", filler["label"], filler.get("text") or "")
    return Thing("", str(filler))


def _values(row: Row) -> dict[str, str]:
    """What a row tells beside things, by field, as it is shown; "" for what it does not tell."""
    told = {name: "、".join(labels(row.get(name))) for name in shape_of(row["rel"]).values}
    if row["rel"] == "event":  # the words of a date count where nothing else is known of it
        told = {"date": told["date"] or told["dateText"]}
    if row["rel"] == "indicator":
        told["value"] = f"{_BOUNDS.get(told.pop('bound'), '')}{told['value']}{told.pop('unit')}"
        told["change"] = "yes" if row.get("change") else ""
    sure = row.get(CONFIDENCE)
    told[PLANNED] = "yes" if row.get(PLANNED) else ""
    told[DEFINITION] = row.get(DEFINITION) or ""
    told[CONFIDENCE] = "" if sure is None else f"{sure:.2f}"
    return told
