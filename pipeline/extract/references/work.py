"""A work that a document cites: what a note or a list gives of it, and which of two are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.model import Name, Slot
from pipeline.patterns import lazy

_SIGNS = lazy(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class Work:
    """What a reference gives: the title (None for an author and a year alone), the authors as they are named, the year, perhaps
    with a letter (2024a), and what the work stands in or who publishes it: a journal, a newspaper, a publisher, a site."""

    title: str | None
    authors: tuple[str, ...] = ()
    year: str | None = None
    container: str | None = None
    alone: bool = False  # whether the reference stands in a list, to which an author and a year in the text may refer
    others: bool = False  # whether 等 tells of more authors than are named


class Reference(NamedTuple):
    """A work at text[start:end], read by the rule named."""

    work: Work
    start: int
    end: int
    rule: str


class Study(NamedTuple):
    """A cited study as text[start:end] names it; `bracketed` where it stands in brackets alone, those of `bracket`."""

    start: int
    end: int
    name: Name
    bracketed: bool
    bracket: int


def key(title: str) -> str:
    """What is the same for two spellings of a title."""
    return _SIGNS.sub("", title).lower()


def slots(reader: Reader, work: Work) -> dict[str, Slot]:
    """The work as the slots of a claim."""
    authors = tuple(Name(author, kind_of(reader, author), author) for author in work.authors)
    label = work.title or author_year(replace(work, others=False))
    return {
        "work": Name(label, "CitedWork", label),
        "title": work.title,
        "authors": authors,
        "year": work.year,
        "container": work.container,
    }


def kind_of(reader: Reader, author: str) -> str:
    """Whether a name is that of a person or of a body."""
    long = len(author) > 4 and "·" not in author and "\u4e00" <= author[-1] <= "\u9fff"
    latin = any(reader.is_word(word, "latin_bodies") for word in author.split())
    return "Body" if long or latin or reader.ends_in(author, "bodies") else "Person"


def author_year(work: Work) -> str:
    """作者、作者（年份）, 作者等（年份）: what a work is called that has no title."""
    return f"{'、'.join(work.authors)}{'等' if work.others else ''}（{work.year}）"


class Works:
    """The works of a document so far; a reference that says less of one is the work itself."""

    def __init__(self) -> None:
        self._by_title: dict[str, list[Work]] = {}
        self._untitled: dict[tuple[str, str | None], dict[tuple[str, ...], Work]] = {}  # those that name all their authors
        self._listed: dict[str, list[Work]] = {}

    def add(self, work: Work) -> None:
        """One more reference to a work: what it adds is kept."""
        if work.title is None:
            if len(work.authors) > 2 and not work.others:  # two are both named wherever they are cited
                self._untitled.setdefault((_family(work.authors[0]), work.year), {})[work.authors] = work
            return
        known = self._by_title.setdefault(key(work.title), [])
        at = next((at for at, other in enumerate(known) if _agree(other, work)), None)
        if at is None:
            known.append(work)
        else:
            known[at] = _joined(known[at], work)

    def whole(self, work: Work) -> Work:
        """The work with all that the document says of it."""
        if work.title is None:
            full = self._untitled.get((_family(work.authors[0]), work.year), {}) if work.others else {}
            return self._of_list(work) or (next(iter(full.values())) if len(full) == 1 else work)
        return next((other for other in self._by_title[key(work.title)] if _agree(other, work)), work)

    def find(self, title: str) -> bool:
        """Whether a work of that title is cited in full."""
        return key(title) in self._by_title

    def _of_list(self, work: Work) -> Work | None:
        """The entry of the list that an author and a year mean; None where there is none, or two may be meant."""
        if not self._listed:
            for other in self._all():
                if other.alone and other.authors and other.year:
                    self._listed.setdefault(_family(other.authors[0]) + other.year[:4], []).append(other)
        found = self._listed.get(_family(work.authors[0]) + (work.year or "")[:4], []) if work.authors else []
        return _closest(work, found)

    def _all(self) -> Iterable[Work]:
        return (work for works in self._by_title.values() for work in works)


def _agree(one: Work, other: Work) -> bool:
    return one.year is None or other.year is None or one.year == other.year


def _joined(one: Work, other: Work) -> Work:
    return replace(
        one,
        authors=one.authors or other.authors,
        year=one.year or other.year,
        container=one.container or other.container,
        alone=one.alone or other.alone,
    )


def _family(author: str) -> str:
    """What tells an author in the text and in the list alike: the name, of a Latin one the part that is spelled out first."""
    latin = re.match(r"[^A-Za-zÀ-ſ\u2e80-\uffff]*(?:[A-Z]\.\s*)*(?P<name>[A-Za-zÀ-ſ'’-]{2,})", author)
    return latin["name"].lower() if latin else author


def _closest(work: Work, found: Sequence[Work]) -> Work | None:
    if len(found) < 2:
        return found[0] if found else None
    exact = [other for other in found if other.year == work.year and len(work.year or "") > 4]
    named = [other for other in found if set(map(_family, work.authors)) <= set(map(_family, other.authors))]
    like = [other for other in named if (len(other.authors) > len(work.authors)) == work.others]
    for some in (exact, like, named):
        if len(some) == 1:
            return some[0]
    return None
