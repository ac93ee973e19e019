"""Where words stand in a text, to the character, whatever spaces and widths they are written with.

A model copies with other spaces, and with punctuation of other widths (, for ，), and turns “ into ". Nothing else is forgiven: a
character that is another one is another text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Span

_QUOTATION_MARKS = str.maketrans("“”„‘’", "\"\"\"''")


class _Folded(NamedTuple):
    """A text without its spaces and widths; `at` has where each of its characters stood."""

    text: str
    at: tuple[int, ...]


@lru_cache(maxsize=64)
def _folded(text: str) -> _Folded:
    kept = [(_narrow(character), at) for at, character in enumerate(text) if not character.isspace()]
    return _Folded("".join(character for character, _ in kept).translate(_QUOTATION_MARKS), tuple(at for _, at in kept))


def _narrow(character: str) -> str:
    """A character in its usual width; one that would become several stays as it is."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def same(one: str, other: str) -> bool:
    """Whether two texts differ in spaces and widths alone."""
    return _folded(one).text == _folded(other).text


def places(words: str, text: str, span: Span) -> Iterator[Span]:
    """Each place in text[span] at which `words` stand, as a span of `text` that begins and ends with their characters."""
    wanted, within = _folded(words).text, _folded(text[slice(*span)])
    at = within.text.find(wanted) if wanted else -1
    while at >= 0:
        yield Span(span.start + within.at[at], span.start + within.at[at + len(wanted) - 1] + 1)
        at = within.text.find(wanted, at + 1)
