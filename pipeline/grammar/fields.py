"""The fields that a stretch of text lists: its members, the class behind 等, and what a list of other things looks like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.annotate.words import words_of
from pipeline.extract.phrases import clean, split_list, without_count
from pipeline.extract.reader import Reader
from pipeline.grammar.field_clauses import is_clause
from pipeline.grammar.field_names import field_name, field_phrase, is_called, is_wide, named_by_type, named_by_words
from pipeline.grammar.list_slots import FIELD_KINDS, behind_count, word_of
from pipeline.model import Name, Span
from pipeline.patterns import lazy

# 以生物医药为主导的产业集群 supports 生物医药, but 以高技术为特征的生产力 supports no 高技术.
_DESCRIBED = lazy(
    r"以(?P<o>[^，]{2,40}?)为(?:(?P<marks>特征|特点|标志|目标|目的|导向|基础|前提|原则|载体|动力|驱动|支撑|保障)|[^，的]{2,6})的"
)


_COUNTED = lazy(r"[^，。]{0,16}?\d+(?:余|多)?(?:处|个|台|套|座|家|所|项|条|部|辆|艘)")
# 长续航、大载荷的无人机; 多功能、低成本任务设备: what the first members say of the head.
_MODIFIES = lazy("^[^业]{1,3}(?:[化性级]|(?<!转)型|性能|功能|成本|续航|载荷|可靠|精度|功率|强度|品质|多样)$")


class Listing(NamedTuple):
    """What a stretch lists: its members, and the class behind 等; `firms`: the class is one of firms or bodies."""

    members: list[Span]
    group: Span | None
    firms: bool


def holds_field(reader: Reader, span: Span) -> bool:
    """Whether a field that is known, or formed as the names of fields are, can be in a stretch: most hold none."""
    return bool(reader.wording.field_head.search(reader.text, *span)) or any(
        m.kind in FIELD_KINDS for m in reader.mentions(*span)
    )


def fields(reader: Reader, span: Span, *, strong: bool) -> Iterator[Name]:
    """The industries, sectors and technologies that a stretch lists; one that is known vouches for those beside it, and so
    does a `strong` verb."""
    described = _DESCRIBED.match(reader.text, *span)
    if described:
        if not described["marks"]:
            yield from fields(reader, Span(*described.span("o")), strong=False)
        span = Span(described.end(), span.end)
    stretch = governed(reader, span)
    listing = _listing(reader, stretch) if stretch else None
    if stretch and listing:
        used = stretch != span and reader.is_word(reader.text[stretch.start - 2 : stretch.start], "uses")
        counted = _COUNTED.match(reader.text, *(listing.group or span))
        named = list(_named(reader, listing, strong=strong and not used and not counted))
        if named and not (listing.members and _is_other(reader, listing.members)):  # most name none
            yield from named


def governed(reader: Reader, span: Span) -> Span | None:
    """Where the field stands in what a verb governs: behind 发展 in 支持企业发展数字产业, before 在 in 推动大模型在工厂应用;
    None where it is something else.
    """
    found: Span | None = span
    if not any(reader.word_places(span.start + 2, span.end - 2, "pivots")):
        return span  # most have none, and need not be cut into words
    for token in reader.tokens(*span):
        word = word_of(reader, token)
        if word == "、":
            break
        if token.start < span.start + 2 or token.end > span.end - 2 or not reader.is_word(word, "pivots"):
            continue
        before = Span(span.start, token.start)
        if word == "在" and holds_field(reader, before):
            return before
        joins = word == "与" and holds_field(reader, before)
        if joins or _ends_a_field(reader, before) or is_done_with(reader, reader.text[token.end : span.end]):
            continue
        does = reader.is_word(word, "engage_verbs") or reader.is_word(word, "uses")
        vouches = does and not _enters(reader, token.start, span.end)
        found = Span(token.end, span.end) if vouches else None
    return found


def _enters(reader: Reader, verb: int, end: int) -> bool:
    """Whether a market is what someone enters: 参与渔业市场, 进入海鲜交易市场."""
    return _ENTERS.match(reader.text, verb, end) is not None


_ENTERS = lazy("(?:参与|参加|进入).{2,}(?:市场|交易|竞争)$")


def _ends_a_field(reader: Reader, span: Span) -> bool:
    """Whether a known field ends a stretch: 低空经济|发展基础设施, where 发展 is a noun."""
    return any(mention.end == span.end and mention.kind in FIELD_KINDS for mention in reader.mentions(*span))


def _listing(reader: Reader, span: Span) -> Listing | None:
    """What a stretch lists; None where its class says that these are no fields."""
    listed = reader.text.find("、", *span) >= 0  # 甲、乙|三大产业
    members, group = split_list(reader, span.start, without_count(reader.text, *span) if listed else span.end)
    firms = False
    if group:
        phrase = clean(reader.text[behind_count(reader, *group) : group.end])
        framed = next((n for n in (3, 2) if reader.is_word(phrase[:n], "list_frames")), 0)
        if framed and len(phrase) > framed:
            return _listing(reader, Span(reader.text.index(phrase, *group) + framed, group.end))  # 在A、B等地区|发展C
        if gathers_others(reader, phrase):
            return None
        firms = any(reader.is_word(word, "actors") for word, _ in words_of(phrase)[:3])
    members = [part for member in whole_list(reader, members) for part in parted(reader, member)]
    return Listing(members, group, firms)


def parted(reader: Reader, member: Span) -> Iterator[Span]:
    """大数据与物联网: two known fields that one word joins are two members."""
    known = [mention for mention in reader.mentions(*member) if mention.kind in FIELD_KINDS and mention.start == member.start]
    end = max((mention.end for mention in known), default=member.start)
    joined = reader.text[end : end + 1] in ("和", "与", "及")
    if joined and any(m.start == end + 1 and m.kind in FIELD_KINDS for m in reader.mentions(end + 1, member.end)):
        yield Span(member.start, end)
        yield Span(end + 1, member.end)
    else:
        yield member


def gathers_others(reader: Reader, group: str) -> bool:
    """Whether the class of a list is none of fields: 等部门, 等数据共享, 等依法开展调解, 等企业高频业务."""
    bare = without_deeds(reader, group)
    of = group.find("的")
    return (
        reader.holds(group, "authorities")
        or (of > 0 and reader.ends_in(group[:of], "no_groups"))  # 等数据|的汇聚整合
        or is_supervised(reader, bare)
        or reader.ends_in(bare, "no_groups")
        or any(tag in ("d", "zg", "p") or reader.is_word(word, "means_nouns") for word, tag in words_of(group)[:1])
        or any(reader.is_word(word, "firms") for word, _ in words_of(bare)[:-1])
        or "环节" in group  # 等关键环节综合服务
    )


def _is_other(reader: Reader, members: list[Span]) -> bool:
    """Whether the last member says that the list is of oversight, of policies, or no list: 审计、统计监督; 财税、金融政策."""
    last = reader.text[slice(*members[-1])]
    return (
        is_oversight(reader, last)
        or reader.ends_in(last, "occasion_heads")
        or (len(members) > 1 and last.endswith(("政策", "政策措施")))
        or is_clause(reader, field_phrase(reader, members[-1]).labels[0])
    )


def is_oversight(reader: Reader, phrase: str) -> bool:
    """Whether a phrase names what an authority does, or what someone has: 价格监管, 审批事项; 资产管理 is a field."""
    bare = without_deeds(reader, phrase)
    return is_supervised(reader, bare) or (reader.ends_in(bare, "oversight") and not reader.wording.ends_in_field(bare))


def is_supervised(reader: Reader, phrase: str) -> bool:
    """Whether a phrase names what an authority alone does: 质量监管, 渔政执法."""
    return reader.ends_in(phrase, "supervision")


def _named(reader: Reader, listing: Listing, *, strong: bool) -> Iterator[Name]:
    """The fields of a listing; a firm is named for none, but where it is called as a field is."""
    members, group, firms = listing
    strong = strong and not firms
    class_name = field_name(reader, group, strong=False, wide=True) if group else None
    made = bool(group and reader.ends_in(without_deeds(reader, reader.text[slice(*group)]), "made_things"))
    if group and class_name is None and strong and made:  # 等任务设备及地面设备: two classes
        members = [*members, *split_list(reader, *group)[0]]
    phrases = [field_phrase(reader, member) for member in members]
    typed = [named_by_type(reader, phrase) for phrase in phrases]
    vouched = strong or bool(class_name) or (len(members) > 1 and 2 * sum(map(bool, typed)) >= len(members))
    parts = bool(group and reader.ends_in(reader.text[slice(*group)], "works"))  # 机房、管道等通信基础设施
    suffix = class_name.label if class_name and reader.is_word(class_name.label, "wide_fields") else ""
    for phrase, known in zip(phrases, typed, strict=True):
        by_words = vouched and not known and not parts and not is_called(reader, phrase)
        name = known or (named_by_words(reader, phrase, made=made) if by_words else None)
        if name and (name.term or not firms):
            longer = (name.label + suffix,) if not name.label.endswith(suffix) else ()
            yield Name(name.label, name.kind, name.text, (*name.aliases, *longer), name.term)
    if class_name and not is_wide(reader, class_name.label) and not class_name.label.endswith("模式"):
        yield class_name


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
    if of < 0 or is_done_with(reader, reader.text[of + 1 : end]):
        return members
    return [Span(of + 1, end)]


def is_done_with(reader: Reader, phrase: str) -> bool:
    """Whether a phrase says only what is done with a field: 应用推广, 高质量发展; or goes on with another: 和B."""
    if phrase[:1] in ("、", "和", "与", "及", "等"):
        return True
    rest = without_deeds(reader, phrase)
    while rest and (cut := next((n for n in (4, 3, 2) if reader.is_word(rest[-n:], "ways")), 0)):
        rest = without_deeds(reader, rest[:-cut])
    return not rest


def without_deeds(reader: Reader, phrase: str) -> str:
    """A phrase without the words at its end that say what is done with what it names, or to whom: 技术|的研发能力."""
    while cut := _deed(reader, phrase):
        phrase = phrase[:-cut].rstrip("的和与及、")
    return phrase


def _deed(reader: Reader, phrase: str) -> int:
    """Characters of the longest such word that ends a phrase; most end in none."""
    if not (reader.ends_in(phrase, "deeds") or reader.ends_in(phrase, "deed_tails")):
        return 0
    return next((n for n in range(min(8, len(phrase)), 1, -1) if _is_deed(reader, phrase[-n:])), 0)


def _is_deed(reader: Reader, word: str) -> bool:
    return reader.is_word(word, "deeds") or reader.is_word(word, "deed_tails")
