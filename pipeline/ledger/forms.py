"""How one thing is named in two ways, and which names many things have: ontology/names.toml.

    [[form]]
    name = "plenum"
    of = ["Event"]
    match = '(?:党的|中共)?(?P<n>%number%)届(?P<m>%number%)中全会'
    gives = "中国共产党第{n}届中央委员会第{m}次全体会议"
    label_zh = "中央全会的简称"
    label_en = "a plenum of the Central Committee by its short name"
    yes = ["党的十九届四中全会 > 中国共产党第十九届中央委员会第四次全体会议"]
    no = ["省委十一届四中全会"]

`match` is a regular expression for the whole name, without marks of quotation and spaces; `%number%` is a number in Chinese or
Arabic figures (in `gives` it comes in Chinese), `%surname%` a common one, `%han%` a Chinese character, any other `%class%` a word
of that class of the lexicon. A form with `if_named = true` holds only where what it gives is named too, and with `if_one = true`
only where no other name gives the same. A `[[namesake]]` gives nothing: its names are those of many things. Nor do a
`[[member]]`, which a name in a list of names of bodies must fit, and a `[[part]]`, which fits the name of a body and the rest
of that of one of its parts, with a slash between them (国务院/办公厅). The examples are the tests of all. A `[[reason]]` says in
both languages what else makes two names one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import OntologyError
from pipeline.ledger.keys import bare
from pipeline.lexicon import Lexicon, any_of
from pipeline.patterns import lazy
from pipeline.surnames import COMPOUND_SURNAMES, SURNAMES

FILE = "names.toml"
_MOST = 6  # forms that one name can go through
_MACROS = {
    "number": "(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})",
    "surname": f"(?:{'|'.join(sorted(COMPOUND_SURNAMES))}|[{''.join(sorted(SURNAMES))}])",
    "han": "[\u4e00-\u9fff]",
}
_CLASS = lazy("%(\\w+)%")
_NEEDED = ("name", "of", "match", "label_zh", "label_en", "yes")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a name otherwise. `kinds` are the classes of things that it holds for."""

    name: str
    kinds: tuple[str, ...]
    match: re.Pattern[str]
    gives: str
    label_zh: str
    label_en: str
    if_named: bool = False
    if_one: bool = False

    def __call__(self, name: str) -> str | None:
        """The other name of the bare `name`; None where the form does not fit."""
        found = self.match.fullmatch(name)
        if found is None:
            return None
        said = self.gives.format_map({slot: _in_chinese(value or "") for slot, value in found.groupdict().items()})
        return said if said != name else None


