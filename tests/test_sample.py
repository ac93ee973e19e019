"""The sample, built whole: every document gives facts, the graph keeps its rules, and the gold rows fit the documents."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph

from pipeline.build import build
from pipeline.evaluate import read_rows
from pipeline.read import read
from pipeline.read.find import find_documents
from pipeline.rows import Table
from pipeline.store import open_store

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
ONTOLOGY = ROOT / "ontology"
DOCUMENTS = find_documents(CORPUS)
GOLD = sorted((ROOT / "tests" / "gold").glob("*.jsonl"))
FACETS = {"element", "feature", "hallmark", "essence", "key", "driver", "origin", "carrier", "goal", "basis"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample")
    assert not build(CORPUS, out, ontology=ONTOLOGY).failures
    return out


@pytest.fixture(scope="module")
def claims(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "claims.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_sample_is_eleven_documents_in_five_formats_and_two_encodings() -> None:
    documents = [read(path, CORPUS) for path in DOCUMENTS]
    assert Counter(document.encoding for document in documents) == {"utf-8": 10, "gb18030": 1}
    formats = Counter(path.suffix for path in DOCUMENTS)
    assert formats == {".txt": 7, ".md": 1, ".html": 1, ".docx": 1, ".pdf": 1}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_document_gives_facts(path: Path, claims: list[dict[str, object]]) -> None:
    assert sum(claim["doc"] == path.stem for claim in claims) >= 5


def test_every_facet_is_found(claims: list[dict[str, object]]) -> None:
    assert {claim["facet"] for claim in claims if claim["rel"] == "defines"} == FACETS


@pytest.mark.parametrize("file", sorted((ONTOLOGY / "checks").glob("*.rq")), ids=lambda file: file.stem)
def test_the_graph_keeps_a_rule(file: Path, out: Path) -> None:
    answer = open_store(out).answer(file.read_text(encoding="utf-8"))
    assert isinstance(answer, Table)
    assert not answer.rows, file.read_text(encoding="utf-8").split("\n\n")[0]


@pytest.mark.filterwarnings(r"ignore:Dataset\.\w+ is deprecated:DeprecationWarning")  # pySHACL's calls of rdflib
def test_the_graph_has_the_shapes(out: Path) -> None:
    graph = Graph().parse(out / "graph.ttl")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=str(ONTOLOGY / "shapes.ttl"))
    assert conforms, report


@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.stem)
def test_gold_rows_quote_their_document(file: Path) -> None:
    path = next(path for path in DOCUMENTS if path.stem == file.stem)
    text = "".join(read(path, CORPUS).text.split())
    rows = [row for row in read_rows(file) if row["rel"] != "_kinds"]
    assert len(rows) >= 40
    for row in rows:
        assert row["doc"] == path.stem
        assert len(row["quote"]) <= 60
        assert row["quote"].replace(" ", "") in text.replace("**", ""), row["quote"]
        assert row["rel"] != "defines" or row["facet"] in FACETS


@pytest.mark.parametrize(
    ("name", "place"),
    [("09_望溪县茶产业措施", "/html/body/"), ("10_未来产业行动计划", "paragraph "), ("11_冰雪经济研究", "page 1")],
)
def test_facts_say_where_in_the_file_they_stand(name: str, place: str, claims: list[dict[str, object]]) -> None:
    places = {str(claim.get("place")) for claim in claims if claim["doc"] == name}
    assert places
    assert all(found.startswith((place, "table ", "footnote ")) for found in places)


def test_facts_are_in_sections(out: Path) -> None:
    answer = open_store(out).answer(
        "SELECT ?title ?kind { ?e a oa:SpecificResource ; dcterms:isPartOf ?s . ?s dcterms:title ?title . "
        "OPTIONAL { ?s zm:sectionKind/skos:prefLabel ?kind } }"
    )
    assert isinstance(answer, Table)
    assert ("四、对策", "对策建议") in answer.rows
