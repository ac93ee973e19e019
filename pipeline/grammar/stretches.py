"""Stretches of text without what they are set in, and what of them names nothing."""

from __future__ import annotations

from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader, keep
from pipeline.grammar.sites import sites_in
from pipeline.model import Span
from pipeline.patterns import lazy

_MARKS = " \n　，,）)"
_NTH = lazy("届")  # 十四届|全国人大常委会
_NUMBER = lazy(r"第?[\d.一二三四五六七八九十百千万亿]+余?")


@keep
def bare(reader: Reader, span: Span) -> Span:
    """A stretch without the date and the dateline before it, and without the date, the place and the adverbs behind it."""
    return _without_setting_behind(reader, _without_setting_before(reader, span))


def _without_setting_before(reader: Reader, span: Span) -> Span:
    start, end = behind_dateline(reader, span), span.end
    while start < end:
        date = next((date for date in reader.dates(start, start + 1) if date.end <= end), None)
        first = reader.tokens(start, end)[0]
        length = first.end - start if reader.is_word(reader.text[start : first.end], "manner") else 0  # not of 胜利街
        remark = reader.text.find("）", start, end) + 1 if reader.text[start] == "（" else 0
        if first.tag == "c" and reader.dates(first.end, first.end + 1):  # 以及|2017年3月
            start = first.end
        elif date:
            start = date.end + reader.text.startswith("的", date.end)
        elif remark or length or reader.text[start] in _MARKS:
            start = remark or start + (length or 1)
        else:
            break
    return Span(start, end)


def behind_dateline(reader: Reader, span: Span) -> int:
    """Where a stretch goes on behind a dateline: 新华社西安10月18日电|（记者赵雪）第三届论坛."""
    sent = (date.end for date in reader.dates(*span) if reader.word_at(date.end, "sent_out"))
    return next((end + reader.word_at(end, "sent_out") for end in sent), span.start)


def _without_setting_behind(reader: Reader, span: Span) -> Span:
    start, end = span
    dated = False
    while end > start:
        dates = [date for date in reader.dates(start, end) if date.end == end]
        places = [place for place in sites_in(reader, Span(start, end)) if place.end == end]
        length = _adverb_behind(reader, Span(start, end), dated=dated)
        if dates or places:
            end, dated = (dates or places)[0].start, bool(dates)
            if not (dates and reader.word_before(end, "planned", start)):  # 定于|3月5日: an adverb of its own
                end -= reader.word_before(end, "whereabouts", start) or reader.word_before(end, "not_since", start)
        elif length or reader.text[end - 1] in _MARKS:
            end -= length or 1
        else:
            break
    return Span(start, end)


def _adverb_behind(reader: Reader, span: Span, *, dated: bool) -> int:
    """How long the adverb, the 将 or the 从 is that ends a stretch, as a word of its own: not the 计划 of 禁渔计划, unless a date
    stood behind it.
    """
    length = max(reader.word_before(span.end, words, span.start) for words in ("manner", "planned", "not_from", "vague_times"))
    if not length:
        return 0
    tokens = reader.tokens(*span)
    noun = tokens[-1].tag.startswith("n") and not dated and reader.word_before(span.end, "planned", span.start)
    return length if not noun and any(token.start == span.end - length for token in tokens) else 0


def counts(reader: Reader, span: Span, measures: str = "measures") -> bool:
    """Whether a stretch opens with a number of things, or another word that counts: 三条铁路, 一批项目."""
    number = _NUMBER.match(reader.text, *span)
    ordinal = number is not None and (number[0].startswith("第") or ("十" in number[0] and _NTH.match(reader.text, number.end())))
    counted = number is not None and not ordinal and reader.word_at(number.end(), measures)
    return bool(counted or (measures == "measures" and reader.word_at(span.start, "some")))


def ends_in_count(reader: Reader, span: Span) -> bool:
    """Whether a stretch ends in a number of things: 学校80所."""
    if any(quantity.start < span.end <= quantity.end for quantity in reader.quantities(*span)):
        return True
    end = span.end - reader.word_before(span.end, "measures", span.start)
    counted = reader.text[span.start : end].rstrip("多余万亿")
    return end < span.end and counted[-1:].isdecimal()


def is_put_together(reader: Reader, name: str) -> bool:
    """Whether a name says only of what kind a thing is: 重大项目, 创新平台建设."""
    return is_made_of(reader, name, "of_no_name") or is_unnamed(reader, name)


def is_unnamed(reader: Reader, name: str) -> bool:
    """Whether a name says only that there was a meeting or the like: 全体会议, 主题活动."""
    name = clean(name)
    head = next((at for at in range(len(name)) if reader.is_word(name[at:], "unnamed_occasions")), -1)
    return head == 0 or (head > 0 and is_made_of(reader, name[:head], "said_of_occasions"))


def is_made_of(reader: Reader, name: str, words: str) -> bool:
    """Whether a name is words of one class and nothing else."""
    ends = {0}
    for start in range(len(name)):
        if start in ends:
            ends.update(end for end in range(start + 1, min(start + 6, len(name)) + 1) if reader.is_word(name[start:end], words))
    return bool(name) and len(name) in ends
