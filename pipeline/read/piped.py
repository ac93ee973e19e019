"""A document that comes through a pipe: it is kept for as long as it is read, since readers want a file."""

from __future__ import annotations

import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.read.decode import LIMIT


@contextmanager
def kept(file: Path) -> Iterator[Path]:
    """`file` itself, or what `-` (stdin), a pipe or a device gives, as a file named stdin. ReadError where that is too much."""
    if str(file) != "-" and not _flows(file):
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="zhimai-") as folder:
        path = Path(folder) / "stdin"
        try:
            if str(file) == "-":
                data = sys.stdin.buffer.read(LIMIT + 1)
            else:
                with file.open("rb") as stream:
                    data = stream.read(LIMIT + 1)
        except OSError as error:
            raise ReadError(f"{file}: cannot be read ({error.strerror}): save it as a file") from error
        if len(data) > LIMIT:
            raise ReadError(f"{file}: too large (the limit is {LIMIT:,} bytes): split it into documents")
        path.write_bytes(data)
        yield path


def _flows(file: Path) -> bool:
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)
