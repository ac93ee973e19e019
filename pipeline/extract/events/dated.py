"""Happenings that a date or an occasion gives: 3月5日…召开会议, 在上海考察时, ——1月20日在…会议上."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.events.enactment import issue
from pipeline.extract.events.meetings import meeting
from pipeline.extract.events.moved import is_former, moved
from pipeline.extract.events.reviews import year_ahead
from pipeline.extract.events.slots import PLANNED, PLANNED_FOR, agent_of, event, event_name, places, venue_in_name, venues_of
from pipeline.extract.events.verbal import verbal_name, without_agent
from pipeline.extract.events.visits import visit
from pipeline.extract.phrases import clean, is_name
from pipeline.extract.reader import ASIDE, Reader
from pipeline.grammar.event_slots import UNNAMED
from pipeline.model import Claim, DateMention, Name, Span

STATISTIC = re.compile(
    r"(?:(?<![第一二三四五六七八九十百\d])[\d一二三四五六七八九十]+(?:场|次|届次|余次|余场)|增长|下降|达到|超过|占|增速|突破\d|同比|实现[^，]{0,12}\d|完成\s?\d|"
    r"分别|位居|位列|名列|排名|名为|指定)"
)
_NO_EVENT_DATE = re.compile(
    r"^(?:\s?电(?=[\s（(　])|以来|以后|以前|之前|末?的?[^，。]{0,12}(?:增长|下降|增速|数据|达到|超过|占))"
)
_AS_OF = re.compile(r"(?:截至|截止|截止到|至|到|自|从|早在|根据|按照|与|比|较|《[^》]*|（|\()$")
_INCIDENT = re.compile(r"的?[“\"]?[^，。“”\"]{2,10}事件")
_FROM_ON = re.compile(r"起(?:正式|全面)?(?:施行|实施|执行|生效|投入|启用|开放|运行|运营)")
_HELD_AFTER = re.compile(r"(?:在[^，]{1,20}?)?(?:召开|举行|举办|开幕|闭幕|发布|印发|通过|施行|实施|成立|启动)")
_STARTED = re.compile(r"(?P<s>[\u4e00-\u9fffA-Za-z“”]{2,24}?)(?P<verb>成立|创办|创建|创立|建成|始建|诞生|开工|投产|开业|开馆)于$")
_FIRST = re.compile(
    r"(?P<what>首次(?:提出|发布|实现|公布|举办|举行|发现|使用|应用)(?:了)?(?!的)(?:关于)?[“\"《]?(?P<o>[^，。；：“”\"《》]{2,30}))"
)
_NOTES = ("title", "metadata", "heading")  # where a policy tells of its own passing
_LONGEST_LIST = 12  # dates
_AT = re.compile(r"(?:于|在)$")
_DELIVERED = re.compile(r"在?(?P<name>[\u4e00-\u9fff]{2,40}?\n?[\u4e00-\u9fff]{2,40}?(?:会议|大会|全会))上")


def delivered(reader: Reader) -> Iterator[Claim]:
    """——2026年1月20日在某省人民代表大会会议上: the line under a title says where the document was delivered."""
    for date in reader.annotated.dates:
        index = reader.block_index(date.start)
        block = reader.document.blocks[index]
        if index >= 8 or block.kind not in ("title", "metadata", "heading"):
            continue
        found = _DELIVERED.match(reader.text, date.end)
        if found:
            label, quote = found["name"].replace("\n", ""), Span(date.start, found.end())
            yield event(reader, Name(label, "Event", found["name"]), date, (), None, quote, "event.delivered", 0.92)
            if reader.document.kind == "report" and "政府工作报告" in (reader.document.title or ""):
                speech = Name(f"向{label}作政府工作报告", "Event", found["name"], ("作政府工作报告",))
                yield event(reader, speech, date, (Name(label, "Body", label),), None, quote, "event.reported", 0.92)
            return


def dated(reader: Reader) -> Iterator[Claim]:
    """Every date that dates a happening in its clause or the next."""
    text = reader.text
    # A happening has one date in its sentence, or those of one list: where the list ends, and which of its dates are told.
    taken: dict[tuple[int, str], tuple[int, set[int]]] = {}
    for date in reader.annotated.dates:
        kind = reader.block(date.start).kind
        sentence = reader.sentence(date.start)
        lead = _lead(reader, date)
        if (kind in _NOTES or kind not in ASIDE) and (issued := list(issue(reader, date, lead))):
            yield from issued
            continue
        if kind in ASIDE or kind in _NOTES or (date.value is None and not _place_near(reader, date)):
            continue
        if put_off := moved(reader, date, sentence, lead):
            yield put_off
            continue
        if is_former(reader, date, lead):
            continue
        if (
            _AS_OF.search(text[max(sentence.start, date.start - 8) : date.start])
            and not _INCIDENT.match(text[date.end : date.end + 16])
            and not _FROM_ON.match(text[date.end : date.end + 16])
        ) or _NO_EVENT_DATE.match(text[date.end : date.end + 24]):
            continue
        if text[date.end : date.end + 1] in "—-至" or _in_title(reader, date):
            continue
        for claim in _of_date(reader, date, sentence):
            event = claim.slots["event"]
            key = (sentence.start, event.label if isinstance(event, Name) else "")
            listed = _end_of_list(reader, date)
            end, told = taken.setdefault(key, (listed, set()))
            if end == listed and date.start not in told:
                told.add(date.start)
                yield claim


_DATELINE = re.compile(r".*日电(?:[\s　]*[（(][^（）()]*[）)][\s　]*|[\s　]+)|[^（(]*[）)]")


def _lead(reader: Reader, date: DateMention) -> str:
    """What stands before a date in its clause, without a dateline and the reporters' names: 新华社某地10月18日电（记者某）."""
    start = reader.clause(date.start).start
    dateline = _DATELINE.match(reader.text, start, date.start)
    return reader.text[dateline.end() if dateline else start : date.start]


