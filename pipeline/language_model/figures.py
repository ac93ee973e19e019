"""Dates and figures that a model points at, read by our own code: of the model come only the words to look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from pipeline.annotate.numbers import figures as plain
from pipeline.extract.figures import scene_of
from pipeline.extract.figures.amounts import Amount, amounts
from pipeline.extract.figures.clauses import Piece, pieces
from pipeline.extract.figures.patterns import patterns
from pipeline.extract.figures.predicates import is_supposed, predicate
from pipeline.extract.figures.scene import Figure, Scene
from pipeline.extract.figures.when import Periods
from pipeline.extract.reader import Reader
from pipeline.language_model.naming import Refused
from pipeline.language_model.quotes import places, same
from pipeline.model import DateMention, Name, Slot, Span
from pipeline.parse.setting import Setting
from pipeline.periods import precision_of

Literals = Mapping[str, Slot]


class Figures:
    """The dates and figures of one document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._patterns = patterns(reader.ontology)
        self._setting, self._periods = Setting(reader), Periods(reader)

    def date(self, said: str | None, quote: Span) -> Literals | Refused:
        """The slots that date an event: of the date at the words `said`, in the quote, or in force where it begins."""
        if said is None:
            return {"date": None, "dateText": None, "precision": None}
        date = self._date(said, quote)
        if date is None:
            return Refused(f"“{said}” is no date of the quote")
        if not self._setting.is_moment(date):
            return Refused(f"“{said}” does not say when something happened")
        fine = date.precision == "ten days" or date.value is None
        precision = date.precision if fine or date.value is None else precision_of(date.value, self._reader.wording.plans)
        return {"date": date.value, "dateText": self._words(date), "precision": precision}

    def _date(self, said: str, quote: Span) -> DateMention | None:
        dates = [date for date in self._reader.dates(*quote) if date.end <= quote.end]
        at = list(places(said, self._reader.text, quote))
        found = (date for date in dates if said == date.value or any(_meet(date, place) for place in at))
        before = self._setting.date(quote.start)
        carried = before if before and (said == before.value or same(said, self._words(before))) else None
        return next(found, carried)

    def _words(self, date: DateMention) -> str:
        return self._reader.text[date.start : date.end]

    def is_planned(self, event: Name, date: str | None, quote: Span) -> bool:
        """Whether an event is meant to be: by a word before its name, or by a date later than the document."""
        reader, written = self._reader, self._reader.document.date
        start = reader.sentence(quote.start).start
        at = next(places(event.text, reader.text, Span(start, quote.end)), quote).start
        tokens = reader.tokens(start, at) if at > start else ()
        ahead = any(reader.is_word(reader.text[token.start : token.end], "planned") for token in tokens)
        return ahead or bool(written and date and date[: len(written)] > written[: len(date)])

    def figure(self, words: str, unit: str | None, of: Name, indicator: Name, quote: Span) -> tuple[Literals, bool] | Refused:
        """The slots of a figure of the quote that is the one of `words` and `unit`, and whether it is one to come."""
        told = f"“{words}{unit or ''}”"
        alike = [(piece, amount) for piece, amount in self._amounts(quote) if self._is_said(amount, words, unit)]
        if not alike:
            return Refused(f"{told} is no figure of the quote")
        piece, amount = self._nearest(alike, indicator, quote)
        self._scene.enter(self._reader.sentence(amount.number))
        if is_supposed(self._scene, piece):
            return Refused(f"{told} is a condition, and no figure that is stated")
        change = amount.unit == "番" or predicate(self._scene, piece.left).change
        figure = Figure(of, indicator, *amount[3:6], change, *quote, amount.number, "")
        period, planned = self._periods.of(figure)
        literals = {"value": amount.value, "unit": amount.unit, "bound": amount.bound, "period": period}
        return {**literals, "change": "true" if change else None}, planned

    @cached_property
    def _scene(self) -> Scene:
        return scene_of(self._reader)

    def _amounts(self, quote: Span) -> Iterator[tuple[Piece, Amount]]:
        """The figures of a quote, each among those that stand beside it; one that the quote cuts is none."""
        reader = self._reader
        for sentence in reader.annotated.sentences:
            if sentence.start < quote.end and quote.start < sentence.end:
                for piece in pieces(reader, sentence, self._patterns):
                    yield from ((piece, amount) for amount in piece.amounts if self._is_within(amount, quote))

    def _is_within(self, amount: Amount, quote: Span) -> bool:
        """Whether a number and its unit stand in a quote; a word that bounds it may stand behind: 5亿元|以上."""
        bounded = self._patterns.after.match(self._reader.text, quote.end, amount.end)
        return quote.start <= amount.number < quote.end and (amount.end <= quote.end or bounded is not None)

    def _is_said(self, amount: Amount, words: str, unit: str | None) -> bool:
        """Whether an amount is what the words of a model say, as our own code reads them."""
        whole = words if not unit or words.endswith(unit) else words + unit
        read = amounts(whole, 0, len(whole), self._patterns)
        if len(read) != 1:
            return False
        unit_fits = same(amount.unit, read[0].unit) or not (unit or read[0].unit)
        return plain(read[0].value) == plain(amount.value) and unit_fits

    def _nearest(self, alike: list[tuple[Piece, Amount]], indicator: Name, quote: Span) -> tuple[Piece, Amount]:
        """Of equal figures the first behind the name of what it is a figure of, else the first."""
        named = next(places(indicator.text, self._reader.text, quote), Span(quote.start, quote.start))
        return next((one for one in alike if one[1].number >= named.end), alike[0])


def _meet(date: DateMention, place: Span) -> bool:
    return date.start < place.end and place.start < date.end
