"""What a name may begin and end with, and definitions of several marks in one clause."""

from __future__ import annotations

import pytest

from tests.extracting import AGREED, claims_of, made, relation_agrees, row, shown

MADE = [
    # 以A为B、以C为D的E: each of X, and none of E.
    row(
        "湖区经济是以湖泊资源为基础、以水上运动为载体的经济形态。",
        "basis 湖区经济 > 湖泊资源",
        "carrier 湖区经济 > 水上运动",
        "essence 湖区经济 > 经济形态",
    ),
    row(
        "银发经济是以老人需要为中心、以照护服务为核心、以数据为支撑的产业体系。",
        "key 银发经济 > 照护服务",
        "basis 银发经济 > 数据",
        "essence 银发经济 > 产业体系",
    ),
    row("发展以湖泊资源为基础、以水上运动为载体的湖区经济。", "basis 湖区经济 > 湖泊资源", "carrier 湖区经济 > 水上运动"),
    # Correlatives.
    row("低空经济既以空域为基础，又以技术为驱动力。", "basis 低空经济 > 空域", "driver 低空经济 > 技术"),
    row("低空经济不但以空域为基础，还以技术为驱动力。", "basis 低空经济 > 空域", "driver 低空经济 > 技术"),
    # Adverbs, auxiliaries, conjunctions and marks of the page are no part of a name.
    row("湖区经济正在成为低空经济的新引擎。", "driver 低空经济 > 湖区经济"),
    row("湖区经济已逐渐成为低空经济的重要基础。", "basis 低空经济 > 湖区经济"),
    row("湖区经济可以成为低空经济的重要引擎。", "driver 低空经济 > 湖区经济"),
    row("湖区经济日益成为低空经济的重要支撑。", "basis 低空经济 > 湖区经济"),
    row("[摘要]数字贸易是湖区经济的新引擎。", "driver 湖区经济 > 数字贸易"),
    row("【摘要】数字贸易是湖区经济的新引擎。", "driver 湖区经济 > 数字贸易"),
    row("摘要：数字贸易是湖区经济的新引擎。", "driver 湖区经济 > 数字贸易"),
    row("各地重视湖区经济，并使之成为低空经济的新引擎。"),
    row("各地重视湖区经济，并使其成为低空经济的新引擎。"),
    row("各区协同，努力为低空经济提供有力支撑。"),
    # Short names, levels of government, what a thing is made of.
    row("茶镇经济（以下简称“镇经济”）以茶镇为载体。镇经济以冷链为关键。", "carrier 茶镇经济 > 茶镇", "key 茶镇经济 > 冷链"),
    row("茶镇经济（下称镇经济）以茶镇为载体。镇经济以冷链为关键。", "carrier 茶镇经济 > 茶镇", "key 茶镇经济 > 冷链"),
    row("林长制包括省、市、县、乡四级。", "element 林长制 > 省、市、县、乡"),
    row("林长制包括国家、省、市三级。", "element 林长制 > 国家、省、市"),
    row("低空经济是由船舶制造、海上运输、港航保障等构成的产业体系。", "element 低空经济 > 船舶制造、海上运输、港航保障"),
    row("各区成立由渔民、学者等组成的咨询委员会。", "element 咨询委员会 > 渔民、学者"),
    row("所谓低空经济以空域为基础的说法并不成立。"),
    # A glossary's comma before 是指; what is only listed below, or spoken about, is no class.
    row("（二）球石，是指海滩上自然形成的石头。", "essence 球石 > 石头"),
    row(
        "茶旅经济，是指以茶园观光为牵引，带动种植融合发展的综合经济形态。",
        "essence 茶旅经济 > 综合经济形态",
        "driver 茶旅经济 > 茶园观光",
    ),
    row("总的来说，是指新的高水平的生产力。"),
    row("本办法所称经营者，是指从事经营的下列组织："),
]


@pytest.mark.parametrize(("text", "expected"), MADE)
def test_ends(text: str, expected: tuple[str, ...]) -> None:
    assert relation_agrees(claims_of(made(text)), expected, "defines") == AGREED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        row("支持利用抽稀、编码和分块等数据压缩技术。", "includes 数据压缩技术 > 抽稀、编码、分块"),
        row("推广采用反渗透、电渗析等海水淡化技术。", "includes 海水淡化技术 > 反渗透、电渗析"),
        row("充分运用物联网、大数据等信息技术。", "includes 信息技术 > 物联网、大数据"),
    ],
)
def test_the_first_member_of_a_list_has_no_verb(text: str, expected: tuple[str, ...]) -> None:
    assert relation_agrees(claims_of(made(text)), expected, "includes") == AGREED


@pytest.mark.parametrize(
    "said",
    [
        "支持优质企业技术改造。",
        "研发检测中心、采购中心和结算中心落户我市。",
        "鼓励围绕居民需求、社区治理提供定制化咨询服务。",
        "鼓励政府部门充分运用政务数据。",
        "推进洪水、山火等公共数据与普查数据融合应用。",
        "孵化机构从业人员专业能力。",
        pytest.param(
            "对新落户我市会展企业，按照年度营业收入的3%给予一次性奖励。",
            marks=pytest.mark.xfail(strict=True, reason="the trade of the firms that come is taken for the field paid for"),
        ),
        "推动林下产业等各重点行业升级。",
        "扩大渔业保险覆盖面。",
    ],
)
def test_a_clause_a_centre_and_what_is_used_are_no_fields(said: str) -> None:
    title = "望江市渔业发展行动计划"
    claims = claims_of(made(f"一、任务\n{said}", kind="plan", title=title))
    fields = {shown(claim) for claim in claims if claim.relation == "supports"}
    assert fields <= {f"supports {title} > 林下产业", f"supports {title} > 林下经济"}


@pytest.mark.parametrize(
    "said",
    [
        "各区要制定具有针对性的海上旅游有序发展实施方案。",
        "成立茶产业规划推进办公室。",
        "落实上级部署发展竹产业的战略。",
        "按照竹产业规划实施。",
    ],
)
def test_what_describes_a_plan_names_none(said: str) -> None:
    claims = claims_of(made(said))
    assert [shown(claim) for claim in claims if claim.rule == "supports.policy_name"] == []


def test_a_plan_that_is_named_is_one() -> None:
    claims = claims_of(made("实施茶产业三年行动计划。"))
    assert [shown(claim) for claim in claims] == ["supports 茶产业三年行动计划 > 茶产业"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        row(
            "竹旅系统，是指竹林、观景台和步道等组成的系统。", "?essence 竹旅系统 > 系统", "element 竹旅系统 > 竹林、观景台、步道"
        ),
        row("健全具有山地特色和比较优势的现代竹产业。", "feature 现代竹产业 > 山地特色、比较优势"),
        row("户籍信息、学籍信息（包括学历、考籍）应当核对。", "element 学籍信息 > 学历、考籍"),
        # How to do it, who does it, where it is said, and a judgement of it are no make-up of a concept.
        row("释放竹产业赋能效应，以“五改”为重点提质建设美丽乡村。"),
        row("本市依托国家实验室培养竹学人才。"),
        row("竹艺师是推动竹编技艺发展的创新主体。"),
        row("竹海是望江市的宝贵财富和核心竞争力。"),
        row("发现漏水的，应当立即采取措施防止渗漏范围的进一步扩大。"),
    ],
)
def test_what_a_definition_speaks_of(text: str, expected: tuple[str, ...]) -> None:
    assert relation_agrees(claims_of(made(text)), expected, "defines") == AGREED
