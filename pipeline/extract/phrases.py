"""Where a phrase begins and ends: clauses, lists, and the name inside a phrase.

Every extractor reads a document through a `Reader`; positions are offsets into the document's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from pipeline.annotate.words import reads_as_noun
from pipeline.extract.wording import wording
from pipeline.model import AnnotatedDocument, Block, Claim, Cue, Evidence, Mention, Name, Slot, Span
from pipeline.ontology import Ontology

# A short remark in brackets is stepped over as a whole: its commas bound no clause.
_BOUNDARY = re.compile(r"（[^（）。\n]{1,80}）|[，。；：！？\n【】]|——")
_CLAUSE_MARK = re.compile(r"[，。；：！？\n【】]|——")
_OPEN, _CLOSE = "“‘「《（([【", "”’」》）)]】"
# 和 and its kin, where they are no part of a word.
_SEPARATOR = re.compile(
    r"、|特别是|尤其是|(?<![共总饱缓温亲平随谐附])和(?![平谐解睦蔼])|(?<![参给授赋付])与(?!时俱进|会)|以及(?!其)|(?<![普涉以惠波触顾危遍])及(?![时其格])|及其"
    r"|(?<![抑])或(?![许者])|(?<=[\u4e00-\u9fff]{2})并(?=[\u4e00-\u9fff]{2})(?![举轨网购存列行重])|[“‘「《（(\[【]|[”’」》）)\]】]|\""
)
# A list whose last member is followed by the class: 人工智能、大数据等新一代信息技术.
_AND_SO_ON = re.compile(r"等(?![待级同于价额效式量])(?:一批|一系列|众多|多个|多种|各类|多项|为代表的|在内的|多方面的)?")
# Predicates over two things: what stands before them is one phrase, not a list.
_RECIPROCAL = re.compile(r"(?:统一|结合|融合|协调|协同|互动|并存|贯通|并重|促进|一体化?|衔接|匹配|共赢|平衡|兼顾)$")
_MODIFIER = re.compile(r"^[\u4e00-\u9fffA-Za-z0-9]{1,10}(?:性|型|式|化)的?$")
_ORDINAL = re.compile(r"^第[一二三四五六七八九十\d]{1,3}(?:次|代|个|批|轮|阶段)?$")
_LEAD = re.compile(
    r"^(?:[\s“”‘’\"「」*]|的|了|着|(?:也|就|都|还|更|则|即|仅|只|既|不仅|而是|正|并|又|而|且|主要|必须|应当|应该|能够|可以|已经?|正在|一定|始终|特别)(?=是)是?|更加|一批|一些|一种|一个|一项|一条|一系列|一大批|某种|所谓|这一|这种|这些|这个|那些|该(?!项)"
    r"|其(?!他|中|余)|各类(?!别)|各种|各个|例如|比如|譬如|尤其是|特别是|包括|我们的)+"
)
_TAIL = re.compile(r"(?:[\s“”‘’\"「」*]|的|等(?:方面|领域|环节|内容|形式|要素)?|之一|在内|方面|上|中|里|而|所在)+$")
# A phrase that starts so is no name.
_NOT_A_NAME = re.compile(
    r"^(?:我们|他们|它们|大家|人们|本文|本章|这|那|此|如果|因为|由于|虽然|尽管|但|而|且|或|也|又|再|就|都|只|不(?!可|同|锈|动产|良)|没有|无论|通过|根据|按照|随着|为了|对于|关于|从|在|把|被|将|使|让|向|于|以(?!色列)|与此|当前|目前|近年来|长期|同时|一方面|另一方面|首先|其次|最后|第[一二三四五六七八九十]，)"
)


class Reader:
    """One document, with what extractors ask of it: clauses, sentences, mentions, names, claims."""

    def __init__(self, annotated: AnnotatedDocument, ontology: Ontology) -> None:
        self.annotated = annotated
        self.ontology = ontology
        self.wording = wording(ontology)
        self.document = annotated.document
        self.text = self.document.text
        marks = [match.span() for match in _BOUNDARY.finditer(self.text) if not match[0].startswith("（")]
        self._boundaries = [start for start, _ in marks]
        self._boundary_ends = [end for _, end in marks]
        self._sentence_starts = [span.start for span in annotated.sentences]
        self._block_starts = [block.start for block in self.document.blocks]
        self._mention_starts = [mention.start for mention in annotated.mentions]

    # Where am I?

    def clause(self, position: int) -> Span:
        """The clause around `position`, without the marks that bound it."""
        index = bisect_left(self._boundaries, position)
        start = self._boundary_ends[index - 1] if index else 0
        end = self._boundaries[index] if index < len(self._boundaries) else len(self.text)
        return Span(start, max(start, end))

    def next_clause(self, position: int) -> Span:
        """The clause after the one that ends at `position`."""
        return self.clause(min(position + 1, len(self.text)))

    def sentence(self, position: int) -> Span:
        """The sentence around `position`."""
        index = max(0, bisect_right(self._sentence_starts, position) - 1)
        return self.annotated.sentences[index]

    def block(self, position: int) -> Block:
        """The block around `position`."""
        return self.document.blocks[self.block_index(position)]

    def block_index(self, position: int) -> int:
        """Its index in the document's blocks."""
        return max(0, bisect_right(self._block_starts, position) - 1)

    def headings(self, position: int) -> Iterator[Block]:
        """The headings over `position`, the nearest first."""
        parent = self.block(position).parent
        while parent >= 0:
            yield self.document.blocks[parent]
            parent = self.document.blocks[parent].parent

    # What is named here?

    def mentions(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie within text[start:end]."""
        first = bisect_left(self._mention_starts, start)
        last = bisect_left(self._mention_starts, end, first)
        return [mention for mention in self.annotated.mentions[first:last] if mention.end <= end]

    def inside_name(self, cue: Cue) -> bool:
        """Whether a cue is part of a longer name: 发展 in 发展改革委, 要素 in 数据要素, a verb in a title."""
        return cue.start in self._cues_inside_names

    @cached_property
    def _cues_inside_names(self) -> frozenset[int]:
        starts = [cue.start for cue in self.annotated.cues]
        inside = set()
        for mention in self.annotated.mentions:
            if mention.kind == "quoted":
                continue
            for index in range(bisect_left(starts, mention.start), bisect_left(starts, mention.end)):
                cue = self.annotated.cues[index]
                if cue.end <= mention.end and cue.end - cue.start < mention.end - mention.start:
                    inside.add(cue.start)
        return frozenset(inside)

    @cached_property
    def known_names(self) -> dict[str, Mention]:
        """Names of the vocabularies that this document mentions."""
        return {self.text[m.start : m.end]: m for m in self.annotated.mentions if m.term}

    def is_noun_phrase(self, start: int, end: int) -> bool:
        """Whether the words of text[start:end] make one noun phrase; looks at the words only where no vocabulary answers."""
        phrase = self.text[start:end]
        return phrase in self.known_names or reads_as_noun(phrase)

    # What does it say?

    def name(self, start: int, end: int, kind: str, *, label: str | None = None) -> Name:
        """The name in text[start:end]; `label` where a reader would call it something shorter."""
        text = clean(self.text[start:end])
        label = label or text
        mention = self.known_names.get(label)
        term = mention.term if mention else None
        aliases = tuple(bare for bare in [without_brackets(label)] if bare != label)
        return Name(label, mention.kind if mention and kind == "Concept" else kind, text, aliases, term)

    def claim(
        self, relation: str, slots: dict[str, Slot], start: int, end: int, rule: str, confidence: float, facet: str | None = None, *, planned: bool = False
    ) -> Claim:
        """A claim with the evidence text[start:end]."""
        span = self.document.offsets.span_to_source(start, end)
        evidence = Evidence(span.start, span.end, self.document.source[span.start : span.end])
        holder = self.holder(start, end)
        return Claim(self.document.name, relation, slots, evidence, rule, confidence, facet, holder, planned)

    def holder(self, start: int, end: int) -> Name | None:
        """The one to whom the document ascribes text[start:end], if any."""
        for attribution in self.annotated.attributions:
            if attribution.start <= start and end <= attribution.end:
                return Name(attribution.holder.strip("《》"), "Person" if attribution.holder[0] != "《" else "Policy", attribution.holder)
            if attribution.start > end:
                break
        return None


def clean(phrase: str) -> str:
    """A phrase without the marks around it: quotation marks, title marks, spaces, emphasis."""
    return phrase.strip(" 　\n*“”‘’\"「」《》〈〉、，,;；:：.．。-—")


def without_brackets(phrase: str) -> str:
    """A phrase without a remark in brackets: 无人驾驶航空器（无人机） → 无人驾驶航空器."""
    return re.sub(r"[（(][^（）()]*[）)]", "", phrase) or phrase


def trim(text: str, start: int, end: int) -> Span:
    """text[start:end] without determiners and adverbs before it, and 等, 的, 之一 after it."""
    phrase = text[start:end]
    lead = _LEAD.match(phrase)
    begin = lead.end() if lead else 0
    tail = _TAIL.search(phrase, begin)
    stop = tail.start() if tail else len(phrase)
    return Span(start + begin, start + max(begin, stop))


def is_name(phrase: str) -> bool:
    """Whether a phrase could be a name at all: some letters, no clause marks, no opening that belongs to a sentence."""
    return 2 <= len(phrase) <= 40 and not _NOT_A_NAME.match(phrase) and not _CLAUSE_MARK.search(without_brackets(phrase))


def split_list(reader: Reader, start: int, end: int) -> tuple[list[Span], Span | None]:
    """The members of the list in text[start:end], and the class that follows them after 等, if any."""
    text = reader.text
    group = None
    and_so_on = None
    for and_so_on in _AND_SO_ON.finditer(text, start, end):
        pass
    if and_so_on and and_so_on.end() < end:
        group = trim(text, and_so_on.end(), end)
        end = and_so_on.start()
    parts = _split(reader, start, end)
    return [span for span in (trim(text, *part) for part in _share_head(text, parts)) if span.end > span.start], group


def _split(reader: Reader, start: int, end: int) -> list[Span]:
    text = reader.text
    reciprocal = bool(_RECIPROCAL.search(text[start:end]))
    covered = [(m.start, m.end) for m in reader.mentions(start, end) if m.term] if "和" in text[start:end] or "与" in text[start:end] else []
    parts, depth, begin, quoted = [], 0, start, False
    for match in _SEPARATOR.finditer(text, start, end):
        mark = match[0]
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth = max(0, depth - 1)
            if mark == "”" and depth == 0 and text[match.end() : match.end() + 1] == "“":
                parts.append(Span(begin, match.end()))
                begin = match.end()
        elif mark == '"':
            quoted = not quoted
            if not quoted and text[match.end() : match.end() + 1] == '"':
                parts.append(Span(begin, match.end()))
                begin = match.end()
        elif depth == 0 and not quoted and (mark == "、" or not reciprocal and not any(a < match.start() < b for a, b in covered)):
            if mark == "、" or (match.start() - begin >= 2 and _stands_alone(text[begin : match.start()], text[match.end() : end])):
                parts.append(Span(begin, match.start()))
                begin = match.end()
    parts.append(Span(begin, end))
    return [part for part in parts if part.end > part.start]


_BARE_ACTION = re.compile(r"^(?:的)?(?:发展|利用|建设|管理|服务|应用|创新|保护|使用|推广|培育|运营|改造|治理|合作|开发|制造|示范|修复|监管|维护|交易)$")


def _stands_alone(first: str, rest: str) -> bool:
    """资源保护和利用, 科技的进步与迭代: what follows 和 shares the first part's modifier, and is no member of its own."""
    return len(rest) >= 2 and not _BARE_ACTION.match(rest) and not ("的" in first and len(rest) <= 3)


def _share_head(text: str, parts: list[Span]) -> list[Span]:
    """首创性、根本性和颠覆性的科技创新 is one phrase: its first members only modify the head of the last."""
    if len(parts) < 2:
        return parts
    *first, last = parts
    if _ORDINAL.match(text[parts[0].start : parts[0].end].strip()):
        return [Span(parts[0].start, last.end)]  # 第一次和第二次工业革命
    if all(_MODIFIER.match(text[a:b].strip()) for a, b in first):
        head = re.match(r"[\u4e00-\u9fff]{1,10}?(?:性|型|式|化)的?(?=[\u4e00-\u9fff]{2})", text[last.start : last.end])
        if head:
            return [Span(first[0].start, last.end)]
    return parts
