"""What all tests share: their options, and the sample, built once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.build import build
from tests.samples import ROOT

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

GOLDEN_LEAST = 0.75  # so that both what is accepted and what is rejected have rows


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--install", action="store_true", help="also build the wheel and try it in a fresh venv (minutes)")
    parser.addoption("--faults", type=int, default=4, help="how many builds are killed at random (make faults: 100)")
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew; look at the diff, then commit it")


@pytest.fixture(scope="session")
def sample_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the sample."""
    out = tmp_path_factory.mktemp("sample")
    assert not build(ROOT / "corpus", out, ontology=ROOT / "ontology", least=GOLDEN_LEAST).failures
    return out


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """A session of Spark with two tasks at a time, each of which may be lost twice; for tests that are skipped without Java."""
    from pyspark.sql import SparkSession

    settings: dict[str, bool | float | int | str | None] = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # quick to start, as a test is
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",  # compiling takes longer than what is compiled
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = SparkSession.builder.master("local[2,3]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
