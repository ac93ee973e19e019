"""Whether a phrase reads as a name, an act, a mark or a class, by its words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.annotate.tokens import NAME, Token
from pipeline.extract.reader import Reader
from pipeline.grammar.list_slots import JOINS, word_of
from pipeline.model import Span
from pipeline.patterns import lazy


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
_ASPECT = lazy("了(?!解)|着(?![力眼重手])|(?<![经超通不])过(?![去程渡剩度])")
_NUMBER = lazy("[\\d一二三四五六七八九十百千万亿几两半多]+")
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
_OPENS_NONE = lazy(
    "不|没|否|可能|从(?!事)|到(?!达)|对[^的]*进行|通过(?![^的]*(?:实现|形成|产生|提供|完成|获取|进行|开展)[^的]*的)|首先|正在|占(?!地|领)|会(?![计议展场员费])|指(?![标数令挥导])|说明(?!书)|(?:根据|按照|依据)[^的]*$|由|随着|因为|由于|为了|要|如何|怎样|什么|谁|哪|多少|有(?![序机效限益利色形])|非|源于|源自|来自|来源于|出于|得益于|需要|应|可|很|十分|非常|我们(?!党)|我国|他|她|这|那|此|今年|\\d++(?!世纪|年代|年[^的]+的)"
)
_DONE = lazy("了(?!解)[^的]*$")  # 解决A提供了B


def is_clause(reader: Reader, span: Span) -> bool:
    """Whether a phrase says what happens and names no thing: 航道水深逐年增加, 船员操作雷达; not 船员培训费用, 海图获取方式."""
    text = reader.text
    head = text.rfind("的", *span) + 1 or span.start
    cuts = [head, *(at + 1 for at in range(head, span.end) if text[at] == "、"), span.end + 1]
    happens = any(_happens(reader, Span(start, end - 1)) for start, end in pairwise(cuts) if end - start > 1)
    return happens or _ASPECT.search(text, *span) is not None


def _happens(reader: Reader, span: Span) -> bool:
    tokens = reader.tokens(*span)
    within = zip(tokens, tokens[1:], tokens[2:], strict=False)
    governs = any(
        before.tag[0] in "nN" and after.tag[0] in "nNva" and verb.tag == "v" and _governs_what_follows(reader, verb)
        for before, verb, after in within
    )
    headed = any(reader.ends_in(word_of(reader, tokens[-1]), name) for name in ("relational", "verbal_heads"))
    says = any(token.tag[0] in "dp" and word_of(reader, token) not in JOINS for token in tokens[1:-1])
    return (says and tokens[0].tag != "v") or (governs and not headed)


def _governs_what_follows(reader: Reader, verb: Token) -> bool:
    word = word_of(reader, verb)
    return reader.is_word(word, "governing_verbs") and not reader.is_word(word, "verbal_nouns")


def tells(reader: Reader, span: Span) -> bool:
    """Whether what is said of a thing is a statement and no class: 发挥A的调度作用, A会面临B的竞争, A的水位日益稳定."""
    text = reader.text
    if _TELLS.match(text, *span):
        return True
    tokens = reader.tokens(*span)
    of = next((at for at in range(len(tokens) - 1, -1, -1) if word_of(reader, tokens[at]) == "的"), -1)
    head = tokens[of + 1 :]
    if not head or any(word_of(reader, token) == "将" and tokens[at].tag[0] == "n" for at, token in enumerate(tokens[1:])):
        return True
    says = any(token.tag == "p" and word_of(reader, token) not in JOINS for token in head[1:]) or adverb_before_verb(reader, head)
    counts = any(token.tag[0] in "mq" for token in head[1:]) and head[-1].tag == "v"
    return says or counts or (len(head) > 1 and head[-1].tag == "a") or _does(reader, tokens, head)


def adverb_before_verb(reader: Reader, tokens: Sequence[Token]) -> bool:
    """Whether an adverb stands before a verb or an adjective, behind the first of some tokens: 水位|日益稳定; not 主要参考."""
    words = [(word_of(reader, token), behind) for token, behind in pairwise(tokens[1:]) if behind.tag in ("v", "a")]
    return any(reader.is_word(word, "bare_adverbs") and not reader.is_word(word, "degree") for word, _ in words)


def _does(reader: Reader, tokens: Sequence[Token], head: Sequence[Token]) -> bool:
    """Whether a verb opens the stretch and governs a deed behind its last 的: 推进A的建设; 落实A的具体行动 is a class."""
    word = word_of(reader, tokens[0])
    undergoes = reader.is_word(word, "undergoes")
    acts = tokens[0].tag[0] == "v" and (undergoes or any(reader.is_word(word, name) for name in ("governing_verbs", "keeps")))
    last = word_of(reader, head[-1])
    deed = (head[-1].tag in ("v", "vn") and last != "发展") or reader.is_word(last, "effects")
    return acts and len(head) < len(tokens) and deed and (len(head) == 1 or undergoes)


_TELLS = lazy(
    "(?:利用|运用|通过|采用|借助|依托|凭借)[^的]*$|[^的]{1,4}(?<!为)了(?!解)|[把对][^的]*$|没有(?!得到|受到|经过)|对[^的]*的[^的]*进行|.*而存在|(?:提高|增长|增加|下降|减少|降低)[^的]*[倍%]"
)
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
