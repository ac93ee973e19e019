"""The commands as a user runs them: what goes to stdout, what to stderr, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from pipeline import cli
from pipeline.renew import Report
from pipeline.rows import claim_rows
from pipeline.spark import session
from pipeline.store import build_store, in_memory
from pipeline.terms import RDF, ZM
from tests.samples import ROOT, sample_text

COMMANDS = ["build", "read", "query", "ask", "export", "why", "evaluate", "stats", "schema", "check", "diff"]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    build_store(folder / "store", sample_text())
    rows = claim_rows(in_memory(sample_text()).select)
    (folder / "claims.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    gold = {"doc": "a", "rel": "defines", "facet": "element", "s": ["青禾工厂"], "o": ["链长"], "quote": "…"}
    (folder / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    return folder


class Run:
    """Runs `zhimai` in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        self.monkeypatch, self.capture = monkeypatch, capfdbinary

    def __call__(self, *arguments: str | Path) -> tuple[int | str | None, str, str]:
        """Exit code, stdout, stderr."""
        self.monkeypatch.setattr(sys, "argv", ["zhimai", *map(str, arguments)])
        with pytest.raises(SystemExit) as exited:
            cli.main()
        sys.stdout.flush()
        said = self.capture.readouterr()
        return exited.value.code, said.out.decode(), said.err.decode()


@pytest.fixture
def zhimai(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    return Run(monkeypatch, capfdbinary)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["query", "SELECT ?o { ?s zm:hasFeature/skos:prefLabel ?o }"], "o\n余料回用\n"),
        (["query", "ASK { ?s zm:hasFeature ?o }"], "true\n"),
        (["query", "SELECT ?o { ?s zm:hasFeature/skos:prefLabel ?o }", "-f", "json"], '[\n {\n  "o": "余料回用"\n }\n]\n'),
        (["query", "SELECT ?o { ?s zm:hasFeature/skos:prefLabel ?o }", "-f", "table"], "┃ o        ┃"),
        (["query", "CONSTRUCT WHERE { ?s zm:hasFeature ?o }"], "zm:hasFeature entity:余料回用"),
        (["ask"], "name,question,parameters\n"),
        (["ask", "elements", "facet=feature", "concept=青禾工厂"], "青禾工厂,feature,余料回用,a,青禾工厂以余料回用为特征\n"),
        (["export", "--format", "csv"], "doc,rel,facet,subject"),
        (["export"], "@prefix claim:"),
        (["why", "青禾工厂", "余料回用"], "青禾工厂 — defines feature — 余料回用\n  研究者认为，【青禾工厂以余料回用为特征】；"),
        (
            ["why", "青禾工厂推进会"],
            "青禾工厂推进会 — event — 2024-03-05 苏州市\n  2024年3月5日，【青禾工厂推进会在苏州市召开】。",
        ),
        (
            ["why", "余料回用", "-f", "csv"],
            "doc,rel,facet,subject,object,quote,start,end,rule,confidence,place,page,sentence,claim,reviewed_by\na,defines,feature,青禾工厂",
        ),
        (["stats"], "what,name,count\ndocuments,documents,1\n"),
    ],
)
def test_results_go_to_stdout(zhimai: Run, out: Path, arguments: list[str], expected: str) -> None:
    code, stdout, stderr = zhimai(*arguments, "--out", out)
    assert expected in stdout
    assert (code, stderr) == (0, "")


def test_evaluate(zhimai: Run, out: Path) -> None:
    code, stdout, _ = zhimai("evaluate", out / "gold.jsonl", "--out", out, "--errors", "1")
    assert code == 0
    assert "relation,defines,1,4,0.250,1.000,0.400,facet 1.00\n" in stdout
    assert "false defines" in stdout


