"""A built graph against the rules of an ontology folder: its shapes, its checks, and what the folder says of itself.

A check is a SELECT headed by what a row of it means, and how grave that is:

    # Problem: a claim that does not say where it was read
    # Fix: the extractor must give every claim its span
    # Level: WARN            (ERROR where none is given, as for shapes)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import terms as t
from pipeline.errors import OntologyError, QueryError
from pipeline.ontology import Ontology, load_ontology
from pipeline.patterns import lazy
from pipeline.rows import Table, prefixes
from pipeline.schema import shortened
from pipeline.shapes import Constraint, constraints
from pipeline.store import Store

LEVELS = ("ERROR", "WARN", "INFO")
_HEADER = lazy(r"^#\s*(Problem|Fix|Level)\s*:\s*(.*?)\s*$", re.MULTILINE)
_COLUMNS = ("level", "rule", "subject", "property", "value", "problem")
_BUILT_WITH = f"SELECT ?sha WHERE {{ ?run <{t.ONTOLOGY_SHA}> ?sha }}"
_Finding = tuple[str | None, ...]  # as _COLUMNS


@dataclass(frozen=True, slots=True)
class Audit:
    """What is wrong with a graph, the gravest first, as ROBOT reports it; and how many rules were asked."""

    findings: Table
    rules: int

    def count(self, level: str) -> int:
        """How many findings are of a level."""
        return Counter(row[0] for row in self.findings.rows)[level]


def audit(store: Store, folder: Path) -> Audit:
    """Ask every rule of the ontology in `folder`. Raises OntologyError where the folder, a shape or a check is no sound one."""
    known = load_ontology(folder)
    names = prefixes(store.select)
    shapes, unchecked = _shapes(known)
    checks = sorted((folder / "checks").glob("*.rq"))
    found = [
        *_of_ontology(store, known, unchecked),
        *(row for shape in shapes for row in _of_shape(store, shape, names)),
        *(row for check in checks for row in _of_check(store, check, names)),
    ]
    rows = sorted(dict.fromkeys(found), key=lambda row: (LEVELS.index(row[0] or ""), *(cell or "" for cell in row[1:])))
    return Audit(Table(_COLUMNS, tuple(rows)), len(shapes) + len(checks))


def _shapes(known: Ontology) -> tuple[list[Constraint], list[str]]:
    file = known.folder / "shapes.ttl"
    names = {c.iri: c.name for c in known.classes.values()}

    def subclasses(iri: str) -> list[str]:
        return [c.iri for c in known.classes.values() if iri in names and known.is_a(c.name, names[iri])]

    return constraints(file, subclasses) if file.is_file() else ([], [])


def _of_ontology(store: Store, known: Ontology, unchecked: list[str]) -> Iterator[_Finding]:
    """What the folder holds that is of no use, and whether it is the one that the graph was built with."""
    for line in (*known.unused, *unchecked):
        place, _, problem = line.partition(": ")
        yield "WARN", "ontology", place, None, None, problem
    for (sha,) in store.select(_BUILT_WITH):
        if sha != known.sha256:
            problem = "the graph was built with another ontology or state of it: name that with --ontology, or build again"
            yield "WARN", "ontology", str(known.folder), None, None, problem


def _of_shape(store: Store, constraint: Constraint, names: Mapping[str, str]) -> Iterator[_Finding]:
    path = re.sub(r"<([^>]*)>", lambda match: shortened(match[1], names), constraint.path) or None
    for subject, value in store.select(constraint.query):
        yield constraint.level, constraint.shape, _short(subject, names), path, _short(value, names), constraint.message


def _of_check(store: Store, file: Path, names: Mapping[str, str]) -> Iterator[_Finding]:
    query = file.read_text(encoding="utf-8")
    header = dict(_HEADER.findall(query))
    level = header.get("Level", "ERROR")
    if level not in LEVELS:
        raise OntologyError(f"{file}: Level {level} is none of {', '.join(LEVELS)}. Correct it.")
    try:
        answer = store.answer(query)
    except QueryError as error:
        raise OntologyError(f"{file}: {error}") from error
    if not isinstance(answer, Table) or not answer.columns:
        raise OntologyError(f"{file}: the check is no SELECT. Write it as one.")
    for row in answer.rows:
        cells = dict(zip(answer.columns, (_short(cell, names) for cell in row), strict=True))
        subject = cells.pop(answer.columns[0])
        prop = cells.pop("property", None) or cells.pop("predicate", None)
        value = "; ".join(f"{name} {cell}" for name, cell in cells.items() if cell)
        yield level, file.stem, subject, prop, value or None, header.get("Problem", "")


def _short(cell: object, names: Mapping[str, str]) -> str | None:
    return None if cell is None else shortened(str(cell), names)
