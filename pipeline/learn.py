"""What was read of one document → what a merge needs of it; the rest stays on the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.errors import fault_of_ours
from pipeline.kept import Outcome, Shelf
from pipeline.ledger.uses import Use, uses_of
from pipeline.memory import Known, packed
from pipeline.ontology import Ontology
from pipeline.resolve import issuer_of, position
from pipeline.review.apply import Applied, apply
from pipeline.review.lines import Review
from pipeline.review.names import Names


class Learned(NamedTuple):
    """What a merge needs of a document: its `uses` of names as a memory has them, the fingerprint of its bytes, and what was read
    of it where the shelf has it not."""

    known: Known
    uses: bytes
    fingerprint: str
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Learner:
    """Learns of documents that were read, and of what people say of their claims."""

    ontology: Ontology
    shelf: Shelf
    review: Review

    @cached_property
    def names(self) -> Names:
        """The names of the ontology."""
        return Names(self.ontology)

    def applied(self, outcome: Outcome) -> Applied:
        """The claims of a document as people have corrected them."""
        document = outcome.document
        decisions = self.review.on(document.name) if document else ()
        if document is None or not decisions:
            return Applied(outcome.claims)
        return apply(outcome.claims, document.source, decisions, self.names)

    def known(self, outcome: Outcome, key: str) -> tuple[Known, tuple[Use, ...]]:
        """A document that was read, by its key, and how it uses names."""
        document = outcome.document
        if document is None:
            return Known(key, outcome.path, failure=outcome.failure), ()
        try:
            applied = self.applied(outcome)
        except Exception as error:
            return Known(key, outcome.path, failure=fault_of_ours(error)), ()
        uses = uses_of(sorted((*applied.claims, *(wrong.claim for wrong in applied.wrong)), key=position))
        reviewed = self.review.digest(document.name)
        scope = issuer_of(document)
        return Known(key, outcome.path, document.name, scope=scope, reviewed=reviewed, idle=applied.idle), uses

    def learned(self, outcome: Outcome, name: str, key: str | None = None) -> Learned:
        """What a merge needs of a document that is called `name`; `key` is where on the shelf it stands, if not as what was read
        of the document by the rules."""
        known, uses = self.known(outcome, key or self.shelf.key(outcome.fingerprint, outcome.path, name))
        kept = known.failure or self.shelf.has(known.key)
        return Learned(known, packed(uses), outcome.fingerprint, None if kept else outcome)
