"""For whom a text speaks: the place whose report or plan it is, the company whose report it is, and what it calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from pipeline.extract.figures.patterns import Patterns
from pipeline.extract.reader import Reader
from pipeline.model import Mention, Name
from pipeline.ontology import Term
from pipeline.parse.scope import PolicyScope
from pipeline.patterns import lazy

_OF_GOVERNMENT = lazy(r"工作(?:报告|总结|要点)|情况的?报告|(?:计划|预算).*报告")
_STATE = "中国"
_FORMED = (
    r"(?:[\d〇一二三四五六七八九]{4}年)?(?:关于)?(?P<place>[\u4e00-\u9fff]{1,7}?%divisions%)"
    r"(?=人民政府|政府|工作|[\u4e00-\u9fff]{1,12}(?:局|委员会|厅|办公室|措施|方案|规划|计划|意见|公报|办法))"
)
_OF_CHINA = lazy("^中国[（(](?P<place>[^（）()]{2,6})[）)]")  # 中国（甲市）综合试验区
_OF_PROVINCE, _OF_CITY = lazy("[我全本]省|[我全]区|自治区内"), lazy("[我全]市")
_TOP = 8  # blocks at the top that may name the place
_OPENING = 40  # characters of such a block
_LONGEST = 12  # characters of the name of a place, and before it


class Speaker:
    """For whom one document speaks."""

    def __init__(self, reader: Reader, patterns: Patterns) -> None:
        self._reader, self._patterns = reader, patterns

    @cached_property
    def who(self) -> Name | None:
        """Of whom the document tells where it names nothing else."""
        if self.for_place:
            return self.place
        return self.body if self._reader.document.kind in ("report", "other") else None

    @cached_property
    def for_place(self) -> bool:
        """Whether it speaks for a place: a work report, a plan, measures, a communique."""
        document = self._reader.document
        if self.place is None:
            return False
        if document.kind == "report" and document.genre != "communique":
            return bool(_OF_GOVERNMENT.search(document.title or ""))
        return document.kind in ("plan", "measures") or document.genre == "communique"

    @cached_property
    def tells(self) -> bool:
        """Whether it tells what was done in its place: a work report, a communique."""
        document = self._reader.document
        return self.for_place and (document.kind == "report" or document.genre == "communique")

    @cached_property
    def place(self) -> Name | None:
        """The place for which it speaks: that of its title or issuer, or the state where one of its bodies issued it."""
        document = self._reader.document
        said = (document.title, document.issuer, document.subtitle)
        named = [found for words in said if words and (found := self._place_in(words) or _formed(self._reader, words))]
        below = next((place for place in named if place.label != _STATE), None)
        if below or named:
            return None if below and self._is_above(below) else below or named[0]
        if document.kind not in ("report", "plan", "measures", "regulation") and document.genre != "communique":
            return None
        if document.issuer and self._reader.holds(document.issuer, "national_bodies"):
            return self.state
        for block in document.blocks[:_TOP]:
            mentions = self._reader.mentions(block.start, min(block.end, block.start + _OPENING))
            places = (mention for mention in mentions if mention.kind == "Place")
            names = (named_as(place, self._reader) for place in places if self._reader.ends_in(place.label, "divisions"))
            if place := next((name for name in names if not self._is_above(name)), None):
                return place
        own = PolicyScope(self._reader).own(0)
        return self.state if own is not None and "国务院" in own.label else None

    def _is_above(self, place: Name) -> bool:
        """Whether a place is a province while the text speaks of its city: 我市, 全市."""
        text = self._reader.text
        of_city = not _OF_PROVINCE.search(text) and len(_OF_CITY.findall(text)) > 1
        return of_city and self._reader.ends_in(place.label, "provinces")

    def _place_in(self, words: str) -> Name | None:
        """The place that a title or the name of a body names first, down to the place within it: 甲市乙区."""
        words, found, at = _OF_CHINA.sub(r"\g<place>", words), None, 0
        while at < min(len(words), _LONGEST):
            lengths = range(min(_LONGEST, len(words) - at), 1, -1)
            places = (term for n in lengths if (term := self._terms.get(words[at : at + n])) and term.kind == "Place")
            term = next(places, None)
            if term is None and found:
                break
            length = next(n for n in lengths if self._terms.get(words[at : at + n]) is term) if term else 1
            found = Name(term.label, "Place", words[at : at + length], (), term.iri) if term else found
            at += length
        return found

    @cached_property
    def state(self) -> Name:
        """The state of which 我国 and 全国 are said."""
        term = self._terms.get(_STATE)
        return Name(_STATE, "Place", "我国", ("我国", "全国"), term.iri if term else None)

    @cached_property
    def body(self) -> Name | None:
        """The company, bank or school whose text it is, by its issuer."""
        issuer = re.sub(r"\s.*", "", self._reader.document.issuer or "")
        return Name(issuer, "Body", issuer) if "、" not in issuer and self._reader.ends_in(issuer, "firms") else None

    @property
    def _terms(self) -> Mapping[str, Term]:
        return self._reader.wording.terms

    def own(self, word: str) -> Name | None:
        """What 我国, 全省, 我市 or 本公司 stands for; None where that is not known."""
        if self._reader.is_word(word, "whole_world"):
            return Name("全球", "Place", word)
        if word.endswith("国") or word == "国内":
            return self.state
        of_body = self._reader.is_word(word, "own_bodies")
        name = self.body if of_body else self.place
        levels = [each[-1] for each in (word, name.label) if self._reader.ends_in(each, "divisions")] if name else []
        if not of_body and len(set(levels)) > 1:
            return None  # 全市 where the place is a province
        return replace(name, text=word, aliases=(word,)) if name else None

    def owns(self, start: int, end: int) -> int:
        """How long the word at text[start:end] is with which the text speaks of its place or body; 0 where none stands there."""
        text = self._reader.text
        for length in range(min(5, end - start), 1, -1):
            word = text[start : start + length]
            world = self._reader.is_word(word, "whole_world")
            if world and (self.who is not None or self._reader.word_at(start + length, "of_someone")):
                continue
            if word in self._patterns.own or (self.body and self._reader.is_word(word, "own_bodies")):
                return length
        return 0

    def with_place(self, owner: Name) -> Name:
        """A field of work as that of the place for which the document speaks: 冰雪经济 is 甲省冰雪经济."""
        place = self.place if self.for_place else None
        return self.placed(owner, place) if place and owner.kind not in ("Place", "Body", "Policy", "Person") else owner

    def placed(self, owner: Name, place: Name) -> Name:
        """A thing as that of a place."""
        if place.label in owner.label:
            return owner
        return Name(f"{place.label}{owner.label}", owner.kind, owner.text, (owner.label, *owner.aliases))

    def is_field(self, owner: Name) -> bool:
        """Whether an owner is a field of work, whose figures tell nothing of other quantities."""
        return owner.kind in ("Industry", "Technology") or self._reader.wording.ends_in_field(owner.label)

    def is_abroad(self, mention: Mention) -> bool:
        """Whether 中国 stands in the text of a place within it: there it opens a name (中国专利奖)."""
        return self.for_place and mention.label == _STATE and self.place is not None and self.place.label != _STATE


def _formed(reader: Reader, words: str) -> Name | None:
    """The place that a title or a body is of, by its form: 甲水县 of 甲水县人民政府."""
    found = reader.pattern(_FORMED).match(words)
    return Name(found["place"], "Place", found["place"]) if found else None


def named_as(mention: Mention, reader: Reader) -> Name:
    """A mention of a vocabulary as a name."""
    text = reader.text[mention.start : mention.end]
    return Name(mention.label, mention.kind, text, () if text == mention.label else (text,), mention.term)
