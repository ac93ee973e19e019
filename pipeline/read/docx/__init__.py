"""Reads .docx: the paragraphs, tables and notes of a Word document as elements, as Word shows them with all changes accepted.

Read the modules in this order:

    package.py    the zip file: its parts as trees of XML, within limits
    nodes.py      what to ask of a node: attributes, switches, what counts of its children
    numbering.py  the numbers before the paragraphs of lists, and the marks of notes
    styles.py     what a style makes of a paragraph: title, heading, caption, contents, depth in a list
    paragraph.py  a paragraph in the making: its text, with notes and places
    formula.py    a formula on one line
    runs.py       what stands in a paragraph: runs, fields, symbols, references to notes
    body.py       paragraphs, tables, notes and running heads in reading order

Section numbers are those of ECMA-376, part 1. The tags of its text and math are used without their namespace ("p", "m.oMath");
attributes keep it.
"""

from __future__ import annotations

from pipeline.errors import ReadError
from pipeline.read.docx.body import Body
from pipeline.read.docx.package import Package
from pipeline.read.layout import Element


def elements(data: bytes, name: str) -> list[Element]:
    """The elements of a .docx in reading order, what is left out among them; `name` is the file's, for messages.

    ReadError, one line, where it cannot be opened, is encrypted, refused (entities, nesting, size), or holds no text.
    """
    found = list(Body(Package(data, name)).document())
    if all(element.left_out for element in found):
        raise ReadError(f"{name}: holds no text: put text into it or remove it")
    return found
