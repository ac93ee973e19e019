"""OFD (GB/T 33190) from file to document."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.model import Document
from pipeline.read import read
from pipeline.read.find import find_documents
from tests.making_docx import zipped
from tests.making_ofd import OfdPage, make_ofd

BODY = ("　　茶产业以高山茶园为基础，由农户和合作社共同经营，加", "工企业集中在镇上，每年春秋两季开市，外地客商前来收购。")


def saved(folder: Path, data: bytes, name: str = "文.ofd") -> Document:
    path = folder / name
    path.write_bytes(data)
    assert find_documents(folder) == [path]
    return read(path, folder)


def blocks(document: Document) -> list[tuple[str, str]]:
    cells = [" ¦ ".join(document.text[a:b] for a, b in block.cells) for block in document.blocks]
    return [(b.kind, row or document.text[b.start : b.end]) for b, row in zip(document.blocks, cells, strict=True)]


def lines(page: OfdPage, *texts: str, y: float = 60.0, **drawn: str) -> OfdPage:
    for at, text in enumerate(texts):
        page.text(30, y + 8 * at, text, **drawn)  # type: ignore[arg-type]
    return page


def article(page: OfdPage) -> OfdPage:
    page.text(70, 40, "青禾镇茶产业发展方案", size=7.0)
    return lines(page, *BODY)


def test_title_and_paragraph_with_their_places(tmp_path: Path) -> None:
    document = saved(tmp_path, make_ofd([article(OfdPage())]))
    assert blocks(document) == [("title", "青禾镇茶产业发展方案"), ("paragraph", "".join(BODY).strip("　"))]
    assert document.media_type == "application/ofd"
    place = document.place(document.source.index("工企业"))
    assert place is not None
    assert (place.page, place.box and place.box[0]) == (1, 85.0)  # 30 mm


@pytest.mark.parametrize("name", ["文.ofd", "文.zip", "文.docx", "文"])
def test_known_by_its_content(tmp_path: Path, name: str) -> None:
    assert saved(tmp_path, make_ofd([article(OfdPage())]), name).media_type == "application/ofd"


@pytest.mark.parametrize(
    ("deltas", "attributes", "size"),
    [
        ("", "", 4.0),
        ("g 3 4 4 4 4 4 4 g 50 4", "", 4.0),  # a run of equal steps, single ones, more than there are characters
        ("g 40 2", 'CTM="2 0 0 2 0 -4"', 2.0),  # twice as large, and moved up
        ("g 40 4", 'CTM="1 0 0 1 0 0" HScale="0.9"', 4.0),
    ],
)
def test_positions_of_characters(tmp_path: Path, deltas: str, attributes: str, size: float) -> None:
    page = OfdPage()
    for at, text in enumerate(BODY):
        page.text(30, 60 + 8 * at, text, size=size, deltas=deltas, attributes=attributes)
    assert blocks(saved(tmp_path, make_ofd([page]))) == [("paragraph", "".join(BODY).strip("　"))]


def test_one_object_a_character_in_any_order(tmp_path: Path) -> None:
    page = OfdPage()
    placed = [(30 + 4 * at, 60 + 8 * row, char) for row, text in enumerate(BODY) for at, char in enumerate(text)]
    for x, y, char in reversed(placed):
        page.text(x, y, char)
    assert blocks(saved(tmp_path, make_ofd([page]))) == [("paragraph", "".join(BODY).strip("　"))]


def test_several_texts_in_one_object(tmp_path: Path) -> None:
    codes = "".join(f'<ofd:TextCode X="0" Y="{4 + 8 * at}" DeltaX="g 40 4">{text}</ofd:TextCode>' for at, text in enumerate(BODY))
    object_ = f'<ofd:TextObject Boundary="30 60 110 20" Size="4">{codes}</ofd:TextObject>'
    page = OfdPage().raw(f"<ofd:PageBlock>{object_}</ofd:PageBlock>")
    assert blocks(saved(tmp_path, make_ofd([page]))) == [("paragraph", "".join(BODY).strip("　"))]


def test_hidden_objects_are_not_read(tmp_path: Path) -> None:
    page = article(OfdPage()).text(30, 100, "看不见的字", attributes='Visible="false"')
    assert "看不见" not in saved(tmp_path, make_ofd([page])).source


def test_ruled_table(tmp_path: Path) -> None:
    page = article(OfdPage())
    for x in (30, 70, 110):
        page.rule(x, 100, x, 130)
    for y in (100, 110, 120, 130):
        page.rule(30, y, 110, y)
    for row, texts in enumerate((("区", "面积"), ("东区", "12亩"), ("西区", "8亩"))):
        for column, text in enumerate(texts):
            page.text(32 + 40 * column, 107 + 10 * row, text)
    document = saved(tmp_path, make_ofd([page]))
    assert blocks(document)[2:] == [("table_row", "区 ¦ 面积"), ("table_row", "东区 ¦ 12亩"), ("table_row", "西区 ¦ 8亩")]


def test_running_heads_and_page_numbers_of_a_template(tmp_path: Path) -> None:
    pages = [lines(OfdPage(), *BODY).text(102, 285, f"— {at} —") for at in range(1, 5)]
    document = saved(tmp_path, make_ofd(pages, template=OfdPage().text(90, 15, "青禾镇人民政府")))
    assert {left.reason for left in document.left_out} == {"running head", "page number"}
    assert "青禾镇人民政府" not in document.text
    assert len(document.blocks) == 4


def test_text_of_a_template_is_text(tmp_path: Path) -> None:
    document = saved(tmp_path, make_ofd([OfdPage().text(60, 68, "江一舟")], template=OfdPage().text(30, 68, "申请人：")))
    assert document.text == "申请人：江一舟"


def test_annotations_are_named(tmp_path: Path) -> None:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    appearance = "<ofd:Appearance><ofd:TextObject><ofd:TextCode>{}</ofd:TextCode></ofd:TextObject></ofd:Appearance>"
    texts = {"Watermark": "内部", "Stamp": "印章"}
    marks = "".join(f'<ofd:Annot Type="{kind}">{appearance.format(text)}</ofd:Annot>' for kind, text in texts.items())
    where = '<ofd:Page PageID="0"><ofd:FileLoc>P/a.xml</ofd:FileLoc></ofd:Page>'
    others = {
        "Doc_0/Annots/Annotations.xml": f"<ofd:Annotations {space}>{where}</ofd:Annotations>",
        "Doc_0/Annots/P/a.xml": f"<ofd:PageAnnot {space}>{marks}</ofd:PageAnnot>",
    }
    document = saved(tmp_path, make_ofd([article(OfdPage())], others=others))
    told = {(left.reason, document.source[left.start : left.end]) for left in document.left_out}
    assert told == {("watermark", "内部"), ("annotation", "印章")}


def test_page_that_is_missing_is_named(tmp_path: Path) -> None:
    data = make_ofd([article(OfdPage()), article(OfdPage())], others={"Doc_0/Pages/Page_1/Content.xml": ""})
    with pytest.raises(ReadError, match="is no OFD document that can be opened"):
        saved(tmp_path, data)
    moved = make_ofd([article(OfdPage()), OfdPage()]).replace(b"Pages/Page_1/Content.xml", b"Pages/Page_9/Content.xml")
    document = saved(tmp_path, moved)
    assert [left.reason for left in document.left_out] == ["page 2 cannot be read: its part is missing"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (make_ofd([article(OfdPage())])[:-80], "is no OFD document that can be opened"),
        (make_ofd([OfdPage()]), "holds no text, only pictures"),
        (zipped({"OFD.xml": "<OFD/>"}), "names no document"),
        (zipped({"OFD.xml": "<OFD"}), "is no OFD document that can be opened"),
        (make_ofd([article(OfdPage())], others={"Doc_0/Document.xml": "<x/>"}), "holds no text"),
        (make_ofd([article(OfdPage())], others={"Doc_0/Encryptions.xml": "<x/>"}), "is encrypted: save it without a password"),
        (make_ofd([OfdPage().text(30, 60, "茶" * 3_000_000)]), "is too large uncompressed"),
        (make_ofd([article(OfdPage())], others={"OFD.xml": '<!DOCTYPE x [<!ENTITY a "茶">]><x/>'}), "declares entities"),
    ],
    ids=["cut", "empty", "no document", "broken", "no pages", "encrypted", "bomb", "entities"],
)
def test_refused(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        saved(tmp_path, data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", ["nan", "1e999", "x", "", "g", "g 1", "g 999999999999 1", "-4"])
def test_odd_numbers_do_no_harm(tmp_path: Path, value: str) -> None:
    page = article(OfdPage()).text(30, 120, "末行的字", deltas=value or " ", attributes=f'Weight="{value}"')
    path = f"<ofd:AbbreviatedData>M {value} L 1 C</ofd:AbbreviatedData>"
    page.raw(f'<ofd:PathObject Boundary="{value} 1 1 1" CTM="{value}">{path}</ofd:PathObject>')
    assert "茶产业以高山茶园为基础" in saved(tmp_path, make_ofd([page])).text
