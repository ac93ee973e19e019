"""Pages that a browser printed, text layers that say a line twice, lines that go on or head nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Document
from pipeline.read import read
from tests.test_read_repair import check_offsets

TITLE = "云渡市城市更新条例实施办法"
PAGE = f"{TITLE}_规章文件_云渡市政府网"
ADDRESS = "https://www.yundu.gov.cn/zwgk/202605/content_88.htm"
OPENING = "第一条 为了规范城市更新活动，制定本办法。"
FIRST = "本市城市更新坚持规划引领、民生优先，保护历史风貌，完善公共服务设施，提升人居环境品质，防止大拆大建，并由市更新局会"
SECOND = "同各区人民政府组织实施，每年三月底前公布年度计划。"


def _read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "d.txt"
    path.write_text(text, encoding="utf-8")
    document = read(path, tmp_path)
    check_offsets(document)
    return document


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def _printed(*pages: str) -> str:
    edge = f"2026/5/7 9:32\n{PAGE}\n"
    return "".join(f"{edge}{page}\n{ADDRESS}\n{at}/{len(pages)}\n" for at, page in enumerate(pages, 1))


def test_the_edges_of_printed_pages_are_no_text(tmp_path: Path) -> None:
    """A sentence goes on over the edge, also of a last page that is short."""
    pages = (f"{TITLE}\n{OPENING}\n第二条 {FIRST}", f"{SECOND}\n第三条 市更新局负责监督检查。", "附则")
    document = _read(tmp_path, _printed(*pages))
    assert document.title == TITLE
    assert ("paragraph", f"第二条 {FIRST}{SECOND}") in _blocks(document)
    assert document.text.count("政府网") == 1  # above the title
    assert not any("yundu" in text or "2026/5/7" in text or "/3" in text for _, text in _blocks(document))


def test_an_address_that_is_given_twice_stays_where_nothing_is_printed(tmp_path: Path) -> None:
    line = f"办理地址见下列网页：\n{ADDRESS}\n"
    document = _read(tmp_path, f"{TITLE}\n{OPENING}\n{line}第二条 本办法自公布之日起施行。\n{line}")
    assert document.text.count(ADDRESS) == 2


def test_lines_of_a_doubled_text_layer_are_read_once(tmp_path: Path) -> None:
    heads = ["总体要求", "主要任务", "保障措施"]
    body = "\n".join(f"{n}、{head}\n{n}、{head}\n{FIRST}{SECOND}" for n, head in zip("一二三", heads, strict=True))
    document = _read(tmp_path, f"{TITLE}\n{TITLE}\n{body}\n")
    assert [text for kind, text in _blocks(document) if kind == "heading"] == ["一、总体要求", "二、主要任务", "三、保障措施"]
    assert document.repairs["doubled_line"] == 4
    assert sum(left.reason == "doubled line" for left in document.left_out) == 4


def test_two_lines_that_are_alike_stay_where_no_others_are(tmp_path: Path) -> None:
    document = _read(tmp_path, f"{TITLE}\n名单\n李某某 云渡大学\n李某某 云渡大学\n{FIRST}{SECOND}\n")
    assert document.text.count("李某某") == 2
    assert "doubled_line" not in document.repairs


def test_the_label_of_an_annex_is_joined_to_nothing(tmp_path: Path) -> None:
    names = "\n".join(f"{name}Species {name.encode().hex()}" for name in "云渡鹭 望溪斛 岚溪螈 港前杉 北岸蕨 临澜兰".split())
    text = f"云渡市珍稀物种普查公告\n{FIRST}{SECOND}\n附件1\n云渡市珍稀物种名单\n{names}\n附件2\n云渡市珍稀物种分布表\n{names}\n"
    document = _read(tmp_path, text)
    assert [(work.role, work.title) for work in document.works][1:] == [
        ("annex", "云渡市珍稀物种名单"),
        ("annex", "云渡市珍稀物种分布表"),
    ]


def test_a_list_of_annexes_behind_its_label_heads_nothing(tmp_path: Path) -> None:
    signed = "云渡市人民政府\n2026年3月4日"
    document = _read(tmp_path, f"{TITLE}\n一、总则\n{FIRST}{SECOND}\n附件：1.更新项目清单\n2.更新单元划定指引\n{signed}\n")
    assert ("metadata", "2.更新单元划定指引") in _blocks(document)


def test_the_last_line_of_a_list_heads_nothing(tmp_path: Path) -> None:
    """Names of a list, the last of which stands above a numbered heading; a line below prose is a heading there."""
    names = "港前湿地公园\n望溪河口滩涂\n岚溪上游林区\n北岸红树林带"
    below = f"二、保护措施\n{FIRST}{SECOND}\n重点工程\n（一）湿地修复。{FIRST}{SECOND}\n"
    text = f"云渡市珍稀物种名单\n一、动物和植物\n{names}\n{below}"
    kinds = {text: kind for kind, text in _blocks(_read(tmp_path, text))}
    assert kinds["北岸红树林带"] == "paragraph"
    assert kinds["重点工程"] == "heading"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("图2可能性分布与修正后的曲线", "caption"),
        ("2.云渡大学经济学院，临澜省云渡市300001;", "metadata"),
        ("3．临澜省规划院有限公司，临澜省云渡市邮编300002)", "metadata"),
    ],
)
def test_lines_of_papers_that_head_nothing(tmp_path: Path, line: str, kind: str) -> None:
    abstract = "摘要：本文提出一种评估方法，并用于云渡河流域，结果表明方法有效且稳健。"
    paper = f"流域更新评估方法研究\n甲某某，乙某某\n{line}\n{abstract}\n"
    text = f"{paper}关键词：更新；评估\n一、引言\n{FIRST}{SECOND}\n"
    assert (kind, line) in [(kind, text) for kind, text in _blocks(_read(tmp_path, text))]


def test_the_last_clause_of_a_list_with_text_between(tmp_path: Path) -> None:
    codes = "港前 13\n望溪 14\n岚溪 15\n北岸 16"
    items = f"（1）前四位为年份，如2026；\n（2）中间两位为区的代码，具体如下：\n{codes}\n（3）后三位为顺序编号。"
    text = f"{TITLE}\n一、编号\n证书编号为九位，规则如下：\n{items}\n附件1\n证书样式\n{FIRST}{SECOND}\n"
    document = _read(tmp_path, text)
    assert ("list_item", "（3）后三位为顺序编号。") in _blocks(document)


def test_what_begins_with_a_comma_goes_on(tmp_path: Path) -> None:
    """Quotations and remarks that a layout set on lines of their own, in the middle of a sentence."""
    pieces = "对符合条件的企业实行\n“应贷尽贷”\n，助推银企对接，并对\n首贷户（小微企业）\n、个体工商户给予贴息。"
    blocks = _blocks(_read(tmp_path, f"{TITLE}\n一、总则\n{FIRST}{SECOND}\n{pieces}\n"))
    assert not any(text[0] in "，、。" for _, text in blocks)
    assert any("“应贷尽贷”，助推" in text for _, text in blocks)
    assert any("（小微企业）、个体" in text for _, text in blocks)


def test_who_is_responsible_stands_in_one_remark(tmp_path: Path) -> None:
    wrapped = "支持企业在港区建设骨干冷库，对新增库容给予补助，每座最\n高三百万元，资金由市县两级按照六比四的比例分担。\n"
    text = f"{TITLE}\n一、总则\n{wrapped * 3}（责任单位：\n市更新局、市财政局）\n二、附则\n{wrapped}"
    assert ("paragraph", "（责任单位：市更新局、市财政局）") in _blocks(_read(tmp_path, text))


@pytest.mark.parametrize("line", ["新华社云渡5月7日电", "市更新局市财政局市水利局"])
def test_datelines_and_bodies_head_nothing(tmp_path: Path, line: str) -> None:
    text = f"{TITLE}\n第一条 {FIRST}{SECOND}\n市发展改革委员会市商务局\n{line}\n{FIRST}{SECOND}\n"
    kinds = {text: kind for kind, text in _blocks(_read(tmp_path, text))}
    assert kinds[line] != "heading"


def test_a_sentence_that_a_tool_set_as_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text(f"# {TITLE}\n\n# 1.1 {FIRST}{SECOND}\n\n# 1.2 更新范围\n\n{FIRST}{SECOND}\n", encoding="utf-8")
    document = read(path, tmp_path)
    headings = [document.text[block.start : block.end] for block in document.blocks if block.kind == "heading"]
    assert [heading.replace(" ", "") for heading in headings] == ["1.2更新范围"]


def test_the_name_of_a_journal_between_pages_heads_nothing(tmp_path: Path) -> None:
    prose = f"{FIRST}{FIRST}"
    pages = "\n\n".join(f"{prose}\n\n# 云渡地理\n\n{SECOND}" for _ in range(2))
    path = tmp_path / "d.md"
    path.write_text(f"# {TITLE}\n\n# 一、总则\n\n{pages}\n", encoding="utf-8")
    document = read(path, tmp_path)
    headings = [document.text[block.start : block.end] for block in document.blocks if block.kind == "heading"]
    assert headings == ["一、总则"]


@pytest.mark.parametrize("number", [1, 2])
def test_quotations_between_prose_head_parts_of_reportage(tmp_path: Path, number: int) -> None:
    """One alone is what somebody says."""
    parts = "".join(f"“湿地回来了{at}”\n{FIRST}{SECOND}\n" for at in range(number))
    blocks = _blocks(_read(tmp_path, f"云渡：与水为邻\n{FIRST}{SECOND}\n{parts}"))
    assert sum(kind == "heading" for kind, _ in blocks) == (number if number > 1 else 0)


def test_halves_of_a_narrow_cell_head_nothing(tmp_path: Path) -> None:
    blocks = _blocks(_read(tmp_path, f"{TITLE}\n一、总则\n{FIRST}{SECOND}\n数据发布\n发现能力\n{FIRST}{SECOND}\n"))
    assert ("paragraph", "发现能力") in blocks
