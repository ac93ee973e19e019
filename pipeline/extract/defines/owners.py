"""Of what a predicate says that its subject is the support: the noun that signals a facet, and the owner before it."""

from __future__ import annotations

from pipeline.annotate.tokens import Token
from pipeline.extract.defines.topic import AND, Frames
from pipeline.extract.reader import Reader
from pipeline.grammar.names import is_thing
from pipeline.model import Name, Span
from pipeline.patterns import lazy

_LEAST_OWNER = 4  # characters of an owner that no 的 parts from its noun
_POINTS = "我他她你这那其它该此"
_COURSE = lazy(
    "[向朝][^向朝]{1,8}(?:发展|转型|迈进|升级|演进|转变)$|(?:区别于|不同于|有别于).+$|中?最[^最、]{1,4}(?:、最[^最、]{1,4})*$"
)
IDIOM = 4  # characters of 不可或缺


def owners(frames: Frames, whole: Span) -> list[Name]:
    """Of what something is the support: one thing, or each of what is done: 推动A和建设B."""
    text = frames.reader.text
    if text[whole.start] in _POINTS or text.find("，", *whole) >= 0:
        owner, sentence = frames.owner
        s = owner if owner and sentence == frames.reader.sentence(whole.start) else frames.subject(*whole)
        return [s] if s else []
    parts = [part for part in parted(text, whole) if part.end > part.start + 1] if text.find("“", *whole) < 0 else []
    acts = [_acts(frames, part) for part in parts]
    if len(parts) > 1 and acts[0] and (all(acts) or (len(parts) == 2 and parts[1].end - parts[1].start >= _LEAST_OWNER)):
        return [frames.concept(*_without_course(text, part)) for part in parts]
    return [frames.concept(*_without_course(text, whole))]


def _acts(frames: Frames, part: Span) -> bool:
    """Whether a phrase opens with a verb that has the rest as its object."""
    first, *rest = frames.reader.tokens(*part)
    word = frames.reader.text[first.start : first.end]
    governs = first.tag == "v" or (first.tag == "a" and frames.reader.is_word(word, "governing_verbs"))  # 健全制度
    return bool(rest) and governs


def _without_course(text: str, span: Span) -> Span:
    """推动渔业|向纵深发展; 渔业|区别于农业; 要素中|最活跃: without the course that a thing takes, and how it stands out."""
    course = _COURSE.search(text, *span)
    return Span(span.start, course.start()) if course and course.start() > span.start else span


def owner_before(reader: Reader, predicate: Span) -> Span | None:
    """The owner of a facet noun that no 的 parts from it: 渔港经济|突出特点."""
    text = reader.text
    tokens = reader.tokens(*predicate)
    for at in range(1, len(tokens)):
        if facet_of(reader, Span(tokens[at].start, predicate.end)):
            owner = Span(predicate.start, tokens[at].start)
            good = owner.end - owner.start >= _LEAST_OWNER and "的" not in text[slice(*owner)] and is_thing(reader, owner)
            return owner if good and tokens[at - 1].tag[0] in "nNjl" else None
    return None


def owner_end(text: str, start: int, end: int) -> int:
    """Offset of the last 的 within a phrase, or of the last 之; 0 where there is none."""
    return max(text.rfind("的", start + 1, end - 1), 0) or max(text.rfind("之", start + 1, end - 2), 0)


def parted(text: str, span: Span) -> list[Span]:
    cuts = [match.span() for match in AND.finditer(text, *span)]
    return [
        Span(a, b)
        for a, b in zip([span.start, *(end for _, end in cuts)], [*(start for start, _ in cuts), span.end], strict=True)
    ]


def facet_of(reader: Reader, noun: Span) -> str | None:
    """The facet that a noun signals, alone or behind modifiers: 支撑, 重要物质基础."""
    text = reader.text
    noun = Span(*(noun.start + text.startswith("“", noun.start), noun.end - (text[noun.end - 1] == "”")))
    for at in range(noun.start, noun.end):
        facets = reader.wording.noun_facets.get(text[at : noun.end])
        if facets:
            modifier = without_degree(reader, Span(noun.start, at))
            plain = all(
                token.tag[0] in "abz" or is_verbal_noun(reader, token) or reader.is_word(text[slice(*token[:2])], "courses")
                for token in reader.tokens(*modifier)
            )
            return facets[0] if plain else None
    return None


def is_compound(reader: Reader, token: Token) -> bool:
    """市场主体: one word, and more than the noun of a facet that ends it."""
    nouns, text = reader.wording.noun_facets, reader.text
    return text[token.start : token.end] not in nouns and any(
        text[at : token.end] in nouns for at in range(token.start + 1, token.end)
    )


def without_degree(reader: Reader, span: Span, least: int = 1) -> Span:
    """A phrase without the adjectives of degree that end it, those of `least` characters: 文化|不可或缺."""
    start, end = span
    while end > start:
        word = next((at for at in range(start, end - least + 1) if reader.is_word(reader.text[at:end], "degree")), end)
        if word == end:
            break
        end = word
    return Span(start, end)


def is_verbal_noun(reader: Reader, token: Token) -> bool:
    return reader.is_word(reader.text[token.start : token.end], "verbal_nouns")
