"""What facts came, went and changed between two builds: the rows of two claims.jsonl → Changes.

A fact is a row; matching.py says which two rows tell one. What differs between these is a change, but for where the fact stands
and in which words: such a fact has moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.matching import Renaming, Things, absorbed, names_in, paired, unequal, votes
from pipeline.resolve import TOLD_IN_PIECES
from pipeline.rows import Row, uncollected
from pipeline.told import Thing, Told

_DATES = ("date", "year")  # the IRI of an event or of a work is made with it


class Difference(NamedTuple):
    """A field of a fact that is another; "" where there was or is nothing. The names are those of claims.jsonl."""

    field: str
    old: str
    new: str


class Change(NamedTuple):
    """A fact that both builds have, and what of it differs."""

    old: Row
    new: Row
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two builds; rows by document and position.

    `merged` are facts of the old build that are one with another now, and `parted` facts of the new one that were, since their
    things are or were. `moved` and `same` count the others by relation: those that only stand elsewhere or in other words, and
    those of which nothing is told anew.
    """

    came: tuple[Row, ...]
    went: tuple[Row, ...]
    changed: tuple[Change, ...]
    merged: tuple[Row, ...]
    parted: tuple[Row, ...]
    things: tuple[Renaming, ...]
    moved: Mapping[str, int]
    same: Mapping[str, int]

    def __bool__(self) -> bool:
        """Whether anything is worth telling."""
        return bool(self.came or self.went or self.changed or self.merged or self.parted or self.things)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many facts of each relation came, went …; nothing of what none did."""
        rows = {"came": self.came, "went": self.went, "changed": [change.new for change in self.changed]}
        rows |= {"merged": self.merged, "parted": self.parted}
        told: dict[str, Mapping[str, int]] = {what: Counter(row["rel"] for row in these) for what, these in rows.items()}
        told |= {"moved": self.moved, "same": self.same}
        relations = sorted({relation for counts in told.values() for relation in counts})
        return {name: {what: counts[name] for what, counts in told.items() if counts.get(name)} for name in relations}


@uncollected()
def diff(old: Iterable[Row], new: Iterable[Row], *, document: str | None = None, relation: str | None = None) -> Changes:
    """What differs between the rows of two builds; only in one document, or of one relation or facet, where these are given."""
    before, after = list(old), list(new)
    things = Things(names_in(before), names_in(after))
    before, after = ([row for row in rows if is_of(row, document, relation)] for rows in (before, after))
    left, right = unequal(before, after)
    pairs, went, came = paired([Told(row) for row in left], [Told(row) for row in right], things)
    things.learn(votes(pairs, went, came, before, after))
    further, went, came = paired(went, came, things)
    pairs += further
    same = Counter(row["rel"] for row in before) - Counter(row["rel"] for row in left)
    moved: Counter[str] = Counter()
    changed = []
    for one, other in pairs:
        differences = _differences(one, other, things)
        if differences:
            changed.append(Change(one.row, other.row, differences))
        else:
            (same if _evidence(one.row) == _evidence(other.row) else moved)[one.row["rel"]] += 1
    merged, went = absorbed(went, pairs, things, new=False)
    parted, came = absorbed(came, pairs, things, new=True)
    for one, other in (*merged, *parted):
        both = zip(one.about, other.about, strict=True)
        things.note((a, b) for olds, news in both for a, b in zip(olds, news, strict=False) if a.identity != b.identity)
    changed.sort(key=lambda change: _place(change.new))
    told = (_rows(facts) for facts in (came, went, (one for one, _ in merged), (other for _, other in parted)))
    came_rows, went_rows, merged_rows, parted_rows = told
    return Changes(came_rows, went_rows, tuple(changed), merged_rows, parted_rows, things.renamings(), moved, same)


def is_of(row: Row, document: str | None, relation: str | None) -> bool:
    """Whether a row is of a document, and of a relation or facet; None is any."""
    return document in (None, row["doc"]) and (relation is None or relation in (row["rel"], row.get("facet")))


def _rows(facts: Iterable[Told]) -> tuple[Row, ...]:
    return tuple(sorted((fact.row for fact in facts), key=_place))


def _place(row: Row) -> tuple[str, int, int]:
    return row["doc"], row.get("start") or 0, row.get("end") or 0


def _evidence(row: Row) -> tuple[object, ...]:
    return row.get("start"), row.get("end"), row.get("quote"), row.get("rule"), row.get("place")


def _differences(old: Told, new: Told, things: Things) -> tuple[Difference, ...]:
    """What differs between two rows of one fact. A thing that is only called otherwise is no difference, but is noted."""
    found = [Difference(name, told, new.values[name]) for name, told in old.values.items() if told != new.values[name]]
    dated = any(difference.field in _DATES for difference in found)
    called_otherwise: list[tuple[Thing, Thing]] = []
    for slot, filled in old.slots.items():
        if filled == new.slots[slot]:
            continue
        renamed, is_other = _set_against(filled, new.slots[slot], things)
        if is_other:
            found.append(Difference(slot, *_told(filled, new.slots[slot])))
        elif not (dated and slot in TOLD_IN_PIECES):
            called_otherwise += renamed
    things.note(called_otherwise)
    order = (*old.slots, *old.values)
    return tuple(sorted(found, key=lambda difference: order.index(difference.field)))


def _set_against(old: Sequence[Thing], new: Sequence[Thing], things: Things) -> tuple[list[tuple[Thing, Thing]], bool]:
    """The things of a slot that are one and called otherwise, and whether it has others besides."""
    left, right = ([(thing.iri, thing.label) for thing in side] for side in (old, new))
    gone = [thing for thing in old if (thing.iri, thing.label) not in right]
    come = [thing for thing in new if (thing.iri, thing.label) not in left]
    renamed = []
    for thing in gone:
        other = next((other for other in come if things.are_one(thing, other)), None)
        if other:
            renamed.append((thing, other))
            come.remove(other)
    return renamed, bool(come) or len(renamed) < len(gone)


def _told(old: Sequence[Thing], new: Sequence[Thing]) -> tuple[str, str]:
    """Both sides by label, or by IRI where that is all that tells them apart."""
    said = ["、".join(thing.label for thing in side) for side in (old, new)]
    if said[0] == said[1]:
        said = ["、".join(thing.identity for thing in side) for side in (old, new)]
    return said[0], said[1]
