"""What holds of every claim, whatever the text: its evidence is in the source, it has a rule, two runs give the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract import EXTRACTORS
from pipeline.model import Document, Name
from tests.extracting import claims_of, made, read_text
from tests.samples import ontology
from tests.test_extract_defines import MADE as DEFINITIONS
from tests.test_extract_events import MADE as EVENTS
from tests.test_extract_supports import MADE as POLICIES

FACETS = {"element", "feature", "hallmark", "essence", "key", "driver", "origin", "carrier", "goal", "basis"}
RELATIONS = {"defines", "includes", "event", "supports", "restricts"}
SOURCE = (
    "云渡省海洋经济发展三年行动计划\n\n"
    "一、总体要求\n\n"
    "海洋牧场是以人工鱼礁为基础\n的新型渔业生产方式。海洋牧场以生态修复为主要特\n征，其关键在于环境监测。\n\n"
    "二、重点任务\n\n"
    "大力发展海水淡化\n产业、海洋生物医药\n产业。2024年3月5\n日，全省海洋经济推进会在临\n海市召开。\n\n"
    "《海岛旅游行动\n计划》提出，支持海岛\n民宿业。\n"
)
TEXTS = [SOURCE, SOURCE.replace("\n", "\r\n"), SOURCE.replace("\n\n", "\n\n　　"), "\ufeff" + SOURCE]


def sound(document: Document) -> int:
    """Asserts what holds of every claim of a document, and gives their number."""
    claims = claims_of(document)
    for claim in claims:
        quoted = claim.evidence
        assert document.source[quoted.start : quoted.end] == quoted.quote
        assert 0 < len(quoted.quote) <= 400
        assert quoted.quote == quoted.quote.strip()
        assert claim.document == document.name
        assert claim.relation in RELATIONS
        assert claim.facet in FACETS if claim.relation == "defines" else claim.facet is None
        assert 0 < claim.confidence <= 1
        assert claim.rule.split(".")[0] in {"defines", "includes", "event", "supports", "restricts"}
        for name in (slot for slot in claim.slots.values() if isinstance(slot, Name)):
            assert name.label == name.label.strip()
            assert "\n" not in name.label
            assert name.label
            assert name.kind in ontology().classes
    return len(claims)


@pytest.mark.parametrize("text", TEXTS)
def test_breaks_inside_sentences(text: str) -> None:
    document = read_text(text)
    assert sound(document) >= 6
    assert any("\n" in claim.evidence.quote for claim in claims_of(document))


@pytest.mark.parametrize("text", TEXTS[1:])
def test_breaks_do_not_change_what_is_said(text: str) -> None:
    said = [(claim.relation, claim.facet, claim.slots, claim.rule) for claim in claims_of(read_text(text))]
    assert said == [(claim.relation, claim.facet, claim.slots, claim.rule) for claim in claims_of(read_text(SOURCE))]


def test_rows_of_all_families_together() -> None:
    text = "\n".join(row.values[0] for row in (*DEFINITIONS, *EVENTS, *POLICIES))
    assert sound(made(text)) > 150


def test_read_rows() -> None:
    assert sum(sound(read_text(row.values[0])) for row in POLICIES[:40:4]) > 3


def test_two_runs_agree() -> None:
    assert claims_of(read_text(SOURCE)) == claims_of(read_text(SOURCE))


def test_families_are_all_there() -> None:
    assert set(EXTRACTORS) == {"defines", "event", "supports"}


def test_each_cut_of_a_text_is_sound() -> None:
    for length in range(1, len(SOURCE), 7):
        sound(made(SOURCE[:length].replace("\n", "")))


def test_nothing_from_little() -> None:
    for text in ("。", "是", "的", "，，，", "《》", "“”", "2024年", "以为", "特征", "支持", "在召开", "本条例所称，是指。"):
        assert sound(made(text)) == 0


def test_name_of_the_document_is_carried() -> None:
    document = replace(made("冷链物流的关键在于温度控制。"), name="甲")
    assert [claim.document for claim in claims_of(document)] == ["甲"]
