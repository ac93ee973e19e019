"""The gate: every reason for which a fact is refused."""

from __future__ import annotations

import pytest

from pipeline.check import LEAST, check
from pipeline.ledger.things import LONGEST_NAME
from pipeline.model import Claim, Evidence, Name
from pipeline.resolve import resolve
from tests.samples import SOURCE, claim, concept, defines, event, ontology, sample_claims

REFUSED = [
    (defines("青禾工厂", "12.5%"), "only figures or punctuation"),
    (defines("青禾工厂", "——"), "only figures or punctuation"),
    (defines("青禾工厂", " "), "no name"),
    (defines("青禾工厂", "链"), "is a single character"),
    (defines("青禾工厂", "链" * (LONGEST_NAME + 1)), "o: longer than any name"),
    (defines("青禾工厂", "青禾 工厂"), "hasElement itself"),
    (defines("青禾工厂", "设备", facet="colour"), "colour is no property"),
    (claim("likes", s=concept("青禾工厂"), o=concept("设备")), "likes is no property"),
    (claim(s=concept("青禾工厂"), o=None), "o: nothing fills it"),
    (claim(s=concept("青禾工厂"), o=Name("设备", "Gadget")), "o: Gadget is no class"),
    (claim("supports", s=Name("苏州市", "Place"), o=Name("储能产业", "Industry")), "s: supports takes"),
    (event("大会"), "neither date nor venue"),
    (event("大会", "2024-02-30"), "2024-02-30 is not in the calendar"),
    (event("大会", "2024-13"), "2024-13 is not in the calendar"),
    (event("大会", "去年"), "去年 is not in the calendar"),
    (event("大会", "2024-05/2024-03"), "ends before it starts"),
]


@pytest.mark.parametrize(("bad", "reason"), REFUSED, ids=[row[1] for row in REFUSED])
def test_refused_with_its_reason(bad: Claim, reason: str) -> None:
    accepted, rejected = check(resolve([bad]), ontology())
    assert not accepted
    assert reason in rejected[0].reason


@pytest.mark.parametrize(
    "good",
    [
        *sample_claims(),
        event("大会", "2024-02-29"),
        event("大会", "2018/2019"),
        event("大会", None, "苏州市"),
    ],
)
def test_accepted(good: Claim) -> None:
    accepted, rejected = check(resolve([good]), ontology(), {"a": SOURCE})
    assert [rejection.reason for rejection in rejected] == []
    assert len(accepted) == 1


def test_a_fact_that_is_not_sure_enough_is_kept_out() -> None:
    facts = resolve(
        [claim(s=concept("青禾工厂"), o=concept("设备"), confidence=c, quote=q) for c, q in ((0.6, "青禾"), (0.8, "工厂"))]
    )
    assert len(check(facts, ontology(), least=0.8)[0]) == 1  # the best reading counts
    accepted, rejected = check(facts, ontology(), least=0.81)
    assert (accepted, [rejection.reason for rejection in rejected]) == ([], ["confidence below 0.81"])


@pytest.mark.parametrize(
    ("quote", "passes"),
    [
        ("以“链”相连", True),
        ("以链相连", False),
        ("包括点、链、网三级", True),
        ("包括点和链两级", True),
        ("包括点、链、网", False),
        ("三级中包括长链、网", False),
    ],
)
def test_a_single_character_must_be_quoted_or_a_level(quote: str, passes: bool) -> None:
    said = Claim(
        "a", "defines", {"s": concept("青禾工厂"), "o": concept("链")}, Evidence(0, len(quote), quote), "r", 0.5, "element"
    )
    assert bool(check(resolve([said]), ontology(), {"a": quote})[0]) is passes


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [(Evidence(3, 3, ""), "no evidence"), (Evidence(0, 2, "工厂"), "does not stand at 0–2")],
)
def test_evidence_must_stand_in_the_source(evidence: Evidence, reason: str) -> None:
    said = Claim("a", "defines", {"s": concept("青禾工厂"), "o": concept("设备")}, evidence, "r", 0.5, "element")
    assert reason in check(resolve([said]), ontology(), {"a": SOURCE})[1][0].reason


def test_a_build_leaves_out_by_default_what_the_gate_does() -> None:
    """The command line does not load the gate for its help, and says the number itself."""
    from inspect import signature

    from pipeline.cli import build

    assert signature(build).parameters["least"].default == LEAST
