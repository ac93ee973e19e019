"""Who issued or wrote a document: rows of its first and last lines, and the bodies or persons that they name."""

from __future__ import annotations

import pytest

from pipeline.model import DocumentKind
from pipeline.read.authorship import agency_of, authors_of, issuer_of, run_together
from pipeline.read.signature import Speaker, organs_in, person_in, signatures
from pipeline.read.votes import Candidate, Titles


def lines_of(text: str) -> list[tuple[str, str]]:
    return [(line.replace("　", "").replace(" ", ""), line) for line in text.split("\n") if line]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("云渡市港务局\n2024年3月8日", [("云渡市港务局",)]),
        ("云渡市港务局\n云渡市财政局\n2024年3月8日", [("云渡市港务局", "云渡市财政局")]),
        ("云渡市港务局　　云渡市财政局\n2024年3月8日", [("云渡市港务局", "云渡市财政局")]),
        ("云 渡 市 港 务 局\n2024年3月8日", [("云渡市港务局",)]),
        ("云渡市大数据工作推进小组\n2024年3月8日", [("云渡市大数据工作推进小组",)]),
        ("某银行云渡市中心支行\n2024年3月", [("某银行云渡市中心支行",)]),
        ("云渡市港务局局长　骆某某\n2024年3月8日", [("云渡市港务局",)]),
        ("市长　骆某某\n2024年3月8日", [()]),
        ("云渡市港务局\n（财政局代章）\n2024年3月8日", [("云渡市港务局",)]),
        ("云渡市港务局\n各区：\n2024年3月8日", []),
        ("改变城市的布局\n2024年3月8日", []),
        ("发布机关：\n云渡市港务局\n2024年3月8日", []),  # the value of a field signs nothing
        ("云渡市港务局\n2024年3月8日\n云渡市财政局\n2024年4月1日", [("云渡市港务局",), ("云渡市财政局",)]),
        ("2024年3月8日", []),
    ],
)
def test_signatures(text: str, bodies: list[tuple[str, ...]]) -> None:
    assert [signature.bodies for signature in signatures(lines_of(text))] == bodies


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云渡市市长　骆某某", Speaker("云渡市人民政府", "骆某某")),
        ("中共云渡市委书记　滕某", Speaker("中共云渡市委", "滕某")),
        ("临澜省港务局党组书记、局长 贺某某", Speaker("临澜省港务局", "贺某某")),
        ("省航运委员会副主任　夏 某", Speaker("省航运委员会", "夏某")),
        ("云渡市市长出席大会", None),
        ("骆某某", None),
    ],
)
def test_a_person_in_office(text: str, expected: Speaker | None) -> None:
    assert person_in(text) == expected


def test_one_body_whose_name_is_spaced_is_one() -> None:
    assert organs_in("云渡市港务局", "云 渡 市 港 务 局") == ["云渡市港务局"]
    assert organs_in("云渡市港务局云渡市财政局", "云渡市港务局 云渡市财政局") == ["云渡市港务局", "云渡市财政局"]


def issuer(title: str, head: str = "", fields: dict[str, str] | None = None, signed: str = "") -> str | None:
    own = Candidate(0, 1, title) if title else None
    signature = next(signatures(lines_of(signed)), None)
    return issuer_of([], fields or {}, Titles(title or None, own), [title, *head.split("\n")], f"{title}\n{head}", signature)


DAY = "\n2024年3月8日"


@pytest.mark.parametrize(
    ("title", "head", "fields", "signed", "expected"),
    [
        ("云渡市港务局关于加强引航的通知", "", {}, "", "云渡市港务局"),
        ("云渡市港务局等3部门关于加强引航的通知", "", {}, f"云渡市港务局{DAY}", "云渡市港务局等3部门"),
        ("市港务局关于加强引航的通知", "", {}, f"云渡市港务局{DAY}", "云渡市港务局"),
        ("云渡市港务局关于加强引航的通知", "", {}, f"市港务局{DAY}", "云渡市港务局"),
        ("关于加强引航的通知", "", {"发布机关": "云渡市信息中心"}, f"云渡市港务局{DAY}", "云渡市港务局"),
        ("关于加强引航的通知", "", {"发文机关": "云渡市港务局"}, "", "云渡市港务局"),
        ("关于加强引航的通知", "", {"发文机关": "无"}, "", None),
        ("云渡市引航条例", "云渡市人大常委会\n云渡市人民政府令", {}, "", "云渡市人民政府"),
        (
            "云渡市引航条例",
            "云渡市人民代表大会常务委员会公告",
            {},
            f"云渡市第七届人民代表大会常务委员会{DAY}",
            "云渡市人民代表大会常务委员会",
        ),
        (
            "引航条例",
            "（2011年5月20日云渡市第五届人民代表大会常务委员会通过　2022年1月7日云渡市第七届人民代表大会常务委员会修订）".replace(
                "　", ""
            ),
            {},
            "",
            "云渡市第七届人民代表大会常务委员会",
        ),
        ("引航技术规范", "云渡市市场监督管理局发布", {}, "", "云渡市市场监督管理局"),
        ("云渡市中级人民法院民事判决书", "", {}, "", "云渡市中级人民法院"),
        ("云渡海事局行政处罚决定书", "", {}, "", "云渡海事局"),
        ("云渡市港务局对第8号提案的答复", "", {}, "", "云渡市港务局"),
        ("云渡港集团2023年年度报告", "", {}, "", "云渡港集团"),
        (
            "政府工作报告",
            "——2024年1月18日在云渡市第七届人民代表大会上\n我代表市人民政府，向大会报告工作。",
            {},
            "",
            "云渡市人民政府",
        ),
        ("在航运大会上的讲话", "中共云渡市委书记　滕某某".replace("　", ""), {}, "", "中共云渡市委"),
        ("引航的通知，云渡市港务局", "", {}, "", "云渡市港务局"),
        ("引航发展报告", "云渡市航运研究院", {}, "", "云渡市航运研究院"),
        ("引航发展报告", "新闻中心\n信息中心", {}, "", None),  # words of a menu
        ("港口的清晨", "港区布局\n城市格局", {}, "", None),
    ],
)
def test_issuers(title: str, head: str, fields: dict[str, str], signed: str, expected: str | None) -> None:
    assert issuer(title, head, fields, signed) == expected


