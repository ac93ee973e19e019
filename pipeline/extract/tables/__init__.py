"""What tables say: figures, comparisons, classes with their members, systems with their parts.

grid.py makes one grid of the rows of a table, model.py finds its heads, columns and labels; figures.py, comparison.py and
classes.py read what it says. A table that lays out text (a form, a timetable, a list of persons, of tasks) says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import Reader, keep
from pipeline.extract.tables.classes import classes
from pipeline.extract.tables.comparison import comparisons
from pipeline.extract.tables.figures import figures
from pipeline.extract.tables.grid import grids
from pipeline.extract.tables.model import Table, tables_in
from pipeline.model import Claim, Span


def claims(reader: Reader, relation: str | None = None) -> Iterator[Claim]:
    """What the tables of a document say, in the order of the document: of one relation, or of all."""
    if any(block.kind == "table_row" for block in reader.document.blocks):
        for claim in _said(reader, Span(0, len(reader.text))):
            if relation in (None, claim.relation):
                yield claim


@keep
def _said(reader: Reader, _: Span) -> tuple[Claim, ...]:
    """Everything that the tables of a document say, read once: each of the relations asks for its own."""
    return tuple(claim for grid in grids(reader) for table in tables_in(reader, grid) for claim in _of_table(reader, table))


def _of_table(reader: Reader, table: Table) -> Iterator[Claim]:
    yield from figures(reader, table)
    compared = [] if table.figures else list(comparisons(reader, table))
    yield from compared or classes(reader, table)
