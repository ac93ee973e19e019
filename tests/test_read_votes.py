"""The election of a title: what counts as one name, what a notice carries, what shows as votes, and that it takes little time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read.issued import iso
from pipeline.read.naming import carried, cleaned, is_notice
from tests.extracting import read_text
from tests.growth import LINEAR, growth
from tests.test_read_troubles import BODY, NOTICE, TITLE, make


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云渡市支持渔港建设的意见云渡市支持渔港建设的意见（云政发〔2031〕8号）", "云渡市支持渔港建设的意见"),
        ("云渡市支持渔港建设的意见 云渡市支持渔港建设的意见", "云渡市支持渔港建设的意见"),
        ("茶园管理办法 茶园管理办法", "茶园管理办法"),
        ("《茶园管理办法》", "茶园管理办法"),
        ("附件1：茶园管理办法", "茶园管理办法"),
        ("3. 茶园管理办法", "茶园管理办法"),
        ("茶园管理办法（2024年5月6日）", "茶园管理办法"),
        ("茶园管理办法_云渡市政府网", "茶园管理办法"),
        ("【政策】茶园管理办法", "茶园管理办法"),
        ("茶园管理办法（试行）", "茶园管理办法（试行）"),
    ],
)
def test_a_name_without_what_stands_around_it(text: str, name: str) -> None:
    assert cleaned(text) == name


@pytest.mark.parametrize(
    ("title", "notice", "work"),
    [
        ("云渡市林业局关于印发《茶园管理办法》的通知", True, "茶园管理办法"),
        ("云渡市林业局关于印发茶园管理办法的通知", True, "茶园管理办法"),
        ("云渡市林业局关于开展茶园检查的通知", False, None),
        ("茶园管理办法", False, None),
    ],
)
def test_what_a_notice_carries(title: str, notice: bool, work: str | None) -> None:
    assert (is_notice(title), carried(title)) == (notice, work)


def test_votes_are_shown_with_their_signs(tmp_path: Path) -> None:
    votes = make(tmp_path, f"{NOTICE}{TITLE}\n{BODY}").votes
    assert votes[0].name == TITLE
    assert {"transmitted", "carried", "kind"} <= set(votes[0].signs)
    assert [vote.votes for vote in votes] == sorted((vote.votes for vote in votes), reverse=True)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年3月5日", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("二〇二四年十二月廿三日", "2024-12-23"),
        ("二○二四年十月", "2024-10"),
        ("20240305", "2024-03-05"),
        ("2024年", "2024"),
        ("2024年13月5日", None),
        ("三月五日", None),
    ],
)
def test_dates_of_any_form(text: str, date: str | None) -> None:
    assert iso(text) == date


@pytest.mark.parametrize(
    "unit", ["港口\n", "云渡市港口条例\n", "云渡市委员会\n2024年3月5日\n", "现将《港口条例》印发给你们\n", "《港》"]
)
def test_a_file_of_many_lines_takes_no_longer_than_its_length(unit: str) -> None:
    assert growth(lambda: read_text(unit * 1000), lambda: read_text(unit * 4000)) < LINEAR


def test_a_title_of_any_length_takes_little() -> None:
    texts = [f"云渡市{'港' * size}条例\n为发展港口，制定本条例。\n" for size in (10_000, 40_000)]
    assert growth(lambda: read_text(texts[0]), lambda: read_text(texts[1])) < LINEAR
