"""Events of issue: what was passed, revised, issued or put in force, when and by whom.

A step is told of a text that the sentence names (3月5日，省政府印发《…》; 《…》自5月1日起施行), or of the policy that speaks, in
the note under its title, its last article and the date of its signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.events.slots import event, place_name, venue_in_name
from pipeline.extract.events.steps import StepPatterns, step_patterns
from pipeline.extract.phrases import clean, is_name
from pipeline.extract.reader import Reader
from pipeline.grammar.sites import sites_in
from pipeline.model import Claim, DateMention, Mention, Name, Span, Work
from pipeline.patterns import lazy

_POLICIES = ("regulation", "measures", "plan")
_OPENS = lazy(r"(?:第[^条]{1,6}条\s*)?(?:本[\u4e00-\u9fff]{1,12}?)?(?:将|定)?[自于从]$")
_ITSELF = lazy(r"(?:^|[^\u4e00-\u9fff])本[\u4e00-\u9fff]{1,12}?(?:将|定)?[自于从]$")
_BY_DECREE = lazy(r"(?:令|公告)?(?:\d{4}年)?第\s?[\d一二三四五六七八九十百零]+号$|令$")
_PLACE = lazy("[\u4e00-\u9fff]{2,7}[省市县区州盟旗]")
_WHO = lazy(r"(?P<who>[^，：\s][^，：]*?)(?:将|已)?[于在]?$")
_DATELINE = lazy(r".*日电(?:[\s　]*[（(][^（）()]*[）)][\s　]*|[\s　]+)|[^（(]*[）)]")
_NOTES = ("title", "metadata", "heading")  # blocks in which a policy tells of its own passing
_NOBODY = Span(0, 0)
_NOTE = 16  # blocks from the top of a work in which the note of its passing stands


class _Step(NamedTuple):
    """A step of issue: of which titles, done by whom; text[start:end] tells it."""

    step: str
    titles: tuple[Mention, ...]  # as named; none where it is the policy that speaks
    by: Span
    start: int
    end: int
    own: str = ""  # title of the policy that speaks, where the step is told of that


def enactment(reader: Reader) -> Iterator[Claim]:
    """The steps of issue of the texts that the document names, and of itself."""
    yield from _issued(reader)
    for date in reader.annotated.dates:
        if reader.block(date.start).kind in _NOTES or not reader.is_aside(date.start):
            yield from _steps(reader, date, _lead(reader, date))


def _lead(reader: Reader, date: DateMention) -> str:
    """What stands before a date in its clause, without a dateline and the reporters' names: 新华社某地10月18日电（记者某）."""
    start = reader.clause(date.start).start
    dateline = _DATELINE.match(reader.text, start, date.start)
    return reader.text[dateline.end() if dateline else start : date.start]


def _steps(reader: Reader, date: DateMention, lead: str) -> Iterator[Claim]:
    """What was done with a text on a date; `lead` is what stands before the date in its clause."""
    words = step_patterns(reader.ontology)
    told = _step(reader, date, lead)
    if told is None:
        return
    place = _place_behind(reader, told.by)
    by = reader.text[told.by.start : place.start - 1 if place else told.by.end]
    quote = Span(told.start, told.end)
    planned = not told.own and (reader.holds(lead[-3:], "planned") or reader.holds(by, "planned"))
    body, meeting = _body(words, by)
    agent = _agent(reader, body, by) if body else None
    in_force = told.step in words.enforces
    rule = _rule(words, told.step, own=bool(told.own))
    venues = venue_in_name(reader, told.by) if meeting else ()  # 杭州峰会发布《…》
    venues = (place_name(reader, place),) if place else venues
    for name in _names(reader, told, reader.text[slice(*quote)]):
        yield event(reader, name, date, venues, None if in_force else agent, quote, rule, planned=planned)
    if meeting:
        name = Name(meeting, "Event", by)
        yield event(reader, name, date, venues, None, quote, "event.passed_at")


def _place_behind(reader: Reader, by: Span) -> Span | None:
    """Where a step was taken, behind who took it: 国际渔业组织|在日内瓦|发布."""
    behind = (place for place in sites_in(reader, by) if place.end == by.end and reader.text[place.start - 1] == "在")
    return next(behind, None) if by.end > by.start else None


def _names(reader: Reader, told: _Step, wording: str) -> Iterator[Name]:
    """What a step is called, of each text that it is told of, in full and by its short form."""
    words = step_patterns(reader.ontology)
    if told.own:
        yield _name(words, told.own, "施行" if told.step in words.enforces else told.step, wording, own=True)
        return
    for title in told.titles:
        full = reader.annotated.short_forms.get(title.label, title.label).replace("\n", "")
        name = _name(words, full, told.step, wording, own=False)
        short = (f"{told.step}{title.label}", f"{title.label}{told.step}") if full != title.label else ()
        yield Name(name.label, "Event", wording, tuple(dict.fromkeys((*name.aliases, *short))))


