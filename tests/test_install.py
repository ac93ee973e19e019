"""What a user installs runs: the wheel, made from the sdist, in a fresh venv and a folder of its own.

Building and installing takes a minute or two, so it is done on `--install` only, as `make check` does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.shipped import shipped_ontology
from tests.test_docs import ROOT, commands, run_command, run_python


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; it must succeed. It does not see this checkout."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=outside, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not request.config.getoption("--install"):
        pytest.skip("builds and installs the wheel: give --install, or run `make check`")
    dist = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", dist, ROOT, cwd=dist)
    (built,) = dist.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The folder of the commands of a venv that has the wheel and what it depends on, and nothing else."""
    run(sys.executable, "-m", "venv", "venv", cwd=wheel.parent)
    commands_of = wheel.parent / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(commands_of / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=wheel.parent)
    return commands_of


def test_the_ontology_is_found_in_a_checkout() -> None:
    assert shipped_ontology() == ROOT / "ontology"


def test_the_wheel_holds_the_ontology_and_no_tests(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    ontology = {path.relative_to(ROOT / "ontology").as_posix() for path in (ROOT / "ontology").rglob("*.*")}
    assert {name.removeprefix("pipeline/_ontology/") for name in names if "/_ontology/" in name} == ontology
    pages = (path for part in ("templates", "static") for path in (ROOT / "pipeline/serve" / part).rglob("*.*"))
    shown = {path.relative_to(ROOT).as_posix() for path in pages}
    assert len(shown) > 10
    assert shown <= names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"pipeline"}


def test_a_folder_is_built_in_a_folder_of_its_own(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "礁石.txt").write_text("礁石经济\n礁石经济以近岸礁盘为载体。", encoding="utf-8")
    # A folder of this name is none of ours until --ontology says so.
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "schema.ttl").write_text("this is no Turtle", encoding="utf-8")
    assert "claims: 1 defines" in run(installed / "zhimai", "build", "texts", "--jobs", "2", cwd=tmp_path)
    assert "礁石经济 — defines carrier — 近岸礁盘" in run(installed / "zhimai", "why", "近岸礁盘", cwd=tmp_path)
    counts = run(installed / "python", "-m", "pipeline", "stats", cwd=tmp_path)
    assert counts.startswith("what,name,count\ndocuments,documents,1\n")


@pytest.mark.timeout(900)  # as where they run from the checkout
def test_the_commands_of_the_readme_run_where_the_wheel_is_installed(installed: Path, tmp_path: Path) -> None:
    # What the commands name, and nothing that they find by themselves.
    for name in ("corpus", "tests/gold", "ontology/checks", "ontology/examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for command, shown in commands():
        run_command(command, shown, tmp_path, installed)
    run_python(tmp_path, installed)
