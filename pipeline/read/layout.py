"""What a format that knows its own layout (html, docx, pdf) hands over: elements in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.model import Place

ElementKind = Literal["title", "heading", "paragraph", "list_item", "footnote", "caption", "formula"]


@dataclass(frozen=True, slots=True)
class Element:
    """A paragraph, a heading, a row of a table, a footnote …, whole and without line breaks, or something left out.

    `kind` is None where only the text can tell (an ordinary paragraph that may be a heading by its numbering); `level` is the
    depth of a heading, from 1. A row of a table has `cells` and no `text`; `table` numbers the tables of the document from 1,
    `header` says that its cells name what stands below them. `notes` are the marks that hang in the text and are no part of it:
    (offset in `text`, `key` of the footnote). `mark` is what the reader sees before a footnote (①). `places` say where the text
    from an offset on stands in the file, first at offset 0. `left_out` is the reason why the element is no part of the
    document ("navigation", "running head"), else "".
    """

    text: str
    kind: ElementKind | None = None
    level: int = 0
    cells: tuple[str, ...] = ()
    table: int = 0
    header: bool = False
    notes: tuple[tuple[int, str], ...] = ()
    key: str = ""
    mark: str = ""
    places: tuple[tuple[int, Place], ...] = ()
    left_out: str = ""
