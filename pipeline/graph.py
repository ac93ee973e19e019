"""Facts ↔ RDF: the only place that knows how a fact is modelled.

Out go lines of N-Triples (which are N-Quads of the default graph); back come the rows of claims.jsonl. A fact is
a direct triple, merged over all documents, and one `zm:Claim` per document, with its evidence:

    <s> zm:hasElement <o> .
    <claim> a zm:Claim ; zm:claimSubject <s> ; zm:claimPredicate zm:hasElement ; zm:claimObject <o> ;
        prov:wasQuotedFrom <evidence> ; prov:wasGeneratedBy <extraction> ; zm:rule "…" ; zm:confidence 0.9 .
    <evidence> a oa:SpecificResource ; oa:hasSource <document> ; oa:hasSelector <selector>, <words> .

An event is its own subject: <event> a zm:Event, with dates, places and agent. So are a figure (zm:Observation) and a contrast,
whose IRI is made of what is said; a work is cited by the document. What defines a thing stands on it too, and on its claim:

    <s> skos:definition "…"@zh ; zm:bestDefinition <claim> .

The table of relations is in relations.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline import terms as t
from pipeline.amounts import amount, plain
from pipeline.ledger.keys import digest, name_key, slug
from pipeline.ledger.uses import HOLDER
from pipeline.model import Document, Entity, Evidence, Fact, Maker, Name, Naming, Precision, Work
from pipeline.patterns import lazy
from pipeline.periods import NO_PLANS, Plans, date_bounds, precision_of, ten_days
from pipeline.place_names import place_of
from pipeline.relations import shape_of
from pipeline.sections import TENSE_KINDS, Sections

if TYPE_CHECKING:
    from pipeline.bodies import Bodies
    from pipeline.ontology import Ontology, Property, Term


class Known(NamedTuple):
    """What the literals of facts are looked up in: the terms of units by name, and the years of plans."""

    units: Mapping[str, Term]
    plans: Plans


Rank = tuple[int | float | str, ...]  # the place of a fact among those that say the same of a thing
CONTEXT = 60  # most characters of the sentence kept on either side of a quote
_SENTENCE_END = lazy(r"[。！？!?；;\n]")


def property_of(fact: Fact, ontology: Ontology) -> Property | None:
    """The property that a fact between two things states; None for a fact around a thing of its own, or an unknown one."""
    return ontology.facets().get(fact.facet) if fact.facet else ontology.properties.get(fact.relation)


def extraction_lines(activity: str, documents: Iterable[str], ontology: Ontology, base: str, version: str) -> Iterator[str]:
    """The extraction: of which documents, by which ontology and which program."""
    software = f"{base}software/zhimai-{version}"
    yield t.triple(activity, t.TYPE, t.iri(t.EXTRACTION))
    yield t.triple(activity, t.ONTOLOGY_SHA, t.literal(ontology.sha256))
    yield t.triple(activity, t.VERSION, t.literal(version))
    yield from (t.triple(activity, t.USED, t.iri(document_iri(name, base))) for name in documents)
    yield t.triple(activity, t.ASSOCIATED_WITH, t.iri(software))
    yield t.triple(software, t.TYPE, t.iri(t.SOFTWARE))
    yield t.triple(software, t.LABEL, t.literal(f"zhimai {version}"))


def maker_lines(maker: Maker, document: str, ontology: Ontology, base: str, version: str) -> Iterator[str]:
    """What a language model and the program read together in a document."""
    activity, software = maker_activity(maker.key, base), f"{base}software/model-{maker.key}"
    yield from extraction_lines(activity, [document], ontology, base, version)
    yield t.triple(activity, t.PROMPT_SHA, t.literal(maker.prompt))
    yield t.triple(activity, t.ASSOCIATED_WITH, t.iri(software))
    yield t.triple(software, t.TYPE, t.iri(t.SOFTWARE))
    yield t.triple(software, t.LABEL, t.literal(" ".join(filter(None, (maker.name, maker.version)))))
    yield t.triple(software, t.MODEL_NAME, t.literal(maker.name))
    if maker.version:
        yield t.triple(software, t.MODEL_VERSION, t.literal(maker.version))


def maker_activity(key: str, base: str) -> str:
    """The IRI of the extraction of a language model, by the key of its Maker."""
    return f"{base}extraction/model-{key}"


def document_lines(document: Document, base: str) -> Iterator[str]:
    """A document and what it says of itself."""
    node = document_iri(document.name, base)
    yield t.triple(node, t.TYPE, t.iri(t.DOCUMENT))
    yield from class_lines(node, document)
    yield t.triple(node, t.DOCUMENT_NAME, t.literal(document.name))
    yield t.triple(node, t.SOURCE_PATH, t.literal(document.path))
    yield t.triple(node, t.SOURCE_SHA, t.literal(document.sha256))
    yield t.triple(node, t.MEDIA_TYPE, t.iri(t.MEDIA_TYPES + document.media_type))
    said = {
        t.TITLE: (document.title,),
        t.SUBTITLE: (document.subtitle,),
        t.CREATOR: document.authors,
        t.AFFILIATION: document.affiliations,
        t.ABSTRACT: (document.abstract,),
        t.KEYWORD: document.keywords,
        t.ISSUER_TEXT: (document.issuer,),
        t.PUBLISHED_IN: (document.published_in,),
        t.IDENTIFIER: (document.number,),
    }
    yield from (t.triple(node, predicate, t.literal(value)) for predicate, values in said.items() for value in values if value)
    yield from date_lines(node, document)


def class_lines(node: str, text: Document | Work) -> Iterator[str]:
    """The classes of a document or a work, by its kind and genre."""
    if text.kind in t.DOCUMENT_CLASSES:
        yield t.triple(node, t.TYPE, t.iri(t.DOCUMENT_CLASSES[text.kind]))
    if text.genre:
        yield t.triple(node, t.TYPE, t.iri(t.GENRE_CLASSES[text.genre]))


def date_lines(node: str, text: Document | Work) -> Iterator[str]:
    """When a document or a work was issued, written, passed, revised and published, and when it comes into force; the first and
    last day are those on which it may have been issued."""
    dates = {
        t.ISSUED: text.date,
        t.WRITTEN: text.written,
        t.PASSED: text.passed,
        t.REVISED: text.revised,
        t.PUBLISHED: text.published,
        t.EFFECTIVE: text.effective,
    }
    yield from (t.triple(node, predicate, issued(date)) for predicate, date in dates.items() if date)
    if text.date:
        yield from _stretch_lines(node, text.date, NO_PLANS)


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
        index = self._block(offset)
        return None if index is None else self.iris.get(index) or self.iris.get(self.document.blocks[index].parent)

    def work(self, offset: int) -> Document | Work:
        """The work that source[offset] is in; the document where it has none."""
        index = self._block(offset)
        works = (work for work in self.document.works if index is not None and work.first <= index < work.last)
        return next(works, self.document)

    def _block(self, offset: int) -> int | None:
        """Index of the block that source[offset] is in, or of the last before it."""
        at = bisect_right(self._places, (offset, len(self.document.blocks))) - 1
        return self._places[at][1] if at >= 0 else None


def section_lines(parts: Parts, kinds: Sequence[Term], plans: Plans) -> Iterator[str]:
    """The parts of a document, in order, each part of the document and of the one around it, with what a section speaks of."""
    document = parts.document
    sections = Sections(document, kinds, plans)
    known = {term.iri: term for term in kinds}
    for order, index in enumerate(parts.headings):
        block, node = document.blocks[index], parts.iris[index]
        yield t.triple(node, t.TYPE, t.iri(t.SECTION))
        yield t.triple(node, t.IS_PART_OF, t.iri(parts.node))
        if block.parent in parts.iris:
            yield t.triple(node, t.IS_PART_OF, t.iri(parts.iris[block.parent]))
        yield t.triple(node, t.TITLE, t.literal(document.text[block.start : block.end]))
        yield t.triple(node, t.ORDER, t.integer(order))
        yield t.triple(node, t.DEPTH, t.integer(block.level))
        section = sections.of(index) if block.kind == "heading" else None
        if section is None:
            continue
        if section.kind:
            yield t.triple(node, t.SECTION_KIND, t.iri(section.kind))
            yield from kind_lines(known[section.kind])
        tense = known.get(TENSE_KINDS[section.tense]) if section.tense else None
        if tense:
            yield t.triple(node, t.TENSE, t.iri(tense.iri))
            yield from kind_lines(tense)
        if section.period:
            yield t.triple(node, t.PERIOD, t.literal(section.period))
            yield from _stretch_lines(node, section.period, plans)


# Whose definitions go before those of others; a kind or a genre that is not here comes last.
_AUTHORITY = {"regulation": 0, "plan": 1, "measures": 1, "standard": 1, "paper": 2}


def definition_lines(fact: Fact) -> Iterator[str]:
    """What a fact defines a thing as, on the thing itself, and the claim that it is taken from."""
    thing = fact.entities["s"][0].iri
    yield t.triple(thing, t.DEFINITION, t.literal(fact.definition or "", language="zh"))
    yield t.triple(thing, t.BEST_DEFINITION, t.iri(fact.iri))


def standing(fact: Fact, parts: Parts) -> Rank:
    """How well a fact defines its thing; the best is the least.

    A definition of a regulation is best, then that of another policy or a standard, that of a paper, any other; of equals the
    surest, the fullest, and the first in order of documents.
    """
    first = fact.claims[0]
    work = parts.work(first.evidence.start)
    authority = min(_AUTHORITY.get(name or "", len(_AUTHORITY)) for name in (work.kind, work.genre))
    return authority, -first.confidence, -len(fact.definition or ""), fact.document, first.evidence.start, fact.iri


def kind_lines(kind: Term) -> Iterator[str]:
    """A kind of section or a unit: its names in both languages, and what it is called elsewhere."""
    yield t.triple(kind.iri, t.TYPE, t.iri(t.ZM + kind.kind))
    yield t.triple(kind.iri, t.PREF_LABEL, t.literal(kind.label, language="zh"))
    if kind.label_en:
        yield t.triple(kind.iri, t.PREF_LABEL, t.literal(kind.label_en, language="en"))
    yield from (t.triple(kind.iri, t.EXACT_MATCH, t.iri(same)) for same in kind.matches)


def document_iri(name: str, base: str) -> str:
    return f"{base}document/{slug(name)}"


def issued(date: str) -> str:
    """An odd date stays a plain string: a wrong xsd:date is rewritten, not refused, by some readers."""
    datatype = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(date))
    return t.literal(date, t.XSD + datatype) if datatype and date_bounds(date) else t.literal(date)


def entity_lines(entities: Mapping[str, Entity], describer: Describer) -> Iterator[str]:
    """The things that facts speak of, by IRI; with all that is broader, and the places that they are in or of."""
    every = {term.iri: entity_of(term) for entity in entities.values() for term in describer.terms_above(entity)} | {**entities}
    owners: dict[str, set[str]] = {}
    for entity in every.values():
        owners.setdefault(name_key(entity.label), set()).add(entity.iri)
    for entity in every.values():
        yield from describer.lines(entity, owners)


class Describer:
    """Describes things one at a time: what each lies in, its classes, and its names. Made once for an ontology.

    Terms lie in what is broader, places in places, and bodies are those of a place. All of that follows from a thing and the
    ontology. Two questions are about the other things of its group (those of the facts, or those that issued works):

    - Is a term above it there already, with more names than its vocabulary has? `entity_of` the `terms_above` of all things are
      added to the group, but for those whose IRI is in it (an anti-join on IRI).
    - Is an alias the name of another? `owners` has the IRIs of the things of the group, with the terms that were added, by
      `name_key` of their label; `lines` looks up those of `wants` only (a join on the key, then a group by the IRI that wants).
    """

    def __init__(self, ontology: Ontology, bodies: Bodies) -> None:
        self._ontology, self._bodies = ontology, bodies
        self._terms = {term.iri: term for term in ontology.terms}
        places = [term for term in ontology.terms if ontology.is_a(term.kind, "Place")]
        self._places = {name: term.iri for term in places for name in term.names}
        self._short = {name for term in places for name in term.names if name != term.label}

    def terms_above(self, entity: Entity) -> Iterator[Term]:
        """Every term that a thing lies in, however far above it, each once."""
        seen, waiting = {entity.iri}, [up for _, up in self._above(entity)]
        while waiting:
            term = self._terms.get(waiting.pop())
            if term and term.iri not in seen:
                seen.add(term.iri)
                waiting.extend(term.broader)
                yield term

    def wants(self, entity: Entity) -> frozenset[str]:
        """The keys of names by which the lines of a thing depend on others: those of its aliases."""
        return frozenset(map(name_key, entity.aliases))

    def lines(self, entity: Entity, owners: Mapping[str, Collection[str]]) -> Iterator[str]:
        """What a thing is; `owners` are the IRIs of the things whose label has a key, by that key: for the keys of `wants`."""
        members = self._bodies.members(entity.label) if "Body" in entity.kinds else ()
        listed = {name_key(name) for member in members for name in (member, self._bodies.plain(member))}
        yield from (t.triple(entity.iri, predicate, t.iri(up)) for predicate, up in self._above(entity))
        if entity.iri in self._terms and (code := self._terms[entity.iri].notation):
            yield t.triple(entity.iri, t.NOTATION, t.literal(code))
        yield from (t.triple(entity.iri, t.TYPE, t.iri(self._class_of(kind, bool(members)))) for kind in entity.kinds)
        shown = f"{entity.label}（{entity.qualifier}）" if entity.qualifier else entity.label
        yield t.triple(entity.iri, t.LABEL, t.literal(shown, language="zh"))
        if entity.qualifier:
            yield t.triple(entity.iri, t.QUALIFIER, t.literal(entity.qualifier))
        yield t.triple(entity.iri, t.PREF_LABEL, t.literal(entity.label, language="zh"))
        for alias in entity.aliases:
            # The name of another thing (a speech known by its speaker) helps to find this one, but is not what it is called.
            own = entity.iri in owners.get(name_key(alias), (entity.iri,)) and name_key(alias) not in listed
            yield t.triple(entity.iri, t.ALT_LABEL if own else t.HIDDEN_LABEL, t.literal(alias, language="zh"))
        yield from (t.triple(entity.iri, t.HIDDEN_LABEL, t.literal(found, language="zh")) for found in entity.found_by)

    def _class_of(self, kind: str, is_joint: bool) -> str:
        """The IRI of a class by its name; several bodies that act together are no body, where the ontology tells these apart."""
        classes = self._ontology.classes
        joint = classes.get("JointBody") if is_joint and kind == "Body" else None
        return (joint or classes[kind]).iri

    def _above(self, entity: Entity) -> Iterator[tuple[str, str]]:
        """The properties that lead from a thing to what it lies in, and that."""
        is_place = any(self._ontology.is_a(kind, "Place") for kind in entity.kinds)
        term = self._terms.get(entity.iri)
        if term:
            yield from ((t.CONTAINED_IN if is_place else t.BROADER, up) for up in term.broader)
            return
        of_body = "Body" in entity.kinds
        place = place_of(entity.label, self._places, self._short if is_place else ()) if is_place or of_body else None
        if place:
            yield (t.CONTAINED_IN if is_place else t.AREA_SERVED), place


def told_names(entity: Entity) -> Iterator[Naming]:
    """The names of a thing that are spelt otherwise than its label, where there is a reason for it."""
    return (naming for naming in entity.namings if naming.by and name_key(naming.name) != name_key(entity.label))


def name_lines(entity: Entity, ontology: Ontology, base: str) -> Iterator[str]:
    """The names of a thing that are spelt otherwise than its label: why each is one, and where it first stands."""
    for naming in told_names(entity):
        node = f"{base}name/{digest(entity.iri, naming.name)}"
        for reason in map(ontology.forms.reason, naming.by):
            yield t.triple(node, t.NAME_REASON, t.literal(reason.label_zh, language="zh"))
            yield t.triple(node, t.NAME_REASON, t.literal(reason.label_en, language="en"))
        yield t.triple(entity.iri, t.NAMED, t.iri(node))
        yield t.triple(node, t.TYPE, t.iri(t.NAME))
        yield t.triple(node, t.NAME_FORM, t.literal(naming.name, language="zh"))
        yield t.triple(node, t.QUOTED_FROM, t.iri(evidence_iri(naming.evidence, naming.document, base)))


def entity_of(term: Term) -> Entity:
    return Entity(term.iri, term.label, (term.kind,), tuple(sorted({*term.names} - {term.label})), term.iri)


def fact_lines(fact: Fact, ontology: Ontology, base: str, known: Known) -> Iterator[str]:
    """The direct triples of a fact."""
    shape = shape_of(fact.relation)
    if not shape.thing:
        prop = property_of(fact, ontology)
        assert prop is not None  # the gate lets no fact of an unknown property through
        yield t.triple(fact.entities["s"][0].iri, prop.iri, t.iri(fact.entities["o"][0].iri))
        return
    thing = thing_iri(fact, base)
    yield t.triple(thing, t.TYPE, t.iri(shape.thing))
    if shape.of_document:
        yield t.triple(document_iri(fact.document, base), shape.of_document, t.iri(thing))
    for slot, filler in shape.slots.items():
        if filler.link:
            yield from (t.triple(thing, filler.link, t.iri(entity.iri)) for entity in fact.entities.get(slot, ()))
    yield from _TOLD[fact.relation](thing, fact, known)


def date_lines_of(fact: Fact, base: str, known: Known) -> Iterator[str]:
    """The direct triples that date the event of a fact: those that a fact which dates it less finely goes without."""
    yield from _event_lines(thing_iri(fact, base), fact, known)


def fineness(fact: Fact) -> Rank:
    """How finely a fact dates its event; the finest is the least."""
    return -len(fact.values.get("date") or ""), int(fact.values.get("precision") != "ten days"), fact.iri


def thing_iri(fact: Fact, base: str) -> str:
    """The thing that a fact is told around: what its first slot names, or one that stands for what is said."""
    shape = shape_of(fact.relation)
    return f"{base}{shape.folder}/{fact.key}" if shape.folder else fact.entities[next(iter(shape.slots))][0].iri


def _literals(thing: str, fact: Fact) -> Iterator[str]:
    for name, value in shape_of(fact.relation).values.items():
        if value.link and (said := fact.values.get(name)):
            yield t.triple(thing, value.link, t.literal(said, value.datatype))


def _event_lines(thing: str, fact: Fact, known: Known) -> Iterator[str]:
    date, told = fact.values.get("date") or "", fact.values.get("precision")
    third = ten_days(date, fact.values.get("dateText") or "") if told == "ten days" else None
    if date_bounds(date):
        yield from _literals(thing, fact)
        yield from _bounds_lines(thing, third, "ten days") if third else _stretch_lines(thing, date, known.plans)


def _observation_lines(thing: str, fact: Fact, known: Known) -> Iterator[str]:
    """A figure: as it stood, as an exact number in its bare unit, and its time as first and last day."""
    yield from _literals(thing, fact)
    said = {name: fact.values.get(name) or "" for name in ("value", "unit", "period")}
    yield from _labelled(thing, fact, ("s", "indicator"), said["value"] + said["unit"])
    yield from _stretch_lines(thing, said["period"], known.plans)
    exact = amount(said["value"], said["unit"])
    if exact is None:
        return
    single = exact.low == exact.high
    for predicate, number in ((t.VALUE, exact.low),) if single else ((t.MIN_VALUE, exact.low), (t.MAX_VALUE, exact.high)):
        yield t.triple(thing, predicate, t.literal(plain(number), t.XSD + "decimal"))
    unit = known.units.get(exact.unit)
    if unit:
        yield t.triple(thing, t.UNIT, t.iri(unit.iri))
        yield from kind_lines(unit)


def _contrast_lines(thing: str, fact: Fact, known: Known) -> Iterator[str]:
    yield from _literals(thing, fact)
    yield from _labelled(thing, fact, ("a", "b", "dimension"))


def _work_lines(thing: str, fact: Fact, known: Known) -> Iterator[str]:
    """A cited work; its year is a year where it is one."""
    year = fact.values.get("year")
    yield from (line for line in _literals(thing, fact) if f"<{t.ISSUED}>" not in line)
    if year:
        yield t.triple(thing, t.ISSUED, issued(year[:4]))  # 2024a: the letter tells two works of a year apart
        yield from _stretch_lines(thing, year[:4], NO_PLANS)


def _stretch_lines(thing: str, date: str, plans: Plans) -> Iterator[str]:
    """The first and last day of an ISO date or range, and how fine it is; nothing for no date of the calendar."""
    bounds = date_bounds(date)
    if bounds:
        yield from _bounds_lines(thing, bounds, precision_of(date, plans))


def _bounds_lines(thing: str, bounds: tuple[str, str], precision: Precision) -> Iterator[str]:
    yield t.triple(thing, t.DATE_PRECISION, t.literal(precision))
    for predicate, day in zip((t.START_DATE, t.END_DATE), bounds, strict=True):
        yield t.triple(thing, predicate, t.literal(day, t.XSD + "date"))


def _labelled(thing: str, fact: Fact, slots: Iterable[str], *further: str) -> Iterator[str]:
    """A label for what stands for a fact itself: the names in its slots."""
    label = " ".join((*(fact.entities[slot][0].label for slot in slots), *further))
    yield t.triple(thing, t.LABEL, t.literal(label, language="zh"))
    yield t.triple(thing, t.PREF_LABEL, t.literal(label, language="zh"))


_TOLD = {"event": _event_lines, "indicator": _observation_lines, "contrast": _contrast_lines, "cites": _work_lines}


def claim_lines(fact: Fact, ontology: Ontology, base: str, activity: str, *, asked: bool = False) -> Iterator[str]:
    """The node that stands for one fact in one document. `activity` is the extraction by rules; where a language model was
    `asked` of the document too, there is a word on who found it."""
    node, best, shape = fact.iri, fact.claims[0], shape_of(fact.relation)
    yield t.triple(node, t.TYPE, t.iri(t.CLAIM))
    yield t.triple(node, t.RELATION, t.literal(fact.relation))
    if fact.facet:
        yield t.triple(node, t.FACET, t.literal(fact.facet))
    yield from _stated(fact, ontology, base)
    for slot, filler in shape.slots.items():
        things = sorted(fact.entities.get(slot, ()), key=lambda entity: entity.iri)
        yield from (t.triple(node, filler.claim, t.iri(entity.iri)) for entity in things)
        if things:
            wordings = (name.label for name in fact.entities[slot]) if filler.in_order else _wordings(fact, slot, things)
            yield t.triple(node, filler.wording, t.literal("；".join(wordings)))
    for name, value in shape.values.items():
        if said := fact.values.get(name):
            yield t.triple(node, value.claim, t.literal(said, value.datatype))
    yield from (t.triple(node, t.ATTRIBUTED_TO, t.iri(holder.iri)) for holder in fact.entities.get(HOLDER, ()))
    yield from (t.triple(node, t.QUOTED_FROM, t.iri(evidence_iri(c.evidence, fact.document, base))) for c in fact.claims)
    yield t.triple(node, t.BEST_EVIDENCE, t.iri(evidence_iri(best.evidence, fact.document, base)))
    yield from _reading_lines(fact, base, activity)
    if asked:
        yield t.triple(node, t.FOUND_BY, t.literal(fact.found_by))
    if fact.definition:
        yield t.triple(node, t.DEFINITION, t.literal(fact.definition, language="zh"))
    sure = f"{best.confidence:.4f}".rstrip("0").rstrip(".")
    yield t.triple(node, t.CONFIDENCE, t.literal(sure, t.XSD + "decimal"))
    yield from (t.triple(node, t.REVIEWED_BY, t.literal(by)) for by in fact.reviewed_by)
    if all(claim.planned for claim in fact.claims):
        yield t.triple(node, t.PLANNED, t.literal("true", t.XSD + "boolean"))


def _reading_lines(fact: Fact, base: str, activity: str) -> Iterator[str]:
    """Which extractions made the claim of a fact, and by which rules."""
    node, best = fact.iri, fact.claims[0]
    made_by = {maker_activity(claim.made_by, base) if claim.made_by else activity for claim in fact.claims}
    yield from (t.triple(node, t.GENERATED_BY, t.iri(each)) for each in made_by)
    yield t.triple(node, t.RULE, t.literal(best.rule))
    further = sorted({claim.rule for claim in fact.claims} - {best.rule})
    yield from (t.triple(node, t.FURTHER_RULE, t.literal(rule)) for rule in further)


def _stated(fact: Fact, ontology: Ontology, base: str) -> Iterator[str]:
    """The triple that a claim states: of a pair its property, of a work that it is cited, else what a thing is."""
    shape = shape_of(fact.relation)
    prop = property_of(fact, ontology)
    if shape.of_document:
        yield t.triple(fact.iri, t.SUBJECT, t.iri(document_iri(fact.document, base)))
        yield t.triple(fact.iri, t.PREDICATE, t.iri(shape.of_document))
    elif shape.thing:
        yield t.triple(fact.iri, t.SUBJECT, t.iri(thing_iri(fact, base)))
        yield t.triple(fact.iri, t.PREDICATE, t.iri(t.TYPE))
        yield t.triple(fact.iri, t.OBJECT, t.iri(shape.thing))
    else:
        yield t.triple(fact.iri, t.PREDICATE, t.iri(prop.iri if prop else t.TYPE))


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
    """A stretch of a document: where it stands, with its section, page or paragraph, and its words within their sentence.

    Of the sentence there is what `CONTEXT` allows.
    """
    document = sections.document
    node = evidence_iri(evidence, document.name, base)
    selector, words = (node.replace("/evidence/", folder, 1) for folder in ("/selector/", "/words/"))
    before, after = sentence_around(document.source, evidence.start, evidence.end)
    yield t.triple(node, t.TYPE, t.iri(t.SPECIFIC_RESOURCE))
    yield t.triple(node, t.HAS_SOURCE, t.iri(document_iri(document.name, base)))
    yield t.triple(node, t.HAS_SELECTOR, t.iri(selector))
    yield t.triple(node, t.HAS_SELECTOR, t.iri(words))
    section = sections.around(evidence.start)
    if section:
        yield t.triple(node, t.IS_PART_OF, t.iri(section))
    place = document.place(evidence.start)
    if place:
        yield t.triple(selector, t.PLACE, t.literal(str(place)))
        if place.page:
            yield t.triple(selector, t.PAGE, t.integer(place.page))
        if place.box:
            yield t.triple(selector, t.BOX, t.literal(" ".join(f"{edge:g}" for edge in place.box)))
        if place.ocr:
            yield t.triple(selector, t.OCR, t.literal("true", t.XSD + "boolean"))
    yield t.triple(selector, t.TYPE, t.iri(t.POSITION_SELECTOR))
    yield t.triple(selector, t.START, t.integer(evidence.start))
    yield t.triple(selector, t.END, t.integer(evidence.end))
    yield t.triple(words, t.TYPE, t.iri(t.QUOTE_SELECTOR))
    yield t.triple(words, t.EXACT, t.literal(evidence.quote))
    yield from (
        t.triple(words, predicate, t.literal(text)) for predicate, text in ((t.PREFIX, before), (t.SUFFIX, after)) if text
    )


def sentence_around(source: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after source[start:end] in its sentence, at most `CONTEXT` characters each."""
    before = source[max(0, start - CONTEXT) : start]
    borders = [match.end() for match in _SENTENCE_END.finditer(before)]
    after = source[end : end + CONTEXT]
    if _SENTENCE_END.match(source, end - 1):
        return before[borders[-1] if borders else 0 :], ""
    border = _SENTENCE_END.search(after)
    return before[borders[-1] if borders else 0 :], after[: border.end()].rstrip("\n") if border else after
