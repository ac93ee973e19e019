"""The time that a document takes grows with its length and no faster, whatever is repeated in it."""

from __future__ import annotations

import pytest

from pipeline.check import check
from pipeline.extract import extract
from pipeline.extract.prose import LONGEST
from pipeline.ledger.occasions import Occasion, identified
from pipeline.ledger.things import Ledger
from pipeline.model import Claim, Document, Fact, Name
from pipeline.read.detect import media_type
from pipeline.resolve import resolve
from pipeline.shares import graph_lines
from pipeline.terms import DEFAULT_BASE
from tests.extracting import annotator, claims_of, made, read_text
from tests.growth import LINEAR, growth
from tests.samples import document, event, ontology

CHARACTERS = [*"一的1百0。，、《“（[.%#|>*$", " ", "\n"]
WORDS = "1,000 2024年 支持 包括 源于 旨在 离不开 是指 而是 为核心 的特征 关键在于 会议 第一条 年3月 习近平总书记强调".split()
CYCLES = [
    *("是的", "包括、", "由一构成", "以一为", "（一）", "一。", "一\n", "|a", "| \n", "1.1 ", "“一”，", "《关于发展产业的决定》"),
    *("，取消", "如果，", "一、人工智能的特征\n", "|a|\n表1\n", "强调“"),
    *("人工智能的特征是", "人工智能包括大数据、", "2024年3月5日在北京召开会议", "①张三：《一》，2021年，第1页。\n"),
]
SIZE = 1_500  # characters: several clauses of the length that is read at most


def graph_of(document: Document) -> list[str]:
    """The lines of the graph that a document makes."""
    facts = resolve(extract(annotator().annotate(document), ontology()), DEFAULT_BASE, ontology().terms)
    accepted, _ = check(facts, ontology(), {document.name: document.source}, 0.0)
    return list(graph_lines(accepted, {document.name: document}, ontology(), DEFAULT_BASE, "0"))


@pytest.mark.parametrize("unit", [*CHARACTERS, *WORDS, *CYCLES])
def test_a_repeat_takes_no_longer_than_its_length(unit: str) -> None:
    texts = [f"港口概论\n\n{unit * (size // len(unit))}\n\n港口与腹地相互依存。\n" for size in (SIZE, 4 * SIZE)]
    assert growth(lambda: graph_of(read_text(texts[0])), lambda: graph_of(read_text(texts[1]))) < LINEAR


@pytest.mark.parametrize(
    ("start", "unit", "end"),
    [
        ("智慧交通", "常", "态"),
        ("以数据为核心", "、甲为乙（", "的产业"),
        ("智慧交通包括", "高一一化、", "多多"),
        ("智慧交通包括感知、", "两个甲、", "的体系"),
        ("智慧交通", "应", "建立在感知设施的基础之上"),
        ("数据", "乃", "智慧交通的基础"),
        ("具有", "甲、", "的"),
        ("数据", "能", "在智慧交通中作用，"),
    ],
)
def test_a_clause_takes_little_however_many_ways_it_could_be_read(start: str, unit: str, end: str) -> None:
    texts = [start + unit * (size // len(unit)) + end + "。" for size in (LONGEST // 4 - 40, LONGEST - 40)]
    documents = [read_text(text * 4) for text in texts]
    assert growth(lambda: graph_of(documents[0]), lambda: graph_of(documents[1])) < 2 * LINEAR


@pytest.mark.parametrize(
    "text",
    [
        *("# {印发}\n\n港口。\n", "港口\n\n① {《}\n\n港口。\n", "港口\n\n{＊}港口\n", "标题：{关于}\n港口。\n"),
        *("港口\n\n{《港口条例》规定，支持港口产业。}", "港口\n\n{《港口条例》规定，办法支持港口产业。}"),
    ],
)
def test_a_repeat_in_its_place_takes_no_longer_than_its_length(text: str) -> None:
    start, unit, end = text.replace("}", "{").split("{")
    documents = [f"{start}{unit * (size // len(unit))}{end}" for size in (4 * SIZE, 16 * SIZE)]
    assert growth(lambda: graph_of(read_text(documents[0])), lambda: graph_of(read_text(documents[1]))) < LINEAR


def test_an_event_may_be_told_of_by_any_number_of_documents() -> None:
    """By some with its day, by the others with its year."""

    def told(number: int) -> list[Occasion]:
        return [Occasion(str(at), "第三届港口大会", "2031-05-06" if at % 2 else "2031") for at in range(number)]

    def find(number: int) -> set[str]:
        return {iri for _, iri in identified(told(number), Ledger(DEFAULT_BASE, (), ()))}

    assert len(find(10)) == 1
    assert growth(lambda: find(4000), lambda: find(16_000)) < LINEAR


def test_a_page_may_open_with_any_number_of_comments() -> None:
    """Read in more than one way each, 500 of them would take for ever."""
    assert media_type(b"<!-- a -->" * 500 + b"<p>", "页.html") == "text/html"


LONG_LIST = "、".join(f"{of}{kind}储能装备" for of in "锂钠钒锌铁铝镍锰钛镁" for kind in "液固热冷电氢氨磁动势")  # 699 characters


@pytest.mark.parametrize("mark", ["，", "。", "：", "；", "\n"])
def test_a_clause_longer_than_any_of_prose_states_nothing(mark: str) -> None:
    """What stands beside it is read, and quoted, as if it were not there."""
    before, after = "智慧交通由感知设施和控制平台构成。", "区块链由分布式账本和智能合约构成。"
    document = made(before + mark + "数字经济包括" + LONG_LIST + mark + after)
    claims = list(extract(annotator().annotate(document), ontology()))
    assert len(LONG_LIST) > LONGEST
    assert {claim.slots["s"].label for claim in claims if isinstance(claim.slots["s"], Name)} == {"智慧交通", "区块链"}
    assert [document.text[c.evidence.start : c.evidence.end] for c in claims] == [c.evidence.quote for c in claims]


def test_a_list_as_long_as_a_clause_may_be_is_read_whole() -> None:
    members = LONG_LIST.split("、")[:70]
    claims = claims_of(made(f"新型储能产业包括{'、'.join(members)}。"))
    assert len(claims) == len(members)


def days(count: int) -> list[str]:
    return [f"{1900 + i // 336}-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}" for i in range(count)]


@pytest.mark.parametrize("stage", ["resolve", "graph"])
@pytest.mark.parametrize("told", ["on many days", "in many places", "in many places, undated", "in one way"])
def test_one_event_may_be_told_of_any_number_of_times(stage: str, told: str) -> None:
    """Each a claim of its own: on another day another event, else one event with all its places."""

    def claims(count: int) -> list[Claim]:
        if told == "on many days":
            return [event("港口大会", day, "临澜市") for day in days(count)]
        places = [f"第{i}港" if "places" in told else "临澜市" for i in range(count)]
        return [event("港口大会", None if "undated" in told else "2031-06-02", place, "全国") for place in places]

    def run(given: list[Claim], facts: list[Fact]) -> object:
        return resolve(given) if stage == "resolve" else graph_lines(facts, {"a": document()}, ontology(), DEFAULT_BASE, "0")

    small, large = claims(500), claims(2_000)
    of_small, of_large = resolve(small), resolve(large)
    assert growth(lambda: run(small, of_small), lambda: run(large, of_large)) < LINEAR
