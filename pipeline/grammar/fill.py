"""Productions × a document → what they read, with each slot filled by names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.grammar.match import Reading, readings, slots_of
from pipeline.grammar.rules import Rule
from pipeline.grammar.slots import SLOTS
from pipeline.model import Name, Span


class Filled(NamedTuple):
    """A reading of text[start:end] with the names that fill its slots; no slot is empty."""

    rule: Rule
    start: int
    end: int
    slots: Mapping[str, tuple[Name, ...]]


def filled(reader: Reader, relation: str, within: Iterable[Span] | None = None) -> Iterator[Filled]:
    """What the rules of a relation read in a document, sentence by sentence, in the order of the rules; `within` are the
    sentences to look at, all where it is None.
    """
    rules = [rule for rule in reader.ontology.rules if rule.relation == relation]
    for span in reader.annotated.sentences if within is None else within:
        if reader.is_aside(span.start) or not reader.words_in(span):
            continue
        sentence = reader.grammar_sentence(span.start)
        for rule in rules:
            for reading in readings(rule, sentence):
                found = fill(reader, reading)
                if found:
                    yield found


def fill(reader: Reader, reading: Reading) -> Filled | None:
    """A reading with its slots filled; None where one of them holds nothing that its type allows."""
    types = slots_of(reading.rule)
    spans = {name: SLOTS[types[name]](reader, span) for name, span in reading.slots.items()}
    if not all(spans.values()):
        return None
    start, end = _evidence(reading, spans)
    return Filled(reading.rule, start, end, {name: tuple(_name(reader, span) for span in each) for name, each in spans.items()})


def _evidence(reading: Reading, spans: Mapping[str, tuple[Span, ...]]) -> tuple[int, int]:
    """The stretch that states it: the words of the rule and what fills its slots, without what else the slots hold."""
    first = min(reading.slots.items(), key=lambda slot: slot[1].start, default=None)
    last = max(reading.slots.items(), key=lambda slot: slot[1].end, default=None)
    start, end = reading.start, reading.end
    if first and first[1].start == start:
        start = min(span.start for span in spans[first[0]])
    if last and last[1].end == end:
        end = max(span.end for span in spans[last[0]])
    return start, end


def _name(reader: Reader, span: Span) -> Name:
    return reader.name(span.start, span.end, "Concept")