class Reason(NamedTuple):
    """Why two names are of one thing."""

    label_zh: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms, in order, the namesakes, and the forms of members and of parts."""

    forms: tuple[Form, ...] = ()
    namesakes: tuple[Form, ...] = ()
    members: tuple[Form, ...] = ()
    parts: tuple[Form, ...] = ()
    reasons: Mapping[str, Reason] = field(default_factory=dict)

    def plain(self, kind: str, label: str) -> tuple[str, tuple[str, ...]]:
        """The name that is left when every form without a condition has been undone, and the names of those that were."""
        name, led = bare(label), list[str]()
        for _ in range(_MOST):
            step = next(((form, said) for form, said in self._fitting(kind, name) if not form.if_named), None)
            if step is None:
                break
            led.append(step[0].name)
            name = step[1]
        return (name if led else label), tuple(led)

    def further(self, kind: str, name: str) -> Iterator[tuple[Form, str]]:
        """What a thing may also be called, by the forms with a condition."""
        return ((form, said) for form, said in self._fitting(kind, bare(name)) if form.if_named)

    def reason(self, name: str) -> Reason:
        """What to say of a form, or of another reason, in both languages."""
        return self.reasons.get(name, Reason(name, name))

    def is_namesake(self, kind: str, name: str) -> bool:
        """Whether `name` is one that many things have."""
        return any(kind in form.kinds and form.match.fullmatch(bare(name)) for form in self.namesakes)

    def is_member(self, kind: str, name: str) -> bool:
        """Whether `name` may be one of a list of names of things that act together."""
        return any(kind in form.kinds and form.match.fullmatch(bare(name)) for form in self.members)

    def is_part(self, kind: str, whole: str, rest: str) -> bool:
        """Whether `whole` with `rest` behind it is the name of a part of `whole`."""
        said = f"{bare(whole)}/{bare(rest)}"
        return any(kind in form.kinds and form.match.fullmatch(said) for form in self.parts)

    def _fitting(self, kind: str, name: str) -> Iterator[tuple[Form, str]]:
        for form in self.forms:
            said = form(name) if kind in form.kinds else None
            if said:
                yield form, said


def read_forms(folder: Path, lexicon: Lexicon) -> Forms:
    """Those of `folder`/names.toml; none where there is no such file. Raises OntologyError, naming file and form, for one that
    lacks a field, whose expression is none, or whose examples it does not bear out."""
    file = folder / FILE
    if not file.is_file():
        return Forms()
    try:
        with file.open("rb") as stream:
            tables = tomllib.load(stream)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OntologyError(f"{file}: is no valid TOML ({error}). Correct it and run again.") from error
    forms = tuple(_form(table, (*_NEEDED, "gives"), file, lexicon) for table in tables.get("form", ()))
    plain = {
        what: tuple(_form(table, _NEEDED, file, lexicon) for table in tables.get(what, ()))
        for what in ("namesake", "member", "part")
    }
    labelled = (*tables.get("form", ()), *tables.get("reason", ()))
    reasons = {table["name"]: Reason(table["label_zh"], table["label_en"]) for table in labelled}
    return Forms(forms, plain["namesake"], plain["member"], plain["part"], reasons)


def _form(table: Mapping[str, Any], needed: tuple[str, ...], file: Path, lexicon: Lexicon) -> Form:
    name = table.get("name", "a form without a name")
    missing = [field for field in needed if not table.get(field)]
    if missing:
        raise OntologyError(f"{file}: {name} has no {missing[0]}. Add it.")
    unknown = [word for word in _CLASS.findall(table["match"]) if word not in _MACROS and word not in lexicon]
    if unknown:
        raise OntologyError(f"{file}: {name} names %{unknown[0]}%, which is no class of the lexicon. Correct the name.")
    try:
        match = re.compile(_CLASS.sub(lambda found: _words(found[1], lexicon), table["match"]))
    except re.error as error:
        raise OntologyError(f"{file}: the match of {name} is no regular expression ({error}). Correct it.") from error
    gives = table.get("gives", "")
    lost = set(re.findall("{(\\w+)}", gives)) - set(match.groupindex)
    if lost:
        raise OntologyError(f"{file}: {name} gives {{{min(lost)}}}, which is no group of its match. Name the group.")
    conditions = (bool(table.get(field)) for field in ("if_named", "if_one"))
    form = Form(name, tuple(table["of"]), match, gives, table["label_zh"], table["label_en"], *conditions)
    _bear_out(form, table["yes"], table.get("no", ()), file)
    return form


def _words(name: str, lexicon: Lexicon) -> str:
    if name in _MACROS:
        return _MACROS[name]
    return f"(?:{any_of(lexicon[name])})"


def _bear_out(form: Form, yes: list[str], no: list[str], file: Path) -> None:
    for example in yes:
        name, _, other = (part.strip() for part in example.partition(">"))
        made = form(bare(name)) if form.gives else "" if form.match.fullmatch(bare(name)) else None
        if made != bare(other):
            raise OntologyError(f"{file}: {form.name} makes {made} of {name}, not {other}. Correct form or example.")
    for name in no:
        if form.match.fullmatch(bare(name)) and form(bare(name)) is not None:
            raise OntologyError(f"{file}: {form.name} fits {name}, which it must not. Correct form or example.")


def _in_chinese(said: str) -> str:
    """A number below a hundred in Chinese figures; anything else as it is."""
    if not said.isdecimal() or len(said) > 2:
        return said
    tens, ones = divmod(int(said), 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")
