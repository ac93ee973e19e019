"""What fills the slots of productions of events: who acts, on what, and what was brought about."""

from __future__ import annotations

from pipeline.annotate.tokens import NAME, Token
from pipeline.annotate.words import is_predicate
from pipeline.extract.phrases import clean, is_name, split_list, trim
from pipeline.extract.reader import Reader
from pipeline.grammar.doers import anyone, doer
from pipeline.grammar.list_slots import SlotReader
from pipeline.grammar.occasions import OCCASION_SLOTS, occasion, owner
from pipeline.grammar.sites import site, sites
from pipeline.grammar.stretches import bare, counts, ends_in_count, is_made_of, is_put_together
from pipeline.model import Span
from pipeline.parse.setting import opening
from pipeline.patterns import lazy

_LONGEST_OBJECT = 40  # characters
_TIMES = lazy("[一两三四五六七八九十\\d]+[次轮]")  # 两次审核
_LONGEST_CHANNEL = 16  # characters
_LONGEST_DEED = 8  # characters of a deed as a noun
_SHORTEST_THING = 4
_TWO = 2  # members of a list
_OF_WORKS = ("部", "篇", "首")  # measures of works, which say how many and not how large: 13部作品
_STEM = 2  # characters of a member whose head stands behind the list


# What is done, and to what.


