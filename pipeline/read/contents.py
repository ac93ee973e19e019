"""Tables of contents, which are no part of the body: their entries come again where they belong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.patterns import lazy

if TYPE_CHECKING:
    from pipeline.read.structure import Draft

_CONTENTS = lazy(r"(?:[图表]{0,2}|插图|附[图表])\s*目\s*[录次]|CONTENTS", re.I)
_DOTTED_PAGE = lazy(r"(?:\s*[.…·．•]{2,}\s*\d{0,4}|\s+\d{1,4})$")  # behind an entry: dots or a tab, its page
_PAGE = lazy(r"[\s.…·．•]*\d{1,3}(?:\.\d)?$")  # under the heading 目录, where no dots are needed
_ENTRY = 80  # characters of an entry at most
LISTS = 20  # tables of contents of a document at most
AGAIN = 2  # entries without pages that come again in the body
_KINDS = ("heading", "paragraph", "list_item", "caption")


def set_contents_apart(drafts: Sequence[Draft]) -> None:
    """Makes every table of contents, with its heading, metadata."""
    named = [at for at, draft in enumerate(drafts) if draft.kind in _KINDS and _is_contents(draft.text)]
    seen: set[str] = set()
    for at in named[:LISTS]:
        end = _end_of_named(drafts, at, seen)
        _set_apart(drafts[at:end])
    _set_dotted_apart(drafts)
    _set_repeated_apart(drafts)


def _is_contents(text: str) -> bool:
    return ("目" in text or len(text) == len("CONTENTS")) and _CONTENTS.fullmatch(text) is not None


def _set_apart(drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        draft.kind, draft.level, draft.marker = "metadata", 0, ""


def _end_of_named(drafts: Sequence[Draft], at: int, seen: set[str]) -> int:
    """Index after the last entry below the heading 目录 at `at`, `at` itself where there is none: entries go on until one comes
    again, another list opens, or prose begins: above it those count that have a page, or all where some come again below.

    `seen` are the entries of the lists above, and grows.
    """
    end = at
    for index, draft in enumerate(drafts[at + 1 :], at + 1):
        name, whole = _plain(_PAGE.sub("", draft.text)), _plain(draft.text)
        if whole in seen or name in seen or _is_contents(draft.text):
            return index if index > at + 1 else at
        if draft.kind not in (*_KINDS, "metadata") or len(draft.text) > _ENTRY or draft.text[-1] in "。；":
            names = {_plain(_PAGE.sub("", entry.text)) for entry in drafts[at + 1 : index]}
            again = sum(_plain(below.text) in names for below in drafts[index:])
            return index if again >= AGAIN else end
        seen.add(name)
        if name != whole:
            end = index + 1
    return end


def _plain(text: str) -> str:
    return re.sub(r"[\s.…·．•、，。：:（）()]+", "", text)


def _set_dotted_apart(drafts: Sequence[Draft]) -> None:
    """Entries with dots and pages, two or more, most of which come again."""
    names: list[str] = []
    for draft in drafts:
        entry = len(draft.text) <= _ENTRY and draft.kind in ("heading", "paragraph", "list_item")
        paged = entry and (draft.text[-1].isdigit() or draft.text[-1].isspace() or draft.text[-1] in ".…·．•")
        match = _DOTTED_PAGE.search(draft.text) if paged else None
        names.append(draft.text[: match.start()] if match else "")
    whole = {draft.text for draft in drafts} if any(names) else ()
    at = 0
    while at < len(drafts):
        if not names[at]:
            at += 1
            continue
        end = at
        while end < len(drafts) and names[end]:
            end += 1
        again = sum(name in whole for name in names[at:end])
        if again and 2 * again >= end - at >= 2:
            _set_apart(drafts[at:end])
        at = end


def _set_repeated_apart(drafts: Sequence[Draft]) -> None:
    """Three headings or more, one below the other, the first and half of which come again."""
    last = {draft.text: at for at, draft in enumerate(drafts) if draft.kind == "heading"}
    at = 0
    while at < len(drafts):
        if drafts[at].kind != "heading":
            at += 1
            continue
        end, seen = at, set[str]()
        while end < len(drafts) and drafts[end].kind == "heading" and drafts[end].text not in seen:
            seen.add(drafts[end].text)
            end += 1
        again = sum(last[draft.text] >= end for draft in drafts[at:end])
        if end - at >= 3 and last[drafts[at].text] >= end and again >= max(2, (end - at) // 2):
            _set_apart(drafts[at:end])
        at = end
