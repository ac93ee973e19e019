"""Which rows of two builds tell one fact, and which things of theirs are one.

Two rows tell one fact where document, relation and facet agree and so does what it is about (`needed` of its shape: subject and
object, the event, subject and indicator, the two sides and the dimension, the cited work). A thing is the same by its IRI; else
by its label; else where one of the builds has its label for a name of the other thing, as when things are merged or parted; else
where the words of the document are the same, read as another thing. A build may have several such rows (an event of each year, a
figure of each period): `_ALIKE` says what else they must share to be compared, the strictest first, and rows that share as much
are taken in their order.

claims.jsonl does not have every name that the ledger knows of a thing. Where the same quote is read as all the same but for one
thing, and one of the builds has no such thing, that is learned: the thing was replaced.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from pipeline.relations import shape_of
from pipeline.rows import Row
from pipeline.told import OF_ANY_FACT, Thing, Told

_ALIKE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "event": (("date",), ("quote",), ()),
    "indicator": (
        *(("value", "period", "change"), ("period", "change", "unit"), ("period", "change")),
        *(("value", "period"), ("value", "change")),
    ),
    "contrast": (("value_a", "value_b"), ("value_a",), ("value_b",), ()),
    "cites": (("year",), ()),
}
_BY_THINGS: tuple[tuple[str, ...], ...] = ((),)  # of the other relations: nothing else


How = Literal["renamed", "merged", "parted", "replaced"]


class Renaming(NamedTuple):
    """A thing with another IRI or label, merged with one that was another, or parted from it, or, where no name says that it is
    the same, replaced by another in the same words; and how many facts are of it.
    """

    how: How
    old: Thing
    new: Thing
    facts: int


# --- which things are one -------------------------------------------------------------------------------------------------

Names = Mapping[str, tuple[str, frozenset[str]]]  # of the things of a build, by IRI: label, and all names


def names_in(rows: Iterable[Row]) -> Names:
    """The things of a build with their names."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for row in rows:
        for value in row.values():
            if isinstance(value, dict | list):
                for thing in value if isinstance(value, list) else (value,):
                    if isinstance(thing, dict) and thing.get("iri") and thing["iri"] not in found:
                        found[thing["iri"]] = thing["label"], frozenset((thing["label"], *thing.get("aliases", ())))
    return found


class Things:
    """What the things of two builds are to each other, and which of them were found to be called otherwise."""

    def __init__(self, old: Names, new: Names) -> None:
        self._old, self._new = old, new
        self._following = _followed(old, new)
        known = set(self._following.values())
        self._preceding = {iri: before for iri, before in _followed(new, old).items() if iri not in known}
        self._replaced: set[tuple[str, str]] = set()
        self._noted: Counter[tuple[str, str, str, str]] = Counter()

    def of_old(self, thing: Thing) -> str:
        """What a thing of the old build and its like of the new one are both known by, as far as their names say."""
        return self._following.get(thing.iri, thing.identity)

    def of_new(self, thing: Thing) -> str:
        """The same, for a thing of the new build."""
        return self._preceding.get(thing.iri, thing.identity)

    def are_one(self, old: Thing, new: Thing) -> bool:
        """Whether the two are one thing that is called otherwise, and not two things that each build tells apart."""
        if old.identity == new.identity:
            return True
        if not self._may_be_one(old, new):
            return False
        return self._share_a_name(old.iri, new.iri) or (old.iri, new.iri) in self._replaced

    def _share_a_name(self, old: str, new: str) -> bool:
        (label, names), (new_label, new_names) = self._old[old], self._new[new]
        return label in new_names or new_label in names

    def _may_be_one(self, old: Thing, new: Thing) -> bool:
        """Whether both things have IRIs, and at least one of them is in its own build only."""
        return bool(old.iri and new.iri) and (old.iri not in self._new or new.iri not in self._old)

    def learn(self, votes: Iterable[tuple[Thing, Thing]]) -> None:
        """Take a thing for another that the same words are read as, where all that are read anew agree on it.

        What only one of `votes` says is told of that fact, what more say of the thing.
        """
        counted = Counter((old.iri, new.iri) for old, new in votes if self._may_be_one(old, new))
        afters, befores = Counter(old for old, _ in counted), Counter(new for _, new in counted)
        known = set(self._following.values())
        for (old, new), number in sorted(counted.items()):
            if old not in self._new and afters[old] == 1:
                self._following.setdefault(old, new)
                known.add(new)
            elif new not in self._old and befores[new] == 1 and new not in known:
                self._preceding.setdefault(new, old)
            else:
                continue
            if number > 1:
                self._replaced.add((old, new))

    def note(self, pairs: Iterable[tuple[Thing, Thing]]) -> None:
        """Count a fact for each thing that it is of under two names, an old and a new one."""
        self._noted.update({(old.iri, old.label, new.iri, new.label) for old, new in pairs})

    def renamings(self) -> tuple[Renaming, ...]:
        """What was noted, by label."""
        befores: dict[str, set[str]] = defaultdict(set)
        afters: dict[str, set[str]] = defaultdict(set)
        for old, _, new, _ in self._noted:
            befores[new].add(old)
            afters[old].add(new)

        def how(old: str, new: str) -> How:
            if old == new:
                return "renamed"
            if not self._share_a_name(old, new):
                return "replaced"
            if new in self._old or len(befores[new]) > 1:
                return "merged"
            return "parted" if old in self._new or len(afters[old]) > 1 else "renamed"

        noted = sorted(self._noted.items(), key=lambda one: (one[0][1], one[0][3], one[0]))
        return tuple(
            Renaming(how(old, new), Thing(old, called), Thing(new, renamed), facts)
            for (old, called, new, renamed), facts in noted
        )


