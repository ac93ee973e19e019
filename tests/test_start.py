"""What is loaded for what: a start is quick where little is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import ROOT

TEXT = "海洋经济由海洋渔业、海洋油气和滨海旅游构成。"
LOADED = "import atexit, sys; atexit.register(lambda: print('loaded', *sys.modules)); "
COMMAND = LOADED + "from pipeline.cli import main; main()"
# What the parts of the work stand on.
LIBRARIES = frozenset(
    "pydantic spacy jieba rjieba daachorse rdflib pyoxigraph msgspec rich opencc selectolax pypdfium2 charset_normalizer".split()
)


def run(code: str, *arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    seen = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=seen, capture_output=True, encoding="utf-8", check=False, timeout=240)


def loaded(code: str, *arguments: str) -> set[str]:
    """The modules that a process has loaded when it ends."""
    done = run(code, *arguments)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rsplit("loaded ", 1)[1].split())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The arguments of a build that has nothing to do any more."""
    folder = tmp_path_factory.mktemp("start")
    (folder / "in").mkdir()
    (folder / "in" / "海洋.txt").write_text(TEXT, encoding="utf-8")
    arguments = ("build", str(folder / "in"), "--out", str(folder / "out"), "--ontology", str(ROOT / "ontology"))
    assert {"rdflib", "pyoxigraph"} <= loaded(COMMAND, *arguments)
    return arguments


def test_a_build_with_nothing_to_do_loads_no_library_for_it(built: tuple[str, ...]) -> None:
    assert loaded(COMMAND, *built) & LIBRARIES == set()


def test_a_worker_loads_what_a_text_needs_and_no_more() -> None:
    found = loaded(LOADED + "from pipeline.extraction import prepare; prepare()")
    wanted = {"rjieba", "daachorse", "msgspec"}  # the last keeps what is read
    assert found & LIBRARIES == wanted or "rjieba" not in found  # no wheel for this platform: jieba itself
    assert {"rdflib", "pyoxigraph", "spacy", "selectolax", "pypdfium2"} & found == set()
    assert {"pipeline.read.pdf", "pipeline.read.docx", "pipeline.read.html", "pipeline.read.ofd"} & found == set()


def test_the_ontology_is_taken_from_the_cache_without_a_parser(built: tuple[str, ...]) -> None:
    corpus = Path(built[1])
    (corpus / "渔业.txt").write_text(TEXT, encoding="utf-8")
    assert "rdflib" not in loaded(COMMAND, *built)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--jobs", "many"], "Invalid value for '--jobs'"),
        (["--jobs", "0"], "Invalid value for '--jobs'"),
        (["--least", "2"], "Invalid value for '--least'"),
        (["--timeout", "60.0", "--memory", "1"], "Invalid value for '--memory'"),
        (["--out", "海洋.txt"], "海洋.txt: is a file. Name a folder with --out."),
    ],
)
def test_values_are_checked_where_one_is_given(arguments: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "海洋.txt").write_text(TEXT, encoding="utf-8")
    done = run(COMMAND, "build", ".", *arguments, folder=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
