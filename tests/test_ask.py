"""Named questions, the evidence behind a fact, counts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline.ask import answer, bind, find_question, list_questions, no_answer, questions, review, stats, things_called, why
from pipeline.errors import OntologyError, QueryError, UsageError
from pipeline.rows import Table
from pipeline.store import Store, in_memory, open_store
from pipeline.terms import DEFAULT_BASE
from tests.samples import ROOT, SOURCE, sample_text

QUERY = """# question: What is called so?
# param name: a name
# param kind: a class (default: any)
# columns: thing, name
SELECT ?x ?label WHERE { # not $name here
  ?x skos:prefLabel ?label . FILTER(STR(?label) = $name || STR(?label) = "?name") FILTER(COALESCE(?kind, "") = "") }
"""
TYPICAL = {
    "text": "青禾工厂", "name": "青禾工厂", "confidence": "0.9", "precision": "day", "number": "0.5",
    "year": "2024", "yes or no": "no",
    "first day": "2024", "last day": "2024-12",
}  # fmt: skip
SHIPPED = questions(ROOT / "ontology")


@cache
def store() -> Store:
    return in_memory(sample_text())


def asked(folder: Path, query: str = QUERY, **values: str) -> Table:
    (folder / "queries").mkdir()
    (folder / "queries" / "called.rq").write_text(query, encoding="utf-8")
    question = find_question("called", questions(folder))
    return answer(store(), question, bind(question, values))


def test_header_of_a_question(tmp_path: Path) -> None:
    assert asked(tmp_path, name="青禾工厂") == Table(("thing", "name"), ((DEFAULT_BASE + "entity/青禾工厂", "青禾工厂"),))
    listed = list_questions(questions(tmp_path)).rows
    assert listed == (("called", "What is called so?", "name: a name; kind: a class (default: any)"),)


CONDITIONAL = """# question: ?
# param name (name): a name (default: any)
# columns: name
SELECT ?label { ?x skos:prefLabel ?label
  # if name
  ; skos:prefLabel $name
  # end
}
"""


def test_what_is_not_asked_is_not_sent(tmp_path: Path) -> None:
    assert asked(tmp_path, CONDITIONAL, name="青禾工厂").rows == (("青禾工厂",),)
    question = questions(tmp_path)["called"]
    assert "$name" not in bind(question, {})
    assert len(answer(store(), question, bind(question, {})).rows) > 1


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("# if name", "# if label", "5: label is no parameter"),
        ("  # end\n", "", "5: `# if` has no `# end`"),
        ("  # if name\n", "", "6: `# if` and `# end` do not alternate"),
        ("(name)", "(colour)", "2: colour is no type of a parameter; choose one of text, name"),
    ],
)
def test_a_faulty_question_is_named_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(OntologyError, match=rf"called\.rq:{fault}"):
        asked(tmp_path, CONDITIONAL.replace(old, new))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"concept": "青禾"}, "nothing in the graph is called 青禾. Did you mean 青禾工厂"),
        ({"concept": "zzz"}, "nothing in the graph is called zzz. `zhimai stats` shows"),
        ({"concept": "青禾工厂", "facet": "goal"}, "nothing in the graph fits concept=青禾工厂 facet=goal"),
        ({}, "no answer"),
    ],
)
def test_no_answer_says_why(values: dict[str, str], told: str) -> None:
    assert told in no_answer(store(), SHIPPED["elements"], values)


@pytest.mark.parametrize(
    "value",
    ['" || true || "', "\\", '\\" || true || "', "\\u0022 || true || \\u0022", "\n} #", "'''", "<x>", '"""', "?label", "%s{}"],
)
def test_a_value_is_nothing_but_a_value(tmp_path: Path, value: str) -> None:
    assert asked(tmp_path, name=value).rows == ()


@pytest.mark.parametrize(("values", "fault"), [({}, "lacks name"), ({"name": "甲", "size": "1"}, "knows no size")])
def test_wrong_parameters(tmp_path: Path, values: dict[str, str], fault: str) -> None:
    with pytest.raises(QueryError, match=f"called: {fault}. Ask it as `zhimai ask called name=… kind=…`"):
        asked(tmp_path, **values)


def test_a_question_must_be_a_select(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="is no SELECT"):
        asked(tmp_path, "ASK { ?s ?p ?o }")


@pytest.mark.parametrize(("name", "hint"), [("timelin", "Did you mean timeline"), ("zzzz", "`zhimai ask` lists")])
def test_an_unknown_question_gets_a_suggestion(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        find_question(name, SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_questions_run_and_are_described(name: str) -> None:
    question = SHIPPED[name]
    assert question.text
    table = answer(store(), question, bind(question, {name: TYPICAL[kind] for name, kind in question.kinds.items()}))
    assert ", ".join(table.columns) == question.columns


@pytest.mark.parametrize(
    ("names", "relation", "objects"),
    [
        (["青禾工厂"], None, ["链长", "节电机组", "余料回用", "引号"]),
        (["青禾 工厂", "“链长”"], None, ["链长"]),
        (["青禾工厂"], "feature", ["余料回用"]),
        (["青禾工厂"], "hasFeature", ["余料回用"]),
        (["青禾工厂"], "supports", []),
        ([DEFAULT_BASE + "entity/青禾工厂"], "basis", ["引号"]),
        (["研究者"], None, ["余料回用"]),
        (["https://example.org/nothing"], None, []),
    ],
)
def test_why(names: list[str], relation: str | None, objects: list[str]) -> None:
    rows = why(store(), names, relation)
    assert sorted(row["o"]["label"] for row in rows) == sorted(objects)
    for row in rows:
        assert row["before"] + row["quote"] + row["after"] in SOURCE


def test_only_what_is_sure_enough() -> None:
    assert [row["o"]["label"] for row in why(store(), ["青禾工厂"], least=0.9)] == ["节电机组"]
    question = SHIPPED["elements"]
    rows = answer(store(), question, bind(question, {"concept": "青禾工厂", "least": "0.9"})).rows
    assert [row[2] for row in rows] == ["节电机组"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("青禾", "Did you mean 青禾工厂"), ("zzz", "`zhimai stats`"), ("https://x.org/> ?p", "is no IRI"), ("", "name is empty")],
)
def test_what_is_called_so(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        things_called(store(), name)


def test_stats() -> None:
    rows = stats(store()).rows
    assert ("documents", "documents", "1") in rows
    assert ("claims", "defines", "4") in rows
    assert ("facets", "element", "2") in rows
    assert ("rules", "event.test", "1") in rows
    assert ("entities", "Event", "1") in rows


def test_review_draws_the_same_claims_for_a_seed(sample_out: Path) -> None:
    store = open_store(sample_out)
    drawn = review(store, 7, 1, "supports")
    assert [row["claim"] for row in drawn] == [row["claim"] for row in review(store, 7, 1, "supports")]
    assert len({row["claim"] for row in drawn}) == 7
    assert {row["rel"] for row in drawn} == {"supports"}
    assert drawn != review(store, 7, 2, "supports")
    assert [row["claim"] for row in review(store, 10**6, 5)] == [row["claim"] for row in why(store, ())]


def test_review_keeps_what_is_sure_enough(sample_out: Path) -> None:
    rows = review(open_store(sample_out), 10**6, least=0.9)
    assert rows
    assert min(row["confidence"] for row in rows) >= 0.9
