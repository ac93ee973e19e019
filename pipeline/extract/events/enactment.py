"""The document's own 通过, 印发 and 施行, where it is a regulation, a plan or measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.events.slots import event
from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.model import Claim, DateMention, Name, Span

PASSED = re.compile(
    r"(?P<body>[\u4e00-\u9fff第一二三四五六七八九十百〇零]{4,60}?(?:会议|大会))(?:修订|修正)?(?:表决)?(?P<how>通过|批准)"
)
_IN_FORCE = re.compile(r"(?:自|从)?(?:(?P<published>公布|发布|印发|颁布)之日)?起?(?:正式)?(?:施行|实施|执行|生效)")


def enactment(reader: Reader) -> Iterator[Claim]:
    """通过, 印发 and 施行 of the document that speaks."""
    document, text = reader.document, reader.text
    if document.title is None or document.kind not in ("regulation", "measures", "plan"):
        return
    title = clean(document.title)
    for date in reader.annotated.dates:
        if date.value is None or date.precision != "day":
            continue
        clause = reader.clause(date.start)
        passed = PASSED.search(text[date.end : min(date.end + 90, len(text))])
        if passed and passed.start() <= 6:
            body = Name(clean(passed["body"]), "Body", passed["body"])
            quote = Span(date.start, date.end + passed.end())
            name = Name(f"{passed['how']}{title}", "Event", text[quote.start : quote.end], (f"{title}{passed['how']}", title))
            yield event(reader, name, date, (), body, quote, "event.passed", 0.95)
            meeting = re.sub(r"^[\u4e00-\u9fff]+?常务委员会(?=第)", lambda m: m[0], passed["body"])
            yield event(reader, Name(clean(meeting), "Event", passed["body"]), date, (), None, quote, "event.passed_at", 0.92)
            continue
        in_force = _IN_FORCE.match(text[date.end : date.end + 20].lstrip("，"))
        if in_force and "自" in text[max(clause.start, date.start - 3) : date.start]:
            name = Name(f"{title}施行", "Event", text[clause.start : clause.end], ("施行", f"实施{title}"))
            yield event(reader, name, date, (), None, Span(clause.start, clause.end), "event.in_force", 0.95)
    issued = _issued(reader)
    if issued:
        date, issuer = issued
        name = Name(
            f"印发{title}", "Event", text[date.start : date.end], (f"发布{title}", f"{title}印发", f"{title}发布", f"颁布{title}")
        )
        agent = Name(issuer, "Body", issuer) if issuer else None
        yield event(reader, name, date, (), agent, Span(date.start, date.end), "event.issued", 0.9)


def _issued(reader: Reader) -> tuple[DateMention, str | None] | None:
    """The date of issue: the signature of the notice, or the field that names it."""
    if reader.document.date is None:
        return None
    for date in reader.annotated.dates:
        if date.value == reader.document.date and not PASSED.search(reader.text[date.end : date.end + 90]):
            return date, reader.document.issuer
    return None
