"""policy – supports – industry, and policy – restricts – industry.

In a document that is a policy (a plan, a regulation, measures, a work report) the policy is the document itself, and what it sets out to
support is read from its verbs (支持, 培育, 推广 …). Elsewhere the policy must be named: by 《》, by a name of the vocabulary or of a policy's form, or by the
occasion on which it was set out. Past strength (产业规模居全国第一) supports nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pipeline.annotate.words import names_a_thing
from pipeline.extract.phrases import Reader, clean, is_name, split_list, trim, without_brackets
from pipeline.model import Claim, Cue, Mention, Name, Span

# Verbs that by themselves say that what they govern is supported; the rest need an object that is known or formed as an industry.
_STRONG = frozenset(
    "支持 鼓励 扶持 培育 培育壮大 培育发展 壮大 发展 大力发展 积极发展 加快发展 优先发展 重点发展 重点支持 大力支持 做强 做大 做优 做大做强 做强做优 推广 推广应用 布局 前瞻布局 超前布局 谋划布局"
    " 前瞻谋划 孵化 振兴 培植 资助 补贴 攻克 研发 研制 开发 兴办 重点培育 积极培育 大力推广".split()
)
# What follows the name of a field and says only what is done with it.
_MANNER = r"(?:高质量|高水平|创新|融合|集聚|集群|规模化|产业化|市场化|规范|健康|有序|绿色|快速|可持续|协同|深度|加快|加速|协调|全面|安全|稳定|持续|多元化|一体化|特色化|标准化|现代化|智能化|数字化|高端化|绿色化|集成|开放|示范|综合|基地|体系|力度)*"
_STRIPPABLE = re.compile(
    rf"(?:的)?(?:{_MANNER}(?:发展|建设|培育|研发|攻关|升级|转型|提升|壮大|集聚|应用|研究|开发|推广|改造|布局|栽培|生产|供给|服务)"
    r"|提质增效|提质扩容|做大做强|(?:研究(?:和|与)?开发|研究开发)|覆盖水平|(?:服务|供给|承载|创新|保障|发展|生产|研发|核心|制造)?(?:能力|水平|规模|步伐|力度|竞争力|潜力|质量|需求|投入|补贴|激励政策|政策措施|政策|举措|措施|份额|比重|关键技术研究)"
    r"|体系|平台|系统(?=$)|基地|示范基地|示范区|集群|园区|市场|项目|业务|活动|品牌|企业|试点|工程|场景|领域|中心|模式|业态|行业)$"
)
# Such a phrase by itself, with no word before it, is too wide to be named.
_TOO_WIDE = re.compile(
    r"^(?:繁育|培育|用房|办公用房|生态|实际|品种|监视|气象|通信|导航|实体|应用场景|新产品|大循环|交通|文化|教育|健康|卫生健康|经济发展|社会发展|产业|行业|企业|经济|技术|服务|科技|制造|装备|材料|设施|设备|基础设施|网络|数据|市场|消费|产品|安全|应用|智能|运动|交易|设计|利用|能源资源|电子|应急|项目|工程|领域|生产|加工|监测|系统|平台|公共服务|社会服务|公益|服务业态|经济社会|社会经济|国民经济|市场经济|社会主义市场经济|区域经济|相关产业|各行业|重点行业|传统行业|产业基础|产业链|供应链|产业链供应链|主业|事业|行业标准|核心技术|先进技术|适用技术|先进适用技术|新技术|优质服务|服务设施|政务服务|政府购买服务|技术装备)$"
)
# Heads that are no industry whatever stands before them.
_NO_FIELD = re.compile(
    r"(?:支持|扶持|补贴|采购|供应|投放|纳入|推介|评定|经营|招商|排查|整治|管理|保护|国际化|调控|取向|成就|信心|瓶颈|困难|诉求|建议|机制|体制|制度|政策|环境|工作|关系|秩序|行为|理念|意识|精神|思想|责任|职责|作用|优势|问题|矛盾|风险|改革|开放|合作|交流|监管|治理|监督|考核|评价|统计|宣传|培训|培养|人才|队伍|人员|人口|群众|居民|农民|林农|职工|青年|学生|妇女|儿童|企业家|家庭|企业|公司|机构|单位|部门|主体|团队|高校|院校|院所|学校|医院|协会|联盟|力量|资本|资金|投资者|学科|课程|岗位|就业|创业|收入|待遇|福利"
    r"|保障|能力|水平|质量|效率|效益|规模|比例|比重|结构|布局|格局|局面|态势|趋势|方向|目标|任务|重点|措施|举措|方式|方法|途径|渠道|路径|标准|规范|规则|规定|办法|方案|计划|规划|条例|法规|法律|清单|目录|名录|档案|报告|共享|赛事|比赛|论坛|会议|大会|大赛|讲座|条件|基础|支撑|动力|动能|活力|潜力|合力|步伐|进程|力度|程度|范围|时间|期限|周期|空间|区域|地区|城市|乡村|农村|社区|街道|国家|全国|全省|全市|本市|强省|强市|强国"
    r"|高地|需求|供给|价格|成本|税收|收费|补助|奖励|荣誉|称号|资质|资格|审批|许可|登记|备案|服务站|服务点|均等化|便利化|法治化|原则|要求|文明|权益|安全生产|流动|统一|互联互通|成果|步骤|办理|意见|氛围|战略|功能|梯队|根基|转变|转型|大户|种群|农户|龙头|纽带|厅|局|委|办|部|用地|管理和服务|协同|开放|共赢|创新创业|信息|生活|社会|民生|脱贫攻坚|攻坚战|命脉|枢纽|高质量|高效|有序|友好|转化|流程|权利|义务|法治|民主|政治|外交|军队|国防|党建|作风|廉政|统战|信仰|信念|共同体|倡议|地方|各地|城镇化|城乡|关税|准入|负面清单|产权|创新|升级|提升|增长|发展|建设|推进|深化|改造|融合|开展|完善|健全|优化)$"
)
_LEAD = re.compile(
    r"^(?:和|与|、|并|的|各类|各种|一批|一系列|相关|有关|市级|省级|区级|国家级|本级|本区域|维护|符合条件的|具备条件的|有条件的|重点|本市|我市|我省|全市|全省|我国|本省|省内|市内|区内|辖区内|国内|国产|当地|地方|以[^，]{2,16}为(?:重点|核心|主体|特色|主导|引领|代表)的|面向[^，]{2,16}的|具有[^，]{2,20}的|特色鲜明的|优秀|现有|存量|更多|更加|一流|高水平|更高水平|多层次的?|多元化?|差异化|专业化|健康有序的?|[一二三四五六七八九十百千\d]+(?:个|批|家|种|类|项)(?:以上)?"
    r"|(?:加快|积极|大力|重点|优先|稳步|有序|协同|联合|合作|深入|全面|持续|统筹|科学|规范|逐步|进一步|扎实)?(?:推进|推动|发展|培育|建设|开展|支持|促进|开发|推广|布局|参与|从事|兴办|投资|实施|壮大|打造|提升|研发|研制|部署|运用|使用|进入|拓展|构建|建立|加强|做强|做大|扩大|提供|组建|设立|引领|带动|推动)(?=[\u4e00-\u9fff“A-Za-z]{3}))+"
)
# Verbs after which the field stands, in 支持企业发展数字产业; what stands before them is who does it.
_PIVOT = re.compile(r"(?:开展|发展|参与|从事|投资|建设|研发|研制|开发|推广|进入|兴办|承担|牵头|申报|应用|运用|使用|采用|利用|生产|种植|打造|布局|创办|合作开发|转向|拓展|组建|设立|建立|提供|购买|加大|加强|提升|增加|降低|扩大|改善|围绕|通过|依托|面向|针对|在|对|向|与|以|为|将|到|依法|申请|引进|入驻|落户|登陆|增强|制定|探索|实施|完善|来)")
_FIELD_PIVOT = re.compile(r"(?:开展|发展|参与|从事|投资|建设|研发|研制|开发|推广|进入|兴办|承担|应用|运用|使用|采用|生产|种植|打造|布局|创办|合作开发|转向|拓展)$")
_NO_OBJECT = re.compile(r"^(?:性|库|梯队|应当?|要|需|须|可|纳入|成为|是|为|对|在|将|把|向|从|按|依|做好|利用|通过|针对|购买|有关部门|扎实|深入|稳步|有序|取得|成效|明显|显著|步入|进入|迈|加快(?!发展)|不断|更|与|和|改革|战略|大会|条件|中的|过程|所|得|有)")
_FUNDS = re.compile(
    r"(?:^|(?<=[，。；：！？\n]))对(?:于)?(?P<o>[^。；：！？\n]{2,90}?)(?:，(?:按照?|最高|每年|一次性|分别|优先|年|经|其|在|给|单个|累计)[^。；\n]{0,70}?)?(?:给予|予以|提供|实施)[^，。；]{0,24}?(?:补贴|补助|奖励|支持|资助|贴息|优惠|减免|扶持)"
)
_GROWS = re.compile(r"(?:^|(?<=[，。；：\n]))(?P<o>[^，。；：！？\n]{3,16}?)(?:加速|加快|快速|蓬勃|健康|稳步|有序|创新|集聚|融合|规范)+(?:发展|壮大|成长|崛起)(?=[，。；])")
_POLICY_FORM = re.compile(
    r"(?P<name>(?:“[^”]{2,20}”[\u4e00-\u9fff]{0,8}|[\u4e00-\u9fffA-Za-z0-9]{3,36}?)(?:专项行动计划|三年行动计划|行动计划|行动方案|实施方案|专项行动|攻坚行动|提升行动|[\u4e00-\u9fff]{2}行动|行动|培育计划|加速计划|孵化计划|计划|工程|战略|规划纲要|规划|纲要))(?![的]?(?:师|院|局|委|期|署|目标|性))"
)
_ENACTS = re.compile(r"(?:实施|开展|启动|出台|印发|制定|组织实施|落实|深入实施|大力实施|接续实施|发布|推出|加快实施|全面实施|执行)(?:了|好|新一轮)?[“\"]?$")
_IN_EFFECT = re.compile(r"^[”\"]?(?:等)?(?:扎实|深入|全面|加快|有序|顺利)*(?:实施|推进|落地|见效|启动|效果|成效)")
_TARGET = re.compile(r"(?:支持|促进|推动|推进|鼓励|扶持|关于|加快|培育|发展|振兴)*(?P<o>[^，。支持促进推动]{2,20}?)(?:高质量|创新|健康|有序|振兴|提质|转型)*(?:发展|振兴|提升|培育|壮大|建设|扩容|升级|产能提升|数字化转型|绿色化发展|政策|孵化|改造|孵化与加速)*(?:三年|五年|专项|攻坚|突破年|的)*(?:行动计划|行动方案|实施方案|行动|计划|方案|政策|政策措施|若干措施|措施|举措|意见|条例|规划|工程|办法|战略|指导意见|若干意见)$")
_NAMED_POLICY = re.compile(r"(?:规划|纲要|计划|方案|行动|工程|战略|条例|法|法案|意见|决定|决议|措施|政策|办法|通知|报告|制度|体制|规定|指南|建议|公报|宣言|倡议)$")
_PAST = re.compile(r"(?:居全国|位居|排名|增长\d|达到?\d|突破\d|占比|同比|下降)")
_PROHIBITS = re.compile(r"(?:不是|并非|忽视|放弃|而非|不得|不能|不准|不再|严禁|防止|避免|不予|不搞|未|尚未|没有)")
_SPEECH = re.compile(r"(?:讲话|考察|调研|集体学习|座谈会|会议|全会|大会|论坛|视察|报告|贺信|指示|论述|主持召开)")
_SKIPPED = ("footnote", "reference", "metadata", "table_row")


class _Policies:
    """Which policy a position in the document speaks for."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    @cached_property
    def own(self) -> Name | None:
        """The document itself, where it is a policy."""
        document = self.reader.document
        if document.title is None or document.kind not in ("regulation", "plan", "measures", "report"):
            return None
        title = re.sub(r"\s+", "", clean(document.title))
        aliases = {re.sub(r"[（(][^（）()]*[）)]$", "", title)}
        if document.kind == "report":
            aliases.add("政府工作报告")
        if document.issuer and title.startswith(document.issuer):
            aliases.add(title[len(document.issuer) :])
        return Name(title, "Policy", title, tuple(sorted(alias for alias in aliases if alias != title)))

    def named(self, position: int) -> Name | None:
        """The policy that the sentence names before `position`, or the speech that the words are ascribed to."""
        reader = self.reader
        sentence = reader.sentence(position)
        best: Name | None = None
        for mention in reader.mentions(sentence.start, position):
            name = self.of_mention(mention)
            if name:
                best = name
        if best:
            return best
        return self.speech(position)

    def of_mention(self, mention: Mention) -> Name | None:
        """A mention as a policy, if it names one; short forms are written out."""
        text = self.reader.text[mention.start : mention.end]
        if mention.kind == "Policy":
            return Name(mention.label, "Policy", text, (), mention.term)
        if mention.kind == "title" and _NAMED_POLICY.search(mention.label):
            full = self.reader.annotated.short_forms.get(mention.label, mention.label)
            return Name(full, "Policy", text, (mention.label,) if full != mention.label else ())
        return None

    def speech(self, position: int) -> Name | None:
        """The occasion on which what stands at `position` was said, with the speaker as another name."""
        reader = self.reader
        holder = reader.holder(position, position + 1)
        if holder is None or "总书记" not in holder.label and "主席" not in holder.label and "总理" not in holder.label:
            return None
        sentence = reader.sentence(position)
        block = reader.block(position)
        before = reader.text[max(block.start, sentence.start - 160) : position]
        occasion = None
        for occasion in re.finditer(r"在(?P<name>[\u4e00-\u9fff、]{2,24}?(?:考察调研|考察|调研|视察|集体学习|座谈会|会议|全会|大会|论坛))(?:时|期间|上|中)", before):
            pass
        if occasion:
            name = occasion["name"]
            return Name(name, "Event", occasion[0], (f"{holder.label}在{name}时的讲话", holder.label))
        return Name(f"{holder.label}的重要论述", "Event", holder.text, (holder.label,))


