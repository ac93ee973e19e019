"""S是X的支撑、Y的载体，也是一种Z: what a clause and those that go on from it say their subject is, each predicate a claim.

A predicate that ends in a noun of a facet says what the subject is to X; any other, if it is a class, what the subject is.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.annotate.tokens import NAME
from pipeline.extract.defines.definitions import genus
from pipeline.extract.defines.owners import (
    IDIOM,
    facet_of,
    is_compound,
    is_verbal_noun,
    owner_before,
    owner_end,
    owners,
    parted,
    without_degree,
)
from pipeline.extract.defines.spans import without_remark
from pipeline.extract.defines.subjects import is_modal, subject_of
from pipeline.extract.defines.topic import Frames, Subject, Topic, may_have
from pipeline.extract.phrases import trim
from pipeline.extract.reader import Reader
from pipeline.grammar.concept_slots import causes
from pipeline.grammar.mark_slots import two_marks
from pipeline.grammar.match import Reading
from pipeline.grammar.names import adverb_before_verb, is_thing, opens_no_class, tells
from pipeline.model import Claim, Name, Span
from pipeline.patterns import lazy

_KIND = lazy("(?:(?:一[种个项类门套]|我国|国家)(?![、和与及]))+")
_EVERY = lazy("一切|所有|整个|全部|各[种类项]|任何")
_BRIEF_CLASS = 3  # characters of what may say no class by itself: 能源
_SHORT = 12  # characters of a class with no modifier before 的
_WITH_AS = lazy("以.{2,40}?为.{2,6}的.{2,}")
_OF_KIND = lazy("(?:[^，。、的而着]{2,8}的、)+[^，。、的而着]{2,8}的”?")
# 是为A而提出的Y: A is what it is for.
_PROPOSED_FOR = lazy(
    "(?:(?!通过|利用|由|以)[^，。；\n]){0,14}?为了?(?P<o>[^，。；为\n]{4,40}?)(?:，[^。；，\n]{0,40}?)?而(?:提出|设立|建立|制定|创建|设计|构建|实施|采取|开展|编制)的"
)
_ITS = lazy("其(?![他中余])|它们?的")
_METAPHOR = lazy('的[“"‘][^“”"]{1,6}[”"’](?:所在)?$')  # 是智库的“血液”


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
    said = reader.text[reading.start : reading.slots["o"].start]
    if reader.ends_in(said, "denials") or _says_else(reader, reading, said):
        return
    says_class = not reader.ends_in(said, "comes_to_be") or _CLASS_CLOSES.search(reader.text, *reading.slots["o"]) is not None
    if _OF_KIND.fullmatch(reader.text, *reading.slots["o"]):  # 是世界性的、时代性的
        yield from frames.claims("feature", subject.name, reading.slots["o"], clause, reading.rule.name)
    purpose = _PROPOSED_FOR.match(reader.text, reading.slots["o"].start)
    if purpose:
        yield from frames.claims("goal", subject.name, Span(*purpose.span("o")), clause, reading.rule.name)
    for predicate in _predicates(reader, reading.slots["o"], says_class):
        yield from _claims(frames, subject, predicate, Span(clause.start, predicate.end), reading.rule.name, says_class)


def _says_else(reader: Reader, reading: Reading, said: str) -> bool:
    """Whether a clause only looks as if it said what its subject is: 推动A成为B, A为B提供了C, 树立“A就是B”的理念."""
    s, o = reading.slots.get("s"), reading.slots["o"]
    if said.endswith("属于") and reader.ends_in(reader.text[slice(*o)], "persons"):
        return True  # 事权属于A部门
    becomes = reader.ends_in(said, "comes_to_be")
    gives = said.endswith("为") and not becomes and not said.endswith("作为")
    if gives and any("provide" in word.signals for word in reader.words_in(o)):
        return True
    if s is None:
        return False
    if reader.ends_in(reader.text[slice(*o)], "factors") and causes(reader, s):
        return True  # A和B是X的因素: each is one of them
    first = reader.tokens(*s)[0]
    drives = becomes and reader.is_word(reader.text[slice(*first[:2])], "drives")
    held = said.endswith("就是") and first.tag == "v" and reader.ends_in(reader.text[slice(*o)], "mindsets")
    return drives or held or _is_quoted(reader.text, s, o)


def _is_quoted(text: str, s: Span, o: Span) -> bool:
    """Whether the subject and its predicate stand in a quotation of which more is said: 树立“A就是B”意识."""
    opens = text.rfind("“", *s)
    return opens > s.start and text.find("”", opens, s.end) < 0 <= text.find("”", o.start, o.end - 1)


def _of_noun(frames: Frames, reading: Reading) -> Iterator[Claim]:
    """X的实质，是A: the clause before names the facet and its owner."""
    reader, text = frames.reader, frames.reader.text
    if "s" in reading.slots or text[reading.start - 1 : reading.start] != "，" or not text.startswith("是", reading.start):
        return
    clause = reader.clause(reading.start - 1)
    if any("links" in word.signals for word in reader.words_in(clause)):
        return  # S是X的实质，是A: A is said of S
    last = owner_end(text, *clause)
    facet = facet_of(reader, Span(last + 1, clause.end)) if last else None
    if facet:
        s = frames.subject(clause.start, last)
        yield from frames.claims(facet, s, reading.slots["o"], Span(clause.start, reading.end), reading.rule.name)


def _of_marks(frames: Frames, reading: Reading) -> Iterator[Claim]:
    """A、B是X的特点: what stands before the verb says how X is."""
    reader = frames.reader
    found = two_marks(reader, reading.slots["s"]) if "s" in reading.slots else ()
    predicate = Span(*trim(reader.text, *reading.slots["o"]))
    last = owner_end(reader.text, *predicate)
    owner = Span(predicate.start, last) if last else owner_before(reader, predicate)
    facet = facet_of(reader, Span(owner.end + bool(last), predicate.end)) if owner and found else None
    if owner and facet == "feature":
        quote = Span(reading.start, reading.end)
        yield from frames.claims(facet, frames.subject(*owner), reading.slots["s"], quote, reading.rule.name, parts=found)


def _predicates(reader: Reader, span: Span, says_class: bool) -> list[Span]:
    """The predicates of a list in which each is of something: 经济的引擎、就业的蓄水池; else the one, over two clauses if the
    class closes the second: 是A，B的N.
    """
    text = reader.text
    span = without_remark(text, span)
    parts = parted(text, span)
    if text[span.end - 1] == "的" or text.startswith(("可能", "建立在"), span.start):
        return []  # 是由A引起的; 使A成为可能; 是建立在A的基础上
    if len(parts) > 1 and all("的" in text[part.start + 1 : part.end - 1] for part in parts):
        return parts
    role = text.endswith("作为", 0, span.start)
    if role and _goes_on_to_say(reader, span):
        return []  # 作为A将会引领B
    follow = reader.next_clause(span.end) if text[span.end : span.end + 1] == "，" else span
    return [Span(span.start, follow.end if says_class and not role and _goes_on(reader, span, follow) else span.end)]


def _goes_on_to_say(reader: Reader, span: Span) -> bool:
    """Whether what a thing is taken as goes on to what it does or has: 作为A|将会引领B, 作为A|具有B."""
    tokens = reader.tokens(*span)
    words = [reader.text[slice(*token[:2])] for token in tokens]
    has = any(reader.is_word(word, "have") and before.tag[0] in "nN" for before, word in zip(tokens, words[1:], strict=False))
    behind = tokens[max((at for at, word in enumerate(words) if word == "的"), default=0) :]
    return has or adverb_before_verb(reader, behind) or any(token.tag == "d" or is_modal(reader, token) for token in tokens)


def _goes_on(reader: Reader, span: Span, follow: Span) -> bool:
    """Whether the class of a predicate closes the clause after it: 是A，B的N."""
    text = reader.text
    closed = _CLASS_CLOSES.search(text, *span) or is_thing(reader, span)
    said_anew = _SPEAKS_ON.match(text, *follow) or text.find("是", *follow) >= 0
    return not closed and not said_anew and _CLASS_CLOSES.search(text, *follow) is not None


_CLASS_CLOSES = lazy("的[^的，]{2,14}$")
_SPEAKS_ON = lazy("它|其|这|该|可以|能够?|也|并|还|更|又|而|成为|体现|表现|具体|包|由")


def _claims(frames: Frames, subject: Subject, predicate: Span, quote: Span, rule: str, says_class: bool) -> Iterator[Claim]:
    """What one predicate says of the subject."""
    reader, text = frames.reader, frames.reader.text
    start, end = trim(text, *predicate)
    kind = _KIND.match(text, start, end)
    start = kind.end() if kind else start
    its = _ITS.match(text, *predicate)
    start, last = (its.start(), its.end() - 1) if its else (start, owner_end(text, start, end))
    tails = parted(text, Span(last + 1, end)) if last else []
    facets = [facet for tail in tails if (facet := facet_of(reader, tail))]
    every = _EVERY.match(text, start, last) if last > start else None
    start = every.end() if every else start
    owner = Span(start, last if last > start else last + 1) if facets else owner_before(reader, Span(start, end))
    if owner:
        tails = tails if facets else [Span(owner.end, end)]
        facets = facets or [facet for facet in (facet_of(reader, tails[0]),) if facet]
        whole = without_degree(reader, _that_holds(reader, owner), IDIOM)
        for facet in dict.fromkeys(facets):
            yield from _role(frames, subject, facet, whole, text[slice(*tails[-1])], quote, rule)
    elif (
        "、" not in subject.name.text
        and (kind or not _ends_in_facet(reader, Span(start, end)))
        and not _METAPHOR.search(text, start, predicate.end)
        and (kind or last or (says_class and _is_plain_class(frames, subject, Span(start, end))))
        and _may_be_class(reader, Span(start, end))
    ):
        end += 2 * text.startswith("之一", end)
        yield from genus(frames, subject.name, Span(start, end), quote, rule)


def _may_be_class(reader: Reader, predicate: Span) -> bool:
    """Whether a predicate opens as a class does and states nothing; 以A为B的C is one, whatever its A is."""
    return bool(_WITH_AS.match(reader.text, *predicate)) or not (opens_no_class(reader, predicate) or tells(reader, predicate))


def _that_holds(reader: Reader, owner: Span) -> Span:
    """战略任务|中具有决定性意义: the owner before what is so within it."""
    inner = reader.tokens(*owner)[1:-1]
    within = next((token for token in inner if token.tag == "f" and reader.text[token.start] in "中里"), None)
    return Span(owner.start, within.start) if within else owner


def _ends_in_facet(reader: Reader, predicate: Span) -> bool:
    """Whether a predicate ends in a noun of a facet that no count parts from what is before it: not 系统中的一个|子系统."""
    compound = predicate.end in reader.facet_nouns[1] and is_compound(reader, reader.tokens(*predicate)[-1])
    return predicate.end in reader.facet_nouns[1] and not compound and not _ONE_OF.search(reader.text, *predicate)


_ONE_OF = lazy("的?一[个种项类][^的，]{2,8}$")


def _is_plain_class(frames: Frames, subject: Subject, predicate: Span) -> bool:
    """Whether a concept is said to be a plain class: 科学技术是第一生产力; 潮汐电站是清洁能源设施."""
    reader = frames.reader
    if predicate.end - predicate.start > _BRIEF_CLASS and is_thing(reader, predicate):
        *before, head = reader.tokens(*predicate)
        acts = any(token.tag == "v" and not is_verbal_noun(reader, token) for token in before)
        named = before or (head.tag == NAME and subject.name.term)
        return bool(named) and not acts and (head.tag[0] in "nNjlxs" or head.tag in ("vn", "zg", "ns"))
    plain = not any(token.tag in ("v", "p") for token in reader.tokens(*predicate)[:-1])
    return bool(subject.name.term and plain and predicate.end - predicate.start <= _SHORT and facet_of(reader, predicate) is None)


# 逻辑清晰、权责明确的管理制度; 科技的进步与迭代: one thing, whatever the list.
_MODIFIED = lazy("[^、]*的[^、]*|.*、[^、和与及]*的[^、]*")


def _role(frames: Frames, subject: Subject, facet: str, whole: Span, noun: str, quote: Span, rule: str) -> Iterator[Claim]:
    """S是X的支撑: of X, S is the basis."""
    if frames.reader.is_word(noun, "results"):
        yield from frames.claims("origin", subject.name, whole, quote, rule)
        return
    if frames.reader.text.startswith("最", whole.start):
        return
    for s in owners(frames, whole):
        if s.label != subject.name.label:
            yield from _of(frames, subject, facet, s, quote, rule)
            frames.owner = (s, frames.reader.sentence(quote.start))
            frames.topic = Topic(subject.name, None, frames.reader.sentence(quote.start), frames.reader.block_index(quote.start))


def _of(frames: Frames, subject: Subject, facet: str, s: Name, quote: Span, rule: str) -> Iterator[Claim]:
    """What the subject is to one owner: each member of a list, where the subject is one."""
    if frames.reader.text[slice(*subject.span)] == subject.name.text:
        one = _MODIFIED.fullmatch(frames.reader.text, *subject.span)
        yield from frames.claims(facet, s, subject.span, quote, rule, parts=[subject.span] if one else None)
    elif may_have(frames.reader, s, facet, rule):  # 它是X的支撑
        slots = {"s": s, "o": subject.name}
        yield frames.reader.claim("defines", slots, quote.start, quote.end, rule, facet=facet)
