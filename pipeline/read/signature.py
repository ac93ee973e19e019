"""Who signed a document, and when: bodies and persons in office on the lines above a date that stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.surnames import SURNAMES

Lines = Sequence[tuple[str, str]]  # as read, and with the spaces of the source
_OFFICE = (
    r"(?:党委|党组)?(?:第一|常务)?副?(?:[省市县区州旗盟乡镇部局厅署行院校司处所社会台站]长|主席|主任|(?:总)?书记|总理|国务委员|董事长|总经理|理事长"
    r"|秘书长|检察长|总裁|馆长|院士|教授|研究员)"
)
_OF_OFFICE = lazy("[长席任记理员裁士授]")  # one of which an office has
_NAME = r"(?P<name>[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,3})"
_PERSON = lazy(rf"(?P<body>[\u4e00-\u9fff、]*?)(?P<office>(?:{_OFFICE}[、兼 \u3000]*)+)[：:]?[ \u3000]*{_NAME}")
_BROKEN = lazy("[（(].*|.{2,40}代章[）)]")  # a remark on who signs for whom
LONGEST = 60  # characters of a line of a signature


class Signature(NamedTuple):
    """The bodies that sign, those of the persons in office where only persons do, and the day or month below, as it stands."""

    bodies: tuple[str, ...]
    date: str


class Speaker(NamedTuple):
    """A person in office, and the body that the office is of, "" where it is not named."""

    body: str
    name: str


def person_in(text: str) -> Speaker | None:
    """The person of a line that holds nothing but an office and a name: 云渡市市长　骆某某."""
    person = _in_office(text)
    return person if person and person.name[0] in SURNAMES else None


def _in_office(text: str) -> Speaker | None:
    match = _PERSON.fullmatch(text.strip(" \u3000*＊—（）()")) if len(text) <= LONGEST and _OF_OFFICE.search(text) else None
    if match is None:
        return None
    name = re.sub(r"\s", "", match["name"])
    whole = match["body"].rstrip("、")
    return Speaker(_organ_of(whole, match["office"]), name)


def _organ_of(body: str, office: str) -> str:
    """云渡市 of a 市长 is 云渡市人民政府; any other body as it is named."""
    place = office.strip("、 \u3000").removeprefix("副")[:1]
    return f"{body}人民政府" if body.endswith(("省", "市", "县", "区", "州", "旗", "盟")) and place == body[-1] else body


def signatures(lines: Lines) -> Iterator[Signature]:
    """Every signature, in their order; one body that signs for another, named in brackets, is left out."""
    for at, (text, _) in enumerate(lines):
        if p.is_date(text):
            found = _above(lines, at)
            if found:
                yield found


def _above(lines: Lines, date: int) -> Signature | None:
    """The signature above lines[date]; None where no body or person signs there."""
    bodies: list[str] = []
    persons: list[str] = []
    for at in range(date - 1, -1, -1):
        text, spaced = lines[at]
        person = _in_office(spaced) or _in_office(text)  # above a date also a name that is rare
        if person:
            persons.insert(0, person.body)
        elif p.is_organ(text) and not p.FIELD.match(text) and (at == 0 or not empty_field(lines[at - 1][0])):
            bodies[:0] = organs_in(text, spaced)
        elif not _BROKEN.match(text):
            break
    if not (bodies or persons):
        return None
    return Signature(tuple(dict.fromkeys(bodies or filter(None, persons))), lines[date][0])


def organs_in(text: str, spaced: str) -> list[str]:
    """The bodies of a line that names nothing else, parted by spaces: 临澜省财政厅　临澜省能源局 are two."""
    parts = spaced.split()
    return parts if len(parts) > 1 and all(p.is_organ(part) for part in parts) else [text]


def empty_field(text: str) -> bool:
    """Whether a line is the name of a field, whose value stands below."""
    match = p.FIELD.match(text)
    return bool(p.BRACKET_KEY.fullmatch(text) or (match and not match["value"]))
