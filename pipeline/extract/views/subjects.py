"""The subject of a clause, by its tokens: what stands before the predicate, or the deed that a clause is."""

from __future__ import annotations

from itertools import takewhile

from pipeline.annotate.tokens import NAME, Token
from pipeline.extract.reader import Reader
from pipeline.extract.views.cutting import is_nominal, label_of
from pipeline.model import Span
from pipeline.patterns import lazy

STANDS_FOR = lazy("[其它他她此]|这(?!里|些年)|[两二]者|该|上述|前者|后者")
_SAYS = lazy(r".{2,14}?认为[，：]?")
_AND = ("和", "与", "及", "、", "的", "之")
_OF_NAMES = ("n", "v", "a", "b", "j", "m", "q", "z", "l", "i", "x", "e", "s", "t", "f")  # tags of words that may stand in a name
_NO_SUBJECT_BEFORE = ("了", "过", "着", "关于", "对", "对于", "就")  # behind a verb, or what stands amid the subject
_OF_PREDICATES = "vdpcaz"  # tags of words that a predicate may begin with
_LONGEST_SUBJECT = 20


def subject_of(reader: Reader, clause: Span, *, careful: bool = False) -> Span | None:
    """The noun phrase before the first word of the predicate of a clause; None where the clause has none of its own; careful:
    only where a predicate is sure to follow."""
    start = _past_openers(reader, clause)
    tokens = reader.tokens(start, clause.end)
    if not tokens or _has_no_own(reader, tokens[0]) or (careful and _is_deed(reader, tokens[0])):
        return None
    verbal = tokens[0].tag == "v"  # 休渔|提高了…
    size = next((at for at in range(verbal, len(tokens)) if not _may_name(reader, tokens, at)), len(tokens))
    if careful:
        size = _past_verbal_noun(tokens, size)
    if not _is_predicate(reader, tokens, size, verbal=verbal, careful=careful):
        return None
    after = reader.text[tokens[size].start : tokens[size].end] if size < len(tokens) else ""
    size -= after == "于" and size > 0 and tokens[size - 1].tag != "x"  # 区别|于
    while size and is_adverb(reader, tokens[size - 1], careful=careful):
        size -= 1
    if careful and size == len(tokens) and is_nominal(label_of(reader.text, start, clause.end)):
        return Span(start, clause.end)
    if not 0 < size < len(tokens) or after in _NO_SUBJECT_BEFORE or after.startswith("所"):
        return None
    return _named(reader, tokens[:size])


def _past_openers(reader: Reader, clause: Span) -> int:
    """Where a clause begins behind what leads into it, and behind who says it."""
    start = clause.start
    while size := reader.word_at(start, "view_openers") or reader.word_at(start, "view_leads"):
        start += size
    says = _SAYS.match(reader.text, start, clause.end)
    return says.end() if says else start


def _has_no_own(reader: Reader, first: Token) -> bool:
    """Whether a clause has no subject of its own, by how it opens."""
    dangles = reader.word_at(first.start, "dangling_openers") or reader.word_at(first.start, "view_preludes")
    return bool(dangles or STANDS_FOR.match(reader.text, first.start)) or first.tag[0] in "pdrc"


def _is_predicate(reader: Reader, tokens: tuple[Token, ...], at: int, *, verbal: bool, careful: bool) -> bool:
    """Whether a predicate may begin at an index: behind a verb that is the subject, only one with 了."""
    if careful and at < len(tokens) and not (tokens[at].tag[0] in _OF_PREDICATES or _is_deed(reader, tokens[at])):
        return False  # 甲市|某公司
    return not verbal or (at + 1 < len(tokens) and tokens[at].tag == "v" and tokens[at + 1].tag == "ul")


def _named(reader: Reader, tokens: tuple[Token, ...]) -> Span | None:
    """The stretch of some tokens, where it may be a subject: of its length, no part of a list, with a noun or a verb first."""
    named = Span(tokens[0].start, tokens[-1].end)
    fits = 2 <= named.end - named.start <= _LONGEST_SUBJECT and not reader.text[slice(*named)].endswith(_AND)
    nominal = tokens[0].tag == "v" or any(token.tag == NAME or token.tag[0] in "naj" for token in tokens)
    return named if fits and nominal else None


def _past_verbal_noun(tokens: tuple[Token, ...], size: int) -> int:
    """Where the predicate begins: behind a verb that is part of the name, where an adverb follows: 渔港|改造|工程|将建."""
    after = tokens[size + 1 :] if size < len(tokens) and tokens[size].tag == "v" else ()
    nouns = len(list(takewhile(lambda token: token.tag == NAME or token.tag[0] in "nt", after)))
    adverb = nouns and size + 2 + nouns < len(tokens) and after[nouns].tag == "d"
    return size + 1 + nouns if adverb else size


def _may_name(reader: Reader, tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the token at an index may be part of the noun phrase that a clause begins with."""
    token = tokens[at]
    if at and token.tag != NAME and _is_deed(reader, token):
        return False
    if token.tag == "v":
        return _is_modifier(reader, tokens, at)
    return token.tag == NAME or token.tag[0] in _OF_NAMES or reader.text[token.start : token.end] in _AND


def is_adverb(reader: Reader, token: Token, *, careful: bool) -> bool:
    """Whether a word before a verb is an adverb of it, not the end of a name; careful: what the segmenter takes for one, too."""
    return reader.is_word(reader.text[token.start : token.end], "bare_adverbs") or (careful and token.tag in ("ad", "t"))


def _is_deed(reader: Reader, token: Token) -> bool:
    """Whether one word is a verb with its adverb, which the segmenter takes for a noun: 高度评价, 充分发挥."""
    verb = token.start + reader.word_at(token.start, "bare_adverbs")
    return token.start < verb < token.end and reader.is_word(reader.text[verb : token.end], "governing_verbs")


def deed_of(reader: Reader, clause: Span) -> Span | None:
    """A clause that is the subject of the next one: 发展渔业，是…; 通过清淤，有助于…"""
    start = clause.start + (2 if reader.text.startswith("通过", clause.start) else 0)
    if reader.word_at(start, "dangling_openers"):
        return None
    tokens = reader.tokens(start, clause.end)
    whole_clause = bool(tokens) and tokens[0].tag in ("v", "vn") and clause.end - start <= _LONGEST_SUBJECT
    return Span(start, clause.end) if whole_clause and all(token.tag not in ("ul", "d") for token in tokens) else None


def _is_modifier(reader: Reader, tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a verb is a word of the noun phrase: it stands before 的 (受限的农户), or is the head behind it (渔业的衰退既…)."""
    words = [reader.text[token.start : token.end] for token in tokens[max(0, index - 2) : index + 2]]
    if index + 1 < len(tokens) and words[-1] == "的":
        return True
    is_head = "的" in words[: min(index, 2)]
    return is_head and index + 1 < len(tokens) and tokens[index + 1].tag[0] in "dcvp"
