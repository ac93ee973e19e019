"""Bodies by their names: those that act together (中共中央、国务院), and those that are part of another (国务院办公厅).

What a name in a list and the name of a part must look like is said in ontology/names.toml ([[member]], [[part]]).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.ledger.keys import name_key
from pipeline.patterns import lazy
from pipeline.place_names import leading_place

if TYPE_CHECKING:
    from pipeline.ontology import Ontology, Term

_AND_OTHERS = lazy(r"等\s*[\d一二三四五六七八九十]*\s*个?(?:部门|单位)$")
_REMARK = lazy("[（(][^（）()]*[）)]?")  # （某局代章）
_MARKS = lazy(r"[、，,;；\s]+")
_JOINED = lazy("[和与及]")
_LEVEL = lazy("(?:自治[区州县旗]|[省市州盟县区旗])(?![级域直])")  # 市政府, of the place named before it
_OF_THE_STATE = lazy("国家|国务院|中国|中央|全国|中共|中华|最高")
_OF_A_PLACE = lazy(".{1,14}(?:局|厅|委|办|委员会|办公室|办公厅)")
_OFFICE = lazy("(?:主任|部长|局长|署长|行长|主席|会长)(?=[\u4e00-\u9fff]{2})")  # and who signs
_LONGEST_PERSON = 4  # characters of the name of a person
_LEAST = 2  # characters of the name of a whole, and of the rest of that of its part


def cleaned(name: str) -> str:
    """A name or a list of names of bodies without remarks and without 等三部门."""
    return _AND_OTHERS.sub("", _REMARK.sub("", name))


class Bodies:
    """What the names of bodies say of them, by one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._forms = ontology.forms
        self._terms = {name_key(name): term for term in ontology.terms if term.kind == "Body" for name in term.names}
        self._places = {name_key(name) for term in ontology.terms if term.kind == "Place" for name in term.names}

    def plain(self, name: str) -> str:
        """The plain name of a body: that of its term, or that which its forms lead to."""
        term = self.term(name)
        return term.label if term else self._forms.plain("Body", name)[0]

    def term(self, name: str) -> Term | None:
        """The term that a body is by its name as it stands or by its plain one."""
        return self._terms.get(name_key(name)) or self._terms.get(name_key(self._forms.plain("Body", name)[0]))

    def is_namesake(self, name: str) -> bool:
        """Whether many bodies have that name."""
        return self.term(name) is None and self._forms.is_namesake("Body", name)

    def members(self, name: str) -> tuple[str, ...]:
        """The names of the bodies that a name lists; none for the name of one body, and where a part of the list is no body."""
        if name_key(name) in self._terms:
            return ()
        listed = self.listed(name)
        sound = len({self.plain(body) for body in listed}) > 1 and all(self._is_one(body) for body in listed)
        return listed if sound else ()

    def _is_one(self, name: str) -> bool:
        return self.term(name) is not None or (self._forms.is_member("Body", name) and not self.is_namesake(name))

    def listed(self, name: str) -> tuple[str, ...]:
        """The parts of a list of names of bodies, each in full: 云渡市财政局、教育局 names 云渡市教育局; the name itself where it
        lists none."""
        parts = tuple(one for part in _MARKS.split(cleaned(name)) if part for one in self._apart(part))
        place, _ = leading_place(parts[0], lambda known: name_key(known) in self._places) if parts else ("", "")
        return tuple(dict.fromkeys(self._in_full(part, place) for part in parts))

    def _apart(self, part: str) -> Iterator[str]:
        """The bodies that stand in a stretch without marks: 财政部和教育部, 中共中央国务院, 云渡市林业局云渡市财政局."""
        if name_key(part) in self._terms:
            yield part
            return
        for joint in _JOINED.finditer(part):
            left, right = part[: joint.start()], part[joint.end() :]
            if self._is_one(left) and self._is_one(right):
                yield left
                yield from self._apart(right)
                return
        run_on = self._signed(part) or self._run_on(part)
        if run_on:
            yield from run_on
            return
        place, _ = leading_place(part, lambda known: name_key(known) in self._places)
        yield from re.split(f"(?<=.)(?<!中共)(?={re.escape(place)})", part) if place else (part,)

    def _signed(self, part: str) -> tuple[str, ...]:
        """The terms of a stretch with who signed for the first between them, 财政部部长林望川教育部; none for any other."""
        for office in _OFFICE.finditer(part):
            first = part[: office.start()]
            for end in range(office.end() + _LEAST, min(office.end() + _LONGEST_PERSON, len(part)) + 1):
                rest = part[end:]
                if name_key(first) in self._terms and (not rest or name_key(rest) in self._terms):
                    return (first, rest) if rest else (first,)
        return ()

    def _run_on(self, part: str) -> tuple[str, ...]:
        """The terms of which a stretch consists from end to end, the longest first; none where it does not."""
        for end in range(len(part) - _LEAST, _LEAST - 1, -1):
            first = part[:end]
            if name_key(first) in self._terms and self._forms.is_member("Body", first):
                rest = (part[end:],) if name_key(part[end:]) in self._terms else self._run_on(part[end:])
                if rest:
                    return first, *rest
        return ()

    def _in_full(self, part: str, place: str) -> str:
        """A part of a list with the place with which the list begins, where it is of that place and does not say so."""
        if not place or part.startswith(place) or _OF_THE_STATE.match(part):
            return part
        level = _LEVEL.match(part)
        if level and place.endswith(level[0]):
            return place + part[level.end() :]
        own = _OF_A_PLACE.fullmatch(part) and not leading_place(part, lambda known: name_key(known) in self._places)[0]
        of_a_term = any(name_key(part[:end]) in self._terms for end in range(3, len(part)))
        return place + part if own and not of_a_term else part

    def wants(self, name: str) -> Iterator[str]:
        """The keys of the names that a body may have which the body called `name` is part of: of those that its name begins with,
        where the rest is that of a part, the longest first, each as it stands and in plain."""
        for end in range(len(name) - _LEAST, _LEAST - 1, -1):
            first, rest = name[:end], name[end:]
            if self._forms.is_part("Body", first, rest):
                yield from (name_key(first), name_key(self.plain(first)))

    def whole(self, name: str, named: Mapping[str, str]) -> str | None:
        """The IRI of the body, of those `named` by the key of their names, that the body called `name` is part of: the first of
        those that it wants."""
        return next((named[key] for key in self.wants(name) if key in named), None)
