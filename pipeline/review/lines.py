"""The lines of review.tsv, one decision each, cells parted by tabs; what begins with # is a comment.

Of a claim, which is found by its document, relation, names and words; `at`, where the words begin, only helps where they stand
several times:

    right   DOCUMENT  RELATION[/FACET]  NAME；NAME  QUOTE            (empty)  BY  [REASON]  [AT]
    wrong   DOCUMENT  RELATION[/FACET]  NAME；NAME  QUOTE            (empty)  BY  [REASON]  [AT]
    object  DOCUMENT  RELATION[/FACET]  NAME；NAME  QUOTE            INSTEAD  BY  [REASON]  [AT]

In the place of `object` may stand subject, date, facet, or a slot of the relation (venue, agent, value …): the claim is right but
for that, which is INSTEAD. Of names, to which `@ document` may be added as in a file of names (pipeline/ledger/decisions.py):

    same    NAME      OTHER             [BY]        [REASON]         the graph calls it by the second
    apart   NAME      OTHER             [BY]        [REASON]
    label   NAME      LABEL             [BY]        [REASON]         what the thing of a name is called
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.ledger.decisions import APART, LABEL, SAME, NameLine
from pipeline.memory import digest_of
from pipeline.patterns import lazy
from pipeline.periods import date_bounds
from pipeline.relations import SHAPES, shape_of

RIGHT, WRONG, FACET = "right", "wrong", "facet"
BETWEEN = "；"  # the names of a claim
HEADER = "# verdict\tdocument\trelation\tnames\tquote\tinstead\tby\treason\tat\n"
OF_NAMES = {"same": SAME, "apart": APART, "label": LABEL}
_CALLED = {  # slots by what they are to a reader
    "event": {"subject": "event"},
    "indicator": {"subject": "s", "object": "indicator", "date": "period"},
    "contrast": {"subject": "a", "object": "b"},
    "cites": {"object": "work", "date": "year"},
}
_PAIR = {"subject": "s", "object": "o"}
_OF_CLAIM, _OF_NAME = 9, 5  # most cells of a line
_YEAR = lazy(r"[12]\d{3}[a-z]?")


class Decision(NamedTuple):
    """What a person says of a claim or of two names: a line.

    `names` are those that fill what the relation needs, in order, or the two names. `relation` has its facet behind a slash. `at`
    is an offset into the source.
    """

    verdict: str
    names: tuple[str, ...]
    by: str = ""
    reason: str = ""
    document: str = ""
    relation: str = ""
    quote: str = ""
    instead: str = ""
    at: int | None = None

    @property
    def slot(self) -> str | None:
        """The slot of the claim that is corrected, "facet" for that; None where there is none."""
        relation = self.relation.partition("/")[0]
        if self.verdict == FACET:
            return None if relation in SHAPES else FACET
        slot = _CALLED.get(relation, _PAIR).get(self.verdict, self.verdict)
        shape = shape_of(relation)
        return slot if slot in shape.slots or slot in shape.values else None

    @property
    def about(self) -> tuple[object, ...]:
        """What is decided on: a claim, a pair of names, or a name."""
        if self.verdict in OF_NAMES:
            names = self.names[:1] if self.verdict == "label" else sorted(self.names)
            return (self.verdict == "label", *names)
        return self.document, self.relation, self.names, "".join(self.quote.split()), self.at

    def agrees(self, later: Decision) -> bool:
        """Whether it still counts beside a later decision on the same: of a claim another slot may be corrected too."""
        plain = (RIGHT, WRONG, *OF_NAMES)
        return self.verdict not in plain and later.verdict not in plain and self.slot != later.slot

    def normal(self) -> Decision:
        """The same with every text as a cell holds it."""
        names = tuple(cell(name) if self.verdict in OF_NAMES else cell(name).replace(BETWEEN, "，") for name in self.names)
        by, reason, document, relation, quote, instead = (cell(str(text)) for text in self[2:8])
        return Decision(self.verdict, names, by, reason, document, relation, quote, instead, self.at)

    def line(self) -> str:
        """The line of the file, without its end."""
        said = self.normal()
        if said.verdict in OF_NAMES:
            cells = [said.verdict, *said.names, said.by, said.reason]
        else:
            at = "" if said.at is None else str(said.at)
            names = BETWEEN.join(said.names)
            cells = [said.verdict, said.document, said.relation, names, said.quote, said.instead, said.by, said.reason, at]
        return "\t".join(cells).rstrip("\t")

    def fault(self) -> str | None:
        """What is wrong with it, and what to do; None where nothing is."""
        if self.verdict in OF_NAMES:
            return None if len(self.names) == 2 and all(map(cell, self.names)) else "names are missing. Write two."
        if not (self.document and self.relation and self.quote and self.by):
            missing = next(name for name in ("document", "relation", "quote", "by") if not getattr(self, name))
            return f"“{missing}” is missing. Fill its cell."
        needed = shape_of(self.relation.partition("/")[0]).needed
        if len(self.names) != len(needed) or not all(self.names):
            wanted = f"{len(needed)} names, parted by {BETWEEN} ({BETWEEN.join(needed)})"
            return f"a claim of {self.relation} has {wanted}. Write so many."
        if self.verdict in (RIGHT, WRONG):
            return "says what is so instead. Write what is another in the first cell: object, date …" if self.instead else None
        if self.slot is None:
            return f"{self.verdict} is no verdict on a claim of {self.relation}. Write right, wrong, or what of it is another."
        return self._fault_of_other()

    def _fault_of_other(self) -> str | None:
        if not self.instead:
            return f"does not say which {self.verdict} is right. Fill the cell “instead”."
        dated = self.slot in ("date", "period") and not date_bounds(self.instead)
        if dated or (self.slot == "year" and not _YEAR.fullmatch(self.instead)):
            return f"{self.instead} is no date. Write 2024, 2024-05, 2024-05-06 or 2024-05/2024-07."
        return None


@dataclass(frozen=True, slots=True)
class Review:
    """The decisions of a file, in order: on the claims of each document, by its name, and on names; the line of each."""

    of_document: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    of_names: tuple[Decision, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)  # line → file:line
    overruled: tuple[tuple[str, str], ...] = ()  # lines on names, each with the reason

    def on(self, document: str) -> tuple[Decision, ...]:
        """The decisions on the claims of a document."""
        return self.of_document.get(cell(document), ())

    def digest(self, document: str) -> str:
        """A digest (hex) of these, "" where there are none."""
        decisions = self.on(document)
        return digest_of(*decisions) if decisions else ""

    def name_lines(self) -> list[NameLine]:
        """The decisions on names as the ledger takes them."""
        return [NameLine(self.places[each.line()], OF_NAMES[each.verdict], *each.names) for each in self.of_names]


def cell(text: str) -> str:
    """A text as it stands in a cell: in one line, without tabs."""
    return " ".join(text.split())


def read_review(file: Path | None) -> Review:
    """The decisions of a file; none where it is None. Raises UsageError, naming file and line."""
    last: dict[str, tuple[str, Decision]] = {}
    for place, decision in read_lines(file) if file else ():
        last.pop(decision.line(), None)  # said again it is the later word
        last[decision.line()] = place, decision
    of_document: dict[str, list[Decision]] = defaultdict(list)
    of_names: dict[object, Decision] = {}
    overruled = []
    for _, decision in last.values():
        if decision.verdict in OF_NAMES:
            before = of_names.get(decision.about)
            overruled += [(before.line(), f"overruled by {decision.by}")] if before and before.by != decision.by else []
            of_names[decision.about] = decision
        else:
            of_document[decision.document].append(decision)
    places = {line: place for line, (place, _) in last.items()}
    return Review({name: tuple(those) for name, those in of_document.items()}, tuple(of_names.values()), places, tuple(overruled))


def read_lines(file: Path) -> list[tuple[str, Decision]]:
    """Every decision of a file, behind its place (file:line). Raises UsageError, naming file and line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        told = f"{file}: cannot be read as UTF-8 text ({error})"
        raise UsageError(f"{told}. Save it so, or name another file with --review.") from error
    return list(decisions_in(text, file))


