"""Numbers as Chinese texts write them: 2024, ２０２４, 二〇二四, 二O二四, 两千零二十四, 廿三; 1亿2000万, 三万五, 壹佰贰拾."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.patterns import lazy

# What stands for 〇 in a year: 零, circles of all kinds, the letter O of several scripts, the digit.
ZEROS = "〇零○◯⚪∘OoＯｏΟоО0０"
ONES = "一二三四五六七八九"
_DIGITS = {**dict.fromkeys(ZEROS, 0), **{numeral: at for at, numeral in enumerate(ONES, 1)}, "两": 2, "元": 1, "初": 0}
_TENS = {"廿": 20, "卅": 30}
_UNITS = {"十": 10, "百": 100, "千": 1000}
# The numerals of cheques and contracts, each for one.
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
_FORMAL = str.maketrans(FORMAL, f"{ONES}十百千")
_SCALES = (("兆", 12), ("亿", 8), ("万", 4))
_PIECES = lazy(f"[十百千]|[零〇]+|\\d+(?:\\.\\d+)?|[两{ONES}]")


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


def number(text: str) -> Decimal | None:
    """The value of a number without its sign, of any size: 1,234.5, 3万4000, 四亿五千万, 十五点七; 三万五 is 35000.

    None where it is none, or where its places do not go down: 三万五万, 二三十.
    """
    plain = "".join(str(int(c)) if c.isdecimal() else c for c in re.sub(r"[,，\s]", "", text).replace("．", "."))
    return _scaled(plain.translate(_FORMAL).replace("○", "〇"), 13)


def _scaled(text: str, below: int) -> Decimal | None:
    """A number of less than 10^`below` in figures, numerals or both."""
    for mark, power in _SCALES:
        head, scale, tail = text.rpartition(mark)
        if not scale:
            continue
        high = _scaled(head, power) if mark not in head else None
        low = _rest(tail, power)
        if high is None or low is None or low >= 10**power or power >= below:
            return None
        return high.scaleb(power) + low
    return _small(text)


def _rest(text: str, power: int) -> Decimal | None:
    """What stands behind 万, 亿 or 兆; a single digit is one of its tenths: 三万五, 1亿2."""
    if not text:
        return Decimal(0)
    if re.fullmatch(f"[\\d两{ONES}]", text):
        value = number(text)
        return None if value is None else value.scaleb(power - 1)
    return _scaled(text, power)


def _small(text: str) -> Decimal | None:
    """A number in figures of any length, or one below ten thousand in numerals; a last digit of it is one of tenths: 两千四."""
    whole, point, part = text.partition("点")
    if point:
        head, places = _small(whole) if whole else Decimal(0), "".join(str(_DIGITS.get(character, "")) for character in part)
        return None if head is None or len(places) != len(part) or not part else head + Decimal(f"0.{places}")
    pieces = _PIECES.findall(text)
    if "".join(pieces) != text or not text:
        return None
    total, digit, last, zero = Decimal(0), None, 10_000, False
    for piece in pieces:
        if piece in _UNITS:
            if _UNITS[piece] >= last:
                return None
            total, digit, last, zero = total + (1 if digit is None else digit) * _UNITS[piece], None, _UNITS[piece], False
        elif piece[0] in "零〇":
            zero = True
        elif digit is not None:
            return None
        else:
            digit = Decimal(piece) if piece[0].isdecimal() else Decimal(_DIGITS[piece])
    tenths = digit is not None and digit < 10 and last in (100, 1000) and not zero
    return total + (digit or 0) * (last // 10 if tenths else 1)
