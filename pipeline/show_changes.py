"""What `zhimai diff` prints: how many facts came, went and changed, what is called otherwise, and each change by document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from rich.console import Console
from rich.text import Text

from pipeline.diff import Change, Changes
from pipeline.labels import translated
from pipeline.matching import Renaming
from pipeline.rows import Row, Table, subject_of
from pipeline.show import said, show, told
from pipeline.shown import as_read, harmless
from pipeline.told import CONFIDENCE

_Words = Mapping[str, str]
_COUNTED = ("came", "went", "changed", "merged", "parted", "moved", "same")
_IN_OLD, _IN_NEW = {"went", "changed", "merged", "moved", "same"}, {"came", "changed", "parted", "moved", "same"}
_SIGNS = {"went": "−", "changed": "~", "came": "+"}
_STYLES = {"−": "red", "~": "yellow", "+": "green"}
_SHOWN_LABELS = 5
_EN = {
    **{"facts": "{old} → {new} facts: {counts}", "count": "{number} {what}", "same": "the same", "none": "none", "yes": "yes"},
    **{"list": ", ", "colon": ": ", "of": " ({number} facts)", "of_one": " (1 fact)", "things": " … ({number} things)"},
    **{"s": "subject", "o": "object", "a": "first side", "b": "second side", "attributed_to": "held by"},
}
_ZH = {
    **{"facts": "事实 {old} → {new} 条：{counts}", "count": "{what} {number}", "same": "未变", "none": "无", "yes": "是"},
    **{"list": "，", "colon": "：", "of": "（{number} 条事实）", "of_one": "（1 条事实）", "things": "等 {number} 个事物"},
    **{
        "came": "新增",
        "went": "消失",
        "changed": "改变",
        "merged": "合并",
        "parted": "分开",
        "moved": "移位",
        "renamed": "改称",
        "replaced": "改作",
    },
    **{"s": "主语", "o": "宾语", "a": "甲方", "b": "乙方", "value_a": "甲方取值", "value_b": "乙方取值", "dimension": "维度"},
    **{"event": "事件", "date": "日期", "venue": "地点", "agent": "主办者", "attributed_to": "持有者", "definition": "释义"},
    **{"indicator": "指标", "value": "数值", "period": "时期", "change": "增减", "planned": "计划中", "confidence": "可信度"},
    **{"work": "作品", "authors": "作者", "title": "题名", "year": "年份", "container": "出处"},
}


def show_changes(changes: Changes, form: str | None, known: _Words, language: str) -> None:
    """Print changes in lines to be read, in English or Chinese ("zh"), or as rows in a `form`; `known` names relations."""
    if form is not None:
        show(translated(as_table(changes), known), form)
        return
    console = Console(soft_wrap=True, highlight=False)
    for line in lines(changes, known, language):
        if console.is_terminal:
            console.print(Text(line, style=_STYLES.get(line.strip()[:1], "" if line.startswith(" ") else "bold")))
        else:
            print(line)


def as_table(changes: Changes) -> Table:
    """A row a fact that came or went, a field that changed, a thing that is called otherwise (with both its IRIs)."""
    rows: list[tuple[str | int | None, ...]] = [
        ("thing " + one.how, None, None, None, one.old.label, one.new.label, "iri", one.old.iri, one.new.iri, None, None, None)
        for one in changes.things
    ]
    for what, row, change in _in_order(changes, all_of_them=True):
        for field, old, new in change.differences if change else ((None, None, None),):
            rows.append((what, *_fact(row), field, old, new, as_read(row.get("quote") or ""), row.get("start"), row.get("end")))
    columns = ("change", "doc", "rel", "facet", "subject", "object", "field", "old", "new", "quote", "start", "end")
    return Table(columns, tuple(rows))


def _fact(row: Row) -> tuple[str | None, ...]:
    subject = subject_of(row)
    return row["doc"], row["rel"], row.get("facet"), subject["label"] if subject else None, said(row)


def totals(changes: Changes, language: str) -> str:
    """How many facts there were and are, and how many came, went …, on one line."""
    counts: dict[str, int] = dict.fromkeys(_COUNTED, 0)
    for told_of in changes.counts().values():
        for what, number in told_of.items():
            counts[what] += number
    old, new = (sum(number for what, number in counts.items() if what in side) for side in (_IN_OLD, _IN_NEW))
    words = _words(language)
    return words["facts"].format(old=old, new=new, counts=_counted(counts, words) or words["none"])


def lines(changes: Changes, known: _Words, language: str) -> Iterator[str]:
    """The changes line by line: counts, things, confidence by rule, and then each document."""
    words = _words(language)
    yield totals(changes, language)
    for relation, counts in changes.counts().items():
        telling = {what: number for what, number in counts.items() if what not in ("moved", "same")}
        if telling:
            yield f"  {known.get(relation, relation)}{words['colon']}{_counted(telling, words)}"
    for part in (_things(changes.things, words), _regraded(changes.changed, words)):
        found = list(part)
        yield from ["", *found] if found else ()
    yield from _documents(changes, known, words)


def _words(language: str) -> _Words:
    return _ZH if language == "zh" else _EN


def _counted(counts: Mapping[str, int], words: _Words) -> str:
    told_of = (words["count"].format(number=counts[what], what=words.get(what, what)) for what in _COUNTED if counts.get(what))
    return words["list"].join(told_of)


def _of(facts: int, words: _Words) -> str:
    return words["of_one"] if facts == 1 else words["of"].format(number=facts)


def _things(things: Iterable[Renaming], words: _Words) -> Iterator[str]:
    """Things that are called otherwise; those of one label whose IRIs changed alike on one line."""
    groups: dict[tuple[str, str, str], list[Renaming]] = defaultdict(list)
    for one in things:
        old, new = _unlike(one.old.iri, one.new.iri)
        groups[(one.how, old, new) if one.old.label == one.new.label else (one.how, one.old.label, one.new.label)].append(one)
    for (how, old, new), alike in sorted(groups.items()):
        facts = _of(alike[0].facts, words) if len(alike) == 1 else ""  # a fact may be of several
        called = _labels(alike, words) + words["colon"] if alike[0].old.label == alike[0].new.label else ""
        yield harmless(f"{words.get(how, how)} {called}{old} → {new}{facts}")


def _labels(things: Iterable[Renaming], words: _Words) -> str:
    """The first labels of some things, and how many there are."""
    labels = list(dict.fromkeys(one.old.label for one in things))
    several = words["things"].format(number=len(labels)) if len(labels) > _SHOWN_LABELS else ""
    return "、".join(labels[:_SHOWN_LABELS]) + several


def _unlike(old: str, new: str) -> tuple[str, str]:
    """Two IRIs without the segments at their end that they share."""
    left, right = old.split("/"), new.split("/")
    ends = zip(reversed(left), reversed(right), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    last = [""] if shared else []
    return "/".join(left[: len(left) - shared] + last), "/".join(right[: len(right) - shared] + last)


def _is_regraded(change: Change) -> bool:
    """Whether a fact differs only in how sure the rule is that read it before and now."""
    return [one.field for one in change.differences] == [CONFIDENCE] and change.old.get("rule") == change.new.get("rule")


def _regraded(changed: Iterable[Change], words: _Words) -> Iterator[str]:
    """How sure each rule was and is, where nothing else of its facts changed."""
    facts: dict[tuple[str, str, str], int] = defaultdict(int)
    for change in filter(_is_regraded, changed):
        facts[change.new["rule"], change.differences[0].old, change.differences[0].new] += 1
    for (rule, old, new), count in sorted(facts.items()):
        grade = words.get(CONFIDENCE, CONFIDENCE)
        yield harmless(f"{grade} {rule}{words['colon']}{old} → {new}{_of(count, words)}")


def _in_order(changes: Changes, *, all_of_them: bool = False) -> list[tuple[str, Row, Change | None]]:
    """What happened to each fact, by document and position, what went first; `all_of_them`: also to those of merged things."""
    found: list[tuple[str, Row, Change | None]] = [("went", row, None) for row in changes.went]
    found += [("changed", change.new, change) for change in changes.changed]
    found += [("came", row, None) for row in changes.came]
    if all_of_them:
        found += [("merged", row, None) for row in changes.merged] + [("parted", row, None) for row in changes.parted]
    return sorted(found, key=lambda one: (one[1]["doc"], one[1].get("start") or 0))


def _documents(changes: Changes, known: _Words, words: _Words) -> Iterator[str]:
    by_document: dict[str, list[tuple[str, Row, Change | None]]] = defaultdict(list)
    for what, row, change in _in_order(changes):
        if not (change and _is_regraded(change)):
            by_document[row["doc"]].append((what, row, change))
    for document, facts in by_document.items():
        counts: dict[str, int] = defaultdict(int)
        for what, _, _ in facts:
            counts[what] += 1
        yield ""
        yield harmless(f"{document}{words['colon']}{_counted(counts, words)}")
        for what, row, change in facts:
            yield f"  {_SIGNS[what]} {told(row, known)}"
            yield from _fields(change, words) if change else ()


def _fields(change: Change, words: _Words) -> Iterator[str]:
    for field, *sides in change.differences:
        truth = field in ("planned", "change")
        old, new = (as_read(words["yes"] if truth and side else side) or words["none"] for side in sides)
        yield f"      {words.get(field, field)}{words['colon']}{old} → {new}"