def supports(reader: Reader) -> Iterator[Claim]:
    """Every support and restriction that the document states, in the order of its text."""
    policies = _Policies(reader)
    yield from _in_title(reader, policies)
    yield from _by_verbs(reader, policies)
    yield from _by_funds(reader, policies)
    yield from _by_policy_names(reader)
    yield from _by_growth(reader, policies)


def _in_title(reader: Reader, policies: _Policies) -> Iterator[Claim]:
    """关于支持低空经济高质量发展的若干措施 supports 低空经济."""
    own = policies.own
    block = next((b for b in reader.document.blocks if b.kind == "title"), None)
    if own is None or block is None:
        return
    for mention in reader.mentions(block.start, block.end):
        if mention.kind in ("Industry", "Technology"):
            o = reader.name(mention.start, mention.end, mention.kind)
            yield reader.claim("supports", {"s": own, "o": o}, block.start, block.end, "supports.title", 0.9)


def _by_verbs(reader: Reader, policies: _Policies) -> Iterator[Claim]:
    """Each cue of zm:supports or zm:restricts and the field that it governs."""
    text = reader.text
    properties = reader.ontology.properties
    restricting = frozenset(properties["restricts"].verb_cues)
    verbs = restricting | frozenset(properties["supports"].verb_cues)
    cues = [cue for cue in reader.annotated.cues if cue.text in verbs]
    for index, cue in enumerate(cues):
        if reader.block(cue.start).kind in _SKIPPED or reader.inside_name(cue):
            continue
        clause = reader.clause(cue.start)
        following = cues[index + 1] if index + 1 < len(cues) and cues[index + 1].start < clause.end else None
        span = _governed(reader, cue, clause, following)
        before = text[clause.start : cue.start]
        if span is None or _PROHIBITS.search(before[-12:]) or _PAST.search(text[cue.end : clause.end]) or _RESPONSIBLE.search(before):
            continue
        policy = policies.own or policies.named(cue.start)
        if policy is None:
            continue
        relation = "restricts" if cue.text in restricting else "supports"
        strong = relation == "supports" and policies.own is not None and _is_strong(cue, before, text[cue.end : span.end])
        for o in _fields(reader, span, strong=strong):
            confidence = 0.85 if o.term else 0.75 if strong else 0.65
            yield reader.claim(relation, {"s": policy, "o": o}, max(clause.start, cue.start - 12), clause.end, f"{relation}.verb", confidence)


