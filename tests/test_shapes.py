"""Shapes as queries: on every kind of constraint the same nodes are found as by pySHACL."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import SH, Graph, URIRef

from pipeline.errors import OntologyError
from pipeline.shapes import constraints
from pipeline.store import in_memory

PREFIXES = """@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DATA = PREFIXES + """
:plain a :Thing ; :name "甲" ; :size 3 ; :day "2031-02-03"^^xsd:date ; :end "2031-03-01"^^xsd:date ; :part :other .
:other a :Part ; :of :plain ; :name "乙"@zh, "B"@en .
:two a :Thing ; :name "丙", "丁" ; :size 12 ; :day "2031-02-30"^^xsd:date ; :part :plain ; :maker :other, "no thing" .
:bare a :Thing .
:odd a :Thing ; :name "戊"@zh, "己"@zh, ""@en ; :label "戊"@zh ; :size "many" .
:odd :day "2031-05-01"^^xsd:date ; :end "2031-04-01"^^xsd:date .
:chain a :Thing ; :name "庚" ; :size 3.5 ; :part :two ; :day "2031"^^xsd:gYear .
"""  # fmt: skip
ON_NAME = [
    "sh:minCount 1", "sh:minCount 2", "sh:maxCount 1", "sh:maxCount 0", "sh:datatype xsd:string", "sh:datatype rdf:langString",
    "sh:nodeKind sh:Literal", "sh:nodeKind sh:IRI", "sh:minLength 1", "sh:maxLength 0", 'sh:pattern "^[甲乙丙]"',
    'sh:pattern "b" ; sh:flags "i"', 'sh:languageIn ( "zh" )', "sh:uniqueLang true", 'sh:in ( "甲" "丙" )', 'sh:hasValue "庚"',
    "sh:disjoint :label", 'sh:not [ sh:datatype xsd:string ]', "sh:or ( [ sh:datatype xsd:string ] [ sh:minLength 1 ] )",
    "sh:and ( [ sh:datatype xsd:string ] [ sh:maxLength 1 ] )", "sh:xone ( [ sh:datatype xsd:string ] [ sh:minLength 1 ] )",
]  # fmt: skip
PROPERTIES = [
    *(f"sh:path :name ; {constraint}" for constraint in ON_NAME),
    *(f"sh:path :size ; sh:{bound} 3" for bound in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")),
    "sh:path :size ; sh:datatype xsd:integer",
    "sh:path :day ; sh:datatype xsd:date",
    "sh:path :day ; sh:lessThan :end",
    "sh:path :day ; sh:lessThanOrEquals :end",
    "sh:path :part ; sh:class :Part",
    "sh:path :part ; sh:class :Whole",
    "sh:path :maker ; sh:class :Part",
    "sh:path :maker ; sh:nodeKind sh:IRI",
    "sh:path :part ; sh:node [ sh:property [ sh:path :size ; sh:maxInclusive 5 ] ]",
    "sh:path :part ; sh:property [ sh:path :name ; sh:minCount 2 ]",
    "sh:path ( :part :name ) ; sh:minCount 1",
    "sh:path [ sh:inversePath :part ] ; sh:minCount 1",
    "sh:path [ sh:alternativePath ( :name :label ) ] ; sh:maxCount 2",
    "sh:path [ sh:oneOrMorePath :part ] ; sh:minCount 2",
    "sh:path [ sh:zeroOrMorePath :part ] ; sh:minCount 2",
    "sh:path [ sh:zeroOrOnePath :part ] ; sh:class :Thing",
]
NODES = [
    "sh:or ( [ sh:property [ sh:path :part ; sh:minCount 1 ] ] [ sh:property [ sh:path :label ; sh:minCount 1 ] ] )",
    "sh:not [ sh:property [ sh:path :part ; sh:minCount 1 ] ]",
    "sh:node [ sh:property [ sh:path :name ; sh:maxCount 1 ], [ sh:path :end ; sh:minCount 1 ] ]",
    "sh:xone ( [ sh:property [ sh:path :end ; sh:minCount 1 ] ] [ sh:property [ sh:path :label ; sh:minCount 1 ] ] )",
    "sh:nodeKind sh:Literal",
    "sh:class :Part",
    "sh:in ( :plain :two )",
]
TARGETS = ["sh:targetClass :Thing", "sh:targetNode :plain, :bare", "sh:targetSubjectsOf :end", "sh:targetObjectsOf :part"]


def found(shapes: str, file: Path) -> tuple[set[str], set[str]]:
    """The nodes that break `shapes`, by pySHACL and by our queries."""
    file.write_text(PREFIXES + shapes, encoding="utf-8")
    data = Graph().parse(data=DATA, format="turtle")
    _, results, _ = pyshacl.validate(data, shacl_graph=str(file))
    assert isinstance(results, Graph)
    made, unchecked = constraints(file, lambda kind: ())
    assert unchecked == []
    store = in_memory(data.serialize(format="nt"))
    theirs = {str(results.value(result, SH.focusNode)) for result in results.objects(None, SH.result)}
    return theirs, {str(row[0]) for c in made for row in store.select(c.query)}


@pytest.mark.filterwarnings(r"ignore:Dataset\.\w+ is deprecated:DeprecationWarning")  # pySHACL's calls of rdflib
@pytest.mark.parametrize(
    "shape",
    [
        *(f"sh:targetClass :Thing ; sh:property [ {of} ]" for of in PROPERTIES),
        *(f"sh:targetClass :Thing ; {of}" for of in NODES),
        *(f"{target} ; sh:property [ sh:path :end ; sh:minCount 1 ]" for target in TARGETS),
        "sh:targetClass :Thing ; sh:deactivated true ; sh:property [ sh:path :end ; sh:minCount 1 ]",
        "sh:targetClass :Thing ; sh:property [ sh:path :end ; sh:minCount 1 ; sh:deactivated true ]",
    ],
)
def test_the_same_nodes_are_found_as_by_pyshacl(shape: str, tmp_path: Path) -> None:
    theirs, ours = found(f":Shape a sh:NodeShape ; {shape} .", tmp_path / "shapes.ttl")
    assert ours == theirs


def test_most_of_these_shapes_are_broken_by_some_and_kept_by_others(tmp_path: Path) -> None:
    shapes = [f"sh:property [ {of} ]" for of in PROPERTIES] + NODES
    told = []
    for shape in shapes:
        (tmp_path / "s.ttl").write_text(f"{PREFIXES} :Shape sh:targetClass :Thing ; a sh:NodeShape ; {shape} .", encoding="utf-8")
        store = in_memory(Graph().parse(data=DATA, format="turtle").serialize(format="nt"))
        rows = {row[0] for c in constraints(tmp_path / "s.ttl", lambda kind: ())[0] for row in store.select(c.query)}
        told.append(0 < len(rows) < 5)
    assert sum(told) >= 0.8 * len(told)


SUBCLASSES = {"http://example.org/Thing": ["http://example.org/Part"]}


def test_things_of_a_class_below_are_held_to_its_shape_too(tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(
        f"{PREFIXES} :S a sh:NodeShape ; sh:targetClass :Thing ; sh:property [ sh:path :of ; sh:maxCount 0 ] .", "utf-8"
    )
    store = in_memory(Graph().parse(data=DATA, format="turtle").serialize(format="nt"))
    for subclasses, nodes in ((SUBCLASSES, ["http://example.org/other"]), ({}, [])):
        (made,), _ = constraints(file, lambda kind, known=subclasses: known.get(kind, []))  # type: ignore[misc]
        assert [row[0] for row in store.select(made.query)] == nodes


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("sh:closed true", "sh:closed is not checked"),
        ("sh:property [ sh:path :name ;\n sh:equals :label ]", "sh:equals is not checked"),
        ("sh:property [ sh:path :name ; sh:minCount 9 ]", "minCount> 9 is not checked; up to 8 is"),
        ("sh:or ( [ sh:property [ sh:path :name ; sh:qualifiedMinCount 1 ] ] )", "sh:qualifiedMinCount is not checked"),
    ],
)
def test_what_is_not_checked_is_told_with_its_file(said: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(f"{PREFIXES}:S a sh:NodeShape ; sh:targetClass :Thing ;\n {said} .", "utf-8")
    _, unchecked = constraints(file, lambda kind: ())
    assert len(unchecked) == 1
    assert unchecked[0].startswith(f"{file}:") or "minCount" in said
    assert told in unchecked[0]


@pytest.mark.parametrize(("severity", "level"), [("Violation", "ERROR"), ("Warning", "WARN"), ("Info", "INFO")])
def test_severity_and_message_are_those_of_the_shape(severity: str, level: str, tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(
        f'{PREFIXES}:S a sh:NodeShape ; sh:targetClass :Thing ; sh:message "all" ; sh:severity sh:{severity} ;'
        ' sh:property [ sh:path :a ; sh:minCount 1 ], [ sh:path :b ; sh:minCount 1 ; sh:message "own" ; sh:severity sh:Info ] .',
        "utf-8",
    )
    made, _ = constraints(file, lambda kind: ())
    assert [(c.level, c.shape, c.path, c.message) for c in made] == [
        (level, "S", URIRef("http://example.org/a").n3(), "all"),
        ("INFO", "S", URIRef("http://example.org/b").n3(), "own"),
    ]


def test_a_file_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(":S a", "utf-8")
    with pytest.raises(OntologyError, match=r"shapes\.ttl:1: no valid Turtle"):
        constraints(tmp_path / "shapes.ttl", lambda kind: ())
