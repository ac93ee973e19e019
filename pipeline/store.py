"""The triple store on disk: the only importer of pyoxigraph, but for the benchmark, which measures it bare.

A store is never changed: each build makes a new one in a folder of its own (builds.py), and an open store keeps its build there.

Its default graph is the data, with what the rules add, and the schema, so that a query may ask for the label of a property. The
schema is also in a graph of its own, which tells it from the data when these are written out, and so is what the rules add; the
vocabularies are in another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from pipeline import limited
from pipeline.builds import STORE, Held, copy_store, hold, is_store, store_of
from pipeline.errors import OntologyError, QueryError, UsageError
from pipeline.limited import Limits, limits_from_settings
from pipeline.patterns import lazy
from pipeline.rows import Cell, Table, prefixes
from pipeline.sparql import check_query, parse_fault
from pipeline.terms import NAMESPACES, XSD, ZM
from pipeline.turtle_writer import turtle

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_DATASETS, _TURTLES = {"nq"}, {"ttl", "trig"}  # all is in the default graph, where TriG is Turtle
SCHEMA_GRAPH, VOCABULARY_GRAPH = ox.NamedNode(ZM.rstrip("#")), ox.NamedNode(NAMESPACES["vocab"].rstrip("/"))
DERIVED_GRAPH = ox.NamedNode(ZM.rstrip("#") + "/derived")
_PIECE = 1 << 25  # characters that are loaded at once: each load makes files that have to be merged with those before it
_MANY = 1 << 12  # triples that are written at once
_GENID = "https://w3id.org/.well-known/genid/zhimai/"
_BLANK = lazy(rb"^_:\S+|(?<= )_:\S+(?= \.$)", re.MULTILINE)  # as the subject or object of a line of N-Triples


class Value(NamedTuple):
    """The object of a triple: an IRI, or the text of a literal with its datatype and language."""

    text: str
    datatype: str = ""
    language: str = ""


class Store:
    """A built store, open for reading. Its build is not removed while it is open."""

    def __init__(self, store: ox.Store, held: Held | None = None) -> None:
        self._store, self._held = store, held

    @property
    def folder(self) -> Path:
        """The folder of its build, with which another process opens the same. UsageError for a store in memory."""
        if self._held is None:
            raise UsageError("The store is in memory only. Build it into a folder.")
        return self._held.folder

    def select(self, query: str) -> Iterator[tuple[str | None, ...]]:
        """Solutions of a SELECT as tuples of text, in the order of its variables."""
        solutions = self._query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("The query is no SELECT. Ask it with `zhimai query`.")
        with _clear_errors():
            for solution in solutions:
                yield tuple([_text(term) for term in solution])

    def answer(self, query: str, limits: Limits | None = None) -> Table | bool | str:
        """Whatever a query gives: a table for SELECT, a truth value for ASK, sorted Turtle for CONSTRUCT and DESCRIBE.

        A store on disk is asked in a child within `limits` (those of the environment where none are given). Raises QueryError.
        """
        check_query(query)
        if self._held is None:
            return self.answer_here(query)
        return limited.run(limits or limits_from_settings(), Store.answer_here, self.folder, query)

    def answer_here(self, query: str) -> Table | bool | str:
        """The same in this process, without limits."""
        result = self._query(query)
        with _clear_errors():
            if isinstance(result, ox.QuerySolutions):
                columns = tuple(variable.value for variable in result.variables)
                return Table(columns, tuple(tuple(_cell(term) for term in solution) for solution in result))
            if isinstance(result, ox.QueryBoolean):
                return bool(result)
            lines = ox.serialize(result, format=ox.RdfFormat.N_TRIPLES) or b""
            return write("\n".join(sorted(set(lines.decode().split("\n")))), "ttl", prefixes(self.select)).decode()

    def _query(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        check_query(query)
        with _clear_errors(query):
            return self._store.query(query, prefixes=NAMESPACES)

    def lines(self, *, with_ontology: bool = False) -> list[str]:
        """Every triple of the data as N-Triples, sorted; or also those of schema and vocabularies."""
        data = self._dump(ox.DefaultGraph())
        return sorted(data | self.ontology_lines() if with_ontology else data - self._dump(SCHEMA_GRAPH))

    def triples(self, *, with_ontology: bool = False) -> Iterator[tuple[str, str, Value]]:
        """The same, read: subject, predicate and object of each. No datatype is an IRI's."""
        yield from read_triples("".join(line + "\n" for line in self.lines(with_ontology=with_ontology)))

    def ontology_lines(self) -> set[str]:
        """The schema and the vocabularies as N-Triples."""
        return self._dump(SCHEMA_GRAPH) | self._dump(VOCABULARY_GRAPH)

    def derived_lines(self) -> Iterator[str]:
        """What the rules have added, as N-Triples, in no order."""
        derived = (quad.triple for quad in self._store.quads_for_pattern(None, None, None, DERIVED_GRAPH))
        for piece in _in_pieces(derived):
            yield from _written(piece)

    def lines_of(self, subjects: Iterable[str], *, with_ontology: bool = False) -> dict[str, list[str]]:
        """For IRIs the triples of the data, sorted, that each is the subject of; or also those of schema and vocabularies."""
        return {subject: self._lines_of(ox.NamedNode(subject), with_ontology) for subject in subjects}

    def _lines_of(self, subject: ox.NamedNode, with_ontology: bool) -> list[str]:
        def found(graph: ox.NamedNode | ox.DefaultGraph) -> set[ox.Triple]:
            return {quad.triple for quad in self._store.quads_for_pattern(subject, None, None, graph)}

        data, schema = found(ox.DefaultGraph()), found(SCHEMA_GRAPH)
        wanted = data | schema | found(VOCABULARY_GRAPH) if with_ontology else data - schema
        return sorted(_written(wanted))

    def _dump(self, graph: ox.NamedNode | ox.DefaultGraph) -> set[str]:
        dump = self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
        return set(dump.decode().split("\n")) - {""}


