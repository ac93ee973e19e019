"""Views by which one thing is held to be another: 某国将数据视为生产要素; 某某把它称为…"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.extract.views.held import Held
from pipeline.extract.views.sayings import Sayings

_TAKES = re.compile("[将把](?=[^，。；！？\n]{2,60}?[视看当定界理称归概认等解喻])")
_NO_TAKING = re.compile("[即必终还也都就均或]$")  # 即将, 终将: no preposition


def regards(reader: Reader, sayings: Sayings) -> Iterator[Held]:
    """What a clause says its subject takes for something, in order."""
    text = reader.text
    for takes in _TAKES.finditer(text):
        at = takes.start()
        clause = reader.clause(at)
        start = max(clause.start, text.rfind(",", clause.start, at) + 1)
        if reader.is_aside(at) or at == start or _NO_TAKING.search(text[start:at]):
            continue
        verb = next((p for p in range(at + 3, clause.end - 3) if reader.word_at(p, "regard_verbs")), -1)
        found = sayings.subject(start, at) if verb > 0 else None
        if found and sayings.leads_to(found[0], at):
            yield Held(found[1], at, clause.end, "holds.regards")
