"""The works of a file: which blocks, headings and parents are whose."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Document, Work
from tests.test_read_repair import check_offsets
from tests.test_read_troubles import BODY, DUTY, NOTICE, NOTICE_TITLE, STORES, TITLE, TRUCKS, make


def text_of(document: Document, at: int) -> str:
    return document.text[document.blocks[at].start : document.blocks[at].end]


def works(folder: Path, text: str, *, markdown: bool = False) -> list[tuple[str, str | None, str, int | None]]:
    """Role, title, first words and what it belongs to, of each work; which cover the document without a gap."""
    document = make(folder, text, markdown=markdown)
    check_offsets(document)
    ends = [0, *(work.last for work in document.works)]
    assert [work.first for work in document.works] == ends[:-1]
    assert ends[-1] == len(document.blocks)
    for work in document.works:  # no heading of another work is open
        assert all(block.parent == -1 or block.parent >= work.first for block in document.blocks[work.first : work.last])
    return [(work.role, work.title, text_of(document, work.first), work.belongs_to) for work in document.works]


def the(document: Document, role: str) -> Work:
    return next(work for work in document.works if work.role == role)


def test_blocks_and_headings_stand_under_their_work(tmp_path: Path) -> None:
    document = make(tmp_path, f"{NOTICE}{TITLE}\n{BODY}")
    notice, plan = document.works
    assert (notice.first, notice.last, plan.last) == (0, plan.first, len(document.blocks))
    assert (text_of(document, notice.first), text_of(document, plan.first)) == (NOTICE_TITLE, TITLE)
    assert (notice.belongs_to, plan.belongs_to) == (None, 0)
    headings = [at for at, block in enumerate(document.blocks) if block.kind == "heading"]
    assert len(headings) == 5
    assert all(at > plan.first for at in headings)
    parents = [block.parent for block in document.blocks[: plan.first]]
    assert parents == [-1] * plan.first
    assert all(block.parent == -1 or block.parent >= plan.first for block in document.blocks[plan.first :])
    check_offsets(document)


def test_articles_of_one_file_are_works_that_cover_it(tmp_path: Path) -> None:
    body = f"{DUTY}{TRUCKS}" * 4
    text = "".join(f"# {title}\n\n{body}\n\n## 背景\n\n{body}\n\n## 展望\n\n{body}\n\n" for title in ("港口与城市", "航道与腹地"))
    document = make(tmp_path, text, markdown=True)
    one, two = document.works
    assert [work.title for work in document.works] == ["港口与城市", "航道与腹地"]
    assert (one.first, one.last, two.last) == (0, two.first, len(document.blocks))
    for work in document.works:
        assert all(work.first <= document.blocks[at].parent < at for at in range(work.first + 1, work.last))
    check_offsets(document)


def test_sections_that_are_set_as_the_title_are_no_articles(tmp_path: Path) -> None:
    body = f"{DUTY}{TRUCKS}" * 4
    sections = "".join(f"# {name}\n\n{body}\n\n" for name in ("1研究背景", "2港口与腹地的联系", "结论与启示", "3政策建议"))
    assert len(works(tmp_path, f"# 港口与城市\n\n{body}\n\n{sections}", markdown=True)) == 1


SECOND = "云渡市冷库建设补助办法（试行）"
RULES = f"为规范冷库补助，根据有关规定，制定本办法。\n第一条 对新建冷库的企业给予补助。\n第二条 {DUTY}\n"


def test_a_notice_that_transmits_two_works(tmp_path: Path) -> None:
    notice = f"""云渡市人民政府办公室关于印发《{TITLE}》《{SECOND}》的通知
