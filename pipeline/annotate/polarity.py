"""Whether a text states what it says: what is denied, cancelled, supposed, asked, doubted or called for is no fact.

A mark is a word of such a class (未, 取消, 如果, 能否, 谣传, 应当) with its reach: the stretch that it takes back. Words
are those of the segmenter, so that 未 in 未来 and 不 in 不锈钢 are none. A claim is asked for by its evidence and the names in
it: a mark inside a name (不以营利为目的的组织) takes nothing back. Only sentences in which a claim was read are looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from pipeline.annotate.words import words_of
from pipeline.lexicon import WordClasses
from pipeline.model import Polarity, Span
from pipeline.patterns import lazy


class Mark(NamedTuple):
    """A word, and the stretch that it takes back; offsets into the sentence."""

    start: int
    end: int
    polarity: Polarity
    reach: Span
    verb: int = -1  # where what is denied ends, for a denial of one verb


# Denials of the verb that follows.
_DENIES = "%before_denials%?(?:不|没|没有|未)|%denying%"
# What is half said with a denial and is none: 不仅…还…, 缺一不可; the bound of a figure: 不超过5%.
_NO_DENIAL = (
    r"不得?%bounds_of_figures%(?=\s?[\d一二三四五六七八九十百千两])|不[仅但光只单独止](?!能)|但?不限于|%no_denials%|不可%done_without%|"
    r"(?:并非|不是|并不是)(?:没有|不)|非(?=[^，。；]{1,20}(?:不可|莫属))|"
    r"(?:无|%lacks%|%goes_without%)(?=[^。；]{1,30}?[就便也将](?:没有|不|难|无|谈不上))|[就便也将]%cannot%"
)
_CANCELS = "%cancelled%|[没未]有?%as_planned%*%comes_off%$"
_ONLY_CANCELS = (
    r"(?:但|可|却|后|后来)?(?:因[^，]{0,40}|由于[^，]{0,40}|受[^，]{0,40}影响)?(?:已经?|被迫?|%before_cancelling%)*"
    rf"(?:{_CANCELS})(?:了|进行|%comes_off%)?(?:[至到].*)?[”）]*"
)
_MOVED = "%put_off%%comes_off%?(?:至|到|为|在)"
_VIEWS = lazy("说(?!明)|(?:[从以就按照][^，]{1,20})(?:来?看|而言|来说|来讲)")  # 如果说A…，那么B…
_THEN = lazy(r"那么|则|就|便|将|应|须|可|必|要|会|也|还|才|能")
_ASKS_WHETHER = "%asks_whether%"
_ASKS_HOW = "%asks_how%|哪[些个种家]"
_ASKS = f"{_ASKS_WHETHER}|{_ASKS_HOW}"
_DOUBTS = (
    "%lacks_evidence%%kinds_of_evidence%*%evidence%(?:能够|可以|能|可|来|去)?%shows_so%|"
    "%unable%(?:简单地?|想当然地?|%by_this%)*%concludes%|%hearsay%|错误地?认为"
)
_UNFOUNDED = (
    "(?:并|均|都|也|完全|纯)?(?:%untrue%|没有(?:根据|依据))|(?:是|属|系|为|属于|纯属)(?:一种|一个)?%falsehoods%|"
    "有待%verified%|尚[待未]%verified%|%uncertain%"
)
_SAID_BEFORE = (
    "(?:经[^，。]{0,12}，)?(?:但|然而|其实|实际上|事实上)?，?(?:该|这一|这种|这个|上述|此|以上|相关|有关)%sayings%"
)
_TURNS = "%turns%"
# What calls for a state of things and does not say that it is so; what a thing needs (需要以…为基础), or should hold, it does.
_CALLED = "%steadily%*(?:以(?![便免及致])|%is_or_has%|[把将].{1,16}作为)"
_CLAUSE = lazy(r"[^，；：。！？\n]+")
# Most sentences and clauses have none of the words that marks are made of. Each alternative opens with a letter: such patterns
# are scanned for fast.
_MAY_BE_MARK = "不|没|未|无|%denying%|%forbids%|%withholds%|%supposes%|%calls_for%"
_MAY_SPARE = lazy("[不没无非]")
_MAY_DOUBT = "不|没有|无|%lacks_evidence%|%unable%|%hearsay%|错误|%untrue%|%falsehoods%|有待|尚|%uncertain%"
_MAY_CANCEL = "%cancelled%|没|未"
_ASKED_AT_END = lazy(r"[？?][”）」\"]*$")
_TAG = lazy("(?:真的|是这样|是|对|不是)(?:吗|么|吧|不对|不是)?")  # …，是吗？ asks the whole


class Polarities:
    """The polarity of stretches of one text; the marks of a sentence are found when it is first asked of."""

    def __init__(self, text: str, sentences: Sequence[Span], lexicon: WordClasses) -> None:
        self._text = text
        self._lexicon = lexicon
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]

    def of(self, relation: str, quote: Span, names: Sequence[str]) -> Polarity:
        """How text[quote] says what a claim of `relation` states of `names`, the thing claimed last."""
        first, may_mark = max(0, bisect_right(self._starts, quote.start) - 1), _may_mark(self._lexicon)
        for index in range(first, bisect_right(self._starts, max(quote.start, quote.end - 1))):
            sentence = self._sentences[index]
            body = self._text[sentence.start : sentence.end]
            if not may_mark.search(body) and not self._taken_back(index):
                continue
            start, end = max(0, quote.start - sentence.start), min(quote.end - sentence.start, len(body))
            found = _taken(self._lexicon, body, relation, Span(start, end), names)
            if found != "stated":
                return found
            if self._taken_back(index):
                return "doubted"
        return "stated"

    def of_quoted(self, relation: str, quote: Span, names: Sequence[str], verbs: Collection[str] = ()) -> Polarity:
        """The same of a stretch that may begin before the verb that the claim rests on: 不支持X. A claim of support rests on a
        verb that grants something, any other on one of `verbs`."""
        claimed = self._text.find(names[-1], *quote) if names else -1
        before = Span(quote.start, claimed if claimed >= 0 else quote.end)
        starts = [quote.start, *self._behind_marks(relation, before, verbs)]
        said = (self.of(relation, Span(start, quote.end), names) for start in starts)
        return next((polarity for polarity in said if polarity != "stated"), "stated")

    def _behind_marks(self, relation: str, stretch: Span, verbs: Collection[str]) -> Iterator[int]:
        """Where a stretch goes on behind each mark in it that takes back the verb which follows."""
        for start, end in self._sentences[max(0, bisect_right(self._starts, stretch.start) - 1) :]:
            if start >= stretch.end:
                return
            body = self._text[start:end]
            for mark in marks(self._lexicon, body):
                is_within = stretch.start <= start + mark.start and start + mark.end <= stretch.end
                if is_within and _takes_back(self._lexicon, body, mark, relation, verbs):
                    yield start + mark.end

    def _taken_back(self, index: int) -> bool:
        """网传X。经查，该消息不实: the next sentence takes back what this one says."""
        if index + 1 >= len(self._sentences):
            return False
        start, end = self._sentences[index + 1]
        back = self._lexicon.pattern(_SAID_BEFORE).match(self._text, start, end)
        return bool(back and self._lexicon.pattern(_UNFOUNDED).search(self._text, back.end(), end))


def _takes_back(lexicon: WordClasses, body: str, mark: Mark, relation: str, verbs: Collection[str]) -> bool:
    """Whether a mark takes back the verb that a claim of a relation rests on."""
    if relation != "supports":
        return body[mark.end : mark.verb].endswith(tuple(verbs))
    return mark.polarity in ("forbidden", "withheld") or _verb_is(lexicon, _GRANTS, body, mark)


@lru_cache(maxsize=8)
def _may_mark(lexicon: WordClasses) -> re.Pattern[str]:
    """The letters with which marks open: most sentences have none."""
    letters = {word[0] for name in _OPENING for word in lexicon.words.get(name, ())}
    return re.compile(f"[{''.join(sorted(letters | {*_OTHERS_OPENING}))}]")


# The classes of words with which marks open, and the letters of the others.
_OPENING = (
    *("denying", "forbids", "withholds", "cancelled", "supposes", "calls_for", "asks_whether", "asks_how"),
    *("lacks_evidence", "unable", "hearsay", "untrue", "falsehoods", "uncertain"),
)
_OTHERS_OPENING = "不没未哪错有尚？"


def _taken(lexicon: WordClasses, body: str, relation: str, quote: Span, names: Sequence[str]) -> Polarity:
    found = marks(lexicon, body)
    if not found:
        return "stated"
    inside = [span for name in names for span in _places_of(body, name, quote)]
    claimed = next(_places_of(body, names[-1], quote), None) if names else None
    for mark in found:
        said = relation == "event" and _says(lexicon, body, mark)
        if not _bears_on(mark, relation, quote) or (_is_named(mark, inside) and not said):
            continue
        if mark.polarity == "cancelled" and 0 <= mark.verb < quote.end:
            continue  # 推迟至5月8日: what has the new date as evidence
        if claimed is None:
            taken = mark.reach.start < quote.end and quote.start < mark.reach.end
        elif mark.polarity in ("denied", "withheld"):
            taken = _denies(lexicon, body, mark, relation, quote, claimed, inside)
        else:
            listed = mark.polarity == "called for" and _describes(body, mark, claimed)
            taken = mark.reach.start <= claimed.start and claimed.end <= mark.reach.end and not listed
        if taken:
            return mark.polarity
    return "stated"


def _is_named(mark: Mark, inside: Sequence[Span]) -> bool:
    return any(start <= mark.start and mark.end <= end for start, end in inside)


def _says(lexicon: WordClasses, body: str, mark: Mark) -> bool:
    """Whether a mark within what is taken for the name of an event says that there was none: X没能开成Y; Y的消息不实."""
    return mark.polarity == "doubted" or (mark.polarity == "denied" and _verb_is(lexicon, _HAPPENS, body, mark))


def _bears_on(mark: Mark, relation: str, quote: Span) -> bool:
    """Which classes bear on which relation: only an event is cancelled, only support withheld, only a nature called for."""
    if relation == "contrast":  # what is said of either side may be a denial
        return mark.polarity in ("supposed", "asked", "doubted")
    if mark.polarity == "called for":
        return relation == "defines"
    if mark.polarity == "cancelled":
        return relation == "event"
    if mark.polarity == "withheld":
        return relation == "supports"
    if mark.polarity == "forbidden":
        return relation in ("supports", "event") and mark.start < quote.start
    return True


_HAPPENS, _CONTAINS, _GRANTS = "%comes_about%", "%contains%", "%given_support%|奖补|鼓励|发展|布局"


def _verb_is(lexicon: WordClasses, verb: str, body: str, mark: Mark) -> bool:
    return bool(lexicon.pattern(verb).match(body[: mark.verb], max(mark.end, mark.verb - 2)))


def _denies(
    lexicon: WordClasses, body: str, mark: Mark, relation: str, quote: Span, claimed: Span, inside: Sequence[Span]
) -> bool:
    """Whether the verb that a mark denies is the one that the claim rests on: it is said of what is named, and describes none."""
    clause = next((Span(*found.span()) for found in _CLAUSE.finditer(body) if found.start() <= mark.start < found.end()), quote)
    if not clause.start <= claimed.start < clause.end:
        return False
    after = relation in ("event", "supports", "restricts") and mark.start >= claimed.end
    if after or mark.start >= max(end for _, end in inside):
        verb = {"event": _HAPPENS, "supports": _GRANTS, "restricts": _GRANTS}.get(relation)
        return verb is not None and _verb_is(lexicon, verb, body, mark)
    if relation in ("supports", "restricts") and mark.start >= quote.start:
        return False  # 支持未就业大学生…: within what is supported
    if relation == "includes" and mark.start >= quote.start and not _verb_is(lexicon, _CONTAINS, body, mark):
        return False  # 未升学学生、退役军人等群体
    overlaps = max(mark.reach.start, quote.start) < min(mark.reach.end, quote.end)
    own = any(start <= max(mark.reach.start, quote.start) and mark.reach.end <= end for start, end in inside)
    covers = mark.reach.start <= claimed.start and claimed.end <= mark.reach.end
    return (covers or (overlaps and not own)) and not _describes(body, mark, claimed)


def _describes(body: str, mark: Mark, claimed: Span) -> bool:
    """Whether a mark only describes one of the things named: 未获邀请的企业参加…; 转型不深入、效率低下."""
    if mark.start >= claimed.end:
        return "、" in body[claimed.end : mark.start]
    if mark.verb >= 0 and "的" in body[mark.verb : claimed.start].rstrip("的"):
        return True
    clause = max(body.rfind(bound, 0, mark.start) for bound in "，；：") + 1
    listed = "、" in body[clause : mark.start] or (mark.verb >= 0 and body.startswith("、", mark.verb))
    return listed and "、" in body[mark.end : claimed.start]


def _places_of(body: str, name: str, quote: Span) -> Iterator[Span]:
    at = body.find(name, quote.start, quote.end) if name else -1
    while at >= 0:
        yield Span(at, at + len(name))
        at = body.find(name, at + 1, quote.end)


@lru_cache(maxsize=512)
def marks(lexicon: WordClasses, sentence: str) -> tuple[Mark, ...]:
    """Every mark of a sentence, in order of its classes."""
    clauses = [Span(*clause.span()) for clause in _CLAUSE.finditer(sentence)]
    found = [*_sentence_marks(lexicon, sentence), *_cancelled(lexicon, sentence, clauses)]
    halves = lexicon.pattern(_NO_DENIAL).finditer(sentence) if _MAY_SPARE.search(sentence) else ()
    spared = {at for half in halves for at in range(*half.span())}
    for index, clause in enumerate(clauses):
        found += _clause_marks(lexicon, sentence, clause, clauses[index + 1 :], spared)
    return tuple(found)


def _sentence_marks(lexicon: WordClasses, sentence: str) -> Iterator[Mark]:
    """Questions and doubts, which reach over commas."""
    if asked := _ASKED_AT_END.search(sentence):
        start = max(sentence.rfind(mark, 0, asked.start()) for mark in "，；：") + 1
        yield Mark(*asked.span(), "asked", Span(0 if _TAG.fullmatch(sentence, start, asked.start()) else start, asked.end()))
    if not lexicon.pattern(_MAY_DOUBT).search(sentence):
        return
    # A doubt holds up to the clause that turns against what was said before it (但…).
    turn = lexicon.pattern(_TURNS)
    turns = [clause.start() for clause in _CLAUSE.finditer(sentence) if turn.match(sentence, clause.start())]
    for doubt in lexicon.pattern(_DOUBTS).finditer(sentence):
        at = bisect_right(turns, doubt.end())
        yield Mark(*doubt.span(), "doubted", Span(doubt.start(), turns[at] if at < len(turns) else len(sentence)))
    for unfounded in lexicon.pattern(_UNFOUNDED).finditer(sentence):
        yield Mark(*unfounded.span(), "doubted", Span(0, unfounded.end()))


def _cancelled(lexicon: WordClasses, sentence: str, clauses: Sequence[Span]) -> Iterator[Mark]:
    if not lexicon.pattern(_MAY_CANCEL).search(sentence):
        return
    for index, clause in enumerate(clauses):
        for word in lexicon.pattern(_CANCELS).finditer(sentence, *clause):
            whole = lexicon.pattern(_ONLY_CANCELS).fullmatch(sentence, *clause)
            start = clauses[0].start if whole and index else clause.start
            moved = lexicon.pattern(_MOVED).match(sentence, word.start())
            yield Mark(
                *word.span(), "cancelled", Span(start, word.start() if moved else clause.end), moved.end() if moved else -1
            )


def _clause_marks(
    lexicon: WordClasses, sentence: str, clause: Span, later: Sequence[Span], spared: Set[int]
) -> Iterator[Mark]:
    yield from _word_marks(lexicon, sentence, clause, later, spared)
    if not lexicon.pattern(_ASKS).search(sentence, *clause):
        return
    for asks in lexicon.pattern(_ASKS_WHETHER).finditer(sentence, *clause):
        yield Mark(*asks.span(), "asked", clause)
    for asks in lexicon.pattern(_ASKS_HOW).finditer(sentence, *clause):
        yield Mark(*asks.span(), "asked", Span(asks.start(), clause.end))


def _word_marks(lexicon: WordClasses, sentence: str, clause: Span, later: Sequence[Span], spared: Set[int]) -> Iterator[Mark]:
    words = _words(sentence, clause) if lexicon.pattern(_MAY_BE_MARK).search(sentence, *clause) else []
    for index, (start, word, _) in enumerate(words):
        end = start + len(word)
        follows = words[index + 1 :]
        if lexicon.is_word(word, "supposes") and start not in spared and _conjoins(sentence, start, word, clause, follows):
            if not any(at in spared for at in range(end, clause.end)):
                yield Mark(start, end, "supposed", Span(start, _supposed_to(sentence, clause, later)))
        elif start in spared:
            continue
        elif lexicon.is_word(word, "forbids"):
            yield Mark(start, end, "forbidden", Span(start, clause.end))
            if follows:
                yield _denial(lexicon, sentence, Span(start, end), clause, follows)
        elif lexicon.pattern(_DENIES).fullmatch(word) and follows:
            yield _denial(lexicon, sentence, Span(start, end), clause, follows)
        elif lexicon.is_word(word, "withholds") and follows:
            yield Mark(start, end, "withheld", Span(start, follows[0][0] + len(follows[0][1])))
        elif lexicon.is_word(word, "calls_for") and lexicon.pattern(_CALLED).match(sentence, end, clause.end):
            yield Mark(start, end, "called for", Span(start, clause.end), end)


def _conjoins(sentence: str, start: int, word: str, clause: Span, follows: Sequence[_Word]) -> bool:
    """若 within a clause and before a noun is a part of a name (和若铁路); 如果从长远来看 supposes nothing."""
    if _VIEWS.match(sentence, start + len(word), clause.end):
        return False
    return len(word) > 1 or start == clause.start or not follows or follows[0][2][0] != "n"


_Word = tuple[int, str, str]


def _words(sentence: str, clause: Span) -> list[_Word]:
    at, words = clause.start, []
    for word, tag in words_of(sentence[clause.start : clause.end]):
        words.append((at, word, tag))
        at += len(word)
    return words


def _denial(lexicon: WordClasses, sentence: str, word: Span, clause: Span, follows: Sequence[_Word]) -> Mark:
    """A denial with its verb: past adverbs, auxiliaries and a phrase with a preposition; 没有 before a noun denies all."""
    but = sentence.find("而是", word.end, clause.end)
    end = but if but >= 0 else clause.end
    first = follows[0]
    if first[2][0] == "n" or first[1] in ("以", "由", "是") or sentence[word.start : word.end].endswith(("是", "非")):
        return Mark(*word, "denied", Span(word.start, end))
    oblique = False
    for start, text, tag in follows:
        if start >= end or tag[0] == "p" or text in ("在", "到"):
            oblique = True
        elif lexicon.is_word(text, "auxiliaries") or tag[0] in "dtc" or (oblique and tag[0] != "v"):
            continue
        else:
            return Mark(*word, "denied", Span(word.start, start + len(text)), start + len(text))
    return Mark(*word, "denied", Span(word.start, end))


def _supposed_to(sentence: str, clause: Span, later: Sequence[Span]) -> int:
    """Where a supposition ends: before the clause that draws the consequence, or with its own clause where none does."""
    end = clause.end
    for follow in later:
        if _THEN.search(sentence, *follow):
            return end
        if sentence[follow.start - 1] in "；。！？":
            break
        end = follow.end
    return clause.end
