"""The facts as one flat table: a row a claim, the same columns in CSV and Parquet. An event is its own subject."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from pipeline.errors import UsageError
from pipeline.ledger.uses import HOLDER
from pipeline.rows import Row, claim_rows, labels, object_of, subject_of
from pipeline.shown import as_read, csv_cell
from pipeline.store import Store

_COLUMNS = (
    "doc", "rel", "facet", "subject", "object", "date", "dateText", "precision", "venue", "agent",
    "indicator", "value", "unit", "bound", "period", "change", "dimension", "value_a", "value_b", "authors", "year", "container",
    "quote", "start", "end", "rule", "confidence", "planned", HOLDER, "subject_iri", "object_iri", "place", "page", "sentence",
)  # fmt: skip
_TYPES = {"start": "int64", "end": "int64", "page": "int64", "confidence": "float64", "planned": "bool_", "change": "bool_"}


def facts_csv(store: Store) -> bytes:
    """The table as a spreadsheet may open it: what would be a formula is none."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: csv_cell(cell) for column, cell in row.items()} for row in _flat_rows(store))
    return text.getvalue().encode()


def facts_parquet(store: Store) -> bytes:
    """The table in Parquet, with numbers and truth values as such. Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError("parquet: needs pyarrow, which is not installed. Run `pip install 'zhimai[parquet]'`.") from error
    schema = pa.schema([(column, getattr(pa, _TYPES.get(column, "string"))()) for column in _COLUMNS])
    written = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(list(_flat_rows(store)), schema), written)
    return written.getvalue()


def _flat_rows(store: Store) -> Iterator[dict[str, Any]]:
    return map(_flat, claim_rows(store.select, context=True))


def _flat(row: Row) -> dict[str, Any]:
    subject, obj = subject_of(row) or {}, object_of(row) or {}
    flat = {column: row.get(column) for column in _COLUMNS}
    flat |= {"subject": subject.get("label"), "subject_iri": subject.get("iri")}
    flat |= {"object": obj.get("label"), "object_iri": obj.get("iri"), "planned": row.get("planned", False)}
    flat |= {"quote": as_read(row["quote"]), "sentence": as_read(row["before"] + row["quote"] + row["after"])}
    for slot in ("venue", "agent", HOLDER, "indicator", "dimension", "value_a", "value_b", "authors"):
        flat[slot] = "；".join(labels(row.get(slot)))
    return flat
