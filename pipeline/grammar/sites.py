"""Places in a stretch of text: where something happened, or someone went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.annotate.tokens import NAME, Token
from pipeline.extract.phrases import clean, is_name
from pipeline.extract.reader import Reader, keep
from pipeline.model import Mention, Span

_LONGEST = 24  # characters of the name of a place
_JOINS = "、和与及"
_TWO = 2  # words of a place within a known one
_LONGEST_REST = 12  # characters between places and the verb of going there: 实地开展专题


@keep
def site(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The place with which a stretch begins: known, or of a kind by what its name ends in."""
    short = _short_form(reader, span)
    if short:
        return (short,)
    found = None
    tokens = reader.tokens(span.start, min(span.end, span.start + _LONGEST))
    if len(tokens) == _TWO and tokens[0].tag == NAME and tokens[1].tag in ("n", "ns", "nz") and _is_known(reader, *tokens):
        return (span,)  # 海南|陵水
    for token in tokens:
        if token.tag in ("m", "t") and token.start == span.start:
            break
        if _ends_site(reader, token) or (token.tag.startswith("v") and _is_deed(reader, token)):
            break
        if _is_place(reader, token) or (found and token.tag == "ns" and token.start == found.end):  # 越南|宁平
            found = Span(span.start, token.end)
        elif token.tag == "v":
            break
    good = found and is_name(clean(reader.text[slice(*found)])) and not _is_aspect(reader, found)
    return (found,) if found and good and not _goes_on(reader, found, tokens) else ()


def may_be_site(reader: Reader, span: Span) -> bool:
    """Whether a stretch can be a place and nothing else: most hold none."""
    return span.end - span.start <= _LONGEST and (
        reader.ends_in(reader.text[slice(*span)], "sites")
        or reader.text[span.start] in reader.wording.short_places
        or any(mention.kind == "Place" for mention in reader.mentions(*span))
    )


def _goes_on(reader: Reader, found: Span, tokens: Sequence[Token]) -> bool:
    """Whether a noun behind a place says that it is no place: 全国国有企业|党的建设会议; a person may stand there, or a deed
    that is tagged as one: 在大连|会见.
    """
    behind = next((token for token in tokens if token.start == found.end), None)
    return behind is not None and behind.tag in ("n", "nz", "ns", "nt") and not _is_deed(reader, behind)


def _short_form(reader: Reader, span: Span) -> Span | None:
    """在|京|召开: a place by the one character that stands for it."""
    end = span.start + 1
    verbs = ("manner", "holds", "takes_place", "completes", "settles", "acts")
    stands = reader.text[span.start] in reader.wording.short_places and any(reader.word_at(end, words) for words in verbs)
    return Span(span.start, end) if stands else None


def _ends_site(reader: Reader, token: Token) -> bool:
    word = reader.text[token.start : token.end]
    return token.tag.startswith(("p", "d", "r", "c", "y")) or (token.tag[0] in "uwx" and not reader.is_word(word, "joins"))


def _is_known(reader: Reader, place: Token, within: Token) -> bool:
    """Whether a known place and a place within it make one name: no adverb is one (额济纳旗|实地)."""
    return _is_place(reader, place) and not reader.is_word(reader.text[within.start : within.end], "manner")


def _is_deed(reader: Reader, token: Token) -> bool:
    word = reader.text[token.start : token.end]
    return any(reader.is_word(word, words) for words in ("completes", "acts", "does", "holds"))


def _is_place(reader: Reader, token: Token) -> bool:
    if token.tag == NAME and any(mention.kind == "Place" for mention in reader.mentions(token.start, token.end)):
        return True
    word = reader.text[token.start : token.end]
    return reader.ends_in(word, "sites")


def _is_aspect(reader: Reader, span: Span) -> bool:
    """Whether a place is the beginning of something else: 在北京会议上, 在城市建设方面."""
    return bool(reader.word_at(span.end, "aspects"))


def sites(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The places with which a stretch begins, one or a list; nothing of weight may stand between them and its end."""
    found: list[Span] = []
    start = span.start
    while start < span.end:
        until = reader.text.find("、", start, span.end)
        whole = site(reader, Span(start, until if until > start else span.end))
        found += whole
        if not whole or reader.text[whole[0].end] not in _JOINS:
            break
        start = whole[0].end + 1
    rest = Span(found[-1].end, span.end) if found else span
    return tuple(found) if found and rest.end - rest.start <= _LONGEST_REST and not _has_another(reader, rest) else ()


def _has_another(reader: Reader, span: Span) -> bool:
    """Whether someone else is met there: 在北京同某国总理."""
    words = reader.tokens(*span) if span.end > span.start else ()
    return any(token.tag == "p" or reader.is_word(reader.text[token.start : token.end], "holds") for token in words)


def sites_in(reader: Reader, span: Span) -> Iterator[Span]:
    """The places that a clause says something happened in, or someone went to."""
    for at, length in reader.word_places(span.start, span.end - 1, "whereabouts"):
        if at + length < span.end:
            yield from site(reader, Span(at + length, span.end))


def place_of(reader: Reader, span: Span) -> Mention | None:
    """The place of the vocabulary at the end of a stretch, else the first in it."""
    known = [m for m in reader.mentions(*span) if m.kind == "Place"]
    return next((m for m in known if m.end == span.end), known[0] if known else None)
