"""What can be asked of a store: the named questions of ontology/queries, the evidence behind a fact, and counts.

A question is a SPARQL file with a header that says what it answers:

    # question: Which policies support an industry?
    # zh: 哪些政策支持一个产业？
    # param industry (name): name of the industry
    # zh industry: 产业的名称
    # param least (number): least confidence (default: any)
    # columns: policy, document

The types of parameters are those of `pipeline.parameters`. Lines between `# if least` and `# end` are sent only where `least` is
given: a filter over a path that nobody asked for made a query of minutes.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import terms as t
from pipeline.errors import OntologyError, QueryError, UsageError
from pipeline.ledger.keys import name_key
from pipeline.limited import Limits
from pipeline.parameters import READERS, read_parameter
from pipeline.patterns import lazy
from pipeline.relations import PAIR, SHAPES
from pipeline.rows import Row, Table, claim_rows
from pipeline.shown import as_read
from pipeline.sparql import TOKEN
from pipeline.store import Store

_HEADER = lazy(r"^#\s*(question|columns|param\s+(\w+)\s*(?:\(([^)]*)\))?)\s*:\s*(.*?)\s*$", re.MULTILINE)
_CHINESE = lazy(r"^#\s*zh(?:\s+(\w+))?\s*:\s*(.*?)\s*$", re.MULTILINE)
_CONDITION = lazy(r"\s*#\s*(?:if\s+(\w+)|end)\s*$")
_NAMING = sorted(
    {filler.claim for shape in (PAIR, *SHAPES.values()) for filler in shape.slots.values()} | {t.SUBJECT, t.ATTRIBUTED_TO}
)
_FILLED_BY = "|".join(f"<{term}>" for term in _NAMING)


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: what it asks, its parameters with their meaning and type, the query, and what Chinese there is.

    `chinese` has what it asks under "", and the meanings of parameters by their names.
    """

    name: str
    text: str
    parameters: Mapping[str, str]
    kinds: Mapping[str, str]
    columns: str
    query: str
    chinese: Mapping[str, str] = field(default_factory=dict)

    @property
    def needed(self) -> frozenset[str]:
        """The parameters that must be given."""
        return frozenset(name for name, meaning in self.parameters.items() if "(default" not in meaning)

    def asks(self, language: str) -> str:
        """What it asks, in Chinese (zh) where there is that, else in English."""
        return self.chinese.get("", self.text) if language == "zh" else self.text

    def meaning(self, parameter: str, language: str) -> str:
        """What a parameter means, in the same way."""
        english = self.parameters[parameter].removesuffix(" (default: any)")
        return self.chinese.get(parameter, english) if language == "zh" else english


def questions(ontology: Path) -> dict[str, Question]:
    """The questions of an ontology folder by name. Raises UsageError where it has none, OntologyError for a faulty one."""
    files = sorted((ontology / "queries").glob("*.rq"))
    if not files:
        raise UsageError(f"{ontology / 'queries'}: holds no question. Name an ontology folder with --ontology.")
    return {file.stem: _question(file) for file in files}


def _question(file: Path) -> Question:
    query = file.read_text(encoding="utf-8")
    text, columns, parameters, kinds = "", "", {}, {}
    for what, parameter, kind, said in _HEADER.findall(query):
        if parameter:
            parameters[parameter], kinds[parameter] = said, kind or "text"
        elif what == "question":
            text = said
        else:
            columns = said
    fault = _fault(query, kinds)
    if fault:
        raise OntologyError(f"{file}:{fault}. Correct it and ask again.")
    return Question(file.stem, text, parameters, kinds, columns, query, dict(_CHINESE.findall(query)))


def _fault(query: str, kinds: Mapping[str, str]) -> str:
    """What is wrong with the header or the stretches of a question, behind the number of its line; "" where nothing is."""
    opened = 0
    for number, line in enumerate(query.split("\n"), 1):
        header, condition = _HEADER.match(line), _CONDITION.match(line)
        if header and header[2] and kinds[header[2]] not in READERS:
            return f"{number}: {kinds[header[2]]} is no type of a parameter; choose one of {', '.join(READERS)}"
        if condition and condition[1] and condition[1] not in kinds:
            return f"{number}: {condition[1]} is no parameter; name it in the header as `# param {condition[1]}: …`"
        if condition and bool(condition[1]) == bool(opened):
            return f"{number}: `# if` and `# end` do not alternate"
        if condition:
            opened = number if condition[1] else 0
    return f"{opened}: `# if` has no `# end`" if opened else ""


def list_questions(known: Mapping[str, Question]) -> Table:
    """Name, wording and parameters of each question."""
    rows = (
        (q.name, q.text, "; ".join(f"{parameter}: {meaning}" for parameter, meaning in q.parameters.items()))
        for q in known.values()
    )
    return Table(("name", "question", "parameters"), tuple(rows))


