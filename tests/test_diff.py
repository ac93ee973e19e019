"""What came, went and changed between two builds."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

import pipeline as zhimai
from pipeline.build import build
from pipeline.builds import hold
from pipeline.claims import read_claims
from pipeline.diff import Changes, diff
from pipeline.rows import Row
from pipeline.show import told
from pipeline.show_changes import as_table, lines, totals
from tests.samples import ROOT
from tests.test_cli import Run
from tests.test_cli import zhimai as command

__all__ = ["command"]  # the fixture

OLD = (
    "蓝湾经济\n\n蓝湾经济以近海空间为载体，以海洋牧场为基础。《蓝湾行动方案》支持发展储能产业。\n\n"
    "2031年3月5日，蓝湾经济推进会在临澜市召开。2030年，临澜市渔业增加值达到12亿元。\n"
)
NEW = (
    "蓝湾经济\n\n本文作于临澜。\n\n蓝湾经济以近海空间为载体，以港口网络为基础。《蓝湾行动方案》支持发展储能产业。\n\n"
    "2031年3月6日，蓝湾经济推进会在临澜市召开。2030年，临澜市渔业增加值达到15亿元。\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two builds, `old` and `new`, of a text that was worked over."""
    folder = tmp_path_factory.mktemp("diff")
    for name, text in (("old", OLD), ("new", NEW)):
        (folder / f"{name}-texts").mkdir()
        (folder / f"{name}-texts" / "蓝湾.txt").write_text(text, encoding="utf-8")
        zhimai.build_graph(folder / f"{name}-texts", folder / name)
    return folder


TEXT = """\
5 → 5 facts: 1 came, 1 went, 2 changed, 2 moved
  defines: 1 came, 1 went
  event: 1 changed
  indicator: 1 changed

蓝湾: 1 came, 1 went, 2 changed
  − 蓝湾经济 — defines basis — 海洋牧场
  + 蓝湾经济 — defines basis — 港口网络
  ~ 蓝湾经济推进会 — event — 2031-03-06 临澜市
      date: 2031-03-05 → 2031-03-06
  ~ 临澜市渔业 — indicator — 增加值 15亿元 2030
      value: 12亿元 → 15亿元
"""
CHINESE = """\
事实 5 → 5 条：改变 1，移位 4
  事件：改变 1

蓝湾：改变 1
  ~ 蓝湾经济推进会 — 事件 — 2031-03-06 临澜市
      日期：2031-03-05 → 2031-03-06
"""
CSV = """\
change,doc,rel,facet,subject,object,field,old,new,quote,start,end
went,蓝湾,defines,basis,蓝湾经济,海洋牧场,,,,以海洋牧场为基础,19,27
came,蓝湾,defines,basis,蓝湾经济,港口网络,,,,以港口网络为基础,28,36
"""


def test_two_builds_of_a_text_that_was_worked_over(command: Run, built: Path) -> None:
    assert command("diff", built / "old", built / "new") == (0, TEXT, "")


def test_two_builds_as_rows(command: Run, built: Path) -> None:
    code, stdout, stderr = command("diff", built / "old", built / "new", "--relation", "basis", "--format", "csv", "--exit-code")
    assert (code, stdout, stderr) == (1, CSV, "1 → 1 facts: 1 came, 1 went\n")
    rows = json.loads(command("diff", built / "old", built / "new", "-f", "json")[1])
    assert [(row["field"], row["old"], row["new"]) for row in rows if row["change"] == "changed"] == [
        ("date", "2031-03-05", "2031-03-06"),
        ("value", "12亿元", "15亿元"),
    ]


def test_a_file_kept_elsewhere_and_in_chinese(command: Run, built: Path, tmp_path: Path) -> None:
    """Facts of old and new mixed in a file by hand: the words are those of the shipped ontology, as no store is there."""
    rows = read_claims(built / "old")
    mixed = [new if new["rel"] == "event" else old for old, new in zip(rows, read_claims(built / "new"), strict=True)]
    for row in mixed:
        row["start"] += 1
    for name, these in (("old.jsonl", rows_of_file(built / "old")), ("mixed.jsonl", mixed)):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in these), encoding="utf-8")
    assert command("diff", tmp_path / "old.jsonl", tmp_path / "mixed.jsonl", "--lang", "zh")[1] == CHINESE
    assert command("diff", built / "old", tmp_path / "mixed.jsonl", "--lang", "zh")[1] == CHINESE


def rows_of_file(out: Path) -> list[Row]:
    return [json.loads(line) for line in (out / "claims.jsonl").read_text(encoding="utf-8").split("\n") if line]


