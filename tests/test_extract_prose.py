"""Turns of phrase of longer prose, over all families: texts beside the claims that they make."""

from __future__ import annotations

import pytest

from tests.extracting import AGREED, claims_of, events_agree, made, relation_agrees, row, weak

DEFINITIONS = [
    weak(
        "生态农业，是以循环利用为特征的农业形态。",
        "feature 生态农业 > 循环利用",
        "essence 生态农业 > 以循环利用为特征的农业形态=农业形态",
        reason="是以A为B的C: the class C of the definition is not read",
    ),
    row("社区医院是分级诊疗的基础，三级医院是分级诊疗的支撑。", "basis 分级诊疗 > 社区医院、三级医院"),
    row("从构成看，智慧交通包括感知设施、控制平台和运营服务三大部分。", "element 智慧交通 > 感知设施、控制平台、运营服务"),
    row("蓝色金融是海洋经济与金融资本融合的产物。", "origin 蓝色金融 > 海洋经济与金融资本融合=海洋经济与金融资本的融合"),
    row("数据不仅是数字文旅的核心要素，也是其重要驱动力。", "element 数字文旅 > 数据", "driver 数字文旅 > 数据"),
    row("没有港口，就没有远洋渔业；港口是远洋渔业的根基。", "basis 远洋渔业 > 港口"),
    row("职业教育的特点在于实践性强、与产业联系紧密。", "feature 职业教育 > 实践性强、与产业联系紧密"),
    weak(
        "养老金融涵盖养老金金融、养老服务金融和养老产业金融。",
        "element 养老金融 > 养老金金融、养老服务金融、养老产业金融",
        "?includes 养老金融 > 养老金金融、养老服务金融、养老产业金融",
        reason="a known industry before 涵盖 is taken for a class, whose members no extractor yields",
    ),
    row(
        "绿色航运以低碳燃料为支撑、以智能调度为手段，以零排放为最终目标。", "basis 绿色航运 > 低碳燃料", "goal 绿色航运 > 零排放"
    ),
    row("平急两用设施具有灵活转换、多元利用等显著特征。", "feature 平急两用设施 > 灵活转换、多元利用"),
    row("文化遗产数字化的出发点和落脚点是活态传承。", "goal 文化遗产数字化 > 活态传承"),
    row("海洋碳汇，核心在增汇，关键在监测。", "key 海洋碳汇 > 增汇、监测"),
    weak("乡村教育振兴，教师是关键。", "key 乡村教育振兴 > 教师", reason="Y是关键 after a subject that stands alone is not read"),
    row(
        "人才是航天事业的第一资源，创新是航天事业的第一动力。",
        "driver 航天事业 > 创新",
        "?essence 人才 > 航天事业的第一资源=第一资源",
        "?basis 航天事业 > 人才",
        "?element 航天事业 > 人才",
        "?key 航天事业 > 人才",
    ),
    row("医养结合作为一种服务模式，本质上是资源整合。", "essence 医养结合 > 资源整合"),
    row("慢游经济由交通改善和消费升级所催生。", "origin 慢游经济 > 交通改善、消费升级"),
    weak(
        "构成海洋治理体系的，是法律、机构和技术三个要素。",
        "element 海洋治理体系 > 法律、机构、技术",
        reason="构成X的，是Y is not read",
    ),
    row("智能电网主要由发电、输电、配电和用电环节组成。", "element 智能电网 > 发电、输电、配电、用电环节=用电"),
    row("阅读推广的主体是图书馆员，对象是社区居民。", "?element 阅读推广 > 图书馆员", "?carrier 阅读推广 > 图书馆员"),
    weak(
        "可以说，港口是海洋经济的“心脏”。",
        reason="a quoted metaphor is read as a definition, and loses its closing quotation mark",
    ),
    row("我们的目标是把小镇建成旅游名镇。"),
    row("这项研究的重点是分析海水温度。"),
    row("培训内容包括操作规程和安全知识。", "?element 培训 > 操作规程、安全知识", "?element 培训内容 > 操作规程、安全知识"),
    row("他的成功离不开家人的支持。"),
    row("会议由市长主持。"),
    row("调查显示，三成受访者来自农村。"),
    row("台风来自西太平洋。"),
    row("该方案由专家组起草，由市政府印发。"),
    row("旅客服务具有提升空间。"),
    row("以文塑旅、以旅彰文是文旅融合的基本要求。"),
    row("健康中国建设，必须以预防为主。"),
    row("“双减”的实质，是让教育回归本真。", "essence 双减 > 让教育回归本真=教育回归本真"),
    row(
        "数字人民币具有法偿性、可追踪性等特性，是法定货币的数字形态。",
        "feature 数字人民币 > 法偿性、可追踪性",
        "essence 数字人民币 > 法定货币的数字形态=数字形态",
    ),
    row("高质量就业以充分就业为前提、以体面劳动为内核。", "basis 高质量就业 > 充分就业", "driver 高质量就业 > 体面劳动"),
    row("如果说土地是农业的根，那么种子就是农业的“芯片”。"),
    row("城市书房由政府出资、社会运营，是公共文化服务的新平台。", "carrier 公共文化服务 > 城市书房"),
    row("远洋航行的安全取决于气象预报和船员素质。", "basis 远洋航行的安全=远洋航行 > 气象预报、船员素质"),
    row("文化自信的源头活水是优秀传统文化。", "origin 文化自信 > 优秀传统文化"),
    row("海洋命运共同体的主阵地在蓝色经济通道。", "carrier 海洋命运共同体 > 蓝色经济通道"),
    row("应急管理的本质特征是底线思维。", "feature 应急管理 > 底线思维"),
    row("基础教育在国民教育体系中处于基础性地位。"),
    row("医保改革取得突破，群众的获得感是最好的检验标准。", "?hallmark 医保改革 > 群众的获得感=获得感"),
    row("这座桥由两家公司承建。"),
    row("渔民的主要收入来自近海捕捞。", "?origin 渔民的主要收入=渔民收入 > 近海捕捞"),
    row("游客主要来自周边省份。"),
    row("风险主要包括利率风险、汇率风险。", "?element 风险 > 利率风险、汇率风险"),
    row("该中心的主要任务是数据备份。"),
    weak("调研的目的是了解情况。", reason="a verb (了解) is cut at 了 and what is left is read as a goal"),
    row("航天精神包括艰苦奋斗、协同攻坚、勇攀高峰三重内涵。", "element 航天精神 > 艰苦奋斗、协同攻坚、勇攀高峰"),
    row("绿色低碳是新型能源体系的鲜明底色。", "basis 新型能源体系 > 绿色低碳"),
    row("科普是提升全民科学素质的基础性工程。", "?essence 科普 > 提升全民科学素质的基础性工程=基础性工程"),
    row("数字鸿沟表现为接入差距、使用差距。", "?feature 数字鸿沟 > 接入差距、使用差距", "?element 数字鸿沟 > 接入差距、使用差距"),
    row("海上丝绸之路以贸易为纽带，以港口为节点。"),
]
INCLUSIONS = [
    row(
        "海洋新兴产业，包括海洋生物医药、海水淡化、海洋可再生能源等产业。",
        "includes 海洋新兴产业 > 海洋生物医药=海洋生物医药产业、海水淡化=海水淡化产业、海洋可再生能源=海洋可再生能源产业",
    ),
    row("以量子通信、脑机接口为代表的前沿技术正在走出实验室。", "includes 前沿技术 > 量子通信、脑机接口"),
    row("新型基础设施包括数据中心、充电桩和5G基站。", "includes 新型基础设施 > 数据中心、充电桩、5G基站"),
    row("养老服务业涵盖居家照护、康复护理、老年旅游。", "includes 养老服务业 > 居家照护、康复护理、老年旅游"),
    row("冰雪装备等特色产业发展势头良好。"),
    row("可再生能源主要包括风能、太阳能、潮汐能。", "includes 可再生能源 > 风能、太阳能、潮汐能"),
    row("生物医药、航空航天等战略性新兴产业增长较快。", "?includes 战略性新兴产业 > 生物医药、航空航天"),
    weak(
        "现代服务业包括金融、物流、会展三大门类。",
        "includes 现代服务业 > 金融、物流、会展",
        reason="no extractor yields includes",
    ),
    weak(
        "政策工具包括贴息、担保和风险补偿。",
        "includes 政策工具 > 贴息、担保、风险补偿",
        reason="no extractor yields includes, and the tools are read as elements",
    ),
    row("参观者包括学生和老人。"),
    row("渔业产值包括捕捞产值和养殖产值。", "?element 渔业产值 > 捕捞产值、养殖产值", "?includes 渔业产值 > 捕捞产值、养殖产值"),
]
EVENTS = [
    row("2024年3月1日至5日，中国国际渔业博览会在青岛举行。", "中国国际渔业博览会 | 2024-03-01/2024-03-05 | 青岛=青岛市 | -"),
    weak(
        "2018年6月26日，习惯性流产防治研讨会在北京会议中心召开。",
        "习惯性流产防治研讨会 | 2018-06-26 | 北京会议中心 | -",
        reason="会议 within the name of a hall (会议中心) is read as the event",
    ),
    row("2020年9月，在第十三届全国运动医学大会上，三位院士作了报告。", "第十三届全国运动医学大会 | 2020-09 | - | -"),
    row("2016年4月24日是首个中国航天日。"),
    row("2022年，我国空间站全面建成。", "我国空间站建成=空间站全面建成=我国空间站全面建成 | 2022 | - | -"),
    row("1994年，我国正式接入国际互联网。", "我国正式接入国际互联网=接入国际互联网 | 1994 | - | -=我国=中国"),
    row(
        "2015年9月，联合国可持续发展峰会在纽约召开，通过了《2030年可持续发展议程》。",
        "可持续发展峰会=联合国可持续发展峰会 | 2015-09 | 纽约 | -=联合国",
        "?通过2030年可持续发展议程 | 2015-09 | 纽约 | -",
        "?通过2030年可持续发展议程 | 2015-09 | - | -",
    ),
    weak(
        "2023年4月，财政部、教育部联合印发《学生资助资金管理办法》。",
        "印发学生资助资金管理办法=学生资助资金管理办法 | 2023-04 | - | 财政部=教育部",
        reason="联合 stays in the agent, and two bodies are not told apart",
    ),
    row(
        "2021年12月30日，文昌航天发射场成功发射一颗试验卫星。",
        "文昌航天发射场发射一颗试验卫星=发射一颗试验卫星 | 2021-12-30 | 文昌航天发射场 | -=文昌航天发射场",
    ),
    row("2019年7月1日起，新个人所得税法施行。", "新个人所得税法施行=个人所得税法施行 | 2019-07-01 | - | -"),
    row("据2020年11月10日《文旅日报》报道，民宿数量翻番。"),
    row("（记者 林一舟 2022年3月8日）"),
    row("2005年出生的孩子已经成年。"),
    row("预计2027年建成投产。", "?建成投产 | 2027 | - | -"),
    row("计划于2027年10月在泉州举办海丝艺术节。", "海丝艺术节 | 2027-10 | 泉州=泉州市 | -"),
    row("2010年的一天，他第一次出海。"),
    row(
        "2024年4月8日至9日，省委书记郑远山在湛江市调研海洋牧场。",
        "调研海洋牧场=湛江调研=湛江市调研 | 2024-04-08/2024-04-09 | 湛江市=湛江 | 省委书记郑远山=郑远山=省委书记",
    ),
    row("2012年9月25日，辽宁舰正式交付海军。", "辽宁舰正式交付=辽宁舰交付=辽宁舰正式交付海军 | 2012-09-25 | - | -"),
    row("博物馆于2016年5月18日正式开放。", "博物馆开放=博物馆正式开放 | 2016-05-18 | - | -"),
    weak(
        "《图书馆法》于2017年11月4日通过，自2018年1月1日起施行。",
        "图书馆法通过=通过图书馆法 | 2017-11-04 | - | -",
        "图书馆法施行=施行 | 2018-01-01 | - | -",
        reason="a law's 通过 is not read where only 于 stands before its date",
    ),
    row(
        "2019年12月，长江禁渔计划公布；2021年1月1日，十年禁渔全面启动。",
        "长江禁渔计划公布=公布长江禁渔计划 | 2019-12 | - | -",
        "十年禁渔启动=十年禁渔全面启动 | 2021-01-01 | - | -",
    ),
    row("早在2003年，沿海多地就开始试点休渔补贴。", "?开始试点休渔补贴 | 2003 | - | -", "?试点休渔补贴 | 2003 | - | -"),
    weak(
        "全国海洋宣传日主场活动6月8日在舟山举行。",
        "全国海洋宣传日主场活动 | - | 舟山=舟山市 | -",
        reason="the event before a date that is not resolved (X6月8日在Y举行) is not read",
    ),
    row("2020年9月22日，我国在联合国大会上宣布碳达峰目标。", "?宣布碳达峰目标=联合国大会 | 2020-09-22 | - | -=我国"),
    row("2022年2月4日晚，冬季运动会开幕式在国家体育场举行。", "冬季运动会开幕式 | 2022-02-04 | 国家体育场 | -"),
    row(
        "2014年，首届民族医药论坛在呼和浩特举办，此后每两年一届。",
        "首届民族医药论坛=民族医药论坛 | 2014 | 呼和浩特=呼和浩特市 | -",
    ),
    row("会议于2025年6月在杭州国际博览中心闭幕。", "?会议=会议闭幕 | 2025-06 | 杭州国际博览中心 | -"),
    row("2019年全年召开座谈会十二次。"),
    row("2021年9月的数据显示，电商下沉明显。"),
    row("与2019年相比，客流恢复九成。"),
    row("2013年版教材已停用。"),
    row("《光明报》2018年5月2日第3版刊文指出，阅读重在坚持。"),
    row("第七次全国人口普查（2020年）结果表明，老龄化加深。"),
]
POLICIES = [
    weak(
        "《海洋经济促进条例》规定，对海水淡化项目给予补贴。",
        "supports 海洋经济促进条例 > 海水淡化=海水淡化项目",
        "?supports 海洋经济促进条例 > 海洋经济",
        reason="对X给予补贴 is read for the document's own policy only",
    ),
    weak(
        "《文化产业促进法》为动漫、游戏产业提供资金扶持。",
        "supports 文化产业促进法 > 动漫=动漫产业、游戏产业=游戏",
        "?supports 文化产业促进法 > 文化产业",
        reason="为X提供资金扶持 is not read",
    ),
    weak(
        "《农业机械化行动方案》将丘陵农机列为重点支持领域。",
        "supports 农业机械化行动方案 > 丘陵农机",
        reason="将X列为重点 is not read",
    ),
    weak(
        "十年禁渔政策限制了江河捕捞业。",
        "restricts 十年禁渔政策=十年禁渔 > 江河捕捞业=捕捞业",
        reason="a policy named by its form (X政策) is not the subject of 限制",
    ),
    row(
        "按照《智慧养老行动计划》部署，各地加快培育康复辅具产业。",
        "supports 智慧养老行动计划 > 康复辅具产业=康复辅具",
        "?supports 智慧养老行动计划 > 智慧养老",
    ),
    row("《远洋渔业规划》强调不搞大规模造船。", "?supports 远洋渔业规划 > 远洋渔业"),
    row("《节能法》对水泥业没有影响。"),
    row("一些地方盲目发展光伏产业，造成浪费。"),
    row("市场需求带动无人机产业快速发展。"),
    row("《海岛志》记载，岛上曾发展晒盐业。"),
    weak(
        "《家政条例》鼓励家政企业员工制发展，支持社区托育服务业。",
        "supports 家政条例 > 社区托育服务业=托育服务业=托育服务",
        "?supports 家政条例 > 家政=家政业",
        reason="鼓励 X发展 of a system of employment is read as a field",
    ),
    row("我省实施康养产业倍增计划，投入资金十亿元。", "supports 康养产业倍增计划 > 康养产业=康养"),
    row("“蓝色粮仓”工程重点支持深远海养殖。", "supports 蓝色粮仓工程=蓝色粮仓 > 深远海养殖"),
    row("省委全会强调，大力发展现代海洋渔业。", "supports 省委全会 > 现代海洋渔业=海洋渔业"),
    row("中央经济工作会议提出，打造生物制造、商业航天等新增长引擎。", "supports 中央经济工作会议 > 生物制造、商业航天"),
    weak(
        "党的二十届三中全会提出，健全支持文化产业发展的体制机制。",
        "supports 二十届三中全会=党的二十届三中全会 > 文化产业",
        reason="a meeting that sets the direction is no policy unless a leader speaks",
    ),
    weak(
        "《海岸带条例》禁止新建围海养殖项目。",
        "restricts 海岸带条例 > 围海养殖=围海养殖项目",
        reason="新建 stays in the name of what is restricted",
    ),
    row("《规划》出台后，造船业迎来机遇。"),
    row("该校开设了海洋工程专业。"),
    row("某国对芯片产业实施出口管制。"),
    weak("《关于控烟的决定》对烟草行业作出限制。", "restricts 关于控烟的决定 > 烟草行业=烟草", reason="对X作出限制 is not read"),
]


@pytest.mark.parametrize(("text", "expected"), DEFINITIONS)
def test_definitions(text: str, expected: tuple[str, ...]) -> None:
    assert relation_agrees(claims_of(made(text)), expected, "defines") == AGREED


@pytest.mark.parametrize(("text", "expected"), INCLUSIONS)
def test_inclusions(text: str, expected: tuple[str, ...]) -> None:
    assert relation_agrees(claims_of(made(text)), expected, "includes", "defines") == AGREED


@pytest.mark.parametrize(("text", "expected"), EVENTS)
def test_events(text: str, expected: tuple[str, ...]) -> None:
    assert events_agree(claims_of(made(text)), expected) == AGREED


@pytest.mark.parametrize(("text", "expected"), POLICIES)
def test_policies(text: str, expected: tuple[str, ...]) -> None:
    assert relation_agrees(claims_of(made(text)), expected, "supports", "restricts") == AGREED
