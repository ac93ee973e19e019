"""What troubles real documents, each in a document of our own: title, kind, number, issuer, date and works come out right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipeline.model import Document, DocumentKind
from pipeline.read import read
from tests.test_read_repair import check_offsets

TITLE = "云渡市冷链物流发展行动方案（2025—2027年）"
NOTICE_TITLE = f"云渡市人民政府办公室关于印发{TITLE}的通知"
NOTICE = f"""{NOTICE_TITLE}
云政办发〔2025〕16号
各县区人民政府，市直各单位：
《{TITLE}》已经市政府同意，现印发给你们，请认真组织实施。
云渡市人民政府办公室
2025年4月8日
"""
AIM = "坚持市场主导、政府引导，到2027年建成冷库五十座，冷链流通率达到百分之四十。"
STORES = "支持企业在港区建设骨干冷库，对新增库容给予补助，每座最高三百万元。"
TRUCKS = "鼓励企业购置冷藏车辆，完善城乡配送网络，培育一批专业化运营主体。"
DUTY = "市商务局要加强统筹协调，各县区要落实主体责任，确保各项任务落到实处。"
BODY = f"""为加快发展冷链物流，结合本市实际，制定本方案。
一、总体要求
{AIM}
二、主要任务
（一）建设骨干冷库。{STORES}
（二）发展冷藏运输。{TRUCKS}
三、保障措施
{DUTY}
"""
WRAPPED = """为加快发展冷链物流，健全从产地到餐桌的全程温控体
系，更好保障城乡居民食品安全，结合本市实际，制定本方
案。
一、总体要求
坚持市场主导、政府引导，完善基础设施，提升服务水平，
到2027年建成冷库五十座，冷链流通率达到百分之四十，农
产品损耗率明显下降。
二、主要任务
（一）建设骨干冷库。支持企业在港区建设骨干冷库，对新
增库容给予补助，每座最高三百万元，资金由市县两级按照
六比四的比例分担。
"""
MEASURES = "岚溪县促进茶产业发展若干措施"
MEASURES_BODY = f"""为促进茶产业发展，制定以下措施。
一、支持茶园改造。对连片改造的茶园给予补贴，每亩一千元。
二、支持茶企上市。{TRUCKS}
三、支持品牌建设。{DUTY}
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be read; `works` as (role, title), the main one alone where not given."""

    title: str | None
    kind: DocumentKind
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    works: tuple[tuple[str, str], ...] = ()


OFFICE, NUMBER, DAY = "云渡市人民政府办公室", "云政办发〔2025〕16号", "2025-04-08"
BOTH = (("notice", NOTICE_TITLE), ("work", TITLE))
PLAN = Said(TITLE, "plan", NUMBER, OFFICE, DAY, BOTH)
BARE = Said(TITLE, "plan")
TEA = Said(MEASURES, "measures", "岚政规〔2024〕3号", "岚溪县人民政府", "2024-05-06")

TROUBLES: dict[str, tuple[str, Said]] = {
    "title twice": (f"{MEASURES}\n{MEASURES}\n岚政规〔2024〕3号\n{MEASURES_BODY}岚溪县人民政府\n2024年5月6日\n", TEA),
    "notice before the plan": (f"{NOTICE}{TITLE}\n{BODY}", PLAN),
    "hard line wraps": (f"{NOTICE}{TITLE}\n{WRAPPED}", PLAN),
    "marks of a tool": (
        f"<!-- converted -->\n\n![logo](images/1.png)\n\n# **{NOTICE_TITLE}**\n\n"
        + "\n\n".join(NOTICE.split("\n")[1:])
        + f"\n\n<!-- page 2 -->\n\n# **{TITLE}**\n\n"
        + BODY.replace("\n", "\n\n").replace("一、总体要求", "**一、总体要求**"),
        PLAN,
    ),
    "widgets of a page": (
        "当前位置：首页 > 政务公开 > 政策文件\n打印 收藏 分享\n【字体：大 中 小】\n扫一扫\n"
        + f"{NOTICE}{TITLE}\n{BODY}打印本页\n关闭窗口\n",
        PLAN,
    ),
    "title three times before the text": (f"{TITLE}\n名称：{TITLE}\n{NOTICE}{TITLE}\n{TITLE}\n{BODY}", PLAN),
    "numbers and marks of pages": (
        (f"{NOTICE}— 1 —\n{TITLE}\n{BODY}").replace("二、主要任务", "— 2 —\n# Page 3:\n二、主要任务") + "第 3 页 共 3 页\n",
        PLAN,
    ),
    "title over lines": (
        "云渡市人民政府办公室关于印发云渡市冷链物流\n发展行动方案（2025—2027年）的通知\n"
        + NOTICE.partition("\n")[2]
        + f"云渡市冷链物流发展行动方案\n（2025—2027年）\n{BODY}",
        PLAN,
    ),
    "halves of a title": ("云渡市冷链物流发展\n行动方案\n（2025—2027年）\n" + BODY, BARE),
    "half-width punctuation": (
        f"{NOTICE}{TITLE}\n{BODY}".translate(str.maketrans("，：（）；", ",:();")),
        Said(
            TITLE.translate(str.maketrans("（）", "()")),
            "plan",
            NUMBER,
            OFFICE,
            DAY,
            tuple((role, title.translate(str.maketrans("（）", "()"))) for role, title in BOTH),
        ),
    ),
    "values below their labels": (
        f"索引号：\nYD010/2024-00031\n发文机关：\n岚溪县人民政府\n标题：\n{MEASURES}\n发文字号：\n岚政规〔2024〕3号\n成文日期：\n2024年5月6日\n"
        f"发布日期：\n2024年5月9日\n{MEASURES}\n{MEASURES_BODY}",
        TEA,
    ),
    "blanks inside dates and numbers": (
        f"{NOTICE}{TITLE}\n{BODY}".replace("2025年4月8日", "2025 年 4 月 8 日")
        .replace(NUMBER, "云政办发 〔 2025 〕 16 号")
        .replace("五十座", " 50 座"),
        PLAN,
    ),
    "debris of formulas": (
        f"{NOTICE}{TITLE}\n{BODY}".replace("百分之四十", "$4 0 \\%$").replace(
            "云政办发〔2025〕16号", "云政办发 $[ 2 0 2 5 ]$ 16号"
        ),
        Said(TITLE, "plan", "云政办发[2025]16号", OFFICE, DAY, BOTH),
    ),
    "released to the public": (f"{NOTICE}（此件公开发布）\n{TITLE}\n{BODY}", PLAN),
    "links after the text": (
        f"{NOTICE}{TITLE}\n{BODY}相关解读\n一图读懂冷链物流行动方案\n版权所有：云渡市人民政府\n网站标识码：3300000001\n",
        PLAN,
    ),
    "odd blanks and entities": (
        f"{NOTICE}{TITLE}\n{BODY}".replace("云渡市冷链", "云渡市\u200b冷链")
        .replace("云渡市人民政府办公室\n2025", "\xa0\xa0云渡市人民政府办公室&nbsp;\n\ufeff2025")
        .replace("一、总体", "&emsp;一、总体"),
        PLAN,
    ),
    "a blank line after every line": (f"{NOTICE}{TITLE}\n{WRAPPED}".replace("\n", "\n\n"), PLAN),
    "who is responsible": (
        f"{NOTICE}{TITLE}\n"
        + BODY.replace("三百万元。", "三百万元。（责任单位：市商务局、市财政局）").replace(
            "主体。", "主体。（市交通局牵头，市公安局配合）"
        ),
        PLAN,
    ),
    "annexes": (
        f"{NOTICE}附件：1.重点任务分工表\n2.名词解释\n{TITLE}\n{BODY}附件1\n重点任务分工表\n任务一由市商务局负责。\n附件2\n名词解释\n冷链是指全程温控的物流。\n",
        PLAN,
    ),
    "no title": (
        "各县区人民政府，市直各单位：\n为做好冷库安全工作，现就有关事项通知如下。\n一、开展检查。"
        f"{DUTY}\n二、落实整改。{DUTY}\n云渡市应急管理局\n2025年6月1日\n",
        Said(None, "measures", None, "云渡市应急管理局", "2025-06-01"),
    ),
    "running lines": (
        f"{TITLE}\n{BODY}"
        + "".join(
            f"云渡市人民政府公报\n（{n}）{title}。{TRUCKS * 2}\n" + f"{STORES}\n" * 9
            for n, title in zip("三四五六", "检测 培训 用地 用电".split(), strict=True)
        ),
        BARE,
    ),
    "headings glued to the text": (
        f"{NOTICE}{TITLE}\n" + BODY.replace("一、总体要求\n", "一、总体要求").replace("三、保障措施\n", "三、保障措施"),
        PLAN,
    ),
    "every line twice": ("".join(f"{line}\n{line}\n" for line in f"{NOTICE}{TITLE}\n{BODY}".strip().split("\n")), PLAN),
    "title and abstract in English": (
        "港口冷链的空间格局\n林望舒  周岚\n（云渡大学 经济学院，云渡 400044）\n"
        "摘要：本文讨论港口冷链的空间格局，认为腹地是格局形成的原因。\n"
        "关键词：港口；冷链\n"
        "The Spatial Pattern of Cold Chains at Ports\nLIN Wangshu, ZHOU Lan\n(Yundu University, Yundu 400044)\n"
        "Abstract: This paper discusses the spatial pattern of cold chains at ports and how it is formed by the hinterland.\n"
        f"一、引言\n{AIM}\n{TRUCKS}\n参考文献\n[1] 林远. 海湾贸易史[M]. 云渡: 海湾出版社, 2019.\n",
        Said("港口冷链的空间格局", "paper"),
    ),
    "menus before the title": (
        "首页\n政务公开\n政务服务\n互动交流\n无障碍\n登录\n注册\n政策文件\n公示公告\n领导之窗\n"
        + f"{MEASURES}\n岚政规〔2024〕3号\n{MEASURES_BODY}岚溪县人民政府\n2024年5月6日\n",
        TEA,
    ),
    "look-alikes of radicals": (f"{NOTICE}{TITLE}\n{BODY}".replace("行动", "⾏动").replace("人民", "⼈⺠"), PLAN),
    "contents before the text": (
        f"{TITLE}\n目录\n一、总体要求………1\n二、主要任务………2\n（一）建设骨干冷库………2\n（二）发展冷藏运输………3\n三、保障措施………4\n{BODY}",
        BARE,
    ),
    "captions of photographs": (
        f"云渡港开通首条冷链班列\n本报记者 林望舒\n2025年6月3日，工人在云渡港装卸冷藏箱。周岚摄\n"
        f"本报云渡6月3日电（记者林望舒）云渡港3日开通首条冷链班列，每周两班。\n"
        f"冷链班列由云渡开往岚溪。李远摄\n{TRUCKS}\n",
        Said("云渡港开通首条冷链班列", "news"),
    ),
    "date in Chinese numerals": (
        f"{MEASURES}\n岚政规〔2024〕3号\n{MEASURES_BODY}岚溪县人民政府\n二〇二四年五月六日\n",
        TEA,
    ),
    "fields after the text": (
        f"{MEASURES}\n{MEASURES_BODY}发文机关：岚溪县人民政府\n发文字号：岚政规〔2024〕3号\n成文日期：2024年5月6日\n",
        TEA,
    ),
    "page of another body and of another year": (
        f"发布机关：石渚区档案馆\n发布日期：2038-11-02\n成文日期：2024-05-06\n{MEASURES}\n岚政规〔2024〕3号\n{MEASURES_BODY}岚溪县人民政府\n2024年5月6日\n",
        TEA,
    ),
}
MARKDOWN = frozenset({"marks of a tool"})


def make(folder: Path, text: str, *, markdown: bool = False) -> Document:
    path = folder / ("扫描件.md" if markdown else "扫描件.txt")
    path.write_text(text, "utf-8")
    return read(path, folder)


def said(document: Document) -> Said:
    works = tuple((work.role, work.title or "") for work in document.works)
    return Said(document.title, document.kind, document.number, document.issuer, document.date, works)


def test_each_trouble_has_its_document() -> None:
    assert len(TROUBLES) == 31


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_trouble_costs_nothing(tmp_path: Path, trouble: str) -> None:
    text, expected = TROUBLES[trouble]
    document = make(tmp_path, text, markdown=trouble in MARKDOWN)
    assert said(document) == replace(expected, works=expected.works or (("work", expected.title or ""),))
    check_offsets(document)
