"""Cited works: documents beside every work that they cite, in each form of notes, lists and texts, and what cites none."""

from __future__ import annotations

import pytest

from pipeline.extract import references
from pipeline.extract.reader import Reader
from pipeline.model import Claim, Name
from tests.extracting import annotator, read_text
from tests.samples import ontology


def cited(text: str) -> list[Claim]:
    return list(references.claims(Reader(annotator().annotate(read_text(text)), ontology())))


def shown(claim: Claim) -> str:
    """A work as a row writes it: authors | title | year | container."""
    slots = claim.slots
    authors = slots["authors"]
    assert isinstance(authors, tuple)
    names = "、".join(author.label for author in authors)
    return " | ".join((names or "-", *(str(slots[key] or "-") for key in ("title", "year", "container"))))


def works(text: str) -> list[str]:
    """Every work that a text cites, once each."""
    return list(dict.fromkeys(map(shown, cited(text))))


def noted(note: str) -> str:
    return f"# 江湾集市研究\n\n集市的治理由来已久。①\n\n① {note}\n"


def listed(*entries: str, text: str = "已有研究关注此事。") -> str:
    return "\n\n".join(("# 江湾集市研究", text, "# 参考文献", *entries)) + "\n"


NOTES = [
    ("约翰·布朗著，张某译：《江湾纪行》，商务印书馆，1985年。", ["约翰·布朗 | 江湾纪行 | 1985 | 商务印书馆"]),
    ("张某：《集市与移民》，王某主编：《江湾研究》第3辑，江湾出版社2008年版。", ["张某 | 集市与移民 | 2008 | 江湾研究"]),
    (
        "Fairbrown, J. K., Trade on the River Coast, Cambridge, MA: River Press, 1953, p. 12.",
        ["Fairbrown, J. K | Trade on the River Coast | 1953 | River Press"],
    ),
    ("费某某：《江湾集市调查》，商务印书馆1999年版，第23页。", ["费某某 | 江湾集市调查 | 1999 | 商务印书馆"]),
    ("费某某：《江湾集市调查》，北京：商务印书馆，1999年，第23—25页。", ["费某某 | 江湾集市调查 | 1999 | 商务印书馆"]),
    ("费某某《江湾集市调查》，商务印书馆1999年版，第2页。", ["费某某 | 江湾集市调查 | 1999 | 商务印书馆"]),
    ("参见贺大明主编：《乡里制度史》（修订版），中华书局2005年版，第7页。", ["贺大明 | 乡里制度史 | 2005 | 中华书局"]),
    ("[美]约翰·布朗：《市场的边界》，李四光译，江湾人民出版社2010年版。", ["约翰·布朗 | 市场的边界 | 2010 | 江湾人民出版社"]),
    ("王一川、赵二湖等：《集市与国家》，《江湾社会科学》2011年第3期。", ["王一川、赵二湖 | 集市与国家 | 2011 | 江湾社会科学"]),
    (
        "王一川：《集市与国家》，《江湾学报（社会科学版）》，2011年第3期。",
        ["王一川 | 集市与国家 | 2011 | 江湾学报（社会科学版）"],
    ),
    ("丁小路：《集市为何消失》，《云渡日报》2019年6月3日，第5版。", ["丁小路 | 集市为何消失 | 2019 | 云渡日报"]),
    ("《集市重开》，云渡网，2023年9月8日。", ["- | 集市重开 | 2023 | 云渡网"]),
    ("《怎样办好集市》，http://www.yundu.gov.cn/a/b_1.html。", ["- | 怎样办好集市 | - | www.yundu.gov.cn"]),
    ("《江湾文集》第8卷，江湾出版社2009年版，第12页。", ["- | 江湾文集第8卷 | 2009 | 江湾出版社"]),
    ("《江湾文集》（第2卷），北京：江湾出版社，2012年版。", ["- | 江湾文集（第2卷） | 2012 | 江湾出版社"]),
    ("崔某：“集市的边界”，《法学江湾》2012年第5期。", ["崔某 | 集市的边界 | 2012 | 法学江湾"]),
    ("傅某：《集市简论》，江湾师范大学1986年硕士论文，第28页。", ["傅某 | 集市简论 | 1986 | 江湾师范大学"]),
    ("《钱某某：关于〈集市条例〉的说明》，云渡网，2024年8月15日。", ["钱某某 | 关于〈集市条例〉的说明 | 2024 | 云渡网"]),
    (
        "关于此点，参见钱某某：《治学录》，中华书局1979年版；孙某：《集市述评》，《史学江湾》2015年第2期。",
        ["钱某某 | 治学录 | 1979 | 中华书局", "孙某 | 集市述评 | 2015 | 史学江湾"],
    ),
    (
        "钱某某：《治学录》，中华书局1979年版，转引自孙某：《集市述评》，《史学江湾》2015年第2期。",
        ["钱某某 | 治学录 | 1979 | 中华书局", "孙某 | 集市述评 | 2015 | 史学江湾"],
    ),
    ("See John Brown, “The Law of Markets,” 12 River Law Review 33 (2001).", ["John Brown | The Law of Markets | 2001 | -"]),
    (
        "John Brown, The Market of the River, London: River Press, 2010, p. 5.",
        ["John Brown | The Market of the River | 2010 | River Press"],
    ),
    ("综述全文见《江湾通讯》2020年第6期，第2页。", []),
    ("感谢匿名审稿人的意见，文责自负。", []),
    ("这里的集市包括《集市条例》所称的早市和夜市。", []),
    ("《集市条例》第26条规定了罚则。", []),
    ("江湾市中级人民法院（2015）江民初字第12号民事判决书。", []),
]


