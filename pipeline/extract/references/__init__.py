"""document – cites – work: what footnotes, lists of references and the running text give of other works.

A work is one row however often it is cited: what is given in full once holds of every later short form, and an author with a
year is the work of the list that they mean; without a list, it is a work without a title.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.extract.references import fields, marked
from pipeline.extract.references.entries import Entry, entries
from pipeline.extract.references.in_text import citations
from pipeline.extract.references.named import named
from pipeline.extract.references.tail import joined
from pipeline.extract.references.work import Reference, Works, slots
from pipeline.model import Claim


def claims(reader: Reader) -> Iterator[Claim]:
    """Every work that the document cites, at every place where it does, in the order of the text."""
    found = sorted(references(reader), key=lambda reference: (reference.start, reference.end))
    works = Works()
    for reference in found:
        works.add(reference.work)
    for reference in found:
        work = works.whole(reference.work)
        claim = reader.claim("cites", slots(reader, work), reference.start, reference.end, reference.rule)
        yield claim._replace(polarity="stated", attributed_to=None)  # a title may ask; whoever is quoted, the document cites


def references(reader: Reader) -> Iterator[Reference]:
    """The works of notes and lists, and those that the running text names."""
    for entry in entries(reader):
        yield from _of_entry(reader, entry)
    for citation in citations(reader):
        yield Reference(citation.work, citation.start, citation.end, "cites.author_year")
    yield from named(reader)


def _of_entry(reader: Reader, entry: Entry) -> Iterator[Reference]:
    text = joined(reader.text[entry.start : entry.end])
    work = fields.work_of(reader, text, entry.listed) if "《" not in text or fields.CODE.search(text) else None
    if work:
        yield Reference(work, entry.start, entry.end, "cites.coded" if fields.CODE.search(text) else "cites.listed")
    else:
        yield from marked.works(reader, entry.start, entry.end, entry.listed)