def test_a_build_and_itself(command: Run, built: Path) -> None:
    out = built / "old"
    for other in (out, out / "current", out / "claims.jsonl", hold(out).folder):
        assert command("diff", out, other, "--exit-code") == (0, "5 → 5 facts: 5 the same\n", "")


def test_rows_from_stdin(command: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (built / "new" / "claims.jsonl").open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert command("diff", built / "old", "-")[1] == TEXT


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--document", "蓝湾.txt"], "no fact of 蓝湾.txt in either build: did you mean 蓝湾?\n"),
        (["--relation", "suports"], "no fact of suports in either build: did you mean supports?\n"),
        (["--document", "赤水河"], "no fact of 赤水河 in either build\n"),
    ],
)
def test_what_no_build_has_is_said(command: Run, built: Path, options: list[str], said: str) -> None:
    assert command("diff", built / "old", built / "new", *options) == (0, "0 → 0 facts: none\n", said)


@pytest.mark.parametrize(
    ("content", "code", "fault"),
    [
        (None, 2, "there: no such folder or file."),
        (b"\xff\xfe", 1, "there: no UTF-8 (invalid start byte at byte 0)."),
        ("蓝湾经济".encode(), 1, "there, line 1: no JSON"),
        (b'{"doc": 1, "rel": "event"}', 1, "there, line 1: no row;"),
        (b'{"doc": "a", "rel": "defines", "s": ["b"]}', 1, "there: a row of a is no claim: s is no thing."),
        (b'{"doc": "a", "rel": "event", "venue": ["b"]}', 1, "there: a row of a is no claim: venue is no thing."),
        (b'{"doc": "a", "rel": "event", "start": "b"}', 1, "there: a row of a is no claim: start is no number."),
    ],
)
def test_what_is_no_build_is_named(
    command: Run, built: Path, tmp_path: Path, content: bytes | None, code: int, fault: str
) -> None:
    if content is not None:
        (tmp_path / "there").write_bytes(content)
    exited, stdout, stderr = command("diff", built / "old", tmp_path / "there")
    assert (exited, stdout, len(stderr.splitlines())) == (code, "", 1)
    assert stderr.startswith(f"error: {tmp_path}/{fault}")


def test_a_folder_without_a_build_is_named(command: Run, built: Path, tmp_path: Path) -> None:
    exited, stdout, stderr = command("diff", tmp_path, built / "old")
    assert (exited, stdout) == (2, "")
    assert stderr == (
        f"error: {tmp_path}: holds no claims.jsonl. Run `zhimai build --out {tmp_path}` first, or name another folder.\n"
    )


TWO_NAMES = "蓝海经济以种子研发为基础。蓝色海洋经济以种子研发为基础。蓝色海洋经济以海洋牧场为载体。\n"


def test_names_that_a_user_decided_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "蓝海.txt").write_text(TWO_NAMES, encoding="utf-8")
    (tmp_path / "names.txt").write_text("蓝海经济 = 蓝色海洋经济\n", encoding="utf-8")
    (tmp_path / "apart.txt").write_text("蓝海经济 ≠ 蓝色海洋经济\n", encoding="utf-8")
    for name in ("names", "apart"):
        build(tmp_path / "texts", tmp_path / name, ontology=ROOT / "ontology", names=tmp_path / f"{name}.txt")
    made = zhimai.diff_graphs(tmp_path / "apart", tmp_path / "names")
    assert [(one.how, one.old.label, one.new.label) for one in made.things] == [("replaced", "蓝海经济", "蓝色海洋经济")]
    assert (made.came, made.went, [told(row) for row in made.merged]) == ((), (), ["蓝海经济 — defines basis — 种子研发"])
    undone = zhimai.diff_graphs(tmp_path / "names", tmp_path / "apart")
    assert [(one.how, one.old.label, one.new.label) for one in undone.things] == [("replaced", "蓝色海洋经济", "蓝海经济")]
    assert (undone.came, undone.went, undone.parted) == ((), (), made.merged)


# --- rows by hand ---------------------------------------------------------------------------------------------------------


def thing(label: str, iri: str = "", text: str = "", aliases: tuple[str, ...] = ()) -> Row:
    return {"iri": f"https://x.org/{iri or label}", "label": label, "text": text or label, "aliases": list(aliases)}


def row(rel: str = "defines", **fields: Any) -> Row:
    facet = "basis" if rel == "defines" else None
    given = {"doc": "a", "rel": rel, "facet": facet, "quote": "…", "start": 5, "end": 9, "rule": f"{rel}.x", "confidence": 0.9}
    slots = {name: thing(value) for name, value in fields.items() if name in THINGS and isinstance(value, str)}
    return given | fields | slots


