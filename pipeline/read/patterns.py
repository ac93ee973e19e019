"""The vocabulary of the reader: which lines are furniture, fields, headings. No logic lives here."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.patterns import lazy

NUMERAL = "一二三四五六七八九十百零〇"
TERMINAL = "。！？；!?;…."  # ends a sentence, alone or before closing marks
CLOSERS = "”’」』）)】]》\"'"

# ---- lines that belong to a page or a site, not to the document ----
PAGE_NUMBER = lazy(r"[-—–―－·.\s]*第?\s*(?:\d{1,4}|[ivxIVX]{1,5})\s*页?(?:\s*[/／，,]?\s*共?\s*\d{1,4}\s*页)?[-—–―－·.\s]*")
# What a tool puts between two pages: “# Page 12:”, “--- 第3页 ---”, “[page 4]”, “=== PAGE 5 ===”.
PAGE_MARK = lazy(
    r"[-=*_#<\[（(\s]*(?:Page|PAGE|page|p\.|页码?)\s*[:：]?\s*\d{1,5}(?:\s*(?:of|/)\s*\d{1,5})?\s*[:：]?[-=*_>\])）\s]*"
)
_MENU = """
    首页 导航 政策 政务公开 政务服务 政务要闻 政府数据 互动交流 政策文件 政策法规 文件库 中央文件 打印 收藏
    留言 下载 全屏 分享 分享： 加大 还原 减小 默认 大 中 小 超大 大字 小字 关闭 返回 返回顶部 上一篇 下一篇
    无障碍 无障碍浏览 进入关怀版 关怀版 长者模式 繁体中文 繁體 ENGLISH English Français 日本語 한국어
    中国政府网 本站 全省 全市 网站地图 登录 注册 搜索 适配版 电脑版 | > 】 【 / » 政策咨询 字号： 【字号：
    字体： 【字体： 【我要纠错】 我要纠错 X 扫一扫 微信 微博 打印本页 关闭窗口 纠错 放弃 继续访问 播报 编辑 锁定 讨论 上传视频
