"""Reading .pdf: one behaviour a test, on pages that `making_pdf` draws."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from pipeline.errors import ReadError
from pipeline.read.layout import Element
from pipeline.read.pdf import elements
from pipeline.read.pdf.readable import is_readable
from tests.making_pdf import Flow, Sheet, break_lines, width_of

PROSE = "青禾市把余料回用写进园区章程，由链长召集各厂商议用电与用水的办法，节电机组先在东岭镇试装，再推到沿河三镇。"
WORDS = "工厂 余料 回用 链长 节电 机组 数据 市场 企业 标准 工程 协调 人才 平台 试点 园区 沿河 东岭".split()


def read(sheet: Sheet | Flow) -> list[Element]:
    return elements(sheet.data(), "青禾.pdf")


def kept(found: list[Element]) -> list[Element]:
    return [each for each in found if not each.left_out]


def texts(found: list[Element], kind: str | None = None) -> list[str]:
    return [each.text for each in kept(found) if each.kind == kind and not each.cells]


def out(found: list[Element], reason: str) -> list[str]:
    return [each.text for each in found if each.left_out == reason]


def rows(found: list[Element]) -> list[tuple[str, ...]]:
    return [each.cells for each in kept(found) if each.cells]


def column(sheet: Sheet, lines: list[str], left: float = 72, top: float = 700, size: float = 10.5) -> float:
    for index, line in enumerate(lines):
        sheet.text(left, top - 16 * index, line, size)
    return top - 16 * len(lines)


def sentence(number: int) -> str:
    words = [WORDS[(number * step + step) % len(WORDS)] for step in range(1, 4 + number % 7)]
    return f"第{number}句说明{''.join(words)}，并且逐步推开。"


@cache
def essay(columns: int) -> list[Element]:
    """Six sections of 150 sentences in all, with notes, running heads, page numbers and two tables."""
    flow = Flow(columns=columns, head="青禾研究　2024年第3期", numbers=True)
    flow.title("青禾市余料回用研究", "——以节电机组为例")
    flow.wide("摘要：" + PROSE + PROSE)
    for part in range(6):
        flow.heading(f"{'一二三四五六'[part]}、第{part + 1}部分")
        for paragraph in range(5):
            first = 25 * part + 5 * paragraph
            notes = {
                "①②③④⑤"[paragraph]: f"程某：《余料论》第{first}卷，青禾出版社2021年版，第{first}页，另见该社所编的资料汇编。"
            }
            body = "".join(sentence(number) for number in range(first, first + 5))
            flow.paragraph(body + "".join(notes) if paragraph % 2 else body, notes)
        if part in (1, 3):
            flow.caption(f"表{part} 各区产值")
            flow.table([["区", "产值", "增长"], ["东区", "12", "3%"], ["西区", "14", "5%"]], open=part == 3)
    return read(flow)


# ---- order ----


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_order_of_sentences(columns: int) -> None:
    body = "".join(texts(essay(columns)))
    numbers = [int(number) for number in re.findall(r"第(\d+)句说明", body)]
    tails: list[int] = []
    for number in numbers:
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
    assert len(tails) / 150 >= 0.97


def test_sentences_are_whole_across_columns_and_pages() -> None:
    body = "".join(texts(essay(2)))
    assert [number for number in range(150) if sentence(number) not in body] == []


def test_short_lines_make_no_further_column() -> None:
    sheet = Sheet()
    left = [f"第{number}组说明用电与用水都有数{'' if number % 4 else '，逐月'}" for number in range(10, 40)]
    right = [f"第{number}组说明用电与用水都有数，逐月" for number in range(50, 80)]
    left[5] += "用水核定"
    column(sheet, left, 62, size=9)
    column(sheet, right, 226, size=9)
    assert "".join(texts(read(sheet))) == "".join(left + right)


def test_paragraphs_of_columns_are_told_apart() -> None:
    assert len(texts(essay(2))) == 31


def test_abstract_over_both_columns_stands_before_them() -> None:
    assert texts(essay(2))[0] == "摘要：" + PROSE + PROSE


# ---- lines and words ----


def test_lines_of_a_paragraph_are_joined_without_spaces() -> None:
    flow = Flow()
    flow.paragraph(PROSE * 3)
    assert texts(read(flow)) == [PROSE * 3]


def test_latin_words_keep_a_space_and_cut_words_are_rejoined() -> None:
    sheet = Sheet()
    column(
        sheet,
        ["The chain leader of Qinghe calls a meet-", "ing of the plants each month and writes", "down what was decided there."],
    )
    assert texts(read(sheet)) == [
        "The chain leader of Qinghe calls a meeting of the plants each month and writes down what was decided there."
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("东岭镇用电量比上年增长12.", "5个百分点", "东岭镇用电量比上年增长12.5个百分点"),
        ("东岭镇用电量比上年增长12", "%，沿河三镇持平", "东岭镇用电量比上年增长12%，沿河三镇持平"),
        ("东岭镇用电量全年共计1,", "250万度", "东岭镇用电量全年共计1,250万度"),
    ],
)
def test_a_number_that_is_cut_by_the_line_is_whole_again(first: str, second: str, joined: str) -> None:
    sheet = Sheet()
    column(sheet, [first, second])
    assert texts(read(sheet)) == [joined]


def test_quotation_marks_that_are_drawn_later_stand_where_they_belong() -> None:
    sheet = Sheet()
    start, inner, rest = "链长把这一办法叫作", "余料银行", "，并且写进章程。"
    right = sheet.text(72, 700, start + "   " + inner + "   " + rest)
    gap = 3 * width_of(" ", 10.5)
    sheet.text(72 + width_of(start, 10.5), 700, "“")
    sheet.text(right - width_of(rest, 10.5) - gap, 700, "”")
    assert texts(read(sheet)) == [f"{start}“{inner}”{rest}"]


def test_text_printed_twice_over_itself_is_read_once() -> None:
    sheet = Sheet()
    for shift in (0, 0.3):
        sheet.text(72 + shift, 700, PROSE[:30])
    assert texts(read(sheet)) == [PROSE[:30]]


def test_letters_that_are_spread_make_one_line() -> None:
    sheet = Sheet()
    for index, char in enumerate("青禾章程"):
        sheet.text(200 + 40 * index, 740, char, 20)
    column(sheet, break_lines(PROSE * 3, 10.5, 441))
    assert texts(read(sheet), "title") == ["青禾章程"]


# ---- paragraphs ----


def test_an_indent_begins_a_paragraph() -> None:
    flow = Flow()
    full = "".join(WORDS * 4)[: 42 * 2 - 2]
    flow.paragraph(full)
    flow.paragraph(PROSE * 2)
    assert texts(read(flow)) == [full, PROSE * 2]


def test_a_short_line_ends_a_paragraph() -> None:
    flow = Flow()
    for text in (PROSE, PROSE * 2, PROSE):
        flow.paragraph(text, indent=0)
    assert texts(read(flow)) == [PROSE, PROSE * 2, PROSE]


@pytest.mark.parametrize(("length", "word"), [(17, "SmartGrid平台"), (19, "12.5%的余料"), (18, "型“青禾灯塔”")])
def test_a_line_ends_early_as_the_next_word_may_not_be_broken(length: int, word: str) -> None:
    sheet = Sheet()
    full = "链长召集各厂商议用电与用水，节电机组先在东"
    lines = [full, full[::-1][:length], word + "由园区来办。"]
    column(sheet, lines)
    assert texts(read(sheet)) == ["".join(lines)]


def test_a_gap_parts_paragraphs() -> None:
    sheet = Sheet()
    lines = break_lines("".join(WORDS * 8), 10.5, 441)
    rest = column(sheet, lines[:2])
    column(sheet, lines[2:4], top=rest - 12)
    assert len(texts(read(sheet))) == 2


def test_numbering_after_a_sentence_begins_a_paragraph() -> None:
    sheet = Sheet()
    first = "（一）" + "".join(WORDS * 2)[:38] + "。"
    column(sheet, [first, "（二）" + "".join(WORDS * 2)[1:39] + "。", "（三）余料归园区。"])
    assert len(texts(read(sheet))) == 3


def test_a_paragraph_goes_on_around_a_table() -> None:
    flow = Flow()
    flow.paragraph(PROSE)
    lines = break_lines(PROSE * 2, 10.5, flow.width, 21)
    flow.sheet.text(93, flow.y - 16, lines[0])
    flow.gap(24)
    flow.caption("表1 用电")
    flow.table([["区", "产值", "增长"], ["东区", "12", "3%"]])
    flow.gap(10)
    for index, line in enumerate(lines[1:]):
        flow.sheet.text(72, flow.y - 16 * (index + 1), line)
    assert texts(read(flow)) == [PROSE, PROSE * 2]


def test_places_of_a_paragraph_are_its_lines() -> None:
    flow = Flow()
    flow.paragraph(PROSE * 2)
    (found,) = read(flow)
    lines = break_lines(PROSE * 2, 10.5, flow.width, 21)
    assert [offset for offset, _ in found.places] == [0, len(lines[0]), len(lines[0] + lines[1])]
    box = found.places[1][1].box
    assert found.places[1][1].page == 1
    assert box is not None
    assert box[0] == pytest.approx(72, abs=0.2)
    assert box[1] < 738 < box[3]


def test_a_signature_is_no_paragraph_with_its_date() -> None:
    flow = Flow()
    flow.paragraph(PROSE * 2)
    for text in ("青禾市人民议事会", "2024年3月5日"):
        flow.sheet.text(400, flow.y - 40, text)
        flow.gap(16)
    assert texts(read(flow))[1:] == ["青禾市人民议事会", "2024年3月5日"]


# ---- titles and headings ----


def test_title_and_subtitle() -> None:
    titles = [(each.text, each.level) for each in essay(2) if each.kind == "title"]
    assert titles == [("青禾市余料回用研究", 1), ("——以节电机组为例", 2)]


def test_a_title_of_two_lines_is_one() -> None:
    flow = Flow()
    flow.title("青禾市人民议事会关于推动余料回用和", "节电机组试装的若干意见")
    flow.paragraph(PROSE * 3)
    assert texts(read(flow), "title") == ["青禾市人民议事会关于推动余料回用和节电机组试装的若干意见"]


def test_a_red_head_is_no_title() -> None:
    sheet = Sheet()
    sheet.text(150, 760, "青禾市议事厅文件", 36)
    sheet.text(220, 700, "关于余料回用的通知", 22)
    column(sheet, break_lines(PROSE * 3, 10.5, 441), top=650)
    assert texts(read(sheet), "title") == ["关于余料回用的通知"]


def test_headings_rank_by_size_and_weight() -> None:
    flow = Flow()
    flow.title("青禾市余料回用研究")
    for text, level in (("一、来由", 1), ("（一）用电", 2), ("1.东岭镇", 3), ("二、办法", 1)):
        flow.heading(text, level)
        flow.paragraph(PROSE * 2)
    found = [(each.text, each.level) for each in read(flow) if each.kind == "heading"]
    assert found == [("一、来由", 1), ("（一）用电", 2), ("1.东岭镇", 3), ("二、办法", 1)]


def test_a_heading_is_heavier_than_a_body_without_serifs() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))  # the only face at hand that needs no file and is named so
    sheet = Sheet()
    for index, line in enumerate(["一、余料之用", "青禾市余料回用工程人才平台。", "二、工程之用", "青禾市工程人才余料平台。"]):
        sheet.canvas.saveState()
        pen = sheet.canvas.beginText(72, 700 - 24 * index)
        pen.setFont("HeiseiKakuGo-W5", 10.5)
        pen.setTextRenderMode(2 if "、" in line else 0)
        pen.textOut(line + " " * index)
        sheet.canvas.drawText(pen)
        sheet.canvas.restoreState()
    assert texts(read(sheet), "heading") == ["一、余料之用", "二、工程之用"]


def test_a_numbered_line_does_not_carry_on_a_heading() -> None:
    sheet = Sheet()
    sheet.text(72, 700, "二、用电的办法", bold=True)
    column(sheet, ["1.SmartGrid2024平台", "由沿河三镇一同来办，", "再推到东岭的各厂去。"], top=684)
    assert texts(read(sheet), "heading") == ["二、用电的办法"]


# ---- text that runs another way ----


def turned(sheet: Sheet, angle: int, width: float, height: float) -> Sheet:
    """Turns what is drawn from here on: its x runs along lines that lean by `angle` against the clock."""
    shift = {90: (width, 0.0), 180: (width, height), 270: (0.0, height)}
    sheet.canvas.translate(*shift[angle])
    sheet.canvas.rotate(angle)
    return sheet


TURNED_ROWS = [["镇", "机组（台）", "用电（万度）"], ["东岭", "12", "30"], ["沿河", "8", "25"], ["北滩", "6", "20"]]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_of_turned_text_is_read_as_it_runs(angle: int) -> None:
    sheet = Sheet()
    sheet.text(72, 760, "青禾市机组分布", 18)
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    sheet.page()
    height = 595 if angle % 180 else 842
    sheet.text(290, 40, "2")
    turned(sheet, angle, 595, 842)
    sheet.text(72, height - 60, "附表　各镇机组", 14)
    bottom = sheet.grid(72, height - 80, [100, 120, 120], TURNED_ROWS)
    sheet.text(72, bottom - 30, "各镇机组以余料数量为依据，每年调整一次。")
    found = read(sheet)
    assert rows(found) == [tuple(row) for row in TURNED_ROWS]
    assert kept(found)[-1].text == "各镇机组以余料数量为依据，每年调整一次。"
    assert out(found, "rotated text") == []
    place = kept(found)[-1].places[0][1]
    assert place.page == 2
    left, low, right, high = place.box or (0.0, 0.0, 0.0, 0.0)
    along, across = (high - low, right - left) if angle % 180 else (right - left, high - low)
    assert along == pytest.approx(20 * 10.5, abs=2)
    assert across < 15


@pytest.mark.parametrize("angle", [90, 270])
def test_a_turned_table_below_upright_text(angle: int) -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 3, 10.5, 441))
    sheet.canvas.translate(*((300, 150) if angle == 90 else (300, 450)))
    sheet.canvas.rotate(angle)
    sheet.grid(0, 0, [100, 100, 100], TURNED_ROWS)
    found = read(sheet)
    assert "".join(texts(found)) == PROSE * 3
    assert rows(found) == [tuple(row) for row in TURNED_ROWS]
    boxes = [place.box for each in kept(found) if each.cells for _, place in each.places]
    assert all(box and 0 <= box[0] < box[2] <= 595 and 0 <= box[1] < box[3] <= 842 for box in boxes)


@pytest.mark.parametrize("angle", [90, 270, 45])
def test_a_stamp_beside_the_text_is_left_out(angle: int) -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 3, 10.5, 441))
    sheet.text(40, 300, "青禾园区内部资料", angle=angle)
    found = read(sheet)
    assert "".join(texts(found)) == PROSE * 3
    assert out(found, "rotated text") == ["青禾园区内部资料"]


COLUMNS = ["青禾志略", "青禾以余料立镇历代回用不绝", "光绪间设链长专司其事厂商称便", "今园长三里"]


def test_columns_are_read_from_right_to_left() -> None:
    sheet = Sheet()
    sheet.columns(500, 760, COLUMNS[:1], 20)
    sheet.columns(440, 760, COLUMNS[1:])
    sheet.text(290, 40, "— 3 —")
    found = read(sheet)
    assert [each.text for each in kept(found)] == COLUMNS
    assert out(found, "page number") == ["— 3 —"]
    box = kept(found)[1].places[0][1].box
    assert box is not None
    assert 435 < box[0] < box[2] < 460
    assert 760 - 13 * 14 * 1.25 < box[1] < box[3] < 776


def test_blocks_of_columns_are_read_one_below_the_other() -> None:
    lines = [PROSE[start : start + 16] for start in range(0, 48, 16)] + ["余料归园区。"]
    sheet = Sheet()
    for top in (780, 400):
        sheet.columns(500, top, lines)
    assert "".join(texts(read(sheet))) == "".join(lines) * 2


# ---- characters without a meaning ----

CODES = bytes((*range(1, 9), 11, 12, *range(14, 32), *range(33, 60)))


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra is not installed."""
    monkeypatch.setattr("pipeline.read.pdf.ocr.available", lambda: False)


