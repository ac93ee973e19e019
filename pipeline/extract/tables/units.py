"""Units as tables give them: in a column of their own, behind a head in brackets, above the table."""

from __future__ import annotations

import re
import unicodedata

from pipeline.extract.reader import Reader
from pipeline.patterns import lazy

SCALES = lazy("^[十百千万亿]+")
_FACTORS = lazy(r"[/·*每]")
_LATIN = lazy(r"[a-zA-Zμµ°℃℉Ω%‰￥$²³^\d]+")
_BRACKETS = lazy(r"[（(\[【]([^（）()\[\]【】]{1,16})[）)\]】]")
_POINTS = lazy("(?<=.)个?百分点$")
_AFTER_BAR = lazy(r"[/／]([^/／]{1,12})$")
_NAMED_UNIT = lazy(r"[:：]\s*([^:：（）()]{1,24})")
_LONGEST = 10  # characters


def is_unit(reader: Reader, text: str) -> bool:
    """Whether a text is the name of a unit: 亿元, %, 万人次, 元/吨, 千瓦·时, kg/m3; 台（套） too."""
    text = unicodedata.normalize("NFKC", text).strip()
    if not text or len(text) > _LONGEST or text[0].isdecimal():
        return False
    return _is_one(reader, text) or all(_is_one(reader, part) for part in _FACTORS.split(text))


def _is_one(reader: Reader, text: str) -> bool:
    bare = SCALES.sub("", text)
    if not text or not bare:
        return bool(text) and text != bare and text[0] in "万亿百千"
    if text in reader.wording.units or bare in reader.wording.units:
        return True
    return (
        reader.is_word(bare, "measures")
        or reader.is_word(bare, "table_units")
        or (len(bare) <= 5 and bool(_LATIN.fullmatch(bare)))
    )


def split_unit(reader: Reader, text: str) -> tuple[str, str | None]:
    """A head without its unit, and the unit: 产量（万吨） → 产量, 万吨; 增速/% → 增速, %; of brackets the last that hold one."""
    for match in reversed(list(_BRACKETS.finditer(text))):
        unit = match[1].rpartition("：")[2].rpartition(":")[2].strip()
        if is_unit(reader, unit):
            return text[: match.start()] + text[match.end() :], unit
    if text[-1:] in "%％‰" and len(text) > 1:
        return text[:-1], text[-1]
    points = _POINTS.search(text)
    if points:
        return text[: points.start()], points[0]
    bar = _AFTER_BAR.search(text)
    if bar and is_unit(reader, bar[1]):
        return text[: bar.start()], bar[1]
    return text, None


def unit_above(reader: Reader, line: str) -> str | None:
    """The unit that a line above a table gives for it: 单位：亿元, （单位：万人）, …（亿元）; None where it gives several."""
    named = _NAMED_UNIT.search(line) if reader.holds(line, "unit_columns") else None
    if named:
        parts = [part for part in re.split(r"[,，、;；\s]|币种", named[1].replace("人民币", "")) if part]
        units = [part for part in parts if is_unit(reader, part)]
        return units[0] if len({unit for unit in units if unit != "%"}) == 1 or len(units) == 1 else None
    return split_unit(reader, line)[1]