_RESPONSIBLE = re.compile(r"(?:^(?:根据|按照|结合|依据|随着|适应|为贯彻|贯彻)|责任单位|牵头单位|责任部门|配合单位|印发|关于$|《[^》]*$)")


# Verbs that are as often nouns, and what stands before them as verbs.
_ALSO_NOUNS = frozenset("发展 建设 应用 升级 改造 研发 支持 提升 开发 攻关 突破 推广 培育 扶持 深化".split())
_VERB_BEFORE = re.compile(
    r"(?:^|[、：“”（\"]|大力|积极|加快|加速|优先|重点|着力|协同|协调|统筹|鼓励|支持|引导|推动|推进|促进|培育|共同|联合|合作|因地制宜|科学|有序|稳步|规范|深入|持续|进一步|全面|努力|要|应当?|必须|可以|能够|将|来|和|与|并|高质量|创新|主动|率先|探索|主体|企业|单位|机构|资本|力量|农户|农民|院校|高校|各地|部门|地区|[省市区县]|我国|予以|给予|不断|加强|强化|引领|带动|助力|加速|继续|集中|扎实|切实|有效|依法|适度|精心|分类|梯次|梯度|超前|前瞻|谋划|组织|参与|用于|上)$"
)


_MORE_OF = re.compile(r"(?:投入|支持|补贴|扶持|培育|资助|补助|研发)(?:的)?(?:力度|投入|规模)?$|(?:建设|培育|体系建设)(?:力度|规模|步伐)$")