@pytest.mark.usefixtures("no_ocr")
def test_a_document_of_codes_without_a_meaning() -> None:
    sheet = Sheet()
    sheet.codes(72, 700, CODES)
    with pytest.raises(ReadError, match="its fonts give no readable text: run OCR"):
        read(sheet)


@pytest.mark.usefixtures("no_ocr")
def test_letters_in_place_of_chinese() -> None:
    sheet = Sheet()
    for line in range(4):
        sheet.codes(72, 700 - 16 * line, bytes(33 + (at * at + 7 * line) % 90 for at in range(50)))
    with pytest.raises(ReadError, match="its fonts give no readable text: run OCR"):
        read(sheet)


@pytest.mark.usefixtures("no_ocr")
def test_a_page_of_codes_without_a_meaning_is_named() -> None:
    flow = Flow()
    flow.paragraph(PROSE * 2)
    flow.column()
    flow.sheet.codes(72, 700, CODES)
    found = read(flow)
    assert texts(found) == [PROSE * 2]
    assert [each.left_out for each in found if each.left_out] == ["page 2 has fonts that give no readable text"]


@pytest.mark.parametrize(
    "text",
    [
        "The chain leader of Qinghe calls a meeting of the plants each month and writes down what was decided there. " * 2,
        "12.5  13,250  14%  (3)  2024-05-06  18/20  " * 8,
        "園區將餘料回用寫進章程，由鏈長召集各廠商議用電與用水的辦法，節電機組先在東嶺鎮試裝，再推到沿河三鎮。" * 4,
    ],
)
def test_good_documents_are_readable(text: str) -> None:
    assert is_readable(text, ())


