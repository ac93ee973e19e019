"""What is mended within lines, which lines are joined or dropped, and that every offset leads back to the source."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from pipeline.model import Document
from pipeline.read import read
from pipeline.read.repair import FULL, RADICALS, mask
from tests.growth import LINEAR, growth

WRAPPED = """云渡市绿色港口建设方案
（2025-2028 年）
建设绿色港口，加快航运装备更新，是云渡市推动海洋经
济转型的重要举措。为落实全市部署，推动港区节能改造和
装备升级，制定本方案。
一、总体要求
坚持统筹港区与城区，以岸电、氢能和智能调度为导向，
以码头改造为牵引，到 2028 年建成绿色港口示范区。岸电设
1
施覆盖全部泊位。
二、主要任务
（一）完善岸电设施
1.加快泊位改造。推进老旧泊位改造，配套建设储能装
置，支持航运企业使用岸电。
2.健全运行机制。建立岸电价格与电力市场联动的机
— 2 —
制，降低企业用能成本。
"""
SPACED_LINES = """　　为落实全市关于海洋经济的部署，加快培育港口的服务业，

结合岚溪县实际，制定本计划。到2028年，累计培育船舶服务

企业五十家，建成海员培训基地两处。

　　一、支持企业发展

　　构 建 航 运 企 业 梯 度 培 育 机 制 ， 聚 焦 船 舶 修

造、船员培训和海事保险，持续完善服务体系，提升港口的竞

争力。
"""
NOTED = """岚溪县茶产业的数字化转型
林望舒　周　岚

摘　要：本文讨论岚溪县茶产业数字化转型的路径与条件，并提
出三项对策。

一、引　言

茶产业是岚溪县的支柱产业。有研究指出，“数字化改变了山区
农产品的流通方式”。①此后，这一判断得到多项调查的支持，
岚溪县的茶企也开始使用产地溯源系统，并且在采摘、加工、销

①　《山区农产品流通调查》，《岚溪日报》2023 年 4 月 5
日。

②　周岚：《茶与数字》，云渡：海湾出版社，2021年版，第12页。
售各环节积累了数据(2)。这些数据成为企业改进工艺的依据，也
为县里制定产业政策提供了参考。
"""


def make(folder: Path, text: str, name: str = "样.txt") -> Document:
    path = folder / name
    path.write_bytes(text.encode())
    return read(path, folder)


def blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if not kinds or block.kind in kinds]


def check_offsets(document: Document) -> None:
    """Blocks make the text; each kept character is the source's, or what a repair makes of it."""
    starts, origins = document.offsets.text_starts, document.offsets.source_starts
    assert list(starts) == sorted(set(starts))
    assert starts[0] == 0
    assert len(starts) == len(origins)
    assert "\n".join(blocks(document)) == document.text
    for index, block in enumerate(document.blocks):
        assert block.start < block.end
        places = [document.offsets.to_source(at) for at in range(block.start, block.end)]
        kept = document.text[block.start : block.end]
        assert places == sorted(places)
        # tabs alone may share a place: between two cells of which one is empty stands what parts the next from the last
        assert all(at < after or char == "\t" for at, after, char in zip(places, places[1:], kept[1:], strict=False))
        origins_of = [document.source[at] for at in places]
        wrong = [pair for pair in zip(kept, origins_of, strict=True) if not same(*pair)]
        assert not wrong or document.repairs.get("traditional")
        assert block.parent < index
        assert (block.level > 0) == (block.kind == "heading")
        assert kept.startswith(block.marker)
        assert all(block.start <= cell.start <= cell.end <= block.end for cell in block.cells)


