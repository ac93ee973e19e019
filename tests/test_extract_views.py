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
        "段景行、陆望（2021） > 休渔显著提高了幼鱼的成活率 | 使近岸和远海的渔业资源逐年恢复，并主张把休渔期延长到四个月",
    ),
    (
        "休渔提高了幼鱼成活率（段景行，2021），增加了渔民收入（陆望等，2022）。",
        "段景行（2021） > 休渔提高了幼鱼成活率",
        "陆望等（2022） > 增加了渔民收入",
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
]


@pytest.mark.parametrize(
    ("text", "expected"), [(text, [e for e in of if e]) for text, *of in (*SAID, *RESOLVED, *QUOTED, *CITED)]
)
def test_who_holds_what(text: str, expected: list[str]) -> None:
    assert shown(held(text)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_held_by_nobody(text: str) -> None:
    assert not held(text)


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