def find_question(name: str, known: Mapping[str, Question]) -> Question:
    """The question called `name`. Raises UsageError with the nearest name where there is none."""
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else "`zhimai ask` lists the questions."
    raise UsageError(f"{name}: no such question. {hint}")


def bind(question: Question, values: Mapping[str, str]) -> str:
    """The query with each parameter replaced by its value, as a term that cannot be read as anything else.

    A parameter whose meaning names a default may be left out, and what the query has for it goes. Raises QueryError for one that
    is missing, unknown, or not what its type says.
    """
    missing, unknown = question.needed - values.keys(), values.keys() - question.parameters.keys()
    if missing or unknown:
        fault = f"lacks {', '.join(sorted(missing))}" if missing else f"knows no {', '.join(sorted(unknown))}"
        near = difflib.get_close_matches(min(unknown).lower(), question.parameters, n=1) if unknown else ()
        hint = f" Did you mean {near[0]}?" if near else ""
        usage = " ".join([f"zhimai ask {question.name}", *(f"{name}=…" for name in question.parameters)])
        raise QueryError(f"{question.name}: {fault}.{hint} Ask it as `{usage}`.")

    terms = {name: read_parameter(name, question.kinds[name], value) for name, value in values.items()}
    _check_span({question.kinds[name]: (term, f"{name}={values[name]}") for name, term in terms.items()})

    def put(match: re.Match[str]) -> str:
        return terms.get(match["name"] or "", match[0])

    return TOKEN.sub(put, "\n".join(_asked_lines(question.query, values)))


def _check_span(given: Mapping[str, tuple[str, str]]) -> None:
    """Raise QueryError where the first day, a term beside what was written, is later than the last."""
    if "first day" in given and "last day" in given:
        (first, start), (last, end) = given["first day"], given["last day"]
        if first > last:
            raise QueryError(f"{start} {end}: the first day is later than the last. Turn them round.")


def _asked_lines(query: str, values: Mapping[str, str]) -> Iterator[str]:
    """The lines of a query but those of a parameter that is not given."""
    kept = True
    for line in query.split("\n"):
        condition = _CONDITION.match(line)
        if condition:
            kept = not condition[1] or condition[1] in values
        elif kept:
            yield line


def answer(store: Store, question: Question, query: str, limits: Limits | None = None) -> Table:
    """The answer to a bound query, under the headings that its question gives. Raises QueryError where it is no SELECT."""
    table = store.answer(query, limits)
    if not isinstance(table, Table):
        raise QueryError(f"{question.name}: the question is no SELECT. Correct its query.")
    headings = tuple(heading.strip() for heading in question.columns.split(","))
    if len(headings) != len(table.columns):
        return table
    quoted = [heading.endswith(("quote", "sentence")) for heading in headings]
    rows = (tuple(as_read(str(c)) if q and c is not None else c for q, c in zip(quoted, row, strict=True)) for row in table.rows)
    return Table(headings, tuple(rows))


def things_called(store: Store, name: str) -> list[str]:
    """IRIs of what is called `name`, or `name` itself where it is an IRI. Raises UsageError with near names where nothing is."""
    if not name.strip():
        raise UsageError("The name is empty. Give what a thing is called, or its IRI.")
    if re.match(r"https?://", name):
        if not re.fullmatch(r'[^<>"{}|^`\\\x00-\x20]+', name):
            raise UsageError(f"{name}: is no IRI.")
        return [name]
    labels = _labels(store)
    key = name_key(name)
    found = sorted({thing for thing, label in labels if name_key(label) == key})
    if not found:
        near = _near(name, {label for _, label in labels})
        hint = f"Did you mean {'、'.join(near)}?" if near else "`zhimai stats` shows what the graph holds."
        raise UsageError(f"{name}: nothing in the graph is called so. {hint}")
    return found


def _labels(store: Store) -> list[tuple[str, str]]:
    """Every thing of the graph with each of its names."""
    terms = " ".join(f"<{term}>" for term in (t.PREF_LABEL, t.ALT_LABEL, t.HIDDEN_LABEL))
    return [(str(x), str(label)) for x, label in store.select(f"SELECT ?x ?label {{ VALUES ?p {{ {terms} }} ?x ?p ?label }}")]


def _near(name: str, known: Iterable[str]) -> list[str]:
    """Names that hold `name`, the shortest first; else those that are spelled nearly so."""
    key = name_key(name)
    holding = [label for label in sorted(known, key=lambda label: (len(label), label)) if key and key in name_key(label)]
    return holding[:5] or difflib.get_close_matches(name, sorted(known), n=3)


