"""The ontology folder, read once: schema.ttl and vocab/*.ttl → terms, properties and classes with their cue words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import OWL, SKOS
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from pipeline.errors import OntologyError

ZM = "https://w3id.org/zhimai#"
VOCAB = "https://w3id.org/zhimai/vocab/"


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a vocabulary. `kind` is the local name of its class; `names` are its Chinese labels, `label` first."""

    iri: str
    kind: str
    label: str
    names: tuple[str, ...]
    notation: str | None
    broader: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the schema. `parent`, `domain` and `range` are local names; an empty domain or range allows anything."""

    iri: str
    name: str
    label_zh: str
    label_en: str
    parent: str | None
    noun_cues: tuple[str, ...]
    verb_cues: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class of the schema. `parents` are the local names of its direct super-classes in the schema's own namespace."""

    iri: str
    name: str
    label_zh: str
    label_en: str
    parents: tuple[str, ...]
    noun_cues: tuple[str, ...]
    verb_cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All that the pipeline knows of its domain. `sha256` is over every file of the folder, names and bytes."""

    folder: Path
    sha256: str
    terms: tuple[Term, ...]
    properties: Mapping[str, Property]
    classes: Mapping[str, OntologyClass]
    facet_names: Mapping[str, str]  # "element" → "hasElement"

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether class `name` is `ancestor` or below it; False for a name that is no class of the schema."""
        if name not in self.classes:
            return False
        return name == ancestor or any(self.is_a(parent, ancestor) for parent in self.classes[name].parents)

    def facets(self) -> Mapping[str, Property]:
        """The sub-properties of `defines` by the facet that they stand for: "element" → hasElement."""
        return {facet: self.properties[name] for facet, name in self.facet_names.items()}


def load_ontology(folder: Path) -> Ontology:
    """Read `folder`/schema.ttl and `folder`/vocab/*.ttl.

    Raises OntologyError, naming the file, for a missing or malformed file, a class, property or term without its labels, a
    term of an unknown class or with two classes, a super-class, super-property, domain or range that is not declared.
    """
    schema_file = folder / "schema.ttl"
    if not schema_file.is_file():
        raise OntologyError(f"{schema_file}: not found. Name a folder that holds schema.ttl and vocab/*.ttl with --ontology.")
    schema = _parse(schema_file)
    classes = {c.name: c for c in _classes(schema, schema_file)}
    properties = {p.name: p for p in _properties(schema, schema_file)}
    facets = {str(value): _local(iri) for iri, value in sorted(schema.subject_objects(URIRef(ZM + "facet")))}
    _check_references(classes, properties, facets, schema_file)
    terms: dict[str, Term] = {}
    for file in sorted((folder / "vocab").glob("*.ttl")):
        for term in _terms(file, classes):
            if term.iri in terms:
                raise OntologyError(f"{file}: <{term.iri}> is described in two vocabularies. Keep one of the two entries.")
            terms[term.iri] = term
    return Ontology(folder, _sha256(folder), tuple(terms[iri] for iri in sorted(terms)), properties, classes, facets)


def _parse(file: Path) -> Graph:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{file}: cannot be read ({error}). Save it as UTF-8 text.") from error
    graph = Graph(store="SimpleMemory")  # half the indexing work of the default store
    try:
        graph.parse(data=text, format="turtle")
    except (BadSyntax, IndexError, ValueError, AssertionError) as error:  # rdflib runs off the end of a file that is cut short
        line = error.lines + 1 if isinstance(error, BadSyntax) else text.count("\n") + 1
        raise OntologyError(f"{file}: no valid Turtle near line {line}. Correct it and run again.") from error
    return graph


def _sha256(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.suffix in {".ttl", ".rq"}):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _local(iri: object) -> str:
    return str(iri).removeprefix(ZM)


def _own(iris: Iterable[object]) -> tuple[str, ...]:
    """Local names, sorted, of those `iris` that are in the schema's own namespace."""
    return tuple(sorted(_local(iri) for iri in iris if str(iri).startswith(ZM)))


def _cues(schema: Graph, subject: URIRef, kind: str) -> tuple[str, ...]:
    return tuple(sorted(str(cue) for cue in schema.objects(subject, URIRef(ZM + kind))))


def _label(schema: Graph, subject: URIRef, language: str, file: Path) -> str:
    for label in schema.objects(subject, RDFS.label):
        if isinstance(label, Literal) and label.language == language:
            return str(label)
    raise OntologyError(f'{file}: zm:{_local(subject)} has no label in "{language}". Add rdfs:label "…"@{language}.')


