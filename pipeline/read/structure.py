"""Paragraphs → drafts of blocks: titles, fields, headings, list items, table rows, footnotes, references."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.model import BlockKind
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.contents import set_contents_apart
from pipeline.read.heading import Setting, classify
from pipeline.read.joining import Paragraph
from pipeline.read.lines import Cell
from pipeline.read.repair import HOLE, Repairs
from pipeline.read.title import Entry, merge_titles
from pipeline.read.votes import Titles

_TABLE_RULE = lazy(r"[|:\s-]+")


Look = tuple[int, bool]  # how a heading is set: its depth where marked, and whether it stands at the top of a page


@dataclass(slots=True)
class Draft:
    """A block before it has its place in the text. `runs`: (offset in text, offset in source); `cells` within text."""

    kind: BlockKind
    text: str
    runs: list[tuple[int, int]]
    level: int = 0
    marker: str = ""
    cells: list[tuple[int, int]] = field(default_factory=list)
    table: int = 0
    header: bool = False
    key: str = ""  # of a footnote, where the format ties it to its mark
    article: bool = False  # a title below which an article of its own begins
    look: Look = (0, False)


def structure(paragraphs: list[Paragraph], source: str, done: Repairs, stem: str) -> tuple[list[Draft], Titles]:
    """Blocks in reading order, and the titles that were elected; `stem` is the name of the file."""
    entries, titles = merge_titles(paragraphs, source, stem)
    setting = Setting.of(entries)
    tables = Tables()
    drafts: list[Draft] = []
    at = 0
    while at < len(entries):
        kind, paragraph = entries[at]
        if paragraph.lines[0].tab or paragraph.text[0] == "|":
            at = tables.rows(entries, at, drafts)
            continue
        at += 1
        if kind is not None:
            marker = _note_marker(kind, paragraph.text)
            drafts.append(Draft(kind, paragraph.text, paragraph.runs, marker=marker, key=paragraph.lines[0].key))
            drafts[-1].look = _look(paragraph, source)
            continue
        following = _next(entries, at) if len(paragraph.text) <= 60 else None
        before = entries[at - 2][1] if at > 1 and entries[at - 2][0] is None else None
        look = _look(paragraph, source)
        for part in classify(paragraph, following, setting, before):
            runs = clip(paragraph.runs, part.start, part.end)
            drafts.append(Draft(part.kind, paragraph.text[part.start : part.end], runs, part.level, part.marker, look=look))
    done.counts["doubled_abstract"] = _set_double_aside(drafts)
    _set_foreign_apart(drafts)
    _part_articles(drafts)
    set_contents_apart(drafts)
    return drafts, titles


def _look(paragraph: Paragraph, source: str) -> Look:
    line = paragraph.lines[0]
    return line.depth, not line.gap and source[line.start] in " \u3000\f"


_PART_OF_ONE = lazy(r"\d{1,2}(?!\d*年)|[（(]?[一二三四五六七八九十]{1,3}[、）)]|第.{1,3}[章节]|[图表]\s*\d|[a-zA-Z][.．]")
_ARTICLE = 200  # characters that an article has at least


def _part_articles(drafts: list[Draft]) -> None:
    """Headings that are set as the title is set, and the others are not, are titles of articles in the same file."""
    first = next((at for at, draft in enumerate(drafts) if draft.kind == "title"), None)
    if first is None or drafts[first].look == (0, False):
        return
    headings = [at for at in range(first + 1, len(drafts)) if drafts[at].kind == "heading"]
    alike = [at for at in headings if drafts[at].look == drafts[first].look and not p.SECTIONS.fullmatch(drafts[at].text)]
    titles = [at for at in alike if not drafts[at].marker]
    if not titles or len([at for at in headings if not drafts[at].marker]) < 2 * len(titles):
        return
    if any(_PART_OF_ONE.match(drafts[at].text) for at in alike):  # sections of a paper that are set as its title is
        return
    for start, end in pairwise([first, *titles, len(drafts)]):
        if sum(len(draft.text) for draft in drafts[start + 1 : end] if draft.kind == "paragraph") < _ARTICLE:
            return
    for at in (first, *titles):
        drafts[at].kind, drafts[at].level, drafts[at].article = "title", 0, True


def _set_double_aside(drafts: list[Draft]) -> int:
    """Makes an abstract that says again what stands beside it (摘要, then 摘要：…) metadata; gives how many there were."""
    doubled = 0
    for at, draft in enumerate(drafts[:60]):
        match = p.ABSTRACT.match(draft.text)
        if draft.kind != "paragraph" or match is None or len(draft.text) < 2 * _FOREIGN:
            continue
        body = draft.text[match.end() :].lstrip("：: 】]")
        if any(near.kind == "paragraph" and near.text == body for near in drafts[max(0, at - 3) : at + 4]):
            draft.kind, doubled = "metadata", doubled + 1
    return doubled


_LETTER = lazy("[A-Za-zÀ-ɏА-я]")
_HAN = lazy("[\u3040-\u30ff\u4e00-\u9fff]")
_FOREIGN = 60  # characters that a paragraph in another language has at least


def _set_foreign_apart(drafts: list[Draft]) -> None:
    """An abstract in another language, with its title and authors above it, in a document that is Chinese."""
    texts = [draft.text for draft in drafts]
    foreign = [_is_foreign(text) for text in texts]
    if 2 * sum(len(text) for text, is_ in zip(texts, foreign, strict=True) if is_) > sum(map(len, texts)):
        return  # the document is in that language
    for at, draft in enumerate(drafts):
        if draft.kind not in ("paragraph", "heading", "list_item") or not foreign[at]:
            continue
        beside = any(len(texts[near]) >= _FOREIGN and foreign[near] for near in range(at, min(len(texts), at + 4)))
        if beside or (at and drafts[at - 1].kind == "foreign"):
            draft.kind, draft.level, draft.marker = "foreign", 0, ""


def _is_foreign(text: str) -> bool:
    return not _HAN.search(text[:400]) and len(_LETTER.findall(text)) > 0.6 * len(text)


def _next(entries: list[tuple[BlockKind | None, Paragraph]], at: int) -> Paragraph | None:
    """The next paragraph of the body, past footnotes and fields; only a short paragraph asks for it."""
    for kind, paragraph in entries[at : at + 3]:
        if kind is None:
            return paragraph
    return None


def _note_marker(kind: BlockKind, text: str) -> str:
    match = p.MARKS.match(text) or p.REFERENCE_START.match(text) if kind in {"footnote", "reference"} else None
    return match[0] if match else ""


def clip(runs: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The runs of text[start:end], its offsets counted from `start`."""
    if start == 0 and (not runs or runs[-1][0] < end):
        return runs
    clipped = [(max(offset, start) - start, origin + max(0, start - offset)) for offset, origin in runs if offset < end]
    first = max((at for at, (offset, _) in enumerate(runs) if offset <= start), default=0)
    return clipped[first:]