@pytest.mark.parametrize(("note", "expected"), NOTES)
def test_notes(note: str, expected: list[str]) -> None:
    assert works(noted(note)) == expected


ENTRIES = [
    (
        "1. Smith J, Brown K. Trade in rivers. Lancet. 2020;395(10223):497-506.",
        "Smith J、Brown K | Trade in rivers | 2020 | Lancet",
    ),
    ("[1] 江湾医院. 一种口罩: 中国, 201820123456.7[P]. 2019-02-03.", "江湾医院 | 一种口罩 | 2019 | -"),
    (
        "[1] N. Shinn et al., “Reflexion on rivers,” in Proc. River Conf., 2023, pp. 1–5.",
        "N. Shinn | Reflexion on rivers | 2023 | Proc. River Conf",
    ),
    ("[1] 张三丰, 李四海, 等. 集市的逻辑[J]. 江湾规划, 2020, 44(3): 1-9.", "张三丰、李四海 | 集市的逻辑 | 2020 | 江湾规划"),
    ("[1]陈六合．旧集改造研究[D]．云渡：云渡大学，2018：33．", "陈六合 | 旧集改造研究 | 2018 | 云渡大学"),
    ("[1] 黄小明. 让集市活起来[N]. 云渡日报, 2021-07-08(5).", "黄小明 | 让集市活起来 | 2021 | 云渡日报"),
    (
        "[1] 云渡市统计局. 2021年云渡市公报[R/OL]. (2022-03-01)[2022-05-06]. http://tjj.yundu.gov.cn/a.html.",
        "云渡市统计局 | 2021年云渡市公报 | 2022 | tjj.yundu.gov.cn",
    ),
    (
        "[1] 集市标准化委员会. 集市评价: GB/T 51000-2019[S]. 北京: 标准出版社, 2019.",
        "集市标准化委员会 | 集市评价 | 2019 | 标准出版社",
    ),
    (
        "[1] SMITH J, BROWN K. Markets revisited[M]. London: River Press, 2015.",
        "SMITH J、BROWN K | Markets revisited | 2015 | River Press",
    ),
    ("[1]约翰·布朗.市场的边界[M].李四光,译.北京:江湾出版社,1990:139.", "约翰·布朗 | 市场的边界 | 1990 | 江湾出版社"),
    ("费某某. 1998. 乡土集市[M]. 北京: 江湾出版社.", "费某某 | 乡土集市 | 1998 | 江湾出版社"),
    ("费某某．1998．乡土集市．江湾学报，(3)：1-9．", "费某某 | 乡土集市 | 1998 | 江湾学报"),
    ("〔1〕张三丰.集市的逻辑[J].江湾规划,2020(3):1-9.", "张三丰 | 集市的逻辑 | 2020 | 江湾规划"),
    ("1 牛某某。江湾集市报告。北京：江湾出版社，2009.", "牛某某 | 江湾集市报告 | 2009 | 江湾出版社"),
    ("李某某, 王一一. (2018). 集市的测量. 江湾心理, 41(2), 11–19.", "李某某、王一一 | 集市的测量 | 2018 | 江湾心理"),
    ("钱多多、孙少少，2020：《集市的边界》，《江湾经济》第5期。", "钱多多、孙少少 | 集市的边界 | 2020 | 江湾经济"),
    (
        "Diener, E. (1984). Well-being in markets. Market Bulletin, 95(3), 542.",
        "Diener, E | Well-being in markets | 1984 | Market Bulletin",
    ),
    (
        "Brown, A., and B. Smith, 2018, “Mobile Markets”, Journal of Markets, 12(3), 45–67.",
        "Brown, A、B. Smith | Mobile Markets | 2018 | Journal of Markets",
    ),
    (
        "Veen, Ruut. “Is Trade Relative?” Trade Research 24, no. 1 (1991): 1–34.",
        "Veen, Ruut | Is Trade Relative? | 1991 | Trade Research",
    ),
]


