"""What the pipeline wants of an ontology folder, and what it cannot use of one.

A family of claims is read where the ontology declares its relation (for events, its class); it then needs the classes of what
it names. Of cues, those of the facets of zm:defines are read, the verbs of zm:restricts, and those of three classes. All else is
said: a folder that lacks something is refused, what no rule reads is warned of, with file and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import terms as t
from pipeline.errors import OntologyError
from pipeline.grammar.rules import ASKED_FOR, SIGNALS

if TYPE_CHECKING:
    from pipeline.ontology import Ontology, OntologyClass, Property, Term
    from pipeline.turtle import TurtleFile

ZM = "https://w3id.org/zhimai#"
# Family of claims → the term that turns it on, and the classes that it then needs. extract.EXTRACTORS has the same keys.
FAMILIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "defines": ("defines", ("Concept",)),
    "includes": ("includes", ("Concept",)),
    "event": ("Event", ("Place", "Body", "Person")),
    "supports": ("supports", ("Concept", "Industry", "Technology", "Policy")),
    "indicator": ("Observation", ("Indicator", "Concept", "Place", "Body")),
    "contrast": ("Contrast", ("Concept",)),
    "cites": ("CitedWork", ("Person", "Body")),
    "uses": ("uses", ("Study", "Method")),
    "holds": ("holds", ("View",)),
}
# The classes whose things the rules tell apart; a class below one of these is read as that one.
KINDS = frozenset("Concept Industry Technology Method Policy Event Place Body Person Study Unit SectionKind PlanPeriod".split())
HOLDERS = ("Person", "Policy")  # who can be quoted, by name or by title
NO_NAMES = ("Unit", "SectionKind", "PlanPeriod")  # words that stand beside numbers, in headings and in dates, and name nothing
BY_GRAMMAR = ("includes",)  # relations that are read by the rules of grammar/ alone
IN_GRAMMAR = (*BY_GRAMMAR, "supports", "event", "defines")  # relations that have rules in grammar/
ANNOTATIONS = ("nounCue", "verbCue", "facet")
_READ_OF_CLASSES = {"Industry": ("nounCue",), "Technology": ("nounCue",)}
_READ_OF_RELATIONS = {"restricts": ("verbCue",)}
_READ_FOLDERS = {".ttl": ("", "vocab"), ".rq": ("rules", "checks", "queries", "examples")}
_RDF = frozenset((".ttl", ".rq", ".owl", ".rdf", ".nt", ".nq", ".trig", ".n3", ".jsonld", ".obo", ".skos"))


def families(declared: Iterable[str]) -> tuple[str, ...]:
    """The families of claims that are read where the classes and properties called `declared` are."""
    known = frozenset(declared)
    return tuple(family for family, (term, _) in FAMILIES.items() if term in known)


def check_wants(classes: Mapping[str, OntologyClass], properties: Mapping[str, Property], schema: TurtleFile) -> None:
    """Raise OntologyError, naming everything that is wanted and not there."""
    on = families((*classes, *properties))
    if not on:
        wanted = "; ".join(f"zm:{term} with {', '.join(f'zm:{name}' for name in names)}" for term, names in FAMILIES.values())
        switches = ", ".join(f"zm:{term}" for term, _ in FAMILIES.values())
        raise OntologyError(f"{schema.path}: lacks all of {switches}: nothing could be read. Declare one at least: {wanted}.")
    needed = {name: [family for family in on if name in FAMILIES[family][1]] for family in on for name in FAMILIES[family][1]}
    lacking = {name: of for name, of in needed.items() if name not in classes}
    if lacking:
        users = {name: " and ".join(f"zm:{FAMILIES[family][0]}" for family in of) for name, of in lacking.items()}
        names = ", ".join(f"zm:{name} (for {user})" for name, user in users.items())
        raise OntologyError(f"{schema.path}: lacks {names}. Declare these classes, or leave out what needs them.")


def unused(ontology: Ontology, schema: TurtleFile, vocabularies: Iterable[TurtleFile]) -> Iterator[str]:
    """A line for each thing in the files of the folder that the pipeline will not use, with its file and line."""
    yield from _unread_cues(ontology, schema)
    yield from _unread_grammar(ontology)
    for prop in ontology.facets().values():
        if not prop.noun_cues and not prop.verb_cues:
            yield f"{schema.at(prop.iri)}: {prop.name} has neither zm:nounCue nor zm:verbCue, so nothing is read for it"
    for holder in HOLDERS:
        if holder not in ontology.classes:
            yield f"{schema.path}: declares no zm:{holder}: what a document quotes of one will be rejected"
    yield from _unread_classes(ontology, schema)
    for file in vocabularies:
        yield from sorted(_unread_names(ontology, file))


def _unread_grammar(ontology: Ontology) -> Iterator[str]:
    """Rules of a relation that is none, words that no rule looks for, a relation that only rules read and that has none."""
    relations = {rule.relation for rule in ontology.rules}
    for relation in sorted(relations - {*IN_GRAMMAR, *ontology.plain_relations()}):
        yield f"{ontology.folder / 'grammar' / relation}.toml: no property of the schema has this name, so its rules are not read"
    for relation in BY_GRAMMAR:
        if relation in ontology.properties and relation not in relations:
            yield f"{ontology.folder / 'grammar' / relation}.toml: is not there, so nothing is read for zm:{relation}"
    used = {name for rule in ontology.rules for name in rule.classes()} | {*ASKED_FOR} | SIGNALS
    for name in sorted(ontology.lexicon.keys() - used):
        yield f"{ontology.folder / 'lexicon' / name}.txt: no rule looks for these words"


def unread_files(folder: Path) -> Iterator[str]:
    near = [*folder.glob("*"), *folder.glob("*/*")]
    for path in sorted(path for path in near if path.suffix.lower() in _RDF and path.is_file()):
        below = path.relative_to(folder)
        where = below.parent.as_posix().removeprefix(".")
        if where not in _READ_FOLDERS.get(path.suffix, ()) or (not where and below.name not in ("schema.ttl", "shapes.ttl")):
            read = "schema.ttl, shapes.ttl, vocab/*.ttl, rules/*.rq, checks/*.rq, queries/*.rq and examples/*.rq are"
            yield f"{path}: is not read; {read}"


def _unread_cues(ontology: Ontology, schema: TurtleFile) -> Iterator[str]:
    facets = {prop.name for prop in ontology.facets().values()}
    things: list[Property | OntologyClass] = [*ontology.classes.values(), *ontology.properties.values()]
    read = _READ_OF_CLASSES | _READ_OF_RELATIONS | dict.fromkeys(facets, ("nounCue", "verbCue"))
    for thing in things:
        for kind, cues in (("nounCue", thing.noun_cues), ("verbCue", thing.verb_cues)):
            if cues and kind not in read.get(thing.name, ()):
                told = "、".join(cues[:3]) + (" …" if len(cues) > 3 else "")
                hint = " (a sub-property of zm:defines needs a zm:facet)" if ontology.is_below(thing.name, "defines") else ""
                yield f"{schema.at(thing.iri, ZM + kind, cues[0])}: no rule reads the zm:{kind} of {thing.name}: {told}{hint}"
    declared = {str(subject) for subject in schema.graph.subjects()}
    known = ", ".join(f"zm:{name}" for name in ANNOTATIONS)
    for subject, predicate in sorted({(str(s), str(p)) for s, p, _ in schema.graph}):
        if predicate.startswith(ZM) and predicate not in declared | {ZM + name for name in ANNOTATIONS}:
            yield f"{schema.at(subject, predicate)}: zm:{predicate[len(ZM) :]} is nothing that the pipeline reads; {known} are"


def _unread_classes(ontology: Ontology, schema: TurtleFile) -> Iterator[str]:
    """Classes of terms that are below none that the rules know: their names are found, and no rule asks for them."""
    for kind in sorted({term.kind for term in ontology.terms} - KINDS):
        if ontology.read_as(kind) not in KINDS:
            at = schema.at(ontology.classes[kind].iri)
            yield f"{at}: {kind} is below no class that the rules know, so its terms stand in no claim. Put it below zm:Concept"


def _unread_names(ontology: Ontology, file: TurtleFile) -> Iterator[str]:
    terms = {term.iri: term for term in ontology.terms}
    for subject, entry in file.entries.items():
        term = terms.get(subject)
        if term is None:
            continue
        for label in (t.PREF_LABEL, t.ALT_LABEL, t.HIDDEN_LABEL):
            for name in entry.labels(label, ""):
                yield f'{file.at(subject, name)}: “{name}” has no language and is not read. Write "{name}"@zh'
            for name in entry.labels(label, "zh"):
                if len(name) < 2 and term.kind not in NO_NAMES:
                    yield f"{file.at(subject, name)}: “{name}” is one character and is not looked for in texts"
        for wider in entry.iris(t.BROADER) + entry.iris(t.CONTAINED_IN):
            if wider not in terms:
                yield f"{file.at(subject, wider)}: <{wider}> is broader than {term.label}, and no vocabulary describes it"


def check_names(terms: Iterable[Term], files: Mapping[str, TurtleFile]) -> None:
    """Raise OntologyError where a name belongs to two terms: of the two, a text could only ever mean the first.

    `files` are the vocabularies by the IRI of their terms. Names of units and of kinds of section are names of their own sort.
    """
    from pipeline.ledger.keys import name_key

    owners: dict[tuple[str, str], tuple[Term, str]] = {}
    for term in terms:
        for name in term.names:
            sort = term.kind if term.kind in NO_NAMES else ""
            other, called = owners.setdefault((sort, name_key(name)), (term, name))
            if other is not term:
                one, two = files[other.iri].at(other.iri, called), files[term.iri].at(term.iri, name)
                raise OntologyError(
                    f"{two}: “{name}” names <{term.iri}>, and <{other.iri}> in {one} too. Keep it with the one that a text most "
                    "often means."
                )


def check_labels(things: Iterable[OntologyClass] | Iterable[Property], schema: TurtleFile) -> None:
    """Raise OntologyError where two classes, or two properties, have one label."""
    owners: dict[str, OntologyClass | Property] = {}
    for thing in things:
        for label in (thing.label_zh, thing.label_en):
            other = owners.setdefault(label, thing)
            if other is not thing:
                one, two = schema.at(other.iri, label), schema.at(thing.iri, label)
                told = f"“{label}” is the label of <{thing.iri}>, and of <{other.iri}> in {one}"
                raise OntologyError(f"{two}: {told}. Give each its own.")
