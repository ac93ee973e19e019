"""Saved web pages → elements in reading order; what belongs to the site is left out with its reason.

Read the modules in this order:

    tree.py     the page as a list of nodes, refused where the parser would need minutes or all memory for it
    notes.py    footnotes, and the marks that link to them
    title.py    what the page calls its document, and where it shows that
    styles.py   what the style of the page hides
    reasons.py  which nodes belong to the site or are hidden, by tag, role and name; which of them holds the article
    tables.py   tables of data, tables of fields, and tables that only arrange the page
    walk.py     nodes → elements: blocks, and the text that flows in them
    article.py  which elements are the document, by where they stand, their links and their words
"""

from __future__ import annotations

import re

from pipeline.errors import ReadError
from pipeline.patterns import lazy
from pipeline.read.html.article import UNSHOWN, divide
from pipeline.read.html.notes import find_notes
from pipeline.read.html.reasons import mark_reasons
from pipeline.read.html.title import page_names
from pipeline.read.html.tree import parse
from pipeline.read.html.walk import Walk
from pipeline.read.layout import Element

__all__ = ["UNSHOWN", "closed", "declared_encoding", "elements"]

_CHARSET = lazy(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a <meta> in the first 4096 bytes names."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


_VOID = rb"(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)[\s/]"
_EMPTY = lazy(rb"<(?!" + _VOID + rb")(\w+)((?:\s[^<>]*)?)/>", re.I)


def closed(data: bytes) -> bytes:
    """XHTML with an end tag for each empty element, which html would leave open: <title/> → <title></title>."""
    return _EMPTY.sub(rb"<\1\2></\1>", data)


def elements(text: str, name: str) -> list[Element]:
    """Everything a reader of the page sees, in reading order. ReadError, one line, where that is nothing or too much."""
    nodes, title, metas, sheets = parse(text, name)
    notes = find_notes(nodes)
    names = page_names(title, metas)
    mark_reasons(nodes, set(notes.blocks), names, sheets)
    found = Walk(nodes, notes).run(0, len(nodes))
    if all(element.left_out for _, element in found):
        raise ReadError(f"{name}: holds no text that a reader of the page sees: save the page again after it has loaded")
    return divide(found, nodes, names)
