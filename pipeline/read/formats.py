"""Every format of documents that is read. A new one is a module and a row of READERS.

Formats of text become lines, the others elements (layout.py), whose text is then repaired and parted in the same way. The module
of a format is loaded when a document of it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.model import Document
from pipeline.read import decode
from pipeline.read.detect import DOCX, EPUB, MHTML, ODF, OFD, PPTX, RTF, XLSX, media_type
from pipeline.read.document import File
from pipeline.read.find import path_below, stem_of
from pipeline.read.layout import Element, read_elements
from pipeline.read.text import read_markdown, read_plain

Reader = Callable[[File], Document]


def read(path: Path, corpus: Path, name: str | None = None) -> Document:
    """Reads one document; `name` is the file's stem unless given. ReadError, one line, where that cannot be done."""
    relative = path_below(path, corpus)
    data = decode.load(path)
    return parse(File(data, relative, name or stem_of(relative)))


def parse(file: File) -> Document:
    """The document that the bytes of a file make. ReadError, one line, where they make none."""
    return READERS[media_type(file.data, file.path)](file)


def _read_html(file: File) -> Document:
    found, encoding = _page(file.data, file.path)
    return read_elements(file, "text/html", found, encoding=encoding)


def _page(data: bytes, name: str, said: str | None = None) -> tuple[list[Element], str]:
    """The elements of a web page and its encoding; `said` is what stands beside the page, as a server says it."""
    from pipeline.read import html

    text, encoding = decode.decode(data, name, said or html.declared_encoding(data))
    return html.elements(text, name), encoding


def _read_mhtml(file: File) -> Document:
    from pipeline.read import mhtml

    found, encoding = _page(*mhtml.page(file.data, file.path))
    return read_elements(file, MHTML, found, encoding=encoding)


def _read_docx(file: File) -> Document:
    from pipeline.read import docx

    return read_elements(file, DOCX, docx.elements(file.data, file.path, partial(_embedded, depth=1)))


def _embedded(data: bytes, name: str, depth: int) -> list[Element]:
    """The elements of a document within a Word document. ReadError where it cannot be read."""
    from pipeline.read import docx, html, mhtml

    kind = media_type(data, name)
    if depth > _DEPTH:
        raise ReadError(f"{name}: is embedded more than {_DEPTH} times: save each document by itself")
    if kind == DOCX:
        return docx.elements(data, name, partial(_embedded, depth=depth + 1))
    if kind in ("text/html", MHTML):
        found, _ = _page(*mhtml.page(data, name)) if kind == MHTML else _page(data, name)
        return [element for element in found if [place.path for _, place in element.places] != [html.UNSHOWN]]
    if kind in ("text/plain", "text/markdown"):
        return [Element(line) for line in decode.decode(data, name)[0].split("\n")]
    if kind in _WHOLE:
        return _elements(kind)(data, name)
    raise ReadError(f"{name}: is {kind}")


_DEPTH = 3  # documents within documents


def _read_pdf(file: File) -> Document:
    from pipeline.read import pdf

    return read_elements(file, "application/pdf", pdf.elements(file.data, file.path), joined=True)


def _read_epub(file: File) -> Document:
    from pipeline.read import epub, html

    chapter: Callable[[bytes, str], list[Element]] = lambda data, name: _page(html.closed(data), name)[0]  # noqa: E731
    return read_elements(file, EPUB, epub.elements(file.data, file.path, chapter))


def _read_whole(file: File, media_type: str) -> Document:
    """A document in a format whose reader needs its bytes only, and whose paragraphs are whole."""
    return read_elements(file, media_type, _elements(media_type)(file.data, file.path), joined=True)


def _elements(media_type: str) -> Callable[[bytes, str], list[Element]]:
    elements: Callable[[bytes, str], list[Element]] = import_module(f"pipeline.read.{_WHOLE[media_type]}").elements
    return elements


_WHOLE: Mapping[str, str] = {  # the modules that have a function “elements” of such a reader
    XLSX: "office.xlsx",
    PPTX: "office.pptx",
    ODF: "office.odf",
    RTF: "office.rtf",
    OFD: "ofd",
}

READERS: Mapping[str, Reader] = {
    "text/plain": read_plain,
    "text/markdown": read_markdown,
    "text/html": _read_html,
    MHTML: _read_mhtml,
    DOCX: _read_docx,
    "application/pdf": _read_pdf,
    EPUB: _read_epub,
    **{kind: partial(_read_whole, media_type=kind) for kind in _WHOLE},
}
