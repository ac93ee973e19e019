"""The graph as RDF: every triple, sorted, in one of the formats of the store."""

from __future__ import annotations

from pipeline import terms as t
from pipeline.export.claimed import claimed
from pipeline.rows import prefixes
from pipeline.shown import xml_text
from pipeline.store import Store, write

RDF_12 = ("ttl", "nt", "nq", "trig")  # the formats that have triple terms


def rdf(store: Store, *, form: str, with_ontology: bool = False, rdf12: bool = False) -> bytes:
    """Every triple of `store` as `form` of FORMATS there; on request with the ontology, and with what each claim states."""
    lines = store.lines(with_ontology=with_ontology)
    if rdf12:
        lines = sorted({*lines, *_reifying(store)})
    written = write("".join(line + "\n" for line in lines), form, prefixes(store.select))
    # A reader of XML takes a bare carriage return for a line feed.
    return xml_text(written.decode()).replace("\r", "&#xD;").encode() if form == "rdfxml" else written


def _reifying(store: Store) -> set[str]:
    """A triple for each that a claim states: the claim reifies it, by RDF 1.2."""
    return {
        f"<{claim}> <{t.REIFIES}> <<( <{subject}> <{predicate}> <{obj}> )>> ."
        for claim, (subject, predicate, obj) in claimed(store)
    }
