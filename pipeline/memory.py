"""What a build remembers of itself, in its own folder, so that the next one redoes only what has changed.

It holds, of every document, how it uses names and what it gave the graph, but for the lines that no other document has: these are
on the shelf (kept.py). It is a file of values, one after another, which are written as they come and read where they are wanted,
so that no build holds those of all documents; at its end stands where each begins. One that is missing, broken or of another
version is no memory: all is put together again.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

import msgspec

from pipeline.ledger.uses import Use
from pipeline.runs import Block
from pipeline.shares import Share

FILE = "memory"  # in the folder of a build
_LENGTH, _SUM = 8, 4  # bytes at the end: how long the index before them is, and a checksum of all before that
_PIECE = 1 << 20  # bytes that are read at once

_Value = TypeVar("_Value")


class At(NamedTuple):
    """Where a value stands: bytes from `start` on; of none there are no bytes."""

    start: int = 0
    length: int = 0


NOWHERE = At()


class Told(NamedTuple):
    """What the files of a build hold of one document: its rows of claims.jsonl (their length in bytes, and how many of each
    relation), and those of rejected.jsonl (text, and how many for each reason)."""

    length: int = 0
    claims: Mapping[str, int] = {}  # never changed
    rejected: str = ""
    reasons: Mapping[str, int] = {}


class Said(NamedTuple):
    """Text that a document gives: lines of the graph that others may give too, and rows of rejected.jsonl."""

    common: bytes = b""
    rejected: bytes = b""


class Known(NamedTuple):
    """One document in a build: the key of what was read of it, or the reason why nothing was, and what followed.

    `scope` is whose a name is that many things have, `view` a digest of what its names are the names of, `named` one of the
    evidence for names beside that of its facts ("" where there is none). `reviewed` is a digest of what people say of its claims,
    and `idle` are the lines of it without effect, each with the reason.

    The rest says where in the memory its values stand: how it uses names, a Share without its lines, what it Said (`told` is
    without that), and the lines that say where the evidence for names stands.
    """

    key: str
    path: str
    name: str = ""
    failure: str = ""
    scope: str | None = None
    view: str = ""
    named: str = ""
    told: Told = Told()
    reviewed: str = ""
    idle: tuple[tuple[str, str], ...] = ()
    uses: At = NOWHERE
    share: At = NOWHERE
    said: At = NOWHERE
    further: At = NOWHERE


class Index(NamedTuple):
    """A build: `made_with` is a digest of what it was made with, `joint` says where the lines stand that all documents give
    together, sorted."""

    made_with: str
    with_ontology: bool = False  # in graph.ttl
    documents: tuple[Known, ...] = ()
    joint: tuple[At, ...] = ()
    triples: int = 0


_USES = msgspec.msgpack.Decoder(tuple[Use, ...])
_SHARE = msgspec.msgpack.Decoder(Share)
_SAID = msgspec.msgpack.Decoder(Said)
_INDEX = msgspec.msgpack.Decoder(Index)


class Values:
    """The values of the memory of the build in `folder`, read from its file, which is held open: to be closed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read = (folder / FILE).open("rb", buffering=0)

    def get(self, at: At) -> bytes:
        """The bytes that stand somewhere."""
        self._read.seek(at.start)
        return self._read.read(at.length)

    def uses(self, known: Known) -> tuple[Use, ...]:
        """How a document uses names."""
        return _USES.decode(self.get(known.uses))

    def share(self, known: Known) -> Share:
        """What a document gives the graph, without its lines."""
        return _SHARE.decode(self.get(known.share))

    def said(self, known: Known) -> Said:
        """The text that a document gives."""
        return _SAID.decode(self.get(known.said))

    def blocks(self, places: Iterable[At]) -> Iterator[Block]:
        """Lines that were written in blocks."""
        return (self.get(at).split(b"\n") for at in places)

    def close(self) -> None:
        """Let go of the file."""
        self._read.close()


class Record(Values):
    """The memory of a build that is being made in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / FILE).open("wb")
        self._end = self._flushed = self._sum = 0
        super().__init__(folder)

    def put(self, data: bytes) -> At:
        """Write bytes at the end."""
        self._file.write(data)
        self._sum = zlib.crc32(data, self._sum)
        self._end += len(data)
        return At(self._end - len(data), len(data))

    def put_value(self, value: object) -> At:
        """Write a value at the end."""
        return self.put(packed(value))

    def put_blocks(self, blocks: Iterable[Block]) -> tuple[At, ...]:
        """Write lines at the end."""
        return tuple([self.put(b"\n".join(block)) for block in blocks])

    def take_over(self, known: Known, other: Values) -> Known:
        """A document as another memory has it, with its values here."""
        uses, share, said, further = (self.put(other.get(at)) for at in (known.uses, known.share, known.said, known.further))
        return known._replace(uses=uses, share=share, said=said, further=further)

    def seal(self) -> None:
        """Write what tells it from what a disk has made of it, and let go of it."""
        self._file.write(self._sum.to_bytes(_SUM, "big"))
        self.close()

    def get(self, at: At) -> bytes:
        if at.start + at.length > self._flushed:
            self._file.flush()
            self._flushed = self._end
        return super().get(at)

    def close(self) -> None:
        super().close()
        self._file.close()


class Unread(Mapping[str, _Value]):
    """Values of documents, by name, each read whenever it is asked for."""

    def __init__(self, documents: Mapping[str, Known], read: Callable[[Known], _Value]) -> None:
        self._documents, self._read = documents, read

    def __getitem__(self, name: str) -> _Value:
        return self._read(self._documents[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def packed(value: object) -> bytes:
    """A value as a memory has it."""
    return msgspec.msgpack.encode(value)


def write_memory(record: Record, index: Index) -> None:
    """Bring the memory of a build to its end, and let go of it."""
    at = record.put_value(index)
    record.put(at.length.to_bytes(_LENGTH, "big"))
    record.seal()


def read_memory(folder: Path, made_with: str) -> Index | None:
    """What the build in a folder remembers; None where it remembers nothing, or was made with something else."""
    index = _read_index(folder)
    return index if index and index.made_with == made_with else None


def read_keys(folder: Path) -> dict[str, str]:
    """The keys of what was read of the documents of the build in a folder, by their names; none where it remembers nothing."""
    index = _read_index(folder)
    return {known.name: known.key for known in index.documents if not known.failure} if index else {}


def _read_index(folder: Path) -> Index | None:
    """What stands at the end of a memory; None where there is none, or where a disk has made something else of it."""
    with suppress(OSError, msgspec.DecodeError), (folder / FILE).open("rb") as file:
        end = file.seek(0, os.SEEK_END) - _SUM
        if end >= _LENGTH and _sum_of(file, end) == file.read(_SUM):
            file.seek(end - _LENGTH)
            length = int.from_bytes(file.read(_LENGTH), "big")
            file.seek(end - _LENGTH - length)
            return _INDEX.decode(file.read(length))
    return None


def _sum_of(file: IO[bytes], end: int) -> bytes:
    """What tells file[:end] from what a disk has made of it; packing it would take a third of the time of a small build's end."""
    file.seek(0)
    told = 0
    for start in range(0, end, _PIECE):
        told = zlib.crc32(file.read(min(_PIECE, end - start)), told)
    return told.to_bytes(_SUM, "big")


def digest_of(*parts: object) -> str:
    """A digest (hex) of parts that are written the same on every run."""
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()
