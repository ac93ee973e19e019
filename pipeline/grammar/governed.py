"""What a verb of support governs, and whether it is used as a verb: the slots of the rules that name nothing but the verb."""

from __future__ import annotations

from pipeline.extract.reader import Reader
from pipeline.grammar.fields import holds_field
from pipeline.model import Cue, Span
from pipeline.patterns import lazy

_NO_OBJECT = lazy(
    r"^(?:、|场景|不(?!锈|动产|燃)|的|力(?!争)|型|性|权|库|区|梯队|应当?|要|需|须|可|纳入|举办|承办|阶段|方式|格局|环境|理念|思路|空间|目标|全局|大局|形势|潜力|态势|成为|是|为|对|在|将|把|向|从|按|依|做好|利用|通过|针对|购买|有关部门|扎实|"
    r"深入|稳步|有序|取得|成效|明显|显著|步入|进入|迈|加快(?!发展)|不断|更|与|和|及(?!时)|或(?!许)|者|申报|争创|淘汰|取缔|关停|压减|清退|退出|化解|改革|战略(?!性)|大会|条件|中(?:的|出现|存在|遇到|面临|产生)|过程|所|得|有)"
)
# What stands before a verb that is as often a noun, where it is a verb.
_VERB_BEFORE = lazy(
    r"(?:^|[、：“”（\".．]|大力|加力|训练|配套|地方|积极|重视|注重|加快|加速|优先|重点|着力|协同|协调|统筹|鼓励|支持|引导|推动|推进|促进|培育|共同|联合|合作|"
    r"因地制宜|科学|有序|稳步|规范|深入|持续|进一步|全面|努力|要|应当?|必须|可以|能够|将|来|和|与|并|高质量|创新|主动|率先|"
    r"探索|主体|企业|单位|机构|资本|力量|农户|农民|院校|高校|各地|部门|地区|[省市区县]|我国|予以|给予|不断|加强|强化|引领|带动|"
    r"助力|加速|继续|集中|扎实|切实|有效|依法|适度|精心|分类|梯次|梯度|超前|前瞻|谋划|组织|参与|用于|上)$"
)
_MORE_OF = lazy(
    r"(?:投入|支持|补贴|扶持|培育|资助|补助|研发)(?:的)?(?:力度|投入|规模)?$|(?:建设|培育|体系建设)(?:力度|规模|步伐)$"
)
# 加快X研制: what is done with X says what 加快 alone does not.
_ADVANCED = lazy(
    "(?:研发|研制|攻关|培育|推广|产业化|商业化|规模化应用|推广应用|示范应用|产业化应用|产业发展|等(?:核心|关键|先进)?(?:核心)?技术)$"
)
# 资助资金, 培育对象, 发展计划司, 发展试验区: the verb is part of what a fund, an office or a zone is called.
_MEANS = lazy(
    r"(?:专项)?(?:资金|经费|款项|金额|额度|标准|期限|比例|资格|名单|协议|合同|申请|对象|单位|人员|目录|计划|范围|方式|程序|情况|差额|部门|政策|办法)"
)
_OFFICE = lazy(
    r"(?:[\u4e00-\u9fff]{0,4}(?<!数据)(?<!算力)中心|机构|试验区|示范区|先行区|功能区|实验区|开发区|委员会|领导小组|办公室|(?:[\u4e00-\u9fff]{2,3}|改革)?(?<!公)(?:[司局处厅委]|(?<!部)署)(?=[、，。；）)]|负责|$))"
)
_GIVES = lazy("提供(?!商)|创造|注入|奠定|赋予")  # 为渔业发展|提供咨询服务; but 鼓励|提供…
# 发展不平衡是…, 布局初见成效: what follows says something of the noun.
_SAYS_OF = lazy(r"(?<![但凡还只正就])(?:仍然|依然|仍|就|也|都)?是(?!否)[^，]{2,}|初见|有序推进|提出异议")
_SAYS = lazy("是|初见|有序推进|提出异议")  # one of which it needs: each opens with a letter, which is scanned for fast


def is_verb(reader: Reader, verb: Cue) -> bool:
    """Whether a word that may be a noun as well is a verb, with an object right behind it."""
    clause = reader.clause(verb.start)
    return stands_as_verb(reader, verb) and not _NO_OBJECT.match(reader.text[verb.end : clause.end])


