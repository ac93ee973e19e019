"""Where a document gives its references: footnotes, and the list at its end, cut into one stretch for each entry.

The blocks of a list are what reading found; where a page was recognised or cut, one block holds several entries, an entry goes
over several blocks, and entries stand as paragraphs or footnotes under their heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.references.tail import URL, year_of
from pipeline.model import Block, Span
from pipeline.patterns import lazy

CODE = lazy(
    r"[\[［〔【|]\s*(?P<kind>[JMDCNRSPGZA]|EB|DB|CP)(?:\s*/\s*[O0]L)?\s*[\]］」】|〕』]"
)  # of GB/T 7714: [J], [EB/OL]
_NUMBER = lazy(
    r"\s*(?:[\[［【〔(（]\s*(?P<n>\d{1,3})\s*[\]］】」〕)）]|(?P<plain>\d{1,3})(?:[.．、]|(?=\s*[^\W\d_年月日期卷页版号辑册]))(?!\d))\s*"
)
_MARKS = lazy(
    r"\s*(?:[①-⑳⑴-⒇❶-❿㉑-㉟]|[\[［〔(（]\s*(?:\d{1,3}|[①-⑳])\s*[\]］〕)）]|\*|\d{1,3}(?=[\u4e00-\u9fff《“（(A-Z]))*+[.．、\s]*+"
)
_DATED = lazy(
    r"(?<=[.。])\s*(?=[\u4e00-\u9fff·]{2,8}(?:[，,、&]\s*(?:[\u4e00-\u9fff·]{2,8}|等))*[.．。，,]?\s*[（(](?:19|20)\d\d[a-e]?[）)]\s*[.．。:：,，])"
)
_INLINE = lazy(r"[（(](?P<inside>[^（）()《》\n]{0,60}《(?:[^（）()\n]|[（(][^（）()\n]{0,30}[）)]){4,300})[）)]")
_HAN = lazy("[\u4e00-\u9fff]")
_BRACKETED = lazy(r"[\[［〔]\s*(?:\d{1,3}|[①-⑳])\s*[\]］〕]")  # [①]
_HEADING = 16  # characters of the heading of a list, with its number
_LOST = 5  # entries of a list that may have lost their numbers
_AFTER = 2  # blocks that are no entry before the list is taken to end


class Entry(NamedTuple):
    """text[start:end], which gives one work (or several, in a note), without its number, which is `number` in a list."""

    start: int
    end: int
    listed: bool
    number: str = ""


def entries(reader: Reader) -> Iterator[Entry]:
    """Every footnote and every entry of a list of references, in the order of the text."""
    run: list[Block] = []
    for block, listed in _blocks(reader):
        if listed:
            run.append(block)
            continue
        yield from _cut(reader.text, run)
        run = []
        if block.kind == "footnote" or _is_note(reader, block):
            yield _noted(reader.text, block)
        elif size := _source_line(reader, block):
            yield Entry(block.start + size, block.end, False)
    yield from _cut(reader.text, run)


def bracketed(reader: Reader) -> Iterator[Span]:
    """What stands in brackets of the running text and may be a reference: （《某文集》第8卷，某出版社2009年版，第12页）."""
    for found in _INLINE.finditer(reader.text):
        inside = Span(*found.span("inside"))
        if year_of(reader.text[inside.start : inside.end]) and not reader.is_aside(found.start()):
            yield inside


def _noted(text: str, block: Block) -> Entry:
    marks = _MARKS.match(text, block.start, block.end)
    return Entry(marks.end() if marks else block.start, block.end, False)


def _source_line(reader: Reader, block: Block) -> int:
    """How many characters of a block stand before the source of a table that it gives: 资料来源：; 0 where none does."""
    size = reader.word_at(block.start, "source_lines")
    return size + 1 if size and reader.text[block.start + size : block.start + size + 1] in ("：", ":") else 0


def _is_note(reader: Reader, block: Block) -> bool:
    """Whether a block is a note that was read as something else: behind [①]; in another language behind its mark; or an item
    that names the work of another note: ②同上书，第30页。 ④费某某：前引书，第66页。"""
    noted = _noted(reader.text, block)
    if _BRACKETED.match(reader.text, block.start, block.end) and block.kind in ("paragraph", "list_item", "foreign"):
        return True
    circled = "①" <= reader.text[block.start : block.start + 1] <= "⑳"
    if block.kind not in ("list_item", "foreign"):
        return False
    if circled and not _HAN.search(reader.text, block.start, block.end):
        return True
    head = reader.text[noted.start : min(noted.end, noted.start + 30)]
    return bool(reader.word_at(noted.start, "cites_again")) or (len(head) < 30 and reader.holds(head, "cited_before"))


def _blocks(reader: Reader) -> Iterator[tuple[Block, bool]]:
    """Every block, and whether it is one of a list of references."""
    text, inside, misses = reader.text, False, 0
    for block in reader.document.blocks:
        content = text[block.start : block.end]
        if len(content) <= _HEADING and _heads_list(reader, content):
            inside, misses = True, 0
            yield block, False
            continue
        listed = block.kind == "reference" or bool(CODE.search(content) and _NUMBER.match(content))
        if inside and not listed and block.kind not in ("table_row", "metadata"):
            listed = _is_entry(content) and (block.kind != "foreign" or bool(_NUMBER.match(content)))
        misses = 0 if listed else misses + 1
        inside = inside and misses <= _AFTER and (listed or block.kind != "heading")
        yield block, listed


def _heads_list(reader: Reader, content: str) -> bool:
    bare = content.strip(" 　:：.．[]［］【】《》#*").lstrip("0123456789一二三四五六七八九十、.．（）() 　")
    bare = "".join(bare.split())
    heads = reader.wording.lexicon.get("reference_heads", ())
    return any(bare.startswith(word) and not _HAN.search(bare, len(word)) for word in heads)


def _is_entry(content: str) -> bool:
    """Whether what stands under the heading of a list may be of it: a work with its year, or the rest of one."""
    if URL.match(content):
        return True
    return bool(year_of(content)) and bool(
        CODE.search(content) or _NUMBER.match(content) or len(re.findall("[.。．：《]", content)) > 1
    )


def _cut(text: str, blocks: list[Block]) -> Iterator[Entry]:
    """The entries of a run of blocks: at their numbers, else one a block."""
    if not blocks:
        return
    starts = sorted(_numbered(text, blocks))
    if len(starts) < 2:
        opening = [block for block in blocks if _opens(text, block)] or blocks[:1]
        starts = sorted({start for block in opening for start in _unnumbered(text, block)})
    ends = [number for number, _ in starts[1:]] + [blocks[-1].end]
    begins, stops = [block.start for block in blocks], [block.end for block in blocks]
    for (number, begin), end in zip(starts, ends, strict=True):
        again = _NUMBER.match(text, begin, end)  # 1[1]
        start = again.end() if again and again["n"] else begin
        if end > start:
            yield Entry(start, _reach(start, end, begins, stops), True, _digits(text[number:start]))


def _digits(marker: str) -> str:
    """The number of an entry: 3 of “[3] ”."""
    found = re.search(r"\d+", marker)
    return found[0] if found else ""


def _reach(start: int, end: int, begins: Sequence[int], stops: Sequence[int]) -> int:
    """The end of an entry: it goes over blocks of the list that follow right upon each other."""
    at = bisect_right(begins, start) - 1
    while at + 1 < len(begins) and stops[at] + 1 == begins[at + 1] < end:
        at += 1
    return min(end, stops[at])


def _numbered(text: str, blocks: list[Block]) -> Iterator[tuple[int, int]]:
    """Where a number of the list begins and ends: at the start of a block, or the next one amid a block behind the last entry."""
    number = 0
    for block in blocks:
        at = block.start
        found = _NUMBER.match(text, at, block.end)
        if found and (found["n"] or not number or number < int(found["plain"]) <= number + _LOST):
            number, at = int(found["n"] or found["plain"]), found.end()
            yield block.start, at
        while following := _next(text, Span(at, block.end), number + 1):
            number, at = number + 1, following.end
            yield following.start, following.end


def _next(text: str, span: Span, number: int) -> Span | None:
    """The number within a block: 38-43.|2|倪某某, 177-180|3|王某某."""
    pattern = (
        rf"(?<=[.。．;；\n）)\]\d ])(?:[\[［【]\s*{number}\s*[\]］】」]|{number}(?:[.．、]\s*|\s*)"
        rf"(?=[\u4e00-\u9fff“《（(\[]|[A-Z][A-Za-z.]))(?![年月日期卷页版号辑册届次条])\s*"
    )
    for found in re.compile(pattern).finditer(text, span.start, span.end):
        before = text[max(span.start, found.start() - 12) : found.start()]
        if not before[-1:].isdigit() or re.search(r"[-–—:：(（]\d{1,5}$", before):
            return Span(found.start(), found.end())
    return None


def _opens(text: str, block: Block) -> bool:
    """Whether an entry of a list without numbers begins with a block: it has a year or a code, and goes on from no other."""
    content = text[block.start : block.end]
    return bool(
        (year_of(content) or CODE.search(content))
        and not content[0].islower()
        and not content[0].isdigit()
        and not URL.match(content)
    )


def _unnumbered(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Where the entries of a block without numbers begin: the block, and each list of authors with a year behind a stop."""
    yield block.start, _start(text, block)
    for found in _DATED.finditer(text, block.start, block.end):
        yield found.end(), found.end()


def _start(text: str, block: Block) -> int:
    marks = _NUMBER.match(text, block.start, block.end) or _MARKS.match(text, block.start, block.end)
    return marks.end() if marks else block.start
