"""What a heading announces and the headings under it, or the items of its first paragraph, tell one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.defines.enumerated import enumerated
from pipeline.extract.defines.spans import after_lead
from pipeline.extract.defines.topic import Frames, exhorts, heading_owner
from pipeline.extract.phrases import clean, is_name
from pipeline.extract.reader import Reader
from pipeline.grammar.names import is_thing
from pipeline.model import Block, Claim, Name, Span
from pipeline.patterns import lazy

_PLAN = lazy("(?:内涵|特征|界定|概念|区别|关系|意义|作用|地位|背景|价值|问题|挑战|现状|路径|对策|启示|影响)$")
_LONGEST_ITEM = 20  # characters of a heading that names a part
_SHORTEST_WHOLE = 6  # characters of a heading that says of what it is the whole: 基本原则 does not
_NUMERALS = "一二三四五六七八九十"
_NEAR = 160  # characters of what leads up to the first item of a paragraph
_ASKS = lazy("(?:是什么|有哪些|包括哪些|主要有哪些|如何理解)?[？?]?$")


def of_heading(frames: Frames, index: int) -> Iterator[Claim]:
    """（一）X的特征; 三、六大体系; 二、X的保障体系 as a heading: what stands under it are the features, or the parts."""
    heading = frames.reader.document.blocks[index]
    parts = frames.reader.headings_under(index)
    told = _marked(frames, heading, parts) or _counted(frames, heading, parts) or (None if parts else _whole(frames, heading))
    if told:
        yield from _items(frames, index, parts, *told)


def _items(frames: Frames, index: int, parts: Sequence[Block], facet: str, s: Name) -> Iterator[Claim]:
    """A claim for each heading under the heading, or each item that its first paragraph lists."""
    reader, blocks = frames.reader, frames.reader.document.blocks
    for part in parts:
        item = _body(reader, part)
        phrase = clean(reader.text[item.start : item.end])
        if is_name(phrase) and len(phrase) <= _LONGEST_ITEM and not exhorts(frames.reader, phrase) and "：" not in phrase:
            yield from frames.claims(facet, s, item, Span(part.start, part.end), "defines.headed", parts=[item])
    if not parts and index + 1 < len(blocks) and blocks[index + 1].kind == "paragraph":
        yield from enumerated(frames, facet, s, Span(blocks[index].start, blocks[index].end), near=_NEAR)


def _body(reader: Reader, heading: Block) -> Span:
    """A heading without its number."""
    return after_lead(reader, Span(heading.start + len(heading.marker), heading.end))


def _marked(frames: Frames, heading: Block, parts: Sequence[Block]) -> tuple[str, Name] | None:
    """X的主要特征: the facet that its noun signals."""
    reader = frames.reader
    cue = next((cue for cue in reversed(reader.facet_cues_in(heading.start, heading.end)) if cue.end == heading.end), None)
    owner = heading_owner(reader, heading) if cue else None
    facets = reader.wording.noun_facets.get(cue.text, ()) if cue else ()
    if owner is None or not facets or facets[0] == "essence":
        return None
    if any(_PLAN.search(reader.text, part.start, part.end) for part in parts):
        return None  # what will be spoken of, not what marks X
    return facets[0], frames.concept(*owner)


def _counted(frames: Frames, heading: Block, parts: Sequence[Block]) -> tuple[str, Name] | None:
    """构建六大体系, with as many headings under it: its parts."""
    reader = frames.reader
    count = next((word for word in reader.words_in(_body(reader, heading)) if "counts" in word.signals), None)
    if count is None or _NUMERALS.find(count.text[0]) + 1 != len(parts):
        return None
    named = Span(count.start, heading.end)
    lead = reader.text[_body(reader, heading).start : count.start]
    good = is_name(clean(reader.text[slice(*named)])) and (not lead or reader.is_word(lead, "governing_verbs"))
    return ("element", reader.name(*named, "Concept")) if good else None


def _whole(frames: Frames, heading: Block) -> tuple[str, Name] | None:
    """X的保障体系; 本次修订的原则是什么？: a whole that has parts."""
    reader = frames.reader
    start, end = _body(reader, heading)
    asks = _ASKS.search(reader.text, start, end)
    end = asks.start() if asks else end
    phrase = clean(reader.text[start:end])
    whole = is_name(phrase) and _SHORTEST_WHOLE <= len(phrase) <= _LONGEST_ITEM and not exhorts(reader, phrase)
    if not whole or not reader.ends_in(phrase, "wholes") or not is_thing(reader, Span(start, end)):
        return None
    return "element", reader.name(start, end, "Concept")
