"""What kind of document some bytes are: by content first, by the name's suffix among the formats of text."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

from pipeline.errors import ReadError
from pipeline.patterns import lazy
from pipeline.read import mhtml
from pipeline.read.archive import BROKEN, MAGIC
from pipeline.read.office import ole

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODF = "application/vnd.oasis.opendocument"  # .text, .spreadsheet, .presentation
EPUB = "application/epub+zip"
OFD = "application/ofd"
RTF = "application/rtf"
MHTML = "multipart/related"
READABLE = ".txt, .md, .html, .docx or .pdf"

_PAGE = lazy(rb"(?>\s+|<\?xml[^>]*>|<!--.*?-->)*+(?:<!doctype\s+html|<html|<head|<body)", re.I | re.S)
_WORD_XML = lazy(rb"(?:\s|<\?[^>]*>)*<(?:w:wordDocument|pkg:package|wx:|uof:UOF)", re.I)
_SUFFIXES = {
    "": "text/plain",
    "txt": "text/plain",
    "text": "text/plain",
    "doc": "text/plain",  # as are these two where they are no other format by content
    "wps": "text/plain",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
    "mht": MHTML,
    "mhtml": MHTML,
    "docx": DOCX,
    "pdf": "application/pdf",
}
_PACKED = (  # what the list of contents of an Office file says of its main part (OPC), and what that comes to
    (lazy(r"wordprocessingml\.(?:document|template)\.main\+xml|ms-word\.(?:document|template)\.\w+\.main\+xml"), DOCX),
    (lazy(r"spreadsheetml\.(?:sheet|template)\.main\+xml|ms-excel\.(?:sheet|template)\.macroEnabled\.main\+xml"), XLSX),
    (lazy(r"presentationml\.(?:presentation|template|slideshow)\.main\+xml|ms-powerpoint\.\w+\.\w+\.main\+xml"), PPTX),
)
_FOLDERS = (("word/", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX))
_OTHERS = (  # a name within a zip, what it is, and what to do
    ("Index/", "an Apple Pages, Numbers or Keynote file", "export it as .docx or .pdf"),
    ("xl/workbook.bin", "a binary spreadsheet (.xlsb)", "save it as .xlsx"),
    ("FixedDocSeq", "an XPS file", "print it to .pdf"),
    ("META-INF/MANIFEST.MF", "a Java archive", "leave it out"),
    ("AndroidManifest.xml", "an Android app", "leave it out"),
)
_PICTURE = "a picture: recognise its text (OCR) and save that as .txt or .pdf"
_SPOKEN = "write down what is said in it"
_SIGNATURES = (
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\x00{4}|II\*\x00|MM\x00\*|RIFF.{4}WEBP", _PICTURE),
    (rb"\x00{3}.ftyp(?:heic|avif|mif1)", _PICTURE),
    (rb"ID3|\xff[\xfb\xf3\xf2]|RIFF.{4}WAVE|OggS|fLaC|#!AMR|\x00{3}.ftypM4A", f"a sound recording: {_SPOKEN}"),
    (rb"\x00{3}.ftyp|\x1a\x45\xdf\xa3|RIFF.{4}AVI |FLV\x01|\x00\x00\x01\xba", f"a film: {_SPOKEN}"),
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|BZh[1-9]1AY|\xfd7zXZ\x00|\x28\xb5\x2f\xfd", "an archive: pack it as .zip"),
    (rb"MZ.{58}|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe", "a program: leave it out"),
    (rb"SQLite format 3\x00", "a database: export the texts as .txt"),
    (rb"%!PS-Adobe", "a PostScript file: convert it to .pdf"),
    (rb"AT&TFORM", "a DjVu file: convert it to .pdf"),
    (rb"HC\x00|CAJ|KDH|TEB", "a CAJ file of CNKI: save it as .pdf"),
    (rb".{60}BOOKMOBI", "a Kindle book: convert it to .epub"),
)
_SIGNS = tuple((lazy(pattern, re.S), what) for pattern, what in _SIGNATURES)


def media_type(data: bytes, name: str) -> str:
    """The media type, a key of READERS. ReadError for what is none of them, with what to do."""
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data.startswith(ole.MAGIC):
        raise ole.fault(data, name)
    if data.startswith(MAGIC):
        return _packed(data, name)
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    if head.lstrip().startswith(b"{\\rtf"):
        return RTF
    if mhtml.is_archive(data):
        return MHTML
    if _PAGE.match(head):
        return "text/html"
    if _WORD_XML.match(head):
        raise ReadError(f"{name}: is a Word document in one file of XML: save it as .docx")
    sign = next((what for pattern, what in _SIGNS if pattern.match(data)), None)
    if sign and (b"\x00" in data[:4096] or head.startswith(b"%!")):  # a text may begin with the same letters
        raise ReadError(f"{name}: is {sign}")
    base = name.rpartition("/")[2]
    suffix = base.rpartition(".")[2].lower() if "." in base else ""
    if suffix not in _SUFFIXES:
        raise ReadError(f"{name}: the .{suffix} format is not read: convert to {READABLE}")
    return _SUFFIXES[suffix]


def _packed(data: bytes, name: str) -> str:
    """The format of a packed document; ReadError with the reason why another is not read."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = [each.replace("\\", "/") for each in archive.namelist()]
            said = _start(archive, "mimetype").strip()
            types = _start(archive, "[Content_Types].xml")
    except BROKEN:
        return _broken(name)
    if "OFD.xml" in names:
        return OFD
    if said == EPUB or "META-INF/container.xml" in names:
        return EPUB
    if said.startswith(ODF) or "content.xml" in names:
        return ODF
    kind = next((kind for pattern, kind in _PACKED if pattern.search(types)), None)
    kind = kind or next((kind for start, kind in _FOLDERS if any(each.startswith(start) for each in names)), None)
    if kind:
        return kind
    other = next(((what, advice) for start, what, advice in _OTHERS if any(each.startswith(start) for each in names)), None)
    if other:
        raise ReadError(f"{name}: is {other[0]}, which is not read: {other[1]}")
    raise ReadError(f"{name}: is an archive within an archive: unpack it")


def _start(archive: ZipFile, part: str) -> str:
    """The beginning of a small part; "" where there is none."""
    if part not in archive.namelist():
        return ""
    with archive.open(part) as file:
        return file.read(1 << 20).decode("utf-8", errors="replace")


def _broken(name: str) -> str:
    """The format whose reader says that a zip is broken: that of its suffix, else Word's."""
    suffixes = {"xlsx": XLSX, "pptx": PPTX, "odt": ODF, "ods": ODF, "odp": ODF, "epub": EPUB, "ofd": OFD}
    return suffixes.get(name.rpartition(".")[2].lower(), DOCX)
