"""What people say of claims and names: found again, applied by every build, told where it is idle, written once."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from pipeline import build as module
from pipeline import extraction
from pipeline.annotate.annotator import Annotator
from pipeline.build import build
from pipeline.check import check
from pipeline.errors import UsageError
from pipeline.evaluate import evaluate, read_rows
from pipeline.model import Claim, Evidence, Name
from pipeline.renew import Report
from pipeline.review.apply import Applied, apply
from pipeline.review.gold import judged
from pipeline.review.lines import Decision, read_lines, read_review
from pipeline.review.marking import Marked, decision_on, mark, wilson
from pipeline.review.names import Names
from pipeline.review.record import record
from pipeline.rows import Table
from pipeline.store import open_store
from tests.conftest import GOLDEN_LEAST
from tests.samples import ROOT, SOURCE, claim, concept, defines, event, ontology
from tests.test_build import in_this_process
from tests.test_merge import content

PORT = "港口经济由码头、仓库和物流构成。"
POLICY = "《云渡市海洋经济促进条例》支持储能产业和冷链产业。"
MEETING = "2031年6月2日，青禾市水务局在临澜市召开港口大会。"
QUOTE = "港口经济由码头、仓库和物流构成"
WRONG = f"wrong\t甲\tdefines/element\t港口经济；仓库\t{QUOTE}\t\t王敏\t仓库属于物流"
OBJECT = "object\t乙\tsupports\t云渡市海洋经济促进条例；储能产业\t支持储能产业\t氢能产业\t王敏"
DATE = "date\t丙\tevent\t港口大会\t召开港口大会\t2031-06-03\t李禾"
READMES = ("README.md", "README.zh.md")
RIGHT = f"right\t甲\tdefines/element\t港口经济；码头\t{QUOTE}\t\t李禾"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "run", in_this_process)
    monkeypatch.setattr(module, "load_ontology", lambda folder, shelf: ontology())
    monkeypatch.setattr(extraction, "Annotator", lambda known: annotator())


@cache
def annotator() -> Annotator:
    return Annotator(ontology())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("甲", PORT), ("乙", POLICY), ("丙", MEETING)):
        (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    return folder


def say(folder: Path, *lines: str) -> None:
    (folder / "review.tsv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def run(folder: Path, out: str = "out", **how: Any) -> Report:
    return build(folder, folder.parent / out, ontology=ROOT / "ontology", **how)


def rows(folder: Path, name: str = "claims.jsonl", out: str = "out") -> list[dict[str, Any]]:
    return read_rows(folder.parent / out / name)


def told(row: dict[str, Any]) -> str:
    parts = (row[slot]["label"] for slot in ("s", "event", "o") if row.get(slot))
    return " ".join(filter(None, (row["rel"], row["facet"], *parts, row.get("date"))))


def test_what_is_said_is_in_the_next_build_and_in_the_one_after_a_change_elsewhere(corpus: Path) -> None:
    run(corpus)
    assert "defines element 港口经济 仓库" in {told(row) for row in rows(corpus)}
    say(corpus, "# 核对", WRONG, OBJECT, DATE, RIGHT)
    for number in range(2):
        report = run(corpus)
        assert report.idle == ()
        assert report.rejected["wrong by review"] == 1
        found = {told(row): row.get("reviewed_by") for row in rows(corpus)}
        assert "defines element 港口经济 仓库" not in found
        assert found["supports 云渡市海洋经济促进条例 氢能产业"] == ["王敏"]
        assert "supports 云渡市海洋经济促进条例 储能产业" not in found
        assert found["event 港口大会 2031-06-03"] == found["defines element 港口经济 码头"] == ["李禾"]
        assert found["supports 云渡市海洋经济促进条例 冷链产业"] is None
        reasons = [row["reason"] for row in rows(corpus, "rejected.jsonl")]
        assert reasons == ["wrong by review (王敏): 仓库属于物流"]
        store = open_store(corpus.parent / "out")
        asked = "ASK { ?c zm:reviewedBy '王敏' ; zm:claimObject/skos:prefLabel '氢能产业'@zh ; zm:claimPredicate zm:supports }"
        assert store.answer(asked) is True
        assert store.answer("ASK { ?s zm:hasElement/skos:prefLabel '仓库'@zh }") is False
        assert content(corpus.parent / "out") == content(_clean(corpus, f"clean{number}"))
        for name, text in (("甲", PORT), ("乙", POLICY), ("丙", MEETING)):
            (corpus / f"{name}.txt").write_text(f"冷链产业包括冷藏运输、冷库和配送。\n\n{text}\n", encoding="utf-8")


def _clean(corpus: Path, out: str) -> Path:
    run(corpus, out, clean=True)
    return corpus.parent / out


def test_a_changed_review_redoes_the_documents_that_it_touches_and_no_others(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sound = check

    def watched(facts: Any, known: Any, sources: dict[str, str], least: float) -> Any:
        done.extend(sources)
        return sound(facts, known, sources, least)

    monkeypatch.setattr("pipeline.merge.check", watched)
    run(corpus)
    steps: list[tuple[list[str], list[str]]] = [
        ([WRONG], ["甲"]),
        ([WRONG, DATE], ["丙"]),
        (["# 一行说明", DATE, WRONG], []),
        ([DATE], ["甲"]),
        ([DATE, "label\t港口大会\t港口峰会"], ["丙"]),
        ([], ["丙"]),
    ]
    for at, (lines, expected) in enumerate(steps):
        done.clear()
        say(corpus, *lines)
        report = run(corpus)
        assert (report.changed, done) == (True, expected)
        if at in (2, 4):
            assert not run(corpus).changed
            assert content(corpus.parent / "out") == content(_clean(corpus, f"clean{at}"))


def test_what_finds_no_claim_is_listed(corpus: Path) -> None:
    lines = [
        WRONG.replace("仓库\t", "道路\t"),
        WRONG.replace("甲", "丁"),
        WRONG.replace(QUOTE, "港口经济由道路构成"),
        RIGHT,
        RIGHT.replace("right", "wrong").replace("李禾", "王敏"),
        "same\t青禾市水利局\t青禾市水务局",
        "apart\t海洋经济\t蓝色经济",
        "label\t港口大会\t港口峰会",
    ]
    say(corpus, *lines)
    (corpus / "乙.txt").write_text(f"{POLICY}海洋经济由渔业构成。\n", encoding="utf-8")
    report = run(corpus)
    assert [each.partition(": ")[0] for each in report.idle] == [f"review.tsv:{at}" for at in (1, 2, 3, 4, 6, 7)]
    for reason in (
        "no such claim is read there, but defines/element 港口经济；码头 | ",
        "no document 丁 was read",
        "the quote no longer stands in the document",
        "overruled by 王敏",
        "no document names a thing so",
        "the vocabulary has both as names of one thing",
    ):
        assert sum(reason in each for each in report.idle) == 1, reason
    assert json.loads((corpus.parent / "out" / "report.json").read_text(encoding="utf-8"))["idle"] == list(report.idle)
    assert run(corpus).idle == report.idle  # nothing has changed, and it is said again
    (corpus / "丁.txt").write_text(f"{PORT}\n", encoding="utf-8")
    assert [each.partition(": ")[0] for each in run(corpus).idle] == [f"review.tsv:{at}" for at in (1, 3, 4, 6, 7)]


def test_the_gate_rejects_a_correction_that_the_ontology_does_not_allow(corpus: Path) -> None:
    say(corpus, OBJECT.replace("氢能产业", "临澜市 (Place)"), WRONG.replace("wrong", "facet").replace("\t\t", "\tcolour\t"))
    report = run(corpus)
    assert report.idle == ()
    reasons = [(row["reason"], row["reviewed_by"]) for row in rows(corpus, "rejected.jsonl")]
    assert reasons[1] == ("colour is no property of the ontology", ["王敏"])
    assert re.fullmatch("o: supports takes .*, and “临澜市” is Place", reasons[0][0])


def test_a_claim_that_a_person_calls_right_needs_no_confidence(corpus: Path) -> None:
    say(corpus, RIGHT)
    run(corpus, least=1.0)
    assert [told(row) for row in rows(corpus)] == ["defines element 港口经济 码头"]


def test_two_names_the_same_and_not_the_same(corpus: Path) -> None:
    (corpus / "丁.txt").write_text("青禾市水务局局长林望川指出，绿色工厂以节能为目标。\n", encoding="utf-8")
    (corpus / "戊.txt").write_text("林望川认为，港口枢纽的关键在于循环利用。\n", encoding="utf-8")

    def called(*lines: str) -> list[list[str]]:
        say(corpus, *lines)
        assert run(corpus).idle == ()
        answer = open_store(corpus.parent / "out").answer("SELECT ?x { ?x a zm:Person ; skos:prefLabel ?label }")
        assert isinstance(answer, Table)
        people = [str(row[0]) for row in answer.rows]
        things = {row[slot]["label"] for row in rows(corpus) for slot in ("s", "o") if row.get(slot)}
        return [people, sorted(things & {"林望川", "林司长", "港口经济", "港口枢纽", "口岸经济"})]

    before = called()
    assert len(before[0]) == 1
    assert before[1] == ["林望川", "港口枢纽", "港口经济"]
    assert len(called("apart\t林望川 @ 戊\t林望川")[0]) == 2
    assert called("same\t港口枢纽\t港口经济\t王敏\t一回事")[1] == ["林望川", "港口经济"]
    assert called("label\t港口经济\t口岸经济")[1] == ["口岸经济", "林望川", "港口枢纽"]
    assert called("same\t港口枢纽\t港口经济", "apart\t港口经济\t港口枢纽") == before  # the later word counts


def test_the_review_is_no_document_and_may_lie_elsewhere(corpus: Path) -> None:
    say(corpus, WRONG)
    report = run(corpus)
    assert (report.documents, report.failures, report.left_out) == (3, {}, {"review.tsv": "corrections"})
    (corpus / "review.tsv").rename(corpus / "our.tsv")
    assert run(corpus, review=corpus / "our.tsv").left_out == {"our.tsv": "corrections"}
    (corpus / "our.tsv").rename(corpus.parent / "our.tsv")
    assert run(corpus, "single", review=corpus.parent / "our.tsv").rejected == {"wrong by review": 1}
    say(corpus, WRONG)
    assert run(corpus / "甲.txt", "one").rejected == {"wrong by review": 1}  # it lies beside the file


MALFORMED = [
    ("是\t甲\tsupports\tA；B\tAB\t\t王", "是 is no verdict on a claim of supports"),
    ("right\t甲\tsupports\tA；B\t\t\t王", "“quote” is missing"),
    ("right\t甲\tsupports\tA；B\tAB", "“by” is missing"),
    ("right\t甲\tsupports\tA\tAB\t\t王", r"supports has 2 names, parted by ； \(s；o\)"),
    ("right\t甲\tsupports\tA；B\tAB\tC\t王", "Write what is another in the first cell"),
    ("object\t甲\tsupports\tA；B\tAB\t\t王", "does not say which object is right"),
    ("date\t甲\tsupports\tA；B\tAB\t2031\t王", "date is no verdict on a claim of supports"),
    ("date\t甲\tevent\tA\tAB\t2031-13\t王", "2031-13 is no date"),
    ("facet\t甲\tevent\tA\tAB\telement\t王", "facet is no verdict on a claim of event"),
    ("right\t甲\tsupports\tA；B\tAB\t\t王\t\t七", "七 is no offset"),
    ("right\t甲\tsupports\tA；B\tAB\t\t王\t\t7\t8", "has more cells than its verdict takes"),
    ("same\t甲", "names are missing"),
    ("right 甲 supports", "“document” is missing"),
]


@pytest.mark.parametrize(("line", "fault"), MALFORMED, ids=[row[1] for row in MALFORMED])
def test_a_malformed_line_is_named_and_nothing_is_built(corpus: Path, line: str, fault: str) -> None:
    say(corpus, "# 核对", "", WRONG, line)
    with pytest.raises(UsageError, match=rf"review\.tsv:4: .*{fault}"):
        run(corpus)
    assert not (corpus.parent / "out" / "claims.jsonl").exists()


def test_a_review_that_is_no_utf8_or_is_not_there(corpus: Path) -> None:
    (corpus / "review.tsv").write_bytes(WRONG.encode("gb18030"))
    with pytest.raises(UsageError, match=r"review\.tsv: cannot be read as UTF-8"):
        run(corpus)
    with pytest.raises(UsageError, match=r"none\.tsv: cannot be read"):
        run(corpus, review=corpus / "none.tsv")


def applied(claims: Sequence[Claim], *decisions: Decision) -> Applied:
    return apply(claims, SOURCE, decisions, Names(ontology()))


def on(verdict: str, names: str, quote: str, relation: str = "defines/element", **more: Any) -> Decision:
    return Decision(verdict, tuple(names.split("；")), "王敏", document="a", relation=relation, quote=quote, **more)


PAIR = [
    defines("青禾工厂", "节电机组", quote="青禾工厂由“链长”和节电机组构成"),
    defines("青禾工厂", "链长", quote="青禾工厂由“链长”和节电机组构成"),
    defines("青禾工厂", "节电机组", quote="节电机组构成", rule="other"),
    defines("青禾工厂", "节电机组", quote="青禾工厂建设情况"),
]


def test_a_decision_is_on_every_reading_of_its_words() -> None:
    found = applied(PAIR, on("wrong", "青禾工厂；节电机组", "由“链长”和节电机组构成"))
    assert [wrong.claim for wrong in found.wrong] == [PAIR[0], PAIR[2]]
    assert found.claims == (PAIR[1], PAIR[3])  # other names, and other words


def test_a_claim_is_found_by_other_names_of_its_things_where_none_has_the_names_themselves() -> None:
    quote = "《青禾工厂行动方案》支持储能产业"
    plan = Name("青禾工厂行动方案（试行）", "Policy")
    claims = [claim("supports", quote=quote, s=plan, o=Name(name, "Industry")) for name in ("海洋经济", "竹编")]
    for name, at in (("蓝色经济", 0), ("海洋经济", 0), ("竹编", 1), ("木雕", None)):
        found = applied(claims, on("wrong", f"青禾工厂行动方案；{name}", quote, "supports"))
        assert [wrong.claim for wrong in found.wrong] == ([] if at is None else [claims[at]])


@pytest.mark.parametrize("quote", ["青禾工厂 由“链长” 和节电机组构成", "由“链长”\u3000和节电机组"])
def test_spaces_and_line_breaks_in_a_quote_do_not_count(quote: str) -> None:
    assert len(applied(PAIR, on("wrong", "《青禾工厂》；节电机组", quote)).wrong) == 2


def test_an_offset_helps_where_words_stand_twice() -> None:
    claims = [defines("青禾工厂", "链长", quote="青禾工厂")._replace(evidence=_at("青禾工厂", at)) for at in range(3)]
    starts = [each.evidence.start for each in claims]
    for at, start in enumerate(starts):
        moved = start + 2  # something before it has grown
        found = applied(claims, on("wrong", "青禾工厂；链长", "青禾工厂", at=moved))
        assert [wrong.claim for wrong in found.wrong] == [claims[at]]
    assert len(applied(claims, on("wrong", "青禾工厂；链长", "青禾工厂")).wrong) == 3


def _at(quote: str, number: int) -> Any:
    start = -1
    for _ in range(number + 1):
        start = SOURCE.index(quote, start + 1)
    return Evidence(start, start + len(quote), quote)


@pytest.mark.parametrize(
    ("verdicts", "object_", "facet"),
    [
        (["object=机组"], "机组", "element"),
        (["object=机组", "facet=key"], "机组", "key"),
        (["object=机组", "object=设备"], "设备", "element"),
        (["wrong", "object=机组"], "机组", "element"),
        (["object=机组", "right"], "节电机组", "element"),
        (["object=机组", "wrong"], None, None),
        (["right", "wrong"], None, None),
    ],
)
def test_the_later_word_counts(verdicts: list[str], object_: str | None, facet: str | None) -> None:
    said = [each.partition("=") for each in verdicts]
    decisions = [on(verdict, "青禾工厂；节电机组", "节电机组构成", instead=instead) for verdict, _, instead in said]
    found = applied(PAIR[2:3], *decisions)
    assert [_object(each) for each in found.claims] == ([(object_, facet, ("王敏",))] if object_ else [])
    assert found.idle == ()


def _object(of: Claim) -> tuple[str, str | None, tuple[str, ...]]:
    value = of.slots["o"]
    assert isinstance(value, Name)
    return value.label, of.facet, of.reviewed_by


def test_what_may_be_another() -> None:
    told_ = event("青禾工厂推进会", "2024-03-05", "苏州市", precision="day")
    figure = claim(
        "indicator", quote="节电机组构成", s=concept("青禾工厂"), indicator=Name("产值", "Indicator"), value="3", unit="亿元"
    )
    decisions = [
        on("date", "青禾工厂推进会", "青禾工厂推进会在苏州市召开", "event", instead="2024-04"),
        on("venue", "青禾工厂推进会", "青禾工厂推进会在苏州市召开", "event", instead="无锡市；常州市"),
        on("agent", "青禾工厂推进会", "青禾工厂推进会在苏州市召开", "event", instead="青禾市政府"),
        on("value", "青禾工厂；产值；3", "节电机组构成", "indicator", instead="5"),
        on("date", "青禾工厂；产值；3", "节电机组构成", "indicator", instead="2024"),
    ]
    found = applied([told_, figure], *decisions).claims
    assert (found[0].slots["date"], found[0].slots["precision"]) == ("2024-04", "month")
    venues = found[0].slots["venue"]
    assert isinstance(venues, tuple)
    assert [(place.label, place.kind) for place in venues] == [("无锡市", "Place"), ("常州市", "Place")]
    assert found[0].slots["agent"] == Name("青禾市政府", "Body", "青禾市政府")
    assert (found[1].slots["value"], found[1].slots["period"], found[1].slots["unit"]) == ("5", "2024", "亿元")


def test_a_row_of_claims_is_found_by_what_is_written_of_it(sample_out: Path, tmp_path: Path) -> None:
    """Whatever the relation: what the terminal and a page write holds for the next build."""
    file, out = tmp_path / "review.tsv", tmp_path / "out"
    shutil.copytree(sample_out / "cache", out / "cache")  # nothing is read again
    read = read_rows(sample_out / "claims.jsonl")
    assert {row["rel"] for row in read} >= {"event", "indicator", "contrast", "cites", "holds", "defines", "supports"}
    for row in read:
        record(file, decision_on(row, "right", "王敏"))
    report = build(ROOT / "corpus", out, ontology=ROOT / "ontology", review=file, least=GOLDEN_LEAST)
    assert report.idle == ()
    assert all(row["reviewed_by"] == ["王敏"] for row in read_rows(out / "claims.jsonl"))


def test_a_decision_is_written_once_and_whole(tmp_path: Path) -> None:
    file = tmp_path / "review.tsv"
    first = on("right", "青禾工厂；节电机组", "节电\t机组\n构成")
    other = first._replace(verdict="wrong", reason="不\n对")
    assert record(file, first)
    assert not record(file, first)
    assert record(file, other)
    assert record(file, first)  # the other way round again
    file.write_bytes(file.read_bytes().rstrip(b"\n"))  # as an editor may leave it
    assert record(file, Decision("same", ("甲", "乙")))
    assert [decision.verdict for _, decision in read_lines(file)] == ["right", "wrong", "right", "same"]
    assert file.read_text(encoding="utf-8").startswith("# verdict\tdocument\t")
    before = file.read_bytes()
    with pytest.raises(UsageError, match="does not say which object is right"):
        record(file, first._replace(verdict="object"))
    with pytest.raises(UsageError, match="cannot be written"):
        record(tmp_path / "none" / "review.tsv", first)
    assert file.read_bytes() == before


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, sound = tmp_path / "review.tsv", os.write
    record(file, on("right", "青禾工厂；节电机组", "节电机组构成"))
    before = file.read_bytes()
    monkeypatch.setattr("pipeline.review.record.os.write", lambda to, data: sound(to, data[:9]))
    with pytest.raises(UsageError, match="the disk is full"):
        record(file, on("wrong", "青禾工厂；节电机组", "节电机组构成"))
    assert file.read_bytes() == before


def _write(file: Path, who: str) -> None:
    for at in range(40):
        record(file, Decision("label", (f"名{at}", "名"), who))
        record(file, Decision("label", (f"共{at}", "名")))


def test_two_may_write_at_once(tmp_path: Path) -> None:
    writers = [get_context("fork").Process(target=_write, args=(tmp_path / "review.tsv", who)) for who in ("甲", "乙")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert len(read_lines(tmp_path / "review.tsv")) == 3 * 40


def test_git_merges_what_two_have_appended(tmp_path: Path) -> None:
    lines = {"base": [RIGHT], "ours": [RIGHT, WRONG], "theirs": [RIGHT, DATE]}
    for name, those in lines.items():
        (tmp_path / name).write_text("".join(f"{line}\n" for line in those), encoding="utf-8")
    command = ["git", "merge-file", "--union", "-p", "ours", "base", "theirs"]
    merged = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True).stdout
    (tmp_path / "review.tsv").write_text(merged, encoding="utf-8")
    assert len(read_review(tmp_path / "review.tsv").places) == 3
    assert "review.tsv merge=union" in (ROOT / ".gitattributes").read_text(encoding="utf-8")


def test_marking(corpus: Path) -> None:
    run(corpus)
    read = [row for row in rows(corpus) if row["rel"] == "defines"]
    assert len(read) == 3
    answers = iter(["x\n", "r\n", "w 太宽\n", "s\n"])
    shown: list[dict[str, Any]] = []
    marked = mark(read, corpus / "review.tsv", "王敏", shown.append, lambda: next(answers))
    assert (marked, shown) == (Marked(1, 1), read)
    assert [(each.verdict, each.reason) for _, each in read_lines(corpus / "review.tsv")] == [("right", ""), ("wrong", "太宽")]
    report = run(corpus)
    assert (report.idle, report.rejected) == ((), {"wrong by review": 1})
    assert mark(read, corpus / "review.tsv", "王敏", shown.append, lambda: "") == Marked()  # no more answers


@pytest.mark.parametrize(
    ("right", "number", "low", "high"), [(8, 10, 0.490, 0.943), (0, 5, 0.0, 0.434), (50, 50, 0.929, 1.0), (90, 100, 0.826, 0.945)]
)
def test_wilson(right: int, number: int, low: float, high: float) -> None:
    assert wilson(right, number) == pytest.approx((low, high), abs=5e-4)


def test_review_on_the_terminal(corpus: Path) -> None:
    run(corpus)
    command = [sys.executable, "-m", "pipeline", "review", "--mark", "--out", str(corpus.parent / "out"), "--by", "王敏"]
    command += ["--review", str(corpus / "review.tsv"), "--sample", "9", "--relation", "defines"]
    done = subprocess.run(command, input="r\nr\nw\n", capture_output=True, encoding="utf-8", cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "right: 2 of 3, precision 0.667, 95 % interval 0.208–0.939"
    assert len(read_lines(corpus / "review.tsv")) == 3


def test_a_review_as_gold(corpus: Path) -> None:
    run(corpus)
    say(corpus, WRONG, RIGHT, OBJECT, DATE.replace("date", "right").replace("2031-06-03", ""))
    result = evaluate(*judged(rows(corpus), corpus / "review.tsv"))
    scores = {name: score[:3] for name, score in result.relations.items()}
    assert scores == {"defines": (1, 1, 0), "event": (1, 0, 0), "supports": (0, 1, 1)}
    run(corpus)
    result = evaluate(*judged(rows(corpus), corpus / "review.tsv"))
    scores = {name: score[:3] for name, score in result.relations.items()}
    assert scores == {"defines": (1, 0, 0), "event": (1, 0, 0), "supports": (1, 0, 0)}


def test_the_lines_in_the_readme_are_lines_of_a_review(tmp_path: Path) -> None:
    shown = [re.findall(r"^```review\n(.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S) for name in READMES]
    assert shown[0] == shown[1]
    (tmp_path / "review.tsv").write_text("".join(shown[0]), encoding="utf-8")
    read = read_lines(tmp_path / "review.tsv")
    assert len(read) == 6
    source = (ROOT / "corpus" / "01_向海图强.txt").read_text(encoding="utf-8")
    assert all(decision.quote in source for _, decision in read)
