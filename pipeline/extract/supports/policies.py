"""Policies that a text names by their form (行动, 计划, 工程), and the fields that their names hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.phrases import clean, is_name, split_list
from pipeline.extract.reader import Reader
from pipeline.extract.supports.titles import is_against
from pipeline.grammar.field_clauses import is_clause
from pipeline.grammar.field_names import field_name, has_form
from pipeline.model import Claim, Name
from pipeline.patterns import lazy

_FORM = r"(?:专项行动计划|三年行动计划|行动计划|行动方案|实施方案|专项行动|行动|计划|工程|战略|规划纲要|规划|纲要)"
_FORM_FOUND = lazy(_FORM)
_POLICY_FORM = lazy(
    r"(?P<name>(?:“[^”]{2,20}”[\u4e00-\u9fff]{0,8}|[\u4e00-\u9fffA-Za-z0-9]{3,36}?)(?:专项行动计划|三年行动计划|行动计划|"
    r"行动方案|实施方案|专项行动|攻坚行动|提升行动|[\u4e00-\u9fff]{2}行动|行动|培育计划|加速计划|孵化计划|计划|工程|战略|"
    r"规划纲要|(?<!任务)(?<!路径)(?<!航线)(?<!航路)(?<!同步)规划|纲要))(?![的]?(?:师|院|局|委|期|署|目标|性)|(?:推进|编制|工作|领导|协调|实施)*(?:办公室|领导小组|专班|委员会|座谈会|会议|研讨会))"
)
_ENACTS = lazy(
    r"(?:实施|开展|启动|出台|印发|制定|组织实施|落实|深入实施|大力实施|接续实施|发布|推出|加快实施|全面实施|执行)(?:了|好|"
    r"新一轮)?[“\"]?$"
)
_IN_EFFECT = lazy(r"^[”\"]?(?:等)?(?:扎实|深入|全面|加快|有序|顺利)*(?:实施|推进|落地|见效|启动|效果|成效)")
_TARGET = lazy(
    r"(?:支持|促进|推动|推进|鼓励|扶持|关于|加快|培育|发展|振兴)*(?P<o>[^，。支持促进推动]{2,20}?)(?:高质量|创新|健康|有序|"
    r"振兴|提质|转型)*(?:发展|振兴|提升|培育|壮大|建设|扩容|升级|产能提升|数字化转型|绿色化发展|政策|孵化|改造|"
    r"孵化与加速)*(?:三年|五年|专项|攻坚|突破年|的)*(?:行动计划|行动方案|实施方案|行动|计划|方案|政策|政策措施|若干措施|措施|"
    r"举措|意见|条例|规划|工程|办法|战略|指导意见|若干意见)$"
)
_ENACTING = lazy("实施|开展|启动|出台|印发|制定|落实|发布|推出|执行|推进|落地|见效|效果|成效")


def by_policy_names(reader: Reader) -> Iterator[Claim]:
    """实施农产品加工业三年行动计划: a policy named by its form, whose name holds the field that it supports."""
    text = reader.text
    for match in _policy_forms(reader):
        start, end = match.span("name")
        enacted = re.search(
            r"(?:(?:(?:启动|组织|全面|加快)实施|实施|开展|启动|出台|印发|制定|落实|发布|推出|执行)(?:了|好|新一轮)?)+",
            text[start:end],
        )
        if enacted:
            start += enacted.end()
        elif not _ENACTS.search(text[max(0, start - 6) : start]) and not _IN_EFFECT.match(text[end : end + 12]):
            continue
        if _TO_BE_MADE.search(text, max(0, start - 8), start) or _is_in_title(text, start):
            continue
        label = re.sub(r"[“”\"]", "", clean(text[start:end]))
        target = _TARGET.search(label)
        if not target or _UNNAMED.match(label) or is_against(reader, label) or is_clause(reader, target["o"]):
            continue
        s = Name(label, "Policy", text[start:end])
        field = _typed_inside(reader, start, end, target["o"])
        if field:
            yield reader.claim("supports", {"s": s, "o": field}, start, end, "supports.policy_name")
        yield from _in_fields(reader, s, match.start(), end)
    yield from _listed_policies(reader)


def _is_in_title(text: str, start: int) -> bool:
    """Whether what begins at `start` is cut out of the title of a text: 《贯彻落实|海岛渔业转型实施方案》."""
    reach = max(0, start - _LONGEST_TITLE)
    opened = text.rfind("《", reach, start)
    return text.rfind("》", reach, start) < opened < start - 1


_LONGEST_TITLE = 60  # characters


# 具有针对性的实施方案, 成立茶产业规划…: what only describes a plan, or says what is done with it, is no name of one.
_UNNAMED = lazy(
    r"(?!关于)[^“”《》]*(?<!若干)的|.*关于印发|(?:要|应|须|需|将|并|不断|按照|根据|结合|依据|依照|配合|参与|成立|组建|设立|编制|部署|贯彻|衔接|对接|符合|纳入|列入|属于|各[省市县区地级])"
)


# 学校要出台X方案, 制定X规划: a plan that is yet to be made.
_TO_BE_MADE = lazy('(?:(?:要|应当?|须|需|可以?|负责)(?:及时|分别|结合实际)?(?:出台|印发)|制定|编制)[“"]?$')


def _policy_forms(reader: Reader) -> Iterator[re.Match[str]]:
    for clause in reader.clauses_with(_FORM_FOUND):
        if _ENACTING.search(reader.text, clause.start, clause.end + 12) and reader.block(clause.start).kind != "title":
            yield from _POLICY_FORM.finditer(reader.text, clause.start, clause.end + 1)


def _in_fields(reader: Reader, s: Name, position: int, end: int) -> Iterator[Claim]:
    """在类脑智能、量子信息等领域，组织实施孵化计划: the clause before a policy names its fields."""
    clause = reader.clause(position)
    before = reader.clause(max(0, clause.start - 1))
    found = re.match(r"^(?:重点)?在(?P<o>.{2,100}?)领域$", reader.text[before.start : before.end])
    if found:
        members, _ = split_list(reader, before.start + found.start("o"), before.start + found.end("o"))
        for member in members:
            o = field_name(reader, member, strong=len(members) > 1)
            if o:
                yield reader.claim("supports", {"s": s, "o": o}, before.start, end, "supports.in_fields")


_FORM_AFTER_LIST = lazy(r"等(?:专项行动|行动|工程|计划)")
_LISTED_POLICIES = lazy(
    r"(?:实施|开展|推进)?(?P<list>[^，。；：！？\n]{4,60}?)等(?P<form>专项行动|行动|工程|计划)(?=(?:深入|全面|扎实|"
    r"加快)?(?:实施|推进|开展)|[，。；])"
)


def _listed_policies(reader: Reader) -> Iterator[Claim]:
    """千村改造、冷链提升等专项行动: each member of the list, with the form, is a policy of its own."""
    for clause in reader.clauses_with(_FORM_AFTER_LIST):
        match = _LISTED_POLICIES.match(reader.text, clause.start)
        if match is None:
            continue
        for start, end in split_list(reader, *match.span("list"))[0]:
            item = clean(reader.text[start:end])
            field = _typed_inside(reader, start, end, item)
            if field:
                s = Name(item + match["form"], "Policy", item, (item,))
                yield reader.claim("supports", {"s": s, "o": field}, match.start(), match.end(), "supports.policy_name")


def _typed_inside(reader: Reader, start: int, end: int, target: str) -> Name | None:
    """The field that a policy's name holds: a known one, or one by its form."""
    for mention in reader.mentions(start, end):
        if (
            mention.kind in ("Industry", "Technology")
            and reader.text[mention.start : mention.end] in target
            and not reader.is_word(mention.label, "wide_fields")
        ):
            return reader.name(mention.start, mention.end, mention.kind)
    label = re.sub(
        r"^(?:提振|激发|扩大|深化|优化)?(?:[省市县区](?=科技))?(?:[一二三四五六七八九十百千万亿\d]+(?:斤|个|家|项|企|亩|吨))?",
        "",
        clean(target),
    )
    if is_name(label) and has_form(reader, label):
        return Name(label, "Industry", label)
    return None