def deed_object(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What a deed is done to: the rest of its clause."""
    if reader.text.startswith(("的", "草案", "案"), span.start) or _ITSELF.match(reader.text, span.start):
        return ()  # 颁发的意见, 修订草案, 制定本规定
    start, end = trim(reader.text, span.start, span.end - reader.word_before(span.end, "since", span.start))
    text = reader.text[start:end]
    good = 2 <= len(clean(text)) <= _LONGEST_OBJECT and text.count("《") == text.count("》")
    return (Span(start, end),) if good and not _is_no_object(reader, Span(start, end), span.end) else ()


def _is_no_object(reader: Reader, span: Span, clause_end: int) -> bool:
    """Whether the rest of a clause is a figure, or a kind of speech, modifies something, or has its verb at its end."""
    text = reader.text[slice(*span)]
    last = reader.word_before(span.end, "during", span.start) or reader.word_before(span.end, "no_moment", span.start)
    modifies = reader.text[clause_end - 1] == "的" or last
    unnamed = reader.word_at(span.start, "vague_words") and not _NAMED.search(text)
    light = not text.startswith("在") and reader.word_at(span.start, "governs") and any(reader.word_places(*span, "light_verbs"))
    says_what = any(reader.is_word(reader.text[token.start : token.end], "copulas") for token in reader.tokens(*span))
    amounts = any(span.start < quantity.start and quantity.end == span.end for quantity in reader.quantities(*span))
    figure = _SHARE.match(text) or counts(reader, span, "loose_measures") or amounts
    return bool(modifies or unnamed or light or says_what or figure or is_made_of(reader, text, "speeches"))


_ITSELF = lazy("本(?![科届地土轮])")
_NAMED = lazy('[“《"]')
_SHARE = lazy(r"[\d.]+[%万亿]|[和与及的]")


def meeter(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Who meets: a body, or a meeting of one that has several: 第十二次会议|举行全体会议."""
    return doer(reader, span) or occasion(reader, span)


def treated(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What is done with a thing, as a noun behind 进行: 修订完善, 专项|审计."""
    start, end = trim(reader.text, *span)
    tokens = reader.tokens(start, end) if end > start else ()
    last = tokens[-1] if tokens else None
    verbal = last and (last.tag in ("v", "vn") or reader.is_word(reader.text[last.start : last.end], "verbal_nouns"))
    return (Span(start, end),) if verbal and end - start <= _LONGEST_DEED and not _TIMES.match(reader.text, start) else ()


def sole_object(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What a deed of no one who is named is done to: with 的 in it, the verb only modifies (建成小康社会|的目标)."""
    found = deed_object(reader, span)
    modifies = found and "的" in reader.text[slice(*found[0])]
    return () if modifies else found


def round_of(reader: Reader, span: Span) -> tuple[Span, ...]:
    """One of a series of the same deed, as a noun: 改革开放后的第二次|教育改革."""
    found = deed_object(reader, span)
    nth = _ROUND.search(reader.text, *found[0]) if found else None
    tokens = reader.tokens(nth.end(), found[0].end) if nth and nth.end() < found[0].end else ()
    deed = tokens and (tokens[-1].tag in ("v", "vn") or reader.is_word(reader.text[slice(*tokens[-1][:2])], "verbal_nouns"))
    return found if deed and not any(token.tag in ("uj", "p") for token in tokens) else ()


_ROUND = lazy("第[一二三四五六七八九十百\\d]{1,4}[次轮]|首[次轮]|新一轮")


def how_long(reader: Reader, span: Span) -> tuple[Span, ...]:
    """How long a deed took: a number of hours, days, months or years."""
    return (span,) if _HOW_LONG.fullmatch(reader.text, *span) else ()


_HOW_LONG = lazy("了?[\\d一二两三四五六七八九十百半 ]{1,8}[多余]?个?(?:小时|[天日周月年])(?:多|余|半|的?时间)?")


def works(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Works that were finished: they open with their place, or hold a name in quotation marks; no number of them."""
    found = deed_object(reader, span)
    if not found or reader.quantities(*found[0]) or not reader.ends_in(clean(reader.text[slice(*found[0])]), "builds_up"):
        return ()
    named = any(
        mention.kind == "quoted" or (mention.kind == "Place" and mention.start == found[0].start)
        for mention in reader.mentions(*found[0])
    )
    return found if named and "、" not in reader.text[slice(*found[0])] else ()


def _ending(name: str) -> SlotReader:
    """A reader of what a deed is done to, where its name ends in a word of a class."""

    def read(reader: Reader, span: Span) -> tuple[Span, ...]:
        found = deed_object(reader, span)
        return found if found and reader.ends_in(clean(reader.text[slice(*found[0])]), name) else ()

    return read


def record(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The record that a thing set: 多项影史纪录."""
    text = reader.text[slice(*span)]
    return (span,) if len(text) <= _LONGEST_OBJECT and reader.ends_in(clean(text), "records") else ()


def first_of(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What a thing is the first to be: 成为省内首个双跑道机场."""
    firsts = any(reader.word_places(*span, "firsts"))
    return deed_object(reader, span) if firsts else ()


def notion(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What is brought up that has a name: quoted, or a thought, a plan, a method by the word that ends it."""
    found = deed_object(reader, span)
    quoted = found and any(
        m.kind == "quoted" and m.start == found[0].start - 1 for m in reader.mentions(found[0].start - 1, span.end)
    )
    return found if quoted or (found and reader.ends_in(clean(reader.text[slice(*found[0])]), "notion_nouns")) else ()


def matter(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What someone brought up, before 由: without the date, and the adverbs behind it."""
    span = opening(reader, span)
    tokens = list(reader.tokens(*span))
    while tokens and (tokens[-1].tag.startswith(("d", "v", "p")) or reader.text[tokens[-1].start : tokens[-1].end] == "是"):
        tokens.pop()
    while tokens and tokens[0].tag in ("w", "x", "c", "d", "r"):
        tokens.pop(0)
    if not tokens:
        return ()
    start, end = trim(reader.text, tokens[0].start, tokens[-1].end)
    end -= reader.word_before(end, "notions", start)
    start, end = trim(reader.text, start, end)
    return (Span(start, end),) if 2 <= end - start <= _LONGEST_OBJECT and is_name(clean(reader.text[start:end])) else ()


def named_thing(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The thing with a name with which a stretch begins: a title, a quotation, or a noun phrase."""
    start = span.start
    title = next((m for m in reader.mentions(start, span.end) if m.start == start and m.kind in ("title", "quoted")), None)
    if title:
        headed = next((token for token in reader.tokens(title.end, span.end)[:1] if token.tag == "n"), None)  # “宽带中国”|战略
        return (Span(title.start, headed.end if headed and title.kind == "quoted" else title.end),)
    tokens = reader.tokens(*span)
    last = 0
    while last < len(tokens) and not (tokens[last].tag[0] in "vpdurcywxf" and tokens[last].tag != "vn"):
        last += 1
    found = Span(start, tokens[last - 1].end) if last else Span(start, start)
    good = _SHORTEST_THING <= found.end - found.start <= _LONGEST_OBJECT and is_name(reader.text[slice(*found)])
    return (found,) if good and not counts(reader, found) else ()


def whole_thing(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The thing with a name that a stretch is, and nothing else."""
    found = named_thing(reader, span) if not reader.quantities(*span) else ()
    return tuple(one for one in found if one.end == span.end)


def channel(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Where something came about, though it is no place: a noun phrase, 总台综合频道."""
    said = any(token.tag in ("v", "p", "d") for token in reader.tokens(*span))
    return () if said or span.end - span.start > _LONGEST_CHANNEL else (span,)


# What was brought about.


def achieved(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What was brought about: the members of a list of named things, or one."""
    start, end = bare(reader, span)
    start = _without_amount(reader, start, end)
    if _is_list(reader.text[start:end]):
        members, group = split_list(reader, start, end)
    else:
        so_on = next((token.start for token in reader.tokens(start, end) if reader.text[token.start] == "等"), -1)  # not of 高等
        members, group = [trim(reader.text, start, so_on if so_on > start else end)], None
    members = _joined(reader, members)
    if len(members) >= _TWO and any(reader.text[slice(*token[:2])] == "在" for token in reader.tokens(*members[0])):
        return ()  # 企业在主板、科创板
    if not group and len(members) >= _TWO and all(_is_place(reader, member) for member in members):
        members = [Span(members[0].start, members[-1].end)]  # 甲市、乙市|入选
    if group and (ATTRIBUTES.match(reader.text, *group) or all(_is_place(reader, member) for member in members)):
        return ()
    if group and any(end - start <= _STEM for start, end in members):
        members = [Span(members[0].start, group.end)]  # 石河、白湖等高速公路
    named = [member for member in own_head(reader, members) if _is_named_thing(reader, member)]
    return tuple(member for member in named if len(named) == 1 or not _shares_head(reader, member, named[-1]))


def undergoer(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What something was done to: one thing, or what several places have: 石桥镇、古桥乡等乡镇通信光缆."""
    found = bare(reader, span)
    members, group = split_list(reader, *found)
    shared = len(members) >= _TWO and group and all(owner(reader, member) for member in members)
    return (found,) if shared else achieved(reader, span) if reader.text.find("、", *span) < 0 else ()


def _joined(reader: Reader, members: list[Span]) -> list[Span]:
    """One name for a list whose members only modify the head of the last: 公路东、西环线, 直通甲国、乙国的航线."""
    if len(members) < _TWO:
        return members
    *first, last = members
    turned = reader.word_before(first[-1].end, "directions", first[-1].start) and reader.word_at(last.start, "directions")
    of = _has_particle(reader, last) and not any(_has_particle(reader, one) for one in first)
    whole = Span(members[0].start, last.end)
    return [whole] if (turned or of) and not any(_says(reader, one) for one in first) else members


def _has_particle(reader: Reader, span: Span) -> bool:
    """Whether a stretch has 的 between a modifier and its head; that of 波罗的海 is none."""
    return any(token.tag == "uj" for token in reader.tokens(*span))


def made_public(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What is made known, by a word that ends the name of a plan or a list."""
    found = achieved(reader, span)
    return found if all(reader.ends_in(clean(reader.text[slice(*one)]), "launched") for one in found) else ()


def opened(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What is to come about, before the verb that says how, with which the stretch ends: 环湖路|建成通车."""
    length = reader.word_before(span.end, "opens", span.start)
    return achieved(reader, Span(span.start, span.end - length)) if length and span.end - length > span.start else ()


def _is_list(text: str) -> bool:
    """Whether a stretch lists things; two with 和 between are a list where they are of one kind: 大桥和大桥."""
    if "、" in text:
        return True
    first, joined, last = text.partition("和")
    return bool(joined and first and last and first[-1] == last[-1])


def _is_place(reader: Reader, span: Span) -> bool:
    """Whether a stretch is a place and no more: 甲市、乙市等骨干直联点."""
    return any(m.kind == "Place" and (m.start, m.end) == tuple(span) for m in reader.mentions(*span))


def _without_amount(reader: Reader, start: int, end: int) -> int:
    """Where a name begins, behind how large it is: 总规模30亿元的|渔业基金."""
    at = start
    while length := reader.word_at(at, "amounts"):
        at += length
    amount = next((quantity for quantity in reader.quantities(at, at + 1) if quantity.end < end), None)
    if amount is None or counts(reader, Span(at, end)) or reader.text[amount.end - 1] in _OF_WORKS:
        return at
    return amount.end + reader.text.startswith("的", amount.end)


def _shares_head(reader: Reader, member: Span, last: Span) -> bool:
    """Whether a member is a bare place whose head stands with the last: 济南、青岛都市圈."""
    places = {(m.start, m.end) for m in reader.mentions(*member) if m.kind == "Place"}
    opens = any(m.kind == "Place" and m.start == last.start and m.end < last.end for m in reader.mentions(*last))
    return tuple(member) in places and opens


# 技术、数据等四大要素交易平台: the members are what the platform is for.
ATTRIBUTES = lazy(r"[两二三四五六七八九十\d]+(?:大|类|种)")


def own_head(reader: Reader, members: list[Span]) -> list[Span]:
    """谋划多年、惠及百万人的引江工程: the first members, which say something, describe the head of the last."""
    *first, (start, end) = members or [Span(0, 0)]
    of = reader.text.rfind("的", start, end)
    if of < 0 or end - of < 4 or not any(_says(reader, one) for one in [*first, Span(start, of)]):
        return members
    if first and not any(is_predicate(reader.text[slice(*one)]) or _says(reader, one) for one in first):
        return members
    return [Span(of + 1, end)]


def _says(reader: Reader, span: Span) -> bool:
    return any(reader.word_places(*span, "says_of"))


def _is_named_thing(reader: Reader, span: Span) -> bool:
    name = clean(reader.text[slice(*span)])
    return (
        2 <= len(name) <= _LONGEST_OBJECT
        and (is_name(name) or _opens_with_name(reader, span))
        and not (counts(reader, span) or ends_in_count(reader, span) or is_put_together(reader, name))
        and not any(_is_of_clause(reader, token) for token in reader.tokens(*span))
        and not any(reader.is_word(name, words) for words in ("planned", "undone"))
        and not _opens_clause(reader, span)
        and not _is_verb(reader, span)
        and not reader.word_before(span.end, "must", span.start)
    )


def _opens_with_name(reader: Reader, span: Span) -> bool:
    """Whether a stretch opens with a name, whose first character says nothing of it: 向家坝|灌区, 于都|大桥."""
    first = reader.tokens(*span)[0]
    return (first.tag == NAME or first.tag.startswith(("nr", "ns"))) and first.end - first.start > 1


def _is_verb(reader: Reader, span: Span) -> bool:
    """Whether a stretch is a verb and nothing else: 获批|成立."""
    tokens = reader.tokens(*span)
    return len(tokens) == 1 and tokens[0].tag.startswith("v")


def _is_of_clause(reader: Reader, token: Token) -> bool:
    word = reader.text[token.start : token.end]
    return (token.tag == "r" and not reader.is_word(word, "own_places")) or reader.is_word(word, "case_words")


def _opens_clause(reader: Reader, span: Span) -> bool:
    """Whether a stretch says something, and names nothing: 标志着…, 即便…, 由…."""
    first = reader.tokens(*span)[0]
    return first.tag in ("p", "c") or reader.text.startswith("着", first.end) or reader.text[first.end - 1] == "着"


EVENT_SLOTS: dict[str, SlotReader] = {
    "doer": doer,
    "anyone": anyone,
    "meeter": meeter,
    "treated": treated,
    "round": round_of,
    "how_long": how_long,
    "works": works,
    "deed_object": deed_object,
    "sole_object": sole_object,
    "ruling": _ending("rulings"),
    "honour": _ending("honours"),
    "record": record,
    "award": _ending("awards"),
    "launched": _ending("launched"),
    "first_of": first_of,
    "matter": matter,
    "notion": notion,
    "named_thing": named_thing,
    "whole_thing": whole_thing,
    "channel": channel,
    "achieved": achieved,
    "undergoer": undergoer,
    "made_public": made_public,
    "opened": opened,
    "site": site,
    "sites": sites,
    **OCCASION_SLOTS,
}