def test_chinese_characters_at_random_are_not_readable() -> None:
    assert not is_readable("".join(chr(0x4E00 + (7919 * at) % 20_000) for at in range(400)), ())


# ---- nothing is lost ----


@pytest.mark.parametrize("scale", [0.25, 0.5, 1.0])
def test_characters_that_pdfium_puts_off_the_page_stay_in_order(scale: float) -> None:
    sheet = Sheet()
    lines = break_lines(PROSE * 2, 10.5, 441)
    for at, line in enumerate(lines):
        sheet.meant(72, 600 - 16 * at, line, "料用一镇", scale=scale)
    found = read(sheet)
    assert texts(found) == [PROSE * 2]
    boxes = [place.box for each in found for _, place in each.places]
    assert all(box and 70 < box[0] < box[2] < 525 and 500 < box[1] < box[3] < 620 for box in boxes)


# ---- heads and page numbers ----


def test_running_heads_and_page_numbers_are_left_out() -> None:
    found = essay(2)
    pages = max(place.page for each in found for _, place in each.places)
    assert len(out(found, "running head")) == len(out(found, "page number")) == pages
    assert out(found, "page number")[0] == "— 1 —"


def test_heads_that_alternate() -> None:
    sheet = Sheet()
    for page in range(6):
        sheet.text(*((72, 800, "青禾研究") if page % 2 else (400, 800, f"第{page}期　余料专号")), size=9)
        column(sheet, break_lines("".join(sentence(9 * page + index) for index in range(9)), 10.5, 441), top=740)
        sheet.page()
    found = read(sheet)
    assert len(out(found, "running head")) == 6
    assert len(out(found, "page number")) == 0


