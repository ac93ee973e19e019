"""Policies and industries: a text beside every support and restriction that it states, and texts that state none."""

from __future__ import annotations

import pytest

from pipeline.model import Name
from tests.extracting import AGREED, Expected, claims_of, made, read_text, relation_agrees, row, weak

COLD = "临澜市支持冷链物流业发展若干措施"
PLAN = "云渡省海洋经济发展三年行动计划"
RULE = "星澜市中医药条例"
REPORT = "政府工作报告"


def policy(title: str, text: str) -> str:
    """A paragraph under a title, as a file holds it."""
    return f"{title}\n\n{text}\n\n各有关单位要按照职责抓好落实。\n\n具体办法由主管部门另行制定并公布。\n"


# Documents that are policies: title, paragraph, what it supports, in the words of the paragraph.
OWN = [
    row(
        policy(COLD, "第一条　支持冷链物流企业建设智能冷库。"),
        "supports 临澜市支持冷链物流业发展若干措施 > 冷链物流业=冷链物流",
        "?supports 临澜市支持冷链物流业发展若干措施 > 智能冷库",
    ),
    row(
        policy(COLD, "第二条　大力发展预制菜产业。"),
        "supports 临澜市支持冷链物流业发展若干措施 > 预制菜产业、冷链物流业=冷链物流",
    ),
    weak(
        policy(COLD, "第三条　对生鲜电商给予最高五十万元补助。"),
        "supports 临澜市支持冷链物流业发展若干措施 > 生鲜电商、冷链物流业=冷链物流",
        today=["supports 临澜市支持冷链物流业发展若干措施 > 冷链物流"],
        reason="对X给予补助 is read only where 对 opens the clause: not after 第三条",
    ),
    row(
        policy(PLAN, "推动发展新质生产力相结合、标准相衔接。"),
        "supports 云渡省海洋经济发展三年行动计划 > 海洋经济",
        "?supports 云渡省海洋经济发展三年行动计划 > 新质生产力",
    ),
    row(policy(PLAN, "推动贸易投资一体化发展，加强产业、环保等政策协调。"), "supports 云渡省海洋经济发展三年行动计划 > 海洋经济"),
    row(policy(PLAN, "加大海水养殖业投入。"), "supports 云渡省海洋经济发展三年行动计划 > 海水养殖业、海洋经济"),
    row(
        policy(PLAN, "加大优良苗种繁育体系建设力度。"),
        "supports 云渡省海洋经济发展三年行动计划 > 优良苗种繁育=优良苗种、海洋经济",
    ),
    row(policy(PLAN, "建设渔船、渔港、船员等基础数据库。"), "supports 云渡省海洋经济发展三年行动计划 > 海洋经济"),
    row(policy(PLAN, "感谢支持海洋事业的各国政府、国际组织和各国朋友。"), "supports 云渡省海洋经济发展三年行动计划 > 海洋经济"),
    row(
        policy(PLAN, "大力发展海洋生物医药、海水淡化、海洋能等产业。"),
        "supports 云渡省海洋经济发展三年行动计划 > 海洋生物医药=海洋生物医药产业、海水淡化=海水淡化产业",
        "supports 云渡省海洋经济发展三年行动计划 > 海洋能=海洋能产业、海洋经济",
    ),
    row(policy(PLAN, "加快推进远洋渔业转型升级。"), "supports 云渡省海洋经济发展三年行动计划 > 远洋渔业、海洋经济"),
    row(
        policy(PLAN, "前瞻布局深海采矿、可燃冰开采等未来产业。"),
        "supports 云渡省海洋经济发展三年行动计划 > 深海采矿=深海采矿产业、可燃冰开采、未来产业、海洋经济",
    ),
    row(
        policy(PLAN, "做强船舶制造业，做优滨海旅游业。"),
        "supports 云渡省海洋经济发展三年行动计划 > 船舶制造业、滨海旅游业=滨海旅游、海洋经济",
    ),
    row(policy(PLAN, "推动海上风电规模化发展。"), "supports 云渡省海洋经济发展三年行动计划 > 海上风电、海洋经济"),
    row(
        policy(PLAN, "设立海洋产业基金，重点投向海洋电子信息产业。"),
        "supports 云渡省海洋经济发展三年行动计划 > 海洋电子信息产业、海洋经济",
    ),
    row(
        policy(RULE, "第五条　县级以上人民政府应当支持中药材种植。"),
        "supports 星澜市中医药条例 > 中药材种植=中药材种植业",
        "?supports 星澜市中医药条例 > 中医药",
    ),
    row(
        policy(RULE, "第六条　鼓励社会力量发展中医药康养产业。"),
        "supports 星澜市中医药条例 > 中医药康养产业=康养产业",
        "?supports 星澜市中医药条例 > 中医药",
    ),
    row(
        policy(RULE, "第七条　培育中医药文化创意产业。"),
        "supports 星澜市中医药条例 > 中医药文化创意产业=文化创意产业",
        "?supports 星澜市中医药条例 > 中医药",
    ),
    row(policy(REPORT, "加快发展银发经济。"), "supports 政府工作报告 > 银发经济"),
    row(policy(REPORT, "培育壮大低空经济、商业航天等新增长引擎。"), "supports 政府工作报告 > 低空经济、商业航天"),
    row(
        policy(REPORT, "促进冰雪旅游和体育赛事消费。"),
        "supports 政府工作报告 > 冰雪旅游",
        "?supports 政府工作报告 > 体育赛事消费=体育赛事",
    ),
    row(
        policy(REPORT, "发展以生物医药为主导的园区经济。"),
        "supports 政府工作报告 > 生物医药",
        "?supports 政府工作报告 > 园区经济",
    ),
    row(
        policy("关于渔业发展情况的报告", "推进种业振兴。"),
        "supports 关于渔业发展情况的报告 > 种业",
        "?supports 关于渔业发展情况的报告 > 渔业",
    ),
    row(policy(REPORT, "推进种业振兴。"), "supports 政府工作报告 > 种业"),
    row(policy(REPORT, "严格控制高耗能行业新增产能。"), "restricts 政府工作报告 > 高耗能行业"),
    row(
        policy(PLAN, "严禁新建燃煤发电项目，限制近海捕捞业。"),
        "restricts 云渡省海洋经济发展三年行动计划 > 近海捕捞业=近海捕捞",
        "?restricts 云渡省海洋经济发展三年行动计划 > 燃煤发电",
        "supports 云渡省海洋经济发展三年行动计划 > 海洋经济",
    ),
    row(
        policy(REPORT, "依法遏制小煤矿、小造纸等落后产能。"),
        "?restricts 政府工作报告 > 落后产能",
        "restricts 政府工作报告 > 小煤矿、小造纸",
    ),
    # A field in the name of the body that gives the title, and a title that is against a field or watches over it.
    row(
        policy("临澜市渔业局等三部门关于支持低空经济发展的若干措施", "各地抓好落实。"),
        "supports 临澜市渔业局等三部门关于支持低空经济发展的若干措施 > 低空经济",
    ),
    row(policy("临澜市集成电路布图设计行政执法办法", "各地抓好落实。")),
    weak(
        policy(PLAN, "《海岛旅游行动计划》提出，支持海岛民宿业。"),
        "supports 海岛旅游行动计划 > 海岛民宿业",
        "supports 云渡省海洋经济发展三年行动计划 > 海洋经济",
        "?supports 海岛旅游行动计划 > 海岛旅游",
        today=["supports 云渡省海洋经济发展三年行动计划 > 海岛民宿业", "supports 云渡省海洋经济发展三年行动计划 > 海洋经济"],
        reason="what a document reports of another policy is given to the document's own",
    ),
]
# Policies that running text names.
NAMED = [
    weak(
        "《教育数字化战略行动方案》提出，大力发展在线教育。",
        "supports 教育数字化战略行动方案 > 在线教育",
        today=[],
        reason="在 in 在线教育 is read as a preposition: is_name refuses it",
    ),
    row("《全民健身实施计划》要求促进体育产业发展。", "supports 全民健身实施计划 > 体育产业"),
    row("《氢能产业中长期规划》明确支持燃料电池汽车产业。", "supports 氢能产业中长期规划 > 燃料电池汽车产业=燃料电池汽车"),
    row("省里出台《关于扶持乡村民宿的意见》，支持乡村民宿、农家乐等业态。", "supports 关于扶持乡村民宿的意见 > 乡村民宿、农家乐"),
    row(
        "《商业航天促进条例》鼓励卫星遥感产业化。",
        "supports 商业航天促进条例 > 卫星遥感=卫星遥感产业=卫星遥感产业化",
        "?supports 商业航天促进条例 > 商业航天",
    ),
    row(
        "根据《海洋强省规划纲要》，全省将重点发展海水养殖业和海洋工程装备制造业。",
        "supports 海洋强省规划纲要 > 海水养殖业、海洋工程装备制造业",
    ),
    row("深入实施种业振兴行动，农民尝到了甜头。", "supports 种业振兴行动 > 种业"),
    row("深入开展养老服务市场整治行动，农民尝到了甜头。"),
    row("制定海洋经济发展规划，明确分工。"),
    row("出台海洋经济发展规划，明确分工。", "supports 海洋经济发展规划 > 海洋经济"),
    row("实施渔港交通基础设施建设工程。"),
    row("启动实施数字出版产业三年行动计划。", "supports 数字出版产业三年行动计划 > 数字出版产业=数字出版"),
    row(
        "有关部门印发《扩大养老服务供给方案》。方案提出，培育智慧养老产业。",
        "supports 扩大养老服务供给方案 > 智慧养老产业=智慧养老",
        "?supports 扩大养老服务供给方案 > 养老服务",
    ),
    row(
        "《轨道交通发展规划》把智能列车作为重点，支持轨道交通装备产业。",
        "supports 轨道交通发展规划 > 轨道交通装备产业",
        "?supports 轨道交通发展规划 > 轨道交通、智能列车",
    ),
    row("林东海总书记在福建考察时强调，“要加快发展海洋经济”。", "supports 福建考察=林东海总书记在福建考察时的讲话 > 海洋经济"),
    row(
        "林东海总书记在农村工作会议上指出，要大力发展设施农业。",
        "supports 农村工作会议=林东海总书记在农村工作会议时的讲话 > 设施农业",
    ),
    row(
        "林东海总理在调研时强调，要培育新能源汽车产业。",
        "supports 调研=林东海总理=林东海总理在调研时的讲话 > 新能源汽车产业=新能源汽车",
    ),
    row("《固体废物污染防治法》限制一次性塑料制品行业。", "restricts 固体废物污染防治法 > 一次性塑料制品行业=一次性塑料制品"),
    weak(
        "《大气条例》限制钢铁、水泥等行业。",
        "restricts 大气条例 > 钢铁=钢铁行业、水泥=水泥行业",
        today=["restricts 大气条例 > 钢铁"],
        reason="行业 after 等 does not vouch for 水泥",
    ),
    row("《出口管制条例》严格限制稀土开采业。", "restricts 出口管制条例 > 稀土开采业=稀土开采"),
    row(
        "《大气污染防治行动计划》提出严控钢铁、水泥等行业新增产能。",
        "restricts 大气污染防治行动计划 > 钢铁=钢铁行业、水泥=水泥行业",
    ),
]
# Lists of techniques, what is done with a field, modifiers that are none.
LISTS = [
    row(
        policy(PLAN, "加强声学对抗、信号干扰等船舶反制技术研发。"),
        "supports 云渡省海洋经济发展三年行动计划 > 声学对抗、信号干扰、船舶反制技术、海洋经济",
    ),
    row(
        policy(PLAN, "突破深海探测、模拟仿真等关键技术。"),
        "supports 云渡省海洋经济发展三年行动计划 > 深海探测、模拟仿真、海洋经济",
    ),
    row(policy(PLAN, "研制长续航、大载荷的无人船。"), "supports 云渡省海洋经济发展三年行动计划 > 无人船、海洋经济"),
    row(policy(PLAN, "促进船舶工业与旅游业融合发展。"), "supports 云渡省海洋经济发展三年行动计划 > 船舶工业、旅游业、海洋经济"),
    row(policy(PLAN, "推进渔业数字化。"), "supports 云渡省海洋经济发展三年行动计划 > 渔业、海洋经济"),
    row(policy(PLAN, "促进养老服务业优质高效发展。"), "supports 云渡省海洋经济发展三年行动计划 > 养老服务业=养老服务、海洋经济"),
    row(policy(PLAN, "打造数字经济增长引擎。"), "supports 云渡省海洋经济发展三年行动计划 > 数字经济、海洋经济"),
    row(policy(PLAN, "加强国防教育和理想信念教育。"), "supports 云渡省海洋经济发展三年行动计划 > 海洋经济"),
    row(policy(PLAN, "发展红色文化、海洋文化。"), "supports 云渡省海洋经济发展三年行动计划 > 海洋经济"),
    row(policy(PLAN, "加强关键技术攻关，推进审批服务改革。"), "supports 云渡省海洋经济发展三年行动计划 > 海洋经济"),
    row(policy(PLAN, "完善研发、应用、集成服务等环节。"), "supports 云渡省海洋经济发展三年行动计划 > 海洋经济"),
    row(policy(PLAN, "支持开发区整合提升，加大稳外贸力度。"), "supports 云渡省海洋经济发展三年行动计划 > 海洋经济"),
]
SILENT = [
    row("责任单位：市茶业局、市渔港局、市商务局。"),
    row("国家发展和改革委员会副主任出席论坛。"),
    row("《海洋经济发展规划》由省政府印发。", "supports 海洋经济发展规划 > 海洋经济"),
    row("我省造船业规模居全国首位。"),
    row("去年，快递业营业收入突破百亿元。"),
    row("应当大力发展职业教育。"),
    row("要加快培育康养产业，满足老人需求。"),
    row("笔者建议，支持社区食堂连锁经营。"),
    row("企业正加快发展无人配送业务。"),
    row("高校应推动医学教育改革。"),
    row("《物流业发展报告》显示，冷链物流成本偏高。"),
    row("《旅游法》没有支持低价游的规定。"),
    row("《论培育体育产业》一文发表后引起讨论。"),
    row("技术进步推动了航运业的变革。"),
    row("互联网促进文化传播。"),
    row("外资进入推动了零售业竞争。"),
    row("@[3] 周平. 促进海水养殖业发展的政策研究[J]. 水产学报, 2018(2)."),
    row("^参见《关于支持种业发展的意见》，第三部分。"),
    row("支持海洋牧场建设的理由有三条。"),
    row("市文化和旅游局、市体育局按职责分工负责。"),
]
OWN_SILENT = [
    row(policy(REPORT, "过去一年，造船业产值居全国第一。")),
    row(policy(REPORT, "全省新能源汽车产量增长三成。")),
    row(policy(REPORT, "发展以人工智能为标志的社会生产方式。")),
    row(policy(RULE, "第十条　市发展改革部门负责中医药工作的统筹协调。"), "supports 星澜市中医药条例 > 中医药"),
    row(policy(RULE, "第二条　在本市行政区域内从事中医药活动，适用本条例。"), "supports 星澜市中医药条例 > 中医药"),
]


