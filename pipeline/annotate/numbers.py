"""The pattern of a number in figures, in numerals or in both, with what may scale it and one of some units behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.numerals import FORMAL, ONES, integer
from pipeline.patterns import lazy

NUMERALS = f"零〇○两{ONES}十百千"
_ONE = f"[零〇○两{ONES}]"
# 千米, 百帕 and 千字节 are units of their own, and so is 百分点.
_OWN = "(?:千(?:[米瓦克伏卡焦赫帕安比牛]|字节)|百(?:帕|分点))"
_SCALE = f"(?:[十百千]?(?:万亿|亿|万)|(?!{_OWN})[百千](?=[\\u4e00-\\u9fff]))"
# A run of figures is read from its first figure only, and never read back into: it may be as long as the document.
_WHOLE = r"(?:\d{1,3}(?:,\d{3})++(?![,，]?\d)|[０-９]{1,3}(?:，[０-９]{3})++(?![,，]?\d)|\d{1,3}(?:\s\d{3})++(?![\d.])|\d++)"
_FIGURES = rf"{_WHOLE}(?:[.．]\d++)?+"
_PLACED = rf"\d(?!{_OWN})[千百](?:零?\d百)?(?:零?\d十)?(?:零?\d{{1,2}}(?!\d))?"  # 5千4百
_SPELLED = (
    f"(?:(?=[{NUMERALS}])(?:{_ONE}?(?!{_OWN})千)?零?(?:{_ONE}?(?!{_OWN})百)?零?(?:{_ONE}?十)?零?[〇○{ONES}]?(?<=[{NUMERALS}])|两)"
)
_POINTED = f"{_SPELLED}(?:点[零〇{ONES}]++)?+"
_FORMAL = f"[{FORMAL}][{FORMAL}零]++|[{FORMAL[:9]}](?=[万亿]?[元圆])|拾(?=[万亿])"
# Behind 万 stand four figures, or what has a place of its own: 3万4000, 1亿2000万, 25万6千; 57.8万|700MHz are two numbers.
_PLAIN_TAIL = r"零\d{1,4}(?!\d)|\d{4}(?!\d)|\d{1,4}(?=万)"
_TAIL = rf"(?:万亿|[万亿兆])(?:{_PLAIN_TAIL}|零?(?:{_PLACED}|{_FORMAL})|零?(?!两(?![百千])){_POINTED})"
_NUMBER = (
    rf"(?:{_WHOLE}[.．]\d++|(?:(?=\d.零?\d){_PLACED}|{_WHOLE}|{_FORMAL}|{_POINTED})(?:{_TAIL})*+(?:[万亿]点[零〇{ONES}]++)?+)"
)
_PAIRS = "二三|两三|三四|三五|四五|五六|六七|七八|八九"
_NEAR = f"(?:{_ONE}?十)?(?:{_PAIRS})(?:十|百|(?!{_OWN})千)?(?![{NUMERALS}点])"
_VAGUE = f"(?:[{ONES}]?十几|[几数](?:十|百(?!分)|千)|[几数](?=[万亿]))"
_POWER = r"(?P<times>\s?[×xX*]\s?10)(?:\^\s?(?P<power>-?\d{1,2})|(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))"
_SHARE = rf"(?P<whole>(?:{_SPELLED})?万|[百千]|{_SPELLED}|\d{{1,6}}|[几数]十?)分之(?P<part>{_FIGURES}|{_NEAR}|{_POINTED})"
_TEX = (
    r"\$\s?(?P<tex>\d[\d\s]*+(?:\.[\d\s]++)?)(?:\\times\s?1\s?0\s?\^\s?\{\s?(?P<tex_power>-?[\d\s]{1,5})\}\s?)?"
    rf"(?P<tex_percent>\\%)?\s?(?P<tex_end>\$)\s?(?P<tex_scale>{_SCALE})?"
)
_BRACKETED = "（[艘架列套台次家户名个辆只件、]{1,8}）"
_BETWEEN = lazy(f"(?P<stem>{_ONE}?十)?(?P<first>{_ONE})(?P<second>{_ONE})(?P<power>[十百千]?)")


def pattern(units: Iterable[str]) -> str:
    """A pattern for a number with one of `units` behind it, or with none. A number opens with one set of characters: that is
    what `re` scans for fast.
    """
    names = sorted(units, key=lambda unit: (-len(unit), unit))
    named = "|".join(map(_as_it_stands, names))
    opens = re.escape("".join(sorted({name[0] for name in names})))  # behind most numbers stands no unit: hundreds need no look
    unit = rf"(?=[{opens}])(?:{named})(?:{_BRACKETED})?次?(?:\s?[/／]\s?(?:{named}))?"
    bare_scale = r"(?<=[超近达破上过逾约])(?:百|千)?(?:万亿|亿|万)(?!一)"
    return (
        rf"(?=[\d$百千万亿几数{NUMERALS}{FORMAL}])(?<![\d{NUMERALS}])(?:{_SHARE}"
        rf"|(?:{_TEX}|(?P<number>(?P<vague>{_VAGUE})|{_FIGURES}{_POWER}|{_NEAR}|{_NUMBER}|{bare_scale})"
        rf"\s?(?P<more>[余多来])?(?P<scale>{_SCALE})?(?P<more_2>[余多])?)\s?(?P<unit>{unit})?)"
    )


def _as_it_stands(unit: str) -> str:
    """A unit as a pattern; one in letters ends where no letter follows, m is not that of m2."""
    latin = unit[-1].isascii() and unit[-1].isalnum() and any(character.isalpha() for character in unit)
    return re.escape(unit) + ("(?![A-Za-z0-9²³])" if latin else "")


def is_scaled(unit: str) -> bool:
    """Whether a unit is a scale and another one: 万元, 百万元; not 千瓦."""
    return bool(re.match(f"[万亿]|(?!{_OWN})[百千]", unit))


def figures(text: str) -> str:
    """A number as it stands, without thousands marks, in figures of half width."""
    if text.isascii() and text.isdecimal():
        return text
    plain = re.sub(r"(?<=\d)[,，\s](?=\d)", "", text).replace("．", ".")
    if plain.isascii():
        return plain
    return "".join(str(int(character)) if character.isdecimal() else character for character in plain)


def between(text: str) -> str | None:
    """A number of two neighbours as a range: 三四十 → 30/40, 十二三 → 12/13; None for any other."""
    match = _BETWEEN.fullmatch(text)
    if match is None or match["first"] + match["second"] not in _PAIRS.split("|"):
        return None
    stem, power = match["stem"] or "", match["power"]
    return "/".join(str(integer(f"{stem}{digit}{power}")) for digit in (match["first"], match["second"]))
