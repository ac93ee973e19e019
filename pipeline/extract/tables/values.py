"""What a cell says in figures: 1,244.5 | -2.7 | 42.9% | 超过500万元 | 100～200 | 增加0.47个百分点."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.tables.units import is_unit
from pipeline.patterns import lazy

_NUMBER = r"[-−－–+＋]?(?:\d{1,3}(?:[,，]\s?\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\s?[.．]\s?\d+)?"
_SIGNS = {">": ">", "≥": ">", "<": "<", "≤": "<", "~": "~", "≈": "~"}
_FIGURE = lazy(
    rf"[\[〔【]?(?P<sign>[>≥<≤≈~]?)(?P<words>[\u4e00-\u9fff]{{0,6}})(?P<number>{_NUMBER})"
    rf"(?:(?P<per>[%‰]?)[-—–~至](?P<last>{_NUMBER}))?\s?(?P<rest>[^\d\s,，。;:()\[\]〔〕【】]{{0,12}})[\]〕】]?"
)
_BARE = lazy(rf"[\[〔【]?[>≥<≤≈~]?{_NUMBER}(?:[%‰]?[-—–~]{_NUMBER})?[%‰]?[\]〕】]?")
YEAR = lazy(r"(?:19|20)\d{2}年?[度初末底]?(?:[-—–~至](?:19|20)\d{2}年?)?")
_CODE = lazy(r"0\d")
_LONGEST_CODE = 7  # digits of each half of a range; a telephone number has more
_BOUNDS = {"figure_above": ">", "figure_below": "<", "figure_about": "~"}


class Figure(NamedTuple):
    """The number in a cell: its value as claims.jsonl gives it, its unit if the cell has one, its bound, if it is a change."""

    value: str
    unit: str
    bound: str
    change: bool


def figure(reader: Reader, text: str) -> Figure | None:
    """What a cell says in figures; None where it says something else, a year or a code."""
    text = unicodedata.normalize("NFKC", text)
    match = _FIGURE.fullmatch(text) if any(character.isdecimal() for character in text) else None
    if match is None or YEAR.fullmatch(text) or _CODE.match(match["number"]):
        return None
    value = plain(match["number"])
    if match["last"]:
        last = plain(match["last"])
        if _CODE.match(last) or min(len(value), len(last)) > _LONGEST_CODE:
            return None
        value = f"{value}/{last}"
    before, words = _bound(reader, match["words"])
    behind, unit = _bound(reader, match["rest"])
    change = bool(words) and reader.is_word(words, "change_words")
    if (words and not change) or (unit and not is_unit(reader, unit)):
        return None
    return Figure(value, unit or match["per"] or "", _SIGNS.get(match["sign"]) or before or behind or "=", change)


def _bound(reader: Reader, words: str) -> tuple[str, str]:
    """The bound that the last word of `words` sets, and the words before it."""
    for length in range(min(5, len(words)), 0, -1):
        for name, bound in _BOUNDS.items():
            if reader.is_word(words[-length:], name):
                return bound, words[:-length]
    return "", words


def plain(number: str) -> str:
    """A number without thousands marks and spaces, in figures of half width: 1,244.5 → 1244.5."""
    bare = re.sub(r"[,，\s]", "", unicodedata.normalize("NFKC", number))
    return re.sub("^[−–-]", "-", bare).lstrip("+")


def is_figure(text: str) -> bool:
    """Whether a cell holds a bare number, with or without %, and no year."""
    text = unicodedata.normalize("NFKC", text)
    return bool(_BARE.fullmatch(text)) and not YEAR.fullmatch(text) and not _CODE.match(text)
