"""The rows of claims.jsonl: read back from the graph, or made of a fact that never got there."""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline import terms as t
from pipeline.ledger.uses import HOLDER
from pipeline.model import Fact, Name
from pipeline.patterns import lazy
from pipeline.relations import PAIR, SHAPES, shape_of
from pipeline.resolve import UNITED

Row = dict[str, Any]
Cell = str | int | Decimal | bool | None
Select = Callable[[str], Iterable[tuple[str | None, ...]]]
_Said = Mapping[str, list[str]]  # of a node: predicate → values
_Quote = tuple[str | None, ...]  # what _EVIDENCE asks for of a piece of evidence
_Called = tuple[str, list[str]]  # the label of a thing and its other names

ANY_CLAIM = ""  # no restriction
_CLAIMS = "SELECT ?claim ?p ?o WHERE {{ {where} ?claim a <{claim}> ; ?p ?o FILTER(?p != <{type}> && ?p != <{made_by}>) }}"
_EVIDENCE = """SELECT DISTINCT ?e ?name ?start ?end ?exact ?before ?after ?place ?box ?ocr ?page WHERE {{ {where}
  ?e <{source}>/<{name}> ?name ; <{selector}> ?s, ?words . ?s <{start}> ?start ; <{end}> ?end . ?words <{exact}> ?exact .
  OPTIONAL {{ ?words <{prefix}> ?before }} OPTIONAL {{ ?words <{suffix}> ?after }}
  OPTIONAL {{ ?s <{place}> ?place OPTIONAL {{ ?s <{box}> ?box }} OPTIONAL {{ ?s <{ocr}> ?ocr }}
    OPTIONAL {{ ?s <{page}> ?page }} }} }}"""
_NAMES = "SELECT DISTINCT ?x ?p ?name WHERE {{ {where} VALUES ?p {{ <{label}> <{alias}> <{hidden}> }} ?x ?p ?name }}"
# Of given things: with ?p from a VALUES, a store goes through all of its names.
_CALLED = "SELECT ?x ?p ?name WHERE {{ VALUES ?x {{ {things} }} ?x ?p ?name FILTER(?p IN (<{label}>, <{alias}>, <{hidden}>)) }}"
_NAMED = {"label": t.PREF_LABEL, "alias": t.ALT_LABEL, "hidden": t.HIDDEN_LABEL}
_ESCAPED = lazy(r"\\(?:u([0-9A-F]{4})|(.))")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_THINGS = {filler.claim for shape in (PAIR, *SHAPES.values()) for filler in shape.slots.values()} | {t.ATTRIBUTED_TO}
_MOST = 1 << 16  # things whose names are kept


