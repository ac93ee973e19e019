"""What is exported, read by tools that are not ours: the same triples, the same edges, the same answers."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import duckdb
import igraph
import networkx
import owlready2
import pandas
import pyarrow.parquet
import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, Namespace

from pipeline.build import build
from pipeline.export import FORMATS, export, write_out
from pipeline.export.edges import edges, nodes
from pipeline.store import Store, open_store

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
DOCUMENTS = ["01_向海图强.txt", "05_lingang_coldchain_measures.txt", "11_冰雪经济研究.pdf"]  # contrasts, policy, citations
Triples = set[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three documents of the sample, built."""
    folder = tmp_path_factory.mktemp("export")
    (folder / "in").mkdir()
    for name in DOCUMENTS:
        shutil.copy(ROOT / "corpus" / name, folder / "in")
    assert not build(folder / "in", folder / "out", ontology=ONTOLOGY).failures
    return folder


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    return open_store(folder / "out")


@pytest.fixture(scope="module")
def written(folder: Path, store: Store) -> Callable[[str], Path]:
    """The file of a format, written once; “ttl12” and “nt12” are those of RDF 1.2."""

    @cache
    def write(form: str) -> Path:
        file = folder / f"graph.{form}"
        file.write_bytes(export(store, form.removesuffix("12"), rdf12=form.endswith("12")))
        return file

    return write


def triples(ntriples: bytes) -> Triples:
    """Triples as a parser reads them: two ways to escape a character are one."""
    return {str(quad.triple) for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES) if isinstance(quad, ox.Quad)}


@pytest.fixture(scope="module")
def expected(store: Store) -> Triples:
    found = triples("".join(line + "\n" for line in store.lines()).encode())
    assert len(found) > 3000
    return found


# ---- RDF

RAPPER = [("ttl", "turtle"), ("nt", "ntriples"), ("rdfxml", "rdfxml"), ("nq", "nquads"), ("trig", "trig")]
SERDI = [("ttl", "turtle"), ("nt", "ntriples"), ("nq", "nquads"), ("trig", "trig")]


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper is not installed (Debian: raptor2-utils)")
@pytest.mark.parametrize(("form", "name"), RAPPER)
def test_rapper_reads_the_triples(form: str, name: str, written: Callable[[str], Path], expected: Triples) -> None:
    command = ["rapper", "--quiet", "--input", name, "--output", "ntriples", str(written(form)), "https://x.org/"]
    assert triples(run(command)) == expected


@pytest.mark.skipif(not shutil.which("serdi"), reason="serdi is not installed (Debian: serdi)")
@pytest.mark.parametrize(("form", "name"), SERDI)
def test_serdi_reads_the_triples(form: str, name: str, written: Callable[[str], Path], expected: Triples) -> None:
    assert triples(run(["serdi", "-i", name, "-o", "ntriples", str(written(form))])) == expected


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # by rdflib's reader of JSON-LD
@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("jsonld", "json-ld"), ("rdfxml", "xml")])
def test_rdflib_reads_the_triples(form: str, name: str, written: Callable[[str], Path], expected: Triples) -> None:
    graph = Graph().parse(written(form), format=name)
    # rdflib rewrites an odd number or date: both sides pass through it
    same = Graph().parse(data="".join(f"{triple} .\n" for triple in sorted(expected)), format="nt")
    assert set(graph) == set(same)


@pytest.mark.parametrize(("form", "name"), [("rdfxml", "rdfxml"), ("nt", "ntriples")])
def test_owlready_reads_the_triples(form: str, name: str, written: Callable[[str], Path], expected: Triples) -> None:
    world = owlready2.World()
    with written(form).open("rb") as file:
        world.get_ontology("https://x.org/graph#").load(fileobj=file, format=name)
    assert len(world.graph) >= len(expected)
    answers = world.sparql_query("SELECT ?d { ?x <https://w3id.org/zhimai#documentName> ?d }")
    assert sorted(name for (name,) in answers) == sorted(Path(name).stem for name in DOCUMENTS)


def has_node(package: str) -> bool:
    """Whether node finds a package of npm, through NODE_PATH or near the folder of the tests."""
    if not shutil.which("node"):
        return False
    return subprocess.run(["node", "-e", f"require('{package}')"], cwd=ROOT, capture_output=True, check=False).returncode == 0


N3 = """
const { Parser, Writer } = require('n3'), fs = require('fs');
const quads = new Parser({ format: process.argv[2] }).parse(fs.readFileSync(process.argv[1], 'utf8'));
const lines = new Writer({ format: 'N-Triples' }).quadsToString(quads);
// its writer has Turtle's "a" in the triple terms of N-Triples
process.stdout.write(lines.replaceAll(/<<\\( (\\S+) a /g, '<<( $1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> '));
"""
N3_MISSING = pytest.mark.skipif(not has_node("n3"), reason="node finds no n3 (npm install n3, and NODE_PATH)")


