"""One document as extractors ask it: where a position is, what is named there, what a claim quotes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.extract.reader import Reader
from pipeline.model import Cue, Name, OffsetMap, Span
from tests.extracting import annotate, annotator, made
from tests.samples import ontology

TEXT = "#总则\n渔港改造，船坞扩建。冷库——渔获之仓（含保鲜，冷冻）已经建成。\n#附则\n^见表。\n@渔港志\n末段。"


def reader(text: str) -> Reader:
    return Reader(annotate(text), ontology())


def around(of: Reader, word: str) -> int:
    return of.text.index(word)


@pytest.mark.parametrize(
    ("word", "clause"),
    [
        ("改造", "渔港改造"),
        ("船坞", "船坞扩建"),
        ("冷库", "冷库"),
        ("之仓", "渔获之仓（含保鲜，冷冻）已经建成"),
        ("冷冻", "渔获之仓（含保鲜，冷冻）已经建成"),
        ("末段", "末段"),
    ],
)
def test_clauses(word: str, clause: str) -> None:
    of = reader(TEXT)
    for _ in range(2):  # the second time it is remembered
        start, end = of.clause(around(of, word))
        assert of.text[start:end] == clause


def test_the_next_clause() -> None:
    of = reader(TEXT)
    start, end = of.next_clause(of.clause(around(of, "渔港")).end)
    assert of.text[start:end] == "船坞扩建"


def test_the_clause_at_the_end_of_the_text() -> None:
    of = reader("渔港改造")
    assert of.clause(len(of.text)) == Span(0, 4)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [("船坞", "渔港改造，船坞扩建。"), ("冷库", "冷库——渔获之仓（含保鲜，冷冻）已经建成。"), ("末段", "末段。")],
)
def test_sentences(word: str, sentence: str) -> None:
    of = reader(TEXT)
    start, end = of.sentence(around(of, word))
    assert of.text[start:end].strip() == sentence


def test_blocks_and_headings() -> None:
    of = reader(TEXT)
    kinds = [of.block(around(of, word)).kind for word in ("总则", "船坞", "见表", "渔港志", "末段")]
    assert kinds == ["heading", "paragraph", "footnote", "reference", "paragraph"]
    assert [of.text[block.start : block.end] for block in of.headings(around(of, "船坞"))] == ["总则"]
    assert [of.text[block.start : block.end] for block in of.headings(around(of, "末段"))] == ["附则"]
    assert list(of.headings(around(of, "总则"))) == []


def test_notes_and_references_are_asides() -> None:
    of = reader(TEXT)
    assert [of.is_aside(around(of, word)) for word in ("船坞", "见表", "渔港志", "末段", "总则")] == [
        False,
        True,
        True,
        False,
        False,
    ]


def test_clauses_with_a_word_come_once_and_leave_asides_out() -> None:
    of = reader("渔港新渔港，渔港。\n^渔港志。\n渔船。")
    assert [of.text[start:end] for start, end in of.clauses_with(re.compile("渔港"))] == ["渔港新渔港", "渔港"]


def test_mentions_within_and_of_a_kind() -> None:
    of = reader("海洋经济在苏州市起步，《海岛办法》随后出台。")
    assert [mention.label for mention in of.mentions(0, 4)] == ["海洋经济"]
    assert of.mentions(0, 3) == []
    assert [mention.label for mention in of.mentions_of("Place")] == ["苏州市"]
    assert of.mentions_of("Unit") == []
    assert set(of.concept_at) == {0}


def test_dates_that_begin_within() -> None:
    of = reader("2024年3月5日开工，2025年完工。")
    assert [date.value for date in of.dates(0, 1)] == ["2024-03-05"]
    assert [date.value for date in of.dates(1, 30)] == ["2025"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("国家发展改革委发文。", "发展", True),
        ("发展渔业。", "发展", False),
        ("《关于发展渔业的意见》印发。", "发展", True),
        ("《意见》要求发展渔业。", "发展", False),
    ],
)
def test_a_cue_inside_a_name(text: str, word: str, expected: bool) -> None:
    of = reader(text)
    start = of.text.index(word)
    assert of.inside_name(Cue(start, start + len(word), word, ())) is expected


def test_names_known_to_a_vocabulary_have_its_iri_and_class() -> None:
    of = reader("“蓝色经济”（试点）")
    name = of.name(0, 6, "Concept")
    assert (name.label, name.text, name.kind) == ("蓝色经济", "蓝色经济", "Industry")
    assert name.term
    assert of.named("渔光互补（试点）", "Concept", "渔光互补") == Name(
        "渔光互补", "Concept", "渔光互补", ("渔光互补（试点）",), None
    )
    assert of.name(0, 6, "Policy").kind == "Policy"


def test_evidence_is_what_stands_in_the_source() -> None:
    text, source = "渔港改造完成。", "渔港改\n造完成。"
    document = replace(made(text), source=source, offsets=OffsetMap((0, 3), (0, 4)))
    of = Reader(annotator().annotate(document), ontology())
    claim = of.claim("defines", {}, 0, 4, "test")
    assert claim.evidence.quote == "渔港改\n造" == source[claim.evidence.start : claim.evidence.end]
    again = of.claim("defines", {}, 0, 4, "test")
    assert again.evidence is claim.evidence
    assert of.claim("defines", {}, 1, 4, "test").evidence.quote == "港改\n造"


def test_a_rule_that_was_not_measured_is_as_sure_as_its_relation() -> None:
    of, known = reader("渔港改造完成。"), ontology().confidence
    assert of.claim("defines", {}, 0, 4, "defines.means").confidence == known["defines.means"] != known["defines"]
    assert of.claim("defines", {}, 0, 4, "defines.unheard_of").confidence == known["defines"]
    assert of.claim("unheard", {}, 0, 4, "unheard.of").confidence == 0.5


def test_evidence_has_no_blank_at_its_ends() -> None:
    of = reader("　渔港 改造。")
    claim = of.claim("defines", {}, 0, 4, "test")
    assert (claim.evidence.start, claim.evidence.end, claim.evidence.quote) == (1, 3, "渔港")


@pytest.mark.parametrize(("text", "expected"), [("海洋经济", True), ("渔港改造", True), ("渔港和", False)])
def test_noun_phrases(text: str, expected: bool) -> None:
    assert reader(f"{text}。").is_noun_phrase(0, len(text)) is expected
