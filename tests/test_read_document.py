"""What a document knows of itself beyond its blocks: notes tied to marks, articles, formulas, tables, what was left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Document
from pipeline.read import read
from pipeline.read.document import labels, unread

SENTENCE = "港口与腹地相互依存，任何一方都不能单独发展，这是多年的经验。"
LONG = SENTENCE * 8


def make(tmp_path: Path, text: str, name: str = "港口.txt") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path, tmp_path)


def kinds(document: Document) -> list[str]:
    return [block.kind for block in document.blocks]


def tied(document: Document, kind: str = "note") -> list[tuple[str, str]]:
    """The words before each mark (or the caption, the explanation), and the block that it is tied to."""
    found = []
    for tie in document.ties:
        if tie.kind == kind:
            block = document.blocks[tie.block]
            before = document.text[max(0, tie.start - 4) : tie.start] if kind == "note" else document.text[tie.start : tie.end]
            found.append((before, document.text[block.start : block.end]))
    return found


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("①", ["1"]),
        ("⑿", ["12"]),
        ("(1)③", ["1", "3"]),
        ("[2,5-7]", ["2", "5", "6", "7"]),
        ("²", ["2"]),
        ("**", ["**"]),
        ("", []),
    ],
)
def test_labels_of_a_mark(mark: str, expected: list[str]) -> None:
    assert list(labels(mark)) == expected


def test_numbers_that_begin_anew_on_each_page(tmp_path: Path) -> None:
    document = make(
        tmp_path,
        f"港口概论\n\n{SENTENCE}“港城一体”①是经验。\n①《港城志》，临澜：临澜出版社，2019年，第3页。\n\n{SENTENCE}“以港兴市”①是方向。\n"
        "①《航运年鉴》，临澜：临澜出版社，2020年，第8页。\n",
    )
    assert [(before, note[:6]) for before, note in tied(document)] == [("城一体”", "①《港城志》"), ("港兴市”", "①《航运年鉴")]


def test_marks_of_references(tmp_path: Path) -> None:
    document = make(
        tmp_path,
        f"港口概论\n\n{SENTENCE}泊位不足是难题[2]。港口需要腹地[1,2]。\n\n参考文献\n[1] 江一舟.港口论[J].航运研究,2019(2).\n"
        "[2] 林知远.泊位论[J].航运研究,2020(4).\n",
    )
    assert [note[:3] for _, note in tied(document)] == ["[2]", "[1]", "[2]"]


def test_a_mark_without_a_note_is_tied_to_nothing(tmp_path: Path) -> None:
    document = make(tmp_path, f"港口概论\n\n{SENTENCE}“港城一体”③是经验。\n①《港城志》，临澜：临澜出版社，2019年，第3页。\n")
    assert tied(document) == []


def test_caption_and_table(tmp_path: Path) -> None:
    document = make(
        tmp_path, f"# 港口概论\n\n{SENTENCE}\n\n表1 泊位\n\n| 港 | 泊位 | |\n|---|---|---|\n| 云渡 | | 大 |\n", "港口.md"
    )
    rows = [block for block in document.blocks if block.kind == "table_row"]
    assert [[document.text[start:end] for start, end in row.cells] for row in rows] == [["港", "泊位", ""], ["云渡", "", "大"]]
    assert [(row.table, row.header) for row in rows] == [(1, True), (1, False)]
    assert tied(document, "caption") == [("表1泊位", document.text[rows[0].start : rows[0].end])]


@pytest.mark.parametrize(
    "formula",
    ["$$Y = A \\times F(K, L)$$", "$$\nY = A \\times F(K, L)\n$$", "\\[Y = A K^{\\alpha}\\]", "Y = A×K^α×L^β    (1)"],
)
def test_formula_and_its_explanation(tmp_path: Path, formula: str) -> None:
    document = make(tmp_path, f"# 港口概论\n\n{SENTENCE}\n\n{formula}\n\n其中，Y为吞吐量，K为泊位。\n\n{SENTENCE}\n", "港口.md")
    assert kinds(document) == ["title", "paragraph", "formula", "paragraph", "paragraph"]
    assert [explained for explained, _ in tied(document, "explanation")] == ["其中，Y为吞吐量，K为泊位。"]


def test_abstract_in_another_language_is_set_apart(tmp_path: Path) -> None:
    english = (
        "Ports and their hinterland depend on each other, and neither can grow alone; this paper reviews what is known of it."
    )
    document = make(tmp_path, f"港口概论\n\n{LONG}\n\nOn Ports\n\nJIANG Yizhou\n\nAbstract: {english}\n")
    assert kinds(document)[-3:] == ["foreign"] * 3


def test_articles_in_one_file(tmp_path: Path) -> None:
    text = f"# 港口与城市\n\n{LONG}\n\n## 港口\n\n{LONG}\n\n## 城市\n\n{LONG}\n\n# 航道与腹地\n\n{LONG}\n\n## 航道\n\n{LONG}\n"
    document = make(tmp_path, text, "港口.md")
    titles = [at for at, block in enumerate(document.blocks) if block.kind == "title"]
    headings = [(document.text[b.start : b.end], b.parent) for b in document.blocks if b.kind == "heading"]
    assert document.title == "港口与城市"
    assert len(titles) == 2
    assert headings == [("港口", titles[0]), ("城市", titles[0]), ("航道", titles[1])]


@pytest.mark.parametrize("heading", ["# 参考文献", "# 结语", "# 一、港口与城市"])
def test_a_section_is_no_article(tmp_path: Path, heading: str) -> None:
    text = f"# 港口与城市\n\n{LONG}\n\n## 港口\n\n{LONG}\n\n## 城市\n\n{LONG}\n\n{heading}\n\n{LONG}\n"
    assert kinds(make(tmp_path, text, "港口.md")).count("title") == 1


def test_nothing_is_lost(tmp_path: Path) -> None:
    text = (
        "首页\n政务公开\n您的位置：首页 > 政策\n\n港口概论\n\n"
        f"{SENTENCE}“港城一体”①是经验。<!-- 编者的话 -->\n— 3 —\n{SENTENCE}\n"
        "①《港城志》，临澜：临澜出版社，2019年，第3页。\n\n版权所有：云渡市\n"
    )
    document = make(tmp_path, text)
    accounted: set[int] = set()
    for left in unread(document):
        accounted.update(range(left.start, left.end))
    for block in document.blocks:
        accounted.update(document.offsets.to_source(at) for at in range(block.start, block.end))
    lost = [char for at, char in enumerate(document.source) if at not in accounted and "\u4e00" <= char <= "\u9fff"]
    assert lost == []
    assert {left.reason for left in document.left_out} == {"site head", "page number", "site tail"}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("港口概论\n——以云渡为例\n\n{}", "subtitle", "以云渡为例"),
        ("港口概论\n江一舟\n（临澜大学经济学院，临澜 310207）\n\n{}", "affiliations", ("临澜大学经济学院，临澜310207",)),
        (
            "港口概论\n\n摘要：本文讨论港口与城市在长期发展中如何相互依存。\n关键词：港口；城市\n\n{}",
            "keywords",
            ("港口", "城市"),
        ),
        (
            "港口概论\n\n摘要：本文讨论港口与城市在长期发展中如何相互依存。\n\n{}",
            "abstract",
            "本文讨论港口与城市在长期发展中如何相互依存。",
        ),
        (
            "港口概论\n\n摘要\n\n本文讨论港口与城市在长期发展中如何相互依存。\n\n一、引言\n\n{}",
            "abstract",
            "本文讨论港口与城市在长期发展中如何相互依存。",
        ),
        ("港口概论\n本报记者 江一舟 林知远\n\n{}", "authors", ("江一舟", "林知远")),
        ("港口概论\n□ 江一舟\n\n{}", "authors", ("江一舟",)),
        ("港口概论\n2025-09-15 07:12　来源：云渡日报\n\n{}", "published_in", "云渡日报"),
        ("港口概论\n2025-09-15 07:12　来源：云渡日报\n\n{}", "date", "2025-09-15"),
        ("港口概论\n来源：云渡日报　时间：2025年9月15日\n\n{}", "date", "2025-09-15"),
        ("港口概论\n来源：云渡日报\n\n{}", "published_in", "云渡日报"),
        ("港口管理条例\n成文日期：2024年3月5日\n\n{}", "written", "2024-03-05"),
        ("港口管理条例\n\n第一条 {}\n第二条 {}\n第三条 本条例自2024年5月1日起施行。", "effective", "2024-05-01"),
        ("港口概论\n\n{}新条例自2024年5月1日起施行。", "effective", None),
    ],
)
def test_what_a_document_says_of_itself(tmp_path: Path, text: str, field: str, value: object) -> None:
    assert getattr(make(tmp_path, text.replace("{}", SENTENCE) + "\n"), field) == value


@pytest.mark.parametrize(("article", "holder"), [("第二条 【支持对象】", "第二条"), ("第二条 支持下列项目：", "第一章")])
def test_items_stand_below_their_article(tmp_path: Path, article: str, holder: str) -> None:
    text = f"港口办法\n\n第一章 总则\n\n第一条 {SENTENCE}\n\n{article}\n\n（一）支持新建泊位。{SENTENCE}\n\n第三条 {SENTENCE}\n"
    document = make(tmp_path, text)
    above = {
        document.text[block.start : block.start + 3]: document.text[document.blocks[block.parent].start :][:3]
        for block in document.blocks
        if block.parent >= 0
    }
    assert above["（一）"] == holder
    assert above["第三条"] != "（一）"


def test_an_abstract_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    abstract = LONG[:150]
    document = make(tmp_path, f"港口概论\n\n摘要\n\n{abstract}。\n\n摘要：{abstract}。\n\n一、引言\n\n{SENTENCE}\n")
    assert kinds(document)[1:4] == ["heading", "paragraph", "metadata"]
    assert document.repairs["doubled_abstract"] == 1


@pytest.mark.parametrize(
    "title",
    ["遗传算法", "一种茶叶采摘的方法", "临澜市书法", "茶叶加工的三种手法", "针刺疗法", "基于强化学习的路径规划", "茶园司法"],
)
def test_a_word_that_ends_as_a_law_does_makes_no_policy(tmp_path: Path, title: str) -> None:
    assert make(tmp_path, f"{title}\n\n第一段说明情况，供各方参考。\n\n第二段继续说明情况。\n", "茶.txt").kind == "article"


@pytest.mark.parametrize(
    "title", ["预算法", "公司法", "海岛保护法", "渔业资源利用法", "人民调解法", "立法法", "社会信用法", "茶园管理办法"]
)
def test_a_law_is_one(tmp_path: Path, title: str) -> None:
    assert make(tmp_path, f"{title}\n\n第一段说明情况，供各方参考。\n\n第二段继续说明情况。\n", "茶.txt").kind == "regulation"
