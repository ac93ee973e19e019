"""Numbers with their units: 2.5亿人, 34.4%, 1,244万人, 百分之五, 三十万吨."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model import Quantity

_NUMBER = r"\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千]+(?:点[一二三四五六七八九零]+)?(?=[万亿])"
_PART_OF_A_WORD = frozenset("0123456789.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def quantity_pattern(units: Iterable[str]) -> re.Pattern[str]:
    """A pattern for a number followed by one of `units`, longest first."""
    first = re.escape("".join(sorted({unit[0] for unit in units} | set("十百千万亿余多%％个"))))
    named = "|".join(re.escape(unit) for unit in sorted(set(units), key=lambda unit: (-len(unit), unit)))
    return re.compile(
        rf"百分之(?P<percent>\d+(?:\.\d+)?|[一二三四五六七八九十百]+)"
        rf"|(?P<value>{_NUMBER})\s?(?=[{first}])(?P<unit>(?:[十百千]?万亿|[十百千]?[万亿]|[余多]){{0,2}}(?:%|％|个百分点|"
        rf"{named}))"
    )


def find_quantities(text: str, pattern: re.Pattern[str]) -> Iterator[Quantity]:
    """Every quantity of `text`; the value without thousands marks, the unit as it stands."""
    for match in pattern.finditer(text):
        if text[match.start() - 1 : match.start()] in _PART_OF_A_WORD:
            continue
        if match["percent"]:
            yield Quantity(match.start(), match.end(), match["percent"], "%")
        else:
            yield Quantity(match.start(), match.end(), match["value"].replace(",", ""), match["unit"])
