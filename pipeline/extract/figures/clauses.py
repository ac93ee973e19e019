"""What stands around the figures of a sentence: each list of figures with the words before and behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.figures.amounts import Amount, amounts, listed
from pipeline.extract.figures.patterns import Patterns
from pipeline.extract.reader import Reader
from pipeline.model import Span
from pipeline.patterns import lazy


class Piece(NamedTuple):
    """A list of figures; `left` is the stretch before it and `right` that behind it, each within the clause and up to the next
    figures. `joined` tells that figures stand right before `left`, in the same clause and with no mark between.
    """

    amounts: tuple[Amount, ...]
    left: Span
    right: Span
    joined: bool
    clause: Span


_MARK = lazy("[，；：。！？\n]|——|,")
_PARTS = lazy(r"[、和与及并]|以及")


def pieces(reader: Reader, sentence: Span, patterns: Patterns) -> Iterator[Piece]:
    """The lists of figures of a sentence, in order."""
    text = reader.text
    found = [amount for amount in amounts(text, sentence.start, sentence.end, patterns) if _is_figure(text, amount, patterns)]
    if not found:
        return
    found = [amount for amount in found if not _is_titled(text, sentence.start, amount.number)]
    found = [amount for amount in found if not (amount.number == sentence.start and _SECTION.match(text, amount.number))]
    dates = reader.dates(*sentence)
    found = [amount for amount in found if not any(date.start < amount.end and amount.number < date.end for date in dates)]
    groups = list(_groups(text, found))
    for at, group in enumerate(groups):
        clause = clause_around(text, sentence, group[0].start, group[-1].end)
        before = groups[at - 1][-1].end if at else -1
        after = groups[at + 1][0].start if at + 1 < len(groups) else len(text)
        start, joined = clause.start, False
        if before > clause.start:
            mark = _PARTS.match(text, before)
            start, joined = (mark.end(), False) if mark else (before, True)
        last = group[-1].end
        right = min(clause.end, after)
        yield Piece(group, Span(start, max(start, group[0].start)), Span(last, max(last, right)), joined, clause)


_SECTION = lazy(r"\d+\.\d+\s")  # 7.2 本预案
_LASTING = lazy(r"(?:连续|蝉联|历时|时隔)(?:了)?\s?\Z")
_SCALE_ALONE = lazy("[百千]?[万亿]+")
_FORMULA = lazy(r"\s?[$\\\\(]")
_NEAR = 9  # characters before a number that may say that it is none
_UNQUOTED = lazy(r"[^“”，。；]{1,8}”")
_QUOTED = lazy(r"[“\"‘][^“”]{0,8}\Z")


def _is_figure(text: str, amount: Amount, patterns: Patterns) -> bool:
    """Whether a number may be a figure: not 一轮, 两个, 连续3年, 近5年, 前10位, “四个”."""
    before = text[max(0, amount.number - _NEAR) : amount.number]
    if amount.bare or (amount.spelled and _is_of_words(text, amount, before, patterns)):
        return False
    if _QUOTED.search(before) and _UNQUOTED.match(text, amount.end):
        return False  # “7个专项行动”
    if amount.unit in patterns.of_time or amount.unit == "分":
        if before[-1:] in ("时", "点"):
            return False  # 9时30分
        return before[-1:] != "近" and _LASTING.search(before) is None
    alone = _SCALE_ALONE.fullmatch(amount.unit) and _FORMULA.match(text, amount.end)  # 40万$hm^2$
    return before[-1:] not in ("前", "后") and not alone


def _is_titled(text: str, start: int, position: int) -> bool:
    """Whether a position is within the title of a work."""
    return text.rfind("《", start, position) > text.rfind("》", start, position)


def _is_of_words(text: str, amount: Amount, before: str, patterns: Patterns) -> bool:
    """Whether a number in Chinese numerals is part of a word or counts parts of the text: 千行百业, “四个自信”, 两个方面."""
    if "分之" in amount.value:
        return False
    vague = amount.start == amount.number and text[amount.number] in "百千万亿"
    if amount.unit == "元" and len(amount.value) == 1:
        return True  # 三元乳业
    if text[amount.number] == "二" and amount.value == "2":
        return True  # 二套住房, 二孩: of things counted 两 is said
    one = amount.value in ("1", "一") and amount.unit not in ("倍", "番", "成")
    return vague or one or amount.unit in patterns.of_parts or _QUOTED.search(before) is not None


def _groups(text: str, found: Sequence[Amount]) -> Iterator[tuple[Amount, ...]]:
    group: list[Amount] = []
    for amount in found:
        if group and not listed(text, group[-1], amount):
            yield tuple(group)
            group = []
        group.append(amount)
    if group:
        yield tuple(group)


def clause_around(text: str, sentence: Span, first: int, last: int) -> Span:
    """The clause around text[first:last]; marks within brackets or quotation marks bound none."""
    start = sentence.start
    for mark in _MARK.finditer(text, sentence.start, first):
        if not is_within(text, sentence.start, mark.start()):
            start = mark.end()
    end = next(
        (m.start() for m in _MARK.finditer(text, last, sentence.end) if not is_within(text, sentence.start, m.start())),
        sentence.end,
    )
    return Span(start, end)


def is_within(text: str, start: int, position: int, marks: str = "（）“”《》") -> bool:
    """Whether brackets or quotation marks, each followed by the one that closes it in `marks`, are open at a position."""
    pairs = zip(marks[::2], marks[1::2], strict=True)
    return any(text.count(opening, start, position) > text.count(closing, start, position) for opening, closing in pairs)
