"""The numbers that Word puts before the paragraphs of its lists, and the marks of its notes (17.9 and 17.11)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from xml.etree.ElementTree import Element as Node

from pipeline.read.docx.nodes import integer, switched, value

_LARGEST = 32767  # the largest number of a list; what is above is shown in digits
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = tuple(
    zip("m cm d cd c xc l xl x ix v iv i".split(), (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), strict=True)
)


def _counting(number: int, digits: str = "〇一二三四五六七八九", units: str = " 十百千万") -> str:
    """一百零一; for a number below 100,000."""
    text, gap = "", False
    for power, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit != "0":
            text += ("零" if gap else "") + digits[int(digit)] + units[power].strip()
        gap = digit == "0"
    if units[1] == "十":
        text = re.sub("^一十", "十", text)
    return text or digits[0]


def _digital(number: int) -> str:
    """一〇一"""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _chinese(number: int) -> str:
    """Tens by name, hundreds by digits: 九十九, 一○○."""
    return _counting(number) if number < 100 else _digital(number).replace("〇", "○")


def _japanese(number: int) -> str:
    """百一: one hundred is no 一百, and nothing stands for a zero within."""
    return re.sub("一(?=[十百千])|零", "", _counting(number))


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _roman(number: int) -> str:
    text = ""
    for sign, worth in _ROMAN:
        text += sign * (number // worth)
        number %= worth
    return text


def _from_row(*rows: str) -> Callable[[int], str]:
    """A format whose numbers are single signs; digits beyond the last."""
    signs = "".join(rows)
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _signs(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


_circle = _from_row(_signs("①", "⑳"), _signs("㉑", "㉟"), _signs("㊱", "㊿"))

_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "decimalEnclosedCircle": _circle,
    "decimalEnclosedCircleChinese": _circle,
    "decimalEnclosedParen": _from_row(_signs("⑴", "⒇")),
    "decimalEnclosedFullstop": _from_row(_signs("⒈", "⒛")),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "chineseCountingThousand": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _japanese,
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "chineseLegalSimplified": lambda number: _counting(number, "零壹贰叁肆伍陆柒捌玖", " 拾佰仟万"),
    "ideographLegalTraditional": lambda number: _counting(number, "零壹貳參肆伍陸柒捌玖", " 拾佰仟萬"),
    "ideographTraditional": _from_row("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from_row("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _from_row(_signs("㊀", "㊉")),
    "ideographParenthesized": _from_row(_signs("㈠", "㈩")),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "bullet": lambda number: "",
    "none": lambda number: "",
}


def formatted(number: int, name: str) -> str:
    """A number in a format (ST_NumberFormat); in digits where the format is unknown or has no sign for it."""
    return _FORMATS.get(name, str)(number) if 0 <= number <= _LARGEST else str(number)


class Number(NamedTuple):
    """What stands before a paragraph, with the space that parts them; `bullet` says that it is no number."""

    text: str
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    """One depth of a list. `restart`: 0 never, n after a paragraph of depth n (from 1) or above, None after any above."""

    format: str
    text: str
    start: int
    restart: int | None
    legal: bool
    style: str | None

    @staticmethod
    def of(lvl: Node) -> _Level:
        return _Level(
            value(lvl, "numFmt") or "decimal",
            value(lvl, "lvlText") or "",
            integer(value(lvl, "start")) or 0,
            integer(value(lvl, "lvlRestart")),
            bool(switched(lvl, "isLgl")),
            value(lvl, "pStyle"),
        )

    def restarts(self, used: int) -> bool:
        """Whether a paragraph of the depth `used` (from 0), which is less deep, sets this one back."""
        return self.restart is None or used < self.restart


@dataclass(slots=True)
class _List:
    """A num: its levels by depth from 0; `counters` hold the last number at each depth, shared by all nums of its abstractNum."""

    levels: dict[int, _Level]
    counters: dict[int, int]
    set_back: set[int] = field(default_factory=set)  # depths that start anew when the list is first used


class Numbering:
    """Counts the paragraphs of all lists of a document, in order."""

    def __init__(self, numbering: Node | None) -> None:
        self._lists: dict[str, _List] = {}
        if numbering is None:
            return
        abstract = numbering.findall("abstractNum")
        styled = {value(each, "styleLink"): each for each in abstract if each.find("styleLink") is not None}
        made = {
            value(each, name="abstractNumId"): (_levels(styled.get(value(each, "numStyleLink"), each)), dict[int, int]())
            for each in abstract
        }
        for num in numbering.iterfind("num"):
            key = value(num, "abstractNumId")
            if key in made:
                self._lists[value(num, name="numId") or ""] = _overridden(num, *made[key])

    def depth(self, num: str, style: str) -> int:
        """The depth, from 0, that a list ties to a paragraph style."""
        found = self._lists.get(num)
        return next((depth for depth, level in found.levels.items() if level.style == style), 0) if found else 0

    def next(self, num: str, depth: int) -> Number | None:
        """Counts one more paragraph at the depth, from 0, of a list; None where there is no such list."""
        found = self._lists.get(num)
        if found is None or depth not in found.levels:
            return None
        for each in found.set_back:
            found.counters.pop(each, None)
        found.set_back.clear()
        level, counters = found.levels[depth], found.counters
        counters[depth] = counters[depth] + 1 if depth in counters else level.start
        for below in [each for each in counters if each > depth]:
            if below not in found.levels or found.levels[below].restarts(depth):
                del counters[below]
        if level.format == "bullet":
            return Number("", bullet=True)
        return Number(_spaced(_shown(found, level)))


def _levels(abstract: Node) -> dict[int, _Level]:
    return {integer(value(lvl, name="ilvl")) or 0: _Level.of(lvl) for lvl in abstract.iterfind("lvl")}


def _overridden(num: Node, levels: dict[int, _Level], counters: dict[int, int]) -> _List:
    """A list with what its lvlOverride elements change."""
    found = _List(levels, counters)
    for override in num.iterfind("lvlOverride"):
        depth, lvl = integer(value(override, name="ilvl")) or 0, override.find("lvl")
        if found.levels is levels:
            found.levels = dict(levels)
        if lvl is not None:
            found.levels[depth] = _Level.of(lvl)
        start = integer(value(override, "startOverride"))
        if start is not None and depth in found.levels:
            found.levels[depth] = replace(found.levels[depth], start=start)
            found.set_back.add(depth)
    return found


def _shown(found: _List, level: _Level) -> str:
    """The text of a level, %1 … %9 replaced by the numbers of their depths."""

    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        of = found.levels.get(depth)
        if of is None:
            return ""
        return formatted(found.counters.get(depth, of.start), "decimal" if level.legal else of.format)

    return re.sub("%([1-9])", number, level.text).strip()


def _spaced(text: str) -> str:
    """A number that ends in a letter or digit (第三条, 1.1) is parted from what follows; 一、 （二） ① part themselves."""
    apart = text[-1:].isdecimal() or text[-1:].isalpha()
    return text + " " if apart else text


class NoteMarks:
    """Counts the footnotes and endnotes of a document, in order, as its settings and sections say."""

    def __init__(self, settings: Node | None, body: Node) -> None:
        self._settings = settings
        self._sections = [*body.iterfind(".//pPr/sectPr"), *body.iterfind("sectPr")]
        self._section = 0
        self._next: dict[str, int] = {}

    def next(self, kind: str) -> str:
        """The mark of the next "footnote" or "endnote": ① as it is, a plain number in brackets."""
        number = self._next.get(kind) or integer(self._setting(kind, "numStart")) or 1
        self._next[kind] = number + 1
        mark = formatted(number, self._setting(kind, "numFmt") or ("decimal" if kind == "footnote" else "lowerRoman"))
        return f"[{mark}]" if mark.isascii() and mark.isalnum() else mark

    def new_page(self) -> None:
        """Goes on to another page."""
        self._restart("eachPage")

    def new_section(self) -> None:
        """Goes on to the next section."""
        self._section += 1
        self._restart("eachSect")

    def _restart(self, at: str) -> None:
        for kind in [kind for kind in self._next if self._setting(kind, "numRestart") == at]:
            del self._next[kind]

    def _setting(self, kind: str, name: str) -> str | None:
        section = self._sections[self._section] if self._section < len(self._sections) else None
        return value(section, f"{kind}Pr/{name}") or value(self._settings, f"{kind}Pr/{name}")
