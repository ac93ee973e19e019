"""The names of quantities in the words before a figure: one or a list of them, each with its owner.

产销 are 产量 and 销量; 城乡居民收入 is of two kinds of residents; in 先进制造业、高技术制造业增加值 the last is of both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.annotate.tokens import Token
from pipeline.annotate.words import cutter
from pipeline.extract.figures.names import indicator, label_of
from pipeline.extract.figures.nouns import Nouns
from pipeline.extract.figures.patterns import Patterns
from pipeline.extract.figures.subjects import Subjects
from pipeline.extract.phrases import split_list
from pipeline.extract.reader import Reader
from pipeline.model import Name, Span
from pipeline.patterns import lazy

_TWO = 2
_PART = 12  # characters of the name of a part
_RATE = lazy(r"[\u4e00-\u9fff]{2}率\Z")
PARTS_OF_TRADE, _ADDED = "%parts_of_trade%", "%added%"
_TRADE = lazy("(?:进出口|贸易)(?:规模|总?额|总值)?\\Z")


class Named(NamedTuple):
    """A quantity and what it is of, None where its words do not say."""

    owner: Name | None
    name: Name


class Quantities:
    """The names of quantities of one document."""

    def __init__(self, reader: Reader, patterns: Patterns, nouns: Nouns, subjects: Subjects) -> None:
        self._reader, self._patterns, self._nouns, self._subjects = reader, patterns, nouns, subjects

    def whole(self, core: Span, deed: str) -> list[Named]:
        """The stretch as the name of one quantity, of what was told before: 服务费 in 购置税5元、服务费2元.

        The verb before the list is that of all its members: 改造 in 改造小区7个、危房2万户.
        """
        label = label_of(self._reader.text[slice(*core)])
        if not 2 <= len(label) <= 30:
            return []
        first = self._reader.tokens(*core)[0]
        tokens = self._reader.tokens(*core)
        acting = any(token.tag == "v" for token in tokens[:2])
        own = first.tag in ("v", "vd", "p") or (first.tag == "d" and acting) or self._is_done(first) or self.is_quantity(core)
        return [Named(None, indicator(label if own else deed + label, label))]

    def deed(self, core: Span) -> str:
        """The verb with which a stretch opens: 改造 of 改造小区; "" where it opens with none."""
        first = self._reader.tokens(*core)[0]
        return label_of(self._reader.text[first.start : first.end]) if self.is_deed(core) else ""

    def named(self, core: Span, count: int, *, predicated: bool) -> list[Named]:
        """The quantities that a stretch names before `count` figures; [] where it names none."""
        text = self._reader.text
        pair = next((word for word in self._patterns.pairs if word in text[core.start : core.end]), None) if count == 2 else None
        members, _ = split_list(self._reader, *core)
        if count > 1 and len(members) == count:
            return self._listed(members)
        if pair:
            return self._paired(core, pair)
        if count == 1 and len(members) > 1 and all(self.is_quantity(member) for member in members) and predicated:
            return self._listed(members)
        one = self._one(core, predicated)
        return [one] if one else []

    def is_quantity(self, span: Span) -> bool:
        """Whether a stretch ends as the name of a quantity."""
        return bool(self._patterns.quantity.search(self._reader.text[slice(*span)].rstrip("”’")))

    def is_bare(self, span: Span) -> bool:
        """Whether a stretch is the name of a quantity alone, which is of what was told before: 增量, 成交额, 满意率."""
        tokens = self._reader.tokens(*span)
        return span.end - span.start <= 4 and len(tokens) <= 2 and self.is_quantity(span)

    def is_deed(self, span: Span) -> bool:
        """Whether a stretch opens with a verb, whose doer it does not name: 完成投资, 带动就业."""
        tokens = self._reader.tokens(*span)
        named = len(tokens) > 1 and self._reader.word_before(tokens[1].end, "verbal_bodies", tokens[0].start) > 0
        return len(tokens) > 1 and self._is_done(tokens[0]) and not named  # not 保护|中心

    def has_subject(self, span: Span) -> bool:
        """Whether what stands before 的 tells who does something: 甲企业参加的|项目占比."""
        of = self._reader.text.rfind("的", *span)
        tokens = self._reader.tokens(span.start, of) if of > span.start else ()
        return any(token.tag == "v" and before.tag[0] in "nN" for before, token in pairwise(tokens))

    def is_deed_alone(self, span: Span) -> bool:
        """Whether a stretch is a deed without what it is done to: 新上市, 投产."""
        tokens = self._reader.tokens(*span)
        return all(token.tag[0] in "ad" or self._is_done(token) for token in tokens)

    def _is_done(self, token: Token) -> bool:
        return self._reader.is_word(self._reader.text[token.start : token.end], "counted_deeds")

    def is_stated(self, core: Span, named: Sequence[Named], listed: bool) -> bool:
        """Whether what stands right before a number is a quantity of someone, a deed, or one of a list."""
        tokens = self._reader.tokens(*core)
        deed = any(self._reader.is_word(self._reader.text[token.start : token.end], "counted_deeds") for token in tokens)
        return bool(named) and (self.is_quantity(core) or deed or listed)

    def is_general(self, span: Span) -> bool:
        """Whether a stretch is a quantity of whatever was told before: 总量, 数量, 增量."""
        return self._is_general(label_of(self._reader.text[slice(*span)]))

    def _is_general(self, label: str) -> bool:
        added = self._reader.pattern(_ADDED).match(label)
        return any(self._reader.is_word(label[at:], "general_quantities") for at in (0, added.end() if added else 0))

    def within(self, name: Name, told: Name) -> Name:
        """总量 behind 经营主体 as 经营主体总量; the name of a quantity that is of something by itself stays as it is."""
        if not self._is_general(name.label):
            head = self._head_before(name.label, told.label)
            return indicator(head + name.label, name.label, *name.aliases) if head else name
        if told.label.endswith(name.label):
            return told
        thing = told.aliases[0] if told.aliases and told.label.endswith(told.aliases[0]) else told.label
        return indicator(f"{thing}{name.label}", name.label, thing)

    def _head_before(self, label: str, told: str) -> str:
        """What a quantity told before is of, and the next too: 粮食 of 粮食总产 for 单产, 毕业生 of 毕业生就业率 for 升学率."""
        reader = self._reader
        trade = _TRADE.search(told) if reader.pattern(PARTS_OF_TRADE).match(label) else None
        if label.startswith("对") and label.endswith("贡献率"):
            return told  # 增加值增长8%、|对增长贡献率
        if reader.is_word(label, "budget_sides") and reader.ends_in(told, "budget_sides"):
            return told[:-_TWO]  # 一般公共预算收入…、支出
        if trade:
            return told[: trade.start()]  # 服务贸易规模…，其中出口
        if len(label) == _TWO:
            openings = (label[0], told[-_TWO:][:1])
            paired = told[-1:] == label[-1] and all(reader.is_word(each, "yield_openings") for each in openings)
            return told[:-_TWO] if paired else ""
        rate = _RATE.search(label)
        if rate is None or not told.endswith(rate[0]):
            return ""
        head = told.removesuffix(rate[0])
        of_persons = reader.ends_in(head, "person_endings") and not reader.ends_in(label[: rate.start()], "person_endings")
        return head if of_persons else ""

    def part_of(self, core: Span, quantity: str) -> Named | None:
        """The quantity told before, of a part that a stretch names: 机器人产量 behind 产品产量; None where it names no part."""
        label, tokens = label_of(self._reader.text[slice(*core)]), self._reader.tokens(*core)
        place = next((m for m in self._reader.mentions(*core) if m.start == core.start and m.end == core.end), None)
        if place and place.kind == "Place":
            return Named(self._nouns.thing(core), indicator(quantity))
        tail = self.tail(quantity)
        plain = all(token.tag[0] in "njNbaex" or token.tag in ("vn", "l") for token in tokens) and tokens[-1].tag[0] in "njN"
        if not tail or not plain or not _TWO <= len(label) <= _PART or self.is_quantity(core):
            return None
        return Named(None, indicator(label + tail, label))

    def tail(self, quantity: str) -> str:
        """The last word of the name of a quantity, where that is one by itself: 产量, 理论资源量; "" else."""
        words = list(cutter()(quantity))
        last = words[-1] if words and len(words[-1]) > 1 else "".join(words[-_TWO:])
        last = last if self._patterns.quantity.search(last) else ""
        pure = (last[at:] for at in range(len(last)) if self._reader.is_word(last[at:], "output_quantities"))
        last = next(pure, last)  # 产品|产量
        return "" if self._reader.is_word(last, "general_quantities") else last

    def _one(self, core: Span, predicated: bool) -> Named | None:
        caused = self._behind_cause(core) if predicated else None
        if caused:
            one = self._one(caused, predicated)
            before = [token for token in self._reader.tokens(*core) if token.end < caused.start]
            subject = self._subjects.of_clause(Span(core.start, caused.start)) if before else None
            return Named(one.owner or subject, one.name) if one else None
        owned = self._subjects.parted(core)
        span, owner = owned.quantity, owned.owner
        if span.end <= span.start:
            return None
        if not predicated:
            return self._acted(span, owner)
        label = label_of(self._reader.text[slice(*span)])
        if not 2 <= len(label) <= 30 or not self._nouns.sound(self._reader.tokens(*span)):
            return None
        return Named(owner, indicator(label, *self._whole(owner, core)))

    def _whole(self, owner: Name | None, core: Span) -> tuple[str, ...]:
        """The whole phrase as another form, where its first part names the owner."""
        return (label_of(self._reader.text[slice(*core)]),) if owner is not None and owner.kind != "Place" else ()

    def _behind_cause(self, span: Span) -> Span | None:
        """使生产效率(提高), 将办理时限(压缩): what stands behind the verb that makes it change."""
        reader = self._reader
        for token in reversed(reader.tokens(*span)):
            word = reader.text[token.start : token.end]
            if reader.is_word(word, "causes") and token.end < span.end:
                return None if reader.is_word(word, "brings_along") else Span(token.end, span.end)
        return None

    def _acted(self, span: Span, owner: Name | None) -> Named | None:
        """A verb with its object before a figure: 新增|床位(7000张), 高新区|落地|成果(104项), 甲向乙支付了|价款(500元)."""
        reader, text = self._reader, self._reader.text
        tokens = reader.tokens(*span)
        verbs = [at for at, token in enumerate(tokens[:-1]) if token.tag in ("v", "vd", "p", "d")]
        if verbs and verbs[0] == 0:
            return self._deed(tokens, span.end, owner)
        for at in verbs if owner is None else ():
            subject = self._subjects.of_tokens(tokens[:at]) if self._subjects.acts(tokens[:at]) else None
            if subject is not None:
                return self._deed(tokens[at:], span.end, subject)
        quoted = text.find("“", *span) >= 0
        adverb = max((at for at, token in enumerate(tokens[:-1]) if token.tag == "d" and not quoted), default=-1)
        if adverb >= 0:  # 大棚建设|共|完成投资
            return self._acted(Span(tokens[adverb].end, span.end), owner)
        if owner is None and tokens[-1].tag == "v" and len(tokens) > 1 and self._subjects.is_body(tokens[:-1]):
            deed = label_of(text[tokens[-1].start : span.end])
            return Named(self._subjects.of_tokens(tokens[:-1]), indicator(deed, label_of(text[slice(*span)])))  # 乙局|推荐(2个)
        label = label_of(text[slice(*span)])
        if re.search("[，。；]", label) or not 2 <= len(label) <= 30 or not self._nouns.sound(tokens):
            return None
        return Named(owner, indicator(label))

    def _deed(self, tokens: Sequence[Token], end: int, owner: Name | None) -> Named | None:
        """The last verb of tokens with its object, up to `end`; the object alone as another form, and in front where the verb
        only says that there is so much of it."""
        reader, text = self._reader, self._reader.text
        verbs = [token for token in tokens[:-1] if token.tag in ("v", "vd")]
        if not verbs:
            return None
        verb = verbs[-1] if tokens[0].tag == "p" else verbs[0]
        start = verb.end + text.startswith("了", verb.end)
        rest = label_of(text[start:end])
        light = reader.is_word(text[verb.start : verb.end], "holds_many") or reader.is_word(text[verb.start : verb.end], "causes")
        light = light and not reader.is_word(text[verb.start : verb.end], "brings_along")
        whole = rest if light else label_of(text[verb.start : verb.end]) + rest
        objects = [token for token in tokens if token.start >= start]
        if not len(rest) >= 2 or len(whole) > 30 or not self._nouns.sound(objects):
            return None
        last = rest.rpartition("等")[2]
        return Named(owner, indicator(whole, rest, last))

    def _listed(self, members: Sequence[Span]) -> list[Named]:
        """The quantities of a list, with the words that its members share; [] where a member names none."""
        tail, head = self._shared_tail(members), self._shared_head(members)
        led = self._preposition(members[0])
        found = []
        for member in members:
            text = self._reader.text[slice(*member)]
            if tail and member != members[-1] and not (self.is_quantity(member) or self.is_deed(member)):
                found.append(Named(None, _led(led, text + tail)) if led else self._with_tail(member, tail))
            elif head and member != members[0] and self._is_one_word(member, members[0]) and self.is_bare(member):
                owner = self._subjects.parted(members[0]).owner
                found.append(Named(owner, indicator(label_of(head + text), label_of(text))))
            elif led:
                found.append(Named(None, _led(led, text)))
            elif one := self._one(member, True):
                found.append(one)
            else:
                return []
        return found

    def _preposition(self, member: Span) -> str:
        """The preposition that opens a list and is that of all its members: 对 of 对非洲、欧洲出口; "" where none does."""
        first = next(iter(self._reader.tokens(*member)), None)
        return self._reader.text[first.start : first.end] if first and first.tag == "p" else ""

    def _with_tail(self, member: Span, tail: str) -> Named:
        """The quantity of a member that names only what it is of: 先进制造业|增加值."""
        text = self._reader.text[slice(*member)]
        owned = self._subjects.parted(member)
        owner = owned.owner or self._owner_of(member)
        own = self._reader.text[slice(*owned.quantity)] if owned.owner else ""  # 我国|手机、电视的销量
        label = label_of(own + tail if owner else text + tail)
        return Named(owner, indicator(label, label_of(text + tail)))

    def _is_one_word(self, member: Span, first: Span) -> bool:
        """Whether a member is one word, or ends as the first one does: 起数、死亡人数."""
        text = self._reader.text
        return len(self._reader.tokens(*member)) == 1 or text[member.end - 1] == text[first.end - 1]

    def _owner_of(self, member: Span) -> Name | None:
        kinds = ("Industry", "Technology", "Place")
        within = self._reader.mentions(*member)
        mention = next(
            (m for m in within if m.start == member.start and m.end == member.end and m.term and m.kind in kinds), None
        )
        owner = self._nouns.thing(member) if mention else None
        return self._subjects.placed(owner) if owner else None

    def _shared_tail(self, members: Sequence[Span]) -> str:
        """What of the last member is that of all: 增加值 of 先进制造业、高技术制造业增加值."""
        *first, last = members
        if not self.is_quantity(last):
            return self._shared_word(members)
        if all(self.is_quantity(member) for member in first):
            return ""
        text, tokens = self._reader.text, self._reader.tokens(*last)
        alike = text[first[-1].end - 1] == text[tokens[0].end - 1]  # 省级、市级|用地比例
        if len(tokens) > 1 and (alike or self._is_place(Span(*tokens[0][:2]))):
            return text[tokens[1].start : last.end]
        of = text.rfind("的", *last) + 1
        if of > last.start:
            return text[of : last.end]
        start = last.end
        while start > tokens[0].end and (found := self._patterns.quantity.search(text[tokens[0].end : start])):
            at = tokens[0].end + found.start()
            start = max(token.start for token in tokens if token.start <= at)
        grouped = not any(text[member.end - 1] == "业" for member in first)
        group = self._reader.word_before(start, "trade_nouns", tokens[0].end) if grouped else 0
        return text[start - group : last.end]

    def _shared_word(self, members: Sequence[Span]) -> str:
        """案件 of 刑事、治安案件: the word that ends the last of members of one word each."""
        words = [self._reader.tokens(*member) for member in members]
        single = all(len(each) == 1 and each[0].end - each[0].start == _TWO for each in words[:-1])
        last = words[-1]
        paired = len(last) == _TWO and last[0].end - last[0].start == _TWO and last[0].tag[0] == words[0][0].tag[0]
        return self._reader.text[slice(*last[1][:2])] if single and paired else ""

    def _is_place(self, span: Span) -> bool:
        return any(m.start == span.start and m.end == span.end and m.kind == "Place" for m in self._reader.mentions(*span))

    def _shared_head(self, members: Sequence[Span]) -> str:
        """What of the first member is that of all: 入境游客 of 入境游客数量和花费."""
        first = self._reader.text[slice(*members[0])]
        found = self._patterns.quantity.search(first)
        tokens = self._reader.tokens(*members[0])
        if found is None or len(tokens) < 2 or not self.is_bare(members[-1]):
            return ""
        return self._reader.text[members[0].start : tokens[-1].start]

    def _paired(self, core: Span, pair: str) -> list[Named]:
        """城乡居民收入 as that of 城镇居民 and 农村居民."""
        text = self._reader.text[slice(*core)]
        owned = self._subjects.parted(core)
        quantity = self._reader.text[slice(*owned.quantity)]
        if pair not in quantity:
            return []
        return [
            Named(owned.owner, indicator(label_of(quantity.replace(pair, word)), label_of(text.replace(pair, word))))
            for word in self._patterns.pairs[pair]
        ]


def _led(preposition: str, phrase: str) -> Name:
    """The quantity that a phrase names behind the preposition of its list."""
    return indicator(label_of(phrase if phrase.startswith(preposition) else preposition + phrase))
