"""Schema and data as one OWL 2 DL ontology: what its rules of writing demand, and what HermiT says of it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef

from pipeline.build import build
from pipeline.shown import xml_text
from pipeline.store import open_store
from pipeline.terms import ZM

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "ontology" / "schema.ttl"
# The datatypes of OWL 2 that the graph may hold; https://www.w3.org/TR/owl2-syntax/#Datatype_Maps has no date and no year.
DATATYPES = {XSD.string, XSD.decimal, XSD.integer, XSD.boolean, XSD.dateTime, RDF.langString}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
RESERVED = tuple(map(str, (RDF, RDFS, OWL, XSD)))
needs_java = pytest.mark.skipif(not shutil.which("java"), reason="HermiT needs java")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample, built, as N-Triples."""
    out = tmp_path_factory.mktemp("owl")
    assert not build(ROOT / "corpus", out, ontology=ROOT / "ontology").failures
    return "".join(line + "\n" for line in open_store(out).lines())


# ---- OWL 2 DL


@pytest.fixture(scope="module")
def declared() -> dict[str, URIRef]:
    """Classes and properties of the schema, with what each is."""
    schema = Graph().parse(SCHEMA)
    kinds = [(str(term), URIRef(str(kind))) for term, kind in schema.subject_objects(RDF.type) if kind in KINDS]
    assert [term for term, n in Counter(term for term, _ in kinds).items() if n > 1] == []
    return dict(kinds)


def faults(data: str, declared: dict[str, URIRef]) -> Iterator[str]:
    """What of some triples no OWL 2 DL ontology may hold, by the declarations of the schema."""
    for quad in ox.parse(data.encode(), format=ox.RdfFormat.N_TRIPLES):
        predicate, obj = quad.predicate.value, quad.object
        kind = declared.get(predicate)
        if predicate == str(RDF.type):
            if not isinstance(obj, ox.NamedNode) or declared.get(obj.value) != OWL.Class:
                yield f"{quad.triple}: no class"
        elif kind is None and predicate != str(RDFS.label):
            yield f"{quad.triple}: no declared property"
        elif kind == OWL.ObjectProperty and (not isinstance(obj, ox.NamedNode) or obj.value.startswith(RESERVED)):
            yield f"{quad.triple}: its object is no individual"
        elif kind == OWL.DatatypeProperty and not (
            isinstance(obj, ox.Literal) and URIRef(obj.datatype.value) in DATATYPES and xml_text(obj.value) == obj.value
        ):
            yield f"{quad.triple}: its object is no literal of OWL 2"


def test_the_graph_keeps_the_rules_of_owl_2_dl(data: str, declared: dict[str, URIRef]) -> None:
    assert list(faults(data, declared)) == []


@pytest.mark.parametrize(
    "line",
    [
        "<x:a> <https://w3id.org/zhimai#claimObject> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> .",
        '<x:a> <https://w3id.org/zhimai#claimObject> "a" .',
        '<x:a> <https://w3id.org/zhimai#period> "2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .',
        "<x:a> <https://w3id.org/zhimai#period> <x:b> .",
        r'<x:a> <https://w3id.org/zhimai#objectText> "a\f" .',
        "<x:a> <https://w3id.org/zhimai#undeclared> <x:b> .",
        "<x:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/zhimai#Undeclared> .",
    ],
)
def test_a_breach_of_owl_2_dl_is_found(line: str, declared: dict[str, URIRef]) -> None:
    assert len(list(faults(line + "\n", declared))) == 1


# ---- the reasoner


def reason(triples: str, file: Path) -> owlready2.World:
    """The schema with some triples (N-Triples), classified by HermiT; raises where the two are inconsistent."""
    file.write_text(Graph().parse(SCHEMA).serialize(format="nt") + triples, encoding="utf-8")
    world = owlready2.World()
    with file.open("rb") as lines:
        world.get_ontology("https://w3id.org/zhimai").load(fileobj=lines, format="ntriples")
    owlready2.sync_reasoner(world, debug=0)
    return world


def individuals(turtle: str) -> str:
    return Graph().parse(data=f"@prefix zm: <{ZM}> .\n{turtle}", format="turtle").serialize(format="nt")


@needs_java
def test_hermit_finds_the_schema_consistent(tmp_path: Path) -> None:
    told = """
        <x:concept> a zm:Concept ; zm:hasElement <x:part> . <x:part> a zm:Concept .
        <x:plan> a zm:Policy ; zm:supports <x:sector> . <x:sector> a zm:Topic .
        <x:meeting> a zm:Event ; zm:agent <x:office> ; zm:dateText "今年" . <x:office> a zm:Body .
        <x:claim> a zm:Claim ; zm:claimPredicate zm:hasElement ; zm:claimSubject <x:concept> ; zm:confidence 0.9 .
        <x:words> a <http://www.w3.org/ns/oa#TextQuoteSelector> ; <http://www.w3.org/ns/oa#exact> "page\\fpage" .
    """
    world = reason(individuals(told), tmp_path / "schema.nt")
    assert list(world.inconsistent_classes()) == []
    assert world[ZM + "Concept"] in world["x:sector"].is_a  # by the range of zm:supports: the reasoner has worked


@needs_java
def test_hermit_finds_the_sample_consistent(data: str, tmp_path: Path) -> None:
    world = reason(data, tmp_path / "sample.nt")
    assert list(world.inconsistent_classes()) == []
    assert len(list(world[ZM + "Claim"].instances())) > 400


PLANTED = [
    "<https://w3id.org/zhimai/vocab/place/中国> a zm:Person .",
    "<https://w3id.org/zhimai/vocab/place/中国> a zm:Concept .",
    "<https://w3id.org/zhimai/vocab/place/中国> zm:statedIn <x:work> .",  # by its domain a policy
    "<x:meeting> a zm:Event, zm:View .",
    "<x:claim> a zm:Claim, zm:Concept .",
    "<x:claim> a zm:Claim ; zm:confidence 'much' .",  # by its range a decimal
]


@needs_java
@pytest.mark.parametrize("planted", PLANTED)
def test_hermit_finds_a_planted_contradiction(planted: str, tmp_path: Path) -> None:
    place = "<https://w3id.org/zhimai/vocab/place/中国> a zm:Place .\n"
    reason(individuals(place), tmp_path / "sound.nt")
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason(individuals(place + planted), tmp_path / "planted.nt")


@needs_java
def test_hermit_finds_a_contradiction_planted_in_the_sample(data: str, tmp_path: Path) -> None:
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason(data + individuals(PLANTED[0]), tmp_path / "planted.nt")