def _issued(reader: Reader) -> Iterator[Claim]:
    """印发 and 施行 of the policies that speak where no sentence tells them: by signature, 自印发之日起, a field for it."""
    words = step_patterns(reader.ontology)
    document, text = reader.document, reader.text
    for at, work in enumerate(document.works):
        communique = document.genre == "communique" and work.role == "work" and bool(work.issuer and work.title)
        if not (_is_policy(work) or communique):
            continue
        title = clean(work.title or "")
        first = document.works[at - 1].first if at and document.works[at - 1].role == "notice" else work.first
        span = Span(document.blocks[first].start, document.blocks[work.last - 1].end)
        signed = _signed(reader, work, span)
        if signed:
            step = "公布" if work.kind == "regulation" and first == work.first else "发布" if communique else "印发"
            name, quote = _name(words, title, step, text[signed.start : signed.end], own=True), Span(signed.start, signed.end)
            agent = Name(work.issuer, "Body", work.issuer) if work.issuer else None
            yield event(reader, name, signed, (), agent, quote, "event.issued")
        from_day = words.from_day.search(text, *span) if work.date and text.find("之日起", *span) >= 0 else None
        field = words.field.search(text) if document.effective and title == clean(document.title or "") else None
        for found, value in ((from_day, work.date), (field, document.effective)):
            if found and (found is field or found["what"] or work.kind == "regulation"):
                name, quote = _name(words, title, "施行", found[0], own=True), Span(*found.span())
                yield event(reader, name, value, (), None, quote, "event.in_force")


def _is_policy(work: Work) -> bool:
    return work.role == "work" and work.kind in _POLICIES and bool(work.title)


def _signed(reader: Reader, work: Work, span: Span) -> DateMention | None:
    """The date of a work's issue where it stands alone; None where a step of issue is told of that day."""
    words = step_patterns(reader.ontology)
    dates = reader.dates(*span) if any(date.value == work.date for date in reader.dates(*span)) else reader.annotated.dates
    alone = None
    for date in dates:
        if date.value is None or date.value != work.date:
            continue
        told = words.step.match(reader.text, date.end)
        if told is None:
            alone = alone or date
        elif told["step"] in words.issues and not reader.text.startswith("《", told.end()):
            return None
    return alone


def _step(reader: Reader, date: DateMention, lead: str) -> _Step | None:
    words = step_patterns(reader.ontology)
    text = reader.text
    if date.value is None or words.as_of.search(lead) or text.startswith("第", date.end):
        return None
    if in_force := words.from_on.match(text, date.end):
        if not (in_force["from"] or lead.endswith(("于", "自", "从"))):
            return None
        return _told(reader, date, lead, in_force, _NOBODY)
    title = _title_at(reader, date.end + (text.startswith("，", date.end)))
    if title and not lead.endswith("根据") and (named := words.named_step.match(text, title.end)):
        return _Step(named["step"], (title,), _NOBODY, date.start, named.end())
    done = words.step.match(text, date.end, date.end + 180)
    if done is None or any(other.precision != "year" for other in reader.dates(done.start("by"), done.end())):
        return None
    if titles := tuple(_titles_from(reader, done.end())):
        in_force = words.from_on.match(text, titles[-1].end) if text[done.end() - 1] == "的" else None
        if in_force:  # 新修订的《X》施行
            return _Step(in_force["step"], titles, _NOBODY, date.start, in_force.end())
        by = Span(*done.span("by")) if done["by"] else _actor(words, date, lead)
        return _Step(done["step"], titles, by, min(date.start, by.start if by.end else date.start), titles[-1].end)
    return _told(reader, date, lead, done, Span(*done.span("by")))


def _told(reader: Reader, date: DateMention, lead: str, done: re.Match[str], by: Span) -> _Step | None:
    """A step whose text is named before the date, or is the policy that speaks."""
    words = step_patterns(reader.ontology)
    work = _own(reader, date.start)
    itself = clean(work.title or "") if work else ""
    if subject := _subject(reader, date, lead):
        title, before = subject
        own = itself if work and _bare(title.label) == _bare(itself) else ""
        return _Step(done["step"], (title,), by if by.end > by.start else before, title.start, done.end(), own)
    if work is None or not (words.own.fullmatch(lead) or _ITSELF.search(lead)):
        return None
    if done["step"] not in words.enforces:
        at_top = reader.block_index(date.start) < work.first + _NOTE
        if not at_top or date.precision != "day" or (done["step"] in words.issues and work.date not in (None, date.value)):
            return None
    opens = _OPENS.search(lead)
    start = date.start - (len(opens[0]) if opens else 0)
    return _Step(done["step"], (), by, start, done.end(), itself)


