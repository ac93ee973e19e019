"""The words and patterns by which the kind of a document is told. No logic lives here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import DocumentKind
from pipeline.patterns import lazy
from pipeline.read.words import Sought, Words

# ---- the name by which a text calls itself ----
DELIVERED = Sought(
    lazy("向大会(?:作)?(?:政府工作)?报告(?:政府)?工作|作政府工作报告|向大会作政府工作报告"), ("向大会", "作政府工作报告")
)
# Each alternative opens with a letter: patterns over a whole text are scanned for fast so.
_RULES = "条例|办法|规定|细则|规则|准则|规程|制度|章程"
_PLANS = "(?:[\u4e00-\u9fff]{0,4}(?:规划|计划|方案|纲要|预案))"
OWN_NAMES: tuple[tuple[DocumentKind, Sought], ...] = (
    (
        "regulation",
        Sought(
            lazy(rf"制定本(?:实施)?(?:{_RULES}|法)|本(?:实施)?(?:{_RULES}|法)(?:所称|适用|自|由[^。]{{2,30}}解释)"),
            ("制定本", "本实施", "本法", *(f"本{rules}" for rules in _RULES.split("|"))),
        ),
    ),
    (
        "plan",
        Sought(
            lazy(
                rf"制定本{_PLANS}|编制本{_PLANS}|制订本{_PLANS}|形成本{_PLANS}"
                "|本(?:规划|计划|方案|纲要|预案|行动方案|行动计划)(?:自|由|实施|明确|提出|的实施|期)"
            ),
            "制定本 编制本 制订本 形成本 本规划 本计划 本方案 本纲要 本预案 本行动".split(),
        ),
    ),
    (
        "measures",
        Sought(
            lazy(
                r"制定(?:以下|如下|本)[\u4e00-\u9fff]{0,6}(?:意见|措施|政策|举措)|提出(?:以下|如下|本)[\u4e00-\u9fff]{0,6}(?:意见|措施|政策|举措)|出台(?:以下|如下|本)[\u4e00-\u9fff]{0,6}(?:意见|措施|政策|举措)|本(?:意见|措施|政策措施|政策)自"
                r"|现(?:就|将)[^。\n]{4,80}(?:通知|通告|公告)如下"
            ),
            (
                "制定以下 制定如下 制定本 提出以下 提出如下 提出本 出台以下 出台如下 出台本 "
                "本意见自 本措施自 本政策措施自 本政策自 通知如下 通告如下 公告如下"
            ).split(),
        ),
    ),
    (
        "report",
        Sought(
            lazy(
                "发布了?本(?:报告|白皮书|蓝皮书|公报)|编写了?本(?:报告|白皮书|蓝皮书|公报)|撰写了?本(?:报告|白皮书|蓝皮书|公报)|形成了?本(?:报告|白皮书|蓝皮书|公报)|本(?:报告|白皮书|蓝皮书)(?:从|以|由|共|旨在|分为|认为)"
            ),
            ("本报告", "本白皮书", "本蓝皮书", "本公报"),
        ),
    ),
)
CLAUSES = lazy(r"第([一二三])条(?!第|的|规定)")  # opens an article, also in a text that has lost its lines
DUTIES = lazy(r"[（(](?:责任|牵头|配合)(?:单位|部门|处室)")  # closes a measure
FIRST_CLAUSES = ("第一条", "第二条", "第三条")

# ---- texts that state no policy: of each group two signs are asked, each one of several words ----
_APART: dict[str, tuple[str, ...]] = {
    "court": (
        "本院认为 本委认为",
        "判决如下 裁定如下 裁决如下",
        "审判长 审判员 仲裁员",
        "被申请人： 上诉人： 被告： 被告（ 原告：",
        "裁判要点 裁判理由",
    ),
    "penalty": ("行政处罚", "当事人：", "不服本决定 不服本处罚决定 申请行政复议", "本决定书 本机关决定"),
    "standard": ("本标准规定 本标准适用 本标准按照 本文件规定 本文件适用 本文件按照", "规范性引用文件", "归口", "ICS"),
    "contract": ("甲方", "乙方", "本合同 本协议", "违约责任", "合同编号"),
    "textbook": (
        "学习目标 教学目标 学习要点",
        "思考题 课后习题 练习题",
        "本章小结 本章要点",
        "章前导语 章前引例 本章导读",
        "学分",
        "考核方式 考核方法",
    ),
    "encyclopedia": ("参考资料", "外文名 中文名 英语：", "词条 百科", "历史沿革", "外部链接"),
    "tender": ("招标 磋商 询价", "投标 供应商", "采购人", "预算金额 最高限价", "开标 开启时间"),
    "reply": ("建议收悉 提案收悉 建议》收悉 提案》收悉", "答复如下", "感谢您", "委员： 代表："),
    "company": ("证券代码", "本公司董事会", "公告编号", "股东大会"),
    "manual": ("办理材料 申请材料", "咨询电话 办理地点", "常见问题", "温馨提示 郑重提示", "客户： 用户： 旅客：", "我行 我司"),
}
APART_WORDS = {name: [sign.split() for sign in signs] for name, signs in _APART.items()}

# ---- the press ----
NEWS_LINE = lazy(
    r"(?:新华社|中新(?:社|网)|央视网|央广网|人民网|新华网|光明网|本报|本网|本台|[\u4e00-\u9fff]{2,8}(?:日报|晚报|新闻网)|[\u4e00-\u9fff]{2,4}社)"
    r"[^\n。，：:]{0,24}?(?:[电讯]|消息|报道|[（(].{0,16}记者)"
    r"|[（(](?:[^）)\n]{0,12}记者|通讯员)[^）)\n]{2,40}[）)]|(?:本报|新华社|实习)?记者[ \u3000：:][\u4e00-\u9fff]"
)
NEWS_WORDS = ("电", "讯", "消息", "报道", "记者")  # one of which such a line has
SOURCE = lazy(r"(?:来源|稿源|发布人|信息来源)\s*[：:]\s*\S{0,20}(?:网|报|社|台|新闻|客户端|中心|APP|app|央视|通讯)")
HAPPENED = lazy(
    "出席|举行|召开|举办|开幕|闭幕|考察|调研|会见|会谈|启动|亮相|落户|开工|通车|投产|首创|签约|揭牌|助力|强调|主持|快讯|发布会"
)
DATED_EVENT = lazy(
    r"[^。\n]{0,40}?(?:\d{4}年)?\d{1,2}月\d{1,2}日[^。\n]{0,60}"
    r"(?:召开|举行|举办|开幕|闭幕|启动|会见|考察|调研|发布|在[^。，\n]{2,20}(?:会|行))"
)
PRESS = lazy("(?:快讯|简讯|联播|要闻|速递|早报|一周回顾|见闻|侧记|纪实|掠影|巡礼|特写|手记|速写|经验做法)$")
COLUMN = lazy(r"^(?:[^丨｜|\n]{2,16}[丨｜|]|【[^】\n]{4,20}】)[^\n]{4,}")  # of a paper, before a headline
REPORTED = {  # what reporters write, and few others
    "recent": "近日 日前 连日来 今天（ 今天( 昨天（ 昨天( 今日 昨日 日上午 日下午 日晚上".split(),
    "learned": "据了解 据悉 据介绍 据报道 获悉 了解到".split(),
    "reporter": "记者在 记者从 记者看到 记者走进 记者来到 记者采访 记者了解 记者注意 告诉记者 向记者 对记者".split(),
}
LEAD = lazy(r"(?:近日|日前|连日来|\d{1,2}月\d{1,2}日)[，,\u4e00-\u9fff]")  # opens the first paragraph of news
QUOTED = lazy("“[^”“\n]{12,}[。！？，]”")  # what somebody says, in whole sentences
_SAYING = tuple(word + mark for word in ("说", "表示", "介绍", "告诉记者", "坦言", "感慨") for mark in "，。：,:")
SAYS = Sought(lazy("(?:说|表示|介绍说|告诉记者|坦言|感慨)[，。：]"), _SAYING)
SAID_SO = Sought(
    lazy(
        r"”[^。”“\n]{0,30}(?:说|表示|介绍|告诉记者|感慨)。|说[：:，,]\s?“|介绍[：:，,]\s?“|告诉记者[：:，,]\s?“|坦言[：:，,]\s?“"
    ),
    _SAYING,
)
# ---- those who sign what they think ----
SIGNED = Sought(
    lazy(r"（(?:本文)?作者(?:系|为|是|单位|分别)|\((?:本文)?作者(?:系|为|是|单位|分别)|作者单位[：:]|本文作者"),
    ("作者系", "作者为", "作者是", "作者单位", "作者分别", "本文作者"),
)
OPINION = lazy("评论员|时评|社论|评论[：:]|论坛[：:]|观察[：:]|笔者|编者按")
URGED = Sought(
    lazy("我们(?:要|必须|应当?|应该)|同志们|各位(?:来宾|嘉宾|代表|同事|朋友)"),
    ("我们要", "我们必须", "我们应", "同志们", "各位"),
)
OUGHT = lazy("应该|应当|应(?=[适进加以在])|必须|有必要|不妨|理应|不应|不能|需要|要(?=[加强坚持推把以在从])|既要|更要|还要")
PERSON = lazy(r"^[\u4e00-\u9fff]{2,4}[：:](?!.*(?:记者|发布会))")  # 骆某某：把实体经济做强
TALK = Sought(
    lazy("(?P<said>记者朋友们|女士们、先生们|各位记者|答记者问)|新闻发布会"),
    ("记者朋友们", "女士们、先生们", "各位记者", "答记者问", "新闻发布会"),
)
# All words that are looked for in a whole text.
WORDS = Words(
    [
        *(word for signs in APART_WORDS.values() for words in signs for word in words),
        *(word for words in REPORTED.values() for word in words),
        *(word for sought in (DELIVERED, SAYS, SIGNED, URGED, TALK, *(named for _, named in OWN_NAMES)) for word in sought.words),
        *FIRST_CLAUSES,
    ]
)

# ---- scholars ----
_ABSTRACT = lazy(r"(?m)^[【\[［]?(?:摘\s*要|内容提要|内容摘要)")
_KEYWORDS = lazy(r"(?m)^.{0,2}键\s?词|^关键字")
_AFFILIATION = lazy(r"(?:院|所|大学|学系|实验室|站)[^\n。]{0,24}[，, ]?\s*\d{6}")
SCHOLARS: tuple[tuple[str, re.Pattern[str] | None, Sequence[str]], ...] = (  # of words without a pattern one is enough
    ("abstract", _ABSTRACT, ("摘", "内容提要")),
    ("keywords", _KEYWORDS, ("键",)),
    ("affiliation", _AFFILIATION, ("院", "所", "大学", "学系", "实验室", "站")),
    ("fund", None, ("基金项目", "基金资助", "资助项目")),
    ("class", None, "中图分类号 文献标识码 文章编号 DOI doi: 收稿日期 作者简介 通讯作者 通信作者".split()),
    ("references", None, ("[J]", "[M]", "[D]", "[C]", "[EB/OL]", "[R]")),
    ("thesis", None, [*(f"{degree}{of}论文" for degree in ("学士", "硕士", "博士", "毕业") for of in ("", "学位")), "指导教师"]),
)
SCHOLAR_WORDS = Words(word for _, _, words in SCHOLARS for word in words)
