"""Whether the characters of a page are text: fonts that do not say what their glyphs mean give others in their place."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from pipeline.patterns import lazy

STRANGE = lazy("[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\ufffd\ue000-\uf8ff]")  # pdfium puts \x02 for a hyphen
HAN = lazy("[\u3400-\u9fff]")
WORDS = lazy(r"(?<![A-Za-z])(?:[A-Z]?[a-z]+|[A-Z]{2,})(?![A-Za-z])|[\u00c0-\u04ff]+|\d+(?:[.,:/-]\d+)*%?")
MOSTLY = 0.5  # share of the characters that no font names: so many are no text
SOME = 0.08  # the same, where there is hardly a Chinese character
HARDLY = 0.1
SAMPLE = 100  # characters that tell whether they are words
COMMON = 0.35  # share of everyday characters in a Chinese text; at least six in ten, also in traditional ones


def is_readable(characters: str, mapless: Collection[int]) -> bool:
    """Whether the characters of a page are text; `mapless` are the indexes of those whose font does not name them."""
    strange = {match.start() for match in STRANGE.finditer(characters)} | set(mapless)
    count = sum(not char.isspace() for char in characters) or 1
    if len(strange) > MOSTLY * count:
        return False
    han = HAN.findall(characters)
    if len(han) < HARDLY * count:
        words = sum(map(len, WORDS.findall(characters)))
        return len(strange) <= SOME * count and (count < SAMPLE or words > MOSTLY * count)
    return len(han) < SAMPLE or sum(char in _everyday() for char in han) > COMMON * len(han)


@cache
def _everyday() -> frozenset[str]:
    """The characters of the first level of GB/T 2312: the 3,755 that are used most."""
    rows, cells = range(0xB0, 0xD8), range(0xA1, 0xFF)
    return frozenset("".join(bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells))