THINGS = ("s", "o", "event", "indicator", "a", "b", "dimension", "work", "agent")
SAME = "renamed 临澜 → 临澜, 1"
WENT = "− 蓝湾经济 — defines basis — 海洋牧场"


def pair(s: Row | str = "蓝湾经济", o: Row | str = "海洋牧场", **fields: Any) -> Row:
    return row(s=s, o=o, **fields)


def event(date: str | None, event: str | Row = "推进会", venue: tuple[Row, ...] = (), **fields: Any) -> Row:
    named = thing(event, f"{event}-{date}") if isinstance(event, str) else event
    return row("event", **({"event": named, "venue": list(venue), "agent": None, "date": date, "dateText": None} | fields))


def figure(value: str, period: str | None = "2030", unit: str = "亿元", **fields: Any) -> Row:
    given = {"s": "临澜市", "indicator": "产值", "value": value, "unit": unit, "bound": "=", "period": period, "change": False}
    return row("indicator", **(given | fields))


def cited(title: str, author: str, year: str, **fields: Any) -> Row:
    work = thing(title, f"{title}-{author}-{year}")
    return row("cites", work=work, authors=[author], title=title, year=year, container=None, **fields)


def contrast(first: str, second: str, **fields: Any) -> Row:
    values = {"value_a": {"iri": None, "label": first}, "value_b": {"iri": None, "label": second}}
    return row("contrast", a="旧港", b="新港", dimension="动力", **(values | fields))


def summary(changes: Changes) -> list[str]:
    """What differs, a line each: signs, and the fields of what changed."""
    said = [f"− {told(row)}" for row in changes.went] + [f"+ {told(row)}" for row in changes.came]
    said += [f"~ {one.field}: {one.old} → {one.new}" for change in changes.changed for one in change.differences]
    said += [f"{one.how} {one.old.label} → {one.new.label}, {one.facts}" for one in changes.things]
    said += [f"moved {rel}" for rel, number in changes.moved.items() for _ in range(number)]
    return said


