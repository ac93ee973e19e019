"""What a start takes: `zhimai --version`, a build with nothing to do, and one of a page of text into a new folder, on the clock.

All are run in turn, round after round, with `import spacy` beside them, so that a busy moment of the machine falls on all. A
round before, which does not count, compiles the modules to bytecode, as an installation does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "corpus" / "01_向海图强.txt"  # of two thousand characters
_ZHIMAI = (sys.executable, "-c", "from pipeline.cli import main; main()")


def time_start(aside: Path, rounds: int) -> dict[str, float]:
    """Seconds of each start, the least of the rounds ("page_s"), and the median of its ratios to that of `import spacy`
    ("page_to_spacy") and of --version ("page_to_version"). Works in a folder `aside`."""
    folder = aside / "page"
    folder.mkdir()
    shutil.copy(PAGE, folder)
    build = (*_ZHIMAI, "build", str(folder), "--ontology", str(ROOT / "ontology"), "--out")
    commands = {
        "spacy": (sys.executable, "-c", "import spacy"),
        "version": (*_ZHIMAI, "--version"),
        "nothing": (*build, str(aside / "kept")),
        "page": (*build, str(aside / "new")),
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(rounds + 1):
        for name, command in commands.items():
            shutil.rmtree(aside / "new", ignore_errors=True)
            taken = _seconds(command, aside)
            if round_ > 0:  # and in the round before, what has nothing to do now has been built
                seconds[name].append(taken)
    found = {f"{name}_s": min(times) for name, times in seconds.items()}
    pairs = [(name, "spacy") for name in ("version", "nothing", "page")] + [(name, "version") for name in ("nothing", "page")]
    for name, beside in pairs:
        found[f"{name}_to_{beside}"] = median(a / b for a, b in zip(seconds[name], seconds[beside], strict=True))
    return found


def _seconds(command: tuple[str, ...], aside: Path) -> float:
    seen = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    seen["PYTHONPYCACHEPREFIX"] = str(aside / "compiled")
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=seen)
    return time.perf_counter() - start


def as_text(start: Mapping[str, float]) -> str:
    """A line on it."""
    told = [("--version", "version"), ("a build with nothing to do", "nothing"), ("a page of text", "page")]
    ratios = {name: f"{start[f'{name}_to_spacy']:.2f} × import spacy" for _, name in told}
    for name in ("nothing", "page"):
        ratios[name] += f", {start[f'{name}_to_version']:.1f} × --version"
    return "start: " + "; ".join(f"{what} {start[f'{name}_s']:.2f} s ({ratios[name]})" for what, name in told)
