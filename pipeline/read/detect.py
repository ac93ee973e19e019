"""What kind of document some bytes are: by content first, by the name's suffix among the formats of text."""

from __future__ import annotations

import io
import re
from zipfile import BadZipFile, ZipFile

from pipeline.errors import ReadError
from pipeline.read.archive import MAGIC

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
READABLE = ".txt, .md, .html, .docx or .pdf"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and Office files under a password
_OFFICE = {"xl/": "a spreadsheet", "ppt/": "a presentation", "mimetype": "an OpenDocument or EPUB file"}
_PAGE = re.compile(
    rb"(?:\s|<\?xml[^>]*>|<!--.*?-->)*(?:<!doctype\s+html|<html|<head|<body|mime-version:|from: <saved by)", re.I | re.S
)
_SUFFIXES = {
    "": "text/plain",
    "txt": "text/plain",
    "text": "text/plain",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
    "docx": DOCX,
    "pdf": "application/pdf",
}


def media_type(data: bytes, name: str) -> str:
    """The media type, a key of READERS. ReadError for what is none of them, with what to do."""
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data.startswith(_OLE):
        return DOCX  # whose reader says what it is
    if data.startswith(MAGIC):
        return _packed(data, name)
    if data.startswith(b"{\\rtf"):
        raise ReadError(f"{name}: the .rtf format is not read: convert to {READABLE}")
    if _PAGE.match(data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")):
        return "text/html"
    base = name.rpartition("/")[2]
    suffix = base.rpartition(".")[2].lower() if "." in base else ""
    if suffix not in _SUFFIXES:
        raise ReadError(f"{name}: the .{suffix} format is not read: convert to {READABLE}")
    return _SUFFIXES[suffix]


def _packed(data: bytes, name: str) -> str:
    """Word's format, or the reason why another is not read."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError):
        return DOCX  # whose reader says that it is broken
    if "word/document.xml" in names:
        return DOCX
    kind = next((kind for start, kind in _OFFICE.items() if any(each.startswith(start) for each in names)), None)
    if kind:
        raise ReadError(f"{name}: is {kind}, not a document: convert to {READABLE}")
    raise ReadError(f"{name}: is an archive within an archive: unpack it")
