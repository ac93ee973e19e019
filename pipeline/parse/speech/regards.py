"""Views by which one thing is held to be another: 某国将数据视为生产要素; 某某把它称为…"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import Reader
from pipeline.model import Attribution
from pipeline.parse.speech.reports import Reports
from pipeline.patterns import lazy

_TAKES = lazy("[将把](?=[^，。；！？\n]{2,60}?[视看当定界理称归概认等解喻])")
_NO_TAKING = lazy("[即必终还也都就均或]$")  # 即将, 终将: no preposition


def regards(reader: Reader, reports: Reports) -> Iterator[Attribution]:
    """What a clause says its subject takes for something, in order."""
    text = reader.text
    for takes in _TAKES.finditer(text):
        at = takes.start()
        clause = reader.clause(at)
        start = max(clause.start, text.rfind(",", clause.start, at) + 1)
        if reader.is_aside(at) or at == start or _NO_TAKING.search(text[start:at]):
            continue
        verb = next((p for p in range(at + 3, clause.end - 3) if reader.word_at(p, "regard_verbs")), -1)
        found = reports.subject(start, at) if verb > 0 else None
        if found and reports.leads_to(found.end, at):
            yield Attribution(at, clause.end, found.holder, "regards")
