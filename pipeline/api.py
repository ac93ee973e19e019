"""zhimai from Python: read a document, extract its claims, build a graph, open it and ask it.

    import pipeline as zhimai

    for claim in zhimai.extract_claims("蓝湾经济以近海空间为载体。"):
        print(claim.facet, claim.slots["s"].label, claim.slots["o"].label, claim.evidence)

    graph = zhimai.open_graph("output")
    graph.query("SELECT ?policy { ?policy a zm:Policy }")

Everything raises ZhimaiError (pipeline.errors), with one line that says what to do.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.annotate.annotator import Annotator
from pipeline.ask import answer, bind, find_question, questions
from pipeline.ask import why as claims_about
from pipeline.build import build
from pipeline.check import LEAST
from pipeline.claims import read_claims
from pipeline.diff import Changes, diff
from pipeline.errors import QueryError, ReadError, UsageError
from pipeline.extract import extract
from pipeline.model import Claim, Document
from pipeline.ontology import Ontology, load_ontology
from pipeline.read import read
from pipeline.read.document import File
from pipeline.read.text import read_markdown, read_plain
from pipeline.renew import Report
from pipeline.rows import Row, Table, claim_rows
from pipeline.shipped import shipped_ontology
from pipeline.store import Store, open_store
from pipeline.terms import DEFAULT_BASE
from pipeline.workers import Limits

if TYPE_CHECKING:
    from pandas import DataFrame

_Path = str | PathLike[str]


def read_file(path: _Path, *, name: str | None = None) -> Document:
    """Read one document of any format that `zhimai build` reads; it is called by its file stem unless `name` is given.

    Raises ReadError where it cannot be read.
    """
    return read(Path(path), Path(path).parent, name)


def read_text(text: str, *, name: str = "text", markdown: bool = False) -> Document:
    """Read a text as if it stood in a file. Raises ReadError for one that holds none or is no Unicode."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ReadError(f"{name}: holds half of a character at {error.start}. Decode the text from its bytes again.") from error
    file = File(data, f"{name}.{'md' if markdown else 'txt'}", name)
    return read_markdown(file) if markdown else read_plain(file)


def extract_claims(document: Document | str, *, ontology: _Path | None = None) -> list[Claim]:
    """Every claim that a document, or a text, makes, in the order of its kinds and then of the text.

    `document.source[claim.evidence.start : claim.evidence.end]` is its quote. Nothing is checked against the ontology or merged
    yet: that is what a build does. `ontology` is a folder, in place of the shipped one; it is loaded once.
    """
    known, annotator = _loaded(Path(ontology) if ontology is not None else shipped_ontology())
    read_one = read_text(document) if isinstance(document, str) else document
    return list(extract(annotator.annotate(read_one), known))


@cache
def _loaded(folder: Path) -> tuple[Ontology, Annotator]:
    known = load_ontology(folder)
    return known, Annotator(known)


def build_graph(
    corpus: _Path,
    out: _Path,
    *,
    ontology: _Path | None = None,
    jobs: int = 1,
    base: str = DEFAULT_BASE,
    least: float = LEAST,
    limits: Limits = Limits(),  # noqa: B008  # immutable
    clean: bool = False,
    wait: bool = False,
) -> Report:
    """What `zhimai build` does: read the documents of `corpus`, write the graph to `out`, and say what was read.

    A document that takes more than `limits` is given up, and in the report's failures. `clean` reads again what an earlier build
    has kept, `wait` waits for another build into the same folder. A graph that is open goes on to show what it showed.
    """
    folder = Path(ontology) if ontology is not None else shipped_ontology()
    return build(
        Path(corpus), Path(out), ontology=folder, jobs=jobs, base=base, least=least, limits=limits, clean=clean, wait=wait
    )


def diff_graphs(old: _Path, new: _Path, *, document: str | None = None, relation: str | None = None) -> Changes:
    """What `zhimai diff` shows: the facts that came, went and changed between two builds, as rows of claims.jsonl, and the things
    that are called otherwise.

    Each build is a folder that was built, or a claims.jsonl. `document` keeps the facts of one document, `relation` those of one
    relation or facet. Raises UsageError where there is no build, DataError where a file holds no claims.
    """
    return diff(read_claims(Path(old)), read_claims(Path(new)), document=document, relation=relation)


def open_graph(out: _Path = "output", *, ontology: _Path | None = None) -> Graph:
    """The graph in a folder that was built. The questions for `Graph.ask` are those of `ontology`, if not of the shipped one."""
    return Graph(open_store(Path(out)), Path(ontology) if ontology is not None else shipped_ontology())


class Graph:
    """A built graph, open for reading. Rows are dicts, one a solution, with a key for each variable."""

    def __init__(self, store: Store, ontology: Path) -> None:
        self._store, self._ontology = store, ontology

    def query(self, sparql: str) -> list[Row]:
        """The solutions of a SELECT, in which the usual prefixes need not be declared. Raises QueryError."""
        return _rows(self._select(sparql))

    def frame(self, sparql: str) -> DataFrame:
        """The same as a pandas frame, a column a variable. Raises UsageError where pandas is not installed."""
        try:
            from pandas import DataFrame
        except ImportError as error:
            raise UsageError(
                "pandas is not installed. Install it with `pip install 'zhimai[pandas]'`, or use query()."
            ) from error
        table = self._select(sparql)
        cells = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in table.rows]
        return DataFrame(cells, columns=list(table.columns))

    def ask(self, question: str, **parameters: str) -> list[Row]:
        """The answer to a named question of the ontology, as `zhimai ask`; a parameter called `from` has to be given as **{…}.

        Raises UsageError for an unknown question, QueryError for a parameter that is missing or unknown.
        """
        asked = find_question(question, questions(self._ontology))
        return _rows(answer(self._store, asked, bind(asked, parameters)))

    def why(self, *names: str, relation: str | None = None, least: float = 0.0) -> list[Row]:
        """The claims in which every one of `names` fills a slot, each with its quote and the sentence around it."""
        return claims_about(self._store, names, relation, least)

    def claims(self) -> list[Row]:
        """Every claim of the graph, as in claims.jsonl."""
        return claim_rows(self._store.select)

    def _select(self, sparql: str) -> Table:
        found = self._store.answer(sparql)
        if not isinstance(found, Table):
            raise QueryError("The query is no SELECT. Ask it with `zhimai query`, or write it as one.")
        return found


def _rows(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]