@dataclass(frozen=True, slots=True)
class Table:
    """Answers to a question: text, numbers and truth values; None where there is nothing to say."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: rows by the hundred thousand have none, and it takes as long again as making them."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def claim_rows(select: Select, where: str = ANY_CLAIM, *, context: bool = False) -> list[Row]:
    """The claims of a store, by document and position. `where` is a graph pattern that narrows ?claim down.

    With `context`, a row also has `before` and `after`, the rest of its sentence, `claim`, its IRI, and `page`, from 1 or None.
    """
    claims: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim, predicate, value in select(_CLAIMS.format(where=where, claim=t.CLAIM, type=t.TYPE, made_by=t.GENERATED_BY)):
        claims[str(claim)][str(predicate)].append(str(value))
    quotes = {str(row[0]): row[1:] for row in select(_evidence_query(where))}
    return _rows(claims, quotes, _names(select, where), context)


def _rows(claims: Mapping[str, _Said], quotes: Mapping[str, _Quote], names: Mapping[str, _Called], context: bool) -> list[Row]:
    rows = [(_row(iri, said, quotes, names, context), said) for iri, said in claims.items()]
    return [row for row, _ in sorted(rows, key=lambda pair: _order(*pair))]


class RowMaker:
    """Makes the rows of one document after another of the lines that only it has. What things are called, a store is asked."""

    def __init__(self, select: Select) -> None:
        self._select = select
        self._names: dict[str, _Called] = {}  # of things that were asked for

    def rows(self, lines: Iterable[str]) -> list[Row]:
        """The claims of a document, as `claim_rows` gives them, of its lines of N-Triples."""
        nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for line in lines:
            subject, predicate, obj = line.removesuffix(" .").split(" ", 2)
            nodes[subject[1:-1]][predicate[1:-1]].append(_value(obj))
        claims = {iri: said for iri, said in nodes.items() if t.CLAIM in said.get(t.TYPE, ())}
        quotes = {iri: _quote(said, nodes) for iri, said in nodes.items() if t.HAS_SOURCE in said}
        return _rows(claims, quotes, self._called(claims.values()), context=False)

    def _called(self, claims: Iterable[_Said]) -> Mapping[str, _Called]:
        """What the things of claims are called."""
        if len(self._names) > _MOST:
            self._names.clear()
        new = {thing for said in claims for predicate in _THINGS & said.keys() for thing in said[predicate]} - self._names.keys()
        if new:
            query = _CALLED.format(things=" ".join(f"<{thing}>" for thing in sorted(new)), **_NAMED)
            self._names |= _labels(self._select(query))
        return self._names


def _value(obj: str) -> str:
    """The text of an object of N-Triples."""
    if not obj.startswith('"'):
        return obj[1:-1]
    text = obj[1 : obj.rindex('"')]
    return _ESCAPED.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _SIGNS.get(found[2], found[2])


def _quote(said: _Said, nodes: Mapping[str, _Said]) -> _Quote:
    """Where evidence stands, and its words, as `_EVIDENCE` asks for them."""
    selectors = [nodes[selector] for selector in said[t.HAS_SELECTOR]]
    place, words = (next(each for each in selectors if needed in each) for needed in (t.START, t.EXACT))
    told = [(nodes[said[t.HAS_SOURCE][0]], t.DOCUMENT_NAME), (place, t.START), (place, t.END), (words, t.EXACT)]
    told += [(words, t.PREFIX), (words, t.SUFFIX), *((place, name) for name in (t.PLACE, t.BOX, t.OCR, t.PAGE))]
    return tuple(node[name][0] if name in node else None for node, name in told)


def _order(row: Row, told: _Said) -> tuple[object, ...]:
    return row["doc"], row["start"], row["end"], row["rel"], row["facet"] or "", told[t.SUBJECT], told[t.OBJECT]


def _evidence_query(where: str) -> str:
    if where:
        where = f"{where} ?claim <{t.BEST_EVIDENCE}> ?e ."
    terms = {"source": t.HAS_SOURCE, "name": t.DOCUMENT_NAME, "selector": t.HAS_SELECTOR, "start": t.START, "end": t.END}
    terms |= {
        "exact": t.EXACT,
        "prefix": t.PREFIX,
        "suffix": t.SUFFIX,
        "place": t.PLACE,
        "box": t.BOX,
        "ocr": t.OCR,
        "page": t.PAGE,
    }
    return _EVIDENCE.format(where=where, **terms)


def _names(select: Select, where: str) -> dict[str, _Called]:
    """What each thing is called, or what those of some claims are."""
    if where:
        where = f"{{ SELECT DISTINCT ?x WHERE {{ {where} ?claim ?slot ?x FILTER(ISIRI(?x)) }} }}"
    return _labels(select(_NAMES.format(where=where, **_NAMED)))


def _labels(told: Iterable[tuple[str | None, ...]]) -> dict[str, _Called]:
    """Label and aliases of each thing, of things with the property and the text of a name of each."""
    labels: dict[str, str] = {}
    aliases: dict[str, list[str]] = defaultdict(list)
    for thing, predicate, name in told:
        if predicate == t.PREF_LABEL:
            labels[str(thing)] = str(name)
        else:
            aliases[str(thing)].append(str(name))
    return {thing: (label, sorted(aliases.get(thing, ()))) for thing, label in labels.items()}


def _row(
    iri: str,
    said: _Said,
    quotes: Mapping[str, _Quote],
    names: Mapping[str, _Called],
    context: bool,
) -> Row:
    def things(predicate: str, wording: str = "") -> list[Row]:
        found = sorted(said.get(predicate, ()))
        texts = said[wording][0].split("；") if wording in said else [names[thing][0] for thing in found]
        return [_thing(thing, *names[thing], text) for thing, text in zip(found, texts, strict=True)]

    document, start, end, quote, before, after, place, box, ocr, page = quotes[said[t.BEST_EVIDENCE][0]]
    relation = said[t.RELATION][0]
    shape = shape_of(relation)
    row: Row = {"doc": document, "rel": relation, "facet": said[t.FACET][0] if t.FACET in said else None}
    for slot, filler in shape.slots.items():
        if filler.in_order:
            row[slot] = said[filler.wording][0].split("；") if filler.wording in said else []
            continue
        filled = things(filler.claim, filler.wording)
        row[slot] = filled if filler.many else filled[0] if filled else None
    row |= {name: said[value.claim][0] if value.claim in said else None for name, value in shape.values.items()}
    row |= _as_told(row)
    row |= {"quote": quote, "start": int(start or 0), "end": int(end or 0), "rule": said[t.RULE][0]}
    row["confidence"] = float(said[t.CONFIDENCE][0])
    if t.FURTHER_RULE in said:
        row["further_rules"] = sorted(said[t.FURTHER_RULE])
    if t.FOUND_BY in said:
        row["found_by"] = said[t.FOUND_BY][0]
    if t.DEFINITION in said:
        row["definition"] = said[t.DEFINITION][0]
    if place:
        row["place"] = place
    if box:
        row["box"] = [float(edge) for edge in box.split()]
    if ocr:
        row["ocr"] = True
    if t.PLANNED in said:
        row["planned"] = True
    if t.ATTRIBUTED_TO in said:
        row[HOLDER] = things(t.ATTRIBUTED_TO)
    if t.REVIEWED_BY in said:
        row["reviewed_by"] = sorted(said[t.REVIEWED_BY])
    if context:
        row |= {"claim": iri, "before": before or "", "after": after or "", "page": int(page) if page else None}
    return row


def subject_of(row: Row) -> Row | None:
    """What a row is about: s, the event, the first side of a contrast; None for a citation, which is the document's."""
    return row.get("s") or row.get("event") or row.get("a")


