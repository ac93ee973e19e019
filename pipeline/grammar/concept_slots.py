"""What fills the slots of productions of definitions: a concept, what it is, its marks and parts."""

from __future__ import annotations

from pipeline.annotate.tokens import Token
from pipeline.extract.phrases import clean, is_name, trim
from pipeline.extract.reader import Reader
from pipeline.grammar.list_slots import JOINS, SlotReader, after_quantifiers, bounds, phrase_end, phrase_start, word_of
from pipeline.grammar.mark_slots import two
from pipeline.grammar.names import SHORT, is_thing, names_an_act, opens_no_class
from pipeline.model import Span
from pipeline.patterns import lazy

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
    if (len(tokens) == 1 and tokens[0].tag == "v") or (before and reader.is_word(before[-1], "no_subject_behind")):
        return ()
    states = len(tokens) > 1 and reader.is_word(word_of(reader, tokens[-1]), "states")
    if states or any(reader.is_word(word, "by_which") for word in before):
        return ()  # 按其程度; 群众反映|突出的问题
    if reader.text[start - 1 : start] == "的" and start - 1 > span.start:
        owner = phrase_start(reader, span.start, start - 1)
        if owner > span.start and _is_cut_before(reader, span.start, owner):
            return ()  # 由海图生成|航线的技术
        start = owner if owner < start - 1 and span.end - owner <= _LONGEST_NAME else start
    if reader.text[start - 1 : start] == "的" and span.end - start < SHORT and start > span.start:
        return ()  # 对内生动力的|培育: the head of more than it holds
    return (Span(start, span.end),) if is_name(clean(reader.text[start : span.end])) else ()


def _is_cut_before(reader: Reader, start: int, owner: int) -> bool:
    """Whether what a thing is of is itself cut off from the verb or the preposition that it belongs to."""
    last = reader.tokens(start, owner)[-1]
    word = word_of(reader, last)
    whole = any(reader.is_word(word, name) for name in ("bearing_upon", "reasons"))
    return word in (*JOINS, "等") or (last.tag[0] in "vp" and not whole)


def _without_adverbial(reader: Reader, span: Span) -> Span:
    """X|在自然环境上; X|按用途; X|普遍: the stretch up to where, by what and how it is so."""
    tokens = list(reader.tokens(*span))
    while len(tokens) > 1 and (tokens[-1].tag in ("d", "ad", "c") or reader.is_word(word_of(reader, tokens[-1]), "adverbs")):
        tokens.pop()
    end = tokens[-1].end if tokens else span.end
    leads = [any(reader.is_word(word_of(reader, token), name) for name in ("by_which", "along_with")) for token in tokens[1:]]
    opens = [token.start for token, led in zip(tokens[1:], leads, strict=True) if led]
    if opens and (tokens[-1].tag[0] == "f" or reader.text[opens[0]] not in "在从"):
        end = opens[-1 if reader.text[opens[0]] in "在从" else 0]
    return Span(span.start, end)