@dataclass(slots=True)
class Tables:
    """Counts the tables of a document while its rows are read."""

    count: int = 0
    named: int = 0  # number that the format gave to the table last read

    def rows(self, entries: list[Entry], at: int, drafts: list[Draft]) -> int:
        """Reads the row that begins at entry `at`; gives the index after it."""
        line = entries[at][1].lines[0]
        if line.cell:
            row = self._known(entries, at, drafts, line.cell)
        elif line.text[0] == "|":
            row = self._barred(entries, at, drafts)
        else:
            row = self._indented(entries, at, drafts)
        return at + row

    def _known(self, entries: list[Entry], at: int, drafts: list[Draft], first: Cell) -> int:
        """A row as the format lays it out."""
        cells = []
        for _, paragraph in entries[at : at + first.columns]:
            cell = paragraph.lines[0].cell
            if cell is None or cell[:2] != first[:2]:
                break
            cells.append((cell.column, paragraph))
        if first.table != self.named:
            self.count, self.named = self.count + 1, first.table
        drafts.append(_row(cells, first.columns, self.count, header=first.header))
        return len(cells)

    def _barred(self, entries: list[Entry], at: int, drafts: list[Draft]) -> int:
        """A row of Markdown: | a | b |."""
        first = entries[at][1]
        if _TABLE_RULE.fullmatch(first.text):
            if drafts and drafts[-1].kind == "table_row" and not drafts[-1].header and entries[at - 1][1].text[0] == "|":
                self.count += 1  # the row above names the columns of a table of its own
                drafts[-1].table, drafts[-1].header = self.count, True
        else:
            header = not (drafts and drafts[-1].kind == "table_row" and at and entries[at - 1][1].text[0] == "|")
            self.count += header
            drafts.append(
                Draft("table_row", first.text, first.runs, cells=_between_bars(first.text), table=self.count, header=header)
            )
        return 1

    def _indented(self, entries: list[Entry], at: int, drafts: list[Draft]) -> int:
        """Cells one below the other, each set in by a tab."""
        end = at + 1
        while end < len(entries):
            line = entries[end][1].lines[0]
            if not line.tab or line.gap or line.cell:
                break
            end += 1
        header = not (drafts and drafts[-1].kind == "table_row" and at and entries[at - 1][1].lines[0].tab)
        self.count += header
        cells = [(column, paragraph) for column, (_, paragraph) in enumerate(entries[at:end])]
        drafts.append(_row(cells, len(cells), self.count, header=header))
        return end - at


def _between_bars(text: str) -> list[tuple[int, int]]:
    """The cells of | a | b |, without the spaces around them."""
    cells = []
    start = 1
    for part in text[1 : -1 if text[-1] == "|" and len(text) > 1 else None].split("|"):
        at = start + len(part) - len(part.lstrip())
        cells.append((at, at + len(part.strip())))
        start += len(part) + 1
    return cells


def _row(cells: list[tuple[int, Paragraph]], columns: int, table: int, *, header: bool) -> Draft:
    """Cells with their columns, joined by tabs; each tab stands for what parts a cell from the one before in the source."""
    draft = Draft("table_row", "", [], table=table, header=header)
    for column, cell in cells:
        while len(draft.cells) < column:
            _begin_cell(draft, cell)
            draft.cells.append((len(draft.text), len(draft.text)))
        _begin_cell(draft, cell)
        start = len(draft.text)
        draft.runs += [(start + offset, origin) for offset, origin in cell.runs]
        draft.text += cell.text
        draft.cells.append((start, len(draft.text)))
    draft.cells += [(len(draft.text), len(draft.text))] * (columns - len(draft.cells))
    return draft


def _begin_cell(draft: Draft, following: Paragraph) -> None:
    """A tab: the one that sets the cell in, or the end of the line before it."""
    if draft.cells:
        line = following.lines[0]
        draft.runs.append((len(draft.text), line.start - (line.raw[0] != HOLE)))
        draft.text += "\t"
