"""Who holds which view: the family `holds`.

A stretch of text and its holder come from a verb of saying (sayings, spoken, carried), from a work cited for it (studies), from
将…视为… (regards) or from the record of a talk (talks); cutting makes views of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.extract.views.carried import Carried
from pipeline.extract.views.cutting import last_view, views_in
from pipeline.extract.views.held import Held
from pipeline.extract.views.holders import Holders
from pipeline.extract.views.regards import regards
from pipeline.extract.views.sayings import PLANS, Sayings
from pipeline.extract.views.spoken import held
from pipeline.extract.views.studies import cited
from pipeline.extract.views.talks import talked
from pipeline.model import Claim, Name


def claims(reader: Reader) -> Iterator[Claim]:
    """Every view that the document ascribes to someone other than its author."""
    for found in _held(reader):
        cut = last_view if found.rule == "holds.cited" else views_in
        for view in cut(reader, found.start, found.end):
            name = Name(view.label, "View", reader.text[view.start : view.end])
            claim = reader.claim("holds", {"s": found.holder, "o": name}, view.start, view.end, found.rule)
            yield claim._replace(attributed_to=None)  # the document says who holds it; the words alone are the holder's


def _held(reader: Reader) -> Iterator[Held]:
    holders = Holders(reader)
    sayings, carried = Sayings(reader, holders), Carried(reader)
    told = dict(sayings.sentences())
    plan, quoted = reader.document.kind in PLANS, 0
    for sentence in reader.annotated.sentences:
        if reader.is_aside(sentence.start):
            continue
        reports = told.get(sentence, [])
        own = [one for one in held(reader, sentence, reports, quoted) if not (plan and one.holder.kind == "Body")]
        yield from own
        yield from carried.after(sentence, reports, own)
        quoted = max([quoted, *(one.end for one in own)])
        yield from cited(reader, sentence, reports)
    yield from regards(reader, sayings)
    yield from talked(reader, holders, told)