def concept_after(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase with which the stretch begins; what is quoted there is part of it.

    Of 更加先进的生产力 it is the head. None where it is cut off before a verb that may belong to it: 全链条|优化体系.
    """
    start = after_quantifiers(reader, *span)
    quoted = reader.text.find("”", start, span.end) + 1 if reader.text.startswith("“", start) else start
    if quoted < start:
        return ()
    end = phrase_end(reader, quoted, span.end)
    if reader.text.startswith("的", end) and not end - start > SHORT:
        start, end = end + 1, phrase_end(reader, end + 1, span.end)
    end = _without_adverb(reader, start, _with_rest(reader, start, end, span.end))
    if reader.text.startswith("的", end) and modifies(reader, end + 1, span.end):
        return ()  # 渔港经济|的支撑体系
    phrase = clean(reader.text[start:end])
    return (Span(start, end),) if _names_one_concept(reader, Span(start, end), phrase) else ()


def _with_rest(reader: Reader, start: int, end: int, limit: int) -> int:
    """The end of a noun phrase cut off before a verb, with the words behind it that belong to it: 全链条|优化体系."""
    rest = reader.tokens(end, limit)
    bounded = any(bounds(reader, token) and (token.tag != "d" or _is_adverb(reader, token)) for token in rest[1:])
    compound = 1 < len(rest) <= _COMPOUND and rest[-1].tag[0] == "n" and not bounded
    if rest and reader.is_word(word_of(reader, rest[0]), "compound_ends"):
        return rest[0].end
    if len(rest) > 1 and reader.is_word(word_of(reader, rest[0]), "quantifiers") and rest[1].tag[0] in "nN":
        return phrase_end(reader, rest[1].start, limit)  # 港口|重点|实验室
    if (
        rest
        and rest[0].tag[0] == "v"
        and (compound or (len(rest) == 1 and (reader.text[end - 1] in "式型性" or limit - end >= SHORT)))
    ):
        return limit
    return end


def _is_adverb(reader: Reader, token: Token) -> bool:
    return any(reader.is_word(word_of(reader, token), name) for name in ("adverbs", "bare_adverbs", "manner"))


def modifies(reader: Reader, behind: int, limit: int) -> bool:
    """Whether what stands before 的 only modifies a name behind it: 渔港经济的|支撑体系, not 渔港经济的|发展."""
    tokens = reader.tokens(behind, limit)[:2]
    if not tokens or reader.is_word(word_of(reader, tokens[0]), "vague"):
        return False  # 航标的|种类
    return tokens[0].tag[0] != "v" or (len(tokens) > 1 and tokens[1].tag[0] in "nN")


def name_end(reader: Reader, start: int, limit: int) -> int:
    """Where the name ends that begins at `start`: behind a verb that belongs to it, before the adverb of one that does not."""
    return _without_adverb(reader, start, _with_rest(reader, start, phrase_end(reader, start, limit), limit))


def _without_adverb(reader: Reader, start: int, end: int) -> int:
    """The end of a noun phrase without the adverb before the verb behind it: 航标体系|基本|形成."""
    *before, last = reader.tokens(start, end) or [Token(start, end, "")]
    behind = reader.tokens(end, min(len(reader.text), end + _AHEAD))[:1]
    word = word_of(reader, last)
    adverb = word == "多" or last.tag in ("z", "ad") or reader.is_word(word, "adverbs")
    return last.start if adverb and before and behind and behind[0].tag[0] == "v" else end


_AHEAD = 4  # characters that hold the word behind a phrase


def _names_one_concept(reader: Reader, span: Span, phrase: str) -> bool:
    """Whether a phrase behind its modifiers names a concept: no list, count, act or noun that is always of something."""
    text = reader.text
    tokens = reader.tokens(*span)
    following = reader.tokens(span.end, min(len(text), span.end + _AHEAD))
    behind = word_of(reader, following[0]) if following else ""
    listed = len(following) > 1 and following[0].tag[0] == "v" and word_of(reader, following[1]) in ("、", *JOINS)
    acts = len(tokens) > _VERB_AND_HEAD and tokens[0].tag == "v"  # 巩固行业地位
    return (
        is_name(phrase)
        and len(phrase) > _BRIEF
        and "、" not in phrase
        and behind not in ("、", "所", "与")
        and not listed  # 全程|联动、全域协同
        and not acts
        and not _COUNTED.match(phrase)
        and not reader.is_word(behind, "relational")  # 办赛|要求
        and (not reader.ends_in(phrase, "relational") or (len(phrase) > SHORT and reader.ends_in(phrase, "structures")))
        and not reader.is_word(phrase, "wide_classes")
        and not reader.is_word(phrase, "vague_classes")
    )


def _bare(reader: Reader, span: Span) -> Span:
    """A stretch up to its first 的 or 、: no structure that is named goes over them."""
    mark = _MARK.search(reader.text, *span)
    return Span(span.start, mark.start()) if mark else span


_MARK = lazy("[的、]")


def structure(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The noun phrase with which the stretch begins, where it names a whole that has parts: 服务保障体系."""
    found = concept_after(reader, span) if reader.has_word(_bare(reader, span), "structures") else ()
    first = reader.tokens(*found[0])[0] if found else None
    whole = reader.text[slice(*found[0])] if found else ""
    bare = first and "的" not in reader.text[span.start : found[0].end]
    named = first and bare
    return found if named and reader.ends_in(whole, "structures") else ()


_COMPOUND = 3  # tokens of 发展新格局
_BRIEF = 2  # characters of 模式, 服务: too few to name a concept


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


def act(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it is a verb with its object."""
    start, end = trim(reader.text, *span)
    tokens = reader.tokens(start, end)
    good = len(tokens) > 1 and tokens[0].tag == "v" and names_an_act(reader, tokens) and end - start > SHORT
    return (Span(start, end),) if good else ()


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
    end = phrase_end(reader, start, limit)
    of = reader.text.find("的", start, limit)
    if 0 < of - start <= _LONGEST_MODIFIER:
        end = max(end, phrase_end(reader, of + 1, limit))
    found = Span(start, end)
    if (
        end - start <= SHORT
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
_COUNTED = lazy("[两二三四五六七八九十多几][个大项种类重维](?!一体)")


def whole(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it is one noun phrase."""
    start, end = trim(reader.text, *span)
    good = end - start <= _LONGEST_NAME and is_name(reader.text[start:end]) and is_thing(reader, Span(start, end))
    return (Span(start, end),) if good else ()


def factors(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What brings something about, as a whole stretch: 制约渔业转型的主要因素, with what they bear upon before 的."""
    start, end = trim(reader.text, *span)
    of = reader.text.find("的", start, end)
    found = of - start >= SHORT and end - start <= _LONGEST_FACTORS and reader.ends_in(reader.text[start:end], "factors")
    return (Span(start, end),) if found else ()


_LONGEST_FACTORS = 24  # characters


def causes(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What brings something about: a list of two at least; of two that 和 joins, none opens with a verb that has both, nor are
    both of them modifiers: A与B的C.
    """
    found = two(reader, span)
    listed = reader.text.find("、", *span) >= 0
    verbs = (reader.tokens(*each)[0] for each in found)
    acts = (token.tag == "v" and reader.is_word(word_of(reader, token), "governing_verbs") for token in verbs)
    of_both = found and "的" in reader.text[slice(*found[-1])]
    return found if listed or not (of_both or any(acts)) else ()


def developed(reader: Reader, span: Span) -> tuple[Span, ...]:
    """A trade that is brought up, as a whole stretch: it ends as fields do, or is known."""
    found = whole(reader, span)
    label = reader.text[slice(*found[0])] if found else ""
    known = label in reader.wording.terms
    return found if known or reader.ends_in(label, "class_heads") else ()


def anything(_: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch; what it may be is for the relation to say."""
    return (span,)


def predicates(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, which says what a subject is; a quotation that begins before it ends where it does."""
    start, end = span
    closed = reader.text.find("”", start, end)
    end = closed if closed > start and reader.text.find("“", start, closed) < 0 else end
    return (Span(start, end),) if end - start > 1 else ()


def field(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it is a noun phrase, or a verb with one as its object: 健全渔港治理体系."""
    start, end = trim(reader.text, *span)
    tokens = reader.tokens(start, end)
    if len(tokens) > 1 and tokens[0].tag[0] in "vd":
        tokens = tokens[1:]
    good = tokens and is_thing(reader, Span(tokens[0].start, end))
    return (Span(start, end),) if good and end - start <= _LONGEST_NAME + 4 else ()


def definiens(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it reads as what a thing is: not too long, and ending in a noun."""
    start, end = trim(reader.text, *span)
    tokens = reader.tokens(start, end)
    good = tokens and tokens[-1].tag[0] in ("n", "N", "v", "a", "e", "j", "l", "i", "b", "q", "x", "f", "s", "t")
    lists = _LISTS.match(reader.text, start, end)
    return (Span(start, end),) if good and not lists and _LEAST <= end - start <= _DEFINIENS else ()


_LEAST, _DEFINIENS = 4, 60
_LISTS = lazy(".*(?:下列|以下|如下)")


def definiendum(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What is defined: the whole stretch behind what leads to it, where it is one noun phrase; else the concept that ends it."""
    opening = _SAYS.match(reader.text, *span)
    said = Span(opening.end() if opening else span.start, span.end)
    return whole(reader, said) or _named(reader, said) or concept(reader, said)


def _named(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The whole stretch, where it is a name with a verb in it: 沉浸式拟真场景."""
    start, end = trim(reader.text, *span)
    tokens = reader.tokens(start, end)
    good = end - start <= _LONGEST_NAME and tokens and tokens[-1].tag[0] in "nN" and tokens[0].tag[0] not in _NO_OPENING
    return (
        (Span(start, end),)
        if good and is_name(reader.text[start:end]) and _SPEAKS.search(reader.text, start, end) is None
        else ()
    )


_NO_OPENING = "pdrcm"  # the tags of what opens no name
_SPEAKS = lazy("[了着过]|是|我们|认为|可以|应当")


_SAYS = lazy("(?:.{0,24}所[称指](?:的)?|(?:本|该).{1,6}(?:中|中的|涉及的)|第.{1,4}条)\\s*")
CONCEPT_SLOTS: dict[str, SlotReader] = {
    "concept": concept,
    "definiendum": definiendum,
    "structure": structure,
    "act": act,
    "name_before": name_before,
    "class_phrase": class_phrase,
    "object_before": object_before,
    "term": term,
    "one_definiens": one_definiens,
    "concept_after": concept_after,
    "head_after": head_after,
    "field": field,
    "whole": whole,
    "anything": anything,
    "causes": causes,
    "factors": factors,
    "developed": developed,
    "predicates": predicates,
    "definiens": definiens,
}
