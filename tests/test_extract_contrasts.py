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
    ("远海养殖的成本明显高于近海养殖。", "成本: 远海养殖 = 更高 / 近海养殖 = 更低"),
    ("调查显示，山区居民的出行时间普遍长于平原居民，差距逐年缩小。", "出行时间: 山区居民 = 更长 / 平原居民 = 更短"),
    ("就渔获量而言，云渡省高于临澜省。", "渔获量: 云渡省 = 更高 / 临澜省 = 更低"),
    ("渔民收入增速快于渔业增速。", "增速: 渔民收入 = 更快 / 渔业 = 更慢"),
    ("去年涉渔贷款加权平均利率低于全省平均水平。", "加权平均利率: 涉渔贷款 = 更低 / 全省 = 更高"),
    ("渔业增加值增速高于全国平均水平2.1个百分点。", "增速: 渔业增加值 = 更高 / 全国 = 更低"),
    ("多中心渔港群的经济绩效比单中心渔港群更高。", "经济绩效: 多中心渔港群 = 更高 / 单中心渔港群 = 更低"),
    ("山区县的人均收入比平原县低。", "人均收入: 山区县 = 更低 / 平原县 = 更高"),
    (
        "与近海养殖相比，远海养殖的成本更高、风险更大，但污染更少。",
        "成本: 远海养殖 = 更高 / 近海养殖 = 更低",
        "风险: 远海养殖 = 更大 / 近海养殖 = 更小",
        "污染: 远海养殖 = 更少 / 近海养殖 = 更多",
    ),
    ("远海养殖与近海养殖相比，成本更高。", "成本: 远海养殖 = 更高 / 近海养殖 = 更低"),
    ("相较于散户，合作社的销售渠道更多。", "销售渠道: 合作社 = 更多 / 散户 = 更少"),
    (
        "对水产企业实行分级监管。一级企业每年检查一次；二级企业每半年检查一次；三级企业每季度检查一次。",
        "监管: 一级企业 = 每年检查一次 / 二级企业 = 每半年检查一次",
        "监管: 二级企业 = 每半年检查一次 / 三级企业 = 每季度检查一次",
    ),
    (
        "实行差异化的补贴政策，规模较大的养殖场，划为第一档，每亩补贴五百元；规模较小的纳入第二档，每亩补贴三百元。",
        "补贴: 第一档 = 每亩补贴五百元 / 第二档 = 每亩补贴三百元",
    ),
    (
        "建立分类信用管理制度。A类渔船免于抽查；B类渔船主要是外来渔船，每月抽查一次。",
        "信用管理: A类渔船 = 免于抽查 / B类渔船 = 每月抽查一次",
    ),
    ("就管护而言，近海养殖有细则，远海养殖有总则。", "管护: 近海养殖 = 有细则 / 远海养殖 = 有总则"),
]
NOTHING = [
    "就整体而言，近海养殖较高，远海养殖较低。",
    "在渔港建设方面，市水务局负责清淤，市渔业局负责验收，渔民参与监督，企业提供设备。",
    "从成本来看，近海养殖较高，需要投放大量饵料。",
    "近海养殖以散户为主体。远海养殖以企业为主体。",
    "渔船大、中、小三类都要登记。",
    "水产良种覆盖率为52%，高于去年。",
    "补助标准不低于每亩50元。",
    "鱼价低于养殖成本的合作社要退出。",
    "海岛县的压力大于支撑力。",
    "今年的产量比去年高。",
    "与过去十年相比，成本更高。",
    "与近海养殖相比，远海养殖的技术更完善。",
    "对渔船分类管理。一类渔船很多。",
    "采用分层次编码方法，第一层是大类，用两位数字表示；第二层是中类，用四位数字表示。",
    "分级管理渔港，一级渔港由省里管理，三级渔港由县里管理。",
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
