"""Path → Document: decode, repair, join lines, find the parts. A new format is one module and one row of READERS.

Formats of text become lines, the others elements (layout.py), whose text is then repaired and parted in the same way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model import Document
from pipeline.read import decode, docx, html, pdf
from pipeline.read.archive import is_archive, members
from pipeline.read.detect import DOCX, media_type
from pipeline.read.document import File
from pipeline.read.layout import read_elements
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
    text, encoding = decode.decode(file.data, file.path, html.declared_encoding(file.data))
    return read_elements(file, "text/html", html.elements(text, file.path), encoding=encoding)


def _read_docx(file: File) -> Document:
    return read_elements(file, DOCX, docx.elements(file.data, file.path))


def _read_pdf(file: File) -> Document:
    return read_elements(file, "application/pdf", pdf.elements(file.data, file.path), joined=True)


READERS: Mapping[str, Reader] = {
    "text/plain": read_plain,
    "text/markdown": read_markdown,
    "text/html": _read_html,
    DOCX: _read_docx,
    "application/pdf": _read_pdf,
}
