"""When something happened whose clause does not say so, or says so in the words around.

A date holds for its sentence and up to the next date of its paragraph, and a day that news tells also for the paragraphs below,
until the next. What a section reviews happened in its years (pipeline.sections), or in those with which a paragraph of it opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pipeline.extract.reader import Reader
from pipeline.model import DateMention, Span
from pipeline.sections import Sections, years_back

_BACK = 8  # characters before a date that may say that nothing happened then
_LONGEST_ADDRESS = 6  # characters: 各位代表
_TODAY = 4  # characters of 今天上午 and its like
_FIGURES = 12  # characters behind a date in which a word may say that it is of figures


class Setting:
    """What is in force at positions of one document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @cached_property
    def _sections(self) -> Sections:
        wording = self._reader.wording
        return Sections(self._reader.document, wording.section_kinds, wording.plans)

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

    def own(self, position: int) -> tuple[DateMention, ...]:
        """The date of the sentence that dates what is told at `position`, and those of one list with it."""
        date = self.date(position)
        own = date is not None and self.is_own(date, position) and not self._is_of_late(date, position)
        return self.listed(date) if date and own else ()

    def _is_of_late(self, date: DateMention, position: int) -> bool:
        """Whether what stands between a date and a position tells of another time that is not known: 7月27日电 近日，…"""
        return any(self._reader.word_places(date.end, position, "vague_times"))

    def listed(self, date: DateMention) -> tuple[DateMention, ...]:
        """A date with those that are listed before it: 4月18日、21日."""
        found = [date]
        dates = self._reader.dates(self._reader.sentence(date.start).start, date.start)
        for before in reversed(dates):
            if not self._reader.is_word(self._reader.text[before.end : found[0].start], "listed_with"):
                break
            found.insert(0, before)
        return tuple(found)

    def since(self, position: int) -> DateMention | None:
        """The date from which something went on at `position`: 7月以来, 7月1日起."""
        reader = self._reader
        dates = reader.dates(reader.sentence(position).start, position)
        return next((date for date in reversed(dates) if self.runs_from(date) or reader.word_at(date.end, "since")), None)

    def runs_from(self, date: DateMention) -> bool:
        """Whether something began on a date: 7月1日起."""
        return self._reader.text.startswith("起", date.end)

    def period(self, position: int) -> str | None:
        """The years of the section around `position`, where it tells what was done."""
        return self._periods[self._reader.block_index(position)]

    def year_ahead(self, position: int) -> str | None:
        """The year whose work the section around `position` sets out."""
        section = self._sections.of(self._reader.block_index(position))
        period = section.period if section and section.tense == "future" else None
        return period if period and len(period) == len("2031") else None

    @cached_property
    def _periods(self) -> tuple[str | None, ...]:
        """The years that each block reviews; a paragraph that opens with others changes them for those below it."""
        reader, found = self._reader, list[str | None]()
        years: dict[int, str | None] = {}  # by the heading
        for index, block in enumerate(reader.document.blocks):
            if block.parent not in years:
                years[block.parent] = self._reviewed(index, years)
            if years[block.parent] and block.kind == "paragraph":
                years[block.parent] = self._opens_with(Span(block.start, block.end)) or years[block.parent]
            found.append(years[block.parent] if block.kind != "heading" else None)
        return tuple(found)

    def _reviewed(self, block: int, years: Mapping[int, str | None]) -> str | None:
        """The years that the section of a block reviews: its own, or those that the text around it has come to."""
        section = self._sections.of(block)
        if section is None or not self._sections.is_review(section):
            return None
        outer = self._sections.all[section.around] if section.around is not None else None
        if outer and outer.period == section.period and (come_to := years.get(outer.first)):
            return come_to
        return self._sections.first_period(section)

    def _opens_with(self, block: Span) -> str | None:
        """The years to which a paragraph of a report looks back, behind those whom it speaks to: 各位代表，刚刚过去的2030年."""
        reader = self._reader
        if reader.document.kind != "report":
            return None
        first = reader.clause(block.start)
        addressed = first.end - first.start <= _LONGEST_ADDRESS and first.end + 1 < block.end
        clauses = (first, reader.next_clause(first.end)) if addressed else (first,)
        return next((years for clause in clauses if (years := years_back(reader.document, reader.text[slice(*clause)]))), None)

    def _last(self, start: int, end: int) -> DateMention | None:
        return next((date for date in reversed(self._reader.dates(start, end)) if self.dates_something(date)), None)

    def dates_something(self, date: DateMention) -> bool:
        """Whether a date of the running text says when something happened."""
        noted = self._reader.is_aside(date.start) or self._reader.block(date.start).kind in ("title", "heading")
        return not noted and self.is_moment(date) and not self._reader.word_before(date.start, "not_from")

    def is_moment(self, date: DateMention) -> bool:
        """Whether the words around a date leave it a time at which something happened."""
        reader = self._reader
        return not (
            (reader.word_before(date.start, "not_since") and not (self._opens_remark(date) or self._dates_today(date)))
            or reader.word_at(date.end, "no_moment")
            or reader.word_before(date.end, "no_moment", date.start)
            or reader.word_at(date.end, "sent_out")
            or any(reader.word_places(date.end, _near(reader, date), "of_figures"))
            or any(title.start <= date.start < title.end for title in reader.mentions_of("title"))
        )

    def _dates_today(self, date: DateMention) -> bool:
        """Whether a date in brackets says which day the word before it is: 今天（11月12日）."""
        before = self._reader.dates(date.start - _TODAY, date.start)
        return bool(before and before[-1].end == date.start - 1 and before[-1].value is None)

    def _opens_remark(self, date: DateMention) -> bool:
        """Whether a date opens a sentence in brackets: （2031年3月5日在渔业大会上的讲话）."""
        start = self._reader.sentence(date.start).start
        return start == date.start - 1 and self._reader.text[start] in "（("


def _near(reader: Reader, date: DateMention) -> int:
    """Where what stands right behind a date ends, at the latest where something is said to be done."""
    end = min(date.end + _FIGURES, reader.clause(date.start).end)
    return min((at for words in ("acts", "does") for at, _ in reader.word_places(date.end, end, words)), default=end)


def opening(reader: Reader, span: Span) -> Span:
    """A stretch without the date with which its clause opens."""
    dates = [date for date in reader.dates(*span) if date.end <= span.end]
    return Span(dates[-1].end, span.end) if dates else span
