"""What holds of every claim, whatever the text: its evidence is in the source, it has a rule, two runs give the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract import EXTRACTORS
from pipeline.model import Document, Name
from tests.extracting import claims_of, made, read_text, shown
from tests.samples import ontology
from tests.test_extract_defines import MADE as DEFINITIONS
from tests.test_extract_events import MADE as EVENTS
from tests.test_extract_supports import MADE as POLICIES

FACETS = {"element", "feature", "hallmark", "essence", "key", "driver", "origin", "carrier", "goal", "basis"}
RELATIONS = {"defines", "includes", "event", "supports", "restricts", "indicator", "contrast", "cites", "uses", "holds"}
TITLE = "云渡省海洋经济发展三年行动计划"
PARAGRAPHS = (
    "海洋牧场是以人工鱼礁为基础的新型渔业生产方式，在沿海各地已经推广多年。海洋牧场以生态修复为主要特征，其关键在于环境监测。",
    "各地要大力发展海水淡化产业、海洋生物医药产业，加快推进远洋渔业转型升级，严格执行伏季休渔制度，保护近海的水生生物资源。",
    "2024年3月5日，全省海洋经济推进会在临海市召开，来自沿海十二个县的渔民代表和科研人员参加，会议为期两天，并安排了实地参观。",
    "《海岛旅游行动计划》提出，支持海岛民宿业，改善码头、淡水和供电条件，让游客愿意来、住得下。良种是水产养殖业的重要基础。",
)


def wrapped(width: int, *, end: str = "\n", indent: str = "　　") -> str:
    """A file with hard line breaks after every `width` characters, as a page has them."""
    lines = [TITLE, ""]
    for paragraph in PARAGRAPHS:
        text = indent + paragraph
        lines += [text[at : at + width] for at in range(0, len(text), width)]
    return end.join((*lines, ""))


WHOLE = wrapped(200)
WRAPPED = [
    wrapped(22),
    wrapped(25),
    wrapped(31),
    wrapped(27),
    wrapped(28, end="\r\n"),
    wrapped(28, indent="    "),
    "\ufeff" + wrapped(26),
]


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
        assert claim.rule.split(".")[0] in RELATIONS
        for name in (slot for slot in claim.slots.values() if isinstance(slot, Name)):
            assert name.label == name.label.strip()
            assert "\n" not in name.label
            assert name.label
            assert name.kind in ontology().classes
    return len(claims)


@pytest.mark.parametrize("text", WRAPPED)
def test_breaks_inside_sentences(text: str) -> None:
    document = read_text(text)
    assert sound(document) >= 8
    assert any("\n" in claim.evidence.quote for claim in claims_of(document))


@pytest.mark.parametrize("text", WRAPPED)
def test_breaks_do_not_change_what_is_said(text: str) -> None:
    assert list(map(shown, claims_of(read_text(text)))) == list(map(shown, claims_of(read_text(WHOLE))))


def test_rows_of_all_families_together() -> None:
    text = "\n".join(row.values[0] for row in (*DEFINITIONS, *EVENTS, *POLICIES))
    assert sound(made(text)) > 150


def test_read_rows() -> None:
    assert sum(sound(read_text(row.values[0])) for row in POLICIES[:40:4]) > 3


def test_two_runs_agree() -> None:
    assert claims_of(read_text(WRAPPED[0])) == claims_of(read_text(WRAPPED[0]))


def test_families_are_all_there() -> None:
    assert set(EXTRACTORS) == {"defines", "includes", "event", "supports", "indicator", "contrast", "cites", "uses", "holds"}


def test_each_cut_of_a_text_is_sound() -> None:
    for length in range(1, len(WHOLE), 7):
        sound(made(WHOLE[:length]))


def test_nothing_from_little() -> None:
    for text in ("。", "是", "的", "，，，", "《》", "“”", "2024年", "以为", "特征", "支持", "在召开", "本条例所称，是指。"):
        assert sound(made(text)) == 0


def test_name_of_the_document_is_carried() -> None:
    document = replace(made("冷链物流的关键在于温度控制。"), name="甲")
    assert [claim.document for claim in claims_of(document)] == ["甲"]
