"""The shipped ontology is linted like code: labels, definitions, cues, terms, queries, shapes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pyshacl
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from pipeline import terms
from pipeline.ask import answer, bind, questions
from pipeline.contract import ZM
from pipeline.errors import OntologyError
from pipeline.ontology import VOCAB, Ontology, OntologyClass, Property, load_ontology
from pipeline.rows import Table
from pipeline.store import in_memory

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "ontology"
FACETS = {
    "element": "hasElement",
    "feature": "hasFeature",
    "hallmark": "hasHallmark",
    "essence": "hasEssence",
    "key": "hasKey",
    "driver": "hasDriver",
    "origin": "hasOrigin",
    "carrier": "hasCarrier",
    "goal": "hasGoal",
    "basis": "hasBasis",
}
TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
QUERIES = sorted((FOLDER / "queries").glob("*.rq"))
CHECKS = sorted((FOLDER / "checks").glob("*.rq"))
RULES = sorted((FOLDER / "rules").glob("*.rq"))
EXAMPLES = sorted((FOLDER / "examples").glob("*.rq"))


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(FOLDER)


@pytest.fixture(scope="module")
def schema() -> Graph:
    return Graph().parse(FOLDER / "schema.ttl", format="turtle")


# ---- what is loaded


def test_every_facet_is_a_sub_property_of_defines(ontology: Ontology) -> None:
    assert {facet: prop.name for facet, prop in ontology.facets().items()} == FACETS
    assert {prop.parents for prop in ontology.facets().values()} == {("defines",)}
    assert all(prop.noun_cues or prop.verb_cues for prop in ontology.facets().values())


@pytest.mark.parametrize(
    ("name", "ancestor", "expected"),
    [
        ("Industry", "Industry", True),
        ("Industry", "Concept", True),
        ("Technology", "Topic", True),
        ("Concept", "Industry", False),
        ("Policy", "Initiator", True),
        ("Event", "Concept", False),
        ("NoSuchClass", "Topic", False),
        ("NoSuchClass", "NoSuchClass", False),
    ],
)
def test_is_a(ontology: Ontology, name: str, ancestor: str, expected: bool) -> None:
    assert ontology.is_a(name, ancestor) is expected


@pytest.mark.parametrize(
    ("name", "kind", "label"),
    [
        ("黑龙江", "Place", "黑龙江省"),
        ("深圳", "Place", "深圳市"),
        ("粤港澳大湾区", "Place", "粤港澳大湾区"),
        ("长三角", "Place", "长三角"),
        ("国家发展改革委", "Body", "国家发展和改革委员会"),
        ("工信部", "Body", "工业和信息化部"),
        ("低空经济", "Industry", "低空经济"),
        ("汽车制造业", "Industry", "汽车制造业"),
        ("集成电路", "Industry", "集成电路产业"),
        ("人工智能", "Technology", "人工智能"),
        ("新质生产力", "Concept", "新质生产力"),
        ("“十五五”规划", "Policy", "国民经济和社会发展第十五个五年规划"),
        ("新型举国体制", "Policy", "新型举国体制"),
        ("民营经济促进法", "Policy", "中华人民共和国民营经济促进法"),
        ("倍差法", "Method", "双重差分法"),
        ("亿元", "Unit", "亿元"),
    ],
)
def test_a_name_leads_to_its_term(ontology: Ontology, name: str, kind: str, label: str) -> None:
    assert [(t.kind, t.label) for t in ontology.terms if name in t.names] == [(kind, label)]


def test_terms_carry_codes_and_broader_terms(ontology: Ontology) -> None:
    by_iri = {term.iri: term for term in ontology.terms}
    shenzhen = by_iri[VOCAB + "place/深圳市"]
    assert shenzhen.notation == "440300"
    assert [by_iri[iri].label for iri in shenzhen.broader] == ["广东省"]
    assert all(wider in by_iri for term in ontology.terms for wider in term.broader)


@pytest.mark.parametrize(
    ("kind", "least"),
    [("Place", 3500), ("Industry", 700), ("Technology", 300), ("Concept", 400), ("Body", 300), ("Policy", 300), ("Method", 120)],
)
def test_vocabularies_are_not_lost(ontology: Ontology, kind: str, least: int) -> None:
    assert sum(term.kind == kind for term in ontology.terms) >= least


# ---- the vocabularies


def test_no_name_belongs_to_two_terms(ontology: Ontology) -> None:
    owners = defaultdict(list)
    for term in ontology.terms:
        for name in term.names:
            owners[name].append(term.iri)
    shared = {name: iris for name, iris in owners.items() if len(iris) > 1}
    assert not shared, f"One name for several terms: {shared}. Keep it with the one that a text most often means."


def test_names_are_clean(ontology: Ontology) -> None:
    names = [name for term in ontology.terms for name in term.names]
    assert not [name for name in names if name != name.strip() or name.startswith(("其他", "其它"))]


@pytest.mark.parametrize("word", ["发展", "服务", "管理", "技术", "产业", "经济", "政策", "和平", "朝阳", "教育", "保险"])
def test_an_everyday_word_is_no_name(ontology: Ontology, word: str) -> None:
    assert not [term.iri for term in ontology.terms if word in term.names]


@pytest.mark.parametrize("file", sorted((FOLDER / "vocab").glob("*.ttl")), ids=lambda file: file.stem)
def test_a_vocabulary_is_a_scheme_that_names_its_source(file: Path) -> None:
    graph = Graph().parse(file, format="turtle")
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(schemes) == 1
    assert list(graph.objects(next(iter(schemes)), URIRef("http://purl.org/dc/terms/source")))
    terms = set(graph.subjects(SKOS.prefLabel)) - schemes
    assert terms == set(graph.subjects(SKOS.inScheme))
    assert all(str(term).startswith(VOCAB) for term in terms)


# ---- the cues


def shared_cues(ontology: Ontology, names: list[str], kind: str) -> set[str]:
    counts = Counter(cue for name in names for cue in getattr(ontology.properties[name], kind))
    return {cue for cue, n in counts.items() if n > 1}


@pytest.mark.parametrize("kind", ["noun_cues", "verb_cues"])
@pytest.mark.parametrize("names", [list(FACETS.values()), ["supports", "restricts"]], ids=["facets", "support"])
def test_a_cue_signals_one_property_of_a_family(ontology: Ontology, names: list[str], kind: str) -> None:
    assert not shared_cues(ontology, names, kind)


def test_cues_are_words(ontology: Ontology) -> None:
    things: list[Property | OntologyClass] = [*ontology.properties.values(), *ontology.classes.values()]
    cues = [cue for thing in things for cue in (*thing.noun_cues, *thing.verb_cues)]
    assert not [cue for cue in cues if not re.fullmatch(r"[\u4e00-\u9fff]+", cue)]


# ---- the schema


def own_terms(schema: Graph) -> set[URIRef]:
    return {s for s in schema.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(ZM)}


def test_every_term_has_labels_and_a_definition(schema: Graph) -> None:
    for term in own_terms(schema):
        languages = {label.language for label in schema.objects(term, RDFS.label) if isinstance(label, Literal)}
        assert languages == {"zh", "en"}, term
        definitions = [told.language for told in schema.objects(term, SKOS.definition) if isinstance(told, Literal)]
        assert sorted(map(str, definitions)) == ["en", "zh"], term
        assert (term, RDFS.isDefinedBy, URIRef("https://w3id.org/zhimai")) in schema, term


def test_every_borrowed_term_says_what_it_is_used_for(schema: Graph) -> None:
    borrowed = {s for kind in TERMS for s in schema.subjects(RDF.type, kind)} - own_terms(schema)
    assert len(borrowed) > 60
    for term in borrowed:
        notes = [said.language for said in schema.objects(term, SKOS.scopeNote) if isinstance(said, Literal)]
        assert sorted(map(str, notes)) == ["en", "zh"], term


def test_every_message_of_a_shape_is_in_both_languages() -> None:
    messages = list(Graph().parse(FOLDER / "shapes.ttl").subject_objects(SH.message))
    languages = defaultdict(list)
    for shape, message in messages:
        languages[shape].append(message.language if isinstance(message, Literal) else "")
    assert len(languages) > 30
    assert {tuple(sorted(map(str, said))) for said in languages.values()} == {("en", "zh")}


def test_a_term_has_one_owl_type(schema: Graph) -> None:
    """A property is an object, datatype or annotation property, and no term is a property and a class: OWL 2 DL."""
    counts = Counter(s for s, kind in schema.subject_objects(RDF.type) if str(kind).startswith(str(OWL)))
    assert [term for term, n in counts.items() if n > 1] == []


def test_the_ontology_says_what_it_is(schema: Graph) -> None:
    ontology = URIRef(ZM.rstrip("#"))
    version = str(schema.value(ontology, OWL.versionInfo))
    assert str(schema.value(ontology, OWL.versionIRI)) == f"{ontology}/{version}"
    vann = "http://purl.org/vocab/vann/preferredNamespace"
    assert str(schema.value(ontology, URIRef(vann + "Prefix"))) == "zm"
    assert str(schema.value(ontology, URIRef(vann + "Uri"))) == ZM
    assert isinstance(schema.value(ontology, DCTERMS.license), URIRef)
    assert {told.language for told in schema.objects(ontology, DCTERMS.description) if isinstance(told, Literal)} == {"zh", "en"}


def test_no_term_is_declared_and_unused(schema: Graph) -> None:
    """What is declared is named by the code, the schema itself, a vocabulary, a rule, a shape or a query."""
    named = {str(term) for triple in schema for term in triple[1:]}
    named |= {value for name, value in vars(terms).items() if name.isupper() and isinstance(value, str)}
    named |= {*terms.DOCUMENT_CLASSES.values(), *terms.GENRE_CLASSES.values()}
    named |= {term for file in FOLDER.rglob("*.ttl") if file.name != "schema.ttl" for term in in_turtle(file)}
    named |= {term for file in FOLDER.rglob("*.rq") for term in in_query(file)}
    iris = {term for term in schema.subjects(RDF.type) if isinstance(term, URIRef)}
    assert [term for term in iris if str(term) not in named] == []


def in_turtle(file: Path) -> set[str]:
    return {str(term) for triple in Graph().parse(file) for term in triple}


def in_query(file: Path) -> set[str]:
    text = file.read_text(encoding="utf-8")
    prefixes = dict(re.findall(r"PREFIX (\w+): <([^>]+)>", text))
    return {prefixes[prefix] + name for prefix, name in re.findall(r"\b(\w+):(\w+)", text) if prefix in prefixes}


def test_what_the_schema_refers_to_is_declared(schema: Graph) -> None:
    declared = set(schema.subjects(RDF.type)) | {RDFS.label, RDFS.isDefinedBy}
    vocabulary = (str(RDF), str(RDFS), str(OWL), str(XSD))
    used = {p for p in schema.predicates() if not str(p).startswith(vocabulary)}
    used |= {o for p in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range) for o in schema.objects(None, p)}
    assert not {str(term) for term in used - declared if not str(term).startswith(vocabulary)}


def test_nothing_is_imported_and_no_range_is_a_date(schema: Graph) -> None:
    assert not list(schema.subject_objects(OWL.imports))
    dates = {XSD.date, XSD.gYear, XSD.gYearMonth}  # no datatypes of OWL 2
    assert not dates & set(schema.objects(None, RDFS.range))


TERM_USES = [*(FOLDER.rglob("*.rq")), FOLDER / "shapes.ttl", ROOT / "pipeline" / "graph.py"]


@pytest.mark.parametrize("file", TERM_USES, ids=lambda file: file.name)
def test_every_zm_term_in_use_is_declared(schema: Graph, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    used = set(re.findall(r'\bzm:(\w+)|\bZM \+ "(\w+)"', text))
    declared = {str(term).removeprefix(ZM) for term in own_terms(schema)}
    missing = {name for pair in used for name in pair if name} - declared
    assert not missing, f"{file.name} uses {missing}; declare them in ontology/schema.ttl"


@pytest.mark.parametrize("file", TERM_USES, ids=lambda file: file.name)
def test_every_reused_term_in_a_query_or_shape_is_declared(schema: Graph, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    prefixes = dict(re.findall(r"(?:PREFIX|@prefix) (\w+): <([^>]+)>", text))
    ours = {"cito", "dcterms", "doco", "oa", "org", "prov", "qudt", "schema", "skos"} & prefixes.keys()
    used = {URIRef(prefixes[prefix] + name) for prefix, name in re.findall(r"\b(\w+):(\w+)", text) if prefix in ours}
    assert not used - set(schema.subjects(RDF.type))


# ---- queries, checks, rules


@pytest.mark.parametrize("file", [*QUERIES, *CHECKS, *RULES, *EXAMPLES], ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_query_parses_and_runs_on_an_empty_graph(file: Path) -> None:
    query = file.read_text(encoding="utf-8")
    prepareQuery(query)  # in another engine than ours too
    answer = in_memory("").answer(query)
    assert answer.rows == () if isinstance(answer, Table) else not re.sub("@prefix .*\n", "", str(answer)).strip()


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_a_named_question_has_its_header(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    columns = re.search(r"^# columns: (.+)$", text, re.MULTILINE)
    assert text.startswith("# question: ")
    assert columns
    assert len(columns[1].split(", ")) == len(Graph().query(text).vars or [])
    parameters = re.findall(r"^# param (\w+)(?: \([\w ]+\))?: ", text, re.MULTILINE)
    assert set(parameters) == set(re.findall(r"\$(\w+)", text))


@pytest.mark.parametrize("file", CHECKS, ids=lambda file: file.stem)
def test_a_check_says_the_problem_and_the_fix(file: Path) -> None:
    first, second, third, *_ = file.read_text(encoding="utf-8").splitlines()
    assert first.startswith("# Problem: ")
    assert second.startswith("# Fix: ")
    assert third.startswith("# 问题: ")


FACT = """
@prefix : <http://example.org/> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix zm: <https://w3id.org/zhimai#> .
:doc a zm:Document ; zm:documentName "d" ; zm:sha256 "0" .
:policy a zm:Policy ; skos:prefLabel "甲计划"@zh .
:industry a zm:Industry ; skos:prefLabel "乙产业"@zh .
:c a zm:Claim ; zm:relation "supports" ; zm:claimSubject :policy ; zm:claimPredicate zm:supports ; zm:claimObject :industry ;
  prov:wasQuotedFrom :e ; zm:bestEvidence :e ; zm:rule "supports.test" ; zm:confidence 0.9 .