def test_a_last_note_that_repeats_is_no_head() -> None:
    flow = Flow()
    for _ in range(4):
        flow.paragraph(PROSE + "①", {"①": "同上书，第12页。"})
        flow.column()
    assert len(texts(read(flow), "footnote")) == 4


# ---- footnotes ----


def test_footnotes_follow_their_column_and_hang_in_the_text() -> None:
    flow = Flow(columns=2)
    flow.paragraph("链长召集各厂。①" + PROSE, {"①": "程某：《余料论》，青禾出版社2021年版。"})
    flow.column()
    flow.paragraph("东岭镇先试装。②" + PROSE * 9, {"②": "访谈记录。"})
    found = kept(read(flow))
    assert [(each.kind, each.mark, each.key) for each in found] == [
        (None, "", ""),
        ("footnote", "①", "page-1-①"),
        (None, "", ""),
        ("footnote", "②", "page-1-②"),
    ]
    assert found[0].text == "链长召集各厂。" + PROSE
    assert found[0].notes == ((7, "page-1-①"),)
    assert found[1].text == "程某：《余料论》，青禾出版社2021年版。"


@pytest.mark.parametrize(("mark", "raised"), [("1", True), ("[1]", True), ("①", False), ("*", True)])
def test_marks_of_other_forms(mark: str, raised: bool) -> None:
    sheet = Sheet()
    right = sheet.text(93, 700, "链长召集各厂")
    right = sheet.text(right + 1, 700, mark, raised=raised)
    sheet.text(right + 1, 700, "商议用电的办法和用水的办法，并且逐月")
    column(sheet, break_lines(PROSE * 9, 10.5, 441), top=684)
    sheet.rule(72, 110, 200, 110)
    right = sheet.text(72, 95, mark, 8, raised=mark == "1")
    sheet.text(right + 4, 95, "程某：《余料论》，青禾出版社2021年版。", 8)
    found = kept(read(sheet))
    assert found[0].notes == ((6, f"page-1-{mark}"),)
    assert found[0].text.startswith("链长召集各厂商议用电")
    assert (found[-1].kind, found[-1].mark, found[-1].text) == ("footnote", mark, "程某：《余料论》，青禾出版社2021年版。")


