"""Scores against gold: rows that match, rows that do not, and the same figures as the shared scorer where it is at hand."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import DataError, UsageError
from pipeline.evaluate import MATCH, Score, evaluate, match_pair, read_rows
from pipeline.show import scores
from tests.samples import ROOT

Row = dict[str, Any]
SCORER = ROOT.parent / "shared" / "tools" / "score.py"


def gold(rel: str = "defines", doc: str = "a", **slots: Any) -> Row:
    return {"doc": doc, "rel": rel, **slots}


def found(rel: str = "defines", doc: str = "a", **slots: Any) -> Row:
    wrapped = {
        k: {"label": v, "text": v, "aliases": []} if k in ("s", "o", "event", "indicator", "dimension") else v
        for k, v in slots.items()
    }
    return {"doc": doc, "rel": rel, "rule": f"{rel}.r", **wrapped}


G = gold(s=["绿色工厂"], o=["节能设备"], facet="element")
EVENT = gold("event", event=["绿色工厂推进会"], date="2024-03-05", venue=[["苏州市", "苏州"]])
FIGURE = gold("indicator", s=["甲市"], indicator=["用电量"], value="1200", unit="亿元", period="2024")
CONTRAST = gold("contrast", a=["旧"], b=["新"], dimension=["动力"], value_a=["燃煤驱动"], value_b=["风电驱动"])
WORK = gold("cites", authors=["张三"], year="2020", title=["储能研究"], container="学报")
VIEW = gold("holds", s=["李四"], o=["储能应当先行发展"])

MATCHES = [
    ("equal", G, found(s="绿色工厂", o="节能设备", facet="element"), True),
    ("marks and case", G, found(s="《绿色 工厂》", o="节能设备。"), True),
    ("a part, long enough", G, found(s="绿色工厂", o="节能设备群"), True),
    ("a part, too short", G, found(s="绿色工厂", o="大型高效节能设备"), False),
    ("other object", G, found(s="绿色工厂", o="链长"), False),
    ("no object", G, found(s="绿色工厂"), False),
    ("other document", G, found(doc="b", s="绿色工厂", o="节能设备"), False),
    ("event", EVENT, found("event", event="绿色工厂推进会", date="2024-03-05", venue=[]), True),
    ("event, coarser date", EVENT, found("event", event="绿色工厂推进会", date="2024", venue=[]), True),
    ("event, place only", EVENT, found("event", event="工厂推进会", date=None, venue=[{"label": "苏州"}]), True),
    ("event, similar name", EVENT, found("event", event="推进绿色工厂", date="2024-03-05", venue=[]), True),
    ("event, similar name, coarser date", EVENT, found("event", event="推进绿色工厂", date="2024", venue=[]), False),
    ("event, other date", EVENT, found("event", event="绿色工厂推进会", date="2023", venue=[]), False),
    ("figure", FIGURE, found("indicator", s="甲市", indicator="用电量", value="1200.0", unit="亿元人民币"), True),
    ("figure, other unit", FIGURE, found("indicator", s="甲市", indicator="用电量", value="1200", unit="%"), False),
    ("figure, other value", FIGURE, found("indicator", s="甲市", indicator="用电量", value="120", unit="亿元"), False),
    ("contrast", CONTRAST, found("contrast", dimension="动力", value_a="燃煤驱动", value_b="风电驱动"), True),
    ("contrast, crossed", CONTRAST, found("contrast", dimension="动力", value_a="风电驱动", value_b="燃煤驱动"), True),
    ("contrast, other", CONTRAST, found("contrast", dimension="动力", value_a="甲乙丙丁", value_b="风电驱动"), False),
    ("work", WORK, found("cites", authors=["李四"], year="2020", title="储能研究"), True),
    ("work, other title", WORK, found("cites", authors=["张三"], year="2020", title="风电"), False),
    (
        "author and year",
        gold("cites", authors=["张三"], year="2020", title=None),
        found("cites", authors=["张三"], year="2020"),
        True,
    ),
    ("view", VIEW, found("holds", s="李四", o="储能应先行"), True),
    ("view of another", VIEW, found("holds", s="王五", o="储能应当先行发展"), False),
]


@pytest.mark.parametrize(("want", "have", "expected"), [row[1:] for row in MATCHES], ids=[row[0] for row in MATCHES])
def test_when_two_rows_match(want: Row, have: Row, expected: bool) -> None:
    score = evaluate([have], [want]).relations[want["rel"]]
    assert score == Score(int(expected), int(not expected and have["doc"] == "a"), int(not expected))


def test_what_a_rule_found_alone_nothing_else_found() -> None:
    claims = [
        found(s="绿色工厂", o="节能设备") | {"rule": "a"},
        found(s="绿色工厂", o="节能设备群") | {"rule": "b"},  # the same, in other words
        found(s="智慧园区", o="传感器") | {"rule": "b"},
        found(s="智慧园区", o="控制台") | {"rule": "a", "further_rules": ["b"]},
    ]
    wanted = [G, *(gold(s=["智慧园区"], o=[o], facet="element") for o in ("传感器", "控制台"))]
    rules = evaluate(claims, wanted).rules
    assert (rules["a"].alone, rules["b"].alone) == (0, 1)


def test_rules_and_a_model_are_scored_each_and_together() -> None:
    wanted = [gold(s=["智慧园区"], o=[o], facet="element") for o in ("传感器", "控制台", "网关")]
    claims = [
        found(s="智慧园区", o="传感器") | {"found_by": "both"},
        found(s="智慧园区", o="控制台") | {"found_by": "model"},
        found(s="智慧园区", o="水塔") | {"found_by": "model"},
        found(s="绿色工厂", o="水塔") | {"found_by": "rules"},
    ]
    readers = {name: score[:3] for name, score in evaluate(claims, wanted).readers.items()}
    assert readers == {"rules": (1, 1, 2), "model": (2, 1, 1), "both": (1, 0, 2), "either": (2, 2, 1)}
    told = [row[1:4] for row in scores(evaluate(claims, wanted)).rows if row[0] == "reader"]
    assert told == [("rules", "3", "2"), ("model", "3", "3"), ("both", "3", "1"), ("either", "3", "4")]
    for claim in claims:
        del claim["found_by"]
    assert evaluate(claims, wanted).readers == {}


def test_claims_are_counted_by_their_confidence() -> None:
    claims = [
        found(s="绿色工厂", o="节能设备", facet="element") | {"confidence": 0.9},
        found(s="甲方", o="乙方") | {"confidence": 0.95},
        found(s="丙方", o="丁方") | {"confidence": 0.79},
    ]
    bands = evaluate(claims, [G]).bands
    assert {band: score[:2] for band, score in bands.items()} == {
        0.9: (1, 1), 0.8: (0, 0), 0.7: (0, 1), 0.6: (0, 0), 0.5: (0, 0), 0.0: (0, 0)
    }  # fmt: skip
    assert bands[0.9].confidence == pytest.approx(0.925)


def test_fair_leaves_out_what_readers_give_in_two_ways() -> None:
    member = {"doc": "a", "rel": "includes", "s": ["绿色工厂"], "o": ["节能设备"]}
    element = gold(s=["绿色工厂"], o=["节能设备"], facet="element")
    as_member = found(s="绿色工厂", o="节能设备") | {"rel": "includes", "facet": None}
    as_element = found(s="绿色工厂", o="节能设备", facet="element")
    other = gold(s=["智慧园区"], o=["传感器"], facet="element")
    apart = {"doc": "a", "rel": "includes", "s": ["智慧园区"], "o": ["控制台"]}
    strict = evaluate([as_element], [member, other])
    fair = evaluate([as_element], [member, other], fair=True)
    assert (strict.relations["defines"].false, fair.relations["defines"].false) == (1, 0)
    assert (strict.relations["includes"].missed, fair.relations["includes"].missed) == (1, 0)
    fair = evaluate([as_member], [element, apart], fair=True)
    assert (fair.relations["defines"].missed, fair.relations["includes"].false) == (0, 0)
    basis = found(s="绿色工厂", o="节能设备", facet="basis")
    fair = evaluate([basis], [member, gold(s=["绿色工厂"], o=["节能设备"], facet="goal")], fair=True)
    assert fair.relations["includes"].missed == 1


def test_fair_asks_for_one_facet_of_a_pair() -> None:
    wanted = [gold(s=["绿色工厂"], o=["节能设备"], facet=facet) for facet in ("key", "driver")]
    claims = [found(s="绿色工厂", o="节能设备", facet="key")]
    assert evaluate(claims, wanted).relations["defines"].missed == 1
    assert evaluate(claims, wanted, fair=True).relations["defines"].missed == 0


def test_optional_rows_count_neither_way() -> None:
    result = evaluate([found(s="绿色工厂", o="节能设备")], [G | {"optional": True}, gold(s=["甲"], o=["乙"], optional=True)])
    assert result.relations["defines"] == Score(0, 0, 0)


def test_optional_rows_say_that_a_rule_was_right() -> None:
    claim = found(s="绿色工厂", o="节能设备", rule="defines.is", confidence=0.8)
    result = evaluate([claim], [G | {"optional": True}])
    assert result.rules == {"defines.is": Score(1, 0)}
    assert result.bands[0.8].right == 1


def test_relations_that_were_not_annotated_are_not_scored() -> None:
    kinds = {"doc": "b", "rel": "_kinds", "kinds": ["event"]}
    claims = [found(s="绿色工厂", o="节能设备"), found(doc="b", s="甲方", o="乙方")]
    assert evaluate(claims, [G, kinds]).relations == {"defines": Score(1, 0, 0)}


def test_facets_rules_shares_and_faults() -> None:
    claims = [
        found(s="绿色工厂", o="节能设备", facet="feature"),
        found(s="甲方", o="乙方", facet="feature", rule="defines.bad"),
        found("event", event="绿色工厂推进会", date="2024-03", venue=[{"label": "苏州"}]),
    ]
    result = evaluate(claims, [G, gold(s=["丙方"], o=["丁方"], facet="goal"), EVENT])
    assert result.facets == {"element": Score(0, 0, 1), "feature": Score(0, 2, 0), "goal": Score(0, 0, 1)}
    assert result.rules == {
        "defines.bad": Score(0, 1),
        "defines.r": Score(1, 0, alone=1),
        "event.r": Score(1, 0, alone=1),
    }
    assert result.shares == {"defines": {"facet": 0.0}, "event": {"date_exact": 0.0, "venue_right": 1.0}}
    assert [(fault.kind, fault.relation) for fault in result.first_faults(1)] == [("miss", "defines"), ("false", "defines")]
    assert result.headline_f1 == pytest.approx((0.5 + 1) / 2)


@pytest.mark.parametrize(
    ("text", "fault"), [("{", "line 1: no JSON"), ('\n["a"]', "line 2: no row"), ('{"doc": "a"}', "line 1: no row")]
)
def test_a_file_that_is_no_gold(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "g.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=fault):
        read_rows(tmp_path / "g.jsonl")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Run `zhimai build` first"):
        read_rows(tmp_path / "claims.jsonl")


def noisy(rows: list[Row], rng: random.Random) -> list[Row]:
    """Half of the gold rows as claims, some with another name, date or unit."""
    claims = []
    for row in rng.sample(rows, len(rows) // 2):
        claim: Row = {}
        for slot, value in row.items():
            if slot in ("s", "o", "event", "indicator", "dimension", "a", "b", "value_a", "value_b") and value:
                label = rng.choice([*value, value[0][1:] or "无", rng.choice(rows)["doc"]])
                claim[slot] = {"label": label, "text": value[-1] if rng.random() < 0.5 else label, "aliases": []}
            elif slot == "venue":
                claim[slot] = [{"label": place[0] if isinstance(place, list) else place} for place in value]
            elif slot == "date" and value:
                claim[slot] = value[: rng.choice([4, 7, 10])]
            elif slot != "optional":
                claim[slot] = value
        claims.append(claim)
    return claims


@pytest.mark.skipif(not SCORER.is_file(), reason="the shared scorer is not beside this checkout")
def test_same_figures_as_the_shared_scorer(tmp_path: Path) -> None:
    files = sorted((SCORER.parent.parent / "gold" / "dev").glob("d*.jsonl"))
    rows = [row for file in files for row in read_rows(file)]
    claims = noisy([row for row in rows if row["rel"] != "_kinds"], random.Random(1))
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(json.dumps(claim, ensure_ascii=False) + "\n" for claim in claims), encoding="utf-8")
    ran = subprocess.run([sys.executable, SCORER, path, *files, "--json"], capture_output=True, check=True, encoding="utf-8")
    theirs, ours = json.loads(ran.stdout), evaluate(claims, rows)
    assert ours.headline_f1 == pytest.approx(theirs["headline_f1"])
    assert ours.relations.keys() == theirs["kinds"].keys()
    for relation, score in ours.relations.items():
        want = theirs["kinds"][relation]
        told = {"gold": score.right + score.missed, "found": score.right + score.false, **ours.shares[relation]}
        told |= {"precision": score.precision, "recall": score.recall, "f1": score.f1}
        assert told == pytest.approx(want)


LENT = {"rel": "cites", "authors": ["张远航"], "year": "2023"}
CITED = {**LENT, "title": "渔港经济的来路"}
FIGURE = {"rel": "indicator", "s": ["临澜市"], "indicator": ["渔获量"], "value": "1,200", "unit": "吨"}
APART = {"rel": "contrast", "dimension": ["能耗"], "value_a": ["高能耗"], "value_b": ["低能耗"]}
MET = {"rel": "event", "event": ["渔业论坛"], "date": "2031-03-05", "venue": [["青岛市", "青岛"]]}
SAID = {"rel": "holds", "s": ["张远航"], "o": ["渔港应当开放"]}


@pytest.mark.parametrize(
    ("gold", "changes", "worth"),
    [
        (CITED, {}, 6),
        (CITED, {"title": "渔港经济的来"}, 4),  # six of seven characters
        (CITED, {"title": "渔港经济"}, 0),  # four of seven
        (CITED, {"year": "2022", "authors": ["别人"]}, 4),
        (CITED, {"year": 2023}, 6),
        (CITED, {"title": None}, 0),
        (LENT, {}, 3),
        (LENT, {"year": "2022"}, 0),
        (LENT, {"authors": ["别人"]}, 0),
        (LENT, {"title": "别的"}, 0),
        (FIGURE, {}, 4),
        (FIGURE, {"value": "1200", "unit": "吨"}, 4),
        (FIGURE, {"value": "1200.0"}, 4),
        (FIGURE, {"value": "1201"}, 0),
        (FIGURE, {"value": "约1200"}, 0),
        (FIGURE, {"unit": "万吨"}, 0),
        (FIGURE | {"unit": "元"}, {"unit": "元人民币"}, 4),
        (FIGURE | {"unit": None}, {"unit": ""}, 4),
        (FIGURE, {"indicator": "渔获"}, 3),
        (FIGURE, {"indicator": "全市渔获量"}, 3),
        (FIGURE, {"indicator": "全市今年渔获量"}, 3),
        (FIGURE, {"indicator": "全市今年以来渔获量"}, 0),  # three of nine
        (FIGURE, {"s": "青河县"}, 0),
        (APART, {}, 3),
        (APART, {"value_a": ["低能耗"], "value_b": ["高能耗"]}, 3),
        (APART, {"value_a": ["高消耗"]}, 2 + 2 / 3),
        (APART, {"value_a": ["高排放"]}, 0),
        (APART, {"dimension": ["产值"]}, 0),
        (APART, {"dimension": ["单位能耗"]}, 2),
        (MET, {}, 9),
        (MET, {"date": "2031-03"}, 8),
        (MET, {"date": "2030", "venue": []}, 0),
        (MET, {"date": None, "venue": [{"label": "青岛", "text": "青岛"}]}, 7),
        (MET, {"date": None, "venue": {"label": "青岛"}}, 7),
        (MET, {"event": "渔业发展论坛", "date": "2031-03-05", "venue": []}, 5),
        (MET, {"event": "渔业发展论坛", "date": "2031", "venue": []}, 0),
        (MET, {"event": "渔业发展论坛", "date": "2031"}, 5),
        (MET, {"event": "茶业会"}, 0),
        (MET | {"venue": ["青岛市", "青岛"]}, {"venue": [["青岛"]]}, 9),
        (SAID, {}, 3),
        (SAID, {"o": ["渔港开放"]}, 2 + 4 / 6),
        (SAID, {"o": ["开放"]}, 0),
        (SAID, {"s": ["记者张远航"]}, 2),
        (SAID, {"s": ["李望山"]}, 0),
        ({"rel": "supports", "s": ["渔港规划"], "o": ["远洋渔业"]}, {"o": ["《远洋渔业》"]}, 4),
        ({"rel": "supports", "s": ["渔港规划"], "o": ["远洋渔业"]}, {"o": ["渔业"]}, 0),
        ({"rel": "supports", "s": ["渔港规划"], "o": ["远洋渔业"]}, {"s": ["临渔港规划"]}, 3),
    ],
)
def test_how_far_two_rows_say_the_same(gold: dict[str, object], changes: dict[str, object], worth: float) -> None:
    match = MATCH.get(str(gold["rel"]), match_pair)
    assert match(gold, gold | changes) == pytest.approx(worth)
