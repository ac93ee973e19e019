"""Runs → fragments → lines, and the text of lines; an *em* is the size of the type in question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.model import Place
from pipeline.patterns import lazy
from pipeline.read.layout import ElementKind
from pipeline.read.pdf.page import Run

ASCENT, DESCENT = 0.88, 0.15  # em that a line's box reaches above and below the baseline
NEAR, SPREAD = 0.8, 3.0  # em between neighbours on a line; between the spread characters of a title
WORD_GAP = 0.12  # em between Latin words of different type
RAISED_SIZE, RAISED = 0.8, 0.12  # a mark that hangs: at most so large, at least so many em above the baseline

HUNG = lazy(r"(?:[①-⑳⑴-⒇*†‡]|[\[(（〔]?\d{1,3}(?:[-–,，、]\d{1,3})*[\])）〕]?)++")
_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60、。〈-】〔-〟"
HAN = lazy(f"[{_HAN}]")
TIGHT = lazy(rf"[{_HAN}(/“‘-]\n|\d[.,]?\n\d|\n[{_HAN}%‰.,;:!?)”’]")  # no space stands where these lines meet


@dataclass(slots=True)
class Column:
    """Edges of a stretch of lines that are read one below the other, and the usual distance of their baselines."""

    left: float
    right: float
    pitch: float = 0.0
    lines: int = 0
    ragged: bool = False  # its lines end where their text does: they have no punctuation and differ in length


@dataclass(slots=True)
class Table:
    """Rows of cells, and the box of each row. `xs` are the upright rules. `head` is the first row of the table that this one
    carries on, `rest` says where what the page after adds to a cell of the last row begins, and where it stands.
    """

    rows: list[list[str]]
    boxes: list[tuple[float, float, float, float]]
    xs: list[float] = field(default_factory=list)
    head: list[str] | None = None
    rest: dict[int, tuple[int, Place]] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """Runs on a baseline. `parts` are its stretches of text, and whether they hang above the line."""

    page: int
    runs: list[Run]
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    weight: int = 0
    table: Table | None = None
    column: Column = field(default_factory=lambda: Column(0, 0))
    bottom: float = 0.0
    text: str = ""
    parts: list[tuple[str, bool]] = field(default_factory=list)
    hung: list[tuple[int, str]] = field(default_factory=list)  # (offset, key) of footnotes

    def measure(self) -> Line:
        """Sets what follows from the runs."""
        self.runs.sort(key=lambda run: run.lefts[0])
        main = self.runs[0]
        if len(self.runs) > 1:
            lengths: Counter[float] = Counter()
            for run in self.runs:
                lengths[round(run.size)] += len(run.text)
            main = max(self.runs, key=lambda run: (lengths[round(run.size)], run.size, len(run.text)))
        self.left, self.right = self.runs[0].left, max(run.right for run in self.runs)
        self.base, self.size = main.base, main.size
        self.bottom = self.base - DESCENT * self.size
        self.weight = min(run.weight for run in self.runs)
        self.parts = list(_parts(self.runs, self.base, self.size))
        self.text = "".join(text for text, _ in self.parts)
        return self

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.table.boxes[0][3] if self.table else self.base + ASCENT * self.size

    @property
    def place(self) -> Place:
        """Page and box."""
        box = (self.left, self.bottom, self.right, self.top)
        return Place(self.page, (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)))

    @property
    def centred(self) -> bool:
        """Whether it is set in about as much on either side."""
        before, after = self.left - self.column.left, self.column.right - self.right
        return before > 2.5 * self.size and abs(before - after) < 1.5 * self.size

    @property
    def indent(self) -> float:
        """Em that it is set in on the left."""
        return (self.left - self.column.left) / self.size


def _parts(runs: list[Run], base: float, size: float) -> Iterator[tuple[str, bool]]:
    """The text of each run, with spaces where it is set apart, and whether it hangs above the line."""
    before: Run | None = None
    spread = len(runs) > 3 and all(len(run.text) == 1 for run in runs)
    for run in runs:
        hangs = run.size <= RAISED_SIZE * size and run.base >= base + RAISED * size and HUNG.fullmatch(run.text) is not None
        last = before.text[-1] if before else ""
        if hangs and run.text.isdigit() and last.isascii() and last.isalnum():
            hangs = False  # a power: m², 10³
        if before and not hangs and not spread:
            gap = (run.left - before.right) / size
            western = not HAN.match(last) and not HAN.match(run.text)
            if gap > (WORD_GAP if western else NEAR):
                yield " ", False
        yield run.text, hangs
        before = run


def join_texts(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Texts of lines as one, and where each begins in it; Latin words keep a space, a word that was cut is whole again."""
    whole, starts = "", []
    for text in texts:
        if whole and text:
            last, first = whole[-1], text[0]
            if last == "-" and whole[-2:-1].isalpha() and whole[-2:-1].isascii() and first.islower():
                whole = whole[:-1]
            elif (last + first).strip() and not TIGHT.search(whole[-2:] + "\n" + first):
                whole += " "
        starts.append(len(whole))
        whole += text
    return whole, starts


def fragments(page: int, runs: list[Run]) -> list[Line]:
    """Runs that touch on a line: first as they follow in the file, then wherever they stand."""
    groups: list[list[Run]] = []
    for run in runs:
        last = groups[-1][-1] if groups else None
        if last and beside(last, run) and -0.7 * run.size < run.left - last.right < NEAR * max(last.size, run.size):
            groups[-1].append(run)
        else:
            groups.append([run])
    lines = sorted((Line(page, group).measure() for group in groups), key=lambda line: (-line.base, line.left))
    out: list[Line] = []
    for line in lines:
        other = next((other for other in _above(out, line) if _adjoins(other, line)), None)
        if other:
            other.runs += line.runs
            other.measure()
        else:
            out.append(line)
    return out


def _above(lines: list[Line], line: Line) -> Iterator[Line]:
    """The last of the lines, as far as they can stand beside the next."""
    for other in reversed(lines[-60:]):
        if other.base - line.base > 2 * max(other.size, line.size):
            return
        yield other


def _adjoins(other: Line, line: Line) -> bool:
    """Whether two fragments are one, on either side."""
    single = len(line.text) == 1 and len(other.runs[-1].text) == 1 and HAN.match(line.text)
    gap = line.left - other.right if other.left <= line.left else other.left - line.right
    size = max(line.size, other.size)
    return beside(other, line) and -0.7 * size < gap < (SPREAD if single else NEAR) * size


def beside(one: Run | Line, two: Run | Line) -> bool:
    """Whether about half of the smaller of the two stands beside the other."""
    overlap = min(one.base + ASCENT * one.size, two.base + ASCENT * two.size) - max(one.base, two.base)
    return overlap > 0.45 * min(one.size, two.size)


def rows_of(lines: Iterable[Line]) -> list[Line]:
    """Fragments of one column → its lines from top to bottom."""
    out: list[Line] = []
    for line in sorted(lines, key=lambda line: (-line.base, line.left)):
        last = out[-1] if out else None
        if last and not (line.table or last.table) and beside(last, line):
            last.runs += line.runs
            last.measure()
        else:
            out.append(line)
    return out


@dataclass(slots=True)
class Draft:
    """Lines of an element to be."""

    lines: list[Line]
    kind: ElementKind | None = None
    mark: str = ""
    key: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        """The lines as one."""
        return join_texts([line.text for line in self.lines])[0]
