"""Figures of tables: of what or whom, which quantity, the value with its unit and period, and whether it is a change.

指标 | 单位 | 绝对数 | 比上年增长（%）      the rows are quantities of the place that the table is of
产品名称 | 产量（万吨） | 占全省比重（%）   the rows are things, the heads their quantities
年份 | 出口额 | 增速                        the rows are times
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.extract.tables.about import measure_of, subject_of, topic_of
from pipeline.extract.tables.columns import Measured, measured
from pipeline.extract.tables.model import Line, Table
from pipeline.extract.tables.rows import Told, told
from pipeline.extract.tables.values import Figure, figure
from pipeline.model import Claim, Name, Slot, Span

RULE = "indicator.table"


def figures(reader: Reader, table: Table) -> Iterator[Claim]:
    """Every figure of a table that has a subject and a quantity, row by row."""
    if table.figures:
        yield from _Figures(reader, table).claims()


class _Figures:
    """The figures of one table."""

    def __init__(self, reader: Reader, table: Table) -> None:
        self._reader, self._table = reader, table
        self._about = subject_of(reader, table)
        self._measure, self._changes = measure_of(reader, table)
        self._columns = {at: measured(reader, table, at) for at in table.figures}
        columns = self._columns.values()
        self._heads = [column.quantity for column in columns if column.quantity and not column.relative]
        named = [column.quantity or column.amount for column in columns if not column.thing]
        self._topic = topic_of(reader, table, [name for name in named if name])

    def claims(self) -> Iterator[Claim]:
        """Every figure that has a subject and a quantity."""
        parent: Told | None = None
        for line in self._table.lines:
            row = told(self._reader, self._table, line, parent, self._heads)
            if row.quantity and not row.thing and not (line.label and line.label.part):
                parent = row
            for at, column in self._columns.items():
                value = figure(self._reader, line.cells[at].text)
                slots = self._slots(row, column, value) if value else None
                if slots and value:
                    start, end = _evidence(line, at)
                    planned = column.planned or row.planned or self._is_ahead(slots["period"])
                    yield self._reader.claim("indicator", slots, start, end, RULE, planned=planned)

    def _slots(self, row: Told, column: Measured, value: Figure) -> dict[str, Slot] | None:
        """The slots of the claim of a cell; None where it has no subject, no quantity or no unit that can be told."""
        head = figure(self._reader, column.text)
        if head and head.unit and head.unit == value.unit:
            return None  # the first row is one of figures: the table has no heads
        indicator, thing = self._indicator(row, column)
        subject = self._thing(thing) if thing else self._about
        change = column.change or row.change or value.change or self._changes
        unit = self._unit(row, column, value)
        if indicator is None or subject is None or unit is None or self._reader.is_word(subject.label, "unnamed_rows"):
            return None
        return {
            "s": subject,
            "indicator": indicator,
            "value": value.value,
            "unit": unit,
            "bound": value.bound,
            "period": column.period or row.period or self._period(column),
            "change": "true" if change else None,
        }

    def _period(self, column: Measured) -> str | None:
        """The period of the table; a yearly average is of several years."""
        period = self._table.period
        yearly = column.change and self._reader.holds(column.change, "yearly")
        return None if yearly and period and "/" not in period else period

    def _thing(self, name: str) -> Name:
        """The thing of a row or a column; 全省 and 全省居民 are of the place that the table is of."""
        about = self._about
        length = next((n for n in (3, 2) if n <= len(name) and self._reader.is_word(name[:n], "own_places")), 0)
        if length and about and about.kind == "Place":
            return about if len(name) == length else Name(about.label + name[length:], "Concept", name)
        kind = "Body" if self._reader.ends_in(name, "firm_tails") else "Concept"
        return self._reader.named(name, kind, name)

    def _indicator(self, row: Told, column: Measured) -> tuple[Name | None, str | None]:
        """The quantity and the thing of a cell, from its row, its column and the caption."""
        quantity, thing, text = _of_row(row, column) if row.quantity else self._of_column(row, column)
        if column.relative:
            named = row.quantity or column.quantity or column.thing or self._measure
            alone = not named or (quantity or "") in column.relative or self._is_whole(column.relative)
            quantity, text = ("" if alone else quantity or "") + column.relative, column.relative
        if not quantity or quantity.isdecimal() or (quantity.isascii() and len(quantity) < 2):
            return None, None
        return Name(quantity, "Indicator", text), thing

    def _is_whole(self, relative: str) -> bool:
        """Whether the head of a share says of what it is one: 优良天数比例; not 比重, 占出口比重."""
        length = next(n for n in range(len(relative), 0, -1) if self._reader.is_word(relative[-n:], "relative_amounts"))
        return length < len(relative) and relative[0] not in "占所" and self._reader.ends_in(relative[:-length], "quantity_tails")

    def _of_column(self, row: Told, column: Measured) -> tuple[str | None, str | None, str]:
        """The quantity, the thing and the text that names the quantity, where the row names none."""
        named = (column.thing or "") + (column.quantity or "")
        if column.quantity:
            return named if column.thing or named.startswith(self._topic) else self._topic + named, row.thing, column.text
        if column.amount and (self._topic or not self._measure):
            return (named or self._topic) + column.amount, row.thing, column.text
        if not named:
            return self._measure or column.text or None, row.thing, self._measure or column.text
        if row.thing is None and self._measure:
            return self._measure, column.thing, self._measure
        return named + (self._measure or ""), row.thing, column.text

    def _unit(self, row: Told, column: Measured, value: Figure) -> str | None:
        """The unit of a cell; "" where it has none, None where it cannot be told."""
        ends_in = self._reader.ends_in
        if value.unit or column.unit:
            return value.unit or column.unit
        if column.change:
            rate = ends_in(column.change, "rates_of_change")
            return "%" if rate else (row.unit or self._table.unit) if ends_in(column.change, "absolute_changes") else None
        if column.relative:
            return "位" if ends_in(column.relative, "rank_columns") else "%"
        return row.unit or self._table.unit or ("%" if row.change or self._changes else "")

    def _is_ahead(self, period: Slot) -> bool:
        """Whether a period begins after the year in which the document was issued."""
        date = self._reader.document.date
        return isinstance(period, str) and date is not None and period[:4] > date[:4]


def _of_row(row: Told, column: Measured) -> tuple[str | None, str | None, str]:
    """The quantity, the thing and the text that names the quantity, where the row names it: 城镇居民 over 收入 is the thing, and
    of a part of the row above its label goes to the quantity.
    """
    quantity = row.quantity or ""
    if column.quantity and not column.relative and not column.change and column.quantity[-1] != quantity[-1]:
        quantity += "" if column.quantity in quantity else column.quantity
    if row.thing and column.thing:
        return row.thing + quantity, column.thing, row.thing
    return quantity, row.thing or column.thing, row.text


def _evidence(line: Line, at: int) -> Span:
    """From the label of a row to the cell of the figure."""
    label = line.label.cell if line.label else next(cell for cell in line.cells if cell.text)
    return Span(min(label.start, line.cells[at].start), max(label.end, line.cells[at].end))
