"""The tokens of a sentence: names of the vocabularies as one, and between them the words of the segmenter with their tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.annotate.words import words_of
from pipeline.model import Mention

NAME = "NAME"  # the tag of a name of a vocabulary


class Token(NamedTuple):
    """text[start:end] is one word; `tag` as jieba's dictionary has it (n, v, vn, a, p …), or NAME."""

    start: int
    end: int
    tag: str


def tokens_of(text: str, start: int, end: int, names: Sequence[Mention]) -> tuple[Token, ...]:
    """The tokens of text[start:end]; `names` are the mentions of vocabularies within it, in order."""
    if not names:
        return tuple(_words(text, start, end))
    found: list[Token] = []
    at = start
    for name in names:
        found += _words(text, at, name.start)
        found.append(_tuple(Token, (name[0], name[1], NAME)))
        at = name.end
    found += _words(text, at, end)
    return tuple(found)


# Tokens are made by the thousand: without the call of the class, which takes twice as long.
_tuple = tuple.__new__


def _words(text: str, start: int, end: int) -> list[Token]:
    found = []
    for word, tag in words_of(text[start:end]) if end > start else ():
        after = start + len(word)
        found.append(_tuple(Token, (start, after, tag)))
        start = after
    return found