云政办发〔2025〕16号
各县区人民政府，市直各单位：
现将《{TITLE}》《{SECOND}》印发给你们，请认真组织实施。
云渡市人民政府办公室
2025年4月8日
"""
    document = make(tmp_path, f"{notice}{TITLE}\n{BODY}{SECOND}\n{RULES}")
    found = [(work.role, work.title, work.kind, work.belongs_to, work.number) for work in document.works]
    number = "云政办发〔2025〕16号"
    assert found[1:] == [("work", TITLE, "plan", 0, number), ("work", SECOND, "regulation", 0, number)]
    assert (found[0][0], document.title) == ("notice", TITLE)
    assert document.works[2].date == document.works[1].date == "2025-04-08"


SENT = f"""岚溪县人民政府办公室关于印发《岚溪县冷链物流行动方案》《{SECOND}》的通知
岚政办发〔2031〕16号
各乡镇人民政府，县直各单位：
现将《岚溪县冷链物流行动方案》《{SECOND}》印发给你们，自2031年6月1日起施行。
岚溪县人民政府办公室
2031年4月8日
岚溪县冷链物流行动方案
{BODY}{SECOND}
"""


def told(work: Work, *names: str) -> tuple[object, ...]:
    return tuple(getattr(work, name) for name in names)


ISSUE = ("number", "issuer", "date", "written", "effective")
OF_NOTICE = ("岚政办发〔2031〕16号", "岚溪县人民政府办公室", "2031-04-08", "2031-04-08", "2031-06-01")


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (RULES, OF_NOTICE),
        (f"岚财规〔2031〕2号\n{RULES}", ("岚财规〔2031〕2号", *OF_NOTICE[1:])),
        (f"{RULES}第三条 本办法自2032年1月1日起施行。\n", (*OF_NOTICE[:4], "2032-01-01")),
        (f"{RULES}岚溪县财政局\n2031年3月2日\n", (OF_NOTICE[0], "岚溪县财政局", "2031-03-02", "2031-03-02", "2031-06-01")),
    ],
    ids=["nothing of its own", "a number", "a day of coming into force", "a signature"],
)
def test_a_second_plan_has_of_its_notice_what_it_does_not_give(tmp_path: Path, own: str, expected: tuple[str, ...]) -> None:
    document = make(tmp_path, SENT + own)
    notice, plan, rules = document.works
    assert told(rules, *ISSUE) == expected
    assert told(notice, *ISSUE) == (*OF_NOTICE[:2], document.date, "2031-04-08", None)
    assert told(plan, "kind", "genre", *ISSUE) == told_of_document(document)
    assert [work.kind for work in document.works] == ["other", "plan", "regulation"]


def told_of_document(document: Document) -> tuple[object, ...]:
    return tuple(getattr(document, name) for name in ("kind", "genre", *ISSUE))


def test_what_a_decree_says_of_passing_is_said_of_its_law(tmp_path: Path) -> None:
    law = "岚溪县冷链食品安全办法"
    text = f"""岚溪县人民政府令
（第12号）
《{law}》已经2031年3月20日县人民政府第三次常务会议审议通过，现予公布，自2031年7月1日起施行。
县长　骆明远
2031年4月8日
{law}
（2031年3月20日县人民政府第三次常务会议通过）
第一条 为了保障冷链食品安全，制定本办法。
第二条 {DUTY}
"""
    notice, work = make(tmp_path, text).works
    dates = ("date", "written", "passed", "effective")
    assert told(notice, *dates) == ("2031-04-08", "2031-04-08", None, None)
    assert told(work, *dates) == ("2031-04-08", "2031-04-08", "2031-03-20", "2031-07-01")


def test_the_dates_of_a_law_are_kept_apart(tmp_path: Path) -> None:
    """Of two revisions the latest is what is cited."""
    note = (
        "（2021年3月5日云渡省第九届人民代表大会常务委员会第三次会议通过　"
        "根据2023年5月6日云渡省第九届人民代表大会常务委员会第二十次会议第一次修正　"
        "根据2030年9月7日云渡省第十一届人民代表大会常务委员会第八次会议第二次修正）"
    )
    rules = f"第一条 为了保障食品安全，制定本条例。\n第二条 {DUTY}\n第三条 本条例自2021年7月1日起施行。\n"
    (law,) = make(tmp_path, f"云渡省冷链食品安全条例\n{note}\n第一章 总则\n{rules}").works
    assert told(law, "kind", "passed", "revised", "effective") == ("regulation", "2021-03-05", "2030-09-07", "2021-07-01")


def test_each_article_of_a_bundle_has_its_authors_and_no_date_of_another(tmp_path: Path) -> None:
    body = f"{DUTY}{TRUCKS}" * 4
    articles = (
        ("港口与腹地", "骆明远", "2031年3月1日"),
        ("冷库与农户", "柳知秋", ""),
        ("航道与城市", "温如玉、简行之", "2031年5月2日"),
    )
    text = "".join(
        f"# {title}\n\n作者：{names}\n\n{f'发布日期：{day}' if day else ''}\n\n{body}\n\n## 背景\n\n{body}\n\n"
        for title, names, day in articles
    )
    document = make(tmp_path, text, markdown=True)
    assert [told(work, "title", "authors", "date") for work in document.works] == [
        ("港口与腹地", ("骆明远",), "2031-03-01"),
        ("冷库与农户", ("柳知秋",), None),
        ("航道与城市", ("温如玉", "简行之"), "2031-05-02"),
    ]


LISTED = "附件：1.冷库建设任务分工\n2.冷链监测指标\n云渡市商务局\n2025年4月8日\n"
FIELDS = "第一条 补助对象为本市企业。\n第二条 补助标准由市商务局公布。\n"


@pytest.mark.parametrize(
    ("annex", "title", "first"),
    [
        (f"附件\n云渡市冷库补助实施细则\n{FIELDS}", "云渡市冷库补助实施细则", "附件"),
        (f"附件1\n云渡市冷库补助\n实施细则\n{FIELDS}", "云渡市冷库补助实施细则", "附件1"),
        (f"附录一：\n冷链术语\n{TRUCKS}\n", "冷链术语", "附录一："),
        (f"附件1：云渡市冷库补助实施细则\n{FIELDS}", "云渡市冷库补助实施细则", "附件1：云渡市冷库补助实施细则"),
        (f"附件2\n冷链监测指标\n{TRUCKS}\n", "冷链监测指标", "附件2"),
    ],
)
def test_an_annex_belongs_to_its_plan(tmp_path: Path, annex: str, title: str, first: str) -> None:
    found = works(tmp_path, f"{NOTICE}{TITLE}\n{BODY}{LISTED}{annex}")
    assert [each[0] for each in found] == ["notice", "work", "annex"]
    assert found[2] == ("annex", title, first, 1)


def test_a_list_of_annexes_and_a_link_to_one_are_no_annex(tmp_path: Path) -> None:
    assert len(works(tmp_path, f"{TITLE}\n{BODY}{LISTED}")) == 1
    assert len(works(tmp_path, f"{TITLE}\n{BODY}附件：\n冷库建设任务分工.pdf\n打印\n")) == 1
    assert len(works(tmp_path, f"{TITLE}\n{BODY}附件：冷库建设任务分工\n云渡市商务局\n2025年4月8日\n")) == 1


def test_a_decree_above_its_law(tmp_path: Path) -> None:
    law = "云渡市冷链食品安全条例"
    text = f"""云渡市人民代表大会常务委员会公告
