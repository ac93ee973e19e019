"""The lines before and around the body: title, subtitle, authors, fields, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from pipeline.model import BlockKind
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.headlines import mastheads
from pipeline.read.joining import Paragraph
from pipeline.read.naming import GENRE, NAME, cleaned, plain
from pipeline.read.roles import PLACE, Role, role_of
from pipeline.read.votes import Titles, elect
from pipeline.surnames import SURNAMES

Entry = tuple[BlockKind | None, Paragraph]
SUBTITLE = 50  # characters
TITLES = 200  # paragraphs from the top among which the titles of the file are
REACH = 90  # paragraphs below a title in which it can come again


def source_of(paragraph: Paragraph, source: str) -> str:
    """The paragraph as it stands in the source, with the spaces that part names."""
    return " ".join([source[line.start : line.start + len(line.raw)].strip() for line in paragraph.lines])


def names_in(spaced: str) -> tuple[str, ...]:
    """Names of persons of a line that holds nothing else, else (): “甲乙丙　丁　戊” is two."""
    line = spaced.strip(" \t\u2003\u3000*＊①②③④⑤0123456789")
    if len(line) > 60 or not p.NAMES.fullmatch(line) or p.FIELD_NAME.fullmatch(line):
        return ()
    names: list[str] = []
    for word in re.split(r"[\s、，,]+", line):
        if len(word) == 1 and names and len(names[-1]) == 1:
            names[-1] += word
        else:
            names.append(word)
    return tuple(names) if all(2 <= len(name) <= 4 and name[0] in SURNAMES for name in names) else ()


_WRITERS = lazy("记者|文|通讯员|评论员|撰稿|□|■|◎|●|○")  # one of which a line of writers has


def by_line(spaced: str) -> tuple[str, ...]:
    """Names of a line such as 本报记者　甲乙丙　丁戊, else ()."""
    named = len(spaced) <= 60 and _WRITERS.search(spaced)
    match = p.BYLINE.fullmatch(spaced.strip(" \t\u3000（()）")) if named else None
    return names_in(match["names"]) if match else ()


_BETWEEN = " \t\u3000\xa0|｜"  # what parts stamps


def stamps(spaced: str) -> list[str]:
    """The parts of a line that holds nothing but dates and fields, else none: 2025-09-15 07:12　来源：某报."""
    bare = spaced.strip(_BETWEEN) if len(spaced) <= 120 else ""
    if not bare or p.STAMPS.match(bare) is None:
        return []
    return p.STAMPS.findall(bare) if not p.STAMPS.sub("", bare).strip(_BETWEEN) else []


def fields_in(spaced: str) -> list[str]:
    """The fields of a line that begins with one: 信息来源：某区　发布日期：2025-02-28　【字体：大 中 小】."""
    first = p.FIELD.match(spaced) if len(spaced) <= 200 else None
    if first is None:
        return []
    starts = [0, *(match.start() for match in p.FIELD_START.finditer(spaced, first.start("value")))]
    return [spaced[start:end].replace("\n", "").strip() for start, end in zip(starts, [*starts[1:], len(spaced)], strict=True)]


def is_field(text: str) -> bool:
    """Whether a line says something about the document, wherever it stands."""
    first = text[0]
    if len(text) > 200 or (first not in p.OPENERS and text[-1] != "号"):
        return False
    if p.FIELD.match(text) or (first in "[［【" and p.BRACKET_KEY.fullmatch(text)):
        return True
    if first in "（(12新附" and (p.BARE_DATE.fullmatch(text) or p.REMARK.fullmatch(text)):
        return True
    return len(text) < 40 and "号" in text[-3:] and p.NUMBER.fullmatch(text) is not None


_OF_SPEAKER = lazy(r"[长席任理]\s")  # the end of an office, before a name


def _is_head_line(text: str, spaced: str) -> bool:
    """Fields that are such only near the top: who spoke, where it was passed, where the authors work."""
    return is_field(text) or _is_of_head(text, spaced)


def _is_of_head(text: str, spaced: str) -> bool:
    bracketed = text[0] in "（("
    return bool(
        len(stamps(spaced)) > 1
        or ((bracketed or text[0] in "—12") and p.PASSED.fullmatch(text))
        or (_OF_SPEAKER.search(spaced) and p.SPEAKER.fullmatch(spaced.strip()))
        or (bracketed and p.AFFILIATION.fullmatch(text))
        or ("年" in text and p.IMPRINT.fullmatch(text))
        or by_line(spaced)
    )


def merge_titles(paragraphs: list[Paragraph], source: str, stem: str) -> tuple[list[Entry], Titles]:
    """Each paragraph with its kind where it is a title, a field or a footnote, None where the body decides; and the titles.

    Lines of one title are put together. `stem` is the name of the file.
    """
    entries: list[Entry] = [(_kind(paragraph), paragraph) for paragraph in paragraphs]
    _field_table(entries)
    _values(entries)
    _months(entries)
    titles = elect(paragraphs[:TITLES], _roles(entries[:TITLES], source), stem)
    top = titles.notice if titles.notice and titles.notice.end else titles.own
    if top is None:
        return _signatures(_head(entries, 0, source)), titles
    for at in range(top.start):  # what stands above a title is no part of the body
        kind, paragraph = entries[at]
        entries[at] = (kind or "metadata", paragraph)
    entries[top.start : top.end] = [("title", _merge([entry for _, entry in entries[top.start : top.end]]))]
    entries = _head(entries, top.start + 1, source)
    names = [each.name for each in (titles.notice, titles.own) if each] + ([titles.name] if titles.name else [])
    return _signatures(_repeated(entries, top.start, names)), titles


def _kind(paragraph: Paragraph) -> BlockKind | None:
    if paragraph.note or paragraph.lines[0].kind:
        return paragraph.note or paragraph.lines[0].kind
    text = paragraph.text
    if paragraph.lines[0].depth or paragraph.lines[0].tab:
        return None
    return "metadata" if is_field(text) else None


def _field_table(entries: list[Entry]) -> None:
    """A table at the head whose cells are fields, as a government's page has it, as metadata."""
    first = next((at for at, (_, paragraph) in enumerate(entries[:12]) if paragraph.lines[0].cell), len(entries))
    cells = list(takewhile(lambda at: entries[at][1].lines[0].cell, range(first, min(first + 60, len(entries)))))
    fields = [at for at in cells if p.FIELD.match(entries[at][1].text) or p.FIELD_NAME.fullmatch(entries[at][1].text)]
    if len(fields) < 3 or len(fields) < 0.4 * len(cells):
        return
    for at in cells:
        line = entries[at][1].lines[0]
        line.tab, line.cell = False, None
        entries[at] = ("metadata", entries[at][1])


