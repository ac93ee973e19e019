"""The works of documents as RDF, and what the policies in force have to do with them.

    <work> a zm:Work, schema:Report ; dcterms:isPartOf <document> ; dcterms:title "…" ; dcterms:issued "…" ; zm:issuedBy <body> .
    <notice> zm:transmits <work> .
    <policy> zm:statedIn <work> ; zm:issuedBy <body> ; zm:issuedIn <place> ; dcterms:issued "…" .
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline import graph as g
from pipeline.model import Document, Entity, Fact, Work
from pipeline.ontology import Ontology, Term
from pipeline.resolve import name_key, slug

WORK, TRANSMITS, STATED_IN = g.ZM + "Work", g.ZM + "transmits", g.ZM + "statedIn"
ISSUED_BY, ISSUED_IN = g.ZM + "issuedBy", g.ZM + "issuedIn"
CLASSES = {
    "article": g.SCHEMA + "Article",
    "paper": g.SCHEMA + "ScholarlyArticle",
    "news": g.SCHEMA + "NewsArticle",
    "regulation": g.SCHEMA + "Legislation",
    "measures": g.SCHEMA + "Report",
    "plan": g.SCHEMA + "Report",
    "report": g.SCHEMA + "Report",
}
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:省|自治区|特别行政区|市|自治州|州|盟|自治县|县|区|旗)(?!委|直|场|际|政)")
_ENTITY_KINDS = ("Body", "Place")


@dataclass(frozen=True, slots=True)
class _Names:
    """The things that bodies and places of names are: terms of the vocabularies, things of the facts, or new ones."""

    base: str
    terms: Mapping[tuple[str, str], Term]  # by kind and key of a name
    known: Mapping[str, Entity]  # the things of the facts, by IRI
    used: dict[str, Entity] = field(default_factory=dict)  # those that were asked for

    def iri(self, name: str, kind: str) -> str | None:
        """The thing of that kind that is called so; None where something of another kind is."""
        term = self.terms.get((kind, name_key(name)))
        found = term.iri if term else f"{self.base}entity/{slug(name_key(name))}"
        if found in self.known:
            return found if kind in self.known[found].kinds else None
        self.used[found] = g.entity_of(term) if term else Entity(found, name, (kind,))
        return found


def work_lines(documents: Mapping[str, Document], facts: Iterable[Fact], ontology: Ontology, base: str) -> Iterator[str]:
    """Every work of the documents, and the links of the policies among the subjects of `facts` to the work that states them."""
    facts = list(facts)
    things = {entity.iri: entity for fact in facts for filled in fact.entities.values() for entity in filled}
    terms = {(term.kind, name_key(name)): term for term in ontology.terms if term.kind in _ENTITY_KINDS for name in term.names}
    names = _Names(base, terms, things)
    for document in documents.values():
        yield from _document_lines(document, names, base)
    subjects = {(fact.document, entity.iri): entity for fact in facts for entity in fact.entities.get("s", ())}
    for (name, _), entity in subjects.items():
        work = _stating(entity, documents[name])
        if work is not None:
            yield g.triple(entity.iri, STATED_IN, g.iri(work_iri(documents[name], work, base)))
            yield from _issue_lines(entity.iri, work, names)
    yield from g.entity_lines(names.used, ontology)


def work_iri(document: Document, work: Work, base: str) -> str:
    """IRI of a work: that of its document and the place of the work in it, from 1."""
    return f"{g.document_iri(document.name, base)}/work/{document.works.index(work) + 1}"


def _document_lines(document: Document, names: _Names, base: str) -> Iterator[str]:
    before: str | None = None
    for work in document.works:
        node = work_iri(document, work, base)
        yield g.triple(node, g.TYPE, g.iri(WORK))
        if work.kind in CLASSES:
            yield g.triple(node, g.TYPE, g.iri(CLASSES[work.kind]))
        yield g.triple(node, g.IS_PART_OF, g.iri(g.document_iri(document.name, base)))
        said = {g.TITLE: (work.title,), g.SUBTITLE: (work.subtitle,), g.IDENTIFIER: (work.number,), g.CREATOR: work.authors}
        yield from (g.triple(node, term, g.literal(value)) for term, values in said.items() for value in values if value)
        yield from _issue_lines(node, work, names)
        if before:
            yield g.triple(before, TRANSMITS, g.iri(node))
        before = node if work.role == "notice" else None


def _issue_lines(node: str, work: Work, names: _Names) -> Iterator[str]:
    """By whom, where and when a work, or the policy that it states, was issued."""
    if work.date:
        yield g.triple(node, g.ISSUED, g.issued(work.date))
    if not work.issuer:
        return
    for issuer in re.split("[、;；]", work.issuer):
        yield from _named(node, ISSUED_BY, issuer.strip(), "Body", names)
    place = _PLACE.match(work.issuer)
    if place:
        yield from _named(node, ISSUED_IN, place[0], "Place", names)


def _named(node: str, predicate: str, name: str, kind: str, names: _Names) -> Iterator[str]:
    thing = names.iri(name, kind) if name else None
    if thing:
        yield g.triple(node, predicate, g.iri(thing))


def _stating(entity: Entity, document: Document) -> Work | None:
    """The work whose title is the name of a policy."""
    if "Policy" not in entity.kinds:
        return None
    called = {name_key(name) for name in (entity.label, *entity.aliases)}
    works = [work for work in document.works if work.role == "work" and work.title]
    return next((work for work in works if name_key(work.title or "") in called), None)
