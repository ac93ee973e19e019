"""The figures of a text: each number with its unit and what bounds it. 超过6000亿元, 1409万、1305万人次, 2—3家, 40%左右.

What annotation takes for a number, with the words around it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.annotate.quantities import may_share
from pipeline.extract.figures.patterns import Patterns


class Amount(NamedTuple):
    """text[start:end] with the words that bound it; the number alone is text[number:…].

    `spelled` tells a number in Chinese numerals, `bare` one without a unit.
    """

    start: int
    number: int
    end: int
    value: str
    unit: str
    bound: str
    spelled: bool = False
    bare: bool = False


def amounts(text: str, start: int, end: int, patterns: Patterns) -> list[Amount]:
    """The figures of text[start:end] in order, with ranges as one and units that a list shares."""
    found = [Amount(number.start, number.start, number.end, *number[2:]) for number in patterns.numbers.find(text, start, end)]
    shared = _with_shared_units(text, found)
    return _with_shared_bounds(text, [_bounded(text, amount, start, end, patterns) for amount in shared])


def _with_shared_units(text: str, found: list[Amount]) -> list[Amount]:
    """1409万、1305万人次: the first has the unit of the last."""
    for at in range(len(found) - 2, -1, -1):
        amount, following = found[at], found[at + 1]
        if listed(text, amount, following) and amount.unit != following.unit and may_share(amount.unit, following.unit):
            found[at] = amount._replace(unit=following.unit, bare=False)
    return found


def _with_shared_bounds(text: str, found: list[Amount]) -> list[Amount]:
    """突破8万亿元、9万亿元: what stands before the first of a list bounds the others."""
    for at in range(1, len(found)):
        before, amount = found[at - 1], found[at]
        if before.start < before.number and amount.bound == "=" and amount.end - amount.number and listed(text, before, amount):
            found[at] = amount._replace(bound=before.bound)
    return found


def listed(text: str, first: Amount, second: Amount) -> bool:
    """Whether two amounts are neighbours in one list."""
    between = text[first.end : second.number].strip()
    return (
        len(between) <= 3
        and bool(re.fullmatch(r"[、和与及,，]|以及|[、和与及](?:超|近|约)", between))
        and between not in (",", "，")
    )


def _bounded(text: str, amount: Amount, start: int, end: int, patterns: Patterns) -> Amount:
    """An amount with the words before and behind it that bound it."""
    after = patterns.after.match(text, amount.end, end)
    bound, stop = amount.bound, amount.end
    if after:
        bound, stop = patterns.sign(after["word"]), after.end()
    begin = amount.start
    while before := patterns.before.search(text, max(start, begin - 12), begin):
        begin = before.start()
        bound = patterns.sign(before["word"])
    return amount._replace(start=begin, end=stop, bound=bound)
