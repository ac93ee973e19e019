"""How the facts of a relation lie in the graph: the one table that writers, readers and the gate look a relation up in.

Most relations lead from one thing to another, `s` to `o`: a direct triple of a property of their own. Four are told around a
third thing: an event (named by the document), an observation and a contrast (which stand for what is said), and a cited work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline import terms as t


class Filler(NamedTuple):
    """What fills a slot: the claim's property for the thing and for its wording, and the property that leads to it from the
    thing that the fact is told around; `many` where several things fill it, `in_order` where their order counts."""

    claim: str
    wording: str
    link: str = ""
    many: bool = False
    in_order: bool = False


class Value(NamedTuple):
    """A literal of a claim: the claim's property and its datatype, and the property of the thing that the fact is told around."""

    claim: str
    link: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A relation: its slots, those that must be filled, its literals, and the thing that its facts are told around.

    `thing` is the class of that thing; the first slot names it, unless `folder` says below which IRI it stands for the fact
    itself. `of_document` is the property that leads to it from the document.
    """

    slots: Mapping[str, Filler]
    needed: tuple[str, ...]
    values: Mapping[str, Value] = field(default_factory=dict)
    thing: str = ""
    folder: str = ""
    of_document: str = ""


PAIR = Shape({"s": Filler(t.SUBJECT, t.SUBJECT_TEXT), "o": Filler(t.OBJECT, t.OBJECT_TEXT)}, needed=("s", "o"))
SHAPES = {
    "event": Shape(
        slots={
            "event": Filler(t.SUBJECT, t.SUBJECT_TEXT),
            "venue": Filler(t.VENUE, t.VENUE_TEXT, t.LOCATION, many=True),
            "agent": Filler(t.CLAIM_AGENT, t.AGENT_TEXT, t.AGENT),
        },
        needed=("event",),
        values={
            "date": Value(t.DATE_VALUE),
            "dateText": Value(t.DATE_TEXT, t.DATE_TEXT),
            "precision": Value(t.DATE_PRECISION),
        },
        thing=t.EVENT,
    ),
    "indicator": Shape(
        slots={
            "s": Filler(t.CLAIM_ABOUT, t.ABOUT_TEXT, t.OBSERVATION_OF),
            "indicator": Filler(t.CLAIM_INDICATOR, t.INDICATOR_TEXT, t.INDICATOR),
        },
        needed=("s", "indicator", "value"),
        values={
            "value": Value(t.VALUE_TEXT, t.VALUE_TEXT),
            "unit": Value(t.UNIT_TEXT, t.UNIT_TEXT),
            "bound": Value(t.BOUND, t.BOUND),
            "period": Value(t.PERIOD, t.PERIOD),
            "change": Value(t.CHANGE, t.CHANGE, t.XSD + "boolean"),
        },
        thing=t.OBSERVATION,
        folder="observation",
    ),
    "contrast": Shape(
        slots={
            "a": Filler(t.CLAIM_FIRST, t.FIRST_TEXT, t.CONTRAST_FIRST),
            "b": Filler(t.CLAIM_SECOND, t.SECOND_TEXT, t.CONTRAST_SECOND),
            "dimension": Filler(t.CLAIM_DIMENSION, t.DIMENSION_TEXT, t.CONTRAST_DIMENSION),
        },
        needed=("a", "b", "dimension", "value_a", "value_b"),
        values={"value_a": Value(t.FIRST_VALUE, t.FIRST_VALUE), "value_b": Value(t.SECOND_VALUE, t.SECOND_VALUE)},
        thing=t.CONTRAST,
        folder="contrast",
    ),
    "cites": Shape(
        slots={
            "work": Filler(t.OBJECT, t.OBJECT_TEXT),
            "authors": Filler(t.CLAIM_AUTHOR, t.AUTHOR_TEXT, t.AUTHOR, many=True, in_order=True),
        },
        needed=("work",),
        values={
            "title": Value(t.CITED_TITLE, t.TITLE),
            "year": Value(t.CITED_YEAR, t.ISSUED),
            "container": Value(t.CITED_CONTAINER, t.PUBLISHED_IN),
        },
        thing=t.CITED_WORK,
        of_document=t.CITES,
    ),
}


def shape_of(relation: str) -> Shape:
    """The shape of a relation: that of a pair where it has none of its own."""
    return SHAPES.get(relation, PAIR)
