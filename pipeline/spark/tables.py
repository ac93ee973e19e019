"""Tables of rows between Spark and Python: a function of rows to rows over each partition, and values packed into a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import StructType

from pipeline.spark.places import Place

_ROWS = 256  # of a batch that goes back to Spark
Row = tuple[Any, ...]
Step = Callable[[Iterator[Row]], Iterable[Row]]
_Kind = TypeVar("_Kind")


def mapped(table: DataFrame, step: Step, schema: str) -> DataFrame:
    """What `step` makes of the rows of each partition, tuples in the order of the columns; `schema` is that of its own rows, as
    in SQL."""
    fields = StructType.fromDDL(schema)
    assert isinstance(fields, StructType)
    made = to_arrow_schema(fields)

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from _batches(step(_rows(batches)), made)

    return table.mapInArrow(run, schema)


def _rows(batches: Iterator[pa.RecordBatch]) -> Iterator[Row]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _batches(rows: Iterable[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    left = iter(rows)
    while part := list(islice(left, _ROWS)):
        columns = zip(zip(*part, strict=True), schema, strict=True)
        yield pa.RecordBatch.from_arrays([pa.array(cells, field.type) for cells, field in columns], schema=schema)


def packed(value: object) -> bytes:
    """A value of ours as the bytes of a cell; equal values that hold no sets give equal bytes."""
    return msgspec.msgpack.encode(value)


def unpacked(data: bytes, kind: type[_Kind]) -> _Kind:
    """The value of a type that was packed."""
    value: _Kind = _decoder(kind).decode(data)  # type: ignore[arg-type]  # a class is hashable
    return value


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


class Tables:
    """A folder of tables, each written once as Parquet, so that a task that is lost later does not begin at the documents."""

    def __init__(self, spark: SparkSession, folder: Place) -> None:
        self.spark, self.folder = spark, folder

    def put(self, name: str, table: DataFrame) -> DataFrame:
        """Write a table in the place of any of its name, and read it back."""
        place = (self.folder / name).uri
        table.write.mode("overwrite").parquet(place)
        return self.spark.read.schema(table.schema).parquet(place)
