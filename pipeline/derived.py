"""Facts that no document states and the rules derive: which rule, and from what.

A rule is a CONSTRUCT. What a derived triple was derived from are the patterns of the rule's WHERE, as they are for that triple.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import terms as t
from pipeline.ask import things_called
from pipeline.patterns import lazy
from pipeline.rows import Row, Table, claim_rows
from pipeline.store import DERIVED_GRAPH, Store

_IRI = lazy(r"<[^<>]*[#/]([^<>#/]+)>")


_MOST = 20  # ways to derive a triple that are looked at
_Pattern = tuple[str, str, str]  # of variables, IRIs and paths, as SPARQL has them


class Statement(NamedTuple):
    """A triple by the IRIs of its terms; a predicate may be a path, as SPARQL has it. `labels` are what the three are called."""

    subject: str
    predicate: str
    object: str
    labels: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derived triple: the rule by name and what that says in both languages, and each premise with the claims that state it."""

    fact: Statement
    rule: str
    says: Mapping[str, str]  # language → text
    premises: Sequence[tuple[Statement, Sequence[Row]]]


def derivations(store: Store, rules: Iterable[Path], names: Sequence[str], relation: str | None = None) -> list[Derivation]:
    """What the `rules` derive of all of `names` (a name or an IRI), `relation` only; but for what a claim about the same states.

    Raises UsageError where nothing is called so.
    """
    named = (", ".join(f"<{thing}>" for thing in things_called(store, name)) for name in names)
    joined = " ".join(f"FILTER(?s IN ({things}) || ?o IN ({things}))" for things in named)
    known: list[_Rule] = []  # read where there is something to explain
    found = []
    query = f"SELECT ?s ?p ?o {{ GRAPH {DERIVED_GRAPH} {{ ?s ?p ?o }} {joined} }} ORDER BY ?s ?p ?o"
    for subject, predicate, obj in store.select(query):
        fact = (str(subject), str(predicate), str(obj))
        if relation in (None, fact[1].rpartition("#")[2]) and not _is_claimed(store, fact):
            known = known or [_Rule(file) for file in sorted(rules)]
            found += [made for made in (rule.derivation(store, fact) for rule in known) if made][:1]
    return found


def _is_claimed(store: Store, fact: tuple[str, str, str]) -> bool:
    """Whether a claim joins the two: what a facet states is then derived of what is shown already."""
    asked = f"ASK {{ ?claim <{t.SUBJECT}> <{fact[0]}> ; <{t.OBJECT}> <{fact[2]}> }}"
    return store.answer_here(asked) is True


class _Rule:
    """A rule of a file: its conclusions, and the patterns of its premises."""

    def __init__(self, file: Path) -> None:
        from rdflib.plugins.sparql import prepareQuery

        self.name = file.stem
        text = file.read_text(encoding="utf-8")
        lines = [line.removeprefix("#").strip() for line in text.split("\n") if line.startswith("#")]
        self.says = dict(zip(("zh", "en"), lines, strict=False))
        algebra: Any = prepareQuery(text).algebra
        self.conclusions = [_written(triple) for triple in algebra.template]
        self.premises = list(dict.fromkeys(_patterns(algebra.p)))
        head, _, body = text.partition("WHERE")
        self._asked = f"{head.partition('CONSTRUCT')[0]}\nSELECT * {{ {body} VALUES (%s) {{ (%s) }} }} LIMIT {_MOST}"

    def derivation(self, store: Store, fact: tuple[str, str, str]) -> Derivation | None:
        """How the rule comes to a triple; None where it does not."""
        for conclusion in self.conclusions:
            bound = _bound(conclusion, fact)
            for solution in self._solutions(store, bound) if bound is not None else ():
                found = [(pattern, self._premise(store, pattern, solution)) for pattern in self.premises]
                premises = [(pattern, premise) for pattern, premise in found if premise]
                if set(bound or ()) <= {term[1:] for pattern, _ in premises for term in pattern}:  # else of another branch
                    return Derivation(_statement(store, fact), self.name, self.says, [premise for _, premise in premises])
        return None

    def _solutions(self, store: Store, bound: Mapping[str, str]) -> Iterator[dict[str, str]]:
        names = " ".join(f"?{name}" for name in bound)
        table = store.answer_here(self._asked % (names, " ".join(f"<{iri}>" for iri in bound.values())))
        assert isinstance(table, Table)
        for row in table.rows:
            yield {name: str(value) for name, value in zip(table.columns, row, strict=True) if value is not None}

    def _premise(self, store: Store, pattern: _Pattern, solution: Mapping[str, str]) -> tuple[Statement, Sequence[Row]] | None:
        """A pattern as it is in a solution, with the claims that state it; None where it is of another branch, or says what a
        thing is."""
        if any(term.startswith("?") and term[1:] not in solution for term in pattern):
            return None
        subject, path, obj = (f"<{solution[term[1:]]}>" if term.startswith("?") else term for term in pattern)
        if path == t.iri(t.TYPE) or store.answer_here(f"ASK {{ {subject} {path} {obj} }}") is not True:
            return None
        where = f"?claim <{t.SUBJECT}> {subject} ; <{t.PREDICATE}> {path} ; <{t.OBJECT}> {obj} ."
        rows = claim_rows(store.select, where, context=True) if path.endswith(">") else []
        predicate = path[1:-1] if path.endswith(">") else path
        return _statement(store, (subject[1:-1], predicate, obj[1:-1])), rows


def _patterns(algebra: Any) -> Iterator[_Pattern]:
    """The triple patterns of the algebra of a query."""
    if getattr(algebra, "name", "") == "BGP":
        yield from map(_written, algebra.triples)
        return
    for part in algebra.values() if isinstance(algebra, dict) else ():
        yield from _patterns(part)


def _written(triple: Any) -> _Pattern:
    subject, predicate, obj = (str(term.n3()) for term in triple)
    return subject, predicate, obj


def _bound(conclusion: _Pattern, fact: tuple[str, str, str]) -> dict[str, str] | None:
    """What the variables of a conclusion stand for in a triple; None where it is no such one."""
    bound: dict[str, str] = {}
    for term, iri in zip(conclusion, fact, strict=True):
        fits = bound.setdefault(term[1:], iri) == iri if term.startswith("?") else term == t.iri(iri)
        if not fits:
            return None
    return bound


def _statement(store: Store, triple: tuple[str, str, str]) -> Statement:
    subject, predicate, obj = (_label(store, iri) for iri in triple)
    return Statement(*triple, (subject, predicate, obj))


def _label(store: Store, iri: str) -> str:
    """What a thing is called, in Chinese where it has a name; of properties and paths the local names."""
    if iri.startswith("<"):
        return _IRI.sub(r"\1", iri)
    found = store.select(f"SELECT ?label {{ <{iri}> <{t.PREF_LABEL}> ?label }} ORDER BY DESC(LANG(?label)) ?label")
    return next((str(label) for (label,) in found), iri.rpartition("#")[2].rpartition("/")[2])
