"""The endpoint keeps to SPARQL 1.1 Protocol. Names in the first column are those of the W3C's protocol tests
(https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/), those that a read-only endpoint can be held to."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import httpx
import pytest

from pipeline.serve.asking import WHOLE
from pipeline.store import DERIVED_GRAPH, SCHEMA_GRAPH, VOCABULARY_GRAPH, read_triples
from tests.serving import SECONDS, SLOW, Served, comes_about, served

JSON, XML, CSV, TSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
SCHEMA, VOCABULARY = f"default-graph-uri={SCHEMA_GRAPH.value}", f"default-graph-uri={VOCABULARY_GRAPH.value}"
NAMED = f"named-graph-uri={SCHEMA_GRAPH.value}"
IN_SCHEMA, IN_VOCABULARY = "zm:Claim a owl:Class", "?scheme a skos:ConceptScheme"
OWL = "PREFIX owl: <http://www.w3.org/2002/07/owl#> "
ASK, SELECT, CONSTRUCT = "ASK {}", "SELECT (1 AS ?x) {}", "CONSTRUCT { <https://x.org/s> <https://x.org/p> 1 } WHERE {}"
DESCRIBE = "DESCRIBE <https://w3id.org/zhimai#Claim>"


@pytest.fixture(scope="module")
def server(sample_out: Path) -> Iterator[Served]:
    with served(sample_out, "--result", "1", "--at-once", "4") as running:
        yield running


def post(server: Served, body: str | bytes, kind: str | None, where: str = "") -> httpx.Response:
    headers = {"content-type": kind} if kind else {}
    return server.client.post(f"/sparql{where}", content=body, headers=headers)


def encoded(*pairs: tuple[str, str]) -> str:
    return str(httpx.QueryParams(pairs))


def dataset(*graphs: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (graph.partition("=") for graph in graphs)]


HELD = OWL + f"ASK {{ {IN_SCHEMA} }}"
BOTH = OWL + f"ASK {{ {IN_SCHEMA} . {IN_VOCABULARY} }}"
GRAPH = OWL + f"ASK {{ GRAPH <{SCHEMA_GRAPH.value}> {{ {IN_SCHEMA} }} }}"
NO_DEFAULT = OWL + f"ASK {{ GRAPH ?g {{ {IN_SCHEMA} }} FILTER NOT EXISTS {{ {IN_SCHEMA} }} }}"
OVERRIDDEN = f"ASK FROM <https://x.org/none> {{ {IN_VOCABULARY} }}"


@pytest.mark.parametrize("way", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("name", "query", "graphs", "expected"),
    [
        ("query_get, query_post_form, query_post_direct", "ASK {}", (), True),
        ("query_dataset_default_graph", HELD, (SCHEMA,), True),
        ("query_dataset_default_graph, of another", HELD, (VOCABULARY,), False),
        ("query_dataset_default_graphs", BOTH, (SCHEMA, VOCABULARY), True),
        ("query_dataset_default_graphs, of one", BOTH, (SCHEMA,), False),
        ("query_dataset_named_graphs", NO_DEFAULT, (NAMED,), True),
        ("query_dataset_full", GRAPH, (VOCABULARY, NAMED), True),
        ("query_multiple_dataset", OVERRIDDEN, (VOCABULARY,), True),
    ],
)
def test_a_query_is_asked_in_three_ways(
    server: Served, way: str, name: str, query: str, graphs: tuple[str, ...], expected: bool
) -> None:
    chosen = dataset(*graphs)
    if way == "get":
        answer = server.client.get("/sparql", params=httpx.QueryParams([("query", query), *chosen]))
    elif way == "form":
        answer = post(server, encoded(("query", query), *chosen), FORM)
    else:
        answer = post(server, query, f"{DIRECT}; charset=utf-8", f"?{encoded(*chosen)}")
    assert (answer.status_code, answer.json().get("boolean")) == (200, expected), (name, answer.text)


@pytest.mark.parametrize(
    ("name", "method", "body", "kind", "where", "status"),
    [
        ("bad_query_method", "PUT", b"ASK {}", DIRECT, "?query=ASK%20%7B%7D", 405),
        ("bad_query_method", "DELETE", b"", None, "?query=ASK%20%7B%7D", 405),
        ("bad_multiple_queries", "GET", b"", None, "?query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400),
        ("bad_multiple_queries", "POST", b"query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", FORM, "", 400),
        ("bad_query_wrong_media_type", "POST", b"ASK {}", "text/plain", "", 415),
        ("bad_query_missing_form_type", "POST", b"query=ASK%20%7B%7D", None, "", 415),
        ("bad_query_missing_direct_type", "POST", b"ASK {}", None, "", 415),
        ("bad_query_non_utf8", "POST", "ASK { ?s ?p '海' }".encode("utf-16"), f"{DIRECT}; charset=UTF-16", "", 400),
        ("bad_query_non_utf8", "GET", b"", None, "?query=ASK%20%7B%20%FF%20%7D", 400),
        ("bad_query_syntax", "GET", b"", None, "?query=ASK%20%7B", 400),
        ("bad_query_syntax", "POST", b"nonsense", DIRECT, "", 400),
        ("no query", "POST", b"", FORM, "", 400),
        ("bad_update_get", "GET", b"", None, "?update=CLEAR%20ALL", 403),
        ("bad_multiple_updates", "POST", b"update=CLEAR%20ALL&update=CLEAR%20ALL", FORM, "", 403),
        ("update_post_form", "POST", b"update=CLEAR%20ALL", FORM, "", 403),
        ("update_post_direct", "POST", b"CLEAR ALL", UPDATE, "", 403),
        ("an update sent as a query", "POST", b"INSERT DATA { <x:a> <x:b> 1 }", DIRECT, "", 403),
        ("too long", "POST", b"ASK { FILTER(1 = " + b"1" * 100_000 + b") }", DIRECT, "", 400),
        ("far too long", "POST", b"#" * 2_000_000, DIRECT, "", 413),
    ],
)
def test_what_is_no_query_is_refused(
    server: Served, name: str, method: str, body: bytes, kind: str | None, where: str, status: int
) -> None:
    headers = {"content-type": kind} if kind else {}
    answer = server.client.request(method, f"/sparql{where}", content=body, headers=headers)
    assert answer.status_code == status, (name, answer.text)
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.count("\n") == 1
    assert answer.text.endswith(".\n")


@pytest.mark.parametrize(
    ("query", "accept", "media_type", "body"),
    [
        (SELECT, "*/*", JSON, '"vars":["x"]'),
        (SELECT, JSON, JSON, '"vars":["x"]'),
        (SELECT, XML, XML, '<variable name="x"/>'),
        (SELECT, CSV, CSV, "x\r\n1\r\n"),
        (SELECT, TSV, TSV, "?x\n1\n"),
        (SELECT, f"{CSV};q=0.4, {TSV};q=0.6, text/html", TSV, "?x\n1\n"),
        (SELECT, "text/*;q=0.5, application/*;q=0.1", CSV, "x\r\n1\r\n"),
        (SELECT, f"text/turtle, {XML}", XML, '<variable name="x"/>'),
        (ASK, "*/*", JSON, '"boolean":true'),
        (ASK, XML, XML, "<boolean>true</boolean>"),
        (CONSTRUCT, "*/*", "text/turtle", "<https://x.org/p> 1"),
        (CONSTRUCT, "text/turtle", "text/turtle", "<https://x.org/p> 1"),
        (CONSTRUCT, "application/n-triples", "application/n-triples", "<https://x.org/s> <https://x.org/p> "),
        (CONSTRUCT, "application/ld+json", "application/ld+json", '"@id":"https://x.org/s"'),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml", "<rdf:Description"),
        (DESCRIBE, "text/turtle", "text/turtle", "https://w3id.org/zhimai#Claim"),
        (DESCRIBE, f"{JSON}, application/n-triples;q=0.1", "application/n-triples", "<https://w3id.org/zhimai#Claim> <"),
    ],
)
def test_the_answer_comes_in_the_form_that_is_wanted(server: Served, query: str, accept: str, media_type: str, body: str) -> None:
    answer = server.ask(query, accept)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media_type)
    assert body in answer.text
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, CSV), (ASK, f"{JSON};q=0")]
)
def test_a_form_that_cannot_be_is_not_acceptable(server: Served, query: str, accept: str) -> None:
    answer = server.ask(query, accept)
    assert answer.status_code == 406
    assert "text/csv" in answer.text


def test_the_service_describes_itself(server: Served) -> None:
    answer = server.client.get("/sparql", headers={"accept": "application/n-triples"})
    said = {(predicate.rpartition("#")[2], value.text) for _, predicate, value in read_triples(answer.text)}
    graphs = {SCHEMA_GRAPH.value, VOCABULARY_GRAPH.value, DERIVED_GRAPH.value}
    assert {value for predicate, value in said if predicate == "name"} == graphs
    assert ("endpoint", f"{server.url}/sparql") in said
    assert len([value for predicate, value in said if predicate == "resultFormat"]) == 8
    assert server.client.get("/sparql").headers["content-type"].startswith("text/turtle")
    assert server.client.head("/sparql").status_code == 200


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("SELECT ?x {\n ?x ?y LIMIT 1", "line 2, character"),
        ("SELECT ?x { ?x nope:p ?y }", "prefix nope: is not declared"),
        ("SELECT ?x { ?x skos:prefLabel ?y } x", "line 1, character"),
    ],
)
def test_a_fault_in_a_query_is_told_where_it_is(server: Served, query: str, fault: str) -> None:
    answer = server.ask(query)
    assert answer.status_code == 400
    assert fault in answer.text


def test_our_prefixes_need_not_be_declared_and_may_be(server: Served) -> None:
    assert server.ask("SELECT ?c { ?c a zm:Claim } LIMIT 3", CSV).text.count("\r\n") == 4
    own = "PREFIX zm: <https://x.org/> SELECT ?c { ?c a zm:Claim } LIMIT 3"
    assert server.ask(own, CSV).text.count("\r\n") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
@pytest.mark.parametrize(
    "query",
    [
        SLOW,
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
        "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'no') }",
    ],
)
def test_a_slow_query_ends_at_its_limit_and_so_does_what_works_on_it(server: Served, query: str) -> None:
    before, began = server.children(), time.monotonic()
    answer = server.ask(query)
    assert answer.status_code == 504
    assert f"longer than {SECONDS} s" in answer.text
    assert time.monotonic() - began < SECONDS + 3
    assert comes_about(lambda: len(server.children()) == 1 and server.children() != before)
    assert server.ask(ASK).json()["boolean"]


def test_a_result_that_is_too_large_is_refused_whole(server: Served) -> None:
    answer = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }", CSV)
    assert answer.status_code == 500
    assert "more than 1,048,576 bytes" in answer.text


def test_more_queries_than_are_answered_at_once_wait(server: Served) -> None:
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(server.ask(SELECT).status_code)) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 40


def test_who_has_waited_as_long_as_a_query_may_take_is_told_to_come_again(server: Served) -> None:
    slow = [threading.Thread(target=server.ask, args=(SLOW,)) for _ in range(8)]  # twice as many as there are places
    for number, thread in enumerate(slow, 1):
        thread.start()
        time.sleep(0.4 if number % 4 == 0 else 0)
    answer = server.ask(ASK)
    for thread in slow:
        thread.join()
    assert (answer.status_code, answer.headers.get("retry-after")) == (503, "5")
    assert comes_about(lambda: server.ask(ASK).status_code == 200)


def test_the_longest_query_goes_into_a_url(server: Served) -> None:
    asked = quote(f"ASK {{ FILTER('{'海' * 90_000}' != '') }}")
    with urlopen(f"{server.url}/sparql?query={asked}") as answer:  # httpx has a limit of its own
        assert json.load(answer)["boolean"]


@pytest.mark.parametrize(
    ("body", "is_whole"),
    [(b"", True), (b"[]", True), (b"x\r\n1\r\n", True), (b"true", True), (b"x\r\n1\r\nIO error: no such file", False)],
)
def test_a_result_that_broke_off_is_known(body: bytes, is_whole: bool) -> None:
    assert (WHOLE.search(body) is not None) == is_whole


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<{url}> AS ?x) sErViCe ?x {{ ?s ?p ?o }} }}",
        "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p '#' . SERVICE<{url}>{{ ?s ?p ?o }} }}",
        "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        "LOAD <{url}>",
    ],
)
def test_no_query_leaves_the_machine(server: Served, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        for answer in (server.ask(query.format(url=url)), post(server, query.format(url=url), DIRECT)):
            assert answer.status_code in ((200,) if "FROM" in query else (400, 403))
        server.client.get("/sparql", params=[("query", SELECT), ("default-graph-uri", url)])
        server.client.get("/resource", params={"iri": url})
        listener.settimeout(0.1)
        with pytest.raises(TimeoutError):
            listener.accept()
        socket.create_connection(listener.getsockname()).close()
        listener.accept()[0].close()  # who knocks is heard


def test_pages_of_others_may_not_ask_unless_they_are_let(server: Served, sample_out: Path) -> None:
    def allowed(origin: str, running: Served) -> str | None:
        headers: Mapping[str, str] = running.client.get("/sparql", headers={"origin": origin}).headers
        return headers.get("access-control-allow-origin")

    assert allowed("http://localhost:3000", server) == "http://localhost:3000"
    assert allowed("https://x.org", server) is None
    preflight = {
        "origin": "http://127.0.0.1:5",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    assert server.client.options("/sparql", headers=preflight).status_code == 200
    with served(sample_out, "--cors", "*") as open_to_all:
        assert allowed("https://x.org", open_to_all) == "*"


def test_a_name_of_others_that_leads_here_is_not_answered(server: Served) -> None:
    assert server.client.get("/sparql", headers={"host": "x.org:8000"}).status_code == 421
    assert server.client.get("/sparql", headers={"host": "localhost:8000"}).status_code == 200