def same(kept: str, origin: str) -> bool:
    """Whether a character of the text is the one of the source, or what a repair of one for one makes of it."""
    if kept == origin or (kept.isspace() and origin.isspace()):
        return True
    mended = unicodedata.normalize("NFKC", origin)
    return kept in (mended, FULL.get(mended), RADICALS.get(ord(origin))) or origin == "&" or (kept == "。" and origin in ".．")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("云渡市在 2023 年 9 月新增 5G 基站 30 座。", "云渡市在2023年9月新增5G基站30座。"),
        ("构 建 港 口 联 盟 。", "构建港口联盟。"),
        ("港口自 2 0 2 4 年 3 月 1 9 日 起 通航。", "港口自2024年3月19日起通航。"),  # as OCR parts digits
        ("依 据 云 政 发 〔 2 0 2 4 〕 1 5 号 通航。", "依据云政发〔2024〕15号通航。"),
        ("第 1 2 0 年，港口 3 1 2 0 1 号泊位通航。", "第1 2 0年，港口3 1 2 0 1号泊位通航。"),  # no year, no number of a document
        ("港口采用 Group of Seven 标准。", "港口采用Group of Seven标准。"),
        ("第三条　本办法所称港口，是指云渡港。", "第三条 本办法所称港口，是指云渡港。"),
        ("第三条   本办法所称港口，是指云渡港。", "第三条 本办法所称港口，是指云渡港。"),
        ("港口吞吐量为２０２３万吨，占８０％。", "港口吞吐量为2023万吨，占80%。"),
        ("港口是“城市的门户”。①此后船舶增加。", "港口是“城市的门户”。此后船舶增加。"),
        ("港口是“城市的门户”(1)，也是枢纽。", "港口是“城市的门户”，也是枢纽。"),
        ("港口转型很快[3]，研究[1,2]也多。", "港口转型很快，研究也多。"),
        ("港口转型很快<sup>①</sup>，研究也多。", "港口转型很快，研究也多。"),
        ("港口转型很快 $^{①}$ ，研究也多 $^{[12]}$ 。", "港口转型很快，研究也多。"),
        ("港口转型很快$^{\\textcircled{3}}$，研究也多$^{2}$。", "港口转型很快，研究也多。"),
        ("岸电占 $20\\%$ ，约 $3.5$ 万台。", "岸电占20%，约3.5万台。"),
        ("面积 12 km $^{2}$ ，产出 $Y$ 。", "面积12 km $^{2}$，产出$Y$。"),
        ("港口转型很快^2，泊位有¹²之说。", "港口转型很快，泊位有之说。"),
        ("任务包括：①建泊位；②修航道；③扩堆场。", "任务包括：①建泊位；②修航道；③扩堆场。"),
        ("堆场面积为 30 m² 和 20 米²。", "堆场面积为30 m²和20米²。"),
        ("港口**第一，扩容**。**第二，减排**。", "港口第一，扩容。第二，减排。"),
        ("港口<!-- 注 -->很忙。<PAGE_DIV>", "港口很忙。"),
        ("港\u200b口\ufeff很\x07忙\ue123。", "港口很忙。"),
        ("港口⼈员\u2f45向明确。", "港口人员方向明确。"),
        ('他说"港口很忙"，又说"船多"。', '他说"港口很忙"，又说"船多"。'),
        ("新华社云渡2月24日电 近日，港口开航。", "新华社云渡2月24日电 近日，港口开航。"),
        ("港口的资料见[港务局](http://x.example/a)网站。", "港口的资料见港务局网站。"),
    ],
)
def test_inline(tmp_path: Path, line: str, expected: str) -> None:
    document = make(tmp_path, f"港口简介\n\n{line}\n", "样.md")
    check_offsets(document)
    assert blocks(document)[1:] == [expected]


def test_wrapped_lines(tmp_path: Path) -> None:
    document = make(tmp_path, WRAPPED)
    check_offsets(document)
    assert document.title == "云渡市绿色港口建设方案（2025-2028年）"
    assert blocks(document, "heading") == [
        "一、总体要求",
        "二、主要任务",
        "（一）完善岸电设施",
        "1.加快泊位改造。",
        "2.健全运行机制。",
    ]
    texts = blocks(document, "paragraph")
    assert texts[0].startswith("建设绿色港口")
    assert texts[0].endswith("制定本方案。")
    assert texts[1].endswith("示范区。岸电设施覆盖全部泊位。")
    assert texts[-1] == "建立岸电价格与电力市场联动的机制，降低企业用能成本。"
    assert document.repairs["page_number"] == 2


