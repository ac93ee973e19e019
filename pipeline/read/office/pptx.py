"""Reads .pptx: the slides in order, each with its title as heading, its text, tables and notes (ECMA-376 part 1, 19, 21)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element as Node

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.patterns import lazy
from pipeline.read.cells import row_of
from pipeline.read.layout import Element, ElementKind
from pipeline.read.package import Package, Relation

_ID = lazy(r"\{.*/relationships\}(?:id|dm)")
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("ftr", "sldNum", "dt", "hdr")
_BREAK = "\n"


def elements(data: bytes, name: str) -> list[Element]:
    """The elements of a presentation. ReadError where it cannot be opened or holds no text."""
    package = Package(data, name, "presentation", ".pptx")
    found = list(_slides(package))
    if all(element.left_out for element in found):
        raise ReadError(f"{name}: holds no text: put text into it or remove it")
    return found


def _slides(package: Package) -> Iterator[Element]:
    kinds = package.relations("").values()
    main = next((each.target for each in kinds if each.kind == "officeDocument"), "ppt/presentation.xml")
    root = package.tree(main)
    if root is None:
        raise package.damaged(f"it has no {main}")
    related, tables = package.relations(main), [0]
    for number, entry in enumerate(root.iterfind("sldIdLst/sldId"), start=1):
        relation = next((related[key] for key in _ids(entry) if key in related), None)
        slide = package.tree(relation.target) if relation else None
        if relation is None or slide is None:
            continue
        hidden = "hidden slide" if slide.get("show") in ("0", "false") else ""
        place = ((0, Place(path=f"slide {number}")),)
        for element in _slide(package, slide, relation.target, tables, first=number == 1):
            yield Element(
                " ".join(filter(None, element.cells)) or element.text if hidden else element.text,
                kind=element.kind,
                level=element.level,
                cells=() if hidden else element.cells,
                table=0 if hidden else element.table,
                header=element.header,
                places=place,
                left_out=hidden or element.left_out,
            )


def _slide(package: Package, slide: Node, part: str, tables: list[int], *, first: bool) -> Iterator[Element]:
    """Title first, then shapes in their order, then the notes of the speaker."""
    related = package.relations(part)
    shapes = list(_shapes(slide.find("cSld/spTree")))
    shapes.sort(key=lambda shape: _placeholder(shape) not in _TITLES)
    for shape in shapes:
        kind = _placeholder(shape)
        if kind in _TITLES:
            title = " ".join(" ".join(_lines(shape)).split())
            if title:
                told: ElementKind = "title" if first and kind == "ctrTitle" else "heading"
                yield Element(title, kind=told, level=1)
        elif shape.tag == "graphicFrame":
            yield from _frame(package, shape, related, tables)
        else:
            for line in _lines(shape):
                yield Element(line, left_out="running head" if kind in _FURNITURE else "")
    notes = next((each.target for each in related.values() if each.kind == "notesSlide"), "")
    tree = package.tree(notes) if notes else None
    for shape in _shapes(None if tree is None else tree.find("cSld/spTree")):
        if _placeholder(shape) not in (*_FURNITURE, "sldImg"):
            yield from (Element(line) for line in _lines(shape))


def _shapes(tree: Node | None) -> Iterator[Node]:
    """Shapes and frames, those of groups in their place."""
    for child in () if tree is None else tree:
        if child.tag in ("sp", "graphicFrame", "cxnSp"):
            yield child
        elif child.tag == "AlternateContent":
            choice = child.find("Choice")
            yield from _shapes(child.find("Fallback") if choice is None else choice)
        elif child.tag == "grpSp":
            yield from _shapes(child)


def _frame(package: Package, frame: Node, related: dict[str, Relation], tables: list[int]) -> Iterator[Element]:
    """The rows of a table, or the words of a drawing made of a list (SmartArt)."""
    for table in frame.iter("tbl"):
        tables[0] += 1
        for index, row in enumerate(table.iterfind("tr")):
            cells = row_of([list(_lines(cell)) for cell in row.iterfind("tc")])
            if any(cells):
                yield Element("", cells=cells, table=tables[0], header=index == 0)
    for named in frame.iter("relIds"):
        target = next((related[key].target for key in _ids(named) if key in related), "")
        tree = package.tree(target) if target else None
        for point in () if tree is None else tree.iter("pt"):
            yield from (Element(line) for line in _lines(point))


def _lines(shape: Node) -> Iterator[str]:
    """The text of each paragraph, cut at line breaks."""
    for paragraph in shape.iter("p"):
        text = "".join(_BREAK if node.tag == "br" else node.text or "" for node in paragraph.iter() if node.tag in ("t", "br"))
        for line in re.split("[\n\x0b]", text):
            if line.strip():
                yield " ".join(line.split())


def _placeholder(shape: Node) -> str:
    """What a shape is a placeholder for; "" where it is none."""
    found = shape.find("nvSpPr/nvPr/ph")
    return "" if found is None else found.get("type", "obj")


def _ids(node: Node) -> list[str]:
    return [value for attribute, value in node.attrib.items() if _ID.fullmatch(attribute)]