@contextmanager
def _clear_errors(query: str = "") -> Iterator[None]:
    """QueryError for whatever pyoxigraph raises, when a query is parsed and also while its solutions are computed."""
    try:
        yield
    except SyntaxError as error:
        raise QueryError(parse_fault(query, str(error))) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"The query cannot be answered: {error}. Correct it and ask again.") from error


def _cell(term: object) -> Cell:
    """A term as a table has it: numbers and truth values of XSD as such, unless they are written in no usual way."""
    if isinstance(term, ox.Literal):
        read = _READERS.get(term.datatype.value.removeprefix(XSD))
        with suppress(ValueError, ArithmeticError):
            return read(term.value) if read else term.value
    return _text(term)


def _number(value: str) -> Decimal | str:
    number = Decimal(value)
    return number if number.is_finite() else value


_READERS: dict[str, Callable[[str], Cell]] = {
    **dict.fromkeys(("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"), int),
    **dict.fromkeys(("decimal", "double", "float"), _number),
    "boolean": lambda value: {"true": True, "1": True, "false": False, "0": False}.get(value, value),
}


def _text(term: object) -> str | None:
    return None if term is None else str(getattr(term, "value", term))


def read_triples(triples: str) -> Iterator[tuple[str, str, Value]]:
    """N-Triples text, read: subject, predicate and object of each."""
    for quad in ox.parse(triples.encode(), format=ox.RdfFormat.N_TRIPLES):
        obj = quad.object
        literal = (obj.datatype.value, obj.language or "") if isinstance(obj, ox.Literal) else ()
        yield str(_text(quad.subject)), quad.predicate.value, Value(str(_text(obj)), *literal)


