"""Patterns made from the cue words of the ontology, each compiled once for an ontology."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.annotate.names import terms_by_name
from pipeline.extract.phrases import Endings, Trailing, Words
from pipeline.grammar.match import Rules
from pipeline.lexicon import WordClasses, any_of
from pipeline.ontology import Ontology, Term
from pipeline.periods import Plans, plan_periods
from pipeline.sections import section_kinds

_NO_INDUSTRY = frozenset("企就创作毕专物兴立敬守失事农从营开执功学职肄待复停行")
_Signals = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """`field_heads` end the name of an industry or technology, and `field_head` finds one; `facets` gives the facets of `defines`
    that a cue signals as a noun and as a verb, `noun_facets` the first alone; `terms` are the entries of the vocabularies by
    their names, `lexicon`, `endings`, `words` and `trailing` the words of each class, `short_places` the places that one
    character stands for, `units` the names of units, `section_kinds` the kinds of sections, `plans` the years of five-year plans,
    `rules` the productions, `classes` the patterns of forms."""

    field_heads: Endings
    field_head: re.Pattern[str]
    noun_facets: Mapping[str, tuple[str, ...]]
    facets: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    terms: Mapping[str, Term]
    lexicon: Mapping[str, frozenset[str]]
    endings: Mapping[str, Endings]
    words: Mapping[str, Words]
    trailing: Mapping[str, Trailing]
    short_places: Mapping[str, str]
    units: frozenset[str]
    section_kinds: tuple[Term, ...]
    plans: Plans
    rules: Rules
    classes: WordClasses

    def ends_in_field(self, name: str) -> bool:
        """Whether a name ends as that of an industry or technology does: in 业 too, but for 企业, 就业 and their like."""
        return self.field_heads.end(name) or (name.endswith("业") and name[-2:-1] not in _NO_INDUSTRY)


def wording(ontology: Ontology) -> Wording:
    """The patterns of an ontology; made once."""
    if ontology.sha256 not in _MADE:
        _MADE[ontology.sha256] = _make(ontology)
    return _MADE[ontology.sha256]


_MADE: dict[str, Wording] = {}


def _make(ontology: Ontology) -> Wording:
    word_classes = WordClasses(ontology.lexicon)
    classes = ontology.classes
    facets = ontology.facets().items()
    nouns = tuple((cue, facet) for facet, property_ in facets for cue in property_.noun_cues)
    facet_verbs = tuple((cue, facet) for facet, property_ in facets for cue in property_.verb_cues)
    by_noun, by_verb = _by_cue(nouns), _by_cue(facet_verbs)
    fields = tuple(cue for name in ("Industry", "Technology") if name in classes for cue in classes[name].noun_cues)
    return Wording(
        field_heads=Endings(fields),
        field_head=re.compile(f"业|{any_of(fields)}"),
        noun_facets=by_noun,
        terms=terms_by_name(ontology.terms_as_read()),
        rules=Rules(ontology.rules, ontology.lexicon),
        classes=word_classes,
        lexicon=word_classes.words,
        words={name: Words(words) for name, words in ontology.lexicon.items()},
        trailing={name: Trailing(words) for name, words in ontology.lexicon.items()},
        short_places=_by_letter(ontology.lexicon.get("short_places", ())),
        units=frozenset(name for term in ontology.terms_as_read() if term.kind == "Unit" for name in term.names),
        section_kinds=section_kinds(ontology.terms),
        plans=plan_periods(ontology.terms),
        endings={name: Endings(words) for name, words in ontology.lexicon.items()},
        facets={cue: (by_noun.get(cue, ()), by_verb.get(cue, ())) for cue in (*by_noun, *by_verb)},
    )


def _by_letter(words: tuple[str, ...]) -> Mapping[str, str]:
    """Places by the one character that stands for each, which stands before it in the list."""
    pairs = iter(words)
    return dict(zip(pairs, pairs, strict=True))


def _by_cue(signals: _Signals) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for cue, facet in signals:
        found[cue] = (*found.get(cue, ()), facet)
    return found
