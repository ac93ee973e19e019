"""References whose parts are told apart by stops: 张某，李某．题名[J]．刊名，2020，36(2)：1-5., 张某。题名。刊名，2020；
Brown, A. J. (2016). Title. Journal; Brown, Andrew. “Title.” Journal 12 (2016)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.extract.references.entries import CODE
from pipeline.extract.references.people import authors_of, lead
from pipeline.extract.references.tail import CASE, URL, container_of, year_of
from pipeline.extract.references.work import Work
from pipeline.patterns import lazy

_YEAR = r"(?P<year>(?:19|20)\d\d[a-e]?)"
_DATED = lazy(
    rf"(?P<authors>[^《》“\"]{{2,240}}?)[.．。，,]?\s*[（(]{_YEAR}(?:[，,/][^（）()]{{0,20}})?[）)]\s*[.．。:：,，]?\s*(?P<rest>\S.+)",
    re.S,
)
_AFTER_YEAR = lazy(rf"(?P<authors>[^《》“\"]{{2,240}}?)[，,.]\s*{_YEAR}[，,:：.．]\s*(?P<rest>[“\"].+)", re.S)
_QUOTED = lazy(r"(?P<authors>[^《》“\"\d]{0,240}?)[，,.]?\s*[“\"](?P<title>[^”\"]{6,300})[”\"](?P<tail>.+)", re.S)
_WORDS = r"[A-Z][^,，“”\"《》\u4e00-\u9fff]"
_LATIN = lazy(
    rf"(?P<authors>(?:[A-Z][a-z'’-]+, (?:[A-Z]\. ?){{1,3}}|{_WORDS}{{3,60}}?)(?:,? (?:and|&) {_WORDS}{{3,40}}?)?)[,，] "
    r"(?P<title>[A-Z][^“”\"《》\u4e00-\u9fff]{3,160}?)[,，] "
    rf"(?P<tail>(?:[A-Z][A-Za-z. ]{{1,30}}(?:, [A-Z]{{2}})?: ?)?{_WORDS}{{3,60}}[,，] ?(?:19|20)\d\d.*)",
    re.S,
)
_YEAR_BEHIND = lazy(rf"[,，.．]?\s*[（(]?{_YEAR}[）)]?\s*[.．。,，:：]?\s*$")
_YEAR_BEFORE = lazy(rf"\s*[（(]?{_YEAR}[）)]?\s*[.．。,，:：]\s*")
_STOP = lazy(r"[.．。？?！!]")
_SHORT = lazy(r"(?:No|Vol|vol|pp?|[Ee]ds?|vs|St|Dr|Jr|Mr)$")
_GOES_ON = lazy(r"\s*(?:[,，;；&＆]|and\b|[A-Z]\s*[.．,，]|-[A-Z]|[a-z])")
_NUMBERED = lazy(
    r"[:：，,.．\s]+(?:[\u4e00-\u9fff]{2,4}[，,]\s*\d|[A-Z])[A-Z/\d .\-—–]*\d\s*$"
)  # GB/T 1234-2019 before [S], of a patent before [P]
_EDGE = ' 　\n,，、.．:：;；。“”"‘’'
_LONGEST = 300


class Fields(NamedTuple):
    """The parts of a reference, as they stand."""

    authors: str
    title: str
    tail: str
    year: str | None = None


def work_of(reader: Reader, text: str, listed: bool) -> Work | None:
    """The work that an entry gives; None where it is of none of these forms."""
    text = text[lead(reader, text) :]
    fields = _coded(text) or _in_quotes(text) or _placed(reader, text)
    if fields is None and listed:
        fields = _dated(text) or _stopped(reader, text)
    if fields is None:
        return None
    fields = _with_year(fields)
    title = fields.title.strip(_EDGE)
    authors = authors_of(reader, fields.authors, listed=listed)
    if not 2 <= len(title) <= _LONGEST or title.isdigit():
        return None
    return Work(
        _closed(title, fields.title), authors, fields.year or year_of(fields.tail), container_of(reader, fields.tail), listed
    )


def _with_year(fields: Fields) -> Fields:
    """The year apart where it stands between the authors and the title: 费某某. 1998. 某书[M]; 费某某（1998）. 某书[M]."""
    behind, before = _YEAR_BEHIND.search(fields.authors), _YEAR_BEFORE.match(fields.title)
    if behind:
        return fields._replace(authors=fields.authors[: behind.start()], year=behind["year"])
    return fields._replace(title=fields.title[before.end() :], year=before["year"]) if before else fields


def _closed(title: str, whole: str) -> str:
    """The title with the mark that closes a quotation at its end."""
    return title + "”" if title.count("“") > title.count("”") and title + "”" in whole else title


def _coded(text: str) -> Fields | None:
    """GB/T 7714: the kind of the work in brackets behind its title."""
    code = CODE.search(text)
    if code is None:
        return None
    numbered = _NUMBERED.search(text, 0, code.start()) if code["kind"] in "SP" else None
    head, tail = text[: numbered.start() if numbered else code.start()], text[code.end() :].lstrip(". ．。/")
    stop = next(_stops(head), None)
    if stop is None:
        stop = next((at for at, sign in enumerate(head) if sign in ":：" and at < 30), -1)
    authors, title = head[: stop + 1], head[stop + 1 :]
    if not title.strip(_EDGE):
        authors, title = "", head
    return Fields(authors, title, tail)


def _in_quotes(text: str) -> Fields | None:
    """A Latin work with its title in quotation marks; the year behind the authors, or in what follows."""
    dated = _AFTER_YEAR.match(text)
    quoted = _QUOTED.match(dated["rest"] if dated else text)
    if quoted is None or not re.search("[A-Za-z]{3}", quoted["title"]) or not (dated or year_of(quoted["tail"])):
        return None
    return Fields(
        dated["authors"] if dated else quoted["authors"], quoted["title"], quoted["tail"], dated["year"] if dated else None
    )


def _placed(reader: Reader, text: str) -> Fields | None:
    """A Latin book in commas: John Brown, The Market of the River, London: River Press, 2010, p. 5."""
    found = _LATIN.match(text)
    if found is None or not any(house in found["tail"] for house in reader.wording.lexicon.get("publishers", ())):
        return None
    return Fields(found["authors"], found["title"], found["tail"])


def _dated(text: str) -> Fields | None:
    """Authors, the year in brackets, title, container: APA."""
    found = _DATED.match(text)
    if found is None or re.search("[。．]", found["authors"].rstrip(_EDGE)):
        return None
    rest = found["rest"]
    if CASE.match(rest):
        return None
    stop = next(_stops(rest), len(rest))
    return Fields(found["authors"], rest[:stop], rest[stop + 1 :], found["year"])


def _stopped(reader: Reader, text: str) -> Fields | None:
    """Authors, title and the rest behind stops; a work that begins with its title has no author."""
    stops = list(_stops(text))
    if not stops or year_of(text) is None:
        return None
    authors = text[: stops[0]]
    if not _may_be_authors(reader, authors):
        return Fields("", authors, text[stops[0] + 1 :]) if year_of(text[stops[0] :]) and len(authors) < _LONGEST else None
    dated = _YEAR_BEFORE.match(text, stops[0] + 1)
    start = dated.end() if dated else stops[0] + 1
    end = next((stop for stop in stops if stop > start), len(text))
    title, tail = text[start:end], text[end + 1 :]
    return Fields(authors, title, tail, dated["year"] if dated else None) if dated or year_of(tail) else None


def _may_be_authors(reader: Reader, text: str) -> bool:
    names = authors_of(reader, text)
    return bool(names) and all(
        len(name) <= 4 or "·" in name or reader.ends_in(name, "bodies") or reader.ends_in(name, "issuers") or name.isascii()
        for name in names
    )


def _stops(text: str) -> Iterator[int]:
    """Where a field ends: a stop that is none of a number, an initial with more behind it, a short form or an address."""
    address = URL.search(text)
    for stop in _STOP.finditer(text, 0, address.start() if address else len(text)):
        at, before = stop.start(), text[max(0, stop.start() - 4) : stop.start()]
        if stop[0] == "." and before[-1:].isdigit() and text[at + 1 : at + 2].isdigit():
            continue
        if stop[0] in ".．" and re.search(r"(?:^|[^A-Za-z])[A-Z]$", before) and _GOES_ON.match(text, at + 1):
            continue
        if not _SHORT.search(before):
            yield at
