"""The field that one phrase names: an industry, a sector or a field of technology, known or formed as the names of fields are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.annotate.words import names_a_thing, words_of
from pipeline.extract.phrases import clean, is_name, trim, without_brackets
from pipeline.extract.reader import Reader
from pipeline.grammar.field_clauses import is_clause, opens_as_clause, verb_before
from pipeline.grammar.list_slots import FIELD_KINDS
from pipeline.model import Name, Span
from pipeline.patterns import lazy

# What follows the name of a field and says only what is done with it.
_MANNER = (
    r"(?:高质量|高水平|创新|融合|集聚|集群|规模化|产业化|市场化|规范|健康|有序|绿色|快速|优质|高效|扩容|特色|可持续|自主|协同|深度|加快|加速|协调|全面|"
    r"安全|稳定|持续|多元化|一体化|特色化|标准化|现代化|智能化|数字化|高端化|绿色化|集成|开放|示范|综合|联合|基地|体系|力度)*"
)
_STRIPPABLE = lazy(
    rf"(?:的)?(?:{_MANNER}(?:发展|建设|培育|研发|攻关|升级|转型|提升|壮大|振兴|集聚|应用|研究|开发|推广|改造|布局|栽培|生产|落地|"
    rf"供给|服务)"
    r"|(?:数字|智能|网联|绿色|低碳)化(?:转型|升级|改造)?"
    r"|(?<=[业济])健康|提质|(?<=[\u4e00-\u9fff]{3})在[\u4e00-\u9fff]{2,16}(?:领域|行业|制造业|产业|环节|中)|示范|工作|(?<=[客货]运)航线|的现代化|提质增效|提质扩容|做大做强|开发利用|智改数转(?:网联)?|竞争优势|(?:研究(?:和|与)?开发|研究开发)|覆盖水平|(?:服务|供给|承载|创新|保障|发展|生产|研发|核心|"
    r"制造)?(?:能力|水平|规模|步伐|力度|竞争力|新增产能|产能|潜力|质量|需求|投入|补贴|激励政策|政策措施|政策|举措|措施|份额|比重|"
    r"关键技术研究)"
    r"|(?:增长)?(?:新?引擎|高地|强省|强市|增长极)|研制|体系|平台|系统(?=$)|基地|示范基地|示范区|集群|园区|市场|项目|业务|活动|品牌|企业|试点|工程|创新场景|新?场景|领域|新?模式|新?业态|行业)$"
)
# The last characters of what _STRIPPABLE takes off: most phrases end otherwise and need not be searched.
_STRIP_ENDS = frozenset(
    "康质中化擎极作范制展设育发关级型升大兴聚用究广造局培产给务效容强平力度模伐能量求入贴策措施额重系台统地区群场目动牌业点程景域式态线"
)
# Schooling in a cast of mind, and culture as such, are no sectors of the economy.
_NO_SECTOR = lazy(
    r"产品质量|及其|(?:精准|自主|综合|优先)$|(?:持续|平稳|有序)健康$|执法|监管(?!科技)|报装|审批|履职|－.*－|^(?:优质|拳头|金融|特色|专属|新型)?产品和服务$|(?<!数据)(?<!算力)(?<!计算)(?<!智算)中心$|.{2}大数据中心$|^(?:两个|合理|理性)|(?<!调)度$|环节$|(?:宣传|思想|信念|意识|传统|素质|法制|国防|道德|安全|[^景]观|心理健康|劳动|诚信|廉洁|爱国|生命|感恩|养成|国情|国策|警示|法治|纪律|人民满意|高质量).{0,4}教育$|[^产]文化$|、|(?:^新产业|大业|社会主义文化)$"
    r"|促消费|^(?:享受|释放|参加|既有|稳外|惠企)|(?:保障和服务|全流程服务)$"
)
_ACTION = lazy("(?<!产业)(?:数字|智能|网联|绿色|低碳)化$")  # 社会管理数字化, where 社会管理 is no field
_LEAD = lazy(
    r"^(?:[\u4e00-\u9fff]{2,4}(?=全[国省市].{2})|和|与|、|并|的|各类|各种|一批|一系列|全国统一(?!大市场)|相关|有关|市级|省级|区级|国家级|世界级|前述|上述|全国领先的?|世界领先的?|国际领先的?|本级|本区域|维护|符合条件的|具备条件的|有条件的|"
    r"重点|本市|我市|我省|全市|全省|我国|本省|省内|市内|区内|辖区内|国内(?!外)|国产|当地|地方|以[^，]{2,16}为(?:重点|核心|主体|特色|"
    r"主导|引领|代表)的|面向[^，]{2,16}的|基于[^，]{2,16}的|基于|用于|具有[^，]{2,20}的|特色鲜明的|新入规|新落户|新开工|新增规上|规上|亿元以上|优秀|(?:优质|骨干|龙头|领军|本土|本地|中小微?|小微|民营|国有)(?=[\u4e00-\u9fff]{2,12}(?:企业|公司|集团))|现有|存量|更多|更加|一流|高水平|更高水平|多层次的?|"
    r"多元化?|差异化|专业化|健康有序的?|[一二三四五六七八九十百千万\d]+(?:[－—~至到-][\d]+)?(?:余|多)?(?:个|批|家|种|类|项|大)(?:以上)?"
    r"|(?:加快|积极|大力|重点|优先|稳步|有序|协同|联合|合作|深入|全面|持续|统筹|科学|规范(?!化)|逐步|进一步|扎实)?(?:推进|推动|发展|"
    r"培育|建设|开展|支持|促进|开发|推广|布局|参与|从事|兴办|投资|实施|壮大|打造|提升|研发|研制|部署|运用|使用|采用|利用|借助|进入|拓展|构建|"
    r"建立|加强|做强|做大|扩大|赋能|提供|组建|设立|引领|带动|推动|形成|举办|引进|引入|建成|吸收|尽可能|探索|规范(?!化)|鼓励|完善|健全|优化|世界一流|"
    r"国际一流|人民满意|"
    r"全国领先)(?=[\u4e00-\u9fff“A-Za-z]{3}))++"
)


def field_name(reader: Reader, span: Span, *, strong: bool, wide: bool = False, short: bool = False) -> Name | None:
    """The field in a phrase, without what is only done with it; None where the phrase names no field.

    `strong`: any noun phrase will do, since the verb or the list vouches for it; `wide`: so will a bare 技术 or 服务;
    `short`: so will a noun of two characters.
    """
    phrase = field_phrase(reader, span)
    return named_by_type(reader, phrase, wide=wide) or (named_by_words(reader, phrase, short=short) if strong else None)


def named_in_list(reader: Reader, span: Span, *, vouched: bool = True) -> Name | None:
    """The field that a member of a list names; `vouched`: the class of the list vouches for it, so that any name will do."""
    phrase = field_phrase(reader, span)
    by_words = vouched and not is_called(reader, phrase)
    return named_by_type(reader, phrase) or (named_by_words(reader, phrase, made=True) if by_words else None)


def is_called(reader: Reader, phrase: FieldPhrase) -> bool:
    """做强“望江楼”: what the text puts in quotation marks is a name of one's own making; 发展“互联网+” is a field."""
    return reader.text[phrase.start - 1 : phrase.start] in ("“", '"', "「") and "+" not in phrase.forms[0]


