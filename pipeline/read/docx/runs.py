"""What stands in a paragraph: runs of text, breaks, symbols, fields, references to notes, text boxes, formulas.

A new kind of content is one method and one row of the table at the foot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element as Node

from pipeline.read.docx.formula import linear
from pipeline.read.docx.nodes import children, switched, value
from pipeline.read.docx.numbering import NoteMarks
from pipeline.read.docx.paragraph import Flow, Line, Note
from pipeline.read.docx.styles import Styles

_SYMBOLS = {"F052": "☑", "F0FE": "☑", "F0A8": "□", "F06F": "□", "F0A3": "□", "F0E0": "→", "F0B7": "·"}  # Wingdings, Symbol


class Runs:
    """Reads the paragraphs of a document in order; `notes` are the nodes of its notes by key, each read at its first mark."""

    def __init__(self, styles: Styles, marks: NoteMarks, notes: dict[str, Node]) -> None:
        self._styles = styles
        self._marks = marks
        self._notes = notes

    def read(self, node: Node, flow: Flow) -> None:
        """Adds what stands in a paragraph, or in a part of one, to the flow."""
        for child in children(node):
            handler = _INLINE.get(child.tag)
            if handler is None:
                self.read(child, flow)
            else:
                handler(self, child, flow)

    def _run(self, r: Node, flow: Flow) -> None:
        flow.begin_run(self._is_hidden(r.find("rPr"), flow))
        self.read(r, flow)
        if flow.custom is not None:
            flow.notes[-1] = flow.notes[-1]._replace(mark="".join(flow.custom).strip())
            flow.custom = None

    def _is_hidden(self, properties: Node | None, flow: Flow) -> bool:
        """Whether a run is hidden: by itself, by its style, or by that of its paragraph (17.3.2.41)."""
        own = switched(properties, "vanish")
        style = None if own is not None else value(properties, "rStyle")
        return own if own is not None else flow.look.hidden or bool(style and self._styles.of(style).hidden)

    def _text(self, t: Node, flow: Flow) -> None:
        text = t.text or ""
        flow.add(text if t.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" else text.strip(" \t\r\n"))
        flow.beside.append(text)

    def _break(self, br: Node, flow: Flow) -> None:
        if value(br, name="type") == "page":
            self._marks.new_page()
        elif value(br, name="type") != "column":
            flow.lines.append(Line())

    def _page(self, _: Node, __: Flow) -> None:
        self._marks.new_page()

    def _tab(self, _: Node, flow: Flow) -> None:
        flow.add("\t")

    def _hyphen(self, _: Node, flow: Flow) -> None:
        flow.add("-")

    def _symbol(self, sym: Node, flow: Flow) -> None:
        flow.add(_SYMBOLS.get((value(sym, name="char") or "").upper(), ""))

    def _field(self, char: Node, flow: Flow) -> None:
        """Keeps the result of a field and drops its code, which may hold other fields with their results."""
        step = value(char, name="fldCharType")
        if step == "begin":
            flow.codes.append(True)
        elif flow.codes and step == "separate":
            flow.codes[-1] = False
        elif flow.codes and step == "end":
            flow.codes.pop()

    def _reference(self, reference: Node, flow: Flow) -> None:
        kind = reference.tag.removesuffix("Reference")
        key = f"{kind}-{value(reference, name='id')}"
        node = None if flow.hiding else self._notes.pop(key, None)
        if node is None:
            return
        flow.lines[-1].notes.append((flow.lines[-1].length, key))
        custom = value(reference, name="customMarkFollows") in {"1", "true", "on"}
        flow.custom = [] if custom else None
        flow.notes.append(Note(key, "" if custom else self._marks.next(kind), node))

    def _box(self, content: Node, flow: Flow) -> None:
        flow.boxes.append(content)

    def _math(self, math: Node, flow: Flow) -> None:
        flow.begin_run(hiding=False)
        flow.add(linear(math))
        flow.formula = True


_INLINE: Mapping[str, Callable[[Runs, Node, Flow], None]] = {
    "r": Runs._run,
    "t": Runs._text,
    "tab": Runs._tab,
    "ptab": Runs._tab,
    "br": Runs._break,
    "cr": Runs._break,
    "lastRenderedPageBreak": Runs._page,
    "noBreakHyphen": Runs._hyphen,
    "sym": Runs._symbol,
    "fldChar": Runs._field,
    "footnoteReference": Runs._reference,
    "endnoteReference": Runs._reference,
    "txbxContent": Runs._box,
    "m.oMath": Runs._math,
}
