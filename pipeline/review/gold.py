"""A review as gold: the claims that people call right are wanted, those that they call wrong are not, and no other counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.evaluate import Row
from pipeline.ledger.keys import name_key
from pipeline.relations import shape_of
from pipeline.review.lines import BETWEEN, FACET, WRONG, Decision, cell, read_review
from pipeline.rows import labels


def judged(claims: Iterable[Row], file: Path) -> tuple[list[Row], list[Row]]:
    """The rows of claims.jsonl that a review has judged, and gold rows for them. Raises UsageError where the file is malformed.

    A claim that was corrected is wanted as it is right, and not as it was read.
    """
    by_claim: dict[tuple[object, ...], list[Decision]] = {}
    for decision in (each for those in read_review(file).of_document.values() for each in those):
        kept = [each for each in by_claim.get(decision.about, ()) if each.agrees(decision)]
        by_claim[decision.about] = [*kept, decision]
    of_document: dict[str, list[Row]] = defaultdict(list)
    for row in claims:
        of_document[cell(row["doc"])].append(row)
    found: dict[int, Row] = {}  # by identity: a row may be judged twice
    gold = []
    for decisions in by_claim.values():
        rows = of_document[decisions[0].document]
        read, right = _as_read(decisions[0]), _as_right(decisions)
        meant = {wanted: [row for row in rows if _is(row, claim)] for wanted, claim in (("read", read), ("right", right))}
        found |= {id(row): row for those in meant.values() for row in those}
        if decisions[-1].verdict != WRONG:
            gold.append(next(iter((*meant["right"], *meant["read"])), {}) | right)
    return list(found.values()), gold


def _as_read(decision: Decision) -> Row:
    """The row of the claim that a decision is on, as far as its line has it."""
    relation, _, facet = decision.relation.partition("/")
    row: Row = {"doc": decision.document, "rel": relation, "facet": facet or None, "quote": decision.quote}
    return row | dict(zip(shape_of(relation).needed, decision.names, strict=True))


def _as_right(decisions: Sequence[Decision]) -> Row:
    """The same as the decisions have it."""
    row = _as_read(decisions[0])
    for decision in decisions:
        if decision.instead and decision.slot:
            filler = shape_of(row["rel"]).slots.get(decision.slot)
            said = decision.instead.split(BETWEEN) if filler and filler.many else decision.instead
            row["facet" if decision.slot == FACET else decision.slot] = said
    return row


def _is(row: Row, claim: Row) -> bool:
    """Whether a row has the relation, facet and names of a claim, and one's words are among the other's."""
    if (row["rel"], row.get("facet")) != (claim["rel"], claim["facet"]):
        return False
    one, other = ("".join(each["quote"].split()) for each in (row, claim))
    needed = shape_of(row["rel"]).needed
    return (one in other or other in one) and all(name_key(claim[slot]) in _keys(row.get(slot)) for slot in needed)


def _keys(filled: object) -> set[str]:
    names = [str(filled[part]) for part in ("label", "text") if filled.get(part)] if isinstance(filled, dict) else labels(filled)
    return {name_key(name.replace(BETWEEN, "，")) for name in names}
