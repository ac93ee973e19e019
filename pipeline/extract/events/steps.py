"""The patterns of steps of issue, made from the words of the lexicon; once for an ontology."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.lexicon import any_of
from pipeline.ontology import Ontology


@dataclass(frozen=True, slots=True)
class StepPatterns:
    """`issues` and `enforces` are the steps of issuing a text and of its being in force; `assemblies` end the name of a meeting.

    `step` finds what was done on a date: [body] [how] step, up to the title or the end of the clause; `named_step` the same
    behind a title. `from_on` follows a date, `from_day` stands alone (本办法自印发之日起施行), as does `field` (施行日期：…).
    `own` is what may stand before a date in the words of a policy on itself, `this` what calls it by its form, `form` that form
    at the end of a title. `as_of` says before a date that no step was taken then. `body` ends the name of one who takes a step,
    `one_by_one` what follows it.
    """

    issues: tuple[str, ...]
    enforces: tuple[str, ...]
    assemblies: tuple[str, ...]
    step: re.Pattern[str]
    named_step: re.Pattern[str]
    from_on: re.Pattern[str]
    from_day: re.Pattern[str]
    field: re.Pattern[str]
    to_date: re.Pattern[str]
    own: re.Pattern[str]
    this: re.Pattern[str]
    form: re.Pattern[str]
    as_of: re.Pattern[str]
    body: re.Pattern[str]
    one_by_one: re.Pattern[str]


def step_patterns(ontology: Ontology) -> StepPatterns:
    """The patterns of an ontology."""
    if ontology.sha256 not in _MADE:
        _MADE[ontology.sha256] = _make(ontology)
    return _MADE[ontology.sha256]


_MADE: dict[str, StepPatterns] = {}
_BY = r"(?P<by>(?:[^，。；：！？《》（）()【】\n]|[（(][^（）()，。\u4e00-\u9fff]{1,20}[）)]|(?<=[令第])\n){0,120}?)"
_ITS = r"本[\u4e00-\u9fff]{1,12}"  # 本办法


def _make(ontology: Ontology) -> StepPatterns:
    words = {name: ontology.lexicon.get(name, ()) for name in _CLASSES}
    issues, enforces, steps = any_of(words["issues"]), any_of(words["enforces"]), any_of((*words["steps"], *words["issues"]))
    how = rf"(?:{any_of(words['step_manner'])}|第[一二三四五六七八九十]+次)*"
    forms, way = any_of(words["text_forms"]), any_of(words["on_its_way"])
    return StepPatterns(
        issues=words["issues"],
        enforces=words["enforces"],
        assemblies=words["assemblies"],
        step=re.compile(
            rf"[， 　]{{0,3}}{_BY}(?P<act>《[^《》]+决定》)?{how}(?P<step>{steps})"
            rf"(?:并?(?:{enforces}))?(?:了|的)*(?=《|[，。；）)\s]|\d{{4}}年|根据|自|$)"
        ),
        named_step=re.compile(rf"[）)]?(?:已|将|的|[（(][^（）()]*[）)])*{how}(?P<step>{steps})(?![草案])"),
        from_on=re.compile(rf"\s?(?P<from>起)?，?(?:正式|全面|开始)*(?P<step>{enforces})"),
        from_day=re.compile(rf"(?P<what>{_ITS}|(?<=[条，。\s]))自(?:{issues})之日起(?:正式)?(?:{enforces})"),
        field=re.compile(rf"[【\[［]?(?:{enforces})(?:日期|时间)[】\]］]?\s*[:：]?\s*[\d年月日./-]+"),
        to_date=re.compile(
            rf"(?:[（(][^（）()]*[）)])?(?:{way})*(?:[由经](?P<by>[^，。；]{{2,60}}?))?(?:{way}|定)*(?:于|自|从|在|经)?"
        ),
        own=re.compile(rf"(?:[（(].*(?:{steps}))?(?:第[^条]{{1,6}}条\s*|[（(\s]|——?|根据|现予公布|{_ITS}|[自于从经]|已经?)*"),
        this=re.compile(rf"(?:该|这部|这一|上述|此)[\u4e00-\u9fff]{{0,4}}?(?P<form>{forms})"),
        form=re.compile(rf"(?:{forms})$"),
        as_of=re.compile(rf"(?:{any_of(words['no_step'])}|《[^》]*)$"),
        body=re.compile(rf"(?:{any_of(words['issuers'])}|[A-Za-z][）)]?)$"),
        one_by_one=re.compile(rf"(?:{any_of(words['one_by_one'])})+$"),
    )


_CLASSES = (
    *("issues", "enforces", "steps", "step_manner", "text_forms"),
    *("on_its_way", "no_step", "issuers", "one_by_one", "assemblies"),
)
