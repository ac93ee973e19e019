"""What a row of a table of figures says of them: the thing that they are of, or the quantity, its unit and its period."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.tables.labels import Label
from pipeline.extract.tables.model import Line, Table
from pipeline.extract.tables.units import SCALES


class Told(NamedTuple):
    """`thing` and `quantity` are None where the row names none; `text` is the label as it stands."""

    text: str = ""
    thing: str | None = None
    quantity: str | None = None
    unit: str | None = None
    period: str | None = None
    change: bool = False
    planned: bool = False


def told(reader: Reader, table: Table, line: Line, parent: Told | None, heads: Collection[str]) -> Told:
    """What a row says; `parent` is the last row above that names a quantity, `heads` are the quantities that the columns name;
    where those are weights or marks, the row is a thing whatever it is called.
    """
    label = line.label
    unit = next(
        (line.cells[at].text for at, column in enumerate(table.columns) if column.role == "unit" and line.cells[at].text), None
    )
    if label is None:
        return Told(unit=unit)
    period = label.period or next((over.period for over in reversed(line.over) if over.period), None)
    base = Told(label.name, None, None, label.unit or unit, period, label.change, label.planned)
    if not label.name:
        return base
    over = _over(reader, line)
    if reader.is_word(label.key, "totals"):
        return base._replace(thing=over)
    head = table.columns[table.key].head
    lists = not head or reader.ends_in(head, "quantity_columns")
    weighed = bool(heads) and all(reader.is_word(name, "weights") for name in heads)
    if weighed or (heads and not lists) or reader.ends_in(head, "thing_columns"):
        return base._replace(thing=_full(reader, table, line, label), period=None)
    lists = lists or reader.is_word(head, "group_columns")
    if label.change or is_quantity(reader, label.key) or (label.unit and lists and not label.part):
        return base._replace(thing=over, quantity=own_quantity(reader, label.name))
    return _part_or_thing(reader, table, line, base, parent, heads, lists)


def _part_or_thing(
    reader: Reader, table: Table, line: Line, base: Told, parent: Told | None, heads: Collection[str], lists: bool
) -> Told:
    """A row whose label names no quantity by its form: a part of the row or section above, a quantity still, or a thing."""
    label, section = line.label, line.section
    if label is None:
        return base
    if section and is_quantity(reader, section.key) and (parent is None or parent.quantity is None):
        return base._replace(thing=label.full, quantity=section.name, unit=base.unit or section.unit)
    if parent and parent.quantity and lists and (label.part or _alike(base.unit, parent.unit)):
        unit, change = base.unit or parent.unit, parent.change
        return base._replace(thing=label.full, quantity=parent.quantity, unit=unit, change=change, text=parent.text)
    head = table.columns[table.key].head
    if lists and not heads and head and not reader.is_word(head, "group_columns"):
        return base._replace(thing=_over(reader, line), quantity=own_quantity(reader, label.name))
    return base._replace(thing=_full(reader, table, line, label), period=None)


def _alike(unit: str | None, other: str | None) -> bool:
    """Whether two units measure the same: 万吨, 亿吨."""
    return unit is None or (other is not None and SCALES.sub("", unit) == SCALES.sub("", other))


def is_quantity(reader: Reader, name: str) -> bool:
    """Whether a label names a quantity by its form; 合计 behind it counts for nothing."""
    return reader.ends_in(_summed(reader, name), "quantity_tails")


def _summed(reader: Reader, name: str) -> str:
    """What a sum is of: 成本费用合计 → 成本费用."""
    length = next((n for n in (2, 3) if len(name) > n + 1 and reader.is_word(name[-n:], "totals")), 0)
    return name[: len(name) - length]


def own_quantity(reader: Reader, name: str) -> str:
    """A quantity without 全市, 全国 before it and 合计 behind it."""
    name = _summed(reader, name)
    length = max((n for n in range(2, 4) if reader.is_word(name[:n], "own_places")), default=0)
    return name[length:] if len(name) > length + 1 else name


def _over(reader: Reader, line: Line) -> str | None:
    """The place or the firm that stands to the left of a label; a group of quantities is none: 经济发展|海洋生产总值."""
    for label, head in zip(reversed(line.over), reversed(line.heads), strict=True):
        if label.name and (reader.ends_in(head, "thing_columns") or _is_one(reader, label)):
            return label.name
    return None


def _is_one(reader: Reader, label: Label) -> bool:
    """Whether a label names a place or a firm."""
    placed = any(mention.kind == "Place" for mention in reader.mentions(label.cell.start, label.cell.end))
    return placed or reader.ends_in(label.key, "firm_tails")


def _full(reader: Reader, table: Table, line: Line, label: Label) -> str:
    """The name of a thing; with what stands to its left where that is what tells it from others: 临澜|1号线 → 临澜1号线."""
    left = line.over[-1] if line.over else None
    if left is None or not left.name:
        return label.full
    names = [other.label.name for other in table.lines if other.label]
    return left.full + label.full if _is_one(reader, left) or names.count(label.name) > 1 else label.full
