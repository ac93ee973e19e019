"""What was put off, or brought forward, to a date: X推迟至5月8日召开 has that date, and never the one that it was first given."""

from __future__ import annotations

import re

from pipeline.extract.events.slots import PLANNED, event, event_name, venues_of
from pipeline.extract.phrases import last_match
from pipeline.extract.reader import Reader
from pipeline.model import Claim, DateMention, Span

MOVED_TO = re.compile(r"(?:(?:推迟|延期|延后|延迟|顺延|改期|提前|调整|变更|改|延|移)(?:举行|召开|举办|开幕)?)(?:至|到|为|在)$")
# 原定4月8日, 由4月8日改至…, 本应4月8日召开: a date that did not hold.
_ONCE = re.compile(r"(?:原先?|本|原本|本来)(?:定|计划|拟|应|该|安排|约定|设想)?(?:于|在|为|是)?$")
_MEANT = re.compile(r"[^，。；]{0,20}?(?:本应当?|本该|本拟|原定|原计划|原拟|本打算|原本(?:要|应|计划|定))")
_FROM = re.compile(r"(?:由|从)$")
_MOVES = re.compile(r"(?:推迟|延期|延后|延迟|顺延|改期|提前|调整|变更|改|延|移)(?:举行|召开|举办|开幕)?(?:至|到|为|在)(?=\d)")
_NOT_YET = re.compile("将|拟|计划|预计|准备|决定|宣布")
_HELD = re.compile("(?:才|终于|最终)?(?:正式|如期|隆重|顺利|成功)?(?:召开|举行|举办|开幕|开园|开馆|启动|开工)(?:了)?")


def is_former(reader: Reader, date: DateMention, lead: str) -> bool:
    """Whether a date was only meant at first: 原定4月8日召开, 由4月8日改至5月8日, 4月8日本应召开."""
    text = reader.text
    clause = reader.clause(date.start)
    if _ONCE.search(lead) or _MEANT.match(text, date.end, clause.end):
        return True
    moved = _MOVES.search(text, date.end, clause.end)
    return bool(moved and (_FROM.search(lead) or not re.search("[，。；]", text[date.end : moved.start()])))


def moved(reader: Reader, date: DateMention, sentence: Span, lead: str) -> Claim | None:
    """What `date` is the new date of: the event that the clause names, or the last one named before it in the sentence."""
    said = MOVED_TO.search(lead)
    if said is None:
        return None
    text = reader.text
    until = date.start - len(lead) + said.start()
    named = last_match(reader.wording.event_name, text, date.start - len(lead), until) or last_match(
        reader.wording.event_name, text, sentence.start, until
    )
    if named is None:
        return None
    start = _own_name(text, *named.span("name"))
    name = event_name(reader, start, named.end("name"))
    if name is None:
        return None
    held = _HELD.match(text, date.end)
    end = held.end() if held else date.end
    given = reader.document.date
    ahead = bool(given and date.value and date.value[:10] > given[: len(date.value[:10])])
    planned = ahead or bool(_NOT_YET.search(text, sentence.start, until) or PLANNED.search(lead))
    venues = venues_of(reader, Span(date.end, reader.clause(date.end).end), sentence)
    return event(reader, name, date, venues, None, Span(start, end), "event.moved", 0.85, planned=planned)


_LEADS = re.compile(
    r".*(?:召开|举行|举办|举办|开幕|日|[于在]|原定|原计划)(?:的|了)?(?=.{3})|(?:[^，]{0,10}(?:宣布|决定|通知|获悉|介绍|表示|称))(?:将|把)?"
)


def _own_name(text: str, start: int, end: int) -> int:
    """Where the name itself begins: 原定4月8日召开的|茶业大会."""
    lead = _LEADS.match(text, start, end)
    return lead.end() if lead and end - lead.end() >= 3 else start
