"""When, where and by whom: what is in force for a happening whose clause does not say so.

A date holds for its sentence and up to the next date of its paragraph, and a day that news tells also for the paragraphs below,
until the next. What a section reviews happened in its years, or in those with which a paragraph of it opens.
"""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.extract.reader import Reader
from pipeline.model import Block, DateMention, Span

# 3月5日以来, 截至3月5日, 据3月5日的…: a date up to which, or from which, figures are told.
_NOT_AFTER = re.compile(
    r"以来|以后|以前|之前|之后|末|底|[）)]?\s*电(?=[\s（(　])|[—\-至到]|[^，。]{0,12}(?:增长|下降|增速|数据|占)"
)
_NOT_BEFORE = re.compile(r"(?:截至|截止|截止到|至|到|自|从|早在|根据|按照|与|比|较|对|《[^》]*|（|\(|〔)$")


PLAN_SECTION = re.compile(r"(?:工作安排|主要任务|工作任务|今年工作|总体要求|重点工作|目标|建议|下一步|打算|部署)")
REVIEW = re.compile(r"(?:工作回顾|过去一年|回顾|工作总结|一年来)")
# 过去五年, 这五年 of a report delivered in a year that is known; 刚刚过去的2025年.
_YEARS_BACK = re.compile(r"(?:各位代表[，：！])?(?:刚刚)?过去的?(?:(?P<year>20\d{2})年|五年)|这五年|五年来")
_FIVE_YEAR_PLAN = re.compile("“?十([一二三四五六七])五”?时期")
_NUMERALS = {numeral: 10 + at for at, numeral in enumerate("一二三四五六七", 1)}  # 十四五: 2021 to 2025


class Setting:
    """What is in force at positions of one document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def date(self, position: int) -> DateMention | None:
        """The date that dates what is told at `position`: the last before it in its sentence, else in its paragraph, else, of
        news, in the text above.
        """
        reader = self._reader
        block = reader.block(position)
        found = self._last(max(block.start, reader.sentence(position).start), position)
        found = found or self._last(block.start, position)
        if found is None and reader.document.kind == "news":
            found = self._last(0, block.start)
            found = found if found and found.precision == "day" else None
        return found

    def is_own(self, date: DateMention, position: int) -> bool:
        """Whether a date stands in the sentence around `position`."""
        sentence = self._reader.sentence(position)
        return sentence.start <= date.start < sentence.end

    def period(self, position: int) -> str | None:
        """The years of the section around `position`, where it tells what was done."""
        return self._periods[self._reader.block_index(position)]

    @cached_property
    def _periods(self) -> tuple[str | None, ...]:
        """The years that each block reviews; a paragraph that opens with others changes them for those below it."""
        reader, found = self._reader, list[str | None]()
        years: dict[int, str | None] = {}  # by the heading
        report = reader.document.kind == "report"
        for block in reader.document.blocks:
            if block.parent not in years or (report and _YEARS_BACK.match(reader.text, block.start)):
                years[block.parent] = _period(reader, block)
            found.append(years[block.parent])
        return tuple(found)

    def _last(self, start: int, end: int) -> DateMention | None:
        return next((date for date in reversed(self._reader.dates(start, end)) if self._dates(date)), None)

    def _dates(self, date: DateMention) -> bool:
        """Whether a date says when something happened."""
        reader, text = self._reader, self._reader.text
        sentence = reader.sentence(date.start)
        before = text[max(sentence.start, date.start - 8) : date.start]
        titles = (m for m in reader.mentions(max(0, date.start - 80), date.end + 80) if m.kind == "title")
        return not (
            reader.is_aside(date.start)
            or reader.block(date.start).kind in ("title", "heading")
            or _NOT_BEFORE.search(before)
            or _NOT_AFTER.match(text, date.end)
            or any(title.start <= date.start < title.end for title in titles)
        )


def _period(reader: Reader, block: Block) -> str | None:
    """The year that the section over a block reviews, or None where it reviews nothing."""
    opening = _YEARS_BACK.match(reader.text, block.start, min(block.end, block.start + 30))
    headings = [reader.text[h.start : h.end] for h in reader.headings(block.start)]
    if opening and reader.document.kind == "report" and any(REVIEW.search(heading) for heading in headings):
        return opening["year"] or _five_years(reader)
    for heading in headings:
        if PLAN_SECTION.search(heading) and not REVIEW.search(heading):
            return None
        if REVIEW.search(heading):
            found = re.search(r"((?:19|20)\d{2})年", heading)
            planned = _FIVE_YEAR_PLAN.search(heading)
            if planned and not (found and found.start() < planned.start()):
                # “十四五”时期和2025年工作回顾: the five years, until the text comes to the year
                first = 1 + 5 * _NUMERALS[planned[1]] + 1950
                return f"{first}/{first + 4}"
            if found:
                return found[1]
            if re.search(r"过去一年|一年来", heading) and reader.document.date:
                return str(int(reader.document.date[:4]) - 1)
    return None


def _five_years(reader: Reader) -> str | None:
    if reader.document.date is None:
        return None
    year = int(reader.document.date[:4])
    return f"{year - 5}/{year - 1}"


def opening(reader: Reader, span: Span) -> Span:
    """A stretch without the date with which its clause opens."""
    dates = [date for date in reader.dates(*span) if date.end <= span.end]
    return Span(dates[-1].end, span.end) if dates else span
