"""Methods of studies: papers beside every study – uses – method that they state, and what states none."""

from __future__ import annotations

import pytest

from pipeline.extract import methods
from pipeline.extract.reader import Reader
from pipeline.model import DocumentKind, Name
from tests.extracting import annotator, made, read_text
from tests.samples import ontology

TITLE = "江湾集市研究"


def used(text: str, title: str = TITLE, kind: DocumentKind = "paper") -> list[str]:
    """Every pair of a study and a method that a paper states: "study > method"; the paper itself is 本文."""
    document = made(text, kind=kind, title=title)
    found = methods.claims(Reader(annotator().annotate(document), ontology()))
    pairs = [(claim.slots["s"], claim.slots["o"]) for claim in found]
    return list(dict.fromkeys(f"{'本文' if s.label == title else s.label} > {o.label}" for s, o in pairs))  # type: ignore[union-attr]


OWN = [
    ("本文采用双重差分法检验集市的影响。", ["本文 > 双重差分法"]),
    ("本文基于交易成本理论，分析集市的兴衰。", ["本文 > 交易成本理论"]),
    ("本研究运用潮汐系数法、渔获加权法对港口进行评价。", ["本文 > 潮汐系数法", "本文 > 渔获加权法"]),
    ("本文构建了集市引力方程模型，测算其规模。", ["本文 > 集市引力方程模型"]),
    ("我们利用潮位聚类分析和多距离空间聚类分析等方法描绘港群。", ["本文 > 潮位聚类分析", "本文 > 多距离空间聚类分析"]),
    ("本文采用的主要分析方法为集市发现法。", ["本文 > 集市发现法"]),
    ("本文运用实地走访、深度访谈与问卷方法收集资料。", ["本文 > 实地走访", "本文 > 深度访谈", "本文 > 问卷方法"]),
    ("本文采用较为成熟的潮汐权重法评估港口。", ["本文 > 潮汐权重法"]),
    ("本文采用基于遗传算法的集市寻踪模型测算规模。", ["本文 > 基于遗传算法的集市寻踪模型"]),
    ("本文将纵向嵌入理论与集市治理相结合。", ["本文 > 纵向嵌入理论"]),
    ("本文借鉴周一鸣等的分析框架，讨论集市。", ["本文 > 周一鸣等的分析框架"]),
    ("函数表示产出，参考周一鸣等的分析框架，讨论集市。", ["本文 > 周一鸣等的分析框架"]),
    ("# 二、研究方法\n采用潮汐系数法评估港口。", ["本文 > 潮汐系数法"]),
    ("# 二、研究方法\n李某[4采用潮汐系数法评估港口。", []),
    # What ought to be done, what others do, a law, and general words.
    ("本文认为，今后要采用双重差分法。", []),
    ("集市采用潮汐系数法收费。", []),
    ("本文讨论集市，通过《集市法》规范交易。", []),
    ("本文采用新方法讨论集市。", []),
    ("本文采用有效的分析方法讨论集市。", []),
    ("本文的结论可供参考。", []),
]


@pytest.mark.parametrize(("text", "expected"), OWN)
def test_own_methods(text: str, expected: list[str]) -> None:
    assert used(text) == expected


CITED = [
    ("周一鸣（2021）利用双重差分法评估了集市。", ["周一鸣（2021） > 双重差分法"]),
    (
        "周一鸣和吴二丁（2021）、郑三丙等（2020）通过熵值法对集市展开测度。",
        ["周一鸣、吴二丁（2021） > 熵值法", "郑三丙等（2020） > 熵值法"],
    ),
    (
        "周一鸣（2021）通过变异系数法赋权，进而采用耦合协调度模型测度集市；吴二丁（2020）选用潮汐权重法。",
        ["周一鸣（2021） > 变异系数法", "周一鸣（2021） > 耦合协调度模型", "吴二丁（2020） > 潮汐权重法"],
    ),
    (
        "周一鸣（2021）遵照层次分析法（AHP）的基本步骤对潮汐权重方法进行改进。",
        ["周一鸣（2021） > 层次分析法", "周一鸣（2021） > 潮汐权重方法"],
    ),
    (
        "有学者综合集市经济学与潮汐理论，对集市作了阐释（周一鸣，2021）。",
        ["周一鸣（2021） > 集市经济学", "周一鸣（2021） > 潮汐理论"],
    ),
    (
        "部分文献用单一指标潮汐生产率来衡量集市（周一鸣，2021；吴二丁，2020）。",
        ["周一鸣（2021） > 单一指标潮汐生产率", "吴二丁（2020） > 单一指标潮汐生产率"],
    ),
    ("一些文献使用了潮汐经济学的理论观点来研究集市。", []),
    ("大部分学者采用了潮汐理论（周一鸣，2021）。", []),
    ("依据潮汐理论（tidal theory）（周一鸣，2021），集市会移动。", []),
    ("已有研究采用熵值法测算集市的规模。", []),
    ("周一鸣（2021）认为集市增多。", []),
    ("集市增多（周一鸣，2021）。此后采用潮汐系数法收费。", []),
]


@pytest.mark.parametrize(("text", "expected"), CITED)
def test_methods_of_cited_studies(text: str, expected: list[str]) -> None:
    assert used(text) == expected


def test_cited_studies_of_any_document() -> None:
    """A document that is no study itself has no method of its own, but those of the studies that it cites."""
    text = "周一鸣（2021）利用双重差分法评估了集市。本文采用熵值法测度集市。"
    assert used(text, kind="news") == ["周一鸣（2021） > 双重差分法"]


def test_cited_by_number() -> None:
    """An author with the number of a list is the study of that author and of the year that the list gives."""
    entry = "[1] 周一鸣, 吴二丁. 集市的评估[J]. 江湾规划, 2020(3): 1-9."
    text = f"# 集市研究\n\n周一鸣等[1]运用潮汐系数法评估集市。\n\n# 参考文献\n\n{entry}\n"
    found = list(methods.claims(Reader(annotator().annotate(read_text(text)), ontology())))
    assert [(claim.slots["s"].label, claim.slots["o"].label) for claim in found] == [("周一鸣等（2020）", "潮汐系数法")]  # type: ignore[union-attr]


def test_article_that_calls_itself_a_study() -> None:
    assert used("本研究采用潮汐系数法。我们采用渔获加权法。", kind="article") == ["本文 > 潮汐系数法"]


def test_method_of_the_title() -> None:
    """A study names its method in its title; where the text gives it a longer name, that is the method."""
    document = read_text(
        "# 集市影响港口的实证研究\n\n——基于潮汐产出模型\n\n摘要：集市增多。\n\n关键词：集市\n\n一、引言\n\n港口变化。\n"
    )
    assert document.kind == "paper"
    found = list(methods.claims(Reader(annotator().annotate(document), ontology())))
    assert [(claim.rule, claim.slots["o"].label) for claim in found] == [("uses.title", "潮汐产出模型")]  # type: ignore[union-attr]


def test_vocabulary_and_evidence() -> None:
    """A name of the vocabulary is its entry; the evidence begins where the study is named."""
    (claim,) = methods.claims(
        Reader(annotator().annotate(made("此外，周一鸣（2021）运用DID模型评估集市。", kind="paper")), ontology())
    )
    method = claim.slots["o"]
    assert isinstance(method, Name)
    assert (method.label, method.kind, method.text) == ("双重差分法", "Method", "DID模型")
    assert method.term is not None
    assert claim.evidence.quote == "周一鸣（2021）运用DID模型评估集市"
