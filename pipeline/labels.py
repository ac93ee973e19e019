"""Relations, facets and classes by their Chinese labels, for people; programs get the short names."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from pipeline import terms as t
from pipeline.errors import UsageError
from pipeline.relations import SHAPES
from pipeline.rows import Table
from pipeline.shipped import shipped_ontology
from pipeline.store import Store, open_store, schema_in_memory

_LABELS = f"""SELECT ?term ?facet ?label WHERE {{ ?term <{t.LABEL}> ?label
  FILTER (LANG(?label) = "zh" && (STRSTARTS(STR(?term), "{t.ZM}") || ?term = <{t.CITES}>))
  OPTIONAL {{ ?term <{t.FACET}> ?facet }} }}"""
_COLUMNS = ("rel", "relation", "facet", "kind", "name")
_UNTRANSLATED = ("rules", "documents")  # what `stats` counts under names of their own


def words(store: Store, language: str | None = None) -> Mapping[str, str]:
    """Short name → Chinese label where that is wanted: by `language` "zh", or on a terminal by its locale. Else nothing."""
    if language_of(language) != "zh":
        return {}
    found: dict[str, str] = {}
    for term, facet, label in store.select(_LABELS):
        name = str(term).removeprefix(t.ZM).removeprefix(t.CITO)
        found |= {name: str(label)} | ({facet: str(label)} if facet else {})
    return found | {relation: found[relation.title()] for relation in SHAPES if relation.title() in found}


def words_of(places: Iterable[Path], language: str | None = None) -> Mapping[str, str]:
    """The same words from the first of `places` that holds a store, else from the shipped ontology."""
    if language_of(language) != "zh":
        return {}
    for place in places:
        with suppress(UsageError):
            return words(open_store(place), "zh")
    return words(schema_in_memory(shipped_ontology()), "zh")


def language_of(wanted: str | None) -> str:
    """The language to speak: the one that is wanted, else on a terminal that of its locale, else English."""
    return wanted or ("zh" if sys.stdout.isatty() and _locale().startswith("zh") else "en")


def _locale() -> str:
    return next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")


def translated(table: Table, known: Mapping[str, str]) -> Table:
    """A table with its relations, facets and classes in other words."""
    columns = [at for at, column in enumerate(table.columns) if column in _COLUMNS]
    rows = (
        row
        if row[0] in _UNTRANSLATED
        else tuple(known.get(str(cell), cell) if at in columns else cell for at, cell in enumerate(row))
        for row in table.rows
    )
    return Table(table.columns, tuple(rows)) if known else table
