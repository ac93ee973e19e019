"""Why a text gives what it gives: its tokens, the words that rules look for, the rules that stand in it, and what is claimed."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.annotate.annotator import Annotator
from pipeline.extract import extract
from pipeline.extract.reader import Reader
from pipeline.grammar.match import Reading
from pipeline.grammar.slots import SLOTS
from pipeline.model import Claim, Document, Name, Slot, Span
from pipeline.ontology import Ontology


def explain(document: Document, ontology: Ontology) -> Iterator[str]:
    """Lines to print, sentence by sentence."""
    annotated = Annotator(ontology).annotate(document)
    reader = Reader(annotated, ontology)
    claims = list(extract(annotated, ontology))
    for span in annotated.sentences:
        sentence = reader.grammar_sentences[span.start]
        yield reader.text[slice(*span)].strip()
        yield f"  词 tokens: {' '.join(f'{reader.text[start:end]}/{tag}' for start, end, tag in reader.tokens(*span))}"
        words = (f"{word.text}<{'|'.join(word.signals)}>" for word in sentence.words)
        yield f"  线索 words: {' '.join(words) or '-'}"
        for relation in sentence.forms:
            for reading in reader.wording.rules.readings(sentence, relation):
                yield from _tried(reader, reading)
        for claim in claims:
            if _within(document, claim, span):
                yield f"  事实 fact: {_claim(claim)}"


def _tried(reader: Reader, reading: Reading) -> Iterator[str]:
    """A rule that stands in the sentence with what fills its slots, or which of them refuses."""
    yield f"  规则 rule {reading.rule.name}: {reading.rule.form}"
    for name, kind in reading.types.items():
        span = reading.slots[name]
        found = [reader.text[slice(*each)] for each in SLOTS[kind](reader, span)]
        yield f"    {name}:{kind} “{reader.text[slice(*span)]}” → {'、'.join(found) or '无 nothing, so that the rule is refused'}"


def _within(document: Document, claim: Claim, span: Span) -> bool:
    stretch = document.offsets.span_to_source(*span)
    return stretch.start <= claim.evidence.start < stretch.end


def _claim(claim: Claim) -> str:
    slots = "; ".join(f"{name}={_slot(value)}" for name, value in claim.slots.items() if value)
    return f"{claim.facet or claim.relation}: {slots} [{claim.rule} {claim.confidence}]"


def _slot(value: Slot) -> str:
    return "、".join(map(_slot, value)) if isinstance(value, tuple) else value.label if isinstance(value, Name) else str(value)
