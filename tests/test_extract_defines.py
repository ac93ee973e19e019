"""Definitions: a text beside every claim of the ten facets that it makes, and texts that make none."""

from __future__ import annotations

import pytest

from tests.extracting import AGREED, claims_of, made, relation_agrees, row, weak

ELEMENT = [
    row("构建以轨道交通为骨干、常规公交为主体的公共交通系统。", "element 公共交通系统 > 常规公交"),
    row("海洋牧场由人工鱼礁、苗种繁育场和监测平台构成。", "element 海洋牧场 > 人工鱼礁、苗种繁育场、监测平台"),
    row("人工鱼礁、苗种繁育和环境监测共同构成海洋牧场的基本内容。", "element 海洋牧场 > 人工鱼礁、苗种繁育、环境监测"),
    row("智慧养老以健康监测、上门照护、紧急救援为主要内容。", "element 智慧养老 > 健康监测、上门照护、紧急救援"),
    weak(
        "课后服务的内容包括作业辅导、体育锻炼和社团活动。",
        "element 课后服务 > 作业辅导、体育锻炼、社团活动",
        reason="a subject that ends in 服务 is taken for a class, whose members no extractor yields",
    ),
    row(
        "数字素养包括四个维度：一是信息甄别能力；二是内容创作能力；三是安全防护意识；四是协作沟通能力。",
        "element 数字素养 > 信息甄别能力、内容创作能力、安全防护意识、协作沟通能力",
    ),
    weak(
        "一个完整的应急体系应包含预警、处置、恢复三个要素。",
        "element 应急体系 > 预警、处置、恢复",
        reason="应 in 应急 is read as the modal verb of an exhortation (bare 应 opens EXHORTS)",
    ),
    row("全民阅读是书香社会建设的重要组成部分。", "element 书香社会建设=书香社会 > 全民阅读"),
    row("公共图书馆服务体系由总馆、分馆和流动服务点组成，覆盖城乡。", "element 公共图书馆服务体系 > 总馆、分馆、流动服务点"),
    weak(
        "本办法所称灵活就业，包括个体经营、非全日制就业和平台就业。",
        "element 灵活就业 > 个体经营、非全日制就业、平台就业",
        reason="业 of 就业 makes the subject a class (CLASS_SUBJECT), whose members no extractor yields",
    ),
    row("节水意识是公民生态素养的应有之义。", "element 公民生态素养 > 节水意识"),
    row("银发经济涵盖了健康养老、老年教育等多个方面。", "element 银发经济 > 健康养老、老年教育"),
]
FEATURE = [
    row("慢病管理的主要特征是预防为先。", "feature 慢病管理 > 预防为先"),
    row("慢病管理以连续性、个性化为特征。", "feature 慢病管理 > 连续性、个性化"),
    row("微型课程的主要特点是短小精悍、随时可学。", "feature 微型课程 > 短小精悍、随时可学"),
    row("深海采矿具有高风险、长周期的特征。", "feature 深海采矿 > 高风险、长周期"),
    row("共享出行呈现即时化、平台化的特点。", "feature 共享出行 > 即时化、平台化"),
    row("开放性、协作性和可复用性是开源软件的鲜明特征。", "feature 开源软件 > 开放性、协作性、可复用性"),
    row("韧性城市有三个特征，即冗余性、适应性、恢复力。", "feature 韧性城市 > 冗余性、适应性、恢复力"),
    row("小额信贷有两个显著特点：第一，额度小。第二，手续简便。", "feature 小额信贷 > 额度小、手续简便"),
    row("数字藏品作为一种新型文化产品，其特征主要表现为唯一性、可追溯性。", "feature 数字藏品 > 唯一性、可追溯性"),
    row("商业航天投入大、周期长、风险高。", "feature 商业航天 > 投入大、周期长、风险高"),
    weak(
        "极地科考有艰苦性、季节性、国际性三个特征。",
        "feature 极地科考 > 艰苦性、季节性、国际性",
        reason="有A、B、C三个特征 is not read",
    ),
    weak(
        "社区调解的两个特点：一是灵活性，二是便捷性。",
        "feature 社区调解 > 灵活性、便捷性",
        reason="X的两个特点：一是 is not read",
    ),
    row("普惠性是学前教育的基本属性。", "feature 学前教育 > 普惠性"),
]
HALLMARK = [
    row("智慧港口以无人作业为核心标志。", "hallmark 智慧港口 > 无人作业"),
    row("森林覆盖率是生态城市的重要标志。", "hallmark 生态城市 > 森林覆盖率"),
    row("健康老龄化的标志是功能发挥。", "hallmark 健康老龄化 > 功能发挥"),
    row("群众满意度是检验基层治理的试金石。", "hallmark 基层治理 > 群众满意度"),
    row("航天强国的主要标志是自主进入空间的能力。", "hallmark 航天强国 > 自主进入空间的能力"),
    row("人均预期寿命是衡量健康中国的主要标志。", "hallmark 健康中国 > 人均预期寿命"),
    row("耕读文化以勤俭持家为显著标识。", "hallmark 耕读文化 > 勤俭持家"),
]
ESSENCE = [
    row("普惠金融的本质是机会公平。", "essence 普惠金融 > 机会公平"),
    row("数字孪生实质上是物理实体的虚拟映射。", "essence 数字孪生 > 物理实体的虚拟映射=虚拟映射"),
    row("本条例所称海上风电，是指利用海域风能资源发电的活动。", "essence 海上风电 > 利用海域风能资源发电的活动=活动"),
    row(
        "所谓碳汇渔业，是指通过渔业生产促进水生生物吸收二氧化碳的过程。",
        "essence 碳汇渔业 > 通过渔业生产促进水生生物吸收二氧化碳的过程=过程",
    ),
    row("远程医疗是依托信息技术的新型诊疗模式。", "essence 远程医疗 > 依托信息技术的新型诊疗模式=新型诊疗模式"),
    row("终身学习即贯穿人一生的教育过程。", "essence 终身学习 > 贯穿人一生的教育过程=教育过程"),
    row("绿色金融的实质在于环境风险定价。", "essence 绿色金融 > 环境风险定价"),
    weak(
        "海洋牧场是以人工鱼礁为基础的新型渔业生产方式。",
        "essence 海洋牧场 > 以人工鱼礁为基础的新型渔业生产方式=新型渔业生产方式",
        "basis 海洋牧场 > 人工鱼礁",
        reason="是以A为B的C: the class C is not read, nor any that ends in 方式 (an evaluation)",
    ),
    row("学界一般把社会资本定义为嵌入社会网络的资源。", "essence 社会资本 > 嵌入社会网络的资源=资源"),
]
KEY = [
    row("冷链物流的关键在于温度控制。", "key 冷链物流 > 温度控制"),
    row("乡村治理的核心在于村民自治。", "key 乡村治理 > 村民自治"),
    row("耕地保护的重中之重是质量提升。", "key 耕地保护 > 质量提升"),
    row("深空探测的核心是轨道设计和远距离通信。", "key 深空探测 > 轨道设计、远距离通信"),
    row("教师队伍是职业教育的关键。", "key 职业教育 > 教师队伍"),
    row("节能改造的重点在于供热管网。", "key 节能改造 > 供热管网"),
    row("疫苗研发的关键环节是临床试验。", "key 疫苗研发 > 临床试验"),
]
DRIVER = [
    row("完善以用人单位评价为主导的海洋经济人才评定机制。", "driver 海洋经济人才评定机制 > 用人单位评价"),
    row("技术创新是海洋经济的核心驱动力。", "driver 海洋经济 > 技术创新"),
    row("夜间经济以年轻客群为主要动力。", "driver 夜间经济 > 年轻客群"),
    row("国产大飞机产业由市场需求驱动。", "driver 国产大飞机产业 > 市场需求"),
    row("数字内容已成为文化消费的新引擎。", "driver 文化消费 > 数字内容"),
    weak(
        "在粮食增产中，良种起主导作用。",
        "driver 粮食增产 > 良种",
        reason="在X中 in the clause before is not taken for the concept",
    ),
    row("港口转型的根本动力是体制改革。", "driver 港口转型 > 体制改革"),
    row("开放合作为航天事业注入强大动力。", "driver 航天事业 > 开放合作"),
]
ORIGIN = [
    row("昆曲源于民间小调。", "origin 昆曲 > 民间小调"),
    row("平台经济由移动支付和大数据共同催生。", "origin 平台经济 > 移动支付、大数据"),
    row("合作医疗起源于农村互助。", "origin 合作医疗 > 农村互助"),
    row("家风是社会风气的源头。", "origin 社会风气 > 家风"),
    row("太空旅游脱胎于载人航天技术。", "origin 太空旅游 > 载人航天技术"),
    row("绿色金融理念的思想来源是可持续发展理论。", "origin 绿色金融理念=绿色金融 > 可持续发展理论"),
]
CARRIER = [
    row("社区书房是全民阅读的重要载体。", "carrier 全民阅读 > 社区书房"),
    row("乡村旅游以传统村落为载体。", "carrier 乡村旅游 > 传统村落"),
    row("课堂是美育的主阵地。", "carrier 美育 > 课堂"),
    row("海上丝路文化的主要载体是古港和沉船。", "carrier 海上丝路文化 > 古港、沉船"),
    row("综合医院是急危重症救治的主战场。", "carrier 急危重症救治 > 综合医院"),
    row("产教融合依靠实训基地作为载体，实训基地是产教融合的平台。", "carrier 产教融合 > 实训基地", "?basis 产教融合 > 实训基地"),
]
GOAL = [
    row("分级诊疗以方便群众就医为目标。", "goal 分级诊疗 > 方便群众就医"),
    row("劳动教育的根本目的是立德树人。", "goal 劳动教育 > 立德树人"),
    row("数字政府建设旨在提升服务效率。", "goal 数字政府建设=数字政府 > 提升服务效率=服务效率"),
    row("社区养老服务于失能老人。", "goal 社区养老 > 失能老人"),
    row("生态安全是国土绿化的落脚点。", "goal 国土绿化 > 生态安全"),
    row("公共交通的价值取向是公平出行。", "goal 公共交通 > 公平出行"),
]
BASIS = [
    row("没有稳定的社会环境，就不可能实现银发经济的发展。", "basis 银发经济 > 稳定的社会环境"),
    row("离开了海洋资源，海洋经济就难以持续。", "basis 海洋经济 > 海洋资源"),
    row("良种是粮食安全的基础。", "basis 粮食安全 > 良种"),
    row("智慧灌溉离不开墒情监测。", "basis 智慧灌溉 > 墒情监测"),
    row("标准体系为氢能产业提供了有力支撑。", "basis 氢能产业 > 标准体系"),
    row("医保基金是全民健康的坚强保障。", "basis 全民健康 > 医保基金"),
    row("绿色是乡村振兴的底色。", "basis 乡村振兴 > 绿色"),
    row("远洋渔业依托冷藏运输和港口补给。", "basis 远洋渔业 > 冷藏运输、港口补给"),
    row("数据共享的前提是隐私保护。", "basis 数据共享 > 隐私保护"),
    row("诚信乃金融之本。", "basis 金融 > 诚信"),
]
CONTEXT = [
    row(
        "海绵城市是一种新型城市建设模式。其核心在于雨水就地消纳。",
        "essence 海绵城市 > 新型城市建设模式=城市建设模式",
        "key 海绵城市 > 雨水就地消纳",
    ),
    weak(
        "#智慧养老的特征\n一是服务精准化。二是管理一体化。",
        "feature 智慧养老 > 服务精准化、管理一体化",
        reason="一是 under a heading X的特征 are not read as its items",
    ),
    weak(
        "#垃圾分类\n其关键在于源头投放。",
        "key 垃圾分类 > 源头投放",
        reason="其 in the first sentence under a heading does not go back to the heading",
    ),
    row(
        "低空物流具有速度快、成本低的特点，本质是空间资源的再利用。",
        "feature 低空物流 > 速度快、成本低",
        "essence 低空物流 > 空间资源的再利用=再利用",
    ),
    row("专家认为，“数字乡村以数据贯通为关键”。", "key 数字乡村 > 数据贯通"),
    row("会议指出，基层首诊是分级诊疗的基础。", "basis 分级诊疗 > 基层首诊"),
    row("“慢就业”的本质是职业观念的转变。", "essence 慢就业 > 职业观念的转变=转变"),
    weak(
        "普惠托育与社区养老的基础是公共投入。",
        "basis 普惠托育 > 公共投入",
        "basis 社区养老 > 公共投入",
        reason="X与Y before 的基础 are not two concepts",
    ),
    row("智慧农业的特征是精准的水肥管理和病虫害防治。", "feature 智慧农业 > 精准的水肥管理=水肥管理、病虫害防治"),
]
SILENT = [
    row("第九条　鼓励从事数字服务的组织和个人依托公共数据平台开展创新。"),
    row("没有通过审批的项目，将不予支持。"),
    row("要坚持以患者需求为导向，以质量安全为目标。"),
    row("我们必须以诚信为本。"),
    row("必须把节水作为城市建设的关键。"),
    row("发展海洋经济意义重大。"),
    row("办好学前教育是一件利国利民的大事。"),
    row("智慧交通缓解了城市拥堵。"),
    row("数字阅读提高了儿童的识字量。"),
    row("全市共有社区食堂三百二十家。"),
    row("轨道交通三号线包括换乘站十二座吗？"),
    row("什么是碳达峰？它的关键是什么？"),
    row("远程办公不是偷懒的代名词。"),
    row("深海勘探的难点并非资金。"),
    row("昨天，市长走访了两所小学。"),
    row("去年秋天，渔民们修好了码头。"),
    row("是否具备条件，由主管部门认定。"),
    row("鼓励高校以联合培养为纽带开展合作。"),
    row("本章分为三节。"),
    row("图书馆的门是木制的，他推门进去。"),
    row("他是一位老渔民。"),
    row("如果以价格为依据，就会误导消费者。"),
    row("这是近十年来最热的一个夏天。"),
    row("产量比上年增长了百分之六，是历史新高。"),
    row("申请材料包括身份证复印件和户口簿。"),
    row("有人问，粮食安全的基础究竟在哪里？"),
    row("要以铁路建设为重点，抓紧做好前期工作。"),
    row("参会人员包括各区县负责人。"),
    row("航天员的训练取得了阶段性成果。"),
    row("下一步的重点是做好宣传工作。"),
]


POSITIVE = [*ELEMENT, *FEATURE, *HALLMARK, *ESSENCE, *KEY, *DRIVER, *ORIGIN, *CARRIER, *GOAL, *BASIS, *CONTEXT]
MADE = [*POSITIVE, *SILENT]


@pytest.mark.parametrize(("text", "expected"), MADE)
def test_defines(text: str, expected: tuple[str, ...]) -> None:
    assert relation_agrees(claims_of(made(text)), expected, "defines") == AGREED


def test_every_facet_has_rows() -> None:
    for rows in (ELEMENT, FEATURE, HALLMARK, ESSENCE, KEY, DRIVER, ORIGIN, CARRIER, GOAL, BASIS):
        assert len(rows) >= 6
    assert len(SILENT) >= 25
