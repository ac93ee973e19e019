"""IRIs answer: as RDF for programs, as a page for people; what is hostile in them, in the graph or in a request stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import rdflib
from selectolax.lexbor import LexborHTMLParser

from pipeline.serve.resources import path_of
from pipeline.shown import harmless
from pipeline.store import build_store
from pipeline.terms import DEFAULT_BASE, LABEL, NAMESPACES, PREF_LABEL
from tests.serving import Served, served

INDUSTRY = f"{NAMESPACES['vocab']}industry/海洋经济"
ENTITY = f"{DEFAULT_BASE}entity/海洋资源"
FORMS = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def server(sample_out: Path) -> Iterator[Served]:
    with served(sample_out) as running:
        yield running


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own call, for JSON-LD
@pytest.mark.parametrize("accept", FORMS)
def test_an_iri_answers_programs_with_its_triples_and_the_labels_of_what_they_lead_to(server: Served, accept: str) -> None:
    answer = server.client.get(path_of(INDUSTRY), headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, accept)
    graph = rdflib.Graph().parse(data=answer.content, format=FORMS[accept])
    own, basis = rdflib.URIRef(INDUSTRY), rdflib.URIRef(ENTITY)
    assert (own, rdflib.URIRef(f"{NAMESPACES['zm']}hasBasis"), basis) in graph
    assert (own, rdflib.URIRef(f"{NAMESPACES['skos']}altLabel"), rdflib.Literal("蓝色经济", lang="zh")) in graph
    assert graph.value(basis, rdflib.URIRef(PREF_LABEL)) == rdflib.Literal("海洋资源", lang="zh")
    assert {str(predicate) for subject, predicate, _ in graph if subject != own} <= {LABEL, PREF_LABEL}


def test_what_no_header_asks_for_is_turtle_and_what_a_browser_asks_for_is_a_page(server: Served) -> None:
    assert server.client.get(path_of(ENTITY)).headers["content-type"].startswith("text/turtle")
    answer = server.client.get(path_of(ENTITY), headers={"accept": BROWSER})
    assert answer.headers["content-type"].startswith("text/html")
    assert "Accept" in answer.headers["vary"]
    page = LexborHTMLParser(answer.text)
    assert [heading.text() for heading in page.css("h1")] == ["海洋资源"]
    assert [whole.attributes["lang"] for whole in page.css("html")] == ["zh-Hans"]
    assert {heading.attributes["scope"] for heading in page.css("th")} == {"col"}


def test_every_link_of_a_page_leads_to_a_page(server: Served) -> None:
    page = LexborHTMLParser(server.client.get(path_of(INDUSTRY), headers={"accept": BROWSER}).text)
    links = {link.attributes["href"] or "" for link in page.css("a, link")}
    assert len(links) > 10
    assert {link: server.client.get(link, headers={"accept": "*/*"}).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ontology", 200),
        ("/vocab", 404),
        ("/id/entity/没有这个东西", 404),
        (f"/resource?iri={quote('https://w3id.org/zhimai#Claim')}", 200),
        (f"/resource?iri={quote('http://www.w3.org/2004/02/skos/core#prefLabel')}", 200),
        (f"/resource?iri={quote(INDUSTRY)}", 200),
        ("/resource?iri=https://x.org/none", 404),
        ("/resource", 400),
        ("/resource?iri=https://x.org/1&iri=https://x.org/2", 400),
        ("/resource?iri=nonsense", 400),
        (f"/resource?iri=https://x.org/{'a' * 5000}", 400),
        ("/none", 404),
        ("/static/explorer.css", 200),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
@pytest.mark.parametrize("accept", ["*/*", BROWSER])
def test_status(server: Served, path: str, status: int, accept: str) -> None:
    answer = server.client.get(path, headers={"accept": accept})
    assert answer.status_code == status, answer.text
    if path != "/static/explorer.css":
        assert answer.headers["content-type"].startswith("text/html") == (accept == BROWSER)


def test_the_ontology_is_the_whole_schema(server: Served) -> None:
    graph = rdflib.Graph().parse(data=server.client.get("/ontology").content, format="turtle")
    assert (rdflib.URIRef("https://w3id.org/zhimai#hasBasis"), None, None) in graph


def test_a_form_that_cannot_be_is_not_acceptable(server: Served) -> None:
    assert server.client.get(path_of(INDUSTRY), headers={"accept": "image/png"}).status_code == 406
    assert server.client.post(path_of(INDUSTRY)).status_code == 405


HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "\u202egnol\u2066",
    "</title></h1><svg/onload=alert(1)>",
    "{{7*7}}${7*7}",
)
FOREIGN = "script:not([src='/static/explorer.js']), img, svg"
LONG = "长" * 3_500_000  # 10 MB of UTF-8


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A graph that someone has written who means no good."""
    out = tmp_path_factory.mktemp("hostile")
    lines = [f'<{DEFAULT_BASE}entity/long> <{PREF_LABEL}> "{LONG}" .']
    for number, text in enumerate(HOSTILE):
        own, other = f"<{DEFAULT_BASE}entity/{number}>", f"<{DEFAULT_BASE}entity/o{number}>"
        written = text.replace("\\", "\\\\").replace('"', '\\"')
        lines += [
            f'{own} <{PREF_LABEL}> "{written}"@zh .',
            f"{own} <https://x.org/p> {other} .",
            f'{other} <{LABEL}> "{written}" .',
        ]
    lines += [
        f"<{DEFAULT_BASE}entity/q> <https://x.org/p> <javascript:alert(1)> .",
        f"<{DEFAULT_BASE}entity/a%20b> <https://x.org/p> <{DEFAULT_BASE}entity/c?d#e&f'> .",
        f"<{DEFAULT_BASE}entity/c?d#e&f'> <https://x.org/p> 1 .".replace(" 1 .", ' "1" .'),
    ]
    build_store(out / "store", "".join(line + "\n" for line in lines))
    with served(out) as running:
        yield running


