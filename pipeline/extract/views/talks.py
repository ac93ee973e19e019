"""Views in the record of a talk: the turns of those who speak by name, as far as they call for something or judge it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from pipeline.extract.reader import Reader
from pipeline.extract.views.cutting import views_in
from pipeline.extract.views.held import Held
from pipeline.extract.views.holders import Holders
from pipeline.model import Name, Span

_TURN = re.compile(r"(?P<who>[^：:，,。；！？\n《》“”]{2,40}?)\s*[：:]")
_CALLS = re.compile(r"(?:^|[，,])[^，,]{0,16}?(?<![主重需只])要(?![求素点闻件害塞领么是])")
_JUDGED = re.compile("[是有].{2,20}$")
_HOSTS = ("记者", "主持人", "问")
_LONGEST_WHO = 16  # characters of a name with its office
_TURNS = 3  # a record has so many at least


def talked(reader: Reader, holders: Holders, told: Container[Span]) -> Iterator[Held]:
    """What the speakers of a record call for or judge, in order; nothing where the document is none, nor in the sentences of
    `told`, where they give the words of others."""
    blocks = reader.document.blocks
    turns = [_TURN.match(reader.text, block.start, block.end) for block in blocks]
    if sum(turn is not None for turn in turns) < _TURNS:
        return
    speakers = [_speaker(reader, holders, turn) if turn else None for turn in turns]
    if sum(speaker is not None for speaker in speakers) < _TURNS:
        return
    who: Name | None = None
    for block, turn, speaker in zip(blocks, turns, speakers, strict=True):
        who = speaker or (None if turn and len(turn["who"]) <= _LONGEST_WHO else who)
        if who and block.kind in ("paragraph", "list_item"):
            start = turn.end() if turn and speaker else block.start
            for sentence in _sentences(reader, start, block.end):
                if sentence not in told and reader.text[sentence.end - 1] not in "？?":
                    yield from _judged(reader, who, sentence)


def _sentences(reader: Reader, start: int, end: int) -> Iterator[Span]:
    while start < end:
        sentence = reader.sentence(start)
        yield Span(start, min(sentence.end, end)) if sentence.start < start else sentence
        start = max(sentence.end, start + 1)


def _judged(reader: Reader, who: Name, sentence: Span) -> Iterator[Held]:
    for view in views_in(reader, *sentence):
        judges = _JUDGED.search(view.label) and reader.ends_in(view.label, "view_judges")
        if judges or _CALLS.search(view.label) or reader.holds(view.label, "speech_calls"):
            yield Held(who, view.start, view.end, "holds.talked")


def _speaker(reader: Reader, holders: Holders, turn: re.Match[str]) -> Name | None:
    """Who speaks in a turn, by name; None for who asks."""
    if turn["who"].endswith(_HOSTS):
        return None
    found = holders.read(*turn.span("who"))
    return found if found and found.kind == "Person" and found.label in turn["who"] and not found.label.isascii() else None
