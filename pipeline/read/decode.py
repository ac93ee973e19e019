"""The bytes of a file → its text and the name of the encoding."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

from pipeline.errors import ReadError
from pipeline.read.archive import fault, is_archive, load_member

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
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNUSUAL = re.compile("[\ue000-\uf8ff\ufffd\u0080-\u009f]")
_COMMON = re.compile("[的是和在了有一中国不为人发展业经年，。、的産業經濟發與國為時]")


def load(path: Path) -> bytes:
    """The bytes of a file; ReadError where there is none to read, it is empty or above LIMIT."""
    try:
        if path.is_dir():
            raise ReadError(f"{path}: is a folder, not a document: give the folder as the corpus")
        if (member := None if path.is_file() else load_member(path, LIMIT)) is not None:
            return _filled(member, path)
        if is_archive(path):
            raise fault(path)
        size = path.stat().st_size
        if size > LIMIT:
            raise ReadError(f"{path}: too large ({size:,} bytes, the limit is {LIMIT:,}): split it into documents")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path}: no such file: check the path") from None
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a loop of links, before Python 3.13
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{path}: cannot be opened ({reason}): check the link and the permissions") from None
    return _filled(data, path)


def _filled(data: bytes, path: Path) -> bytes:
    if not data:
        raise ReadError(f"{path}: is empty: remove it or put text into it")
    return data


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """Text without byte-order mark, and its encoding; `name` is for messages, `declared` what the text says of itself.

    A mark decides, then UTF-8, then what is declared, then UTF-16 without a mark (every other byte falls into a few values),
    then GB18030 and Big5 by which reads more like Chinese; charset-normalizer where none of them can decode. ReadError for
    binary or blank data.
    """
    if len(data) > TEXT_LIMIT:
        raise ReadError(f"{name}: too large ({len(data):,} bytes of text, the limit is {TEXT_LIMIT:,}): split it into documents")
    text, encoding = _decoded(data, name, declared)
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if "\x00" in text or controls > max(8, len(text[:_SAMPLE]) // 50):
        raise ReadError(f"{name}: is binary, not text: convert it to .txt or .md")
    if not text.strip():
        raise ReadError(f"{name}: holds only white space: remove it or put text into it")
    return text, encoding


def _decoded(data: bytes, name: str, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    if b"\x00" not in data and (text := _try(data, "utf-8")) is not None:
        return text, "utf-8"
    said = _canonical(declared) if declared else None
    if said and (text := _try(data, said)) is not None:
        return text, said
    wide = _wide_encoding(data)
    if wide and (text := _try(data, wide)) is not None:
        return text, wide
    if b"\x00" in data:
        raise ReadError(f"{name}: is binary, not text: convert it to .txt or .md")
    found = [(text, encoding) for encoding in ("gb18030", "big5hkscs") if (text := _try(data, encoding)) is not None]
    if found:
        return max(found, key=lambda pair: _chineseness(pair[0]))
    return _guess(data, name)


def _canonical(declared: str) -> str | None:
    """The codec of an encoding's name; GB2312 and GBK are read as GB18030, which holds them."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    return "gb18030" if name.startswith("gb") else name


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: line feeds or common Chinese punctuation as two bytes, at even places."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or len(sample) < 4:
        return None
    hits = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        pairs = ["\n".encode(encoding), "。".encode(encoding), "，".encode(encoding), "的".encode(encoding), " ".encode(encoding)]
        hits[encoding] = sum(sum(at.start() % 2 == 0 for at in re.finditer(re.escape(pair), sample)) for pair in pairs)
    best = max(hits, key=lambda encoding: hits[encoding])
    text = _try(sample, best)
    enough = hits[best] >= max(1, len(sample) // 400) and hits[best] > 2 * min(hits.values())
    return best if text and enough and "\x00" not in text and _chineseness(text) > 0 else None


def _chineseness(text: str) -> float:
    """Share of very common Chinese characters, less what no Chinese text holds."""
    sample = text[:20_000]
    return (len(_COMMON.findall(sample)) - 5 * len(_UNUSUAL.findall(sample))) / max(1, len(sample))


def _guess(data: bytes, name: str) -> tuple[str, str]:
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise ReadError(f"{name}: its encoding was not recognised: save it as UTF-8")
    return data.decode(best.encoding, errors="replace"), best.encoding