def _declared(schema: Graph, *types: URIRef) -> list[URIRef]:
    """The subjects of the schema's own namespace that are declared as one of `types`, in order of name."""
    found = {s for kind in types for s in schema.subjects(RDF.type, kind) if isinstance(s, URIRef) and s.startswith(ZM)}
    return sorted(found)


def _classes(schema: Graph, file: Path) -> Iterator[OntologyClass]:
    for iri in _declared(schema, OWL.Class):
        yield OntologyClass(
            iri=str(iri),
            name=_local(iri),
            label_zh=_label(schema, iri, "zh", file),
            label_en=_label(schema, iri, "en", file),
            parents=_own(schema.objects(iri, RDFS.subClassOf)),
            noun_cues=_cues(schema, iri, "nounCue"),
            verb_cues=_cues(schema, iri, "verbCue"),
        )


def _properties(schema: Graph, file: Path) -> Iterator[Property]:
    for iri in _declared(schema, OWL.ObjectProperty, OWL.DatatypeProperty):
        parents = _own(schema.objects(iri, RDFS.subPropertyOf))
        yield Property(
            iri=str(iri),
            name=_local(iri),
            label_zh=_label(schema, iri, "zh", file),
            label_en=_label(schema, iri, "en", file),
            parent=parents[0] if parents else None,
            noun_cues=_cues(schema, iri, "nounCue"),
            verb_cues=_cues(schema, iri, "verbCue"),
            domain=_own(schema.objects(iri, RDFS.domain)),
            range=_own(schema.objects(iri, RDFS.range)),
        )


def _check_references(
    classes: Mapping[str, OntologyClass], properties: Mapping[str, Property], facets: Mapping[str, str], file: Path
) -> None:
    wanted = [(c.name, parent, classes.keys()) for c in classes.values() for parent in c.parents]
    wanted += [(p.name, name, classes.keys()) for p in properties.values() for name in p.domain + p.range]
    wanted += [(p.name, p.parent, properties.keys()) for p in properties.values() if p.parent]
    wanted += [(facet, name, properties.keys()) for facet, name in facets.items()]
    for user, name, known in wanted:
        if name not in known:
            raise OntologyError(f"{file}: {user} refers to zm:{name}, which is not declared. Declare it or correct the name.")
    for name in classes:
        _check_acyclic(name, classes, (), file)


def _check_acyclic(name: str, classes: Mapping[str, OntologyClass], below: tuple[str, ...], file: Path) -> None:
    if name in below:
        raise OntologyError(f"{file}: zm:{name} is a sub-class of itself. Remove one rdfs:subClassOf of {', '.join(below)}.")
    for parent in classes[name].parents:
        _check_acyclic(parent, classes, (*below, name), file)


def _terms(file: Path, classes: Mapping[str, OntologyClass]) -> Iterator[Term]:
    entries: dict[Node, dict[Node, list[Node]]] = {}
    for subject, predicate, value in _parse(file):  # one pass: asking the graph for each term costs as much as parsing it
        entries.setdefault(subject, {}).setdefault(predicate, []).append(value)
    for subject, values in sorted(entries.items(), key=lambda entry: str(entry[0])):
        types = values.get(RDF.type, [])
        if SKOS.ConceptScheme in types:
            continue
        kinds = _own(types)
        if len(kinds) != 1 or kinds[0] not in classes:
            raise OntologyError(f"{file}: <{subject}> must have one class of schema.ttl, not {', '.join(kinds) or 'none'}.")
        preferred = _zh(values.get(SKOS.prefLabel, []))
        if len(preferred) != 1:
            raise OntologyError(f'{file}: <{subject}> must have one skos:prefLabel "…"@zh, not {len(preferred)}.')
        others = _zh(values.get(SKOS.altLabel, [])) + _zh(values.get(SKOS.hiddenLabel, []))
        yield Term(
            iri=str(subject),
            kind=kinds[0],
            label=preferred[0],
            names=tuple(dict.fromkeys(preferred + others)),
            notation=min((str(code) for code in values.get(SKOS.notation, [])), default=None),
            broader=tuple(sorted(str(wider) for wider in values.get(SKOS.broader, []))),
        )


def _zh(labels: Iterable[Node]) -> list[str]:
    return sorted(str(label) for label in labels if isinstance(label, Literal) and label.language == "zh")
