"""Path → Document: decode, repair, join lines, find the parts. A new format is one module and one row of READERS."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.errors import ReadError, UsageError
from pipeline.model import Document
from pipeline.read.text import read_markdown, read_plain

Reader = Callable[[Path, str, str], Document]
_LEFT_OUT = ("readme", "license")


def find_documents(corpus: Path) -> list[Path]:
    """Every file below the folder, sorted by its path; without hidden files, README*, LICENSE* and loops of links.

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
        found += [Path(folder, name) for name in files if not name.startswith(".") and not name.lower().startswith(_LEFT_OUT)]
    documents = [path for path in found if _is_document(path)]
    return sorted(documents, key=lambda path: path.relative_to(corpus).as_posix())


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
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None and not path.is_dir():
        fault = f"the {suffix} format" if suffix else "a file without a suffix"
        raise ReadError(f"{relative}: {fault} is not read yet: convert to .txt or .md")
    return (reader or read_plain)(path, relative, name or path.stem)


READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