def _values(entries: list[Entry]) -> None:
    """A field's value on the line below its name is metadata too."""
    for at, (kind, paragraph) in enumerate(entries[:-1]):
        if kind != "metadata":
            continue
        match = p.FIELD.match(paragraph.text)
        empty = p.BRACKET_KEY.fullmatch(paragraph.text) or (match and not match["value"])
        below = at + 1
        while empty and below < len(entries) and entries[below][0] is None:
            text = entries[below][1].text
            if len(text) > (24 if below == at + 1 else 3) or p.TITLE_END.fullmatch(text[-2:]):
                break
            entries[below] = ("metadata", entries[below][1])
            below += 1


_COVER = 20  # paragraphs of a cover, or of a last page, at most


def _months(entries: list[Entry]) -> None:
    """The one line that is nothing but a month, on the cover or at the end, as metadata; several are headings of a chronicle."""
    dates = (entry.text for kind, entry in entries if kind is None and p.is_date(entry.text))
    months = {text for text in dates if p.BARE_MONTH.fullmatch(text)}
    if len(months) != 1:
        return
    for at, (kind, paragraph) in enumerate(entries):
        edge = at < _COVER or at >= len(entries) - 3
        if kind is None and edge and paragraph.text in months and not paragraph.lines[0].tab:
            entries[at] = ("metadata", paragraph)


_NOTED = lazy(r"[\d.,*＊†‡^{}$\\]+")  # the marks behind the names of authors


