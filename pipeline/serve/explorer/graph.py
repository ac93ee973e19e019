"""A build, open: its store, and what is asked of all of it once."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from json import JSONDecodeError, loads
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline import terms as t
from pipeline.builds import BUILDS, CACHE, REPORT, Held
from pipeline.errors import ZhimaiError
from pipeline.kept import Shelf
from pipeline.memory import read_keys
from pipeline.model import Document
from pipeline.patterns import lazy
from pipeline.relations import SHAPES
from pipeline.rows import Row, claim_rows, uncollected
from pipeline.serve.explorer.names import Names, names_of
from pipeline.store import SCHEMA_GRAPH, open_store

_AT_ONCE = 500  # claims whose rows are asked for in one query
_DOCUMENTS_READ = 8  # whose text is kept at hand
_LISTS = 8  # of claims that are kept: the pages of a list follow one another
_LABELS = f"""SELECT ?term ?label (LANG(?label) AS ?language) ?facet {{ GRAPH {SCHEMA_GRAPH} {{ ?term <{t.LABEL}> ?label
  OPTIONAL {{ ?term <{t.FACET}> ?facet }} }} }}"""
_NOTES = f"SELECT ?term ?note (LANG(?note) AS ?language) {{ GRAPH {SCHEMA_GRAPH} {{ ?term <{t.SKOS}scopeNote> ?note }} }}"
_CALLED = lazy(r"([^：:。]{1,40})(?:：|: )")  # in the note of a borrowed term
_DOCUMENTS = f"""SELECT ?d ?name ?p ?o {{ ?d a <{t.DOCUMENT}> ; <{t.DOCUMENT_NAME}> ?name .
  VALUES ?p {{ <{t.TYPE}> <{t.TITLE}> <{t.ISSUER_TEXT}> <{t.ISSUED}> <{t.WRITTEN}> <{t.PUBLISHED}> <{t.SOURCE_PATH}>
    <{t.CREATOR}> <{t.IDENTIFIER}> <{t.PUBLISHED_IN}> <{t.EFFECTIVE}> <{t.SUBTITLE}> }} ?d ?p ?o }}"""
_CLAIMS = f"""SELECT ?claim ?relation ?facet ?d ?start ?end {{ ?claim <{t.RELATION}> ?relation ; <{t.BEST_EVIDENCE}> ?e .
  ?e <{t.HAS_SOURCE}> ?d ; <{t.HAS_SELECTOR}> ?s . ?s <{t.START}> ?start ; <{t.END}> ?end .
  OPTIONAL {{ ?claim <{t.FACET}> ?facet }} }}"""
_PAUSE = 0.5  # seconds between two looks at what the current build is


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in a list: its name, its IRI, what it says of itself (IRI of a property → values), its facts by relation."""

    name: str
    iri: str
    said: Mapping[str, Sequence[str]]
    counts: Mapping[str, int] = field(default_factory=dict)

    def first(self, *properties: str) -> str:
        """The first value of the first of some properties that it has; "" where it has none."""
        return next((self.said[name][0] for name in properties if self.said.get(name)), "")

    @property
    def title(self) -> str:
        """Its title, or its name where it has none."""
        return self.first(t.TITLE) or self.name

    @property
    def issuer(self) -> str:
        """Who issued, wrote or printed it."""
        return self.first(t.ISSUER_TEXT) or "、".join(self.said.get(t.CREATOR, ())) or self.first(t.PUBLISHED_IN)

    @property
    def date(self) -> str:
        """When it was issued, ISO, as fine as is known."""
        return self.first(t.ISSUED, t.WRITTEN, t.PUBLISHED)

    @property
    def kinds(self) -> list[str]:
        """The IRIs of its classes but that of all documents."""
        return [kind for kind in self.said.get(t.TYPE, ()) if kind != t.DOCUMENT]

    @property
    def total(self) -> int:
        """How many facts were read from it."""
        return sum(self.counts.values())


class _Claims(NamedTuple):
    """What one look at all claims tells: their order, how many of each relation a document has, how many of each
    facet there are."""

    order: Mapping[str, int]
    counts: Mapping[str, Mapping[str, int]]
    facets: Mapping[str, Mapping[str, int]]