def test_blank_line_between_all_lines(tmp_path: Path) -> None:
    document = make(tmp_path, SPACED_LINES)
    check_offsets(document)
    assert blocks(document) == [
        "为落实全市关于海洋经济的部署，加快培育港口的服务业，结合岚溪县实际，制定本计划。到2028年，累计培育船舶服务"
        "企业五十家，建成海员培训基地两处。",
        "一、支持企业发展",
        "构建航运企业梯度培育机制，聚焦船舶修造、船员培训和海事保险，持续完善服务体系，提升港口的竞争力。",
    ]


def test_blank_lines_end_paragraphs(tmp_path: Path) -> None:
    first = (
        "云渡港在本季度新开三条航线，连接南北两岸的城市，货\n运量因此稳步增长。港务局表示，下一季度还将开行班列，\n"
        "带动腹地的制造业出口。\n"
    )
    second = "与此同时，岚溪县的茶叶第一次经海路运往外地，运输成\n本下降了一半。\n"
    document = make(tmp_path, f"云渡港新闻\n\n{first}\n{second}")
    assert blocks(document, "paragraph") == [first.replace("\n", ""), second.replace("\n", "")]


def test_one_line_a_paragraph(tmp_path: Path) -> None:
    lines = [
        "云渡港是海湾东岸最大的港口，吞吐量居全省首位。",
        "岚溪县以茶叶闻名",
        "茶叶是岚溪县农民的主要收入来源，也是县里的名片。",
    ]
    document = make(tmp_path, "\n".join(lines))
    assert blocks(document) == lines


def test_sentence_cut_by_page(tmp_path: Path) -> None:
    head = "港口与腹地的联系日益紧密，" * 6
    document = make(tmp_path, f"# 港口\n\n{head}需要新的规\n\n划来引导，并由港务局组织实施。\n", "样.md")
    assert blocks(document, "paragraph") == [f"{head}需要新的规划来引导，并由港务局组织实施。"]


def test_footnotes_leave_the_sentence(tmp_path: Path) -> None:
    document = make(tmp_path, NOTED)
    check_offsets(document)
    assert document.title == "岚溪县茶产业的数字化转型"
    assert document.authors == ("林望舒", "周岚")
    assert blocks(document, "footnote") == [
        "①《山区农产品流通调查》，《岚溪日报》2023年4月5日。",
        "②周岚：《茶与数字》，云渡：海湾出版社，2021年版，第12页。",
    ]
    body = "".join(blocks(document, "paragraph"))
    assert "的流通方式”。此后，这一判断" in body
    assert "在采摘、加工、销售各环节积累了数据。这些数据" in body
    assert document.repairs["footnote_moved"] == 2


def test_span_to_source_keeps_breaks(tmp_path: Path) -> None:
    document = make(tmp_path, WRAPPED)
    at = document.text.index("岸电设施覆盖")
    span = document.offsets.span_to_source(at, at + 6)
    assert document.source[span.start : span.end] == "岸电设\n1\n施覆盖"
    for block in document.blocks:
        span = document.offsets.span_to_source(block.start, block.end)
        plain = re.sub(r"\s|\n\d\n|— \d —", "", document.source[span.start : span.end])
        assert re.sub(r"\d", "", plain) == re.sub(r"\d|\s", "", document.text[block.start : block.end])


def test_running_heads(tmp_path: Path) -> None:
    pages = [f"岚溪研究　第七卷\n{line * 3}\n" * 1 for line in ("茶叶的产量在增加。", "道路的里程在增加。", "游客的人数在增加。")]
    filler = "".join(f"第{at}段讲的是岚溪县第{at}个乡镇的茶园情况和道路情况。\n" for at in range(20, 30))
    document = make(tmp_path, "岚溪县志略\n" + filler.join([*pages, ""]))
    assert document.repairs["running_head"] >= 2
    assert sum("岚溪研究" in text for text in blocks(document)) <= 1


