"""The ontology folder, read once: schema.ttl and vocab/*.ttl → terms, properties and classes with their cue words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, SKOS
from rdflib.term import Node

from pipeline import terms as t
from pipeline.contract import IN_GRAMMAR, KINDS, ZM, check_labels, check_names, check_wants, families, unread_files, unused
from pipeline.digest import ONTOLOGY_SUFFIXES, folder_sha256
from pipeline.errors import OntologyError
from pipeline.grammar.rules import Rule, read_confidence, read_rules
from pipeline.ledger.forms import Forms, read_forms
from pipeline.lexicon import Lexicon, read_lexicon
from pipeline.turtle import TurtleFile

if TYPE_CHECKING:
    from pipeline.kept import Shelf

VOCAB = "https://w3id.org/zhimai/vocab/"
_Kinds = tuple[tuple[str, ...], ...]  # what a thing must be: one class of each group


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a vocabulary. `kind` is the local name of its class; `names` are its Chinese labels, `label` first."""

    iri: str
    kind: str
    label: str
    names: tuple[str, ...]
    notation: str | None
    broader: tuple[str, ...]
    label_en: str = ""
    matches: tuple[str, ...] = ()  # IRIs of the same thing elsewhere
    start: str = ""  # of a period, its first and its last day, ISO 8601
    end: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the schema. `parents` are the names of its direct super-properties.

    `domain` and `range` are what its subjects and objects must be, with what its super-properties ask: one class of each group
    (rdfs:domain, or an owl:unionOf); none allows anything.
    """

    iri: str
    name: str
    label_zh: str
    label_en: str
    parents: tuple[str, ...]
    noun_cues: tuple[str, ...]
    verb_cues: tuple[str, ...]
    domain: _Kinds
    range: _Kinds


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class of the schema. `parents` are the names of its direct super-classes in the schema."""

    iri: str
    name: str
    label_zh: str
    label_en: str
    parents: tuple[str, ...]
    noun_cues: tuple[str, ...]
    verb_cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All that the pipeline knows of its domain. `sha256` is over every file of the folder, names and bytes.

    Classes and properties go by their local names. `unused` says, a line each, what the pipeline cannot use of the folder.
    """

    folder: Path
    sha256: str
    terms: tuple[Term, ...]
    properties: Mapping[str, Property]
    classes: Mapping[str, OntologyClass]
    facet_names: Mapping[str, str]  # "element" → "hasElement"
    unused: tuple[str, ...] = ()
    lexicon: Lexicon = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    confidence: Mapping[str, float] = field(default_factory=dict)  # by the name of a rule, as measured
    forms: Forms = field(default_factory=Forms)  # of names: which are one

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether class `name` is `ancestor` or below it; False for a name that is no class of the schema."""
        if name not in self.classes:
            return False
        return name == ancestor or any(self.is_a(parent, ancestor) for parent in self.classes[name].parents)

    def is_below(self, name: str, ancestor: str) -> bool:
        """Whether property `name` is a sub-property of `ancestor`, by however many steps."""
        parents = self.properties[name].parents if name in self.properties else ()
        return ancestor in parents or any(self.is_below(parent, ancestor) for parent in parents)

    def facets(self) -> Mapping[str, Property]:
        """The sub-properties of `defines` by the facet that they stand for: "element" → hasElement."""
        return {facet: self.properties[name] for facet, name in self.facet_names.items()}

    def families(self) -> tuple[str, ...]:
        """The families of claims that this ontology has the terms for."""
        return families((*self.classes, *self.properties))

    def plain_relations(self) -> tuple[str, ...]:
        """The properties, beyond those of the families, that have rules in grammar/ and are read by these alone."""
        named = {rule.relation for rule in self.rules} - {*IN_GRAMMAR}
        return tuple(sorted(named & self.properties.keys()))

    def read_as(self, kind: str) -> str:
        """The class that rules take a `kind` for: itself where they know it, else the nearest above it that they know."""
        level = [kind]
        while level:
            known = sorted(KINDS.intersection(level))
            if known:
                return known[0]
            level = [parent for name in level for parent in self.classes[name].parents]
        return kind

    def terms_as_read(self) -> tuple[Term, ...]:
        """The terms, each of the class that rules take it for."""
        kinds = {kind: self.read_as(kind) for kind in {term.kind for term in self.terms}}
        return tuple(term if kinds[term.kind] == term.kind else replace(term, kind=kinds[term.kind]) for term in self.terms)


