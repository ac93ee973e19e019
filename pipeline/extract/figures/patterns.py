"""The patterns of figures, made from the words of the ontology; once for an ontology."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.annotate.quantities import QuantityFinder, units_of
from pipeline.lexicon import any_of
from pipeline.ontology import Ontology


@dataclass(frozen=True, slots=True)
class GrantPatterns:
    """Of amounts of support: `what` is given, named `behind` an amount, `before` it or by a `verb`; `opens` leads into its name,
    `how` is how often and to each of whom.
    """

    what: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    verb: re.Pattern[str]
    opens: re.Pattern[str]
    how: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the words around a figure are looked for with.

    `numbers` finds a number with one of the units; `before` and `after` the words that bound it, `sign` says how. `last_word`
    is a verb of reaching or changing, or an adverb of it, at the end of a stretch, `verb` one at the beginning; `rank` finds a
    rank with its verb, `quantity` the end of the name of a quantity. `pairs` are words for two things, `own` those for the place
    of the text.
    """

    numbers: QuantityFinder
    before: re.Pattern[str]
    after: re.Pattern[str]
    signs: Mapping[str, str]
    rises: frozenset[str]
    falls: frozenset[str]
    reaches: frozenset[str]
    shares: frozenset[str]
    verb: re.Pattern[str]
    last_word: re.Pattern[str]
    rank: re.Pattern[str]
    quantity: re.Pattern[str]
    pairs: Mapping[str, tuple[str, str]]
    own: frozenset[str]
    grants: GrantPatterns
    of_parts: frozenset[str]
    of_time: frozenset[str]
    of_dimension: tuple[str, ...]

    def sign(self, word: str) -> str:
        """How a word bounds a number: ">", "<" or "~"."""
        return self.signs[word]


def patterns(ontology: Ontology) -> Patterns:
    """The patterns of an ontology."""
    if ontology.sha256 not in _MADE:
        _MADE[ontology.sha256] = _make(ontology)
    return _MADE[ontology.sha256]


_MADE: dict[str, Patterns] = {}
_CLASSES = (
    *("unit_words", "over", "under", "nearly", "or_more", "or_less", "or_so", "rises", "falls", "reaches", "since_then"),
    *(
        "shares",
        "rank_verbs",
        "rank_scopes",
        "quantity_nouns",
        "pair_words",
        "own_places",
        "own_realms",
        "of_parts",
        "of_time",
        "of_dimension",
    ),
    *("grant_nouns", "gives_grants", "grant_frequency", "before_grants", "grant_bounds"),
)


def _make(ontology: Ontology) -> Patterns:
    words = {name: ontology.lexicon.get(name, ()) for name in _CLASSES}
    verbs = _of(words, "rises", "falls", "reaches")
    return Patterns(
        numbers=_numbers(ontology, words["unit_words"], verbs),
        before=re.compile(rf"(?P<word>{any_of(_of(words, 'over', 'under', 'nearly'))})\s?\Z"),
        after=re.compile(rf"\s?(?:[（(]不?含[）)])?(?P<word>{any_of(_of(words, 'or_more', 'or_less', 'or_so'))})"),
        signs=_signs(words),
        rises=frozenset(words["rises"]),
        falls=frozenset(words["falls"]),
        reaches=frozenset(words["reaches"]),
        shares=frozenset(words["shares"]),
        verb=re.compile(any_of(verbs)),
        last_word=re.compile(rf"(?P<word>{any_of((*verbs, *words['since_then'], *words['shares']))})了?\s?\Z"),
        rank=_rank(words),
        quantity=re.compile(rf"(?:{any_of(words['quantity_nouns'])})\Z"),
        pairs=_pairs(words["pair_words"]),
        grants=_grants(words),
        of_parts=frozenset(words["of_parts"]),
        of_time=frozenset(words["of_time"]),
        of_dimension=words["of_dimension"],
        own=frozenset((*words["own_places"], *words["own_realms"])),
    )


def _of(words: Mapping[str, tuple[str, ...]], *classes: str) -> tuple[str, ...]:
    """The words of several classes."""
    return tuple(word for name in classes for word in words[name])


def _numbers(ontology: Ontology, measures: Iterable[str], verbs: Iterable[str]) -> QuantityFinder:
    """Finds numbers with a unit of the vocabulary or a measure, of which no verb behind it is a part: 6次|降."""
    units, currencies = units_of(ontology.terms_as_read())
    verb, firsts = re.compile(any_of(verbs)), frozenset(word[0] for word in verbs)
    return QuantityFinder(
        units.union(measures), currencies, lambda rest: bool(verb.match(rest)) or (len(rest) == 1 and rest in firsts)
    )


def _signs(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """How each word bounds the number that it stands beside."""
    bounds = {">": ("over", "or_more"), "<": ("under", "or_less"), "~": ("nearly", "or_so")}
    return {word: sign for sign, classes in bounds.items() for word in _of(words, *classes)}


def _rank(words: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """A rank with its verb and among whom it is told: 位居全国第二位, 居榜首."""
    numeral = "[一二三四五六七八九十百\\d]+"
    return re.compile(
        rf"(?P<verb>(?:{any_of(words['rank_verbs'])})+)?(?P<scope>(?:{any_of(words['rank_scopes'])})*)"
        rf"(?:第(?P<number>{numeral})(?:位|名)?|(?P<first>首位|榜首|之首|魁首))(?=[，。；、,;）)\s]|并|和|$)"
    )


def _grants(words: Mapping[str, tuple[str, ...]]) -> GrantPatterns:
    noun, verb, often = (any_of(words[name]) for name in ("grant_nouns", "gives_grants", "grant_frequency"))
    light, bound = any_of(words["before_grants"]), any_of(words["grant_bounds"])
    return GrantPatterns(
        what=re.compile(noun),
        behind=re.compile(rf"的?(?:标准)?(?:一次性)?(?:{light}|进行)?(?P<given>[^，。；、\d（）]{{0,16}}?(?:{noun}))"),
        before=re.compile(
            rf"(?P<given>(?:{often})?[^，。；、\d]{{0,12}}?(?:{noun})(?:金额|标准|总额|额度|资金|上限)?)"
            rf"(?:{bound}|为|达到?|可达|至|的?标准为?|[:：]|按照?|每[\u4e00-\u9fff]{{1,3}})*\s?\Z"
        ),
        verb=re.compile(rf"(?P<given>(?:{often})?(?:最高)?(?:{verb}))(?:{bound}|一次性)*\s?\Z"),
        opens=re.compile(
            rf"^(?:.*(?:给予|予以|比例安排|比例)|(?:(?!一次性|每年|年度)(?:{often})|按照?|同一[^，。；]{{1,8}}(?=每|补|奖|资))+)(?=.{{2,}})"
        ),
        how=re.compile(rf"^(?:{light}|{often}|最高)+"),
    )


def _pairs(words: tuple[str, ...]) -> Mapping[str, tuple[str, str]]:
    """Each word for two things with the two, which stand behind it in the list."""
    each = iter(words)
    return {word: (first, second) for word, first, second in zip(each, each, each, strict=True)}
