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
from pipeline.patterns import lazy

# What is done with a field: after such a word whatever the phrase names is one.
_ACT = "(?:%unruly_manner%*%done_with_field%(?:和|或者?|及|、)?)"
_NEXT = r"、(?=%restraining_manner%*(?:{verbs}))|并(?=%restraining_manner%*(?:{verbs}))"
_LEFT = r"(?:^|[\s、：“”（）()》.．条]|[内中区上市省县村]|(?<!响)应当?|%before_restraining%)$"
_LIFTED = "%lifts%[^，]{0,3}$"
# How much of a field there is: 水泥产能, 煤炭消费总量, 钢铁行业过剩产能.
_AMOUNT = "(?:等)?的?%unwanted_amounts%*%field_amounts%(?:盲目|过快|无序)?(?:扩张|增长|增加)?$"
_DONE = "%unruly_growth%*%done_to_grow%$"
_LEAD = "%kinds_of_works%+(?=.{2})"
_TAIL = "(?:类)?%field_things%$"
_UNWANTED = "[高两](?:耗能|耗水|污染|排放|能耗|高)|%unwanted%"
_NO_OBJECT = "[的其在率赛器性额]|任何(?:单位|组织|个人)|%no_restrained%"
_DEED = "%offences%"  # which a phrase that names a field does not begin with: 禁止达成垄断协议
_COUNTED = lazy(r"[\d一二三四五六七八九十百千万]+(?:项|个|家|座|台|处|类|条|万|元|%)")
_UNLESS = lazy("未(?:经|取得|获|依法|按|纳入|列入)|不(?:符合|具备)")
_BOTH_HIGH = lazy('[“"]?(?P<name>两高(?:一资|一低|一剩)?)[”"]?(?P<head>项目|行业|企业)')
_NEW = lazy("新建|改?扩建|新增|新上")
_AFTER = (
    "(?:推动|推进|引导|促进|倒逼)?(?P<o>[^，。；：！？\n]{2,50}?)(?:要|应当?|须|将)?%closing_manner%+%closes_down%(?:市场)?(?=[，。；！\n]|$)"
)
_BY_NOUN = (
    r"对(?:于)?(?P<o>[^对，。；：！？\n]{2,50}?)(?:严格)?%carries_through%(?:了)?(?:严格的?|更严的?|差别化)?"
    r"(?:(?!不)[^，。；：\n]){0,6}?%controls%(?=[，。；、\n]|措施|$)"
    r"|(?:将|把)?(?P<listed>[^，。；：！？\n]{2,50}?)(?:列入|列为|纳入)[^，。；：！？\n]{0,16}?(?:限制|淘汰|禁止)(?:类|发展)"
)
_BY_NOUN_FOUND = "%controls%|淘汰(?:类|发展)|禁止(?:类|发展)"  # each opens with a letter: scanned for fast
_AFTER_FOUND = "%closes_down%(?:市场)?(?=[，。；！\n]|$)"
_NOT_SO = "不得|不应|禁止对|避免|防止"


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
    before = reader.pattern(
        f"(?:(?P<bar>%bars%)(?={_ACT})|(?P<verb>(?:{verbs})+|化解(?=[^，。；]{{2,30}}产能)))"
        rf"(?:在[^，。；]{{1,20}}?(?:[内中上]|区(?![内域中])))?(?P<act>{_ACT}*)"
    )
    following = reader.pattern(_NEXT.format(verbs=f"{verbs}|%bars%"))
    for clause in reader.clauses_with(reader.pattern(f"{verbs}|%bars%|化解")):
        at = clause.start
        conditional = _UNLESS.search(reader.text, reader.sentence(at).start, clause.end)
        if conditional:
            continue  # 未经批准，不得从事X: who may not, and not what
        while found := before.search(reader.text, at, clause.end):
            left = reader.text[clause.start : found.start()]
            at = found.end()
            barred = reader.pattern(_LIFTED).search(left) or reader.pattern(_NO_OBJECT).match(reader.text, at, clause.end)
            if barred or not reader.pattern(_LEFT).search(left):
                continue
            rest = following.search(reader.text, at, clause.end)
            at = rest.start() if rest else clause.end
            yield Span(found.start(), at), Span(found.end(), at), bool(found["act"]) or reader.is_word(found["verb"], "displaces")
    for anchor, form in ((_AFTER_FOUND, _AFTER), (_BY_NOUN_FOUND, _BY_NOUN)):
        for clause in reader.clauses_with(reader.pattern(anchor)):
            matched = reader.pattern(form).search(reader.text, clause.start, clause.end + 1)
            if matched and not re.search(_NOT_SO, reader.text[clause.start : matched.start()]):
                slot = "listed" if matched.groupdict().get("listed") else "o"
                yield Span(*matched.span()), Span(*matched.span(slot)), True


