"""class – includes – member: 战略性新兴产业包括…; 以…为代表的信息技术; 人工智能、大数据等新一代信息技术.

The class is an industry, a field of technology, a kind of infrastructure or of policy instrument; the parts of a concept are
`defines`. What says so is in ontology/grammar/includes.toml.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.grammar.fill import filled
from pipeline.model import Claim


def claims(reader: Reader) -> Iterator[Claim]:
    """Every member of a class that the document names, in the order of its text."""
    for reading in filled(reader, "includes"):
        for s in reading.slots["s"]:
            for o in reading.slots["o"]:
                if o.label != s.label:
                    yield reader.claim("includes", {"s": s, "o": o}, reading.start, reading.end, reading.rule.name)
