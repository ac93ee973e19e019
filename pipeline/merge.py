"""What was read of each document → one graph: the names are resolved over all documents, and then each gives its share.

The share of a document that gave one to the last build is taken from there, unless it has changed or its names are the names of
something else now.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from pipeline import graph as g
from pipeline.check import Rejection, check
from pipeline.errors import fault_of_ours
from pipeline.kept import Outcome, Shelf
from pipeline.learn import Learned, Learner
from pipeline.ledger.decisions import Decisions, said
from pipeline.ledger.decisions import Said as SaidName
from pipeline.ledger.keys import name_key
from pipeline.ledger.uses import Use
from pipeline.memory import NOWHERE, At, Known, Record, Said, Told, Unread, digest_of
from pipeline.model import Claim, Evidence, Fact, Refusal
from pipeline.resolve import Resolution
from pipeline.review.apply import WRONG_BY, Applied
from pipeline.review.lines import Decision, Review, cell
from pipeline.review.names import Names
from pipeline.rows import fact_row
from pipeline.runs import Sorter
from pipeline.shares import Share, Sharing, named_at
from pipeline.store import check_lines

FactsOf = Callable[[Iterable[Claim]], list[Fact]]


class ForgottenError(Exception):
    """What an earlier build has kept is gone or broken: all must be read and put together again."""


class Touched(NamedTuple):
    """What people say that a document has to do with: its name where they speak of its claims, their lines without effect there,
    each with the reason, and the places of the decisions on names that it uses."""

    document: str = ""
    idle: tuple[tuple[str, str], ...] = ()
    decisions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """The documents of a graph by name, those that failed last, and where the lines stand that all give together."""

    documents: Sequence[Known]
    joint: tuple[At, ...]

    @property
    def sound(self) -> list[Known]:
        """The documents that are in the graph."""
        return [known for known in self.documents if not known.failure]

    @property
    def failures(self) -> dict[str, str]:
        """Why the others are not, by path."""
        return {known.path: known.failure for known in self.documents if known.failure}


@dataclass(slots=True)
class Merger:
    """Makes one graph of documents. `shelf` keeps what was read of them, and the lines that only one has; `in_hand` is what it
    does not take: outcomes by the key of their document, lines by theirs. The rest of what they give goes into `record`."""

    sharing: Sharing
    decisions: Decisions
    least: float
    shelf: Shelf
    review: Review = field(default_factory=Review)
    learner: Learner = field(init=False)
    record: Record = field(init=False)
    in_hand: dict[str, Outcome] = field(init=False)
    _own: dict[str, bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.learner = Learner(self.sharing.ontology, self.shelf, self.review)

    def begin(self, record: Record) -> None:
        """Begin a graph, of which `record` is the memory."""
        self.record, self.in_hand, self._own = record, {}, {}

    def known_of(self, learned: Learned) -> Known:
        """A document of which a reader has learned."""
        if learned.outcome:
            self.in_hand[learned.known.key] = learned.outcome
        return learned.known._replace(uses=self.record.put(learned.uses))

    def idle(self, documents: Iterable[Known]) -> tuple[str, ...]:
        """What people say that has no effect on a graph of `documents`: where it stands, why, and the line."""
        sound = (known for known in documents if not known.failure)
        return self.idle_of(self.touched(known, self.record.uses(known) if self.review.of_names else ()) for known in sound)

    def touched(self, known: Known, uses: Iterable[Use]) -> Touched:
        """What people say that a document has to do with; `uses` is how it uses names."""
        used = _used(known.name, uses) if self.review.of_names else None
        decisions = (at for at, each in enumerate(self.review.of_names) if used and _is_used(each, used))
        return Touched(cell(known.name) if self.review.on(known.name) else "", known.idle, tuple(decisions))

    def idle_of(self, touched: Iterable[Touched]) -> tuple[str, ...]:
        """What people say that has no effect on a graph of documents, by what each has to do with."""
        read, used, idle = set[str](), set[int](), [*self.review.overruled]
        for each in touched:
            read.add(each.document)
            used.update(each.decisions)
            idle += each.idle
        gone = (each for name, those in self.review.of_document.items() if name not in read for each in those)
        idle += [(each.line(), f"no document {each.document} was read") for each in gone]
        reasons = ((each, _why_idle(each, at in used, self.learner.names)) for at, each in enumerate(self.review.of_names))
        idle += [(each.line(), reason) for each, reason in reasons if reason]
        places = self.review.places
        return tuple(f"{places[line]}: {why}: {line}" for line, why in sorted(idle, key=lambda each: _order(places[each[0]])))

    def merge(self, documents: Sequence[Known]) -> Merged:
        """One graph of `documents`. One that it cannot be made with has failed, and it is made of the others."""
        while True:
            sound = sorted((known for known in documents if not known.failure), key=lambda known: known.name)
            failed = sorted((known for known in documents if known.failure), key=lambda known: known.path)
            try:
                resolution = self._resolution(sound, Unread({known.name: known for known in sound}, self.record.uses))
            except Exception as error:
                documents = [*failed, *self._tried(sound, error)]
                continue
            shared = [self._shared(known, resolution) for known in sound]
            if not any(known.failure for known in shared):
                return self._joined(shared, failed, resolution)
            documents = [*failed, *shared]

    def lines_key(self, known: Known) -> str:
        """Where on the shelf the own lines of a document are."""
        return f"{known.key}.{digest_of(self.sharing.base, self.least, known.view)[:16]}"

    def own_lines(self, known: Known) -> bytes:
        """The lines of a document that no other has. Raises ForgottenError where they are no longer on the shelf."""
        key = self.lines_key(known)
        lines = self._own[key] if key in self._own else self.shelf.text(key)
        if lines is None:
            raise ForgottenError
        return lines

    def _resolution(self, documents: Iterable[Known], uses: Mapping[str, Iterable[Use]]) -> Resolution:
        ontology = self.sharing.ontology
        scopes = {known.name: known.scope for known in documents if known.scope}
        return Resolution(uses, self.sharing.base, ontology.terms, forms=ontology.forms, decisions=self.decisions, scopes=scopes)

    def _tried(self, documents: Sequence[Known], error: Exception) -> list[Known]:
        """The documents, each alone: those whose names cannot be resolved have failed. Raises `error` where none has."""
        tried = [self.alone(known, self.record.uses(known)) for known in documents]
        if isinstance(error, MemoryError) or not any(known.failure for known in tried):  # it is that of no one document
            raise error
        return tried

    def alone(self, known: Known, uses: Iterable[Use]) -> Known:
        """A document, which has failed where its own names cannot be resolved; `uses` is how it uses them."""
        try:
            self._resolution([known], {known.name: uses})
        except Exception as error:
            return _failed(known, error)
        return known

    def _shared(self, known: Known, resolution: Resolution) -> Known:
        """A document with its share."""
        view = resolution.view(known.name)
        if known.reviewed:
            view = digest_of(view, known.reviewed)
        if view == known.view and self._has_lines(self.lines_key(known)):
            return known
        try:
            share, told = self.given(self.outcome(known), partial(resolution.facts, known.name))
        except (ForgottenError, MemoryError):
            raise
        except Exception as error:
            return _failed(known, error)
        common, rejected = "\n".join(share.common).encode(), told.rejected.encode()
        shared = known._replace(
            view=view,
            named="",
            told=told._replace(rejected=""),
            share=self.record.put_value(share._replace(own=(), common=())),
            said=self.record.put_value(Said(common, rejected)),
            further=NOWHERE,
        )
        self._keep_lines(self.lines_key(shared), "\n".join(share.own).encode())
        return shared

    def _has_lines(self, key: str) -> bool:
        return key in self._own or self.shelf.has(key)

    def _keep_lines(self, key: str, lines: bytes) -> None:
        self.shelf.put_text(key, lines)
        if not self.shelf.has(key):
            self._own[key] = lines

    def given(self, outcome: Outcome, facts_of: FactsOf) -> tuple[Share, Told]:
        """What a document that was read gives the graph and the files of a build; `facts_of` gives the facts that claims of it
        state."""
        document = outcome.document
        assert document is not None
        applied = self.learner.applied(outcome)
        accepted, rejected = check(facts_of(applied.claims), self.sharing.ontology, {document.name: document.source}, self.least)
        rejected += _wrong(applied, facts_of)
        share = self.sharing.share(document, accepted, outcome.makers)
        check_lines([*share.own, *share.common])
        return share, _told(rejected, outcome)

    def _joined(self, documents: list[Known], failed: list[Known], resolution: Resolution) -> Merged:
        shares = Unread({known.name: known for known in documents}, self.record.share)
        things = {iri: resolution.thing(iri) for share in shares.values() for iri in share.things}
        named = named_at(shares, things)
        further = [self._named(known, named.get(known.name, ())) for known in documents]
        with Sorter(self.record.folder) as joint:
            joint.add(line.encode() for line in self.sharing.joint_lines(shares, things))
            return Merged([*further, *failed], self.record.put_blocks(joint))

    def _named(self, known: Known, named: Sequence[Evidence]) -> Known:
        """A document with the evidence for names that stands in it."""
        digest = digest_of(named) if named else ""
        if digest == known.named:
            return known
        document = self.outcome(known).document
        assert document is not None
        lines = sorted({*self.sharing.evidence(g.Parts(document, self.sharing.base), named)})
        return known._replace(named=digest, further=self.record.put("\n".join(lines).encode()))

    def outcome(self, known: Known) -> Outcome:
        """What was read of a document. Raises ForgottenError where it is no longer on the shelf."""
        found = self.in_hand.get(known.key) or self.shelf.at(known.key)
        if found is None:
            raise ForgottenError
        return found


def _failed(known: Known, error: Exception) -> Known:
    return Known(known.key, known.path, failure=fault_of_ours(error))


def _wrong(applied: Applied, facts_of: FactsOf) -> Iterator[Rejection]:
    """The facts of a document that people call wrong, each reason by itself."""
    for reason in dict.fromkeys(wrong.reason for wrong in applied.wrong):
        claims = [wrong.claim for wrong in applied.wrong if wrong.reason == reason]
        yield from (Rejection(fact, reason) for fact in facts_of(claims))


class _Used(NamedTuple):
    """The keys of names that a document uses: what it calls things, and what else they are called there."""

    document: str
    labels: set[str]
    others: set[str]


def _used(document: str, uses: Iterable[Use]) -> _Used:
    names = {use.name for use in uses}
    labels = {name_key(name.label) for name in names}
    return _Used(document, labels, {name_key(alias) for name in names for alias in name.aliases} - labels)


def _told_names(decision: Decision) -> list[SaidName]:
    """The names that documents must use for a decision on names to change something: the first, of two that are apart either."""
    return [said(name) for name in (decision.names if decision.verdict == "apart" else decision.names[:1])]


def _is_used(decision: Decision, used: _Used) -> bool:
    """Whether a document uses a name that a decision is on."""
    names = (name for name in _told_names(decision) if name.document in ("", used.document))
    return any(name.key in used.labels or (decision.verdict != "same" and name.key in used.others) for name in names)


def _why_idle(decision: Decision, is_used: bool, names: Names) -> str | None:
    """Why a decision on names changes nothing: no document uses the first (of two that are apart, either), or a vocabulary says
    that two are one; None where it may change something."""
    if not is_used:
        return "no document names a thing so"
    told = _told_names(decision)
    apart = decision.verdict == "apart" and not any(name.document for name in told)
    if apart and names.are_one(*(name.key for name in told)):
        return "the vocabulary has both as names of one thing"
    return None


def _order(place: str) -> tuple[str, int]:
    file, _, line = place.rpartition(":")
    return file, int(line)


def _told(rejected: Sequence[Rejection], outcome: Outcome) -> Told:
    """What was rejected of a document: facts, and what a language model said that is none."""
    rows = [fact_row(rejection.fact) | {"reason": rejection.reason} for rejection in rejected]
    document = outcome.document.name if outcome.document else outcome.path
    lines = [*map(_json, rows), *(_refused(each, document) for each in outcome.refused)]
    reasons = [*(each.reason for each in rejected), *(each.reason for each in outcome.refused)]
    return Told(rejected="".join(f"{line}\n" for line in lines), reasons=dict(Counter(map(_kind_of, reasons))))


def _refused(refusal: Refusal, document: str) -> str:
    """The row of what a language model said of a document in vain."""
    return f'{{"doc": {_json(document)}, "said": {refusal.said}, "reason": {_json(refusal.reason)}}}'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _kind_of(reason: str) -> str:
    """A reason without the names in it, to count by."""
    if reason.startswith(WRONG_BY):
        return WRONG_BY
    slot, colon, rest = reason.partition(": ")
    if " takes " in rest:
        return f"{slot}{colon}{rest.split(',', maxsplit=1)[0]}"
    return f"{slot}{colon}{rest.rpartition('”')[2].strip() or rest}" if colon else reason.rpartition("”")[2].strip()
