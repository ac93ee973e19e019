"""What goes once to each executor, and what each of its Python processes makes of it once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.kept import Outcome, Shelf
from pipeline.ledger.decisions import Decisions
from pipeline.ledger.keys import name_key
from pipeline.ledger.things import Ledger
from pipeline.merge import Merger
from pipeline.model import Name
from pipeline.ontology import Ontology
from pipeline.renew import Source
from pipeline.review.lines import Review
from pipeline.shares import Sharing
from pipeline.workers import Crew, Limits, Lost

READER = "pipeline.extraction:reader"


@dataclass(frozen=True)
class Given:
    """What every step is given: the ontology, what people decided, and how the build was ordered. Broadcast as one."""

    ontology: Ontology
    decisions: Decisions
    review: Review
    base: str
    least: float
    limits: Limits
    made_with: str  # digest of what reads documents

    @cached_property
    def sharing(self) -> Sharing:
        """What shares are made with."""
        return Sharing(self.ontology, self.base)

    @cached_property
    def shelf(self) -> Shelf:
        """What gives documents their keys; nothing is put there."""
        return Shelf(Path(), self.made_with)

    @cached_property
    def merger(self) -> Merger:
        """What makes of a document what it gives."""
        return Merger(self.sharing, self.decisions, self.least, self.shelf, review=self.review)

    @cached_property
    def crew(self) -> Crew:
        """A process that reads documents, and may end in doing so."""
        return Crew(READER, self.ontology, self.limits)

    def read(self, source: Source) -> Outcome:
        """What becomes of one document; the reason, where it takes too much or ends its process."""
        said = self.crew.answer(source)
        return Outcome(source.below, failure=said.reason) if isinstance(said, Lost) else said

    def ledger(self, names: frozenset[Name] = frozenset(), scopes: dict[str, str] | None = None) -> Ledger:
        """A ledger of `names`, which are all that any of them may be one with."""
        return Ledger(self.base, self.ontology.terms, names, self.ontology.forms, self.decisions, scopes)

    @cached_property
    def known(self) -> Ledger:
        """A ledger of the vocabularies alone."""
        return self.ledger()

    @cached_property
    def _decided(self) -> set[str]:
        pairs = (said for pair in self.decisions.apart for said in pair)
        return {said.key for said in (*self.decisions.same, *pairs)}

    def is_bound(self, name: Name) -> bool:
        """Whether what a name is of may depend on the document: many things have it, or people decide on it."""
        plain = self.known.plain(name.kind, name.label)[0]
        return name_key(name.label) in self._decided or self.ontology.forms.is_namesake(name.kind, plain)

    def __getstate__(self) -> dict[str, object]:
        """The fields alone: each process makes the rest of them."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}
