"""Document → AnnotatedDocument: sentences, names, dates, quantities and cues, each in one pass over the text."""

from __future__ import annotations

from pipeline.annotate.dates import find_dates
from pipeline.annotate.edges import WordEdges
from pipeline.annotate.names import CueFinder, Gazetteer, find_keywords, find_marked, find_short_forms, property_cues
from pipeline.annotate.quantities import QuantityFinder, is_measured, units_of
from pipeline.grammar.rules import words_of
from pipeline.model import AnnotatedDocument, Document, Span
from pipeline.ontology import Ontology
from pipeline.patterns import lazy
from pipeline.periods import plan_periods

# A longer sentence is none of prose, but a table or a list: it is cut, since extraction looks all through a sentence.
_SENTENCE = lazy(r"[^。！？\n]{1,1000}[。！？]?[”’\"」）]*")


class Annotator:
    """Holds what is made once from the ontology: the automata and the pattern of numbers."""

    def __init__(self, ontology: Ontology) -> None:
        terms = ontology.terms_as_read()
        self.gazetteer = Gazetteer(terms)
        self._cues = CueFinder(property_cues(ontology))
        self._words = CueFinder(words_of(ontology.rules, ontology.lexicon)) if ontology.rules else None
        self._lexicon = ontology.lexicon
        self._plans = plan_periods(terms)
        self._quantities = QuantityFinder(*units_of(terms))

    def annotate(self, document: Document) -> AnnotatedDocument:
        """Find everything that extraction reads."""
        text = document.text
        edges = WordEdges(text, self._lexicon)
        marked = sorted(find_marked(text))
        titles = [mention.label for mention in marked if mention.kind == "title"]
        names = edges.names(self.gazetteer.find(text), self.gazetteer.find)
        return AnnotatedDocument(
            document=document,
            sentences=tuple(map(Span._make, [match.span() for match in _SENTENCE.finditer(text)])),
            mentions=tuple(sorted((*names, *marked, *find_keywords(document, names)))),
            dates=tuple(find_dates(document, self._plans)),
            quantities=tuple(filter(is_measured, self._quantities.find(text, bare=False))),
            cues=tuple(edges.cues(self._cues.find(text), self._cues.find, names)),
            words=tuple(edges.cues(self._words.find(text), self._words.find, names)) if self._words else (),
            short_forms=find_short_forms(document, titles),
        )
