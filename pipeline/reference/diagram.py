"""The diagram of the page: the chief classes and the properties between them, as SVG on a grid, each with the schema's labels.

Which classes stand where, and which properties are drawn, is said here, for it is how graph.py and works.py lay facts in a graph;
what is not declared by the schema is not drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.reference.described import Reference, Words
from pipeline.reference.markup import tag, text
from pipeline.terms import NAMESPACES

_IS = "rdfs:subClassOf"


class Box(NamedTuple):
    """A class on the grid; `told` are properties of its own that it is drawn with."""

    term: str
    column: int
    row: int
    rows: int = 1
    told: tuple[str, ...] = ()


class Link(NamedTuple):
    """Properties that lead from one box to another. `lane` tells two links between the same boxes apart, and where labels stand.

    Across, -1 is the upper one with its label above, 1 the lower one with its label below; down, -1 has its label on the left.
    """

    subject: str
    properties: tuple[str, ...]
    object: str
    lane: int = 0


TOPIC = "zm:Topic"
BOXES = (
    Box("zm:Body", 0, 0),
    Box("zm:Work", 1, 0, told=("dcterms:title", "dcterms:issued")),
    Box("zm:Document", 2, 0, told=("zm:documentName", "zm:sha256")),
    Box("zm:CitedWork", 3, 0),
    Box("zm:Place", 0, 1),
    Box("zm:Policy", 1, 1),
    Box("oa:SpecificResource", 2, 1, told=("oa:start", "oa:end", "oa:exact")),
    Box("doco:Section", 3, 1, told=("zm:sectionKind", "zm:tense")),
    Box("zm:Event", 0, 2, told=("schema:startDate",)),
    Box(TOPIC, 1, 2, rows=2),
    Box("zm:Claim", 2, 2, told=("zm:confidence", "zm:rule")),
    Box("prov:Activity", 3, 2, told=("zm:version",)),
    Box("zm:Contrast", 0, 3, told=("zm:firstValue",)),
    Box("zm:Observation", 2, 3, told=("schema:value", "zm:period")),
    Box("zm:Indicator", 3, 3),
)
LINKS = (
    Link("zm:Work", ("zm:issuedBy",), "zm:Body"),
    Link("zm:Work", ("dcterms:isPartOf",), "zm:Document"),
    Link("zm:Document", ("cito:cites",), "zm:CitedWork"),
    Link("doco:Section", ("dcterms:isPartOf",), "zm:Document"),
    Link("zm:Policy", ("zm:statedIn",), "zm:Work"),
    Link("zm:Policy", ("zm:issuedIn",), "zm:Place"),
    Link("zm:Policy", (_IS,), TOPIC, -1),
    Link("oa:SpecificResource", ("oa:hasSource",), "zm:Document"),
    Link("oa:SpecificResource", ("dcterms:isPartOf",), "doco:Section"),
    Link("zm:Event", ("schema:location",), "zm:Place"),
    Link("zm:Event", (_IS,), TOPIC, -1),
    Link("zm:Event", ("zm:agent",), TOPIC, 1),
    Link("zm:Claim", ("zm:claimSubject", "zm:claimObject"), TOPIC, -1),
    Link(TOPIC, ("zm:bestDefinition",), "zm:Claim", 1),
    Link("zm:Claim", ("prov:wasQuotedFrom", "zm:bestEvidence"), "oa:SpecificResource"),
    Link("zm:Claim", ("prov:wasGeneratedBy",), "prov:Activity"),
    Link("zm:Contrast", ("zm:contrastOf", "zm:contrastDimension"), TOPIC),
    Link("zm:Observation", ("zm:observationOf",), TOPIC),
    Link("zm:Observation", ("zm:indicator",), "zm:Indicator"),
)
ROUND = Link(TOPIC, ("zm:relatesTo",), TOPIC)  # drawn as a loop, with what is below it
_WIDTH, _HEIGHT, _ACROSS, _DOWN, _EDGE, _LANE, _LINE = 178, 78, 152, 62, 14, 12, 15
_LOOP = 30  # how far the loop hangs down
_MARK = '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
_MARK += '<path d="M0 0L8 4L0 8z"/></marker></defs>'


class Area(NamedTuple):
    """A stretch of the picture, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        """Whether two areas have more than an edge in common."""
        apart = self.right <= other.left or other.right <= self.left or self.bottom <= other.top or other.bottom <= self.top
        return not apart


