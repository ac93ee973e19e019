"""Word documents as elements: text, kinds, numbers, tables, notes, what is left out, what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.read import docx, package
from pipeline.read.docx.numbering import formatted
from pipeline.read.layout import Element
from tests.growth import LINEAR, growth
from tests.making_docx import (
    BR,
    STYLES,
    Part,
    Xml,
    cell,
    document_xml,
    heading,
    make_docx,
    note,
    numbering,
    p,
    run,
    style,
    table,
    title,
    zipped,
)


def elements(data: bytes, name: str) -> list[Element]:
    return docx.elements(data, name, _chunk)


def _chunk(data: bytes, name: str) -> list[Element]:
    """Takes the one kind of embedded document that is tried here."""
    if name.endswith(".html"):
        return [Element("块内", places=((0, Place(path="/html/body/p[1]")),))]
    raise ReadError(f"{name}: is no page")


def read(*parts: Part | str, **kwargs: str) -> list[Element]:
    return elements(make_docx(parts, **kwargs), "港.docx")  # type: ignore[arg-type]


def texts(*parts: Part | str, **kwargs: str) -> list[str]:
    return [element.text for element in read(*parts, **kwargs) if not element.left_out]


def deleted(text: str) -> Xml:
    return Xml(f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>")


def math(content: str) -> Xml:
    return Xml(f"<m:oMath>{content}</m:oMath>")


def m(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


FIELD = "".join(
    f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>{rest}'
    for step, rest in (
        ("begin", "<w:r><w:instrText>IF </w:instrText></w:r><w:r><w:t>码</w:t></w:r>"),
        ("separate", "<w:r><w:t>三</w:t></w:r>"),
        ("end", ""),
    )
)
BOX = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
ALTERNATIVES = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:r><w:t>东</w:t><w:tab/><w:t>港</w:t></w:r>", "东\t港"),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>7</w:t></w:r>", "A-7"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>已办</w:t></w:r>', "☑已办"),
        ('<w:r><w:t>东</w:t><w:br w:type="page"/><w:t>港</w:t></w:r>', "东港"),
        ("<w:hyperlink><w:r><w:t>云渡港</w:t></w:r></w:hyperlink>", "云渡港"),
        ("<w:smartTag><w:r><w:t>云渡港</w:t></w:r></w:smartTag>", "云渡港"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>云渡港</w:t></w:r></w:sdtContent></w:sdt>", "云渡港"),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>二月</w:t></w:r></w:fldSimple>', "二月"),
        (f"<w:r><w:t>第</w:t></w:r>{FIELD}<w:r><w:t>页</w:t></w:r>", "第三页"),
        ("<w:ins><w:r><w:t>新港</w:t></w:r></w:ins>" + deleted("旧港"), "新港"),
        ("<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>", "新"),
        ("<w:r><w:t>港</w:t></w:r><w:commentRangeStart/><w:r><w:commentReference/></w:r>", "港"),
        ("<w:ruby><w:rt><w:r><w:t>gǎng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>港</w:t></w:r></w:rubyBase></w:ruby>", "港"),
        ("<w:r><w:t>\n  港\n  </w:t></w:r><w:r><w:t>口</w:t></w:r>", "港口"),
        ('<w:r><w:t xml:space="preserve">　　港\n口　</w:t></w:r>', "港 口"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph(content: str, text: str) -> None:
    assert texts(p(Xml(content))) == [text]


def test_line_break_parts_a_paragraph() -> None:
    assert texts(p("云渡市港口局", BR, "云渡市海事局")) == ["云渡市港口局", "云渡市海事局"]


def test_text_box_follows_its_paragraph_once() -> None:
    assert texts(p("框外", Xml(ALTERNATIVES), "也在框外"), "下一段") == ["框外也在框外", "框内", "下一段"]


def test_deleted_mark_joins_two_paragraphs() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    assert texts(p("港区在", properties=mark), p("建设中。"), p("末段", properties=mark)) == ["港区在建设中。", "末段"]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (m("E=m") + f"<m:sSup><m:e>{m('c')}</m:e><m:sup>{m('2')}</m:sup></m:sSup>", "E=mc^2"),
        (f"<m:f><m:num>{m('a+b')}</m:num><m:den>{m('n')}</m:den></m:f>", "(a+b)/n"),
        (f"<m:rad><m:deg/><m:e>{m('x+1')}</m:e></m:rad>", "√(x+1)"),
        (f"<m:sSub><m:e>{m('x')}</m:e><m:sub>{m('ij')}</m:sub></m:sSub>", "x_ij"),
        (f"<m:d><m:e>{m('x')}</m:e><m:e>{m('y')}</m:e></m:d>", "(x,y)"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{m("i=1")}</m:sub><m:sup>{m("n")}</m:sup>'
            f"<m:e>{m('x')}</m:e></m:nary>",
            "∑_(i=1)^n x",
        ),
    ],
)
def test_formula(formula: str, text: str) -> None:
    [element] = read(p(math(formula)))
    assert (element.text, element.kind) == (text, "formula")


@pytest.mark.parametrize(("beside", "kind"), [("　（3-1）", "formula"), ("表示产量。", None)])
def test_formula_with_text_beside_it(beside: str, kind: str | None) -> None:
    [element] = read(p(math(m("y=x")), beside))
    assert (element.text, element.kind) == ("y=x" + beside, kind)


@pytest.mark.parametrize(
    ("styles", "properties", "kind", "level"),
    [
        (style("S", "Title"), "", "title", 1),
        (style("S", "标题", '<w:outlineLvl w:val="0"/>'), "", "title", 1),
        (style("S", "Subtitle"), "", "title", 2),
        (style("S", "heading 2"), "", "heading", 2),
        (style("S", "标题 3"), "", "heading", 3),
        (style("S", "题注"), "", "caption", 0),
        (style("S", "章", '<w:outlineLvl w:val="1"/>'), "", "heading", 2),
        (style("S", "我的标题", based_on="B") + style("B", "heading 4"), "", "heading", 4),
        (style("S", "说明", '<w:outlineLvl w:val="9"/>', based_on="B") + style("B", "heading 4"), "", None, 0),
        (style("S", "环", based_on="B") + style("B", "圈", based_on="S"), "", None, 0),
        (style("S", "正文"), '<w:outlineLvl w:val="2"/>', "heading", 3),
        (style("S", "heading 2"), '<w:outlineLvl w:val="9"/>', None, 0),
        ("", "", None, 0),
    ],
)
def test_style_makes_the_kind(styles: str, properties: str, kind: str | None, level: int) -> None:
    [element] = read(p("港口", style="S", properties=properties), styles=styles)
    assert (element.kind, element.level) == (kind, level)


def test_kind_by_id_where_the_styles_are_missing() -> None:
    assert [element.kind for element in read(title("港"), heading(1, "港"), "港", styles="")] == ["title", "heading", None]


@pytest.mark.parametrize(
    ("number", "name", "shown"),
    [
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (10, "chineseCounting", "十"),
        (25, "chineseCounting", "二十五"),
        (100, "chineseCounting", "一○○"),
        (10, "chineseCountingThousand", "十"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千零一"),
        (12, "japaneseCounting", "十二"),
        (101, "japaneseCounting", "百一"),
        (10, "ideographDigital", "一〇"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (2, "ideographTraditional", "乙"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (51, "decimalEnclosedCircle", "51"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (14, "lowerRoman", "xiv"),
        (1999, "upperRoman", "MCMXCIX"),
        (10**8, "lowerLetter", "100000000"),
        (-1, "upperRoman", "-1"),
        (5, "none", ""),
        (5, "unheardOf", "5"),
    ],
)
def test_number_format(number: int, name: str, shown: str) -> None:
    assert formatted(number, name) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("%1、", "一、港"),
        ("（%1）", "（一）港"),
        ("第%1条", "第一条 港"),
        ("第%1章　", "第一章 港"),
        ("%1", "一 港"),
        ("附件：", "附件：港"),
        ("", "港"),
    ],
)
def test_number_stands_before_the_text(text: str, shown: str) -> None:
    assert texts(p("　港", number=1), numbering=numbering({1: [("chineseCounting", text)]})) == [shown]


def test_depths_count_and_restart() -> None:
    lists = numbering({1: [("chineseCounting", "%1、"), ("decimal", "%2."), ("decimal", "%2.%3")]})
    depths = [0, 1, 1, 2, 0, 1, 2, 2]
    shown = texts(*(p("港", number=(1, depth)) for depth in depths), numbering=lists)
    assert shown == ["一、港", "1.港", "2.港", "2.1 港", "二、港", "1.港", "1.1 港", "1.2 港"]


def test_depth_that_does_not_restart() -> None:
    lists = numbering({1: [("chineseCounting", "第%1章"), ("chineseCounting", "第%2条")]}).replace(
        '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:lvlRestart w:val="0"/>'
    )
    shown = texts(*(p("港", number=(1, depth)) for depth in (0, 1, 0, 1)), numbering=lists)
    assert shown == ["第一章 港", "第一条 港", "第二章 港", "第二条 港"]


def test_legal_numbers_are_decimal() -> None:
    lists = numbering({1: [("chineseCounting", "%1、"), ("decimal", "%1.%2")]}).replace(
        '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:isLgl/>'
    )
    assert texts(p("港", number=1), p("湾", number=(1, 1)), numbering=lists) == ["一、港", "1.1 湾"]


def test_list_that_starts_anew() -> None:
    lists = numbering({1: [("decimal", "%1.", 4)]}) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    )
    shown = texts(*(p("港", number=key) for key in (1, 1, 2, 2, 3)), numbering=lists)
    assert shown == ["4.港", "5.港", "9.港", "10.港", "11.港"]


def test_number_of_a_style() -> None:
    lists = numbering({7: [("decimal", "%1、"), ("chineseCounting", "（%2）")]}).replace(
        '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="S"/>'
    )
    styles = style("S", "heading 2", '<w:numPr><w:numId w:val="7"/></w:numPr>')
    assert texts(p("港", style="S"), p("湾", style="S"), numbering=lists, styles=styles) == ["（一）港", "（二）湾"]
    assert texts(p("港", style="S", number=0), numbering=lists, styles=styles) == ["港"]


def test_empty_paragraph_counts() -> None:
    lists = numbering({1: [("decimal", "%1.")]})
    assert texts(p("港", number=1), p(number=1), p("湾", number=1), numbering=lists) == ["1.港", "3.湾"]


def test_bullet_is_a_list_item() -> None:
    [element] = read(p("港", number=1), numbering=numbering({1: [("bullet", "\uf06c")]}))
    assert (element.text, element.kind) == ("港", "list_item")


def test_table() -> None:
    rows = read("前", table([["港区", "吞吐量"], ["东港", "12万吨"]]), table([["甲", "乙"]]))[1:]
    assert [(row.cells, row.table, row.header) for row in rows] == [
        (("港区", "吞吐量"), 1, True),
        (("东港", "12万吨"), 1, False),
        (("甲", "乙"), 2, True),
    ]
    assert [row.places for row in rows[:2]] == [((0, Place(path=f"table 1, row {number}")),) for number in (1, 2)]


def test_lines_of_a_cell() -> None:
    stacked = [cell(p("东港"), p("西港")), cell(p("12.5"), p("8万吨")), cell(p("二类"), p("口岸"))]
    rows = read(table([["港区", "吞吐量", "级别"], stacked, ["南港", cell(p("3", BR, "4")), "一类"]]))
    assert [row.cells for row in rows[1:]] == [("东港；西港", "12.5；8万吨", "二类；口岸"), ("南港", "3；4", "一类")]


def test_marked_header_rows() -> None:
    rows = read(table([["甲", "乙"], ["丙", "丁"], ["1", "2"]], headers=2))
    assert [row.header for row in rows] == [True, True, False]


def test_merged_cells() -> None:
    rows = read(
        table(
            [
                [cell("港区", merged="restart"), cell("吞吐量", span=2)],
                [cell(merged="continue"), "内贸", "外贸"],
                ["东港", "8", "4"],
            ]
        )
    )
    assert [row.cells for row in rows] == [("港区", "吞吐量", ""), ("港区", "内贸", "外贸"), ("东港", "8", "4")]


def test_cell_joins_its_paragraphs() -> None:
    [row] = read(table([[cell("云渡", "港区"), cell("Yundu", "Port")]]))
    assert row.cells == ("云渡港区", "Yundu Port")


def test_table_within_a_cell_stands_behind_its_own() -> None:
    deepest = table([["一号", "甲"], ["二号", "乙"]])
    within = table([["泊位", "12个"], ["航道", cell("3条", deepest)]])
    found = read(table([["港区", "设施"], ["东港", cell("见表", within)], ["西港", "无"]]), "后文")
    assert [(element.cells or element.text, element.table, element.header) for element in found] == [
        (("港区", "设施"), 1, True),
        (("东港", "见表"), 1, False),
        (("西港", "无"), 1, False),
        (("泊位", "12个"), 2, False),  # names and values: no row names the columns
        (("航道", "3条"), 2, False),
        (("一号", "甲"), 3, False),
        (("二号", "乙"), 3, False),
        ("后文", 0, False),
    ]


def test_table_of_three_columns_within_a_cell_has_a_header() -> None:
    found = read(table([["港区", "设施"], ["东港", cell("", table([["泊位", "长", "宽"], ["甲", "9米", "2米"]]))]]))
    assert [element.header for element in found] == [True, False, True, False]


def test_numbers_in_cells() -> None:
    rows = read(table([[cell(p(number=1)), "东港"], [cell(p(number=1)), "西港"]]), numbering=numbering({1: [("decimal", "%1")]}))
    assert [row.cells for row in rows] == [("1", "东港"), ("2", "西港")]


@pytest.mark.parametrize(
    ("laid_out", "expected"),
    [
        (table([["一段话"]]), ["一段话"]),
        (table([[cell("一", "二"), cell("甲", "乙", "丙", "丁")]]), ["一", "二", "甲", "乙", "丙", "丁"]),
        (table([[cell("前", table([["甲", "乙"]]), "后")]]), ["前", "", "后"]),  # the table within stands by itself
    ],
)
def test_layout_table_is_paragraphs(laid_out: Part, expected: list[str]) -> None:
    assert texts(laid_out) == expected


CIRCLES = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>'
PER_PAGE = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/><w:numRestart w:val="eachPage"/></w:footnotePr>'


def test_footnote() -> None:
    [paragraph, footnote, _] = read(p("　东港", note("据云渡年鉴。"), "在建设中。"), "后文")
    assert (paragraph.text, paragraph.notes) == ("东港在建设中。", ((2, "footnote-1"),))
    assert (footnote.text, footnote.kind, footnote.key, footnote.mark) == ("据云渡年鉴。", "footnote", "footnote-1", "[1]")
    assert footnote.places == ((0, Place(path="footnote 1, run 2")),)


@pytest.mark.parametrize(
    ("settings", "section", "marks"),
    [
        ("", "", ["[1]", "[2]"]),
        (CIRCLES, "", ["①", "②"]),
        ("", CIRCLES, ["①", "②"]),
        ('<w:footnotePr><w:numStart w:val="5"/></w:footnotePr>', "", ["[5]", "[6]"]),
        (PER_PAGE, "", ["①", "①"]),
    ],
)
def test_marks(settings: str, section: str, marks: list[str]) -> None:
    page = Xml("<w:r><w:lastRenderedPageBreak/></w:r>")
    found = read(p("东港", note("甲")), p(page, "西港", note("乙")), settings=settings, section=section)
    assert [element.mark for element in found if element.key] == marks


def test_endnote() -> None:
    found = read(p("东港", note("尾注", "endnote"), "与西港", note("脚注")))
    assert found[0].notes == ((2, "endnote-1"), (5, "footnote-2"))
    assert [(element.text, element.key, element.mark) for element in found[1:]] == [
        ("尾注", "endnote-1", "[i]"),
        ("脚注", "footnote-2", "[1]"),
    ]


def test_mark_of_the_author() -> None:
    [paragraph, own, counted] = read(p("东港", note("作者按", mark="*"), "在建", note("年鉴")))
    assert (paragraph.text, paragraph.notes) == ("东港在建", ((2, "footnote-1"), (4, "footnote-2")))
    assert (own.mark, own.text, counted.mark) == ("*", "作者按", "[1]")


def test_deleted_note_is_no_note() -> None:
    [paragraph] = read(p("东港", Xml("<w:del>"), note("年鉴"), Xml("</w:del>")))
    assert (paragraph.text, paragraph.notes) == ("东港", ())


def test_note_in_a_table_follows_its_row() -> None:
    found = read(table([[p("东港", note("在建")), "12"], ["西港", "9"]]))
    assert [element.cells or element.text for element in found] == [("东港", "12"), "在建", ("西港", "9")]


def test_hidden_text_is_left_out() -> None:
    found = read(p("东港", run("密", "<w:vanish/>"), run("在建", '<w:vanish w:val="0"/>')))
    assert [(element.text, element.left_out) for element in found] == [("东港在建", ""), ("密", "hidden text")]


def test_hidden_by_style() -> None:
    hidden = '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>'
    found = read(p("东港", run("密", '<w:rStyle w:val="H"/>')), styles=STYLES + hidden)
    assert [(element.text, element.left_out) for element in found] == [("东港", ""), ("密", "hidden text")]


@pytest.mark.parametrize(
    "contents",
    [
        p("一、总体要求 1", style="TOC1"),
        Xml(
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            "<w:sdtContent><w:p><w:r><w:t>一、总体要求 1</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    ],
)
def test_table_of_contents_is_left_out(contents: Part) -> None:
    found = read(contents, "正文")
    assert [(element.text, element.left_out) for element in found] == [("一、总体要求 1", "table of contents"), ("正文", "")]


def test_running_heads_come_last() -> None:
    found = elements(make_docx(["正文"], headers=["云渡年鉴", " "], footers=["— 1 —"]), "港.docx")
    assert [(element.text, element.left_out) for element in found[1:]] == [
        ("— 1 —", "running head"),
        ("云渡年鉴", "running head"),
    ]


def test_places_name_paragraph_and_run() -> None:
    found = read(p(), table([["甲", "乙"]]), p("　", "东", "港"))
    places = ((0, Place(path="paragraph 4, run 2")), (1, Place(path="paragraph 4, run 3")))
    assert found[-1].places == places


def test_number_takes_the_place_of_its_text() -> None:
    [element] = read(p("东", "港", number=1), numbering=numbering({1: [("chineseCounting", "第%1条")]}))
    assert [(offset, place.path) for offset, place in element.places] == [(0, "paragraph 1, run 1"), (5, "paragraph 1, run 2")]


def nested(open_tag: str, close_tag: str, times: int) -> bytes:
    inside = f"{open_tag * times}<w:r><w:t>港</w:t></w:r>{close_tag * times}"
    return zipped({"word/document.xml": document_xml(f"<w:p><w:r><w:t>湾</w:t></w:r>{inside}</w:p>")})


def encrypted_part() -> bytes:
    data = bytearray(make_docx(["港"]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "港">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "no Word document"),
        ("云渡市".encode(), r"no Word document that can be opened .*: save it again as \.docx"),
        (make_docx(["港"])[:-60], "no Word document"),
        (zipped({"a.txt": "港"}), r"no word/document\.xml"),
        (zipped({"word/document.xml": "<w:document"}), "no Word document"),
        (zipped({"word/document.xml": b""}), "no Word document"),
        (zipped({"word/document.xml": '<?xml version="1.0" encoding="no-such"?><a/>'}), "no Word document"),
        (encrypted_part(), "is encrypted: save it without a password"),
        (zipped({"word/document.xml": ENTITIES}), "declares entities"),
        (zipped({"word/document.xml": ENTITIES.encode("utf-16")}), "declares entities"),
        (make_docx(["港"], others={"word/styles.xml": ENTITIES}), "declares entities"),
        (nested("<w:ins>", "</w:ins>", 100_000), "nested"),
        (make_docx([p(), p(" ")]), "holds no text"),
        (make_docx([p()], headers=["云渡年鉴"]), "holds no text"),
    ],
)
def test_refused(data: bytes, fault: str) -> None:
    with pytest.raises(ReadError, match=fault) as caught:
        elements(data, "港.docx")
    message = str(caught.value)
    assert message.startswith("港.docx: ")
    assert "\n" not in message


@pytest.mark.parametrize("limit", ["_PART_LIMIT", "_TOTAL_LIMIT", "_NODE_LIMIT"])
def test_too_large(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_docx(["港口" * 500] * 30)
    monkeypatch.setattr(package, limit, 50)
    with pytest.raises(ReadError, match=r"^港\.docx: is refused"):
        elements(data, "港.docx")


@pytest.mark.parametrize(
    ("open_tag", "close_tag"),
    [
        ("<w:ins>", "</w:ins>"),
        ("<w:r>", "</w:r>"),
        ("<w:txbxContent><w:p>", "</w:p></w:txbxContent>"),
        ("<w:txbxContent><w:tbl><w:tr><w:tc><w:p>", "</w:p></w:tc></w:tr></w:tbl></w:txbxContent>"),
        ("<m:oMath>", "</m:oMath>"),
    ],
)
def test_nesting_below_the_limit(open_tag: str, close_tag: str) -> None:
    found = elements(nested(open_tag, close_tag, 240 // open_tag.count("<")), "港.docx")
    assert found[0].text.startswith("湾")


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(**targets: str) -> str:
    """The XML of relations: kind of the part → its name."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>' for kind, target in targets.items())
        + "</Relationships>"
    )


