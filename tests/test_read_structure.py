"""Parts of a document, and what it says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Document
from pipeline.read import read

NOTICE = """中国政府网
ENGLISH
首页
>
政务公开
>
云渡市文件
云渡市人民政府办公室关于印发《云渡市海洋经济发展
若干支持措施》的通知
索引号：YD00/2025-0001
发文日期：2025-03-04
云渡市人民政府办公室关于印发《云渡市海洋经济发展若干支持措施》的通知
云政办发〔2025〕7号
各县区人民政府，市直各单位：
《云渡市海洋经济发展若干支持措施》已经市政府同意，现印发给你们，请认真执行。
云渡市人民政府办公室
2025年3月3日
（此件公开发布）
云渡市海洋经济发展
若干支持措施
为加快发展海洋经济，结合本市实际，制定以下措施。
一、支持船舶修造。
对新建船坞的企业给予补助，最高五百万元。（责任单位：市工业局）
二、支持海员培训。
对培训机构按人数给予补贴，每人一千元，由市财政安排。
相关解读
一图读懂
打印
收藏
"""
LAW = """# 云渡市港口促进条例

2024年5月6日 云渡市第九届人民代表大会常务委员会第三次会议通过

## 第一章 总 则

## 第二章 港口建设

## 第三章 附则

## 第一章 总 则

第一条 为了促进港口发展，制定本条例。

第二条 本条例所称港口，是指云渡港。

任何单位不得从事下列行为：

（一）占用航道；

（二）向海域排放污水的其他行为。

## 第二章 港口建设

第三条之一 港口建设应当符合规划。
"""
REPORT = """下载
打印
收藏
2025年云渡市政府工作报告
——2025年1月20日在云渡市第九届人民代表大会第四次会议上
来源：云渡日报
云渡市市长 林 远
各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。
一、2024年工作回顾
（一）港口经济稳步增长。全年吞吐量增长百分之八，新增航线三条。
（二）民生保障持续改善。新建学校五所，惠及学生两千名。
"""
PAPER = """海湾城市的茶叶贸易
——以岚溪县为例

林望舒  周  岚

（云渡大学 经济学院，云渡 400044）

【摘要】本文讨论海湾城市茶叶贸易的历史与条件，认为港口是贸易兴起的原因。

【关键词】茶叶；贸易；港口

1 引言

茶叶贸易兴起于港口开放之后，带动了山区的生产。

2.1 贸易条件

道路与港口是两个条件，二者缺一不可，互为补充。

参考文献

[1] 林远. 海湾贸易史[M]. 云渡: 海湾出版社, 2019.
[2] 周岚. 茶与港口[J]. 岚溪研究, 2021(3): 1-9.
"""
TABLE = """港口比较

下表比较两个港口的条件，数据来自港务局。

\t项目
\t云渡港
\t岚溪港

\t水深
\t十五米
\t六米

两个港口的条件不同，分工也就不同，各有所长。

