"""Numbers with their units: 2.5亿人, 34.4%, 1,244万人, 百分之五, 三十万吨, 1亿2000万元, 三分之一, 一吨半, ￥300万, 1.2×10^6吨.

The value is the number as the text has it, without thousands marks, in figures of half width; small numbers in Chinese numerals
are worked out (十件 → 10, 一吨半 → 1.5), large ones and parts are kept (十二万四千, 三成, 三分之一, 数百). A range is “2/3”:
2—3家, 两三家, 二至三家.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from pipeline.annotate import numbers
from pipeline.annotate.words import cutter
from pipeline.model import Quantity
from pipeline.numerals import integer, number
from pipeline.ontology import Term
from pipeline.patterns import lazy

_SCALES = frozenset(("万", "亿", "万亿", "百万", "千万", "十亿", "百亿", "千亿", "百", "千", "十万"))
_PARTS = {"百": "%", "千": "‰", "万": "‱"}
# 第三批, A320, 〔2031〕5号, 另一家, 一〇二 within another number, 三又二分之一
_NOT_BEFORE = frozenset("0123456789.．-－—第另每又")
_LATIN = lazy("[A-Za-z_Ａ-Ｚａ-ｚ]")
_GOES_ON = lazy(rf"(?!百分[位点])[萬億{numbers.NUMERALS}]|[点．.][\d{numbers.NUMERALS}]")
_SIGNED = frozenset("：:（(，,、；;。~～|\n")  # or a Chinese character: 同比-5%
_TO = lazy(r"\s?(?:[-—–－~～]{1,2}|至|到)\s?")
_OPENS_RANGE = frozenset(" -—–－~～至到")
_WIDEST = 4  # characters between the two numbers of a range
_BARE_SCALE = lazy("([百千])?(万亿|亿|万)")
_PLACES_ONLY = lazy("[百千]?[万亿]+")
_WEIGHED = lazy(r"[，。；、：！？）)\s]|\Z|半(?![\u4e00-\u9fff])|[白黄]?[金银]|[重的]")  # 二两银子, not 二两个
_FIGURES = lazy(r"\d+(?:\.\d+)?")
_FORMULA = lazy(r"[^$\n]{0,100}(?:\$(?!\s?\d)|\\)")  # the dollar before a number opens TeX
_EXPONENTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def units_of(terms: Iterable[Term]) -> tuple[frozenset[str], Mapping[str, str]]:
    """The names of the units among `terms`, and the signs of currencies with theirs: ¥ → 元."""
    units = [term for term in terms if term.kind == "Unit"]
    signs = {term.notation: term.label for term in units if term.notation and unicodedata.category(term.notation[0]) == "Sc"}
    return frozenset(name for term in units for name in term.names), signs


class QuantityFinder:
    """Finds numbers with one of some units, and where a caller wants them those without.

    `signs` are the signs of currencies before a number with their units; `opens_predicate` tells that what is left of a word
    behind a unit begins a verb: 6次|降.
    """

    def __init__(
        self, units: Iterable[str], signs: Mapping[str, str], opens_predicate: Callable[[str], bool] = lambda words: False
    ) -> None:
        self._units = frozenset(unit for unit in {*units, "%", "％", "‰", "个百分点", "百分点"} if not numbers.is_scaled(unit))
        self._signs = dict(signs) | {wide: signs[sign] for wide, sign in zip("￥＄￡", "¥$£", strict=True) if sign in signs}
        self._opens_predicate = opens_predicate
        self._pattern = re.compile(numbers.pattern(self._units))

    def find(self, text: str, start: int = 0, end: int | None = None, *, bare: bool = True) -> list[Quantity]:
        """The numbers of text[start:end] in order, those without a unit only if `bare`; a range is one."""
        found: list[Quantity] = []
        for match in self._pattern.finditer(text, start, len(text) if end is None else end):
            if not bare and self._is_bare(text, match):
                continue
            here = self._read(text, match, start)
            last = found[-1] if found else None
            if (
                here
                and last
                and here.start - last.end <= _WIDEST
                and _TO.fullmatch(text, last.end, here.start)
                and _is_range(last, here)
            ):
                found[-1] = here._replace(start=last.start, value=f"{last.value}/{here.value}")
            elif here:
                found.append(here)
        return found if bare else [quantity for quantity in found if not quantity.bare]

    def _is_bare(self, text: str, match: re.Match[str]) -> bool:
        """Whether a number has no unit and no currency, and opens no range."""
        if match["unit"] or match["whole"] or match["tex"]:
            return False
        return (
            text[match.start() - 1 : match.start()] not in self._signs and text[match.end() : match.end() + 1] not in _OPENS_RANGE
        )

    def _read(self, text: str, match: re.Match[str], start: int) -> Quantity | None:
        if _is_part_of_more(text, match.start(), start):
            return None
        if match["whole"]:
            return _share(text, match)
        unit, stop = self._unit(text, match)
        if not unit and _GOES_ON.match(text, stop):
            return None  # 二〇二四, 八点三十分, 1.2.3
        if match["tex"]:
            value, scale, spelled = _tex(match), match["tex_scale"] or "", False
            unit = "%" if match["tex_percent"] else unit
        else:
            value, scale, spelled = _value(text, match, unit)
        if value is None or (not unit and (_LATIN.match(text, stop) or _PLACES_ONLY.fullmatch(match["number"] or ""))):
            return None  # 5G, 3D, 成达万高铁
        return self._made(text, match, start, Quantity(match.start(), stop, value, f"{scale}{unit}", spelled=spelled))

    def _made(self, text: str, match: re.Match[str], start: int, found: Quantity) -> Quantity | None:
        """A quantity with its sign, its half, its currency, and how it is bounded by what it is itself."""
        at, unit, value = found.start, found.unit, found.value
        sign = self._signs.get(text[at - 1 : at]) if at > start else None
        if sign and unit in ("", *_SCALES) and not (text[at - 1] == "$" and _FORMULA.match(text, at)):
            unit += sign
            at -= 1 + 2 * text.startswith("US", at - 3)
        end = found.end
        if unit and text.startswith("半", end):
            value, unit, end = self._with_half(text, found._replace(value=value, unit=unit))
        more = match["more"] or match["more_2"]
        bound = "~" if match["vague"] or more == "来" else ">" if more else "="
        signed = _sign(text, start, at)
        if signed:
            value = "/".join(f"-{part}" for part in value.split("/"))
        return Quantity(at - signed, end, value, unit, bound, found.spelled, not unit)

    def _with_half(self, text: str, found: Quantity) -> tuple[str, str, int]:
        """一吨半 → 1.5 吨, 两个半小时 → 2.5 个小时; not 三家|半导体企业."""
        whole = number(found.value)
        if whole is None or whole % 1 or found.unit[0] in "百千万亿":
            return found.value, found.unit, found.end
        unit = self._parted(text, found)
        if unit == found.unit and _first_word(text[found.end : found.end + 6]) != "半":
            return found.value, found.unit, found.end
        return f"{whole:f}.5", unit, found.end + len(unit) - len(found.unit) + 1

    def _parted(self, text: str, found: Quantity) -> str:
        """The unit of a number whose 半 stands within it: 两个|半|小时."""
        parted = [unit for unit in self._units if unit[0] == found.unit == "个" and text.startswith(unit[1:], found.end + 1)]
        return max(parted, key=len, default=found.unit)

    def _unit(self, text: str, match: re.Match[str]) -> tuple[str, int]:
        """The unit behind a number, and where it ends; "" where what looks like one opens a longer word: 家 in 千万家庭."""
        unit, begin = match["unit"] or "", match.start("unit")
        if unit and "\u4e00" <= unit[0] <= "\u9fff":
            word = _first_word(text[begin : begin + 6])
            rest = word[len(unit) :]
            longer = rest not in ("", "整", "半") and word not in self._units and not self._opens_predicate(rest)
            if (longer and not word[: len(unit) + 1].endswith(("级", "次"))) or (
                unit == "两" and not _WEIGHED.match(text, begin + 1)
            ):
                unit = ""
        if unit:
            return re.sub(r"\s", "", unit).replace("／", "/"), match.end("unit")
        stop = begin if match["unit"] else match.end()
        return "", match.start() + len(text[match.start() : stop].rstrip())


def is_measured(quantity: Quantity) -> bool:
    """Whether a number with a unit says how much there is: no part of a name as 十年 in 十年禁渔 may be, no 三个 and no 百万."""
    return quantity.unit not in _SCALES and not (quantity.spelled and quantity.end - quantity.start == 2)


def _is_part_of_more(text: str, at: int, start: int) -> bool:
    """Whether a number that begins at `at` is only a part of something: 第三批, 1.2.3, B20."""
    before, second = text[max(start, at - 1) : at], text[max(start, at - 2) : max(start, at - 1)]
    if not before:
        return False
    if before == ",":
        return second.isdecimal()
    if before in "-－—" and (second.isalnum() or second in ("%", "％")):
        return False  # the second of a range, or signed
    return (before in _NOT_BEFORE and not (before in "-－" and _sign(text, start, at))) or bool(_LATIN.match(before))


def _sign(text: str, start: int, at: int) -> int:
    """How long the sign of a number is that begins at `at`: 负0.2℃, 零下12℃, 同比-5%; none in 5-20%."""
    for word in ("负", "零下"):
        if text.endswith(word, start, at):
            return len(word)
    if at == start or text[at - 1] not in "-－−":
        return 0
    before = text[at - 2 : at - 1] if at - 2 >= start else "\n"
    return int(before in _SIGNED or "\u4e00" <= before <= "\u9fff")


def _is_range(first: Quantity, second: Quantity) -> bool:
    return "/" not in first.value and "/" not in second.value and may_share(first.unit, second.unit)


def may_share(first: str, second: str) -> bool:
    """Whether a number with the first unit, or none, may have that of the number behind it."""
    return bool(second) and (
        first in ("", second) or (first in _SCALES and second.startswith(first)) or (first == "个" and "个" in second)
    )


def _share(text: str, match: re.Match[str]) -> Quantity | None:
    """百分之五 → 5 %, 百分之二三十 → 20/30 %, 三分之一 as it stands."""
    part, whole = numbers.figures(match["part"]), match["whole"]
    if _GOES_ON.match(text, match.end()) or _LATIN.match(text, match.end()):
        return None
    if whole not in _PARTS:
        vague = whole[0] in "几数"
        exact = not re.search("[.点]", part)
        return Quantity(*match.span(), match[0], "", "~" if vague else "=", True) if exact else None
    value = numbers.between(part) or (part if part[0].isdigit() or re.search("[点万亿]", part) else str(integer(part)))
    return Quantity(*match.span(), value, _PARTS[whole])


def _tex(match: re.Match[str]) -> str | None:
    """$1 . 2 \\times 1 0 ^ { 6 }$ → 1.2×10^6."""
    value, power = re.sub(r"\s", "", match["tex"]), re.sub(r"\s", "", match["tex_power"] or "")
    return f"{value}×10^{power}" if power else value


def _value(text: str, match: re.Match[str], unit: str) -> tuple[str | None, str, bool]:
    """The value, the scale that goes with the unit, and whether the number is spelled."""
    plain, scale = numbers.figures(match["number"]), match["scale"] or ""
    if match["times"]:
        power = (match["power"] or match["raised"].translate(_EXPONENTS)).strip()
        return f"{plain.partition(match['times'])[0].strip()}×10^{power}", scale, False
    if _FIGURES.fullmatch(plain):
        return plain, scale, False
    bare = _BARE_SCALE.fullmatch(plain)
    if bare:
        return {"": "1", "百": "100", "千": "1000"}[bare[1] or ""], bare[2], False
    if match["vague"]:
        return (plain if _begins_word(text, match.start()) and unit + scale else None), scale, True
    worth = number(plain + scale)
    if re.search("[万亿]", plain):  # 1亿2000万元: the value has the scales, the unit has none
        return (plain + scale if worth is not None else None), "", not plain[0].isdigit()
    return _spelled(text, match, unit, plain, worth), scale, True


def _spelled(text: str, match: re.Match[str], unit: str, plain: str, worth: Decimal | None) -> str | None:
    """The value of a small number in numerals; None where it is a part of a word: 五角大楼, 一次性, 三门峡, 统一到五家."""
    if unit and len(plain) <= 2:
        word = _first_word(text[match.start() : match.start() + 6])
        if word[match.end("unit") - match.start() :] not in ("", "半"):
            return None
    near = numbers.between(plain)
    if near or worth is None:
        return near if unit else None
    if not (unit or match["scale"]) and (
        plain == "零" or (len(plain) == 1 and not _is_word(text, match.start(), match.end("number")))
    ):
        return None
    kept = unit in ("成", "折") or "点" in plain or (match["scale"] and len(plain) > 1)
    return plain if kept else str(number(plain))


@lru_cache(maxsize=4096)
def _first_word(text: str) -> str:
    return next(iter(cutter(guesses=False)(text)), "")


def _begins_word(text: str, at: int) -> bool:
    """Whether a word begins at `at`: 约|数百人, not 总人|数百分比."""
    before = text[max(0, at - 3) : at]
    ends = 0
    for word in cutter()(before + text[at : at + 2]):
        if ends == len(before):
            return True
        ends += len(word)
    return False


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether a numeral that stands alone is a word: 三|至五家, not 统一|到五家."""
    *_, last = cutter()(text[max(0, start - 3) : end])
    return bool(last == text[start:end])