def get(server: Served, path: str) -> httpx.Response:
    answer = server.client.get(path, headers={"accept": BROWSER})
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    return answer


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_is_text(hostile: Served, number: int) -> None:
    answer = get(hostile, f"/id/entity/{number}")
    assert answer.status_code == 200
    page = LexborHTMLParser(answer.text)
    assert page.css(f"{FOREIGN}, style, [onerror], [onload], [style]") == []
    assert [heading.text() for heading in page.css("h1 bdi")] == [harmless(HOSTILE[number])]
    assert harmless(HOSTILE[number]) in [cell.text() for cell in page.css("td bdi")]


@pytest.mark.parametrize(
    "path",
    [
        "/resource?iri=" + quote("https://x.org/<script>alert(1)</script>"),
        "/resource?iri=" + quote("x:y> ?p ?o } ; DROP ALL #"),
        "/resource?iri=" + quote("x:y\\u003e"),
        "/resource?iri=" + quote("https://x.org/none?\"'&amp;"),
        "/resource?iri=javascript:alert(1)//none",
        "/id/" + quote("<img src=x onerror=alert(1)>"),
        "/id/%00%ff%fe",
        "/id/..%2f..%2fetc/passwd",
        "/sparql?query=" + quote("<script>alert(1)</script>"),
        "/" + quote("<script>alert(1)</script>"),
    ],
)
def test_hostile_requests_are_refused_as_text(hostile: Served, path: str) -> None:
    answer = get(hostile, path)
    assert answer.status_code in (400, 404), answer.text
    assert LexborHTMLParser(answer.text).css(FOREIGN) == []
    assert re.search('<script(?! type="module" src="/static/explorer.js">)|<img', answer.text) is None


def test_an_iri_that_would_run_leads_to_its_own_page(hostile: Served) -> None:
    page = LexborHTMLParser(get(hostile, "/id/entity/q").text)
    assert [link.attributes["href"] for link in page.css("td a")] == [
        "/resource?iri=https://x.org/p",
        "/resource?iri=javascript:alert%281%29",
    ]
    assert get(hostile, "/resource?iri=javascript:alert%281%29").status_code == 200


def test_what_must_be_escaped_in_a_path_is_found(hostile: Served) -> None:
    answer = get(hostile, path_of(f"{DEFAULT_BASE}entity/a%20b"))
    assert answer.status_code == 200
    links = [link.attributes["href"] or "" for link in LexborHTMLParser(answer.text).css("td a")]
    assert get(hostile, links[1]).status_code == 200
    assert get(hostile, "/id/entity/a%20b").status_code == 200  # as one writes it who was given the IRI


def test_a_text_of_ten_megabytes_is_shown_in_part_and_given_whole(hostile: Served) -> None:
    assert len(get(hostile, "/id/entity/long").content) < 30_000
    whole = hostile.client.get("/id/entity/long", headers={"accept": "application/n-triples"})
    assert LONG in whole.text
