"""Works that the running text names by their titles: policies and standards with their numbers, reports that are read for their
figures, books in which someone says something.

《某办法》（某政发〔2021〕3号）; 据某院发布的《某报告》显示; 某人在《某书》中指出.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotate.words import names_one
from pipeline.extract.reader import Reader
from pipeline.extract.references.in_text import is_person
from pipeline.extract.references.people import authors_of
from pipeline.extract.references.tail import year_of
from pipeline.extract.references.work import Reference, Work, key
from pipeline.patterns import lazy
from pipeline.read.patterns import NUMBER

_TITLE = lazy(r"《(?P<title>(?:[^《》\n]|《[^《》\n]*》){2,160})》")
_BRACKET = lazy(r"\s*[（(](?P<inside>(?:[^（）()\n]|[（(]\s*\d{4}\s*[）)]){2,80})[）)]")
_BARE = lazy(rf"\s*[，,]?\s*(?P<inside>{NUMBER.pattern})")  # 《某通知》，某发〔2007〕19号
_STANDARD = lazy(r"(?:[A-Z]{1,5}\d{0,2})(?:/[A-Z]{1,4})?\s?\d+(?:\.\d+)*\s?[-—–:]\s?(?P<year>(?:19|20)\d\d)")
_DECREE = lazy(r"第?\s*[\d一二三四五六七八九十百零〇]+\s*号")
_YEAR = lazy(r"[〔\[（(【［﹝]\s*(?P<year>(?:19|20)\d\d)\s*[〕\])）】］﹞]")
_EDITION = lazy(r"[（(][^（）()]*[）)]$|(?:19|20)\d\d年?$")
_OTHERS = lazy(r"等\s*[\d一二三四五六七八九十]*\s*个?\w{2}$")  # 某部等三部门
_FROM = lazy("来源[：:]?\\s*\\Z")
_INSIDE = lazy(r"(?:一[书文])?[中里]")
_IN = lazy(
    r"(?P<who>[\u4e00-\u9fff·]{0,12}?)(?P<when>(?:(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)?)[在于]《(?P<journal>[^《》\n]{2,30})》"
    r"(?:杂志|上)?(?P<issue>[\d年月日第期卷版总（）() ]{0,20})上?\Z"
)
_LONGEST_VERB = 4
_AT = lazy(r"(?P<who>[\u4e00-\u9fff·]{2,12})在其?$")


def named(reader: Reader) -> Iterator[Reference]:
    """The works that the running text names, each place once."""
    own = {key(title) for title in (reader.document.title, *(work.title for work in reader.document.works)) if title}
    source = 0  # where the last source ends
    for title in _TITLE.finditer(reader.text):
        block = reader.block(title.start())
        if block.kind in ("title", "metadata", "foreign", "reference") or key(title["title"]) in own:
            continue
        found = _numbered(reader, title)
        if found is None and block.kind != "heading":
            listed = bool(source) and not reader.text[source : title.start()].strip(" 、和及与以")
            found = _source(reader, title, listed=listed) or _said_in(reader, title) or _appeared(reader, title)
        source = found.end if found and found.rule == "cites.source" else 0
        if found:
            yield found


def _numbered(reader: Reader, title: re.Match[str]) -> Reference | None:
    """A policy, a law or a standard with the number that it was issued under."""
    bracket = _BRACKET.match(reader.text, title.end())
    bare = _BARE.match(reader.text, title.end())
    if bracket and not _is_number(bracket["inside"]):  # 《某办法》（修订）（某政发〔2021〕3号）
        bracket = _BRACKET.match(reader.text, bracket.end())
    number = bracket if bracket and _is_number(bracket["inside"]) else bare
    if number is None:
        return None
    inside = number["inside"]
    standard = _STANDARD.search(inside)
    year = standard or _YEAR.search(inside)
    work = Work(title["title"], _issuers(reader, title), year["year"] if year else year_of(inside))
    return Reference(work, title.start(), number.end(), "cites.numbered")


def _is_number(inside: str) -> bool:
    """Whether a bracket holds the number of a document: of a policy, a decree or a standard."""
    number = NUMBER.search(inside.replace("﹝", "〔").replace("﹞", "〕"))
    return bool(number or _STANDARD.search(inside) or _DECREE.search(inside))


def _issuers(reader: Reader, title: re.Match[str]) -> tuple[str, ...]:
    """The bodies that a title begins with, before 关于, or that stand right before it."""
    head, about, _ = title["title"].partition("关于")
    if about and head:
        names = _bodies(reader, title.start("title"), head)
        return names if all(reader.ends_in(name, "issuers") for name in names) else ()
    start = max(0, title.start() - 40)
    before = [name for name in reader.mentions(start, title.start()) if name.kind == "Body"]
    at, found = title.start() - reader.word_before(title.start(), "issues", start), list[str]()
    at -= reader.text[at - 1 : at] == "的" and at - title.start() != 0
    for name in reversed(before):
        if reader.text[name.end : at].strip(" 、和") == "":
            found.insert(0, name.label)
            at = name.start
    return tuple(found)


def _bodies(reader: Reader, start: int, head: str) -> tuple[str, ...]:
    """The bodies of which `head`, which stands at `start`, is a list, also without a mark between them: 某市民政局某市财政局."""
    head = head[: len(head) - reader.word_before(start + len(head), "issues", start)]
    first = re.escape(head.removeprefix("中共")[:2])
    names = authors_of(reader, re.sub(rf"(?<=[委局厅部会府院室办])(?=(?:中共)?{first}|国务院|国家)", "、", _OTHERS.sub("", head)))
    return tuple(name for name in names if len(name) > 2)


def _source(reader: Reader, title: re.Match[str], *, listed: bool) -> Reference | None:
    """A report or a yearbook that is read for its figures: 《某报告》显示, 据某院发布的《某指数》; `listed` beside another."""
    bare = _EDITION.sub("", title["title"])
    if not reader.ends_in(bare, "source_works") or reader.ends_in(bare, "own_reports"):
        return None
    text, sentence = reader.text, reader.sentence(title.start())
    at = title.end()
    bracket = re.compile(r"\s*[（(][^（）()\n]{1,20}[）)]").match(text, at)
    edition = bracket[0].strip(" （）()") if bracket else ""
    at = bracket.end() if bracket else at
    at += reader.word_at(at, "its_figures")
    told = reader.word_at(at, "reads_out") or at > (bracket.end() if bracket else title.end())
    clause_start = max(sentence.start, *(text.rfind(sign, sentence.start, title.start()) + 1 for sign in "，；：。"))
    lead = reader.word_at(clause_start, "according_to")
    led = reader.word_before(title.start(), "according_to", clause_start) or _FROM.search(text, clause_start, title.start())
    if not (told or lead or led or listed):
        return None
    authors, start = _publisher(reader, clause_start + lead, title.start())
    work = Work(
        title["title"], authors, year_of(title["title"]) or year_of(edition) or year_of(text[clause_start : title.start()])
    )
    return Reference(work, start, max(at, title.end()), "cites.source")


def _publisher(reader: Reader, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """Who published what stands at `end`, in text[start:end], and where that begins: 某院发布的《."""
    text = reader.text
    before = text[start:end].removesuffix("的")
    stop = start + len(before)
    issued = reader.word_before(stop, "issues", start)
    name = re.sub(r"[（(][^（）()]*[）)]$", "", re.split("(?:19|20)\\d\\d年", text[start : stop - issued])[0].strip(" ，"))
    if name and len(name) <= 30 and (reader.ends_in(name, "issuers") or reader.ends_in(name, "bodies")):
        return authors_of(reader, name), start
    return (), end


def _said_in(reader: Reader, title: re.Match[str]) -> Reference | None:
    """A book or an essay in which a person says something: 某人在《某书》中."""
    text = reader.text
    if not _INSIDE.match(text, title.end()):
        return None
    before = _AT.search(text, max(reader.clause(title.start()).start, title.start() - 30), title.start())
    if before is None:
        return None
    who = before["who"]
    name = _person_at_end(reader, who)
    if not name:
        return None
    return Reference(Work(title["title"], (name,)), before.start("who") + len(who) - len(name), title.end(), "cites.said_in")


def _person_at_end(reader: Reader, who: str) -> str:
    """The name of a person at the end of a stretch; an empty string where there is none."""
    if names_one(who):
        return who
    return next((who[-size:] for size in (3, 2) if len(who) >= size and is_person(reader, who[-size:])), "")


def _appeared(reader: Reader, title: re.Match[str]) -> Reference | None:
    """An essay with the journal or newspaper that it appeared in: 某人在《某刊》2020年第3期发表的《某文》."""
    text = reader.text
    verb = reader.word_before(title.start(), "appears", title.start() - _LONGEST_VERB)
    before = _IN.search(text, max(0, title.start() - 90), title.start() - verb) if verb else None
    if before is None:
        return None
    who = before["who"]
    name = _person_at_end(reader, who)
    year = year_of(before["issue"]) or year_of(before["when"])
    start = before.start("who") + len(who) - len(name) if name else before.start("journal") - 1
    return Reference(Work(title["title"], (name,) if name else (), year, before["journal"]), start, title.end(), "cites.appeared")
