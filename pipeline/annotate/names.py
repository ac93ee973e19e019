"""Names from the vocabularies, cues from the ontology, and names that the text marks itself (《…》, “…”)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from pipeline.contract import NO_NAMES
from pipeline.model import Cue, Document, Mention
from pipeline.ontology import Ontology, Term
from pipeline.patterns import lazy

_TITLE = lazy(r"《([^《》\n]{2,120}(?:《[^《》\n]{2,60}》[^《》\n]{0,40})?)》")
_QUOTED = lazy(r"“([^“”\n]{1,30})”|\"([^\"“”\n]{1,30})\"|「([^「」\n]{1,30})」")
_SHORT_FORM = lazy(r"(?:以下(?:统|简)*|下|简)称(?:为)?[：:]?[“”\"《]*(?P<short>[^“”\"《》（）()\n]{2,20})[“”\"》]*[）)]")
_FULL_FORM = lazy(r"(?:《(?P<title>[^《》\n]+)》|(?P<name>[\u4e00-\u9fff]{4,40}))[（(]$")
_OPENS = lazy(r"^(?:为了?|进一步|加强|规范|促进|推进|推动|支持|加快|做好|建设|发展|根据|依据|关于)+(?=[\u4e00-\u9fff]{4})")
# 《决定》 stands for the title last given in full that ends with it.
GENERIC_TITLE = lazy(
    r"^(?:决定|意见|规划|纲要|方案|办法|条例|措施|通知|规定|报告|计划|决议|指南|公报|建议|行动计划|实施方案|实施意见|指导意见|"
    r"行动方案)$"
)


# There are thousands of these in a document: made without the call of the class, which takes twice as long.
_tuple = tuple.__new__


def terms_by_name(terms: tuple[Term, ...]) -> Mapping[str, Term]:
    """The entry that each name of the vocabularies stands for: the first that has it."""
    by_name: dict[str, Term] = {}
    for term in terms:
        for name in term.names:
            if len(name) >= 2 and term.kind not in NO_NAMES:
                by_name.setdefault(name, term)
    return by_name


class Gazetteer:
    """All names of the vocabularies in one automaton, leftmost-longest, by code points."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        by_name = terms_by_name(terms)
        self._found = [(term.kind, term.label, term.iri) for term in by_name.values()]
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(by_name), MATCH_KIND_LEFTMOST_LONGEST)
        self.by_name: Mapping[str, Term] = by_name

    def find(self, text: str) -> list[Mention]:
        """Names in `text`; where two overlap the one that begins first wins, then the longer."""
        found = self._found
        return [_tuple(Mention, (start, end) + found[index]) for start, end, index in self._automaton.find(text)]


class CueFinder:
    """Words that signal something, in one automaton: leftmost-longest, so that a longer word hides those within it."""

    def __init__(self, signals: Mapping[str, tuple[str, ...]]) -> None:
        self._cues = sorted(signals.items())
        self._automaton = CharwiseDoubleArrayAhoCorasick([word for word, _ in self._cues], MATCH_KIND_LEFTMOST_LONGEST)

    def find(self, text: str) -> list[Cue]:
        """The words in `text` with what they signal."""
        cues = self._cues
        return [_tuple(Cue, (start, end) + cues[index]) for start, end, index in self._automaton.find(text)]


def property_cues(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    """Each cue word of the ontology's properties, with the local names of those that it signals."""
    signals: dict[str, set[str]] = defaultdict(set)
    for property_ in ontology.properties.values():
        for word in (*property_.noun_cues, *property_.verb_cues):
            signals[word].add(property_.name)
    return {word: tuple(sorted(names)) for word, names in signals.items()}


def find_marked(text: str) -> Iterator[Mention]:
    """What the text itself marks as a name: titles in 《》 and short quotations; the marks belong to the span."""
    for match in _TITLE.finditer(text):
        yield _tuple(Mention, (*match.span(), "title", match[1].replace("\n", ""), None))
    for match in _QUOTED.finditer(text):
        yield _tuple(Mention, (*match.span(), "quoted", match[1] or match[2] or match[3], None))


def find_keywords(document: Document, names: Iterable[Mention]) -> Iterator[Mention]:
    """The document's own keywords wherever its text has them, but over no name of the vocabularies: 耗散结构, 生计风险."""
    keywords = [keyword for keyword in document.keywords if _KEYWORD.fullmatch(keyword)]
    if not keywords:
        return
    taken = {at for name in names for at in range(name.start, name.end)}
    longest_first = "|".join(map(re.escape, sorted(keywords, key=len, reverse=True)))
    for match in re.finditer(longest_first, document.text):
        if taken.isdisjoint(range(*match.span())):
            yield _tuple(Mention, (*match.span(), KEYWORD, match[0], None))


KEYWORD = "keyword"  # the kind of a name that the document itself gives as one
_KEYWORD = lazy("[\u4e00-\u9fffA-Za-z0-9]{3,12}")


def find_short_forms(document: Document, titles: list[str]) -> dict[str, str]:
    """Short forms and what they stand for: (以下简称…), 《决定》 after 《…的决定》, 本条例 for the document itself."""
    forms: dict[str, str] = {}
    for title in titles:
        if GENERIC_TITLE.match(title):
            continue
        for length in (2, 4):
            forms.setdefault(title[-length:], title)
    forms = {short: full for short, full in forms.items() if GENERIC_TITLE.match(short)}
    for match in _SHORT_FORM.finditer(document.text):
        full = _FULL_FORM.search(document.text, max(0, match.start() - 90), match.start())
        if full:
            forms[match["short"]] = full["title"] or _OPENS.sub("", full["name"])
    return forms
