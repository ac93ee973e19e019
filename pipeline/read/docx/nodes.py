"""What to ask of a node of XML: its attributes, what they switch, and what counts of its children."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element as Node

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHUNK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"  # names a part of the file
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DROPPED = frozenset("del moveFrom delText instrText pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr sectPr rt".split())


def value(node: Node | None, path: str = "", name: str = "val") -> str | None:
    """The attribute of the first node at the path below, or of the node itself; None where there is none."""
    found = node.find(path) if path and node is not None else node
    return None if found is None else found.get(W + name)


def integer(text: str | None) -> int | None:
    """A number of up to nine digits; None for anything else."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else None


def switched(node: Node | None, path: str) -> bool | None:
    """Whether a property is switched on; None where it is not mentioned."""
    found = None if node is None else node.find(path)
    return None if found is None else found.get(W + "val") not in {"0", "false", "off"}


def children(node: Node) -> Iterable[Node]:
    """What counts of the children: one reading of alternatives, nothing of what was deleted."""
    if node.tag in _DROPPED or (node.tag == "tr" and node.find("trPr/del") is not None):
        return ()
    if node.tag == "mc.AlternateContent":
        return node.findall("mc.Choice")[:1] or node.findall("mc.Fallback")
    return node


def inside(node: Node, tag: str, past: str = "") -> Iterator[Node]:
    """The outermost nodes of a tag below, through content controls and the like, but not within those of the tag `past`."""
    for child in children(node):
        if child.tag == tag:
            yield child
        elif child.tag != past:
            yield from inside(child, tag, past)