@pytest.mark.parametrize(("entry", "expected"), ENTRIES)
def test_lists(entry: str, expected: str) -> None:
    assert works(listed(entry)) == [expected]


def test_marks_in_brackets() -> None:
    """[①] before a note, as pages made of text files have it."""
    text = "# 江湾集市研究\n\n集市自古已有。[①]\n\n[①] 李某：《集市》，《江湾日报》1985年7月8日。\n"
    assert works(text) == ["李某 | 集市 | 1985 | 江湾日报"]


@pytest.mark.parametrize("heading", ["参考文献：", "【参考文献】", "5 参考文献", "参考文献 References", "主要参考文献", "注释"])
def test_headings_of_lists(heading: str) -> None:
    text = f"# 江湾集市研究\n\n正文如此。\n\n{heading}\n\n1. 张某. 集市研究. 江湾: 江湾出版社, 2015.\n"
    assert works(text) == ["张某 | 集市研究 | 2015 | 江湾出版社"]


def test_entries_that_run_on() -> None:
    """One block with several entries, and an entry over several blocks, as recognised pages have them."""
    text = listed(
        "1朱某某。集市价值。江湾农经，2015,(6):79.2王长某，苏成某，等。早市现状。江湾学报，2004,35(1):167-1693李某。夜市。江湾",
        "规划，2016,31(3):1-9.",
    )
    assert works(text) == [
        "朱某某 | 集市价值 | 2015 | 江湾农经",
        "王长某、苏成某 | 早市现状 | 2004 | 江湾学报",
        "李某 | 夜市 | 2016 | 江湾规划",
    ]


def test_short_notes() -> None:
    """同上, 前引 and a title alone are the work that was given in full, with its year and publisher."""
    text = (
        "# 江湾集市研究\n\n正文。①又如。②再如。③最后。④\n\n① 费某某：《江湾集市调查》，商务印书馆1999年版。"
        "\n\n② 同上书，第30页。\n\n③ 费某某：前引书，第66页。\n\n④ 费某某：《江湾集市调查》，第90页。\n"
    )
    assert works(text) == ["费某某 | 江湾集市调查 | 1999 | 商务印书馆"]
    assert [claim.rule for claim in cited(text)] == ["cites.titled", "cites.titled", "cites.again", "cites.again"]


