"""What the commands print, to the byte: their help, and each of them on the sample and on a small graph made by hand.

A transcript is the command line after "$", what it prints, what it says beside the results behind "!", and its exit code where
that is not 0. `pytest tests/test_golden_commands.py --update-golden` writes them anew.
"""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from pipeline import cli
from pipeline.export import FORMATS, export
from pipeline.rows import claim_rows
from pipeline.store import build_store, in_memory
from tests.samples import ROOT, ontology, sample_text
from tests.test_cli import Run, zhimai
from tests.test_golden import DOCUMENTS, GOLDEN, SAID, WRITTEN, agrees

__all__ = ["zhimai"]  # the fixture
FORMS = ("table", "wide", "records", "csv", "json")
READ = ("tree", "json", "text")
# Without named graphs N-Quads are N-Triples and TriG is Turtle; an archive and a table in columns are no text.
EXPORTED = [form for form in FORMATS if form not in ("nq", "trig", "neo4j", "parquet")]
FOLDER = "COPY"  # stands for the folder of the graph
ROWS = "SELECT ?s ?o ?c { ?s zm:hasElement ?o . OPTIONAL { ?s zm:hasGoal ?c } } ORDER BY ?o"
TRANSCRIPTS = {
    "query": [
        *(f"query {shlex.quote(ROWS)} -f {form}" for form in FORMS),
        f"query {shlex.quote(ROWS)} --wide",
        f"query {shlex.quote(ROWS)} --records",
        f"query {shlex.quote(ROWS)} --wide --records",
        "query 'ASK { ?s zm:hasNothing ?o }'",
        "query 'SELECT ?o { ?s zm:hasNothing ?o }'",
        "query 'CONSTRUCT WHERE { ?s zm:hasFeature ?o }'",
        "query 'CONSTRUCT WHERE { ?s zm:hasFeature ?o }' -f csv",
        "query 'DESCRIBE ?s { ?s zm:hasFeature ?o }'",
        "query 'SELECT (1 + 1 AS ?n) (\"a\\tb|c\" AS ?t) (1.50 AS ?d) (true AS ?b) {}' -f json",
    ],
    "why": [
        *(f"why 青禾工厂 -f {form}" for form in FORMS),
        "why 青禾工厂",
        "why 青禾工厂 节电机组",
        "why 青禾工厂 --relation feature",
        "why 青禾工厂 --relation element --least 0.7",
        "why 青禾工厂 --lang zh",
        "why 青禾工厂 --relation goal",
        "why 青禾工厂推进会",
        "why 赤禾工厂",
        "why 青禾厂",
    ],
    "ask": [
        "ask",
        *(f"ask {name}" for name in ("documents", "elements", "evidence", "facets", "industries", "members", "places")),
        *(f"ask {name}" for name in ("restricts", "sections", "supporters", "supports", "timeline")),
        "ask elements concept=青禾工厂 --lang zh",
        "ask elements concept=青禾厂",
        "ask elements facet=goal",
        "ask timeline from=2024年3月 to=2024-03-05",
        "ask timeline from=2025",
        "ask supports least=0.9",
        "ask evidence page=1",
        "ask element",
        "ask elements size=1",
        "ask elements concept=a concept=b",
    ],
    "stats": ["stats -f csv", "stats --lang zh", "stats --records"],
    "check": ["check -f csv"],
    "export": ["export -f csv", "export -f docx", "export -f csv --with-ontology", "export -f ttl --bom"],
    "evaluate": ["evaluate COPY/gold.jsonl --errors 2", "evaluate COPY/gold.jsonl -f csv"],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the graph made by hand, with rows of gold that its claims meet in part."""
    folder = tmp_path_factory.mktemp("made")
    build_store(folder / "store", sample_text(), (), ROOT / "ontology")
    rows = claim_rows(in_memory(sample_text()).select)
    (folder / "claims.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    (folder / "gold.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in GOLD), encoding="utf-8")
    return folder


QUOTE = "青禾工厂由“链长”和节电机组构成"
GOLD = [
    {"doc": "a", "rel": "defines", "facet": "element", "s": ["青禾工厂"], "o": ["链长"], "quote": QUOTE},
    {"doc": "a", "rel": "defines", "facet": "feature", "s": ["青禾工厂", "青禾厂"], "o": ["节电机组"], "quote": QUOTE},
    {"doc": "a", "rel": "defines", "facet": "goal", "s": ["青禾工厂"], "o": ["节能"], "quote": QUOTE, "optional": True},
    {"doc": "a", "rel": "supports", "s": ["青禾工厂行动方案"], "o": ["储能"], "quote": "《青禾工厂行动方案》支持储能产业"},
    {
        **{"doc": "a", "rel": "event", "event": ["青禾工厂推进会"], "date": "2024-03-05", "venue": [["苏州市", "苏州"]]},
        "quote": "青禾工厂推进会在苏州市召开",
    },
    {"doc": "a", "rel": "includes", "s": ["产业"], "o": ["储能产业"], "quote": "《青禾工厂行动方案》支持储能产业"},
]


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_what_a_command_prints(
    name: str, made: Path, zhimai: Run, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    told = [transcript(zhimai, line, made) for line in TRANSCRIPTS[name]]
    agrees(f"commands/{name}.txt", "\n".join(told), request)


def plain(text: str) -> str:
    """The text without the digest of the ontology, which each comment in it changes."""
    return re.sub(ontology().sha256[:16] + "[0-9a-f]*", "DIGEST", text)


def transcript(zhimai: Run, line: str, folder: Path) -> str:
    arguments = [argument.replace(FOLDER, str(folder)) for argument in shlex.split(line)]
    graph = "--graph" if arguments[0] == "export" else "--out"
    code, stdout, stderr = zhimai(*arguments, graph, folder)
    said = "".join(f"! {part}\n" for part in stderr.replace(str(folder), FOLDER).split("\n") if part)
    return f"$ zhimai {line}\n{plain(stdout.replace(str(folder), FOLDER))}{said}" + (f"exit {code}\n" if code else "")


def test_what_help_says(request: pytest.FixtureRequest) -> None:
    """Every command with its arguments and options; the layout of the page is that of the library."""
    told = []
    for name, command in get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        told.append(f"{name}: {command.help}\n  {command.epilog}")
        for parameter in command.params:
            kind = getattr(parameter, "type", None)
            bounds = [f"{key} {value}" for key in ("min", "max") if (value := getattr(kind, key, None)) is not None]
            said = [*parameter.opts, f"default {parameter.default}", *bounds, parameter.metavar or "", parameter.help or ""]
            told.append("  " + " · ".join(part for part in said if part))
    agrees("commands/help.txt", "\n".join(told) + "\n", request)


@pytest.mark.parametrize("form", EXPORTED)
def test_what_is_exported(form: str, request: pytest.FixtureRequest) -> None:
    agrees(f"exports/{form}", plain(export(in_memory(sample_text()), form).decode()), request)


@pytest.mark.parametrize("form", READ)
def test_what_is_read(form: str, zhimai: Run, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    files = ("05_lingang_coldchain_measures.txt", "09_望溪县茶产业措施.html")
    agrees(
        f"commands/read-{form}.txt", "\n".join(zhimai("read", ROOT / "corpus" / file, "-f", form)[1] for file in files), request
    )


def test_no_golden_file_is_left_over() -> None:
    there = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    mine = {f"commands/{name}.txt" for name in (*TRANSCRIPTS, "help", *(f"read-{form}" for form in READ))}
    mine |= {f"exports/{form}" for form in EXPORTED} | {f"documents/{name}" for name in DOCUMENTS}
    mine |= {f"said/{name}.txt" for name in SAID}
    assert there == WRITTEN | mine
