"""Claims against gold rows: precision, recall and F1 for each relation, facet and rule.

A found row and a gold row match where their names do, each at most once, best pairs first. Rows that the annotators
marked optional count neither way. Of a document, only the relations that were annotated are scored.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import DataError, UsageError
from pipeline.patterns import lazy

Row = dict[str, Any]
Match = Callable[[Row, Row], float]
HEADLINE = ("defines", "event", "supports")
BANDS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.0)  # lower bounds of the confidences that are counted together
_NOISE = lazy(r"[\s《》〈〉“”‘’\"'「」『』（）()\[\]【】、，。；：:;,.!！?？·•\-—–_*`~/]+")


class Score(NamedTuple):
    """`right` found rows that are in the gold, `false` ones that are not, and gold rows `missed`."""

    right: int = 0
    false: int = 0
    missed: int = 0
    alone: int = 0  # of the right ones, those that nothing else found: for a rule
    said: float = 0.0  # the confidences of right and false rows together: for a band

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def confidence(self) -> float:
        """The mean of what was said, beside the precision."""
        return self.said / (self.right + self.false) if self.right + self.false else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Fault(NamedTuple):
    """A gold row that was missed, or a found row that is not in the gold ("miss", "false")."""

    relation: str
    kind: str
    row: Row


@dataclass(slots=True)
class Evaluation:
    """Scores by relation, by facet (a pair counts only where the facet is right too), by rule (precision only), and by
    confidence, in the bands of `BANDS`, highest first. For rules and confidences a row that a fair reader could leave out is as
    right as one that none could: some reader gives it.
    """

    relations: dict[str, Score] = field(default_factory=dict)
    facets: dict[str, Score] = field(default_factory=dict)
    rules: dict[str, Score] = field(default_factory=dict)
    bands: dict[float, Score] = field(default_factory=dict)
    shares: dict[str, dict[str, float]] = field(default_factory=dict)  # of the right rows: facet, date, venue right
    faults: list[Fault] = field(default_factory=list)
    readers: dict[str, Score] = field(default_factory=dict)  # where a language model read too

    @property
    def headline_f1(self) -> float:
        """Mean F1 of defines, event and supports, as far as they were annotated."""
        scores = [self.relations[name].f1 for name in HEADLINE if name in self.relations]
        return sum(scores) / len(scores) if scores else 0.0

    def first_faults(self, number: int) -> Iterator[Fault]:
        """The first `number` misses and false rows of each relation."""
        for relation in self.relations:
            for kind in ("miss", "false"):
                alike = (fault for fault in self.faults if (fault.relation, fault.kind) == (relation, kind))
                yield from islice(alike, number)


class _Pairing(NamedTuple):
    """The rows of one relation in one document, and which gold row (by index) is which found row."""

    gold: Sequence[Row]
    found: Sequence[Row]
    of_gold: Mapping[int, int]
    match: Match
    open_gold: frozenset[int] = frozenset()  # rows that readers give in two ways, and that count neither way
    open_found: frozenset[int] = frozenset()

    def right(self) -> Iterator[tuple[Row, Row]]:
        return ((self.gold[i], self.found[j]) for i, j in self.of_gold.items() if not self.gold[i].get("optional"))

    def given(self) -> Iterator[Row]:
        """The found rows that a reader gives, those too that a fair reader could leave out."""
        return (self.found[j] for j in self.of_gold.values())

    def alone(self) -> Iterator[str]:
        """The rule of each right row that no other rule found, in that row or in one like it."""
        for i, j in self.of_gold.items():
            row = self.found[j]
            if self.gold[i].get("optional") or row.get("further_rules") or not row.get("rule"):
                continue
            rules = {other.get("rule") for other in self.found if self.match(self.gold[i], other)}
            if rules == {row["rule"]}:
                yield row["rule"]

    def missed(self) -> Iterator[Row]:
        taken = self.of_gold.keys() | self.open_gold
        return (row for i, row in enumerate(self.gold) if i not in taken and not row.get("optional"))

    def false(self) -> Iterator[Row]:
        taken = {*self.of_gold.values(), *self.open_found}
        return (row for j, row in enumerate(self.found) if j not in taken)


def read_rows(file: Path) -> list[Row]:
    """The rows of a JSON Lines file. Raises UsageError where it is missing, DataError where a line is no JSON object."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}). Run `zhimai build` first, or name another file.") from error
    return rows_of(data, file)


