"""Words looked for all at once, in one pass however many they are; and patterns tried only where a word of theirs stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from daachorse import CharwiseDoubleArrayAhoCorasick


class Words:
    """Tells which of some words a text has."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(dict.fromkeys(words))
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(self._words))

    def within(self, text: str) -> frozenset[str]:
        """Those that stand anywhere in a text, also within one another."""
        return frozenset([self._words[index] for _, _, index in self._automaton.find_overlapping(text)])


class Sought(NamedTuple):
    """A pattern, and words of which whatever it matches holds one; `said` are the words that the text has."""

    pattern: re.Pattern[str]
    words: Iterable[str]

    def search(self, text: str, said: frozenset[str]) -> re.Match[str] | None:
        """The first match."""
        return None if said.isdisjoint(self.words) else self.pattern.search(text)

    def fullmatch(self, text: str, said: frozenset[str]) -> re.Match[str] | None:
        """The match of the whole text."""
        return None if said.isdisjoint(self.words) else self.pattern.fullmatch(text)

    def number(self, text: str, said: frozenset[str]) -> int:
        """How many matches there are, one behind the other."""
        return 0 if said.isdisjoint(self.words) else len(self.pattern.findall(text))
