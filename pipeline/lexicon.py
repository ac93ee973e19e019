"""The words of the language by class: ontology/lexicon/*.txt, one class a file, one word a line, “# why” behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.errors import OntologyError
from pipeline.patterns import lazy

Lexicon = Mapping[str, tuple[str, ...]]


def read_lexicon(folder: Path) -> Lexicon:
    """Class → its words, in the order of their file; OntologyError names the file and line of a word that stands there twice."""
    return {file.stem: _words(file) for file in sorted((folder / "lexicon").glob("*.txt"))}


def _words(file: Path) -> tuple[str, ...]:
    words: dict[str, int] = {}
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise OntologyError(f"{file}: is not UTF-8. Save it as UTF-8.") from error
    for number, line in enumerate(lines, 1):
        for word in line.split("#")[0].split():
            if word in words:
                raise OntologyError(f"{file}:{number}: {word} stands in line {words[word]} too. Remove one.")
            words[word] = number
    if not words:
        raise OntologyError(f"{file}: holds no word. Write one a line, or remove the file.")
    return tuple(words)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first; where there is none, one that matches nothing."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


class WordClasses:
    """The classes of a lexicon: whether a word is of one, and patterns with the words of some."""

    def __init__(self, lexicon: Mapping[str, Iterable[str]]) -> None:
        self.words: Mapping[str, frozenset[str]] = {name: frozenset(words) for name, words in lexicon.items()}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def is_word(self, word: str, name: str) -> bool:
        """Whether a word is of a class."""
        return word in self.words.get(name, ())

    def pattern(self, form: str) -> re.Pattern[str]:
        """The pattern of a form, in which %name% stands for any word of a class; made once. A class that the lexicon has not
        holds no word.
        """
        if form not in self._patterns:
            written = CLASS.sub(lambda found: f"(?:{any_of(self.words.get(found[1], ()))})", form)
            self._patterns[form] = re.compile(written)
        return self._patterns[form]


CLASS = lazy("%([a-z_]+)%")  # a class of the lexicon in a form