def _is_strong(cue: Cue, before: str, governed: str) -> bool:
    """Whether the verb alone says that what it governs, known or not, is supported."""
    if cue.text in ("加大", "扩大", "加快"):
        return bool(_MORE_OF.search(governed))
    return cue.text in _STRONG and not (cue.text in _ALSO_NOUNS and not _VERB_BEFORE.search(before))


def _governed(reader: Reader, cue: Cue, clause: Span, following: Cue | None) -> Span | None:
    """What the verb governs: up to the next verb, or to the end where that verb only closes the phrase (产业发展)."""
    text = reader.text
    if _NO_OBJECT.match(text[cue.end : clause.end]) and not (cue.text in ("支持", "鼓励", "引导") and text[cue.end] == "在"):
        return None
    end = clause.end
    closing = re.search(r"^[^“]*?”|\"(?=\")", text[cue.end : end])
    if closing:
        end = cue.end + closing.end() - 1
        following = following if following and following.start < end else None
    if following:
        rest = text[following.end : end]
        closes = not rest or re.match(r"^(?:的|、|和|与|等|水平|能力|力度|步伐|政策|工程|行动|计划|体系|项目|试点|需要|需求|基地|技术|应用|攻关|创新|推广|工作|政策|支持|[^\u4e00-\u9fff])", rest)
        gap = text[cue.end : following.start]
        if len(gap) < 2 and not closes:
            return None
        if not closes:
            return None  # 支持农户发展林下经济: the next verb has the field
    return Span(cue.end, end) if end - cue.end >= 2 else None


