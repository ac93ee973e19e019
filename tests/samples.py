"""Hand-made claims, documents and a small graph, for the tests of everything behind extraction."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.model import Block, Claim, Document, Evidence, Name, OffsetMap, Slot
from pipeline.ontology import Ontology, load_ontology
from pipeline.relations import PAIR, SHAPES
from pipeline.resolve import resolve
from pipeline.shares import graph_lines
from pipeline.terms import DEFAULT_BASE

ROOT = Path(__file__).parent.parent

SOURCE = (
    "青禾工厂建设情况\n青禾工厂由“链长”和节电机组构成。《青禾工厂行动方案》支持储能产业。"
    '2024年3月5日，青禾工厂推进会在苏州市召开。研究者认为，青禾工厂以余料回用为特征；\\ 与 "引号" 也照录。'
)


@cache
def ontology() -> Ontology:
    return load_ontology(ROOT / "ontology")


def document(name: str = "a", source: str = SOURCE, **fields: Any) -> Document:
    heading = Block("heading", 0, source.index("\n"), 1) if "\n" in source else Block("paragraph", 0, len(source))
    given = {"kind": "news", "title": "青禾工厂建设情况", "date": "2024-03", "sha256": "0" * 64, "media_type": "text/plain"}
    return Document(
        name=name,
        path=f"{name}.txt",
        source=source,
        text=source,
        offsets=OffsetMap((0,), (0,)),
        blocks=(heading,),
        **(given | fields),
    )


def evidence(quote: str, source: str = SOURCE) -> Evidence:
    start = source.index(quote)
    return Evidence(start, start + len(quote), quote)


def concept(label: str, **fields: Any) -> Name:
    return Name(label, "Concept", **fields)


def claim(relation: str = "defines", doc: str = "a", quote: str = "节电机组构成", **fields: Any) -> Claim:
    """A claim; slots may be given by keyword: s, o, event, date, venue …"""
    slots: dict[str, Slot] = {}
    for slot in dict.fromkeys(name for shape in (PAIR, *SHAPES.values()) for name in (*shape.slots, *shape.values)):
        if slot in fields:
            slots[slot] = fields.pop(slot)
    given: dict[str, Any] = {"rule": f"{relation}.test", "confidence": 0.8, "facet": "element" if relation == "defines" else None}
    return Claim(document=doc, relation=relation, slots=slots, evidence=evidence(quote), **(given | fields))


def event(label: str = "青禾工厂推进会", date: str | None = None, *venues: str, **fields: Any) -> Claim:
    places = tuple(Name(venue, "Place") for venue in venues)
    quote = fields.pop("quote", "青禾工厂推进会在苏州市召开")
    return claim("event", quote=quote, event=Name(label, "Event"), date=date, venue=places, **fields)


def defines(s: str, o: str, **fields: Any) -> Claim:
    return claim(s=concept(s), o=concept(o), **fields)


def sample_claims() -> list[Claim]:
    """One claim of each shape: a quoted single word, two readings of one fact, a policy, an event, a view of someone's."""
    policy, industry = Name("青禾工厂行动方案", "Policy"), Name("储能产业", "Industry")
    holder = Name("研究者", "Person")
    return [
        defines("青禾工厂", "链长", quote="青禾工厂由“链长”和节电机组构成"),
        defines("青禾工厂", "节电机组", confidence=0.6),
        defines("青禾工厂", "节电机组", quote="青禾工厂由“链长”和节电机组构成", confidence=0.9),
        defines("青禾工厂", "余料回用", quote="青禾工厂以余料回用为特征", facet="feature", attributed_to=holder),
        defines("青禾工厂", "引号", quote='\\ 与 "引号" 也照录', facet="basis"),
        claim("supports", quote="《青禾工厂行动方案》支持储能产业", s=policy, o=industry, planned=True),
        event("青禾工厂推进会", "2024-03-05", "苏州市", dateText="2024年3月5日", precision="day"),
    ]


def sample_lines() -> list[str]:
    facts = resolve(sample_claims(), DEFAULT_BASE, ontology().terms)
    return graph_lines(facts, {"a": document()}, ontology(), DEFAULT_BASE, "0")


def sample_text() -> str:
    return "".join(line + "\n" for line in sample_lines())
