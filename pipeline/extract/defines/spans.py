"""Where the parts of a definition stand: its evidence, and phrases without what only leads into them or closes them."""

from __future__ import annotations

import re

from pipeline.extract.phrases import trim
from pipeline.extract.reader import Reader
from pipeline.model import Span
from pipeline.patterns import lazy

_REPORTS = lazy(
    r"(?:指出|强调|认为|提出|表明|意味着|说明|可见|来看|来讲|来说|而言|上看)(?!了)[，：“\"]*|》(?:确定|提出|明确|规定|要求|强调|指出|确立)了?"
)
_QUOTATION = lazy("[“”]")
_OPENERS = lazy(
    r"(?:[\s“”\"*]|"
    r"[（(][一二三四五六七八九十\d]+[）)]|【[^】]*】|[\[［〔][\u4e00-\u9fff/／]{2,8}[\]］〕]|[\[［〔](?:内容)?(?:摘\s?要|提要|导读|关键词|编者按|按语|导语|引言)[\]］〕]|(?:内容)?(?:摘要|提要|导读|导语)(?:[：:]|(?=[\u4e00-\u9fff](?<![是为的及和])))|第[一二三四五六七八九十百\d]+[条章节款]|[一二三四五六七八九十]+、|"
    r"\d+[.．、]|本(?:条例|办法|规定|法|措施|方案|意见|规划|计划|细则|指南)(?:中)?(?:所称|所指|涉及|提到)的?|所称"
    r"|因此|所以|可见|事实上|实际上|总之|显然|当然|其中|例如|比如|如果说|所谓|作为|而言|同时|此外|由此|从而|也就是说|意即|即|"
    r"而(?!是)|但是?|并且|且|首先|其次|一方面|另一方面|首要的是|实践证明|当前|如今|目前|在此|这里的|说到底|归根结底|究其|"
    r"我们说)*"
)
# The first characters of what _OPENERS takes off: most clauses begin otherwise.
_OPENER_STARTS = frozenset(
    ' \t\n\r\x0b\x0c\xa0\u2002\u2003\u2009\u200a\u202f\u3000“”"*（(【[［〔0123456789'
    "内摘提导第一二三四五六七八九十百本所因可事实总显当其例比如作而同此由从也意即但并且首另目在这说归究我"
)
# What may stand between 的 and a noun such as 特征.
MOD = (
    r"(?:最?(?:主要|核心|基本|根本|重要|关键|直接|鲜明|基础|总|最终|首要|内在|本质|显著|突出|典型|独特|主体|战略|强大|坚实|"
    r"有力|有效|强劲|持久|不竭|新|大|现实|物质|技术|理论|制度|思想|实践|呈现|中心|全新|共同|必要|充足|原)(?:性|的|、)*)*"
)


def group_span(clause: Span, match: re.Match[str], group: str) -> Span:
    return Span(clause.start + match.start(group), clause.start + match.end(group))


def evidence(reader: Reader, start: int, end: int) -> Span:
    """The evidence: the frame without marks at its ends."""
    return trim(reader.text, start, end) if end - start > 2 else Span(start, end)


def after_lead(reader: Reader, span: Span) -> Span:
    return trim(reader.text, after_opening(reader.text, *span), span.end)


def after_opening(text: str, start: int, end: int) -> int:
    """Where the sentence proper begins in text[start:end]: after 报告指出，因此，（三） and their like."""
    reports = _REPORTS.search(text, start, end)
    if reports and not _QUOTATION.search(text, start, reports.start()):
        start = reports.end()
    openers = _OPENERS.match(text, start, end) if text[start : start + 1] in _OPENER_STARTS else None
    return openers.end() if openers else start


_REMARK = lazy("（[^（）]*）$")


def without_remark(text: str, clause: Span) -> Span:
    """A clause without the remark in brackets that closes it, such as the work it goes back to: （张三，2024）."""
    remark = _REMARK.search(text, clause.start + 2, clause.end) if text[clause.end - 1 : clause.end] == "）" else None
    return Span(clause.start, remark.start()) if remark else clause


_SUPPORT = lazy(
    r"的?(?:大力|有力|强力|积极|坚强|根本|有效|充分)?(?:支持|支撑|保障|助力|推动|引领|引导|帮助|滋养|灌溉|浇灌|加持|推进|带动|赋能)(?:(?:和|与|、)(?:支持|支撑|保障|助力|推动|引领|引导|帮助|滋养|灌溉|推进|带动|赋能))?$"
)


def without_support(text: str, span: Span) -> Span:
    """离不开A的支撑与引导: what is needed is A."""
    support = _SUPPORT.search(text, span.start + 2, span.end)
    return Span(span.start, support.start()) if support else span
