"""The thing that a phrase has as its head: behind 以…为特征的, and where the clause behind a comma opens with it."""

from __future__ import annotations

import re

from pipeline.annotate.tokens import NAME, Token
from pipeline.extract.defines.topic import Frames, exhorts
from pipeline.extract.phrases import is_name, trim
from pipeline.extract.reader import CONCEPTS, Reader
from pipeline.grammar.concept_slots import modifies, name_end
from pipeline.grammar.list_slots import word_of
from pipeline.grammar.names import is_clause, is_thing
from pipeline.model import Name, Span
from pipeline.patterns import lazy


def opening_noun(frames: Frames, mark: int) -> Name | None:
    """作为Y，X…; 以A为引领，X…: the thing with which the clause behind a comma opens."""
    reader, text = frames.reader, frames.reader.text
    if not text.startswith("，", mark):
        return None
    tokens = reader.tokens(*reader.next_clause(mark))
    end = next((at for at, token in enumerate(tokens) if at and not _is_nominal(token)), 0)
    span = trim(text, mark + 1, tokens[end].start) if end else Span(mark, mark)
    good = span.end > span.start + 1 and tokens[end - 1].tag[0] in "nNjlv" and not exhorts(reader, text[slice(*span)])
    return frames.subject(*span) if good and is_thing(reader, span) else None


def _is_nominal(token: Token) -> bool:
    return token.tag != "ad" and (token.tag[0] in "njabqs" or token.tag in ("vn", "l", "x", "uj", NAME))


# 人工智能|人才评定机制: the known concept only opens a longer name.
_COMPOUND = lazy(
    r"(?![需要必将应可是能已正不])[\u4e00-\u9fff]{0,10}(?:机制|制度|体系|平台|方案|模式|政策|工程|中心|人才|队伍|企业|系统)$"
)


# 以A为特征的X在各地推广: what happens to X is no part of its name.
_ADJECTIVES = lazy("(?:[^、的，]{1,6}[化性型]、)+")
_DESCRIBED = lazy("(?:更|最|较|具有|富有|充满)[^，的]{1,8}的")
_GOES_ON_TO = lazy("在(?![线岗校职研])|已经?|正在|将(?![来领军])|基本(?=建)|不断|逐步|加快")


def _opens_name(reader: Reader, end: int, limit: int) -> bool:
    """Whether what stands behind a known concept is the head of a longer name: 渔港经济|品牌, 信息|化浪潮."""
    behind = reader.tokens(end, limit)[:1]
    adverb = any(reader.is_word(word_of(reader, token), name) for token in behind for name in ("adverbs", "bare_adverbs"))
    return bool(behind) and behind[0].tag[0] in "nN" and not adverb


_SAYING = lazy(
    "说法|观点|看法|消息|传言|传闻|言论|报道|结论|论断|判断|认识|误解|误区|假设|设想|主张|现象|情况|情形|过程|结果"
)


def head_concept(frames: Frames, head: Span) -> Name | None:
    """The head after 以…为特征的: without a trailing 发展 or 建设."""
    text = frames.reader.text
    if _SAYING.match(text, *head):
        return None
    known = next((m for m in frames.reader.mentions(head.start, head.end) if m.start == head.start and m.kind in CONCEPTS), None)
    ends = _GOES_ON_TO.search(text, known.end, head.end) if known else None
    if known and _opens_name(frames.reader, known.end, head.end):
        head, known = Span(head.start, name_end(frames.reader, head.start, head.end)), None
    if known and known.end < head.end and not _COMPOUND.match(text, known.end, ends.start() if ends else head.end):
        return frames.reader.name(known.start, known.end, "Concept")
    listed = _ADJECTIVES.match(text, *head)  # 专业化、规模化、数字化生产体系
    if listed and listed.end() + 1 < head.end:
        head = Span(listed.end(), head.end)
    described = _DESCRIBED.match(text, *head)  # 更具韧性的供应网络
    if described and described.end() + 1 < head.end:
        head = Span(described.end(), head.end)
    first, of, _ = text[slice(*head)].partition("的")
    if of and modifies(frames.reader, head.start + len(first) + 1, head.end):
        return None  # 以A为支撑的互联互通的|航运网络
    phrase = _GOES_ON_TO.split(first)[0]
    tail = re.search(r"(?:发展|建设|培育|培养|(?:逐步|初步|基本|正在|加快)(?:形成|建立|完善|构建|确立))$", phrase)
    end = head.start + len(phrase) - (len(tail[0]) if tail and len(phrase) > 4 else 0)
    if not is_name(phrase) or phrase.endswith(("下", "中", "上", "领导")) or is_clause(frames.reader, Span(head.start, end)):
        return None
    if phrase[0] in '“"' and not is_thing(frames.reader, Span(head.start + 1, end)):
        return None  # “资本”对社会的支配
    return frames.reader.name(head.start, end, "Concept")
