"""Facts → triples, and the rows of claims.jsonl back from them."""

from __future__ import annotations

import re

import pytest
from rdflib import Graph

from pipeline import graph as g
from pipeline import terms as t
from pipeline.model import Claim, DocumentKind, Entity, Name, Work
from pipeline.resolve import resolve
from pipeline.rows import claim_rows, fact_row
from pipeline.shares import Sharing, graph_lines
from pipeline.store import in_memory, write
from pipeline.terms import DEFAULT_BASE
from tests.samples import ROOT, SOURCE, claim, concept, document, ontology, sample_claims, sample_lines, sample_text


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2024-03-05", f'"2024-03-05"^^<{t.XSD}date>'),
        ("2024-03", f'"2024-03"^^<{t.XSD}gYearMonth>'),
        ("2024", f'"2024"^^<{t.XSD}gYear>'),
        ("2024-02-30", '"2024-02-30"'),
        ("去年", '"去年"'),
    ],
)
def test_date_of_issue(date: str, written: str) -> None:
    lines = list(g.document_lines(document(date=date), DEFAULT_BASE))
    assert t.triple(g.document_iri("a", DEFAULT_BASE), t.ISSUED, written) in lines


@pytest.mark.parametrize("text", ['a"b', "a\\b", "a\nb\r\tc", "\\u0022", "“中”", "\x07", "", " "])
def test_any_text_survives_as_a_literal(text: str) -> None:
    store = in_memory(t.triple("https://x.org/s", "https://x.org/p", t.literal(text)) + "\n")
    assert list(store.select("SELECT ?o { ?s ?p ?o }")) == [(text,)]


SENTENCES = [
    ("一。二三四。五", "三", ("二", "四。")),
    ("二三四", "三", ("二", "四")),
    ("二三。四", "三。", ("二", "")),
    ("题\n二三四\n五", "三", ("二", "四")),
    ("甲" * 99 + "三" + "乙" * 99, "三", ("甲" * 60, "乙" * 60)),
]


@pytest.mark.parametrize(("source", "quote", "around"), SENTENCES)
def test_rest_of_the_sentence(source: str, quote: str, around: tuple[str, str]) -> None:
    start = source.index(quote)
    assert g.sentence_around(source, start, start + len(quote)) == around


def test_graph_has_no_blank_node_and_no_repeat_and_is_sorted() -> None:
    lines = sample_lines()
    assert lines == sorted(set(lines))
    assert not [line for line in lines if line.startswith("_:") or re.search(r"> _:\w+ \.$", line)]


def test_two_libraries_read_the_same_triples() -> None:
    turtle = write(sample_text(), "ttl", t.NAMESPACES | t.data_namespaces(DEFAULT_BASE))
    by_rdflib = Graph().parse(data=turtle, format="turtle")
    assert set(by_rdflib) == set(Graph().parse(data=sample_text(), format="nt"))
    assert sorted(filter(None, by_rdflib.serialize(format="nt").splitlines())) == in_memory(sample_text()).lines()


EXPECTED = [
    ("direct triple", "ASK { ?s skos:prefLabel '青禾工厂'@zh ; zm:hasElement/skos:prefLabel '节电机组'@zh }"),
    (
        "two quotes of one claim",
        "ASK { ?c zm:claimObject/skos:prefLabel '节电机组'@zh ; prov:wasQuotedFrom ?a, ?b FILTER(?a != ?b) }",
    ),
    ("best evidence", "ASK { ?c zm:bestEvidence/oa:hasSelector/oa:exact '青禾工厂由“链长”和节电机组构成' ; zm:confidence 0.9 }"),
    ("planned", "ASK { ?c zm:claimPredicate zm:supports ; zm:planned true }"),
    ("attributed", "ASK { ?c zm:facet 'feature' ; prov:wasAttributedTo/skos:prefLabel '研究者'@zh }"),
    ("extraction", "ASK { ?c a zm:Claim ; prov:wasGeneratedBy/a prov:Activity }"),
    ("event", "ASK { ?e a zm:Event ; schema:startDate '2024-03-05'^^xsd:date ; schema:endDate '2024-03-05'^^xsd:date }"),
    ("event, words", "ASK { ?e a zm:Event ; zm:dateText '2024年3月5日' ; zm:datePrecision 'day' ; schema:location/a zm:Place }"),
    (
        "event claim",
        "ASK { ?c zm:claimSubject ?e ; zm:claimPredicate rdf:type ; zm:claimObject zm:Event ; zm:dateValue '2024-03-05' }",
    ),
    ("document", "ASK { ?d a zm:Document, schema:NewsArticle ; dcterms:title '青禾工厂建设情况' ; zm:documentName 'a' }"),
    ("section", "ASK { ?x a doco:Section ; dcterms:isPartOf ?d ; zm:order 0 ; dcterms:title '青禾工厂建设情况' }"),
]


