"""Who says what: a text beside the stretches that it ascribes to someone, and claims with the one whose words they are."""

from __future__ import annotations

import pytest

from pipeline.extract.reader import Reader
from pipeline.model import Attribution, Name
from pipeline.parse.speech import Speech, attributions
from pipeline.parse.speech.spoken import UNNAMED
from tests.extracting import annotate, claims_of, made
from tests.samples import ontology

ATTRIBUTIONS = [
    ("省长陈海生强调，“渔港要建好”。", [("陈海生", "“渔港要建好”")]),
    ("陈海生教授认为，海风资源有限。其余从略。", [("陈海生", "海风资源有限。")]),
    ("有学者指出，潮汐发电成本偏高。", [("有学者", "潮汐发电成本偏高。")]),
    ("也有学者提出相反的观点，认为潮汐发电成本偏高。", [("有学者", "潮汐发电成本偏高。")]),
    ("《渔港条例》要求，港区禁止烟火。", [("渔港条例", "港区禁止烟火。")]),
    ("王海（2019）发现，渔歌正在消失。", [("王海（2019）", "渔歌正在消失。")]),
    ("王海和李川（2020）认为渔歌源于号子。", [("王海和李川（2020）", "渔歌源于号子。")]),
    ("林东海总书记在渔港考察时强调，“海洋是家园”，“要保护海洋”。", [("林东海", "“海洋是家园”，“要保护海洋”")]),
    ("市水务局局长赵立明介绍说，水质达标。", [("赵立明", "水质达标。")]),
    ("马克思指出：“劳动是财富之父。”", [("马克思", "“劳动是财富之父。”")]),
    ("部分专家还提出，应当限制捕捞。", [("部分专家", "应当限制捕捞。")]),
    ("世界卫生组织认为，健康是一种完好状态。", [("世界卫生组织", "健康是一种完好状态。")]),
    ("要按照陈海生总书记的部署要求，“培育渔业”“布局冷链”。", [("陈海生", "“培育渔业”“布局冷链”")]),
    ("根据陈海生总书记关于渔业的重要指示，“要守住休渔底线”。", [("陈海生", "“要守住休渔底线”")]),
    ("正如陈海生所说，渔港是渔业的根基。", [("陈海生", "渔港是渔业的根基。")]),
    ("在陈海生看来，渔港是渔业的根基。", [("陈海生", "渔港是渔业的根基。")]),
    ("用陈海生的话说，渔港是渔业的根基。", [("陈海生", "渔港是渔业的根基。")]),
    ("正如上文所述，渔港是渔业的根基。", []),
    ("按照陈海生总书记的部署，渔港已经开工。", []),
    ("在2031年印发的《渔港纲要》中明确指出，渔港要转变观念。", [("渔港纲要", "渔港要转变观念。")]),
    ("党的十七大强调，要护好渔场。", [("党的十七大", "要护好渔场。")]),
    ("《渔港决定》提出了要有步骤地推行休渔。", [("渔港决定", "了要有步骤地推行休渔。")]),
    ("渔歌表示喜悦。", []),
    ("渔港要求很高。", []),
    ("我们认为，渔港很美。", []),
    ("本文认为，渔港很美。", []),
]


@pytest.mark.parametrize(("text", "expected"), ATTRIBUTIONS)
def test_attributions(text: str, expected: list[tuple[str, str]]) -> None:
    reader = Reader(annotate(text), ontology())
    assert [(said.holder.label, text[said.start : said.end]) for said in attributions(reader)] == expected


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("陈海生教授认为，冷链物流的关键在于温度控制。", "陈海生"),
        ("有学者指出，社区书房是全民阅读的重要载体。", "有学者"),
        ("王海（2019）认为，昆曲源于民间小调。", "王海（2019）"),
        ("《渔业白皮书》指出，良种是粮食安全的基础。", "渔业白皮书"),
        ("昆曲源于民间小调（王海，2019）。", "王海（2019）"),
        ("冷链物流的关键在于温度控制。", None),
    ],
)
def test_claim_has_its_holder(text: str, holder: str | None) -> None:
    [claim] = (claim for claim in claims_of(made(text)) if claim.relation == "defines")
    assert (claim.attributed_to.label if claim.attributed_to else None) == holder


def test_a_view_is_the_documents_to_tell() -> None:
    [claim] = (claim for claim in claims_of(made("陈海生教授认为，冷链物流的关键在于温度控制。")) if claim.relation == "holds")
    assert claim.attributed_to is None


@pytest.mark.parametrize(
    ("start", "end", "holder"),
    [
        (0, 4, "周望"),
        (2, 7, "周望"),
        (6, 8, "陆川"),
        (8, 11, "周望"),
        (12, 14, "陆川"),
        (16, 18, "有学者"),
        (9, 14, None),
        (18, 22, None),
    ],
)
def test_the_holder_of_a_stretch(start: int, end: int, holder: str | None) -> None:
    said = [
        Attribution(0, 11, Name("周望", "Person"), "said"),
        Attribution(5, 8, Name("陆川", "Person"), "quoted"),
        Attribution(12, 16, Name("陆川", "Person"), "said"),
        Attribution(12, 20, Name("有学者", "Body"), UNNAMED),
    ]
    found = Speech(said).holder(start, end)
    assert (found.label if found else None) == holder