def _is_task(reader: Reader, date: DateMention) -> bool:
    """Whether a date is the year whose work the section of a report sets out: 今年建成某站 under 2026年重点工作."""
    if reader.document.kind != "report" or date.value is None:
        return False
    return date.value[:4] == year_ahead(reader, reader.block(date.start))


def _in_title(reader: Reader, date: DateMention) -> bool:
    return any(
        m.start <= date.start < m.end for m in reader.mentions(max(0, date.start - 80), date.end + 80) if m.kind == "title"
    )


def _place_near(reader: Reader, date: DateMention) -> bool:
    clause = reader.clause(date.start)
    follow = reader.next_clause(clause.end)
    return any(m.kind == "Place" for m in reader.mentions(clause.start, follow.end))


def _end_of_list(reader: Reader, date: DateMention) -> int:
    """Where the dates listed with one end: 4月18日、21日 date one happening each."""
    end = date.end
    for _ in range(_LONGEST_LIST):
        following = reader.dates(end, end + 2)
        if not following or reader.text[end : following[0].start] not in ("、", "和", "与", "及"):
            break
        end = following[0].end
    return end


def _of_date(reader: Reader, date: DateMention, sentence: Span) -> Iterator[Claim]:
    """The happenings that one date dates: in the rest of its clause, and in the clause after where the date stands alone."""
    text = reader.text
    clause = reader.clause(date.start)
    dates_end = _end_of_list(reader, date)
    span = Span(dates_end, clause.end)
    rest = text[dates_end : clause.end].strip(" （(）)")
    if len(rest) <= 3 and text[clause.end : clause.end + 1] in "，、":
        span = reader.next_clause(clause.end)
        if span.start >= sentence.end:
            return
    later = [follow for follow in reader.dates(*span) if not _in_title(reader, follow)]
    if later:
        span = Span(span.start, later[0].start)
    body = text[span.start : span.end]
    quote = Span(date.start, span.end)
    agent = agent_of(reader, span)
    venues = venues_of(reader, span, sentence)
    lead = _lead(reader, date)
    planned = bool(PLANNED.search(body[:12]) or PLANNED_FOR.search(lead[-3:])) or _is_task(reader, date)
    found = False
    visited = visit(reader, date, span, lead)
    if visited:
        yield visited
        return
    met = meeting(reader, date, span, lead, planned)
    if met:
        yield met
        return
    doing = _doing(reader, date, span, quote, agent)
    if doing:
        yield doing
        return
    occasion = reader.wording.occasion.search(text, span.start, span.end)
    if occasion and agent and agent.term and text[span.start : occasion.start("name")].strip("，在于") == "":
        agent = None  # the body in whose name the meeting goes, not one who acts at it
    if occasion:
        name = _occasion_name(reader, occasion, agent)
        if name:
            found = True
            yield event(
                reader,
                name,
                date,
                venues or places(reader, *occasion.span("name")),
                agent,
                quote,
                "event.occasion",
                0.92,
                planned=planned,
            )
    yield from _firsts(reader, date, span, quote, agent, venues or (places(reader, *occasion.span("name")) if occasion else ()))
    if not found and "同时废止" not in body:
        yield from _named_or_verbal(reader, date, span, sentence, quote, agent, venues, lead, planned)


