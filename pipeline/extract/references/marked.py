"""References with their titles in 《》: 张某、李某：《题》，《刊》2023年第5期；《全集》第23卷，某出版社1972年版。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.extract.references.in_text import is_person
from pipeline.extract.references.people import authors_of, lead, without_role
from pipeline.extract.references.tail import URL, container_of, joined, year_of
from pipeline.extract.references.work import Reference, Work
from pipeline.model import Span
from pipeline.patterns import lazy

_TITLE = lazy(r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》")
_QUOTED = lazy(r"[“\"](?P<title>[^“”\"]{4,80})[”\"]\s*[，,]?\s*载?于?\s*\Z")
_VOLUME = lazy(
    r"\s*(?:[（(〔]?\s*第?\s*[\d一二三四五六七八九十百]+\s*[卷册辑集编部][）)〕]?|[（(〔]\s*[上中下](?:[册卷编部集])?\s*[）)〕]|[上中下][册卷编部])+"
)
_REMARK = lazy(r"\s*[（(〔][^（）()〔〕]{1,30}[）)〕]")
_YEAR = r"(?:19|20)\d\d[a-e]?"
_BEFORE = lazy(rf"(?P<authors>.*?)(?:[，,]?\s*(?P<year>{_YEAR})年?)?\s*(?P<sign>[：:，,.．]?)\s*", re.S)
_PLACED = lazy(
    r"第\s*[\d、，,\-—–－~～一二三四五六七八九十百〇零A-Z ]+\s*[页期版卷辑册集]|[\d一二三四五六七八九十]+\s*年\s*版"
)
_DATED = lazy(rf"\s*+[，,、]?\s*+(?:[^\s，,。；《》\d第][^，,。；《》\d第]{{0,23}})?[，,]?\s*+{_YEAR}\s*+(?:年|[-./]\d)")
_WITHIN = lazy(r"[^《》\d第和与及、]{0,24}《")  # the journal or the book that a work stands in
_ISSUE = lazy(rf"\s*[，,]?\s*{_YEAR}\s*年?\s*第\s*\d+\s*[期卷辑]")
_ANOTHER = lazy(r"[，,]\s*(?=(?![载收见刊])(?P<authors>[^，,《》：:。；\d]{2,40})[：:]\s*《)")
_AUTHORS = 240  # characters before a title that may list authors
_OPEN, _CLOSE = "《〈“（(〔[", "》〉”）)〕]"


def works(reader: Reader, start: int, end: int, listed: bool) -> Iterator[Reference]:
    """The works that a note or an entry gives, one after another."""
    text = reader.text
    for span in _pieces(text, start, end):
        for part in _parts(reader, span):
            found = _reference(reader, part, listed, whole=part == Span(start, end))
            if found:
                yield found


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretches between semicolons and stops outside of titles, quotations and brackets; an address is of the last."""
    depth, at, pieces = 0, start, []
    for position in range(start, end):
        sign = text[position]
        depth = max(0, depth + (sign in _OPEN) - (sign in _CLOSE))
        if depth == 0 and sign in "；;。\n":
            pieces.append(Span(at, position))
            at = position + 1
    pieces.append(Span(at, end))
    joined: list[Span] = []
    for piece in pieces:
        if joined and "《" not in text[piece.start : piece.end] and URL.search(text, piece.start, piece.end):
            joined[-1] = Span(joined[-1].start, piece.end)
        elif piece.end > piece.start:
            joined.append(piece)
    yield from joined


def _parts(reader: Reader, span: Span) -> Iterator[Span]:
    """A piece at 张某：《…》 that follows upon another work behind a comma."""
    text = reader.text
    first = _TITLE.search(text, span.start, span.end)
    at = span.start
    for found in _ANOTHER.finditer(text, first.end() if first else span.end, span.end):
        if without_role(reader, found["authors"]) != found["authors"]:
            continue  # 王某主编：《某刊》: what the work stands in
        yield Span(at, found.start())
        at = found.end()
    yield Span(at, span.end)


