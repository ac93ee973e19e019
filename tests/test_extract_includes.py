"""Members of a class: a text beside every class – includes – member that it makes, and texts that make none."""

from __future__ import annotations

import pytest

from tests.extracting import AGREED, Expected, claims_of, made, relation_agrees, row

VERB = [
    row("海洋新兴产业包括海水淡化、海洋生物医药和深海采矿。", "includes 海洋新兴产业 > 海水淡化、海洋生物医药、深海采矿"),
    row("海洋新兴产业主要包括海水淡化、深海采矿三大门类。", "includes 海洋新兴产业 > 海水淡化、深海采矿"),
    row("海洋新兴产业，具体涵盖了海水淡化、深海采矿。", "includes 海洋新兴产业 > 海水淡化、深海采矿"),
    row("声学探测技术包含声学成像、多波束测深等。", "includes 声学探测技术 > 声学成像、多波束测深"),
    row("声学探测技术包含侧扫声呐、多波束测深等。", "includes 声学探测技术 > 侧扫声呐、多波束测深"),
    row("代表团成员包括渔民、船工和教师。"),
    row("海洋新兴产业包括在内。"),
]
REPRESENTED = [
    row("以声学成像、多波束测深为代表的声学探测技术走向成熟。", "includes 声学探测技术 > 声学成像、多波束测深"),
    row("以海水淡化、深海采矿为代表的海洋新兴产业快速成长。", "includes 海洋新兴产业 > 海水淡化、深海采矿"),
    row("以渔民为代表的观众到场。"),
]
AND_SO_ON = [
    row("推广声学成像、多波束测深等声学探测技术。", "includes 声学探测技术 > 声学成像、多波束测深"),
    row("利用声学成像、多波束测深等一系列声学探测技术。", "includes 声学探测技术 > 声学成像、多波束测深"),
    row("渔民、船工等群众到场。"),
    # The class closes its own list alone; the verb before it and a word of how many are none of the first member.
    row("聚焦船体制造以及电池、电机等核心零部件。", "includes 核心零部件 > 电池、电机"),
    row("实行首问负责、限时办结等岸线管理制度。", "includes 岸线管理制度 > 首问负责、限时办结"),
    row("相关潮位预报、浪高监测等海洋观测技术。", "includes 海洋观测技术 > 潮位预报、浪高监测"),
    row("兴办潮间采集、近海垂钓等休闲渔业服务。", "includes 休闲渔业服务 > 潮间采集、近海垂钓"),
    # Quotations and titles side by side are a list; a quotation that stays open bounds none.
    row("推行“渔港通”“岸线码”等渔业服务措施。", "includes 渔业服务措施 > 渔港通、岸线码"),
    row("依照《渔港管理办法》《岸线保护条例》等法律法规。", "includes 法律法规 > 渔港管理办法、岸线保护条例"),
    row("他说：“积极培育海水淡化、深海采矿等海洋新兴产业，培育未来产业。”", "includes 海洋新兴产业 > 海水淡化、深海采矿"),
    # 重点 is part of a class that would be none without it; a count is not; nor is a verb with its list cut in two.
    row("聚焦船体制造、海产加工、渔港运营等重点领域。", "includes 重点领域 > 船体制造、海产加工、渔港运营"),
    row("建成东堤加固、北港疏浚等15个民生项目。", "includes 民生项目 > 东堤加固、北港疏浚"),
    row("与各渔村、码头合作开发海钓、赶海等海洋旅游产品。", "includes 海洋旅游产品 > 海钓、赶海"),
    row("完善浮标、验潮站等海洋经济相关基础设施。", "includes 海洋经济相关基础设施 > 浮标、验潮站"),
    row("采用“小港高墙”“断链脱钩”等海运遏制措施。", "includes 海运遏制措施 > 小港高墙、断链脱钩"),
    # Names that begin with what is a word of its own elsewhere.
    row("提供教育、就业创业、再生医学等公共服务产品。", "includes 公共服务产品 > 教育、就业创业、再生医学"),
    row("发放以旧换新、都市游等消费补贴政策。", "includes 消费补贴政策 > 以旧换新、都市游"),
    # No class: a statement, the first words of a longer name, a code; no list with a duty in it.
    row("冷库、制冰厂等收费价格参照民用电力标准。"),
    row("东港、西港等老工业基地重焕活力。"),
    row("渔船、码头等030502港口服务。"),
    row("降低、减免靠泊费、引航费等港口服务。"),
    row("注册渔户、受托企业应当采取措施、外观形态等管理制度。"),
    row("引进高等院校、同等学力人员。"),
    row("^推广声学成像、多波束测深等声学探测技术。"),
]

PAIR = [
    row("充分运用多波束测深和侧扫声呐等海洋探测技术。", "includes 海洋探测技术 > 多波束测深、侧扫声呐"),
    row("发展海水淡化与潮汐发电等海洋新兴产业。", "includes 海洋新兴产业 > 海水淡化、潮汐发电"),
    row("老周和老林等渔业专家到场。"),
    row("航道淤积防治研究与应用”等海洋科技成果获奖。"),
]
BRACKETED = [
    row("推广海洋观测设备(如侧扫声呐、浅地层剖面仪等)。", "includes 海洋观测设备 > 侧扫声呐、浅地层剖面仪"),
    row("打造海带、对虾、扇贝三大主导产业。", "includes 主导产业 > 海带、对虾、扇贝"),
]


@pytest.mark.parametrize(("text", "expected"), [*VERB, *REPRESENTED, *AND_SO_ON, *PAIR, *BRACKETED])
def test_includes(text: str, expected: Expected) -> None:
    assert relation_agrees(claims_of(made(text)), expected, "includes") == AGREED


@pytest.mark.parametrize(
    ("text", "rule", "quote"),
    [
        ("海洋新兴产业包括海水淡化、深海采矿。", "includes.verb", "海洋新兴产业包括海水淡化、深海采矿"),
        (
            "以声学成像、多波束测深为代表的声学探测技术走向成熟。",
            "includes.represented",
            "以声学成像、多波束测深为代表的声学探测技术",
        ),
        ("推广声学成像、多波束测深等声学探测技术。", "includes.and_so_on", "声学成像、多波束测深等声学探测技术"),
    ],
)
def test_rule_and_evidence(text: str, rule: str, quote: str) -> None:
    claims = [claim for claim in claims_of(made(text)) if claim.relation == "includes"]
    assert {(claim.rule, claim.evidence.quote) for claim in claims} == {(rule, quote)}
