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

SAME, APART, LABEL = "=", "≠", "label"


class NameLine(NamedTuple):
    """A line that decides on names: where it stands (file:line), what it says of the two names."""

    place: str
    mark: str  # SAME, APART or LABEL
    first: str
    second: str


class Said(NamedTuple):
    """A name as a decision has it: its key, and the document that it is limited to ("" for all)."""

    key: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """`same` leads from a name to the one that the thing is called by, `apart` holds the pairs that are not one thing; `labels`
    leads from a name, by its key, to what its thing is called whatever else its names are."""

    same: dict[Said, str] = field(default_factory=dict)  # → the name as written
    apart: frozenset[frozenset[Said]] = frozenset()
    labels: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is decided."""
        return bool(self.same or self.apart or self.labels)

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


def read_name_lines(file: Path | None) -> list[NameLine]:
    """The lines of a file of names, none where it is None. Raises UsageError, naming file and line."""
    if file is None:
        return []
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read as UTF-8 text ({error}). Name a file of decisions with --names.") from error
    return list(_name_lines(lines, file))


def _name_lines(lines: Iterable[str], file: Path) -> Iterable[NameLine]:
    for number, written in enumerate(lines, 1):
        line = written.partition("#")[0].strip().replace("!=", "≠")
        mark = APART if APART in line else SAME
        first, found, second = (part.strip() for part in line.partition(mark))
        if not line:
            continue
        if not (found and first and second):
            raise UsageError(f"{file}:{number}: is no decision. Write “name = other name” or “name ≠ other name”.")
        yield NameLine(f"{file}:{number}", mark, first, second)


def decided(lines: Iterable[NameLine]) -> Decisions:
    """What lines decide together. Raises UsageError where two names are one thing and two."""
    same: dict[Said, str] = {}
    apart: dict[frozenset[Said], str] = {}  # with where it stands
    labels: dict[str, str] = {}
    for line in lines:
        first, second = said(line.first), said(line.second)
        if line.mark == LABEL:
            labels[first.key] = line.second
        elif line.mark == APART:
            apart[frozenset((first, second))] = line.place
        elif first.key != second.key:
            same[first] = line.second.partition("@")[0].strip()
    clash = next((pair for pair in apart if any(same.get(one) and Said(name_key(same[one])) in pair for one in pair)), None)
    if clash:
        names = " and ".join(sorted(one.key for one in clash))
        raise UsageError(f"{apart[clash]}: {names} are decided to be one thing and two. Remove one of the lines.")
    return Decisions(same, frozenset(apart), labels)


def said(text: str) -> Said:
    """A name as a line has it, with the document behind an @ that it is limited to."""
    name, _, document = (part.strip() for part in text.partition("@"))
    return Said(name_key(name), document)