def _reference(reader: Reader, span: Span, listed: bool, *, whole: bool) -> Reference | None:
    text = reader.text
    title = _TITLE.search(text, span.start, span.end)
    if title is None:
        return None
    start, authors, year, told = _before(reader, Span(max(span.start, title.start() - _AUTHORS), title.start()))
    volume = _VOLUME.match(text, title.end(), span.end)
    at = volume.end() if volume else title.end()
    remark = _REMARK.match(text, at, span.end)
    tail = text[remark.end() if remark else at : span.end]
    quoted = _QUOTED.search(text, span.start, title.start())
    if quoted:
        return _in_quotes(reader, span, quoted, text[title.start() : span.end], listed)
    if not authors and _ISSUE.match(tail):
        return None  # 《某刊》2020年第6期: a journal alone
    bare = not tail.strip(" 　，,.。") or (listed and year is not None)
    if not (_cites(reader, tail) or (told and authors and bare)):
        return None
    name = joined(title["title"]) + "".join(volume[0].split() if volume else "")
    inner = re.match(r"(?P<author>[\u4e00-\u9fff]{2,4})[：:]\s*(?P<title>.{4,})", name)
    if inner and not authors and is_person(reader, inner["author"]):
        name, authors = inner["title"], (inner["author"],)
    work = Work(name, authors, year or year_of(tail), container_of(reader, tail), listed)
    return Reference(work, start, _trimmed(text, start, span.end), "cites.titled")


def _in_quotes(reader: Reader, span: Span, title: re.Match[str], tail: str, listed: bool) -> Reference | None:
    """张某：“题”，《刊》2012年第5期."""
    if year_of(tail) is None:
        return None
    start, authors, year, _ = _before(reader, Span(max(span.start, title.start() - _AUTHORS), title.start()))
    work = Work(joined(title["title"]), authors, year or year_of(tail), container_of(reader, tail), listed)
    return Reference(work, start, _trimmed(reader.text, start, span.end), "cites.titled")


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " 　\n，,；;。":
        end -= 1
    return end


def _before(reader: Reader, span: Span) -> tuple[int, tuple[str, ...], str | None, bool]:
    """Where the reference begins, its authors and year before the title, and whether a colon or a year tells that they are."""
    text = reader.text
    fields = [Span(found.start(), found.end()) for found in re.finditer(r"[^，,]+[，,]?", text[span.start : span.end])]
    begin = span.start
    for field in reversed(fields):  # 关于此点，参见张某，李某：
        at = span.start + field.start
        at += len(text[at : span.end]) - len(text[at : span.end].lstrip())
        size = lead(reader, text[at : span.end])
        if size:
            begin = at + size
            break
    found = _BEFORE.fullmatch(text[begin : span.end])
    if not found or not found["authors"].strip():
        return _trim(text, begin, span.end), (), found["year"] if found else None, False
    told = (found["sign"] in "：:" and bool(found["sign"])) or bool(found["year"])
    authors = authors_of(reader, joined(found["authors"]))
    if not _are_names(reader, authors, told):
        return span.end, (), None, False
    return _trim(text, begin, span.end), authors, found["year"], told or found["sign"] in "，,.．"


def _trim(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " 　\n，,；;。：:":
        start += 1
    return start


def _are_names(reader: Reader, authors: tuple[str, ...], told: bool) -> bool:
    """Whether what stands before a title are authors: short, or bodies; with a colon behind them bodies of any form."""
    return bool(authors) and all(
        len(name) <= 4 or "·" in name or name.isascii() or reader.ends_in(name, "bodies") or (told and len(name) <= 24)
        for name in authors
    )


def _cites(reader: Reader, tail: str) -> bool:
    """Whether what follows upon a title tells where the work stands."""
    if URL.search(tail) or _PLACED.search(tail) or _DATED.match(tail):
        return True
    return bool(year_of(tail)) and (
        bool(_WITHIN.match(tail)) or any(house in tail for house in reader.wording.lexicon.get("publishers", ()))
    )
