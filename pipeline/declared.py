"""What the Turtle files of an ontology folder declare: schema.ttl and vocab/*.ttl → classes and properties with their cue words,
and terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL
from rdflib.term import Node

from pipeline import terms as t
from pipeline.contract import ZM, check_labels, check_names, check_wants
from pipeline.errors import OntologyError
from pipeline.ontology import Declared, Kinds, OntologyClass, Property, Term
from pipeline.turtle import TurtleFile


class Files(NamedTuple):
    """The Turtle files of a folder, and what they declare, but for what is of no use."""

    declared: Declared
    schema: TurtleFile
    vocabularies: tuple[TurtleFile, ...]


def read_declared(folder: Path) -> Files:
    """Read the Turtle files of an ontology folder. Raises OntologyError as `load_ontology` does."""
    schema_file = folder / "schema.ttl"
    if not schema_file.is_file():
        raise OntologyError(f"{schema_file}: not found. Name a folder that holds schema.ttl and vocab/*.ttl with --ontology.")
    schema = TurtleFile(schema_file)
    classes = _by_name(_classes(schema), schema)
    own = _by_name(_properties(schema), schema)
    facets = _facets(schema, own)
    _check_references(classes, own, schema)
    properties = {name: _inherited(prop, own) for name, prop in own.items()}
    check_labels(classes.values(), schema)
    check_labels(properties.values(), schema)
    vocabularies = tuple(TurtleFile(file) for file in sorted((folder / "vocab").glob("*.ttl")))
    declared = Declared(_all_terms(vocabularies, classes), properties, classes, facets)
    check_wants(classes, properties, schema)
    return Files(declared, schema, vocabularies)


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


def _groups(schema: TurtleFile, prop: URIRef, predicate: URIRef) -> Kinds:
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
    for subject, entry in sorted(file.entries.items(), key=lambda each: each[0]):
        types = entry.texts(t.TYPE)
        if t.SKOS + "ConceptScheme" in types:
            continue
        kinds = sorted(_local(kind) for kind in types if kind in names or kind.startswith(ZM))
        if len(kinds) != 1 or kinds[0] not in classes:
            found = ", ".join(kinds) or "none"
            raise OntologyError(f"{file.at(subject)}: <{subject}> must have one class of schema.ttl, not {found}.")
        preferred = sorted(entry.labels(t.PREF_LABEL, "zh"))
        if len(preferred) != 1:
            raise OntologyError(f'{file.at(subject)}: <{subject}> must have one skos:prefLabel "…"@zh, not {len(preferred)}.')
        others = sorted(entry.labels(t.ALT_LABEL, "zh")) + sorted(entry.labels(t.HIDDEN_LABEL, "zh"))
        yield Term(
            iri=subject,
            kind=kinds[0],
            label=preferred[0],
            names=tuple(dict.fromkeys(preferred + others)),
            notation=min(entry.texts(t.NOTATION), default=None),
            matches=tuple(sorted(entry.texts(t.EXACT_MATCH))),
            broader=tuple(sorted(entry.texts(t.BROADER) + entry.texts(t.CONTAINED_IN))),
            label_en=min(entry.labels(t.PREF_LABEL, "en"), default=""),
            start=min(entry.texts(t.START_DATE), default=""),
            end=max(entry.texts(t.END_DATE), default=""),
        )