def no_answer(store: Store, question: Question, values: Mapping[str, str]) -> str:
    """What to say where a question has no answer: which name the graph does not know, and what it has that is near."""
    asked = [value for parameter, value in values.items() if question.kinds[parameter] == "name"]
    known = {label for _, label in _labels(store)} if asked else set()
    unknown = [value for value in asked if value.strip() not in known]
    if not unknown:
        given = " ".join(f"{name}={value}" for name, value in values.items())
        return "no answer" + (f": nothing in the graph fits {given}" if values else "")
    near = _near(unknown[0], known)
    hint = f"Did you mean {'、'.join(near)}?" if near else "`zhimai stats` shows what the graph holds."
    return f"no answer: nothing in the graph is called {unknown[0]}. {hint}"


def why(
    store: Store, names: Sequence[str], relation: str | None = None, least: float = 0.0, found_by: str | None = None
) -> list[Row]:
    """Claims in which every one of `names` (a name or an IRI) fills a slot, with their sentences.

    `relation` keeps those of one relation, facet or property (defines, element, hasElement), `least` those of so much
    confidence, `found_by` those that only the rules found, only a language model, or both.
    """
    parts = ["?claim a <" + t.CLAIM + "> ."]
    for number, name in enumerate(names):
        things = " ".join(f"<{thing}>" for thing in things_called(store, name))
        parts.append(f"VALUES ?thing{number} {{ {things} }} ?claim {_FILLED_BY} ?thing{number} .")
    if relation:
        wanted = t.literal(relation)
        parts.append(f"?claim <{t.RELATION}> ?relation ; <{t.PREDICATE}> ?property . OPTIONAL {{ ?claim <{t.FACET}> ?facet }}")
        parts.append(f'FILTER(?relation = {wanted} || ?facet = {wanted} || STRENDS(STR(?property), CONCAT("#", {wanted})))')
    if least:
        parts.append(f"?claim <{t.CONFIDENCE}> ?sure . FILTER(?sure >= {least})")
    if found_by:
        parts.append(f"?claim <{t.FOUND_BY}> {t.literal(found_by)} .")
    where = f"{{ SELECT DISTINCT ?claim WHERE {{ {' '.join(parts)} }} }}"
    return claim_rows(store.select, where, context=True)


def review(
    store: Store, number: int, seed: int = 0, relation: str | None = None, least: float = 0.0, found_by: str | None = None
) -> list[Row]:
    """`number` claims of the graph drawn at random, with their sentences: the same ones for the same graph and `seed`. What else
    is given is as in `why`."""
    rows = why(store, (), relation, least, found_by)
    drawn = sorted(rows, key=lambda row: hashlib.sha256(f"{seed} {row['claim']}".encode()).digest())[:number]
    kept = {row["claim"] for row in drawn}
    return [row for row in rows if row["claim"] in kept]


def no_fact(store: Store, relation: str | None) -> str:
    """What to say where `why` finds nothing: whether the graph has such a relation at all, and which is near."""
    if relation is None:
        return "no fact joins these names"
    known = sorted({str(name) for what in ("claims", "facets") for name, _ in store.select(_STATS[what])})
    if relation in known:
        return f"no fact of {relation}"
    near = difflib.get_close_matches(relation, known, n=1)
    return f"no fact of {relation}: " + (f"did you mean {near[0]}?" if near else f"the graph has {', '.join(known)}")


_STATS = {
    "documents": f'SELECT ("documents" AS ?name) (COUNT(?x) AS ?count) {{ ?x a <{t.DOCUMENT}> }}',
    "claims": f"SELECT ?name (COUNT(?x) AS ?count) {{ ?x a <{t.CLAIM}> ; <{t.RELATION}> ?name }} GROUP BY ?name ORDER BY ?name",
    "facets": f"SELECT ?name (COUNT(?x) AS ?count) {{ ?x a <{t.CLAIM}> ; <{t.FACET}> ?name }} GROUP BY ?name ORDER BY ?name",
    "rules": f"SELECT ?name (COUNT(?x) AS ?count) {{ ?x a <{t.CLAIM}> ; <{t.RULE}> ?name }} GROUP BY ?name ORDER BY ?name",
    "entities": f"""SELECT ?name (COUNT(DISTINCT ?x) AS ?count) {{ ?x <{t.PREF_LABEL}> ?label ; a ?class
        BIND(REPLACE(STR(?class), "^.*[#/]", "") AS ?name) }} GROUP BY ?name ORDER BY ?name""",
}


def stats(store: Store) -> Table:
    """How many documents, claims (by relation, facet, rule) and entities (by class) a store holds."""
    rows = [(what, *row) for what, query in _STATS.items() for row in store.select(query)]
    return Table(("what", "name", "count"), tuple(rows))
