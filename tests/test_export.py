"""Every format says the same, in the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import sys
import xml.etree.ElementTree as ET
import zipfile
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph

from pipeline.cli import EXPORTED
from pipeline.errors import UsageError
from pipeline.export import FORMATS, export, format_of, write_out, write_whole
from pipeline.store import Store, in_memory
from tests.samples import sample_text

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@cache
def store() -> Store:
    return in_memory(sample_text())


@cache
def expected() -> Graph:
    return Graph().parse(data=sample_text(), format="nt")


# Without named graphs, N-Quads are N-Triples and TriG is Turtle; rdflib's own readers of the two are full of deprecations.
RDF = [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml"), ("nq", "nt"), ("trig", "turtle")]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # by rdflib's reader of JSON-LD
@pytest.mark.parametrize(("form", "rdflib_name"), RDF)
def test_rdflib_reads_back_the_graph(form: str, rdflib_name: str) -> None:
    assert set(Graph().parse(data=export(store(), form), format=rdflib_name)) == set(expected())


@pytest.mark.parametrize("form", FORMATS)
def test_same_bytes_again(form: str) -> None:
    assert export(in_memory(sample_text()), form) == export(store(), form)


def test_csv_has_a_line_a_claim() -> None:
    rows = list(csv.DictReader(io.StringIO(export(store(), "csv").decode())))
    told = {(row["subject"], row["facet"] or row["rel"], row["object"] or row["date"]) for row in rows}
    assert ("青禾工厂", "element", "节电机组") in told
    assert ("青禾工厂推进会", "event", "2024-03-05") in told
    assert len(rows) == 6


def test_graphml_has_entities_and_direct_facts() -> None:
    root = ET.fromstring(export(store(), "graphml"))
    labels = {node.get("id"): node.findtext(f"{GRAPHML}data") for node in root.iter(f"{GRAPHML}node")}
    edges = [
        (labels[edge.get("source")], edge.findtext(f"{GRAPHML}data"), labels[edge.get("target")])
        for edge in root.iter(f"{GRAPHML}edge")
    ]
    assert ("青禾工厂", "hasElement", "节电机组") in edges
    assert ("青禾工厂推进会", "location", "苏州市") in edges
    assert len(edges) == len(set(edges)) == 6
    assert {node.findtext(f"{GRAPHML}data[@key='node-kinds']") for node in root.iter(f"{GRAPHML}node")} >= {"Event", "Policy"}


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="graphml"):
        export(store(), "docx")


def test_the_help_names_every_format() -> None:
    assert EXPORTED.replace(" or ", ", ").split(", ") == list(FORMATS)


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("ttl", "nt", "nq", "trig")])
def test_a_format_without_triple_terms_says_so(form: str) -> None:
    with pytest.raises(UsageError, match="has no triple terms"):
        export(store(), form, rdf12=True)


def test_json_ld_tells_a_fact_within_its_thing() -> None:
    document = json.loads(export(store(), "jsonld"))
    thing = next(node for node in document["@graph"] if node.get("prefLabel") == {"zh": "青禾工厂"})
    assert thing["@id"] == "entity:青禾工厂"
    assert thing["hasFeature"] == "entity:余料回用"
    claim = next(claim for claim in thing["claims"] if claim["claimObject"] == "entity:余料回用")
    assert "claimSubject" not in claim  # told by where it stands
    assert claim["confidence"] == "0.8"
    place, words = claim["wasQuotedFrom"]["hasSelector"]
    assert (words["exact"], place["end"] - place["start"]) == ("青禾工厂以余料回用为特征", 12)
    assert [node["title"] for node in document["@graph"] if node["@type"] == "Document"] == []
    paper = next(node for node in document["@graph"] if "Document" in node["@type"])
    assert [section["title"] for section in paper["sections"]] == ["青禾工厂建设情况"]
    assert json.loads(export(store(), "context"))["@context"] == document["@context"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # by rdflib's reader of JSON-LD
def test_json_ld_of_values_of_several_types_keeps_them() -> None:
    odd = [
        '<x:a> <x:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<x:a> <x:p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<x:a> <x:q> "two"@en .',
        '<x:a> <x:q> "两"@zh .',
        '<x:b> <x:q> "plain" .',
        '<x:b> <x:r> "1"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
        "<x:b> <x:r> <x:a> .",
        '<x:b> <x:claims> "no reserved name" .',
        '<x:b> <http://y.org/p> "a second p" .',
    ]
    text = "".join(line + "\n" for line in odd)
    read = Graph().parse(data=export(in_memory(text), "jsonld"), format="json-ld")
    assert set(read) == set(Graph().parse(data=text, format="nt"))


def test_files_for_neo4j_are_a_folder_or_an_archive(tmp_path: Path) -> None:
    content = export(store(), "neo4j")
    write_out(tmp_path / "g.zip", "neo4j", content)
    write_out(tmp_path / "g", "neo4j", content)
    assert (tmp_path / "g.zip").read_bytes() == content
    names = ["nodes.csv", "relationships.csv"]
    assert sorted(path.name for path in (tmp_path / "g").iterdir()) == names
    with zipfile.ZipFile(tmp_path / "g.zip") as archive:
        assert archive.namelist() == names
        assert all(archive.read(name) == (tmp_path / "g" / name).read_bytes() for name in names)
    with pytest.raises(UsageError, match=r"cannot be made .*Name a folder"):
        write_out(tmp_path / "nowhere" / "g", "neo4j", content)


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"needs pyarrow.*pip install 'zhimai\[parquet\]'"):
        export(store(), "parquet")


NASTY = "=1+1\u001b[31m红\u009b0m\ufffe末\r"


@cache
def nasty() -> Store:
    """The sample with a quote and a label that a terminal, a spreadsheet and XML would stumble over."""
    escaped = NASTY.replace("\u001b", "\\u001B").replace("\ufffe", "\\uFFFE").replace("\r", "\\r")
    text = sample_text().replace('"青禾工厂以余料回用为特征"', f'"{escaped}"').replace('"余料回用"@zh', '"-余料\\u0001回用"@zh')
    return in_memory(text)


@pytest.mark.parametrize("form", ["rdfxml", "graphml", "gexf"])
def test_xml_is_well_formed_whatever_is_quoted(form: str) -> None:
    text = ET.tostring(ET.fromstring(export(nasty(), form)), encoding="unicode")
    assert "-余料\ufffd回用" in text
    assert "\ufffd末" in text


def test_rdfxml_keeps_a_carriage_return() -> None:
    graph = Graph().parse(data=export(nasty(), "rdfxml"), format="xml")
    assert any(str(obj).endswith("\ufffd末\r") for obj in graph.objects())


def test_csv_holds_no_formula_and_no_escape() -> None:
    rows = list(csv.DictReader(io.StringIO(export(nasty(), "csv").decode())))
    row = next(row for row in rows if row["object"].endswith("回用"))
    assert row["object"] == "'-余料\ufffd回用"
    assert row["quote"].startswith("'=1+1\ufffd[31m红\ufffd0m")


def test_csv_says_where_and_in_which_sentence() -> None:
    row = next(csv.DictReader(io.StringIO(export(store(), "csv").decode())))
    assert row["quote"] in row["sentence"]
    assert "place" in row
    assert export(store(), "csv", bom=True) == b"\xef\xbb\xbf" + export(store(), "csv")
    with pytest.raises(UsageError, match="no byte order mark"):
        export(store(), "ttl", bom=True)


def test_graphml_edges_carry_their_evidence() -> None:
    root = ET.fromstring(export(store(), "graphml"))
    keys = {key.get("id"): key.get("attr.name") for key in root.iter(f"{GRAPHML}key")}
    edges = [{keys[data.get("key")]: data.text for data in edge.iter(f"{GRAPHML}data")} for edge in root.iter(f"{GRAPHML}edge")]
    assert all({"document", "quote", "confidence"} <= edge.keys() for edge in edges)
    found = next(edge for edge in edges if edge["label"] == "hasFeature")
    assert (found["document"], found["quote"]) == ("a", "青禾工厂以余料回用为特征")
    assert 0 < float(found["confidence"] or 0) <= 1


@pytest.mark.parametrize(("name", "form"), [("g.graphml", "graphml"), ("g.RDF", "rdfxml"), ("g.ttl", "ttl"), ("g.csv", "csv")])
def test_the_suffix_names_the_format(name: str, form: str) -> None:
    assert format_of(Path(name)) == form


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_whole(tmp_path / "g.ttl", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["g.ttl"]
    with pytest.raises(UsageError, match=r"cannot be written .*Name a file"):
        write_whole(tmp_path / "nowhere" / "g.ttl", b"x")
    with pytest.raises(UsageError, match="the suffix names no format"):
        format_of(Path("g.docx"))
