"""The works that a file holds, each with its blocks: a notice and the plan that it transmits, annexes, items of a bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.model import Role, Work
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


# What a work that says nothing of it has from the one that it belongs to. The number under which a notice was sent, who sent it
# and when, and from when on it holds are those of all that it transmits; an annex is of those who made the work above it. An
# interpretation is another text, often of other people at another time. The first notice has what its file says of itself.
_PASSED_ON: Mapping[Role, tuple[str, ...]] = {
    "notice": ("number", "issuer", "date"),
    "work": ("number", "issuer", "date", "written", "effective"),
    "annex": ("issuer", "date"),
    "interpretation": (),
}


def works_of(drafts: Sequence[Draft], source: str, about: About, starts: Sequence[Start]) -> tuple[Work, ...]:
    """In their order. What `about` says of the file is said of its main work, the first that is no notice; any other is described
    by its own blocks alone, and a plan below a notice has number, issuer, dates of issue and writing and coming into force of the
    notice where it gives none.
    """
    ends = [start.first for start in starts[1:]] + [len(drafts)]
    main = next((at for at, start in enumerate(starts) if start.role == "work"), 0)
    parents = [_belongs_to(starts, at) for at in range(len(starts))]
    said: list[About] = []
    for at, (start, end, parent) in enumerate(zip(starts, ends, parents, strict=True)):
        if at == main:
            said.append(about)
            continue
        own = describe(drafts[start.first : end], source, _titles(start))
        if at < main:  # it may be signed below all that it transmits, and its own lines give the date of the page alone
            own = replace(own, date=None)
        over = about if at < main else said[parent] if parent is not None else own
        lacks = (name for name in _PASSED_ON[start.role] if getattr(own, name) is None)
        said.append(replace(own, **{name: getattr(over, name) for name in lacks}))
    return tuple(
        _notice(start, end, told) if start.role == "notice" and at in parents else _work(start, end, told, parents[at])
        for at, (start, end, told) in enumerate(zip(starts, ends, said, strict=True))
    )


def _notice(start: Start, end: int, said: About) -> Work:
    """A notice that transmits others: what it says of passing, revision and coming into force it says of them."""
    return Work(
        role="notice",
        title=start.title,
        kind="other",
        first=start.first,
        last=end,
        number=said.number,
        issuer=said.issuer,
        date=said.date,
        written=said.written,
        published=said.published,
    )


def _work(start: Start, end: int, said: About, belongs_to: int | None) -> Work:
    return Work(
        role=start.role,
        title=start.title or said.title,
        kind=said.kind,
        first=start.first,
        last=end,
        subtitle=said.subtitle,
        number=said.number,
        issuer=said.issuer,
        authors=said.authors,
        date=said.date,
        belongs_to=belongs_to,
        genre=said.genre,
        written=said.written,
        passed=said.passed,
        revised=said.revised,
        published=said.published,
        effective=said.effective,
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
