"""The industries, sectors and fields of technology that a phrase names, and the words around them that name none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.annotate.words import names_a_thing, tagger
from pipeline.extract.phrases import Endings, clean, is_name, split_list, trim, without_brackets
from pipeline.extract.reader import Reader
from pipeline.model import Name, Span

# What follows the name of a field and says only what is done with it.
_MANNER = (
    r"(?:高质量|高水平|创新|融合|集聚|集群|规模化|产业化|市场化|规范|健康|有序|绿色|快速|优质|高效|扩容|特色|可持续|协同|深度|加快|加速|协调|全面|"
    r"安全|稳定|持续|多元化|一体化|特色化|标准化|现代化|智能化|数字化|高端化|绿色化|集成|开放|示范|综合|联合|基地|体系|力度)*"
)
_STRIPPABLE = re.compile(
    rf"(?:的)?(?:{_MANNER}(?:发展|建设|培育|研发|攻关|升级|转型|提升|壮大|振兴|集聚|应用|研究|开发|推广|改造|布局|栽培|生产|"
    rf"供给|服务)"
    r"|(?:数字|智能|网联|绿色|低碳)化(?:转型|升级|改造)?"
    r"|(?<=[业济])健康|提质|(?<=[\u4e00-\u9fff]{3})在[\u4e00-\u9fff]{2,16}(?:领域|行业|制造业|产业|环节|中)|示范|工作|的现代化|提质增效|提质扩容|做大做强|开发利用|智改数转(?:网联)?|竞争优势|(?:研究(?:和|与)?开发|研究开发)|覆盖水平|(?:服务|供给|承载|创新|保障|发展|生产|研发|核心|"
    r"制造)?(?:能力|水平|规模|步伐|力度|竞争力|新增产能|产能|潜力|质量|需求|投入|补贴|激励政策|政策措施|政策|举措|措施|份额|比重|"
    r"关键技术研究)"
    r"|(?:增长)?(?:新?引擎|高地|强省|强市|增长极)|研制|体系|平台|系统(?=$)|基地|示范基地|示范区|集群|园区|市场|项目|业务|活动|品牌|企业|试点|工程|新?场景|领域|新?模式|新?业态|行业)$"
)
# The last characters of what _STRIPPABLE takes off: most phrases end otherwise and need not be searched.
_STRIP_ENDS = frozenset(
    "康质中化擎极作范制展设育发关级型升大兴聚用究广造局培产给务效容强平力度模伐能量求入贴策措施额重系台统地区群场目动牌业点程景域式态"
)
# Such a phrase by itself, with no word before it, is too wide to be named.
TOO_WIDE = frozenset(
    """
    新业态 新模式 新业态新模式 繁育 培育 用房 办公用房 生态 实际 品种 监视 气象 通信 导航 实体 应用场景
    新产品 大循环 交通 文化 教育 健康 卫生健康 经济发展 社会发展 产业 行业 企业 经济 技术 服务 科技 制造
    装备 材料 设施 设备 基础设施 网络 数据 市场 消费 产品 安全 应用 智能 运动 交易 设计 利用 能源资源
    电子 应急 项目 工程 领域 生产 加工 监测 系统 平台 公共服务 社会服务 公益 服务业态 经济社会 社会经济
    国民经济 市场经济 社会主义市场经济 区域经济 相关产业 各行业 重点行业 传统行业 产业基础 产业链 供应链
    产业链供应链 主业 事业 行业标准 核心技术 先进技术 适用技术 先进适用技术 新技术 优质服务 服务设施 政务服务
    新场景 新生态 新应用 新空间 世界经济
    核心产业 关键技术 共性技术 关键共性技术 现代化产业 重大产业 主要产业 重大科技 产业生态 产业化 一体化服务
    审批服务 民生科技 公共信息 配套设施
    储备设施 千行百业 社会事业 新产业 新赛道 企业服务 综合服务 全流程服务 社会保障 民生事业 各类产业 前沿科技 现代科技
    融资 支付 政府购买服务 现代化经济 技术装备 一体化 主导产品 主打产品 拳头产品 特色产品 优势产品
    """.split()
)
# Heads that are no industry whatever stands before them.
NO_FIELD = Endings(
    """
    同胞 侨胞 实事 大事 品牌产品 探索 世界经济 运营商 服务商 供应商 载体 增长点 难关 难题 重构 再造 增强 联动
    对接 执法 新区 总量 能级 丰富 雄厚 突出
    短板 弱项 支持 扶持 补贴
    采购 供应 投放 纳入 推介 评定 经营 招商 排查 整治 管理 保护 国际化 调控 取向 成就 信心 瓶颈 困难
    诉求 建议 机制 体制 制度 政策 环境 工作 关系 秩序 行为 理念 意识 精神 思想 责任 职责 作用 优势
    问题 矛盾 风险 改革 开放 合作 交流 监管 治理 监督 考核 评价 统计 宣传 培训 培养 人才 队伍 人员
    人口 群众 居民 农民 林农 职工 青年 学生 妇女 儿童 企业家 家庭 企业 公司 机构 单位 部门 主体 团队
    高校 院校 院所 学校 医院 协会 联盟 力量 资本 资金 投资者 学科 课程 岗位 就业 创业 收入 待遇 福利
    保障 能力 水平 质量 效率 效益 规模 比例 比重 结构 布局 格局 局面 态势 趋势 方向 目标 任务 重点
    措施 举措 方式 方法 途径 渠道 路径 标准 规范 规则 规定 办法 方案 计划 规划 条例 法规 法律 清单
    目录 名录 档案 报告 共享 比赛 论坛 会议 大会 大赛 讲座 条件 基础 支撑 动力 动能 活力 潜力
    合力 步伐 进程 力度 程度 范围 时间 期限 周期 空间 区域 地区 城市 乡村 农村 社区 街道 国家 全国
    全省 全市 本市 强省 强市 强国 高地 需求 供给 价格 成本 税收 收费 补助 奖励 荣誉 称号 资质 资格
    审批 许可 登记 备案 服务站 服务点 均等化 便利化 法治化 原则 要求 文明 权益 安全生产 流动 统一
    互联互通 成果 步骤 办理 意见 氛围 战略 功能 梯队 根基 转变 转型 大户 种群 农户 龙头 纽带 厅 局 委
    办 部 用地 管理和服务 协同 共赢 创新创业 信息 生活 社会 民生 脱贫攻坚 攻坚战 命脉 枢纽 高质量 高效
    有序 友好 转化 流程 权利 义务 法治 民主 政治 外交 军队 国防 党建 作风 廉政 统战 信仰 信念 共同体
    倡议 地方 各地 城镇化 城乡 关税 准入 负面清单 产权 创新 升级 提升 增长 发展 建设 推进 深化 改造
    增收 增效 指数 融合 开展 完善 健全 优化 组织 政府 朋友 人士 性 协调 衔接 结合 普及 对接
    """.split()
)
# Schooling in a cast of mind, and culture as such, are no sectors of the economy.
_NO_SECTOR = re.compile(
    r"产品质量|^(?:优质|拳头|金融|特色|专属|新型)?产品和服务$|(?<!基础)(?<!通信)(?<!充电)(?<!换电)(?<!算力)(?<!网络)(?<!能源)(?<!储能)(?<!物流)(?<!冷链)设施$|环节$|(?:宣传|思想|信念|国防|道德|安全|[^景]观|心理健康|劳动|警示|法治|纪律|人民满意|高质量).{0,4}教育$|[^产]文化$|、|(?:^新产业|大业|社会主义文化)$"
    r"|^(?:享受|释放|参加|既有|稳外|惠企)|(?:保障和服务|全流程服务)$"
)
_ACTION = re.compile("(?<!产业)(?:数字|智能|网联|绿色|低碳)化$")  # 社会管理数字化, where 社会管理 is no field
_LEAD = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,4}(?=全[国省市].{2})|和|与|、|并|的|各类|各种|一批|一系列|相关|有关|市级|省级|区级|国家级|世界级|前述|上述|全国领先的?|世界领先的?|国际领先的?|本级|本区域|维护|符合条件的|具备条件的|有条件的|"
    r"重点|本市|我市|我省|全市|全省|我国|本省|省内|市内|区内|辖区内|国内|国产|当地|地方|以[^，]{2,16}为(?:重点|核心|主体|特色|"
    r"主导|引领|代表)的|面向[^，]{2,16}的|基于[^，]{2,16}的|基于|用于|具有[^，]{2,20}的|特色鲜明的|优秀|现有|存量|更多|更加|一流|高水平|更高水平|多层次的?|"
    r"多元化?|差异化|专业化|健康有序的?|[一二三四五六七八九十百千万\d]+(?:[－—~至到-][\d]+)?(?:余|多)?(?:个|批|家|种|类|项|大)(?:以上)?"
    r"|(?:加快|积极|大力|重点|优先|稳步|有序|协同|联合|合作|深入|全面|持续|统筹|科学|规范|逐步|进一步|扎实)?(?:推进|推动|发展|"
    r"培育|建设|开展|支持|促进|开发|推广|布局|参与|从事|兴办|投资|实施|壮大|打造|提升|研发|研制|部署|运用|使用|采用|利用|借助|进入|拓展|构建|"
    r"建立|加强|做强|做大|扩大|提供|组建|设立|引领|带动|推动|形成|举办|引进|引入|建成|吸收|尽可能|探索|规范|鼓励|完善|健全|优化|世界一流|"
    r"国际一流|人民满意|"
    r"全国领先)(?=[\u4e00-\u9fff“A-Za-z]{3}))+"
)
# Verbs after which the field stands, in 支持企业发展数字产业; what stands before them is who does it.
_PIVOT = re.compile(
    r"(?:开展|发展|参与|从事|投资(?![者人额])|建设|研发|研制|开发(?!利用)|推广|进入|兴办|承担|承办|举办|申办|参加|牵头|申报|应用|运用|使用|采用|利用|生产(?![力性资要关])|种植|打造|"
    r"布局|创办|合作开发|转向|拓展|组建|设立|建立|提供|购买|加大|加强|提升|增加|降低|扩大|改善|围绕|通过|依托|面向|针对|"
    r"在(?![线岗校职研途])|对(?![抗接比外标口话冲称齐应策象手流])|"
    r"向|与|以|为|将|到|依法|申请|引进|入驻|落户|登陆|增强|制定|探索|实施|完善|来)(?!业)"
)
# What closes a phrase after such a verb, which then governs nothing: 草种繁育体系|建设|力度.
_CLOSES = re.compile(
    r"(?:体系|工程|项目|基地|能力)?(?:力度|规模|步伐|水平|投入|进程|速度|质量|工程|体系|行动|计划|示范|试点)$|[、和与及](?=.{2})|(?:和|与|及)?(?:推广)?(?:应用)?$"
)
_FIELD_PIVOT = re.compile(
    r"(?:开展|发展|参与|从事|投资|建设|研发|研制|开发|推广|进入|兴办|承担|应用|运用|使用|采用|生产|种植|打造|布局|创办|"
    r"合作开发|转向|拓展)$"
)


_USES = frozenset("应用 运用 使用 采用".split())
# 以生物医药为主导的产业集群 supports 生物医药, but 以高技术为特征的生产力 supports no 高技术.
_DESCRIBED = re.compile(
    r"以(?P<o>[^，]{2,40}?)为(?:(?P<marks>特征|特点|标志|目标|目的|导向|基础|前提|原则|载体|动力|驱动|支撑|保障)|[^，的]{2,6})的"
)


def holds_field(reader: Reader, span: Span) -> bool:
    """Whether a field that is known, or formed as the names of fields are, can be in a stretch: most hold none."""
    return bool(reader.wording.field_head.search(reader.text, *span)) or any(m.kind in _FIELDS for m in reader.mentions(*span))


def fields(reader: Reader, span: Span, *, strong: bool) -> Iterator[Name]:
    """The industries, sectors and technologies that a stretch lists; one that is known vouches for those beside it."""
    text = reader.text
    body = text[span.start : span.end]
    described = _DESCRIBED.match(body)
    if described and not described["marks"]:
        yield from fields(reader, Span(span.start + described.start("o"), span.start + described.end("o")), strong=False)
    if described:
        span, body = Span(span.start + described.end(), span.end), body[described.end() :]
    stretch = governed(reader, span)
    if stretch is None:
        return
    strong = strong and (stretch == span or text[stretch.start - 2 : stretch.start] not in _USES)  # 运用政府数据: a means
    span = stretch
    members, group = split_list(reader, *span)
    if group and (
        of := re.match(
            r"(?:领域|方面|行业|环节|单位|部门|主体|地区|区域|场所|城市)(?:的|(?=[\u4e00-\u9fff]))", text[group.start : group.end]
        )
    ):
        members, group = [Span(group.start + of.end(), group.end)], None
    elif group and re.search(r"(?:部门|单位|机构|主体|组织)|(?:原则|方式|优势|因素)$", text[group.start : group.end]):
        return
    if group and not _ends_in_field(reader, group):
        return
    if len(members) > 1 and text[members[-1].start : members[-1].end].endswith(("政策", "政策措施")):
        return  # 财税、金融、价格政策
    members = whole_list(reader, members)
    if members and (_OVERSIGHT.search(text[slice(*members[-1])]) or is_clause(reader, _phrase(reader, members[-1]).labels[0])):
        return  # 审计、统计监督; A产品、B产品入驻展销中心
    if group and (text[slice(*group)].endswith("活动") or text.startswith(("在", "主动", "依法"), group.start)):
        return  # 商会、协会等依法开展调解
    acts = bool(group and _ACTORS.match(text, *group))
    strong = strong and not acts and not _COUNTED.match(text, *(group or span))
    class_name = field_name(reader, group, strong=False, wide=True) if group else None
    if group and class_name is None and strong and _MADE_THINGS.search(text, *group):  # 等任务设备及地面设备: two classes
        members += split_list(reader, *group)[0]
    made = bool(class_name and _MADE_THINGS.search(class_name.text))
    phrases = [_phrase(reader, member) for member in members]
    typed = [_by_type(reader, phrase) for phrase in phrases]
    vouched = strong or class_name is not None or (len(members) > 1 and 2 * sum(map(bool, typed)) >= len(members))
    suffix = class_name.label if class_name and class_name.label in TOO_WIDE else ""
    for phrase, known in zip(phrases, typed, strict=True):
        name = known or (_by_words(reader, phrase, made=made) if vouched and not _is_called(reader, phrase) else None)
        if name and not known and class_name and class_name.label.endswith("设施"):
            continue  # 机房、管道等通信基础设施: parts of it
        if name and (name.term or not acts):  # 支持云岭汽车、蓝湾重工等企业: firms
            longer = (name.label + suffix,) if suffix and not name.label.endswith(suffix) else ()
            yield Name(name.label, name.kind, name.text, (*name.aliases, *longer), name.term)
    if class_name and not suffix:
        yield class_name


def governed(reader: Reader, span: Span) -> Span | None:
    """Where the field stands in what a verb governs: behind 发展 in 支持企业发展数字产业; None where it is something else."""
    body = reader.text[span.start : span.end]
    for pivot in _PIVOT.finditer(body, 2):
        if (
            pivot.end() < len(body) - 1
            and "、" not in body[: pivot.start()]
            and not _CLOSES.match(body, pivot.end())
            and not _ends_a_field(reader, span.start, span.start + pivot.start())
            and not (pivot[0] == "与" and holds_field(reader, Span(span.start, span.start + pivot.start())))
        ):
            return Span(span.start + pivot.end(), span.end) if _FIELD_PIVOT.search(pivot[0]) else None
    return span


def _ends_a_field(reader: Reader, start: int, end: int) -> bool:
    """Whether a known field ends at `end`: 低空经济|发展基础设施, where 发展 is a noun."""
    return any(mention.end == end and mention.kind in _FIELDS for mention in reader.mentions(start, end))


_OVERSIGHT = re.compile(
    "(?:监督|执法|督查|巡视|巡察|(?<!资产)(?<!供应链)(?<!健康)管理|治理|效率|效益|权利|费用|成本|价格|人才|队伍|手续|事项|监管|审查|审批|整治|处置|防控)(?:工作|模式|体系|机制|制度|能力|水平)*$"
)
# 支持A、B等企业: who is supported, not in what.
_ACTORS = re.compile(
    "(?:重点|各类|优质|骨干|龙头|困难|特殊|科技|民营|中小)*(?:企业|公司|集团|群体|人群|人员|院校|高校|机构|单位|主体|人才|对象|实验室|医院|学校)"
)
_COUNTED = re.compile(r"[^，。]{0,16}?\d+(?:余|多)?(?:处|个|台|套|座|家|所|项|条|部|辆|艘)")
_NO_FIELD_GROUP = re.compile(
    r"(?:标准|规范|短板|弱项|环节|机制|政策|部门|手段|制度|问题|风险|原则|因素|条件|步骤|程序|公共数据|数据专区|数据库|信息库|名录库|协调|配合|协同|衔接)$"
)


def _ends_in_field(reader: Reader, group: Span) -> bool:
    """等标准规范, 等短板: a list under such a head names no fields."""
    return not _NO_FIELD_GROUP.search(clean(reader.text[group.start : group.end]))


# 长续航、大载荷的无人机; 多功能、低成本任务设备: what the first members say of the head.
_MODIFIES = re.compile("^[^业]{1,3}(?:[化性级]|(?<!转)型|性能|功能|成本|续航|载荷|可靠|精度|功率|强度|品质|多样)$")


def whole_list(reader: Reader, members: list[Span]) -> list[Span]:
    """The members without what only describes the head of the last: 设施互联、信息互通的|低空智联网; what stands before 的 is
    a member where the rest says what is done with the members.
    """
    if len(members) < 2:
        return members
    first = next((at for at, span in enumerate(members) if not _MODIFIES.match(reader.text[slice(*span)])), 0)
    members = members[first:]
    start, end = members[-1]
    of = reader.text.rfind("的", start, end)
    if of < 0 or _is_done_with(reader.text[of + 1 : end]):
        return members
    return [Span(of + 1, end)]


def _is_done_with(phrase: str) -> bool:
    """Whether a phrase says only what is done with a field: 应用推广, 高质量发展."""
    while phrase and (tail := _STRIPPABLE.search(phrase)):
        phrase = phrase[: tail.start()]
    return not phrase


def field_name(reader: Reader, span: Span, *, strong: bool, wide: bool = False, short: bool = False) -> Name | None:
    """The field in a phrase, without what is only done with it; None where the phrase names no field.

    `strong`: any noun phrase will do, since the verb or the list vouches for it; `wide`: so will a bare 技术 or 服务;
    `short`: so will a noun of two characters.
    """
    phrase = _phrase(reader, span)
    return _by_type(reader, phrase, wide=wide) or (_by_words(reader, phrase, short=short) if strong else None)


def named_in_list(reader: Reader, span: Span) -> Name | None:
    """The field that a member of a list names whose class vouches for it: any name will do."""
    phrase = _phrase(reader, span)
    return _by_type(reader, phrase) or (None if _is_called(reader, phrase) else _by_words(reader, phrase, made=True))


def _is_called(reader: Reader, phrase: _Phrase) -> bool:
    """做强“望江楼”: what the text puts in quotation marks is a name of one's own making; 发展“互联网+” is a field."""
    return reader.text[phrase.start - 1 : phrase.start] in ("“", '"', "「") and "+" not in phrase.forms[0]


