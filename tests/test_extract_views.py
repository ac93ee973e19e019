"""Views: a text beside who holds what in it, “holder > view | view”; and texts that ascribe nothing to anyone."""

from __future__ import annotations

import pytest

from pipeline.extract import views
from pipeline.extract.reader import Reader
from pipeline.model import Claim, DocumentKind, Name
from tests.extracting import annotate
from tests.samples import ontology


def held(text: str, kind: DocumentKind = "article", title: str | None = None) -> list[Claim]:
    return list(views.claims(Reader(annotate(text, kind=kind, title=title), ontology())))


def shown(claims: list[Claim]) -> list[str]:
    """“holder > view | view” for each holder, in order."""
    found: dict[str, list[str]] = {}
    for claim in claims:
        s, o = claim.slots["s"], claim.slots["o"]
        assert isinstance(s, Name)
        assert isinstance(o, Name)
        found.setdefault(s.label, []).append(o.label)
    return [f"{holder} > {' | '.join(of)}" for holder, of in found.items()]


SAID = [
    ("段景行认为，渔港改造的难点在资金。", "段景行 > 渔港改造的难点在资金"),
    ("云渡大学经济学院教授段景行指出，渔港改造的难点在资金。", "段景行 > 渔港改造的难点在资金"),
    ("段景行在接受采访时表示，渔港改造的难点在资金。", "段景行 > 渔港改造的难点在资金"),
    ("去年3月，段景行在渔业论坛上指出：“渔港改造的难点在资金。”", "段景行 > 渔港改造的难点在资金"),
    ("张远航在北京会见陆望时表示，渔港改造的难点在资金。", "张远航 > 渔港改造的难点在资金"),
    ("云渡友好协会委员潘氏渔歌说，两地渔民往来频繁。", "潘氏渔歌 > 两地渔民往来频繁"),
    ("据段景行介绍，渔港改造已经完成七成。", "段景行 > 渔港改造已经完成七成"),
    ("云渡市水务局有关负责人表示，旧管网将在两年内换完。", "云渡市水务局有关负责人 > 旧管网将在两年内换完"),
    ("澜国渔业部部长阿兹达尔·莫雷恩说，两国渔业合作潜力很大。", "阿兹达尔·莫雷恩 > 两国渔业合作潜力很大"),
    ("中央渔业工作会议强调，要守住休渔底线。", "中央渔业工作会议 > 要守住休渔底线"),
    ("《云渡市渔港条例》第十二条规定，渔港经营者应当定期清淤。", "云渡市渔港条例 > 渔港经营者应当定期清淤"),
    ("云渡晚报报道称，今年渔获量创下新高。", "云渡晚报 > 今年渔获量创下新高"),
    ("古典海权论认为，海上交通决定国家兴衰。", None),
    ("马克思主义认为，劳动创造了人本身。", "马克思主义 > 劳动创造了人本身"),
    ("Marsden等（2014）发现，休渔显著提高了幼鱼成活率。", "Marsden等（2014） > 休渔显著提高了幼鱼成活率"),
    ("段景行等研究表明，休渔显著提高了幼鱼成活率。", "段景行等 > 休渔显著提高了幼鱼成活率"),
    ("段景行（2021）的研究指出，休渔显著提高了幼鱼成活率。", "段景行（2021） > 休渔显著提高了幼鱼成活率"),
    ("日本将渔业看作立国之本。", "日本 > 将渔业看作立国之本"),
]
RESOLVED = [
    ("云渡大学教授段景行长期研究渔港。他认为，渔港改造的难点在资金。", "段景行 > 渔港改造的难点在资金"),
    ("段景行出席座谈会并讲话，强调渔港改造要量力而行。", "段景行 > 渔港改造要量力而行"),
    ("段景行指出，渔港改造的难点在资金。同时强调，渔港改造要量力而行。", "段景行 > 渔港改造的难点在资金 | 渔港改造要量力而行"),
    ("全国渔港会议指出，渔港是渔业的根基。会议强调，要守住休渔底线。", "全国渔港会议 > 渔港是渔业的根基 | 要守住休渔底线"),
    (
        "澜国总理阿兹达尔·莫雷恩表示，两国合作潜力很大。莫雷恩说，航线将在明年开通。",
        "阿兹达尔·莫雷恩 > 两国合作潜力很大 | 航线将在明年开通",
    ),
]
QUOTED = [
    ("“这条航线改变了我们的生活。”村民段景行说。", "段景行 > 这条航线改变了我们的生活"),
    (
        "“航线开通以后，我每周都能回家。”段景行说，“路上只要一个小时。”",
        "段景行 > 航线开通以后，我每周都能回家 | 路上只要一个小时",
    ),
    ("段景行强调，“渔港是渔业的根基”，“休渔是渔业的保障”。", "段景行 > 渔港是渔业的根基 | 休渔是渔业的保障"),
    ("段景行提出“一港一策”改革。", None),
    ("段景行指出，要让更多渔民吃上“旅游饭”。", "段景行 > 要让更多渔民吃上“旅游饭”"),
]
CITED = [
    ("休渔显著提高了幼鱼成活率（段景行，2021）。", "段景行（2021） > 休渔显著提高了幼鱼成活率"),
    (
        "有学者认为，休渔显著提高了幼鱼的成活率，使近岸和远海的渔业资源逐年恢复，并主张把休渔期延长到四个月（段景行、陆望，2021）。",
        "段景行、陆望（2021） > 休渔显著提高了幼鱼的成活率 | 休渔使近岸和远海的渔业资源逐年恢复，并主张把休渔期延长到四个月",
    ),
    (
        "休渔提高了幼鱼成活率（段景行，2021），增加了渔民收入（陆望等，2022）。",
        "段景行（2021） > 休渔提高了幼鱼成活率",
        "陆望等（2022） > 休渔增加了渔民收入",
    ),
    ("段景行认为休渔利大于弊；陆望从成本入手，认为休渔得不偿失。", "段景行 > 休渔利大于弊", "陆望 > 休渔得不偿失"),
]
NOTHING = [
    "可以说，渔港是渔业的根基。",
    "必须指出，渔港改造的难点在资金。",
    "本文认为，渔港改造的难点在资金。",
    "有人认为，渔港改造的难点在资金。",
    "渔港被认为是渔业的根基。",
    "这种鱼通称黄花鱼，俗称大黄鱼。",
    "以下简称渔港办。",
    "渔港经营者能适时向渔民通报规定，协助清淤。",
    "段景行提出了渔港改造的新方案。",
    "段景行来到渔港说明情况。",
    "如果渔港经营者认为处罚不当，可以申请复议。",
    "《关于做好渔港安全要求的通知》已经印发。",
    "按照省委、省政府要求，抓好渔港改造。",
    "一些机构和专家预计，今年渔获量将创下新高。",
    "工作人员应当研究提出改造方案建议，并及时清淤。",
    "渔港办指导申请人按照要求填写材料。",
    "但本研究认为，休渔提高了幼鱼成活率（段景行，2021）。",
    "渔港方面提出“新建渔港全部达到绿色渔港要求，每年清淤两次”。",
]