@pytest.mark.parametrize(
    ("root", "main", "styles"),
    [
        ("word/document2.xml", "word/document2.xml", "styles2.xml"),
        ("/word/document2.xml", "word/document2.xml", "/word/styles2.xml"),
        ("文件/正文.xml", "文件/正文.xml", "样式.xml"),
        ("main.xml", "main.xml", "word/styles.xml"),
    ],
)
def test_main_part_may_have_any_name(root: str, main: str, styles: str) -> None:
    folder = main.rpartition("/")[0]
    parts = {
        "_rels/.rels": relations(officeDocument=root),
        main: document_xml('<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>港</w:t></w:r></w:p>'),
        f"{folder}/_rels/{main.rpartition('/')[2]}.rels".lstrip("/"): relations(styles=styles),
        styles.lstrip("/") if styles[0] == "/" or not folder else f"{folder}/{styles}": document_xml("").replace(
            "<w:body></w:body>", style("T", "Title")
        ),
    }
    assert [(element.text, element.kind) for element in elements(zipped(parts), "港.docx")] == [("港", "title")]


def with_chunk(name: str, *parts: str) -> bytes:
    """A document that holds another one between its paragraphs."""
    chunk = Xml(f'<w:altChunk xmlns:r="{OFFICE}" r:id="aFChunk"/>')
    others = {"word/_rels/document.xml.rels": relations(aFChunk=name), f"word/{name}": "<html/>"}
    return make_docx([*parts[:1], chunk, *parts[1:]], others=others)


