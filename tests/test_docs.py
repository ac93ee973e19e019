"""What the documentation says is so: its commands run, its examples come out, what it names exists."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from pipeline import __version__
from pipeline.cli import app
from pipeline.read import read
from pipeline.read.find import find_documents

ROOT = Path(__file__).parent.parent
HERE = Path(sys.executable).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHARED = ROOT.parent / "shared" / "corpus"
BLOCKS = re.findall(r"^```([^\n]*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands() -> Iterator[tuple[str, str]]:
    """Each line of the sh blocks that is to be run, with the text block that follows it ("" where none does)."""
    for (kind, body), (next_kind, shown) in zip(BLOCKS, [*BLOCKS[1:], ("", "")], strict=True):
        lines = [line for line in body.splitlines() if line and "# not run" not in line] if kind == "sh" else []
        for line in lines:
            yield line, shown if next_kind == "text" and line == lines[-1] else ""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place to run commands in: the sample, the ontology and the gold rows, with nothing built."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("corpus", "ontology", "tests/gold"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def run_command(command: str, shown: str, folder: Path, programs: Path) -> None:
    """Run a command of the README in `folder`, with the programs of a venv; it must succeed and print what is `shown`."""
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    # an installed zhimai must not find this checkout
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    given = os.environ if programs == HERE else outside
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**given, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    assert done.stdout or done.stderr or "export --out" in command, f"{command} says nothing"
    asking = re.match(r"zhimai (?:ask|query|why|stats|schema)\b(?!.* --html)", command)
    assert not asking or len(done.stdout.splitlines()) > 1, f"{command} has no answer:\n{done.stdout}"
    missing = [line for line in shown.splitlines() if line not in done.stdout]
    assert not missing, f"{command} does not print what the README shows:\n{done.stdout}"


@pytest.mark.timeout(900)  # some fifty processes, five of them builds
def test_the_commands_of_the_readme_run(folder: Path) -> None:
    told = list(commands())
    assert len(told) >= 12
    for command, shown in told:
        run_command(command, shown, folder, HERE)
    run_python(folder, HERE)


PYTHON = "".join(body for kind, body in BLOCKS if kind == "python")


def run_python(folder: Path, programs: Path) -> None:
    """Run the Python of the README with the interpreter of a venv, in a folder where its commands were run."""
    assert "extract_claims" in PYTHON
    (folder / "readme.py").write_text(PYTHON, encoding="utf-8")
    run_command("python readme.py", "https://w3id.org/zhimai/vocab/industry/海洋经济 海洋资源\n", folder, programs)


def parameters() -> Iterator[tuple[str, str]]:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    for name, command in group.commands.items():
        yield name, ""
        for parameter in command.params:
            yield name, next((option for option in parameter.opts if option.startswith("--")), "")


@pytest.mark.parametrize(("command", "option"), sorted(set(parameters())))
def test_the_readme_names_every_command_and_option(command: str, option: str) -> None:
    assert f"zhimai {command}" in README
    assert option in README


def code(text: str, kind: str) -> list[str]:
    """The lines of the blocks of a kind, without comments."""
    blocks = re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(r"\s+# .*$", "", line) for block in blocks for line in block.splitlines() if line]


@pytest.mark.parametrize("kind", ["sh", "python"])
def test_the_chinese_readme_has_the_same_commands(kind: str) -> None:
    chinese = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    assert code(chinese, kind) == code(README, kind)
    assert len(code(chinese, kind)) > 5


def test_what_the_chinese_readme_links_to_exists() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / "README.zh.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


LAYOUT = [line.split()[0] for kind, body in BLOCKS if kind == "text layout" for line in body.splitlines()]
LINKS = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
PLACES = re.findall(r"`((?:ontology|pipeline|tests|corpus)/[^` ]*)`", README)


@pytest.mark.parametrize("name", sorted({*LAYOUT, *LINKS, *PLACES}))
def test_what_the_readme_names_exists(name: str) -> None:
    assert (ROOT / name).exists()


def test_every_part_of_the_project_is_in_the_layout() -> None:
    parts = {path.name for path in (ROOT / "ontology").iterdir()}
    assert parts <= {Path(name).name for name in LAYOUT}


def test_the_changelog_tells_of_this_version() -> None:
    assert re.search(rf"^## .*{re.escape(__version__)}", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_make_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    helped = set(re.findall(r"^(\w+):.*  ## ", makefile, re.MULTILINE))
    assert helped == set(phony[1].split()) - {"FORCE"}


def windows(text: str) -> set[str]:
    """Stretches of 16 Chinese characters, whatever stands between them."""
    characters = "".join(re.findall(r"[\u4e00-\u9fff]", text))
    return {characters[i : i + 16] for i in range(len(characters) - 15)}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not here")
def test_the_sample_is_our_own() -> None:
    known = {window for path in SHARED.rglob("*.*") for window in windows(path.read_text(encoding="utf-8", errors="ignore"))}
    assert known
    texts = {path.name: read(path, ROOT / "corpus").source for path in find_documents(ROOT / "corpus")}
    files = [ROOT / "corpus" / "README.md", *(ROOT / "tests" / "gold").iterdir(), ROOT / "README.md", ROOT / "README.zh.md"]
    texts |= {file.name: file.read_text(encoding="utf-8") for file in files}
    assert [name for name, text in texts.items() if windows(text) & known] == []
