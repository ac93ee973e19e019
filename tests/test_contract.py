"""What the pipeline asks of an ontology folder: another domain needs no code, and what cannot be used is named with its line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, Namespace

from pipeline.build import build
from pipeline.check import check
from pipeline.contract import FAMILIES
from pipeline.errors import OntologyError
from pipeline.extract import EXTRACTORS
from pipeline.model import Name
from pipeline.ontology import load_ontology
from pipeline.resolve import resolve
from tests.samples import ROOT, claim, ontology

SCHEMA = """\
@prefix zm: <https://w3id.org/zhimai#> .
@prefix m: <https://museum.example/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

zm:Concept a owl:Class ; rdfs:label "概念"@zh, "concept"@en .
zm:Person a owl:Class ; rdfs:label "人物"@zh, "person"@en .
zm:Policy a owl:Class ; rdfs:label "文书"@zh, "deed"@en .
m:Artifact a owl:Class ; rdfs:subClassOf zm:Concept ; rdfs:label "器物"@zh, "artifact"@en .
m:Bronze a owl:Class ; rdfs:subClassOf m:Artifact ; rdfs:label "青铜器"@zh, "bronze"@en .
m:Motif a owl:Class ; rdfs:subClassOf zm:Concept ; rdfs:label "纹饰"@zh, "motif"@en .

zm:defines a owl:ObjectProperty ; rdfs:label "界定"@zh, "defines"@en .
m:hasMotif a owl:ObjectProperty ;
    rdfs:subPropertyOf zm:defines ;
    rdfs:domain m:Artifact ;
    rdfs:range m:Motif ;
    rdfs:label "饰有"@zh, "has motif"@en ;
    zm:facet "motif" ;
    zm:nounCue "主纹" ;
    zm:verbCue "饰有", "铸有" .