def test_a_power_stays_in_the_text() -> None:
    sheet = Sheet()
    right = sheet.text(93, 700, "园区占地1200km")
    right = sheet.text(right, 700, "2", raised=True)
    sheet.text(right + 1, 700, "，分为三片")
    column(sheet, break_lines(PROSE * 2, 10.5, 441), top=684)
    assert kept(read(sheet))[0].text.startswith("园区占地1200km2，分为三片")


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    sheet = Sheet()
    for lines in (["① 程某：《余料论》，青禾出版社2021年版，第3页，", "另见该书第四章"], ["所附的节电表。"]):
        sheet.text(93, 700, PROSE[:40])
        column(sheet, break_lines(PROSE[::-1] * 8, 10.5, 441), top=684)
        sheet.rule(72, 110, 200, 110)
        column(sheet, lines, top=98, size=8)
        sheet.page()
    assert texts(read(sheet), "footnote") == ["程某：《余料论》，青禾出版社2021年版，第3页，另见该书第四章所附的节电表。"]


def test_notes_without_a_rule_are_known_by_size_and_mark() -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 8, 10.5, 441))
    sheet.text(72, 95, "① 程某：《余料论》，青禾出版社2021年版。", 8)
    assert len(texts(read(sheet), "footnote")) == 1


def test_notes_over_the_page_stand_behind_both_columns() -> None:
    sheet = Sheet()
    for left in (72, 308):
        column(sheet, break_lines("".join(sentence(number + left) for number in range(24)), 10.5, 215)[:34], left)
    sheet.rule(72, 120, 200, 120)
    note = "① 程某：《余料论》，青禾出版社2021年版，第3页，另见该社所编的资料汇编和沿河三镇的节电表。"
    column(sheet, [note, "② 访谈记录。"], top=105, size=8.5)
    found = kept(read(sheet))
    assert [each.mark for each in found if each.kind == "footnote"] == ["①", "②"]
    assert [each.kind for each in found[-2:]] == ["footnote", "footnote"]


