"""Lines → paragraphs: what carries on, over columns, pages, tables and notes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.layout import Element
from pipeline.read.pdf.lines import Draft, Line
from pipeline.read.pieces import unfinished

SHORT = 1.5  # em that a full line may lack on the right
RAGGED = 0.25  # of the width of the column that a line of Latin words may lack in the middle of a sentence
DEEP = 8.0  # em: no paragraph is set in as a whole so far; a signature is
INDENT = 1.2  # em that a paragraph's first line is set in
GAP = 1.45  # usual distances of lines: a larger one parts paragraphs
TITLE = 1.15  # times the body's size: a title at least

SENTENCE_END = tuple("。；，：、！？;,:!?…")
CLOSING = r"[，。、；：？！”》）】]*"  # no line begins with these
WHOLE = lazy(
    rf"[（《“【]*[^\x00-\x7f（《“【](?:[“‘][^\x00-\x7f]|{CLOSING})"
)  # a character that no line parts from its punctuation
WORD = lazy(rf"[（《“【]*([!-~]+){CLOSING}")  # a Latin word or a number, which no line parts either
KEYED = lazy(r"[\u4e00-\u9fff（）()、]{2,12}[:：]")  # 单位名称：…; lines that begin so one after the other are a list
LATIN = 0.6  # em: usual width of a Latin letter or digit
BULLETS = frozenset("•●■◆▪○◦◇□★※▲➢\uf06c\uf06e\uf075\uf0b7\uf0d8")


def join_paragraphs(flow: Sequence[Line | Draft | Element], body: float) -> list[Draft | Element]:
    """Drafts of paragraphs, tables and footnotes, and what is left out, from what stands on all pages."""
    return _Writer(body, _indented(flow)).write(flow)


def _indented(flow: Sequence[Line | Draft | Element]) -> bool:
    """Whether paragraphs of the document begin with an indent."""
    lines = [item for item in flow if isinstance(item, Line) and not item.table]
    return sum(1.4 <= line.indent <= 2.6 for line in lines) >= max(2, 0.03 * len(lines))


class _Writer:
    """Joins lines to paragraphs. What stands between the lines of one (notes, tables, heads of pages) follows it."""

    def __init__(self, body: float, indented: bool) -> None:
        self.body = body
        self.indented = indented
        self.out: list[Draft | Element] = []
        self.open: Draft | None = None
        self.waiting: list[Draft | Element] = []
        self.note: Draft | None = None

    def write(self, flow: Sequence[Line | Draft | Element]) -> list[Draft | Element]:
        """Drafts and what is left out, in reading order."""
        texts = [index for index, item in enumerate(flow) if isinstance(item, Line) and not _floats(item)]
        for index, item in enumerate(flow):
            if isinstance(item, Element):
                self._aside(item)
            elif isinstance(item, Draft):
                self._footnote(item)
            elif _floats(item):
                later = bisect_right(texts, index)
                following = flow[texts[later]] if later < len(texts) else None
                carried = self.open and isinstance(following, Line) and self._goes_on(self.open.lines, following, across=True)
                if not carried:
                    self._close()
                self._aside(Draft([item], None if item.table else "caption"))
            elif self.open and self._goes_on(self.open.lines, item, across=bool(self.waiting)):
                self.open.lines.append(item)
            else:
                self._close()
                self.open = Draft([item])
        self._close()
        return self.out

    def _aside(self, item: Draft | Element) -> None:
        (self.waiting if self.open else self.out).append(item)

    def _footnote(self, note: Draft) -> None:
        if not note.mark and self.note:
            self.note.lines += note.lines
            return
        self.note = note
        self._aside(note)

    def _close(self) -> None:
        self.out += [self.open] if self.open else []
        self.out += self.waiting
        self.open, self.waiting = None, []

    def _goes_on(self, lines: list[Line], line: Line, *, across: bool) -> bool:
        """Whether a line carries on the paragraph."""
        last = lines[-1]
        size = max(last.size, line.size)
        if not _alike(last, line):
            return False
        if KEYED.match(lines[0].text) and KEYED.match(line.text):
            return False
        full = _full(last, line)
        if line.size >= TITLE * self.body or line.centred or last.centred:
            return (last.centred or full) and (line.centred or line.size > self.body) and self._titles(last, line)
        goes_on = unfinished(last.text) if last.text else True
        bolder = last.weight != line.weight and (len(lines) == 1 or line.weight > last.weight)
        if bolder and not (full and goes_on and line.indent < INDENT and not _numbered(line.text)):
            return False
        if last.column is not line.column or across:
            begins = line.indent >= INDENT if self.indented else not goes_on
            return full and not begins and (goes_on or not _numbered(line.text))
        if last.base - line.base > GAP * max(line.column.pitch, 1.15 * size) or not full:
            return False
        if line.indent >= INDENT:
            hanging = len(lines) == 1 and last.indent < line.indent and _numbered(last.text) and goes_on
            level = abs(last.left - line.left) < 0.5 * size and line.indent < DEEP
            return (hanging or level) and goes_on and not _numbered(line.text)
        return goes_on or not (_numbered(line.text) or (self.indented and len(lines) == 1 and last.indent < INDENT))

    @staticmethod
    def _titles(last: Line, line: Line) -> bool:
        """Whether two lines in the middle are one title."""
        close = last.column is line.column and last.base - line.base < 2 * line.size
        return close and not p.MARKER.match(line.text) and len(last.text) > 6 and last.text[-1] not in SENTENCE_END


def _alike(last: Line, line: Line) -> bool:
    """Whether two lines have words of one size in common."""
    if abs(last.size - line.size) < 0.06 * line.size:
        return True
    sizes = [run.size for run in last.runs if len(run.text) > 1]
    return any(abs(run.size - size) < 0.06 * size for run in line.runs if len(run.text) > 1 for size in sizes)


def _numbered(text: str) -> bool:
    return bool(p.MARKER.match(text) or p.REFERENCE_START.match(text) or text[:1] in BULLETS)


def _full(last: Line, line: Line) -> bool:
    """Whether a line ends where it had to, as the next word would not have fitted."""
    if last.column.ragged:
        return False
    room = last.column.right - last.right
    word = WORD.match(line.text)
    if word and room < (LATIN * len(word[1]) + len(word[0]) - len(word[1])) * last.size:
        return True
    token = WHOLE.match(line.text)
    if room <= (SHORT + (min(len(token[0]), 3) - 1 if token else 0)) * last.size:
        return True
    latin = line.text[:1].isascii() and last.text[-1:].isascii()
    return latin and unfinished(last.text) and room < RAGGED * (last.column.right - last.column.left)


def _floats(line: Line) -> bool:
    """Whether it is a table or a caption, which text may flow around."""
    if line.table:
        return True
    return bool(p.CAPTION.match(line.text)) and len(line.text) < 60 and line.text[-1] not in "。；，" and line.indent > 0.8
