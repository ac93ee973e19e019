"""Who acts, in what stands before a verb."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.annotate.tokens import Token
from pipeline.extract.phrases import is_name
from pipeline.extract.reader import Reader
from pipeline.grammar.stretches import bare, behind_dateline, counts
from pipeline.model import Span
from pipeline.parse.setting import opening
from pipeline.patterns import lazy

_LONGEST_DOER = 30  # characters
_SOMEBODY = lazy("[\u4e00-\u9fff]某[某\u4e00-\u9fff]?")  # 张某, 李某某
_IN_BRACKETS = lazy("[（(][^（）()]*(?:[A-Za-z]|简称)[^（）()]*[）)]")  # 标准理事会（ISSB）
_OFFICE = 2  # tokens of an office with the name behind it
_REACH = 30  # characters before a position in which a date begins that ends there


def doer(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Who acts, in what stands before the verb: a person, a body, a place that acts, a pronoun for a person, or whoever is named
    right behind the date of the clause.

    The date and the adverbs before it, and what is done by the way (从…, 在…), are stepped over.
    """
    if reader.is_word(reader.text[span.end - 1], "governs"):
        return ()  # 于判决生效后: what the preposition governs is no deed
    span = Span(_behind_reporters(reader, span), span.end)
    behind = opening(reader, span)
    found = _doer(reader, behind)
    if found is None and behind != span:
        found = _doer(reader, _before_date(reader, span))
    return (found,) if found else ()


def _behind_reporters(reader: Reader, span: Span) -> int:
    """Where a stretch goes on behind a dateline and the names of the reporters: 新华社西安10月18日电（记者赵雪）|省政府."""
    start = behind_dateline(reader, span)
    named = start > span.start and reader.text[start] in "（("
    return max(start, reader.text.find("）", start, span.end) + 1) if named else start


def _before_date(reader: Reader, span: Span) -> Span:
    """What stands before the last date of a stretch, without the day that it explains: 渔业局|今天（3月5日）."""
    end = reader.dates(*span)[-1].start
    bracket = end > span.start and reader.text[end - 1] in "（("
    day = reader.word_before(end - 1, "this_day", span.start) if bracket else 0
    return Span(span.start, end - 1 - day if day else end)


def _doer(reader: Reader, span: Span) -> Span | None:
    tokens = reader.tokens(*span)
    first = 0
    while first < len(tokens) and _is_by_the_way(reader, tokens[first]):
        first += 1
    last = _phrase_end(reader, tokens, first)
    found = _who(reader, tokens, first, last)
    if found is None and first < last < len(tokens) and reader.is_word(_word(reader, tokens[last]), "joins"):  # 环境与发展委员会
        found = _who(reader, tokens, first, _phrase_end(reader, tokens, last + 1))
    return found


def _phrase_end(reader: Reader, tokens: Sequence[Token], last: int) -> int:
    while last < len(tokens) and not _ends_doer(reader, tokens[last]):
        last += 1
    return last