IN_TEXT = [
    ("周一鸣（2019）指出集市增多。", ["周一鸣 | - | 2019 | -"]),
    ("周一鸣等（2019）指出集市增多。", ["周一鸣 | - | 2019 | -"]),
    ("例如，周一鸣和吴二丁（2019a）指出集市增多。", ["周一鸣、吴二丁 | - | 2019a | -"]),
    ("因此周一鸣与吴二丁（2019）指出集市增多。", ["周一鸣、吴二丁 | - | 2019 | -"]),
    (
        "集市不断增多（周一鸣、吴二丁，2019；Brown and Smith，2018）。",
        ["周一鸣、吴二丁 | - | 2019 | -", "Brown、Smith | - | 2018 | -"],
    ),
    ("集市不断增多（参见周一鸣等，2019；江湾大学课题组，2020）。", ["周一鸣 | - | 2019 | -", "江湾大学课题组 | - | 2020 | -"]),
    ("集市不断增多（约翰·布朗，2012）。", ["约翰·布朗 | - | 2012 | -"]),
    ("van Brown et al. (2004) 指出集市增多。", ["van Brown | - | 2004 | -"]),
    ("Brown,Smith和Miller（2004）指出集市增多。", ["Brown、Smith、Miller | - | 2004 | -"]),
    ("江湾大学课题组（2021）指出集市增多。", ["江湾大学课题组 | - | 2021 | -"]),
    ("集市试验（1989年）开始。", []),
    ("集市不断增多（周一鸣2019）。", ["周一鸣 | - | 2019 | -"]),
    ("集市方案（2021）已经印发。", []),
    ("集市不断增多（江湾市，2021年）。", []),
    ("集市数量（单位：个，2021）。", []),
    ("江湾市法院（2015）江民初字第12号判决。", []),
    ("《集市白皮书（2022）》发布。", []),
]


@pytest.mark.parametrize(("sentence", "expected"), IN_TEXT)
def test_author_and_year(sentence: str, expected: list[str]) -> None:
    assert works(f"# 江湾集市研究\n\n{sentence}\n") == expected


def test_author_and_year_of_the_list() -> None:
    """An author with a year is the work of the list; of two by the same author the one that the other authors tell."""
    text = listed(
        "周一鸣、吴二丁、郑三丙，2019：《集市与农户》，《江湾农村》第3期。",
        "周一鸣，2019：《集市与邮路》，《江湾邮政》第1期。",
        text="周一鸣等（2019）指出集市增多，也有不同意见（周一鸣，2019）。",
    )
    places = [claim for claim in cited(text) if claim.rule == "cites.author_year"]
    assert [claim.slots["title"] for claim in places] == ["集市与农户", "集市与邮路"]
    assert [claim.evidence.quote for claim in places] == ["周一鸣等（2019）", "（周一鸣，2019）"]


def test_author_and_year_with_a_note() -> None:
    """The note whose mark stands behind an author and a year gives the work, where it is by that author and of that year."""
    text = "# 江湾集市研究\n\n{}认为集市增多。\n\n① 周一鸣：《集市与邮路》，《江湾邮政》2019年第1期。\n"
    assert works(text.format("周一鸣（2019）①")) == ["周一鸣 | 集市与邮路 | 2019 | 江湾邮政"]
    assert "吴二丁 | - | 2019 | -" in works(text.format("吴二丁（2019）①"))
    assert "周一鸣 | - | 2021 | -" in works(text.format("周一鸣（2021）①"))


def test_numbers_of_the_list() -> None:
    """A bracketed number in the text, taken out when the text was read, cites the entry; the evidence holds it."""
    text = listed(
        "[1] 张三丰. 集市的逻辑[J]. 江湾规划, 2020, 44(3): 1-9.",
        "[2] 陈六合. 旧集改造[M]. 云渡: 云渡出版社, 2018.",
        "[3] 黄小明. 夜市[J]. 江湾规划, 2021(1): 2.",
        text="集市受到关注[1]。已有研究表明其影响[2-3]。",
    )
    places = [(claim.slots["title"], claim.evidence.quote) for claim in cited(text) if claim.rule == "cites.marked"]
    assert places == [
        ("集市的逻辑", "集市受到关注[1]。"),
        ("旧集改造", "已有研究表明其影响[2-3]。"),
        ("夜市", "已有研究表明其影响[2-3]。"),
    ]


