"""What is refused of a query before it is parsed, and what is not although it looks alike."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.audit import audit
from pipeline.build import build
from pipeline.errors import OntologyError, QueryError
from pipeline.sparql import MAX_DEPTH, check_query
from pipeline.store import build_store, in_memory, open_store
from tests.samples import ROOT, sample_text


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[object]]]:
    """An address that listens, and who came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        came: list[object] = []

        def listen() -> None:
            with suppress(OSError):
                came.append(server.accept()[1])

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", came
        thread.join()


CALLS = [
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service silent <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p 1.SERVICE<{0}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p trueSERVICE<{0}>{{ ?s ?p ?o }} }}",
    "PREFIX : <{0}> SELECT * {{ SERVICE: {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICESILENT<{0}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?x {{ <{0}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE # here\n <{0}> {{ ?s ?p ?o }} }} }} }}",
    'SELECT * {{ ?s ?p """a\\"""" SERVICE <{0}> {{ ?s ?p ?o }} }} #"""',
    "SELECT * {{ ?s zm:a\\# ?o . SERVICE <{0}> {{ ?s ?p ?o }}\n }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("call", CALLS)
def test_no_query_asks_another_endpoint(endpoint: tuple[str, list[object]], call: str) -> None:
    address, came = endpoint
    with pytest.raises(QueryError, match="no federated queries: offline"):
        in_memory(sample_text()).answer(call.format(address))
    assert not came


def test_no_rule_of_an_ontology_asks_another_endpoint(tmp_path: Path, endpoint: tuple[str, list[object]]) -> None:
    address, came = endpoint
    rule = tmp_path / "far.rq"
    rule.write_text(CALLS[-2].format(address), encoding="utf-8")
    with pytest.raises(OntologyError, match=r"far\.rq: .*no federated queries: offline"):
        build_store(tmp_path / "store", sample_text(), [rule])
    assert not came


@pytest.mark.parametrize(
    "query", ["SELECT * FROM <{0}> WHERE {{ ?s ?p ?o }}", "SELECT * FROM NAMED <{0}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"]
)
def test_a_named_graph_is_not_fetched(endpoint: tuple[str, list[object]], query: str) -> None:
    address, came = endpoint
    answer = in_memory(sample_text()).answer(query.format(address))
    assert getattr(answer, "rows", None) == ()
    with pytest.raises(QueryError, match="would change the graph"):
        in_memory("").answer(f"LOAD <{address}>")
    assert not came


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT * { ?s zm:service ?o }",
        'SELECT * { ?s ?p "SERVICE <http://x.org/>" }',
        "SELECT * { ?s ?p 'it\\'s SERVICE' } # SERVICE",
        "SELECT * { ?s <http://x.org/SERVICE> '''a 'SERVICE' b'''@service }",
        "SELECT * { ?s ?p ?selfservice . _:service ?p ?microservices }",
    ],
)
def test_what_only_looks_like_a_call(query: str) -> None:
    in_memory(sample_text()).answer(query)


NESTED = {
    "groups": "SELECT * " + "{" * 3000 + "?s ?p ?o" + "}" * 3000,
    "parentheses": "SELECT * { ?s ?p ?o FILTER" + "(" * 3000 + "1" + ")" * 3000 + " }",
    "paths": "SELECT * { ?s " + "(" * 3000 + "zm:a" + ")" * 3000 + " ?o }",
    "optional": "SELECT * {" + "OPTIONAL{" * 3000 + "?s ?p ?o" + "}" * 3001,
    "selects": "SELECT * {" + "{SELECT * {" * 3000 + "?s ?p ?o" + "}}" * 3000 + "}",
    "calls": "SELECT * { ?s ?p ?o FILTER(" + "STR(" * 3000 + "?o" + ")" * 3001 + "}",
    "blank nodes": "SELECT * { ?s ?p " + "[ zm:a " * 3000 + "1" + "]" * 3000 + "}",
}


