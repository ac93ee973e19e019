"""Figures of running text: a sentence beside every figure that it states, and sentences that state none.

A figure is "subject | indicator | value unit", with ">", "<" or "~" before the value where it is bounded, and "change", period
and "planned" behind it where it has them; "=" stands between acceptable names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.extract import figures
from pipeline.extract.reader import Reader
from pipeline.model import AnnotatedDocument, Claim, Name
from tests.extracting import annotator, made, names, same
from tests.growth import LINEAR, growth
from tests.samples import ontology

REPORT: dict[str, Any] = {"kind": "report", "title": "2031年甘肃省政府工作报告", "issuer": "甘肃省人民政府"}
ARTICLE: dict[str, Any] = {"kind": "article"}
MEASURES: dict[str, Any] = {"kind": "measures", "title": "关于支持冷链物流的若干措施", "issuer": "甘肃省人民政府"}
COMPANY: dict[str, Any] = {"kind": "report", "title": "2031年半年度报告", "issuer": "临澜航运股份有限公司"}

PLACE = "甘肃省"


def claims(text: str, **fields: Any) -> list[Claim]:
    """The figures of a text; `fields` are those of its document."""
    return read(annotator().annotate(replace(made(text), **fields)))


def agree(found: list[Claim], wanted: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """What of the wanted figures is missing, and what is too much."""
    left = list(found)
    missing = []
    for line in wanted:
        s, quantity, figure = line.split(" | ")
        hit = next((c for c in left if _is(c, s, quantity, figure)), None)
        missing += [] if hit else [line]
        left = [claim for claim in left if claim is not hit]
    return missing, [_shown(claim) for claim in left]


def _is(claim: Claim, s: str, quantity: str, figure: str) -> bool:
    owner, named = names(claim.slots["s"]), names(claim.slots["indicator"])
    return same(s, owner) and same(quantity, named) and _figure(claim) == figure


def _figure(claim: Claim) -> str:
    slots = claim.slots
    bound = "" if slots["bound"] == "=" else slots["bound"]
    parts = (
        f"{bound}{slots['value']}",
        slots["unit"],
        "change" if slots["change"] else "",
        slots["period"],
        "planned" * claim.planned,
    )
    return " ".join(str(part) for part in parts if part)


def _shown(claim: Claim) -> str:
    s, quantity = claim.slots["s"], claim.slots["indicator"]
    assert isinstance(s, Name)
    assert isinstance(quantity, Name)
    return f"{s.label} | {quantity.label} | {_figure(claim)}"


IN_REPORTS = {
    # verbs of reaching, bounds, none
    "粮食总产量达到1240.5万吨。": [f"{PLACE} | 粮食总产量 | 1240.5 万吨"],
    "第一产业实现增加值153.6亿元。": [f"{PLACE} | 第一产业增加值 | 153.6 亿元"],
    "旅游总收入突破900亿元。": [f"{PLACE} | 旅游总收入 | >900 亿元"],
    "城镇调查失业率控制在5.5%左右。": [f"{PLACE} | 城镇调查失业率 | ~5.5 %"],
    "森林覆盖率不低于31%。": [f"{PLACE} | 森林覆盖率 | >31 %"],
    "单位生产总值能耗不超过0.4吨标准煤。": [f"{PLACE} | 单位生产总值能耗 | <0.4 吨标准煤"],
    "城镇新增就业32.5万人。": [f"{PLACE} | 城镇新增就业 | 32.5 万人"],
    "新增减税降费超百亿元。": [f"{PLACE} | 新增减税降费 | >100 亿元"],
    "全省高速公路通车里程达6200余公里。": [f"{PLACE} | 高速公路通车里程 | >6200 公里"],
    # change, and the quantity carried on
    "货物进出口总额2100亿元、增长6.3%。": [
        f"{PLACE} | 货物进出口总额 | 2100 亿元",
        f"{PLACE} | 货物进出口总额 | 6.3 % change",
    ],
    "行政审批事项减少42%。": [f"{PLACE} | 行政审批事项 | 42 % change"],
    "优良天数比例较上年提高1.2个百分点。": [f"{PLACE} | 优良天数比例 | 1.2 个百分点 change"],
    "工业增加值增速达到7.1%。": [f"{PLACE}=工业 | 工业增加值=增加值 | 7.1 % change"],
    "高新技术企业数量翻一番。": [f"{PLACE} | 高新技术企业数量 | 1 番 change"],
    # one word for two, lists that share a word
    "工业机器人产销分别完成12.4万台和11.9万台，同比增长21%和19%。": [
        "工业机器人 | 产量 | 12.4 万台",
        "工业机器人 | 销量 | 11.9 万台",
        "工业机器人 | 产量 | 21 % change",
        "工业机器人 | 销量 | 19 % change",
    ],
    "城乡居民人均可支配收入分别增长4.9%、6.2%。": [
        f"{PLACE} | 城镇居民人均可支配收入 | 4.9 % change",
        f"{PLACE} | 农村居民人均可支配收入 | 6.2 % change",
    ],
    "对东盟、非洲、欧洲出口分别增长8%、12%、5%。": [
        f"{PLACE} | 对东盟出口 | 8 % change",
        f"{PLACE} | 对非洲出口 | 12 % change",
        f"{PLACE} | 对欧洲出口 | 5 % change",
    ],
    "入境游客数量和花费分别增长31%、28%。": [
        f"{PLACE} | 入境游客数量 | 31 % change",
        f"{PLACE} | 入境游客花费 | 28 % change",
    ],
    # parts, shares, proportions, ranks
    "新登记经营主体32万户，总量达210万户，其中企业61万户。": [
        f"{PLACE} | 新登记经营主体 | 32 万户",
        f"{PLACE} | 新登记经营主体总量=经营主体总量=总量 | 210 万户",
        f"{PLACE} | 企业 | 61 万户",
    ],
    "工业机器人产量增长17%、占全国三成。": [
        "工业机器人 | 产量 | 17 % change",
        "工业机器人 | 产量占全国的比重 | 三 成",
    ],
    "民生支出占一般公共预算支出的81%。": [f"{PLACE} | 民生支出占一般公共预算支出的比重 | 81 %"],
    "三次产业比重为9∶41∶50。": [
        f"{PLACE} | 第一产业比重 | 9",
        f"{PLACE} | 第二产业比重 | 41",
        f"{PLACE} | 第三产业比重 | 50",
    ],
    "进出口规模稳居全国第十二。": [f"{PLACE} | 进出口规模全国排名 | 12 位"],
    "专利授权量连续3年位居全国首位。": [f"{PLACE} | 专利授权量全国排名 | 1 位"],
    "科技型企业增至4100家、创新型企业增至620家，均居西部第一。": [
        f"{PLACE} | 科技型企业 | 4100 家",
        f"{PLACE} | 创新型企业 | 620 家",
        f"{PLACE} | 科技型企业西部排名 | 1 位",
        f"{PLACE} | 创新型企业西部排名 | 1 位",
    ],
    # counts, before and behind what is counted
    "新培育41个典型镇、219个典型村和5个片区。": [
        f"{PLACE} | 新培育典型镇 | 41 个",
        f"{PLACE} | 新培育典型村 | 219 个",
        f"{PLACE} | 新培育片区 | 5 个",
    ],
    "改造供热管网320公里。": [f"{PLACE} | 改造供热管网 | 320 公里"],
    "120个省级重点项目完成投资85.2亿元、增长4%。": [
        f"{PLACE} | 省级重点项目 | 120 个",
        "省级重点项目 | 完成投资 | 85.2 亿元",
        "省级重点项目 | 完成投资 | 4 % change",
    ],
    "17家企业入选全国百强。": [f"{PLACE} | 入选全国百强的企业 | 17 家"],
    "临澜博览会促成310项合作，成交额超52亿元。": [
        "临澜博览会 | 促成合作 | 310 项",
        f"{PLACE}=临澜博览会 | 成交额 | >52 亿元",
    ],
    "设立总规模300亿元的产业引导基金。": ["产业引导基金 | 总规模 | 300 亿元"],
    "十件民生实事全面完成。": [f"{PLACE} | 民生实事 | 10 件"],
    # from one to another
    "千人口床位数从6.4张增至7.6张。": [f"{PLACE} | 千人口床位数 | 6.4 张", f"{PLACE} | 千人口床位数 | 7.6 张"],
    "地区生产总值由2025年的0.9万亿元提高到1.4万亿元。": [
        f"{PLACE} | 地区生产总值 | 0.9 万亿元 2025",
        f"{PLACE} | 地区生产总值 | 1.4 万亿元",
    ],
    # units by form
    "港口吞吐量达809万标箱，接待游客2.4亿人次，通航2.1万架次。": [
        f"{PLACE} | 港口吞吐量 | 809 万标箱",
        f"{PLACE} | 接待游客 | 2.4 亿人次",
        f"{PLACE} | 通航 | 2.1 万架次",
    ],
    "两条线路客运量分别达14万、13万人次。": [
        f"{PLACE} | 线路客运量=两条线路客运量 | 14 万人次",
        f"{PLACE} | 线路客运量=两条线路客运量 | 13 万人次",
    ],
    "冷库用电负荷达一百千瓦，利润增速为-3%。": [f"{PLACE} | 冷库用电负荷 | 100 千瓦", f"{PLACE} | 利润 | -3 % change"],
    "争创国家级平台1—2家。": [f"{PLACE} | 争创国家级平台 | 1/2 家"],
    # a verb before a list is that of all its members that have none
    "改造老旧小区70个、危旧房2万户，新建停车场8座。": [
        f"{PLACE} | 改造老旧小区 | 70 个",
        f"{PLACE} | 改造危旧房 | 2 万户",
        f"{PLACE} | 新建停车场 | 8 座",
    ],
    "建成示范园区23个、科普基地14个、新建驿站5座。": [
        f"{PLACE} | 建成示范园区 | 23 个",
        f"{PLACE} | 建成科普基地 | 14 个",
        f"{PLACE} | 新建驿站 | 5 座",
    ],
    # parts of the quantity told before
    "高新技术产品产量大幅增长，工业机器人增长9%，锂电池增长21%。": [
        f"{PLACE} | 工业机器人产量 | 9 % change",
        f"{PLACE} | 锂电池产量 | 21 % change",
    ],
    "汽车保有量达到320万辆，其中新能源汽车45万辆。": [
        f"{PLACE} | 汽车保有量 | 320 万辆",
        f"{PLACE} | 新能源汽车保有量 | 45 万辆",
    ],
    "粮食总产486亿斤，单产1105斤。": [f"{PLACE} | 粮食总产 | 486 亿斤", f"{PLACE} | 粮食单产 | 1105 斤"],
    "技校学员就业率保持93%以上、海上就业率68%以上。": [
        f"{PLACE} | 技校学员就业率 | >93 %",
        f"{PLACE} | 技校学员海上就业率 | >68 %",
    ],
    "利润占收入的比重为31%，同比降低1.3个百分点。": [
        f"{PLACE} | 利润占收入的比重 | 31 %",
        f"{PLACE} | 利润占收入的比重 | 1.3 个百分点 change",
    ],
    "财政收入达到30亿元，是2020年的2.7倍。": [f"{PLACE} | 财政收入 | 30 亿元"],
    "公众满意度连续5年保持在99%以上。": [f"{PLACE} | 公众满意度 | >99 %"],
    "30年间消费量增加了2500万吨。": [f"{PLACE} | 消费量 | 2500 万吨 change"],
    "成年渔民平均受教育年限提高到11年。": [f"{PLACE} | 成年渔民平均受教育年限 | 11 年"],
    "开展“7个专项行动”。": [],
    # the work of which the clause before tells
    "临澜镇奶源基地初具规模，完成投资3340万元。": ["临澜镇奶源基地 | 完成投资 | 3340 万元"],
    "全省上下奋力拼搏，完成投资3340万元。": [f"{PLACE} | 完成投资 | 3340 万元"],
    "支持兰州市打造航空枢纽，旅客吞吐量突破1200万人次。": [],
    "临澜县市场监管局推荐1个。": ["临澜县市场监管局 | 推荐 | 1 个"],
    # a field of work is that of the place, alone or in a list
    "装备制造业增加值增长5%。": [f"{PLACE}装备制造业 | 增加值 | 5 % change"],
    "第一、第三产业增加值分别增长3%、5%。": [
        f"{PLACE}第一产业 | 增加值 | 3 % change",
        f"{PLACE}第三产业 | 增加值 | 5 % change",
    ],
    "一般公共预算收入增长2%、支出突破700亿元。": [
        f"{PLACE} | 一般公共预算收入 | 2 % change",
        f"{PLACE} | 一般公共预算支出 | >700 亿元",
    ],
    "渔船作业事故起数、失踪人数分别下降4%、6%。": [
        f"{PLACE} | 渔船作业事故起数 | 4 % change",
        f"{PLACE} | 渔船作业事故失踪人数 | 6 % change",
    ],
    "生产总值迈上5万亿元台阶。": [f"{PLACE} | 生产总值 | >5 万亿元"],
    "全省国际友城达120对。": [f"{PLACE} | 国际友城 | 120 对"],
    "体育赛事拉动消费超50亿元。": [f"{PLACE}体育赛事 | 拉动消费 | >50 亿元"],
    # counts: the whole name of what is counted, and what it does
    "改造提升30个社区食堂。": [f"{PLACE} | 改造提升社区食堂 | 30 个"],
    "设立5个自贸联动创新区。": [f"{PLACE} | 设立自贸联动创新区 | 5 个"],
    "培育5家具备上市条件的企业。": [f"{PLACE} | 培育具备上市条件的企业 | 5 家"],
    "9个行政村（社区）建成驿站。": [f"{PLACE} | 建成驿站的行政村（社区） | 9 个"],
    "建成甲桥、乙桥等3座桥梁，总长度达9公里。": [f"{PLACE} | 建成桥梁 | 3 座", "桥梁 | 总长度 | 9 公里"],
    "每个镇建成2个驿站。": [],
    "开放二套住房贷款。": [],
    # names that are neither cut nor stretched
    "投资2500万元的临澜公路通车。": ["临澜公路 | 投资 | 2500 万元"],
    "成立由8个支部、90名党员组成的突击队。": [],
    "根据《关于在临澜等33个城市设立试验区的批复》，印发方案。": [],
}

ELSEWHERE = [
    # the subject of the clause, and of those before it
    (ARTICLE, "临澜县通过数字改造，申请材料减少70%以上。", ["临澜县 | 申请材料 | >70 % change"]),
    (
        ARTICLE,
        "2031年，我国数字经济规模达到62.5万亿元，占国内生产总值的比重为45%。",
        [
            "数字经济 | 规模 | 62.5 万亿元 2031",
            "数字经济 | 规模占国内生产总值的比重 | 45 % 2031",
        ],
    ),
    (
        ARTICLE,
        "2031年我国航天发射次数达到81次，位居世界第二。",
        [
            "中国=我国 | 航天发射次数 | 81 次 2031",
            "中国=我国 | 航天发射次数世界排名 | 2 位 2031",
        ],
    ),
    (
        ARTICLE,
        "2031年规模以上工业增加值增长5.9%，货物进出口总额增长3.8%。",
        ["工业=规模以上工业 | 增加值 | 5.9 % change 2031"],
    ),
    (ARTICLE, "兰州市拥有26个创新集群。", ["兰州市 | 创新集群 | 26 个"]),
    (ARTICLE, "该系统使兰州市的生产效率提升30%。", ["兰州市 | 生产效率 | 30 % change"]),
    # a company
    (
        COMPANY,
        "2031年上半年，公司营业收入为人民币428.4亿元，同比增长8.3%。",
        [
            "临澜航运股份有限公司 | 营业收入 | 428.4 亿元 2031-01/2031-06",
            "临澜航运股份有限公司 | 营业收入 | 8.3 % change 2031-01/2031-06",
        ],
    ),
    # what is to be
    ({**MEASURES, "kind": "plan"}, "到2035年，全省冷库容量达到900万吨。", [f"{PLACE} | 冷库容量 | 900 万吨 2035 planned"]),
    # support
    (
        MEASURES,
        "对购置节水设备的农户，按设备投资额的30%给予补助，单个农户最高不超过2万元。",
        [
            "购置节水设备的农户 | 补助占设备投资额的比例 | 30 %",
            "购置节水设备的农户 | 补助 | <2 万元",
        ],
    ),
    (
        MEASURES,
        "对新获批的国家级、省级渔港，分别给予500万元、200万元奖励。",
        [
            "国家级渔港 | 奖励 | 500 万元",
            "省级渔港 | 奖励 | 200 万元",
        ],
    ),
    (MEASURES, "对冷链企业给予一次性80万元支持。", ["冷链企业 | 一次性支持 | 80 万元"]),
    (
        MEASURES,
        "对在主板首次上市的企业给予200万元奖励；对在新三板挂牌的企业给予100万元奖励。",
        ["在主板首次上市的企业 | 奖励 | 200 万元", "在新三板挂牌的企业 | 奖励 | 100 万元"],
    ),
    (
        MEASURES,
        "企业在主板首次上市，一次性给予200万元奖励；在新三板挂牌的企业，一次性给予100万元奖励。",
        ["在主板首次上市的企业 | 奖励 | 200 万元", "在新三板挂牌的企业 | 奖励 | 100 万元"],
    ),
    (
        MEASURES,
        "对获得批准的示范城市给予资助200万元，试点城市给予资助100万元。",
        ["获得批准的示范城市 | 资助 | 200 万元", "试点城市 | 资助 | 100 万元"],
    ),
    (
        MEASURES,
        "对获得金奖、银奖的单位，分别给予3万元、2万元奖励。",
        ["获得金奖的单位 | 奖励 | 3 万元", "获得银奖的单位 | 奖励 | 2 万元"],
    ),
    (
        MEASURES,
        "对新认定的省和国家级龙头企业分别给予5万元和9万元奖励。",
        ["新认定的省龙头企业 | 奖励 | 5 万元", "新认定的国家级龙头企业 | 奖励 | 9 万元"],
    ),
    (
        MEASURES,
        "对新认定的冷链园区、水产基地，给予30万元补助。",
        [
            "新认定的冷链园区 | 补助 | 30 万元",
            "新认定的水产基地 | 补助 | 30 万元",
        ],
    ),
    (ARTICLE, "甘肃省、青海省的失业率分别为4%和5%。", ["甘肃省 | 失业率 | 4 %", "青海省 | 失业率 | 5 %"]),
    (
        ARTICLE,
        "2031年我国服务贸易规模为580亿元。其中，出口180亿元；进口400亿元。",
        [
            "服务贸易 | 规模 | 580 亿元 2031",
            "服务贸易 | 出口 | 180 亿元 2031",
            "服务贸易 | 进口 | 400 亿元 2031",
        ],
    ),
    (ARTICLE, "我国约有390万的慢性病患者。", ["中国=我国 | 慢性病患者 | 390 万"]),
    (ARTICLE, "工厂需偿还的债务总额达到90亿元，临澜县拥有8家剧场。", ["临澜县 | 剧场 | 8 家"]),
    ({**MEASURES, "kind": "plan"}, "新建冷库12座。", [f"{PLACE} | 新建冷库 | 12 座 planned"]),
    ({**MEASURES, "kind": "plan"}, "全省已建成冷库12座。", [f"{PLACE} | 建成冷库 | 12 座"]),
    (ARTICLE, "2031年，兰州市客流量预计达到8亿人次。", ["兰州市 | 客流量 | 8 亿人次 2031 planned"]),
    (COMPANY, "本年可供分配的利润约16亿元。", ["临澜航运股份有限公司 | 可供分配的利润 | ~16 亿元"]),
    (MEASURES, "对新认定的技术中心，最高奖励100万元。", ["新认定的技术中心 | 最高奖励 | <100 万元"]),
]

NONE = [
    (REPORT, "坚持以新一轮科技革命为契机，抓好三个方面工作。"),
    (REPORT, "党的二十大以来，连续三年召开大会。"),
    (REPORT, "“四个自信”更加坚定，千行百业竞相发展。"),
    (REPORT, "2031年3月5日，第十二届大会开幕。"),
    (REPORT, "根据甘政发〔2030〕12号文件，开展三年行动。"),
    (ARTICLE, "联系电话0931-5550123，地址为5号楼。"),
    (ARTICLE, "文章分为4个部分，从5个方面论述。"),
    (ARTICLE, "5G网络和PM2.5浓度受到关注，A320机型投用。"),
    (MEASURES, "年营业收入达到500万元的，可以申请。"),
    (MEASURES, "逾期不改正的，处五万元以上十万元以下罚款。"),
    (MEASURES, "自收到申请之日起10个工作日内作出决定。"),
    (ARTICLE, "排名前5位的城市受到表彰。"),
    (MEASURES, "以租赁方式使用土地的，租赁期限不低于5年。"),
    (COMPANY, "所占营业收入的比重下降至3%。"),
    (MEASURES, "支持举办职业赛事，最高200万元资金。"),
    (MEASURES, "分阶段给予50万元、30万元奖励。"),
    (MEASURES, "为每名学员提供3次指导。"),
    (MEASURES, "《甲办法》《乙办法》等3个文件已经印发。"),
    (ARTICLE, "客流量每增加10%，将带动消费增长2%。"),
    (ARTICLE, "平均等候时间是2年零3个月。"),
    (MEASURES, "申请条件如下：\n1.上年度研发费用达200万元。\n2.从业人员达到50人。"),
    (COMPANY, "审计委员会由6名董事组成。"),
    (ARTICLE, "2031年公开报告6份，比上年3份报告增长一倍。"),
]


@pytest.mark.parametrize(("text", "wanted"), IN_REPORTS.items())
def test_figures_of_a_report(text: str, wanted: list[str]) -> None:
    assert agree(claims(text, **REPORT), tuple(wanted)) == ([], [])


@pytest.mark.parametrize(("fields", "text", "wanted"), ELSEWHERE)
def test_figures_of_other_texts(fields: dict[str, Any], text: str, wanted: list[str]) -> None:
    assert agree(claims(text, **fields), tuple(wanted)) == ([], [])


@pytest.mark.parametrize(("fields", "text"), NONE)
def test_no_figure(fields: dict[str, Any], text: str) -> None:
    assert [_shown(claim) for claim in claims(text, **fields)] == []


def test_a_section_gives_the_period() -> None:
    text = "#2030年工作回顾\n粮食产量达到98万吨。\n#2031年工作安排\n粮食产量达到101万吨。"
    assert [_figure(claim) for claim in claims(text, **REPORT)] == ["98 万吨 2030", "101 万吨 2031 planned"]


def test_a_date_of_comparison_is_no_period() -> None:
    found = claims("粮食产量比2020年增长12%。", **REPORT)
    assert [claim.slots["period"] for claim in found] == [None]


def test_the_title_gives_the_period_of_a_report() -> None:
    title = {"title": "关于2030年种苗质量抽查情况的通报"}
    (found,) = claims("#关于2030年种苗质量抽查情况的通报\n兰州市种苗合格率为92%。", **{**REPORT, **title})
    assert found.slots["period"] in ("2030", None)


def test_a_change_over_years_is_of_no_single_year() -> None:
    found = claims("2030年财政收入达到30亿元，5年增长18%。", **REPORT)
    assert [claim.slots["period"] for claim in found] == ["2030", None]


def test_a_city_is_no_province() -> None:
    found = claims("全市冷库达到9座。我市客流量达到8万人次。", **{**REPORT, "title": "甘肃省某市工作报告", "issuer": None})
    assert not any(PLACE in names(claim.slots["s"]) for claim in found)


def test_goals_above_a_list_give_its_time() -> None:
    text = "到2035年，实现以下目标：\n——就业稳定。带动就业50万人。\n——冷库容量达到900万吨。"
    found = claims(text, **{**MEASURES, "kind": "plan"})
    assert [_figure(claim) for claim in found] == ["50 万人 2035 planned", "900 万吨 2035 planned"]


def test_what_came_about_over_years_is_of_no_single_year() -> None:
    text = "一、2030年工作回顾\n五年来，粮食产量年均增长4%，林果产量增长3%。去冬以来，降水增长2%。"
    periods = {str(claim.slots["value"]): claim.slots["period"] for claim in claims(text, **REPORT)}
    assert periods["4"] is periods["3"] is None
    assert claims("2030年，在5年期贷款中，新增贷款3亿元。", **REPORT)[0].slots["period"] == "2030"


def test_years_past_are_no_single_year() -> None:
    found = claims("2030年完成项目4个。过去3年共完成项目16个。", **REPORT)
    assert [claim.slots["period"] for claim in found] == ["2030", None]


def test_the_evidence_states_the_figure() -> None:
    text = "一年来，全省上下团结奋斗，粮食产量达到98万吨，经济稳中有进。"
    assert [claim.evidence.quote for claim in claims(text, **REPORT)] == ["粮食产量达到98万吨"]


def test_footnotes_and_headings_state_none() -> None:
    assert claims("#粮食产量达到98万吨\n^旅游收入达到20亿元。", **REPORT) == []


@pytest.mark.parametrize("text", ["粮食产量达到98万吨，", "、5家", "占全国的3%，", "对企业给予5万元奖励，", "一", "居全国第一，"])
def test_time_grows_with_length(text: str) -> None:
    small, large = (annotator().annotate(replace(made(text * count + "。"), **REPORT)) for count in (300, 1200))
    assert growth(lambda: read(small), lambda: read(large)) < LINEAR


def read(document: AnnotatedDocument) -> list[Claim]:
    return list(figures.claims(Reader(document, ontology())))
