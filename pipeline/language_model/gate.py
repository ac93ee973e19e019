"""The gate: what a model says of a section → claims like those of rules, or the reason why not.

A claim is taken only where its quote stands in the section to the character, its names stand in the quote (of what something is
said may stand elsewhere in the document, or be what is in force there), our own code reads the same date or figure in the quote,
and the document states it. What is not asked for is not looked at. The ontology is held against it later, as against every claim
(check.py). A quote that stands in several places is taken where it stands first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.references.work import Work
from pipeline.extract.references.work import slots as slots_of_work
from pipeline.language_model.figures import Figures
from pipeline.language_model.kinds import CLASS, Kind, kinds_of
from pipeline.language_model.naming import Naming, Refused
from pipeline.language_model.quotes import places, same
from pipeline.model import MODEL_RULE, Block, Claim, Name, Refusal, Slot, Span
from pipeline.parse.speech import attributed

PRIOR = 0.6  # confidence of a model that was not counted on gold: enough for the graph, less than most rules, of which all were
_MOST = 500  # claims of a section: what says more is no answer about it
_LONGEST = 300  # characters of a quote: a longer one is no evidence for one fact
_DEFINING = "essence"  # the facet whose object defines its subject


class Judged(NamedTuple):
    """What came of the answers to one document."""

    claims: tuple[Claim, ...] = ()
    refused: tuple[Refusal, ...] = ()


class _Read(NamedTuple):
    """The slots of a claim, and whether it is of what is to come."""

    slots: Mapping[str, Slot]
    planned: bool = False


class Gate:
    """The gate of one document, for the claims of one model."""

    def __init__(self, reader: Reader, model: str) -> None:
        self._reader, self._rule = reader, MODEL_RULE + model
        self._kinds = kinds_of(reader.ontology)
        self._naming, self._figures = Naming(reader), Figures(reader)
        known = reader.ontology.confidence
        self.confidence = known.get(self._rule, known.get(MODEL_RULE.removesuffix("."), PRIOR))

    def judge(self, answer: str, blocks: Sequence[Block]) -> Judged:
        """The claims of an answer to a section that consists of `blocks`, each with its holder, and what is refused."""
        said = claims_in(answer)
        if isinstance(said, Refused):
            return Judged(refused=(Refusal(written(answer), said.reason),))
        judged = [(each, self._judged(each, blocks)) for each in said]
        claims = [claim for _, claim in judged if isinstance(claim, Claim)]
        refused = (Refusal(written(each), _sound(claim.reason)) for each, claim in judged if isinstance(claim, Refused))
        return Judged(tuple(attributed(self._reader, claims)), tuple(refused))

    def _judged(self, said: Any, blocks: Sequence[Block]) -> Claim | Refused:
        kind = self._kinds.get(str(said.get("relation"))) if isinstance(said, dict) else None
        if kind is None:
            return Refused("it is of no relation of the ontology")
        fault = _fault(said, kind)
        if fault:
            return Refused(fault)
        quote = self._quote(said["quote"], blocks)
        if isinstance(quote, Refused):
            return quote
        slots = self._slots(said, kind, quote)
        return slots if isinstance(slots, Refused) else self._claim(said, kind, slots, quote)

    def _quote(self, words: str, blocks: Sequence[Block]) -> Span | Refused:
        """Where a quote stands first in a section, within one paragraph."""
        if len(words) > _LONGEST:
            return Refused(f"the quote is longer than {_LONGEST} characters")
        found = (place for block in blocks for place in places(words, self._reader.text, Span(block.start, block.end)))
        return next(found, Refused("the quote does not stand in a paragraph of the section"))

    def _slots(self, said: Mapping[str, Any], kind: Kind, quote: Span) -> dict[str, Slot] | Refused:
        """The names of a claim, and its literals as they stand; dates and figures are left out."""
        slots: dict[str, Slot] = {}
        for slot, filler in kind.shape.slots.items():
            filled = [self._name(one, slot, said, kind, quote) for one in _listed(said.get(slot))]
            refused = next((each for each in filled if isinstance(each, Refused)), None)
            if refused:
                return Refused(f"{slot}: {refused.reason}")
            names = tuple(each for each in filled if isinstance(each, Name))
            slots[slot] = names if filler.many else names[0] if names else None
        for name in kind.literals:
            words = said.get(name)
            place = next(places(words, self._reader.text, quote), None) if words else None
            if words and place is None and name not in _READ_AGAIN:
                return Refused(f"{name}: “{words}” stands nowhere in the quote")
            slots[name] = self._reader.text[slice(*place)] if place else None
        return slots

    def _name(self, words: str, slot: str, said: Mapping[str, Any], kind: Kind, quote: Span) -> Name | Refused:
        allowed = kind.classes[slot]
        wanted = said.get(slot + CLASS) if len(allowed) > 1 else allowed[0]
        if wanted not in allowed:
            return Refused(f"“{wanted}” is none of its classes")
        return self._naming.name(words, wanted, quote, anywhere=slot in kind.elided)

    def _claim(self, said: Mapping[str, Any], kind: Kind, slots: Mapping[str, Slot], quote: Span) -> Claim | Refused:
        """The claim with the dates and figures that our own code reads, where the document states it."""
        bare = (name.text for name in slots.values() if isinstance(name, Name))
        if not kind.shape.thing and any(same(name, said["quote"]) for name in bare):  # what happened may be all that is quoted
            return Refused("the quote holds a name and says nothing of it")
        read = self._read(said, kind, slots, quote)
        if isinstance(read, Refused):
            return read
        facet = said["facet"] if kind.facets else None
        defines = slots.get("o") if facet == _DEFINING else None
        claim = self._reader.claim(
            kind.relation,
            read.slots,
            *quote,
            self._rule,
            facet,
            planned=read.planned,
            definition=defines.text if isinstance(defines, Name) else None,
        )
        polarity = self._reader.polarity(claim, quote)
        if polarity != "stated":
            return Refused(f"the document does not state it: {polarity}")
        return claim._replace(confidence=self.confidence)

    def _read(self, said: Mapping[str, Any], kind: Kind, slots: Mapping[str, Slot], quote: Span) -> _Read | Refused:
        """The slots with what is read again in the quote."""
        if kind.relation == "event":
            return self._dated(said.get("dateText"), slots, quote)
        if kind.relation == "indicator":
            return self._measured(said["value"], said.get("unit"), slots, quote)
        return _Read(_work(self._reader, slots) if kind.relation == "cites" else slots)

    def _dated(self, words: str | None, slots: Mapping[str, Slot], quote: Span) -> _Read | Refused:
        dated, event = self._figures.date(words, quote), slots["event"]
        if isinstance(dated, Refused):
            return Refused(f"date: {dated.reason}")
        date = dated["date"]
        assert isinstance(event, Name)
        planned = self._figures.is_planned(event, date if isinstance(date, str) else None, quote)
        return _Read({**slots, **dated}, planned)

    def _measured(self, value: str, unit: str | None, slots: Mapping[str, Slot], quote: Span) -> _Read | Refused:
        of, indicator = slots["s"], slots["indicator"]
        assert isinstance(of, Name)
        assert isinstance(indicator, Name)
        figure = self._figures.figure(value, unit, of, indicator, quote)
        if isinstance(figure, Refused):
            return Refused(f"value: {figure.reason}")
        literals, planned = figure
        return _Read({**slots, **literals}, planned)


_READ_AGAIN = ("dateText", "value", "unit")  # literals that our own code reads in the quote, whatever a model writes


def claims_in(answer: str) -> list[Any] | Refused:
    """The claims of an answer as they stand; why it has none where it is no such JSON."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return Refused("the answer is no JSON")
    claims = said.get("claims") if isinstance(said, dict) else None
    if not isinstance(claims, list):
        return Refused('the answer has no list of "claims"')
    return claims if len(claims) <= _MOST else Refused(f"the answer has more than {_MOST} claims")