@pytest.mark.parametrize("query", NESTED.values(), ids=NESTED)
def test_deep_nesting_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match=f"nested more than {MAX_DEPTH} deep"):
        in_memory(sample_text()).answer(query)


def test_brackets_in_strings_nest_nothing() -> None:
    check_query("SELECT * { ?s ?p '" + "(" * 3000 + "' } #" + "{" * 3000)
    check_query("SELECT * { VALUES (?a ?b) { " + "(1 2) " * 3000 + "} }")


def test_length_is_bounded() -> None:
    with pytest.raises(QueryError, match="more than 100,000"):
        check_query("SELECT * { ?s ?p '" + "长" * 100_000 + "' }")


LONG = {
    "differences": ("SELECT * { " + "MINUS{?s ?p ?o}" * 5000 + " }", "too long or too deeply nested"),
    "negations": ("SELECT * { ?s ?p ?o FILTER(" + "!" * 50_000 + "?s) }", "too long or too deeply nested"),
}


@pytest.mark.parametrize(("query", "fault"), LONG.values(), ids=LONG)
def test_a_crash_of_the_parser_ends_nothing_else(tmp_path: Path, query: str, fault: str) -> None:
    build_store(tmp_path / "store", sample_text())
    with pytest.raises(QueryError, match=fault):
        open_store(tmp_path).answer(query)


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("# SELECT ?s\n# nothing else", "is empty"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "would change the graph (INSERT)"),
        ("PREFIX a: <x:y> # why\n delete WHERE { ?s ?p ?o }", "would change the graph (DELETE)"),
        ("BASE <x:y>\nLOAD <http://127.0.0.1:9/x>", "would change the graph (LOAD)"),
        ("CLEAR ALL", "would change the graph (CLEAR)"),
        ("SELECT * { ?s harbour:mayor ?o }", "The prefix harbour: is not declared"),
        ("SELECT *\n{ ?s ?p }", "at line 2, character 10, behind “{ ?s ?p }”. Correct"),
        ("SELECT * { ?s ?p ?o } LIMIT -1", "at line 1, character 29, behind “{ ?s ?p ?o } LIMIT”. Correct"),
        ("SELECT * { ?s ?p ?o } LIMIT 1; ASK {}", "expected OFFSET, VALUES. Correct"),
    ],
)
def test_a_faulty_query_is_told_in_one_short_line(query: str, fault: str) -> None:
    with pytest.raises(QueryError) as raised:
        in_memory(sample_text()).answer(query)
    assert fault in str(raised.value)
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize("query", ["ASK { ?clear a ?load }", "PREFIX load: <x:load/> ASK { ?x a load:insert }"])
def test_words_of_updates_may_be_names(query: str) -> None:
    assert in_memory(sample_text()).answer(query) in (True, False)


FAR = [CALLS[0], "SELECT * FROM <{0}> WHERE {{ ?s ?p ?o }}", "SELECT * FROM NAMED <{0}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"]


@pytest.mark.parametrize("call", FAR)
def test_no_check_of_a_foreign_ontology_opens_a_connection(endpoint: tuple[str, list[object]], call: str, tmp_path: Path) -> None:
    """`zhimai check` and `zhimai build` with an ontology that would: FROM names a graph of the store, SERVICE is refused."""
    address, came = endpoint
    foreign = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", foreign)
    build_store(tmp_path / "store", sample_text())
    (foreign / "checks" / "far.rq").write_text(call.format(address), encoding="utf-8")
    with suppress(OntologyError):
        audit(open_store(tmp_path), foreign)
    (foreign / "rules" / "far.rq").write_text(
        call.format(address).replace(
            "SELECT *",
            "CONSTRUCT { <x:a> <x:b> <x:c> } WHERE" if "SERVICE" in call.upper() else "CONSTRUCT { <x:a> <x:b> <x:c> }",
        )
    )
    with suppress(OntologyError):
        build(ROOT / "corpus" / "02_银发经济.txt", tmp_path / "out", ontology=foreign)
    assert not came
