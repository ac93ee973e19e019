"""Words and their tags, for what no vocabulary holds.

jieba is the reference segmenter; rjieba, its port with the same dictionary, is used where it is installed (about twenty times
as fast; a test pins that the two agree). spaCy is imported only when a Doc is asked for: it holds the words, the tags and the
names that the vocabularies gave, so that a Matcher can find the noun phrases among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from logging import WARNING
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# Tags of jieba (ICTCLAS) that may stand in a noun phrase, before its head and as its head.
MODIFIER_TAGS = (
    "a",
    "ad",
    "an",
    "b",
    "eng",
    "f",
    "j",
    "l",
    "i",
    "m",
    "n",
    "ng",
    "nr",
    "ns",
    "nt",
    "nz",
    "s",
    "t",
    "v",
    "vg",
    "vn",
    "x",
    "NAME",
)
HEAD_TAGS = ("a", "an", "eng", "i", "j", "l", "n", "ng", "nr", "ns", "nt", "nz", "s", "v", "vn", "x", "NAME")


@cache
def _port() -> Any:
    """rjieba, with the segmenter that it makes when it is imported: one of our own would take the same tenth of a second again.
    None where there is no wheel for this platform. What else runs in a process may add words to it; in a worker nothing does."""
    try:
        import rjieba
    except ImportError:
        return None
    return rjieba


@cache
def tagger() -> Callable[[str], Iterable[tuple[str, str]]]:
    """A function from text to (word, tag) pairs."""
    port = _port()
    if port is None:
        return reference_tagger()
    tag: Callable[[str], Iterable[tuple[str, str]]] = port.tag
    return tag


@cache
def cutter(*, guesses: bool = True) -> Callable[[str], Iterable[str]]:
    """A function from text to its words, several times as fast as with tags; where it does not guess, only dictionary words are
    longer than a character: 家|药|企业, not 家药.
    """
    port = _port()
    if port is None:
        tokenizer = reference_tokenizer()
        return lambda text: tokenizer.cut(text, HMM=guesses)
    cut: Callable[[str, bool], Iterable[str]] = port.cut
    return lambda text: cut(text, guesses)


@cache
def reference_tokenizer() -> Any:
    """A Tokenizer of jieba that no other user of the module shares.

    jieba keeps its dictionary in a cache file in the temporary folder, which anyone may write and which it unmarshals unchecked:
    here it is made in a folder of our own and goes with it.
    """
    import jieba

    jieba.setLogLevel(WARNING)  # it tells how it loads its dictionary
    tokenizer = jieba.Tokenizer()
    with TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    return tokenizer


@cache
def reference_tagger() -> Callable[[str], Iterable[tuple[str, str]]]:
    """jieba's own words with the tags of its dictionary.

    Not jieba.posseg's cut, which segments unknown words otherwise than jieba and the port do.
    """
    import jieba.posseg

    tokenizer = reference_tokenizer()
    posseg = jieba.posseg.POSTokenizer(tokenizer)
    posseg.initialize()
    tags: dict[str, str] = posseg.word_tag_tab
    return lambda text: ((word, tags.get(word) or _tag_by_form(word)) for word in tokenizer.cut(text))


def _tag_by_form(word: str) -> str:
    """The tag of a word that the dictionary does not have: a number, Latin letters, a Chinese word (mostly a noun), a mark."""
    if word[0].isdigit():
        return "m"
    if word.isascii() and word[0].isalpha():
        return "eng"
    return "n" if "\u4e00" <= word[0] <= "\u9fff" else "x"


@cache
def _vocab() -> Vocab:
    from spacy.vocab import Vocab

    return Vocab()


@cache
def _noun_phrases() -> Matcher:
    from spacy.matcher import Matcher

    matcher = Matcher(_vocab())
    pattern: list[dict[str, Any]] = [{"TAG": {"IN": list(MODIFIER_TAGS)}, "OP": "*"}, {"TAG": {"IN": list(HEAD_TAGS)}}]
    matcher.add("NOUN_PHRASE", [pattern], greedy="LONGEST")
    return matcher


def make_doc(text: str, names: Iterable[tuple[int, int]] = ()) -> Doc:
    """A spaCy Doc over `text`: words and tags of the segmenter, with each of `names` (offsets) as one word tagged NAME."""
    from spacy.tokens import Doc

    words: list[str] = []
    tags: list[str] = []
    position = 0
    for start, end in names:
        _add_words(text[position:start], words, tags)
        words.append(text[start:end])
        tags.append("NAME")
        position = end
    _add_words(text[position:], words, tags)
    return Doc(_vocab(), words=words, spaces=[False] * len(words), tags=tags)


def _add_words(text: str, words: list[str], tags: list[str]) -> None:
    for word, tag in tagger()(text) if text else ():
        words.append(word)
        tags.append(_tag(word, tag))


def noun_phrases(text: str, names: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """The longest noun phrases of `text`, as offsets in order."""
    doc = make_doc(text, names)
    found = _noun_phrases()(doc, as_spans=True)
    return sorted((span.start_char, span.end_char) for span in found)


@lru_cache(maxsize=4096)
def reads_as_noun(phrase: str) -> bool:
    """Whether a phrase that no vocabulary holds is one noun phrase by its words, as `noun_phrases` has it, without a Doc."""
    return _is_noun_phrase(phrase, _MODIFIERS)


@lru_cache(maxsize=4096)
def names_a_thing(phrase: str) -> bool:
    """Whether a phrase is a noun phrase with no verb but as the last word: 木竹结构建筑, 数据入股, not 医院做实首诊."""
    return _is_noun_phrase(phrase, _NOMINAL)


_MODIFIERS = frozenset(MODIFIER_TAGS)
_NOMINAL = _MODIFIERS - {"v", "f", "ad"}
_HEADS = frozenset(HEAD_TAGS)


def _is_noun_phrase(phrase: str, modifiers: frozenset[str]) -> bool:
    tags = [_tag(word, tag) for word, tag in tagger()(phrase)] if phrase else []
    return bool(tags) and tags[-1] in _HEADS and modifiers.issuperset(tags[:-1])


def _tag(word: str, tag: str) -> str:
    """A verb of one character is part of a word that was cut."""
    return "vg" if tag == "v" and len(word) == 1 else tag


@lru_cache(maxsize=4096)
def names_one(phrase: str) -> bool:
    """Whether a phrase is a person's name, as far as the words tell."""
    return 2 <= len(phrase) <= 4 and all(tag.startswith("nr") for _, tag in tagger()(phrase))


@lru_cache(maxsize=4096)
def is_predicate(phrase: str) -> bool:
    """Whether a phrase says something: it has a verb, an adjective or an adverb that is one word of it."""
    return any(tag[0] in "vadz" for _, tag in tagger()(phrase))


@lru_cache(maxsize=8192)
def words_of(phrase: str) -> tuple[tuple[str, str], ...]:
    """The words of a phrase with their tags; kept, since a third of what is asked for was asked for before."""
    return tuple(tagger()(phrase))
