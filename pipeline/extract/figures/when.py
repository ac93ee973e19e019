"""Of which time a figure is: that of its clause, its sentence, its paragraph or its section; None where none says."""

from __future__ import annotations

from functools import cached_property

from pipeline.extract.figures.scene import Figure
from pipeline.extract.reader import Reader
from pipeline.model import DateMention
from pipeline.parse.setting import Setting
from pipeline.patterns import lazy

_TARGET = lazy(r"(?:(?<!截)(?<!截止)(?<!直)[到至]\s?|(?:力争|争取|预期|目标|确保|实现)[^，。；]{0,8})\Z")
_AIMS = lazy("力争|预期目标|主要目标|目标是|将达到|确保|争取|工作目标|发展目标")
_PAST_YEARS = lazy(
    r"(?:过去|近|(?<!学)前|之前|此前)的?[\d一二两三四五六七八九十]{1,2}年|(?<![\d一二三四五六七八九十〇零])(?![一1]年)[\d一二两三四五六七八九十]{1,2}年[来间里]"
)
_WHOLE_YEAR = "全年"
_HALF = ("半年度", "上半年")
_HALF_ENDS = "-06"
_WORK_REPORT = "工作报告"
_ORDERS = ("plan", "measures")  # kinds of documents whose figures are set, not met
_NAME = 8  # characters of a name around a date within it
_OVER_YEARS = lazy(  # 5年增长18%
    r"(?<![\d.])[\d一二三四五六七八九十]{1,2}年(?:间|内|里|累计|共)?(?:增长|增加|提升|提高|下降|减少|降低|翻)[^，。；]{0,4}\Z"
)
_DASHES = ("—", "－－", "--")
_COMPARED = lazy(r"(?:[比较与同和]|相比|对比|是|自|相较于?|高于|低于|相当于|[较比][^，。；]{1,10}的)\s?\Z")


