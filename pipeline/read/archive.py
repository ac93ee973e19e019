"""Documents within a .zip, each at a path below that of the archive: 文件.zip/甲/乙.txt."""

from __future__ import annotations

import lzma
import stat
import struct
import zlib
from functools import lru_cache
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipeline.errors import ReadError
from pipeline.patterns import lazy

MAGIC = b"PK\x03\x04"
TOTAL = 500 * 1024 * 1024  # bytes that an archive may unpack to
MEMBERS = 10_000  # files that an archive may hold
_UTF8_NAMES = 0x800
_ENCRYPTED = 0x1
_OUT_OF_IT = lazy(r"/|[A-Za-z]:")  # the root, a drive
BROKEN = (OSError, BadZipFile, ValueError, RuntimeError, NotImplementedError, zlib.error, lzma.LZMAError, struct.error, EOFError)
_OTHER = (  # Office, OpenDocument and EPUB, OFD, Apple's Pages, Java
    "[Content_Types].xml",
    "word/document.xml",
    "mimetype",
    "META-INF/container.xml",
    "OFD.xml",
    "Index/Document.iwa",
    "META-INF/MANIFEST.MF",
)


def is_archive(path: Path) -> bool:
    """Whether a file is a .zip of documents, and no document that is packed as one; a broken .zip is one."""
    try:
        if not path.is_file():  # opening a FIFO waits for who writes to it
            return False
        with path.open("rb") as file:
            if file.read(4) != MAGIC:
                return path.suffix.lower() == ".zip"
        with ZipFile(path) as archive:
            return not any(name in _OTHER for name in archive.namelist())
    except BROKEN:
        return path.suffix.lower() == ".zip"


def members(path: Path) -> list[Path]:
    """Paths of the files within, in order; that of the archive itself too where something in it cannot be read."""
    try:
        with ZipFile(path) as archive:
            names, refused = _listing(archive)
            whole = len(archive.infolist()) <= MEMBERS and sum(info.file_size for info in archive.infolist()) <= TOTAL
    except BROKEN:
        return [path]
    if not whole or not names:
        return [path]
    return sorted(path / name for name in names) + [path] * bool(refused)


def load_member(path: Path, limit: int) -> bytes | None:
    """The bytes of a file within an archive; None where no parent of `path` is one. ReadError where it cannot be unpacked."""
    holder = next(filter(_is_file, path.parents), None)
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
    except BROKEN as error:
        raise ReadError(f"{path}: cannot be unpacked ({error}): pack it again") from None
    if len(data) > limit:
        raise ReadError(f"{path}: unpacks to more than it says: pack it again")
    return data


@lru_cache(maxsize=1)
def _opened(path: Path, changed: int, size: int) -> tuple[ZipFile, dict[str, ZipInfo]]:
    """An archive and its files by name, kept open while its members are read one after the other: reading its list takes long."""
    archive = ZipFile(path)
    return archive, _listing(archive)[0]


def fault(path: Path) -> ReadError:
    """Why an archive is listed as a document: nothing in it, or not all of it, can be read."""
    try:
        with ZipFile(path) as archive:
            (_, refused), infos = _listing(archive), archive.infolist()
    except BROKEN as error:
        return ReadError(f"{path}: is no archive that can be opened ({error}): pack it again")
    total = sum(info.file_size for info in infos)
    if total > TOTAL or len(infos) > MEMBERS:
        return ReadError(
            f"{path}: would unpack to {total:,} bytes in {len(infos):,} files (limits: {TOTAL:,} and {MEMBERS:,}): split it"
        )
    if refused:
        alike: dict[str, list[str]] = {}
        for name, why in sorted(refused):
            alike.setdefault(why, []).append(name)
        told = "; ".join(f"{len(names)} files {why}, such as {names[0]!r}" for why, names in sorted(alike.items()))
        return ReadError(f"{path}: holds {told}: pack it again")
    return ReadError(f"{path}: holds no documents: put some into it or remove it")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long
        return False


def _listing(archive: ZipFile) -> tuple[dict[str, ZipInfo], list[tuple[str, str]]]:
    """Files by their names, without folders and what a Mac adds; and those that are not read, each with why.

    Names that no one marked as UTF-8 may be GBK; old programs of Windows part folders by backslashes.
    """
    names: dict[str, ZipInfo] = {}
    refused = []
    for info in archive.infolist():
        said = info.filename if info.flag_bits & _UTF8_NAMES else _renamed(info.orig_filename)
        said = said.partition("\0")[0].replace("\\", "/")
        if said.endswith("/") or said.startswith("__MACOSX/"):
            continue
        name = PurePosixPath(said).as_posix()
        if _OUT_OF_IT.match(said) or ".." in said.split("/") or name == ".":
            refused.append((said, "whose names lead out of it"))
        elif stat.S_ISLNK(info.external_attr >> 16):
            refused.append((said, "that are links"))
        elif name in names:
            refused.append((said, "whose names another has"))
        else:
            names[name] = info
    return names, refused


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
