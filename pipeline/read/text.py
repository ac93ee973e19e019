"""Reads .txt and .md."""

from __future__ import annotations

from pipeline.model import Document
from pipeline.read.decode import decode
from pipeline.read.document import File, make_document
from pipeline.read.glued import parted
from pipeline.read.lines import split_lines
from pipeline.read.repair import mask
from pipeline.read.tabular import tabled
from pipeline.read.traditional import simplified


def read_plain(file: File) -> Document:
    """A document of plain text."""
    return _read(file, "text/plain")


def read_markdown(file: File) -> Document:
    """A document in Markdown."""
    return _read(file, "text/markdown")


def _read(file: File, media_type: str) -> Document:
    source, encoding = decode(file.data, file.path)
    plain, changed = simplified(source)
    masked, done = mask(plain, markdown=media_type == "text/markdown")
    done.counts["traditional"] = changed
    lines = list(parted(list(tabled(split_lines(masked, plain, markdown=True), plain))))
    return make_document(file, media_type, source, lines, done, plain=plain, encoding=encoding)
