"""What fills the slots of productions of definitions: a concept, what it is, its marks and parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from pipeline.annotate.tokens import Token
from pipeline.extract.phrases import clean, is_name, trim
from pipeline.extract.reader import Reader
from pipeline.grammar.list_slots import (
    JOINS,
    LONGEST_MEMBER,
    a_list,
    after_quantifiers,
    bounds,
    first_separator,
    members_of,
    phrase_start,
    word_of,
)
from pipeline.model import Span

_LONGEST_NAME = 20  # characters of a name with a modifier before 的


def concept(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase that ends the stretch, with what it is of before one 的; or the pronoun that does."""
    span = _without_adverbial(reader, span)
    start = phrase_start(reader, *span)
    if start == span.end:
        last_token = reader.tokens(*span)[-1:]
        return tuple(Span(token.start, token.end) for token in last_token if token.tag.startswith("r"))
    tokens = reader.tokens(start, span.end)
    before = [word_of(reader, token) for token in reader.tokens(span.start, start)]
    if (len(tokens) == 1 and tokens[0].tag == "v") or (before and before[-1] in _AFTER_WHICH_NO_SUBJECT):
        return ()
    if reader.text[start - 1 : start] == "的" and start - 1 > span.start:
        owner = phrase_start(reader, span.start, start - 1)
        start = owner if owner < start - 1 and span.end - owner <= _LONGEST_NAME else start
    if reader.text[start - 1 : start] == "的" and span.end - start < _SHORT and start > span.start:
        return ()  # 对内生动力的|培育: the head of more than it holds
    return (Span(start, span.end),) if is_name(clean(reader.text[start : span.end])) else ()


def _without_adverbial(reader: Reader, span: Span) -> Span:
    """X|在自然环境上; X|按用途; X|普遍: the stretch up to where, by what and how it is so."""
    tokens = list(reader.tokens(*span))
    while len(tokens) > 1 and (tokens[-1].tag in ("d", "ad", "c") or reader.is_word(word_of(reader, tokens[-1]), "adverbs")):
        tokens.pop()
    end = tokens[-1].end if tokens else span.end
    opens = [token.start for token in tokens[1:] if word_of(reader, token) in _OPENS_ADVERBIAL]
    if opens and (tokens[-1].tag[0] == "f" or reader.text[opens[0]] not in "在从"):
        end = opens[-1 if reader.text[opens[0]] in "在从" else 0]
    return Span(span.start, end)


_OPENS_ADVERBIAL = frozenset("在 从 按 按照 根据 依据 依照 基于 随 随着".split())
_AFTER_WHICH_NO_SUBJECT = frozenset("按 按照 根据 依据 依照 从 对 于 在 由 与 比 以 经 据 如".split())


