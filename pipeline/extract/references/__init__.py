"""document – cites – work: what footnotes, lists of references and the running text give of other works.

A work is one row however often it is cited: what is given in full once holds of every later short form, and an author with a
year is the work of the list that they mean; without a list, it is a work without a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.reader import Reader, keep
from pipeline.extract.references import fields, marked, marks
from pipeline.extract.references.entries import CODE, Entry, bracketed, entries
from pipeline.extract.references.in_text import citations, names_before
from pipeline.extract.references.named import named
from pipeline.extract.references.people import authors_of, lead
from pipeline.extract.references.tail import joined
from pipeline.extract.references.work import Reference, Study, Work, Works, author_year, slots
from pipeline.model import Claim, Name, Span


def claims(reader: Reader) -> Iterator[Claim]:
    """Every work that the document cites, at every place where it does: first where it is given in full."""
    found = list(references(reader))
    works = Works()
    for reference in found:
        works.add(reference.work)
    whole = [works.whole(reference.work) for reference in found]
    for work, reference in sorted(zip(whole, found, strict=True), key=_order):
        end = min(reference.end, reference.start + _LONGEST)
        claim = reader.claim("cites", slots(reader, work), reference.start, end, reference.rule)
        yield claim._replace(polarity="stated")  # a title may ask


_LONGEST = 300  # characters of a reference that are quoted


def _order(cited: tuple[Work, Reference]) -> tuple[bool, int, int]:
    """What gives a work in full stands before what only points to it."""
    work, reference = cited
    points = work.title is not None and reference.rule in ("cites.marked", "cites.again", "cites.author_year")
    return points, reference.start, reference.end


def references(reader: Reader) -> Iterator[Reference]:
    """The works of notes and lists, and those that the running text names."""
    given = _given(reader, Span(0, len(reader.text)))
    yield from given.references
    for bracket in bracketed(reader):
        yield from marked.works(reader, *bracket, False)
    notes = _notes(reader, given.references)
    for citation in citations(reader):
        told = next((work for work in notes.get(citation.end, ()) if _is_of(citation.work, work)), citation.work)
        yield Reference(told, citation.start, citation.end, "cites.author_year")
    yield from named(reader)
    yield from marks.places(reader, given.listed, given.spans) if given.listed else marks.years_first(reader)


def _notes(reader: Reader, references: Sequence[Reference]) -> dict[int, list[Work]]:
    """The works of the note whose mark hung at a position of the text."""
    of_block: dict[int, list[Work]] = {}
    for reference in references:
        of_block.setdefault(reader.block_index(reference.start), []).append(reference.work)
    return {tie.start: of_block[tie.block] for tie in reader.document.ties if tie.kind == "note" and tie.block in of_block}


def _is_of(cited: Work, work: Work) -> bool:
    """Whether an author and a year are those of a work that a note gives."""
    same = bool(work.authors) and work.authors[0] == cited.authors[0]
    return same and (work.year or cited.year or "")[:4] == (cited.year or "")[:4]


class _Given(NamedTuple):
    """What notes and lists give: the references, the works of a list by their numbers, and where the entries of a list stand."""

    references: list[Reference]
    listed: dict[str, Work]
    spans: list[Span]


@keep
def _given(reader: Reader, whole: Span) -> _Given:
    given = _Given([], {}, [])
    for entry in entries(reader):
        found = list(_of_entry(reader, entry)) or list(_repeated(reader, entry, given.references))
        given.references.extend(found)
        if entry.number and found:
            given.listed[entry.number] = found[0].work
        if entry.listed:
            given.spans.append(Span(entry.start, entry.end))
    return given


def _repeated(reader: Reader, entry: Entry, before: Sequence[Reference]) -> Iterator[Reference]:
    """The work of an earlier note: 同上书，第3页 is that of the last, 张某：前引书 the last of that author."""
    text = reader.text[entry.start : entry.end]
    size = lead(reader, text)
    again = reader.word_at(entry.start + size, "cites_again")
    at = next((at for word in reader.wording.lexicon.get("cited_before", ()) if (at := text.find(word)) >= 0), -1)
    names = set(authors_of(reader, text[size:at])) if at > size else set()
    for reference in reversed(before):
        if again or (names and names <= set(reference.work.authors)):
            yield Reference(reference.work, entry.start, entry.end, "cites.again")
            return


def _of_entry(reader: Reader, entry: Entry) -> Iterator[Reference]:
    text = joined(reader.text[entry.start : entry.end])
    work = fields.work_of(reader, text, entry.listed) if "《" not in text or CODE.search(text) else None
    if work:
        yield Reference(work, entry.start, entry.end, "cites.coded" if CODE.search(text) else "cites.listed")
    else:
        yield from marked.works(reader, entry.start, entry.end, entry.listed)


def studies(reader: Reader) -> Iterator[Study]:
    """The studies that the running text names: by author and year, or by author and the number of a list that has the year."""
    for cited in citations(reader):
        text = reader.text[cited.start : cited.end]
        name = Name(author_year(cited.work), "Study", text.strip("（）()") if cited.bracketed else text)
        yield Study(cited.start, cited.end, name, cited.bracketed, cited.bracket)
    given = _given(reader, Span(0, len(reader.text)))
    for mark in marks.marks(reader) if given.listed else ():
        people = names_before(reader, mark.at)
        work = given.listed.get(mark.numbers[0])
        if people and work and work.year:
            label = author_year(Work(None, people.names, work.year, others=people.others))
            yield Study(people.start, mark.at, Name(label, "Study", reader.text[people.start : mark.at]), False, 0)
