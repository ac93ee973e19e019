"""zhimai from Python."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import pipeline as zhimai
from pipeline.errors import DataError, QueryError, ReadError, UsageError
from pipeline.model import Name
from tests.samples import ROOT
from tests.test_contract import TEXT as MUSEUM_TEXT
from tests.test_contract import museum

TEXT = "蓝湾经济\n蓝湾经济以近海空间为载体，以海洋牧场为基础。《蓝湾行动方案》支持发展储能产业。"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> zhimai.Graph:
    folder = tmp_path_factory.mktemp("api")
    (folder / "texts").mkdir()
    (folder / "texts" / "蓝湾.txt").write_text(TEXT, encoding="utf-8")
    assert zhimai.build_graph(folder / "texts", folder / "out").failures == {}
    return zhimai.open_graph(folder / "out")


def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "蓝湾.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(DataError, match=r"蓝湾\.txt: took longer than 0\.001 seconds"):
        zhimai.build_graph(tmp_path, tmp_path / "out", limits=zhimai.Limits(seconds=0.001))


def test_importing_it_is_light() -> None:
    heavy = "jieba rjieba spacy rdflib pyoxigraph opencc pandas typer"
    code = f"import sys, pipeline; print(sorted(set('{heavy}'.split()) & set(sys.modules)), pipeline.__version__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert done.stdout == f"[] {zhimai.__version__}\n"


@pytest.mark.parametrize("name", zhimai.__all__)
def test_every_name_is_there_and_tells_what_it_does(name: str) -> None:
    assert getattr(zhimai, name).__doc__


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'read_everything'"):
        zhimai.read_everything  # noqa: B018


def said(claims: list[Any]) -> set[tuple[str | None, str, str]]:
    return {(claim.facet or claim.relation, claim.slots["s"].label, claim.slots["o"].label) for claim in claims}


CLAIMS = {("carrier", "蓝湾经济", "近海空间"), ("basis", "蓝湾经济", "海洋牧场"), ("supports", "蓝湾行动方案", "储能产业")}


def test_claims_of_a_text_and_of_a_file_are_the_same_and_quote_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    document = zhimai.read_file(tmp_path / "a.txt")
    assert (document.name, document.title) == ("a", "蓝湾经济")
    claims = zhimai.extract_claims(document)
    assert said(claims) == said(zhimai.extract_claims(TEXT)) == CLAIMS
    assert all(document.source[c.evidence.start : c.evidence.end] == c.evidence.quote for c in claims)
    assert all(isinstance(claim.slots["s"], Name) for claim in claims)


def test_a_text_is_called_and_read_as_asked() -> None:
    document = zhimai.read_text("# 蓝湾经济\n\n正文在此。", name="稿", markdown=True)
    assert (document.name, document.media_type, document.title) == ("稿", "text/markdown", "蓝湾经济")
    assert zhimai.read_file(str(ROOT / "corpus" / "01_向海图强.txt"), name="一").name == "一"


@pytest.mark.parametrize(("text", "fault"), [("", "稿"), ("甲\ud800", "稿: holds half of a character at 1")])
def test_a_text_that_cannot_be_read_is_named(text: str, fault: str) -> None:
    with pytest.raises(ReadError, match=fault):
        zhimai.read_text(text, name="稿")


def test_claims_of_another_domain(tmp_path: Path) -> None:
    claims = zhimai.extract_claims(MUSEUM_TEXT, ontology=museum(tmp_path))
    assert ("motif", "双羊尊", "饕餮纹") in said(claims)


def test_a_graph_is_asked_in_sparql(graph: zhimai.Graph) -> None:
    assert graph.query("SELECT ?o { ?s zm:hasCarrier/skos:prefLabel ?o }") == [{"o": "近海空间"}]
    rows = graph.query("SELECT ?s ?date { ?s a zm:Policy OPTIONAL { ?s schema:startDate ?date } }")
    assert [(list(row), row["date"]) for row in rows] == [(["s", "date"], None)]


def test_a_graph_is_asked_a_question_for_reasons_and_for_all_claims(graph: zhimai.Graph) -> None:
    assert [row["policy"] for row in graph.ask("supports", industry="储能产业")] == ["蓝湾行动方案"]
    (row,) = graph.why("蓝湾经济", "近海空间", relation="carrier")
    assert (row["before"], row["quote"], row["after"]) == ("蓝湾经济", "以近海空间为载体", "，以海洋牧场为基础。")
    assert graph.why("蓝湾经济", least=0.99) == []
    assert len(graph.claims()) == len(CLAIMS)
    assert json.dumps(graph.claims(), ensure_ascii=False)


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s zm:hasCarrier ?o }", "SELECT"])
def test_what_is_no_select_is_refused(graph: zhimai.Graph, query: str) -> None:
    for asked in (graph.query, graph.frame):
        with pytest.raises(QueryError):
            asked(query)


def test_a_frame_has_a_column_a_variable(graph: zhimai.Graph) -> None:
    pytest.importorskip("pandas", reason="pandas is optional: pip install 'zhimai[pandas]'")
    frame = graph.frame(
        "SELECT ?p (COUNT(*) AS ?n) (AVG(?c) AS ?mean) { ?x zm:claimPredicate ?p ; zm:confidence ?c } GROUP BY ?p ORDER BY ?p"
    )
    assert list(frame.columns) == ["p", "n", "mean"]
    assert frame["n"].astype(int).tolist() == [1, 1, 1]
    assert frame["mean"].astype(float).between(0, 1).all()
    assert list(graph.frame("SELECT ?x { ?x a zm:Unit }").columns) == ["x"]


def test_without_pandas_a_frame_says_how_to_get_it(graph: zhimai.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"pip install 'zhimai\[pandas\]'"):
        graph.frame("SELECT ?x { ?x a zm:Policy }")


def test_a_folder_without_a_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no store"):
        zhimai.open_graph(tmp_path)