def test_embedded_document_is_read_in_its_place() -> None:
    found = elements(with_chunk("chunk.html", "前", "后"), "港.docx")
    assert [(element.text, element.places[0][1].path) for element in found] == [
        ("前", "paragraph 1, run 1"),
        ("块内", "embedded chunk.html, /html/body/p[1]"),
        ("后", "paragraph 2, run 1"),
    ]


def test_embedded_document_that_is_not_read_is_named() -> None:
    found = elements(with_chunk("chunk.bin", "前"), "港.docx")
    assert [(element.text, element.left_out) for element in found] == [
        ("前", ""),
        ("", "embedded document that is not read: word/chunk.bin: is no page"),
    ]
    with pytest.raises(ReadError, match=r"holds nothing but an embedded document that is not read: word/chunk\.bin.*; open it"):
        elements(with_chunk("chunk.bin"), "港.docx")


def test_bomb_is_refused_before_it_takes_memory() -> None:
    bomb = zipped({"word/document.xml": document_xml("<w:p><w:r><w:t>港</w:t></w:r></w:p>" * 400_000)})
    assert len(bomb) < 100_000
    with pytest.raises(ReadError, match="is too large uncompressed: split it into documents"):
        elements(bomb, "港.docx")


def test_strict_document() -> None:
    data = zipped(
        {
            "word/document.xml": document_xml("<w:p><w:r><w:t>港</w:t></w:r></w:p>").replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
        }
    )
    assert [element.text for element in elements(data, "港.docx")] == ["港"]


