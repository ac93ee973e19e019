"""The triple store on disk: the only importer of pyoxigraph.

A store is never changed in place. A new one is built aside and takes the old one's place by rename, so that a build that is
killed leaves the old one whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from pipeline.errors import OntologyError, QueryError, UsageError
from pipeline.graph import NAMESPACES
from pipeline.rows import Table, prefixes

FOLDER = "store"
_RETIRED = ".store-old"  # where the old store waits while the new one moves in
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_DATASETS = {"nq", "trig"}


class Store:
    """A built store, open for reading."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def select(self, query: str) -> Iterator[tuple[str | None, ...]]:
        """Solutions of a SELECT as tuples of text, in the order of its variables."""
        solutions = self._query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("The query is no SELECT. Ask it with `zhimai query`.")
        for solution in solutions:
            yield tuple([_text(term) for term in solution])

    def answer(self, query: str) -> Table | bool | str:
        """Whatever a query gives: a table for SELECT, a truth value for ASK, sorted Turtle for CONSTRUCT and DESCRIBE."""
        result = self._query(query)
        if isinstance(result, ox.QuerySolutions):
            columns = tuple(variable.value for variable in result.variables)
            return Table(columns, tuple(tuple(_text(term) for term in solution) for solution in result))
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        lines = ox.serialize(result, format=ox.RdfFormat.N_TRIPLES) or b""
        return write("\n".join(sorted(set(lines.decode().split("\n")))), "ttl", prefixes(self.select)).decode()

    def _query(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._store.query(query, prefixes=NAMESPACES)
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise QueryError(f"The query does not parse: {error}. Correct it and ask again.") from error

    def lines(self) -> list[str]:
        """Every triple as N-Triples, sorted."""
        dump = self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
        return sorted(dump.decode().split("\n")[:-1])


def _text(term: object) -> str | None:
    return None if term is None else str(getattr(term, "value", term))


def write(triples: str, form: str, names: Mapping[str, str]) -> bytes:
    """N-Triples text in another RDF format, in the order that it is given in: `form` of FORMATS, with prefixes `names`."""
    parsed: Iterable[ox.Triple | ox.Quad] = ox.parse(triples.encode(), format=ox.RdfFormat.N_TRIPLES)
    if form not in _DATASETS:
        parsed = (quad.triple for quad in parsed if isinstance(quad, ox.Quad))
    written = ox.serialize(parsed, format=FORMATS[form], prefixes=dict(names)) or b""  # type: ignore[arg-type]
    return _with_sorted_prefixes(written) if form in ("ttl", "trig") else written


def _with_sorted_prefixes(turtle: bytes) -> bytes:
    """pyoxigraph writes the prefixes in an order that changes from run to run."""
    lines = turtle.split(b"\n")
    head = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"\n".join(sorted(lines[:head]) + lines[head:])


def build_store(folder: Path, triples: str, rules: Iterable[Path] = ()) -> None:
    """Make a new store of N-Quads text in `folder`, which must not exist, with what the `rules` add.

    Each rule is a file with one CONSTRUCT, run once, in the order given. Raises OntologyError where one does not parse.
    """
    store = ox.Store(str(folder))
    store.bulk_load(triples.encode(), format=ox.RdfFormat.N_QUADS)
    for rule in rules:
        _apply(store, rule)
    del store  # releases the lock, so that the folder can be moved


def _apply(store: ox.Store, rule: Path) -> None:
    try:
        made = store.query(rule.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError) as error:
        raise OntologyError(f"{rule}: the rule does not parse: {error}. Correct it and build again.") from error
    if not isinstance(made, ox.QueryTriples):
        raise OntologyError(f"{rule}: the rule is no CONSTRUCT. Write it as one and build again.")
    store.extend([ox.Quad(triple.subject, triple.predicate, triple.object) for triple in made])


def in_memory(triples: str) -> Store:
    """A store of N-Triples text that lives only as long as it is held."""
    store = ox.Store()
    store.bulk_load(triples.encode(), format=ox.RdfFormat.N_TRIPLES)
    return Store(store)


def swap_in(new: Path, out: Path) -> None:
    """Let the store at `new` take the place of `out`/store."""
    recover(out)
    current, retired = out / FOLDER, out / _RETIRED
    if current.exists():
        current.rename(retired)
    new.rename(current)
    shutil.rmtree(retired, ignore_errors=True)


def recover(out: Path) -> None:
    """Put right what a killed swap has left: the old store comes back where the new one had not arrived, else it goes."""
    current, retired = out / FOLDER, out / _RETIRED
    if retired.exists() and not current.exists():
        retired.rename(current)
    shutil.rmtree(retired, ignore_errors=True)


def is_store(folder: Path) -> bool:
    """Whether `folder` looks like a store's, so that it may be replaced."""
    return (folder / "CURRENT").is_file()


def open_store(out: Path) -> Store:
    """The store of an output folder. Raises UsageError where none was built."""
    folder = next((path for path in (out / FOLDER, out / _RETIRED) if is_store(path)), None)
    if folder is None:
        raise UsageError(f"{out}: holds no store. Run `zhimai build` first, or name the folder with --out.")
    try:
        return Store(ox.Store.read_only(str(folder)))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be opened ({error}). Run `zhimai build` again.") from error
