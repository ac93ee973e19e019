"""The store on disk: read with clear errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import OntologyError, QueryError, UsageError
from pipeline.rows import Table
from pipeline.store import build_store, open_store, write
from pipeline.terms import NAMESPACES

ONE = '<https://x.org/1> <https://x.org/p> "1" .\n'


def built(out: Path, triples: str) -> None:
    build_store(out / "store", triples)


def content(out: Path) -> list[str]:
    return open_store(out).lines()


def test_without_a_store_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Run `zhimai build` first"):
        open_store(tmp_path)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?s ?o { ?s ?p ?o }", Table(("s", "o"), (("https://x.org/1", "1"),))),
        ("SELECT ?s ?none { ?s ?p ?o OPTIONAL { ?o ?p ?none } }", Table(("s", "none"), (("https://x.org/1", None),))),
        ("ASK { ?s ?p '1' }", True),
        ("ASK { ?s ?p '2' }", False),
        ("ASK { ?s a zm:Claim }", False),
    ],
)
def test_answers(tmp_path: Path, query: str, expected: object) -> None:
    built(tmp_path, ONE)
    assert open_store(tmp_path).answer(query) == expected


def test_a_constructed_graph_is_turtle(tmp_path: Path) -> None:
    built(tmp_path, ONE)
    answer = open_store(tmp_path).answer("CONSTRUCT { ?s zm:claimSubject ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, str)
    assert '<https://x.org/1>\n    zm:claimSubject "1" ;\n.\n' in answer


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("SELECT ?x {", "does not parse"),
        ("", "is empty"),
        ("DELETE WHERE { ?s ?p ?o }", "would change the graph"),
        ("SELECT ?x { ?x nope:p ?y }", "prefix nope: is not declared"),
    ],
)
def test_a_query_that_cannot_be_asked(tmp_path: Path, query: str, fault: str) -> None:
    built(tmp_path, ONE)
    with pytest.raises(QueryError, match=fault):
        open_store(tmp_path).answer(query)


def test_turtle_has_its_prefixes_in_order() -> None:
    head = [line for line in write(ONE, "ttl", NAMESPACES).decode().splitlines() if line.startswith("@prefix")]
    assert head == sorted(head)
    assert len(head) == len(NAMESPACES)


RULE = "CONSTRUCT { ?s <http://x/wide> ?o } WHERE { ?s <http://x/narrow> ?o }"


def test_rules_add_what_follows(tmp_path: Path) -> None:
    rule = tmp_path / "wide.rq"
    rule.write_text(RULE, encoding="utf-8")
    stated, follows = (f"<http://x/a> <http://x/{name}> <http://x/b> ." for name in ("narrow", "wide"))
    build_store(tmp_path / "store", stated + "\n", [rule])
    assert content(tmp_path) == [stated, follows]


@pytest.mark.parametrize(("text", "fault"), [("CONSTRUCT {", "does not parse"), ("ASK {}", "no CONSTRUCT")])
def test_faulty_rule_is_named(tmp_path: Path, text: str, fault: str) -> None:
    rule = tmp_path / "broken.rq"
    rule.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=f"broken.rq.*{fault}"):
        build_store(tmp_path / "store", "", [rule])
