"""The kind of a document, by each sign: rows of a title, the first lines, and the kind that they make."""

from __future__ import annotations

import pytest

from pipeline.model import DocumentGenre, DocumentKind, Vote
from pipeline.read.kinds import APART, ARTICLES, DUTIES, elected, genre_of, signs_of
from pipeline.read.structure import Draft

PROSE = "云渡市的港口连着三条内河航道，常年有船队在这里过夜，岸边的货栈从清晨到傍晚都有人装卸。"


def drafts_of(text: str) -> list[Draft]:
    """Paragraphs, of which those that open with 第X条 have it as their marker."""
    return [
        Draft("paragraph", line, [(0, 0)], marker=line.split("条")[0] + "条" if line.startswith("第") else "")
        for line in text.split("\n")
    ]


def kind(title: str | None, text: str) -> DocumentKind:
    return elected(signs_of(title, text, drafts_of(text)))[0]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("云渡市绿色航运促进条例", "regulation"),
        ("云渡市内河船舶管理办法（试行）", "regulation"),
        ("《云渡市港口章程》", "regulation"),
        ("云渡市航道法", "regulation"),
        ("云渡市绿色航运三年行动计划（2024—2026年）", "plan"),
        ("云渡市防汛应急预案", "plan"),
        ("关于促进内河航运的若干措施", "measures"),
        ("云渡市支持船舶工业十八条", "measures"),
        ("云渡市交通运输局关于做好防汛工作的通知", "measures"),
        ("2023年云渡市统计公报", "report"),
        ("云渡市内河航运白皮书", "report"),
        ("云渡市政府工作报告", "report"),
        ("关于云渡市港口条例（草案）的说明", "report"),
        ("在全市航运大会上的讲话", "article"),
        ("《云渡市港口条例》解读", "article"),
        ("沈某诉云渡市港务局行政协议案", "other"),
        ("云渡市人民政府关于北山港区规划的批复", "other"),
        ("关于表彰先进船队的决定", "other"),
        ("云渡市航道疏浚项目公开招标公告", "other"),
        ("船员拟录用人员名单公示", "other"),
        ("港口作业安全手册", "other"),
        ("船员社保办理常见问题解答", "other"),
        ("深度学习算法", "article"),  # 法 is no law here
        ("基于蚁群的船舶路径规划", "article"),  # a study plans nothing
        ("保障措施", "article"),  # the heading of a section
        ("云渡市内河航运专题会议纪要", "other"),
        ("《港口管理学》课程教学大纲", "other"),
        ("云渡市港务局2023年工作总结和2024年工作计划", "report"),
        ("中共云渡市委关于制定第十五个五年规划的建议", "plan"),
        ("内河航行权协定", "regulation"),
        ("调整规则", "article"),  # as short as the heading of a section
        ("港口的清晨", "article"),
    ],
)
def test_the_last_words_of_the_title(title: str, expected: DocumentKind) -> None:
    assert kind(title, PROSE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("为促进内河航运，根据有关法律，结合本市实际，制定本条例。", "regulation"),
        ("为促进内河航运，编制本规划。", "plan"),
        ("为提升港口能力，结合本市实际，制定本行动方案。", "plan"),
        ("为促进内河航运，现提出如下意见。", "measures"),
        ("为做好防汛工作，现就有关事项通知如下：", "measures"),
        ("为介绍云渡航运的实践，特发布本白皮书。", "report"),
        ("本规划路上走一走，沿岸都是新修的步道。", "unknown"),  # says nothing of itself
        ("他们在会上提出了一些意见。", "unknown"),
    ],
)
def test_the_name_by_which_a_text_calls_itself(text: str, expected: DocumentKind) -> None:
    assert kind(None, text) == expected


@pytest.mark.parametrize(
    ("line", "least", "expected"),
    [
        ("第{}条 船舶进港应当报告。", ARTICLES, "regulation"),
        ("{}、加快疏浚航道。（责任单位：市交通运输局）", DUTIES, "measures"),
    ],
)
def test_articles_and_duties_from_so_many_on(line: str, least: int, expected: DocumentKind) -> None:
    lines = [line.format(number) for number in "一二三四五"]
    assert kind(None, "\n".join(lines[:least])) == expected
    assert kind(None, "\n".join(lines[: least - 1])) != expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("云渡市仲裁委员会", "仲裁裁决书\n申请人苏某提出请求。", "other"),
        (None, "云渡市人大常委会关于保护岸线的决定（2023年10月27日通过）为了保护岸线，作出决定。", "measures"),
        (None, "政策\n规划\n公告\n云渡港今天没有船。", "unknown"),  # words of a menu
        ("云渡港", "会上传达了《云渡市航运条例》\n云渡港今天没有船。", "article"),
    ],
)
def test_a_line_of_the_head_tells_where_the_title_does_not(title: str | None, text: str, expected: DocumentKind) -> None:
    assert kind(title, text) == expected


def test_articles_in_a_text_that_has_lost_its_lines() -> None:
    text = "总则第一条为规范引航，制定规则。第二条引航员应当持证。第三条引航费由船方支付。"
    assert kind(None, text) == "regulation"
    assert kind(None, text.replace("第三条", "另外，")) == "unknown"
    assert kind(None, "依照港口法第一条的规定、第二条的规定、第三条的规定处理。") == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "上诉人：沈某。\n本院认为，承运人应当赔偿。",
        "行政处罚\n如不服本处罚决定，可以申请行政复议。",
        "规范性引用文件\n本标准规定了缆绳的试验方法。",
        "甲方：云渡港集团\n乙方：海岳公司\n本合同自签字之日起生效。",
        "学习目标\n了解航道的分级。\n复习思考题\n什么是航道？",
        "外文名\nPort of Yundu\n参考资料",
        "采购人：云渡市港务局\n投标截止：下午三点",
        "您提出的建议收悉。\n现答复如下：感谢您的关心。",
        "证券代码：600999\n本公司董事会保证内容真实。",
        "申请材料\n身份证\n咨询电话：见官网",
    ],
)
def test_what_states_no_policy(text: str) -> None:
    assert kind("云渡港", text) == "other"
    assert kind("云渡市港口管理办法", text + "\n为管理港口，制定本办法。") == "regulation"  # which may name such things


