"""What was read of each document, and of the ontology, kept from build to build, so that only what has changed is read again.

An entry is found under a digest of all that it follows from: the bytes of the document, its path and name, the code with what it
is built on, and the ontology. One that is missing, broken or of another version is read again, and nobody is told.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import unicodedata
import zlib
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.digest import folder_sha256
from pipeline.errors import ReadError
from pipeline.model import Claim, Document, Maker, Refusal
from pipeline.patterns import lazy
from pipeline.read.decode import load

if TYPE_CHECKING:
    import msgspec

LIBRARIES = (  # whose versions may change what is read
    "charset-normalizer", "daachorse", "jieba", "opencc", "pypdfium2", "rdflib", "rjieba", "selectolax", "spacy",
    "onnxruntime", "rapidocr",
)  # fmt: skip
_Kind = TypeVar("_Kind")
_ENTRY = lazy(r"\.?[0-9a-f]{64}(\.[0-9a-f]{16})?(\.[0-9]+)?")  # and what a killed worker has left of one


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its claims, or the reason why there are none. `fingerprint` is that of what was read, "" where
    its worker was lost. `makers` are the language models that read it beside the rules, `refused` what they said in vain."""

    path: str
    document: Document | None = None
    claims: tuple[Claim, ...] = ()
    failure: str = ""
    fingerprint: str = ""
    makers: tuple[Maker, ...] = ()
    refused: tuple[Refusal, ...] = ()


def is_read(outcome: Outcome) -> bool:
    """Whether a document's bytes could be read: of what could not there is nothing to keep, as nothing would find it again."""
    return len(outcome.fingerprint) == 64 and {*outcome.fingerprint} <= {*"0123456789abcdef"}


def fingerprint(path: Path) -> str:
    """The sha256 (hex) of a document's bytes; of one that cannot be opened, why."""
    try:
        return hashlib.sha256(load(path)).hexdigest()
    except ReadError as error:
        return str(error)


def made_with(ontology: str) -> str:
    """A digest (hex) of what reads documents: the code, the libraries, and the ontology, whose own is given."""
    code = folder_sha256(Path(__file__).parent, {".py"})
    return _digest([code, sys.version, unicodedata.unidata_version, _versions(), ontology])


def _versions() -> list[str]:
    """The folders that say which version of each library is installed: jieba-0.42.1.dist-info. Not by importlib.metadata, which
    takes as long to load as the digest of all files of the code."""
    wanted = {library.replace("-", "_") for library in LIBRARIES}
    found: dict[str, str] = {}
    for place in sys.path:
        with suppress(OSError):
            for name in sorted(os.listdir(place or ".")):
                library = name.partition("-")[0].lower().replace(".", "_")
                if library in wanted and name.endswith((".dist-info", ".egg-info")):
                    found.setdefault(library, name)
    return sorted(found.values())


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of entries. `made_with` is the digest of what reads the documents."""

    folder: Path
    made_with: str

    def get(self, print_: str, path: str, name: str) -> Outcome | None:
        """What became of the document of a fingerprint, a path below the corpus and a name; None where that is not known."""
        return self.at(self.key(print_, path, name))

    def at(self, key: str) -> Outcome | None:
        """What became of a document, by its key; None where that is not known."""
        return self.value(key, Outcome)

    def put(self, outcome: Outcome, name: str) -> None:
        """Keep what became of a document, whole or not at all."""
        self.put_value(self.key(outcome.fingerprint, outcome.path, name), outcome)

    def value(self, key: str, kind: type[_Kind]) -> _Kind | None:
        """What stands under a key, of a type that was put there; None where nothing of it does."""
        import msgspec

        try:
            packed = zlib.decompress((self.folder / key).read_bytes())  # which has a checksum
            found: _Kind = _decoder(kind).decode(packed)  # type: ignore[arg-type]  # a class is hashable
        except (OSError, zlib.error, msgspec.DecodeError):
            return None
        else:
            return found

    def put_value(self, key: str, value: object) -> None:
        """Keep a value under a key, whole or not at all."""
        import msgspec

        self._put(key, msgspec.msgpack.encode(value))

    def lines(self, key: str) -> tuple[str, ...] | None:
        """The lines that stand under a key; None where there are none."""
        with suppress(OSError, zlib.error):
            return tuple(zlib.decompress((self.folder / key).read_bytes()).decode().split("\n"))
        return None

    def put_lines(self, key: str, lines: Iterable[str]) -> None:
        """Keep lines under a key, whole or not at all."""
        self._put(key, "\n".join(lines).encode())

    def has(self, key: str) -> bool:
        """Whether anything stands under a key."""
        return (self.folder / key).is_file()

    def _put(self, key: str, data: bytes) -> None:
        aside = self.folder / f".{key}.{os.getpid()}"
        with suppress(OSError):  # a full disk costs the time of reading again, and nothing else
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                aside.write_bytes(zlib.compress(data, 1))
                aside.replace(self.folder / key)
            finally:
                aside.unlink(missing_ok=True)

    def key(self, *parts: str) -> str:
        """Under what an entry stands: of a document the fingerprint, the path below the corpus and the name."""
        return _digest([self.made_with, *parts])

    def ontology_key(self, folder: Path) -> str:
        """Under what stands what the Turtle files of an ontology say."""
        return self.key("ontology", str(folder))

    def keep(self, keys: Collection[str], lines: Collection[str] | None = None) -> None:
        """Remove all entries but these: those of documents, and the lines of documents, or all of their lines."""
        with suppress(OSError):
            for entry in os.listdir(self.folder):
                key, is_lines, _ = entry.partition(".")
                kept = key in keys and (not is_lines or lines is None or entry in lines)
                if not kept and _ENTRY.fullmatch(entry):
                    (self.folder / entry).unlink(missing_ok=True)
            self.folder.rmdir()  # where none is left


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    import msgspec

    return msgspec.msgpack.Decoder(kind)
