"""What is said: the stretch that a verb of saying governs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.reader import Reader
from pipeline.model import Attribution, Name, Span
from pipeline.patterns import lazy

if TYPE_CHECKING:
    from pipeline.parse.speech.reports import Report

_QUOTES = {"“": "”", '"': '"', "「": "」"}
_AGAIN = {opening: lazy(f"[，、；和及]?{opening}") for opening in _QUOTES}
_MARK = lazy(r"[，：:,]?\s*")
_AFTER_QUOTE = "，。；、！？（(\n①②③④⑤⑥⑦⑧⑨⑩ [”:：,;"
_OTHERS = lazy(
    r"[；;]\s*(?P<title>《)|[；;]\s*[\u4e00-\u9fffA-Za-z·、 ]{2,24}?"
    r"(?:\s*(?P<mark>[\[［]\d|[（(](?:19|20)\d\d[a-z]?[）)])|等人?(?:学者)?(?P<others>\s*[\[［\d])?)"
)
_OF_SCHOLARS = ("view_verbs", "call_verbs", "method_verbs")  # classes of verbs that tell what scholars say and do
_ENDS_SPEECH = "，。！？,.…"
UNNAMED = "unnamed"  # how some say something of whom only this is told: 有学者认为
_CALLS = ("要", "应", "将", "是")  # what makes a clause of what follows it
_SPEECH = 1500  # characters of the longest quotation
_SHORT = 6  # characters of a quotation that is a name, with its marks
_LONGEST_CLAUSE = 90  # characters of a clause of prose


def after_mark(text: str, position: int) -> int:
    """Where what is said begins, past the mark behind the verb."""
    found = _MARK.match(text, position)
    return found.end() if found else position


def quotation(text: str, start: int) -> Span | None:
    """The quotation that begins at `start`, with those that follow it; None where none does or it does not end."""
    opening = text[start : start + 1]
    closing = _QUOTES.get(opening)
    if closing is None:
        return None
    end = text.find(closing, start + 1, start + _SPEECH) + 1
    while end > 0 and (more := _AGAIN[opening].match(text, end)):
        after = text.find(closing, more.end(), more.end() + _SPEECH) + 1
        if not after:
            break
        end = after
    return Span(start, end) if end > 0 else None


def said(reader: Reader, sentence: Span, reports: Sequence[Report], quoted: int) -> Iterator[Attribution]:
    """What each report of a sentence says; up to `quoted` the text is taken by a quotation before."""
    for index, report in enumerate(reports):
        holder = report.holder or report.unnamed
        if holder is None:
            continue
        until = reports[index + 1].clause if index + 1 < len(reports) else sentence.end
        before = _quoted_before(reader, report, quoted) if index == 0 and report.holder else None
        if before:
            yield Attribution(before.start, before.end, holder, "quoted_before")
        found = _content(reader, min(until, sentence.end), report, holder)
        if found:
            yield found if report.holder else found._replace(how=UNNAMED)


def _quoted_before(reader: Reader, report: Report, floor: int) -> Span | None:
    """“…”李四说: the quotation that ends before the subject."""
    text, at = reader.text, report.clause
    while at > 0 and text[at - 1] in "，, ":
        at -= 1
    if _are_apart(reader, at, report.clause):
        return None  # the speaker of the next paragraph
    if at <= max(floor, 1) or text[at - 1] != "”" or text[at - 2] not in _ENDS_SPEECH:
        return None
    start = text.rfind("“", max(reader.block(report.clause).start, at - _SPEECH), at)
    return Span(start, at) if start >= 0 and at - start > _SHORT + 2 else None


def _are_apart(reader: Reader, end: int, start: int) -> bool:
    """Whether the source has a gap between what ends and what begins there, which the text has closed: …。”  某某说，"""
    to_source, source = reader.document.offsets.to_source, reader.document.source
    return end > 0 and len(source[to_source(end - 1) + 1 : to_source(start)].strip("，,")) > 1


def _content(reader: Reader, until: int, report: Report, holder: Name) -> Attribution | None:
    text = reader.text
    start = after_mark(text, report.verb.end)
    quoted = quotation(text, start)
    if quoted and quoted.end - quoted.start > _SHORT and _is_said(reader, quoted):
        return Attribution(*quoted, holder, "quoted")
    until = _before_others(reader, start, until)
    if until <= start:
        return None
    marked = text[report.verb.end] in "，：:,"
    elided = report.clause == report.verb.start and not reader.is_word(text[slice(*report.verb)], "opining_verbs")
    strict = report.weak or elided
    if not marked and not _is_clause(reader, start, until, strict):
        return None
    return Attribution(start, until, holder, "called_for" if report.weak else "said")


def _before_others(reader: Reader, start: int, end: int) -> int:
    """Where what is said ends at the latest: before a half of its sentence that is of others: ；李某等[6]…, ；《渔港条例》…."""
    for found in _OTHERS.finditer(reader.text, start, end):
        if found["title"] or found["mark"] or found["others"] or any(reader.word_at(found.end(), name) for name in _OF_SCHOLARS):
            return found.start()
    return end


def _is_said(reader: Reader, said: Span) -> bool:
    """Whether a quotation is all that is said, not the name of a thing in it: “一网通办”改革."""
    after = reader.text[said.end : said.end + 1] or "\n"
    says = any(token.tag[0] == "v" for token in reader.tokens(said.start + 1, said.end - 1))
    return after in _AFTER_QUOTE or (after != "的" and says)


def _is_clause(reader: Reader, start: int, end: int, strict: bool) -> bool:
    """Whether text[start:end] begins with a clause; after a verb that governs things, too, one that opens as no noun does."""
    clause = reader.clause(start)
    if clause.end - start > _LONGEST_CLAUSE:
        return False  # a headline and what was glued to it
    tokens = reader.tokens(start, min(clause.end, end))
    if not strict or not tokens:
        return any(token.tag[0] in "vad" for token in tokens)
    words = [reader.text[token.start : token.end] for token in tokens]
    if any(word in _CALLS or reader.is_word(word, "modals") or reader.is_word(word, "must") for word in words):
        return True
    nominal = tokens[-1].tag[0] == "n" and "的" in words
    relates = reader.is_word(words[0], "some_holders") or reader.is_word(words[0], "links")  # 相关提案
    return tokens[0].tag in ("v", "d", "p") and not nominal and not relates
