"""The works that a file holds, each with its blocks: a notice and the plan that it transmits, the articles of a bundle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.model import Work
from pipeline.read.issued import date_of
from pipeline.read.kinds import kind_of
from pipeline.read.metadata import About, head_lines
from pipeline.read.structure import Draft
from pipeline.read.votes import Titles, cleaned, plain

OPENING = 3000  # characters from the top of a work by which its kind is told


def works_of(drafts: Sequence[Draft], source: str, about: About, titles: Titles) -> tuple[Work, ...]:
    """In their order; what `about` says of the file is said of its main work, the first that is no notice."""
    articles = [at for at, draft in enumerate(drafts) if draft.article]
    if len(articles) > 1:
        return tuple(_articles(drafts, source, about, articles))
    border = _below_notice(drafts, titles)
    main = Work(
        "work",
        about.title,
        about.kind,
        border,
        len(drafts),
        about.subtitle,
        about.number,
        about.issuer,
        about.authors,
        about.date,
    )
    if titles.notice is None or not border:
        return (main,)
    notice = Work("notice", titles.notice.name, "other", 0, border, None, about.number, about.issuer, (), about.date)
    return notice, main


def _below_notice(drafts: Sequence[Draft], titles: Titles) -> int:
    """Where the transmitted work begins: at the last of the lines that say its title; 0 where there is no notice."""
    if titles.notice is None or titles.own is None:
        return 0
    name, notice = plain(titles.own.name), plain(titles.notice.name)
    said = [(at, plain(cleaned(draft.text))) for at, draft in enumerate(drafts) if draft.kind == "title"]
    first = next((at for at, text in said if text == notice), -1)
    return max((at for at, text in said if text == name and at > first), default=0)


def _articles(drafts: Sequence[Draft], source: str, about: About, starts: Sequence[int]) -> Iterator[Work]:
    for start, end in pairwise([*starts, len(drafts)]):
        own = drafts[start:end]
        title = cleaned(own[0].text)
        head = [draft.text for draft in own[:30]]
        kind = kind_of(title, "\n".join(head)[:OPENING], own)
        lines, fields = head_lines(own, source)
        yield Work("work", title, kind, start, end, date=date_of(lines, fields, head) or about.date)