（第12号）
《{law}》已经云渡市第九届人民代表大会常务委员会第三次会议审议通过，现予公布，自2025年7月1日起施行。
云渡市人民代表大会常务委员会
2025年4月8日
{law}
第一章 总则
第一条 为了保障冷链食品安全，制定本条例。
第二条 {DUTY}
"""
    found = works(tmp_path, text)
    assert [(role, title) for role, title, _, _ in found][-1] == ("work", law)
    assert [role for role, *_ in found] == ["notice", "work"]


def test_an_announcement_with_the_full_text(tmp_path: Path) -> None:
    text = f"""市委办公室、市政府办公室印发《关于加快冷链物流发展的意见》
来源：云渡日报　2025年4月8日
近日，市委办公室、市政府办公室印发了《关于加快冷链物流发展的意见》，并发出通知，要求各地各部门结合实际认真贯彻落实。
《关于加快冷链物流发展的意见》全文如下。
{BODY}"""
    found = works(tmp_path, text)
    assert [role for role, *_ in found] == ["notice", "work"]
    assert found[1][1] == "关于加快冷链物流发展的意见"
    assert found[1][2].startswith("为加快发展冷链物流")


def test_a_notice_whose_title_was_not_elected_is_spelled_by_its_lines(tmp_path: Path) -> None:
    page = "云渡市政府网\n营商环境\n省市政策\n发表时间：\n2025-04-09\n"
    lines = f"{page}云渡市人民政府办公室关于印发云渡市\n冷链物流发展行动方案\n（2025—2027年）的通知\n"
    text = NOTICE.replace(f"{NOTICE_TITLE}\n", lines)
    document = make(tmp_path, f"{text}{TITLE}\n{BODY}")
    assert [work.role for work in document.works] == ["notice", "work"]
    assert document.works[0].title == NOTICE_TITLE


def test_a_volume_of_policies(tmp_path: Path) -> None:
    """Each with its notice, one below the other; the second is found by its number and those whom it addresses."""
    second = f"""岚溪县人民政府关于印发《岚溪县茶产业扶持措施》的通知
