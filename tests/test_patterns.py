"""No pattern of the package has more readings of a text the more often a part of it comes again."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import pytest

import pipeline
from pipeline.patterns import LazyPattern, lazy

SHORT = 72  # characters: what grows with the square takes microseconds, what has two readings of each repeat for ever
AT_ONCE = 0.1  # seconds
NOISE = ["一", "1", "a", " ", "\n", "，", "、", "的", "（", "《", "“", "-", "*", "[", "\ue000"]


@cache
def modules() -> dict[str, ModuleType]:
    names = [module.name for module in pkgutil.walk_packages(pipeline.__path__, "pipeline.")]
    return {name: importlib.import_module(name) for name in names if not name.endswith("__main__")}


def compiled(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns in a value of a module, by name."""
    if isinstance(value, (re.Pattern, LazyPattern)) and isinstance(value.pattern, str):
        yield name, re.compile(value.pattern, value.flags)
    elif isinstance(value, (tuple, list, frozenset, set)):
        for index, one in enumerate(value):
            yield from compiled(f"{name}[{index}]", one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from compiled(f"{name}[{key!r}]", one)


def bare(value: object) -> Iterator[str]:
    """The expressions in a value of a module that were compiled when it was imported."""
    if isinstance(value, re.Pattern):
        yield repr(value.pattern)
    elif isinstance(value, (tuple, list, frozenset, set)):
        for one in value:
            yield from bare(one)
    elif isinstance(value, dict):
        yield from bare(tuple(value.values()))


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern that a module of the package makes, by the module where it is first met."""
    found: dict[re.Pattern[str], str] = {}
    for module in modules().values():
        for attribute, value in vars(module).items():
            for name, pattern in compiled(f"{module.__name__}.{attribute}", value):
                if f"{attribute} = " in inspect.getsource(module) or f"{attribute}: " in inspect.getsource(module):
                    found.setdefault(pattern, name.removeprefix("pipeline."))
    return {name: pattern for pattern, name in found.items()}


def hostile(pattern: re.Pattern[str]) -> Iterator[str]:
    """Repeats of what a pattern looks for, and of common noise, alone and with an end that it cannot want."""
    words = dict.fromkeys(re.findall(r"(?<!\\)[\u3000-\u303f\u4e00-\u9fff\uff00-\uff65A-Za-z*#$|·—-]{1,4}", pattern.pattern))
    for unit in [*list(words)[:12], *NOISE]:
        yield unit
        yield f"{unit}、"


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    pattern.fullmatch(text)
    return time.process_time() - start


FOUND = patterns()


def test_patterns_are_found() -> None:
    assert len(FOUND) > 300


def test_no_pattern_is_compiled_before_it_is_needed() -> None:
    found = [f"{name}: {each}" for name, module in modules().items() for value in vars(module).values() for each in bare(value)]
    assert found == [], "make the patterns of a module with pipeline.patterns.lazy: together they take longer than a document"


def test_a_lazy_pattern_does_what_a_compiled_one_does() -> None:
    text, made, kept = "甲二月乙十二月丙", re.compile("(?P<n>[一二十]+)月", re.I), lazy("(?P<n>[一二十]+)月", re.I)
    assert repr(kept.search(text, 3)) == repr(made.search(text, 3))
    assert repr(kept.fullmatch("二月")) == repr(made.fullmatch("二月"))
    assert kept.match(text) is made.match(text) is None
    assert [each.span() for each in kept.finditer(text)] == [each.span() for each in made.finditer(text)]
    assert (kept.findall(text), kept.split(text)) == (made.findall(text), made.split(text))
    assert (kept.sub("年", text), kept.subn("年", text)) == (made.sub("年", text), made.subn("年", text))
    assert (kept.pattern, kept.groups, kept.groupindex) == (made.pattern, made.groups, made.groupindex)
    with pytest.raises(AttributeError):
        kept.no_such_method  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(re.error):
        lazy("(").search(text)


@pytest.mark.parametrize("module", sorted({name.split("[")[0].rsplit(".", 1)[0] for name in FOUND}))
def test_no_pattern_has_ever_more_readings(module: str) -> None:
    own = {name: pattern for name, pattern in FOUND.items() if name.split("[")[0].rsplit(".", 1)[0] == module}
    slow = [
        (name, unit)
        for name, pattern in own.items()
        for unit in hostile(pattern)
        if seconds(pattern, (unit * SHORT)[:SHORT] + "～") > AT_ONCE
    ]
    assert slow == []
