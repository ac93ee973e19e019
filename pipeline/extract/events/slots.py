"""What fills the slots of an event: its name, who acts, and where."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.annotate.attributions import HEAD_OF_PLACE
from pipeline.extract.phrases import clean, trim
from pipeline.extract.reader import UNMEASURED, Reader
from pipeline.model import Claim, DateMention, Name, Slot, Span

PLANNED = re.compile(r"(?:计划|拟|(?<![大小名健干])将|预计|力争|争取|准备|筹备|即将)")
PLANNED_FOR = re.compile(rf"到|{PLANNED.pattern}")  # before a date: 到2027年; 到石桥镇调研 plans nothing
WIDE_PLACE = re.compile(
    r"^(?:中国|我国|亚洲|欧洲|非洲|美洲|全球|世界|东亚|东盟|中亚|亚太|中拉|中非|中欧|中俄|长江|黄河|珠江|长三角|珠三角|京津冀)$"
)
_PERSON = re.compile(
    rf"(?P<who>(?:中共中央总书记、国家主席、中央军委主席|(?:(?![在到赴于])[\u4e00-\u9fff]){{0,14}})?(?:习近平|[\u4e00-\u9fff]{{2,3}})?(?:总书记|"
    rf"国家主席|主席|总理|副总理|书记|{HEAD_OF_PLACE}|部长|主任|局长|会长|董事长)(?:[\u4e00-\u9fff]{{2,3}}(?=在|到|赴|出席|主持|率|表示|"
    r"宣布|一行|先后|分别|专程|带队))?)"
)


_PRECISIONS = {4: "year", 7: "month", 10: "day"}  # by the length of an ISO date


def event(
    reader: Reader,
    name: Name,
    date: DateMention | None,
    venues: tuple[Name, ...],
    agent: Name | None,
    quote: Span,
    rule: str,
    confidence: float = UNMEASURED,
    *,
    value: str | None = None,
    planned: bool = False,
) -> Claim:
    date_value = value or (date.value if date else None)
    slots: dict[str, Slot] = {
        "event": name,
        "date": date_value,
        "dateText": reader.text[date.start : date.end] if date else None,
        "precision": date.precision if date else _PRECISIONS.get(len(value), "range") if value else None,
        "venue": venues,
        "agent": agent,
    }
    return reader.claim("event", slots, quote.start, quote.end, rule, confidence, planned=planned)


def event_name(reader: Reader, start: int, end: int, *, aliases: tuple[str, ...] = ()) -> Name | None:
    """The name in a span: without a date, an agent or a stray verb before it."""
    closed = reader.text.rfind("）", start, end)
    if closed >= 0 and "（" not in reader.text[start:closed]:
        start = closed + 1  # 记者某）第三届论坛
    start, end = trim(reader.text, start, end)
    text = clean(reader.text[start:end])
    text = re.sub(r"[“”\"《》]", "", text)
    if not 3 <= len(text) <= 60:
        return None
    return Name(text, "Event", reader.text[start:end], aliases)


def agent_of(reader: Reader, span: Span) -> Name | None:
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
    opening = re.match(
        rf"(?P<who>(?:(?!在|与|于)[\u4e00-\u9fffA-Za-z（）()\- ]){{2,30}}?(?:公司|集团|委员会|部|局|厅|院|办公室|政府|协会|"
        rf"大学|银行|研究院|研究所|中心|学会|联盟))(?:联合|共同|正式|首次|宣布)*(?={reader.wording.event_verb})",
        text[span.start : span.end],
    )
    opening = opening or _HOST.match(text, span.start, span.end)
    if opening:
        who = clean(re.sub(r"(?:联合|共同)$", "", opening["who"]))
        return Name(who, "Body", opening["who"], tuple(who.split("、")) if "、" in who else ())
    return None


# 市民政局在长沙召开…: a body that no vocabulary holds, by what ends its name.
_HOST = re.compile(
    r"(?P<who>[\u4e00-\u9fff、]{2,20}?(?:会|院|局|组|部|委|厅|中心|公司|集团|政府|学校|大学|联盟|社|团|队|所|办|银行|企业))"
    r"(?=(?:在|到|赴)[^，]{2,20}?(?:召开|举行|举办|主办|承办|调研|考察|视察|签署|发布|启动|开展|组织|出席|会见|慰问))"
)


def venues_of(reader: Reader, span: Span, sentence: Span) -> tuple[Name, ...]:
    """Where: 在…召开 after the date, or a place that the clause says it is in."""
    text = reader.text
    short = _CAPITAL.match(text, *span)
    if short:
        label = _CAPITALS[short["where"]]
        term = reader.wording.terms.get(label)
        return (Name(label, "Place", short["where"], (), term.iri if term else None),)
    found = reader.wording.venue.match(text[span.start : span.end])
    if found:
        start, end = span.start + found.start("venue"), span.start + found.end("venue")
        venue = clean(text[start:end])
        if not venue.startswith(("我", "全")) and not re.search(r"(?:会议|时|上|中|期间|学习|大会|基础|方面|过程)$", venue):
            return places(reader, start, end) or (Name(venue, "Place", venue),)
    struck = _STRUCK.match(text[span.start : span.end])
    if struck:
        return places(reader, span.start, span.start + struck.end("where"))
    site = _LAUNCH_SITE.match(text[span.start : span.end])
    return (Name(site["where"], "Place", site["where"]),) if site else ()


# 在京召开: a city by the one character that stands for it after 在.
_CAPITALS = {"京": "北京", "沪": "上海", "津": "天津", "渝": "重庆", "穗": "广州", "蓉": "成都", "杭": "杭州", "汉": "武汉"}
_CAPITAL = re.compile(
    rf"[^，。；\n]{{0,60}}?在(?P<where>[{''.join(_CAPITALS)}])(?=(?:隆重|正式|成功|顺利|联合|共同|如期)*(?:召开|举行|举办|开幕|闭幕|成立|揭牌|启动|发布|签署|会见))"
)

# 青海玉树发生地震; 文昌航天发射场成功发射…: the place that opens the clause is where it happened.
_STRUCK = re.compile(r"(?P<where>[\u4e00-\u9fff]{2,16}?)(?:发生|遭遇|遭受|突发)")
_LAUNCH_SITE = re.compile(r"(?P<where>[\u4e00-\u9fff]{2,12}(?:发射场|发射中心|发射基地))(?:成功)?(?:将|用|发射)")


def places(reader: Reader, start: int, end: int) -> tuple[Name, ...]:
    """The place in a span: as specific as the text has it, with the vocabulary's place as another form."""
    text = reader.text
    known = [m for m in reader.mentions(start, end) if m.kind == "Place"]
    if not known:
        return ()
    if any("、" in text[one.end : other.start] for one, other in pairwise(known)):
        return tuple(Name(text[m.start : m.end], "Place", text[m.start : m.end], (m.label,), m.term) for m in known)
    last = known[-1]
    rest = re.match(
        r"[\u4e00-\u9fffA-Za-z]{1,16}?(?:中心|会堂|宾馆|会议室|礼堂|园区|开发区|展览馆|体育馆|大厦|酒店|广场|基地|大学|学院|"
        r"研究院|公司|厂|港|机场|车站|村|镇|乡|街道|社区)",
        text[last.end : end],
    )
    label = text[known[0].start : last.end + (rest.end() if rest else 0)]
    if label == text[last.start : last.end]:
        return (Name(label, "Place", label, (last.label,) if last.label != label else (), last.term),)
    return (Name(label, "Place", label, tuple(text[m.start : m.end] for m in known)),)


