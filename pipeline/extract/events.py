"""event – date – venue – agent: what happened, or is planned, at a time or a place that the document gives.

Three readings: a clause with a date and a word for a happening; an occasion (在…考察时); and, under a heading that reviews a period, a
clause that reports something completed. A regulation's or plan's own enactment is an event of its head matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.phrases import Reader, clean, is_name, split_list, trim
from pipeline.model import Block, Claim, DateMention, Name, Slot, Span

# Clauses that state a completed happening in a review of a period: 富加铁路开工建设, 成功举办X、Y.
_COMPLETED = re.compile(
    r"^(?P<what>[\u4e00-\u9fffA-Za-z0-9“”\"·－\-、（）()]{3,60}?)(?P<how>(?:正式|全面|成功|顺利|圆满|胜利|全线|如期|提前|首次|陆续|相继|加快)*"
    r"(?:举办|举行|召开|开幕|闭幕|启动运行|启动建设|启动|开工建设|开工|建成通车|建成投产|建成投用|建成|竣工|投产|投运|投用|通车|贯通|铺轨贯通|上市|下线|首飞|首航|发射|交付|投入商业运营|投入运营|投入使用|运营|揭牌|挂牌|成立|签约|研制成功|获批|落成|开通|开园|开馆|合龙|封顶|并网|建造|升空|对接|着陆|转入[\u4e00-\u9fff]{4,24}|纳入[\u4e00-\u9fff]{4,24}名录|入选[\u4e00-\u9fff]{4,24}名录)(?:建设|运行|成功|发电)?)$"
)
_HELD = re.compile(r"^(?:我们|我国|我省|我市|全省|全市)?(?:精心|成功|圆满|顺利|隆重|连续)*(?P<verb>举办|承办|举行|召开|主办)(?:了|好)?(?P<what>.{3,80})$")
_LAUNCHED = re.compile(r"^(?:我们|我国|我省|我市|全省|全市)?(?:率先|全面|正式|研究|及时)*(?P<verb>出台|启动|印发|发布|颁布|设立|成立)(?:了|实施)?(?P<what>.{4,60}?)$")
_ATTENDED = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,20})?(?:再次)?(?:出席|参加|亲临)(?:了)?(?P<what>.{4,80}?)(?:等[^，]*)?$")
_REVIEW = re.compile(r"(?:工作回顾|过去一年|回顾|工作总结|一年来)")
_PLAN_SECTION = re.compile(r"(?:工作安排|主要任务|工作任务|今年工作|总体要求|重点工作|目标|建议|下一步|打算|部署)")
_INTENDS = re.compile(r"^(?:[“”\"]|我们|继续|更多)*(?:推动|力促|加快|确保|力争|支持|促进|争取|要|将|全力推进|推进)")
_WIDE_PLACE = re.compile(r"^(?:中国|我国|亚洲|欧洲|非洲|美洲|全球|世界|东亚|东盟|中亚|亚太|中拉|中非|中欧|中俄)$")
_PLANNED = re.compile(r"(?:计划|拟|将|预计|力争|到|争取|准备|筹备|即将)")
_STATISTIC = re.compile(r"(?:增长|下降|达到|超过|占|增速|突破\d|同比|实现[^，]{0,12}\d|完成\s?\d|分别)")
_NO_EVENT_DATE = re.compile(r"^(?:以来|以后|以前|之前|末?的?[^，。]{0,12}(?:增长|下降|增速|数据|达到|超过|占))")
_AS_OF = re.compile(r"(?:截至|截止|截止到|至|到|自|从|早在|根据|按照|与|比|较|《[^》]*|（|\()$")
_INCIDENT = re.compile(r"的?[“\"]?[^，。“”\"]{2,10}事件")
_FIRST = re.compile(r"(?P<what>首次(?:提出|发布|实现|公布|举办|举行|发现|使用|应用)(?:了)?(?:关于)?[“\"《]?(?P<o>[^，。；：“”\"《》]{2,30}))")
_PASSES = re.compile(r"(?:审议|表决|正式)?(?P<verb>通过|发布|印发|颁布|公布|出台)(?:了|的)?《(?P<title>[^《》]{2,80})》")
_DISASTER = re.compile(r"^(?:我们)?(?:有效|积极|成功|全力|科学|妥善|有力)*(?:应对|抗击|战胜|抵御|处置|做好|遭遇|遭受)(?:了)?(?P<name>[\u4e00-\u9fff、]{2,24}?(?:洪涝灾害|特大暴雨|灾害|地震|台风|山洪|泥石流|旱灾|疫情|暴雪))")
_HONOURED = re.compile(r"^(?P<what>[\u4e00-\u9fffA-Za-z0-9“”·]{2,30}?(?:授予|荣获|获评|获得|入选|成为)[^，。；]{4,40}?(?:称号|奖|名录|首个[^，。；]{2,16}|首家[^，。；]{2,16}))$")
_SPOKE = re.compile(r"^在(?P<what>[^，。；在]{4,40}?)上(?:发表|致|作)(?:了)?(?:重要)?(?P<how>讲话|致辞|演讲|辞)$")
_AT = re.compile(r"(?:于|在)$")
_VENUE_AFTER = re.compile(r"^[^，。；\n]{0,30}?在(?P<venue>[\u4e00-\u9fffA-Za-z·]{2,24}?)(?:隆重|正式|成功|胜利|顺利|圆满|联合|共同|如期|分别|首次)*(?:召开|举行|举办|开幕|闭幕|签署|签约|成立|揭牌|启动|发布|考察|调研|视察|主持|出席|会见|会谈|开工|投产|上市|正式|首飞|发射|发表|落成|竣工|开通|亮相|下线|首发|挂牌|奠基|登陆|试运行|宣布|点火|成功)")
_DATELINE = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}(?:社|报|网|讯))?(?P<place>[\u4e00-\u9fff]{2,6})(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)电")
_PERSON = re.compile(
    r"(?P<who>(?:中共中央总书记、国家主席、中央军委主席|[\u4e00-\u9fff]{0,14})?(?:习近平|[\u4e00-\u9fff]{2,3})?(?:总书记|国家主席|主席|总理|副总理|书记|省长|市长|部长|主任|局长|会长|董事长)(?:[\u4e00-\u9fff]{2,3}(?=在|到|赴|出席|主持|率|表示|宣布|一行))?)"
)
_SKIPPED = ("footnote", "reference", "table_row", "metadata")
_PASSED = re.compile(r"(?P<body>[\u4e00-\u9fff第一二三四五六七八九十百〇零]{4,60}?(?:会议|大会))(?:修订|修正)?(?:表决)?通过")
_IN_FORCE = re.compile(r"(?:自|从)?(?:(?P<published>公布|发布|印发|颁布)之日)?起?(?:正式)?(?:施行|实施|执行|生效)")


def events(reader: Reader) -> Iterator[Claim]:
    """Every happening of the document, in the order of its text."""
    yield from _enactment(reader)
    yield from _delivered(reader)
    yield from _dated(reader)
    yield from _undated_occasions(reader)
    yield from _reviewed(reader)


def _event(
    reader: Reader, name: Name, date: DateMention | None, venues: tuple[Name, ...], agent: Name | None, quote: Span, rule: str, confidence: float, *, value: str | None = None,
    planned: bool = False,
) -> Claim:
    date_value = value or (date.value if date else None)
    slots: dict[str, Slot] = {
        "event": name,
        "date": date_value,
        "dateText": reader.text[date.start : date.end] if date else None,
        "precision": date.precision if date else ("year" if value else None),
        "venue": venues,
        "agent": agent,
    }
    return reader.claim("event", slots, quote.start, quote.end, rule, confidence, planned=planned)


def _event_name(reader: Reader, start: int, end: int, *, aliases: tuple[str, ...] = ()) -> Name | None:
    """The name in a span: without a date, an agent or a stray verb before it."""
    start, end = trim(reader.text, start, end)
    text = clean(reader.text[start:end])
    text = re.sub(r"[“”\"《》]", "", text)
    if not 3 <= len(text) <= 60:
        return None
    return Name(text, "Event", reader.text[start:end], aliases)


_DELIVERED = re.compile(r"在?(?P<name>[\u4e00-\u9fff]{4,40}?(?:会议|大会|全会))上")


def _delivered(reader: Reader) -> Iterator[Claim]:
    """——2026年1月20日在某省人民代表大会会议上: the line under a title says where the document was delivered."""
    blocks = reader.document.blocks[:8]
    for date in reader.annotated.dates:
        block = reader.block(date.start)
        if block not in blocks or block.kind not in ("title", "metadata", "heading"):
            continue
        found = _DELIVERED.match(reader.text, date.end, block.end)
        if found:
            name = _event_name(reader, *found.span("name"))
            if name:
                yield _event(reader, name, date, (), None, Span(date.start, found.end()), "event.delivered", 0.85)
            return


# --- with a date ------------------------------------------------------------------------------------------------------


def _dated(reader: Reader) -> Iterator[Claim]:
    """Every date that dates a happening in its clause or the next."""
    text = reader.text
    taken: set[tuple[int, str]] = set()
    for date in reader.annotated.dates:
        block = reader.block(date.start)
        if block.kind in _SKIPPED or block.kind in ("title", "heading") or date.value is None and not _place_near(reader, date):
            continue
        sentence = reader.sentence(date.start)
        if _AS_OF.search(text[max(sentence.start, date.start - 8) : date.start]) and not _INCIDENT.match(text[date.end : date.end + 16]) or _NO_EVENT_DATE.match(text[date.end : date.end + 24]):
            continue
        if text[date.end : date.end + 1] in "—-至" or _in_title(reader, date):
            continue
        for claim in _of_date(reader, date, sentence):
            event = claim.slots["event"]
            key = (sentence.start, event.label if isinstance(event, Name) else "")
            if key not in taken:
                taken.add(key)
                yield claim


def _in_title(reader: Reader, date: DateMention) -> bool:
    return any(m.start <= date.start < m.end for m in reader.mentions(max(0, date.start - 80), date.end + 80) if m.kind == "title")


def _place_near(reader: Reader, date: DateMention) -> bool:
    clause = reader.clause(date.start)
    follow = reader.next_clause(clause.end)
    return any(m.kind == "Place" for m in reader.mentions(clause.start, follow.end))


def _of_date(reader: Reader, date: DateMention, sentence: Span) -> Iterator[Claim]:
    """The happenings that one date dates: in the rest of its clause, and in the clause after where the date stands alone."""
    text = reader.text
    clause = reader.clause(date.start)
    span = Span(date.end, clause.end)
    rest = text[date.end : clause.end].strip(" （(）)")
    if len(rest) <= 3 and text[clause.end : clause.end + 1] in "，、":
        span = reader.next_clause(clause.end)
        if span.start >= sentence.end:
            return
    later = next((d for d in reader.annotated.dates if span.start <= d.start < span.end), None)
    if later:
        span = Span(span.start, later.start)
    body = text[span.start : span.end]
    quote = Span(date.start, span.end)
    agent = _agent(reader, span)
    venues = _venues(reader, span, sentence)
    lead = text[clause.start : date.start]
    planned = bool(_PLANNED.search(body[:12]) or _PLANNED.search(lead[-3:]))
    found = False
    occasion = reader.wording.occasion.search(text, span.start, span.end)
    if occasion:
        name = _occasion_name(reader, occasion, agent)
        if name:
            found = True
            yield _event(reader, name, date, venues or _places(reader, *occasion.span("name")), agent, quote, "event.occasion", 0.85, planned=planned)
    for claim in _firsts(reader, date, span, quote, agent, venues or (_places(reader, *occasion.span("name")) if occasion else ())):
        found = found or claim.rule == "event.passes"
        yield claim
    if not found and "同时废止" not in body:
        yield from _named_or_verbal(reader, date, span, sentence, quote, agent, venues, lead, planned)


def _firsts(reader: Reader, date: DateMention, span: Span, quote: Span, agent: Name | None, venues: tuple[Name, ...]) -> Iterator[Claim]:
    """What was done for the first time, and which text was passed, on that date."""
    text = reader.text
    first = _FIRST.search(text, span.start, span.end)
    if first:
        name = _event_name(reader, *first.span("what"))
        if name:
            yield _event(reader, name, date, venues, agent, Span(quote.start, first.end()), "event.first", 0.8)
    passes = _PASSES.search(text, span.start, min(len(text), span.end + 90))
    if passes and passes.start() <= span.end and "，" not in text[span.start : passes.start()]:
        body = clean(text[span.start : passes.start()])
        by = Name(body, "Body", body) if is_name(body) and len(body) <= 30 else agent
        title = passes["title"].replace("\n", "")
        name = Name(f"{passes['verb']}{title}", "Event", passes[0], (f"{passes['verb']}{title[-2:]}", f"{title}{passes['verb']}"))
        yield _event(reader, name, date, (), by, Span(quote.start, passes.end()), "event.passes", 0.85)


def _named_or_verbal(
    reader: Reader, date: DateMention, span: Span, sentence: Span, quote: Span, agent: Name | None, venues: tuple[Name, ...], lead: str, planned: bool
) -> Iterator[Claim]:
    text = reader.text
    body = text[span.start : span.end]
    named = re.match(r"(?:的|召开的|举行的|举办的|以来|在[^，]{2,20}?(?:召开|举行|举办)的|[\u4e00-\u9fff]{2,12}(?:召开|举行)的?)?" + reader.wording.event_name.pattern, body)
    if named and not _STATISTIC.search(body):
        name = _event_name(reader, span.start + named.start("name"), span.start + named.end("name"))
        name = _strip_agent(name, agent)
        if name and is_name(name.label) and not name.label.startswith("所在"):
            at = span.start + named.start("name")
            venues = venues or _venue_in_name(reader, at, span.start + named.end("name"))
            yield _event(reader, name, date, venues, agent if agent and agent.label not in name.label else None, quote, "event.named", 0.8, planned=planned)
            return
    verb = re.search(reader.wording.event_verb, body)
    if verb and not _STATISTIC.search(body):
        name = _verbal_name(reader, span, verb, agent)
        if name:
            yield _event(reader, name, date, venues, agent, quote, "event.verbal", 0.7, planned=planned)
            return
    # The date closes its clause: …会议于2024年3月5日召开
    if lead and (_AT.search(lead) or body[:2] in ("召开", "举行", "举办", "开幕", "发布", "印发", "通过", "施行", "实施", "成立", "启动")):
        named = reader.wording.event_name.search(lead)
        start = date.start - len(lead)
        follow = re.match(reader.wording.event_verb, body.lstrip("在正式"))
        if named:
            name = _event_name(reader, start + named.start("name"), start + named.end("name"))
        else:
            name = _event_name(reader, start, date.start - (1 if _AT.search(lead) else 0))
            if name and follow:
                name = Name(name.label + follow[0], "Event", name.text, (name.label,))
        if name and (named or follow):
            yield _event(reader, name, date, venues, agent, Span(start, span.end), "event.date_after", 0.8, planned=planned)


def _verbal_name(reader: Reader, span: Span, verb: re.Match[str], agent: Name | None) -> Name | None:
    """X上市, 发布X: the clause as the name of what happened, without the agent; the verb with its object as another form."""
    text = reader.text
    body = text[span.start : span.end]
    start = span.start
    held = re.match(r"(?:主持)?(?:召开|举行|举办|承办)(?:了)?", body[verb.start() :])
    if held and verb.end() < len(body):
        return _event_name(reader, span.start + verb.start() + held.end(), span.end)
    lead = re.match(r"^(?:[，、\s]|我国|我省|我市|全省|全市|正式|首次|将|已|又|还|由)*", body)
    start += lead.end() if lead else 0
    name = _event_name(reader, start, span.end)
    if name is None:
        return None
    label = re.sub(r"(?:突然|正式|成功|首次|宣布其?|顺利|隆重|将|已经|已)(?=[\u4e00-\u9fff])", "", name.label)
    aliases = {name.label, re.sub(r"[“”\"《》]", "", clean(body[verb.start() :]))} - {label}
    if agent and label.startswith(agent.label):
        bare = label[len(agent.label) :]
        if len(bare) >= 4:
            aliases.add(label)
            label = bare
    label = re.sub(rf"^在[\u4e00-\u9fff]{{2,12}}?(?={reader.wording.event_verb})", "", label)
    if re.fullmatch(rf"(?:正式|全面|成功|建成)*{reader.wording.event_verb}(?:运行|运营|使用)?", label) or label.endswith(("之年", "一年")):
        return None
    if len(label) > 40 or label.startswith(("是", "我国", "为", "的", "和", "力争", "要", "基本", "有", "前", "所在")) or "要" in label[:8] or not re.search(r"[\u4e00-\u9fff]{2}", label):
        return None
    return Name(label, "Event", name.text, tuple(sorted(a for a in aliases if len(a) >= 4)))


def _strip_agent(name: Name | None, agent: Name | None) -> Name | None:
    if name is None:
        return None
    held = re.match(r"^.{0,40}?(?:召开|举行|举办|承办|主办)(?:了|的)?(?=.{3})", name.label)
    label = name.label[held.end() :] if held else re.sub(r"^(?:了|的|在|于|出席|参加|由)+", "", name.label)
    if agent and label.startswith(agent.label) and len(label) - len(agent.label) >= 4:
        label = label[len(agent.label) :]
    label = re.sub(r"^(?:了|的|在|于|召开|举行|举办|主持召开|出席|参加|由)+", "", label)
    return Name(label, "Event", name.text, name.aliases) if len(label) >= 3 else None


def _occasion_name(reader: Reader, occasion: re.Match[str], agent: Name | None) -> Name | None:
    name = _event_name(reader, *occasion.span("name"))
    if name is None:
        return None
    who = (agent.label,) if agent else ()
    return Name(name.label, "Event", name.text, tuple(f"{w}{name.label}" for w in who) + tuple(f"{w}在{name.label}" for w in who))


def _agent(reader: Reader, span: Span) -> Name | None:
    """The person or body that opens the clause."""
    text = reader.text
    found = _PERSON.match(text, span.start, span.end)
    if found:
        label = re.sub(r"^.*、", "", found["who"])
        return Name(label, "Person", found["who"]) if len(label) >= 2 else None
    for mention in reader.mentions(span.start, span.end):
        if mention.kind == "Body" and mention.start - span.start <= 2:
            return Name(mention.label, "Body", text[mention.start : mention.end], (), mention.term)
        break
    opening = re.match(rf"(?P<who>(?:(?!在|与|于)[\u4e00-\u9fffA-Za-z（）()\- ]){{2,30}}?(?:公司|集团|委员会|部|局|厅|院|办公室|政府|协会|大学|银行|研究院|研究所|中心|学会|联盟))(?:联合|共同|正式|首次|宣布)*(?={reader.wording.event_verb})", text[span.start : span.end])
    if opening:
        return Name(clean(opening["who"]), "Body", opening["who"])
    return None


def _venues(reader: Reader, span: Span, sentence: Span) -> tuple[Name, ...]:
    """Where: 在…召开 after the date, or a place that the clause says it is in."""
    text = reader.text
    found = _VENUE_AFTER.match(text[span.start : span.end])
    if found:
        start, end = span.start + found.start("venue"), span.start + found.end("venue")
        venue = clean(text[start:end])
        if not venue.startswith(("我", "全")) and not re.search(r"(?:会议|时|上|中|期间|学习|大会|基础|方面|过程)$", venue):
            return _places(reader, start, end) or (Name(venue, "Place", venue),)
    return ()


def _places(reader: Reader, start: int, end: int) -> tuple[Name, ...]:
    """The place in a span: as specific as the text has it, with the vocabulary's place as another form."""
    text = reader.text
    known = [m for m in reader.mentions(start, end) if m.kind == "Place"]
    if not known:
        return ()
    last = known[-1]
    rest = re.match(r"[\u4e00-\u9fffA-Za-z]{1,16}?(?:中心|会堂|宾馆|会议室|礼堂|园区|开发区|展览馆|体育馆|大厦|酒店|广场|基地|大学|学院|研究院|公司|厂|港|机场|车站|村|镇|乡|街道|社区)", text[last.end : end])
    label = text[known[0].start : last.end + (rest.end() if rest else 0)]
    if label == text[last.start : last.end]:
        return (Name(label, "Place", label, (last.label,) if last.label != label else (), last.term),)
    return (Name(label, "Place", label, tuple(text[m.start : m.end] for m in known)),)


