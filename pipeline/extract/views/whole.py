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
from pipeline.extract.views.cutting import LONGEST, View, label_of, shortened
from pipeline.model import Span

_THIS = re.compile(r"(?:该|这一|这[种项个类]|此[种类])(?P<what>[\u4e00-\u9fff]{2,6})")
_STANDS_FOR = re.compile("[其它他她此]|这(?!里|些年)|[两二]者|该|上述|前者|后者")
_DEFINES = re.compile("(?:是?指|包括|即|称为)$")  # ends a clause of which the next one is a part
_FINDS = re.compile("(?:发现|认为|指出|表明|显示|证实|证明|提出)了?")
_ALSO = re.compile("^(?:并且?|且)(?=[\u4e00-\u9fff]{3})")
_CITES = re.compile(r"(?:19|20)\d\d[a-z]?[）)]")
_SAYS = re.compile(r".{2,14}?认为[，：]?")
_AND = ("和", "与", "及", "、", "的", "之")
_OF_NAMES = ("n", "v", "a", "b", "j", "m", "q", "z", "l", "i", "x", "e", "s", "t", "f")  # tags of words that may stand in a name
_NO_SUBJECT_BEFORE = ("了", "过", "着", "关于", "对", "对于", "就")  # behind a verb, or what stands amid the subject
_LONGEST_SUBJECT = 20
_FAR = 14  # characters between those who found something and the verb that says so
_CLAUSES = 3  # clauses back in which a subject is looked for


def whole(reader: Reader, view: View, sentence: int, *, told: bool) -> View | None:
    """The view with what it needs of its sentence, which begins at `sentence`; None where that is not found or it is no view.

    What is `told`, as some are said to have found it, is a view though its subject is not found.
    """
    found = _past_finders(reader, view)
    if found is None:
        return None
    this = _THIS.match(reader.text, found.start)
    if this:
        return _named_before(reader, found, this)
    if _STANDS_FOR.match(reader.text, found.start) or reader.text.startswith("结果", found.start):
        return None
    if not _is_part(reader, found, sentence):
        return found
    return _with_subject(reader, found, sentence) or (found if told else None)


def continued(reader: Reader, view: View, floor: int) -> View:
    """A view whose clause goes on from one before it, from `floor` on, with the subject of that where it is found."""
    tokens = reader.tokens(view.start, reader.clause(view.start).end)
    goes_on = view.start > floor and reader.word_at(view.start, "dangling_openers") and _is_whole_word(reader, view.start, tokens)
    return (_with_subject(reader, view, floor, careful=True) or view) if goes_on else view


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
    text = reader.text
    for clause in _clauses_before(reader, view.start, sentence):
        if _DEFINES.search(label_of(text, *clause)):
            return None
        subject = _subject(reader, clause) or (_deed(reader, clause) if reader.word_at(view.start, "judging_openers") else None)
        if subject is None:
            continue
        if _tells_of_scholars(reader, subject):
            return None
        both = label_of(text, subject.start, view.end)
        fits = len(both) <= LONGEST and not _CITES.search(text, subject.end, view.start)
        if careful and not fits and _judges_whole(reader, view, Span(subject.end, clause.end)):
            return None
        if fits:
            return View(subject.start, view.end, both)
        denied = _denial(reader, subject.end, clause.end) if not reader.word_at(view.start, "dangling_openers") else 0
        label = label_of(text, subject.start, denied or subject.end) + _ALSO.sub("", view.label)
        return View(subject.start, view.end, shortened(label))
    return None


def _judges_whole(reader: Reader, view: View, predicate: Span) -> bool:
    """Whether a clause with 是 may judge all that the clause before tells: 甲提出方案，是重要举措."""
    return reader.text.startswith(("是", "就是"), view.start) and "是" not in reader.text[slice(*predicate)]


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


def _subject(reader: Reader, clause: Span) -> Span | None:
    """The noun phrase before the first word of the predicate of a clause; None where the clause has none of its own."""
    start = clause.start
    while size := reader.word_at(start, "view_openers") or reader.word_at(start, "view_leads"):
        start += size
    says = _SAYS.match(reader.text, start, clause.end)
    start = says.end() if says else start
    tokens = reader.tokens(start, clause.end)
    if not tokens or reader.word_at(start, "dangling_openers") or reader.word_at(start, "view_preludes"):
        return None
    if _STANDS_FOR.match(reader.text, start) or tokens[0].tag[0] in "pdrc":
        return None
    verbal = tokens[0].tag == "v"  # 休渔|提高了…
    size = next((at for at in range(verbal, len(tokens)) if not _may_name(reader, tokens, at)), len(tokens))
    if verbal and not (size + 1 < len(tokens) and tokens[size].tag == "v" and tokens[size + 1].tag == "ul"):
        return None
    after = reader.text[tokens[size].start : tokens[size].end] if size < len(tokens) else ""
    size -= after == "于"  # 区别|于
    while size and reader.is_word(reader.text[tokens[size - 1].start : tokens[size - 1].end], "bare_adverbs"):
        size -= 1
    if not 0 < size < len(tokens) or after in _NO_SUBJECT_BEFORE:
        return None
    named = Span(start, tokens[size - 1].end)
    fits = 2 <= named.end - named.start <= _LONGEST_SUBJECT and not reader.text[slice(*named)].endswith(_AND)
    return named if fits and (verbal or any(token.tag == NAME or token.tag[0] in "naj" for token in tokens[:size])) else None


def _may_name(reader: Reader, tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the token at an index may be part of the noun phrase that a clause begins with."""
    token = tokens[at]
    if token.tag == "v":
        return _is_modifier(reader, tokens, at)
    return token.tag == NAME or token.tag[0] in _OF_NAMES or reader.text[token.start : token.end] in _AND


def _deed(reader: Reader, clause: Span) -> Span | None:
    """A clause that is the subject of the next one: 发展渔业，是…; 通过清淤，有助于…"""
    start = clause.start + (2 if reader.text.startswith("通过", clause.start) else 0)
    if reader.word_at(start, "dangling_openers"):
        return None
    tokens = reader.tokens(start, clause.end)
    whole_clause = bool(tokens) and tokens[0].tag in ("v", "vn") and clause.end - start <= _LONGEST_SUBJECT
    return Span(start, clause.end) if whole_clause and all(token.tag not in ("ul", "d") for token in tokens) else None


def _is_modifier(reader: Reader, tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a verb is a word of the noun phrase: it stands before 的 (受限的农户), or is the head behind it (渔业的衰退既…)."""
    words = [reader.text[token.start : token.end] for token in tokens[max(0, index - 2) : index + 2]]
    if index + 1 < len(tokens) and words[-1] == "的":
        return True
    is_head = "的" in words[: min(index, 2)]
    return is_head and index + 1 < len(tokens) and tokens[index + 1].tag[0] in "dcvp"


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