def _fault(said: Mapping[str, Any], kind: Kind) -> str | None:
    """What is wrong with the form of a claim."""
    for slot in ("quote", *kind.shape.needed):
        if not isinstance(said.get(slot), str) or not said[slot].strip():
            return f"{slot}: nothing fills it"
    if kind.facets and said.get("facet") not in kind.facets:
        return f"“{said.get('facet')}” is no facet of {kind.relation}"
    names = (one for slot in kind.shape.slots for one in _listed(said.get(slot)))
    literals = (said[name] for name in kind.literals if said.get(name) is not None)
    is_sound = all(isinstance(each, str) for each in (*names, *literals))
    return None if is_sound else "a slot is filled with something else than words"


def _listed(filled: Any) -> Iterator[Any]:
    yield from filled if isinstance(filled, list) else () if filled in (None, "") else (filled,)


def written(said: Any) -> str:
    """What a model said, as JSON that a file can hold; of a text only the beginning."""
    said = said[:_LONGEST] if isinstance(said, str) else said
    return _sound(json.dumps(said, ensure_ascii=False, sort_keys=True))


def _sound(text: str) -> str:
    """A text with halves of characters, which JSON can hold and a file cannot, as their escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _work(reader: Reader, slots: Mapping[str, Slot]) -> dict[str, Slot]:
    """A cited work as rules have it: called by its title, or by its authors and year."""
    authors, work = slots["authors"], slots["work"]
    title, year, container = (str(slots[name]) if slots[name] else None for name in ("title", "year", "container"))
    names = tuple(name.label for name in authors) if isinstance(authors, tuple) else ()
    if not title and not (names and year) and isinstance(work, Name):
        title = work.label
    return slots_of_work(reader, Work(title, names, year, container))