# --- occasions without a date of their own ----------------------------------------------------------------------------


def _undated_occasions(reader: Reader) -> Iterator[Claim]:
    """在上海考察时: an occasion with a place, dated by a date just before it or not at all."""
    text = reader.text
    for occasion in reader.wording.occasion.finditer(text):
        if reader.block(occasion.start()).kind in _SKIPPED:
            continue
        places = _places(reader, *occasion.span("name"))
        clause = reader.clause(occasion.start())
        if any(clause.start - 12 <= date.start < clause.end and date.value for date in reader.annotated.dates):
            continue
        if not places or not re.search(r"(?:考察|调研|视察|访问)", occasion["name"]):
            continue
        agent = _agent(reader, clause)
        name = _occasion_name(reader, occasion, agent)
        if name:
            yield _event(reader, name, None, places, agent, Span(clause.start, occasion.end()), "event.occasion_undated", 0.65)


# --- reviews of a period ----------------------------------------------------------------------------------------------


def _reviewed(reader: Reader) -> Iterator[Claim]:
    """Under 2025年工作回顾: what was opened, launched, held or completed, dated by the heading's year."""
    text = reader.text
    for block in reader.document.blocks:
        if block.kind in ("title", "heading", *_SKIPPED):
            continue
        year = _period(reader, block)
        if year is None:
            continue
        position = block.start
        while position < block.end:
            clause = reader.clause(position)
            clause = Span(max(clause.start, block.start), min(clause.end, block.end))
            yield from _completed(reader, clause, year)
            position = max(clause.end, position) + 1