@pytest.mark.parametrize("query", [row[1] for row in EXPECTED], ids=[row[0] for row in EXPECTED])
def test_what_the_graph_holds(query: str) -> None:
    assert in_memory(sample_text()).answer(query) is True


def test_rows_come_back_as_they_went_in() -> None:
    rows = claim_rows(in_memory(sample_text()).select)
    assert [SOURCE[row["start"] : row["end"]] for row in rows] == [row["quote"] for row in rows]
    facts = {fact.iri: fact_row(fact) for fact in resolve(sample_claims(), DEFAULT_BASE, ontology().terms)}
    assert len(rows) == len(facts)
    for row in claim_rows(in_memory(sample_text()).select, context=True):
        told = facts[row["claim"]]
        shared = {key: value for key, value in told.items() if key != "planned"}
        assert {key: row[key] for key in shared} == shared


def test_a_definition_and_every_rule_go_with_the_claim() -> None:
    told = [
        claim(s=concept("青禾工厂"), o=concept("工厂"), facet="essence", rule="a", confidence=0.9),
        claim(s=concept("青禾工厂"), o=concept("工厂"), facet="essence", rule="b", quote="青禾工厂", definition="一种节电的工厂"),
    ]
    lines = graph_lines(resolve(told), {"a": document()}, ontology(), DEFAULT_BASE, "0")
    made = in_memory("".join(line + "\n" for line in lines))
    (row,) = claim_rows(made.select)
    assert (row["rule"], row["further_rules"], row["definition"]) == ("a", ["b"], "一种节电的工厂")
    assert made.answer("ASK { ?c a zm:Claim ; zm:furtherRule 'b' ; skos:definition '一种节电的工厂'@zh }") is True


def said(doc: str, words: str, confidence: float = 0.8) -> Claim:
    """青禾工厂 defined in a document."""
    s, o = concept("青禾工厂"), concept(words)
    return claim(doc=doc, quote="青禾工厂", s=s, o=o, facet="essence", confidence=confidence, definition=words)


LAW = Work("work", "青禾工厂条例", "regulation", 0, 1)


@pytest.mark.parametrize(
    ("claims", "best"),
    [
        ([said("news", "一座工厂", 0.9), said("plan", "回用余料的工厂"), said("law", "本市的工厂", 0.6)], 2),
        ([said("news", "一座工厂", 0.9), said("paper", "节电的工厂", 0.6), said("plan", "回用余料的工厂")], 2),
        ([said("news", "一座工厂", 0.9), said("paper", "节电的工厂", 0.6)], 1),
        ([said("paper", "回用余料的工厂", 0.8), said("paper", "节电的工厂", 0.9)], 1),  # the surer one
        ([said("paper", "节电的工厂"), said("paper", "回用余料的工厂")], 1),  # the fuller one
        ([said("plan", "节电的工厂", 0.9), said("bundle", "回用余料的工厂", 0.6)], 1),  # in a law among the works of a file
    ],
)
def test_the_best_definition_stands_on_the_thing(claims: list[Claim], best: int) -> None:
    kinds: dict[str, DocumentKind] = {"law": "regulation", "plan": "plan", "paper": "paper", "news": "news", "bundle": "news"}
    documents = {name: document(name, kind=kind, works=(LAW,) if name == "bundle" else ()) for name, kind in kinds.items()}
    for told in (claims, claims[::-1]):
        lines = graph_lines(resolve(told), documents, ontology(), DEFAULT_BASE, "0")
        made = in_memory("".join(line + "\n" for line in lines))
        asked = "SELECT ?words ?said { ?thing zm:bestDefinition ?claim ; skos:definition ?words . ?claim skos:definition ?said }"
        assert list(made.select(asked)) == [(claims[best].definition, claims[best].definition)]