岚政发〔2024〕3号
各乡镇人民政府，县直各单位：
现将《岚溪县茶产业扶持措施》印发给你们，请遵照执行。
岚溪县人民政府
2024年2月3日
岚溪县茶产业扶持措施
为扶持茶产业，结合本县实际，制定以下措施。
一、支持茶园改造
{STORES}
"""
    document = make(tmp_path, f"{NOTICE}{TITLE}\n{BODY}{second}")
    found = [(work.role, work.title, work.belongs_to, work.number, work.date) for work in document.works]
    assert found == [
        ("notice", NOTICE_TITLE, None, "云政办发〔2025〕16号", "2025-04-08"),
        ("work", TITLE, 0, "云政办发〔2025〕16号", "2025-04-08"),
        ("notice", "岚溪县人民政府关于印发《岚溪县茶产业扶持措施》的通知", None, "岚政发〔2024〕3号", "2024-02-03"),
        ("work", "岚溪县茶产业扶持措施", 2, "岚政发〔2024〕3号", "2024-02-03"),
    ]


def test_motions_one_below_the_other(tmp_path: Path) -> None:
    motions = "".join(f"关于{name}的议案\n各位股东：\n{DUTY}{TRUCKS}\n" for name in ("年度财务决算", "利润分配", "续聘审计机构"))
    found = works(tmp_path, f"云渡冷链股份有限公司股东大会会议资料\n{DUTY}{TRUCKS}\n{motions}")
    assert [title for _, title, _, _ in found][1:] == ["关于年度财务决算的议案", "关于利润分配的议案", "关于续聘审计机构的议案"]


@pytest.mark.parametrize("title", [f"《{TITLE}》政策解读", f"《{TITLE}》答记者问", f"关于《{TITLE}》的起草说明"])
def test_an_interpretation_below_its_policy(tmp_path: Path, title: str) -> None:
    answers = f"问：为什么要出台这个方案？\n{DUTY}{TRUCKS}\n问：有哪些支持？\n{STORES}{TRUCKS}\n"
    found = works(tmp_path, f"{NOTICE}{TITLE}\n{BODY}{title}\n{answers}")
    assert [role for role, *_ in found] == ["notice", "work", "interpretation"]
    assert found[2][1:] == (title, title, 1)


def test_an_interpretation_has_its_genre_and_nothing_of_its_policy(tmp_path: Path) -> None:
    answers = f"问：为什么要出台这个方案？\n{DUTY}{TRUCKS}\n问：有哪些支持？\n{STORES}{TRUCKS}\n"
    document = make(tmp_path, f"{NOTICE}{TITLE}\n{BODY}《{TITLE}》政策解读\n{answers}")
    expected = ("article", "interpretation", None, None, None)
    assert told(the(document, "interpretation"), "kind", "genre", "number", "issuer", "date") == expected


def test_an_annex_is_of_those_who_made_the_plan_and_has_no_number(tmp_path: Path) -> None:
    document = make(tmp_path, f"{NOTICE}{TITLE}\n{BODY}{LISTED}附件\n云渡市冷库补助实施细则\n{FIELDS}")
    annex, plan = the(document, "annex"), the(document, "work")
    assert told(annex, "kind", "number", "issuer", "date") == ("regulation", None, plan.issuer, plan.date)


def test_links_to_interpretations_are_none(tmp_path: Path) -> None:
    links = f"相关解读\n【图解】{TITLE}\n《{TITLE}》政策解读\n2025-04-09\n一图读懂冷链方案\n"
    assert [role for role, *_ in works(tmp_path, f"{NOTICE}{TITLE}\n{BODY}{links}")] == ["notice", "work"]


ITEMS = (
    ("云渡港开通冷链航线", "来源：云渡日报　2025-03-01", f"本报云渡3月1日讯 云渡港今日开通通往南方的冷链航线。{TRUCKS}"),
    ("岚溪县茶叶出口增长", "来源：岚溪新闻网　2025-03-02", f"岚溪新闻网3月2日电 前两个月岚溪县茶叶出口继续增长。{TRUCKS}"),
    ("全省冷链会议在云渡召开", "来源：云渡日报　2025-03-03", f"本报云渡3月3日讯 全省冷链物流会议在云渡召开。{TRUCKS}"),
)


@pytest.mark.parametrize("stamped", [True, False], ids=["source and date", "dateline alone"])
def test_items_of_news(tmp_path: Path, stamped: bool) -> None:
    text = "".join("\n".join((title, *([stamp] if stamped else []), body)) + "\n" for title, stamp, body in ITEMS)
    document = make(tmp_path, text)
    assert [work.title for work in document.works] == [title for title, _, _ in ITEMS]
    assert {work.kind for work in document.works} == {"news"}
    if stamped:
        assert [work.date for work in document.works] == ["2025-03-01", "2025-03-02", "2025-03-03"]


def test_a_title_that_is_repeated_on_the_page_begins_nothing(tmp_path: Path) -> None:
    page = f"{NOTICE_TITLE}\n发布日期：2025-04-09\n来源：云渡市政府网\n"
    found = works(tmp_path, f"{page}{NOTICE}{TITLE}\n{BODY}{NOTICE_TITLE}\n{page}打印\n")
    assert [role for role, *_ in found] == ["notice", "work"]


def test_one_article_with_sections_named_after_policies(tmp_path: Path) -> None:
    text = f"云渡冷链政策分析\n{DUTY}{TRUCKS}\n早期的冷链政策\n{DUTY}{TRUCKS}\n近年的支持措施\n{DUTY}{TRUCKS}\n"
    assert len(works(tmp_path, text)) == 1