:policy zm:supports :industry .
:e a oa:SpecificResource ; oa:hasSource :doc ; oa:hasSelector :s, :w .
:s oa:start 3 ; oa:end 10 . :w oa:exact "甲计划支持乙业" .
"""


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        ("claim_without_evidence", ":c2 a zm:Claim ; zm:rule 'r' ."),
        ("claim_without_fact", ":c2 zm:claimSubject :industry ; zm:claimPredicate zm:includes ; zm:claimObject :policy ."),
        ("fact_without_claim", ":industry zm:hasGoal :policy ."),
        ("evidence_outside_document", ":e2 a oa:SpecificResource ; oa:hasSource :doc ."),
        ("evidence_outside_document", ":w oa:exact '短' ."),
        ("event_starts_after_end", ":x schema:startDate '2024-02-01'^^xsd:date ; schema:endDate '2024-01-01'^^xsd:date ."),
        ("half_a_date", ":x a zm:Event ; schema:startDate '2024-02-01'^^xsd:date ."),
        (
            "half_a_date",
            ":x schema:startDate '2024-02-01'^^xsd:date, '2024-01-01'^^xsd:date ; schema:endDate '2024-02-02'^^xsd:date .",
        ),
        ("dated_without_days", ":x zm:period '2024' ."),
        ("dated_without_days", ":doc <http://purl.org/dc/terms/issued> '2024'^^xsd:gYear ."),
        ("dated_without_days", ":x schema:startDate '2024-02-01'^^xsd:date ; schema:endDate '2024-02-01'^^xsd:date ."),
        ("event_nowhere_and_never", ":x a zm:Event . :c2 zm:claimSubject :x ; zm:relation 'event' ."),
        ("thing_without_label", ":c2 zm:claimSubject :nameless ."),
        ("thing_without_label", ":policy skos:prefLabel '另一名称'@zh ."),
        ("label_of_two_things", ":other a zm:Policy ; skos:prefLabel '甲计划'@zh ."),
        ("thing_related_to_itself", ":c zm:claimObject :policy ."),
        ("circle_of_broader_terms", ":a skos:broader :b . :b skos:broader :a ."),
        ("circle_of_broader_terms", ":a schema:containedInPlace :b . :b schema:containedInPlace :a ."),
        ("confidence_out_of_range", ":c2 zm:confidence 1.5 ; zm:rule 'r' ."),
        ("domain_of_property", f"zm:supports <{RDFS.domain}> zm:Body ."),
        ("domain_of_property", f"zm:supports <{RDFS.subPropertyOf}> :above . :above <{RDFS.domain}> zm:Body ."),
        ("range_of_property", f"zm:supports <{RDFS.range}> zm:Policy ."),
        ("definition_without_claim", ":policy zm:bestDefinition :c ; skos:definition '甲的计划'@zh ."),
        ("term_not_declared", f":here a <{OWL.Ontology}> ."),
    ],
)
def test_a_check_finds_its_fault_and_nothing_else(check: str, fault: str) -> None:
    query = (FOLDER / "checks" / f"{check}.rq").read_text(encoding="utf-8")
    for data, found in ((FACT, False), (FACT + fault, True)):
        said = in_memory(Graph().parse(data=data, format="turtle").serialize(format="nt")).answer(query)
        assert isinstance(said, Table)
        assert bool(said.rows) is found


def test_every_check_is_tested() -> None:
    marks = next(m for m in test_a_check_finds_its_fault_and_nothing_else.pytestmark if m.name == "parametrize")  # type: ignore[attr-defined]
    assert {row[0] for row in marks.args[1]} == {file.stem for file in CHECKS}


@pytest.mark.parametrize(
    ("name", "bound", "rows"),
    [
        ("supports", {}, 1),
        ("supports", {"policy": "甲计划"}, 1),
        ("supports", {"industry": "乙产业", "policy": "甲计划"}, 1),
        ("supports", {"industry": "丙产业"}, 0),
        ("restricts", {}, 0),
        ("documents", {}, 1),
        ("industries", {}, 1),
        ("evidence", {"name": "乙产业"}, 1),
        ("evidence", {"name": "丙产业"}, 0),
    ],
)
def test_an_unbound_parameter_means_any(name: str, bound: dict[str, str], rows: int) -> None:
    question = questions(FOLDER)[name]
    store = in_memory(Graph().parse(data=FACT, format="turtle").serialize(format="nt"))
    assert len(answer(store, question, bind(question, bound)).rows) == rows


# ---- shapes

PROVENANCE = """
:c prov:wasGeneratedBy :run . :run a prov:Activity .
:s a oa:TextPositionSelector ; oa:start "3"^^xsd:integer ; oa:end "10"^^xsd:integer . :w a oa:TextQuoteSelector .
:meeting a zm:Event ; skos:prefLabel "丙会议"@zh ; schema:location :hall .
:meeting schema:startDate "2024-01-01"^^xsd:date ; schema:endDate "2024-01-31"^^xsd:date ; zm:datePrecision "month" .
"""
SOUND = FACT.replace('"0"', f'"{"0" * 64}"').replace(":s oa:start 3 ; oa:end 10 .", "") + PROVENANCE


@pytest.mark.parametrize(
    ("fault", "conforms"),
    [
        ("", True),
        (":c2 a zm:Claim .", False),
        (":c zm:confidence 1.7 .", False),
        (":e2 a oa:SpecificResource .", False),
        (":e oa:hasSelector :s2 .", False),
        (':w oa:exact "另一处" .', False),
        (':s oa:end "1"^^xsd:integer .', False),
        (':x a zm:Event ; skos:prefLabel "会"@zh .', False),
        (':x a zm:Event ; skos:prefLabel "会"@zh ; schema:location :y .', True),
        (':x a zm:Event ; skos:prefLabel "会"@zh ; schema:location :y ; schema:endDate "2024-01-01"^^xsd:date .', False),
        (':meeting schema:startDate "2024-01" .', False),
        (":x a zm:Industry .", False),
        (':policy skos:altLabel "甲"@zh .', True),
        (':policy skos:altLabel "甲计划"@zh .', False),
    ],
)
@pytest.mark.filterwarnings(r"ignore:Dataset\.\w+ is deprecated:DeprecationWarning")  # pySHACL's calls of rdflib
def test_shapes_tell_a_sound_graph_from_a_faulty_one(fault: str, conforms: bool) -> None:
    graph = Graph().parse(data=SOUND + fault, format="turtle")
    found, _, report = pyshacl.validate(graph, shacl_graph=str(FOLDER / "shapes.ttl"))
    assert found is conforms, report


# ---- bad ontologies

PREFIXES = f"""@prefix zm: <{ZM}> . @prefix concept: <{VOCAB}concept/> .
@prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> . @prefix skos: <{SKOS}> .
"""
SCHEMA = (
    PREFIXES
    + 'zm:Concept a owl:Class ; rdfs:label "概念"@zh, "concept"@en .\n'
    + 'zm:defines a owl:ObjectProperty ; rdfs:label "定义"@zh, "defines"@en .\n'
)
TERM = PREFIXES + 'concept:甲 a zm:Concept ; skos:prefLabel "甲"@zh .\n'
LINK = 'zm:links a owl:ObjectProperty ; rdfs:label "联系"@zh, "links"@en '


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "named", "fault"),
    [
        ({}, "schema.ttl", "not found"),
        ({"schema.ttl": "zm:Concept a"}, "schema.ttl", "no valid Turtle"),
        ({"schema.ttl": PREFIXES + "zm:A a owl:Class ."}, "schema.ttl", "zm:A has no label"),
        ({"schema.ttl": PREFIXES + 'zm:A a owl:Class ; rdfs:label "甲"@zh .'}, "schema.ttl", 'no label in "en"'),
        ({"schema.ttl": SCHEMA + "zm:Concept rdfs:subClassOf zm:Nothing ."}, "schema.ttl", "zm:Nothing"),
        ({"schema.ttl": SCHEMA + "zm:Concept rdfs:subClassOf zm:Concept ."}, "schema.ttl", "sub-class of itself"),
        ({"schema.ttl": SCHEMA + LINK + "; rdfs:range zm:Gone ."}, "schema.ttl", "zm:Gone"),
        ({"schema.ttl": SCHEMA + LINK + "; rdfs:subPropertyOf zm:gone ."}, "schema.ttl", "zm:gone"),
        ({"schema.ttl": SCHEMA, "vocab/c.ttl": TERM + "concept:乙 a"}, "c.ttl", "no valid Turtle"),
        ({"schema.ttl": SCHEMA, "vocab/c.ttl": TERM + "concept:乙 a zm:Concept ."}, "c.ttl", "one skos:prefLabel"),
        ({"schema.ttl": SCHEMA, "vocab/c.ttl": TERM + 'concept:乙 skos:prefLabel "乙"@zh .'}, "c.ttl", "one class"),
        ({"schema.ttl": SCHEMA, "vocab/c.ttl": TERM.replace("zm:Concept", "zm:Gone")}, "c.ttl", "one class"),
        ({"schema.ttl": SCHEMA, "vocab/c.ttl": TERM, "vocab/d.ttl": TERM}, "d.ttl", "two vocabularies"),
    ],
)
def test_a_bad_ontology_is_named(tmp_path: Path, files: dict[str, str], named: str, fault: str) -> None:
    with pytest.raises(OntologyError, match=re.escape(fault)) as raised:
        load_ontology(write(tmp_path, files))
    assert named in str(raised.value)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "schema.ttl").write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(OntologyError, match=r"schema\.ttl: cannot be read"):
        load_ontology(tmp_path)


def test_the_hash_follows_every_file(tmp_path: Path) -> None:
    folder = write(tmp_path, {"schema.ttl": SCHEMA, "vocab/c.ttl": TERM})
    before = load_ontology(folder).sha256
    assert before == load_ontology(folder).sha256
    write(folder, {"queries/q.rq": "SELECT * {}"})
    assert load_ontology(folder).sha256 != before
