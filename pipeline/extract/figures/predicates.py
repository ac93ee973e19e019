"""The words right before a figure: verbs of reaching and changing with their adverbs, and in front of them the quantity."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.figures.clauses import Piece
from pipeline.extract.figures.scene import Scene
from pipeline.extract.reader import Reader
from pipeline.model import Span
from pipeline.patterns import lazy


class Predicate(NamedTuple):
    """What stands between a quantity and its figure; the quantity ends at `end`."""

    end: int
    change: bool
    reach: bool


_AGAINST = lazy(
    r"(?:(?:较(?![大强高])|比(?![重例率值较])|相比|相较|同比|与)[^，、；。占]{1,14}?(?:相比|同期)?|在[^，、；。占]{1,12}(?:基础)?上|(?<![占对])[较比])\Z"
)
FROM = lazy(r"(?:从|由)(?P<when>[^从由，。；]{0,9})\Z")
_LASTING = lazy(r"连续\s?[\d一二两三四五六七八九十]{1,3}\s?个?[年月]\s?\Z")  # 满意度|连续5年|保持在
_BEFORE_FROM = ("", "平均", "原来的", "此前的", "原")
_RULED = ("regulation", "measures", "plan", "other")
_CONDITION = lazy(
    r"[^，。；：、的]{0,24}的(?=[，,、。；：]|$)"
    r"|[^，。；：]{0,16}?的[^，。；：]{0,24}(?=[，,](?:按|给|可|经|由|给予|予以|每|一次性|最高|应|不得))"
)
_OPENS_CONDITION = lazy(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:对(?:于)?(?!外|接|口|标)|凡|符合|具备|具有|申请|年满|如|若|当)"
)
_EACH_MORE = lazy("每(?:增加|提高|提升|增长|上升|下降|减少|降低|新增|投入|多)")  # 投入每增加1%，产出增长2%
_LISTED = lazy(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳]|[-—•·]+)")


def predicate(scene: Scene, left: Span) -> Predicate:
    """The verbs of reaching and changing that stand right before a figure, with their adverbs."""
    patterns, text = scene.patterns, scene.reader.text
    end, change, reach = left.end, False, False
    starts = {token.start for token in scene.reader.tokens(*left)}
    while True:
        end = before_date(scene.reader, left.start, end)
        found = patterns.last_word.search(text, left.start, end)
        if found is None or not _is_word(scene, left, end, found, starts):
            break
        word = found["word"]
        if word in patterns.shares and word not in patterns.reaches:
            break
        changes = word in patterns.rises or word in patterns.falls
        change = change or (changes and (not reach or word[-1] in "速幅率度"))  # 增速达到11%
        reach = reach or (word in patterns.reaches and not change)
        end = found.start()
    if change and end > left.start and text[end - 1] in "较比" and scene.reader.dates(end, end + 1):
        return Predicate(predicate(scene, Span(left.start, end - 1)).end, change, reach)  # 甲量与乙量|比2030年
    against = _AGAINST.search(text, max(left.start, end - 18), end) if change else None
    if against:
        end = predicate(scene, Span(left.start, against.start())).end
    return Predicate(end, change, reach)


def _is_word(scene: Scene, left: Span, end: int, found: re.Match[str], starts: set[int]) -> bool:
    """Whether a word before a figure is one, and no part of a longer: 达 behind 化解率, where the segmenter joins it to 率."""
    at = found.start()
    if at in starts:
        return True
    quantity = scene.patterns.quantity.search(scene.reader.text, left.start, at)
    if quantity and quantity.end() == at:
        return True
    return len(found["word"]) > 1 and (at == left.start or found.end() in starts or found.end() in (left.end, end))


def before_date(reader: Reader, start: int, end: int) -> int:
    """Where a stretch ends without the date at its end, and 了: 增长至|2031年的."""
    text = reader.text
    while end > start and (text[end - 1] in " 　了" or text.endswith("人民币", start, end)):
        end -= 1 if text[end - 1] in " 　了" else len("人民币")
    dates = reader.dates(start, end)
    date = next((date for date in dates if date.end <= end and text[date.end : end] in ("", "的", "末", "底")), None)
    return date.start if date else end


def core_of(scene: Scene, start: int, end: int) -> Span:
    """The words that name a quantity, without what leads into them and the date behind them."""
    reader, text = scene.reader, scene.reader.text
    from_ = FROM.search(text, max(start, end - 12), end)
    if from_ and (reader.dates(from_.start(), end) or from_["when"] in _BEFORE_FROM):
        end = from_.start()
    end = before_date(reader, start, end)
    lasting = _LASTING.search(text, start, end)
    end = lasting.start() if lasting else end
    begin = scene.nouns.opening(Span(start, end))
    end = _without_adverbs(scene, begin, end)
    end -= end > begin + 1 and text[end - 1] == "达" and text[end - 2] not in "发到抵雷表"  # 友城达|120对
    while end > begin and (text[end - 1] in "的、，：“和与及 　" or (text[end - 1] == "”" and "“" not in text[begin:end])):
        end -= 1
    return Span(begin, max(begin, end))


def _without_adverbs(scene: Scene, start: int, end: int) -> int:
    """Where a stretch ends without the adverbs at its end: 规模|预计, 支出|首次."""
    reader = scene.reader
    while end > start:
        last = reader.tokens(start, end)[-1]
        word = reader.text[last.start : last.end]
        leads = len(word) > 1 and (reader.is_word(word, "led_into") or reader.is_word(word, "foresees"))
        if last.start == start or not (last.tag == "d" or leads):
            break
        end = last.start
    return end


def is_supposed(scene: Scene, piece: Piece) -> bool:
    """Whether figures are a condition or a penalty: 年营业额达到500万元的，给予…; 处五万元以下罚款; 超过5公里的航线."""
    reader, text, last = scene.reader, scene.reader.text, piece.right.start
    if piece.amounts[-1].bound != "=" and text.startswith("的", last):
        return True
    if _EACH_MORE.search(text, scene.sentence.start, piece.clause.end):
        return True
    if reader.document.kind not in _RULED:
        return False
    if text.startswith("的", last):
        return True
    if text[max(0, piece.clause.start - 2) : piece.clause.start] in ("的，", "的,"):
        return True
    if _CONDITION.match(text, last, piece.clause.end + 1) or _OPENS_CONDITION.match(text, piece.clause.start):
        return True
    before = text[max(scene.sentence.start, piece.clause.start - 60) : piece.clause.end]
    return reader.holds(before, "supposes_figures") or _is_listed_condition(scene)


def _is_listed_condition(scene: Scene) -> bool:
    """Whether a sentence stands below a heading or a line that announces conditions: 申请条件, 须满足以下要求：."""
    reader = scene.reader
    headings = (reader.text[block.start : block.end] for block in reader.headings(scene.sentence.start))
    if any(reader.holds(heading, "condition_heads") for heading in headings):
        return True
    blocks, at = reader.document.blocks, reader.block_index(scene.sentence.start)
    while at >= 0 and _LISTED.match(reader.text, blocks[at].start):
        at -= 1
        lead = reader.text[blocks[at].start : blocks[at].end].rstrip()
        if lead.endswith(("：", ":")) and reader.holds(lead, "condition_heads"):
            return True
    return False