class _Described(NamedTuple):
    """What the Turtle files of an ontology say; `unused` as in Ontology, but for files that are never read."""

    terms: tuple[Term, ...]
    properties: Mapping[str, Property]
    classes: Mapping[str, OntologyClass]
    facet_names: Mapping[str, str]
    unused: tuple[str, ...] = ()


def load_ontology(folder: Path, shelf: Shelf | None = None) -> Ontology:
    """Read an ontology folder; what its Turtle files say, from a `shelf` where it stands there as they say it, else onto it.

    Raises OntologyError, naming file and line, for a missing or malformed file, a class, property or term without its labels, a
    term of an unknown class or with two classes, a super-class, super-property, domain or range that is not declared, a name of
    two things; and, all at once, for what the pipeline wants and the schema lacks.
    """
    key = shelf.ontology_key(folder) if shelf else ""
    described = shelf.value(key, _Described) if shelf else None
    ontology = _with_grammar(folder, described) if described else _parsed(folder)
    if shelf and described is None:
        known = (ontology.terms, ontology.properties, ontology.classes, ontology.facet_names, ontology.unused)
        shelf.put_value(key, _Described(*known))
    return replace(ontology, unused=(*unread_files(folder), *ontology.unused))


def _parsed(folder: Path) -> Ontology:
    """What the files of a folder say; `unused` without the files that are never read."""
    schema_file = folder / "schema.ttl"
    if not schema_file.is_file():
        raise OntologyError(f"{schema_file}: not found. Name a folder that holds schema.ttl and vocab/*.ttl with --ontology.")
    schema = TurtleFile(schema_file)
    classes = _by_name(_classes(schema), schema)
    declared = _by_name(_properties(schema), schema)
    facets = _facets(schema, declared)
    _check_references(classes, declared, schema)
    properties = {name: _inherited(prop, declared) for name, prop in declared.items()}
    check_labels(classes.values(), schema)
    check_labels(properties.values(), schema)
    vocabularies = [TurtleFile(file) for file in sorted((folder / "vocab").glob("*.ttl"))]
    described = _Described(_all_terms(vocabularies, classes), properties, classes, facets)
    check_wants(classes, properties, schema)
    ontology = _with_grammar(folder, described)
    return replace(ontology, unused=tuple(unused(ontology, schema, vocabularies)))


def _all_terms(vocabularies: Iterable[TurtleFile], classes: Mapping[str, OntologyClass]) -> tuple[Term, ...]:
    terms: dict[str, Term] = {}
    files: dict[str, TurtleFile] = {}
    for file in vocabularies:
        for term in _terms(file, classes):
            if term.iri in terms:
                other = files[term.iri].at(term.iri)
                told = f"<{term.iri}> is described in two vocabularies, here and in {other}"
                raise OntologyError(f"{file.at(term.iri)}: {told}. Keep one of the two entries.")
            terms[term.iri], files[term.iri] = term, file
    ordered = tuple(terms[iri] for iri in sorted(terms))
    check_names(ordered, files)
    return ordered


def _with_grammar(folder: Path, described: _Described) -> Ontology:
    """What the Turtle files say, with the words and the rules of the folder."""
    facets = [described.properties[name] for name in described.facet_names.values()]
    lexicon = {
        **read_lexicon(folder),
        "noun": tuple(sorted({cue for prop in facets for cue in prop.noun_cues})),
        "verb": tuple(sorted({cue for prop in facets for cue in prop.verb_cues})),
    }
    return Ontology(
        folder,
        folder_sha256(folder, ONTOLOGY_SUFFIXES),
        described.terms,
        described.properties,
        described.classes,
        described.facet_names,
        described.unused,
        lexicon=lexicon,
        rules=read_rules(folder, lexicon),
        confidence=read_confidence(folder),
        forms=read_forms(folder, lexicon),
    )


def load_vocabulary(folder: Path, name: str) -> tuple[Term, ...]:
    """The terms of `folder`/vocab/`name`.ttl alone, in a tenth of a second; none where there is no such file.

    Raises OntologyError as `load_ontology` does.
    """
    file = folder / "vocab" / f"{name}.ttl"
    if not file.is_file():
        return ()
    schema = TurtleFile(folder / "schema.ttl")
    return tuple(_terms(TurtleFile(file), _by_name(_classes(schema), schema)))


def _local(iri: object) -> str:
    """The name of a class or property: what follows the last # or / of its IRI."""
    return re.split(r"[#/]", str(iri))[-1]