def _fields(reader: Reader, phrase: Span, *, strong: bool) -> Iterator[Name]:
    """The fields in what is restricted, without how much of them (产能) and what is done (新建)."""
    text, (start, end) = reader.text, phrase
    both = _BOTH_HIGH.match(text, start, end)
    if both:
        yield Name(both["name"] + both["head"], "Industry", both[0])
        return
    for tail in (_DONE, _AMOUNT):
        if cut := reader.pattern(tail).search(text[start:end]):
            strong, end = True, start + cut.start()
    if new := list(_NEW.finditer(text, start, end)):
        strong, start = True, new[-1].end()
    body = text[start:end]
    unwanted = bool(reader.pattern(_UNWANTED).search(body))
    if not body or reader.pattern(_NO_OBJECT).match(body):
        return
    if reader.holds(body, "lawless") or reader.ends_in(body, "no_restrained_fields"):
        return
    of = body.rfind("的") + 1
    if of and not unwanted:
        return  # 破坏海岸的项目: what is restricted is what the modifier says
    start += of
    strong = strong or unwanted or reader.ends_in(body, "processing")
    found = [name for member in split_list(reader, start, end)[0] if (name := _field(reader, member, strong=strong))]
    for name in found:
        shared = any(other.label != name.label and other.label.endswith(name.label) for other in found)
        no_field = reader.ends_in(name.label, "no_restrained_fields") or reader.pattern(_DEED).match(name.label)
        if not (shared or no_field or _COUNTED.search(name.label)):
            yield name


def _field(reader: Reader, member: Span, *, strong: bool) -> Name | None:
    """The field that one member of what is restricted names; `strong`: whatever it names is one."""
    start, end = trim(reader.text, *member)
    lead = reader.pattern(_LEAD).match(reader.text, start, end)
    start = lead.end() if lead else start
    amount = reader.pattern(_AMOUNT).search(reader.text[start:end])
    end = start + amount.start() if amount and amount.start() >= 2 else end
    name = field_name(reader, Span(start, end), strong=strong, short=strong)
    if name and reader.pattern(_UNWANTED).fullmatch(name.label):
        return Name(name.text, name.kind, name.text)  # 高耗能项目 is not cut to 高耗能
    if name or not strong:
        return name
    whole = clean(reader.text[start:end])
    label = reader.pattern(_TAIL).sub("", whole)
    bare = reader.pattern(_UNWANTED).sub("", label) or label
    if not 2 <= len(label) <= 14 or reader.is_word(label, "wide_fields") or not is_name(label) or not reads_as_noun(bare):
        return None
    return Name(label, "Industry", whole, (whole,) if whole != label else ())


_CONTROLLED_BY = "%trade_controls%"
_CONTROLLED = (
    r"对(?:我国|中国|华)?的?(?P<o>[^对]{2,60}?)(?:等)?(?:产业|行业|领域)?%imposes%(?:了)?[^，。]{0,8}?(?:出口)?%trade_controls%"
)
_BY_WHOM = (
    r"(?:(?P<who>[\u4e00-\u9fff]{2,8})%pursues%)?[“\"](?P<name>[^“”\"]{2,16})[”\"](?:式)?的?%control_policies%"
)


def by_control(reader: Reader) -> Iterator[Claim]:
    """推行“…”战略，对半导体等领域实施出口管制: a named policy of control, and the fields it bears on."""
    for clause in reader.clauses_with(reader.pattern(_CONTROLLED_BY)):
        controlled = reader.pattern(_CONTROLLED).search(reader.text, clause.start, clause.end)
        before = reader.clause(max(0, clause.start - 1))
        named = reader.pattern(_BY_WHOM).search(reader.text, before.start, clause.end)
        if controlled is None or named is None:
            continue
        s = Name(named["name"], "Policy", named[0], tuple(f"{named['who']}{named['name']}" for _ in [0] if named["who"]))
        for o in fields(reader, Span(*controlled.span("o")), strong=True):
            yield reader.claim("restricts", {"s": s, "o": o}, before.start, clause.end, "restricts.control")