# 在看望政协委员时强调: an occasion that a verb names.
_DOING = re.compile(
    r"在(?P<name>(?:看望|会见|慰问|接见|参加|出席|听取|主持|致信|参观|检阅|激励|视察|考察|调研|走访|回信)[^，。；“”在]{2,30}?)时"
    r"(?:的(?:重要)?讲话|[^，。]{0,8}(?:强调|指出|谈到|提出|要求|表示|说|明确))"
)
_SESSION = re.compile(
    r"参加(?:[^，。]{0,10}?的)?(?P<body>[\u4e00-\u9fff]{2,10}代表团|[\u4e00-\u9fff]{2,8}界[^，。]{0,8}委员)(?:的)?(?:审议|联组会|讨论)"
)


def _doing(reader: Reader, date: DateMention, span: Span, quote: Span, agent: Name | None) -> Claim | None:
    found = _DOING.search(reader.text, span.start, min(len(reader.text), span.end + 20))
    name = event_name(reader, *found.span("name")) if found and found.start() < span.end else None
    if found is None or name is None:
        return None
    session = _SESSION.match(name.label)
    body = (Name(session["body"], "Body", session["body"]),) if session else ()
    venues = body or places(reader, *found.span("name"))
    return event(reader, name, date, venues, agent, Span(quote.start, found.end()), "event.doing", 0.88)


def _firsts(
    reader: Reader, date: DateMention, span: Span, quote: Span, agent: Name | None, venues: tuple[Name, ...]
) -> Iterator[Claim]:
    """What was done for the first time on that date."""
    text = reader.text
    first = _FIRST.search(text, span.start, span.end)
    if first:
        name = event_name(reader, *first.span("what"))
        if name:
            yield event(reader, name, date, venues, agent, Span(quote.start, first.end()), "event.first", 0.8)


def _named_or_verbal(
    reader: Reader,
    date: DateMention,
    span: Span,
    sentence: Span,
    quote: Span,
    agent: Name | None,
    venues: tuple[Name, ...],
    lead: str,
    planned: bool,
) -> Iterator[Claim]:
    text = reader.text
    body = text[span.start : span.end]
    named = re.match(
        r"(?:的|召开的|举行的|举办的|以来|在[^，]{2,20}?(?:召开|举行|举办)的|[\u4e00-\u9fff]{2,12}(?:召开|举行)的?)?"
        + reader.wording.event_name.pattern,
        body,
    )
    if named and not STATISTIC.search(body):
        name = event_name(reader, span.start + named.start("name"), span.start + named.end("name"))
        name = without_agent(name, agent)
        if name and is_name(name.label) and not name.label.startswith("所在") and not UNNAMED.fullmatch(name.label):
            at = span.start + named.start("name")
            venues = venues or venue_in_name(reader, at, span.start + named.end("name"))
            yield event(
                reader,
                name,
                date,
                venues,
                agent if agent and agent.label not in name.label else None,
                quote,
                "event.named",
                0.85,
                planned=planned,
            )
            return
    started = _STARTED.search(lead)
    if started:
        name = Name(f"{started['s']}{started['verb']}", "Event", lead)
        yield event(reader, name, date, venues, agent, Span(date.start - len(lead), date.end), "event.started", 0.75)
        return
    in_force = _FROM_ON.match(body)
    if in_force:
        what = clean(re.sub(r"^第[一二三四五六七八九十百\d]+条\s*|(?:将|定)?[自于从]$", "", lead))
        if what and is_name(what) and not what.startswith(("本", "该")) and "》" not in what:
            name = Name(f"{what}{in_force[0].removeprefix('起').removeprefix('正式')}", "Event", lead + body, (what,))
            yield event(reader, name, date, (), None, quote, "event.from_on", 0.75, planned=planned)
        return
    if body.count("《") != body.count("》"):
        return  # a title that the clause cuts in two
    verb = re.search(reader.wording.event_verb, body)
    if verb and not STATISTIC.search(body) and not (lead and _ONLY_HELD.fullmatch(body)):
        name = verbal_name(reader, span, verb, agent)
        if name:
            yield event(reader, name, date, venues, agent, quote, "event.verbal", 0.85, planned=planned)
            return
    # The date closes its clause: …会议于2024年3月5日召开
    if lead and (_AT.search(lead) or _HELD_AFTER.match(body)):
        named = reader.wording.event_name.search(lead)
        start = date.start - len(lead)
        follow = re.match(reader.wording.event_verb, body.lstrip("在正式"))
        if named:
            name = event_name(reader, start + named.start("name"), start + named.end("name"))
        else:
            name = event_name(reader, start, date.start - (1 if _AT.search(lead) else 0))
            if name and follow:
                name = Name(name.label + follow[0], "Event", name.text, (name.label,))
        if name and (named or (follow and follow[0] not in ("召开", "举行", "举办", "出席", "主持召开"))):
            yield event(reader, name, date, venues, agent, Span(start, span.end), "event.date_after", 0.8, planned=planned)


