"""Where a sentence goes on in the next line, wherever it breaks off, as where a page was taken apart into pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.lines import Line
from pipeline.read.naming import finished, unclosed

if TYPE_CHECKING:
    from pipeline.read.joining import Paragraph


def unfinished(text: str) -> bool:
    """Whether the last sentence still goes on."""
    last = text[-1]
    if last == ".":
        return text[-2:-1].isdigit()  # a number that was cut; else the end of a sentence in Latin letters
    if last == "）" and (opened := text.rfind("（")) > 0 and text[opened - 1] in p.TERMINAL:
        return False  # a remark after the sentence: ……。（责任单位：……）
    if last in p.CLOSERS:
        last = text.rstrip(p.CLOSERS)[-1:]
    return not last or last not in p.TERMINAL


def is_ragged(lines: Sequence[Line]) -> bool:
    """Whether lines break off at commas far from the right margin, as where a page was taken apart into pieces."""
    least = max(3, 0.02 * len(lines))
    broken = [line.width for line in lines if line.text[-1] in "，、" and not line.tab]
    if len(broken) < least:
        return False
    widths = sorted([line.width for line in lines if not line.tab])
    width = widths[int(len(widths) * 0.8)]
    return sum(each < 0.7 * width for each in broken) >= least


_GOES_ON = ("根据", "依据", "按照", "关于", "包括", "通过", "为了", *"，、《（“〔的和与及或在对由将把被从向以于")
CLOSED = lazy(r"[）】〕》”]$")
_OPENING = lazy("[《（“〔]")
_BACK = 120  # characters in which a bracket that was opened is closed


def mid_sentence(current: Paragraph) -> bool:
    """Whether a paragraph breaks off in a sentence, however short its last line: behind a comma or a word that wants another,
    in a bracket, or, once it runs over several lines of prose, behind anything that closes nothing.
    """
    last = current.lines[-1].text
    first = current.lines[0].text
    number = p.MARKER.fullmatch(first) if len(current.lines) == 1 and first[0] in p.OPENERS else None
    if number and number.lastgroup in ("han", "han_paren", "digit", "digit_paren", "article"):  # alone on its line
        return True
    if last[-1] in "，、" or (not current.marked and last.endswith(_GOES_ON)):
        return True
    whole = "".join(line.text for line in current.lines[-4:])
    if _OPENING.search(whole, max(0, len(whole) - _BACK)) and _breaks_off(whole[-_BACK:]):
        return True
    prose = len(current.lines) > 1 and ("，" in whole or "。" in whole)
    return prose and last[-1] not in "）】〕》”：:"


def _breaks_off(text: str) -> bool:
    return any(left_open(text, pair) for pair in ("《》", "（）", "“”", "〔〕"))


_WANTS_TITLE = lazy("(?:落实|执行|印发|转发|发布|公布|制定|出台|实施|修订|参照|遵循|符合|编制|学习|宣传)$")


def names_what_follows(current: Paragraph, line: Line) -> bool:
    """Whether the title of a document on a line of its own belongs to the sentence around it: 为贯彻落实|《…》|（云政发〔…）."""
    last = current.lines[-1].text
    if current.marked or NAMES_BODY.search(last):
        return False
    below = line.text[0]
    return (below == "《" and _WANTS_TITLE.search(last) is not None) or (last[-1] == "》" and below in "（(的等和及与，、已")


HAN = lazy("[\u4e00-\u9fff]")
_FORM = lazy(
    r"[^。；，：]{2,40}(?:申请|申报|登记|汇总|统计|推荐|备案|报名|评分|审批|信息|明细|情况|任务|分工|职责|进度)(?:表|清单|一览表)(?:[（(].{1,12}[）)])?"
)
_FORM_ENDS = ("表", "清单", "）", ")")
NAMES_BODY = lazy(rf"(?:[委局厅府部院行办司署会队校所站组表单]|公司|单位|中心|集团|{p.GENRE})$|^附")


def is_form(text: str) -> bool:
    """Whether a line is the name of a form or a table, which stands above its fields."""
    return text.endswith(_FORM_ENDS) and _FORM.fullmatch(text) is not None


def is_prose(paragraph: Paragraph) -> bool:
    text = "".join(line.text for line in paragraph.lines)
    if paragraph.marked:
        return text[-1] in "。；"  # the first sentence of a measure, which stands alone on its line
    return len(text) > 30 and text[-1] in "。；）〕" and "，" in text


def left_open(text: str, pair: str) -> bool:
    """Whether a bracket was opened in the line and not closed."""
    return text.rfind(pair[0]) > text.rfind(pair[1])


_RUNNING = "，。；、！？"  # of running text, not of titles


def parts_head(current: Paragraph, line: Line) -> bool:
    """Whether lines above the first sentence of a document are two: of a title, its fields, its authors; not of running text."""
    if len(current.lines) > 4:
        return False
    whole = "".join(each.text for each in current.lines)
    if p.FIELD_NAME.fullmatch(whole) or p.FIELD_NAME.fullmatch(line.text) or p.is_labelled(line.text):
        return True
    if current.marked or unclosed(whole) or not HAN.search(whole + line.text):
        return False
    if finished(whole) and "，" not in whole and line.text[0] not in "的和与及等、，":
        return True
    return not any(char in whole + line.text for char in _RUNNING)
