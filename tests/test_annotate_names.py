"""Names of the vocabularies, names that the text marks, and short forms."""

from __future__ import annotations

import pytest

from pipeline.annotate.names import CueFinder, Gazetteer, property_cues
from pipeline.ontology import Term
from tests.extracting import annotate, annotator
from tests.samples import ontology


def term(kind: str, label: str, *others: str) -> Term:
    return Term(f"urn:{label}", kind, label, (label, *others), None, ())


TERMS = (
    term("Industry", "渔业"),
    term("Industry", "远洋渔业", "远海渔业"),
    term("Place", "临海市", "临海"),
    term("Technology", "海水养殖技术"),
    term("Concept", "海水"),
    term("Unit", "海里"),
    term("Place", "海"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发展远洋渔业", [("远洋渔业", "远洋渔业", "Industry")]),
        ("远海渔业与渔业", [("远海渔业", "远洋渔业", "Industry"), ("渔业", "渔业", "Industry")]),
        ("临海市的临海路", [("临海市", "临海市", "Place"), ("临海", "临海市", "Place")]),
        ("海水养殖技术", [("海水养殖技术", "海水养殖技术", "Technology")]),
        ("海水养殖", [("海水", "海水", "Concept")]),
        ("十海里外的海", []),  # units are the quantities' business, and one character is no name
        ("🐟远洋渔业", [("远洋渔业", "远洋渔业", "Industry")]),
    ],
)
def test_leftmost_longest(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(text[m.start : m.end], m.label, m.kind) for m in Gazetteer(TERMS).find(text)] == expected


def test_first_term_keeps_a_name() -> None:
    twice = (term("Place", "东岭"), term("Industry", "东岭"))
    assert [m.kind for m in Gazetteer(twice).find("东岭")] == ["Place"]


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("商业航天公司在酒泉市落户", "酒泉市", "Place"),
        ("发展冷链物流", "冷链物流", "Industry"),
        ("推广人工智能技术", "人工智能", "Technology"),
        ("高质量发展", "高质量发展", "Concept"),
        ("国家发展改革委负责", "国家发展和改革委员会", "Body"),
    ],
)
def test_shipped_names(text: str, label: str, kind: str) -> None:
    assert (label, kind) in {(m.label, m.kind) for m in annotate(text).mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依照《渔港管理办法》办理", [("title", "渔港管理办法", "《渔港管理办法》")]),
        ("依照《关于〈渔港办法〉的说明》", [("title", "关于〈渔港办法〉的说明", "《关于〈渔港办法〉的说明》")]),
        ("学习《〈渔港〉与《海图》导读》", [("title", "〈渔港〉与《海图》导读", "《〈渔港〉与《海图》导读》")]),
        ("“慢渔”兴起", [("quoted", "慢渔", "“慢渔”")]),
        ('"慢渔"兴起', [("quoted", "慢渔", '"慢渔"')]),
        ("「慢渔」兴起", [("quoted", "慢渔", "「慢渔」")]),
        ("“" + "长" * 31 + "”", []),
        ("《渔", []),
    ],
)
def test_marked_names(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = annotate(text).mentions
    assert [(m.kind, m.label, text[m.start : m.end]) for m in found if m.kind in ("title", "quoted")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《渔港安全管理条例》，制定本细则。《条例》规定如下。", {"条例": "渔港安全管理条例"}),
        ("《关于保护滩涂的决定》印发后，《决定》落地。", {"决定": "关于保护滩涂的决定"}),
        ("《海岛旅游行动计划》提出。《行动计划》要求。", {"计划": "海岛旅游行动计划", "行动计划": "海岛旅游行动计划"}),
        ("东岭远洋渔业集团有限公司（以下简称“东岭渔业”）成立。", {"东岭渔业": "东岭远洋渔业集团有限公司"}),
        ("《滩涂生态修复总体规划》（以下简称《规划》）发布。", {"规划": "滩涂生态修复总体规划"}),
        ("滩涂生态修复工程（以下称修复工程）开工。", {"修复工程": "滩涂生态修复工程"}),
        ("《渔歌》出版。《规定》尚未印发。", {}),
    ],
)
def test_short_forms(text: str, expected: dict[str, str]) -> None:
    assert annotate(text).short_forms == expected


def test_mentions_and_cues_are_in_order() -> None:
    annotated = annotate("《渔港条例》支持“慢渔”，冷链物流是远洋渔业的重要支撑，关键在于港口。" * 3)
    for found in (annotated.mentions, annotated.cues, annotated.sentences):
        starts = [one.start for one in found]
        assert starts
        assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("text", "cue", "signal"),
    [
        ("核心驱动力", "核心驱动力", "hasDriver"),
        ("重要组成部分", "重要组成部分", "hasElement"),
        ("源于渔歌", "源于", "hasOrigin"),
        ("严格控制产能", "严格控制", "restricts"),
    ],
)
def test_longest_cue(text: str, cue: str, signal: str) -> None:
    [found] = [found for found in CueFinder(property_cues(ontology())).find(text) if found.start == 0]
    assert found.text == cue
    assert signal in found.signals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渔歌很老。真的吗？是！", ["渔歌很老。", "真的吗？", "是！"]),
        ("他说：“渔歌很老。”我信。", ["他说：“渔歌很老。”", "我信。"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("产量2.5万吨，价格3.0元。完。", ["产量2.5万吨，价格3.0元。", "完。"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in annotate(text).sentences] == expected


def test_every_name_of_the_vocabularies_is_found_as_itself() -> None:
    gazetteer = annotator().gazetteer
    lost = [name for name in gazetteer.by_name if [(m.start, m.end) for m in gazetteer.find(name)] != [(0, len(name))]]
    assert lost == []
    assert len(gazetteer.by_name) > 5000
