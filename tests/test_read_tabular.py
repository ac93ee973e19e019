"""Tables of plain text: lines that are one, and lines that only look like it."""

from __future__ import annotations

import pytest

from tests.extracting import read_text

ABOVE = "舟山市2031年渔业统计公报\n\n全市渔业生产平稳，渔民收入继续增加。\n\n"
BELOW = "\n\n各县区要按照要求做好统计工作，及时报送数据。\n"
TABLES = [
    pytest.param(
        "品种\t产量（吨）\t增长（%）\n带鱼\t12.3\t-2.2\n乌贼\t1,204\t5.0",
        [["品种", "产量（吨）", "增长（%）"], ["带鱼", "12.3", "-2.2"], ["乌贼", "1,204", "5.0"]],
        id="tabs",
    ),
    pytest.param(
        "品种    产量（吨）    增长（%）\n带鱼    12.3    -2.2\n乌贼    —    5.0",
        [["品种", "产量（吨）", "增长（%）"], ["带鱼", "12.3", "-2.2"], ["乌贼", "—", "5.0"]],
        id="blanks",
    ),
    pytest.param(
        "指标 全市（元）\n人均收入 39218\n人均支出 26796",
        [["指标", "全市（元）"], ["人均收入", "39218"], ["人均支出", "26796"]],
        id="one blank",
    ),
    pytest.param(
        "项目\t传统渔业\t现代渔业\n工具\t人力网具\t无人船\n管理\t凭经验\t凭数据",
        [["项目", "传统渔业", "现代渔业"], ["工具", "人力网具", "无人船"], ["管理", "凭经验", "凭数据"]],
        id="words",
    ),
]
NONE = [
    pytest.param("第一章 总则 1\n第二章 养殖 5\n第三章 附则 9", id="contents"),
    pytest.param("目 录\n会议须知 1\n会议议程 2\n议案 5", id="contents with a head"),
    pytest.param("联系人 张三\n电话 88223344\n传真 88223345", id="fields"),
    pytest.param("渔港 码头\n渔船 网具\n渔民 船员", id="words between blanks"),
    pytest.param("品种 产量\n带鱼 12.3", id="two lines"),
]


def rows_of(text: str) -> list[list[str]]:
    document = read_text(ABOVE + text + BELOW)
    return [[document.text[c.start : c.end] for c in block.cells] for block in document.blocks if block.kind == "table_row"]


@pytest.mark.parametrize(("text", "rows"), TABLES)
def test_tables(text: str, rows: list[list[str]]) -> None:
    assert rows_of(text) == rows


@pytest.mark.parametrize("text", NONE)
def test_no_table(text: str) -> None:
    assert rows_of(text) == []


def test_every_cell_stands_where_it_says() -> None:
    document = read_text(ABOVE + "品种\t产量\n带鱼\t12.3\n乌贼\t4.5" + BELOW)
    cells = [cell for block in document.blocks for cell in block.cells]
    found = [document.offsets.span_to_source(*cell) for cell in cells]
    assert [document.source[start:end] for start, end in found] == ["品种", "产量", "带鱼", "12.3", "乌贼", "4.5"]


def test_a_unit_above_each_table_is_no_running_head() -> None:
    part = "表{0} 第{0}项指标情况\n\n单位：万元\n\n" + "全市渔业生产平稳，各项工作有序推进，渔民收入继续增加。\n\n" * 9
    document = read_text("舟山市2031年渔业统计公报\n\n" + "".join(part.format(number) for number in range(1, 5)))
    assert document.text.count("单位：万元") == 4


def test_a_rule_begins_a_table_of_its_own() -> None:
    document = read_text(ABOVE + "| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |\n\n| 丙 | 丁 |\n| --- | --- |\n| 三 | 四 |" + BELOW)
    assert [(block.table, block.header) for block in document.blocks if block.cells] == [
        (1, True),
        (1, False),
        (2, True),
        (2, False),
    ]
