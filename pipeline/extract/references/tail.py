"""What stands behind the title of a work: journal, publisher or site, year, volume, pages, address."""

from __future__ import annotations

import re

from pipeline.extract.reader import Reader
from pipeline.extract.references.people import lead
from pipeline.patterns import lazy

URL = lazy(r"(?:https?\s?:\s?/+|htp://|www\.)[\w./?=&%#:~+\-]+|(?:DOI|doi|DO1)\s*[:：]?\s*10\.\S+|10\.\d{4,}/\S+", re.A)
CASE = lazy(r"\s*[\u4e00-\u9fff\d]{1,12}?(?:字第)?\d+号|\s*\d+\s*号")  # （2015）某民终字第1号
_YEAR = lazy(r"(?<![\d.])(?P<year>(?:19|20)\d\d[a-e]?)(?![\d页])")
_PLACED = lazy(r"[^，,.．。:：《》\d]{1,20}[:：]\s*(?P<house>[^，,\d《》:：]{2,40}?)\s*[，,.．]\s*(?=(?:19|20)\d\d)")
_TITLED = lazy(r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》(?P<edition>\s*[（(][^（）()\d]{2,12}版[）)])?")
_FIELD = lazy(r"[^，,。；;]+")
_EDGE = ' 　\n,，、.．:：;；。/—-[]［］"“”'
_VOLUME = lazy(r"\s*(?:[,(]|\b\d|\bno\.).*$")  # Social Studies 24, no. 1
_NUMBERED = lazy(r"第?\s*[\d〇零一二三四五六七八九十百]|[（(]|Vol|vol|pp?\.|No\.|Issue")


def year_of(text: str) -> str | None:
    """The first year that is no part of an address or a page."""
    found = _YEAR.search(URL.sub(" ", text))
    return found["year"] if found else None


def container_of(reader: Reader, tail: str) -> str | None:
    """What the work stands in, or who publishes it; the host of its address where nothing else tells."""
    bare = URL.sub(" ", joined(tail))
    titled = _TITLED.search(bare)
    if titled:
        return titled["title"] + (titled["edition"] or "").strip()
    placed = _PLACED.search(bare)
    if placed and not reader.ends_in(placed["house"].strip(_EDGE), "author_roles"):
        return _of_degree(reader, placed["house"].strip(_EDGE))
    fields = [field.strip(_EDGE) for field in _FIELD.findall(bare)]
    house = next((field for field in fields if reader.ends_in(_before_year(field), "publishers")), None)
    if house:
        return re.split("[:：]", _before_year(house))[-1].strip(_EDGE)
    return next((name for field in fields if (name := _site(reader, field))), None) or _host(tail)


_HAN = "\u4e00-\u9fff"
_BROKEN = lazy(rf"(?<=[{_HAN}])\s*\n\s*(?=[{_HAN}])|(?<=[a-z])-\s*\n\s*(?=[a-z])")


def joined(text: str) -> str:
    """The text of an entry over several blocks as one line."""
    return re.sub(r"\s*\n\s*", " ", _BROKEN.sub("", text)) if "\n" in text else text


def _of_degree(reader: Reader, house: str) -> str:
    """The university alone: 某大学 of 某大学博士学位论文."""
    ends = range(len(house) - 1, 3, -1) if reader.ends_in(house, "theses") else ()
    return next((house[:end] for end in ends if reader.ends_in(house[:end], "bodies")), house)


def _before_year(field: str) -> str:
    return re.sub(r"\s*(?:19|20)\d\d.*$", "", field).strip(_EDGE)


def _site(reader: Reader, field: str) -> str | None:
    """A field that names a journal or a site: no number, date, place, translator or degree."""
    field = field[lead(reader, field) :]
    field = re.sub(r"^[Ii]n:? ", "", field)
    name = _VOLUME.sub("", _before_year(field)) if field[:1].isascii() else _before_year(field)
    if not 2 <= len(name) <= _LONGEST or _NUMBERED.match(field) or reader.ends_in(name, "author_roles"):
        return None
    return None if reader.ends_in(name, "theses") or re.search(r"\d|[:：]", name) else name


_LONGEST = 60  # characters of the name of a journal


def _host(tail: str) -> str | None:
    found = re.search(r"(?:https?\s?:\s?/+|htp://)(?P<host>[\w.\-]+)", tail, re.A)
    return found["host"] if found else None