"""
MENU = frozenset(_MENU.split())
BREADCRUMB = lazy(r"(?:您?(?:当前|现在)?的?(?:所在)?位置|当前位置)[:：].*|首页\s*[>＞»›/→-].*")
FONT_SIZE = lazy(r"[【\[（(]?\s*(?:字体|字号)\s*[:：].{0,30}")
PRINT_BAR = lazy(r"[【\[]?(?:(?:打印|收藏|留言|关闭|分享|下载|纠错|全屏)(?:本页|窗口|到)?[\s|/、·】\[\]【]*){2,}")
TAIL = lazy(
    r"(?:文件下载|相关解读|相关政策(?:解读)?|相关报道|相关稿件|相关链接|相关附件|相关文件|扫一扫.*|您访问的链接即将离开.*|分享[:：到]?|【?我要纠错】?"
    r"|网站标识码.*|版权所有.*|主办单位[:：].*)[:：]?"
)
# What a browser prints above a page (…_中国政府网), and at all its edges.
PAGE_TITLE = lazy(r"[^。]+[_|｜-][^。_|｜，]{2,16}(?:网|网站|政府|平台)")
PRINTED = lazy(rf"{PAGE_TITLE.pattern}|20\d\d/\d{{1,2}}/\d{{1,2}} \d{{1,2}}:\d{{2}}|https?://\S+|\d{{1,3}}/\d{{1,3}}")
PREFIX = lazy(r"【(?:法规正文|正文|全文)】")  # a field name that stands before running text

# ---- footnotes and references ----
MARKS = lazy(r"(?:[①-⑳⑴-⒇]|\(\d{1,2}\)|\[\d{1,3}\]|\*{1,2}(?=[\s\u4e00-\u9fff]))+")
NOTE_END = lazy(r"(?:[页日版期年号条》]|https?:\S+|[\w.]+@[\w.]+|负)[）)]?[。；.]?")
ASIDE = lazy(r"[【\[［]?(?:作者简介|作者单位|基金项目|通[讯信]作者|收稿日期)[】\]］:：]")
NOTE_FEATURE = lazy(r"《[^《》]*》|https?:|出版社|基金|\d{4}年|\[[JMDCNR]\]|作者简介|通[讯信]作者|感谢")
REFERENCES = lazy(r"(?:主要)?参考文献|引用文献|References", re.I)
REFERENCE_START = lazy(r"\[\d{1,3}\]|[①-⑳]|\d{1,3}[.．、](?!\d)|\(\d{1,3}\)")
REFERENCE = lazy(r"\[(?:[JMDCNRSPGZ]|EB/OL|J/OL|M/OL)\]")  # the kind of a publication, GB/T 7714
CAPTION = lazy(r"图表[:：]|(?:图表?|表)\s*\d+(?:[-.—]\d+)?[：:.、\s]?(?!所|中|可(?:以|知|见|看)|显|给|列|为)")

# The label of an annex, alone on its line: 附件, 附件1, 附表二：
ANNEX = lazy(r"(?:附\s*[件录]|附\s*表)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[A-F])?\s*[：:.．]?|(?:附件){2}|附[：:]")

# ---- numbering: name of the group = kind of marker ----
MARKER = lazy(
    rf"(?=[第\d{NUMERAL}（(①-⑳⑴-⒇—])(?:(?P<part>第[{NUMERAL}\d]{{1,5}}(?:[编篇](?![\w、])|部分))"
    rf"|(?P<chapter>第[{NUMERAL}\d]{{1,5}}章)"
    rf"|(?P<section>第[{NUMERAL}\d]{{1,5}}节)"
    rf"|(?P<article>第[{NUMERAL}\d]{{1,7}}条(?:之[{NUMERAL}])?)(?![{NUMERAL}、和至（(款第例])"
    rf"|(?P<han>[{NUMERAL}]{{1,4}}、)"
    rf"|(?P<han_paren>[（(][{NUMERAL}]{{1,4}}[）)])"
    r"|(?P<decimal>\d{1,2}(?:[.．]\d{1,2}){1,3}(?![\d%.．％万亿倍元个米年人级分]))"
    r"|(?P<digit>\d{1,3}[.．、](?!\d))"
    r"|(?P<digit_paren>[（(]\d{1,2}[）)])"
    r"|(?P<half_paren>\d{1,2}[）)])"
    r"|(?P<circled>[①-⑳⑴-⒇])"
    r"|(?P<dash>——))"
)
marker_of = lru_cache(maxsize=4096)(MARKER.match)  # of a line, which is asked for from several sides
OPENERS = frozenset(  # first characters of numbering, captions, fields and their brackets
    "0123456789*①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇第（([【［—图表摘内提来信时发成签登实生失印公颁索文统所主制地有效法年关中收作基通责编"
    "记审字浏点阅标名体新附原内报日更提网题引论出案课合执撰采招项AaSsKkDd" + NUMERAL
)
LEVELS = {"part": 1, "chapter": 1, "section": 2, "han": 1, "han_paren": 2, "digit": 3, "digit_paren": 4, "article": 2}
BARE_NUMBER = lazy(r"\d{1,2}(?=[\u4e00-\u9fff])(?!\d*[年月日个万亿人家次条项号届位名天大多])")

# Headings that have no number in any document, and open no article of their own.
SECTIONS = lazy(
    r"(?:摘\s*要|提\s*要|内容提要|引\s*言|前\s*言|导\s*[言语]|绪\s*论|序\s*言?|目\s*录|正\s*文|结\s*[语论]|结束语|余\s*论|致\s*谢|附\s*[件录]"
    r"|(?:主要)?参考文献|注\s*释|关键词|Abstract|References|Key\s?words).{0,8}",
    re.I,
)

# ---- what a document says of itself ----
_KEYS = (
    r"来源|信息来源|时间|日期|信息提供日期|提供日期|更新日期|更新时间|网络首发日期|引用格式|题\s*目|发布时间|发布日期|发文日期|成文日期|签署日期|登记日期|实施日期|生效日期|失效日期|印发日期|公布日期|发表时间|颁布时间|实施时间"
    r"|报告日期|编制时间|编制日期|编制单位|成文时间|发文时间|印发时间|公布时间|签订日期|论文提交日期|出版日期"
    r"|案号|标准号|公告编号|项目编号|采购编号|招标编号|合同编号|作者姓名|课题组组长|课题组成员|执笔人?|撰稿人?|采购人|招标人"
    r"|索引号|文号|发文字号|发文号|统一登记号|公开方式|公开范围|信息时效期|所属机构|所属主题|主题分类|主题词|公开责任部门|制发单位|发文机关|发文机构|发布机关|发布机构|发布单位|制定机关|发布部门|颁布单位|发文单位|地区部门"
    r"|有效性|时效性|效力状态|法规分类|年份|关键词|关键字|Key\s?words|中图分类号|文献标识码|文章编号|DOI|收稿日期|作者简介|作者单位|基金项目|通[讯信]作者|责任编辑|编辑|作者|记者"
    r"|责编|审核|字号|浏览(?:次数|量)|点击(?:数|量)|阅读(?:次数|量)?|标\s*题|名称|信息名称|文件名称|体裁分类|信息索引|信息类别|内容概述|生成日期|文件编号|文档类型|公文种类|原文链接"
)
_FIRST = "".join(sorted({key[0] for key in _KEYS.split("|")}))  # characters of the names of fields
FIELD = lazy(
    rf"(?=[【\[［\s{_FIRST}])[【\[［]?\s*(?P<key>{_KEYS})\s*(?:[】\]］]\s*[:：]?|[:：])\s*(?P<value>.*)", re.I | re.S
)
FIELD_NAME = lazy(rf"(?=[{_FIRST}分])(?P<key>{_KEYS}|分类)\s*[:：]?", re.I)  # as a cell of its own
FIELD_START = lazy(  # of the next field on a line; 截止时间 is no 时间
    rf"(?<![\u4e00-\u9fff])(?:{_KEYS})\s*[:：]|(?!..\s*[:：])(?:{_KEYS})\s*[:：]"
    r"|(?<![止布新名行施始束文供表记刷印签登效成稿回用发版])(?:时间|日期)\s*[:：]\s*(?=(?:19|20)\d\d)|[【\[（(]\s*(?:字体|字号)",
    re.I,
)
LABELLED = lazy(  # a line that begins with the name of any field: 合同编号：; 甲方（委托方）：; 指导教师：
    r"[\u4e00-\u9fff/（()） ]{0,8}(?:标\s*题|编\s*号|文号|[学证账案刊书批]号|号码|名\s*称|姓\s*名|专\s*业|单\s*位|机\s*构"
    r"|机\s*关|部\s*门|日\s*期|时\s*间|地\s*点|电\s*话|手机|传真|邮箱|邮\s*件|E-?mail|网址|地\s*址|邮编|代\s*码|密\s*级|分类号|类\s*别|来\s*源|链接|分析师|教\s*师|导\s*师|研究员"
    r"|联系人|负责人|主持人|主持|代表人|代理人|嘉\s*宾|出席|甲\s*方|乙\s*方|丙\s*方|原\s*告|被\s*告|上诉人|申请人|出处|作\s*者|记\s*者|编\s*辑|校对"
    r"|译者|摄影|图片|视频|审核|监制|策划|文字|责编|字数|页数|版次|定价|引题|肩题|副题|导读|核心提示|编者按|热搜词|热词|公开类别|公开属性|标签|栏目|评级)"
    r"(?:[（(][^（）()]{1,12}[）)])?\s*[:：]"
    r"|(?:title|date|author|tags|categor(?:y|ies)|url|source|layout|description|keywords|lang|draft|slug)\s*[:：]"
)
BRACKET_KEY = lazy(r"[\[［【][\u4e00-\u9fff]{2,8}[\]］】]")
ABSTRACT = lazy(
    r"(?=[【\[［摘内提AS])[【\[［]?(?:摘\s*要|内容提要|内容摘要|提\s*要|Abstract|Summary)[】\]］]?\s*[:：]?", re.I
)
NUMBER = lazy(
    r"[\u4e00-\u9fff]{1,14}[〔\[（(【［]\s*(?:19|20)\d{2}\s*[〕\])）】］]\s*(?:第?\s*\d{1,5}\s*)?号?(?:\s*〔〕)?\s*号?"
)
DATE = lazy(r"((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
BARE_DATE = lazy(r"[（(]?(?:19|20)\d{2}[年./-]\s*\d{1,2}[月./-]\s*\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[）)]?")
BARE_MONTH = lazy(  # of a cover: 2024年2月, （2024.02）, 二〇二四年二月, 二〇二四年二月十日
    r"[（(]?(?:(?:19|20)\d{2}(?:年\s*\d{1,2}\s*月|[./-](?:0[1-9]|1[0-2]))"
    r"|[一二][〇○零OＯo0一二三四五六七八九]{3}年(?:十[一二]?|[一二三四五六七八九])月(?:[一二三四五六七八九十廿卅]{1,3}日)?)[）)]?"
)


JUDGED = lazy(  # 云渡市港前区人民法院于2023年6月5日作出（2023）临0102民初88号民事判决
    r"(?P<issuer>[\u4e00-\u9fff]{2,20}人民法院)于(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)(?:作出|以)[^。\n]{0,40}(?:判决|裁定|决定)"
)


_LONGEST_DATE = 40  # characters of a line that is a date, with its blanks and the time of day


def is_date(text: str) -> bool:
    """Whether a line is nothing but a day or a month."""
    if not text or len(text) > _LONGEST_DATE or text[0] not in "（(12一二" or not (text[-1] in "月日）)" or text[-1].isdigit()):
        return False
    return bool(BARE_DATE.fullmatch(text) or BARE_MONTH.fullmatch(text))


def defines(text: str, word: str) -> bool:
    """Whether a sentence opens with a word that it defines: 潮间带是指…."""
    return text.startswith(word) and text[len(word) : len(word) + 1] in tuple("是指为，（(又即")


_STAMP = r"(?:19|20)\d{2}[年./-]\s*\d{1,2}[月./-]\s*\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
STAMPS = lazy(  # 2025-09-15 07:12　来源：某报　作者：某某
    rf"(?=[12来稿信作编责记发时日浏点阅字])(?:{_STAMP}|(?:来源|稿源|信息来源|作者|编辑|责任编辑|责编|记者|发布时间|发布日期|时间|日期|浏览(?:量|次数)|点击(?:量|数)|阅读(?:量|次数)?|字号)"
    rf"[:：]\s*(?:{_STAMP}|[^\s|｜]*))"
)
PASSED = lazy(
    r"[（(]?—{0,2}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日.{4,60}?"
    r"(?:通过|会议上|大会上|批准|公布|修正|修订|施行)[）)]?"
)
SPEAKER = lazy(
    r"[\u4e00-\u9fff]{0,14}(?:省长|市长|主席|州长|县长|区长|总理|主任|盟长)\s+(?P<name>[\u4e00-\u9fff]\s?[\u4e00-\u9fff·]{1,5})"
)
NAMES = lazy(r"[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,3}(?:[\s、，,]+[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,3}){0,7}")
IMPRINT = lazy(  # a newspaper's own line: 《临澜日报》 2024年11月8日 第4版
    r"(?:《[^》]{2,14}》|(?:来源|稿源)[：:]\S{2,16}|[\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|早报|周刊|网|社))"
    r"\s*[（(]?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日.{0,12}"
)
BYLINE = lazy(
    r"(?:(?:(?:本报|本刊|[\u4e00-\u9fff]{1,6}[报网社刊])?(?:特约|首席|见习)?(?:记者|通讯员|评论员|撰稿人?)|文|撰文)[\s:：/／]*|[□■◎●○]\s*)"
    r"(?P<names>[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,3}(?:[\s、，,]+[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,3}){0,7})"
)
AFFILIATION = lazy(r"[（(].{4,120}\d{6}[）)]")
REMARK = lazy(r"[（(](?:此件|来源|责任编辑|本文|编辑|作者|原载|摘自|转自|记者|注).{0,80}[）)]|新华社发|附件[:：].{0,60}")
ORGAN = lazy(
    r"[\u4e00-\u9fff、 \u3000]{2,40}(?:人民政府|办公厅|办公室|委员会|管理局|总局|(?<![布格结大开终残破时战])局|厅"
    r"|(?<![内局底顶东西南北中干])部|委|国务院|中央|法院|检察院|银行|支行|分行|署|院|协会|学会|研究会|联合会|商会|工会|(?<![集愈])中心|小组|指挥部"
    r"|联席会议|董事会|集团|公司|大学|学院|研究所|课题组|调查队|政务服务办|支队|总队)"
    r"(?:（.{1,30}）)?"
)


def last_characters(pattern: re.Pattern[str]) -> frozenset[str]:
    """The characters that stand last in the alternatives of a pattern, and a few more: what ends otherwise is no match."""
    return frozenset(part[-1] for part in re.split("[|()]", pattern.pattern) if part)


_ORGAN_ENDS = last_characters(ORGAN)


def is_organ(text: str) -> bool:
    """Whether a line is nothing but the name of a body."""
    return text[-1:] in _ORGAN_ENDS and ORGAN.fullmatch(text) is not None


def is_labelled(text: str) -> bool:
    """Whether a line begins with the name of any field."""
    return ("：" in text or ":" in text) and LABELLED.match(text) is not None


# ---- titles ----
# 法 as a law: not in a word such as 算法 or 做法, but in 预算法, whose last word is 法.
LAW = (
    r"法(?:(?<![算方用看做书语疗解打说想写读玩技兵司执立守普违合非想手作章句文步拳刀针画唱演笔]法)"
    r"|(?<=预算法|决算法|结算法|清算法|核算法|公司法|医疗法|调解法|信用法|利用法|使用法|征用法|适用法|费用法|科技法|竞技法|票据法|写作法|合作法"
    r"|工作法|操作法|文书法|证书法|立法法|公文法|语文法))"
)
GENRE = (
    rf"通知|意见|办法|条例|规定|方案|计划|规划|纲要|措施|决定|决议|报告|细则|规则|政策|公告|通告|公报|{LAW}|指南|指引|目录|清单|要点|批复|函|章程"
    r"|准则|标准|倡议|宣言|白皮书"
)
# The line below a title that says more of it: ——基于…的实证, 以某省为例; also where the names of authors stick to it.
SUBTITLE = lazy(
    r"(?:——|--|—|–)|(?:基于|来自|兼[论谈评及])[^，。；]{4,40}$"
    r"|以[^，。；]{2,30}为(?:例|视角|中心)(?:的.{2,20})?(?=$|[^的])"
)
TITLE = lazy(rf"[^。，；：、]{{6,80}}(?:{GENRE})(?:[（(][^（）()]{{2,30}}[）)])?")
TITLE_END = lazy(rf"(?:{GENRE})(?:》|的通知)?(?:（[^（）]{{2,30}}）)?")
CARRIES = lazy(
    r"(?P<issuer>.*?)(?:关于)?(?:印发|发布|公布|转发|批转|颁布)(?:《(?P<quoted>.+)》|(?P<plain>[^《》]+?))"
    r"(?:的(?:通知|公告|通告|决定|函))?(?:（.{2,20}）)?"
)
