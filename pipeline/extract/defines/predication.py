"""S是X的支撑、Y的载体，也是一种Z: what a clause and those that go on from it say their subject is, each predicate a claim.

A predicate that ends in a noun of a facet says what the subject is to X; any other, if it is a class, what the subject is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotate.tokens import Token
from pipeline.annotate.words import names_one
from pipeline.extract.defines.definitions import genus
from pipeline.extract.defines.nouns import opening_noun
from pipeline.extract.defines.spans import after_lead, without_remark
from pipeline.extract.defines.topic import EXHORTS, PRONOUN, SOME, Frames, Subject, Topic
from pipeline.extract.phrases import clean, is_name, trim
from pipeline.extract.reader import UNMEASURED, Reader
from pipeline.grammar.concept_slots import is_thing, names_an_act, opens_no_class, two_marks
from pipeline.grammar.match import Reading
from pipeline.model import Claim, Name, Span

_AND = re.compile("、|以及|(?<![共总饱缓温平调])和(?![平谐睦])|(?<![参给赋])与")
_KIND = re.compile("(?:一[种个项类门套]|我国|国家)+")
_EVERY = re.compile("一切|所有|整个|全部|各[种类项]|任何")
_RESULTS = frozenset(("结果", "产物", "结晶"))  # S是X的产物: X is the origin of S
_ONES = ("Person",)
_BECOMES = ("成为", "构成", "成为了")  # with these a class is a role for a time: 成为试点
_LONGEST = 24  # characters of a subject
_BRIEF_CLASS = 3  # characters of what may say no class by itself: 能源
_SHORT = 12  # characters of a class with no modifier before 的
_WITH_AS = re.compile("以.{2,40}?为.{2,6}的.{2,}")
_ASKED = re.compile("要(?!素)|应|必须|需|须|务必")  # what opens a call to do something
_QUALITIES = "性化度率力"  # what ends a quality that looks like a person's name: 普惠性
_OF_KIND = re.compile("(?:[^，。、的而着]{2,8}的、)+[^，。、的而着]{2,8}的”?")
_ORDINAL = re.compile("(?:第?[一二三四五六七八九十]|[另前后各某])[类种个者]?.{0,2}|主要|其中")
# 是为A而提出的Y: A is what it is for.
_PROPOSED_FOR = re.compile(
    "[^，。；\n]{0,14}?为了?(?P<o>[^，。；为\n]{4,40}?)(?:，[^。；，\n]{0,40}?)?而(?:提出|设立|建立|制定|创建|设计|构建|实施|采取|开展|编制)的"
)
_ITS = re.compile("其(?![他中余])|它们?的")
_METAPHOR = re.compile('的[“"‘][^“”"]{1,6}[”"’](?:所在)?$')  # 是智库的“血液”
_PREDICATE = re.compile("的一[个种项]")  # X的一个重要途径就是S
_BRIEF = 2  # characters of what opens a sentence and may be no name
_COURSES = ("发展", "建设", "增长", "转型", "改革", "创新")  # what modifies a facet noun and tells no other thing: 发展目标
_TIMES = re.compile("^连续|[$%\\\\]|[\\d一二三四五六七八九十几多][年月日次]$")
_NEGATES = ("不", "非", "未", "没有", "没", "并不", "绝不", "不再", "从不")
_DENIALS = ("不是", "并非")


def predication(frames: Frames, reading: Reading) -> Iterator[Claim]:
    """The claims of one clause that says what its subject is."""
    reader = frames.reader
    clause = Span(reading.start, reading.end)
    of_noun = list(_of_noun(frames, reading))
    subject = None if of_noun else subject_of(frames, reading)
    if subject is None:
        yield from of_noun or _of_marks(frames, reading)
        return
    frames.subject_until = (subject, clause.end)
    if reader.text[reading.start : reading.slots["o"].start].endswith(_DENIALS):
        return
    says_class = not reader.text[reading.start : reading.slots["o"].start].endswith(_BECOMES)
    if _OF_KIND.fullmatch(reader.text, *reading.slots["o"]):  # 是世界性的、时代性的
        yield from frames.claims("feature", subject.name, reading.slots["o"], clause, reading.rule.name)
    purpose = _PROPOSED_FOR.match(reader.text, reading.slots["o"].start)
    if purpose:
        yield from frames.claims("goal", subject.name, Span(*purpose.span("o")), clause, reading.rule.name)
    for predicate in _predicates(reader, reading.slots["o"], says_class):
        yield from _claims(frames, subject, predicate, Span(clause.start, predicate.end), reading.rule.name, says_class)


def _of_noun(frames: Frames, reading: Reading) -> Iterator[Claim]:
    """X的实质，是A: the clause before names the facet and its owner."""
    reader, text = frames.reader, frames.reader.text
    if "s" in reading.slots or text[reading.start - 1 : reading.start] != "，" or not text.startswith("是", reading.start):
        return
    clause = reader.clause(reading.start - 1)
    if any("links" in word.signals for word in reader.words_in(clause)):
        return  # S是X的实质，是A: A is said of S
    last = _owner(text, *clause)
    facet = _facet_of(reader, Span(last + 1, clause.end)) if last else None
    if facet:
        s = frames.subject(clause.start, last)
        yield from frames.claims(facet, s, reading.slots["o"], Span(clause.start, reading.end), reading.rule.name)


def _of_marks(frames: Frames, reading: Reading) -> Iterator[Claim]:
    """A、B是X的特点: what stands before the verb says how X is."""
    reader = frames.reader
    found = two_marks(reader, reading.slots["s"]) if "s" in reading.slots else ()
    predicate = Span(*trim(reader.text, *reading.slots["o"]))
    last = _owner(reader.text, *predicate)
    owner = Span(predicate.start, last) if last else _owner_before(reader, predicate)
    facet = _facet_of(reader, Span(owner.end + bool(last), predicate.end)) if owner and found else None
    if owner and facet == "feature":
        quote = Span(reading.start, reading.end)
        yield from frames.claims(facet, frames.subject(*owner), reading.slots["s"], quote, reading.rule.name, parts=found)


def subject_of(frames: Frames, reading: Reading) -> Subject | None:
    """What a clause speaks of: what stands before its verb; else what the clause before speaks of, or names, or what opens
    the sentence.
    """
    span = reading.slots.get("s")
    if span and span.start <= reading.slots.get("o", reading.slots["s"]).start and "o" in reading.slots:
        return None if frames.reader.text[span.end - 1] == "的" else _named(frames, span)
    if frames.reader.text.startswith("作为", reading.start) and (follows := opening_noun(frames, reading.end)):
        return Subject(follows, Span(reading.end, reading.end))
    before, end = frames.subject_until
    if before and frames.reader.text[end : reading.start].strip() == "，":
        return before
    sentence = frames.reader.sentence(reading.start)
    clause = frames.reader.clause(reading.start - 1) if reading.start > sentence.start else None
    while clause and clause.start > sentence.start and _says_of_it(frames.reader, clause):
        clause = frames.reader.clause(clause.start - 1)
    said = _said_of(frames.reader, clause) if clause else None
    if clause and said:
        return _named(frames, Span(clause.start, said))
    plain = frames.reader.text.startswith("是", reading.start)
    if clause and clause.start >= sentence.start and _ends_in_adjective(frames.reader, clause):
        return None  # 环境脆弱，是…: a statement, not what the clause speaks of
    if clause and clause.start >= sentence.start and (named := _named(frames, clause, may_be_act=plain)):
        return named
    opened = frames.opening(sentence, reading.start)
    return Subject(opened, Span(reading.start, reading.start)) if opened and (opened.term or len(opened.label) > _BRIEF) else None


def _ends_in_adjective(reader: Reader, clause: Span) -> bool:
    """Whether a clause ends in an adjective."""
    tokens = reader.tokens(*clause)
    return len(tokens) > 1 and tokens[-1].tag in ("a", "z", "ad")


def _says_of_it(reader: Reader, clause: Span) -> bool:
    """Whether a clause goes on to say what its subject is or does: 也不意味着A, 既是B."""
    leads = reader.tokens(*clause)[:3]
    at = next((at for at, token in enumerate(leads) if token.tag[0] not in "dc"), len(leads))
    return at < len(leads) and _is_statement(reader, reader.text[slice(*leads[at][:2])])


def _said_of(reader: Reader, clause: Span) -> int | None:
    """Where the subject ends of a clause that says what it is, or what it does: X|并不是A, X|意味着A."""
    for token in reader.tokens(*clause)[1:]:
        if _is_statement(reader, reader.text[slice(*token[:2])]):
            return token.start
    return None


def _is_statement(reader: Reader, word: str) -> bool:
    return word == "是" or reader.is_word(word, "states")


def _named(frames: Frames, span: Span, *, may_be_act: bool = True) -> Subject | None:
    """The thing that a stretch names as a whole, or refers to; no person, place or body, and no clause.

    An act that a verb and its object name is one where `may_be_act`.
    """
    reader, text = frames.reader, frames.reader.text
    start, end = trim(text, *after_lead(reader, span))
    tokens = reader.tokens(start, end)
    brought = [token.end for token in tokens if reader.is_word(text[token.start : token.end], "brings")]
    if any(text[slice(*token[:2])] in _NEGATES for token in tokens if brought and token.end <= brought[-1]):
        return None  # 不把A作为B
    if brought:  # 把A作为X的目标; 促使A成为X的支撑
        start = brought[-1]
        tokens = reader.tokens(start, end)
    elif len(tokens) > 1 and reader.text.startswith("作为", span.end) and tokens[0].tag[0] == "v":
        start = tokens[0].end  # 引入A作为X的目标
        tokens = tokens[1:]
    while tokens and _leads_on(reader, tokens[-1]):
        if text[slice(*tokens[-1][:2])] in _NEGATES:
            return None
        end = tokens[-1].start
        tokens = tokens[:-1]
    phrase = clean(text[start:end])
    if PRONOUN.match(phrase):
        carried = frames.carried(start) if phrase and not phrase.startswith("这") else None
        return Subject(carried, Span(start, end)) if carried else None
    known = reader.wording.terms.get(phrase)
    if (
        not is_name(phrase)
        or _ORDINAL.fullmatch(phrase)
        or _PREDICATE.search(phrase)
        or phrase.count("“") != phrase.count("”")
        or text.startswith(("这", "该", "此"), span.start)
        or end - start > _LONGEST
        or (_ASKED if may_be_act else EXHORTS).match(phrase)
        or reader.is_word(phrase, "relational")
        or reader.is_word(phrase, "persons")
        or SOME.match(phrase)
        or any(reader.is_word(text[slice(*token[:2])], "states") for token in tokens)
        or _TIMES.search(phrase)
        or _facet_of(reader, Span(start + phrase.rfind("的") + 1, end))
        or (names_one(phrase) and phrase[-1] not in _QUALITIES)
        or (known and known.kind in _ONES)
    ):
        return None
    if len(tokens) == 1 and tokens[0].tag[0] in "vd" and not known and not _is_verbal_noun(reader, tokens[0]):
        return None  # 加快|成为
    if len(tokens) > 1 and tokens[-1].tag == "i":
        return None  # 成绩来之不易
    verbal = len(tokens) > 1 and tokens[0].tag[0] == "v" and not reader.is_word(text[tokens[0].start : tokens[0].end], "modals")
    if not known and not is_thing(reader, Span(start, end)) and not (may_be_act and verbal and names_an_act(reader, tokens)):
        return None
    return Subject(reader.name(start, end, "Concept"), Span(start, end))


def _is_verbal_noun(reader: Reader, token: Token) -> bool:
    return reader.is_word(reader.text[token.start : token.end], "verbal_nouns")


def _is_modal(reader: Reader, token: Token) -> bool:
    return reader.is_word(reader.text[token.start : token.end], "modals")


def _leads_on(reader: Reader, token: Token) -> bool:
    """Whether a word only leads on to the verb: 也, 主要, 应当, 本身."""
    word = reader.text[token.start : token.end]
    return token.tag[0] in "dc" or word == "本身" or any(reader.is_word(word, name) for name in ("modals", "above_all"))


def _predicates(reader: Reader, span: Span, says_class: bool) -> list[Span]:
    """The predicates of a list in which each is of something: 经济的引擎、就业的蓄水池; else the one, over two clauses if the
    class closes the second: 是A，B的N.
    """
    text = reader.text
    span = without_remark(text, span)
    parts = _parted(text, span)
    if text[span.end - 1] == "的":
        return []  # 是由A引起的
    if len(parts) > 1 and not _WITH_AS.match(text, *span) and all("的" in text[part.start + 1 : part.end - 1] for part in parts):
        return parts
    role = text.endswith("作为", 0, span.start)
    if role and any(token.tag == "d" or _is_modal(reader, token) for token in reader.tokens(*span)):
        return []  # 作为A将会引领B
    follow = reader.next_clause(span.end) if text[span.end : span.end + 1] == "，" else span
    return [Span(span.start, follow.end if says_class and not role and _goes_on(reader, span, follow) else span.end)]


def _goes_on(reader: Reader, span: Span, follow: Span) -> bool:
    """Whether the class of a predicate closes the clause after it: 是A，B的N."""
    text = reader.text
    closed = _KIND.match(text, *span) or _CLASS_CLOSES.search(text, *span) or is_thing(reader, span)
    said_anew = _SPEAKS_ON.match(text, *follow) or text.find("是", *follow) >= 0
    return not closed and not said_anew and _CLASS_CLOSES.search(text, *follow) is not None


_CLASS_CLOSES = re.compile("的[^的，]{2,14}$")
_SPEAKS_ON = re.compile("它|其|这|该|可以|能够?|也|并|还|更|又|而|成为|体现|表现|具体|包|由")


def _claims(frames: Frames, subject: Subject, predicate: Span, quote: Span, rule: str, says_class: bool) -> Iterator[Claim]:
    """What one predicate says of the subject."""
    reader, text = frames.reader, frames.reader.text
    start, end = trim(text, *predicate)
    kind = _KIND.match(text, start, end)
    start = kind.end() if kind else start
    its = _ITS.match(text, *predicate)
    start, last = (its.start(), its.end() - 1) if its else (start, _owner(text, start, end))
    tails = _parted(text, Span(last + 1, end)) if last else []
    facets = [facet for tail in tails if (facet := _facet_of(reader, tail))]
    every = _EVERY.match(text, start, last) if last > start else None
    start = every.end() if every else start
    owner = Span(start, last if last > start else last + 1) if facets else _owner_before(reader, Span(start, end))
    if owner:
        tails = tails if facets else [Span(owner.end, end)]
        facets = facets or [facet for facet in (_facet_of(reader, tails[0]),) if facet]
        whole = _without_degree(reader, owner, _IDIOM)
        for facet in dict.fromkeys(facets):
            yield from _role(frames, subject, facet, whole, text[slice(*tails[-1])], quote, rule)
    elif (
        (says_class or kind or last)
        and "、" not in subject.name.text
        and (kind or not _ends_in_facet(reader, Span(start, end)))
        and not _METAPHOR.search(text, start, predicate.end)
        and (last or kind or _is_plain_class(frames, subject, Span(start, end)))
        and (_WITH_AS.match(text, start, end) or not opens_no_class(reader, Span(start, end)))
    ):
        end += 2 * text.startswith("之一", end)
        yield from genus(frames, subject.name, Span(start, end), quote, UNMEASURED, rule)


def _owner_before(reader: Reader, predicate: Span) -> Span | None:
    """The owner of a facet noun that no 的 parts from it: 渔港经济|突出特点."""
    text = reader.text
    tokens = reader.tokens(*predicate)
    for at in range(1, len(tokens)):
        if _facet_of(reader, Span(tokens[at].start, predicate.end)):
            owner = Span(predicate.start, tokens[at].start)
            good = owner.end - owner.start >= _LEAST_OWNER and "的" not in text[slice(*owner)] and is_thing(reader, owner)
            return owner if good and tokens[at - 1].tag[0] in "nNjl" else None
    return None


_LEAST_OWNER = 4  # characters of an owner that no 的 parts from its noun


def _owner(text: str, start: int, end: int) -> int:
    """Offset of the last 的 within a phrase, or of the last 之; 0 where there is none."""
    return max(text.rfind("的", start + 1, end - 1), 0) or max(text.rfind("之", start + 1, end - 2), 0)


def _ends_in_facet(reader: Reader, predicate: Span) -> bool:
    """Whether a predicate ends in a noun of a facet that no count parts from what is before it: not 系统中的一个|子系统."""
    return predicate.end in reader.facet_nouns[1] and not _ONE_OF.search(reader.text, *predicate)


_ONE_OF = re.compile("的?一[个种项类][^的，]{2,8}$")


def _is_plain_class(frames: Frames, subject: Subject, predicate: Span) -> bool:
    """Whether a concept is said to be a plain class: 科学技术是第一生产力; 潮汐电站是清洁能源设施."""
    reader = frames.reader
    if predicate.end - predicate.start > _BRIEF_CLASS and is_thing(reader, predicate):
        *before, head = reader.tokens(*predicate)
        acts = any(token.tag == "v" and not _is_verbal_noun(reader, token) for token in before)
        return bool(before) and not acts and (head.tag[0] in "nNjlxs" or head.tag in ("vn", "zg", "ns"))
    plain = not any(token.tag in ("v", "p") for token in reader.tokens(*predicate)[:-1])
    return bool(
        subject.name.term and plain and predicate.end - predicate.start <= _SHORT and _facet_of(reader, predicate) is None
    )


def _parted(text: str, span: Span) -> list[Span]:
    cuts = [match.span() for match in _AND.finditer(text, *span)]
    return [
        Span(a, b)
        for a, b in zip([span.start, *(end for _, end in cuts)], [*(start for start, _ in cuts), span.end], strict=True)
    ]


def _facet_of(reader: Reader, noun: Span) -> str | None:
    """The facet that a noun signals, alone or behind modifiers: 支撑, 重要物质基础."""
    text = reader.text
    noun = Span(*(noun.start + text.startswith("“", noun.start), noun.end - (text[noun.end - 1] == "”")))
    for at in range(noun.start, noun.end):
        facets = reader.wording.noun_facets.get(text[at : noun.end])
        if facets:
            modifier = _without_degree(reader, Span(noun.start, at))
            plain = all(
                token.tag[0] in "abz" or _is_verbal_noun(reader, token) or text[slice(*token[:2])] in _COURSES
                for token in reader.tokens(*modifier)
            )
            return facets[0] if plain else None
    return None


def _without_degree(reader: Reader, span: Span, least: int = 1) -> Span:
    """A phrase without the adjectives of degree that end it, those of `least` characters: 文化|不可或缺."""
    start, end = span
    while end > start:
        word = next((at for at in range(start, end - least + 1) if reader.is_word(reader.text[at:end], "degree")), end)
        if word == end:
            break
        end = word
    return Span(start, end)


_IDIOM = 4  # characters of 不可或缺


# 逻辑清晰、权责明确的管理制度; 科技的进步与迭代: one thing, whatever the list.
_MODIFIED = re.compile("[^、]*的[^、]*|.*、[^、和与及]*的[^、]*")


def _role(frames: Frames, subject: Subject, facet: str, whole: Span, noun: str, quote: Span, rule: str) -> Iterator[Claim]:
    """S是X的支撑: of X, S is the basis."""
    if noun in _RESULTS:
        yield from frames.claims("origin", subject.name, whole, quote, rule)
        return
    if frames.reader.text.startswith("最", whole.start):
        return
    for s in _owners(frames, whole):
        if s.label != subject.name.label:
            yield from _of(frames, subject, facet, s, quote, rule)
            frames.owner = (s, frames.reader.sentence(quote.start))
            frames.topic = Topic(subject.name, None, frames.reader.sentence(quote.start), frames.reader.block_index(quote.start))


def _owners(frames: Frames, whole: Span) -> list[Name]:
    """Of what something is the support: one thing, or each of what is done: 推动A和建设B."""
    text = frames.reader.text
    if PRONOUN.match(text[slice(*whole)]) or text[whole.start] in _POINTS or text.find("，", *whole) >= 0:
        owner, sentence = frames.owner
        s = owner if owner and sentence == frames.reader.sentence(whole.start) else frames.subject(*whole)
        return [s] if s else []
    parts = [part for part in _parted(text, whole) if part.end > part.start + 1] if text.find("“", *whole) < 0 else []
    acts = [_acts(frames, part) for part in parts]
    if len(parts) > 1 and acts[0] and (all(acts) or (len(parts) == 2 and parts[1].end - parts[1].start >= _LEAST_OWNER)):
        return [frames.concept(*_without_course(text, part)) for part in parts]
    return [frames.concept(*_without_course(text, whole))]


def _acts(frames: Frames, part: Span) -> bool:
    """Whether a phrase opens with a verb that has the rest as its object."""
    first, *rest = frames.reader.tokens(*part)
    return bool(rest) and first.tag == "v" and not _is_verbal_noun(frames.reader, first)


def _without_course(text: str, span: Span) -> Span:
    """推动渔业|向纵深发展; 渔业|区别于农业; 要素中|最活跃: without the course that a thing takes, and how it stands out."""
    course = _COURSE.search(text, *span)
    return Span(span.start, course.start()) if course and course.start() > span.start else span


_POINTS = "我他她你这那其它"
_COURSE = re.compile(
    "[向朝][^向朝]{1,8}(?:发展|转型|迈进|升级|演进|转变)$|(?:区别于|不同于|有别于).+$|中?最[^最、]{1,4}(?:、最[^最、]{1,4})*$"
)


def _of(frames: Frames, subject: Subject, facet: str, s: Name, quote: Span, rule: str) -> Iterator[Claim]:
    if frames.reader.text[slice(*subject.span)] == subject.name.text:
        one = _MODIFIED.fullmatch(frames.reader.text, *subject.span)
        yield from frames.claims(facet, s, subject.span, quote, rule, parts=[subject.span] if one else None)
    else:  # 它是X的支撑
        slots = {"s": s, "o": subject.name}
        yield frames.reader.claim("defines", slots, quote.start, quote.end, rule, facet=facet)