@pytest.mark.parametrize(
    ("text", "expected"), [(text, [e for e in of if e]) for text, *of in (*SAID, *RESOLVED, *QUOTED, *CITED)]
)
def test_who_holds_what(text: str, expected: list[str]) -> None:
    assert shown(held(text)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_held_by_nobody(text: str) -> None:
    assert not held(text)


WHOLE = [
    ("渔港不仅是停船之地，更是渔民的家园（段景行，2021）。", "段景行（2021） > 渔港不仅是停船之地，更是渔民的家园"),
    (
        "近海渔业的衰退既受到多年过度捕捞、沿岸围垦工程和入海污水的多重影响，又受到水温连续上升的影响（段景行，2021）。",
        "段景行（2021） > 近海渔业的衰退又受到水温连续上升的影响",
    ),
    (
        "渔港布局日趋合理，促使渔民的出海成本逐年下降（段景行，2021）。",
        "段景行（2021） > 渔港布局日趋合理，促使渔民的出海成本逐年下降",
    ),
    ("推行休渔制度，有助于恢复资源（段景行，2021）。", "段景行（2021） > 推行休渔制度，有助于恢复资源"),
    (
        "云渡湾沿岸的三个县自前年春季起先后试行了休渔期间的渔民补助计划，该计划提高了休渔的成效（段景行，2021）。",
        "段景行（2021） > 渔民补助计划提高了休渔的成效",
    ),
    (
        "老渔民不愿意向外来的年轻船员和合作社新成员分享多年积累的海图与渔场信息，提供捕捞经验（段景行，2021）。",
        "段景行（2021） > 老渔民不愿意提供捕捞经验",
    ),
    ("也有学者发现休渔减少了短期收入（段景行，2021）。", "段景行（2021） > 休渔减少了短期收入"),
    (
        "段景行指出，渔港不仅要为来自各地的大小渔船提供安全可靠的避风条件和补给维修服务，还是渔民交易鲜鱼的主要场所。",
        "段景行 > 渔港要为来自各地的大小渔船提供安全可靠的避风条件和补给维修服务 | 渔港还是渔民交易鲜鱼的主要场所",
    ),
]
CARRIED = [
    (
        "段景行指出，云渡市的渔港改造工程明年将覆盖全部七个县区，推动沿海冷链物流提档升级，带动水产加工企业集聚发展。",
        "段景行 > 云渡市的渔港改造工程明年将覆盖全部七个县区"
        " | 云渡市的渔港改造工程明年将推动沿海冷链物流提档升级，带动水产加工企业集聚发展",
    ),
    (
        "段景行说，云渡渔业合作社去年为三百多户渔民更换全部老旧渔船，不断提升远海捕捞和冷链运输的能力。",
        "段景行 > 云渡渔业合作社去年为三百多户渔民更换全部老旧渔船 | 云渡渔业合作社不断提升远海捕捞和冷链运输的能力",
    ),
    ("段景行说：“冷库是渔港改造的重点。它由市水务局统一管理。”", "段景行 > 冷库是渔港改造的重点 | 冷库由市水务局统一管理"),
    ("段景行说：“渔港改造完成了七成。这表明工程进展顺利。”", "段景行 > 渔港改造完成了七成"),
    ("段景行指出，要守住休渔底线，对渔港管理工作提出明确要求。", "段景行 > 要守住休渔底线"),
    ("段景行认为休渔利大于弊；陆望等发现休渔得不偿失。", "段景行 > 休渔利大于弊"),
    ("段景行强调，要加强监管；《渔港条例》对清淤作了规定。", "段景行 > 要加强监管"),
    (
        "段景行说，得益于渔港改造工程的顺利推进和冷链物流的快速发展，今年全市近海渔获的外销量增长了三成以上。",
        "段景行 > 今年全市近海渔获的外销量增长了三成以上",
    ),
    ("段景行要求，为加快落实渔港改造的战略部署。", None),
    (
        "段景行指出，逐步关闭年久失修或三年以上没有渔船停靠或补给能力不足每天二十艘的设施落后的小型渔业码头。",
        "段景行 > 逐步关闭小型渔业码头",
    ),
    (
        "段景行指出，要围绕云渡湾、青礁港、白沙岛、望溪口、临澜北港、石浦南港及月牙湾这七个重点渔港开展全市渔港改造工程建设。",
        "段景行 > 要围绕云渡湾、青礁港、石浦南港及月牙湾这七个重点渔港开展全市渔港改造工程建设",
    ),
]
UNFOUND = [
    "以渔业经济理论为开端的学派将休渔看作一种投资。",
    "申请人提出申请时应当附上渔船证书。",
    "他们不愿意向外来的年轻船员和合作社新成员分享多年积累的海图与渔场信息，提供捕捞经验（段景行，2021）。",
    "更是渔民的家园（段景行，2021）。",
    "其成效逐年下降（段景行，2021）。",
    "这一方法已被广泛采用（段景行，2021）。",
    "他们的出海次数减少了（段景行，2021）。",
    "大部分研究采用渔获量来衡量成效（段景行，2021；陆望，2020）。",
    "以往有关休渔的研究通常把渔船分为三类（段景行，2021）。",
    "研究者在云渡湾设计了一项实验（段景行，2021）。",
    "渔业学家段景行（Duan，2021）对云渡湾进行了调查。",
    "云渡渔业局贯彻落实意见要求，制定了休渔办法。",
]
WAITING = [
    (
        "段景行指出，要站在统筹渔业资源恢复和渔民持续增收两个大局的战略高度，统筹安排沿海各县的休渔期和渔港改造的先后次序。",
        "段景行 > 统筹安排沿海各县的休渔期和渔港改造的先后次序",
    ),
    (
        "《云渡市休渔条例》规定，渔船所有人在休渔期内擅自将渔船租给他人出海捕捞的，由渔业主管部门没收渔获物并责令限期改正。",
        "云渡市休渔条例 > 由渔业主管部门没收渔获物并责令限期改正",
    ),
    (
        "段景行指出，要按照绿色发展、协同发展、安全发展和共享发展的新理念的要求，加快推进渔港改造、渔船更新和渔民转产。",
        "段景行 > 加快推进渔港改造、渔船更新和渔民转产",
    ),
    (
        "段景行指出，未来随着云渡湾跨海大桥和环湾铁路复线的陆续开通，沿线各个渔港的冷链运输能力将成倍提升。",
        "段景行 > 沿线各个渔港的冷链运输能力将成倍提升",
    ),
    (
        "段景行指出，以建设一流的渔港和一流的渔业科研基地为目标，坚决守住沿海各县休渔期管理的底线和红线。",
        "段景行 > 坚决守住沿海各县休渔期管理的底线和红线",
    ),
]
HOLDERS = [
    ("段景行多次强调，渔港是渔业的根基。", "段景行 > 渔港是渔业的根基"),
    ("段景行在发言中反复强调，渔港是渔业的根基。", "段景行 > 渔港是渔业的根基"),
    ("云渡市人民法院二审认为，一审法院认定渔船系合法购得。", "云渡市人民法院 > 一审法院认定渔船系合法购得"),
    ("渔业协会执行委员会委员潘氏碧红说，两地渔民往来频繁。", "潘氏碧红 > 两地渔民往来频繁"),
    ("货车司机段景行每天往返云渡港。他说，路上只要一个小时。", "段景行 > 路上只要一个小时"),
    ("五、段景行建议，渔港改造要量力而行。", "段景行 > 渔港改造要量力而行"),
    ("云渡市渔业局会同有关部门研究提出，渔港改造要量力而行。", "云渡市渔业局 > 渔港改造要量力而行"),
    ("Marsden, Okoro和Weber（2014）发现，休渔提高了成活率。", "Marsden, Okoro和Weber（2014） > 休渔提高了成活率"),
    ("委员们认为，云渡市政府提出延长休渔期是重要举措。", "委员们 > 云渡市政府提出延长休渔期是重要举措"),
    ("常委会组成人员指出，渔港改造的难点在资金。", "常委会组成人员 > 渔港改造的难点在资金"),
    ("市长段景行声称改造取得成功，渔业部长陆望称之为“艰难的开端”。", "段景行 > 改造取得成功"),
]


@pytest.mark.parametrize(("text", "expected"), [*WHOLE, *WAITING])
def test_a_view_is_a_whole_clause(text: str, expected: str) -> None:
    assert shown(held(text)) == [expected]


@pytest.mark.parametrize(("text", "expected"), CARRIED)
def test_a_view_stands_alone(text: str, expected: str | None) -> None:
    assert shown(held(text)) == ([expected] if expected else [])


@pytest.mark.parametrize("text", UNFOUND)
def test_a_clause_that_is_not_whole_is_no_view(text: str) -> None:
    assert not held(text)


@pytest.mark.parametrize(("text", "expected"), HOLDERS)
def test_all_who_hold_a_view_and_no_other(text: str, expected: str) -> None:
    assert shown(held(text)) == [expected]


def test_a_label_is_cut_where_a_word_ends_and_no_bracket_is_open() -> None:
    (claim,) = held(
        "段景行指出，云渡湾沿岸各县的渔业合作社与远海捕捞企业的联合组织（简称联合社）应当建立覆盖全部渔船的渔获物交易追溯体系。"
    )
    view = claim.slots["o"]
    assert isinstance(view, Name)
    assert len(view.label) <= 40
    assert view.label.endswith("追溯") or view.label.endswith("交易") or view.label.endswith("渔获物")
    assert "（" not in view.label


def test_the_quotation_is_what_the_text_says() -> None:
    text = "段景行强调，渔港改造\n要量力而行（段景行，2021）。"
    for claim in held(text):
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


def test_a_person_has_the_office_as_an_alias() -> None:
    (claim,) = held("云渡市水务局局长段景行表示，旧管网将在两年内换完。")
    holder = claim.slots["s"]
    assert isinstance(holder, Name)
    assert holder.kind == "Person"
    assert "云渡市水务局局长段景行" in holder.aliases


def test_views_are_short_and_few() -> None:
    clauses = "健全渔港管理制度，完善休渔补偿办法，支持渔民转产转业，推动近海养殖上岸，加强渔业资源监测，严厉打击非法捕捞"
    labels = [claim.slots["o"].label for claim in held(f"段景行强调，要{clauses}。")]  # type: ignore[union-attr]
    assert all(len(label) <= 40 for label in labels)
    assert "，".join(labels) == f"要{clauses}"


def test_a_clause_that_only_leads_on_stays_with_the_next() -> None:
    assert shown(held("段景行指出，改革开放以来，渔港面貌焕然一新。")) == ["段景行 > 改革开放以来，渔港面貌焕然一新"]


def test_speech_goes_on_in_the_news() -> None:
    text = "段景行强调，渔港是渔业的根基。休渔是渔业的保障。要守住休渔底线。3月5日，段景行来到渔港。"
    expected = ["段景行 > 渔港是渔业的根基 | 休渔是渔业的保障 | 要守住休渔底线"]
    assert shown(held(text, kind="news")) == expected
    assert shown(held(text)) == ["段景行 > 渔港是渔业的根基"]


def test_speech_ends_where_another_speaks() -> None:
    text = "段景行强调，渔港是渔业的根基。双方政治互信将日益增进陆望总干事在贺信中指出，要守住休渔底线。要加快渔港改造。"
    assert shown(held(text, kind="news")) == ["段景行 > 渔港是渔业的根基"]


def test_a_court_gives_its_reasons_up_to_the_next_heading() -> None:
    text = "#裁判理由\n云渡市人民法院认为：渔船系合法购得。\n被告应当返还渔船。\n#裁判结果\n驳回上诉。"
    assert shown(held(text)) == ["云渡市人民法院 > 渔船系合法购得 | 被告应当返还渔船"]


def test_no_view_of_a_plan_itself() -> None:
    text = "市水务局要求，各单位应当清淤。段景行指出，渔港是渔业的根基。"
    assert shown(held(text, kind="plan")) == ["段景行 > 渔港是渔业的根基"]


def test_a_document_does_not_quote_itself() -> None:
    assert not held("《云渡市渔港发展报告》指出，渔港是渔业的根基。", title="云渡市渔港发展报告（2031年）")


def test_a_record_of_a_talk() -> None:
    text = (
        "主持人：请段景行局长介绍情况。\n段景行：渔港是渔业的根基。去年改造了三个渔港。下一步要守住休渔底线。\n"
        "云渡日报记者：休渔期会延长吗？\n陆望：休渔是恢复资源的重要举措。\n段景行：谢谢大家。"
    )
    assert shown(held(text)) == ["段景行 > 下一步要守住休渔底线", "陆望 > 休渔是恢复资源的重要举措"]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("段景行否认渔港改造存在资金缺口。", "doubted"),
        ("段景行并不认为渔港改造没有意义。", None),
        ("段景行认为，不应当一味延长休渔期。", "stated"),
    ],
)
def test_what_is_denied_is_no_fact(text: str, polarity: str | None) -> None:
    assert [claim.polarity for claim in held(text)] == ([polarity] if polarity else [])
