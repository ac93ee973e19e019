"""The two things of a contrast: noun phrases at the heads of two clauses that are of one kind: 甲种银行 and 乙种银行."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.annotate.tokens import NAME, Token
from pipeline.extract.reader import Reader
from pipeline.model import Span
from pipeline.patterns import lazy

_SPACES = lazy(r"[\s“”\"]+")
_CLAUSE_MARK = lazy("[，,；;。！？\n]")
_REMARK = lazy(r"[①-⑳]|\s+|（[^（）]*）|\[[\d,，-]+\]")
_NOMINAL = (NAME, "vn", "an", "b", "f", "s", "j", "l", "m", "q", "eng")  # tags of what a noun phrase is made of
_JOINS = ("的", "和", "与", "及", "、", "“", "”")
_MARKS = '“”"、'
_OF_MEASURE = "性度率量额"  # what ends the names of measures, which are alike in nothing else
_SHORTEST, _LONGEST = 2, 16  # characters of a side
_LONGEST_VALUE, _SHORT_VALUE = 40, 3  # characters of what is said of a side
_AROUND = '，,；;。！？ \n“”"'


class Side(NamedTuple):
    """text[start:end] names one of the two; what is said of it begins at `value`."""

    start: int
    end: int
    value: int


class Contrast(NamedTuple):
    """Two sides with the stretches that say what each is like, on one dimension."""

    dimension: Span
    a: Side
    b: Side
    value_a: Span
    value_b: Span
    rule: str
    said: tuple[str, str] | None = None  # what the two are like, where the text says it of one


def clauses_of(reader: Reader, start: int, end: int) -> Iterator[Span]:
    """The clauses of text[start:end], between commas and semicolons of either width."""
    at = start
    for mark in _CLAUSE_MARK.finditer(reader.text, start, end):
        if mark.start() > at:
            yield Span(at, mark.start())
        at = mark.end()
    if end > at:
        yield Span(at, end)


def side_at(reader: Reader, clause: Span) -> Side | None:
    """The thing that a clause begins with: the noun phrase before its first verb, up to 的 of it."""
    text = reader.text
    start = past_leads(reader, clause)
    tokens = reader.tokens(start, clause.end)
    stop = _noun_phrase(reader, tokens)
    if not stop or tokens[stop - 1].end >= clause.end:
        return None
    of = next((at for at in range(stop) if text[tokens[at].start : tokens[at].end] == "的"), stop)
    if of == stop > 1 and reader.is_word(text[tokens[of - 1].start : tokens[of - 1].end], "side_measures"):
        of, stop = of - 1, stop - 1  # 甲乙两市|水平较高
    end = tokens[of - 1].end if of else start
    if not _SHORTEST <= end - start <= _LONGEST or reader.word_at(start, "no_sides"):
        return None
    return Side(start, end, tokens[stop - 1].end)


def past_leads(reader: Reader, clause: Span) -> int:
    """Where a clause begins, past conjunctions, numbering and opening marks."""
    start, before = clause.start, -1
    while before < start < clause.end:
        before = start
        spaces = _SPACES.match(reader.text, start, clause.end)
        start = spaces.end() if spaces else start
        start += reader.word_at(start, "side_leads")
    return min(start, clause.end)


def _noun_phrase(reader: Reader, tokens: Sequence[Token]) -> int:
    """How many tokens make the noun phrase at the head of a clause."""
    for at, token in enumerate(tokens):
        word = reader.text[token.start : token.end]
        says = reader.is_word(word, "side_adverbs") or (at > 0 and token.tag == "vn" and tokens[at - 1].tag == NAME)
        nominal = token.tag in _NOMINAL or token.tag[0] == "n" or word in _JOINS or (token.tag == "a" and at == 0)
        if says or not nominal:
            return at
    return 0


def is_nominal(reader: Reader, span: Span) -> bool:
    """Whether a stretch is a noun phrase from one end to the other; a verb may stand within: 居民|出行|时间."""
    tokens = reader.tokens(*span)
    nominal = [_is_nominal(reader, token) for token in tokens]
    within = [at > 0 and tokens[at].tag == "v" and nominal[at + 1] for at in range(len(tokens) - 1)]
    return bool(tokens) and nominal[-1] and all(map(any, zip(nominal, [*within, False], strict=True)))


def _is_nominal(reader: Reader, token: Token) -> bool:
    """Whether a token may stand in a noun phrase; so may the names of measures that the segmenter takes for verbs: 增速, 收入."""
    word = reader.text[token.start : token.end]
    measure = reader.is_word(word, "side_measures") or reader.is_word(word, "quantity_tails")
    return measure or token.tag in (*_NOMINAL, "a") or token.tag[0] == "n" or word in _JOINS


def alike(reader: Reader, first: Side, second: Side) -> bool:
    """Whether two sides are of one kind: they end alike and differ before, or name two places."""
    a, b = _plain(reader, first), _plain(reader, second)
    if a in b or b in a:
        return False
    if a[-1] == b[-1] and a[-1] not in _OF_MEASURE and not a[0].isdigit() and not b[0].isdigit():
        return True
    kinds = [{mention.kind for mention in reader.mentions(side.start, side.end) if mention.term} for side in (first, second)]
    return "Place" in kinds[0] & kinds[1]


def _plain(reader: Reader, side: Side) -> str:
    return "".join(char for char in reader.text[side.start : side.end] if char not in _MARKS)


def value_of(reader: Reader, start: int, end: int) -> str:
    """What text[start:end] says, in at most 40 characters: all of it, else its last clause, else its first words and its head."""
    text = _REMARK.sub("", reader.text[start:end]).strip(_AROUND).lstrip("则却也还都更")
    if len(text) <= _LONGEST_VALUE:
        return text
    last = _CLAUSE_MARK.split(text)[-1]
    if _SHORT_VALUE < len(last) <= _LONGEST_VALUE and "、" not in last[:6]:
        return last
    words = reader.tokens(start, end)[:2]
    verb = "".join(reader.text[word.start : word.end] for word in words)
    return (verb + text.rsplit("的", maxsplit=1)[-1])[:_LONGEST_VALUE]
