"""The sections of a document: what each is for, whether it tells what was done or what is to be done, and in which period.

    sections = Sections(document, section_kinds(ontology.terms), plan_periods(ontology.terms))
    sections.all                every Section, in the order of their headings
    sections.of(block)          the innermost section around block number `block`; None above the first heading of a work
    sections.of(block).tense    "past" under 2025年工作回顾, "future" under 2026年重点任务, None where nothing tells

The kind is that of the longest name of a kind (ontology/vocab/sections.ttl) in the heading; kinds below section:done and
section:ahead have a tense. Tense and period go down to the sections inside, where their own headings do not tell otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from pipeline.annotate.dates import find_dates
from pipeline.annotate.dates.grammar import START
from pipeline.model import STRETCHES, Block, Document, OffsetMap, Section, Tense
from pipeline.numerals import integer
from pipeline.ontology import VOCAB, Term
from pipeline.patterns import lazy
from pipeline.periods import NO_PLANS, Plans

DONE, AHEAD, REVIEW = (f"{VOCAB}section/{name}" for name in ("done", "ahead", "review"))
TENSE_KINDS: Mapping[Tense, str] = {"past": DONE, "future": AHEAD}
_TENSES: Mapping[str, Tense] = {kind: tense for tense, kind in TENSE_KINDS.items()}
_OPENING = 30  # characters of the first sentence that tell its time
_SPANS = ("year", "quarter", *STRETCHES)  # precisions of a date that a section can be about
_NUMBER = r"(?P<years>[一二两三四五六七八九十]|\d{1,2})"
_YEARS_BACK = lazy(rf"(?:过去的?|近|这){_NUMBER}年|(?<![一二三四五六七八九十\d])(?P<since>[一二三四五]|\d)年来")
_YEAR_BACK = lazy(r"(?:刚刚)?过去的?(?P<year>20\d{2})年")
_YEARS_ON = lazy(rf"(?:今后|未来){_NUMBER}年")
_PLAN = lazy("“?(?P<plan>十[一二三四五六七八九]五)”?")  # “十四五”, also without 时期
_BY = lazy("[到至]$")  # before a year that is a target, no period
_OPENS_SENTENCE = lazy(r"[“(（]?$")


def section_kinds(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The kinds of sections among the terms of an ontology."""
    return tuple(term for term in terms if term.kind == "SectionKind")


def kind_named(heading: str, kinds: Sequence[Term]) -> Term | None:
    """The kind of section that a heading opens: that of the longest name in it; None for one of its own topic."""
    found = [(len(name), name, kind) for kind in kinds for name in kind.names if name in heading]
    return max(found, key=lambda each: each[:2])[2] if found else None


@lru_cache(maxsize=1)
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, names))) or "(?!)")


class Sections:
    """The sections of a document: what stands under its headings."""

    def __init__(self, document: Document, kinds: Sequence[Term], plans: Plans = NO_PLANS) -> None:
        self._document, self._kinds, self._plans = document, kinds, plans
        self._named = _any_of(frozenset(name for kind in kinds for name in kind.names))  # most headings name none
        blocks = document.blocks
        headings = [at for at, block in enumerate(blocks) if block.kind == "heading"]
        self._at = {heading: order for order, heading in enumerate(headings)}
        ends = _ends(document, headings)
        found: list[Section] = []
        for heading in headings:
            around = self._at.get(blocks[heading].parent)
            found.append(self._section(heading, ends[heading], around, found[around] if around is not None else None))
        self.all = tuple(found)

    def of(self, block: int) -> Section | None:
        """The innermost section that a block of the document is in; that of a heading is the one that it opens."""
        order = self._at.get(block, self._at.get(self._document.blocks[block].parent))
        return None if order is None else self.all[order]

    def is_review(self, section: Section) -> bool:
        """Whether a section, or one around it, says in its heading that it reviews what was done."""
        outer = section.around
        return section.tense == "past" and (section.kind == REVIEW or (outer is not None and self.is_review(self.all[outer])))

    def first_period(self, section: Section) -> str | None:
        """The years that its heading names first, of which is what is told right below it; else those of the section around."""
        block = self._document.blocks[section.first]
        found = list(_years(self._document, self._document.text[block.start : block.end], self._plans, opening=False))
        if found:
            first = min(found)
            return _as_period(first.first[:4], first.last[:4])
        return section.period

    def _section(self, heading: int, last: int, around: int | None, outer: Section | None) -> Section:
        block = self._document.blocks[heading]
        name = self._document.text[block.start : block.end]
        kind = kind_named(name, self._kinds) if self._named.search(name) else None
        period = _period(self._document, name, self._plans, opening=False)
        tense = self._tense(name) or _by_period(period, self._document.date)
        opening = self._opening(heading, last)
        if opening and not period and not (outer and outer.period):
            period = _period(self._document, opening, self._plans, opening=True)
        if opening and not tense and not (outer and outer.tense):
            tense = self._tense(opening) or _by_period(period, self._document.date)
        if outer and outer.tense and not (tense == "future" and outer.tense == "past"):
            tense = outer.tense  # 取得新成效 among the tasks is a task; 下一步打算 in a review is none of it
        return Section(heading, last, kind.iri if kind else None, tense, period or (outer.period if outer else None), around)

    def _tense(self, words: str) -> Tense | None:
        """That of the kinds that are named; None where they differ."""
        if not self._named.search(words):
            return None
        told = {
            _TENSES[above]
            for kind in self._kinds
            for above in (kind.iri, *kind.broader)
            if above in _TENSES and any(name in words for name in kind.names)
        }
        return told.pop() if len(told) == 1 else None

    def _opening(self, heading: int, last: int) -> str:
        """The first words of the text right below a heading."""
        if heading + 1 >= last:
            return ""
        block = self._document.blocks[heading + 1]
        return self._document.text[block.start : min(block.end, block.start + _OPENING)] if block.kind == "paragraph" else ""


