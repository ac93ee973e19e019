"""Names and cues stand at the edges of words: 均衡水平 holds no city 衡水, 项目的 no 目的, 跨国企业 no 国企.

The words are those of the segmenter. It joins as well what is two words (中国政府, 新疆生产建设兵团), and errs over names that
it does not know: so only short stretches are judged, and only where a word runs into them from the left or closes around them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import accumulate

from pipeline.annotate.words import cutter
from pipeline.grammar.rules import HIDDEN
from pipeline.lexicon import Lexicon
from pipeline.model import Cue, Mention

_LONGEST_JUDGED = 3
# Words that the segmenter sees where there are two: 以A为|主线, 加|大模型.
_TWO_WORDS = frozenset(("为主", "加大"))


class WordEdges:
    """Where the words of one text begin; what stands before a word of the class addressed is no place: 同|江先生."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._addressed = lexicon.get("addressed", ())
        self._starts = list(accumulate(map(len, cutter()(text)), initial=0))
        self._begins = frozenset(self._starts)

    def names(self, found: Iterable[Mention], find: Callable[[str], Iterable[Mention]]) -> list[Mention]:
        """Of the mentions found those that are words; where one is none, what `find` has in its place."""
        kept: list[Mention] = []
        spoiled = -1
        for mention in found:
            if spoiled >= 0:
                kept += self._instead(spoiled, mention.start, find)
                spoiled = -1
            if self._is_name(mention):
                kept.append(mention)
            else:
                spoiled = mention.start + 1
        if spoiled >= 0:
            kept += self._instead(spoiled, spoiled + _INSTEAD, find)
        return kept

    def cues(self, found: Iterable[Cue], find: Callable[[str], Iterable[Cue]], names: Iterable[Mention] = ()) -> list[Cue]:
        """Those of the cues that are words, and what `find` has in place of those that are none: 成为 in 结构成为, not 构成.

        One that begins where one of the `names` ends is one, for the segmenter's words are not those of a name that it does not
        know.
        """
        edges = self._begins.union([mention[1] for mention in names])
        kept: list[Cue] = []
        end = 0
        for cue in found:
            if cue[0] < end:  # one found anew goes over it
                continue
            if self._is_cue(cue, edges):
                kept.append(cue)
            else:
                kept += self._cues_within(cue, find, edges)
                end = kept[-1][1] if kept else 0
        return kept

    def _is_cue(self, cue: Cue, edges: Container[int]) -> bool:
        return cue[0] in edges or cue[1] - cue[0] > 2 or self._cuts(cue[0], cue[1]) not in ("into", "within")

    def _cues_within(self, spoiled: Cue, find: Callable[[str], Iterable[Cue]], edges: Container[int]) -> Iterator[Cue]:
        """Cues that begin with a word within a cue that was none, and reach over its end unless it only hides others."""
        start = spoiled[0] + 1
        for cue in find(self._text[start : start + _INSTEAD]):
            moved = cue._replace(start=cue[0] + start, end=cue[1] + start)
            reaches = moved[1] > spoiled[1] or HIDDEN in spoiled[3]
            if reaches and moved[0] < spoiled[1] and moved[0] in self._begins and self._is_cue(moved, edges):
                yield moved

    def _instead(self, start: int, end: int, find: Callable[[str], Iterable[Mention]]) -> list[Mention]:
        """Names in the stretch from within a name that was none to the next: 化妆品 for 通化 in 普通化妆品."""
        stretch = self._text[start : min(end, start + _INSTEAD)]
        moved = [mention._replace(start=mention.start + start, end=mention.end + start) for mention in find(stretch)]
        return [mention for mention in moved if self._is_name(mention)]

    def _is_name(self, mention: Mention) -> bool:
        start, end, kind = mention[:3]
        if kind == "Place" and self._text.startswith(self._addressed, end):
            return False
        if end - start > _LONGEST_JUDGED:
            return True
        cut = self._cuts(start, end)
        if cut == "into":
            return end - start > 2 and kind != "Place" and not self._runs_on(end)
        if cut == "ends":  # 云台山 is no 台山, 第九章 no 九章; but 中国民航 has 民航
            return not (kind == "Place" and self._into(start) == 1) and not (kind in ("Technology", "Body") and end - start == 2)
        return cut != "within"

    def _cuts(self, start: int, end: int) -> str:
        """How a word cuts the stretch off: it runs "into" it, it "ends" with it, it holds it "within"; "" where none does."""
        index = bisect_right(self._starts, start) - 1
        first, last = self._starts[index], self._starts[index + 1]
        if (
            first == start
            or self._text[first:last] in _TWO_WORDS
            or (self._text[start - 1].isdigit() or "." in self._text[first:start])
        ):
            return ""
        return "into" if last < end else "ends" if last == end else "within"

    def _into(self, position: int) -> int:
        """How far into its word `position` is."""
        return position - self._starts[bisect_right(self._starts, position) - 1]

    def _runs_on(self, end: int) -> bool:
        return end < self._starts[-1] and self._into(end) > 0


_INSTEAD = 12  # characters looked at after a name that was none
