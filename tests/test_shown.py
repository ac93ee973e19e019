"""What is shown is what a reader sees, and nothing that acts on a terminal or in a spreadsheet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.rows import Cell
from pipeline.shown import as_read, csv_cell, harmless, xml_text


@pytest.mark.parametrize(
    ("quote", "read"),
    [
        ("港口与\n腹地", "港口与腹地"),
        ("港口与 \r\n  腹地", "港口与腹地"),
        ("Deep\nWater 港", "Deep Water 港"),
        ("以**链长**为", "以链长为"),
        ("链长**为", "链长为"),
        ("## 一、港口", "一、港口"),
        ("> 港口\n> 腹地", "港口腹地"),
        ("见[港城志](https://x.org/a)。", "见港城志。"),
        ("港口[^1]，`代码`", "港口，代码"),
        ("2*3*4 与 ____ 与 a_b_c", "2*3*4 与 ____ 与 a_b_c"),
        ("红\x1b[31m字\x9b0m", "红\ufffd[31m字\ufffd0m"),
        ("倒\u202e序", "倒\ufffd序"),
        ("港口\n\t泊位\n\t吃水", "港口 泊位 吃水"),
    ],
)
def test_as_read(quote: str, read: str) -> None:
    assert as_read(quote) == read


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+A1", "'+A1"),
        ("-A1", "'-A1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("-1", "-1"),
        ("-1,200.5", "-1,200.5"),
        ("+3%", "+3%"),
        ("-1+1", "'-1+1"),
        (Decimal("-0.50"), "-0.50"),
        (-3, "-3"),
        (True, "true"),
        (None, ""),
        ("港口", "港口"),
    ],
)
def test_csv_cells(cell: Cell, text: str) -> None:
    assert csv_cell(cell) == text


def test_xml_text() -> None:
    assert xml_text("a\x00\x0b\ufffe\uffff\ud800b\t\n𠀀") == "a\ufffd\ufffd\ufffd\ufffd\ufffdb\t\n𠀀"


def test_no_control_character_is_left() -> None:
    """C0 but tab and line feed, C1 whole (U+0085 moves a terminal's cursor, U+009B begins a sequence), what turns directions."""
    odd = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    assert harmless("".join(map(chr, odd))) == "\ufffd" * len(odd)
    assert harmless("港口\t\n𠮷　é") == "港口\t\n𠮷　é"