def object_of(row: Row) -> Row | None:
    """What a row says of its subject, where that is a thing: o, the second side of a contrast, the cited work."""
    return row.get("o") or row.get("b") or row.get("work")


def labels(slot: object) -> list[str]:
    """The labels of what fills a slot of a row."""
    filled = slot if isinstance(slot, list) else [slot] if slot else []
    return [str(thing["label"] if isinstance(thing, dict) else thing) for thing in filled]


def _as_told(row: Row) -> Row:
    """Slots in the form of claims.jsonl where the graph has another: authors by name, values of a contrast as things."""
    told: Row = {}
    if "authors" in row:
        told["authors"] = labels(row["authors"])
    if "change" in row:
        told["change"] = row["change"] == "true"
    for slot in ("value_a", "value_b"):
        if slot in row:
            told[slot] = {"iri": None, "label": row[slot], "text": row[slot], "aliases": []}
    return told


def _thing(iri: str, label: str, aliases: list[str], text: str) -> Row:
    return {"iri": iri, "label": label, "text": text, "aliases": aliases}


def fact_row(fact: Fact) -> Row:
    """The row of a fact that is not in the graph: what was rejected."""
    best = fact.claims[0]
    row: Row = {"doc": fact.document, "rel": fact.relation, "facet": fact.facet}
    for slot, entities in fact.entities.items():
        value = best.slots.get(slot)
        text = value.text if isinstance(value, Name) else ""
        filled = [_thing(entity.iri, entity.label, list(entity.aliases), text or entity.label) for entity in entities]
        row[slot] = filled if slot in UNITED else filled[0]
    row |= fact.values
    row |= _as_told(row)
    row |= {"quote": best.evidence.quote, "start": best.evidence.start, "end": best.evidence.end, "rule": best.rule}
    row |= {"confidence": best.confidence}
    row |= {"definition": fact.definition} if fact.definition else {}
    return row | ({"reviewed_by": list(fact.reviewed_by)} if fact.reviewed_by else {})


def prefixes(select: Select) -> dict[str, str]:
    """The prefixes for writing a store in Turtle: the namespaces that it uses, and those of its own data."""
    extraction = next(iter(select(f"SELECT ?x WHERE {{ ?x <{t.ONTOLOGY_SHA}> ?sha }}")), ("",))[0] or ""
    base, found, _ = extraction.rpartition("extraction/")
    return t.NAMESPACES | (t.data_namespaces(base) if found else {})
