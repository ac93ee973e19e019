"""The tokens of a sentence: names of the vocabularies as one, and between them the words of the segmenter with their tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.annotate.words import tagger
from pipeline.model import Mention

NAME = "NAME"  # the tag of a name of a vocabulary


class Token(NamedTuple):
    """text[start:end] is one word; `tag` as jieba's dictionary has it (n, v, vn, a, p …), or NAME."""

    start: int
    end: int
    tag: str


def tokens_of(text: str, start: int, end: int, names: Iterable[Mention]) -> tuple[Token, ...]:
    """The tokens of text[start:end]; `names` are the mentions of vocabularies within it, in order."""
    found: list[Token] = []
    at = start
    for name in names:
        found += _words(text, at, name.start)
        found.append(Token(name.start, name.end, NAME))
        at = name.end
    found += _words(text, at, end)
    return tuple(found)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for word, tag in tagger()(text[start:end]) if end > start else ():
        yield Token(start, start + len(word), tag)
        start += len(word)
