"""`zhimai check`: a user's graph against the shapes and checks of an ontology."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.audit import Audit, audit
from pipeline.errors import OntologyError
from pipeline.store import Store, build_store, in_memory, open_store
from pipeline.terms import NAMESPACES
from tests.samples import ROOT, sample_text
from tests.test_contract import museum

ONTOLOGY = ROOT / "ontology"
ZM, DCTERMS = NAMESPACES["zm"], NAMESPACES["dcterms"]
ENTITY = "<https://w3id.org/zhimai/id/entity/"
SUZHOU = "<https://w3id.org/zhimai/vocab/place/苏州市>"
FACT, DOMAIN, RANGE = (("ERROR", rule) for rule in ("fact_without_claim", "domain_of_property", "range_of_property"))
CITY = "thing vocab:place/苏州市;"
KIND, OF = "is in no class of the", "of its property, or of a property above it"
TYPE = f"<{NAMESPACES['rdf']}type>"


def built(folder: Path, *more: str, ontology: Path = ONTOLOGY) -> Store:
    """The sample's graph with some more triples, in `folder`."""
    build_store(folder / "store", sample_text() + "".join(f"{line} .\n" for line in more), (), ontology)
    return open_store(folder)


def test_a_sound_graph_has_no_findings(tmp_path: Path) -> None:
    found = audit(built(tmp_path), ONTOLOGY)
    assert found.findings.rows == ()
    assert found.rules > 70


FAULTS = {  # triples that break a rule → the finding
    (f"<x:bare> {TYPE} <{ZM}Claim>",): ("ERROR", "Claim", "x:bare", "zm:claimSubject", None, "A claim is about one thing."),
    (f"{ENTITY}余料回用> <{ZM}restricts> {ENTITY}储能产业>",): (
        *(*FACT, "entity:余料回用", "zm:restricts", "object entity:储能产业", "a fact that no claim states"),
    ),
    (f"<x:c> <{ZM}claimSubject> {SUZHOU}", f"<x:c> <{ZM}claimPredicate> <{ZM}supports>"): (
        *(*DOMAIN, "x:c", "zm:supports", f"{CITY} class zm:Initiator", f"a claim whose subject {KIND} domain {OF}"),
    ),
    (f"<x:d> <{ZM}claimObject> {SUZHOU}", f"<x:d> <{ZM}claimPredicate> <{ZM}supports>"): (
        *(*RANGE, "x:d", "zm:supports", f"{CITY} class zm:Concept", f"a claim whose object {KIND} range {OF}"),
    ),
    (f"<x:w> {TYPE} <{ZM}Work>",): ("ERROR", "Work", "x:w", "dcterms:isPartOf", None, "A work is part of one document."),
    (f"<x:v> {TYPE} <{ZM}Work>", f"<x:v> <{ZM}transmits> {SUZHOU}"): (
        *("ERROR", "Work", "x:v", "zm:transmits", CITY.removeprefix("thing ")[:-1], "What a notice transmits is a work."),
    ),
    (f'<x:v> <{DCTERMS}issued> "no day"',): (
        *("ERROR", "Dated", "x:v", "dcterms:issued", "no day", "A text is issued once, on a day, in a month or in a year."),
    ),
    (f'<x:v> <{DCTERMS}modified> "2024"', f'<x:v> <{DCTERMS}modified> "2025-03"'): (
        *("ERROR", "Dated", "x:v", "dcterms:modified", None),
        "Of its revisions a text has the latest, on a day, in a month or in a year.",
    ),
    (f'<x:a> <{ZM}colour> "red"',): (
        *("WARN", "term_not_declared", "zm:colour", None, "example x:a"),
        "a class or property of the zm namespace that the schema does not declare",
    ),
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    folder = tmp_path_factory.mktemp("faulty")
    return audit(built(folder, *(triple for triples in FAULTS for triple in triples)), ONTOLOGY)


@pytest.mark.parametrize("row", FAULTS.values(), ids=lambda row: row[1])
def test_what_breaks_a_rule_is_found(row: tuple[str | None, ...], faulty: Audit) -> None:
    assert row in faulty.findings.rows


def test_the_gravest_come_first(faulty: Audit) -> None:
    levels = [str(row[0]) for row in faulty.findings.rows]
    assert levels == sorted(levels)
    assert (faulty.count("WARN"), faulty.count("ERROR")) == (1, len(levels) - 1)


def test_a_circle_in_a_vocabulary_is_found_though_no_document_names_it(tmp_path: Path) -> None:
    vocab = (
        "@prefix m: <https://museum.example/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<x:a> a m:Bronze ; skos:prefLabel "甲器"@zh ; skos:broader <x:b> .\n'
        '<x:b> a m:Bronze ; skos:prefLabel "乙器"@zh ; skos:broader <x:a> .\n'
    )
    folder = museum(tmp_path / "museum", vocab=vocab)
    (folder / "checks").mkdir()
    check = "circle_of_broader_terms.rq"
    (folder / "checks" / check).write_text((ONTOLOGY / "checks" / check).read_text(encoding="utf-8"), encoding="utf-8")
    found = audit(built(tmp_path, ontology=folder), folder).findings.rows
    assert [row[2] for row in found if row[0] == "ERROR"] == ["x:a", "x:b"]


def test_what_the_folder_holds_that_is_of_no_use_and_another_folder_are_warned_of(tmp_path: Path) -> None:
    shapes = "<x:S> sh:targetClass <x:C> ; sh:property\n [ sh:path <x:p> ; sh:equals <x:q> ] ."
    shapes = f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n{shapes}"
    folder = museum(tmp_path / "museum", shapes=shapes, extra="")
    rows = audit(built(tmp_path), folder).findings.rows
    assert {row[:3] for row in rows} == {
        ("WARN", "ontology", str(folder)),
        ("WARN", "ontology", f"{folder / 'extra.ttl'}"),
        ("WARN", "ontology", f"{folder / 'shapes.ttl'}:3"),
    }
    assert {str(row[5]).split(" ")[0] for row in rows} == {"the", "is", "sh:equals"}


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ("SELECT", "does not parse"),
        ("ASK { ?s ?p ?o }", "is no SELECT"),
        ("# Level: grave\nSELECT ?s { ?s ?p ?o }", "Level grave is none of ERROR, WARN, INFO"),
    ],
)
def test_a_check_that_is_none_is_named(check: str, told: str, tmp_path: Path) -> None:
    folder = museum(tmp_path)
    (folder / "checks").mkdir()
    (folder / "checks" / "odd.rq").write_text(check, encoding="utf-8")
    with pytest.raises(OntologyError, match=rf"odd\.rq: .*{told}"):
        audit(in_memory(""), folder)


def test_a_folder_without_rules_asks_none(tmp_path: Path) -> None:
    found = audit(in_memory(""), museum(tmp_path))
    assert (found.findings.rows, found.rules) == ((), 0)