_HOSTED = re.compile(
    r"(?:博览会|展览会|交易会|洽谈会|[\u4e00-\u9fff]博会|运动会|[\u4e00-\u9fff]{1,2}运会|亚冬会|冬奥会|论坛|峰会|文化节|艺术节|"
    r"电影节|旅游节|[\u4e00-\u9fff]节|[\u4e00-\u9fff]赛|马拉松|灯会|庙会|活动|年会|文化大集|开幕式|开幕式欢迎宴会|宴会|大会|"
    r"[^，]*20\d{2})$"
)
_BODY_MEETING = re.compile(r"(?:人民代表大会|代表大会|常务委员会|政协|委员会|全会|全体会议|常务会议|次会议)")


def venue_in_name(reader: Reader, start: int, end: int) -> tuple[Name, ...]:
    """成都大运会, 黑龙江考察: the place in the name is where it took place; in the name of a body or a plant it is not."""
    name = clean(reader.text[start:end])
    if re.search(r"(?:考察|调研|视察|访问)$", name):
        return places(reader, start, end)
    if _BODY_MEETING.search(name) or not _HOSTED.search(name):
        return ()
    place = next(
        (m for m in reader.mentions(start, end) if m.kind == "Place" and not WIDE_PLACE.match(reader.text[m.start : m.end])),
        None,
    )
    if place is None:
        return ()
    text = reader.text[place.start : place.end]
    return (Name(text, "Place", text, (place.label,) if place.label != text else (), place.term),)
