"""Who holds which view: the family `holds`.

A stretch of text and its holder come from a verb of saying (sayings, spoken, carried), from a work cited for it (studies), from
将…视为… (regards) or from the record of a talk (talks); cutting makes views of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.extract.views.carried import Carried
from pipeline.extract.views.cutting import View, last_view, views_in
from pipeline.extract.views.held import Held
from pipeline.extract.views.holders import Holders
from pipeline.extract.views.regards import regards
from pipeline.extract.views.sayings import PLANS, Sayings
from pipeline.extract.views.spoken import held
from pipeline.extract.views.studies import cited
from pipeline.extract.views.talks import talked
from pipeline.extract.views.whole import continued, whole
from pipeline.model import Claim, Name

_BY_WORKS = ("holds.cited", "holds.some")  # rules of views for which a work is cited in brackets


def claims(reader: Reader) -> Iterator[Claim]:
    """Every view that the document ascribes to someone other than its author."""
    for found in _held(reader):
        for view in _views(reader, found):
            name = Name(view.label, "View", reader.text[view.start : view.end])
            claim = reader.claim("holds", {"s": found.holder, "o": name}, view.start, view.end, found.rule)
            yield claim._replace(attributed_to=None)  # the document says who holds it; the words alone are the holder's


def _views(reader: Reader, found: Held) -> Iterator[View]:
    """The views in what is held; what a work is cited for is the last of its sentence, made whole."""
    if found.rule not in _BY_WORKS:
        for view in views_in(reader, found.start, found.end):
            sentence = reader.sentence(view.start).start
            yield continued(reader, view, sentence if found.rule == "holds.talked" else max(found.start, sentence))
        return
    told = found.rule == "holds.some"
    begin = found.start if told else reader.sentence(found.end - 1).start
    for view in (views_in if told else last_view)(reader, found.start, found.end):
        if made := whole(reader, view, begin, told=told):
            yield made


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