def test_notes_that_are_numbered_like_a_list() -> None:
    sheet = Sheet()
    right = sheet.text(93, 700, "链长召集各厂")
    right = sheet.text(right + 1, 700, "1", raised=True)
    sheet.text(right + 1, 700, "商议用电的办法和用水的办法，并且逐月")
    column(sheet, break_lines(PROSE * 9, 10.5, 441), top=684)
    column(sheet, ["1.程某：《余料论》，青禾出版社2021年版，第1页、第", "3页，另见该书附录。"], top=95, size=8)
    found = kept(read(sheet))
    assert found[0].notes == ((6, "page-1-1."),)
    assert texts(found, "footnote") == ["程某：《余料论》，青禾出版社2021年版，第1页、第3页，另见该书附录。"]


def test_notes_over_both_columns_whose_marks_stand_apart() -> None:
    sheet = Sheet()
    for left in (72, 308):
        column(sheet, break_lines("".join(sentence(number + left) for number in range(24)), 10.5, 215)[:34], left)
    sheet.rule(72, 120, 200, 120)
    notes = [
        "程某：《余料论》，青禾出版社2021年版，第3页，另见该社所编的资料汇编和沿河三镇的节电表，以及",
        "各厂的章程。",
        "访谈记录。",
    ]
    for index, (mark, line) in enumerate(zip(("1", "", "2"), notes, strict=True)):
        if mark:
            sheet.text(72, 105 - 13 * index, mark, 8.5)
        sheet.text(89, 105 - 13 * index, line, 8.5)
    found = kept(read(sheet))
    assert [(each.mark, each.text) for each in found[-2:]] == [("1", notes[0] + notes[1]), ("2", notes[2])]
    assert [each.kind for each in found[-3:]] == [None, "footnote", "footnote"]


def test_numbers_in_a_sentence_are_no_marks() -> None:
    flow = Flow()
    text = "各镇要做到：①用电有数；②用水有数。"
    flow.sheet.text(93, 700, text)
    assert texts(read(flow)) == [text]


# ---- tables ----


