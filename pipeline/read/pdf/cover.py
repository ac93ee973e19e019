"""The cover that a database sets before a paper that is first published online: its fields are kept, its text is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.patterns import lazy
from pipeline.read.layout import Element
from pipeline.read.pdf.lines import Draft, Line
from pipeline.read.pdf.tables import table_elements
from pipeline.read.pdf.titles import to_element

COVER = lazy("网络首发|优先出版|录用定稿")
NAME = lazy(r"(?:题\s*目|篇\s*名|标\s*题)\s*[:：]")
KEY = lazy(
    rf"{NAME.pattern}|(?:作\s*者|收稿日期|修回日期|录用日期|网络首发日期|出版日期|引用格式|基金项目|关键词|DOI)\s*[:：]", re.I
)
SET_IN, CLOSE = 1.5, 2.5  # em that the next line of a field is set in at least; between its lines at most


def take_cover(items: list[Draft | Element]) -> list[Draft | Element]:
    """What stands on the pages, a cover as its fields and what is left out."""
    drafts = [item for item in items if isinstance(item, Draft)]
    front = [item for item in drafts if item.lines[0].page == 1]
    texts = [line.text for item in front for line in item.lines]
    named = any(NAME.match(text) for text in texts) or any(NAME.match("".join(row)) for row in _rows(front))
    if not named or not any(COVER.search(text) for text in texts) or len(front) == len(drafts):
        return items
    first = set(map(id, front))
    return [*_fields(front), *(item for item in items if id(item) not in first)]


def _rows(drafts: list[Draft]) -> Iterator[list[str]]:
    for draft in drafts:
        if draft.lines[0].table:
            yield from draft.lines[0].table.rows


def _fields(front: list[Draft]) -> Iterator[Element]:
    """The fields of a cover, and the rest of it as left out."""
    field: list[Line] = []
    for line in (line for draft in front for line in draft.lines):
        if field and not line.table and _carries_on(field, line):
            field.append(line)
            continue
        if field:
            yield to_element(Draft(field))
        field = []
        if line.table:
            for row in table_elements(line.table, 0, line.page):
                text = "".join(row.cells)
                yield Element(text, places=row.places, left_out="" if KEY.match(text) else "cover")
        elif KEY.match(line.text):
            field = [line]
        else:
            yield replace(to_element(Draft([line])), left_out="cover")
    if field:
        yield to_element(Draft(field))


def _carries_on(field: list[Line], line: Line) -> bool:
    """Whether a line is the next of a field: it is set in below it."""
    set_in = line.left > field[0].left + SET_IN * line.size
    return set_in and not KEY.match(line.text) and 0 < field[-1].base - line.base < CLOSE * line.size