@N3_MISSING
@pytest.mark.parametrize(
    ("form", "name"),
    [("ttl", "text/turtle"), ("nt", "application/n-triples"), ("nq", "application/n-quads"), ("trig", "application/trig")],
)
def test_n3_js_reads_the_triples(form: str, name: str, written: Callable[[str], Path], expected: Triples) -> None:
    assert triples(run(["node", "-e", N3, str(written(form)), name])) == expected


@N3_MISSING
@pytest.mark.parametrize(("form", "name"), [("ttl12", "text/turtle"), ("nt12", "application/n-triples")])
def test_n3_js_reads_what_each_claim_reifies(form: str, name: str, written: Callable[[str], Path], expected: Triples) -> None:
    found = triples(run(["node", "-e", N3, str(written(form)), name]))
    check_reified(found, expected)


@pytest.mark.parametrize(("form", "name"), [("ttl12", ox.RdfFormat.TURTLE), ("nt12", ox.RdfFormat.N_TRIPLES)])
def test_claims_reify_triples_of_the_graph(
    form: str, name: ox.RdfFormat, written: Callable[[str], Path], expected: Triples
) -> None:
    found = {str(quad.triple) for quad in ox.parse(path=str(written(form)), format=name) if isinstance(quad, ox.Quad)}
    check_reified(found, expected)


def check_reified(found: Triples, expected: Triples) -> None:
    """RDF 1.2 adds a triple term to each claim and nothing else, and each term is a triple of the graph."""
    added = found - expected
    assert expected <= found
    told = [line.split("<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( ") for line in added]
    assert {term.removesuffix(" )>>") for _, term in told} <= expected
    claims = {line.split(" ")[0] for line in expected if line.endswith("> <https://w3id.org/zhimai#Claim>")}
    assert {claim.strip() for claim, _ in told} == claims


# ---- the same answers

FACTS = """
SELECT ?subject ?property ?object ?document ?quote WHERE {
  ?claim zm:claimSubject ?s ; zm:claimPredicate ?property ; zm:claimObject ?o ; zm:bestEvidence ?e .
  ?s skos:prefLabel ?subject . ?o skos:prefLabel ?object .
  ?e oa:hasSource/zm:documentName ?document ; oa:hasSelector/oa:exact ?quote .
  FILTER(?property != cito:cites)
}"""
MEMBERS = "SELECT ?class (COUNT(DISTINCT ?member) AS ?members) WHERE { ?member a ?class } GROUP BY ?class"
FIGURES = """
SELECT ?label ?value (SUM(IF(?sure > 0.9, 1, 0)) AS ?certain) WHERE {
  ?o zm:observationOf ?of ; schema:value ?value . ?of skos:prefLabel ?label .
  ?claim zm:claimSubject ?o ; zm:confidence ?sure .
  OPTIONAL { ?o schema:startDate ?start } FILTER(!BOUND(?start) || STR(?start) > "2000")
} GROUP BY ?label ?value"""
PREFIXES = """
PREFIX zm: <https://w3id.org/zhimai#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX cito: <http://purl.org/spar/cito/> PREFIX schema: <https://schema.org/>
"""
COMUNICA = """
const { QueryEngine } = require('@comunica/query-sparql-rdfjs'), { Parser, Store } = require('n3'), fs = require('fs');
(async () => {
  const source = new Store(new Parser().parse(fs.readFileSync(process.argv[1], 'utf8')));
  const found = await (await new QueryEngine().queryBindings(process.argv[2], { sources: [source] })).toArray();
  const names = process.argv[3].split(' ');
  console.log(JSON.stringify(found.map(row => names.map(name => row.get(name).value))));
})();
"""


def answers(store: Store, query: str) -> Counter[tuple[str, ...]]:
    found = Counter(tuple(map(str, row)) for row in store.select(PREFIXES + query))
    assert len(found) > 5
    return found


@pytest.mark.parametrize("query", [FACTS, MEMBERS, FIGURES], ids=["facts", "members", "figures"])
def test_rdflib_gives_the_same_answers(query: str, written: Callable[[str], Path], folder: Path, store: Store) -> None:
    graph = Graph().parse(written("ttl"))
    rows: Iterable[Iterable[object]] = graph.query(PREFIXES + query)  # type: ignore[assignment]
    assert Counter(tuple(map(str, row)) for row in rows) == data_answers(folder, query)


@cache
def data_answers(folder: Path, query: str) -> Counter[tuple[str, ...]]:
    """Answers of the data alone: a store has its schema in the default graph too."""
    return answers(Store(_loaded(folder / "graph.ttl")), query)