| 年份 | 吞吐量 |
| --- | --- |
| 2023 | 800 |
"""


def make(folder: Path, text: str, name: str = "样.txt") -> Document:
    path = folder / name
    path.write_text(text, "utf-8")
    return read(path, folder)


def parts(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def headings(document: Document) -> list[tuple[int, str]]:
    return [(block.level, document.text[block.start : block.end]) for block in document.blocks if block.kind == "heading"]


def test_notice_that_carries_measures(tmp_path: Path) -> None:
    document = make(tmp_path, NOTICE)
    assert document.title == "云渡市海洋经济发展若干支持措施"
    assert (document.kind, document.issuer, document.number) == ("measures", "云渡市人民政府办公室", "云政办发〔2025〕7号")
    assert document.date == "2025-03-04"
    assert headings(document) == [(1, "一、支持船舶修造。"), (1, "二、支持海员培训。")]
    assert [text for kind, text in parts(document) if kind == "title"][-1] == document.title
    assert "ENGLISH" not in document.text
    assert "一图读懂" not in document.text
    assert document.repairs["site_head"] == 7


def test_law(tmp_path: Path) -> None:
    document = make(tmp_path, LAW, "法.md")
    assert (document.kind, document.title, document.date) == ("regulation", "云渡市港口促进条例", "2024-05-06")
    assert document.issuer == "云渡市第九届人民代表大会常务委员会"
    assert headings(document) == [(1, "第一章 总则"), (1, "第二章 港口建设")]
    marked = {block.marker: (block.kind, block.parent) for block in document.blocks if block.marker}
    first = next(at for at, block in enumerate(document.blocks) if block.kind == "heading")
    assert marked["第一条"] == ("paragraph", first)
    assert marked["（二）"][0] == "list_item"
    assert marked["第三条之一"][0] == "paragraph"
    assert ("paragraph", "第二条 本条例所称港口，是指云渡港。") in parts(document)


def test_report(tmp_path: Path) -> None:
    document = make(tmp_path, REPORT)
    assert (document.kind, document.title) == ("report", "2025年云渡市政府工作报告")
    assert (document.date, document.authors) == ("2025-01-20", ("林远",))
    assert headings(document) == [(1, "一、2024年工作回顾"), (2, "（一）港口经济稳步增长。"), (2, "（二）民生保障持续改善。")]


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("现在，我代表市人民政府，向大会报告政府工作，请予审议。", "政府工作报告"),
        ("现在，我代表市人民政府，向大会作政府工作报告，请予审议。", "政府工作报告"),
        ("现在，我代表市人民政府，向大会报告工作，请予审议。", None),
    ],
)
def test_report_without_title(tmp_path: Path, opening: str, title: str | None) -> None:
    document = make(tmp_path, f"{opening}\n一、工作回顾\n过去一年，港口吞吐量稳步增长，民生持续改善。\n")
    assert (document.kind, document.title) == ("report", title)


def test_paper(tmp_path: Path) -> None:
    document = make(tmp_path, PAPER)
    assert (document.kind, document.title, document.authors) == ("paper", "海湾城市的茶叶贸易", ("林望舒", "周岚"))
    assert headings(document) == [(1, "1引言"), (2, "2.1贸易条件"), (1, "参考文献")]
    references = [(block.marker, block.kind) for block in document.blocks if block.kind == "reference"]
    assert references == [("[1]", "reference"), ("[2]", "reference")]
    assert [kind for kind, text in parts(document) if "经济学院" in text or "【关键词】" in text] == ["metadata", "metadata"]
    assert ("title", "——以岚溪县为例") in parts(document)
    assert any(kind == "paragraph" and text.startswith("【摘要】") for kind, text in parts(document))


def test_tables(tmp_path: Path) -> None:
    document = make(tmp_path, TABLE)
    rows = [
        [document.text[cell.start : cell.end] for cell in block.cells] for block in document.blocks if block.kind == "table_row"
    ]
    assert rows == [["项目", "云渡港", "岚溪港"], ["水深", "十五米", "六米"], ["年份", "吞吐量"], ["2023", "800"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（一）坚持港城联动，绿色发展。正确处理港口与城市的关系。", ["heading 2", "paragraph"]),
        ("4．用好引导基金。支持航运企业融资，降低融资成本。", ["heading 3", "paragraph"]),
        ("（3）健全保险机制。由保险机构承担部分风险损失。", ["heading 4", "paragraph"]),
        ("一、对新设立的航运企业，按其营业收入的一定比例给予一次性奖励，最高不超过三百万元，由市县两级分担。", ["list_item"]),
        ("（一）占用航道；", ["list_item"]),
        ("1.岸电：是指船舶停泊时使用的岸上电力。以此替代燃油。", ["list_item"]),
        ("①新建泊位。", ["list_item"]),
        ("——港口能力显著提升。泊位达到五十个。", ["list_item"]),
        ("一是新建泊位。二是修建航道。", ["paragraph"]),
        ("第一，新建泊位。泊位不足是当前的难题。", ["paragraph"]),
        ("5.2%的增速来之不易，要倍加珍惜。", ["paragraph"]),
        ("2.5亿人次的客流带来了商机，也带来了压力。", ["paragraph"]),
        ("第三条 港口建设应当符合规划。", ["paragraph"]),
        ("第三条 【支持对象】", ["heading 2"]),
        ("第二节 港口与腹地", ["heading 2"]),
        ("图1 港口的位置", ["caption"]),
        ("港口与腹地的关系", ["heading 1"]),
        ("各县区人民政府：", ["paragraph"]),
    ],
)
def test_kinds_of_blocks(tmp_path: Path, text: str, expected: list[str]) -> None:
    after = "港口与腹地相互依存，任何一方都不能单独发展，这是多年的经验。"
    document = make(tmp_path, f"港口概论\n\n{after}\n{text}\n{after}\n")
    found = [f"{block.kind} {block.level}".removesuffix(" 0") for block in document.blocks[2:-1]]
    assert found == expected


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("云渡市港口管理办法", "第一条 为了管理港口，制定本办法。", "regulation"),
        ("云渡市港口发展“十五五”规划", "港口是城市的门户，规划期为五年。", "plan"),
        ("云渡市绿色航运行动方案（2025—2027年）", "为发展绿色航运，制定本方案。", "plan"),
        ("云渡市人民政府关于支持航运业的若干意见", "为支持航运业，提出以下意见。", "measures"),
        ("云渡市港口开航", "新华社云渡2月24日电 云渡市港口今日开航。", "news"),
        ("谈谈港口的未来", "港口的未来在于联系腹地，这一点并不新鲜。", "article"),
    ],
)
def test_kinds_of_documents(tmp_path: Path, title: str, body: str, kind: str) -> None:
    document = make(tmp_path, f"{title}\n\n{body}\n")
    assert (document.kind, document.title) == (kind, title)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("发布日期：2025-01-09", "date", "2025-01-09"),
        ("【颁布时间】 20250109", "date", "2025-01-09"),
        ("发布时间：2025年1月9日 08:30", "date", "2025-01-09"),
        ("2025-01-09 08:30:00", "date", "2025-01-09"),
        ("（2025年1月9日云渡市人民政府第三次常务会议通过）", "date", "2025-01-09"),
        ("发文日期：2025-13-40", "date", None),
        ("【颁布单位】 云渡市林业局", "issuer", "云渡市林业局"),
        ("[制发单位]\n云渡市林业局", "issuer", "云渡市林业局"),
        ("云林发〔2025〕12号", "number", "云林发〔2025〕12号"),
        ("[发文字号]\n云林发〔2025〕12\n〔〕\n号", "number", "云林发〔2025〕12号"),
        ("文号：云林发〔2025〕12号", "number", "云林发〔2025〕12号"),
    ],
)
def test_fields(tmp_path: Path, line: str, field: str, value: str | None) -> None:
    document = make(tmp_path, f"岚溪县茶园保护办法\n{line}\n为保护茶园，根据有关规定，制定本办法。\n")
    assert getattr(document, field) == value


def test_several_bodies_sign(tmp_path: Path) -> None:
    signed = "云渡市林业局\n云渡市财政局\n2025年2月3日\n"
    document = make(tmp_path, f"关于保护茶园的通知\n\n各县区：\n为保护茶园，现将有关要求通知如下。\n{signed}")
    assert (document.issuer, document.date) == ("云渡市林业局、云渡市财政局", "2025-02-03")


def blocks(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    document = read(path, tmp_path)
    assert all(document.source[span.start : span.end] for span in document.blocks)
    return [f"{block.kind} {document.text[block.start : block.end]}" for block in document.blocks]


GLUED = "云渡市渔港管理条例\n第一章　总　\n则第一条为了管好渔港，制定本条例。第二条本条例适用于渔港；第三条渔港由县管理。\n"


def test_chapters_and_articles_that_were_glued(tmp_path: Path) -> None:
    assert blocks(tmp_path, GLUED + "第二章　附\n则　第四条本条例自公布之日起施行。")[1:] == [
        "heading 第一章 总则",
        "paragraph 第一条为了管好渔港，制定本条例。",
        "paragraph 第二条本条例适用于渔港；",
        "paragraph 第三条渔港由县管理。",
        "heading 第二章 附则",
        "paragraph 第四条本条例自公布之日起施行。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "第一条为了管好渔港。第三条渔港由县管理。",  # the numbers do not go up by one
        "违反规定的，依照第一条。第二条渔港由县管理。",  # it begins with no article
        "第一条为了管好渔港，制定本条例第二条之外的规定。",  # within a sentence
        "第一条为了管好渔港。第二条、第三条另行规定。",  # which are cited
    ],
)
def test_articles_that_belong_together(tmp_path: Path, line: str) -> None:
    assert blocks(tmp_path, f"云渡市渔港管理条例\n{line}")[1:] == [f"paragraph {line}"]


def test_what_is_cut_elsewhere_is_no_chapter(tmp_path: Path) -> None:
    text = "云渡市渔港管理条例\n第一章 总结\n则第一条另行规定。\n第二章 总\n则由县管理。"
    assert [each.split()[-1] for each in blocks(tmp_path, text)[1:]] == ["总结", "则第一条另行规定。", "总", "则由县管理。"]


def test_remarks_on_when_something_was_said_stand_alone(tmp_path: Path) -> None:
    text = """办好渔业

一

渔业是富民产业，要把渔文化、渔产业、渔科技统筹起来。

（2031年3月2日在临澜考察时的讲话）

二

办好渔业，要坚持绿色发展方向，也要护好海湾。

（2031年10月9日在全省渔业工作会议上的讲话）
"""
    assert [each.partition(" ")[2] for each in blocks(tmp_path, text)] == [line for line in text.split("\n") if line]
