"""Footnotes, and notes on the authors, that a page sets between the lines of its running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.read import patterns as p
from pipeline.read.lines import Line
from pipeline.read.pieces import unfinished

if TYPE_CHECKING:
    from pipeline.read.joining import Shape

NOTE_OPENERS = frozenset("【[［作基通收①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇(*")  # first of notes and asides


def aside_length(lines: list[Line], at: int, shape: Shape) -> int:
    """Number of lines of a note on the authors that begins here; 0 where none does.

    作者简介 goes on below a line that ends in “；”, and to the end of its sentence where lines are cut.
    """
    if not p.ASIDE.match(lines[at].text) or lines[at].depth:
        return 0
    length = 1
    while at + length < len(lines) and length < 8:
        last = lines[at + length - 1]
        if last.text[-1] not in "；;" and not (shape.wrapped and unfinished(last.text) and last.width >= 0.8 * shape.width):
            break
        length += 1
    return length


def note_length(lines: list[Line], at: int, shape: Shape) -> int:
    """Number of lines of the footnote that begins here; 0 where none does."""
    line = lines[at]
    text = line.text
    match = p.MARKS.match(text)
    if match is None or line.tab or line.depth or len(text) < 6:
        return 0
    for length in range(1, 6 if shape.wrapped else 2):
        whole = "".join(part.text for part in lines[at : at + length])
        if p.NOTE_FEATURE.search(whole) and _closed(whole):
            return length
        following = lines[at + length] if at + length < len(lines) else None
        if following is None or (p.MARKS.match(following.text) and unfinished(whole)):
            return 0
    return 0


def _closed(text: str) -> bool:
    """Whether the text ends as a citation or an address does."""
    body = text.rstrip()
    return any(match.end() == len(body) for match in p.NOTE_END.finditer(body, max(0, len(body) - 80)))
