"""On which occasion something was said, and how long that holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract.reader import Reader
from pipeline.model import DocumentKind, Role, Work
from pipeline.parse.scope import PolicyScope
from tests.extracting import annotate
from tests.samples import ontology


def in_force(text: str, words: str, kind: DocumentKind = "news") -> str | None:
    """The policy in force where `words` stand in a text."""
    reader = Reader(annotate(text, kind=kind), ontology())
    policy = PolicyScope(reader).at(reader.text.index(words))
    return policy.label if policy else None


@pytest.mark.parametrize(
    ("text", "words", "policy"),
    [
        # The sentence that names the occasion, and those after it in the paragraph.
        ("省委书记林东海在临澜市调研时强调，要抓好重点任务。大力发展渔业。", "渔业", "临澜市调研"),
        ("全省海洋工作会议召开。会议要求，抓好重点任务。大力发展渔业。", "渔业", "全省海洋工作会议"),
        ("省长林东海主持召开渔业座谈会时指出，形势喜人。要发展渔业机械。", "渔业机械", "渔业座谈会"),
        # The occasion last told of the same speaker.
        ("省委书记林东海近日在临澜市考察时强调，要坚定信心。\n林东海指出，要大力发展渔业。", "渔业", "临澜市考察"),
        (
            "国家主席林东海在北京同云泽国总统若昂举行会谈。\n林东海指出，双方要深化渔业合作。",
            "渔业",
            "林东海同云泽国总统若昂举行会谈",
        ),
        # Not beyond the paragraph, not over what is told in between, not from someone else.
        ("省委书记林东海在临澜市调研时强调，要抓好重点任务。\n市里大力发展渔业。", "渔业", None),
        ("省委书记林东海在临澜市调研时强调，要抓好重点任务。随后，他来到渔业基地。", "渔业", None),
        ("省委书记林东海在临澜市调研时强调，要抓好任务。有专家表示，要发展渔业。", "渔业", None),
        ("有专家表示，要大力发展渔业。", "渔业", None),
        # A document of each year; one that is carried out beside other deeds speaks for none of them.
        ("2031年中央1号文件提出，大力发展渔业。", "渔业", "2031年中央一号文件"),
        ("中央一号文件提出，大力发展渔业。", "渔业", "中央一号文件"),
        ("今年要抓好实施《海岸整治规划》、推动渔业转型等工作。", "渔业", None),
        ("《海岸整治规划》提出，清理滩涂、推动渔业转型。", "渔业", "海岸整治规划"),
    ],
)
def test_what_was_said_on_an_occasion(text: str, words: str, policy: str | None) -> None:
    assert in_force(text, words) == policy


def test_a_policy_speaks_for_all_of_itself() -> None:
    said = annotate("省委书记林东海在临澜市调研时强调，要大力发展渔业。", kind="plan", title="临澜市渔业规划")
    policy = PolicyScope(Reader(said, ontology())).at(said.document.text.index("渔业"))
    assert policy
    assert policy.label == "临澜市渔业规划"


PLAN, RULES, ARTICLE = "临澜市渔业规划", "临澜市茶业扶持办法", "茶园里的年轻人"


def speaks(*works: Work) -> list[str | None]:
    """The policy in force in each work; a work is a title and a paragraph."""
    text = "\n".join(f"{work.title}\n这里说到{number}号渔业。" for number, work in enumerate(works))
    placed = tuple(replace(work, first=2 * at, last=2 * at + 2) for at, work in enumerate(works))
    main = next(work for work in placed if work.role == "work")
    said = annotate(text, kind=main.kind, title=main.title)
    scope = PolicyScope(Reader(replace(said, document=replace(said.document, works=placed)), ontology()))
    found = [scope.at(text.index(f"{number}号渔业")) for number in range(len(works))]
    for number, policy in enumerate(found):  # what a policy says is within reach of the rules
        reached = any(start <= text.index(f"{number}号渔业") < end for start, end in scope.sentences_in_reach())
        assert reached or policy is None
    return [policy.label if policy else None for policy in found]


def work(role: Role, title: str, kind: DocumentKind, belongs_to: int | None = None) -> Work:
    return Work(role, title, kind, 0, 0, belongs_to=belongs_to)


def test_each_work_speaks_for_itself() -> None:
    notice, plan, rules = work("notice", "通知", "other"), work("work", PLAN, "plan", 0), work("work", RULES, "regulation", 0)
    assert speaks(notice, plan, rules) == [PLAN, PLAN, RULES]
    assert speaks(work("work", ARTICLE, "article"), replace(rules, belongs_to=None)) == [None, RULES]
    assert speaks(replace(plan, belongs_to=None), work("work", ARTICLE, "news")) == [PLAN, None]
    second = work("notice", "又一通知", "other")
    assert speaks(notice, plan, second, replace(rules, belongs_to=2)) == [PLAN, PLAN, RULES, RULES]


def test_an_annex_speaks_for_the_policy_that_it_belongs_to() -> None:
    plan, annex = work("work", PLAN, "plan"), work("annex", RULES, "regulation", 0)
    answers = work("interpretation", "政策解读", "article", 0)
    assert speaks(plan, annex, answers) == [PLAN, PLAN, PLAN]
    assert speaks(work("work", "复函", "other"), annex, answers) == [None, RULES, None]


def test_two_work_reports_of_one_file_are_told_apart() -> None:
    title = "政府工作报告"
    first, second = (replace(work("work", title, "report"), date=f"{year}-01-20") for year in (2031, 2032))
    assert speaks(first, second)[1] == f"2032年{title}"


def test_the_speaker_is_another_name_of_the_occasion() -> None:
    reader = Reader(annotate("林东海总书记在临澜市考察时强调，要发展渔业。", kind="news"), ontology())
    policy = PolicyScope(reader).at(reader.text.index("渔业"))
    assert policy
    assert policy.aliases == ("林东海总书记在临澜市考察时的讲话", "林东海总书记在临澜市考察", "林东海总书记")


@pytest.mark.parametrize("review", ["2030年工作回顾", "海洋经济发展成效显著", "计划进展情况"])
@pytest.mark.parametrize(("words", "told"), [("渔业", False), ("林业", True), ("茶业", False)])
def test_a_report_supports_nothing_in_its_review(words: str, told: bool, review: str) -> None:
    text = f"开篇发展茶业。\n一、{review}\n发展渔业。\n二、2031年重点工作\n发展林业。\n过去五年，茶业壮大。"
    reader = Reader(annotate(text, kind="report", title="临澜市政府工作报告"), ontology())
    policy = PolicyScope(reader).at(reader.text.rindex(words))
    assert (policy is not None) == told
