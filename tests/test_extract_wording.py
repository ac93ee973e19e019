"""Patterns made from the cue words of the ontology."""

from __future__ import annotations

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


def test_cues_signal_their_facets_as_noun_and_as_verb() -> None:
    facets = ontology().facets()
    for facet, property_ in facets.items():
        assert all(facet in MADE.facets[cue][0] for cue in property_.noun_cues)
        assert all(facet in MADE.facets[cue][1] for cue in property_.verb_cues)
    assert {cue for cue, (noun, _) in MADE.facets.items() if noun} == set(MADE.noun_facets)


def test_terms_are_known_by_every_name() -> None:
    term = MADE.terms["蓝色经济"]
    assert term.label == "海洋经济"
