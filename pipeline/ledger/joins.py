"""Names that are one thing because both are named: a title without its issuer, a firm by its short name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.ledger.decisions import Decisions
from pipeline.ledger.forms import Forms
from pipeline.ledger.keys import bare, name_key
from pipeline.model import Name
from pipeline.patterns import lazy

SHORT_NAME = "short name"  # why two names were joined, beside the forms
_LISTED = lazy("[、，,；和与及]|等")
_SHORTEST = 2  # characters


class Join(NamedTuple):
    """The name that another is one with, by its key, and why."""

    key: str
    by: str


Joins = Mapping[tuple[str, str], Join]  # by class and key


def find_joins(
    names: Iterable[Name], named: Mapping[str, set[str]], plain_of: Callable[[Name], str], forms: Forms, decisions: Decisions
) -> Joins:
    """The joins between `names`; `named` are the keys of all plain names by class, those of the vocabularies too, and `plain_of`
    gives the plain name of one."""
    reached: dict[tuple[str, str], set[str]] = defaultdict(set)  # what leads to a name
    wanted: list[tuple[str, str, Join, bool]] = []
    for name in sorted(names, key=lambda name: (name.kind, name.label, name.aliases)):
        plain = plain_of(name)
        key = name_key(plain)
        for form, said in forms.further(name.kind, plain):
            wanted.append((name.kind, key, Join(name_key(said), form.name), form.if_one))
            reached[name.kind, name_key(said)].add(key)
        for alias in short_names(name, forms):
            wanted.append((name.kind, name_key(alias), Join(key, SHORT_NAME), False))
            reached[name.kind, name_key(alias)].add(key)
    found: dict[tuple[str, str], Join] = {}
    for kind, key, join, if_one in wanted:
        short = key if join.by == SHORT_NAME else join.key
        alone = len(reached[kind, short]) == 1 or not (if_one or join.by == SHORT_NAME)
        if alone and {key, join.key} <= named[kind] and not decisions.forbid(key, join.key) and key != join.key:
            found.setdefault((kind, key), join)
    return found


def short_names(name: Name, forms: Forms) -> Iterator[str]:
    """The other names of a body that can be its short names."""
    aliases = name.aliases if name.kind == "Body" else ()
    return (alias for alias in aliases if is_short(alias, name.label) and not forms.is_namesake(name.kind, alias))


def is_short(short: str, full: str) -> bool:
    """Whether `short` can be the short name of the body `full`: its characters in order from the first on, and not its end.

    绿禾 of 绿禾农业集团有限公司; not 集团, which is what it is, nor one of several bodies in a list.
    """
    one, other = bare(short), bare(full)
    if len(one) < _SHORTEST or len(one) >= len(other) or one[0] != other[0] or other.endswith(one) or _LISTED.search(other):
        return False
    rest = iter(other)
    return all(sign in rest for sign in one)
