"""The name of a person at the end of a phrase: 某大学教授张三 → 张三, 李四副主任 → 李四."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pipeline.annotate.words import words_of
from pipeline.extract.reader import Reader
from pipeline.patterns import lazy
from pipeline.surnames import SURNAMES

_FULL = 3  # characters of most names
_LONGEST_NAME = 5  # characters of a name that only an office tells
_FOREIGN = lazy(
    r"[^\W\d_a-zA-Z在于的]{1,10}(?:[·•][^\W\d_a-zA-Z在对于向就从与说称]{1,12})+(?<![村镇乡市县州省岛])$"
    r"|(?<![A-Za-z.’'-])[A-Z][A-Za-z.’'-]*+(?:\s++[A-Z][A-Za-z.’'-]*+){0,3}\s*+$"
)
_HAN = lazy(r"[\u4e00-\u9fff]{2,9}")
_NO_NAME = lazy(
    "[的了在是和与及等们这那该各本某其有为对向从把被让也还就都并]|^[副表会处室部局厅科组级长大中新总能应]|[曾也还则已均都就仍亦便将会说称]$"
)
_OF_TWO = lazy(rf"[·•]([\u4e00-\u9fff]{{2,{_LONGEST_NAME}}})")
_JOINED = lazy("[、和与]")
_OF_NAMES = ("nr", "ns", "x")  # tags of words of several characters that may be part of a name
_NO_SYLLABLES = "dpcurtf"  # tags of words that are in no name
_OFFICES = ("offices", "speakers")


class Person(NamedTuple):
    """The parts of a phrase: what stands before the name, the name, the office behind it."""

    before: str
    name: str
    office: str


class Persons:
    """Names of persons in one document, as far as its words and the offices beside them tell."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def at_end(self, phrase: str) -> Person | None:
        """The person that a phrase ends in; several as they stand: 张三、李四."""
        foreign = _FOREIGN.search(phrase)
        if foreign:
            if any(self._reader.is_word(word, "view_leads") for word, _ in words_of(foreign[0]) if len(word) > 1):
                return None  # 某某·某某|日前来访
            start = self._past_office(phrase, foreign.start())
            return Person(phrase[:start], phrase[start:].strip(), "") if start < len(phrase) else None
        office = self.office_at_end(phrase)
        office = "" if office == phrase else office
        bare = phrase[: len(phrase) - len(office)]
        name = self._by_words(bare) or self._by_office(bare) or _alone(bare)
        if not name and office and bare in SURNAMES:
            name = bare  # 张教授
        return Person(bare[: len(bare) - len(name)], name, office) if name else None

    def office_at_end(self, phrase: str) -> str:
        """The longest office that a phrase ends in, "" where it ends in none."""
        words = self._reader.wording.words
        sizes = [words[name].before(phrase, len(phrase), 0) for name in _OFFICES if name in words]
        size = max(sizes, default=0)
        return phrase[-size:] if size > 1 else ""

    def are_names(self, phrase: str) -> bool:
        """Whether a phrase is nothing but names of persons, listed: 张三、李四和王五; Rossi & Bianchi."""
        parts = [part.strip() for part in re.split("[、,，&和与及]", phrase) if part.strip()]
        return bool(parts) and all(self._is_name(part) for part in parts)

    def _is_name(self, part: str) -> bool:
        if part.isascii():
            return part[0].isupper()
        found = self.at_end(part)
        return (2 <= len(part) <= 4 and part[0] in SURNAMES) or (found is not None and not found.before)

    def _past_office(self, phrase: str, start: int) -> int:
        """Where the name begins in what looks like a foreign name from `start`: 总统|约翰·某某, 某国|约翰·某某."""
        for at in range(len(phrase) - 1, start, -1):
            if self.office_at_end(phrase[start:at]):
                return at
        for word, tag in words_of(phrase[start:]):
            if tag not in ("ns", "nt", "n") or len(word) < 2:
                break
            start += len(word)
        return start

    def _by_words(self, bare: str) -> str:
        """The names at the end, as the segmenter has them."""
        names: list[str] = []
        for word, tag in reversed(words_of(bare)):
            is_name = tag.startswith("nr") and 2 <= len(word) <= 4 and not _NO_NAME.search(word)
            if (is_name and (not names or _JOINED.fullmatch(names[0]))) or (names and _JOINED.fullmatch(word)):
                names.insert(0, word)
            else:
                break
        joined = "".join(names).lstrip("、和与")
        longer = bare[-len(joined) - 1 :]
        if len(longer) == _FULL and len(joined) == _FULL - 1 and self._is_introduced(longer) and not self._is_introduced(joined):
            return longer  # 丁|某某, which the segmenter parts elsewhere
        return joined if joined[:1] in SURNAMES or not _HAN.fullmatch(joined) or len(joined) >= _FULL else ""

    def _by_office(self, bare: str) -> str:
        """What stands behind an office, where no words tell: 村民|古丽娜尔; or the same name without the office."""
        for size in range(2, min(_LONGEST_NAME, len(bare)) + 1):
            name, before = bare[-size:], bare[:-size]
            if not _HAN.fullmatch(name) or _NO_NAME.search(name):
                return ""
            told = self.office_at_end(before) if before else self._is_introduced(name)
            named = told and not self.office_at_end(name)
            if named and (_may_name(name) or (name[0] in SURNAMES and (size == _FULL or name[1] == "氏"))):
                return name
        return ""

    def _is_introduced(self, name: str) -> bool:
        """Whether the text has the name behind an office."""
        return name in self._introduced

    @cached_property
    def _introduced(self) -> frozenset[str]:
        """What may be the name behind an office: all that stands there begins with."""
        return frozenset(after[:size] for after in {*self._find_after_offices()} for size in range(1, len(after) + 1))

    def _find_after_offices(self) -> Iterator[str]:
        lexicon, text = self._reader.wording.lexicon, self._reader.text
        words: set[str] = set().union(*(lexicon.get(name, frozenset()) for name in _OFFICES))
        longest_first = sorted(words, key=lambda word: (-len(word), word))
        for found in re.finditer("|".join(longest_first), text) if words else ():
            after = text[found.end() : found.end() + _LONGEST_NAME]
            if after and "\u4e00" <= after[0] <= "\u9fff":
                yield after
        yield from (found[1] for found in _OF_TWO.finditer(text))


def _alone(bare: str) -> str:
    """A phrase that is a surname and two syllables which the segmenter takes for a word, or parts otherwise: 段|景行, 李望|山."""
    words = words_of(bare) if len(bare) == _FULL and _HAN.fullmatch(bare) and not _NO_NAME.search(bare) else ()
    surname = len(words) > 1 and bare[0] in SURNAMES and (len(words[0][0]) == 1 or words[0][1].startswith("nr"))
    is_name = surname and all(tag[0] not in _NO_SYLLABLES for _, tag in words)
    return bare if is_name else ""


def _may_name(phrase: str) -> bool:
    """Whether the words of a phrase may be the syllables of a name: none of several characters that is a word of another kind."""
    return all(len(word) == 1 or tag.startswith(_OF_NAMES) for word, tag in words_of(phrase))
