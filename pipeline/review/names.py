"""Names of claims as people write them, and names that people give."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.contract import NO_NAMES
from pipeline.ledger.keys import name_key
from pipeline.model import Name, Slot
from pipeline.patterns import lazy
from pipeline.review.lines import BETWEEN

if TYPE_CHECKING:
    from pipeline.ontology import Ontology, Term

Kinds = Mapping[str, Counter[str]]  # of the names of a document, by key: the classes that it has each as
_WITH_CLASS = lazy(r"(.+?)\s*+[(（]([A-Za-z]++)[)）]")


@dataclass(frozen=True)
class Names:
    """Knows the names of an ontology."""

    ontology: Ontology

    @cached_property
    def _terms(self) -> Mapping[str, list[Term]]:
        """The terms that each name is one of, by its key."""
        found: dict[str, list[Term]] = defaultdict(list)
        for term in self.ontology.terms:
            for name in term.names if term.kind not in NO_NAMES else ():
                found[name_key(name)].append(term)
        return found

    def are_one(self, key: str, other: str) -> bool:
        """Whether two names, by their keys, are those of one term."""
        theirs = [{term.iri for term in self._terms.get(each, ())} for each in (key, other)]
        return bool(theirs[0] & theirs[1])

    def keys(self, value: Slot) -> set[str]:
        """The keys of what fills a slot: as it stands, and as it is called."""
        said = (value.text or value.label, value.label) if isinstance(value, Name) else (value,) if isinstance(value, str) else ()
        return {name_key(name.replace(BETWEEN, "，")) for name in said}

    def further_keys(self, value: Slot) -> set[str]:
        """With these, the keys of the other names of what fills it: in the document, by its form, in a vocabulary."""
        if not isinstance(value, Name):
            return self.keys(value)
        plain = self.ontology.forms.plain(value.kind, value.label)[0]
        own = {name_key(value.label), name_key(plain)}
        terms = (term for key in own for term in self._terms.get(key, ()))
        return self.keys(value) | own | {name_key(name) for name in (*value.aliases, *(n for term in terms for n in term.names))}

    def given(self, said: str, kind: str, kinds: Kinds) -> Name:
        """A name that a person gives, with or without a class behind it: 临澜市 (Place).

        Without it, it is of the class of a term so called, else of one that the document has it as, else of `kind`.
        """
        match = _WITH_CLASS.fullmatch(said)
        wanted = match[2] if match and match[2] in self.ontology.classes else None
        text = match[1] if match and wanted else said
        label = text[1:-1] if text.startswith("《") and text.find("》") == len(text) - 1 else text
        key = name_key(label)
        terms = sorted((term.kind != (wanted or kind), term.kind, term.iri) for term in self._terms.get(key, ()))
        if terms and (wanted is None or not terms[0][0]):
            return Name(label, terms[0][1], text, term=terms[0][2])
        seen = kinds.get(key)
        commonest = min(seen, key=lambda each: (each != kind, -seen[each], each)) if seen else kind
        return Name(label, wanted or commonest, text)
