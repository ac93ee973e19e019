"""What kind of document it is: independent signs vote, and the last words of the title are only the strongest of them.

report, news, paper, plan, measures, regulation, article; other: what states no policy of its own (judgments, standards,
contracts, textbooks, replies, awards). A *sign* is a kind, what speaks for it, and its weight; weights of one kind add up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.model import DocumentGenre, DocumentKind, Vote
from pipeline.read import patterns as p
from pipeline.read.structure import Draft


class Sign(NamedTuple):
    """What speaks for a kind, and how much."""

    kind: DocumentKind
    name: str
    weight: int


_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")
_DELIVERED = re.compile("向大会(?:作)?(?:政府工作)?报告(?:政府)?工作|作政府工作报告|向大会作政府工作报告")
TITLE, POLICY_TITLE = 9, 8  # votes of the last words of a title
# The last words of a title, in the order in which they decide.
_TITLES: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (
        "other",
        re.compile(
            r"(?:诉[^，。]{2,40}案|(?:判决|裁定|调解|裁决|决定|通知|告知|起诉|公证|任务|协议|备忘|申报)书|纠纷案|裁判要点|(?:奖励|表彰|表扬|嘉奖|授予)[^，。]{0,40}的(?:决定|通报|通知)|任免.{0,20}"
            r"|(?:合同|协议)(?:范本|示范文本)?|批复|复函|答复|建议.{0,6}的函|(?:招标|采购|中标|成交|招聘|拍卖|竞价|更正)(?:结果)?公[告示]|公示|纪要|大纲"
            r"|联合(?:声明|公报|宣言)|会议资料|议程|名单|教程|讲义|指引|导引|手册|分类|(?:常见问题|\d+问|问答|解答).{0,10})$"
        ),
    ),
    ("report", re.compile("草案.{0,4}的说明$")),
    ("article", re.compile("^(?!.*(?:出席|会见|发表|主持|强调)).*(?:讲话|致辞|演讲|发言|贺信|解读|图解|答记者问)(?:摘[登要])?$")),
    (
        "report",
        re.compile(
            "(?:报告(?:摘要)?|公报|白皮书|蓝皮书|绿皮书|通报|(?:工作|年度)?总结(?:[和及与].{2,16}(?:计划|打算|安排|思路))?)$"
        ),
    ),
    (
        "regulation",
        re.compile(rf"(?:条例|办法|规定|细则|规则|章程|规程|准则|制度|协定|公约|条约|议定书|{p.LAW})$"),
    ),
    ("plan", re.compile("(?:规划|计划|方案|纲要|行动|要点|清单|预案|蓝图|路线图|(?:规划|计划)的建议)(?:的(?:通知|函))?$")),
    (
        "measures",
        re.compile(
            "(?:措施|举措|意见|政策|决定|[一二三四五六七八九十\\d]条|若干条|补贴标准|救助标准"
            "|(?:关于|印发|做好|开展|规范|加强|推进).*(?:通知|通告|公告|函))$"
        ),
    ),
)
_PERIODIC = re.compile("(?m)^.{0,40}(?:年度|半年度|季度)报告(?:摘要|全文|正文)?$")  # of a company, on its cover
_NAME_OF_LINE = re.compile(r"(?P<name>[^。；：，、《]{5,60}?)(?:[（(](?:19|20)\d\d年|[（(][^（）()]{2,12}[）)]$|$)")
LINES = 6  # of the head in which such a name stands
_POLICIES = ("regulation", "plan", "measures")
_STUDY = re.compile("基于|一种|浅[谈析议]|试论|略论")  # 基于X的路径规划 plans nothing
# The heading of a section, where the title could not be found: 保障措施, 调整规则; only of a law is the name as short (航道法).
_SECTION = re.compile(rf"(?!.*{p.LAW}$).{{2,4}}")

# ---- the name by which a text calls itself ----
# Each alternative opens with a letter: patterns over a whole text are scanned for fast so.
_RULES = "条例|办法|规定|细则|规则|准则|规程|制度|章程"
_PLANS = "(?:[\u4e00-\u9fff]{0,4}(?:规划|计划|方案|纲要|预案))"
_OWN_NAMES: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    ("regulation", re.compile(rf"制定本(?:实施)?(?:{_RULES}|法)|本(?:实施)?(?:{_RULES}|法)(?:所称|适用|自|由[^。]{{2,30}}解释)")),
    (
        "plan",
        re.compile(
            rf"制定本{_PLANS}|编制本{_PLANS}|制订本{_PLANS}|形成本{_PLANS}"
            "|本(?:规划|计划|方案|纲要|预案|行动方案|行动计划)(?:自|由|实施|明确|提出|的实施|期)"
        ),
    ),
    (
        "measures",
        re.compile(
            r"制定(?:以下|如下|本)[\u4e00-\u9fff]{0,6}(?:意见|措施|政策|举措)|提出(?:以下|如下|本)[\u4e00-\u9fff]{0,6}(?:意见|措施|政策|举措)|出台(?:以下|如下|本)[\u4e00-\u9fff]{0,6}(?:意见|措施|政策|举措)|本(?:意见|措施|政策措施|政策)自"
            r"|现(?:就|将)[^。\n]{4,80}(?:通知|通告|公告)如下"
        ),
    ),
    (
        "report",
        re.compile(
            "发布了?本(?:报告|白皮书|蓝皮书|公报)|编写了?本(?:报告|白皮书|蓝皮书|公报)|撰写了?本(?:报告|白皮书|蓝皮书|公报)|形成了?本(?:报告|白皮书|蓝皮书|公报)|本(?:报告|白皮书|蓝皮书)(?:从|以|由|共|旨在|分为|认为)"
        ),
    ),
)
OWN_NAME = 3
_CLAUSES = re.compile(r"第([一二三])条(?!第|的|规定)")  # opens an article, also in a text that has lost its lines
_DUTIES = re.compile(r"[（(](?:责任|牵头|配合)(?:单位|部门|处室)")  # closes a measure
DUTIES = 3  # of them from which on a text is a list of measures
ARTICLES = 3  # 第X条 from which on a text is a regulation

# ---- texts that state no policy: of each group two signs are asked, each one of several words ----
_APART_WORDS: dict[str, tuple[str, ...]] = {
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
_APART = {name: [sign.split() for sign in signs] for name, signs in _APART_WORDS.items()}
APART = {2: 5, 3: 7}  # votes of so many signs of one group; more count as three

# ---- the press ----
_NEWS_LINE = re.compile(
    r"(?:新华社|中新(?:社|网)|央视网|央广网|人民网|新华网|光明网|本报|本网|本台|[\u4e00-\u9fff]{2,8}(?:日报|晚报|新闻网)|[\u4e00-\u9fff]{2,4}社)"
    r"[^\n。，：:]{0,24}?(?:[电讯]|消息|报道|[（(].{0,16}记者)"
    r"|[（(](?:[^）)\n]{0,12}记者|通讯员)[^）)\n]{2,40}[）)]|(?:本报|新华社|实习)?记者[ \u3000：:][\u4e00-\u9fff]"
)
_NEWS_WORDS = ("电", "讯", "消息", "报道", "记者")  # one of which such a line has
_SOURCE = re.compile(r"(?:来源|稿源|发布人|信息来源)\s*[：:]\s*\S{0,20}(?:网|报|社|台|新闻|客户端|中心|APP|app|央视|通讯)")
_HAPPENED = re.compile(
    "出席|举行|召开|举办|开幕|闭幕|考察|调研|会见|会谈|启动|亮相|落户|开工|通车|投产|首创|签约|揭牌|助力|强调|主持|快讯|发布会"
)
_DATED_EVENT = re.compile(
    r"[^。\n]{0,40}?(?:\d{4}年)?\d{1,2}月\d{1,2}日[^。\n]{0,60}"
    r"(?:召开|举行|举办|开幕|闭幕|启动|会见|考察|调研|发布|在[^。，\n]{2,20}(?:会|行))"
)
_PRESS = re.compile("(?:快讯|简讯|联播|要闻|速递|早报|一周回顾|见闻|侧记|纪实|掠影|巡礼|特写|手记|速写|经验做法)$")
_COLUMN = re.compile(r"^(?:[^丨｜|\n]{2,16}[丨｜|]|【[^】\n]{4,20}】)[^\n]{4,}")  # of a paper, before a headline
_REPORTED: tuple[tuple[str, re.Pattern[str]], ...] = (  # what reporters write, and few others
    ("recent", re.compile("近日|日前|连日来|今天[（(]|昨天[（(]|今日|昨日|日(?:上午|下午|晚上)")),
    ("learned", re.compile("据(?:了解|悉|介绍|报道)|获悉|了解到")),
    ("reporter", re.compile("记者(?:在|从|看到|走进|来到|采访|了解|注意)|告诉记者|向记者|对记者")),
    ("said", re.compile("”[^。”“\n]{0,30}(?:说|表示|介绍|告诉记者|感慨)。|(?:说|介绍说?|告诉记者|感慨地说|坦言)[：:，,]\\s?“")),
)
_LEAD = re.compile(r"(?:近日|日前|连日来|\d{1,2}月\d{1,2}日)[，,\u4e00-\u9fff]")  # opens the first paragraph of news
_QUOTED = re.compile("“[^”“\n]{12,}[。！？，]”")  # what somebody says, in whole sentences
_SAYS = re.compile("(?:说|表示|介绍说|告诉记者|坦言|感慨)[，。：]")
SAID = 2  # of both from which on people speak to a reporter
# ---- those who sign what they think ----
_SIGNED = re.compile(r"（(?:本文)?作者(?:系|为|是|单位|分别)|\((?:本文)?作者(?:系|为|是|单位|分别)|作者单位[：:]|本文作者")
_OPINION = re.compile("评论员|时评|社论|评论[：:]|论坛[：:]|观察[：:]|笔者|编者按")
_URGED = re.compile("我们(?:要|必须|应当?|应该)|同志们|各位(?:来宾|嘉宾|代表|同事|朋友)")
_OUGHT = re.compile("应该|应当|应(?=[适进加以在])|必须|有必要|不妨|理应|不应|不能|需要|要(?=[加强坚持推把以在从])|[既更还]要")
OUGHT = 3  # words of duty in a thousand characters, from which on a text argues
_PERSON = re.compile(r"^[\u4e00-\u9fff]{2,4}[：:](?!.*(?:记者|发布会))")  # 骆某某：把实体经济做强
_TALK = re.compile("(?P<said>记者朋友们|女士们、先生们|各位记者|答记者问)|新闻发布会")

# ---- scholars ----
_ABSTRACT = re.compile(r"(?m)^[【\[［]?(?:摘\s*要|内容提要|内容摘要)")
_KEYWORDS = re.compile(r"(?m)^.{0,2}键\s?词|^关键字")
_SCHOLAR: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("abstract", _ABSTRACT),
    ("keywords", _KEYWORDS),
    ("affiliation", re.compile(r"(?:院|所|大学|学系|实验室|站)[^\n。]{0,24}[，, ]?\s*\d{6}")),
    ("fund", re.compile("基金项目|基金资助|资助项目")),
    ("class", re.compile("中图分类号|文献标识码|文章编号|DOI|doi:|收稿日期|作者简介|通[讯信]作者")),
    ("references", re.compile(r"\[(?:J|M|D|C|EB/OL|R)\]")),
    ("thesis", re.compile("学士(?:学位)?论文|硕士(?:学位)?论文|博士(?:学位)?论文|毕业(?:学位)?论文|指导教师")),
)
_MAY_BE_SCHOLAR = re.compile(
    r"摘|内容提要|键|院|所|大学|学系|实验室|站|基金|资助|中图|文献|文章编号|DOI|doi:|收稿|作者|\[|论文|指导教师"
)
# ---- finer names: the kind that they are of, and the last words of the title; or the group of signs above ----
_GENRES: dict[DocumentGenre, tuple[DocumentKind, re.Pattern[str]]] = {
    "communique": ("report", re.compile("公报$")),
    "white paper": ("report", re.compile("[白蓝绿]皮书$")),
    "speech": ("article", re.compile("^(?!.*(?:出席|会见|发表|主持|强调)).*(?:讲话|致辞|演讲|发言|贺信)(?:摘[登要])?$")),
    "interpretation": ("article", re.compile("(?:解读|图解|答记者问)$")),
    "judgment": ("other", re.compile("(?:(?:判决|裁定|裁决|调解)书|纠纷案|裁判要点|诉[^，。]{2,40}案)$")),
    "contract": ("other", re.compile("(?:合同|协议书?)(?:范本|示范文本)?$")),
}
_GROUPS: dict[str, DocumentGenre] = {
    "court": "judgment",
    "standard": "standard",
    "contract": "contract",
    "textbook": "textbook",
    "encyclopedia": "encyclopedia",
}
SCHOLAR = 12
NOTES = 3  # footnotes of a paper
HEAD, CLOSE = 600, 1500  # characters from the top and from the end
LEAST = 500  # characters that a text is taken to have at least where words are counted


def elected(signs: Iterable[Sign]) -> tuple[DocumentKind, tuple[Vote, ...]]:
    """The kind with most votes, of equals the first named, and the votes of every kind, most first."""
    votes = Counter[DocumentKind]()
    names: dict[DocumentKind, list[str]] = {}
    for sign in signs:
        votes[sign.kind] += sign.weight
        names.setdefault(sign.kind, []).append(sign.name)
    ranked = votes.most_common()
    return ranked[0][0] if ranked else "unknown", tuple(Vote(kind, count, tuple(names[kind])) for kind, count in ranked)


def genre_of(title: str | None, kind: DocumentKind, votes: Iterable[Vote]) -> DocumentGenre | None:
    """The finer name of a document of this kind: by the last words of its title, or by the group that its signs are of."""
    bare = _BRACKETS.sub("", title.strip("《》 ")) if title else ""
    titled = next((genre for genre, (of, pattern) in _GENRES.items() if of == kind and pattern.search(bare)), None)
    signs = {sign for vote in votes if vote.name == kind == "other" for sign in vote.signs}
    return titled or next((genre for sign, genre in _GROUPS.items() if sign in signs), None)


def signs_of(title: str | None, opening: str, drafts: Sequence[Draft]) -> Iterator[Sign]:
    """Every sign of a document; of kinds with equal votes that whose sign comes first is taken."""
    bare = _BRACKETS.sub("", title.strip("《》 ")) if title else ""
    close = "\n".join(draft.text for draft in drafts[-12:])[-CLOSE:]
    text = f"{opening}\n{close}"
    if _DELIVERED.search(opening) or bare.endswith("工作报告"):
        yield Sign("report", "delivered", 2 * TITLE)
    if _is_paper(opening, drafts):
        yield Sign("paper", "scholar", SCHOLAR)
    yield from _by_title(bare, opening)
    yield from _by_own_name(text, drafts)
    yield from _by_what_it_is_not(text)
    yield from _by_press(bare, opening, text)
    yield from _by_opinion(bare, text)
    body = sum(draft.kind in ("paragraph", "list_item") and len(draft.text) > 40 for draft in drafts)
    if title or body >= ARTICLES or any(draft.kind == "heading" for draft in drafts):
        yield Sign("article", "text", 1)


def _by_title(bare: str, opening: str) -> Iterator[Sign]:
    kind = next((kind for kind, pattern in _TITLES if pattern.search(bare)), None)
    if _PERIODIC.search(opening[:HEAD]):
        yield Sign("report", "periodic", TITLE)
    talk = _TALK.search(opening[:400])  # people speak: a conference, an interview
    if talk:
        yield Sign("article", "talk", TITLE if talk["said"] else 3)
    if kind in _POLICIES and (talk or _STUDY.match(bare) or _SECTION.fullmatch(bare)):
        return
    if kind:
        yield Sign(kind, "title", POLICY_TITLE if kind in _POLICIES else TITLE)
        return
    below = next((kind for line in opening.split("\n")[:LINES] if (kind := _kind_of_line(line))), None)
    if below and not (below in _POLICIES and talk):
        yield Sign(below, "line", 4)


def _kind_of_line(line: str) -> DocumentKind | None:
    """The kind that a line of the head tells as a title does: 仲裁裁决书; …的决定（2023年10月27日……）, where all runs on."""
    name = _NAME_OF_LINE.match(line)
    return next((kind for kind, pattern in _TITLES if name and pattern.search(name["name"])), None)


def _by_own_name(text: str, drafts: Sequence[Draft]) -> Iterator[Sign]:
    """本办法, 本行动方案, 提出如下意见; and the articles or duties of which a text consists."""
    yield from (Sign(kind, "own name", OWN_NAME) for kind, pattern in _OWN_NAMES if pattern.search(text))
    numbered = sum(draft.marker.endswith("条") for draft in drafts)
    if numbered >= ARTICLES or len(set(_CLAUSES.findall(text))) >= ARTICLES:
        yield Sign("regulation", "articles", 2)
    if sum(bool(_DUTIES.search(draft.text)) for draft in drafts) >= DUTIES:
        yield Sign("measures", "duties", 2)


def _by_what_it_is_not(text: str) -> Iterator[Sign]:
    for name, signs in _APART.items():
        number = 0
        for words in signs:
            for word in words:
                if word in text:
                    number += 1
                    break
        if number >= min(APART):
            yield Sign("other", name, APART[min(number, max(APART))])


def _by_press(bare: str, opening: str, text: str) -> Iterator[Sign]:
    head = opening[:HEAD]
    if any(word in head for word in _NEWS_WORDS) and _NEWS_LINE.search(head):
        yield Sign("news", "dateline", 4)
    if _SOURCE.search(head):
        yield Sign("news", "source", 3)
    if _PRESS.search(bare):
        yield Sign("news", "form", 4)
    if _COLUMN.match(opening):
        yield Sign("news", "column", 2)
    first = next((line for line in opening.split("\n") if len(line) > 20), "")
    if (len(bare) >= 10 and _HAPPENED.search(bare)) or (not bare and _DATED_EVENT.match(first)):
        yield Sign("news", "event", 2)
    reported = [name for name, pattern in _REPORTED if pattern.search(text)]
    if any(len(line) > 40 and _LEAD.match(line) for line in opening.split("\n")[:4]):
        yield Sign("news", "lead", 2)
    if min(len(_QUOTED.findall(text)), len(_SAYS.findall(text))) >= SAID:
        yield Sign("news", "quoted", 3)
    if len(reported) > 1:
        yield Sign("news", " ".join(reported), len(reported))


def _by_opinion(bare: str, text: str) -> Iterator[Sign]:
    if _SIGNED.search(text):
        yield Sign("article", "author", 3)
    if _OPINION.search(bare) or _OPINION.search(text[:HEAD]):
        yield Sign("article", "opinion", 3)
    if _PERSON.match(bare):
        yield Sign("article", "person", 3)
    if len(_URGED.findall(text)) >= 2:
        yield Sign("article", "urged", 2)
    argues = len(_OUGHT.findall(text)) * 1000 >= OUGHT * max(len(text), LEAST)
    if argues and not (_SAYS.search(text) or _CLAUSES.search(text) or any(name.search(text) for _, name in _OWN_NAMES)):
        yield Sign("article", "argues", 3)


def _is_paper(opening: str, drafts: Sequence[Draft]) -> bool:
    if any(draft.kind == "reference" for draft in drafts):
        return True
    signs = {name for draft in drafts if draft.kind in {"metadata", "heading"} for name in _scholar(draft.text[:24])}
    signs.update(_scholar(opening))
    if sum(draft.kind == "footnote" for draft in drafts) >= NOTES:
        signs.add("notes")
    return len(signs) >= 2


def _scholar(text: str) -> Iterable[str]:
    return (name for name, pattern in _SCHOLAR if pattern.search(text)) if _MAY_BE_SCHOLAR.search(text) else ()
