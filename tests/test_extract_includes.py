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
    # No class: a statement, the first words of a longer name, a code; no list with a duty in it.
    row("冷库、制冰厂等收费价格参照民用电力标准。"),
    row("东港、西港等老工业基地重焕活力。"),
    row("渔船、码头等030502港口服务。"),
    row("降低、减免靠泊费、引航费等港口服务。"),
    row("注册渔户、受托企业应当采取措施、外观形态等管理制度。"),
    row("引进高等院校、同等学力人员。"),
    row("^推广声学成像、多波束测深等声学探测技术。"),
]


@pytest.mark.parametrize(("text", "expected"), [*VERB, *REPRESENTED, *AND_SO_ON])
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
