"""A graph as large as that of a real corpus, grown from a small one, on which the named questions are timed.

The documents of a folder are copied with their claims, and each copy is told of other places, things, years and amounts. A copy
calls a thing as an earlier copy drawn at random does, or else by a new name: what has many facts gains many (H. A. Simon, “On a
class of skew distribution functions”, Biometrika 42, 1955), so that most things have few and some have hundreds. Terms of the
vocabularies keep their names, and in a third of the copies they are the one most told of, which has thousands. The same input
gives the same graph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from pipeline.annotate.annotator import Annotator
from pipeline.check import LEAST, check
from pipeline.extract import extract
from pipeline.ledger.keys import name_key
from pipeline.model import Claim, Document, Name, Slot, Work
from pipeline.ontology import Ontology, load_ontology
from pipeline.patterns import lazy
from pipeline.read import read
from pipeline.read.find import find_documents
from pipeline.resolve import issuer_of, resolve
from pipeline.shares import graph_lines
from pipeline.terms import DEFAULT_BASE

Read = tuple[Document, Sequence[Claim]]
_Dated = TypeVar("_Dated", Document, Work)

# How often a copy has a thing of its own: documents share places and fields, and hardly ever what they tell of an event.
_OWN = {"Place": 0.2, "Indicator": 0.05, "Industry": 0.3, "Technology": 0.3, "Person": 0.4, "Event": 0.8, "View": 0.9}
_OWN_ELSE = 0.5
_OF_ALL = ("Concept", "Industry", "Technology")  # kinds of terms in place of which a copy may tell of the one most told of
_YEARS = 16  # that copies reach back
FIRST, SECOND = "岚青云碧沧石桐松槐柳兰竹梅枫柏樟榆桦杉杏", "汀浦湾岭溪泽塘坪洲崖埠渡寨垌圩墩坝荡岗沟"
_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEAP_DAY = lazy(r"(\d{4})-02-29")
_NUMBER = lazy(r"\d+(?:\.(\d+))?")
_DATES = ("date", "written", "passed", "revised", "published", "effective")


def grown(folder: Path, ontology: Path, copies: int) -> list[str]:
    """Lines of N-Triples: the facts of `copies` copies of the documents of a folder; the first is as they are."""
    known = load_ontology(ontology)
    annotator = Annotator(known)
    documents = [read(path, folder) for path in find_documents(folder)]
    sample = [(document, list(extract(annotator.annotate(document), known))) for document in documents]
    things = _Things(sample, known)
    every = [pair for number in range(copies) for pair in _Copy(number, sample, things).documents()]
    by_name = {document.name: document for document, _ in every}
    said = chain.from_iterable(claims for _, claims in every)
    scopes = {name: scope for name, document in by_name.items() if (scope := issuer_of(document))}
    facts = resolve(said, DEFAULT_BASE, known.terms, forms=known.forms, scopes=scopes)
    accepted, _ = check(facts, known, {name: document.source for name, document in by_name.items()}, LEAST)
    return graph_lines(accepted, by_name, known, DEFAULT_BASE, "grown")


class _Things:
    """The names in the claims of a sample: their kinds, which are terms, and the term that most is told of."""

    def __init__(self, sample: Sequence[Read], ontology: Ontology) -> None:
        terms = {name_key(name) for term in ontology.terms for name in term.names}
        told = Counter(name for _, claims in sample for claim in claims for name in names_of(claim))
        self.kinds = {name.label: name.kind for name in told}
        self.terms = {label for label in self.kinds if name_key(label) in terms}
        of_terms = (name for name in told.elements() if name.label in self.terms and name.kind in _OF_ALL)
        self.chief = Counter(name.label for name in of_terms).most_common(1)[0][0]


def names_of(claim: Claim) -> Iterator[Name]:
    for value in (*claim.slots.values(), claim.attributed_to):
        yield from (name for name in (value if isinstance(value, tuple) else (value,)) if isinstance(name, Name))


@cache
def _variant(thing: str, copy: int, own: float) -> int:
    """The copy that has named `thing` in a copy: itself at the rate `own`, else that of an earlier one drawn at random."""
    draw = Random(f"{thing} {copy}")
    return copy if copy == 0 or draw.random() < own else _variant(thing, draw.randrange(copy), own)


def _stem(thing: str, number: int) -> str:
    """Two characters such as a place is called by, others for each number."""
    at = Random(thing).randrange(len(FIRST) * len(SECOND)) + number
    return FIRST[at % len(FIRST)] + SECOND[at // len(FIRST) % len(SECOND)]


def _years_back(number: int) -> int:
    return Random(number).randrange(_YEARS) if number else 0


def _aged(text: str, years: int) -> str:
    """A text whose years are so many before."""
    aged = _YEAR.sub(lambda year: str(int(year[0]) - years), text)
    return _LEAP_DAY.sub(r"\1-02-28", aged) if years % 4 else aged


class _Copy:
    """One copy of a sample, with its own names, years and amounts."""

    def __init__(self, number: int, sample: Sequence[Read], things: _Things) -> None:
        self._number, self._sample, self._things = number, sample, things
        self._years = _years_back(number)
        self._draw = Random(f"amounts {number}")
        places = (label for label, kind in things.kinds.items() if kind == "Place" and label not in things.terms)
        self._places = {label[:-1]: self._stem_of(label) for label in places if len(label) == 3}
        self._placed = re.compile("|".join(map(re.escape, self._places)) or "(?!)")

    def documents(self) -> Iterator[Read]:
        """The documents of the copy with their claims; their text, and so all evidence, is that of the sample."""
        for document, claims in self._sample:
            name = f"{document.name}-{self._number}" if self._number else document.name
            works = tuple(self._dated(work) for work in document.works)
            yield (
                replace(self._dated(document), name=name, works=works),
                [self._claim(claim)._replace(document=name) for claim in claims],
            )

    def _dated(self, text: _Dated) -> _Dated:
        """A document or a work with the title, the issuer and the dates that it has in this copy."""
        dates = {field: _aged(date, self._years) for field in _DATES if (date := getattr(text, field))}
        title, issuer = text.title and self._label(text.title), text.issuer and self._moved(text.issuer)
        changed: dict[str, Any] = {"title": title, "issuer": issuer, **dates}
        return replace(text, **changed)

    def _claim(self, claim: Claim) -> Claim:
        event = claim.slots.get("event")
        years = _years_back(self._of(event.label)) if isinstance(event, Name) else self._years
        slots = {slot: self._slot(slot, value, years) for slot, value in claim.slots.items()}
        return claim._replace(slots=slots, attributed_to=claim.attributed_to and self._name(claim.attributed_to))

    def _slot(self, slot: str, value: Slot, years: int) -> Slot:
        if isinstance(value, Name):
            return self._name(value)
        if isinstance(value, tuple):
            return tuple(map(self._name, value))
        if value and slot == "value" and self._number:
            return _NUMBER.sub(self._amount, value)
        return value and _aged(value, years)

    def _amount(self, number: re.Match[str]) -> str:
        return f"{float(number[0]) * self._draw.uniform(0.5, 1.5):.{len(number[1] or '')}f}"

    def _name(self, name: Name) -> Name:
        label = self._label(name.label)
        return name if label == name.label else Name(label, name.kind, label, tuple(map(self._moved, name.aliases)))

    def _of(self, label: str) -> int:
        """The number of the copy that has given a thing its name here."""
        return _variant(label, self._number, _OWN.get(self._things.kinds.get(label, ""), _OWN_ELSE))

    def _stem_of(self, label: str) -> str:
        number = self._of(label)
        return _stem(label, number) if number else label[:-1]

    @cache  # noqa: B019  # a copy is soon gone
    def _label(self, label: str) -> str:
        """What is called `label` in the sample, as it is called in this copy."""
        kind = self._things.kinds.get(label)
        if label in self._things.terms:
            told_of_all = kind in _OF_ALL and self._number and Random(f"{label} {self._number}").random() < 1 / 3
            return self._things.chief if told_of_all else label
        moved, number = self._moved(label), self._of(label)
        return moved if moved != label or kind is None or not number else _stem(label, number) + label

    def _moved(self, text: str) -> str:
        """A text with the places and years of this copy in place of the sample's."""
        return _aged(self._placed.sub(lambda place: self._places[place[0]], text), self._years)