def decisions_in(text: str, file: Path) -> Iterator[tuple[str, Decision]]:
    """Every decision of the text of a file, behind its place (file:line). Raises UsageError, naming file and line."""
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell(each) for each in line.split("\t")]
        if not any(cells) or cells[0].startswith("#") or (number == 1 and cells[0] == "verdict"):
            continue
        decision, fault = _decision(cells)
        fault = fault or decision.fault()
        if fault:
            raise UsageError(f"{file}:{number}: {fault}")
        yield f"{file.name}:{number}", decision


def _decision(cells: list[str]) -> tuple[Decision, str | None]:
    """The decision of a line, and what is wrong with its cells."""
    of_names = cells[0] in OF_NAMES
    most = _OF_NAME if of_names else _OF_CLAIM
    told = [*cells, *[""] * most]
    too_many = "has more cells than its verdict takes. Part them by single tabs." if any(told[most:]) else None
    if of_names:
        verdict, first, second, by, reason = told[:most]
        return Decision(verdict, (first, second), by, reason), too_many
    verdict, document, relation, names, quote, instead, by, reason, at = told[:most]
    fault = too_many or (None if not at or at.isdecimal() else f"{at} is no offset. Leave the last cell empty.")
    parted = tuple(cell(name) for name in re.split("[；;]", names))
    where = int(at) if at.isdecimal() else None
    return Decision(verdict, parted, by, reason, document, relation, quote, instead, where), fault