def _followed(old: Names, new: Names) -> dict[str, str]:
    """The things that are no longer there, each with the only one of the new things that has its label, or else its name."""
    labelled: dict[str, list[str]] = defaultdict(list)
    called: dict[str, list[str]] = defaultdict(list)
    gone = {iri: label for iri, (label, _) in old.items() if iri not in new}
    wanted = set(gone.values())
    for iri, (label, names) in new.items() if gone else ():
        for name in names & wanted:
            (labelled if name == label else called)[name].append(iri)
    found = ((iri, labelled.get(label) or called.get(label) or []) for iri, label in gone.items())
    return {iri: after[0] for iri, after in found if len(after) == 1}


# --- which rows tell one fact ---------------------------------------------------------------------------------------------

Pair = tuple[Told, Told]
Votes = Iterator[tuple[Thing, Thing]]
_Identity = Callable[[Thing], str]
_Keyed = Iterator[tuple[object, Told]]


def paired(old: list[Told], new: list[Told], things: Things) -> tuple[list[Pair], list[Told], list[Told]]:
    """The facts that both builds have, and those that only the old or the new one has."""
    ways: tuple[tuple[_Identity, _Identity], ...] = (
        (lambda thing: thing.identity, lambda thing: thing.identity),
        (lambda thing: thing.label, lambda thing: thing.label),
        (things.of_old, things.of_new),
        (lambda thing: thing.text or thing.label, lambda thing: thing.text or thing.label),
    )
    pairs: list[Pair] = []
    for of_old, of_new in ways:
        for level in range(max(map(len, _ALIKE.values()))):
            found, old, new = _joined(_keyed(old, of_old, level), _keyed(new, of_new, level))
            pairs += found
    return pairs, old, new


def _keyed(facts: Iterable[Told], identity: _Identity, level: int) -> _Keyed:
    """Each fact with what another must have to be compared with it at a level of `_ALIKE`, None where there is no such level."""
    for fact in facts:
        levels = _ALIKE.get(fact.row["rel"], _BY_THINGS)
        if level >= len(levels):
            yield None, fact
        else:
            alike = [fact.values[name] if name in fact.values else fact.row.get(name) for name in levels[level]]
            yield (*_about(fact, identity), *alike), fact


def _about(fact: Told, identity: _Identity) -> tuple[object, ...]:
    row = fact.row
    return row["doc"], row["rel"], row.get("facet"), *[tuple(map(identity, filled)) for filled in fact.about]