def _period(reader: Reader, block: Block) -> str | None:
    """The year that the section over a block reviews, or None where it reviews nothing."""
    headings = [reader.text[h.start : h.end] for h in reader.headings(block.start)]
    for heading in headings:
        if _PLAN_SECTION.search(heading) and not _REVIEW.search(heading):
            return None
        if _REVIEW.search(heading):
            found = re.search(r"((?:19|20)\d{2})年", heading)
            if found:
                return found[1]
            if re.search(r"过去一年|一年来", heading) and reader.document.date:
                return str(int(reader.document.date[:4]) - 1)
    return None


def _completed(reader: Reader, clause: Span, year: str) -> Iterator[Claim]:
    body = reader.text[clause.start : clause.end]
    if _INTENDS.match(body) or any(clause.start <= date.start < clause.end for date in reader.annotated.dates):
        return
    lead = re.match(r"^(?:——|[“”\"]|[一二三四五六七八九]是|有效|做好|积极|扎实)*", body)
    offset = lead.end() if lead else 0
    held, done, launched = (pattern.match(body, offset) if pattern is None else pattern.match(body[offset:]) for pattern in (_HELD, _COMPLETED, _LAUNCHED))
    base = clause.start + offset
    if held:
        yield from _list_of_events(reader, Span(base + held.start("what"), base + held.end("what")), "", clause, year, 0.75)
    elif done and not _STATISTIC.search(body):
        how = done["how"]
        noun_like = re.search(r"(?:举办|举行|召开|开幕|闭幕)$", how)
        yield from _list_of_events(reader, Span(base + done.start("what"), base + done.end("what")), "" if noun_like else how, clause, year, 0.75)
    elif launched and re.search(r"(?:方案|条例|办法|规划|计划|意见|行动|工程|纲要|试点|建设|委员会|中心|基金|公司)$", launched["what"]):
        what = Span(base + launched.start("verb"), base + launched.end("what"))
        name = _event_name(reader, *what, aliases=(clean(launched["what"]) + launched["verb"], clean(launched["what"])))
        if name:
            yield _event(reader, name, None, (), None, clause, "event.review_launched", 0.6, value=year)
    elif disaster := _DISASTER.match(body):
        at = Span(clause.start + disaster.start("name"), clause.start + disaster.end("name"))
        name = _event_name(reader, *at, aliases=(clean(disaster[0]),))
        if name and "等严重" not in name.label:
            yield _event(reader, name, None, _places(reader, *at), None, clause, "event.review_disaster", 0.7, value=year)
    elif (honoured := _HONOURED.match(body)) or (honoured := _SPOKE.match(body)):
        name = _event_name(reader, clause.start + (0 if honoured.re is _SPOKE else honoured.start("what")), clause.start + honoured.end())
        if name:
            yield _event(reader, name, None, _venue_in_name(reader, clause.start + honoured.start("what"), clause.start + honoured.end("what")), None, clause, "event.review_honoured", 0.65, value=year)
    elif attended := _ATTENDED.match(body):
        start = clause.start + attended.start("what")
        yield from _list_of_events(reader, Span(start, clause.start + attended.end("what")), "", clause, year, 0.7)


