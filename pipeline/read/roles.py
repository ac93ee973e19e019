"""What each line at the head of a document is by its form: one that could be a title, or what stands around titles."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.joining import Paragraph
from pipeline.read.naming import NAME, ends_as_kind, finished
from pipeline.read.words import Sought, Words

# title: could be one, or a part of one; organ: the name of a body; edition: （试行）; field: says something of the document;
# mast: the name of what it was printed in, of its series or class; foreign: no Chinese; heading: opens a part of the body
Role = Literal["title", "organ", "edition", "field", "names", "mast", "foreign", "heading", "table", "prose"]

_HAN = lazy("[\u4e00-\u9fff]")
_WORD = lazy(r"[^\W\d_]")
_BAR = lazy(r"\s*[|｜]\s*")
EDITION = lazy(
    r"[（(](?:(?:19|20)\d{2}[^月日]{0,14}|试行|暂行|草案|征求意见稿|送审稿|讨论稿|报批稿|公示稿|审议稿|修改稿|节选|修订[稿版草案]{0,3}|第.{1,6}[版号期批])[）)]"
)
VOLUME = lazy(  # of a periodical: 第41卷第3期; 2026年第4期; （总第218期）; Vol.41 No.3
    r"(?=.{2,80}$)(?:.{0,40}第\s*\d+\s*卷.{0,40}|.{0,40}\b(?:Vol|No|Issue)\.?\s*\d+.{0,40}"
    r"|.{0,30}(?:第\s*[\d\-—]+\s*期|总第\s*\d+\s*[期号]|[公简会]报\s*(?:19|20)\d{2}年第\s*\d+\s*号).{0,30})"
)
_SERIES = lazy(  # standards, cases, ranks of a paper, theses, reports of brokers, red heads
    r"ICS\b.*|CCS\b.*|DB\d*|(?:GB|DB\d*|T|Q|[A-Z]{2})(?:/[A-Z\d]{1,8})*\s*[\d.]+\s*[—–-]\s*\d{4}.*|.{0,24}(?:国家|行业|地方|团体|企业)标准"
    r"|.{0,20}(?:指导性?|典型|参考)案例\s*第?\s*\d+\s*号|[A-Z]类|★+.{0,6}|·.{2,12}·|专[题栏][:：].*"
    r"|(?:特急|急件|加急|平急|机密|秘密|绝密|内部资料)[★\s]*.{0,8}"
    r"|.{0,20}(?:[硕博学]士|毕业|学位)(?:学位)?论文|(?:证券|行业|公司|宏观|策略|深度)?研究报告[·|｜\s].{0,16}|工作论文.{0,20}|.{0,20}讨论稿"
    r"|.{0,30}会议(?:材料|文件|资料)(?:之.{1,3}|[（(].{1,6}[）)])|(?!.*(?:召开|举行|审议|传达|关于)).{4,40}[^第]第.{1,4}次(?:全体)?会议"
    r"|[蓝绿白黄]皮书|(?:研究|调研|专题|深度)报告|.{0,24}(?:课题|项目|基金).{0,6}(?:结项|结题|研究|中期|成果|最终)报告"
    r"|[\u4e00-\u9fff、 ]{0,30}(?:政府|委|委员会|办公厅|办公室|局|厅|部|院)文件"
)
# A column of a paper or a site, and the paper itself.
_COLUMN = lazy(
    r"(?:[今本]日)?(?:要闻|新闻|时政|时评|观点|评论|视点|聚焦|热点|深度|调查|人物|访谈|专访|案例|特稿|专[栏题]|国内|国际|综合)(?:研究|报道|策划|新闻)?"
    r"|特别(?:报道|策划)|(?:理论|学术)(?:前沿|探讨|研究|周刊|论坛|争鸣)|政策(?:原文|文件|解读|法规)|(?:通知|公示)公告|工作动态|图片新闻|规范性文件|法规规章"
    r"|[\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|早报|晨报|商报|学报|周刊)|(?:第\s*)?[A-Z]?\d{1,2}版.{0,8}"
    r"|[\u4e00-\u9fff]{2,10}报[A-Z]?\d{1,2}版?[\u4e00-\u9fff]{0,6}"
)
_SITE = lazy(
    r"[\u4e00-\u9fff]{0,12}(?:政府|新闻|资讯|信息|人民|新华|中新|经济|日报|公众|门户|法律|法治|法规|央视)网(?:站|站群)?"
    r"|[\u4e00-\u9fff]{2,14}(?:网站|门户|频道|客户端|公众号)|.{2,16}[|｜]\s*(?:首页|要闻|新闻|常见问题|政策|资讯|通知公告)"
)
_PROMOTION = lazy(
    r"(?:点击|长按|扫码|关注|欢迎|原创\b|转载).{0,30}(?:关注|订阅|公众号|蓝字|二维码).{0,10}"
    r"|本文.{0,20}[字页分钟]+"
)
_MOMENT = lazy(r".{0,60}(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：]\d{2}.{0,40}")
_CAPTION = lazy(r"[【\[]?(?:编者)?按[】\]:：].*|图为.*|这是.{4,60}(?:拍摄|照片).*|.*(?:摄|供图|制图|图片来源[:：].*)[）)]?")
_COUNT = lazy(  # 第88号; 〔十六届〕第12号; （2025）澜01民终3321号
    rf"[（(]?第?\s*[\d{p.NUMERAL}]+\s*号[）)]?|[〔（(\[].{{2,12}}[〕）)\]]\s*第?\s*\d+\s*号|[（(〔]\s*20\d\d\s*[）)〕].{{2,16}}号"
)
_DAY = lazy(r"\s*(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?$")
_RATING = lazy(r"(?:买入|增持|推荐|中性|减持|强于大市|同步大市|看好|优于大市)(?:[（(].{2,6}[）)])?")
_STATED = lazy(
    r"(?:19|20)\d{2}年\s*\d{1,2}月[A-Za-z\s\d.,]+|(?:19|20)\d{2}年?|[一二]〇.{2}年"
    r"|(?:19|20)\d{2}[-.年]\s*\d{1,2}[-.月]\s*\d{1,2}日?\s*(?:发布|实施|施行|起施行|起实施)"
)
NO_TITLE = lazy(
    r"(?:https?:|www\.|Page\s*\d|第?\s*\d+\s*页|\d+$|(?:19|20)\d{2}(?:[-/.]|年\d{1,2}月)|附件[:：]?|目\s*录$|正文$|摘\s*要)"
    r"|.*版权所有|.*法宝引证码"
)
_SECTION = lazy(
    r"(?:裁判要[点旨]|裁判理由|裁判结果|基本案情|案情(?:简介|概要)|相关法条|关联索引|投资要点|核心观点|要\s*点|学习目标|章前导语|本章.{2,6}|版权声明|免责声明|法律声明"
    r"|摘\s*要|内容提要|提\s*要|引\s*言|前\s*言|导\s*[言语论]|绪\s*论|序\s*言?|目\s*[录次]|正\s*文|结\s*[语论]|附\s*[录件]\s*\d{0,2}|致\s*谢|参考文献|注\s*释|编者按|导读"
    r"|名词解释|会议须知|会议议程|关键词|思考题|总\s*则|附\s*则|CONTENTS|Abstract|References)[:：]?",
    re.I,
)
_ENTRY = lazy(r".+?\s*(?:\.{3,}|…+|·{3,}|．{3,})\s*\d{0,4}|.+\s[.．]?\d{1,3}")
_GREETING = lazy(r"(?:尊敬的|女士们|先生们|同志们|朋友们|各位|各[市县区省乡镇州旗有成]|各相关).*")
_LINK = lazy(r"\[([^\[\]]*)\]\([^()]*\)")
_VERB = lazy(
    r"(?:加快|建设|打造|推[动进]|构建|支持|走进|探访|聚焦|成立|设立|服务|争创|创建|提升|助力|赋能|加强|深化|落户|做|让|以|在|从|为)"
)
BODY = (  # 格局, 部署 and 西部 are none
    r"[\u4e00-\u9fffA-Za-z、 \u3000（）()]{0,40}(?:人民政府|(?<!数字|务型|治型)政府|国务院|中央|委|办公厅|办公室|委员会|总局"
    r"|(?<![格布结全大开棋时变僵破定])局|厅|(?<![全内外西东中南北细局])部|法院|检察院|银行|(?<!部)署|院|协会|学会|商会|联盟|中心|公司|集团|大学|学院|研究[院所]|出版社|调查队|总队|支队|课题组|编写组"
    r"|工作组|领导小组|研究室|编辑部|共和国|报社|杂志社|指挥部|联席会议)"
)
ORGAN = lazy(
    rf"{BODY}(?:等.{{0,8}}(?:部门|单位))?(?:\s*(?:编[制写著印]?|发布|印[发制]?|主办|承办|联合发布))?(?:（.{{1,30}}）)?"
)


def _one_of(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    """What any of the patterns matches; they have the same flags."""
    return lazy("|".join(f"(?:{pattern.pattern})" for pattern in patterns), patterns[0].flags)


# What they match opens with a Latin letter, a digit or a sign, or has one of the words.
_MAST = Sought(
    _one_of(_SERIES, _COLUMN, _SITE, _PROMOTION),
    (
        "标准 案例 专题 专栏 特急 急件 加急 平急 机密 秘密 绝密 内部资料 论文 讨论稿 会议 皮书 文件 "
        "要闻 新闻 时政 时评 观点 评论 视点 聚焦 热点 深度 调查 人物 访谈 专访 特稿 国内 国际 综合 特别 理论 学术 政策 公告 动态 "
        "法规 报 周刊 版 网 门户 频道 客户端 公众号 | ｜ 点击 长按 扫码 关注 欢迎 原创 转载 本文"
    ).split(),
)
_FIELD = Sought(
    _one_of(_CAPTION, _COUNT, _STATED, _RATING),
    "按 图为 这是 摄 供图 制图 图片来源 号 买入 增持 推荐 中性 减持 强于大市 同步大市 看好 优于大市".split(),
)
_VOLUME = Sought(VOLUME, ("第", "Vol", "No", "Issue"))
_SOUGHT = frozenset(word for sought in (_MAST, _FIELD, _VOLUME) for word in sought.words)
_WORDS = Words(_SOUGHT)
_ORGAN_ENDS = p.last_characters(ORGAN) | frozenset("院所编制写著印发")
PLACE = lazy(r"(?:[\u4e00-\u9fff]{1,10}[省市县区州旗]|全国)(?:(?:19|20)\d{2}年度?)?")


def role_of(paragraph: Paragraph, spaced: str, *, known: bool) -> Role:
    """What a paragraph is by its form; `known`: it was read as a field, a note, a mark of a page before."""
    text, line = paragraph.text, paragraph.lines[0]
    if line.cell or line.tab or text[0] == "|":
        return "table"
    if text[0] in "（(" and EDITION.fullmatch(text):
        return "edition"
    if known or not (text[0].isalpha() or _WORD.search(text)):
        return "field"
    if len(text) > NAME:
        return "prose"
    if not ("\u4e00" <= text[0] <= "\u9fff" or _HAN.search(text)):
        return "mast" if VOLUME.fullmatch(text) or _SERIES.fullmatch(text) else "foreign"
    return _short_role(text, spaced)


def _short_role(text: str, spaced: str) -> Role:
    if _SECTION.fullmatch(text) or p.ABSTRACT.match(text) or p.MARKER.match(text) or _is_entry(text):
        return "heading"
    said = _words_in(text)
    if _MAST.fullmatch(text, said) or (_VOLUME.fullmatch(text, said) and not finished(text)):
        return "mast"
    if p.is_labelled(text.lstrip("◎●■◆▲□○")) or _FIELD.fullmatch(text, said) or p.FIELD_NAME.fullmatch(text):
        return "field"
    if NO_TITLE.match(text):
        return "field"
    if (("20" in text or "19" in text) and p.NUMBER.fullmatch(text.strip("（()）"))) or text in p.MENU or _is_bar(spaced):
        return "field"
    dated = _DAY.search(text) if text[-1] in "月日" else None
    if dated and ORGAN.fullmatch(text[: dated.start()]):  # 某某研究室编 2026年6月11日
        return "field"
    if ("：" in text or ":" in text) and _MOMENT.fullmatch(text) and not ends_as_kind(text):
        return "field"
    if text[-1] in "。；;" or "。" in text or _GREETING.fullmatch(text) or _addresses(text):
        return "prose"
    if text[-1] in _ORGAN_ENDS and ORGAN.fullmatch(text) and not _VERB.match(text):
        return "organ"
    return "title"


def _words_in(text: str) -> frozenset[str]:
    """The words that are sought in a line; all of them for one that opens as what has none may: 2024年, GB/T 1—2024."""
    return _SOUGHT if text[0] < "\u2e80" or text[0] in "一二" else _WORDS.within(text)


def _is_entry(text: str) -> bool:
    """Whether a line is an entry of a table of contents: 一、总则……3."""
    return (text[-1].isdigit() or text[-1].isspace() or text[-1] in ".…·．") and _ENTRY.fullmatch(text) is not None


def _addresses(text: str) -> bool:
    """Whether a line that ends in a colon or a comma speaks: 何某代表：, 市交通局：, …通知如下：; not the half of a title."""
    if text[-1] not in "：:，,、":
        return False
    body = text[:-1]
    addressed = body.endswith(("如下", "以下", "代表", "委员", "同志", "单位", "领导"))
    return len(text) > 40 or addressed or ORGAN.fullmatch(body) is not None


def _is_bar(spaced: str) -> bool:
    """Whether a line is a bar of links: 首页 要闻 政策, [首页](/) [要闻](/yw), 简体 | 繁体."""
    barred = _BAR.split(spaced.strip()) if "|" in spaced or "｜" in spaced else ()
    if len(barred) > 1 and all(0 < len(word) <= 4 for word in barred):
        return True
    words = (_LINK.sub(r" \1 ", spaced) if "](" in spaced else spaced).split()
    return len(words) >= 3 and all(len(word) <= 6 for word in words) and sum(word in p.MENU for word in words) >= 2
