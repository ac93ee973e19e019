"""The pages of the explorer: there in both languages, well-formed, with what the build holds and with nothing that runs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.build import build
from pipeline.serve.explorer.view import TEMPLATES, catalogue
from pipeline.serve.resources import path_of
from pipeline.shown import as_read
from tests.exploring import Visitor, texts
from tests.samples import ROOT
from tests.serving import comes_about

OCEAN, DATA = "https://w3id.org/zhimai/vocab/industry/海洋经济", "https://w3id.org/zhimai/id/entity/数据要素"
ARTICLE, STUDY, PLAN = "01_向海图强", "11_冰雪经济研究", "10_未来产业行动计划"
PAGES = (
    "/",
    "/?q=海洋",
    "/?q=没有这样的名称",
    "/things?kind=Policy",
    path_of(OCEAN),
    path_of("https://w3id.org/zhimai/id/entity/云川省"),
    "/resource?iri=" + quote("https://w3id.org/zhimai#Claim"),
    "/documents",
    "/documents?sort=facts&kind=" + quote("https://schema.org/Article"),
    f"/document/{ARTICLE}",
    f"/document/{STUDY}",
    "/facts",
    "/facts?relation=indicator&sort=date&least=0.8&planned=no",
    "/compare",
    "/compare?a=海洋经济&b=数据要素",
    f"/compare?a={ARTICLE}&b={PLAN}",
)


@pytest.fixture(scope="module")
def visitor(sample_out: Path) -> Iterator[Visitor]:
    with Visitor(sample_out) as opened:
        yield opened


@pytest.fixture(scope="module")
def rows(sample_out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (sample_out / "claims.jsonl").read_text(encoding="utf-8").splitlines()]


class Strict(HTMLParser):
    """Sees that what is opened is closed, in order, and that an id is there once."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open += [] if tag in self.VOID else [tag]
        self.ids.update(value or "" for name, value in attrs if name == "id")
        names = [name for name, _ in attrs]
        self.faults += [f"{tag} {name}" for name in names if name.startswith("on") or name == "style" or names.count(name) > 1]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_there_in_both_languages_and_well_formed(visitor: Visitor, path: str, language: str) -> None:
    joint = "&" if "?" in path else "?"
    answer = visitor.get(f"{path}{joint}lang={language}")
    strict = Strict()
    strict.feed(answer.text)
    assert (strict.faults, strict.open) == ([], [])
    assert [name for name, times in strict.ids.items() if times > 1] == []
    page = visitor.page(f"{path}{joint}lang={language}")
    assert page.css("html")[0].attributes["lang"] == {"zh": "zh-Hans", "en": "en"}[language]
    assert len(page.css("h1")) == 1
    assert len(page.css("title")[0].text()) > len(" · 知脉")
    assert len(page.css("main")) == len(page.css("a.skip")) == 1
    assert {script.attributes["src"] for script in page.css("script")} == {"/static/explorer.js"}
    assert page.css("style, [style], [onclick], iframe, object, base") == []


def test_every_link_of_the_pages_leads_somewhere(visitor: Visitor) -> None:
    seen: dict[str, set[str]] = {}
    for path in ("/", path_of(OCEAN), f"/document/{ARTICLE}", "/documents", "/facts", "/compare?a=海洋经济&b=数据要素"):
        page = visitor.page(path)
        ids = {node.attributes["id"] for node in page.css("[id]")}
        links = {str(link.attributes["href"]) for link in page.css("a, link")}
        assert {link for link in links if link.startswith("#")} <= {f"#{name}" for name in ids}
        for link in links:
            if not link.startswith(("#", "/sparql", "?")):
                seen.setdefault(link.partition("#")[0], set()).add(path)
    assert len(seen) > 100
    for link in sorted(seen)[::4]:  # all of them take seconds
        visitor.get(link)


def test_language_is_that_of_the_parameter_then_the_cookie_then_the_browser(visitor: Visitor) -> None:
    def spoken(path: str, **headers: str) -> str:
        return str(visitor.page(path, 200, **headers).css("html")[0].attributes["lang"])

    assert spoken("/") == "zh-Hans"
    assert spoken("/", **{"accept-language": "en-GB,en;q=0.9,zh;q=0.1"}) == "en"
    assert spoken("/", **{"accept-language": "de, zh;q=0.5, en;q=0.2"}) == "zh-Hans"
    assert spoken("/", **{"accept-language": "de"}) == "zh-Hans"
    assert spoken("/", cookie="lang=en") == "en"
    assert spoken("/?lang=zh", cookie="lang=en") == "zh-Hans"
    assert spoken("/?lang=%3Cscript%3E") == "zh-Hans"
    assert "lang=en" in visitor.get("/?lang=en").headers["set-cookie"]


