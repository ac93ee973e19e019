"""Numbers as Chinese texts write them: 2024, ２０２４, 二〇二四, 二O二四, 两千零二十四, 廿三."""

from __future__ import annotations

# What stands for 〇 in a year: 零, circles of all kinds, the letter O of several scripts, the digit.
ZEROS = "〇零○◯⚪∘OoＯｏΟоО0０"
ONES = "一二三四五六七八九"
_DIGITS = {**dict.fromkeys(ZEROS, 0), **{numeral: at for at, numeral in enumerate(ONES, 1)}, "两": 2, "元": 1, "初": 0}
_TENS = {"廿": 20, "卅": 30}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def integer(text: str) -> int:
    """The value of a whole number below ten thousand. Raises ValueError or KeyError where `text` is none."""
    if text.isdecimal():
        return int(text)
    if not any(character in _UNITS or character in _TENS for character in text):
        return int("".join(str(_DIGITS[character]) if character in _DIGITS else str(int(character)) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _TENS:
            total, digit = total + _TENS[character], 0
        else:
            digit = _DIGITS[character]
    return total + digit
