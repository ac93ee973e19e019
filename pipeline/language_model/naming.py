"""A name that a model gives → the name as the document has it, or why it is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.events.slots import agent_of, place_name
from pipeline.extract.figures.names import indicator, label_of
from pipeline.extract.figures.patterns import patterns
from pipeline.extract.figures.speaker import Speaker
from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.language_model.quotes import places, same
from pipeline.ledger.keys import name_key
from pipeline.model import Name, Span
from pipeline.parse.scope import PolicyScope
from pipeline.parse.speech import Speech, attributions

_ACTORS = ("Body", "Person")
_VERBATIM = ("View", "Study", "Event")  # named by words that are no term of a vocabulary, remarks in brackets with them


class Refused(NamedTuple):
    """Why something is not taken from a model."""

    reason: str


class Naming:
    """The names of one document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._scope = PolicyScope(reader)
        self._speaker = Speaker(reader, patterns(reader.ontology))
        self._speech = Speech(attributions(reader))

    def name(self, said: str, kind: str, quote: Span, *, anywhere: bool) -> Name | Refused:
        """What `said` names, which is of a class: what stands in the quote; with `anywhere` also what is in force there, or
        stands elsewhere in the document, the last place before the quote first. Where a policy speaks, no other does that the
        quote does not name."""
        in_force = self._in_force(said, quote) if anywhere else None
        if in_force:
            return in_force
        anywhere = anywhere and not (kind == "Policy" and self._scope.at(quote.start))
        place = next(places(said, self._reader.text, quote), None)
        if place is None and anywhere:
            place = self._elsewhere(said, quote)
        if place is None:
            return Refused(f"“{said}” stands nowhere in the {'document' if anywhere else 'quote'}")
        return self._named(place, kind)

    def _elsewhere(self, said: str, quote: Span) -> Span | None:
        found = list(places(said, self._reader.text, Span(0, len(self._reader.text))))
        before = [place for place in found if place.end <= quote.start]
        return before[-1] if before else next(iter(found), None)

    def _named(self, place: Span, kind: str) -> Name | Refused:
        reader, text = self._reader, self._reader.text[slice(*place)]
        label = clean(text)
        if reader.is_word(label, "person_pronouns"):
            return Refused(f"“{label}” stands for someone and names nobody")
        own = self._speaker.own(label) if reader.is_word(label, "own_places") else None
        if own or reader.is_word(label, "own_places"):
            return own or Refused(f"“{label}” stands for a place that the document does not name")
        if kind == "Indicator":
            quantity = indicator(label_of(text))
            return quantity if quantity.label else Refused(f"“{label}” is no name of a quantity")
        name = self._of_class(place, kind, label)
        return name if name.label else Refused(f"“{text}” is no name")

    def _of_class(self, place: Span, kind: str, label: str) -> Name:
        reader = self._reader
        if kind == "Place":
            return place_name(reader, place)
        if kind in _ACTORS:
            return agent_of(reader, place)
        if kind in _VERBATIM:
            return Name(label, kind, label)
        policy = self._policy(place) if kind == "Policy" else None
        name = policy or reader.name(*place, kind)
        term = reader.wording.terms.get(name.label)
        return Name(name.label, term.kind, name.text, name.aliases, term.iri) if term else name

    def _policy(self, place: Span) -> Name | None:
        """A policy that annotation has found right there."""
        mentions = self._reader.mentions(place.start - 1, place.end + 1)
        named = (self._scope.of_mention(m) for m in mentions if same(clean(m.label), clean(self._reader.text[slice(*place)])))
        return next((name for name in named if name), None)

    def _in_force(self, said: str, quote: Span) -> Name | None:
        """The policy that speaks in the quote, the one whose words it is, or the study that the document is, where `said` is its
        name or its short form: 本办法."""
        for name in self.of_place(quote):
            known = {name_key(each) for each in (name.label, *name.aliases)}
            if name_key(said) in known or (name.kind == "Policy" and self._is_short(said, name)):
                return name
        if self._reader.is_word(said, "own_studies") and self._reader.document.title:
            return Name(self._reader.document.title, "Study", said, (said,))
        return None

    def of_place(self, quote: Span) -> Iterator[Name]:
        """The policy in force where a quote stands, and the holder of its words."""
        yield from filter(None, (self._scope.at(quote.start), self._speech.holder(*quote)))

    def _is_short(self, said: str, policy: Name) -> bool:
        """本办法, 该条例: the last word of a policy's name, with or without a word that points at it."""
        for size in (0, *range(1, len(said) - 1)):
            pointed = size == 0 or self._reader.is_word(said[:size], "this_policy")
            names = (policy.label, *policy.aliases) if pointed and len(said) - size < _SHORT else ()
            if any(name.endswith(said[size:]) for name in names):
                return True
        return False


_SHORT = 5  # characters of the last word of a policy's name: 行动计划