def _roles(entries: Sequence[Entry], source: str) -> list[Role]:
    """What each paragraph is by its form."""
    roles: list[Role] = []
    for kind, paragraph in entries:
        spaced = source_of(paragraph, source) if len(paragraph.text) <= NAME else ""
        marked = paragraph.lines[0].depth or paragraph.lines[0].tab  # of any other the kind says whether it is a field
        of_head = _is_head_line if marked else _is_of_head
        known = kind is not None or (bool(spaced) and of_head(paragraph.text, spaced))
        role = role_of(paragraph, spaced, known=known)
        roles.append("names" if role in ("title", "organ") and _are_names(spaced) else role)
    return mastheads([entry for _, entry in entries], roles)


def _are_names(spaced: str) -> bool:
    """Whether a line holds the names of authors, with the marks behind them; 云渡市 and 通知 are none."""
    line = spaced.strip()
    return bool(names_in(_NOTED.sub(" ", line))) and not (PLACE.fullmatch(line) or GENRE.fullmatch(line.replace(" ", "")))


def _merge(paragraphs: list[Paragraph]) -> Paragraph:
    if len(paragraphs) == 1:
        return paragraphs[0]
    return Paragraph([line for paragraph in paragraphs for line in paragraph.lines]).finish()


def _head(entries: list[Entry], start: int, source: str) -> list[Entry]:
    """Subtitle, authors and fields in the lines after the title, up to the first that is none of these."""
    misses = 0
    for at in range(start, min(start + 30, len(entries))):
        kind, paragraph = entries[at]
        spaced = source_of(paragraph, source)
        if kind is not None:
            continue
        if _is_head_line(paragraph.text, spaced) or (at <= start + 4 and start and names_in(spaced)):
            entries[at] = ("metadata", paragraph)
        elif start and entries[at - 1][0] == "title" and _is_subtitle(paragraph.text):
            entries[at] = ("title", paragraph)
        elif len(paragraph.text) > 60 or misses >= 2:
            break
        else:
            misses += 1
    return entries


def _is_subtitle(text: str) -> bool:
    match = p.SUBTITLE.match(text) if len(text) <= SUBTITLE else None
    return match is not None and (text[0] in "—-–" or match.end() == len(text))


def _repeated(entries: list[Entry], start: int, titles: list[str]) -> list[Entry]:
    """Later lines, up to four together, that say the title again, as titles."""
    wanted = {plain(title) for title in titles}
    out = entries[: start + 1]
    at = start + 1
    while at < len(entries):
        size = _spelled(entries, at, wanted) if at < start + REACH else 0
        if size:
            out.append(("title", _merge([paragraph for _, paragraph in entries[at : at + size]])))
        else:
            out.append(entries[at])
        at += size or 1
    return out


def _spelled(entries: list[Entry], at: int, wanted: set[str]) -> int:
    """Number of entries from `at` that together spell a wanted title; 0 where none."""
    lines = entries[at : at + 4]
    if not _has_all("".join([paragraph.text for _, paragraph in lines]), wanted):
        return 0
    whole = ""
    longest = max(map(len, wanted))
    for size, (kind, paragraph) in enumerate(lines, 1):
        text = paragraph.text
        if kind == "metadata" or (size == 1 and text[0] == "《"):  # 《…》已经同意 is a sentence that was cut
            return 0
        whole += text
        if _has_all(whole, wanted) and plain(cleaned(whole)) in wanted:
            return size
        if len(plain(whole[: 2 * longest])) >= longest or len(plain(whole)) >= longest:
            return 0
    return 0


def _has_all(whole: str, wanted: set[str]) -> bool:
    """Whether a line has all the characters of a title: to clean a line takes long."""
    return any(title[-1:] in whole and all(map(whole.__contains__, title)) for title in wanted)


def _signatures(entries: list[Entry]) -> list[Entry]:
    """Names of bodies above a date that stands alone: who signed."""
    for at, (kind, paragraph) in enumerate(entries):
        if kind != "metadata" or not p.is_date(paragraph.text):
            continue
        above = at - 1
        while above > 0 and entries[above][0] is None and _signs(entries[above][1].text):
            entries[above] = ("metadata", entries[above][1])
            above -= 1
    return entries


def _signs(text: str) -> bool:
    """Whether a line names a body, or remarks that another signs for it, in brackets that may be broken over lines."""
    return len(text) <= 60 and bool(p.is_organ(text) or re.fullmatch(r"[（(][^（）()]{4,40}|.{2,40}代章[）)]", text))
