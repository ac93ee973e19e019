"""Who holds which view: the family `holds`.

Who says what is told by pipeline.parse.speech; cutting makes views of what is said, and whole gives each what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.extract.views.cutting import View, last_view, views_in
from pipeline.extract.views.whole import continued, whole
from pipeline.model import Attribution, Claim, Name
from pipeline.parse.speech import attributions
from pipeline.parse.speech.spoken import UNNAMED
from pipeline.patterns import lazy

_BY_WORKS = ("cited", "some")  # how a work in brackets holds a view
_CALLS = lazy(r"(?:^|[，,])[^，,]{0,16}?(?<![主重需只])要(?![求素点闻件害塞领么是])")
_JUDGED = lazy("[是有].{2,20}$")


def claims(reader: Reader) -> Iterator[Claim]:
    """Every view that the document ascribes to someone other than its author, by name."""
    for said in attributions(reader):
        for view in _views(reader, said) if said.how != UNNAMED else ():
            name = Name(view.label, "View", reader.text[view.start : view.end])
            yield reader.claim("holds", {"s": said.holder, "o": name}, view.start, view.end, f"holds.{said.how}")


def _views(reader: Reader, said: Attribution) -> Iterator[View]:
    """The views in what is said; what a work is cited for is the last of its sentence, made whole."""
    if said.how not in _BY_WORKS:
        for view in views_in(reader, said.start, said.end):
            if said.how == "talked" and not _judges(reader, view):
                continue
            if made := continued(reader, view, said.start):
                yield made
        return
    told = said.how == "some"
    begin = said.start if told else reader.sentence(said.end - 1).start
    for view in (views_in if told else last_view)(reader, said.start, said.end):
        if made := whole(reader, view, begin, told=told):
            yield made


def _judges(reader: Reader, view: View) -> bool:
    """Whether a view calls for something or judges it: much that is said in a talk does neither."""
    judges = _JUDGED.search(view.label) and reader.ends_in(view.label, "view_judges")
    return bool(judges or _CALLS.search(view.label) or reader.holds(view.label, "speech_calls"))
