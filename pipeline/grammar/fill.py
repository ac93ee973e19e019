"""Productions × a document → what they read, with each slot filled by names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.grammar.match import Reading
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
    for reading in readings_of(reader, relation, within):
        found = fill(reader, reading)
        if found:
            yield found


def readings_of(reader: Reader, relation: str, within: Iterable[Span] | None = None) -> Iterator[Reading]:
    """Where the rules of a relation stand in a document, sentence by sentence, in the order of the rules."""
    rules, sentences = reader.wording.rules, reader.grammar_sentences
    for span in reader.annotated.sentences if within is None else within:
        sentence = sentences[span.start]
        if relation in sentence.forms and not reader.is_aside(span.start):
            yield from rules.readings(sentence, relation)


def fill(reader: Reader, reading: Reading) -> Filled | None:
    """A reading with its slots filled; None where one of them holds nothing that its type allows."""
    spans = spans_of(reader, reading)
    if spans is None:
        return None
    start, end = _evidence(reading, spans)
    return Filled(reading.rule, start, end, {name: tuple(_name(reader, span) for span in each) for name, each in spans.items()})


def spans_of(reader: Reader, reading: Reading) -> dict[str, tuple[Span, ...]] | None:
    """What fills each slot of a reading; None where one of them holds nothing that its type allows."""
    found: dict[str, tuple[Span, ...]] = {}
    for name, kind in reading.types.items():
        found[name] = SLOTS[kind](reader, reading.slots[name])
        if not found[name]:
            return None
    return found


def _evidence(reading: Reading, spans: Mapping[str, tuple[Span, ...]]) -> tuple[int, int]:
    """The stretch that states it: the words of the rule and what fills its slots, without what else the slots hold."""
    start, end = reading.start, reading.end
    for name, found in spans.items():
        if reading.slots[name].start == reading.start:
            start = min(span.start for span in found)
        if reading.slots[name].end == reading.end:
            end = max(span.end for span in found)
    return start, end


def _name(reader: Reader, span: Span) -> Name:
    return reader.name(span.start, span.end, "Concept")
