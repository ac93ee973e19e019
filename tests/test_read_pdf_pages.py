"""Reading .pdf: what a page carries besides its text: heads, covers, fields, forms, tables that pages part."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.model import Document
from pipeline.read import read as read_file
from pipeline.read.layout import Element
from pipeline.read.pdf import elements
from tests.making_pdf import A4, Flow, Sheet, break_lines, width_of

PROSE = "青禾市把余料回用写进园区章程，由链长召集各厂商议用电与用水的办法，节电机组先在东岭镇试装，再推到沿河三镇。"
WORDS = "工厂 余料 回用 链长 节电 机组 数据 市场 企业 标准 工程 协调 人才 平台 试点 园区 沿河 东岭".split()


def read(sheet: Sheet | Flow) -> list[Element]:
    return elements(sheet.data(), "青禾.pdf")


def texts(found: list[Element]) -> list[str]:
    return [each.text for each in found if not each.left_out and not each.cells]


def rows(found: list[Element]) -> list[tuple[str, ...]]:
    return [each.cells for each in found if each.cells and not each.left_out]


def out(found: list[Element], reason: str) -> list[str]:
    return [each.text for each in found if each.left_out == reason]


def document(sheet: Sheet | Flow, folder: Path) -> Document:
    path = folder / "青禾.pdf"
    path.write_bytes(sheet.data())
    return read_file(path, folder)


def column(sheet: Sheet, lines: list[str], top: float = 700, left: float = 72, size: float = 10.5) -> float:
    for index, line in enumerate(lines):
        sheet.text(left, top - 16 * index, line, size)
    return top - 16 * len(lines)


def centred(sheet: Sheet, y: float, text: str, size: float = 10.5) -> None:
    sheet.text((A4[0] - width_of(text, size)) / 2, y, text, size)


def story(number: int) -> str:
    """A sentence of its own that fills two lines and more."""
    words = [WORDS[(number * step + step) % len(WORDS)] for step in range(1, 24)]
    return f"第{number}段说明{''.join(words)}，并且逐步推开，各镇照此办理。"


# ---- heads of pages ----


BANDS = [
    [("第3卷第2期", 72), ("青禾研究", 260), ("Vol. 3, No. 2", 460)],
    [("2024年第6期（总第31期）", 72), ("青禾学刊", 400)],
    [("第12卷　第4期", 72), ("青禾市社会科学院学报（哲学社会科学版）", 230)],
    [("青 禾 研 究", 72), ("ISSN 1000-0000", 400)],
]


@pytest.mark.parametrize("band", BANDS)
def test_the_band_of_a_journal_is_no_title(band: list[tuple[str, int]], tmp_path: Path) -> None:
    sheet = Sheet()
    for text, left in band:
        sheet.text(left, 795, text, 9)
    for text, left in (("2024年6月", 72), ("Journal of Qinghe Studies", 220), ("June, 2024", 460)):
        sheet.text(left, 781, text, 9)
    sheet.rule(72, 775, 523, 775)
    centred(sheet, 725, "青禾市余料回用的办法与成效", 17)
    centred(sheet, 700, "程某某　林某", 11)
    column(sheet, break_lines(PROSE * 3, 10.5, 441), 660)
    read_document = document(sheet, tmp_path)
    assert read_document.title == "青禾市余料回用的办法与成效"
    assert {left.reason for left in read_document.left_out} == {"running head"}


def test_a_title_at_the_top_with_the_number_below_it_stays() -> None:
    sheet = Sheet()
    centred(sheet, 790, "青禾市余料回用年报", 22)
    centred(sheet, 765, "2024年第6期", 10.5)
    column(sheet, break_lines(PROSE * 3, 10.5, 441), 700)
    assert texts(read(sheet))[0] == "青禾市余料回用年报"


def test_heads_that_begin_with_the_page_number() -> None:
    sheet = Sheet()
    whole = ""
    for page in range(8):
        number = str(page + 4)
        if page % 2:
            sheet.text(340, 800, f"青禾学刊　QINGHE JOURNAL　2024年第03期　{number}", 7.5)
        else:
            sheet.text(51, 800, f"{number}  青禾学刊　QINGHE JOURNAL　余料专号", 7.5)
        text = "".join(story(5 * page + at) for at in range(5))
        lines = break_lines(text, 10.5, 441)
        column(sheet, lines[:-1], 760)
        whole += "".join(lines[:-1])
        sheet.page()
    found = read(sheet)
    assert len(out(found, "running head")) == 8
    assert "".join(texts(found)) == whole


def test_heads_that_change_with_the_chapter() -> None:
    sheet = Sheet()
    for page in range(12):
        centred(sheet, 800, f"第{'一二三四五六'[page // 2]}章　{WORDS[page // 2]}与{WORDS[page // 2 + 6]}", 9)
        column(sheet, break_lines("".join(story(7 * page + at) for at in range(6)), 10.5, 441), 760)
        sheet.page()
    assert len(out(read(sheet), "running head")) == 12


# ---- blocks that are set in ----


@pytest.mark.parametrize("size", [9.5, 10.5])
def test_an_abstract_set_in_on_both_sides_is_one_paragraph(size: float) -> None:
    sheet = Sheet()
    centred(sheet, 780, "青禾市余料回用的办法", 17)
    abstract = "摘要：" + PROSE + PROSE
    lines = break_lines(abstract, size, 380, 2 * size)
    sheet.text(107 + 2 * size, 720, lines[0], size)
    end = column(sheet, lines[1:], 704, 107, size)
    sheet.text(107 + 2 * size, end, "关键词：余料；回用；链长", size)
    for at in range(4):
        lines = break_lines(story(at) + PROSE, 10.5, 451, 21)
        sheet.text(93, end - 40, lines[0])
        end = column(sheet, lines[1:], end - 56) + 24
    found = texts(read(sheet))
    assert found[1:3] == [abstract, "关键词：余料；回用；链长"]
    assert found[3:] == [story(at) + PROSE for at in range(4)]


def test_a_list_that_is_set_in_stays_a_list() -> None:
    sheet = Sheet()
    end = column(sheet, break_lines(PROSE * 3, 10.5, 441))
    items = [f"{name}厂把余料交给园区的中转站来办" for name in "甲乙丙丁戊"]
    end = column(sheet, items, end, 120)
    column(sheet, break_lines(PROSE * 3, 10.5, 441), end)
    assert texts(read(sheet))[1:-1] == items


# ---- covers and fields ----


def cover(sheet: Sheet) -> None:
    for at, text in enumerate(("青禾学报(社会科学版)", "Journal of Qinghe", "ISSN 1000-0000,CN 10-0000/C")):
        sheet.text(80, 780 - 14 * at, text, 9)
    centred(sheet, 690, "《青禾学报(社会科学版)》网络首发论文", 18)
    fields = [("题目：", "青禾市余料回用的"), ("", "办法与成效"), ("作者：", "程某某，林某"), ("收稿日期：", "2024-03-05")]
    fields += [("网络首发日期：", "2024-05-20"), ("引用格式：", "程某某，林某．青禾市余料回用的办法与成效[J/OL]．青禾学报．")]
    for at, (name, value) in enumerate(fields):
        sheet.text(90, 640 - 22 * at, name, 11)
        sheet.text(176, 640 - 22 * at, value, 11)
    column(sheet, ["网络首发：在编辑部工作流程中，稿件从录用到出版要经历几个阶段，录用的稿件内容已经确定。"], 420, 90, 9)
    sheet.page()


def test_an_online_first_cover_is_fields(tmp_path: Path) -> None:
    sheet = Sheet()
    cover(sheet)
    centred(sheet, 760, "青禾市余料回用的办法与成效", 18)
    centred(sheet, 735, "程某某，林某", 11)
    column(sheet, break_lines("［摘要］" + PROSE * 2, 10.5, 441))
    found = document(sheet, tmp_path)
    assert (found.title, found.authors, found.date, found.kind) == (
        "青禾市余料回用的办法与成效",
        ("程某某", "林某"),
        "2024-05-20",
        "paper",
    )
    body = [found.text[block.start : block.end] for block in found.blocks if block.kind not in ("metadata", "title")]
    assert body == ["［摘要］" + PROSE * 2]
    assert any("稿件从录用到出版" in found.source[left.start : left.end] for left in found.left_out)


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("site", ["青禾市链长办公室政府信息公开", "青禾市人民政府门户网站"])
def test_the_fields_of_a_printed_page_name_the_document(ruled: bool, site: str, tmp_path: Path) -> None:
    sheet = Sheet()
    centred(sheet, 790, site, 20)
    fields = [
        ["索引号：0000000000/2025-00020", "分类："],
        ["发布机构：青禾市链长办公室", "成文日期：2025-02-12"],
        ["名称：关于印发《青禾市余料回用行动计划（2025-2027年）》的通知", ""],
        ["文号：青链办〔2025〕3号", "发布日期：2025-02-13"],
    ]
    if ruled:
        sheet.grid(70, 760, [350, 120], fields, 10)
    else:
        for at, row in enumerate(fields):
            sheet.text(75, 745 - 20 * at, row[0], 10)
            sheet.text(425, 745 - 20 * at, row[1], 10)
    centred(sheet, 624, "关于印发《青禾市余料回用行动计划（2025-2027年）》的通知", 15)
    sheet.text(217, 598, "发布日期：2025-02-13", 9)
    sheet.text(330, 598, "浏览次数：1957", 9)
    column(sheet, ["各有关单位：", "　　现将《青禾市余料回用行动计划（2025-2027年）》印发给你们，请照此办理。"], 568)
    found = document(sheet, tmp_path)
    assert (found.title, found.kind, found.date, found.number, found.issuer) == (
        "青禾市余料回用行动计划（2025-2027年）",
        "plan",
        "2025-02-12",
        "青链办〔2025〕3号",
        "青禾市链长办公室",
    )


@pytest.mark.parametrize(
    ("line", "source", "date"),
    [
        (["信息来源：东岭镇", "信息提供日期：2025-02-28 15:00", "【字体：大 中 小】"], "东岭镇", "2025-02-28"),
        (["来源：青禾日报", "发布时间：2025-03-04", "浏览次数：18"], "青禾日报", "2025-03-04"),
        (["信息来源：链长办公室", "日期：2025年3月4日"], "链长办公室", "2025-03-04"),
    ],
)
def test_the_line_under_a_printed_title(line: list[str], source: str, date: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 800, "各镇动态", 9)
    centred(sheet, 745, "青禾市东岭镇推出余料回用办法", 17)
    for at, part in enumerate(line):
        sheet.text(120 + 160 * at, 720, part, 9)
    column(sheet, break_lines(PROSE * 3, 10.5, 441))
    found = document(sheet, tmp_path)
    assert (found.title, found.published_in, found.date) == ("青禾市东岭镇推出余料回用办法", source, date)


# ---- tables that pages part ----

WIDTHS = [40.0, 90.0, 320.0]


def test_a_row_that_a_page_parts_is_whole(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(72, 700, "下表列出各厂的办法。")
    table = [["序号", "场景", "办法"], ["1", "中转", "余料先在中转站称重。"], ["2", "节电", "机组按月轮换，由链长"]]
    sheet.grid(60, 160, WIDTHS, table)
    sheet.page()
    sheet.grid(60, 800, WIDTHS, [["", "", "召集各厂商议轮换的先后。"], ["3", "回用", "余料归园区。"]])
    sheet.page()
    sheet.grid(60, 800, WIDTHS, [["", "远程看护\n与调度", "影像与检验数据都进平台。"]])
    sheet.text(72, 700, "各厂照此办理。")
    found = document(sheet, tmp_path)
    parts = [block for block in found.blocks if block.kind == "table_row"]
    assert {block.table for block in parts} == {1}
    cells = [[found.text[cell.start : cell.end] for cell in block.cells] for block in parts]
    assert cells[2:] == [
        ["2", "节电", "机组按月轮换，由链长召集各厂商议轮换的先后。"],
        ["3", "回用", "余料归园区。"],
        ["", "远程看护与调度", "影像与检验数据都进平台。"],
    ]
    pages = [found.place(found.source.index(text)) for text in ("机组按月轮换", "召集各厂商议", "远程看护")]
    assert [place and place.page for place in pages] == [1, 2, 3]


def test_a_table_of_another_width_begins_anew() -> None:
    sheet = Sheet()
    sheet.grid(60, 200, WIDTHS, [["序号", "场景", "办法"], ["1", "中转", "余料先在中转站称重。"]])
    sheet.page()
    sheet.grid(60, 800, [90.0, 40.0, 320.0], [["项", "数", "说明"], ["机组", "3", "按月轮换。"]])
    assert [each.table for each in read(sheet) if each.cells] == [1, 1, 2, 2]


# ---- forms ----


def test_fields_are_read_beside_their_names(tmp_path: Path) -> None:
    sheet = Sheet()
    form = sheet.canvas.acroForm
    centred(sheet, 780, "青禾市余料回用申报表", 16)
    for at, name in enumerate(("单位名称：", "项目名称：", "所属镇：", "是否试点：", "备注：")):
        sheet.text(72, 730 - 30 * at, name, 11)
    form.textfield(name="a", x=140, y=722, width=250, height=20, value="Donglin Plant")
    form.textfield(name="b", x=140, y=692, width=250, height=20, value="Unit 12")
    form.choice(name="c", x=140, y=662, width=100, height=20, value="East", options=["East", "West"])
    form.checkbox(name="d", x=140, y=632, size=12, checked=True)
    form.checkbox(name="e", x=200, y=632, size=12, checked=False)
    form.textfield(name="f", x=140, y=540, width=250, height=80, value="one\ntwo", fieldFlags="multiline")
    sheet.text(72, 500, "本表如实填报。", 11)
    found = document(sheet, tmp_path)
    text = found.text
    for line in ("单位名称：Donglin Plant", "项目名称：Unit 12", "所属镇：East", "是否试点：☑"):
        assert line in text
    assert "☐" in text
    assert text.index("one") < text.index("two") < text.index("本表如实填报")
    place = found.place(found.source.index("Donglin"))
    assert place is not None
    assert place.page == 1
    assert place.box is not None
    assert place.box[1] < 732 < place.box[3]


def test_what_is_typed_on_a_page_is_read_and_comments_are_left_out() -> None:
    sheet = Sheet()
    sheet.text(72, 700, "单位名称：", 11)
    sheet.canvas.freeTextAnnotation("东岭厂", DA="/Helv 11 Tf", Rect=[140, 694, 300, 712], relative=0)
    sheet.canvas.textAnnotation("此处待核", Rect=[400, 600, 420, 620])
    found = read(sheet)
    assert texts(found) == ["单位名称：东岭厂"]
    assert out(found, "comment") == ["此处待核"]


# ---- files that mean no good ----


def test_fields_beyond_what_is_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.pdf.forms.ANNOTATIONS", 2)
    sheet = Sheet()
    sheet.text(72, 700, PROSE[:30])
    for at in range(5):
        sheet.canvas.textAnnotation(f"注{at}", Rect=[400, 600 - 30 * at, 420, 620 - 30 * at])
    found = read(sheet)
    assert out(found, "comment") == ["注0", "注1"]
    assert [each.left_out for each in found if each.left_out.startswith("page")] == ["page 1 has 3 more fields and notes"]


@pytest.mark.parametrize("box", [b"[0 0 1e9 1e9]", b"[595 842 0 0]", b"[0 0 0 0]", b"[0 0 1e400 1e400]"])
def test_odd_boxes_of_a_page(box: bytes) -> None:
    sheet = Sheet()
    sheet.text(72, 700, PROSE[:30])
    data = re.sub(rb"/MediaBox \[.*?\]", b"/MediaBox " + box, sheet.data())
    assert box in data
    assert texts(elements(data, "青禾.pdf")) == [PROSE[:30]]


@pytest.mark.parametrize("lost", [b"xref\n", b"startxref"])
def test_a_file_that_has_lost_its_table_is_read(lost: bytes) -> None:
    sheet = Sheet()
    sheet.text(72, 700, PROSE[:30])
    assert texts(elements(sheet.data().replace(lost, b"#" * len(lost)), "青禾.pdf")) == [PROSE[:30]]


def test_a_file_that_has_lost_its_root() -> None:
    sheet = Sheet()
    sheet.text(72, 700, PROSE[:30])
    with pytest.raises(ReadError, match="is no PDF that can be opened: save it again as PDF"):
        elements(sheet.data().replace(b"trailer", b"#######"), "青禾.pdf")
