"""A Spark session, or one clear error why there is none."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pipeline.errors import UsageError, one_line

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_PARTITIONS, _EACH = "spark.sql.shuffle.partitions", 4  # for each processor of this machine
_PLAIN = "or build with --engine plain"


def require() -> None:
    """Raises UsageError where what this package imports is not installed."""
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    for name in ("pyspark", "pyarrow", "pandas"):  # pandas: asked for where a function is given tables of Arrow
        if find_spec(name) is None:
            raise UsageError(f"{name} is not installed. Run: pip install 'zhimai[spark]', {_PLAIN}.")


@contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """The session of this process, which stays, or a new one, which ends here. `master` is a URL as Spark has it; None leaves it
    to Spark's own configuration. Raises UsageError where Spark cannot be started."""
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    java = os.path.join(home, "bin", "java") if (home := os.environ.get("JAVA_HOME")) else "java"
    if shutil.which(java) is None:
        raise UsageError(f"Spark needs Java 17 or later, and there is no {java}. Install one and set JAVA_HOME, {_PLAIN}.")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else the first python3 of the path
    named = SparkSession.builder.appName("zhimai")
    try:
        spark = (named.master(master) if master else named).getOrCreate()
    except Exception as error:  # of py4j or of the JVM, whichever kind
        told = one_line(str(error).strip().split("\n")[-1])
        raise UsageError(f"{master or 'Spark'}: no session could be started ({told}). Check --master, {_PLAIN}.") from error
    context = spark.sparkContext
    context.setLogLevel("ERROR")
    if str(context.master).startswith("local") and not context.getConf().contains(_PARTITIONS):
        spark.conf.set(_PARTITIONS, str(_EACH * context.defaultParallelism))  # 200 take longer than what is in them
    try:
        yield spark
    finally:
        spark.stop()