def stands_as_verb(reader: Reader, verb: Cue) -> bool:
    """Whether a word that may be a noun as well has something before it as a verb has: 加快|建设, not 项目|建设."""
    before = reader.text[max(reader.clause(verb.start).start, verb.start - 4) : verb.start]
    return not reader.is_word(verb.text, "also_nouns") or bool(_VERB_BEFORE.search(before)) or _follows_a_verb(reader, verb)


def _follows_a_verb(reader: Reader, verb: Cue) -> bool:
    """鼓励开展X, 开发推广X: a verb of support right before it."""
    near = reader.words_in(Span(max(0, verb.start - 6), verb.start))
    return any(word.end == verb.start and "support_verbs" in word.signals for word in near)


def _governed(reader: Reader, cue: Cue, clause: Span) -> Span | None:
    """What the verb governs: up to the next verb, or to the end where that verb only closes the phrase (产业发展)."""
    if not _has_object(reader, cue, clause):
        return None
    others = (word for word in reader.words_in(Span(cue.end, clause.end)) if not _VERBS.isdisjoint(word.signals))
    following = next(others, None)
    closing = _quotation_end(reader.text, cue.end, clause.end)
    end = closing if closing >= 0 else clause.end
    if following and following.start < end and not _closes(reader, reader.text[following.end : end]):
        own = reader.text[following.start - 1] == "、" and not reader.is_word(following.text, "also_nouns")
        if not (own and _has_object(reader, following, clause)):
            return None  # 支持农户发展林下经济: the next verb has the field
        end = following.start - 1  # 壮大新兴渔业、改造传统渔业: each verb has its own
    return Span(cue.end, end) if end - cue.end >= 2 else None


def _has_object(reader: Reader, cue: Cue, clause: Span) -> bool:
    """Whether what follows a verb can be its object: not 资助资金, 发展计划司, 布局初见成效, 发展的."""
    text, at = reader.text, (cue.end, clause.end)
    if not reader.is_word(cue.text, "calls_on") and _GIVES.match(text, *at):
        return False
    if reader.is_word(cue.text, "grants") and _MEANS.match(text, *at):
        return False
    if _OFFICE.match(text, *at) or (_SAYS.search(text, *at) and _SAYS_OF.search(text, *at)):
        return False
    where = reader.is_word(cue.text, "calls_on") and text.startswith("在", cue.end)  # 支持在渔港发展X
    return where or not _NO_OBJECT.match(text[cue.end : clause.end])


def _closes(reader: Reader, rest: str) -> bool:
    """Whether the words behind a second verb say that it is a noun: 发展|能力, 建设|、, 应用|等."""
    noun = any(reader.is_word(rest[:length], "verbal_heads") for length in (3, 2))
    return not rest or noun or rest[0] in "的和与等" or not "\u4e00" <= rest[0] <= "\u9fff"


def _quotation_end(text: str, start: int, end: int) -> int:
    """Where the quotation that is open at `start` ends; -1 where none is."""
    closing = text.find("”", start, end)
    return closing if closing >= 0 and text.find("“", start, closing) < 0 else text.find('""', start, end)


_VERBS = frozenset(("support_verbs", "advance_verbs"))


def object_of(reader: Reader, verb: Cue) -> tuple[Span, bool] | None:
    """What a verb governs, and whether the verb alone says that what it governs, known or not, is a field."""
    clause = reader.clause(verb.start)
    span = _governed(reader, verb, clause)
    if span is None:
        return None
    strong = _is_strong(reader, verb, reader.text[slice(*span)])
    return (span, strong) if strong or holds_field(reader, span) else None


def _is_strong(reader: Reader, cue: Cue, governed: str) -> bool:
    """Whether the verb alone says that what it governs, known or not, is supported."""
    if reader.is_word(cue.text, "more_verbs"):
        return bool(_MORE_OF.search(governed))
    if reader.is_word(cue.text, "advancing") and _ADVANCED.search(governed):
        return True
    return reader.is_word(cue.text, "growing_verbs") and stands_as_verb(reader, cue)
