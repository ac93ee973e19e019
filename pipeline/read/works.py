"""The works that a file holds, each with its blocks: a notice and the plan that it transmits, annexes, items of a bundle."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Work
from pipeline.read.metadata import About, describe
from pipeline.read.starts import Start
from pipeline.read.structure import Draft
from pipeline.read.votes import Candidate, Titles


def set_titles_apart(drafts: Sequence[Draft], starts: Sequence[Start]) -> None:
    """Makes the lines that a work begins with its title, and the word 附件 above it a field."""
    for start in starts[1:]:
        for draft in drafts[start.first : start.body]:
            draft.kind, draft.level, draft.marker = "title", 0, ""
        if start.role == "annex" and start.body > start.first + 1:
            drafts[start.first].kind = "metadata"


def works_of(drafts: Sequence[Draft], source: str, about: About, starts: Sequence[Start]) -> tuple[Work, ...]:
    """In their order. What `about` says of the file is said of its main work, the first that is no notice, and of the notice; a
    work that does not say when it was made has the date of the one that it belongs to.
    """
    works: list[Work] = []
    ends = [start.first for start in starts[1:]] + [len(drafts)]
    main = next((at for at, start in enumerate(starts) if start.role == "work"), 0)
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        belongs_to = _belongs_to(starts, at)
        if at <= main:
            works.append(_main(start, end, about, belongs_to))
            continue
        own = describe(drafts[start.first : end], source, _titles(start))
        over = works[belongs_to] if belongs_to is not None else works[main]
        together = belongs_to is not None and start.role == "work"  # transmitted by the same notice
        works.append(
            Work(
                start.role,
                start.title,
                own.kind,
                start.first,
                end,
                own.subtitle,
                own.number or (over.number if together else None),
                own.issuer or (over.issuer if together or start.role == "annex" else None),
                own.authors,
                own.date or over.date,
                belongs_to,
            )
        )
    return tuple(works)


def _main(start: Start, end: int, about: About, belongs_to: int | None) -> Work:
    if start.role == "notice":
        return Work("notice", start.title, "other", start.first, end, None, about.number, about.issuer, (), about.date)
    return Work(
        "work",
        start.title or about.title,
        about.kind,
        start.first,
        end,
        about.subtitle,
        about.number,
        about.issuer,
        about.authors,
        about.date,
        belongs_to,
    )


def _titles(start: Start) -> Titles:
    notice = Candidate(start.first, start.body, start.title) if start.role == "notice" and start.title else None
    return Titles(start.title, None, notice)


def _belongs_to(starts: Sequence[Start], at: int) -> int | None:
    """The work that another is part of: the notice that transmits it, the work that it is annexed to or interprets."""
    role = starts[at].role
    before = [(place, start.role) for place, start in enumerate(starts[:at])]
    if role == "work":
        above = [(place, other) for place, other in before if other in ("work", "notice")]
        found = next((place for place, other in reversed(above) if other == "notice"), None)
        return found if found is not None and _promises(starts, found, at) else None
    if role in ("annex", "interpretation"):
        return next((place for place, other in reversed(before) if other in ("work", "notice")), None)
    return None


def _promises(starts: Sequence[Start], notice: int, at: int) -> bool:
    """Whether a notice transmits the work at `at`: the first below it, or another whose title it was found by."""
    return starts[at].promised or at == notice + 1
