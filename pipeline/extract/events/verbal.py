"""What a happening is called that has no name: the clause that tells it, without who acts and when (X上市, 发布X)."""

from __future__ import annotations

import re

from pipeline.extract.events.slots import event_name
from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.model import Name, Span

# A clause of time, what is only said, what a row of a table is called, and a meeting without a name are no happenings.
_NO_HAPPENING = re.compile(
    r".*(?:时|之时|之初|之际|时期|期间|之前)|(?:发布|公布|成立|实施|施行|印发|生效|制定)?(?:机构|日期|时间|单位|部门|文号|地点)"
    r"|.*(?:宣布|表示|获悉|介绍|了解到)|(?:本次|此次)?(?:会议|大会|活动|论坛|仪式)?(?:在[^，]{1,20}?)?(?:隆重|正式|成功|如期)*(?:召开|举行|举办)"
    r"|.*主要包括.*|.*(?:的基础(?:上)?|[报变动]表|以上的)"
    r"|(?:现|正式)?(?:向社会)?(?:正式)?(?:公布|发布)"
)
_AMOUNT = re.compile(
    r"(?<![第\d.,])(?<!第 )\d[\d.,]*\s?[万亿]+(?:美元|欧元|元|人次|人|户|亩|辆|台|吨)$"
    r"|(?:进出口|规模|总额|增加值|产值|收入)[^，]{0,6}达"
)


def verbal_name(reader: Reader, span: Span, verb: re.Match[str], agent: Name | None) -> Name | None:
    """X上市, 发布X: the clause as the name of what happened, without the agent; the verb with its object as another form."""
    text = reader.text
    body = text[span.start : span.end]
    start = span.start
    held = re.match(r"(?:主持)?(?:召开|举行|举办|承办)(?:了)?", body[verb.start() :])
    if held and verb.end() < len(body):
        return event_name(reader, span.start + verb.start() + held.end(), span.end)
    lead = re.match(r"^(?:[，、\s]|左右|前后|底前|(?:上|下)半年|我国|我省|我市|全省|全市|正式|首次|将|已|又|还|由)*", body)
    start += lead.end() if lead else 0
    name = event_name(reader, start, span.end)
    if name is None:
        return None
    label = re.sub(
        r"(?:突然|正式|成功|首次|宣布其?|顺利|隆重|将|已经|已)(?=[\u4e00-\u9fff])|(?<=.{4})(?:以来|以后|之后)$", "", name.label
    )
    aliases = {name.label, re.sub(r"[“”\"《》]", "", clean(body[verb.start() :]))} - {label}
    if agent and label.startswith(agent.label):
        bare = label[len(agent.label) :]
        if len(bare) >= 4:
            aliases.add(label)
            label = bare
    label = re.sub(rf"^在[\u4e00-\u9fff]{{2,12}}?(?={reader.wording.event_verb})", "", label)
    if re.fullmatch(
        rf"(?:正式|全面|成功|建成|开始|重新)*{reader.wording.event_verb}(?:运行|运营|使用)?", label
    ) or label.endswith(("之年", "一年")):
        return None
    if (
        len(label) > 40
        or label.startswith(("、", "（", "(", "是", "我国", "为", "的", "和", "力争", "要", "基本", "有", "前", "所在"))
        or "要" in label[:8]
        or _NO_HAPPENING.fullmatch(label)
        or _AMOUNT.search(label)
        or not re.search(r"[\u4e00-\u9fff]{2}", label)
    ):
        return None
    return Name(label, "Event", name.text, tuple(sorted(a for a in aliases if len(a) >= 4)))


def without_agent(name: Name | None, agent: Name | None) -> Name | None:
    if name is None:
        return None
    held = re.match(r"^.{0,40}?(?:召开|举行|举办|承办|主办)(?:了|的)?(?=.{3})", name.label)
    label = name.label[held.end() :] if held else re.sub(r"^(?:了|的|在|于|出席|参加|由)+", "", name.label)
    if agent and label.startswith(agent.label) and len(label) - len(agent.label) >= 4:
        label = label[len(agent.label) :]
    label = re.sub(r"^(?:了|的|在|于|召开|举行|举办|主持召开|出席|参加|由)+", "", label)
    return Name(label, "Event", name.text, name.aliases) if len(label) >= 3 else None
