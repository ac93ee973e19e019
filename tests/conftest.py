"""What all tests share: their options, and the sample, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import build
from tests.samples import ROOT

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
