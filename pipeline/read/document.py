"""Lines of any format → Document: paragraphs, parts, what the document says of itself, and the way back to the source."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import NamedTuple

from pipeline.errors import ReadError
from pipeline.model import Block, Document, LeftOut, OffsetMap, Place, Span, Tie
from pipeline.patterns import lazy
from pipeline.read.joining import join
from pipeline.read.lines import Line, drop_furniture
from pipeline.read.metadata import About, describe
from pipeline.read.outline import outline
from pipeline.read.patterns import LEVELS
from pipeline.read.repair import Repairs
from pipeline.read.starts import starts_of
from pipeline.read.structure import Draft, structure
from pipeline.read.votes import Titles
from pipeline.read.works import set_titles_apart, works_of


class File(NamedTuple):
    """A file to read: its bytes, its path below the corpus, and what its document is called."""

    data: bytes
    path: str
    name: str


def make_document(
    file: File,
    media_type: str,
    source: str,
    lines: list[Line],
    done: Repairs,
    *,
    plain: str,
    notes: Sequence[tuple[int, str]] = (),
    places: tuple[tuple[int, Place], ...] = (),
    encoding: str = "utf-8",
) -> Document:
    """The document that the lines of `source` make; `plain` is the source in simplified characters.

    `notes` are marks that the format ties to footnotes: (offset in the source, key of the footnote). ReadError where no line is
    left.
    """
    lines = drop_furniture(lines, done)
    drafts, titles = structure(join(lines, done), plain, done, file.name) if lines else ([], Titles())
    if not drafts:  # nothing but page numbers, menus, rules of tables
        raise ReadError(f"{file.path}: holds no text besides page furniture: remove it or put text into it")
    drafts = outline(drafts)
    starts = starts_of(drafts, titles)
    set_titles_apart(drafts, starts)
    text, offsets, blocks = assemble(drafts, [start.first for start in starts])
    about = describe(drafts, plain, titles)
    ties = [*_tie_marks(notes, done.marks, offsets, drafts, blocks), *_tie_parts(text, blocks)]
    return Document(
        name=file.name,
        path=file.path,
        media_type=media_type,
        sha256=hashlib.sha256(file.data).hexdigest(),
        source=source,
        text=text,
        offsets=offsets,
        blocks=blocks,
        **{name: getattr(about, name) for name in _ABOUT},
        works=works_of(drafts, plain, about, starts),
        votes=titles.votes,
        encoding=encoding,
        repairs={key: count for key, count in sorted(done.counts.items()) if count},
        left_out=tuple(sorted(done.left_out)),
        ties=tuple(sorted(ties)),
        places=places,
    )


_ABOUT = tuple(each.name for each in fields(About))
_ITEM = LEVELS["article"] + 1  # an article closes the headings of the items of the article before


def assemble(drafts: Iterable[Draft], starts: Iterable[int] = ()) -> tuple[str, OffsetMap, tuple[Block, ...]]:
    """The text (blocks joined by one line feed), its map to the source, and the blocks. Works begin at `starts`: no heading
    of the one before stays open.
    """
    firsts = frozenset(starts)
    parts: list[str] = []
    text_starts: list[int] = []
    source_starts: list[int] = []
    blocks: list[Block] = []
    above: list[tuple[int, int]] = []  # (level, index of the block) of the headings that are open
    at = 0
    for index, draft in enumerate(drafts):
        end = at + len(draft.text)
        for offset, origin in draft.runs:
            text_starts.append(at + offset)
            source_starts.append(origin)
        if draft.article or index in firsts:
            above.clear()
        level = draft.level if draft.kind == "heading" else _ITEM if draft.marker.endswith("条") else 0
        while level and above and above[-1][0] >= level:
            above.pop()
        parent = above[-1][1] if above else -1
        cells = tuple([Span(at + start, at + stop) for start, stop in draft.cells]) if draft.cells else ()
        blocks.append(Block(draft.kind, at, end, draft.level, parent, draft.marker, cells, draft.table, draft.header))
        if draft.kind == "heading" or draft.article:
            above.append((draft.level, index))
        parts.append(draft.text)
        at = end + 1
    return "\n".join(parts), OffsetMap(tuple(text_starts), tuple(source_starts)), tuple(blocks)


def _tie_marks(
    notes: Sequence[tuple[int, str]],
    marks: Sequence[tuple[int, str]],
    offsets: OffsetMap,
    drafts: Sequence[Draft],
    blocks: Sequence[Block],
) -> Iterator[Tie]:
    """Each mark with its footnote: those that the format ties by a key, and those that were taken out of the text."""
    if not notes and not marks:
        return
    back = _way_back(offsets)
    keys = {draft.key: index for index, draft in enumerate(drafts) if draft.key}
    yield from (Tie("note", at, at, keys[key]) for offset, key in notes if key in keys and (at := back(offset)) >= 0)
    yield from tie_notes([(at, mark) for offset, mark in marks if (at := back(offset)) >= 0], blocks)


def _way_back(offsets: OffsetMap) -> Callable[[int], int]:
    """From an offset in the source to the end of what was read before it in the text; -1 before the first."""
    ends = (*offsets.text_starts[1:], sys.maxsize)
    runs = sorted(zip(offsets.source_starts, offsets.text_starts, ends, strict=True))
    starts = [source for source, _, _ in runs]

    def back(offset: int) -> int:
        at = bisect_right(starts, offset) - 1
        if at < 0:
            return -1
        source, text, end = runs[at]
        return min(text + offset - source, end)

    return back


_SIGN = lazy(r"[①-⑳⑴-⒇¹²³⁴-⁹]|\d{1,3}(?:[-–]\d{1,3})?|[*†‡]+")


def labels(mark: str) -> Iterator[str]:
    """The numbers of a mark: "①" → 1, "[2,5-7]" → 2, 5, 6, 7, "(1)③" → 1, 3; a star stays a star."""
    for sign in _SIGN.findall(mark):
        first, dash, last = sign.replace("–", "-").partition("-")
        if dash and int(first) <= int(last) <= int(first) + 50:
            yield from map(str, range(int(first), int(last) + 1))
        else:
            number = unicodedata.normalize("NFKC", first).strip("()")
            yield number


def tie_notes(marks: Sequence[tuple[int, str]], blocks: Sequence[Block]) -> Iterator[Tie]:
    """Each mark with its footnote; [1] rather with its entry in the list of references.

    Numbers begin anew on each page or run through the document. Where as many marks as notes have a number they are tied in
    their order, else a mark with the next note of its number, or the last before.
    """
    notes: dict[tuple[str, str], list[int]] = {}
    for index, block in enumerate(blocks):
        if block.kind in ("footnote", "reference"):
            for label in labels(block.marker):
                notes.setdefault((block.kind, label), []).append(index)
    hung: dict[tuple[str, str], list[int]] = {}
    for position, mark in marks:
        kinds = ("reference", "footnote") if mark[0] in "[^" else ("footnote", "reference")
        for label in labels(mark):
            kind = next((kind for kind in kinds if (kind, label) in notes), None)
            if kind:
                hung.setdefault((kind, label), []).append(position)
    for key, positions in hung.items():
        found = notes[key]
        for order, position in enumerate(positions):
            following = bisect_left(found, position, key=lambda index: blocks[index].start)
            note = found[order] if len(found) == len(positions) else found[min(following, len(found) - 1)]
            yield Tie("note", position, position, note)


_UNIT = lazy(r"[（(]?(?:计量)?单位\s?[:：]")  # between a caption and its table
_EXPLAINS = lazy(r"(?:其中|式中|上式中|公式中|这里)[，,：:]?")


def _tie_parts(text: str, blocks: Sequence[Block]) -> Iterator[Tie]:
    """A caption with the first row of the table below or above it, a formula with the sentence below that explains it."""
    first_rows: dict[int, int] = {}  # of each table so far
    for index, block in enumerate(blocks):
        if block.kind == "table_row":
            first_rows.setdefault(block.table, index)
        if block.kind == "caption" and text[block.start] == "表":
            after = index + 1
            if after < len(blocks) and _UNIT.match(text, blocks[after].start):
                after += 1
            if after < len(blocks) and blocks[after].kind == "table_row" and blocks[after].header:
                yield Tie("caption", block.start, block.end, after)
            elif index and blocks[index - 1].kind == "table_row":
                yield Tie("caption", block.start, block.end, first_rows[blocks[index - 1].table])
        elif block.kind == "formula":
            below = next((at for at in range(index + 1, min(index + 4, len(blocks))) if blocks[at].kind != "formula"), None)
            if below is not None and _EXPLAINS.match(text, blocks[below].start):
                yield Tie("explanation", blocks[below].start, blocks[below].end, index)


def unread(document: Document) -> Iterator[LeftOut]:
    """Every stretch of the source with text in it that is in no block: what was left out as a whole, with its reason, and what
    was taken out of the lines that were read ("repair": marks, tags, spaces).
    """
    offsets, source = document.offsets, document.source
    ends = {block.end for block in document.blocks}
    read: list[tuple[int, int]] = []
    following = (*offsets.text_starts[1:], len(document.text))
    for start, after, origin in zip(offsets.text_starts, following, offsets.source_starts, strict=True):
        length = after - start - (after - 1 in ends and after > start and document.text[after - 1 : after] == "\n")
        read.append((origin, origin + length))
    read += [(left.start, left.end) for left in document.left_out]
    yield from document.left_out
    position = 0
    for start, end in sorted(read):
        if source[position:start].strip():
            yield LeftOut(position, start, "repair")
        position = max(position, end)
    if source[position:].strip():
        yield LeftOut(position, len(source), "repair")
