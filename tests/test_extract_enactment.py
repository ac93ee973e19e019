"""Events of issue: a text beside every step that it tells of, of itself and of what it names, and texts that tell of none."""

from __future__ import annotations

import pytest

from pipeline.model import Name
from tests.extracting import AGREED, Expected, claims_of, events_agree, made, read_text, row

ARTICLES = "第一条　为了保护渔业资源，制定本条例。\n\n第二条　本条例适用于本市沿海水域。\n\n"
ASSEMBLY = "云渡省第二十六届人民代表大会常务委员会第九十一次会议"

# What a text of 10 March 2031 tells of others.
TOLD = [
    row("2031年3月5日，国际渔业组织在日内瓦发布《渔港报告》。", "发布渔港报告 | 2031-03-05 | 日内瓦 | 国际渔业组织"),
    row(
        "2031年3月5日，临澜市政府办公室印发《临澜市冷链物流发展规划》。",
        "印发临澜市冷链物流发展规划 | 2031-03-05 | - | 临澜市政府办公室",
    ),
    row(
        "市水务局于2031年3月5日正式印发了《节水行动方案》和《供水管理办法》。",
        "印发节水行动方案 | 2031-03-05 | - | 市水务局",
        "印发供水管理办法 | 2031-03-05 | - | 市水务局",
    ),
    row("云渡省政府2030年12月出台的《渔业条例》明确了职责。", "出台渔业条例 | 2030-12 | - | 云渡省政府"),
    row(
        "2031年1月，甲省、乙省和丙省三方共同签署《流域共治协议》。",
        "签署流域共治协议 | 2031-01 | - | 甲省、乙省和丙省三方",
    ),
    row(
        "2030年6月，国际渔业组织（IFO）发布《海洋牧场报告》。",
        "发布海洋牧场报告 | 2030-06 | - | 国际渔业组织（IFO）",
    ),
    row("2029年修订的《云渡省种子条例》鼓励育种。", "修订云渡省种子条例 | 2029 | - | -"),
    row("2030年11月，《沿海防护林规划》正式发布。", "发布沿海防护林规划 | 2030-11 | - | -"),
    row(
        "由临澜市商务局牵头起草的《商圈建设指南》（以下简称《指南》）于2031年1月8日正式印发实施。",
        "印发商圈建设指南 | 2031-01-08 | - | -",
    ),
    row("新修订的《临澜市湿地保护条例》自2031年6月1日起施行。", "临澜市湿地保护条例施行 | 2031-06-01 | - | -"),
    row("日前印发的《临澜市养老服务办法》将于今年6月1日正式施行。", "临澜市养老服务办法施行 | 2031-06-01 | - | -"),
    row(
        f"《云渡省数据条例》已于2031年2月20日经{ASSEMBLY}审议通过，自2031年7月1日起施行。",
        f"通过云渡省数据条例 | 2031-02-20 | - | {ASSEMBLY}",
        f"{ASSEMBLY} | 2031-02-20 | - | -",
        "云渡省数据条例施行 | 2031-07-01 | - | -",
    ),
    row(
        "《星澜港条例》由云渡省人大常委会于2031年3月1日通过。该条例自2031年5月1日起施行。",
        "通过星澜港条例 | 2031-03-01 | - | 云渡省人大常委会",
        "星澜港条例施行 | 2031-05-01 | - | -",
    ),
    row("大学生租房补贴自2031年4月1日起执行。", "大学生租房补贴执行 | 2031-04-01 | - | -"),
    row("近日，临澜市印发《冷链物流发展规划》。"),
    row("截至2030年11月，《沿海防护林规划》实施顺利。"),
    row("2030年，省政府先后印发《渔港规划》。", "印发渔港规划 | 2030 | - | 省政府"),
]
# What a document tells of itself: the text as a file.
OWN = [
    row(
        "临澜市2030年国民经济和社会发展统计公报\n\n临澜市统计局\n\n（2031年3月20日）\n\n2030年，全市实现渔业产值120亿元，比上年增长5%。\n",
        "发布临澜市2030年国民经济和社会发展统计公报 | 2031-03-20 | - | 临澜市统计局",
    ),
    row(
        f"临澜市渔业条例\n\n（2021年3月5日临澜市第九届人民代表大会常务委员会第八十四次会议通过　2021年5月27日{ASSEMBLY}批准　"
        f"根据2024年6月1日《关于修改〈临澜市渔业条例〉的决定》第一次修正）\n\n{ARTICLES}第三条　本条例自2021年7月1日起施行。\n",
        "通过临澜市渔业条例 | 2021-03-05 | - | 临澜市第九届人民代表大会常务委员会第八十四次会议",
        "临澜市第九届人民代表大会常务委员会第八十四次会议 | 2021-03-05 | - | -",
        f"批准临澜市渔业条例 | 2021-05-27 | - | {ASSEMBLY}",
        f"{ASSEMBLY} | 2021-05-27 | - | -",
        "修正临澜市渔业条例 | 2024-06-01 | - | -",
        "临澜市渔业条例施行 | 2021-07-01 | - | -",
    ),
    row(
        "海岸公园管理条例\n\n（2031年2月2日经海洋部部务会议审议通过　2031年2月20日海洋部令第8号公布　自2031年4月1日起施行）\n\n"
        f"{ARTICLES}第三条本条例自2031年4月1日起施行。2020年6月13日公布的《海岸公园暂行规定》同时废止。\n",
        "通过海岸公园管理条例 | 2031-02-02 | - | 海洋部部务会议",
        "海洋部部务会议 | 2031-02-02 | - | -",
        "公布海岸公园管理条例 | 2031-02-20 | - | 海洋部",
        "海岸公园管理条例施行 | 2031-04-01 | - | -",
        "公布海岸公园暂行规定 | 2020-06-13 | - | -",
    ),
    row(
        "临澜市人民政府令\n\n第12号\n\n《临澜市供水管理办法》已经2031年2月1日市人民政府第12次专题会议审议通过，现予公布，"
        "自2031年4月1日起施行。\n\n市长　林海\n\n2031年2月10日\n\n临澜市供水管理办法\n\n"
        f"{ARTICLES.replace('条例', '办法')}第三条　本办法自2031年4月1日起施行。\n",
        "公布临澜市供水管理办法 | 2031-02-10 | - | 临澜市人民政府",
        "通过临澜市供水管理办法 | 2031-02-01 | - | 市人民政府第12次专题会议",
        "市人民政府第12次专题会议 | 2031-02-01 | - | -",
        "临澜市供水管理办法施行 | 2031-04-01 | - | -",
    ),
    row(  # in force from the day of issue; the printer's line is no second issue
        "临澜市人民政府关于印发临澜市夜间经济实施方案的通知\n\n临政发〔2031〕5号\n\n各区人民政府，市直各部门：\n\n"
        "《临澜市夜间经济实施方案》已经市政府第3次常务会议审议通过，现予印发，望照此办理。\n\n临澜市人民政府\n\n2031年3月5日\n\n"
        "临澜市夜间经济实施方案\n\n为发展夜间经济，制定本方案。\n\n一、主要任务\n\n发展夜间旅游。\n\n二、附则\n\n"
        "本方案自印发之日起施行，有效期三年。\n\n临澜市人民政府办公室　2031年3月6日印发\n",
        "印发临澜市夜间经济实施方案 | 2031-03-05 | - | 临澜市人民政府",
        "临澜市夜间经济实施方案施行 | 2031-03-05 | - | -",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_what_a_text_tells_of_others(text: str, expected: Expected) -> None:
    assert events_agree(claims_of(made(text, date="2031-03-10")), expected) == AGREED


@pytest.mark.parametrize(("text", "expected"), OWN)
def test_what_a_policy_tells_of_itself(text: str, expected: Expected) -> None:
    assert events_agree(claims_of(read_text(text)), expected) == AGREED


@pytest.mark.parametrize(("who", "kind"), [("临澜市", "Place"), ("江苏省", "Place"), ("临澜市商务局", "Body")])
def test_a_place_that_acts_is_no_body(who: str, kind: str) -> None:
    """Else the place could not be where a policy was issued."""
    (claim,) = claims_of(made(f"2031年3月5日，{who}印发《节水行动方案》。"))
    agent = claim.slots["agent"]
    assert isinstance(agent, Name)
    assert (agent.label, agent.kind) == (who, kind)


def test_the_evidence_holds_who_and_of_what() -> None:
    """Where the body or the title stands before the date, the quotation begins there."""
    text = "去年，市水务局于2031年3月5日印发《节水行动方案》。《沿海防护林规划》自2031年4月1日起施行。"
    quotes = [claim.evidence.quote for claim in claims_of(made(text)) if claim.relation == "event"]
    assert quotes == ["市水务局于2031年3月5日印发《节水行动方案》", "《沿海防护林规划》自2031年4月1日起施行"]
