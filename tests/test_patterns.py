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
from pipeline.extract.wording import wording
from pipeline.lexicon import CLASS
from tests.samples import ontology

SHORT = 72  # characters: what grows with the square takes microseconds, what has two readings of each repeat for ever
AT_ONCE = 0.1  # seconds
NOISE = ["一", "1", "a", " ", "\n", "，", "、", "的", "（", "《", "“", "-", "*", "[", "\ue000"]


@cache
def modules() -> dict[str, ModuleType]:
    names = [module.name for module in pkgutil.walk_packages(pipeline.__path__, "pipeline.")]
    return {name: importlib.import_module(name) for name in names if not name.endswith("__main__")}


def compiled(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns in a value of a module, by name."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield name, value
    elif isinstance(value, str) and CLASS.search(value):
        yield name, wording(ontology()).classes.pattern(value)
    elif isinstance(value, (tuple, list, frozenset, set)):
        for index, one in enumerate(value):
            yield from compiled(f"{name}[{index}]", one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from compiled(f"{name}[{key!r}]", one)


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern that a module of the package makes, or writes as a form, by the module where it is first met."""
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
