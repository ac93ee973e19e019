"""Things by their names: what a search finds, the things that most is said of first."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

from pipeline import terms as t
from pipeline.ledger.keys import name_key
from pipeline.patterns import lazy
from pipeline.relations import PAIR, SHAPES
from pipeline.rows import Select

NAMING = sorted({filler.claim for shape in (PAIR, *SHAPES.values()) for filler in shape.slots.values()} | {t.ATTRIBUTED_TO})
_NO_THINGS = (t.OBSERVATION, t.CONTRAST, t.ZM + "Unit", t.ZM + "SectionKind", t.ZM + "PlanPeriod", t.SKOS + "ConceptScheme")
_CALLED = (t.PREF_LABEL, t.ALT_LABEL, t.HIDDEN_LABEL)
_NAMES = f"""SELECT ?x ?p ?name (LANG(?name) AS ?language) {{
  VALUES ?p {{ {" ".join(f"<{term}>" for term in _CALLED)} }} ?x ?p ?name }}"""
_WRITTEN = f"SELECT ?x ?name {{ ?x <{t.NAMED}>/<{t.NAME_FORM}> ?name }}"
_KINDS = f"SELECT ?x ?kind {{ ?x <{t.PREF_LABEL}> ?name ; a ?kind }}"
_FACTS = f"SELECT ?x (COUNT(*) AS ?n) {{ VALUES ?p {{ {' '.join(f'<{term}>' for term in NAMING)} }} ?c ?p ?x }} GROUP BY ?x"
_Entry = tuple[str, str, str]  # what it is sorted by, name, IRI
_HAN = lazy("[\u4e00-\u9fff]")
LONGEST = 200  # characters of what is searched for


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as a search shows it: IRI, label, IRIs of its classes, how many facts fill a slot with it."""

    iri: str
    label: str
    kinds: tuple[str, ...]
    facts: int


@dataclass(frozen=True, slots=True)
class Found:
    """A thing, and the name by which it was found."""

    thing: Thing
    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """Things by IRI; `entries` are the key of a name, the name and the thing, sorted; `initials` the same by the first letters of
    the pinyin of names (hyjj for 海洋经济)."""

    things: Mapping[str, Thing]
    entries: Sequence[_Entry]
    initials: Sequence[_Entry]

    def find(self, text: str, most: int) -> list[Found]:
        """At most so many things with a name that begins with `text`, then of those whose initials do, then of those with a name
        that holds it."""
        key = name_key(text[:LONGEST])
        if not key:
            return []
        found: dict[str, str] = {}
        for group in (_beginning(self.entries, key), self._initialled(key), self._holding(key)):
            ranked = sorted(group, key=lambda entry: (-self.things[entry[2]].facts, len(entry[0]), entry))
            for _, name, iri in ranked:
                found.setdefault(iri, name)
            if len(found) >= most:
                break
        return [Found(self.things[iri], name) for iri, name in list(found.items())[:most]]

    def called(self, text: str) -> Thing | None:
        """The thing that `text` is the IRI or a name of; of several the one that most is said of."""
        if text in self.things:
            return self.things[text]
        key = name_key(text[:LONGEST])
        exact = [self.things[iri] for found, _, iri in _beginning(self.entries, key) if found == key] if key else []
        return max(exact, key=lambda thing: (thing.facts, thing.label), default=None)

    def _initialled(self, key: str) -> Iterator[_Entry]:
        return _beginning(self.initials, key) if len(key) > 1 and key.isascii() else iter(())

    def _holding(self, key: str) -> Iterator[_Entry]:
        return (entry for entry in self.entries if key in entry[0])


def _beginning(entries: Sequence[_Entry], key: str) -> Iterator[_Entry]:
    at = bisect_left(entries, (key,))
    while at < len(entries) and entries[at][0].startswith(key):
        yield entries[at]
        at += 1


def names_of(select: Select) -> Names:
    """The names of every thing that a fact can be of."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for thing, kind in select(_KINDS):
        kinds[str(thing)].append(str(kind))
    facts = {str(thing): int(number or 0) for thing, number in select(_FACTS)}
    labels: dict[str, str] = {}
    entries: set[_Entry] = set()
    for iri, predicate, name, language in select(_NAMES):
        thing, called = str(iri), str(name)
        if not any(kind in _NO_THINGS for kind in kinds.get(thing, ())):
            entries.add((name_key(called), called, thing))
            if predicate == t.PREF_LABEL and (language == "zh" or thing not in labels):
                labels[thing] = called
    entries |= {(name_key(str(name)), str(name), str(iri)) for iri, name in select(_WRITTEN)}
    things = {iri: Thing(iri, label, tuple(sorted(set(kinds.get(iri, ())))), facts.get(iri, 0)) for iri, label in labels.items()}
    named = sorted(entry for entry in entries if entry[2] in things and entry[0])
    return Names(things, named, sorted((_initials(key), name, iri) for key, name, iri in named if _HAN.search(key)))


def _initials(key: str) -> str:
    """The first letters of the pinyin of a name; what is no Chinese character stays."""
    return "".join(lazy_pinyin(key[:LONGEST], style=Style.FIRST_LETTER, errors=str))