def _own(iris: Iterable[Node], schema: Graph) -> tuple[str, ...]:
    """Names, sorted, of those `iris` that the schema describes itself."""
    return tuple(sorted(_local(iri) for iri in iris if isinstance(iri, URIRef) and _is_own(iri, schema)))


def _is_own(iri: URIRef, schema: Graph) -> bool:
    """Whether a term is the schema's: of the zm namespace, or of another and labelled; one only named in passing is borrowed."""
    return iri.startswith(ZM) or (iri, RDFS.label, None) in schema


def _cues(schema: Graph, subject: URIRef, kind: str) -> tuple[str, ...]:
    return tuple(sorted(str(cue) for cue in schema.objects(subject, URIRef(ZM + kind))))


def _label(schema: TurtleFile, subject: URIRef, language: str) -> str:
    for label in schema.graph.objects(subject, RDFS.label):
        if isinstance(label, Literal) and label.language == language:
            return str(label)
    name = f"zm:{_local(subject)}" if subject.startswith(ZM) else f"<{subject}>"
    raise OntologyError(f'{schema.at(subject)}: {name} has no label in "{language}". Add rdfs:label "…"@{language}.')


def _declared(schema: Graph, *types: URIRef) -> list[URIRef]:
    """The schema's own terms that are declared as one of `types`, in order of name."""
    found = {s for kind in types for s in schema.subjects(RDF.type, kind) if isinstance(s, URIRef) and _is_own(s, schema)}
    return sorted(found)


def _classes(schema: TurtleFile) -> Iterator[OntologyClass]:
    for iri in _declared(schema.graph, OWL.Class, RDFS.Class):
        yield OntologyClass(
            iri=str(iri),
            name=_local(iri),
            label_zh=_label(schema, iri, "zh"),
            label_en=_label(schema, iri, "en"),
            parents=_own(schema.graph.objects(iri, RDFS.subClassOf), schema.graph),
            noun_cues=_cues(schema.graph, iri, "nounCue"),
            verb_cues=_cues(schema.graph, iri, "verbCue"),
        )


def _properties(schema: TurtleFile) -> Iterator[Property]:
    for iri in _declared(schema.graph, OWL.ObjectProperty, OWL.DatatypeProperty):
        yield Property(
            iri=str(iri),
            name=_local(iri),
            label_zh=_label(schema, iri, "zh"),
            label_en=_label(schema, iri, "en"),
            parents=_own(schema.graph.objects(iri, RDFS.subPropertyOf), schema.graph),
            noun_cues=_cues(schema.graph, iri, "nounCue"),
            verb_cues=_cues(schema.graph, iri, "verbCue"),
            domain=_groups(schema, iri, RDFS.domain),
            range=_groups(schema, iri, RDFS.range),
        )


def _groups(schema: TurtleFile, prop: URIRef, predicate: URIRef) -> _Kinds:
    """What each rdfs:domain or rdfs:range of a property allows: one class, or those of a union."""
    groups = []
    for value in schema.graph.objects(prop, predicate):
        union = schema.graph.value(value, OWL.unionOf) if isinstance(value, BNode) else None
        if isinstance(value, BNode) and union is None:
            told = f"the {_local(predicate)} of {_local(prop)} is neither a class nor an owl:unionOf of classes"
            raise OntologyError(f"{schema.at(prop, predicate)}: {told}. Name one.")
        groups.append(_own(Collection(schema.graph, union) if union is not None else (value,), schema.graph))
    return tuple(sorted(group for group in groups if group))


_Thing = TypeVar("_Thing", OntologyClass, Property)


def _by_name(things: Iterable[_Thing], schema: TurtleFile) -> dict[str, _Thing]:
    found: dict[str, _Thing] = {}
    for thing in things:
        other = found.setdefault(thing.name, thing)
        if other is not thing:
            raise OntologyError(f"{schema.at(thing.iri)}: <{thing.iri}> ends as <{other.iri}> does. Rename one of the two.")
    return found


def _facets(schema: TurtleFile, properties: Mapping[str, Property]) -> dict[str, str]:
    """Facet → name of its property, which must be one below zm:defines."""
    found: dict[str, str] = {}
    for subject, value in sorted(schema.graph.subject_objects(URIRef(ZM + "facet"))):
        name, at = _local(subject), schema.at(subject, value)
        if name not in properties:
            raise OntologyError(f"{at}: {name} has a zm:facet and is no property. Declare it as an owl:ObjectProperty.")
        if not any(_local(up) == "defines" for up in schema.graph.transitive_objects(subject, RDFS.subPropertyOf)):
            raise OntologyError(f"{at}: {name} has a zm:facet and is not below zm:defines. Add rdfs:subPropertyOf zm:defines.")
        if found.setdefault(str(value), name) != name:
            raise OntologyError(f"{at}: facet {value} is that of {found[str(value)]} too. Give each its own.")
    return found


