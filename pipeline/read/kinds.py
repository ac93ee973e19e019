"""What kind of document it is, by many signs: the words of its title, its parts, its first lines.

report, news, paper, plan, measures, regulation, article; other: what states no policy of its own (judgments, standards, awards).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model import DocumentKind
from pipeline.read import patterns as p
from pipeline.read.structure import Draft

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")
_DELIVERED = re.compile("向大会(?:作)?(?:政府工作)?报告(?:政府)?工作|作政府工作报告|向大会作政府工作报告")
# The last words of a title, in the order in which they decide.
_TITLES: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (
        "other",
        re.compile(
            r"(?:判决书|裁定书|调解书|纠纷案|裁判要点|奖励的决定|表彰的(?:决定|通报)|任免.{0,20}|合同(?:范本)?|批复|复函|建议.{0,6}的函"
            r"|指引|导引|手册|(?:常见问题|\d+问|问答|解答).{0,10})$"
        ),
    ),
    ("article", re.compile("^(?!.*(?:出席|会见|发表|主持|强调)).*(?:讲话|致辞|演讲|发言)(?:摘[登要])?$")),
    ("report", re.compile("(?:报告(?:摘要)?|公报|白皮书|蓝皮书|绿皮书|通报)$")),
    (
        "regulation",
        re.compile(rf"(?:条例|办法|规定|细则|规则|章程|规程|准则|制度|{p.LAW})$"),
    ),
    ("plan", re.compile("(?:规划|计划|方案|纲要|行动|要点|清单|预案|蓝图|路线图)(?:的(?:通知|函))?$")),
    (
        "measures",
        re.compile(
            "(?:措施|举措|意见|政策|决定|[一二三四五六七八九十\\d]条|若干条|补贴标准|救助标准"
            "|(?:关于|印发|做好|开展|规范|加强|推进).*(?:通知|通告|公告|函))$"
        ),
    ),
)
_NEWS_LINE = re.compile(
    r"(?:新华社|中新(?:社|网)|央视网|央广网|人民网|新华网|光明网|本报|本网|本台|[\u4e00-\u9fff]{2,8}(?:日报|晚报|新闻网)|[\u4e00-\u9fff]{2,4}社)"
    r"[^\n。，：:]{0,24}?(?:[电讯]|消息|报道|[（(].{0,16}记者)"
    r"|[（(](?:[^）)\n]{0,12}记者|通讯员)[^）)\n]{2,40}[）)]|(?:本报|新华社|实习)?记者[ \u3000：:][\u4e00-\u9fff]"
)
_SOURCE = re.compile(r"(?:来源|稿源|发布人|信息来源)\s*[：:]\s*\S{0,20}(?:网|报|社|台|新闻|客户端|中心|APP|央视|通讯)", re.I)
_HAPPENED = re.compile(
    "出席|举行|召开|举办|开幕|闭幕|考察|调研|会见|会谈|启动|亮相|落户|开工|通车|投产|首创|签约|揭牌|助力|强调|主持|快讯|发布会"
)
_DATED_EVENT = re.compile(
    r"[^。\n]{0,40}?(?:\d{4}年)?\d{1,2}月\d{1,2}日[^。\n]{0,60}"
    r"(?:召开|举行|举办|开幕|闭幕|启动|会见|考察|调研|发布|在[^。，\n]{2,20}(?:会|行))"
)
_ABSTRACT = re.compile(r"(?m)^[【\[［]?(?:摘\s*要|内容提要|内容摘要)")
_KEYWORDS = re.compile(r"(?m)^.{0,2}键\s?词|^关键字")
_SCHOLAR: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("abstract", _ABSTRACT),
    ("keywords", _KEYWORDS),
    ("affiliation", re.compile(r"(?:院|所|大学|学系|实验室|站)[^\n。]{0,24}[，, ]?\s*\d{6}")),
    ("fund", re.compile("基金项目|基金资助|资助项目")),
    ("class", re.compile("中图分类号|文献标识码|文章编号|DOI|doi:|收稿日期|作者简介|通[讯信]作者")),
    ("references", re.compile(r"\[(?:J|M|D|C|EB/OL|R)\]")),
)
_POLICIES = ("regulation", "plan", "measures")
_STUDY = re.compile("基于|一种|浅[谈析议]|试论|略论")  # 基于X的路径规划 plans nothing
ARTICLES = 3  # 第X条 from which on a text is a regulation
NOTES = 3  # footnotes of a paper


def kind_of(title: str | None, opening: str, drafts: Sequence[Draft]) -> DocumentKind:
    """The kind of a document with this title, whose first lines are `opening`."""
    bare = _BRACKETS.sub("", title.strip("《》 ")) if title else ""
    by_title = next((kind for kind, pattern in _TITLES if pattern.search(bare)), None)
    if by_title in _POLICIES and _STUDY.match(bare):
        by_title = None
    if _DELIVERED.search(opening) or bare.endswith("工作报告"):
        return "report"
    if _is_paper(opening, drafts):
        return "paper"
    if by_title and not (_talks(opening) and by_title in _POLICIES):
        return by_title
    if _is_news(bare, opening):
        return "news"
    if sum(draft.marker.endswith("条") for draft in drafts) >= ARTICLES:
        return "regulation"
    body = sum(draft.kind in ("paragraph", "list_item") and len(draft.text) > 40 for draft in drafts)
    return "article" if title or body >= ARTICLES or any(draft.kind == "heading" for draft in drafts) else "unknown"


def _talks(opening: str) -> bool:
    """Whether people speak: a conference, an interview."""
    return bool(re.search("记者朋友们|女士们、先生们|各位记者|新闻发布会|答记者问", opening[:400]))


def _is_news(title: str, opening: str) -> bool:
    head = opening[:600]
    if _NEWS_LINE.search(head) or _SOURCE.search(head):
        return True
    if title:
        return bool(_HAPPENED.search(title)) and len(title) >= 10
    first = next((line for line in opening.split("\n") if len(line) > 20), "")
    return bool(_DATED_EVENT.match(first))


def _is_paper(opening: str, drafts: Sequence[Draft]) -> bool:
    if any(draft.kind == "reference" for draft in drafts):
        return True
    signs = {name for draft in drafts if draft.kind in {"metadata", "heading"} for name in _signs(draft.text[:24])}
    signs |= {name for name, pattern in _SCHOLAR if pattern.search(opening)}
    if sum(draft.kind == "footnote" for draft in drafts) >= NOTES:
        signs.add("notes")
    return len(signs) >= 2


def _signs(text: str) -> Iterator[str]:
    yield from (name for name, pattern in _SCHOLAR if pattern.search(text))