def test_whole_document_in_order() -> None:
    found = read(
        title("云渡市港口规划"),
        heading(1, "总体要求", number=1),
        p("东港", note("据云渡年鉴。"), "在建设中。"),
        p("表1 港区", style="Caption"),
        table([["港区", "吞吐量"], ["东港", "12"]]),
        numbering=numbering({1: [("chineseCounting", "%1、")]}),
    )
    assert [(element.kind, element.text or element.cells) for element in found] == [
        ("title", "云渡市港口规划"),
        ("heading", "一、总体要求"),
        (None, "东港在建设中。"),
        ("footnote", "据云渡年鉴。"),
        ("caption", "表1 港区"),
        (None, ("港区", "吞吐量")),
        (None, ("东港", "12")),
    ]


@pytest.mark.parametrize(
    "parts",
    [
        lambda size: [p("港"), *[p(number=1)] * size],
        lambda size: [p(*["港"] * 2 * size)],
        lambda size: [p("港", *[note("")] * size)],
    ],
    ids=["paragraphs", "runs", "notes"],
)
def test_long_documents_are_read_in_linear_time(parts: Callable[[int], list[Part]]) -> None:
    small, large = (make_docx(parts(size), numbering=numbering({1: [("decimal", "%1.")]})) for size in (2_500, 10_000))
    assert growth(lambda: elements(small, "港.docx"), lambda: elements(large, "港.docx")) < LINEAR


def test_other_parts_are_not_opened() -> None:
    data = BytesIO(make_docx(["港"]))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/media/image1.png", b"<!DOCTYPE")
    assert [element.text for element in elements(data.getvalue(), "港.docx")] == ["港"]
