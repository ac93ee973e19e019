"""Dates of documents: of issue, of writing, of coming into force; each row is a text and the date that it tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read import read
from pipeline.read.issued import (
    date_of,
    effective_of,
    iso,
    passed_of,
    published_of,
    revised_of,
    signed_below,
    signed_of,
    written_of,
)
from tests.growth import LINEAR, growth


def lines_of(text: str) -> list[tuple[str, str]]:
    return [(line.replace("　", "").replace(" ", ""), line) for line in text.split("\n")]


def head_date(text: str, *, fields: dict[str, str] | None = None, lines: str = "", foot: str = "") -> str | None:
    return date_of(lines_of(lines), fields or {}, text.split("\n"), None, foot)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年2月29日", "2024-02-29"),
        ("2023年2月29日", None),  # no such day
        ("2024年13月1日", None),
        ("2024-3-5", "2024-03-05"),
        ("2024/03/05 10:21", "2024-03-05"),
        ("2024.3.5", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("20241305", None),
        ("2024年3月", "2024-03"),
        ("（2024.03）", "2024-03"),
        ("2024年", "2024"),
        ("二〇二四年三月五日", "2024-03-05"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("二Ｏ二四年十月廿三日", "2024-10-23"),
        ("二零二四年三月", "2024-03"),
        ("一九九八年六月十日", "1998-06-10"),
        ("第12号", None),
        ("", None),
    ],
)
def test_iso(text: str, expected: str | None) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"成文日期": "2009年03月16日", "发布日期": "2021-01-05"}, "2009-03-16"),  # the page came years later
        ({"发布日期": "2021-01-05", "印发日期": "2020-12-30"}, "2020-12-30"),
        ({"发布日期": "2021-01-05"}, "2021-01-05"),
        ({"收稿日期": "2021-01-05", "网络首发日期": "2021-06-01"}, "2021-06-01"),
        ({"签订日期": "二〇二四年四月十八日"}, "2024-04-18"),
        ({"发布日期": "暂无"}, None),
    ],
)
def test_fields(fields: dict[str, str], expected: str | None) -> None:
    assert head_date("云渡市航运规划", fields=fields) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("云渡市人民政府\n2024年3月8日", "2024-03-08"),
        ("云渡市财政局\n云渡市港务局\n2024年3月8日", "2024-03-08"),
        ("市长　骆某某\n2024年3月8日", "2024-03-08"),
        ("云渡市港务局\n（云渡市财政局代章）\n2024年3月8日", "2024-03-08"),
        ("云渡市港务局\n二〇二四年三月八日", "2024-03-08"),
        ("云渡市港务局\n印发", None),
        ("港口的清晨\n2024年3月8日", None),
    ],
)
def test_signatures(lines: str, expected: str | None) -> None:
    assert signed_of(lines_of(lines)) == expected
    assert written_of(lines_of(lines), {}) == expected
    assert written_of(lines_of(lines), {"成文日期": "2020年1月2日"}) == "2020-01-02"


def test_a_signature_in_running_text() -> None:
    assert signed_below(["开头。", "望遵照执行。云渡市人民政府2024年3月8日（此件公开发布）附件"]) == "2024-03-08"
    assert signed_below(["请在云渡市人民政府2024年3月8日发布的名单中查找。"]) is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("云渡市航运规划（2023年2月20日）", "2023-02-20"),
        ("云渡市委关于航运的意见（2020年3月30日）航运是根基。", "2020-03-30"),
        ("在航运大会上的讲话（2024年2月18日，云渡）", "2024-02-18"),
        ("平台指南\n（2021年2月7日云渡市航运委员会印发）", "2021-02-07"),
        ("（2011年5月20日云渡市人大通过　2022年11月25日云渡市人大修订）", "2022-11-25"),  # the latest is cited
        ("2023-08-15 发布　2023-11-15 实施", "2023-08-15"),
        ("说明\n——2020年10月13日在云渡市人大常委会上", "2020-10-13"),
        ("《临澜日报》2024年5月6日第3版", "2024-05-06"),
        ("临澜省研究院\n二〇二四年四月", "2024-04"),
        ("潮起云渡\n2024-09-06 08:15", "2024-09-06"),
        ("在航运大会上的致辞\n2024-09-06 08:15\n新华社云渡9月5日电", "2024-09-05"),  # said the day before
        ("在航运大会上的致辞\n2024-01-01 08:15\n新华社云渡12月31日电", "2023-12-31"),
        ("云渡港开航\n2024-09-06 08:15\n新华社云渡9月5日电", "2024-09-06"),  # news are of the day of their page
        ("《关于航运的意见》（2020年3月30日）提出了到2030年建成航运强市的目标。", None),  # the date of what is cited
        ("港口的清晨", None),
    ],
)
def test_the_head(head: str, expected: str | None) -> None:
    assert head_date(head) == expected


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ("※这是骆某某2022年12月15日在全市航运大会上讲话的一部分。", "2022-12-15"),
        ("一式两份。\n二〇二四年五月九日于云渡", "2024-05-09"),
        ("云渡市港前区人民法院于2023年6月5日作出（2023）临0102民初88号民事判决。", "2023-06-05"),
        ("船在2023年6月5日靠岸。", None),
    ],
)
def test_the_foot(foot: str, expected: str | None) -> None:
    assert head_date("港口", foot=foot) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三条 本办法自2023年9月1日起施行，有效期三年。", "2023-09-01"),
        ("本公告自二〇二四年四月一日起施行。", "2024-04-01"),
        ("本办法自发布之日起施行。", "2024-03-08"),
        ("本办法从2023年9月1日起试行。", "2023-09-01"),
        ("2023-08-15 发布　2023-11-15 实施", "2023-11-15"),
        ("本办法自发布之日起30日后施行。", None),
        ("船票自2023年9月1日起涨价。", None),
    ],
)
def test_coming_into_force(text: str, expected: str | None) -> None:
    assert effective_of({}, [text], "2024-03-08") == expected
    assert effective_of({"实施日期": "2025-01-01"}, [text], "2024-03-08") == "2025-01-01"


STEPS = "（2011年5月20日云渡市人大通过 2011年6月1日公布 根据2017年9月30日云渡市人大修正 2022年11月25日云渡市人大修订）"


def test_passing_revising_and_publishing_are_kept_apart() -> None:
    notes = [STEPS]
    assert (passed_of(notes), revised_of(notes), published_of({}, notes)) == ("2011-05-20", "2022-11-25", "2011-06-01")
    assert (passed_of([]), revised_of([]), published_of({}, [])) == (None, None, None)
    assert revised_of(["（2011年5月20日云渡市人大通过）"]) is None


@pytest.mark.parametrize(
    ("fields", "note", "expected"),
    [
        ({"发布日期": "2021-01-05", "成文日期": "2009-03-16"}, "", "2021-01-05"),
        ({"公布时间": "2021年1月5日"}, "", "2021-01-05"),
        ({}, "2024-03-05 10:21　来源：某网", "2024-03-05"),
        ({}, "云渡网2024-06-04来源：市政府办", "2024-06-04"),
        ({}, "2024年6月4日，船靠岸。", None),
    ],
)
def test_publication(fields: dict[str, str], note: str, expected: str | None) -> None:
    assert published_of(fields, [note]) == expected


HOSTILE = (
    "云渡市港务局\n",
    "云渡市港务局2024年3月8日",
    "（2024年3月8日云渡市",
    "2024年3月8日在",
    "云渡市人民法院于2024年3月8日作出",
    "“港口",
    "委员会主任",
    "〔2024〕",
    "第一条",
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_what_looks_like_a_signature_takes_no_longer(tmp_path: Path, unit: str) -> None:
    paths = [tmp_path / f"{times}.txt" for times in (1000, 4000)]
    for path, times in zip(paths, (1000, 4000), strict=True):
        path.write_text(f"{unit * times}\n2024年3月8日\n", encoding="utf-8")
    assert growth(lambda: read(paths[0], tmp_path), lambda: read(paths[1], tmp_path)) < LINEAR