def test_number_without_a_list() -> None:
    assert works("# 江湾集市研究\n\n2010年，Katz等[12]测算了集市的规模。集市很多[13]。\n") == ["Katz | - | 2010 | -"]


NAMED = [
    (
        "根据《江湾市商务局江湾市财政局关于办好集市的通知》（江商发〔2021〕11号）。",
        ["江湾市商务局、江湾市财政局 | 江湾市商务局江湾市财政局关于办好集市的通知 | 2021 | -"],
    ),
    ("依据《关于办好集市的通知》，江商发〔2007〕19号。", ["- | 关于办好集市的通知 | 2007 | -"]),
    ("依据《集市条例》（江湾市人民政府令第26号）。", ["- | 集市条例 | - | -"]),
    ("执行《集市评价标准》（GB/T 51000—2019）。", ["- | 集市评价标准 | 2019 | -"]),
    ("据江湾大学发布的《2023年集市指数》，集市增多。", ["江湾大学 | 2023年集市指数 | 2023 | -"]),
    ("《集市发展报告（2022年）》显示，集市增多。", ["- | 集市发展报告（2022年） | 2022 | -"]),
    ("数据来源于《江湾统计年鉴》《云渡统计年鉴》。", ["- | 江湾统计年鉴 | - | -", "- | 云渡统计年鉴 | - | -"]),
    ("王某某在《集市论》中写道，集市如水。", ["王某某 | 集市论 | - | -"]),
    ("集市自古有之（钱某某：《治学录》，中华书局1979年版，第3页）。", ["钱某某 | 治学录 | 1979 | 中华书局"]),
    ("钱某某教授在《江湾研究》上发表的《论集市》令人信服。", ["- | 论集市 | - | 江湾研究"]),
    ("周一鸣2019年在《江湾研究》第3期发表《论集市》。", ["周一鸣 | 论集市 | 2019 | 江湾研究"]),
    ("资料来源：江湾市统计局编：《江湾统计资料》，江湾出版社2020年版。", ["江湾市统计局 | 江湾统计资料 | 2020 | 江湾出版社"]),
    ("根据《集市条例》办理。", []),
    ("他在《集市条例》实施后发表《告别辞》。", []),
    ("《集市条例》（2018年修正）施行。", []),
    ("（根据2008年2月18日《江湾市关于修改〈集市条例〉的决定》第一次修订，2018年江湾市人民政府令第26号修订）", []),
    ("编制《集市发展报告》。", []),
    ("《政府工作报告》显示，集市增多。", []),
    ("会议在《集市条例》中规定了罚则。", []),
]


@pytest.mark.parametrize(("sentence", "expected"), NAMED)
def test_named(sentence: str, expected: list[str]) -> None:
    assert works(f"# 江湾集市研究\n\n{sentence}\n") == expected


def test_own_title_is_no_work() -> None:
    assert works("# 江湾市集市办法\n\n现将《江湾市集市办法》（江商发〔2021〕11号）印发给你们。\n") == []


def test_kinds_and_evidence() -> None:
    text = noted("云渡市统计局、钱某某：《怎样办好集市》，云渡出版社2010年版，第3页。")
    (claim,) = cited(text)
    authors = claim.slots["authors"]
    assert isinstance(authors, tuple)
    assert [(author.label, author.kind) for author in authors] == [("云渡市统计局", "Body"), ("钱某某", "Person")]
    work = claim.slots["work"]
    assert isinstance(work, Name)
    assert (work.label, work.kind) == ("怎样办好集市", "CitedWork")
    assert claim.polarity == "stated"  # though the title asks
    assert claim.evidence.quote == "云渡市统计局、钱某某：《怎样办好集市》，云渡出版社2010年版，第3页"


def test_long_brackets_and_capitals_take_no_time() -> None:
    """Marks that nothing closes, and long runs of capitals before a year, are read in a moment."""
    text = "（" * 3000 + "A" * 3000 + "（2010）" + "《" * 2000 + "，" * 2000
    assert works(f"# 江湾集市研究\n\n{text}\n") == []