def years_back(document: Document, words: str) -> str | None:
    """The years to which the first words of a paragraph look back: 过去五年, 刚刚过去的2030年; None where they do not."""
    year = _YEAR_BACK.match(words)
    if year:
        return year["year"]
    back = _YEARS_BACK.match(words)
    found = list(_counted_years(document, words[: back.end()])) if back else []
    return _as_period(found[0].first, found[0].last) if found else None


def _ends(document: Document, headings: Sequence[int]) -> dict[int, int]:
    """Index after the last block of each section: the next heading of its depth or above, or the next work."""
    blocks = document.blocks
    works = sorted({work.first for work in document.works} | {len(blocks)})
    ends: dict[int, int] = {}
    open_: list[int] = []
    for heading in headings:
        while open_ and (blocks[heading].parent < open_[-1]):
            ends[open_.pop()] = heading
        open_.append(heading)
    ends |= dict.fromkeys(open_, len(blocks))
    return {heading: min(end, works[bisect_right(works, heading)]) for heading, end in ends.items()}


def _by_period(period: str | None, written: str | None) -> Tense | None:
    """What lies before the year of the document was done, what lies after it is to be done."""
    if period is None or written is None:
        return None
    first, last, year = period[:4], period.rpartition("/")[2][:4], written[:4]
    return "past" if last < year else "future" if first > year else None


def _period(document: Document, words: str, plans: Plans, *, opening: bool) -> str | None:
    """The years that a heading names, from the first to the last; or those that a sentence opens with."""
    found = list(_years(document, words, plans, opening=opening))
    return _as_period(min(each.first for each in found), max(each.last for each in found)) if found else None


def _as_period(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


class _Years(NamedTuple):
    """The first and the last of years, and where the words that name them begin."""

    at: int
    first: str
    last: str


def _years(document: Document, words: str, plans: Plans, *, opening: bool) -> Iterator[_Years]:
    for mention in find_dates(_alone(document, words), plans) if START.search(words) else ():  # most words name no date
        before = words[: mention.start]
        if mention.value is None or mention.precision not in _SPANS or _BY.search(before):
            continue
        if not opening or _OPENS_SENTENCE.match(before):
            first, _, last = mention.value.partition("/")
            yield _Years(mention.start, first, last or first)
    for plan in _PLAN.finditer(words):
        if plan["plan"] in plans and (not opening or plan.start() == 0):
            yield _Years(plan.start(), *map(str, plans[plan["plan"]]))
    yield from _counted_years(document, words)


def _counted_years(document: Document, words: str) -> Iterator[_Years]:
    """The years that words count from that of the document: 过去五年, 今后三年."""
    if document.date is None:
        return
    written = int(document.date[:4])
    for back in _YEARS_BACK.finditer(words):
        yield _Years(back.start(), str(written - integer(back["years"] or back["since"])), str(written - 1))
    for on in _YEARS_ON.finditer(words):
        yield _Years(on.start(), str(written), str(written + integer(on["years"]) - 1))


def _alone(document: Document, words: str) -> Document:
    """A few words of a document as a document of that date."""
    return replace(
        document, source=words, text=words, offsets=OffsetMap((0,), (0,)), blocks=(Block("paragraph", 0, len(words)),), works=()
    )
