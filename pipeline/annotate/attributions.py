"""Who says what: 习近平总书记强调，“…”; 报告指出，…; 王某（2021）认为…."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.model import Attribution

_VERB = r"(?:指出|强调|认为|提出|表示|坦言|介绍说|称|说|写道|主张|要求|论断|发现)"
# 江阴市|长泾镇 has no mayor: 长 opens the name of the place that follows.
HEAD_OF_PLACE = r"(?:省长|市长)(?!(?:(?![到赴在率对与和向从])[\u4e00-\u9fff]){1,3}(?:[县区镇乡村]|街道|社区))"
_TITLES = (
    rf"总书记|国家主席|主席|总理|副总理|书记|{HEAD_OF_PLACE}|部长|局长|主任|院长|所长|会长|董事长|总经理|总裁|教授|研究员|院士|"
    r"博士|先生|女士|专家|负责人|发言人|代表|委员"
)
_STUDY = r"[\u4e00-\u9fffA-Za-z、·和与]{2,20}(?:等)?[（(](?:19|20)\d{2}[a-z]?[）)]"
_NAMED = r"马克思|恩格斯|列宁|毛泽东|邓小平"
_SOME = r"学者|观点|研究|专家|论者"
_HOLDER = re.compile(
    rf"(?P<holder>{_STUDY}|[\u4e00-\u9fff·]{{0,16}}?(?:{_TITLES})(?!多次|曾|反复|明确|首次|进一步|深刻|还|也|又|"
    rf"在)[\u4e00-\u9fff]{{2,3}}(?={_VERB})"
    rf"|[\u4e00-\u9fff·]{{1,14}}?(?:{_TITLES})|{_NAMED}|《[^《》\n]{{2,60}}》|(?:有|一些|部分|多数|"
    rf"也有)?(?:{_SOME})(?:们)?)"
    rf"(?:(?:19|20)\d{{2}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?)?(?:在[^，。；！？\n]{{2,40}}?(?:时|上|中|里|期间|会上)?)?(?:还|也|就|曾|多次|明确|进一步|深刻|首次|特别|反复|则|均|"
    rf"都)*{_VERB}(?:道)?[，：:]?"
)
# What reports is found first; the holder is then read from the start of the clause, which may go back over “在…时，”.
_REPORTS = re.compile(_VERB)
# A holder has one of these: most stretches have none and need not be read.
_MAY_HOLD = re.compile(rf"{_TITLES}|{_NAMED}|{_SOME}|》|）|\)")
_REACH = 26  # characters from the start of a holder to the first of these, but for a title
_CLAUSE_START = re.compile(r"[，。；：！？\n、“\"（）]")

_LEADER = re.compile(r"[\u4e00-\u9fff]{3}总书记|[\u4e00-\u9fff]{3}主席(?!团)")


def find_attributions(text: str) -> Iterator[Attribution]:
    """The stretch after each reporting verb: the quotation that follows it, else the rest of the sentence."""
    reached = 0
    for verb in _REPORTS.finditer(text):
        match = _holder_before(text, reached, verb)
        if match is None:
            continue
        start = reached = match.end()
        opening = text[start : start + 1]
        closing = {"“": "”", '"': '"', "「": "」"}.get(opening)
        end = text.find(closing, start + 1) + 1 if closing else 0
        while closing and end > 0 and (again := re.match(rf"[，、；]?{opening}", text[end : end + 2])):  # “…”，“…”: he goes on
            end = text.find(closing, end + again.end()) + 1
        if end <= 0:
            stop = re.search(r"[。！？\n]", text[start : start + 400])
            end = start + (stop.start() if stop else min(400, len(text) - start))
        leader = _LEADER.search(match["holder"])
        yield Attribution(start, end, leader[0] if leader else match["holder"])


def _holder_before(text: str, floor: int, verb: re.Match[str]) -> re.Match[str] | None:
    """The holder whose clause runs up to `verb`, if one is named there."""
    window = max(floor, verb.start() - 64)
    hits = [hit.start() for hit in _MAY_HOLD.finditer(text, window, verb.start())]
    if not hits:
        return None
    starts = [window] if window in (0, floor) else []
    starts += [mark.end() for mark in _CLAUSE_START.finditer(text, window, hits[-1])]
    for start in starts:
        if text[start] != "《" and hits[bisect_left(hits, start)] > start + _REACH:
            continue
        match = _HOLDER.match(text, start)
        if match and match.start() < verb.start() < match.end():
            return match
    return None
