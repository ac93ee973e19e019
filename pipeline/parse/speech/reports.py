"""Who says something, by a verb of saying: 张三认为, …; 会议指出，…; “…”，李四说。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.annotate.tokens import Token
from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.extract.wording import Wording
from pipeline.model import Name, Span
from pipeline.parse.speech.holders import Holders
from pipeline.parse.speech.spoken import after_mark, quotation
from pipeline.parse.speech.works import ARTICLE
from pipeline.patterns import lazy
from pipeline.surnames import SURNAMES

_NO_OBJECT = lazy(r"了(?!要|应)|[过者权的法谢服唱话客来起]|到(?!\d)")  # what follows a word that is no verb of saying there
_IN = lazy(r"(?:时|上|中|里|后|期间|前|之际|会上|来看|而言|以来)(?=[\u4e00-\u9fff《A-Z“])")
_IN_A_WORK = lazy("《[^《》]+》(?=[中里])")  # 在2031年印发的|《某纲要》中明确指出
_IN_OPENS = "在当从据就对针"
_BRACKETED = lazy(r"[\[【][^\[\]【】]{1,10}[\]】]")
_NUMBERED = lazy(r"[一二三四五六七八九十]{1,3}、|\d{1,2}[、.．](?!\d)")
_AROUND = ' 　“”"（(#*'
_AFTER_SUBJECT = "dpcvatzlifu"  # tags of the words that may follow the subject, before the verb
_NO_END = "pcuyd"  # tags of words that end no name
_OF_MANNER = ("d", "c", "t", "z", "l", "i", "a", "m", "q", "x", "ad", "vd", "uv", "an", "zg")  # tags of adverbs and the like
_NAMING = ("之为", "其为")  # 称之为 gives a name to what was told before
_MARKS = tuple("，,：:“")  # behind a verb whose object is no thing
PLANS = ("regulation", "plan", "measures")  # where a body that requires something is told to, or is the one that speaks
_BACK = 700  # characters before a pronoun in which the one whom it means is named


class Report(NamedTuple):
    """A verb of saying text[verb.start:verb.end] and its holder, None where that is nobody in particular: `unnamed` then is what
    they are called, 有学者. `clause` is where the clause with it begins. A weak verb governs things, too."""

    holder: Name | None
    clause: int
    verb: Span
    weak: bool
    unnamed: Name | None = None


class Subject(NamedTuple):
    """A holder and where the phrase ends that names it."""

    end: int
    holder: Name


class Reports:
    """The reports of one document, sentence by sentence."""

    def __init__(self, reader: Reader, holders: Holders) -> None:
        self._reader = reader
        self._holders = holders
        self._verbs = _verbs(reader.wording)
        self._last: Report | None = None
        self._is_plan = reader.document.kind in PLANS

    def sentences(self) -> Iterator[tuple[Span, list[Report]]]:
        """The sentences with a verb of saying, and their reports in order; none within what another is quoted with."""
        reader = self._reader
        hits = [hit for hit in self._verbs.finditer(reader.text) if not reader.is_aside(hit.start())]
        at = quoted = 0
        while at < len(hits):
            sentence = reader.sentence(hits[at].start())
            reports: list[Report] = []
            while at < len(hits) and hits[at].start() < sentence.end:
                report = self._report(sentence, hits[at], reports) if hits[at].start() >= quoted else None
                at += 1
                if report:
                    reports.append(report)
                    self._last = report
                    said = quotation(reader.text, after_mark(reader.text, report.verb.end))
                    quoted = said.end if said else quoted
            yield sentence, reports

    def _report(self, sentence: Span, hit: re.Match[str], before: Sequence[Report]) -> Report | None:
        reader, text = self._reader, self._reader.text
        verb = Span(*hit.span())
        clause = max(reader.clause(verb.start).start, sentence.start, text.rfind(",", sentence.start, verb.start) + 1)
        in_title = text.rfind("《", sentence.start, verb.start) > text.rfind("》", sentence.start, verb.start)
        if (
            in_title
            or _is_within_quotes(text, sentence.start, verb.start, before)
            or self._verbs.match(text, verb.end)
            or _NO_OBJECT.match(text, verb.end)
            or reader.word_at(verb.end, "lodged_things")
            or self._is_unsaid(clause, verb.start)
        ):
            return None
        if before and (_governs(text, before[-1], clause) or _is_told(text, before[-1], clause)):
            return None
        if self._is_elided(clause, verb.start):
            return self._elided(sentence, clause, verb, before) if self._is_word(verb) else None
        return self._named(clause, verb)

    def _elided(self, sentence: Span, clause: int, verb: Span, before: Sequence[Report]) -> Report | None:
        """The report of a verb without a subject."""
        holder = self._spoke_before(sentence, clause, before)
        half = self._reader.text.rfind("；", before[-1].verb.end, clause) + 1 if before else 0
        if not holder and not before:
            return None
        return Report(holder, half or clause, verb, self._is_weak(verb), None if holder else before[-1].unnamed)

    def _named(self, clause: int, verb: Span) -> Report | None:
        """The report of a verb with the subject that its clause begins with; of nobody where there are only said to be some."""
        reader = self._reader
        found = None if reader.word_at(clause, "suppositions") else self.subject(clause, verb.start)
        if found is None:
            some = reader.word_at(clause, "some_holders") or reader.word_at(clause, "speakers")
            if not some or verb.start - clause > _LONGEST_UNNAMED or not self._is_word(verb):
                return None
            return Report(None, clause, verb, self._is_weak(verb), self._some(clause, verb.start))
        if not (self._is_word(verb) or found.end == verb.start) or not self.leads_to(found.end, verb.start):
            return None
        finds = reader.is_word(reader.text[slice(*verb)], "finding_verbs")
        if finds and found.holder.kind not in ("Study", "Policy"):
            return None
        names = reader.text[slice(*verb)].endswith(_NAMING)
        return Report(None if names else found.holder, clause, verb, self._is_weak(verb))

    def _some(self, start: int, end: int) -> Name | None:
        """What they are called who are not named, with whom text[start:end] begins: 有学者, 一些观点; None where none are."""
        text = self._reader.text
        start += self._reader.word_at(start, "report_adverbs")
        words = ((token.end, text[token.start : token.end]) for token in self._tokens(start, end))
        ends = [end for end, word in words if any(self._reader.is_word(word, name) for name in _GROUPS)]
        return Name(clean(text[start : ends[-1]]), "Body", text[start : ends[-1]]) if ends else None

    def _is_weak(self, verb: Span) -> bool:
        return self._reader.is_word(self._reader.text[slice(*verb)], "call_verbs")

    def _is_unsaid(self, clause: int, verb: int) -> bool:
        """Whether the word before a verb takes it from its subject: 可以说, 被认为, 必须指出."""
        if not self._reader.word_before(verb, "unsaid", clause):
            return False
        tokens = self._reader.tokens(*self._reader.clause(verb))
        before = next((token for token in tokens if token.end == verb), None)
        return before is not None and self._reader.is_word(self._reader.text[max(before.start, clause) : verb], "unsaid")

    def _is_elided(self, start: int, verb: int) -> bool:
        """Whether nothing but adverbs, or the number of an article, stands before a verb in its clause."""
        text, at, before = self._reader.text, start, -1
        while before < at < verb:
            before = at
            article = ARTICLE.match(text, at, verb)
            at = article.end() if article else at + self._reader.word_at(at, "report_adverbs")
            at += text[at] == " "
        return at >= verb

    def _spoke_before(self, sentence: Span, clause: int, before: Sequence[Report]) -> Name | None:
        """Who speaks where the subject is left out: the speaker before in the sentence, whom its clauses are about, or who spoke
        last in the paragraph. Who does things in the clauses before need not say so, if a body."""
        if before:
            half = self._reader.text.rfind("；", before[-1].verb.end, clause) + 1
            found = self._actor(self._reader.clause(half)) if half else None
            return found or before[-1].holder
        for span in self._clauses_before(clause, sentence.start):
            found = self._actor(span)
            if found:
                return found if found.kind != "Body" else None
        in_block = self._last and self._last.verb.start >= self._reader.block(clause).start
        return self._last.holder if self._last and in_block and clause == sentence.start else None

    def _actor(self, clause: Span) -> Name | None:
        """Whom a clause is about: the holder before a verb of saying in it, or the one it begins with."""
        said = self._verbs.search(self._reader.text, *clause)
        found = (self.subject(clause.start, said.start()) if said else None) or self.subject(*clause)
        return found.holder if found else None

    def _clauses_before(self, position: int, floor: int) -> Iterator[Span]:
        at = position
        while at > floor:
            span = self._reader.clause(max(floor, at - 2))
            start = max(span.start, floor)
            if start >= at:
                return
            if span.end > start:
                yield Span(start, min(span.end, at))
            at = max(start - 1, floor)

    def leads_to(self, subject_end: int, verb: int) -> bool:
        """Whether what stands between a subject and the verb only says how, where or to whom: 在会上明确, 接受采访时."""
        reader = self._reader
        tokens = [token for token in self._tokens(subject_end, verb) if reader.text[token.start].strip(" 　")]
        first = next((token for token in tokens if not self._tells_how(token)), None)
        if first is None:
            return True
        return first.tag[0] == "p" or reader.text[first.start] in "在于向对" or reader.word_at(first.start, "voicing_verbs") > 0

    def _tells_how(self, token: Token) -> bool:
        adverb = self._reader.is_word(self._reader.text[slice(*token[:2])], "report_adverbs")
        return adverb or token.tag in _OF_MANNER or token.tag[0] in _OF_MANNER

    def _is_word(self, verb: Span) -> bool:
        """Whether a verb is words of its own, or one with the adverb before it: 反复强调."""
        reader = self._reader
        tokens = reader.tokens(*reader.clause(verb.start))
        last = next((token for token in tokens if token.end == verb.end), None)
        if last is None or any(token.start == verb.start for token in tokens):
            return last is not None
        return last.start < verb.start and reader.is_word(reader.text[last.start : verb.start], "report_adverbs")

    def subject(self, start: int, end: int) -> Subject | None:
        """The holder that text[start:end] begins with, past what may lead into it and before adverbs and adverbials."""
        text = self._reader.text
        for begin in self._starts(start, end):
            if self._reader.is_word(text[begin : begin + 1], "person_pronouns"):
                person = self._meant(begin)
                return Subject(begin + 1, person) if person else None
            tokens = self._tokens(begin, end)
            for index in range(len(tokens), 0, -1):
                after = tokens[index] if index < len(tokens) else None
                if after and not self._may_follow(after):
                    continue
                if self._ends_no_name(tokens[:index]):
                    continue
                name = self._holders.read(begin, tokens[index - 1].end)
                if name:
                    return Subject(tokens[index - 1].end, name)
        return None

    def _may_follow(self, token: Token) -> bool:
        """Whether a token may follow a subject; 会同 does, which the segmenter takes for a noun."""
        text = self._reader.text
        return (
            token.tag[0] in _AFTER_SUBJECT
            or text[token.start].isdigit()
            or text[token.start] == "每"
            or self._reader.is_word(text[token.start : token.end], "voicing_verbs")
            or self._reader.is_word(text[token.start : token.end], "report_adverbs")
        )

    def _ends_no_name(self, tokens: Sequence[Token]) -> bool:
        """Whether no name ends in these tokens: most stretches end so, and need not be read. 远航 ends one behind a surname."""
        last = tokens[-1]
        if last.tag != "v" or last.end - last.start < 2:
            return last.tag[0] in _NO_END
        return len(tokens) < 2 or self._reader.text[slice(*tokens[-2][:2])] not in SURNAMES

    def _tokens(self, start: int, end: int) -> Sequence[Token]:
        """The tokens of text[start:end]: those of its clause where they part there, too."""
        clause = self._reader.clause(start)
        whole = self._reader.tokens(*clause) if clause.start <= start and end <= clause.end else ()
        tokens = [token for token in whole if start <= token.start and token.end <= end]
        parts = bool(tokens) and tokens[0].start == start and tokens[-1].end == end
        return tokens if parts else self._reader.tokens(start, end)

    def _meant(self, pronoun: int) -> Name | None:
        """Whom 他 means: the person that a clause before it begins with, in its paragraph or the one before."""
        reader = self._reader
        block = reader.block_index(pronoun)
        floor = max(pronoun - _BACK, reader.document.blocks[max(0, block - 1)].start)
        for span in self._clauses_before(pronoun, floor):
            if not reader.is_word(reader.text[span.start : span.start + 1], "person_pronouns"):
                found = self._actor(span)
                if found and found.kind == "Person":
                    return found
        return None

    def _starts(self, start: int, end: int) -> Iterator[int]:
        """Where the subject may begin: past conjunctions, dates, 据 and 在…时."""
        reader, text = self._reader, self._reader.text
        if text[start : start + 1] == "“":
            yield start
        at, before = start, -1
        while before < at < end:
            before = at
            while at < end and text[at] in _AROUND:
                at += 1
            remark = _BRACKETED.match(text, at, end) or _NUMBERED.match(text, at, end)
            at = remark.end() if remark else at
            date = next((date for date in reader.dates(at, at + 1)), None)
            at += reader.word_at(at, "view_leads") or (date.end - at if date and date.end < end else 0)
            at += reader.word_at(at, "parts_of_day") if date else 0
        yield at
        opens = text[at : at + 1]
        if opens == "据":
            yield at + 1
        if opens == "在" and (work := _IN_A_WORK.search(text, at, end)):
            yield work.start()
        if opens and opens in _IN_OPENS:
            for found in _IN.finditer(text, at, end):
                yield found.end()


_GROUPS = ("view_groups", "scholars", "speakers")  # classes of words for those who say something and are not named
_LONGEST_UNNAMED = 10  # characters of 有研究者进一步 before a verb


def _is_within_quotes(text: str, start: int, verb: int, before: Sequence[Report]) -> bool:
    """Whether a verb stands in a quotation that opens amid its sentence, and no report leads into that."""
    opened = text.rfind("“", start, verb)
    return opened > start and opened > text.rfind("”", start, verb) and not before and bool(text[start:opened].strip())


def _governs(text: str, report: Report, clause: int) -> bool:
    """Whether a report before has its verb in the same clause: 张三建议称赞… is one report."""
    return report.verb.end > clause and text[report.verb.end] not in "，：“"


def _is_told(text: str, report: Report, clause: int) -> bool:
    """Whether a clause is what another says, and the report in it a part of that: 张三说，李四认为…"""
    return report.holder is not None and clause == after_mark(text, report.verb.end)


_VERBS: dict[frozenset[str], re.Pattern[str]] = {}


def _verbs(wording: Wording) -> re.Pattern[str]:
    """The verbs of saying, the longest first; made once for a lexicon."""
    none: frozenset[str] = frozenset()  # another domain may have no such class
    words = wording.lexicon.get("view_verbs", none) | wording.lexicon.get("call_verbs", none)
    if words not in _VERBS:
        _VERBS[words] = lazy("|".join(sorted(words, key=lambda word: (-len(word), word))) or "(?!)")
    return _VERBS[words]
