"""Patterns made from the cue words of the ontology."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.extract.wording import wording
from tests.samples import ontology

MADE = wording(ontology())


def test_they_are_made_once_for_an_ontology() -> None:
    assert wording(ontology()) is MADE
    assert wording(replace(ontology(), sha256="other")) is not MADE


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("水产养殖业", True),
        ("海水淡化产业", True),
        ("声学探测技术", True),
        ("渔业企业", False),
        ("返乡就业", False),
        ("自主创业", False),
        ("渔民家庭", False),
        ("业", True),
        ("", False),
    ],
)
def test_what_ends_as_a_field_does(name: str, expected: bool) -> None:
    assert MADE.ends_in_field(name) is expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("全省渔港建设推进会", "全省渔港建设推进会"),
        ("云渡省首届海鲜食博会", "云渡省首届海鲜食博会"),
        ("（第三届）海岛旅游论坛", "（第三届）海岛旅游论坛"),
        ("渔业论坛的代表", None),
        ("渔业协会会员", None),
        ("渔民", None),
    ],
)
def test_names_of_events(text: str, name: str | None) -> None:
    found = MADE.event_name.match(text)
    assert (found["name"] if found else None) == name


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("论坛在临澜会展中心隆重举行", "临澜会展中心"),
        ("大会于五月在望溪县召开", "望溪县"),
        ("会议在北京联合主持", "北京"),
        ("会议，在北京召开", None),
        ("渔民在海上捕鱼", None),
    ],
)
def test_venues(text: str, venue: str | None) -> None:
    found = MADE.venue.match(text)
    assert (found["venue"] if found else None) == venue


@pytest.mark.parametrize(
    ("text", "name"),
    [("在全省渔港论坛上", "全省渔港论坛"), ("出席海岛旅游推进会时", "海岛旅游推进会"), ("他提到论坛上", None)],
)
def test_occasions(text: str, name: str | None) -> None:
    found = MADE.occasion.match(text)
    assert (found["name"] if found else None) == name


def test_cues_signal_their_facets_as_noun_and_as_verb() -> None:
    facets = ontology().facets()
    for facet, property_ in facets.items():
        assert all(facet in MADE.facets[cue][0] for cue in property_.noun_cues)
        assert all(facet in MADE.facets[cue][1] for cue in property_.verb_cues)
    assert {cue for cue, (noun, _) in MADE.facets.items() if noun} == set(MADE.noun_facets)


def test_a_longer_verb_comes_before_the_one_that_it_holds() -> None:
    verbs = sorted(ontology().classes["Event"].verb_cues, key=len)
    assert verbs
    for verb in verbs:
        found = re.match(MADE.event_verb, verb)
        assert found
        assert found[0] == verb


def test_terms_are_known_by_every_name() -> None:
    term = MADE.terms["蓝色经济"]
    assert term.label == "海洋经济"
