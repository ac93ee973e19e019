"""Path → Document: decode, repair, join lines, find the parts. A new format is one module and one row of READERS.

Formats of text become lines, the others elements (layout.py), whose text is then repaired and parted in the same way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from pipeline.errors import ReadError, UsageError
from pipeline.model import Document
from pipeline.read import decode, docx, epub, html, mhtml, ofd, pdf
from pipeline.read.archive import is_archive, members
from pipeline.read.detect import DOCX, EPUB, MHTML, ODF, OFD, PPTX, RTF, XLSX, media_type
from pipeline.read.document import File
from pipeline.read.layout import Element, read_elements
from pipeline.read.office import odf, pptx, rtf, xlsx
from pipeline.read.text import read_markdown, read_plain

Reader = Callable[[File], Document]
_LEFT_OUT = ("readme", "license")


def find_documents(corpus: Path) -> list[Path]:
    """Every file below the folder and in its archives, sorted by its path; without hidden files, README*, LICENSE* and loops
    of links.

    UsageError where the folder is missing or is no folder.
    """
    if not corpus.exists():
        raise UsageError(f"{corpus}: no such folder: give the folder that holds the documents")
    if not corpus.is_dir():
        raise UsageError(f"{corpus}: is no folder: give the folder that holds the documents")
    found: list[Path] = []
    seen: set[str] = set()
    for folder, below, files in os.walk(corpus, followlinks=True):
        real = os.path.realpath(folder)
        if real in seen:
            below.clear()
            continue
        seen.add(real)
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += [Path(folder, name) for name in files if _is_wanted(name)]
    documents = [path for path in found if _is_document(path)]
    documents = [member for path in documents for member in documents_in(path)]
    return sorted(documents, key=lambda path: path.relative_to(corpus).as_posix())


def documents_in(path: Path) -> list[Path]:
    """The documents within an archive; of any other file, itself."""
    return [member for member in members(path) if _is_wanted(member.name)] if is_archive(path) else [path]


def _is_wanted(name: str) -> bool:
    return not name.startswith(".") and not name.lower().startswith(_LEFT_OUT)


def _is_document(path: Path) -> bool:
    """A file, or what looks like one and cannot be read: `read` says why. A loop of links is neither."""
    try:
        path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        return isinstance(error, FileNotFoundError)
    return path.is_file()


def read(path: Path, corpus: Path, name: str | None = None) -> Document:
    """Reads one document; `name` is the file's stem unless given. ReadError, one line, where that cannot be done."""
    relative = path.relative_to(corpus).as_posix() if path.is_relative_to(corpus) else path.name
    data = decode.load(path)
    return READERS[media_type(data, relative)](File(data, relative, name or path.stem))


def _read_html(file: File) -> Document:
    found, encoding = _page(file.data, file.path)
    return read_elements(file, "text/html", found, encoding=encoding)


def _page(data: bytes, name: str, said: str | None = None) -> tuple[list[Element], str]:
    """The elements of a web page and its encoding; `said` is what stands beside the page, as a server says it."""
    text, encoding = decode.decode(data, name, said or html.declared_encoding(data))
    return html.elements(text, name), encoding


def _read_mhtml(file: File) -> Document:
    found, encoding = _page(*mhtml.page(file.data, file.path))
    return read_elements(file, MHTML, found, encoding=encoding)


def _read_docx(file: File) -> Document:
    return read_elements(file, DOCX, docx.elements(file.data, file.path, partial(_embedded, depth=1)))


def _embedded(data: bytes, name: str, depth: int) -> list[Element]:
    """The elements of a document within a Word document. ReadError where it cannot be read."""
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
    if kind in _ELEMENTS:
        return _ELEMENTS[kind](data, name)
    raise ReadError(f"{name}: is {kind}")


_DEPTH = 3  # documents within documents


def _read_pdf(file: File) -> Document:
    return read_elements(file, "application/pdf", pdf.elements(file.data, file.path), joined=True)


def _read_epub(file: File) -> Document:
    chapter: Callable[[bytes, str], list[Element]] = lambda data, name: _page(html.closed(data), name)[0]  # noqa: E731
    return read_elements(file, EPUB, epub.elements(file.data, file.path, chapter))


def _read_whole(file: File, media_type: str) -> Document:
    """A document in a format whose reader needs its bytes only, and whose paragraphs are whole."""
    return read_elements(file, media_type, _ELEMENTS[media_type](file.data, file.path), joined=True)


_ELEMENTS: Mapping[str, Callable[[bytes, str], list[Element]]] = {
    XLSX: xlsx.elements,
    PPTX: pptx.elements,
    ODF: odf.elements,
    RTF: rtf.elements,
    OFD: ofd.elements,
}

READERS: Mapping[str, Reader] = {
    "text/plain": read_plain,
    "text/markdown": read_markdown,
    "text/html": _read_html,
    MHTML: _read_mhtml,
    DOCX: _read_docx,
    "application/pdf": _read_pdf,
    EPUB: _read_epub,
    **{kind: partial(_read_whole, media_type=kind) for kind in _ELEMENTS},
}
