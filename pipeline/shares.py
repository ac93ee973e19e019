"""What each document gives the graph, and what all of them together do: the lines of the graph in parts that change alone.

A share follows from its document and from what its names are the names of, and from nothing else. What several documents decide,
the names and classes of things, which of them dates an event, stands in `joint_lines`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from pipeline import __version__
from pipeline import graph as g
from pipeline.model import Document, Entity, Evidence, Fact, Maker
from pipeline.ontology import Ontology, Term
from pipeline.periods import plan_periods
from pipeline.sections import section_kinds
from pipeline.works import Issued, Issuers, issued_lines, work_share


class Offer(NamedTuple):
    """Lines that only one fact may say of a thing: its date, its definition. That of the least `rank` does."""

    of: str
    thing: str
    rank: g.Rank
    lines: tuple[str, ...]


class Share(NamedTuple):
    """What one document gives the graph: lines about what no other document has, `own`, and lines that others may give too.

    `things` are the IRIs of what its facts speak of; `stood` where the evidence of its facts stands.
    """

    own: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    issued: tuple[Issued, ...] = ()
    things: tuple[str, ...] = ()
    stood: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Sharing:
    """What a share is made with: the ontology, the base of the IRIs, and the version of the program."""

    ontology: Ontology
    base: str
    version: str = __version__

    @cached_property
    def activity(self) -> str:
        """The IRI of the extraction."""
        return f"{self.base}extraction/{self.ontology.sha256[:16]}-{self.version}"

    @cached_property
    def known(self) -> g.Known:
        """The units and plans of the ontology."""
        units = {name: term for term in self.ontology.terms if term.kind == "Unit" for name in term.names}
        return g.Known(units, plan_periods(self.ontology.terms))

    @cached_property
    def sections(self) -> Sequence[Term]:
        """The kinds of sections."""
        return section_kinds(self.ontology.terms)

    @cached_property
    def issuers(self) -> Issuers:
        """Who can have issued a work."""
        return Issuers(self.ontology)

    @cached_property
    def describer(self) -> g.Describer:
        """What describes the things of the facts, and those that issued works."""
        return g.Describer(self.ontology, self.issuers.bodies)

    def share(self, document: Document, facts: Sequence[Fact], makers: Sequence[Maker] = ()) -> Share:
        """What a document gives the graph: itself and its `facts`, which the gate has let in. `makers` are the language models
        that were asked of it."""
        parts = g.Parts(document, self.base)
        lines = {*g.document_lines(document, self.base)}
        lines.update(g.section_lines(parts, self.sections, self.known.plans))
        works = work_share(document, facts, self.issuers, self.base)
        lines.update(works.lines)
        for fact in facts:
            undated = replace(fact, values={}) if fact.relation == "event" else fact
            lines.update(g.fact_lines(undated, self.ontology, self.base, self.known))
            lines.update(g.claim_lines(fact, self.ontology, self.base, self.activity, asked=bool(makers)))
            lines.update(self.evidence(parts, (claim.evidence for claim in fact.claims)))
        for maker in makers:
            lines.update(g.maker_lines(maker, document.name, self.ontology, self.base, self.version))
        own = _Own(document.name, facts, self.base)
        things = dict.fromkeys(thing.iri for fact in facts for filled in fact.entities.values() for thing in filled)
        return Share(
            tuple(sorted(filter(own.has, lines))),
            tuple(sorted(line for line in lines if not own.has(line))),
            tuple(offer for fact in facts for offer in self._offers(fact, parts)),
            tuple(works.issued),
            tuple(things),
            tuple(sorted({(claim.evidence.start, claim.evidence.end) for fact in facts for claim in fact.claims})),
        )

    def _offers(self, fact: Fact, parts: g.Parts) -> Iterator[Offer]:
        if fact.relation == "event":
            event = fact.entities["event"][0].iri
            yield Offer("date", event, g.fineness(fact), tuple(g.date_lines_of(fact, self.base, self.known)))
        if fact.definition:
            defined = fact.entities["s"][0].iri
            yield Offer("definition", defined, g.standing(fact, parts), tuple(g.definition_lines(fact)))

    def evidence(self, parts: g.Parts, evidence: Iterable[Evidence]) -> Iterator[str]:
        """Where stretches of a document stand."""
        for each in evidence:
            yield from g.evidence_lines(each, parts, self.base)

    def joint_lines(self, shares: Mapping[str, Share], things: Mapping[str, Entity]) -> Iterator[str]:
        """What all documents give together, some of it more than once; `shares` by document, `things` by IRI.

        The shares are gone through again and again, one at a time: they may be read whenever they are asked for.
        The extraction's lines follow from the name of each document, `g.name_lines` from each thing, `best_offers` from those of
        the same sort and thing. What `g.entity_lines` and `issued_lines` look up of other things, and by which key, they say.
        """
        names = sorted(shares)
        entities = {iri: things[iri] for name in names for iri in shares[name].things}
        yield from g.extraction_lines(self.activity, names, self.ontology, self.base, self.version)
        offers = (offer for name in names for offer in shares[name].offers)
        yield from (line for offer in best_offers(offers) for line in offer.lines)
        yield from g.entity_lines(entities, self.describer)
        yield from (line for entity in entities.values() for line in g.name_lines(entity, self.ontology, self.base))
        issued = (issued for name in names for issued in shares[name].issued)
        yield from issued_lines(issued, entities, self.issuers, self.describer, self.base)


def named_at(shares: Mapping[str, Share], things: Mapping[str, Entity]) -> dict[str, list[Evidence]]:
    """Where the names of things first stand, by document: the evidence that no fact of the document has."""
    told: dict[str, set[Evidence]] = defaultdict(set)
    for naming in (naming for thing in things.values() for naming in g.told_names(thing)):
        told[naming.document].add(naming.evidence)
    found = ((name, _elsewhere(evidence, shares[name])) for name, evidence in told.items())
    return {name: evidence for name, evidence in found if evidence}


def _elsewhere(evidence: Iterable[Evidence], share: Share) -> list[Evidence]:
    stood = {*share.stood}
    return sorted(each for each in evidence if each[:2] not in stood)


def graph_lines(
    facts: Iterable[Fact], documents: Mapping[str, Document], ontology: Ontology, base: str, version: str = __version__
) -> list[str]:
    """Every triple of the graph, sorted, each once. `documents` are those that were read, by name."""
    sharing = Sharing(ontology, base, version)
    of_document: dict[str, list[Fact]] = {name: [] for name in documents}
    for fact in facts:
        of_document[fact.document].append(fact)
    shares = {name: sharing.share(documents[name], said) for name, said in of_document.items()}
    told = (thing for said in of_document.values() for fact in said for filled in fact.entities.values() for thing in filled)
    things = {thing.iri: thing for thing in told}
    lines = {*sharing.joint_lines(shares, things)}
    for name, evidence in named_at(shares, things).items():
        lines.update(sharing.evidence(g.Parts(documents[name], base), evidence))
    return sorted(lines.union(*(share.own for share in shares.values()), *(share.common for share in shares.values())))


class _Own:
    """What is about a document, or a claim or a place in it, and so is said by no other."""

    def __init__(self, document: str, facts: Iterable[Fact], base: str) -> None:
        node = g.document_iri(document, base)
        evidence = g.evidence_iri(Evidence(0, 0, ""), document, base).removesuffix("0-0")
        places = (evidence.replace("/evidence/", folder, 1) for folder in ("/evidence/", "/selector/", "/words/"))
        self._begin = (f"<{node}>", f"<{node}/", *(f"<{place}" for place in places))
        self._claims = {f"<{fact.iri}>" for fact in facts}

    def has(self, line: str) -> bool:
        """Whether a line is about it."""
        return line.startswith(self._begin) or line[: line.index(" ")] in self._claims


def best_offers(offers: Iterable[Offer]) -> Collection[Offer]:
    """The best offer of each sort for each thing: what others say stays with their claims. The best of the best of parts is that
    of all, in whatever order: no two ranks of a thing are the same."""
    found: dict[tuple[str, str], Offer] = {}
    for offer in offers:
        about = offer.of, offer.thing
        found[about] = min(found.get(about, offer), offer, key=attrgetter("rank"))
    return found.values()
