"""The ontology in the store: what queries see of it, what is written out, and the list of classes and properties."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import OntologyError, UsageError
from pipeline.export import export
from pipeline.rows import Cell, Table
from pipeline.schema import schema
from pipeline.store import Store, build_store, open_store
from tests.samples import ROOT, sample_lines, sample_text

ONTOLOGY = ROOT / "ontology"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("out")
    build_store(folder / "store", sample_text(), (), ONTOLOGY)
    return open_store(folder)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ('SELECT ?l { zm:hasElement rdfs:label ?l FILTER(LANG(?l) = "zh") }', [("要素",)]),
        ("SELECT ?p { ?p rdfs:subPropertyOf zm:contrastOf } ORDER BY ?p", [
            ("https://w3id.org/zhimai#contrastFirst",), ("https://w3id.org/zhimai#contrastSecond",)]),
        # of the vocabularies only what the data names is in the default graph
        ('SELECT ?x { ?x skos:prefLabel "黑龙江省"@zh }', []),
        ('SELECT ?x { GRAPH <https://w3id.org/zhimai/vocab> { ?x skos:prefLabel "黑龙江省"@zh } }', [
            ("https://w3id.org/zhimai/vocab/place/黑龙江省",)]),
        ("SELECT (COUNT(*) AS ?n) { ?x a skos:ConceptScheme }", [("0",)]),
    ],
)  # fmt: skip
def test_a_query_sees_the_schema_and_asks_for_the_vocabularies(store: Store, query: str, rows: list[tuple[str]]) -> None:
    assert list(store.select(query)) == rows


def test_the_data_is_written_without_the_ontology(store: Store) -> None:
    assert store.lines() == sorted(sample_lines())


@pytest.mark.parametrize("form", ["ttl", "nt", "nq", "trig", "jsonld", "rdfxml"])
def test_the_ontology_is_written_on_request(store: Store, form: str) -> None:
    plain, whole = (export(store, form, with_ontology=wanted).decode() for wanted in (False, True))
    for part in ("has element", "黑龙江省"):
        assert part in whole
        assert part not in plain


@pytest.mark.parametrize("form", ["csv", "graphml"])
def test_what_is_no_rdf_holds_no_ontology(store: Store, form: str) -> None:
    with pytest.raises(UsageError, match=f"{form}: holds facts only"):
        export(store, form, with_ontology=True)


UNION = """@prefix zm: <https://w3id.org/zhimai#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
zm:links a owl:ObjectProperty ; rdfs:label "联"@zh ; rdfs:domain [ owl:unionOf ( zm:Motif zm:Artifact ) ] .
"""


def test_blank_nodes_of_a_schema_get_the_same_iris_on_every_build(tmp_path: Path) -> None:
    (tmp_path / "schema.ttl").write_text(UNION, encoding="utf-8")
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        build_store(tmp_path / name / "store", "", (), tmp_path)
        store = open_store(tmp_path / name)
        written.append(store.lines(with_ontology=True))
        assert ("property", "zm:links", "联", "", "zm:Artifact、zm:Motif", "", "0", "") in schema(store).rows
        assert store.lines() == []
    assert written[0] == written[1]
    assert not [line for line in written[0] if "_:" in line]


def test_a_file_that_the_store_cannot_read_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "schema.ttl").write_text(UNION + "zm:a zm:b <not an iri> .\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"schema\.ttl:4: no valid Turtle"):
        build_store(tmp_path / "store", "", (), tmp_path)


def test_a_rule_sees_the_schema(tmp_path: Path) -> None:
    rule = tmp_path / "r.rq"
    rule.write_text(
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "CONSTRUCT { ?s ?q ?o } WHERE { ?s ?p ?o . ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?r }",
        encoding="utf-8",
    )
    build_store(tmp_path / "store", sample_text(), [rule], ONTOLOGY)
    new = set(open_store(tmp_path).lines()) - set(sample_lines())
    assert {line.split(" ")[1] for line in new} == {"<https://w3id.org/zhimai#defines>"}


def rows(table: Table) -> dict[Cell, tuple[Cell, ...]]:
    return {row[1]: row for row in table.rows}


@pytest.mark.parametrize(
    "row",
    [
        ("class", "zm:Policy", "政策", "policy", "", "", "1", "青禾工厂行动方案"),
        ("class", "zm:View", "观点", "view", "", "", "0", ""),
        ("class", "zm:Document", "文献", "document", "", "", "1", "青禾工厂建设情况"),
        ("property", "zm:supports", "支持", "supports", "zm:Initiator", "zm:Concept", "1", "青禾工厂行动方案 → 储能产业"),
        ("property", "zm:hasElement", "要素", "has element", "", "", "2", "青禾工厂 → 节电机组"),
        ("property", "zm:uses", "使用", "uses", "zm:Topic", "zm:Method", "0", ""),
        ("property", "schema:location", "", "", "", "", "1", "青禾工厂推进会 → 苏州市"),
        ("property", "schema:startDate", "", "", "", "", "2", "青禾工厂建设情况 → 2024-03-01"),
        ("property", "skos:notation", "", "", "", "", "2", "江苏省 → 320000"),
    ],
)
def test_the_list_gives_labels_domain_range_count_and_an_example(store: Store, row: tuple[str, ...]) -> None:
    assert rows(schema(store))[row[1]] == row


def test_the_list_is_by_frequency_and_shortens_what_has_no_name(store: Store) -> None:
    table = schema(store)
    for what in ("class", "property"):
        counts = [int(row[6] or 0) for row in table.rows if row[0] == what]
        assert counts == sorted(counts, reverse=True)
        assert counts[0] > 0
    assert str(rows(table)["zm:Claim"][7]).startswith("claim:")
    assert "zm:confidence" in rows(table)


def test_what_no_schema_declares_is_listed_too(tmp_path: Path) -> None:
    build_store(tmp_path / "store", '<x:a> <http://purl.org/dc/terms/title> "甲" .\n<x:a> <x:p> <x:a> .\n')
    assert schema(open_store(tmp_path)).rows == (
        ("property", "dcterms:title", "", "", "", "", "1", "甲 → 甲"),
        ("property", "x:p", "", "", "", "", "1", "甲 → 甲"),
    )
