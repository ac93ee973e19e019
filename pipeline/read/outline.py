"""The outline of a document, looked over as a whole once its paragraphs are told apart: headings that were run into the text,
lines above the body and lists that pass for headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.pieces import is_form, unfinished
from pipeline.read.structure import Draft, clip

HEAD = 20  # drafts from the top in which those who wrote, or whom a notice addresses, are named
_NUMERALS = {sign: value for value, sign in enumerate(p.NUMERAL[:10], 1)}
_NAME = r"[\u4e00-\u9fff“”《》、（）()·A-Za-z\d+-]{3,29}?。"
# A number behind the end of a sentence or of a remark in brackets, with a name that ends a sentence: ……。2.扩大开放。……
_INLINE = lazy(
    rf"(?<=[。；）)〕”])(?P<marker>(?P<digit>\d{{1,2}})[.．、](?!\d)|[（(](?:(?P<han>[{p.NUMERAL}]{{1,3}})|(?P<arabic>\d{{1,2}}))[）)])"
    rf"{_NAME}(?=.)"
)
_MAY_HAVE_INLINE = lazy(r"[。；）)〕”][\d（(]")
_ANNEXES = lazy(r"附\s*件\s*(?:[：:]|[：:]?\s*[1１][.．、].{2,80})")
_ITEM = lazy(r"\d{1,2}[.．、](?!\d)|附件\d")
_GREETS = lazy(r"(?:各|有关)[^。！？]{1,220}[：:]$")
_SET_IN = ("table_row", "caption", "formula")  # what is set at the foot of a page in the middle of the text
_QUOTED = lazy("“[^“”。！？；]{4,30}”")
_RUNNING = 16  # characters of a running head
_CELL = 6  # characters of half a cell of a narrow column
_LINE = 40  # characters of a line of a list or of a cell
_POSTCODE = lazy(r"(?<!\d)\d{6}(?:[;；,，.。）)]{0,2})$")
_HEADS = lazy(rf"{p.SECTIONS.pattern}$|[\u4e00-\u9fff]{{1,4}}[{p.NUMERAL}\d]{{1,3}}[：:]", re.I)  # 领域一：…, 案例3：…
_RUN = 3  # lines with the next number each, one below the other, that make a list


def outline(drafts: list[Draft]) -> list[Draft]:
    """The drafts with the headings that were found in their text, and without those that are none."""
    _set_head_apart(drafts)
    _set_forms_apart(drafts)
    _set_annexes_apart(drafts)
    _set_lists_apart(drafts)
    _set_quoted_heads(drafts)
    _set_last_lines_apart(drafts)
    _set_last_items_apart(drafts)
    _set_running_heads_apart(drafts)
    drafts = _split_glued(drafts)
    _set_levels(drafts)
    return drafts


def _set_head_apart(drafts: Sequence[Draft]) -> None:
    """Headings without number above an abstract or a salutation as metadata: authors, where they work, the rest of a title; and
    numbered lines that say where authors work."""
    for at, draft in enumerate(drafts[:HEAD]):
        if draft.kind in ("paragraph", "heading") and (p.ABSTRACT.match(draft.text) or _GREETS.match(draft.text)):
            for above in drafts[:at]:
                if (above.kind == "heading" and not above.marker) or _is_institute(above):
                    above.kind, above.level, above.marker = "metadata", 0, ""
            return
        if draft.marker and not _is_institute(draft):
            return


def _is_institute(draft: Draft) -> bool:
    """Whether a numbered line says where an author works: 2. 某大学，某省某市 300000."""
    return bool(draft.marker) and _POSTCODE.search(draft.text) is not None


def _set_forms_apart(drafts: Sequence[Draft]) -> None:
    """The name of a form above its fields as a heading."""
    for at, draft in enumerate(drafts):
        fields = drafts[at + 1 : at + 4]
        if draft.kind != "paragraph" or draft.marker or not is_form(draft.text) or len(fields) < 3:
            continue
        if all(field.kind == "table_row" or (field.kind == "paragraph" and len(field.text) < 30) for field in fields):
            draft.kind, draft.level = "heading", 1


def _set_annexes_apart(drafts: Sequence[Draft]) -> None:
    """The list of annexes below 附件： or behind it (附件：1.…), as it stands above a signature, as metadata."""
    for at, draft in enumerate(drafts):
        if draft.text[0] != "附" or not _ANNEXES.fullmatch(draft.text):
            continue
        for item in takewhile(lambda below: _ITEM.match(below.text) and len(below.text) <= 80, drafts[at + 1 : at + 20]):
            item.kind, item.level, item.marker = "metadata", 0, ""


def _style(draft: Draft) -> tuple[str, int] | None:
    """How a heading is numbered, and its number; None where it is not, or by a style that no list has."""
    match = p.MARKER.match(draft.marker) if draft.marker else None
    if match is None or match.lastgroup not in ("han_paren", "digit", "digit_paren"):
        return None
    number = "".join(filter(str.isdecimal, draft.marker))
    return match.lastgroup, int(number) if number else _value(draft.marker.strip("（()）"))


def _value(numeral: str) -> int:
    """二十三 as a number, below a hundred."""
    tens, ten, ones = numeral.rpartition("十")
    return (10 * _NUMERALS.get(tens, 1) if ten else 0) + _NUMERALS.get(ones, 0)


def _set_lists_apart(drafts: Sequence[Draft]) -> None:
    """Headings with nothing below them but the next of their kind, three or more, as items of a list; the last of them too where
    it has no text below it either.
    """
    at = 0
    while at < len(drafts):
        end = at + 1
        style = _style(drafts[at]) if drafts[at].kind == "heading" else None
        while style and end < len(drafts) and drafts[end].kind == "heading" and _follows(_style(drafts[end]), style, end - at):
            end += 1
        if style and end - at >= _RUN:
            below = drafts[end] if end < len(drafts) else None
            bare = (
                below is None
                or (below.kind == "heading" and below.level <= drafts[at].level)
                or below.kind in ("title", "metadata")
            )
            for item in drafts[at : end if bare else end - 1]:
                item.kind, item.level = "list_item", 0
        at = end


def _set_last_items_apart(drafts: Sequence[Draft]) -> None:
    """The last of a list of clauses, which ends in a full stop as a heading does: （三）其他情形。 below （二）…；, or with
    nothing below it, also where other text stands between the two.
    """
    items: dict[str, int] = {}  # style → number of its last item, while no heading or title stood below it
    for at, draft in enumerate(drafts):
        style = _style(draft)
        if draft.kind == "list_item" and style:
            items[style[0]] = style[1]
        elif draft.kind == "heading" and draft.text[-1] == "。" and style and items.get(style[0]) == style[1] - 1:
            above, below = drafts[at - 1], drafts[at + 1] if at + 1 < len(drafts) else None
            clause = above.kind == "list_item" and above.text[-1] in "；;"
            if clause or below is None or below.kind in ("title", "metadata") or p.ANNEX.fullmatch(below.text):
                draft.kind, draft.level = "list_item", 0
                items[style[0]] = style[1]
        elif draft.kind in ("heading", "title"):
            items.clear()


def _set_last_lines_apart(drafts: Sequence[Draft]) -> None:
    """The last of several short lines without punctuation (names of a list, cells of a table that lost its rules) that would pass
    for a heading as paragraph."""
    short, last = 0, ""
    for draft in drafts:
        bare = draft.kind == "heading" and not draft.marker and not draft.look[0]
        cell = 0 < max(len(draft.text), len(last)) <= _CELL and short > 0  # half of one
        if bare and (short >= _RUN or cell) and not _HEADS.match(draft.text):
            draft.kind, draft.level = "paragraph", 0
        line = draft.kind == "paragraph" and not draft.marker and len(draft.text) <= _LINE and unfinished(draft.text)
        short, last = short + 1 if line and draft.text[-1] not in "：:" else 0, draft.text


def _set_quoted_heads(drafts: Sequence[Draft]) -> None:
    """Quotations alone between paragraphs of prose, two or more, as headings: so reportage names its parts."""
    found = [
        draft
        for above, draft, below in zip(drafts, drafts[1:], drafts[2:], strict=False)
        if draft.kind == "paragraph" and _QUOTED.fullmatch(draft.text) and _is_prose(above) and _is_prose(below)
    ]
    for draft in found if len(found) > 1 else ():
        draft.kind, draft.level = "heading", 1


def _is_prose(draft: Draft) -> bool:
    return draft.kind == "paragraph" and len(draft.text) > _LINE and not unfinished(draft.text)


def _set_running_heads_apart(drafts: Sequence[Draft]) -> None:
    """Headings without number that come again, at least half of them in the middle of a sentence or below a table, as metadata:
    the name of a journal at the top of its pages.
    """
    places: dict[str, list[int]] = {}
    for at, draft in enumerate(drafts):
        if draft.kind == "heading" and not draft.marker and len(draft.text) <= _RUNNING:
            places.setdefault(draft.text, []).append(at)
    for found in places.values():
        above = [drafts[at - 1] for at in found if at]
        cut = sum(map(_breaks_off, above))
        if len(found) > 1 and cut and 2 * (cut + sum(draft.kind in _SET_IN for draft in above)) >= len(found):
            for at in found:
                drafts[at].kind, drafts[at].level = "metadata", 0


def _breaks_off(above: Draft) -> bool:
    return above.kind == "paragraph" and len(above.text) > 2 * _LINE and unfinished(above.text)


def _follows(style: tuple[str, int] | None, first: tuple[str, int], steps: int) -> bool:
    return style == (first[0], first[1] + steps)


def _split_glued(drafts: Sequence[Draft]) -> list[Draft]:
    """Paragraphs parted at a number that carries on the headings above, and names its section as they do."""
    out: list[Draft] = []
    open_: dict[str, tuple[int, int]] = {}  # style → number and level of the last heading of those that are open
    for draft in drafts:
        rest: Draft | None = draft
        while rest is not None:
            _note(rest, open_)
            match = _next_glued(rest.text, open_) if rest.kind in ("paragraph", "list_item") else None
            if match is None:
                out.append(rest)
                break
            heading = _part(rest, match.start(), match.end())
            heading.kind, heading.marker, heading.level = "heading", match["marker"], open_[_style_of(match)][1]
            _note(heading, open_)
            out += [_part(rest, 0, match.start()), heading]
            rest = _part(rest, match.end(), len(rest.text))
            rest.kind, rest.marker = "paragraph", ""
    return out


_DIVISIONS = ("part", "chapter", "section")  # 第一编, 第一章, 第一节
_NUMBERED = ("han", "han_paren", "digit", "digit_paren")


def _set_levels(drafts: Sequence[Draft]) -> None:
    """Depths in a document of parts, chapters or sections: these by their order, and 第一条, 一、, （一）, 1. below them.

    Other headings, and a document without such divisions, keep theirs.
    """
    styles = [_group(draft) if draft.kind == "heading" else "" for draft in drafts]
    used = [division for division in _DIVISIONS if division in styles]
    if not used:
        return
    above = "part" in used
    depths = {"part": 1, "chapter": 1 + above, "section": 2 + above}
    deepest = max(depths[division] for division in used)
    first = next(at for at, style in enumerate(styles) if style in used)
    for draft, style in zip(drafts[first:], styles[first:], strict=True):
        if style in depths:
            draft.level = depths[style]
        elif style == "article":
            draft.level = deepest + 1
        elif style in _NUMBERED:
            below_article = draft.level != p.LEVELS[style]
            draft.level = deepest + (2 if below_article else p.LEVELS[style])


def _group(draft: Draft) -> str:
    match = p.MARKER.match(draft.marker) if draft.marker else None
    return (match.lastgroup or "") if match else ""


def _note(draft: Draft, open_: dict[str, tuple[int, int]]) -> None:
    """Keeps what is open below a draft: a title closes all, a heading what is deeper."""
    if draft.kind not in ("title", "heading"):
        return
    for closed in [style for style, (_, level) in open_.items() if draft.kind == "title" or level > draft.level]:
        del open_[closed]
    if found := _style(draft):
        style, number = found
        open_[style] = (number, draft.level)


def _next_glued(text: str, open_: dict[str, tuple[int, int]]) -> re.Match[str] | None:
    """The first place in a text where the number after that of an open heading names a section."""
    if not open_ or not _MAY_HAVE_INLINE.search(text):
        return None
    for match in _INLINE.finditer(text):
        style = _style_of(match)
        number = int(match["digit"] or match["arabic"] or _value(match["han"]))
        if style in open_ and number == open_[style][0] + 1:
            return match
    return None


def _style_of(match: re.Match[str]) -> str:
    return "digit" if match["digit"] else "digit_paren" if match["arabic"] else "han_paren"


def _part(draft: Draft, start: int, end: int) -> Draft:
    """text[start:end] of a draft, as one of its own."""
    return replace(
        draft, text=draft.text[start:end], runs=clip(draft.runs, start, end), marker=draft.marker if start == 0 else ""
    )
