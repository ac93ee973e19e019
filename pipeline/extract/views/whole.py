"""A view made whole where its clause is a part of what stands before: 更是桥 of 甲不仅是路，更是桥; 该计划 of a plan named there.

What a work in brackets is cited for is one clause of the author's prose, which may leave out its subject, stand for what was
named before, share the denial of the clause before, or tell of the literature and not of its matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from pipeline.annotate.tokens import NAME, Token
from pipeline.extract.reader import Reader
from pipeline.extract.views.cutting import LONGEST, View, is_nominal, label_of, shortened, views_in
from pipeline.extract.views.subjects import STANDS_FOR, deed_of, is_adverb, subject_of
from pipeline.model import Span
from pipeline.patterns import lazy

_THIS = lazy(r"(?:该|这一|这[种项个类]|此[种类])(?P<what>[\u4e00-\u9fff]{2,6})")
_PRONOUN = lazy("这|其(?![他它实中])|它们?|[他她]们?|其中|[对就据由]此")
_DEFINES = lazy("(?:是?指|包括|即|称为)$")  # ends a clause of which the next one is a part
_FINDS = lazy("(?:发现|认为|指出|表明|显示|证实|证明|提出)了?")
_ALSO = lazy("^(?:并且?|且)(?=[\u4e00-\u9fff]{3})")
_CITES = lazy(r"(?:19|20)\d\d[a-z]?[）)]")
_FAR = 14  # characters between those who found something and the verb that says so
_CLAUSES = 3  # clauses back in which a subject is looked for


def whole(reader: Reader, view: View, sentence: int, *, told: bool) -> View | None:
    """The view with what it needs of its sentence, which begins at `sentence`; None where that is not found or it is no view.

    What is `told`, as some are said to have found it, is a view though its subject is not found.
    """
    found = _past_finders(reader, view)
    if found is None or reader.text.endswith("以及", sentence, view.start):
        return None  # …，以及|贫困儿童的健康: the last of a list
    this = _THIS.match(reader.text, found.start)
    if this:
        return _named_before(reader, found, this)
    if STANDS_FOR.match(reader.text, found.start) or reader.text.startswith("结果", found.start):
        return None
    if not _is_part(reader, found, sentence):
        return found
    return _with_subject(reader, found, sentence) or (found if told else None)


def continued(reader: Reader, view: View, said: int) -> View | None:
    """A view of what is said from `said` on; one whose clause goes on from one before it with the subject of that, where it is
    found. None where it only stands for what is told before it: 这表明…."""
    floor = max(said, reader.sentence(view.start).start)
    this = _THIS.match(reader.text, view.start)
    if this and (named := _named_before(reader, view, this)):
        return named
    if _pronoun(reader, view.start):
        return _it(reader, view, said) or _joined(reader, view, floor) or _without_first(reader, view)
    if view.start <= floor or not _goes_on(reader, view.start):
        return view
    told = _with_subject(reader, view, floor, careful=True)
    return told or (None if reader.text.startswith(("是", "就是", "即"), view.start) else view)


def _pronoun(reader: Reader, start: int) -> int:
    """How long the word is that opens a clause and stands for what is told before it, 0 where none does: 这表明, not 这条航线."""
    found = _PRONOUN.match(reader.text, start)
    if found and found[0] == "这":
        after = next(iter(reader.tokens(found.end(), reader.clause(start).end)), None)
        return len(found[0]) if after and after.tag[0] in "vdpc" else 0
    return len(found[0]) if found else 0


def _it(reader: Reader, view: View, said: int) -> View | None:
    """A view that opens with 它 by the name of what the sentence before is about."""
    sentence = reader.sentence(view.start).start
    if not reader.text.startswith("它", view.start) or reader.text.startswith("它们", view.start) or sentence <= said:
        return None
    before = reader.sentence(sentence - 1).start
    subject = subject_of(reader, reader.clause(max(said, before)), careful=True)
    return View(view.start, view.end, shortened(label_of(reader.text, *subject) + view.label[1:])) if subject else None


def _without_first(reader: Reader, view: View) -> View | None:
    """What a view says behind its first clause, where that is more than goes on from it."""
    end = reader.clause(view.start).end
    amid_quotes = reader.text.count("“", view.start, end) > reader.text.count("”", view.start, end)
    rest = None if amid_quotes or end + 1 >= view.end else next(views_in(reader, end + 1, view.end), None)
    return None if rest is None or _goes_on(reader, rest.start) or _pronoun(reader, rest.start) else rest


def _is_verb(reader: Reader, token: Token) -> bool:
    return token.tag == "v" or (token.tag == "l" and reader.text[token.end - 1] == "着")  # 肩负着


def _joined(reader: Reader, view: View, floor: int) -> View | None:
    """A view with the clause before it, for which its first word stands; None where both are too long for one."""
    for clause in _clauses_before(reader, view.start, floor):
        both = label_of(reader.text, clause.start, view.end)
        stands = _pronoun(reader, clause.start) or reader.word_at(clause.start, "view_openers")
        return View(clause.start, view.end, both) if len(both) <= LONGEST and not stands else None
    return None


def _goes_on(reader: Reader, start: int) -> bool:
    """Whether the clause from `start` on has no subject of its own, and is no call: 也是桥, 不断提升实力, 拉动消费增长."""
    tokens = reader.tokens(start, reader.clause(start).end)
    if reader.word_at(start, "dangling_openers"):
        return _is_whole_word(reader, start, tokens)
    before = next(_clauses_before(reader, start, 0), None)
    if before and is_nominal(label_of(reader.text, *before)):
        return True
    if reader.word_at(start, "stresses") or reader.word_at(start, "view_preludes") or reader.word_at(start, "waiting_openers"):
        return False
    verb = next((token for token in tokens if token.tag != "d" and not is_adverb(reader, token, careful=True)), None)
    if verb is None or not _is_verb(reader, verb) or reader.is_word(reader.text[verb.start : verb.end], "modals"):
        return False
    rest = tokens[tokens.index(verb) + 1 :]
    return not _is_compound(reader, verb, rest) and not any(_judges(reader, token) for token in rest)


def _is_compound(reader: Reader, verb: Token, rest: tuple[Token, ...]) -> bool:
    """Whether a verb makes one noun with the word behind it, of which the next verb tells: 集聚|效应|促进."""
    governs = reader.is_word(reader.text[verb.start : verb.end], "governing_verbs")
    return not governs and len(rest) > 2 and rest[0].tag[0] == "n" and rest[1].tag == "v"


def _judges(reader: Reader, token: Token) -> bool:
    """Whether a word makes of a deed that opens its clause the subject of the clause: 发展渔业|是, 改造渔港|有助于."""
    word = reader.text[token.start : token.end]
    return token.tag != "p" and (reader.is_word(word, "governing_modals") or reader.is_word(word, "judging_openers"))


def _past_finders(reader: Reader, view: View) -> View | None:
    """The view past 有研究发现, as what was found; None where the clause tells what scholars did."""
    at = view.start
    while size := reader.word_at(at, "view_leads"):
        at += size
    at += 2 if reader.text.startswith("结果", at) else 0
    verb = _FINDS.match(reader.text, at, view.end)
    if verb is None:
        if not _tells_of_scholars(reader, Span(at, view.end)):
            return view
        verb = _FINDS.search(reader.text, at, min(view.end, at + _FAR))
    label = label_of(reader.text, verb.end(), view.end) if verb else ""
    return View(verb.end(), view.end, shortened(label)) if verb and label else None


def _tells_of_scholars(reader: Reader, span: Span) -> bool:
    """Whether the subject of a clause is scholars or their works: 大部分研究, 以往有关渔业的文献."""
    start = max(span.start, reader.text.rfind("：", *span) + 1)
    while (
        size := reader.word_at(start, "view_leads")
        or reader.word_at(start, "prelude_words")
        or reader.text.startswith("，", start)
    ):
        start += size
    span = Span(start, max(start, span.end))
    tokens = list(takewhile(lambda token: token.tag[0] not in "dp" or _is_some(reader, token), reader.tokens(*span)))
    words = [reader.text[token.start : token.end] for token in tokens]
    if not words:
        return False
    opens = reader.word_at(span.start, "some_studies") or reader.is_word(words[0], "scholars")
    some = reader.word_at(span.start, "some_holders")
    at = next((at for at, word in enumerate(words) if at and reader.is_word(word, "scholars")), None)
    return bool(opens) or (bool(some) and at is not None and not (at + 1 < len(words) and words[at + 1] == "的"))


def _is_some(reader: Reader, token: Token) -> bool:
    return reader.is_word(reader.text[token.start : token.end], "some_holders")


def _is_part(reader: Reader, view: View, sentence: int) -> bool:
    """Whether a clause has no subject of its own: 更是桥, 促使产业升级; within a sentence 改善环境 and 向他人提供信息, too."""
    tokens = reader.tokens(view.start, reader.clause(view.start).end)
    if reader.word_at(view.start, "dangling_openers") and _is_whole_word(reader, view.start, tokens):
        return True
    opens_sentence = not reader.text[sentence : view.start].strip(' 　\n“"')
    if opens_sentence or not tokens:
        return False
    verbs = [token for token in tokens if token.tag == "v"]
    first = reader.text[slice(*tokens[0][:2])]
    if tokens[0].tag in ("v", "p") and not reader.is_word(first, "modals") and _is_denied(reader, view.start, sentence):
        return True
    if tokens[0].tag == "p":
        return reader.text[tokens[0].start] in "向将把用由以" and len(verbs) > 0
    return tokens[0].tag == "v" and len(verbs) == 1 and len(tokens) > 1


def _is_denied(reader: Reader, position: int, sentence: int) -> bool:
    """Whether the clause before holds a word that may deny the one at `position`, too."""
    before = next(_clauses_before(reader, position, sentence), None)
    return before is not None and reader.holds(reader.text[slice(*before)], "denied_verbs")


def _is_whole_word(reader: Reader, start: int, tokens: tuple[Token, ...]) -> bool:
    end = start + reader.word_at(start, "dangling_openers")
    return any(token.end == end for token in tokens) or end - start > 1


def _with_subject(reader: Reader, view: View, sentence: int, *, careful: bool = False) -> View | None:
    """The view with the subject of the clause before, and its denial where it governs both; careful: only where it is sure."""
    for clause in _clauses_before(reader, view.start, sentence):
        called_for = careful and reader.word_at(clause.start, "modals")  # 要甲，乙: both are called for
        if called_for or _DEFINES.search(label_of(reader.text, *clause)):
            return None
        subject = subject_of(reader, clause, careful=careful)
        if subject is None and reader.word_at(view.start, "judging_openers"):
            subject = deed_of(reader, clause)
        if subject:
            return _told_of(reader, view, subject, clause, careful=careful)
        if careful and (governed := _governed(reader, view, clause)):
            return governed
    return None


def _told_of(reader: Reader, view: View, subject: Span, clause: Span, *, careful: bool) -> View | None:
    """The view as told of the subject of a clause before it; None where it is too long, or not of that."""
    text, dangles = reader.text, reader.word_at(view.start, "dangling_openers") > 0
    both = label_of(text, subject.start, view.end)
    if _tells_of_scholars(reader, subject):
        return None
    if len(both) <= LONGEST and not _CITES.search(text, subject.end, view.start):
        return View(subject.start, view.end, both)
    if careful and subject.end < clause.end and _judges_whole(reader, view, Span(subject.end, clause.end)):
        return None
    denied = 0 if dangles else _denial(reader, subject.end, clause.end)
    end, own = denied or (_modal(reader, subject.end) if careful else 0) or subject.end, _ALSO.sub("", view.label)
    label = label_of(text, subject.start, end) + own
    if careful:
        label = _first_clauses(label)
        if len(label) > LONGEST and not dangles:
            label = _first_clauses(label_of(text, text.rfind("的", *subject) + 1 or subject.start, end) + own)  # 甲的|贺信
    return View(subject.start, view.end, shortened(label)) if len(label) <= LONGEST or dangles or not careful else None


def _governed(reader: Reader, view: View, clause: Span) -> View | None:
    """A view with the word that governs it from the clause before, where that opens with a pronoun: 这有助于阐明…，巩固…."""
    stands = clause.start + _pronoun(reader, clause.start)
    end = _modal(reader, stands) if stands > clause.start else 0
    label = reader.text[stands:end] + view.label if end else ""
    return View(clause.start, view.end, label) if label and len(label) <= LONGEST else None


def _first_clauses(label: str) -> str:
    """As many clauses of a label as LONGEST allows, the first at least."""
    while len(label) > LONGEST and "，" in label:
        label = label.rpartition("，")[0]
    return label


def _modal(reader: Reader, end: int) -> int:
    """Where the word ends behind a subject that says that it ought to do, or will do, what follows; 0 where none does."""
    tokens = reader.tokens(end, reader.clause(end).end)
    word = next((token for token in tokens if token.tag != "t"), Token(end, end, ""))
    return word.end if reader.is_word(reader.text[word.start : word.end], "governing_modals") else 0


def _judges_whole(reader: Reader, view: View, predicate: Span) -> bool:
    """Whether a clause with 是 may judge all that the clause before tells: 甲提出方案，是重要举措."""
    return reader.text.startswith(("是", "就是", "即"), view.start) and "是" not in reader.text[slice(*predicate)]


def _clauses_before(reader: Reader, position: int, floor: int) -> Iterator[Span]:
    """The clauses of the sentence before `position`, the nearest first."""
    at = position
    for _ in range(_CLAUSES):
        at -= 1
        while at > floor and (reader.text[at] in "，,；;：: \n" or reader.clause(at).start > at):
            at -= 1
        if at <= floor:
            return
        clause = reader.clause(at)
        start = max(clause.start, floor)
        yield Span(start, min(clause.end, position))
        at = start


def _denial(reader: Reader, start: int, end: int) -> int:
    """Where the word ends, right behind a subject, that denies all that it governs; 0 where there is none."""
    size = reader.word_at(start, "denied_verbs")
    return start + size if size and start + size < end else 0


def _named_before(reader: Reader, view: View, this: re.Match[str]) -> View | None:
    """The view with what 该计划 means: the plan that the clause before names."""
    block = reader.block(view.start).start
    for size in range(len(this["what"]), 1, -1):
        what = this["what"][:size]
        for clause in _clauses_before(reader, view.start, block):
            at = reader.text.rfind(what, *clause)
            name = _noun_phrase(reader, clause, at + size) if at > clause.start else None
            if name and len(label_of(reader.text, *name)) > size:
                label = label_of(reader.text, *name) + label_of(reader.text, this.start("what") + size, view.end)
                return View(view.start, view.end, shortened(label))
    return None


def _noun_phrase(reader: Reader, clause: Span, end: int) -> Span | None:
    """The nouns that end at `end`."""
    tokens = [token for token in reader.tokens(*clause) if token.end <= end]
    if not tokens or tokens[-1].end != end:
        return None
    start = end
    for token, before in zip(reversed(tokens), (*reversed(tokens[:-1]), None), strict=True):
        verbal = token.tag == "v" and start < end and before is not None and before.tag[0] == "n"  # 渔民|补助|计划
        if token.tag != NAME and token.tag[0] not in "najb" and token.tag != "vn" and not verbal:
            break
        start = token.start
    return Span(start, end) if start < end else None
