"""Lines are sorted, each once, in as little memory as is given, and a build of many documents takes little more than of few."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from pipeline import build as module
from pipeline import runs, store
from pipeline.build import build
from pipeline.merge import Merged, Merger
from pipeline.runs import Block, Sorter, joined, merge_runs, parted
from tests.samples import ROOT, ontology
from tests.test_build import in_this_process


@pytest.fixture(autouse=True)
def _little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "MOST", 1000)
    monkeypatch.setattr(runs, "_LEAST_BLOCK", 64)


def drawn(chance: random.Random, number: int) -> list[bytes]:
    return [f"{'甲' * chance.choice((0, 1, 9, 90))}{chance.randrange(number)}".encode() for _ in range(number)]


@pytest.mark.parametrize("number", [0, 1, 40, 2000])
def test_lines_come_sorted_each_once_and_as_often_as_asked(tmp_path: Path, number: int) -> None:
    lines = drawn(random.Random(number), number)
    with Sorter(tmp_path) as sorter:
        for start in range(0, number, 7):
            sorter.add(lines[start : start + 7])
        assert (len(sorter.runs()) > 5) is (number > 100)
        for _ in range(2):
            blocks = list(sorter)
            assert list(chain.from_iterable(blocks)) == sorted({*lines})
            assert all(blocks)


def test_runs_may_be_of_several_sorters_and_be_read_by_turns(tmp_path: Path) -> None:
    one, other = drawn(random.Random(1), 500), drawn(random.Random(2), 500)
    with Sorter(tmp_path) as first, Sorter(tmp_path) as second:
        first.add(one)
        second.add(other)
        merged = merge_runs([*first.runs(), iter([]), iter(second)])
        assert list(chain.from_iterable(merged)) == sorted({*one, *other})


@pytest.mark.parametrize("seed", range(20))
def test_what_only_one_of_two_has(seed: int) -> None:
    chance = random.Random(seed)
    one, other = ({*drawn(chance, 60)} for _ in range(2))

    def in_blocks(lines: Iterable[bytes]) -> Iterable[Block]:
        left = sorted(lines)
        while left:
            size = chance.randint(1, 9)
            yield left[:size]
            left = left[size:]

    assert parted(in_blocks(one), in_blocks(other)) == (one - other, other - one)


def test_ten_times_the_lines_take_no_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "MOST", 1 << 16)

    def peak(number: int) -> int:
        with Sorter(tmp_path) as sorter:
            tracemalloc.start()
            for at in range(number):
                sorter.add([f"{at * 7919 % number:09} {'甲乙' * 20}".encode()])
            length = sum(len(joined(block)) for block in sorter)
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert length == 131 * number
            return most

    assert peak(30_000) < 1.3 * peak(3_000)


TEXT = "海洋经济观察\n\n2030年，云渡市海洋经济总量达{0}亿元。\n\n2031年，云渡市渔业产值达{1}亿元。\n\n海洋经济包括渔业。\n"


def test_ten_times_the_documents_take_little_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that they name is the same; what is said differs. What the store takes is not seen here."""
    monkeypatch.setattr(module, "run", in_this_process)
    monkeypatch.setattr(module, "load_ontology", lambda folder, shelf: ontology())
    monkeypatch.setattr(runs, "MOST", 1 << 16)
    monkeypatch.setattr(store, "_PIECE", 1 << 16)
    sound = Merger.merge

    def traced(self: Merger, documents: Any) -> Merged:
        tracemalloc.start()
        return sound(self, documents)

    monkeypatch.setattr(Merger, "merge", traced)

    def peak(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        for at in range(number):
            (folder / f"{at:04}.txt").write_text(TEXT.format(at + 100, 3 * at + 1000), encoding="utf-8")
        assert build(folder, tmp_path / f"out{number}", ontology=ROOT / "ontology").claims["indicator"] >= number
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)  # what is cached for good
    few, many = peak(30), peak(300)
    assert many < 2 * few
