"""The reading view: the text as read, with every stretch of evidence marked to the character."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.builds import hold
from pipeline.model import Document, OffsetMap
from pipeline.serve.explorer.graph import Graph
from pipeline.serve.explorer.reading import PART, Passage, Stretch, passages, read, segments, stretches
from tests.exploring import Visitor, texts


@pytest.fixture(scope="module")
def graph(sample_out: Path) -> Graph:
    return Graph(hold(sample_out))


@pytest.fixture(scope="module")
def visitor(sample_out: Path) -> Iterator[Visitor]:
    with Visitor(sample_out) as opened:
        yield opened


def marked(page: LexborHTMLParser) -> dict[str, str]:
    """The text of the marks of each fact, one after the other."""
    found: dict[str, str] = defaultdict(str)
    for mark in page.css("a.m"):
        for fact in str(mark.attributes["data-facts"]).split():
            found[fact] += mark.text()
    return found


def bare(text: str) -> str:
    return "".join(text.split()).replace("**", "").replace("#", "")


def test_the_evidence_of_every_claim_is_marked_in_every_document(visitor: Visitor, graph: Graph) -> None:
    same, cut = 0, 0
    for name, listed in graph.documents.items():
        document = graph.document(name)
        assert document is not None
        found = marked(visitor.page(f"/document/{name}"))
        expected: dict[str, list[Stretch]] = defaultdict(list)
        for stretch in stretches(graph, listed):
            expected[stretch.claim.rpartition("/")[2]].append(stretch)
        assert set(found) == set(expected)
        for fact, own in expected.items():
            source = document.source[own[0].start : own[0].end]
            if len(own) == 1 and "|" not in source:  # a row of a Markdown table
                marks, words = bare(found[fact]), bare(source)
                same += marks == words
                cut += marks != words
                assert (marks[:4], marks[-4:]) == (words[:4], words[-4:])
    assert same > 400
    assert cut <= 2  # a page ends within the sentence, with its footnotes


def test_the_rows_of_a_build_lead_to_marks_that_are_there(visitor: Visitor, sample_out: Path) -> None:
    starts = defaultdict(set)
    for line in (sample_out / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        starts[row["doc"]].add(f"at-{row['start']}")
    for name, anchors in starts.items():
        page = visitor.page(f"/document/{name}")
        assert anchors <= {node.attributes["id"] for node in page.css("a.m[id]")}, name


def test_text_is_whole_and_headings_are_a_tree(visitor: Visitor, graph: Graph) -> None:
    for name in graph.documents:
        document = graph.document(name)
        assert document is not None
        page = visitor.page(f"/document/{name}")
        shown = "".join(node.text() for node in page.css(".piece .block, .piece table"))
        told = "".join(
            document.text[start:end] for block in document.blocks for start, end in block.cells or ((block.start, block.end),)
        )
        assert bare(shown) == bare(told)
        headings = [block for block in document.blocks if block.kind in ("heading", "title") and block.end > block.start]
        assert len(page.css(".tree li a")) == len(headings)


def test_a_pdf_has_its_pages(visitor: Visitor) -> None:
    page = visitor.page("/document/11_冰雪经济研究")
    assert texts(page, ".pagemark")[0] == "第 1 页"


def test_a_fact_that_is_chosen_is_shown_with_its_marks(visitor: Visitor) -> None:
    link = visitor.page("/facts?document=01_向海图强").css("table.facts a.where")[7]
    page = visitor.page(str(link.attributes["href"]))
    (item,) = page.css("details[open] li.chosen")
    assert {item.attributes["id"]} == {f"f-{mark.attributes['data-facts']}" for mark in page.css("a.m.chosen")} or len(
        page.css("a.m.chosen")
    )


def test_marks_that_overlap_are_cut_where_one_begins_or_ends() -> None:
    marks = [Passage(0, 6, "c/whole", 10), Passage(2, 4, "c/inner", 12), Passage(3, 8, "c/over", 13)]
    found = segments("甲乙丙丁戊己庚辛壬", 0, 9, marks, "over", set())
    assert [(each.text, set(each.facts), each.chosen) for each in found] == [
        ("甲乙", {"whole"}, False),
        ("丙", {"whole", "inner"}, False),
        ("丁", {"whole", "inner", "over"}, True),
        ("戊己", {"whole", "over"}, True),
        ("庚辛", {"over"}, True),
        ("壬", set(), False),
    ]
    assert [each.anchor for each in found] == [10, 12, 13, None, None, None]


def made(source: str, text: str, offsets: OffsetMap) -> Document:
    return Document("x", "x.txt", "text/plain", "0", source, text, offsets, ())


def test_evidence_is_found_where_lines_were_joined_and_parts_were_moved() -> None:
    joined = made("海藻\n经济", "海藻经济", OffsetMap((0, 2), (0, 3)))
    assert passages(joined, [Stretch(0, 5, "c")]) == [Passage(0, 4, "c", 0)]
    cells = made("港口\n12", "港口\t\t\t12", OffsetMap((0, 5), (0, 3)))
    assert passages(cells, [Stretch(0, 5, "c")]) == [Passage(0, 7, "c", 0)]
    moved = made("注甲乙丙", "甲乙丙注", OffsetMap((0, 3), (1, 0)))
    assert passages(moved, [Stretch(0, 1, "c"), Stretch(2, 4, "d")]) == [Passage(1, 3, "d", 2), Passage(3, 4, "c", 0)]


def test_without_what_was_read_the_facts_are_there_with_their_sentences(sample_out: Path, tmp_path: Path) -> None:
    copied = tmp_path / "out"
    shutil.copytree(sample_out, copied, symlinks=True, ignore=shutil.ignore_patterns("cache"))
    with Visitor(copied) as visitor:
        page = visitor.page("/document/01_向海图强")
        assert "cache/" in page.css("article .hint")[0].text()
        assert len(page.css(".fact mark")) > 20
        assert len(page.css(".tree li")) > 5


def test_a_long_document_is_shown_in_parts(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.serve.explorer.reading.PART", 500)
    listed = graph.documents["01_向海图强"]
    whole = read(graph, listed, 1, "")
    assert whole is not None
    assert whole.parts > 3
    last = stretches(graph, listed)[-1]
    found = read(graph, listed, None, last.claim.rpartition("/")[2])
    assert found is not None
    assert found.part == whole.parts or found.part > 1
    assert any(segment.chosen for piece in found.pieces for segment in piece.segments)
    assert read(graph, listed, whole.parts + 1, "") is None
    assert PART > 10_000


def test_a_block_that_is_long_itself_is_shown_in_pieces(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.serve.explorer.reading.PART", 200)
    monkeypatch.setattr("pipeline.serve.explorer.reading._LONGEST", 50)
    listed, document = graph.documents["07_wangxi_work_report_gb"], graph.document("07_wangxi_work_report_gb")
    assert document is not None
    first = read(graph, listed, 1, "")
    assert first is not None
    parts = [read(graph, listed, number, "") for number in range(1, first.parts + 1)]
    pieces = [piece for part in parts if part for piece in part.pieces]
    shown = ["".join(segment.text for segment in piece.segments) for piece in pieces]
    assert max(map(len, shown)) <= 50
    assert bare("".join(shown)) == bare(document.text)