def is_formed(reader: Reader, label: str) -> bool:
    """Whether a name is known as that of a field, or formed as the names of fields are."""
    term = reader.wording.terms.get(label)
    return term.kind in FIELD_KINDS if term else reader.wording.ends_in_field(label)


class FieldPhrase(NamedTuple):
    """text[start:end] as it may name a field: `forms` are the whole and what is left of it without what is done with it."""

    start: int
    end: int
    forms: tuple[str, ...]
    labels: tuple[str, ...]


def field_phrase(reader: Reader, span: Span) -> FieldPhrase:
    start, end = trim(reader.text, *span)
    lead, forms, labels = _forms(reader.text[start:end])
    verb = (
        0 if _JOINED.search(reader.text, max(0, start - 2), start) else verb_before(reader, forms[0])
    )  # 船体、推进电机: two things
    if verb and reader.text.startswith(forms[0][:verb], start + lead):
        start, end = trim(reader.text, start + lead + verb, end)
        lead, forms, labels = _forms(reader.text[start:end])
    return FieldPhrase(start + lead, end, forms, _without_place(reader, Span(start + lead, end), labels))


_JOINED = lazy("(?:[、和及或]|(?<!参)与)$")


_AFTER_PLACE = 7  # characters of a field behind a place: what is longer begins with a name of its own
_COUNTED = lazy(r"^[\d一二三四五六七八九十]+[大个]")
_NO_REST = lazy("^[（(—-]|国家|试验区|新区|开发区")  # 中国（临澜）渔业; 临澜|自贸试验区产业


