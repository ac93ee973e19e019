"""The ontology folder, read once: what its Turtle files declare (declared.py, or what a shelf has kept), its words and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.contract import IN_GRAMMAR, KINDS, families, unread_files, unused
from pipeline.digest import ONTOLOGY_SUFFIXES, folder_sha256
from pipeline.grammar.rules import Rule, read_confidence, read_rules
from pipeline.ledger.forms import Forms, read_forms
from pipeline.lexicon import Lexicon, read_lexicon

if TYPE_CHECKING:
    from pipeline.kept import Shelf

VOCAB = "https://w3id.org/zhimai/vocab/"
Kinds = tuple[tuple[str, ...], ...]  # what a thing must be: one class of each group


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
    domain: Kinds
    range: Kinds


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


class Declared(NamedTuple):
    """What the Turtle files of an ontology declare; `unused` as in Ontology, but for files that are never read."""

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
    declared = shelf.value(key, Declared) if shelf else None
    ontology = _with_grammar(folder, declared) if declared else _parsed(folder)
    if shelf and declared is None:
        known = (ontology.terms, ontology.properties, ontology.classes, ontology.facet_names, ontology.unused)
        shelf.put_value(key, Declared(*known))
    return replace(ontology, unused=(*unread_files(folder), *ontology.unused))


def _parsed(folder: Path) -> Ontology:
    """What the files of a folder say; `unused` without the files that are never read."""
    from pipeline.declared import read_declared  # and with it rdflib, which takes longer to load than what the shelf has kept

    found = read_declared(folder)
    ontology = _with_grammar(folder, found.declared)
    return replace(ontology, unused=tuple(unused(ontology, found.schema, found.vocabularies)))


def _with_grammar(folder: Path, declared: Declared) -> Ontology:
    """What the Turtle files say, with the words and the rules of the folder."""
    facets = [declared.properties[name] for name in declared.facet_names.values()]
    lexicon = {
        **read_lexicon(folder),
        "noun": tuple(sorted({cue for prop in facets for cue in prop.noun_cues})),
        "verb": tuple(sorted({cue for prop in facets for cue in prop.verb_cues})),
    }
    return Ontology(
        folder,
        folder_sha256(folder, ONTOLOGY_SUFFIXES),
        declared.terms,
        declared.properties,
        declared.classes,
        declared.facet_names,
        declared.unused,
        lexicon=lexicon,
        rules=read_rules(folder, lexicon),
        confidence=read_confidence(folder),
        forms=read_forms(folder, lexicon),
    )
