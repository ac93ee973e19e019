"""Pipes, full disks and odd arguments: `zhimai` as a shell runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.store import build_store
from tests.samples import sample_text

pytestmark = pytest.mark.skipif(os.name == "nt", reason="written for a POSIX shell")
ZHIMAI = f"'{sys.executable}' -c 'from pipeline.cli import main; main()'"
TEXT = "港口概论\n\n港口与腹地相互依存。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    (folder / "output").mkdir()
    build_store(folder / "output" / "store", sample_text())
    (folder / "f.txt").write_text(TEXT * 600, encoding="utf-8")
    (folder / "short.txt").write_text(TEXT, encoding="utf-8")
    (folder / "ask").write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    return folder


def shell(command: str, folder: Path) -> tuple[int, str, str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        ["bash", "-c", command.replace("zhimai", ZHIMAI)], cwd=folder, capture_output=True, check=False, env=environment
    )
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode(errors="replace")


@pytest.mark.parametrize(
    ("command", "code", "stdout", "stderr"),
    [
        ("zhimai read f.txt --format json | head -1; exit ${PIPESTATUS[0]}", 0, "{\n", ""),
        ("zhimai read f.txt --format text | head -1; exit ${PIPESTATUS[0]}", 0, "港口概论\n", ""),
        ("cat short.txt | zhimai read /dev/stdin --format text", 0, TEXT + "\n", ""),
        ("cat short.txt | zhimai read - --format text", 0, TEXT + "\n", ""),
        ("zhimai read <(cat short.txt) --format text", 0, TEXT + "\n", ""),
        ("zhimai read - --format text < short.txt", 0, TEXT + "\n", ""),
        ("zhimai query - < ask", 0, "true\n", ""),
        ("zhimai query ask", 0, "true\n", ""),
        ("zhimai stats >&-", 2, "", "error: stdout is closed"),
        ("zhimai query $'ASK { ?s ?p \"\\xff\" }'", 2, "", "no UTF-8"),
        ("zhimai why $'\\xff'", 2, "", "no UTF-8"),
        ("zhimai export --out g.nt && wc -l < g.nt", 0, f"{sample_text().count(chr(10))}\n", ""),
        ("zhimai export --out output | head -c 7", 0, "@prefix", ""),
        ("zhimai export --format csv --bom | head -c 3 | od -An -tx1", 0, " ef bb bf\n", ""),
        ("zhimai ask elements concept=青禾", 0, "concept,facet,element,document,quote\n", "Did you mean 青禾工厂"),
        ("zhimai stats --records | head -2", 0, "what: documents\nname: documents\n", ""),
        ("zhimai ask timeline from=2024-02 to=2024-01", 1, "", "from=2024-02 to=2024-01: the first day is later than the last"),
        ("zhimai ask timeline from=2024 from=2023", 2, "", "from is given twice"),
        ("zhimai ask timeline FROM=2024", 1, "", "knows no FROM. Did you mean from?"),
        ("zhimai ask timeline =x", 2, "", "=x: is no parameter"),
        ("zhimai ask supports industry=", 1, "", "industry=: has no value"),
        ("zhimai query ''", 1, "", "The query is empty"),
        ("zhimai query 'SELECT ?x { ?x a <x:none> }'", 0, "x\n", "no answer: nothing in the graph fits"),
        ("zhimai query 'CONSTRUCT WHERE { ?s ?p ?o }' --format csv", 2, "", "--format csv: the answer is a graph"),
        ("zhimai stats --out output/store", 2, "", "is the store itself. Name the folder that it is in: --out output."),
        ("zhimai stats --out short.txt", 2, "", "short.txt: holds no store"),
        ("mkdir -p odd/store; echo x > odd/store/CURRENT; zhimai why x --out odd", 2, "", "odd/store: cannot be opened"),
        ("zhimai why 青禾工厂 --relation ellement", 0, "", "no fact of ellement"),
        ("zhimai why ''", 2, "", "The name is empty"),
        ("zhimai stats --records --wide", 2, "", "exclude each other"),
        ("zhimai query 'SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }'", 1, "", "no federated queries: offline"),
    ],
)
def test_streams(folder: Path, command: str, code: int, stdout: str, stderr: str) -> None:
    exited, out, said = shell(command, folder)
    assert (exited, out) == (code, stdout), said
    assert stderr in said if stderr else not said
    assert len(said.splitlines()) <= 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
@pytest.mark.parametrize("command", ["stats", "export", "query 'ASK {}'", "read f.txt", "why 青禾工厂", "ask", "--help"])
def test_a_full_disk_is_one_line(folder: Path, command: str) -> None:
    exited, _, said = shell(f"zhimai {command} > /dev/full", folder)
    assert (exited, said) == (2, "error: cannot be written: No space left on device. Free some space or write elsewhere.\n")


@pytest.mark.parametrize("told", ["2>/dev/full", "2>&-"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
def test_a_stderr_that_takes_nothing_stops_no_build(folder: Path, told: str) -> None:
    exited, out, _ = shell(f"zhimai build short.txt --out built {told}", folder)
    assert (exited, out.split("\n")[0]) == (0, "documents: 1 read, 0 failed")