def _without_place(reader: Reader, span: Span, labels: tuple[str, ...]) -> tuple[str, ...]:
    """Labels without the place that they open with, where the rest is a field by itself: 临澜市|海水淡化产业."""
    place = next((m.end for m in reader.mentions(*span) if m.kind == "Place" and m.start == span.start), span.start)
    name = reader.text[span.start : place]
    if not name:
        return labels
    shorter = [_COUNTED.sub("", label.removeprefix(name)) for label in labels]
    fields = [len(rest) <= _AFTER_PLACE and is_formed(reader, rest) and not _NO_REST.search(rest) for rest in shorter]
    fields = [field and not is_wide(reader, rest) for field, rest in zip(fields, shorter, strict=True)]
    return tuple(rest if field else whole for rest, field, whole in zip(shorter, fields, labels, strict=True))


@lru_cache(maxsize=8192)
def _forms(phrase: str) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """How long its lead is, and the rest of it as a FieldPhrase has it."""
    lead = _LEAD.match(phrase)
    start = lead.end() if lead else 0
    base = clean(phrase[start:])
    forms = [base]
    while base[-1:] in _STRIP_ENDS and (tail := _STRIPPABLE.search(base)) and tail.start() >= 2:
        base = clean(base[: tail.start()].removesuffix("的").rstrip("和与及"))
        forms.append(base)
    return start, tuple(forms), tuple([_after_of(form) for form in reversed(forms)])


def named_by_type(reader: Reader, phrase: FieldPhrase, *, wide: bool = False) -> Name | None:
    """The field that is known, or formed as the names of fields are."""
    return (
        next((_known(reader, label, label, phrase) for label in phrase.labels if _is_known(reader, label)), None)
        or _known_at_end(reader, phrase)
        or _known_with_head(reader, phrase)
        or next((_unknown(label, phrase) for label in _whole(reader, phrase) if _is_of_own_field(reader, label)), None)
        or next((_unknown(label, phrase) for label in _whole(reader, phrase) if has_form(reader, label, wide=wide)), None)
    )


def _whole(reader: Reader, phrase: FieldPhrase) -> tuple[str, ...]:
    """The labels of a phrase, without those cut off a ground or a new system: 渔具交易|平台, 新型电力|系统; not 种业|基地."""
    cut = [at for at, form in enumerate(phrase.forms) if reader.ends_in(form, "grounds") or _NEW_SYSTEM.match(form)]
    first = len(phrase.forms) - 1 - cut[-1] if cut else 0
    return tuple(label for at, label in enumerate(phrase.labels) if at >= first or label.endswith("业"))


_NEW_SYSTEM = lazy("新型.{2,}(?:系统|体系)$")


def _is_known(reader: Reader, label: str) -> bool:
    term = reader.wording.terms.get(label)
    return term is not None and term.kind in FIELD_KINDS and not reader.is_word(label, "wide_fields")


def _known(reader: Reader, label: str, written: str, phrase: FieldPhrase) -> Name:
    """A name of a vocabulary, which stands in the phrase as `written`."""
    term = reader.wording.terms[label]
    aliases = _variants(label) if written == label else (written,)
    return Name(label, term.kind, phrase.forms[0], aliases, term.iri)


def _unknown(label: str, phrase: FieldPhrase) -> Name:
    return Name(label, "Industry", phrase.forms[0], _variants(label))


