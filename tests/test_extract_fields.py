"""What is supported and what is no field: persons, firms, laboratories, results, idioms, and verbs within longer names."""

from __future__ import annotations

import pytest

from tests.extracting import AGREED, claims_of, made, relation_agrees, row

MADE = [
    row("支持渔村青年、退役士官、务工人员等重点群体就业。"),
    row("支持临澜汽车、松涛重工等企业提质增量。"),
    row("支持清江、望月湖实验室发展。"),
    row("做强“望江楼”“千帆渡”两大文旅主轴。"),
    row("布局急救箱等群众可及设备500处。"),
    row("加强审计、统计监督。"),
    row("发展不协调不均衡仍然是临澜最大的市情实际。"),
    row("产业布局初见成效。"),
    row("发展动能和竞争力更强。"),
    row("坚持做优增量、盘活存量。"),
    # The verb is a part of a name.
    row("补贴企业职工串通、谎报产量的，取消资格。"),
    row("对补助名单提出异议的，由渔业部门受理。"),
    row("资助资金差额部分主动退回。"),
    row("扶持对象名单公开。"),
    row("补贴标准另行制定。"),
    row("发展计划司、科技司负责。"),
    row("各区发展试验区管理委员会应当配合。"),
    # And what is supported all the same.
    row("支持储能产业。", "supports 岛屿规划 > 储能产业"),
    row("培育竹编手袋。", "supports 岛屿规划 > 竹编手袋"),
    # 推广, 支持 and 建设 take objects of all kinds.
    row("推广应用值班表。"),
    row("支持灯塔公园。"),
    # What an authority serves and looks after, and what is too wide to be named.
    row("优化码头准入服务、船员签约服务。"),
    row("发展相关配套产业。"),
    row("推进渔船、渔港等数据共享。"),
    row("鼓励以出让、租赁等方式供应。"),
    row("聚焦船员进出、航道秩序等重点领域。"),
    row("聚焦船用材料、渔业保险等重点领域。", "supports 岛屿规划 > 船用材料", "supports 岛屿规划 > 渔业保险"),
    row(
        "推动大数据与物联网、区块链融合发展。",
        "supports 岛屿规划 > 大数据",
        "supports 岛屿规划 > 物联网",
        "supports 岛屿规划 > 区块链",
    ),
    row("聚焦船用材料、渔业保险等企业高频业务。"),
    row("加快订单处理、渔船租赁等环节智能升级。"),
    row("开展首问负责、限时办结等服务。"),
    row("促进渔业促消费活动。"),
    # How it was, and how it is to be.
    row("近年来，海岛旅游业蓬勃发展。"),
    row("到2031年，海岛旅游业蓬勃发展。", "supports 岛屿规划 > 海岛旅游业"),
    # Someone who does something, bodies alone, what is to go, and what is built or applied for.
    row("支持金融机构创新渔业金融产品。"),
    row("鼓励养老机构、物业公司等提供上门照护服务。", "supports 岛屿规划 > 上门照护服务"),
    row("加快淘汰能耗高的老旧农机。"),
    row("推广及相关服务、海洋信息服务适用本细则。"),
    row("加强鱼药生产、鱼饲料销售等监管执法。"),
    row("支持申报中华老字号。"),
    row("构建空中跨岛航路网络。"),
    row("加强船员诚信教育。"),
    row("支持办好渔业机械与船艇博览会。"),
    row("优化邮轮产品和服务。"),
    # Words are not cut in two.
    row("拓展海岛文旅创新场景。", "supports 岛屿规划 > 海岛文旅"),
    # Where it is to be used is none of what is supported.
    row("推动大模型在渔港、码头等领域应用。", "supports 岛屿规划 > 大模型"),
    row("发展“互联网+”等新业态。", "supports 岛屿规划 > 互联网+"),
    row("支持集成电路、人工智能等企业发展。", "supports 岛屿规划 > 集成电路产业=集成电路", "supports 岛屿规划 > 人工智能"),
    row("支持不锈钢产业。", "supports 岛屿规划 > 不锈钢产业"),
    # The verb before a field is no part of its name; what only describes, is none at all.
    row("引导创建渔家酒店、滨海酒店。", "supports 岛屿规划 > 渔家酒店", "supports 岛屿规划 > 滨海酒店"),
    row("鼓励发行渔业债券。", "supports 岛屿规划 > 渔业债券"),
    row("推动船体结构、推进电机等领域关键技术升级。", "supports 岛屿规划 > 船体结构", "supports 岛屿规划 > 推进电机"),
    row("培育改善性住房消费。", "supports 岛屿规划 > 改善性住房消费"),
    row("研发具有智能传感、防水耐盐等功能的新型网箱材料。", "supports 岛屿规划 > 新型网箱材料"),
    # A clause is no name.
    row("鼓励各类创业投资、私募基金投资海藻产业。", "supports 岛屿规划 > 海藻产业"),
    row("支持渔民代表、村民投资海岛旅游。", "supports 岛屿规划 > 海岛旅游"),
    row("鼓励渔业主体充分利用渔情数据服务。"),
    row("支持平台企业创作渔村微短剧。"),
    row("提高海洋制造业占制造业比重。"),
    row("推动各类经营主体参与海鲜零售市场。"),
    row("引导中小微外贸企业发展。", "supports 岛屿规划 > 外贸"),
    # Names keep their head; what is done on a ground or with a system names no field.
    row("加快构建新型电力系统。", "supports 岛屿规划 > 新型电力系统"),
    row("培育渔具交易服务平台。"),
    row("建设远程鱼情服务基地。"),
    row("建设海藻种业基地。", "supports 岛屿规划 > 海藻种业"),
    row("培育工业互联网平台。", "supports 岛屿规划 > 工业互联网"),
    row("优化城际低空客运航线。", "supports 岛屿规划 > 城际低空客运"),
    row("做强浙江4大海工装备产业。", "supports 岛屿规划 > 海工装备产业"),
    row("发展临澜市海水淡化产业。", "supports 岛屿规划 > 海水淡化产业=海水淡化"),
    # Persons, bodies, places, plans, results, slogans, and what is only to be done better.
    row("做强渔业媒体集团。"),
    row("推进渔村文化馆、渔史馆等数字化建设。"),
    row("扶持困难群体。"),
    row("发展“信渔+消费”。"),
    row("发展“物联网+渔业”。", "supports 岛屿规划 > 物联网+渔业"),
    row("进一步加快国际航空港建设步伐。"),
    row("推进交通基础设施建设。"),
    row("推进算力基础设施建设。", "supports 岛屿规划 > 算力基础设施"),
    row("提升海岛诊疗服务能力。"),
    row("攻克关键核心技术。"),
    row("开展海歌大赛、渔鼓演出等文化活动。"),
    row("完善旧渔具等回收网络。"),
    row("推动渔船信用数据与互联网、电子商务等数据的汇聚整合。"),
    # A verb that is a noun, or a part of another word.
    row("依托密码应用网络安全。"),
    row("渔船项目建设交通、养老、医疗等设施。"),
    row("为渔业发展提供决策咨询服务。"),
    row("鼓励提供上门助浴服务。", "supports 岛屿规划 > 上门助浴服务=上门助浴"),
    row("编写渔船应用软件。"),
    row("聚焦初级水产品、加工食品，组织开展执法检查。"),
]


@pytest.mark.parametrize(("text", "expected"), MADE)
def test_fields(text: str, expected: tuple[str, ...]) -> None:
    assert relation_agrees(claims_of(made(text, kind="plan", title="岛屿规划")), expected, "supports") == AGREED
