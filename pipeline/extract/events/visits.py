"""A到B调研, A在B、C考察: a visit with those who make it and the places that they go to."""

from __future__ import annotations

import re

from pipeline.extract.events.slots import PLANNED, event
from pipeline.extract.phrases import clean, is_name, split_list
from pipeline.extract.reader import Reader
from pipeline.extract.wording import FACILITY
from pipeline.model import Claim, DateMention, Name, Span

_VISIT = re.compile(
    r"(?P<who>(?:(?![到赴在])[^，。；：！？\n]){0,40}?)"
    r"(?P<manner>(?:先后|分别|专程|带队|率队|一行|一同|再次|亲自|深入|率[^，。；在到赴]{1,12}?|将|拟|计划|即将){0,4})(?:到|赴|前往|来到|走进|深入|在)"
    r"(?P<where>[^，。；：！？\n]{2,40}?)(?:等地|等)?(?:(?:开展|进行)[^，。；\n]{0,8}?)?(?:实地|专题|调研|检查|就[^，。；\n]{2,20}?){0,3}"
    r"(?P<verb>考察调研|调研|考察|视察|慰问|走访|访问|检查|督导|督查|参观|暗访)"
    r"(?!(?:调研|指导|工作)?(?:时|期间)|中[，时]|组|团|队|报告|活动|员|站|点|工作会|座谈|基地|结果|发现)"
)
_PLACE_LIKE = re.compile(rf"(?:{FACILITY}|[街社校企厂园站所队]|街道|社区)$")
_MEETS = re.compile("[同与了]|进行|举行|召开|会见|第.次")
_WITH_TITLE = re.compile(
    r"(?:.*、)?(?P<whole>[^、]{0,16}(?:总书记|主席|总理|书记|省长|市长|县长|区长|镇长|州长|部长|主任|局长|厅长|会长|董事长|司令员)(?P<name>[\u4e00-\u9fff]{2,3}))"
)


def visit(reader: Reader, date: DateMention, span: Span, lead: str) -> Claim | None:
    """The visit that a date dates, where the words after it, or around it (A3月5日在B调研), say who goes where."""
    text = reader.text
    start = span.end - len(text[span.start : span.end].lstrip("， ）)"))
    found = _VISIT.match(text, start, span.end)
    if found is None:
        return None
    if _MEETS.search(found["where"]):
        return None
    where, _ = split_list(reader, *found.span("where"))
    venues = tuple(name for place in where if (name := _place(reader, place)))
    if not venues:
        return None
    places = "、".join(name.label for name in venues)
    whole = clean(text[found.start() : found.end()])
    name = Name(f"{places}{found['verb']}", "Event", whole, (f"在{places}{found['verb']}", f"到{places}{found['verb']}", whole))
    who = found["who"] or re.sub("^.*[，。；：]", "", lead)
    quote = Span(date.start - (len(lead) if not found["who"] and agent_of_visit(who) else 0), found.end())
    planned = bool(PLANNED.search(found["manner"]) or PLANNED.search(found["who"][-3:]))
    return event(reader, name, date, venues, agent_of_visit(who), quote, "event.visit", 0.85, planned=planned)


def _place(reader: Reader, span: Span) -> Name | None:
    """A place by the vocabulary or by what its name ends in."""
    label = clean(reader.text[span.start : span.end])
    known = next((m for m in reader.mentions(*span) if m.kind == "Place"), None)
    if known and known.end - known.start == span.end - span.start:
        return Name(label, "Place", label, (known.label,) if known.label != label else (), known.term)
    if 2 <= len(label) <= 20 and is_name(label) and (known or _PLACE_LIKE.search(label)):
        return Name(label, "Place", label)
    return None


def agent_of_visit(who: str) -> Name | None:
    """Those who go: a person by the office and the name, or as they are called."""
    who = clean(re.sub(r"(?:先后|分别|一行|带队|率队)+$", "", who.strip()))
    titled = _WITH_TITLE.fullmatch(who)
    if titled:
        return Name(titled["name"], "Person", who, (titled["whole"],) if titled["whole"] == who else (titled["whole"], who))
    return Name(who, "Person", who) if is_name(who) and len(who) <= 24 and "、" not in who else None
