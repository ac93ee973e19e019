"""A document as read: the tree of its headings, its text with all evidence marked, and the facts beside it.

Evidence has offsets into the source of a document, and what is shown is its repaired text: a Passage is where in that a stretch
of the source stands. Stretches overlap: the text is cut wherever one begins or ends, and each piece knows the facts it is of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline import terms as t
from pipeline.model import Block, Document
from pipeline.serve.explorer.graph import Graph, Listed
from pipeline.serve.explorer.lines import Line, line_of

PART = 40_000  # characters of a page
_LONGEST = 10_000  # of a block; what is longer is shown in pieces
_MARKS = f"""SELECT DISTINCT ?claim ?start ?end {{ ?evidence <{t.HAS_SOURCE}> <{{iri}}> ; <{t.HAS_SELECTOR}> ?selector .
  ?selector <{t.START}> ?start ; <{t.END}> ?end . ?claim <{t.QUOTED_FROM}> ?evidence ; <{t.RELATION}> ?relation }}"""


class Stretch(NamedTuple):
    """source[start:end] of a document is evidence of a claim."""

    start: int
    end: int
    claim: str


class Passage(NamedTuple):
    """text[start:end] of a document is evidence of a claim, whose stretch of the source begins at `origin`."""

    start: int
    end: int
    claim: str
    origin: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text, the ids of the facts that it is evidence of, and where a link to it leads: the offset of its source."""

    text: str
    facts: tuple[str, ...] = ()
    anchor: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, a part of a long one, or a table, with the facts that it is evidence of. `page` is given where one begins."""

    kind: str
    level: int
    index: int
    segments: Sequence[Segment] = ()
    rows: Sequence[tuple[bool, Sequence[Sequence[Segment]]]] = ()  # of a table: whether it names the columns, cells
    page: int | None = None
    lines: Sequence[Line] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the tree: its text, its depth from 0, the part of the document and the block that it is."""

    text: str
    depth: int
    part: int
    index: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a document. `pieces` are none where the text is not kept: then `lines` are all its facts."""

    listed: Listed
    headings: Sequence[Heading]
    pieces: Sequence[Piece]
    part: int
    parts: int
    lines: Sequence[Line] = ()
    chosen: str = ""
    kept: bool = True


class _Range(NamedTuple):
    """text[start:end] of a block, by its place among the blocks."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Marked:
    """What a part is made of."""

    document: Document
    passages: Sequence[Passage]
    lines: Mapping[str, Line]
    chosen: str
    anchored: set[int] = field(default_factory=set)


def stretches(graph: Graph, listed: Listed) -> list[Stretch]:
    """All evidence of a document, in order."""
    found = graph.select(_MARKS.replace("{iri}", listed.iri))
    return sorted(Stretch(int(start or 0), int(end or 0), str(claim)) for claim, start, end in found)


def passages(document: Document, evidence: Iterable[Stretch]) -> list[Passage]:
    """Where evidence stands in the repaired text, in order: OffsetMap.span_to_source the other way round.

    What is between its first and its last character in the source and not in the text (a footnote at the end of a page) is no
    part of it. What cannot be found so is left out.
    """
    text_starts, source_starts = document.offsets.text_starts, document.offsets.source_starts
    ends = [*text_starts[1:], len(document.text)]
    runs = sorted((source, source + end - text, text) for text, source, end in zip(text_starts, source_starts, ends, strict=True))
    firsts = [run[0] for run in runs]

    def to_text(offset: int) -> int | None:
        first, end, text = runs[max(bisect_right(firsts, offset) - 1, 0)]
        return text + offset - first if first <= offset < end else None

    found = []
    for start, end, claim in evidence:
        low, last = to_text(start), to_text(end - 1)
        if low is None or last is None or low > last:
            continue
        if (
            len(document.text[low : last + 1].replace("\t", "")) <= end - start
        ):  # tabs are put between cells; else parts were moved
            found.append(Passage(low, last + 1, claim, start))
    return sorted(found)


def segments(text: str, start: int, end: int, marks: Sequence[Passage], chosen: str, anchored: set[int]) -> list[Segment]:
    """text[start:end] cut wherever one of `marks` begins or ends; `anchored` are the origins that a link already leads to."""
    within = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted({start, end, *(cut for mark in within for cut in (mark.start, mark.end) if start < cut < end)})
    found = []
    for low, high in pairwise(cuts):
        covering = [mark for mark in within if mark.start <= low and mark.end >= high]
        begun = next((mark.origin for mark in covering if mark.origin not in anchored), None)
        anchored.update(mark.origin for mark in covering if begun is not None and mark.origin == begun)
        ids = tuple(dict.fromkeys(_id(mark.claim) for mark in sorted(covering, key=lambda mark: mark.end - mark.start)))
        found.append(Segment(text[low:high], ids, begun, chosen in ids))
    return found


def _id(claim: str) -> str:
    return claim.rpartition("/")[2]


