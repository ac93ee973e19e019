"""What a column of figures says of them: the thing or the quantity, its unit and its period, whether they are changes."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.tables.labels import without_remarks
from pipeline.extract.tables.model import Table


class Measured(NamedTuple):
    """`thing` and `quantity` are None where the heads name none; `relative` is the whole head of a share or a rank, `change` that
    of a change, `text` the lowest head that names anything, `amount` one that needs the caption to name a quantity (数量, 金额).
    """

    text: str
    thing: str | None
    quantity: str | None
    unit: str | None
    period: str | None
    planned: bool
    change: str | None
    relative: str | None
    amount: str | None


def measured(reader: Reader, table: Table, at: int) -> Measured:
    """What the heads over a column say."""
    labels = table.columns[at].labels
    unit = next((label.unit for label in reversed(labels) if label.unit), None)
    period = next((label.period for label in reversed(labels) if label.period), None)
    change = next((without_remarks(label.whole) for label in reversed(labels) if label.change), None)
    relative = next((label.key for label in reversed(labels) if reader.ends_in(label.key, "relative_amounts")), None)
    amount = next((label.name for label in reversed(labels) if reader.is_word(label.key, "bare_amounts")), None)
    names = [label for label in labels if label.name and label.name != amount and label.key != relative]
    names = [label for label in names if not reader.is_word(label.key, "plain_amounts")]
    quantities = [label for label in names if reader.ends_in(label.key, "quantity_tails")]
    things = "".join(label.name for label in names if label not in quantities)
    quantity = quantities[-1].name if quantities else None
    text = next((label.whole for label in reversed(labels) if label.whole), "")
    planned = any(label.planned for label in labels)
    found = Measured(text, things or None, quantity, unit, period, planned, change, relative, amount)
    base = _base(reader, table, at, found) if change or relative else None
    if base:
        period = period or base.period
        found = found._replace(
            thing=base.thing, quantity=base.quantity, amount=base.amount, period=period, text=base.text if change else text
        )
        if change and not unit and reader.ends_in(change, "absolute_changes"):
            found = found._replace(unit=base.unit)
    return found


def _base(reader: Reader, table: Table, at: int, told: Measured) -> Measured | None:
    """The column whose amounts change, or are shared: to the left, under the same uppermost head if one is, by its name where the
    head gives one (出口额 | 进口额 | 出口增速); of several periods the last.
    """
    named = (told.thing or "") + (told.quantity or "")
    found: list[tuple[bool, Measured]] = []
    under = table.columns[at].labels[0].cell.text
    for left in table.figures:
        labels = table.columns[left].labels
        if left >= at or not labels or labels[-1].change or reader.ends_in(labels[-1].key, "relative_amounts"):
            continue
        base = measured(reader, table, left)
        name = (base.thing or "") + (base.quantity or "")
        if not named or name.startswith(named) or named == base.thing:
            found.append((labels[0].cell.text == under, base))
    near = [base for beside, base in found if beside] or [base for _, base in found]
    latest = max((base.period or table.period or "" for base in near), default="")
    return next((base for base in reversed(near) if (base.period or table.period or "") == latest), None)
