"""Whose words stand there, told by no verb of saying: 按照张三的部署要求，“…”; 正如张三所说，…; 在张三看来，…"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.model import Attribution
from pipeline.parse.speech.holders import Holders
from pipeline.parse.speech.spoken import quotation
from pipeline.patterns import lazy

_WHO = r"(?P<who>[^，。；：！？\n“”]{2,30}?)"
_BY_WORDS = lazy(
    rf"(?:[按依遵]照|根据|遵循|贯彻|落实|牢记){_WHO}(?:(?:关于|对)[^，。；：！？\n“”]{{2,30}}?)?的(?P<words>[^，。；：！？\n“”的]{{2,8}})[，：,:]?(?=[“\"「])"
)
_AS_SAID = lazy(rf"[正诚恰一]?如{_WHO}所(?:说|言|讲|述|指出|强调)的?(?:那样)?[，：,:]")
_AS_SEEN = lazy(rf"(?<![存正所现])在{_WHO}(?:看来|眼[里中])，")
_AS_PUT = lazy(rf"用{_WHO}的话来?[说讲][，：,:]")


def worded(reader: Reader, holders: Holders) -> Iterator[Attribution]:
    """The quotation that follows whose words are named, or what is said to the end of its sentence."""
    text = reader.text
    for pattern in (_BY_WORDS, _AS_SAID, _AS_SEEN, _AS_PUT):
        for found in pattern.finditer(text):
            orders = found.groupdict().get("words")
            if reader.is_aside(found.start()) or (orders and not reader.ends_in(orders, "voiced_in")):
                continue
            said = quotation(text, found.end())
            end = said.end if said else reader.sentence(found.start()).end
            who = holders.read(*found.span("who")) if (said or not orders) and end > found.end() else None
            if who:
                yield Attribution(found.end(), end, who, "worded")
