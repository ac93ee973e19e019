"""Who holds a view: a phrase before a verb of saying as a person, a body, a study, a text or a meeting.

The phrase is read from its end: 某大学教授张三 is 张三, 市水务局有关负责人 stands as it is, 他 and 会议 are who was named before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.annotate.tokens import NAME, Token
from pipeline.annotate.words import words_of
from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.extract.references.in_text import names_before
from pipeline.model import Name
from pipeline.parse.speech.persons import Person, Persons
from pipeline.parse.speech.works import ARTICLE, study_in, study_of, titled_in
from pipeline.patterns import lazy

_NO_PHRASE = lazy(r"[了着过？！；。\n，,]|的.*的.*的")
_IN_TITLE = lazy("《[^《》]*》")
_REMARK = lazy(r"[（(][^（）()]{0,40}[）)]$")
_THIS = lazy("(?:该|本次?|此次?|这次|这[一位名份个]?|上述)(?P<what>.{1,10})$")
_LONGEST = 48  # characters of the phrase that names a holder
_LONGEST_OFFICE = 30  # characters of a name with all its offices that are an alias
_SHORT_TITLE = 5  # characters of a title that may be part of another


class Holders:
    """The holders that a document names, in the order in which they are asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._names = Persons(reader)
        self._persons: list[Name] = []  # named so far, the last at the end
        self._meetings: list[Name] = []
        self._texts: list[Name] = []
        self._media: list[Name] = []
        document = reader.document
        self._own = {_plain(name) for name in (document.title, document.issuer, *document.authors) if name}

    def read(self, start: int, end: int) -> Name | None:
        """The holder that text[start:end] names; None where it names none, or the document's own author."""
        text = self._reader.text
        phrase = text[start:end].strip()
        outside = _IN_TITLE.sub("《》", phrase)
        if not phrase or len(outside) > _LONGEST or _NO_PHRASE.search(outside) or not _is_closed(outside):
            return None
        start = text.index(phrase, start)
        if phrase.startswith("以") and text.startswith("为", start + len(phrase)):
            return None  # 以某某模型|为开端的…
        end = start + len(_REMARK.sub("", phrase))
        found = self._study(phrase, start) or self._titled(phrase) or self._voice_of(start, phrase) or self._named(start, end)
        return found if found and not self._is_own(found) else None

    def _is_own(self, name: Name) -> bool:
        """Whether a name is that of the document or of who made it; the title with or without its year."""
        label = _plain(name.label)
        return any(label == own or (len(label) > _SHORT_TITLE and own.startswith(label)) for own in self._own)

    def _study(self, phrase: str, start: int) -> Name | None:
        """The study that a phrase names, with the authors whom commas part from the clause: Weber, Ito和Sand（2012）."""
        found = study_in(phrase, self._names)
        bracket = start + max(phrase.rfind("（"), phrase.rfind("("))
        people = names_before(self._reader, bracket) if found and bracket >= start else None
        if found is None or people is None or people.start >= start:
            return found
        return study_of(self._reader.text[people.start : bracket], found.label[-len("2012）") :].strip("（）"), phrase)

    def _titled(self, phrase: str) -> Name | None:
        found = titled_in(phrase, self._reader)
        if found is None:
            return None
        (self._media if found.is_medium else self._texts).append(found.name)
        return found.name

    def _voice_of(self, start: int, phrase: str) -> Name | None:
        """某某的讲话 is the words of 某某."""
        whose, of, what = phrase.rpartition("的")
        if not of or not self._reader.is_word(what, "voiced_in"):
            return None
        found = self.read(start, start + len(whose))
        return found if found and found.kind in ("Person", "Study") else None

    def _named(self, start: int, end: int) -> Name | None:
        reader, phrase = self._reader, self._reader.text[start:end]
        article = ARTICLE.search(phrase)
        if article and article.start() and article.end() == len(phrase):
            end, phrase = start + article.start(), phrase[: article.start()]
        if not phrase or reader.is_word(phrase, "own_words"):
            return None
        this = _THIS.fullmatch(phrase)
        if this and not reader.is_word(phrase, "courts"):
            return self._meant(this["what"])
        tokens = reader.tokens(start, end)
        if tokens and (len(tokens) == 1 or _opens_well(reader, phrase, tokens)):
            return self._person(phrase) or self._of_kind(phrase, tokens)
        person = self._names.at_end(phrase)
        return self._person(phrase) if person and not person.before else None

    def _of_kind(self, phrase: str, tokens: Sequence[Token]) -> Name | None:
        """Who is no person by name, told by the last word of the phrase."""
        reader, tokens = self._reader, _without_ordinals(self._reader, tokens)
        if any(reader.is_word(reader.text[token.start : token.end], "voicing_verbs") for token in tokens[1:]):
            return None  # 某某出席会议
        if any(self._is_predicate(token) for token in tokens[1:-1]):
            return None  # 研究|提出|安置方案; 记者探访|并|采访官员
        if reader.ends_in(phrase, "occasion_heads") and not reader.holds(phrase, "attends"):
            return self._meeting(phrase, tokens)
        if reader.is_word(phrase, "sitting_members"):
            return Name(phrase, "Body", phrase)
        if not _is_nominal(tokens):
            return None
        if self._names.office_at_end(phrase):
            return self._in_office(phrase)
        if reader.ends_in(phrase, "doctrines") and len(phrase) > 3:
            return Name(phrase, "Study", phrase)
        if reader.ends_in(phrase, "text_heads"):
            if _acts_on(reader, tokens):
                return None
            return self._one_of(self._texts, phrase, "Policy", "text_heads")
        if reader.ends_in(phrase, "media_heads") or phrase in ("报道", "文章"):
            return self._one_of(self._media, phrase, "Body", "voiced_in")
        return self._group(phrase) or self._body(phrase, tokens)

    def _is_predicate(self, token: Token) -> bool:
        """Whether a word amid a phrase makes a clause of it: a verb of saying, 应当, or 并."""
        word = self._reader.text[token.start : token.end]
        if word == "并" or self._reader.is_word(word, "must"):
            return True
        return token.tag == "v" and any(self._reader.is_word(word, name) for name in ("view_verbs", "call_verbs"))

    def _one_of(self, named: list[Name], phrase: str, kind: str, alone: str) -> Name | None:
        """A name that is told by its last word; a word of a class that stands alone is the one named last."""
        if self._reader.is_word(phrase, alone):
            return named[-1] if named else None
        named.append(Name(clean(phrase), kind, phrase))
        return named[-1]

    def _meant(self, what: str) -> Name | None:
        """该负责人, 本次会议, 该报告: what was named last of its kind; a meeting or a text by the same last word."""
        reader = self._reader
        if reader.ends_in(what, "occasion_heads"):
            return next((name for name in reversed(self._meetings) if name.label.endswith(what[-2:])), None)
        if self._names.office_at_end(what):
            return self._persons[-1] if self._persons else None
        if reader.ends_in(what, "media_heads"):
            return self._media[-1] if self._media else None
        if reader.ends_in(what, "text_heads") or what.endswith("法"):
            return next((name for name in reversed(self._texts) if name.label.endswith(what[-2:])), None)
        return None

    def _person(self, phrase: str) -> Name | None:
        found = self._names.at_end(phrase)
        if found is None or self._reader.ends_in(found.name, "text_heads") or not self._may_stand_before(found.before):
            return None
        known = next((person for person in reversed(self._persons) if _is_same(person, found)), None)
        if known is None and len(found.name) < 2:
            return None
        self._persons.append(known or _person_of(found, phrase))
        return self._persons[-1]

    def _may_stand_before(self, before: str) -> bool:
        """Whether what stands before a name is one phrase with it: no preposition or adverb, a verb only before 的 or in a name
        of a body (执行委员会)."""
        verbs = before[before.rfind("的") + 1 :]
        return not any(tag[0] in "pdy" for _, tag in words_of(before)) and not any(
            tag == "v" and len(word) > 1 and not self._reader.is_word(word, "verbal_nouns") for word, tag in words_of(verbs)
        )

    def _meeting(self, phrase: str, tokens: Sequence[Token]) -> Name | None:
        label = phrase.rsplit("的", maxsplit=1)[1] if "的" in phrase and not phrase.startswith("党的") else phrase
        if self._reader.is_word(label, "occasion_heads") or _is_nominal(tokens):
            return self._one_of(self._meetings, label, "Event", "occasion_heads")
        return None

    def _in_office(self, phrase: str) -> Name | None:
        """An office without a name: 市水务局有关负责人; 总书记 alone is who was called so before."""
        head = self._names.office_at_end(phrase)
        if phrase == head:
            return next((person for person in reversed(self._persons) if any(head in alias for alias in person.aliases)), None)
        modifier = phrase[: len(phrase) - len(head)]
        if len(modifier) < 2 or self._is_some(modifier) or self._opens_with_some(phrase) or _is_one_verb(modifier):
            return None
        self._persons.append(Name(phrase, "Person", phrase))
        return self._persons[-1]

    def _group(self, phrase: str) -> Name | None:
        """业内专家, 国际媒体: a group that is told apart by more than its number."""
        head = next((h for n in range(5, 1, -1) if self._reader.is_word(h := phrase[-n:], "view_groups")), "")
        modifier = phrase[: len(phrase) - len(head)]
        some = self._is_some(modifier) or self._opens_with_some(phrase)
        return Name(phrase, "Body", phrase) if head and len(modifier) > 1 and not some else None

    def _opens_with_some(self, phrase: str) -> bool:
        """Whether a phrase begins by saying that there are some: 一些机构和专家."""
        return any(self._reader.is_word(phrase[:size], "some_holders") for size in (1, 2, 3))

    def _is_some(self, modifier: str) -> bool:
        """Whether a modifier only says that there are some: 有的, 许多, 国内外有关."""
        at = 0
        while at < len(modifier):
            size = next((n for n in range(4, 0, -1) if self._reader.is_word(modifier[at : at + n], "some_holders")), 0)
            size = size or modifier.startswith("的", at)
            if not size:
                return False
            at += size
        return True

    def _body(self, phrase: str, tokens: Sequence[Token]) -> Name | None:
        reader = self._reader
        alone = reader.is_word(phrase, "bodies") or reader.is_word(phrase, "firms")
        if reader.is_word(phrase, "courts") if alone else reader.ends_in(phrase, "courts"):
            return self._court(phrase)
        last = tokens[-1]
        is_body = reader.ends_in(phrase, "bodies") or reader.ends_in(reader.text[last.start : last.end], "firms")
        return Name(clean(phrase), "Body", phrase) if not alone and (is_body or self._is_place_or_body(last)) else None

    def _court(self, phrase: str) -> Name:
        """本院 and 法院生效裁判 are the court that judges."""
        issuer = self._reader.document.issuer
        label = issuer if issuer and phrase in ("本院", "法院") and issuer.endswith("院") else phrase.removesuffix("生效裁判")
        return Name(clean(label), "Body", phrase, (phrase,) if label != phrase else ())

    def _is_place_or_body(self, token: Token) -> bool:
        kinds = [mention.kind for mention in self._reader.mentions(token.start, token.end) if mention.term]
        return token.tag in ("ns", "nt") if token.tag != NAME else any(kind in ("Place", "Body") for kind in kinds)


