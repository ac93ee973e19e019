"""What all documents give together, made of tables and joins on keys: the same lines, in whatever order the rows come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import NamedTuple, TypeVar

import pytest

from pipeline import graph as g
from pipeline import terms as t
from pipeline.ledger.keys import name_key
from pipeline.model import Document, Entity, Name, Work
from pipeline.resolve import resolve
from pipeline.shares import Share, Sharing, best_offers
from pipeline.terms import DEFAULT_BASE
from pipeline.works import Issued, part_of, settled, told
from tests.samples import claim, document, event, ontology, sample_claims

Row = TypeVar("Row")
JOINT = Name("财政部、云渡市水务局", "Body")
LISTED = Name("中共中央、国务院", "Body", aliases=("国务院",))
ISSUERS = (
    "云渡市人民政府、云渡市财政局",
    "国务院办公厅",
    "财政部、教育部",
    "苏州市水务局",
    "国务院办公厅秘书局",
    "云渡市财政局",
)


class Placed(NamedTuple):
    """An `Issued` with its place among all: the pass, what it is in or of, and which there."""

    place: tuple[int, str, int]
    issued: Issued


def documents() -> dict[str, Document]:
    works = [Work("work", f"云渡市冷链方案{at}", "plan", 0, 1, None, None, by, (), "2025") for at, by in enumerate(ISSUERS)]
    return {name: document(name, works=tuple(works[at::2]), issuer=ISSUERS[at]) for at, name in enumerate("ab")}


@pytest.fixture(scope="module")
def given() -> tuple[Sharing, dict[str, Share], dict[str, Entity]]:
    sharing = Sharing(ontology(), DEFAULT_BASE, "0")
    view = Name("港口要连通", "View")
    claims = [
        *sample_claims(),
        *(claim("holds", s=body, o=view) for body in (JOINT, LISTED, Name("国务院", "Body"), Name("云渡市水务局", "Body"))),
        claim("supports", s=Name("云渡市冷链方案0", "Policy"), o=Name("储能产业", "Industry", aliases=("储能 产业", "研究者"))),
        event(doc="b", date="2024-03-05"),
        event("青禾工厂推进会", "2024-03", doc="b"),
    ]
    facts = resolve(claims, DEFAULT_BASE, ontology().terms, forms=ontology().forms)
    read = documents()
    shares = {name: sharing.share(read[name], [fact for fact in facts if fact.document == name]) for name in read}
    things = {thing.iri: thing for fact in facts for filled in fact.entities.values() for thing in filled}
    return sharing, shares, things


@pytest.mark.parametrize("seed", range(5))
def test_tables_give_the_same_lines(given: tuple[Sharing, dict[str, Share], dict[str, Entity]], seed: int) -> None:
    sharing, shares, things = given
    expected = {*sharing.joint_lines(shares, things)}
    said = {line.split(" ")[1].strip("<>") for line in expected}
    assert said >= {t.HAS_MEMBER, t.SUB_ORGANIZATION_OF, t.HIDDEN_LABEL, t.AREA_SERVED, t.PUBLISHER, t.NAMED}
    assert _Tables(sharing, Random(seed)).lines(shares, things) == expected


class _Tables:
    """A distributed engine on lists: rows come in any order, and a function sees one row and what shares its key."""

    def __init__(self, sharing: Sharing, random: Random) -> None:
        self.sharing, self.random = sharing, random
        self.issuers, self.describer, self.base = sharing.issuers, sharing.describer, sharing.base

    def shuffled(self, rows: Iterable[Row]) -> list[Row]:
        found = list(rows)
        self.random.shuffle(found)
        return found

    def lines(self, shares: Mapping[str, Share], things: Mapping[str, Entity]) -> set[str]:
        sharing = self.sharing
        lines = {
            line
            for name in shares
            for line in g.extraction_lines(sharing.activity, [name], sharing.ontology, self.base, sharing.version)
        }
        parts = [best_offers(self.shuffled(share.offers)) for share in shares.values()]
        best = best_offers(self.shuffled(offer for part in parts for offer in part))
        lines.update(line for offer in best for line in offer.lines)
        lines.update(line for thing in things.values() for line in g.name_lines(thing, sharing.ontology, self.base))
        lines.update(self.described(things))
        placed = (Placed((0, name, at), each) for name, share in shares.items() for at, each in enumerate(share.issued))
        return lines | self.issued(self.shuffled(placed), things)

    def described(self, things: Mapping[str, Entity]) -> set[str]:
        above = {term.iri: g.entity_of(term) for thing in things.values() for term in self.describer.terms_above(thing)}
        rows = self.shuffled([*things.values(), *(above[iri] for iri in above.keys() - things.keys())])
        owners = [(name_key(thing.label), thing.iri) for thing in rows]
        lines: set[str] = set()
        for thing in rows:
            wanted = self.describer.wants(thing)
            found = {key: {iri for other, iri in owners if other == key} for key, _ in owners if key in wanted}
            lines.update(self.describer.lines(thing, found))
        return lines

    def issued(self, placed: list[Placed], things: Mapping[str, Entity]) -> set[str]:
        bodies = {**things, **self.settled(placed, things)}.values()
        members = {body.iri: self.issuers.members(body) for body in bodies if "Body" in body.kinds}
        further = (Placed((1, iri, at), each) for iri, found in members.items() for at, each in enumerate(found))
        placed = self.shuffled([*placed, *further])
        used = self.settled(placed, things)
        every = {**things, **used}
        lines = {line for iri, group in self.groups(placed).items() for line in told(group, every[iri])}
        single = {body.iri: body for body in every.values() if "Body" in body.kinds and not members.get(body.iri)}
        lines |= self.parts(single, used)
        return lines | self.described(used)

    def settled(self, placed: list[Placed], things: Mapping[str, Entity]) -> dict[str, Entity]:
        groups = self.groups(placed)
        return {iri: settled(group, self.issuers, self.base) for iri, group in groups.items() if iri not in things}

    def groups(self, placed: list[Placed]) -> dict[str, list[Issued]]:
        found: dict[str, list[Placed]] = {}
        for each in placed:
            found.setdefault(self.issuers.thing(each.issued, self.base).iri, []).append(each)
        return {iri: [each.issued for each in sorted(group)] for iri, group in found.items()}

    def parts(self, single: dict[str, Entity], used: dict[str, Entity]) -> set[str]:
        last: dict[str, str] = {}
        for body in single.values():
            key = name_key(body.label)
            last[key] = max(last.get(key, ""), body.iri)
        lines: set[str] = set()
        frontier = self.shuffled(single.values())
        while frontier:
            wholes: dict[str, Entity] = {}
            for body in frontier:
                wanted = {*self.issuers.bodies.wants(body.label)}
                found = {**self.issuers.named, **{key: iri for key, iri in last.items() if key in wanted}}
                if whole := part_of(body, found, self.issuers):
                    lines.add(t.triple(body.iri, t.SUB_ORGANIZATION_OF, t.iri(whole)))
                    if whole not in single:
                        wholes[whole] = self.issuers.body(whole)
            single |= wholes
            used |= wholes
            frontier = self.shuffled(wholes.values())
        return lines
