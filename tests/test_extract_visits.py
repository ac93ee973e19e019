"""Visits: who goes where; and places that an office seems to stand in."""

from __future__ import annotations

import pytest

from tests.extracting import AGREED, claims_of, events_agree, made, row

MADE = [
    row(
        "2031年8月9日，临澜市市长陈明到东岬高新区调研光电子产业。",
        "东岬高新区调研 | 2031-08-09 | 东岬高新区 | 陈明=临澜市市长陈明",
    ),
    row("2031年3月20日，县领导到石桥镇调研。", "石桥镇调研 | 2031-03-20 | 石桥镇 | 县领导"),
    row(
        "2031年3月20日至21日，省长李某先后到松涛县、石浦县调研。",
        "松涛县、石浦县调研 | 2031-03-20/2031-03-21 | 松涛县、石浦县 | 李某",
    ),
    row("2031年6月3日，临澜市副市长秦望带队赴北岬县调研海洋牧场。", "北岬县调研 | 2031-06-03 | 北岬县 | 秦望"),
    row(
        "省委常委、副省长柳舒2031年10月15日至17日在甘肃、宁夏调研茶产业。",
        "甘肃、宁夏调研 | 2031-10-15/2031-10-17 | 甘肃、宁夏 | 柳舒",
    ),
    row("2031年6月3日，调研组走进临澜大学参观实验室。", "临澜大学参观 | 2031-06-03 | 临澜大学 | 调研组"),
    row("2031年6月3日，市领导深入石湾村走访慰问党员。", "石湾村走访 | 2031-06-03 | 石湾村 | 市领导"),
    # 长 opens the name of a town.
    row("2031年5月6日，江阴市长泾镇召开家纺产业推介会。", "家纺产业推介会 | 2031-05-06 | - | 江阴市长泾镇"),
    row("2031年7月8日，云渡省长河县召开航海产业大会。", "航海产业大会 | 2031-07-08 | - | 云渡省长河县"),
    row("2031年5月6日，茶业大会在江阴市长泾镇召开。", "茶业大会 | 2031-05-06 | 江阴市长泾镇 | -"),
    row("2031年6月3日，临澜市长陈安出席茶业大会。", "茶业大会 | 2031-06-03 | - | 临澜市长陈安"),
]


@pytest.mark.parametrize(("text", "expected"), MADE)
def test_visits(text: str, expected: tuple[str, ...]) -> None:
    claims = claims_of(made(text))
    assert events_agree(claims, expected) == AGREED
    assert not any(claim.planned for claim in claims)


def test_a_visit_that_is_planned() -> None:
    (claim,) = [c for c in claims_of(made("2031年6月3日，临澜市计划到北岬县开展渔业调研。")) if c.relation == "event"]
    assert claim.planned
