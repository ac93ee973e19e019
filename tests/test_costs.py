"""The page on what a million documents cost: made from the figures that stand beside it, and checked by simulation."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from pipeline.bench_documents import _namer
from pipeline.costs import PAGE, SIZES, THOUSAND, Quantity, page, read_costs


def test_the_page_is_that_of_its_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(read_costs())


def test_a_quantity_grows_with_its_exponent() -> None:
    quantity = Quantity(50.0, 0.5, 7.0)
    assert quantity.of(THOUSAND) == 57
    assert quantity.of(100 * THOUSAND) == pytest.approx(507)
    assert quantity.reaches(quantity.of(123_456)) == pytest.approx(123_456)


def test_what_was_measured_for_ten_thousand_is_what_is_worked_out() -> None:
    costs = read_costs()
    for name, measured in costs.measured.items():
        assert costs.quantities[name].of(10 * THOUSAND) == pytest.approx(measured, rel=0.1), name


def test_names_grow_as_the_page_takes_them_to() -> None:
    exponent = read_costs().quantities["names"].exponent
    few, many = (sum(len({_namer(f"名称{at}", number) for number in range(count)}) for at in range(3)) for count in (500, 50_000))
    assert math.log(many / few) / math.log(100) == pytest.approx(exponent, abs=0.05)


def test_each_limit_is_where_the_machine_is_full() -> None:
    costs = read_costs()
    limits = costs.limits()
    assert costs.quantities["memory_mb"].of(limits["memory"]) == pytest.approx(costs.machine["memory_gb"] * 1e3)
    assert costs.quantities["store_bytes"].of(limits["disk"]) == pytest.approx(costs.machine["disk_gb"] * 1e9)
    assert SIZES[0] < min(limits.values())


def test_figures_that_lack_a_quantity_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "costs.toml"
    file.write_text("[quantities]\ntriples = [1.0, 1.0]\n[load]\n[machine]\n[measured]\n", encoding="utf-8")
    with pytest.raises(KeyError):
        page(read_costs(file))