def _who(reader: Reader, tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """tokens[first:last] where they name who acts, and modify nothing."""
    if first == last or (last < len(tokens) and tokens[last].tag.startswith("u")):
        return None
    found = Span(tokens[first].start, tokens[last - 1].end)
    return found if found.end - found.start <= _LONGEST_DOER and _acts(reader, found, tokens[first:last]) else None


def _word(reader: Reader, token: Token) -> str:
    return reader.text[token.start : token.end]


def _ends_doer(reader: Reader, token: Token) -> bool:
    word = reader.text[token.start : token.end]
    remark = _IN_BRACKETS.match(reader.text, token.start)
    return token.tag.startswith(("p", "d", "u", "ad")) or reader.is_word(word, "manner") or remark is not None


def _is_by_the_way(reader: Reader, token: Token) -> bool:
    word = reader.text[token.start : token.end]
    return token.tag.startswith(("d", "t", "c", "w", "x", "f")) or reader.is_word(word, "manner") or not word.strip()


def _acts(reader: Reader, span: Span, tokens: Sequence[Token]) -> bool:
    word = reader.text[slice(*span)]
    if reader.is_word(word, "person_pronouns"):
        return True
    if not is_name(word) or _has_verb(reader, tokens) or counts(reader, span):
        return False
    kinds = {m.kind for m in reader.mentions(*span) if m.end == span.end}
    named = tokens[-1].tag.startswith("nr") or reader.ends_in(word, "offices") or _SOMEBODY.fullmatch(word)
    return bool(named or kinds & {"Body", "Person", "Place"}) or reader.ends_in(word, "bodies")


def _has_verb(reader: Reader, tokens: Sequence[Token]) -> bool:
    """Whether a stretch has a verb that is no part of the name of a body: 国际渔业组织, 理论学习中心组 have none."""
    if len(tokens) > _OFFICE and tokens[-1].tag.startswith("nr") and reader.ends_in(_word(reader, tokens[-_OFFICE]), "offices"):
        tokens = tokens[:-_OFFICE]  # 世界渔业组织|总干事李明
    verbs = [at for at, token in enumerate(tokens) if token.tag == "v"]
    if not reader.ends_in(_word(reader, tokens[-1]), "bodies"):
        return bool(verbs)
    last = len(tokens) - 2  # 引导|基金: right before its head, a verb is part of the name
    return any(at == 0 or _governs(reader, tokens[at], tokens[at - 1], named=at == last) for at in verbs if at <= last)


def _governs(reader: Reader, verb: Token, before: Token, *, named: bool) -> bool:
    """Whether a verb within what ends like a body has an object: 甲法院指控|乙公司, 开展|政府…."""
    word = _word(reader, verb)
    body = reader.ends_in(_word(reader, before), "bodies")
    governing = reader.is_word(word, "governing_verbs") and not reader.is_word(word, "verbal_nouns")
    return body or (governing and not named)


def anyone(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Who acts, known or not: what is named right behind the date of the clause, too."""
    return doer(reader, span) or _behind_date(reader, span)


def _behind_date(reader: Reader, span: Span) -> tuple[Span, ...]:
    if not reader.dates(span.start - _REACH, span.end):
        return ()
    start, end = bare(reader, span)
    if not _is_behind_date(reader, start):
        return ()
    party = start + reader.word_at(start, "opens_name")  # 党的|十四大
    tokens = reader.tokens(party, end) if end > party else ()
    governs = next((at for at, token in enumerate(tokens) if at and token.tag == "p"), len(tokens))
    found = Span(start, tokens[governs - 1].end) if governs else Span(start, start)  # 团队|在《自然》杂志
    host = found.end < end and reader.ends_in(reader.text[slice(*found)], "occasion_heads")  # 渔业大会|在某地开幕
    return (found,) if governs and not host and _is_someone(reader, found, tokens[:governs]) else ()


def _is_someone(reader: Reader, span: Span, tokens: Sequence[Token]) -> bool:
    """Whether what stands right behind a date can act: a name with no verb and no number, not 2031年渔业论坛|上."""
    name = reader.text[slice(*span)]
    strange = any((token.tag[0] in "pdurcy" or token.tag == "ad") and not _names(reader, token, span.end) for token in tokens)
    at = reader.word_before(span.end, "during", span.start)
    counted = bool(reader.quantities(*span)) or counts(reader, span)
    return is_name(name) and len(name) <= _LONGEST_DOER and not (strange or at or counted or _has_verb(reader, tokens))


def _names(reader: Reader, token: Token, end: int) -> bool:
    """Whether a word whose tag says otherwise is part of a name: 我市, the 所 that ends the short form of an institute."""
    return (token.end == end and reader.text[token.start : end] == "所") or reader.is_word(
        reader.text[token.start : token.end], "own_places"
    )


def _is_behind_date(reader: Reader, start: int) -> bool:
    """Whether a date stands right before a position, with a comma or nothing between."""
    before = len(reader.text[max(0, start - 3) : start].rstrip("，, \n　")) + max(0, start - 3)
    return any(date.end == before for date in reader.dates(start - _REACH, start))