def _known_at_end(reader: Reader, phrase: FieldPhrase) -> Name | None:
    """领先的|工业母机, 沿海地区|海水淡化: the known field that ends a phrase, behind a modifier or a region."""
    inside = [mention for mention in reader.mentions(phrase.start, phrase.end) if mention.kind in FIELD_KINDS]
    for form in reversed(phrase.forms) if inside else ():
        inner = next((m for m in inside if form.endswith(reader.text[m.start : m.end])), None)
        if inner is None:
            continue
        named = reader.text[inner.start : inner.end]
        before = form[: -len(named)]
        if not reader.is_word(named, "wide_fields") and (before.endswith(("”", '"', "的")) or _REGION.fullmatch(before)):
            return Name(named, inner.kind, phrase.forms[0], (), inner.term)
    return None


def _known_with_head(reader: Reader, phrase: FieldPhrase) -> Name | None:
    """低空经济|产业: a known field with a general head."""
    for label in phrase.labels:
        general = _general(label)
        if _is_known(reader, general):
            return _known(reader, general, label, phrase)
    return None


def has_form(reader: Reader, label: str, *, wide: bool = False) -> bool:
    """Whether a label ends as the names of fields do, and is neither too wide nor a clause."""
    return (
        reader.wording.ends_in_field(_without_system(without_brackets(label)))
        and (wide or not (is_wide(reader, label) or label.endswith("模式")))
        and not reader.ends_in(label, "no_fields")
        and _is_field(reader, label)
        and not _no_sector(label)
        and not _ACTION.search(label)
    )


def _without_system(label: str) -> str:
    """新型能源体系 → 新型能源: what says what kind of a new system it is."""
    return label[:-2] if _NEW_SYSTEM.match(label) else label


@lru_cache(maxsize=8192)
def _no_sector(label: str) -> bool:
    return _NO_SECTOR.search(label) is not None


@lru_cache(maxsize=8192)
def _general(label: str) -> str:
    """Without a head that says nothing more: 低空经济产业 → 低空经济."""
    return _GENERAL_HEAD.sub("", label)


def is_wide(reader: Reader, label: str) -> bool:
    """Whether a name says no more than that something is a field: 产业, 其他产业, 相关配套产业."""
    if reader.is_word(label, "wide_fields") or reader.is_word(re.split("[和与及]", label)[-1], "wide_fields"):
        return True  # 数字产业化和产业|数字化
    return any(
        reader.is_word(label[:length], "wide_modifiers") and is_wide(reader, label[length:])
        for length in range(min(5, len(label) - 1), 0, -1)
    )


_GENERAL_HEAD = lazy("(?<=[经济业术])(?:产业|行业|领域|市场|产业链)$|(?<=经济)(?:新业态|新模式)$")
_TWO = lazy("[和与及]")
_OF_OWN = lazy("[\u4e00-\u9fff]{2,8}")


def _is_of_own_field(reader: Reader, label: str) -> bool:
    """Whether a name is formed from the field that the document is of by its title: 低空文旅 in a plan for 低空经济."""
    return (
        any(
            (label.startswith(stem) and _OF_OWN.fullmatch(label, len(stem)))
            or (label.endswith(stem) and 1 < len(label) - len(stem) < 5)
            for stem in reader.own_stems
        )
        and not (_no_sector(label) or is_clause(reader, label))
        and not (_TWO.search(label) and is_wide(reader, label))  # 数字产业化和产业|数字化
        and not (reader.ends_in(label, "no_fields") or reader.ends_in(label, "no_own_fields") or reader.ends_in(label, "deeds"))
        and _is_field(reader, label)
        and words_of(label)[-1][1].startswith(("n", "vn", "e", "l", "j"))  # 低空经济|项目落户 is a clause
    )


