"""Happenings that productions read: which of several, when, where and by whom where the clause does not say so."""

from __future__ import annotations

import pytest

from pipeline.annotate.annotator import Annotator
from pipeline.extract import extract
from pipeline.extract.events.slots import event
from pipeline.extract.reader import Reader
from pipeline.model import Name, Span
from pipeline.ontology import load_ontology
from tests.extracting import AGREED, annotate, claims_of, events_agree, made, read_text, row, shown
from tests.samples import ROOT, ontology

SEVERAL = [
    # Several happenings in one clause, and one after the other.
    row(
        "2031年11月6日至10日，省长李明亲临云南视察并出席全国渔业运动会开幕式。",
        "云南视察 | 2031-11-06/2031-11-10 | 云南 | 李明",
        "全国渔业运动会开幕式 | 2031-11-06/2031-11-10 | 云南 | 李明",
    ),
    row(
        "2031年3月5日，省长李明主持召开渔业工作会议，听取渔港建设情况汇报。",
        "渔业工作会议 | 2031-03-05 | - | 李明",
        "听取渔港建设情况汇报 | 2031-03-05 | - | 李明",
    ),
    row(
        "2031年，临澜港、云泽港和石洄大桥建成投用。",
        *(f"{name}建成投用 | 2031 | - | -" for name in ("临澜港", "云泽港", "石洄大桥")),
    ),
    # A list whose first members only modify the head of the last is one name.
    row(
        "2031年，开通直通波罗的海、南非的货运航线。",
        "直通波罗的海、南非的货运航线开通 | 2031 | - | -",
    ),
    row("2031年，召开渔港物流、绿色矿山和园区发展现场会。", "渔港物流、绿色矿山和园区发展现场会 | 2031 | - | -"),
    row("2031年，临澜公路东、西环线开工建设。", "临澜公路东、西环线开工建设 | 2031 | - | -"),
]
WHEN = [
    row("2031年7月以来，省长李明在云南、广西等地调研时强调节水。", "云南、广西调研 | 2031-07 | 云南、广西 | 李明"),
    row("从2018年的“海湾事件”到2019年的“渔港事件”，监管收紧。", "海湾事件 | 2018 | - | -", "渔港事件 | 2019 | - | -"),
    row("截至2031年3月5日，临澜港建成投用。"),
    row("到2031年，渔业大会召开。"),
    row("2031年7月27日电 近日，临澜市渔业局购买科考船。"),
    row("2031年增长的渔业产量占全省一半。"),
]
NOTHING = [
    row("2031年3月5日，发布机构：临澜市渔业局。"),
    row("2031年3月5日，竣工期限为两年。"),
    row("2031年度合并及公司利润表。"),
    row("2031年建成渔业强国的奋斗目标。"),
    row("2031年，全部通过检验。"),
    row("2031年，数字化交付服务出口4.2亿元。"),
    row("2031年，临澜市渔业局收购完成8600万元。"),
    row("2031年3月5日，临澜市渔业局印发有关意见。"),
]
WHO = [
    row("2031年3月5日，会谈结束后，周立在临澜船厂举行欢迎宴会。", "欢迎宴会 | 2031-03-05 | 临澜船厂 | 周立"),
    row("2031年3月5日，为筹备开渔，联合云泽市举办渔港论坛。", "渔港论坛 | 2031-03-05 | - | -"),
    row("2031年3月5日，深度渔业（临澜）公司发布推理模型甲一号。", "发布推理模型甲一号 | 2031-03-05 | - | 深度渔业（临澜）公司"),
    row("2031年3月5日，文昌航天发射场成功发射试验卫星。", "发射试验卫星 | 2031-03-05 | 文昌航天发射场 | 文昌航天发射场"),
    row("2031年3月5日，我市出台渔民安居政策。", "出台渔民安居政策 | 2031-03-05 | - | 我市"),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL + WHEN + NOTHING + WHO)
def test_happenings(text: str, expected: tuple[str, ...]) -> None:
    assert events_agree(claims_of(made(text)), expected) == AGREED


def test_a_step_of_issue_is_told_once() -> None:
    told = [shown(claim) for claim in claims_of(made("2031年3月5日，临澜市渔业局印发了《渔港规划》。"))]
    assert [line for line in told if "印发" in line] == ["印发渔港规划 | 2031-03-05 | - | 临澜市渔业局"]


def test_what_a_report_says_of_other_years() -> None:
    """The heading names the year first; a paragraph turns to the five years, also under the headings within."""
    text = (
        "2031年云川省政府工作报告\n\n——2031年1月20日在云川省第九届人民代表大会第四次会议上\n\n各位代表：\n\n一、2030年工作回顾和“十五五”发展成就\n\n过去一年，全省上下砥砺奋进，各项事业稳步向前，取得了来之不易的成绩。临澜大桥建成通车。\n\n"
        "过去五年，全省综合实力稳步提升，人民生活持续改善，渔业发展迈上新的台阶。云泽港建成投用。\n\n（一）渔业\n\n石洄港建成投用。\n"
    )
    told = {shown(claim) for claim in claims_of(read_text(text)) if claim.rule == "event.completed"}
    assert told == {
        "临澜大桥建成通车 | 2030 | - | -",
        "云泽港建成投用 | 2026/2030 | - | -",
        "石洄港建成投用 | 2026/2030 | - | -",
    }


def test_a_rule_that_was_not_measured_is_as_sure_as_its_relation() -> None:
    unmeasured = next(rule.name for rule in ontology().rules if rule.name not in ontology().confidence)
    reader = Reader(annotate("渔港。"), ontology())
    told = event(reader, Name("渔港", "Event", "渔港"), "2031", (), None, Span(0, 2), unmeasured)
    assert told.confidence == ontology().confidence["event"]
    assert 0.8 < told.confidence < 1


def test_an_ontology_loaded_again_reads_the_same() -> None:
    document = made("2031年3月5日，省长李明主持召开渔业工作会议，听取渔港建设情况汇报。")
    again = load_ontology(ROOT / "ontology")
    assert again is not ontology()
    assert [shown(claim) for claim in extract(Annotator(again).annotate(document), again)] == list(
        map(shown, claims_of(document))
    )


def test_places_beside_one_another_are_several_and_those_that_touch_are_one() -> None:
    (claim,) = (c for c in claims_of(made("2023年，云南、青海等地连续发生了地震。")) if c.relation == "event")
    assert isinstance(claim.slots["venue"], tuple)
    assert [(venue.label, venue.aliases) for venue in claim.slots["venue"]] == [("云南", ()), ("青海", ())]
