"""How a document uses names: all that the ledger needs of its claims, so that what has not changed need not be read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.model import Claim, Evidence, Name

HOLDER = "attributed_to"  # the slot of a fact for the one who holds it


class Told(NamedTuple):
    """What a claim says of an event that it is of: date (ISO), venues and agent."""

    date: str | None = None
    venues: tuple[Name, ...] = ()
    agent: Name | None = None


class Cited(NamedTuple):
    """What tells a cited work from others of its title: its first author and its year; and the title itself."""

    title: str = ""
    author: str = ""
    year: str = ""


class Use(NamedTuple):
    """A name as a document uses it: in what, how often, and where first.

    `told` is set where the name is that of an event, `cited` where it is that of a cited work or of an author of one.
    """

    name: Name  # without its text
    told: Told | None = None
    cited: Cited | None = None
    is_work: bool = False
    times: int = 1
    evidence: Evidence = Evidence(0, 0, "")

    def bare(self) -> Use:
        """The use itself: not how often and where."""
        return Use(*self[:4])


def uses_of(claims: Iterable[Claim]) -> tuple[Use, ...]:
    """The uses of names in the claims of one document, in the order in which they come first."""
    first: dict[Use, Evidence] = {}
    often: Counter[Use] = Counter()
    for claim in claims:
        for slot, names in slots_of(claim):
            for name in names:
                use = use_of(claim, slot, name)
                first.setdefault(use, claim.evidence)
                often[use] += 1
    return tuple(use._replace(times=often[use], evidence=evidence) for use, evidence in first.items())


def use_of(claim: Claim, slot: str, name: Name) -> Use:
    """How a claim uses the name in a slot; `times` and `evidence` are left open."""
    plain = Name(name.label, name.kind, "", name.aliases, name.term)
    if name.kind == "Event":
        return Use(plain, _told(claim) if claim.slots.get("event") is name else Told())
    if slot in ("work", "authors"):
        return Use(plain, cited=_cited(claim), is_work=slot == "work")
    return Use(plain)


def slots_of(claim: Claim) -> Iterator[tuple[str, tuple[Name, ...]]]:
    """The slots of a claim that name things, the holder's with them, by name."""
    for slot, value in sorted((*claim.slots.items(), (HOLDER, claim.attributed_to))):
        if isinstance(value, Name):
            yield slot, (value,)
        elif isinstance(value, tuple) and value:
            yield slot, value


def _told(claim: Claim) -> Told:
    date, venues, agent = (claim.slots.get(slot) for slot in ("date", "venue", "agent"))
    return Told(
        date if isinstance(date, str) else None,
        venues if isinstance(venues, tuple) else (),
        agent if isinstance(agent, Name) else None,
    )


def _cited(claim: Claim) -> Cited:
    work, authors, year = (claim.slots.get(slot) for slot in ("work", "authors", "year"))
    return Cited(
        work.label if isinstance(work, Name) else "",
        authors[0].label if isinstance(authors, tuple) and authors else "",
        year if isinstance(year, str) else "",
    )