def _fields(reader: Reader, span: Span, *, strong: bool) -> Iterator[Name]:
    """The industries, sectors and technologies that a stretch lists; one that is known vouches for those beside it."""
    text = reader.text
    body = text[span.start : span.end]
    described = re.match(r"以[^，]{2,40}?为[^，的]{2,6}的", body)
    if described:
        yield from _fields(reader, Span(span.start + 1, span.start + described.end() - len(described[0].rsplit("为", 1)[1]) - 1), strong=False)
        span, body = Span(span.start + described.end(), span.end), body[described.end() :]
    pivot = None
    for pivot in _PIVOT.finditer(body, 2):
        if pivot.end() < len(body) - 1 and "、" not in body[: pivot.start()]:
            break
    else:
        pivot = None
    if pivot:
        if not _FIELD_PIVOT.search(pivot[0]):
            return
        span = Span(span.start + pivot.end(), span.end)
    members, group = split_list(reader, *span)
    if group and (of := re.match(r"(?:领域|方面|行业|环节|单位|部门|主体)(?:的|(?=[\u4e00-\u9fff]))", text[group.start : group.end])):
        members, group = [Span(group.start + of.end(), group.end)], None
    elif group and re.search(r"(?:部门|单位|机构|主体|组织)|(?:原则|方式|优势|因素)$", text[group.start : group.end]):
        return
    class_name = _field_name(reader, group, strong=False, wide=True) if group else None
    typed = [_field_name(reader, member, strong=False) for member in members]
    vouched = strong or class_name is not None or len(members) > 1 and 2 * sum(map(bool, typed)) >= len(members)
    suffix = class_name.label if class_name and _TOO_WIDE.match(class_name.label) else ""
    for member, name in zip(members, typed, strict=True):
        name = name or (_field_name(reader, member, strong=True) if vouched else None)
        if name and suffix and not name.label.endswith(suffix):
            name = Name(name.label, name.kind, name.text, (*name.aliases, name.label + suffix), name.term)
        if name:
            yield name
    if class_name and not suffix:
        yield class_name


