"""Reads .docx: the paragraphs, tables and notes of a Word document as elements, as Word shows them with all changes accepted.

Read the modules in this order:

    package.py    the zip file: its parts by their role, as trees of XML
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
from pipeline.read.docx.body import Body, Chunk
from pipeline.read.docx.package import WordPackage
from pipeline.read.layout import Element


def elements(data: bytes, name: str, chunk: Chunk) -> list[Element]:
    """The elements of a .docx in reading order, what is left out among them; `name` is the file's, for messages, `chunk` reads
    the documents of other formats within it.

    ReadError, one line, where it cannot be opened, is encrypted, refused (entities, nesting, size), or holds no text.
    """
    found = list(Body(WordPackage(data, name), chunk).document())
    if all(element.left_out for element in found):
        embedded = next((element.left_out for element in found if element.left_out.startswith("embedded")), "")
        if embedded:
            raise ReadError(f"{name}: holds nothing but an {embedded}; open it in Word and save it again")
        raise ReadError(f"{name}: holds no text: put text into it or remove it")
    return found
