"""Patterns made from the cue words of the ontology, each compiled once for an ontology."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Wording:
    """`field_head` ends the name of an industry or technology, `event_head` that of an event; `event_verb` reports one."""

    field_head: re.Pattern[str]
    event_head: str
    event_name: re.Pattern[str]
    occasion: re.Pattern[str]
    event_verb: str
    facet_nouns: frozenset[str]


def wording(ontology: Ontology) -> Wording:
    """The patterns of an ontology."""
    classes = ontology.classes
    facets = tuple(cue for property_ in ontology.facets().values() for cue in property_.noun_cues)
    fields = (*classes["Industry"].noun_cues, *classes["Technology"].noun_cues)
    return _compiled(fields, classes["Event"].noun_cues, classes["Event"].verb_cues, facets)


@cache
def _compiled(fields: tuple[str, ...], heads: tuple[str, ...], verbs: tuple[str, ...], facets: tuple[str, ...]) -> Wording:
    head = rf"(?:{_any(heads)}|[\u4e00-\u9fff]博会)"
    return Wording(
        # 业 ends an industry's name but for 企业, 就业 and their like
        field_head=re.compile(rf"(?:{_any(fields)}|(?<![企就创作毕专物失事农从营开执功学职肄待复停行])业)$"),
        event_head=head,
        event_name=re.compile(rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9“”\"·－—\-（）]{{0,40}}?{head})(?![的员长])"),
        occasion=re.compile(rf"(?:在|于|出席|参加)(?P<name>[^，。；：！？\n在于]{{2,40}}?{head}(?:调研|学习)?)(?:时|期间|上|中|之际|会上)"),
        event_verb=f"(?:{_any(verbs)})",
        facet_nouns=frozenset(facets),
    )


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
