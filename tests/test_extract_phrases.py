"""Phrases: where a clause ends, what is taken off a name, what a list has as members."""

from __future__ import annotations

import re

import pytest

from pipeline.extract.phrases import (
    BOUNDARY,
    Endings,
    Trailing,
    clean,
    is_name,
    last_match,
    split_list,
    trim,
    without_brackets,
    without_count,
)
from pipeline.extract.reader import Reader
from tests.extracting import annotate
from tests.samples import ontology


def clauses(text: str) -> list[str]:
    marks = [match.start() for match in BOUNDARY.finditer(text) if match.lastgroup is None]
    return [text[start + 1 : end] for start, end in zip([-1, *marks], [*marks, len(text)], strict=True) if end > start + 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渔港改造，船坞扩建。", ["渔港改造", "船坞扩建"]),
        ("渔港（含避风锚地，共三处）改造；船坞扩建", ["渔港（含避风锚地，共三处）改造", "船坞扩建"]),
        ("渔港（未闭合，改造", ["渔港（未闭合", "改造"]),
        ("渔港——避风之所", ["渔港", "—避风之所"]),  # the second half of a dash is stepped over by Reader.clause
        ("谁来建？先修路！再修港：三步走\n完", ["谁来建", "先修路", "再修港", "三步走", "完"]),
        ("甲、乙和丙", ["甲、乙和丙"]),
    ],
)
def test_what_bounds_a_clause(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_the_commas_of_a_remark_of_over_eighty_characters_bound_clauses() -> None:
    assert clauses(f"渔港（{'长' * 79}，）改造") == [f"渔港（{'长' * 79}，）改造"]
    assert clauses(f"渔港（{'长' * 80}，）改造") == [f"渔港（{'长' * 80}", "）改造"]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("“海上粮仓”", "海上粮仓"),
        ("《海岛民宿办法》", "海岛民宿办法"),
        ("关于印发《海岛民宿办法》", "关于印发《海岛民宿办法》"),
        ("，海上粮仓。", "海上粮仓"),
        ("**海上粮仓**", "海上粮仓"),
        ("海上“粮仓（试点）", "海上粮仓（试点）"),
        ("深水网箱（重力式", "深水网箱"),
        ("深水网箱（重力式）", "深水网箱（重力式）"),
        ("", ""),
    ],
)
def test_marks_around_a_phrase_go(phrase: str, expected: str) -> None:
    assert clean(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("深水网箱（重力式）养殖", "深水网箱养殖"),
        ("深水网箱(重力式)养殖", "深水网箱养殖"),
        ("（重力式）", "（重力式）"),
        ("深水网箱", "深水网箱"),
    ],
)
def test_a_phrase_without_its_remarks(phrase: str, expected: str) -> None:
    assert without_brackets(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("一系列冷库", "冷库"),
        ("更加完善的冷库等", "完善的冷库"),
        ("包括冷库在内", "冷库"),
        ("其冷库之一", "冷库"),
        ("其他冷库", "其他冷库"),
        ("该项目", "该项目"),
        ("该冷库", "冷库"),
        ("着力点", "着力点"),
        ("各类别", "各类别"),
        ("各类冷库", "冷库"),
        ("也是冷库", "冷库"),
        ("冷库等方面", "冷库"),
    ],
)
def test_what_is_trimmed(phrase: str, expected: str) -> None:
    text = f"前文{phrase}后文"
    start, end = trim(text, 2, 2 + len(phrase))
    assert text[start:end] == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("冷库", True),
        ("库", False),
        ("长" * 40, True),
        ("长" * 41, False),
        ("我们的冷库", False),
        ("在线教育", True),
        ("在农村", False),
        ("不锈钢制品", True),
        ("不完善", False),
        ("以色列", True),
        ("以冷库为主", False),
        ("冷库，冷链", False),
        ("冷库（含冷链，冷柜）", True),
        ("第一，冷库", False),
    ],
)
def test_what_could_be_a_name(phrase: str, expected: bool) -> None:
    assert is_name(phrase) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("育苗、加工、会展三大门类", "育苗、加工、会展"),
        ("育苗、加工等两个重点领域", "育苗、加工"),
        ("育苗、加工多种", "育苗、加工"),
        ("育苗、加工", "育苗、加工"),
        ("育苗、加工三大主要环节很长很长", "育苗、加工三大主要环节很长很长"),
    ],
)
def test_the_count_that_closes_a_list(text: str, expected: str) -> None:
    assert text[: without_count(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    ("text", "members", "group"),
    [
        ("育苗、加工和会展", ["育苗", "加工", "会展"], None),
        ("育苗以及加工", ["育苗", "加工"], None),
        ("育苗、加工等海洋产业", ["育苗", "加工"], "海洋产业"),
        ("育苗、加工等", ["育苗", "加工"], None),
        ("等级评定、等价交换", ["等级评定", "等价交换"], None),
        ("“育苗”“加工”", ["育苗", "加工"], None),
        ('"育苗""加工"', ["育苗", "加工"], None),
        ("“育苗、加工”和会展", ["育苗、加工", "会展"], None),
        ("育苗（含采种、选种）、加工", ["育苗（含采种、选种）", "加工"], None),
        ("渔业和旅游融合", ["渔业和旅游融合"], None),
        ("渔业保护和利用", ["渔业保护和利用"], None),
        ("首创性、根本性和颠覆性的科技创新", ["首创性、根本性和颠覆性的科技创新"], None),
        ("首创性、根本性", ["首创性", "根本性"], None),
        ("第一次和第二次工业革命", ["第一次和第二次工业革命"], None),
        ("和平事业与公益事业", ["和平事业", "公益事业"], None),
        ("参与制度和共和制度", ["参与制度", "共和制度"], None),
        ("渔船，特别是远洋渔船", ["渔船，", "远洋渔船"], None),
        ("育苗", ["育苗"], None),
        ("", [], None),
    ],
)
def test_members_of_a_list(text: str, members: list[str], group: str | None) -> None:
    reader = Reader(annotate(text or "无"), ontology())
    found, whole = split_list(reader, 0, len(text))
    assert [text[start:end].strip('“”"') for start, end in found] == members
    assert (text[whole.start : whole.end] if whole else None) == group


def test_a_known_name_is_not_split() -> None:
    text = "互联网和相关服务、餐饮"
    members, _ = split_list(Reader(annotate(text), ontology()), 0, len(text))
    assert [text[start:end] for start, end in members] == ["互联网和相关服务", "餐饮"]


def test_endings_and_what_is_taken_off() -> None:
    endings = Endings(("产业", "集群"))
    assert [endings.end(phrase) for phrase in ("渔业产业", "产业园", "集群", "群")] == [True, False, True, False]
    trailing = Trailing("工作 建设")
    assert [trailing.off(phrase) for phrase in ("渔港建设工作", "建设渔港", "工作")] == ["渔港", "建设渔港", ""]


def test_the_last_match() -> None:
    found = last_match(re.compile("港"), "港渔港船", 0, 4)
    assert found
    assert found.start() == 2
    assert last_match(re.compile("港"), "港渔港船", 0, 1) is not None
    assert last_match(re.compile("港"), "港渔港船", 1, 2) is None
