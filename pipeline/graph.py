"""Facts ↔ RDF: the only place that knows how a fact is modelled.

Out go lines of N-Triples (which are N-Quads of the default graph); back come the rows of claims.jsonl. A fact is
a direct triple, merged over all documents, and one `zm:Claim` per document, with its evidence:

    <s> zm:hasElement <o> .
    <claim> a zm:Claim ; zm:claimSubject <s> ; zm:claimPredicate zm:hasElement ; zm:claimObject <o> ;
        prov:wasQuotedFrom <evidence> ; prov:wasGeneratedBy <extraction> ; zm:rule "…" ; zm:confidence 0.9 .
    <evidence> a oa:SpecificResource ; oa:hasSource <document> ; oa:hasSelector <selector> .

An event is its own subject: <event> a zm:Event, with dates, places and agent; so is the claim that tells of it.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Document, Entity, Evidence, Fact, Name, Work
from pipeline.resolve import HOLDER, name_key, slug
from pipeline.sections import TENSE_KINDS, Sections, section_kinds

if TYPE_CHECKING:
    from pipeline.ontology import Ontology, Property, Term

ZM = "https://w3id.org/zhimai#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SCHEMA = "https://schema.org/"
DCTERMS = "http://purl.org/dc/terms/"
DOCO = "http://purl.org/spar/doco/"
NAMESPACES = {
    "zm": ZM, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "prov": PROV, "oa": OA, "xsd": XSD,
    "schema": SCHEMA, "dcterms": DCTERMS, "doco": DOCO, "vocab": "https://w3id.org/zhimai/vocab/",
}  # fmt: skip


def data_namespaces(base: str) -> dict[str, str]:
    """Prefixes for what lies below a base IRI."""
    return {kind: f"{base}{kind}/" for kind in ("entity", "event", "claim", "document", "evidence", "selector", "extraction")}


TYPE = RDF + "type"
LABEL, PREF_LABEL, ALT_LABEL, HIDDEN_LABEL = RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel"
BROADER, NOTATION = SKOS + "broader", SKOS + "notation"

EVENT, START_DATE, END_DATE = ZM + "Event", SCHEMA + "startDate", SCHEMA + "endDate"
DATE_TEXT, DATE_PRECISION, LOCATION, AGENT = ZM + "dateText", ZM + "datePrecision", SCHEMA + "location", ZM + "agent"

CLAIM, RELATION, FACET, PREDICATE = ZM + "Claim", ZM + "relation", ZM + "facet", ZM + "claimPredicate"
SUBJECT, SUBJECT_TEXT = ZM + "claimSubject", ZM + "subjectText"
OBJECT, OBJECT_TEXT = ZM + "claimObject", ZM + "objectText"
VENUE, VENUE_TEXT = ZM + "claimVenue", ZM + "venueText"
CLAIM_AGENT, AGENT_TEXT = ZM + "claimAgent", ZM + "agentText"
DATE_VALUE = ZM + "dateValue"
RULE, CONFIDENCE, PLANNED, BEST_EVIDENCE = ZM + "rule", ZM + "confidence", ZM + "planned", ZM + "bestEvidence"
FURTHER_RULE, DEFINITION = ZM + "furtherRule", SKOS + "definition"
QUOTED_FROM, ATTRIBUTED_TO, GENERATED_BY = PROV + "wasQuotedFrom", PROV + "wasAttributedTo", PROV + "wasGeneratedBy"

SPECIFIC_RESOURCE, HAS_SOURCE, HAS_SELECTOR = OA + "SpecificResource", OA + "hasSource", OA + "hasSelector"
POSITION_SELECTOR, QUOTE_SELECTOR = OA + "TextPositionSelector", OA + "TextQuoteSelector"
START, END, EXACT, PREFIX, SUFFIX = OA + "start", OA + "end", OA + "exact", OA + "prefix", OA + "suffix"

DOCUMENT, DOCUMENT_NAME, SOURCE_PATH, SOURCE_SHA = ZM + "Document", ZM + "documentName", ZM + "sourcePath", ZM + "sha256"
MEDIA_TYPE = DCTERMS + "format"
TITLE, ISSUED, IDENTIFIER = DCTERMS + "title", DCTERMS + "issued", DCTERMS + "identifier"
PUBLISHER, CREATOR, IS_PART_OF = DCTERMS + "publisher", DCTERMS + "creator", DCTERMS + "isPartOf"
SUBTITLE, ABSTRACT, WRITTEN, EFFECTIVE = DCTERMS + "alternative", DCTERMS + "abstract", DCTERMS + "created", DCTERMS + "valid"
PASSED, REVISED, PUBLISHED = DCTERMS + "dateAccepted", DCTERMS + "modified", DCTERMS + "available"
AFFILIATION, KEYWORD, PUBLISHED_IN = ZM + "affiliation", SCHEMA + "keywords", ZM + "publishedIn"
TENSE, PERIOD = ZM + "tense", ZM + "period"
SECTION, ORDER, DEPTH, SECTION_KIND = DOCO + "Section", ZM + "order", ZM + "depth", ZM + "sectionKind"
PLACE, PAGE, BOX, OCR = ZM + "place", ZM + "page", ZM + "box", ZM + "ocr"
DOCUMENT_CLASSES = {
    "article": SCHEMA + "Article",
    "paper": SCHEMA + "ScholarlyArticle",
    "news": SCHEMA + "NewsArticle",
    "regulation": SCHEMA + "Legislation",
    "measures": SCHEMA + "Legislation",
    "plan": ZM + "PlanText",
    "report": SCHEMA + "Report",
}
GENRE_CLASSES = {
    "communique": ZM + "Communique",
    "white paper": ZM + "WhitePaper",
    "speech": ZM + "Speech",
    "interpretation": ZM + "Interpretation",
    "judgment": ZM + "Judgment",
    "standard": ZM + "Standard",
    "contract": ZM + "Contract",
    "textbook": ZM + "Textbook",
    "encyclopedia": ZM + "EncyclopediaEntry",
}

EXTRACTION, VERSION, ONTOLOGY_SHA = PROV + "Activity", ZM + "version", ZM + "ontologySha256"

CONTEXT = 60  # most characters of the sentence kept on either side of a quote
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

# A slot of a fact → the claim's property for what fills it and for the wording. A further slot is one row here.
SLOT_TERMS = {
    "s": (SUBJECT, SUBJECT_TEXT),
    "o": (OBJECT, OBJECT_TEXT),
    "event": (SUBJECT, SUBJECT_TEXT),
    "venue": (VENUE, VENUE_TEXT),
    "agent": (CLAIM_AGENT, AGENT_TEXT),
}
VALUE_TERMS = {"date": DATE_VALUE, "dateText": DATE_TEXT, "precision": DATE_PRECISION}


@dataclass(frozen=True, slots=True)
class Shape:
    """How the facts of a relation lie in the graph: between slots s and o, or around a thing of a class of its own."""

    slots: tuple[str, ...] = ("s", "o")
    values: tuple[str, ...] = ()
    thing: str | None = None  # class of what fills the first slot
    links: tuple[tuple[str, str], ...] = ()  # slot → property that leads from that thing to what fills the slot


PAIR = Shape()
SHAPES = {
    "event": Shape(
        slots=("event", "venue", "agent"),
        values=("date", "dateText", "precision"),
        thing=EVENT,
        links=(("venue", LOCATION), ("agent", AGENT)),
    )
}
MANY = {"venue"}  # slots that take several things


def iri(value: str) -> str:
    """An IRI as N-Triples has it."""
    return f"<{value}>"


_SPECIAL = re.compile(r'[\\"\n\r\t]')
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def literal(value: str, datatype: str = "", language: str = "") -> str:
    """A literal as N-Triples has it, of xsd:string where neither datatype nor language is given."""
    tail = f"@{language}" if language else f"^^<{datatype}>" if datatype else ""
    escaped = value.translate(_ESCAPES) if _SPECIAL.search(value) else value  # few have any, and the search is quicker
    return f'"{escaped}"{tail}'


def integer(value: int) -> str:
    """An xsd:integer; the narrower types (oa: has nonNegativeInteger) do not survive in the store."""
    return literal(str(value), XSD + "integer")


def triple(subject: str, predicate: str, obj: str) -> str:
    """A line of N-Triples; `subject` and `predicate` are bare IRIs, `obj` is written out."""
    return f"<{subject}> <{predicate}> {obj} ."


def property_of(fact: Fact, ontology: Ontology) -> Property | None:
    """The property that a fact between two things states; None for a fact around a thing of its own, or an unknown one."""
    return ontology.facets().get(fact.facet) if fact.facet else ontology.properties.get(fact.relation)


def date_bounds(date: str) -> tuple[str, str] | None:
    """First and last day of an ISO date or range: 2024-02 → 2024-02-01, 2024-02-29. None for no date of the calendar."""
    first, _, last = date.partition("/")
    bounds = _days(first), _days(last or first)
    return (bounds[0][0], bounds[1][1]) if bounds[0] and bounds[1] else None


def _days(date: str) -> tuple[str, str] | None:
    match = _ISO.fullmatch(date)
    if not match or match[1] == "0000":
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[2] is None:
        return f"{date}-01-01", f"{date}-12-31"
    if not 1 <= month <= 12 or (match[3] is not None and not 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return (date, date) if day else (f"{date}-01", f"{date}-{calendar.monthrange(year, month)[1]}")


def graph_lines(
    facts: Iterable[Fact], documents: Mapping[str, Document], ontology: Ontology, base: str, version: str
) -> list[str]:
    """Every triple of the graph, sorted, each once. `documents` are those that were read, by name."""
    facts = list(facts)
    activity = f"{base}extraction/{ontology.sha256[:16]}-{version}"
    lines = {
        triple(activity, TYPE, iri(EXTRACTION)),
        triple(activity, ONTOLOGY_SHA, literal(ontology.sha256)),
        triple(activity, VERSION, literal(version)),
    }
    kinds = section_kinds(ontology.terms)
    sections = {name: Parts(document, base) for name, document in documents.items()}
    for name, document in documents.items():
        lines.update(document_lines(document, base))
        lines.update(section_lines(sections[name], kinds))
    for fact in facts:
        lines.update(fact_lines(fact, ontology))
        lines.update(claim_lines(fact, ontology, base, activity))
        for claim in fact.claims:
            lines.update(evidence_lines(claim.evidence, sections[fact.document], base))
    lines.update(entity_lines({e.iri: e for fact in facts for filled in fact.entities.values() for e in filled}, ontology))
    return sorted(lines)


def document_lines(document: Document, base: str) -> Iterator[str]:
    """A document and what it says of itself."""
    node = document_iri(document.name, base)
    yield triple(node, TYPE, iri(DOCUMENT))
    yield from class_lines(node, document)
    yield triple(node, DOCUMENT_NAME, literal(document.name))
    yield triple(node, SOURCE_PATH, literal(document.path))
    yield triple(node, SOURCE_SHA, literal(document.sha256))
    yield triple(node, MEDIA_TYPE, literal(document.media_type))
    said = {
        TITLE: (document.title,),
        SUBTITLE: (document.subtitle,),
        CREATOR: document.authors,
        AFFILIATION: document.affiliations,
        ABSTRACT: (document.abstract,),
        KEYWORD: document.keywords,
        PUBLISHER: (document.issuer,),
        PUBLISHED_IN: (document.published_in,),
        IDENTIFIER: (document.number,),
    }
    yield from (triple(node, predicate, literal(value)) for predicate, values in said.items() for value in values if value)
    yield from date_lines(node, document)


def class_lines(node: str, text: Document | Work) -> Iterator[str]:
    """The classes of a document or a work, by its kind and genre."""
    if text.kind in DOCUMENT_CLASSES:
        yield triple(node, TYPE, iri(DOCUMENT_CLASSES[text.kind]))
    if text.genre:
        yield triple(node, TYPE, iri(GENRE_CLASSES[text.genre]))


def date_lines(node: str, text: Document | Work) -> Iterator[str]:
    """When a document or a work was issued, written, passed, revised and published, and when it comes into force."""
    dates = {
        ISSUED: text.date,
        WRITTEN: text.written,
        PASSED: text.passed,
        REVISED: text.revised,
        PUBLISHED: text.published,
        EFFECTIVE: text.effective,
    }
    yield from (triple(node, predicate, issued(date)) for predicate, date in dates.items() if date)


class Parts:
    """The parts of a document that evidence is in: its sections, and its articles where it has several."""

    def __init__(self, document: Document, base: str) -> None:
        self.document = document
        self.node = document_iri(document.name, base)
        blocks = document.blocks
        parents = {block.parent for block in blocks}
        self.headings = [at for at, b in enumerate(blocks) if b.kind == "heading" or (b.kind == "title" and at in parents)]
        self.iris = {at: f"{self.node}/section/{blocks[at].start}-{blocks[at].end}" for at in self.headings}
        self._places = sorted(
            (document.offsets.to_source(block.start), at) for at, block in enumerate(blocks) if block.end > block.start
        )

    def around(self, offset: int) -> str | None:
        """The section that source[offset] is in, the innermost."""
        at = bisect_right(self._places, (offset, len(self.document.blocks))) - 1
        if at < 0:
            return None
        index = self._places[at][1]
        return self.iris.get(index) or self.iris.get(self.document.blocks[index].parent)


def section_lines(parts: Parts, kinds: Sequence[Term]) -> Iterator[str]:
    """The parts of a document, in order, each part of the document and of the one around it, with what a section speaks of."""
    document = parts.document
    sections = Sections(document, kinds)
    known = {term.iri: term for term in kinds}
    for order, index in enumerate(parts.headings):
        block, node = document.blocks[index], parts.iris[index]
        yield triple(node, TYPE, iri(SECTION))
        yield triple(node, IS_PART_OF, iri(parts.node))
        if block.parent in parts.iris:
            yield triple(node, IS_PART_OF, iri(parts.iris[block.parent]))
        yield triple(node, TITLE, literal(document.text[block.start : block.end]))
        yield triple(node, ORDER, integer(order))
        yield triple(node, DEPTH, integer(block.level))
        section = sections.of(index) if block.kind == "heading" else None
        if section is None:
            continue
        if section.kind:
            yield triple(node, SECTION_KIND, iri(section.kind))
            yield from kind_lines(known[section.kind])
        tense = known.get(TENSE_KINDS[section.tense]) if section.tense else None
        if tense:
            yield triple(node, TENSE, iri(tense.iri))
            yield from kind_lines(tense)
        if section.period:
            yield triple(node, PERIOD, literal(section.period))


def kind_lines(kind: Term) -> Iterator[str]:
    """A kind of section, in both languages."""
    yield triple(kind.iri, TYPE, iri(ZM + kind.kind))
    yield triple(kind.iri, PREF_LABEL, literal(kind.label, language="zh"))
    if kind.label_en:
        yield triple(kind.iri, PREF_LABEL, literal(kind.label_en, language="en"))


def document_iri(name: str, base: str) -> str:
    return f"{base}document/{slug(name)}"


def issued(date: str) -> str:
    """An odd date stays a plain string: a wrong xsd:date is rewritten, not refused, by some readers."""
    datatype = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(date))
    return literal(date, XSD + datatype) if datatype and _days(date) else literal(date)


def entity_lines(entities: Mapping[str, Entity], ontology: Ontology) -> Iterator[str]:
    """The things that facts speak of; terms of the vocabularies come with all that is broader."""
    terms = {term.iri: term for term in ontology.terms}
    every, waiting = dict(entities), [term for term in entities if term in terms]
    while waiting:
        term = terms[waiting.pop()]
        for up in term.broader:
            yield triple(term.iri, BROADER, iri(up))
            if up in terms and up not in every:
                every[up] = entity_of(terms[up])
                waiting.append(up)
        if term.notation:
            yield triple(term.iri, NOTATION, literal(term.notation))
    owners = {name_key(entity.label): entity.iri for entity in every.values()}
    for entity in every.values():
        yield from (triple(entity.iri, TYPE, iri(ontology.classes[kind].iri)) for kind in entity.kinds)
        yield triple(entity.iri, LABEL, literal(entity.label, language="zh"))
        yield triple(entity.iri, PREF_LABEL, literal(entity.label, language="zh"))
        for alias in entity.aliases:
            # The name of another thing (a speech known by its speaker) helps to find this one, but is not what it is called.
            own = owners.get(name_key(alias), entity.iri) == entity.iri
            yield triple(entity.iri, ALT_LABEL if own else HIDDEN_LABEL, literal(alias, language="zh"))


def entity_of(term: Term) -> Entity:
    return Entity(term.iri, term.label, (term.kind,), tuple(sorted({*term.names} - {term.label})), term.iri)


def fact_lines(fact: Fact, ontology: Ontology) -> Iterator[str]:
    """The direct triples of a fact."""
    shape = SHAPES.get(fact.relation, PAIR)
    subject = fact.entities[shape.slots[0]][0].iri
    if shape.thing is None:
        prop = property_of(fact, ontology)
        assert prop is not None  # the gate lets no fact of an unknown property through
        yield triple(subject, prop.iri, iri(fact.entities["o"][0].iri))
        return
    yield triple(subject, TYPE, iri(shape.thing))
    for slot, predicate in shape.links:
        yield from (triple(subject, predicate, iri(entity.iri)) for entity in fact.entities.get(slot, ()))
    date = fact.values.get("date")
    bounds = date_bounds(date) if date else None
    if bounds:
        yield triple(subject, START_DATE, literal(bounds[0], XSD + "date"))
        yield triple(subject, END_DATE, literal(bounds[1], XSD + "date"))
        for name in ("dateText", "precision"):
            if value := fact.values.get(name):
                yield triple(subject, VALUE_TERMS[name], literal(value))


def claim_lines(fact: Fact, ontology: Ontology, base: str, activity: str) -> Iterator[str]:
    """The node that stands for one fact in one document."""
    node, best, shape = fact.iri, fact.claims[0], SHAPES.get(fact.relation, PAIR)
    prop = property_of(fact, ontology)
    yield triple(node, TYPE, iri(CLAIM))
    yield triple(node, RELATION, literal(fact.relation))
    if fact.facet:
        yield triple(node, FACET, literal(fact.facet))
    yield triple(node, PREDICATE, iri(TYPE if shape.thing or prop is None else prop.iri))
    if shape.thing:
        yield triple(node, OBJECT, iri(shape.thing))
    for slot in shape.slots:
        things = sorted(fact.entities.get(slot, ()), key=lambda entity: entity.iri)
        yield from (triple(node, SLOT_TERMS[slot][0], iri(entity.iri)) for entity in things)
        if things:
            yield triple(node, SLOT_TERMS[slot][1], literal("；".join(_wordings(fact, slot, things))))
    yield from (triple(node, VALUE_TERMS[name], literal(value)) for name in shape.values if (value := fact.values.get(name)))
    yield from (triple(node, ATTRIBUTED_TO, iri(holder.iri)) for holder in fact.entities.get(HOLDER, ()))
    yield from (triple(node, QUOTED_FROM, iri(evidence_iri(c.evidence, fact.document, base))) for c in fact.claims)
    yield triple(node, BEST_EVIDENCE, iri(evidence_iri(best.evidence, fact.document, base)))
    yield triple(node, GENERATED_BY, iri(activity))
    yield triple(node, RULE, literal(best.rule))
    yield from (triple(node, FURTHER_RULE, literal(rule)) for rule in sorted({claim.rule for claim in fact.claims} - {best.rule}))
    definition = next((claim.definition for claim in fact.claims if claim.definition), None)
    if definition:
        yield triple(node, DEFINITION, literal(definition, language="zh"))
    yield triple(node, CONFIDENCE, literal(f"{best.confidence:.4f}".rstrip("0").rstrip("."), XSD + "decimal"))
    if all(claim.planned for claim in fact.claims):
        yield triple(node, PLANNED, literal("true", XSD + "boolean"))


def _wordings(fact: Fact, slot: str, things: Iterable[Entity]) -> Iterator[str]:
    """How the best claim that names each of `things` puts it; never with the mark that parts the wordings of a slot."""
    said: list[str] = []
    first: dict[str, int] = {}  # term or key of a name → the first of `said` that it is
    for claim in fact.claims:
        value = claim.slots.get(slot)
        for name in value if isinstance(value, tuple) else (value,):
            if isinstance(name, Name):
                for key in filter(None, (name.term, name_key(name.label))):
                    first.setdefault(key, len(said))
                said.append(name.text or name.label)
    for thing in things:
        known = [first[key] for key in (thing.iri, *map(name_key, (thing.label, *thing.aliases))) if key in first]
        yield (said[min(known)] if known else thing.label).replace("；", "，")


def evidence_iri(evidence: Evidence, document: str, base: str) -> str:
    return f"{base}evidence/{slug(document)}/{evidence.start}-{evidence.end}"


def evidence_lines(evidence: Evidence, sections: Parts, base: str) -> Iterator[str]:
    """A stretch of a document, with its section, its sentence as far as `CONTEXT` allows, and its page or paragraph."""
    document = sections.document
    node = evidence_iri(evidence, document.name, base)
    selector = node.replace("/evidence/", "/selector/", 1)
    before, after = sentence_around(document.source, evidence.start, evidence.end)
    yield triple(node, TYPE, iri(SPECIFIC_RESOURCE))
    yield triple(node, HAS_SOURCE, iri(document_iri(document.name, base)))
    yield triple(node, HAS_SELECTOR, iri(selector))
    section = sections.around(evidence.start)
    if section:
        yield triple(node, IS_PART_OF, iri(section))
    place = document.place(evidence.start)
    if place:
        yield triple(selector, PLACE, literal(str(place)))
        if place.page:
            yield triple(selector, PAGE, integer(place.page))
        if place.box:
            yield triple(selector, BOX, literal(" ".join(f"{edge:g}" for edge in place.box)))
        if place.ocr:
            yield triple(selector, OCR, literal("true", XSD + "boolean"))
    yield triple(selector, TYPE, iri(POSITION_SELECTOR))
    yield triple(selector, TYPE, iri(QUOTE_SELECTOR))
    yield triple(selector, START, integer(evidence.start))
    yield triple(selector, END, integer(evidence.end))
    yield triple(selector, EXACT, literal(evidence.quote))
    yield from (triple(selector, predicate, literal(text)) for predicate, text in ((PREFIX, before), (SUFFIX, after)) if text)


def sentence_around(source: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after source[start:end] in its sentence, at most `CONTEXT` characters each."""
    before = source[max(0, start - CONTEXT) : start]
    borders = [match.end() for match in _SENTENCE_END.finditer(before)]
    after = source[end : end + CONTEXT]
    if _SENTENCE_END.match(source, end - 1):
        return before[borders[-1] if borders else 0 :], ""
    border = _SENTENCE_END.search(after)
    return before[borders[-1] if borders else 0 :], after[: border.end()].rstrip("\n") if border else after
