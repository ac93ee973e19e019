"""Meetings by the body that meets, and what someone attends: A召开会议, A进行第五次集体学习, A在B出席C会议, 召开3场座谈会."""

from __future__ import annotations

import re

from pipeline.extract.events.slots import event, places
from pipeline.extract.events.visits import agent_of_visit
from pipeline.extract.phrases import clean, is_name
from pipeline.extract.reader import Reader
from pipeline.model import Claim, DateMention, Name, Span

_TIME = r"(?:[上下]午|晚[上间]?|傍晚|凌晨|当天|同日)?"
_MEETING = re.compile(
    rf"[，\s）]*{_TIME}，?(?P<who>(?:(?![在于就到赴])[^，。；：！？\n]){{0,40}}?)(?:以[^，。；在]{{2,10}}?(?:方式|形式))?"
    r"(?:在(?P<where>[^，。；：！？\n]{1,24}?))?(?:(?:就|围绕)[^，。；：\n]{2,40}?)?"
    r"(?P<verb>(?:主持|组织|联合|共同|牵头|分别)*(?:召开|举行|举办|进行|开展)|(?:应邀|率团)?(?:出席|参加))(?:了)?"
    r"(?P<count>[一两二三四五六七八九十\d]+[场次])?(?P<what>[^，。；：！？\n“”《》]{0,40}?(?:会议?|论坛|集体学习|专题学习))(?=[，。；]|并|$)"
)
# What says only that someone met: the body gives it its name.
_UNNAMED = re.compile(
    r"(?:(?:党组|党委|常务|全体|专题|扩大|工作|紧急|党政联席|理事|董事会|例行)*会议|(?:今年|本届)?(?:以来)?第[一二三四五六七八九十百\d]+次"
    r"(?:全体|常务|集体|专题|工作)*(?:会议|学习)|(?:专题|理论|集体)+学习(?:会)?)"
)
_BODY = re.compile(
    r"(?:[会委局组厅部府院司署办社团]|党组|党委|中心|公司|集团|大学|学院|学校|医院|企业|[省市县区镇乡]|常委会|人大|政协)$"
)


def meeting(reader: Reader, date: DateMention, span: Span, lead: str, planned: bool) -> Claim | None:
    """The meeting that a date dates, where the text gives it no name of its own, counts several, or says who attended it where.

    `lead` is what stands before the date in its clause; A may stand there or after the date.
    """
    found = _MEETING.match(reader.text, *span)
    if found is None:
        return None
    inside = bool(found["who"])
    who = clean(found["who"] if inside else re.sub("^.*[，。；：]", "", lead))
    what, attends = found["what"], found["verb"].endswith(("出席", "参加"))
    body = bool(_BODY.search(who)) and is_name(who)
    if attends:
        name = what if found["where"] and len(what) >= 4 else ""
    elif _UNNAMED.fullmatch(what) or (found["count"] and len(what) == 2):
        name = who + what if body else ""
    else:
        name = what if found["count"] and len(what) > 2 else ""
    if not name:
        return None
    agent = Name(who, "Body", who) if body else agent_of_visit(who)
    where = Span(*found.span("where")) if found["where"] else None
    given = clean(found["where"] or "")
    venues = (places(reader, *where) or ((Name(given, "Place", given),) if is_name(given) else ())) if where else ()
    aliases = tuple(dict.fromkeys(form for form in (what, who + what) if form != name and len(form) > 3))
    start = date.start if inside else date.start - len(lead)
    quote = Span(start, found.end())
    return event(reader, Name(name, "Event", what, aliases), date, venues, agent, quote, "event.meeting", 0.85, planned=planned)
