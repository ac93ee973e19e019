"""Numbers with their units."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extracting import annotate


def weak(text: str, expected: list[tuple[str, str, str]], reason: str) -> Any:
    """A row that the product does not meet yet, and why."""
    return pytest.param(text, expected, marks=pytest.mark.xfail(reason=reason, strict=True))


QUANTITIES = [
    ("捕捞2.5亿吨", [("2.5亿吨", "2.5", "亿吨")]),
    ("占34.4%", [("34.4%", "34.4", "%")]),
    ("占34.4％", [("34.4％", "34.4", "％")]),
    ("惠及1,244万人", [("1,244万人", "1244", "万人")]),
    ("百分之五", [("百分之五", "五", "%")]),
    ("百分之12.5", [("百分之12.5", "12.5", "%")]),
    ("百分之三十二", [("百分之三十二", "三十二", "%")]),
    ("三十万吨货轮", [("三十万吨", "三十", "万吨")]),
    ("一点五亿元", [("一点五亿元", "一点五", "亿元")]),
    ("提高2个百分点", [("2个百分点", "2", "个百分点")]),
    ("100余万元", [("100余万元", "100", "余万元")]),
    ("航程1200公里", [("1200公里", "1200", "公里")]),
    ("养殖面积387万亩", [("387万亩", "387", "万亩")]),
    ("总投资1.2万亿元", [("1.2万亿元", "1.2", "万亿元")]),
    ("装机容量500万千瓦", [("500万千瓦", "500", "万千瓦")]),
    ("气温26℃，风速8米", [("26℃", "26", "℃"), ("8米", "8", "米")]),
    ("出口50万辆，增长8.1%", [("50万辆", "50", "万辆"), ("8.1%", "8.1", "%")]),
    ("深度 300 米", [("300 米", "300", "米")]),
    weak("１２％的涨幅", [("１２％", "12", "％")], "full-width digits are kept in the value"),
    weak("-5%的降幅", [("-5%", "-5", "%")], "the sign is left out"),
    weak("三百米深", [("三百米", "三百", "米")], "a number in Chinese numerals is found before 万 and 亿 only"),
    weak("二十个百分点", [("二十个百分点", "二十", "个百分点")], "a number in Chinese numerals is found before 万 and 亿 only"),
    weak("百分之1,200", [("百分之1,200", "1200", "%")], "百分之 takes no thousands marks"),
    ("2.5吨半成品", [("2.5吨", "2.5", "吨")]),
    ("型号B20吨位未知", []),
    ("版本1.2.3元数据", []),
    ("甲1,200.5万吨，乙12,3元", [("1,200.5万吨", "1200.5", "万吨"), ("12,3元", "123", "元")]),
    ("渔民很多", []),
    ("第3章", []),
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_quantities(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(text[q.start : q.end], q.value, q.unit) for q in annotate(text).quantities] == expected
