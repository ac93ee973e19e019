"""What a policy restricts: a sentence of a plan beside every field that it restricts, and sentences that restrict none."""

from __future__ import annotations

import pytest

from pipeline.model import Name
from tests.extracting import claims_of, made, read_text

RESTRICTS = {
    # the verb before the field
    "严控水泥、平板玻璃产能。": "水泥、平板玻璃",
    "从严控制电解铝行业新增产能。": "电解铝",
    "压减粗钢产量。": "粗钢",
    "严格控制煤炭消费总量。": "煤炭",
    "严格控制近海养殖密度和养殖面积。": "近海养殖",
    "合理控制房地产开发规模。": "房地产",
    "化解煤炭行业过剩产能。": "煤炭",
    "加快淘汰燃煤锅炉和老旧渔船。": "燃煤锅炉、老旧渔船",
    "淘汰能耗高、噪声大的老旧空压机。": "老旧空压机",
    "依法淘汰制革、印染等行业落后产能。": "制革、印染",
    "坚决遏制“两高”项目盲目发展。": "两高项目",
    "严控高尔夫球场、主题公园建设。": "高尔夫球场、主题公园",
    # by what must not be done with it
    "禁止新建小水电站。": "小水电站",
    "城市建成区内禁止新建混凝土搅拌站。": "混凝土搅拌站",
    "禁止在保护区内从事采矿、开采活动。": "采矿、开采",
    "禁止围海养殖。": "围海养殖",
    "不再审批煤矿项目。": "煤矿",
    "停止新增烟花爆竹生产。": "烟花爆竹",
    "限制使用一次性塑料制品。": "一次性塑料制品",
    "逐步禁止销售不可降解塑料袋。": "不可降解塑料袋",
    "严格控制部门新建数据中心。": "数据中心",
    # the verb after it
    "推动煤电机组有序退出。": "煤电机组",
    "国三以下柴油货车限期淘汰。": "国三以下柴油货车",
    # a noun that says what is done with it
    "对电解铝行业实行总量控制。": "电解铝",
    "支持对新建数据中心实施总量控制。": "数据中心",
    "将制革、电镀列入限制类产业目录。": "制革、电镀",
}
RESTRICTS_NONE = [
    "放宽汽车购买限制。",
    "取消房地产限购限制。",
    "不得限制外地产品进入本地市场。",
    "不得对外地建材进行不合理限制。",
    "受资源限制，种植业发展缓慢。",
    "淘汰率高的项目要慎重。",
    "严控地方债务风险。",
    "压减审批环节和办理时限。",
    "削减审批事项六十二项。",
    "不得擅自扩大收费范围。",
    "严禁违规举债。",
    "取缔非法采砂。",
    "禁止其申请财政资金。",
    "采取限制功能、暂停服务等处置措施。",
    "禁止达成垄断协议。",
    "禁止破坏海岸的项目。",
    "禁止使用的药物不得销售。",
    "未经批准，不得从事危险货物运输。",
    "严格控制在存量规模内。",
    "个别国家遏制打压我国数字产业创新发展。",
]


def restricted(text: str) -> set[str]:
    """The fields that a plan restricts in which the sentence stands."""
    plan = read_text(f"云渡省海洋经济发展三年行动计划\n\n{text}\n\n各有关单位要按照职责抓好落实。\n\n具体办法另行制定并公布。\n")
    return {o.label for claim in claims_of(plan) if claim.relation == "restricts" and isinstance(o := claim.slots["o"], Name)}


@pytest.mark.parametrize(("text", "fields"), RESTRICTS.items())
def test_what_a_plan_restricts(text: str, fields: str) -> None:
    assert restricted(text) == set(fields.split("、"))


@pytest.mark.parametrize("text", RESTRICTS_NONE)
def test_what_restricts_no_field(text: str) -> None:
    assert restricted(text) == set()


def test_a_policy_that_the_sentence_names_restricts() -> None:
    """Without one, and in a document that is none, nothing does; the name of an export control is no control of its own."""
    text = "《稀土出口管制条例》严格限制稀土开采业。去年起，某地严控水泥产能。"
    (claim,) = (claim for claim in claims_of(made(text)) if claim.relation == "restricts")
    assert [getattr(claim.slots[slot], "label", "") for slot in "so"] == ["稀土出口管制条例", "稀土开采业"]
