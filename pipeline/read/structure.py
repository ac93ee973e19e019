"""Paragraphs → drafts of blocks: titles, fields, headings, list items, table rows, footnotes, references."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.model import Block, BlockKind, OffsetMap, Span
from pipeline.read import patterns as p
from pipeline.read.heading import Place, classify
from pipeline.read.joining import Paragraph
from pipeline.read.title import merge_titles

_TABLE_RULE = re.compile(r"[|:\s-]+")


@dataclass(slots=True)
class Draft:
    """A block before it has its place in the text. `runs`: (offset in text, offset in source); `cells` within text."""

    kind: BlockKind
    text: str
    runs: list[tuple[int, int]]
    level: int = 0
    marker: str = ""
    cells: list[tuple[int, int]] = field(default_factory=list)


def structure(paragraphs: list[Paragraph], source: str) -> list[Draft]:
    """Blocks in reading order."""
    entries = merge_titles(paragraphs, source)
    place = Place.of(entries)
    drafts: list[Draft] = []
    at = 0
    while at < len(entries):
        kind, paragraph = entries[at]
        if paragraph.lines[0].tab or paragraph.text[0] == "|":
            at = _table(entries, at, drafts)
            continue
        at += 1
        if kind is not None:
            drafts.append(Draft(kind, paragraph.text, paragraph.runs, marker=_note_marker(kind, paragraph.text)))
            continue
        following = _next(entries, at) if len(paragraph.text) <= 60 else None
        for part in classify(paragraph, following, place):
            drafts.append(
                Draft(
                    part.kind,
                    paragraph.text[part.start : part.end],
                    _clip(paragraph.runs, part.start, part.end),
                    part.level,
                    part.marker,
                )
            )
    return _without_contents(drafts)


def _next(entries: list[tuple[BlockKind | None, Paragraph]], at: int) -> Paragraph | None:
    """The next paragraph of the body, past footnotes and fields; only a short paragraph asks for it."""
    return next((paragraph for kind, paragraph in entries[at : at + 3] if kind is None), None)


def _note_marker(kind: BlockKind, text: str) -> str:
    match = p.MARKS.match(text) or p.REFERENCE_START.match(text) if kind in {"footnote", "reference"} else None
    return match[0] if match else ""


def _clip(runs: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The runs of text[start:end], its offsets counted from `start`."""
    if start == 0 and (not runs or runs[-1][0] < end):
        return runs
    clipped = [(max(offset, start) - start, origin + max(0, start - offset)) for offset, origin in runs if offset < end]
    first = max((at for at, (offset, _) in enumerate(runs) if offset <= start), default=0)
    return clipped[first:]


def _table(entries: list[tuple[BlockKind | None, Paragraph]], at: int, drafts: list[Draft]) -> int:
    """Rows of one table; gives the index after it."""
    first = entries[at][1]
    if first.text[0] == "|":
        if not _TABLE_RULE.fullmatch(first.text):
            cells = [(match.start(1), match.end(1)) for match in re.finditer(r"\|\s*([^|]+?)\s*(?=\||$)", first.text)]
            drafts.append(Draft("table_row", first.text, first.runs, cells=cells))
        return at + 1
    row = [first]
    while at + len(row) < len(entries):
        line = entries[at + len(row)][1].lines[0]
        if not line.tab or line.gap:
            break
        row.append(entries[at + len(row)][1])
    drafts.append(_row(row))
    return at + len(row)


def _row(cells: list[Paragraph]) -> Draft:
    """Cells that stand one a line: joined by tabs, each of which is the one that sets the next cell in."""
    draft = Draft("table_row", "", [])
    for cell in cells:
        if draft.text:
            draft.runs.append((len(draft.text), cell.lines[0].start))
            draft.text += "\t"
        start = len(draft.text)
        draft.runs += [(start + offset, origin) for offset, origin in cell.runs]
        draft.text += cell.text
        draft.cells.append((start, len(draft.text)))
    return draft


def _without_contents(drafts: list[Draft]) -> list[Draft]:
    """Headings of a table of contents, the first of which comes again where it belongs, as metadata."""
    last = {draft.text: at for at, draft in enumerate(drafts) if draft.kind == "heading"}
    at = 0
    while at < len(drafts):
        end, seen = at, set[str]()
        while end < len(drafts) and drafts[end].kind == "heading" and drafts[end].text not in seen:
            seen.add(drafts[end].text)
            end += 1
        if end - at >= 3 and last[drafts[at].text] >= end:
            for draft in drafts[at:end]:
                draft.kind, draft.level = "metadata", 0
        at = max(end, at + 1)
    return drafts


def assemble(drafts: Iterable[Draft]) -> tuple[str, OffsetMap, tuple[Block, ...]]:
    """The text (blocks joined by one line feed), its map to the source, and the blocks."""
    parts: list[str] = []
    text_starts: list[int] = []
    source_starts: list[int] = []
    blocks: list[Block] = []
    open_headings: list[tuple[int, int]] = []  # (level, index of the block)
    at = 0
    for index, draft in enumerate(drafts):
        end = at + len(draft.text)
        for offset, origin in draft.runs:
            text_starts.append(at + offset)
            source_starts.append(origin)
        if draft.kind == "heading":
            while open_headings and open_headings[-1][0] >= draft.level:
                open_headings.pop()
        parent = open_headings[-1][1] if open_headings else -1
        cells = tuple(Span(at + start, at + stop) for start, stop in draft.cells)
        blocks.append(Block(draft.kind, at, end, draft.level, parent, draft.marker, cells))
        if draft.kind == "heading":
            open_headings.append((draft.level, index))
        parts.append(draft.text)
        at = end + 1
    return "\n".join(parts), OffsetMap(tuple(text_starts), tuple(source_starts)), tuple(blocks)