def _field_name(reader: Reader, span: Span, *, strong: bool, wide: bool = False) -> Name | None:
    """The field in a phrase, without what is only done with it; None where the phrase names no field.

    `strong`: any noun phrase will do, since the verb or the list vouches for it; `wide`: so will a bare 技术 or 服务.
    """
    text = reader.text
    start, end = trim(text, *span)
    lead = _LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    whole = clean(text[start:end])
    base = whole
    forms = [whole]
    while (tail := _STRIPPABLE.search(base)) and tail.start() >= 2:
        base = clean(base[: tail.start()].removesuffix("的"))
        forms.append(base)
    for form in reversed(forms):
        label = _after_of(form)
        known = reader.known_names.get(label)
        if known and known.kind in ("Industry", "Technology") and not _TOO_WIDE.match(label):
            return Name(label, known.kind, whole, _variants(label, whole), known.term)
    for form in reversed(forms):
        inner = next((m for m in reader.mentions(start, end) if m.kind in ("Industry", "Technology") and form.endswith(text[m.start : m.end])), None)
        name = text[inner.start : inner.end] if inner else ""
        if inner and not _TOO_WIDE.match(name) and (form[: -len(name)].endswith(("”", "\"", "的")) or _REGION.fullmatch(form[: -len(name)])):
            return Name(name, inner.kind, whole, (), inner.term)
    for form in reversed(forms):
        label = _after_of(form)
        if _is_field(label) and not _NO_FIELD.search(label) and reader.wording.field_head.search(without_brackets(label)) and (wide or not _TOO_WIDE.match(label)):
            return Name(label, "Industry", whole, _variants(label, whole))
    label = _after_of(base)
    if not strong or not _is_field(label) or _NO_FIELD.search(label) or _TOO_WIDE.match(label):
        return None
    at = text.find(label, start, end + 1)
    known = reader.known_names.get(label)
    if at < 0 or len(label) < 3 or known and known.kind not in ("Concept", "Method") or len(label) > 12 or not names_a_thing(label):
        return None
    return Name(label, "Industry", whole, _variants(label, whole))


_REGION = re.compile(r"(?:全省|全市|全国|全域|本市|本省|我国|[\u4e00-\u9fff]{2,6}(?:地区|区域|省|市|县))")


def _after_of(label: str) -> str:
    """领先的工业母机 → 工业母机: what stands before 的 only describes."""
    of = label.rfind("的")
    return label[of + 1 :] if 0 < of < len(label) - 2 else label


def _is_field(label: str) -> bool:
    return is_name(label) and len(label) <= 20 and not re.search(r"\d{2,}|[%％）（]$|^(?:[^（]*）)|(?:不|使|让|被|把|将|了)|^(?:和|与|及|大|小|中|新|好|强|优|全|高)$", label)


def _variants(label: str, whole: str) -> tuple[str, ...]:
    bare = without_brackets(label)
    return (bare,) if bare != label else ()


def _by_funds(reader: Reader, policies: _Policies) -> Iterator[Claim]:
    """对从事冷链物流的企业给予补贴."""
    if policies.own is None:
        return
    for match in _FUNDS.finditer(reader.text):
        if reader.block(match.start()).kind in _SKIPPED:
            continue
        span = Span(match.start("o"), match.start("o") + len(match["o"].split("，")[0]))
        who = _BENEFICIARY.search(reader.text, span.start, span.end)
        for o in _fields(reader, Span(span.start, who.start()) if who else span, strong=False):
            yield reader.claim("supports", {"s": policies.own, "o": o}, match.start(), match.end(), "supports.funds", 0.7)


