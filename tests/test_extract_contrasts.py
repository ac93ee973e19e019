"""Contrasts in prose: a text beside “dimension: a = value / b = value”, in each construction, and texts that contrast nothing."""

from __future__ import annotations

import pytest

from pipeline.extract import contrasts
from pipeline.extract.reader import Reader
from pipeline.model import Claim, Name
from tests.extracting import annotate
from tests.samples import ontology


def contrasted(text: str) -> list[Claim]:
    return [claim for claim in contrasts.claims(Reader(annotate(text), ontology())) if claim.polarity == "stated"]


def shown(claim: Claim) -> str:
    slots = claim.slots
    a, b, dimension = slots["a"], slots["b"], slots["dimension"]
    assert isinstance(a, Name)
    assert isinstance(b, Name)
    assert isinstance(dimension, Name)
    return f"{dimension.label}: {a.label} = {slots['value_a']} / {b.label} = {slots['value_b']}"


CONTRASTS = [
    (
        "就成本而言，近海养殖需要投放大量饵料；远海养殖主要依靠天然饵料。",
        "成本: 近海养殖 = 需要投放大量饵料 / 远海养殖 = 主要依靠天然饵料",
    ),
    (
        "从经营主体来看，近海养殖以散户为主，远海养殖以企业为主。",
        "经营主体: 近海养殖 = 以散户为主 / 远海养殖 = 以企业为主",
    ),
    (
        "近海养殖与远海养殖不同：就成本而言，近海养殖较高，远海养殖较低；就风险而言，支撑近海养殖的设施较为稳固，带动远海养殖的装备尚在试验。",
        "成本: 近海养殖 = 较高 / 远海养殖 = 较低",
        "风险: 近海养殖 = 设施较为稳固 / 远海养殖 = 装备尚在试验",
    ),
    (
        "东部地区在渔业资源方面具有明显优势，而西部地区在渔业资源方面长期依赖外购。",
        "渔业资源: 东部地区 = 具有明显优势 / 西部地区 = 长期依赖外购",
    ),
    ("从人均产量来看，甘肃青海两省水平较高，河南省水平较低。", "人均产量: 甘肃青海两省 = 水平较高 / 河南省 = 水平较低"),
    ("近海养殖侧重产量，远海养殖侧重品质。", "侧重: 近海养殖 = 侧重产量 / 远海养殖 = 侧重品质"),
    ("渔业投入存在“近海高、远海低”的失衡。", "渔业投入: 近海 = 高 / 远海 = 低"),
    (
        "2031年我国水产良种覆盖率为52%，远低于挪威90%以上的水平。",
        "水产良种覆盖率: 我国 = 52% / 挪威 = 90%以上",
    ),
    (
        "近海养殖以散户为主体、以饵料为支撑。远海养殖以企业为主体、以装备为支撑。",
        "主体: 近海养殖 = 散户 / 远海养殖 = 企业",
        "支撑: 近海养殖 = 饵料 / 远海养殖 = 装备",
    ),
    (
        "近海是竞争极为激烈、资源日渐枯竭的渔场；远海是竞争尚未展开、资源较为丰富的渔场。",
        "竞争: 近海 = 极为激烈 / 远海 = 尚未展开",
        "资源: 近海 = 日渐枯竭 / 远海 = 较为丰富",
    ),
]
NOTHING = [
    "就整体而言，近海养殖较高，远海养殖较低。",
    "在渔港建设方面，市水务局负责清淤，市渔业局负责验收，渔民参与监督，企业提供设备。",
    "从成本来看，近海养殖较高，需要投放大量饵料。",
    "近海养殖以散户为主体。远海养殖以企业为主体。",
    "渔船大、中、小三类都要登记。",
    "水产良种覆盖率为52%，高于去年。",
]


@pytest.mark.parametrize(("text", "expected"), [(text, expected) for text, *expected in CONTRASTS])
def test_two_things_on_one_dimension(text: str, expected: list[str]) -> None:
    assert [shown(claim) for claim in contrasted(text)] == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_contrast(text: str) -> None:
    assert not contrasted(text)


def test_what_is_said_of_a_side_may_be_a_denial() -> None:
    (claim,) = contrasted("就成本而言，近海养殖不断上升，远海养殖没有变化。")
    assert shown(claim) == "成本: 近海养殖 = 不断上升 / 远海养殖 = 没有变化"


def test_a_supposed_contrast_is_no_fact() -> None:
    assert not contrasted("如果近海养殖侧重产量，远海养殖侧重品质，就要分区管理。")


def test_a_long_value_is_cut_to_its_last_clause() -> None:
    long = "需要投放大量的饵料、药品和人工，需要定期更换网箱和缆绳，需要防范台风和赤潮，还要缴纳海域使用金"
    (claim,) = contrasted(f"就成本而言，近海养殖{long}；远海养殖较低。")
    assert claim.slots["value_a"] == "还要缴纳海域使用金"


def test_the_quotation_is_what_the_text_says() -> None:
    text = "就成本而言，近海养殖较高，\n远海养殖较低。"
    for claim in contrasted(text):
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