def test_one_mark_of_a_group_is_not_enough() -> None:
    assert min(APART) == 2
    assert kind("云渡港", "甲方是谁，大家并不关心。") == "article"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("云渡港开通新航线", "新华社云渡3月5日电（记者孟某）船队启航。", "news"),
        ("潮起云渡", "2024-03-05 来源：临澜日报\n船队启航。", "news"),
        ("联播快讯", "港口恢复通航。", "news"),
        ("港口见闻", PROSE, "news"),
        ("灯火", "“今晚要装完。”老苗说。\n据了解，这条船赶潮水。", "news"),
        ("灯火", "日前，记者走进港口，看到塔吊林立。", "news"),
        ("灯火", "近日，海面平静。", "article"),  # one word that reporters write is not enough
        ("全国航运大会召开的意义何在", "航运大会的意义在于凝聚共识。", "news"),  # the title tells what happened
        (
            "云渡港提前下达疏浚任务资金三百万元",
            "近日，云渡市港务局提前下达航道疏浚任务资金三百万元，支持全市十七个县区的二十九个小型航道项目建设。",
            "news",
        ),
        ("希望的田野", "“我们村今年又添了两条船，日子越过越红火。”老苗说。“航道修好以后，出门再也不用绕路了。”老罗说。", "news"),
        ("航运的力量", f"来源：临澜日报\n{'港口应当开放，航道必须畅通，船队需要更新。' * 2}", "article"),
        ("人民时评：让港口更有温度", "近日，记者在港口看到长队。", "article"),
        ("骆某某：把航运做强", "来源：临澜日报\n我们要做强航运，我们必须久久为功。", "article"),
        ("航运的根基", "来源：临澜日报\n港口是根基。\n（作者系云渡市港务局局长）", "article"),
        ("云渡市航运规划", "新华社云渡3月5日电 全文如下。\n来源：新华网", "plan"),  # a paper that prints a plan
        ("就《云渡市港口条例》答记者问", "问：为什么立法？\n答：为了安全。", "article"),
        ("促进航运若干措施", "各位记者，大家上午好，欢迎参加发布会。", "article"),
    ],
)
def test_the_press_and_those_who_sign(title: str, text: str, expected: DocumentKind) -> None:
    assert kind(title, text) == expected


def test_scholars() -> None:
    assert kind("云渡港的航运规划", "摘要：本文研究港口。\n关键词：港口；航运") == "paper"
    assert kind("云渡港的航运规划", "关键词：港口；航运") == "plan"
    drafts = [Draft("reference", "[1] 某某. 港口史[M].", [(0, 0)])]
    assert elected(signs_of("云渡港的历史", PROSE, drafts))[0] == "paper"
    assert kind("冷链研究", "临澜大学硕士学位论文\n指导教师：窦某\n摘要\n本文研究冷链。") == "paper"


@pytest.mark.parametrize(("title", "text"), [(None, ""), (None, "2024"), ("", "。")])
def test_nothing_tells(title: str | None, text: str) -> None:
    assert kind(title, text) == "unknown"


def test_every_sign_is_told() -> None:
    text = "为促进航运，制定本条例。"
    told = [(sign.kind, sign.name) for sign in signs_of("云渡市航运条例", text, drafts_of(text))]
    assert told == [("regulation", "title"), ("regulation", "own name"), ("article", "text")]


def test_votes_are_ranked() -> None:
    text = "为促进航运，制定本条例。"
    chosen, votes = elected(signs_of("云渡市航运条例", text, drafts_of(text)))
    assert chosen == "regulation"
    assert votes == (Vote("regulation", 11, ("title", "own name")), Vote("article", 1, ("text",)))
    assert elected([]) == ("unknown", ())


@pytest.mark.parametrize(
    ("title", "text", "genre"),
    [
        ("2023年云渡市统计公报", PROSE, "communique"),
        ("云渡市内河航运白皮书（2023年）", PROSE, "white paper"),
        ("在全市航运大会上的讲话", PROSE, "speech"),
        ("《云渡市港口条例》政策解读", PROSE, "interpretation"),
        ("沈某与海岳公司运输合同纠纷案", PROSE, "judgment"),
        ("云渡港", "本院认为，应当赔偿。\n判决如下：", "judgment"),
        ("缆绳试验方法", "本标准规定了缆绳的试验方法。\n规范性引用文件", "standard"),
        ("船舶租赁合同", PROSE, "contract"),
        ("第三章 航道", "学习目标\n思考题", "textbook"),
        ("岸电", "外文名\n参考资料", "encyclopedia"),
        ("云渡市公报管理办法", PROSE, None),
        ("骆某某发表讲话", PROSE, None),  # told of, not given
        ("云渡市合同管理办法", "甲方和乙方应当签订书面合同。", None),
        (None, "", None),
    ],
)
def test_genres(title: str | None, text: str, genre: DocumentGenre | None) -> None:
    chosen, votes = elected(signs_of(title, text, drafts_of(text)))
    assert genre_of(title, chosen, votes) == genre
