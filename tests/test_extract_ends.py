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
    row("所谓低空经济以海滩为基础的说法并不成立。"),
    # A glossary's comma before 是指; what is only listed below, or spoken about, is no class.
    row("（二）球石，是指海滩上自然形成的石头。", "essence 球石 > 石头"),
    row(
        "茶旅经济，是指以茶园观光为牵引，带动种植融合发展的综合经济形态。",
        "essence 茶旅经济 > 综合经济形态",
        "driver 茶旅经济 > 茶园观光",
    ),
    row("总的来说，是指新的高水平的生产力。"),
    row("本办法所称经营者，是指从事经营的下列组织："),
    # What only looks like a predicate of the subject.
    row("便利的航线使得滨海地区迅速成为各家船队停靠的码头群。", "essence 滨海地区 > 各家船队停靠的码头群"),
    row("港城作为海岸建设的主要陆地载体参与各岛竞赛与联演。"),
    row("数字渔港均为化解缺工这一难题提供了新的路子。"),
    row("推动渔港成为联系紧密的发展共同体。"),
    row("厚植爱护海洋就是爱护家园的社会氛围。"),
    row("人人记牢“省油就是省钱”口号，加强渔船的检修和选型。"),
    row("丰收来之不易，是全村渔民起早贪黑的结果。"),
    row("责任人属于渔政人员的依法依规给予处分。"),
    row("赶海热情还是会慢慢消退，说明渔市的人气得到了分散。"),
    row("典型的如作为一个大型拍卖平台的海星行采用了竞价算法。"),
    # Names are whole: at a quotation, a bracket, 参与, 合作, behind 的, amid a list.
    row("赶海作为带动海岛人气的“三块招牌”之一，年年举办。", "essence 赶海 > 带动海岛人气的“三块招牌”"),
    row("县里把船东参与护渔巡查情况作为文明船评选的主要参考。", "essence 船东参与护渔巡查情况 > 文明船评选的主要参考"),
    row("保障渔民对平安归航的向往，是渔港建设的出发点和落脚点。", "goal 渔港建设 > 保障渔民对平安归航的向往"),
    row("坚持以村企合作为基础、校企合作为支撑的渔业联营模式。", "basis 渔业联营模式 > 村企合作、校企合作"),
    row("这类产品分为捕捞类产品、养殖类产品、垂钓及观赏类产品和综合类产品。"),
    row(
        "渔具产品分为捕捞类产品、养殖类产品、垂钓及观赏类产品和综合类产品。",
        "element 渔具产品 > 捕捞类产品、养殖类产品、垂钓及观赏类产品、综合类产品",
    ),
    row("巡港记录应当包括发现的隐患、水位读数、处理办法等。", "element 巡港记录 > 发现的隐患、水位读数、处理办法"),
    row("形成“渔业和文创、渔业和研学”两个融合。", "element 两个融合 > 渔业和文创、渔业和研学"),
    row("构筑潮位预报、航标维护和渔船避险“三大体系”。", "element 三大体系 > 潮位预报、航标维护、渔船避险"),
    row("县里有海滩、太极拳、“四大名药”等资源。"),
    row("研究事关渔业发展的全局性、紧迫性、长期性重大问题。"),
    row("本市弘扬敢于出海、乐于互助的渔家精神。"),
    row("“4项工作”，包括以下内容：一是举办活动。二是开展推介。"),
    row("渔船按其通用化程度大致可分为专用船、通用船两大类。", "element 渔船 > 专用船、通用船"),
    row("海港城是指导渔民出海的机构。"),
    row("更好发挥拍卖市场稳定供应的基础性作用。"),
    row("以智能技术为引擎，实现渔港全流程智能化运营。", "driver 渔港全流程智能化运营 > 智能技术"),
    row("以冷链为支撑，打造高效、安全的现代化渔港枢纽。", "basis 现代化渔港枢纽 > 冷链"),
    row("以遥感为基础，实现地下、地上、水域立体覆盖。"),
    row("渔船检修是渔港治理中具有决定性意义的组成部分。", "element 渔港治理 > 渔船检修"),
    row("声层理论是上世纪最有用的发现之一，常用在探测里。", "essence 声层理论 > 上世纪最有用的发现"),
    row("涡流理论作为海洋科学的一个年轻分支，受到重视。", "essence 涡流理论 > 海洋科学的一个年轻分支"),
    row("长期观测体系为渔港研究奠定了坚实的基础。", "basis 渔港研究 > 长期观测体系"),
    row("个体渔户是重要的市场主体。", "essence 个体渔户 > 重要的市场主体"),
    row(
        "作为各岛互通有无的主要载体，中国海外渔业园区已成为远洋补给的纽带。",
        "carrier 各岛互通有无 > 中国海外渔业园区",
        "essence 中国海外渔业园区 > 远洋补给的纽带",
    ),
    # A name goes on over a verb that belongs to it, and ends before the adverb of one that does not.
    row("公平有序、高效便捷、安全可靠的航运消费环境基本形成。", "feature 航运消费环境 > 公平有序、高效便捷、安全可靠"),
    row("建设畅通、便捷、高效的常态化港企沟通互动机制。", "feature 常态化港企沟通互动机制 > 畅通、便捷、高效"),
    row("建成高精度、长序列、多模态的海流观测数据集。", "feature 海流观测数据集 > 高精度、长序列、多模态"),
    row("打造以岸基雷达为核心的低空经济工具箱。", "driver 低空经济工具箱 > 岸基雷达"),
    row("国产船用曲轴全部依赖进口钢材。", "basis 国产船用曲轴 > 进口钢材"),
    row("各种形式的渔业合作社成为渔村发展的重要引擎。", "driver 渔村发展 > 渔业合作社"),
    row("保障性渔民住房分为宿舍型和住宅型。", "element 保障性渔民住房 > 宿舍型、住宅型"),
    # What stands before 的 may only modify the name behind it.
    row("推行“预报+巡查”的渔港全链条的支持机制。"),
    row("建成以灯塔为支撑的互联互通的航标网络。"),
    # A statement says no class.
    row("数字海图作为新型导航产品具有提高航速的显著作用。"),
    row("海星湾作为远洋捕捞中心的地位日益稳固。"),
    row("渔港调度主要是发挥联络船东的中介作用。"),
    row("渔港调度是推动渔村发展的重要方式。", "essence 渔港调度 > 推动渔村发展的重要方式"),
    row("海星湾耕地面积占全县一半，是全县最大的水产基地。"),
    row("巡查事务属于海事部门。"),
    row("不得将渔港巡查作为渔民义务。"),
    row("明确航标维护是航行安全的重要保障。", "basis 航行安全 > 航标维护"),
    row("渔港巡查是建立在航标维护的基础上。", "basis 渔港巡查 > 航标维护"),
    # What is lacking is no mark; where data come from is no origin; a mark is not marked by others.
    row("企业缺乏专业化、标准化、集约化的港口服务体系。"),
    row("海底地形数据来源于海星市水文局。"),
    row("水产品的安全性、开放性、透明性、来源的多样性受到关注。"),
    # One act, or one phrase, whatever joins its words.
    row("渔港治理的核心在于设计并改进面向船东的服务流程。", "key 渔港治理 > 设计并改进面向船东的服务流程"),
    row("水产品、冷冻品是指渔民出售的鲜活水产品、冷冻水产品。"),
    # A part is no statement, and no act unless what is told of consists of acts.
    row("渔港保障体系包括以下方面：一是航道水深逐年增加；二是潮位预报。", "element 渔港保障体系 > 潮位预报"),
    row("渔港保障体系包括以下方面：一是开展巡查行动；二是潮位预报。", "element 渔港保障体系 > 潮位预报"),
    row("渔港改造包括三个步骤：一是勘察码头；二是清理航道。", "element 渔港改造 > 勘察码头、清理航道"),
    row("直播人员、渔船船东发布的内容构成商业广告的，应当审查。"),
    row("“蓝色航道”的“蓝”包括：一是水质清洁；二是装备绿色。", "element 蓝色航道”的“蓝 > 水质清洁、装备绿色"),
    row("海星湾在造船、修船等领域具有较强的实力。"),
    # Nouns that are of their text alone are no concepts, unless it defines them.
    row("船舶调度系统是该平台的重要组成部分。"),
    row("本办法所称平台，是指为渔船提供交易服务的网络系统。", "essence 平台 > 为渔船提供交易服务的网络系统"),
    row("大力推进渔港建设，以码头改造为牵引，统筹渔村发展。"),
    row("航标系统是指以灯塔为核心的助航系统。", "essence 航标系统 > 以灯塔为核心的助航系统", "driver 航标系统 > 灯塔"),
    # What is defined is named as a whole.
    row("前款所称护渔费用是指渔业企业实际支出的油料款项。", "essence 护渔费用 > 渔业企业实际支出的油料款项"),
    row("本规定涉及的“渔港”是指依照图纸建造的避风港口。", "essence 渔港 > 依照图纸建造的避风港口"),
]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("线上渔市也包括借助电台、短信或对讲机提供的代售。", "借助电台、短信或对讲机提供的代售"),
        ("课外、校外航海活动是航海教育的重要组成部分。", "课外、校外航海活动"),
        ("育种材料是指带有抗病基因的卵子、幼体、亲贝等繁育材料。", "带有抗病基因的卵子、幼体、亲贝等繁育材料"),
    ],
)
def test_what_is_one_phrase_is_not_parted(text: str, whole: str) -> None:
    said = {shown(claim).split(" > ")[1] for claim in claims_of(made(text)) if claim.relation == "defines"}
    assert said == {whole}


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
        "学校要制定“竹文化”实施方案，竹产业实施方案另行制定。",
        "企业应当制定竹产业实施方案。",
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        row(
            "第一条 为了规范渔港建设，保障航行安全、改善海域环境，根据《渔业法》《港口法》等法律，结合本市实际，制定本办法。",
            "goal 临澜市渔港管理办法 > 规范渔港建设、保障航行安全、改善海域环境",
            "basis 临澜市渔港管理办法 > 渔业法、港口法",
        ),
        row("为加快休闲渔业发展，现提出以下措施。", "goal 临澜市渔港管理办法 > 加快休闲渔业发展"),
        row("为深入贯彻全会精神，壮大休闲渔业，特制定本办法。", "goal 临澜市渔港管理办法 > 壮大休闲渔业"),
        row("根据《渔业法》，经市政府同意，制定本办法。", "basis 临澜市渔港管理办法 > 渔业法"),
        row("为了加强管理，各县要制定本地渔港名录。"),
        row("为主管部门制定本地渔港名录。"),
        row("市政府加强渔港管理，《港口法》另有要求，制定本办法。"),
        row(
            "为加强管理，根据《渔业法》，规范停泊，制定本办法。",
            "goal 临澜市渔港管理办法 > 加强管理",
            "basis 临澜市渔港管理办法 > 渔业法",
        ),
    ],
)
def test_what_a_policy_is_for(text: str, expected: tuple[str, ...]) -> None:
    document = made(text, kind="measures", title="临澜市渔港管理办法")
    assert relation_agrees(claims_of(document), expected, "defines") == AGREED
