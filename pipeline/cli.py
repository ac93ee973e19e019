"""The command line: parse, call, print. Results go to stdout, progress and errors to stderr.

Exit codes: 0 fine, 1 bad data, 2 could not run.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MethodType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO, cast

import typer
from typer.core import TyperCommand, TyperGroup

from pipeline import __version__
from pipeline.errors import UsageError, ZhimaiError, one_line
from pipeline.shipped import shipped_ontology
from pipeline.terms import DEFAULT_BASE

if TYPE_CHECKING:
    from pipeline.renew import Order, Report


class Engine(StrEnum):
    """What builds a graph."""

    PLAIN = "plain"
    SPARK = "spark"


class Format(StrEnum):
    """How rows are shown."""

    TABLE = "table"
    WIDE = "wide"
    RECORDS = "records"
    CSV = "csv"
    JSON = "json"


class Language(StrEnum):
    """Of the names of relations, facets and kinds."""

    EN = "en"
    ZH = "zh"


class FoundBy(StrEnum):
    """Who found a claim of a document that a language model read too."""

    RULES = "rules"
    MODEL = "model"
    BOTH = "both"


class ReadFormat(StrEnum):
    """How a document that was read is shown."""

    TREE = "tree"
    JSON = "json"
    TEXT = "text"


Out = Annotated[Path, typer.Option("--out", "-o", "--graph", "-g", metavar="DIR", help="Folder of the graph.")]
OntologyFolder = Annotated[
    Path | None, typer.Option("--ontology", metavar="DIR", help="Folder of the ontology; without it, the one that is shipped.")
]
Shown = Annotated[Format | None, typer.Option("--format", "-f", help="How to show rows; a table on a terminal, else csv.")]
EXPORTED = "ttl, nt, nq, trig, jsonld, rdfxml, graphml, gexf, neo4j, csv, parquet, void or context"
WithOntology = Annotated[bool, typer.Option("--with-ontology", help="Write the ontology too, not only the data.")]
Timeout = Annotated[
    float | None,
    typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Stop after so long; else ZHIMAI_QUERY_TIMEOUT, or 60."),
]
ReadTimeout = Annotated[
    float, typer.Option("--timeout", min=0.1, max=1e6, metavar="SECONDS", help="Give a document up that takes longer.")
]
Memory = Annotated[int, typer.Option(min=100, metavar="MB", help="Give a document up that needs more (kept on Linux).")]
Lang = Annotated[
    Language | None,
    typer.Option("--lang", help="Language of relations, facets and kinds; a terminal's own, else en, the short names."),
]
Wide = Annotated[bool, typer.Option("--wide", help="A table that never wraps.")]
Records = Annotated[bool, typer.Option("--records", help="One record after the other, a line a field.")]
DEFAULT_OUT = Path("output")


class _Value:
    """What a parameter makes of what is written. Paths, text, and what is not given, need no check: the library that Typer 0.29
    has for it takes longer to load than all else of a build that has nothing to do."""

    def __init__(self, parameter: Any) -> None:
        self._checked = parameter.get_runtime_param

    def __call__(self) -> _Value:
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """As Typer does it."""
        if value is None or value == param.default:
            return value
        if isinstance(value, str) and param.type_descriptor.is_path:
            return Path(value)
        if isinstance(value, str) and param.type_descriptor.ranged_type_name == "str":
            return value
        return self._checked().coerce(value, param=param, ctx=ctx)


class _Quick:
    """A command that makes its values so; with a Typer that has no such library, one as any other."""

    def get_params(self, ctx: Any) -> Any:
        """Its parameters, and --help."""
        parameters = super().get_params(ctx)  # type: ignore[misc]  # of TyperCommand or TyperGroup
        for each in parameters:
            if isinstance(getattr(each, "get_runtime_param", None), MethodType) and each.nargs == 1 and not each.multiple:
                each.get_runtime_param = _Value(each)
        return parameters


class _QuickCommand(_Quick, TyperCommand):
    pass


class _QuickGroup(_Quick, TyperGroup):
    pass


app = typer.Typer(
    cls=_QuickGroup,
    help="zhimai (知脉): Chinese documents to a knowledge graph, with the evidence for every fact.",
    epilog="Start with: zhimai build corpus",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"zhimai {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command(cls=_QuickCommand, epilog="Example: zhimai build corpus --out output")
def build(
    corpus: Annotated[
        str, typer.Argument(help="Folder of documents (.txt, .md, .html, .docx, .pdf …) or of .zip of them, or one of these.")
    ] = "corpus",
    out: Annotated[
        str, typer.Option("--out", "-o", "--graph", "-g", metavar="DIR", help="Folder of the graph.")
    ] = str(DEFAULT_OUT),
    ontology: OntologyFolder = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="spark: on a cluster; CORPUS and --out may then be URIs (hdfs:, s3a:, file:).")
    ] = Engine.PLAIN,
    master: Annotated[
        str | None, typer.Option("--master", metavar="URL", help="Of Spark: local[2], spark://host:7077, yarn …")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Number of processes; the result is the same.")] = 1,
    names: Annotated[
        Path | None, typer.Option("--names", metavar="FILE", help="Decisions on names, a line each: one = other.")
    ] = None,
    review: Annotated[
        Path | None,
        typer.Option("--review", metavar="FILE", help="Corrections of claims and names; else review.tsv beside the documents."),
    ] = None,
    base: Annotated[str, typer.Option("--base", metavar="IRI", help="What the IRIs of the data begin with.")] = DEFAULT_BASE,
    least: Annotated[
        float, typer.Option("--least", min=0.0, max=1.0, help="Leave out facts of a lower confidence; they go to rejected.jsonl.")
    ] = 0.5,
    timeout: ReadTimeout = 60.0,
    memory: Memory = 2000,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where a document could not be read.")] = False,
    with_ontology: WithOntology = False,
    clean: Annotated[bool, typer.Option("--clean", help="Read every document again, whatever earlier builds have kept.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for another build into the same folder to end.")] = False,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="A language model that reads too; its claims pass a gate.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", metavar="URL", help="Its server, e.g. http://127.0.0.1:11434/v1.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent to the model, show one request, send nothing.")
    ] = False,
    cache: Annotated[Path, typer.Option("--model-cache", metavar="DIR", help="Where answers are kept.")] = Path("model-cache"),
    only_cache: Annotated[
        bool, typer.Option("--model-cache-only", help="Ask for nothing; fail where an answer is missing.")
    ] = False,
    requests: Annotated[int, typer.Option("--model-requests", min=1, help="Send no more requests, repeated ones too.")] = 1000,
    tokens: Annotated[
        int, typer.Option("--model-tokens", min=1, help="Use no more tokens, of questions and answers.")
    ] = 5_000_000,
    seconds: Annotated[
        float, typer.Option("--model-timeout", min=1, max=1e6, metavar="SECONDS", help="Stop asking after so long.")
    ] = 3600,
    at_once: Annotated[int, typer.Option("--model-at-once", min=1, max=256, help="Requests at once.")] = 4,
) -> None:
    """Read a folder of documents and build the graph of what they say."""
    from pipeline.language_model.limits import Limits as ModelLimits
    from pipeline.language_model.order import model_order
    from pipeline.renew import Order
    from pipeline.workers import Limits

    order = Order(
        Path(corpus),
        Path(out),
        ontology or shipped_ontology(),
        least,
        base,
        jobs=jobs,
        limits=Limits(timeout, memory),
        names=names,
        review=review,
        with_ontology=with_ontology,
        clean=clean,
        wait=wait,
        model=model_order(model, endpoint, cache, ModelLimits(requests, tokens, seconds, at_once), only_cache, dry_run),
    )
    is_plain = engine is Engine.PLAIN
    report = _build_plainly(order, master, dry_run) if is_plain else _build_on_spark(order, corpus, out, master)
    if report is None:
        return
    for line in report.unused:
        print(f"warning: {line}", file=sys.stderr)
    for line in report.idle:
        print(one_line(f"no effect: {line}"), file=sys.stderr)
    for path, reason in report.unanswered.items():
        print(one_line(f"no answer: {path}: {reason}"), file=sys.stderr)
    for path, reason in report.failures.items():
        print(one_line(f"failed: {path}: {reason}"), file=sys.stderr)
    for why, number in Counter(report.left_out.values()).items():
        left = [one_line(name) for name, said in report.left_out.items() if said == why]
        print(f"left out, {why}: {', '.join(left[:3])}{f' and {number - 3} more' if number > 3 else ''}", file=sys.stderr)
    claims = ", ".join(f"{count} {relation}" for relation, count in report.claims.items()) or "none"
    print(f"documents: {report.documents} read, {len(report.failures)} failed\nclaims: {claims}\ntriples: {report.triples}")
    done = "written to" if report.changed else "nothing has changed in"
    print(f"{done} {out}; next: zhimai stats --out {out}", file=sys.stderr)
    if report.failures and strict:
        raise typer.Exit(1)


def _build_plainly(order: Order, master: str | None, dry_run: bool) -> Report | None:
    """None where nothing was built: what a model would be asked was shown."""
    from pipeline.progress import progress
    from pipeline.renew import plan, renew

    if master:
        raise UsageError("--master is Spark's. Give --engine spark with it.")
    with progress() as shown:
        if not dry_run:
            return renew(order, shown)
        planned = plan(order, shown)
    print(planned)
    return None


def _build_on_spark(order: Order, corpus: str, out: str, master: str | None) -> Report:
    from pipeline.spark.session import require

    if order.jobs != 1:
        raise UsageError("--jobs is the plain engine's. Say with --master how many processors Spark may use: local[2].")
    if order.model:
        raise UsageError("--model is the plain engine's. Build with --engine plain, or without a model.")
    require()
    from pipeline.spark.engine import build_on_spark

    return build_on_spark(order, corpus, out, master)


@app.command(epilog="Example: zhimai read corpus/01_向海图强.txt")
def read(
    file: Annotated[Path, typer.Argument(help="A document, an archive of documents, or - for stdin.")],
    form: Annotated[
        ReadFormat | None, typer.Option("--format", "-f", help="A tree, json, or the text that offsets count in.")
    ] = None,
    timeout: ReadTimeout = 60.0,
    memory: Memory = 2000,
) -> None:
    """Show how a document is read: what it says of itself, its parts, what was repaired and what was left out."""
    from pipeline.read.apart import read_apart
    from pipeline.read.find import documents_in
    from pipeline.read.piped import kept
    from pipeline.show import show_document
    from pipeline.workers import Limits

    with kept(file) as whole:
        for document in read_apart(documents_in(whole), whole.parent, Limits(timeout, memory)):
            show_document(document, form)


def _form(form: Format | None, wide: bool, records: bool) -> Format | None:
    if wide and records:
        raise UsageError("--wide and --records exclude each other. Give one of them.")
    return Format.RECORDS if records else Format.WIDE if wide else form


@app.command(epilog='Example: zhimai query "SELECT ?s ?o WHERE { ?s zm:hasElement ?o }"')
def query(
    sparql: Annotated[str, typer.Argument(help="A SPARQL query, a file that holds one, or - for stdin.")],
    out: Out = DEFAULT_OUT,
    form: Shown = None,
    wide: Wide = False,
    records: Records = False,
    timeout: Timeout = None,
) -> None:
    """Ask the graph in SPARQL; the usual prefixes (zm:, skos:, prov:, oa: …) need not be declared."""
    from pipeline.limited import limits_from_settings
    from pipeline.rows import Table
    from pipeline.show import show
    from pipeline.store import open_store

    answer = open_store(out).answer(_query_text(sparql), limits_from_settings(timeout))
    chosen = _form(form, wide, records)
    if isinstance(answer, Table):
        show(answer, chosen)
        if not answer.rows:
            print("no answer: nothing in the graph fits the query", file=sys.stderr)
    elif isinstance(answer, bool):
        print(str(answer).lower())
    elif chosen:
        raise UsageError(f"--format {chosen}: the answer is a graph, no rows. Leave the format out for Turtle, or ask a SELECT.")
    else:
        print(answer, end="")


_LONGEST_PATH = 1000  # of a query it need not be asked whether it is a file


def _query_text(sparql: str) -> str:
    try:
        if sparql == "-":
            return sys.stdin.buffer.read().decode()
        if not sparql.strip() or len(sparql) > _LONGEST_PATH or not (sparql.endswith(".rq") or Path(sparql).exists()):
            return sparql
        return Path(sparql).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{sparql}: cannot be read ({error}). Name a file of UTF-8 text.") from error


@app.command(epilog="Example: zhimai ask lists the questions; zhimai ask NAME key=value asks one")
def ask(
    name: Annotated[str | None, typer.Argument(help="A question; none lists them.")] = None,
    values: Annotated[list[str] | None, typer.Argument(help="Its parameters.", metavar="[KEY=VALUE]...")] = None,
    out: Out = DEFAULT_OUT,
    ontology: OntologyFolder = None,
    form: Shown = None,
    lang: Lang = None,
    wide: Wide = False,
    records: Records = False,
    timeout: Timeout = None,
) -> None:
    """Ask the graph one of the questions that come with the ontology."""
    from pipeline.ask import answer, bind, find_question, list_questions, no_answer, questions
    from pipeline.labels import translated, words
    from pipeline.limited import limits_from_settings
    from pipeline.show import show
    from pipeline.store import open_store

    known = questions(ontology or shipped_ontology())
    if name is None:
        show(list_questions(known), _form(form, wide, records))
        return
    question = find_question(name, known)
    given = _pairs(values or [])
    bound = bind(question, given)
    store = open_store(out)
    table = answer(store, question, bound, limits_from_settings(timeout))
    show(translated(table, words(store, lang)), _form(form, wide, records))
    if not table.rows:
        print(no_answer(store, question, given), file=sys.stderr)


def _pairs(values: Sequence[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for given in values:
        name, equals, value = given.partition("=")
        if not (name and equals):
            raise UsageError(f"{given}: is no parameter. Give parameters as key=value.")
        if name in pairs:
            raise UsageError(f"{given}: {name} is given twice. Give each parameter once.")
        pairs[name] = value
    return pairs


@app.command(epilog="Example: zhimai export --out graph.graphml")
def export(
    form: Annotated[str | None, typer.Option("--format", "-f", help=f"{EXPORTED}; else FILE's or ttl.")] = None,
    graph: Annotated[Path, typer.Option("--graph", "-g", metavar="DIR", help="Folder of the graph.")] = DEFAULT_OUT,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="Write FILE, whole or not at all; a folder is that of the graph, or for neo4j the one to write.",
        ),
    ] = None,
    with_ontology: WithOntology = False,
    rdf12: Annotated[bool, typer.Option("--rdf12", help="In ttl, nt, nq, trig: each claim rdf:reifies what it states.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="Begin csv with a byte order mark, as Excel wants it.")] = False,
) -> None:
    """Write the graph in the format of another tool, to stdout or to a file."""
    from pipeline.export import export as run
    from pipeline.export import format_of, write_out
    from pipeline.limited import run as run_apart

    file = out if out and (form == "neo4j" or (out.suffix and not out.is_dir())) else None
    folder = graph if file or not out else out
    form = form or format_of(file)
    written = run_apart(None, run, folder, form, with_ontology=with_ontology, rdf12=rdf12, bom=bom)
    if file:
        write_out(file, form, written)
    else:
        sys.stdout.buffer.write(written)


@app.command(epilog="Example: zhimai why 新质生产力 劳动者 --relation element")
def why(
    names: Annotated[list[str], typer.Argument(help="Names or IRIs; with several, the facts that join them.", metavar="NAME...")],
    relation: Annotated[str | None, typer.Option("--relation", "-r", help="Only this relation, facet or property.")] = None,
    least: Annotated[float, typer.Option("--least", min=0.0, max=1.0, help="Only facts of at least this confidence.")] = 0.0,
    lang: Lang = None,
    out: Out = DEFAULT_OUT,
    form: Annotated[Format | None, typer.Option("--format", "-f", help="Rows in place of the sentences.")] = None,
    timeout: Timeout = None,
    ontology: OntologyFolder = None,
) -> None:
    """Show what is said of a thing, with the sentence of each fact, the evidence marked; beneath, what the rules of the ontology
    derive, and from what.
    """
    from pipeline.ask import no_fact
    from pipeline.ask import why as run
    from pipeline.derived import derivations
    from pipeline.labels import language_of, words
    from pipeline.limited import limits_from_settings
    from pipeline.limited import run as run_apart
    from pipeline.show import show_claims, show_derivations
    from pipeline.store import open_store

    store = open_store(out)
    limits, known = limits_from_settings(timeout), words(store, lang)
    rows = run_apart(limits, run, store.folder, names, relation, least)
    show_claims(rows, form, known)
    rules = sorted(((ontology or shipped_ontology()) / "rules").glob("*.rq"))
    derived = run_apart(limits, derivations, store.folder, rules, names, relation) if form is None else []
    show_derivations(derived, language_of(lang), known)
    if not rows and not derived:
        print(no_fact(store, relation), file=sys.stderr)


@app.command(epilog="Example: zhimai review --sample 5 --relation supports")
def review(
    sample: Annotated[int, typer.Option("--sample", "-n", min=1, help="How many facts.")] = 20,
    relation: Annotated[str | None, typer.Option("--relation", "-r", help="Only this relation, facet or property.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of the draw; the same seed draws the same facts of a graph.")] = 0,
    least: Annotated[float, typer.Option("--least", min=0.0, max=1.0, help="Only facts of at least this confidence.")] = 0.0,
    only: Annotated[
        FoundBy | None, typer.Option("--only", help="Only facts that the rules alone found, a language model alone, or both.")
    ] = None,
    mark: Annotated[bool, typer.Option("--mark", help="Ask whether each is right, and write the answers to FILE.")] = False,
    file: Annotated[
        Path | None, typer.Option("--review", metavar="FILE", help="Where the answers of --mark go; else corpus/review.tsv.")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers; else the name that the system knows.")] = "",
    lang: Lang = None,
    out: Out = DEFAULT_OUT,
    form: Annotated[Format | None, typer.Option("--format", "-f", help="Rows in place of the sentences.")] = None,
    timeout: Timeout = None,
) -> None:
    """Show facts drawn at random with their sentences, to be read one by one: how many are right is what a reader will meet."""
    if mark and form:
        raise UsageError(f"--format {form}: goes without --mark, which shows one sentence after the other. Leave it out.")
    from pipeline.ask import no_fact
    from pipeline.ask import review as run
    from pipeline.labels import words
    from pipeline.limited import limits_from_settings
    from pipeline.limited import run as run_apart
    from pipeline.show import show_claims
    from pipeline.store import open_store

    store = open_store(out)
    rows = run_apart(limits_from_settings(timeout), run, store.folder, sample, seed, relation, least, only)
    if mark:
        _mark(rows, file or Path("corpus") / "review.tsv", by, words(store, lang))
    else:
        show_claims(rows, form, words(store, lang))
    if not rows:
        print(f"no fact that was found by: {only}" if only else no_fact(store, relation), file=sys.stderr)


def _mark(rows: Sequence[dict[str, Any]], file: Path, by: str, known: Mapping[str, str]) -> None:
    """Ask of each claim whether it is right, and print what share was."""
    import getpass

    from pipeline.review.marking import ASKED, mark
    from pipeline.show import show_claims

    def ask() -> str:
        print(ASKED, end="", file=sys.stderr, flush=True)
        return sys.stdin.readline()

    print(mark(rows, file, by or getpass.getuser(), lambda row: show_claims([row], None, known), ask))


@app.command(epilog="Example: zhimai explain 推广锚泊定位、声学释放等海洋观测技术。")
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or several; - reads them from stdin.")],
    ontology: OntologyFolder = None,
) -> None:
    """Show why a text gives what it gives: its words, the rules tried, what fills their slots, and the facts."""
    from pipeline.api import read_text
    from pipeline.explain import explain as run
    from pipeline.ontology import load_ontology

    document = read_text(sys.stdin.read() if text == "-" else text)
    for line in run(document, load_ontology(ontology or shipped_ontology())):
        print(line)


@app.command(epilog="Example: zhimai evaluate gold/*.jsonl --errors 5")
def evaluate(
    gold: Annotated[list[Path] | None, typer.Argument(help="Gold files (JSON Lines).", metavar="[GOLD]...")] = None,
    out: Out = DEFAULT_OUT,
    errors: Annotated[int, typer.Option("--errors", min=0, help="Also show N misses and N false rows of each relation.")] = 0,
    reviewed: Annotated[
        Path | None,
        typer.Option("--reviewed", metavar="FILE", help="A review as gold: only what it calls right or wrong counts."),
    ] = None,
    fair: Annotated[bool, typer.Option("--fair", help="Leave out what readers themselves give in two ways.")] = False,
    confidence: Annotated[
        Path | None, typer.Option("--confidence", metavar="FILE", help="Write there how sure each rule is.")
    ] = None,
    form: Shown = None,
) -> None:
    """Compare the claims with gold annotations: precision, recall and F1."""
    from pipeline.builds import CLAIMS_FILE, hold
    from pipeline.confidence import write_confidence
    from pipeline.evaluate import evaluate as run
    from pipeline.evaluate import read_rows
    from pipeline.show import scores, show, show_fault

    if not gold and not reviewed:
        raise UsageError("No gold: name files of it, or a review with --reviewed.")
    held = hold(out)
    claims, wanted = read_rows(held.folder / CLAIMS_FILE), [row for file in gold or () for row in read_rows(file)]
    if reviewed:
        from pipeline.review.gold import judged

        if gold:
            raise UsageError("--reviewed: goes without gold files, of which all claims count. Leave one of them out.")
        claims, wanted = judged(claims, reviewed)
    result = run(claims, wanted, fair=fair)
    show(scores(result), form)
    for fault in result.first_faults(errors):
        show_fault(fault)
    if confidence:
        write_confidence(confidence, result.rules)


@app.command(epilog="Example: zhimai ledger 习近平")
def ledger(
    name: Annotated[str | None, typer.Argument(help="Only the names of this thing, by any of them.")] = None,
    apart: Annotated[bool, typer.Option("--apart", help="Near names that were left apart instead.")] = False,
    sample: Annotated[int | None, typer.Option("--sample", "-n", min=1, help="Only so many, drawn at random.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of the draw; the same seed draws the same rows of a graph.")] = 0,
    out: Out = DEFAULT_OUT,
    form: Shown = None,
    lang: Lang = None,
    wide: Wide = False,
    records: Records = False,
) -> None:
    """Show which names are one thing, and why; decide otherwise with a file of names (build --names)."""
    from pipeline.labels import language_of
    from pipeline.ledger.listing import drawn, merges, near_names
    from pipeline.show import show
    from pipeline.store import open_store

    if apart and name:
        raise UsageError("--apart: lists near names of all things. Leave the name out.")
    store = open_store(out)
    table = near_names(store) if apart else merges(store, name, language_of(lang))
    show(drawn(table, sample, seed) if sample else table, _form(form, wide, records))
    if not table.rows:
        print("no name is of a thing that is spelt otherwise", file=sys.stderr)


@app.command(epilog="Example: zhimai diff output-of-may output")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder that was built, a claims.jsonl, or - for stdin.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another.")],
    document: Annotated[str | None, typer.Option("--document", "-d", metavar="NAME", help="Only this document.")] = None,
    relation: Annotated[str | None, typer.Option("--relation", "-r", help="Only this relation or facet.")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where anything differs.")] = False,
    lang: Lang = None,
    form: Annotated[Format | None, typer.Option("--format", "-f", help="Rows in place of the lines.")] = None,
) -> None:
    """Show what facts came, went and changed between two builds, and which things are called otherwise."""
    from pipeline.rows import uncollected

    with uncollected():
        differs = _show_diff(old, new, document, relation, lang, form)
    if differs and exit_code:
        raise typer.Exit(1)


def _show_diff(
    old: Path, new: Path, document: str | None, relation: str | None, lang: Language | None, form: Format | None
) -> bool:
    """Print what differs; whether anything does."""
    from pipeline.claims import no_fact, read_claims
    from pipeline.diff import diff as run
    from pipeline.labels import language_of, words_of
    from pipeline.show_changes import show_changes, totals

    before, after = read_claims(old), read_claims(new)
    changes = run(before, after, document=document, relation=relation)
    show_changes(changes, form, words_of((new, old), lang), language_of(lang))
    if (document or relation) and not changes.counts():
        print(one_line(no_fact([*before, *after], document, relation)), file=sys.stderr)
    elif form:
        print(totals(changes, language_of(lang)), file=sys.stderr)
    return bool(changes)


@app.command(epilog="Example: zhimai stats")
def stats(
    out: Out = DEFAULT_OUT,
    form: Shown = None,
    lang: Lang = None,
    wide: Wide = False,
    records: Records = False,
    timeout: Timeout = None,
) -> None:
    """Count the documents, claims and entities of the graph."""
    from pipeline.ask import stats as run
    from pipeline.labels import translated, words
    from pipeline.limited import limits_from_settings
    from pipeline.limited import run as run_apart
    from pipeline.show import show
    from pipeline.store import open_store

    store = open_store(out)
    table = run_apart(limits_from_settings(timeout), run, store.folder)
    show(translated(table, words(store, lang)), _form(form, wide, records))


@app.command(epilog="Example: zhimai schema --html ontology.html")
def schema(
    out: Out = DEFAULT_OUT,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the page of the ontology instead, with all that it says.")
    ] = None,
    ontology: OntologyFolder = None,
    form: Shown = None,
    wide: Wide = False,
    records: Records = False,
    timeout: Timeout = None,
) -> None:
    """List the classes and properties, with how often the graph has each, and an example; or write the page of the ontology."""
    from pipeline.limited import limits_from_settings
    from pipeline.limited import run as run_apart

    limits = limits_from_settings(timeout)
    if html:
        from pipeline.export import write_whole
        from pipeline.reference import page

        if form or wide or records:
            raise UsageError("--html: the page has a form of its own. Leave the other form out.")
        write_whole(html, run_apart(limits, page, out, ontology or shipped_ontology()).encode())
        print(f"written to {html}", file=sys.stderr)
        return
    if ontology:
        raise UsageError("--ontology: goes with --html. Leave it out: the list is of the ontology that the graph was built with.")
    from pipeline.schema import schema as run
    from pipeline.show import show

    show(run_apart(limits, run, out), _form(form, wide, records))


@app.command(epilog="Example: zhimai check --out output")
def check(out: Out = DEFAULT_OUT, ontology: OntologyFolder = None, form: Shown = None) -> None:
    """Hold the graph against the shapes and checks of the ontology; exit code 1 where it breaks one."""
    from pipeline.audit import audit
    from pipeline.show import show
    from pipeline.store import open_store

    found = audit(open_store(out), ontology or shipped_ontology())
    show(found.findings, form)
    counts = f"{found.count('ERROR')} errors, {found.count('WARN')} warnings"
    print(f"{found.rules} rules asked: {counts}", file=sys.stderr)
    if found.count("ERROR"):
        raise typer.Exit(1)


@app.command(epilog="Example: zhimai serve --out output --port 8000")
def serve(
    out: Out = DEFAULT_OUT,
    host: Annotated[str, typer.Option("--host", help="Address to listen at; 0.0.0.0 lets other machines ask.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="Port to listen at; 0 takes a free one.")] = 8000,
    timeout: Annotated[
        float, typer.Option("--timeout", min=1, max=1e6, metavar="SECONDS", help="Stop a query after so long.")
    ] = 30,
    result: Annotated[int, typer.Option("--result", min=1, metavar="MB", help="Give no longer results.")] = 64,
    at_once: Annotated[int, typer.Option("--at-once", min=1, help="Queries at once; others wait.")] = 16,
    memory: Annotated[int, typer.Option("--memory", min=1000, metavar="MB", help="Of all queries (kept on Linux).")] = 4096,
    cors: Annotated[
        list[str] | None,
        typer.Option("--cors", metavar="ORIGIN", help="Let web pages of this origin ask too; * is all. Those of localhost may."),
    ] = None,
    review: Annotated[
        Path | None,
        typer.Option("--review", metavar="FILE", help="Let visitors correct facts: into this file, as build reads it."),
    ] = None,
) -> None:
    """Serve the graph: a SPARQL endpoint at /sparql, and a page for every IRI. A new build is served when it is there."""
    try:
        from pipeline.serve.app import Where
        from pipeline.serve.app import serve as run
        from pipeline.serve.limits import Limits
    except ModuleNotFoundError as error:
        raise UsageError(f"zhimai serve: {error.name} is not installed. Run pip install 'zhimai[serve]'.") from error
    limits = Limits(timeout, result << 20, at_once, megabytes=memory)
    run(out, Where(host, port, cors or ()), limits, review)


class _Stopped(BaseException):
    """SIGINT or SIGTERM; no KeyboardInterrupt, which the library of the command line answers in its own way."""


def _stop(number: int, frame: object) -> NoReturn:
    raise _Stopped(number)


def _check_arguments() -> None:
    """Raise UsageError for an argument that is no UTF-8, unless a file has that name."""
    for argument in sys.argv[1:]:
        if not argument.isascii() and not os.path.lexists(argument) and argument != _as_utf8(argument):
            raise UsageError(f"{_as_utf8(argument)}: the argument is no UTF-8, and no file has that name. Write it in UTF-8.")


def _as_utf8(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _run() -> None:
    """The command, with all that it says written out. Raises UsageError where stdout takes nothing."""
    if sys.stdout is None:
        raise UsageError("stdout is closed. Send the results to a file or to another program.")
    broken = False
    _check_arguments()
    try:
        try:
            app(prog_name="zhimai")
        except SystemExit as done:
            broken = isinstance(done.__context__, BrokenPipeError)  # the command line turns it into exit code 1
            if not broken:
                sys.stdout.flush()
                raise
        sys.stdout.flush()
    except BrokenPipeError:
        broken = True
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF):
            raise
        _silence()
        raise UsageError(f"cannot be written: {error.strerror}. Free some space or write elsewhere.") from error
    if broken:  # the reader, `head` for one, has seen enough
        _silence()


class _Aside:
    """stderr for what is said beside the results: what it does not take is lost, and the command goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _silence() -> None:
    """Let nothing that is left in stdout be written when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())  # type: ignore[union-attr]


def main() -> NoReturn:
    """Entry point of `zhimai`."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # it is closed
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    told = sys.stderr
    sys.stderr = cast("TextIO", _Aside(told or Path(os.devnull).open("w", encoding="utf-8")))  # noqa: SIM115  # for good
    before = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        _run()
    except ZhimaiError as error:
        print(f"error: {one_line(' '.join(str(error).split()))}", file=sys.stderr)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except _Stopped as stopped:
        print("stopped; what was built before is as it was", file=sys.stderr)
        sys.exit(128 + stopped.args[0])
    finally:
        sys.stderr = told
        for number, handler in before.items():
            signal.signal(number, handler)
    sys.exit(0)