def _joined(old: _Keyed, new: _Keyed) -> tuple[list[Pair], list[Told], list[Told]]:
    """Pairs of one key, in order; and what is left of either side, in order."""
    waiting: dict[object, deque[Told]] = defaultdict(deque)
    right = []
    for key, fact in new:
        right.append(fact)
        if key is not None:
            waiting[key].append(fact)
    pairs, left = [], []
    for key, fact in old:
        found = waiting.get(key)
        if found:
            pairs.append((fact, found.popleft()))
        else:
            left.append(fact)
    taken = {id(fact) for _, fact in pairs}
    return pairs, left, [fact for fact in right if id(fact) not in taken]


def votes(pairs: Iterable[Pair], went: Sequence[Told], came: Sequence[Told], old: Iterable[Row], new: Iterable[Row]) -> Votes:
    """Things that the same words are read as in the old build and in the new: in facts of one side only, each beside all rows of
    the other side; and in what the facts of both are not about.
    """
    read = {(words, before, after) for words, before, after in _read_anew(went, new)}
    read |= {(words, before, after) for words, after, before in _read_anew(came, old)}
    yield from ((before, after) for _, before, after in read)
    for one, other in pairs:
        if one.row.get("quote") == other.row.get("quote"):
            for slot in one.slots.keys() - shape_of(one.row["rel"]).needed:
                before, after = one.slots[slot], other.slots[slot]
                if len(before) == len(after) == 1 and before[0].identity != after[0].identity:
                    yield before[0], after[0]


def _read_anew(facts: Sequence[Told], others: Iterable[Row]) -> Iterator[tuple[object, Thing, Thing]]:
    """Where `facts` stand, a thing that is read there, and the only one that `others`, of the other side, have there."""
    quotes = {(fact.row["doc"], fact.row.get("quote")) for fact in facts}
    found: dict[object, set[Thing]] = defaultdict(set)
    for row in others:
        if (row["doc"], row.get("quote")) in quotes:
            for words, thing in _readings(Told(row)):
                found[words].add(thing._replace(text=""))
    for fact in facts:
        for words, thing in _readings(fact):
            if len(found[words]) == 1:
                yield words, thing._replace(text=""), next(iter(found[words]))


def _readings(fact: Told) -> Iterator[tuple[object, Thing]]:
    """Each thing that a fact is of, with all that the fact is besides."""
    told = tuple(value for name, value in fact.values.items() if name not in OF_ANY_FACT)
    for at, filled in enumerate(fact.about):
        rest = tuple(thing.identity for other in (*fact.about[:at], *fact.about[at + 1 :]) for thing in other)
        if len(filled) == 1:
            yield (fact.row["doc"], fact.row["rel"], fact.row.get("facet"), fact.row.get("quote"), at, rest, told), filled[0]


def absorbed(left: Iterable[Told], pairs: Iterable[Pair], things: Things, *, new: bool) -> tuple[list[Pair], list[Told]]:
    """The facts that only one side has (the new one, or else the old one), in two: those that a fact of the other side holds too
    as their things are one, each beside that fact, the old one first; and the rest.
    """
    mine, theirs = (things.of_new, things.of_old) if new else (things.of_old, things.of_new)
    known: dict[object, list[Told]] = defaultdict(list)
    for pair in pairs:
        known[_about(pair[not new], theirs)].append(pair[not new])
    found, rest = [], []
    for fact in left:
        others = (other for other in known.get(_about(fact, mine), ()) if fact.about != other.about and _agree(fact, other))
        other = next(others, None)
        if other is None:
            rest.append(fact)
        else:
            found.append((other, fact) if new else (fact, other))
    return found, rest


def _agree(one: Told, other: Told) -> bool:
    """Whether nothing that one fact tells contradicts the other."""
    told = ((one.values[name], other.values[name]) for name in one.values if name not in OF_ANY_FACT)
    return all(a.startswith(b) or b.startswith(a) for a, b in told)


def unequal(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of either side that the other has not just as they are."""
    waiting: dict[object, list[Row]] = defaultdict(list)
    for row in new:
        waiting[row["doc"], row.get("start"), row.get("quote")].append(row)
    left = []
    for row in old:
        here = waiting.get((row["doc"], row.get("start"), row.get("quote")), [])
        if row in here:
            here.remove(row)
        else:
            left.append(row)
    kept = {id(row) for rows in waiting.values() for row in rows}
    return left, [row for row in new if id(row) in kept]
