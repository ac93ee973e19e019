"""Bodies that act together, bodies that are part of others, and who issued a document."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.ask import answer, bind, questions
from pipeline.audit import audit
from pipeline.bodies import Bodies
from pipeline.ledger.keys import name_key
from pipeline.model import Claim, Name, Work
from pipeline.resolve import resolve
from pipeline.rows import claim_rows
from pipeline.shares import graph_lines
from pipeline.store import Store, build_store, open_store
from pipeline.terms import DEFAULT_BASE
from tests.samples import ROOT, claim, document, event, ontology

STATE, PARTY = "国务院", "中国共产党中央委员会"


@cache
def bodies() -> Bodies:
    return Bodies(ontology())


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("中共中央、国务院", ("中共中央", "国务院")),
        ("中共中央国务院", ("中共中央", "国务院")),
        ("中共中央办公厅 国务院办公厅", ("中共中央办公厅", "国务院办公厅")),
        ("中办、国办", ("中办", "国办")),
        ("国家发展改革委、财政部、住房城乡建设部", ("国家发展改革委", "财政部", "住房城乡建设部")),
        ("财政部税务总局住房城乡建设部", ("财政部", "税务总局", "住房城乡建设部")),
        ("财政部和教育部", ("财政部", "教育部")),
        ("工业和信息化部与住房和城乡建设部", ("工业和信息化部", "住房和城乡建设部")),
        ("财政部、教育部等五部门", ("财政部", "教育部")),
        ("云渡市财政局、云渡市教育局", ("云渡市财政局", "云渡市教育局")),
        ("云渡市财政局、教育局", ("云渡市财政局", "云渡市教育局")),
        ("云渡市财政局和发展改革委", ("云渡市财政局", "云渡市发展改革委")),
        ("中共云渡市委、市政府", ("中共云渡市委", "云渡市政府")),
        ("云渡市林业局云渡市财政局", ("云渡市林业局", "云渡市财政局")),
        ("云渡市人民政府、国家税务总局", ("云渡市人民政府", "国家税务总局")),
        ("云渡市人民政府、财政部办公厅", ("云渡市人民政府", "财政部办公厅")),
        ("财政部部长林望川教育部", ("财政部", "教育部")),
        ("云渡大学、青禾集团", ("云渡大学", "青禾集团")),
        ("国务院", ()),
        ("国务院办公厅", ()),
        ("住房和城乡建设部", ()),
        ("工业和信息化部", ()),
        ("云渡市发展和改革委员会", ()),
        ("云渡市住房和城乡建设局", ()),
        ("云渡音像与数字出版协会", ()),
        ("联合国世界卫生组织", ()),
        ("财政部、财政部", ()),
        ("财政部、中华人民共和国财政部", ()),
        ("财政部等五部门", ()),
        ("一些机构和专家", ()),
        ("财政部、专家", ()),
        ("党中央和各级政府", ()),
        ("市委、市政府", ()),  # of any place
        ("临澜省、云渡市", ()),
        ("", ()),
    ],
)
def test_the_members_of_a_name(name: str, members: tuple[str, ...]) -> None:
    assert bodies().members(name) == members


NAMED = {name_key(name): name for name in ("国务院", "财政部", "中国共产党云渡市委员会", "云渡市人民政府", "云渡大学", "云渡银行",
    "云渡市水务局", "国家税务总局", "云渡市中级人民法院", "云渡石油", "云渡市", "云渡大学经济学院", "中国人民银行")}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("国务院办公厅", "国务院"),
        ("国务院国有资产监督管理委员会", "国务院"),
        ("财政部税政司", "财政部"),
        ("中华人民共和国财政部办公厅", "财政部"),
        ("中共云渡市委组织部", "中国共产党云渡市委员会"),
        ("云渡市委办公室", "中国共产党云渡市委员会"),
        ("云渡市人民政府办公室", "云渡市人民政府"),
        ("云渡市政府办公室", "云渡市人民政府"),
        ("云渡市水务局党组", "云渡市水务局"),
        ("国家税务总局云渡市税务局", "国家税务总局"),
        ("云渡大学经济学院", "云渡大学"),
        ("云渡大学经济学院统计系", "云渡大学经济学院"),
        ("云渡大学附属第一医院", "云渡大学"),
        ("云渡银行临川分行", "云渡银行"),
        ("中国人民银行云渡市中心支行", "中国人民银行"),
        ("云渡市中级人民法院行政审判庭", "云渡市中级人民法院"),
        ("国务院", None),
        ("云渡市财政局", None),  # the body of a place, which is none
        ("云渡银行业协会", None),
        ("云渡银行保险监督管理委员会", None),
        ("云渡石油大学", None),
        ("云渡大学校友会", None),
        ("云渡市水务局局长", None),
        ("临川大学经济学院", None),
        ("部", None),
    ],
)
def test_the_body_that_another_is_part_of(name: str, whole: str | None) -> None:
    assert bodies().whole(name, NAMED) == whole


# ---- in the graph


def built(folder: Path, *claims: Claim, **fields: Any) -> Store:
    documents = {"a": document(**fields)}
    facts = resolve(claims, DEFAULT_BASE, ontology().terms, forms=ontology().forms)
    lines = graph_lines(facts, documents, ontology(), DEFAULT_BASE, "0")
    rules = sorted((ROOT / "ontology" / "rules").glob("*.rq"))
    build_store(folder / "store", "".join(line + "\n" for line in lines), rules, ROOT / "ontology")
    return open_store(folder)


def labels(store: Store, query: str) -> list[str]:
    return sorted(str(row[0]) for row in store.select(query))


def test_what_bodies_do_together_each_of_them_does(tmp_path: Path) -> None:
    together = Name("中共中央、国务院", "Body", "中共中央、国务院", ("中共中央", "国务院"))
    view = Name("港口要连通", "View")
    store = built(
        tmp_path,
        event("港口大会", "2030-03-05", "苏州市", agent=together),
        claim("holds", s=together, o=view),
        claim("supports", s=together, o=Name("储能产业", "Industry")),
    )
    assert labels(store, "SELECT ?l { ?x a zm:JointBody ; org:hasMember/skos:prefLabel ?l }") == [PARTY, STATE]
    assert labels(store, "SELECT ?l { ?x a zm:JointBody, zm:Body ; skos:prefLabel ?l }") == []
    for relation in ("^zm:agent", "zm:holds", "zm:supports"):
        assert labels(store, f"SELECT DISTINCT ?l {{ ?x a zm:Body ; {relation} ?y ; skos:prefLabel ?l }}") == [PARTY, STATE]
    rows = claim_rows(store.select)
    (agent,) = [row["agent"] for row in rows if row["rel"] == "event"]
    assert agent["label"] == "中共中央国务院"  # one thing in a row
    question = questions(ROOT / "ontology")["timeline"]
    table = answer(store, question, bind(question, {}))
    assert [row[table.columns.index("agent")] for row in table.rows] == [f"{PARTY}、{STATE}"]
    assert [row for row in audit(store, ROOT / "ontology").findings.rows if row[0] == "ERROR"] == []


def test_a_body_of_a_list_is_the_one_that_is_named_alone(tmp_path: Path) -> None:
    store = built(
        tmp_path,
        event("港口大会", "2030-03-05", "苏州市", agent=Name("云渡市水务局、林业局", "Body")),
        event("渔港大会", "2030-04-05", "苏州市", agent=Name("云渡市林业局", "Body")),
    )
    assert labels(store, "SELECT ?e { ?x skos:prefLabel '云渡市林业局'@zh . ?y zm:agent ?x ; skos:prefLabel ?e }") == [
        "渔港大会",
        "港口大会",
    ]


def test_a_part_is_of_the_nearest_body_that_is_named(tmp_path: Path) -> None:
    names = ("云渡大学", "云渡大学经济学院", "云渡大学经济学院统计系", "国务院办公厅", "临川大学法学院")
    store = built(tmp_path, *(event(f"{name}大会", "2030", "苏州市", agent=Name(name, "Body")) for name in names))
    found = store.select("SELECT ?a ?b { ?x org:subOrganizationOf ?y . ?x skos:prefLabel ?a . ?y skos:prefLabel ?b ; a zm:Body }")
    assert sorted(found) == [
        ("云渡大学经济学院", "云渡大学"),
        ("云渡大学经济学院统计系", "云渡大学经济学院"),
        ("国务院办公厅", STATE),
    ]
    assert labels(store, "SELECT ?l { ?x org:subOrganizationOf+/skos:prefLabel '云渡大学'@zh ; skos:prefLabel ?l }") == [
        "云渡大学经济学院",
        "云渡大学经济学院统计系",
    ]


@pytest.mark.parametrize(
    ("issuer", "title", "publishers"),
    [
        ("中共中央 国务院", "意见", [PARTY, STATE]),
        ("中共中央办公厅、国务院办公厅", "意见", ["中共中央办公厅", "国务院办公厅"]),
        ("国家发展改革委、财政部", "意见", ["国家发展和改革委员会", "财政部"]),
        ("中华人民共和国财政部", "意见", ["财政部"]),
        ("云渡市财政局、教育局", "意见", ["云渡市教育局", "云渡市财政局"]),
        ("财政部等五部门", "意见", ["财政部"]),
        ("市政府办公室", "苏州市冷链行动方案", ["苏州市人民政府办公室"]),
        ("市政府办公室", "冷链行动方案", []),  # of which city?
        ("本公司", "年度报告", []),
        (None, "意见", []),
    ],
)
def test_who_publishes_a_document(tmp_path: Path, issuer: str | None, title: str, publishers: list[str]) -> None:
    work = Work("work", title, "plan", 0, 1, issuer=issuer)
    store = built(tmp_path, issuer=issuer, title=title, works=(work,))
    for thing, predicate in (("zm:Document", "dcterms:publisher"), ("zm:Work", "zm:issuedBy")):
        assert labels(store, f"SELECT ?l {{ ?x a {thing} ; {predicate} ?b . ?b a zm:Body ; skos:prefLabel ?l }}") == publishers
        assert labels(store, f"SELECT ?l {{ ?x a {thing} ; zm:issuerText ?l }}") == ([issuer] if issuer else [])


@pytest.mark.parametrize(("words", "found"), [("国家发展改革委", 1), ("发改委", 1), ("发展和改革", 1), ("财政局", 0)])
def test_documents_are_found_by_any_name_of_their_issuer(tmp_path: Path, words: str, found: int) -> None:
    told = event("大会", "2030", "苏州市")
    store = built(tmp_path, told, issuer="国家发展改革委", title="意见")
    for name in ("documents", "evidence"):
        question = questions(ROOT / "ontology")[name]
        rows = answer(store, question, bind(question, {"issuer": words})).rows
        assert bool(rows) is bool(found)


# ---- where


IN_CITY = {"广州会", "番禺会", "会馆会"}


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("广东", IN_CITY | {"广东会"}),
        ("广东省", IN_CITY | {"广东会"}),
        ("广州", IN_CITY),
        ("江苏", {"苏州会"}),
        ("中国", IN_CITY | {"广东会", "苏州会"}),
    ],
)
def test_what_happened_in_a_place_or_in_what_lies_in_it(tmp_path: Path, place: str, found: set[str]) -> None:
    told = {"广州会": "广州市", "广东会": "广东省", "番禺会": "番禺区", "会馆会": "广州市青禾会馆", "苏州会": "苏州市"}
    store = built(tmp_path, *(event(name, "2030-03-05", where) for name, where in told.items()))
    for name in ("timeline", "places"):
        question = questions(ROOT / "ontology")[name]
        table = answer(store, question, bind(question, {"place": place}))
        assert {row[table.columns.index("event")] for row in table.rows} == found


@pytest.mark.parametrize(("place", "found"), [("广东", 1), ("广州市", 1), ("中国", 1), ("江苏", 0)])
def test_who_supports_an_industry_in_a_place_or_in_what_lies_in_it(tmp_path: Path, place: str, found: int) -> None:
    title = "广州市冷链行动方案"
    work = Work("work", title, "plan", 0, 1, issuer="广州市人民政府", date="2025-03-04")
    told = claim("supports", s=Name(title, "Policy"), o=Name("冷链产业", "Industry"))
    store = built(tmp_path, told, works=(work,))
    question = questions(ROOT / "ontology")["supporters"]
    assert len(answer(store, question, bind(question, {"place": place})).rows) == found
