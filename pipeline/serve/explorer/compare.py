"""Two things, or two documents, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline import terms as t
from pipeline.serve.explorer.graph import Graph, Listed
from pipeline.serve.explorer.lines import Ref
from pipeline.serve.explorer.names import NAMING
from pipeline.serve.explorer.things import Group, Section, sections

_SHOWN = 40  # things that only one of two documents speaks of
_SPOKEN_OF = f"""SELECT ?x ?label (COUNT(DISTINCT ?claim) AS ?n) {{ ?evidence <{t.HAS_SOURCE}> <{{iri}}> .
  ?claim <{t.BEST_EVIDENCE}> ?evidence . VALUES ?p {{ {" ".join(f"<{term}>" for term in NAMING)} }} ?claim ?p ?x .
  ?x <{t.PREF_LABEL}> ?label FILTER(LANG(?label) != "en") }} GROUP BY ?x ?label"""


@dataclass(frozen=True, slots=True)
class Side:
    """What two things are compared by: a section's key, what is said of each, and the keys of what is said of both."""

    key: str
    relation: str
    role: str
    both: frozenset[tuple[str, str]]  # facet, IRI or label of what it leads to
    sections: tuple[Section | None, Section | None]

    @property
    def facets(self) -> list[tuple[str, list[Sequence[Group]]]]:
        """The facets that one or the other has, each with what is said of both; those that both have first."""
        own = [section.facets if section else {} for section in self.sections]
        names = sorted(dict.fromkeys(name for facets in own for name in facets), key=lambda name: sum(name not in f for f in own))
        return [(name, [facets.get(name, ()) for facets in own]) for name in names]


def compare_things(graph: Graph, first: str, second: str) -> list[Side]:
    """What is said of two things, by kind, in the order of a thing's page."""
    found = [{section.key: section for section in sections(graph, iri)} for iri in (first, second)]
    keys = list(dict.fromkeys(key for each in found for key in each))
    sides = []
    for key in keys:
        pair = (found[0].get(key), found[1].get(key))
        known = pair[0] or pair[1]
        assert known is not None
        both = frozenset(_said(pair[0])) & frozenset(_said(pair[1]))
        sides.append(Side(key, known.relation, known.role, both, pair))
    return sorted(sides, key=lambda side: (None in side.sections, keys.index(side.key)))


def _said(section: Section | None) -> list[tuple[str, str]]:
    if section is None:
        return []
    others = ((facet, other) for facet, groups in section.facets.items() for group in groups for other in group.others)
    return [(facet, other.iri or other.label) for facet, other in others]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A thing that documents speak of, and in how many facts each does."""

    ref: Ref
    counts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Documents:
    """Two documents: their facts by relation, the things that both speak of, and those that one does."""

    pair: tuple[Listed, Listed]
    relations: Sequence[str]
    both: Sequence[Spoken]
    alone: tuple[Sequence[Spoken], Sequence[Spoken]]


def compare_documents(graph: Graph, first: Listed, second: Listed) -> Documents:
    """What two documents speak of."""
    spoken = [_spoken_of(graph, document) for document in (first, second)]
    counts = {ref: (spoken[0].get(ref, 0), spoken[1].get(ref, 0)) for each in spoken for ref in each}
    ranked = sorted(counts.items(), key=lambda each: (-min(each[1]), -max(each[1]), each[0].label))
    both = [Spoken(ref, number) for ref, number in ranked if all(number)]
    alone = [[Spoken(ref, number) for ref, number in ranked if not number[1 - side]][:_SHOWN] for side in (0, 1)]
    relations = [name for name in graph.relations if name in first.counts or name in second.counts]
    return Documents((first, second), relations, both, (alone[0], alone[1]))


def _spoken_of(graph: Graph, document: Listed) -> Mapping[Ref, int]:
    rows = graph.select(_SPOKEN_OF.replace("{iri}", document.iri))
    return {Ref(str(iri), str(label)): int(number or 0) for iri, label, number in rows}