def rows_of(data: bytes, file: str | Path) -> list[Row]:
    """The rows that the bytes of a JSON Lines file hold. Raises DataError where they are no UTF-8 or a line is no JSON object."""
    try:
        lines = data.decode().split("\n")  # a text may hold U+2028
    except UnicodeDecodeError as error:
        raise DataError(f"{file}: no UTF-8 ({error.reason} at byte {error.start}). Name a file of JSON Lines.") from error
    rows = []
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line) if line.strip() else None
        except ValueError as error:
            raise DataError(f"{file}, line {number}: no JSON ({error}). Correct the line.") from error
        if row is not None:
            if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in ("doc", "rel")):
                raise DataError(f'{file}, line {number}: no row; it needs "doc" and "rel". Correct the line.')
            rows.append(row)
    return rows


def evaluate(claims: Iterable[Row], gold: Iterable[Row], *, fair: bool = False) -> Evaluation:
    """Score `claims` against `gold`, both rows of claims.jsonl and of a gold file.

    `fair` leaves out what readers give in two ways: a pair that one calls a member and another an element, and a second facet of
    a pair. Where a language model read too, the rules and the model are scored each, and what both found.
    """
    found, wanted = list(claims), list(gold)
    result = _evaluate(found, wanted, fair=fair)
    if any("found_by" in row for row in found):
        for reader, others in _READERS.items():
            of_one = [row for row in found if row.get("found_by", "rules") not in others]
            scores = _evaluate(of_one, wanted, fair=fair).relations.values()
            result.readers[reader] = Score(*(sum(counts) for counts in zip(*(score[:3] for score in scores), strict=True)))
    return result


# Reader → who alone found the claims that are not its own.
_READERS = {"rules": ("model",), "model": ("rules",), "both": ("rules", "model"), "either": ()}