def test_a_ruled_table() -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    sheet.grid(72, 620, [100, 200, 100], [["区", "办法", "产值"], ["东岭", "先装节电\n机组", "12"], ["沿河", "余料归园区", "12"]])
    found = read(sheet)
    assert rows(found) == [("区", "办法", "产值"), ("东岭", "先装节电机组", "12"), ("沿河", "余料归园区", "12")]
    assert [each.header for each in found if each.cells] == [True, False, False]
    assert texts(found) == [PROSE * 2]


def test_tight_cells_are_parted_at_the_rule() -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    for x in (72, 114.5, 157):
        sheet.rule(x, 600, x, 560)
    for y in (600, 580, 560):
        sheet.rule(72, y, 157, y)
    sheet.text(72.5, 585, "东岭用电沿河用水")
    sheet.text(72.5, 565, "机组三台机组四台")
    assert rows(read(sheet)) == [("东岭用电", "沿河用水"), ("机组三台", "机组四台")]


def test_a_cell_over_two_columns_stands_in_the_first() -> None:
    sheet = Sheet()
    for y in (600, 580, 560):
        sheet.rule(72, y, 372, y)
    for x in (72, 172, 372):
        sheet.rule(x, 600, x, 560)
    sheet.rule(272, 580, 272, 560)
    for x, y, text in ((76, 585, "区"), (200, 585, "用电与用水"), (76, 565, "东岭"), (180, 565, "12"), (280, 565, "15")):
        sheet.text(x, y, text)
    assert rows(read(sheet)) == [("区", "用电与用水", ""), ("东岭", "12", "15")]


def test_a_table_goes_on_on_the_next_page() -> None:
    sheet = Sheet()
    head = ["区", "办法", "产值"]
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    sheet.grid(72, 200, [100, 200, 100], [head, ["东岭", "节电", "12"]])
    sheet.page()
    sheet.grid(72, 770, [100, 200, 100], [head, ["沿河", "节水", "15"]])
    found = read(sheet)
    assert rows(found) == [("区", "办法", "产值"), ("东岭", "节电", "12"), ("沿河", "节水", "15")]
    assert {each.table for each in found if each.cells} == {1}
    assert out(found, "repeated head") == ["区 办法 产值"]


def test_a_table_of_three_rules() -> None:
    flow = Flow()
    flow.paragraph(PROSE * 2)
    flow.caption("表1 各区产值")
    flow.table([["区", "产值", "增长"], ["东区", "12", "3%"], ["西区", "14", "5%"]], open=True)
    flow.paragraph(PROSE)
    found = read(flow)
    assert rows(found) == [("区", "产值", "增长"), ("东区", "12", "3%"), ("西区", "14", "5%")]
    assert texts(found, "caption") == ["表1各区产值"]


def test_rules_that_are_drawn_cell_by_cell() -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    given = [("区", "产值"), ("东岭", "12"), ("沿河", "15")]
    for index, row in enumerate(given):
        for x, cell in zip((80, 170), row, strict=True):
            sheet.text(x, 605 - 20 * index, cell)
    for y in (620, 600, 560):
        for x in (72, 162):
            sheet.rule(x, y, x + 90, y)
    assert rows(read(sheet)) == given


def test_a_cell_of_two_lines_in_a_table_of_three_rules() -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    for y in (620, 600, 530):
        sheet.rule(72, y, 500, y)
    for y, cells in (
        (605, ("区", "办法", "产值")),
        (585, ("东岭", "先装节电机组，", "12")),
        (570, ("", "再推到沿河", "")),
        (550, ("沿河", "余料归园区", "15")),
    ):
        for x, cell in zip((80, 220, 400), cells, strict=True):
            sheet.text(x, y, cell)
    assert rows(read(sheet))[1:] == [("东岭", "先装节电机组，再推到沿河", "12"), ("沿河", "余料归园区", "15")]


def test_rows_between_level_rules() -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    given = [("区", "产值"), ("东岭", "12"), ("沿河", "15"), ("北坡", "9"), ("南湾", "11"), ("西塘", "10")]
    for index, row in enumerate(given):
        sheet.rule(72, 620 - 20 * index, 500, 620 - 20 * index)
        for x, cell in zip((80, 300), row, strict=True):
            sheet.text(x, 605 - 20 * index, cell)
    sheet.rule(72, 500, 500, 500)
    assert rows(read(sheet)) == given