def write(triples: str, form: str, names: Mapping[str, str]) -> bytes:
    """N-Triples text in another RDF format, in the order that it is given in: `form` of FORMATS, with prefixes `names`.

    For Turtle and TriG, the triples of a subject follow one another.
    """
    if form in _TURTLES:
        return turtle(filter(None, triples.split("\n")), names).encode()
    parsed: Iterable[ox.Triple | ox.Quad] = ox.parse(triples.encode(), format=ox.RdfFormat.N_TRIPLES)
    if form not in _DATASETS:
        parsed = (quad.triple for quad in parsed if isinstance(quad, ox.Quad))
    return ox.serialize(parsed, format=FORMATS[form], prefixes=dict(names)) or b""  # type: ignore[arg-type]


def check_lines(lines: Iterable[str]) -> None:
    """Raises SyntaxError or UnicodeEncodeError where a line is no N-Triples, which would end the load of the store."""
    for _ in ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES):
        pass


def build_store(folder: Path, triples: Iterable[str], rules: Iterable[Path] = (), ontology: Path | None = None) -> None:
    """Make a new store in `folder`, which must not exist, of N-Quads text, given in pieces, with an ontology and with what the
    `rules` add.

    Each rule is a file with one CONSTRUCT, run once, in the order given; it sees the schema. Raises OntologyError where a rule or
    a file of the ontology does not parse.
    """
    store = ox.Store(str(folder))
    known = b"".join(_ontology_lines(ontology)).decode() if ontology else ""
    for text in _joined(chain((known,), triples)):
        store.bulk_load(text, format=ox.RdfFormat.N_QUADS)
    for new in _derive(store, rules):
        store.extend(_quad(triple, DERIVED_GRAPH) for triple in new)


