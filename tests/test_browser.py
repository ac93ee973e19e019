"""The pages in a real browser: what a person does on them, that nothing breaks, that all can use them.

Pictures of the pages are written to output/screenshots, to be looked at.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

import pytest

from pipeline import terms as t
from pipeline.build import build
from pipeline.store import build_store
from tests.samples import ROOT
from tests.serving import Served, comes_about, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

if "CI" not in os.environ:
    pytest.importorskip("playwright", reason="Playwright is not installed: pip install -e '.[dev]'")

from tests.browsing import CHROMIUM, NARROW, WIDE, opened
from tests.browsing import chromium as running_chromium

pytestmark = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="no chromium: apt-get install chromium")

PICTURES = ROOT / "output" / "screenshots"
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
OCEAN = "https://w3id.org/zhimai/vocab/industry/海洋经济"
COUNTY = f"{t.DEFAULT_BASE}entity/望溪县"
SUPPORTS = "SELECT ?policy ?industry { ?policy zm:supports ?industry } ORDER BY ?policy ?industry"
GRAPH = "CONSTRUCT { ?policy zm:supports ?industry } WHERE { ?policy zm:supports ?industry }"
PAGES = {
    "home": "/",
    "thing": "/vocab/industry/海洋经济",
    "place": "/id/entity/望溪县",
    "document": "/document/01_向海图强",
    "documents": "/documents",
    "facts": "/facts?relation=supports",
    "compare": "/compare?" + urlencode({"a": "海洋经济", "b": "银发经济"}),
    "query": "/query?" + urlencode({"question": "elements", "concept": "海洋经济"}),
    "graph": "/graph?" + urlencode({"iri": COUNTY}),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_chromium() as running:
        yield running


@pytest.fixture(scope="module")
def server(sample_out: Path) -> Iterator[Served]:
    with served(sample_out) as running:
        yield running


def settled(page: Page) -> None:
    """Wait until a page shows all that it will: rows in the editor's table, and the graph."""
    for place, wanted in (("#yasgui", "table.dataTable tbody tr"), ("[data-neighbourhood]", "[data-drawn]")):
        if page.locator(place).count():
            page.locator(place).scroll_into_view_if_needed()
            page.locator(wanted).first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def test_a_thing_is_searched_opened_and_its_sentence_found_in_the_document(browser: Browser, server: Served) -> None:
    with opened(browser, server.url) as page:
        page.goto("/")
        page.locator("main input[type=search]").press_sequentially("海洋经", delay=20)
        page.get_by_role("option", name="海洋经济").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/vocab/industry/**")
        assert page.locator("h1").inner_text() == "海洋经济"
        said = page.locator("blockquote.sentence").filter(has_text="以海域空间为载体")
        quote = said.locator("mark").first.inner_text()
        said.first.locator("xpath=following-sibling::p[1]").locator("a.where").click()
        page.wait_for_url("**/document/**")
        mark = page.locator(".m.chosen").first
        assert mark.inner_text() == quote
        box, height = mark.bounding_box(), page.evaluate("innerHeight")
        assert box is not None
        assert 0 < box["y"] < height, "the sentence is not in the window"


def test_facts_are_filtered_asked_and_taken_away(browser: Browser, server: Served) -> None:
    with opened(browser, server.url) as page:
        page.goto("/facts")
        page.locator("select[name=relation]").select_option("supports")
        page.locator("select[name=document]").select_option("05_lingang_coldchain_measures")
        with page.expect_navigation():
            page.get_by_role("button", name="筛选").click()
        rows = page.locator("table.facts tbody tr").count()
        assert 0 < rows < 100
        with page.expect_download() as told:
            page.get_by_role("link", name="下载 CSV").click()
        with told.value.path().open(encoding="utf-8-sig", newline="") as file:
            taken = list(csv.DictReader(file))
        assert len(taken) == rows
        page.locator("details.query summary").click()
        with page.expect_navigation():
            page.get_by_role("link", name="在查询页打开").click()
        page.locator("table.dataTable tbody tr").first.wait_for()
        assert page.locator(".yasr_response_chip").inner_text().startswith(f"{rows} 行")


def test_the_page_of_a_thing_shows_what_lies_around_it(browser: Browser, server: Served) -> None:
    with opened(browser, server.url) as page:
        page.goto(PAGES["thing"])
        page.locator("#graph").scroll_into_view_if_needed()
        page.locator("[data-drawn]").wait_for()
        page.locator("#graph summary").click()
        assert page.locator("#graph .neighbours li").count() == int(page.locator("[data-drawn]").get_attribute("data-drawn") or 0)


def test_a_link_with_a_query_opens_the_editor_with_its_rows(browser: Browser, server: Served) -> None:
    with opened(browser, server.url) as page:
        page.goto("/query?" + urlencode({"query": SUPPORTS}))
        rows = page.locator("table.dataTable tbody tr")
        rows.first.wait_for()
        assert page.locator(".yasr_response_chip").inner_text().startswith(f"{len(asked(server, SUPPORTS))} 行")
        assert rows.locator("a.iri").first.inner_text().startswith("entity:")
        links = {link.get_attribute("href") or "" for link in rows.locator("a.iri").all()}
        assert all(link.startswith("/resource?iri=") for link in links)
        assert server.client.get(min(links)).status_code == 200
        assert page.locator("#plain").is_hidden()
        head = page.locator("table.dataTable th").first
        head.scroll_into_view_if_needed()
        before, grip = head.bounding_box(), page.locator(".grip-handle .grip-resizable").first.bounding_box()
        assert before
        assert grip
        page.mouse.move(grip["x"] + 5, grip["y"] + 5)
        page.mouse.down()
        page.mouse.move(grip["x"] + 105, grip["y"] + 5, steps=3)
        page.mouse.up()
        after = head.bounding_box()
        assert after
        assert after["width"] > before["width"] + 50


def test_a_graph_is_shown_as_turtle(browser: Browser, server: Served) -> None:
    with opened(browser, server.url) as page:
        page.goto("/query?" + urlencode({"query": GRAPH}))
        page.locator(".yasr_response_chip").wait_for()
        page.locator(".select_response").click()
        page.locator(".yasr .CodeMirror-line").first.wait_for()
        assert "https://w3id.org/zhimai#supports" in page.locator(".yasr .CodeMirror-code").inner_text()


def test_a_question_is_chosen_filled_in_and_answered(browser: Browser, server: Served) -> None:
    with opened(browser, server.url) as page:
        page.goto("/query")
        with page.expect_navigation():
            page.get_by_role("link", name="一个概念有哪些要素和特征", exact=False).click()
        page.get_by_label("概念的名称").fill("海洋经济")
        with page.expect_navigation():
            page.get_by_role("button", name="填入查询").click()
        page.locator("table.dataTable tbody tr").first.wait_for()
        assert '"海洋经济"@zh' in page.locator(".tabPanel.active .yasqe .CodeMirror-code").inner_text()
        assert "海洋资源" in page.locator(".tabPanel.active table.dataTable").inner_text()


def test_every_question_can_be_opened(server: Served) -> None:
    listed = [path for path in links(server, "/query") if path.startswith("/query?question=")]
    assert len(listed) == len(list((ROOT / "ontology" / "queries").glob("*.rq")))
    for path in listed:
        answer = server.client.get(f"{path}&run=1")
        assert answer.status_code == 200, f"{path}: {answer.text}"
        assert 'class="fault"' not in answer.text


def test_what_is_wrong_is_said(browser: Browser, server: Served) -> None:
    with opened(browser, server.url, strict=False, locale="en-GB") as page:
        page.goto("/query?" + urlencode({"query": "SELECT ?x { ?x"}))
        page.locator(".yasr .errorMessageContainer, .yasr .errorResult, .yasr .errorHeader").first.wait_for()
        assert "does not parse at line 1" in page.locator(".yasr_results").inner_text()
    answer = server.client.get("/query", params={"question": "timeline", "from": "whenever"})
    assert answer.status_code == 400
    assert "whenever" in answer.text


def test_without_script_the_form_answers_with_a_table(browser: Browser, server: Served) -> None:
    with opened(browser, server.url, java_script_enabled=False, locale="en-GB") as page:
        page.goto("/query?" + urlencode({"query": SUPPORTS}))
        with page.expect_navigation():
            page.get_by_role("button", name="Run").click()
        assert page.locator(".result tbody tr").count() == len(asked(server, SUPPORTS))
        page.get_by_label("SPARQL").fill(GRAPH)
        with page.expect_navigation():
            page.get_by_role("button", name="Run").click()
        assert "zm:supports" in page.locator("pre.result").inner_text()


def test_a_link_cannot_send_a_query_elsewhere(browser: Browser, server: Served) -> None:
    hostile = {"query": SUPPORTS, "endpoint": "http://127.0.0.2:9/sparql", "headers": '{"x": "1"}', "requestMethod": "GET"}
    with opened(browser, server.url) as page:
        page.goto("/query?" + urlencode(hostile) + "#" + urlencode(hostile))
        page.locator("table.dataTable tbody tr").first.wait_for()


def test_the_graph_shows_every_neighbour_and_can_be_walked_with_the_keyboard(browser: Browser, server: Served) -> None:
    told = server.client.get("/neighbourhood", params={"iri": COUNTY}).json()
    with opened(browser, server.url) as page:
        page.goto(PAGES["graph"])
        settled(page)
        assert page.locator("[data-drawn]").get_attribute("data-drawn") == str(len(told["nodes"]) - 1)
        assert page.locator(".neighbours li").count() == len(told["nodes"]) - 1
        assert {"指标", "地点", "事件", "计划中"} <= set(page.locator(".legend li").all_inner_texts())
        page.locator(".canvas").focus()
        page.keyboard.press("ArrowDown")
        assert page.locator(".panel a").first.inner_text() == told["nodes"][1]["label"]
        before = drawn(page)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/graph" not in url)
        page.goto(PAGES["graph"])
        settled(page)
        assert drawn(page) == before


def test_plans_are_told_from_what_was(server: Served) -> None:
    edges = server.client.get("/neighbourhood", params={"iri": COUNTY}).json()["edges"]
    assert {bool(edge["planned"]) for edge in edges} == {True, False}
    assert all(edge["planned"] <= edge["claims"] for edge in edges)


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"iri": OCEAN}, 200),
        ({"iri": OCEAN, "limit": "3"}, 200),
        ({"iri": OCEAN, "limit": "0"}, 400),
        ({"iri": OCEAN, "limit": "九"}, 400),
        ({"iri": "x:y> } #"}, 400),
        ({"iri": "https://x.org/none"}, 404),
        ({}, 400),
    ],
)
def test_neighbourhoods(server: Served, parameters: dict[str, str], status: int) -> None:
    for path in ("/neighbourhood", "/graph"):
        assert server.client.get(path, params=parameters).status_code == status
    if "limit" in parameters and status == 200:
        told = server.client.get("/neighbourhood", params=parameters).json()
        assert len(told["nodes"]) == 4
        assert told["left_out"] > 0


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A thing with 200 neighbours of several classes, one of which would like to run."""
    out = tmp_path_factory.mktemp("crowd")
    kinds = ("Concept", "Industry", "Technology", "Policy", "Event")
    lines = [
        f'<{t.DEFAULT_BASE}entity/m> <{t.PREF_LABEL}> "中间产业"@zh ; <{t.TYPE}> <{t.ZM}Industry> .'.replace(
            " ; ", f" .\n<{t.DEFAULT_BASE}entity/m> "
        )
    ]
    for number in range(200):
        thing, claim = f"<{t.DEFAULT_BASE}entity/{number}>", f"<{t.DEFAULT_BASE}claim/{number}>"
        label = f"第{number}种很长的相邻事物的名称" if number else "<img src=x onerror=alert(1)>"
        ends = (t.SUBJECT, t.OBJECT) if number % 3 else (t.OBJECT, t.SUBJECT)
        lines += [
            f'{thing} <{t.PREF_LABEL}> "{label}"@zh .',
            f"{thing} <{t.TYPE}> <{t.ZM}{kinds[number % 5]}> .",
            f"{claim} <{ends[0]}> <{t.DEFAULT_BASE}entity/m> .",
            f"{claim} <{ends[1]}> {thing} .",
            f"{claim} <{t.PREDICATE}> <{t.ZM}{('supports', 'restricts', 'includes')[number % 7 % 3]}> .",
        ]
    build_store(out / "store", "".join(line + "\n" for line in lines), ontology=ROOT / "ontology")
    with served(out) as running:
        yield running


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_two_hundred_neighbours_can_be_read(browser: Browser, crowd: Served, viewport: Any) -> None:
    with opened(browser, crowd.url, viewport=viewport) as page:
        page.goto("/graph?" + urlencode({"iri": f"{t.DEFAULT_BASE}entity/m"}))
        settled(page)
        boxes = page.evaluate(
            """() => document.querySelector("[data-drawn]").neighbourhood.nodes(":not(.middle)").map(
                 (node) => node.boundingBox({ includeLabels: true, includeOverlays: false }))"""
        )
        assert len(boxes) > 200
        assert [pair for pair in pairs(boxes) if overlap(*pair)] == []
        assert page.evaluate("document.querySelector('[data-drawn]').neighbourhood.zoom()") >= 0.5
        assert page.locator("img").count() == 0
        picture(page, f"crowd-{viewport['width']}")


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_use_a_page(browser: Browser, server: Served, name: str) -> None:
    with opened(browser, server.url) as page:
        page.goto(PAGES[name])
        settled(page)
        page.evaluate(AXE)
        looks: list[tuple[ViewportSize, Literal["light", "dark"]]] = [(WIDE, "light"), (NARROW, "dark")]
        for viewport, scheme in looks:
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
            picture(page, f"{name}-{viewport['width']}-{scheme}")
            assert hindrances(page) == {}, (viewport, scheme)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than its window"


def hindrances(page: Page) -> dict[str, list[str]]:
    """What axe-core calls serious or critical, each rule with the elements that break it."""
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    grave = (fault for fault in found["violations"] if fault["impact"] in ("serious", "critical"))
    return {fault["id"]: [node["html"] for node in fault["nodes"]] for fault in grave}


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def asked(server: Served, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(server.ask(query, "application/json").content)["results"]["bindings"]
    return rows


def links(server: Served, path: str) -> list[str]:
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(server.client.get(path).text)
    return [link.attributes["href"] or "" for link in page.css("main a")]


def drawn(page: Page) -> dict[str, dict[str, float]]:
    """Where each node of the graph stands."""
    positions: dict[str, dict[str, float]] = page.evaluate(
        """() => Object.fromEntries(document.querySelector("[data-drawn]").neighbourhood.nodes().map(
             (node) => [node.id(), node.position()]))"""
    )
    return positions


def pairs(boxes: list[dict[str, float]]) -> Iterator[tuple[dict[str, float], dict[str, float]]]:
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            yield one, other


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes share more than a rim."""
    rim = 3
    return all(min(one[f"{axis}2"], other[f"{axis}2"]) - max(one[f"{axis}1"], other[f"{axis}1"]) > rim for axis in "xy")


def test_what_is_corrected_in_the_page_is_seen_after_the_next_build(browser: Browser, tmp_path: Path) -> None:
    corpus, out, review = tmp_path / "in", tmp_path / "out", tmp_path / "in" / "review.tsv"
    corpus.mkdir()
    (corpus / "盐沼.txt").write_text("盐沼产业观察\n\n盐沼经济由潮沟和草滩构成。\n", encoding="utf-8")
    build(corpus, out, ontology=ROOT / "ontology")
    with served(out, "--review", str(review)) as running, opened(browser, running.url) as page:
        page.goto("/facts")
        page.locator("[data-claim]", has_text="潮沟").get_by_role("link", name="改正").first.click()
        page.locator("select[name=verdict]").select_option("object")
        page.locator("[name=instead]").fill("潮沟网")
        page.locator("[name=by]").fill("林望川")
        with page.expect_navigation():
            page.get_by_role("button", name="写下").click()
        assert "review.tsv" in page.get_by_role("status").inner_text()
        build(corpus, out, ontology=ROOT / "ontology")

        def is_shown() -> bool:
            page.goto("/facts")
            return page.get_by_text("林望川").count() > 0

        assert comes_about(is_shown)
        assert page.locator("[data-claim]", has_text="潮沟网").locator("mark").first.inner_text() == "盐沼经济由潮沟和草滩构成"
