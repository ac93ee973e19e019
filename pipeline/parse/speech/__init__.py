"""Who says what in a document: who speaks, by which words, and as far as what is said reaches. Read once, for all that asks.

A stretch and its holder come from a verb of saying (reports, spoken, carried), from a work cited for it (studies), from 将…视为…
(regards), from 在…看来 and the like (worded) or from the record of a talk (talks); what some say who are not named
(spoken.UNNAMED) is not the document's either.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import attrgetter

from pipeline.extract.reader import Reader, keep
from pipeline.model import Attribution, Claim, Name, Span
from pipeline.parse.speech.carried import Carried
from pipeline.parse.speech.holders import Holders
from pipeline.parse.speech.regards import regards
from pipeline.parse.speech.reports import PLANS, Reports
from pipeline.parse.speech.spoken import UNNAMED, said
from pipeline.parse.speech.studies import cited
from pipeline.parse.speech.talks import talked
from pipeline.parse.speech.worded import worded

_OF_HOLDERS = ("cites", "uses", "holds")  # relations that tell of who says something: it is the document that tells so


class Speech:
    """Stretches of a document that are the words of someone else."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        self._all = sorted(attributions, key=attrgetter("start", "end"))
        self._starts = [found.start for found in self._all]
        self._reach = list(accumulate((found.end for found in self._all), max))  # how far those up to each one come

    def __iter__(self) -> Iterator[Attribution]:
        return iter(self._all)

    def holder(self, start: int, end: int) -> Name | None:
        """Who says what stands from `start` to `end`: of those whose words hold it the one who begins last, and who is named
        before who is not."""
        around = []
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._reach[at] >= end:
            if self._all[at].end >= end:
                around.append(self._all[at])
            at -= 1
        return max(around, key=lambda found: (found.how != UNNAMED, found.start, -found.end)).holder if around else None


def attributions(reader: Reader) -> tuple[Attribution, ...]:
    """Every stretch that the document ascribes to someone other than its author, construction by construction."""
    return _attributions(reader, Span(0, len(reader.text)))


def attributed(reader: Reader, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, each with the one whose words its evidence is, where that is not the document's author."""
    to_source = reader.document.offsets.span_to_source
    stretches = [(found, to_source(found.start, found.end)) for found in attributions(reader)]
    speech = Speech(found._replace(start=start, end=end) for found, (start, end) in stretches)
    for claim in claims:
        own = claim.relation in _OF_HOLDERS
        yield claim if own else claim._replace(attributed_to=speech.holder(claim.evidence.start, claim.evidence.end))


@keep
def _attributions(reader: Reader, _: Span) -> tuple[Attribution, ...]:
    return tuple(_read(reader))


def _read(reader: Reader) -> Iterator[Attribution]:
    holders = Holders(reader)
    reports, carried = Reports(reader, holders), Carried(reader)
    told = dict(reports.sentences())
    plan, quoted = reader.document.kind in PLANS, 0
    for sentence in reader.annotated.sentences:
        if reader.is_aside(sentence.start):
            continue
        of = told.get(sentence, [])
        own = [one for one in said(reader, sentence, of, quoted) if not (plan and one.holder.kind == "Body")]
        yield from own
        yield from carried.after(sentence, of, own)
        quoted = max([quoted, *(one.end for one in own)])
        yield from cited(reader, sentence, of)
    yield from regards(reader, reports)
    yield from worded(reader, holders)
    yield from talked(reader, holders, told)
