"""One document as extractors ask it: clauses, sentences, headings, mentions, names, and claims with their evidence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from pipeline.annotate.names import KEYWORD
from pipeline.annotate.polarity import Polarities
from pipeline.annotate.tokens import Token, tokens_of
from pipeline.annotate.words import reads_as_noun
from pipeline.extract.phrases import clean
from pipeline.extract.prose import prose_of
from pipeline.extract.wording import wording
from pipeline.grammar.form import DATE
from pipeline.grammar.match import Sentence
from pipeline.model import (
    AnnotatedDocument,
    Block,
    Claim,
    Cue,
    DateMention,
    Evidence,
    Mention,
    Name,
    Polarity,
    Quantity,
    Slot,
    Span,
)
from pipeline.ontology import Ontology
from pipeline.patterns import lazy

# The kinds of vocabulary whose entries can be defined.
CONCEPTS = ("Concept", "Industry", "Technology")
# Blocks that state nothing of the document's own.
ASIDE = ("footnote", "reference", "metadata", "table_row", "caption", "formula", "foreign")


_REMARK = lazy("[（(][^（）()]*[）)]$")  # 无人驾驶航空器（无人机）
_FIELD_HEAD = lazy("(?:经济|产业|行业|业|技术|服务)$")
UNMEASURED = 0.5  # confidence of a rule of a relation of which nothing was measured
_tuple = tuple.__new__  # as in phrases.py
_NAMED = ("agent", "s", "a", "b", "indicator", "o", "event")  # the slots that hold a name; what is claimed stands last


class Reader:
    """One document, with what extractors ask of it: clauses, sentences, mentions, names, claims."""

    def __init__(self, annotated: AnnotatedDocument, ontology: Ontology) -> None:
        annotated, self._boundaries = prose_of(annotated)
        self.annotated = annotated
        self.ontology = ontology
        self.wording = wording(ontology)
        self._lexicon = self.wording.lexicon  # asked for by the hundred thousand
        self.document = annotated.document
        self.text = self.document.text
        self._polarities = Polarities(self.text, annotated.sentences, self.wording.classes)
        self._sentence_starts = [span.start for span in annotated.sentences]
        self._block_starts = [block.start for block in self.document.blocks]
        # Extractors go through a text in order: the clause, sentence and block last asked for are often asked for again.
        self._clause = self._sentence = Span(0, 0)
        self._block = 0
        self._quoted = (-1, -1)
        self._evidence = Evidence(0, 0, "")
        self._aside = (0, 0, False)  # the block last asked for, and whether it is one
        self._asides = any(block.kind in ASIDE for block in self.document.blocks)
        self._date_starts = [date.start for date in annotated.dates]
        self._mention_starts = [mention.start for mention in annotated.mentions]
        self._word_starts = [word.start for word in annotated.words]
        self.kept: dict[tuple[object, Span], Any] = {}  # what `keep` keeps
        self._tokens: dict[tuple[int, int], tuple[Token, ...]] = {}

    # Where am I?

    def clause(self, position: int) -> Span:
        """The clause around `position`, without the marks that bound it."""
        if not self._clause.start <= position < self._clause.end:
            index = bisect_left(self._boundaries, position)
            start = self._boundaries[index - 1] + 1 if index else 0
            if index and self.text[start - 1] == "—":  # a dash is two of them
                start += 1
            end = self._boundaries[index] if index < len(self._boundaries) else len(self.text)
            self._clause = _tuple(Span, (start, end if end > start else start))
        return self._clause

    def next_clause(self, position: int) -> Span:
        """The clause after the one that ends at `position`."""
        return self.clause(min(position + 1, len(self.text)))

    def sentence(self, position: int) -> Span:
        """The sentence around `position`."""
        if not self._sentence.start <= position < self._sentence.end:
            index = max(0, bisect_right(self._sentence_starts, position) - 1)
            self._sentence = self.annotated.sentences[index]
        return self._sentence

    def block(self, position: int) -> Block:
        """The block around `position`."""
        return self.document.blocks[self.block_index(position)]

    def block_index(self, position: int) -> int:
        """Its index in the document's blocks."""
        block = self.document.blocks[self._block]
        if not block.start <= position < block.end:
            self._block = max(0, bisect_right(self._block_starts, position) - 1)
        return self._block

    def is_aside(self, position: int) -> bool:
        """Whether `position` is in a block that states nothing of the document's own."""
        if not self._asides:
            return False
        start, end, aside = self._aside
        if not start <= position < end:
            index = self.block_index(position)
            block = self.document.blocks[index]
            aside = block.kind in ASIDE
            self._aside = (block.start, block.end, aside)
        return aside

    def headings(self, position: int) -> Iterator[Block]:
        """The headings over `position`, the nearest first."""
        parent = self.block(position).parent
        while parent >= 0:
            yield self.document.blocks[parent]
            parent = self.document.blocks[parent].parent

    def headings_under(self, index: int) -> Sequence[Block]:
        """The headings right under the heading that is block `index`, in order."""
        return self._headings_by_parent.get(index, ())

    @cached_property
    def _headings_by_parent(self) -> dict[int, list[Block]]:
        found: dict[int, list[Block]] = defaultdict(list)
        for block in self.document.blocks:
            if block.kind == "heading":
                found[block.parent].append(block)
        return found

    def words_in(self, span: Span) -> Sequence[Cue]:
        """The words of the lexicon that begin within a span."""
        first = bisect_left(self._word_starts, span[0])
        return self.annotated.words[first : bisect_left(self._word_starts, span[1], first)]

    @cached_property
    def grammar_sentences(self) -> Mapping[int, Sentence]:
        """The sentences as productions look at them, by where they begin."""
        return self.wording.rules.sentences(self.text, self.annotated.sentences, self._marked, self._boundaries)

    def joined(self, span: Span) -> Sentence:
        """A stretch as productions look at it, where the end of a line bounds no clause."""
        marks = [at for at in self._boundaries if span.start <= at < span.end and self.text[at] != "\n"]
        words = self._marked[bisect_left(self._marked, (span.start,)) : bisect_left(self._marked, (span.end,))]
        return self.wording.rules.sentences(self.text, [span], words, marks)[span.start]

    @cached_property
    def _marked(self) -> Sequence[Cue]:
        """The words of the lexicon and the dates, in order; no word within a date, nor amid a known name."""
        dates = [Cue(date.start, date.end, DATE, (DATE,)) for date in self.annotated.dates]
        inside = set[int]().union(*[range(date.start, date.end) for date in self.annotated.dates])
        amid = set[int]().union(*[range(name[0] + 1, name[1] - 1) for name in self.annotated.mentions if name[4]])
        words = [
            word
            for word in self.annotated.words
            if word[0] not in inside and word[1] - 1 not in inside and not (word[0] in amid and word[1] - 1 in amid)
        ]
        return sorted([*words, *dates])

    def tokens(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens of text[start:end]."""
        found = self._tokens.get((start, end))
        if found is None:
            names, starts = self._words_of_their_own
            first = bisect_left(starts, start)
            names = [name for name in names[first : bisect_left(starts, end, first)] if name[1] <= end]
            found = self._tokens[start, end] = tokens_of(self.text, start, end, names)
        return found

    @cached_property
    def _words_of_their_own(self) -> tuple[list[Mention], list[int]]:
        """The names that are one token each, and where they start: those of vocabularies, and the keywords."""
        names = [mention for mention in self.annotated.mentions if mention[4] or mention[2] == KEYWORD]
        return names, [name.start for name in names]

    def is_word(self, word: str, name: str) -> bool:
        """Whether the lexicon has a word in a class."""
        return word in self._lexicon.get(name, ())

    @cached_property
    def bounding_words(self) -> frozenset[str]:
        """Words that are no part of a name: those that lead into one, and verbs that govern one."""
        lexicon, none = self.wording.lexicon, frozenset[str]()
        return lexicon.get("lead_words", none) | (lexicon.get("governing_verbs", none) - lexicon.get("verbal_nouns", none))

    def ends_in(self, word: str, name: str) -> bool:
        """Whether a word ends in one of a class of the lexicon; a quotation mark behind it counts for nothing."""
        endings = self.wording.endings.get(name)
        return endings is not None and endings.end(word.removesuffix("”"))

    def holds(self, phrase: str, name: str) -> bool:
        """Whether a word of a class of the lexicon stands in a phrase."""
        words = self.wording.words.get(name)
        return words is not None and words.stand(phrase, 0, len(phrase))

    def has_word(self, span: Span, name: str) -> bool:
        """Whether a word of a class stands in text[span]; far quicker than reading what it would be part of."""
        words = self.wording.words.get(name)
        return words is not None and words.stand(self.text, *span)

    def word_places(self, start: int, end: int, name: str) -> Iterator[tuple[int, int]]:
        """Each position in text[start:end] at which a word of a class begins, with how long the longest is."""
        words = self.wording.words.get(name)
        return words.places(self.text, start, end) if words else iter(())

    def word_at(self, position: int, name: str) -> int:
        """How long the longest word of a class is that begins at `position`; 0 where none does."""
        words = self.wording.words.get(name)
        return words.at(self.text, position) if words else 0

    def word_before(self, position: int, name: str, start: int = 0) -> int:
        """How long the longest word of a class is that ends at `position`, and begins at `start` or after; 0 where none does."""
        words = self.wording.words.get(name)
        return words.before(self.text, position, start) if words else 0

    def without(self, phrase: str, name: str) -> str:
        """A phrase without the words of a class of the lexicon at its end."""
        words = self.wording.trailing.get(name)
        return words.off(phrase) if words else phrase

    def pattern(self, form: str) -> re.Pattern[str]:
        """The pattern of a form, in which %name% stands for any word of a class of the lexicon."""
        return self.wording.classes.pattern(form)

    def clauses_with(self, anchor: re.Pattern[str]) -> Iterator[Span]:
        """Every clause of the running text in which `anchor` is found, once each."""
        last = -1
        for hit in anchor.finditer(self.text):
            clause = self.clause(hit.start())
            if clause.start != last and not self.is_aside(clause.start):
                last = clause.start
                yield clause

    @cached_property
    def own_stems(self) -> tuple[str, ...]:
        """What the fields that the document's title names begin with, and those of their family: 低空 of 低空经济."""
        title = next((block for block in self.document.blocks if block.kind == "title"), None)
        fields = [m for m in self.mentions(title.start, title.end) if m.kind in ("Industry", "Technology")] if title else []
        stems = [(_FIELD_HEAD.sub("", self.text[m.start : m.end]), m.start) for m in fields]
        return tuple(stem if len(stem) > 1 else self.text[start - 2 : start] + stem for stem, start in stems)

    # What is named here?

    def mentions(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie within text[start:end]."""
        first = bisect_left(self._mention_starts, start)
        last = bisect_left(self._mention_starts, end, first)
        return [mention for mention in self.annotated.mentions[first:last] if mention.end <= end]

    def dates(self, start: int, end: int) -> Sequence[DateMention]:
        """Dates that begin within text[start:end]."""
        first = bisect_left(self._date_starts, start)
        return self.annotated.dates[first : bisect_left(self._date_starts, end, first)]

    def quantities(self, start: int, end: int) -> Sequence[Quantity]:
        """Numbers with their units that begin within text[start:end]."""
        first = bisect_left(self._quantity_starts, start)
        return self.annotated.quantities[first : bisect_left(self._quantity_starts, end, first)]

    @cached_property
    def _quantity_starts(self) -> list[int]:
        return [quantity.start for quantity in self.annotated.quantities]

    def mentions_of(self, kind: str) -> list[Mention]:
        """Mentions of one kind, in order."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.annotated.mentions:
            found[mention[2]].append(mention)
        return found

    def inside_name(self, cue: Cue) -> bool:
        """Whether a cue is part of a longer name: 发展 in 发展改革委, 要素 in 数据要素, a verb in a title."""
        start, end = cue.start, cue.end
        names, starts = self._names
        around = names[bisect_right(starts, start) - 1] if starts else None  # the names of vocabularies do not overlap
        if around and around.start <= start and end <= around.end and around.end - around.start > end - start:
            return True
        titles, starts = self._titles
        title = titles[bisect_right(starts, start) - 1] if starts else None
        return bool(title and title.start <= start and end <= title.end)

    @cached_property
    def _names(self) -> tuple[list[Mention], list[int]]:
        """Names of vocabularies and where they start."""
        names = [mention for mention in self.annotated.mentions if mention[2] not in ("quoted", "title")]
        return names, [name.start for name in names]

    @cached_property
    def _titles(self) -> tuple[list[Mention], list[int]]:
        """Titles and where they start: apart from other names, since those stand within them."""
        titles = self.mentions_of("title")
        return titles, [title.start for title in titles]

    @cached_property
    def facet_cues(self) -> list[Cue]:
        """The cues that signal a facet of `defines`, in order."""
        facets = self.wording.facets
        return [cue for cue in self.annotated.cues if cue[2] in facets]

    def facet_cues_in(self, start: int, end: int) -> Sequence[Cue]:
        """Those that begin within text[start:end]."""
        first = bisect_left(self._facet_starts, start)
        return self.facet_cues[first : bisect_left(self._facet_starts, end, first)]

    @cached_property
    def _facet_starts(self) -> list[int]:
        return [cue.start for cue in self.facet_cues]

    @cached_property
    def facet_nouns(self) -> tuple[frozenset[int], frozenset[int]]:
        """Where the nouns that signal a facet begin, and where they end."""
        nouns = [cue for cue in self.facet_cues if cue.text in self.wording.noun_facets]
        return frozenset([cue[0] for cue in nouns]), frozenset([cue[1] for cue in nouns])

    @cached_property
    def concept_at(self) -> dict[int, Mention]:
        """Known concepts, industries and technologies by where they begin."""
        keywords = {m[0]: m for m in self.mentions_of(KEYWORD)}
        return keywords | {m[0]: m for kind in CONCEPTS for m in self.mentions_of(kind) if m[4]}

    def is_noun_phrase(self, start: int, end: int) -> bool:
        """Whether the words of text[start:end] make one noun phrase; looks at the words only where no vocabulary answers."""
        phrase = self.text[start:end]
        return phrase in self.wording.terms or reads_as_noun(phrase)

    # What does it say?

    def name(self, start: int, end: int, kind: str, *, label: str | None = None) -> Name:
        """The name in text[start:end]; `label` where a reader would call it something shorter."""
        text = clean(self.text[start:end])
        return self.named(label or text, kind, text)

    def named(self, whole: str, kind: str, text: str) -> Name:
        """The name `whole`, which stands in the text as `text`."""
        label = (clean(_REMARK.sub("", whole)) or whole) if whole[-1:] in ("）", ")") else whole
        aliases = (whole,) if whole != label else ()
        full = self.annotated.short_forms.get(label)
        if full and len(full) <= 16 and label not in self.wording.terms and reads_as_noun(full):
            label, aliases = full, (label,)  # 渔港经济（以下简称“港经济”）
        term = self.wording.terms.get(label)
        return Name(label, term.kind if term and kind == "Concept" else kind, text, aliases, term.iri if term else None)

    def claim(
        self,
        relation: str,
        slots: Mapping[str, Slot],
        start: int,
        end: int,
        rule: str,
        facet: str | None = None,
        *,
        planned: bool = False,
        definition: str | None = None,
    ) -> Claim:
        """A claim with the evidence text[start:end], as sure as its rule was measured to be, else as its relation was."""
        known = self.ontology.confidence
        confidence = known.get(rule, known.get(relation, UNMEASURED))
        evidence = self._evidence if (start, end) == self._quoted else self._quote(start, end)
        span = _tuple(Span, (start, end))
        polarity = self._polarities.of(relation, span, self._forms(slots, span))
        return Claim(self.document.name, relation, slots, evidence, rule, confidence, facet, None, planned, definition, polarity)

    def polarity(self, claim: Claim, quote: Span) -> Polarity:
        """How text[quote], which may be longer than what rules quote, says what a claim states."""
        prop = self.ontology.properties.get(claim.relation)
        return self._polarities.of_quoted(claim.relation, quote, self._forms(claim.slots, quote), prop.verb_cues if prop else ())

    def _forms(self, slots: Mapping[str, Slot], span: Span) -> list[str]:
        """The names of a claim as they stand in text[span], what is claimed last."""
        named = [slot for key in _NAMED if isinstance(slot := slots.get(key), Name)]
        return [name.label if self.text.find(name.label, *span) >= 0 else name.text for name in named]

    def _quote(self, start: int, end: int) -> Evidence:
        """text[start:end] as evidence; kept, since the members of a list have one quotation."""
        span = self.document.offsets.span_to_source(start, end)
        quote = self.document.source[span.start : span.end]
        evidence = Evidence(span.start, span.end, quote)
        if quote[0].isspace() or quote[-1].isspace():
            bare = quote.strip()
            begin = span.start + quote.index(bare)
            evidence = Evidence(begin, begin + len(bare), bare)
        self._quoted, self._evidence = (start, end), evidence
        return evidence


_Read = TypeVar("_Read")


def keep(read: Callable[[Reader, Span], _Read]) -> Callable[[Reader, Span], _Read]:
    """What `read` reads in a stretch, read once: slots of several rules ask for it."""

    def kept(reader: Reader, span: Span) -> _Read:
        key = (read, span)
        if key not in reader.kept:
            reader.kept[key] = read(reader, span)
        found: _Read = reader.kept[key]
        return found

    return kept
