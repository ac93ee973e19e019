"""One phrase for several, to each of which an amount of its own goes: 获得金奖、银奖的单位 gets 3万元、2万元, one by one.

What stands before the list (获得) and behind it (的单位) is of all members; so is the head behind grades: 国家级、省级|示范县.
"""

from __future__ import annotations

from pipeline.annotate.words import tagger
from pipeline.model import Name
from pipeline.patterns import lazy

_MARK = lazy("、|以及|[和与及或]")
_GRADE = lazy(r"(?:国家|自治区|第?[省市县区镇A-Z\d特初中高一二三四五])[级类等]?")
_OPENS_GRADES = lazy(r"(?P<lead>.*?)第[一二三四五]\Z")  # 甲省第一、第三产业
_OF = "的"


def distributed(name: Name, count: int) -> tuple[Name, ...]:
    """The `count` members of a phrase as names of their own; () where it has no such list, or what they share is not clear."""
    label = name.label
    of, marks = label.rfind(_OF), [mark.end() for mark in _MARK.finditer(label)]
    body, tail = (label[:of], label[of:]) if marks and of >= marks[-1] else (label, "")
    first, *others = _MARK.split(body)
    if len(others) + 1 != count or not all((first, *others)):
        return ()
    ordinal = _OPENS_GRADES.match(first)
    lead = ordinal["lead"] if ordinal else _lead(first)
    items, head = _with_head([first[len(lead) :], *others])
    if not (items or tail) and not any(tag == "v" for word, tag in tagger()(body) if len(word) > 1):
        lead, items = "", [first, *others]
    wholes = [f"{lead}{item}{head}{tail}" for item in items]
    return tuple(Name(whole, name.kind, whole) for whole in wholes)


def members(name: Name, count: int) -> tuple[Name, ...]:
    """The `count` names that a list is of as it stands; () where it has not so many."""
    parts = _MARK.split(name.label)
    if len(parts) != count or any(len(part) < len("产量") for part in parts):
        return ()
    return tuple(Name(part, name.kind, part) for part in parts)


def _lead(first: str) -> str:
    """What stands before the first member of a list: up to its last verb, or 的."""
    words, lead, at = list(tagger()(first)), 0, 0
    for word, tag in words[:-1]:
        at += len(word)
        lead = at if tag == "v" or word == _OF else lead
    return first[:lead]


def _with_head(items: list[str]) -> tuple[list[str], str]:
    """The members without the head that they share, and that head; no members where they are not alike."""
    grade = _GRADE.match(items[-1])
    if grade and grade.end() < len(items[-1]) and all(_GRADE.fullmatch(item) for item in items[:-1]):
        return [*items[:-1], grade[0]], items[-1][grade.end() :]
    alike = len({item[-1:] for item in items}) == 1 and all(len(item) > 1 for item in items)
    return (items, "") if alike else ([], "")
