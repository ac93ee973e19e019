"""What a production looks for, as it is written: "{o:list} <and_so_on> {s:class}".

    <class>      a word of a class of the lexicon (ontology/lexicon/class.txt); <a|b> of either; <class>? may be left out
    <@date>      a date that was found there, whatever its form
    为，         the words or marks themselves; 的? may be left out
    {slot:type}  a stretch that fills a slot of the claim, read as its type says (pipeline.grammar.slots)
    ^ and $      the edge of a clause

A word follows the word before it at once; a slot takes what stands between two words, or up to the edge of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from pipeline.patterns import lazy

_PART = lazy(
    r"\{(?P<slot>\w+):(?P<type>\w+)\}|(?:<(?P<classes>@?[\w|]+)>|(?P<edge>[\^$])|(?P<literal>[^\s{}<>^$?]+))(?P<optional>\??)"
)


DATE = "@date"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one of `classes`; one that stands for itself has the class "=word", a date the class DATE."""

    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch that fills the slot `name` of a claim, read as its `type` says."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning (^) or end ($) of a clause."""

    end: bool


Part = Word | Slot | Edge


def parse(form: str) -> tuple[tuple[Part, ...], ...]:
    """The parts of a form in order, with and without each word that may be left out, the fullest first.

    ValueError where it cannot be read.
    """
    read = list(_parts(form))
    optional = [at for at, (_, may_miss) in enumerate(read) if may_miss]
    forms = tuple(
        tuple(part for at, (part, _) in enumerate(read) if at not in left)
        for size in range(len(optional) + 1)
        for left in combinations(optional, size)
    )
    for each in forms:
        _check(each)
    return forms


def _parts(form: str) -> Iterator[tuple[Part, bool]]:
    """Each part of a form in order, and whether it may be left out."""
    at = 0
    for match in _PART.finditer(form):
        _check_blank(form[at : match.start()])
        at = match.end()
        yield _part(match), bool(match["optional"])
    _check_blank(form[at:])


def _part(match: re.Match[str]) -> Part:
    if match["slot"]:
        return Slot(match["slot"], match["type"])
    if match["edge"]:
        return Edge(match["edge"] == "$")
    return Word(frozenset(match["classes"].split("|") if match["classes"] else ["=" + match["literal"]]))


def _check_blank(between: str) -> None:
    if between.strip():
        raise ValueError(f"{between.strip()!r} is no part of a form")


def _check(parts: tuple[Part, ...]) -> None:
    if not any(isinstance(part, Word) for part in parts):
        raise ValueError("it has no word that must stand there")
    if any(isinstance(part, Edge) and part is not (parts[-1] if part.end else parts[0]) for part in parts):
        raise ValueError("^ is no part of a form but the first, and $ none but the last")
    for before, after in pairwise(parts):
        if isinstance(before, Slot) and isinstance(after, Slot):
            raise ValueError(f"nothing parts the slots {before.name} and {after.name}")
