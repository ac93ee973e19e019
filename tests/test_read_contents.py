"""Tables of contents are kept apart from the body, and headings are told from pieces of sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Document
from tests.test_read_repair import check_offsets
from tests.test_read_structure import headings, make, parts

PROSE = "港口与腹地相互依存，任何一方都不能单独发展，这是多年的经验，也是今后工作的出发点。"


def body(*names: str) -> str:
    return "".join(f"{name}\n\n{PROSE}\n\n" for name in names)


CONTENTS = {
    "pages glued to the entries": "目录\n\n一、港口现状1\n\n（一）泊位能力稳步提升2\n\n二、港口展望.5\n\n",
    "dots before the pages": "目 录\n\n一、港口现状……1\n\n（一）泊位能力稳步提升……2\n\n二、港口展望……5\n\n",
    "no pages": "目录\n\n一、港口现状\n\n（一）泊位能力稳步提升\n\n二、港口展望\n\n",
    "entries without numbers": "目录\n\n前言\n\n一、港口现状\n\n附录：术语\n\n",
    "an entry on two lines": "目录\n\n一、港口现状1\n\n二、关于港口与腹地之间铁路公路水运的\n\n联运组织的展望9\n\n",
    "two lists": "目录\n\n一、港口现状1\n\n二、港口展望5\n\n图目录\n\n图1泊位数3\n\n图2航线数4\n\n",
}


@pytest.mark.parametrize("contents", CONTENTS.values(), ids=CONTENTS)
def test_contents_are_apart_from_the_body(tmp_path: Path, contents: str) -> None:
    document = make(tmp_path, f"云渡港发展报告\n\n{contents}{body('一、港口现状', '（一）泊位能力稳步提升', '二、港口展望')}")
    assert headings(document) == [(1, "一、港口现状"), (2, "（一）泊位能力稳步提升"), (1, "二、港口展望")]
    entries = [line for line in contents.replace(" ", "").split("\n") if line]
    assert [text for kind, text in parts(document) if kind == "metadata"] == entries
    check_offsets(document)


def test_headings_that_come_again_elsewhere_are_no_contents(tmp_path: Path) -> None:
    """Headings in a row without text between, of which one name comes again in a later part."""
    first = "二、主要措施\n\n（一）清理收费\n\n1．取消泊位杂费。\n\n" + PROSE
    second = "二、主要措施\n\n（一）优化窗口\n\n1．设立联办窗口。\n\n" + PROSE
    text = f"云渡市港口收费方案\n\n一、总体要求\n\n{PROSE}\n\n{first}\n\n一、港口服务\n\n{PROSE}\n\n{second}\n"
    document = make(tmp_path, text)
    assert [text for _, text in headings(document)].count("二、主要措施") == 2
    assert "（一）清理收费" in [text for _, text in headings(document)]


RAGGED = """云渡市航运纾困措施
为支持航运企业渡过难关，稳定就业和外贸，结合本市实际，制定本措施。
一、降低成本
（一）减免泊位费用。
对在云渡港靠泊的中小航运企业，
2024年内按不低
于百分之二十的比例减免泊位费用，
由市港务局、
市财政局落实。鼓励民营码头
参照执行，所需资金由市县两级按照
《云渡市港口资金管理办法》
（云财发〔2023〕9号）分担。
（二）
扩大信贷支持。
加强港航信息共享与信用
评价结果运用，引导银行机构在授信额度、
利率、期限等方面给予优惠，
〔责
任单位：市金融局、市港务局〕
"""


def test_pieces_of_lines_are_put_together(tmp_path: Path) -> None:
    """A page that was taken apart: lines end at commas, in words and in brackets, far from the margin."""
    document = make(tmp_path, RAGGED)
    assert [text for _, text in headings(document)] == [
        "一、降低成本",
        "（一）减免泊位费用。",
        "（二）扩大信贷支持。",
    ]
    paragraphs = [text for kind, text in parts(document) if kind == "paragraph"]
    assert len(paragraphs) == 3
    assert "鼓励民营码头参照执行，所需资金由市县两级按照《云渡市港口资金管理办法》（云财发〔2023〕9号）分担。" in paragraphs[1]
    assert paragraphs[2].startswith("加强港航信息共享与信用评价结果运用，")
    assert paragraphs[2].endswith("给予优惠，〔责任单位：市金融局、市港务局〕")
    check_offsets(document)


@pytest.mark.parametrize(
    "line",
    [
        "完成时限：2024年底前",
        "牵头单位：市港务局、市财政局",
        "公文种类：意见",
        "检索关键词：港口，航运",
        "“专利公开",
        "《港口条例",
        "73.4",
        "12.5 80.1",
    ],
)
def test_no_heading(tmp_path: Path, line: str) -> None:
    """Fields of a measure, names whose quotation is not closed, numbers of a table."""
    document = make(tmp_path, f"港口概论\n\n{PROSE}\n{line}\n{PROSE}\n")
    assert headings(document) == []


def test_nothing_below_half_a_sentence_is_a_heading(tmp_path: Path) -> None:
    document = make(tmp_path, f"港口概论\n\n{PROSE[:-1]}，\n\n港口的未来在于联系腹地\n\n{PROSE}\n")
    assert headings(document) == []


def test_an_unnumbered_heading_among_whole_lines(tmp_path: Path) -> None:
    """A heading without a number stays one where lines are whole."""
    document: Document = make(tmp_path, f"港口概论\n\n{PROSE}\n\n港口与腹地的关系\n\n{PROSE}\n")
    assert headings(document) == [(1, "港口与腹地的关系")]
