"""What the sections of a document are for, whether they tell what was done or what is to be done, and of which years."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model import Document
from pipeline.periods import plan_periods
from pipeline.sections import AHEAD, DONE, Sections, kind_named, section_kinds
from pipeline.shares import graph_lines
from pipeline.terms import DEFAULT_BASE
from tests.samples import ontology
from tests.test_read_repair import make as read_text

KINDS, PLANS = section_kinds(ontology().terms), plan_periods(ontology().terms)
PROSE = "港口吞吐量稳步增长，航线网络持续拓展，集疏运体系更加完善，服务水平明显提升。"


def read(folder: Path, text: str, *, date: str | None = "2026-01-20") -> Document:
    return replace(read_text(folder, text), date=date)


def told(document: Document) -> list[tuple[str, str | None, str | None, str | None]]:
    """Heading, kind, tense and period of each section."""
    found: list[tuple[str, str | None, str | None, str | None]] = []
    for section in Sections(document, KINDS, PLANS).all:
        heading = document.blocks[section.first]
        kind = section.kind and section.kind.rpartition("/")[2]
        found.append((document.text[heading.start : heading.end], kind, section.tense, section.period))
    return found


def one(folder: Path, heading: str, opening: str = PROSE) -> tuple[str | None, str | None, str | None]:
    document = read(folder, f"云渡市政府工作报告\n\n{PROSE}\n\n{heading}\n\n{opening}\n")
    (section,) = told(document)
    return section[1:]


@pytest.mark.parametrize(
    ("heading", "kind", "tense", "period"),
    [
        ("一、2025年工作回顾", "review", "past", "2025"),
        ("一、“十四五”时期和2025年工作回顾", "review", "past", "2021/2025"),
        ("一、过去五年工作回顾", "review", "past", "2021/2025"),
        ("一、过去的三年", None, "past", "2023/2025"),
        ("一、五年来的主要成就", "review", "past", "2021/2025"),
        ("一、“十四五”发展回顾", "review", "past", "2021/2025"),
        ("一、2024年计划执行情况", "review", "past", "2024"),
        ("一、发展基础", "basis", "past", None),
        ("二、“十五五”时期的主要目标", "goals", "future", "2026/2030"),
        ("二、2026年重点任务", "tasks", "future", "2026"),
        ("二、今年工作安排", "tasks", "future", "2026"),
        ("二、未来三年的奋斗目标", "goals", "future", "2026/2028"),
        ("二、今后五年工作思路", "outlook", "future", "2026/2030"),
        ("二、下一步打算", "outlook", "future", None),
        ("二、2027年的港口", None, "future", "2027"),
        ("三、保障措施", "safeguards", "future", None),
        ("三、到2027年建成国际航运枢纽", None, None, None),  # a target, and no period
        ("三、2025年工作回顾和2026年工作安排", "review", None, "2025/2026"),
        ("三、2026年一季度形势回顾与二季度展望", "outlook", None, "2026-01/2026-06"),
        ("四、面临形势", "background", None, None),
        ("四、法律责任", "liability", None, None),
        ("四、港口与腹地", None, None, None),
    ],
)
def test_a_heading(tmp_path: Path, heading: str, kind: str | None, tense: str | None, period: str | None) -> None:
    assert one(tmp_path, heading)[1:] == (tense, period)
    if kind != "review" or tense:  # of two kinds in one heading either may name it
        assert one(tmp_path, heading)[0] == kind


@pytest.mark.parametrize(
    ("opening", "tense", "period"),
    [
        ("过去一年，全市上下攻坚克难，较好完成了各项任务，港口建设取得积极进展。", "past", "2025/2025"),
        ("“十四五”时期，全市港口吞吐量年均增长百分之六，航线网络不断拓展。", "past", "2021/2025"),
        ("2024年，全市港口吞吐量增长百分之六，航线网络不断拓展，服务水平提升。", "past", "2024"),
        ("下一步，将加快建设智慧港口，拓展航线网络，提升集疏运能力和服务水平。", "future", None),
        ("2024年3月5日，云渡港开航，这是全市航运史上的一件大事，各界反响热烈。", None, None),  # an event, not the section's time
        ("港口在2024年开航，此后吞吐量逐年增长，航线网络不断拓展，服务水平提升。", None, None),
    ],
)
def test_a_first_sentence(tmp_path: Path, opening: str, tense: str | None, period: str | None) -> None:
    found = one(tmp_path, "一、港口与航运", opening)
    assert found[1:] == (tense, period and "/".join(dict.fromkeys(period.split("/"))))


def test_what_a_section_leaves_open_is_that_of_the_one_around_it(tmp_path: Path) -> None:
    review = f"一、2025年工作回顾\n\n（一）港口建设\n\n{PROSE}\n\n（二）下一步打算\n\n{PROSE}\n\n"
    plan = f"二、2026年重点任务\n\n（一）推动航运取得新成效\n\n{PROSE}\n\n1.“十五五”时期的航道\n\n{PROSE}\n\n"
    document = read(tmp_path, f"云渡市政府工作报告\n\n{PROSE}\n\n{review}{plan}")
    assert [each[2:] for each in told(document)] == [
        ("past", "2025"),
        ("past", "2025"),
        ("future", "2025"),  # what is to be done is none of the review
        ("future", "2026"),
        ("future", "2026"),  # a result that is hoped for is none that was reached
        ("future", "2026/2030"),
    ]


def test_blocks_find_their_section(tmp_path: Path) -> None:
    document = read(
        tmp_path, f"云渡港报告\n\n{PROSE}\n\n一、发展基础\n\n{PROSE}\n\n（一）航道\n\n{PROSE}\n\n二、主要任务\n\n{PROSE}\n"
    )
    sections = Sections(document, KINDS, PLANS)
    found = [sections.of(at) for at in range(len(document.blocks))]
    assert found[:2] == [None, None]  # the title and what stands above the first heading
    first, inside, second = sections.all
    assert found[2:] == [first, first, inside, inside, second, second]
    assert (first.first, first.last, inside.last, second.last) == (2, 6, 6, len(document.blocks))
    assert (inside.around, second.around) == (0, None)


def test_a_section_ends_with_its_work(tmp_path: Path) -> None:
    rules = "附件\n云渡港补助实施细则\n第一条 补助对象为航运企业。\n第二条 补助标准另行公布。\n"
    document = read(tmp_path, f"云渡港发展行动方案\n为发展港口，结合本市实际，制定本方案。\n一、主要任务\n{PROSE}\n{rules}")
    (section,) = Sections(document, KINDS, PLANS).all
    assert section.last == document.works[1].first
    assert Sections(document, KINDS, PLANS).of(len(document.blocks) - 1) is None


def test_nothing_relative_without_a_date(tmp_path: Path) -> None:
    document = read(tmp_path, f"云渡港报告\n\n{PROSE}\n\n一、过去五年工作回顾\n\n{PROSE}\n", date=None)
    assert told(document) == [("一、过去五年工作回顾", "review", "past", None)]


def test_a_vocabulary_without_kinds_leaves_the_period(tmp_path: Path) -> None:
    document = read(tmp_path, f"云渡港报告\n\n{PROSE}\n\n一、2024年工作回顾\n\n{PROSE}\n")
    (section,) = Sections(document, ()).all
    assert (section.kind, section.tense, section.period) == (None, "past", "2024")


@pytest.mark.parametrize(("heading", "label"), [("三、总体要求和主要目标", "总体要求"), ("港口", None), ("参考文献", "参考文献")])
def test_the_longest_name_tells_the_kind(heading: str, label: str | None) -> None:
    found = kind_named(heading, [kind for kind in KINDS if kind.label != "目标"])
    assert (found.label if found else None) == label


def test_in_the_graph(tmp_path: Path) -> None:
    document = read(tmp_path, f"云渡市政府工作报告\n\n{PROSE}\n\n一、2025年工作回顾\n\n{PROSE}\n\n二、港口\n\n{PROSE}\n")
    lines = list(graph_lines([], {document.name: document}, ontology(), DEFAULT_BASE, "0"))
    about = [line.split(" ", 2)[1:] for line in lines if "/section/" in line.split(" ")[0] and DEFAULT_BASE in line.split(" ")[0]]
    assert ["<https://w3id.org/zhimai#tense>", f"<{DONE}> ."] in about
    assert ["<https://w3id.org/zhimai#period>", '"2025" .'] in about
    assert sum(predicate.endswith("#tense>") for predicate, _ in about) == 1
    labels = {line.rsplit(" ", 2)[1] for line in lines if line.startswith((f"<{DONE}> ", f"<{AHEAD}> ")) and "prefLabel" in line}
    assert {label for label in labels if label.startswith('"已做之事')} == {'"已做之事"@zh'}
    assert any("what was done" in line and "@en" in line for line in lines)


LEVELS = {
    "chapters and Chinese numbers": ("第一章 总则", "一、目的", "（一）原则", "1.范围", "第二章 附则", (1, 2, 3, 4, 1)),
    "parts above chapters": (
        "第一部分总体战略",
        "第一章 指导思想",
        "（一）方针",
        "第二部分发展任务",
        "第二章 学前教育",
        (1, 2, 4, 1, 2),
    ),
    "no divisions": ("一、目的", "（一）原则", "1.范围", "二、任务", "（一）码头", (1, 2, 3, 1, 2)),
}


@pytest.mark.parametrize("case", LEVELS.values(), ids=LEVELS)
def test_levels(tmp_path: Path, case: tuple[object, ...]) -> None:
    *names, levels = case
    text = "".join(f"{name}\n\n{PROSE}\n\n" for name in names)
    document = read(tmp_path, f"云渡港规划\n\n{PROSE}\n\n{text}")
    assert tuple(block.level for block in document.blocks if block.kind == "heading") == levels