def _loaded(file: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(file), format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.skipif(
    not (has_node("n3") and has_node("@comunica/query-sparql-rdfjs")),
    reason="node finds no Comunica (npm install n3 @comunica/query-sparql-rdfjs, and NODE_PATH)",
)
@pytest.mark.parametrize("query", [FACTS, MEMBERS, FIGURES], ids=["facts", "members", "figures"])
def test_comunica_gives_the_same_answers(query: str, written: Callable[[str], Path], folder: Path) -> None:
    columns = {FACTS: "subject property object document quote", MEMBERS: "class members", FIGURES: "label value certain"}[query]
    printed = run(["node", "-e", COMUNICA, str(written("ttl")), PREFIXES + query, columns])
    assert Counter(tuple(row) for row in json.loads(printed)) == data_answers(folder, query)


# ---- nodes and edges


def told(store: Store) -> Counter[tuple[str, str, str, str]]:
    """Edges as the store has them, with the documents that they are from."""
    found = Counter((edge.source, edge.property, edge.target, edge.evidence.document) for edge in edges(store))
    assert len(found) > 100
    return found


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_the_edges(form: str, written: Callable[[str], Path], store: Store) -> None:
    graph = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[form](written(form))
    assert graph.is_directed()
    assert {node.iri: node.label for node in nodes(store)} == dict(graph.nodes(data="label"))
    found = Counter((source, edge["property"], target, edge["document"]) for source, target, edge in graph.edges(data=True))
    assert found == told(store)
    assert all(0 < edge["weight" if form == "gexf" else "confidence"] <= 1 for _, _, edge in graph.edges(data=True))
    assert all(edge["quote"] for _, _, edge in graph.edges(data=True))


def test_igraph_reads_the_edges(written: Callable[[str], Path], store: Store) -> None:
    graph = igraph.Graph.Read_GraphML(str(written("graphml")))
    names = graph.vs["id"]
    found = Counter((names[edge.source], edge["property"], names[edge.target], edge["document"]) for edge in graph.es)
    assert found == told(store)
    assert all(0 < edge["confidence"] <= 1 for edge in graph.es)


def test_the_files_for_neo4j_name_no_node_that_is_not_there(store: Store, folder: Path) -> None:
    write_out(folder / "neo4j", "neo4j", export(store, "neo4j"))
    texts = ((folder / "neo4j" / name).read_text(encoding="utf-8") for name in ("nodes.csv", "relationships.csv"))
    things, facts = (list(csv.reader(text.splitlines())) for text in texts)
    assert [things[0], facts[0][:3]] == [["iri:ID", "label", "date", ":LABEL"], [":START_ID", ":END_ID", ":TYPE"]]
    known = [row[0] for row in things[1:]]
    assert len(known) == len(set(known))
    assert {end for row in facts[1:] for end in row[:2]} <= set(known)
    assert all(row[3] for row in things[1:])
    assert Counter((row[0], row[3], row[1], row[4]) for row in facts[1:]) == told(store)
    frame = (
        duckdb.connect()
        .execute(f"SELECT \":TYPE\", count(*) FROM read_csv('{folder}/neo4j/relationships.csv') GROUP BY 1")
        .fetchall()
    )
    assert dict(frame) == Counter(row[2] for row in facts[1:])


# ---- tables


def test_duckdb_and_pandas_read_the_facts(written: Callable[[str], Path]) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv").read_text(encoding="utf-8"))))
    file = written("parquet")
    table = pyarrow.parquet.read_table(file)
    assert table.column_names == list(rows[0])
    assert table.num_rows == len(rows) > 100
    counted = duckdb.connect().execute(f"SELECT rel, count(*), round(avg(confidence), 4) FROM '{file}' GROUP BY rel").fetchall()
    assert {rel: number for rel, number, _ in counted} == Counter(row["rel"] for row in rows)
    frame = pandas.read_parquet(file)
    assert [row["quote"].lstrip("'") for row in rows] == [quote.lstrip("'") for quote in frame["quote"]]
    assert list(frame["end"] - frame["start"] > 0) == [True] * len(rows)
    assert frame["planned"].dtype == bool
    assert sorted(frame["confidence"]) == sorted(float(row["confidence"]) for row in rows)


# ---- the description of the data set


def test_the_description_counts_what_is_there(written: Callable[[str], Path], expected: Triples) -> None:
    graph = Graph().parse(data=written("void").read_text(encoding="utf-8"), format="turtle")
    query = """PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
        SELECT ?triples (SUM(?of) AS ?parts) ?type WHERE {
          ?set a dcat:Dataset, void:Dataset ; void:triples ?triples ; void:propertyPartition/void:triples ?of ;
            dcat:distribution/dcat:mediaType ?type } GROUP BY ?triples ?type"""
    (row,) = graph.query(query)
    assert [str(cell) for cell in row] == [  # type: ignore[union-attr]
        str(len(expected)),
        str(len(expected)),
        "https://www.iana.org/assignments/media-types/text/turtle",
    ]
    claims = sum(line.endswith("> <https://w3id.org/zhimai#Claim>") for line in expected)
    zm, void = Namespace("https://w3id.org/zhimai#"), Namespace("http://rdfs.org/ns/void#")
    assert [graph.value(part, void.entities) for part in graph.subjects(void["class"], zm.Claim)] == [Literal(claims)]


def test_every_format_is_read_here_or_in_test_export() -> None:
    assert set(FORMATS) == {
        *("ttl", "nt", "nq", "trig", "jsonld", "rdfxml"),
        *("graphml", "gexf", "neo4j", "csv", "parquet", "void", "context"),
    }


def run(command: list[str]) -> bytes:
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
