"""What is said on in the sentences after the one with the verb: in the news, and where a court gives its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.reader import Reader
from pipeline.model import Attribution, Name, Span
from pipeline.parse.sayings import tells
from pipeline.parse.speech.reports import Report
from pipeline.patterns import lazy

_CALLS = lazy(r"(?:^|[，；\s])[\u4e00-\u9fff、]{0,14}?(?<![主重需只])要(?![求素点闻件害塞领])")
_FIGURE = lazy(r"\d+(?:\.\d+)?(?:%|％|亿|万|个|条|家|公里)")


class Carried:
    """Who speaks on, from sentence to sentence."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._is_news = reader.document.kind == "news"
        self._who: Name | None = None
        self._until = 0

    def after(self, sentence: Span, reports: Sequence[Report], own: Sequence[Attribution]) -> Iterator[Attribution]:
        """The sentence as said by who spoke before it, where it has no report of its own."""
        if reports:
            self._who = reports[-1].holder if own and own[-1].how in ("said", "called_for") else None
            self._until = self._reach(sentence, reports[-1], self._who) if self._who else 0
        elif self._who and sentence.start < self._until and self._told_by_another(sentence):
            self._who = None
        elif self._who and sentence.start < self._until:
            yield Attribution(sentence.start, sentence.end, self._who, "carried")

    def _told_by_another(self, sentence: Span) -> bool:
        """Whether someone whose name is not read speaks in a sentence: …指出，"""
        text = self._reader.text
        places = self._reader.word_places(*sentence, "view_verbs")
        return any(text[at + size] in "，：" for at, size in places if at + size < sentence.end)

    def _reach(self, sentence: Span, report: Report, holder: Name) -> int:
        """How far a report carries; 0 for not at all."""
        reader, text = self._reader, self._reader.text
        if holder.kind == "Body" and holder.label.endswith("院") and text[report.verb.end] in "：:":
            return self._section_end(sentence)
        carries = reader.is_word(text[slice(*report.verb)], "carrying_verbs") and holder.kind in ("Person", "Event")
        return self._last_call(sentence) if self._is_news and carries else 0

    def _last_call(self, sentence: Span) -> int:
        """The end of the last sentence of the paragraph that calls for something, before one that tells of something."""
        reader = self._reader
        block, at = reader.block(sentence.start), sentence.end
        end = at
        while at < block.end:
            span = reader.sentence(at)
            body = reader.text[slice(*span)]
            if body[:1] == "“" or span.end <= at or tells(body) or _FIGURE.search(body):
                break
            at = span.end
            if _CALLS.search(body) or reader.holds(body, "speech_calls"):
                end = at
        return end

    def _section_end(self, sentence: Span) -> int:
        """Where the last block before the next heading ends."""
        blocks = self._reader.document.blocks
        index = self._reader.block_index(sentence.start) + 1
        while index < len(blocks) and blocks[index].kind not in ("heading", "title"):
            index += 1
        return blocks[index - 1].end