def _joined(pieces: Iterable[str]) -> Iterator[bytes]:
    """The same text in larger pieces of whole lines: the load of each takes ten times its size, and of all of it at once as much
    memory as there is."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE and piece.endswith("\n"):
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def load_store(folder: Path, files: Iterable[Path]) -> None:
    """Make a new store in `folder`, which must not exist, of files of N-Quads."""
    store = ox.Store(str(folder))
    for file in files:
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    store.optimize()


def ontology_lines(folder: Path) -> list[str]:
    """An ontology as it stands in a store, in lines of N-Quads."""
    return b"".join(_ontology_lines(folder)).decode().split("\n")[:-1]


def schema_lines(folder: Path) -> list[str]:
    """What the data stands beside in the default graph of a store, in lines of N-Triples: the schema of an ontology."""
    return next(_ontology_lines(folder)).decode().split("\n")[:-1]


def compact_store(folder: Path) -> None:
    """Put the layers that a store was loaded in into one: a question of a large graph takes a quarter less."""
    ox.Store(str(folder)).optimize()


class Change(NamedTuple):
    """What an update did: how many triples of the data there are more, and the IRIs that were or are subjects of changed ones."""

    more: int
    subjects: frozenset[str]


def update_store(last: Path, folder: Path, removed: Iterable[str], added: Iterable[str], rules: Iterable[Path]) -> Change:
    """Make a new store in `folder`, which must not exist, of that in `last` with triples, lines of N-Triples, less and more."""
    copy_store(last, folder)
    store = ox.Store(str(folder))
    derived = {quad.triple for quad in store.quads_for_pattern(None, None, None, DERIVED_GRAPH)}
    for triple in derived:
        store.remove(_quad(triple))
    gone = [quad for quad in _parsed(removed) if quad in store]
    new = [quad for quad in _parsed(added) if quad not in store]
    for quad in gone:
        store.remove(quad)
    store.extend(new)
    again = {triple for new in _derive(store, rules) for triple in new}
    store.extend(_quad(triple, DERIVED_GRAPH) for triple in again - derived)
    for triple in derived - again:
        store.remove(_quad(triple, DERIVED_GRAPH))
    changed = (*(quad.triple for quad in (*gone, *new)), *(again ^ derived))
    subjects = frozenset(str(_text(triple.subject)) for triple in changed)
    return Change(len(new) - len(gone) + len(again) - len(derived), subjects)


def _parsed(lines: Iterable[str]) -> Iterable[ox.Quad]:
    return ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)


def _in_pieces(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    left = iter(triples)
    while piece := list(islice(left, _MANY)):
        yield piece


def _written(triples: Iterable[ox.Triple]) -> list[str]:
    """Triples as lines of N-Triples."""
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode().split("\n")[:-1]


def _quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph()) -> ox.Quad:  # noqa: B008  # immutable
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _derive(store: ox.Store, rules: Iterable[Path]) -> Iterator[list[ox.Triple]]:
    """Add to the data what the rules say, one after the other; gives what was not there, in pieces."""
    for rule in rules:
        for triples in _made(store, rule):
            new = [triple for triple in dict.fromkeys(triples) if _quad(triple) not in store]
            store.extend(map(_quad, new))
            yield new


def _ontology_lines(folder: Path) -> Iterator[bytes]:
    """N-Quads of the schema, in the default graph and then in its own, and of the vocabularies. Blank nodes get IRIs, the same on
    every build. All of it is text: as objects the same takes twice as long."""
    named: dict[bytes, bytes] = {}

    def iri(found: re.Match[bytes]) -> bytes:
        return named.setdefault(found[0], f"<{_GENID}{len(named) + 1}>".encode())

    for file in (folder / "schema.ttl", *sorted((folder / "vocab").glob("*.ttl"))):
        try:
            parsed = ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
            lines = ox.serialize(parsed, format=ox.RdfFormat.N_QUADS) or b""
        except SyntaxError as error:
            told = f"{file}:{error.lineno}: no valid Turtle near here ({error.msg})"
            raise OntologyError(f"{told}. Correct it and run again.") from error
        if b"_:" in lines:
            lines = _BLANK.sub(iri, lines)
        is_schema = file.parent == folder
        if is_schema:
            yield lines
        yield lines.replace(b" .\n", f" {SCHEMA_GRAPH if is_schema else VOCABULARY_GRAPH} .\n".encode())


def _made(store: ox.Store, rule: Path) -> Iterator[list[ox.Triple]]:
    """What a rule makes of a store as it is now, whatever is put into it meanwhile, in pieces."""
    query = rule.read_text(encoding="utf-8")
    try:
        check_query(query)
        with _clear_errors(query):
            made = store.query(query)
            if isinstance(made, ox.QueryTriples):
                yield from _in_pieces(made)
                return
    except QueryError as error:
        raise OntologyError(f"{rule}: {error}") from error
    raise OntologyError(f"{rule}: the rule is no CONSTRUCT. Write it as one and build again.")


def in_memory(triples: str) -> Store:
    """A store of N-Triples text that lives only as long as it is held."""
    store = ox.Store()
    store.bulk_load(triples.encode(), format=ox.RdfFormat.N_TRIPLES)
    return Store(store)


def schema_in_memory(ontology: Path) -> Store:
    """A store of the schema of an ontology folder alone, which lives only as long as it is held."""
    store = ox.Store()
    store.load(path=str(ontology / "schema.ttl"), format=ox.RdfFormat.TURTLE)
    return Store(store)


def open_store(out: Path) -> Store:
    """The store of the current build of an output folder, or of a build's own folder. Raises UsageError where none was built."""
    if is_store(out) and out.name == STORE:
        raise UsageError(f"{out}: is the store itself. Name the folder that it is in: --out {out.parent}.")
    held = hold(out)
    folder = store_of(held.folder)
    if folder is None:
        raise UsageError(f"{out}: holds no store. Run `zhimai build` first, or name the folder with --out.")
    try:
        return Store(ox.Store.read_only(str(folder)), held)
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"{folder}: cannot be opened ({error}). Run `zhimai build` again.") from error
