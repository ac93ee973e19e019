"""What the head of a column or the label of a row says: its name, unit, period, whether its figures are changes.

出口额比上年增长（%）   出口额, %, a change
其中：渔业              渔业, a part of the row above
2031年（亿元）          no name, 亿元, 2031
一、海洋生产总值        海洋生产总值
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.tables.grid import Cell
from pipeline.extract.tables.periods import period_of, without_period
from pipeline.extract.tables.units import split_unit, unit_above
from pipeline.patterns import lazy

_OPENS = lazy(
    r"^(?:[#＃*＊★●○■□◆▲·•\-—–－\s]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳])+"
)
_NOTE = lazy(r"(?:[\[［【〔]\s?(?:注?\d{1,2}|注)\s?[\]］】〕]|[（(]注\d?[)）]|[①-⑳*＊]|[注]\d)+$")
_MARKS = lazy(r"^[：:，,、（(/]+|[：:，,、/]+$")
_REMARK = lazy(r"[（(\[〔［][^（）()\[\]〔〕［］]*[）)\]〕］]")


class Label(NamedTuple):
    """A label: `name` without unit, period and words of change, "" where nothing is left; `whole` with those of change,
    `full` with its period too.
    """

    name: str
    whole: str
    full: str
    unit: str | None
    period: str | None
    change: bool
    part: bool
    planned: bool
    cell: Cell

    @property
    def key(self) -> str:
        """The name without remarks in brackets."""
        return without_remarks(self.name)


def without_remarks(text: str) -> str:
    """A name without what stands in brackets."""
    return _REMARK.sub("", text)


def label_of(reader: Reader, cell: Cell, base: str | None) -> Label:
    """What a head or a label says; `base` is the period that 本年 and 上年 in it are counted from."""
    text, unit = split_unit(reader, _NOTE.sub("", cell.text))
    if _opening(reader, text.lstrip("（("), "unit_columns") and unit_above(reader, cell.text):
        text, unit = "", unit_above(reader, cell.text)  # a corner that only tells the unit of the table
    text = _OPENS.sub("", text) or text
    text, part = _part(reader, text)
    period, planned = period_of(reader, cell, base)
    whole = _MARKS.sub("", without_period(text)) if period else _MARKS.sub("", text)
    name, change = without_change(reader, whole)
    return Label(name, whole, _MARKS.sub("", text), unit, period, change, part, planned, cell)


def bare_label(text: str) -> str:
    """A label without what numbers it and marks of notes: 一、养殖[2] → 养殖."""
    text = _NOTE.sub("", text)
    return _MARKS.sub("", _OPENS.sub("", text) or text)


def _part(reader: Reader, text: str) -> tuple[str, bool]:
    """A label without 其中：, and whether it had it."""
    for length in (3, 2):
        if len(text) > length and reader.is_word(text[:length].replace(":", "："), "parts_of"):
            return _MARKS.sub("", text[length:]).strip(), True
    return text, False


def without_change(reader: Reader, text: str) -> tuple[str, bool]:
    """A name without the words at its end that say its figures are changes: 出口额比上年增长 → 出口额."""
    bare, change = _REMARK.sub("", text), False
    while length := _ending(reader, bare, "change_words"):
        bare, change = bare[:-length], True
    if not change:
        return text, False
    while length := _ending(reader, bare, "compared_with"):
        bare = bare[:-length]
    while length := _opening(reader, bare, "compared_with"):
        bare = bare[length:]
    return _MARKS.sub("", bare), True


def _opening(reader: Reader, text: str, name: str) -> int:
    """How long the longest word of a class is that a text begins with; 0 where none does."""
    words = reader.wording.words.get(name)
    return words.at(text, 0) if words else 0


def _ending(reader: Reader, text: str, name: str) -> int:
    """How long the longest word of a class is that a text ends in; 0 where none does."""
    return next((length for length in range(min(len(text), 11), 0, -1) if reader.is_word(text[-length:], name)), 0)