def _check_references(classes: Mapping[str, OntologyClass], properties: Mapping[str, Property], schema: TurtleFile) -> None:
    wanted = [(c.iri, parent, classes.keys()) for c in classes.values() for parent in c.parents]
    wanted += [(p.iri, name, classes.keys()) for p in properties.values() for group in p.domain + p.range for name in group]
    wanted += [(p.iri, parent, properties.keys()) for p in properties.values() for parent in p.parents]
    for user, name, known in wanted:
        if name not in known:
            at = schema.at(user, ZM + name)
            told = f"{_local(user)} refers to zm:{name}, which is not declared"
            raise OntologyError(f"{at}: {told}. Declare it or correct the name.")
    for things in (classes, properties):
        for name in things:
            _check_acyclic(name, things, (), schema)


def _check_acyclic(
    name: str, things: Mapping[str, OntologyClass] | Mapping[str, Property], below: tuple[str, ...], schema: TurtleFile
) -> None:
    if name in below:
        kind = "class" if isinstance(things[name], OntologyClass) else "property"
        raise OntologyError(
            f"{schema.at(things[name].iri)}: zm:{name} is a sub-{kind} of itself. Remove one of the links of {', '.join(below)}."
        )
    for parent in things[name].parents:
        _check_acyclic(parent, things, (*below, name), schema)


def _inherited(prop: Property, properties: Mapping[str, Property]) -> Property:
    """A property with all that its super-properties ask of subject and object: what it states, they state too."""
    parents = [_inherited(properties[name], properties) for name in prop.parents]
    domain = (*prop.domain, *(group for parent in parents for group in parent.domain))
    return replace(
        prop,
        domain=tuple(dict.fromkeys(domain)),
        range=tuple(dict.fromkeys((*prop.range, *(group for parent in parents for group in parent.range)))),
    )


def _terms(file: TurtleFile, classes: Mapping[str, OntologyClass]) -> Iterator[Term]:
    names = {c.iri: c.name for c in classes.values()}
    entries: dict[Node, dict[Node, list[Node]]] = {}
    for subject, predicate, value in file.graph:  # one pass: asking the graph for each term costs as much as parsing it
        entries.setdefault(subject, {}).setdefault(predicate, []).append(value)
    for subject, values in sorted(entries.items(), key=lambda entry: str(entry[0])):
        types = values.get(RDF.type, [])
        if SKOS.ConceptScheme in types:
            continue
        kinds = sorted(_local(kind) for kind in types if str(kind) in names or str(kind).startswith(ZM))
        if len(kinds) != 1 or kinds[0] not in classes:
            found = ", ".join(kinds) or "none"
            raise OntologyError(f"{file.at(subject)}: <{subject}> must have one class of schema.ttl, not {found}.")
        preferred = _zh(values.get(SKOS.prefLabel, []))
        if len(preferred) != 1:
            raise OntologyError(f'{file.at(subject)}: <{subject}> must have one skos:prefLabel "…"@zh, not {len(preferred)}.')
        others = _zh(values.get(SKOS.altLabel, [])) + _zh(values.get(SKOS.hiddenLabel, []))
        yield Term(
            iri=str(subject),
            kind=kinds[0],
            label=preferred[0],
            names=tuple(dict.fromkeys(preferred + others)),
            notation=min((str(code) for code in values.get(SKOS.notation, [])), default=None),
            matches=tuple(sorted(str(same) for same in values.get(SKOS.exactMatch, []))),
            broader=tuple(
                sorted(str(wider) for wider in [*values.get(SKOS.broader, []), *values.get(URIRef(t.CONTAINED_IN), [])])
            ),
            label_en=min((str(label) for label in values.get(SKOS.prefLabel, []) if _in_english(label)), default=""),
            start=min(map(str, values.get(URIRef(t.START_DATE), [])), default=""),
            end=max(map(str, values.get(URIRef(t.END_DATE), [])), default=""),
        )


def _in_english(label: Node) -> bool:
    return isinstance(label, Literal) and label.language == "en"


def _zh(labels: Iterable[Node]) -> list[str]:
    return sorted(str(label) for label in labels if isinstance(label, Literal) and label.language == "zh")
