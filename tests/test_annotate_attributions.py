"""Who is said to have said what."""

from __future__ import annotations

import pytest

from tests.extracting import Weak, agrees, annotate, claims_of, made

ATTRIBUTIONS = [
    ("省长陈海生强调，“渔港要建好”。", [("省长陈海生", "“渔港要建好”")]),
    ("陈海生教授认为，海风资源有限。其余从略。", [("陈海生教授", "海风资源有限")]),
    ("有学者指出，潮汐发电成本偏高。", [("有学者", "潮汐发电成本偏高")]),
    ("《渔港条例》要求，港区禁止烟火。", [("《渔港条例》", "港区禁止烟火")]),
    ("王海（2019）发现，渔歌正在消失。", [("王海（2019）", "渔歌正在消失")]),
    ("王海和李川（2020）认为渔歌源于号子。", [("王海和李川（2020）", "渔歌源于号子")]),
    ("林东海总书记在渔港考察时强调，“海洋是家园”，“要保护海洋”。", [("林东海总书记", "“海洋是家园”，“要保护海洋”")]),
    ("市水务局局长赵立明介绍说，水质达标。", [("市水务局局长赵立明", "水质达标")]),
    ("马克思指出：“劳动是财富之父。”", [("马克思", "“劳动是财富之父。”")]),
    ("新闻发言人表示，航线下月恢复。", [("新闻发言人", "航线下月恢复")]),
    ("部分专家还提出，应当限制捕捞。", [("部分专家", "应当限制捕捞")]),
    (
        "世界卫生组织认为，健康是一种完好状态。",
        Weak([("世界卫生组织", "健康是一种完好状态")], [], "a body is not the holder of a view"),
    ),
    ("渔歌表示喜悦。", []),
    ("渔港要求很高。", []),
    ("我们认为，渔港很美。", []),
    ("本文认为，渔港很美。", []),
]


@pytest.mark.parametrize(("text", "expected"), ATTRIBUTIONS)
def test_attributions(text: str, expected: list[tuple[str, str]] | Weak) -> None:
    assert agrees([(a.holder, text[a.start : a.end]) for a in annotate(text).attributions], expected)


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("陈海生教授认为，冷链物流的关键在于温度控制。", "陈海生教授"),
        ("有学者指出，社区书房是全民阅读的重要载体。", "有学者"),
        ("王海（2019）认为，昆曲源于民间小调。", "王海（2019）"),
        ("《渔业白皮书》指出，良种是粮食安全的基础。", "渔业白皮书"),
        ("冷链物流的关键在于温度控制。", None),
    ],
)
def test_claim_has_its_holder(text: str, holder: str | None) -> None:
    [claim] = (claim for claim in claims_of(made(text)) if claim.relation == "defines")
    assert (claim.attributed_to.label if claim.attributed_to else None) == holder
