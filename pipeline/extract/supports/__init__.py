"""policy – supports – industry, and policy – restricts – industry.

In a work that is a policy (a plan, a regulation, measures, a work report) the policy is the work itself, and what it
sets out to support is read from its verbs (支持, 培育, 推广 …). Elsewhere the policy must be named: by 《》, by a name of the
vocabulary or of a policy's form, or by the occasion on which it was set out. Past strength (产业规模居全国第一) supports nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.reader import ASIDE, Reader
from pipeline.extract.supports.policies import by_policy_names
from pipeline.extract.supports.restrictions import by_control, restrictions
from pipeline.extract.supports.titles import by_titles, in_title, is_against
from pipeline.grammar.field_names import is_formed, is_wide
from pipeline.grammar.fields import fields
from pipeline.grammar.fill import Filled, fill, readings_of
from pipeline.grammar.governed import is_verb, stands_as_verb
from pipeline.model import Claim, Cue, Span
from pipeline.parse.scope import PolicyScope
from pipeline.patterns import lazy

_FUNDS = lazy(
    r"对(?:(?<=[，。；：！？\n]对)|(?<![\s\S]对))于?(?P<o>[^。；：！？\n]{2,90}?)(?:，(?:按照?|最高|每年|一次性|分别|优先|年|经|其|在|给|"
    r"单个|累计)[^。；\n]{0,70}?)?(?:给予|予以|提供|实施)[^，。；]{0,24}?(?:补贴|补助|奖励|支持|资助|贴息|优惠|减免|扶持)"
)
_GROWN = lazy(r"(?:发展|壮大|成长|崛起|提升|增强|扩大)(?=[，。；])")
_GROWS = lazy(
    r"(?P<o>(?!为|要|将|和|推[进动]|促进|加快|支持|引导|实现|带动|鼓励).{3,16}?)(?:加速|加快|快速|蓬勃|健康|稳步|有序|创新|集聚|融合|规范)+(?:发展|壮大|成长|崛起)$"
    r"|(?P<able>(?!为|要|将|和|推[进动]|促进|加快|支持|引导|实现|带动|鼓励).{3,16}?)(?:能力|规模|水平)(?:快速|显著|大幅|明显|持续|稳步|全面|进一步)+(?:提升|增强|扩大)$"
)
_AHEAD = lazy(r"到\s?(?:20\d\d|“?十[四五六]五”?)|力争|目标|今后|未来|争取|使")
_PAST = lazy(r"(?:居全国|位居|排名|增长\d|达到?\d|突破\d|占比|同比|下降)")


def claims(reader: Reader) -> Iterator[Claim]:
    """Every support and restriction that the document states, in the order of its text."""
    policies = PolicyScope(reader)
    yield from in_title(reader, policies)
    yield from by_rules(reader, policies)
    yield from by_funds(reader, policies)
    yield from by_policy_names(reader)
    yield from by_growth(reader, policies)
    if "restricts" in reader.ontology.properties:
        yield from restrictions(reader, policies)
        yield from by_control(reader)
    yield from by_titles(reader, policies)


def by_rules(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """What the rules of grammar/supports.toml read, in the words of the policy in force."""
    for found in readings_of(reader, "supports", policies.sentences_in_reach()):
        policy = policies.at(found.start)
        reading = fill(reader, found) if policy else None
        if policy is None or reading is None or not _is_asserted(reader, reading):
            continue
        group = [name for name in reading.slots.get("group", ()) if _is_narrow(reader, name.label)]
        for o in (*reading.slots["o"], *group):
            if policy.kind == "Event" and reading.rule.name == _VERB_ALONE and not is_formed(reader, o.label):
                continue  # on an occasion much is called for that is no field
            if not o.term and _is_done_better(reader, reading, o.label):
                continue
            field = o if o.term else replace(o, kind="Industry")
            yield reader.claim("supports", {"s": policy, "o": field}, reading.start, reading.end, reading.rule.name)


_VERB_ALONE = "supports.verb"


# 提升X服务能力, 提高X水平: of what is supported, only that it is to be done better.
_ABILITY = "的?%kinds_of_ability%*%abilities%"


def _is_done_better(reader: Reader, reading: Filled, label: str) -> bool:
    """Whether something is to be done better, and is no field by itself: 提升产前检测能力, not 提升检验检测业能力."""
    return bool(
        reader.ends_in(label, "done_better")
        and reader.word_at(reading.start, "betters")
        and reader.pattern(_ABILITY).match(reader.text, reading.end)
    )


def _is_narrow(reader: Reader, group: str) -> bool:
    """Whether the class of a list is a field of its own: 海洋新业态, not 业态, 传统领域, 特色产品."""
    wide = is_wide(reader, group) or reader.is_word(group, "field_groups")
    return not wide and not group.endswith(("领域", "方向", "模式"))


def _is_asserted(reader: Reader, reading: Filled) -> bool:
    """Whether the words of a rule say so: not as a result, a basis or a responsibility, and with the verb as a verb."""
    text, clause = reader.text, reader.clause(reading.start)
    before = text[clause.start : reading.start]
    verb = next((word for word in reader.words_in(Span(reading.start, reading.start + 1)) if word.end <= reading.end), None)
    return not (
        reader.pattern(_RESTRICTED).search(before[-6:])
        or _RESPONSIBLE.search(before)
        or _PAST.search(text, reading.start, clause.end)
        or (verb and (reader.inside_name(verb) or _is_other(reader, reading, verb)))
        or (verb and _is_noun(reader, reading, verb))
        or (verb and reader.is_word(verb.text, "aims") and not _are_fields(reader, reading))
    )


def _is_noun(reader: Reader, reading: Filled, verb: Cue) -> bool:
    """Whether the verb of a rule is a noun there: 密码|应用|评估报告; of the rule of verbs alone, only those that mostly are."""
    if reading.rule.name != _VERB_ALONE:
        return not is_verb(reader, verb)
    return reader.is_word(verb.text, "nouns_first") and not stands_as_verb(reader, verb)


def _are_fields(reader: Reader, reading: Filled) -> bool:
    """Whether half of what is aimed at at least is formed as fields are: not 聚焦人员进出、文化安全等重点领域."""
    fields_of = reading.slots["o"]
    formed = [o for o in fields_of if o.term or is_formed(reader, o.label) or reader.ends_in(o.label, "made_things")]
    follow = reader.next_clause(reader.clause(reading.start).end)
    return 2 * len(formed) >= len(fields_of) or _MADE_THERE.search(reader.text, *follow) is not None


_MADE_THERE = lazy("技术(?:攻关|研发|研究|突破)|研发|研制|攻关|产业化")  # 围绕A、B等领域，开展关键技术攻关


def _is_other(reader: Reader, reading: Filled, verb: Cue) -> bool:
    """Whether a platform or a place is what is built, or a need what is aimed at."""
    end = reader.clause(verb.start).end
    builds = "advance_verbs" in verb.signals or reading.rule.name == "supports.serial"
    return bool(
        (builds and reading.rule.name != "supports.class_list" and reader.ends_in(reader.text[verb.end : end], "facilities"))
        or (reader.is_word(verb.text, "aims") and _watches(reader, verb, end))
    )


def _watches(reader: Reader, aim: Cue, end: int) -> bool:
    """Whether a need is what is aimed at, or something is watched over there: 聚焦水产品、渔具等，开展执法检查."""
    following = reader.next_clause(end)
    return reader.ends_in(reader.text[aim.end : end], "needs") or is_against(reader, reader.text[slice(*following)])


_RESPONSIBLE = lazy(
    r"(?:(?:公司|集团|股份|[\u4e00-\u9fff]{4}科技)$|"
    r"^(?:根据|按照|结合|依据|随着|适应|为贯彻|贯彻)|责任单位|牵头单位|责任部门|配合单位|印发|关于$|《[^》]*$)"
)


_RESTRICTED = "%restrains%(?:新建|扩建|盲目|无序)?$"


def by_funds(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """对从事冷链物流的企业给予补贴."""
    for match in _FUNDS.finditer(reader.text):
        own = policies.own(match.start())
        if own is None or reader.block(match.start()).kind in ASIDE:
            continue
        span = Span(match.start("o"), match.start("o") + len(match["o"].split("，")[0]))
        who = _BENEFICIARY.search(reader.text, span.start, span.end)
        for o in fields(reader, Span(span.start, who.start()) if who else span, strong=False):
            yield reader.claim("supports", {"s": own, "o": o}, match.start(), match.end(), "supports.funds")


_BENEFICIARY = lazy(r"(?:等)?(?:的)?(?:运营|生产|制造|研发|经营|服务|类)?(?:企业|单位|机构|项目|主体|公司|平台)(?:等)?$")


def by_growth(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """到2030年，银发经济蓬勃发展: what a plan or measures expect to grow, they set out to support."""
    if reader.document.kind == "report":
        return
    for clause in reader.clauses_with(_GROWN):
        match, own = _GROWS.match(reader.text, clause.start, clause.end), policies.own(clause.start)
        if match is None or own is None or not _is_ahead(reader, clause.start):
            continue  # 我国渔业快速发展 is how it was
        for o in fields(reader, Span(*match.span("o" if match["o"] else "able")), strong=False):
            yield reader.claim("supports", {"s": own, "o": o}, match.start(), match.end(), "supports.growth")


def _is_ahead(reader: Reader, position: int) -> bool:
    """Whether the paragraph so far or a heading says that what is told is yet to come."""
    aims = any("目标" in reader.text[heading.start : heading.end] for heading in reader.headings(position))
    return aims or bool(_AHEAD.search(reader.text, reader.block(position).start, position))
