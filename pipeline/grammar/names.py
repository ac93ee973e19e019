"""Whether a phrase reads as a name, an act, a mark or a class, by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.annotate.tokens import NAME, Token
from pipeline.extract.reader import Reader
from pipeline.grammar.list_slots import JOINS, word_of
from pipeline.model import Span


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
    parts = _without_head(reader, tokens)
    return not any(_is_no_part(reader, token) and token.tag != "p" for token in parts) and not _ASPECT.search(
        reader.text, tokens[0].start, tokens[-1].end
    )


def _without_head(reader: Reader, tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens without the last, where 的 makes a noun of it, whatever it is elsewhere: 对海的|向往."""
    return tokens[:-1] if len(tokens) > 1 and word_of(reader, tokens[-2]) == "的" else tokens


def _is_no_part(reader: Reader, token: Token) -> bool:
    """Whether a token stands in no name: an adverb, a pronoun, a preposition, a modal."""
    word = word_of(reader, token)
    governs = word.endswith(_GOVERNS) and reader.is_word(word, "verb")
    modifies = reader.is_word(word, "attributive")  # 长期|观测体系
    return word not in JOINS and not modifies and (governs or token.tag[0] in _NO_PART or reader.is_word(word, "modals"))


_GOVERNS = ("于", "自", "括", "含", "有", "备", "为")  # what ends 源自, 包括, 具备: never within a name
_ASPECT = re.compile("了(?!解)|着(?![力眼重手])|(?<![经超通不])过(?![去程渡剩度])")
_NUMBER = re.compile("[\\d一二三四五六七八九十百千万亿几两半多]+")
_NO_HEAD = "pdrcuytf"
_NO_PART = "prdcy"


def opens_no_class(reader: Reader, span: Span) -> bool:
    """Whether what is said of a thing is no class: it opens as no noun phrase does, ends in no noun, or only judges."""
    tokens = reader.tokens(*span)
    known = len(tokens) == 1 and tokens[0].tag == NAME and span.end - span.start > SHORT  # 战略性新兴产业
    if (len(tokens) < 2 and not known) or tokens[-1].tag[0] in _NO_CLASS:
        return True
    phrase = reader.text[slice(*span)]
    return bool(_OPENS_NONE.match(phrase) or _DONE.search(phrase)) or reader.ends_in(phrase, "judging")


_NO_CLASS = "pdrcuymf"  # the tags of what ends no name of a class
_OPENS_NONE = re.compile(
    "不|没|否|可能|从(?!事)|对[^的]*进行|通过(?![^的]*(?:实现|形成|产生|提供|完成|获取|进行|开展)[^的]*的)|首先|正在|占(?!地|领)|会(?![计议展场员费])|指(?![标数令挥导])|说明(?!书)|(?:根据|按照|依据)[^的]*$|由|随着|因为|由于|为了|要|如何|怎样|什么|谁|哪|多少|有(?![序机效限益利色形])|非|源于|源自|来自|来源于|出于|得益于|需要|应|可|很|十分|非常|我们(?!党)|我国|他|她|这|那|此|今年|\\d++(?!世纪|年代|年[^的]+的)"
)
_DONE = re.compile("了(?!解)[^的]*$")  # 解决A提供了B
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
        or (phrase[0] in _DEGREES and len(phrase) <= SHORT)
    )


SHORT = 4  # characters of 高效能, 低碳排
