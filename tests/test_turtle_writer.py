"""Turtle with a triple a line: the same triples, and no line changes that no changed triple is on."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from rdflib import Graph

from pipeline.build import build
from pipeline.turtle_writer import turtle
from tests.samples import sample_lines

NAMES = {"x": "https://x.org/", "deep": "https://x.org/deep/", "xsd": "http://www.w3.org/2001/XMLSchema#"}
CASES = [
    ("<https://x.org/a> <https://x.org/p> <https://x.org/deep/b> .", "x:a", "x:p deep:b ;"),
    ("<https://x.org/a/1-2> <https://x.org/p> <https://x.org/deep/> .", "x:a\\/1-2", "x:p <https://x.org/deep/> ;"),
    ("<https://x.org/措施(试行)> <https://x.org/p> <y:z> .", "x:措施\\(试行\\)", "x:p <y:z> ;"),
    ("<https://x.org/a“b”> <https://x.org/p> <https://x.org/a.> .", "<https://x.org/a“b”>", "x:p <https://x.org/a.> ;"),
    (f'<y:a> <{NAMES["xsd"]}p> "0.86"^^<{NAMES["xsd"]}decimal> .', "<y:a>", "xsd:p 0.86 ;"),
    (f'<y:a> <y:p> "86"^^<{NAMES["xsd"]}decimal> .', "<y:a>", '<y:p> "86"^^xsd:decimal ;'),
    (f'<y:a> <y:p> "-5"^^<{NAMES["xsd"]}integer> .', "<y:a>", "<y:p> -5 ;"),
    (f'<y:a> <y:p> "１"^^<{NAMES["xsd"]}integer> .', "<y:a>", '<y:p> "１"^^xsd:integer ;'),
    (f'<y:a> <y:p> "true"^^<{NAMES["xsd"]}boolean> .', "<y:a>", "<y:p> true ;"),
    (r'<y:a> <y:p> "\"^^<https://x.org/a>" .', "<y:a>", r'<y:p> "\"^^<https://x.org/a>" ;'),
    ('<y:a> <y:p> "a . "@zh .', "<y:a>", '<y:p> "a . "@zh ;'),
    ("<y:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://x.org/T> .", "<y:a>", "a x:T ;"),
    ("_:b <y:p> _:c .", "_:b", "<y:p> _:c ;"),
    ("<y:a> <y:p> <<( <https://x.org/a> <https://x.org/p> <y:z> )>> .", "<y:a>", "<y:p> <<( x:a x:p <y:z> )>> ;"),
]


@pytest.mark.parametrize(("line", "subject", "told"), CASES)
def test_a_triple_is_a_line(line: str, subject: str, told: str) -> None:
    written = turtle([line], NAMES)
    assert written.split("\n\n")[1] == f"{subject}\n    {told}\n.\n"
    if "<<(" not in line and "_:" not in line:
        assert set(Graph().parse(data=written)) == set(Graph().parse(data=line, format="nt"))


def test_of_nothing_there_is_nothing() -> None:
    assert turtle([], NAMES) == ""


def test_a_triple_less_is_a_line_less() -> None:
    lines = sorted(sample_lines())
    whole = turtle(lines, NAMES).split("\n")
    for gone in range(0, len(lines), 7):
        changes = list(difflib.ndiff(whole, turtle(lines[:gone] + lines[gone + 1 :], NAMES).split("\n")))
        lost = [change for change in changes if change[0] == "-"]
        assert not [change for change in changes if change[0] == "+"]
        alone = sum(line.startswith(lines[gone].split(" ")[0] + " ") for line in lines) == 1
        assert len(lost) == (4 if alone else 1)


ONTOLOGY = Path(__file__).parent.parent / "ontology"
FIRST = "青湾经济以近岸水面为载体，以潮汐发电为支撑。\n\n2024年3月5日，青湾经济推进会在苏州市召开。\n"
SECOND = "远岭经济以高山草场为载体。\n"
MORE = "远岭经济以青湾经济为榜样，以牧民合作社为主体。\n"


def test_a_changed_document_changes_the_lines_of_its_facts_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "first.txt").write_text(FIRST, encoding="utf-8")
    graphs = []
    for text in (SECOND, SECOND + MORE):
        (tmp_path / "in" / "second.txt").write_text(text, encoding="utf-8")
        build(tmp_path / "in", tmp_path / "out", ontology=ONTOLOGY)
        graphs.append((tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8"))
    before, after = ({(subject, line) for subject, lines in blocks(graph).items() for line in lines} for graph in graphs)
    gone, come = before - after, after - before
    assert {subject for subject, _ in gone} == {"document:second"}  # its digest
    mine = {subject for subject, line in come if "evidence:second" in line and subject.startswith("claim:")}
    told = {line.split(" ", 5)[5].rstrip(" ;") for subject, line in come if subject in mine and line != "."}
    assert mine
    assert told >= {"entity:牧民合作社", "entity:远岭经济"}
    assert not [subject for subject, _ in come if subject not in mine | told and "second" not in subject]
    assert len(come) < 40 < len(after) - 40


def blocks(graph: str) -> dict[str, list[str]]:
    """The lines of each subject of a Turtle file."""
    return {subject: lines for subject, *lines in (block.strip("\n").split("\n") for block in graph.split("\n\n")[1:])}