def is_formed(reader: Reader, label: str) -> bool:
    """Whether a name is known as that of a field, or formed as the names of fields are."""
    term = reader.wording.terms.get(label)
    return term.kind in _FIELDS if term else reader.wording.ends_in_field(label)


class _Phrase(NamedTuple):
    """text[start:end] as it may name a field: `forms` are the whole and what is left of it without what is done with it."""

    start: int
    end: int
    forms: tuple[str, ...]
    labels: tuple[str, ...]


def _phrase(reader: Reader, span: Span) -> _Phrase:
    start, end = trim(reader.text, *span)
    lead, forms, labels = _forms(reader.text[start:end])
    return _Phrase(start + lead, end, forms, labels)


@lru_cache(maxsize=8192)
def _forms(phrase: str) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """How long its lead is, and the rest of it as a _Phrase has it."""
    lead = _LEAD.match(phrase)
    start = lead.end() if lead else 0
    base = clean(phrase[start:])
    forms = [base]
    while base[-1:] in _STRIP_ENDS and (tail := _STRIPPABLE.search(base)) and tail.start() >= 2:
        base = clean(base[: tail.start()].removesuffix("的").rstrip("和与及"))
        forms.append(base)
    return start, tuple(forms), tuple([_after_of(form) for form in reversed(forms)])


