"""Claims → facts: what is one thing, what is one fact, what it is called."""

from __future__ import annotations

import random

import pytest

from pipeline.ledger.keys import name_key, slug
from pipeline.ledger.occasions import refined
from pipeline.ledger.things import LONGEST_NAME
from pipeline.model import Claim, Name
from pipeline.ontology import Term
from pipeline.resolve import resolve
from pipeline.terms import DEFAULT_BASE
from tests.samples import claim, concept, defines, event, sample_claims

AI = Term("https://example.org/ai", "Technology", "人工智能", ("人工智能", "AI", "人工智能技术"), None, ())
BASE = DEFAULT_BASE


@pytest.mark.parametrize(
    ("name", "key"),
    [("ＡＩ 技术", "ai技术"), ("“链长”", "链长"), ("《数据 法》", "数据法"), ("青禾工厂", "青禾工厂"), ("", "")],
)
def test_spellings_that_are_one_name(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("青禾工厂", True),
        ("a-b_c", True),
        ("2024—2026年", True),
        ("甲" * 30, True),
        ("甲" * 31, False),
        ("a/b", False),
        ("a b", False),
        ("<x>", False),
        ("50%", False),
        ("—", False),
        ("", False),
    ],
)
def test_short_safe_names_are_written_out_in_the_iri(name: str, readable: bool) -> None:
    assert (slug(name) == name) is readable
    assert readable or len(slug(name)) == 16


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        (concept("青禾工厂"), BASE + "entity/青禾工厂"),
        (concept("AI"), AI.iri),
        (concept("人工智能", term=AI.iri), AI.iri),
        (Name("机器智能", "Technology", aliases=("AI",)), AI.iri),  # a further name is a term's
        (Name("机器智能", "Person", aliases=("AI",)), BASE + "entity/机器智能"),  # … but of another kind
        (
            Name("甲市人工智能技术", "Technology", aliases=("人工智能技术",)),
            BASE + "entity/甲市人工智能技术",
        ),  # … but a shortening
        (Name("甲市人工智能", "Technology", aliases=("AI",)), BASE + "entity/甲市人工智能"),  # … but what is one of it
    ],
)
def test_iri_of_a_name(name: Name, iri: str) -> None:
    fact = resolve([claim(s=name, o=concept("乙"))], BASE, [AI])[0]
    assert fact.entities["s"][0].iri == iri


def test_a_term_gives_its_own_label_kind_and_names() -> None:
    entity = resolve([defines("AI", "算法")], BASE, [AI])[0].entities["s"][0]
    assert (entity.label, entity.kinds, entity.aliases, entity.term) == (
        "人工智能",
        ("Technology",),
        ("AI", "人工智能技术"),
        AI.iri,
    )


def test_an_unknown_thing_has_its_commonest_label_and_every_kind_and_alias() -> None:
    said = [concept("Green厂"), concept("green厂", aliases=("绿厂",)), Name("green厂", "Industry", aliases=("G厂",))]
    facts = resolve([claim(s=name, o=concept(f"物{i}")) for i, name in enumerate(said)])
    entity = facts[0].entities["s"][0]
    assert (entity.label, entity.kinds, entity.aliases) == ("green厂", ("Concept", "Industry"), ("Green厂",))
    assert entity.found_by == ("G厂", "绿厂")


ROWS = [
    ("the same said twice", [defines("甲方", "乙方"), defines("甲方", "乙方", quote="青禾工厂推进会")], 1),
    ("another facet", [defines("甲方", "乙方"), defines("甲方", "乙方", facet="feature")], 2),
    ("another document", [defines("甲方", "乙方"), defines("甲方", "乙方", doc="b")], 2),
    ("turned round", [defines("甲方", "乙方"), defines("乙方", "甲方")], 2),
    ("one date finer", [event("大会", "2024-03"), event("大会", "2024-03-05")], 1),
    ("one without date", [event("大会", None, "苏州市"), event("大会", "2024-03-05", "无锡市")], 1),
    ("two years", [event("大会", "2023"), event("大会", "2024")], 2),
    ("a range within a month", [event("大会", "2024-03-05/2024-03-07"), event("大会", "2024-03")], 1),
    ("overlapping ranges", [event("大会", "2024-03/2024-05"), event("大会", "2024-04/2024-06")], 2),
    ("undated, another place", [event("大会", None, "苏州市"), event("大会", None, "无锡市")], 2),
    ("undated, the same place", [event("大会", None, "苏州市"), event("大会", None, "苏州市", "无锡市")], 1),
]


@pytest.mark.parametrize(("claims", "number"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_claims_that_are_one_fact(claims: list[Claim], number: int) -> None:
    assert len(resolve(claims)) == number


def test_an_event_told_in_pieces_is_united() -> None:
    told = [
        event("大会", "2024-03", "苏州市", confidence=0.9),
        event("大会", "2024-03-05", "无锡市", confidence=0.7, agent=Name("工信部", "Body"), dateText="3月5日", precision="day"),
    ]
    fact = resolve(told)[0]
    assert fact.values == {"date": "2024-03-05", "dateText": "3月5日", "precision": "day"}
    assert [place.label for place in fact.entities["venue"]] == ["苏州市", "无锡市"]
    assert fact.entities["agent"][0].label == "工信部"
    assert fact.entities["event"][0].iri == BASE + "event/大会-2024-03-05"
    assert [c.confidence for c in fact.claims] == [0.9, 0.7]


def test_same_named_events_of_two_documents_share_an_iri_only_where_they_share_the_date() -> None:
    facts = resolve([event("大会", "2024", doc="a"), event("大会", "2024", doc="b"), event("大会", "2025", doc="c")])
    iris = [fact.entities["event"][0].iri for fact in facts]
    assert iris == [BASE + "event/大会-2024", BASE + "event/大会-2024", BASE + "event/大会-2025"]


def test_a_speech_that_sets_the_direction_is_the_event_of_that_name() -> None:
    speech = Name("苏州考察", "Event")
    facts = resolve([event("苏州考察", "2024-03"), claim("supports", s=speech, o=Name("储能产业", "Industry"))])
    assert {fact.entities.get("event", fact.entities.get("s", ()))[0].iri for fact in facts} == {BASE + "event/苏州考察-2024-03"}


@pytest.mark.parametrize(
    ("fine", "coarse", "expected"),
    [
        ("2024-03-05", "2024-03", True),
        ("2024-03", "2024", True),
        ("2024", "2024", True),
        ("2024-03/2024-05", "2024", True),
        ("2018/2019", "2018/2019", True),
        ("2018/2019", "2018", False),
        ("2024-11", "2024-1", False),
        ("2024", "2024-03", False),
    ],
)
def test_refined(fine: str, coarse: str, expected: bool) -> None:
    assert (coarse in refined(fine)) is expected


def test_a_further_name_longer_than_any_is_forgotten() -> None:
    name = concept("甲工厂", aliases=("乙" * LONGEST_NAME, "丙" * (LONGEST_NAME + 1)))
    assert resolve([claim(s=name, o=concept("丁"))])[0].entities["s"][0].found_by == ("乙" * LONGEST_NAME,)


def test_the_order_of_claims_does_not_matter() -> None:
    claims = sample_claims() + [
        event("大会", date, place) for date in ("2024", "2024-03", None) for place in ("苏州市", "无锡市")
    ]
    expected = resolve(claims)
    for seed in range(5):
        assert resolve(random.Random(seed).sample(claims, len(claims))) == expected