class Graph:
    """One build. It stays where it is as long as this is held."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.store = open_store(held.folder)
        self.select = self.store.select
        self._read: dict[str, Document | None] = {}  # caches of its methods would keep it, and its build, in a cycle
        self._asked_pairs: dict[str, Mapping[str, str]] = {}

    def rows(self, claims: Sequence[str]) -> list[Row]:
        """The rows of claims, in the order given, with their sentences (claim_rows)."""
        found: dict[str, Row] = {}
        with uncollected():
            for at in range(0, len(claims), _AT_ONCE):
                values = " ".join(f"<{claim}>" for claim in claims[at : at + _AT_ONCE])
                rows = claim_rows(self.select, f"VALUES ?claim {{ {values} }}", context=True)
                found |= {row["claim"]: row for row in rows}
        return [found[claim] for claim in claims if claim in found]

    def pairs(self, query: str) -> Mapping[str, str]:
        """What a SELECT of one or two columns has: the first → the second, "" where there is none. Kept for a few queries."""
        found = self._asked_pairs.get(query)
        return _keep(self._asked_pairs, query, self._pairs(query), _LISTS) if found is None else found

    def _pairs(self, query: str) -> Mapping[str, str]:
        with uncollected():
            return {str(row[0]): str(row[1] or "") if len(row) > 1 else "" for row in self.select(query)}

    @property
    def order(self) -> Mapping[str, int]:
        """Every claim → its place in the order of documents and of their texts."""
        return self._claims.order

    @property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """Relation → facet → how many facts there are."""
        return self._claims.facets

    @cached_property
    def _claims(self) -> _Claims:
        places = []
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        facets: dict[str, Counter[str]] = defaultdict(Counter)
        with uncollected():
            for claim, relation, facet, node, start, end in self.select(_CLAIMS):
                places.append((str(node), int(start or 0), int(end or 0), str(claim)))
                counts[str(node)][str(relation)] += 1
                if facet:
                    facets[str(relation)][facet] += 1
            places.sort()
        return _Claims({claim: at for at, (_, _, _, claim) in enumerate(places)}, counts, facets)

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Language → IRI or short name of a class, property, relation or facet → label."""
        found: dict[str, dict[str, str]] = {"zh": {}, "en": {}}
        for term, label, language, facet in self.select(_LABELS):
            said = found.get(str(language))
            if said is not None:
                name = str(term).removeprefix(t.ZM).removeprefix(t.CITO)
                said |= {str(term): str(label), name: str(label)} | ({facet: str(label)} if facet else {})
        for term, note, language in self.select(_NOTES):
            called, said = _CALLED.match(str(note)), found.get(str(language))
            if called and said is not None:
                said.setdefault(str(term), called[1])
        for said in found.values():
            said |= {relation: said[relation.title()] for relation in SHAPES if relation.title() in said}
        return found

    @cached_property
    def documents(self) -> Mapping[str, Listed]:
        """The documents by name, in order."""
        said: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for node, name, predicate, value in self.select(_DOCUMENTS):
            said[str(name), str(node)][str(predicate)].append(str(value))
        return {
            name: Listed(name, node, dict(said[name, node]), self._claims.counts.get(node, {})) for name, node in sorted(said)
        }

    @cached_property
    def relations(self) -> Mapping[str, int]:
        """How many facts there are of each relation, the most first."""
        total: Counter[str] = Counter()
        for document in self.documents.values():
            total.update(document.counts)
        return dict(total.most_common())

    @cached_property
    def names(self) -> Names:
        """The things by their names."""
        return names_of(self.select)

    @cached_property
    def report(self) -> Mapping[str, Mapping[str, str]]:
        """Of report.json the failures and what was left out, each path → reason; empty where there is no report."""
        try:
            report = loads((self.held.folder / REPORT).read_text(encoding="utf-8"))
            return {name: dict(report.get(name, {})) for name in ("failures", "left_out")}
        except (OSError, JSONDecodeError, AttributeError):
            return {"failures": {}, "left_out": {}}

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        return read_keys(self.held.folder)

    def document(self, name: str) -> Document | None:
        """A document as it was read for this build; None where that is not kept. A few are at hand."""
        found = self._read.get(name)
        return _keep(self._read, name, self._document(name), _DOCUMENTS_READ) if found is None else found

    def _document(self, name: str) -> Document | None:
        """The same from the shelf.

        What was read lies in the cache of the output folder, under a digest of the document's bytes and of what read it: the
        offsets of evidence are of this text and no other.
        """
        out = self.held.folder.parent.parent if self.held.folder.parent.name == BUILDS else self.held.folder
        outcome = Shelf(out / CACHE, "").at(self._keys[name]) if name in self._keys else None
        return outcome.document if outcome else None

    def warm(self) -> None:
        """Ask what every page asks."""
        for _ in self._asked():
            pass

    def _asked(self) -> Iterator[object]:
        yield from (self.labels, self.documents, self.names)


_Value = TypeVar("_Value")


def _keep(kept: dict[str, _Value], key: str, value: _Value, most: int) -> _Value:
    """Put a value among those that are kept, of which there are so many at most."""
    for old in list(kept)[: max(len(kept) - most + 1, 0)]:
        kept.pop(old, None)
    kept[key] = value
    return value


class Builds:
    """The current build, open; another one is opened while the last is still shown."""

    def __init__(self, held: Callable[[], Held]) -> None:
        self._held = held
        self._graph: Graph | None = None
        self._opening = asyncio.Lock()
        self._task: asyncio.Task[Graph] | None = None

    async def follow(self) -> None:
        """Open each build when it is there, before anyone asks; never returns."""
        while True:
            with suppress(ZhimaiError, OSError):  # who asks is told
                await self.graph()
            await asyncio.sleep(_PAUSE)

    async def graph(self) -> Graph:
        """The build to show. Raises UsageError where it cannot be opened."""
        if self._graph is None:
            return await self._open()
        if self._folder() != self._graph.held.folder and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._open())
        return self._graph

    def _folder(self) -> Path:
        return self._held().folder

    async def _open(self) -> Graph:
        async with self._opening:
            held = self._held()
            if self._graph is None or self._graph.held.folder != held.folder:
                self._graph = await asyncio.to_thread(_opened, held)
            return self._graph


def _opened(held: Held) -> Graph:
    graph = Graph(held)
    graph.warm()
    return graph