def named_by_words(reader: Reader, phrase: FieldPhrase, *, made: bool = False, short: bool = False) -> Name | None:
    """The field that reads as the name of a thing, where a verb or a list vouches for it; `made`: the list is one of techniques
    or devices, whose names may end as no sector's does (新型船体结构, 模拟仿真)."""
    if phrase.forms[0].endswith("企业"):
        return None  # who is supported, not in what
    barest = phrase.labels[0]
    whole = [label for label in phrase.labels[1:] if len(barest) < 3 and label.endswith(("系统", "体系", "平台"))]
    uncut = _whole(reader, phrase)
    for label in (label for label in (barest, *whole) if label in uncut):  # 船控系统 is not cut to 船控
        fits = (2 if short else 3) <= len(label) <= 12 and _may_name(reader, label, phrase)
        if fits and (_may_be_made(label) if made else _is_thing(reader, label)):
            return _unknown(label, phrase)
    return None


def _may_name(reader: Reader, label: str, phrase: FieldPhrase) -> bool:
    """Whether a label stands in the text as it is, is not too wide, and is known as nothing else."""
    term = reader.wording.terms.get(label)
    return (
        not is_wide(reader, label)
        and not reader.is_word(label, "deeds")
        and _is_field(reader, label)
        and not _no_sector(label)
        and reader.text.find(label, phrase.start, phrase.end + 1) >= 0
        and (term is None or term.kind in ("Concept", "Method"))
    )


def _may_be_made(label: str) -> bool:
    return not _NO_THING.search(label)


def _is_thing(reader: Reader, label: str) -> bool:
    """Whether a label reads as the name of a thing that could be a field."""
    refused = reader.ends_in(label, "no_fields") or _NO_THING.search(label) or _is_said(label)
    return not refused and names_a_thing(label)


# Persons, bodies of research, and results are no sectors.
_NO_THING = lazy(
    "(?<!机器)人$|[者员]$|(?:毕业|学|医|研究|留学)生$|(?:农民|职|技|务|员|零)工$|军人$|教师$|(?:实验室|研究院|研究所|委员会|领导小组|保健院|商场|省份|通道|景区)$"
    "|^(?:盘活|激活|做优|做强|释放|享受|提供|采用|利用)|(?:减少|增加|攀升|上升|下降|参与|成长|实施|知名|到位|重组|开拓|共建|退回|串通|负责|急盼|更强|更优|厚望|期盼|所需|成效|异议|受理|实际|精简)$"
)


def _is_said(label: str) -> bool:
    """Whether the words say something, and name nothing: an adverb, a preposition or a pronoun is one of them."""
    return any(tag in ("d", "p", "r", "c", "zg") for _, tag in words_of(label))


_REGION = lazy(r"(?:全省|全市|全国|全域|本市|本省|我国|[\u4e00-\u9fff]{2,6}(?:地区|区域|省|市|县|区))")


def _after_of(label: str) -> str:
    """领先的工业母机 → 工业母机: what stands before 的 only describes."""
    of = label.rfind("的")
    return label[of + 1 :] if 0 < of < len(label) - 2 else label


# Words of grammar, figures, and brackets cut in two are in no name of a field.
_NO_PART_OF_FIELD = lazy(
    r"^(?:者|性(?!能)|器(?![械件官具材]))|[不使让被把将了\d%％）（](?:(?<=不)(?!锈|动产|燃)|(?<=[使让被把将了])|(?<=\d)\d|(?<=[%％）（])$)"
)


def _is_field(reader: Reader, label: str) -> bool:
    return (
        len(label) <= 20
        and is_name(label)
        and not _NO_PART_OF_FIELD.search(label)
        and not opens_as_clause(label)
        and not is_clause(reader, label)
        and not reader.ends_in(label, "no_things")
        and not (label.endswith("设施") and not reader.holds(label, "built_fields"))
        and _is_sum(reader, label)
        and ("）" not in label or "（" in label[: label.index("）")])
        and label.count("“") == label.count("”")
    )


def _is_sum(reader: Reader, label: str) -> bool:
    """Whether what stands before the + of a name, if it has one, is a field: 人工智能+渔业, not 信易+消费."""
    first, *others = re.split("[+＋]", label)
    return not others or is_formed(reader, first)


def _variants(label: str) -> tuple[str, ...]:
    bare = without_brackets(label)
    return (bare,) if bare != label else ()