class Periods:
    """The periods of the figures of one document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._setting = Setting(reader)

    def of(self, figure: Figure) -> tuple[str | None, bool]:
        """The period of a figure, ISO 8601, and whether it is one to come."""
        period, ahead = self._of(figure)
        return period, ahead or self._is_set(figure, period)

    def _is_set(self, figure: Figure, period: str | None) -> bool:
        """Whether a figure is foreseen, or one that a plan sets: 预计达到5亿元, 建成3个园区."""
        reader, written = self._reader, self._reader.document.date
        if figure.rule == "indicator.grant" or reader.text[figure.at - 1] in "从由":
            return False
        sentence = reader.sentence(figure.at)
        clause = max(sentence.start, reader.clause(figure.at).start)
        if reader.holds(reader.text[clause : figure.at], "foresees"):
            return True
        if reader.document.kind not in _ORDERS or (period and written and period[-len(written) :][:4] < written[:4]):
            return bool(period and written and period[:4] > written[:4])
        return not reader.holds(reader.text[sentence.start : figure.end], "met_so_far")

    def _of(self, figure: Figure) -> tuple[str | None, bool]:
        reader, setting = self._reader, self._setting
        sentence, block = reader.sentence(figure.at), reader.block(figure.at)
        reviews = self._of_work or reader.document.genre == "communique"
        section = setting.period(figure.at) if reviews else None  # 过去一年 in a paper is no year of its own
        ahead = setting.year_ahead(figure.at) if self._of_work or reader.document.kind in _ORDERS else None
        date = self._last(sentence.start, figure.at)
        clause = reader.clause(figure.at)
        if _PAST_YEARS.search(reader.text, sentence.start if date is None else max(clause.start, sentence.start), figure.at):
            return (section if section and "/" in section else None), False  # no year of its own
        if reader.text[figure.at - 1] in "从由" or _OVER_YEARS.search(reader.text, clause.start, figure.at):
            return None, False  # what it was before
        if figure.rule == "indicator.grant":
            date = date if date and date.start >= clause.start else None
            return (date.value if date else None), False
        if date is None and ahead and reader.text.find(_WHOLE_YEAR, sentence.start, figure.at) >= 0:
            return ahead, True  # 全年, of the work ahead
        if date is None and section is None:
            date = self._before(block.start, sentence.start) or self._announced(figure.at)
        if date is not None and (date.value or not self._titled):
            return date.value, bool(date.value) and self._is_ahead(date, ahead)
        aims = bool(_AIMS.search(reader.text, sentence.start, figure.end))
        if section is None and ahead is None and self._titled and (date is None or self._is_part_of_title(date)):
            return self._titled, aims or self._of_work
        return section or ahead, section is None and (ahead is not None or aims)

    def _before(self, start: int, end: int) -> DateMention | None:
        """The last date of the sentences before; a target that no plan sets is that of its own sentence alone."""
        date = self._last(start, end)
        kept = self._reader.document.kind in (*_ORDERS, "report")
        return date if date and (kept or not _TARGET.search(self._reader.text, max(0, date.start - 8), date.start)) else None

    @cached_property
    def _titled(self) -> str | None:
        """The time that the title of a report or a plan names: 2031年半年度报告, 2031年工作计划, 2031年抽查情况的通报."""
        document = self._reader.document
        title = next((block for block in document.blocks if block.kind == "title"), None)
        if title is None or document.kind not in ("report", "plan"):
            return None
        dates = self._reader.dates(title.start, title.end)
        date = next((date for date in dates if date.value and len(date.value.partition("/")[0]) == len("2031")), None)
        if date is None or not date.value or (document.kind == "report" and self._reader.text[date.start - 1] in "（("):
            return None  # （2031年）, of an edition
        half = self._reader.text.startswith(_HALF, date.end)
        return f"{date.value}-01/{date.value}{_HALF_ENDS}" if half else date.value

    @property
    def _of_work(self) -> bool:
        """Whether the title is that of a work report, whose year is the one to come."""
        return _WORK_REPORT in (self._reader.document.title or "")

    def _is_part_of_title(self, date: DateMention) -> bool:
        """Whether a date whose year is not told is the time that the title names: 上半年."""
        return self._reader.text[date.start : date.end] in _HALF and (self._titled or "").endswith(_HALF_ENDS)

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
            if date.end <= end and not (self._is_compared(date) or self._is_before(date, end) or self._is_quoted(date)):
                return date
        return None

    def _is_before(self, date: DateMention, end: int) -> bool:
        """Whether a date is that of a figure before: 从2030年的3%提高到5%."""
        text = self._reader.text
        opens = text[max(0, date.start - 2) : date.start].rstrip()[-1:] in ("从", "由")
        return opens and any(character.isdecimal() for character in text[date.end : end])

    def _is_quoted(self, date: DateMention) -> bool:
        """Whether a date is part of a name in quotation marks: “新十二月市”."""
        text = self._reader.text
        opened = text.rfind("“", max(0, date.start - _NAME), date.start)
        closed = text.find("”", date.end, date.end + _NAME)
        return 0 <= opened < date.start - 1 and closed >= 0 and "”" not in text[opened : date.start]

    def _is_compared(self, date: DateMention) -> bool:
        """Whether a date tells another time: 比2030年, 是2029年的2倍, 与2030年的5%相比; or stands in a title."""
        reader = self._reader
        text = reader.text
        titled = any(title.start <= date.start < title.end for title in reader.mentions_of("title"))
        return titled or bool(_COMPARED.search(text, max(0, date.start - 14), date.start)) or text.startswith("相比", date.end)

    def _is_ahead(self, date: DateMention, ahead: str | None) -> bool:
        """Whether a date is one to come: 到2035年; none that is past when the document was written."""
        written = self._reader.document.date
        if written and date.value and date.value[:4] < written[:4]:
            return False
        target = _TARGET.search(self._reader.text, max(0, date.start - 8), date.start)
        return bool(target) or ahead is not None