"""
VOCAB = """\
@prefix m: <https://museum.example/ontology#> .
@prefix t: <https://museum.example/things/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
t:双羊尊 a m:Bronze ; skos:prefLabel "双羊尊"@zh .
t:方鼎 a m:Bronze ; skos:prefLabel "云雷方鼎"@zh .
t:饕餮纹 a m:Motif ; skos:prefLabel "饕餮纹"@zh .
t:云雷纹 a m:Motif ; skos:prefLabel "云雷纹"@zh ; skos:altLabel "雷纹"@zh .
"""
TEXT = "馆藏青铜器\n双羊尊饰有饕餮纹、云雷纹。云雷方鼎以雷纹为主纹。2023年5月，展览在省博物馆开幕。支持发展文物修复产业。"


def museum(folder: Path, schema: str = SCHEMA, **files: str) -> Path:
    """An ontology of another domain in `folder`; `files` are by their path, with __ for / and the suffix left out."""
    texts = {"schema.ttl": schema, "vocab/things.ttl": files.pop("vocab", VOCAB)}
    texts |= {f"{path.replace('__', '/')}.ttl": text for path, text in files.items()}
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_a_relation_of_rules_alone_needs_no_code(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", folder)
    with (folder / "schema.ttl").open("a", encoding="utf-8") as schema:
        of = "rdfs:domain zm:Topic ; rdfs:range zm:Place"
        schema.write(f'zm:standsIn a owl:ObjectProperty ; {of} ; rdfs:label "位于"@zh, "stands in"@en .\n')
    (folder / "lexicon" / "stands.txt").write_text("# Verbs of standing somewhere.\n位于\n坐落于\n", encoding="utf-8")
    rule = """
        [[rule]]
        name = "verb"
        form = "^ {s:whole} <stands> {o:site} $"
        yes = [["深海试验场位于青岛市。", "深海试验场 > 青岛市"]]
        no = ["位于海边的渔港很多。"]
    """
    (folder / "grammar" / "standsIn.toml").write_text(rule, encoding="utf-8")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "渔.txt").write_text("渔港简介\n潮汐电站坐落于宁波市，深海试验场位于青岛市。", encoding="utf-8")
    report = build(corpus, tmp_path / "out", ontology=folder)
    rows = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert not report.unused
    assert [(row["s"]["label"], row["rel"], row["o"]["label"]) for row in rows] == [
        ("潮汐电站", "standsIn", "宁波市"),
        ("深海试验场", "standsIn", "青岛市"),
    ]


def test_rules_of_no_property_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", folder)
    rule = '[[rule]]\nname = "a"\nform = "<means> {o:whole}"\nyes = [["a", "b"]]\nno = ["c"]\n'
    (folder / "grammar" / "nothing.toml").write_text(rule, encoding="utf-8")
    assert [line for line in load_ontology(folder).unused if "nothing.toml: no property of the schema has this name" in line]


def test_another_domain_needs_no_code(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "铭.txt").write_text(TEXT, encoding="utf-8")
    report = build(corpus, tmp_path / "out", ontology=museum(tmp_path / "museum"))
    assert (report.failures, report.unused, dict(report.claims), dict(report.rejected)) == ({}, (), {"defines": 3}, {})
    rows = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {(row["facet"], row["s"]["label"], row["o"]["label"]) for row in rows} == {
        ("motif", "双羊尊", "饕餮纹"),
        ("motif", "双羊尊", "云雷纹"),
        ("motif", "云雷方鼎", "云雷纹"),
    }
    graph = Graph().parse(tmp_path / "out" / "graph.ttl")
    things, museums = Namespace("https://museum.example/things/"), Namespace("https://museum.example/ontology#")
    assert (things["双羊尊"], RDF.type, museums["Bronze"]) in graph
    assert set(graph.objects(predicate=museums["hasMotif"])) == {things["云雷纹"], things["饕餮纹"]}


def test_a_class_of_another_domain_is_read_as_the_nearest_that_rules_know(tmp_path: Path) -> None:
    known = load_ontology(museum(tmp_path))
    assert [known.read_as(kind) for kind in ("Bronze", "Motif", "Concept")] == ["Concept"] * 3
    assert known.read_as("Person") == "Person"
    assert {term.kind for term in known.terms} == {"Bronze", "Motif"}
    assert {term.kind for term in known.terms_as_read()} == {"Concept"}


@pytest.mark.parametrize(
    ("schema", "families"),
    [
        (SCHEMA, ("defines",)),
        (SCHEMA + 'zm:includes a owl:ObjectProperty ; rdfs:label "含"@zh, "includes"@en .', ("defines", "includes")),
    ],
)
def test_only_what_is_declared_is_read(tmp_path: Path, schema: str, families: tuple[str, ...]) -> None:
    assert load_ontology(museum(tmp_path, schema)).families() == families


def test_every_family_has_its_extractor_and_the_shipped_ontology_has_them_all() -> None:
    assert tuple(EXTRACTORS) == tuple(FAMILIES) == ontology().families()


def test_the_shipped_ontology_holds_nothing_that_is_not_read() -> None:
    assert ontology().unused == ()


VESSEL = VOCAB + 't:尊 a m:Bronze ; skos:prefLabel "大尊"@zh ;\n'
EVENT = 'zm:Event a owl:Class ; rdfs:label "事件"@zh, "event"@en .\n'
SUPPORTS = 'zm:supports a owl:ObjectProperty ; rdfs:label "支持"@zh, "supports"@en .\n'


@pytest.mark.parametrize(
    ("schema", "lacks"),
    [
        (SCHEMA + EVENT, ["zm:Place (for zm:Event)", "zm:Body (for zm:Event)"]),
        (SCHEMA + SUPPORTS, ["zm:Industry (for zm:supports)", "zm:Technology (for zm:supports)"]),
        (SCHEMA.replace("zm:Concept", "m:Idea"), ["zm:Concept (for zm:defines)"]),
        (
            SCHEMA.split("zm:defines a", maxsplit=1)[0],
            ["lacks all of zm:defines, zm:includes, zm:Event, zm:supports"],
        ),
    ],
)
def test_all_that_is_lacking_is_said_at_once(tmp_path: Path, schema: str, lacks: list[str]) -> None:
    with pytest.raises(OntologyError) as raised:
        load_ontology(museum(tmp_path, schema))
    assert str(raised.value).startswith(f"{tmp_path / 'schema.ttl'}: lacks ")
    assert [name for name in lacks if name not in str(raised.value)] == []


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def changed(old: str, new: str, text: str = SCHEMA) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("files", "file", "part", "told"),
    [
        ({"schema": changed('zm:facet "motif"', 'zm:facets "motif"')}, "schema.ttl", "zm:facets", "zm:facets is nothing that"),
        ({"schema": changed('zm:facet "motif" ;', "")}, "schema.ttl", '"主纹"', "no rule reads the zm:nounCue of hasMotif: 主纹"),
        ({"schema": changed('zm:facet "motif" ;', "")}, "schema.ttl", '"铸有"', "a sub-property of zm:defines needs a zm:facet"),
        (
            {"schema": changed('"bronze"@en .', '"bronze"@en ;\n    zm:verbCue "出土" .')},
            "schema.ttl",
            '"出土"',
            "no rule reads the zm:verbCue of Bronze: 出土",
        ),
        (
            {"schema": changed('    zm:nounCue "主纹" ;\n    zm:verbCue "饰有", "铸有" .', "    .")},
            "schema.ttl",
            "m:hasMotif a",
            "has neither zm:nounCue nor zm:verbCue",
        ),
        (
            {"schema": changed("m:Motif a owl:Class ; rdfs:subClassOf zm:Concept ;", "m:Motif a owl:Class ;")},
            "schema.ttl",
            "m:Motif a",
            "Motif is below no class that the rules know",
        ),
        ({"vocab": VOCAB + 't:鼎 a m:Bronze ; skos:prefLabel "鼎"@zh .'}, "vocab/things.ttl", "t:鼎 a", "is one character"),
        ({"vocab": VESSEL + ' skos:altLabel "尊器" .'}, "vocab/things.ttl", '"尊器"', "no language"),
        ({"vocab": VESSEL + " skos:broader t:器 ."}, "vocab/things.ttl", "t:器", "no vocabulary"),
    ],
)
def test_what_is_of_no_use_is_told_with_its_line(tmp_path: Path, files: dict[str, str], file: str, part: str, told: str) -> None:
    folder = museum(tmp_path, **files)
    text = (folder / file).read_text(encoding="utf-8")
    where = f"{folder / file}:{line_of(text, part)}: "
    assert [line for line in load_ontology(folder).unused if line.startswith(where) and told in line]


@pytest.mark.parametrize("path", ["museum", "vocabulary__things", "rules__r"])
def test_a_file_that_is_not_read_is_told(tmp_path: Path, path: str) -> None:
    unused = load_ontology(museum(tmp_path, **{path: ""})).unused
    assert [line for line in unused if "is not read" in line and f"{path.replace('__', '/')}.ttl" in line]


@pytest.mark.parametrize(
    ("files", "one", "other", "told"),
    [
        (
            {"vocab": VOCAB + 't:二羊尊 a m:Bronze ; skos:prefLabel "双羊尊"@zh .'},
            ("vocab/things.ttl", "t:双羊尊"),
            ("vocab/things.ttl", "t:二羊尊"),
            "“双羊尊” names",
        ),
        (
            {"vocab__more": changed(":双羊尊", ":二羊尊", VOCAB).split("t:方鼎")[0]},  # in another file
            ("vocab/more.ttl", "t:二羊尊"),
            ("vocab/things.ttl", "t:双羊尊"),
            "“双羊尊” names",
        ),
        (
            {"vocab": VOCAB + 't:纹 a m:Bronze ; skos:prefLabel "纹样"@zh ;\n skos:altLabel "雷纹"@zh .'},  # of another class
            ("vocab/things.ttl", '"雷纹"@zh .\nt:纹'),
            ("vocab/things.ttl", ' skos:altLabel "雷纹"@zh .'),
            "“雷纹” names",
        ),
        (
            {"schema": SCHEMA + 'm:Vessel a owl:Class ; rdfs:label "青铜器"@zh, "vessel"@en .'},
            ("schema.ttl", "m:Bronze a"),
            ("schema.ttl", "m:Vessel a"),
            "“青铜器” is the label of",
        ),
        (
            {"schema": SCHEMA + 'm:shows a owl:ObjectProperty ; rdfs:label "示"@zh,\n "has motif"@en .'},
            ("schema.ttl", 'rdfs:label "饰有"'),
            ("schema.ttl", ' "has motif"@en .'),
            "“has motif” is the label of",
        ),
    ],
)
def test_two_things_with_one_name_are_refused_with_both_places(
    tmp_path: Path, files: dict[str, str], one: tuple[str, str], other: tuple[str, str], told: str
) -> None:
    folder = museum(tmp_path, **files)
    with pytest.raises(OntologyError, match=told) as raised:
        load_ontology(folder)
    texts = {file: (folder / file).read_text(encoding="utf-8") for file, _ in (one, other)}
    for file, part in (one, other):
        assert f"{folder / file}:{line_of(texts[file], part)}" in str(raised.value)
    assert len(set(re.findall(r"<(https://museum\.example/[^>]*)>", str(raised.value)))) == 2


def test_a_unit_may_be_called_as_a_thing_is(tmp_path: Path) -> None:
    schema = SCHEMA + 'zm:Unit a owl:Class ; rdfs:label "单位"@zh, "unit"@en .'
    units = SCHEMA.split("zm:Concept", maxsplit=1)[0] + (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://museum.example/units/双羊尊> a zm:Unit ; skos:prefLabel "双羊尊"@zh .'
    )
    known = load_ontology(museum(tmp_path, schema, vocab__units=units))
    assert sorted(term.kind for term in known.terms if term.label == "双羊尊") == ["Bronze", "Unit"]
    said = resolve([claim(s=Name("双羊尊", "Concept"), o=Name("云雷纹", "Concept"), facet="motif")], terms=known.terms)
    assert [entity.kinds for entity in said[0].entities["s"]] == [("Bronze",)]


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        (changed("    rdfs:subPropertyOf zm:defines ;\n", ""), "is not below zm:defines"),
        (
            SCHEMA + "m:shows a owl:ObjectProperty ; rdfs:subPropertyOf zm:defines ;\n"
            ' zm:facet "motif" ; rdfs:label "示"@zh, "shows"@en .',
            "facet motif is that of hasMotif too",
        ),
        (changed("rdfs:domain m:Artifact", "rdfs:domain [ owl:onProperty m:x ]"), "neither a class nor an owl:unionOf"),
        (SCHEMA + "zm:defines rdfs:subPropertyOf m:hasMotif .", "sub-property of itself"),
        (SCHEMA + '<https://other.example/Bronze> a owl:Class ; rdfs:label "铜"@zh, "copper"@en .', "ends as <"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_its_line(tmp_path: Path, schema: str, told: str) -> None:
    with pytest.raises(OntologyError, match=re.escape(told)) as raised:
        load_ontology(museum(tmp_path, schema))
    assert re.match(rf"{re.escape(str(tmp_path))}/schema\.ttl:\d+: ", str(raised.value))


# ---- domain and range


def motif(s: Name, o: Name, **fields: Any) -> Any:
    return claim(s=s, o=o, facet="motif", **fields)


BRONZE, MOTIF = Name("双羊尊", "Concept"), Name("饕餮纹", "Concept")
PERSON = Name("匠人", "Person")
UNION = "rdfs:range [ owl:unionOf ( m:Motif zm:Person ) ]"


@pytest.mark.parametrize(
    ("schema", "s", "o", "reason"),
    [
        (SCHEMA, BRONZE, MOTIF, None),
        (SCHEMA, MOTIF, BRONZE, "s: hasMotif takes Artifact, and “饕餮纹” is Motif"),
        (SCHEMA, BRONZE, PERSON, "o: hasMotif takes Motif, and “匠人” is Person"),
        # a union is one of its classes, two ranges are both
        (changed("rdfs:range m:Motif", UNION), BRONZE, PERSON, None),
        (changed("rdfs:range m:Motif", UNION), BRONZE, Name("云雷方鼎", "Concept"), "o: hasMotif takes Motif or Person"),
        (changed("rdfs:range m:Motif", "rdfs:range m:Motif, zm:Concept"), BRONZE, MOTIF, None),
        (changed("rdfs:range m:Motif", "rdfs:range m:Motif, m:Artifact"), BRONZE, MOTIF, "o: hasMotif takes Artifact"),
        # what the super-property asks, and what its own super-property asks
        (changed("rdfs:domain m:Artifact ;\n    rdfs:range m:Motif ;", ""), BRONZE, PERSON, None),
        (
            SCHEMA.replace("rdfs:domain m:Artifact ;\n    rdfs:range m:Motif ;", "") + "zm:defines rdfs:range m:Motif .",
            BRONZE,
            PERSON,
            "o: hasMotif takes Motif",
        ),
        (
            SCHEMA.replace("rdfs:domain m:Artifact ;\n    rdfs:range m:Motif ;", "") + "zm:defines rdfs:subPropertyOf m:links . "
            'm:links a owl:ObjectProperty ; rdfs:domain m:Artifact ; rdfs:label "联"@zh, "links"@en .',
            PERSON,
            MOTIF,
            "s: hasMotif takes Artifact",
        ),
        (SCHEMA + "zm:defines rdfs:range zm:Person .", BRONZE, MOTIF, "o: hasMotif takes Person"),
    ],
)
def test_domain_and_range_are_inherited(tmp_path: Path, schema: str, s: Name, o: Name, reason: str | None) -> None:
    known = load_ontology(museum(tmp_path, schema))
    accepted, rejected = check(resolve([motif(s, o)], terms=known.terms), known)
    assert len(accepted) == (reason is None)
    assert all((reason or "") in rejection.reason for rejection in rejected)
