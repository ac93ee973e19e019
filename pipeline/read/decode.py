"""The bytes of a file → its text and the name of the encoding."""

from __future__ import annotations

import codecs
import stat
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.read.archive import MAGIC, fault, is_archive, load_member
from pipeline.read.encodings import BROKEN, best_of, is_broken_utf8, repaired_utf8, wide_encoding

LIMIT = 200 * 1024 * 1024  # bytes of a file; a PDF of pictures may be large
TEXT_LIMIT = 20 * 1024 * 1024  # bytes of a text; a larger one is a data set, not a document
_SAMPLE = 200_000  # bytes that the guess between encodings looks at
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its first half
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1b"})
_SEVEN_BIT = ((b"~{", "hz"), (b"\x1b$", "iso2022_jp_2"), (b"\x1b$)C", "iso2022_kr"))  # an opening and its encoding
_NULS = 1_000  # characters of a text to one NUL in it, which is then a broken character


def load(path: Path) -> bytes:
    """The bytes of a file; ReadError where there is none to read, it is empty or above LIMIT."""
    try:
        kind = _kind(path)
        if kind is None and (member := load_member(path, LIMIT)) is not None:
            return _filled(member, path)
        size = path.stat().st_size  # or why there is none
        if stat.S_ISDIR(kind or 0):
            next(path.iterdir(), None)  # or why its files are not read
            raise ReadError(f"{path}: is a folder, not a document: give the folder as the corpus")
        if not stat.S_ISREG(kind or 0):
            raise ReadError(f"{path}: is no regular file (a pipe, a socket or a device): save what it gives as a file")
        data = path.read_bytes() if size <= LIMIT else b""
        if (not data or data.startswith(MAGIC) or path.suffix.lower() == ".zip") and is_archive(path):
            raise fault(path)
        if size > LIMIT:
            raise ReadError(f"{path}: too large ({size:,} bytes, the limit is {LIMIT:,}): split it into documents")
    except FileNotFoundError:
        raise ReadError(f"{path}: no such file: check the path") from None
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a loop of links, before Python 3.13
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{path}: cannot be opened ({reason}): check the link and the permissions") from None
    return _filled(data, path)


def _kind(path: Path) -> int | None:
    """The kind of file, as stat gives it; None for what is none, as the member of an archive."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


def _filled(data: bytes, path: Path) -> bytes:
    if not data:
        raise ReadError(f"{path}: is empty: remove it or put text into it")
    return data


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """Text without byte-order mark, and its encoding; `name` is for messages, `declared` what the text says of itself.

    A mark decides, then UTF-8 (also with broken bytes in it), then what is declared, then UTF-16 without a mark (every other
    byte falls into a few values), then the encodings of East Asia by which reads most like its language; charset-normalizer
    where none of them does. Bytes that are no character become U+FFFD. ReadError for binary or blank data.
    """
    if len(data) > TEXT_LIMIT:
        raise ReadError(f"{name}: too large ({len(data):,} bytes of text, the limit is {TEXT_LIMIT:,}): split it into documents")
    text, encoding = _decoded(data, name, declared)
    if "\x00" in text and text.count("\x00") <= 1 + len(text) // _NULS:
        text = text.replace("\x00", BROKEN)
    plain = text[:_SAMPLE].encode("ascii", "ignore")
    controls = len(plain) - len(plain.translate(None, _CONTROLS))
    if "\x00" in text or controls > max(8, len(text[:_SAMPLE]) // 50):
        raise ReadError(f"{name}: is binary, not text: convert it to .txt or .md")
    if not text.strip():
        raise ReadError(f"{name}: holds only white space: remove it or put text into it")
    return text, encoding


def _decoded(data: bytes, name: str, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            body = data[len(mark) :]
            return (repaired_utf8(body) if encoding == "utf-8" else body.decode(encoding, errors="replace")), encoding
    text = _try(data, "utf-8")
    if text is not None and "\x00" not in text:
        return _seven_bit(data) or (text, "utf-8")
    wide = wide_encoding(data[:_SAMPLE])
    if wide is None and text is not None:
        return text, "utf-8"
    if wide is None and is_broken_utf8(data[:_SAMPLE]):
        return repaired_utf8(data), "utf-8"
    said = _canonical(declared) if declared else None
    if said and (declared_text := _try(data, said)) is not None:
        return declared_text, said
    if wide:
        return data.decode(wide, errors="replace"), wide
    if b"\x00" in data[:_SAMPLE] and data.count(b"\x00") > 1 + len(data) // _NULS:
        raise ReadError(f"{name}: is binary, not text: convert it to .txt or .md")
    best = best_of(data[:_SAMPLE])
    return (data.decode(best, errors="replace"), best) if best else _guess(data, name)


def _seven_bit(data: bytes) -> tuple[str, str] | None:
    """The text of an encoding that shifts between character sets in seven bits; None for any other."""
    for opening, encoding in _SEVEN_BIT if data.isascii() else ():
        if opening in data:
            text = _try(data, encoding)
            if text is not None and not text.isascii():
                return text, encoding
    return None


def _canonical(declared: str) -> str | None:
    """The codec of an encoding's name; GB2312 and GBK are read as GB18030, which holds them."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    return "gb18030" if name.startswith("gb") else name


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guess(data: bytes, name: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # which a text in UTF-8 does without

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise ReadError(f"{name}: its encoding was not recognised: save it as UTF-8")
    return data.decode(best.encoding, errors="replace"), best.encoding
