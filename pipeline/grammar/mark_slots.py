"""What fills the slots of productions of parts and marks: lists whose members are things, acts, or how a thing is."""

from __future__ import annotations

from itertools import pairwise

from pipeline.extract.phrases import is_name, trim
from pipeline.extract.reader import Reader
from pipeline.grammar.list_slots import (
    LONGEST_MEMBER,
    SlotReader,
    a_list,
    bounds,
    first_separator,
    members_of,
    pair,
    phrase_end,
    phrase_start,
    word_of,
)
from pipeline.grammar.names import SHORT, is_mark, is_thing
from pipeline.model import Span
from pipeline.patterns import lazy


def sides(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of the list that ends the stretch, each a noun phrase that no verb ends."""
    found = a_list(reader, span)
    last_words = [word_of(reader, reader.tokens(*each)[-1]) for each in found]
    governed = any(reader.is_word(word, "governing_verbs") and not reader.is_word(word, "verbal_nouns") for word in last_words)
    return found if not governed and reader.text[span.start] != "由" and all(is_thing(reader, each) for each in found) else ()


def two_marks(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that is nothing but a list of two marks at least, each saying how a thing is."""
    found = members_of(reader, *span)
    one_phrase = reader.text.find("的", *span) < 0
    return found if one_phrase and len(found) > 1 and all(is_mark(reader, each) for each in found) else ()


def of_number(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase that ends the stretch, with a number before its last word that is the number of the members in the brackets
    behind it: 环湾3区（东港区、西港区、南港区）.
    """
    number = _OF_NUMBER.search(reader.text, *span)
    closes = reader.text.find("）", span.end) if number else -1
    if number is None or closes < 0:
        return ()
    said = number["n"]
    count = int(said) if said.isdecimal() else _NUMERALS.find(said) + 1
    start = phrase_start(reader, span.start, number.start()) if number.start() > span.start else span.start
    joined = [match.end() for match in _JOINED.finditer(reader.text, start, number.start())]
    start = joined[-1] if joined else start
    good = not reader.ends_in(reader.text[start : span.end], "class_heads") and count > 1
    good = good and len(members_of(reader, span.end + 1, closes)) == count
    return (Span(start, span.end),) if good else ()


_OF_NUMBER = lazy("(?P<n>[1-9]\\d?|[一二三四五六七八九十])[大个座条片]?[^\\W\\d]{1,6}$")
_JOINED = lazy("[、和与及]")
_NUMERALS = "一二三四五六七八九十"


def numbered(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it is a short form that opens with a number: 两基, 三农."""
    return (span,) if _NUMBERED.fullmatch(reader.text, *span) else ()


_NUMBERED = lazy("[两二三四五六七八九十][\u4e00-\u9fff]{1,5}")


def features(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that says how a thing is: a list, or one name: not 比较突出."""
    found = members_of(reader, *span)
    if len(found) == 1 and (_COMPOUNDS.match(reader.text, span.end) or _acts(reader, found[0]) or not is_thing(reader, found[0])):
        return ()
    return found


_COMPOUNDS = lazy("优势|趋势|态势|格局|规律|功能|性能|问题|特色")  # 比较|优势: one name, not a mark and its noun


def _acts(reader: Reader, span: Span) -> bool:
    """Whether a phrase is nothing but verbs and adverbs: 加速发展."""
    return all(token.tag[0] in "vda" for token in reader.tokens(*span))


def two(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that is nothing but a list of two at least, things or acts."""
    found = members_of(reader, *span)
    return found if len(found) > 1 and not any(reader.word_places(*span, "divide")) else ()  # 形成|机制可以分为A和B


def things(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that is nothing but one name or a list of names, each a noun phrase with what modifies it."""
    start, end = trim(reader.text, *span)
    found = members_of(reader, start, end) if end > start else ()
    return found if all(is_thing(reader, each) for each in found) else ()


def qualities(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that is nothing but a list of qualities: two at least."""
    found = things(reader, span)
    last_words = reader.tokens(*found[-1]) if found else ()
    bare = all(token.tag[0] in "ad" for token in last_words)  # 广泛性和较强|的替代性
    return found if len(found) > 1 and not bare and not _shares_head(reader, found) else ()


def _shares_head(reader: Reader, found: tuple[Span, ...]) -> bool:
    """Whether the last member has a head that another needs: 水深、潮位|信息."""
    *others, last = (reader.tokens(*each) for each in found)
    words = [tokens[0] for tokens in others if len(tokens) == 1]
    return len(last) > 1 and any(token.tag[0] in "nvjbm" and token.end - token.start <= _WORD for token in words)


_WORD = 2  # characters of a word by itself


def quoted_list(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a quotation that is nothing but a list: at least two."""
    return _parted(reader.text, span, "、") if reader.text.find("“", *span) < 0 else ()


def sum_of(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of 公司+农户: at least two, none of them a number or a letter."""
    found = _parted(reader.text, span, "+＋")
    phrases = [reader.text[slice(*each)] for each in found]
    return found if all(map(_HAN.fullmatch, phrases)) and phrases[:1] not in (["互联网"], ["人工智能"], ["数字"]) else ()


_HAN = lazy("[\u4e00-\u9fff]{1,10}")


def _parted(text: str, span: Span, marks: str) -> tuple[Span, ...]:
    """text[span] parted at each of `marks`: two parts at least, of two characters at least, of one in a sum."""
    cuts = [at for at in range(*span) if text[at] in marks]
    found = [Span(a + 1, b) for a, b in pairwise((span.start - 1, *cuts, span.end))]
    least = 1 if "+" in marks else 2  # 端+平台
    return tuple(found) if cuts and all(least <= end - start <= LONGEST_MEMBER for start, end in found) else ()


def marks(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of the list that ends the stretch, three at least, each saying how a thing is: 河道通畅, 高效, 智能化."""
    if reader.text.count("、", *span) < _FEW - 1 or reader.text.find("等", *span) >= 0:
        return ()
    separator = first_separator(reader.text, *span)
    if separator < 0:  # all of them in brackets
        return ()
    first = _mark_start(reader, span.start, separator)
    measured = _MEASURE.match(reader.text, first)
    first = measured.end() if measured else first
    found = members_of(reader, first, span.end)
    if len(found) < _FEW or reader.text[first - 1 : first] in ("是", "、"):
        return ()
    if any(_NO_MARK.search(reader.text, *each) for each in found):
        return ()
    evened = _evened(reader, span.start, found)
    if evened and _run_alike(reader, evened):
        return evened
    if any(_names_a_place(reader, each) for each in found):
        return ()
    joined = any(reader.text[each.end] not in "、的" for each in found)
    fit = (not joined and reader.word_at(each.start, "meets") > 0 for each in found)
    unlike = sum(not (fits or is_mark(reader, each)) for fits, each in zip(fit, found, strict=True))
    if unlike > (len(found) > _FEW):
        return ()
    return evened or _without_what_governs(reader, found)


def _without_what_governs(reader: Reader, found: tuple[Span, ...]) -> tuple[Span, ...]:
    """The marks, the first without the verb that governs all; none where it is still much longer than the others."""
    first, *others = found
    longest = max(end - start for start, end in others)
    first = _behind_verb(reader, _without_verb(reader, first, longest))
    return (first, *others) if first.end - first.start <= _UNEVEN * longest else ()


def _evened(reader: Reader, start: int, found: tuple[Span, ...]) -> tuple[Span, ...]:
    """The marks, the first as long as all others are, if they are, and a word begins there: 推动|昼夜通航、四季补给、全域定位."""
    first, *others = found
    lengths = {end - start for start, end in others}
    even = first.end - max(lengths)
    whole = len(lengths) == 1 and even >= start and any(token.start == even for token in reader.tokens(start, first.end))
    return (_behind_verb(reader, Span(even, first.end)), *others) if whole else ()


def _run_alike(reader: Reader, found: tuple[Span, ...]) -> bool:
    """Whether phrases of four characters each say how a thing works or what it does, or most of them: 政府主导、社会参与、
    市场运作; 辐射北岸、联通南海; not 岸线巡查、设备检修."""
    apart = all(reader.text[end] in "、的" and end - start == SHORT for start, end in found)  # 汇聚、开发和保障: what is done
    if not apart:
        return False
    behind = Span(found[-1].end, reader.clause(found[-1].end).end)
    whole = reader.ends_in(reader.text[slice(*behind)], "structures")  # 岸上受理、海上核查、线上反馈的监管|模式
    return whole or 2 * sum(_says_how(reader, each) for each in found) > len(found)


def _says_how(reader: Reader, span: Span) -> bool:
    phrase = reader.text[slice(*span)]
    return is_mark(reader, span) or reader.ends_in(phrase, "works_together") or reader.is_word(phrase[:_WORD], "reaches_out")


def _names_a_place(reader: Reader, span: Span) -> bool:
    return any(mention.kind == "Place" for mention in reader.mentions(*span))


_UNEVEN = 2  # times the longest other mark: a longer first mark has more in it than a mark
_NO_MARK = lazy("[的“”]")


def _mark_start(reader: Reader, start: int, end: int) -> int:
    """Where the mark begins that ends at `end`; its last word may be an adjective that is a verb elsewhere: 航线丰富."""
    tokens = reader.tokens(start, end)
    first = len(tokens) - 1
    while first > 0 and not bounds(reader, tokens[first - 1]):
        first -= 1
    return tokens[max(first, 0)].start if tokens else end


_FEW = 3
_MEASURE = lazy("[一两几多][支批个条项座种类套群]")


def _without_verb(reader: Reader, span: Span, longest: int) -> Span:
    """The first mark without the verb that governs the whole: 建设|生态宜居, where it is longer than the others."""
    tokens = reader.tokens(*span)
    for at, token in enumerate(tokens[:-1]):
        too_long = span.end - tokens[at].start > longest
        if too_long and (token.tag[0] in "vd" or reader.is_word(word_of(reader, token), "governing_verbs")):
            span = Span(token.end, span.end)
    return span


def _behind_verb(reader: Reader, span: Span) -> Span:
    """The first mark without a verb that governs the whole, before a noun and its adjective: 淘汰|能耗高."""
    verb, *rest = reader.tokens(*span)
    said = len(rest) > 1 and rest[0].tag[0] == "n" and rest[-1].tag == "a"
    governs = said and verb.tag == "v" and reader.is_word(word_of(reader, verb), "governing_verbs")
    return Span(verb.end, span.end) if governs else span


def reach(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that goes from some to a last one: 苗种、网箱到加工; none a time, a place or a number."""
    to = reader.text.rfind("到", *span)
    found = (*members_of(reader, span.start, to), *members_of(reader, to + 1, span.end)) if to > span.start else ()
    bare = (reader.text[slice(*each)] for each in found)
    named = all(len(phrase) > 1 and not _NO_STEP.search(phrase) for phrase in bare)
    tagged = all(reader.tokens(*each)[-1].tag[0] in "nNvjlb" for each in found)
    placed = any(_names_a_place(reader, each) for each in found)
    return found if len(found) >= _FEW and named and tagged and not placed else ()


_NO_STEP = lazy("[\\d年月日]|^[一二三四五六七八九十]|[前后上下]$|的")


def counted(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What a count counts, with the count that stands right before the stretch: 五大环境. None where it is a class, or itself
    one of a list.
    """
    closed = reader.text.find("”", *span)
    first = reader.tokens(*span)[0]
    end = closed if closed > 0 else max(phrase_end(reader, *span), phrase_end(reader, first.end, span.end))  # 五大|发展|理念
    count = next((word for word in reader.words_in(Span(max(0, span.start - 3), span.start)) if word.end == span.start), None)
    phrase = reader.text[span.start : end]
    aspects = closed < 0 and reader.is_word(word_of(reader, first), "part_nouns")  # 三个维度展开
    if count is None or aspects or not is_name(phrase) or reader.ends_in(phrase, "class_heads"):
        return ()
    if _LISTED.search(reader.text, max(0, count.start - 2), count.start):
        return ()
    return (Span(count.start, end),)


def parts(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of the list that ends the stretch, each a noun phrase, or each saying how a thing is."""
    found = a_list(reader, span)
    lone = [tokens[0] for each in found if len(tokens := reader.tokens(*each)) == 1]
    deeds = any(token.tag == "v" and reader.is_word(word_of(reader, token), "transitives") for token in lone)
    good = all(is_thing(reader, each) for each in found) or all(is_mark(reader, each) for each in found)
    return found if good and not deeds else ()


def joined(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of the list that ends the stretch, or the two names that 和 joins there."""
    return parts(reader, span) or (pair(reader, span) if first_separator(reader.text, *span) < 0 else ())


_LISTED = lazy("[、和与及]“?$")  # 太极拳、|“四大名药”
MARK_SLOTS: dict[str, SlotReader] = {
    "two_marks": two_marks,
    "features": features,
    "qualities": qualities,
    "marks": marks,
    "quoted_list": quoted_list,
    "sum_of": sum_of,
    "parts": parts,
    "joined": joined,
    "sides": sides,
    "two": two,
    "things": things,
    "reach": reach,
    "counted": counted,
    "numbered": numbered,
    "of_number": of_number,
}
