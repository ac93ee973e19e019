"""The record of a talk: the turns of those who speak by name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from pipeline.extract.reader import Reader
from pipeline.model import Attribution, Name, Span
from pipeline.parse.speech.holders import Holders
from pipeline.patterns import lazy

_TURN = lazy(r"(?P<who>[^：:，,。；！？\n《》“”]{2,40}?)\s*[：:]")
_LONGEST_WHO = 16  # characters of a name with its office
_TURNS = 3  # a record has so many at least


def talked(reader: Reader, holders: Holders, told: Container[Span]) -> Iterator[Attribution]:
    """What the speakers of a record say, sentence by sentence; nothing where the document is none, nor in the sentences of
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
                    yield Attribution(*sentence, who, "talked")


def _sentences(reader: Reader, start: int, end: int) -> Iterator[Span]:
    while start < end:
        sentence = reader.sentence(start)
        yield Span(start, min(sentence.end, end)) if sentence.start < start else sentence
        start = max(sentence.end, start + 1)


def _speaker(reader: Reader, holders: Holders, turn: re.Match[str]) -> Name | None:
    """Who speaks in a turn, by name; None for who asks."""
    if reader.ends_in(turn["who"], "askers"):
        return None
    found = holders.read(*turn.span("who"))
    return found if found and found.kind == "Person" and found.label in turn["who"] and not found.label.isascii() else None