ERRORS = [
    (["query", "SELECT ?x {"], 1, "error: The query does not parse"),
    (["query", "nowhere.rq"], 2, "error: nowhere.rq: cannot be read"),
    (["ask", "element"], 2, "error: element: no such question. Did you mean elements?"),
    (["ask", "elements", "size=1"], 1, "error: elements: knows no size."),
    (["ask", "elements", "size"], 2, "error: size: is no parameter."),
    (["ask", "--ontology", "nowhere"], 2, "error: nowhere/queries: holds no question."),
    (["ask", "timeline", "from=2024-13"], 1, "error: from=2024-13: has no such month: 13"),
    (["ask", "timeline", "to=abc"], 1, "error: to=abc: is no date"),
    (["ask", "elements", "least=abc"], 1, "error: least=abc: is no number"),
    (["export", "-f", "docx"], 2, "error: docx: no such format."),
    (["why", "赤禾工厂"], 2, "error: 赤禾工厂: nothing in the graph is called so."),
    (["evaluate", "nowhere.jsonl"], 2, "error: nowhere.jsonl: cannot be read"),
    (["stats", "--out", "nowhere"], 2, "error: nowhere: holds no store. Run `zhimai build` first"),
    (["build", "nowhere"], 2, "error: "),
    (["build", "corpus", "--master", "local[2]"], 2, "error: --master is Spark's. Give --engine spark with it."),
    (["build", "corpus", "--engine", "spark", "--jobs", "2"], 2, "error: --jobs is the plain engine's."),
    (
        ["build", "corpus", "--engine", "spark", "--model", "m", "--endpoint", "http://127.0.0.1:1/v1"],
        2,
        "error: --model is the plain engine's.",
    ),
    (["nope"], 2, "No such command"),
    (["why"], 2, "Missing argument"),
    (["stats", "--format", "xml"], 2, "xml"),
    (["schema", "--html", "x.html", "--wide"], 2, "error: --html: the page has a form of its own."),
    (["schema", "--html", "x.html", "--ontology", "nowhere"], 1, "schema.ttl: cannot be read"),
    (["schema", "--ontology", "nowhere"], 2, "error: --ontology: goes with --html."),
]


@pytest.mark.parametrize(("arguments", "code", "message"), ERRORS, ids=[" ".join(row[0]) for row in ERRORS])
def test_errors_go_to_stderr(zhimai: Run, out: Path, arguments: list[str], code: int, message: str) -> None:
    if "--out" not in arguments and arguments != ["nope"]:
        arguments = [*arguments, "--out", str(out)]
    exited, stdout, stderr = zhimai(*arguments)
    assert (exited, stdout) == (code, "")
    assert message in stderr
    assert not message.startswith("error:") or len(stderr.splitlines()) == 1


