"""Numbers with their units: 2.5亿人, 34.4%, 1,244万人, 百分之五, 三十万吨, 1亿2000万元, 三分之一.

The value is the number as it stands, without thousands marks, in figures of half width: 三十 of 三十万吨 with the unit 万吨.
Only a number with 万 or 亿 inside is worked out, as 120000000 元. What only comes near a number (二三十, 几十万, 两米半) is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.annotate.numerals import ONES, integer
from pipeline.model import Quantity

_DIGITS = f"零〇两{ONES}"
_CHINESE = f"{_DIGITS}十百千"
# A run of figures is read from its first figure only, and never read back into: it may be as long as the document.
_FIGURES = r"(?:\d{1,3}(?:,\d{3})++(?![,，]?\d)|\d++)(?:[.．]\d++)?+"
_NUMERALS = (
    f"(?=[{_CHINESE}])(?:[{_DIGITS}]?千)?零?(?:[{_DIGITS}]?百)?零?(?:[{_DIGITS}]?十)?零?[{_DIGITS}]?(?<=[{_CHINESE}])"
    f"(?:点[零〇{ONES}]++)?+"
)
_NUMBER = rf"(?:{_FIGURES}|{_NUMERALS})(?:[万亿]零?(?=[\d{_DIGITS}十])(?:{_FIGURES}|{_NUMERALS}))*+"
_PER = {"百": "%", "千": "‰", "万": "‱"}
_PART_OF_A_WORD = frozenset("0123456789.．%％ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
# 几十万, 数百万, 第三批次, 三百又三分之一, 壹百
_NOT_ALONE = frozenset("几数第好又壹贰叁肆伍陆柒捌玖拾佰仟萬億")
_GOES_ON = re.compile(rf"[\d{_CHINESE}点]")
_HALF = re.compile("半(?![成导径年])|几")
_SIGN = re.compile(r"(?:(?<![\w%％)）”])|(?<=[为至到达约]))[-－−]$|负$")  # in 广州-5公里 and 5-20% it is none
_SIGN_OF_SHARE = re.compile(r"(?<=[\u4e00-\u9fff])[-－−]$")  # 同比-5%
_SCALE = {"万": 10**4, "亿": 10**8}
_SHORT = re.compile(f"[百千万亿][{ONES}两]$")  # 两千四: 2400, not 2004


def quantity_pattern(units: Iterable[str]) -> re.Pattern[str]:
    """A pattern for a number followed by one of `units`, longest first; per cent is always one."""
    units = {*units, "%", "％", "个百分点"}
    first = re.escape("".join(sorted({unit[0] for unit in units} | set("十百千万亿余多"))))
    named = "|".join(re.escape(unit) for unit in sorted(units, key=lambda unit: (-len(unit), unit)))
    # It opens with one set of characters: that is what `re` scans for fast.
    return re.compile(
        rf"(?=[0-9０-９{_CHINESE}万])(?<![\d{_CHINESE}])(?<![万亿])(?<!\d[,，])(?<![\d{_CHINESE}][万亿点])"
        rf"(?:(?P<per>[百千万]|\d{{1,6}}|[{_CHINESE}]{{1,6}})分之(?P<share>{_NUMBER})(?![\d{_CHINESE}万亿几A-Za-zＡ-Ｚａ-ｚ.．]|\s?[点點]|[,，]\d)"
        rf"|(?P<number>{_NUMBER})(?P<space>\s?)(?=[{first}])"
        rf"(?P<unit>(?P<scale>(?:[十百千]?万亿|[十百千]?[万亿]|[余多]){{0,2}})(?P<named>{named}))(?!分之))"
    )


def find_quantities(text: str, pattern: re.Pattern[str]) -> Iterator[Quantity]:
    """Every quantity of `text`; the value without thousands marks, the unit as it stands."""
    for match in pattern.finditer(text):
        start = match.start()
        before = text[start - 1 : start]
        spaced = before.isspace() and _GOES_ON.match(text, start - 2)  # 1 000元
        if before in _PART_OF_A_WORD or before in _NOT_ALONE or spaced or _HALF.match(text, match.end()):
            continue
        value, unit = _share(match) if match["per"] else _amount(match)
        if value is None:
            continue
        sign = _SIGN.search(text, max(0, start - 2), start)
        negative = bool(sign or (unit in ("%", "％", "‰") and _SIGN_OF_SHARE.search(text, max(0, start - 2), start)))
        yield Quantity(start - negative, match.end(), "-" * negative + value, unit)


def _share(match: re.Match[str]) -> tuple[str | None, str]:
    """百分之五 → 五 %, 三分之一 → 1/3."""
    part, whole = _plain(match["share"]), match["per"]
    if whole in _PER:
        return part, _PER[whole]
    if not (part.isdecimal() or set(part) <= set(_CHINESE)) or not (whole.isdecimal() or re.fullmatch(_NUMERALS, whole)):
        return None, ""
    return f"{integer(part)}/{integer(whole)}", ""


def _amount(match: re.Match[str]) -> tuple[str | None, str]:
    number, unit = match["number"], match["unit"]
    if not re.search("[万亿]", number):
        vague = len(number) == 1 and number in _CHINESE and not match["scale"] and len(unit) == 1  # 一度, 十分, 三角
        return (None if vague else _plain(number)), unit
    if match["scale"] not in ("", "万", "亿"):
        return None, unit
    return _worked_out(number + match["scale"]), match["named"]


def _plain(number: str) -> str:
    """The number as it stands, in figures of half width."""
    figures = number.replace(",", "").replace("．", ".")
    return "".join(str(int(character)) if character.isdecimal() else character for character in figures)


def _worked_out(number: str) -> str | None:
    """1亿2000万 → 120000000; None where the last place is not told (三万五) or the places do not go down."""
    total, scale_before = Decimal(0), 10**12
    for digits, scale in re.findall("([^万亿]+)([万亿]?)", number):
        plain = _plain(digits)
        here = _SCALE.get(scale, 1)
        if here >= scale_before or _SHORT.search(plain) or "点" in plain:
            return None
        written = plain.lstrip("零") or "零"
        whole = Decimal(written) if written.replace(".", "").isdecimal() else Decimal(integer(written))
        if scale_before < 10**12 and whole < 10 and not plain.startswith("零") and not written.isdecimal():
            return None
        total, scale_before = total + whole * here, here
    return f"{total.normalize():f}"