def test_several_venues_keep_their_wording() -> None:
    venues = (Name("苏州市", "Place", text="苏州；市"), Name("北京市", "Place", text="首都北京"))
    told = claim("event", event=Name("大会", "Event"), date="2024", venue=venues)
    lines = graph_lines(resolve([told]), {"a": document()}, ontology(), DEFAULT_BASE, "0")
    row = claim_rows(in_memory("".join(line + "\n" for line in lines)).select)[0]
    assert {place["label"]: place["text"] for place in row["venue"]} == {"北京市": "首都北京", "苏州市": "苏州，市"}


def test_a_term_brings_what_is_broader() -> None:
    term = next(term for term in ontology().terms if term.broader and term.kind == "Industry")
    fact = resolve(
        [claim(s=Name(term.label, term.kind, term=term.iri), o=Name("设备", "Concept"))], DEFAULT_BASE, ontology().terms
    )
    lines = graph_lines(fact, {"a": document()}, ontology(), DEFAULT_BASE, "0")
    assert t.triple(term.iri, t.BROADER, t.iri(term.broader[0])) in lines
    assert [line for line in lines if line.startswith(f"<{term.broader[0]}> <{t.PREF_LABEL}>")]


@pytest.mark.parametrize(
    ("name", "kind", "predicate", "place"),
    [
        ("苏州市", "Place", t.CONTAINED_IN, "江苏省"),
        ("江苏省", "Place", t.CONTAINED_IN, "中国"),
        ("苏州市青禾工厂", "Place", t.CONTAINED_IN, "苏州市"),
        ("北京青禾会议中心", "Place", t.CONTAINED_IN, "北京市"),  # by its short name
        ("江苏省苏州市水务局", "Body", t.AREA_SERVED, "苏州市"),
        ("中共苏州市委员会", "Body", t.AREA_SERVED, "苏州市"),
        ("北京青禾集团", "Body", "", ""),  # a firm's name says nothing of it
        ("河南路", "Place", "", ""),
        ("苏州市青禾工厂", "Concept", "", ""),
    ],
)
def test_where_a_thing_lies(name: str, kind: str, predicate: str, place: str) -> None:
    facts = resolve([claim(s=Name(name, kind), o=Name("设备", "Concept"))], DEFAULT_BASE, ontology().terms)
    lines = graph_lines(facts, {"a": document()}, ontology(), DEFAULT_BASE, "0")
    iri = facts[0].entities["s"][0].iri
    found = [line for line in lines if line.startswith((f"<{iri}> <{t.CONTAINED_IN}>", f"<{iri}> <{t.AREA_SERVED}>"))]
    assert found == ([t.triple(iri, predicate, t.iri(f"https://w3id.org/zhimai/vocab/place/{place}"))] if place else [])


def test_the_name_of_another_thing_is_no_alternative_label() -> None:
    speech = claim("supports", s=Name("苏州讲话", "Policy", aliases=("研究者", "讲话")), o=Name("储能产业", "Industry"))
    view = claim(s=Name("甲", "Concept"), o=Name("乙方", "Concept"), attributed_to=Name("研究者", "Person"))
    text = "\n".join(graph_lines(resolve([speech, view]), {"a": document()}, ontology(), DEFAULT_BASE, "0"))
    assert f'<{t.HIDDEN_LABEL}> "研究者"@zh' in text
    assert f'<{t.HIDDEN_LABEL}> "讲话"@zh' in text  # what it is, not what it is called


def test_a_thing_keeps_its_other_spelling_whoever_else_is_called_so() -> None:
    study, work = (Entity(f"urn:{kind}", "Foster（2015）", (kind,), ("FOSTER（2015）",)) for kind in ("Study", "Concept"))
    describer = Sharing(ontology(), DEFAULT_BASE).describer
    for order in ((study, work), (work, study)):
        lines = [*g.entity_lines({thing.iri: thing for thing in order}, describer)]
        assert [line.split(" ")[0] for line in lines if f"<{t.ALT_LABEL}>" in line] == [f"<{thing.iri}>" for thing in order]


def test_every_term_of_ours_is_declared_in_the_schema() -> None:
    schema = (ROOT / "ontology" / "schema.ttl").read_text(encoding="utf-8")
    ours = {value for value in vars(g).values() if isinstance(value, str) and value.startswith(t.ZM)} - {t.ZM}
    ours |= {iri for iri in (*t.DOCUMENT_CLASSES.values(), *t.GENRE_CLASSES.values()) if iri.startswith(t.ZM)}
    assert [iri for iri in sorted(ours) if not re.search(rf"^zm:{iri.removeprefix(t.ZM)} a ", schema, re.MULTILINE)] == []
