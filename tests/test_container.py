"""The Dockerfile, where there is no Docker: what it says is checked, and on `--install` its steps are run in a folder.

An image is a folder here: absolute paths of the steps lie in it, and its Python is a venv. What the base image holds, and that
nothing else is there, is not tested.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.samples import ROOT
from tests.test_install import run

STEPS = re.findall(r"^([A-Z]+) +(.*)$", (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", ""), re.MULTILINE)
IGNORED = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
SENT = [line[1:] for line in IGNORED if line[0] == "!"]  # the files and folders that Docker is given
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
USER = 10001
OTHER = USER if hasattr(os, "geteuid") and os.geteuid() == 0 else None  # whom to run as, where that is not who we are
TEXT = "海洋经济由海洋渔业、海洋油气和滨海旅游构成。"


def told(instruction: str) -> list[str]:
    return [said for name, said in STEPS if name == instruction]


def test_the_base_is_pinned_and_one_that_zhimai_runs_on() -> None:
    (base,) = {said.split()[0] for said in told("FROM")}
    version = re.fullmatch(r"python:(3\.\d+)\.\d+-slim-[a-z]+", base)
    assert version, base
    assert PROJECT["requires-python"].removeprefix(">=") <= version[1]


def test_it_runs_as_nobody_in_particular() -> None:
    names = [name for name, _ in STEPS]
    assert told("USER") == [f"{USER}:{USER}"]  # as numbers, which an orchestrator can check
    assert "RUN" not in names[names.index("USER") :]
    assert "COPY" not in names[names.index("USER") :]


def test_what_is_copied_is_sent_and_nothing_else() -> None:
    copied = [name for said in told("COPY") if not said.startswith("--from") for name in said.split()[:-1]]
    assert sorted(copied) == sorted(SENT)
    assert all((ROOT / name).exists() for name in SENT)
    assert ["*", *(f"!{name}" for name in SENT), "**/__pycache__"] == IGNORED


def test_the_one_command_is_a_build_of_what_is_mounted() -> None:
    ((command,), arguments) = (json.loads(told(name)[-1]) for name in ("ENTRYPOINT", "CMD"))
    assert command in PROJECT["scripts"]
    assert arguments == ["build", "/corpus", "--out", "/output"]


class Image:
    """A folder in which the steps of a stage are run."""

    def __init__(self, folder: Path, context: Path, python: str, pip: str) -> None:
        self.folder, self._context, self._place = folder, context, folder
        self.env = {"PATH": f"{folder}/venv/bin:{os.environ['PATH']}", "LANG": "C.UTF-8"}
        run(python, "-m", "venv", "--without-pip", folder / "venv", cwd=folder.parent)
        program = folder / "venv" / "bin" / "pip"  # not the venv's own, which the system's Python may lack
        program.write_text(f'#!/bin/sh\nexec {pip} --python {folder}/venv/bin/python "$@"\n', encoding="utf-8")
        program.chmod(0o755)

    def path(self, name: str) -> Path:
        """Where a path of the image lies."""
        return self.folder / name.lstrip("/") if name.startswith("/") else self._place / name

    def do(self, instruction: str, said: str, earlier: dict[str, Image]) -> None:
        """Do a step; those that only say how the image is run do nothing here."""
        if instruction == "WORKDIR":
            self._place = self.path(said)
            self._place.mkdir(parents=True, exist_ok=True)
        elif instruction == "COPY":
            self._copy(said.split(), earlier)
        elif instruction == "ENV":
            name, value = said.split("=")
            self.env[name] = str(self.path(value))
        elif instruction == "RUN":
            self._run(re.sub(r"--mount=\S+ ", "", said))
        else:
            assert instruction in ("USER", "ENTRYPOINT", "CMD"), f"{instruction}: say here what it does"

    def _copy(self, words: list[str], earlier: dict[str, Image]) -> None:
        source = earlier[words.pop(0).removeprefix("--from=")].path if words[0].startswith("--from=") else self._context.joinpath
        *names, target = words
        for name in names:
            found = source(name)
            if found.is_dir():
                shutil.copytree(found, self.path(target))
            else:
                shutil.copy(found, self.path(target))

    def _run(self, command: str) -> None:
        here = re.sub(r"(?<=[\s=])/(?=[a-z])", f"{self.folder}/", command)
        if OTHER is None:  # nobody but root can give files away
            here = re.sub(r"--(owner|group)=\d+ ", "", here)
        done = subprocess.run(["sh", "-e", "-c", here], cwd=self._place, env=self.env, capture_output=True, check=False)
        assert done.returncode == 0, f"{here}\n{done.stdout.decode()}\n{done.stderr.decode()}"


def a_python() -> str | None:
    """A Python that an ordinary user can run: ours, where we are one."""
    asks = [sys.executable] if OTHER is None else [shutil.which("python3", path="/usr/local/bin:/usr/bin"), sys.executable]
    return next((python for python in asks if python and _may_run(os.path.realpath(python))), None)


def _may_run(python: str) -> bool:
    code = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
    try:
        return as_user([python, "-c", code], Path("/"), {}).returncode == 0
    except PermissionError:
        return False


def as_user(command: list[str], folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command as one who is not root."""
    groups = None if OTHER is None else list[int]()
    return subprocess.run(
        command,
        cwd=folder,
        env=env,
        user=OTHER,
        group=OTHER,
        extra_groups=groups,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def image(request: pytest.FixtureRequest) -> Iterator[Image]:
    """What the steps of the Dockerfile make."""
    if not request.config.getoption("--install") or sys.platform == "win32":
        pytest.skip("installs the wheel, with sh: give --install, or run `make check`")
    python = a_python()
    if python is None:
        pytest.skip("there is no Python from 3.11 on here that another user than root may run")
    with tempfile.TemporaryDirectory() as name:  # not that of pytest, which no other user can enter
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "context").mkdir()
        for sent in SENT:
            if (ROOT / sent).is_dir():
                shutil.copytree(ROOT / sent, folder / "context" / sent, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / sent, folder / "context" / sent)
        run(sys.executable, "-m", "venv", "pip", cwd=folder)
        stages: dict[str, Image] = {}
        for instruction, said in STEPS:
            if instruction == "FROM":
                stage = said.partition(" AS ")[2] or "last"
                stages[stage] = Image(folder / stage, folder / "context", python, f"{folder}/pip/bin/python -m pip")
            else:
                stages[stage].do(instruction, said, stages)
        yield stages["last"]


@pytest.mark.timeout(900)  # builds the wheel, and installs it with what it depends on
def test_the_steps_make_a_command_that_an_ordinary_user_runs(image: Image) -> None:
    (image.path("/corpus") / "海洋.txt").write_text(TEXT, encoding="utf-8")
    entry, command = (json.loads(told(name)[-1]) for name in ("ENTRYPOINT", "CMD"))
    program = shutil.which(entry[0], path=image.env["PATH"].split(":")[0])
    assert program
    arguments = [str(image.path(each)) if each.startswith("/") else each for each in command]
    for said in ("written to", "nothing has changed in"):
        done = as_user([program, *entry[1:], *arguments], Path(image.env["HOME"]), image.env)
        assert done.returncode == 0, done.stderr
        assert "documents: 1 read, 0 failed" in done.stdout
        assert f"{said} {image.path('/output')}" in done.stderr
    graph = image.path("/output") / "graph.ttl"
    assert "海洋渔业" in graph.read_text(encoding="utf-8")
    assert OTHER in (None, graph.stat().st_uid)
