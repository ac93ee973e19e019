"""Tables of plain text: lines whose fields stand behind tabs or blanks, as a page leaves them when it is copied.

    品种    产量（万吨）    比上年增长（%）
    黄鱼    12.3            -2.2

Lines that follow each other are a table where they have as many fields each, the first no figure and those below it figures; with
tabs also where three lines have three fields each. A table of contents has figures in its first line too, and prose has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from pipeline.patterns import lazy
from pipeline.read.lines import Cell, Line
from pipeline.read.repair import HOLE

_TAB = lazy(r"[^\t]*[^\s]")
_FIELD = lazy(r"\S+")
_FIGURE = lazy(r"[-−－+]?\d{1,3}(?:[,，]\d{3})*(?:\.\d+)?[%％]?|[-−－+]?\d+(?:\.\d+)?[%％]?")
_YEAR = lazy(r"(?:19|20)\d{2}年?")
_SURE = lazy(r"[（(%％‰]|\d[.,]\d")  # a unit or an amount: not only telephones and pages
_EMPTY = frozenset({"-", "—", "－", "…", "*", "--", "——"})
_LONGEST = 30  # characters of a field between blanks
_LEAST = 3  # lines of a table; fields of one of words

Fields = list[tuple[int, int]]


def tabled(lines: Sequence[Line], source: str) -> Iterator[Line]:
    """The lines with those of tables as one line a cell."""
    numbers, at = count(1), 0
    while at < len(lines):
        rows = _rows(lines, at, source)
        if len(rows) >= _LEAST and _is_table([_texts(*row, source) for row in rows], rows[0][0], source):
            yield from _cells(rows, next(numbers))
            at += len(rows)
        else:
            yield lines[at]
            at += 1


def _rows(lines: Sequence[Line], first: int, source: str) -> list[tuple[Line, Fields]]:
    """The lines from one on that could be a table, with their fields; parted by blanks, each but the first has figures."""
    head = _fields(lines[first], source)
    if len(head) < 2 or any(map(_is_figure, _texts(lines[first], head, source))):
        return []
    tabs = _has_tabs(lines[first], source)
    rows = [(lines[first], head)]
    for at in range(first + 1, len(lines)):
        line = lines[at]
        fields = _fields(line, source)
        figures = any(map(_is_figure, _texts(line, fields, source)[1:]))
        alike = len(fields) == len(head) and _has_tabs(line, source) == tabs
        if not alike or not (figures or (tabs and len(head) >= _LEAST)):
            break
        rows.append((line, fields))
    return rows


def _is_table(rows: Sequence[Sequence[str]], head: Line, source: str) -> bool:
    """Whether rows of texts are a table, and no list of contents or of telephones."""
    if len(rows[0]) < _LEAST and not _has_tabs(head, source):
        return not _counts_pages(rows[1:]) and _SURE.search(" ".join(text for row in rows for text in row)) is not None
    return not _counts_pages(rows[1:])


def _has_tabs(line: Line, source: str) -> bool:
    return "\t" in source[line.start : line.start + len(line.raw)].strip()


def _counts_pages(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the last fields are pages, as in a table of contents: small and never going down."""
    texts = [row[-1] for row in rows]
    pages = [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 4]
    return len(pages) == len(texts) and pages == sorted(pages)


def _fields(line: Line, source: str) -> Fields:
    """Where the fields of a line stand in it: parted by tabs if it has any within, else by blanks."""
    if line.cell or line.depth or line.bullet or line.text[0] == "|":
        return []
    text = source[line.start : line.start + len(line.raw)]
    if len(text.split(maxsplit=1)) < 2:  # most lines of prose
        return []
    pattern = _TAB if "\t" in text.strip() else _FIELD
    found = [_bare(text, match.start(), match.end()) for match in pattern.finditer(text)]
    return [] if pattern is _FIELD and any(end - start > _LONGEST for start, end in found) else found


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the blanks around it."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _texts(line: Line, fields: Fields, source: str) -> list[str]:
    return [source[line.start + start : line.start + end] for start, end in fields]


def _is_figure(text: str) -> bool:
    return text in _EMPTY or (_FIGURE.fullmatch(text) is not None and not _YEAR.fullmatch(text))


def _cells(rows: Sequence[tuple[Line, Fields]], table: int) -> Iterator[Line]:
    for row, (line, fields) in enumerate(rows, 1):
        for column, (start, end) in enumerate(fields):
            raw = line.raw[start:end]
            text = raw.replace(HOLE, "")
            if text:
                cell = Cell(table, row, column, len(fields), header=row == 1)
                width = (len(text.encode("utf-8", "replace")) + len(text)) / 4
                yield Line(line.start + start, raw, text, gap=True, tab=True, width=width, cell=cell)
