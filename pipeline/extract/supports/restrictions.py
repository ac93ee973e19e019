"""policy – restricts – field: the policy in force, a predicate that restricts, and the field that it bears on.

The verb stands before the field (严控水泥产能, 禁止新建小水电, 不得新增烟花生产) or after it (燃煤锅炉有序退出), or a noun says
what is done with it (对电解铝实行总量控制, 将制革列入限制类). What only limits a procedure, a person or a sum restricts no field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotate.words import reads_as_noun
from pipeline.extract.phrases import clean, is_name, split_list, trim
from pipeline.extract.reader import Reader
from pipeline.grammar.field_names import field_name
from pipeline.grammar.fields import fields
from pipeline.model import Claim, Name, Span
from pipeline.parse.scope import PolicyScope

# What is done with a field: after such a word whatever the phrase names is one.
_ACT = (
    "(?:(?:盲目|无序|违规|擅自|随意|低水平|重复|大规模|继续|任何|一切|各类)*(?:新建|改?扩建|改建|新增|新上|上马|审批|核准|备案|布局|建设|"
    "发展|生产|制造|销售|使用|进口|出口|引进|从事|投资|开展|开发|经营|开采|种植|养殖|燃放)(?:和|或者?|及|、)?)"
)
_BARS = "不得|不再|不准|不予|停止|暂停"  # restrict by what must not be done: 不得新建X
_NEXT = r"、(?=(?:加快|依法|逐步|有序|坚决|严格)*(?:{verbs}))|并(?=(?:加快|逐步|有序)*(?:{verbs}))"
_LEFT = re.compile(
    r"(?:^|[\s、：“”（）()》.．条]|严格|加快|坚决|依法|依规|逐步|有序|全面|进一步|(?<!响)应当?|必须|须|要|将|原则上|一律|从严|合理|适度|有效|积极|"
    r"推动|推进|鼓励|引导|持续|稳步|分类|大力|着力|切实|[内中区上市省县村]|期间|明确|提出|规定|和|与|并|及|限期|分批|提前|继续|科学|办法|条例|"
    r"意见|方案|措施|决定|国家|政府|部门)$"
)
_LIFTED = re.compile(
    r"(?:放宽|取消|放开|解除|破除|打破|消除|废除|不受|不|未|无|受|开展|禁|限|避免|防止|涉嫌|存在|随意|不合理)[^，]{0,3}$"
)
# How much of a field there is: 水泥产能, 煤炭消费总量, 钢铁行业过剩产能.
_AMOUNT = re.compile(
    "(?:等)?的?(?:新增|过剩|落后|低效|无效|富余)*(?:产能|产量|生产能力|(?:消费|用能)?(?:总量|增量|存量|用量)|消费|规模|密度|面积|强度|数量|比重)"
    "(?:盲目|过快|无序)?(?:扩张|增长|增加)?$"
)
_DONE = re.compile("(?:盲目|无序|违规|过快|过度)*(?:发展|建设|扩张|上马|增长|投资|布局|开发|生产|审批|准入|活动)$")
_IS_DONE = re.compile("(?:养殖|捕捞|开采|采矿|种植|加工|冶炼|制造|发电|燃放|焚烧|屠宰)$")  # says so of any noun before it
_LEAD = re.compile("(?:大规模|大型|规模化|传统|各类|各种|新的|部分|已建|现有|同类|普通)+(?=.{2})")
_TAIL = re.compile("(?:类)?(?:项目|行业|产业|领域|业务|企业|产品)$")
_DISPLACES = ("淘汰", "取缔", "关停", "削减", "清退")
# What is restricted by its very kind, so that its modifier may stay before 的.
_LAWLESS = re.compile("非法|违法|违规|无证|擅自|变相|未经|虚假|恶意|不良")
_UNWANTED = re.compile(
    "[高两](?:耗能|耗水|污染|排放|能耗|高)|落后|过剩|老旧|低端|低效|燃煤|散煤|一次性|不可降解|耗能高|能耗高|污染重"
)
_NO_FIELD = re.compile(
    "(?:担保|举债|债务|时限|时间|材料|环节|事项|支出|经费|费用|账号|账户|资格|申请|参与|竞争|进入|行为|条件|权利|自由|措施|惩戒|处罚|"
    "问题|风险|现象|乱象|率|人数|职数|编制|检查|会议|文件|考核|次数|成本|层级|周期|程序|功能|流量|直播|范围|用地|结果|名单|要求|资金|污染|排放|能耗|平台|机构|企业|单位|人员|人口)$"
)
_NO_OBJECT = re.compile("[的其在率赛器性额]|外来|他人|未成年|任何(?:单位|组织|个人)|其他|我国|中国|相关|有关|上述|此类|该|平台内")
# Deeds, which a phrase that names a field does not begin with: 禁止达成垄断协议.
_DEED = re.compile(
    "达成|实施|处理|涉及|签订|获取|收集|泄露|传播|制作|提供|设立|发布|组织|举办|违反|侵害|损害|破坏|危害|妨碍|编造|伪造"
)
_COUNTED = re.compile(r"[\d一二三四五六七八九十百千万]+(?:项|个|家|座|台|处|类|条|万|元|%)")
_UNLESS = re.compile("未(?:经|取得|获|依法|按|纳入|列入)|不(?:符合|具备)")
_BOTH_HIGH = re.compile('[“"]?(?P<name>两高(?:一资|一低|一剩)?)[”"]?(?P<head>项目|行业|企业)')
_NEW = re.compile("新建|改?扩建|新增|新上")
_CONTROLS = (
    "总量控制|总量管控|从严控制|严格控制|产能控制|产能置换|等量置换|减量置换|限制|限制性措施|管制|禁入|禁止准入|限产|停产|惩罚性电价|"
    "差别(?:化)?电价"
)
_AFTER = re.compile(
    "(?:推动|推进|引导|促进|倒逼)?(?P<o>[^，。；：！？\n]{2,50}?)(?:要|应当?|须|将)?(?:有序|加快|逐步|依法|依规|全部|限期|分类|一律|全面|稳步|分批|"
    "按期|坚决|稳妥)+(?:淘汰|退出|关停|关闭|取缔|清退)(?:市场)?(?=[，。；！\n]|$)"
)
_BY_NOUN = re.compile(
    r"对(?:于)?(?P<o>[^对，。；：！？\n]{2,50}?)(?:严格)?(?:实行|实施|采取|施行|执行|作出|进行)(?:了)?(?:严格的?|更严的?|差别化)?"
    rf"(?:(?!不)[^，。；：\n]){{0,6}}?(?:{_CONTROLS})(?=[，。；、\n]|措施|$)"
    r"|(?:将|把)?(?P<listed>[^，。；：！？\n]{2,50}?)(?:列入|列为|纳入)[^，。；：！？\n]{0,16}?(?:限制|淘汰|禁止)(?:类|发展)"
)
_BY_NOUN_FOUND = re.compile(f"{_CONTROLS}|淘汰(?:类|发展)|禁止(?:类|发展)")  # each opens with a letter: scanned for fast
_AFTER_FOUND = re.compile("(?:淘汰|退出|关停|关闭|取缔|清退)(?:市场)?(?=[，。；！\n]|$)")


def restrictions(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """Every field that a policy restricts, in the words of the policy that speaks or of one that the sentence names."""
    for quote, phrase, sure in _restricted(reader):
        policy = policies.at(quote.start)
        if policy is None:
            continue
        for o in _fields(reader, phrase, strong=sure):
            yield reader.claim("restricts", {"s": policy, "o": o}, *quote, "restricts.verb")


def _restricted(reader: Reader) -> Iterator[tuple[Span, Span, bool]]:
    """What a predicate restricts: the words that say so, the phrase restricted, and whether they vouch that it names a field."""
    verbs = "|".join(sorted(reader.ontology.properties["restricts"].verb_cues, key=len, reverse=True))
    before = re.compile(
        f"(?:(?P<bar>{_BARS})(?={_ACT})|(?P<verb>(?:{verbs})+|化解(?=[^，。；]{{2,30}}产能)))"
        rf"(?:在[^，。；]{{1,20}}?(?:[内中上]|区(?![内域中])))?(?P<act>{_ACT}*)"
    )
    following = re.compile(_NEXT.format(verbs=f"{verbs}|{_BARS}"))
    for clause in reader.clauses_with(re.compile(f"{verbs}|{_BARS}|化解")):
        at = clause.start
        conditional = _UNLESS.search(reader.text, reader.sentence(at).start, clause.end)
        if conditional:
            continue  # 未经批准，不得从事X: who may not, and not what
        while found := before.search(reader.text, at, clause.end):
            left = reader.text[clause.start : found.start()]
            at = found.end()
            if not _LEFT.search(left) or _LIFTED.search(left) or _NO_OBJECT.match(reader.text, at, clause.end):
                continue
            rest = following.search(reader.text, at, clause.end)
            at = rest.start() if rest else clause.end
            yield Span(found.start(), at), Span(found.end(), at), bool(found["act"]) or found["verb"] in _DISPLACES
    for anchor, form in ((_AFTER_FOUND, _AFTER), (_BY_NOUN_FOUND, _BY_NOUN)):
        for clause in reader.clauses_with(anchor):
            matched = form.search(reader.text, clause.start, clause.end + 1)
            if matched and not re.search("不得|不应|禁止对|避免|防止", reader.text[clause.start : matched.start()]):
                slot = "listed" if "listed" in form.groupindex and matched["listed"] else "o"
                yield Span(*matched.span()), Span(*matched.span(slot)), True


def _fields(reader: Reader, phrase: Span, *, strong: bool) -> Iterator[Name]:
    """The fields in what is restricted, without how much of them (产能) and what is done (新建)."""
    text, (start, end) = reader.text, phrase
    both = _BOTH_HIGH.match(text, start, end)
    if both:
        yield Name(both["name"] + both["head"], "Industry", both[0])
        return
    for tail in (_DONE, _AMOUNT):
        if cut := tail.search(text[start:end]):
            strong, end = True, start + cut.start()
    if new := list(_NEW.finditer(text, start, end)):
        strong, start = True, new[-1].end()
    body = text[start:end]
    unwanted = bool(_UNWANTED.search(body))
    if not body or _NO_OBJECT.match(body) or _LAWLESS.search(body) or _NO_FIELD.search(body):
        return
    of = body.rfind("的") + 1
    if of and not unwanted:
        return  # 破坏海岸的项目: what is restricted is what the modifier says
    start += of
    strong = strong or unwanted or bool(_IS_DONE.search(body))
    found = [name for member in split_list(reader, start, end)[0] if (name := _field(reader, member, strong=strong))]
    for name in found:
        shared = any(other.label != name.label and other.label.endswith(name.label) for other in found)
        if not (shared or _NO_FIELD.search(name.label) or _DEED.match(name.label) or _COUNTED.search(name.label)):
            yield name


def _field(reader: Reader, member: Span, *, strong: bool) -> Name | None:
    """The field that one member of what is restricted names; `strong`: whatever it names is one."""
    start, end = trim(reader.text, *member)
    lead = _LEAD.match(reader.text, start, end)
    start = lead.end() if lead else start
    amount = _AMOUNT.search(reader.text[start:end])
    end = start + amount.start() if amount and amount.start() >= 2 else end
    name = field_name(reader, Span(start, end), strong=strong, short=strong)
    if name and _UNWANTED.fullmatch(name.label):
        return Name(name.text, name.kind, name.text)  # 高耗能项目 is not cut to 高耗能
    if name or not strong:
        return name
    whole = clean(reader.text[start:end])
    label = _TAIL.sub("", whole)
    bare = _UNWANTED.sub("", label) or label
    if not 2 <= len(label) <= 14 or reader.is_word(label, "wide_fields") or not is_name(label) or not reads_as_noun(bare):
        return None
    return Name(label, "Industry", whole, (whole,) if whole != label else ())


_CONTROLLED_BY = re.compile(r"(?:管制|管控|禁令|制裁|封锁|打压|遏制|限制|禁运)")
_CONTROLLED = re.compile(
    r"对(?:我国|中国|华)?的?(?P<o>[^对]{2,60}?)(?:等)?(?:产业|行业|领域)?(?:实施|采取|施加|进行|"
    r"发起)(?:了)?[^，。]{0,8}?(?:出口)?(?:管制|管控|禁令|制裁|封锁|打压|遏制|限制|禁运)"
)
_BY_WHOM = re.compile(
    r"(?:(?P<who>[\u4e00-\u9fff]{2,8})(?:推行|实施|出台|祭出|推出|"
    r"奉行))?[“\"](?P<name>[^“”\"]{2,16})[”\"](?:式)?的?(?:技术封锁|战略|政策|做法|围堵)"
)


def by_control(reader: Reader) -> Iterator[Claim]:
    """推行“…”战略，对半导体等领域实施出口管制: a named policy of control, and the fields it bears on."""
    for clause in reader.clauses_with(_CONTROLLED_BY):
        controlled = _CONTROLLED.search(reader.text, clause.start, clause.end)
        before = reader.clause(max(0, clause.start - 1))
        named = _BY_WHOM.search(reader.text, before.start, clause.end)
        if controlled is None or named is None:
            continue
        s = Name(named["name"], "Policy", named[0], tuple(f"{named['who']}{named['name']}" for _ in [0] if named["who"]))
        for o in fields(reader, Span(*controlled.span("o")), strong=True):
            yield reader.claim("restricts", {"s": s, "o": o}, before.start, clause.end, "restricts.control")