def _by_type(reader: Reader, phrase: _Phrase, *, wide: bool = False) -> Name | None:
    """The field that is known, or formed as the names of fields are."""
    start, end, forms, labels = phrase
    text, whole = reader.text, forms[0]
    for label in labels:
        known = reader.wording.terms.get(label)
        if known and known.kind in _FIELDS and label not in TOO_WIDE:
            return Name(label, known.kind, whole, _variants(label, whole), known.iri)
    inside = [mention for mention in reader.mentions(start, end) if mention.kind in _FIELDS]
    for form in reversed(forms) if inside else ():
        inner = next((m for m in inside if form.endswith(text[m.start : m.end])), None)
        named = text[inner.start : inner.end] if inner else ""
        if (
            inner
            and named not in TOO_WIDE
            and (form[: -len(named)].endswith(("”", '"', "的")) or _REGION.fullmatch(form[: -len(named)]))
        ):
            return Name(named, inner.kind, whole, (), inner.term)
    for label in labels:
        general = _general(label)
        known = reader.wording.terms.get(general) if general != label else None
        if known and known.kind in _FIELDS and general not in TOO_WIDE:
            return Name(general, known.kind, whole, (label,), known.iri)  # 低空经济产业
    for label in labels:
        if _is_of_own_field(reader, label):
            return Name(label, "Industry", whole, _variants(label, whole))
    for label in labels:
        if (
            reader.wording.ends_in_field(without_brackets(label))
            and (wide or label not in TOO_WIDE)
            and not _is_no_sector(label)
            and not _ACTION.search(label)
            and _is_field(reader, label)
        ):
            return Name(label, "Industry", whole, _variants(label, whole))
    return None


