"""Whether a name that no vocabulary holds reads as one of a thing that could be defined."""

from __future__ import annotations

from pipeline.annotate.words import words_of
from pipeline.extract.defines.objects import is_uneven
from pipeline.extract.reader import Reader
from pipeline.model import Name
from pipeline.patterns import lazy


def may_be_defined(reader: Reader, s: Name, *, may_be_act: bool = False, is_term: bool = False) -> bool:
    """Whether a name that no vocabulary holds reads as one of a thing by its words.

    It opens with no preposition, pronoun, adverb, count or conjunction, and nothing of a formula is in it; a verb that governs
    the rest opens it only where `may_be_act`. A noun that is of its text alone is none, unless it `is_term`: defined there.
    """
    words = words_of(s.label)
    if s.term or not words:
        return bool(words)
    return not (
        is_uneven(s.label)
        or _NO_CONCEPT.search(s.label)
        or _opens_none(reader, words)
        or _closes_none(reader, words)
        or _says_what_is_so(reader, words)
        or (not may_be_act and _is_deed_or_praise(reader, words))
        or (not is_term and _is_of_its_text(reader, s.label, words))
        or _names_no_thing(reader, words)
    )


_Words = tuple[tuple[str, str], ...]  # each with its tag


def _opens_none(reader: Reader, words: _Words) -> bool:
    """Whether the first word opens no name: a preposition, a pronoun, a count, what leads to a name, the place that speaks."""
    first, tag = words[0]
    counts = len(words) > 1 and (first in _MEASURES or reader.is_word(first, "one_of"))
    acts = len(words) > 1 and words[1][1] in ("v", "nr") and is_here(reader, first)  # 本市依托…, 各地以…
    alone = len(words) == 1 and (tag == "t" or reader.is_word(first, "transitives"))
    how = tag[0] in "ab" and reader.is_word(first, "manner")
    leads = first == "指" or any(reader.is_word(first, name) for name in ("such_as", "lacks"))  # 指|X, 如|X
    return tag[0] in "pryucd" or tag == "ad" or leads or counts or acts or alone or how


def is_here(reader: Reader, word: str) -> bool:
    """Whether a word stands for the place that speaks, or for those who act everywhere: neither is a concept."""
    return any(reader.is_word(word, name) for name in ("own_places", "everyone"))


def _closes_none(reader: Reader, words: _Words) -> bool:
    """Whether the last word ends no name: a particle, a verb of having, an adjective behind nothing but the like."""
    last, tag = words[-1]
    has = len(words) > 1 and any(reader.is_word(last, name) for name in ("have", "include_verbs"))
    described = tag[0] in "az" and len(words) > 1
    if described and all(tag in "ad" or _only_describes(reader, word, tag) for word, tag in words):
        return True
    return has or (tag[0] in "pryucdf" and not reader.is_word(last, "verbal_nouns"))


def _says_what_is_so(reader: Reader, words: _Words) -> bool:
    """Whether a modal stands among the words, or a verb within them that says what something is or becomes."""
    states = any(reader.is_word(word, name) for word, _ in words[1:-1] for name in ("becomes", "states"))
    return states or any(reader.is_word(word, "modals") for word, _ in words)


def _is_deed_or_praise(reader: Reader, words: _Words) -> bool:
    """Whether a verb governs the rest, or is cut off from its object, or one word only says how a thing is."""
    (first, opens), (last, _) = words[0], words[-1]
    governs = opens[0] == "v" and reader.is_word(first, "governing_verbs") and not reader.is_word(first, "verbal_nouns")
    cut = len(words) > 1 and reader.is_word(last, "transitives") and words[-2][0] != "的"
    return governs or cut or (len(words) == 1 and len(first) > 1 and _only_describes(reader, first, opens))


def _is_of_its_text(reader: Reader, label: str, words: _Words) -> bool:
    """Whether a noun is of one text alone, or says on which side something is so."""
    return reader.is_word(label, "of_its_text") or (len(words) > 1 and reader.is_word(words[-1][0], "viewed_from"))


def _names_no_thing(reader: Reader, words: _Words) -> bool:
    """Whether the last word is vague, with nothing before it but what tells how many or how much."""
    modifiers = next((at for at, (word, tag) in enumerate(words) if not _only_modifies(reader, word, tag)), len(words) - 1)
    return modifiers == len(words) - 1 and _is_vague(reader, words[-1][0], counted=modifiers > 0)


def _is_vague(reader: Reader, word: str, *, counted: bool) -> bool:
    """Whether a noun names no thing with nothing but a count or an adjective before it, or within it: 主要职责."""
    nouns = [word[at:] for at in range(1, len(word)) if reader.is_word(word[:at], "degree")]
    of_something = any(reader.is_word(noun, "relational") for noun in (word, *nouns)) if counted or nouns else False
    return of_something or any(reader.is_word(noun, "vague") for noun in (word, *nouns))


def _only_describes(reader: Reader, word: str, tag: str) -> bool:
    """Whether a word by itself says how a thing is, or that something is expected: 最大, 普遍, 预计."""
    return tag in ("ad", "z") or any(reader.is_word(word, name) for name in ("degree", "foresees", "adverbs"))


def _only_modifies(reader: Reader, word: str, tag: str) -> bool:
    """Whether a word tells how many or how much, and not of what: 4, 项, 重大, 主要."""
    return tag[0] in "mq" or word in _MEASURES or reader.is_word(word, "degree") or reader.is_word(word, "counts")


_MEASURES = tuple("个项条类种件")  # some of them nouns to the segmenter: 4|项|工作
_NO_CONCEPT = lazy(
    r"、.*等|能否|是否|如何|第[\d一二三四五六七八九十]+[个阶步]|^（|）$|^[\d.]{4}|[化境输]部$|成员$|中要$|[\\{}$]|进行|^(?:[一二三四五六七八九]是|一[支批]|重点|有关|补充|发现|看似|离不开|考虑到|涉嫌|有可能)|^\d{1,2}(?!世纪)[\u4e00-\u9fff]|^\d+[份项个家条种类名人次只支批篇]|^近[^年]{0,3}年来?$"
)