def _evaluate(claims: Iterable[Row], gold: Iterable[Row], *, fair: bool) -> Evaluation:
    rows = list(gold)
    annotated = {row["doc"]: set(row["kinds"]) for row in rows if row["rel"] == "_kinds"}
    rows = [row for row in rows if row["rel"] != "_kinds"]
    documents = sorted({row["doc"] for row in rows} | set(annotated))
    by_place: dict[tuple[str, str], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, these in enumerate((rows, claims)):
        for row in these:
            by_place[row["doc"], row["rel"]][side].append(row)
    result = Evaluation()
    for relation in sorted({row["rel"] for row in rows}):
        match = MATCH.get(relation, match_pair)
        scored = [doc for doc in documents if relation in annotated.get(doc, {relation})]
        pairings = [_pair(*by_place[doc, relation], match) for doc in scored]
        if fair and relation in SIBLINGS:
            others = [by_place[doc, SIBLINGS[relation]] for doc in scored]
            pairings = [_fair(relation, *pair) for pair in zip(pairings, others, strict=True)]
        _score(relation, pairings, result)
    return result


SIBLINGS = {"defines": "includes", "includes": "defines"}  # what one reader may call the other


def _fair(relation: str, pairing: _Pairing, others: tuple[Sequence[Row], Sequence[Row]]) -> _Pairing:
    """The pairing with the rows left open that readers give in two ways; `others` are the rows of the sibling relation."""
    gold, found, of_gold, match = pairing[:4]
    own, theirs = ("element", None) if relation == "defines" else (None, "element")  # the facets that may be meant
    elsewhere = [[row for row in rows if theirs in (None, row.get("facet"))] for rows in others]

    def as_other(row: Row, rows: Sequence[Row], *, wanted: bool) -> bool:
        if own not in (None, row.get("facet")):
            return False
        return any(match(row, other) if wanted else match(other, row) for other in rows)

    right = [gold[i] for i in of_gold]
    missed = [i for i in range(len(gold)) if i not in of_gold]
    false = [j for j in range(len(found)) if j not in of_gold.values()]
    return pairing._replace(
        open_gold=frozenset(
            i
            for i in missed
            if as_other(gold[i], elsewhere[1], wanted=True) or (relation == "defines" and _second_facet(gold[i], right))
        ),
        open_found=frozenset(j for j in false if as_other(found[j], elsewhere[0], wanted=False)),
    )


def _second_facet(row: Row, right: Iterable[Row]) -> bool:
    """Whether a pair was found in another of its facets."""
    return any(
        row.get("facet") != other.get("facet") and _same(row["s"], other["s"]) == 2 and _same(row["o"], other["o"]) == 2
        for other in right
    )


def _pair(gold: Sequence[Row], found: Sequence[Row], match: Match) -> _Pairing:
    """Greedy one-to-one pairing, best match first, gold rows that count before optional ones."""
    scored = [(match(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    of_gold: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted((s for s in scored if s[0] > 0), key=lambda s: (-s[0], bool(gold[s[1]].get("optional")))):
        if i not in of_gold and j not in taken:
            of_gold[i] = j
            taken.add(j)
    return _Pairing(gold, found, of_gold, match)


def _score(relation: str, pairings: Sequence[_Pairing], result: Evaluation) -> None:
    right = [pair for pairing in pairings for pair in pairing.right()]
    missed = [row for pairing in pairings for row in pairing.missed()]
    false = [row for pairing in pairings for row in pairing.false()]
    result.relations[relation] = Score(len(right), len(false), len(missed))
    result.faults += [Fault(relation, "miss", row) for row in missed] + [Fault(relation, "false", row) for row in false]
    given = [row for pairing in pairings for row in pairing.given()]
    rules = Counter(row.get("rule") for row in given), Counter(row.get("rule") for row in false)
    alone = Counter(rule for pairing in pairings for rule in pairing.alone())
    for rule in sorted({str(name) for counts in rules for name in counts if name}):
        result.rules[rule] = Score(rules[0][rule], rules[1][rule], alone=alone[rule])
    for band in BANDS:
        before = result.bands.get(band, Score())
        held, failed = ([row for row in rows if _band(row) == band] for rows in (given, false))
        said = before.said + sum(row["confidence"] for row in (*held, *failed))
        result.bands[band] = Score(before.right + len(held), before.false + len(failed), said=said)
    if relation == "defines":
        result.facets |= _facets(right, missed, false)
    result.shares[relation] = _shares(relation, right) if right else {}


def _band(row: Row) -> float | None:
    sure = row.get("confidence")
    return None if sure is None else next(bound for bound in BANDS if sure >= bound)


def _facets(right: Sequence[tuple[Row, Row]], missed: Sequence[Row], false: Sequence[Row]) -> dict[str, Score]:
    agreed = Counter(g["facet"] for g, f in right if g.get("facet") == f.get("facet"))
    wanted = Counter(row.get("facet") for row in [*missed, *(g for g, _ in right)])
    found = Counter(row.get("facet") for row in [*false, *(f for _, f in right)])
    names = sorted({str(name) for name in (*wanted, *found)})
    return {name: Score(agreed[name], found[name] - agreed[name], wanted[name] - agreed[name]) for name in names}


def _shares(relation: str, right: Sequence[tuple[Row, Row]]) -> dict[str, float]:
    if relation == "defines":
        return {"facet": sum(g.get("facet") == f.get("facet") for g, f in right) / len(right)}
    if relation == "event":
        dated, placed = [p for p in right if p[0].get("date")], [p for p in right if p[0].get("venue")]
        dates = sum(_date_agrees(g["date"], f.get("date")) == 2 for g, f in dated)
        venues = sum(_venue_agrees(g, f) for g, f in placed)
        return {"date_exact": dates / max(1, len(dated)), "venue_right": venues / max(1, len(placed))}
    return {}


# --- when two rows say the same: 0 for no, else the more the better -----------------------------------------------------


def _names(slot: Any) -> list[str]:
    """The names that a slot offers, without spaces and punctuation."""
    if isinstance(slot, dict):
        offered = [slot.get("label"), slot.get("text"), *(slot.get("aliases") or ())]
    else:
        offered = list(slot) if isinstance(slot, list | tuple) else [slot]
    return [name for name in (_plain(one) for one in offered if one) if name]


def _plain(name: Any) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", str(name))).lower()


def _same(gold: Any, found: Any, least: float = 0.6) -> int:
    """2 where two names are equal, 1 where one holds the other and is no longer than 1/`least` of it."""
    best = 0
    for a in _names(gold):
        for b in _names(found):
            if a == b:
                return 2
            short, long = sorted((a, b), key=len)
            if len(short) >= 2 and short in long and len(short) / len(long) >= least:
                best = 1
    return best


def _overlap(gold: Any, found: Any) -> float:
    """Share of the longer name's characters that the two have in common, of the best pair."""
    shares = [sum((Counter(a) & Counter(b)).values()) / max(1, len(a), len(b)) for a in _names(gold) for b in _names(found)]
    return max(shares, default=0.0)


def _date_agrees(gold: str | None, found: str | None) -> int:
    if not gold or not found:
        return 0
    return 2 if gold == found else int(gold.startswith(found) or found.startswith(gold))


def _venue_agrees(gold: Row, found: Row) -> bool:
    places = gold.get("venue") or []
    places = [places] if places and isinstance(places[0], str) else places
    spots = found.get("venue") or []
    return any(_same(place, spot) for place in places for spot in (spots if isinstance(spots, list) else [spots]))


def match_pair(gold: Row, found: Row, least: float = 0.6) -> float:
    s, o = _same(gold["s"], found.get("s"), least), _same(gold["o"], found.get("o"), least)
    return s + o if s and o else 0


def _match_event(gold: Row, found: Row) -> float:
    name = _same(gold["event"], found.get("event"), least=0.5)
    date, venue = _date_agrees(gold.get("date"), found.get("date")), _venue_agrees(gold, found)
    if name and (date or venue):
        return 4 + name + date + venue
    close = _overlap(gold["event"], found.get("event")) >= 0.5
    return 3 + date + venue if close and (date == 2 or venue) else 0


def _match_indicator(gold: Row, found: Row) -> float:
    units = [_plain(row.get("unit") or "").replace("人民币", "") for row in (gold, found)]
    if _number(gold["value"]) != _number(found.get("value", "")) or units[0] != units[1]:
        return 0
    s, i = (_same(gold[slot], found.get(slot), least=0.4) for slot in ("s", "indicator"))
    return s + i if s and i else 0


def _number(text: Any) -> float | str:
    bare = str(text).replace(",", "")
    return float(bare) if re.fullmatch(r"-?\d+(?:\.\d+)?", bare) else str(text)


def _match_contrast(gold: Row, found: Row) -> float:
    dimension = _same(gold["dimension"], found.get("dimension"), least=0.5)
    a, b = "value_a", "value_b"
    straight = min(_overlap(gold[a], found.get(a)), _overlap(gold[b], found.get(b)))
    crossed = min(_overlap(gold[a], found.get(b)), _overlap(gold[b], found.get(a)))
    return dimension + max(straight, crossed) if dimension and max(straight, crossed) >= 0.5 else 0


def _match_cites(gold: Row, found: Row) -> float:
    title = _same(gold.get("title"), found.get("title"), least=0.7)
    who = bool(set(_names(gold.get("authors"))) & set(_names(found.get("authors"))))
    year = str(gold.get("year")) == str(found.get("year"))
    if gold.get("title"):
        return 2 * title + who + year if title else 0
    return 2 + who if who and year and not found.get("title") else 0


def _match_holds(gold: Row, found: Row) -> float:
    s, o = _same(gold["s"], found.get("s"), least=0.4), _overlap(gold["o"], found.get("o"))
    return s + o if s and o >= 0.5 else 0


MATCH: dict[str, Match] = {
    "event": _match_event,
    "indicator": _match_indicator,
    "contrast": _match_contrast,
    "cites": _match_cites,
    "holds": _match_holds,
}
