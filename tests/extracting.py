"""Texts of the tests as documents, and claims as short strings beside the ones expected of a text.

A row is a text and its claims, one string each, with "=" between acceptable names and "、" between several objects or places:
"feature 海洋牧场 > 立体养殖、生态修复", "supports 行动方案 > 冷链物流=冷链", "全市防汛会议 | 2031-06-02 | 临澜市 | 临澜市水务局".
A claim that a fair reader could leave out opens with "?" and counts neither way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest

from pipeline.annotate.annotator import Annotator
from pipeline.extract import extract
from pipeline.model import AnnotatedDocument, Block, BlockKind, Claim, Document, DocumentKind, Name, OffsetMap
from pipeline.read import read
from tests.samples import ontology

Agreement = tuple[list[str], list[str]]  # what is missing and what is too much
AGREED: Agreement = ([], [])


class Weak(NamedTuple):
    """What the product does not meet yet: what is wanted, what comes out today in its place, and why."""

    wanted: Any
    today: Any
    reason: str


def weak(text: str, *expected: str, today: Sequence[str], reason: str) -> Any:
    """A row that is not met yet; `today` has every claim that comes out, as `shown` writes it, sorted."""
    return pytest.param(text, Weak(expected, list(today), reason))


def row(text: str, *expected: str) -> Any:
    """A text and the claims of one relation that it makes: all of them. One of them at least must count."""
    if expected and all(line.startswith("?") for line in expected):
        raise ValueError(f"{text}: every claim of the row is optional, so that it could not fail")
    return pytest.param(text, expected)


def agrees(found: object, expected: object) -> bool:
    """Whether what was found is what a row wants; a row that is not met yet is pinned."""
    if isinstance(expected, Weak):
        pin(found == expected.wanted, found, expected)
    return found == expected


def pin(met: bool, found: object, expected: Weak) -> NoReturn:
    """A row that is not met yet fails where it is met and where something else comes out than today; else it is an xfail."""
    assert not met, f"comes out right now: make it a plain row ({expected.reason})"
    assert found == expected.today, f"comes out otherwise now; right would be {expected.wanted} ({expected.reason})"
    pytest.xfail(expected.reason)


@cache
def annotator() -> Annotator:
    return Annotator(ontology())


def made(text: str, *, kind: DocumentKind = "article", title: str | None = None, date: str | None = None) -> Document:
    """A document of one block a line; a line is a heading where # stands before it, a footnote after ^, a reference after @."""
    kinds: dict[str, BlockKind] = {"#": "heading", "^": "footnote", "@": "reference"}
    blocks: list[Block] = []
    start, heading = 0, -1
    for line in text.split("\n"):
        of = kinds.get(line[:1], "paragraph")
        if of == "heading":
            heading = len(blocks)
        end = start + len(line.lstrip("#^@"))
        blocks.append(Block(of, start, end, int(of == "heading"), -1 if of == "heading" else heading))
        start = end + 1
    text = "\n".join(line.lstrip("#^@") for line in text.split("\n"))
    return Document(
        "试", "试.txt", "text/plain", "0" * 64, text, text, OffsetMap((0,), (0,)), tuple(blocks), kind, title, date=date
    )


def read_text(text: str) -> Document:
    """The document that `read` makes of a file with the text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "试.txt")
        path.write_text(text, encoding="utf-8")
        return read(path, Path(folder))


def annotate(text: str, **fields: Any) -> AnnotatedDocument:
    return annotator().annotate(made(text, **fields))


def claims_of(document: Document) -> list[Claim]:
    return list(extract(annotator().annotate(document), ontology()))


def names(slot: object) -> frozenset[str]:
    """Every form of the name in a slot."""
    return frozenset((slot.label, *slot.aliases)) if isinstance(slot, Name) else frozenset()


def same(wanted: str, found: frozenset[str], *, loose: bool = False) -> bool:
    """Whether one of the wanted forms is among the found; `loose`: or holds, or is held by, one of at most twice its length."""
    forms = wanted.split("=")
    if not loose:
        return not found.isdisjoint(forms)
    return any((a in b or b in a) and max(len(a), len(b)) <= 2 * min(len(a), len(b)) for a in forms for b in found)


Expected = tuple[str, ...] | Weak


def relation_agrees(claims: Iterable[Claim], expected: Expected, *relations: str) -> Agreement:
    """Claims of the relations beside "facet s > o、o" (or "supports s > o"): all of them, and no other."""
    found = [claim for claim in claims if claim.relation in relations]
    if isinstance(expected, Weak):
        pin(relation_agrees(found, expected.wanted, *relations) == AGREED, sorted({*map(shown, found)}), expected)
    wanted = [(*line.split(" > ")[0].split(" ", 1), o) for line in expected for o in line.split(" > ")[1].split("、")]
    matched: set[int] = set()
    missing = []
    for kind, s, o in wanted:
        of = {
            index
            for index, claim in enumerate(found)
            if kind.lstrip("?") == (claim.facet or claim.relation)
            and same(s, names(claim.slots["s"]))
            and same(o, names(claim.slots["o"]))
        }
        matched |= of
        missing += [] if of or kind.startswith("?") else [f"{kind} {s} > {o}"]
    return missing, sorted({shown(claim) for index, claim in enumerate(found) if index not in matched})


def events_agree(claims: Iterable[Claim], expected: Expected) -> Agreement:
    """Events beside "name | date | place、place | agent", "-" where a slot is empty: all of them, and no other."""
    found = [claim for claim in claims if claim.relation == "event"]
    if isinstance(expected, Weak):
        pin(events_agree(found, expected.wanted) == AGREED, sorted({*map(shown, found)}), expected)
    matched: set[int] = set()
    missing = []
    for line in expected:
        of = {index for index, claim in enumerate(found) if _is_event(claim, *line.lstrip("?").split(" | "))}
        matched |= of
        missing += [] if of or line.startswith("?") else [line]
    return missing, [shown(claim) for index, claim in enumerate(found) if index not in matched]


def _is_event(claim: Claim, name: str, date: str, venue: str, agent: str) -> bool:
    venues = claim.slots["venue"]
    assert isinstance(venues, tuple)
    wanted = [] if venue == "-" else venue.split("、")
    return (
        same(name, names(claim.slots["event"]), loose=True)
        and (claim.slots["date"] or "-") == date
        and len(venues) == len(wanted)
        and all(same(place, names(of)) for place, of in zip(wanted, venues, strict=True))
        and same(agent, names(claim.slots["agent"]) or frozenset("-"))
    )


def shown(claim: Claim) -> str:
    """A claim as a row writes it."""
    slots = claim.slots
    if claim.relation != "event":
        return f"{claim.facet or claim.relation} {_label(slots['s'])} > {_label(slots['o'])}"
    return " | ".join((_label(slots["event"]), str(slots["date"] or "-"), _label(slots["venue"]), _label(slots["agent"])))


def _label(slot: object) -> str:
    if isinstance(slot, tuple):
        return "、".join(map(_label, slot)) or "-"
    return slot.label if isinstance(slot, Name) else "-"
