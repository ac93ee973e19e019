"""Compound files (MS-CFB), the container of Office before 2007 and of files under a password: what one is, by its directory."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pipeline.errors import ReadError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128  # bytes of an entry of the directory
_ENTRIES = 4_096  # entries that are looked at
_END = 0xFFFFFFFA  # numbers of sectors from here on mean something else
_KINDS = (  # the stream that tells, what the file is, what to do
    ("EncryptedPackage", "under a password", "save it without a password"),
    ("WordDocument", "an old Word or WPS document (.doc, .wps)", "save it as .docx"),
    ("Workbook", "an old spreadsheet (.xls, .et)", "save it as .xlsx"),
    ("Book", "an old spreadsheet (.xls)", "save it as .xlsx"),
    ("PowerPoint Document", "an old presentation (.ppt, .dps)", "save it as .pptx"),
    ("VisioDocument", "a drawing of Visio", "save it as .pdf"),
    ("HwpSummaryInformation", "a Hangul document (.hwp)", "save it as .docx"),
    ("__properties_version1.0", "an Outlook message (.msg)", "save its text as .txt or .html"),
    ("CONTENTS", "a document of Microsoft Works (.wps)", "save it as .docx"),
)


def fault(data: bytes, name: str) -> ReadError:
    """Why a compound file is not read: what it is, and what to do."""
    found = set(_streams(data)) or {stream for stream, _, _ in _KINDS if stream.encode("utf-16-le") in data}
    for stream, what, advice in _KINDS:
        if stream in found:
            return ReadError(f"{name}: is {what}: {advice}")
    return ReadError(f"{name}: is an old Office file, or under a password: save it as .docx without a password")


def _streams(data: bytes) -> Iterator[str]:
    """Names of the entries right below the root: those of embedded objects stand deeper. None where the file is damaged."""
    try:
        entries = list(_entries(data))
    except (struct.error, IndexError, ValueError):
        return
    waiting, seen = [entries[0][2][2]] if entries else [], set[int]()
    while waiting:
        at = waiting.pop()
        if at in seen or not 0 <= at < len(entries):
            continue
        seen.add(at)
        name, _, (left, right, _) = entries[at]
        yield name
        waiting += [left, right]


def _entries(data: bytes) -> Iterator[tuple[str, int, tuple[int, int, int]]]:
    """Name, type, and neighbours and child of each entry of the directory (MS-CFB 2.6)."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError(size)
    table = struct.unpack_from("<109I", data, 76)
    sector, seen, count = struct.unpack_from("<I", data, 48)[0], set[int](), 0
    while sector < _END and sector not in seen and count < _ENTRIES:
        seen.add(sector)
        for at in range((sector + 1) * size, (sector + 2) * size, _ENTRY):
            length = struct.unpack_from("<H", data, at + 64)[0]
            links = struct.unpack_from("<3I", data, at + 68)
            yield data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), data[at + 66], links
            count += 1
        held = table[sector // (size // 4)]  # the sector of the allocation table that says what follows
        sector = struct.unpack_from("<I", data, (held + 1) * size + 4 * (sector % (size // 4)))[0] if held < _END else _END
