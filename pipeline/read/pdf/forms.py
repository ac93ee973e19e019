"""What was written into the fields of a form, or typed on a page, as runs at its place; and comments, which are no text.

Such text is no part of a page's content, and its appearance may lack the font for it: its value is read instead.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.model import Place
from pipeline.read.layout import Element
from pipeline.read.pdf.lines import DESCENT
from pipeline.read.pdf.page import Rule, Run, left_out
from pipeline.read.pdf.turn import Turn

ANNOTATIONS = 2_000  # the most that is looked at on a page
LENGTH = 200_000  # units of UTF-16 that a value has at most, and about as many that are read of all of a document
PLAIN, SMALL = 11.0, 0.7  # points: the size of what is typed; of the height of a field that is lower
LEADING = 1.3  # sizes between two lines of a field
FAR = 8.0  # em between a name and its field
LEVEL = 0.7  # em between their baselines, as a field has its own
HIDDEN = 2 | 32  # flags: hidden, not to be viewed
CHECKED, UNCHECKED = "☑", "☐"
Box = tuple[float, float, float, float]


def open_form(document: Any) -> Any:
    """pdfium's hold on the fields of a document, before any page is opened; None where there are none."""
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # it warns of XFA, whose fields are read all the same
    document.init_forms()
    return document.formenv.raw if document.formenv else None


@dataclass(slots=True)
class Written:
    """What was written on a page, on top of its content."""

    runs: list[Run] = field(default_factory=list)
    comments: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Forms:
    """Reads the fields and annotations of pages."""

    raw: Any
    form: Any
    left: int = LENGTH

    def of(self, page: Any, number: int, turn: Turn) -> Written:
        """What was written on a page of the file that is seen as `turn` says."""
        written = Written()
        count = self.raw.FPDFPage_GetAnnotCount(page)
        for index in range(count):
            if index == ANNOTATIONS or self.left <= 0:
                written.comments.append(left_out("", f"page {number} has {count - index} more fields and notes", Place(number)))
                break
            note = self.raw.FPDFPage_GetAnnot(page, index)
            if note:
                self._read(note, number, turn, written)
                self.raw.FPDFPage_CloseAnnot(note)
        return written

    def _read(self, note: Any, number: int, turn: Turn, written: Written) -> None:
        raw, box = self.raw, self.raw.FS_RECTF()
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind == raw.FPDF_ANNOT_LINK or raw.FPDFAnnot_GetFlags(note) & HIDDEN or not raw.FPDFAnnot_GetRect(note, box):
            return
        left, top, right, bottom = turn.boxes([box.left, box.top, box.right, box.bottom])
        if kind == raw.FPDF_ANNOT_WIDGET:
            written.runs += _lines(self._value(note), (left, bottom, right, top)) if self.form else []
            return
        text = self._text(raw.FPDFAnnot_GetStringValue, note, b"Contents")
        if kind == raw.FPDF_ANNOT_FREETEXT:
            written.runs += _lines(text, (left, bottom, right, top))
        elif text.strip():
            place = Place(number, (round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)))
            written.comments.append(left_out(" ".join(text.split()), "comment", place))

    def _value(self, note: Any) -> str:
        """What a field says: its text, its chosen options, or whether it is ticked."""
        raw = self.raw
        kind = raw.FPDFAnnot_GetFormFieldType(self.form, note)
        if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
            return CHECKED if raw.FPDFAnnot_IsChecked(self.form, note) else UNCHECKED
        if kind in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
            count = min(raw.FPDFAnnot_GetOptionCount(self.form, note), ANNOTATIONS)
            chosen = [at for at in range(count) if raw.FPDFAnnot_IsOptionSelected(self.form, note, at)]
            if chosen:
                return "、".join(self._text(raw.FPDFAnnot_GetOptionLabel, self.form, note, at) for at in chosen)
        elif kind != raw.FPDF_FORMFIELD_TEXTFIELD:
            return ""
        return self._text(raw.FPDFAnnot_GetFormFieldValue, self.form, note)

    def _text(self, get: Callable[..., int], *arguments: Any) -> str:
        """A string that one of pdfium's functions puts into a buffer."""
        length = min(get(*arguments, None, 0), 2 * LENGTH)
        if length <= 2:
            return ""
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        get(*arguments, buffer, length)
        self.left -= length // 2
        return bytes(buffer)[: length - 2].decode("utf-16-le", "replace").rstrip("\0")


def _lines(text: str, box: Box) -> Iterator[Run]:
    """The text as lines in its box; each is broken where the box ends, if there is room for more than one."""
    left, bottom, right, top = box
    size = max(1.0, min(PLAIN, SMALL * (top - bottom)))
    room = max(1, int((right - left) / size)) if top - bottom > 2 * LEADING * size else len(text) + 1
    lines = [part[at : at + room] for part in text.splitlines() for at in range(0, len(part), room)]
    lines = [line.strip() for line in lines if line.strip()]
    step = min(LEADING * size, (top - bottom) / max(1, len(lines)))
    first = top - step + DESCENT * size if len(lines) > 1 else (top + bottom - size) / 2 + DESCENT * size
    for at, line in enumerate(lines):
        yield _run(line, left, right, first - step * at, size)


def _run(text: str, left: float, right: float, base: float, size: float) -> Run:
    """Characters side by side, closer where there is little room."""
    widths = [size if char >= "\u2e80" or char in CHECKED + UNCHECKED else 0.5 * size for char in text]
    shrink = min(1.0, max(1.0, right - left) / sum(widths))
    lefts = [left + shrink * sum(widths[:at]) for at in range(len(text))] if len(text) < 1_000 else [left] * len(text)
    return Run(text, lefts, min(right, left + shrink * sum(widths)), base, size)


def beside_names(values: Sequence[Run], runs: Sequence[Run], rules: Sequence[Rule]) -> Iterator[Run]:
    """The values, on the line of the name on their left that ends in a colon, the first close to it; no rule stands between."""
    led: set[int] = set()
    names = [run for run in runs if run.text.rstrip()[-1:] in ("：", ":")]
    for value in sorted(values, key=lambda value: value.left):
        level = [name for name in names if abs(name.base - value.base) < LEVEL * name.size]
        near = [name for name in level if -2 < value.left - name.right < FAR * name.size]
        name = max(near, key=lambda name: name.right, default=None)
        if name is None or _parted(name.right, value, rules):
            yield value
            continue
        shift = 0.0 if id(name) in led else value.left - name.right - 0.1 * name.size
        led.add(id(name))
        yield value._replace(lefts=[left - shift for left in value.lefts], base=name.base, size=name.size)


def _parted(right: float, value: Run, rules: Sequence[Rule]) -> bool:
    """Whether an upright rule stands between a name that ends at `right` and a value."""
    middle = value.base + 0.3 * value.size
    return any(
        not rule.level and right - 1 <= rule.left <= value.left + 1 and rule.bottom <= middle <= rule.top for rule in rules
    )