@lru_cache(maxsize=8192)
def _is_no_sector(label: str) -> bool:
    return NO_FIELD.end(label) or _no_sector(label)


@lru_cache(maxsize=8192)
def _no_sector(label: str) -> bool:
    return _NO_SECTOR.search(label) is not None


@lru_cache(maxsize=8192)
def _general(label: str) -> str:
    """Without a head that says nothing more: 低空经济产业 → 低空经济."""
    return _GENERAL_HEAD.sub("", label)


_GENERAL_HEAD = re.compile("(?<=[经济业术])(?:产业|行业|领域|市场|产业链)$|(?<=经济)(?:新业态|新模式)$")
_OF_OWN = re.compile("[\u4e00-\u9fff]{2,8}")
_NOT_OF_OWN = re.compile(
    "(?:数据|平台|系统|中心|企业|产品|项目|发展|领域|飞行|空间|资源|应用|场景|品牌|标准|规则|信息|设施|特色|优势|示范|园区|政府|社会|素养|活动|"
    "需求|价值|效应|动能|队伍|化|氛围|态势|成效|环境|底座|产业链|供应链|创新链|资产|集团|主体|地|区|站|馆|村|镇|局|委|院)$"
)


def _is_of_own_field(reader: Reader, label: str) -> bool:
    """Whether a name is formed from the field that the document is of by its title: 低空文旅 in a plan for 低空经济."""
    return (
        any(
            (label.startswith(stem) and _OF_OWN.fullmatch(label, len(stem)))
            or (label.endswith(stem) and 1 < len(label) - len(stem) < 5)
            for stem in reader.own_stems
        )
        and not (_NOT_OF_OWN.search(label) or _is_no_sector(label) or is_clause(reader, label))
        and _is_field(reader, label)
    )


