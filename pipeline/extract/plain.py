"""Relations that rules alone read: each file of ontology/grammar/ that bears the name of a property says what states it.

class – includes – member is one: 战略性新兴产业包括…; 以…为代表的信息技术; 人工智能、大数据等新一代信息技术. The class is an
industry, a field of technology, a kind of infrastructure or of policy instrument; the parts of a concept are `defines`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.grammar.fill import filled
from pipeline.model import Claim


def claims(reader: Reader, relation: str) -> Iterator[Claim]:
    """Every pair of s and o that the rules of a relation read in the document, in the order of its text."""
    for reading in filled(reader, relation):
        for s in reading.slots.get("s", ()):
            for o in reading.slots.get("o", ()):
                if o.label != s.label:
                    yield reader.claim(relation, {"s": s, "o": o}, reading.start, reading.end, reading.rule.name)
