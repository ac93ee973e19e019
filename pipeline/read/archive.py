"""Documents within a .zip, each at a path below that of the archive: 文件.zip/甲/乙.txt."""

from __future__ import annotations

import os
import stat
import zlib
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipeline.errors import ReadError

MAGIC = b"PK\x03\x04"
TOTAL = 500 * 1024 * 1024  # bytes that an archive may unpack to
MEMBERS = 10_000  # files that an archive may hold
_UTF8_NAMES = 0x800
_ENCRYPTED = 0x1
_OTHER = (  # Office, OpenDocument and EPUB, OFD, Apple's Pages, Java
    "[Content_Types].xml",
    "mimetype",
    "META-INF/container.xml",
    "OFD.xml",
    "Index/Document.iwa",
    "META-INF/MANIFEST.MF",
)


def is_archive(path: Path) -> bool:
    """Whether a file is a .zip of documents, and no document that is packed as one; a broken .zip is one."""
    try:
        with path.open("rb") as file:
            if file.read(4) != MAGIC:
                return path.suffix.lower() == ".zip"
        with ZipFile(path) as archive:
            return not any(name in _OTHER for name in archive.namelist())
    except (OSError, BadZipFile, ValueError):
        return path.suffix.lower() == ".zip"


def members(path: Path) -> list[Path]:
    """Paths of the files within, in order; that of the archive itself too where something in it cannot be read."""
    try:
        with ZipFile(path) as archive:
            names = _names(archive)
            whole = len(archive.infolist()) <= MEMBERS and sum(info.file_size for info in archive.infolist()) <= TOTAL
    except (OSError, BadZipFile, ValueError, NotImplementedError):
        return [path]
    if not whole or not names:
        return [path]
    safe = [name for name in names if is_safe(name)]
    return sorted(path / name for name in safe) + [path] * (len(safe) < len(names))


def is_safe(name: str) -> bool:
    """Whether a name stays below the archive: not absolute, without .. and drive letters."""
    return bool(name) and not name.startswith(("/", "\\")) and ":" not in name and ".." not in name.replace("\\", "/").split("/")


def load_member(path: Path, limit: int) -> bytes | None:
    """The bytes of a file within an archive; None where no parent of `path` is one. ReadError where it cannot be unpacked."""
    holder = next((parent for parent in path.parents if parent.is_file()), None)
    if holder is None:
        return None
    try:
        state = holder.stat()
        archive, names = _opened(holder, state.st_mtime_ns, state.st_size)
        info = names.get(path.relative_to(holder).as_posix())
        if info is None:
            raise ReadError(f"{path}: no such file in the archive: check the path")
        if info.flag_bits & _ENCRYPTED:
            raise ReadError(f"{path}: is encrypted: unpack it with its password")
        if info.file_size > limit:
            raise ReadError(f"{path}: too large ({info.file_size:,} bytes, the limit is {limit:,}): split it into documents")
        with archive.open(info) as member:
            data = member.read(limit + 1)
    except (OSError, BadZipFile, ValueError, NotImplementedError, zlib.error, EOFError) as error:
        raise ReadError(f"{path}: cannot be unpacked ({error}): pack it again") from None
    if len(data) > limit:
        raise ReadError(f"{path}: unpacks to more than it says: pack it again")
    return data


@lru_cache(maxsize=1)
def _opened(path: Path, changed: int, size: int) -> tuple[ZipFile, dict[str, ZipInfo]]:
    """An archive and its files by name, kept open while its members are read one after the other: reading its list takes long."""
    archive = ZipFile(path)
    return archive, _names(archive)


def fault(path: Path) -> ReadError:
    """Why an archive is listed as a document: nothing in it, or not all of it, can be read."""
    try:
        with ZipFile(path) as archive:
            names, infos = _names(archive), archive.infolist()
    except (OSError, BadZipFile, ValueError, NotImplementedError) as error:
        return ReadError(f"{path}: is no archive that can be opened ({error}): pack it again")
    total = sum(info.file_size for info in infos)
    if total > TOTAL or len(infos) > MEMBERS:
        return ReadError(
            f"{path}: would unpack to {total:,} bytes in {len(infos):,} files (limits: {TOTAL:,} and {MEMBERS:,}): split it"
        )
    unsafe = sorted(name for name in names if not is_safe(name))
    if unsafe:
        return ReadError(f"{path}: holds {len(unsafe)} files whose names lead out of it, such as {unsafe[0]!r}: pack it again")
    return ReadError(f"{path}: holds no documents: put some into it or remove it")


def _names(archive: ZipFile) -> dict[str, ZipInfo]:
    """Files by their names, without folders, links and what a Mac adds; names that no one marked as UTF-8 may be GBK."""
    names = {}
    for info in archive.infolist():
        name = info.filename if info.flag_bits & _UTF8_NAMES else _renamed(info.orig_filename)
        base = os.path.basename(name)
        if info.is_dir() or stat.S_ISLNK(info.external_attr >> 16) or name.startswith("__MACOSX/") or base.startswith("."):
            continue
        names[name] = info
    return names


def _renamed(name: str) -> str:
    """A name as zipfile decoded it (code page 437), as UTF-8 or GB18030 where it was written so."""
    try:
        data = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
