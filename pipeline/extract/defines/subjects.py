"""What a clause that says what something is speaks of: the thing before its verb, or one that the text named before."""

from __future__ import annotations

from pipeline.annotate.tokens import Token
from pipeline.annotate.words import names_one
from pipeline.extract.defines.heads import opening_noun
from pipeline.extract.defines.owners import facet_of, is_compound
from pipeline.extract.defines.spans import after_lead
from pipeline.extract.defines.topic import PRONOUN, SOME, Frames, Subject, exhorts
from pipeline.extract.phrases import clean, is_name, trim
from pipeline.extract.reader import Reader
from pipeline.grammar.match import Reading
from pipeline.grammar.names import is_thing, names_an_act
from pipeline.model import Span
from pipeline.patterns import lazy

_LEADS = ("transitives", "adverbs")  # the classes of what leads on to the verb and is no subject by itself: 加快|成为
_LONGEST = 24  # characters of a subject
_ASKED = lazy("要(?!素)|应|必须|需|须|务必")  # what opens a call to do something
_QUALITIES = "性化度率力"  # what ends a quality that looks like a person's name: 普惠性
_ORDINAL = lazy("(?:第?[一二三四五六七八九十]|[另前后各某])[类种个者]?.{0,2}|主要|其中")
_PREDICATE = lazy("的一[个种项]")  # X的一个重要途径就是S
_BRIEF = 2  # characters of what opens a sentence and may be no name
_TIMES = lazy("^(?:连续|考虑到)|[$%\\\\]|[\\d一二三四五六七八九十几多余万亿][年月日次个家户人成项]$|[如即]$")


def subject_of(frames: Frames, reading: Reading) -> Subject | None:
    """What a clause speaks of: what stands before its verb; else what the clause before speaks of, or names, or what opens
    the sentence.
    """
    text = frames.reader.text
    span = reading.slots.get("s")
    if span and "o" in reading.slots and span.start <= reading.slots["o"].start and not _only_leads(frames.reader, span):
        return None if text[span.end - 1] == "的" else named(frames, span)
    follows = opening_noun(frames, reading.end) if text.startswith("作为", reading.start) else None
    if follows:
        return Subject(follows, Span(reading.end, reading.end))
    before, end = frames.subject_until
    if before and text[end : reading.start].strip() == "，":
        return before
    return _spoken_of(frames, reading.start)


def _spoken_of(frames: Frames, start: int) -> Subject | None:
    """What the clause before `start` speaks of or names, or what opens the sentence."""
    reader = frames.reader
    sentence = reader.sentence(start)
    clause = reader.clause(start - 1) if start > sentence.start else None
    while clause and clause.start > sentence.start and _says_of_it(reader, clause):
        clause = reader.clause(clause.start - 1)
    if clause and (said := _said_of(reader, clause)):
        if _FIGURES.match(reader.text, said):
            return None  # A占B的一半，是…: of that whose part A is
        return named(frames, Span(clause.start, said))
    if clause and clause.start >= sentence.start:
        if _ends_in_idiom(reader, clause):
            return _known_at(frames, clause)
        if _ends_in_adjective(reader, clause):
            return None  # 环境脆弱，是…: a statement, not what the clause speaks of
        first = clause.start <= after_lead(reader, sentence).start  # 深化A，是B的关键
        found = named(frames, clause, may_be_act=first and reader.text.startswith("是", start))
        if found:
            return found
    opened = frames.opening(sentence, start)
    return Subject(opened, Span(start, start)) if opened and (opened.term or len(opened.label) > _BRIEF) else None


def _known_at(frames: Frames, clause: Span) -> Subject | None:
    """The known concept with which a clause opens: 海流预报技术|发展日新月异，已成为…"""
    known = frames.reader.concept_at.get(after_lead(frames.reader, clause).start)
    if known is None or known.end >= clause.end:
        return None
    said = frames.reader.tokens(known.end, clause.end)
    if len(said) > 1 and said[0].tag not in ("v", "vn"):  # 海洋牧场|资源得天独厚
        return None
    return Subject(frames.reader.name(known.start, known.end, "Concept"), Span(known.start, known.end))


_FIGURES = lazy("占(?!地)|达|超过|低于|高于|同比")


def _ends_in_adjective(reader: Reader, clause: Span) -> bool:
    """Whether a clause ends in an adjective, or in an idiom: 放眼全球."""
    tokens = reader.tokens(*clause)
    return tokens[-1].tag == "i" or (len(tokens) > 1 and tokens[-1].tag in ("a", "z", "ad"))


def _ends_in_idiom(reader: Reader, clause: Span) -> bool:
    """Whether a clause ends in an idiom that says how something goes on: 技术发展|日新月异."""
    last = reader.tokens(*clause)[-1]
    return last.start > clause.start and reader.is_word(reader.text[last.start : last.end], "idioms")


def _says_of_it(reader: Reader, clause: Span) -> bool:
    """Whether a clause goes on to say what its subject is or does: 也不意味着A, 既是B."""
    leads = reader.tokens(*clause)[:3]
    at = next((at for at, token in enumerate(leads) if token.tag[0] not in "dc"), len(leads))
    return at < len(leads) and _tells_of(reader, leads[at])


def _said_of(reader: Reader, clause: Span) -> int | None:
    """Where the subject ends of a clause that says what it is, or what it does: X|并不是A, X|意味着A."""
    for token in reader.tokens(*clause)[1:]:
        if _tells_of(reader, token):
            return token.start
    return None


def _tells_of(reader: Reader, token: Token) -> bool:
    """Whether a word leads to what is told of a thing: 是, 意味着, 位于, 成立|于."""
    word = reader.text[token.start : token.end]
    return word == "是" or reader.is_word(word, "states") or reader.word_at(token.start, "situated") >= token.end - token.start