MADE = ("verdict_", "section_", "slot_", "sort_", "fault_")  # keys that are put together


def test_the_catalogue_has_what_the_templates_say_and_nothing_else() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in TEMPLATES.glob("*.html"))
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "pipeline/serve/explorer").glob("*.py"))
    said = set(re.findall(r'\bw\("(\w+)"', source))
    keys = set(catalogue())
    assert said <= keys
    assert {key for key in keys - said if not key.startswith(MADE) and f'"{key}"' not in source + code} == set()
    for key, (chinese, english) in catalogue().items():
        assert sorted(re.findall(r"\{\w+\}", chinese)) == sorted(re.findall(r"\{\w+\}", english)), key
        assert chinese, key
        assert english, key


def test_completion_finds_a_thing_by_any_name_what_most_is_said_of_first(visitor: Visitor) -> None:
    found = visitor.get("/complete?q=海洋").json()
    assert len(found) > 3
    beginning = [each["name"].startswith("海洋") for each in found]
    assert beginning == sorted(beginning, reverse=True)
    counts = [each["facts"] for each, begins in zip(found, beginning, strict=True) if begins]
    assert counts == sorted(counts, reverse=True)
    assert found[0] | {"facts": 0} == {
        "label": "海洋经济", "name": "海洋经济", "href": path_of(OCEAN), "iri": OCEAN, "kind": "产业", "facts": 0,
    }  # fmt: skip
    assert [each["label"] for each in visitor.get("/complete?q=蓝色经").json()] == ["海洋经济"]
    assert "海洋经济" in [each["label"] for each in visitor.get("/complete?q=洋经济").json()]
    assert visitor.get("/complete?q=HYJJ").json()[0]["label"] == "海洋经济"
    assert visitor.get("/complete?q=").json() == visitor.get("/complete?q=%20").json() == []


def test_the_page_of_a_thing_shows_each_of_its_facts_with_its_sentence(visitor: Visitor, rows: list[dict[str, Any]]) -> None:
    page = visitor.page(path_of(OCEAN))
    own = [row for row in rows if row["rel"] == "defines" and row["s"]["iri"] == OCEAN]
    section = page.css("#defines_s")[0]
    assert texts(section, "h2 .number") == [str(len(own))]
    assert {row["o"]["label"] for row in own} == set(texts(section, ".other a"))
    assert {row["quote"] for row in own} == {mark.text() for mark in section.css("mark")}
    assert "陆海统筹背景下形成的复合型经济形态" in texts(page, ".definition p")[0]
    assert "蓝色经济" in texts(page, ".name bdi")


def test_a_sentence_has_its_evidence_marked_and_leads_to_its_place(visitor: Visitor, rows: list[dict[str, Any]]) -> None:
    page = visitor.page(f"/facts?document={ARTICLE}")
    own = [row for row in rows if row["doc"] == ARTICLE]
    shown = page.css("table.facts tbody tr")
    assert len(shown) == 50
    before = {(as_read(row["quote"]), row["start"]) for row in own}
    for line in shown:
        where = str(line.css("a.where")[0].attributes["href"])
        path, _, start = where.partition("#at-")
        assert path == f"/document/{quote(ARTICLE)}?fact={line.attributes['data-claim']}"
        assert (line.css("mark")[0].text(), int(start)) in before


def test_a_figure_and_an_event_say_when(visitor: Visitor, rows: list[dict[str, Any]]) -> None:
    event = next(row for row in rows if row["rel"] == "event" and row["date"] and row["venue"])
    page = visitor.page(path_of(event["event"]["iri"]))
    assert event["date"] in " ".join(texts(page, ".timeline .time"))
    assert event["venue"][0]["label"] in texts(page, ".timeline .said a")
    figure = next(row for row in rows if row["rel"] == "indicator")
    table = visitor.page(path_of(figure["s"]["iri"])).css("#indicator table")[0]
    assert any(figure["value"] in cell and (figure["unit"] or "") in cell for cell in texts(table, ".figure"))


def test_two_things_stand_side_by_side(visitor: Visitor) -> None:
    page = visitor.page("/compare?a=海洋经济&b=蓝色粮仓")
    assert texts(page, ".sides.names h2") == ["海洋经济", "蓝色粮仓"]
    assert visitor.page("/compare?a=海洋经济&b=没有此物", 404).css(".warning")[0].text().count("没有此物") == 1
    both = visitor.page("/compare?a=海洋经济&b=海洋经济")
    assert texts(both, ".sides .shared .kind")
    documents = visitor.page(f"/compare?a={ARTICLE}&b={PLAN}")
    assert len(documents.css("thead th")) == 2