@pytest.mark.parametrize(("text", "expected"), [*OWN, *OWN_SILENT, *LISTS])
def test_document_that_is_a_policy(text: str, expected: Expected) -> None:
    assert relation_agrees(claims_of(read_text(text)), expected, "supports", "restricts") == AGREED


MADE = [*OWN, *OWN_SILENT, *LISTS, *NAMED, *SILENT]


@pytest.mark.parametrize(
    ("title", "policies"),
    [
        ("政府工作报告", {"政府工作报告"}),
        ("关于渔业发展情况的报告", {"关于渔业发展情况的报告"}),
        ("渔业发展白皮书", set()),
    ],
)
def test_a_report_is_a_policy_where_a_government_reports(title: str, policies: set[str]) -> None:
    """Each under its own name: only a 政府工作报告 is called so too."""
    document = made("推进种业振兴。", kind="report", title=title)
    found = [claim.slots["s"] for claim in claims_of(document) if claim.relation == "supports"]
    assert {name for s in found if isinstance(s, Name) for name in (s.label, *s.aliases)} == policies


@pytest.mark.parametrize(("text", "expected"), [*NAMED, *SILENT])
def test_policy_named_in_prose(text: str, expected: Expected) -> None:
    assert relation_agrees(claims_of(made(text)), expected, "supports", "restricts") == AGREED


@pytest.mark.parametrize(
    ("title", "kind"), [(COLD, "measures"), (PLAN, "plan"), (RULE, "regulation"), (REPORT, "report"), ("慢谈冷链", "article")]
)
def test_kinds_that_the_rows_rest_on(title: str, kind: str) -> None:
    assert read_text(policy(title, "第一条　支持冷链物流企业建设智能冷库。")).kind == kind
