"""The zip file of a document: its parts as trees, each read once, within limits of size and depth."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from functools import lru_cache
from io import BytesIO
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import ParseError, iterparse

from pipeline.errors import ReadError
from pipeline.read.docx.nodes import M, W

_PART_LIMIT = 64 << 20  # bytes of one part, uncompressed
_TOTAL_LIMIT = 200 << 20  # bytes of all parts that are read
_NODE_LIMIT = 2_000_000  # XML elements of one part
_DEPTH_LIMIT = 250  # of XML elements; reading takes at most two frames of the stack for each

_PREFIXES = {
    W[1:-1]: "",
    M[1:-1]: "m.",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc.",
}
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1].encode(),
}
_UNREADABLE = (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, struct.error)


class Package:
    """The parts of the file, each read once and within the limits."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._left = _TOTAL_LIMIT
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise ReadError(f"{name}: is encrypted: save it without a password")
            raise ReadError(f"{name}: is an old .doc or encrypted: save it as .docx without a password")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _UNREADABLE as error:
            raise self._damaged(error) from None

    def _damaged(self, reason: object) -> ReadError:
        text = " ".join(str(reason).split())
        return ReadError(f"{self._name}: is no Word document that can be opened ({text}): save it again as .docx")

    def parts(self, pattern: str) -> list[str]:
        """Names of the parts that match, header2 before header10."""
        return sorted((part for part in self._zip.namelist() if re.fullmatch(pattern, part)), key=lambda part: (len(part), part))

    def body(self) -> Node:
        """The body of the main document."""
        document = self.tree("word/document.xml")
        body = None if document is None else document.find("body")
        if body is None:
            raise self._damaged("it has no word/document.xml with a body")
        return body

    def tree(self, part: str) -> Node | None:
        """The root of a part; None where the file has no such part."""
        try:
            data = self._bytes(self._zip.getinfo(part))
        except KeyError:
            return None
        if b"<!DOCTYPE" in (plain := data.replace(b"\0", b"")) or b"<!ENTITY" in plain:
            raise ReadError(f"{self._name}: is refused, as {part} declares entities: save it again as .docx")
        for strict, common in _STRICT.items():
            data = data.replace(strict, common)
        try:
            return self._parsed(data, part)
        except (ParseError, ValueError, LookupError) as error:
            raise self._damaged(f"{part}: {error}") from None

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise ReadError(f"{self._name}: is encrypted: save it without a password")
        limit = min(_PART_LIMIT, self._left)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except _UNREADABLE as error:
            raise self._damaged(error) from None
        if len(data) > limit:
            raise ReadError(f"{self._name}: is refused, as {info.filename} is too large uncompressed: split it into documents")
        self._left -= len(data)
        return data

    def _parsed(self, data: bytes, part: str) -> Node:
        """The tree, its tags shortened."""
        depth = nodes = 0
        root: Node | None = None
        for event, node in iterparse(BytesIO(data), events=("start", "end")):
            if event == "end":
                depth -= 1
                continue
            root = node if root is None else root
            node.tag = _short(node.tag)
            depth, nodes = depth + 1, nodes + 1
            if depth > _DEPTH_LIMIT or nodes > _NODE_LIMIT:
                raise ReadError(f"{self._name}: is refused, as {part} is nested too deep or too large: split it into documents")
        assert root is not None  # iterparse raises where there is no root
        return root


@lru_cache(maxsize=1024)
def _short(tag: str) -> str:
    space, _, local = tag[1:].rpartition("}")
    prefix = _PREFIXES.get(space)
    return tag if prefix is None else prefix + local
