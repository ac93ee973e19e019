"""The titles of documents of every layout: each file of tests/layouts is set as some publisher sets its own."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.read import read
from pipeline.read.naming import carried, cleaned, finished, once, unclosed
from pipeline.read.roles import EDITION, ORGAN
from tests.test_read_repair import check_offsets

LAYOUTS = Path(__file__).with_name("layouts")


class Layout(NamedTuple):
    """A file, and the titles that are to be read in it; "" where there is none."""

    file: str
    title: str
    subtitle: str
    notice: str


with (LAYOUTS / "TITLES.tsv").open(encoding="utf-8", newline="") as table:
    LAYOUT_ROWS = [Layout(**row) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


def test_each_layout_has_its_row() -> None:
    files = sorted(path.name for path in LAYOUTS.iterdir() if path.name != "TITLES.tsv")
    assert files == [row.file for row in LAYOUT_ROWS]
    assert len(files) >= 127


@pytest.mark.parametrize("row", LAYOUT_ROWS, ids=lambda row: row.file)
def test_the_titles_of_a_layout(row: Layout, tmp_path: Path) -> None:
    path = tmp_path / f"扫描件{Path(row.file).suffix}"  # a name that tells nothing
    path.write_bytes((LAYOUTS / row.file).read_bytes())
    document = read(path, tmp_path)
    notices = [work.title or "" for work in document.works if work.role == "notice"]
    assert (document.title or "", document.subtitle or "", "".join(notices)) == row[1:]
    check_offsets(document)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("茶园管理办法", True),
        ("关于加强茶园管理的意见", True),
        ("云渡市林业局关于加强茶园管理的若干意见（试行）", True),
        ("关于2031年茶园发展计划", False),
        ("云渡市人民政府关于印发《茶园", False),
        ("云渡茶园走笔", False),
    ],
)
def test_where_a_title_is_whole(name: str, whole: bool) -> None:
    assert finished(name) is whole


@pytest.mark.parametrize(
    ("text", "is_open"), [("印发《茶园", True), ("茶园（一期）", False), ("“十五五", True), ("十五五”规划", False)]
)
def test_a_bracket_unclosed(text: str, is_open: bool) -> None:
    assert unclosed(text) is is_open


@pytest.mark.parametrize(
    ("headline", "work"),
    [
        ("林若海：把茶园种成风景", "把茶园种成风景"),
        ("林若海在茶叶大会开幕式上的致辞（全文）", "在茶叶大会开幕式上的致辞"),
        ("《云渡日报》刊发林若海署名文章《把茶园种成风景》", "把茶园种成风景"),
        ("新茶上市：价格平稳", None),
    ],
)
def test_what_a_headline_carries(headline: str, work: str | None) -> None:
    assert carried(headline) == work


def test_a_title_that_was_printed_line_by_line_twice() -> None:
    assert once("云渡市政府关于云渡市政府关于支持茶园建设的意见支持茶园建设的意见") == "云渡市政府关于支持茶园建设的意见"


@pytest.mark.parametrize(
    ("text", "name"),
    [("第三章 茶园的设计", "茶园的设计"), ("云渡市统计公报[1]", "云渡市统计公报"), ("第一条路", "第一条路")],
)
def test_a_name_without_its_chapter_and_notes(text: str, name: str) -> None:
    assert cleaned(text) == name


@pytest.mark.parametrize("text", ["（试行）", "（2026—2028年）", "（征求意见稿）", "(2026)", "（2026年版）"])
def test_an_edition(text: str) -> None:
    assert EDITION.fullmatch(text)


@pytest.mark.parametrize(
    ("text", "is_organ"),
    [
        ("云渡市人民政府", True),
        ("云渡市统计局 国家统计局云渡调查队", True),
        ("临澜云海科技股份有限公司", True),
        ("云渡市发展和改革委员会 编", True),
        ("云渡市商务局等六部门", True),
        ("茶园管理办法", False),
        ("茶园的空间格局", False),
        ("深化西部", False),
    ],
)
def test_the_name_of_a_body(text: str, is_organ: bool) -> None:
    assert (ORGAN.fullmatch(text) is not None) is is_organ
