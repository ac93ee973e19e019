"""policy – supports – industry, and policy – restricts – industry.

In a document that is a policy (a plan, a regulation, measures, a work report) the policy is the document itself, and what it
sets out to support is read from its verbs (支持, 培育, 推广 …). Elsewhere the policy must be named: by 《》, by a name of the
vocabulary or of a policy's form, or by the occasion on which it was set out. Past strength (产业规模居全国第一) supports nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.reader import ASIDE, Reader
from pipeline.extract.supports.policies import by_policy_names
from pipeline.extract.supports.restrictions import by_control, restrictions
from pipeline.grammar.fields import TOO_WIDE, fields, holds_field
from pipeline.grammar.fill import Filled, filled
from pipeline.model import Claim, Cue, Span
from pipeline.parse.scope import PolicyScope

# Verbs that by themselves say that what they govern is supported; the rest need an object that is known or formed as an industry.
STRONG = frozenset(
    "支持 鼓励 扶持 培育 培育壮大 培育发展 壮大 发展 大力发展 积极发展 加快发展 优先发展 重点发展 重点支持 大力支持 做强 做大 "
    "做优 做大做强 做强做优 推广 推广应用 布局 前瞻布局 超前布局 谋划布局"
    " 前瞻谋划 孵化 振兴 培植 资助 补贴 攻克 研发 研制 开发 兴办 重点培育 积极培育 大力推广".split()
)
_NO_OBJECT = re.compile(
    r"^(?:、|场景|不(?!锈|动产|燃)|的|型|性|权|库|区|梯队|应当?|要|需|须|可|纳入|举办|承办|阶段|方式|格局|环境|理念|思路|空间|目标|全局|大局|形势|潜力|态势|成为|是|为|对|在|将|把|向|从|按|依|做好|利用|通过|针对|购买|有关部门|扎实|"
    r"深入|稳步|有序|取得|成效|明显|显著|步入|进入|迈|加快(?!发展)|不断|更|与|和|改革|战略(?!性)|大会|条件|中的|过程|所|得|有)"
)
_FUNDS = re.compile(
    r"(?:^|(?<=[，。；：！？\n]))对(?:于)?(?P<o>[^。；：！？\n]{2,90}?)(?:，(?:按照?|最高|每年|一次性|分别|优先|年|经|其|在|给|"
    r"单个|累计)[^。；\n]{0,70}?)?(?:给予|予以|提供|实施)[^，。；]{0,24}?(?:补贴|补助|奖励|支持|资助|贴息|优惠|减免|扶持)"
)
_GROWN = re.compile(r"(?:发展|壮大|成长|崛起|提升|增强|扩大)(?=[，。；])")
_GROWS = re.compile(
    r"(?P<o>(?!为|要|将|和|推[进动]|促进|加快|支持|引导|实现|带动|鼓励).{3,16}?)(?:加速|加快|快速|蓬勃|健康|稳步|有序|创新|集聚|融合|规范)+(?:发展|壮大|成长|崛起)$"
    r"|(?P<able>(?!为|要|将|和|推[进动]|促进|加快|支持|引导|实现|带动|鼓励).{3,16}?)(?:能力|规模|水平)(?:快速|显著|大幅|明显|持续|稳步|全面|进一步)+(?:提升|增强|扩大)$"
)
_PAST = re.compile(r"(?:居全国|位居|排名|增长\d|达到?\d|突破\d|占比|同比|下降)")


def claims(reader: Reader) -> Iterator[Claim]:
    """Every support and restriction that the document states, in the order of its text."""
    policies = PolicyScope(reader)
    yield from in_title(reader, policies)
    yield from by_verbs(reader, policies)
    yield from by_rules(reader, policies)
    yield from by_funds(reader, policies)
    yield from by_policy_names(reader)
    yield from by_growth(reader, policies)
    if "restricts" in reader.ontology.properties:
        yield from restrictions(reader, policies)
        yield from by_control(reader)
    yield from by_titles(reader, policies)


def in_title(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """关于支持低空经济高质量发展的若干措施 supports 低空经济."""
    own = policies.own
    block = next((b for b in reader.document.blocks if b.kind == "title"), None)
    if own is None or block is None:
        return
    for mention in reader.mentions(block.start, block.end):
        if mention.kind in ("Industry", "Technology"):
            o = reader.name(mention.start, mention.end, mention.kind)
            yield reader.claim("supports", {"s": own, "o": o}, block.start, block.end, "supports.title", 0.9)


def by_verbs(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """Each cue of zm:supports and the field that it governs."""
    text = reader.text
    verbs = frozenset(reader.ontology.properties["supports"].verb_cues)
    cues = [cue for cue in policies.cues_in_reach() if cue.text in verbs]
    for index, cue in enumerate(cues):
        if reader.is_aside(cue.start) or reader.inside_name(cue):
            continue
        clause = reader.clause(cue.start)
        following = cues[index + 1] if index + 1 < len(cues) and cues[index + 1].start < clause.end else None
        span = _governed(reader, cue, clause, following)
        if span is None:
            continue
        before = text[clause.start : cue.start]
        strong = _is_strong(cue, before, text[cue.end : span.end])
        if (
            not (strong or holds_field(reader, span))
            or _RESTRICTED.search(before[-6:])
            or _PAST.search(text, cue.end, clause.end)
            or _DENIES.search(text, cue.end, span.end)
            or _RESPONSIBLE.search(before)
            or (cue.text in _BUILDS and _FACILITY.search(text, cue.end, span.end))
            or (cue.text in _AIMS and _NEED.search(text, cue.end, span.end))
        ):
            continue
        policy = policies.at(cue.start)
        if policy is None:
            continue
        strong = strong and policy.kind == "Policy"
        for o in fields(reader, span, strong=strong):
            confidence = 0.95 if o.term else 0.85 if strong else 0.75
            yield reader.claim("supports", {"s": policy, "o": o}, cue.start, span.end, "supports.verb", confidence)


def by_rules(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """What the rules of grammar/supports.toml read, in the words of the policy in force."""
    for reading in filled(reader, "supports", policies.sentences_in_reach()):
        if not _is_asserted(reader, reading):
            continue
        policy = policies.at(reading.start)
        if policy is None:
            continue
        group = [name for name in reading.slots.get("group", ()) if _is_narrow(reader, name.label)]
        for o in (*reading.slots["o"], *group):
            field = o if o.term else replace(o, kind="Industry")
            yield reader.claim("supports", {"s": policy, "o": field}, reading.start, reading.end, reading.rule.name)


def _is_narrow(reader: Reader, group: str) -> bool:
    """Whether the class of a list is a field of its own: 海洋新业态, not 业态, 传统领域."""
    return not (group in TOO_WIDE or reader.is_word(group, "field_groups") or group.endswith(("领域", "方向")))


def _is_asserted(reader: Reader, reading: Filled) -> bool:
    """Whether the words of a rule say so: not as a result, a basis or a responsibility, and with the verb as a verb."""
    text, clause = reader.text, reader.clause(reading.start)
    before = text[clause.start : reading.start]
    verb = next((word.text for word in reader.words_in(Span(reading.start, reading.start + 1))), "")
    return not (
        _RESTRICTED.search(before[-6:])
        or _RESPONSIBLE.search(before)
        or _PAST.search(text, reading.start, clause.end)
        or _DENIES.search(text, reading.start, reading.end)
        or (reading.rule.name != _CLASS_LIST and _FACILITY.search(text, reading.start, clause.end))
        or _NO_OBJECT.match(text[reading.start + len(verb) : clause.end])
        or (verb in _ALSO_NOUNS and not _VERB_BEFORE.search(before[-4:]))
    )


_BUILDS = frozenset("建设 加快建设 打造 构建 推进 推动 加快 完善 强化 加强 提升 促进".split())
_AIMS = frozenset("聚焦 瞄准 围绕".split())
_NEED = re.compile("(?:需求|需要|问题|痛点|难点|目标|任务|环节)$")
_CLASS_LIST = "supports.class_list"  # 等数据平台 closes no such list
_FACILITY = re.compile("(?:平台|数据库|示范区|园区|专区|展览馆|博物馆|图书馆|场馆)(?:建设)?$")


_DENIES = re.compile("不是|并非|而非|不等于")
_RESPONSIBLE = re.compile(
    r"(?:(?:公司|集团|股份|[\u4e00-\u9fff]{4}科技)$|"
    r"^(?:根据|按照|结合|依据|随着|适应|为贯彻|贯彻)|责任单位|牵头单位|责任部门|配合单位|印发|关于$|《[^》]*$)"
)


# Verbs that are as often nouns, and what stands before them as verbs.
_ALSO_NOUNS = frozenset("发展 建设 应用 升级 改造 研发 支持 提升 开发 攻关 突破 推广 培育 扶持 深化".split())
_VERB_BEFORE = re.compile(
    r"(?:^|[、：“”（\"]|大力|积极|加快|加速|优先|重点|着力|协同|协调|统筹|鼓励|支持|引导|推动|推进|促进|培育|共同|联合|合作|"
    r"因地制宜|科学|有序|稳步|规范|深入|持续|进一步|全面|努力|要|应当?|必须|可以|能够|将|来|和|与|并|高质量|创新|主动|率先|"
    r"探索|主体|企业|单位|机构|资本|力量|农户|农民|院校|高校|各地|部门|地区|[省市区县]|我国|予以|给予|不断|加强|强化|引领|带动|"
    r"助力|加速|继续|集中|扎实|切实|有效|依法|适度|精心|分类|梯次|梯度|超前|前瞻|谋划|组织|参与|用于|上)$"
)


_RESTRICTED = re.compile("(?:限制|禁止|严禁|严控|严格控制|淘汰)(?:新建|扩建|盲目|无序)?$")
_MORE_OF = re.compile(
    r"(?:投入|支持|补贴|扶持|培育|资助|补助|研发)(?:的)?(?:力度|投入|规模)?$|(?:建设|培育|体系建设)(?:力度|规模|步伐)$"
)


# 加快X研制: what is done with X says what 加快 alone does not.
_ADVANCING = frozenset("加快 加强 推进 推动 促进 深化 加大 扩大 提升 开展 突破".split())
_ADVANCED = re.compile(
    "(?:研发|研制|攻关|培育|推广|产业化|商业化|规模化应用|推广应用|示范应用|产业化应用|产业发展|等(?:核心|关键|先进)?(?:核心)?技术)$"
)


def _is_strong(cue: Cue, before: str, governed: str) -> bool:
    """Whether the verb alone says that what it governs, known or not, is supported."""
    if cue.text in ("加大", "扩大", "加快"):
        return bool(_MORE_OF.search(governed))
    if cue.text in _ADVANCING and _ADVANCED.search(governed):
        return True
    return cue.text in STRONG and not (cue.text in _ALSO_NOUNS and not _VERB_BEFORE.search(before[-4:]))


def _governed(reader: Reader, cue: Cue, clause: Span, following: Cue | None) -> Span | None:
    """What the verb governs: up to the next verb, or to the end where that verb only closes the phrase (产业发展)."""
    text = reader.text
    means = cue.text in _GIVES and _MEANS.match(text, cue.end, clause.end)
    if means or _OFFICE.match(text, cue.end, clause.end) or _SAYS_OF.search(text, cue.end, clause.end):
        return None
    if _NO_OBJECT.match(text[cue.end : clause.end]) and not (
        cue.text in ("支持", "鼓励", "引导") and text.startswith("在", cue.end)
    ):
        return None
    end = clause.end
    closing = _quotation_end(text, cue.end, end)
    if closing >= 0:
        end = closing
        following = following if following and following.start < end else None
    if following:
        rest = text[following.end : end]
        closes = not rest or re.match(
            r"^(?:的|、|和|与|等|水平|能力|力度|步伐|政策|工程|行动|计划|体系|项目|试点|需要|需求|基地|技术|应用|攻关|创新|"
            r"推广|工作|政策|支持|[^\u4e00-\u9fff])",
            rest,
        )
        gap = text[cue.end : following.start]
        if len(gap) < 2 and not closes:
            return None
        if not closes:
            return None  # 支持农户发展林下经济: the next verb has the field
    return Span(cue.end, end) if end - cue.end >= 2 else None


# 资助资金, 培育对象, 发展计划司, 发展试验区: the verb is part of what a fund, an office or a zone is called.
_GIVES = frozenset("资助 补贴 补助 奖励 扶持 支持 培育 贴息 鼓励".split())
_MEANS = re.compile(
    r"(?:专项)?(?:资金|经费|款项|金额|额度|标准|期限|比例|资格|名单|协议|合同|申请|对象|单位|人员|目录|计划|范围|方式|程序|情况|差额|部门|政策|办法)"
)
_OFFICE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4}(?<!数据)(?<!算力)中心|机构|试验区|示范区|先行区|功能区|实验区|开发区|委员会|领导小组|办公室|(?:[\u4e00-\u9fff]{2,3}|改革)?(?<!公)(?:[司局处厅委]|(?<!部)署)(?=[、，。；）)]|负责|$))"
)
# 发展不平衡是…, 布局初见成效: what follows says something of the noun.
_SAYS_OF = re.compile(r"(?<![但凡还只正就])(?:仍然|依然|仍|就|也|都)?是(?!否)[^，]{2,}|初见|有序推进|提出异议")


def _quotation_end(text: str, start: int, end: int) -> int:
    """Where the quotation that is open at `start` ends; -1 where none is."""
    closing = text.find("”", start, end)
    return closing if closing >= 0 and text.find("“", start, closing) < 0 else text.find('""', start, end)


def by_funds(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """对从事冷链物流的企业给予补贴."""
    if policies.own is None:
        return
    for match in _FUNDS.finditer(reader.text):
        if reader.block(match.start()).kind in ASIDE:
            continue
        span = Span(match.start("o"), match.start("o") + len(match["o"].split("，")[0]))
        who = _BENEFICIARY.search(reader.text, span.start, span.end)
        for o in fields(reader, Span(span.start, who.start()) if who else span, strong=False):
            yield reader.claim("supports", {"s": policies.own, "o": o}, match.start(), match.end(), "supports.funds", 0.7)


_BENEFICIARY = re.compile(r"(?:等)?(?:的)?(?:运营|生产|制造|研发|经营|服务|类)?(?:企业|单位|机构|项目|主体|公司|平台)(?:等)?$")


def by_growth(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """到2030年，银发经济蓬勃发展: what a plan or measures expect to grow, they set out to support."""
    if policies.own is None or reader.document.kind == "report":
        return
    for clause in reader.clauses_with(_GROWN):
        match = _GROWS.match(reader.text, clause.start, clause.end)
        if match is None:
            continue
        for o in fields(reader, Span(*match.span("o" if match["o"] else "able")), strong=False):
            yield reader.claim("supports", {"s": policies.own, "o": o}, match.start(), match.end(), "supports.growth", 0.6)


_FURTHERS = re.compile(
    r"(?:支持|促进|推动|推进|加快|培育|发展|振兴|扶持)[^，。]{2,30}?(?:发展|振兴|壮大|提升|建设)?|[^，。]{2,20}(?:倍增|提升|"
    r"培育|振兴|促进|发展)(?:专项)?(?:行动|计划|工程|方案|规划|条例)"
)


def by_titles(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """《关于促进银发经济发展的实施意见》: the title of another policy says what that policy supports."""
    for mention in reader.mentions_of("title"):
        policy = policies.of_mention(mention)
        if (
            policy is None
            or reader.block(mention.start).kind in (*ASIDE, "title", "heading")
            or not _FURTHERS.search(policy.label)
        ):
            continue
        field = next((m for m in reader.mentions(mention.start + 1, mention.end) if m.kind in ("Industry", "Technology")), None)
        if field:
            o = reader.name(field.start, field.end, field.kind)
            yield reader.claim("supports", {"s": policy, "o": o}, mention.start, mention.end, "supports.in_title", 0.75)
