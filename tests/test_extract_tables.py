"""What tables say: each with the claims that come out of it, and tables that say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.extract.reader import Reader
from pipeline.extract.tables import claims
from pipeline.model import Claim, Name
from pipeline.read import read
from tests.extracting import annotator
from tests.making_html import page, paragraph, table
from tests.samples import ontology

COMMUNIQUE = (
    "# 舟山市2031年国民经济和社会发展统计公报\n\n舟山市统计局\n\n2032年3月2日\n\n全市经济平稳运行，各项事业全面发展。\n\n"
)
PAPER = "# 岛屿渔业转型研究\n\n岛屿渔业的转型受多种因素影响，本文讨论其中几种。\n\n"
Rows = Sequence[str]


def said(text: str, folder: Path, suffix: str = "md") -> list[Claim]:
    """The claims of the tables of a file."""
    path = folder / f"a.{suffix}"
    path.write_text(text, encoding="utf-8")
    return list(claims(Reader(annotator().annotate(read(path, folder)), ontology())))


def bars(*rows: str) -> str:
    """A table of Markdown, its cells parted by |."""
    first, *others = (f"| {row} |" for row in rows)
    return "\n".join([first, "|" + " --- |" * (rows[0].count("|") + 1), *others]) + "\n\n"


def label(slot: object) -> str:
    return slot.label if isinstance(slot, Name) else str(slot or "")


def shown(claim: Claim) -> str:
    """A figure as 舟山市 | 渔获量 | = 12.3 万吨 | 2031 | change; a comparison and a pair by their names."""
    slots = {name: label(slot) for name, slot in claim.slots.items()}
    if claim.relation == "indicator":
        marks = ["change"] * bool(slots["change"]) + ["planned"] * claim.planned
        value = f"{slots['bound']} {slots['value']} {slots['unit']}".strip()
        return " | ".join([slots["s"], slots["indicator"], value, slots["period"], *marks])
    if claim.relation == "contrast":
        return f"{slots['dimension']}: {slots['a']} {slots['value_a']}, {slots['b']} {slots['value_b']}"
    return f"{claim.relation} {slots['s']} > {slots['o']}"


# Tables of figures: the text above the rows, the rows, the figures.
FIGURES = [
    pytest.param(  # the rows are quantities of the place of the document, or parts of the quantity above them
        COMMUNIQUE + "表1 2031年年末人口数及其构成\n\n",
        ["指标 | 年末数（万人） | 比重（%）", "全市人口 | 117.0 | 100.0", "其中：城镇 | 85.1 | 72.7", "　　　乡村 | 31.9 | 27.3"],
        [
            "舟山市 | 人口 | = 117.0 万人 | 2031",
            "舟山市 | 人口比重 | = 100.0 % | 2031",
            "城镇 | 人口 | = 85.1 万人 | 2031",
            "城镇 | 人口比重 | = 72.7 % | 2031",
            "乡村 | 人口 | = 31.9 万人 | 2031",
            "乡村 | 人口比重 | = 27.3 % | 2031",
        ],
        id="parts",
    ),
    pytest.param(  # the rows are things, the unit has a column of its own
        COMMUNIQUE + "表2 2031年主要水产品产量及其增长速度\n\n",
        ["产品名称 | 单位 | 产量 | 比上年增长（%）", "带鱼 | 万吨 | 12.3 | -2.2", "贻贝 | 吨 | 1,204 | 5.0"],
        [
            "带鱼 | 产量 | = 12.3 万吨 | 2031",
            "带鱼 | 产量 | = -2.2 % | 2031 | change",
            "贻贝 | 产量 | = 1204 吨 | 2031",
            "贻贝 | 产量 | = 5.0 % | 2031 | change",
        ],
        id="things",
    ),
    pytest.param(  # the rows are years, and the caption names the place
        PAPER + "表1 2029—2031年岱山县海产品出口规模与增速\n\n单位：万元\n\n",
        ["年份 | 出口额 | 进口额 | 出口增速", "2030 | 310 | 120 | 4.1", "2031 | 325 | 118 | 4.8"],
        [
            "岱山县 | 海产品出口额 | = 310 万元 | 2030",
            "岱山县 | 海产品进口额 | = 120 万元 | 2030",
            "岱山县 | 海产品出口额 | = 4.1 % | 2030 | change",
            "岱山县 | 海产品出口额 | = 325 万元 | 2031",
            "岱山县 | 海产品进口额 | = 118 万元 | 2031",
            "岱山县 | 海产品出口额 | = 4.8 % | 2031 | change",
        ],
        id="years",
    ),
    pytest.param(  # the columns are years; what the caption counts is the quantity
        PAPER + "表2 沿海港口货物吞吐量（万吨）\n\n",
        ["港口 | 2030年 | 2031年 | 2031年增速", "沈家门港 | 500 | 510 | 2.0%", "高亭港 | 90 | 88 | -2.2%"],
        [
            "沈家门港 | 货物吞吐量 | = 500 万吨 | 2030",
            "沈家门港 | 货物吞吐量 | = 510 万吨 | 2031",
            "沈家门港 | 货物吞吐量 | = 2.0 % | 2031 | change",
            "高亭港 | 货物吞吐量 | = 90 万吨 | 2030",
            "高亭港 | 货物吞吐量 | = 88 万吨 | 2031",
            "高亭港 | 货物吞吐量 | = -2.2 % | 2031 | change",
        ],
        id="columns of years",
    ),
    pytest.param(  # the caption says that the figures are changes, the columns are things
        COMMUNIQUE + "表3 2031年居民消费价格比上年涨跌幅度\n\n单位：%\n\n",
        ["指标 | 全市 | 农村", "居民消费价格 | 0.2 | 0.1", "其中：食品烟酒 | -0.5 | -0.6"],
        [
            "舟山市 | 居民消费价格 | = 0.2 % | 2031 | change",
            "农村 | 居民消费价格 | = 0.1 % | 2031 | change",
            "舟山市 | 食品烟酒居民消费价格 | = -0.5 % | 2031 | change",
            "农村 | 食品烟酒居民消费价格 | = -0.6 % | 2031 | change",
        ],
        id="changes",
    ),
    pytest.param(  # heads that repeat: the table stands in two columns on the page
        COMMUNIQUE + "表4 2031年分行业固定资产投资（不含农户）增长速度\n\n",
        ["行业 | 比上年增长（%） | 行业 | 比上年增长（%）", "总计 | 3.0 | 金融业 | -1.9", "渔业 | 1.2 | 房地产业[2] | -8.1"],
        [
            "舟山市 | 固定资产投资 | = 3.0 % | 2031 | change",
            "渔业 | 固定资产投资 | = 1.2 % | 2031 | change",
            "金融业 | 固定资产投资 | = -1.9 % | 2031 | change",
            "房地产业 | 固定资产投资 | = -8.1 % | 2031 | change",
        ],
        id="beside",
    ),
    pytest.param(  # 数量 and 金额 need the caption, each change the column before it
        COMMUNIQUE + "表5 2031年主要商品出口数量、金额及其增长速度\n\n",
        [
            "商品名称 | 单位 | 数量 | 比上年增长（%） | 金额（亿元） | 比上年增长（%）",
            "鱼粉 | 万吨 | 3.2 | 6.2 | 5.9 | -8.3",
            "船用灯 | - | - | - | 4.5 | 1.3",
        ],
        [
            "鱼粉 | 出口数量 | = 3.2 万吨 | 2031",
            "鱼粉 | 出口数量 | = 6.2 % | 2031 | change",
            "鱼粉 | 出口金额 | = 5.9 亿元 | 2031",
            "鱼粉 | 出口金额 | = -8.3 % | 2031 | change",
            "船用灯 | 出口金额 | = 4.5 亿元 | 2031",
            "船用灯 | 出口金额 | = 1.3 % | 2031 | change",
        ],
        id="amounts",
    ),
    pytest.param(  # aims: bounds, years ahead, groups of quantities to the left
        COMMUNIQUE + "表6 “十六五”时期主要指标\n\n",
        [
            "类别 | 序号 | 指标名称 | 单位 | 2031年 | 2035年 | 属性",
            "经济发展 | 1 | 海洋生产总值 | 亿元 | 1200 | 1800左右 | 预期性",
            "绿色发展 | 2 | 水质优良比例 | % | 75 | >80 | 约束性",
        ],
        [
            "舟山市 | 海洋生产总值 | = 1200 亿元 | 2031",
            "舟山市 | 海洋生产总值 | ~ 1800 亿元 | 2035 | planned",
            "舟山市 | 水质优良比例 | = 75 % | 2031",
            "舟山市 | 水质优良比例 | > 80 % | 2035 | planned",
        ],
        id="aims",
    ),
    pytest.param(  # ranks, and what stands to the left tells the rows apart
        PAPER + "表3 2031年航线准点情况\n\n",
        ["城市 | 航线 | 准点率 | 排名", "宁波 | 1号线 | 98.1% | 2", "宁波 | 2号线 | 99.0% | 1", "台州 | 1号线 | 97.2% | 1"],
        [
            "宁波1号线 | 准点率 | = 98.1 % | 2031",
            "宁波1号线 | 准点率排名 | = 2 位 | 2031",
            "宁波2号线 | 准点率 | = 99.0 % | 2031",
            "宁波2号线 | 准点率排名 | = 1 位 | 2031",
            "台州1号线 | 准点率 | = 97.2 % | 2031",
            "台州1号线 | 准点率排名 | = 1 位 | 2031",
        ],
        id="ranks",
    ),
    pytest.param(  # a cell with its own unit and bound; amounts of money for one
        PAPER + "表4 渔船更新补贴标准\n\n",
        ["类别 | 对象 | 补贴标准", "玻璃钢船 | 渔民 | 不超过50万元", "休渔补助 | 渔民 | 3000元/人", "网具 | 合作社 | 100～200元"],
        ["玻璃钢船 | 补贴标准 | < 50 万元 |", "休渔补助 | 补贴标准 | = 3000 元/人 |", "网具 | 补贴标准 | = 100/200 元 |"],
        id="cells with units",
    ),
    pytest.param(  # groups that are no quantities; the caption says what they make up
        PAPER + "表5 云渡省渔港经济构成\n\n",
        ["类别 | 2030年 | 2031年", "渔港旅游 | 42亿元 | 57亿元"],
        ["渔港旅游 | 渔港经济构成 | = 42 亿元 | 2030", "渔港旅游 | 渔港经济构成 | = 57 亿元 | 2031"],
        id="groups",
    ),
    pytest.param(  # a firm; its periods; per cent and points
        "# 东极海缆股份有限公司2031年半年度报告摘要\n\n公司生产经营正常，主要数据如下表所示。\n\n单位：元 币种：人民币\n\n",
        [
            "主要会计数据 | 本报告期 | 上年同期 | 本报告期比上年同期增减（%）",
            "营业收入 | 176,260,907 | 164,174,497 | 7.4",
            "净资产收益率（%） | 3.15 | 2.68 | 增加0.47个百分点",
        ],
        [
            "东极海缆股份有限公司 | 营业收入 | = 176260907 元 | 2031-01/2031-06",
            "东极海缆股份有限公司 | 营业收入 | = 164174497 元 | 2030-01/2030-06",
            "东极海缆股份有限公司 | 营业收入 | = 7.4 % | 2031-01/2031-06 | change",
            "东极海缆股份有限公司 | 净资产收益率 | = 3.15 % | 2031-01/2031-06",
            "东极海缆股份有限公司 | 净资产收益率 | = 2.68 % | 2030-01/2030-06",
            "东极海缆股份有限公司 | 净资产收益率 | = 0.47 个百分点 | 2031-01/2031-06 | change",
        ],
        id="firm",
    ),
]


@pytest.mark.parametrize(("above", "rows", "expected"), FIGURES)
def test_figures(above: str, rows: Rows, expected: Rows, tmp_path: Path) -> None:
    assert [shown(claim).rstrip() for claim in said(above + bars(*rows), tmp_path)] == list(expected)


def test_heads_over_two_rows(tmp_path: Path) -> None:
    rows = [
        "<tr><td rowspan='2'>指标</td><td colspan='2'>城镇居民</td><td colspan='2'>渔村居民</td></tr>",
        "<tr><td>绝对数（元）</td><td>比上年增长（%）</td><td>绝对数（元）</td><td>比上年增长（%）</td></tr>",
        "<tr><td>人均可支配收入</td><td>78213</td><td>4.1</td><td>50112</td><td>5.9</td></tr>",
    ]
    text = page(f"<h1>舟山市2031年统计公报</h1>{paragraph('全市居民收入继续增加，城乡差距缩小。')}<table>{''.join(rows)}</table>")
    assert [shown(claim) for claim in said(text, tmp_path, "html")] == [
        "城镇居民 | 人均可支配收入 | = 78213 元 | 2031",
        "城镇居民 | 人均可支配收入 | = 4.1 % | 2031 | change",
        "渔村居民 | 人均可支配收入 | = 50112 元 | 2031",
        "渔村居民 | 人均可支配收入 | = 5.9 % | 2031 | change",
    ]


def test_rows_that_leave_cells_out(tmp_path: Path) -> None:
    """A recognised page: cells that span rows or columns stand once."""
    text = COMMUNIQUE + bars(
        "（单位：万元） | 2031年 | 2030年",
        "收入 | 占比 | 收入 | 占比",
        "渔业收入 | 16.9 | 10.5% | 17.5 | 11.8%",
        "旅游收入 | 14.4 | 8.9% | 13.1 | 8.2%",
    )
    assert [shown(claim) for claim in said(text, tmp_path)][:4] == [
        "舟山市 | 渔业收入 | = 16.9 万元 | 2031",
        "舟山市 | 渔业收入占比 | = 10.5 % | 2031",
        "舟山市 | 渔业收入 | = 17.5 万元 | 2030",
        "舟山市 | 渔业收入占比 | = 11.8 % | 2030",
    ]


def test_a_table_that_goes_on(tmp_path: Path) -> None:
    rows = ["港口 | 吞吐量（万吨）", "沈家门港 | 500"]
    text = COMMUNIQUE + "表1 2031年港口生产情况\n\n" + bars(*rows) + "续表1\n\n" + bars(rows[0], "高亭港 | 90")
    assert [shown(claim) for claim in said(text, tmp_path)] == [
        "沈家门港 | 吞吐量 | = 500 万吨 | 2031",
        "高亭港 | 吞吐量 | = 90 万吨 | 2031",
    ]


def test_a_corner_that_tells_the_unit(tmp_path: Path) -> None:
    text = COMMUNIQUE + bars("（单位：人民币万元） | 2031年", "成本费用合计 | 91.4", "其中：网具成本 | 53.1", "折旧 | 8.2")
    assert [shown(claim) for claim in said(text, tmp_path)] == [
        "舟山市 | 成本费用 | = 91.4 万元 | 2031",
        "舟山市 | 网具成本 | = 53.1 万元 | 2031",
        "折旧 | 成本费用 | = 8.2 万元 | 2031",
    ]


def test_a_unit_in_a_row_of_its_own(tmp_path: Path) -> None:
    rows = [
        " |  |  | 单位：万吨",
        "港口 | 吞吐量 | 同比±% | 比重增减百分点",
        "沈家门港 | 500 | 2.1 | -0.3",
        "高亭港 | 90 | 1.0 | 0.2",
    ]
    assert [shown(claim) for claim in said(COMMUNIQUE + bars(*rows), tmp_path)][:3] == [
        "沈家门港 | 吞吐量 | = 500 万吨 | 2031",
        "沈家门港 | 吞吐量 | = 2.1 % | 2031 | change",
        "沈家门港 | 吞吐量比重 | = -0.3 百分点 | 2031 | change",
    ]


def test_a_unit_between_a_caption_and_its_table(tmp_path: Path) -> None:
    """The caption is not that of the table above, which stands right before it."""
    first, second = bars("港口 | 2031年", "沈家门港 | 500"), bars("指标 | 全市", "居民消费价格 | 0.2")
    text = f"{COMMUNIQUE}表1 港口吞吐量（万吨）\n\n{first}表2 2031年居民消费价格涨跌幅度\n\n单位：%\n\n{second}"
    assert [shown(claim) for claim in said(text, tmp_path)] == [
        "沈家门港 | 吞吐量 | = 500 万吨 | 2031",
        "舟山市 | 居民消费价格 | = 0.2 % | 2031 | change",
    ]


def test_evidence_is_the_row_up_to_the_figure(tmp_path: Path) -> None:
    text = COMMUNIQUE + bars("港口 | 吞吐量（万吨） | 比上年增长（%）", "沈家门港 | 500 | 2.1")
    quotes = [claim.evidence.quote for claim in said(text, tmp_path)]
    assert quotes == ["沈家门港 | 500", "沈家门港 | 500 | 2.1"]


# Tables with figures that state none, or of which nobody can tell what they are of.
NOTHING = [
    pytest.param(["姓名 | 职务 | 联系电话", "张三 | 组长 | 88223344", "李四 | 副组长 | 88223345"], id="persons"),
    pytest.param(["时间 | 内容 | 地点", "9:00-9:30 | 开幕 | 101室", "9:30-11:00 | 报告 | 102室"], id="timetable"),
    pytest.param(
        ["序号 | 任务 | 牵头单位 | 完成时限", "1 | 建设深水码头 | 交通局 | 2032年6月", "2 | 改造渔港 | 农业局 | 2032年9月"],
        id="tasks",
    ),
    pytest.param(
        ["变量 | （1） | （2）", "港口密度 | 0.123*** | 0.098**", " | (2.31) | (2.02)", "控制变量 | 否 | 是"], id="regression"
    ),
    pytest.param(["章节 | 页码", "总则 | 1", "附则 | 9"], id="contents"),
    pytest.param(["指标 | 数值", "渔获量 | 12.3"], id="of nothing that is named"),
    pytest.param(["姓名 |  | 性别 | ", "单位 |  | 职务 | "], id="form"),
    pytest.param(["海盐 | 5亿元", "海带 | 6亿元"], id="no heads"),
]


@pytest.mark.parametrize("rows", NOTHING)
def test_no_claim(rows: Rows, tmp_path: Path) -> None:
    assert [shown(claim) for claim in said(PAPER + bars(*rows), tmp_path)] == []


# Comparisons.
CONTRASTS = [
    pytest.param(
        "",
        ["项目 | 传统渔业 | 现代渔业", "工具 | 人力网具 | 无人船", "管理 | 凭经验 | 凭数据"],
        ["工具: 传统渔业 人力网具, 现代渔业 无人船", "管理: 传统渔业 凭经验, 现代渔业 凭数据"],
        id="sides of one kind",
    ),
    pytest.param(
        "表1 网箱与池塘养殖的区别\n\n",
        ["维度 | 网箱养殖 | 池塘养殖", "风险 | 较高 | 较低"],
        ["风险: 网箱养殖 较高, 池塘养殖 较低"],
        id="said by the caption",
    ),
    pytest.param(
        "表1 三种养殖模式比较\n\n",
        ["模式 | 投资 | 风险", "池塘 | 低 | 中", "网箱 | 中 | 高", "循环水 | 高 | 低"],
        [
            "投资: 池塘 低, 网箱 中",
            "投资: 池塘 低, 循环水 高",
            "投资: 网箱 中, 循环水 高",
            "风险: 池塘 中, 网箱 高",
            "风险: 池塘 中, 循环水 低",
            "风险: 网箱 高, 循环水 低",
        ],
        id="one side a row",
    ),
    pytest.param(
        "", ["条款 | 修订前 | 修订后", "第五条 | 十日内 | 五日内"], ["第五条: 修订前 十日内, 修订后 五日内"], id="revised"
    ),
    pytest.param("", ["任务 | 内容 | 要求", "渔港 | 改造码头 | 按期完成"], [], id="no sides"),
    pytest.param("表1 任务比较\n\n", ["任务 | 责任单位 | 备注", "渔港 | 农业局 | 按期完成"], [], id="remarks"),
]


@pytest.mark.parametrize(("above", "rows", "expected"), CONTRASTS)
def test_contrasts(above: str, rows: Rows, expected: Rows, tmp_path: Path) -> None:
    assert [shown(claim) for claim in said(PAPER + above + bars(*rows), tmp_path)] == list(expected)


# Classes and systems.
CLASSES = [
    pytest.param(
        "表1 海洋经济评价指标体系\n\n",
        [
            "一级指标 | 二级指标 | 属性",
            "创新驱动 | 研发投入强度 | 正向",
            "创新驱动 | 专利授权量 | 正向",
            "绿色低碳 | 单位产值能耗 | 负向",
        ],
        [
            "defines 创新驱动 > 研发投入强度",
            "defines 创新驱动 > 专利授权量",
            "defines 绿色低碳 > 单位产值能耗",
            "defines 海洋经济评价指标体系 > 创新驱动",
            "defines 海洋经济评价指标体系 > 绿色低碳",
        ],
        id="index system",
    ),
    pytest.param(
        "",
        ["重点领域 | 细分方向", "海洋生物医药 | 海洋药物、功能食品", "海洋装备 | 深水网箱"],
        ["includes 海洋生物医药 > 海洋药物", "includes 海洋生物医药 > 功能食品", "includes 海洋装备 > 深水网箱"],
        id="fields",
    ),
    pytest.param(
        "",
        ["代码 | 名称 | 说明", "01 | 海洋渔业 | ", "0101 | 海水养殖 | 指在海水中养殖", "0102 | 海洋捕捞 | 指在海上捕捞"],
        ["includes 海洋渔业 > 海水养殖", "includes 海洋渔业 > 海洋捕捞"],
        id="codes",
    ),
    pytest.param("", ["重点领域 | 细分方向", "海洋装备 | 推动深水网箱规模化应用。"], [], id="a task is no member"),
    pytest.param("", ["领域 | 负责人", "海洋装备 | 张三"], [], id="one level alone"),
]


@pytest.mark.parametrize(("above", "rows", "expected"), CLASSES)
def test_classes(above: str, rows: Rows, expected: Rows, tmp_path: Path) -> None:
    assert [shown(claim) for claim in said(PAPER + above + bars(*rows), tmp_path)] == list(expected)


def test_a_text_without_tables_is_not_looked_at(tmp_path: Path) -> None:
    assert said(PAPER, tmp_path) == []


def test_html_and_markdown_say_the_same(tmp_path: Path) -> None:
    rows = [["港口", "吞吐量（万吨）"], ["沈家门港", "500"], ["高亭港", "90"]]
    text = page(f"<h1>舟山市2031年港口统计公报</h1>{paragraph('全市港口生产平稳，货物周转加快。')}{table(rows)}")
    marked = "# 舟山市2031年港口统计公报\n\n全市港口生产平稳，货物周转加快。\n\n" + bars(*(" | ".join(row) for row in rows))
    assert [shown(claim) for claim in said(text, tmp_path, "html")] == [shown(claim) for claim in said(marked, tmp_path)]


# Cells of several lines: each line a value of its own, or one text that the page has broken.
FOLDED = [
    "产品 | 产量（吨） | 增长（%）",
    "黄鱼<br>带鱼 | 12.3<br/>45.6 | 3.1<br>-2.2",
    "海带 | 123<br>456 | 1.0",
    "紫<br>菜 | 7.5 | 1.1",
]
UNFOLDED = [
    "黄鱼 | 产量 | = 12.3 吨 | 2031",
    "黄鱼 | 产量 | = 3.1 % | 2031 | change",
    "带鱼 | 产量 | = 45.6 吨 | 2031",
    "带鱼 | 产量 | = -2.2 % | 2031 | change",
    "海带 | 产量 | = 1.0 % | 2031 | change",
    "紫菜 | 产量 | = 7.5 吨 | 2031",
    "紫菜 | 产量 | = 1.1 % | 2031 | change",
]


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_each_line_of_a_cell_is_a_value_of_its_own(suffix: str, tmp_path: Path) -> None:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split(' | '))}</tr>" for row in FOLDED)
    marked = COMMUNIQUE + "表1 2031年主要产品产量\n\n" + bars(*FOLDED)
    head = f"<h1>舟山市2031年国民经济和社会发展统计公报</h1>{paragraph('全市经济平稳运行，各项事业全面发展。')}"
    text = marked if suffix == "md" else page(f"{head}<p>表1 2031年主要产品产量</p><table>{cells}</table>")
    found = said(text, tmp_path, suffix)
    assert [shown(claim) for claim in found] == UNFOLDED
    document = read(tmp_path / f"a.{suffix}", tmp_path)
    assert all(document.source[claim.evidence.start : claim.evidence.end] == claim.evidence.quote for claim in found)
