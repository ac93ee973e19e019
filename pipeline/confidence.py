"""How sure a rule is: counted on documents with gold rows, never set by hand (ontology/grammar/confidence.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.evaluate import Score
from pipeline.grammar.rules import prior
from pipeline.model import MODEL_RULE

CERTAIN = 0.99  # no rule is surer: it was measured on documents that its author may have read
SHRINK = 4  # cases for which the precision of its relation counts beside a rule's own

_HEAD = """\
# How often each rule was right and wrong on documents with gold rows, and the confidence of its claims: its precision, shrunk to
# that of its relation where there are few cases. Made by `zhimai evaluate --confidence`; a change by hand does not last.
"""


def confidences(scores: Mapping[str, Score]) -> dict[str, float]:
    """The confidence of each rule of `scores` ("relation.rule" → counts), to two decimals."""
    totals: dict[str, tuple[int, int]] = {}
    for name, score in scores.items():
        right, wrong = totals.get(_relation(name), (0, 0))
        totals[_relation(name)] = right + score.right, wrong + score.false
    return {name: _shrunk(score, totals[_relation(name)]) for name, score in scores.items()}


def _shrunk(score: Score, total: tuple[int, int]) -> float:
    return min(CERTAIN, round((score.right + SHRINK * prior(*total)) / (score.right + score.false + SHRINK), 2))


def _relation(rule: str) -> str:
    return rule.split(".", maxsplit=1)[0]


def write_confidence(file: Path, scores: Mapping[str, Score]) -> None:
    """Write the file that says so, whole or not at all; of language models that `scores` lacks it goes on to say what it said.
    UsageError where it cannot be written."""
    new = file.with_name(file.name + ".new")
    try:
        new.write_text(as_toml({**_of_models(file), **scores}), encoding="utf-8", newline="\n")
        new.replace(file)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror}). Name another file.") from error


def _of_models(file: Path) -> dict[str, Score]:
    """What a file says of language models, which few builds ask."""
    if not file.is_file():
        return {}
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: Score(each["right"], each["wrong"]) for name, each in said.items() if name.startswith(MODEL_RULE)}


def as_toml(scores: Mapping[str, Score]) -> str:
    """The file that says so, a table a rule, in order of name."""
    known = confidences(scores)
    tables = [
        f'\n["{name}"]\nright = {scores[name].right}\nwrong = {scores[name].false}\nconfidence = {known[name]}\n'
        for name in sorted(scores)
    ]
    return _HEAD + "".join(tables)