def _by_words(reader: Reader, phrase: _Phrase, *, made: bool = False, short: bool = False) -> Name | None:
    """The field that reads as the name of a thing, where a verb or a list vouches for it; `made`: the list is one of techniques
    or devices, whose names may end as no sector's does (新型船体结构, 模拟仿真)."""
    whole = phrase.forms[0]
    if whole.endswith("企业"):
        return None  # who is supported, not in what
    for label in phrase.labels:
        if label != phrase.labels[0] and not (len(phrase.labels[0]) < 3 and label.endswith(("系统", "体系", "平台"))):
            break  # 船控系统 is not cut to 船控
        if not (2 if short else 3) <= len(label) <= 12 or label in TOO_WIDE or not _is_field(reader, label) or _no_sector(label):
            continue
        known = reader.wording.terms.get(label)
        if reader.text.find(label, phrase.start, phrase.end + 1) < 0 or (known and known.kind not in ("Concept", "Method")):
            continue
        if made or (not (NO_FIELD.end(label) or _NO_THING.search(label) or _is_said(label)) and names_a_thing(label)):
            return Name(label, "Industry", whole, _variants(label, whole))
    return None


# Persons, bodies of research, and results are no sectors.
_NO_THING = re.compile(
    "(?<!机器)人$|[者员]$|(?:毕业|学|医|研究|留学)生$|(?:农民|职|技|务|员|零)工$|军人$|教师$|(?:实验室|研究院|研究所|委员会|领导小组|保健院|商场|省份|通道|景区)$"
    "|^(?:盘活|激活|做优|做强|释放|享受|提供|采用|利用)|(?:减少|增加|攀升|上升|下降|参与|成长|实施|知名|到位|重组|开拓|共建|退回|串通|负责|急盼|更强|更优|厚望|期盼|所需|成效|异议|受理|实际|精简)$"
)


