"""Reads .txt and .md."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.model import Document
from pipeline.read.decode import decode, load
from pipeline.read.joining import join
from pipeline.read.lines import drop_furniture, split_lines
from pipeline.read.metadata import describe
from pipeline.read.repair import mask
from pipeline.read.structure import assemble, structure


def read_plain(path: Path, relative: str, name: str) -> Document:
    """A document of plain text."""
    return _read(path, relative, name, "text/plain")


def read_markdown(path: Path, relative: str, name: str) -> Document:
    """A document in Markdown."""
    return _read(path, relative, name, "text/markdown")


def _read(path: Path, relative: str, name: str, media_type: str) -> Document:
    data = load(path)
    source, encoding = decode(data, relative)
    markdown = media_type == "text/markdown"
    masked, counts = mask(source, markdown=markdown)
    lines = drop_furniture(split_lines(masked, source, markdown=True), counts)
    if not lines:
        raise ReadError(f"{relative}: holds no text besides page furniture: remove it or put text into it")
    drafts = structure(join(lines, counts), source)
    about = describe(drafts, source)
    text, offsets, blocks = assemble(drafts)
    return Document(
        name=name,
        path=relative,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        source=source,
        text=text,
        offsets=offsets,
        blocks=blocks,
        kind=about.kind,
        title=about.title,
        authors=about.authors,
        issuer=about.issuer,
        number=about.number,
        date=about.date,
        encoding=encoding,
        repairs={key: count for key, count in sorted(counts.items()) if count},
    )