@pytest.mark.parametrize("break_", ["\r\n", "\r", "\u2028"])
def test_line_breaks(tmp_path: Path, break_: str) -> None:
    document = make(tmp_path, break_.join(["港口概况", "", "云渡港很忙。", "船很多。"]))
    check_offsets(document)
    assert blocks(document) == ["港口概况", "云渡港很忙。", "船很多。"]


def test_latin_words_stay_apart(tmp_path: Path) -> None:
    lines = [
        "The port of Yundu has grown in every year",
        "since the new quay was built, and shipping",
        "lines from the south now call there weekly.",
    ]
    assert " ".join(lines) in make(tmp_path, "\n".join(["港口", "", *lines])).text


def test_mixed_shapes_keep_offsets(tmp_path: Path) -> None:
    """Every sample, in every line break and with wide spaces, keeps its offsets."""
    for text in (WRAPPED, SPACED_LINES, NOTED):
        for variant in (text, text.replace("\n", "\r\n"), text.replace("，", "， "), text.replace("\n", "\n\n"), "\ufeff" + text):
            check_offsets(make(tmp_path, variant))
            check_offsets(make(tmp_path, variant, "样.md"))


@pytest.mark.parametrize(
    "unit",
    [*"<!-- ![ [x]( [ 《 （ ① “ $3 $^ 1.1".split(), "<p ", "第一条 ", "$$\n\n", "a=b\n\n", "| a ", "）\n\n", "图1\n\n"],
)
def test_hostile_text_takes_no_longer_than_its_length(tmp_path: Path, unit: str) -> None:
    paths = []
    for size in (10_000, 40_000):
        paths.append(tmp_path / f"{size}.md")
        paths[-1].write_text(f"港口概论\n\n{unit * (size // len(unit))}\n\n港口与腹地相互依存。\n", encoding="utf-8")
    assert growth(lambda: read(paths[0], tmp_path), lambda: read(paths[1], tmp_path)) < LINEAR


POINTS = [
    ("岚溪县召开茶会．会议要求扩种．全县要落实．", "岚溪县召开茶会。会议要求扩种。全县要落实。"),
    ("岚溪县召开茶会.会议要求扩种. 全县要落实.\n此后再议.", "岚溪县召开茶会。会议要求扩种。全县要落实。\n此后再议。"),
    ("占比达5%．下一步扩种．2028年再议．", "占比达5%。下一步扩种。2028年再议。"),
    ("他说：“很好．”见《办法》．其余照旧．", "他说：“很好。”见《办法》。其余照旧。"),
    ("俄国作家列夫．托尔斯泰来过．", "俄国作家列夫．托尔斯泰来过。"),
    ("增长三．五倍，版本2.3，网址www.茶.com，文件报告.doc", None),
    ("一．总则\n本办法适用于全县茶园", None),
    ("（二）．管理\n第三节．监督\n图一．产量\n附件．名单", None),
    ("要做到：一．扩种；二．提质", None),
    ("总则．．．．．．3\n附则......5", None),
    ("[1] 林望舒．茶与数字[J]．海湾经济，2020(3)：1-9．", None),
]


@pytest.mark.parametrize(("text", "mended"), POINTS)
def test_point_that_closes_a_sentence(text: str, mended: str | None, tmp_path: Path) -> None:
    document = make(tmp_path, text)
    plain = (mended or text).replace(". ", ".").replace("] ", "]").replace("。 ", "。")
    assert document.text.replace(" ", "") == plain
    check_offsets(document)


def test_points_take_time_as_their_number(tmp_path: Path) -> None:
    for text in ("岚溪县召开茶会．", "．", "岚．", "一．", "岚." * 3 + "\n"):
        assert growth(lambda: mask(text * 2000, markdown=False), lambda: mask(text * 8000, markdown=False)) < LINEAR  # noqa: B023