# 论坛18日下午|在某地召开: the name stands before the date.
_ONLY_HELD = re.compile(
    r"[，\s]*(?:[上下]午|晚[上间]?)?(?:在[^，]{1,20}?)?(?:隆重|正式|成功|如期|顺利|胜利)*(?:召开|举行|举办|开幕|闭幕)"
)


def _occasion_name(reader: Reader, occasion: re.Match[str], agent: Name | None) -> Name | None:
    name = event_name(reader, *occasion.span("name"))
    if name is None:
        return None
    who = (agent.label,) if agent else ()
    return Name(name.label, "Event", name.text, tuple(f"{w}{name.label}" for w in who) + tuple(f"{w}在{name.label}" for w in who))


_INCIDENT_NAME = '[“"]?[\u4e00-\u9fff]{2,14}?[”"]?事件'
_OWNED_INCIDENT = re.compile(f"的?(?P<name>{_INCIDENT_NAME})")
_NEXT_INCIDENT = re.compile(f"、(?P<name>{_INCIDENT_NAME})")
_INCIDENT_FOUND = re.compile("事件")


def incidents(reader: Reader) -> Iterator[Claim]:
    """日本的水俣病事件、骨痛病事件: an incident by the place that owns it, and those listed after it."""
    text = reader.text
    for clause in reader.clauses_with(_INCIDENT_FOUND):
        if any(date.value for date in reader.dates(clause.start - 16, clause.end)):
            continue
        place = next((m for m in reader.mentions(*clause) if m.kind == "Place"), None)
        found = _OWNED_INCIDENT.match(text, place.end, clause.end) if place else None
        if (
            place is None
            or found is None
            or not (text.startswith("的", place.end) or text[place.start - 1 : place.start] in "，。、；\n")
        ):
            continue
        venue = (Name(text[place.start : place.end], "Place", "", (place.label,), place.term),)
        listed = [found.span("name")]
        while follow := _NEXT_INCIDENT.match(text, listed[-1][1], clause.end):
            listed.append(follow.span("name"))
        for start, end in listed:
            name = event_name(reader, start, end, aliases=(text[place.start : place.end] + text[start:end],))
            if name:
                yield event(reader, name, None, venue, None, Span(place.start, end), "event.incident", 0.75)


_VISITS = re.compile("考察|调研|视察|访问")


def undated_occasions(reader: Reader) -> Iterator[Claim]:
    """在上海考察时: an occasion with a place, dated by a date just before it or not at all."""
    text = reader.text
    for clause in reader.clauses_with(_VISITS):
        occasion = reader.wording.occasion.search(text, clause.start, clause.end)
        if occasion is None:
            continue
        where = places(reader, *occasion.span("name"))
        dates = [date for date in reader.dates(clause.start - 12, clause.end) if date.value]
        since = dates[-1] if dates and text.startswith("以来", dates[-1].end) else None  # 7月以来，A在B、C考察时
        if dates and since is None:
            continue
        if not where or not _VISITS.search(occasion["name"]):
            continue
        agent = agent_of(reader, clause)
        name = _occasion_name(reader, occasion, agent)
        if name:
            start = since.start if since else clause.start
            yield event(reader, name, since, where, agent, Span(start, occasion.end()), "event.occasion_undated", 0.65)
