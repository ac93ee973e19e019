"""How far a title goes over the lines at the head of a document, and which line is the first that begins one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.joining import Paragraph
from pipeline.read.naming import CHAPTER, NAME, cleaned, ends_as_kind, finished, unclosed
from pipeline.read.roles import BODY, EDITION, PLACE, VOLUME, Role

WINDOW = 5  # lines over which a title may be broken
LINE = 70  # characters of one of several lines
FIRST, MARKED = 60, 20  # paragraphs from the top in which the first title stands, and one that the format marks
SHORT = 6  # characters of a line that begins a broken title, at least
HALF = 8  # characters of half a title
HEAD = 12  # lines of the head of a periodical
NAME_OF_PERIODICAL = 12  # characters
MENU = 4  # lines that make a menu
WORD, LONG_WORD = 6, 8  # characters of a word of a menu: below others, and at the head of some

# What goes on below the name of the body that says it.
_SAID = lazy(r"(?:关于|印发|转发|批转|发布|公布|《|令$|公告|通告|有关(?:部门)?负责人|就《|对.+的(?:批复|答复))")
# Begins a title, and carries on none: 某局关于…, 关于….
_ANEW = lazy(rf"(?:{BODY})?关于")
_BROKEN = lazy(r".*[的和与及、，,：:·\-—–“《（(]$")
_SPOKEN = lazy("^(?!在).*(?:致辞|讲话|演讲|发言)$")  # a deck below a headline: 某人宣布开幕 某人致辞
_GOES_ON = lazy(r"[和与及、，,的”》）)]")


def reach(entries: Sequence[Paragraph], roles: Sequence[Role], start: int) -> int:
    """Index after the last line of the title that begins at `start`: what is broken over lines, with its edition."""
    first = entries[start]
    if p.PAGE_TITLE.fullmatch(first.text):  # …_规章文件_某市政府网: what a browser printed above
        return start + 1
    whole, end = first.text, start + 1
    if roles[start] == "heading" and CHAPTER.fullmatch(first.text) and end < len(entries):
        return end + (roles[end] == "title" and len(entries[end].text) <= LINE)
    organs = roles[start] == "organ"
    while organs and end < min(start + WINDOW, len(entries)) and roles[end] == "organ":
        end += 1
    if organs and not (end < len(entries) and _said_by(entries[end - 1].text, entries[end].text)):
        return start + 1
    if organs:
        whole = "".join(each.text for each in entries[start : end + 1])
        end += 1
    while end < min(start + WINDOW, len(entries)) and len(whole) + len(entries[end].text) <= NAME:
        if not _goes_on(whole, entries, roles, start, end):
            break
        whole += entries[end].text
        end += 1
    return end


def _said_by(body: str, text: str) -> bool:
    """Whether a title below the name of a body is said by it: 关于…的批复, of a court 判决书, of a firm 2023年年度报告."""
    if _SAID.match(text):
        return True
    if body.endswith("院"):
        return len(text) <= 12 and text.endswith("书")
    return body.endswith(("公司", "集团")) and bool(re.match(r"(?:19|20)\d{2}|二〇", text)) and ends_as_kind(text)


def _goes_on(whole: str, entries: Sequence[Paragraph], roles: Sequence[Role], start: int, at: int) -> bool:
    """Whether the title that reads `whole` so far goes on in the line `at`."""
    text, line = entries[at].text, entries[at].lines[0]
    if roles[at] == "edition":
        return not EDITION.search(whole)
    if len(text) > LINE or len(entries[start].text) > LINE:
        return False
    if unclosed(whole):
        return roles[at] in ("title", "organ", "heading") and "。" not in text
    if roles[at] not in ("title", "prose") or "。" in text or text[-1] in "；;" or _ANEW.match(text):
        return False
    if line.depth and not (_BROKEN.match(whole) and line.depth == entries[start].lines[0].depth):
        return False
    if _BROKEN.match(whole) or _GOES_ON.match(text):
        return roles[at] == "title" and not finished(whole)
    if PLACE.fullmatch(whole):
        return finished(text)
    if finished(whole) or len(whole) < SHORT or _SPOKEN.search(text):
        return False
    if _set_apart(entries, roles, start, at):
        return True
    for end in range(at + 1, min(start + WINDOW, len(entries)) + 1):
        if end > at + 1 and (roles[end - 1] != "title" or entries[end - 1].lines[0].depth):
            break
        if finished(whole + "".join(each.text for each in entries[at:end])):
            return True
    return False


def _set_apart(entries: Sequence[Paragraph], roles: Sequence[Role], start: int, at: int) -> bool:
    """Whether two lines at the top stand by themselves between blank lines: a title in two halves."""
    if at != start + 1 or len(entries) <= at + 1 or any(role != "field" for role in roles[:start]):
        return False
    halves = len(entries[start].text) >= HALF <= 2 * len(entries[at].text) and not entries[at].lines[0].gap
    return halves and entries[at + 1].lines[0].gap and (start == 0 or entries[start].lines[0].gap)


def mastheads(entries: Sequence[Paragraph], roles: list[Role]) -> list[Role]:
    """The roles, with the name of a periodical known by its issue on the line below: 财经论衡, 2026年第4期, then a title."""
    for at, entry in enumerate(entries[:HEAD]):
        if roles[at] != "mast" or not VOLUME.fullmatch(entry.text):
            continue
        below = next((role for role in roles[at + 1 : at + HEAD] if role in ("title", "heading", "prose")), "")
        for above in range(at - 1, max(-1, at - 4), -1):
            name = entries[above]
            if below != "title" or roles[above] not in ("title", "foreign") or name.lines[0].depth or len(name.text) > 40:
                break
            if roles[above] == "title" and len(name.text) > NAME_OF_PERIODICAL:
                break
            roles[above] = "mast"
    return roles


_INTRODUCTION = lazy(r"[绪导总]\s*论")  # above the title of the first chapter of a book


def first_line(entries: Sequence[Paragraph], roles: Sequence[Role]) -> int | None:
    """Where the first title begins that a reader would take for one; None where the document begins with its body."""
    marked = marked_line(entries, roles)
    if marked is not None and marked < MARKED and all(len(each.text) <= LINE for each in entries[:marked]):
        return marked
    for at, (entry, role) in enumerate(zip(entries[:FIRST], roles, strict=False)):
        if role == "heading" and (entry.lines[0].depth == 1 or _numbers_title(entries, roles, at)):
            return at if _numbers_title(entries, roles, at) else None
        if role in ("heading", "prose") and not entry.lines[0].depth and not (at == 0 and _INTRODUCTION.fullmatch(entry.text)):
            return None
        if role == "title" and not _is_emblem(entries, roles, at) and not _is_link(entries, roles, at):
            return at
        if role == "organ" and reach(entries, roles, at) > at + 1:
            return at
    return None


def marked_line(entries: Sequence[Paragraph], roles: Sequence[Role]) -> int | None:
    """The first line that the format marks as a title, and that could be one; who says it may stand on one of its own."""
    for at, (entry, role) in enumerate(zip(entries, roles, strict=True)):
        if entry.lines[0].depth != 1 or _is_emblem(entries, roles, at):
            continue
        if role == "title" or (role == "organ" and reach(entries, roles, at) > at + 1):
            return at
    return None


def _is_emblem(entries: Sequence[Paragraph], roles: Sequence[Role], at: int) -> bool:
    """Whether a line of a cover stands above a body with the title that it gives: a brand, the name of a series."""
    below = at + 1
    if below >= len(entries) or roles[below] != "organ" or finished(entries[at].text):
        return False
    end = reach(entries, roles, below)
    return end > below + 1 and finished("".join(each.text for each in entries[below:end]))


def _is_link(entries: Sequence[Paragraph], roles: Sequence[Role], at: int) -> bool:
    """Whether a line is a word of a menu; not where the body opens with it, as an encyclopedia does: 潮间带是指…."""
    body = next((each.text for each, role in zip(entries, roles, strict=True) if role == "prose"), "")
    return is_menu(entries, at) and not p.defines(body, entries[at].text)


def begins_title(entries: Sequence[Paragraph], roles: Sequence[Role], at: int) -> bool:
    """Whether a title could begin here."""
    return roles[at] in ("title", "organ") or (roles[at] == "heading" and _numbers_title(entries, roles, at))


def _numbers_title(entries: Sequence[Paragraph], roles: Sequence[Role], at: int) -> bool:
    """Whether a numbered line is a title: 3. 关于…的通知 of a volume; 第三章 of a book, but not of a law."""
    text = entries[at].text
    if CHAPTER.match(text):
        articles = any((match := p.MARKER.match(each.text)) and match.lastgroup == "article" for each in entries[at : at + FIRST])
        return not articles
    if not text[0].isdecimal():
        return False
    whole = "".join(each.text for each in entries[at : reach(entries, roles, at)])
    return whole != cleaned(whole) and finished(cleaned(whole)) and len(whole) >= LONG_WORD + 2


def is_menu(entries: Sequence[Paragraph], at: int) -> bool:
    """Whether a short line stands among others, as the words of a menu do."""
    if len(entries) > at + MENU and all(_is_word(each, LONG_WORD) for each in entries[at : at + MENU]):
        return True
    above = entries[max(0, at - MENU) : at + 1]
    if not all(_is_word(each, WORD) for each in above):
        return False
    if at >= MENU:
        return True
    below = next((each.text for each in entries[at + 1 : at + MENU] if not _is_word(each, WORD)), "")
    return above[0].lines[0].cut and ends_as_kind(below)  # the rest of a menu that was left out


def _is_word(entry: Paragraph, longest: int) -> bool:
    """Whether a paragraph could be a word of a menu: short, and no cell, heading or item of a list."""
    line = entry.lines[0]
    return len(entry.text) <= longest and not (line.cell or line.depth or line.tab or p.MARKER.match(entry.text))