@lru_cache(maxsize=4096)
def _is_said(label: str) -> bool:
    """Whether the words say something, and name nothing: an adverb, a preposition or a pronoun is one of them."""
    return any(tag in ("d", "p", "r", "c", "zg") for _, tag in tagger()(label))


_FIELDS = ("Industry", "Technology")
_MADE_THINGS = re.compile("(?:技术|装备|设备|系统|器件|部件|零部件|材料|软件)(?:攻关|研发|研制|研究|应用|突破|推广|开发|验证)*$")
_REGION = re.compile(r"(?:全省|全市|全国|全域|本市|本省|我国|[\u4e00-\u9fff]{2,6}(?:地区|区域|省|市|县|区))")


def _after_of(label: str) -> str:
    """领先的工业母机 → 工业母机: what stands before 的 only describes."""
    of = label.rfind("的")
    return label[of + 1 :] if 0 < of < len(label) - 2 else label


# What is done by someone, or to whom, is a clause: 企业管理提供定制化决策服务, 新落户我市会展; so is what opens as one does.
_CLAUSE = re.compile(
    r".{2,}(?:提供|开展|进行|给予|予以|实施(?!技术))|.*[我本][省市县区国]|(?:为(?!老)|将(?!军)|要(?!素))|.*(?:(?:相关|有关|重点|各)(?:重点)?行业|覆盖面)$"
    r"|[^业]{0,4}(?:企业|院校|高校|农户)(?!服务|级|孵化|软件|家|总部|管理|信用).{2,4}$|(?:政府|政务|个人|用户)(?:数据|信息)$|.*数据与.*数据$"
)