DIFFERENT = [
    ("nothing", pair(), pair(), []),
    ("another place", pair(), pair(start=7, end=11), ["moved defines"]),
    ("other words", pair(), pair(quote="以海洋牧场作基础"), ["moved defines"]),
    ("another rule as sure", pair(), pair(rule="defines.y"), ["moved defines"]),
    ("names that are found elsewhere", pair(), pair(o=thing("海洋牧场", aliases=("牧场",))), []),
    ("another object", pair(), pair(o="港口", quote="以港口为基础"), [WENT, "+ 蓝湾经济 — defines basis — 港口"]),
    ("another facet", pair(), pair(facet="goal"), [WENT, "+ 蓝湾经济 — defines goal — 海洋牧场"]),
    ("another document", pair(), pair(doc="b"), [WENT, "+ 蓝湾经济 — defines basis — 海洋牧场"]),
    ("confidence", pair(), pair(confidence=0.8), ["~ confidence: 0.90 → 0.80"]),
    ("confidence within rounding", pair(), pair(confidence=0.9001), []),
    ("plan", pair(), pair(planned=True), ["~ planned:  → yes"]),
    ("definition", pair(definition="海上的经济"), pair(definition="海的经济"), ["~ definition: 海上的经济 → 海的经济"]),
    ("holder", pair(), pair(attributed_to=[thing("姚孟白")]), ["~ attributed_to:  → 姚孟白"]),
    ("label", pair(s=thing("蓝湾经济", "1")), pair(s=thing("蓝湾的经济", "1")), ["renamed 蓝湾经济 → 蓝湾的经济, 1"]),
    ("IRI", pair(), pair(s=thing("蓝湾经济", "1")), ["renamed 蓝湾经济 → 蓝湾经济, 1"]),
    ("both, by a name", pair(), pair(s=thing("海湾经济", "1", aliases=("蓝湾经济",))), ["renamed 蓝湾经济 → 海湾经济, 1"]),
    ("both, by an old name", pair(s=thing("甲", aliases=("乙",))), pair(s="乙"), ["renamed 甲 → 乙, 1"]),
    ("what words stand for", pair(s=thing("甲", text="本办法")), pair(s=thing("乙", text="本办法")), ["~ s: 甲 → 乙"]),
    ("another object in the same words", pair(), pair(o="海洋牧场网"), ["~ o: 海洋牧场 → 海洋牧场网"]),
    ("date", event("2031-03"), event("2031-04"), ["~ date: 2031-03 → 2031-04"]),
    ("words of a date", event("2031-03"), event("2031-03", dateText="三月"), []),
    ("words of a date that is not known", event(None), event(None, dateText="三月"), ["~ date:  → 三月"]),
    ("venue", event("2031", venue=(thing("临澜"),)), event("2031", venue=(thing("白沙"),)), ["~ venue: 临澜 → 白沙"]),
    ("venue named otherwise", event("2031", venue=(thing("临澜"),)), event("2031", venue=(thing("临澜", "1"),)), [SAME]),
    ("agent", event("2031"), event("2031") | {"agent": thing("临澜市")}, ["~ agent:  → 临澜市"]),
    ("value", figure("12"), figure("15"), ["~ value: 12亿元 → 15亿元"]),
    ("bound", figure("12"), figure("12", bound=">"), ["~ value: 12亿元 → >12亿元"]),
    ("period", figure("12"), figure("12", "2031"), ["~ period: 2030 → 2031"]),
    ("a figure or its growth", figure("5", unit="%"), figure("5", unit="%", change=True), ["~ change:  → yes"]),
    (
        *("value and period", figure("12"), figure("15", "2031")),
        ["− 临澜市 — indicator — 产值 12亿元 2030", "+ 临澜市 — indicator — 产值 15亿元 2031"],
    ),
    ("side of a contrast", contrast("煤", "电"), contrast("煤", "氢"), ["~ value_b: 电 → 氢"]),
    ("year of a work", cited("港口论", "江一舟", "2019"), cited("港口论", "江一舟", "2020"), ["~ year: 2019 → 2020"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), [given[1:] for given in DIFFERENT], ids=[given[0] for given in DIFFERENT])
def test_what_is_another_fact_and_what_a_changed_one(old: Row, new: Row, expected: list[str]) -> None:
    assert summary(diff([old], [new])) == expected


def test_an_event_of_each_year_is_compared_with_its_own() -> None:
    old = [event("2030", start=1), event("2031", start=2, quote="次年")]
    new = [event("2031", start=2), event("2032", start=9), event("2029", start=3)]
    assert summary(diff(old, new)) == ["+ 推进会 — event — 2029", "~ date: 2030 → 2032", "moved event"]
    assert summary(diff(old, old[::-1])) == []


def test_a_figure_is_compared_with_that_of_its_period_and_unit() -> None:
    old = [figure("12"), figure("8", unit="%"), figure("13", "2031")]
    new = [figure("9", unit="%"), figure("15"), figure("13", "2031")]
    assert summary(diff(old, new)) == ["~ value: 12亿元 → 15亿元", "~ value: 8% → 9%"]


def test_things_merged_and_parted_are_no_hundreds_of_facts() -> None:
    old = [pair(s=name, o=f"产业{number}", start=number) for number in range(100) for name in ("省委", "云川省委")]
    whole = thing("云川省委", aliases=("省委",))
    new = [pair(s=whole, o=f"产业{number}", start=number) for number in range(100)]
    changes = diff(old, new)
    assert summary(changes) == ["merged 省委 → 云川省委, 100"]
    assert len(changes.merged) == 100
    assert summary(diff(new, old)) == ["parted 云川省委 → 省委, 100"]


def test_what_the_same_words_are_read_as_is_a_thing_replaced() -> None:
    """No row says that 甲局 is another name of 海洋局; but the sentences stay, and it is in no fact any more."""
    old = [pair(s="甲局", quote="甲局以港口为基础", o="港口"), pair(s="甲局", quote="甲局重渔业", o="渔业")]
    old += [event("2031", agent=thing("甲局"))]
    new = [pair(s="海洋局", quote="甲局以港口为基础", o="港口", start=7), pair(s="海洋局", quote="甲局重渔业", o="渔业")]
    new += [event("2031", agent=thing("海洋局"))]
    assert summary(diff(old, new)) == ["replaced 甲局 → 海洋局, 3", "moved defines"]
    still = pair(s="甲局", o="潮汐", doc="b")  # so that it is known to both builds
    assert summary(diff([*old, still], [*new, still])) == ["replaced 甲局 → 海洋局, 3", "moved defines"]
    both = [*(row | {"doc": "b", "facet": "goal"} for row in old), *(row | {"doc": "c", "facet": "goal"} for row in new)]
    assert (
        len(summary(diff([*old, *both], [*new, *both]))) == 5
    )  # two went, two came, one changed: two things that both builds have


def test_members_of_a_list_that_are_others_are_not_taken_for_each_other() -> None:
    old, new = ([pair(o=name) for name in names] for names in (("港口", "渔业", "潮汐"), ("港口", "渔业", "风电")))
    assert summary(diff(old, new)) == ["− 蓝湾经济 — defines basis — 潮汐", "+ 蓝湾经济 — defines basis — 风电"]


def test_a_fact_of_another_thing_of_the_same_name_is_changed() -> None:
    """Two namesakes that both builds know: the fact is another one's now, which only the IRIs tell."""
    namesakes = [thing("王明", "1"), thing("王明", "2")]
    known = [pair(s=one, doc="b", o=one["iri"]) for one in namesakes]
    changes = diff([pair(s=namesakes[0]), *known], [pair(s=namesakes[1]), *known])
    assert summary(changes) == ["~ s: https://x.org/1 → https://x.org/2"]


def test_an_event_that_goes_is_not_merged_with_its_namesake_of_another_year() -> None:
    assert summary(diff([event("2030"), event("2031")], [event("2030")])) == ["− 推进会 — event — 2031"]


def test_the_base_of_all_iris_is_told_once() -> None:
    names = ["甲", "乙", "丙", "丁", "戊", "己"]
    bases = [
        [pair(s=thing(name, f"{base}/entity/{name}"), o=thing("港口", f"{base}/entity/港口")) for name in names] for base in "pq"
    ]
    said = list(lines(diff(*bases), {}, "en"))
    assert said == [
        "6 → 6 facts: 6 the same",
        "",
        "renamed 丁、丙、乙、己、戊 … (7 things): https://x.org/p/ → https://x.org/q/",
    ]


def test_a_rule_that_is_surer_is_told_once() -> None:
    old = [pair(o=name) for name in ("海洋牧场", "港口", "渔业")]
    new = [one | {"confidence": 0.95} for one in old]
    new[2]["rule"] = "defines.y"
    said = list(lines(diff(old, new), {}, "en"))
    assert said[3:5] == ["confidence defines.x: 0.90 → 0.95 (2 facts)", ""]
    assert said[5:] == ["a: 1 changed", "  ~ 蓝湾经济 — defines basis — 渔业", "      confidence: 0.90 → 0.95"]


def test_nothing_that_steers_a_terminal_is_shown() -> None:
    said = list(
        lines(diff([pair(definition="甲\x1b[31m\n乙")], [pair(definition="丙", s=thing("蓝\x9b湾", "蓝湾经济"))]), {}, "en")
    )
    assert "renamed 蓝湾经济 → 蓝\ufffd湾 (1 fact)" in said
    assert said[-1] == "      definition: 甲\ufffd[31m乙 → 丙"


@pytest.mark.parametrize("relation", [None, "supports", "element"])
def test_the_sample_and_what_is_left_of_it(sample_out: Path, relation: str | None) -> None:
    """Whatever is done to rows, each is counted once on its side, and the other way round the same is told."""
    old = read_claims(sample_out)
    new = worked_over(read_claims(sample_out), random.Random(7))
    there, back = diff(old, new, relation=relation), diff(new, old, relation=relation)
    counted = {what: sum(told.get(what, 0) for told in there.counts().values()) for what in ("came", "went", "changed", "moved")}
    assert relation or all(counted.values())
    for changes, (one, other) in ((there, (old, new)), (back, (new, old))):
        of_old, of_new = (sum(relation in (None, row["rel"], row["facet"]) for row in side) for side in (one, other))
        assert totals(changes, "en").startswith(f"{of_old} → {of_new} facts: ")
    assert (there.came, there.went, there.moved, there.same) == (back.went, back.came, back.moved, back.same)
    turned = [(one.field, one.new, one.old) for change in back.changed for one in change.differences]
    assert sorted(turned) == sorted(tuple(one) for change in there.changed for one in change.differences)
    assert len(as_table(there).rows) >= len(there.came) + len(there.went) + len(there.changed)


def worked_over(rows: list[Row], chance: random.Random) -> list[Row]:
    """The rows, of which some are left out, some moved, some surer and some of another document."""
    kept = [row for row in rows if chance.random() > 0.1]
    for row in kept:
        done = chance.random()
        if done < 0.3:
            row |= {"start": row["start"] + 4, "end": row["end"] + 4}
        elif done < 0.4:
            row["confidence"] = round(row["confidence"] - 0.1, 2)
        elif done < 0.5:
            row["doc"] = f"{row['doc']}+"
        elif done < 0.6:
            row["planned"] = not row.get("planned")
    return kept
