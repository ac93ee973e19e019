"""What a graph is, for catalogues: a description in VoID and DCAT, with counts of its classes and properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline import terms as t
from pipeline.rows import prefixes
from pipeline.schema import shortened
from pipeline.store import Store, write
from pipeline.terms import DEFAULT_BASE

VOID, DCAT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
_ONTOLOGY = t.ZM.rstrip("#")


def void(store: Store) -> bytes:
    """The data set in Turtle: what it keeps to, what made it, how much is in it. No time: the same graph gives the same bytes."""
    names = prefixes(store.select) | {"void": VOID, "dcat": DCAT}
    base = names.get("entity", f"{DEFAULT_BASE}entity/").removesuffix("entity/")
    lines = sorted({*_general(store, base), *_counts(store, f"{base}dataset", names)})
    return write("".join(line + "\n" for line in lines), "ttl", names)


def _general(store: Store, base: str) -> Iterator[str]:
    node, turtle = f"{base}dataset", f"{base}dataset/turtle"
    yield from (t.triple(node, t.TYPE, t.iri(kind)) for kind in (VOID + "Dataset", DCAT + "Dataset"))
    for title, described, language in (
        ("知脉图谱", "从中文文献中读出的事实，每条都有精确到字的证据。", "zh"),
        ("zhimai graph", "Facts read from Chinese documents, each with its evidence to the character.", "en"),
    ):
        yield t.triple(node, t.TITLE, t.literal(title, language=language))
        yield t.triple(node, t.DESCRIPTION, t.literal(described, language=language))
    yield t.triple(node, t.CONFORMS_TO, t.iri(_ONTOLOGY))
    yield t.triple(node, VOID + "uriSpace", t.literal(base))
    for (made,) in store.select(f"SELECT ?x WHERE {{ ?x <{t.ONTOLOGY_SHA}> ?sha }}"):
        yield t.triple(node, t.GENERATED_BY, t.iri(str(made)))
    yield t.triple(node, DCAT + "distribution", t.iri(turtle))
    yield t.triple(turtle, t.TYPE, t.iri(DCAT + "Distribution"))
    yield t.triple(turtle, t.TITLE, t.literal("graph.ttl"))
    yield t.triple(turtle, DCAT + "mediaType", t.iri(t.MEDIA_TYPES + "text/turtle"))


def _counts(store: Store, node: str, names: dict[str, str]) -> Iterator[str]:
    """Totals, and a partition for each class and property, by the statistics of VoID."""
    triples = list(store.triples())
    classes = Counter(value.text for _, predicate, value in triples if predicate == t.TYPE)
    properties = Counter(predicate for _, predicate, _ in triples)
    subjects = {subject for subject, _, _ in triples}
    objects = {value for _, _, value in triples}
    totals = {
        "triples": len(triples),
        "entities": len(subjects),
        "distinctSubjects": len(subjects),
        "distinctObjects": len(objects),
        "classes": len(classes),
        "properties": len(properties),
    }
    yield from (t.triple(node, VOID + total, t.integer(number)) for total, number in totals.items())
    used = {shortened(term, names).partition(":")[0] for term in (*classes, *properties)}
    yield from (t.triple(node, VOID + "vocabulary", t.iri(names[name])) for name in used & names.keys())
    for kind, of, counted in (("class", "entities", classes), ("property", "triples", properties)):
        for term, number in counted.items():
            part = f"{node}/{kind}/{shortened(term, names).replace(':', '.')}"
            yield t.triple(node, f"{VOID}{kind}Partition", t.iri(part))
            yield t.triple(part, VOID + kind, t.iri(term))
            yield t.triple(part, VOID + of, t.integer(number))
