"""Under 2025年工作回顾: what was opened, held or completed, in the heading's year; under 2026年主要工作: what will be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.events.slots import event, event_name, places, venue_in_name
from pipeline.extract.phrases import clean, split_list
from pipeline.extract.reader import ASIDE, Reader
from pipeline.grammar.event_slots import ATTRIBUTES, own_head
from pipeline.model import Block, Claim, Name, Span
from pipeline.parse.setting import PLAN_SECTION, REVIEW, Setting

_LAUNCHED = re.compile(
    r"^(?:我们|我国|我省|我市|全省|全市)?(?:率先|全面|正式|研究|及时)*(?P<verb>出台|启动|印发|发布|颁布|设立|成立)(?:了|"
    r"实施)?(?P<what>.{4,60}?)$"
)
_ATTENDED = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,20})?(?:再次)?(?:出席|参加|亲临)(?:了)?(?P<what>.{4,80}?)(?:等[^，]*)?$")
_OPENS = re.compile(r"(?:——|[“”\"]|[一二三四五六七八九]是|有效|做好|积极|扎实)+")
_INTENDS = re.compile(r"^(?:[“”\"]|我们|继续|更多)*(?:推动|力促|加快|确保|力争|支持|促进|争取|要|将|全力推进|推进)")
_DISASTER = re.compile(
    r"^(?:我们)?(?:有效|积极|成功|全力|科学|妥善|有力)*(?:应对|抗击|战胜|抵御|处置|做好|遭遇|"
    r"遭受)(?:了)?(?P<name>[\u4e00-\u9fff、]{2,24}?(?:洪涝灾害|特大暴雨|灾害|地震|台风|山洪|泥石流|旱灾|疫情|暴雪))"
)
_HONOURED = re.compile(
    r"^(?P<what>[\u4e00-\u9fffA-Za-z0-9“”·]{2,30}?(?:授予|荣获|获评|获得|入选|成为)[^，。；]{4,40}?(?:称号|奖|名录|"
    r"首个[^，。；]{2,16}|首家[^，。；]{2,16})”?)$"
)
_SPOKE = re.compile(r"^在(?P<what>[^，。；在]{4,40}?)上(?:发表|致|作)(?:了)?(?:重要)?(?P<how>讲话|致辞|演讲|辞)$")


def reviewed(reader: Reader) -> Iterator[Claim]:
    """Under 2025年工作回顾: what was opened, launched, held or completed, dated by the heading's year."""
    setting = Setting(reader)
    report = reader.document.kind == "report"
    for block in reader.document.blocks:
        if block.kind in ("title", "heading", *ASIDE):
            continue
        year = setting.period(block.start)
        ahead = None if year or not report else year_ahead(reader, block)
        if year or ahead:
            position = block.start
            while position < block.end:
                clause = reader.clause(position)
                clause = Span(max(clause.start, block.start), min(clause.end, block.end))
                yield from _completed(reader, clause, year) if year else _planned(reader, clause, str(ahead))
                position = max(clause.end, position) + 1


def year_ahead(reader: Reader, block: Block) -> str | None:
    """The year whose work the section over a block plans: 2026年主要工作, 今年工作安排."""
    for heading in (reader.text[h.start : h.end] for h in reader.headings(block.start)):
        if REVIEW.search(heading):
            return None
        if PLAN_SECTION.search(heading) or _WORK_OF_YEAR.search(heading):
            found = re.search(r"(20\d{2})年", heading)
            given = reader.document.date
            return found[1] if found else given[:4] if given and "今年" in heading else None
    return None


_WORK_OF_YEAR = re.compile(r"(?:20\d{2}年|今年)[^，。]{0,8}工作")
_WILL_HOLD = re.compile(
    r"(?:精心|创新|高水平|高质量|全力|认真|成功|持续)*(?:办好|举办|承办|筹办|开好|筹备|组织好|做好(?=第))(?P<what>[^，。；]{3,60}?)(?:筹办|筹备|举办)?(?:工作)?$"
)
_WILL_OPEN = re.compile(
    r"(?:力促|确保|推动|力争|实现|争取|促进|加快|推进)(?P<what>[\u4e00-\u9fffA-Za-z0-9“”（）、]{4,40}?)(?:等(?:项目|工程)?)?(?P<how>建成投用|建成投运|"
    r"建成通车|建成投产|建成启用|投产|通车|竣工|开工建设|开工|开通运营|开通|投运|投用|投入运营|投入使用|首飞|并网发电|封顶|开馆|开园)$"
)


def _planned(reader: Reader, clause: Span, year: str) -> Iterator[Claim]:
    """办好第十届茶博会; 力促某铁路建成通车: what the report sets out for its year."""
    if reader.dates(*clause):
        return
    held = _WILL_HOLD.match(reader.text, *clause)
    opened = None if held else _WILL_OPEN.match(reader.text, *clause)
    found = held or opened
    if found:
        how = "" if held else found["how"]
        yield from _list_of_events(reader, Span(*found.span("what")), how, clause, year, 0.8, planned=True)


