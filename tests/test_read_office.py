"""Formats besides Word's, web archives among them, from file to document; and what old binary files are said to be."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.model import Document
from pipeline.read import read
from pipeline.read.detect import DOCX
from pipeline.read.find import find_documents
from tests.making_docx import Xml, document_xml, make_docx, p, table, title, zipped
from tests.making_office import (
    CHROME,
    FIREFOX,
    ODD,
    OFFICE,
    WORD,
    archive,
    book,
    cells,
    compound,
    frame,
    hexed,
    number,
    open_document,
    presentation,
    relations,
    shape,
    slide,
    text,
    workbook,
)


def saved(folder: Path, name: str, data: bytes) -> Document:
    path = folder / name
    path.write_bytes(data)
    assert find_documents(folder) == [path]
    return read(path, folder)


def blocks(document: Document) -> list[tuple[str, str]]:
    """Kind and text of each block, the cells of rows apart."""
    return [
        (block.kind, " ¦ ".join(document.text[a:b] for a, b in block.cells) or document.text[block.start : block.end])
        for block in document.blocks
    ]


def left_out(document: Document) -> set[tuple[str, str]]:
    return {(left.reason, document.source[left.start : left.end]) for left in document.left_out}


def fault(folder: Path, name: str, data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        saved(folder, name, data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# ---- web archives ----
@pytest.mark.parametrize("name", ["页.mht", "页.mhtml", "页.html", "页.htm", "页.txt", "页.doc", "页"])
@pytest.mark.parametrize("headers", [CHROME, FIREFOX, WORD, ODD])
def test_web_archive(tmp_path: Path, name: str, headers: tuple[str, ...]) -> None:
    document = saved(tmp_path, name, archive("utf-8", "quoted-printable", *headers))
    assert blocks(document)[-1] == ("paragraph", "茶产业以高山茶园为基础，以茶农合作社为依托。")


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize(("encoding", "said"), [("utf-8", False), ("gb2312", True), ("gbk", False), ("utf-8", True)])
def test_encodings_of_web_archives(tmp_path: Path, transfer: str, encoding: str, said: bool) -> None:
    document = saved(tmp_path, "页.mht", archive(encoding, transfer, *CHROME, said=said))
    assert "茶产业以高山茶园为基础" in document.text


def test_web_archive_without_a_page(tmp_path: Path) -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\nSubject: x\r\n\r\nhello"
    assert "is an e-mail or web archive without a page in it" in fault(tmp_path, "信.eml", data)


def test_text_that_opens_with_fields_is_no_web_archive(tmp_path: Path) -> None:
    data = "Date: 2031-04-05\nSubject: tea\n\n茶产业以高山茶园为基础。\n".encode()
    assert saved(tmp_path, "文.txt", data).media_type == "text/plain"


# ---- Word, end to end ----
def test_tab_between_columns_is_kept(tmp_path: Path) -> None:
    tabs = [
        ("联系人：江一舟\t单位：青禾镇农业站", "联系人：江一舟 单位：青禾镇农业站"),
        ("附件2\t申报书", "附件2 申报书"),
        ("一、\t总则", "一、总则"),
        ("3\t验收", "3验收"),
        ("时间：\t上午", "时间：上午"),
        ("  \t前有空，\t后也有", "前有空，后也有"),
        ("120亩\t\t3亿元", "120亩 3亿元"),
    ]
    document = saved(tmp_path, "文.docx", make_docx([title("青禾镇茶叶会议"), *(p(text) for text, _ in tabs)]))
    assert [text for _, text in blocks(document)[1:]] == [text for _, text in tabs]


@pytest.mark.parametrize(
    ("line", "date"),
    [("2031年4月", "2031-04"), ("（2031年12月）", "2031-12"), ("2031.04", "2031-04"), ("二〇三一年四月", "2031-04"),
     ("二○三一年十一月", "2031-11"), ("二〇三一年四月二十三日", "2031-04-23")],
)  # fmt: skip
def test_month_on_a_cover(tmp_path: Path, line: str, date: str) -> None:
    parts = [title("青禾镇茶产业发展规划"), p("（2031—2035年）"), p("青禾镇农业局"), p(line), p("茶产业以高山茶园为基础。")]
    document = saved(tmp_path, "文.docx", make_docx(parts))
    assert (document.date, document.issuer) == (date, "青禾镇农业局")
    assert not any(block.kind == "heading" for block in document.blocks)


def test_months_of_a_chronicle_are_headings(tmp_path: Path) -> None:
    event = "青禾镇召开茶产业大会，部署高山茶园改造和加工企业培育等各项工作，并听取茶农合作社的意见。"
    document = saved(tmp_path, "文.docx", make_docx([title("大事记"), p("2031年4月"), p(event), p("2031年5月"), p(event)]))
    assert [kind for kind, _ in blocks(document)] == ["title", "heading", "paragraph", "heading", "paragraph"]
    assert document.date is None


def test_fields_of_a_cover(tmp_path: Path) -> None:
    parts = [title("青禾镇茶产业发展规划"), p("编制单位：青禾镇农业局"), p("编制时间：2031年4月"), p("一、现状"), p("茶园。")]
    document = saved(tmp_path, "文.docx", make_docx(parts))
    assert (document.date, document.issuer) == ("2031-04", "青禾镇农业局")


@pytest.mark.parametrize(
    "entries",
    [
        ("目录", "一、现状\t1", "（一）茶园\t2", "二、任务\t12"),
        ("一、现状\t1", "（一）茶园\t2", "二、任务\t12"),
        ("目  录", "一、现状………1", "（一）茶园………… 2", "二、任务……12"),
        ("目录", "二、任务\t12"),
    ],
)
def test_contents_with_pages_are_no_headings(tmp_path: Path, entries: tuple[str, ...]) -> None:
    body = "茶产业以高山茶园为基础，由农户和合作社共同经营，加工企业在镇上。"
    below = ("一、现状", body, "（一）茶园", body, "二、任务", body)
    document = saved(tmp_path, "文.docx", make_docx([title("青禾镇规划"), *map(p, entries), *map(p, below)]))
    kinds = [kind for kind, _ in blocks(document)]
    assert kinds == ["title", *["metadata"] * len(entries), *["heading", "paragraph"] * 3]


def test_heading_that_ends_in_a_number_is_one(tmp_path: Path) -> None:
    body = "茶产业以高山茶园为基础，由农户和合作社共同经营，加工企业在镇上。"
    document = saved(tmp_path, "文.docx", make_docx([title("青禾镇规划"), p("一、方案 1"), p(body), p("二、方案 2"), p(body)]))
    assert [kind for kind, _ in blocks(document)] == ["title", "heading", "paragraph", "heading", "paragraph"]


def test_document_within_a_document(tmp_path: Path) -> None:
    chunks = {
        "a.mht": archive("utf-8", "quoted-printable", *WORD),
        "b.html": "<p>二</p>".encode(),
        "c.txt": "三\n四".encode(),
        "d.docx": make_docx([p("五"), table([["茶", "12亩"], ["果", "3亩"]])]),
        "e.rtf": rb"{\rtf1\ansi\ansicpg936 \'c1\'f9}",
        "f.bin": b"\x00\x01",
    }
    ids = {f"aFChunk{at}": f"/word/{name}" for at, name in enumerate(chunks)}
    others = {"word/_rels/document.xml.rels": relations(**ids)} | {f"word/{name}": chunk for name, chunk in chunks.items()}
    body = [Xml(f'<w:altChunk xmlns:r="{OFFICE}" r:id="{key}"/>') for key in ids]
    data = make_docx([p("一、总则"), *body], others=others)
    document = saved(tmp_path, "文.docx", data)
    assert [text for _, text in blocks(document)] == [
        "一、总则", "茶产业以高山茶园为基础，以茶农合作社为依托。", "二", "三", "四", "五", "茶 ¦ 12亩", "果 ¦ 3亩",
        "六",
    ]  # fmt: skip
    assert "word/f.bin: the .bin format is not read" in next(reason for reason, _ in left_out(document))


# ---- spreadsheets ----
def test_workbook(tmp_path: Path) -> None:
    rows = cells(
        text("青禾镇茶园统计表"),
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c>' + text("增长") + text("日期"),
        text("东区") + number(1200.5, 1) + number(0.123, 2) + number(47943, 3),
        "<c/>" + number(800) + number(3000, 4) + number(47943, 5),
        "",
        text("说明：面积按实测。"),
        number(0.1 + 0.2),
    ).replace("<row><c s", '<row hidden="1"><c s')
    merged = '<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A3:A4"/></mergeCells>'
    document = saved(tmp_path, "表.xlsx", workbook({"茶园": rows + merged}))
    assert blocks(document) == [
        ("title", "青禾镇茶园统计表"),
        ("table_row", "区 ¦ 面积 ¦ 增长 ¦ 日期"),
        ("table_row", "东区 ¦ 1,200.50 ¦ 12.3% ¦ 2031年4月5日"),
        ("table_row", "东区 ¦ 800 ¦ 3,000元 ¦ 2031-04-05"),
        ("paragraph", "说明：面积按实测。"),
    ]
    assert left_out(document) == {("hidden row", "0.3")}
    assert str(document.place(document.source.index("东区"))) == "茶园, row 3"


def test_sheets_of_a_workbook(tmp_path: Path) -> None:
    rows = cells(text("茶") + text("12亩"), text("果") + text("3亩"))
    document = saved(tmp_path, "表.xlsx", workbook({"一季度": rows, "Sheet2": rows, "密": rows}, {"密": "hidden"}))
    assert [each for _, each in blocks(document)] == ["一季度", "茶 ¦ 12亩", "果 ¦ 3亩", "茶 ¦ 12亩", "果 ¦ 3亩"]
    assert [block.table for block in document.blocks if block.kind == "table_row"] == [1, 1, 2, 2]
    assert ("hidden sheet", "茶 12亩") in left_out(document)


# ---- presentations ----
def test_presentation(tmp_path: Path) -> None:
    group = f"<p:grpSp>{shape('组内的字。')}</p:grpSp>"
    rows = frame(("区", "面积"), ("东区", "12亩"))
    first = slide(shape("茶产业以茶园为基础。"), shape("一、现状", kind="title"), rows, group, shape("3", kind="sldNum"))
    cover, spare = slide(shape("青禾镇茶产业汇报", kind="ctrTitle")), slide(shape("备用"), show="0")
    data = presentation(first, cover, spare, notes=shape("口述。"))
    document = saved(tmp_path, "讲.pptx", data)
    assert blocks(document) == [
        ("title", "青禾镇茶产业汇报"), ("heading", "一、现状"), ("paragraph", "茶产业以茶园为基础。"), ("table_row", "区 ¦ 面积"),
        ("table_row", "东区 ¦ 12亩"), ("paragraph", "组内的字。"), ("paragraph", "口述。"),
    ]  # fmt: skip
    assert left_out(document) == {("running head", "3"), ("hidden slide", "备用")}


# ---- OpenDocument ----
def cell(inside: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{inside}</text:p></table:table-cell>"


_LINES = "</text:p><text:p>"
_ODT_ROWS = [("品种", "亩数"), (f"红茶{_LINES}绿茶", f"12{_LINES}8"), (f"红{_LINES}茶", "12")]
_BROKEN = "</a:t></a:r><a:br/><a:r><a:t>"
_XLSX_ROWS = (text("品种") + text("亩数"), text("红茶\n绿茶") + text("12\n8"), text("红\n茶") + text("12"))
_PPTX_ROWS = (("品种", "亩数"), (f"红茶{_BROKEN}绿茶", f"12{_BROKEN}8"), (f"红{_BROKEN}茶", "12"))
_ODT_TABLE = "".join(f"<table:table-row>{cell(one)}{cell(two)}</table:table-row>" for one, two in _ODT_ROWS)
STACKED = [
    ("表.xlsx", lambda: workbook({"茶园": cells(*_XLSX_ROWS)})),
    ("讲.pptx", lambda: presentation(slide(frame(*_PPTX_ROWS)))),
    ("文.odt", lambda: open_document(f"<table:table>{_ODT_TABLE}</table:table>")),
]


@pytest.mark.parametrize(("name", "make"), STACKED)
def test_lines_of_a_cell(name: str, make: Callable[[], bytes], tmp_path: Path) -> None:
    document = saved(tmp_path, name, make())
    assert [each for _, each in blocks(document)][-3:] == ["品种 ¦ 亩数", "红茶；绿茶 ¦ 12；8", "红茶 ¦ 12"]


NOTE = (
    '<text:note text:id="n1"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>据年鉴。</text:p></text:note-body></text:note>"
)


def test_open_document(tmp_path: Path) -> None:
    rows = (
        cell("区") + cell("面积"),
        cell("东区", 'table:number-rows-spanned="2"') + cell("12亩"),
        "<table:covered-table-cell/>" + cell("3亩"),
    )
    body = (
        '<text:p text:style-name="P1">青禾镇茶产业规划</text:p>'
        "<text:tracked-changes><text:p>删去的话</text:p></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>一、总则 1</text:p></text:index-body></text:table-of-content>"
        '<text:h text:outline-level="1">一、总则</text:h>'
        f"<text:p>茶产业<text:span>以茶园</text:span>为基础，{NOTE}由农户"
        "<office:annotation><text:p>批注</text:p></office:annotation>经营。</text:p>"
        "<text:list><text:list-item><text:p>第一项工作</text:p></text:list-item></text:list>"
        f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"
        "<text:p>甲<text:tab/>乙<text:line-break/>另一行。</text:p>"
    )
    styles = "<style:master-page><style:header><text:p>青禾镇</text:p></style:header></style:master-page>"
    document = saved(tmp_path, "文.odt", open_document(body, styles=styles))
    assert blocks(document) == [
        ("title", "青禾镇茶产业规划"), ("heading", "一、总则"), ("paragraph", "茶产业以茶园为基础，由农户经营。"),
        ("footnote", "[1]据年鉴。"), ("list_item", "第一项工作"),
        ("table_row", "区 ¦ 面积"), ("table_row", "东区 ¦ 12亩"), ("table_row", "东区 ¦ 3亩"),
        ("paragraph", "甲 乙"), ("paragraph", "另一行。"),
    ]  # fmt: skip
    assert [document.text[tie.start - 3 : tie.start] for tie in document.ties if tie.kind == "note"] == ["基础，"]
    assert left_out(document) == {("table of contents", "一、总则 1"), ("running head", "青禾镇")}


def test_encrypted_open_document(tmp_path: Path) -> None:
    locked = open_document("", manifest="<encryption-data/>")
    assert "is encrypted: save it without a password" in fault(tmp_path, "文.odt", locked)


# ---- books ----
def test_book(tmp_path: Path) -> None:
    document = saved(tmp_path, "书.epub", book())
    assert blocks(document) == [
        ("title", "青禾茶事"), ("heading", "第一章 茶园"), ("paragraph", "茶产业以高山茶园为基础，由农户和合作社共同经营。"),
        ("heading", "第二章 茶市"), ("paragraph", "茶市以春茶为主，由镇上的商会组织，每年清明前后开市。"),
    ]  # fmt: skip


def test_locked_book(tmp_path: Path) -> None:
    locked = '<encryption><EncryptedData><CipherReference URI="书/b.xhtml"/></EncryptedData></encryption>'
    assert "is locked (DRM)" in fault(tmp_path, "书.epub", book(**{"META-INF/encryption.xml": locked}))


# ---- rich text ----
def test_rich_text(tmp_path: Path) -> None:
    parts = (
        r"{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0\fcharset134 ", "宋体", r";}}{\*\generator Word;}{\info{\title x}}",
        r"{\header ", "青禾镇", r"\par}\pard\outlinelevel0 ", "一、总则", r"\par\pard ", "茶产业", r"\u20197?\u33590?", "\r\n",
        r"\u22253\'3f", "为基础。", r"{\v ", "密", r"}{\footnote ", "据年鉴。", r"}{\deleted ", "旧", r"}\par",
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt ", "链接的字", r"}}{\pict 0011}\line \u-10179?\u-8704?", "行", r"\par",
        r"\trowd\intbl ", "区", r"\cell ", "面积", r"\cell\row\trowd\intbl ", "东区", r"\cell 12", "亩", r"\cell\row\pard ",
        "末段。", r"\par}",
    )  # fmt: skip
    data = "".join(part if part.isascii() else hexed(part) for part in parts).encode("ascii")
    document = saved(tmp_path, "文.rtf", data)
    assert blocks(document) == [
        ("heading", "一、总则"), ("paragraph", "茶产业以茶园为基础。"), ("footnote", "[1]据年鉴。"),
        ("paragraph", "链接的字"),
        ("paragraph", "😀行"), ("table_row", "区 ¦ 面积"), ("table_row", "东区 ¦ 12亩"), ("paragraph", "末段。"),
    ]  # fmt: skip
    assert left_out(document) == {("running head", "青禾镇")}


@pytest.mark.parametrize("data", [rb"{\rtf1 " + b"{" * 100_000, rb"{\rtf1\u}", rb"{\rtf1\bin99999999999 x", b"{\\rtf1 }}}}\\'"])
def test_broken_rich_text(tmp_path: Path, data: bytes) -> None:
    assert "文.rtf: " in fault(tmp_path, "文.rtf", data)


# ---- old binary files, and files that are broken ----
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (compound("WordDocument", "1Table"), "is an old Word or WPS document (.doc, .wps): save it as .docx"),
        (compound("Workbook"), "is an old spreadsheet (.xls, .et): save it as .xlsx"),
        (compound("Book"), "is an old spreadsheet (.xls): save it as .xlsx"),
        (compound("PowerPoint Document", "Pictures"), "is an old presentation (.ppt, .dps): save it as .pptx"),
        (compound("EncryptionInfo", "EncryptedPackage"), "is under a password: save it without a password"),
        (compound("Workbook", embedded="WordDocument"), "is an old spreadsheet"),
        (compound("WordDocument", embedded="Workbook"), "is an old Word or WPS document"),
        (compound("x")[:700] + "Workbook".encode("utf-16-le"), "is an old spreadsheet"),  # its directory is lost
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "is an old Office file, or under a password"),
    ],
)
@pytest.mark.parametrize("name", ["文.doc", "文.xls", "文.txt", "文"])
def test_compound_files_are_named_by_what_they_hold(tmp_path: Path, data: bytes, said: str, name: str) -> None:
    assert f"{name}: {said}" in fault(tmp_path, name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.xlsx", workbook({"茶园": cells(text("茶"))})),
        ("讲.pptx", presentation(slide(shape("茶园")))),
        ("文.odt", open_document("<text:p>茶园</text:p>")),
        ("书.epub", book()),
    ],
)
def test_broken_and_empty_files_are_one_line(tmp_path: Path, name: str, data: bytes) -> None:
    assert saved(tmp_path, name, data).text
    for broken in (data[: len(data) // 2], data[:40], data.replace(b"PK\x01\x02", b"PK\x01\x03")):
        assert fault(tmp_path, name, broken).startswith(name)
    emptied = {
        "xlsx": workbook({"茶园": ""}),
        "pptx": presentation(slide()),
        "odt": open_document(""),
        "epub": book(**{"书/a a.xhtml": "<p/>", "书/b.xhtml": "<p/>"}),
    }
    assert "holds no text" in fault(tmp_path, name, emptied[name.rpartition(".")[2]])


ODT = "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.xlsx", workbook({"茶园": cells(text("茶") * 400_000)})),
        ("文.odt", open_document("<text:p>茶</text:p>" * 900_000)),
        ("文.odt", open_document("<text:span>" * 300 + "茶" + "</text:span>" * 300)),
        ("文.odt", zipped({"content.xml": '<!DOCTYPE x [<!ENTITY a "茶">]><x/>', "mimetype": ODT})),
    ],
    ids=["cells", "paragraphs", "depth", "entities"],
)  # fmt: skip
def test_bombs_are_refused(tmp_path: Path, name: str, data: bytes) -> None:
    assert "is refused" in fault(tmp_path, name, data)


def test_word_file_without_a_list_of_contents(tmp_path: Path) -> None:
    data = zipped({"word/document.xml": document_xml("<w:p><w:r><w:t>茶园由农户经营。</w:t></w:r></w:p>")})
    assert saved(tmp_path, "文.docx", data).text == "茶园由农户经营。"


MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("文.docm", b"application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("文.dotx", b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        ("文.dotm", b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        ("文", MAIN),
    ],
)
def test_kinds_of_word_files(tmp_path: Path, name: str, kind: bytes) -> None:
    packed = zipfile.ZipFile(io.BytesIO(make_docx([p("茶园由农户经营。")])))
    moved = {each.replace("document.xml", "正文.xml"): packed.read(each) for each in packed.namelist()}
    parts = {each: data.replace(MAIN, kind).replace(b"document.xml", "正文.xml".encode()) for each, data in moved.items()}
    assert saved(tmp_path, name, zipped(parts)).text == "茶园由农户经营。"


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("文.doc", "<html xmlns:w='x'><body><p>茶园由农户经营。</p></body></html>".encode("gbk"), "text/html"),
        ("文.docx", "<html><body><p>茶园由农户经营。</p></body></html>".encode(), "text/html"),
        ("文.doc", "茶园由农户经营。".encode("gbk"), "text/plain"),
        ("文.txt", make_docx([p("茶园由农户经营。")]), DOCX),
        ("文.doc", rb"{\rtf1\ansi\ansicpg936 " + hexed("茶园由农户经营。").encode() + b"}", "application/rtf"),
    ],
)
def test_content_decides_the_format(tmp_path: Path, name: str, data: bytes, media_type: str) -> None:
    document = saved(tmp_path, name, data)
    assert (document.text, document.media_type) == ("茶园由农户经营。", media_type)


def test_word_document_in_one_file_of_xml(tmp_path: Path) -> None:
    data = b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x"/>'
    assert "is a Word document in one file of XML: save it as .docx" in fault(tmp_path, "文.xml", data)


# ---- against another reader ----
ORIGINALS = Path(__file__).parent.parent.parent / "shared" / "documents" / "wide-originals"
HAN = re.compile("[\u3400-\u9fff]")


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original files are not beside this checkout")
@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("path", sorted(ORIGINALS.glob("*.docx")), ids=lambda path: path.name)
def test_no_chinese_character_of_a_real_document_is_lost(path: Path) -> None:
    command = ["pandoc", "--track-changes=accept", "--wrap=none", "-t", "plain", str(path)]
    theirs = Counter(HAN.findall(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout))
    document = read(path, path.parent)
    lost = theirs - Counter(HAN.findall(document.text)) - Counter(HAN.findall("".join(text for _, text in left_out(document))))
    assert lost.total() <= 0.005 * theirs.total(), lost.most_common(9)
