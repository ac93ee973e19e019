"""What a folder holds, as one number."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

ONTOLOGY_SUFFIXES = frozenset({".ttl", ".rq", ".txt", ".toml"})


def folder_sha256(folder: Path, suffixes: Collection[str]) -> str:
    """The sha256 (hex) over names and bytes of all files below a folder that end so."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.suffix in suffixes):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
