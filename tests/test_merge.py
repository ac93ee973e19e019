"""A graph of which only what changed is made again is that of a clean build, whatever was changed and whatever is lost."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import build as module
from pipeline import files, memory
from pipeline.build import build
from pipeline.builds import CACHE, FILES, hold
from pipeline.renew import Report
from pipeline.store import DERIVED_GRAPH, open_store
from pipeline.turtle_writer import spliced, turtle
from tests.samples import ROOT, ontology
from tests.test_build import in_this_process

TEXTS = (
    "港口经济由码头和物流构成。",
    "《云渡市海洋经济促进条例》支持储能产业和冷链产业。",
    "2031年6月2日，青禾市水务局在临澜市召开港口大会。",
    "青禾市水务局局长林望川指出，绿色工厂以节能为目标。",
    "2031年6月，港口大会在临澜市举行。",
    "林望川认为，绿色工厂的关键在于循环利用。",
    "冷链产业包括冷藏运输、冷库和配送。",
    "2030年，云渡市海洋经济总量达120亿元。",
    "绿禾农业集团有限公司（以下简称绿禾集团）于2031年5月建成冷库。",
    "2031年5月8日，绿禾集团建成储能电站。",
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "run", in_this_process)
    monkeypatch.setattr(module, "load_ontology", lambda folder, shelf: ontology())


@pytest.fixture
def numbers_changed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents were changed in each build that took the rest from the last."""
    seen: list[int] = []
    sound = files._changed

    def watched(*given: dict[str, memory.Known]) -> list[str]:
        changed = sound(*given)
        seen.append(len(changed))
        return changed

    monkeypatch.setattr(files, "_changed", watched)
    return seen


def run(folder: Path, out: str, *, clean: bool = False) -> Report:
    return build(folder, folder.parent / out, ontology=ROOT / "ontology", clean=clean, least=0.3)


def content(out: Path) -> dict[str, object]:
    """The files of a build, and its store with what is in each graph."""
    store = open_store(out)
    derived = f"SELECT ?s ?p ?o {{ GRAPH {DERIVED_GRAPH} {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"
    read = {name: (hold(out).folder / name).read_text(encoding="utf-8") for name in FILES}
    return read | {"store": store.lines(with_ontology=True), "derived": list(store.select(derived))}


def write(folder: Path, name: str, *texts: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n\n".join(texts) + "\n", encoding="utf-8")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for at in range(9):
        write(tmp_path / "in", f"{at}.txt", TEXTS[at], TEXTS[(at * 3 + 1) % len(TEXTS)])
    run(tmp_path / "in", "out")
    return tmp_path / "in"


SAID = (
    "wrong\t0\tdefines/element\t港口经济；物流\t由码头和物流构成\t\t王敏",
    "date\t{}\tevent\t港口大会\t港口大会\t2031-07\t王敏",
    "subject\t{}\tincludes\t冷链产业；冷库\t冷库和配送\t仓储产业\t王敏",
    "right\t{}\tsupports\t云渡市海洋经济促进条例；储能产业\t支持储能产业\t\t李禾",
    "same\t绿色工厂\t港口经济",
    "apart\t绿禾集团\t绿禾农业集团有限公司",
    "label\t林望川\t林局长",
)


def _step(chance: random.Random, folder: Path) -> None:
    """Add, change, rename or remove a document or two, or have other things said of the claims."""
    for _ in range(chance.randint(1, 2)):
        names = sorted(path.name for path in folder.glob("*.txt"))
        name = chance.choice(names)
        match chance.randrange(5):
            case 4:
                lines = (line.format(chance.choice(names).removesuffix(".txt")) for line in chance.sample(SAID, 4))
                (folder / "review.tsv").write_text("\n".join(lines), encoding="utf-8")
            case 0:
                write(folder, f"新{chance.randrange(1000)}.txt", *chance.sample(TEXTS, 2))
            case 1:
                write(folder, name, *chance.sample(TEXTS, chance.randint(1, 4)))
            case 2:
                (folder / name).rename(folder / f"改{chance.randrange(1000)}.txt")
            case _ if len(names) > 5:
                (folder / name).unlink()


@pytest.mark.parametrize("seed", range(4))
def test_any_change_gives_the_graph_of_a_clean_build(corpus: Path, numbers_changed: list[int], seed: int) -> None:
    chance = random.Random(seed)
    for number in range(4):
        _step(chance, corpus)
        assert run(corpus, "out") == run(corpus, f"clean{number}", clean=True)
        assert content(corpus.parent / "out") == content(corpus.parent / f"clean{number}")
    assert 0 < sum(numbers_changed) < 4 * 9


def _no_memory(out: Path) -> None:
    (hold(out).folder / memory.FILE).unlink()


def _half_a_memory(out: Path) -> None:
    file = hold(out).folder / memory.FILE
    file.write_bytes(file.read_bytes()[:-9])


def _entries(out: Path, *, lines: bool) -> Iterator[Path]:
    return (entry for entry in (out / CACHE).iterdir() if ("." in entry.name) is lines)


def _no_lines(out: Path) -> None:
    for entry in _entries(out, lines=True):
        entry.unlink()


def _broken_lines(out: Path) -> None:
    for entry in _entries(out, lines=True):
        entry.write_bytes(b"x")


def _broken_documents(out: Path) -> None:
    for entry in _entries(out, lines=False):
        entry.write_bytes(b"x")


@pytest.mark.parametrize("lose", [_no_memory, _half_a_memory, _no_lines, _broken_lines, _broken_documents])
def test_what_is_lost_is_made_again(corpus: Path, lose: Callable[[Path], None]) -> None:
    lose(corpus.parent / "out")
    write(corpus, "0.txt", TEXTS[6])  # one that names what others name
    write(corpus, "1.txt", TEXTS[9])
    assert run(corpus, "out") == run(corpus, "clean", clean=True)
    assert content(corpus.parent / "out") == content(corpus.parent / "clean")


def test_the_last_build_is_as_it_was(corpus: Path) -> None:
    """The tables of its store have other names in the new one."""
    last = open_store(corpus.parent / "out")
    before = last.lines()
    write(corpus, "0.txt", TEXTS[8])
    run(corpus, "out")
    assert open_store(corpus.parent / "out").lines() != before
    assert last.lines() == before


NAMES = {"x": "https://x.org/", "y": "https://x.org/y/"}


@pytest.mark.parametrize("seed", range(20))
def test_turtle_with_other_lines_for_some_subjects_is_that_of_all_lines(seed: int) -> None:
    chance = random.Random(seed)
    subjects = [f"https://x.org/{name}" for name in ("a", "ab", "a.b", "y/a", "y/甲、乙", "y/(c)", "odd~iri", "z#z", "甲/乙")]

    def drawn(share: float) -> dict[str, list[str]]:
        told = {iri: [f'<{iri}> <https://x.org/p> "{chance.randrange(9)}" .' for _ in range(2)] for iri in subjects}
        return {iri: sorted({*lines}) if chance.random() < share else [] for iri, lines in told.items()}

    before, other = drawn(0.7), drawn(0.5)
    others = {iri: other[iri] for iri in chance.sample(subjects, chance.randrange(len(subjects)))}
    first, then = (sorted(line for lines in told.values() for line in lines) for told in (before, before | others))
    if first and then:
        assert "".join(spliced(io.StringIO(turtle(first, NAMES)), others, NAMES)) == turtle(then, NAMES)