def _list_of_events(reader: Reader, span: Span, how: str, clause: Span, year: str, confidence: float) -> Iterator[Claim]:
    members, _ = split_list(reader, *span)
    for start, end in members:
        label = re.sub(r"[“”\"《》]", "", clean(reader.text[start:end]))
        if len(label + how) < 4 or re.match(r"\d+(?:个|项|家|条|座)|一批|[一二三四五六七八九十]+[个批]", label) or not how and not re.search(reader.wording.event_head + r"$|[会节赛]$|\d{4}$|活动$", label):
            continue
        bare = re.sub(r"(?:正式|全面|成功|顺利|圆满|胜利|如期|提前|陆续|相继|加快)", "", how)
        name = Name(label + bare, "Event", reader.text[start:end] + how, tuple(dict.fromkeys(a for a in (label, label + how) if a != label + bare)))
        yield _event(reader, name, None, _venue_in_name(reader, start, end), None, clause, "event.review", confidence, value=year)


_HOSTED = re.compile(r"(?:博览会|展览会|交易会|洽谈会|[\u4e00-\u9fff]博会|运动会|[\u4e00-\u9fff]{1,2}运会|亚冬会|冬奥会|论坛|峰会|文化节|艺术节|电影节|旅游节|[\u4e00-\u9fff]节|锦标赛|联赛|大赛|比赛|马拉松|活动|年会|文化大集|开幕式|开幕式欢迎宴会|宴会|大会|[^，]*20\d{2})$")
_BODY_MEETING = re.compile(r"(?:人民代表大会|代表大会|常务委员会|政协|委员会|全会|全体会议|常务会议|次会议)")