def is_clause(reader: Reader, phrase: str) -> bool:
    """Whether a phrase says that something does something: 银行更好服务实体经济, 农民工参加养老保险."""
    return any(
        tag in ("d", "zg") or (tag[0] == "v" and tag != "vn" and reader.is_word(word, "clause_verbs"))
        for word, tag in _tagged(phrase)[1:-1]
    )


@lru_cache(maxsize=8192)
def _tagged(phrase: str) -> tuple[tuple[str, str], ...]:
    return tuple(tagger()(phrase))


# Words of grammar, figures, and brackets cut in two are in no name of a field.
_NO_PART_OF_FIELD = re.compile(
    r"[不使让被把将了\d%％）（](?:(?<=不)(?!锈|动产|燃)|(?<=[使让被把将了])|(?<=\d)\d|(?<=[%％）（])$)"
)


def _is_field(reader: Reader, label: str) -> bool:
    return (
        len(label) <= 20
        and is_name(label)
        and not _NO_PART_OF_FIELD.search(label)
        and not _CLAUSE.match(label)
        and not is_clause(reader, label)
        and ("）" not in label or "（" in label[: label.index("）")])
        and label.count("“") == label.count("”")
    )


def _variants(label: str, whole: str) -> tuple[str, ...]:
    bare = without_brackets(label)
    return (bare,) if bare != label else ()
