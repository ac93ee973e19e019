"""Every format says the same, in the same bytes each time."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from functools import cache

import pytest
from rdflib import Graph

from pipeline.errors import UsageError
from pipeline.export import FORMATS, export
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
