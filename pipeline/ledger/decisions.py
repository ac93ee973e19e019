"""What a user decides about names: a plain text file, one decision a line, that outlives every build.

    # one thing
    绿禾集团 = 绿禾农业集团有限公司
    # two things
    青禾街道 ≠ 青禾街道办事处
    # one name, two people: of the document 2023-07, and of any other
    林望川 @ 2023-07 ≠ 林望川

`!=` may stand for `≠`. Of two names that are one thing, the graph calls it by the second. `@ document` limits a name to one
document, which goes by its name in the graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.ledger.keys import name_key


class Said(NamedTuple):
    """A name as a decision has it: its key, and the document that it is limited to ("" for all)."""

    key: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """`same` leads from a name to the one that the thing is called by, `apart` holds the pairs that are not one thing."""

    same: dict[Said, str] = field(default_factory=dict)  # → the name as written
    apart: frozenset[frozenset[Said]] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is decided."""
        return bool(self.same or self.apart)

    def name_of(self, key: str, document: str) -> str | None:
        """What a name is decided to be called, in one document or in all."""
        return self.same.get(Said(key, document)) or self.same.get(Said(key))

    def forbid(self, one: str, other: str) -> bool:
        """Whether two names, by their keys, are decided to be two things."""
        return one != other and frozenset((Said(one), Said(other))) in self.apart

    def is_limited(self, key: str, document: str) -> bool:
        """Whether a name is decided to be another thing in this document than elsewhere."""
        said = Said(key, document)
        return any(said in pair and {name.key for name in pair} == {key} for pair in self.apart)


def read_decisions(file: Path | None) -> Decisions:
    """The decisions of a file, which may be absent where it is None. Raises UsageError, naming file and line."""
    if file is None:
        return Decisions()
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read as UTF-8 text ({error}). Name a file of decisions with --names.") from error
    return _decisions(lines, file)


def _decisions(lines: Iterable[str], file: Path) -> Decisions:
    same: dict[Said, str] = {}
    apart: set[frozenset[Said]] = set()
    for number, written in enumerate(lines, 1):
        line = written.partition("#")[0].strip().replace("!=", "≠")
        mark = "≠" if "≠" in line else "="
        first, found, second = (part.strip() for part in line.partition(mark))
        if not line:
            continue
        if not (found and first and second):
            raise UsageError(f"{file}:{number}: is no decision. Write “name = other name” or “name ≠ other name”.")
        if mark == "≠":
            apart.add(frozenset((_said(first), _said(second))))
        elif _said(first).key != _said(second).key:
            same[_said(first)] = second.partition("@")[0].strip()
    clash = next((pair for pair in apart if any(same.get(said) and Said(name_key(same[said])) in pair for said in pair)), None)
    if clash:
        names = " and ".join(sorted(said.key for said in clash))
        raise UsageError(f"{file}: {names} are decided to be one thing and two. Remove one of the lines.")
    return Decisions(same, frozenset(apart))


def _said(text: str) -> Said:
    name, _, document = (part.strip() for part in text.partition("@"))
    return Said(name_key(name), document)
