"""What no document states and the rules derive: kept apart, and told with the rule and what it was derived from."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.derived import derivations
from pipeline.errors import UsageError
from pipeline.model import Claim, Name
from pipeline.resolve import resolve
from pipeline.shares import graph_lines
from pipeline.show import show_derivations
from pipeline.store import DERIVED_GRAPH, Store, build_store, open_store
from pipeline.terms import DEFAULT_BASE
from tests.samples import ROOT, claim, document, event, ontology

RULES = sorted((ROOT / "ontology" / "rules").glob("*.rq"))
POLICY, FIELD, PART = Name("青禾行动计划", "Policy"), Name("青禾产业", "Industry"), Name("余料回用业", "Industry")
JOINT = Name("青禾省财政厅、青禾省教育厅", "Body")


def built(folder: Path, *claims: Claim) -> Store:
    facts = resolve(claims, DEFAULT_BASE, ontology().terms, forms=ontology().forms)
    lines = graph_lines(facts, {name: document(name) for name in "ab"}, ontology(), DEFAULT_BASE, "0")
    build_store(folder / "store", (f"{line}\n" for line in lines), RULES, ROOT / "ontology")
    return open_store(folder)


def supports(doc: str = "a") -> Claim:
    return claim("supports", doc=doc, s=POLICY, o=FIELD)


def includes(doc: str = "a") -> Claim:
    return claim("includes", doc=doc, s=FIELD, o=PART)


Triple = tuple[str, str, str]


def told(store: Store, *names: str, relation: str | None = None) -> list[tuple[str, Triple, list[Triple]]]:
    found = derivations(store, RULES, names, relation)
    return [(each.rule, each.fact.labels, [premise.labels for premise, _ in each.premises]) for each in found]


def test_support_of_a_class_is_that_of_its_members_with_the_claims_that_say_so(tmp_path: Path) -> None:
    store = built(tmp_path, supports(), includes())
    chain = [("青禾行动计划", "supports", "青禾产业"), ("青禾产业", "includes", "余料回用业")]
    ((rule, fact, premises),) = told(store, "余料回用业", relation="supports")
    assert (rule, fact, sorted(premises)) == ("supports_members", ("青禾行动计划", "supports", "余料回用业"), sorted(chain))
    (derivation,) = derivations(store, RULES, ["青禾行动计划", "余料回用业"])
    assert [row["quote"] for _, rows in derivation.premises for row in rows] == [claim().evidence.quote] * 2
    assert store.answer_here(f"ASK {{ GRAPH {DERIVED_GRAPH} {{ <{derivation.fact.subject}> zm:supports ?o }} }}") is True


def test_members_that_another_document_lists_are_not_supported(tmp_path: Path) -> None:
    assert told(built(tmp_path, supports("a"), includes("b")), "余料回用业", relation="supports") == []


def test_what_is_stated_is_not_derived(tmp_path: Path) -> None:
    store = built(tmp_path, supports(), includes(), claim("supports", s=POLICY, o=PART))
    assert told(store, "余料回用业", relation="supports") == []
    (tmp_path / "b").mkdir()
    assert told(built(tmp_path / "b", claim(s=FIELD, o=PART, facet="element")), "青禾产业") == []  # zm:defines, of a claim shown


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        (event("青禾大会", "2031-05-02", agent=JOINT), ("青禾大会", "agent", "青禾省教育厅")),
        (claim("holds", s=JOINT, o=Name("余料可以回用", "View")), ("青禾省教育厅", "holds", "余料可以回用")),
    ],
)
def test_what_bodies_do_together_each_does(tmp_path: Path, said: Claim, fact: tuple[str, str, str]) -> None:
    """Of the two branches of the rule the one that leads to the fact."""
    (found,) = told(built(tmp_path, said), "青禾省教育厅")
    stated = tuple(JOINT.label if label == "青禾省教育厅" else label for label in fact)
    assert found[:2] == ("joint_bodies", fact)
    assert sorted(found[2]) == sorted([stated, (JOINT.label, "hasMember", "青禾省教育厅")])


def test_a_place_lies_in_what_its_place_lies_in(tmp_path: Path) -> None:
    store = built(tmp_path, event("青禾大会", "2031-05-02", "苏州市吴江区"), event("青禾展", "2031-05-03", "苏州市"))
    chains = [found for found in told(store, "江苏省") if found[0] == "contained_in_place"]
    assert chains
    assert {label for _, _, premises in chains for _, label, _ in premises} == {"containedInPlace", "containedInPlace+"}


def test_nothing_of_that_name_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="余料: nothing in the graph is called so"):
        told(built(tmp_path, supports()), "余料")


@pytest.mark.parametrize(("language", "says"), [("en", "What supports a class"), ("zh", "支持一类产业")])
def test_the_chain_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, says: str) -> None:
    found = derivations(built(tmp_path, supports(), includes()), RULES, ["余料回用业"], "supports")
    show_derivations(found, language, {"supports": "支持"} if language == "zh" else {})
    lines = capsys.readouterr().out.split("\n")
    relation = "支持" if language == "zh" else "supports"
    assert lines[0] == f"青禾行动计划 — {relation} — 余料回用业"
    assert lines[1].startswith(f"  supports_members: {says}")
    assert f"  ← 青禾行动计划 — {relation} — 青禾产业" in lines
    assert any(line.startswith("    a:") for line in lines)