def _venue_in_name(reader: Reader, start: int, end: int) -> tuple[Name, ...]:
    """成都大运会, 黑龙江考察: the place in the name is where it took place; in the name of a body or a plant it is not."""
    name = clean(reader.text[start:end])
    if re.search(r"(?:考察|调研|视察|访问)$", name):
        return _places(reader, start, end)
    if _BODY_MEETING.search(name) or not _HOSTED.search(name):
        return ()
    place = next((m for m in reader.mentions(start, end) if m.kind == "Place" and not _WIDE_PLACE.match(reader.text[m.start : m.end])), None)
    if place is None:
        return ()
    text = reader.text[place.start : place.end]
    return (Name(text, "Place", text, (place.label,) if place.label != text else (), place.term),)


# --- the document's own enactment -------------------------------------------------------------------------------------


def _enactment(reader: Reader) -> Iterator[Claim]:
    """通过, 印发 and 施行 of the document that speaks."""
    document, text = reader.document, reader.text
    if document.title is None or document.kind not in ("regulation", "measures", "plan"):
        return
    title = clean(document.title)
    for date in reader.annotated.dates:
        if date.value is None or date.precision != "day":
            continue
        clause = reader.clause(date.start)
        passed = _PASSED.search(text[date.end : min(date.end + 90, len(text))])
        if passed and passed.start() <= 6:
            body = Name(clean(passed["body"]), "Body", passed["body"])
            quote = Span(date.start, date.end + passed.end())
            name = Name(f"通过{title}", "Event", text[quote.start : quote.end], (f"{title}通过", title))
            yield _event(reader, name, date, (), body, quote, "event.passed", 0.9)
            meeting = re.sub(r"^[\u4e00-\u9fff]+?常务委员会(?=第)", lambda m: m[0], passed["body"])
            yield _event(reader, Name(clean(meeting), "Event", passed["body"]), date, (), None, quote, "event.passed_at", 0.85)
            continue
        in_force = _IN_FORCE.match(text[date.end : date.end + 20].lstrip("，"))
        if in_force and "自" in text[max(clause.start, date.start - 3) : date.start]:
            name = Name(f"{title}施行", "Event", text[clause.start : clause.end], ("施行", f"实施{title}"))
            yield _event(reader, name, date, (), None, Span(clause.start, clause.end), "event.in_force", 0.9)
    issued = _issued(reader)
    if issued:
        date, issuer = issued
        name = Name(f"印发{title}", "Event", text[date.start : date.end], (f"发布{title}", f"{title}印发", f"{title}发布", f"颁布{title}"))
        agent = Name(issuer, "Body", issuer) if issuer else None
        yield _event(reader, name, date, (), agent, Span(date.start, date.end), "event.issued", 0.8)


def _issued(reader: Reader) -> tuple[DateMention, str | None] | None:
    """The date of issue: the signature of the notice, or the field that names it."""
    if reader.document.date is None:
        return None
    for date in reader.annotated.dates:
        if date.value == reader.document.date and not _PASSED.search(reader.text[date.end : date.end + 90]):
            return date, reader.document.issuer
    return None