@pytest.mark.parametrize(
    ("kind", "title", "lines", "head", "foot", "expected"),
    [
        ("news", "潮起", "本报记者 池某某 通讯员 樊某", "", "", ("池某某", "樊某")),
        ("news", "潮起", "", "新华社云渡3月5日电（记者孟某 祝某某）船队启航。", "", ("孟某", "祝某某")),
        ("news", "潮起", "", "新华社云渡3月5日电 船队启航。", "", ()),
        ("news", "潮起", "", "中新社云渡7月9日电 (池某 孟某)记者获悉。", "", ("池某", "孟某")),
        ("news", "潮起", "", "船队启航。\n（记者 晏某 文/图）", "", ("晏某",)),
        ("report", "智能航运发展", "白皮书", "", "", ()),  # begins as a name does
        ("article", "在云渡航运大会上的讲话", "", "中共云渡市委书记　滕某某", "", ("滕某某",)),
        ("article", "李某某在云渡航运大会上的讲话", "", "", "", ("李某某",)),
        ("article", "张某某：把航运做强", "", "", "", ("张某某",)),
        ("article", "某刊刊发贺某署名文章《航运》", "", "", "", ("贺某",)),
        ("article", "港口：城市的根", "", "", "", ()),
        ("article", "航运", "", "", "（作者：池某某 樊某）", ("池某某", "樊某")),
        ("article", "航运", "", "", "※这是滕某某2022年12月15日在全市航运大会上讲话的一部分。", ("滕某某",)),
        ("paper", "航运研究", "", "夏某某1，王某2（临澜大学）", "", ("夏某某", "王某")),
        ("paper", "航运研究", "", "以云渡港为例夏某某，王某，苏某某（临澜大学）", "", ("夏某某", "王某", "苏某某")),
        ("paper", "航运研究", "", "张某某，练某某，金某(1.临澜大学)", "", ("张某某", "练某某", "金某")),
        (
            "paper",
            "航运研究",
            "",
            "A Study of Inland Shipping夏某某1,2，王某2*，苏某某3(1.临澜大学)",
            "",
            ("夏某某", "王某", "苏某某"),
        ),
        ("paper", "航运研究", "", "港口，航道，引航", "", ()),
        ("article", "云渡港", "云渡港", "", "", ()),  # a name of three characters is no person where the title has it
        ("plan", "航运规划", "", "夏某某1，王某2（临澜大学）", "", ()),
    ],
)
def test_authors(kind: DocumentKind, title: str, lines: str, head: str, foot: str, expected: tuple[str, ...]) -> None:
    assert authors_of(lines_of(lines), {}, kind, lines_of(head), foot, title) == expected


def test_fields_of_authors() -> None:
    assert authors_of([], {"作者姓名": "宓某某"}, "paper", [], "") == ("宓某某",)
    assert authors_of([], {"课题组组长": "辛某某"}, "report", [], "") == ("辛某某",)
    assert authors_of([], {"作者": "本站"}, "news", [], "") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("作者：夏某某 王某", ["夏某某", "王某"]),
        ("欧阳某某1,2，王某", ["欧阳某某", "王某"]),
        ("夏天的港口", []),
        ("", []),
    ],
)
def test_names_that_run_together(text: str, names: list[str]) -> None:
    assert list(run_together(text)) == names


@pytest.mark.parametrize(
    ("text", "agency"),
    [("新华社云渡3月5日电", "新华社"), ("《临澜日报》记者池某", "临澜日报"), ("云渡港开航", None)],
)
def test_agencies(text: str, agency: str | None) -> None:
    assert agency_of(text) == agency
