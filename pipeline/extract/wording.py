"""Patterns made from the cue words of the ontology, each compiled once for an ontology."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.ontology import Ontology

_Signals = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """`field_head` ends the name of an industry or technology, `event_head` that of an event; `event_verb` reports one;
    `noun_facets` and `verb_facets` give the facets of `defines` that a cue signals."""

    field_head: re.Pattern[str]
    event_head: str
    event_name: re.Pattern[str]
    occasion: re.Pattern[str]
    event_verb: str
    noun_facets: Mapping[str, tuple[str, ...]]
    verb_facets: Mapping[str, tuple[str, ...]]


def wording(ontology: Ontology) -> Wording:
    """The patterns of an ontology; made once."""
    if ontology.sha256 not in _MADE:
        _MADE[ontology.sha256] = _make(ontology)
    return _MADE[ontology.sha256]


_MADE: dict[str, Wording] = {}


def _make(ontology: Ontology) -> Wording:
    classes = ontology.classes
    facets = ontology.facets().items()
    nouns = tuple((cue, facet) for facet, property_ in facets for cue in property_.noun_cues)
    facet_verbs = tuple((cue, facet) for facet, property_ in facets for cue in property_.verb_cues)
    fields = (*classes["Industry"].noun_cues, *classes["Technology"].noun_cues)
    head = rf"(?:{_any(classes['Event'].noun_cues)}|[\u4e00-\u9fff]博会)"
    return Wording(
        # 业 ends an industry's name but for 企业, 就业 and their like
        field_head=re.compile(rf"(?:{_any(fields)}|(?<![企就创作毕专物失事农从营开执功学职肄待复停行])业)$"),
        event_head=head,
        event_name=re.compile(rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9“”\"·－—\-（）]{{0,40}}?{head})(?![的员长])"),
        occasion=re.compile(
            rf"(?:在|于|出席|参加)(?P<name>[^，。；：！？\n在于]{{2,40}}?{head}(?:调研|学习)?)(?:时|期间|上|中|之际|会上)"
        ),
        event_verb=f"(?:{_any(classes['Event'].verb_cues)})",
        noun_facets=_by_cue(nouns),
        verb_facets=_by_cue(facet_verbs),
    )


def _by_cue(signals: _Signals) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for cue, facet in signals:
        found[cue] = (*found.get(cue, ()), facet)
    return found


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
