"""Numbers with their units: 2.5亿人, 34.4%, 1,244万人, 百分之五, 三十万吨."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model import Quantity

_CHINESE = "一二三四五六七八九十百千"
_PART_OF_A_WORD = frozenset("0123456789.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def quantity_pattern(units: Iterable[str]) -> re.Pattern[str]:
    """A pattern for a number followed by one of `units`, longest first; per cent is always one."""
    units = {*units, "%", "％", "个百分点"}
    first = re.escape("".join(sorted({unit[0] for unit in units} | set("十百千万亿余多"))))
    named = "|".join(re.escape(unit) for unit in sorted(units, key=lambda unit: (-len(unit), unit)))
    # It opens with one set of characters: that is what `re` scans for fast. A run of figures is read from its first figure only,
    # and never read back into: it may be as long as the document.
    return re.compile(
        rf"[0-9０-９{_CHINESE}](?:(?<=百)分之(?P<percent>\d+(?:\.\d+)?|[一二三四五六七八九十百]+)"
        rf"|(?:(?<=\d)(?<!\d\d)(?<!\d,\d)\d*+(?:,\d++)*+(?:\.\d++)?+"
        rf"|(?<=[{_CHINESE}])(?<![{_CHINESE}]{{2}})[{_CHINESE}]*+(?:点[一二三四五六七八九零]++)?+(?=[万亿]))(?P<space>\s?)(?=[{first}])"
        rf"(?P<unit>(?:[十百千]?万亿|[十百千]?[万亿]|[余多]){{0,2}}(?:{named})))"
    )


def find_quantities(text: str, pattern: re.Pattern[str]) -> Iterator[Quantity]:
    """Every quantity of `text`; the value without thousands marks, the unit as it stands."""
    for match in pattern.finditer(text):
        if text[match.start() - 1 : match.start()] in _PART_OF_A_WORD:
            continue
        if match["percent"]:
            yield Quantity(match.start(), match.end(), match["percent"], "%")
        else:
            value = text[match.start() : match.start("space")].replace(",", "")
            yield Quantity(match.start(), match.end(), value, match["unit"])