def named(frames: Frames, span: Span, *, may_be_act: bool = True) -> Subject | None:
    """The thing that a stretch names as a whole, or refers to; no person, and no clause.

    An act that a verb and its object name is one where `may_be_act`.
    """
    reader = frames.reader
    bare = _bare(reader, span)
    if bare is None:
        return None
    phrase = clean(reader.text[slice(*bare)])
    if reader.pattern(PRONOUN).match(phrase):
        carried = frames.carried(bare.start) if phrase and not phrase.startswith("这") else None
        return Subject(carried, bare) if carried else None
    points = reader.text.startswith(("这", "该", "此"), span.start)
    called = _ASKED.match(phrase) if may_be_act else exhorts(reader, phrase)
    if points or called or _is_no_name(reader, bare, phrase):
        return None
    return Subject(reader.name(*bare, "Concept"), bare) if _is_one_thing(reader, bare, phrase, may_be_act) else None


def _bare(reader: Reader, span: Span) -> Span | None:
    """A stretch without what leads to the thing and from it to the verb: 把|A|作为, A|主要; None where it is denied."""
    text = reader.text
    start, end = trim(text, *after_lead(reader, Span(_behind_reason(reader, span), span.end)))
    tokens = reader.tokens(start, end)
    brought = [token.end for token in tokens if reader.is_word(text[token.start : token.end], "brings")]
    if brought:  # 把A作为X的目标; 促使A成为X的支撑
        start = brought[-1]
    elif len(tokens) > 1 and text.startswith("作为", span.end) and _governs(reader, tokens[0]):
        start = tokens[0].end  # 引入A作为X的目标
    before = [token for token in tokens if brought and token.end <= start]
    kept = [token for token in tokens if token.start >= start]
    while kept and _leads_on(reader, kept[-1]) and (text[kept[-1].start - 1] != "的" or _is_above_all(reader, kept[-1])):
        before.append(kept.pop())  # not of 对海的|向往
    if kept and text[kept[-1].end - 1] == "的":
        return None  # 下降最大的主要|是学生
    if any(reader.is_word(text[slice(*token[:2])], "negations") for token in before):
        return None  # 不把A作为B
    return Span(start, kept[-1].end if kept else start)


def _behind_reason(reader: Reader, span: Span) -> int:
    """Where a clause begins behind the word that says it is a reason, or is settled: 由于|A是B, 明确|A是B."""
    first = reader.tokens(*span)[:1]
    word = reader.text[slice(*first[0][:2])] if first else ""
    joins = word == "明确" or reader.is_word(word, "reasons")
    return first[0].end if joins else span.start


def _is_no_name(reader: Reader, span: Span, phrase: str) -> bool:
    """Whether a phrase names nothing that could be said to be something: a count, a time, a person, a noun of a facet."""
    known = reader.wording.terms.get(phrase)
    return bool(
        not is_name(phrase)
        or _ORDINAL.fullmatch(phrase)
        or _PREDICATE.search(phrase)
        or phrase.count("“") != phrase.count("”")
        or span.end - span.start > _LONGEST
        or reader.is_word(phrase, "relational")
        or reader.is_word(phrase, "persons")
        or reader.pattern(SOME).match(phrase)
        or _TIMES.search(phrase)
        or (not _is_one_word(reader, span) and facet_of(reader, Span(span.start + phrase.rfind("的") + 1, span.end)))
        or (names_one(phrase) and phrase[-1] not in _QUALITIES)
        or (known and known.kind == "Person")
    )


def _is_one_word(reader: Reader, span: Span) -> bool:
    """战略重点: a word that only ends in the noun of a facet."""
    tokens = reader.tokens(*span)
    return len(tokens) == 1 and is_compound(reader, tokens[0])


def _is_one_thing(reader: Reader, span: Span, phrase: str, may_be_act: bool) -> bool:
    """Whether a phrase is a name by its words, or, where it may be, an act with its object."""
    if phrase in reader.wording.terms:
        return True
    tokens = reader.tokens(*span)
    lone_verb = len(tokens) == 1 and (tokens[0].tag[0] == "d" or any(reader.is_word(phrase, name) for name in _LEADS))
    if lone_verb or (len(tokens) > 1 and tokens[-1].tag == "i"):  # 成绩来之不易
        return False
    verbal = len(tokens) > 1 and tokens[0].tag[0] == "v" and not is_modal(reader, tokens[0])
    return is_thing(reader, span) or (may_be_act and verbal and names_an_act(reader, tokens))


def _only_leads(reader: Reader, span: Span) -> bool:
    """Whether there is nothing before the verb but adverbs: 也|成为; 主要|是 speaks of what is told before it."""
    tokens = reader.tokens(*span)
    words = [reader.text[token.start : token.end] for token in tokens]
    return all(_leads_on(reader, token) for token in tokens) and not any(reader.is_word(word, "stresses") for word in words)


def _leads_on(reader: Reader, token: Token) -> bool:
    """Whether a word only leads on to the verb: 也, 主要, 应当, 迅速, 本身."""
    word = reader.text[token.start : token.end]
    leads = token.tag[0] in "dc" or token.tag == "ad" or word == "本身"
    return leads or any(reader.is_word(word, name) for name in ("modals", "above_all", "adverbs"))


def _governs(reader: Reader, token: Token) -> bool:
    return token.tag[0] == "v" and reader.is_word(reader.text[token.start : token.end], "governing_verbs")


def _is_above_all(reader: Reader, token: Token) -> bool:
    return reader.is_word(reader.text[token.start : token.end], "above_all")


def is_modal(reader: Reader, token: Token) -> bool:
    return reader.is_word(reader.text[token.start : token.end], "modals")
