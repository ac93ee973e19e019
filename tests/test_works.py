"""The works of documents in the graph, and what links the policies in force to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from pipeline import graph as g
from pipeline import terms as t
from pipeline.ask import answer, bind, questions
from pipeline.audit import audit
from pipeline.model import Claim, Document, Evidence, Name, Work
from pipeline.resolve import resolve
from pipeline.shares import graph_lines
from pipeline.store import in_memory
from pipeline.terms import DEFAULT_BASE
from pipeline.works import ANNEX_TO, INTERPRETS, ISSUED_BY, ISSUED_IN, STATED_IN, TRANSMITS, WORK
from tests.samples import ROOT, document, ontology

SOURCE = "云渡市冷链行动方案\n支持冷链产业，支持储能产业。"
TITLE = "云渡市冷链行动方案"
NOTICE = Work("notice", f"关于印发{TITLE}的通知", "other", 0, 0, None, "云政发〔2025〕1号", "云渡市人民政府", (), "2025-03-04")
PLAN = Work("work", TITLE, "plan", 0, 1, None, "云政发〔2025〕1号", "云渡市人民政府", (), "2025-03-04")
SENT = replace(PLAN, belongs_to=0)  # what the notice above it transmits


def supports(doc: str, policy: Name, industry: str) -> Claim:
    start = SOURCE.index(f"支持{industry}")
    evidence = Evidence(start, start + 2 + len(industry), f"支持{industry}")
    return Claim(doc, "supports", {"s": policy, "o": Name(industry, "Industry")}, evidence, "supports.test", 0.8)


def made(name: str, *works: Work) -> Document:
    return document(name, SOURCE, works=works)


def lines_of(documents: Mapping[str, Document], *claims: Claim) -> list[str]:
    facts = resolve(claims, DEFAULT_BASE, ontology().terms)
    return graph_lines(facts, documents, ontology(), DEFAULT_BASE, "0")


def objects(lines: list[str], predicate: str, subject: str = "") -> list[str]:
    """The objects of a predicate, by the last part of an IRI or as the text of a literal; of subjects that end so."""
    found = []
    for line in lines:
        s, p, o = line.removesuffix(" .").split(" ", 2)
        if p == f"<{predicate}>" and s.strip("<>").endswith(subject):
            found.append(o.strip("<>").removeprefix(DEFAULT_BASE) if o[0] == "<" else o.split('"')[1])
    return found


def test_a_notice_and_its_plan() -> None:
    lines = lines_of({"a": made("a", NOTICE, SENT)})
    assert objects(lines, t.TYPE, "/work/1") == [WORK]
    assert sorted(objects(lines, t.TYPE, "/work/2")) == sorted([t.ZM + "PlanText", WORK])
    assert objects(lines, TRANSMITS, "/work/1") == [g.document_iri("a", DEFAULT_BASE).removeprefix(DEFAULT_BASE) + "/work/2"]
    assert objects(lines, TRANSMITS, "/work/2") == []
    assert objects(lines, t.TITLE, "/work/2") == [TITLE]
    assert objects(lines, t.IDENTIFIER, "/work/2") == ["云政发〔2025〕1号"]
    assert objects(lines, t.ISSUED, "/work/2") == ["2025-03-04"]
    assert len(objects(lines, t.IS_PART_OF, "/work/1")) == 1


DATES = {
    t.ISSUED: "2031-03-04",
    t.WRITTEN: "2031-03-03",
    t.PASSED: "2025-02-01",
    t.REVISED: "2031-02",
    t.PUBLISHED: "2031-04-01",
    t.EFFECTIVE: "2032",
}


def test_the_dates_of_a_work_are_kept_apart() -> None:
    issued, written, passed, revised, published, effective = DATES.values()
    issue = replace(PLAN, date=issued, written=written, passed=passed)
    work = replace(issue, revised=revised, published=published, effective=effective)
    lines = lines_of({"a": made("a", work)}, supports("a", Name(TITLE, "Policy"), "冷链产业"))
    assert {term: objects(lines, term, "/work/1") for term in DATES} == {term: [day] for term, day in DATES.items()}
    policy = {term: objects(lines, term, f"/{TITLE}") for term in DATES}
    assert {term for term, days in policy.items() if days} == {t.ISSUED}


@pytest.mark.parametrize(
    ("work", "classes"),
    [
        (replace(PLAN, kind="regulation"), [t.SCHEMA + "Legislation"]),
        (replace(PLAN, kind="measures"), [t.SCHEMA + "Legislation"]),
        (replace(PLAN, kind="report", genre="communique"), [t.SCHEMA + "Report", t.ZM + "Communique"]),
        (replace(PLAN, kind="other", genre="standard"), [t.ZM + "Standard"]),
        (replace(PLAN, kind="unknown"), []),
    ],
)
def test_a_work_has_the_classes_that_a_document_of_its_kind_and_genre_has(work: Work, classes: list[str]) -> None:
    of_document = replace(made("a", work), kind=work.kind, genre=work.genre)
    lines = lines_of({"a": of_document})
    assert sorted(objects(lines, t.TYPE, "/work/1")) == sorted([WORK, *classes])
    assert sorted(objects(lines, t.TYPE, "document/a")) == sorted([t.DOCUMENT, *classes])


def test_works_are_in_the_shape_that_the_ontology_asks_for() -> None:
    whole = replace(SENT, written="2025-03", passed="2025-02-01", revised="2025", published="2025-03", effective="2025-05-01")
    annex = Work("annex", "冷库建设清单", "plan", 0, 1, belongs_to=1, date="2025")
    store = in_memory("".join(f"{line}\n" for line in lines_of({"a": made("a", NOTICE, whole, annex)})))
    assert [row for row in audit(store, ROOT / "ontology").findings.rows if row[1] in ("Work", "Dated", "Document")] == []


def test_an_annex_and_an_interpretation() -> None:
    """Each is tied to the work that it belongs to, and neither is transmitted or states the policy."""
    annex = Work("annex", "冷库建设清单", "plan", 0, 1, belongs_to=1)
    answers = Work("interpretation", f"《{TITLE}》政策解读", "article", 0, 1, belongs_to=1)
    lines = lines_of({"a": made("a", NOTICE, SENT, annex, answers)})
    plan = g.document_iri("a", DEFAULT_BASE).removeprefix(DEFAULT_BASE) + "/work/2"
    assert objects(lines, ANNEX_TO) == objects(lines, ANNEX_TO, "/work/3") == [plan]
    assert objects(lines, INTERPRETS) == objects(lines, INTERPRETS, "/work/4") == [plan]
    assert objects(lines, TRANSMITS) == [plan]


@pytest.mark.parametrize(
    ("issuer", "bodies", "place"),
    [
        ("云渡市人民政府", ["云渡市人民政府"], "云渡市"),
        ("云渡市林业局、云渡市财政局", ["云渡市林业局", "云渡市财政局"], "云渡市"),
        ("云渡市林业局 云渡市财政局", ["云渡市林业局", "云渡市财政局"], "云渡市"),
        ("云渡市商务局等五部门", ["云渡市商务局"], "云渡市"),
        ("临澜省云渡市人民政府", ["临澜省云渡市人民政府"], "云渡市"),
        ("中共云渡市委办公室", ["中共云渡市委办公室"], "云渡市"),
        ("云渡市", [], "云渡市"),
        ("国家茶叶监督局", ["国家茶叶监督局"], None),
        ("国家市场监督管理总局", ["国家市场监督管理总局"], None),
        ("苏州市人民政府", ["苏州市人民政府"], "苏州市"),
        ("南京市鼓楼区人民政府", ["南京市鼓楼区人民政府"], "南京市鼓楼区"),
        ("云渡市林业局云渡市财政局", ["云渡市林业局", "云渡市财政局"], "云渡市"),
        ("中共云渡市委云渡市人民政府", ["中国共产党云渡市委员会", "云渡市人民政府"], "云渡市"),
        ("云渡市商务局等7 部门", ["云渡市商务局"], "云渡市"),
        ("云渡市商务局（云渡市财政局代章）", ["云渡市商务局"], "云渡市"),
        ("我代表云渡市人民政府", ["云渡市人民政府"], "云渡市"),
        ("十三届云渡市人民政府", ["云渡市人民政府"], "云渡市"),
        ("云渡市第九届人民代表大会", ["云渡市第九届人民代表大会"], "云渡市"),
        ("新疆自治区财政厅", ["新疆自治区财政厅"], "新疆维吾尔自治区"),
    ],
)
def test_who_issued_it_and_where(issuer: str, bodies: list[str], place: str | None) -> None:
    lines = lines_of({"a": made("a", Work("work", TITLE, "plan", 0, 1, issuer=issuer))})
    labels = {iri: label for iri in _subjects(lines) for label in objects(lines, t.PREF_LABEL, iri)}
    assert sorted(labels[iri] for iri in objects(lines, ISSUED_BY, "/work/1")) == sorted(bodies)
    assert [labels[iri] for iri in objects(lines, ISSUED_IN, "/work/1")] == ([place] if place else [])


@pytest.mark.parametrize(
    ("title", "issuer", "bodies", "place"),
    [
        ("2031年云渡省政府工作报告", "我代表省人民政府", ["云渡省人民政府"], "云渡省"),
        ("苏州市冷链行动方案", "市政府办公室", ["苏州市人民政府办公室"], "苏州市"),
        ("关于印发苏州市冷链行动方案的通知", None, [], "苏州市"),
        ("冷链行动方案", "省政府办公厅", [], None),  # of any province
        ("智慧城市建设方案", None, [], None),
        ("智慧城市建设方案", "市政府", [], None),
        ("苏州市冷链行动方案", "国家茶叶监督局", ["国家茶叶监督局"], None),
    ],
)
def test_a_title_tells_where_its_issuer_does_not(title: str, issuer: str | None, bodies: list[str], place: str | None) -> None:
    lines = lines_of({"a": made("a", Work("work", title, "plan", 0, 1, issuer=issuer))})
    labels = {iri: label for iri in _subjects(lines) for label in objects(lines, t.PREF_LABEL, iri)}
    assert sorted(labels[iri] for iri in objects(lines, ISSUED_BY, "/work/1")) == sorted(bodies)
    assert [labels[iri] for iri in objects(lines, ISSUED_IN, "/work/1")] == ([place] if place else [])


def _subjects(lines: list[str]) -> set[str]:
    return {line.split(" ", 1)[0].strip("<>").removeprefix(DEFAULT_BASE) for line in lines}


def test_a_place_of_the_vocabulary_is_its_term() -> None:
    lines = lines_of({"a": made("a", Work("work", TITLE, "plan", 0, 1, issuer="苏州市人民政府"))})
    term = next(term for term in ontology().terms if term.kind == "Place" and term.label == "苏州市")
    assert objects(lines, ISSUED_IN, "/work/1") == [term.iri.removeprefix(DEFAULT_BASE)]
    assert objects(lines, t.CONTAINED_IN, term.iri) == list(term.broader)


def test_a_policy_is_linked_to_the_work_that_states_it() -> None:
    documents = {"a": made("a", NOTICE, SENT)}
    lines = lines_of(documents, supports("a", Name(TITLE, "Policy"), "冷链产业"))
    policy = f"/{TITLE}"
    assert [iri.rsplit("/", 1)[1] for iri in objects(lines, STATED_IN)] == ["2"]
    assert objects(lines, t.ISSUED, policy) == ["2025-03-04"]
    assert len(objects(lines, ISSUED_BY, policy)) == len(objects(lines, ISSUED_IN, policy)) == 1


@pytest.mark.parametrize("name", [Name("青禾工厂", "Concept"), Name("另一方案", "Policy"), Name(TITLE, "Concept")])
def test_what_is_not_the_policy_of_a_work_is_linked_to_none(name: Name) -> None:
    lines = lines_of({"a": made("a", NOTICE, SENT)}, supports("a", name, "冷链产业"))
    assert objects(lines, STATED_IN) == []


def test_a_body_that_is_another_kind_of_thing_already_signs_nothing() -> None:
    """The gate would have to take the statement back: a policy is no body."""
    documents = {"a": made("a", Work("work", TITLE, "plan", 0, 1, issuer="青禾公约"))}
    lines = lines_of(documents, supports("a", Name("青禾公约", "Policy"), "冷链产业"))
    assert objects(lines, ISSUED_BY) == []


def test_a_name_is_no_body_and_place_at_once() -> None:
    documents = {"a": made("a", Work("work", TITLE, "plan", 0, 1, issuer="云渡市人民政府、云渡市"))}
    lines = lines_of(documents)
    assert len(objects(lines, t.TYPE, "/云渡市")) == len(objects(lines, ISSUED_IN, "/work/1")) == 1
    assert len(objects(lines, ISSUED_BY, "/work/1")) == 1


def asked(lines: list[str], **given: str) -> list[tuple[object, ...]]:
    question = questions(ROOT / "ontology")["supporters"]
    return [tuple(row) for row in answer(in_memory("".join(f"{line}\n" for line in lines)), question, bind(question, given)).rows]


def test_who_supports_an_industry() -> None:
    documents = {"a": made("a", NOTICE, SENT)}
    lines = lines_of(
        documents, supports("a", Name(TITLE, "Policy"), "冷链产业"), supports("a", Name(TITLE, "Policy"), "储能产业")
    )
    row = ("云渡市", TITLE, "云渡市人民政府", "2025-03-04")
    assert [found[:4] for found in asked(lines)] == [row, row]
    assert [found[:4] for found in asked(lines, industry="冷链产业")] == [row]
    assert asked(lines, industry="冷链产业", place="岚溪县") == []


def test_bodies_that_issue_together_are_one_row() -> None:
    work = Work("work", TITLE, "plan", 0, 1, issuer="云渡市林业局、云渡市财政局", date="2025-03-04")
    lines = lines_of({"a": made("a", work)}, supports("a", Name(TITLE, "Policy"), "冷链产业"))
    ((place, policy, issuers, date, _),) = asked(lines)
    assert (place, policy, date) == ("云渡市", TITLE, "2025-03-04")
    assert sorted(str(issuers).split("、")) == sorted(["云渡市林业局", "云渡市财政局"])


def test_policies_of_two_places_that_are_called_the_same() -> None:
    """What is read in the one text is not said of the other place; what a third text says may be of either."""
    name = "冷链行动方案"
    works = {
        doc: Work("work", name, "plan", 0, 1, issuer=f"{place}人民政府", date=f"2025-0{month}-01")
        for month, (doc, place) in enumerate({"a": "云渡市", "b": "岚溪县"}.items(), 1)
    }
    documents = {doc: made(doc, work) for doc, work in works.items()} | {"c": made("c")}
    policy = Name(name, "Policy")
    lines = lines_of(documents, supports("a", policy, "冷链产业"), supports("b", policy, "储能产业"))
    own = {("云渡市", name, "云渡市人民政府", "2025-01-01"), ("岚溪县", name, "岚溪县人民政府", "2025-02-01")}
    assert {row[:4] for row in asked(lines)} == own
    lines = lines_of(documents, *(supports(doc, policy, "冷链产业") for doc in "ab"), supports("c", policy, "储能产业"))
    assert {row[:4] for row in asked(lines, industry="储能产业")} == own


def test_the_same_input_gives_the_same_lines_whatever_the_order() -> None:
    one, two = made("a", NOTICE, SENT), made("b", PLAN)
    assert lines_of({"a": one, "b": two}) == lines_of({"b": two, "a": one})
