"""Of which time a figure is: that of its clause, its sentence, its paragraph or its section; None where none says."""

from __future__ import annotations

import re

from pipeline.extract.figures.scene import Figure
from pipeline.extract.reader import Reader
from pipeline.model import DateMention
from pipeline.parse.setting import Setting

_TARGET = re.compile(r"(?:(?<!截)(?<!截止)(?<!直)[到至]\s?|(?:力争|争取|预期|目标|确保|实现)[^，。；]{0,8})\Z")
_AIMS = re.compile("力争|预期目标|主要目标|目标是|将达到|确保|争取|工作目标|发展目标")
_PAST_YEARS = re.compile(
    r"(?:过去|近|(?<!学)前|之前|此前)的?[\d一二两三四五六七八九十]{1,2}年|(?<![\d一二三四五六七八九十〇零])(?![一1]年)[\d一二两三四五六七八九十]{1,2}年[来间里]"
)
_DASHES = ("—", "－－", "--")
_COMPARED = re.compile(r"(?:[比较与同和]|相比|对比|是|自|相较于?|高于|低于|相当于)\s?\Z")


class Periods:
    """The periods of the figures of one document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._setting = Setting(reader)

    def of(self, figure: Figure) -> tuple[str | None, bool]:
        """The period of a figure, ISO 8601, and whether it is one to come."""
        reader, setting = self._reader, self._setting
        sentence, block = reader.sentence(figure.at), reader.block(figure.at)
        section, ahead = setting.period(figure.at), setting.year_ahead(figure.at)
        date = self._last(sentence.start, figure.at)
        clause = reader.clause(figure.at)
        if _PAST_YEARS.search(reader.text, sentence.start if date is None else max(clause.start, sentence.start), figure.at):
            return (section if section and "/" in section else None), False  # no year of its own
        if reader.text[figure.at - 1] in "从由":
            return None, False  # what it was before
        if figure.rule == "indicator.grant":
            date = date if date and date.start >= clause.start else None
            return (date.value if date else None), False
        if date is None and section is None:
            date = self._last(block.start, sentence.start) or self._announced(figure.at)
        if date is not None:
            return date.value, bool(date.value) and self._is_ahead(date, ahead)
        aims = bool(_AIMS.search(reader.text, sentence.start, figure.end))
        return section or ahead, section is None and (ahead is not None or aims)

    def _announced(self, position: int) -> DateMention | None:
        """The date of the goals that a paragraph announces above a list with dashes: 到2035年，实现以下目标：."""
        reader = self._reader
        at = reader.block_index(position)
        blocks = reader.document.blocks
        if not reader.text.startswith(_DASHES, blocks[at].start):
            return None
        while at > 0 and (
            reader.text.startswith(_DASHES, blocks[at].start) or not self._announces(blocks[at].start, blocks[at].end)
        ):
            if not reader.text.startswith(_DASHES, blocks[at].start) and blocks[at].kind == "heading":
                return None
            at -= 1
        return self._last(blocks[at].start, blocks[at].end)

    def _announces(self, start: int, end: int) -> bool:
        return self._reader.text[start:end].rstrip().endswith(("：", ":"))

    def _last(self, start: int, end: int) -> DateMention | None:
        """The last date of a stretch that is no other time with which a figure is compared; its value may not be known."""
        reader = self._reader
        for date in reversed(reader.dates(start, end)):
            if date.end <= end and not self._is_compared(date) and not self._is_before(date, end):
                return date
        return None

    def _is_before(self, date: DateMention, end: int) -> bool:
        """Whether a date is that of a figure before: 从2030年的3%提高到5%."""
        text = self._reader.text
        opens = text[max(0, date.start - 2) : date.start].rstrip()[-1:] in ("从", "由")
        return opens and any(character.isdecimal() for character in text[date.end : end])

    def _is_compared(self, date: DateMention) -> bool:
        """Whether a date tells another time: 比2030年, 是2029年的2倍, 与2030年的5%相比; or stands in a title."""
        reader = self._reader
        text = reader.text
        titled = any(title.start <= date.start < title.end for title in reader.mentions_of("title"))
        return titled or bool(_COMPARED.search(text, max(0, date.start - 4), date.start)) or text.startswith("相比", date.end)

    def _is_ahead(self, date: DateMention, ahead: str | None) -> bool:
        """Whether a date is one to come: 到2035年; none that is past when the document was written."""
        written = self._reader.document.date
        if written and date.value and date.value[:4] < written[:4]:
            return False
        target = _TARGET.search(self._reader.text, max(0, date.start - 8), date.start)
        return bool(target) or ahead is not None
