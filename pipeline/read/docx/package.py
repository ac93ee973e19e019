"""The zip file of a Word document: its main part and those that it names, as trees whose tags have no namespace."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from xml.etree.ElementTree import Element as Node

from pipeline.read.docx.nodes import M, W
from pipeline.read.package import Package

_PREFIXES = {
    W[1:-1]: "",
    M[1:-1]: "m.",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc.",
}
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_USUAL = "word/document.xml"


class WordPackage(Package):
    """The parts of a Word document by their role; the main one may have any name, such as word/document2.xml."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data, name, "Word document", ".docx", _short)
        named = [relation.target for relation in self.relations("").values() if relation.kind == "officeDocument"]
        self.main = next((part for part in named if part in self._infos), _USUAL)
        self.related = self.relations(self.main)

    def body(self) -> Node:
        """The body of the main document."""
        document = self.tree(self.main)
        body = None if document is None else document.find("body")
        if body is None:
            raise self.damaged(f"it has no {self.main} with a body")
        return body

    def role(self, kind: str) -> Node | None:
        """The part that has a role for the main one, "styles" or "footnotes"; by its usual name where none is named."""
        parts = self.roles(kind)
        return self.tree(parts[0]) if parts else None

    def roles(self, kind: str) -> list[str]:
        """Names of the parts that have a role, header2 before header10."""
        named = {each.target for each in self.related.values() if each.kind == kind and each.target in self._infos}
        folder = posixpath.dirname(self.main)
        return sorted(named, key=lambda part: (len(part), part)) or self.parts(rf"{folder}/{kind}\d*\.xml")

    def content(self, part: str) -> bytes | None:
        """What a part holds, its namespaces those of the transitional form."""
        data = super().content(part)
        if data is not None and part.endswith((".xml", ".rels")) and b"purl.oclc.org" in data:
            for strict, common in _STRICT.items():
                data = data.replace(strict, common)
        return data


@lru_cache(maxsize=1024)
def _short(tag: str) -> str:
    space, _, name = tag[1:].rpartition("}")
    prefix = _PREFIXES.get(space)
    return tag if prefix is None else prefix + name
