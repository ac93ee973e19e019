"""The zip file of a packed document (Office, OpenDocument, EPUB, OFD): its parts, unpacked within limits of size and depth."""

from __future__ import annotations

import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import ParseError, iterparse

from pipeline.errors import ReadError

_PART_LIMIT = 64 << 20  # bytes of one part, uncompressed
_TOTAL_LIMIT = 200 << 20  # bytes of all parts that are read
_RATIO_LIMIT = 100  # bytes to one packed byte, above _RATIO_FREE; XML of documents has 10 to 40
_RATIO_FREE = 4 << 20
_NODE_LIMIT = 1_000_000  # XML elements of one part; a book of 900 pages has 300,000
_DEPTH_LIMIT = 250  # of XML elements; reading takes at most two frames of the stack for each
_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
)


class Relation(NamedTuple):
    """A part that another names (OPC, ECMA-376 part 2): the last word of the relation's type, and the name of the part."""

    kind: str
    target: str


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


class Package:
    """The parts of a file by name. `what` and `suffix` are for messages: "Word document", ".docx"."""

    def __init__(self, data: bytes, name: str, what: str, suffix: str, short: Callable[[str], str] = local) -> None:
        self.name = name
        self._what = what
        self._suffix = suffix
        self._short = short
        self._left = _TOTAL_LIMIT
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _UNREADABLE as error:
            raise self.damaged(error) from None
        self._infos = {info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()}

    def damaged(self, reason: object) -> ReadError:
        """The error of a file that cannot be opened."""
        text = " ".join(str(reason).split())
        return ReadError(f"{self.name}: is no {self._what} that can be opened ({text}): save it again as {self._suffix}")

    def refused(self, reason: str) -> ReadError:
        """The error of a file that would take too much or is unsafe."""
        return ReadError(f"{self.name}: is refused, as {reason}: split it into documents")

    def parts(self, pattern: str) -> list[str]:
        """Names of the parts that match, header2 before header10."""
        return sorted((part for part in self._infos if re.fullmatch(pattern, part)), key=lambda part: (len(part), part))

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part names, by id; "" is the package itself. What lies outside of the file is left out."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        return {
            each.get("Id", ""): Relation(each.get("Type", "").rpartition("/")[2], within(folder, each.get("Target", "")))
            for each in (() if root is None else root)
            if each.get("TargetMode") != "External"
        }

    def tree(self, part: str) -> Node | None:
        """The root of a part; None where the file has no such part."""
        data = self.content(part)
        if data is None:
            return None
        if b"<!DOCTYPE" in (plain := data.replace(b"\0", b"")) or b"<!ENTITY" in plain:
            raise ReadError(f"{self.name}: is refused, as {part} declares entities: save it again as {self._suffix}")
        try:
            return self._parsed(data, part)
        except (ParseError, ValueError, LookupError) as error:
            raise self.damaged(f"{part}: {error}") from None

    def content(self, part: str) -> bytes | None:
        """What a part holds; None where the file has no such part."""
        info = self._infos.get(part)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ReadError(f"{self.name}: is encrypted: save it without a password")
        limit = min(_PART_LIMIT, self._left, max(_RATIO_FREE, _RATIO_LIMIT * info.compress_size))
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except _UNREADABLE as error:
            raise self.damaged(error) from None
        if len(data) > limit:
            raise self.refused(f"{info.filename} is too large uncompressed")
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
            node.tag = self._short(node.tag)
            depth, nodes = depth + 1, nodes + 1
            if depth > _DEPTH_LIMIT or nodes > _NODE_LIMIT:
                raise self.refused(f"{part} is nested too deep or too large")
        assert root is not None  # iterparse raises where there is no root
        return root


def within(folder: str, target: str) -> str:
    """The name of the part that a folder's part calls `target`: relative to the folder, or from the root with a slash before."""
    return posixpath.normpath(posixpath.join("/", folder, unquote(target.partition("#")[0]))).lstrip("/")