_BENEFICIARY = re.compile(r"(?:等)?(?:的)?(?:运营|生产|制造|研发|经营|服务|类)?(?:企业|单位|机构|项目|主体|公司|平台)(?:等)?$")


def _by_growth(reader: Reader, policies: _Policies) -> Iterator[Claim]:
    """到2030年，银发经济蓬勃发展: what a plan or measures expect to grow, they set out to support."""
    if policies.own is None or reader.document.kind == "report":
        return
    for match in _GROWS.finditer(reader.text):
        if reader.block(match.start()).kind in _SKIPPED:
            continue
        o = _field_name(reader, Span(*match.span("o")), strong=False)
        if o:
            yield reader.claim("supports", {"s": policies.own, "o": o}, match.start(), match.end(), "supports.growth", 0.6)


def _by_policy_names(reader: Reader) -> Iterator[Claim]:
    """实施农产品加工业三年行动计划: a policy named by its form, whose name holds the field that it supports."""
    text = reader.text
    for match in _POLICY_FORM.finditer(text):
        block = reader.block(match.start())
        if block.kind in (*_SKIPPED, "title"):
            continue
        start, end = match.span("name")
        enacted = re.search(r"(?:实施|开展|启动|出台|印发|制定|落实|发布|推出|执行)(?:了|好|新一轮)?", text[start:end])
        if enacted:
            start += enacted.end()
        elif not _ENACTS.search(text[max(0, start - 6) : start]) and not _IN_EFFECT.match(text[end : end + 12]):
            continue
        label = re.sub(r"[“”\"]", "", clean(text[start:end]))
        target = _TARGET.search(label)
        if not target or len(label) < 5:
            continue
        s = Name(label, "Policy", text[start:end])
        field = _typed_inside(reader, start, end, target["o"])
        if field:
            yield reader.claim("supports", {"s": s, "o": field}, start, end, "supports.policy_name", 0.75)
        yield from _in_fields(reader, s, match.start(), end)
    yield from _listed_policies(reader)


def _in_fields(reader: Reader, s: Name, position: int, end: int) -> Iterator[Claim]:
    """在类脑智能、量子信息等领域，组织实施孵化计划: the clause before a policy names its fields."""
    clause = reader.clause(position)
    before = reader.clause(max(0, clause.start - 1))
    found = re.match(r"^(?:重点)?在(?P<o>.{2,60}?)领域$", reader.text[before.start : before.end])
    if found:
        members, _ = split_list(reader, before.start + found.start("o"), before.start + found.end("o"))
        for member in members:
            o = _field_name(reader, member, strong=len(members) > 1)
            if o:
                yield reader.claim("supports", {"s": s, "o": o}, before.start, end, "supports.in_fields", 0.75)


_LISTED_POLICIES = re.compile(r"(?:^|(?<=[，。；：\n]))(?:实施|开展|推进)?(?P<list>[^，。；：！？\n]{4,60}?)等(?P<form>专项行动|行动|工程|计划)(?=(?:深入|全面|扎实|加快)?(?:实施|推进|开展)|[，。；])")


def _listed_policies(reader: Reader) -> Iterator[Claim]:
    """千村改造、冷链提升等专项行动: each member of the list, with the form, is a policy of its own."""
    for match in _LISTED_POLICIES.finditer(reader.text):
        for start, end in split_list(reader, *match.span("list"))[0]:
            item = clean(reader.text[start:end])
            field = _typed_inside(reader, start, end, item)
            if field:
                s = Name(item + match["form"], "Policy", item, (item,))
                yield reader.claim("supports", {"s": s, "o": field}, match.start(), match.end(), "supports.policy_name", 0.7)


def _typed_inside(reader: Reader, start: int, end: int, target: str) -> Name | None:
    """The field that a policy's name holds: a known one, or one by its form."""
    for mention in reader.mentions(start, end):
        if mention.kind in ("Industry", "Technology") and reader.text[mention.start : mention.end] in target:
            return reader.name(mention.start, mention.end, mention.kind)
    label = re.sub(r"^(?:提振|激发|扩大|深化|优化)?(?:[一二三四五六七八九十百千万亿\d]+(?:斤|个|家|项|企|亩|吨))?", "", clean(target))
    if is_name(label) and reader.wording.field_head.search(label) and not _NO_FIELD.search(label):
        return Name(label, "Industry", label)
    return None
