"""Of what a figure is: the subject of a clause, and the name of a quantity parted from that of its owner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.annotate.tokens import Token
from pipeline.annotate.words import tagger
from pipeline.extract.figures.nouns import Nouns
from pipeline.extract.figures.patterns import Patterns
from pipeline.extract.figures.speaker import Speaker, named_as
from pipeline.extract.reader import Reader
from pipeline.model import Mention, Name, Span
from pipeline.patterns import lazy

_OWNERS = ("Place", "Body", "Industry", "Technology", "Policy", "Person")
_ACTORS = ("Place", "Body", "Policy", "Person")
_FORMS = ("bodies", "firms", "doers_of_figures")  # classes of words that end the names of those who act
_MEAN = lazy("[平人户]均")
_BY = lazy(r"\s*(?:按照?|根?据|依据|通过|经过|围绕|针对)")
_BOTH = lazy("[与和]")
_FIRM = lazy("^[\u4e00-\u9fff]{2,14}(?<!和)(?:公司|集团)")
_PROPER = ("nr", "ns", "nt", "nz")
_FIELD = 4  # characters that the name of a field of work has at least
_FEWEST = 4  # characters of the name of a work
_PURE = 4  # characters that the bare name of a quantity has at most


class Owned(NamedTuple):
    """The name of a quantity, `quantity`, and of whom or what it is, `owner`, None where the words do not say."""

    owner: Name | None
    quantity: Span


class Subjects:
    """Who and what the figures of one document are of."""

    def __init__(self, reader: Reader, patterns: Patterns, speaker: Speaker, nouns: Nouns) -> None:
        self._reader, self._patterns, self._speaker, self._nouns = reader, patterns, speaker, nouns

    # Who does something?

    def of_clause(self, span: Span) -> Name | None:
        """The subject with which a clause opens, before its first verb or preposition, where it is one known by name or form."""
        taken: list[Token] = []
        if _BY.match(self._reader.text, *span):
            return None  # 按照甲的界定
        for token in self._reader.tokens(self._nouns.opening(span), span.end):
            led = self._reader.word_at(token.start, "led_into") > 1 or token.end == span.end
            idiom = token.tag in ("l", "i") and led and taken  # 奶源基地|初具规模, 企业|积极开展
            if idiom or (token.tag.startswith(("v", "d", "p", "r")) and token.tag != "vn"):
                break
            taken.append(token)
        else:
            return None  # a clause without a verb
        found = self.of_tokens(taken)
        if found is None or self._patterns.quantity.search(found.label) or self._reader.is_word(found.label, "no_owners"):
            return None
        if self._reader.ends_in(found.label, "sources_of_figures"):
            return None  # 统计数据|显示
        proper = taken[-1].tag in ("nr", "ns", "nt", "nz", "eng", "NAME") or found.term is not None
        formed = self._is_formed(found.label) or self._reader.wording.ends_in_field(found.label)
        formed = formed or self._reader.ends_in(found.label, "works_under_way")
        return found if proper or formed else None

    def of_tokens(self, tokens: Sequence[Token]) -> Name | None:
        """The subject that tokens name before a verb; None where they are no noun phrase."""
        taken = list(tokens)
        while taken and taken[-1].tag[0] in "adzmuctxq":
            taken.pop()
        if not taken:
            return None
        first, last = taken[0], taken[-1]
        leads = first.tag[0] in "vdprcum" and first.tag != "vn" and self._reader.text[first.start] != "第"
        if leads or (last.tag[0] not in "njlisNe" and last.tag != "vn"):
            return None
        return self._nouns.thing(Span(first.start, last.end))

    def acts(self, tokens: Sequence[Token]) -> bool:
        """Whether a noun phrase may be who acts: a body, a place, a policy or a firm; any noun where no place is spoken for."""
        reader, last = self._reader, tokens[-1]
        start = tokens[0].start
        if reader.is_word(reader.text[start : last.end], "no_owners"):
            return False
        if not self._speaker.for_place and last.tag[0] in "nN":
            return True
        known = any(m.end == last.end and m.kind in _ACTORS for m in reader.mentions(start, last.end))
        return known or self._is_formed(reader.text[last.start : last.end])

    def is_body(self, tokens: Sequence[Token]) -> bool:
        """Whether a noun phrase ends as the name of a body does."""
        return self._reader.ends_in(self._reader.text[tokens[0].start : tokens[-1].end], "bodies")

    def is_work(self, subject: Name) -> bool:
        """Whether a subject is a work under way, a place or a body other than those for which the text speaks."""
        if subject.kind in ("Place", "Body"):
            return self._speaker.who is None or subject.label != self._speaker.who.label
        general = len(subject.label) < _FEWEST or subject.label[0] in "全各"
        return not general and self._reader.ends_in(subject.label, "works_under_way")

    def placed(self, owner: Name) -> Name:
        """A field of work as that of the place for which the text speaks."""
        return self._speaker.with_place(owner) if self._speaker.is_field(owner) else owner

    def names_body(self, start: int, end: int) -> bool:
        """Whether the name of a firm stands in a stretch."""
        return _FIRM.match(self._reader.text[start:end]) is not None

    def is_doer(self, subject: Name) -> bool:
        """Whether a subject is one who does something, by its name."""
        last = list(tagger()(subject.label))[-1:]
        return self._is_formed(subject.label) or any(tag.startswith(_PROPER) for _, tag in last)

    def _is_formed(self, name: str) -> bool:
        return any(self._reader.ends_in(name, form) for form in _FORMS)

    # Of what is a quantity?

    def parted(self, span: Span) -> Owned:
        """The name of a quantity in a stretch, and what it is of: 我国|航天发射次数, 冰雪经济|总产出, 数字经济的|规模."""
        whole = Span(self._nouns.opening(span), span.end)
        own = self._speaker.owns(*whole)
        if own:
            return self._behind_own(whole, own)
        return self._by_of(whole) or self._by_name(whole) or self._by_last_word(whole) or Owned(None, whole)

    def _behind_own(self, whole: Span, length: int) -> Owned:
        """我国|研发人员总量; 我国|新能源汽车|产量, where what stands between has the quantity by itself."""
        reader, text = self._reader, self._reader.text
        owner = self._speaker.own(text[whole.start : whole.start + length])
        rest = self._nouns.opening(Span(whole.start + length, whole.end))
        if rest >= whole.end:
            return Owned(owner, Span(whole.end, whole.end))
        inner = self.parted(Span(rest, whole.end))
        if inner.owner is not None:
            quantity = re.sub(r"\s", "", text[slice(*inner.quantity)])
            field = inner.owner.kind in _OWNERS or reader.wording.ends_in_field(inner.owner.label)
            if field or reader.is_word(quantity, "output_quantities"):
                place = owner if owner and owner.kind == "Place" and inner.owner.kind not in _ACTORS else None
                return Owned(self._speaker.placed(inner.owner, place) if place else inner.owner, inner.quantity)
        return Owned(owner, Span(rest, whole.end))

    def _by_of(self, whole: Span) -> Owned | None:
        """数字经济的|规模; not 甲与乙的比率, which is of both."""
        text, (start, end) = self._reader.text, whole
        of = text.rfind("的", start, end)
        if of <= start or not self._is_quantity(of + 1, end):
            return None
        if text.startswith("比", of + 1) and _BOTH.search(text, start, of):
            return Owned(None, whole)
        told = any(token.tag == "v" for token in self._reader.tokens(start, of))  # 甲地需偿还|的债务总额, 获奖的总数
        owner = None if told or text[start] == "可" else self._nouns.thing(Span(start, of))  # 可供分配的利润
        return Owned(owner, Span(of + 1, end)) if owner else Owned(None, whole)

    def _by_name(self, whole: Span) -> Owned | None:
        """冰雪经济|总产出: a known name before the name of a quantity."""
        reader, (start, end) = self._reader, whole
        first = next((m for m in reader.mentions(start, end) if m.start == start and m.term and m.end < end), None)
        if first is None or first.kind not in _OWNERS or not self._may_own(first, end):
            return None
        return Owned(self._speaker.with_place(named_as(first, reader)), Span(first.end, end))

    def _may_own(self, first: Mention, end: int) -> bool:
        """Whether a known name owns the quantity that follows it, and is no part of its name."""
        if self._speaker.is_abroad(first) or self._reader.is_word(self._reader.text[first.start : first.end], "no_owners"):
            return False
        if first.kind == "Place" and self.names_body(first.end, end):
            return False  # 甲省|乙农业有限公司年产值
        return self._is_quantity(first.end, end) and (first.kind in ("Place", "Body") or self._is_pure(first.end, end))

    def _by_last_word(self, whole: Span) -> Owned | None:
        """装备工业|增加值: a field of work before the bare name of a quantity; any noun where no place is spoken for."""
        text, tokens = self._reader.text, self._reader.tokens(*whole)
        for at in range(len(tokens) - 1, max(0, len(tokens) - 3), -1):
            start = tokens[at].start
            if not self._is_pure(start, whole.end):
                continue
            first = self._with_market(tokens, at)
            start, before = tokens[first].start, text[whole.start : tokens[first].start]
            if _MEAN.search(before) or self._is_quantity(whole.start, start):
                return None  # 平均受教育|年限, 总产值|增长率
            if self._names_field(tokens[:first], before) or (
                self._speaker.who is None and len(before) >= _FIELD - 1 and _is_noun(tokens[:first])
            ):
                owner = self._nouns.thing(Span(whole.start, start))
                return Owned(self._speaker.with_place(owner), Span(start, whole.end)) if owner else None
        return None

    def _with_market(self, tokens: Sequence[Token], at: int) -> int:
        """The first token of a bare quantity with where something is sold or done: 产品|海外收入."""
        while at > 1 and self._reader.is_word(self._reader.text[tokens[at - 1].start : tokens[at - 1].end], "home_and_abroad"):
            at -= 1
        return at

    def _names_field(self, tokens: Sequence[Token], words: str) -> bool:
        """Whether words name a field of work, and no verb that brings it about: 装备工业, not 带动经济."""
        if tokens[0].tag[0] in "vdp" or len(words) < _FIELD or not self._reader.wording.ends_in_field(words):
            return False
        return not any(self._reader.is_word(self._reader.text[token.start : token.end], "causes") for token in tokens)

    def _is_pure(self, start: int, end: int) -> bool:
        """Whether a stretch is the bare name of a quantity: 产量, 总产出, 种植面积; not 科技进步贡献率, 新增就业, 总额."""
        text = self._reader.text[start:end]
        general = self._reader.is_word(text, "general_quantities") and not self._reader.is_word(text, "output_quantities")
        if not 2 <= len(text) <= _PURE or general or text[0] == "新":
            return False
        tokens = self._reader.tokens(start, end)
        cut = tokens[0].end - tokens[0].start == 1 and len(tokens) > 1 and text[0] not in "总年月日净均户"  # 竹产业|链产值
        last = self._reader.text[tokens[-1].start : end]
        things = len(tokens) > 1 and tokens[0].tag == "n" and self._reader.is_word(last, "general_quantities")  # 街区|总量
        cut = cut or (things and not self._reader.is_word(text, "output_quantities"))
        return len(tokens) <= 2 and not cut and self._is_quantity(start, end)

    def _is_quantity(self, start: int, end: int) -> bool:
        """Whether a stretch names a quantity: 总产出, 增加值; not 投资引导基金."""
        return bool(self._patterns.quantity.search(self._reader.text[start:end]))


def _is_noun(tokens: Sequence[Token]) -> bool:
    plain = all(token.tag[0] in "njlisbaNec" or token.tag in ("vn", "x", "uj") for token in tokens)
    return plain and tokens[-1].tag[0] in "njlisN"
