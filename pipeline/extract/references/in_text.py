"""Authors with a year in the running text: 张某（2021）指出…, （李某等，2020；Smith，2019）, 张某和李某（2020a，2020b）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.annotate.words import cutter, words_of
from pipeline.extract.reader import Reader
from pipeline.extract.references.people import authors_of, lead
from pipeline.extract.references.tail import CASE
from pipeline.extract.references.work import Work
from pipeline.patterns import lazy
from pipeline.surnames import COMPOUND_SURNAMES, SURNAMES

_HAN = r"\u4e00-\u9fff"
_YEAR = r"(?:19|20)\d\d[a-e]?"
_YEARS = rf"{_YEAR}(?:\s*[/、，,；;]\s*(?:{_YEAR}|[a-e]))*"
_ALONE = lazy(rf"\s*[（(]\s*(?P<years>{_YEARS})(?:\s*[:：]\s*\d[\d\-–—]*|[，,]\s*pp?\.[^（）()]{{1,12}})?\s*[）)]")
_BRACKET = lazy(rf"[（(](?P<inside>[^（）()\n]{{0,400}}?{_YEAR}(?:\s*[:：]\s*\d[\d\-–—]*)?)\s*[）)]")
_PIECE = lazy(
    rf"\s*+(?P<authors>[^\d；;\s][^\d；;]{{1,119}}?)(?:\s*+[,，]\s*+|\s++|(?<=[{_HAN}]))(?P<years>{_YEARS})(?:\s*[:：]\s*\d[\d\-–—]*)?\s*"
)
_LATIN = r"[A-ZÀ-Þ][A-Za-zÀ-ſ'’\-]*"
_OF = r"(?:(?:van|von|de|der|den|ter|la|le|di|da|del|du|bin|al)\s+)*"
_LATIN_BEFORE = lazy(rf"{_OF}{_LATIN}(?:[ .]+{_LATIN}\.?)*\s*$")
_FOREIGN_BEFORE = lazy(rf"[{_HAN}]{{1,6}}(?:[·•・][{_HAN}A-Z.]{{1,8}})+\s*$")
_HAN_BEFORE = lazy(rf"[{_HAN}]+\s*$")
_OTHERS_BEFORE = lazy(r"\s*(?:等人?|et\.?\s*al\.?)\s*$")
_BETWEEN = lazy(r"\s*(?:[、&＆]|,\s*&|[和与及]|\band\b|(?<=[A-Za-z])\s*[,，](?=\s*$))\s*$")
_REACH = 80


class Citation(NamedTuple):
    """text[start:end] cites a work without a title; `bracketed` where it stands in brackets alone."""

    work: Work
    start: int
    end: int
    bracketed: bool = False
    bracket: int = 0  # where the bracket opens


class People(NamedTuple):
    """Authors as they are named in the text from `start` on; `others` tells that 等 stands behind them."""

    names: tuple[str, ...]
    start: int
    others: bool


def citations(reader: Reader) -> Iterator[Citation]:
    """Every author with a year in the running text, in its order."""
    text = reader.text
    for bracket in _BRACKET.finditer(text):
        if not _counts(reader, bracket.start()):
            continue
        alone = _ALONE.fullmatch(bracket[0])
        if alone and not CASE.match(text, bracket.end()):
            yield from _before(reader, bracket.start(), bracket.end(), alone["years"])
        elif not alone:
            yield from _within(reader, bracket)


def _counts(reader: Reader, position: int) -> bool:
    """Whether a bracket stands in running text, and in no title."""
    opened = reader.text.rfind("《", max(0, position - _REACH), position)
    if opened >= 0 and reader.text.find("》", opened, position) < 0:
        return False
    return reader.block(position).kind not in ("footnote", "reference", "metadata", "foreign", "title", "formula")


def _within(reader: Reader, bracket: re.Match[str]) -> Iterator[Citation]:
    """（参见张某等，2020；李某，2021a，2021b）: all that stands in the bracket are works."""
    found: list[Citation] = []
    at = bracket.start("inside")
    for piece in _pieces(bracket["inside"]):
        start, end = at, at + len(piece)
        at = end + 1
        cited = _PIECE.fullmatch(piece)
        if cited is None:
            return
        size = lead(reader, cited["authors"].strip())
        authors = authors_of(reader, cited["authors"].strip()[size:])
        if not authors or not all(_is_author(reader, author) for author in authors):
            return
        others = bool(_OTHERS_BEFORE.search(cited["authors"]))
        found += [Citation(Work(None, authors, year, others=others), start, end) for year in _years(cited["years"])]
    alone = len({citation.start for citation in found}) < 2
    for citation in found:
        whole = citation._replace(start=bracket.start(), end=bracket.end()) if alone else citation
        yield whole._replace(bracketed=True, bracket=bracket.start())


def _pieces(inside: str) -> list[str]:
    """The works of a bracket, between semicolons; 、 parts two where a year stands before it."""
    return re.split(r"[；;]|(?<=\d)、(?=[^\d])|(?<=\d[a-e])、(?=[^\d])", inside)


def _years(text: str) -> Iterator[str]:
    """2020a，b → 2020a, 2020b; 2002/2007 is the year of the edition that is read, the first."""
    years = re.split(r"\s*[、，,；;]\s*", text.split("/", maxsplit=1)[0])
    for year in years:
        yield year if len(year) > 3 else years[0][:4] + year


def _before(reader: Reader, position: int, end: int, years: str) -> Iterator[Citation]:
    """张某、李某等（2020）: the names that stand right before a bracket with a year."""
    people = names_before(reader, position)
    if people:
        for year in _years(years):
            yield Citation(Work(None, people.names, year, others=people.others), people.start, end)


def names_before(reader: Reader, position: int) -> People | None:
    """The authors who are named right before a position: 张某、李某等."""
    text = reader.text
    others = _OTHERS_BEFORE.search(text, max(0, position - 12), position)
    start = others.start() if others else position
    names: list[str] = []
    while name := _name_before(reader, start, last=not names, others=bool(others)):
        names.insert(0, name.strip())
        start -= len(name)
        between = _BETWEEN.search(text, max(0, start - 6), start)
        if between is None:
            break
        start = between.start()
    return People(tuple(names), max(0, text.find(names[0], start, position)), bool(others)) if names else None


def _name_before(reader: Reader, end: int, *, last: bool, others: bool) -> str:
    """The name that ends right before a position, with the space behind it; an empty string where none does."""
    text, begin = reader.text, max(0, end - 40)
    for pattern in (_FOREIGN_BEFORE, _LATIN_BEFORE):
        found = pattern.search(text, begin, end)
        if found and len(found[0].strip(" .")) > 1 and not found[0].strip().isupper():
            return found[0]
    run = _HAN_BEFORE.search(text, begin, end)
    if run is None:
        return ""
    piece = re.split("[和与及]", run[0].rstrip())[-1]
    space = len(run[0]) - len(run[0].rstrip())
    rare = last and others and 2 <= len(piece) <= 3 and reader.clause(end).start == end - space - len(piece)
    name = piece if rare else _person(reader, piece) or (_body(reader, run[0].rstrip()) if last else "")
    return text[end - space - len(name) : end] if name else ""


def _person(reader: Reader, piece: str) -> str:
    """The name of a person at the end of a piece of text: as long as it is, or where a word begins."""
    if 2 <= len(piece) <= 4 and is_person(reader, piece):
        return piece
    starts, at = set(), 0
    for word in cutter()(piece):
        starts.add(at)
        at += len(word)
    names = [piece[-size:] for size in (3, 2, 4) if size < len(piece) and is_person(reader, piece[-size:])]
    return next((name for name in names if len(piece) - len(name) in starts), names[0] if names else "")


def _body(reader: Reader, run: str) -> str:
    """The name of a body at the end of a run of characters, without the words that lead into it."""
    if not reader.ends_in(run, "bodies"):
        return ""
    while size := lead(reader, run) or _leads(reader, run):
        run = run[size:]
    return run if 3 <= len(run) <= 24 else ""


def _leads(reader: Reader, run: str) -> int:
    return max((len(word) for word in reader.bounding_words if run.startswith(word)), default=0)


def _is_author(reader: Reader, name: str) -> bool:
    """Whether a name in a bracket is that of an author: a person, a body, or Latin with a capital."""
    if "\u4e00" <= name[-1] <= "\u9fff":
        return "·" in name or is_person(reader, name) or (len(name) > 2 and reader.ends_in(name, "bodies"))
    return bool(re.match(_LATIN, name)) and not re.search(r"[\d=<>%]", name)


def is_person(reader: Reader, name: str) -> bool:
    """Whether two to four characters are a name: they begin with a surname and are no word or place."""
    surname = 2 if name[:2] in COMPOUND_SURNAMES else 1 if name[0] in SURNAMES else 0
    if not surname or not surname < len(name) <= surname + 2 or not all("\u4e00" <= sign <= "\u9fff" for sign in name):
        return False
    if name in reader.wording.terms or name in reader.bounding_words:
        return False
    words = words_of(name)
    return len(words) > 1 or words[0][1][:2] in ("nr", "x") or (len(name) > 2 and words[0][1][0] == "n")
