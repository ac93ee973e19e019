"""Text as it may be shown or written: a quote as a reader sees it, nothing that a terminal, a spreadsheet or XML would act on."""

from __future__ import annotations

import re

from pipeline.patterns import lazy
from pipeline.rows import Cell

_LINE_BREAK = lazy(r"(?<![ \t])[ \t]*[\r\n\u0085\u2028\u2029]+\s*")
_BETWEEN_WORDS = lazy(r"(?<=[A-Za-z0-9,.;:])[ \t]*[\r\n]+[ \t]*(?=[A-Za-z0-9])")
_CELLS = lazy(r"[ \t]*\n+\t[ \t]*")  # a cell on a line of its own
_MARKUP = (  # Markdown: what stands around a text, each with what is left of it
    (lazy(r"^[ \t]{0,3}(?:#{1,6}|>+|[-*+])[ \t]+", re.MULTILINE), ""),
    (lazy(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)"), r"\1"),
    (lazy(r"\[\^[^\[\]\s]+\]"), ""),
    (lazy(r"\*\*|~~"), ""),
    (lazy(r"__(?=\S)([^_\n]+)__"), r"\1"),
    (lazy(r"(?<!\*)\*(?=[^\s*\d])([^*\n]+)\*(?!\*)"), r"\1"),
    (lazy(r"`+([^`\n]+)`+"), r"\1"),
)
# C0 and C1 (ESC and CSI begin what a terminal obeys), and what turns the direction of all that follows.
_CONTROL = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NO_XML = lazy(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = lazy(r"[=+\-@\t\r＝＋－＠]")
_NUMBER = lazy(r"[+-]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?[%‰]?")


def as_read(text: str) -> str:
    """A quote as a reader sees it: its lines joined, markup and control characters gone. claims.jsonl keeps it as it stands."""
    for markup, left in _MARKUP:
        text = markup.sub(left, text)
    return harmless(_LINE_BREAK.sub("", _BETWEEN_WORDS.sub(" ", _CELLS.sub(" ", text))))


def harmless(text: str) -> str:
    """A text without characters that a terminal obeys; each becomes U+FFFD, so that it is seen that something stood there."""
    return _CONTROL.sub("\ufffd", text)


def cell_text(cell: Cell | float) -> str:
    """A cell as text: numbers as they stand in the graph, truth values as XSD writes them."""
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else harmless(str(cell))


def csv_cell(cell: Cell | float) -> str:
    """A cell of a CSV file. What a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers."""
    text = cell_text(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def xml_text(text: str) -> str:
    """A text with U+FFFD for what XML 1.0 cannot hold, not even as a reference: controls, U+FFFE, U+FFFF, surrogates."""
    return _NO_XML.sub("\ufffd", text)