@pytest.mark.parametrize("missing", ["pyspark", "java"])
def test_spark_is_named_where_it_is_not_there(
    zhimai: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    if missing == "java":
        pytest.importorskip("pyspark", reason="the extra spark is not installed")
        monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
        monkeypatch.setenv("JAVA_HOME", str(tmp_path))
        told = f"Spark needs Java 17 or later, and there is no {tmp_path}/bin/java."
    else:
        monkeypatch.setattr(session, "find_spec", lambda name: None)
        told = "pyspark is not installed. Run: pip install 'zhimai[spark]', or build with --engine plain."
    code, stdout, stderr = zhimai("build", "corpus", "--engine", "spark", "--out", str(tmp_path / "out"))
    assert (code, stdout) == (2, "")
    assert stderr.startswith(f"error: {told}")
    assert len(stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("failures", "options", "code"),
    [({}, ["--strict"], 0), ({"空.txt": "empty"}, [], 0), ({"空.txt": "empty"}, ["--strict"], 1)],
)
def test_build_says_what_failed(
    zhimai: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, failures: dict[str, str], options: list[str], code: int
) -> None:
    report = Report(2, failures, {"defines": 3}, {}, 40, left_out={f".{number}": "hidden" for number in range(5)})
    monkeypatch.setattr("pipeline.renew.renew", lambda *args, **kwargs: report)
    exited, stdout, stderr = zhimai("build", tmp_path, "--out", tmp_path / "out", *options)
    assert exited == code
    assert "left out, hidden: .0, .1, .2 and 2 more\n" in stderr
    assert stdout == f"documents: 2 read, {len(failures)} failed\nclaims: 3 defines\ntriples: 40\n"
    assert ("failed: 空.txt: empty\n" in stderr) is bool(failures)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_an_example(zhimai: Run, command: str) -> None:
    code, stdout, _ = zhimai(command, "--help")
    assert code == 0
    assert f"Example: zhimai {command}" in stdout


def test_help_names_every_command(zhimai: Run) -> None:
    _, stdout, _ = zhimai("--help")
    assert [command for command in COMMANDS if f"\n  {command} " not in stdout] == []
    assert zhimai("--version")[1] == "zhimai 0.1.0\n"


def test_help_loads_nothing_heavy() -> None:
    check = "import sys, pipeline.cli; print(sorted({'rdflib', 'pyoxigraph', 'spacy', 'jieba', 'rich'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, check=True, cwd=ROOT, encoding="utf-8")
    assert ran.stdout == "[]\n"


DOCUMENT = (
    "港口概论\n江一舟\n\n一、港口\n\n港口与腹地相互依存。港口是“门户”①。\n— 2 —\n①《港城志》，临澜：临澜出版社，2019年，第3页。\n"
)


def test_read_shows_the_tree(zhimai: Run, tmp_path: Path) -> None:
    (tmp_path / "港口.txt").write_text(DOCUMENT, encoding="utf-8")
    shown = zhimai("read", str(tmp_path / "港口.txt"))[1]
    assert "authors: 江一舟" in shown
    assert "heading1 一、港口\n  paragraph 港口与腹地相互依存。港口是“门户”。\n" in shown
    assert "footnote ①《港城志》，临澜：临澜出版社，2019年，第3页。  ←1" in shown
    assert "left out: page number 1×: — 2 —" in shown


def test_read_as_json(zhimai: Run, tmp_path: Path) -> None:
    (tmp_path / "港口.txt").write_text(DOCUMENT, encoding="utf-8")
    told = json.loads(zhimai("read", str(tmp_path / "港口.txt"), "--format", "json")[1])
    heading = next(block for block in told["blocks"] if block["kind"] == "heading")
    assert DOCUMENT[heading["source_start"] : heading["source_end"]] == heading["text"] == "一、港口"
    assert [tie["kind"] for tie in told["ties"]] == ["note"]
    assert {left["text"] for left in told["left_out"]} == {"— 2 —", "①"}


def test_read_gives_a_document_up_that_takes_too_long(zhimai: Run, tmp_path: Path) -> None:
    (tmp_path / "长.txt").write_text("港口经济包括码头。\n" * 100_000, encoding="utf-8")
    code, shown, said = zhimai("read", str(tmp_path / "长.txt"), "--timeout", "0.1")
    assert (code, shown, said.count("\n")) == (1, "", 1)
    assert said.startswith(f"error: {tmp_path / '长.txt'}: took longer than 0.1 seconds")


def test_read_as_text(zhimai: Run, tmp_path: Path) -> None:
    (tmp_path / "港口.txt").write_text(DOCUMENT, encoding="utf-8")
    assert zhimai("read", str(tmp_path / "港口.txt"), "--format", "text")[1] == DOCUMENT + "\n"


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [("", 0, "0 errors, 0 warnings"), (f"<x:c> <{RDF}type> <{ZM}Claim> .\n", 1, "errors, 0 warnings")],
)
def test_check_says_by_its_exit_code_whether_a_rule_is_broken(
    zhimai: Run, tmp_path: Path, more: str, code: int, said: str
) -> None:
    build_store(tmp_path / "store", sample_text() + more, (), ROOT / "ontology")
    found, stdout, stderr = zhimai("check", "--out", tmp_path)
    assert (found, "ERROR,Claim,x:c," in stdout) == (code, bool(code))
    assert stdout.startswith("level,rule,subject,property,value,problem\n")
    assert said in stderr


def test_the_tree_fits_a_terminal(zhimai: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Chinese character takes two columns; what is behind the text, the note mark's number here, is not cut."""
    (tmp_path / "港口.txt").write_text(DOCUMENT.replace("是“门户”①", f"是“{'门户' * 60}”①"), encoding="utf-8")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    lines = re.sub(r"\x1b\[[\d;]*m", "", zhimai("read", str(tmp_path / "港口.txt"))[1]).split("\n")
    tree = [line for line in lines if line.strip().startswith(("paragraph", "heading", "footnote"))]
    assert max(map(cell_len, tree)) in (59, 60)
    assert next(line for line in tree if "paragraph" in line).endswith("门户…")
    assert next(line for line in tree if "footnote" in line).endswith("←1")


def test_a_page_is_a_number_of_its_own(zhimai: Run, tmp_path: Path) -> None:
    """In why and ask evidence as JSON, and in the CSV export: the number for a PDF, nothing for a text."""
    for name, page in (("11_冰雪经济研究.pdf", 1), ("02_银发经济.txt", None)):
        out = tmp_path / name.partition(".")[0]
        assert zhimai("build", ROOT / "corpus" / name, "--out", out)[0] == 0
        asked = json.loads(zhimai("ask", "evidence", "--format", "json", "--out", out)[1])
        about = json.loads(zhimai("why", asked[0]["thing"], "--format", "json", "--out", out)[1])
        assert {row["page"] for row in asked + about} == {page}
        exported = csv.DictReader(io.StringIO(zhimai("export", "--format", "csv", "--out", out)[1]))
        assert {row["page"] for row in exported} == {str(page or "")}
