"""The page of the ontology: it is whole and sound HTML, says what the folder says, and its queries give its answers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest

from pipeline.errors import OntologyError
from pipeline.reference import page
from pipeline.reference.described import Reference, read_reference
from pipeline.reference.diagram import LINKS, ROUND, Area, Drawing, draw
from pipeline.reference.examples import answered, read_examples
from pipeline.rows import Table
from pipeline.shown import cell_text
from pipeline.store import Store, in_memory, open_store
from tests.samples import ROOT, sample_text

FOLDER = ROOT / "ontology"
EXAMPLES = read_examples(FOLDER)
VOID = {"meta", "br"}


class Outline(HTMLParser):
    """A page taken apart: anchors, links, and below each anchor its text and the cells of its tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []  # what a browser would fetch
        self.texts: dict[str, str] = defaultdict(str)
        self.cells: dict[str, list[str]] = defaultdict(list)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.loaded += [name for name in ("src", "srcset", "action", "onclick") if name in told]
        self.loaded += [tag] if tag in ("script", "link", "iframe", "img", "object") else []
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if tag == "a":
            self.links.append(str(told["href"]))
        if tag not in VOID:
            self.open.append((tag, told.get("id") or ""))
        if tag == "td":
            self.cells[self._within()].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, name in self.open:
            self.texts[name] += data
        if any(tag == "td" for tag, _ in self.open):
            self.cells[self._within()][-1] += data

    def _within(self) -> str:
        """The innermost section with an anchor."""
        return next(name for tag, name in reversed(self.open) if tag == "section" and name)


@pytest.fixture(scope="module")
def store(sample_out: Path) -> Store:
    return open_store(sample_out)


@pytest.fixture(scope="module")
def html(store: Store) -> str:
    return page(store, FOLDER)


@pytest.fixture(scope="module")
def outline(html: str) -> Outline:
    return Outline(html)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return read_reference(FOLDER)


# ---- the page


def test_the_page_is_whole_and_fetches_nothing(html: str, outline: Outline) -> None:
    assert outline.open == []
    assert outline.loaded == []
    assert "@import" not in html
    assert "url(" not in html.replace("url(#tip)", "")
    assert len(outline.ids) == len(set(outline.ids))
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)


def test_the_page_says_what_the_ontology_is(outline: Outline) -> None:
    said = outline.texts[""]
    for words in ("知脉本体", "zhimai ontology", "https://w3id.org/zhimai/0.1.0", "https://www.apache.org/licenses/LICENSE-2.0"):
        assert words in said
    assert "https://w3id.org/zhimai#" in said
    assert {"sec-diagram", "sec-examples", "sec-borrowed", "sec-vocabularies", "sec-shapes", "sec-checks"} <= set(outline.ids)


def test_every_term_has_its_anchor_with_all_that_the_schema_says(reference: Reference, outline: Outline) -> None:
    own = [term for term in reference.terms.values() if term.own and term.iri.startswith("https://w3id.org/zhimai#")]
    assert len(own) > 100
    for term in own:
        said = outline.texts[term.iri.removeprefix("https://w3id.org/zhimai#")]
        named = [reference.short(iri) for iri in (*term.above, *term.disjoint, *(iri for group in term.range for iri in group))]
        missing = [words for words in (*term.label, *term.definition, term.iri, *named) if words not in said]
        assert not missing, term.iri


def test_every_borrowed_term_says_what_it_is_used_for(reference: Reference, outline: Outline) -> None:
    borrowed = [term for term in reference.terms.values() if not term.own]
    assert len(borrowed) > 60
    for term in borrowed:
        assert all(term.note), term.iri
        assert all(words in outline.texts["sec-borrowed"] for words in (reference.short(term.iri), *term.note)), term.iri


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("hasBasis", "宾语是主语的基础、支撑、保障或底色。"),
        ("hasBasis", "zm:defines"),  # what it is below
        ("Person", "schema:Person"),  # aligned
        ("hasElement", "题中应有之义"),  # a cue
        ("supports", "zm:Initiator 发起者"),  # its domain
        ("hasElement", "zm:Topic 主题 （承自 inherited from zm:defines）"),
        ("Initiator", "zm:supports 支持"),
        ("sec-vocabularies", "GB/T 2260"),
        ("sec-shapes", "一条断言只说一样事物。"),
        ("sec-shapes", "schema:endDate 0..0"),  # in a shape within a shape
        ("sec-checks", "没有写明出处的断言"),
        ("sec-questions", "zhimai ask definitions"),
        ("sec-rules", "What a facet of zm:defines states, zm:defines states."),
    ],
)
def test_the_page_has_what_the_other_files_say(anchor: str, words: str, outline: Outline) -> None:
    assert words in outline.texts[anchor]


def test_the_page_is_the_same_every_time(html: str, sample_out: Path, tmp_path: Path) -> None:
    """Whatever the order of sets is in a process; this also is the command."""
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.html"
        command = ["schema", "--html", str(file), "--out", str(sample_out), "--ontology", str(FOLDER)]
        program = [sys.executable, "-c", "from pipeline.cli import main; main()", *command]
        subprocess.run(program, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT, check=True, capture_output=True)
        assert file.read_text(encoding="utf-8") == html


