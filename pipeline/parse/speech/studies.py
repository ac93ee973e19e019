"""Views by the works cited for them: …（张三，2021）"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.reader import Reader
from pipeline.model import Attribution, Span
from pipeline.parse.speech.reports import Report
from pipeline.parse.speech.works import study_of
from pipeline.patterns import lazy

_CITED = lazy(
    r"[（(](?P<names>[^（）()\d]{2,60}?)[，,]\s*(?P<year>(?:1[89]|20)\d{2}[a-z]?)(?P<more>[；;][^（）()]{2,120})?[）)]"
)

_ENDS_CLAUSE = lazy(r"[\s”’]*(?:[，。；：！？、,;.…)）①-⑳]|\[|$)|\s*\n")


def cited(reader: Reader, sentence: Span, reports: Sequence[Report]) -> Iterator[Attribution]:
    """What stands before a work in brackets, from the work before it on; past a verb of saying whose subject is nobody.
    What another is said to say there is not said again."""
    at = sentence.start
    for found in _CITED.finditer(reader.text, *sentence):
        report = next((report for report in reports if at <= report.clause < found.start()), None)
        holder = study_of(found["names"], found["year"], found[0])
        if not _ENDS_CLAUSE.match(reader.text, found.end()) or _says_itself(reader, at, found.start()):
            pass  # 经济学家韦某（Weber，2018）对…: the name of one who does something; 本文认为…: the work only bears it out
        elif report is None:
            yield Attribution(at, found.start(), holder, "cited")
        elif report.holder is None:
            yield Attribution(report.verb.end, found.start(), holder, "some")
        at = found.end()


def _says_itself(reader: Reader, start: int, end: int) -> bool:
    """Whether a clause of text[start:end] says what the document holds itself: 本文认为, 我们发现."""
    for at, size in reader.word_places(start, end, "own_words"):
        opens = at <= start or reader.clause(at).start == at or reader.word_before(at, "view_openers", start) > 0
        verb = at + size + reader.word_at(at + size, "report_adverbs")
        if opens and (reader.word_at(verb, "opining_verbs") or reader.word_at(verb, "finding_verbs")):
            return True
    return False