class Label(NamedTuple):
    """Lines of text in an area, in the middle of it."""

    area: Area
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything stands: boxes by class, and of each link its ends and its label. `loop` is the label of the loop."""

    boxes: dict[str, tuple[Box, Area]]
    links: tuple[tuple[Link, Area, Label], ...]  # the area from the start to the tip, which may lie left of or above it
    loop: Label | None
    width: float
    height: float


def draw(reference: Reference) -> Drawing | None:
    """The diagram of what the schema declares; None where it declares too little of it."""
    known = {*reference.terms, _iri(_IS)}
    boxes = {box.term: (box, _area(box)) for box in BOXES if _iri(box.term) in known}
    if TOPIC not in boxes or len(boxes) < 3:
        return None
    links = []
    for link in LINKS:
        drawn = link._replace(properties=tuple(name for name in link.properties if _iri(name) in known))
        if drawn.properties and link.subject in boxes and link.object in boxes:
            links.append((drawn, *_link(drawn, boxes[link.subject][1], boxes[link.object][1], reference)))
    loop = _loop(reference, boxes[TOPIC][1])
    bottom = max([area.bottom for _, area in boxes.values()] + [loop.area.bottom if loop else 0])
    return Drawing(boxes, tuple(links), loop, max(area.right for _, area in boxes.values()) + _EDGE, bottom + _EDGE)


def _iri(name: str) -> str:
    """The IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return NAMESPACES.get(prefix, f"{prefix}:") + local


def _area(box: Box) -> Area:
    left, top = _EDGE + box.column * (_WIDTH + _ACROSS), _EDGE + box.row * (_HEIGHT + _DOWN)
    return Area(left, top, left + _WIDTH, top + box.rows * (_HEIGHT + _DOWN) - _DOWN)


def _link(link: Link, one: Area, other: Area, reference: Reference) -> tuple[Area, Label]:
    """The ends of a link, and its label: beside a line that goes up or down, above or below one that goes across."""
    lines = [line for name in link.properties for line in _told(name, reference)]
    wide, high = max(map(_wide, lines)), len(lines) * _LINE
    top, bottom = max(one.top, other.top), min(one.bottom, other.bottom)
    if top < bottom:
        y = (top + bottom) / 2 + link.lane * _LANE
        ends = Area(one.left, y, other.right, y) if one.left > other.right else Area(one.right, y, other.left, y)
        middle = (ends.left + ends.right) / 2
        above = y - 5 - high if link.lane <= 0 else y + 5
        return ends, Label(Area(middle - wide / 2, above, middle + wide / 2, above + high), tuple(lines))
    if one.left == other.left:
        x = (one.left + one.right) / 2
        ends = Area(x, one.top, x, other.bottom) if one.top > other.bottom else Area(x, one.bottom, x, other.top)
        middle = (ends.top + ends.bottom) / 2
        left = x + 7 if link.lane >= 0 else x - 7 - wide
        return ends, Label(Area(left, middle - high / 2, left + wide, middle + high / 2), tuple(lines))
    ends = Area(
        one.left if one.left > other.right else one.right,
        one.top if one.top > other.bottom else one.bottom,
        other.right if one.left > other.right else other.left,
        other.bottom if one.top > other.bottom else other.top,
    )
    x, y = (ends.left + ends.right) / 2, (ends.top + ends.bottom) / 2
    return ends, Label(Area(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), tuple(lines))


def _told(name: str, reference: Reference) -> Iterator[str]:
    """A property by its name and, where the schema gives one, its Chinese label."""
    yield name
    term = reference.terms.get(_iri(name))
    if term and term.label.zh:
        yield term.label.zh


def _wide(line: str) -> float:
    """The width of a line in pixels, rather more than less."""
    return sum(12.5 if unicodedata.east_asian_width(character) in "WF" else 7.0 for character in line)


