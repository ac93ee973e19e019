"""Classes with their members and systems with their parts, as tables list them.

一级指标 | 二级指标 | 权重          an index system: its levels are parts, the one of the other
重点领域 | 细分方向                 a classification: its levels are classes and members
代码 | 名称 | 说明                  codes: 0101 is a member of 01
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.annotate.words import names_a_thing
from pipeline.extract.reader import Reader
from pipeline.extract.tables.grid import Cell, squeeze
from pipeline.extract.tables.labels import bare_label
from pipeline.extract.tables.model import DASHES, Table
from pipeline.model import Claim, Name
from pipeline.patterns import lazy

_MEMBERS = lazy("[、，,；;]")
_SYSTEM = lazy(
    r"^(?:附?续?[表专栏]{1,2}\s?[\d一二三四五六七八九十]{0,3}(?:[-—.．]\d{1,2})?[：:、.．]?)?(?P<name>[^，。；：]{2,24}?体系)"
)
_CODE = lazy(r"[A-Z]?\d{1,8}")
_MARK = lazy("[。：:？！%]")
_LONGEST = 20  # characters of a name


def classes(reader: Reader, table: Table) -> Iterator[Claim]:
    """Every member and part that a table of words lists."""
    texts = [at for at, column in enumerate(table.columns) if column.role == "text" and column.labels]
    coded = _codes(reader, table)
    if coded is not None:
        yield from coded
        return
    for name, relation in (("index_columns", "defines"), ("class_columns", "includes")):
        levels = [at for at in texts if reader.is_word(table.columns[at].head, name)]
        if len(levels) > 1 and levels[0] == texts[0]:
            yield from _nested(reader, table, levels, relation)
            if relation == "defines":
                yield from _of_system(reader, table, levels[0])
            return


def _nested(reader: Reader, table: Table, levels: Sequence[int], relation: str) -> Iterator[Claim]:
    """What stands in one level of a row is a member, or a part, of what stands in the level before."""
    last: dict[int, Cell] = {}
    for line in table.lines:
        for at in levels:
            if line.cells[at].text:
                last = {other: cell for other, cell in last.items() if other < at} | {at: line.cells[at]}
        for upper, lower in pairwise(levels):
            if upper in last and line.cells[lower].text:
                yield from _claims(reader, last[upper], line.cells[lower], relation, line.cells)


def _claims(reader: Reader, upper: Cell, lower: Cell, relation: str, row: Sequence[Cell]) -> Iterator[Claim]:
    """A claim for each name in a cell: 声学释放、锚泊定位 are two."""
    s = bare_label(upper.text)
    names = [bare_label(part) for part in _MEMBERS.split(lower.text.rstrip("。；;"))]
    if not all(_is_label(name) and (relation == "defines" or _is_name(reader, name)) for name in (s, *names)):
        return
    start = upper.start if upper in row else lower.start
    for name in names:
        if name != s:
            yield _claim(reader, relation, s, name, start, lower.end)


def _claim(reader: Reader, relation: str, s: str, o: str, start: int, end: int) -> Claim:
    slots = {"s": reader.named(s, "Concept", s), "o": reader.named(o, "Concept", o)}
    return reader.claim(relation, slots, start, end, f"{relation}.table", "element" if relation == "defines" else None)


def _is_label(text: str) -> bool:
    """Whether a cell is short and no sentence, no number and no dash."""
    return 1 < len(text) <= _LONGEST and not set(text) <= DASHES and not text[0].isdecimal() and not _MARK.search(text)


def _is_name(reader: Reader, text: str) -> bool:
    """Whether a label names a thing: a task (推动…, 建设…) is none."""
    verbs = reader.wording.words.get("governing_verbs")
    return not (verbs and verbs.at(text, 0)) or names_a_thing(text)


def _of_system(reader: Reader, table: Table, level: int) -> Iterator[Claim]:
    """The first level of an index system is part of the system that the caption names: 表2 海洋经济评价指标体系."""
    caption = table.grid.caption
    named = _SYSTEM.match(squeeze(reader.text[caption.start : caption.end])) if caption else None
    if named is None:
        return
    seen: set[str] = set()
    for line in table.lines:
        cell = line.cells[level]
        name = bare_label(cell.text)
        if name not in seen and _is_label(name):
            seen.add(name)
            system = Name(named["name"], "Concept", named["name"])
            slots = {"s": system, "o": reader.named(name, "Concept", name)}
            yield reader.claim("defines", slots, cell.start, cell.end, "defines.table", "element")


# Lists of codes.


def _codes(reader: Reader, table: Table) -> Iterator[Claim] | None:
    """The members that the codes of a list tell; None where it is no such list."""
    column = next((at for at, each in enumerate(table.columns) if reader.is_word(each.head, "code_columns")), None)
    name = next((at for at, each in enumerate(table.columns) if reader.ends_in(each.head, "name_columns")), None)
    if column is None or name is None:
        return None
    codes = [(line.cells[column].text.strip("★*"), line.cells[name]) for line in table.lines]
    if sum(bool(_CODE.fullmatch(code)) for code, _ in codes) < len(codes) * 0.6:
        return None
    return _by_code(reader, codes)


def _by_code(reader: Reader, codes: Sequence[tuple[str, Cell]]) -> Iterator[Claim]:
    classes: dict[str, Cell] = {}
    for code, cell in codes:
        above = next((code[:length] for length in range(len(code) - 1, 0, -1) if code[:length] in classes), None)
        if code:
            classes[code] = cell
        s, o = bare_label(classes[above].text) if above else "", bare_label(cell.text)
        if s and s != o and _is_label(s) and _is_label(o):
            yield _claim(reader, "includes", s, o, cell.start, cell.end)