SMALL = """@prefix ex: <https://example.org/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:Motif a owl:Class ; rdfs:label "纹样"@zh, "motif <&>"@en . ex:Vessel a owl:Class ; rdfs:label "器物"@zh .
ex:adorns a owl:ObjectProperty ; rdfs:label "饰"@zh ; rdfs:domain [ owl:unionOf ( ex:Motif ex:Vessel ) ] .
ex:elsewhere a owl:Class .
"""


def test_a_small_ontology_has_a_page_too(tmp_path: Path) -> None:
    (tmp_path / "schema.ttl").write_text(SMALL, encoding="utf-8")
    found = Outline(page(in_memory(sample_text()), tmp_path))
    assert "ex:Motif 纹样 ∪ ex:Vessel 器物" in found.texts["adorns"]
    assert "motif <&>" in found.texts["Motif"]
    assert "ex:elsewhere" in found.texts["sec-borrowed"]
    assert not {"sec-diagram", "sec-examples", "sec-shapes", "sec-questions"} & set(found.ids)


# ---- its queries


def test_there_are_ten_examples() -> None:
    assert len(EXAMPLES) == 10
    assert len({example.question for example in EXAMPLES}) == 10


@pytest.mark.parametrize("number", range(1, 11))
def test_a_query_gives_what_the_page_prints_beneath_it(number: int, store: Store, outline: Outline) -> None:
    example = EXAMPLES[number - 1]
    whole = example.file.read_text(encoding="utf-8")
    answer = store.answer_here(whole)
    assert isinstance(answer, Table)
    assert answer == answered(store, example)
    assert len(answer.rows) >= 3
    assert outline.cells[f"query-{number}"] == [cell_text(cell) for row in answer.rows for cell in row]
    assert example.query in outline.texts[f"query-{number}"]
    assert all(words in outline.texts[f"query-{number}"] for words in example.question)


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("SELECT * { ?s ?p ?o }", "does not say what it asks"),
        ("# zh: 问？\n# en: Who?\n\nASK { ?s ?p ?o }", "is no SELECT"),
        ("# zh: 问？\n# en: Who?\n\nSELECT * { ?s }", "does not parse"),
    ],
)
def test_a_faulty_example_is_named(query: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "schema.ttl").write_text(SMALL, encoding="utf-8")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "one.rq").write_text(query, encoding="utf-8")
    with pytest.raises(OntologyError, match=rf"one\.rq: .*{fault}"):
        page(in_memory(""), tmp_path)


# ---- its diagram


@pytest.fixture(scope="module")
def drawing(reference: Reference) -> Drawing:
    drawn = draw(reference)
    assert drawn
    return drawn


def test_nothing_in_the_diagram_lies_on_anything_else(drawing: Drawing) -> None:
    assert drawing.loop
    areas = [area for _, area in drawing.boxes.values()] + [label.area for _, _, label in drawing.links] + [drawing.loop.area]
    assert not [(one, other) for one, other in combinations(areas, 2) if one.meets(other)]
    assert all(0 <= area.left < area.right <= drawing.width and 0 <= area.top < area.bottom <= drawing.height for area in areas)


def test_no_line_of_the_diagram_runs_through_a_box_or_another_label(drawing: Drawing) -> None:
    for link, ends, _ in drawing.links:
        steps = [at / 50 for at in range(1, 50)]
        points = [(ends.left + (ends.right - ends.left) * s, ends.top + (ends.bottom - ends.top) * s) for s in steps]
        others = [label.area for other, _, label in drawing.links if other != link]
        for area in (*(area for _, area in drawing.boxes.values()), *others):
            assert not [(x, y) for x, y in points if area.left < x < area.right and area.top < y < area.bottom], link


def test_areas_that_touch_do_not_meet() -> None:
    assert not Area(0, 0, 2, 2).meets(Area(2, 0, 3, 2))
    assert Area(0, 0, 2, 2).meets(Area(1, 1, 3, 3))


def test_the_whole_diagram_is_drawn(drawing: Drawing) -> None:
    assert [link for link, _, _ in drawing.links] == list(LINKS)


DRAWN = [(link.subject, name, link.object) for link in (*LINKS, ROUND) for name in link.properties]


@pytest.mark.parametrize(("subject", "name", "target"), DRAWN)
def test_what_the_diagram_shows_is_in_the_graph(subject: str, name: str, target: str, store: Store) -> None:
    if name == "rdfs:subClassOf":
        assert store.answer_here(f"ASK {{ {subject} rdfs:subClassOf+ {target} }}") is True
        return
    kind = "?{0} a/rdfs:subClassOf* {1} ."
    below = "?property rdfs:subPropertyOf* " + name
    pattern = f"{kind.format('s', subject)} {kind.format('o', target)} ?s ?property ?o . {below}"
    assert store.answer_here(f"ASK {{ {pattern} }}") is True


def test_the_loop_names_the_relations_between_things(drawing: Drawing, reference: Reference) -> None:
    assert drawing.loop
    relations = {reference.short(term.iri) for term in reference.below("https://w3id.org/zhimai#relatesTo")}
    assert relations >= {"zm:defines", "zm:supports"}
    assert relations <= set(" ".join(drawing.loop.lines).split())