def test_a_table_over_both_columns() -> None:
    sheet = Sheet()
    for left, first in ((72, 0), (308, 40)):
        column(sheet, break_lines("".join(sentence(number + first) for number in range(9)), 10.5, 215)[:14], left)
        column(sheet, break_lines("".join(sentence(number + first + 80) for number in range(9)), 10.5, 215)[:14], left, top=380)
    sheet.grid(72, 460, [150, 150, 151], [["区", "办法", "产值"], ["东岭", "节电", "12"]])
    found = kept(read(sheet))
    assert [bool(each.cells) for each in found] == [False, False, True, True, False, False]
    assert [each.text[: each.text.index("句")] for each in found if each.text] == ["第0", "第40", "第80", "第120"]


def test_a_table_without_rules() -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    for index, row in enumerate((("区", "产值", "增长"), ("东区", "12", "3%"), ("西区", "14", "5%"), ("北区", "9", "1%"))):
        for at, cell in enumerate(row):
            sheet.text(100 + 120 * at, 620 - 16 * index, cell)
    assert rows(read(sheet))[1] == ("东区", "12", "3%")


def test_two_columns_are_no_table() -> None:
    assert {each.table for each in essay(2) if each.cells} == {1, 2}


def test_a_box_around_a_paragraph_is_no_table() -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    for y in (720, 600):
        sheet.rule(60, y, 530, y)
    for x in (60, 530):
        sheet.rule(x, 720, x, 600)
    assert texts(read(sheet)) == [PROSE * 2]


# ---- what is no part of the text, and what cannot be read ----


def test_a_watermark_is_left_out() -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    sheet.text(150, 300, "内部资料", 40, angle=45)
    found = read(sheet)
    assert out(found, "rotated text") == ["内部资料"]
    assert texts(found) == [PROSE * 2]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_turned(rotation: int) -> None:
    sheet = Sheet(rotation=rotation)
    canvas = sheet.canvas
    canvas.translate(*{90: (842, 0), 180: (595, 842), 270: (0, 595)}[rotation])
    canvas.rotate(rotation)
    lines = [f"第{number}组GDP与用电同升，余料回用逐月增加，GDP{'因此再升，' if number < 3 else '。'}" for number in range(4)]
    column(sheet, lines, top=500)
    (found,) = read(sheet)
    assert found.text == "".join(lines)
    box = found.places[0][1].box
    assert box is not None
    assert box[:2] == pytest.approx((72, 498.4), abs=0.5)


def test_a_page_that_is_a_picture_is_named() -> None:
    sheet = Sheet()
    column(sheet, break_lines(PROSE * 2, 10.5, 441))
    sheet.page()
    sheet.picture(0, 0, 595, 842)
    found = read(sheet)
    assert [(each.text, each.places[0][1].page) for each in found if each.left_out == "page 2 is a picture"] == [("", 2)]


def test_scanned() -> None:
    sheet = Sheet()
    sheet.picture(0, 0, 595, 842)
    with pytest.raises(ReadError, match=r"青禾\.pdf: is scanned, its pages hold pictures and no text: "):
        read(sheet)


def test_encrypted() -> None:
    sheet = Sheet(password="x")
    sheet.text(72, 700, PROSE)
    with pytest.raises(ReadError, match=r"青禾\.pdf: is encrypted: save it without a password"):
        read(sheet)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n%broken", b"\x00" * 5000, b"PK\x03\x04"])
def test_broken(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"青禾\.pdf: is no PDF that can be opened"):
        elements(data, "青禾.pdf")


def test_glyphs_without_a_meaning() -> None:
    sheet = Sheet()
    sheet.text(72, 700, "\ue001\ue002\ue003\ue004")
    with pytest.raises(ReadError, match="its fonts give no readable text: run OCR on it first"):
        read(sheet)


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.pdf.characters.PAGES", 1)
    sheet = Sheet()
    sheet.page()
    sheet.page()
    with pytest.raises(ReadError, match="has 2 pages"):
        read(sheet)


def test_a_page_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    load = pypdfium2.PdfDocument.get_page

    def broken(document: object, index: int) -> object:
        if index == 1:
            raise pypdfium2.PdfiumError("Failed to load page.")
        return load(document, index)

    monkeypatch.setattr(pypdfium2.PdfDocument, "get_page", broken)
    sheet = Sheet()
    for _ in range(2):
        column(sheet, break_lines(PROSE * 2, 10.5, 441))
        sheet.page()
    assert out(read(sheet), "page 2 cannot be read: Failed to load page.") == [""]
