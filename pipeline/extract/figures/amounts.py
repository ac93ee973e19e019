"""The figures of a text: each number with its unit and what bounds it. 超过6000亿元, 1409万、1305万人次, 2—3家, 40%左右.

The value is the number as the text has it, without thousands marks, in figures of half width; small numbers in Chinese numerals
are worked out (十件 → 10), large ones and parts (十二万四千, 三成, 三分之一) are kept. A range is “2/3”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.annotate.numerals import ONES, integer
from pipeline.annotate.words import cutter
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


_CHINESE = f"零〇两{ONES}十百千"
_NUMERAL = f"(?:[零〇两{ONES}十百]|(?<![十百千])千)+(?:点[零〇{ONES}]+)?"  # 一百|千瓦
_FIGURES = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\s\d{3})+(?![\d.])|\d+(?:[.．]\d+)?"
_NUMBER = rf"(?:{_FIGURES}|{_NUMERAL}(?:[万亿]{_NUMERAL})*)"
_SCALE = "[十百千]?(?:万亿|亿|万)|[百千](?=元)"
# 第三批, 几十万, 数百家, A320, 〔2031〕5号, 一〇二 within another number
_SCALE_ONLY = re.compile("[百千]?(?:万亿|亿|万)")
_NOT_BEFORE = frozenset("0123456789.．-－—第几数另每")
_THOUSANDS = re.compile(r"\d,\Z")
_SIGN = re.compile(r"(?<=[\u4e00-\u9fff：:（(])[-－−]\Z|负\Z")  # 同比-5%, 负0.2℃
_HALF = re.compile("半(?![成导径年])")
_RANGES_ON = re.compile(r"[%％\w][-－—]\Z")
_LATIN = re.compile("[A-Za-z_]")
_JOINS = re.compile(r"[、和与及]|以及|[,，]?(?:其次|再)")
_TO = re.compile(r"\s?(?:[-—–－~～]{1,2}|至|到)\s?")
_PARTS = {"百": "%", "千": "‰", "万": "‱"}
_SCALES = frozenset(("万", "亿", "万亿", "百万", "千万", "十亿", "百亿", "千亿", "百", "千", "十万"))


def number_pattern(units: Sequence[str]) -> re.Pattern[str]:
    """A pattern for a number with one of `units`, or with none."""
    named = "|".join(
        re.escape(unit) + "(?![A-Za-z])" * unit[-1].isascii() * unit[-1].isalpha()
        for unit in sorted(units, key=lambda unit: (-len(unit), unit))
    )
    unit = rf"(?:{named})(?:（[艘架列套台次家户名个辆只件、]{{1,8}}）)?次?(?:\s?[/／]\s?(?:{named}))?"
    return re.compile(
        rf"(?=[\d$百千万亿{_CHINESE}])(?:\$\s?(?P<tex>\d[\d\s.]*?)\s?\\%\s?\$"
        rf"|(?P<whole>[百千万]|[{_CHINESE}]{{1,3}}|\d{{1,4}})分之(?P<part>(?:{_FIGURES})|{_NUMERAL})"
        rf"|(?P<number>{_NUMBER}|(?<=[超近达破上过逾数约])(?:百|千)?(?:万亿|亿|万)(?!一|[{_CHINESE}]))\s?"
        rf"(?P<more>[余多])?(?P<scale>{_SCALE})?(?P<more_2>[余多])?\s?(?P<unit>{unit})?)"
    )


def amounts(text: str, start: int, end: int, patterns: Patterns) -> list[Amount]:
    """The figures of text[start:end] in order, with ranges as one and units that a list shares."""
    found = [
        amount for match in patterns.number.finditer(text, start, end) if (amount := _read(text, match, start, end, patterns))
    ]
    found = _in_ranges(text, found)
    shared = _with_shared_units(text, found)
    return _with_shared_bounds(text, [_bounded(text, amount, start, end, patterns) for amount in shared])


def _read(text: str, match: re.Match[str], start: int, end: int, patterns: Patterns) -> Amount | None:
    before = text[match.start() - 1 : match.start()]
    follows = before in "-－—" and _RANGES_ON.search(text, start, match.start())
    signed = before in "-－−负" and _SIGN.search(text, start, match.start())
    if before == "," and _THOUSANDS.search(text, start, match.start()):
        return None
    if before and ((before in _NOT_BEFORE and not follows and not signed) or _LATIN.match(before)):
        return None
    if match["tex"]:
        value = re.sub(r"\s", "", match["tex"])
        return Amount(match.start(), match.start(), match.end(), value, "%", "=")
    if match["whole"]:
        return _share(match)
    unit, unit_end = _unit(text, match, patterns)
    if not unit and _SCALE_ONLY.fullmatch(match["number"]):
        return None  # 成达万高铁
    number, scale, spelled = _value(match["number"], match["scale"] or "", unit)
    if number is None:
        return None
    stop = unit_end if unit else max(match.end("number"), match.end("scale"), match.end("more_2"))
    if (not unit and _LATIN.match(text[stop : stop + 1])) or _HALF.match(text, stop):
        return None  # 5G, 3D, 一吨半
    sign = _SIGN.search(text, start, match.start())
    at = match.start() - bool(sign)
    bound = ">" if match["more"] or match["more_2"] else "="
    return Amount(at, at, stop, "-" * bool(sign) + number, f"{scale}{unit}", bound, spelled, not scale + unit)


def _share(match: re.Match[str]) -> Amount:
    """百分之五 → 5 %, 三分之一 as it stands."""
    part, whole = match["part"].replace(",", ""), match["whole"]
    if whole in _PARTS:
        value = part if part[0].isdigit() or "点" in part else str(integer(part))
        return Amount(match.start(), match.start(), match.end(), value, _PARTS[whole], "=")
    return Amount(match.start(), match.start(), match.end(), match[0], "", "=", spelled=True)


def _unit(text: str, match: re.Match[str], patterns: Patterns) -> tuple[str, int]:
    """The unit behind a number, and where it ends; "" where what looks like one opens a longer word: 家 in 千万家庭."""
    unit = match["unit"] or ""
    if not unit:
        return "", match.end()
    begin = match.start("unit")
    if not "\u4e00" <= unit[0] <= "\u9fff":
        return re.sub(r"\s", "", unit), match.end("unit")
    word = _first_word(text[begin : begin + 6])
    longer = len(word) > len(unit) and word not in patterns.units and not patterns.opens_predicate(word[len(unit) :])
    if longer and not word[: len(unit) + 1].endswith(("级", "次")):
        return "", match.end()
    return re.sub(r"\s", "", unit).replace("／", "/"), match.end("unit")


@lru_cache(maxsize=4096)
def _first_word(text: str) -> str:
    return next(iter(cutter()(text)), "")


def _value(number: str, scale: str, unit: str) -> tuple[str | None, str, bool]:
    """The value, the scale that goes with the unit, and whether the number is spelled."""
    if number[0].isdigit():
        return "".join(str(int(c)) if c.isdecimal() else "." for c in re.sub(r"[,\s]", "", number)), scale, False
    bare = re.fullmatch("([百千])?(万亿|亿|万)", number)
    if bare:
        return {"": "1", "百": "100", "千": "1000"}[bare[1] or ""], bare[2], False
    if re.search("[万亿点]", number) or (scale and len(number) > 1):
        return number, scale, True
    if not unit and not scale:
        return None, scale, True
    if unit == "成":
        return number, scale, True
    try:
        return str(integer(number)), scale, True
    except (KeyError, ValueError):
        return None, scale, True


def _in_ranges(text: str, found: list[Amount]) -> list[Amount]:
    """2—3家, 5%—10% as one amount each."""
    merged: list[Amount] = []
    for amount in found:
        last = merged[-1] if merged else None
        if last and _TO.fullmatch(text, last.end, amount.number) and _may_share(last.unit, amount.unit) and "/" not in last.value:
            merged[-1] = amount._replace(start=last.start, number=last.number, value=f"{last.value}/{amount.value}")
        else:
            merged.append(amount)
    return merged


def _may_share(first: str, second: str) -> bool:
    """Whether a number with the first unit, or none, may have that of the number behind it."""
    return bool(second) and (
        first in ("", second) or (first in _SCALES and second.startswith(first)) or (first == "个" and "个" in second)
    )


def _with_shared_units(text: str, found: list[Amount]) -> list[Amount]:
    """1409万、1305万人次: the first has the unit of the last."""
    for at in range(len(found) - 2, -1, -1):
        amount, following = found[at], found[at + 1]
        if listed(text, amount, following) and amount.unit != following.unit and _may_share(amount.unit, following.unit):
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