def _opens_well(reader: Reader, phrase: str, tokens: Sequence[Token]) -> bool:
    """Whether a phrase begins as a noun phrase does: 从长远 and 认真落实省政府 do not."""
    first = tokens[0]
    if first.tag[0] in "ilv" and reader.ends_in(reader.text[first.start : first.end], "governing_verbs") and "的" not in phrase:
        return False
    if first.tag[0] in "mr" and len(tokens) > 2:
        return True
    if first.tag[0] in "pdcurmyx" or first.tag in ("ad", "vd", "f"):
        return phrase[0] == "“"
    return first.tag[0] != "v" or "的" in phrase or len(tokens) == 1 or first.tag == "vn"


def _is_one_verb(modifier: str) -> bool:
    """Whether a modifier is a verb, of which the office is the object: 指导|申请人."""
    words = words_of(modifier)
    return len(words) == 1 and words[0][1][0] == "v"


def _person_of(found: Person, phrase: str) -> Name:
    """A person by name, with the office as aliases: 李四副主任, 市水务局副主任李四."""
    whole = [found.name + found.office]
    if found.before and len(phrase) <= _LONGEST_OFFICE and "的" not in found.before and not found.before.endswith("、"):
        whole.append(phrase)
    return Name(found.name, "Person", phrase, tuple(alias for alias in whole if alias != found.name))


