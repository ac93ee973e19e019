"""What the commands print: rows, evidence, scores, progress. Plain text where the output is no terminal."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress
from rich.table import Table as Grid
from rich.text import Text

from pipeline.evaluate import Evaluation
from pipeline.rows import Row, Table

_LINE_BREAK = re.compile(r"\s*\n\s*")


def show(table: Table, form: str | None = None) -> None:
    """Print rows as "table", "csv" or "json"; None is a table on a terminal and csv elsewhere."""
    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "json":
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(table.rows)
    else:
        grid = Grid(*table.columns)
        for cells in table.rows:
            grid.add_row(*(Text(_LINE_BREAK.sub("", text or "")) for text in cells))
        Console(width=None if sys.stdout.isatty() else 200).print(grid)


def show_claims(rows: Sequence[Row], form: str | None = None) -> None:
    """Print claims with their sentences, the evidence marked; or as plain rows where `form` says so."""
    if form is not None:
        columns = ("doc", "rel", "facet", "subject", "object", "quote", "start", "end", "rule", "confidence", "claim")
        show(Table(columns, tuple(tuple(_cell(row, column) for column in columns) for row in rows)), form)
        return
    console = Console(soft_wrap=True, highlight=False)
    opening, closing = ("", "") if console.is_terminal else ("【", "】")
    for row in rows:
        before, quote, after = (_LINE_BREAK.sub("", row[part]) for part in ("before", "quote", "after"))
        sentence = Text(f"  {before}").append(f"{opening}{quote}{closing}", style="bold reverse").append(after)
        console.print(Text(_told(row), style="bold"), sentence, Text(f"  {_source(row)}", style="dim"), sep="\n")


def _cell(row: Row, column: str) -> str | None:
    found = {"subject": row.get("s") or row.get("event"), "object": row.get("o")}.get(column, row.get(column))
    return None if found is None else str(found["label"] if isinstance(found, dict) else found)


def _told(row: Row) -> str:
    venues = [place["label"] for place in row.get("venue") or ()]
    agent = (row.get("agent") or {}).get("label")
    objects = [_cell(row, "object"), row.get("date"), *venues, agent]
    relation = " ".join(part for part in (row["rel"], row["facet"]) if part)
    return " — ".join([_cell(row, "subject") or "", relation, " ".join(part for part in objects if part)])


def _source(row: Row) -> str:
    said_by = "、".join(holder["label"] for holder in row.get("attributed_to", ()))
    place = f"{row['doc']}:{row['start']}–{row['end']}  {row['rule']}  {row['confidence']:.2f}"
    return f"{place}  ({said_by})" if said_by else place


def scores(result: Evaluation) -> Table:
    """An evaluation as rows: relations, facets, rules, and the headline figure."""
    rows: list[tuple[str | None, ...]] = []
    for what, table in (("relation", result.relations), ("facet", result.facets)):
        for name, s in table.items():
            shares = result.shares.get(name, {}) if what == "relation" else {}
            counts = (str(s.right + s.missed), str(s.right + s.false))
            also = " ".join(f"{key} {value:.2f}" for key, value in shares.items())
            rows.append((what, name, *counts, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", also))
    for name, s in result.rules.items():
        rows.append(("rule", name, None, str(s.right + s.false), f"{s.precision:.3f}", None, None, None))
    rows.append(("mean", "headline", None, None, None, None, f"{result.headline_f1:.3f}", None))
    return Table(("what", "name", "gold", "found", "precision", "recall", "f1", "also"), tuple(rows))


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None]]:
    """A bar on a terminal; elsewhere a line for every tenth part."""
    if not sys.stderr.isatty():
        yield _tenths
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=name)


def _tenths(done: int, total: int, name: str) -> None:
    if done * 10 // total > (done - 1) * 10 // total:
        print(f"{done}/{total} {name}", file=sys.stderr)
