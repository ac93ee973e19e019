"""Noun phrases in the words around a figure: where they begin, whether they are sound, and the thing that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.annotate.tokens import Token
from pipeline.annotate.words import tagger
from pipeline.extract.figures.patterns import Patterns
from pipeline.extract.figures.speaker import Speaker, named_as
from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.model import Name, Span
from pipeline.patterns import lazy

# The tags of words of a noun phrase, by their first letters, and of those that may end it.
_SOUND = ("n", "NAME", "b", "j", "l", "i", "a", "eng", "s", "f", "m", "q", "t", "x", "k", "h", "g", "z", "ug")
_ENDS = ("n", "j", "l", "i", "s", "N", "e", "z", "b")
_MARKER = lazy(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,4}条\s*|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．](?!\d)|[①-⑳])\s*"
)
_OF_LATE = lazy(r"(?:近|这|过去|前|近些)[\d一二三四五六七八九十几]{1,2}年来?|\d{1,3}年间")
_NUMERALS = lazy("[0-9一二三四五六七八九十百千万亿]")
_NO_NAME = lazy(r"[。；！？\n$\\{}<>．]")
_MEASURES = tuple("个条座项家所台种位名批类")
_LONGEST = 40


class Nouns:
    """The noun phrases of one document."""

    def __init__(self, reader: Reader, patterns: Patterns, speaker: Speaker) -> None:
        self._reader, self._patterns, self._speaker = reader, patterns, speaker

    def opening(self, span: Span) -> int:
        """Where a clause begins behind its number, its date, conjunctions and adverbs."""
        at, end = span
        marker = _MARKER.match(self._reader.text, at, end)
        at = marker.end() if marker else at
        while at < end and (step := self._step(span.start, at, end)):
            at += step
        return at

    def _step(self, start: int, at: int, end: int) -> int:
        """How long what stands at a position is that only leads into a clause."""
        reader, text = self._reader, self._reader.text
        date = next((date for date in reader.dates(at, at + 1) if date.end <= end), None)
        if date:
            return date.end - at
        of_late = _OF_LATE.match(text, at, end)
        if of_late:
            return of_late.end() - at
        if text[at] in "这该那" and text[at + 1 : at + 2] in _MEASURES:
            return 2  # 这|条|铁路
        if text[at] == "可" and text[at + 1 : at + 2] in "供用支":
            return 0  # 可供分配
        length = reader.word_at(at, "led_into")
        if length > 1 or (length and self._is_word(at, end)):
            return length
        return int(text[at] in " 　，,、）)的" or (at > start and text[at] in "末底" and text[at - 1] == "年"))

    def _is_word(self, at: int, end: int) -> bool:
        """Whether the character at a position is a word of its own."""
        first = next(iter(self._reader.tokens(at, min(end, at + 6))), None)
        return first is None or first.end - first.start == 1

    def sound(self, tokens: Sequence[Token]) -> bool:
        """Whether tokens make a noun phrase: no adverb, pronoun or preposition, few verbs, 的 and 和 only amid it."""
        if not tokens:
            return False
        words = [self._reader.text[token.start : token.end] for token in tokens]
        if words[0] in "的和与及或等、" or any(_is_strange(token.tag, word) for token, word in zip(tokens, words, strict=True)):
            return False
        acting = sum(token.tag == "v" for token in tokens)
        return acting <= max(2, len(tokens) // 2) and self._ends_soundly(tokens, words[-1])

    def _ends_soundly(self, tokens: Sequence[Token], word: str) -> bool:
        """Whether the last word may be the head: a noun, the name of a quantity, a deed behind what it is done to."""
        last = tokens[-1]
        if self._patterns.quantity.search(self._reader.text[tokens[0].start : last.end]) or word in "”）)》":
            return True
        if last.tag == "m":
            return _NUMERALS.search(word) is None  # 起降点, which the segmenter takes for a number
        deed = last.tag == "v" and len(tokens) > 1 and tokens[-2].tag[0] in "njN"
        return last.tag[0] in _ENDS or last.tag in ("vn", "f", "q", "k") or deed

    def thing(self, span: Span) -> Name | None:
        """The name in a stretch, without what leads into it; None where it is none."""
        reader, text = self._reader, self._reader.text
        start, end = self.opening(span), span.end
        while end > start and text[end - 1] in "的、，“”和与及等 　（(了":
            end -= 1
        while start < end and text[start] in "、，”’和 　":
            start += 1
        phrase = text[start:end]
        open_ = any(phrase.count(opening) != phrase.count(closing) for opening, closing in ("《》", "“”", "（）"))
        if not 2 <= len(phrase) <= _LONGEST or _NO_NAME.search(phrase) or phrase[0] == "每" or open_:
            return None
        if phrase.endswith("中") and not reader.ends_in(phrase, "schools"):
            return None
        if phrase in self._patterns.own:
            return self._speaker.own(phrase)
        mention = next((m for m in reader.mentions(start, end) if m.start == start and m.end == end and m.term), None)
        if mention:
            return named_as(mention, reader)
        tokens = reader.tokens(start, end)
        if tokens[0].tag == "p" or not self.sound(tokens):
            return None
        return reader.named(re.sub(r"\s+", "", clean(phrase)), "Concept", clean(phrase))

    def phrase(self, words: str) -> Name | None:
        """Words that stand for themselves as a name; None where they make no noun phrase."""
        tags = [tag for _, tag in tagger()(words)]
        sound = bool(tags) and tags[-1][0] in "nj" and not any(tag[0] in "pdrcu" for tag in tags)
        return Name(words, "Concept", words) if sound else None


def _is_strange(tag: str, word: str) -> bool:
    """Whether a word is none of a noun phrase."""
    if tag == "r" and len(word) > 1 and word[0] not in "这那该此其每各某":
        return False  # 本科
    if tag in ("uj", "c", "p", "u") and word in "的和与及或对等比":
        return False
    return tag not in ("v", "vn", "vg", "uv") and not tag.startswith(_SOUND)