def read(graph: Graph, listed: Listed, part: int | None, fact: str) -> Reading | None:
    """A part of a document, from 1: the one asked for, or that of a fact, given by its id; None where there is no such part."""
    evidence = stretches(graph, listed)
    document = graph.document(listed.name)
    if document is None:
        rows = graph.rows(list(dict.fromkeys(each.claim for each in evidence))[:PART])
        return Reading(listed, _headings_of_graph(graph, listed), (), 1, 1, [line_of(row) for row in rows], fact, kept=False)
    parts = list(_parts(document))
    starts = [ranges[0].start for ranges in parts]
    marks = passages(document, evidence)
    if part is None:
        at = next((mark.start for mark in marks if _id(mark.claim) == fact), 0)
        part = max(bisect_right(starts, at), 1)
    if not 1 <= part <= len(parts):
        return None
    ranges = parts[part - 1]
    own = [mark for mark in marks if mark.start < ranges[-1].end and mark.end > ranges[0].start]
    rows = graph.rows(list(dict.fromkeys(mark.claim for mark in own)))
    lines = {row["claim"]: line_of(row) for row in rows}
    marked = _Marked(document, own, lines, fact)
    return Reading(listed, list(_headings(document, starts)), list(_pieces(marked, ranges)), part, len(parts), chosen=fact)


def _parts(document: Document) -> Iterator[list[_Range]]:
    """The blocks of a document in parts of about PART characters; a block that is long itself in several ranges."""
    current: list[_Range] = []
    for each in _ranges(document):
        if current and each.end - current[0].start > PART:
            yield current
            current = []
        current.append(each)
    yield current or [_Range(-1, 0, 0)]


def _ranges(document: Document) -> Iterator[_Range]:
    for index, block in enumerate(document.blocks):
        for start in range(block.start, max(block.end, block.start + 1), _LONGEST):
            end = min(start + _LONGEST, block.end)
            if end > start:
                yield _Range(index, start, end)


def _pieces(marked: _Marked, ranges: Sequence[_Range]) -> Iterator[Piece]:
    blocks = marked.document.blocks
    page: int | None = None
    for (table, _), group in groupby(ranges, key=lambda each: _table(blocks, each)):
        own = list(group)
        place = marked.document.place(marked.document.offsets.to_source(own[0].start)) if own[0].block >= 0 else None
        number = place.page if place and place.page and place.page != page else None
        page = number or page
        if table:
            yield _table_piece(marked, own, number)
        elif own[0].block >= 0:
            yield _piece(marked, own[0], number)


def _table(blocks: Sequence[Block], each: _Range) -> tuple[int, int]:
    """What ranges of one piece have in common: the number of their table; a range of another block is alone."""
    table = blocks[each.block].table if each.block >= 0 and blocks[each.block].cells else 0
    return (table, 0) if table else (0, each.start)


def _piece(marked: _Marked, each: _Range, page: int | None) -> Piece:
    block = marked.document.blocks[each.block]
    cut = _cut(marked, each.start, each.end)
    lines = _lines(marked, (each.start, each.end))
    return Piece(block.kind, block.level, each.block if each.start == block.start else -1, cut, (), page, lines)


def _table_piece(marked: _Marked, own: Sequence[_Range], page: int | None) -> Piece:
    rows = []
    for index in dict.fromkeys(each.block for each in own):
        block = marked.document.blocks[index]
        rows.append((block.header, [_cut(marked, start, end) for start, end in block.cells]))
    lines = _lines(marked, (own[0].start, own[-1].end))
    return Piece("table", 0, own[0].block, (), rows, page, lines)


def _cut(marked: _Marked, start: int, end: int) -> list[Segment]:
    return segments(marked.document.text, start, end, marked.passages, marked.chosen, marked.anchored)


def _lines(marked: _Marked, stretch: tuple[int, int]) -> list[Line]:
    """The facts that a stretch of the text is evidence of."""
    start, end = stretch
    claims = dict.fromkeys(mark.claim for mark in marked.passages if mark.start < end and mark.end > start)
    return [marked.lines[claim] for claim in claims if claim in marked.lines]


def _headings(document: Document, starts: Sequence[int]) -> Iterator[Heading]:
    depths: dict[int, int] = {}
    for index, block in enumerate(document.blocks):
        if block.kind in ("heading", "title") and block.end > block.start:
            depths[index] = depths[block.parent] + 1 if block.parent in depths else 0
            text = document.text[block.start : min(block.end, block.start + 200)]
            yield Heading(text, min(depths[index], 5), max(bisect_right(starts, block.start), 1), index)


_SECTIONS = f"""SELECT ?title ?depth {{ ?x <{t.IS_PART_OF}> <{{iri}}> ; a <{t.SECTION}> ; <{t.TITLE}> ?title ;
  <{t.ORDER}> ?order ; <{t.DEPTH}> ?depth }} ORDER BY ?order"""


def _headings_of_graph(graph: Graph, listed: Listed) -> list[Heading]:
    found = graph.select(_SECTIONS.replace("{iri}", listed.iri))
    return [Heading(str(title)[:200], min(max(int(depth or 0) - 1, 0), 5), 0, -1) for title, depth in found]
