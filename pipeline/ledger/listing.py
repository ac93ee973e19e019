"""What the ledger of a store has: the names that are one, each with its reason, and near names that were left apart."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from pipeline import terms as t
from pipeline.ledger.keys import name_key
from pipeline.rows import Table
from pipeline.store import Store

_SHORTEST = 2  # characters of a name that may be part of another
_LONGEST_REST = 8  # characters that a near name may have more

_NAMES = f"""SELECT ?label ?class ?name ?why_zh ?why_en ?doc ?quote WHERE {{
  ?thing <{t.NAMED}> ?node ; <{t.PREF_LABEL}> ?label ; a ?class .
  ?node <{t.NAME_FORM}> ?name ; <{t.QUOTED_FROM}> ?e .
  ?node <{t.NAME_REASON}> ?why_zh FILTER(LANG(?why_zh) = "zh")
  ?node <{t.NAME_REASON}> ?why_en FILTER(LANG(?why_en) = "en")
  ?e <{t.HAS_SOURCE}>/<{t.DOCUMENT_NAME}> ?doc ; <{t.HAS_SELECTOR}>/<{t.EXACT}> ?quote }}"""
_THINGS = f"""SELECT ?thing ?label ?class WHERE {{ ?thing <{t.PREF_LABEL}> ?label ; a ?class
  FILTER(STRSTARTS(STR(?class), "{t.ZM}")) }} ORDER BY ?thing ?class"""
_UNNAMED = ("Observation", "Contrast", "View", "CitedWork", "SectionKind", "Unit")  # whose labels are no names of things


def merges(store: Store, name: str | None = None, language: str = "en") -> Table:
    """Every name of a thing that is spelt otherwise: thing, class, name, why, document and quote; of one thing, where `name` is
    given, by any of its names."""
    rows: dict[tuple[str, str], list[str]] = {}
    wanted = name_key(name) if name else None
    for label, kind, said, why_zh, why_en, document, quote in store.select(_NAMES):
        if wanted is None or wanted in (name_key(label or ""), name_key(said or "")):
            row = rows.setdefault((label or "", said or ""), [_local(kind), "", document or "", quote or ""])
            why = (why_zh if language == "zh" else why_en) or ""
            row[1] = "; ".join(sorted({*filter(None, row[1].split("; ")), why}))
    found = ((label, kind, said, why, document, quote) for (label, said), (kind, why, document, quote) in sorted(rows.items()))
    return Table(("thing", "class", "name", "why", "document", "quote"), tuple(found))


def near_names(store: Store) -> Table:
    """Pairs of things of one class, the name of one of which begins or ends with that of the other: left apart."""
    by_class: dict[str, dict[str, str]] = defaultdict(dict)
    for _, label, kind in store.select(_THINGS):
        if _local(kind) not in _UNNAMED:
            by_class[_local(kind)].setdefault(name_key(label or ""), label or "")
    pairs = [(kind, *pair) for kind, names in sorted(by_class.items()) for pair in _near(names)]
    return Table(("class", "name", "near name"), tuple(pairs))


def drawn(table: Table, number: int, seed: int) -> Table:
    """`number` rows of a table, drawn at random: the same ones for the same table and `seed`."""
    order = sorted(table.rows, key=lambda row: hashlib.sha256(f"{seed} {row}".encode()).digest())[:number]
    kept = set(order)
    return Table(table.columns, tuple(row for row in table.rows if row in kept))


def _near(names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for key, label in sorted(names.items()):
        for cut in range(max(_SHORTEST, len(key) - _LONGEST_REST), len(key)):
            for part in sorted({key[:cut], key[-cut:]} & names.keys()):
                yield names[part], label


def _local(iri: str | None) -> str:
    return (iri or "").rpartition("#")[2].rpartition("/")[2]