def _completed(reader: Reader, clause: Span, year: str) -> Iterator[Claim]:
    body = reader.text[clause.start : clause.end]
    if _INTENDS.match(body) or reader.dates(*clause):
        return
    lead = _OPENS.match(body)
    base = clause.start + (lead.end() if lead else 0)
    launched = _LAUNCHED.match(body[base - clause.start :])
    if launched and re.search(
        r"(?:方案|条例|办法|规划|计划|意见|行动|工程|纲要|试点|建设|委员会|中心|基金|公司)$", launched["what"]
    ):
        what = Span(base + launched.start("verb"), base + launched.end("what"))
        name = event_name(reader, *what, aliases=(clean(launched["what"]) + launched["verb"], clean(launched["what"])))
        if name:
            yield event(reader, name, None, (), None, clause, "event.review_launched", 0.7, value=year)
    elif disaster := _DISASTER.match(body):
        at = Span(clause.start + disaster.start("name"), clause.start + disaster.end("name"))
        name = event_name(reader, *at, aliases=(clean(disaster[0]),))
        where = places(reader, *at) or _basin(reader, at)
        several_years = "/" in year  # in which a disaster with no place is not one event
        if name and "等严重" not in name.label and not _EPIDEMIC.fullmatch(name.label) and (where or not several_years):
            yield event(reader, name, None, where, None, clause, "event.review_disaster", 0.7, value=year)
    elif (honoured := _HONOURED.match(body)) or (honoured := _SPOKE.match(body)):
        name = event_name(
            reader, clause.start + (0 if honoured.re is _SPOKE else honoured.start("what")), clause.start + honoured.end()
        )
        if name:
            at = Span(clause.start + honoured.start("what"), clause.start + honoured.end("what"))
            yield event(
                reader,
                name,
                None,
                venue_in_name(reader, *at) or (_of_occasion(reader, clause, at) if honoured.re is _SPOKE else ()),
                None,
                clause,
                "event.review_honoured",
                0.75,
                value=year,
            )
    elif attended := _ATTENDED.match(body):
        start = clause.start + attended.start("what")
        yield from _list_of_events(reader, Span(start, clause.start + attended.end("what")), "", clause, year, 0.85)


_BASIN = re.compile(r"(?P<where>[\u4e00-\u9fff]{2,8}?)(?P<list>等)?(?P<kind>流域|沿海|地区|山区|平原|盆地)")


def _basin(reader: Reader, name: Span) -> tuple[Name, ...]:
    """松江等流域特大洪涝灾害: a region by its form, where no vocabulary holds a place."""
    found = _BASIN.match(reader.text, *name)
    if found is None:
        return ()
    return (
        Name(
            found["where"] + found["kind"],
            "Place",
            found[0],
            tuple(sorted({found["where"], found[0]} - {found["where"] + found["kind"]})),
        ),
    )


def _of_occasion(reader: Reader, clause: Span, spoken: Span) -> tuple[Name, ...]:
    """出席X市某会开幕式，在开幕式宴会上致辞: the place of the occasion named just before, to which this one belongs."""
    before = reader.clause(max(0, clause.start - 1))
    attended = _ATTENDED.match(reader.text, before.start, before.end)
    if attended is None or clause.start - before.end > 1:
        return ()
    what = re.sub("并.*", "", attended["what"])
    occasion = re.search(r"[\u4e00-\u9fff]{2}(?:式|会|赛|节|礼)$", what)
    if occasion is None or not reader.text.startswith(occasion[0], spoken.start):
        return ()
    start = attended.start("what")
    return venue_in_name(reader, start, start + len(what)) or places(reader, start, start + len(what))


# 世纪疫情: what goes on for years everywhere is no event of one of them.
_EPIDEMIC = re.compile("(?:世纪|新冠|全球|严重|突发|重大|多轮|多点|散发|本土)*(?:肺炎|病毒)?疫情")
_NO_NAME = re.compile("(?:一批|重大|重点|标志性|产业)*(?:项目|工程|园区|基地|设施)")


def _list_of_events(
    reader: Reader, span: Span, how: str, clause: Span, year: str, confidence: float, *, planned: bool = False
) -> Iterator[Claim]:
    members, group = split_list(reader, *span)
    if group and ATTRIBUTES.match(reader.text, *group):
        return
    members = own_head(reader, members)
    venues: tuple[Name, ...] = ()
    for start, end in members:
        label = re.sub(r"[“”\"《》]", "", clean(reader.text[start:end]))
        if (
            len(label + how) < 3
            or _NO_NAME.fullmatch(label)
            or re.match(r"\d+(?:个|项|家|条|座|场|次)|一批|[百千万数多]+(?:场|次|项|个|家)|[一二三四五六七八九十]+[个批]", label)
            or (not how and not re.search(reader.wording.event_head + r"$|[会节赛]$|普查$|\d{4}$|活动$", label))
        ):
            continue
        bare = re.sub(r"(?:正式|全面|成功|顺利|圆满|胜利|如期|提前|陆续|相继|加快)", "", how)
        name = Name(
            label + bare,
            "Event",
            reader.text[start:end] + how,
            tuple(dict.fromkeys(a for a in (label, label + how) if a != label + bare)),
        )
        shared = venues if reader.text[start - 1] in "和与及" else ()  # 杭州亚运会和亚残运会
        venues = venue_in_name(reader, start, end) or shared
        rule = "event.ahead" if planned else "event.review"
        yield event(reader, name, None, venues, None, clause, rule, confidence, value=year, planned=planned)
