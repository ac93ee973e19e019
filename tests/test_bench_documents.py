"""The documents of the benchmark: the same every time, of one length, with names that grow as those of texts do."""

from __future__ import annotations

import math
import re
from pathlib import Path

from pipeline.bench_documents import LENGTH, VOCABULARY, _name, generate
from tests.samples import ROOT

ONTOLOGY = ROOT / "ontology"


def made(folder: Path, count: int) -> list[str]:
    generate(ROOT / "corpus", ONTOLOGY, folder, count)
    return [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]


def test_they_are_the_same_every_time_however_many_there_are(tmp_path: Path) -> None:
    texts = made(tmp_path / "a", 30)
    assert texts[:10] == made(tmp_path / "b", 10)
    assert len({*texts}) == 30
    assert all(LENGTH <= len(text) < 1.5 * LENGTH for text in texts)


def test_names_dates_and_figures_vary_and_terms_do_not(tmp_path: Path) -> None:
    texts = made(tmp_path / "a", 30)
    assert len({stem for text in texts for stem in re.findall(r"..(?=科技信贷)", text)}) > 4
    assert len({year for text in texts for year in re.findall(r"(?<!\d)20\d\d(?=年)", text)}) > 10
    assert len({figure for text in texts for figure in re.findall(r"\d+(?=亿元)", text)}) > 30
    assert sum("数据要素" in text for text in texts) > 3


def test_names_grow_as_those_of_texts_do() -> None:
    few, many = (len({_name("望溪县茶产业", "Industry", number) for number in range(count)}) for count in (200, 5000))
    assert abs(math.log(many / few) / math.log(25) - VOCABULARY) < 0.1
