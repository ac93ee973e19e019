"""What an ontology folder says of itself: its heading, its terms with labels and definitions, its vocabularies and its rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from pipeline.patterns import lazy
from pipeline.schema import shortened
from pipeline.terms import NAMESPACES, ZM
from pipeline.turtle import TurtleFile

SORTS = {  # what a term is, in the order of the page
    OWL.Class: "class",
    RDFS.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "datatype property",
    OWL.AnnotationProperty: "annotation property",
}
_ALIGNING = (
    *(OWL.equivalentClass, OWL.equivalentProperty, OWL.inverseOf, OWL.sameAs, RDFS.seeAlso),
    *(SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch),
)
_SAMPLES = 5  # names shown of a vocabulary
_LINE = lazy(r"^#[ \t]*(.*?)[ \t]*$", re.MULTILINE)


class Words(NamedTuple):
    """The same in Chinese and English; "" where it is not said."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Described:
    """A class or property as the schema describes it; every other term is an IRI.

    `domain` and `range` have a group for each demand: one of its terms must be the thing's. `values` are those of the schema's
    own annotations, by IRI: cue words, facets.
    """

    iri: str
    sort: str
    own: bool  # described here, not only declared for use
    label: Words
    definition: Words
    note: Words  # what it is used for
    above: tuple[str, ...]
    domain: tuple[tuple[str, ...], ...]
    range: tuple[tuple[str, ...], ...]
    disjoint: tuple[str, ...]
    aligned: tuple[tuple[str, str], ...]  # by what, to what
    values: Mapping[str, tuple[str, ...]]

    @property
    def called(self) -> Words:
        """Its label, or what a borrowed term is called here: what its note says before a colon."""
        if any(self.label):
            return self.label
        zh, en = (said.partition(colon) for said, colon in zip(self.note, "：:", strict=True))
        return Words(zh[0], en[0]) if zh[2] and en[2] else Words("", "")

    @property
    def local(self) -> str:
        """The local name, which is the anchor of an own term."""
        return re.split(r"[#/]", self.iri)[-1]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary: its file, its IRI, what it is called, from what it was made, how many terms of which class, some names."""

    file: str
    iri: str
    label: Words
    sources: tuple[str, ...]
    kinds: Mapping[str, int]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """All that the page tells of an ontology but what depends on a graph. `heading` has IRIs and literals by property."""

    iri: str
    title: Words
    description: Words
    heading: Mapping[str, tuple[str, ...]]
    prefixes: Mapping[str, str]
    terms: Mapping[str, Described]
    vocabularies: tuple[Vocabulary, ...]

    def short(self, iri: str) -> str:
        """An IRI by its prefix; in full where none fits."""
        return shortened(iri, {**NAMESPACES, **self.prefixes})

    def of(self, sort: str, *, own: bool = True) -> list[Described]:
        """The terms of a sort, in the order of the schema."""
        return [term for term in self.terms.values() if term.sort == sort and term.own == own]

    def below(self, iri: str) -> list[Described]:
        """The terms directly below another."""
        return [term for term in self.terms.values() if iri in term.above]

    def above(self, iri: str) -> list[Described]:
        """The terms above another that are declared, the nearest first."""
        found: dict[str, Described] = {}
        waiting = list(self.terms[iri].above)
        for up in waiting:
            if up in self.terms and up not in found:
                found[up] = self.terms[up]
                waiting += self.terms[up].above
        return list(found.values())


def read_reference(folder: Path) -> Reference:
    """What the schema and the vocabularies of an ontology folder say. Raises OntologyError where a file is no valid Turtle."""
    file = TurtleFile(folder / "schema.ttl")
    graph = file.graph
    iri = min((str(subject) for subject in graph.subjects(RDF.type, OWL.Ontology)), default=ZM.rstrip("#"))
    subject = URIRef(iri)
    title = _words(graph, subject, DCTERMS.title)
    return Reference(
        iri,
        title if any(title) else _words(graph, subject, RDFS.label),
        _words(graph, subject, DCTERMS.description),
        {str(p): _texts(graph.objects(subject, p)) for p in sorted(set(graph.predicates(subject)), key=str)},
        dict(file.prefixes),
        {term.iri: term for term in _terms(file, str(graph.value(subject, VANN.preferredNamespaceUri) or ""))},
        tuple(_vocabulary(TurtleFile(path)) for path in sorted((folder / "vocab").glob("*.ttl"))),
    )


def _terms(file: TurtleFile, namespace: str) -> Iterator[Described]:
    graph = file.graph
    annotations = {p for p in graph.subjects(RDF.type, OWL.AnnotationProperty) if _is_own(graph, p, namespace)}
    for subject in file.subjects:
        sort = next((sort for kind, sort in SORTS.items() if (subject, RDF.type, kind) in graph), None)
        if sort is None or not isinstance(subject, URIRef):
            continue
        above = (*graph.objects(subject, RDFS.subClassOf), *graph.objects(subject, RDFS.subPropertyOf))
        yield Described(
            str(subject),
            sort,
            _is_own(graph, subject, namespace),
            _words(graph, subject, RDFS.label),
            _words(graph, subject, SKOS.definition),
            _words(graph, subject, SKOS.scopeNote),
            _texts(above),
            _groups(graph, subject, RDFS.domain),
            _groups(graph, subject, RDFS.range),
            _texts((*graph.objects(subject, OWL.disjointWith), *graph.subjects(OWL.disjointWith, subject))),
            tuple((str(p), value) for p in _ALIGNING for value in _texts(graph.objects(subject, p))),
            {str(p): _texts(graph.objects(subject, p)) for p in sorted(annotations, key=str) if (subject, p, None) in graph},
        )


def _is_own(graph: Graph, term: Node, namespace: str) -> bool:
    return (term, RDFS.label, None) in graph and str(term).startswith(namespace)


def _words(graph: Graph, subject: Node, predicate: Node) -> Words:
    said = {value.language: str(value) for value in graph.objects(subject, predicate) if isinstance(value, Literal)}
    return Words(said.get("zh", ""), said.get("en", said.get(None, "")))


def _texts(values: Iterable[Node]) -> tuple[str, ...]:
    """IRIs and literals as text, sorted, each once; what has no name of its own is left out."""
    return tuple(sorted({str(value) for value in values if not isinstance(value, BNode)}))


def _groups(graph: Graph, subject: Node, predicate: Node) -> tuple[tuple[str, ...], ...]:
    unions = ((value, graph.value(value, OWL.unionOf)) for value in graph.objects(subject, predicate))
    return tuple(sorted(_texts(Collection(graph, union) if union is not None else (value,)) for value, union in unions))


def _vocabulary(file: TurtleFile) -> Vocabulary:
    graph = file.graph
    scheme = min(graph.subjects(RDF.type, SKOS.ConceptScheme), default=URIRef(""), key=str)
    kinds: Counter[str] = Counter()
    names: list[str] = []
    for term in file.subjects:
        if term != scheme:
            kinds.update(_texts(graph.objects(term, RDF.type)))
            names.append(_words(graph, term, SKOS.prefLabel).zh)
    sources = _texts(graph.objects(scheme, DCTERMS.source))
    return Vocabulary(file.path.name, str(scheme), _words(graph, scheme, SKOS.prefLabel), sources, kinds, tuple(names[:_SAMPLES]))


def comments(file: Path) -> list[str]:
    """The lines of comment that a query begins with, without their marks."""
    head = file.read_text(encoding="utf-8").split("\n\n", maxsplit=1)[0]
    return _LINE.findall(head)


def header(file: Path) -> dict[str, str]:
    """What such lines say by name: “Problem: …”."""
    return {name: said for name, colon, said in (line.partition(": ") for line in comments(file)) if colon}