def test_documents_are_listed_with_their_facts_and_the_failures(visitor: Visitor, rows: list[dict[str, Any]]) -> None:
    page = visitor.page("/documents")
    counts = Counter(row["doc"] for row in rows)
    shown = {line.css("th .key")[0].text(): int(line.css("td.n")[0].text()) for line in page.css(".documents tbody tr")}
    assert shown == {name: counts[name] for name in shown}
    assert len(shown) == 11
    assert "README.md" in " ".join(texts(page, "#failed"))
    latest = texts(visitor.page("/documents?sort=date"), ".documents td.date")
    assert latest == sorted(latest, reverse=True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?q=" + "长" * 3000, 400),
        ("/things?kind=%3Cscript%3E", 400),
        ("/things?kind=Nothing", 404),
        ("/things?kind=Policy&page=999", 404),
        ("/documents?sort=%27", 400),
        ("/documents?page=0", 400),
        ("/document/none", 404),
        ("/document/..%2f..%2fetc%2fpasswd", 404),
        (f"/document/{ARTICLE}?part=2", 404),
        (f"/document/{ARTICLE}?part=-1", 400),
        (f"/document/{ARTICLE}?fact=%22%3E%3Cscript%3E", 400),
        ("/facts?relation=x%22%7D", 400),
        ("/facts?year=20x4", 400),
        ("/facts?year=２０２４", 400),
        ("/facts?least=1e9", 400),
        ("/facts?least=0.5)%20%7D%20DROP%20ALL", 400),
        ("/facts?sort=?claim", 400),
        ("/facts?role=x", 400),
        ("/facts?page=9999", 404),
        ("/facts?page=x", 400),
        ("/facts?issuer=%00", 400),
        ("/facts?thing=https://x.org/%3E%20%3Fp", 404),
        ("/facts?issuer=%22)%20%7D%20%23%5C", 200),
        ("/facts.csv?place=%3Cb%3E", 404),
        ("/facts.csv?kind=x", 400),
    ],
)
def test_hostile_parameters(visitor: Visitor, path: str, status: int) -> None:
    page = visitor.page(path, status)
    assert [script.attributes for script in page.css("main script, main img, main b, main iframe")] == []


HOSTILE = """<script>alert(1)</script>经济办法

青湾市发展局

海藻经济以“"><img src=x onerror=alert(1)>”为基础，以{{7*7}}平台为载体。海藻经济具有<b>高投入</b>、\u202e长周期两个特征。

2024年5月6日，青湾市召开&lt;b&gt;海藻产业</title>大会。
"""


HOSTILE_NAME = "'\"><svg onload=alert(1)>"


@pytest.fixture(scope="module")
def hostile_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    (folder / "corpus" / f"{HOSTILE_NAME}.txt").write_text(HOSTILE, encoding="utf-8")
    build(folder / "corpus", folder / "out", ontology=ROOT / "ontology", least=0.0)
    return folder / "out"


def test_what_a_document_says_is_never_markup(hostile_out: Path) -> None:
    name = HOSTILE_NAME
    with Visitor(hostile_out) as visitor:
        paths = ["/", "/documents", "/facts", f"/document/{quote(name, safe='')}", f"/compare?a={quote(name)}&b={quote(name)}"]
        paths += [str(link.attributes["href"]) for link in visitor.page("/facts").css("table.facts a") if link.attributes["href"]]
        assert len(paths) > 8
        for path in paths:
            answer = visitor.get(path)
            page = LexborHTMLParser(answer.text)
            assert page.css("main script, main img, main b, svg[onload], main svg, [onerror]") == []
            assert "\u202e" not in answer.text
            assert "{{7*7}}" in answer.text or "49" not in answer.text
        assert "<script>alert(1)</script>经济" in visitor.page(paths[3]).css("article")[0].text()


def test_a_new_build_shows_and_none_is_waited_for(sample_out: Path, hostile_out: Path) -> None:
    with Visitor(sample_out) as visitor:
        assert visitor.get("/complete?q=海洋经济").json()[0]["facts"] > 20
        visitor.look(hostile_out)
        assert visitor.get("/complete?q=海藻产业").json() == []  # the last build is shown while the new one is opened
        assert comes_about(lambda: bool(visitor.get("/complete?q=海藻产业").json()))
        assert visitor.get("/complete?q=海洋经济").json() == []
