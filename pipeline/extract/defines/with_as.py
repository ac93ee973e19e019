"""X以A、B为特征; 以A为特征的X; 以A为甲、以B为乙的X: what a thing has as its feature, basis, goal …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.defines.heads import head_concept
from pipeline.extract.defines.spans import group_span
from pipeline.extract.defines.topic import Frames, exhorts
from pipeline.extract.phrases import trim
from pipeline.extract.reader import Reader
from pipeline.grammar.concept_slots import concept_after, whole
from pipeline.grammar.list_slots import phrase_start
from pipeline.model import Claim, Cue, Name, Span
from pipeline.patterns import lazy

_YI = lazy(
    r"(?:^|(?<=[^可足得难所加予赖不非]))以(?![上下内外前后及来致便免至])(?P<o>[^以]{1,70}?)(?:(?<![合工协创操])作为|为)(?P<mod>[^为，]{0,8})$"
)
_NO_MODIFIER = lazy("的|以|、以")


class _Pair(NamedTuple):
    """以A为特征 in a clause: what it says, and what stands before and behind it. `found` is the match in `before` the noun."""

    facet: str
    clause: Span
    quote: Span
    found: re.Match[str]
    before: str
    after: str

    @property
    def rest(self) -> Span:
        """What stands behind the noun in its clause."""
        return Span(self.quote.end, self.clause.end)

    @property
    def elided(self) -> re.Match[str] | None:
        """以A为主导、|B为基础: what stands before the last of what 以 governs."""
        return _ELIDED.match(self.found["o"])

    @property
    def objects(self) -> Span:
        """What stands between 以 and 为."""
        start, end = group_span(self.clause, self.found, "o")
        quoted = int(_QUOTED_LIST.fullmatch(self.found["o"]) is not None)
        return Span(start + (self.elided.end() if self.elided else quoted), end - quoted)


_ELIDED = lazy(".*为[^、]{1,6}、")
_QUOTED_LIST = lazy("“[^“”、]+(?:、[^“”、]+)+”")


def with_as(frames: Frames, cue: Cue, facet: str, clause: Span) -> Iterator[Claim] | None:
    """The claims of 以A为… at its noun; None where there is no such frame."""
    text = frames.reader.text
    before = text[clause.start : cue.start]
    found = _YI.search(before) if "以" in before else None
    if found is None or _NO_MODIFIER.search(found["mod"]):
        return None
    quote = Span(clause.start + found.start(), cue.end)
    pair = _Pair(_LED_BY.get(cue.text, facet), clause, quote, found, before[: found.start()], text[cue.end : clause.end])
    return _claims(frames, pair)


def _claims(frames: Frames, pair: _Pair) -> Iterator[Claim]:
    goes_on = _GOES_ON.match(pair.after)
    if goes_on and goes_on["noun"] in frames.reader.wording.noun_facets:
        return  # 以A为龙头、B为基础的X: read at its last noun, where X is
    if head := _head(frames.reader.text, pair):
        yield from _of_head(frames, pair, head)
    elif made := _made(frames, pair.before, pair.rest):
        framed = Span(pair.quote.start, made.end)
        yield from frames.claims(pair.facet, head_concept(frames, made), pair.objects, framed, _ATTRIBUTE)
    elif done := None if pair.before or exhorts(frames.reader, pair.before) else _done(frames, pair.facet, pair.rest):
        yield from frames.claims(pair.facet, done, pair.objects, pair.quote, "defines.with_as")
    elif not exhorts(frames.reader, pair.before) and (pair.before or not _GOES_ON_TO_DO.match(pair.after)):
        s = _subject(frames, pair)  # not of 以A为重点提质建设B: how to do it
        yield from frames.claims(pair.facet, s, pair.objects, pair.quote, "defines.with_as")


def _subject(frames: Frames, pair: _Pair) -> Name | None:
    """X以A为特征: what stands before the pairs, or is spoken of."""
    start = pair.clause.start
    listed = _LISTED_BEFORE.search(pair.before)
    before = frames.reader.without(pair.before[: listed.start()] if listed else pair.before, "before_with")
    return frames.subject(start, start + len(before)) if before else frames.carried(start, within_sentence=True)


_LISTED_BEFORE = lazy(r"以[^，][^，为]*为[^，]+、$")  # 以A为核心、以B为支撑


def _of_head(frames: Frames, pair: _Pair, head: Span) -> Iterator[Claim]:
    """以A为甲、以B为乙的X: each pair is of X; of S, where the clause says S是以A为甲的X."""
    linked = _LINKED.search(pair.before)
    before = pair.before[: linked.start()] if linked else pair.before
    start = pair.clause.start
    copula = _COPULA.search(before)
    s = frames.subject(start, start + copula.start()) if copula else head_concept(frames, head)
    far = not frames.reader.ends_in(before, "governing_with") and len(before) > _FARTHEST
    if s is None or far or (pair.facet == "goal" and exhorts(frames.reader, before)):
        return
    framed = Span(start + linked.start() if linked else pair.quote.start, head.end)
    yield from _links(frames, s, linked, pair.clause, framed)
    if pair.after.startswith("的"):
        yield from _elided(frames, s, pair, framed)
    yield from frames.claims(pair.facet, s, pair.objects, framed, _ATTRIBUTE)


_FARTHEST = 20  # characters before a pair whose head is what is spoken of


def _head(text: str, pair: _Pair) -> Span | None:
    """What stands behind 的, up to another pair; 的 may stand behind more attributes: 以A为甲、B为乙、做C|的X."""
    more = _MORE.match(text, *pair.rest)
    if more is None or pair.rest.end - more.end() < 2:
        return None
    head = trim(text, more.end(), pair.rest.end)
    ends = text.find("、以", *head)
    return Span(head.start, ends) if ends > 0 else head


_MORE = lazy("(?:、以?[^、，的]{1,30}?为[^、，的为]{1,6})*+(?:、[^、，的为]{2,30})?的")


def _elided(frames: Frames, s: Name, pair: _Pair, framed: Span) -> Iterator[Claim]:
    """以A为主导、B为基础的X: what stands before the last, each with a noun of its own."""
    start = pair.clause.start + pair.found.start("o")
    for named in _LISTED.finditer(pair.found["o"]) if pair.elided else ():
        part = Span(start + named.start("o"), start + named.end("o"))
        for facet in frames.reader.wording.noun_facets.get(named["noun"], ()):
            yield from frames.claims(facet, s, part, framed, _ATTRIBUTE)


_DONE = lazy(
    "(?:加快|推动|全面|大力|积极|着力|不断|共同|协同|深入|持续|加速)*"
    "(?:发展|建设|构建|打造|培育|形成|建立|实现|推进|制定|编制|研发|开发|搭建|组建|探索)(?=[^了的在])"
)
_SHAPES = ("driver", "carrier", "basis")  # how a thing is made says these of it; what is stressed in doing it is none of it


def _done(frames: Frames, facet: str, rest: Span) -> Name | None:
    """以A为载体，建设X; 以A为核心制定X: what is made so."""
    reader = frames.reader
    follow = rest if rest.end > rest.start else reader.next_clause(rest.end)
    does = _DONE.match(reader.text, *follow) if facet in _SHAPES else None
    if does is None or (follow != rest and not reader.text.startswith("，", rest.end)):
        return None
    of = reader.text.rfind("的", *follow)
    made = Span(max(does.end(), of + 1), follow.end)
    found = concept_after(reader, made) if made.end > made.start else ()
    if found and found[0].end == follow.end:
        return reader.name(*found[0], "Concept")
    one = made.end - made.start > _SHORT and reader.text.find("、", *made) < 0
    return reader.name(*made, "Concept") if one and whole(reader, made) else None


_SHORT = 4  # characters of what may be a noun that is always of something


def becoming(frames: Frames, at: re.Match[str]) -> Iterator[Claim]:
    """A成为动力、B成为特点的X: each of a chain is of X, read at the first 成为."""
    reader, text = frames.reader, frames.reader.text
    clause = reader.clause(at.start())
    chain = _CHAIN.search(text, *clause)
    first = text.find("成为", *clause) == at.start()
    s = head_concept(frames, Span(chain.end(), clause.end)) if chain and first else None
    if chain is None or s is None:
        return
    for one in _BECOMES.finditer(text, *chain.span()):
        start = phrase_start(reader, *one.span("o"))
        for facet in _facets_of(reader, one["noun"]) if start < one.end("o") else ():
            quote = Span(start, min(clause.end, chain.end() + len(s.text)))
            yield from frames.claims(facet, s, Span(start, one.end("o")), quote, _ATTRIBUTE)


BECOMING = lazy("成为(?=[\u4e00-\u9fff]{2,8}、)")
_ROLE = "(?:[^\\W、的]{0,6}目的|[^\\W、的]{2,8})"
_BECOMES = lazy(f"(?P<o>[\u4e00-\u9fff]{{2,14}}?)成为(?P<noun>{_ROLE})[、的]")
_CHAIN = lazy(f"(?>[\u4e00-\u9fff]{{2,14}}?成为{_ROLE}、)+[\u4e00-\u9fff]{{2,14}}?成为{_ROLE}的")
_LED_BY = {"核心": "driver"}  # 以A为核心: A leads X; X的核心是A: X hinges on A
_ATTRIBUTE = "defines.with_as_attribute"
_BUILDS = lazy("(?:构建|建立|建成|打造|形成|搭建|设计|组建|培育|塑造|提出)(?:起|出|了|一个|一种|一批|成)*$")
_MADE = lazy(
    "(?:[、，](?!是|将|要|不|也|以)[^，。；：！？为\n]{2,40}){1,2}的(?P<s>[^的，。；：！？、\n]{2,20})(?=[，。；：！？\n])"
)


def _made(frames: Frames, before: str, rest: Span) -> Span | None:
    """建成以A为基础，融合B的X: what is so made, behind another of its attributes."""
    text = frames.reader.text
    found = _MADE.match(text, rest.start) if _BUILDS.search(before) else None
    return trim(text, *found.span("s")) if found else None


_GOES_ON_TO_DO = lazy(
    "(?:[，]?(?:提质|加快|推进|推动|全面|大力|积极|深入|统筹|着力|持续|扎实|协同|分类|有序)|建设|打造|构建|开展|实施|发展|培育)"
)


def _links(frames: Frames, s: Name, linked: re.Match[str] | None, clause: Span, whole: Span) -> Iterator[Claim]:
    """以A为基础、以B为载体、 before the last of such pairs: each is of the same concept."""
    for pair in _PAIR.finditer(linked.string, *linked.span()) if linked else ():
        objects = group_span(clause, pair, "o")
        for facet in _facets_of(frames.reader, pair["noun"]):
            yield from frames.claims(facet, s, objects, whole, _ATTRIBUTE)


def _facets_of(reader: Reader, phrase: str) -> tuple[str, ...]:
    """The facets of the noun that ends a phrase: 重要基础 is a basis."""
    return next((facets for at in range(len(phrase)) if (facets := reader.wording.noun_facets.get(phrase[at:]))), ())


_PAIR = lazy(r"以(?P<o>[^以，]{1,60}?)(?:作为|为)(?P<noun>[^，、为]{1,8})、")
# Each pair is read in one way: of 作为 there are two, and of n of them 2^n.
_LINKED = lazy(rf"(?:(?>{_PAIR.pattern.replace('?P<o>', '?:').replace('?P<noun>', '?:')}(?=以|$)))++$")
_GOES_ON = lazy("(?:、(?>[^，]{1,40}?为(?P<noun>[^、，的]{1,6})(?=[、的])))+的")
_LISTED = lazy(r"(?P<o>[^为]{1,40}?)为(?P<noun>[^、为]{1,6})、")
_COPULA = lazy("(?:就?是|指的?是?|一种|一个)+$")  # X是以…为…的Y, X是指一种以…为…的Y: of X
