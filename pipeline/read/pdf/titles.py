"""Title and headings by the size and weight of their type; drafts → elements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.layout import Element
from pipeline.read.pdf.lines import Draft, Table, join_texts
from pipeline.read.pdf.notes import SMALLER
from pipeline.read.pdf.paragraphs import SENTENCE_END, TITLE
from pipeline.read.pdf.tables import carry_on, table_elements

LARGER = 1.07  # times the body's size: a heading at least

NO_TITLE = lazy(r"目\s*[录次]|前\s*言|引\s*言|摘\s*要|[\W\d]*")


def name_headings(drafts: list[Draft | Element], body: float, weight: int) -> None:
    """Finds the title, and headings by the size and weight of their type."""
    texts = [draft for draft in drafts if isinstance(draft, Draft) and not draft.kind and not draft.lines[0].table]
    front = _name_title(texts, body)
    ranked: dict[tuple[float, int], list[Draft]] = defaultdict(list)
    for draft in texts:
        line = draft.lines[0]
        heavier = min(each.weight for each in draft.lines) > weight and line.size > SMALLER * body
        text = draft.text
        plain = draft.kind or draft in front or text.endswith(SENTENCE_END) or p.PAGE_NUMBER.fullmatch(text)
        if not plain and (heavier or line.size >= LARGER * body) and len(draft.lines) < 4 and 1 < len(text) < 60:
            ranked[round(2 * line.size) / 2, -line.weight].append(draft)
    for level, (_, group) in enumerate(sorted(ranked.items(), key=lambda item: (-item[0][0], item[0][1])), 1):
        for draft in group:
            draft.kind, draft.level = "heading", min(level, 6)


def _name_title(texts: list[Draft], body: float) -> list[Draft]:
    """Names the largest lines of the first page the title; gives what else stands above the text: authors, a red head."""
    first = [draft for draft in texts if draft.lines[0].page == texts[0].lines[0].page]
    large = [
        draft
        for draft in first
        if draft.lines[0].size >= TITLE * body
        and not (draft.text.endswith(SENTENCE_END) or p.MARKER.match(draft.text) or NO_TITLE.fullmatch(draft.text))
    ]
    plain = [draft for draft in large if not draft.text.endswith("文件")] or large
    if not plain:
        return []
    title = max(plain, key=lambda draft: draft.lines[0].size)
    title.kind, title.level = "title", 1
    at = first.index(title)
    front = first[:at]
    for draft in first[at + 1 :]:
        if draft.text.startswith("——") and draft.lines[0].size > body and draft is first[at + 1]:
            draft.kind, draft.level = "title", 2
        elif draft.lines[0].centred and not p.MARKER.match(draft.text) and len(draft.lines) < 3:
            front.append(draft)
        else:
            break
    return front


def to_elements(drafts: list[Draft | Element]) -> Iterator[Element]:
    """Elements of drafts, the tables numbered."""
    _carry_tables(drafts)
    number = 0
    for draft in drafts:
        if isinstance(draft, Element):
            yield draft
        elif table := draft.lines[0].table:
            number += table.head is None
            yield from table_elements(table, number, draft.lines[0].page)
        else:
            yield to_element(draft)


def _carry_tables(drafts: list[Draft | Element]) -> None:
    """Ties the tables that follow each other over pages."""
    before: Table | None = None
    for draft in drafts:
        if isinstance(draft, Draft) and draft.kind != "footnote":
            line = draft.lines[0]
            if before and line.table:
                carry_on(before, line.table, line.page)
            before = line.table if line.table is None or line.table.rows else before


def to_element(draft: Draft) -> Element:
    """A paragraph with its notes and the place of each line."""
    text, starts = join_texts([line.text for line in draft.lines])
    placed = list(zip(starts, draft.lines, strict=True))
    notes = tuple((start + offset, key) for start, line in placed for offset, key in line.hung)
    places = tuple((start, line.place) for start, line in placed)
    return Element(text, draft.kind, draft.level, notes=notes, key=draft.key, mark=draft.mark, places=places)