def concept_after(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase with which the stretch begins; what is quoted there is part of it.

    Of 更加先进的生产力 it is the head. None where it is cut off before a verb that may belong to it: 全链条|优化体系.
    """
    start = after_quantifiers(reader, *span)
    quoted = reader.text.find("”", start, span.end) + 1 if reader.text.startswith("“", start) else start
    if quoted < start:
        return ()
    end = _phrase_end(reader, quoted, span.end)
    if reader.text.startswith("的", end) and not end - start > _SHORT:
        start, end = end + 1, _phrase_end(reader, end + 1, span.end)
    end = _with_rest(reader, start, end, span.end)
    phrase = clean(reader.text[start:end])
    return (Span(start, end),) if _names_one_concept(reader, Span(start, end), phrase) else ()


def _with_rest(reader: Reader, start: int, end: int, limit: int) -> int:
    """The end of a noun phrase cut off before a verb, with the words behind it that belong to it: 全链条|优化体系."""
    rest = reader.tokens(end, limit)
    compound = 1 < len(rest) <= _COMPOUND and rest[-1].tag[0] == "n" and not any(bounds(reader, token) for token in rest[1:])
    if rest and rest[0].tag[0] == "v" and (compound or (len(rest) == 1 and reader.text[end - 1] in "式型性")):
        return limit
    return end


def _names_one_concept(reader: Reader, span: Span, phrase: str) -> bool:
    """Whether a phrase behind its modifiers names a concept: no list, count, act or noun that is always of something."""
    text = reader.text
    tokens = reader.tokens(*span)
    behind = next((word_of(reader, token) for token in reader.tokens(span.end, min(len(text), span.end + 4))), "")
    acts = len(tokens) > _VERB_AND_HEAD and tokens[0].tag == "v"  # 巩固行业地位
    known = phrase in reader.wording.terms
    return (
        is_name(phrase)
        and (known or len(phrase) > _BRIEF)
        and "、" not in phrase
        and behind not in ("、", "所")
        and not acts
        and not _COUNTED.match(phrase)
        and not reader.is_word(behind, "relational")  # 办赛|要求
        and (not reader.ends_in(phrase, "relational") or (len(phrase) > _SHORT and reader.ends_in(phrase, "structures")))
        and not reader.is_word(phrase, "wide_classes")
        and not reader.is_word(phrase, "vague_classes")
    )


def system(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase with which the stretch begins, where it names a system of parts, and no verb is in it."""
    found = structure(reader, span)
    governs = found and any(reader.is_word(word_of(reader, token), "transitives") for token in reader.tokens(*found[0]))
    return found if found and not governs and reader.ends_in(reader.text[slice(*found[0])], "wholes") else ()


def structure(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase with which the stretch begins, where it names a whole that has parts: 服务保障体系."""
    found = concept_after(reader, span)
    first = reader.tokens(*found[0])[0] if found else None
    whole = reader.text[slice(*found[0])] if found else ""
    bare = first and "的" not in reader.text[span.start : found[0].end]
    named = first and bare and not reader.is_word(word_of(reader, first), "part_nouns")
    return found if named and reader.ends_in(whole, "structures") else ()


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


_COMPOUND = 3  # tokens of 发展新格局
_BRIEF = 2  # characters of 模式, 服务: too few to name a concept


def numbered(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it is a short form that opens with a number: 两基, 三农."""
    return (span,) if _NUMBERED.fullmatch(reader.text, *span) else ()


_NUMBERED = re.compile("[两二三四五六七八九十][\u4e00-\u9fff]{1,5}")


def object_before(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase that ends the stretch, where it is the whole stretch or the object of the verb before it."""
    start, end = trim(reader.text, *span)
    tokens = reader.tokens(start, end)
    first = len(tokens)
    while first and not bounds(reader, tokens[first - 1]):
        first -= 1
    if first == len(tokens) or (first and tokens[first - 1].tag[0] != "v"):
        return ()
    found = Span(tokens[first].start, end)
    phrase = clean(reader.text[slice(*found)])
    counts = any(word.start == found.start and "counts" in word.signals for word in reader.words_in(found))
    return (found,) if is_name(phrase) and not counts and is_thing(reader, found) else ()


def term(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it is a short noun phrase without a modifier before 的."""
    found = whole(reader, span)
    return found if found and found[0].end - found[0].start <= _TERM and "的" not in reader.text[slice(*found[0])] else ()


_TERM = 12  # characters


def features(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that says how a thing is: a list, or one name: not 比较突出."""
    found = members_of(reader, *span)
    if len(found) == 1 and (_COMPOUNDS.match(reader.text, span.end) or _acts(reader, found[0]) or not is_thing(reader, found[0])):
        return ()
    return found


_COMPOUNDS = re.compile("优势|趋势|态势|格局|规律|功能|性能|问题|特色")  # 比较|优势: one name, not a mark and its noun


def _acts(reader: Reader, span: Span) -> bool:
    """Whether a phrase is nothing but verbs and adverbs: 加速发展."""
    return all(token.tag[0] in "vda" for token in reader.tokens(*span))


def act(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it is a verb with its object."""
    start, end = trim(reader.text, *span)
    tokens = reader.tokens(start, end)
    good = len(tokens) > 1 and tokens[0].tag == "v" and names_an_act(reader, tokens) and end - start > _SHORT
    return (Span(start, end),) if good else ()


def two(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that is nothing but a list of two at least, things or acts."""
    found = members_of(reader, *span)
    return found if len(found) > 1 else ()


def one_definiens(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What a thing is, where it is no list: with a modifier before 的."""
    found = definiens(reader, span)
    phrase = reader.text[slice(*span)]
    return found if "的" in phrase and ("、" not in phrase or phrase.rindex("的") > phrase.rindex("、")) else ()


def name_before(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase that ends the stretch, no person and no place, with no adverb or particle before it."""
    start = phrase_start(reader, *span)
    tokens = reader.tokens(start, span.end)
    known = reader.concept_at.get(start)
    good = tokens and tokens[-1].tag[0] in "nNjlx" and (known or span.end - start > _BRIEF)
    joined = reader.text[start - 1 : start] in _JOINED
    return (Span(start, span.end),) if good and not joined and is_name(clean(reader.text[start : span.end])) else ()


_JOINED = ("、", "和", "与", "及", "的", "了", "后", "时")


def class_phrase(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase with which the stretch begins, with its modifiers before 的, where it says what a thing is."""
    start, limit = span
    end = _phrase_end(reader, start, limit)
    of = reader.text.find("的", start, limit)
    if 0 < of - start <= _LONGEST_MODIFIER:
        end = max(end, _phrase_end(reader, of + 1, limit))
    found = Span(start, end)
    if (
        end - start <= _SHORT
        or reader.text[start] == "“"
        or opens_no_class(reader, found)
        or reader.ends_in(reader.text[slice(*found)], "relational")
    ):
        return ()
    return (found,)


_LONGEST_MODIFIER = 14  # characters of what modifies a class before 的


def head_after(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase with which the stretch begins, where it is no quotation: “A+B”“A+C” are examples, not parts."""
    return () if reader.text.startswith("“", span.start) else concept_after(reader, span)


_VERB_AND_HEAD = 2  # tokens of 优化体系


_COUNTED = re.compile("[两二三四五六七八九十多几][个大项种类重维](?!一体)")


def _phrase_end(reader: Reader, start: int, limit: int) -> int:
    """Where the noun phrase ends that begins at `start`: before a word that is no part of a name, or a verb behind a noun."""
    end = start
    for token in reader.tokens(start, limit):
        if bounds(reader, token) or word_of(reader, token) in JOINS or (end > start and token.tag == "v"):
            break
        end = token.end
    return end


def things(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that is nothing but one name or a list of names, each a noun phrase with what modifies it."""
    start, end = trim(reader.text, *span)
    found = members_of(reader, start, end) if end > start else ()
    return found if all(is_thing(reader, each) for each in found) else ()


def is_thing(reader: Reader, span: Span) -> bool:
    """Whether a phrase reads as a name by its words: no verb that governs the rest, no adverb, pronoun or preposition in it."""
    if reader.text[span.start] == "“":
        return True
    tokens = reader.tokens(*span)
    first = word_of(reader, tokens[0]) if tokens else ""
    acts = len(tokens) > 2 and tokens[0].tag == "v" and not reader.is_word(first, "verbal_nouns")
    acts = acts and word_of(reader, tokens[1]) != "的"  # 稳定的渔业资源
    return (
        bool(tokens)
        and not acts
        and not _ASPECT.search(reader.text, *span)
        and not (len(tokens) > 1 and _governs(reader, first, tokens[-1]))
        and tokens[-1].tag[0] not in _NO_HEAD
        and not _NUMBER.fullmatch(word_of(reader, tokens[-1]))
        and not any(_is_no_part(reader, token) for token in tokens)
    )


def _governs(reader: Reader, first: str, last: Token) -> bool:
    """Whether a verb that opens a phrase has the rest as its object; 开放合作 are two acts, and one name."""
    acts = last.tag in ("v", "vn") and not reader.is_word(first, "transitives")
    return reader.is_word(first, "governing_verbs") and not reader.is_word(first, "verbal_nouns") and not acts


def names_an_act(reader: Reader, tokens: Sequence[Token]) -> bool:
    """Whether tokens that begin with a verb name what is done: 把基础打牢 no, 建设现代化港口 yes."""
    return not any(_is_no_part(reader, token) and token.tag != "p" for token in tokens) and not _ASPECT.search(
        reader.text, tokens[0].start, tokens[-1].end
    )


def _is_no_part(reader: Reader, token: Token) -> bool:
    """Whether a token stands in no name: an adverb, a pronoun, a preposition, a modal."""
    word = word_of(reader, token)
    governs = word.endswith(_GOVERNS) and reader.is_word(word, "verb")
    return word not in JOINS and (governs or token.tag[0] in _NO_PART or reader.is_word(word, "modals"))


_GOVERNS = ("于", "自", "括", "含", "有", "备", "为")  # what ends 源自, 包括, 具备: never within a name


_ASPECT = re.compile("了(?!解)|着(?![力眼重手])|(?<![经超通不])过(?![去程渡剩度])")
_NUMBER = re.compile("[\\d一二三四五六七八九十百千万亿几两半多]+")
_NO_HEAD = "pdrcuytf"
_NO_PART = "prdcy"


def qualities(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that is nothing but a list of qualities: two at least."""
    found = things(reader, span)
    last_words = reader.tokens(*found[-1]) if found else ()
    bare = all(token.tag[0] in "ad" for token in last_words)  # 广泛性和较强|的替代性
    return found if len(found) > 1 and not bare else ()


def whole(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it is one noun phrase."""
    start, end = trim(reader.text, *span)
    good = end - start <= _LONGEST_NAME and is_name(reader.text[start:end]) and is_thing(reader, Span(start, end))
    return (Span(start, end),) if good else ()


def anything(_: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch; what it may be is for the relation to say."""
    return (span,)


def predicates(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, which says what a subject is; a quotation that begins before it ends where it does."""
    start, end = span
    closed = reader.text.find("”", start, end)
    end = closed if closed > start and reader.text.find("“", start, closed) < 0 else end
    return (Span(start, end),) if end - start > 1 else ()


def opens_no_class(reader: Reader, span: Span) -> bool:
    """Whether what is said of a thing is no class: it opens as no noun phrase does, ends in no noun, or only judges."""
    tokens = reader.tokens(*span)
    if len(tokens) < 2 or tokens[-1].tag[0] in _NO_CLASS:
        return True
    return bool(_OPENS_NONE.match(reader.text, *span)) or reader.ends_in(reader.text[slice(*span)], "judging")


_NO_CLASS = "pdrcuymf"  # the tags of what ends no name of a class
_OPENS_NONE = re.compile(
    "不|没|否|可能|从(?!事)|对[^的]*进行|由|随着|因为|由于|为了|要|如何|怎样|什么|谁|哪|多少|有(?![序机效限益利色形])|非|需要|应|可|最|很|十分|非常|我们(?!党)|我国|他|她|这|那|此|今年|\\d+(?!世纪)"
)


def field(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it is a noun phrase, or a verb with one as its object: 健全渔港治理体系."""
    start, end = trim(reader.text, *span)
    tokens = reader.tokens(start, end)
    if len(tokens) > 1 and tokens[0].tag[0] in "vd":
        tokens = tokens[1:]
    good = tokens and is_thing(reader, Span(tokens[0].start, end))
    return (Span(start, end),) if good and end - start <= _LONGEST_NAME + 4 else ()


def quoted_list(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a quotation that is nothing but a list: at least two."""
    return _parted(reader.text, span, "、") if reader.text.find("“", *span) < 0 else ()


def sum_of(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of 公司+农户: at least two, none of them a number or a letter."""
    found = _parted(reader.text, span, "+＋")
    phrases = [reader.text[slice(*each)] for each in found]
    return found if all(map(_HAN.fullmatch, phrases)) and phrases[:1] not in (["互联网"], ["人工智能"], ["数字"]) else ()


_HAN = re.compile("[\u4e00-\u9fff]{1,10}")


def _parted(text: str, span: Span, marks: str) -> tuple[Span, ...]:
    """text[span] parted at each of `marks`: two parts at least, of two characters at least."""
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
    unlike = sum(not is_mark(reader, each) for each in found)
    if len(found) < _FEW or reader.text[first - 1 : first] in ("是", "、") or unlike > (len(found) > _FEW):
        return ()
    first_mark, *others = found
    return (_without_verb(reader, first_mark, max(end - start for start, end in others)), *others)


def _mark_start(reader: Reader, start: int, end: int) -> int:
    """Where the mark begins that ends at `end`; its last word may be an adjective that is a verb elsewhere: 航线丰富."""
    tokens = reader.tokens(start, end)
    first = len(tokens) - 1
    while first > 0 and not bounds(reader, tokens[first - 1]):
        first -= 1
    return tokens[max(first, 0)].start if tokens else end


_FEW = 3
_MEASURE = re.compile("[一两几多][支批个条项座种类套群]")
_DEGREES = "高低强多大小快优短零全广深宽长轻有无"  # what opens 高效能, 低成本, 零排放


def is_mark(reader: Reader, span: Span) -> bool:
    """Whether a phrase says how a thing is: it ends in an adjective, 化, 性 or 型, or opens with an adjective of degree."""
    tokens = reader.tokens(*span)
    word = word_of(reader, tokens[-1]) if tokens else ""
    phrase = reader.text[slice(*span)]
    return bool(word) and (
        tokens[-1].tag[0] in "azi"
        or tokens[-1].tag in ("ad", "an", "l")
        or phrase.endswith(("化", "性", "型"))
        or reader.is_word(word, "mark_ends")
        or reader.is_word(phrase[-2:], "mark_ends")  # 技术密集 is one word to the segmenter
        or (phrase[0] in _DEGREES and len(phrase) <= _SHORT)
    )


_SHORT = 4  # characters of 高效能, 低碳排


def _without_verb(reader: Reader, span: Span, longest: int) -> Span:
    """The first mark without the verb that governs the whole: 建设|生态宜居, where it is longer than the others."""
    tokens = reader.tokens(*span)
    for at, token in enumerate(tokens[:-1]):
        too_long = span.end - tokens[at].start > longest
        if too_long and (token.tag[0] in "vd" or reader.is_word(word_of(reader, token), "governing_verbs")):
            span = Span(token.end, span.end)
    return span


def counted(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What a count counts, with the count that stands right before the stretch: 五大环境. None where it is a class."""
    closed = reader.text.find("”", *span)
    end = closed if closed > 0 else _phrase_end(reader, *span)
    count = next((word for word in reader.words_in(Span(max(0, span.start - 3), span.start)) if word.end == span.start), None)
    phrase = reader.text[span.start : end]
    if count is None or not is_name(phrase) or reader.ends_in(phrase, "class_heads"):
        return ()
    return (Span(count.start, end),)


def parts(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of the list that ends the stretch, each a noun phrase, or each saying how a thing is."""
    found = a_list(reader, span)
    return found if all(is_thing(reader, each) for each in found) or all(is_mark(reader, each) for each in found) else ()


def definiens(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it reads as what a thing is: not too long, and ending in a noun."""
    start, end = trim(reader.text, *span)
    tokens = reader.tokens(start, end)
    good = tokens and tokens[-1].tag[0] in ("n", "N", "v", "a", "e", "j", "l", "i", "b", "q", "x", "f", "s", "t")
    lists = _LISTS.match(reader.text, start, end)
    return (Span(start, end),) if good and not lists and _LEAST <= end - start <= _DEFINIENS else ()


_LEAST, _DEFINIENS = 4, 60
_LISTS = re.compile(".*(?:下列|以下|如下)")


CONCEPT_SLOTS: dict[str, Callable[[Reader, Span], tuple[Span, ...]]] = {
    "concept": concept,
    "structure": structure,
    "act": act,
    "features": features,
    "system": system,
    "numbered": numbered,
    "name_before": name_before,
    "class_phrase": class_phrase,
    "object_before": object_before,
    "term": term,
    "two": two,
    "one_definiens": one_definiens,
    "sides": sides,
    "two_marks": two_marks,
    "concept_after": concept_after,
    "head_after": head_after,
    "things": things,
    "qualities": qualities,
    "field": field,
    "whole": whole,
    "anything": anything,
    "predicates": predicates,
    "quoted_list": quoted_list,
    "sum_of": sum_of,
    "marks": marks,
    "counted": counted,
    "parts": parts,
    "definiens": definiens,
}