def _is_same(person: Name, found: Person) -> bool:
    """张 with an office, of 张三 who had it; 某某 of 约翰·某某; the same name again."""
    if person.label == found.name or person.label.endswith(("·" + found.name, "•" + found.name)):
        return True
    return len(found.name) == 1 and person.label.startswith(found.name) and any(found.office in alias for alias in person.aliases)


def _is_nominal(tokens: Sequence[Token]) -> bool:
    return all(token.tag[0] not in "pdruy" for token in tokens) and not (len(tokens) > 1 and tokens[0].tag == "v")


def _acts_on(reader: Reader, tokens: Sequence[Token]) -> bool:
    """Whether a phrase is a clause of one who carries out a text, and no name of it: 某局贯彻落实意见."""
    return any(reader.is_word(reader.text[token.start : token.end], "carries_out") for token in tokens[1:-1])


def _without_ordinals(reader: Reader, tokens: Sequence[Token]) -> Sequence[Token]:
    """Tokens without those of 党的第二十届, which no other name has."""
    words = [reader.text[token.start : token.end] for token in tokens]
    found = [
        token
        for at, (token, word) in enumerate(zip(tokens, words, strict=True))
        if word not in ("届", "次", "第", "之一") and not (word == "的" and at and words[at - 1] == "党")
    ]
    return found or tokens


def _is_closed(phrase: str) -> bool:
    return phrase.count("（") + phrase.count("(") == phrase.count("）") + phrase.count(")")


def _plain(name: str) -> str:
    return re.sub(r"[\s《》“”]", "", name)
