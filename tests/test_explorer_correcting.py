"""Corrections made in a page: into the review file, and by the next build into the graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.build import build
from pipeline.review.lines import read_lines
from tests.exploring import Visitor, texts
from tests.samples import ROOT

TEXT = "盐沼产业观察\n\n盐沼经济由潮沟和草滩构成。\n"
ORIGIN = "http://localhost"


class _Place:
    """A corpus, its graph and its review."""

    def __init__(self, folder: Path) -> None:
        self.corpus, self.out, self.review = folder / "in", folder / "out", folder / "in" / "review.tsv"
        self.corpus.mkdir()
        self.write(TEXT)

    def write(self, text: str) -> None:
        (self.corpus / "盐沼.txt").write_text(text, encoding="utf-8")
        self.build()

    def build(self) -> None:
        build(self.corpus, self.out, ontology=ROOT / "ontology")

    def rows(self) -> list[dict[str, object]]:
        lines = (self.out / "claims.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def objects(self) -> dict[str, object]:
        return {row["o"]["label"]: row.get("reviewed_by") for row in self.rows()}  # type: ignore[index]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> _Place:
    return _Place(tmp_path_factory.mktemp("correcting"))


@pytest.fixture
def visitor(place: _Place) -> Iterator[Visitor]:
    with Visitor(place.out, place.review) as visitor:
        yield visitor


def _claim(visitor: Visitor, name: str) -> str:
    """The link beside the fact with a name."""
    facts = [fact for fact in visitor.page("/facts").css("[data-claim]") if name in texts(fact, ".statement")[0].split()]
    return str(facts[0].css("a.correct")[0].attributes["href"])


def _form(page: LexborHTMLParser) -> dict[str, str]:
    """The form of a page, as it comes."""
    fields = [field.attributes for field in page.css("main form input")]
    return {str(field["name"]): field.get("value") or "" for field in fields}


def test_what_is_corrected_is_in_the_graph_after_the_next_builds(place: _Place, visitor: Visitor) -> None:
    assert place.objects() == {"潮沟": None, "草滩": None}
    href = _claim(visitor, "潮沟")
    page = visitor.page(href)
    assert visitor.get(href).headers["referrer-policy"] == "same-origin"  # without it a browser sends the form with no origin
    assert texts(page, "mark") == ["盐沼经济由潮沟和草滩构成"]
    form = _form(page)
    said = form | {"verdict": "object", "instead": "潮沟网", "by": "林望川", "reason": "图上另有说明"}
    answer = visitor.post("/correct", said)
    assert answer.status_code == 303
    assert texts(visitor.page(answer.headers["location"]), "[role=status]")
    assert [decision.instead for _, decision in read_lines(place.review)] == ["潮沟网"]
    place.build()
    assert place.objects() == {"潮沟网": ["林望川"], "草滩": None}
    place.write(TEXT + "\n海岸绵长。盐沼经济由盐蒿构成。\n")
    assert place.objects()["潮沟网"] == ["林望川"]
    with Visitor(place.out) as another:
        assert any("林望川" in text for text in texts(another.page("/facts?relation=defines"), ".status"))


@pytest.mark.parametrize(
    ("change", "origin", "status"),
    [
        ({}, "http://elsewhere.example", 403),
        ({"verdict": "nonsense"}, ORIGIN, 400),
        ({"by": ""}, ORIGIN, 400),
        ({"verdict": "date", "instead": "潮沟"}, ORIGIN, 400),
        ({"claim": "https://w3id.org/zhimai/id/claim/none"}, ORIGIN, 404),
        ({"claim": "> } DELETE"}, ORIGIN, 404),
        ({"reason": "长" * 100_000}, ORIGIN, 413),
    ],
)
def test_nothing_else_is_written(place: _Place, visitor: Visitor, change: dict[str, str], origin: str, status: int) -> None:
    before = place.review.read_bytes() if place.review.exists() else b""
    page = visitor.page(_claim(visitor, "草滩"))
    form = _form(page)
    answer = visitor.post("/correct", form | {"verdict": "wrong", "by": "林望川"} | change, origin)
    assert answer.status_code == status
    assert (place.review.read_bytes() if place.review.exists() else b"") == before


def test_hostile_words_are_words(place: _Place, visitor: Visitor) -> None:
    words = "<script>alert(1)</script>\t\n"
    answer = visitor.post("/correct", {"name": "盐沼经济", "verdict": "label", "instead": words, "by": words, "reason": words})
    assert answer.status_code == 303
    text = visitor.get(answer.headers["location"]).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert len(place.review.read_text(encoding="utf-8").splitlines()[-1].split("\t")) <= 5


def test_without_a_review_nobody_may_correct(place: _Place) -> None:
    with Visitor(place.out) as visitor:
        assert "a.correct" not in visitor.get("/facts").text
        assert not visitor.page("/facts").css("a.correct")
        visitor.get("/correct?name=盐沼经济", 404)
