"""What a clause announces and those behind it list or number one by one: …有三个特征，即A、B和C; …包括四个维度：一是A；…二是B."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.defines.topic import Frames
from pipeline.extract.phrases import trim
from pipeline.extract.reader import Reader
from pipeline.grammar.names import is_clause
from pipeline.model import Claim, Name, Span
from pipeline.patterns import lazy

COUNTED = lazy(
    r"^(?:以下|如下|了|这|的)*(?:[两二三四五六七八九十\d]|几|多)(?:个|大|种|条|项|方面|重|点|类|层)*(?:显著|鲜明|基本|主要|"
    r"重要|突出|核心|方面|层面|维度)*(?:的)?"
)
_ENUMERATION = lazy(
    r"(?:(?P<yi>[一二三四五六七八九]是)|(?P<qi>其[一二三四五六])[，：、]|(?P<di>第[一二三四五六七八九])[，：、]|"
    r"(?P<num>(?:首先|其次|再次|最后))[，：]|(?P<par>[（(][一二三四五六七八九1-9][）)]|[①-⑨]))\**(?:(?:在于|是|要)(?=[\u4e00-\u9fff]))?(?P<item>[^，。；：！？\n]{2,40})"
)
_STYLES = ("yi", "qi", "di", "num", "par")
_FIRST = lazy("(?=[一第其首（(①]).{0,2}[一1①]|首先")
_BEGINS_ANEW = lazy("一是|第一|其一|首先|[（(][一1][）)]|①")
_NAMED = lazy("即|分别是|分别为|一般是|包括|就是")
_FARTHEST = 1200  # characters behind the paragraph that announces them


def enumerated(
    frames: Frames, facet: str, s: Name, opening: Span, rule: str = "defines.enumerated", *, near: int = 60
) -> Iterator[Claim]:
    """A claim for each member of the list, or each of the items. `rule` is what announces them.

    The first item begins at most `near` characters behind what announces it.
    """
    reader = frames.reader
    listed = _listed(reader, opening.end, behind_colon=facet == "feature")
    if listed:
        yield from frames.claims(facet, s, listed, Span(opening.start, listed.end), rule)
        return
    acts = _OF_ACTS.search(reader.text, *opening) is not None
    for item in _items(reader, opening, near):
        span = trim(reader.text, *item.span("item"))
        told = facet == "element" and (is_clause(reader, span) or (not acts and _is_act(reader, span)))
        if not _tells(reader, span) and not told:
            yield from frames.claims(facet, s, span, Span(*item.span()), rule, parts=[span])


def _listed(reader: Reader, end: int, *, behind_colon: bool) -> Span | None:
    """The list in the clause behind what announces it: ，即A、B和C; ：A、B、C. It may end in the colon itself where it announces
    marks: what 包括： lists may be members of a class.
    """
    text = reader.text
    ends_in_colon = behind_colon and text[end - 1] == "："
    colon = text.startswith("：", end) or ends_in_colon
    follow = reader.clause(end) if ends_in_colon else reader.next_clause(end)
    named = _NAMED.match(text, *follow)
    if named:
        return Span(named.end(), follow.end)
    plain = colon and text.find("、", *follow) >= 0 and not _ENUMERATION.match(text, *follow)
    return follow if plain else None


def _items(reader: Reader, opening: Span, near: int) -> Iterator[re.Match[str]]:
    """The items, all numbered in the style of the first, up to where another enumeration begins."""
    first = ""
    limit = min(len(reader.text), reader.block(opening.start).end + _FARTHEST)
    for item in _ENUMERATION.finditer(reader.text, opening.end, limit):
        style = next(name for name in _STYLES if item[name])
        if not first:
            if item.start() - opening.end > near or not _FIRST.match(item[0]):
                return
            first = style
        elif style != first:
            continue
        elif _BEGINS_ANEW.match(item[0]):
            return
        yield item


# What consists of acts, as other wholes do not.
_OF_ACTS = lazy("步骤|做法|经验|要求|原则|任务|措施|举措|路径|流程|方法|方式|环节|阶段|工作|职责|内容|改革|策略|思路|情形")


def _is_act(reader: Reader, span: Span) -> bool:
    """Whether an item is a verb with its object: 开展航道疏浚行动; 开放的港口网络 is a thing."""
    first = reader.tokens(*span)[0]
    word = reader.text[slice(*first[:2])]
    governs = first.tag == "v" and first.end < span.end and reader.is_word(word, "governing_verbs")
    return governs and not reader.is_word(word, "verbal_nouns") and reader.text.find("的", *span) < 0


def _tells(reader: Reader, span: Span) -> bool:
    """Whether an item is a statement of its own, no part: 第一，数据是关键要素; 一是能促进…; 二是竞争会降低价格."""
    words = [reader.text[slice(*token[:2])] for token in reader.tokens(*span)]
    return reader.text.find("是", *span) >= 0 or any(reader.is_word(word, "modals") for word in words)