def _loop(reference: Reference, topic: Area) -> Label | None:
    """The label of the loop under the topic: the relations between things, three a line."""
    if _iri(ROUND.properties[0]) not in reference.terms:
        return None
    names = [f"{reference.short(term.iri)} {term.label.zh}" for term in reference.below(_iri(ROUND.properties[0]))]
    first = " ".join(_told(ROUND.properties[0], reference)) + "："
    lines = (first, *("  ".join(names[at : at + 3]) for at in range(0, len(names), 3)))
    wide, middle, top = max(map(_wide, lines)), (topic.left + topic.right) / 2, topic.bottom + _LOOP + 8
    return Label(Area(middle - wide / 2, top, middle + wide / 2, top + len(lines) * _LINE), lines)


def svg(reference: Reference) -> str:
    """The diagram as an element of HTML; "" where there is none."""
    drawing = draw(reference)
    if drawing is None:
        return ""
    parts = [_MARK]
    for link, ends, _ in drawing.links:
        path = f"M{ends.left:g} {ends.top:g}L{ends.right:g} {ends.bottom:g}"
        parts.append(tag("path", d=path, marker_end="url(#tip)", class_="is" if _IS in link.properties else "has"))
    if drawing.loop:
        topic = drawing.boxes[TOPIC][1]
        left, right, low = topic.left + _WIDTH / 4, topic.right - _WIDTH / 4, topic.bottom + _LOOP
        path = f"M{left:g} {topic.bottom:g}V{low:g}H{right:g}V{topic.bottom:g}"
        parts += [tag("path", d=path, marker_end="url(#tip)", class_="has"), _label(drawing.loop)]
    parts += [_box(box, area, reference) for box, area in drawing.boxes.values()]
    parts += [_label(label) for _, _, label in drawing.links]
    view = f"0 0 {drawing.width:g} {drawing.height:g}"
    named = text(" ".join(("主要的类及其间的属性", "The chief classes and the properties between them")))
    return tag("svg", tag("title", named), "\n", "\n".join(parts), viewBox=view, role="img", xmlns="http://www.w3.org/2000/svg")


def _box(box: Box, area: Area, reference: Reference) -> str:
    term = reference.terms[_iri(box.term)]
    lines = [(box.term, "name"), *((line, "") for line in _called(term.called))]
    if box.term == TOPIC:
        kinds = [kind for kind in reference.of("class") if term in reference.above(kind.iri)]
        lines += [(line, "more") for words in zip(*(kind.label for kind in kinds), strict=True) for line in _filled(words)]
    told = [name for name in box.told if _iri(name) in reference.terms]
    if told:
        lines.append((" ".join(name.partition(":")[2] for name in told), "more mono"))
    step = min(1.2 * _LINE, (area.bottom - area.top - _LINE) / len(lines))
    x, first = (area.left + area.right) / 2, (area.top + area.bottom) / 2 - (len(lines) - 1) * step / 2
    said = [
        tag("text", text(line), x=f"{x:g}", y=f"{first + at * step + 4:g}", text_anchor="middle", class_=kind or "label")
        for at, (line, kind) in enumerate(lines)
    ]
    size = {"width": f"{area.right - area.left:g}", "height": f"{area.bottom - area.top:g}"}
    shape = tag("rect", x=f"{area.left:g}", y=f"{area.top:g}", rx="7", **size)
    return tag("a", shape, *said, href=f"#{anchor(reference, term.iri)}")


def _called(label: Words) -> list[str]:
    return [" · ".join(filter(None, label))] if any(label) else []


def _filled(words: Sequence[str]) -> Iterator[str]:
    """Words in lines that a box has room for."""
    line = ""
    for word in words:
        longer = f"{line} · {word}" if line else word
        if line and _wide(longer) > _WIDTH - 8:
            yield line
            longer = word
        line = longer
    yield from filter(None, (line,))


def _label(label: Label) -> str:
    x = (label.area.left + label.area.right) / 2
    lines = (
        tag("text", text(line), x=f"{x:g}", y=f"{label.area.top + (at + 0.8) * _LINE:g}", text_anchor="middle", class_=kind)
        for at, line in enumerate(label.lines)
        for kind in ("tag mono" if line.isascii() else "tag",)
    )
    return "".join(lines)


def anchor(reference: Reference, iri: str) -> str:
    """Where the page describes a term: its local name for one of the ontology's own, else its prefixed name."""
    term = reference.terms.get(iri)
    return term.local if term and term.own else reference.short(iri)
