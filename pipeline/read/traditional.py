"""Traditional characters → simplified ones, each for one, so that offsets stay (OpenCC, t2s)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.patterns import lazy

if TYPE_CHECKING:
    from opencc import OpenCC

_SAMPLE = 4_000  # characters from the beginning and from the middle that the choice looks at
_SHARE = 0.02  # of a sample; a name in a simplified text is far less
_TRADITIONAL = lazy(
    "[們這個來時說國會對發經過產業與為學務實際動員區關於問題環應當進將從後開點體現無論長東電機場價導權規劃專門號]"
)
_SHORT = 400  # characters of a sample in which every character counts


def simplified(text: str) -> tuple[str, int]:
    """The text in simplified characters where it is in traditional ones, of the same length; and how many were changed."""
    middle = max(_SAMPLE, len(text) // 2)
    sample = text[:_SAMPLE] + text[middle : middle + _SAMPLE]
    often = len(_TRADITIONAL.findall(sample)) >= max(3, _SHARE * len(sample))
    if not often and not (len(sample) <= _SHORT and _is_traditional(sample)):
        return text, 0
    plain = "\n".join(map(_line, text.split("\n")))
    return plain, sum(before != after for before, after in zip(text, plain, strict=True))


def _is_traditional(sample: str) -> bool:
    """At least two characters that only traditional text has, and four times as many as only simplified text has."""
    sides = [_side(char) for char in sample if char >= "\u4e00"]
    return sides.count(1) >= max(2, 4 * sides.count(-1))


@cache
def _side(char: str) -> int:
    """1 for a character of Big5 that is not in GB 2312, -1 for one of GB 2312 that is not in Big5, else 0."""
    return bool(char.encode("big5", "ignore")) - bool(char.encode("gb2312", "ignore"))


def _line(line: str) -> str:
    """By phrases, which know that 乾 is 干 but for 乾隆; by characters where a phrase has changed its length."""
    plain = str(_converter().convert(line))
    return plain if len(plain) == len(line) else "".join(map(_character, line))


@cache
def _character(char: str) -> str:
    plain = str(_converter().convert(char))
    return plain if len(plain) == 1 else char


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
