"""The works of documents as RDF, and what the policies in force have to do with them.

<work> a zm:Work, zm:PlanText ; dcterms:isPartOf <document> ; dcterms:title "…" ; zm:issuedBy <body> ;
    dcterms:issued "…" ; dcterms:dateAccepted "…" (passed) ; dcterms:modified "…" (last revised) ; dcterms:valid "…" .
<notice> zm:transmits <work> . <annex> zm:annexTo <work> . <answers> zm:interprets <work> .
<document> dcterms:publisher <body> . <bodies> org:hasMember <body> . <office> org:subOrganizationOf <body> .
<policy> zm:statedIn <work> ; zm:issuedBy <body> ; zm:issuedIn <place> ; dcterms:issued "…" .
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from pipeline import graph as g
from pipeline import terms as t
from pipeline.bodies import Bodies, cleaned
from pipeline.ledger.keys import name_key, slug
from pipeline.model import Document, Entity, Fact, Role, Work
from pipeline.ontology import Ontology
from pipeline.patterns import lazy
from pipeline.place_names import leading_place

WORK, TRANSMITS, STATED_IN = t.ZM + "Work", t.ZM + "transmits", t.ZM + "statedIn"
ANNEX_TO, INTERPRETS = t.ZM + "annexTo", t.ZM + "interprets"
ISSUED_BY, ISSUED_IN = t.ZM + "issuedBy", t.ZM + "issuedIn"
_PARTY = "中共"
# 我代表省人民政府, 十三届省人民政府: what a report or a decree says before the body.
_PREAMBLE = lazy("^(?:[\u4e00-\u9fff]{1,8}代表(?!大会)|第?[一二三四五六七八九十]+届)(?=[^，]{2})")
_OF_ITS_LEVEL = lazy("(?:我|本)?(?P<level>自治[区州县旗]|[省市州盟县区旗])(?![级域直])")  # 省政府办公厅: of which province?
_BEFORE_PLACE = lazy(r"(?:关于)?(?:印发)?[《“]?(?:(?:19|20)\d{2}年度?)?")  # in a title
_LONGEST = 6  # characters of the name of a place that no vocabulary has
_ENTITY_KINDS = ("Body", "Place")


class Issued(NamedTuple):
    """That a work or policy was issued by a body or in a place of a name, or that bodies have one of that name as their member;
    which thing that is, is known once all are."""

    node: str
    predicate: str
    name: str
    kind: str


class WorkShare(NamedTuple):
    """What the works of one document give the graph."""

    lines: list[str]
    issued: list[Issued]


class Issuers:
    """Who issued works, and where, as their documents say it: by names of the vocabularies, and by the forms of names."""

    def __init__(self, ontology: Ontology) -> None:
        named = (term for term in ontology.terms if term.kind in _ENTITY_KINDS)
        self.terms = {(term.kind, name_key(name)): term for term in named for name in term.names}
        self.named = {key: term.iri for (kind, key), term in self.terms.items() if kind == "Body"}
        self.bodies = Bodies(ontology)
        self._body_terms = {term.iri: term for term in self.terms.values() if term.kind == "Body"}

    def issue(self, text: Document | Work) -> tuple[list[str], str]:
        """Who issued a document or a work, and where; an empty string where neither its issuer nor its title tells.

        A body of a level (省政府办公厅) is that of the place that the title begins with; without one it is any, and so none.
        """
        issuer = _PREAMBLE.sub("", cleaned(text.issuer or ""))
        whole, place = self.places(issuer)
        own = _OF_ITS_LEVEL.match(issuer)
        if not place and (own or not issuer):
            level = own["level"] if own else ""
            whole, place = self._of_title(text.title or "", level)
            issuer = whole + issuer[own.end() :] if whole and own else ""
        issuers = [body for body in self.bodies.listed(issuer) if not self.bodies.is_namesake(body)]
        return [body for body in issuers if body not in (whole, _PARTY)], place  # a place signs nothing

    def of(self, node: str, work: Work) -> Iterator[Issued]:
        """By whom and where a work, or the policy that it states, was issued."""
        issuers, place = self.issue(work)
        if place:
            yield Issued(node, ISSUED_IN, place, "Place")
        yield from (Issued(node, ISSUED_BY, issuer, "Body") for issuer in issuers)

    def thing(self, issued: Issued, base: str) -> Entity:
        """What the body or place of a name is, by that name alone: a term of the vocabularies, or a new thing."""
        name, kind = issued.name, issued.kind
        called = self.bodies.plain(name) if kind == "Body" else name
        term = self.terms.get((kind, name_key(name))) or self.terms.get((kind, name_key(called)))
        return g.entity_of(term) if term else Entity(f"{base}entity/{slug(name_key(called))}", called, (kind,))

    def members(self, body: Entity) -> list[Issued]:
        """What leads from bodies that act together to each of them; nothing for one body."""
        return [Issued(body.iri, t.HAS_MEMBER, member, "Body") for member in self.bodies.members(body.label)]

    def body(self, iri: str) -> Entity:
        """The term of that IRI, one of those `named`."""
        return g.entity_of(self._body_terms[iri])

    def _of_title(self, title: str, level: str) -> tuple[str, str]:
        """The place that a title begins with, of the vocabulary, or of the level that its issuer has."""
        opening = _BEFORE_PLACE.match(title)
        whole, place = self.places(title[opening.end() if opening else 0 :])
        known = ("Place", name_key(place)) in self.terms
        return (whole, place) if place and (known or (level and place.endswith(level) and len(place) <= _LONGEST)) else ("", "")

    def places(self, issuer: str) -> tuple[str, str]:
        """The places that the name of a body begins with, and the name of the last."""
        return leading_place(issuer, lambda name: ("Place", name_key(name)) in self.terms)


def work_share(document: Document, facts: Iterable[Fact], issuers: Issuers, base: str) -> WorkShare:
    """Every work of a document, and the links of the policies among the subjects of its `facts` to the work that states them."""
    node = g.document_iri(document.name, base)
    share = WorkShare([], [Issued(node, t.PUBLISHER, issuer, "Body") for issuer in issuers.issue(document)[0]])
    for at, work in enumerate(document.works):
        node = work_iri(document, at, base)
        share.lines.extend(_work_lines(node, document, work, base))
        share.issued.extend(issuers.of(node, work))
    stating = _by_title(document)
    for policy in {entity.iri: entity for fact in facts for entity in fact.entities.get("s", ())}.values():
        at_ = _stating(policy, stating)
        if at_ is not None:
            work = document.works[at_]
            share.lines.append(t.triple(policy.iri, STATED_IN, t.iri(work_iri(document, at_, base))))
            # Its other dates are those of the work that states it.
            share.lines.extend([t.triple(policy.iri, t.ISSUED, g.issued(work.date))] if work.date else [])
            share.issued.extend(issuers.of(policy.iri, work))
    return share


def issued_lines(
    issued: Iterable[Issued], known: Mapping[str, Entity], issuers: Issuers, describer: g.Describer, base: str
) -> Iterator[str]:
    """By whom and where works were issued, with what these bodies and places are, and which of all bodies act together or are
    part of others; `known` are the things of the facts, by IRI. `issued` is in the order of the documents and of their works.

    Each step is a function of one thing and of those that share a key with it, so that tables can take the place of the mappings:

    1. `issuers.thing(each, base).iri` is the key of an `Issued`, by which they are grouped, in order, and joined with `known`.
       What is not known is `settled` by its group.
    2. `issuers.members` of every body, known or settled, are `Issued` too: they come behind the others, in the order of the IRIs
       of the bodies, and their groups are settled again. A body that has members is joint.
    3. `told` are the lines of a group and its thing.
    4. A body that is not joint looks up the keys of `issuers.bodies.wants` among those of the labels of such bodies (`name_key`;
       of several bodies, the last by IRI), else in `issuers.named`; `part_of` takes that which it is part of. A term that is no
       such body yet is added, and looks up in turn.
    5. What was settled and added is described as a group of its own (`g.Describer`).
    """
    named: dict[str, list[Issued]] = {}
    _group(issued, named, issuers, base)
    settling = {iri: settled(group, issuers, base) for iri, group in named.items() if iri not in known}
    members = {iri: found for iri, body in _bodies(known, settling).items() if (found := issuers.members(body))}
    _group(chain(*members.values()), named, issuers, base)
    used = {iri: settled(group, issuers, base) for iri, group in named.items() if iri not in known}
    for iri, group in named.items():
        yield from told(group, known.get(iri) or used[iri])
    single = {iri: body for iri, body in _bodies(known, used).items() if iri not in members}
    yield from _part_lines(single, used, issuers)
    yield from g.entity_lines(used, describer)


def settled(group: Sequence[Issued], issuers: Issuers, base: str) -> Entity:
    """The thing that all of a group are about, in order, where no fact is about it: what the first says it is, by all names."""
    thing = issuers.thing(group[0], base)
    return replace(thing, aliases=tuple(sorted({*thing.aliases, *(each.name for each in group)} - {thing.label})))


def told(group: Iterable[Issued], thing: Entity) -> Iterator[str]:
    """What leads to a thing from the nodes of its group; nothing where something of another kind is called so."""
    return (t.triple(each.node, each.predicate, t.iri(thing.iri)) for each in group if each.kind in thing.kinds)


def _group(issued: Iterable[Issued], named: dict[str, list[Issued]], issuers: Issuers, base: str) -> None:
    for each in issued:
        named.setdefault(issuers.thing(each, base).iri, []).append(each)


def _bodies(known: Mapping[str, Entity], used: Mapping[str, Entity]) -> dict[str, Entity]:
    """The bodies of the facts and those that issued works, by IRI, in its order."""
    return {iri: thing for iri, thing in sorted({**known, **used}.items()) if "Body" in thing.kinds}


def _part_lines(single: dict[str, Entity], used: dict[str, Entity], issuers: Issuers) -> Iterator[str]:
    """The body that each is part of, with what that is part of in turn; wholes that were not there are added to both."""
    named = {**issuers.named, **{name_key(body.label): iri for iri, body in single.items()}}
    waiting = list(single.values())
    while waiting:
        body = waiting.pop()
        whole = part_of(body, named, issuers)
        if whole:
            yield t.triple(body.iri, t.SUB_ORGANIZATION_OF, t.iri(whole))
        if whole and whole not in single:
            single[whole] = used[whole] = issuers.body(whole)
            waiting.append(single[whole])


def part_of(body: Entity, named: Mapping[str, str], issuers: Issuers) -> str | None:
    """The IRI of the body that another is part of, of those `named` by the keys that it wants."""
    whole = issuers.bodies.whole(body.label, named)
    return whole if whole != body.iri else None


def work_iri(document: Document, at: int, base: str) -> str:
    """IRI of document.works[at]: that of its document and the place of the work in it, from 1."""
    return f"{g.document_iri(document.name, base)}/work/{at + 1}"


def _work_lines(node: str, document: Document, work: Work, base: str) -> Iterator[str]:
    yield t.triple(node, t.TYPE, t.iri(WORK))
    yield from g.class_lines(node, work)
    yield t.triple(node, t.IS_PART_OF, t.iri(g.document_iri(document.name, base)))
    said = {
        t.TITLE: (work.title,),
        t.SUBTITLE: (work.subtitle,),
        t.IDENTIFIER: (work.number,),
        t.CREATOR: work.authors,
        t.ISSUER_TEXT: (work.issuer,),
    }
    yield from (t.triple(node, term, t.literal(value)) for term, values in said.items() for value in values if value)
    yield from g.date_lines(node, work)
    if work.belongs_to is not None:
        yield _tie(node, work.role, work_iri(document, work.belongs_to, base))


def _tie(node: str, role: Role, other: str) -> str:
    """What a work has to do with the one that it belongs to."""
    if role == "annex":
        return t.triple(node, ANNEX_TO, t.iri(other))
    if role == "interpretation":
        return t.triple(node, INTERPRETS, t.iri(other))
    return t.triple(other, TRANSMITS, t.iri(node))


def _by_title(document: Document) -> dict[str, int]:
    """The works of a document that are no notices, by the key of their title; the first of those that are called the same."""
    found: dict[str, int] = {}
    for at, work in enumerate(document.works):
        if work.role == "work" and work.title:
            found.setdefault(name_key(work.title), at)
    return found


def _stating(entity: Entity, works: Mapping[str, int]) -> int | None:
    """Place of the work whose title is the name of a policy."""
    if "Policy" not in entity.kinds:
        return None
    return next((works[key] for name in (entity.label, *entity.aliases) if (key := name_key(name)) in works), None)
