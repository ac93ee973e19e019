"""The triples of the graph that claims state, each with its claims: what edges and triple terms are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline import terms as t
from pipeline.relations import SHAPES
from pipeline.store import Store

Edge = tuple[str, str, str]

_LINKED = [filler for shape in SHAPES.values() if not shape.of_document for filler in shape.slots.values() if filler.link]
_FILLED = " ".join(f"(<{filler.claim}> <{filler.link}>)" for filler in _LINKED)
_STATED = f"""{{ ?claim <{t.SUBJECT}> ?s ; <{t.PREDICATE}> ?p ; <{t.OBJECT}> ?o }}
  UNION {{ VALUES (?filled ?p) {{ {_FILLED} }} ?claim <{t.SUBJECT}> ?s ; ?filled ?o }}"""
_CLAIMED = f"SELECT ?claim ?s ?p ?o WHERE {{ {_STATED} }}"
_EVIDENCE = f"""SELECT ?s ?p ?o ?name ?quote ?sure WHERE {{ {_STATED}
  ?claim <{t.CONFIDENCE}> ?sure ; <{t.BEST_EVIDENCE}> ?e .
  ?e <{t.HAS_SOURCE}>/<{t.DOCUMENT_NAME}> ?name ; <{t.HAS_SELECTOR}>/<{t.EXACT}> ?quote }}
ORDER BY ?sure DESC(?name) DESC(?quote)"""


class Evidence(NamedTuple):
    """Where an edge was read, by the surest of its claims."""

    document: str
    quote: str
    confidence: str


def claimed(store: Store) -> Iterator[tuple[str, Edge]]:
    """Each claim with each triple of IRIs that it states."""
    for claim, subject, predicate, obj in store.select(_CLAIMED):
        yield str(claim), (str(subject), str(predicate), str(obj))


def surest(store: Store) -> dict[Edge, Evidence]:
    """The evidence of each triple that a claim states, where claims differ that of the surest."""
    found: dict[Edge, Evidence] = {}
    for subject, predicate, obj, *told in store.select(_EVIDENCE):  # the surest last
        found[str(subject), str(predicate), str(obj)] = Evidence(*map(str, told))
    return found