def _subject(reader: Reader, date: DateMention, lead: str) -> tuple[Mention, Span] | None:
    """The title that a step is told of, last named before its date in the sentence, and who took the step; by 该条例 too."""
    words = step_patterns(reader.ontology)
    text = reader.text
    this = words.this.match(lead)
    start = reader.block(date.start).start if this else reader.sentence(date.start).start
    form = this["form"] if this else ""
    titles = [m for m in reader.mentions(start, date.start) if m.kind == "title" and m.label.endswith(form)]
    for title in reversed(titles):
        between = words.to_date.fullmatch(text, title.end, date.start)
        if between or this or (not lead.strip("自于从将") and "《" not in text[title.end : date.start]):
            return title, Span(*between.span("by")) if between and between["by"] else _NOBODY
        opened = text.rfind("（", title.start - 8, title.start)
        if opened < 0 or text.find("）", title.end, title.end + 2) < 0:
            return None  # not a short form given in brackets
    return None


def _title_at(reader: Reader, start: int) -> Mention | None:
    return next((m for m in reader.mentions(start, start + 100) if m.kind == "title" and m.start - start <= 1), None)


def _titles_from(reader: Reader, start: int) -> Iterator[Mention]:
    """The titles listed from a position on."""
    while title := _title_at(reader, start):
        yield title
        listed = re.compile("[、和与及]*(?=《)|以及(?=《)").match(reader.text, title.end)
        if listed is None:
            return
        start = listed.end()


def _own(reader: Reader, position: int) -> Work | None:
    """The policy that speaks at a position; in a notice, the one that it transmits."""
    at = reader.block_index(position)
    works = reader.document.works
    index = next((i for i, work in enumerate(works) if work.first <= at < work.last), None)
    if index is not None and works[index].role == "notice" and index + 1 < len(works):
        index += 1
    return works[index] if index is not None and _is_policy(works[index]) else None


def _bare(title: str) -> str:
    return re.sub(r"\s|[（(][^（）()]*[）)]$", "", title)


def _actor(words: StepPatterns, date: DateMention, lead: str) -> Span:
    """市政府于|3月5日印发: who stands before the date."""
    who = _WHO.search(lead)
    if who is None or not words.body.search(who["who"]):
        return _NOBODY
    start = date.start - len(lead)
    return Span(start + who.start("who"), start + who.end("who"))


_MET = lazy(r"(?P<body>.*?)(?:主持)?(?:召开|举行)(?:的|了)?(?P<meeting>.+)")


def _body(words: StepPatterns, by: str) -> tuple[str, str]:
    """The body that took a step, and the meeting at which it did; each may be empty."""
    who = re.sub(r"\s+|[（(][^（）()A-Za-z]*[）)]", "", by)
    who = words.one_by_one.sub("", re.sub(r"^(?:已?(?:经(?![济贸营信])|由)|[于在以，])+|(?:将|已|关?于|在)$", "", who))
    who = _BY_DECREE.sub("", who)
    met = _MET.fullmatch(who)
    body, meeting = (met["body"], met["meeting"]) if met else (who, who)
    if not meeting.endswith(words.assemblies) or len(meeting) < 5:
        meeting = ""
    return (body if len(body) >= 2 and all(map(is_name, body.split("、"))) else ""), meeting


def _agent(reader: Reader, body: str, by: str) -> Name:
    """A body, or the place that acts by it: 临澜市印发."""
    term = reader.wording.terms.get(body)
    kind = term.kind if term and term.kind in ("Body", "Place") else "Place" if _PLACE.fullmatch(body) else "Body"
    return Name(body, kind, by, tuple(body.split("、")) if "、" in body else (), term.iri if term and term.kind == kind else None)


def _rule(words: StepPatterns, step: str, *, own: bool) -> str:
    if step in words.enforces:
        return "event.in_force" if own else "event.from_on"
    if not own:
        return "event.passes"
    return "event.issued" if step in words.issues else "event.passed"


def _name(words: StepPatterns, title: str, step: str, wording: str, *, own: bool) -> Name:
    """What the step is called: 印发X, X施行; the policy that speaks is known by the step alone, or by itself."""
    if step in words.enforces:
        return Name(f"{title}{step}", "Event", wording, (title, f"实施{title}", *(("施行",) if own else ())))
    form = words.form.search(title)
    aliases = [f"{title}{step}", *((f"{step}{form[0]}",) if form else ())]
    if own:
        others = words.issues[:4] if step in words.issues else ["审议通过"] if step == "通过" else []
        aliases += [title] if step not in words.issues else []
        aliases += [form for other in others if other != step for form in (f"{other}{title}", f"{title}{other}")]
    return Name(f"{step}{title}", "Event", wording, tuple(dict.fromkeys(aliases)))
